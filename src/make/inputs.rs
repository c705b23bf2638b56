//! What a packet is made from, as digests: if one of them is another, the packet must be made again.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;

use camino::Utf8Path;

use crate::digest::Digest;
use crate::lesson::Lesson;
use crate::lesson::issue::{Heading, Issue};
use crate::lesson::series::{Branding, Edition, Families, Rights, Series};
use crate::lesson::teacher::Teacher;
use crate::library::{IssueEntry, LessonEntry, Library};
use crate::packet::PacketId;
use crate::typeset::{Fonts, Templates};

/// Most bytes of a file that are looked at: more than any lesson or picture can have.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// What all packets of a run are made from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SharedInputs {
    /// The program, its templates and bundled fonts included.
    pub program: Digest,
    /// What of it can change a packet.
    pub typesetting: Digest,
    /// The fonts of the project.
    pub fonts: Digest,
    /// The templates that take the place of bundled ones.
    pub templates: Digest,
    /// What packets take from the series.
    pub series: Digest,
    /// The whole file of the series, against which lessons are checked.
    pub rules: Digest,
}

/// The files of a lesson by their names from the folder of its issue, each with its digest; `None` if there is no such file.
pub(super) type Files = BTreeMap<String, Option<Digest>>;

impl SharedInputs {
    /// What this run's packets are made from.
    pub fn new(library: &Library, fonts: &Fonts, templates: &Templates) -> Self {
        let digest = |fingerprint: &str| fingerprint.parse().unwrap_or_else(|_| Digest::of(fingerprint.as_bytes()));
        Self {
            program: digest(env!("PACKETPRESS_PROGRAM")),
            typesetting: digest(env!("PACKETPRESS_PACKETS")),
            fonts: fonts.digest(),
            templates: templates.digest(),
            series: series(library),
            rules: rules(library),
        }
    }

    /// What stands for these where a test looks at none of them.
    #[cfg(test)]
    pub(super) fn of_nothing() -> Self {
        let digest = Digest::of(b"");
        Self { program: digest, typesetting: digest, fonts: digest, templates: digest, series: digest, rules: digest }
    }

    /// As [`SharedInputs::new`], in a program that has worked it out before: its version, fonts and templates stay what they are.
    pub fn again(before: Option<Self>, library: &Library, fonts: &Fonts, templates: &Templates) -> Self {
        match before {
            None => Self::new(library, fonts, templates),
            Some(before) => Self { series: series(library), rules: rules(library), ..before },
        }
    }

    /// The digest of all that can change what is found in a lesson, but for its own files; what is remembered of a `public` build
    /// says less.
    pub fn basis(&self, public: bool) -> Digest {
        Digest::of_named([
            ("public", if public { b"yes".as_slice() } else { b"" }),
            ("program", self.program.as_bytes()),
            ("fonts", self.fonts.as_bytes()),
            ("rules", self.rules.as_bytes()),
        ])
    }
}

/// The whole file of the series.
fn rules(library: &Library) -> Digest {
    file(&library.series_file).unwrap_or_else(|| Digest::of(b""))
}

/// What packets take from their series.
fn series(library: &Library) -> Digest {
    let Series {
        name,
        publisher,
        language,
        paper,
        class_minutes: _,
        class_size,
        packets: _,
        rights,
        look,
        site: _,
        report_mistakes_to: _,
    } = &library.series;
    let rights = rights_text(rights.as_ref());
    let Branding { accent, fonts: Families { text, headings, large_print }, logo, holes, licence_line, name_line } = look;
    let families = [text, headings, large_print].map(|family| family.as_ref().map(|family| &family.value));
    let logo = logo.as_ref().map(|logo| (&logo.image.value, &logo.alt, file(&library.series_folder().join(&logo.image.value))));
    let look = format!("{accent:?} {families:?} {logo:?} {holes:?} {licence_line:?} {name_line:?}");
    let text = format!("{name:?} {publisher:?} {:?} {paper:?} {class_size} {rights} {look}", language.0);
    Digest::of(text.as_bytes())
}

/// What packets take from their issue.
pub(super) fn issue(issue: &Issue) -> Digest {
    let Issue { number, date, published, theme, translations, rights, lessons: _ } = issue;
    let translated = |heading: &Heading| {
        let Heading { language, date, theme } = heading;
        format!("{:?} {date:?} {:?}", language.0, theme.as_ref().map(|theme| &theme.nodes))
    };
    let translated: Vec<_> = translations.iter().map(translated).collect();
    let rights = rights_text(rights.as_ref());
    let text = format!("{number:?} {date:?} {:?} {:?} {translated:?} {rights}", published.value, theme.nodes);
    Digest::of(text.as_bytes())
}

fn rights_text(rights: Option<&Rights>) -> String {
    rights.map_or_else(String::new, |rights| {
        let Rights { holder, licence, url } = rights;
        format!("{holder:?} {licence:?} {:?}", url.as_ref().map(|url| &url.0))
    })
}

/// The file of the lesson of which this is a translation, against which it is checked.
pub(super) fn original(issue: &IssueEntry, entry: &LessonEntry) -> Option<Digest> {
    entry.translation.as_ref()?;
    file(&issue.lesson_entry(&entry.id).path)
}

/// The files of a lesson, with these pictures.
pub(super) fn files<'a>(issue: &IssueEntry, entry: &LessonEntry, pictures: impl IntoIterator<Item = &'a str>) -> Files {
    let own = [entry.file(), entry.teacher_file()];
    let names = own.into_iter().chain(pictures.into_iter().map(str::to_owned));
    let true_folder = issue.folder.canonicalize_utf8().ok();
    let digest = |name: &str| {
        let path = issue.folder.join(name);
        let digest = file(&path)?;
        // A link is another file than what it leads to: where it leads is looked at when the lesson is read.
        let (folder, target) = (true_folder.as_ref()?, path.canonicalize_utf8().ok()?);
        if target == folder.join(name) {
            return Some(digest);
        }
        let target = folder.parent().and_then(|root| target.strip_prefix(root).ok()).unwrap_or(&target);
        Some(Digest::of_named([("link", target.as_str().as_bytes()), ("file", digest.as_bytes())]))
    };
    names.map(|name| (name.clone(), digest(&name))).collect()
}

/// The names of the pictures among a lesson's files.
pub(super) fn pictures(files: &Files) -> impl Iterator<Item = &str> {
    files.keys().map(String::as_str).filter(|name| !name.ends_with(".yaml"))
}

/// The digest of a file; `None` if there is none that can be read, which is told when it is needed.
fn file(path: &Utf8Path) -> Option<Digest> {
    // A pipe or a device would never end.
    let metadata = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let (digest, _) = Digest::of_reader(File::open(path).ok()?.take(MAX_BYTES.min(metadata.len().saturating_add(1)))).ok()?;
    Some(digest)
}

/// Whether an edition is made from this file; the teacher file is for teachers.
fn is_needed(name: &str, edition: Edition) -> bool {
    edition != Edition::Student || !name.ends_with(".teacher.yaml")
}

/// The files from which an edition is made.
pub(super) fn of_edition(files: &Files, edition: Edition) -> impl Iterator<Item = (&String, &Option<Digest>)> {
    files.iter().filter(move |(name, _)| is_needed(name, edition))
}

/// A lesson as it was read, as digests: what packets take from its files but for the pictures. Texts that say the same at the same
/// places have one digest, whatever else stands in their files.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Contents {
    lesson: Digest,
    teacher: Option<Digest>,
}

impl Contents {
    /// Those of a lesson and its teacher file.
    pub(super) fn of(lesson: &Lesson, teacher: Option<&Teacher>) -> Self {
        let digest = |text: String| Digest::of(text.as_bytes());
        Self { lesson: digest(format!("{lesson:?}")), teacher: teacher.map(|teacher| digest(format!("{teacher:?}"))) }
    }
}

/// The key of a packet: the digest of everything that can change it, for an issue of all of its lessons. The files of a lesson are
/// there for its pictures.
pub(super) fn key<'a>(
    shared: &SharedInputs,
    issue: Digest,
    id: &PacketId,
    lessons: impl IntoIterator<Item = (&'a str, &'a Contents, &'a Files)>,
) -> Digest {
    let mut values: Vec<(String, Vec<u8>)> = vec![
        ("program".into(), shared.typesetting.as_bytes().to_vec()),
        ("fonts".into(), shared.fonts.as_bytes().to_vec()),
        ("templates".into(), shared.templates.as_bytes().to_vec()),
        ("series".into(), shared.series.as_bytes().to_vec()),
        ("issue".into(), issue.as_bytes().to_vec()),
        ("identity".into(), id.to_string().into_bytes()),
    ];
    for (lesson, contents, files) in lessons {
        let mut push = |name: &str, digest: Option<Digest>| {
            let digest = digest.map_or_else(Vec::new, |digest| digest.as_bytes().to_vec());
            values.push((format!("{lesson}/{name}"), digest));
        };
        push("lesson", Some(contents.lesson));
        if id.edition != Edition::Student {
            push("teacher", contents.teacher);
        }
        pictures(files).for_each(|name| push(name, files[name]));
    }
    Digest::of_named(values.iter().map(|(name, value)| (name.as_str(), value.as_slice())))
}
