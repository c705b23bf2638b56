//! Everything a person types is printed or named by a report: over the examples of CommonMark, and over random Markdown.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::blocks;
use crate::diagnostics::Diagnostics;
use crate::glyphs::Coverage;
use crate::lesson::prose::{Inline, ProseBlock};
use crate::source::Sources;
use crate::yaml::TextMap;

/// Fonts that have every character.
static COVERAGE: LazyLock<Coverage> = LazyLock::new(|| Coverage::new(0..0x11_0000, Vec::new()));

/// What was read from some text: all that prints, and the text with what reports name removed.
struct Read {
    printed: String,
    unreported: String,
    reports: Vec<String>,
}

fn read(text: &str) -> Read {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text.to_owned());
    let mut diagnostics = Diagnostics::default();
    let prose = blocks(text, &TextMap::identity(file, text.len()), &COVERAGE, &mut diagnostics);
    let mut printed = String::new();
    print_blocks(&prose, &mut printed);
    let mut named = vec![false; text.len()];
    let mut reports = Vec::new();
    for diagnostic in diagnostics.sorted() {
        let place = diagnostic.place;
        named[place.start as usize..(place.end as usize).min(text.len())].fill(true);
        reports.push(format!("{}: {} at {:?}", diagnostic.code.name(), diagnostic.message, sources.text(place)));
    }
    let unreported = text.char_indices().filter(|(at, _)| !named[*at]).map(|(_, c)| c).collect();
    Read { printed, unreported, reports }
}

fn print_blocks(blocks: &[ProseBlock], to: &mut String) {
    for block in blocks {
        match block {
            ProseBlock::Paragraph(paragraph) => {
                print(&paragraph.nodes, to);
                to.extend(paragraph.label.iter().map(|label| label.value.as_str()));
            }
            ProseBlock::Heading { nodes, .. } => print(nodes, to),
            ProseBlock::Quotation { blocks, attribution } => {
                print_blocks(blocks, to);
                attribution.iter().for_each(|nodes| print(nodes, to));
            }
            ProseBlock::List { numbers, items } => {
                for (index, item) in items.iter().enumerate() {
                    to.extend(numbers.get(index).map(String::as_str));
                    print_blocks(item, to);
                }
            }
            ProseBlock::Table(table) => {
                table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| print(cell, to));
            }
        }
        to.push('\n');
    }
}

fn print(nodes: &[Inline], to: &mut String) {
    for node in nodes {
        match node {
            Inline::Text { text } => to.push_str(text),
            Inline::Mark { double } => to.push(if *double { '"' } else { '\'' }),
            Inline::Break => to.push(' '),
            Inline::Link { url, nodes, .. } => {
                print(nodes, to);
                to.push_str(url);
            }
            Inline::Emphasis { nodes }
            | Inline::Strong { nodes }
            | Inline::Subscript { nodes }
            | Inline::Superscript { nodes }
            | Inline::Foreign { nodes, .. }
            | Inline::Footnote { nodes, .. } => print(nodes, to),
            Inline::Term { term, nodes } => {
                print(nodes, to);
                to.push_str(&term.value);
            }
            Inline::Citation { sources } => {
                for source in sources {
                    to.push('@');
                    to.push_str(&source.key.value);
                    to.extend(source.locator.iter().map(|locator| format!(", {locator}")));
                }
            }
            Inline::Blank { name } => to.push_str(&name.value),
            Inline::Equation { math } => to.push_str(&crate::equation::speech(math)),
        }
    }
}

/// How often each character occurs, except for spaces and the characters of Markdown's marks.
fn counts(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in text.chars().filter(|c| !c.is_whitespace() && !"*_~^`#>|:-=+.)(\\[]<!\"'&;{}•$–\u{200b}".contains(*c)) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

/// The characters that were typed, but neither printed nor named by a report.
fn vanished(read: &Read) -> Vec<(char, usize)> {
    let printed = counts(&read.printed);
    let typed = counts(&without_syntax(&read.unreported));
    typed.into_iter().filter(|(c, count)| printed.get(c).copied().unwrap_or_default() < *count).collect()
}

/// The text without character references such as `&amp;`, link definitions, and names of footnotes.
fn without_syntax(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '>', '-']);
        let is_definition =
            content.starts_with('[') && content.split_once("]:").is_some_and(|(_, rest)| rest.trim_start().starts_with("http"));
        if is_definition {
            continue;
        }
        let mut rest = line;
        while let Some(at) = rest.find(['&', '[']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            let end = match rest.as_bytes()[0] {
                b'&' => {
                    rest.find(';').filter(|end| rest[1..*end].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#'))
                }
                _ if rest.starts_with("[^") => rest.find(']'),
                _ => None,
            };
            let skip = end.map_or(1, |end| end + 1);
            if end.is_none() {
                out.push_str(&rest[..1]);
            }
            rest = &rest[skip..];
        }
        out.push_str(rest);
    }
    out
}

#[test]
fn the_examples_of_commonmark_are_printed_or_reported() {
    let examples: Vec<String> =
        serde_json::from_str(include_str!("../../tests/commonmark/examples.json")).expect("the examples are JSON");
    assert_eq!(examples.len(), 655);
    let (mut lost, mut reported) = (Vec::new(), 0);
    for (index, example) in examples.iter().enumerate() {
        let read = read(example);
        let vanished = vanished(&read);
        reported += usize::from(!read.reports.is_empty());
        if !vanished.is_empty() {
            lost.push(format!("example {}: {vanished:?} of {example:?}; printed {:?}", index + 1, read.printed));
        }
    }
    assert!(lost.is_empty(), "{} examples lose text:\n{}", lost.len(), lost.join("\n"));
    // The others print without a report.
    assert_eq!((examples.len() - reported, reported), (375, 280));
}

/// Pieces of Markdown that interact: marks, half-open marks, bullets, tables, notes, definitions, and words.
const PIECES: [&str; 83] = [
    "word",
    "Two words",
    "1936",
    "1869. ",
    "2. ",
    "a) ",
    "A. ",
    "(b) ",
    "- ",
    "* ",
    "+ ",
    "• ",
    "– ",
    "> ",
    "# ",
    "## ",
    "####### ",
    "\n",
    "\n\n",
    "\n    ",
    "  \n",
    "\\\n",
    "*",
    "**",
    "***",
    "_",
    "__",
    "____",
    "~",
    "~~",
    "^",
    "`",
    "``",
    "```\n",
    "~~~\n",
    "$`x`$",
    "$x^2$",
    "[",
    "]",
    "[x]",
    "[ ] ",
    "[Judge]: ",
    "[^1]",
    "\n[^1]: ",
    "[^1]: ",
    "[a](https://e.org)",
    "[a](https://e.org \"t\")",
    "[a][b]",
    "\n[b]: https://e.org/b \"T\"\n",
    "[b]: ",
    "![i](x.png)",
    "<b>",
    "<!-- c -->",
    "<https://e.org>",
    "&amp;",
    "&auml;",
    "&#35;",
    "\\*",
    "\\[",
    "\\",
    "|",
    "| a | b |\n",
    "|---|---|\n",
    "| 1 | 2 | 3 |\n",
    "\n---\n",
    "\n===\n",
    "***\n",
    "\"",
    "'",
    "[@roe, p. 3]",
    "[[term|shown]]",
    "{#label}",
    "{{blank}}",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "文字",
    "「引用」",
    "…",
    ":",
    ".",
    "--",
    "é",
];

#[test]
fn emphasis_works_in_chinese() {
    let read = read("这是**“重要”**的词，**注意：**请读*《论语》*和**“文字”**文字。");
    assert!(!read.printed.contains('*'), "{}", read.printed);
    assert_eq!(read.reports, Vec::<String>::new());
}

/// How many random texts are read.
const TEXTS: usize = 20_000;

#[test]
fn random_markdown_is_printed_or_reported() {
    let mut runner = TestRunner::deterministic();
    let pieces = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..12);
    let mut lost = Vec::new();
    for _ in 0..TEXTS {
        let text = pieces.new_tree(&mut runner).expect("the strategy rejects nothing").current().concat();
        let read = read(&text);
        let vanished = vanished(&read);
        if !vanished.is_empty() {
            lost.push(format!("{text:?}: {vanished:?}; printed {:?}; {:#?}", read.printed, read.reports));
        }
    }
    lost.sort_by_key(String::len);
    assert!(lost.is_empty(), "{} texts lose characters, such as\n{}", lost.len(), lost[..lost.len().min(12)].join("\n"));
}
