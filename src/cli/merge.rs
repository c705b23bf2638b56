//! `packetpress merge`: makes one output folder of what partitions built.

use std::io::Write;

use anyhow::Result;
use camino::Utf8PathBuf;

use super::build::{ProgressReport, close, order};
use super::project_paths::{ProjectPaths, print};
use super::watching::stop_on_interrupt;
use super::{BrandingArgs, Outcome, SelectionArgs};
use crate::make::{Listeners, Partitions};
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folders that `packetpress build --partition` made, all of them
    #[arg(value_name = "DIR", required = true)]
    partitions: Vec<Utf8PathBuf>,
    /// Output folder; files of an earlier build that are up to date stay [default: `output` next to the lessons folder]
    #[arg(long, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    /// Lessons folder [default: the nearest one with `series.yaml`, here or above]
    #[arg(long, value_name = "DIR")]
    lessons: Option<Utf8PathBuf>,
    #[command(flatten)]
    branding: BrandingArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let stop = stop_on_interrupt()?;
    let selection = SelectionArgs { wanted: Vec::new(), lessons: args.lessons.clone(), branding: args.branding.clone() };
    let paths = ProjectPaths::find(&selection)?;
    let (fonts, templates) = (paths.fonts()?, paths.templates()?);
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let partitions = Partitions::read(&args.partitions)?;
    let Some(library) = paths.index(&mut session)? else {
        print(&session.diagnostics, &session.sources)?;
        writeln!(anstream::stderr(), "Nothing was merged. Fix the errors above and try again.")?;
        return Ok(Outcome::Mistakes);
    };
    let folder = args.output.clone().unwrap_or_else(|| paths.beside("output"));
    let spawn = || super::worker::command(&paths);
    let order = order(&library, partitions.request().clone(), folder, (&fonts, &templates), &spawn)?;
    let mut report = ProgressReport::new(&order.folder);
    let summary = order.merge(&partitions, &mut session, Listeners { tell: &mut |event| report.take(event), stop: &stop });
    report.end();
    print(&session.diagnostics, &session.sources)?;
    report.print_notes()?;
    let summary = summary?;
    report.check()?;
    close(&summary, &session.diagnostics, &order)
}
