//! Values with several forms: a word, a key that names the form, or keys where `kind` names it.

use super::forms::Forms;
use super::reader::Reader;
use super::subject::Subject;
use super::wordings::first_line;
use super::{Form, Property, Shape};
use crate::diagnostics::{Code, Help, closest, did_you_mean};
use crate::formats::TextFormat;
use crate::lesson::values::Length;
use crate::source::Place;
use crate::value::Datum;
use crate::yaml::{Key, Node, Value};

/// The help for a misspelled key without its value: `{lines: 6}` for `line`.
fn misspelled_key(text: &str, forms: &Forms<'_>) -> Option<String> {
    let name = closest(text, forms.names())?;
    let (_, example) = forms.examples.iter().find(|(known, _)| *known == name)?;
    Some(format!("write `{{{name}: {example}}}`"))
}

/// The longest text that may be a misspelled form, in bytes.
pub(super) const LONGEST_NAME: usize = 40;

impl<'a> Reader<'a> {
    /// Reads one of several forms: a word, or a key that names the form.
    pub(super) fn variant(&mut self, node: &Node, shape: &'a Shape, variants: &'a [Form], what: Subject<'_>) -> Option<Datum> {
        let forms = Forms::of(variants);
        let short = shape.shorthand.as_deref();
        let short = short.map(|short| forms.key(short).expect("a shorthand names a form"));
        match &node.value {
            Value::Text(scalar) => {
                if let Some((word, meaning)) = shape.bare.iter().find(|(word, _)| *word == scalar.text) {
                    return Some(Datum::form(word, Datum::Text(meaning.clone())));
                }
                if forms.words.contains(&scalar.text.as_str()) {
                    return Some(Datum::Text(scalar.text.clone()));
                }
                match short {
                    Some(short) => self.short_text(node, &scalar.text, shape, &forms, short, what),
                    None => self.word(node, &scalar.text, shape, &forms, what),
                }
            }
            Value::Map(entries) => {
                let names_a_form = short.is_some_and(|short| self.names_a_form(entries, &forms, &short));
                if let Some(misplaced) = self.misplaced(node, shape, &forms, what) {
                    return Some(misplaced);
                }
                if let Some((name, form)) = short.filter(|_| !names_a_form) {
                    if shape.map_shorthand.is_some() {
                        if let Some(read) = self.keys_of_another_form(node, entries, &forms, (name, form)) {
                            return Some(read);
                        }
                        return Some(Datum::form(name, self.value(node, form, what)?));
                    }
                    if let Some(entry) = entries.first()
                        && self.no_form(entry, what)
                    {
                        return Some(self.placeholder(shape));
                    }
                }
                if let Some((name, form)) = shape.asked.as_deref().and_then(|name| forms.key(name))
                    && self.asks(entries)
                    && !names_a_form
                {
                    if let Some(read) = self.keys_of_another_form(node, entries, &forms, (name, form)) {
                        return Some(read);
                    }
                    return Some(Datum::form(name, self.value(node, form, what)?));
                }
                let unnamed = short.map(|(name, _)| name).filter(|_| shape.map_shorthand.is_none());
                self.keyed_form(node, entries, &forms, unnamed, what)
            }
            _ if short.is_some() => {
                let [block, question] = self.schema.hints.form;
                let kind = if shape.map_shorthand.is_some() { question } else { block };
                let in_brackets = self.context.sources.text(node.place).starts_with('[');
                let help = if in_brackets { "remove the brackets" } else { "start each entry with a single `- `" };
                self.wrong_type(node, what, &format!("text or a {kind}")).help(help);
                None
            }
            _ => {
                self.wrong_type(node, what, "a single value").help(forms.written());
                None
            }
        }
    }

    /// Whether a map asks something.
    fn asks(&self, entries: &[(Key, Node)]) -> bool {
        let ask = self.schema.hints.common.first();
        entries.iter().any(|(key, _)| ask.is_some_and(|ask| *ask == key.text))
    }

    /// Reads text as the form `short`, unless it names another form.
    fn short_text(
        &mut self,
        node: &Node,
        text: &str,
        shape: &'a Shape,
        forms: &Forms<'a>,
        short: Property<'a>,
        what: Subject<'_>,
    ) -> Option<Datum> {
        let line = text.trim();
        if line.len() <= LONGEST_NAME && !line.contains('\n') {
            if let Some(misplaced) = self.misplaced(node, shape, forms, what) {
                return Some(misplaced);
            }
            if let Some((name, form)) = forms.key(line).filter(|form| form.0 != short.0) {
                let form = self.schema.resolve(form);
                let below = self.needed(node.place, Subject::Key(name), form, &self.schema.properties(form));
                self.report(Code::WrongType, node.place, format!("`{name}` needs keys and values"))
                    .help(format!("add a colon, and {below}"));
                return None;
            }
            let words = || forms.words.iter().copied();
            if let Some(word) = closest(line, words()).or_else(|| self.schema.hints.only(line, words())) {
                self.report(Code::UnknownChoice, node.place, format!("unknown {} `{line}`", self.schema.hints.form[0]))
                    .help(Help::meant(word));
                return Some(Datum::Text(word.to_owned()));
            }
        }
        let (name, form) = short;
        Some(Datum::form(name, self.value(node, form, what)?))
    }

    /// Reads text where only words and keys are allowed.
    fn word(&mut self, node: &Node, text: &str, shape: &'a Shape, forms: &Forms<'a>, what: Subject<'_>) -> Option<Datum> {
        if forms.key(text).is_some() {
            let example = forms.examples.iter().find(|(name, _)| *name == text).map_or("…", |(_, example)| example);
            self.report(Code::WrongType, node.place, format!("`{text}` needs a value"))
                .help(format!("write `{{{text}: {example}}}`"));
            return None;
        }
        let instead = shape.instead.get(text).cloned();
        let Some(help) = instead.or_else(|| self.amount(text, &forms.keys)).or_else(|| misspelled_key(text, forms)) else {
            let all: Vec<&str> = forms.names().collect();
            let written = (!forms.examples.is_empty()).then(|| forms.written());
            let otherwise = written.or_else(|| shape.otherwise.clone()).map(Into::into);
            return self.choice(node.place, text, &all, otherwise, what);
        };
        self.report(Code::UnknownChoice, node.place, format!("{what} can't be `{text}`")).help(help);
        None
    }

    /// Reads a map where one key, the `tag`, decides which others are allowed.
    pub(super) fn tagged(
        &mut self,
        node: &Node,
        (tag, kinds): (&'a str, &'a [(String, Shape)]),
        what: Subject<'_>,
    ) -> Option<Datum> {
        let first = kinds.first().map_or("…", |(name, _)| name);
        let Value::Map(entries) = &node.value else {
            self.wrong_type(node, what, "keys and values").help(format!("write `{{{tag}: {first}, …}}`"));
            return None;
        };
        let names: Vec<&str> = kinds.iter().map(|(name, _)| name.as_str()).collect();
        let subject = Subject::Key(tag);
        let tags: Vec<(Key, Node)> = entries.iter().filter(|(key, _)| key.text == tag).cloned().collect();
        self.duplicates(&tags);
        // A key that isn't `tag` but means it, and has one of the kinds as its value.
        let is_kind = |node: &Node| matches!(&node.value, Value::Text(scalar) if names.contains(&scalar.text.as_str()));
        let meant = entries.iter().find(|(key, node)| tags.is_empty() && key.text == "type" && is_kind(node));
        if let Some((key, _)) = meant {
            self.report(Code::UnknownKey, key.place, format!("unknown key `{}`", key.text)).help(Help::meant(tag));
        }
        let name = match tags.first().or(meant) {
            Some((_, Node { place, value: Value::Text(scalar) })) => {
                let meant = self.schema.hints.only(&scalar.text, names.iter().copied());
                let help = meant.map(Help::meant);
                let is_one = self.choice(*place, &scalar.text, &names, help, subject).is_some();
                if is_one { Some(scalar.text.as_str()) } else { closest(&scalar.text, names.iter().copied()).or(meant) }
            }
            Some((_, node)) => {
                self.wrong_type(node, subject, "one word").help(format!("write one word, such as `{tag}: {first}`"));
                None
            }
            None => {
                let list: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
                let place = first_line(node.place, entries);
                self.report(Code::MissingKey, place, format!("{subject} is missing"))
                    .help(format!("add `{tag}:` with one of {}", list.join(", ")));
                None
            }
        }?;
        let (name, shape) = kinds.iter().find(|(known, _)| known == name)?;
        let rest: Vec<_> = entries
            .iter()
            .filter(|(key, _)| key.text != tag && meant.is_none_or(|(meant, _)| meant.place != key.place))
            .cloned()
            .collect();
        let inner = self.schema.resolve(shape);
        let properties = self.schema.properties(inner);
        Some(Datum::form(name, Datum::Map(self.fields(first_line(node.place, entries), &rest, inner, &properties, what))))
    }

    /// The help for a plain number or length, if one of the forms takes one.
    fn amount(&self, text: &str, forms: &[Property<'a>]) -> Option<String> {
        let text = text.trim();
        let of = |is: fn(&Shape) -> bool| forms.iter().find(|(_, form)| is(self.schema.resolve(form))).map(|(name, _)| *name);
        if let Some(unit) = of(Shape::is_integer) {
            // The singular of `lines` is `line`.
            let is_unit = |word: &str| word == unit || unit.strip_suffix('s') == Some(word);
            let text = text.split_once(' ').filter(|(word, _)| is_unit(word)).map_or(text, |(_, rest)| rest.trim());
            let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            let (number, rest) = (&text[..digits], text[digits..].trim());
            if !number.is_empty() && (rest.is_empty() || is_unit(rest)) {
                return Some(format!("write `{{{unit}: {number}}}`"));
            }
        }
        let length = of(|form| form.format() == Some(TextFormat::Length))?;
        Length(text.to_owned()).points().is_some().then(|| format!("write `{{{length}: {text}}}`"))
    }

    /// Reads one of several words; `otherwise` is the help for a word that isn't close to any.
    pub(super) fn choice(
        &mut self,
        place: Place,
        text: &str,
        choices: &[&str],
        otherwise: Option<Help>,
        what: Subject<'_>,
    ) -> Option<Datum> {
        if choices.contains(&text) {
            return Some(Datum::Text(text.to_owned()));
        }
        let otherwise = otherwise.filter(|_| closest(text, choices.iter().copied()).is_none());
        let help = otherwise.or_else(|| did_you_mean(text, choices.iter().copied()));
        self.report(Code::UnknownChoice, place, format!("unknown value `{text}` for {}", what.list())).maybe_help(help);
        None
    }
}
