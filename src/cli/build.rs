//! `packetpress build`: checks what was asked for, then composes, typesets and writes its packets.

use std::io::{IsTerminal, Write};

use anyhow::{Context, Result};
use camino::Utf8PathBuf;
use indicatif::{ProgressBar, ProgressStyle};

use super::workplace::{Workplace, print, select};
use super::{Common, Outcome};
use crate::diagnostics::report::harmless;
use crate::diagnostics::{Code, Diagnostic};
use crate::lesson::series::{Edition, Paper, Series};
use crate::library::{IssueEntry, LessonEntry, Library, LoadedLesson, Workspace};
use crate::output;
use crate::packet::{self, Citations, Identity, Packet, Subject};
use crate::source::Place;
use crate::typeset::{Fault, Typeset, Typesetter};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    common: Common,
    /// The folder for the packets; without it `output` beside the lessons
    #[arg(long, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    /// For whom; without it what the series asks for
    #[arg(long, value_name = "EDITION", value_enum, value_delimiter = ',')]
    edition: Vec<Edition>,
    /// On which paper; without it what the series asks for
    #[arg(long, value_name = "PAPER", value_enum, value_delimiter = ',')]
    paper: Vec<Paper>,
    /// Count warnings as mistakes: nothing that has one is written
    #[arg(long)]
    strict: bool,
}

/// The packets that a series asks for when nothing else is said.
pub fn default_packets(series: &Series) -> Vec<(Edition, Paper)> {
    let mut packets: Vec<_> =
        series.packets.iter().map(|choice| (choice.edition, choice.paper.unwrap_or(series.paper))).collect();
    if packets.is_empty() {
        packets.push((Edition::Student, series.paper));
    }
    packets.dedup();
    packets
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
    let stops = workspace.diagnostics.errors() > 0 || (args.strict && workspace.diagnostics.warnings() > 0);
    let (Some(library), false) = (&library, stops) else {
        print(&workspace.diagnostics, &workspace.sources)?;
        writeln!(anstream::stderr(), "nothing was built: mend this first")?;
        return Ok(Outcome::Mistakes);
    };

    let job = Job {
        library,
        packets: chosen_packets(args, &library.series),
        output: args.output.clone().unwrap_or_else(|| workplace.beside("output")),
        strict: args.strict,
    };
    let typesetter = Typesetter::new(&fonts);
    let progress = progress_bar(lessons.len() * job.packets.len());
    for (issue, lesson) in &lessons {
        job.lesson(issue, lesson, &typesetter, &mut workspace, &progress)?;
    }
    progress.finish_and_clear();
    print(&workspace.diagnostics, &workspace.sources)?;
    let refused = args.strict && workspace.diagnostics.warnings() > 0;
    Ok(if refused { Outcome::Mistakes } else { Outcome::Done })
}

/// The packets that the command line asks for; what it leaves open comes from the series.
fn chosen_packets(args: &Args, series: &Series) -> Vec<(Edition, Paper)> {
    let default = default_packets(series);
    if args.edition.is_empty() && args.paper.is_empty() {
        return default;
    }
    let mut editions = args.edition.clone();
    if editions.is_empty() {
        editions = default.iter().map(|(edition, _)| *edition).collect();
    }
    let papers = if args.paper.is_empty() { vec![series.paper] } else { args.paper.clone() };
    let mut packets: Vec<_> = editions.iter().flat_map(|edition| papers.iter().map(|paper| (*edition, *paper))).collect();
    packets.sort();
    packets.dedup();
    packets
}

/// One run of `build`.
struct Job<'a> {
    library: &'a Library,
    packets: Vec<(Edition, Paper)>,
    output: Utf8PathBuf,
    strict: bool,
}

impl Job<'_> {
    /// Builds all packets of one lesson, back to back: they share work.
    fn lesson(
        &self,
        issue: &IssueEntry,
        entry: &LessonEntry,
        typesetter: &Typesetter<'_>,
        workspace: &mut Workspace<'_>,
        progress: &ProgressBar,
    ) -> Result<()> {
        let series = &self.library.series;
        let loaded = self.library.load(entry, workspace)?;
        let language = Identity::language_of(&loaded.lesson, series);
        let citations = Citations::new(&loaded.lesson, &language);
        let subject =
            Subject { series, issue: &issue.issue, folder: &issue.folder, lesson: &loaded.lesson, citations: &citations };
        for (edition, paper) in &self.packets {
            let identity = Identity {
                issue: issue.id.clone(),
                lesson: entry.id.clone(),
                edition: *edition,
                language: language.clone(),
                paper: *paper,
            };
            let packet = packet::compose(&subject, &identity)
                .map_err(|problem| anyhow::anyhow!("a picture of {} cannot be read any more: {problem}", entry.path))?;
            let typeset = typesetter.typeset(&packet).with_context(|| format!("cannot typeset {identity}"))?;
            let fits = report_what_does_not_fit(&packet, &typeset, &loaded, workspace);
            let path = self.output.join(identity.path(series));
            if fits || !self.strict {
                output::write(&path, &typeset.pdf)?;
                say(progress, &format!("{path}  {}", size(&typeset)))?;
            }
            progress.inc(1);
        }
        typesetter.forget();
        Ok(())
    }
}

/// Reports what the finished layout has found; returns whether all fits.
fn report_what_does_not_fit(packet: &Packet, typeset: &Typeset, loaded: &LoadedLesson, workspace: &mut Workspace<'_>) -> bool {
    for warning in &typeset.warnings {
        let place = packet.marks.get(&warning.mark).copied().unwrap_or(Place::beginning(loaded.file));
        let paper = packet.paper.name();
        let (code, help) = match warning.fault {
            Fault::Space => (Code::SpaceDoesNotFit, "ask for less room, or for `fill`, which takes what is there"),
            Fault::Card => (Code::SpaceDoesNotFit, "shorten its text, or lower `per_page`"),
            Fault::Table => {
                (Code::TooWide, "write it as a `table` with `width: page` or `width: landscape`, or give it fewer columns")
            }
            Fault::Equation => (Code::TooWide, "cut it into two, or break its lines with `\\begin{aligned}`"),
        };
        workspace.diagnostics.push(Diagnostic::new(code, place, format!("{} (on {paper})", warning.message)).help(help));
    }
    typeset.warnings.is_empty()
}

/// "8 pages, 4 sheets, 120 KB"
fn size(typeset: &Typeset) -> String {
    let pages = typeset.pages;
    let sheets = pages.div_ceil(2);
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let kilobytes = typeset.pdf.len().div_ceil(1024);
    format!("{pages} page{}, {sheets} sheet{} printed on both sides, {kilobytes} KB", plural(pages), plural(sheets))
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
