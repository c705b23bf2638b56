//! The keywords of our own in the derived schema. They are written beside the fields of the model; one that is not here is a fault.

use serde_json::Value as Json;

use crate::diagnostics::Code;

/// A keyword with its value.
#[derive(Debug, Clone, PartialEq)]
pub enum Keyword {
    /// `x-placed`: the value goes out with its place.
    Placed,
    /// `x-markdown`: the text is Markdown of this kind.
    Markdown(Markdown),
    /// `x-tex`: the text is LaTeX of an equation.
    Tex,
    /// `x-keyed`: a map with keys of the author's choice.
    Keyed,
    /// `x-shorthand`: the key that a bare text stands for.
    Shorthand(String),
    /// `x-map-shorthand`: the key that a bare map stands for.
    MapShorthand(String),
    /// `x-bare`: words that stand for a key with a value.
    Bare(Vec<(String, String)>),
    /// `x-single`: one value stands for a list of one.
    Single,
    /// `x-null`: `null` has a meaning.
    Null,
    /// `x-unnamed`: the key that takes the place of a value that does not say its form.
    Unnamed(String),
    /// `x-missing`: the code of the report when the key is missing or empty.
    Missing(Code),
    /// `x-among`: the forms that would stand here are chosen from those of another value.
    Among(String),
    /// `x-not-alone`: the key that says nothing without another, and what could be written.
    NotAlone(String, String),
    /// `x-not-both`: two keys of which one makes the other useless.
    NotBoth(String, String),
    /// `x-least`: the least length, and what to do about a smaller one.
    Least(String, String),
    /// `x-pair`: the keys that `one: other` stands for.
    Pair(String, String),
    /// `x-example`: what could be written.
    Example(String),
    /// `x-empty`: what to do about an empty value.
    Empty(String),
    /// `x-instead`: what to do about certain words.
    Instead(Vec<(String, String)>),
    /// `x-otherwise`: what to do about any word that cannot stand here.
    Otherwise(String),
    /// `x-format-help`: what to do about a text that is not of the format.
    FormatHelp(String),
}

/// A kind of Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markdown {
    /// A line.
    Inline,
    /// Paragraphs, lists, quotations and tables.
    Blocks,
    /// The same with blanks to fill.
    Blanks,
    /// Lines that stay as they are.
    Verse,
}

impl Keyword {
    /// The keyword of this name, which begins with `x-`, with its value.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(name: &str, value: &Json) -> Result<Self, String> {
        let wrong = || format!("`{name}` cannot be {value}");
        let text = || value.as_str().map(str::to_owned).ok_or_else(wrong);
        let is_set = |keyword: Keyword| if *value == Json::Bool(true) { Ok(keyword) } else { Err(wrong()) };
        let two = || match value.as_array().map(Vec::as_slice) {
            Some([Json::String(one), Json::String(other)]) => Ok((one.clone(), other.clone())),
            _ => Err(wrong()),
        };
        let words = || -> Result<Vec<_>, String> {
            let map = value.as_object().ok_or_else(wrong)?;
            map.iter().map(|(key, text)| Ok((key.clone(), text.as_str().ok_or_else(wrong)?.to_owned()))).collect()
        };
        Ok(match name {
            "x-placed" => is_set(Keyword::Placed)?,
            "x-markdown" => Keyword::Markdown(match value.as_str() {
                Some("inline") => Markdown::Inline,
                Some("blocks") => Markdown::Blocks,
                Some("blanks") => Markdown::Blanks,
                Some("verse") => Markdown::Verse,
                _ => return Err(wrong()),
            }),
            "x-tex" => is_set(Keyword::Tex)?,
            "x-keyed" => is_set(Keyword::Keyed)?,
            "x-shorthand" => Keyword::Shorthand(text()?),
            "x-map-shorthand" => Keyword::MapShorthand(text()?),
            "x-bare" => Keyword::Bare(words()?),
            "x-single" => is_set(Keyword::Single)?,
            "x-null" => is_set(Keyword::Null)?,
            "x-unnamed" => Keyword::Unnamed(text()?),
            "x-missing" => Keyword::Missing(Code::named(&text()?).ok_or_else(wrong)?),
            "x-among" => {
                Keyword::Among(value.get("$ref").and_then(Json::as_str).and_then(definition).ok_or_else(wrong)?.to_owned())
            }
            "x-not-alone" => two().map(|(key, example)| Keyword::NotAlone(key, example))?,
            "x-not-both" => two().map(|(kept, useless)| Keyword::NotBoth(kept, useless))?,
            "x-least" => {
                let part = |key: &str| value.get(key).and_then(Json::as_str).map(str::to_owned).ok_or_else(wrong);
                Keyword::Least(part("length")?, part("help")?)
            }
            "x-pair" => two().map(|(one, other)| Keyword::Pair(one, other))?,
            "x-example" => Keyword::Example(text()?),
            "x-empty" => Keyword::Empty(text()?),
            "x-instead" => Keyword::Instead(words()?),
            "x-otherwise" => Keyword::Otherwise(text()?),
            "x-format-help" => Keyword::FormatHelp(text()?),
            _ => return Err(format!("there is no keyword `{name}`")),
        })
    }

    /// The keywords of a schema.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub fn all_of(schema: &serde_json::Map<String, Json>) -> Result<Vec<Self>, String> {
        let own = schema.iter().filter(|(name, _)| name.starts_with("x-"));
        own.map(|(name, value)| Self::parse(name, value)).collect()
    }
}

/// The name of the definition to which a reference leads.
pub fn definition(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/$defs/")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unknown_and_misspelt_keywords_are_refused() {
        assert_eq!(Keyword::parse("x-single", &json!(true)), Ok(Keyword::Single));
        assert_eq!(Keyword::parse("x-pair", &json!(["id", "text"])), Ok(Keyword::Pair("id".to_owned(), "text".to_owned())));
        for (name, value) in [
            ("x-singel", json!(true)),
            ("x-single", json!("yes")),
            ("x-missing", json!("no-such-code")),
            ("x-markdown", json!("inlines")),
            ("x-pair", json!(["id"])),
            ("x-shorthand", json!(7)),
        ] {
            assert!(Keyword::parse(name, &value).is_err(), "{name} {value}");
        }
    }
}
