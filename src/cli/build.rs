//! `packetpress build`: checks what was asked for, then makes what is not as it should be.

use std::io::{IsTerminal, Write};
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};

use super::packets::{PacketArgs, extent};
use super::project_paths::{ProjectPaths, print, select};
use super::{Outcome, SelectionArgs, worker};
use crate::diagnostics::report::sanitize;
use crate::make::{Listeners, Order, PATIENCE, Progress, Summary};
use crate::manifest::{FileEntry, FileKind};
use crate::offer;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    selection: SelectionArgs,
    /// The folder for the packets; without it `output` beside the lessons
    #[arg(long, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    #[command(flatten)]
    packets: PacketArgs,
    /// Count warnings as mistakes: nothing that has one is written
    #[arg(long)]
    strict: bool,
    /// Build what has no mistakes, even if something else has
    #[arg(long)]
    keep_going: bool,
    /// Make everything again, even what is as it should be
    #[arg(long)]
    force: bool,
    /// Say what would be built and why, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Leave out what is for teachers, but for the plans of substitutes, and lessons without a licence to publish
    #[arg(long)]
    public: bool,
    /// How many lessons to work on at a time; without it as many as the machine has cores
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let paths = ProjectPaths::find(&args.selection)?;
    let (fonts, templates) = (paths.fonts()?, paths.templates()?);
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let Some(library) = paths.index(&mut session)? else {
        print(&session.diagnostics, &session.sources)?;
        writeln!(anstream::stderr(), "nothing was built: mend this first")?;
        return Ok(Outcome::Mistakes);
    };
    let mut specs = args.packets.specs(&library.series)?;
    if args.public {
        specs = offer::for_all(specs);
        anyhow::ensure!(!specs.is_empty(), "`--public` leaves out what is for teachers, and nothing else was asked for");
    }
    let spawn = || worker::command(&paths);
    let order = Order {
        library: &library,
        lessons: select(&library, &args.selection.wanted)?,
        whole: args.selection.wanted.is_empty(),
        specs,
        languages: args.packets.languages(),
        folder: args.output.clone().unwrap_or_else(|| paths.beside("output")),
        fonts: &fonts,
        templates: &templates,
        jobs: args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZero::get),
        force: args.force,
        keep_going: args.keep_going,
        strict: args.strict,
        public: args.public,
        spawn: &spawn,
        patience: PATIENCE,
    };
    let stop = stop_on_interrupt()?;
    if args.dry_run {
        return dry_run(&order, &mut session, &stop);
    }
    let mut report = ProgressReport::new(&order.folder);
    let summary = order.build(&mut session, Listeners { tell: &mut |event| report.take(event), stop: &stop });
    report.end();
    print(&session.diagnostics, &session.sources)?;
    report.print_notes()?;
    let summary = summary?;
    report.error.map_or(Ok(()), Err)?;
    close(&summary, session.diagnostics.warnings(), &order)
}

/// Says how it ended.
fn close(summary: &Summary, warnings: usize, order: &Order<'_>) -> Result<Outcome> {
    let mut stderr = anstream::stderr();
    if summary.interrupted {
        writeln!(stderr, "stopped: what was built so far is whole, and `packetpress build` goes on from here")?;
        return Ok(Outcome::Interrupted);
    }
    if summary.stopped_by_mistakes {
        writeln!(stderr, "nothing was built: mend this first")?;
        return Ok(Outcome::Mistakes);
    }
    if summary.packets == 0 && summary.broken == 0 {
        writeln!(stderr, "nothing was built")?;
        return Ok(Outcome::Mistakes);
    }
    if summary.made == 0 && summary.unchanged > 0 && summary.failed == 0 && summary.refused == 0 {
        let files = if summary.unchanged == 1 {
            "1 file is as it".to_owned()
        } else {
            format!("{} files are as they", summary.unchanged)
        };
        writeln!(anstream::stdout(), "nothing to do: {files} should be")?;
    }
    if summary.broken > 0 {
        let lessons = if summary.broken == 1 { "1 lesson was".to_owned() } else { format!("{} lessons were", summary.broken) };
        writeln!(stderr, "{lessons} not built because of mistakes")?;
    }
    if summary.failed > 0 {
        return Ok(Outcome::Refused);
    }
    let refused = order.strict && warnings > 0;
    Ok(if summary.broken > 0 || refused { Outcome::Mistakes } else { Outcome::Done })
}

fn dry_run(order: &Order<'_>, session: &mut Session<'_>, stop: &AtomicBool) -> Result<Outcome> {
    let mut notes = Vec::new();
    let tell = &mut |event| {
        if let Progress::Note(note) = event {
            notes.push(note);
        }
    };
    let plan = order.plan(session, Listeners { tell, stop })?;
    print(&session.diagnostics, &session.sources)?;
    for note in notes {
        writeln!(anstream::stderr(), "{}", sanitize(&note))?;
    }
    let mut stdout = anstream::stdout().lock();
    let mut say = |verb: &str, path: &str, reason: &str| {
        writeln!(stdout, "{}", sanitize(&format!("{verb} {}: {reason}", order.folder.join(path))))
    };
    plan.made_files().try_for_each(|(path, reason)| say("would build", path, reason))?;
    plan.removals.iter().try_for_each(|removal| say("would remove", &removal.path, &removal.reason))?;
    if plan.made_files().next().is_none() && plan.removals.is_empty() {
        writeln!(stdout, "nothing to do")?;
    }
    Ok(if session.diagnostics.errors() > 0 { Outcome::Mistakes } else { Outcome::Done })
}

/// A flag that Ctrl-C sets; a second Ctrl-C ends the program at once.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            #[expect(clippy::disallowed_methods, reason = "the user has asked a second time for the end")]
            std::process::exit(130);
        }
    })
    .context("cannot listen for Ctrl-C")?;
    Ok(stop)
}

/// What a build tells, on the screen: a bar that moves where there is a terminal, and lines.
struct ProgressReport<'a> {
    folder: &'a Utf8Path,
    bar: ProgressBar,
    notes: Vec<String>,
    /// Why nothing can be printed any more.
    error: Option<anyhow::Error>,
}

impl<'a> ProgressReport<'a> {
    fn new(folder: &'a Utf8Path) -> Self {
        Self { folder, bar: ProgressBar::hidden(), notes: Vec::new(), error: None }
    }

    fn take(&mut self, event: Progress) {
        match event {
            Progress::Waiting => {
                self.bar.finish_and_clear();
                let line = format!("another build writes to {}; waiting for its end", self.folder);
                let _ = writeln!(anstream::stderr(), "{}", sanitize(&line));
            }
            Progress::Looking(lessons) => self.bar = bar_of_lessons(lessons),
            Progress::Looked => self.bar.inc(1),
            Progress::Planned(packets) => {
                self.bar.finish_and_clear();
                self.bar = bar_of_packets(packets);
            }
            Progress::Made(entry) => {
                let line = format!("{}  {}", self.folder.join(&entry.path), size(&entry));
                self.say(&line);
                if matches!(entry.kind, FileKind::Packet(_)) {
                    self.bar.inc(1);
                }
            }
            Progress::Removed(path, reason) => self.say(&format!("{} was removed: {reason}", self.folder.join(path))),
            Progress::Note(line) | Progress::Failed(line) => self.notes.push(line),
        }
    }

    /// Prints a line above the progress bar, or to standard output where there is none.
    fn say(&mut self, line: &str) {
        let printed = self.bar.suspend(|| writeln!(anstream::stdout(), "{}", sanitize(line)));
        if let Err(error) = printed {
            self.error.get_or_insert(error.into());
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn print_notes(&self) -> Result<()> {
        for line in self.notes.iter().flat_map(|note| note.lines()) {
            writeln!(anstream::stderr(), "{}", sanitize(line))?;
        }
        Ok(())
    }
}

/// "8 pages, 4 sheets printed on both sides, 120 KB"
fn size(entry: &FileEntry) -> String {
    let kilobytes = entry.bytes.div_ceil(1024);
    match &entry.kind {
        FileKind::Packet(packet) => format!("{}, {kilobytes} KB", extent(packet.pages, packet.format)),
        FileKind::Zip { .. } | FileKind::PageImage { .. } | FileKind::Page => format!("{kilobytes} KB"),
    }
}

fn bar_of_lessons(lessons: usize) -> ProgressBar {
    bar(lessons, ProgressStyle::with_template("{bar:30} {pos}/{len} lessons looked at").expect("the template is sound"))
}

/// How many packets are done, how many that is a second, and how long the rest will take.
fn bar_of_packets(packets: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} packets{pace}").expect("the template is sound");
    let pace = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        if state.pos() > 0 {
            // Writing to a text in memory cannot fail.
            let _ = write!(out, ", {:.1} a second, {} left", state.per_sec(), HumanDuration(state.eta()));
        }
    };
    bar(packets, style.with_key("pace", pace))
}

fn bar(length: usize, style: ProgressStyle) -> ProgressBar {
    if !std::io::stderr().is_terminal() || length == 0 {
        return ProgressBar::hidden();
    }
    ProgressBar::new(length as u64).with_style(style)
}
