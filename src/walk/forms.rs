//! Maps of which one key names the form of its value.

use serde_json::{Value as Json, json};

use super::keywords::is_sentence;
use super::{AN_ENTRY, Property, Walker};
use crate::diagnostics::{Code, closest, did_you_mean};
use crate::source::Place;
use crate::yaml::{Key, Node, Value};

/// How many keys of one map are looked at for the name of a form.
const MAX_LOOKED_AT: usize = 50;

/// The forms that a value can have.
pub(super) struct Forms<'a> {
    /// Words that stand alone.
    pub words: Vec<&'a str>,
    /// Keys and what stands below them.
    pub keys: Vec<Property<'a>>,
}

impl<'a> Forms<'a> {
    pub(super) fn of(variants: &'a [Json]) -> Self {
        let first = |variant: &'a Json| variant.get("properties")?.as_object()?.iter().next();
        Self {
            words: variants.iter().filter_map(|variant| variant.get("const").and_then(Json::as_str)).collect(),
            keys: variants.iter().filter_map(first).map(|(name, schema)| (name.as_str(), schema)).collect(),
        }
    }

    /// The names of all forms, the words first.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + Clone {
        self.words.iter().copied().chain(self.keys.iter().map(|(name, _)| *name))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    pub(super) fn key(&self, name: &str) -> Option<Property<'a>> {
        self.keys.iter().find(|(known, _)| *known == name).copied()
    }

    /// The one that a key names: of several the first that is spelt right.
    fn named_by(&self, entries: &[(Key, Node)]) -> usize {
        let looked_at = &entries[..entries.len().min(MAX_LOOKED_AT)];
        let right = looked_at.iter().position(|(key, _)| self.has(&key.text));
        right.or_else(|| looked_at.iter().position(|(key, _)| closest(&key.text, self.names()).is_some())).unwrap_or(0)
    }
}

impl<'a> Walker<'a> {
    /// A map with one key that names the form of its value; `short` is the form that needs no name.
    pub(super) fn keyed_form(
        &mut self,
        node: &Node,
        entries: &[(Key, Node)],
        forms: &Forms<'a>,
        short: Option<&str>,
        what: &str,
    ) -> Option<Json> {
        let names = || forms.names().filter(|name| Some(*name) != short);
        if entries.is_empty() {
            self.report(Code::EmptyPart, node.place, format!("{what} has nothing in it"))
                .maybe_help(did_you_mean("", names().collect::<Vec<_>>()));
            return None;
        }
        let index = forms.named_by(entries);
        let (key, value) = &entries[index];
        let known = if forms.has(&key.text) { Some(key.text.as_str()) } else { closest(&key.text, forms.names()) };
        let name = known.and_then(|known| forms.names().find(|name| *name == known));
        if name != Some(key.text.as_str()) {
            self.report(Code::UnknownKey, key.place, format!("there is no `{}`", key.text))
                .maybe_help(did_you_mean(&key.text, names().collect::<Vec<_>>()));
        }
        let form = name.and_then(|name| forms.key(name));
        if let (Some((name, form)), Value::Null) = (form, &value.value)
            && let Some((first, inside)) = self.not_indented(node.place, entries, index, form)
        {
            self.report(Code::UnknownKey, first, format!("these keys belong to `{name}` and must stand further in"))
                .second(key.place, "this is what they belong to")
                .help("indent them by two more spaces");
            return Some(json!({name: self.value(&inside, form, &format!("`{name}`"))?}));
        }
        let name = name?;
        self.beside(node.place, entries, index);
        let Some((_, form)) = form else {
            if name == key.text {
                let write = if what.starts_with(AN_ENTRY) { format!("- {name}") } else { name.to_owned() };
                self.report(Code::WrongType, key.place, format!("`{name}` stands alone, without a colon"))
                    .help(format!("write only `{write}`"));
            }
            return Some(name.into());
        };
        Some(json!({name: self.value(value, form, &format!("`{name}`"))?}))
    }

    /// The map below the form's key and the place of its first key, if its keys stand beside it and nothing stands below.
    fn not_indented(&self, whole: Place, entries: &[(Key, Node)], index: usize, form: &'a Json) -> Option<(Place, Node)> {
        let properties = self.properties(self.resolve(self.without_null(form)));
        let rest: Vec<_> = entries.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, entry)| entry.clone()).collect();
        let first = rest.first()?.0.place;
        let belongs = rest.iter().any(|(key, _)| properties.iter().any(|(name, _)| *name == key.text));
        let place = if index == 0 { Place { start: first.start, ..whole } } else { first };
        (belongs && !self.in_braces(whole)).then_some((first, Node { place, value: Value::Map(rest) }))
    }

    /// Reports the keys beside the one that names the form.
    fn beside(&mut self, whole: Place, entries: &[(Key, Node)], index: usize) {
        let key = &entries[index].0;
        let in_braces = self.in_braces(whole);
        for (extra, _) in entries.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, entry)| entry) {
            let help = if in_braces {
                "keep one of the two".to_owned()
            } else {
                format!("indent `{}` if it belongs to `{}`, or begin a new entry with `- `", extra.text, key.text)
            };
            self.report(
                Code::UnknownKey,
                extra.place,
                format!("`{}` stands beside `{}`, and only one of them can stand here", extra.text, key.text),
            )
            .second(key.place, if index == 0 { "this comes first" } else { "this comes after it" })
            .help(help);
        }
    }

    fn in_braces(&self, place: Place) -> bool {
        self.context.sources.text(place).starts_with('{')
    }

    /// Whether a map names a form, rather than being the value of the form `short` that needs no name.
    pub(super) fn names_a_form(&self, entries: &[(Key, Node)], forms: &Forms<'a>, short: &Property<'a>) -> bool {
        let own = self.properties(self.resolve(self.without_null(short.1)));
        let is_own = |key: &str| own.iter().any(|(name, _)| *name == key);
        let looked_at = entries.iter().take(MAX_LOOKED_AT);
        let close = |key: &str| !is_own(key) && closest(key, forms.names()).is_some();
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
