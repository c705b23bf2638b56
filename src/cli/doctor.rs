//! `packetpress doctor`: says what works here, what is missing, and what for.

use std::io::Write;
use std::net::TcpListener;
use std::path::PathBuf;

use anyhow::Result;
use camino::Utf8Path;

use super::project_paths::{ProjectPaths, current_folder};
use super::{BrandingArgs, Outcome, SelectionArgs};
use crate::diagnostics::report::sanitize;
use crate::session::Session;
use crate::typeset::Fonts;

/// Programs that go well with Packetpress, each with what it's for.
const PROGRAMS: [(&[&str], &str); 3] = [
    (&["xdg-open", "open", "explorer.exe"], "`preview` opens your browser by itself"),
    (&["git"], "you can keep earlier versions of your lessons, and build them on GitHub or GitLab"),
    (&["code", "codium", "nvim", "hx", "zed"], "you can edit lessons with completion and errors as you type; see the README"),
];

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

/// How something is.
enum Finding {
    Good(String),
    /// It isn't needed for everything.
    Missing(String),
    /// Something doesn't work.
    Bad(String),
}

pub(super) fn run(_: &Args) -> Result<Outcome> {
    let mut findings = vec![Finding::Good(format!("Packetpress {} for {}", env!("CARGO_PKG_VERSION"), platform()))];
    let bundled = Fonts::bundled().coverage();
    findings.push(Finding::Good(format!("fonts are built in: {}", bundled.families().join(", "))));
    let here = current_folder()?;
    let selection = SelectionArgs { wanted: Vec::new(), lessons: None, branding: BrandingArgs::default() };
    match ProjectPaths::find(&selection) {
        Ok(paths) => project(&paths, &mut findings)?,
        Err(_) => {
            findings.push(Finding::Missing(format!("no lessons in {here} or above it; start one with `packetpress new lesson`")));
            findings.push(writable(&here, "new lessons"));
        }
    }
    findings.push(match TcpListener::bind("127.0.0.1:0") {
        Ok(_) => Finding::Good("`preview` and `serve` can open a port on this computer".to_owned()),
        Err(error) => Finding::Bad(format!("`preview` and `serve` can't open a port on this computer: {error}")),
    });
    for (names, what_for) in PROGRAMS {
        findings.push(match names.iter().find(|name| is_installed(name)) {
            Some(name) => Finding::Good(format!("`{name}` is installed: {what_for}")),
            None => Finding::Missing(format!("none of `{}` is installed; with one of them, {what_for}", names.join("`, `"))),
        });
    }
    let mut stdout = anstream::stdout().lock();
    let mut is_well = true;
    for finding in findings {
        let (mark, text) = match finding {
            Finding::Good(text) => ("ok      ", text),
            Finding::Missing(text) => ("optional", text),
            Finding::Bad(text) => {
                is_well = false;
                ("problem ", text)
            }
        };
        writeln!(stdout, "{mark}  {}", sanitize(&text))?;
    }
    writeln!(stdout, "{}", if is_well { "Everything that Packetpress needs is there." } else { "Fix the problems above." })?;
    Ok(if is_well { Outcome::Done } else { Outcome::Mistakes })
}

fn project(paths: &ProjectPaths, findings: &mut Vec<Finding>) -> Result<()> {
    let fonts = match paths.fonts() {
        Ok(fonts) => fonts,
        Err(error) => {
            findings.push(Finding::Bad(format!("the fonts in {} can't be used: {error:#}", paths.beside("fonts"))));
            Fonts::bundled()
        }
    };
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    match paths.index(&mut session)? {
        Some(library) => {
            let lessons: usize = library.issues.iter().map(|issue| issue.lessons.len()).sum();
            let plural = |count: usize, what: &str| if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") };
            let issues = plural(library.issues.len(), "issue");
            findings.push(Finding::Good(format!("lessons in {}: {} in {issues}", paths.lessons, plural(lessons, "lesson"))));
            if library.series.rights.is_none() {
                let help = "add `rights: {holder: Your Name, license: CC BY 4.0}` to `series.yaml` to publish";
                findings.push(Finding::Missing(format!("the series has no license, so there is no download page; {help}")));
            }
        }
        None => findings.push(Finding::Bad(format!("{} has errors; run `packetpress check`", paths.series_file()))),
    }
    if session.diagnostics.errors() > 0 {
        findings.push(Finding::Bad("a series or issue file has errors; run `packetpress check`".to_owned()));
    }
    let output = paths.beside("output");
    let folder = if output.is_dir() { output.clone() } else { paths.beside("") };
    findings.push(writable(&folder, &format!("packets in {output}")));
    findings.push(writable(&paths.lessons, "lessons"));
    Ok(())
}

/// Whether files can be written in a folder.
fn writable(folder: &Utf8Path, what: &str) -> Finding {
    let folder = if folder.as_str().is_empty() { Utf8Path::new(".") } else { folder };
    match tempfile::Builder::new().prefix(".packetpress-").tempfile_in(folder) {
        Ok(_) => Finding::Good(format!("{what} can be written")),
        Err(error) => Finding::Bad(format!("{what} can't be written: {error}; choose another folder, or change its permissions")),
    }
}

/// Whether a program is in one of the folders where the system looks for programs.
fn is_installed(name: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder: PathBuf| {
        let file = folder.join(name);
        file.is_file() || cfg!(windows) && ["exe", "cmd"].iter().any(|ending| file.with_extension(ending).is_file())
    })
}

fn platform() -> String {
    let system = match std::env::consts::OS {
        "linux" => "Linux",
        "macos" => "macOS",
        "windows" => "Windows",
        other => other,
    };
    format!("{system} ({})", std::env::consts::ARCH)
}
