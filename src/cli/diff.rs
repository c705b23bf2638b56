//! `packetpress diff`: what a change does to the packets, page by page and word by word.

use std::io::Write;
use std::num::NonZero;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result, bail, ensure};
use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;
use zip::ZipArchive;

use super::build::order;
use super::named_files::write;
use super::packets::PacketArgs;
use super::project_paths::{ProjectPaths, print};
use super::watching::stop_on_interrupt;
use super::{BrandingArgs, Outcome, SelectionArgs};
use crate::compare::{Comparison, Folder, Options, report};
use crate::make::Listeners;
use crate::paths::MANIFEST;
use crate::session::Session;
use crate::typeset::stand_in_font;

/// The most pages with a picture.
const PICTURES: usize = 150;

/// The most bytes that are unpacked from a revision.
const MAX_BYTES: u64 = 4 << 30;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The packets as they were: an output folder, its manifest, or a Git revision, such as `main`, which is built
    #[arg(value_name = "OLD")]
    old: String,
    /// The packets as they are, in the same ways [default: `output` next to the lessons folder]
    #[arg(value_name = "NEW")]
    new: Option<String>,
    /// How to print the comparison
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, default_value_t)]
    report: DiffReport,
    /// Write a page with pictures of the changed pages
    #[arg(long, value_name = "FILE")]
    page: Option<Utf8PathBuf>,
    /// Address of that page, for the link in `--report markdown`
    #[arg(long, value_name = "URL")]
    page_address: Option<String>,
    /// Most changed pages that get a picture
    #[arg(long, value_name = "N", default_value_t = PICTURES)]
    pictures: usize,
    /// Lessons folder, for Git revisions [default: the nearest one with `series.yaml`, here or above]
    #[arg(long, value_name = "DIR")]
    lessons: Option<Utf8PathBuf>,
    #[command(flatten)]
    packets: PacketArgs,
    /// Leave out teacher packets (except sub plans) of Git revisions, and issues without a license
    #[arg(long)]
    public: bool,
}

/// How a comparison is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum DiffReport {
    /// For people
    #[default]
    Text,
    /// For the summary of a CI job, or a comment
    Markdown,
    /// For programs
    Json,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let stop = stop_on_interrupt()?;
    let new = args.new.as_ref().map_or_else(
        || Ok(ProjectPaths::find(&args.selection())?.beside("output").into_string()),
        |new| Ok::<_, anyhow::Error>(new.clone()),
    )?;
    // A revision is kept until the end.
    let (old, new) = (Side::find(&args.old)?, Side::find(&new)?);
    let Some((old, _old)) = old.open(args, &stop)? else { return Ok(Outcome::Mistakes) };
    let Some((new, _new)) = new.open(args, &stop)? else { return Ok(Outcome::Mistakes) };
    let jobs = std::thread::available_parallelism().map_or(1, NonZero::get);
    let options = Options { pictures: args.pictures, jobs, fallback: stand_in_font() };
    let comparison = Comparison::of(&old, &new, options)?;
    if let Some(path) = &args.page {
        write(path, &report::html(&comparison))?;
    }
    let text = match args.report {
        DiffReport::Text => report::text(&comparison),
        DiffReport::Markdown => report::markdown(&comparison, args.page_address.as_deref()),
        DiffReport::Json => report::json(&comparison),
    };
    write!(anstream::stdout(), "{text}")?;
    Ok(Outcome::Done)
}

impl Args {
    fn selection(&self) -> SelectionArgs {
        SelectionArgs { wanted: Vec::new(), lessons: self.lessons.clone(), branding: BrandingArgs::default() }
    }
}

/// What to compare.
enum Side {
    /// An output folder, or its manifest.
    Folder(Utf8PathBuf),
    /// A Git revision.
    Revision(String),
}

impl Side {
    fn find(name: &str) -> Result<Self> {
        let path = Utf8Path::new(name);
        if path.is_file() || path.join(MANIFEST).is_file() {
            return Ok(Self::Folder(path.to_owned()));
        }
        ensure!(!path.is_dir(), "{path} has no `{MANIFEST}`, which `packetpress build` writes");
        Ok(Self::Revision(name.to_owned()))
    }

    /// Opens it. A revision is built in a temporary folder; `None` if it has errors, which are printed.
    fn open(self, args: &Args, stop: &AtomicBool) -> Result<Option<(Folder, Option<TempDir>)>> {
        match self {
            Self::Folder(path) => Ok(Some((Folder::open(&path)?, None))),
            Self::Revision(revision) => {
                let built = built(&revision, args, stop)?;
                built.map(|folder| Ok((Folder::open(&utf8(folder.path())?.join("output"))?, Some(folder)))).transpose()
            }
        }
    }
}

/// Builds a revision of the project in a temporary folder.
fn built(revision: &str, args: &Args, stop: &AtomicBool) -> Result<Option<TempDir>> {
    let here = ProjectPaths::find(&args.selection())?;
    let lessons = here.lessons.canonicalize_utf8().with_context(|| format!("cannot find {}", here.lessons))?;
    let (project, name) = (lessons.parent().context("the lessons folder has no folder around it")?, lessons.file_name());
    let scratch = tempfile::tempdir().context("cannot make a temporary folder")?;
    let folder = utf8(scratch.path())?;
    unpack(project, revision, &folder.join("project"))?;
    let lessons = folder.join("project").join(name.unwrap_or_default());
    ensure!(lessons.is_dir(), "revision `{revision}` has no folder `{}`", name.unwrap_or_default());
    let paths = ProjectPaths { lessons, series: None, templates: None };
    let (fonts, templates) = (paths.fonts()?, paths.templates()?);
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    if let Some(library) = paths.index(&mut session)? {
        let request = args.packets.request(&args.selection(), &library.series, (args.public, false, true))?;
        let spawn = || super::worker::command(&paths);
        let order = order(&library, request, folder.join("output"), (&fonts, &templates), &spawn)?;
        writeln!(anstream::stderr(), "Building `{revision}` to compare with …")?;
        let summary = order.build(&mut session, Listeners { tell: &mut |_| (), stop })?;
        ensure!(!summary.interrupted, "stopped");
        if folder.join("output").join(MANIFEST).exists() {
            return Ok(Some(scratch));
        }
    }
    print(&session.diagnostics, &session.sources)?;
    writeln!(anstream::stderr(), "Revision `{revision}` can't be built because of these errors.")?;
    Ok(None)
}

/// Unpacks a folder of a Git repository as it was in a revision. Nothing of the repository is run or changed.
fn unpack(project: &Utf8Path, revision: &str, to: &Utf8Path) -> Result<()> {
    let git = |arguments: &[&str]| -> Result<Vec<u8>> {
        let mut command = Command::new("git");
        command.arg("-C").arg(project).args(arguments).stdin(Stdio::null());
        let output = command.output().context("cannot run `git`, which is needed to compare with a revision")?;
        if !output.status.success() {
            let reason = String::from_utf8_lossy(&output.stderr);
            bail!(
                "`{revision}` is neither an output folder nor a Git revision ({})",
                reason.trim().lines().next().unwrap_or("unknown")
            );
        }
        Ok(output.stdout)
    };
    let commit = git(&["rev-parse", "--verify", "--end-of-options", &format!("{revision}^{{commit}}")])?;
    let commit = String::from_utf8(commit).context("git printed something unexpected")?;
    let archive = git(&["archive", "--format=zip", commit.trim()])?;
    let mut archive = ZipArchive::new(std::io::Cursor::new(archive)).context("git made an archive that can't be read")?;
    let mut left = MAX_BYTES;
    for index in 0..archive.len() {
        let file = archive.by_index(index).context("git made an archive that can't be read")?;
        // A link would be read as what it leads to, which may be anywhere.
        let Some(path) = file.enclosed_name().filter(|_| file.is_file() && !file.is_symlink()) else { continue };
        let Ok(path) = Utf8PathBuf::from_path_buf(path) else { continue };
        left = left.checked_sub(file.size()).with_context(|| format!("revision `{revision}` is too large to unpack"))?;
        let path = to.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(to)).with_context(|| format!("cannot create the folder of {path}"))?;
        let mut out = std::fs::File::create(&path).with_context(|| format!("cannot write {path}"))?;
        std::io::copy(&mut std::io::Read::take(file, MAX_BYTES), &mut out).with_context(|| format!("cannot write {path}"))?;
    }
    Ok(())
}

fn utf8(path: &std::path::Path) -> Result<&Utf8Path> {
    Utf8Path::from_path(path).with_context(|| format!("the folder name {} is not valid Unicode", path.display()))
}
