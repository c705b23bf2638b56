//! Answers whose form isn't named: a list, or keys that the author chose, without the key of the form.

use super::objects::Fields;
use super::reader::Reader;
use super::subject::Subject;
use super::{Property, Shape};
use crate::diagnostics::closest;
use crate::value::Datum;
use crate::yaml::{Key, Node, Value};

impl<'a> Reader<'a> {
    /// Reads an answer whose form isn't named: a list, or keys that the author chose; `default` is the form that needs no key.
    ///
    /// The form depends on the item, so the rules report it.
    pub(super) fn without_its_form(
        &mut self,
        default: &str,
        node: &Node,
        shape: &'a Shape,
        properties: &[Property<'a>],
        what: Subject<'_>,
    ) -> Option<Datum> {
        let mut place = node.place;
        let mut forms = Vec::new();
        if let Value::Map(entries) = &node.value {
            let (first, value) = entries.first()?;
            place = first.place;
            let fits = |property: &'a Shape| property.keyed().is_some_and(|inner| self.fits(value, inner));
            forms = properties.iter().filter(|(_, property)| fits(property)).map(|(name, _)| *name).collect();
            if forms.contains(&default) || (forms.is_empty() && matches!(value.value, Value::Map(_))) {
                forms = vec![default];
            } else if forms.is_empty() {
                return None;
            } else if let Value::Map(_) = value.value {
                // The first one that fits is the closest.
                let inner = |name: &str| self.schema.property(shape, name).and_then(Shape::keyed);
                let of_maps = |name: &&str| inner(name).is_some_and(|inner| inner.keyed().is_some());
                forms.sort_by_key(of_maps);
                forms.truncate(1);
            }
        }
        let mut read = match forms.as_slice() {
            [form] => self.under(form, node, shape, properties, what)?,
            _ => {
                let mut map = Fields::new();
                self.fill(&mut map, shape, properties);
                Datum::Map(map)
            }
        };
        if let (Datum::Map(fields), Some(key)) = (&mut read, &shape.unnamed) {
            fields.push((key.clone(), Datum::Parsed(Box::new(place))));
        }
        Some(read)
    }

    /// Whether a key names a form of the answer; a key that only looks like one has the author's keys under it.
    pub(super) fn is_a_form(&self, key: &Key, value: &Node, properties: &[Property<'a>]) -> bool {
        let Some((_, shape)) = properties.iter().find(|(name, _)| *name == key.text) else { return false };
        shape.keyed().is_some() || !matches!(value.value, Value::Map(_)) || self.fits(value, shape)
    }

    /// Whether a key names a form, or looks like one and has a value that fits.
    pub(super) fn may_be_a_form(&self, key: &Key, value: &Node, properties: &[Property<'a>]) -> bool {
        let close = || closest(&key.text, properties.iter().map(|(name, _)| *name));
        let fits = |name: &str| properties.iter().any(|(known, shape)| *known == name && self.fits(value, shape));
        self.is_a_form(key, value, properties)
            || (!matches!(value.value, Value::Map(_)) && close().is_some_and(|name| name != key.text && fits(name)))
    }
}
