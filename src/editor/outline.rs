//! The outline of a file, and which lines can be folded.

use std::ops::Range;

use crate::diagnostics::Diagnostics;
use crate::source::{FileId, Sources};
use crate::yaml::{self, Key, Node, Value};

/// The deepest level of an outline: the parts of a block.
const MAX_DEPTH: usize = 6;

/// The longest detail of an entry, in characters.
const MAX_DETAIL: usize = 60;

/// The keys that name an entry of a list, best first.
const NAMING: [&str; 8] = ["title", "ask", "term", "belief", "do", "name", "text", "id"];

/// An entry of an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its name: a key, a heading, or the text of an entry.
    pub name: String,
    /// What is next to it.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// The bytes of its name.
    pub place: Range<usize>,
    /// The bytes of everything in it.
    pub whole: Range<usize>,
    /// What is in it.
    pub inside: Vec<Symbol>,
}

/// What an entry of an outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolKind {
    /// A key.
    Key,
    /// An entry of a list.
    Entry,
    /// A heading in Markdown.
    Heading,
}

/// The outline of a file.
pub(super) fn symbols(file: FileId, sources: &Sources) -> Vec<Symbol> {
    let root = yaml::parse(file, sources, &mut Diagnostics::default());
    let text = sources.file(file).text();
    inside(&root, text, 0)
}

fn inside(node: &Node, text: &str, depth: usize) -> Vec<Symbol> {
    if depth > MAX_DEPTH {
        return Vec::new();
    }
    match &node.value {
        Value::Map(entries) => entries.iter().map(|(key, value)| keyed(key, value, text, depth)).collect(),
        Value::List(nodes) => nodes.iter().flat_map(|node| entry(node, text, depth)).collect(),
        Value::Text(_) => headings(bytes(node), text),
        Value::Null | Value::Broken => Vec::new(),
    }
}

fn keyed(key: &Key, value: &Node, text: &str, depth: usize) -> Symbol {
    let place = key.place.start as usize..key.place.end as usize;
    let whole = place.start..bytes(value).end.max(place.end);
    Symbol {
        name: key.text.clone(),
        detail: detail(value),
        kind: SymbolKind::Key,
        place,
        whole: trimmed(whole, text),
        inside: inside(value, text, depth + 1),
    }
}

/// An entry of a list; text shows only its headings.
fn entry(node: &Node, text: &str, depth: usize) -> Vec<Symbol> {
    let whole = trimmed(bytes(node), text);
    match &node.value {
        Value::Map(entries) => {
            let named = NAMING.iter().find_map(|name| entries.iter().find(|(key, _)| key.text == *name));
            match (entries.as_slice(), named) {
                // A block: its name, with its own title next to it.
                ([(key, value)], None) => vec![Symbol { detail: title(value), ..keyed(key, value, text, depth) }],
                (_, Some((_, value))) => vec![Symbol {
                    name: detail(value).unwrap_or_else(|| "…".to_owned()),
                    detail: None,
                    kind: SymbolKind::Entry,
                    place: whole.start..line_end(text, whole.start).min(whole.end),
                    inside: inside(node, text, depth + 1),
                    whole,
                }],
                _ => inside(node, text, depth + 1),
            }
        }
        Value::Text(scalar) if !scalar.text.contains('\n') => vec![Symbol {
            name: shortened(&scalar.text),
            detail: None,
            kind: SymbolKind::Entry,
            place: whole.clone(),
            whole,
            inside: Vec::new(),
        }],
        _ => inside(node, text, depth),
    }
}

/// The title or question of a block.
fn title(value: &Node) -> Option<String> {
    let Value::Map(entries) = &value.value else { return detail(value) };
    let named = NAMING.iter().find_map(|name| entries.iter().find(|(key, _)| key.text == *name));
    named.and_then(|(_, value)| detail(value))
}

/// The headings in some Markdown, level by level.
fn headings(range: Range<usize>, text: &str) -> Vec<Symbol> {
    let mut found: Vec<(usize, Symbol)> = Vec::new();
    let mut at = range.start;
    for line in text[range.clone()].split_inclusive('\n') {
        let trimmed = line.trim_start();
        let level = trimmed.len() - trimmed.trim_start_matches('#').len();
        let name = trimmed[level..].trim();
        if (2..=4).contains(&level) && trimmed[level..].starts_with(' ') && !name.is_empty() {
            let start = at + (line.len() - trimmed.len());
            let place = start..start + trimmed.trim_end().len();
            let symbol = Symbol {
                name: shortened(name),
                detail: None,
                kind: SymbolKind::Heading,
                whole: place.start..range.end,
                place,
                inside: Vec::new(),
            };
            found.push((level, symbol));
        }
        at += line.len();
    }
    let starts: Vec<(usize, usize)> = found.iter().map(|(level, symbol)| (*level, symbol.place.start)).collect();
    let mut symbols: Vec<(usize, Symbol)> = Vec::new();
    for (index, (level, mut symbol)) in found.into_iter().enumerate() {
        let next = starts[index + 1..].iter().find(|(other, _)| *other <= level);
        symbol.whole = trimmed(symbol.whole.start..next.map_or(range.end, |(_, start)| *start), text);
        match symbols.last_mut() {
            Some((outer, last)) if *outer < level => last.inside.push(symbol),
            _ => symbols.push((level, symbol)),
        }
    }
    symbols.into_iter().map(|(_, symbol)| symbol).collect()
}

/// The start of a short value.
fn detail(value: &Node) -> Option<String> {
    match &value.value {
        Value::Text(scalar) if !scalar.text.trim().is_empty() => Some(shortened(scalar.text.trim().lines().next()?)),
        _ => None,
    }
}

fn shortened(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() <= MAX_DETAIL {
        return text.to_owned();
    }
    let start: String = text.chars().take(MAX_DETAIL - 1).collect();
    format!("{}…", start.trim_end())
}

fn bytes(node: &Node) -> Range<usize> {
    node.place.start as usize..node.place.end as usize
}

/// A range without the blank lines at its end.
fn trimmed(range: Range<usize>, text: &str) -> Range<usize> {
    let end = range.end.min(text.len());
    let start = range.start.min(end);
    start..start + text[start..end].trim_end().len()
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |end| from + end)
}

/// The first and last lines that can be folded, counted from 0: keys and entries with more than one line.
pub(super) fn folds(text: &str) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let is_entry = |number: usize| lines[number].trim_start().starts_with("- ");
    let mut folds = Vec::new();
    // The lines whose end isn't known yet, with their indentation.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut last = 0;
    let ends = lines.iter().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let ends = ends.map(|(number, line)| (number, Some(line.len() - line.trim_start_matches(' ').len())));
    for (number, indent) in ends.chain([(lines.len(), None)]) {
        let is_over = |(start, column): &mut (usize, usize)| match indent {
            None => true,
            // A list may start in the column of its key.
            Some(indent) => *column > indent || *column == indent && (is_entry(*start) || !is_entry(number)),
        };
        while let Some((start, _)) = open.pop_if(is_over) {
            if last > start {
                folds.push((start, last));
            }
        }
        open.extend(indent.map(|indent| (number, indent)));
        last = number;
    }
    folds.sort_unstable();
    folds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(symbols: &[Symbol], depth: usize, out: &mut String) {
        for symbol in symbols {
            let detail = symbol.detail.as_ref().map(|detail| format!(": {detail}")).unwrap_or_default();
            out.push_str(&format!("{}{}{detail}\n", "  ".repeat(depth), symbol.name));
            shown(&symbol.inside, depth + 1, out);
        }
    }

    #[test]
    fn an_outline_has_keys_questions_and_headings() {
        let mut sources = Sources::default();
        let text = "title: War\nreading:\n  - |\n    One.\n\n    ## How it began\n\n    Two.\n\n    ### Later\n\n    Three.\n\
                    discussion:\n  - Why?\n  - {id: how, ask: How?}\nactivity:\n  title: Sort\n  body:\n    - decide:\n        title: True?\n";
        let file = sources.add("war.yaml", text.to_owned());
        let mut out = String::new();
        shown(&symbols(file, &sources), 0, &mut out);
        let expected = "title: War\nreading\n  How it began\n    Later\ndiscussion\n  Why?\n  How?\n    id: how\n    ask: How?\n\
                        activity\n  title: Sort\n  body\n    decide: True?\n      title: True?\n";
        assert_eq!(out, expected);
    }

    #[test]
    fn keys_and_entries_fold() {
        assert_eq!(folds("a:\n  - b\n  - c: 1\n    d: 2\n\ne: 3\n"), [(0, 3), (2, 3)]);
        assert_eq!(folds("a:\n- b\n- c\nd: 1\n"), [(0, 2)]);
        assert_eq!(folds(""), []);
    }
}
