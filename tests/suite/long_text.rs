//! Long text and crowded blocks: each in its place, and footnotes on the page of their marks.

use crate::pdf::{Area, Pdf};
use crate::project::Project;

const ISSUE: &str = "number: \"27:3\"\ndate: Fall 2026\ntheme: THEME\nlessons: [war]\n";
const SENTENCE: &str = "The council met in the upper room of the inn and talked of the bridge until the candles were low, and nobody said what everybody knew.";

/// The packet of a project in this format.
fn student(project: &Project, format: &str) -> Pdf {
    project.run(&format!("build --format {format} --edition student")).succeeds();
    let ending = if format == "standard" { String::new() } else { format!("-{format}") };
    Pdf::painted(&project.read(&format!("output/one/one-war-student{ending}.pdf")))
}

/// The first box on a page with text that contains this.
#[track_caller]
fn area(pdf: &Pdf, page: usize, text: &str) -> Area {
    pdf.area(page, text).unwrap_or_else(|| panic!("“{text}” isn't on page {page}"))
}

#[test]
fn a_long_theme_goes_below_the_series() {
    let theme = "\"The Constitution in the Classroom: Two Hundred and Fifty Years of Argument, Compromise and Repair\"";
    let project =
        Project::with_lesson("title: War\nreading: A text.\n").write("lessons/one/issue.yaml", ISSUE.replace("THEME", theme));
    for format in ["standard", "compact", "clear-print", "booklet", "large-print"] {
        let pdf = student(&project, format);
        assert_eq!(pdf.misplaced(), [""; 0], "{format}");
        let (series, date) = (area(&pdf, 0, "Test Series"), area(&pdf, 0, "Fall 2026"));
        assert!(series.bottom < date.top && (series.left - date.left).abs() < 2.0, "{format}: {series:?} {date:?}");
    }
}

#[test]
fn a_short_theme_is_on_the_line_of_the_series() {
    let project =
        Project::with_lesson("title: War\nreading: A text.\n").write("lessons/one/issue.yaml", ISSUE.replace("THEME", "Courts"));
    let pdf = student(&project, "standard");
    let (series, date) = (area(&pdf, 0, "Test Series"), area(&pdf, 0, "Fall 2026"));
    assert!((series.bottom - date.bottom).abs() < 4.0 && series.right < date.left, "{series:?} {date:?}");
}

#[test]
fn a_long_title_has_its_own_line_in_the_running_head() {
    let title = "The Trial of the Scottsboro Nine: How the Supreme Court Came to Guarantee the Right to Counsel in the Courts of the States";
    let project = Project::with_lesson(&format!("title: \"{title}\"\nreading: A text.\ndiscussion: [Why?]\n"));
    for format in ["standard", "compact", "clear-print", "booklet", "large-print"] {
        let pdf = student(&project, format);
        assert_eq!(pdf.misplaced(), [""; 0], "{format}");
        let page = pdf.pages() - 1;
        let (series, own) = (area(&pdf, page, "Test Series"), area(&pdf, page, "The Trial of"));
        assert!(series.bottom < own.top && (series.left - own.left).abs() < 2.0, "{format}: {series:?} {own:?}");
    }
}

#[test]
fn the_running_head_names_the_issue() {
    let pdf = student(&Project::with_lesson("title: War\nreading: A text.\ndiscussion: [Why?]\n"), "standard");
    assert!(pdf.page_text(1).starts_with("Test Series, Issue 1:1 War\n"), "{}", pdf.page_text(1));
}

#[test]
fn a_long_address_stays_clear_of_its_code_and_on_its_page() {
    let address = "https://contoso.sharepoint.com/:b:/s/SocialStudies/1xQz7LmPk3TnVw9BdRy5HcJg2FsUa8EoKi4WvXtYb6MqN?e=abcDEF";
    let lesson = format!(
        "title: War\nreading:\n  - 'See {address} for more.'\n  - columns: 'See {address} for more.'\nbibliography:\n  groups:\n    - title: Sources\n      \
         further_reading: true\n      entries:\n        a: {{kind: web, title: A file, url: '{address}'}}\n"
    );
    let project = Project::with_lesson(&lesson);
    for format in ["standard", "compact", "clear-print", "booklet", "large-print"] {
        let pdf = student(&project, format);
        assert_eq!(pdf.misplaced(), [""; 0], "{format}");
        let shown = address.trim_start_matches("https://");
        let found = (0..pdf.pages()).map(|page| pdf.page_text(page).replace(['\n', ' '], "")).collect::<String>();
        assert_eq!(found.matches(shown).count(), 3, "{format}: an address can be copied whole:\n{found}");
    }
}

#[test]
fn columns_with_a_table_and_a_picture_end_before_what_follows() {
    let table = "      | A | B |\n      | --- | --- |\n      | one | two |\n      | three | four |\n      | five | six |\n";
    let lesson = format!(
        "title: War\nreading:\n  - columns: |\n      First. {SENTENCE}\n\n      {SENTENCE}\n\n      1. one\n      2. two\n      3. three\n\n{table}\n      {SENTENCE}\n\n      \
         {SENTENCE}\n\n      {SENTENCE} End.\n  - After.\n  - columns:\n    - figure: {{image: a.svg, alt: A box, width: 5 cm}}\n    - figure: {{image: a.svg, alt: A box, width: 5 cm}}\n"
    );
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50'><path d='M0 0H100V50Z'/></svg>";
    let project = Project::with_lesson(&lesson).write("lessons/one/a.svg", picture);
    let pdf = student(&project, "standard");
    assert_eq!(pdf.misplaced(), [""; 0]);
    let (end, after) = (area(&pdf, 0, "End."), area(&pdf, 0, "After."));
    assert!(end.bottom < after.top, "{end:?} {after:?}");
}

#[test]
fn blanks_are_in_any_order_in_large_print() {
    let series =
        "name: Test Series\nlanguage: en-US\npaper: letter\nlook: {name_line: [date, name, score, class, teacher, number]}\n";
    let project = Project::with_lesson("title: War\nreading: A text.\ndiscussion: [Why?]\n").write("lessons/series.yaml", series);
    let pdf = student(&project, "large-print");
    assert_eq!(pdf.misplaced(), [""; 0]);
    let tops: Vec<i32> =
        ["Date", "Name", "Score", "Class", "Teacher", "No."].map(|blank| area(&pdf, 1, blank).top.round() as i32).to_vec();
    assert!(tops[0] < tops[1] && tops[1] < tops[2] && tops[2] == tops[3] && tops[3] < tops[4] && tops[4] < tops[5], "{tops:?}");
}

#[test]
fn a_footnote_is_on_the_page_of_its_mark() {
    let note = "    [^mule]: NOTE From the account book of the mill.\n";
    let last = [
        format!("    MARK[^mule] {SENTENCE} {SENTENCE}\n\n{note}"),
        format!("    - {SENTENCE}\n    - MARK[^mule] {SENTENCE}\n\n{note}"),
        format!("    > {SENTENCE} MARK[^mule]\n\n{note}"),
        format!("    | A | B |\n    | --- | --- |\n    | {SENTENCE} | {SENTENCE} |\n    | b | MARK[^mule] |\n\n{note}"),
    ];
    for last in last {
        let mut apart = Vec::new();
        for before in 12..22 {
            let paragraphs = format!("    {SENTENCE}\n\n").repeat(before);
            let project = Project::with_lesson(&format!("title: War\nreading:\n  - |\n{paragraphs}  - |\n{last}"));
            let pdf = student(&project, "standard");
            let page = |text: &str| pdf.places_of(text).first().expect("it is printed").0;
            if page("MARK") != page("NOTE") {
                apart.push(before);
            }
        }
        assert_eq!(apart, [0; 0], "after this many paragraphs, the note isn't on the page of its mark:\n{last}");
    }
}

#[test]
fn a_table_whose_heading_has_a_footnote_continues_on_the_next_page() {
    let rows = "    | one | two |\n".repeat(60);
    let lesson = format!("title: War\nreading:\n  - |\n    | A[^a] | B |\n    | --- | --- |\n{rows}\n    [^a]: A note.\n");
    let pdf = student(&Project::with_lesson(&lesson), "standard");
    assert!(pdf.pages() > 1 && !pdf.page_text(1).contains("A note."), "{}", pdf.page_text(1));
}

#[test]
fn text_that_runs_off_its_page_is_reported() {
    let project = Project::with_lesson("title: War\nreading: A text.\ndiscussion: [Why?]\n").write(
        "templates/parts/discussion.typ",
        "#let discussion(packet, part, first) = { pagebreak()\n place(dx: -60pt)[Over the edge.] }\n",
    );
    let run = project.run("build --templates templates --edition student");
    run.succeeds().reports("too-wide", "war.yaml:1:1");
    assert!(run.stderr.contains("on letter paper, text runs off page 2: “Over the edge.”"), "{}", run.stderr);
}
