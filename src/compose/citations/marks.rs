//! Quotation marks in the text of sources, and the stand-ins that tell them from the marks a style adds.
//!
//! The styles know only their own marks. Ours travel through them as private characters, so a quotation inside a quoted title
//! gets the inner marks, and a date prints as it was typed.

use crate::quotation;

/// A double mark that opens, in the text of a source.
pub(super) const OPEN: char = '\u{e000}';
/// A double mark that closes.
pub(super) const CLOSE: char = '\u{e001}';
/// A single mark that opens.
pub(super) const OPEN_SINGLE: char = '\u{e002}';
/// A single mark that closes.
pub(super) const CLOSE_SINGLE: char = '\u{e003}';
/// A mark that the style adds before a title.
pub(super) const STYLE_OPEN: char = '\u{e004}';
/// A mark that the style adds after a title.
pub(super) const STYLE_CLOSE: char = '\u{e005}';
/// What follows a year before 1000, in place of "AD" or "BC".
pub(super) const ERA: char = '\u{e006}';
/// The period at the end of a title, which belongs to it: "Plea before the U.S.S.R."
pub(super) const STOP: char = '\u{e00c}';
/// Three periods that were typed.
pub(super) const ELLIPSIS: char = '\u{e00b}';
/// A detail that belongs in another place than the style has it, such as the edition of a newspaper.
pub(super) const DETAIL: char = '\u{e00d}';
/// Another one.
pub(super) const SECOND_DETAIL: char = '\u{e00e}';
/// What prints in place of each season.
pub(super) const SEASONS: [char; 4] = ['\u{e007}', '\u{e008}', '\u{e009}', '\u{e00a}'];

/// Text with private characters for its quotation marks. Apostrophes become typographic ones.
pub(super) fn prepared(text: &str) -> String {
    let text = &text.replace("...", "\u{e00b}");
    if !text.contains(['"', '\'', '“', '”', '„', '‘', '’', '«', '»']) {
        return text.to_owned();
    }
    // In German, “ closes.
    let is_german = text.contains('„');
    // The style decides where periods go, so they stay where they are.
    let curly = quotation::typeset(text, "en-GB");
    let mut open_singles = 0;
    let mut out = String::with_capacity(curly.len());
    let mut letters = curly.chars().peekable();
    while let Some(c) = letters.next() {
        let before_letter = letters.peek().is_some_and(|next| next.is_alphanumeric());
        out.push(match c {
            '„' | '«' => OPEN,
            '“' if is_german => CLOSE,
            '“' => OPEN,
            '”' | '»' => CLOSE,
            '‘' => {
                open_singles += 1;
                OPEN_SINGLE
            }
            '’' if open_singles > 0 && !before_letter => {
                open_singles -= 1;
                CLOSE_SINGLE
            }
            other => other,
        });
    }
    out
}

/// Text without the period of a sentence at its end; that of an abbreviation stays.
pub(super) fn without_period(text: &str) -> &str {
    let text = text.trim();
    let Some(bare) = text.strip_suffix('.') else { return text };
    let word = bare.rsplit(char::is_whitespace).next().unwrap_or_default();
    if word.chars().count() > 3 && !word.contains('.') { bare } else { text }
}

/// A title, whose last period stays its own.
pub(super) fn prepared_title(text: &str) -> String {
    let mut title = prepared(text.trim());
    if title.ends_with('.') {
        title.pop();
        title.push(STOP);
    }
    title
}

/// The quotation marks of a language: double and single, opening and closing.
pub(super) struct Pairs {
    pub double: (String, String),
    pub single: (String, String),
}

impl Pairs {
    pub(super) fn of(language: &str) -> Self {
        let pair = |text: &str| {
            let set = quotation::typeset(text, language);
            let (open, close) = set.split_once('x').expect("the letter is still there");
            (open.to_owned(), close.to_owned())
        };
        Self { double: pair("\"x\""), single: pair("'x'") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_period_of_a_sentence_is_no_part_of_a_title() {
        assert_eq!(without_period("We landed."), "We landed");
        assert_eq!(without_period("On to the U.S.S.R."), "On to the U.S.S.R.");
        assert_eq!(without_period("Wait..."), "Wait...");
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        assert_eq!(prepared("Gideon's \"Trumpet\""), format!("Gideon’s {OPEN}Trumpet{CLOSE}"));
        assert_eq!(prepared("“Bloc” of the ’30s"), format!("{OPEN}Bloc{CLOSE} of the ’30s"));
        assert_eq!(prepared("the 'inner' one's"), format!("the {OPEN_SINGLE}inner{CLOSE_SINGLE} one’s"));
    }
}
