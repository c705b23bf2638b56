//! What the schema expects at a place in a file, for editors: which keys and words can be written there, and what they mean.

use super::{Form, Kind, Markdown, Schema, Shape};
use crate::formats::TextFormat;

/// A step from a value to one inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// To the value of a key.
    Key(&'a str),
    /// To an entry of a list.
    Entry,
}

/// What is expected at a place.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'s> {
    schema: &'s Schema,
    shape: &'s Shape,
    /// Whether it is only the key that decides which other keys are allowed.
    is_kind: bool,
}

/// A key that can be written.
#[derive(Debug, Clone)]
pub struct ExpectedKey<'s> {
    /// Its name.
    pub name: &'s str,
    /// What it is for.
    pub meaning: Option<&'s str>,
    /// Whether it is required.
    pub is_required: bool,
    /// What its value is.
    pub value: Expected<'s>,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// On the line of its key.
    Line,
    /// As Markdown below `|`.
    Paragraphs,
    /// As a list.
    List,
    /// As keys below it.
    Keys,
}

impl Schema {
    /// What a whole file of this kind has.
    pub fn whole(&self) -> Expected<'_> {
        Expected { schema: self, shape: &self.root, is_kind: false }
    }
}

impl<'s> Expected<'s> {
    fn of(self, shape: &'s Shape) -> Self {
        Self { shape, is_kind: false, ..self }
    }

    /// The shape behind references.
    fn resolved(self) -> &'s Shape {
        let mut shape = self.shape;
        while let Kind::Reference(_) = shape.kind {
            shape = self.schema.resolve(shape);
        }
        shape
    }

    /// What is expected one step further in; `beside` are the keys next to the key of the step, with the text of their values.
    pub fn step(self, step: Step<'_>, beside: &[(String, String)]) -> Option<Self> {
        let shape = self.resolved();
        match (step, &shape.kind) {
            (Step::Entry, Kind::List(list)) => Some(self.of(&list.entries)),
            (Step::Entry, Kind::Object(_)) => {
                let short = self.schema.property(shape, shape.shorthand.as_deref()?)?;
                self.of(short).step(step, beside)
            }
            (Step::Key(_), Kind::List(list)) => self.of(&list.entries).step(step, beside),
            (Step::Key(_), Kind::Keyed(values)) => Some(self.of(values)),
            (Step::Key(name), Kind::Object(object)) => {
                let is_it = |(known, shape): &&(String, Shape)| known == name || shape.alias.as_deref() == Some(name);
                let own = object.keys.iter().find(is_it).map(|(_, shape)| self.of(shape));
                own.or_else(|| self.of(self.schema.property(shape, shape.map_shorthand.as_deref()?)?).step(step, beside))
            }
            (Step::Key(name), Kind::Forms(forms)) => {
                let form = |name: &str| {
                    forms.iter().find_map(|form| match form {
                        Form::Key(known, shape, _) if known == name => Some(self.of(shape)),
                        _ => None,
                    })
                };
                let implied = || [&shape.asked, &shape.map_shorthand, &shape.shorthand].into_iter().flatten();
                form(name).or_else(|| implied().filter_map(|name| form(name)).find_map(|form| form.step(step, beside)))
            }
            (Step::Key(name), Kind::Tagged(tag, kinds)) => {
                let kind = |wanted: &str| kinds.iter().find(|(known, _)| known == wanted).map(|(_, shape)| self.of(shape));
                if name == tag {
                    return Some(Self { is_kind: true, ..self });
                }
                beside.iter().find(|(key, _)| key == tag).and_then(|(_, value)| kind(value))?.step(step, beside)
            }
            _ => None,
        }
    }

    /// What it is for, in a teacher's words.
    pub fn meaning(self) -> Option<&'s str> {
        self.shape.description.as_deref().or_else(|| self.resolved().description.as_deref())
    }

    /// The keys that can be written here; `beside` are those that are already there, with the text of their values.
    pub fn keys(self, beside: &[(String, String)]) -> Vec<ExpectedKey<'s>> {
        let shape = self.resolved();
        match &shape.kind {
            _ if self.is_kind => Vec::new(),
            Kind::Object(object) => {
                let key = |(name, value): &'s (String, Shape)| {
                    let is_required = object.required.contains(name);
                    let value = self.of(value);
                    ExpectedKey { name, meaning: value.meaning(), is_required, value }
                };
                object.keys.iter().map(key).collect()
            }
            Kind::List(list) if list.takes_single => self.of(&list.entries).keys(beside),
            Kind::Forms(forms) => {
                let asked = shape.asked.as_deref().or(shape.map_shorthand.as_deref());
                let mut keys: Vec<ExpectedKey<'s>> = Vec::new();
                for form in forms {
                    let Form::Key(name, value, _) = form else { continue };
                    let value = self.of(value);
                    if asked == Some(name.as_str()) {
                        keys.extend(value.keys(beside));
                    }
                    keys.push(ExpectedKey { name, meaning: value.meaning(), is_required: false, value });
                }
                // One that was named leaves no choice.
                if keys.iter().any(|key| beside.iter().any(|(known, _)| known == key.name))
                    && let Some(asked) = asked.and_then(|name| keys.iter().find(|key| key.name == name))
                {
                    return asked.value.keys(beside);
                }
                keys
            }
            Kind::Tagged(tag, kinds) => {
                let named = beside.iter().find(|(key, _)| key == tag).map(|(_, value)| value.as_str());
                let own = kinds.iter().find(|(known, _)| Some(known.as_str()) == named);
                let own = own.map(|(_, shape)| self.of(shape).keys(beside)).unwrap_or_default();
                let mut keys = vec![ExpectedKey {
                    name: tag,
                    meaning: Some("What kind it is, which decides the other keys."),
                    is_required: true,
                    value: Self { is_kind: true, ..self },
                }];
                keys.extend(own);
                keys
            }
            _ => Vec::new(),
        }
    }

    /// The words that the value can be, each with its meaning.
    pub fn words(self) -> Vec<(&'s str, Option<&'s str>)> {
        let shape = self.resolved();
        match &shape.kind {
            Kind::Forms(forms) => {
                let word = |form: &'s Form| match form {
                    Form::Word(word, meaning) => Some((word.as_str(), meaning.as_deref())),
                    Form::Key(..) => None,
                };
                let bare = shape.bare.iter().map(|(word, _)| (word.as_str(), None));
                forms.iter().filter_map(word).chain(bare).collect()
            }
            Kind::Tagged(_, kinds) if self.is_kind => {
                kinds.iter().map(|(name, shape)| (name.as_str(), self.of(shape).meaning())).collect()
            }
            Kind::List(list) => self.of(&list.entries).words(),
            Kind::Boolean => vec![("true", None), ("false", None)],
            _ => Vec::new(),
        }
    }

    /// The keys that name a form of the value, each with an example: `lines` with `6` for `{lines: 6}`.
    pub fn examples(self) -> Vec<(&'s str, &'s str)> {
        match &self.resolved().kind {
            Kind::Forms(forms) => forms
                .iter()
                .filter_map(|form| match form {
                    Form::Key(name, _, Some(example)) => Some((name.as_str(), example.as_str())),
                    _ => None,
                })
                .collect(),
            Kind::List(list) => self.of(&list.entries).examples(),
            _ => Vec::new(),
        }
    }

    /// How the value is written.
    pub fn writing(self) -> Writing {
        let shape = self.resolved();
        match &shape.kind {
            _ if self.is_kind => Writing::Line,
            Kind::List(list) if list.takes_single && list.entries.shorthand.is_none() => match self.of(&list.entries).writing() {
                Writing::Keys => Writing::List,
                other => other,
            },
            Kind::List(_) => Writing::List,
            Kind::Markdown(Markdown::Inline) => Writing::Line,
            Kind::Markdown(_) => Writing::Paragraphs,
            Kind::Keyed(_) | Kind::Tagged(..) => Writing::Keys,
            Kind::Object(_) if let Some(short) = shape.shorthand.as_deref() => {
                self.schema.property(shape, short).map_or(Writing::Keys, |short| self.of(short).writing())
            }
            Kind::Object(_) => Writing::Keys,
            Kind::Forms(forms) => {
                let short = shape.shorthand.as_deref().and_then(|short| {
                    forms.iter().find_map(|form| match form {
                        Form::Key(name, shape, _) if name == short => Some(self.of(shape)),
                        _ => None,
                    })
                });
                short.map_or(Writing::Line, Self::writing)
            }
            _ => Writing::Line,
        }
    }

    /// The format of short text.
    pub fn format(self) -> Option<TextFormat> {
        self.resolved().format()
    }

    /// Whether it is Markdown, in which citations and glossary terms can be written.
    pub fn is_markdown(self) -> bool {
        let shape = self.resolved();
        match &shape.kind {
            Kind::Markdown(_) => true,
            Kind::List(list) => self.of(&list.entries).is_markdown(),
            Kind::Object(_) => {
                let short = shape.shorthand.as_deref().and_then(|short| self.schema.property(shape, short));
                short.is_some_and(|short| self.of(short).is_markdown())
            }
            Kind::Forms(forms) => forms.iter().any(|form| match form {
                Form::Key(name, value, _) if Some(name) == shape.shorthand.as_ref() => self.of(value).is_markdown(),
                _ => false,
            }),
            _ => false,
        }
    }

    /// An example value.
    pub fn example(self) -> Option<&'s str> {
        self.shape.example.as_deref().or_else(|| self.resolved().example.as_deref())
    }
}
