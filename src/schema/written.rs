//! How a value would be written: the examples in help lines, made of what stands in the file.

use super::keyword::Markdown;
use super::numbers::number;
use super::reader::Reader;
use super::{Kind, Property, Shape};
use crate::yaml::{Node, Value};

/// Longest text that is shown again, in bytes.
const MAX_SHOWN: usize = 80;

/// A text as it stands within braces or brackets, in quotation marks if it needs them; `…` for a long one.
pub(super) fn flow(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_SHOWN || text.contains('\n') {
        return "…".to_owned();
    }
    let special = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}' | ':' | '#' | '"');
    let begins = text.starts_with(['\'', '&', '*', '!', '|', '>', '%', '@', '`', '?', '-']);
    if !begins && !text.contains(special) {
        text.to_owned()
    } else if !text.contains(['"', '\\']) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// A value of one line as it could stand within braces.
pub(super) fn flow_value(node: &Node) -> String {
    match &node.value {
        Value::Text(scalar) => flow(&scalar.text),
        Value::List(nodes) => {
            let of_text = |node: &Node| if let Value::Text(scalar) = &node.value { flow(&scalar.text) } else { "…".to_owned() };
            let shown: Vec<_> = nodes.iter().take(MAX_SHOWN).map(of_text).collect();
            let shown = format!("[{}]", shown.join(", "));
            if shown.len() > MAX_SHOWN { "[…, …]".to_owned() } else { shown }
        }
        _ => "…".to_owned(),
    }
}

impl<'a> Reader<'a> {
    /// The keys of which a bare text or list is most likely the value, with that value: `{ask: Why?}`.
    pub(super) fn with_its_key(&self, node: &Node, shape: &'a Shape, properties: &[Property<'a>]) -> Option<String> {
        let (mut is_list, text) = match &node.value {
            Value::Text(scalar) => (false, scalar.text.trim()),
            Value::List(_) => (true, ""),
            _ => return None,
        };
        let required = |name: &str| self.schema.requires(shape, name);
        let count = properties.iter().find(|(name, property)| required(name) && property.is_integer());
        if let (Some((name, _)), Some(number)) = (count, number(node)) {
            return Some(format!("{{{name}: {number}}}"));
        }
        let is_text = |property: &'a Shape| matches!(property.kind, Kind::Text(None) | Kind::Markdown(_) | Kind::Tex);
        let mut shown = flow_value(node);
        if shown.contains('…') {
            return None;
        }
        if let Some((one, other)) = text.split_once(": ")
            && let Some(pair) = self.pair_of(one, other, shape)
        {
            return Some(pair);
        }
        let sentence = text.ends_with(['.', '!', '?']);
        if !sentence
            && text.contains(", ")
            && !text.contains(['"', '\'', '[', ']', '{', '}', ':', '#'])
            && properties.iter().any(|(name, property)| required(name) && property.is_list())
        {
            is_list = true;
            shown = format!("[{text}]");
        }
        let kind = |property: &'a Shape| {
            let takes_single = || self.schema.list(property).is_some_and(|list| list.takes_single);
            if is_list { property.is_list() } else { is_text(property) || takes_single() }
        };
        let all = || properties.iter().filter(|(_, property)| kind(property));
        let ask = || all().find(|(name, _)| self.schema.hints.common.first() == Some(name));
        let has_needed = properties.iter().any(|(name, _)| required(name));
        let own = || all().find(|(name, _)| !self.schema.hints.common.contains(name));
        let is_longer = |property: &'a Shape| !matches!(property.kind, Kind::Markdown(Markdown::Inline));
        let needed = || all().filter(|(name, _)| required(name));
        let (holder, _) = if text.ends_with('?') && ask().is_some() {
            ask()
        } else if sentence {
            needed().find(|(_, property)| is_longer(property)).or_else(|| needed().next())
        } else {
            needed().next()
        }
        .or_else(|| if has_needed { ask() } else { None })
        .or_else(own)?;
        let keys: Vec<_> = properties
            .iter()
            .filter(|(name, _)| name == holder || required(name))
            .map(|(name, property)| match *name == *holder {
                true => format!("{name}: {shown}"),
                false => format!("{name}: {}", property.example.as_deref().unwrap_or("…")),
            })
            .collect();
        Some(format!("{{{}}}", keys.join(", ")))
    }
}
