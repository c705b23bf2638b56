//! Generates archives of realistic lessons, for measuring and testing. The same seed makes the same files, byte for byte.
//!
//! The towns, people, sources, and court cases in them are invented, and every sentence was written for this project.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

mod activities;
mod draft;
mod inserts;
mod pictures;
mod questions;
mod random;
mod reading;
mod sentences;
mod sources;
mod story;
mod teacher;
mod yaml;

use draft::Draft;
use pictures::Picture;
use random::Random;
use story::{Place, Story, TOPICS};
use yaml::{Yaml, map, texts};

/// The default seed.
pub(crate) const SEED: u64 = 7;

/// Lessons in an issue.
const PER_ISSUE: usize = 3;

const SEASONS: [(&str, &str); 4] = [("Winter", "01"), ("Spring", "04"), ("Summer", "07"), ("Fall", "10")];
const THEMES: &[&str] = &[
    "Who Pays for What Everyone Uses?",
    "Waiting and Beginning",
    "Those Who Had No Vote",
    "Promises on Paper",
    "The Price of a Delay",
    "Who May Speak?",
];

/// How long lessons are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// Lessons as long as those that teachers write.
    Whole,
    /// Lessons with only one sentence and what download pages show: to measure those pages without waiting for packets.
    Outline,
}

/// Writes an archive with this many lessons to `folder`, which must not exist yet: `lessons/` with series, issues, and pictures.
///
/// # Errors
/// If the files can't be written.
pub(crate) fn generate(folder: &Path, lessons: usize, seed: u64, length: Length) -> io::Result<()> {
    let root = folder.join("lessons");
    fs::create_dir_all(folder)?;
    fs::create_dir(&root)?;
    fs::write(root.join("series.yaml"), series().file())?;
    let issues = lessons.div_ceil(PER_ISSUE);
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<()> {
        loop {
            let issue = next.fetch_add(1, Ordering::Relaxed);
            if issue >= issues {
                return Ok(());
            }
            let count = PER_ISSUE.min(lessons - issue * PER_ISSUE);
            write_issue(&root, issue, count, seed, length)?;
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("a generator does not panic"))
    })
}

fn series() -> Yaml {
    map([
        ("name", "The Town Record".into()),
        ("publisher", "The Packetpress Authors".into()),
        ("language", "en-US".into()),
        ("paper", "letter".into()),
        ("class_minutes", 50.into()),
        ("class_size", 30.into()),
        ("rights", rights(true)),
    ])
}

fn rights(free: bool) -> Yaml {
    let rights = map([("holder", "The Packetpress Authors".into())]);
    if !free {
        return rights;
    }
    rights.with("licence", "CC BY 4.0".into()).with("url", "https://creativecommons.org/licenses/by/4.0/".into())
}

/// Writes one issue. Its content depends only on the seed and its number.
fn write_issue(root: &Path, issue: usize, lessons: usize, seed: u64, length: Length) -> io::Result<()> {
    let mut random = Random::new(seed, issue as u64 + 1);
    let (volume, number) = (issue / 4 + 1, issue % 4 + 1);
    let folder = root.join(format!("record-{volume}-{number}"));
    fs::create_dir_all(folder.join("images"))?;
    let place = Place::new(&mut random);
    let pictures = pictures::pictures(&place, &mut random);
    for picture in &pictures {
        fs::write(folder.join(picture.file), &picture.bytes)?;
    }
    let topics = random.some(&TOPICS.iter().collect::<Vec<_>>(), lessons);
    let mut ids = Vec::new();
    for (place_in_issue, topic) in topics.into_iter().enumerate() {
        let index = issue * PER_ISSUE + place_in_issue;
        let story = Story::new(&place, topic, &mut random);
        let written = Lesson::new(&story, Random::new(seed, (1 << 32) + index as u64), index, &pictures, length);
        fs::write(folder.join(format!("{}.yaml", written.id)), written.lesson.file())?;
        if let Some(teacher) = written.teacher {
            fs::write(folder.join(format!("{}.teacher.yaml", written.id)), teacher.file())?;
        }
        ids.push(written.id);
    }
    let (season, month) = SEASONS[issue % 4];
    let year = 1920 + issue / 4 % 100;
    let entry = map([
        ("number", format!("{volume}:{number}").into()),
        ("date", format!("{season} {year}").into()),
        ("published", format!("{year}-{month}-01").into()),
        ("theme", random.pick(THEMES).into()),
        ("lessons", ids.into()),
    ]);
    // Every tenth issue has no license to publish.
    let entry = if issue % 10 == 6 { entry.with("rights", rights(false)) } else { entry };
    fs::write(folder.join("issue.yaml"), entry.file())
}

/// The files of one lesson.
struct Lesson {
    id: String,
    lesson: Yaml,
    /// One lesson in ten has no teacher file.
    teacher: Option<Yaml>,
}

impl Lesson {
    fn new(story: &Story, random: Random, index: usize, pictures: &[Picture], length: Length) -> Self {
        let mut draft = Draft::new(story, random, index % 6 == 4);
        let sources = sources::Sources::new(&mut draft, index);
        let (reading, vocabulary) = reading::reading(&mut draft, index, &sources.to_cite, pictures);
        let discussion = questions::discussion(&mut draft, index);
        let activity = activities::activity(&mut draft, index, pictures);
        let has_ticket = index.is_multiple_of(2);
        let titles = [
            "{Town} and Its {Name}",
            "Who Owns the {Name} of {Town}?",
            "The {Name} at {Town}",
            "{Many} Names for a {Name}",
            "The Year {Town} Argued about Its {Name}",
        ];
        let title = draft.text(&titles, 1);
        let mut lesson = map([
            ("title", title.into()),
            ("question", "Who should pay for what everyone uses?".into()),
            ("grades", ["9-12", "6-8", "7-9", "10-12"][index % 4].into()),
            ("subject", "Civics and local history".into()),
            ("topics", texts(&[story.topic.name, "local government", "petitions", "public works"])),
            ("standards", standards()),
            ("minutes", teacher::MINUTES.into()),
            ("revised", format!("2026-{:02}-{:02}", index % 11 + 1, index % 28 + 1).into()),
        ]);
        if index % 7 == 3 {
            lesson = lesson.with("content_notes", texts(&["The reading describes an accident in which a child is hurt."]));
        }
        let id = story.topic.name.replace(' ', "-");
        if length == Length::Outline {
            let lesson = lesson.with("reading", "The town kept no longer record of it.".into());
            return Self { id, lesson, teacher: None };
        }
        if draft.numbers_lines {
            lesson = lesson.with("numbers", "lines".into());
        }
        lesson = lesson
            .with("vocabulary", vocabulary)
            .with("reading", reading)
            .with("discussion", discussion)
            .with("activity", activity);
        if has_ticket {
            lesson = lesson.with("exit_ticket", questions::exit_ticket(&mut draft));
        }
        let lesson = lesson.with("bibliography", sources.bibliography);
        let teacher = (index % 10 != 7).then(|| teacher::teacher(&mut draft, has_ticket));
        Self { id, lesson, teacher }
    }
}

fn standards() -> Yaml {
    let standard = |framework: &str, code: &str, text: &str| {
        map([("framework", framework.into()), ("code", code.into()), ("text", text.into())])
    };
    vec![
        standard(
            "C3 Framework",
            "D2.Civ.10.9-12",
            "Weigh how interests and points of view affect the way principles are applied.",
        ),
        standard("C3 Framework", "D2.His.11.9-12", "Judge how useful a source is by asking who made it, when, and why."),
        standard("Common Core", "CCSS.ELA-Literacy.RH.9-10.1", "Support an analysis of sources with evidence from the text."),
    ]
    .into()
}
