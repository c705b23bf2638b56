//! `packetpress verify`: checks that published files are complete, unaltered, and up to date.

use std::collections::BTreeMap;
use std::io::Write;
use std::num::NonZero;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};

use super::project_paths::{ProjectPaths, print};
use super::{BrandingArgs, Outcome, SelectionArgs};
use crate::diagnostics::report::sanitize;
use crate::make::{Finding, Problem, verify};
use crate::published;
use crate::session::Session;
use crate::typeset::{Fonts, Templates};
use crate::web::is_address;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder of published files, with `manifest.json`, or the address of a published site [default: `output` next to the lessons folder]
    #[arg(value_name = "DIR|URL")]
    folder: Option<Utf8PathBuf>,
    /// Lessons folder [default: the nearest one with `series.yaml`, here or above]
    #[arg(long, value_name = "DIR")]
    lessons: Option<Utf8PathBuf>,
    #[command(flatten)]
    branding: BrandingArgs,
    /// Check the files against the manifest only, not against the lessons
    #[arg(long, conflicts_with = "lessons")]
    no_lessons: bool,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    // Everything is downloaded, and kept until the end.
    let site = args.folder.as_ref().filter(|folder| is_address(folder.as_str()));
    let downloaded = site.map(|site| published::download(site.as_str())).transpose()?;
    let jobs = std::thread::available_parallelism().map_or(1, NonZero::get);
    let selection = SelectionArgs { wanted: Vec::new(), lessons: args.lessons.clone(), branding: args.branding.clone() };
    let (fonts, templates);
    let mut library = None;
    let mut folder = args.folder.clone();
    if let Some(downloaded) = &downloaded {
        folder =
            Some(Utf8Path::from_path(downloaded.path()).context("the temporary folder's name is not valid Unicode")?.to_owned());
    }
    if args.no_lessons {
        (fonts, templates) = (Fonts::bundled(), Templates::bundled());
    } else {
        let paths = ProjectPaths::find(&selection)?;
        folder.get_or_insert_with(|| paths.beside("output"));
        (fonts, templates) = (paths.fonts()?, paths.templates()?);
        let coverage = fonts.coverage();
        let mut session = Session::new(&coverage);
        library = paths.index(&mut session)?;
        if library.is_none() || session.diagnostics.errors() > 0 {
            print(&session.diagnostics, &session.sources)?;
            writeln!(
                anstream::stderr(),
                "Nothing was verified. Fix the errors above and try again, or check only the files with `--no-lessons`."
            )?;
            return Ok(Outcome::Mistakes);
        }
    }
    let folder = folder.unwrap_or_else(|| "output".into());
    let shown = site.cloned().unwrap_or_else(|| folder.clone());
    let verdict = verify(&folder, library.as_ref(), &fonts, &templates, jobs)?;
    let mut stdout = anstream::stdout().lock();
    let lines = lines(&verdict.findings, &shown);
    for line in &lines {
        writeln!(stdout, "{}", sanitize(line))?;
    }
    for lesson in &verdict.absent {
        writeln!(stdout, "{}", sanitize(&format!("{lesson}: no packet in {shown}; run `packetpress build`")))?;
    }
    let files = if verdict.files == 1 { "1 file".to_owned() } else { format!("{} files", verdict.files) };
    let count = lines.len() + verdict.absent.len();
    if count == 0 {
        let state = if args.no_lessons { "complete and unaltered" } else { "complete, unaltered, and up to date" };
        writeln!(stdout, "Everything in {shown} is {state} ({files}).")?;
        return Ok(Outcome::Done);
    }
    let problems = if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") };
    writeln!(stdout, "Found {problems} in {shown} ({files} in the manifest).")?;
    Ok(Outcome::Mistakes)
}

/// The most files with one cause that are named one by one.
const NAMED: usize = 3;

/// A line for each problem. Many files of one lesson or issue with the same cause are one problem.
fn lines(problems: &[Problem], folder: &Utf8Path) -> Vec<String> {
    // These have their cause in the lessons; each of the others is a file that someone touched.
    let cause = |problem: &Problem| {
        match (problem.finding, &problem.subject) {
            (Finding::Missing | Finding::Altered | Finding::Extra, _) => None,
            // Pages come and go together.
            (Finding::Orphan, None) => Some((Finding::Old, None)),
            (finding, subject) => Some((finding, subject.clone())),
        }
    };
    let mut causes: BTreeMap<(Finding, Option<String>), Vec<&Problem>> = BTreeMap::new();
    for problem in problems {
        if let Some(cause) = cause(problem) {
            causes.entry(cause).or_default().push(problem);
        }
    }
    let mut lines = Vec::new();
    for problem in problems {
        let alike = cause(problem).and_then(|cause| causes.get(&cause)).map_or([].as_slice(), Vec::as_slice);
        let is_named = alike.len() <= NAMED;
        if !is_named && !std::ptr::eq(alike[0], problem) {
            continue;
        }
        // A packet says more than its pages, and a page more than the files behind it.
        let with = |ending: &str| alike.iter().copied().find(|other| !is_named && other.path.ends_with(ending));
        let shown = with(".pdf").or_else(|| with(".html")).unwrap_or(problem);
        let path = folder.join(&shown.path);
        let what = problem.subject.as_ref().map_or_else(|| "the download pages".to_owned(), |subject| format!("`{subject}`"));
        let files = if is_named { path.to_string() } else { format!("{path} and {} more files of {what}", alike.len() - 1) };
        lines.push(match problem.finding {
            Finding::Missing => format!("{path}: missing"),
            Finding::Altered => format!("{path}: changed after it was built"),
            Finding::Extra => format!("{path}: unexpected file, not in the manifest"),
            Finding::Orphan if problem.subject.is_none() && is_named => {
                format!("{files}: not needed anymore; run `packetpress build`")
            }
            Finding::Orphan if problem.subject.is_none() => format!("{files}: out of date; run `packetpress build`"),
            Finding::Old => format!("{files}: out of date; run `packetpress build`"),
            Finding::Orphan if is_named => format!("{files}: its lesson or issue was removed"),
            Finding::Orphan => format!("{files}, which was removed; run `packetpress build`"),
            Finding::Unknown if is_named => {
                format!("{files}: not compared because its lesson has errors; run `packetpress check`")
            }
            Finding::Unknown => format!("{files}: not compared because a lesson has errors; run `packetpress check`"),
        });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_with_one_cause_are_one_problem() {
        let problem = |path: &str, finding, subject: Option<&str>| Problem {
            path: path.to_owned(),
            finding,
            subject: subject.map(str::to_owned),
        };
        let pages = ["catalogue/search/a.js", "catalogue/search/b.js", "index.html", "sitemap.xml"];
        let old = ["one/old/index.html", "one/old/page-1.png", "one/one-old-key.pdf", "one/one-old-student.pdf"];
        let problems: Vec<Problem> = pages
            .map(|path| problem(path, if path.ends_with("b.js") { Finding::Orphan } else { Finding::Old }, None))
            .into_iter()
            .chain(old.map(|path| problem(path, Finding::Orphan, Some("one/old"))))
            .chain(["one/a.pdf", "one/b.pdf"].map(|path| problem(path, Finding::Old, Some("one"))))
            .chain(["x", "y", "z", "zz"].map(|path| problem(path, Finding::Extra, None)))
            .collect();
        assert_eq!(
            lines(&problems, Utf8Path::new("output")),
            [
                "output/index.html and 3 more files of the download pages: out of date; run `packetpress build`",
                "output/one/one-old-key.pdf and 3 more files of `one/old`, which was removed; run `packetpress build`",
                "output/one/a.pdf: out of date; run `packetpress build`",
                "output/one/b.pdf: out of date; run `packetpress build`",
                "output/x: unexpected file, not in the manifest",
                "output/y: unexpected file, not in the manifest",
                "output/z: unexpected file, not in the manifest",
                "output/zz: unexpected file, not in the manifest",
            ]
        );
    }
}
