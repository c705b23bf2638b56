//! Finds questions in the blocks of a part: prompts, answer choices, true or false, blanks, matching columns, and lists to sort.

use super::document::{Block, Entry, Line, Marker, is_blank, plain};
use super::prose::{Prose, folded, pictures};
use super::text::inline;

/// The most lines of writing space that are taken over.
const MAX_LINES: usize = 30;

/// The longest answer choice, in characters.
const MAX_CHOICE: usize = 160;

/// Words that ask to sort each entry of a list.
const SORTING: [&str; 14] = [
    "decide which",
    "decide whether",
    "decide if",
    "classify",
    "sort the following",
    "sort these",
    "determine whether",
    "determine which",
    "determine if",
    "identify whether",
    "clasifica",
    "decide cuál",
    "decidan cuál",
    "indica si",
];

/// Words that ask whether statements are true.
const TRUTH: [&str; 10] = [
    "true or false",
    "true/false",
    "t or f",
    "true (t)",
    "circle t",
    "verdadero o falso",
    "verdadero (v)",
    "verdadera o falsa",
    "cierto o falso",
    "v o f",
];

/// Words that ask to match two columns.
const MATCHING: [&str; 8] = ["match ", "matching", "draw a line", "empareja", "relaciona", "une con", "correspond", "conecta"];

/// Words that give the words for blanks.
const BANK: [&str; 5] = ["word bank", "words to use", "banco de palabras", "word box", "palabras:"];

/// A piece of a part, as the lesson has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// Paragraphs in Markdown.
    Prose(String),
    /// An image file with its description.
    Figure(String, String),
    /// Lines that belong together.
    Verse(String),
    /// An equation in LaTeX.
    Equation(String),
    /// A table to fill in: what to do, the headings, and the number of rows.
    BlankTable(Option<String>, Vec<String>, usize),
    /// Something that students answer.
    Question(Question),
    /// Steps to do, in order.
    Steps(Vec<String>),
    /// Things that are needed.
    Materials(Vec<String>),
}

/// Something that students answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Question {
    /// The number of each of its entries in the document, for the answers.
    pub numbers: Vec<usize>,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A question, its parts, and the lines to write on that the document had.
    Prompt(String, Vec<String>, Option<usize>),
    /// A question with answer choices.
    Choice(String, Vec<String>),
    /// Statements that are true or false.
    Truth(Vec<String>),
    /// Text with `___` for each blank, and the words for them.
    Cloze(Vec<String>, Vec<String>),
    /// Two columns to match.
    Matching(Vec<String>, Vec<String>),
    /// What to do, the choices, and the list to sort by them.
    Decide(Option<String>, Vec<String>, Vec<String>),
}

/// An entry that is being read.
struct Open {
    number: usize,
    line: Line,
    choices: Vec<Line>,
    more: Vec<Line>,
    lines: usize,
}

/// Reads the blocks of a part.
pub(super) struct Reader<'p, 'a> {
    prose: &'p mut Prose<'a>,
    pieces: Vec<Piece>,
    open: Vec<Open>,
    bank: Vec<String>,
    /// The last paragraph, which may say what to do with what follows.
    told: Option<String>,
    /// Whether entries without numbers are questions too.
    asks: bool,
}

impl<'p, 'a> Reader<'p, 'a> {
    /// A reader for a part in which plain paragraphs are questions (a discussion), or text (an activity).
    pub(super) fn new(prose: &'p mut Prose<'a>, asks: bool) -> Self {
        Self { prose, pieces: Vec::new(), open: Vec::new(), bank: Vec::new(), told: None, asks }
    }

    /// The pieces of the blocks.
    pub(super) fn read(mut self, blocks: &[Block]) -> Vec<Piece> {
        let mut index = 0;
        while index < blocks.len() {
            match &blocks[index] {
                Block::Entry(entry) => self.entry(entry),
                Block::Paragraph(line) | Block::Quotation(line) => self.paragraph(line),
                Block::Heading(_, line) => {
                    self.close();
                    self.told = Some(plain(line).trim().to_owned());
                    let heading = self.prose.one_line(line);
                    self.pieces.push(Piece::Prose(format!("## {heading}")));
                }
                Block::Table(rows) => self.table(rows),
                Block::Equation(tex) => self.add(equation(tex)),
                Block::Verse(lines) => {
                    let lines: Vec<String> = lines.iter().map(|line| self.prose.one_line(line)).collect();
                    self.add(Piece::Verse(lines.join("\n")));
                }
            }
            index += 1;
        }
        self.close();
        self.pieces
    }

    fn add(&mut self, piece: Piece) {
        self.close();
        self.pieces.push(piece);
    }

    fn entry(&mut self, entry: &Entry) {
        let starts = match entry.marker {
            Marker::Number(number) if entry.level == 0 || self.open.is_empty() => Some(number),
            Marker::Bullet | Marker::Box
                if entry.level == 0 && (self.open.is_empty() || self.open.iter().all(|open| open.number == 0)) =>
            {
                Some(0)
            }
            Marker::Letter(_) if self.open.is_empty() => Some(0),
            _ => None,
        };
        match (starts, self.open.last_mut()) {
            (Some(number), _) => {
                self.open.push(Open { number, line: entry.line.clone(), choices: Vec::new(), more: Vec::new(), lines: 0 });
            }
            (None, Some(open)) => open.choices.push(entry.line.clone()),
            (None, None) => {}
        }
    }

    fn paragraph(&mut self, line: &Line) {
        if is_blank(line) {
            for (name, description) in pictures(line) {
                self.add(Piece::Figure(name, description));
            }
            return;
        }
        let words = folded(line);
        let is_rule = words.chars().all(|c| matches!(c, '_' | ' ' | '.' | '-' | '…')) && words.chars().count() > 5;
        if is_rule && let Some(open) = self.open.last_mut() {
            open.lines += 1 + words.chars().count() / 90;
            return;
        }
        if let Some(bank) = BANK.iter().find(|start| words.starts_with(**start)) {
            let text = plain(line);
            let rest: String = text.trim().chars().skip(bank.chars().count()).collect();
            let rest = rest.trim_start_matches([':', ' ', '—']);
            self.bank = rest
                .split([',', ';', '•', '|', '\n', '\t'])
                .map(|word| word.trim().to_owned())
                .filter(|word| !word.is_empty())
                .collect();
            return;
        }
        for (name, description) in pictures(line) {
            self.add(Piece::Figure(name, description));
        }
        let continues = self.open.last().is_some_and(|open| {
            let ends = plain(&open.line);
            !ends.trim_end().ends_with(['.', '?', '!', ':']) && words.starts_with(char::is_lowercase)
        });
        if continues && let Some(open) = self.open.last_mut() {
            open.more.push(line.clone());
            return;
        }
        self.close();
        let says = plain(line).trim().to_owned();
        if self.asks {
            let is_cloze = has_blank(&says);
            let written = self.prose.one_line(line);
            let kind = if is_cloze { Kind::Cloze(vec![written], Vec::new()) } else { Kind::Prompt(written, Vec::new(), None) };
            self.pieces.push(Piece::Question(Question { numbers: vec![0], kind }));
        } else {
            let (text, notes) = self.prose.paragraph(line);
            let written = std::iter::once(text).chain(notes).collect::<Vec<_>>().join("\n\n");
            match self.pieces.last_mut() {
                Some(Piece::Prose(before)) => before.push_str(&format!("\n\n{written}")),
                _ => self.pieces.push(Piece::Prose(written)),
            }
        }
        self.told = Some(says);
    }

    /// Ends the list that is being read.
    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        if open.is_empty() {
            return;
        }
        let mut bank = std::mem::take(&mut self.bank);
        let told = self.told.clone().unwrap_or_default().to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| told.contains(word));
        let simple = open.iter().all(|entry| entry.choices.is_empty());
        if simple && open.len() > 1 && says(&SORTING) {
            self.decide(&open);
            return;
        }
        if simple && says(&TRUTH) || open.iter().all(|entry| asks_truth(&entry.line)) && !open.is_empty() {
            let statements = open.iter().map(|entry| without_truth_words(&self.prose.one_line(&entry.line))).collect();
            let numbers = open.iter().map(|entry| entry.number).collect();
            self.pieces.push(Piece::Question(Question { numbers, kind: Kind::Truth(statements) }));
            return;
        }
        let is_list = open.iter().all(|entry| entry.number == 0) && simple && !self.asks;
        let asks_something = open.iter().any(|entry| plain(&entry.line).contains('?') || has_blank(&plain(&entry.line)));
        if is_list && !asks_something {
            // A list that nobody answers.
            let entries: Vec<String> = open.iter().map(|entry| format!("- {}", self.prose.one_line(&entry.line))).collect();
            self.pieces.push(Piece::Prose(entries.join("\n")));
            return;
        }
        let mut gaps: Vec<(usize, String)> = Vec::new();
        for entry in open {
            let text = plain(&entry.line);
            let is_gap = has_blank(&text)
                && entry.choices.is_empty()
                && !text.trim_end().trim_end_matches('_').trim_end().ends_with(['?', ':']);
            if is_gap {
                gaps.push((entry.number, self.prose.one_line(&entry.line)));
                continue;
            }
            self.gaps(&mut gaps, &mut bank);
            let question = self.question(&entry);
            self.pieces.push(Piece::Question(question));
        }
        self.gaps(&mut gaps, &mut bank);
        if !bank.is_empty() {
            // A word bank without blanks is text.
            self.pieces.push(Piece::Prose(bank.join(", ")));
        }
    }

    /// Ends the sentences with blanks; the words are for the first of them.
    fn gaps(&mut self, gaps: &mut Vec<(usize, String)>, bank: &mut Vec<String>) {
        if gaps.is_empty() {
            return;
        }
        let (numbers, texts) = std::mem::take(gaps).into_iter().unzip();
        self.pieces.push(Piece::Question(Question { numbers, kind: Kind::Cloze(texts, std::mem::take(bank)) }));
    }

    fn question(&mut self, entry: &Open) -> Question {
        let mut ask = self.prose.one_line(&entry.line);
        for line in &entry.more {
            ask = format!("{ask} {}", self.prose.one_line(line));
        }
        let choices: Vec<String> = entry.choices.iter().map(|line| self.prose.one_line(line)).collect();
        let are_answers = choices.len() >= 2
            && choices.len() <= 8
            && choices.iter().all(|choice| choice.chars().count() <= MAX_CHOICE && !choice.ends_with('?'));
        let lines = (entry.lines > 0).then(|| entry.lines.min(MAX_LINES));
        let ask = ask.trim_end_matches('_').trim_end().to_owned();
        let kind = if are_answers { Kind::Choice(ask, choices) } else { Kind::Prompt(ask, choices, lines) };
        Question { numbers: vec![entry.number], kind }
    }

    /// A list to sort: what to do is the paragraph before it.
    fn decide(&mut self, open: &[Open]) {
        let told = self.told.clone().unwrap_or_default();
        let items = open.iter().map(|entry| self.prose.one_line(&entry.line)).collect();
        // The paragraph says what to do, so it belongs to the table.
        let mut ask = None;
        if let Some(Piece::Prose(text)) = self.pieces.last_mut() {
            let start = text.rfind("\n\n").map_or(0, |at| at + 2);
            let last = text[start..].trim_end_matches(':').to_owned();
            ask = Some(format!("{last}."));
            text.truncate(start.saturating_sub(2));
            if text.is_empty() {
                self.pieces.pop();
            }
        }
        let numbers = open.iter().map(|entry| entry.number).collect();
        let kind = Kind::Decide(ask, choices(&told), items);
        self.pieces.push(Piece::Question(Question { numbers, kind }));
    }

    fn table(&mut self, rows: &[Vec<Vec<Line>>]) {
        self.close();
        let told = self.told.clone().unwrap_or_default().to_lowercase();
        let cell =
            |prose: &mut Prose<'_>, cell: &[Line]| cell.iter().map(|line| prose.one_line(line)).collect::<Vec<_>>().join(" ");
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let words: usize = rows.iter().skip(1).flatten().filter(|cell| !cell.is_empty()).count();
        let cells: usize = rows.iter().skip(1).map(Vec::len).sum();
        if width == 2 && rows.len() >= 2 && MATCHING.iter().any(|word| told.contains(word)) {
            let column = |prose: &mut Prose<'_>, at: usize| {
                let cells = rows.iter().filter_map(|row| row.get(at)).map(|content| without_marker(&cell(prose, content)));
                cells.filter(|text| !text.is_empty()).collect::<Vec<_>>()
            };
            let (items, matches) = (column(self.prose, 0), column(self.prose, 1));
            if items.len() >= 2 && matches.len() >= items.len() {
                let numbers = (1..=items.len()).collect();
                self.pieces.push(Piece::Question(Question { numbers, kind: Kind::Matching(items, matches) }));
                return;
            }
        }
        if rows.len() >= 2 && cells > 0 && words * 5 <= cells && width <= 8 {
            let heads: Vec<String> = rows[0].iter().map(|content| cell(self.prose, content)).collect();
            if heads.iter().all(|head| !head.is_empty()) && words == 0 {
                self.pieces.push(Piece::BlankTable(None, heads, rows.len() - 1));
                return;
            }
        }
        let written = markdown_table(self.prose, rows);
        self.pieces.push(Piece::Prose(written));
    }
}

/// An equation on its own line, or its text if it can't be printed as one.
pub(super) fn equation(tex: &str) -> Piece {
    match crate::equation::parse(tex) {
        Ok(_) if !tex.trim().is_empty() => Piece::Equation(tex.trim().to_owned()),
        _ => Piece::Prose(super::prose::escaped(tex)),
    }
}

/// A table in Markdown. Every row has as many cells as the widest.
pub(super) fn markdown_table(prose: &mut Prose<'_>, rows: &[Vec<Vec<Line>>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
    let mut out = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut cells: Vec<String> = Vec::new();
        for at in 0..width {
            let lines = row.get(at).map(Vec::as_slice).unwrap_or_default();
            let text = lines.iter().map(|line| prose.one_line(line)).collect::<Vec<_>>().join(" ").replace('|', "\\|");
            cells.push(if text.is_empty() { "–".to_owned() } else { text });
        }
        out.push(format!("| {} |", cells.join(" | ")));
        if index == 0 {
            out.push(format!("|{}", " --- |".repeat(width)));
        }
    }
    out.join("\n")
}

/// The choices that a sentence names: `"forced"` in quotation marks, or "fact or opinion".
fn choices(told: &str) -> Vec<String> {
    let lower = told.to_lowercase();
    let capital = |text: &str| {
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    let quoted: Vec<String> = {
        let marks: Vec<usize> = told.char_indices().filter(|(_, c)| matches!(c, '"' | '“' | '”')).map(|(at, _)| at).collect();
        let inside = |pair: &[usize]| {
            let start = pair[0] + told[pair[0]..].chars().next().map_or(1, char::len_utf8);
            told.get(start..pair[1]).map(|text| text.trim().trim_end_matches(['.', ',', ':']).to_owned())
        };
        marks.chunks_exact(2).filter_map(inside).filter(|text| !text.is_empty() && text.chars().count() < 40).collect()
    };
    match quoted.as_slice() {
        [one] => {
            return vec![
                capital(one),
                format!("Not {}{one}", if lower.contains(" a \"") || lower.contains(" a “") { "a " } else { "" }),
            ];
        }
        [_, _, ..] => return quoted.iter().map(|text| capital(text)).collect(),
        [] => {}
    }
    for before in ["fact or opinion", "cause or effect", "needs or wants", "true or false", "hecho u opinión"] {
        if lower.contains(before) {
            let (one, other) = before.split_once(" or ").or_else(|| before.split_once(" u ")).unwrap_or((before, ""));
            return vec![capital(one), capital(other)];
        }
    }
    if lower.contains("clasifica") || lower.contains("decid") && lower.contains("cuál") || lower.contains("indica si") {
        return vec!["Sí".to_owned(), "No".to_owned()];
    }
    vec!["Yes".to_owned(), "No".to_owned()]
}

/// Whether text has a blank to write on.
fn has_blank(text: &str) -> bool {
    text.contains("___")
}

fn asks_truth(line: &Line) -> bool {
    let words = folded(line);
    words.starts_with("true or false")
        || words.starts_with("verdadero o falso")
        || words.starts_with("t f ")
        || words.starts_with("t / f")
}

fn without_truth_words(text: &str) -> String {
    let starts = ["true or false", "verdadero o falso", "t f ", "t / f ", "t/f"];
    let lower = text.to_lowercase();
    let start = starts.iter().find(|start| lower.starts_with(**start)).map_or(0, |start| start.len());
    let rest = text.get(start..).unwrap_or(text);
    let rest = rest.trim_start_matches([':', '.', '?', ' ', '_', '\\', '—', '–']);
    // The line in front of a statement is printed anyway.
    let ends = ["(t/f)", "(t / f)", "t f", "t / f", "(v/f)"];
    let lower = rest.to_lowercase();
    let end =
        ends.iter().find(|end| lower.trim_end().ends_with(**end)).map_or(rest.len(), |end| lower.trim_end().len() - end.len());
    rest.get(..end).unwrap_or(rest).trim().to_owned()
}

/// A cell without the number or letter in front of it.
fn without_marker(text: &str) -> String {
    let text = text.trim_start_matches(['_', '\\', ' ']).replacen("\\.", ".", 1);
    match super::text::marker(&text) {
        Some((_, rest)) => rest.to_owned(),
        None => text,
    }
}

/// The answers that a part gives, by the numbers of the questions.
pub(super) fn answers(blocks: &[Block]) -> Vec<(usize, Line)> {
    let mut found = Vec::new();
    let mut next = 1;
    for block in blocks {
        match block {
            Block::Entry(Entry { marker, line, .. }) => {
                let number = match marker {
                    Marker::Number(number) => *number,
                    _ => next,
                };
                found.push((number, line.clone()));
                next = number + 1;
            }
            Block::Paragraph(line) | Block::Quotation(line) => {
                // "1. B  2. A  3. C" on one line.
                let words = plain(line);
                for part in split_numbers(&words) {
                    found.push((part.0, inline(&part.1)));
                }
            }
            _ => {}
        }
    }
    found
}

/// The numbered pieces of a line.
fn split_numbers(words: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    for word in words.split_whitespace() {
        let number = word.strip_suffix(['.', ')']).and_then(|digits| digits.parse::<usize>().ok());
        let last = found.last().map(|(known, _)| *known);
        match (number, found.last_mut()) {
            (Some(number), _) if last.is_none_or(|last| number == last + 1) => found.push((number, String::new())),
            (_, Some((_, text))) => {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
            (_, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_name_choices() {
        assert_eq!(
            choices("decide which of these is a \"forced confession\":"),
            ["Forced confession", "Not a forced confession"]
        );
        assert_eq!(choices("Decide whether each is \"fair\" or \"unfair\"."), ["Fair", "Unfair"]);
        assert_eq!(choices("Classify each as fact or opinion."), ["Fact", "Opinion"]);
        assert_eq!(choices("Decide which apply:"), ["Yes", "No"]);
    }

    #[test]
    fn answers_on_one_line_are_split() {
        let found = split_numbers("1. B 2. A 3. The year 1917.");
        assert_eq!(found, [(1, "B".to_owned()), (2, "A".to_owned()), (3, "The year 1917.".to_owned())]);
    }
}
