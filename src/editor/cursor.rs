//! Finds the keys around a place in a file by their indentation, which works in text that isn't valid YAML yet, as while typing.

use std::ops::Range;

/// The most lines above and below a place that are searched for keys.
const MAX_LINES: usize = 5000;

/// Where a cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The keys and list entries around it, from the outside in. It ends with the key of a value that is being written.
    pub levels: Vec<Level>,
    /// What can be written there.
    pub spot: Spot,
    /// The column of what is written there.
    pub column: usize,
    /// Whether braces or brackets are open on its line.
    pub in_flow: bool,
}

/// A key or list entry around a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Level {
    /// The name of the key; `None` for an entry of a list.
    pub key: Option<String>,
    /// The keys next to it, and itself, with the text of their values.
    pub beside: Vec<(String, String)>,
}

/// What can be written at a cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    /// A key or an entry without keys.
    Key {
        /// The bytes of what has been typed of it.
        typed: Range<usize>,
        /// The keys next to it, with the text of their values.
        beside: Vec<(String, String)>,
    },
    /// The value of the last key.
    Value {
        /// The bytes of what has been typed of it.
        typed: Range<usize>,
    },
    /// Text below `|` or `>`.
    Text,
}

/// One line, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line<'t> {
    /// The column of each dash.
    dashes: Vec<usize>,
    /// The column after the dashes and spaces.
    content: usize,
    /// The key, and the text after its colon.
    key: Option<(&'t str, &'t str)>,
    /// Where the text after the colon starts, in bytes of the line.
    value_at: usize,
    /// Whether there is nothing on it but spaces or a comment.
    is_blank: bool,
}

/// Takes a line apart. Columns are bytes here: only ASCII comes before them.
fn line(text: &str) -> Line<'_> {
    let mut rest = text.trim_end_matches(['\r', '\n']);
    let whole = rest;
    let mut dashes = Vec::new();
    loop {
        rest = rest.trim_start_matches(' ');
        let column = whole.len() - rest.len();
        match rest.strip_prefix('-') {
            Some(after) if after.is_empty() || after.starts_with(' ') => {
                dashes.push(column);
                rest = after;
            }
            _ => break,
        }
    }
    let content = whole.len() - rest.len();
    let key = key_of(rest);
    let value_at = key.map_or(content, |(name, value)| {
        debug_assert!(name.len() <= rest.len());
        whole.len() - value.len()
    });
    let is_blank = dashes.is_empty() && (rest.is_empty() || rest.starts_with('#'));
    Line { dashes, content, key, value_at, is_blank }
}

/// The key at the start of some text, and the value after it.
fn key_of(text: &str) -> Option<(&str, &str)> {
    let quoted = ['"', '\''].into_iter().find(|mark| text.starts_with(*mark));
    let end = match quoted {
        Some(mark) => 1 + text[1..].find(mark)? + 1,
        None => {
            let end = text.find(':')?;
            let name = &text[..end];
            // Sentences aren't keys.
            if name.is_empty() || name.len() > 120 || name.starts_with(['[', '{', '|', '>', '#', '&', '*', '!']) {
                return None;
            }
            end
        }
    };
    let value = text[end..].strip_prefix(':')?;
    if !value.is_empty() && !value.starts_with(' ') {
        return None;
    }
    Some((text[..end].trim().trim_matches(['"', '\'']), value.trim_start_matches(' ')))
}

/// Whether the value of a key is text below it: `|`, `>-`, and so on.
fn opens_text(value: &str) -> bool {
    let mark = value.split(" #").next().unwrap_or(value).trim();
    mark.starts_with(['|', '>']) && mark[1..].chars().all(|c| matches!(c, '+' | '-' | '1'..='9'))
}

/// The cursor at a byte of the text.
pub(super) fn at(text: &str, offset: usize) -> Cursor {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[start..offset];
    let above: Vec<&str> = text[..start].lines().rev().take(MAX_LINES).collect();
    let whole_line = text[start..].lines().next().unwrap_or_default();
    let below: Vec<&str> = text[start..].lines().skip(1).take(MAX_LINES).collect();

    let current = line(before);
    let mut inside = Vec::new();
    // A blank line belongs where the cursor is.
    let column = if whole_line.trim().is_empty() { before.len() } else { line(whole_line).content };
    if is_in_text(&above, whole_line, before) {
        let levels = around(&above, &[], line(whole_line).content.max(1));
        return Cursor { levels, spot: Spot::Text, column, in_flow: false };
    }
    let (spot, in_flow) = match current.key {
        Some((name, _)) => {
            let value = start + current.value_at..offset;
            let beside = beside(&above, &below, current.content, Some((name, &text[value.start..])));
            inside.push(Level { key: Some(name.to_owned()), beside });
            flow(text, value, &mut inside)
        }
        None if before[current.content..].starts_with(['{', '[']) => flow(text, start + current.content..offset, &mut inside),
        None => {
            let typed = start + current.content..offset;
            let whole = line(whole_line);
            let own = whole.key.filter(|_| whole.content == current.content);
            let siblings = match (&current.dashes[..], whole_line.trim().is_empty()) {
                // Nothing is above the first key of an entry.
                ([.., _], _) => beside(&[], &below, current.content, None),
                _ => beside(&above, &below, column, None),
            };
            let beside = siblings.into_iter().filter(|(name, _)| own.is_none_or(|(own, _)| own != name)).collect();
            (Spot::Key { typed, beside }, false)
        }
    };
    let content = if current.key.is_none() && current.dashes.is_empty() { column } else { current.content };
    let mut levels = around(&above, &current.dashes, content);
    levels.extend(inside);
    let column = match &spot {
        Spot::Key { .. } => content,
        _ => column,
    };
    Cursor { levels, spot, column, in_flow }
}

/// Whether a line is text below `|` or `>`.
fn is_in_text(above: &[&str], whole: &str, before: &str) -> bool {
    let mut limit = if whole.trim().is_empty() { before.len() } else { whole.len() - whole.trim_start_matches(' ').len() };
    if limit == 0 {
        return false;
    }
    for text in above {
        let indent = text.len() - text.trim_start_matches(' ').len();
        if text.trim().is_empty() || indent >= limit {
            continue;
        }
        let parent = line(text);
        if parent.is_blank {
            continue;
        }
        let opens = match parent.key {
            Some((_, value)) => opens_text(value),
            None => opens_text(&text[parent.content..]),
        };
        if opens {
            return true;
        }
        limit = indent;
        if limit == 0 {
            return false;
        }
    }
    false
}

/// Whether each line of a file is text below `|` or `>`.
pub(super) fn text_lines(text: &str) -> Vec<bool> {
    // The column of the line whose text follows.
    let mut opened: Option<usize> = None;
    let mut lines = Vec::new();
    for text in text.lines() {
        let indent = text.len() - text.trim_start_matches(' ').len();
        let is_blank = text.trim().is_empty();
        if opened.is_some_and(|column| is_blank || indent > column) {
            lines.push(true);
            continue;
        }
        lines.push(false);
        let parsed = line(text);
        let value = parsed.key.map_or(&text[parsed.content..], |(_, value)| value);
        // Text in a list is indented more than its dash, text of a key more than the key.
        let column = if parsed.key.is_some() { parsed.content } else { parsed.dashes.last().copied().unwrap_or(indent) };
        opened = (!is_blank && opens_text(value)).then_some(column);
    }
    lines
}

/// The keys and entries around a column, from the outside in: those of the line itself are its dashes.
fn around(above: &[&str], dashes: &[usize], content: usize) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    let entry = || Level { key: None, beside: Vec::new() };
    // From the inside out, and turned around at the end.
    let mut limit = content;
    let mut is_entry = false;
    for dash in dashes.iter().rev() {
        levels.push(entry());
        limit = *dash;
        is_entry = true;
    }
    for (index, text) in above.iter().enumerate() {
        if limit == 0 && !is_entry {
            break;
        }
        let parent = line(text);
        if parent.is_blank {
            continue;
        }
        // A list may start in the column of its key.
        let holds = |column: usize| column < limit || (is_entry && column == limit && parent.dashes.is_empty());
        if let Some((name, value)) = parent.key
            && holds(parent.content)
            && (value.is_empty() || value.starts_with('#') || opens_text(value))
        {
            levels.push(Level {
                key: Some(name.to_owned()),
                beside: beside(&above[index + 1..], &[], parent.content, Some((name, value))),
            });
            limit = parent.content;
            is_entry = false;
        }
        for dash in parent.dashes.iter().rev() {
            if *dash < limit {
                levels.push(entry());
                limit = *dash;
                is_entry = true;
            }
        }
    }
    levels.reverse();
    levels
}

/// The keys in a column, above and below a line, with the text of their values.
fn beside(above: &[&str], below: &[&str], column: usize, own: Option<(&str, &str)>) -> Vec<(String, String)> {
    let mut keys = Vec::new();
    for text in above {
        let parsed = line(text);
        if parsed.is_blank {
            continue;
        }
        let first = parsed.dashes.first().copied().unwrap_or(parsed.content);
        // A dash in front of the column begins the entry that the keys belong to.
        let begins = !parsed.dashes.is_empty() && parsed.content == column;
        if first < column && !begins {
            break;
        }
        keys.extend(parsed.key.filter(|_| parsed.content == column).map(|(name, value)| (name.to_owned(), plain(value))));
        if begins {
            break;
        }
    }
    keys.extend(own.map(|(name, value)| (name.to_owned(), plain(value.lines().next().unwrap_or_default()))));
    for text in below {
        let parsed = line(text);
        if parsed.is_blank {
            continue;
        }
        let first = parsed.dashes.first().copied().unwrap_or(parsed.content);
        if first < column || (!parsed.dashes.is_empty() && first == column) {
            break;
        }
        let own = parsed.key.filter(|_| parsed.content == column && parsed.dashes.is_empty());
        keys.extend(own.map(|(name, value)| (name.to_owned(), plain(value))));
    }
    keys
}

/// A value without quotation marks and comments.
fn plain(value: &str) -> String {
    value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']).to_owned()
}

/// An open brace or bracket.
struct Open {
    is_map: bool,
    /// The keys read so far.
    keys: Vec<(String, String)>,
    /// The key whose value is being read, and where the value starts.
    key: Option<String>,
    /// Where the current key, value, or entry starts.
    from: usize,
}

/// What can be written at the end of a value, which may have braces and brackets.
fn flow(text: &str, value: Range<usize>, inside: &mut Vec<Level>) -> (Spot, bool) {
    let part = &text[value.clone()];
    let mut open: Vec<Open> = Vec::new();
    let mut quote = None;
    let mut last = ' ';
    for (at, c) in part.char_indices() {
        if let Some(mark) = quote {
            if c == mark {
                quote = None;
            }
            last = c;
            continue;
        }
        let starts_word = matches!(last, ' ' | '{' | '[' | ',' | ':');
        match c {
            '"' | '\'' if starts_word => quote = Some(c),
            '{' | '[' if open.is_empty() && !part[..at].trim().is_empty() => {}
            '{' | '[' if starts_word => {
                open.push(Open { is_map: c == '{', keys: Vec::new(), key: None, from: at + 1 });
            }
            '}' | ']' => drop(open.pop()),
            ',' => {
                if let Some(inner) = open.last_mut() {
                    if let Some(key) = inner.key.take() {
                        let value = plain(&part[inner.from..at]);
                        inner.keys.push((key, value));
                    }
                    inner.from = at + 1;
                }
            }
            ':' if part[at + 1..].starts_with(' ') || at + 1 == part.len() => {
                if let Some(inner) = open.last_mut().filter(|inner| inner.is_map && inner.key.is_none()) {
                    inner.key = Some(plain(&part[inner.from..at]));
                    inner.from = at + 1;
                }
            }
            _ => {}
        }
        last = c;
    }
    let in_flow = !open.is_empty();
    let Some(innermost) = open.len().checked_sub(1) else { return (Spot::Value { typed: value }, false) };
    let mut spot = Spot::Text;
    for (index, inner) in open.into_iter().enumerate() {
        let is_innermost = index == innermost;
        let from = value.start + inner.from + (part[inner.from..].len() - part[inner.from..].trim_start().len());
        let typed = from.min(value.end)..value.end;
        match (inner.is_map, inner.key) {
            (true, Some(key)) => {
                let mut beside = inner.keys;
                beside.push((key.clone(), String::new()));
                inside.push(Level { key: Some(key), beside });
                spot = Spot::Value { typed };
            }
            (true, None) => spot = Spot::Key { typed, beside: inner.keys },
            (false, _) => {
                inside.push(Level { key: None, beside: Vec::new() });
                // An entry of a list in brackets.
                spot = Spot::Value { typed };
            }
        }
        if is_innermost {
            break;
        }
    }
    (spot, in_flow)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path and the spot at the `|` in some text.
    fn at_mark(text: &str) -> String {
        let offset = text.find('¦').expect("the text has a mark");
        let text = text.replace('¦', "");
        let cursor = at(&text, offset);
        let path: Vec<_> = cursor.levels.iter().map(|level| level.key.as_deref().unwrap_or("-")).collect();
        let names = |beside: &[(String, String)]| beside.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ");
        let spot = match &cursor.spot {
            Spot::Key { typed, beside } => format!("key `{}` with [{}]", &text[typed.clone()], names(beside)),
            Spot::Value { typed } => format!("value `{}`", &text[typed.clone()]),
            Spot::Text => "text".to_owned(),
        };
        format!("{} > {spot}", path.join("."))
    }

    #[test]
    fn keys_are_found_by_their_indentation() {
        assert_eq!(at_mark("title: War\nre¦\nactivity: x\n"), " > key `re` with [title activity]");
        assert_eq!(at_mark("title: Wa¦r\n"), "title > value `Wa`");
        assert_eq!(at_mark("discussion:\n  - ask: Why?\n    sp¦\n"), "discussion.- > key `sp` with [ask]");
        assert_eq!(at_mark("discussion:\n  - ask: Why?\n    space: ¦\n"), "discussion.-.space > value ``");
        assert_eq!(at_mark("discussion:\n- ask: Why?\n  ¦\n"), "discussion.- > key `` with [ask]");
        assert_eq!(at_mark("discussion:\n  - One?\n  - ¦\n"), "discussion.- > key `` with []");
        assert_eq!(
            at_mark("activity:\n  body:\n    - decide:\n        id: x\n        ¦\n"),
            "activity.body.-.decide > key `` with [id]"
        );
    }

    #[test]
    fn text_below_a_bar_is_text() {
        assert_eq!(at_mark("reading: |\n  It began: in 19¦17.\n"), "reading > text");
        assert_eq!(at_mark("reading:\n  - |\n    One.\n\n    - a list: ¦\n"), "reading.- > text");
        assert_eq!(at_mark("reading: |\n  Text.\ndiscussion:\n  - ¦\n"), "discussion.- > key `` with []");
    }

    #[test]
    fn braces_and_brackets_on_a_line() {
        assert_eq!(at_mark("discussion:\n  - {ask: Why?, sp¦}\n"), "discussion.- > key `sp` with [ask]");
        assert_eq!(at_mark("discussion:\n  - {ask: \"Why, then?\", space: {li¦}}\n"), "discussion.-.space > key `li` with []");
        assert_eq!(at_mark("discussion:\n  - ask: Why?\n    see: [one, tw¦]\n"), "discussion.-.see.- > value `tw`");
        assert_eq!(at_mark("    kafka: {kind: bo¦}\n"), "kafka.kind > value `bo`");
        assert_eq!(at_mark("title: A [b] c¦\n"), "title > value `A [b] c`");
    }
}
