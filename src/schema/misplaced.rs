//! Values of which it is open whether they name a form, or that name one which cannot stand here.

use super::forms::{Forms, MAX_LOOKED_AT};
use super::reader::Reader;
use super::subject::Subject;
use super::wordings::is_sentence;
use super::{Property, Shape};
use crate::diagnostics::{Code, closest};
use crate::value::Datum;
use crate::yaml::{Key, Node, Value};

impl<'a> Reader<'a> {
    /// Whether a map names a form, rather than being the value of the form `short` that needs no name.
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

    /// The forms from which those of this value were chosen.
    fn all_forms(&self, shape: &'a Shape) -> Option<Forms<'a>> {
        Some(Forms::of(self.schema.forms(self.among(shape)?)?))
    }

    /// Reports a form that can stand elsewhere and not here, and reads it all the same.
    pub(super) fn misplaced(&mut self, node: &Node, shape: &'a Shape, forms: &Forms<'a>, what: Subject<'_>) -> Option<Datum> {
        let all = self.all_forms(shape)?;
        let (name, place) = match &node.value {
            Value::Map(entries) => entries.first().map(|(key, _)| (key.text.as_str(), key.place))?,
            Value::Text(scalar) => {
                let text = scalar.text.trim();
                (if all.has(text) { text } else { closest(text, all.words.iter().copied())? }, node.place)
            }
            _ => return None,
        };
        let short = self.among(shape)?.shorthand.as_deref();
        let name = all.names().find(|known| *known == name && !forms.has(known) && Some(*known) != short)?;
        let list = what.list();
        let help = self.schema.hints.other_places;
        self.report(
            Code::MisplacedBlock,
            place,
            format!("`{name}` cannot stand in {list}: only {}s can", self.schema.hints.form[1]),
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

    /// Reports a map that is no form of a value for which a plain text can stand.
    pub(super) fn no_form(&mut self, key: &Key, what: Subject<'_>) -> bool {
        if !what.is_entry() {
            self.report(Code::UnknownKey, key.place, format!("there is no {} `{}`", self.schema.hints.form[0], key.text))
                .help(format!("a text of several lines begins with `{}: |`", what.key()));
            return true;
        }
        if is_sentence(&key.text) {
            self.taken_for_a_key(key);
            return true;
        }
        false
    }
}
