//! `packetpress build`: checks the requested lessons, then builds whatever is out of date.

use std::io::{IsTerminal, Write};
use std::num::NonZero;
use std::sync::atomic::AtomicBool;

use anyhow::Result;
use camino::{Utf8Path, Utf8PathBuf};
use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};

use super::packets::{PacketArgs, extent};
use super::project_paths::{ProjectPaths, print};
use super::selection::select;
use super::watching::{stop_on_interrupt, watch};
use super::{Outcome, SelectionArgs, worker};
use crate::diagnostics::Diagnostics;
use crate::diagnostics::report::sanitize;
use crate::make::{Listeners, Order, PATIENCE, Progress, Summary};
use crate::manifest::{FileEntry, FileKind};
use crate::offer;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    selection: SelectionArgs,
    /// Output folder [default: `output` next to the lessons folder]
    #[arg(long, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    #[command(flatten)]
    packets: PacketArgs,
    /// Treat warnings as errors: don't write anything that has one
    #[arg(long)]
    strict: bool,
    /// Build lessons without errors even if others have errors
    #[arg(long)]
    keep_going: bool,
    /// Rebuild everything, even if it's up to date
    #[arg(long)]
    force: bool,
    /// Show what would be built and why, without writing anything
    #[arg(long)]
    dry_run: bool,
    /// Leave out teacher packets (except sub plans) and issues without a license
    #[arg(long)]
    public: bool,
    /// Lessons to work on at once [default: the number of CPU cores]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// Build again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with = "dry_run")]
    watch: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let stop = stop_on_interrupt()?;
    if !args.watch {
        return build(args, &stop);
    }
    let paths = ProjectPaths::find(&args.selection)?;
    watch(&paths, &stop, || build(args, &stop).map(drop))
}

fn build(args: &Args, stop: &AtomicBool) -> Result<Outcome> {
    let paths = ProjectPaths::find(&args.selection)?;
    let (fonts, templates) = (paths.fonts()?, paths.templates()?);
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let Some(library) = paths.index(&mut session)? else {
        print(&session.diagnostics, &session.sources)?;
        writeln!(anstream::stderr(), "Nothing was built. Fix the errors above and try again.")?;
        return Ok(Outcome::Mistakes);
    };
    let mut specs = args.packets.specs(&library.series)?;
    if args.public {
        specs = offer::for_all(specs);
        anyhow::ensure!(!specs.is_empty(), "`--public` leaves out teacher packets, and no other packets were requested");
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
    if args.dry_run {
        return dry_run(&order, &mut session, stop);
    }
    let mut report = ProgressReport::new(&order.folder);
    let summary = order.build(&mut session, Listeners { tell: &mut |event| report.take(event), stop });
    report.end();
    print(&session.diagnostics, &session.sources)?;
    report.print_notes()?;
    let summary = summary?;
    report.error.map_or(Ok(()), Err)?;
    close(&summary, &session.diagnostics, &order)
}

/// Prints how the build ended.
fn close(summary: &Summary, diagnostics: &Diagnostics, order: &Order<'_>) -> Result<Outcome> {
    let mut stderr = anstream::stderr();
    let warnings = diagnostics.warnings();
    if summary.interrupted {
        writeln!(stderr, "Stopped. The files built so far are complete; run `packetpress build` to continue.")?;
        return Ok(Outcome::Interrupted);
    }
    if summary.stopped_by_mistakes {
        let problems = if order.strict && warnings > 0 { "errors and warnings" } else { "errors" };
        writeln!(stderr, "Nothing was built. Fix the {problems} above and try again.")?;
        return Ok(Outcome::Mistakes);
    }
    if summary.packets == 0 && summary.broken == 0 {
        writeln!(stderr, "Nothing was built.")?;
        return Ok(Outcome::Mistakes);
    }
    if summary.made == 0 && summary.unchanged > 0 && summary.failed == 0 && summary.refused == 0 {
        let files = if summary.unchanged == 1 { "1 file".to_owned() } else { format!("{} files", summary.unchanged) };
        writeln!(anstream::stdout(), "Everything is up to date ({files}).")?;
    }
    if summary.broken > 0 {
        let skipped = match summary.broken {
            1 => "1 lesson because it has errors".to_owned(),
            broken => format!("{broken} lessons because they have errors"),
        };
        writeln!(stderr, "Skipped {skipped}.")?;
    }
    if summary.failed > 0 {
        return Ok(Outcome::Refused);
    }
    // With `--strict` because of a warning, otherwise because of an error that only the finished packet showed.
    let refused = summary.refused > 0 && diagnostics.errors() > 0;
    Ok(if summary.broken > 0 || refused || (order.strict && warnings > 0) { Outcome::Mistakes } else { Outcome::Done })
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
        writeln!(stdout, "Everything is up to date.")?;
    }
    Ok(if session.diagnostics.errors() > 0 { Outcome::Mistakes } else { Outcome::Done })
}

/// Shows the progress of a build: lines, and a progress bar in a terminal.
struct ProgressReport<'a> {
    folder: &'a Utf8Path,
    bar: ProgressBar,
    notes: Vec<String>,
    /// The first error while printing.
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
                let line = format!("waiting for another build in {} to finish", self.folder);
                let _ = writeln!(anstream::stderr(), "{}", sanitize(&line));
            }
            Progress::Looking(lessons) => self.bar = bar_of_lessons(lessons),
            Progress::Looked => self.bar.inc(1),
            Progress::Planned(packets) => {
                self.bar.finish_and_clear();
                self.bar = bar_of_packets(packets);
            }
            Progress::Made(entry, set) => {
                let line = format!("{}  {}", self.folder.join(&entry.path), size(&entry));
                self.say(&line);
                if let Some(set) = set {
                    self.say(&format!("  {set}"));
                }
                if matches!(entry.kind, FileKind::Packet(_)) {
                    self.bar.inc(1);
                }
            }
            Progress::Removed(path, reason) => self.say(&format!("{} was removed: {reason}", self.folder.join(path))),
            Progress::Note(line) | Progress::Failed(line) => self.notes.push(line),
        }
    }

    /// Prints a line to standard output, above the progress bar if there is one.
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

/// "8 pages (4 sheets, double-sided), 120 KB"
fn size(entry: &FileEntry) -> String {
    let kilobytes = entry.bytes.div_ceil(1024);
    match &entry.kind {
        FileKind::Packet(packet) => format!("{}, {kilobytes} KB", extent(packet.pages, packet.format)),
        FileKind::Zip { .. } | FileKind::PageImage { .. } | FileKind::Page => format!("{kilobytes} KB"),
    }
}

fn bar_of_lessons(lessons: usize) -> ProgressBar {
    bar(lessons, ProgressStyle::with_template("{bar:30} {pos}/{len} lessons checked").expect("the template is valid"))
}

/// Packets done, packets per second, and the time left.
fn bar_of_packets(packets: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} packets{pace}").expect("the template is valid");
    let pace = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        if state.pos() > 0 {
            // Writing to a string cannot fail.
            let _ = write!(out, ", {:.1} per second, {} left", state.per_sec(), HumanDuration(state.eta()));
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
