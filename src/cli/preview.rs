//! `packetpress preview`: shows and edits a lesson in a browser.

use std::io::Write;

use anyhow::{Context, Result};
use camino::Utf8Path;

use super::project_paths::{ProjectPaths, print};
use super::selection::select;
use super::{Outcome, SelectionArgs};
use crate::library::{IssueEntry, LessonEntry};
use crate::preview::{Project, serve};
use crate::session::Session;

/// The usual port. A browser keeps what it remembers of a page by its port.
const PORT: u16 = 8017;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    selection: SelectionArgs,
    /// Port; 0 picks any free port
    #[arg(long, value_name = "PORT", default_value_t = PORT)]
    port: u16,
    /// Only print the address, without opening a browser
    #[arg(long)]
    no_open: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let paths = ProjectPaths::find(&args.selection)?;
    let (fonts, templates) = (paths.fonts()?, paths.templates()?);
    let first = {
        let coverage = fonts.coverage();
        let mut session = Session::new(&coverage);
        let Some(library) = paths.index(&mut session)? else {
            print(&session.diagnostics, &session.sources)?;
            writeln!(anstream::stderr(), "Fix the errors above and try again.")?;
            return Ok(Outcome::Mistakes);
        };
        let lessons = select(&library, &args.selection.wanted)?;
        let (issue, entry) = latest(&lessons).context("there are no lessons yet; start one with `packetpress new lesson`")?;
        (issue.id.clone(), entry.name())
    };
    let project = Project::new(&paths.lessons, paths.series.as_deref(), fonts, templates)?;
    let ready = |address: &str| {
        writeln!(anstream::stdout(), "Preview: {address} (press Ctrl-C to stop)")?;
        if !args.no_open && open::that_detached(address).is_err() {
            writeln!(anstream::stderr(), "No browser was found. Open the address above in one.")?;
        }
        Ok(())
    };
    serve(project, first, args.port, ready)?;
    Ok(Outcome::Done)
}

/// The lesson whose file changed last; a lesson goes before its translations.
fn latest<'a>(lessons: &[(&'a IssueEntry, &'a LessonEntry)]) -> Option<(&'a IssueEntry, &'a LessonEntry)> {
    let changed = |path: &Utf8Path| path.metadata().and_then(|metadata| metadata.modified()).ok();
    let own = lessons.iter().filter(|(_, lesson)| lesson.translation.is_none()).rev();
    own.max_by_key(|(_, lesson)| changed(&lesson.path)).copied()
}
