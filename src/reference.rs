//! Generates documentation of the lesson format from the model: the JSON Schema for editors and the format reference.

mod schema;

use std::fmt::Write;

use serde_json::Value as Json;

use crate::lesson::Lesson;
use crate::lesson::issue::Issue;
use crate::lesson::series::Series;
use crate::lesson::teacher::Teacher;
use crate::read::Document;

pub use schema::for_editors;

/// A kind of file: its name, path, and schema.
pub struct FileKind {
    /// The name of its schema file, such as `lesson`.
    pub name: &'static str,
    /// The path of such files.
    pub path: &'static str,
    /// The derived schema, including our own keywords.
    pub schema: &'static Json,
}

/// Every kind of file, from the outermost to the innermost.
pub fn file_kinds() -> [FileKind; 4] {
    [
        FileKind { name: "series", path: "lessons/series.yaml", schema: Series::derived() },
        FileKind { name: "issue", path: "lessons/<issue>/issue.yaml", schema: Issue::derived() },
        FileKind { name: "lesson", path: "lessons/<issue>/<lesson>.yaml", schema: Lesson::derived() },
        FileKind { name: "teacher", path: "lessons/<issue>/<lesson>.teacher.yaml", schema: Teacher::derived() },
    ]
}

/// Tables of all keys of all files, as Markdown.
pub fn keys() -> String {
    let mut out = String::new();
    for kind in file_kinds() {
        section(&mut out, 2, &format!("`{}`", kind.path), kind.schema, kind.schema);
        let definitions = kind.schema.get("$defs").and_then(Json::as_object);
        for (name, schema) in definitions.into_iter().flatten() {
            section(&mut out, 3, &spoken(name), schema, kind.schema);
        }
    }
    out
}

/// The names of all blocks, such as `primary_source`, in model order.
pub fn block_names() -> Vec<&'static str> {
    block_forms().into_iter().map(|(name, _)| name).collect()
}

/// The reference of all blocks, as Markdown: a description, an example, an image of the printed result, the answer, and the keys.
///
/// `example` returns the lesson that shows a block (`cloze.yaml`) and, for blocks with answers, its teacher file
/// (`cloze.teacher.yaml`).
pub fn blocks(example: &dyn Fn(&str) -> Option<String>) -> String {
    let root = Lesson::derived();
    let mut out = String::new();
    for (name, form) in block_forms() {
        let mut line = |text: &str| writeln!(out, "{text}").expect("writing to a string cannot fail");
        line(&format!("## {name}\n"));
        line(&format!("{}\n", describe(form, root)));
        let lesson = example(&format!("{name}.yaml")).unwrap_or_default();
        line(&format!("```yaml\n{}\n```\n", lesson.trim_end()));
        line(&format!("![Printed result](images/blocks/{name}.png)\n"));
        if let Some(answer) = example(&format!("{name}.teacher.yaml")) {
            line(&format!("The answer in the teacher file:\n\n```yaml\n{}\n```\n", answer.trim_end()));
        }
        let value = form.pointer(&format!("/properties/{name}")).map(|value| resolve(value, root));
        if let Some(value) = value.filter(|value| value.get("properties").is_some()) {
            table_of_keys(&mut out, value, root, "keys.md");
        }
    }
    out
}

/// Every form of a block, with its name and its schema.
fn block_forms() -> Vec<(&'static str, &'static Json)> {
    let forms = Lesson::derived().pointer("/$defs/Block/oneOf").and_then(Json::as_array).expect("a block has several forms");
    forms
        .iter()
        .filter_map(|form| {
            let key = || form.get("properties")?.as_object()?.keys().next().map(String::as_str);
            Some((form.get("const").and_then(Json::as_str).or_else(key)?, form))
        })
        .collect()
}

/// Follows a schema's `$ref`, if it has one.
fn resolve<'a>(schema: &'a Json, root: &'a Json) -> &'a Json {
    let reference = schema.get("$ref").and_then(Json::as_str);
    reference.and_then(|reference| root.pointer(&reference[1..])).unwrap_or(schema)
}

fn section(out: &mut String, level: usize, title: &str, schema: &Json, root: &Json) {
    let mut line = |text: &str| writeln!(out, "{text}").expect("writing to a string cannot fail");
    line(&format!("{} {title}\n", "#".repeat(level)));
    if let Some(description) = schema.get("description").and_then(Json::as_str) {
        line(&format!("{}\n", description.replace("\n\n", "\n")));
    }
    if schema.get("properties").is_some() {
        table_of_keys(out, schema, root, "");
    }
    let mut line = |text: &str| writeln!(out, "{text}").expect("writing to a string cannot fail");
    if let Some(variants) = schema.get("oneOf").and_then(Json::as_array) {
        line("| form | value | description |\n| --- | --- | --- |");
        for variant in variants {
            line(&row_of_variant(variant, root));
        }
        line("");
    }
}

/// The table of a schema's keys; links point to sections of the file `to`.
fn table_of_keys(out: &mut String, schema: &Json, root: &Json, to: &str) {
    let mut line = |text: &str| writeln!(out, "{text}").expect("writing to a string cannot fail");
    line("| key | value | description |\n| --- | --- | --- |");
    for (name, property) in schema.get("properties").and_then(Json::as_object).into_iter().flatten() {
        let required = schema["required"].as_array().is_some_and(|required| required.iter().any(|key| key == name));
        let name = if required { format!("**`{name}`**") } else { format!("`{name}`") };
        let value = value(property).replace("](#", &format!("]({to}#"));
        line(&format!("| {name} | {value} | {} |", describe(property, root)));
    }
    line("");
}

fn row_of_variant(variant: &Json, root: &Json) -> String {
    let what = describe(variant, root);
    if let Some(word) = variant.get("const").and_then(Json::as_str) {
        return format!("| `{word}` | | {what} |");
    }
    if let Some(kind) = variant.pointer("/properties/kind/const").and_then(Json::as_str) {
        return format!("| `kind: {kind}` | {} | {what} |", value(variant));
    }
    let form = variant.get("properties").and_then(Json::as_object).and_then(|properties| properties.iter().next());
    let (name, schema) = form.expect("a variant is a word, a kind or a key");
    format!("| `{name}:` | {} | {what} |", value(schema))
}

fn describe(schema: &Json, root: &Json) -> String {
    let own = schema.get("description").and_then(Json::as_str);
    let referred = || {
        let reference = schema.get("$ref").and_then(Json::as_str)?;
        root.pointer(&reference[1..])?.get("description").and_then(Json::as_str)
    };
    own.or_else(referred).unwrap_or_default().replace("\n\n", " ").replace('\n', " ").replace('|', "\\|")
}

/// A short description of a key's value.
fn value(schema: &Json) -> String {
    if let Some(any) = schema.get("anyOf").and_then(Json::as_array) {
        return any.iter().find(|one| one.get("$ref").is_some()).map_or_else(String::new, value);
    }
    if let Some(name) = schema.get("$ref").and_then(Json::as_str).and_then(|reference| reference.rsplit('/').next()) {
        return format!("[{}](#{})", spoken(name), spoken(name).replace(' ', "-"));
    }
    if schema.get("x-keyed").is_some() {
        return format!("keys you choose, each with {}", value(&schema["additionalProperties"]));
    }
    match (schema.get("x-markdown").and_then(Json::as_str), schema.get("format").and_then(Json::as_str)) {
        (Some("inline"), _) => return "one line of Markdown".into(),
        (Some("verse"), _) => return "lines of Markdown".into(),
        (Some("blanks"), _) => return "Markdown with `{{blanks}}`".into(),
        (Some(_), _) => return "Markdown".into(),
        (None, Some("id")) => return "an id: lowercase letters, digits, hyphens".into(),
        (None, Some("date")) => return "a date: `1991-04-01`".into(),
        (None, Some("uri")) if schema.get("x-null").is_some() => return "a web address, or `null`".into(),
        (None, Some("color")) => return "a color: `\"#7a1f2b\"`".into(),
        (None, Some("contact")) => return "an email address or a web address: `https://…`".into(),
        (None, Some("uri")) => return "a web address: `https://…`".into(),
        (None, Some("length")) => return "a length: `4 cm`, `1.5 in`".into(),
        (None, Some("language")) => return "a language: `en-US`".into(),
        _ => {}
    }
    if schema.get("x-tex").is_some() {
        return "LaTeX".into();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"].as_array()?.first()?.as_str());
    match kind {
        Some("integer") => "a whole number".into(),
        Some("boolean") => "`true` or `false`".into(),
        Some("array") if schema.get("x-single").is_some() => format!("{}, or a list", value(&schema["items"])),
        Some("array") => format!("a list; each item: {}", value(&schema["items"])),
        Some("string") => schema.get("enum").and_then(Json::as_array).map_or_else(|| "text".into(), |words| alternatives(words)),
        _ => String::new(),
    }
}

fn alternatives(words: &[Json]) -> String {
    words.iter().filter_map(Json::as_str).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ")
}

/// "ArchiveDocument" as "archive document".
fn spoken(name: &str) -> String {
    let mut spoken = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !spoken.is_empty() {
            spoken.push(' ');
        }
        spoken.extend(c.to_lowercase());
    }
    spoken
}
