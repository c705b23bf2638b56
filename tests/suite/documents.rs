//! The documents are correct: generated ones are up to date, and every example builds.
//!
//! `SNAPSHOTS=overwrite cargo test --release` regenerates them.

use std::path::{Path, PathBuf};

use packetpress::diagnostics::{Code, Severity};
use packetpress::lesson::block::question;
use packetpress::reference;
use snapbox::{Data, assert_data_eq};

use crate::pdf::{self, Pdf};
use crate::project::Project;

/// Blocks that have an answer in the teacher file but no question number.
const ANSWERED: [&str; 6] = ["stop_and_think", "role_cards", "script", "report_out", "extension", "rubric"];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("cannot read {name}: {error}"))
}

#[test]
fn the_schemas_for_editors_are_up_to_date() {
    for kind in reference::file_kinds() {
        let schema = serde_json::to_string_pretty(&reference::for_editors(kind.schema)).expect("a schema is plain data");
        let file = path(&format!("docs/schema/{}.json", kind.name));
        assert_data_eq!(format!("{schema}\n"), Data::read_from(&file, Some(snapbox::data::DataFormat::Text)).raw());
    }
}

#[test]
fn the_reference_of_keys_is_up_to_date() {
    let head = "# Every key\n\nThis page is generated from the definitions in Packetpress.\nKeys in **bold** are required.\n\n";
    assert_data_eq!(format!("{head}{}", reference::keys().trim_end()) + "\n", Data::read_from(&path("docs/keys.md"), None).raw());
}

#[test]
fn the_reference_of_blocks_is_up_to_date() {
    let head = "# Every block\n\nThis page is generated from the definitions in Packetpress and the tested examples in `docs/examples/`.\nBlocks go in `reading` or in the `body` of an activity. Questions can also go in `discussion` and `exit_ticket`, where plain text is a prompt.\nKeys in **bold** are required.\n\n";
    let text = reference::blocks(&|file| std::fs::read_to_string(path("docs/examples").join(file)).ok());
    assert_data_eq!(format!("{head}{}", text.trim_end()) + "\n", Data::read_from(&path("docs/blocks.md"), None).raw());
}

#[test]
fn every_block_example_builds_and_matches_its_picture() {
    let bridge = read("docs/examples/bridge.svg");
    for name in reference::block_names() {
        let lesson = read(&format!("docs/examples/{name}.yaml"));
        assert!(lesson.contains(name) || name == "prose", "the example of `{name}` doesn't use it");
        let mut project = Project::with_lesson(&lesson).write("lessons/one/images/bridge.svg", &bridge);
        let teacher = std::fs::read_to_string(path(&format!("docs/examples/{name}.teacher.yaml")));
        let is_answered = ANSWERED.contains(&name) || question::NAMES.contains(&name);
        assert_eq!(teacher.is_ok(), is_answered, "the example of `{name}` has a teacher file only if the block has an answer");
        if let Ok(teacher) = teacher {
            project = project.write("lessons/one/war.teacher.yaml", teacher);
        }
        let run = project.run("build --strict");
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        let packet = project.read("output/one/one-war-student.pdf");
        // The last page, without the title or running head and the foot; the first side of cards.
        let pdf = Pdf::open(&packet);
        let cards = (0..pdf.pages()).find(|page| pdf.page_text(*page).contains("Sheets to cut"));
        let last = cards.unwrap_or(pdf.pages() - 1);
        let top = if cards.is_some() {
            56
        } else if last == 0 {
            158
        } else {
            64
        };
        let picture = pdf::render(&packet, last, SCALE).cut(top * SCALE as u16, 720 * SCALE as u16, 36 * SCALE as u16);
        picture.assert_like(&path(&format!("docs/images/blocks/{name}.png")));
    }
}

/// Pixels per point in the pictures.
const SCALE: f32 = 2.0;

/// Codes whose entry shows no example that can be run: they are about files that aren't text.
const NOT_TEXT: [&str; 4] = ["unreadable-file", "bad-image", "drawing-text", "low-resolution"];

/// The files of an example in `docs/mistakes.md`. Each YAML block starts with a comment that names its file.
fn example(entry: &str) -> Project {
    let mut project = Project::with_lesson("title: War\nreading: It began in August.\n").write("lessons/one/images/map.svg", MAP);
    for block in entry.split("```yaml\n").skip(1) {
        let block = block.split("```").next().expect("a block ends");
        let path = block.lines().next().and_then(|line| line.strip_prefix("# ")).expect("an example names its file");
        project = project.write(path, block);
    }
    project
}

#[test]
fn every_mistake_has_an_entry_whose_fix_works() {
    let document = read("docs/mistakes.md");
    let entries: Vec<&str> = document.split("\n## ").skip(1).collect();
    let names: Vec<&str> = entries.iter().filter_map(|entry| entry.lines().next()).collect();
    let expected: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names, expected, "docs/mistakes.md has an entry for each code, in order");
    let mut wrong = Vec::new();
    for (code, entry) in Code::ALL.iter().zip(entries) {
        let name = code.name();
        let stops = match code.severity() {
            Severity::Error => "*Error: stops the build.*",
            Severity::Warning => "*Warning: doesn't stop the build.*",
        };
        for part in [code.meaning(), stops, "**Why:**", "**Fix:**", "Before:", "After:"] {
            if !entry.contains(part) {
                wrong.push(format!("{name} lacks “{part}”"));
            }
        }
        let Some((before, after)) = entry.split_once("\nAfter:") else { continue };
        if NOT_TEXT.contains(&name) || crate::mistakes::ON_THE_WEB.contains(&name) {
            continue;
        }
        let command = crate::mistakes::command(name);
        let run = example(before).run(&command);
        if !run.stderr.contains(&format!("[{name}]")) {
            wrong.push(format!("{name}, before: its code is not reported:\n{}", run.stderr));
        }
        let run = example(after).run(&command);
        if run.code != 0 || run.stderr.contains("[") {
            wrong.push(format!("{name}, after: there is still an error:\n{}", run.stderr));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The YAML examples of a document. Each starts with a comment that names its file.
fn examples(document: &str) -> Vec<(String, String)> {
    let text = read(document);
    let mut examples = Vec::new();
    for block in text.split("```yaml\n").skip(1) {
        let block = block.split("```").next().expect("a block ends");
        let path = block.lines().next().and_then(|line| line.strip_prefix("# ")).expect("an example names its file");
        examples.push((path.split(' ').next().expect("a path").to_owned(), block.to_owned()));
    }
    examples
}

#[test]
fn the_examples_of_the_readme_build() {
    let examples = examples("README.md");
    assert!(examples.len() >= 3, "the README shows a series, an issue, and a lesson");
    let mut project = Project::empty();
    for (path, text) in &examples {
        project = project.write(path, text);
    }
    project.run("build --strict").succeeds();
}

#[test]
fn the_first_lesson_builds_after_each_step() {
    let mut project = Project::empty();
    let mut lesson = String::new();
    let mut built = 0;
    for (file, text) in examples("docs/first-lesson.md") {
        let is_lesson = file.ends_with("bridge.yaml");
        if is_lesson {
            lesson.push_str(&text);
        }
        project = project.write(&file, if is_lesson { &lesson } else { &text });
        if !lesson.is_empty() {
            let run = project.run("build --strict");
            assert_eq!(run.code, 0, "{file}:\n{text}\n{}", run.stderr);
            assert!(project.packets().contains(&"rivers/rivers-bridge-student.pdf".to_owned()), "{}", run.stdout);
            built += 1;
        }
    }
    assert_eq!(built, 5, "the page has five steps that can be built");
}

#[test]
fn every_format_reference_example_builds() {
    let examples = examples("docs/format.md");
    assert!(examples.len() >= 8, "the reference shows every block");
    for (path, text) in examples {
        let project = Project::new().write(&path, &text).write("lessons/one/images/map.svg", MAP);
        let project = if path.ends_with("war.yaml") { project } else { project.write("lessons/one/war.yaml", WAR) };
        let run = project.run("build --strict");
        assert_eq!(run.code, 0, "{path}:\n{text}\n{}", run.stderr);
    }
}

/// A drawing for the examples with a figure.
const MAP: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="none" stroke="black"/></svg>"#;

/// A lesson with the items that the example teacher files answer.
const WAR: &str = r#"title: War
reading: It began.
discussion:
  - {id: causes, ask: Why?}
  - multiple_choice: {id: date, ask: When?, choices: ["1918", "1919"]}
  - true_false: {id: facts, statements: [{id: first, text: One.}, {id: second, text: Two.}]}
  - cloze: {id: gaps, text: "It began in {{year}}.", words: ["1914", "1915"]}
  - matching:
      id: pairs
      items: [{id: wilson, text: Wilson}, {id: foch, text: Foch}]
      matches: [{id: marshal, text: marshal}, {id: president, text: president}]
  - ordering: {id: steps, items: [{id: war, text: War}, {id: armistice, text: Armistice}, {id: shot, text: A shot}]}
  - short_answers:
      id: chart
      head: Battle
      columns: [{id: when, text: When}, {id: where, text: Where}]
      rows: [{id: somme, text: The Somme}]
activity:
  title: Sort
  body:
    - decide:
        id: sort
        choices: ["Yes", "No"]
        items: [{id: first, text: One.}, {id: second, text: Two.}]
    - position:
        id: stand
        ask: May the verdict stand?
        sides: [{id: sometimes, text: Sometimes}, {id: never, text: Never}]
    - t_chart: {id: armies, columns: [{id: france, text: France}, {id: britain, text: Britain}]}
    - venn: {id: alike, circles: [{id: france, text: France}, {id: britain, text: Britain}]}
    - claim_evidence: {id: why, ask: Was it an accident?}
    - cause_effect: {id: chain, event: The shot}
    - fill_timeline: {id: years, events: [{date: "1914", text: The war begins.}, {id: armistice, text: The war ends.}]}
"#;
