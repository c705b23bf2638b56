//! Quick fixes: the changes that help lines ask for, as edits of a file.

use std::ops::Range;

use super::cursor;
use crate::diagnostics::{Change, Diagnostic};

/// A change of some bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes to replace.
    pub range: Range<usize>,
    /// What to put in their place.
    pub text: String,
}

/// A quick fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does.
    pub title: String,
    /// The changes, from the first to the last.
    pub edits: Vec<Edit>,
}

/// The quick fix of a report, if its help line can be followed without thinking.
pub fn of(diagnostic: &Diagnostic, text: &str) -> Option<Fix> {
    let change = diagnostic.help.as_ref()?.change.as_ref()?;
    let (start, end) = (diagnostic.place.start as usize, diagnostic.place.end as usize);
    let place = start.min(text.len())..end.min(text.len());
    if !text.is_char_boundary(place.start) || !text.is_char_boundary(place.end) {
        return None;
    }
    let written = &text[place.clone()];
    let (title, edit) = match change {
        Change::Replace(with) => {
            let with = in_marks_of(written, with);
            let title = match with.trim() {
                "" if with.is_empty() => "Delete it".to_owned(),
                "" => "Type a space instead".to_owned(),
                with => format!("Write {with}"),
            };
            (title, Edit { range: place, text: with })
        }
        Change::Quote => {
            let (range, quoted) = quoted(text, place.start)?;
            ("Put quotation marks around the text".to_owned(), Edit { range, text: quoted })
        }
        Change::Remove => {
            (format!("Remove {}", first_word(written)), Edit { range: with_its_lines(text, place), text: String::new() })
        }
        Change::AddKey(name) => {
            let edit = added_key(text, place.start, name);
            (format!("Add {name}:"), edit)
        }
    };
    Some(Fix { title, edits: vec![edit] })
}

/// A replacement in the quotation marks of what it replaces.
fn in_marks_of(written: &str, with: &str) -> String {
    let marks = ['"', '\''].into_iter().find(|mark| written.len() > 1 && written.starts_with(*mark) && written.ends_with(*mark));
    marks.map_or_else(|| with.to_owned(), |mark| format!("{mark}{with}{mark}"))
}

fn first_word(written: &str) -> &str {
    written.split([' ', '\n', ':']).next().unwrap_or_default()
}

/// The text from a place to the end of its line in quotation marks, and the bytes that it replaces.
fn quoted(text: &str, start: usize) -> Option<(Range<usize>, String)> {
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    // Text in braces ends before the line does.
    if cursor::at(text, start).in_flow {
        return None;
    }
    let end = line_start + line.trim_end().len();
    let inner = text[start..end].trim();
    if inner.is_empty() {
        return None;
    }
    let quoted = if inner.contains(['"', '\\']) { format!("'{}'", inner.replace('\'', "''")) } else { format!("\"{inner}\"") };
    Some((start..end, quoted))
}

/// The lines of a key or an entry, with everything indented under it. In braces, only the key with its value.
fn with_its_lines(text: &str, place: Range<usize>) -> Range<usize> {
    let line_start = text[..place.start].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[line_start..place.start];
    if cursor::at(text, place.start).in_flow {
        return in_braces(text, place);
    }
    let column = place.start - line_start;
    let mut end = line_start;
    for (index, line) in text[line_start..].split_inclusive('\n').enumerate() {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_under = line.trim().is_empty() || indent > column || (indent == column && line[indent..].starts_with("- "));
        if index > 0 && !is_under {
            break;
        }
        end += line.len();
    }
    // Blank lines at the end stay, as a gap before what follows.
    let removed = &text[line_start..end];
    let kept = removed.len() - removed.trim_end().len();
    let end = end - kept.saturating_sub(1).min(kept);
    match before.trim_start_matches(' ').strip_suffix("- ") {
        // The dash belongs to the keys after it.
        Some("") if text[end..].starts_with(&" ".repeat(column)) && !text[end + column..].starts_with([' ', '-', '\n']) => {
            place.start..end + column
        }
        _ => line_start..end,
    }
}

/// A key with its value in braces, with one of the commas next to it.
fn in_braces(text: &str, place: Range<usize>) -> Range<usize> {
    let rest = &text[place.end..];
    let mut depth = 0_usize;
    let mut quote = None;
    let mut end = rest.len();
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') if depth > 0 => depth -= 1,
            (None, '}' | ']' | ',' | '\n') if depth == 0 => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let end = place.end + end;
    let after = text[end..].strip_prefix(',').map(|rest| end + 1 + (rest.len() - rest.trim_start_matches(' ').len()));
    match after {
        Some(end) => place.start..end,
        None => {
            let before = text[..place.start].trim_end_matches(' ');
            before.strip_suffix(',').map_or(place.start, str::len)..end
        }
    }
}

/// A key added after the line at a place.
fn added_key(text: &str, start: usize, name: &str) -> Edit {
    if cursor::at(text, start).in_flow || text[start..].starts_with('{') {
        let at = text[start..].find('{').map_or(start, |brace| start + brace + 1);
        let comma = if text[at..].trim_start().starts_with('}') { "" } else { ", " };
        return Edit { range: at..at, text: format!("{name}: {comma}") };
    }
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let column = text[line_start..start].chars().count();
    let end = text[start..].find('\n').map_or(text.len(), |newline| start + newline + 1);
    // Keys come before the first one, so its value isn't cut in two.
    if text[line_start..start].trim().is_empty() {
        return Edit { range: start..start, text: format!("{name}: \n{}", " ".repeat(column)) };
    }
    let value_goes_on = text[end..].lines().next().is_some_and(|line| {
        let indent = line.len() - line.trim_start_matches(' ').len();
        indent > column && !line.trim().is_empty()
    });
    if value_goes_on {
        return Edit { range: start..start, text: format!("{name}: \n{}", " ".repeat(column)) };
    }
    let newline = if text[..end].ends_with('\n') { "" } else { "\n" };
    Edit { range: end..end, text: format!("{newline}{}{name}: \n", " ".repeat(column)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, key: &str) -> String {
        let start = text.find(key).expect("the key is there");
        let range = with_its_lines(text, start..start + key.len());
        format!("{}{}", &text[..range.start], &text[range.end..])
    }

    #[test]
    fn a_key_is_removed_with_everything_under_it() {
        assert_eq!(without("title: War\nfoo:\n  - a\n  - b: c\n\nreading: x\n", "foo"), "title: War\n\nreading: x\n");
        assert_eq!(
            without("discussion:\n  - ask: Why?\n    foo: 3\n    space: none\n", "foo"),
            "discussion:\n  - ask: Why?\n    space: none\n"
        );
        assert_eq!(without("discussion:\n  - foo: 3\n    ask: Why?\n", "foo"), "discussion:\n  - ask: Why?\n");
        assert_eq!(without("  - {ask: Why?, foo: [1, 2], space: none}\n", "foo"), "  - {ask: Why?, space: none}\n");
        assert_eq!(without("  - {ask: Why?, foo: 1}\n", "foo"), "  - {ask: Why?}\n");
    }

    #[test]
    fn a_key_is_added_next_to_the_first_one() {
        let added = |text: &str, at: usize| {
            let edit = added_key(text, at, "alt");
            format!("{}{}{}", &text[..edit.range.start], edit.text, &text[edit.range.end..])
        };
        assert_eq!(
            added("- figure:\n    image: a.png\n    credit: x\n", 14),
            "- figure:\n    alt: \n    image: a.png\n    credit: x\n"
        );
        assert_eq!(added("- image: a.png\n  credit: x\n", 2), "- image: a.png\n  alt: \n  credit: x\n");
        assert_eq!(added("- {image: a.png}\n", 2), "- {alt: , image: a.png}\n");
    }

    #[test]
    fn text_is_put_in_quotation_marks_to_the_end_of_its_line() {
        let text = "title: *War* and peace\nreading: x\n";
        assert_eq!(quoted(text, 7), Some((7..22, "\"*War* and peace\"".to_owned())));
        assert_eq!(quoted("ask: Say \"no\": why?\n", 5), Some((5..19, "'Say \"no\": why?'".to_owned())));
        assert_eq!(quoted("- {ask: *War*, b: c}\n", 8), None);
    }
}
