//! Text that YAML cuts off or changes without a word: a comment after ` #`, and codes such as `\t` in double quotation marks.

use granit_parser::ScalarStyle;

use crate::diagnostics::{Code, Diagnostic};
use crate::source::{FileId, Place};

/// The most characters of a comment that a report shows.
const MAX_SHOWN: usize = 30;

/// A value as it's written.
#[derive(Clone, Copy)]
pub(super) struct Written<'s> {
    /// The text that is parsed.
    pub source: &'s str,
    /// Where the value starts in it, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Its style.
    pub style: ScalarStyle,
    /// The file of the source.
    pub file: FileId,
    /// Where the source starts in its file.
    pub offset: usize,
}

/// Reports what YAML cuts off after a value: `The #1 song`.
pub(super) fn comment(written: Written<'_>) -> Option<Diagnostic> {
    let Written { source, start, end, style, file, offset } = written;
    if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
        return None;
    }
    let rest = source.get(end..)?;
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    // Most values end without a comment, so the rest of the line, which can be long, is not searched for them.
    let sign = rest[blanks..].strip_prefix('#')?.split(['\n', '\r']).next()?;
    let comment = &rest[blanks..blanks + 1 + sign.len()];
    // `# 7` in a sentence is a number, too.
    let is_number = sign.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        && source.get(start..end).is_some_and(|value| value.trim().contains(' '));
    let is_text = is_number || sign.starts_with(|c: char| c.is_alphanumeric());
    // An empty value ends before its own spaces.
    if !is_text || (blanks == 0 && !source[..end].ends_with([' ', '\t', ':', '-'])) {
        return None;
    }
    let place = Place::new(file, offset + end + blanks, offset + end + blanks + comment.trim_end().len());
    let shown: String = comment.trim_end().chars().take(MAX_SHOWN).collect();
    let value = source.get(start..end)?.trim();
    let whole = format!("{value} {}", comment.trim_end());
    let help = if whole.contains('\n') || style != ScalarStyle::Plain {
        "put the `#` inside the quotation marks, or write the comment on a line of its own".to_owned()
    } else {
        let quoted = whole.trim().replace('\'', "''");
        format!("put quotation marks around the whole text: `'{quoted}'`; if this is a comment, write it on a line of its own")
    };
    let message = format!("`{shown}` doesn't print, because a `#` after a space starts a comment");
    Some(Diagnostic::new(Code::LostText, place, message).help(help))
}

/// Codes in double quotation marks that nobody types on purpose in a lesson, and what they stand for.
const CODES: [(char, &str); 5] =
    [('t', "a tab"), ('_', "a no-break space"), ('N', "a line break"), ('L', "a line break"), ('P', "a paragraph break")];

/// Reports the first code in double quotation marks that replaces what was typed: `"C:\temp"`.
pub(super) fn code(written: Written<'_>) -> Option<Diagnostic> {
    let Written { source, start, end, style, file, offset } = written;
    let written = source.get(start..end).filter(|_| style == ScalarStyle::DoubleQuoted)?;
    // Equations have a report of their own.
    if written.contains("$`") {
        return None;
    }
    let mut rest = written.char_indices();
    while let Some((at, c)) = rest.next() {
        if c != '\\' {
            continue;
        }
        let (_, code) = rest.next()?;
        // A path, and not the end of a line.
        let is_path = code == 'n'
            && written[..at].ends_with([':', '/'])
            && rest.clone().next().is_some_and(|(_, c)| c.is_ascii_lowercase());
        let known = CODES.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning);
        if let Some(meaning) = known.or(is_path.then_some("a line break")) {
            let place = Place::new(file, offset + start + at, offset + start + at + 2);
            let message = format!("in double quotation marks, `\\{code}` is {meaning}");
            let help = format!("write `\\\\{code}` to print `\\{code}`, or put the text in single quotation marks");
            return Some(Diagnostic::new(Code::ChangedText, place, message).help(help));
        }
    }
    None
}
