//! The language service: quick fixes, completion, explanations, and the places of a name, in unsaved text.

use camino::Utf8PathBuf;
use packetpress::editor::{self, Workspace};
use packetpress::glyphs::Coverage;

use crate::project::{LESSON, Project};

/// A lesson with every kind of name.
const NAMES: &str = "title: War
vocabulary:
  - {term: Treaty, meaning: an agreement between countries}
reading: |
  It began in 1914, before any [[treaty]] [@clark2012]. {#start}

  Most countries joined. {#joined}
discussion:
  - id: why
    ask: Why did it begin?
    see: [start]
activity:
  title: Sort
  body:
    - decide:
        id: sort
        title: True or false?
        choices: [Yes, No]
        items:
          - {id: early, text: It began early.}
          - {id: late, text: It began late.}
bibliography:
  groups:
    - title: Books
      entries:
        clark2012: {kind: book, author: \"Clark, Christopher\", title: The Sleepwalkers, year: 2012, publisher: Harper}
";

/// The answers to it.
const ANSWERS: &str = "notes:
  joined: Ask who did.
answers:
  why: Because of [@clark2012].
  sort:
    early: {choice: Yes}
    late: {choice: No}
";

/// An editor with one file open, in which `¦` marks the cursor.
struct Editor {
    workspace: Workspace,
    path: Utf8PathBuf,
    text: String,
    cursor: usize,
    root: Utf8PathBuf,
}

impl Editor {
    fn open(project: &Project, file: &str, text: &str) -> Self {
        let root = Utf8PathBuf::from_path_buf(project.path("lessons")).expect("the path is text");
        let path = root.join(file);
        let mut workspace = Workspace::new(Coverage::new(0..0x3000, Vec::new()));
        let cursor = text.find('¦').unwrap_or(0);
        let text = text.replace('¦', "");
        workspace.edit(&path, text.clone());
        Self { workspace, path, text, cursor, root }
    }

    fn labels(&mut self) -> Vec<String> {
        let found = self.workspace.completions(&self.path, self.cursor);
        found.into_iter().map(|completion| completion.label).collect()
    }

    /// The text after the completion with this label was taken, with `¦` where writing continues.
    fn completed(&mut self, label: &str) -> String {
        let found = self.workspace.completions(&self.path, self.cursor);
        let chosen = found.iter().find(|completion| completion.label == label);
        let chosen = chosen.unwrap_or_else(|| panic!("`{label}` isn't offered"));
        let mut written = chosen.text.clone();
        if let Some(stop) = chosen.stops.first() {
            written.insert(*stop, '¦');
        }
        format!("{}{written}{}", &self.text[..chosen.range.start], &self.text[chosen.range.end..])
    }

    fn hover(&mut self) -> Option<String> {
        self.workspace.hover(&self.path, self.cursor).map(|hover| hover.markdown)
    }

    /// The text after every quick fix was made, from the last to the first, with their titles.
    fn fixed(&mut self) -> (Vec<String>, String) {
        let diagnosis = self.workspace.diagnose(&self.path).expect("the folder can be read");
        let own = |path: &camino::Utf8Path| path == self.path;
        let sorted = diagnosis.diagnostics.sorted();
        let reports = sorted.into_iter().filter(|report| own(diagnosis.sources.file(report.place.file).path()));
        let mut fixes: Vec<_> = reports.filter_map(|report| editor::fix(report, &self.text)).collect();
        let titles = fixes.iter().map(|fix| fix.title.clone()).collect();
        fixes.sort_by_key(|fix| std::cmp::Reverse(fix.edits[0].range.start));
        let mut text = self.text.clone();
        for edit in fixes.iter().flat_map(|fix| &fix.edits) {
            text.replace_range(edit.range.clone(), &edit.text);
        }
        (titles, text)
    }

    /// The places of the name at the cursor, as `file:line`.
    fn references(&mut self) -> Vec<String> {
        let places = self.workspace.references(&self.path, self.cursor, true);
        places.iter().map(|place| self.shown(place)).collect()
    }

    fn shown(&self, place: &editor::Location) -> String {
        let text = self.workspace.text(&place.path);
        let line = text[..place.range.start].matches('\n').count() + 1;
        format!("{}:{line}", place.path.strip_prefix(&self.root).expect("it is a lesson's"))
    }
}

/// The text after all its quick fixes.
fn fixed(text: &str) -> (Vec<String>, String) {
    Editor::open(&Project::with_lesson(LESSON), "one/war.yaml", text).fixed()
}

fn completed(text: &str, label: &str) -> String {
    Editor::open(&Project::with_lesson(LESSON), "one/war.yaml", text).completed(label)
}

fn labels(text: &str) -> Vec<String> {
    Editor::open(&Project::with_lesson(LESSON), "one/war.yaml", text).labels()
}

#[test]
fn a_misspelled_key_is_fixed() {
    let (titles, text) = fixed("titel: War\nreeding: One.\n");
    assert_eq!(titles, ["Write title", "Write reading"]);
    assert_eq!(text, "title: War\nreading: One.\n");
}

#[test]
fn what_a_help_line_asks_for_is_done() {
    for (text, expected) in [
        // A missing key, a date, an address, an id.
        ("reading: One.\n", "title: \nreading: One.\n"),
        ("title: War\nreading: One.\nrevised: April 1, 2026\n", "title: War\nreading: One.\nrevised: 2026-04-01\n"),
        ("title: War\nreading: One.\nformer_ids: [\"Old War\"]\n", "title: War\nreading: One.\nformer_ids: [\"old-war\"]\n"),
        // Signs that YAML reads as something else.
        ("title: *War* and peace\nreading: One.\n", "title: \"*War* and peace\"\nreading: One.\n"),
        ("title:War\nreading: One.\n", "title: War\nreading: One.\n"),
        ("title: War\nreading:\n\t- One.\n", "title: War\nreading:\n  - One.\n"),
        // Names that are nearly right.
        (
            "title: War\nreading: One. {#start}\ndiscussion:\n  - {ask: Why?, see: strat}\n",
            "title: War\nreading: One. {#start}\ndiscussion:\n  - {ask: Why?, see: start}\n",
        ),
    ] {
        assert_eq!(fixed(text).1, expected);
    }
}

#[test]
fn fixes_of_names_keep_the_brackets() {
    let text = NAMES.replace("[@clark2012]. {#start}", "[@clarc2012]. {#start}").replace("[[treaty]]", "[[tready]]");
    let (titles, text) = fixed(&text);
    assert!(titles.contains(&"Write clark2012".to_owned()), "{titles:?}");
    assert!(text.contains("any [[Treaty]] [@clark2012]. {#start}"), "{text}");
}

#[test]
fn every_fix_of_the_fixtures_leaves_fewer_mistakes_of_its_kind() {
    // Each fixture of a mistake that has a quick fix is checked again after it. A key that was added still needs its value.
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes");
    let mut fixed_fixtures = 0;
    for entry in folder.read_dir().expect("the fixtures are there") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        if !name.ends_with(".yaml") {
            continue;
        }
        let project = Project::with_lesson(LESSON);
        let mut editor = Editor::open(&project, "one/war.yaml", &text);
        let code = name.trim_end_matches(".yaml").to_owned();
        let diagnosis = editor.workspace.diagnose(&editor.path.clone()).expect("the folder can be read");
        let before = diagnosis.diagnostics.sorted().iter().filter(|report| report.code.name() == code).count();
        let sorted = diagnosis.diagnostics.sorted();
        let own = sorted
            .iter()
            .filter(|report| report.code.name() == code && diagnosis.sources.file(report.place.file).path() == editor.path);
        let Some(fix) = own.filter_map(|report| editor::fix(report, &text)).find(|fix| !fix.title.starts_with("Add ")) else {
            continue;
        };
        let mut after = text.clone();
        for edit in fix.edits.iter().rev() {
            after.replace_range(edit.range.clone(), &edit.text);
        }
        editor.workspace.edit(&editor.path.clone(), after.clone());
        let again = editor.workspace.diagnose(&editor.path.clone()).expect("the folder can be read");
        let left = again.diagnostics.sorted().iter().filter(|report| report.code.name() == code).count();
        assert!(left < before, "{name}: `{}` left {left} of {before}:\n{after}", fix.title);
        fixed_fixtures += 1;
    }
    assert!(fixed_fixtures >= 10, "only {fixed_fixtures} fixtures have a quick fix");
}

#[test]
fn keys_are_offered_with_the_start_of_their_value() {
    let found = labels("title: War\n¦\n");
    assert!(found.contains(&"reading".to_owned()) && !found.contains(&"title".to_owned()), "{found:?}");
    assert_eq!(completed("title: War\nrea¦\n", "reading"), "title: War\nreading: |\n  ¦\n");
    assert_eq!(completed("title: War\ndisc¦\n", "discussion"), "title: War\ndiscussion:\n  - ¦\n");
    assert_eq!(completed("title: War\nmin¦\n", "minutes"), "title: War\nminutes: ¦\n");
    let group = "title: War\nbibliography:\n  groups:\n    - title: Books\n      entries:\n        one:\n          ";
    assert_eq!(completed(&format!("{group}ki¦\n"), "kind"), format!("{group}kind: ¦\n"));
    assert!(labels(&format!("{group}kind: book\n          ¦\n")).contains(&"publisher".to_owned()));
}

#[test]
fn blocks_come_with_the_keys_they_need() {
    let body = "title: War\nactivity:\n  title: Sort\n  body:\n    - ";
    assert_eq!(completed(&format!("{body}figu¦\n"), "figure"), format!("{body}figure:\n        image: ¦\n        alt: \n"));
    assert!(completed(&format!("{body}deci¦\n"), "decide").contains("choices:"));
    // Keys of a prompt, and words.
    let found = labels(&format!("{body}ask: Why?\n      ¦\n"));
    assert!(found.contains(&"space".to_owned()) && !found.contains(&"ask".to_owned()), "{found:?}");
    let found = labels(&format!("{body}ask: Why?\n      space: ¦\n"));
    assert!(found.contains(&"none".to_owned()) && found.contains(&"{lines: 6}".to_owned()), "{found:?}");
    assert!(labels("title: War\nnumbers: ¦\n").contains(&"lines".to_owned()));
}

#[test]
fn names_of_the_lesson_are_offered() {
    let with = |from: &str, to: &str| labels(&NAMES.replacen(from, to, 1));
    assert_eq!(with("[@clark2012]", "[@cl¦]"), ["clark2012"]);
    assert_eq!(with("see: [start]", "see: [¦]"), ["start", "joined"]);
    assert_eq!(completed(&NAMES.replacen("[[treaty]]", "[[tr¦", 1), "Treaty"), NAMES.replacen("[[treaty]]", "[[Treaty]]", 1));
    let project = Project::with_lesson(NAMES);
    let mut editor = Editor::open(&project, "one/war.teacher.yaml", "answers:\n  ¦\n");
    assert_eq!(editor.labels(), ["why", "sort"]);
    assert_eq!(editor.completed("sort"), "answers:\n  sort: ¦\n");
    let mut editor = Editor::open(&project, "one/war.teacher.yaml", "answers:\n  sort:\n    ¦\n");
    assert!(editor.labels().starts_with(&["early".to_owned(), "late".to_owned()]), "{:?}", editor.labels());
    let mut editor = Editor::open(&project, "one/issue.yaml", "lessons:\n  - ¦\n");
    assert_eq!(editor.labels(), ["war"]);
}

#[test]
fn image_files_are_offered() {
    let project =
        Project::with_lesson(LESSON).write("lessons/one/images/map.svg", "<svg/>").write("lessons/one/images/a.txt", "");
    let mut editor = Editor::open(&project, "one/war.yaml", "title: War\nreading:\n  - figure:\n      image: ¦\n");
    assert_eq!(editor.labels(), ["images/map.svg"]);
}

#[test]
fn keys_words_and_names_are_explained() {
    let hover = |text: &str| Editor::open(&Project::with_lesson(LESSON), "one/war.yaml", text).hover();
    assert!(hover("title: War\nmin¦utes: 40\n").is_some_and(|text| text.contains("How many minutes of class time")));
    assert!(hover("title: War\nnumbers: li¦nes\n").is_some_and(|text| text.contains("Every fifth line")));
    assert!(hover("title: War\nreading: It be¦gan.\n").is_none());
    assert!(hover(&NAMES.replacen("[@clark", "[@cl¦ark", 1)).is_some_and(|text| text.contains("The Sleepwalkers")));
    assert!(hover(&NAMES.replacen("[[treaty", "[[tr¦eaty", 1)).is_some_and(|text| text.contains("an agreement")));
    assert!(hover(&NAMES.replacen("see: [start", "see: [st¦art", 1)).is_some_and(|text| text.contains("It began in 1914")));
}

#[test]
fn every_place_of_a_name_is_found() {
    let spanish = NAMES.replace("title: War", "title: Guerra");
    let project =
        Project::with_lesson(NAMES).write("lessons/one/war.teacher.yaml", ANSWERS).write("lessons/one/war.es.yaml", &spanish);
    let at = |text: &str| Editor::open(&project, "one/war.yaml", text).references();
    let sources = at(&NAMES.replacen("[@clark2012", "[@clark¦2012", 1));
    assert_eq!(
        sources,
        ["one/war.es.yaml:5", "one/war.es.yaml:26", "one/war.teacher.yaml:4", "one/war.yaml:5", "one/war.yaml:26"]
    );
    assert_eq!(at(&NAMES.replacen("id: why", "id: w¦hy", 1)), ["one/war.es.yaml:9", "one/war.teacher.yaml:4", "one/war.yaml:9"]);
    assert_eq!(
        at(&NAMES.replacen("id: early", "id: ea¦rly", 1)),
        ["one/war.es.yaml:20", "one/war.teacher.yaml:6", "one/war.yaml:20"]
    );
    assert_eq!(
        at(&NAMES.replacen("{#joined", "{#joi¦ned", 1)),
        ["one/war.es.yaml:7", "one/war.teacher.yaml:2", "one/war.yaml:7"]
    );
    let definition = {
        let mut editor = Editor::open(&project, "one/war.teacher.yaml", &ANSWERS.replacen("early:", "ea¦rly:", 1));
        let places = editor.workspace.definitions(&editor.path.clone(), editor.cursor);
        places.iter().map(|place| editor.shown(place)).collect::<Vec<_>>()
    };
    assert_eq!(definition, ["one/war.es.yaml:20", "one/war.yaml:20"]);
}

#[test]
fn a_name_is_changed_everywhere() {
    let project = Project::with_lesson(NAMES).write("lessons/one/war.teacher.yaml", ANSWERS);
    let mut editor = Editor::open(&project, "one/war.yaml", &NAMES.replacen("[@clark2012", "[@clark¦2012", 1));
    let path = editor.path.clone();
    let edits = editor.workspace.rename(&path, editor.cursor, "clark").expect("it can be renamed");
    assert_eq!(edits.len(), 2);
    assert_eq!(edits[&path].len(), 2);
    for (wanted, reason) in [("", "of a source"), ("a b", "of a source"), ("[x]", "of a source")] {
        let refused = editor.workspace.rename(&path, editor.cursor, wanted).expect_err("it can't be a key");
        assert!(refused.0.contains(reason), "{}", refused.0);
    }
    let mut editor = Editor::open(&project, "one/war.yaml", &NAMES.replacen("id: early", "id: ea¦rly", 1));
    let refused = editor.workspace.rename(&path, editor.cursor, "late").expect_err("it is taken");
    assert_eq!(refused.0, "`late` is already used; choose another name");
    let refused = editor.workspace.rename(&path, editor.cursor, "Too Early").expect_err("it isn't an id");
    assert!(refused.0.contains("too-early"), "{}", refused.0);
}

#[test]
fn the_files_of_a_project_are_checked_on_their_own_too() {
    let project = Project::with_lesson(LESSON).write("lone.yaml", "titel: War\n");
    for (file, text, code) in [
        ("one/issue.yaml", "theme: Tests\nlessons: [war, peace]\n", "missing-lesson"),
        ("series.yaml", "name: Test\nlangauge: en\n", "unknown-key"),
        ("../lone.yaml", "titel: War\n", "unknown-key"),
        ("two/war.yaml", "titel: War\n", "unknown-key"),
    ] {
        let mut editor = Editor::open(&project, file, text);
        let diagnosis = editor.workspace.diagnose(&editor.path.clone()).expect("the folder can be read");
        let codes: Vec<_> = diagnosis.diagnostics.sorted().iter().map(|report| report.code.name()).collect();
        assert!(codes.contains(&code), "{file}: {codes:?}");
    }
}
