//! A worker: a process of its own that presses packets for a build, and writes no file.
//!
//! It reads errands from its input and writes packets to its output: a line of JSON, and behind that of a packet the bytes of its PDF and of its previews.
//! It is a process and not a thread because the engine keeps memory for as long as its process lives; see [`super::crew`].

use std::io::{BufRead, Write};
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use camino::Utf8Path;
use serde::{Deserialize, Serialize};

use super::inputs::{self, Common, Files};
use super::record::Warning;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::digest::Digest;
use crate::lesson::series::{Edition, Format};
use crate::library::{IssueEntry, LessonEntry, Library, Workspace};
use crate::packet::{Identity, Packet};
use crate::parallel::STACK;
use crate::press::{IssuePress, Press, Pressed};
use crate::preview::{self, Preview};
use crate::source::{FileId, Place};
use crate::typeset::{Fault, FitWarning, Fonts, Templates, Typesetter};

/// What a worker is sent for: packets of a lesson or of a whole issue.
#[derive(Debug, Serialize, Deserialize)]
pub struct Errand {
    /// What all packets of the build have in common.
    pub common: Common,
    /// The id of the issue.
    pub issue: String,
    /// What packets take from the issue.
    pub facts: Digest,
    /// The lesson, or the lessons of the issue, each with its files as they were when they were checked.
    pub lessons: Vec<(String, Files)>,
    /// The packets.
    pub packets: Vec<Identity>,
    /// Whether a packet in which something does not fit is not wanted.
    pub strict: bool,
}

/// What a worker answers: one for each packet in the order of the errand, and then one that ends it.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    /// A packet.
    Packet(PressedPacket),
    /// All were pressed.
    Done,
    /// The others cannot be pressed, for this reason.
    Failed(String),
    /// Nothing can be pressed any more, for this reason.
    Refused(String),
}

/// A packet that was pressed.
#[derive(Debug, Serialize, Deserialize)]
pub struct PressedPacket {
    /// The title of its document.
    pub title: String,
    /// How many pages it has.
    pub pages: usize,
    /// What does not fit in it and has not been told of another packet.
    pub misfits: Vec<Warning>,
    /// How many bytes its PDF has, which follow; `None` if something does not fit, and such a packet is not wanted.
    pub bytes: Option<usize>,
    /// How many bytes its previews have, which follow the PDF.
    pub previews: Vec<usize>,
}

/// Why an errand ends early.
enum End {
    /// This errand cannot be done.
    Failed(anyhow::Error),
    /// No errand can be done.
    Refused(anyhow::Error),
    /// Nobody reads the answers.
    Unheard(std::io::Error),
}

impl From<anyhow::Error> for End {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// Does errands until there are no more.
///
/// # Errors
/// If an errand cannot be read, or nobody reads the answers.
///
/// # Panics
/// If the engine does: then the build sees that this worker has gone.
pub fn work(
    (root, series_file): (&Utf8Path, &Utf8Path),
    (fonts, templates): (&Fonts, &Templates),
    errands: impl BufRead + Send,
    answers: impl Write + Send,
) -> Result<()> {
    let typesetter = Typesetter::new(fonts, templates);
    let worker = || Worker { root, series_file, fonts, templates, common: None, typesetter: &typesetter, answers }.work(errands);
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).context("cannot make a thread")?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

struct Worker<'a, W> {
    root: &'a Utf8Path,
    series_file: &'a Utf8Path,
    fonts: &'a Fonts,
    templates: &'a Templates,
    /// What the packets have in common now, as it was for the last errand.
    common: Option<Common>,
    typesetter: &'a Typesetter<'a>,
    answers: W,
}

impl<W: Write> Worker<'_, W> {
    fn work(mut self, errands: impl BufRead) -> Result<()> {
        for line in errands.lines() {
            let errand: Errand = serde_json::from_str(&line?).context("this is no errand")?;
            let answer = match self.errand(&errand) {
                Ok(()) => Answer::Done,
                Err(End::Failed(error)) => Answer::Failed(format!("{error:#}")),
                Err(End::Refused(error)) => Answer::Refused(format!("{error:#}")),
                Err(End::Unheard(error)) => return Err(error.into()),
            };
            self.answer(&answer, &[], &[])?;
        }
        Ok(())
    }

    fn answer(&mut self, answer: &Answer, pdf: &[u8], previews: &[Vec<u8>]) -> std::io::Result<()> {
        serde_json::to_writer(&mut self.answers, answer)?;
        self.answers.write_all(b"\n")?;
        self.answers.write_all(pdf)?;
        previews.iter().try_for_each(|preview| self.answers.write_all(preview))?;
        self.answers.flush()
    }

    fn errand(&mut self, errand: &Errand) -> Result<(), End> {
        let typesetter = self.typesetter;
        let mut workspace = Workspace::new(self.fonts);
        let library = Library::of_issue(self.root, self.series_file, &errand.issue, &mut workspace)?;
        let Some(library) = library else { return Err(End::Refused(changed("series.yaml"))) };
        let common = Common::again(self.common.take(), &library, self.fonts, self.templates);
        let same = as_planned(&common, &errand.common);
        self.common = Some(common);
        same.map_err(End::Refused)?;
        let Some(issue) = library.issues.first().filter(|issue| inputs::issue(&issue.issue) == errand.facts) else {
            return Err(changed("issue.yaml").into());
        };
        let entries: Vec<_> = errand.lessons.iter().map(|(id, _)| issue.lesson_entry(id)).collect();
        let with_teachers = errand.packets.iter().any(|packet| packet.edition != Edition::Student);
        // An errand is for a lesson or for its issue, and never for both.
        if errand.packets.iter().all(|packet| packet.lesson.is_none()) {
            let entries: Vec<_> = entries.iter().collect();
            let mut press = IssuePress::new(&library, issue, &entries, typesetter, &mut workspace)?;
            if with_teachers {
                press.open_desks(&mut workspace)?;
            }
            unchanged(issue, &errand.lessons)?;
            for identity in &errand.packets {
                let pressed = press.press(identity, &mut workspace)?;
                // What does not fit is told of the lessons' own packets.
                self.hand_in(errand, identity, (&library, issue, None), &pressed, Vec::new())?;
            }
        } else if let [entry] = &entries[..] {
            let mut press = Press::new(&library, issue, entry, typesetter, &mut workspace)?;
            if with_teachers {
                press.open_desk(&mut workspace)?;
            }
            unchanged(issue, &errand.lessons)?;
            for identity in &errand.packets {
                let pressed = press.press(identity, &mut workspace)?;
                let mut found = Diagnostics::default();
                found.extend(misfits(&pressed.packet, &pressed.laid_out.warnings, press.loaded().file));
                let misfits = Warning::keep(&found, &workspace.sources, &library.root);
                self.hand_in(errand, identity, (&library, issue, Some(entry)), &pressed, misfits)?;
            }
        } else {
            return Err(anyhow!("this errand is neither for one lesson nor for a whole issue").into());
        }
        Ok(())
    }

    /// Hands a packet in, if the lessons from which it was pressed are as they were when they were checked.
    fn hand_in(
        &mut self,
        errand: &Errand,
        identity: &Identity,
        (library, issue, lesson): (&Library, &IssueEntry, Option<&LessonEntry>),
        pressed: &Pressed<'_>,
        misfits: Vec<Warning>,
    ) -> Result<(), End> {
        let wanted = !errand.strict || pressed.laid_out.warnings.is_empty();
        let pdf = wanted.then(|| pressed.laid_out.pdf()).transpose();
        let pdf = pdf.with_context(|| format!("cannot write {identity}"))?;
        let pages = pressed.laid_out.layout.pages;
        let shown = if wanted { preview::of(library, issue, lesson, identity, pages) } else { Vec::new() };
        let draw = |preview: &Preview| preview::encode(&pressed.laid_out.picture(preview.page, preview.width));
        let previews = shown.iter().map(draw).collect::<Result<Vec<_>, _>>();
        let previews = previews.with_context(|| format!("cannot draw the pages of {identity}"))?;
        unchanged(issue, &errand.lessons)?;
        let packet = PressedPacket {
            title: pressed.packet.document.title.clone(),
            pages,
            misfits,
            bytes: pdf.as_ref().map(Vec::len),
            previews: previews.iter().map(Vec::len).collect(),
        };
        self.answer(&Answer::Packet(packet), pdf.as_deref().unwrap_or_default(), &previews).map_err(End::Unheard)
    }
}

/// Makes sure that what the packets have in common is what they had when the build began.
fn as_planned(now: &Common, planned: &Common) -> Result<()> {
    if now.program != planned.program {
        bail!("another version of Packetpress was installed while the packets were being built; build again");
    }
    if now.fonts != planned.fonts {
        return Err(changed("fonts"));
    }
    if now.templates != planned.templates {
        bail!("a template was changed while the packets were being built; build again");
    }
    if now != planned {
        return Err(changed("series.yaml"));
    }
    Ok(())
}

/// Makes sure that the lessons' files are those that were checked: from no others is a packet noted down as made.
fn unchanged(issue: &IssueEntry, lessons: &[(String, Files)]) -> Result<()> {
    for (id, before) in lessons {
        let now = inputs::files(issue, &issue.lesson_entry(id), inputs::pictures(before));
        if let Some((name, _)) = before.iter().find(|(name, digest)| now.get(*name) != Some(digest)) {
            if now.get(name).is_some_and(Option::is_some) {
                return Err(changed(name));
            }
            bail!("`{name}` was removed while the packets were being built; build again");
        }
    }
    Ok(())
}

fn changed(name: &str) -> anyhow::Error {
    anyhow!("`{name}` was changed while the packets were being built; build again")
}

/// What the finished layout has found, as warnings at the places of the lesson.
fn misfits(packet: &Packet, warnings: &[FitWarning], file: FileId) -> Vec<Diagnostic> {
    let (paper, format) = (packet.paper.name(), packet.look.format);
    let format = if format == Format::Standard { String::new() } else { format!("{}, ", format.name()) };
    let misfit = |warning: &FitWarning| {
        let place = packet.marks.get(&warning.mark).copied().unwrap_or(Place::beginning(file));
        let (code, help) = match warning.fault {
            Fault::Space => (Code::SpaceDoesNotFit, "ask for less room, or for `fill`, which takes what is there"),
            Fault::Card => (Code::SpaceDoesNotFit, "shorten its text, or lower `per_page`"),
            Fault::Table => {
                (Code::TooWide, "write it as a `table` with `width: page` or `width: landscape`, or give it fewer columns")
            }
            Fault::Equation => (Code::TooWide, "cut it into two, or break its lines with `\\begin{aligned}`"),
            Fault::Plan => (Code::PlanTooLong, "shorten its texts, or the list of materials in the lesson: it has one page"),
        };
        Diagnostic::new(code, place, format!("{} ({format}on {paper})", warning.message)).help(help)
    };
    warnings.iter().map(misfit).collect()
}
