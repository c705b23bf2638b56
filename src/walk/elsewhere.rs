//! Keys that stand in a wrong place: blocks beside the list of blocks, and room to write without its key or with one too many.

use serde_json::Value as Json;

use super::forms::Forms;
use super::keywords::type_of;
use super::numbers::{number, number_in};
use super::words;
use super::written::flow_value;
use super::{Property, Walker};
use crate::diagnostics::in_words;
use crate::yaml::{Key, Node, Scalar, Value};

impl<'a> Walker<'a> {
    /// The help for the name of a block that stands beside a list of blocks: `steps` beside `body`.
    pub(super) fn block_beside(&self, key: &str, properties: &[Property<'a>]) -> Option<String> {
        let mut places = Vec::new();
        let mut block = None;
        for (name, schema) in properties {
            if let Some(found) = self.block_of_list(key, schema) {
                block = Some(found);
                places.push(format!("`{name}`"));
            }
            let inner = self.resolve(self.without_null(schema));
            for (inside, schema) in self.properties(inner) {
                if let Some(found) = self.block_of_list(key, schema) {
                    block = block.or(Some(found));
                    places.push(format!("the `{inside}` of `{name}`"));
                }
            }
        }
        let shown = in_words(&places, "or");
        block.map(|block| format!("a block stands in {shown}: write `- {block}: …` there"))
    }

    /// The block that a word names, if a schema is a list of blocks.
    fn block_of_list(&self, word: &str, schema: &'a Json) -> Option<&'a str> {
        let items = self.resolve(self.without_null(schema).get("items")?);
        items.get("x-shorthand")?;
        let forms = Forms::of(items.get("oneOf")?.as_array()?);
        forms.names().find(|name| *name == word).or_else(|| words::only(word, forms.names()))
    }

    /// The help for a key that is the form of another's value, or whose value belongs to another: `lines` for `space`, `space` for `lines`.
    pub(super) fn room_elsewhere(&self, key: &Key, value: &Node, free: &[Property<'a>]) -> Option<String> {
        for (name, schema) in free {
            let target = self.resolve(self.without_null(schema));
            let Some(variants) = target.get("oneOf").and_then(Json::as_array) else { continue };
            let forms = Forms::of(variants);
            if let Some((_, example)) = forms.examples.iter().find(|(form, _)| *form == key.text) {
                let form = forms.key(&key.text).map(|(_, form)| form);
                let fits = form.is_some_and(|form| self.fits(value, form));
                let shown = if fits { flow_value(value) } else { (*example).to_owned() };
                return Some(format!("write `{name}: {{{}: {shown}}}`", key.text));
            }
        }
        let is_integer = |name: &str| {
            let found = free.iter().find(|(known, _)| *known == name)?.1;
            let found = self.without_null(found);
            (type_of(found) == Some("integer")).then_some(())
        };
        match &value.value {
            Value::Map(entries) => match entries.as_slice() {
                [(inner, count)] if number(count).is_some() => {
                    is_integer(&inner.text).map(|()| format!("write `{}: {}`", inner.text, flow_value(count)))
                }
                _ => None,
            },
            Value::Text(scalar) if key.text == "space" => {
                is_integer("lines").and(number_in(&scalar.text)).map(|count| format!("write `lines: {count}`"))
            }
            _ => None,
        }
    }

    /// The help for keys that belong inside another of the forms: `{handwriting: {lines: 3, grade: 1}}` for `{lines: 3, grade: 1}`.
    pub(super) fn inside_a_form(&self, entries: &[(Key, Node)], forms: &Forms<'a>) -> Option<String> {
        let examples = || forms.examples.iter().filter_map(|(name, _)| forms.key(name));
        examples().find_map(|(name, form)| {
            let properties = self.properties(self.resolve(self.without_null(form)));
            let short = self.resolve(self.without_null(form)).get("x-shorthand").and_then(Json::as_str);
            // The form itself may stand there with the value of the key that needs no name.
            let own = |key: &'_ str| if key == name { short.unwrap_or_default().to_owned() } else { key.to_owned() };
            let known = |key: &str| properties.iter().any(|(name, _)| *name == own(key));
            if entries.len() == 1 && entries[0].0.text == name {
                return None;
            }
            if properties.is_empty() || !entries.iter().all(|(key, _)| known(&key.text)) {
                return None;
            }
            let given = |name: &str| entries.iter().find(|(key, _)| own(&key.text) == name).map(|(_, node)| flow_value(node));
            let example = |schema: &'a Json| schema.get("x-example").and_then(Json::as_str).map(str::to_owned);
            let keys: Vec<_> = properties
                .iter()
                .filter_map(|(name, schema)| Some(format!("{name}: {}", given(name).or_else(|| example(schema))?)))
                .collect();
            Some(format!("write `{{{name}: {{{}}}}}`", keys.join(", ")))
        })
    }

    /// The help for values in braces without their keys: `{height: 6 cm, squares: 5 mm}` for `{6 cm, 5 mm}`.
    pub(super) fn without_keys(&self, entries: &[(Key, Node)], properties: &[Property<'a>]) -> Option<String> {
        if entries.is_empty() || entries.len() > properties.len() {
            return None;
        }
        let keys: Option<Vec<_>> = entries
            .iter()
            .zip(properties)
            .map(|((key, node), (name, schema))| {
                let text = Value::Text(Scalar { text: key.text.clone() });
                let value = Node { place: key.place, value: text };
                let stands_alone = matches!(node.value, Value::Null) && self.is_cut_off(key);
                let has_format = self.without_null(schema).get("format").is_some() || self.is_word(schema);
                (stands_alone && has_format && self.fits(&value, schema)).then(|| format!("{name}: {}", flow_value(&value)))
            })
            .collect();
        Some(format!("write `{{{}}}`", keys?.join(", ")))
    }

    /// Whether a value is one of a few words.
    fn is_word(&self, schema: &'a Json) -> bool {
        let target = self.resolve(self.without_null(schema));
        let is_const = |variants: &Vec<Json>| variants.iter().all(|variant| variant.get("const").is_some());
        target.get("enum").is_some() || target.get("oneOf").and_then(Json::as_array).is_some_and(is_const)
    }
}
