//! Lessons in other languages: translations beside their lessons, the fixed words of packets, and what the pages tell of them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::pdf::Pdf;
use crate::project::Project;

const WAR: &str = "title: War\nreading: One paragraph. {#one}\ndiscussion:\n  - {id: why, ask: Why?, see: one}\n";
const GUERRA: &str = "title: La guerra\nreading: Un párrafo. {#one}\ndiscussion:\n  - {id: why, ask: ¿Por qué?, see: one}\n";

/// A lesson with its translation, both with a teacher file, with a licence.
fn translated() -> Project {
    let rights = "rights: {holder: The Press, licence: CC BY 4.0}\n";
    Project::with_lesson(WAR)
        .write("lessons/series.yaml", format!("name: Test Series\nlanguage: en-US\npaper: letter\n{rights}"))
        .write("lessons/one/war.teacher.yaml", "answers: {why: Nobody knows.}\n")
        .write("lessons/one/war.es.yaml", GUERRA)
        .write("lessons/one/war.es.teacher.yaml", "answers: {why: Nadie lo sabe.}\n")
}

#[test]
fn a_translation_has_packets_of_its_own_beside_those_of_its_lesson() {
    let project = translated();
    project.run("build").succeeds();
    let packets = [
        "one/one-war-key-es.pdf",
        "one/one-war-key.pdf",
        "one/one-war-student-es.pdf",
        "one/one-war-student.pdf",
        "one/one-war-teacher-es.pdf",
        "one/one-war-teacher.pdf",
    ];
    assert_eq!(project.packets(), packets);
    let text = |file: &str| Pdf::open(&project.read(&format!("output/one/one-war-{file}.pdf"))).text();
    let student = text("student-es");
    for word in ["La guerra", "Nombre", "¿Por qué?"] {
        assert!(student.contains(word), "{word} is not in {student}");
    }
    assert!(!student.contains("Name"), "{student}");
    assert!(text("key-es").contains("Nadie lo sabe."));
    assert!(!student.contains("Nadie") && !text("key-es").contains("Nobody"));
    project.run("verify output").succeeds();
    assert_eq!(project.run("build").succeeds().stdout, "nothing to do: 10 files are as they should be\n");
}

#[test]
fn languages_can_be_asked_for() {
    let project = translated();
    project.run("build --edition student --lang es").succeeds();
    assert_eq!(project.packets(), ["one/one-war-student-es.pdf"]);
    project.run("build --edition student --lang en").succeeds();
    assert_eq!(project.packets(), ["one/one-war-student-es.pdf", "one/one-war-student.pdf"]);
    let listed = project.run("list --edition student --lang es");
    assert!(listed.succeeds().stdout.contains("  war.es  La guerra\n"), "{}", listed.stdout);
    assert!(!listed.stdout.contains("one-war-student.pdf"), "{}", listed.stdout);
}

#[test]
fn a_change_of_the_lesson_leaves_the_packets_of_its_translation() {
    let project = translated();
    project.run("build").succeeds();
    let project = project.write("lessons/one/war.yaml", WAR.replace("One paragraph", "Another paragraph"));
    let would = project.run("build --dry-run").succeeds().stdout.clone();
    assert!(would.contains("one-war-student.pdf") && !would.contains("-es.pdf"), "{would}");
    // But it is held against it again.
    let project = project.write("lessons/one/war.yaml", WAR.replace("{id: why", "{id: reason"));
    let run = project.run("check");
    assert!(run.finds_mistakes().stderr.contains("error[translation-differs]"), "{}", run.stderr);
}

#[test]
fn a_translation_that_is_gone_takes_its_packets_along() {
    let project = translated();
    project.run("build").succeeds();
    for file in ["war.es.yaml", "war.es.teacher.yaml"] {
        std::fs::remove_file(project.path(&format!("lessons/one/{file}"))).expect("it can be removed");
    }
    let run = project.run("build");
    assert!(run.succeeds().stdout.contains("was removed: there is no such translation any more"), "{}", run.stdout);
    assert_eq!(project.packets(), ["one/one-war-key.pdf", "one/one-war-student.pdf", "one/one-war-teacher.pdf"]);
    project.run("verify output").succeeds();
}

#[test]
fn the_pages_offer_every_language() {
    let project = translated();
    project.run("build").succeeds();
    let page = String::from_utf8(project.read("output/one/war/index.html")).expect("a page is text");
    for text in [">Student packet</a>", ">Student packet in Spanish</a>", "English, Spanish", "lang=\"es\">La guerra</span>"] {
        assert!(page.contains(text), "{text} is not in {page}");
    }
    let now = page.split("Print this now").nth(1).and_then(|rest| rest.split("</section>").next()).expect("there is such a row");
    assert!(!now.contains("-es.pdf"), "{now}");
    let words = String::from_utf8(project.read("output/catalogue/search/words-gu.js")).expect("it is text");
    assert!(words.contains("guerra"), "a translation is found by its title");
}

#[test]
fn every_language_has_all_fixed_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/templates/words");
    let keys = |path: &Path| -> BTreeSet<String> {
        let text = std::fs::read_to_string(path).expect("the table can be read");
        let own = text
            .lines()
            .filter_map(|line| line.strip_prefix("  "))
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        own.filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect()
    };
    let english = keys(&folder.join("en.typ"));
    assert!(english.len() > 150, "{english:?}");
    let tables = folder.read_dir().expect("the folder can be read").map(|entry| entry.expect("the folder can be read").path());
    let tables: Vec<_> = tables.collect();
    assert!(tables.len() > 1, "{tables:?}");
    for table in tables {
        let keys = keys(&table);
        let (missing, foreign): (Vec<_>, Vec<_>) = (english.difference(&keys).collect(), keys.difference(&english).collect());
        assert!(missing.is_empty() && foreign.is_empty(), "{}: without {missing:?}, with {foreign:?}", table.display());
    }
}
