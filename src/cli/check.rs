//! `packetpress check`: every mistake of every file, and nothing written.

use std::io::Write;

use anyhow::Result;

use super::workplace::{Workplace, print, select};
use super::{Common, Outcome};
use crate::library::{Library, Workspace};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    common: Common,
    /// Count warnings as mistakes
    #[arg(long)]
    strict: bool,
}

pub fn run(args: &Args) -> Result<Outcome> {
    let workplace = Workplace::find(&args.common)?;
    let fonts = workplace.fonts()?;
    let mut workspace = Workspace::new(&fonts);
    let mut count = 0;
    if let Some(library) = Library::index(&workplace.lessons, &mut workspace)? {
        for (issue, lesson) in select(&library, &args.common.selection)? {
            library.check(issue, lesson, &mut workspace)?;
            count += 1;
        }
    }
    print(&workspace.diagnostics, &workspace.sources)?;
    if workspace.diagnostics.errors() > 0 || (args.strict && workspace.diagnostics.warnings() > 0) {
        return Ok(Outcome::Mistakes);
    }
    let lessons = if count == 1 { "1 lesson".to_owned() } else { format!("{count} lessons") };
    writeln!(anstream::stdout(), "{lessons} checked, no mistakes found")?;
    Ok(Outcome::Done)
}
