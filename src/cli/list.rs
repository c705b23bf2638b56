//! `packetpress list`: lists the lessons and their packets.

use std::io::Write;

use anyhow::Result;

use super::packets::{PacketArgs, extent};
use super::project_paths::{ProjectPaths, print};
use super::selection::select;
use super::{Outcome, SelectionArgs};
use crate::diagnostics::in_words;
use crate::diagnostics::report::sanitize;
use crate::lesson::issue::title_of_id;
use crate::lesson::prose::Inlines;
use crate::make::listing::{Line, Listing};
use crate::packet::print::{Paper, Way};
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
    let mut is_empty = true;
    listing.tell(&Typesetter::new(&fonts, &templates), &mut session, &mut |line| {
        is_empty &= matches!(line, Line::Issue(_));
        writeln!(out, "{}", text(&line)).map_err(Into::into)
    })?;
    drop(out);
    if session.diagnostics.errors() > 0 {
        writeln!(anstream::stderr(), "\nSome lessons have errors. Run `packetpress check` to see them.")?;
        return Ok(Outcome::Mistakes);
    }
    if is_empty && !listing.languages.is_empty() {
        let wanted: Vec<String> = listing.languages.iter().map(|language| format!("`{language}`")).collect();
        writeln!(anstream::stderr(), "\nNo lesson is in {}.", sanitize(&in_words(&wanted, "or")))?;
    }
    Ok(Outcome::Done)
}

fn text(line: &Line<'_>) -> String {
    match line {
        Line::Issue(entry) => {
            let theme = entry.issue.theme.as_ref().map_or_else(|| title_of_id(&entry.id), Inlines::plain);
            let dated = entry.issue.number.iter().chain(&entry.issue.date).map(String::as_str).collect::<Vec<_>>().join(", ");
            let colon = if dated.is_empty() { "" } else { ": " };
            format!("\n{}", sanitize(&format!("{}  {dated}{colon}{theme}", entry.id)))
        }
        Line::Broken(issue, entry) => {
            let line = format!("{}  has errors: run `packetpress check {}/{}`", entry.name(), issue.id, entry.id);
            format!("  {}", sanitize(&line))
        }
        Line::Lesson(name, title) => format!("  {name}  {}", sanitize(title)),
        Line::WholeIssue => "  whole issue".to_owned(),
        Line::Packet(path, pages, format) => format!("    {path}  {}", extent(*pages, *format)),
        Line::Paper(students, class, classes) => {
            let all = classes.as_ref().map(|classes| format!("\n    {}", ways(&format!("{} classes", classes.classes), classes)));
            format!(
                "    {}{}",
                ways(&format!("{students} student{}", if *students == 1 { "" } else { "s" }), class),
                all.unwrap_or_default()
            )
        }
        Line::Unavailable(reason) => format!("    {}", sanitize(reason)),
    }
}

/// "30 students: 180 sheets as whole packets, 137 sheets by need (least paper)"
fn ways(whom: &str, paper: &Paper) -> String {
    let told = paper.ways.iter().map(|(way, sheets)| {
        let plural = if *sheets == 1 { "" } else { "s" };
        let name = match way {
            Way::Packets => "as whole packets",
            Way::ByNeed => "by need",
            Way::ClassSet => "as a class set and worksheets",
        };
        let least = if *way == paper.least && paper.ways.len() > 1 { " (least paper)" } else { "" };
        format!("{sheets} sheet{plural} {name}{least}")
    });
    format!("{whom}: {}", told.collect::<Vec<_>>().join(", "))
}
