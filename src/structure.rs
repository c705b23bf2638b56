//! Completes the structure tree of a finished PDF: what the engine can't tag, and the fields of a form.
//!
//! The engine writes each mark of a template as a figure whose alternative text is a [`Mark`]. This pass turns it into what the
//! mark asks for: a form element with the attributes of a printed field (ISO 14289-1, 7.14), spoken text, or an element around what
//! follows. It leaves the pages as they are. It can go when the engine has forms and structure elements of its own.

mod appearance;
mod elements;
mod fields;
mod parents;
mod tree;

use lopdf::Document;
use serde::Deserialize;

use self::tree::Tree;
use crate::packet::blank::{self, Kind};
use crate::words;

/// The beginning of the alternative text of a mark, a noncharacter. [`without_marks`] takes it out of other text.
const SIGN: char = '\u{fdd0}';

/// What a template asks for at a place in the structure tree.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "mark", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Mark {
    /// A blank, around what shows it.
    Blank(Box<Blank>),
    /// Words to say in place of the content.
    Say {
        /// The words.
        said: String,
    },
    /// Text in another language, around it.
    Span,
    /// The number or letter of the entry that it's in, around what shows it.
    Label,
    /// The beginning of an element around the elements that follow.
    Open {
        /// The kind of element.
        element: Element,
        /// The level of a heading. It's never more than one below the heading before.
        level: Option<u8>,
    },
    /// The end of the element that began last.
    Close,
    /// How the entries of the next list are numbered, as a value of `ListNumbering` (ISO 32000-1, table 347).
    Numbering {
        /// The value.
        style: String,
    },
    /// Makes one list of the lists before and after it, such as two columns of one list.
    Join,
}

/// A structure element that templates can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Element {
    /// Text that is quoted as a whole.
    Quotation,
    /// A heading.
    Heading,
    /// The title of the table or list that follows.
    Caption,
    /// A list of the entries that follow.
    List,
    /// An entry of a list. Its label is inside its first paragraph.
    Entry,
}

impl Mark {
    /// Whether it has no content of its own.
    pub fn is_point(&self) -> bool {
        !matches!(self, Mark::Blank(_) | Mark::Say { .. } | Mark::Span | Mark::Label)
    }
}

/// A blank on a page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Blank {
    /// What goes there.
    pub kind: Kind,
    /// What is read aloud.
    pub said: String,
    /// Whether it's checked, where answers are printed.
    pub checked: Option<bool>,
    /// The field that it is in a form.
    pub field: Option<blank::Blank>,
}

/// An area of a page, in points from the lower left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// The page, counted from 0.
    pub page: usize,
    /// The left edge.
    pub left: f64,
    /// The lower edge.
    pub bottom: f64,
    /// The right edge.
    pub right: f64,
    /// The upper edge.
    pub top: f64,
}

/// A mark that has been laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The mark.
    pub mark: Mark,
    /// Where its content is, if it has any.
    pub area: Option<Area>,
}

/// The alternative text that stands for the mark with this index.
pub fn alternative_text(index: usize) -> String {
    format!("{SIGN}{index}")
}

/// Text without the sign of a mark.
pub fn without_marks(text: &str) -> String {
    text.replace(SIGN, "")
}

/// What a form needs to know.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Form {
    /// How much its pages are enlarged after layout, as a factor.
    pub zoom: f64,
}

/// The PDF with its marks carried out, and with a field for each blank if it's a form. `language` is that of the packet.
///
/// # Errors
/// If the file isn't one that the engine wrote.
pub fn completed(pdf: &[u8], marks: &[Placed], language: &str, form: Option<Form>) -> Result<Vec<u8>, lopdf::Error> {
    let mut document = Document::load_mem(pdf)?;
    let mut tree = Tree::of(&mut document, marks, words::of(language));
    tree.complete()?;
    let forms = tree.forms;
    if let Some(form) = form {
        fields::add(&mut document, marks, &forms, form)?;
    }
    let mut bytes = Vec::with_capacity(pdf.len());
    document.save_to(&mut bytes)?;
    Ok(bytes)
}
