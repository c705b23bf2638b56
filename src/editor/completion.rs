//! What can be written at a cursor: keys and words of the format, and names from the lesson.

use std::ops::Range;

use camino::Utf8Path;

use super::cursor::{self, Cursor, Spot};
use super::{Family, FileType, Named, Workspace, expected};
use crate::lesson::citation_style;
use crate::lesson::issue::WHOLE_ISSUE;
use crate::lesson::teacher::PART_NAMES;
use crate::schema::expected::{Expected, ExpectedKey, Step, Writing};

/// Endings of image files.
const IMAGES: [&str; 5] = ["png", "jpg", "jpeg", "webp", "svg"];

/// How deep the required keys of a new key are written too.
const MAX_DEPTH: usize = 2;

/// Something that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// What it means.
    pub meaning: Option<String>,
    /// Whether it is required, so it comes first.
    pub is_required: bool,
    /// The bytes to replace.
    pub range: Range<usize>,
    /// What to put in their place.
    pub text: String,
    /// Where in the text to go on writing, in bytes, from the first place to the last.
    pub stops: Vec<usize>,
}

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionKind {
    /// A key.
    Key,
    /// One of several words.
    Word,
    /// An id, a label, a source, or a term.
    Name,
    /// An image file.
    File,
}

/// Text with places to go on writing.
#[derive(Debug, Default)]
struct Draft {
    text: String,
    stops: Vec<usize>,
}

impl Draft {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn stop(&mut self) {
        self.stops.push(self.text.len());
    }
}

impl Workspace {
    /// What can be written at a byte of a file, best first.
    pub fn completions(&mut self, path: &Utf8Path, offset: usize) -> Vec<Completion> {
        let text = self.text(path);
        let offset = offset.min(text.len());
        if !text.is_char_boundary(offset) {
            return Vec::new();
        }
        let cursor = cursor::at(&text, offset);
        let expected = expected(path, &cursor.levels);
        let in_markdown = match &cursor.spot {
            Spot::Text => true,
            Spot::Value { .. } | Spot::Key { .. } => expected.is_some_and(Expected::is_markdown),
        };
        if in_markdown && let Some(found) = self.in_markdown(path, &text, offset) {
            return found;
        }
        let mut found = match &cursor.spot {
            Spot::Text => Vec::new(),
            Spot::Key { typed, beside } => {
                let mut found = self.names(path, &text, &cursor, typed);
                if let Some(expected) = expected {
                    let is_beside = |key: &ExpectedKey<'_>| beside.iter().any(|(name, _)| name == key.name);
                    let keys = expected.keys(beside);
                    found.extend(keys.iter().filter(|key| !is_beside(key)).map(|key| of_key(key, &cursor, typed)));
                    if cursor.levels.last().is_some_and(|level| level.key.is_none()) {
                        found.extend(words(expected, typed));
                    }
                }
                found
            }
            Spot::Value { typed } => {
                let mut found = self.names(path, &text, &cursor, typed);
                if let Some(expected) = expected {
                    found.extend(words(expected, typed));
                    found.extend(expected.examples().into_iter().map(|(name, example)| {
                        let written = format!("{{{name}: {example}}}");
                        let stops = vec![name.len() + 3];
                        Completion { stops, ..word(&written, None, typed) }
                    }));
                }
                found
            }
        };
        let typed = match &cursor.spot {
            Spot::Key { typed, .. } | Spot::Value { typed } => text[typed.clone()].trim().to_lowercase(),
            Spot::Text => String::new(),
        };
        rank(&mut found, &typed);
        found
    }

    /// Sources after `[@`, and terms after `[[`.
    fn in_markdown(&mut self, path: &Utf8Path, text: &str, offset: usize) -> Option<Vec<Completion>> {
        let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        let before = &text[start..offset];
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let (named, from) = if let Some(at) = before.rfind("[[").filter(|at| !before[*at..].contains([']', '|'])) {
            (Named::Term, start + at + 2)
        } else {
            let at = before.rfind('@').filter(|at| before[at + 1..].chars().all(is_key))?;
            (Named::Source, start + at + 1)
        };
        let family = self.family(path)?;
        let mut found = named_in(&family, |other| *other == named, &(from..offset));
        if named == Named::Term {
            let is_closed = text[offset..].starts_with("]]");
            for completion in found.iter_mut().filter(|_| !is_closed) {
                completion.text.push_str("]]");
            }
        }
        rank(&mut found, &text[from..offset].to_lowercase());
        Some(found)
    }

    /// Names from the lesson and files next to it that can be written at a cursor.
    fn names(&mut self, path: &Utf8Path, text: &str, cursor: &Cursor, typed: &Range<usize>) -> Vec<Completion> {
        let keys: Vec<&str> = cursor.levels.iter().filter_map(|level| level.key.as_deref()).collect();
        let typed = last_word(text, typed);
        let kind = FileType::of(path);
        let in_key = matches!(cursor.spot, Spot::Key { .. });
        match (kind, keys.as_slice()) {
            (FileType::Issue, ["lessons"]) => return self.lessons(path, &typed),
            (FileType::Lesson, [.., "style"]) => {
                return citation_style::SUGGESTED.iter().map(|style| word(style, None, &typed)).collect();
            }
            (FileType::Lesson | FileType::Series, [.., "image"]) => return self.images(path, &typed),
            _ => {}
        }
        let wanted: Box<dyn Fn(&Named) -> bool> = match (kind, keys.as_slice()) {
            (FileType::Lesson, [.., "see"]) => Box::new(|named| *named == Named::Label),
            (FileType::Teacher, ["notes"]) | (FileType::Teacher, [.., "see"]) => {
                Box::new(|named| matches!(named, Named::Label | Named::Item))
            }
            (FileType::Teacher, ["answers"]) => Box::new(|named| *named == Named::Item),
            (FileType::Teacher, ["answers", item, ..]) => {
                let item = (*item).to_owned();
                Box::new(move |named| *named == Named::Entry(item.clone()))
            }
            _ => return Vec::new(),
        };
        let Some(family) = self.family(path) else { return Vec::new() };
        let mut found = named_in(&family, &*wanted, &typed);
        if let (FileType::Teacher, [.., "see"]) = (kind, keys.as_slice()) {
            found.extend(PART_NAMES.iter().map(|part| word(part, None, &typed)));
        }
        let has_keys = matches!((kind, keys.as_slice()), (FileType::Teacher, ["answers" | "notes", ..]));
        if in_key && has_keys {
            let present: Vec<&str> = match &cursor.spot {
                Spot::Key { beside, .. } => beside.iter().map(|(name, _)| name.as_str()).collect(),
                _ => Vec::new(),
            };
            found.retain(|completion| !present.contains(&completion.label.as_str()));
            for completion in &mut found {
                completion.text.push_str(": ");
                completion.stops = vec![completion.text.len()];
            }
        }
        found
    }

    /// The lessons next to `issue.yaml` that it doesn't list yet.
    fn lessons(&mut self, path: &Utf8Path, typed: &Range<usize>) -> Vec<Completion> {
        let Some(folder) = path.parent() else { return Vec::new() };
        let text = self.text(path);
        let Ok(listing) = self.files.list(folder, folder) else { return Vec::new() };
        let stems = listing.files.iter().filter_map(|file| file.file_stem());
        let is_lesson = |stem: &&str| !stem.contains('.') && *stem != WHOLE_ISSUE;
        let is_listed = |stem: &str| text.lines().any(|line| line.trim().trim_start_matches("- ").trim() == stem);
        stems.filter(is_lesson).filter(|stem| !is_listed(stem)).map(|stem| word(stem, None, typed)).collect()
    }

    /// The image files next to a file and in its `images` folder.
    fn images(&self, path: &Utf8Path, typed: &Range<usize>) -> Vec<Completion> {
        let Some(folder) = path.parent() else { return Vec::new() };
        let mut found = Vec::new();
        for inside in ["", "images"] {
            let listed = folder.join(inside);
            if !listed.is_dir() {
                continue;
            }
            let Ok(listing) = self.files.list(&listed, folder) else { continue };
            for file in listing.others {
                let ending = file.extension().map(str::to_lowercase);
                let Some(name) = file.file_name().filter(|_| ending.is_some_and(|ending| IMAGES.contains(&ending.as_str())))
                else {
                    continue;
                };
                let name = if inside.is_empty() { name.to_owned() } else { format!("{inside}/{name}") };
                found.push(Completion { kind: CompletionKind::File, ..word(&name, None, typed) });
            }
        }
        found
    }
}

/// The defined names that are wanted, each once.
fn named_in(family: &Family, wanted: impl Fn(&Named) -> bool, typed: &Range<usize>) -> Vec<Completion> {
    let mut found: Vec<Completion> = Vec::new();
    for occurrence in family.names.iter().filter(|occurrence| occurrence.is_definition && wanted(&occurrence.named)) {
        let location = family.location(occurrence);
        // Terms are shown as the vocabulary has them.
        let written = location.as_ref().map(|location| {
            let source = family.sources.file(occurrence.place.file);
            source.text().get(location.range.clone()).unwrap_or(&occurrence.name).to_owned()
        });
        let label = written.unwrap_or_else(|| occurrence.name.clone());
        if found.iter().any(|known| known.label == label) {
            continue;
        }
        let meaning = super::hover::definition(family, occurrence);
        found.push(Completion { kind: CompletionKind::Name, ..word(&label, meaning, typed) });
    }
    found
}

/// Puts what starts as typed first, then what is required, and drops what has nothing of what was typed.
fn rank(found: &mut Vec<Completion>, typed: &str) {
    let fits = |completion: &Completion| {
        let label = completion.label.to_lowercase();
        let mut letters = label.chars();
        typed.chars().all(|wanted| letters.by_ref().any(|letter| letter == wanted))
    };
    found.retain(fits);
    found.sort_by_key(|completion| {
        let label = completion.label.to_lowercase();
        (!label.starts_with(typed), !label.contains(typed), !completion.is_required)
    });
}

/// The part of a value after its last comma or opening bracket.
fn last_word(text: &str, typed: &Range<usize>) -> Range<usize> {
    let part = &text[typed.clone()];
    let at = part.rfind([',', '[']).map_or(0, |at| at + 1);
    let at = at + (part[at..].len() - part[at..].trim_start().len());
    typed.start + at..typed.end
}

fn word(label: &str, meaning: Option<String>, typed: &Range<usize>) -> Completion {
    Completion {
        label: label.to_owned(),
        kind: CompletionKind::Word,
        meaning,
        is_required: false,
        range: typed.clone(),
        text: label.to_owned(),
        stops: Vec::new(),
    }
}

fn words(expected: Expected<'_>, typed: &Range<usize>) -> Vec<Completion> {
    expected.words().into_iter().map(|(name, meaning)| word(name, meaning.map(str::to_owned), typed)).collect()
}

/// A key, with the start of its value.
fn of_key(key: &ExpectedKey<'_>, cursor: &Cursor, typed: &Range<usize>) -> Completion {
    let mut draft = Draft::default();
    write_key(key, cursor.column, cursor.in_flow, 0, &mut draft);
    Completion {
        label: key.name.to_owned(),
        kind: CompletionKind::Key,
        meaning: key.meaning.map(str::to_owned),
        is_required: key.is_required,
        range: typed.clone(),
        text: draft.text,
        stops: draft.stops,
    }
}

fn write_key(key: &ExpectedKey<'_>, column: usize, in_flow: bool, depth: usize, draft: &mut Draft) {
    draft.push(key.name);
    draft.push(":");
    let below = format!("\n{}", " ".repeat(column + 2));
    if in_flow {
        draft.push(" ");
        draft.stop();
        return;
    }
    match key.value.writing() {
        Writing::Line => {
            draft.push(" ");
            draft.stop();
        }
        Writing::Paragraphs => {
            draft.push(" |");
            draft.push(&below);
            draft.stop();
        }
        Writing::List => {
            draft.push(&below);
            draft.push("- ");
            let entry = key.value.step(Step::Entry, &[]);
            match entry.map(required) {
                Some(keys)
                    if !keys.is_empty() && depth < MAX_DEPTH && entry.is_some_and(|entry| entry.writing() == Writing::Keys) =>
                {
                    write_keys(&keys, column + 4, depth + 1, draft);
                }
                _ => draft.stop(),
            }
        }
        Writing::Keys => {
            draft.push(&below);
            let keys = required(key.value);
            if keys.is_empty() || depth >= MAX_DEPTH {
                draft.stop();
            } else {
                write_keys(&keys, column + 2, depth + 1, draft);
            }
        }
    }
}

fn required(value: Expected<'_>) -> Vec<ExpectedKey<'_>> {
    value.keys(&[]).into_iter().filter(|key| key.is_required).collect()
}

fn write_keys(keys: &[ExpectedKey<'_>], column: usize, depth: usize, draft: &mut Draft) {
    for (index, key) in keys.iter().enumerate() {
        if index > 0 {
            draft.push(&format!("\n{}", " ".repeat(column)));
        }
        write_key(key, column, false, depth, draft);
    }
}
