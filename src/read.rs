//! Reads one file into the model; rules that need more than one field are left to [`crate::check`].
//!
//! The schema that is derived from the model drives the reading: [`crate::schema`] holds the YAML tree against it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::de::DeserializeOwned;

use crate::diagnostics::Diagnostics;
use crate::lesson::Lesson;
use crate::lesson::hints::HINTS;
use crate::lesson::issue::Issue;
use crate::lesson::series::Series;
use crate::lesson::teacher::Teacher;
use crate::schema::{self, Schema};
use crate::yaml;

pub use crate::schema::Context;

/// A kind of file that can be read.
pub trait Document: JsonSchema + DeserializeOwned {
    /// The JSON Schema that is derived from the model, made once.
    fn derived() -> &'static serde_json::Value;

    /// The same as the reader knows it.
    fn schema() -> &'static Schema;
}

macro_rules! documents {
    ($($name:ident),*) => {$(
        impl Document for $name {
            fn derived() -> &'static serde_json::Value {
                static DERIVED: OnceLock<serde_json::Value> = OnceLock::new();
                DERIVED.get_or_init(|| SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<$name>().to_value())
            }

            fn schema() -> &'static Schema {
                static SCHEMA: OnceLock<Schema> = OnceLock::new();
                SCHEMA.get_or_init(|| Schema::compile(Self::derived(), &HINTS).expect("the model has only what the reader knows"))
            }
        }
    )*};
}

documents!(Series, Issue, Lesson, Teacher);

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
    let (value, broken) = schema::read(&root, T::schema(), context, diagnostics);
    let document = T::deserialize(value).expect("the reader yields only what its schema describes");
    Reading { document, broken }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_knows_all_that_the_model_says() {
        for derived in [Series::derived(), Issue::derived(), Lesson::derived(), Teacher::derived()] {
            assert_eq!(Schema::compile(derived, &HINTS).err(), None);
        }
    }
}
