//! Scripts that are written without spaces.

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
    fn lines_may_break_at_punctuation() {
        assert!(is_spaceless('中') && is_spaceless('の') && !is_spaceless('。') && !is_spaceless('，') && !is_spaceless('a'));
        assert!(is_spaceless_or_wide('。') && is_spaceless_or_wide('，') && !is_spaceless_or_wide('é'));
    }
}
