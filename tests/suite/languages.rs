//! Lessons in other languages: translations, the fixed words on packets, and the download pages.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use packetpress::lesson::prose::Inline;
use packetpress::library::Library;
use packetpress::session::Session;
use packetpress::typeset::Fonts;
use snapbox::{Data, assert_data_eq};

use crate::pdf::{self, Pdf};
use crate::project::Project;

const WAR: &str = "title: War\nreading: One paragraph. {#one}\ndiscussion:\n  - {id: why, ask: Why?, see: one}\n";
const GUERRA: &str = "title: La guerra\nreading: Un párrafo. {#one}\ndiscussion:\n  - {id: why, ask: ¿Por qué?, see: one}\n";

/// A licensed lesson with a translation. Both have teacher files.
fn translated() -> Project {
    let rights = "rights: {holder: The Press, licence: CC BY 4.0}\n";
    Project::with_lesson(WAR)
        .write("lessons/series.yaml", format!("name: Test Series\nlanguage: en-US\npaper: letter\n{rights}"))
        .write("lessons/one/war.teacher.yaml", "answers: {why: Nobody knows.}\n")
        .write("lessons/one/war.es.yaml", GUERRA)
        .write("lessons/one/war.es.teacher.yaml", "answers: {why: Nadie lo sabe.}\n")
}

#[test]
fn a_translation_gets_packets_in_addition_to_those_of_its_lesson() {
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
    assert_eq!(project.run("build").succeeds().stdout, "Everything is up to date (10 files).\n");
}

#[test]
fn build_and_list_can_select_languages() {
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
fn changing_a_lesson_keeps_its_translations_packets() {
    let project = translated();
    project.run("build").succeeds();
    let project = project.write("lessons/one/war.yaml", WAR.replace("One paragraph", "Another paragraph"));
    let would = project.run("build --dry-run").succeeds().stdout.clone();
    assert!(would.contains("one-war-student.pdf") && !would.contains("-es.pdf"), "{would}");
    // But the translation is checked against the lesson again.
    let project = project.write("lessons/one/war.yaml", WAR.replace("{id: why", "{id: reason"));
    let run = project.run("check");
    assert!(run.finds_mistakes().stderr.contains("error[translation-differs]"), "{}", run.stderr);
}

#[test]
fn removing_a_translation_removes_its_packets() {
    let project = translated();
    project.run("build").succeeds();
    for file in ["war.es.yaml", "war.es.teacher.yaml"] {
        std::fs::remove_file(project.path(&format!("lessons/one/{file}"))).expect("it can be removed");
    }
    let run = project.run("build");
    assert!(run.succeeds().stdout.contains("was removed: its translation was removed"), "{}", run.stdout);
    assert_eq!(project.packets(), ["one/one-war-key.pdf", "one/one-war-student.pdf", "one/one-war-teacher.pdf"]);
    project.run("verify output").succeeds();
}

#[test]
fn the_download_pages_offer_every_language() {
    let project = translated();
    project.run("build").succeeds();
    let page = String::from_utf8(project.read("output/one/war/index.html")).expect("a page is text");
    for text in
        [">Student packet</a>", ">Student packet in Spanish</a>", "English, Spanish", "lang=\"es\" dir=\"auto\">La guerra</span>"]
    {
        assert!(page.contains(text), "{text} is not in {page}");
    }
    let now =
        page.split("Print this now").nth(1).and_then(|rest| rest.split("</section>").next()).expect("the page has that row");
    assert!(!now.contains("-es.pdf"), "{now}");
    let words = String::from_utf8(project.read("output/catalogue/search/words-gu.js")).expect("it is text");
    assert!(words.contains("guerra"), "search finds a translation by its title");
}

#[test]
fn equations_are_read_in_the_language_of_the_packet() {
    let reading = "title: Guerra\nreading:\n  - Es $`x^2`$.\n  - equation: {tex: 'y^2', say: y al cuadrado}\n";
    let formulas = |language: &str| -> Vec<String> {
        let series = format!("name: Test\nlanguage: {language}\npaper: letter\n");
        let tags = Pdf::open(&Project::with_lesson(reading).write("lessons/series.yaml", series).build()).tags();
        tags.lines().filter(|line| line.trim_start().starts_with("Formula")).map(|line| line.trim().to_owned()).collect()
    };
    let spanish = formulas("es");
    assert!(spanish[0].contains("alt=\"x²\"") && spanish[1].contains("y al cuadrado"), "{spanish:?}");
    assert!(formulas("en-US")[0].contains("alt=\"x squared\""));
}

/// The lessons in Arabic and Chinese, in every edition and format.
static SCRIPTS: LazyLock<Project> = LazyLock::new(|| {
    let project = Project::with_scripts();
    project.run("build").succeeds();
    project.run("build --edition student --format clear-print,large-print,fillable,fillable-large-print,booklet,2-up").succeeds();
    project.run("build --part cards").succeeds();
    project
});

/// A packet of one of these lessons.
fn script(lesson: &str, ending: &str) -> Vec<u8> {
    let language = if lesson == "arabic" { "ar" } else { "zh" };
    let files = SCRIPTS.packets();
    let wanted = format!("scripts/scripts-{lesson}-{ending}-{language}");
    let file = files.iter().find(|file| file.starts_with(&wanted)).unwrap_or_else(|| panic!("no {wanted} in {files:?}"));
    SCRIPTS.read(&format!("output/{file}"))
}

/// Only the letters.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn lessons_in_other_scripts_meet_the_standards_in_every_edition_and_format() {
    for lesson in ["arabic", "chinese"] {
        for ending in [
            "student",
            "teacher",
            "key",
            "substitute",
            "student-clear-print",
            "student-large-print",
            "student-2-up",
            "student-fillable",
        ] {
            let bytes = script(lesson, ending);
            assert_eq!(pdf::validate(&bytes), [""; 0], "{lesson} {ending}");
            assert!(lesson.starts_with(&Pdf::open(&bytes).language().replace("zh", "ch")[..2]), "{lesson} {ending}");
        }
    }
}

#[test]
fn other_scripts_are_heard_as_reviewed() {
    for lesson in ["arabic", "chinese"] {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/goldens/heard/{lesson}-student.txt"));
        assert_data_eq!(Pdf::open(&script(lesson, "student")).heard(), Data::read_from(&golden, None).raw());
    }
}

#[test]
fn no_text_in_other_scripts_is_lost() {
    let root = camino::Utf8PathBuf::from_path_buf(SCRIPTS.path("lessons")).expect("the path is text");
    let folder = camino::Utf8PathBuf::from_path_buf(SCRIPTS.path("fonts")).expect("the path is text");
    let fonts = Fonts::with_folder(&folder).expect("the fonts can be read");
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let library = Library::index(&root, None, &mut session).expect("the folder can be read").expect("there is a series");
    for entry in &library.issues[0].lessons {
        let mut lesson = library.load(entry, &mut session).expect("the lesson has no errors").lesson;
        // Student packets don't print these.
        lesson.standards.clear();
        let mut pieces = Vec::new();
        lesson.each_inline(&mut |inline| {
            if let Inline::Text { text } = inline {
                pieces.push(text.clone());
            }
        });
        assert!(pieces.len() > 100, "{}: {pieces:?}", entry.id);
        for ending in ["student", "student-clear-print", "student-large-print", "student-2-up", "student-fillable"] {
            let mut text = letters(&Pdf::open(&script(&entry.id, ending)).text());
            if ending.ends_with("2-up") {
                // What is cut is on whole sheets.
                text += &letters(&Pdf::open(&script(&entry.id, "cards-student")).text());
            }
            let words: BTreeSet<_> =
                pieces.iter().flat_map(|piece| piece.split(|c: char| !c.is_alphabetic())).map(letters).collect();
            let missing: Vec<_> = words.iter().filter(|word| !text.contains(*word)).collect();
            // A few Arabic words have separately painted letters. Our test reader can't join them.
            let unread = if entry.id == "arabic" { words.len() / 100 } else { 0 };
            assert!(missing.len() <= unread, "{} {ending} lacks {missing:?} of {}", entry.id, words.len());
        }
    }
}

#[test]
fn right_to_left_text_is_on_the_right() {
    let pdf = Pdf::open(&script("arabic", "student"));
    let (width, _) = pdf.page_size(0);
    let at = |words: &str| pdf.place(0, words).unwrap_or_else(|| panic!("no {words} on the page: {}", pdf.page_text(0))).0;
    // The series' name is where lines start, and the page number is where they end.
    assert!(at("Packetpress") > width / 2.0, "{}", at("Packetpress"));
    let page = (1..pdf.pages()).find_map(|page| pdf.place(page, "¶")).expect("a question points to a paragraph");
    assert!(page.0 > 0.0);
    // A booklet opens the other way: its first page is on the left half of the first sheet.
    let booklet = Pdf::painted(&script("arabic", "student-booklet"));
    let chinese = Pdf::painted(&script("chinese", "student-booklet"));
    let half = booklet.page_size(0).0 / 2.0;
    let series = |pdf: &Pdf| pdf.place(0, "Packetpress").expect("the first page has the name of the series").0;
    assert!(series(&booklet) < half && series(&chinese) > half, "{} and {}", series(&booklet), series(&chinese));
}

#[test]
fn a_script_without_a_font_is_reported_once_per_file() {
    let project = Project::with_scripts();
    std::fs::remove_dir_all(project.path("fonts")).expect("the folder can be removed");
    let run = project.run("build");
    run.finds_mistakes();
    for words in [
        "no font has the Arabic letters `",
        "put a font such as Amiri in",
        "no font has the Chinese characters `",
        "such as Noto Serif SC in",
    ] {
        assert!(run.stderr.contains(words), "{words} is not in {}", run.stderr);
    }
    assert!(
        run.stderr.contains("\n4 errors\n") && run.stderr.ends_with("\nNothing was built. Fix the errors above and try again.\n"),
        "{}",
        run.stderr
    );
    assert!(project.packets().is_empty());
}

#[test]
fn large_print_in_vietnamese_uses_one_font() {
    let project = Project::with_lesson("title: War\nlanguage: vi\nreading: It began.\nexit_ticket: [Why?]\n");
    project.run("build --edition student --format large-print").succeeds();
    let fonts = Pdf::open(&project.read("output/one/one-war-student-large-print-vi.pdf")).fonts();
    assert!(fonts.iter().all(|font| font.contains("SourceSans3")), "{fonts:?}");
}

#[test]
fn addresses_in_spanish_break_before_their_hyphens() {
    let source = "one: {kind: web, title: A Page, url: \"https://example.org/a-very-long-address-with-many-hyphens-that-must-be-broken-somewhere-in-between-its-words-since-no-line-is-so-long\"}";
    let lesson = format!(
        "title: War\nlanguage: es\nreading: Un texto [@one].\nbibliography:\n  groups:\n    - title: Web\n      entries:\n        {source}\n"
    );
    let project = Project::with_lesson(&lesson);
    project.run("build --edition student").succeeds();
    let pdf = Pdf::open(&project.read("output/one/one-war-student-es.pdf"));
    let page: String = (0..pdf.pages()).map(|page| pdf.page_text(page)).collect();
    assert!(page.contains("\n-since") && !page.contains("-\n"), "{page}");
}

#[test]
fn a_translation_prints_the_issue_heading_in_its_language() {
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
    assert!(spanish.contains("Primavera de 2026") && spanish.contains("Pruebas “nuevas”"), "{spanish}");
}

#[test]
fn titles_use_the_quotation_marks_of_their_language() {
    let project = Project::with_lesson("title: The \"War\"\nreading: It began.\n")
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
    // Large print, booklet, and grayscale are the third, fifth, and seventh bits.
    assert!(index.contains("\"formats\":[84]") && index.contains("[\"es\",\"Spanish\"]"), "{index}");
    let page = String::from_utf8(project.read("output/one/war/index.html")).expect("a page is text");
    for name in [
        ">Student packet</a>",
        ">Student packet, large print, grayscale</a>",
        ">Student packet in Spanish, booklet, grayscale</a>",
    ] {
        assert!(page.contains(name), "{name} is not in {page}");
    }
    let now =
        page.split("Print this now").nth(1).and_then(|rest| rest.split("</section>").next()).expect("the page has that row");
    assert!(now.contains("one-war-student.pdf") && !now.contains("mono"), "{now}");
}

#[test]
fn spanish_lists_have_e_before_the_sound_of_i() {
    let venn = |circles: &str| format!("    - venn: {{ask: Compara., circles: [{circles}]}}\n");
    let [sound, hard] = [venn("Francia, Italia"), venn("Francia, Hielo")];
    let lesson = format!("title: Guerra\nlanguage: es\nactivity:\n  title: Comparar\n  body:\n{sound}{hard}");
    let project = Project::with_lesson(&lesson);
    project.run("build --edition student").succeeds();
    let tags = Pdf::open(&project.read("output/one/one-war-student-es.pdf")).tags();
    assert!(tags.contains("Francia e Italia") && tags.contains("Francia y Hielo"), "{tags}");
}
