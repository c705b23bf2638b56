//! Checking one lesson, with unsaved text from an editor, the way other programs use the library.

use camino::Utf8PathBuf;
use packetpress::files::Files;
use packetpress::glyphs::Coverage;
use packetpress::library::Library;
use packetpress::session::Session;

use crate::project::{LESSON, Project};

/// The codes found in a file in `lessons/` with unsaved text in its place. `None` if it isn't a lesson file.
fn codes(project: &Project, file: &str, text: &str) -> Option<Vec<&'static str>> {
    let coverage = Coverage::new(0..0x3000, Vec::new());
    let path = Utf8PathBuf::from_path_buf(project.path("lessons").join(file)).expect("the path is text");
    let mut files = Files::default();
    files.lay_over(&path, text.to_owned());
    let mut session = Session::with_files(&coverage, files);
    let is_known = Library::check_file(&path, &mut session).expect("the folder can be read");
    is_known.then(|| session.diagnostics.sorted().iter().map(|diagnostic| diagnostic.code.name()).collect())
}

#[test]
fn unsaved_text_is_checked_instead_of_the_file() {
    let project = Project::with_lesson("title: War\nreeding: One.\n");
    assert_eq!(codes(&project, "one/war.yaml", LESSON).as_deref(), Some(&[][..]));
    assert_eq!(codes(&project, "one/war.yaml", "title: War\nreeding: One.\n").as_deref(), Some(&["unknown-key"][..]));
    let teacher = "answers:\n  nobody: Nothing.\n";
    assert_eq!(codes(&project, "one/war.teacher.yaml", teacher).as_deref(), Some(&["unknown-key", "unknown-answer"][..]));
}

#[test]
fn without_unsaved_text_the_file_is_checked_again() {
    let coverage = Coverage::new(0..0x3000, Vec::new());
    let project = Project::with_lesson("title: War\nreeding: One.\n");
    let path = Utf8PathBuf::from_path_buf(project.path("lessons/one/war.yaml")).expect("the path is text");
    let mut session = Session::new(&coverage);
    session.files.lay_over(&path, LESSON.to_owned());
    assert!(Library::check_file(&path, &mut session).expect("the folder can be read"));
    assert_eq!(session.diagnostics.errors(), 0);
    session.files.uncover(&path);
    assert!(Library::check_file(&path, &mut session).expect("the folder can be read"));
    assert_eq!(session.diagnostics.errors(), 1);
}

#[test]
fn one_lesson_can_be_checked_by_itself() {
    let issue = "number: \"1:1\"\ndate: Spring 2026\npublished: 2026-04-01\ntheme: Tests\nlessons: [war, broken]\n";
    let project = Project::with_lesson(LESSON)
        .write("lessons/one/issue.yaml", issue)
        .write("lessons/one/broken.yaml", "title: [\n")
        .write("lessons/two/issue.yaml", "nothing: at all\n")
        .write("lessons/notes/todo.txt", "Nothing.\n");
    assert_eq!(codes(&project, "one/war.yaml", LESSON).as_deref(), Some(&[][..]));
    assert_eq!(codes(&project, "notes/war.yaml", LESSON), None);
}
