//! `packetpress worker`: makes packets for a `build`, which calls it; see [`crate::build`].

use std::io::{BufReader, BufWriter};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use camino::Utf8PathBuf;

use super::Outcome;
use super::workplace::Workplace;
use crate::build::work;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "DIR")]
    lessons: Utf8PathBuf,
    #[arg(long, value_name = "FILE")]
    series: Utf8PathBuf,
    #[arg(long, value_name = "DIR")]
    templates: Option<Utf8PathBuf>,
}

/// How a build calls it.
pub fn command(workplace: &Workplace) -> Result<Command> {
    let program = std::env::current_exe().context("cannot tell where Packetpress is installed")?;
    let mut command = Command::new(program);
    command.arg("worker").arg(format!("--lessons={}", workplace.lessons)).arg(format!("--series={}", workplace.series_file()));
    command.args(workplace.templates.iter().map(|folder| format!("--templates={folder}"))).stderr(Stdio::inherit());
    Ok(command)
}

pub fn run(args: Args) -> Result<Outcome> {
    // A terminal tells all of its processes, and the build says when to stop.
    ctrlc::set_handler(|| ()).context("cannot listen for Ctrl-C")?;
    let workplace = Workplace { lessons: args.lessons, series: Some(args.series), templates: args.templates };
    let (fonts, templates) = (workplace.fonts()?, workplace.templates()?);
    let places = (workplace.lessons.as_path(), &*workplace.series_file());
    work(places, (&fonts, &templates), BufReader::new(std::io::stdin()), BufWriter::new(std::io::stdout()))?;
    Ok(Outcome::Done)
}
