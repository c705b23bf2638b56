//! Values of which it is open whether they name a form, or that name one which cannot stand here.

use serde_json::{Value as Json, json};

use super::forms::{Forms, MAX_LOOKED_AT};
use super::keywords::is_sentence;
use super::{AN_ENTRY, Property, Walker, words};
use crate::diagnostics::{Code, closest};
use crate::yaml::{Key, Node, Value};

impl<'a> Walker<'a> {
    /// Whether a map names a form, rather than being the value of the form `short` that needs no name.
    pub(super) fn names_a_form(&self, entries: &[(Key, Node)], forms: &Forms<'a>, short: &Property<'a>) -> bool {
        let own = self.properties(self.resolve(self.without_null(short.1)));
        let is_own = |key: &str| own.iter().any(|(name, _)| *name == key);
        let looked_at = entries.iter().take(MAX_LOOKED_AT);
        let means_own = |key: &str| words::only(key, own.iter().map(|(name, _)| *name)).is_some();
        let close = |key: &str| {
            let closest = || closest(key, forms.names()).is_some();
            !is_own(key) && (closest() || (!means_own(key) && !words::meant(key, forms.names()).is_empty()))
        };
        let holds_keys = |(key, node): &(Key, Node)| !is_own(&key.text) && matches!(node.value, Value::Map(_));
        looked_at.clone().any(|(key, _)| forms.has(&key.text))
            || entries.first().is_some_and(|entry| close(&entry.0.text) || holds_keys(entry))
    }

    /// The forms from which those of this value were chosen.
    fn all_forms(&self, schema: &'a Json) -> Option<Forms<'a>> {
        let among = self.resolve(schema.get("x-among")?);
        Some(Forms::of(among.get("oneOf")?.as_array()?))
    }

    /// Reports a form that can stand elsewhere and not here, and reads it all the same.
    pub(super) fn misplaced(&mut self, node: &Node, schema: &'a Json, forms: &Forms<'a>, what: &str) -> Option<Json> {
        let all = self.all_forms(schema)?;
        let (name, place) = match &node.value {
            Value::Map(entries) => entries.first().map(|(key, _)| (key.text.as_str(), key.place))?,
            Value::Text(scalar) => {
                let text = scalar.text.trim();
                (if all.has(text) { text } else { closest(text, all.words.iter().copied())? }, node.place)
            }
            _ => return None,
        };
        let short = self.resolve(schema.get("x-among")?).get("x-shorthand").and_then(Json::as_str);
        let name = all.names().find(|known| *known == name && !forms.has(known) && Some(*known) != short)?;
        let list = what.trim_start_matches(AN_ENTRY).trim();
        self.report(Code::MisplacedBlock, place, format!("`{name}` cannot stand in {list}: only questions can"))
            .help("move it into `reading` or the `body` of the activity");
        match (&node.value, all.key(name)) {
            (Value::Map(entries), Some((name, form))) => {
                let value = self.value(&entries[0].1, form, &format!("`{name}`"))?;
                Some(json!({name: value}))
            }
            (_, None) => Some(name.into()),
            _ => None,
        }
    }

    /// Reports a map that is no form of a value for which a plain text can stand.
    pub(super) fn no_form(&mut self, key: &Key, what: &str) -> bool {
        if !what.starts_with(AN_ENTRY) {
            self.report(Code::UnknownKey, key.place, format!("there is no block `{}`", key.text))
                .help(format!("a text of several lines begins with `{}: |`", what.trim_matches('`')));
            return true;
        }
        if is_sentence(&key.text) {
            self.taken_for_a_key(key);
            return true;
        }
        false
    }
}
