//! The documents are true: generated ones are up to date, and every example in them builds.
//!
//! `SNAPSHOTS=overwrite cargo test --release` writes the generated ones anew.

use std::path::{Path, PathBuf};

use packetpress::diagnostics::Code;
use packetpress::reference;
use snapbox::{Data, assert_data_eq};

use crate::project::Project;

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
    let head = "# Every key\n\nThis page is made from the program's own definition.\nKeys in **bold** must be there.\n\n";
    assert_data_eq!(format!("{head}{}", reference::keys().trim_end()) + "\n", Data::read_from(&path("docs/keys.md"), None).raw());
}

#[test]
fn the_reference_of_mistakes_is_up_to_date() {
    let head = "# Every mistake\n\nThis page is made from the program's own definition.\nAn example of each, and its report, lies in `tests/mistakes/`.\n\n";
    let text = format!("{head}{}", reference::mistakes());
    assert!(Code::ALL.iter().all(|code| text.contains(code.name())));
    assert_data_eq!(text, Data::read_from(&path("docs/mistakes.md"), None).raw());
}

/// The YAML examples of a document; each begins with a comment that names its file.
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
    assert!(examples.len() >= 3, "the README shows a series, an issue and a lesson");
    let mut project = Project::empty();
    for (path, text) in &examples {
        project = project.write(path, text);
    }
    project.run("build --strict").succeeds();
}

#[test]
fn each_example_of_the_format_reference_builds() {
    let examples = examples("docs/format.md");
    assert!(examples.len() >= 8, "the reference shows every block");
    for (path, text) in examples {
        let project = Project::new().write(&path, &text).write("lessons/one/images/map.svg", MAP);
        let project = if path.ends_with("war.yaml") { project } else { project.write("lessons/one/war.yaml", WAR) };
        let run = project.run("build --strict");
        assert_eq!(run.code, 0, "{path}:\n{text}\n{}", run.stderr);
    }
}

/// A drawing for the examples that show one.
const MAP: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="none" stroke="black"/></svg>"#;

/// A lesson with the items that the examples of teacher files answer.
const WAR: &str = "title: War\nreading: A text.\ndiscussion:\n  - {id: causes, ask: Why?}\nactivity:\n  title: Sort\n  body:\n    - decide:\n        id: sort\n        choices: [\"Yes\", \"No\"]\n        items: [{id: first, text: One.}, {id: second, text: Two.}]\n";
