//! The look of a house: what the series says of it, a second series over the same lessons, and templates of one's own.

use crate::pdf::{self, Pdf};
use crate::project::{LESSON, Project};

const HANDED_IN: &str =
    "title: War\nreading: A *text*.\ndiscussion: [Why did the war begin?]\nexit_ticket: [And how did it end?]\n";

fn series(look: &str) -> String {
    format!("name: Test\nlanguage: en-US\npaper: letter\nrights: {{holder: The Press, licence: CC BY 4.0}}\n{look}")
}

#[test]
fn two_series_have_looks_of_their_own() {
    let style = |project: &Project| String::from_utf8(project.read("output/catalogue/style.css")).expect("a style is text");
    let red = Project::with_lesson(LESSON).write("lessons/series.yaml", series(""));
    let blue = Project::with_lesson(LESSON).write("lessons/series.yaml", series("look: {accent: \"#1f4e79\"}\n"));
    let packets = (red.build(), blue.build());
    assert_ne!(packets.0, packets.1);
    assert_eq!(Pdf::open(&packets.0).text(), Pdf::open(&packets.1).text());
    assert!(style(&red).contains("--accent: #7a1f2b;") && style(&blue).contains("--accent: #1f4e79;"));
    // The look is known of a packet: another is another packet.
    let blue = blue.write("lessons/series.yaml", series("look: {accent: \"#1e5b3a\"}\n"));
    let run = blue.run("build --dry-run");
    assert!(run.succeeds().stdout.contains("one-war-student.pdf"), "{}", run.stdout);
}

/// A drawing without words.
const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"30\"><rect width=\"90\" height=\"30\" fill=\"#1f4e79\"/></svg>";

#[test]
fn one_tree_of_lessons_builds_in_the_looks_of_two_series() {
    let house = "name: House Reader\nlanguage: en-US\npaper: a4\npackets: [{edition: student, mono: true}]\n\
        look:\n  accent: \"#1f4e79\"\n  logo: {image: art/logo.svg, alt: The House}\n  fonts: {text: Source Sans 3}\n  holes: end\n  \
        licence_line: Copy it freely\n  name_line: [name, teacher, period, score]\n";
    let project = Project::with_lesson(HANDED_IN).write("house/series.yaml", house).write("house/art/logo.svg", LOGO);
    project.run("build --edition student").succeeds();
    project.run("build --series house/series.yaml --output house-output").succeeds();
    let own = Pdf::open(&project.read("output/one/one-war-student.pdf"));
    let bytes = project.read("house-output/one/one-war-student-mono.pdf");
    let theirs = Pdf::open(&bytes);
    assert_eq!(pdf::validate(&bytes), [""; 0]);
    assert!(own.text().contains("Test Series") && !own.text().contains("House"), "{}", own.text());
    for words in ["House Reader", "[figure: The House]", "Teacher", "Period", "Score"] {
        assert!(theirs.text().contains(words), "{words} is not in {}", theirs.text());
    }
    assert!(theirs.page_text(0).contains("Copy it freely"), "{}", theirs.page_text(0));
    assert!(!theirs.text().contains("Class") && own.text().contains("Class"), "{}", theirs.text());
    assert_eq!((own.page_size(0).0, theirs.page_size(0).0.round()), (612.0, 595.0));
    assert_eq!(theirs.colour_components(), 1, "the logo is grey, too");
    // Lines begin nearer to the edge where the holes are at their end.
    let begin = |pdf: &Pdf| pdf.place(0, "War").expect("the title is there").0;
    assert!(begin(&theirs) < begin(&own), "{} and {}", begin(&theirs), begin(&own));
    let verified = project.run("verify house-output --series house/series.yaml");
    verified.succeeds();
    project.run("verify house-output").finds_mistakes();
    // The logo is a part of every packet.
    let project = project.write("house/art/logo.svg", LOGO.replace("1f4e79", "000000"));
    let run = project.run("build --series house/series.yaml --output house-output --dry-run");
    assert!(run.succeeds().stdout.contains("one-war-student-mono.pdf"), "{}", run.stdout);
}

#[test]
fn a_template_of_ones_own_takes_the_place_of_one() {
    let own = "// Defines a sidebar.\n#let sidebar(source, words, set-blocks) = [MY SIDEBAR #set-blocks(source.blocks)]\n";
    let project = Project::with_lesson("title: War\nreading:\n  - A text.\n  - sidebar: {title: Look, body: Here.}\n")
        .write("mine/blocks/sidebar.typ", own);
    let plain = project.build();
    let run = project.run("build --templates mine");
    assert!(run.succeeds().stdout.contains("one-war-student.pdf"), "{}", run.stdout);
    let text = Pdf::open(&project.read("output/one/one-war-student.pdf")).text();
    assert!(text.contains("MY SIDEBAR") && !Pdf::open(&plain).text().contains("MY SIDEBAR"), "{text}");
    assert_eq!(project.run("build --templates mine").succeeds().stdout, "nothing to do: 3 files are as they should be\n");
    project.run("verify output --templates mine").succeeds();
    project.run("verify output").finds_mistakes();
    let run = project.run("build --dry-run");
    assert!(run.succeeds().stdout.contains("the templates have changed"), "{}", run.stdout);
}

#[test]
fn a_mistake_in_a_template_is_shown_at_its_line() {
    let project = Project::with_lesson("title: War\nreading:\n  - A text.\n  - sidebar: {title: Look, body: Here.}\n");
    // What cannot be read is told at once, all of it, and so is a name that replaces nothing.
    let project = project.write("mine/blocks/sidebar.typ", "#let sidebar(\n").write("mine/blocks/figur.typ", "");
    let run = project.run("check --templates mine");
    assert_eq!(run.code, 2, "{}", run.stderr);
    for words in [
        "mine/blocks/sidebar.typ:1:13: ",
        "mine/blocks/figur.typ: there is no template `blocks/figur.typ`",
        "did you mean `blocks/figure.typ`?",
    ] {
        assert!(run.stderr.contains(words), "{words} is not in {}", run.stderr);
    }
    std::fs::remove_file(project.path("mine/blocks/figur.typ")).expect("it can be removed");
    // What fails only when it is used is told at its line as well, and is no fault of ours.
    let project =
        project.write("mine/blocks/sidebar.typ", "// Mine.\n#let sidebar(source, words, set-blocks) = {\n  colour\n}\n");
    let run = project.run("build --templates mine");
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("mine/blocks/sidebar.typ:3:3: unknown variable: colour"), "{}", run.stderr);
    assert!(run.stderr.contains("  colour\n") && !run.stderr.contains("fault of Packetpress"), "{}", run.stderr);
    // One that lacks what others take from it is told of, too.
    let project = project.write("mine/blocks/sidebar.typ", "// Empty.\n");
    let run = project.run("build --templates mine");
    assert!(run.stderr.contains("does not define or take what it needs"), "{}", run.stderr);
    let run = project.run("build --templates nowhere");
    assert!(run.stderr.starts_with("there is no folder nowhere"), "{}", run.stderr);
}

#[test]
fn what_no_font_has_is_named_wherever_it_comes_from() {
    let own = "// Defines a sidebar.\n#let sidebar(source, words, set-blocks) = [中国]\n";
    let project = Project::with_lesson("title: War\nreading:\n  - A text.\n  - sidebar: {title: Look, body: Here.}\n");
    let project = project.write("mine/blocks/sidebar.typ", own);
    // A booklet claims no standard that would forbid it.
    for format in ["standard", "booklet"] {
        let run = project.run(&format!("build --edition student --templates mine --format {format}"));
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("no font has `中 国`, which is written in Chinese characters"), "{}", run.stderr);
        assert!(!run.stderr.contains("fault of Packetpress") && project.packets().is_empty(), "{}", run.stderr);
    }
}

#[test]
fn templates_in_a_lessons_tree_are_not_looked_at() {
    let project = Project::with_lesson(LESSON);
    let plain = project.build();
    let project = project.write("lessons/templates/page.typ", "#panic()").write("templates/page.typ", "#panic()");
    project.run("build --force").succeeds();
    assert_eq!(project.read("output/one/one-war-student.pdf"), plain);
}
