//! Names that aren't forms of a value, and the forms that they or the keys under them mean.

use super::Shape;
use super::forms::{Forms, MAX_LOOKED_AT};
use super::numbers::number;
use super::reader::Reader;
use super::written::flow_value;
use crate::diagnostics::Help;
use crate::yaml::{Key, Node, Value};

/// The most forms that a help line suggests because of their keys.
const MAX_HOLDERS: usize = 3;

impl<'a> Reader<'a> {
    /// The form that a name means, or the only one that has the keys of the value.
    pub(super) fn form_meant(&self, key: &Key, value: &Node, forms: &Forms<'a>) -> Option<&'a str> {
        let name = forms.meant_by(&key.text, self.schema.hints);
        match self.forms_with_keys(value, forms)[..] {
            [holder] if !self.is_part(&key.text, forms) => Some(holder),
            _ => name,
        }
    }

    /// The forms that have all the keys of a map.
    fn forms_with_keys(&self, value: &Node, forms: &Forms<'a>) -> Vec<&'a str> {
        let Value::Map(entries) = &value.value else { return Vec::new() };
        if entries.is_empty() || entries.len() > MAX_LOOKED_AT || !forms.examples.is_empty() {
            return Vec::new();
        }
        let has = |form: &'a Shape, name: &str| self.schema.property(form, name).is_some();
        let has_all = |form: &'a Shape| entries.iter().all(|(key, _)| has(form, &key.text));
        forms.keys.iter().filter(|(_, form)| has_all(form)).map(|(name, _)| *name).collect()
    }

    /// The help for a name that isn't a form and doesn't mean one; `takes_text` if the value may also be text.
    pub(super) fn no_name(
        &self,
        key: &Key,
        value: &Node,
        forms: &Forms<'a>,
        known: &[&'a str],
        takes_text: bool,
    ) -> Option<Help> {
        let (name, hints) = (&key.text, self.schema.hints);
        if let Some((_, help)) = hints.instead.iter().find(|(words, _)| words.contains(&name.as_str())) {
            return Some(
                help.replace("<value>", &number(value).map_or_else(|| "5".to_owned(), |number| number.to_string())).into(),
            );
        }
        if self.is_part(name, forms) {
            let part = self.part_with(name, value);
            return Some(format!("write `{part}` at the left margin, with the other parts of the lesson").into());
        }
        if hints.meant(name, known.iter().copied()).is_empty()
            && let Some(help) = self.key_of_a_form(name, forms)
        {
            return Some(help.into());
        }
        let holders = self.forms_with_keys(value, forms);
        if !holders.is_empty() && holders.len() <= MAX_HOLDERS {
            return Some(Help::meant_one_of(&holders));
        }
        let help = forms.help(name, known, hints)?;
        let is_text = matches!(value.value, Value::Text(_)) && number(value).is_none();
        let shown = flow_value(value);
        let is_unlike = help.text == hints.all_forms;
        if is_unlike && is_text && takes_text && shown != "…" {
            return Some(format!("if this is text, write only the text: `- {shown}`; {help}").into());
        }
        Some(help)
    }

    /// A part of the lesson with its value, which may have to be a list.
    fn part_with(&self, name: &str, value: &Node) -> String {
        let part = self.schema.property(&self.schema.root, name).and_then(|part| self.schema.list(part));
        let shown = flow_value(value);
        match (part, &value.value) {
            (Some(list), Value::Text(_)) if !list.takes_single => format!("{name}: [{shown}]"),
            _ => format!("{name}:"),
        }
    }

    /// The help for one entry of a form's list in place of the list: `role_cards: [{title: …}]` for `role_card: {title: …}`.
    pub(super) fn list_of_a_form(&self, name: &str, value: &Node, forms: &Forms<'a>) -> Option<String> {
        let (Value::Map(entries), Some((_, form))) = (&value.value, forms.key(name)) else { return None };
        let form = self.schema.resolve(form);
        let items = &self.schema.list(self.schema.property(form, form.shorthand.as_deref()?)?)?.entries;
        let is_of = |shape: &'a Shape, key: &Key| self.schema.property(shape, &key.text).is_some();
        let is_entry = !entries.is_empty() && entries.iter().all(|(key, _)| is_of(items, key) && !is_of(form, key));
        is_entry.then(|| format!("write `{name}: [{}]`", flow_value(value)))
    }

    /// The help for a name that isn't a form but a key of one.
    fn key_of_a_form(&self, name: &str, forms: &Forms<'a>) -> Option<String> {
        let has = |form: &'a Shape| self.schema.properties(self.schema.resolve(form)).iter().any(|(known, _)| *known == name);
        let mut holders = forms.keys.iter().filter(|(_, form)| forms.examples.is_empty() && has(form)).map(|(name, _)| name);
        let first = holders.next()?;
        let shown = if holders.next().is_none() {
            format!("`{first}`")
        } else {
            format!("{}s such as `{first}`", self.schema.hints.form[0])
        };
        Some(format!("`{name}` is a key of {shown}; remove the `- ` and indent it under the block that it belongs to"))
    }

    /// Whether a name is a part of the lesson where a block is expected.
    fn is_part(&self, name: &str, forms: &Forms<'a>) -> bool {
        forms.examples.is_empty() && self.schema.properties(&self.schema.root).iter().any(|(known, _)| *known == name)
    }
}
