//! `packetpress plan`: what a build would make, divided among machines.

use std::io::Write;

use anyhow::Result;
use camino::Utf8PathBuf;
use clap::ValueEnum;
use serde_json::json;

use super::build::order;
use super::named_files::write;
use super::packets::PacketArgs;
use super::project_paths::{ProjectPaths, print};
use super::watching::stop_on_interrupt;
use super::{Outcome, SelectionArgs};
use crate::diagnostics::report::sanitize;
use crate::make::{Costs, Division, Listeners, MOST_PARTITIONS, PlannedPartition, Progress};
use crate::output::manifest_at;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    selection: SelectionArgs,
    /// Output folder to compare with [default: `output` next to the lessons folder]
    #[arg(long, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    /// Compare with this manifest instead, such as the one that was published last
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    since: Option<Utf8PathBuf>,
    #[command(flatten)]
    packets: PacketArgs,
    /// Leave out teacher packets (except sub plans) and issues without a license
    #[arg(long)]
    public: bool,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Plan lessons without errors even if others have errors
    #[arg(long)]
    keep_going: bool,
    /// The most machines
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = most())]
    partitions: usize,
    /// How long packets took before, as `build` and `merge` record it in `output/.packetpress/costs.json`
    #[arg(long, value_name = "FILE")]
    costs: Option<Utf8PathBuf>,
    /// How to print the plan
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t = PlanReport::Text)]
    report: PlanReport,
    /// Also save the plan in a file, for `packetpress build --plan`
    #[arg(long, value_name = "FILE")]
    save: Option<Utf8PathBuf>,
}

/// How a plan is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PlanReport {
    /// For people
    Text,
    /// The whole plan as JSON
    Json,
    /// Lines for `$GITHUB_OUTPUT`: `partitions` with their number, and `matrix` for a job's strategy
    Github,
}

fn most() -> impl clap::builder::TypedValueParser<Value = usize> {
    use clap::builder::TypedValueParser as _;
    clap::value_parser!(u64).range(1..=MOST_PARTITIONS as u64).map(|number| usize::try_from(number).unwrap_or(MOST_PARTITIONS))
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let stop = stop_on_interrupt()?;
    let paths = ProjectPaths::find(&args.selection)?;
    let (fonts, templates) = (paths.fonts()?, paths.templates()?);
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let Some(library) = paths.index(&mut session)? else {
        print(&session.diagnostics, &session.sources)?;
        writeln!(anstream::stderr(), "Nothing was planned. Fix the errors above and try again.")?;
        return Ok(Outcome::Mistakes);
    };
    let request = args.packets.request(&args.selection, &library.series, (args.public, args.strict, args.keep_going))?;
    let spawn = || super::worker::command(&paths);
    let folder = args.output.clone().unwrap_or_else(|| paths.beside("output"));
    let mut order = order(&library, request, folder, (&fonts, &templates), &spawn)?;
    order.since = args.since.as_deref().map(manifest_at).transpose()?;
    let costs = args.costs.as_deref().map_or_else(|| Ok(Costs::default()), Costs::read)?;
    let mut notes = Vec::new();
    let tell = &mut |event| {
        if let Progress::Note(note) = event {
            notes.push(note);
        }
    };
    let division = order.divide(args.partitions, &costs, &mut session, Listeners { tell, stop: &stop })?;
    print(&session.diagnostics, &session.sources)?;
    for note in notes {
        writeln!(anstream::stderr(), "{}", sanitize(&note))?;
    }
    let (errors, warnings) = (session.diagnostics.errors(), session.diagnostics.warnings());
    if (errors > 0 && !args.keep_going) || (args.strict && warnings > 0) {
        writeln!(anstream::stderr(), "Nothing was planned. Fix the problems above and try again.")?;
        return Ok(Outcome::Mistakes);
    }
    if let Some(path) = &args.save {
        write(path, &division.to_json())?;
    }
    let mut stdout = anstream::stdout().lock();
    match args.report {
        PlanReport::Text => {
            for line in text(&division) {
                writeln!(stdout, "{}", sanitize(&line))?;
            }
        }
        PlanReport::Json => write!(stdout, "{}", division.to_json())?,
        PlanReport::Github => write!(stdout, "{}", github(&division))?,
    }
    Ok(if errors > 0 { Outcome::Mistakes } else { Outcome::Done })
}

fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn packets(planned: &PlannedPartition) -> usize {
    planned.subjects.iter().map(|subject| subject.packets.len()).sum()
}

/// A plan for people.
fn text(division: &Division) -> Vec<String> {
    let mut lines = Vec::new();
    for planned in &division.partitions {
        lines.push(format!("partition {}: {}", planned.partition, count(packets(planned), "packet")));
        for packet in planned.subjects.iter().flat_map(|subject| &subject.packets) {
            lines.push(format!("  would build {}: {}", packet.path, packet.reason));
        }
    }
    let archives = division.archives.iter().filter_map(|archive| Some((&archive.path, archive.reason.as_ref()?)));
    let merged: Vec<String> = archives
        .map(|(path, reason)| format!("  would build {path}: {reason}"))
        .chain(division.removals.iter().map(|removal| format!("  would remove {}: {}", removal.path, removal.reason)))
        .collect();
    if !merged.is_empty() {
        lines.push("merge:".to_owned());
        lines.extend(merged);
    }
    if lines.is_empty() {
        lines.push("Everything is up to date.".to_owned());
    }
    lines
}

/// A plan for GitHub Actions. An empty matrix is an error there, so the number of partitions says whether to run the job.
fn github(division: &Division) -> String {
    let include: Vec<_> = division
        .partitions
        .iter()
        .map(|planned| {
            json!({
                "partition": planned.partition.to_string(),
                "number": planned.partition.number,
                "packets": packets(planned),
            })
        })
        .collect();
    format!("partitions={}\nmatrix={}\n", division.partitions.len(), json!({ "include": include }))
}
