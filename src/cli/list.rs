//! `packetpress list`: the lessons, and the packets that `build` makes of them.

use std::io::Write;

use anyhow::Result;

use super::packets::{PacketArgs, extent};
use super::workplace::{Workplace, print, select};
use super::{Common, Outcome};
use crate::build::Missing;
use crate::diagnostics::report::harmless;
use crate::lesson::series::Part;
use crate::library::Workspace;
use crate::press::{IssuePress, Press};
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
    let (fonts, templates) = (workplace.fonts()?, workplace.templates()?);
    let mut workspace = Workspace::new(&fonts);
    let Some(library) = workplace.index(&mut workspace)? else {
        print(&workspace.diagnostics, &workspace.sources)?;
        return Ok(Outcome::Mistakes);
    };
    let lessons = select(&library, &args.common.selection)?;
    let speaks = |language: &str| args.packets.speaks(language);
    let packets = args.packets.choices(&library.series)?;
    let typesetter = Typesetter::new(&fonts, &templates);
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", harmless(&library.series.name))?;
    for issue in &library.issues {
        let mut of_issue = lessons.iter().filter(|(entry, _)| entry.id == issue.id).peekable();
        if of_issue.peek().is_none() {
            continue;
        }
        let (number, date, theme) = (&issue.issue.number, &issue.issue.date, issue.issue.theme.plain());
        writeln!(out, "\n{}", harmless(&format!("{}  {number}, {date}: {theme}", issue.id)))?;
        let of_issue: Vec<_> = of_issue.map(|(_, entry)| *entry).collect();
        let mut is_whole = of_issue.iter().filter(|entry| entry.translation.is_none()).count() == issue.lessons.len();
        for entry in &of_issue {
            let before = workspace.diagnostics.errors();
            library.check(issue, entry, &mut workspace)?;
            if workspace.diagnostics.errors() > before {
                is_whole = false;
                let line = format!("{}  has mistakes: run `packetpress check {}/{}`", entry.name(), issue.id, entry.id);
                writeln!(out, "  {}", harmless(&line))?;
                continue;
            }
            let mut press = Press::new(&library, issue, entry, &typesetter, &mut workspace)?;
            if !speaks(press.language()) {
                continue;
            }
            writeln!(out, "  {}  {}", entry.name(), harmless(&press.loaded().lesson.title.plain()))?;
            let mut missing = Missing::default();
            for choice in &packets {
                if let Some(reason) = press.obstacle(choice.edition, choice.part, &mut workspace)? {
                    missing.push(*choice, reason);
                    continue;
                }
                let identity = press.identity(*choice);
                let pages = press.press(&identity, &mut workspace)?.laid_out.layout.pages;
                writeln!(out, "    {}  {}", identity.path(&library.series), extent(pages, choice.format))?;
            }
            for line in missing.lines() {
                writeln!(out, "    {}", harmless(&line))?;
            }
        }
        if !is_whole || !speaks(&library.series.language.0) {
            continue;
        }
        let own: Vec<_> = of_issue.iter().copied().filter(|entry| entry.translation.is_none()).collect();
        let mut press = IssuePress::new(&library, issue, &own, &typesetter, &mut workspace)?;
        let mut title = Some("  the whole issue");
        for choice in packets.iter().filter(|choice| choice.part == Part::All) {
            if press.obstacle(choice.edition, &mut workspace)?.is_none() {
                if let Some(title) = title.take() {
                    writeln!(out, "{title}")?;
                }
                let identity = press.identity(*choice);
                let pages = press.press(&identity, &mut workspace)?.laid_out.layout.pages;
                writeln!(out, "    {}  {}", identity.path(&library.series), extent(pages, choice.format))?;
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
