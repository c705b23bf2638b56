//! `packetpress explain`: prints what a kind of mistake means and how to fix it.

use std::io::Write;

use anyhow::{Result, bail};

use super::Outcome;
use crate::diagnostics::{Code, did_you_mean};

/// The page of all mistakes, with one section for each code.
const PAGE: &str = include_str!("../../docs/mistakes.md");

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Code of the mistake, as reports print it: `unknown-key` [default: list all codes]
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let mut stdout = anstream::stdout().lock();
    let Some(code) = &args.code else {
        for code in Code::ALL {
            writeln!(stdout, "{:28}{}", code.name(), code.meaning())?;
        }
        return Ok(Outcome::Done);
    };
    // People copy it from a report with its brackets.
    let name = code.rsplit('[').next().unwrap_or(code).trim_end_matches([']', ':']);
    let Some(code) = Code::named(name) else {
        let help = did_you_mean(name, Code::ALL.iter().map(|code| code.name())).map_or_else(String::new, |help| help.text);
        bail!("unknown code `{name}`; {help}");
    };
    writeln!(stdout, "{}", plain(entry(code)))?;
    Ok(Outcome::Done)
}

/// The section of a code.
fn entry(code: Code) -> &'static str {
    let mut sections = PAGE.split("\n## ").skip(1);
    let is_of_code = |section: &&str| section.lines().next() == Some(code.name());
    sections.find(is_of_code).expect("a test checks that each code has a section").trim_end()
}

/// Markdown as text for a terminal: links by their text, and no marks for emphasis outside of examples.
fn plain(markdown: &str) -> String {
    let mut in_example = false;
    let lines = markdown.lines().map(|line| {
        if line.starts_with("```") {
            in_example = !in_example;
            return String::new();
        }
        if in_example {
            return format!("    {line}");
        }
        let mut text = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once("](") {
            let (before, name) = before.rsplit_once('[').unwrap_or((before, ""));
            text.push_str(before);
            text.push_str(name);
            rest = after.split_once(')').map_or("", |(_, rest)| rest);
        }
        text.push_str(rest);
        text.replace("**", "").trim_matches('*').to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_printed_without_markdown() {
        let markdown = "## a\n\n*Error: stops.*\n**Fix:** See [keys](keys.md) and `x`.\n```yaml\na: *b*\n```";
        assert_eq!(plain(markdown), "## a\n\nError: stops.\nFix: See keys and `x`.\n\n    a: *b*\n");
    }
}
