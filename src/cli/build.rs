//! `packetpress build`: checks the requested lessons, then builds whatever is out of date.

use std::io::{IsTerminal, Write};
use std::num::NonZero;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};
use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};

use super::named_files::{read, variable, write};
use super::packets::{PacketArgs, extent};
use super::partitions::PartitionArg;
use super::project_paths::{ProjectPaths, print};
use super::selection::select;
use super::watching::{stop_on_interrupt, watch};
use super::{Outcome, SelectionArgs, worker};
use crate::diagnostics::Diagnostics;
use crate::diagnostics::report::sanitize;
use crate::library::Library;
use crate::make::{Costs, Division, Listeners, Order, PATIENCE, Progress, Request, Spawn, Store, StoreOptions, Summary};
use crate::manifest::{FileEntry, FileKind};
use crate::session::Session;
use crate::typeset::{Fonts, Templates};

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
    #[command(flatten)]
    partition: PartitionArgs,
    #[command(flatten)]
    store: StoreArgs,
}

/// Options for a build on several machines.
#[derive(Debug, clap::Args)]
struct PartitionArgs {
    /// Build only one of N partitions, for `packetpress merge`: `2/5`, or `auto` in a parallel job (`auto/5` if it doesn't say how many)
    #[arg(long, value_name = "I/N", conflicts_with_all = ["watch", "dry_run"])]
    partition: Option<PartitionArg>,
    /// A plan that `packetpress plan --save` wrote; it says which packets to build
    #[arg(long, value_name = "FILE", requires = "partition", conflicts_with_all = ["costs", "wanted", "public", "strict", "keep_going"])]
    plan: Option<Utf8PathBuf>,
    /// How long packets took before, as `build` and `merge` record it in `output/.packetpress/costs.json`
    #[arg(long, value_name = "FILE", requires = "partition")]
    costs: Option<Utf8PathBuf>,
}

/// Options for a store of finished packets.
#[derive(Debug, clap::Args)]
struct StoreArgs {
    /// Folder or web address where finished packets are shared with other builds
    #[arg(long, value_name = "DIR|URL")]
    store: Option<String>,
    /// Use the store without adding to it
    #[arg(long, requires = "store")]
    store_read_only: bool,
}

/// The environment variable with the secret of those who may add packets to the store.
const SECRET: &str = "PACKETPRESS_STORE_SECRET";

/// The environment variable with the `Authorization` header for the store.
const AUTHORIZATION: &str = "PACKETPRESS_STORE_AUTHORIZATION";

impl StoreArgs {
    fn open(&self) -> Result<Option<Store>> {
        let options =
            StoreOptions { is_read_only: self.store_read_only, secret: variable(SECRET), authorization: variable(AUTHORIZATION) };
        self.store.as_ref().map(|place| Store::open(place, options)).transpose()
    }
}

/// An order for packets in a folder.
///
/// # Errors
/// If a requested lesson doesn't exist, or if nothing is requested.
pub(super) fn order<'a>(
    library: &'a Library,
    request: Request,
    folder: Utf8PathBuf,
    (fonts, templates): (&'a Fonts, &'a Templates),
    spawn: Spawn<'a>,
) -> Result<Order<'a>> {
    Ok(Order {
        library,
        lessons: select(library, &request.wanted)?,
        request,
        share: None,
        since: None,
        store: None,
        folder,
        fonts,
        templates,
        jobs: std::thread::available_parallelism().map_or(1, NonZero::get),
        force: false,
        spawn,
        patience: PATIENCE,
    })
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let stop = stop_on_interrupt()?;
    if !args.watch {
        return build(args, &stop);
    }
    let paths = ProjectPaths::find(&args.selection)?;
    watch(&paths, &stop, || build(args, &stop).map(drop))
}

/// The plan in a file.
fn division_at(path: &Utf8Path) -> Result<Division> {
    let text = read(path)?;
    Division::parse(&text).with_context(|| path.to_string())
}

/// Tells Bazel that this program divides its work: the file must exist (Bazel, Test encyclopedia, "Test sharding").
fn tell_scheduler() -> Result<()> {
    let Some(path) = variable("TEST_SHARD_STATUS_FILE") else { return Ok(()) };
    write(Utf8Path::new(&path), "")
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
    let division = args.partition.plan.as_deref().map(division_at).transpose()?;
    let request = match &division {
        Some(division) => division.request.clone(),
        None => args.packets.request(&args.selection, &library.series, (args.public, args.strict, args.keep_going))?,
    };
    let spawn = || worker::command(&paths);
    let folder = args.output.clone().unwrap_or_else(|| paths.beside("output"));
    let mut order = order(&library, request, folder, (&fonts, &templates), &spawn)?;
    order.jobs = args.jobs.map_or(order.jobs, NonZero::get);
    order.force = args.force;
    order.store = args.store.open()?;
    if let Some(partition) = args.partition.partition {
        let partition = partition.partition(variable)?;
        let share = match &division {
            Some(division) => order.planned_share(division, partition)?,
            None => {
                let costs = args.partition.costs.as_deref().map_or_else(|| Ok(Costs::default()), Costs::read)?;
                order.share(partition, &costs)
            }
        };
        order.take(share);
        tell_scheduler()?;
    }
    if args.dry_run {
        return dry_run(&order, &mut session, stop);
    }
    let mut report = ProgressReport::new(&order.folder);
    let summary = order.build(&mut session, Listeners { tell: &mut |event| report.take(event), stop });
    report.end();
    print(&session.diagnostics, &session.sources)?;
    report.print_notes()?;
    let summary = summary?;
    report.check()?;
    close(&summary, &session.diagnostics, &order)
}

/// Prints how a build or a merge ended.
pub(super) fn close(summary: &Summary, diagnostics: &Diagnostics, order: &Order<'_>) -> Result<Outcome> {
    let mut stderr = anstream::stderr();
    let warnings = diagnostics.warnings();
    if summary.interrupted {
        writeln!(stderr, "Stopped. The files built so far are complete; run `packetpress build` to continue.")?;
        return Ok(Outcome::Interrupted);
    }
    if summary.stopped_by_mistakes {
        let problems = if order.request.strict && warnings > 0 { "errors and warnings" } else { "errors" };
        writeln!(stderr, "Nothing was built. Fix the {problems} above and try again.")?;
        return Ok(Outcome::Mistakes);
    }
    if let Some(share) = order.share.as_ref().filter(|_| summary.packets == 0 && summary.broken == 0) {
        writeln!(anstream::stdout(), "Partition {} has nothing to build.", share.partition)?;
        return Ok(Outcome::Done);
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
    Ok(if summary.broken > 0 || refused || (order.request.strict && warnings > 0) { Outcome::Mistakes } else { Outcome::Done })
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
pub(super) struct ProgressReport<'a> {
    folder: &'a Utf8Path,
    bar: ProgressBar,
    notes: Vec<String>,
    /// The first error while printing.
    error: Option<anyhow::Error>,
}

impl<'a> ProgressReport<'a> {
    pub(super) fn new(folder: &'a Utf8Path) -> Self {
        Self { folder, bar: ProgressBar::hidden(), notes: Vec::new(), error: None }
    }

    pub(super) fn take(&mut self, event: Progress) {
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

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }

    /// Fails if something couldn't be printed.
    pub(super) fn check(self) -> Result<()> {
        self.error.map_or(Ok(()), Err)
    }

    pub(super) fn print_notes(&self) -> Result<()> {
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
