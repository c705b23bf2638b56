//! The templates: the bundled ones, which files in a folder named on the command line can replace.
#![expect(clippy::disallowed_methods, reason = "the user's templates are where an option says")]

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU64;
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use typst::diag::SourceDiagnostic;
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, Span, VirtualPath, VirtualRoot};

use crate::diagnostics::did_you_mean;
use crate::digest::Digest;
use crate::files::Placeholder;
use crate::source::normalized;
use crate::words;

/// The largest template that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// The most templates a folder can have: more than exist.
const MAX_FILES: usize = 1000;

macro_rules! templates {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../templates", $path)))),*]
    };
}

/// The bundled templates by their virtual paths.
pub(super) const BUNDLED: &[(&str, &str)] = templates![
    "/main.typ",
    "/tokens.typ",
    "/words.typ",
    "/warnings.typ",
    "/direction.typ",
    "/balanced.typ",
    "/page.typ",
    "/runs.typ",
    "/lines.typ",
    "/notes.typ",
    "/tags.typ",
    "/space.typ",
    "/frames.typ",
    "/question.typ",
    "/choices.typ",
    "/cells.typ",
    "/organizer.typ",
    "/cards.typ",
    "/members.typ",
    "/equation.typ",
    "/blocks.typ",
    "/blocks/paragraph.typ",
    "/blocks/heading.typ",
    "/blocks/quotation.typ",
    "/blocks/list.typ",
    "/blocks/table.typ",
    "/blocks/figure.typ",
    "/blocks/primary-source.typ",
    "/blocks/sidebar.typ",
    "/blocks/timeline.typ",
    "/blocks/stop-and-think.typ",
    "/blocks/note.typ",
    "/blocks/content-note.typ",
    "/blocks/verse.typ",
    "/blocks/columns.typ",
    "/blocks/equation.typ",
    "/blocks/prompt.typ",
    "/blocks/multiple-choice.typ",
    "/blocks/true-false.typ",
    "/blocks/cloze.typ",
    "/blocks/matching.typ",
    "/blocks/ordering.typ",
    "/blocks/short-answers.typ",
    "/blocks/decide.typ",
    "/blocks/position.typ",
    "/blocks/t-chart.typ",
    "/blocks/venn.typ",
    "/blocks/claim-evidence.typ",
    "/blocks/cause-effect.typ",
    "/blocks/compare.typ",
    "/blocks/fill-timeline.typ",
    "/blocks/blank-table.typ",
    "/blocks/drawing.typ",
    "/blocks/background.typ",
    "/blocks/materials.typ",
    "/blocks/steps.typ",
    "/blocks/to-cut.typ",
    "/blocks/script.typ",
    "/blocks/report-out.typ",
    "/blocks/extension.typ",
    "/blocks/rubric.typ",
    "/blocks/self-check.typ",
    "/blocks/teacher-note.typ",
    "/blocks/on-worksheet.typ",
    "/solution.typ",
    "/filled-tables.typ",
    "/filled-cards.typ",
    "/answers.typ",
    "/answers/prompt.typ",
    "/answers/stop-and-think.typ",
    "/answers/multiple-choice.typ",
    "/answers/true-false.typ",
    "/answers/cloze.typ",
    "/answers/matching.typ",
    "/answers/ordering.typ",
    "/answers/short-answers.typ",
    "/answers/decide.typ",
    "/answers/position.typ",
    "/answers/t-chart.typ",
    "/answers/venn.typ",
    "/answers/claim-evidence.typ",
    "/answers/cause-effect.typ",
    "/answers/compare.typ",
    "/answers/fill-timeline.typ",
    "/answers/blank-table.typ",
    "/answers/drawing.typ",
    "/answers/role-cards.typ",
    "/answers/cut-outs.typ",
    "/answers/script.typ",
    "/answers/report-out.typ",
    "/answers/extension.typ",
    "/answers/rubric.typ",
    "/titles.typ",
    "/sheets.typ",
    "/print.typ",
    "/parts/guide.typ",
    "/parts/plan.typ",
    "/parts/key.typ",
    "/parts/rubric.typ",
    "/parts/questions.typ",
    "/parts/opening.typ",
    "/parts/reading.typ",
    "/parts/discussion.typ",
    "/parts/activity.typ",
    "/parts/exit-ticket.typ",
    "/parts/tickets.typ",
    "/parts/cards.typ",
    "/parts/bibliography.typ",
    "/parts/cover.typ",
    "/parts/contents.typ",
    "/parts/sources.typ",
];

static SOURCES: LazyLock<HashMap<FileId, Source>> =
    LazyLock::new(|| BUNDLED.iter().map(|(path, text)| (id(path), Source::new(id(path), (*text).to_owned()))).collect());

/// File ids are 16 bits wide and never freed, so every packet uses the same few paths.
pub(super) fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the program's own paths are valid");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The templates of a run.
#[derive(Default)]
pub struct Templates {
    replaced: HashMap<FileId, Replaced>,
    /// The word tables that replace bundled ones, by language.
    words: BTreeMap<String, words::Table>,
    /// The digest of those that are not bundled.
    digest: Option<Digest>,
}

/// A template that replaces a bundled one.
struct Replaced {
    source: Source,
    path: Utf8PathBuf,
}

impl Templates {
    /// Only the bundled templates.
    pub fn bundled() -> Self {
        Self::default()
    }

    /// The bundled templates, except those that a folder replaces with files of the same names, such as `blocks/figure.typ`, or
    /// `words/es.json` for a word table.
    ///
    /// # Errors
    /// If the folder or a file in it cannot be read, or a file replaces nothing or has syntax errors.
    pub fn with_folder(folder: &Utf8Path) -> Result<Self> {
        let mut replaced = HashMap::new();
        let mut digests = Vec::new();
        let mut mistakes = Vec::new();
        let mut words = BTreeMap::new();
        let names: HashMap<&str, FileId> = BUNDLED.iter().map(|(path, _)| (&path[1..], id(path))).collect();
        for path in files(folder)? {
            let name = path.strip_prefix(folder).expect("it was found in the folder").as_str().replace('\\', "/");
            if let Some(language) = name.strip_prefix("words/").and_then(|name| name.strip_suffix(".json")) {
                let text = read(&path)?;
                digests.push((name.clone(), Digest::of(text.as_bytes())));
                match table_of_words(language, &text) {
                    Ok(table) => drop(words.insert(language.to_owned(), table)),
                    Err(mistake) => mistakes.push(format!("{path}: {mistake}")),
                }
                continue;
            }
            let Some(file) = names.get(name.as_str()) else {
                let help = did_you_mean(&name, names.keys().copied()).map_or_else(String::new, |help| format!("; {help}"));
                mistakes.push(format!("{path}: unknown template `{name}`{help}"));
                continue;
            };
            let text = read(&path)?;
            digests.push((name, Digest::of(text.as_bytes())));
            let template = Replaced { source: Source::new(*file, text), path };
            for error in template.source.root().errors_and_warnings().0 {
                mistakes.push(template.excerpt(error.span, &error.message));
            }
            replaced.insert(*file, template);
        }
        if !mistakes.is_empty() {
            bail!("{}", mistakes.join("\n"));
        }
        let digests = digests.iter().map(|(name, digest)| (name.as_str(), digest.as_bytes()));
        Ok(Self { replaced, words, digest: Some(Digest::of_named(digests)) })
    }

    /// The digest of the templates that are not bundled, with their names.
    pub fn digest(&self) -> Digest {
        self.digest.unwrap_or_else(|| Digest::of(b""))
    }

    /// The word tables that are not bundled.
    pub(super) fn words(&self) -> &BTreeMap<String, words::Table> {
        &self.words
    }

    /// Whether any template is replaced.
    pub(super) fn are_replaced(&self) -> bool {
        !self.replaced.is_empty()
    }

    /// The engine's error at a line of a replaced template: where it occurred, or the nearest call that led to it.
    pub(super) fn explain(&self, error: &SourceDiagnostic) -> Option<String> {
        let own = std::iter::once(error.span).chain(error.trace.iter().map(|call| call.span.into()));
        let (template, span) = own.filter_map(|span| Some((self.replaced.get(&span.id()?)?, span))).next()?;
        Some(template.excerpt(span, &error.message))
    }

    /// The template and the line of a place in the engine's trace.
    pub fn place(&self, span: NonZeroU64) -> Option<(String, u32)> {
        let span = Span::from_raw(span);
        let id = span.id()?;
        let (line, _) = position(&self.source(id)?, span.into())?;
        Some((id.get().vpath().get_without_slash().to_owned(), u32::try_from(line).ok()?))
    }

    pub(super) fn source(&self, id: FileId) -> Option<Source> {
        self.replaced.get(&id).map(|template| template.source.clone()).or_else(|| SOURCES.get(&id).cloned())
    }
}

impl Replaced {
    /// A message with its position and that line.
    fn excerpt(&self, span: impl Into<DiagSpan>, message: &str) -> String {
        let (line, column) = position(&self.source, span.into()).unwrap_or((1, 1));
        let text = self.source.text().lines().nth(line - 1).unwrap_or_default();
        let caret: String = text.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        format!("{}:{line}:{column}: {message}\n    {text}\n    {caret}^", self.path)
    }
}

/// The text of a template file.
fn read(path: &Utf8Path) -> Result<String> {
    let bytes = std::fs::metadata(path).with_context(|| format!("cannot read the template {path}"))?.len();
    if bytes > MAX_BYTES {
        bail!("the template {path} is too large; the maximum is {} MB", MAX_BYTES / 1024 / 1024);
    }
    let text = normalized(std::fs::read_to_string(path).with_context(|| format!("cannot read the template {path}"))?);
    match Placeholder::of(&text) {
        Some(placeholder) => bail!("{path}: {}\nhelp: {}", placeholder.message(), placeholder.help("template")),
        None => Ok(text),
    }
}

/// The word table of a language, or what is wrong with it: it must have exactly the keys of the bundled one.
fn table_of_words(language: &str, text: &str) -> Result<words::Table, String> {
    let ours = words::table(language).ok_or_else(|| format!("unknown word table `{language}`"))?;
    let table: words::Table = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let (wanted, found) = (words::keys(ours), words::keys(&table));
    let missing: Vec<_> = wanted.iter().filter(|key| !found.contains(key)).map(|key| format!("`{key}`")).collect();
    let unknown: Vec<_> = found.iter().filter(|key| !wanted.contains(key)).map(|key| format!("`{key}`")).collect();
    match (missing.is_empty(), unknown.is_empty()) {
        (true, true) => Ok(table),
        (false, _) => Err(format!("missing keys: {}", missing.join(", "))),
        (true, false) => Err(format!("unknown keys: {}", unknown.join(", "))),
    }
}

/// The line and column where a span begins, both from 1; columns count characters.
pub(super) fn position(source: &Source, span: DiagSpan) -> Option<(usize, usize)> {
    let range = match span.get() {
        DiagSpanKind::Detached => return None,
        DiagSpanKind::Number { num, sub_range, .. } => source.range(num, sub_range)?,
        DiagSpanKind::Range { range, .. } => range,
    };
    let before = source.text().get(..range.start)?;
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Some((before.matches('\n').count() + 1, before[line_start..].chars().count() + 1))
}

/// The template files in a folder and its subfolders, sorted by name.
fn files(folder: &Utf8Path) -> Result<Vec<Utf8PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = folder.read_dir_utf8().with_context(|| format!("cannot read the folder {folder}"))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read the folder {folder}"))?;
            let kind = entry.file_type().with_context(|| format!("cannot read {}", entry.path()))?;
            // A linked folder could lead back to itself.
            if kind.is_dir() {
                folders.push(entry.path().to_owned());
            } else if matches!(entry.path().extension(), Some("typ" | "json")) {
                found.push(entry.path().to_owned());
            }
        }
        if found.len() > MAX_FILES {
            bail!("found more than {MAX_FILES} templates in {folder}; check that it's the right folder");
        }
    }
    found.sort();
    Ok(found)
}
