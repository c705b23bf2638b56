//! The command line: arguments and messages. Only this module prints.

mod build;
mod check;
mod collect;
mod diff;
mod doctor;
mod explain;
mod import;
mod list;
mod lsp;
mod merge;
mod named_files;
mod new;
mod packets;
mod partitions;
mod plan;
mod preview;
mod serve;
mod values;
mod verify;
mod worker;
mod project_paths;
mod selection;
mod watching;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use anyhow::Result;
use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand};

use crate::diagnostics::report::sanitize;

/// Build print-ready lesson packets (PDF) from YAML.
///
/// Reads lessons from the `lessons` folder and writes packets to `output` next to it.
/// Run it from any folder of your project.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a lesson, an issue, or a series
    New(new::Args),
    /// Make lessons from Word, Google Docs, web pages, text, or PDF
    Import(import::Args),
    /// Build the packets and the download page
    Build(build::Args),
    /// Check lessons for errors without building anything
    Check(check::Args),
    /// Gather what students typed in forms into one table
    Collect(collect::Args),
    /// Show what a change does to the packets: compare two output folders or Git revisions
    Diff(diff::Args),
    /// Say what works on this computer, and what is missing for what
    Doctor(doctor::Args),
    /// Explain a kind of mistake and how to fix it
    Explain(explain::Args),
    /// List lessons and their packets, with page counts
    List(list::Args),
    /// Help an editor: errors as you type, completion, and more (started by the editor)
    Lsp(lsp::Args),
    /// Make one output folder of what several machines built
    Merge(merge::Args),
    /// Show what a build would make, divided among several machines
    Plan(plan::Args),
    /// See and edit a lesson in a browser, with its pages next to it
    Preview(preview::Args),
    /// View the download page in a browser
    Serve(serve::Args),
    /// Check that published files are complete, unaltered, and up to date
    Verify(verify::Args),
    /// Make packets (started by `build`)
    #[command(hide = true)]
    Worker(worker::Args),
}

/// The lessons a command works on, and where to find them.
#[derive(Debug, Args)]
struct SelectionArgs {
    /// Issues or lessons, such as `fair-hearing-1`, `moscow-trials`, or the path of a lesson's file [default: all]
    #[arg(value_name = "ISSUE[/LESSON]")]
    wanted: Vec<String>,
    /// Lessons folder [default: the nearest one with `series.yaml`, here or above]
    #[arg(long, value_name = "DIR")]
    lessons: Option<Utf8PathBuf>,
    #[command(flatten)]
    branding: BrandingArgs,
}

/// Options for publishing the same lessons with a different look.
#[derive(Debug, Clone, Default, Args)]
struct BrandingArgs {
    /// Series file [default: `series.yaml` in the lessons folder]
    #[arg(long, value_name = "FILE")]
    series: Option<Utf8PathBuf>,
    /// Folder of templates that replace built-in templates of the same name; templates are programs, so use only ones you trust
    #[arg(long, value_name = "DIR")]
    templates: Option<Utf8PathBuf>,
}

/// How a run ended, unless it stopped with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Success: exit code 0.
    Done,
    /// Lessons have errors: exit code 1.
    Mistakes,
    /// Something could not be done, and the reason was printed: exit code 2.
    Refused,
    /// The user stopped it: exit code 130, as in shells after Ctrl-C.
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

/// Parses the command line and runs the command.
///
/// # Errors
/// If the environment prevents it: a missing folder, a full disk.
pub fn run() -> Result<Outcome> {
    match Cli::parse().command {
        Command::New(args) => new::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Collect(args) => collect::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Doctor(args) => doctor::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::List(args) => list::run(&args),
        Command::Lsp(args) => lsp::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Preview(args) => preview::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Worker(args) => worker::run(args),
    }
}

/// Prints an error to standard error.
pub fn print_refusal(error: &anyhow::Error) {
    let text = format!("{error:#}");
    for line in text.lines() {
        // If standard error is closed, there's no one to tell.
        let _ = writeln!(anstream::stderr(), "{}", sanitize(line));
    }
    if let Some(help) = help(error) {
        let _ = writeln!(anstream::stderr(), "help: {help}");
    }
}

/// How to fix an error, if known.
fn help(error: &anyhow::Error) -> Option<&'static str> {
    let kind = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>()).map(std::io::Error::kind)?;
    Some(match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "the disk is full: free up space, then run the command again; it picks up where it stopped"
        }
        ErrorKind::ReadOnlyFilesystem => "that location is read-only: choose another folder with `--output`",
        ErrorKind::PermissionDenied => {
            "access was denied: change the permissions, close any program that has the file open, or choose another folder"
        }
        _ => return None,
    })
}

/// Whether an error only means that the reader of the output is gone, as in `packetpress list | head -1`.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe))
}
