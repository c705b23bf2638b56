//! `packetpress check`: reports every error in every file and writes nothing.

use std::io::Write;

use anyhow::Result;

use super::project_paths::{ProjectPaths, current_folder, print};
use super::selection::select;
use super::watching::{stop_on_interrupt, watch};
use super::{Outcome, SelectionArgs};
use crate::diagnostics::annotations;
use crate::session::Session;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    selection: SelectionArgs,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Report format on standard output, for CI services that show errors inline
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    report: ReportFormat,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with = "report")]
    watch: bool,
}

/// The report on standard output. The readable report always goes to standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum ReportFormat {
    /// Only a closing line if there are no errors
    #[default]
    Text,
    /// GitHub Actions annotations
    Github,
    /// GitLab Code Quality report (JSON)
    Gitlab,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    if !args.watch {
        return check(args);
    }
    let stop = stop_on_interrupt()?;
    let paths = ProjectPaths::find(&args.selection)?;
    watch(&paths, &stop, || check(args).map(drop))
}

fn check(args: &Args) -> Result<Outcome> {
    let paths = ProjectPaths::find(&args.selection)?;
    let fonts = paths.fonts()?;
    // Only to report their errors.
    paths.templates()?;
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let mut count = 0;
    if let Some(library) = paths.index(&mut session)? {
        for (issue, lesson) in select(&library, &args.selection.wanted)? {
            library.check(issue, lesson, &mut session)?;
            count += 1;
        }
    }
    print(&session.diagnostics, &session.sources)?;
    let (found, sources) = (&session.diagnostics, &session.sources);
    let annotations = match args.report {
        ReportFormat::Text => String::new(),
        ReportFormat::Github => annotations::github(found, sources, &current_folder()?),
        ReportFormat::Gitlab => annotations::gitlab(found, sources, &current_folder()?),
    };
    write!(anstream::stdout(), "{annotations}")?;
    if session.diagnostics.errors() > 0 || (args.strict && session.diagnostics.warnings() > 0) {
        return Ok(Outcome::Mistakes);
    }
    let lessons = if count == 1 { "1 lesson".to_owned() } else { format!("{count} lessons") };
    let verdict = format!("No errors found ({lessons} checked).");
    match args.report {
        ReportFormat::Text => writeln!(anstream::stdout(), "{verdict}")?,
        ReportFormat::Github | ReportFormat::Gitlab => writeln!(anstream::stderr(), "{verdict}")?,
    }
    Ok(Outcome::Done)
}
