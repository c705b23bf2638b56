//! Blanks: heard on paper, filled in on a screen, and collected.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::pdf::{self, Pdf};
use crate::project::Project;

/// A lesson with a blank of every kind.
const LESSON: &str = r#"title: War
reading: [The war began in August., "It ended in [novembre]{lang=fr}."]
discussion:
  - {id: why, ask: Why did it begin?, space: {lines: 3}}
  - {id: parts, ask: Look at both sides., parts: [What did the first one want?, What did the other want?]}
  - multiple_choice: {id: best, ask: Which reason is best?, choices: [{id: fear, text: Fear}, {id: greed, text: Greed}]}
  - multiple_choice: {id: all, ask: Who fought?, several: true, choices: [{id: x, text: Both}, {id: y, text: Nobody}]}
activity:
  title: Sort
  groups: {size: 2}
  body:
    - true_false: {id: facts, correct: true, statements: [{id: short, text: It was short.}, {id: long, text: It was long.}]}
    - cloze: {id: gaps, text: "It began in {{month}} and ended in {{other}}.", words: [August, November]}
    - matching: {id: pairs, items: [{id: first, text: The first}, {id: last, text: The last}], matches: [{id: a, text: A house}, {id: b, text: A field}]}
    - ordering: {id: order, items: [{id: one, text: It began.}, {id: two, text: It ended.}]}
    - decide: {id: sort, choices: ["Yes", "No"], reason: true, items: [{id: r, text: Was it long?}]}
    - drawing: {id: draw, ask: Draw the house.}
    - self_check: [Every line is full.]
"#;

const TEACHER: &str = r#"answers:
  best: {choice: fear}
  all: {choices: [x]}
  facts: {statements: {short: {is: false, correction: It was long.}, long: {is: true}}}
  gaps: {blanks: {month: August, other: November}}
  pairs: {pairs: {first: b, last: a}}
  order: {order: [one, two]}
  sort: {r: {choice: "Yes", reason: It was.}}
"#;

fn project() -> Project {
    Project::with_lesson(LESSON).write("lessons/one/war.teacher.yaml", TEACHER)
}

/// The form of the lesson.
fn form(project: &Project) -> Vec<u8> {
    project.run("build --edition student --format fillable").succeeds();
    project.read("output/one/one-war-student-fillable.pdf")
}

/// The fields of a form in order, each with its widgets.
fn fields(document: &Document) -> Vec<(ObjectId, Vec<ObjectId>)> {
    let form = document.get_dict_in_dict(document.catalog().expect("a catalog"), b"AcroForm").expect("it's a form");
    assert!(!form.has(b"NeedAppearances") && !form.has(b"XFA"));
    let field = |field: &Object| {
        let id = field.as_reference().expect("a field is an object");
        let kids = document.get_dictionary(id).expect("a field").get(b"Kids").and_then(Object::as_array);
        let widgets =
            kids.map_or_else(|_| vec![id], |kids| kids.iter().map(|kid| kid.as_reference().expect("a widget")).collect());
        (id, widgets)
    };
    form.get(b"Fields").and_then(Object::as_array).expect("it has fields").iter().map(field).collect()
}

fn text(dictionary: &Dictionary, key: &[u8]) -> String {
    dictionary.get(key).map(|value| lopdf::decode_text_string(value).expect("it's text")).unwrap_or_default()
}

/// Fills in fields as a viewer does: by their names, with a choice's value or text.
fn filled(form: &[u8], answers: &[(&str, &str)]) -> Vec<u8> {
    let mut document = Document::load_mem(form).expect("it's a PDF");
    for (field, widgets) in fields(&document) {
        let dictionary = document.get_dictionary(field).expect("a field");
        let name = text(dictionary, b"T");
        let Some((_, answer)) = answers.iter().find(|(known, _)| *known == name) else { continue };
        let is_button = dictionary.get(b"FT").and_then(Object::as_name).is_ok_and(|kind| kind == b"Btn");
        let value = if is_button { Object::from(*answer) } else { lopdf::text_string(answer) };
        document.get_dictionary_mut(field).expect("a field").set("V", value);
        for widget in widgets {
            let states = document.get_dict_in_dict(document.get_dictionary(widget).expect("a widget"), b"AP").ok();
            let states = states.and_then(|states| document.get_dict_in_dict(states, b"N").ok());
            let is_it = states.is_some_and(|states| states.has(answer.as_bytes()));
            if is_button && is_it {
                document.get_dictionary_mut(widget).expect("a widget").set("AS", *answer);
            }
        }
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory can be written");
    bytes
}

#[test]
fn a_form_meets_the_standards_and_has_a_field_for_every_blank() {
    let project = project();
    let bytes = form(&project);
    assert_eq!(pdf::validate(&bytes), [""; 0]);
    project.run("build --edition student --format standard,fillable-large-print").succeeds();
    assert_eq!(pdf::validate(&project.read("output/one/one-war-student-fillable-large-print.pdf")), [""; 0]);
    let paper = Pdf::open(&project.read("output/one/one-war-student.pdf")).tags();
    let blanks = paper.lines().filter(|line| line.trim_start().starts_with("Form")).count();
    let document = Document::load_mem(&bytes).expect("it's a PDF");
    let widgets: usize = fields(&document).iter().map(|(_, widgets)| widgets.len()).sum();
    assert_eq!(widgets, blanks, "{paper}");
    assert!(widgets > 30, "{widgets}");
}

#[test]
fn every_field_has_a_name_a_label_and_a_place_in_the_order_of_the_tree() {
    let document = Document::load_mem(&form(&project())).expect("it's a PDF");
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let (mut names, mut labels) = (BTreeSet::new(), BTreeSet::new());
    let mut on_pages: BTreeMap<ObjectId, Vec<ObjectId>> = BTreeMap::new();
    for (field, widgets) in fields(&document) {
        let dictionary = document.get_dictionary(field).expect("a field");
        let name = text(dictionary, b"T");
        assert!(!name.contains('.') && names.insert(name.clone()), "{name}");
        let label = text(dictionary, b"TU");
        assert!(!label.is_empty() && labels.insert(label.clone()), "{name}: {label}");
        for id in widgets {
            let widget = document.get_dictionary(id).expect("a widget");
            assert!(!widget.has(b"A") && !widget.has(b"AA"), "{name} has no script");
            assert_eq!(widget.get(b"F").and_then(Object::as_i64).expect("flags"), 4, "{name} prints");
            assert!(widget.has(b"AP") && widget.has(b"StructParent"), "{name}");
            let rect: Vec<f32> = widget
                .get(b"Rect")
                .and_then(Object::as_array)
                .expect("a place")
                .iter()
                .map(|side| side.as_float().expect("a number"))
                .collect();
            assert!(rect[0] >= 18.0 && rect[1] >= 18.0 && rect[2] <= 594.0 && rect[3] <= 774.0, "{name}: {rect:?}");
            assert!(rect[2] - rect[0] > 6.0 && rect[3] - rect[1] > 6.0, "{name}: {rect:?}");
            on_pages.entry(widget.get(b"P").and_then(Object::as_reference).expect("a page")).or_default().push(id);
        }
    }
    assert!(names.contains("name") && names.contains("group") && names.contains("one/war/why/space"), "{names:?}");
    for page in pages {
        let page_dictionary = document.get_dictionary(page).expect("a page");
        let annotations = page_dictionary.get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default();
        let widgets: Vec<ObjectId> = annotations.iter().map(|id| id.as_reference().expect("an annotation")).collect();
        let own = on_pages.remove(&page).unwrap_or_default();
        assert_eq!(own.len(), widgets.iter().filter(|id| own.contains(id)).count(), "the page knows its fields");
        if !own.is_empty() {
            assert_eq!(page_dictionary.get(b"Tabs").and_then(Object::as_name).expect("an order"), b"S");
        }
        // The structure tree numbers them as it goes, and the keyboard follows it.
        let key =
            |id: &ObjectId| document.get_dictionary(*id).expect("a widget").get(b"StructParent").and_then(Object::as_i64).ok();
        let keys: Vec<_> = widgets.iter().filter(|id| own.contains(id)).filter_map(key).collect();
        assert!(keys.is_sorted(), "{keys:?}");
    }
}

#[test]
fn blanks_are_heard_on_paper_with_their_question_and_size() {
    let project = project();
    project.run("build --edition student,teacher").succeeds();
    let student = Pdf::open(&project.read("output/one/one-war-student.pdf")).heard();
    for words in [
        "[blank: Question 1, Writing space, 3 lines]",
        "[blank: Question 2, a, Writing space",
        "[choice, not checked: Check box: A]",
        "[check box, not checked: Check box: A]",
        "[choice, not checked: Check box: True]",
        "[blank: blank 1]",
        "[blank: Blank for a letter]",
        "[blank: Box for a number]",
        "[blank: Space for a reason]",
        "[blank: Drawing space]",
        "(fr) novembre",
        "Paragraph 1. The war began",
        "Name [blank: Writing space]",
    ] {
        let found = student.contains(words) || student.replace('\n', " ").contains(words);
        assert!(found, "{words} is not in:\n{student}");
    }
    let teacher = Pdf::open(&project.read("output/one/one-war-teacher.pdf")).heard();
    for words in ["[choice, checked: Correct answer: A]", "[check box, checked: Checked: A]", "[choice, checked: Checked: False]"]
    {
        assert!(teacher.contains(words), "{words} is not in:\n{teacher}");
    }
}

#[test]
fn collected_answers_are_marked_against_the_key() {
    let project = project();
    let form = form(&project);
    let answers = [
        ("name", "Ada"),
        ("one/war/why/space", "Because, they \"had\" to.\nAll of them."),
        ("one/war/best", "a"),
        ("one/war/all/choice-0", "Yes"),
        ("one/war/all/choice-1", "Yes"),
        ("one/war/facts/0", "false"),
        ("one/war/gaps/blank-1", " august "),
        ("one/war/gaps/blank-2", "=cmd()"),
        ("one/war/pairs/item-0", "A"),
        ("one/war/order/item-0", "1"),
        ("one/war/sort/0", "b"),
    ];
    let project = project.write("forms/ada.pdf", filled(&form, &answers)).write("forms/later/empty.pdf", &form);
    let run = project.run("collect forms");
    let table = run.succeeds().stdout.clone();
    let row = |question: &str| {
        let is_it = |line: &&str| line.starts_with("ada.pdf,Ada,one/war,") && line.contains(question);
        table.lines().find(is_it).unwrap_or_else(|| panic!("{question} is not in:\n{table}")).to_owned()
    };
    assert!(table.starts_with("file,name,lesson,question,answer,right\n"), "{table}");
    assert!(table.contains("\"Because, they \"\"had\"\" to.\nAll of them.\","), "{table}");
    assert!(row("Discussion, Question 3").ends_with(",A. Fear,yes"), "{}", row("Discussion, Question 3"));
    assert!(row("Both").ends_with(",✓,yes") && row("Nobody").ends_with(",✓,no"), "{table}");
    assert!(row("It was short.\"").ends_with(",False,yes"), "{table}");
    assert!(row("blank 1").ends_with(", august ,yes"), "{}", row("blank 1"));
    // What a spreadsheet would take for a formula is text.
    assert!(row("blank 2").ends_with(",'=cmd(),no"), "{}", row("blank 2"));
    assert!(row("The first").ends_with(",A,no") && row("It began.").ends_with(",1,yes"), "{table}");
    assert!(row("Was it long?\"").ends_with(",No,no") && row("It was long.\"").ends_with(",,"), "{table}");
    assert!(table.contains("later/empty.pdf,,one/war,"), "{table}");
    let json = project.run("collect forms --format json --no-key").succeeds().stdout.clone();
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).expect("it's JSON");
    assert!(rows.iter().all(|row| row["right"].is_null()) && rows.iter().any(|row| row["name"] == "Ada"), "{json}");
    // The forms themselves stay as they are.
    assert_eq!(project.read("forms/later/empty.pdf"), form);
}

#[test]
fn files_that_are_not_forms_are_refused_one_by_one() {
    let project = project();
    let form = form(&project);
    project.run("build --edition student").succeeds();
    let paper = project.read("output/one/one-war-student.pdf");
    let half = &form[..form.len() / 2];
    let project = project
        .write("forms/a.pdf", filled(&form, &[("name", "Ada")]))
        .write("forms/half.pdf", half)
        .write("forms/paper.pdf", paper)
        .write("forms/text.pdf", "not a PDF")
        .write("forms/notes.txt", "left alone");
    let run = project.run("collect forms");
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stdout.contains("a.pdf,Ada,one/war,"), "{}", run.stdout);
    for words in ["half.pdf: it's damaged", "paper.pdf: it has no fields", "text.pdf: it isn't a PDF"] {
        assert!(run.stderr.contains(words), "{words} is not in {}", run.stderr);
    }
    let run = project.run("collect nowhere");
    assert!(run.code == 2 && run.stderr.contains("cannot read the folder nowhere"), "{}", run.stderr);
}

#[test]
fn only_student_packets_are_forms() {
    let run = project().run("build --edition teacher --format fillable");
    assert!(run.code != 0 && run.stderr.contains("`fillable` is for students"), "{}", run.stderr);
}

#[test]
fn titles_of_sources_are_in_their_own_language() {
    let lesson = "title: War\nreading: One [@zola].\nbibliography:\n  groups:\n    - title: Books\n      entries:\n        zola: {kind: book, author: \"Zola, Émile\", title: La Débâcle, year: 1892, language: fr}\n";
    let heard = Pdf::open(&Project::with_lesson(lesson).build()).heard();
    assert!(heard.contains("(fr) La Débâcle"), "{heard}");
    let run = Project::with_lesson(&lesson.replace("language: fr", "language: French")).run("check");
    assert!(run.finds_mistakes().stderr.contains("error[bad-language]"), "{}", run.stderr);
}

#[test]
fn a_span_in_another_language_needs_a_language_tag() {
    let run = Project::with_lesson("title: War\nreading: They said [bon mot]{lang=french}.\n").run("check");
    run.reports("bad-language", "lessons/one/war.yaml:2:35");
}
