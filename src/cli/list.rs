//! `packetpress list`: the lessons, and the packets that `build` makes of them.

use std::io::Write;

use anyhow::Result;

use super::packets::{PacketArgs, extent};
use super::project_paths::{ProjectPaths, print, select};
use super::{Outcome, SelectionArgs};
use crate::diagnostics::report::sanitize;
use crate::make::listing::{Line, Listing};
use crate::session::Session;
use crate::typeset::Typesetter;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    packets: PacketArgs,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let paths = ProjectPaths::find(&args.selection)?;
    let (fonts, templates) = (paths.fonts()?, paths.templates()?);
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let Some(library) = paths.index(&mut session)? else {
        print(&session.diagnostics, &session.sources)?;
        return Ok(Outcome::Mistakes);
    };
    let listing = Listing {
        library: &library,
        lessons: select(&library, &args.selection.wanted)?,
        specs: args.packets.specs(&library.series)?,
        languages: args.packets.languages(),
    };
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", sanitize(&library.series.name))?;
    listing.tell(&Typesetter::new(&fonts, &templates), &mut session, &mut |line| {
        writeln!(out, "{}", text(&line)).map_err(Into::into)
    })?;
    drop(out);
    if session.diagnostics.errors() > 0 {
        writeln!(anstream::stderr(), "\nthere are mistakes: run `packetpress check`")?;
        return Ok(Outcome::Mistakes);
    }
    Ok(Outcome::Done)
}

fn text(line: &Line<'_>) -> String {
    match line {
        Line::Issue(entry) => {
            let (number, date, theme) = (&entry.issue.number, &entry.issue.date, entry.issue.theme.plain());
            format!("\n{}", sanitize(&format!("{}  {number}, {date}: {theme}", entry.id)))
        }
        Line::Broken(issue, entry) => {
            let line = format!("{}  has mistakes: run `packetpress check {}/{}`", entry.name(), issue.id, entry.id);
            format!("  {}", sanitize(&line))
        }
        Line::Lesson(name, title) => format!("  {name}  {}", sanitize(title)),
        Line::WholeIssue => "  the whole issue".to_owned(),
        Line::Packet(path, pages, format) => format!("    {path}  {}", extent(*pages, *format)),
        Line::Unavailable(reason) => format!("    {}", sanitize(reason)),
    }
}
