//! A worker: a separate process that makes packets for a build and writes no files.
//!
//! It is a process, not a thread, because the engine holds memory until its process ends; see [`super::pool`].

use std::io::{BufRead, Write};
use std::thread;

use anyhow::{Context, Result, anyhow, bail};
use camino::Utf8Path;

use super::cache::Warning;
use super::inputs::{self, Files, SharedInputs};
use super::protocol::{self, Job, PressedPacket, Reply, Versioned};
use crate::diagnostics::Diagnostics;
use crate::glyphs::Coverage;
use crate::lesson::series::Edition;
use crate::library::{IssueEntry, Library};
use crate::packet::PacketId;
use crate::page_images::{self, PageImage};
use crate::parallel::STACK;
use crate::press::{IssuePress, Press, Pressed, overflows, overflows_of_issue, too_few_sheets};
use crate::session::Session;
use crate::typeset::{Fonts, Templates, Typesetter};

/// Why a job ends early.
enum JobEnd {
    /// This job failed.
    Failed(anyhow::Error),
    /// No job can run.
    Refused(anyhow::Error),
    /// The build no longer reads the replies.
    Disconnected(std::io::Error),
}

impl From<anyhow::Error> for JobEnd {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// Runs jobs until there are no more.
///
/// # Errors
/// If a job can't be read or a reply can't be sent.
///
/// # Panics
/// If the engine panics; the build then sees that this worker exited.
pub fn work(
    (root, series_file): (&Utf8Path, &Utf8Path),
    (fonts, templates): (&Fonts, &Templates),
    jobs: impl BufRead + Send,
    replies: impl Write + Send,
) -> Result<()> {
    let typesetter = Typesetter::new(fonts, templates);
    let coverage = fonts.coverage();
    let (coverage, typesetter) = (&coverage, &typesetter);
    let worker = || Worker { root, series_file, fonts, coverage, templates, inputs: None, typesetter, replies }.work(jobs);
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).context("cannot start a thread")?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

struct Worker<'a, W> {
    root: &'a Utf8Path,
    series_file: &'a Utf8Path,
    fonts: &'a Fonts,
    coverage: &'a Coverage,
    templates: &'a Templates,
    /// The shared inputs of the last job.
    inputs: Option<SharedInputs>,
    typesetter: &'a Typesetter<'a>,
    replies: W,
}

impl<W: Write> Worker<'_, W> {
    fn work(mut self, jobs: impl BufRead) -> Result<()> {
        for line in jobs.lines() {
            let line = line?;
            let Versioned { version } = serde_json::from_str(&line).context("expected a job")?;
            let done = if version == protocol::VERSION {
                self.job(&serde_json::from_str(&line).context("expected a job")?)
            } else {
                Err(JobEnd::Refused(another_version()))
            };
            let reply = match done {
                Ok(()) => Reply::Done,
                Err(JobEnd::Failed(error)) => Reply::Failed(format!("{error:#}")),
                Err(JobEnd::Refused(error)) => Reply::Refused(format!("{error:#}")),
                Err(JobEnd::Disconnected(error)) => return Err(error.into()),
            };
            self.reply(&reply, &[], &[])?;
        }
        Ok(())
    }

    fn reply(&mut self, reply: &Reply, pdf: &[u8], page_images: &[Vec<u8>]) -> std::io::Result<()> {
        serde_json::to_writer(&mut self.replies, reply)?;
        self.replies.write_all(b"\n")?;
        self.replies.write_all(pdf)?;
        page_images.iter().try_for_each(|image| self.replies.write_all(image))?;
        self.replies.flush()
    }

    fn job(&mut self, job: &Job) -> Result<(), JobEnd> {
        let (task, typesetter) = (&job.task, self.typesetter);
        let mut session = Session::new(self.coverage);
        let library = Library::of_issue(self.root, self.series_file, &task.issue, &mut session)?;
        let Some(library) = library else { return Err(JobEnd::Refused(changed("series.yaml"))) };
        let inputs = SharedInputs::again(self.inputs.take(), &library, self.fonts, self.templates);
        let same = as_planned(&inputs, &job.inputs);
        self.inputs = Some(inputs);
        same.map_err(JobEnd::Refused)?;
        let Some(issue) = library.issues.first().filter(|issue| inputs::issue(&issue.issue) == task.issue_inputs) else {
            return Err(changed("issue.yaml").into());
        };
        let entries: Vec<_> = task.lessons.iter().map(|(name, _)| issue.lesson_entry(name)).collect();
        let with_teachers = task.makes.iter().any(|make| make.id.edition != Edition::Student);
        if task.lesson.is_none() {
            let entries: Vec<_> = entries.iter().collect();
            let mut press = IssuePress::new(&library, issue, &entries, typesetter, &mut session)?;
            if with_teachers {
                press.load_teacher_materials(&mut session)?;
            }
            unchanged(issue, &task.lessons)?;
            for make in &task.makes {
                let pressed = press.press(&make.id, &mut session)?;
                let mut found = Diagnostics::default();
                found.extend(overflows_of_issue(&pressed.packet, &pressed.laid_out.warnings));
                let overflows = Warning::keep(&found, &session.sources, &library.root);
                self.deliver(job, &make.id, (&library, issue), &pressed, overflows)?;
            }
        } else if let [entry] = &entries[..] {
            let mut press = Press::new(&library, issue, entry, typesetter, &mut session)?;
            if with_teachers {
                press.load_teacher_material(&mut session)?;
            }
            unchanged(issue, &task.lessons)?;
            for make in &task.makes {
                let pressed = press.press(&make.id, &mut session)?;
                let mut found = Diagnostics::default();
                found.extend(overflows(&pressed.packet, &pressed.laid_out.warnings, press.loaded().file));
                found.extend(pressed.laid_out.fitted.and_then(|fitted| too_few_sheets(&fitted, press.loaded().file)));
                let overflows = Warning::keep(&found, &session.sources, &library.root);
                self.deliver(job, &make.id, (&library, issue), &pressed, overflows)?;
            }
        } else {
            return Err(anyhow!("expected a job for one lesson or a whole issue").into());
        }
        Ok(())
    }

    /// Sends a packet to the build, unless its lessons changed after they were checked.
    fn deliver(
        &mut self,
        job: &Job,
        id: &PacketId,
        (library, issue): (&Library, &IssueEntry),
        pressed: &Pressed<'_>,
        overflows: Vec<Warning>,
    ) -> Result<(), JobEnd> {
        let fitted = pressed.laid_out.fitted;
        let fits = fitted.is_none_or(|fitted| fitted.fits());
        let is_wanted = fits && (!job.strict || pressed.laid_out.warnings.is_empty());
        let pdf = is_wanted.then(|| pressed.laid_out.pdf()).transpose();
        let pdf = pdf.with_context(|| format!("cannot write {id}"))?;
        let pages = pressed.laid_out.layout.pages;
        let is_translation = job.task.is_translation();
        let shown = if is_wanted { page_images::of(library, issue, is_translation, id, pages) } else { Vec::new() };
        let draw = |image: &PageImage| page_images::encode(&pressed.laid_out.picture(image.page, image.width));
        let page_images = shown.iter().map(draw).collect::<Result<Vec<_>, _>>();
        let page_images = page_images.with_context(|| format!("cannot draw the pages of {id}"))?;
        unchanged(issue, &job.task.lessons)?;
        let packet = PressedPacket {
            title: pressed.packet.document.title.clone(),
            pages,
            printing: pressed.printing.clone(),
            overflows,
            set: fitted.map(|fitted| fitted.note()),
            bytes: pdf.as_ref().map(Vec::len),
            page_images: page_images.iter().map(Vec::len).collect(),
        };
        let pdf = pdf.as_deref().unwrap_or_default();
        self.reply(&Reply::Packet(packet), pdf, &page_images).map_err(JobEnd::Disconnected)
    }
}

fn another_version() -> anyhow::Error {
    anyhow!("Packetpress was updated during the build; build again")
}

/// Fails if a shared input changed during the build.
fn as_planned(now: &SharedInputs, planned: &SharedInputs) -> Result<()> {
    if now.program != planned.program {
        return Err(another_version());
    }
    if now.fonts != planned.fonts {
        return Err(changed("fonts"));
    }
    if now.templates != planned.templates {
        bail!("a template was changed during the build; build again");
    }
    if now != planned {
        return Err(changed("series.yaml"));
    }
    Ok(())
}

/// Fails if a lesson file changed after it was checked, so that no packet is recorded with the wrong inputs.
fn unchanged(issue: &IssueEntry, lessons: &[(String, Files)]) -> Result<()> {
    for (id, before) in lessons {
        let now = inputs::files(issue, &issue.lesson_entry(id), inputs::pictures(before));
        if let Some((name, _)) = before.iter().find(|(name, digest)| now.get(*name) != Some(digest)) {
            if now.get(name).is_some_and(Option::is_some) {
                return Err(changed(name));
            }
            bail!("`{name}` was removed during the build; build again");
        }
    }
    Ok(())
}

fn changed(name: &str) -> anyhow::Error {
    anyhow!("`{name}` was changed during the build; build again")
}
