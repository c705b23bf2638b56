//! The specimen in `tests/specimen/`: every block and question in every state, on both papers.
//!
//! `SNAPSHOTS=overwrite cargo test --release` rewrites the goldens. Review the pages before you commit them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use camino::Utf8PathBuf;
use packetpress::lesson::Lesson;
use packetpress::lesson::block::Block;
use packetpress::lesson::prose::{Inline, Inlines, each_inline};
use packetpress::library::Library;
use packetpress::reference;
use packetpress::session::Session;
use packetpress::typeset::Fonts;
use snapbox::{Data, assert_data_eq};

use crate::pdf::{self, Pdf};
use crate::project::Project;

/// The lessons where everything fits, so people can read them in full.
const SOUND: [&str; 5] = ["blocks", "questions", "numbered-lines", "activities", "shadows"];

/// The files that a build writes, by path from `output/`.
type Packets = BTreeMap<String, Vec<u8>>;

/// All packets of the specimen, built once because the extremes take a while.
static SPECIMEN: LazyLock<Packets> = LazyLock::new(|| packets(&Project::with_specimen()));

#[track_caller]
fn packets(project: &Project) -> Packets {
    project.run("build").succeeds();
    packets_of(project)
}

fn packets_of(project: &Project) -> Packets {
    let read = |file: String| (file.clone(), project.read(&format!("output/{file}")));
    project.packets().into_iter().map(read).collect()
}

fn golden(name: &str) -> Data {
    Data::read_from(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens").join(name), None).raw()
}

/// Every lesson in a lessons folder, with its issue and its id.
fn lessons(folder: &str) -> Vec<(String, String, Lesson)> {
    let root = Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let fonts = Fonts::bundled();
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let library = Library::index(&root, None, &mut session).expect("the folder can be read").expect("there is a series");
    let mut lessons = Vec::new();
    for issue in &library.issues {
        for entry in &issue.lessons {
            let lesson = library.load(entry, &mut session).expect("the lesson has no errors").lesson;
            lessons.push((issue.id.clone(), entry.id.clone(), lesson));
        }
    }
    lessons
}

/// Only the letters and digits: quotation marks, spaces, and line breaks don't matter.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Every piece of plain text in a lesson.
fn stretches(lesson: &Lesson) -> Vec<String> {
    let mut stretches = Vec::new();
    // Standards are for search and for teachers. Student packets don't print them.
    let mut standards = BTreeSet::new();
    for text in lesson.standards.iter().filter_map(|standard| standard.text.as_ref()) {
        each_inline(&text.nodes, &mut |inline| {
            if let Inline::Text { text } = inline {
                standards.insert(text.clone());
            }
        });
    }
    lesson.each_inline(&mut |inline| {
        if let Inline::Text { text } = inline
            && !standards.contains(text)
        {
            stretches.push(text.clone());
        }
    });
    for block in lesson.blocks() {
        match block {
            Block::Decide(decide) => stretches.extend(decide.choices.iter().map(|choice| choice.value.clone())),
            Block::Cloze(cloze) => stretches.extend(cloze.words.iter().map(|word| word.value.clone())),
            Block::Script(script) => stretches.extend(script.cast().into_iter().map(str::to_owned)),
            Block::PrimarySource(source) => stretches.extend(source.label.iter().chain(&source.date).cloned()),
            Block::Verse(verse) => stretches.extend(verse.label.iter().chain(&verse.date).cloned()),
            _ => {}
        }
    }
    stretches
}

#[track_caller]
fn assert_nothing_is_lost(packets: &Packets, folder: &str) {
    for (issue, id, lesson) in lessons(folder) {
        for paper in ["", "-a4"] {
            let packet = Pdf::open(&packets[&format!("{issue}/{issue}-{id}-student{paper}.pdf")]);
            let text = letters(&packet.text());
            let stretches = stretches(&lesson);
            let lost: Vec<_> = stretches.iter().filter(|stretch| !text.contains(&letters(stretch))).collect();
            assert!(lost.is_empty(), "{id}{paper}: lost {lost:?}");
        }
    }
}

#[test]
fn every_block_is_in_the_specimen() {
    let specimen = lessons("tests/specimen/lessons");
    let shown: BTreeSet<&str> = specimen.iter().flat_map(|(_, _, lesson)| lesson.blocks().map(Block::name)).collect();
    let missing: Vec<_> = reference::block_names().into_iter().filter(|name| !shown.contains(name)).collect();
    assert!(missing.is_empty(), "not in the specimen: {missing:?}");
}

#[test]
fn no_text_in_the_specimen_is_lost() {
    assert_nothing_is_lost(&SPECIMEN, "tests/specimen/lessons");
}

#[test]
fn no_text_in_our_own_lessons_is_lost() {
    assert_nothing_is_lost(&packets(&Project::with_own_lessons()), "lessons");
}

#[test]
fn no_page_ends_with_a_title() {
    let own = packets(&Project::with_own_lessons());
    let mut looked_at = 0;
    for (packets, folder) in [(&own, "lessons"), (&*SPECIMEN, "tests/specimen/lessons")] {
        for (issue, id, lesson) in lessons(folder) {
            let titles: BTreeSet<String> = lesson.blocks().filter_map(title).map(|title| letters(&title.plain())).collect();
            for paper in ["", "-a4"] {
                let packet = Pdf::open(&packets[&format!("{issue}/{issue}-{id}-student{paper}.pdf")]);
                for page in 0..packet.pages() {
                    let text = packet.page_text(page);
                    let mut lines = text.lines().filter(|line| !line.contains("©") && !line.starts_with("Page "));
                    let Some(last) = lines.next_back() else { continue };
                    assert!(!titles.contains(&letters(last)), "{id}{paper}, page {}: {last}", page + 1);
                    looked_at += titles.len();
                }
            }
        }
    }
    assert!(looked_at > 100, "too few titles were checked");
}

/// The title that prints above a block.
fn title(block: &Block) -> Option<&Inlines> {
    match block {
        Block::Table(table) => table.title.as_ref(),
        Block::Timeline(timeline) => timeline.title.as_ref(),
        Block::Sidebar(sidebar) => Some(&sidebar.title),
        Block::Background(background) => background.title.as_ref(),
        Block::Materials(materials) => materials.title.as_ref(),
        Block::Steps(steps) => steps.title.as_ref(),
        Block::Script(script) => script.title.as_ref(),
        Block::Rubric(rubric) => rubric.title.as_ref(),
        Block::SelfCheck(check) => check.title.as_ref(),
        Block::Verse(verse) => verse.title.as_ref(),
        _ => None,
    }
}

#[test]
fn overflows_are_reported_at_their_place() {
    for lesson in ["extremes", "activities-extremes"] {
        let run = Project::with_specimen().run(&format!("build specimen/{lesson}"));
        run.succeeds();
        assert_data_eq!(run.stderr, golden(&format!("specimen-{lesson}.report.txt")));
    }
}

#[test]
fn the_specimen_meets_pdf_ua_and_pdf_a() {
    let project = Project::with_specimen();
    project.run("build --edition student --format fillable,fillable-large-print --paper letter").succeeds();
    let forms = packets_of(&project);
    assert!(forms.len() > 10);
    for (file, packet) in &forms {
        assert_eq!(pdf::validate(packet), [""; 0], "{file}");
    }
    for (file, packet) in SPECIMEN.iter() {
        assert_eq!(pdf::validate(packet), [""; 0], "{file}");
    }
}

#[test]
fn the_specimen_matches_its_reviewed_text_and_tags() {
    for lesson in SOUND {
        let packet = Pdf::open(&SPECIMEN[&format!("specimen/specimen-{lesson}-student.pdf")]);
        assert_data_eq!(packet.text(), golden(&format!("specimen-{lesson}.text.txt")));
        assert_data_eq!(packet.tags(), golden(&format!("specimen-{lesson}.tags.txt")));
    }
}

#[test]
fn line_numbers_are_the_same_on_every_paper() {
    for (lesson, expected) in [("numbered-lines", 1), ("blocks", 2)] {
        let references = |paper: &str| {
            let packet = Pdf::open(&SPECIMEN[&format!("specimen/specimen-{lesson}-student{paper}.pdf")]);
            let text = packet.text().replace('\u{a0}', " ");
            // "lines 1–5 (2 points)": what follows the word, if it's a range of numbers.
            let behind = text.split("lines ").skip(1).map(|rest| {
                rest.split(|c: char| !(c.is_ascii_digit() || c == '–')).next().expect("a split has a first part").to_owned()
            });
            behind.filter(|range| range.contains('–')).collect::<Vec<_>>()
        };
        let letter = references("");
        assert_eq!(letter.len(), expected, "{letter:?}");
        assert_eq!(letter, references("-a4"), "{lesson}");
    }
}
