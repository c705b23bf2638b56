//! Text as handouts have it: what is typed prints, also where Markdown or YAML would take it for something else.

use std::collections::BTreeSet;

use crate::pdf::Pdf;
use crate::project::Project;

/// What is typed as a paragraph of the reading, and lines of the page that it prints as.
const PARAGRAPHS: &[(&str, &[&str])] = &[
    ("1869. That was the year.", &["1869. That was the year."]),
    ("1936. A second line\n1937. A third line", &["1936. A second line", "1937. A third line"]),
    ("[Judge]: Guilty.", &["[Judge]: Guilty."]),
    ("[Clerk]: \"All rise.\"", &["[Clerk]: “All rise.”"]),
    ("A ticket cost 5~10 cents in 1890 and 15~20 cents in 1900.", &["A ticket cost 5~10 cents in 1890 and 15~20 cents in 1900."]),
    ("Solve x^2+y^2=z^2, see note^1 and note^2.", &["Solve x^2+y^2=z^2, see note^1 and note^2."]),
    ("So 2*3*4 is 24.", &["So 2*3*4 is 24."]),
    ("Write (____) or (____) here.", &["Write (____) or (____) here."]),
    ("**Hint:**Read. He said**\"No!\"**and left. *Brown*s case.", &["Hint:Read. He said“No!”and left. Browns case."]),
    ("• iron\n•\tlead", &["• iron", "• lead"]),
    ("-\u{a0}silver\n-\u{a0}gold", &["• silver", "• gold"]),
    ("a) serif\nb) slab", &["a) serif", "b) slab"]),
    ("A. Avignon\nB. Bologna", &["A. Avignon", "B. Bologna"]),
    ("(1) first\n(2) second", &["(1) first", "(2) second"]),
    ("— Bonjour.\n— Salut.", &["— Bonjour.", "— Salut."]),
    ("ANNA: Hello.\nBEN: Goodbye.", &["ANNA: Hello.", "BEN: Goodbye."]),
    ("1914: It begins.\n1918: It ends.", &["1914: It begins.", "1918: It ends."]),
    ("So 2*(3+4)*5, n**2 + m**2, f(x)*g(x)*h(x).", &["So 2*(3+4)*5, n**2 + m**2, f(x)*g(x)*h(x)."]),
    ("Grades: A*, B, A*. Ages 5*, 6*. The (*) and (*) marks.", &["Grades: A*, B, A*. Ages 5*, 6*. The (*) and (*) marks."]),
    ("A f*** word, rated *** and ****.", &["A f*** word, rated *** and ****."]),
    ("Left:\tright", &["Left: right"]),
    ("3. Oktober 1990.\n\n9. November 1989.", &["3. Oktober 1990.", "9. November 1989."]),
    ("7) Seven.\n8) Eight.", &["7) Seven.", "8) Eight."]),
    ("10. Ten.\n20. Twenty.", &["10. Ten.", "20. Twenty."]),
    ("Step 1: go\nStep 2: stop", &["Step 1: go", "Step 2: stop"]),
    ("Name: ____\nDate: ____", &["Name: ____", "Date: ____"]),
    ("•\tiron ore\no\thematite", &["• iron ore", "• hematite"]),
    ("A dash---here, 1914--1918, and--there.", &["A dash—here, 1914–1918, and—there."]),
    ("He is 5'10\" tall, in the '90s, (TNT)'s power.", &["He is 5′10″ tall, in the ’90s, (TNT)’s power."]),
    ("*\"Both\"*, and \"**bold**\".", &["“Both,” and “bold.”"]),
    ("> He came — he saw.\n> -- A Visitor", &["He came — he saw.", "— A Visitor"]),
    ("Read [the page][p] now.\n\n[p]: https://example.org/page", &["Read the page now."]),
];

#[test]
fn paragraphs_print_as_typed() {
    let reading: String = PARAGRAPHS.iter().map(|(typed, _)| format!("  {}\n\n", typed.replace('\n', "\n  "))).collect();
    let project = Project::with_lesson(&format!("title: War\nreading: |\n{reading}"));
    let run = project.run("check");
    run.succeeds();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    let pdf = Pdf::open(&project.build());
    let page = pdf.text();
    let text = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for (typed, printed) in PARAGRAPHS {
        let mut heights = BTreeSet::new();
        for expected in *printed {
            assert!(text.contains(expected), "{typed:?} should print {expected:?}:\n{page}");
            // The mark of an item is a piece of its own on the page.
            let words = expected.trim_start_matches(|c: char| c.is_ascii_digit() || ".)•— ".contains(c));
            heights.extend((0..pdf.pages()).find_map(|page| pdf.place(page, words)).map(|(_, y)| y.to_string()));
        }
        assert!(printed.len() == 1 || heights.len() == printed.len(), "{typed:?} should print on lines of its own:\n{page}");
    }
}

#[test]
fn short_texts_print_as_typed() {
    let lesson = "title: 1984. A novel\ndiscussion:\n  - 1869. What happened?\n  - \"[Judge]: Guilty of what?\"\n  - multiple_choice: {ask: \"5~10 or 15~20?\", choices: [\"2*3*4\", \"[x]: y\"]}\n";
    let text = Pdf::open(&Project::with_lesson(lesson).build()).text();
    for expected in ["1984. A novel", "1869. What happened?", "[Judge]: Guilty of what?", "5~10 or 15~20?", "2*3*4", "[x]: y"] {
        assert!(text.contains(expected), "{expected} is missing:\n{text}");
    }
}

#[test]
fn what_would_change_is_reported_with_what_to_write() {
    for (lesson, code, place, help) in [
        ("title: The #1 Song\nreading: It began.\n", "lost-text", "war.yaml:1:12", "'The #1 Song'"),
        ("title: War\nreading: >\n  One.\n\n  Two.\n", "changed-text", "war.yaml:5:3", "write `|` instead of `>`"),
        ("title: War\nreading: |\n  1. One.\n  1. Two.\n", "changed-text", "war.yaml:4:3", "write `2.` here"),
        ("title: War\nreading: He wore # 7 on his shirt.\n", "lost-text", "war.yaml:2:18", "'He wore # 7 on his shirt.'"),
        ("title: War\nreading: |\n  - One.\n  - Two.\n  After the list.\n", "changed-text", "war.yaml:5:3", "blank line"),
        (
            "title: War\nreading: |\n  | A | B |\n  | --- | --- |\n  | 1 | 2 |\n  Source: me\n",
            "changed-text",
            "war.yaml:6:3",
            "blank line",
        ),
        ("title: War\nreading: |\n  The price*\n\n  * without tax\n", "changed-text", "war.yaml:5:3", "`\\*`"),
        ("title: War\nreading: |\n  Text\n  ---\n", "changed-text", "war.yaml:4:3", "remove the line"),
        ("title: War\nreading: |\n  The speed is $v = d/t$.\n", "changed-text", "war.yaml:3:16", "$`v = d/t`$"),
        ("title: War\nreading: |\n  - [ ] Read it.\n", "changed-text", "war.yaml:3:5", "self_check"),
        ("title: War\nreading: |\n  **Bold **text.\n", "changed-text", "war.yaml:3:3", "remove the spaces"),
        ("title: War\ndiscussion:\n  - > 5 or < 5?\n", "broken-yaml", "war.yaml:3:5", "`'\\> 5 or < 5?'`"),
        ("title: War\nreading: \"In C:\\temp it was.\"\n", "changed-text", "war.yaml:2:16", "single quotation marks"),
        (
            "title: War\nreading: |\n  A claim.[^a] Another.\n\n  [^a]: One.\n\n  [^a]: Two.\n",
            "unsupported-markdown",
            "war.yaml:7:3",
            "[^a-2]",
        ),
        (
            "title: War\nreading: |\n  | A | B |\n  | --- | --- |\n  | 1 | 2 | 3 |\n",
            "unsupported-markdown",
            "war.yaml:5:13",
            "add a heading for it",
        ),
    ] {
        let run = Project::with_lesson(lesson).run("check");
        run.reports(code, place);
        assert!(run.stderr.contains(help), "{lesson}\n{}", run.stderr);
    }
}
