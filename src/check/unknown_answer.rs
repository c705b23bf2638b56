//! An answer to an item, or to a row, blank, or statement of one, that the lesson does not have.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Change, Code, Diagnostic, Diagnostics, Help, Suggestions, in_words};
use crate::formats::{self, TextFormat};
use crate::lesson::answer::{Answer, Named};
use crate::lesson::block::Block;
use crate::lesson::block::answer::{Names, ids};
use crate::source::Place;

/// The most ids that a help line lists.
const MAX_LISTED: usize = 24;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let blocks = context.lesson.blocks_by_id();
    let given: HashSet<&str> = teacher.answers.iter().map(|answer| answer.key.value.as_str()).collect();
    let mut finder = Finder { suggestions: Suggestions::default(), diagnostics };
    for answer in teacher.answers.iter() {
        let key = &answer.key;
        if let Some(block) = blocks.get(key.value.as_str()) {
            inside(&key.value, block, &answer.value, &mut finder);
        } else if is_sound(&key.value) {
            let known: Vec<&str> = blocks.keys().copied().collect();
            let known = Known { all: &known, given: &given, what: "item" };
            let message = format!("the lesson has no item with the id `{}`", key.value);
            let help = without_an_answer(context, &key.value)
                .or_else(|| finder.help(&key.value, &known))
                .unwrap_or_else(|| nowhere(context, &key.value).into());
            finder.diagnostics.push(Diagnostic::new(Code::UnknownAnswer, key.place, message).help(help));
        }
    }
}

/// The help for an answer to a block that takes none and is named like the id.
fn without_an_answer(context: &Context<'_>, id: &str) -> Option<Help> {
    let block = context.lesson.blocks().find(|block| block.name() == id && block.item().is_none())?;
    Some(Help::with(format!("a `{}` has no answer: remove it", block.name()), Change::Remove))
}

/// The help for an answer when every item with an id has one.
fn nowhere(context: &Context<'_>, id: &str) -> String {
    let items: Vec<_> = context.lesson.items().collect();
    if items.is_empty() {
        format!("remove `{id}`, or add a question with `id: {id}` to the lesson")
    } else if items.iter().any(|item| item.id.is_none()) {
        format!("remove it, or give a question in the lesson `id: {id}`")
    } else {
        format!("every item already has an answer; remove `{id}`")
    }
}

/// Looks up the ids in an answer in its item.
fn inside(item: &str, block: &Block, answer: &Answer, finder: &mut Finder<'_>) {
    let form = block.content().answer();
    if answer.without_form(form.keys).is_some() {
        return;
    }
    for names in &form.names {
        let named = answer.named(names.key);
        let given: HashSet<&str> = named.iter().map(|named| named.id).collect();
        let known: Vec<&str> = names.ids.iter().map(String::as_str).collect();
        let known = Known { all: &known, given: &given, what: names.what };
        named.iter().for_each(|named| entry(named, names, &known, item, finder));
    }
    if let Block::Matching(it) = block {
        let matches = ids(&it.matches);
        let matches: Vec<&str> = matches.iter().map(String::as_str).collect();
        // Several items can have the same match.
        let known = Known { all: &matches, given: &HashSet::new(), what: "match" };
        answer.pairs.iter().for_each(|pair| finder.id(&pair.value.value, pair.value.place, &known, item));
    }
}

/// Looks up an id under a key of an answer, and the ids nested under it.
fn entry(named: &Named<'_>, names: &Names, known: &Known<'_>, item: &str, finder: &mut Finder<'_>) {
    if !is_sound(named.id) {
        finder.named_by_text(named, known);
        return;
    }
    if let Some(help) = the_other_way(named, names) {
        finder.unknown(named.id, named.place, known, item, help);
        return;
    }
    match names.also {
        Some((one, other)) if named.id == one && known.free().contains(&other) && !known.has(one) => {
            finder.unknown(named.id, named.place, known, item, Help::meant(other));
        }
        _ => finder.id(named.id, named.place, known, item),
    }
    let Some((what, ids)) = &names.inner else { return };
    let all: Vec<&str> = ids.iter().map(String::as_str).collect();
    let given: HashSet<&str> = named.inner.iter().map(|(id, _)| *id).collect();
    let known = Known { all: &all, given: &given, what };
    named.inner.iter().filter(|(id, _)| is_sound(id)).for_each(|(id, place)| finder.id(id, *place, &known, item));
}

/// The help for an id that is nested the wrong way around: a column with its rows inside.
fn the_other_way(named: &Named<'_>, names: &Names) -> Option<String> {
    let has = |ids: &[String], id: &str| ids.iter().any(|known| known == id);
    let (_, inner) = names.inner.as_ref()?;
    let is_inner = !has(&names.ids, named.id) && has(inner, named.id);
    let outer = named.inner.iter().map(|(id, _)| *id).find(|id| is_inner && has(&names.ids, id))?;
    Some(format!("put the {} first: `{{{outer}: {{{}: …}}}}`", names.what, named.id))
}

/// Whether text is a valid id. If not, it was reported while reading.
fn is_sound(id: &str) -> bool {
    formats::wrong(TextFormat::Id, id).is_none()
}

/// The ids that can be named in one place.
struct Known<'k> {
    all: &'k [&'k str],
    /// Those that are named there.
    given: &'k HashSet<&'k str>,
    /// What they name.
    what: &'k str,
}

impl<'k> Known<'k> {
    fn has(&self, id: &str) -> bool {
        self.all.contains(&id)
    }

    /// Those that nothing names yet.
    fn free(&self) -> Vec<&'k str> {
        self.all.iter().copied().filter(|id| !self.given.contains(id)).collect()
    }
}

struct Finder<'a> {
    suggestions: Suggestions,
    diagnostics: &'a mut Diagnostics,
}

impl Finder<'_> {
    /// Reports an id that nothing has.
    fn id(&mut self, id: &str, place: Place, known: &Known<'_>, item: &str) {
        if id.is_empty() || known.has(id) {
            return;
        }
        let what = known.what;
        let help = if !known.all.is_empty() {
            let remove = || Help::with(format!("remove `{id}`: every {what} has its answer"), Change::Remove);
            self.help(id, known).unwrap_or_else(remove)
        } else if what == "blank" {
            format!("add the blank `{{{{{id}}}}}` to the lesson").into()
        } else if is_sound(id) {
            format!("give the {what} an id in the lesson: `{{id: {id}, text: …}}`").into()
        } else {
            new_id(id, what).into()
        };
        self.unknown(id, place, known, item, help);
    }

    fn unknown(&mut self, id: &str, place: Place, known: &Known<'_>, item: &str, help: impl Into<Help>) {
        let what = known.what;
        let message = match what {
            "blank" => format!("`{item}` has no blank named `{id}`"),
            _ => format!("`{item}` has no {what} with the id `{id}`"),
        };
        self.diagnostics.push(Diagnostic::new(Code::UnknownAnswer, place, message).help(help));
    }

    /// Improves the report of an invalid id that names an entry without an id by its text.
    fn named_by_text(&mut self, named: &Named<'_>, known: &Known<'_>) {
        if known.all.is_empty()
            && known.what != "blank"
            && let Some(report) = self.diagnostics.at(Code::BadId, named.place)
        {
            report.set_help(new_id(named.id, known.what));
        }
    }

    /// The help for an unknown id: the closest one, or those that are free. `None` if all are taken.
    fn help(&mut self, id: &str, known: &Known<'_>) -> Option<Help> {
        let free = known.free();
        if let Some(close) = self.suggestions.closest(id, free.iter().copied()) {
            return Some(Help::meant(close));
        }
        let taken = known.all.iter().copied().filter(|id| known.given.contains(id));
        if let Some(close) = self.suggestions.closest(id, taken) {
            return Some(format!("`{close}` is already here: merge the two, or remove `{id}`").into());
        }
        let mut choices: Vec<_> = free.iter().take(MAX_LISTED).map(|id| format!("`{id}`")).collect();
        let use_one = match choices.len() {
            0 => return None,
            1 | 2 => "use",
            _ => "use one of",
        };
        choices.push("remove it".to_owned());
        Some(format!("{use_one} {}", in_words(&choices, "or")).into())
    }
}

/// The help for an entry that is named by its text because it has no id.
fn new_id(text: &str, what: &str) -> String {
    let id = crate::lesson::values::slug(text).unwrap_or_else(|| "…".to_owned());
    format!("give the {what} an id in the lesson, `{{id: {id}, text: {text}}}`, and write `{id}` here")
}
