//! Reads one file into the model; [`crate::check`] applies the rules that need more than one field.
//!
//! [`crate::schema`] reads the YAML tree against the schema derived from the model.

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

/// A kind of file that Packetpress reads.
pub trait Document: JsonSchema + DeserializeOwned {
    /// The JSON Schema derived from the model, built once.
    fn derived() -> &'static serde_json::Value;

    /// The same schema, compiled for the reader.
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
                SCHEMA.get_or_init(|| Schema::compile(Self::derived(), &HINTS).expect("the model uses only known keywords"))
            }
        }
    )*};
}

documents!(Series, Issue, Lesson, Teacher);

/// The result of reading a file.
#[derive(Debug)]
pub struct Reading<T> {
    /// The content; broken and missing values are replaced with empty ones.
    pub document: T,
    /// The top-level keys whose values couldn't be read. Rules that need them are skipped, to avoid follow-on errors.
    pub broken: BTreeSet<String>,
}

/// Reads a loaded file and reports all of its errors.
///
/// Broken and missing values are replaced with empty ones, so the rules can still check the rest.
pub fn document<T: Document>(context: &Context<'_>, diagnostics: &mut Diagnostics) -> Reading<T> {
    let root = yaml::parse(context.file, context.sources, diagnostics);
    let (value, broken) = schema::read(&root, T::schema(), context, diagnostics);
    let document = T::deserialize(value).expect("the reader returns only what its schema allows");
    Reading { document, broken }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_knows_every_keyword_of_the_model() {
        for derived in [Series::derived(), Issue::derived(), Lesson::derived(), Teacher::derived()] {
            assert_eq!(Schema::compile(derived, &HINTS).err(), None);
        }
    }
}
