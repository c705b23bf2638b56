//! `packetpress import`: makes lessons from documents of other programs.

use std::io::{Read as _, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::Outcome;
use super::new::{PlaceArgs, Plan, existing, lesson_named, spoken};
use super::project_paths::print;
use crate::diagnostics::report::sanitize;
use crate::files::saving;
use crate::import::{Imported, MAX_FILE, Report, import};
use crate::lesson::series::Paper;
use crate::library::Library;
use crate::session::Session;
use crate::starters::{self, Heading};
use crate::typeset::{Fonts, stand_in_font};

/// How long one document may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The stack of the thread that reads a document, in bytes: documents nest deep.
const STACK: usize = 256 * 1024 * 1024;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Documents: Word (.docx), OpenDocument (.odt), web pages (.html), Google Docs (.zip), Markdown, text, or PDF
    #[arg(required = true, value_name = "FILE")]
    files: Vec<Utf8PathBuf>,
    /// Issue to add the lessons to [default: the only one]
    #[arg(long, value_name = "ISSUE")]
    issue: Option<String>,
    /// Name of the lesson's file, without `.yaml` [default: from its title]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    place: PlaceArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    if args.id.is_some() && args.files.len() > 1 {
        bail!("`--id` names one lesson; import one document at a time with it");
    }
    let mut failed = false;
    let mut mistakes = false;
    for file in &args.files {
        match one(args, file) {
            Ok(is_sound) => mistakes |= !is_sound,
            Err(error) => {
                failed = true;
                super::print_refusal(&error);
            }
        }
    }
    Ok(match (failed, mistakes) {
        (true, _) => Outcome::Refused,
        (false, true) => Outcome::Mistakes,
        (false, false) => Outcome::Done,
    })
}

/// Imports one document; returns whether its lesson has no errors.
fn one(args: &Args, file: &Utf8Path) -> Result<bool> {
    let imported = read(file)?;
    let title = &imported.title;
    let id = match args.id.as_deref() {
        Some(id) => lesson_named(Some(id), title)?,
        None => lesson_named(None, title).or_else(|_| lesson_named(None, file.file_stem().unwrap_or("lesson")))?,
    };
    let plan = Plan::of(existing(&args.place)?, &args.place, args.issue.as_deref(), &id)?;
    let Plan { path, teacher_path, .. } = &plan;

    let mut written = Vec::new();
    let publication = &imported.publication;
    if let Some(series) = &plan.new_series {
        let name = publication.series.as_deref().unwrap_or("My Lessons");
        let language = "en-US";
        let mut text = starters::series(name, language, Paper::Letter.name());
        if let Some(publisher) = &publication.publisher {
            text = starters::with_publisher(&text, publisher);
        }
        saving::create(series, text.as_bytes())?;
        written.push(series.clone());
    }
    let (images, renamed) = place_images(&imported, &plan.folder.join("images"), &id)?;
    let mut lesson = imported.lesson.clone();
    for (name, other) in renamed {
        lesson = lesson.replace(&format!("images/{name}"), &format!("images/{other}"));
    }
    saving::create(path, lesson.as_bytes())?;
    written.push(path.clone());
    if let Some(teacher) = &imported.teacher {
        saving::create(teacher_path, teacher.as_bytes())?;
        written.push(teacher_path.clone());
    }
    written.extend(images);
    written.extend(plan.list(|| {
        let theme = publication.theme.clone().unwrap_or_else(|| spoken(&plan.issue));
        let heading = Heading { number: publication.number.as_deref(), date: publication.date.as_deref() };
        starters::issue_with(&theme, &heading, &[&id])
    })?);
    tell(&written, &imported.report)?;
    let is_sound = check(path)?;
    writeln!(anstream::stdout(), "Next: `packetpress preview {id}` to see and change it, and `packetpress build` for the PDF.")?;
    Ok(is_sound)
}

/// Reads a document on a thread of its own, so that nothing in it can stop the program.
fn read(file: &Utf8Path) -> Result<Imported> {
    let metadata = file.metadata().with_context(|| format!("cannot read {file}"))?;
    if !metadata.is_file() {
        bail!("{file} isn't a file");
    }
    if metadata.len() > MAX_FILE {
        bail!("{file} is larger than {} MB; split it into several documents", MAX_FILE / 1024 / 1024);
    }
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).with_context(|| format!("cannot read {file}"))?;
    opened.take(MAX_FILE + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read {file}"))?;
    let name = file.file_name().unwrap_or("document").to_owned();
    let (sender, answer) = channel();
    let work = move || drop(sender.send(import(&name, bytes, stand_in_font())));
    std::thread::Builder::new().stack_size(STACK).spawn(work).context("cannot start a thread")?;
    match answer.recv_timeout(PATIENCE) {
        Ok(imported) => imported.map_err(|refused| anyhow!("cannot import {file}: {refused}")),
        Err(RecvTimeoutError::Timeout) => {
            bail!("cannot import {file}: it takes longer than {} seconds; split it into several documents", PATIENCE.as_secs())
        }
        Err(RecvTimeoutError::Disconnected) => {
            bail!("cannot import {file}: it can't be read; open it in the program that made it, and save it again")
        }
    }
}

/// A name that an image had, and the one that it has now.
type Renamed = (String, String);

/// Writes the images; those whose names are taken get others.
fn place_images(imported: &Imported, folder: &Utf8Path, id: &str) -> Result<(Vec<Utf8PathBuf>, Vec<Renamed>)> {
    let mut written = Vec::new();
    let mut renamed = Vec::new();
    for (name, bytes) in &imported.images {
        let is_sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let safe: String = name.chars().map(|c| if is_sound(c) { c } else { '-' }).collect();
        let safe = safe.trim_start_matches('.').to_owned();
        // Every document calls its first image the same.
        let mut own = format!("{id}-{safe}");
        let mut count = 1;
        while folder.join(&own).symlink_metadata().is_ok() {
            count += 1;
            own = format!("{id}-{count}-{safe}");
        }
        let path = folder.join(&own);
        saving::create(&path, bytes)?;
        written.push(path);
        renamed.push((name.clone(), own));
    }
    Ok((written, renamed))
}

/// Says what was written, and what became of the document.
fn tell(written: &[Utf8PathBuf], report: &Report) -> Result<()> {
    let mut stdout = anstream::stdout().lock();
    for path in written {
        writeln!(stdout, "Wrote {path}")?;
    }
    for (heading, lines) in [
        ("Recognized:", &report.recognized),
        ("Guessed; please check:", &report.guessed),
        ("Left over, in a comment at the end of the lesson:", &report.left),
    ] {
        if lines.is_empty() {
            continue;
        }
        writeln!(stdout, "{heading}")?;
        for line in lines {
            let shown: String = line.chars().take(200).collect();
            let more = if shown.len() < line.len() { "…" } else { "" };
            writeln!(stdout, "  - {}{more}", sanitize(&shown))?;
        }
    }
    Ok(())
}

/// Checks the new lesson, and prints what a person still has to decide.
fn check(path: &Utf8Path) -> Result<bool> {
    let fonts = Fonts::bundled();
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    Library::check_file(path, &mut session)?;
    print(&session.diagnostics, &session.sources)?;
    let is_sound = session.diagnostics.errors() == 0;
    if !is_sound {
        writeln!(anstream::stderr(), "The lesson is there; fix the errors above to build it.")?;
    }
    Ok(is_sound)
}
