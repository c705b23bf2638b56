//! Values that may or may not name a form, and values that name a form that isn't allowed here.

use super::forms::{Forms, MAX_LOOKED_AT};
use super::reader::Reader;
use super::subject::Subject;
use super::variants::LONGEST_NAME;
use super::wordings::is_sentence;
use super::{Property, Shape};
use crate::diagnostics::{Code, closest};
use crate::value::Datum;
use crate::yaml::{Key, Node, Value};

impl<'a> Reader<'a> {
    /// Whether a map names a form instead of being the value of `short`, the form that needs no name.
    pub(super) fn names_a_form(&self, entries: &[(Key, Node)], forms: &Forms<'a>, short: &Property<'a>) -> bool {
        let own = self.schema.properties(self.schema.resolve(short.1));
        let is_own = |key: &str| own.iter().any(|(name, _)| *name == key);
        let looked_at = entries.iter().take(MAX_LOOKED_AT);
        let means_own = |key: &str| self.schema.hints.only(key, own.iter().map(|(name, _)| *name)).is_some();
        let close = |key: &str| {
            let closest = || closest(key, forms.names()).is_some();
            !is_own(key) && (closest() || (!means_own(key) && !self.schema.hints.meant(key, forms.names()).is_empty()))
        };
        let holds_keys = |(key, node): &(Key, Node)| !is_own(&key.text) && matches!(node.value, Value::Map(_));
        looked_at.clone().any(|(key, _)| forms.has(&key.text))
            || entries.first().is_some_and(|entry| close(&entry.0.text) || holds_keys(entry))
    }

    fn among(&self, shape: &'a Shape) -> Option<&'a Shape> {
        Some(&self.schema.definitions[shape.among?])
    }

    /// All forms of the value that this value's forms were chosen from.
    fn all_forms(&self, shape: &'a Shape) -> Option<Forms<'a>> {
        Some(Forms::of(self.schema.forms(self.among(shape)?)?))
    }

    /// Reports a form that is allowed elsewhere but not here, and reads it anyway.
    pub(super) fn misplaced(&mut self, node: &Node, shape: &'a Shape, forms: &Forms<'a>, what: Subject<'_>) -> Option<Datum> {
        let all = self.all_forms(shape)?;
        let (name, place) = match &node.value {
            Value::Map(entries) => entries.first().map(|(key, _)| (key.text.as_str(), key.place))?,
            Value::Text(scalar) => {
                let text = scalar.text.trim();
                let word = || self.schema.hints.only(text, all.words.iter().copied());
                (if all.has(text) { text } else { closest(text, all.words.iter().copied()).or_else(word)? }, node.place)
            }
            _ => return None,
        };
        let short = self.among(shape)?.shorthand.as_deref();
        let name = all.names().find(|known| *known == name && !forms.has(known) && Some(*known) != short)?;
        let list = what.list();
        let help = self.schema.hints.other_places;
        let help = if self.is_alone { format!("{help}, and delete `{}:`", what.key()) } else { help.to_owned() };
        self.report(
            Code::MisplacedBlock,
            place,
            format!("`{name}` isn't allowed in {list}, which takes only {}s", self.schema.hints.form[1]),
        )
        .help(help);
        match (&node.value, all.key(name)) {
            (Value::Map(entries), Some((name, form))) => {
                let value = self.value(&entries[0].1, form, Subject::Key(name))?;
                Some(Datum::form(name, value))
            }
            (_, None) => Some(Datum::Text(name.to_owned())),
            _ => None,
        }
    }

    /// Reports a word, in place of a list, that names a form allowed elsewhere; returns `false` for any other text.
    pub(super) fn is_misplaced_word(&mut self, node: &Node, items: &'a Shape, what: Subject<'_>) -> bool {
        let target = self.schema.resolve(items);
        let Some(forms) = self.schema.forms(target).map(Forms::of) else { return false };
        self.is_alone = true;
        matches!(&node.value, Value::Text(scalar) if scalar.text.len() <= LONGEST_NAME)
            && self.misplaced(node, target, &forms, what).is_some()
    }

    /// Reports a map that isn't a form of a value that may also be plain text.
    pub(super) fn no_form(&mut self, (key, value): &(Key, Node), what: Subject<'_>) -> bool {
        if !what.is_entry() {
            let message = if is_sentence(&key.text) {
                format!("`{}` was read as a key", key.text)
            } else {
                format!("unknown {} `{}`", self.schema.hints.form[0], key.text)
            };
            self.report(Code::UnknownKey, key.place, message)
                .help(format!("if this is text, write `{}: |` and the text below it, indented", what.key()));
            return true;
        }
        if is_sentence(&key.text) {
            self.taken_for_a_key(key, value);
            return true;
        }
        false
    }
}
