//! Which changes in the source code rebuild packets.

use std::path::Path;

use crate::project::Project;

#[path = "../../src/fingerprint.rs"]
#[expect(dead_code, reason = "its `main` is for cargo")]
mod build_script;

/// A change in a source file: the file, the old text, and the new text.
type Change = (&'static str, &'static str, &'static str);

/// Changes that only people see.
const WORDS: [Change; 7] = [
    ("src/check/empty_part.rs", "has no words", "is empty"),
    ("src/schema/report.rs", "put quotation marks around", "set in quotation marks"),
    ("src/formats.rs", "can't be used as an id", "cannot be a name"),
    ("src/lesson.rs", "/// The title, as printed.", "/// The title."),
    ("src/lesson/block/space.rs", "to set the size of the squares, write", "for the size of the squares, write"),
    ("src/compose/text.rs", "//! Turns the lesson's text", "//! Makes the lesson's text"),
    ("src/cli/build.rs", "use ", "use  "),
];

/// Changes that can affect a page.
const MAKERS: [Change; 6] = [
    ("src/compose/text.rs", "is_aside: true", "is_aside: false"),
    ("src/words/en.json", "minute", "min."),
    ("src/templates/page.typ", "0.25em", "0.3em"),
    ("src/lesson/block/space.rs", "Handwriting(Handwriting)", "Written(Handwriting)"),
    ("src/equation/phrases.rs", "\"sine\"", "\"sinus\""),
    ("src/picture.rs", "482.0", "481.0"),
];

/// A copy of the source code, without the fonts.
fn program() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = Project::empty().write("Cargo.lock", "").write("fonts/one.txt", "");
    crate::project::copy(&root.join("src"), &project.path("src"));
    project
}

/// The digests after a change: of the whole program, and of the code that affects packets.
fn after((file, from, to): Change, program: Project) -> (Project, [String; 2]) {
    let text = String::from_utf8(program.read(file)).expect("a source file is text");
    assert!(text.contains(from), "{file} has no `{from}`");
    let changed = program.write(file, text.replacen(from, to, 1));
    let digests = digests(&changed);
    (changed.write(file, text), digests)
}

fn digests(program: &Project) -> [String; 2] {
    [build_script::of_program(&program.path("")), build_script::of_packets(&program.path(""))]
}

#[test]
fn changed_messages_and_comments_rebuild_nothing_but_changed_layout_does() {
    let mut copy = program();
    let [whole, packets] = digests(&copy);
    for (changes, stays) in [(WORDS.as_slice(), true), (MAKERS.as_slice(), false)] {
        for change in changes {
            let [whole_now, packets_now];
            (copy, [whole_now, packets_now]) = after(*change, copy);
            assert_ne!(whole_now, whole, "{change:?}");
            assert_eq!(packets_now == packets, stays, "{change:?}");
        }
    }
    assert_eq!(digests(&copy), [whole, packets]);
}
