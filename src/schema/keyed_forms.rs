//! Maps of which one key names the form of its value.

use super::forms::Forms;
use super::reader::Reader;
use super::subject::Subject;
use super::{Property, Shape};
use crate::diagnostics::Code;
use crate::formats::{self, TextFormat};
use crate::source::Place;
use crate::value::Datum;
use crate::yaml::{Key, Node, Value};

impl<'a> Reader<'a> {
    /// A map with one key that names the form of its value; `short` is the form that needs no name.
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
            self.report(Code::EmptyPart, node.place, format!("{what} has nothing in it")).maybe_help(help);
            return None;
        }
        if (entries.len() > 1 || !forms.has(&entries[0].0.text))
            && let Some(help) = self.inside_a_form(entries, forms)
        {
            let (key, _) = entries.iter().find(|(key, _)| !forms.has(&key.text)).unwrap_or(&entries[0]);
            self.report(Code::UnknownKey, key.place, format!("`{}` belongs further in", key.text)).help(help);
            return None;
        }
        if let Some((name, form)) = self.keys_without_their_form(entries, forms) {
            let key = &entries[0].0;
            self.report(
                Code::UnknownKey,
                key.place,
                format!("there is no {} `{}`; it is a key of `{name}`", self.schema.hints.form[0], key.text),
            )
            .help(format!("write `{name}:` before it, and its keys below that, further in"));
            return Some(Datum::form(name, self.value(node, form, Subject::Key(name))?));
        }
        let index = forms.named_by(entries, self.schema.hints);
        let (key, value) = &entries[index];
        let name = forms.names().find(|name| *name == key.text).or_else(|| forms.meant_by(&key.text, self.schema.hints));
        if name != Some(key.text.as_str()) {
            let help = match name {
                Some(name) => Some(format!("did you mean `{name}`?")),
                None if self.is_part(&key.text, forms) => {
                    Some(format!("write `{}:` at the margin, as a part of the lesson", key.text))
                }
                None => {
                    let known: Vec<_> = names().collect();
                    let is_meant = !self.schema.hints.meant(&key.text, known.iter().copied()).is_empty();
                    let of_a_form = if is_meant { None } else { self.key_of_a_form(&key.text, forms) };
                    of_a_form.or_else(|| forms.help(&key.text, &known, self.schema.hints))
                }
            };
            self.report(Code::UnknownKey, key.place, format!("there is no `{}`", key.text)).maybe_help(help);
            // What stands below the name of something else is nothing to report.
            let fits = name.and_then(|name| forms.key(name)).is_none_or(|(_, form)| self.could_be(value, form));
            if !fits {
                return None;
            }
        }
        let form = name.and_then(|name| forms.key(name));
        if let (Some((name, form)), Value::Null) = (form, &value.value)
            && let Some((first, inside)) = self.not_indented(node.place, entries, index, form)
        {
            self.report(Code::UnknownKey, first, format!("these keys belong to `{name}` and must stand further in"))
                .second(key.place, "this is what they belong to")
                .help("indent them by two more spaces");
            return Some(Datum::form(name, self.value(&inside, form, Subject::Key(name))?));
        }
        let name = name?;
        self.beside(node.place, entries, index);
        let Some((_, form)) = form else {
            if name == key.text {
                let write = if what.is_entry() { format!("- {name}") } else { name.to_owned() };
                self.report(Code::WrongType, key.place, format!("`{name}` stands alone, without a colon"))
                    .help(format!("write only `{write}`"));
            }
            return Some(Datum::Text(name.to_owned()));
        };
        if let Some(help) = self.length_of_another_form(value, form, forms) {
            let Value::Text(scalar) = &value.value else { return None };
            self.report(Code::UnknownChoice, value.place, format!("`{name}` cannot be `{}`", scalar.text)).help(help);
            return None;
        }
        self.needed = false;
        Some(Datum::form(name, self.value(value, form, Subject::Key(name))?))
    }

    /// The form whose keys these are, if the first of them is a word for it: `image` and `alt` of a figure.
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

    /// The help for a name that is none of many forms, but a key of one of them.
    fn key_of_a_form(&self, name: &str, forms: &Forms<'a>) -> Option<String> {
        let has = |form: &'a Shape| self.schema.properties(self.schema.resolve(form)).iter().any(|(known, _)| *known == name);
        let mut holders = forms.keys.iter().filter(|(_, form)| forms.examples.is_empty() && has(form)).map(|(name, _)| name);
        let first = holders.next()?;
        let shown = if holders.next().is_none() {
            format!("`{first}`")
        } else {
            format!("{}s such as `{first}`", self.schema.hints.form[0])
        };
        Some(format!("it is a key of {shown}: indent it below one"))
    }

    /// Whether a name is that of a part of the lesson, where blocks are wanted.
    fn is_part(&self, name: &str, forms: &Forms<'a>) -> bool {
        forms.examples.is_empty() && self.schema.properties(&self.schema.root).iter().any(|(known, _)| *known == name)
    }

    /// Whether a value may have been meant for a form: its keys are not all unknown.
    fn could_be(&self, node: &Node, form: &'a Shape) -> bool {
        match &node.value {
            Value::Map(entries) => {
                entries.is_empty() || self.fits(node, form) || !self.none_known(entries, self.schema.resolve(form))
            }
            _ => true,
        }
    }

    /// The help for a length below a form of a few words: `{box: 5 cm}` for `{fill: 5 cm}`.
    fn length_of_another_form(&self, node: &Node, form: &'a Shape, forms: &Forms<'a>) -> Option<String> {
        let Value::Text(scalar) = &node.value else { return None };
        let is_length = |form: &Shape| form.format() == Some(TextFormat::Length);
        let (name, _) = forms.keys.iter().find(|(_, other)| is_length(other))?;
        let is_word = self.schema.forms(form).is_some();
        let text = scalar.text.trim();
        (is_word && formats::wrong(TextFormat::Length, text).is_none()).then(|| format!("write `{{{name}: {text}}}`"))
    }

    /// The map below the form's key and the place of its first key, if its keys stand beside it and nothing stands below.
    fn not_indented(&self, whole: Place, entries: &[(Key, Node)], index: usize, form: &'a Shape) -> Option<(Place, Node)> {
        let properties = self.schema.properties(self.schema.resolve(form));
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
}
