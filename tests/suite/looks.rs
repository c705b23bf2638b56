//! House style: the series' look, a second series with the same lessons, and custom templates.

use crate::pdf::{self, Pdf};
use crate::project::{LESSON, Project};

const HANDED_IN: &str =
    "title: War\nreading: A *text*.\ndiscussion: [Why did the war begin?]\nexit_ticket: [And how did it end?]\n";

fn series(look: &str) -> String {
    format!("name: Test\nlanguage: en-US\npaper: letter\nrights: {{holder: The Press, licence: CC BY 4.0}}\n{look}")
}

#[test]
fn two_series_can_look_different() {
    let style = |project: &Project| String::from_utf8(project.read("output/catalogue/style.css")).expect("a style is text");
    let red = Project::with_lesson(LESSON).write("lessons/series.yaml", series(""));
    let blue = Project::with_lesson(LESSON).write("lessons/series.yaml", series("look: {accent: \"#1f4e79\"}\n"));
    let packets = (red.build(), blue.build());
    assert_ne!(packets.0, packets.1);
    assert_eq!(Pdf::open(&packets.0).text(), Pdf::open(&packets.1).text());
    assert!(style(&red).contains("--accent: #7a1f2b;") && style(&blue).contains("--accent: #1f4e79;"));
    // The look is an input of each packet: changing it rebuilds the packet.
    let blue = blue.write("lessons/series.yaml", series("look: {accent: \"#1e5b3a\"}\n"));
    let run = blue.run("build --dry-run");
    assert!(run.succeeds().stdout.contains("one-war-student.pdf"), "{}", run.stdout);
}

/// A drawing without text.
const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"30\"><rect width=\"90\" height=\"30\" fill=\"#1f4e79\"/></svg>";

#[test]
fn the_same_lessons_build_with_the_looks_of_two_series() {
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
    assert_eq!(theirs.color_components(), 1, "the logo is gray, too");
    // With the holes at the end of lines, lines start closer to the edge.
    let begin = |pdf: &Pdf| pdf.place(0, "War").expect("the title is there").0;
    assert!(begin(&theirs) < begin(&own), "{} and {}", begin(&theirs), begin(&own));
    let verified = project.run("verify house-output --series house/series.yaml");
    verified.succeeds();
    project.run("verify house-output").finds_mistakes();
    // The logo is an input of every packet.
    let project = project.write("house/art/logo.svg", LOGO.replace("1f4e79", "000000"));
    let run = project.run("build --series house/series.yaml --output house-output --dry-run");
    assert!(run.succeeds().stdout.contains("one-war-student-mono.pdf"), "{}", run.stdout);
}

#[test]
fn a_custom_template_replaces_the_built_in_one() {
    let own = "// Defines a sidebar.\n#let sidebar(source, words, set-blocks) = [MY SIDEBAR #set-blocks(source.blocks)]\n";
    let project = Project::with_lesson("title: War\nreading:\n  - It began.\n  - sidebar: {title: Look, body: Here.}\n")
        .write("mine/blocks/sidebar.typ", own);
    let plain = project.build();
    let run = project.run("build --templates mine");
    assert!(run.succeeds().stdout.contains("one-war-student.pdf"), "{}", run.stdout);
    let text = Pdf::open(&project.read("output/one/one-war-student.pdf")).text();
    assert!(text.contains("MY SIDEBAR") && !Pdf::open(&plain).text().contains("MY SIDEBAR"), "{text}");
    assert_eq!(project.run("build --templates mine").succeeds().stdout, "Everything is up to date (3 files).\n");
    project.run("verify output --templates mine").succeeds();
    project.run("verify output").finds_mistakes();
    let run = project.run("build --dry-run");
    assert!(run.succeeds().stdout.contains("the templates changed"), "{}", run.stdout);
}

#[test]
fn a_template_error_is_reported_at_its_line() {
    let project = Project::with_lesson("title: War\nreading:\n  - It began.\n  - sidebar: {title: Look, body: Here.}\n");
    // Every template that can't be read is reported in one run, and so is a name that replaces nothing.
    let project = project.write("mine/blocks/sidebar.typ", "#let sidebar(\n").write("mine/blocks/figur.typ", "");
    let run = project.run("check --templates mine");
    assert_eq!(run.code, 2, "{}", run.stderr);
    for words in [
        "mine/blocks/sidebar.typ:1:13: ",
        "mine/blocks/figur.typ: unknown template `blocks/figur.typ`",
        "did you mean `blocks/figure.typ`?",
    ] {
        assert!(run.stderr.contains(words), "{words} is not in {}", run.stderr);
    }
    std::fs::remove_file(project.path("mine/blocks/figur.typ")).expect("it can be removed");
    // An error that shows up only in use is reported at its line, too, and not as our bug.
    let project =
        project.write("mine/blocks/sidebar.typ", "// Mine.\n#let sidebar(source, words, set-blocks) = {\n  colors\n}\n");
    let run = project.run("build --templates mine");
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("mine/blocks/sidebar.typ:3:3: unknown variable: colors"), "{}", run.stderr);
    assert!(run.stderr.contains("  colors\n") && !run.stderr.contains("bug in Packetpress"), "{}", run.stderr);
    // A template without the functions that others need is reported, too.
    let project = project.write("mine/blocks/sidebar.typ", "// Empty.\n");
    let run = project.run("build --templates mine");
    assert!(run.stderr.contains("doesn't define or accept what it needs"), "{}", run.stderr);
    let run = project.run("build --templates nowhere");
    assert!(run.stderr.starts_with("folder not found: nowhere"), "{}", run.stderr);
}

#[test]
fn missing_characters_in_templates_are_reported() {
    let own = "// Defines a sidebar.\n#let sidebar(source, words, set-blocks) = [中国]\n";
    let project = Project::with_lesson("title: War\nreading:\n  - It began.\n  - sidebar: {title: Look, body: Here.}\n");
    let project = project.write("mine/blocks/sidebar.typ", own);
    // Booklets don't claim a PDF standard that would forbid this.
    for format in ["standard", "booklet"] {
        let run = project.run(&format!("build --edition student --templates mine --format {format}"));
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(run.stderr.contains("no font has the Chinese characters `中 国`"), "{}", run.stderr);
        assert!(!run.stderr.contains("bug in Packetpress") && project.packets().is_empty(), "{}", run.stderr);
    }
}

#[test]
fn templates_in_the_lessons_folder_are_ignored() {
    let project = Project::with_lesson(LESSON);
    let plain = project.build();
    let project = project.write("lessons/templates/page.typ", "#panic()").write("templates/page.typ", "#panic()");
    project.run("build --force").succeeds();
    assert_eq!(project.read("output/one/one-war-student.pdf"), plain);
}
