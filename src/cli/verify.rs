//! `packetpress verify`: checks that published files are complete, unaltered, and up to date.

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
    /// Folder of published files, with `manifest.json` [default: `output` next to the lessons folder]
    #[arg(value_name = "DIR")]
    folder: Option<Utf8PathBuf>,
    /// Lessons folder [default: the nearest one with `series.yaml`, here or above]
    #[arg(long, value_name = "DIR")]
    lessons: Option<Utf8PathBuf>,
    #[command(flatten)]
    branding: BrandingArgs,
    /// Check the files against the manifest only, not against the lessons
    #[arg(long, conflicts_with = "lessons")]
    no_lessons: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let jobs = std::thread::available_parallelism().map_or(1, NonZero::get);
    let selection = SelectionArgs { wanted: Vec::new(), lessons: args.lessons.clone(), branding: args.branding.clone() };
    let (fonts, templates);
    let mut library = None;
    let mut folder = args.folder.clone();
    if args.no_lessons {
        (fonts, templates) = (Fonts::bundled(), Templates::bundled());
    } else {
        let paths = ProjectPaths::find(&selection)?;
        folder.get_or_insert_with(|| paths.beside("output"));
        (fonts, templates) = (paths.fonts()?, paths.templates()?);
        let coverage = fonts.coverage();
        let mut session = Session::new(&coverage);
        library = paths.index(&mut session)?;
        if library.is_none() || session.diagnostics.errors() > 0 {
            print(&session.diagnostics, &session.sources)?;
            writeln!(
                anstream::stderr(),
                "Nothing was verified. Fix the errors above and try again, or check only the files with `--no-lessons`."
            )?;
            return Ok(Outcome::Mistakes);
        }
    }
    let folder = folder.unwrap_or_else(|| "output".into());
    let verdict = verify(&folder, library.as_ref(), &fonts, &templates, jobs)?;
    let mut stdout = anstream::stdout().lock();
    for (path, fault) in &verdict.findings {
        let path = folder.join(path);
        let line = match fault {
            Finding::Missing => format!("{path}: missing"),
            Finding::Altered => format!("{path}: changed after it was built"),
            Finding::Extra => format!("{path}: unexpected file, not in the manifest"),
            Finding::Old => format!("{path}: out of date; run `packetpress build`"),
            Finding::Orphan => format!("{path}: its lesson or issue was removed"),
            Finding::Unknown => format!("{path}: not compared because its lesson has errors; run `packetpress check`"),
        };
        writeln!(stdout, "{}", sanitize(&line))?;
    }
    for lesson in &verdict.absent {
        writeln!(stdout, "{}", sanitize(&format!("{lesson}: no packet in {}; run `packetpress build`", folder)))?;
    }
    let files = if verdict.files == 1 { "1 file".to_owned() } else { format!("{} files", verdict.files) };
    let count = verdict.findings.len() + verdict.absent.len();
    if count == 0 {
        let state = if args.no_lessons { "complete and unaltered" } else { "complete, unaltered, and up to date" };
        writeln!(stdout, "Everything in {} is {state} ({files}).", folder)?;
        return Ok(Outcome::Done);
    }
    let problems = if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
    writeln!(stdout, "Found {problems} in {} ({files} in the manifest).", folder)?;
    Ok(Outcome::Mistakes)
}
