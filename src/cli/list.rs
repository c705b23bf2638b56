//! `packetpress list`: the lessons, and the packets that `build` makes of them.

use std::io::Write;

use anyhow::Result;

use super::build::default_packets;
use super::workplace::{Workplace, print, select};
use super::{Common, Outcome};
use crate::diagnostics::report::harmless;
use crate::library::{Library, Workspace};
use crate::packet::Identity;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    common: Common,
}

pub fn run(args: &Args) -> Result<Outcome> {
    let workplace = Workplace::find(&args.common)?;
    let fonts = workplace.fonts()?;
    let mut workspace = Workspace::new(&fonts);
    let Some(library) = Library::index(&workplace.lessons, &mut workspace)? else {
        print(&workspace.diagnostics, &workspace.sources)?;
        return Ok(Outcome::Mistakes);
    };
    let lessons = select(&library, &args.common.selection)?;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", harmless(&library.series.name))?;
    for issue in &library.issues {
        let mut of_issue = lessons.iter().filter(|(entry, _)| entry.id == issue.id).peekable();
        if of_issue.peek().is_none() {
            continue;
        }
        let (number, date, theme) = (&issue.issue.number, &issue.issue.date, issue.issue.theme.plain());
        writeln!(out, "\n{}", harmless(&format!("{}  {number}, {date}: {theme}", issue.id)))?;
        for (_, entry) in of_issue {
            let before = workspace.diagnostics.errors();
            library.check(issue, entry, &mut workspace)?;
            if workspace.diagnostics.errors() > before {
                writeln!(out, "  {}  has mistakes: run `packetpress check {}/{}`", entry.id, issue.id, entry.id)?;
                continue;
            }
            let lesson = library.load(entry, &mut workspace)?.lesson;
            writeln!(out, "  {}  {}", entry.id, harmless(&lesson.title.plain()))?;
            for (edition, paper) in default_packets(&library.series) {
                let language = Identity::language_of(&lesson, &library.series);
                let identity = Identity { issue: issue.id.clone(), lesson: entry.id.clone(), edition, language, paper };
                writeln!(out, "    {}", identity.path(&library.series))?;
            }
        }
    }
    drop(out);
    if workspace.diagnostics.errors() > 0 {
        writeln!(anstream::stderr(), "\nthere are mistakes: run `packetpress check`")?;
        return Ok(Outcome::Mistakes);
    }
    Ok(Outcome::Done)
}
