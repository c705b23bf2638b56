//! Maps where one key names the form of its value.

use super::forms::Forms;
use super::reader::Reader;
use super::subject::Subject;
use super::written::flow_value;
use super::{Property, Shape};
use crate::diagnostics::{Code, Help};
use crate::formats::{self, TextFormat};
use crate::source::Place;
use crate::value::Datum;
use crate::yaml::{Key, Node, Value};

impl<'a> Reader<'a> {
    /// Reads a map with one key that names the form of its value; `short` is the form that needs no key.
    pub(super) fn keyed_form(
        &mut self,
        node: &Node,
        entries: &[(Key, Node)],
        forms: &Forms<'a>,
        short: Option<&str>,
        what: Subject<'_>,
    ) -> Option<Datum> {
        let names = || forms.names().filter(|name| Some(*name) != short);
        if entries.is_empty() {
            let help = forms.help("", &names().collect::<Vec<_>>(), self.schema.hints);
            self.report(Code::EmptyPart, node.place, format!("{what} is empty")).maybe_help(help);
            return None;
        }
        if (entries.len() > 1 || !forms.has(&entries[0].0.text))
            && let Some((name, help)) = self.inside_a_form(entries, forms)
        {
            let (key, _) = entries.iter().find(|(key, _)| !forms.has(&key.text)).unwrap_or(&entries[0]);
            self.report(Code::UnknownKey, key.place, format!("`{}` belongs inside `{name}`", key.text)).help(help);
            return None;
        }
        if let Some((name, form)) = self.keys_without_their_form(entries, forms) {
            let key = &entries[0].0;
            self.report(Code::UnknownKey, key.place, format!("`{}` is a key of `{name}`", key.text))
                .help(format!("write `{name}:` first, and its keys under it, indented"));
            return Some(Datum::form(name, self.value(node, form, Subject::Key(name))?));
        }
        let index = forms.named_by(entries, self.schema.hints);
        let (key, value) = &entries[index];
        let name = forms.names().find(|name| *name == key.text).or_else(|| self.form_meant(key, value, forms));
        if name != Some(key.text.as_str()) {
            let help = match name {
                Some(name) => Some(
                    self.list_of_a_form(name, value, forms)
                        .or_else(|| forms.words.contains(&name).then(|| self.only_word(node.place, name, what)))
                        .map_or_else(|| Help::meant(name), Into::into),
                ),
                None => self.no_name(key, value, forms, &names().collect::<Vec<_>>(), short.is_some()),
            };
            // Only blocks have keys without examples.
            let message = if forms.examples.is_empty() && !forms.keys.is_empty() {
                format!("unknown {} `{}`", self.schema.hints.form[0], key.text)
            } else {
                format!("unknown key `{}` for {what}", key.text)
            };
            self.report(Code::UnknownKey, key.place, message).maybe_help(help);
            // If the value belongs to something else, its errors would mislead.
            let fits = name.and_then(|name| forms.key(name)).is_none_or(|(_, form)| self.could_be(value, form));
            if !fits {
                return None;
            }
        }
        let form = name.and_then(|name| forms.key(name));
        if let (Some((name, form)), Value::Null) = (form, &value.value)
            && let Some((first, inside)) = self.not_indented(node.place, entries, index, form)
        {
            self.report(Code::UnknownKey, first, format!("these keys belong to `{name}` and need more indentation"))
                .second(key.place, "they belong to this key")
                .help("indent them two more spaces");
            return Some(Datum::form(name, self.value(&inside, form, Subject::Key(name))?));
        }
        let name = name?;
        self.beside(node.place, entries, index, forms);
        let Some((_, form)) = form else {
            if name == key.text {
                let help = self.only_word(node.place, name, what);
                self.report(Code::WrongType, key.place, format!("`{name}` takes no value")).help(help);
            }
            return Some(Datum::Text(name.to_owned()));
        };
        if let Some(help) = self.length_of_another_form(value, form, forms) {
            let Value::Text(scalar) = &value.value else { return None };
            self.report(Code::UnknownChoice, value.place, format!("`{name}` can't be `{}`", scalar.text)).help(help);
            return None;
        }
        self.needed = false;
        Some(Datum::form(name, self.value(value, form, Subject::Key(name))?))
    }

    /// The form these keys belong to, if the first one is a word for it: `image` and `alt` of a figure.
    fn keys_without_their_form(&self, entries: &[(Key, Node)], forms: &Forms<'a>) -> Option<Property<'a>> {
        let (first, _) = entries.first()?;
        let name = self
            .schema
            .hints
            .only(&first.text, forms.names())
            .filter(|_| entries.iter().all(|(key, _)| !forms.has(&key.text)))?;
        let (name, form) = forms.key(name)?;
        let properties = self.schema.properties(self.schema.resolve(form));
        let is_own = |key: &str| properties.iter().any(|(known, _)| *known == key);
        entries.iter().all(|(key, _)| is_own(&key.text)).then_some((name, form))
    }

    /// Reads keys without their form if only one form, other than `short`, has them all: `ask` and `choices` of a multiple choice.
    pub(super) fn keys_of_another_form(
        &mut self,
        node: &Node,
        entries: &[(Key, Node)],
        forms: &Forms<'a>,
        short: Property<'a>,
    ) -> Option<Datum> {
        let schema = self.schema;
        let has = |form: &'a Shape, name: &str| schema.property(schema.resolve(form), name).is_some();
        let (extra, _) = entries.iter().find(|(key, _)| !has(short.1, &key.text))?;
        let is_given = |name: &str| entries.iter().any(|(key, _)| key.text == name);
        let fits = |form: &'a Shape| {
            let form = schema.resolve(form);
            entries.iter().all(|(key, _)| has(form, &key.text))
                && schema.properties(form).iter().all(|(name, _)| !schema.requires(form, name) || is_given(name))
        };
        let given = |name: &str| entries.iter().any(|(key, _)| key.text == name);
        let own = self.schema.properties(self.schema.resolve(short.1));
        let free: Vec<Property<'a>> = own.into_iter().filter(|(name, _)| !given(name)).collect();
        let mut extras = entries.iter().filter(|(key, _)| !has(short.1, &key.text));
        if extras.all(|(key, value)| self.form_elsewhere(key, value, &free).is_some()) {
            return None;
        }
        let mut holders = forms.keys.iter().filter(|(name, form)| *name != short.0 && fits(form));
        let (name, form) = *holders.next().filter(|_| holders.next().is_none())?;
        let help = if self.in_braces(node.place) {
            format!("write `{name}: {{…}}` around these keys")
        } else {
            format!("write `- {name}:` first, and these keys under it, indented")
        };
        self.report(Code::UnknownKey, extra.place, format!("`{}` is a key of `{name}`", extra.text)).help(help);
        Some(Datum::form(name, self.value(node, form, Subject::Key(name))?))
    }

    /// The help for a word that takes no value.
    fn only_word(&self, place: Place, name: &str, what: Subject<'_>) -> String {
        if self.in_braces(place) {
            format!("write `{name}` without braces")
        } else if what.is_entry() {
            format!("write only `- {name}`")
        } else {
            format!("write only `{name}`")
        }
    }

    /// Whether a value may be meant for a form: at least one key is known.
    fn could_be(&self, node: &Node, form: &'a Shape) -> bool {
        match &node.value {
            Value::Map(entries) => {
                entries.is_empty() || self.fits(node, form) || !self.none_known(entries, self.schema.resolve(form))
            }
            _ => true,
        }
    }

    /// The help for a length where a form takes only words: `{box: 5 cm}` for `{fill: 5 cm}`.
    fn length_of_another_form(&self, node: &Node, form: &'a Shape, forms: &Forms<'a>) -> Option<String> {
        let Value::Text(scalar) = &node.value else { return None };
        let is_length = |form: &Shape| form.format() == Some(TextFormat::Length);
        let (name, _) = forms.keys.iter().find(|(_, other)| is_length(other))?;
        let is_word = self.schema.forms(form).is_some();
        let text = scalar.text.trim();
        (is_word && formats::wrong(TextFormat::Length, text).is_none()).then(|| format!("write `{{{name}: {text}}}`"))
    }

    /// The map under the form's key and the place of its first key, if the keys lack indentation.
    fn not_indented(&self, whole: Place, entries: &[(Key, Node)], index: usize, form: &'a Shape) -> Option<(Place, Node)> {
        let properties = self.schema.properties(self.schema.resolve(form));
        let rest: Vec<_> = entries.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, entry)| entry.clone()).collect();
        let first = rest.first()?.0.place;
        let belongs = rest.iter().any(|(key, _)| properties.iter().any(|(name, _)| *name == key.text));
        let place = if index == 0 { Place { start: first.start, ..whole } } else { first };
        (belongs && !self.in_braces(whole)).then_some((first, Node { place, value: Value::Map(rest) }))
    }

    /// Reports keys next to the one that names the form.
    fn beside(&mut self, whole: Place, entries: &[(Key, Node)], index: usize, forms: &Forms<'a>) {
        let (key, value) = &entries[index];
        let in_braces = self.in_braces(whole);
        for (extra, node) in entries.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, entry)| entry) {
            let (name, extra_name) = (&key.text, &extra.text);
            let (message, help) = if let Some(text_key) = self.key_of_text(key, value, extra, forms) {
                let [text, more] = [flow_value(value), flow_value(node)];
                (
                    format!("`{extra_name}` belongs inside `{name}`"),
                    format!("write `{name}: {{{text_key}: {text}, {extra_name}: {more}}}`"),
                )
            } else if forms.has(extra_name) {
                let help = if in_braces {
                    "keep only one of them".to_owned()
                } else {
                    format!("start each one with `- `: `- {name}: …` and `- {extra_name}: …`")
                };
                (format!("`{name}` and `{extra_name}` can't be combined"), help)
            } else {
                let help = if in_braces {
                    format!("remove `{extra_name}`")
                } else {
                    format!("indent `{extra_name}` if it belongs to `{name}`; otherwise remove it")
                };
                (format!("unknown key `{extra_name}` next to `{name}`"), help)
            };
            self.report(Code::UnknownKey, extra.place, message).second(key.place, format!("`{name}` is here")).help(help);
        }
    }

    /// The key for the text of a form, if the form has only text and `extra` is another of its keys: `prompt: {ask: Why?, space:
    /// fill}`.
    fn key_of_text(&self, key: &Key, value: &Node, extra: &Key, forms: &Forms<'a>) -> Option<&'a str> {
        let (_, form) = forms.key(&key.text)?;
        let form = self.schema.resolve(form);
        let is_own = self.schema.property(form, &extra.text).is_some();
        form.shorthand.as_deref().filter(|_| is_own && matches!(value.value, Value::Text(_)))
    }

    /// Whether a value starts with a brace.
    pub(super) fn in_braces(&self, place: Place) -> bool {
        self.context.sources.text(place).starts_with('{')
    }
}
