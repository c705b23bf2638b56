//! Where text must not break, or may break without a hyphen: in names and addresses.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::script::is_spaceless_or_wide;

/// A name with fewer letters than this is too short to be hyphenated.
const SHORTEST_NAME: usize = 5;

/// The most letters of an address that stay together, and how many do in a longer part.
const LONGEST_PART: usize = 20;
const PART_OF_PART: usize = 6;

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Piece {
    /// Text that breaks and is hyphenated as usual.
    Usual(String),
    /// A word that begins with a capital, most likely a name, and is long enough to be hyphenated, but never is.
    Name { name: String },
    /// An address in parts that don't break.
    Address { address: Vec<String> },
}

/// Writes text as the template for it expects: with its pieces if there are names or addresses in it.
pub(super) fn with_pieces<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let pieces = pieces(text);
    let is_usual = pieces.iter().all(|piece| matches!(piece, Piece::Usual(_)));
    let mut run = serializer.serialize_struct("text", if is_usual { 1 } else { 2 })?;
    run.serialize_field("text", text)?;
    if !is_usual {
        run.serialize_field("pieces", &pieces)?;
    }
    run.end()
}

/// Writes a word that is too long for a line as the template for it expects: with its parts if it is an address.
pub(super) fn with_address<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let begin = text.find(char::is_alphabetic).unwrap_or(text.len());
    let is_address = begins_address(&text[begin..]);
    let mut run = serializer.serialize_struct("long-word", if is_address { 2 } else { 1 })?;
    run.serialize_field("text", text)?;
    if is_address {
        run.serialize_field("address", &address_parts(text))?;
    }
    run.end()
}

/// Whether an address begins here, with a letter.
fn begins_address(text: &str) -> bool {
    text.starts_with("www.") || text.trim_start_matches(char::is_alphabetic).starts_with("://")
}

/// The pieces of text, in order.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    // Where the piece before the next name or address begins.
    let mut start = 0;
    let mut rest = text;
    while let Some(from) = rest.find(char::is_alphabetic) {
        let begin = text.len() - rest.len() + from;
        let word = &text[begin..];
        let (at, piece, length) = if begins_address(word) {
            let length = word.find(|c: char| c.is_whitespace() || is_spaceless_or_wide(c)).unwrap_or(word.len());
            (begin, Some(Piece::Address { address: address_parts(&word[..length]) }), length)
        } else {
            let length = word.find(|c: char| !c.is_alphabetic() && c != '’').unwrap_or(word.len());
            let capital = word[..length].find(char::is_uppercase).unwrap_or(length);
            let name = &word[capital..length];
            let is_long = name.chars().count() >= SHORTEST_NAME;
            (
                begin + capital,
                is_long.then(|| Piece::Name { name: name.to_owned() }),
                if is_long { name.len() } else { length - capital },
            )
        };
        if let Some(piece) = piece {
            if start < at {
                pieces.push(Piece::Usual(text[start..at].to_owned()));
            }
            pieces.push(piece);
            start = at + length;
        }
        rest = &text[at + length..];
    }
    if start < text.len() {
        pieces.push(Piece::Usual(text[start..].to_owned()));
    }
    pieces
}

/// The marks in an address that it can break before.
fn is_mark(c: char) -> bool {
    "/.:;,?&=_~%#@+-".contains(c)
}

/// The parts of an address, which can break before its marks, and anywhere in a long part, but never gets a hyphen: one at the end of
/// a line would seem to belong to it, and so would one of its own if it came there (Chicago Manual of Style, 17th ed., 14.18).
pub(crate) fn address_parts(address: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = address;
    if let Some((scheme, _)) = address.split_once("://")
        && scheme.trim_start_matches(|c: char| !c.is_alphabetic()).chars().all(char::is_alphabetic)
        && scheme.ends_with(char::is_alphabetic)
    {
        let (scheme, after) = address.split_at(scheme.len() + "://".len());
        parts.push(scheme.to_owned());
        rest = after;
    }
    while !rest.is_empty() {
        let marks = rest.find(|c| !is_mark(c)).unwrap_or(rest.len());
        let mut end = rest[marks..].find(is_mark).map_or(rest.len(), |letters| marks + letters);
        // The marks at its end stay with the last part.
        if rest[end..].chars().all(is_mark) {
            end = rest.len();
        }
        let part = &rest[..end];
        if part.chars().count() > LONGEST_PART {
            let letters: Vec<char> = part.chars().collect();
            parts.extend(letters.chunks(PART_OF_PART).map(|part| part.iter().collect::<String>()));
        } else {
            parts.push(part.to_owned());
        }
        rest = &rest[end..];
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual(text: &str) -> Piece {
        Piece::Usual(text.to_owned())
    }

    fn name(name: &str) -> Piece {
        Piece::Name { name: name.to_owned() }
    }

    #[test]
    fn only_words_that_could_be_hyphenated_are_names() {
        assert_eq!(
            pieces("In Spain, it was."),
            [name("Spain")].into_iter().fold(vec![usual("In ")], |mut all, name| {
                all.extend([name, usual(", it was.")]);
                all
            })
        );
        assert_eq!(pieces("Lev and Stalin’s men"), [usual("Lev and "), name("Stalin’s"), usual(" men")]);
        assert_eq!(pieces("McDonald"), [name("McDonald")]);
        assert_eq!(pieces("eBooks, ÉCOLE"), [usual("e"), name("Books"), usual(", "), name("ÉCOLE")]);
        assert_eq!(pieces("no names 7"), [usual("no names 7")]);
        assert!(pieces("").is_empty());
    }

    #[test]
    fn addresses_break_before_their_marks() {
        let address = |parts: &[&str]| Piece::Address { address: parts.iter().map(|part| (*part).to_owned()).collect() };
        assert_eq!(
            pieces("See https://example.org/a-b/ or www.loc.gov。"),
            [
                usual("See "),
                address(&["https://", "example", ".org", "/a", "-b/"]),
                usual(" or "),
                address(&["www", ".loc", ".gov"]),
                usual("。")
            ]
        );
        assert_eq!(
            address_parts("example.org/abcdefghijklmnopqrstuvwxyz"),
            ["example", ".org", "/abcde", "fghijk", "lmnopq", "rstuvw", "xyz"]
        );
        assert_eq!(address_parts("..."), ["..."]);
        assert!(address_parts("").is_empty());
    }
}
