//! What files must be like, and their reading by it: the schema that is derived from the model, compiled once into typed shapes, and a reader that holds a YAML tree against them. Every mistake is reported at its place, and what comes out always goes into the model.
//!
//! `keyword` has our own keywords of the derived schema, `compile` makes the shapes of it, and [`crate::hints`] are what a kind of file knows of the words that people write.
//! The reader: a kind of value is a module, `texts`, `numbers`, `lists`, `objects` with what their `keys` mean, and `variants` with their `forms`, which maps name (`keyed_forms`) or which cannot stand there (`misplaced`). What stands for a broken value is `placeholder`.
//! The wording of reports is `report`, with `subject` for what they are about and `written` for examples of how a value is written; what was written in another way than it is read is found by `elsewhere` (keys in a wrong place), `entries` (keys for a list) and `unnamed` (answers).

mod compile;
mod elsewhere;
mod entries;
mod forms;
mod keyed_forms;
mod keys;
pub mod keyword;
mod lists;
mod misplaced;
mod numbers;
mod objects;
mod placeholder;
mod reader;
mod report;
mod subject;
mod texts;
mod unnamed;
mod variants;
mod wordings;
mod written;

use std::collections::BTreeMap;

use keyword::Markdown;

use crate::diagnostics::Code;
use crate::formats::TextFormat;
use crate::hints::Hints;

pub use reader::{Context, read};

/// What a kind of file must be like.
#[derive(Debug)]
pub struct Schema {
    root: Shape,
    /// What shapes refer to, by its number.
    definitions: Vec<Shape>,
    hints: &'static Hints,
}

/// What a value must be like.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// What it is, for teachers.
    description: Option<String>,
    kind: Kind,
    /// Whether it goes out with its place.
    is_placed: bool,
    /// Whether `null` has a meaning.
    takes_null: bool,
    /// The key, or the form, that a bare text stands for.
    shorthand: Option<String>,
    /// The key, or the form, that a bare map stands for.
    map_shorthand: Option<String>,
    /// Words that stand for a form with a value.
    bare: Vec<(String, String)>,
    /// The key that takes the place of a value that does not say its form.
    unnamed: Option<String>,
    /// The code of the report when it is missing or empty.
    missing: Option<Code>,
    /// The definition from whose forms these are chosen.
    among: Option<usize>,
    /// The key that says nothing without another, and what could be written.
    not_alone: Option<(String, String)>,
    /// Two keys of which the first makes the second useless.
    not_both: Option<(String, String)>,
    /// The least length, and what to do about a smaller one.
    least: Option<(String, String)>,
    /// The keys that `one: other` stands for.
    pair: Option<(String, String)>,
    /// What could be written.
    example: Option<String>,
    /// What to do about an empty value.
    empty: Option<String>,
    /// What to do about certain words.
    instead: BTreeMap<String, String>,
    /// What to do about any word that cannot stand here.
    otherwise: Option<String>,
    /// What to do about a text that is not of the format.
    format_help: Option<String>,
}

/// A kind of value.
#[derive(Debug, Clone, Default)]
enum Kind {
    /// Nothing.
    #[default]
    Nothing,
    /// What the definition of this number is.
    Reference(usize),
    /// A map with the keys of the model.
    Object(Object),
    /// A map with keys of the author's choice.
    Keyed(Box<Shape>),
    /// A list.
    List(Box<List>),
    /// One of several forms.
    Forms(Vec<Form>),
    /// Keys of which one, the tag, says what the others can be.
    Tagged(String, Vec<(String, Shape)>),
    /// A whole number between two.
    Integer(i64, i64),
    /// `true` or `false`.
    Boolean,
    /// A text, perhaps of a format.
    Text(Option<TextFormat>),
    /// Markdown.
    Markdown(Markdown),
    /// LaTeX of an equation.
    Tex,
}

/// A map with the keys of the model.
#[derive(Debug, Clone, Default)]
struct Object {
    keys: Vec<(String, Shape)>,
    required: Vec<String>,
}

/// A list.
#[derive(Debug, Clone)]
struct List {
    entries: Shape,
    least: usize,
    most: Option<usize>,
    /// Whether one value stands for a list of one.
    takes_single: bool,
    /// Whether all of its texts must differ.
    is_unique: bool,
}

/// A form that a value can have.
#[derive(Debug, Clone)]
enum Form {
    /// A word.
    Word(String),
    /// A key and what is below it, with an example of that.
    Key(String, Box<Shape>, Option<String>),
}

/// A key that a shape knows, and what is below it.
type Property<'a> = (&'a str, &'a Shape);

impl Schema {
    /// What a reference leads to; any other shape itself.
    fn resolve<'a>(&'a self, shape: &'a Shape) -> &'a Shape {
        match shape.kind {
            Kind::Reference(number) => &self.definitions[number],
            _ => shape,
        }
    }

    /// The keys that a shape knows.
    fn properties<'a>(&'a self, shape: &'a Shape) -> Vec<Property<'a>> {
        match &self.resolve(shape).kind {
            Kind::Object(object) => object.keys.iter().map(|(name, shape)| (name.as_str(), shape)).collect(),
            _ => Vec::new(),
        }
    }

    /// What is below a key.
    fn property<'a>(&'a self, shape: &'a Shape, name: &str) -> Option<&'a Shape> {
        self.properties(shape).into_iter().find(|(known, _)| *known == name).map(|(_, shape)| shape)
    }

    /// Whether a shape must have a key.
    fn requires(&self, shape: &Shape, name: &str) -> bool {
        match &self.resolve(shape).kind {
            Kind::Object(object) => object.required.iter().any(|known| known == name),
            _ => false,
        }
    }

    /// The list that a shape is.
    fn list<'a>(&'a self, shape: &'a Shape) -> Option<&'a List> {
        match &self.resolve(shape).kind {
            Kind::List(list) => Some(list),
            _ => None,
        }
    }

    /// The forms that a value can have.
    fn forms<'a>(&'a self, shape: &'a Shape) -> Option<&'a [Form]> {
        match &self.resolve(shape).kind {
            Kind::Forms(forms) => Some(forms),
            _ => None,
        }
    }

    /// Whether a value is a text that says something: Markdown, or words without a format.
    fn says_something(&self, shape: &Shape) -> bool {
        matches!(self.resolve(shape).kind, Kind::Text(None) | Kind::Markdown(_) | Kind::Tex)
    }

    /// Whether a value is a text of any kind.
    fn is_any_text(&self, shape: &Shape) -> bool {
        matches!(self.resolve(shape).kind, Kind::Text(_) | Kind::Markdown(_) | Kind::Tex)
    }
}

impl Shape {
    /// Whether it is a whole number.
    fn is_integer(&self) -> bool {
        matches!(self.kind, Kind::Integer(..))
    }

    /// Whether it is a list.
    fn is_list(&self) -> bool {
        matches!(self.kind, Kind::List(_))
    }

    /// What is below each key of the author's choice.
    fn keyed(&self) -> Option<&Shape> {
        match &self.kind {
            Kind::Keyed(values) => Some(values),
            _ => None,
        }
    }

    /// The format of a text.
    fn format(&self) -> Option<TextFormat> {
        match self.kind {
            Kind::Text(format) => format,
            _ => None,
        }
    }
}
