//! Lessons in other languages: translations beside their lessons, the fixed words of packets, and what the pages tell of them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use packetpress::lesson::prose::Inline;
use packetpress::library::Library;
use packetpress::session::Session;
use packetpress::typeset::Fonts;

use crate::pdf::{self, Pdf};
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
    for text in
        [">Student packet</a>", ">Student packet in Spanish</a>", "English, Spanish", "lang=\"es\" dir=\"auto\">La guerra</span>"]
    {
        assert!(page.contains(text), "{text} is not in {page}");
    }
    let now = page.split("Print this now").nth(1).and_then(|rest| rest.split("</section>").next()).expect("there is such a row");
    assert!(!now.contains("-es.pdf"), "{now}");
    let words = String::from_utf8(project.read("output/catalogue/search/words-gu.js")).expect("it is text");
    assert!(words.contains("guerra"), "a translation is found by its title");
}

#[test]
fn equations_are_read_aloud_in_the_language_of_their_words() {
    let reading = "title: Guerra\nreading:\n  - Es $`x^2`$.\n  - equation: {tex: 'y^2', say: y al cuadrado}\n";
    let formulas = |language: &str| -> Vec<String> {
        let series = format!("name: Test\nlanguage: {language}\npaper: letter\n");
        let tags = Pdf::open(&Project::with_lesson(reading).write("lessons/series.yaml", series).build()).tags();
        tags.lines().filter(|line| line.trim_start().starts_with("Formula")).map(|line| line.trim().to_owned()).collect()
    };
    let spanish = formulas("es");
    assert!(spanish[0].contains("lang=\"en\""), "{spanish:?}");
    assert!(!spanish[1].contains("lang="), "{spanish:?}");
    assert!(formulas("en-US").iter().all(|formula| !formula.contains("lang=")));
}

/// The lessons in Arabic and in Chinese, in every edition and format.
static SCRIPTS: LazyLock<Project> = LazyLock::new(|| {
    let project = Project::with_scripts();
    project.run("build").succeeds();
    project.run("build --edition student --format large-print,booklet,2-up").succeeds();
    project
});

/// A packet of one of them.
fn script(lesson: &str, ending: &str) -> Vec<u8> {
    let language = if lesson == "arabic" { "ar" } else { "zh" };
    let files = SCRIPTS.packets();
    let wanted = format!("scripts/scripts-{lesson}-{ending}-{language}");
    let file = files.iter().find(|file| file.starts_with(&wanted)).unwrap_or_else(|| panic!("no {wanted} in {files:?}"));
    SCRIPTS.read(&format!("output/{file}"))
}

/// The letters of a text alone.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn lessons_in_other_scripts_are_sound_in_every_edition_and_format() {
    for lesson in ["arabic", "chinese"] {
        for ending in ["student", "teacher", "key", "substitute", "student-large-print", "student-2-up"] {
            let bytes = script(lesson, ending);
            assert_eq!(pdf::validate(&bytes), [""; 0], "{lesson} {ending}");
            assert!(lesson.starts_with(&Pdf::open(&bytes).language().replace("zh", "ch")[..2]), "{lesson} {ending}");
        }
    }
}

#[test]
fn no_text_of_other_scripts_is_lost() {
    let root = camino::Utf8PathBuf::from_path_buf(SCRIPTS.path("lessons")).expect("the path is text");
    let folder = camino::Utf8PathBuf::from_path_buf(SCRIPTS.path("fonts")).expect("the path is text");
    let fonts = Fonts::with_folder(&folder).expect("the fonts can be read");
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let library = Library::index(&root, None, &mut session).expect("the folder can be read").expect("there is a series");
    for entry in &library.issues[0].lessons {
        let mut lesson = library.load(entry, &mut session).expect("the lesson is sound").lesson;
        // Students do not read them.
        lesson.standards.clear();
        let mut pieces = Vec::new();
        lesson.each_inline(&mut |inline| {
            if let Inline::Text { text } = inline {
                pieces.push(text.clone());
            }
        });
        assert!(pieces.len() > 100, "{}: {pieces:?}", entry.id);
        for ending in ["student", "student-large-print", "student-2-up"] {
            let text = letters(&Pdf::open(&script(&entry.id, ending)).text());
            let words: BTreeSet<_> =
                pieces.iter().flat_map(|piece| piece.split(|c: char| !c.is_alphabetic())).map(letters).collect();
            let missing: Vec<_> = words.iter().filter(|word| !text.contains(*word)).collect();
            // In a few Arabic words letters are painted apart, which this reader does not put together again.
            let unread = if entry.id == "arabic" { words.len() / 100 } else { 0 };
            assert!(missing.len() <= unread, "{} {ending} lacks {missing:?} of {}", entry.id, words.len());
        }
    }
}

#[test]
fn what_is_written_from_right_to_left_stands_on_the_right() {
    let pdf = Pdf::open(&script("arabic", "student"));
    let (width, _) = pdf.page_size(0);
    let at = |words: &str| pdf.place(0, words).unwrap_or_else(|| panic!("no {words} on the page: {}", pdf.page_text(0))).0;
    // The series has the place at which lines begin, and the number of the page that at which they end.
    assert!(at("Packetpress") > width / 2.0, "{}", at("Packetpress"));
    let page = (1..pdf.pages()).find_map(|page| pdf.place(page, "¶")).expect("a question points to a paragraph");
    assert!(page.0 > 0.0);
    // A booklet opens on the other side: its first page is on the left of the first side.
    let booklet = Pdf::painted(&script("arabic", "student-booklet"));
    let chinese = Pdf::painted(&script("chinese", "student-booklet"));
    let half = booklet.page_size(0).0 / 2.0;
    let series = |pdf: &Pdf| pdf.place(0, "Packetpress").expect("the first page has the name of the series").0;
    assert!(series(&booklet) < half && series(&chinese) > half, "{} and {}", series(&booklet), series(&chinese));
}

#[test]
fn without_a_font_the_script_is_named_once_a_file() {
    let project = Project::with_scripts();
    std::fs::remove_dir_all(project.path("fonts")).expect("the folder can be removed");
    let run = project.run("build");
    run.finds_mistakes();
    for words in [
        "which is written in Arabic letters; ",
        "put a font for it, as Amiri,",
        "which is written in Chinese characters; ",
        "as Noto Serif SC,",
    ] {
        assert!(run.stderr.contains(words), "{words} is not in {}", run.stderr);
    }
    assert!(run.stderr.ends_with("4 mistakes\nnothing was built: mend this first\n"), "{}", run.stderr);
    assert!(project.packets().is_empty());
}

#[test]
fn large_print_in_vietnamese_is_in_one_font() {
    let project = Project::with_lesson("title: War\nlanguage: vi\nreading: A text.\nexit_ticket: [Why?]\n");
    project.run("build --edition student --format large-print").succeeds();
    let fonts = Pdf::open(&project.read("output/one/one-war-student-large-print-vi.pdf")).fonts();
    assert!(fonts.iter().all(|font| font.contains("SourceSans3")), "{fonts:?}");
}

#[test]
fn addresses_in_spanish_have_the_hyphens_that_they_have() {
    let source = "one: {kind: web, title: A Page, url: \"https://example.org/a-very-long-address-with-many-hyphens-that-must-be-broken-somewhere-in-between-its-words-since-no-line-is-so-long\"}";
    let lesson = format!(
        "title: War\nlanguage: es\nreading: Un texto [@one].\nbibliography:\n  groups:\n    - title: Web\n      entries:\n        {source}\n"
    );
    let project = Project::with_lesson(&lesson);
    project.run("build --edition student").succeeds();
    let pdf = Pdf::open(&project.read("output/one/one-war-student-es.pdf"));
    let page: String = (0..pdf.pages()).map(|page| pdf.page_text(page)).collect();
    assert!(page.contains("-\n") && !page.contains("\n-"), "{page}");
}

#[test]
fn a_translation_has_the_heading_of_its_issue_in_its_language() {
    let project = translated();
    let project = project.write(
        "lessons/one/issue.yaml",
        "number: \"1:1\"\ndate: Spring 2026\npublished: 2026-04-01\ntheme: Tests\nlessons: [war]\n\
         translations: [{language: es, date: Primavera de 2026, theme: 'Pruebas \"nuevas\"'}]\n",
    );
    project.run("build --edition student").succeeds();
    let page = |file: &str| Pdf::open(&project.read(&format!("output/one/one-war-{file}.pdf"))).page_text(0);
    let (english, spanish) = (page("student"), page("student-es"));
    assert!(english.contains("Spring 2026") && !english.contains("Primavera"), "{english}");
    assert!(spanish.contains("Primavera de 2026") && spanish.contains("Pruebas «nuevas»"), "{spanish}");
}

#[test]
fn titles_have_the_quotation_marks_of_their_language() {
    let project = Project::with_lesson("title: The \"War\"\nreading: A text.\n")
        .write("lessons/one/war.de.yaml", "title: Der \"Krieg\"\nreading: Ein Text.\n");
    project.run("build --edition student").succeeds();
    let pdf = Pdf::open(&project.read("output/one/one-war-student-de.pdf"));
    assert_eq!(pdf.title(), "Der „Krieg“");
    assert!(pdf.outline().contains("Der „Krieg“") && pdf.page_text(0).contains("Der „Krieg“"), "{}", pdf.outline());
}

#[test]
fn the_pages_filter_by_language_and_format() {
    let project = translated();
    project.run("build --edition student --format standard,large-print,booklet --mono").succeeds();
    project.run("build --edition student").succeeds();
    let index = String::from_utf8(project.read("output/catalogue/search/index.js")).expect("it is text");
    // Large print, a booklet, and packets in black: the first, the second and the fourth bit.
    assert!(index.contains("\"formats\":[11]") && index.contains("[\"es\",\"Spanish\"]"), "{index}");
    let page = String::from_utf8(project.read("output/one/war/index.html")).expect("a page is text");
    for name in [
        ">Student packet</a>",
        ">Student packet in large print, black only</a>",
        ">Student packet as a booklet in Spanish, black only</a>",
    ] {
        assert!(page.contains(name), "{name} is not in {page}");
    }
    let now = page.split("Print this now").nth(1).and_then(|rest| rest.split("</section>").next()).expect("there is such a row");
    assert!(now.contains("one-war-student.pdf") && !now.contains("mono"), "{now}");
}
