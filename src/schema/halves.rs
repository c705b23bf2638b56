//! Two lists written as one: `Serbia: Belgrade` for an entry in each.

use super::reader::Reader;
use super::written::flow;
use super::{Property, Shape};
use crate::source::Place;
use crate::yaml::{Key, Node, Value};

/// The most pairs that a help line shows.
const MAX_SHOWN: usize = 12;

/// Two pieces of text that belong together.
type Pair<'n> = (&'n str, &'n str);

impl<'a> Reader<'a> {
    /// The place and help for keys that hold two lists as one, in an object with a list for each half.
    pub(super) fn halves(
        &self,
        entries: &[(Key, Node)],
        shape: &'a Shape,
        properties: &[Property<'a>],
    ) -> Option<(Place, String)> {
        let (first, second) = self.pair_of_lists(shape)?;
        let is_known = |key: &Key| properties.iter().any(|(name, _)| *name == key.text);
        if entries.iter().any(|(key, _)| key.text == second) {
            return None;
        }
        let (key, pairs) = match entries.iter().find(|(key, _)| key.text == first || !is_known(key))? {
            (key, Node { value: Value::Text(_), .. }) if key.text != first => {
                let own: Vec<_> = entries.iter().filter(|(key, _)| !is_known(key)).collect();
                (key, own.into_iter().map(|(key, node)| Some((key.text.as_str(), text(node)?))).collect::<Option<Vec<_>>>()?)
            }
            (key, node) => (key, pairs(node)?),
        };
        Some((key.place, both_lists((first, second), &pairs)))
    }

    /// The help for a list of pairs where keys are expected.
    pub(super) fn list_of_halves(&self, node: &Node, shape: &'a Shape) -> Option<String> {
        let Value::List(_) = node.value else { return None };
        Some(both_lists(self.pair_of_lists(shape)?, &pairs(node)?))
    }

    /// The keys of the two lists, if the object has just these.
    fn pair_of_lists(&self, shape: &'a Shape) -> Option<(&'a str, &'a str)> {
        let (first, second) = shape.pair.as_ref()?;
        let is_list = |name: &str| self.schema.property(shape, name).is_some_and(Shape::is_list);
        (is_list(first) && is_list(second)).then_some((first, second))
    }
}

/// The text in a map or in a list of pairs.
fn pairs(node: &Node) -> Option<Vec<Pair<'_>>> {
    let pairs: Vec<Pair<'_>> = match &node.value {
        Value::Map(entries) => entries.iter().map(|(key, node)| Some((key.text.as_str(), text(node)?))).collect::<Option<_>>()?,
        Value::List(nodes) => nodes.iter().map(pair).collect::<Option<_>>()?,
        _ => return None,
    };
    (!pairs.is_empty()).then_some(pairs)
}

/// A list of two pieces of text, or a map with one.
fn pair(node: &Node) -> Option<Pair<'_>> {
    match &node.value {
        Value::List(nodes) => match nodes.as_slice() {
            [one, other] => Some((text(one)?, text(other)?)),
            _ => None,
        },
        Value::Map(entries) => match entries.as_slice() {
            // A list entry with its keys isn't a pair.
            [(key, node)] if !matches!(key.text.as_str(), "id" | "text") => Some((&key.text, text(node)?)),
            _ => None,
        },
        _ => None,
    }
}

fn text(node: &Node) -> Option<&str> {
    if let Value::Text(scalar) = &node.value { Some(&scalar.text) } else { None }
}

/// The help that shows both lists.
fn both_lists((first, second): (&str, &str), pairs: &[Pair<'_>]) -> String {
    let more = if pairs.len() > MAX_SHOWN { ", …" } else { "" };
    let list = |half: fn(&Pair<'_>) -> String| {
        let shown: Vec<_> = pairs.iter().take(MAX_SHOWN).map(half).collect();
        format!("[{}{more}]", shown.join(", "))
    };
    let [ones, others] = [list(|pair| flow(pair.0)), list(|pair| flow(pair.1))];
    format!("write `{first}: {ones}` and `{second}: {others}`, the second list in another order")
}
