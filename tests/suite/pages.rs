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

fn faults(name: &str, pdf: &Pdf) -> String {
    let mut faults = String::new();
    // In an issue, the titles of lessons are above those of their parts.
    let starts = pdf.part_starts(if name.contains("-issue-") { 2 } else { 1 });
    let last = pdf.pages() - 1;
    for (page, full) in pdf.fullness().into_iter().enumerate() {
        // Empty backs follow the last page of a part that is cut or comes before one.
        let next = (page + 1..=last).find(|page| !pdf.is_blank(*page));
        if full < LEAST_FULL && full > 0.0 && next.is_some_and(|next| !starts.contains(&next)) {
            _ = writeln!(faults, "{name}: page {} is {:.0} % empty", page + 1, 100.0 - 100.0 * full);
        }
    }
    for (kind, found) in [
        ("lone line", pdf.lone_lines()),
        ("hyphen", pdf.hyphens_across_pages()),
        ("stranded", pdf.stranded_headings()),
        ("broken", pdf.broken_references()),
        ("cut", pdf.spoiled_backs()),
    ] {
        for fault in found {
            _ = writeln!(faults, "{name}: {kind}: {fault}");
        }
    }
    faults
}

#[test]
fn pages_of_our_lessons_are_sound() {
    let project = Project::with_own_lessons();
    let all: String = packets(&project, "").iter().map(|(name, pdf)| faults(name, pdf)).collect();
    assert!(all.is_empty(), "{all}");
}

#[test]
fn pages_of_the_specimen_are_sound() {
    let project = Project::with_specimen();
    let all: String = packets(&project, "").iter().map(|(name, pdf)| faults(name, pdf)).collect();
    assert!(all.is_empty(), "{all}");
}
