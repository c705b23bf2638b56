//! `packetpress check`: reports every error in every file and writes nothing.

use std::io::Write;

use anyhow::Result;
use camino::Utf8PathBuf;

use super::named_files::variable;
use super::project_paths::{ProjectPaths, current_folder, print};
use super::selection::select;
use super::watching::{stop_on_interrupt, watch};
use super::{Outcome, SelectionArgs};
use crate::diagnostics::annotations::{self, Root};
use crate::diagnostics::report::sanitize;
use crate::links;
use crate::paths::LINKS;
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
    /// Folder that paths in the report begin at, such as the root of the repository [default: the current folder]
    #[arg(long, value_name = "DIR", requires = "report")]
    report_root: Option<Utf8PathBuf>,
    /// Also open the web addresses in the lessons, and report those that are gone or have moved
    #[arg(long, conflicts_with = "watch")]
    links: bool,
    /// With `--links`, open addresses in your own network too; only for lessons you trust
    #[arg(long, requires = "links")]
    private_links: bool,
    /// With `--links`, open all addresses again, even those that were opened a short time ago
    #[arg(long, requires = "links")]
    links_again: bool,
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
    /// JSON, for scripts
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    if !args.watch {
        return check(args);
    }
    let stop = stop_on_interrupt()?;
    let paths = ProjectPaths::find(&args.selection)?;
    watch(&paths, &stop, || check(args).map(drop))
}

/// The environment variable with the address of a service like the Wayback Machine's availability API.
const ARCHIVE: &str = "PACKETPRESS_ARCHIVE";

/// Prints what couldn't be decided about links.
fn print_links(summary: &links::Summary) -> Result<()> {
    let mut stderr = anstream::stderr().lock();
    if summary.is_offline {
        writeln!(stderr, "No web address could be opened. Are you online? Links weren't checked.")?;
        return Ok(());
    }
    for (address, reason) in &summary.unclear {
        writeln!(stderr, "{}", sanitize(&format!("not decided: {address}: {reason}")))?;
    }
    let links = if summary.addresses == 1 { "1 web address".to_owned() } else { format!("{} web addresses", summary.addresses) };
    let remembered = if summary.remembered > 0 { format!(" ({} opened earlier)", summary.remembered) } else { String::new() };
    writeln!(stderr, "Checked {links}{remembered}.")?;
    Ok(())
}

fn check(args: &Args) -> Result<Outcome> {
    let paths = ProjectPaths::find(&args.selection)?;
    let fonts = paths.fonts()?;
    // Only to report their errors.
    paths.templates()?;
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let mut count = 0;
    let mut links = Vec::new();
    if let Some(library) = paths.index(&mut session)? {
        for (issue, lesson) in select(&library, &args.selection.wanted)? {
            let checked = library.check(issue, lesson, &mut session)?;
            links.extend(checked.iter().filter(|_| args.links).flat_map(|checked| links::of(&checked.lesson)));
            count += 1;
        }
    }
    let opened = args.links.then(|| {
        let options = links::Options { private: args.private_links, again: args.links_again, archive: variable(ARCHIVE) };
        links::check(&links, &paths.beside("output").join(LINKS), &options, &mut session.diagnostics)
    });
    print(&session.diagnostics, &session.sources)?;
    if let Some(summary) = &opened {
        print_links(summary)?;
    }
    let (found, sources) = (&session.diagnostics, &session.sources);
    let here = current_folder()?;
    let root = args.report_root.as_ref().map_or_else(|| Root::here(here.clone()), |root| Root::at(here.clone(), root));
    let annotations = match args.report {
        ReportFormat::Text => String::new(),
        ReportFormat::Github => annotations::github(found, sources, &root),
        ReportFormat::Gitlab => annotations::gitlab(found, sources, &root),
        ReportFormat::Json => annotations::json(found, sources, &root),
        ReportFormat::Sarif => annotations::sarif(found, sources, &root),
    };
    write!(anstream::stdout(), "{annotations}")?;
    if session.diagnostics.errors() > 0 || (args.strict && session.diagnostics.warnings() > 0) {
        return Ok(Outcome::Mistakes);
    }
    let lessons = if count == 1 { "1 lesson".to_owned() } else { format!("{count} lessons") };
    let verdict = format!("No errors found ({lessons} checked).");
    match args.report {
        ReportFormat::Text => writeln!(anstream::stdout(), "{verdict}")?,
        _ => writeln!(anstream::stderr(), "{verdict}")?,
    }
    Ok(Outcome::Done)
}
