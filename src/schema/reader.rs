//! Reads a YAML tree against a schema: reports every mistake at its place, and returns a value that always fits the model.

use std::collections::BTreeSet;

use super::subject::Subject;
use super::{Kind, Property, Schema, Shape};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::glyphs::Coverage;
use crate::source::{FileId, Sources};
use crate::value::Datum;
use crate::yaml::{Node, Value};

/// What the reader needs besides the file.
pub struct Context<'a> {
    /// The file to read.
    pub file: FileId,
    /// The files, for the text at a place.
    pub sources: &'a Sources,
    /// The characters that the fonts have.
    pub coverage: &'a Coverage,
}

/// Reads a tree as the schema requires, and returns the outermost keys whose values are broken and were left out.
pub fn read(root: &Node, schema: &Schema, context: &Context<'_>, diagnostics: &mut Diagnostics) -> (Datum, BTreeSet<String>) {
    let present = match &root.value {
        Value::Map(entries) => entries.iter().map(|(key, _)| key.text.clone()).collect(),
        _ => BTreeSet::new(),
    };
    let mut reader = Reader {
        schema,
        context,
        diagnostics,
        outermost: true,
        needed: false,
        is_alone: false,
        broken: BTreeSet::new(),
        present,
        asked: None,
        blocks: None,
    };
    if let Value::Null = root.value {
        let message = "the file is empty";
        reader.diagnostics.push(
            Diagnostic::new(Code::EmptyPart, root.place, message)
                .maybe_help(schema.root.empty.clone().or_else(|| reader.least_keys())),
        );
        return (reader.placeholder(&schema.root), reader.all_keys());
    }
    match reader.value(root, &schema.root, Subject::File) {
        Some(value) => (value, reader.broken),
        None => (reader.placeholder(&schema.root), reader.all_keys()),
    }
}

/// The question around the value that is being read.
#[derive(Debug, Clone)]
pub(super) struct Asked<'a> {
    /// The form of its answer.
    pub form: &'a str,
    /// Its id.
    pub id: Option<String>,
}

pub(super) struct Reader<'a> {
    pub schema: &'a Schema,
    pub context: &'a Context<'a>,
    pub diagnostics: &'a mut Diagnostics,
    /// Whether no map has been entered yet.
    pub outermost: bool,
    /// Whether the next value is required.
    pub needed: bool,
    /// Whether the next value is the only entry of its list.
    pub is_alone: bool,
    /// The outermost keys whose values were left out.
    pub broken: BTreeSet<String>,
    /// The outermost keys of the file.
    pub present: BTreeSet<String>,
    /// The question around the next value.
    pub asked: Option<Asked<'a>>,
    /// The key of the list of blocks around the next value, and the shape of its entries.
    pub blocks: Option<(String, &'a Shape)>,
}

impl<'a> Reader<'a> {
    /// Reads `node` as `shape` requires; `None` if it was left out, which is reported.
    pub(super) fn value(&mut self, node: &Node, shape: &'a Shape, what: Subject<'_>) -> Option<Datum> {
        if let Value::Broken = node.value {
            return None;
        }
        if let Some(help) = &shape.empty
            && is_left_open(node)
        {
            self.report(Code::EmptyValue, node.place, format!("{what} is empty")).help(help);
            return None;
        }
        let value = self.bare_value(node, shape, what)?;
        Some(if shape.is_placed && !value.is_null() { value.placed(node.place) } else { value })
    }

    fn bare_value(&mut self, node: &Node, shape: &'a Shape, what: Subject<'_>) -> Option<Datum> {
        if let Value::Null = node.value {
            if shape.takes_null {
                return Some(Datum::Null);
            }
            let after = if what.is_entry() { "write something after the `-`" } else { "write something after the colon" };
            let help = self.or_delete(node, after, what);
            self.empty(node, shape, what, &help);
            return None;
        }
        let target = self.schema.resolve(shape);
        match &target.kind {
            Kind::Keyed(values) => self.keyed(node, shape, values, what),
            Kind::Forms(forms) => self.variant(node, target, forms, what),
            Kind::Tagged(tag, kinds) => self.tagged(node, (tag, kinds), what),
            Kind::Object(_) => self.object(node, target, what),
            Kind::List(list) => self.list(node, shape, list, what),
            Kind::Integer(low, high) => self.integer(node, shape, (*low, *high), what),
            Kind::Boolean => self.boolean(node, shape, what),
            Kind::Text(_) | Kind::Markdown(_) | Kind::Tex => self.text(node, shape, &target.kind, what),
            Kind::Reference(_) | Kind::Nothing => unreachable!("a reference leads to a value"),
        }
    }

    pub(super) fn properties(&self, shape: &'a Shape) -> Vec<Property<'a>> {
        self.schema.properties(shape)
    }

    pub(super) fn file(&self) -> FileId {
        self.context.file
    }

    /// The name of the file without its ending.
    pub(super) fn stem(&self) -> &'a str {
        self.context.sources.file(self.file()).path().file_stem().unwrap_or_default()
    }

    fn all_keys(&self) -> BTreeSet<String> {
        self.schema.properties(&self.schema.root).into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    /// The keys that this kind of file requires.
    fn least_keys(&self) -> Option<String> {
        let root = &self.schema.root;
        let needed = self.schema.properties(root).into_iter().filter(|(name, _)| self.schema.requires(root, name));
        let keys: Vec<_> = needed.map(|(name, _)| format!("`{name}`")).collect();
        (!keys.is_empty()).then(|| format!("add at least {}", keys.join(", ")))
    }
}

/// Whether a value is empty or only a line to write on.
fn is_left_open(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Text(scalar) => scalar.text.trim().chars().all(|c| matches!(c, '_' | '.' | '…' | '?')),
        _ => false,
    }
}
