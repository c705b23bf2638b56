//! `packetpress new`: starts a series, an issue, or a lesson, by options or by questions.

use std::io::{BufRead, IsTerminal, Write};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use clap::ValueEnum;

use super::project_paths::ProjectPaths;
use super::{BrandingArgs, Outcome, SelectionArgs};
use crate::files::{Files, saving};
use crate::formats::{self, TextFormat};
use crate::lesson::issue::WHOLE_ISSUE;
use crate::lesson::series::Paper;
use crate::lesson::values::slug;
use crate::library::SERIES;
use crate::starters::{self, About, Starter};

/// The folder of the first issue.
const FIRST_ISSUE: &str = "unit-1";

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Start a lesson; the first one comes with its series and issue
    Lesson(LessonArgs),
    /// Start an issue: a folder for lessons that go together
    Issue(IssueArgs),
    /// Start a series: a lessons folder
    Series(SeriesArgs),
}

#[derive(Debug, Default, clap::Args)]
struct LessonArgs {
    /// Title
    title: Option<String>,
    /// What it starts with
    #[arg(long, value_enum)]
    template: Option<Starter>,
    /// Issue to add it to [default: the only one]
    #[arg(long, value_name = "ISSUE")]
    issue: Option<String>,
    /// Name of its file, without `.yaml` [default: from the title]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Grade levels, such as `9-12`
    #[arg(long, value_name = "GRADES")]
    grades: Option<String>,
    /// School subject
    #[arg(long, value_name = "SUBJECT")]
    subject: Option<String>,
    /// Leave out the teacher file
    #[arg(long)]
    no_teacher: bool,
    #[command(flatten)]
    place: PlaceArgs,
}

#[derive(Debug, clap::Args)]
struct IssueArgs {
    /// Theme that its lessons share
    theme: Option<String>,
    /// Name of its folder [default: from the theme]
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    place: PlaceArgs,
}

#[derive(Debug, clap::Args)]
struct SeriesArgs {
    /// Name, printed on every page
    name: Option<String>,
    /// Language of the lessons, such as `en-US` or `es`
    #[arg(long, value_name = "LANGUAGE", default_value = "en-US")]
    language: String,
    /// Paper size
    #[arg(long, value_enum, default_value = "letter")]
    paper: Paper,
    #[command(flatten)]
    place: PlaceArgs,
}

#[derive(Debug, Default, clap::Args)]
pub(super) struct PlaceArgs {
    /// Lessons folder [default: the nearest one here or above, or a new one here]
    #[arg(long, value_name = "DIR")]
    pub(super) lessons: Option<Utf8PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    match &args.what {
        Some(What::Lesson(args)) => lesson(args),
        Some(What::Issue(args)) => issue(args),
        Some(What::Series(args)) => series(args),
        None if is_conversation() => lesson(&LessonArgs::default()),
        None => bail!("say what to start: `packetpress new lesson \"The Bridge\"`, `new issue`, or `new series`"),
    }
}

fn lesson(args: &LessonArgs) -> Result<Outcome> {
    let root = existing(&args.place)?;
    let title = match &args.title {
        Some(title) => title.clone(),
        None => ask("Title of the lesson", "title", "packetpress new lesson \"The Bridge\"")?,
    };
    let template = match args.template {
        Some(template) => template,
        None if args.title.is_none() => choose("What does it start with?", Starter::value_variants())?,
        None => Starter::Reading,
    };
    let id = lesson_named(args.id.as_deref(), &title)?;
    let plan = Plan::of(root, &args.place, args.issue.as_deref(), &id)?;
    let Plan { path, teacher_path, .. } = &plan;

    let mut written = Vec::new();
    if let Some(path) = &plan.new_series {
        saving::create(path, starters::series("My Lessons", "en-US", Paper::Letter.name()).as_bytes())?;
        written.push(path.clone());
    }
    let about = About { title: &title, grades: args.grades.as_deref(), subject: args.subject.as_deref() };
    saving::create(path, template.lesson(&about).as_bytes())?;
    let what_for = format!("to see it and write it, or open {path} in any editor");
    written.push(path.clone());
    if !args.no_teacher {
        saving::create(teacher_path, template.teacher().as_bytes())?;
        written.push(teacher_path.clone());
    }
    written.extend(plan.list(|| starters::issue(&spoken(&plan.issue), &[&id]))?);
    tell(&written, &format!("packetpress preview {id}"), &what_for)
}

/// Where a new lesson goes.
pub(super) struct Plan {
    /// The file of the series, if it isn't there yet.
    pub new_series: Option<Utf8PathBuf>,
    /// The name of its issue.
    pub issue: String,
    /// The folder of its issue.
    pub folder: Utf8PathBuf,
    /// The file of the lesson.
    pub path: Utf8PathBuf,
    /// The file for its teacher.
    pub teacher_path: Utf8PathBuf,
    /// The file of its issue.
    issue_file: Utf8PathBuf,
    /// The text of that file with the lesson in its list; `None` if there is no such file yet.
    listed: Option<String>,
}

impl Plan {
    /// Plans a lesson with this id in an issue. `root` is the lessons folder, if there is one.
    ///
    /// # Errors
    /// If the issue isn't clear, one of the files is there already, or the lesson can't be added to the list of its issue.
    pub(super) fn of(root: Option<Utf8PathBuf>, place: &PlaceArgs, issue: Option<&str>, id: &str) -> Result<Self> {
        let known = root.as_deref().map(issues).transpose()?.unwrap_or_default();
        let issue = chosen_issue(issue, &known)?;
        let is_new_series = root.is_none();
        let lessons = root.or_else(|| place.lessons.clone()).unwrap_or_else(|| "lessons".into());
        let folder = lessons.join(&issue);
        let (path, teacher_path) = (folder.join(format!("{id}.yaml")), folder.join(format!("{id}.teacher.yaml")));
        for path in [&path, &teacher_path] {
            if path.symlink_metadata().is_ok() {
                bail!("{path} already exists; choose another name with `--id`, or move the file away");
            }
        }
        let issue_file = folder.join("issue.yaml");
        let is_new_issue = issue_file.symlink_metadata().is_err();
        let listed = if is_new_issue { None } else { Some(listed(&issue_file, &folder, id)?) };
        let new_series = is_new_series.then(|| lessons.join(SERIES));
        Ok(Self { new_series, issue, folder, path, teacher_path, issue_file, listed })
    }

    /// Adds the lesson to its issue; returns the file of the issue if it is new, with this text.
    pub(super) fn list(&self, new: impl FnOnce() -> String) -> Result<Option<Utf8PathBuf>> {
        if let Some(text) = &self.listed {
            saving::replace(&self.issue_file, text)?;
            return Ok(None);
        }
        saving::create(&self.issue_file, new().as_bytes())?;
        Ok(Some(self.issue_file.clone()))
    }
}

fn issue(args: &IssueArgs) -> Result<Outcome> {
    let Some(root) = existing(&args.place)? else {
        bail!("no lessons found here; start with `packetpress new lesson` or `packetpress new series`");
    };
    let theme = match &args.theme {
        Some(theme) => theme.clone(),
        None => ask("Theme of the issue", "theme", "packetpress new issue \"The River\"")?,
    };
    let id = named(args.id.as_deref(), &theme, "id")?;
    let folder = root.join(&id);
    if folder.symlink_metadata().is_ok() {
        bail!("{folder} already exists; choose another name with `--id`");
    }
    let first = "first-lesson";
    let about = About { title: "First Lesson", ..About::default() };
    let (path, issue_file) = (folder.join(format!("{first}.yaml")), folder.join("issue.yaml"));
    saving::create(&path, Starter::Reading.lesson(&about).as_bytes())?;
    saving::create(&issue_file, starters::issue(&theme, &[first]).as_bytes())?;
    tell(&[issue_file, path], &format!("packetpress new lesson --issue {id}"), "to add a lesson; an issue needs at least one")
}

fn series(args: &SeriesArgs) -> Result<Outcome> {
    let lessons = args.place.lessons.clone().unwrap_or_else(|| "lessons".into());
    let path = lessons.join(SERIES);
    if path.symlink_metadata().is_ok() {
        bail!("{path} already exists");
    }
    let name = match &args.name {
        Some(name) => name.clone(),
        None => ask("Name of the series", "name", "packetpress new series \"Room 204\"")?,
    };
    if let Some(wrong) = formats::wrong(TextFormat::Language, &args.language) {
        bail!("{}; {}", wrong.message, wrong.help);
    }
    saving::create(&path, starters::series(&name, &args.language, args.paper.name()).as_bytes())?;
    tell(&[path], "packetpress new lesson", "to write the first lesson")
}

/// The lessons folder, if there is one.
pub(super) fn existing(place: &PlaceArgs) -> Result<Option<Utf8PathBuf>> {
    if let Some(lessons) = &place.lessons {
        return Ok(lessons.join(SERIES).is_file().then(|| lessons.clone()));
    }
    let selection = SelectionArgs { wanted: Vec::new(), lessons: None, branding: BrandingArgs::default() };
    Ok(ProjectPaths::find(&selection).ok().map(|paths| paths.lessons))
}

/// The issues in a lessons folder, by id.
pub(super) fn issues(root: &Utf8Path) -> Result<Vec<String>> {
    let listing = Files::default().list(root, root)?;
    let issues = listing.folders.iter().filter(|folder| folder.join("issue.yaml").is_file());
    Ok(issues.filter_map(|folder| folder.file_name().map(str::to_owned)).collect())
}

/// The issue that a new lesson goes into.
pub(super) fn chosen_issue(wanted: Option<&str>, issues: &[String]) -> Result<String> {
    match (wanted, issues) {
        (Some(wanted), _) => match formats::wrong(TextFormat::Id, wanted) {
            Some(wrong) => bail!("{}; {}", wrong.message, wrong.help),
            None => Ok(wanted.to_owned()),
        },
        (None, []) => Ok(FIRST_ISSUE.to_owned()),
        (None, [only]) => Ok(only.clone()),
        (None, several) if is_conversation() => {
            let number = pick("Which issue does it belong to?", several)?;
            Ok(several[number].clone())
        }
        (None, several) => bail!("choose the issue with `--issue`: `{}`", several.join("`, `")),
    }
}

/// The text of an issue's file with one more lesson.
pub(super) fn listed(issue_file: &Utf8Path, folder: &Utf8Path, id: &str) -> Result<String> {
    let text = Files::default().text_again(issue_file);
    starters::with_lesson(&text, id).with_context(|| {
        format!(
            "{issue_file} has errors; run `packetpress check` and fix them first, so that the lesson can be listed in {folder}"
        )
    })
}

/// The id that was asked for, or else the one that text can become.
pub(super) fn named(asked: Option<&str>, text: &str, option: &str) -> Result<String> {
    match asked {
        Some(id) => match formats::wrong(TextFormat::Id, id) {
            Some(wrong) => bail!("{}; {}", wrong.message, wrong.help),
            None => Ok(id.to_owned()),
        },
        None => slug(text).with_context(|| {
            format!(
                "no file name can be made from `{text}`; choose one with `--{option}`, in lowercase letters, digits, and hyphens"
            )
        }),
    }
}

/// The name of a lesson's file: what was asked for, or from its title.
pub(super) fn lesson_named(asked: Option<&str>, title: &str) -> Result<String> {
    let id = named(asked, title, "id")?;
    // These are the files of an issue and of the series.
    if id != WHOLE_ISSUE && SERIES.strip_suffix(".yaml") != Some(&id) {
        return Ok(id);
    }
    if asked.is_some() {
        bail!("a lesson can't be called `{id}`; choose another name with `--id`");
    }
    Ok(format!("{id}-lesson"))
}

/// The name of a folder as words: "Unit 1".
pub(super) fn spoken(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether someone can answer questions.
pub(super) fn is_conversation() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks for one line of text.
fn ask(question: &str, what: &str, example: &str) -> Result<String> {
    if !is_conversation() {
        bail!("give the {what}: `{example}`");
    }
    loop {
        write!(anstream::stderr(), "{question}: ")?;
        let answer = answer()?;
        if !answer.is_empty() {
            return Ok(answer);
        }
    }
}

fn answer() -> Result<String> {
    anstream::stderr().flush()?;
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line).context("cannot read the answer")?;
    anyhow::ensure!(read > 0, "nothing was started");
    Ok(line.trim().to_owned())
}

/// Asks for one of several values.
fn choose<T: ValueEnum + Copy>(question: &str, values: &[T]) -> Result<T> {
    if !is_conversation() {
        return Ok(values[0]);
    }
    let shown = |value: &T| {
        let value = value.to_possible_value().expect("every value has a name");
        value.get_help().map_or_else(|| value.get_name().to_owned(), ToString::to_string)
    };
    let labels: Vec<String> = values.iter().map(shown).collect();
    Ok(values[pick(question, &labels)?])
}

/// Asks for one of several lines by its number; Enter takes the first.
fn pick(question: &str, labels: &[String]) -> Result<usize> {
    let mut stderr = anstream::stderr();
    writeln!(stderr, "{question}")?;
    for (index, label) in labels.iter().enumerate() {
        writeln!(stderr, "  {}. {label}", index + 1)?;
    }
    loop {
        write!(stderr, "Number [1]: ")?;
        let answer = answer()?;
        if answer.is_empty() {
            return Ok(0);
        }
        match answer.trim_end_matches('.').parse::<usize>() {
            Ok(number) if (1..=labels.len()).contains(&number) => return Ok(number - 1),
            _ => writeln!(stderr, "Type a number from 1 to {}.", labels.len())?,
        }
    }
}

/// Lists the files that were written, and says what to do next.
fn tell(written: &[Utf8PathBuf], next: &str, what_for: &str) -> Result<Outcome> {
    let mut stdout = anstream::stdout();
    for path in written {
        writeln!(stdout, "Wrote {path}")?;
    }
    writeln!(stdout, "Next: `{next}` {what_for}.")?;
    Ok(Outcome::Done)
}
