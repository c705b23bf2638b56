//! `packetpress verify`: whether a folder of published files is what was built, and as new as the lessons.

use std::io::Write;
use std::num::NonZero;

use anyhow::Result;
use camino::Utf8PathBuf;

use super::project_paths::{ProjectPaths, print};
use super::{BrandingArgs, Outcome, SelectionArgs};
use crate::diagnostics::report::sanitize;
use crate::make::{Finding, verify};
use crate::session::Session;
use crate::typeset::{Fonts, Templates};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of published files, in which `manifest.json` lies
    #[arg(value_name = "DIR")]
    folder: Utf8PathBuf,
    /// The folder with the lessons from which they were made
    #[arg(long, value_name = "DIR")]
    lessons: Option<Utf8PathBuf>,
    #[command(flatten)]
    branding: BrandingArgs,
    /// Look only at the files and their manifest, and not at the lessons
    #[arg(long, conflicts_with = "lessons")]
    no_lessons: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let jobs = std::thread::available_parallelism().map_or(1, NonZero::get);
    let selection = SelectionArgs { wanted: Vec::new(), lessons: args.lessons.clone(), branding: args.branding.clone() };
    let (fonts, templates);
    let mut library = None;
    if args.no_lessons {
        (fonts, templates) = (Fonts::bundled(), Templates::bundled());
    } else {
        let paths = ProjectPaths::find(&selection)?;
        (fonts, templates) = (paths.fonts()?, paths.templates()?);
        let coverage = fonts.coverage();
        let mut session = Session::new(&coverage);
        library = paths.index(&mut session)?;
        if library.is_none() || session.diagnostics.errors() > 0 {
            print(&session.diagnostics, &session.sources)?;
            writeln!(anstream::stderr(), "nothing was compared: mend this first, or look at the files alone with --no-lessons")?;
            return Ok(Outcome::Mistakes);
        }
    }
    let verdict = verify(&args.folder, library.as_ref(), &fonts, &templates, jobs)?;
    let mut stdout = anstream::stdout().lock();
    for (path, fault) in &verdict.findings {
        let path = args.folder.join(path);
        let line = match fault {
            Finding::Missing => format!("{path} is missing"),
            Finding::Altered => format!("{path} is not what was built"),
            Finding::Extra => format!("{path} was not built: nothing in the manifest tells of it"),
            Finding::Old => format!("{path} is older than its sources: build again"),
            Finding::Orphan => format!("{path} is of a lesson that is gone"),
            Finding::Unknown => {
                format!("{path} is of a lesson that has mistakes, so nobody can tell whether it is old: run `packetpress check`")
            }
        };
        writeln!(stdout, "{}", sanitize(&line))?;
    }
    for lesson in &verdict.absent {
        writeln!(stdout, "{}", sanitize(&format!("the lesson {lesson} has no packet in {}: build again", args.folder)))?;
    }
    let files = if verdict.files == 1 { "1 file".to_owned() } else { format!("{} files", verdict.files) };
    let count = verdict.findings.len() + verdict.absent.len();
    if count == 0 {
        let as_new = if args.no_lessons { "" } else { ", and as new as the lessons" };
        writeln!(stdout, "{files} in {}: all as built{as_new}", args.folder)?;
        return Ok(Outcome::Done);
    }
    let faults = if count == 1 { "1 fault".to_owned() } else { format!("{count} faults") };
    writeln!(stdout, "{faults} in {}, whose manifest has {files}", args.folder)?;
    Ok(Outcome::Mistakes)
}
