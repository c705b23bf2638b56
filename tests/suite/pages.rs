//! The pages of all our own lessons and of the specimen: how full they are, what is parted, and what scissors would destroy.

use std::fmt::Write;

use crate::pdf::Pdf;
use crate::project::Project;

/// The least share of a page that is used, unless it is the last of its part.
const LEAST_FULL: f64 = 0.6;

/// Every packet of a project, with its file name.
fn packets(project: &Project, arguments: &str) -> Vec<(String, Pdf)> {
    project.run(&format!("build {arguments}")).succeeds();
    let files = project.files("output").into_iter().filter(|file| file.ends_with(".pdf"));
    files.map(|file| (file.clone(), Pdf::open(&project.read(&format!("output/{file}"))))).collect()
}

/// Pages that end where they shouldn't. In large print, whose pages hold a third as much, only lone lines and hyphens count: a
/// question and its lines, or a figure, can take most of a page.
fn faults(name: &str, pdf: &Pdf) -> String {
    let mut found = vec![
        ("crowded", pdf.crowded_lines()),
        ("cut", pdf.spoiled_backs()),
        ("lone line", pdf.lone_lines()),
        ("hyphen", pdf.hyphens_across_pages()),
    ];
    if !name.contains("large-print") {
        found.push(("empty", mostly_empty(name, pdf)));
        found.push(("stranded", pdf.stranded_headings()));
        found.push(("broken", pdf.broken_references()));
    }
    listed(name, &found)
}

/// Pages that are mostly empty, except the last of their part.
fn mostly_empty(name: &str, pdf: &Pdf) -> Vec<String> {
    // In an issue, the titles of lessons are above those of their parts.
    let starts = pdf.part_starts(if name.contains("-issue-") { 2 } else { 1 });
    let last = pdf.pages() - 1;
    let ends_part = |page: usize| {
        // Empty backs follow the last page of a part that is cut or comes before one.
        let next = (page + 1..=last).find(|page| !pdf.is_blank(*page));
        next.is_none_or(|next| starts.contains(&next))
    };
    let pages = pdf.fullness().into_iter().enumerate();
    let empty = pages.filter(|(page, full)| *full > 0.0 && *full < LEAST_FULL && !ends_part(*page));
    empty.map(|(page, full)| format!("page {} is {:.0} % empty", page + 1, 100.0 - 100.0 * full)).collect()
}

fn listed(name: &str, found: &[(&str, Vec<String>)]) -> String {
    let mut faults = String::new();
    for (kind, found) in found {
        for fault in found {
            _ = writeln!(faults, "{name}: {kind}: {fault}");
        }
    }
    faults
}

#[test]
fn pages_of_our_lessons_are_sound() {
    let project = Project::with_own_lessons();
    let packets = packets(&project, "");
    let all: String = packets.iter().map(|(name, pdf)| faults(name, pdf)).collect();
    assert!(all.is_empty(), "{all}");
}

#[test]
fn no_line_of_the_specimen_is_over_another() {
    let project = Project::with_specimen();
    let all: String = packets(&project, "--edition student,key")
        .iter()
        .map(|(name, pdf)| listed(name, &[("crowded", pdf.crowded_lines())]))
        .collect();
    assert!(all.is_empty(), "{all}");
}
