//! Packets on a number of sheets, on less paper, and in larger type: how tightly a packet is set.

use crate::pdf::{self, Pdf};
use crate::project::Project;

/// A lesson with a page to read, questions, an activity, and sources. Each of its parts has a page in the usual setting.
const LESSON: &str = r#"title: War
reading: |
  The bridge was damaged in March. {#bridge}

  Nobody repaired it before the summer.
discussion:
  - {ask: Why did nobody repair the bridge?, space: {lines: 3}}
  - {ask: Who could have repaired it?, space: {lines: 3}}
activity:
  title: The meeting
  body: [{ask: What did the council decide?, space: {lines: 3}}]
bibliography:
  groups:
    - title: Books
      further_reading: true
      entries:
        one: {kind: web, author: "Smith, Ann", title: Bridges, url: "https://example.org/"}
        two: {kind: book, author: "Smith, Bea", title: Rivers, publisher: A Press, year: 1990}
"#;

/// A packet of the lesson `war` whose file name ends like this.
fn packet(project: &Project, ending: &str) -> Pdf {
    Pdf::open(&project.read(&format!("output/one/one-war-{ending}.pdf")))
}

#[test]
fn a_packet_is_set_to_end_on_its_sheets() {
    let project = Project::with_lesson(LESSON);
    project.run("build --edition student").succeeds();
    let run = project.run("build --edition student --sheets 1,2,3");
    run.succeeds();
    assert_eq!(
        project.packets(),
        ["1-sheet", "2-sheets", "3-sheets"]
            .map(|end| format!("one/one-war-student-{end}.pdf"))
            .into_iter()
            .chain(["one/one-war-student.pdf".to_owned()])
            .collect::<Vec<_>>()
    );
    let (usual, one, two, three) = (
        packet(&project, "student"),
        packet(&project, "student-1-sheet"),
        packet(&project, "student-2-sheets"),
        packet(&project, "student-3-sheets"),
    );
    assert_eq!([&usual, &one, &two, &three].map(Pdf::pages), [4, 1, 4, 4]);
    // As large as its sheets allow, and not larger than 12 points.
    let size = |pdf: &Pdf| pdf.size_of("The bridge was damaged");
    assert_eq!([&usual, &one, &two, &three].map(size), [11.0, 11.0, 12.0, 12.0]);
    let notes: Vec<&str> = run.stdout.lines().filter_map(|line| line.strip_prefix("  ")).collect();
    assert_eq!(
        notes,
        [
            "set in 11-point type with lines to write on 7.1 mm apart, 33% fewer of them, to fit on 1 sheet",
            "set in 12-point type with lines to write on 9.6 mm apart to fit on 2 sheets",
            "set in 12-point type with lines to write on 9.6 mm apart, which takes 2 sheets",
        ]
    );
    assert_eq!(pdf::validate(&project.read("output/one/one-war-student-1-sheet.pdf")), [""; 0]);
    let words = |pdf: &Pdf| {
        // A blank says how many lines it has. A smaller packet has fewer.
        let text = pdf.text();
        let lines = text.lines().filter(|line| !line.starts_with("[blank: "));
        lines.flat_map(str::split_whitespace).map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
    };
    // Its name is before its size. Parts that share a sheet have one line for the student's name.
    let blanks = |pdf: &Pdf| {
        let text = pdf.text();
        let names = text.lines().filter_map(|line| line.strip_prefix("[blank: ")?.split(',').next());
        names.map(str::to_owned).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(blanks(&usual), blanks(&one), "no blank is lost");
    assert_eq!(words(&usual).difference(&words(&one)).collect::<Vec<_>>(), [""; 0], "nothing is lost");
}

#[test]
fn a_packet_that_does_not_fit_is_not_made_and_nothing_is_lost() {
    let boxes = "title: War\ndiscussion:\n  - {ask: Draw the front., space: {box: 6 in}}\n  - {ask: Draw the harbor., space: {box: 6 in}}\n  - {ask: Draw the town., space: {box: 6 in}}\n";
    let project = Project::with_lesson(LESSON);
    project.run("build --edition student --sheets 1,2").succeeds();
    let before = project.read("output/one/one-war-student-1-sheet.pdf");
    let project = project.write("lessons/one/war.yaml", boxes);
    let run = project.run("build --edition student --sheets 1,2");
    run.finds_mistakes().reports("too-few-sheets", "war.yaml:1:1");
    let message = "error[too-few-sheets]: the packet doesn't fit on 1 sheet: it needs at least 2 even in 10-point type";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    assert!(run.stderr.contains("or ask for 2 sheets: `sheets: 2` in `series.yaml`, or `--sheets 2`"), "{}", run.stderr);
    assert_eq!(project.read("output/one/one-war-student-1-sheet.pdf"), before, "the earlier version stays");
    assert!(packet(&project, "student-2-sheets").text().contains("Draw the town."), "the other packet is made");
    // It's reported again until it fits.
    project.run("build --edition student --sheets 1").finds_mistakes().reports("too-few-sheets", "war.yaml:1:1");
    let run = project.run("build --edition student --sheets 1 --format large-print");
    let message = "it needs at least 2 in 18-point type, and large-print packets are never set smaller";
    assert!(run.stderr.contains(message), "{}", run.stderr);
}

#[test]
fn a_series_can_ask_for_sheets_and_teachers_get_the_pages_of_that_packet() {
    let project = Project::with_lesson(LESSON)
        .write("lessons/one/war.teacher.yaml", "objectives: [Students weigh reasons.]\n")
        .write(
            "lessons/series.yaml",
            "name: Test\nlanguage: en-US\npaper: letter\npackets: [{edition: student, sheets: 1}, {edition: teacher, sheets: 1}]\n",
        );
    project.run("build").succeeds();
    assert_eq!(project.packets(), ["one/one-war-student-1-sheet.pdf", "one/one-war-teacher-1-sheet.pdf"]);
    let run = project.run("list");
    assert!(run.stdout.contains("one/one-war-student-1-sheet.pdf  1 page (1 sheet)"), "{}", run.stdout);
    // The teacher packet keeps its size: only students' packets are fitted.
    assert_eq!(packet(&project, "teacher-1-sheet").size_of("The bridge was damaged"), 11.0);
    // A number of sheets is for a lesson, so the issue has no packet.
    assert!(project.files("output").iter().all(|file| !file.contains("one-issue")), "{:?}", project.files("output"));
    project.run("build").succeeds();
    assert!(project.run("build").stdout.contains("Everything is up to date"), "sheets are part of a packet's identity");
}

#[test]
fn duplex_packets_keep_their_parts_on_separate_sheets() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("build --edition student --duplex --sheets 2");
    run.finds_mistakes().reports("too-few-sheets", "war.yaml:1:1");
    assert!(run.stderr.contains("it needs at least 4 even in 10-point type"), "{}", run.stderr);
}

#[test]
fn compact_parts_share_pages_in_the_same_type() {
    let project = Project::with_lesson(LESSON);
    project.run("build --edition student --format standard,compact").succeeds();
    let (usual, compact) = (packet(&project, "student"), packet(&project, "student-compact"));
    assert_eq!((usual.pages(), compact.pages()), (4, 1));
    assert_eq!(compact.size_of("The bridge was damaged"), 11.0);
    // The names are only on the first part.
    assert_eq!((usual.text().matches("Name").count(), compact.text().matches("Name").count()), (2, 1));
    assert_eq!(pdf::validate(&project.read("output/one/one-war-student-compact.pdf")), [""; 0]);
}

#[test]
fn clear_print_is_14_points_ragged_and_plain() {
    let project = Project::with_lesson(
        "title: War\nreading: 'Some *emphasized* words about the incomprehensibilities of constitutionalism, ^2^ and more of these incomprehensibilities.'\nexit_ticket: [Why?]\n",
    );
    project.run("build --edition student --format clear-print").succeeds();
    let bytes = project.read("output/one/one-war-student-clear-print.pdf");
    let pdf = Pdf::open(&bytes);
    assert_eq!(pdf.size_of("incomprehensibilities"), 14.0);
    assert!(pdf.smallest_text().0 >= 12.0, "{:?}", pdf.smallest_text());
    assert!(pdf.fonts().iter().all(|font| font.contains("AtkinsonHyperlegibleNext")), "{:?}", pdf.fonts());
    assert!(pdf.page_text(0).contains("Reading\n") && !pdf.page_text(0).contains("READING"), "{}", pdf.page_text(0));
    assert!(!pdf.page_text(0).contains("-\n"), "{}", pdf.page_text(0));
    assert_eq!(pdf::validate(&bytes), [""; 0]);
    // A series sets the size.
    let project = project.write(
        "lessons/series.yaml",
        "name: Test\nlanguage: en-US\npaper: letter\nlook: {clear_print: {size: 12, accent: \"#333333\"}}\n",
    );
    project.run("build --edition student --format clear-print").succeeds();
    assert_eq!(packet(&project, "student-clear-print").size_of("incomprehensibilities"), 12.0);
}

#[test]
fn the_lines_of_clear_print_have_60_to_70_characters() {
    let text = "The council of Ashford met in April and talked about the bridge for two hours without a result. ".repeat(8);
    let project = Project::with_lesson(&format!("title: War\nreading: |\n  {text}\n"));
    project.run("build --edition student --format clear-print").succeeds();
    let page = packet(&project, "student-clear-print").page_text(0);
    let lines: Vec<usize> = page.lines().map(|line| line.chars().count()).filter(|count| *count > 50).collect();
    assert!(lines.len() >= 8, "{page}");
    let average = lines.iter().sum::<usize>() as f64 / lines.len() as f64;
    assert!((60.0..=70.0).contains(&average), "{average} {page}");
}

#[test]
fn young_readers_get_larger_type_unless_a_lesson_or_series_says_so() {
    let lesson = |head: &str| format!("title: War\n{head}reading: It began.\nvocabulary: [{{term: war, meaning: a fight}}]\n");
    let sizes = |head: &str, look: &str| {
        let project = Project::with_lesson(&lesson(head))
            .write("lessons/series.yaml", format!("name: Test\nlanguage: en-US\npaper: letter\n{look}"));
        project.run("build --edition student").succeeds();
        let pdf = packet(&project, "student");
        (pdf.size_of("It began."), pdf.size_of("a fight"))
    };
    assert_eq!(sizes("", ""), (11.0, 9.5));
    assert_eq!(sizes("grades: K-2\n", ""), (16.0, 13.818));
    assert_eq!(sizes("grades: 3-5\n", "").0, 13.0);
    assert_eq!(sizes("grades: 9-12\n", "").0, 11.0);
    assert_eq!(sizes("grades: K-2\n", "look: {type_size: 12}\n").0, 12.0);
    assert_eq!(sizes("type_size: 14\n", "look: {type_size: 12}\n").0, 14.0);
}

#[test]
fn cards_of_few_words_have_them_as_large_as_fits() {
    let lesson = "title: War\nactivity:\n  title: Words\n  body:\n    - cut_outs: {cards: [sun, moon, star, night]}\n";
    let project = Project::with_lesson(lesson);
    project.run("build --edition student").succeeds();
    assert_eq!(packet(&project, "student").size_of("moon"), 60.0);
    // A long word takes the width of its card.
    let project = project.write("lessons/one/war.yaml", lesson.replace("night", "constitutionalism"));
    project.run("build --edition student").succeeds();
    let size = packet(&project, "student").size_of("moon");
    assert!((18.0..60.0).contains(&size), "{size}");
}

/// A lesson with this many sources, and an address of this many letters in each.
fn with_sources(count: usize, letters: usize) -> Project {
    let entry = |number: usize| {
        let address = format!("https://a.org/{number:02}/{}", "x".repeat(letters));
        format!("        s{number:02}: {{kind: web, author: \"Smith, Ann\", title: Bridges {number:02}, url: \"{address}\"}}\n")
    };
    let entries: String = (0..count).map(entry).collect();
    Project::with_lesson(&format!(
        "title: War\nreading: It began.\nbibliography:\n  groups:\n    - title: Pages\n      further_reading: true\n      entries:\n{entries}"
    ))
}

#[test]
fn many_sources_are_in_two_columns_of_the_same_height() {
    let few = with_sources(6, 10);
    few.run("build --edition student").succeeds();
    let pdf = packet(&few, "student");
    let lefts = |pdf: &Pdf| {
        let mut lefts: Vec<i64> = pdf.places_of("Smith, Ann").iter().map(|(_, left)| left.round() as i64).collect();
        lefts.sort_unstable();
        lefts.dedup();
        lefts
    };
    assert_eq!(lefts(&pdf), [70], "a few are in one column");
    let many = with_sources(30, 10);
    many.run("build --edition student").succeeds();
    let pdf = packet(&many, "student");
    assert_eq!(lefts(&pdf), [70, 322]);
    let places = pdf.places_of("Smith, Ann");
    let last = places.iter().map(|(page, _)| *page).max().expect("there are sources");
    let of_last = |left: f64| places.iter().filter(|(page, at)| *page == last && (at - left).abs() < 1.0).count();
    assert!(of_last(70.0).abs_diff(of_last(322.0)) <= 1, "{places:?}");
    assert_eq!(places.len(), 30);
    assert_eq!(pdf::validate(&many.read("output/one/one-war-student.pdf")), [""; 0]);
}
