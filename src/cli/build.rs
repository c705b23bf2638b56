//! `packetpress build`: checks what was asked for, then composes, typesets and writes its packets.

use std::io::{IsTerminal, Write};

use anyhow::{Context, Result};
use camino::Utf8PathBuf;
use indicatif::{ProgressBar, ProgressStyle};

use super::packets::{Choice, Missing, PacketArgs, extent};
use super::workplace::{Workplace, print, select};
use super::{Common, Outcome};
use crate::diagnostics::report::harmless;
use crate::diagnostics::{Code, Diagnostic};
use crate::library::{IssueEntry, LessonEntry, Library, LoadedLesson, Workspace};
use crate::output;
use crate::press::{Press, Pressed};
use crate::source::Place;
use crate::typeset::{Fault, Typesetter};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    common: Common,
    /// The folder for the packets; without it `output` beside the lessons
    #[arg(long, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    #[command(flatten)]
    packets: PacketArgs,
    /// Count warnings as mistakes: nothing that has one is written
    #[arg(long)]
    strict: bool,
}

pub fn run(args: &Args) -> Result<Outcome> {
    let workplace = Workplace::find(&args.common)?;
    let fonts = workplace.fonts()?;
    let mut workspace = Workspace::new(&fonts);
    let library = Library::index(&workplace.lessons, &mut workspace)?;
    let lessons = library.as_ref().map_or(Ok(Vec::new()), |library| select(library, &args.common.selection))?;
    if let Some(library) = &library {
        for (issue, lesson) in &lessons {
            library.check(issue, lesson, &mut workspace)?;
        }
    }
    let packets = library.as_ref().map_or(Ok(Vec::new()), |library| args.packets.choices(&library.series))?;
    let stops = workspace.diagnostics.errors() > 0 || (args.strict && workspace.diagnostics.warnings() > 0);
    let (Some(library), false) = (&library, stops) else {
        print(&workspace.diagnostics, &workspace.sources)?;
        writeln!(anstream::stderr(), "nothing was built: mend this first")?;
        return Ok(Outcome::Mistakes);
    };

    let job =
        Job { library, packets, output: args.output.clone().unwrap_or_else(|| workplace.beside("output")), strict: args.strict };
    let typesetter = Typesetter::new(&fonts);
    let progress = progress_bar(lessons.len() * job.packets.len());
    let mut count = 0;
    let mut missing = Vec::new();
    for (issue, lesson) in &lessons {
        let built = job.lesson(issue, lesson, &typesetter, &mut workspace, &progress)?;
        count += built.count;
        missing.extend(built.missing.lines().map(|line| format!("{}/{}: {line}", issue.id, lesson.id)));
    }
    progress.finish_and_clear();
    print(&workspace.diagnostics, &workspace.sources)?;
    for line in &missing {
        writeln!(anstream::stderr(), "{}", harmless(line))?;
    }
    if count == 0 && !missing.is_empty() {
        writeln!(anstream::stderr(), "nothing was built")?;
        return Ok(Outcome::Mistakes);
    }
    let refused = args.strict && workspace.diagnostics.warnings() > 0;
    Ok(if refused { Outcome::Mistakes } else { Outcome::Done })
}

/// One run of `build`.
struct Job<'a> {
    library: &'a Library,
    packets: Vec<Choice>,
    output: Utf8PathBuf,
    strict: bool,
}

/// What became of the packets of a lesson.
#[derive(Default)]
struct Built {
    /// How many were made.
    count: usize,
    /// Which the lesson does not have.
    missing: Missing,
}

impl Job<'_> {
    /// Builds all packets of one lesson.
    fn lesson(
        &self,
        issue: &IssueEntry,
        entry: &LessonEntry,
        typesetter: &Typesetter<'_>,
        workspace: &mut Workspace<'_>,
        progress: &ProgressBar,
    ) -> Result<Built> {
        let mut press = Press::new(self.library, issue, entry, typesetter, workspace)?;
        let mut built = Built::default();
        for choice in &self.packets {
            if let Some(reason) = press.obstacle(choice.edition, choice.part, workspace)? {
                built.missing.push(*choice, reason);
                progress.inc(1);
                continue;
            }
            let identity = press.identity(choice.edition, choice.part, choice.paper);
            let pressed = press.press(&identity, workspace)?;
            let fits = report_what_does_not_fit(&pressed, press.loaded(), workspace);
            let path = self.output.join(identity.path(&self.library.series));
            if fits || !self.strict {
                let pdf = pressed.laid_out.pdf().with_context(|| format!("cannot write {identity}"))?;
                output::write(&path, &pdf)?;
                let kilobytes = pdf.len().div_ceil(1024);
                say(progress, &format!("{path}  {}, {kilobytes} KB", extent(pressed.laid_out.layout.pages)))?;
            }
            built.count += 1;
            progress.inc(1);
        }
        Ok(built)
    }
}

/// Reports what the finished layout has found; returns whether all fits.
fn report_what_does_not_fit(pressed: &Pressed<'_>, loaded: &LoadedLesson, workspace: &mut Workspace<'_>) -> bool {
    let packet = &pressed.packet;
    for warning in &pressed.laid_out.warnings {
        let place = packet.marks.get(&warning.mark).copied().unwrap_or(Place::beginning(loaded.file));
        let paper = packet.paper.name();
        let (code, help) = match warning.fault {
            Fault::Space => (Code::SpaceDoesNotFit, "ask for less room, or for `fill`, which takes what is there"),
            Fault::Card => (Code::SpaceDoesNotFit, "shorten its text, or lower `per_page`"),
            Fault::Table => {
                (Code::TooWide, "write it as a `table` with `width: page` or `width: landscape`, or give it fewer columns")
            }
            Fault::Equation => (Code::TooWide, "cut it into two, or break its lines with `\\begin{aligned}`"),
            Fault::Plan => (Code::PlanTooLong, "shorten its texts, or the list of materials in the lesson: it has one page"),
        };
        workspace.diagnostics.push(Diagnostic::new(code, place, format!("{} (on {paper})", warning.message)).help(help));
    }
    pressed.laid_out.warnings.is_empty()
}

fn progress_bar(packets: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} packets").expect("the template is sound");
    ProgressBar::new(packets as u64).with_style(style)
}

/// Prints a line above the progress bar, or to standard output where there is none.
fn say(progress: &ProgressBar, line: &str) -> Result<()> {
    progress.suspend(|| writeln!(anstream::stdout(), "{}", harmless(line)))?;
    Ok(())
}
