//! Reads plain text: finds paragraphs, headings, and lists by how they look.

use super::document::{Block, Document, Entry, Line, Marker, Span, Style, plain};

/// Lines of this length or more, in characters, were broken by a program and not by a person.
const WRAPPED: usize = 55;

/// The longest heading, in characters.
const MAX_HEADING: usize = 90;

pub(super) fn read(text: &str) -> Document {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{c}', '\u{2028}'], "\n");
    let mut blocks = Vec::new();
    for paragraph in paragraphs(&text) {
        blocks.extend(of_lines(&paragraph));
    }
    let blocks = with_headings(joined(blocks));
    Document { blocks, ..Document::default() }
}

/// The lines of each paragraph: those between blank lines.
fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            paragraphs.push(Vec::new());
        } else if let Some(last) = paragraphs.last_mut() {
            last.push(line);
        }
    }
    paragraphs.retain(|lines| !lines.is_empty());
    paragraphs
}

/// The blocks in lines without a blank line between them.
fn of_lines(lines: &[&str]) -> Vec<Block> {
    let starts = |line: &str| marker(line.trim()).is_some();
    let is_wrapped = lines.len() > 1 && lines[..lines.len() - 1].iter().all(|line| line.trim().chars().count() >= WRAPPED);
    let mut blocks: Vec<Block> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let text = line.trim();
        if let Some((marker, rest)) = marker(text) {
            let level = if matches!(marker, Marker::Letter(_)) || indent >= 4 { 1 } else { 0 };
            blocks.push(Block::Entry(Entry { level, marker, line: inline(rest) }));
            continue;
        }
        if text.len() > 4 && text.chars().all(|c| c == '_') {
            blocks.push(Block::Paragraph(inline(text)));
            continue;
        }
        let before = index > 0 && lines[index - 1].trim().chars().count() >= WRAPPED;
        let follows_entry = index > 0 && (starts(lines[index - 1]) || indent > 0);
        match blocks.last_mut() {
            Some(Block::Paragraph(paragraph)) if is_wrapped || before => continue_line(paragraph, text),
            Some(Block::Entry(entry)) if follows_entry || before => continue_line(&mut entry.line, text),
            _ => blocks.push(Block::Paragraph(inline(text))),
        }
    }
    blocks
}

/// Adds a line to the one that it was cut from.
fn continue_line(line: &mut Line, text: &str) {
    let ends = plain(line);
    let is_hyphenated = ends.ends_with('-') && !ends.ends_with("--") && text.starts_with(char::is_lowercase);
    if is_hyphenated && let Some(Span::Text(last, _)) = line.last_mut() {
        last.pop();
    } else {
        line.push(Span::Text(" ".to_owned(), Style::default()));
    }
    line.extend(inline(text));
}

/// Joins sentences that a page break cut in two.
pub(super) fn joined(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for block in blocks {
        if let Block::Paragraph(line) = &block {
            let text = plain(line);
            let goes_on = text.starts_with(char::is_lowercase) && text.chars().count() > 1 && !text.contains("://");
            if let Some(Block::Paragraph(before) | Block::Quotation(before) | Block::Entry(Entry { line: before, .. })) =
                out.last_mut()
                && goes_on
                && is_cut(&plain(before))
            {
                let first = line.clone();
                let is_hyphenated = plain(before).ends_with('-');
                if !is_hyphenated {
                    before.push(Span::Text(" ".to_owned(), Style::default()));
                }
                before.extend(first);
                *before = super::document::tidy(std::mem::take(before));
                continue;
            }
        }
        out.push(block);
    }
    out
}

/// Whether a sentence ends in the middle.
fn is_cut(text: &str) -> bool {
    let last = text.trim_end().chars().last();
    text.chars().count() >= WRAPPED && last.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '-' | ';' | '—'))
}

/// Makes headings of short lines that stand alone, and quotations of paragraphs that a colon announces.
fn with_headings(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.iter().enumerate() {
        let Block::Paragraph(line) = block else {
            out.push(block.clone());
            continue;
        };
        let text = plain(line);
        let next_is_text = blocks.get(index + 1).is_some_and(|next| !matches!(next, Block::Heading(..)));
        if next_is_text && is_heading(&text) && !line.iter().any(|span| matches!(span, Span::Link(..))) {
            out.push(Block::Heading(2, line.clone()));
        } else {
            out.push(block.clone());
        }
    }
    out
}

/// Whether text looks like a heading: short, without the end of a sentence.
pub(super) fn is_heading(text: &str) -> bool {
    let text = text.trim();
    let count = text.chars().count();
    let ends = text.trim_end_matches(['"', '”', '’', '\'', ')']).chars().last();
    let ends_a_question = ends == Some('?') && count <= 60;
    let ends_like_text = matches!(ends, Some('.' | '!' | ',' | ';' | '_' | '…')) || ends == Some('?') && !ends_a_question;
    let starts_well = text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '¿' | '¡' | '‘'));
    // A list of words after a colon, or a second sentence, isn't part of a heading.
    let continues = text.contains(". ") || text.split_once(": ").is_some_and(|(_, rest)| rest.contains(", "));
    (2..=MAX_HEADING).contains(&count) && !ends_like_text && !continues && starts_well && text.chars().any(char::is_alphabetic)
}

/// What is before an entry of a list, and its text.
pub(super) fn marker(text: &str) -> Option<(Marker, &str)> {
    for (sign, marker) in [
        ("• ", Marker::Bullet),
        ("- ", Marker::Bullet),
        ("– ", Marker::Bullet),
        ("* ", Marker::Bullet),
        ("◦ ", Marker::Bullet),
        ("▪ ", Marker::Bullet),
        ("☐ ", Marker::Box),
        ("□ ", Marker::Box),
        ("[ ] ", Marker::Box),
    ] {
        if let Some(rest) = text.strip_prefix(sign) {
            return Some((marker, rest.trim_start()));
        }
    }
    let text = text.strip_prefix('(').unwrap_or(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = |at: usize| {
        let after = text[at..].strip_prefix(['.', ')'])?;
        let rest = after.trim_start();
        (after.len() > rest.len() && !rest.is_empty()).then_some(rest)
    };
    if (1..=3).contains(&digits) {
        return Some((Marker::Number(text[..digits].parse().ok()?), rest(digits)?));
    }
    let letter = text.chars().next().filter(char::is_ascii_alphabetic)?;
    let number = usize::from(letter.to_ascii_lowercase() as u8 - b'a');
    // "I. " and "A. Smith" are often something else; choices have few letters.
    if number > 9 || letter == 'I' {
        return None;
    }
    let rest = rest(1)?;
    Some((Marker::Letter(number), rest))
}

/// A line with the few signs of Markdown that people type in plain text: links and emphasis.
pub(super) fn inline(text: &str) -> Line {
    let mut line = Line::new();
    let mut rest = text;
    while let Some(at) = rest.find(['[', '*']) {
        let (before, from) = rest.split_at(at);
        line.push(Span::Text(before.to_owned(), Style::default()));
        if let Some((label, address, after)) = link(from) {
            let inner = inline_emphasis(label);
            let address = if address.starts_with("http") { address } else { "" };
            line.push(Span::Link(address.to_owned(), inner));
            rest = after;
        } else if let Some((words, after)) = emphasis(from) {
            line.push(Span::Text(words.to_owned(), Style { italic: true, ..Style::default() }));
            rest = after;
        } else {
            let mut letters = from.chars();
            let first = letters.next().map(String::from).unwrap_or_default();
            line.push(Span::Text(first, Style::default()));
            rest = letters.as_str();
        }
    }
    line.push(Span::Text(rest.to_owned(), Style::default()));
    super::document::tidy(line)
}

fn inline_emphasis(text: &str) -> Line {
    match emphasis(text) {
        Some((words, "")) => vec![Span::Text(words.to_owned(), Style { italic: true, ..Style::default() })],
        _ => vec![Span::Text(text.to_owned(), Style::default())],
    }
}

/// `[label](address)` at the start of some text.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let inner = text.strip_prefix('[')?;
    let (label, rest) = inner.split_once("](")?;
    let (address, after) = rest.split_once(')')?;
    let fits = !label.contains(['[', '\n']) && !address.contains(char::is_whitespace);
    fits.then_some((label.trim_start_matches('!'), address, after))
}

/// `*words*` at the start of some text.
fn emphasis(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('*')?;
    let (words, after) = inner.split_once('*')?;
    let fits = !words.is_empty() && !words.starts_with(' ') && !words.ends_with(' ') && !after.starts_with('*');
    fits.then_some((words, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_a_page_cut_are_joined() {
        let document = read(
            "The police rounded up more than a hundred people at night and shot\n\nthem. It went on.\n\nA heading\n\nMore text here.\n",
        );
        let texts = document.blocks.iter().map(|block| match block {
            Block::Paragraph(line) => format!("p {}", plain(line)),
            Block::Heading(_, line) => format!("h {}", plain(line)),
            other => format!("{other:?}"),
        });
        let expected = [
            "p The police rounded up more than a hundred people at night and shot them. It went on.",
            "h A heading",
            "p More text here.",
        ];
        assert_eq!(texts.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn entries_have_markers() {
        for (text, expected) in [
            ("1. Why?", Some((Marker::Number(1), "Why?"))),
            ("12) Why?", Some((Marker::Number(12), "Why?"))),
            ("a. nine", Some((Marker::Letter(0), "nine"))),
            ("(B) ten", Some((Marker::Letter(1), "ten"))),
            ("• one", Some((Marker::Bullet, "one"))),
            ("1991 was", None),
            ("1.5 km", None),
            ("I. Introduction", None),
        ] {
            assert_eq!(marker(text), expected, "{text}");
        }
    }

    #[test]
    fn links_and_emphasis_in_plain_text() {
        let line = inline("See [the *site*](https://example.org) and *Darkness at Noon*, [no](#) 2 * 3.");
        assert_eq!(plain(&line), "See the *site* and Darkness at Noon, no 2 * 3.");
        assert!(matches!(&line[1], Span::Link(address, _) if address == "https://example.org"));
        assert!(line.iter().any(|span| matches!(span, Span::Link(address, _) if address.is_empty())));
    }
}
