//! `packetpress list`: the lessons, and the packets that `build` makes of them.

use std::io::Write;

use anyhow::Result;

use super::packets::{Missing, PacketArgs, extent};
use super::workplace::{Workplace, print, select};
use super::{Common, Outcome};
use crate::diagnostics::report::harmless;
use crate::library::{Library, Workspace};
use crate::press::Press;
use crate::typeset::Typesetter;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    packets: PacketArgs,
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
    let packets = args.packets.choices(&library.series)?;
    let typesetter = Typesetter::new(&fonts);
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
            let mut press = Press::new(&library, issue, entry, &typesetter, &mut workspace)?;
            writeln!(out, "  {}  {}", entry.id, harmless(&press.loaded().lesson.title.plain()))?;
            let mut missing = Missing::default();
            for choice in &packets {
                if let Some(reason) = press.obstacle(choice.edition, choice.part, &mut workspace)? {
                    missing.push(*choice, reason);
                    continue;
                }
                let identity = press.identity(choice.edition, choice.part, choice.paper);
                let pages = press.press(&identity, &mut workspace)?.laid_out.layout.pages;
                writeln!(out, "    {}  {}", identity.path(&library.series), extent(pages))?;
            }
            for line in missing.lines() {
                writeln!(out, "    {}", harmless(&line))?;
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
