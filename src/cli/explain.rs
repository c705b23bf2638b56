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
        let help = did_you_mean(name, Code::ALL.iter().map(|code| code.name())).unwrap_or_default();
        bail!("unknown code `{name}`; {help}");
    };
    writeln!(stdout, "{}", entry(code))?;
    Ok(Outcome::Done)
}

/// The section of a code.
fn entry(code: Code) -> &'static str {
    let mut sections = PAGE.split("\n## ").skip(1);
    let is_of_code = |section: &&str| section.lines().next() == Some(code.name());
    sections.find(is_of_code).expect("a test holds that each code has a section").trim_end()
}
