//! The true causes of some syntax errors, which the parser notices only further on: they are found in the line of the error and
//! above it.

use std::ops::Range;

use crate::diagnostics::{Change, Help};

/// What is wrong, where in the text, and what to do about it.
pub(super) struct Cause {
    pub range: Range<usize>,
    pub message: String,
    pub help: Help,
}

/// How many lines above an error may have its cause.
const LINES_ABOVE: usize = 3;

/// The longest text that a help line repeats, in bytes.
const MAX_SHOWN: usize = 120;

/// The cause of an error at byte `at`, if it is a known one.
pub(super) fn cause(text: &str, at: usize) -> Option<Cause> {
    let lines = lines_above(text, at);
    let [line, above @ ..] = lines.as_slice() else { return None };
    lines
        .iter()
        .find_map(|line| invisible(text, line).or_else(|| tab(text, line)))
        .or_else(|| no_space(text, line))
        .or_else(|| lines.iter().find_map(|line| comment(text, line)))
        .or_else(|| lines.iter().take(2).find_map(|line| bracket(text, line)))
        .or_else(|| above.first().and_then(|above| no_colon(text, above, line)))
        .or_else(|| list_after_text(text, above, line))
}

/// The line at `at`, and then some of the lines above it that aren't blank.
fn lines_above(text: &str, at: usize) -> Vec<Range<usize>> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline).max(start);
    let mut lines: Vec<Range<usize>> = std::iter::once(start..end).collect();
    let mut end = start;
    while end > 0 && lines.len() <= LINES_ABOVE {
        let start = text[..end - 1].rfind('\n').map_or(0, |newline| newline + 1);
        if !text[start..end].trim().is_empty() {
            lines.push(start..end - 1);
        }
        end = start;
    }
    lines
}

/// A character that looks like a space or is invisible, in the indentation or after a colon or dash.
pub(super) fn invisible(text: &str, line: &Range<usize>) -> Option<Cause> {
    let content = &text[line.clone()];
    for (at, letter) in content.char_indices().filter(|(_, letter)| is_blank(*letter)) {
        let before = &content[..at];
        let is_indentation = before.chars().all(|c| matches!(c, ' ' | '-') || is_blank(c));
        if is_indentation || before.ends_with(':') {
            let start = line.start + at;
            let is_wide = !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
            let what = if is_wide { "a no-break space" } else { "an invisible character" };
            return Some(Cause {
                range: start..start + letter.len_utf8(),
                message: format!("expected a plain space, found {what} (U+{:04X})", u32::from(letter)),
                help: Help::with(
                    "delete it and type a space; text copied from a word processor or the web often has such characters",
                    Change::Replace(if is_wide { " " } else { "" }.to_owned()),
                ),
            });
        }
    }
    None
}

/// A tab in the indentation.
fn tab(text: &str, line: &Range<usize>) -> Option<Cause> {
    let content = &text[line.clone()];
    let at = content[..content.len() - content.trim_start().len()].find('\t')?;
    Some(Cause {
        range: line.start + at..line.start + at + 1,
        message: "expected spaces, found a tab".to_owned(),
        help: Help::with("indent with spaces; most editors can convert tabs to spaces", Change::Replace("  ".to_owned())),
    })
}

/// A key with its value right after the colon: `subject:Science`.
pub(super) fn no_space(text: &str, line: &Range<usize>) -> Option<Cause> {
    let content = text[line.clone()].trim_end();
    let entry = content.trim_start().trim_start_matches("- ");
    let (key, value) = entry.split_once(':')?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let colon = line.start + content.len() - value.len() - 1;
    (is_key && !value.starts_with([' ', '/']) && !value.is_empty() && !entry.contains(": ")).then(|| Cause {
        range: colon..colon + 1,
        message: "the colon needs a space after it".to_owned(),
        help: Help::with(
            if value.len() <= MAX_SHOWN { format!("write `{key}: {value}`") } else { format!("write `{key}: …`") },
            Change::Replace(": ".to_owned()),
        ),
    })
}

/// Whether a character looks like a space or like nothing, but isn't a space in YAML.
fn is_blank(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200f}' | '\u{202f}' | '\u{205f}' | '\u{2060}' | '\u{3000}' | '\u{feff}')
}

/// A `#` inside brackets, which turns the rest of the line into a comment.
fn comment(text: &str, line: &Range<usize>) -> Option<Cause> {
    let content = &text[line.clone()];
    let at = content.find(" #")? + 1;
    let before = &content[..at];
    let count = |sign: char| before.matches(sign).count();
    let is_open = count('{') > count('}') || count('[') > count(']');
    let in_quotes = count('"') % 2 == 1 || count('\'') % 2 == 1;
    (is_open && !in_quotes && content[at..].contains(['}', ']'])).then(|| Cause {
        range: line.start + at..line.start + at + 1,
        message: "`#` after a space starts a comment, so the rest of this line isn't read".to_owned(),
        help: "put quotation marks around the text that contains ` #`".into(),
    })
}

/// Text that begins with a sign that YAML reads as something else: `*`, `[`, or `{`.
fn bracket(text: &str, line: &Range<usize>) -> Option<Cause> {
    let content = &text[line.clone()];
    let (at, value) = value(content)?;
    let sign = value.chars().next()?;
    let rest = match sign {
        '[' => &value[value.find(']')? + 1..],
        '{' => &value[value.find('}')? + 1..],
        '*' | '&' => value,
        _ => return None,
    };
    // A list or map ends with its bracket; text continues.
    let goes_on = rest.trim_start().chars().next().is_some_and(|next| !matches!(next, ',' | ']' | '}' | '#' | ':'));
    let start = line.start + at;
    goes_on.then(|| Cause {
        range: start..start + sign.len_utf8(),
        message: format!("text that starts with `{sign}` needs quotation marks"),
        help: Help::with(quoted(value), Change::Quote),
    })
}

/// A key without its colon, with other keys below it: `- ask Why?` above `space: …`.
fn no_colon(text: &str, above: &Range<usize>, line: &Range<usize>) -> Option<Cause> {
    let is_key = |content: &str| {
        let content = content.trim_start();
        let end = content.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(content.len());
        end > 0 && content[end..].starts_with(':')
    };
    let content = &text[above.clone()];
    let entry = content.trim_start().strip_prefix("- ")?.trim_start();
    let (word, rest) = entry.split_once(' ')?;
    let is_word = word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let indent = content.len() - entry.len();
    let below = &text[line.clone()];
    let is_aligned = below.len() - below.trim_start().len() == indent;
    (is_word && is_aligned && is_key(below) && !entry.contains(": ")).then(|| Cause {
        range: above.start + indent..above.start + indent + word.len(),
        message: format!("expected a colon after `{word}`, because the next line has another key"),
        help: Help::with(
            if rest.len() <= MAX_SHOWN { format!("write `{word}: {}`", rest.trim()) } else { format!("write `{word}: …`") },
            Change::Replace(format!("{word}:")),
        ),
    })
}

/// A list entry below the text of a key, as if the list had lost its own key: `- Why?` below `reading: It began.`
fn list_after_text(text: &str, above: &[Range<usize>], line: &Range<usize>) -> Option<Cause> {
    let indent_of = |content: &str| content.len() - content.trim_start().len();
    let is_entry = |content: &str| content.trim_start().starts_with("- ");
    let content = &text[line.clone()];
    let indent = indent_of(content);
    let mut lines = above.iter().map(|above| &text[above.clone()]);
    // The key is above the other entries of the list.
    let above = lines.find(|above| is_entry(content) && !is_entry(above) && indent_of(above) <= indent)?;
    let (key, value) = above.trim().split_once(": ")?;
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let is_text = !value.trim_start().starts_with(['|', '>', '[', '{', '&', '*', '!', '#']);
    (is_key && is_text).then(|| Cause {
        range: line.start + indent..line.start + indent + 1,
        message: format!("a list can't follow the text of `{key}`"),
        help: "write the key of the list on a line above it, such as `discussion:`".into(),
    })
}

/// The value on a line, and where it begins: what follows the dashes and the key.
fn value(line: &str) -> Option<(usize, &str)> {
    let mut rest = line.trim_start();
    while let Some(entry) = rest.strip_prefix("- ") {
        rest = entry.trim_start();
    }
    let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(rest.len());
    if end > 0 {
        rest = rest[end..].strip_prefix(": ")?.trim_start();
    }
    let value = rest.trim_end();
    (!value.is_empty()).then_some((line.len() - rest.len(), value))
}

/// The help to put text in quotation marks, with the text if it is short.
fn quoted(text: &str) -> String {
    let text = text.trim();
    if text.len() > MAX_SHOWN {
        return "put quotation marks around the whole text, or write it below `|`, indented".to_owned();
    }
    let quoted = if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") };
    format!("put quotation marks around the whole text: `{quoted}`")
}

/// The first mark that Git left where two versions of a file could not be merged.
pub(super) fn conflict(text: &str) -> Option<Cause> {
    let line = |mark: &str| {
        let at = if text.starts_with(mark) { 0 } else { text.find(&format!("\n{mark}"))? + 1 };
        Some(at..at + text[at..].find(['\r', '\n']).unwrap_or(text.len() - at))
    };
    let range = line("<<<<<<< ")?;
    line(">>>>>>> ").filter(|end| end.start > range.start)?;
    Some(Cause {
        range,
        message: "this file has two versions that Git couldn't merge".to_owned(),
        help: "keep one version, and delete the other one and the lines that start with `<<<<<<<`, `=======`, and `>>>>>>>`"
            .into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Option<String> {
        cause(text, text.len()).map(|cause| format!("{}: {}", &text[cause.range], cause.help))
    }

    #[test]
    fn the_cause_is_found_in_the_line_and_above() {
        let quoted = |sign: &str, text: &str| Some(format!("{sign}: put quotation marks around the whole text: `\"{text}\"`"));
        assert_eq!(message("  - *Hamlet* is what?"), quoted("*", "*Hamlet* is what?"));
        assert_eq!(message("  - [ ] Done?\n"), quoted("[", "[ ] Done?"));
        assert_eq!(message("title: {blank} was the king.\n\nreading: x"), quoted("{", "{blank} was the king."));
        assert_eq!(message("  - [a, b]\n  - c"), None);
        assert_eq!(message("a: {b: c, d: [e]}\nf"), None);
        assert_eq!(message("  - ask Why?\n    space: none").as_deref(), Some("ask: write `ask: Why?`"));
        assert_eq!(message("  - Why do we ask\n    me").as_deref(), None);
        let help = "#: put quotation marks around the text that contains ` #`";
        assert_eq!(message("  - {ask: See p. 5 #3, space: none}\n  - Next?").as_deref(), Some(help));
        let help = "-: write the key of the list on a line above it, such as `discussion:`";
        assert_eq!(message("reading: It began.\n  - {ask: Why?, space: none}").as_deref(), Some(help));
        assert_eq!(message("title: War\nreading: |\n  - {ask: Why?}").as_deref(), None);
        assert!(message("title:\u{a0}War").is_some_and(|message| message.starts_with("\u{a0}: delete it")));
    }
}
