//! Reads one file into the model; rules that need more than one field are left to [`crate::check`].
//!
//! The derived schema of the model drives the reading: `walk` holds the YAML tree against it, reports every mistake at its place, and yields a value that always deserialises.

pub mod file;
pub mod formats;

use std::collections::BTreeSet;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::de::DeserializeOwned;

use crate::diagnostics::Diagnostics;
use crate::lesson::Lesson;
use crate::lesson::issue::Issue;
use crate::lesson::series::Series;
use crate::lesson::teacher::Teacher;
use crate::source::{FileId, Sources};
use crate::{walk, yaml};

/// A kind of file that can be read.
pub trait Document: JsonSchema + DeserializeOwned {
    /// The derived schema, made once.
    fn schema() -> &'static serde_json::Value;
}

macro_rules! documents {
    ($($name:ident),*) => {$(
        impl Document for $name {
            fn schema() -> &'static serde_json::Value {
                static SCHEMA: std::sync::OnceLock<serde_json::Value> = std::sync::OnceLock::new();
                SCHEMA.get_or_init(|| SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<$name>().to_value())
            }
        }
    )*};
}

documents!(Series, Issue, Lesson, Teacher);

/// What reading needs besides the file.
pub struct Context<'a> {
    /// The file that is read.
    pub file: FileId,
    /// The files, for the text at a place.
    pub sources: &'a Sources,
    /// Whether some font has a glyph for a character.
    pub has_glyph: &'a dyn Fn(char) -> bool,
}

/// What was read from a file.
#[derive(Debug)]
pub struct Reading<T> {
    /// What it says; what is broken or missing is replaced by something empty.
    pub document: T,
    /// The keys at the margin whose values could not be read: a rule that needs them would report what follows from that.
    pub broken: BTreeSet<String>,
}

/// Reads a file that has been taken in; reports all of its mistakes.
///
/// What is broken or missing is replaced by something empty, so that the rules can still look at the rest.
pub fn document<T: Document>(context: &Context<'_>, diagnostics: &mut Diagnostics) -> Reading<T> {
    let root = yaml::parse(context.file, context.sources, diagnostics);
    let (value, broken) = walk::walk(&root, T::schema(), context, diagnostics);
    let document = serde_json::from_value(value).expect("the walker yields only what its schema describes");
    Reading { document, broken }
}
