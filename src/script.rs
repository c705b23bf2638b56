//! Scripts: which ones a language is written in, and which have no spaces between words.

use icu_locale::{LanguageIdentifier, LocaleExpander};
use unicode_script::Script;

/// The scripts of a language, a BCP 47 tag (Unicode CLDR, "Likely Subtags"); empty if unknown. The first tells its texts apart from
/// those of other languages.
pub fn of_language(tag: &str) -> Vec<Script> {
    let Ok(mut language) = tag.parse::<LanguageIdentifier>() else { return Vec::new() };
    LocaleExpander::new_extended().maximize(&mut language);
    let Some(script) = language.script else { return Vec::new() };
    match script.as_str() {
        "Hans" | "Hant" => vec![Script::Han],
        "Jpan" => vec![Script::Hiragana, Script::Katakana, Script::Han],
        "Kore" => vec![Script::Hangul],
        other => Script::from_short_name(other).into_iter().collect(),
    }
}

/// Whether a character is kana or Chinese, where each one can be a word.
pub fn is_spaceless(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// The same, with their punctuation and wide forms of other characters. A line may break between any two of them.
pub fn is_spaceless_or_wide(c: char) -> bool {
    is_spaceless(c) || matches!(u32::from(c), 0x3000..=0x303f | 0xff00..=0xffef)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_scripts() {
        for (tag, scripts) in [
            ("en-US", [Script::Latin].as_slice()),
            ("hi", &[Script::Devanagari]),
            ("th", &[Script::Thai]),
            ("am", &[Script::Ethiopic]),
            ("ur", &[Script::Arabic]),
            ("sr", &[Script::Cyrillic]),
            ("sr-Latn", &[Script::Latin]),
            ("zh-TW", &[Script::Han]),
            ("ja", &[Script::Hiragana, Script::Katakana, Script::Han]),
            ("ko", &[Script::Hangul]),
            ("hmn", &[Script::Latin]),
            ("xqq", &[]),
        ] {
            assert_eq!(of_language(tag), scripts, "{tag}");
        }
    }

    #[test]
    fn lines_may_break_at_punctuation() {
        assert!(is_spaceless('中') && is_spaceless('の') && !is_spaceless('。') && !is_spaceless('，') && !is_spaceless('a'));
        assert!(is_spaceless_or_wide('。') && is_spaceless_or_wide('，') && !is_spaceless_or_wide('é'));
    }
}
