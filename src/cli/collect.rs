//! `packetpress collect`: gathers what students typed in forms into one table.

use std::collections::BTreeSet;
use std::io::{Read as _, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use camino::{Utf8Path, Utf8PathBuf};
use clap::ValueEnum;

use super::project_paths::ProjectPaths;
use super::{BrandingArgs, Outcome, SelectionArgs};
use crate::collect::{Filled, Key, MAX_FILE, Row, read};
use crate::files::saving;
use crate::press::Press;
use crate::session::Session;
use crate::typeset::{Templates, Typesetter};

/// How long one form may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The stack of the thread that reads a form, in bytes.
const STACK: usize = 64 * 1024 * 1024;

/// The most files.
const MAX_FILES: usize = 10_000;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of forms that students filled in and saved
    #[arg(value_name = "FOLDER")]
    folder: Utf8PathBuf,
    /// Kind of table
    #[arg(long, value_enum, default_value_t = Table::Csv)]
    format: Table,
    /// File to write, which must not exist yet [default: the table is printed]
    #[arg(long, value_name = "FILE")]
    output: Option<Utf8PathBuf>,
    /// Don't compare with the teacher file
    #[arg(long)]
    no_key: bool,
    /// Lessons folder, for the key [default: the nearest one with `series.yaml`, here or above]
    #[arg(long, value_name = "DIR", conflicts_with = "no_key")]
    lessons: Option<Utf8PathBuf>,
}

/// The kind of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let files = forms_in(&args.folder)?;
    if files.is_empty() {
        bail!("{} has no PDFs", args.folder);
    }
    let mut failed = 0;
    let mut all: Vec<(String, Filled)> = Vec::new();
    for file in &files {
        match form(file) {
            Ok(filled) => all.push((file.strip_prefix(&args.folder).unwrap_or(file).to_string(), filled)),
            Err(error) => {
                failed += 1;
                super::print_refusal(&error);
            }
        }
    }
    let key = if args.no_key { Key::default() } else { key(args, &all)? };
    let rows: Vec<Row> = all.iter().flat_map(|(file, filled)| filled.rows(file, &key)).collect();
    let table = match args.format {
        Table::Csv => csv(&rows)?,
        Table::Json => serde_json::to_vec_pretty(&rows)?,
    };
    match &args.output {
        Some(path) => {
            saving::create(path, &table)?;
            writeln!(anstream::stdout(), "Wrote {path}: {} answers from {} files", rows.len(), all.len())?;
        }
        None => {
            let mut stdout = std::io::stdout().lock();
            stdout.write_all(&table)?;
            stdout.flush()?;
        }
    }
    Ok(if failed > 0 { Outcome::Refused } else { Outcome::Done })
}

/// The PDFs in a folder and its subfolders, sorted.
fn forms_in(folder: &Utf8Path) -> Result<Vec<Utf8PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().with_context(|| format!("cannot read the folder {folder}"))? {
            let entry = entry.with_context(|| format!("cannot read the folder {folder}"))?;
            // A linked folder could lead back to itself.
            let kind = entry.file_type()?;
            let is_pdf = entry.path().extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
            if kind.is_dir() {
                folders.push(entry.path().to_owned());
            } else if kind.is_file() && is_pdf {
                files.push(entry.path().to_owned());
            }
            if files.len() > MAX_FILES {
                bail!("{folder} has more than {MAX_FILES} PDFs; check that it's the right folder");
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Reads a form on a thread of its own, so that nothing in it can stop the program.
fn form(file: &Utf8Path) -> Result<Filled> {
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).with_context(|| format!("cannot read {file}"))?;
    opened.take(MAX_FILE + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read {file}"))?;
    if bytes.len() as u64 > MAX_FILE {
        bail!("cannot read {file}: it's larger than {} MB", MAX_FILE / 1024 / 1024);
    }
    let (sender, answer) = channel();
    let work = move || drop(sender.send(read(&bytes)));
    std::thread::Builder::new().stack_size(STACK).spawn(work).context("cannot start a thread")?;
    match answer.recv_timeout(PATIENCE) {
        Ok(filled) => filled.map_err(|reason| anyhow!("cannot read {file}: {reason}")),
        Err(RecvTimeoutError::Timeout) => bail!("cannot read {file}: it takes longer than {} seconds", PATIENCE.as_secs()),
        Err(RecvTimeoutError::Disconnected) => bail!("cannot read {file}: it's damaged; open it, and save it again"),
    }
}

/// The key of all lessons that the forms are of. Lessons that aren't in the lessons folder have none.
fn key(args: &Args, all: &[(String, Filled)]) -> Result<Key> {
    let mut key = Key::default();
    let selection = SelectionArgs { wanted: Vec::new(), lessons: args.lessons.clone(), branding: BrandingArgs::default() };
    let paths = match ProjectPaths::find(&selection) {
        Ok(paths) => paths,
        Err(error) if args.lessons.is_some() => return Err(error),
        Err(_) => {
            writeln!(anstream::stderr(), "Nothing was marked: no lessons folder here. Name it with `--lessons`.")?;
            return Ok(key);
        }
    };
    let (fonts, templates) = (paths.fonts()?, Templates::bundled());
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let Some(library) = paths.index(&mut session)? else {
        bail!("nothing was collected: the lessons have errors; run `packetpress check`, or leave out the key with `--no-key`");
    };
    let typesetter = Typesetter::new(&fonts, &templates);
    let lessons: BTreeSet<String> = all.iter().flat_map(|(_, filled)| filled.lessons()).collect();
    for lesson in lessons {
        let (issue, id) = lesson.split_once('/').unwrap_or((&lesson, ""));
        let found = library.issues.iter().find(|known| known.id == issue);
        let entry = found.and_then(|issue| Some((issue, issue.lessons.iter().find(|known| known.id == id)?)));
        let Some((issue, entry)) = entry else {
            writeln!(
                anstream::stderr(),
                "The answers for {lesson} weren't marked: the lessons folder doesn't have this lesson."
            )?;
            continue;
        };
        let mut press = Press::new(&library, issue, entry, &typesetter, &mut session)?;
        key.add(press.key(&mut session)?.iter());
    }
    Ok(key)
}

/// The rows as comma-separated values (RFC 4180).
fn csv(rows: &[Row]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["file", "name", "lesson", "question", "answer", "right"])?;
    for row in rows {
        let right = match row.right {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        };
        let cells = [&row.file, &row.name, &row.lesson, &row.question, &row.answer].map(|cell| harmless(cell));
        writer.write_record(cells.iter().map(String::as_str).chain([right]))?;
    }
    writer.into_inner().map_err(|error| anyhow!("cannot write the table: {error}"))
}

/// Text that no spreadsheet takes for a formula, which a student could use to run something on the teacher's computer.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
