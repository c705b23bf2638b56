//! Keys in the wrong place: blocks next to the list of blocks, and values with a missing or extra key.

use super::forms::Forms;
use super::numbers::{number, number_in};
use super::reader::Reader;
use super::written::flow_value;
use super::{Form, Property, Shape};
use crate::diagnostics::in_words;
use crate::yaml::{Key, Node, Scalar, Value};

impl<'a> Reader<'a> {
    /// The help for a block name next to a list of blocks, such as `steps` next to `body`.
    pub(super) fn block_beside(&self, key: &str, properties: &[Property<'a>]) -> Option<String> {
        let mut places = Vec::new();
        let mut block = None;
        for (name, shape) in properties {
            if let Some(found) = self.block_of_list(key, shape) {
                block = Some(found);
                places.push(format!("`{name}`"));
            }
            let inner = self.schema.resolve(shape);
            for (inside, shape) in self.schema.properties(inner) {
                if let Some(found) = self.block_of_list(key, shape) {
                    block = block.or(Some(found));
                    places.push(format!("the `{inside}` of `{name}`"));
                }
            }
        }
        let shown = in_words(&places, "or");
        block.map(|block| format!("write it as a {} in {shown}: `- {block}: …`", self.schema.hints.form[0]))
    }

    /// The help for a block inside another one, where it isn't a key.
    pub(super) fn own_block(&self, key: &Key, value: &Node) -> Option<String> {
        let (list, entries) = self.blocks.as_ref()?;
        let (name, form) = Forms::of(self.schema.forms(entries)?).key(&key.text)?;
        // A single word is more likely the value of a key that happens to be named like a block.
        let is_word = matches!(&value.value, Value::Text(scalar) if !scalar.text.trim().contains(' '));
        let shown = flow_value(value);
        (!is_word && self.fits(value, form))
            .then(|| format!("write it as its own {} in `{list}`: `- {name}: {shown}`", self.schema.hints.form[0]))
    }

    /// The help for a part of the file inside another part.
    pub(super) fn part_of_the_file(&self, key: &Key) -> Option<String> {
        let part = self.schema.property(&self.schema.root, &key.text)?;
        let is_list = self.schema.list(part).is_some();
        let name = &key.text;
        match self.present.contains(name) {
            true if is_list => Some(format!("move its entries to the `{name}` at the left margin")),
            false if is_list || !self.properties(part).is_empty() => Some(format!("move `{name}:` to the left margin")),
            _ => None,
        }
    }

    /// The block that a word names, if the shape is a list of blocks.
    fn block_of_list(&self, word: &str, shape: &'a Shape) -> Option<&'a str> {
        let entries = self.schema.resolve(&self.schema.list(shape)?.entries);
        entries.shorthand.as_ref()?;
        let forms = Forms::of(self.schema.forms(entries)?);
        forms.names().find(|name| *name == word).or_else(|| self.schema.hints.only(word, forms.names()))
    }

    /// The help for a key that is a form of another key's value, or whose value belongs to another key.
    pub(super) fn form_elsewhere(&self, key: &Key, value: &Node, free: &[Property<'a>]) -> Option<String> {
        for (name, shape) in free {
            let Some(variants) = self.schema.forms(shape) else { continue };
            let forms = Forms::of(variants);
            if let Some((_, example)) = forms.examples.iter().find(|(form, _)| *form == key.text) {
                let form = forms.key(&key.text).map(|(_, form)| form);
                let fits = form.is_some_and(|form| self.fits(value, form));
                let shown = if fits { flow_value(value) } else { (*example).to_owned() };
                return Some(format!("write `{name}: {{{}: {shown}}}`", key.text));
            }
        }
        let is_integer = |name: &str| free.iter().any(|(known, shape)| *known == name && shape.is_integer());
        match &value.value {
            Value::Map(entries) => match entries.as_slice() {
                [(inner, count)] if number(count).is_some() && is_integer(&inner.text) => {
                    Some(format!("write `{}: {}`", inner.text, flow_value(count)))
                }
                _ => None,
            },
            Value::Text(scalar) => {
                let (_, amount) = self.schema.hints.amounts.iter().find(|(written, _)| *written == key.text)?;
                number_in(&scalar.text).filter(|_| is_integer(amount)).map(|count| format!("write `{amount}: {count}`"))
            }
            _ => None,
        }
    }

    /// The form that keys belong inside, and the help: `{handwriting: {lines: 3, grade: 1}}` for `{lines: 3, grade: 1}`.
    pub(super) fn inside_a_form(&self, entries: &[(Key, Node)], forms: &Forms<'a>) -> Option<(&'a str, String)> {
        let examples = || forms.examples.iter().filter_map(|(name, _)| forms.key(name));
        examples().find_map(|(name, form)| {
            let properties = self.schema.properties(self.schema.resolve(form));
            let short = self.schema.resolve(form).shorthand.as_deref();
            // The form itself may be one of the keys, with the value of its shorthand key.
            let own = |key: &'_ str| if key == name { short.unwrap_or_default().to_owned() } else { key.to_owned() };
            let known = |key: &str| properties.iter().any(|(name, _)| *name == own(key));
            if entries.len() == 1 && entries[0].0.text == name {
                return None;
            }
            if properties.is_empty() || !entries.iter().all(|(key, _)| known(&key.text)) {
                return None;
            }
            let given = |name: &str| entries.iter().find(|(key, _)| own(&key.text) == name).map(|(_, node)| flow_value(node));
            let example = |shape: &'a Shape| shape.example.as_deref().map(str::to_owned);
            let keys: Vec<_> = properties
                .iter()
                .filter_map(|(name, shape)| Some(format!("{name}: {}", given(name).or_else(|| example(shape))?)))
                .collect();
            Some((name, format!("write `{{{name}: {{{}}}}}`", keys.join(", "))))
        })
    }

    /// The help for values in braces that lack keys: `{height: 6 cm, squares: 5 mm}` for `{6 cm, 5 mm}`.
    pub(super) fn without_keys(&self, entries: &[(Key, Node)], properties: &[Property<'a>]) -> Option<String> {
        if entries.is_empty() || entries.len() > properties.len() {
            return None;
        }
        let keys: Option<Vec<_>> = entries
            .iter()
            .zip(properties)
            .map(|((key, node), (name, shape))| {
                let text = Value::Text(Scalar { text: key.text.clone(), joining: None });
                let value = Node { place: key.place, value: text };
                let stands_alone = matches!(node.value, Value::Null) && self.is_cut_off(key);
                let has_format = shape.format().is_some() || self.is_word(shape);
                (stands_alone && has_format && self.fits(&value, shape)).then(|| format!("{name}: {}", flow_value(&value)))
            })
            .collect();
        Some(format!("write `{{{}}}`", keys?.join(", ")))
    }

    /// Whether a value is one of a few words.
    fn is_word(&self, shape: &'a Shape) -> bool {
        self.schema.forms(shape).is_some_and(|forms| forms.iter().all(|form| matches!(form, Form::Word(..))))
    }
}
