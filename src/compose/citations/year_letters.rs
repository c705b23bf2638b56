//! Letters after the years of sources whose citations would be the same: "(Roe 2003a)" and "(Roe 2003b)".
//!
//! Hayagriva would do this too, but compares citations with their pages, gives up in long bibliographies, and takes "1850s" and
//! "c. 1850" for the same. Ours follow the order of the page.

use std::collections::BTreeMap;

/// The letters of sources, under their keys.
#[derive(Default)]
pub(super) struct YearLetters(BTreeMap<String, String>);

impl YearLetters {
    /// The letters of sources with these keys and citations.
    pub(super) fn of<'a>(citations: impl Iterator<Item = (&'a str, String)>) -> Self {
        let mut same: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (key, citation) in citations {
            same.entry(citation).or_default().push(key);
        }
        let several = same.into_values().filter(|keys| keys.len() > 1);
        Self(several.flat_map(|keys| keys.into_iter().enumerate().map(|(at, key)| (key.to_owned(), letters(at)))).collect())
    }

    /// The letters of a source; empty if its year needs none.
    pub(super) fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }
}

/// The letters for a place in the order: a to z, then aa.
fn letters(at: usize) -> String {
    let last = char::from(b'a' + u8::try_from(at % 26).expect("there are 26 letters"));
    let before = if at < 26 { String::new() } else { letters(at / 26 - 1) };
    format!("{before}{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_that_are_the_same_have_letters_in_order() {
        let cited = [("b", "Roe 2003"), ("a", "Roe 2003"), ("c", "Roe c. 2003"), ("d", "Doe 2003")];
        let letters = YearLetters::of(cited.into_iter().map(|(key, text)| (key, text.to_owned())));
        assert_eq!(["a", "b", "c", "d"].map(|key| letters.get(key)), ["b", "a", "", ""]);
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 27, 52].map(letters), ["a", "z", "aa", "ab", "ba"]);
    }
}
