//! Worksheets measured in the finished PDF: squares, rules, and cards at true size, shared space, and unsplit rows.

use crate::pdf::{Pdf, Rule};
use crate::project::Project;

/// A quarter inch and five millimeters, in points.
const QUARTER_INCH: f64 = 18.0;
const FIVE_MILLIMETRES: f64 = 5.0 * 72.0 / 25.4;

/// The packets of a lesson on US Letter and A4.
fn on_both_papers(lesson: &str) -> [Pdf; 2] {
    let project = Project::with_lesson(lesson);
    project.run("build --paper letter,a4").succeeds();
    ["output/one/one-war-student.pdf", "output/one/one-war-student-a4.pdf"].map(|path| Pdf::open(&project.read(path)))
}

fn discussion(space: &str) -> String {
    format!("title: War\ngrades: \"5\"\ndiscussion:\n  - {{ask: Draw., space: {space}}}\n")
}

fn is_upright(rule: &Rule) -> bool {
    rule.left == rule.right
}

#[track_caller]
fn assert_evenly_spaced(positions: &[f64], distance: f64, least: usize) {
    assert!(positions.len() >= least, "{positions:?}");
    for pair in positions.windows(2) {
        assert!((pair[1] - pair[0] - distance).abs() < 0.01, "not {distance} apart: {pair:?}");
    }
}

#[test]
fn graph_paper_prints_at_true_size() {
    let cases = [
        ("{grid: 5 cm}", [QUARTER_INCH, FIVE_MILLIMETRES]),
        ("{grid: {height: 5 cm, squares: 5 mm}}", [FIVE_MILLIMETRES; 2]),
        ("{grid: {height: 5 cm, squares: 1/4 in}}", [QUARTER_INCH; 2]),
    ];
    for (space, sides) in cases {
        for (packet, side) in on_both_papers(&discussion(space)).iter().zip(sides) {
            let upright: Vec<&Rule> = packet.rules(0).iter().filter(|rule| is_upright(rule)).collect();
            let across: Vec<f64> = upright.iter().map(|rule| rule.left).collect();
            assert_evenly_spaced(&across, side, 26);
            // The grid has whole squares: as many as fit in 5 cm.
            let height = upright[0].bottom - upright[0].top;
            let rows = (5.0 * 72.0 / 2.54 / side + 0.001).floor();
            assert!((height - rows * side).abs() < 0.01, "{space}: {height}");
            let lines: Vec<f64> = packet
                .horizontal_rules(0)
                .into_iter()
                .filter(|y| (upright[0].top - 0.01..upright[0].bottom + 0.01).contains(y))
                .collect();
            assert_evenly_spaced(&lines, side, rows as usize + 1);
        }
    }
}

#[test]
fn dot_paper_prints_at_true_size() {
    for (packet, side) in on_both_papers(&discussion("{dots: 5 cm}")).iter().zip([QUARTER_INCH, FIVE_MILLIMETRES]) {
        let rows: Vec<&Rule> = packet.rules(0).iter().filter(|rule| rule.dash > 0.0).collect();
        let heights: Vec<f64> = rows.iter().map(|rule| rule.top).collect();
        assert_evenly_spaced(&heights, side, 8);
        assert!(rows.iter().all(|row| (row.dash - side).abs() < 0.01), "{rows:?}");
    }
}

#[test]
fn handwriting_rules_match_the_grade() {
    // The height of tall letters: 3/4, 5/8, 1/2, 1/2, and 3/8 in.
    for (grade, tall) in [("K", 54.0), ("1", 45.0), ("2", 36.0), ("3", 36.0), ("4", 27.0)] {
        let packets = on_both_papers(&discussion(&format!("{{handwriting: {{lines: 2, grade: {grade}}}}}")));
        for packet in packets {
            let middle = packet.rules(0).iter().position(|rule| rule.dash > 0.0).expect("a midline is dotted");
            let heights: Vec<f64> = packet.rules(0)[middle - 1..middle + 5].iter().map(|rule| rule.top).collect();
            // Headline, midline, baseline, space for descenders, and the next line.
            let expected = [0.0, 0.5, 1.0, 1.5, 2.0, 2.5].map(|share| heights[0] + share * tall);
            for (found, expected) in heights.iter().zip(expected) {
                assert!((found - expected).abs() < 0.01, "grade {grade}: {heights:?}");
            }
        }
    }
}

#[test]
fn handwriting_rules_default_to_the_lowest_grade_of_the_lesson() {
    let lesson = discussion("{handwriting: 1}").replace("grades: \"5\"", "grades: K-2");
    let [packet, _] = on_both_papers(&lesson);
    let middle = packet.rules(0).iter().position(|rule| rule.dash > 0.0).expect("a midline is dotted");
    let [headline, baseline] = [middle - 1, middle + 1].map(|at| packet.rules(0)[at].top);
    assert!((baseline - headline - 54.0).abs() < 0.01, "{headline}, {baseline}");
}

#[test]
fn card_backs_line_up_with_their_fronts() {
    let mut lesson =
        String::from("title: War\nactivity:\n  title: Cards\n  body:\n    - role_cards:\n        per_page: 6\n        cards:\n");
    for card in 1..=6 {
        lesson += &format!("          - {{title: Role {card}, text: Front {card}., back: Back {card}.}}\n");
    }
    for packet in on_both_papers(&lesson) {
        let page_of = |words: &str| (0..packet.pages()).find(|page| packet.place(*page, words).is_some()).expect("it prints");
        let (front, back) = (page_of("Front 1."), page_of("Back 1."));
        assert_eq!((front % 2, back), (0, front + 1), "the back of a card is on the next page");
        let (width, _) = packet.page_size(front);
        let cuts = |upright: bool| {
            let dashed = packet.rules(front).iter().filter(|rule| rule.dash > 0.0 && is_upright(rule) == upright);
            let mut cuts: Vec<f64> = dashed.map(|rule| if upright { rule.left } else { rule.top }).collect();
            cuts.sort_by(f64::total_cmp);
            cuts.dedup_by(|a, b| (*a - *b).abs() < 0.01);
            cuts
        };
        let (columns, rows) = (cuts(true), cuts(false));
        assert_eq!((columns.len(), rows.len()), (3, 4), "{columns:?} {rows:?}");
        // When the sheet is flipped on its long edge, the cut lines stay in place.
        for (cut, mirrored) in columns.iter().zip(columns.iter().rev()) {
            assert!((cut + mirrored - width).abs() < 0.01, "{columns:?} on a page of {width}");
        }
        assert!(packet.rules(back).iter().all(|rule| rule.dash == 0.0), "backs have no cut lines, which might not line up");
        let cell = |(x, y): (f64, f64)| {
            let within = |cuts: &[f64], at: f64| cuts.windows(2).position(|pair| (pair[0]..pair[1]).contains(&at));
            (within(&columns, x).expect("it is on a card"), within(&rows, y).expect("it is on a card"))
        };
        for card in 1..=6 {
            let fronts = cell(packet.place(front, &format!("Front {card}.")).expect("it prints"));
            let backs = cell(packet.place(back, &format!("Back {card}.")).expect("it prints"));
            assert_eq!((1 - fronts.0, fronts.1), backs, "card {card}");
        }
    }
}

#[test]
fn cards_without_backs_add_no_blank_page() {
    let lesson = "title: War\nactivity:\n  title: Cards\n  body:\n    - cut_outs: [One., Two., Three.]\n";
    for packet in on_both_papers(lesson) {
        assert_eq!(packet.pages(), 3, "the activity, its empty back, and the pieces");
    }
}

#[test]
fn a_long_decision_table_repeats_its_headings_and_splits_no_row() {
    let mut lesson = String::from(
        "title: War\nactivity:\n  title: Sort\n  body:\n    - decide:\n        choices: [Said, Done]\n        reason: true\n        items:\n",
    );
    for row in 1..=40 {
        lesson += &format!(
            "          - Beginning{row}x and so many more words that this row takes several lines of the table, up to its End{row}x\n"
        );
    }
    for packet in on_both_papers(&lesson) {
        let mut found = 0;
        for page in 0..packet.pages() {
            let text = packet.page_text(page);
            let rows = (1..=40).filter(|row| text.contains(&format!("Beginning{row}x")));
            let rows: Vec<i32> = rows.collect();
            for row in &rows {
                assert!(text.contains(&format!("End{row}x")), "row {row} is cut on page {}", page + 1);
            }
            assert!(rows.is_empty() || ["Situation", "Said", "Done"].iter().all(|head| text.contains(head)), "page {}", page + 1);
            found += rows.len();
        }
        assert_eq!(found, 40);
    }
}

#[test]
fn spaces_that_fill_a_page_share_it_equally() {
    let lesson = "title: War\ndiscussion:\n  - {ask: First., space: {fill: lines}}\n  - {ask: Second., space: {fill: lines}}\n  - {ask: Third., space: {fill: lines}}\n";
    for packet in on_both_papers(lesson) {
        assert_eq!(packet.pages(), 1);
        let baseline = |words| packet.place(0, words).expect("it prints").1;
        let starts = [baseline("First."), baseline("Second."), baseline("Third."), packet.page_size(0).1];
        let rules = packet.horizontal_rules(0);
        let lines: Vec<usize> = starts
            .windows(2)
            .map(|pair| {
                let own: Vec<f64> = rules.iter().copied().filter(|y| (pair[0]..pair[1]).contains(y)).collect();
                own.windows(2).filter(|pair| (pair[1] - pair[0] - 24.75).abs() < 0.01).count() + 1
            })
            .collect();
        assert!(lines[0] >= 5, "{lines:?}");
        assert_eq!((lines[0], lines[1]), (lines[1], lines[2]), "{lines:?}");
    }
}

#[test]
fn a_group_worksheet_has_a_name_line_for_each_member() {
    let packet = |size: u32, roles: &str| {
        let roles = if roles.is_empty() { String::new() } else { format!(", roles: [{roles}]") };
        let lesson = format!("title: War\nactivity:\n  title: Sort\n  groups: {{size: {size}{roles}}}\n  body: Sort them.\n");
        Pdf::open(&Project::with_lesson(&lesson).build())
    };
    let lines = |packet: &Pdf| packet.text().matches("[blank: Space for a name]").count();
    assert_eq!(lines(&packet(6, "")), 6);
    assert_eq!(lines(&packet(4, "Reader, Writer")), 4);
    assert_eq!(lines(&packet(2, "Reader, Writer, Speaker")), 3);
}

#[test]
fn an_exit_ticket_takes_a_page_only_if_it_needs_one() {
    let lesson = |space: &str| {
        format!(
            "title: War\nactivity:\n  title: Sort\n  body:\n    - prompt: {{ask: Why?, space: {space}}}\nexit_ticket: [What surprised you?]\n"
        )
    };
    let [below, _] = on_both_papers(&lesson("{lines: 3}"));
    assert_eq!(below.pages(), 1);
    let [own, _] = on_both_papers(&lesson("fill"));
    assert_eq!(own.pages(), 3, "the rest of the page is writing space, and nothing is on its back but an empty side");
}

#[test]
fn a_page_break_works_in_a_reading_with_numbered_lines() {
    let lesson = r#"title: War
numbers: lines
reading:
  - The war began in August. {#before}
  - page_break
  - The war went on for years, and nobody knew how long it would take or who would pay for it in the end. {#after}
  - role_cards: [{title: Minister, text: You speak first., back: You are afraid.}]
  - table: {heads: [Year, Battle], rows: [["1916", The Somme]], width: landscape}
  - The war ended in November. {#end}
discussion: [{ask: When?, see: [before, after, end]}]
"#;
    for packet in on_both_papers(lesson) {
        assert!(packet.text().replace('\u{a0}', " ").contains("When? lines 1–4"), "{}", packet.text());
    }
}

#[test]
fn a_space_that_fills_the_next_page_stays_with_its_question() {
    let lesson = "title: War\ndiscussion:\n  - {ask: Draw., space: {box: 16 cm}}\n  - {ask: Explain., space: {fill: lines}}\n";
    for packet in on_both_papers(lesson) {
        assert_eq!(packet.pages(), 2);
        let (_, question) = packet.place(1, "Explain.").expect("the question is above its lines");
        let lines = packet.horizontal_rules(1).into_iter().filter(|y| *y > question).count();
        assert!(lines > 20, "{lines} lines");
    }
}
