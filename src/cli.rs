//! The command line: what a teacher types and reads. Nothing else prints.

mod build;
mod check;
mod list;
mod packets;
mod serve;
mod values;
mod verify;
mod worker;
mod project_paths;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use anyhow::Result;
use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand};

use crate::diagnostics::report::sanitize;

/// Turns lessons written in YAML into packets to print.
///
/// Lessons lie in a folder `lessons`; the packets go to the folder `output` beside it.
/// It can be called from anywhere inside.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the packets: PDF files, ready to print
    Build(build::Args),
    /// Look for mistakes in the lessons, and write nothing
    Check(check::Args),
    /// Show the lessons and the packets that `build` makes of them
    List(list::Args),
    /// Show the download pages in a browser
    Serve(serve::Args),
    /// Look whether a folder of published files is what was built, and as new as the lessons
    Verify(verify::Args),
    /// Make packets for a `build`, which calls this
    #[command(hide = true)]
    Worker(worker::Args),
}

/// Which lessons a command is about, and where they lie.
#[derive(Debug, Args)]
struct SelectionArgs {
    /// What to look at: an issue, or one lesson of it, as in `bria-7-4` or `bria-7-4/stalin-purges`; without it everything
    #[arg(value_name = "ISSUE[/LESSON]")]
    wanted: Vec<String>,
    /// The folder with the lessons, in which `series.yaml` lies
    #[arg(long, value_name = "DIR")]
    lessons: Option<Utf8PathBuf>,
    #[command(flatten)]
    branding: BrandingArgs,
}

/// What a publisher chooses who sets the same lessons in another look.
#[derive(Debug, Clone, Default, Args)]
struct BrandingArgs {
    /// The file of the series, if it is not `series.yaml` in the folder with the lessons
    #[arg(long, value_name = "FILE")]
    series: Option<Utf8PathBuf>,
    /// A folder of templates that take the place of those of the same names in `src/templates`; they are programs, so use only those that you trust
    #[arg(long, value_name = "DIR")]
    templates: Option<Utf8PathBuf>,
}

/// How a run ended, if the world did not refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well: exit code 0.
    Done,
    /// Lessons have mistakes: exit code 1.
    Mistakes,
    /// The world kept something from being done, and this has been said: exit code 2.
    Refused,
    /// Somebody asked to stop: exit code 130, as shells have it for Ctrl-C.
    Interrupted,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Mistakes => ExitCode::from(1),
            Outcome::Refused => ExitCode::from(2),
            Outcome::Interrupted => ExitCode::from(130),
        }
    }
}

/// Reads the arguments of the process and runs the command.
///
/// # Errors
/// If the world refuses: a folder that is not there, a disk that is full.
pub fn run() -> Result<Outcome> {
    match Cli::parse().command {
        Command::Build(args) => build::run(&args),
        Command::Check(args) => check::run(&args),
        Command::List(args) => list::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Worker(args) => worker::run(args),
    }
}

/// Prints why the world refused, to standard error.
pub fn print_refusal(error: &anyhow::Error) {
    let text = format!("{error:#}");
    for line in text.lines() {
        // Nobody reads what cannot be printed to standard error, so a failure is no matter.
        let _ = writeln!(anstream::stderr(), "{}", sanitize(line));
    }
    if let Some(help) = help(error) {
        let _ = writeln!(anstream::stderr(), "help: {help}");
    }
}

/// What can be done about what the world refused, if that can be told.
fn help(error: &anyhow::Error) -> Option<&'static str> {
    let kind = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>()).map(std::io::Error::kind)?;
    Some(match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "the disk is full: make room, then call the command again; it goes on from what is there"
        }
        ErrorKind::ReadOnlyFilesystem => "nothing can be written there: choose another folder with `--output`",
        ErrorKind::PermissionDenied => {
            "you may not do that there: change the permissions, close programs that have the file open, or choose another folder"
        }
        _ => return None,
    })
}

/// Whether an error only says that the reader of the output has gone, as in `packetpress list | head -1`.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe))
}
