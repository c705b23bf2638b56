//! Writes lines of a document as Markdown that prints as they looked.

use std::collections::BTreeMap;

use super::document::{Line, Span, Style, is_blank, plain, tidy};

/// Writes lines as Markdown, with notes below the text.
pub(super) struct Prose<'a> {
    /// The notes of the document.
    notes: &'a BTreeMap<String, Vec<Line>>,
    /// The names of the notes that were used, in order.
    used: Vec<String>,
    /// Whether notes are in parentheses, because nothing can be below the text.
    in_parentheses: bool,
}

impl<'a> Prose<'a> {
    pub(super) fn new(notes: &'a BTreeMap<String, Vec<Line>>) -> Self {
        Self { notes, used: Vec::new(), in_parentheses: false }
    }

    /// A line as Markdown.
    pub(super) fn line(&mut self, line: &[Span]) -> String {
        let mut out = String::new();
        self.push(&tidy(line.to_vec()), &mut out);
        at_line_start(out.trim())
    }

    /// A paragraph as Markdown, with its notes below it.
    pub(super) fn paragraph(&mut self, line: &[Span]) -> (String, Vec<String>) {
        (self.line(line), self.take_notes())
    }

    /// A line as Markdown where line breaks and notes can't be: in titles, questions, and cells.
    pub(super) fn one_line(&mut self, line: &[Span]) -> String {
        let before = std::mem::replace(&mut self.in_parentheses, true);
        let text = self.line(line).replace("\\\n", " ");
        self.in_parentheses = before;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The notes that were used since the last time, as Markdown.
    fn take_notes(&mut self) -> Vec<String> {
        let used = std::mem::take(&mut self.used);
        let mut written = Vec::new();
        for name in used {
            let lines = self.notes.get(&name).cloned().unwrap_or_default();
            let lines: Vec<String> = lines.iter().filter(|line| !is_blank(line)).map(|line| self.one_line(line)).collect();
            written.push(format!("[^{}]: {}", note_name(&name), lines.join(" ")));
        }
        written
    }

    fn push(&mut self, line: &[Span], out: &mut String) {
        for span in line {
            match span {
                Span::Text(text, style) => push_styled(text, *style, out),
                Span::Link(address, inner) => {
                    let mut label = String::new();
                    self.push(inner, &mut label);
                    if label.trim().is_empty() {
                        continue;
                    }
                    if address.is_empty() {
                        out.push_str(&label);
                        continue;
                    }
                    let address = address.replace(' ', "%20").replace('(', "%28").replace(')', "%29");
                    // An address that is its own label is linked by itself.
                    out.push_str(&format!("[{}]({address})", label.trim()));
                }
                Span::Note(name) if self.in_parentheses => {
                    // A note has no notes of its own.
                    let lines = self.notes.get(name).cloned().unwrap_or_default();
                    let text: Vec<String> = lines.iter().map(|line| escaped(plain(line).trim())).collect();
                    if !text.is_empty() {
                        out.push_str(&format!(" ({})", text.join(" ")));
                    }
                }
                Span::Note(name) => {
                    if self.notes.get(name).is_some_and(|lines| !lines.is_empty()) && !self.used.contains(name) {
                        self.used.push(name.clone());
                        out.push_str(&format!("[^{}]", note_name(name)));
                    }
                }
                Span::Equation(tex) => {
                    let tex = tex.trim();
                    if crate::equation::parse(tex).is_ok() && !tex.is_empty() {
                        out.push_str(&format!("$`{tex}`$"));
                    } else {
                        out.push_str(&escaped(tex));
                    }
                }
                Span::Break => out.push_str("\\\n"),
                Span::Picture(..) => {}
            }
        }
    }
}

/// The name of a note in Markdown.
fn note_name(name: &str) -> String {
    let kept: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    if kept.is_empty() { "note".to_owned() } else { kept.to_lowercase() }
}

fn push_styled(text: &str, style: Style, out: &mut String) {
    let words = text.trim();
    let mark = match style {
        Style { high: true, .. } => "^",
        Style { low: true, .. } => "~",
        Style { bold: true, italic: true, .. } => "***",
        Style { bold: true, .. } => "**",
        Style { italic: true, .. } => "*",
        _ => "",
    };
    let is_small = mark == "^" || mark == "~";
    if mark.is_empty() || words.is_empty() || is_small && words.contains(char::is_whitespace) {
        out.push_str(&escaped(text));
        return;
    }
    // Spaces are outside of the marks.
    let start = &text[..text.len() - text.trim_start().len()];
    let end = &text[text.trim_end().len()..];
    out.push_str(start);
    out.push_str(mark);
    out.push_str(&escaped(words));
    out.push_str(mark);
    out.push_str(end);
}

/// Text in which no sign means anything in Markdown.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let letters: Vec<char> = text.chars().collect();
    for (index, c) in letters.iter().copied().enumerate() {
        let next = letters.get(index + 1).copied();
        let before = index.checked_sub(1).map(|index| letters[index]);
        let means_something = match c {
            '\\' | '*' | '`' | '[' | ']' | '<' | '~' | '^' => true,
            // A row of them is a blank to write on.
            '_' => next != Some('_') && before != Some('_'),
            '{' => matches!(next, Some('{' | '#')),
            '$' => next == Some('`'),
            '&' => next.is_some_and(|next| next.is_ascii_alphabetic() || next == '#'),
            _ => false,
        };
        if means_something {
            out.push('\\');
        }
        match c {
            '\t' | '\u{a0}' if !out.ends_with(' ') => out.push(if c == '\t' { ' ' } else { c }),
            '\t' => {}
            // Signs that only control where lines break.
            '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Text that doesn't begin a heading, a list, or a quotation by accident.
fn at_line_start(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let is_list = digits > 0 && digits < 10 && line[digits..].starts_with(['.', ')']);
        let starts =
            line.starts_with(['#', '>', '+', '|', '=']) || line.starts_with("- ") || line.starts_with("--") || line == "-";
        let is_rule = line.len() > 2 && line.chars().all(|c| c == '_');
        if is_list {
            format!("{}\\{}", &line[..digits], &line[digits..])
        } else if starts || is_rule {
            format!("\\{line}")
        } else {
            line.to_owned()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The pictures in a line: the names of their files, and their descriptions.
pub(super) fn pictures(line: &[Span]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for span in line {
        match span {
            Span::Picture(name, description) => found.push((name.clone(), description.clone())),
            Span::Link(_, inner) => found.extend(pictures(inner)),
            _ => {}
        }
    }
    found
}

/// The text of a line for recognizing what it is: without styles, in lowercase, with single spaces.
pub(super) fn folded(line: &[Span]) -> String {
    plain(line).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, style: Style) -> Span {
        Span::Text(text.to_owned(), style)
    }

    #[test]
    fn signs_print_as_they_are() {
        let notes = BTreeMap::new();
        let mut prose = Prose::new(&notes);
        let plain = Style::default();
        assert_eq!(prose.line(&[text("5 * 3 [a] <b> a_b ____ & &amp;", plain)]), r"5 \* 3 \[a\] \<b> a\_b ____ & \&amp;");
        assert_eq!(prose.line(&[text("1. One", plain)]), r"1\. One");
        assert_eq!(prose.line(&[text("- One", plain)]), r"\- One");
        assert_eq!(prose.line(&[text("# One", plain)]), r"\# One");
        let italic = Style { italic: true, ..plain };
        assert_eq!(prose.line(&[text("The ", plain), text("Party ", italic), text("won.", plain)]), "The *Party* won.");
        let high = Style { high: true, ..plain };
        assert_eq!(prose.line(&[text("m", plain), text("2", high)]), "m^2^");
    }
}
