//! Reads a YAML tree against a schema. The schema is derived from the model and compiled once into typed shapes. The reader
//! reports every mistake at its place, and its result always fits the model.
//!
//! `keyword` defines our own schema keywords, `compile` builds the shapes, and [`crate::hints`] lists the words people write for
//! the keys of each kind of file.
//! The reader has one module for each kind of value: `texts`, `numbers`, `lists`, `objects` (with `keys`), and `variants` (with
//! `forms`, `keyed_forms`, `unknown_forms`, and `misplaced`). `placeholder` fills in for broken values.
//! `expected` says what can be written at a place, for editors.
//! `report` words the reports, with `subject` for the value in question and `written` for examples. `elsewhere` (keys in the
//! wrong place), `answers` (answers in a lesson), `entries` and `halves` (keys instead of lists), and `unnamed` (answers without
//! their form) recognize common mistakes.

mod answers;
mod compile;
mod elsewhere;
mod entries;
pub mod expected;
mod forms;
mod halves;
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
mod unknown_forms;
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

/// The rules for one kind of file.
#[derive(Debug)]
pub struct Schema {
    root: Shape,
    /// Shapes that others refer to by index.
    definitions: Vec<Shape>,
    hints: &'static Hints,
}

/// The rules for a value.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// Its description, for teachers.
    description: Option<String>,
    kind: Kind,
    /// Whether the model keeps its place.
    is_placed: bool,
    /// Whether `null` has a meaning.
    takes_null: bool,
    /// The key or form implied by plain text.
    shorthand: Option<String>,
    /// The key or form implied by a map that names none.
    map_shorthand: Option<String>,
    /// The form of a map that names none but asks something.
    asked: Option<String>,
    /// Another spelling of its key.
    alias: Option<String>,
    /// Whether a list counts as the range from its first entry to its last.
    takes_range: bool,
    /// Words that are short for a form with a value.
    bare: Vec<(String, String)>,
    /// The key that holds the place of a value whose form isn't named.
    unnamed: Option<String>,
    /// The error code if it is missing or empty.
    missing: Option<Code>,
    /// The definition that has all the forms; these are some of them.
    among: Option<usize>,
    /// A key that needs another one, and an example.
    not_alone: Option<(String, String)>,
    /// Two keys that can't be combined; the first wins.
    not_both: Option<(String, String)>,
    /// The shortest length, and the help for a shorter one.
    least: Option<(String, String)>,
    /// The keys that `one: other` is short for; several of them, if the keys hold lists.
    pair: Option<(String, String)>,
    /// An example value.
    example: Option<String>,
    /// The help for an empty value.
    empty: Option<String>,
    /// The help for certain words or keys.
    instead: BTreeMap<String, String>,
    /// The help for anything else that isn't allowed.
    otherwise: Option<String>,
    /// The form of the answer to a question, in the teacher file.
    answer: Option<String>,
    /// The help for text in the wrong format.
    format_help: Option<String>,
}

/// A kind of value.
#[derive(Debug, Clone, Default)]
enum Kind {
    /// Nothing.
    #[default]
    Nothing,
    /// The definition with this index.
    Reference(usize),
    /// A map with the keys of the model.
    Object(Object),
    /// A map with keys that the author chooses.
    Keyed(Box<Shape>),
    /// A list.
    List(Box<List>),
    /// One of several forms.
    Forms(Vec<Form>),
    /// A map where one key, the tag, decides which others are allowed.
    Tagged(String, Vec<(String, Shape)>),
    /// A whole number from the first to the second.
    Integer(i64, i64),
    /// `true` or `false`.
    Boolean,
    /// Text, perhaps in a format.
    Text(Option<TextFormat>),
    /// Markdown.
    Markdown(Markdown),
    /// An equation in LaTeX.
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
    /// Whether a single value counts as a list of one.
    takes_single: bool,
    /// Whether duplicate entries are errors.
    is_unique: bool,
}

/// One of the forms a value can have.
#[derive(Debug, Clone)]
enum Form {
    /// A word, and what it means.
    Word(String, Option<String>),
    /// A key with the shape of its value, and perhaps an example.
    Key(String, Box<Shape>, Option<String>),
}

/// A key and the shape of its value.
type Property<'a> = (&'a str, &'a Shape);

impl Schema {
    /// The target of a reference; any other shape is returned unchanged.
    fn resolve<'a>(&'a self, shape: &'a Shape) -> &'a Shape {
        match shape.kind {
            Kind::Reference(number) => &self.definitions[number],
            _ => shape,
        }
    }

    /// The keys of an object; empty for other shapes.
    fn properties<'a>(&'a self, shape: &'a Shape) -> Vec<Property<'a>> {
        match &self.resolve(shape).kind {
            Kind::Object(object) => object.keys.iter().map(|(name, shape)| (name.as_str(), shape)).collect(),
            _ => Vec::new(),
        }
    }

    /// The shape of a key's value.
    fn property<'a>(&'a self, shape: &'a Shape, name: &str) -> Option<&'a Shape> {
        self.properties(shape).into_iter().find(|(known, _)| *known == name).map(|(_, shape)| shape)
    }

    /// Whether a shape requires a key.
    fn requires(&self, shape: &Shape, name: &str) -> bool {
        match &self.resolve(shape).kind {
            Kind::Object(object) => object.required.iter().any(|known| known == name),
            _ => false,
        }
    }

    /// The shape as a list, if it is one.
    fn list<'a>(&'a self, shape: &'a Shape) -> Option<&'a List> {
        match &self.resolve(shape).kind {
            Kind::List(list) => Some(list),
            _ => None,
        }
    }

    /// The forms of a shape, if it has any.
    fn forms<'a>(&'a self, shape: &'a Shape) -> Option<&'a [Form]> {
        match &self.resolve(shape).kind {
            Kind::Forms(forms) => Some(forms),
            _ => None,
        }
    }

    /// Whether a value is prose: Markdown, an equation, or text without a format.
    fn says_something(&self, shape: &Shape) -> bool {
        matches!(self.resolve(shape).kind, Kind::Text(None) | Kind::Markdown(_) | Kind::Tex)
    }

    /// Whether a value is any kind of text.
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

    /// The shape of the values in a map with keys that the author chooses.
    fn keyed(&self) -> Option<&Shape> {
        match &self.kind {
            Kind::Keyed(values) => Some(values),
            _ => None,
        }
    }

    /// The format of text.
    fn format(&self) -> Option<TextFormat> {
        match self.kind {
            Kind::Text(format) => format,
            _ => None,
        }
    }
}
