//! Stand-ins: characters of the same length that take the place of hidden ones while Markdown is parsed.

use std::borrow::Cow;

/// Each character that can be hidden and its stand-in of the same length in UTF-8.
const STAND_INS: [(char, char); 40] = [
    ('.', '\u{1}'),
    (')', '\u{2}'),
    (':', '\u{3}'),
    ('~', '\u{4}'),
    ('^', '\u{5}'),
    ('*', '\u{6}'),
    ('_', '\u{7}'),
    ('"', '\u{8}'),
    ('\'', '\u{e}'),
    ('(', '\u{f}'),
    (',', '\u{10}'),
    ('!', '\u{11}'),
    ('?', '\u{12}'),
    (';', '\u{13}'),
    ('-', '\u{14}'),
    ('+', '\u{15}'),
    ('=', '\u{16}'),
    ('>', '\u{17}'),
    ('#', '\u{18}'),
    ('|', '\u{19}'),
    ('/', '\u{1a}'),
    ('%', '\u{1b}'),
    ('$', '\u{1c}'),
    ('[', '\u{1d}'),
    (']', '\u{1e}'),
    ('{', '\u{1f}'),
    ('}', '\u{7f}'),
    ('«', '\u{80}'),
    ('»', '\u{81}'),
    ('¿', '\u{82}'),
    ('¡', '\u{83}'),
    ('“', '\u{e001}'),
    ('”', '\u{e002}'),
    ('‘', '\u{e003}'),
    ('’', '\u{e004}'),
    ('…', '\u{e005}'),
    ('—', '\u{e006}'),
    ('–', '\u{e007}'),
    ('€', '\u{e008}'),
    ('„', '\u{e009}'),
];

/// Brings back hidden characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hidden {
    /// Whether any can be hidden.
    pub is_possible: bool,
}

impl Hidden {
    /// For this text. If it has stand-ins of its own, which are reported as unprintable, nothing can be hidden in it.
    pub(super) fn of(text: &str) -> Self {
        Self { is_possible: !text.contains(|c| original(c).is_some()) && !has_stand_in_code(text) }
    }

    /// Text that comes out of the parser, with the hidden characters back in place.
    pub(super) fn restored(self, text: &str) -> Cow<'_, str> {
        if !self.is_possible || !text.contains(|c| original(c).is_some()) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().map(|c| original(c).unwrap_or(c)).collect())
    }
}

/// The stand-in of a character.
pub(super) fn stand_in(c: char) -> Option<char> {
    STAND_INS.iter().find(|(known, _)| *known == c).map(|(_, stand_in)| *stand_in)
}

/// The character that a stand-in takes the place of.
pub(super) fn original(stand_in: char) -> Option<char> {
    if !stand_in.is_control() && !('\u{e001}'..='\u{e009}').contains(&stand_in) {
        return None;
    }
    STAND_INS.iter().find(|(_, other)| *other == stand_in).map(|(c, _)| *c)
}

/// Whether text has a stand-in as a code, such as `&#x1b;`.
fn has_stand_in_code(text: &str) -> bool {
    text.match_indices("&#").any(|(at, mark)| {
        let code = text[at + mark.len()..].split(';').next().unwrap_or_default();
        let number = match code.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => code.parse(),
        };
        number.ok().and_then(char::from_u32).is_some_and(|c| original(c).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_are_as_long_as_what_they_hide() {
        for (c, stand_in) in STAND_INS {
            assert_eq!(c.len_utf8(), stand_in.len_utf8(), "{c}");
            assert_eq!(original(stand_in), Some(c));
        }
    }

    #[test]
    fn typed_stand_ins_are_left_alone() {
        for text in ["a \u{1b} b", "a &#x1b; b", "a &#27; b"] {
            assert!(!Hidden::of(text).is_possible, "{text}");
        }
        assert!(Hidden::of("a &#x41; b").is_possible);
    }
}
