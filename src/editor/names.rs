//! The names in a lesson's files that refer to each other: ids of items and of their entries, labels, sources, and glossary terms,
//! with every place where one is defined or used.

use crate::formats::{self, TextFormat};
use crate::lesson::Lesson;
use crate::lesson::answer::Answer;
use crate::lesson::block::Block;
use crate::lesson::prose::Inline;
use crate::lesson::teacher::Teacher;
use crate::source::Place;

/// What a name names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A question or activity, by its id.
    Item,
    /// An entry of the item with this id, such as a row of a table.
    Entry(String),
    /// A paragraph or line, by its label.
    Label,
    /// A source of the bibliography.
    Source,
    /// A term of the vocabulary.
    Term,
}

/// A place where a name is defined or used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// What it names.
    pub named: Named,
    /// The name. Terms are in lowercase, since their case doesn't matter.
    pub name: String,
    /// Where it is: perhaps with quotation marks around it.
    pub place: Place,
    /// Whether it is defined here.
    pub is_definition: bool,
}

/// Why something can't be the new name of what is named; `None` if it can.
pub(super) fn why_not(named: &Named, new: &str) -> Option<String> {
    match named {
        Named::Item | Named::Entry(_) | Named::Label => {
            formats::wrong(TextFormat::Id, new).map(|wrong| format!("{}; {}", wrong.message, wrong.help))
        }
        Named::Source => {
            let is_key = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '/');
            let fits = new.starts_with(|c: char| c.is_alphanumeric()) && new.chars().all(is_key);
            (!fits).then(|| format!("`{new}` can't be the key of a source; use letters, digits, and hyphens"))
        }
        Named::Term => {
            let breaks = new.is_empty() || new.contains(['[', ']', '|', '{', '}', '#', ':', ',', '"', '\n']);
            breaks.then(|| format!("`{new}` can't be a vocabulary word: it has a sign that means something in YAML"))
        }
    }
}

/// Every name in a lesson.
pub(super) fn of_lesson(lesson: &Lesson) -> Vec<Occurrence> {
    let mut found = Found::default();
    for (key, _) in lesson.bibliography.iter().flat_map(|bibliography| bibliography.sources()) {
        found.define(Named::Source, &key.value, key.place);
    }
    for term in &lesson.vocabulary {
        found.define(Named::Term, &term.term.value.to_lowercase(), term.term.place);
    }
    for (label, _) in lesson.labels() {
        found.define(Named::Label, &label.value, label.place);
    }
    for block in lesson.blocks() {
        let Some(item) = block.item() else { continue };
        for see in item.see {
            found.mention(Named::Label, &see.value.0, see.place);
        }
        if let Some(id) = item.id {
            found.define(Named::Item, &id.value.0, id.place);
            for entry in entries(block) {
                found.define(Named::Entry(id.value.0.clone()), &entry.0, entry.1);
            }
        }
    }
    lesson.each_inline(&mut |inline| found.inline(inline));
    found.0
}

/// Every name in a teacher file; the lesson tells labels from items.
pub(super) fn of_teacher(teacher: &Teacher, lesson: &Lesson) -> Vec<Occurrence> {
    let mut found = Found::default();
    let blocks = lesson.blocks_by_id();
    let either = |name: &str| if blocks.contains_key(name) { Named::Item } else { Named::Label };
    for answer in teacher.answers.iter() {
        found.mention(Named::Item, &answer.key.value, answer.key.place);
        if let Some(block) = blocks.get(answer.key.value.as_str()) {
            found.answer(&answer.key.value, block, &answer.value);
        }
    }
    for note in teacher.notes.iter() {
        found.mention(either(&note.key.value), &note.key.value, note.key.place);
    }
    for see in teacher.substitute.iter().flat_map(|substitute| &substitute.steps).flat_map(|step| &step.see) {
        found.mention(either(see.value.trim()), see.value.trim(), see.place);
    }
    teacher.each_inline(&mut |inline| found.inline(inline));
    found.0
}

/// The ids of the entries of a block, and the names of its blanks.
fn entries(block: &Block) -> Vec<(String, Place)> {
    let ids = block.content().lists().into_iter().flatten().map(|id| (id.value.0.clone(), id.place));
    let blanks = match block {
        Block::Cloze(cloze) => cloze.blanks().into_iter().map(|name| (name.value.clone(), name.place)).collect(),
        _ => Vec::new(),
    };
    ids.chain(blanks).collect()
}

#[derive(Default)]
struct Found(Vec<Occurrence>);

impl Found {
    fn define(&mut self, named: Named, name: &str, place: Place) {
        self.push(named, name, place, true);
    }

    fn mention(&mut self, named: Named, name: &str, place: Place) {
        self.push(named, name, place, false);
    }

    fn push(&mut self, named: Named, name: &str, place: Place, is_definition: bool) {
        if !name.is_empty() {
            self.0.push(Occurrence { named, name: name.to_owned(), place, is_definition });
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Citation { sources } => {
                sources.iter().for_each(|cite| self.mention(Named::Source, &cite.key.value, cite.key.place));
            }
            Inline::Term { term, .. } => self.mention(Named::Term, &term.value.to_lowercase(), term.place),
            _ => {}
        }
    }

    /// The ids in an answer that name entries of its item.
    fn answer(&mut self, item: &str, block: &Block, answer: &Answer) {
        let known: Vec<String> = entries(block).into_iter().map(|(id, _)| id).collect();
        let named = || Named::Entry(item.to_owned());
        let is_known = |id: &str| known.iter().any(|known| known == id);
        for names in &block.content().answer().names {
            for entry in answer.named(names.key) {
                let inner = entry.inner.iter().copied().filter(|(id, _)| is_known(id));
                for (id, place) in std::iter::once((entry.id, entry.place)).filter(|(id, _)| is_known(id)).chain(inner) {
                    self.mention(named(), id, place);
                }
            }
        }
        let choices = answer.choice.iter().chain(&answer.choices).chain(answer.rows.iter().map(|row| &row.value.choice));
        let matches = answer.pairs.iter().map(|pair| &pair.value);
        for choice in choices.chain(matches).filter(|choice| is_known(&choice.value)) {
            self.mention(named(), &choice.value, choice.place);
        }
    }
}
