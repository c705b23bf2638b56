//! Our own keywords in the derived schema. The fields of the model declare them; an unknown one is an error.

use serde_json::Value as Json;

use crate::diagnostics::Code;

/// A keyword with its value.
#[derive(Debug, Clone, PartialEq)]
pub enum Keyword {
    /// `x-placed`: the model keeps the value's place.
    Placed,
    /// `x-markdown`: the text is this kind of Markdown.
    Markdown(Markdown),
    /// `x-tex`: the text is an equation in LaTeX.
    Tex,
    /// `x-keyed`: a map with keys that the author chooses.
    Keyed,
    /// `x-shorthand`: the key implied by plain text.
    Shorthand(String),
    /// `x-map-shorthand`: the key implied by a map that names none.
    MapShorthand(String),
    /// `x-bare`: words that are short for a key with a value.
    Bare(Vec<(String, String)>),
    /// `x-single`: a single value counts as a list of one.
    Single,
    /// `x-alias`: another spelling of the key.
    Alias(String),
    /// `x-range`: a list of grades counts as the range from the first to the last.
    Range,
    /// `x-asked`: the form of a map that names none but asks something.
    Asked(String),
    /// `x-null`: `null` is allowed and has a meaning.
    Null,
    /// `x-unnamed`: the key that holds the place of a value whose form isn't named.
    Unnamed(String),
    /// `x-missing`: the error code if the key is missing or empty.
    Missing(Code),
    /// `x-among`: the forms allowed here are some of the forms of another value.
    Among(String),
    /// `x-not-alone`: a key that needs another one, and an example.
    NotAlone(String, String),
    /// `x-not-both`: two keys that can't be combined; the first wins.
    NotBoth(String, String),
    /// `x-least`: the shortest length, and the help for a shorter one.
    Least(String, String),
    /// `x-pair`: the keys that `one: other` is short for; several of them, if the keys hold lists.
    Pair(String, String),
    /// `x-example`: an example value.
    Example(String),
    /// `x-empty`: the help for an empty value.
    Empty(String),
    /// `x-instead`: the help for certain words or keys.
    Instead(Vec<(String, String)>),
    /// `x-otherwise`: the help for anything else that isn't allowed.
    Otherwise(String),
    /// `x-answer`: the form of the answer to a question, in the teacher file.
    Answer(String),
    /// `x-format-help`: the help for text in the wrong format.
    FormatHelp(String),
}

/// A kind of Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markdown {
    /// One line or paragraph.
    Inline,
    /// Paragraphs, lists, quotations, and tables.
    Blocks,
    /// The same, with blanks to fill in.
    Blanks,
    /// Lines that keep their line breaks.
    Verse,
}

impl Keyword {
    /// Parses the keyword with this name, which starts with `x-`.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn parse(name: &str, value: &Json) -> Result<Self, String> {
        let wrong = || format!("`{name}` can't be {value}");
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
            "x-alias" => Keyword::Alias(text()?),
            "x-range" => is_set(Keyword::Range)?,
            "x-asked" => Keyword::Asked(text()?),
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
            "x-answer" => Keyword::Answer(text()?),
            "x-format-help" => Keyword::FormatHelp(text()?),
            _ => return Err(format!("unknown keyword `{name}`")),
        })
    }

    /// All of our keywords in a schema.
    ///
    /// # Errors
    /// Says what is wrong with one of them.
    pub fn all_of(schema: &serde_json::Map<String, Json>) -> Result<Vec<Self>, String> {
        let own = schema.iter().filter(|(name, _)| name.starts_with("x-"));
        own.map(|(name, value)| Self::parse(name, value)).collect()
    }
}

/// The name of the definition that a reference points to.
pub fn definition(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/$defs/")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unknown_and_misspelled_keywords_are_rejected() {
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
