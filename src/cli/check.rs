//! `packetpress check`: every mistake of every file, and nothing written.

use std::io::Write;

use anyhow::Result;

use super::workplace::{Workplace, current_folder, print, select};
use super::{Common, Outcome};
use crate::diagnostics::annotations;
use crate::library::Workspace;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    common: Common,
    /// Count warnings as mistakes
    #[arg(long)]
    strict: bool,
    /// What to print to standard output, for a CI service that shows mistakes beside the change
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    report: Report,
}

/// What is printed to standard output. The report for people goes to standard error in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Report {
    /// A sentence, if no mistake was found
    #[default]
    Text,
    /// Workflow commands, which GitHub Actions turns into annotations
    Github,
    /// A Code Quality report for GitLab, in JSON
    Gitlab,
}

pub fn run(args: &Args) -> Result<Outcome> {
    let workplace = Workplace::find(&args.common)?;
    let fonts = workplace.fonts()?;
    // Only to find their mistakes.
    workplace.templates()?;
    let mut workspace = Workspace::new(&fonts);
    let mut count = 0;
    if let Some(library) = workplace.index(&mut workspace)? {
        for (issue, lesson) in select(&library, &args.common.selection)? {
            library.check(issue, lesson, &mut workspace)?;
            count += 1;
        }
    }
    print(&workspace.diagnostics, &workspace.sources)?;
    let (found, sources) = (&workspace.diagnostics, &workspace.sources);
    let annotations = match args.report {
        Report::Text => String::new(),
        Report::Github => annotations::github(found, sources, &current_folder()?),
        Report::Gitlab => annotations::gitlab(found, sources, &current_folder()?),
    };
    write!(anstream::stdout(), "{annotations}")?;
    if workspace.diagnostics.errors() > 0 || (args.strict && workspace.diagnostics.warnings() > 0) {
        return Ok(Outcome::Mistakes);
    }
    let lessons = if count == 1 { "1 lesson".to_owned() } else { format!("{count} lessons") };
    let verdict = format!("{lessons} checked, no mistakes found");
    match args.report {
        Report::Text => writeln!(anstream::stdout(), "{verdict}")?,
        Report::Github | Report::Gitlab => writeln!(anstream::stderr(), "{verdict}")?,
    }
    Ok(Outcome::Done)
}
