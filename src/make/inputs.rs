//! The inputs of a packet, as digests: if one changes, the packet is out of date.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;

use anyhow::{Result, ensure};
use camino::Utf8Path;

use crate::digest::Digest;
use crate::files::as_on_disk;
use crate::lesson::Lesson;
use crate::lesson::issue::{Heading, Issue};
use crate::lesson::prose::Inlines;
use crate::lesson::series::{Branding, Edition, Families, Rights, Series};
use crate::lesson::teacher::Teacher;
use crate::library::{IssueEntry, LessonEntry, Library};
use crate::packet::PacketId;
use crate::source::normalized;
use crate::typeset::{Fonts, Templates};

/// The most bytes to read of a file: more than any lesson or image may have.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The bytes at the start of a file that tell text from other content: no image has only text there.
const START: u64 = 512;

/// The inputs shared by all packets of a run.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SharedInputs {
    /// The program, with its templates and bundled fonts.
    pub program: Digest,
    /// The parts of the program that can change a packet.
    pub typesetting: Digest,
    /// The project's fonts.
    pub fonts: Digest,
    /// The templates that replace bundled ones.
    pub templates: Digest,
    /// The series settings that packets use.
    pub series: Digest,
    /// The whole series file, which lessons are checked against.
    pub rules: Digest,
}

/// A lesson's files and their digests, by path from the issue folder; `None` if the file is missing.
pub(super) type Files = BTreeMap<String, Option<Digest>>;

impl SharedInputs {
    /// The shared inputs of this run.
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

    /// Placeholders for tests that don't check the inputs.
    #[cfg(test)]
    pub(super) fn of_nothing() -> Self {
        let digest = Digest::of(b"");
        Self { program: digest, typesetting: digest, fonts: digest, templates: digest, series: digest, rules: digest }
    }

    /// Like [`SharedInputs::new`], but reuses digests of the program, fonts, and templates, which don't change while it runs.
    pub fn again(before: Option<Self>, library: &Library, fonts: &Fonts, templates: &Templates) -> Self {
        match before {
            None => Self::new(library, fonts, templates),
            Some(before) => Self { series: series(library), rules: rules(library), ..before },
        }
    }

    /// Fails if something was made with other inputs than these.
    ///
    /// # Errors
    /// If they differ, in words for users.
    pub(super) fn are(&self, what: &str, now: &Self) -> Result<()> {
        ensure!(self.program == now.program, "{what} was made by another version of Packetpress; make it again with this one");
        ensure!(self.fonts == now.fonts, "{what} was made with other fonts than those next to these lessons");
        ensure!(self.templates == now.templates, "{what} was made with other templates");
        ensure!(self == now, "{what} was made with another `series.yaml`");
        Ok(())
    }

    /// The digest of everything that can change the findings in a lesson, except its own files. A `public` build caches less, so
    /// its digest differs.
    pub fn basis(&self, public: bool) -> Digest {
        Digest::of_named([
            ("public", if public { b"yes".as_slice() } else { b"" }),
            ("program", self.program.as_bytes()),
            ("fonts", self.fonts.as_bytes()),
            ("rules", self.rules.as_bytes()),
        ])
    }
}

/// The whole series file.
fn rules(library: &Library) -> Digest {
    file(&library.series_file).unwrap_or_else(|| Digest::of(b""))
}

/// The series settings that packets use.
fn series(library: &Library) -> Digest {
    let Series {
        name,
        publisher,
        language,
        paper,
        class_minutes: _,
        class_size,
        classes,
        packets: _,
        archives: _,
        rights,
        look,
        site: _,
        report_mistakes_to: _,
    } = &library.series;
    let rights = rights_text(rights.as_ref());
    let Branding {
        accent,
        fonts: Families { text, headings, large_print },
        logo,
        holes,
        licence_line,
        name_line,
        type_size,
        clear_print,
    } = look;
    let families = [text, headings, large_print].map(|family| family.as_ref().map(|family| &family.value));
    let logo = logo
        .as_ref()
        .map(|logo| (&logo.image.value, &logo.alt, file(&as_on_disk(&library.series_folder().join(&logo.image.value)))));
    let look = format!("{accent:?} {families:?} {logo:?} {holes:?} {licence_line:?} {name_line:?} {type_size:?} {clear_print:?}");
    let text = format!("{name:?} {publisher:?} {:?} {paper:?} {class_size} {classes} {rights} {look}", language.value.0);
    Digest::of(text.as_bytes())
}

/// The issue settings that packets use.
pub(super) fn issue(issue: &Issue) -> Digest {
    // Former ids concern the download pages only.
    let Issue { number, date, published, theme, inspired_by, former_ids: _, translations, rights, lessons: _ } = issue;
    // Places differ from run to run, because they number files in reading order.
    let content = |text: &Option<Inlines>| text.as_ref().map(Inlines::without_places);
    let translated = |heading: &Heading| {
        let Heading { language, date, theme, inspired_by } = heading;
        format!("{:?} {date:?} {:?} {:?}", language.0, content(theme), content(inspired_by))
    };
    let translated: Vec<_> = translations.iter().map(translated).collect();
    let rights = rights_text(rights.as_ref());
    let published = published.as_ref().map(|day| &day.value);
    let (theme, inspired_by) = (content(theme), content(inspired_by));
    let text = format!("{number:?} {date:?} {published:?} {theme:?} {inspired_by:?} {translated:?} {rights}");
    Digest::of(text.as_bytes())
}

fn rights_text(rights: Option<&Rights>) -> String {
    rights.map_or_else(String::new, |rights| {
        let Rights { holder, licence, url } = rights;
        format!("{holder:?} {licence:?} {:?}", url.as_ref().map(|url| &url.0))
    })
}

/// The original lesson file that a translation is checked against.
pub(super) fn original(issue: &IssueEntry, entry: &LessonEntry) -> Option<Digest> {
    entry.translation.as_ref()?;
    file(&issue.lesson_entry(&entry.id).path)
}

/// A lesson's files, including these images.
pub(super) fn files<'a>(issue: &IssueEntry, entry: &LessonEntry, pictures: impl IntoIterator<Item = &'a str>) -> Files {
    let own = [entry.file(), entry.teacher_file()];
    let names = own.into_iter().chain(pictures.into_iter().map(str::to_owned));
    let true_folder = issue.folder.canonicalize_utf8().ok();
    let digest = |name: &str| {
        let path = as_on_disk(&issue.folder.join(name));
        let digest = file(&path)?;
        // A link differs from its target; whether it may lead there is checked when the lesson is read.
        let (folder, target) = (true_folder.as_ref()?, path.canonicalize_utf8().ok()?);
        if target == folder.join(path.strip_prefix(&issue.folder).unwrap_or(Utf8Path::new(name))) {
            return Some(digest);
        }
        let target = folder.parent().and_then(|root| target.strip_prefix(root).ok()).unwrap_or(&target);
        Some(Digest::of_named([("link", target.as_str().as_bytes()), ("file", digest.as_bytes())]))
    };
    names.map(|name| (name.clone(), digest(&name))).collect()
}

/// The length of a file in characters, with any line ends; 0 if it can't be read.
pub(super) fn length(path: &Utf8Path) -> u64 {
    if !std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() <= MAX_BYTES) {
        return 0;
    }
    std::fs::read_to_string(path).map_or(0, |text| normalized(text).chars().count() as u64)
}

/// The image names among a lesson's files.
pub(super) fn pictures(files: &Files) -> impl Iterator<Item = &str> {
    files.keys().map(String::as_str).filter(|name| !name.ends_with(".yaml"))
}

/// The digest of a file; `None` if it can't be read, which is reported when the file is needed. Text has the same digest with any
/// line ends, because Git changes those from computer to computer.
fn file(path: &Utf8Path) -> Option<Digest> {
    // Reading a pipe or a device might never end.
    let metadata = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let mut file = File::open(path).ok()?.take(MAX_BYTES.min(metadata.len().saturating_add(1)));
    let mut bytes = Vec::new();
    file.by_ref().take(START).read_to_end(&mut bytes).ok()?;
    // A character may be cut off at the end.
    let is_broken = std::str::from_utf8(&bytes).is_err_and(|error| error.error_len().is_some());
    let is_text = !bytes.contains(&0) && !is_broken;
    if !is_text {
        return Some(Digest::of_reader(bytes.as_slice().chain(file)).ok()?.0);
    }
    file.read_to_end(&mut bytes).ok()?;
    Some(match String::from_utf8(bytes) {
        Ok(text) => Digest::of(normalized(text).as_bytes()),
        Err(binary) => Digest::of(binary.as_bytes()),
    })
}

/// Whether an edition uses this file; the student edition never uses the teacher file.
fn is_needed(name: &str, edition: Edition) -> bool {
    edition != Edition::Student || !name.ends_with(".teacher.yaml")
}

/// The files that an edition uses.
pub(super) fn of_edition(files: &Files, edition: Edition) -> impl Iterator<Item = (&String, &Option<Digest>)> {
    files.iter().filter(move |(name, _)| is_needed(name, edition))
}

/// A parsed lesson as digests: everything packets take from its files, except the images. Changes in a file that leave the text and
/// its positions alone, such as a comment at the end, leave the digest alone too.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Contents {
    lesson: Digest,
    teacher: Option<Digest>,
}

impl Contents {
    /// The digests of a lesson and its teacher file.
    pub(super) fn of(lesson: &Lesson, teacher: Option<&Teacher>) -> Self {
        let digest = |text: String| Digest::of(text.as_bytes());
        Self { lesson: digest(format!("{lesson:?}")), teacher: teacher.map(|teacher| digest(format!("{teacher:?}"))) }
    }
}

/// The key of a packet: the digest of everything that can change it; for a whole issue, of all its lessons. `Files` supplies the
/// images.
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
