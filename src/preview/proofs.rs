//! The pages of the packet that is being looked at. They are laid out quickly during typing, and settled once typing stops.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use camino::Utf8PathBuf;
use serde::Serialize;
use tokio::sync::oneshot;

use super::Project;
use super::view::View;
use crate::compose::Pictures;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::files::Files;
use crate::glyphs::Coverage;
use crate::library::Library;
use crate::packet::PacketId;
use crate::page_images::encode_quickly;
use crate::press::{Drafts, Press, overflows};
use crate::session::Session;
use crate::source::Sources;
use crate::typeset::{Draft, Typesetter};

/// How many bytes of pictures of pages are kept, about 200 pictures for a large screen.
const PICTURES_KEPT: usize = 64 * 1024 * 1024;

/// What to lay out.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// The packet.
    pub view: View,
    /// The text of the files that aren't saved.
    pub unsaved: BTreeMap<Utf8PathBuf, String>,
    /// The page that is looked at, which is drawn first, and its width in pixels.
    pub first: Option<(usize, u32)>,
}

/// The pages of a packet.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub(super) enum Proof {
    /// The lesson has errors, so there are no new pages.
    Mistakes,
    /// The lesson has no such packet.
    None {
        /// Why not, in a teacher's words.
        reason: String,
    },
    /// The pages.
    Pages {
        /// Each page in order.
        pages: Vec<ProofPage>,
        /// Whether they are as they print. Otherwise they'll be settled soon.
        settled: bool,
        /// What didn't fit, each with its line, counted from 1.
        warnings: Vec<ProofWarning>,
    },
    /// Something failed.
    Failed {
        /// What, in a teacher's words.
        reason: String,
    },
}

/// A page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ProofPage {
    /// What its picture is called: the same for pages that look the same.
    pub digest: String,
    /// Its width in points.
    pub width: f64,
    /// Its height in points.
    pub height: f64,
}

/// Something that didn't fit.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ProofWarning {
    /// What, and what to do about it.
    pub message: String,
    /// The file, from the lessons folder.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
}

enum Job {
    Draw(Order, oneshot::Sender<Proof>),
    Settle(Order, oneshot::Sender<Proof>),
    Settled(Settled),
    Picture(usize, u32, oneshot::Sender<Option<Picture>>),
    Text(oneshot::Sender<Vec<String>>),
    Pdf(Order, oneshot::Sender<Result<Vec<u8>>>),
    /// Pictures on disk changed.
    Forget,
}

/// A layout that was made while others went on.
struct Settled {
    /// How many drafts had been made when it began.
    after: u64,
    key: String,
    outcome: Result<(Made, Drafts)>,
    reply: oneshot::Sender<Proof>,
}

/// A picture of a page, as PNG.
pub(super) type Picture = Arc<Vec<u8>>;

/// Lays out packets on threads of its own.
pub(super) struct Proofs {
    jobs: Mutex<Sender<Job>>,
}

impl Proofs {
    /// Starts the thread that lays out packets.
    ///
    /// # Errors
    /// If a thread can't be started.
    pub(super) fn start(project: Arc<Project>) -> Result<Self> {
        let (jobs, taken) = channel();
        let own = jobs.clone();
        let work = move || Bench::new(&project, own).work(&taken);
        std::thread::Builder::new().name("proofs".to_owned()).spawn(work).context("cannot start a thread")?;
        Ok(Self { jobs: Mutex::new(jobs) })
    }

    /// Lays out a packet quickly.
    pub(super) async fn draw(&self, order: Order) -> Option<Proof> {
        self.ask(|reply| Job::Draw(order, reply)).await
    }

    /// Lays out a packet as it prints.
    pub(super) async fn settle(&self, order: Order) -> Option<Proof> {
        self.ask(|reply| Job::Settle(order, reply)).await
    }

    /// The picture of a page at a width in pixels.
    pub(super) async fn picture(&self, page: usize, width: u32) -> Option<Picture> {
        self.ask(|reply| Job::Picture(page, width, reply)).await.flatten()
    }

    /// The text of each page.
    pub(super) async fn text(&self) -> Vec<String> {
        self.ask(Job::Text).await.unwrap_or_default()
    }

    /// The packet as a PDF.
    ///
    /// # Errors
    /// If the lesson has errors, or has no such packet.
    pub(super) async fn pdf(&self, order: Order) -> Result<Vec<u8>> {
        self.ask(|reply| Job::Pdf(order, reply)).await.context("the preview stopped")?
    }

    /// Reads images again.
    pub(super) fn forget_images(&self) {
        self.send(Job::Forget);
    }

    async fn ask<T>(&self, job: impl FnOnce(oneshot::Sender<T>) -> Job) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        self.send(job(reply));
        answer.await.ok()
    }

    fn send(&self, job: Job) {
        // If the thread is gone, the answer says so.
        let _ = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).send(job);
    }
}

/// What was made for an order.
enum Made {
    Mistakes,
    None(String),
    Laid(PacketId, Vec<ProofWarning>),
}

/// The thread that lays out packets, with what it remembers.
struct Bench<'a> {
    project: &'a Arc<Project>,
    jobs: Sender<Job>,
    /// The packet that is looked at, and the last layouts of it and of those that it uses.
    key: String,
    shown: Option<PacketId>,
    drafts: Drafts,
    /// How many drafts were made.
    drawn: u64,
    pictures: BTreeMap<(String, u32), Picture>,
    is_settling: bool,
    images: Pictures,
}

impl<'a> Bench<'a> {
    fn new(project: &'a Arc<Project>, jobs: Sender<Job>) -> Self {
        Self {
            project,
            jobs,
            key: String::new(),
            shown: None,
            drafts: Drafts::new(),
            drawn: 0,
            pictures: BTreeMap::new(),
            is_settling: false,
            images: Pictures::default(),
        }
    }

    fn work(mut self, jobs: &Receiver<Job>) {
        while let Ok(job) = jobs.recv() {
            match job {
                Job::Draw(order, reply) => drop(reply.send(self.draw(&order))),
                Job::Settle(order, reply) => self.settle(order, reply),
                Job::Settled(settled) => self.settled(settled),
                Job::Picture(page, width, reply) => drop(reply.send(self.picture(page, width))),
                Job::Text(reply) => drop(reply.send(self.text())),
                Job::Pdf(order, reply) => drop(reply.send(pdf(self.project, &order))),
                Job::Forget => self.images = Pictures::default(),
            }
        }
    }

    fn draw(&mut self, order: &Order) -> Proof {
        self.turn_to(&order.view);
        self.drawn += 1;
        // If the lesson has errors now, the next layout still begins with the last one.
        match draft(self.project, order, &mut self.images, &mut self.drafts) {
            Ok(made) => self.show(made, false, order.first),
            Err(error) => Proof::Failed { reason: format!("{error:#}") },
        }
    }

    /// Starts over if another packet is looked at.
    fn turn_to(&mut self, view: &View) {
        let key = view.key();
        if self.key != key {
            self.key = key;
            self.drafts.clear();
            self.shown = None;
        }
    }

    /// Lays the packet out as it prints, on another thread, so that typing continues.
    fn settle(&mut self, order: Order, reply: oneshot::Sender<Proof>) {
        self.turn_to(&order.view);
        if self.is_settling {
            // The one that is being made answers first; this one would wait for it.
            drop(reply);
            return;
        }
        self.is_settling = true;
        let (project, jobs, after, key) = (Arc::clone(self.project), self.jobs.clone(), self.drawn, self.key.clone());
        let work = move || {
            let outcome = settled(&project, &order);
            // Nobody is left to tell if this fails.
            let _ = jobs.send(Job::Settled(Settled { after, key, outcome, reply }));
        };
        if std::thread::Builder::new().name("settled".to_owned()).spawn(work).is_err() {
            self.is_settling = false;
        }
    }

    fn settled(&mut self, settled: Settled) {
        self.is_settling = false;
        // More was typed meanwhile, or another packet is shown.
        if settled.after != self.drawn || settled.key != self.key {
            return;
        }
        let proof = match settled.outcome {
            Ok((made, drafts)) => {
                // The layouts of other packets that it uses stay.
                self.drafts.extend(drafts);
                self.show(made, true, None)
            }
            Err(error) => Proof::Failed { reason: format!("{error:#}") },
        };
        drop(settled.reply.send(proof));
    }

    fn show(&mut self, made: Made, settled: bool, first: Option<(usize, u32)>) -> Proof {
        let (id, warnings) = match made {
            Made::Mistakes => return Proof::Mistakes,
            Made::None(reason) => {
                self.shown = None;
                return Proof::None { reason };
            }
            Made::Laid(id, warnings) => (id, warnings),
        };
        let draft = &self.drafts[&id];
        let pages = draft.digests().into_iter().zip(draft.sizes());
        let pages = pages.map(|(digest, (width, height))| ProofPage { digest: digest.to_string(), width, height }).collect();
        self.shown = Some(id);
        if let Some((page, width)) = first {
            self.picture(page, width);
        }
        Proof::Pages { pages, settled, warnings }
    }

    fn shown(&self) -> Option<&Draft> {
        self.drafts.get(self.shown.as_ref()?)
    }

    fn picture(&mut self, page: usize, width: u32) -> Option<Picture> {
        let digest = self.shown()?.digests().get(page.checked_sub(1)?)?.to_string();
        let key = (digest, width);
        if let Some(picture) = self.pictures.get(&key) {
            return Some(Arc::clone(picture));
        }
        let drawn = self.shown()?.picture(page, width)?;
        let picture = Arc::new(encode_quickly(&drawn).ok()?);
        if self.pictures.values().map(|picture| picture.len()).sum::<usize>() >= PICTURES_KEPT {
            self.pictures.clear();
        }
        self.pictures.insert(key, Arc::clone(&picture));
        Some(picture)
    }

    fn text(&self) -> Vec<String> {
        let Some(draft) = self.shown() else { return Vec::new() };
        (1..=draft.digests().len()).filter_map(|page| draft.text(page)).collect()
    }
}

/// Checks the lesson and lays out its packet quickly, beginning with the drafts before it.
fn draft(project: &Project, order: &Order, images: &mut Pictures, drafts: &mut Drafts) -> Result<Made> {
    with_lesson(project, order, images, |press, id, session| {
        press.draft(&id, drafts, session)?;
        Ok(Made::Laid(id, Vec::new()))
    })
}

/// Checks the lesson and lays out its packet as it prints.
fn settled(project: &Project, order: &Order) -> Result<(Made, Drafts)> {
    let mut drafts = Drafts::new();
    let made = with_lesson(project, order, &mut Pictures::default(), |press, id, session| {
        let pressed = press.press(&id, session)?;
        let mut found = Diagnostics::default();
        found.extend(overflows(&pressed.packet, &pressed.laid_out.warnings, press.loaded().file));
        let warnings = shown(&found, &session.sources, project);
        drafts.insert(id.clone(), pressed.laid_out.into());
        Ok(Made::Laid(id, warnings))
    })?;
    Ok((made, drafts))
}

/// The packet as a PDF.
fn pdf(project: &Project, order: &Order) -> Result<Vec<u8>> {
    let mut pdf = None;
    let mut images = Pictures::default();
    let made = with_lesson(project, order, &mut images, |press, id, session| {
        pdf = Some(press.press(&id, session)?.laid_out.pdf()?);
        Ok(Made::None(String::new()))
    })?;
    match (pdf, made) {
        (Some(pdf), _) => Ok(pdf),
        (None, Made::None(reason)) => anyhow::bail!(reason),
        (None, _) => anyhow::bail!("the lesson has errors; fix them first"),
    }
}

/// Reads and checks a lesson, and does something with its press if it has the packet.
fn with_lesson(
    project: &Project,
    order: &Order,
    images: &mut Pictures,
    run: impl FnOnce(&mut Press<'_>, PacketId, &mut Session<'_>) -> Result<Made>,
) -> Result<Made> {
    if !order.view.is_inside() {
        return Ok(Made::Mistakes);
    }
    let coverage: &Coverage = &project.coverage;
    let mut files = Files::default();
    order.unsaved.iter().for_each(|(path, text)| files.lay_over(path, text.clone()));
    let mut session = Session::with_files(coverage, files);
    let View { issue, lesson, .. } = &order.view;
    let series_file = project.series_file();
    let Some(library) = Library::of_issue(&project.lessons, &series_file, issue, &mut session)? else {
        return Ok(Made::Mistakes);
    };
    let found = library.issues.first().and_then(|issue| {
        let entry = issue.with_translations().find(|entry| entry.name() == *lesson)?;
        Some((issue, entry))
    });
    let Some((issue, entry)) = found else { return Ok(Made::Mistakes) };
    if library.check(issue, entry, &mut session)?.is_none() || session.diagnostics.errors() > 0 {
        return Ok(Made::Mistakes);
    }
    let typesetter = Typesetter::new(&project.fonts, &project.templates);
    let mut press = Press::new(&library, issue, entry, &typesetter, &mut session)?;
    press.swap_pictures(images);
    let spec = order.view.spec(&library.series);
    if let Some(reason) = spec.unavailable() {
        return Ok(Made::None(reason));
    }
    if let Some(reason) = press.why_not(spec.edition, spec.part, &mut session)? {
        return Ok(Made::None(reason));
    }
    let id = press.id(spec);
    let made = run(&mut press, id, &mut session);
    press.swap_pictures(images);
    made
}

fn shown(found: &Diagnostics, sources: &Sources, project: &Project) -> Vec<ProofWarning> {
    let warning = |diagnostic: &Diagnostic| {
        let file = sources.file(diagnostic.place.file);
        let path = file.path();
        let help = diagnostic.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        ProofWarning {
            message: format!("{}{help}", diagnostic.text()),
            file: path.strip_prefix(&project.lessons).unwrap_or(path).to_string(),
            line: file.line_column(diagnostic.place.start as usize).0,
        }
    };
    found.sorted().into_iter().map(warning).collect()
}
