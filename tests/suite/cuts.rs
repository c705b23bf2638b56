//! What students cut out: cards, pieces, and exit tickets. Nothing else is on the back of it, in any format.

use crate::pdf::{self, Pdf};
use crate::project::Project;

/// A lesson for groups of four with everything that can be cut. Its last cut-outs have backs.
pub(crate) const LESSON: &str = r#"title: War
reading: [One paragraph., page_break, Another., page_break, A third.]
discussion:
  - {ask: Why?, space: {lines: 4}}
activity:
  title: Sort
  groups: {size: 4}
  body:
    - role_cards: [{title: Minister, text: You speak first.}, {title: King, text: You speak last.}]
    - cut_outs: [Piece one., Piece two., Piece three.]
    - cut_outs: {ask: Sort these., per: student, cards: [{text: Front A., back: Back A.}, {text: Front B., back: Back B.}]}
    - prompt: {ask: And then?, space: {lines: 3}}
exit_ticket: [What surprised you?]
"#;

const SERIES: &str = "name: Test Series\nlanguage: en-US\npaper: letter\nclass_size: 28\nclasses: 5\n";

/// The lesson in a series with 28 students in each of five classes.
pub(crate) fn project() -> Project {
    Project::with_lesson(LESSON).write("lessons/series.yaml", SERIES)
}

/// The page where this is painted, counted from 0.
fn page_of(pdf: &Pdf, words: &str) -> usize {
    let pages: Vec<usize> = (0..pdf.pages()).filter(|page| pdf.page_text(*page).contains(words)).collect();
    assert_eq!(pages.len(), 1, "{words} is on the pages {pages:?}");
    pages[0]
}

/// Whether a page has only the running head, the foot, and perhaps a note that it's blank.
fn is_blank(pdf: &Pdf, page: usize) -> bool {
    let text = pdf.page_text(page).replace("This page intentionally left blank.", "");
    let is_frame = |line: &str| line.is_empty() || line.starts_with("Test Series") || line.starts_with("Page ") || line == "War";
    text.lines().all(is_frame)
}

#[test]
fn what_is_cut_has_nothing_else_on_its_back() {
    let project = project();
    for options in ["", "--format large-print", "--paper a4", "--mono", "--duplex"] {
        project.run(&format!("build --force --edition student --part all,worksheet,cards {options}")).succeeds();
    }
    let packets: Vec<String> = project.packets();
    assert_eq!(packets.len(), 15, "{packets:?}");
    for file in packets {
        let bytes = project.read(&format!("output/{file}"));
        assert_eq!(pdf::validate(&bytes), [""; 0], "{file}");
        let pdf = Pdf::open(&bytes);
        for words in ["Before you go", "Minister", "Piece one."] {
            let page = (0..pdf.pages()).find(|page| pdf.page_text(*page).replace('\n', " ").contains(words)).expect("it prints");
            assert_eq!(page % 2, 0, "{file}: {words} is on a left-hand page");
            assert!(is_blank(&pdf, page + 1), "{file}: the back of {words} has {}", pdf.page_text(page + 1));
        }
        let (front, back) = ((0..pdf.pages()).find(|page| pdf.page_text(*page).contains("Front A.")), "Back A.");
        let front = front.expect("it prints");
        assert_eq!(front % 2, 0, "{file}");
        assert!(pdf.page_text(front + 1).contains(back), "{file}: {}", pdf.page_text(front + 1));
        assert_eq!(front + 2, pdf.pages(), "{file}: the last sheet has the last cards");
    }
}

#[test]
fn the_activity_names_the_pages_of_its_sheets() {
    let project = project();
    let pdf = Pdf::open(&project.build());
    assert_eq!(pdf.pages(), 14);
    let activity = pdf.page_text(page_of(&pdf, "And then?"));
    // Reading 1–3, discussion 4, activity 5, exit ticket 7, and the cards on 9, 11, and 13.
    assert_eq!(page_of(&pdf, "Before you go"), 6);
    let sets = [("Cards: page 9", "Minister"), ("Cut-outs: page 11", "Piece one."), ("Cut-outs: page 13", "Front A.")];
    for (line, card) in sets {
        assert!(activity.contains(line), "no {line} in {activity}");
        assert!(line.ends_with(&format!(" {}", page_of(&pdf, card) + 1)));
    }
    // The question stays with the activity.
    assert!(activity.contains("Sort these.") && activity.contains("Cut out the pieces."), "{activity}");
    for (card, line) in [("Minister", "Activity · One set per group"), ("Front A.", "Activity, question 2 · One set per student")]
    {
        let sheet = pdf.page_text(page_of(&pdf, card));
        assert!(sheet.contains("Sheets to cut") && sheet.contains(line), "{sheet}");
        assert!(!sheet.contains("Sort these."), "{sheet}");
    }
}

#[test]
fn sheets_to_cut_have_as_many_copies_as_fit() {
    let project = project();
    project.run("build --part cards").succeeds();
    let pdf = Pdf::open(&project.read("output/one/one-war-cards-student.pdf"));
    assert_eq!(pdf.pages(), 8);
    let count = |page: usize, words: &str| pdf.page_text(page).matches(words).count();
    assert_eq!((count(0, "Before you go"), count(0, "Name")), (3, 3), "each ticket has a name line");
    assert_eq!((count(2, "Minister"), count(4, "Piece one."), count(6, "Front A."), count(7, "Back A.")), (2, 2, 4, 4));
    assert!(pdf.page_text(2).contains("One set per group · 2 sets on this sheet"), "{}", pdf.page_text(2));
    assert_eq!(pdf.outline().matches("Before you go").count(), 1, "{}", pdf.outline());
    let cuts = pdf.rules(0).iter().filter(|rule| rule.dash > 0.0).count();
    assert_eq!(cuts, 2, "a line between each two tickets");
    assert_eq!(pdf.title(), "Sheets to cut: War");
    assert!(pdf.page_text(0).contains("Test Series, Issue 1:1"), "the running head is on the first page too");
}

#[test]
fn a_lesson_with_nothing_to_cut_has_no_sheets_to_cut() {
    let project = Project::with_lesson("title: War\nreading: It began.\ndiscussion: [Why?]\n");
    let run = project.run("build");
    assert!(!run.succeeds().stderr.contains("cut"), "{}", run.stderr);
    let run = project.run("build --part cards");
    let expected =
        "one/war: no student cards packet: the lesson has nothing to cut: no `exit_ticket`, `role_cards`, or `cut_outs`";
    assert_eq!((run.code, run.stderr.lines().next()), (1, Some(expected)));
}

#[test]
fn sheets_to_cut_are_built_by_default() {
    let project = project();
    project.run("build").succeeds();
    assert_eq!(project.packets(), ["one/one-war-cards-student.pdf", "one/one-war-student.pdf"]);
    project.run("build --format booklet").succeeds();
    assert!(project.packets().contains(&"one/one-war-student-booklet.pdf".to_owned()));
}

#[test]
fn folded_and_half_size_pages_leave_out_what_is_cut() {
    let project = project();
    project.run("build --edition student --format booklet,2-up").succeeds();
    let booklet = Pdf::painted(&project.read("output/one/one-war-student-booklet.pdf"));
    let two_up = Pdf::open(&project.read("output/one/one-war-student-2-up.pdf"));
    for pdf in [booklet, two_up] {
        let text: String = (0..pdf.pages()).map(|page| pdf.page_text(page)).collect();
        assert!(text.contains("Cards: on separate sheets") && text.contains("Cut-outs: on separate sheets"), "{text}");
        for cut in ["Before you go", "You speak first.", "Piece one.", "Front A."] {
            assert!(!text.contains(cut), "{cut}");
        }
    }
    let run = project.run("build --part cards --format booklet");
    let expected =
        "`cards` are cut from whole sheets, but a sheet of a `booklet` packet has four pages: leave out one of the two";
    assert_eq!((run.code, run.stderr.trim_end()), (2, expected));
}

/// A lesson without groups, whose activity has this much to write.
fn alone(lines: u32, activity: &str) -> String {
    format!(
        "title: War\nreading: It began.\nbibliography: {{groups: [{{title: Books, further_reading: true, entries: {{one: {{kind: book, author: \"Smith, Ann\", title: A Book, publisher: A Press, year: 1990}}}}}}]}}\nactivity:\n  title: Sort\n{activity}  body:\n    - prompt: {{ask: And then?, space: {{lines: {lines}}}}}\nexit_ticket: [What surprised you?]\n"
    )
}

#[test]
fn an_exit_ticket_shares_a_page_only_with_work_that_is_turned_in_with_it() {
    let pages = |lesson: &str| {
        let pdf = Pdf::open(&Project::with_lesson(lesson).build());
        (page_of(&pdf, "And then?") + 1, page_of(&pdf, "Before you go") + 1, pdf.pages())
    };
    // Reading, sources, and the activity on page 3, a right-hand page.
    assert_eq!(pages(&alone(4, "")), (3, 3, 3));
    assert_eq!(pages(&alone(18, "")), (3, 5, 5), "there's no room");
    assert_eq!(pages(&alone(4, "  groups: {size: 2}\n")), (3, 5, 5), "a group keeps its sheet");
    // Without sources, the activity is on a left-hand page.
    let lesson = alone(4, "");
    let (before, after) = (lesson.find("bibliography").expect("it's there"), lesson.find("activity").expect("it's there"));
    assert_eq!(pages(&format!("{}{}", &lesson[..before], &lesson[after..])), (2, 3, 3));
}

#[test]
fn starters_do_not_fill_a_page() {
    let lesson = "title: War\nactivity:\n  title: Decide\n  body:\n    - position: {ask: Was it right?, sides: [It was, It wasn't], starters: [I agree because, I disagree because]}\nexit_ticket: [What surprised you?]\n";
    assert_eq!(Pdf::open(&Project::with_lesson(lesson).build()).pages(), 1, "the exit ticket is below the activity");
}

#[test]
fn the_next_lesson_of_an_issue_is_not_on_the_back_of_what_is_cut() {
    let series = "name: Test Series\nlanguage: en-US\npaper: letter\n";
    let issue = "number: \"1:1\"\ndate: Spring 2026\npublished: 2026-04-01\ntheme: Tests\nlessons: [war, peace, truce]\n";
    let project = Project::empty()
        .write("lessons/series.yaml", series)
        .write("lessons/one/issue.yaml", issue)
        .write("lessons/one/war.yaml", LESSON)
        .write("lessons/one/peace.yaml", "title: Peace\nreading: It ended.\nexit_ticket: [What surprised you most?]\n")
        .write("lessons/one/truce.yaml", "title: Truce\ndiscussion: [How long?]\n");
    project.run("build").succeeds();
    let pdf = Pdf::open(&project.read("output/one/one-issue-student.pdf"));
    let first = |lesson: &str| (0..pdf.pages()).find(|page| pdf.page_text(*page).contains(lesson)).expect("it's there") + 1;
    // The cover and the contents, then 14 pages with backs at the end.
    assert_eq!((first("LESSON 1 OF 3"), first("LESSON 2 OF 3"), first("LESSON 3 OF 3")), (3, 17, 21));
    assert!(pdf.page_text(18).contains("What surprised you most?"), "{}", pdf.page_text(18));
    assert!(pdf.page_text(19).contains("This page intentionally left blank."), "{}", pdf.page_text(19));
    assert!(pdf.page_text(6).contains("Cards: page 11"), "page numbers are those of the issue: {}", pdf.page_text(6));
}

#[test]
fn teacher_editions_keep_cards_where_they_are_used() {
    let teacher = "objectives: Sort.\nanswers: {sort: {cards: {a: It comes first.}}}\n";
    let lesson = "title: War\nreading: It began.\nactivity:\n  title: Sort\n  body:\n    - cut_outs: {id: sort, cards: [{id: a, text: Piece A.}, {id: b, text: Piece B.}]}\n    - prompt: And then?\n";
    let project = Project::with_lesson(lesson).write("lessons/one/war.teacher.yaml", teacher);
    project.run("build --edition teacher,key").succeeds();
    let text = Pdf::open(&project.read("output/one/one-war-teacher.pdf")).text();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
    assert!(at("Piece A.") < at("It comes first.") && at("It comes first.") < at("And then?"), "{text}");
    assert!(!text.contains("Sheets to cut"), "{text}");
    assert!(text.contains("Cut out the 2 cards on page 3"), "{text}");
    // The question is on the activity's page, where students read it.
    let key = Pdf::open(&project.read("output/one/one-war-key.pdf")).text();
    assert!(key.contains("page 2") && !key.contains("page 3"), "{key}");
}
