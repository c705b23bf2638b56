//! Text pasted from word processors, web pages, and mail: lines that begin like items keep their lines, and what looks like a table,
//! a heading, or an equation of another program is reported.

use std::collections::BTreeSet;
use std::ops::Range;

use super::mask::BULLETS;
use super::{Reader, attribution};
use crate::diagnostics::Code;

/// What a line of a paragraph begins with, if that makes it an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// A letter or number and what surrounds it: `a)`, `A.`, `(3)`, with its position in the alphabet or its number.
    Number { number: u32, form: char, is_letter: bool },
    /// Something else that lines of a list have in common.
    Like(Likeness),
    /// A bullet, dash, or box without a space that would make a list of it.
    Mark(char),
}

/// What the beginnings of lines can have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// A name in capital letters and a colon, as in a script: `ANNA: Hello.`
    Speaker,
    /// A year and a colon or dash: `1914: The war begins.`
    Year,
    /// Something in brackets: `[JUDGE] Guilty.`, `[1] A note.`, `[ ] to do`, `( ) to do`
    Brackets,
    /// A number with a mark that Markdown doesn't know: `1- one`, `1: one`, `1.1 one`, `1st place`, `¹ A note.`
    OtherNumber,
    /// A word with a number: `Step 1: go`, `Q1. Why?`
    WordWithNumber,
    /// Room to write: `Name: ____`
    Blank,
}

/// Characters other than bullets that items begin with. A dash also begins what a character says.
const ITEM_MARKS: [char; 12] = ['–', '—', '―', '☐', '□', '☑', '☒', '✓', '✔', '➢', '→', '-'];

/// The offsets of lines that begin on a line of their own although nothing in Markdown says so.
pub(super) fn own_lines(text: &str) -> BTreeSet<usize> {
    let mut own = BTreeSet::new();
    let mut group: Vec<(usize, Start)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            take_items(&mut group, &mut own);
        } else if let Some(item) = item(line) {
            group.push((start, item));
        }
        let quoted = line.trim_start();
        if quoted.starts_with('>') && attribution::begins_with_dash(quoted.trim_start_matches(['>', ' '])) {
            own.insert(start);
        }
        start += line.len();
    }
    take_items(&mut group, &mut own);
    own
}

/// Adds the lines of a group that follow one another like items.
fn take_items(group: &mut Vec<(usize, Start)>, own: &mut BTreeSet<usize>) {
    for (index, (at, item)) in group.iter().enumerate() {
        let neighbors = [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|other| group.get(other));
        let belongs = |(_, other): &(usize, Start)| match (*item, *other) {
            (Start::Mark(mark), Start::Mark(other)) => mark == other,
            (Start::Like(one), Start::Like(other)) => one == other,
            (
                Start::Number { number, form, is_letter },
                Start::Number { number: other, form: other_form, is_letter: other_is_letter },
            ) => form == other_form && is_letter == other_is_letter && number.abs_diff(other) == 1,
            _ => false,
        };
        if neighbors.into_iter().any(belongs) {
            own.insert(*at);
        }
    }
    group.clear();
}

fn item(line: &str) -> Option<Start> {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let first = line.chars().next()?;
    if BULLETS.contains(&first) || (ITEM_MARKS.contains(&first) && !line.starts_with("--")) {
        return Some(Start::Mark(first));
    }
    if let Some(likeness) = likeness(line) {
        return Some(Start::Like(likeness));
    }
    let (open, rest) = match line.strip_prefix('(') {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).filter(|length| (1..=3).contains(length))?;
    let (word, rest) = rest.split_at(length);
    let form = rest.chars().next().filter(|c| matches!(c, '.' | ')'))?;
    let next = rest[1..].chars().next();
    let number = if word.bytes().all(|byte| byte.is_ascii_digit()) {
        // `1.5` is a number, but `1.Pour` is an item.
        next.filter(|c| !c.is_ascii_digit())?;
        word.parse().ok()?
    } else {
        next.filter(|c| c.is_whitespace())?;
        match word.as_bytes() {
            [letter] if letter.is_ascii_lowercase() => u32::from(letter - b'a'),
            [letter] if letter.is_ascii_uppercase() => u32::from(letter - b'A'),
            _ => roman(word)?,
        }
    };
    let is_letter = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    Some(Start::Number { number, form: if open { '(' } else { form }, is_letter })
}

fn likeness(line: &str) -> Option<Likeness> {
    if is_speaker(line) {
        return Some(Likeness::Speaker);
    }
    if is_year(line) {
        return Some(Likeness::Year);
    }
    if let Some(rest) = line.strip_prefix('[').filter(|rest| !rest.starts_with(['^', '@', '[']))
        && rest.split_once("] ").is_some_and(|(inside, _)| !inside.contains(['[', ']']) && inside.len() <= LONGEST_NAME)
    {
        return Some(Likeness::Brackets);
    }
    if line.starts_with("( ) ") {
        return Some(Likeness::Brackets);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) && is_other_mark(&line[digits..])
        || line.starts_with(['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'])
    {
        return Some(Likeness::OtherNumber);
    }
    let letters = line.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = line[letters..].trim_start_matches(' ');
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let ends = rest[digits..].starts_with([':', '.', ')', '–', '—']) && rest[digits..].contains(' ');
    if (1..=LONGEST_NAME).contains(&letters)
        && line.starts_with(|c: char| c.is_ascii_uppercase())
        && (1..=3).contains(&digits)
        && ends
    {
        return Some(Likeness::WordWithNumber);
    }
    line.contains("___").then_some(Likeness::Blank)
}

/// Whether what follows a number at the beginning of a line makes an item of it, although Markdown doesn't know it.
fn is_other_mark(rest: &str) -> bool {
    let after = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let is_level = rest.starts_with('.') && after.len() < rest.len() - 1 && after.starts_with(' ');
    is_level || ["- ", ": ", "st ", "nd ", "rd ", "th "].iter().any(|mark| rest.starts_with(mark))
}

/// The most characters of a speaker's name.
const LONGEST_NAME: usize = 30;

fn is_speaker(line: &str) -> bool {
    let Some((name, rest)) = line.split_once(':') else { return false };
    let is_name = name.chars().all(|c| c.is_uppercase() || " .-’'".contains(c)) && name.starts_with(char::is_uppercase);
    is_name && name.chars().count() <= LONGEST_NAME && rest.starts_with(' ')
}

fn is_year(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].trim_start();
    let is_mark = rest.starts_with([':', '–', '—']) || rest.starts_with("- ") || rest.starts_with("-- ");
    (3..=4).contains(&digits) && is_mark && rest.contains(' ')
}

/// The value of a Roman number up to 12, shifted so that `ii` follows `i` as a letter.
fn roman(word: &str) -> Option<u32> {
    const NUMBERS: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    let position = NUMBERS.iter().position(|number| number.eq_ignore_ascii_case(word))?;
    Some(u32::from(b'i' - b'a') + u32::try_from(position).ok()?)
}

impl Reader<'_> {
    /// Reports what a paragraph has of the marks of other programs; `range` is the paragraph.
    pub(super) fn report_pasted(&mut self, range: Range<usize>) {
        let lines: Vec<(usize, &str)> = {
            let mut at = range.start;
            self.text[range]
                .split_inclusive('\n')
                .map(|line| {
                    let start = at;
                    at += line.len();
                    let content = line.trim_start_matches([' ', '\t', '>']);
                    (start + line.len() - content.len(), content.trim_end())
                })
                .collect()
        };
        if let Some((at, line, message, help)) = pasted_table(&lines).or_else(|| lines.iter().find_map(|line| pasted_mark(*line)))
        {
            let place = self.map.place(at, at + line.len());
            let help = self.map.help(&help);
            self.report(Code::ChangedText, place, message).set_help(help);
        }
    }
}

type Found<'t> = (usize, &'t str, String, String);

/// A table whose second line is missing or has too few cells, or with tabs between cells.
fn pasted_table<'t>(lines: &[(usize, &'t str)]) -> Option<Found<'t>> {
    let with_bars: Vec<_> = lines.iter().filter(|(_, line)| line.starts_with('|') && line[1..].contains('|')).collect();
    if let Some((at, line)) = with_bars.first() {
        let cells = |line: &str| line.trim_matches('|').split('|').count();
        let is_rule = |line: &str| line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
        let columns = cells(line);
        let rule = format!("|{}", "---|".repeat(columns));
        return Some(match with_bars.iter().find(|(_, line)| is_rule(line)) {
            Some((at, wrong)) if cells(wrong) != columns => (
                *at,
                wrong,
                format!(
                    "this isn't a table yet: its line of dashes has {} cells, expected {columns} as in the first line",
                    cells(wrong)
                ),
                format!("write `{rule}`"),
            ),
            Some(_) => return None,
            None => (
                *at,
                line,
                "these lines aren't a table yet, so they print as one paragraph".to_owned(),
                format!("add a line below the first: `{rule}`"),
            ),
        });
    }
    let is_bullet = |line: &str| line.starts_with(BULLETS) || line.starts_with("o\t");
    let with_tabs: Vec<_> = lines.iter().filter(|(_, line)| line.contains('\t') && !is_bullet(line)).collect();
    (with_tabs.len() > 1).then(|| {
        let (at, line) = with_tabs[0];
        let columns = line.split('\t').count();
        let help = format!("write each row as `{}`, and `|{}` below the first row", row(line), "---|".repeat(columns));
        (*at, *line, "these lines with tabs print as one paragraph".to_owned(), help)
    })
}

/// A row with tabs as a row of a table.
fn row(line: &str) -> String {
    let cells: Vec<_> = line.split('\t').map(str::trim).collect();
    format!("| {} |", cells.join(" | "))
}

/// A mark of another program at the beginning of a line or in it.
fn pasted_mark((at, line): (usize, &str)) -> Option<Found<'_>> {
    let found = |length: usize, message: &str, help: String| Some((at, &line[..length], message.to_owned(), help));
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    if (2..=6).contains(&hashes) && line[hashes..].starts_with(|c: char| !c.is_whitespace()) {
        let help = format!("write `{} {}`", &line[..hashes], &line[hashes..]);
        return found(hashes, "a heading needs a space after its marks", help);
    }
    if line.starts_with(":::") {
        return found(3, "`:::` prints as typed", "remove it; for a box, use a block such as `- sidebar:`".to_owned());
    }
    if line.starts_with("** ") {
        return found(
            2,
            "these stars print as typed",
            r"write `\*\*` if they should print, or make this a footnote: `[^1]` in the text and `[^1]: …` below it".to_owned(),
        );
    }
    if line.starts_with(": ") {
        return found(
            1,
            "this line prints as part of the line above",
            "put the explanation after the word, as in `word: …`".to_owned(),
        );
    }
    if let Some((start, end)) = dollar_equation(line) {
        let tex = line[start..end].trim_matches('$');
        let message = format!("`{}` prints as typed, not as an equation", &line[start..end]);
        return Some((at + start, &line[start..end], message, format!("write $`{tex}`$")));
    }
    if let Some(start) = line.find(r"\(")
        && let Some(length) = line[start..].find(r"\)")
    {
        let inside = &line[start + 2..start + length];
        let is_math = inside.len() == 1 || inside.contains(['\\', '^', '_', '=']);
        if is_math {
            let message = format!("`{inside}` prints in parentheses, not as an equation");
            return Some((at + start, &line[start..start + length + 2], message, format!("write $`{inside}`$")));
        }
    }
    None
}

/// An equation between dollar signs, as LaTeX has it: not `$5 and $10`.
fn dollar_equation(line: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(start) = line[from..].find('$').map(|at| from + at) {
        let marks = line[start..].bytes().take_while(|byte| *byte == b'$').count();
        let mark = &line[start..start + marks];
        from = start + marks;
        if marks > 2 || line[..start].ends_with(['\\', '`']) || line[from..].starts_with('`') {
            continue;
        }
        let Some(length) = line[from..].find(mark) else { continue };
        let inside = &line[from..from + length];
        let end = from + length + marks;
        let is_tight = !inside.starts_with(' ') && !inside.ends_with([' ', '\\', '`']) && !inside.is_empty();
        let is_price = line[end..].starts_with(|c: char| c.is_ascii_digit());
        let is_variable = inside.len() == 1 && inside.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_math = is_variable || (inside.contains(['\\', '^', '=', '_', '+']) && !inside.contains("  "));
        if is_tight && !is_price && is_math {
            return Some((start, end));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<&str> {
        own_lines(text).into_iter().map(|at| text[at..].lines().next().unwrap_or_default()).collect()
    }

    #[test]
    fn lines_that_begin_like_items_keep_their_lines() {
        assert_eq!(lines("Choose:\na) iron\nb) lead\n\nA. Lincoln"), ["a) iron", "b) lead"]);
        assert_eq!(lines("A. 1914\nB. 1915\nC. 1916"), ["A. 1914", "B. 1915", "C. 1916"]);
        assert_eq!(lines("(1) one\n(2) two\n\nabout\n1.5 liters"), ["(1) one", "(2) two"]);
        assert_eq!(lines("1.1 First\n1.2 Second\n\n1- one\n2- two"), ["1.1 First", "1.2 Second", "1- one", "2- two"]);
        assert_eq!(lines("Step 1: go\nStep 2: stop\n\nQ1. Why?\nA1. So."), ["Step 1: go", "Step 2: stop", "Q1. Why?", "A1. So."]);
        assert_eq!(lines("[ ] a\n[ ] b\n\n[JUDGE] No.\n[CLERK] Yes."), ["[ ] a", "[ ] b", "[JUDGE] No.", "[CLERK] Yes."]);
        assert_eq!(lines("Name: ____\nDate: ____\n\n¹ One.\n² Two."), ["Name: ____", "Date: ____", "¹ One.", "² Two."]);
        assert_eq!(lines("i. one\nii. two\niii. three"), ["i. one", "ii. two", "iii. three"]);
        assert_eq!(lines("-Measure\n-Pour\n\n— Bonjour.\n— Salut."), ["-Measure", "-Pour", "— Bonjour.", "— Salut."]);
        assert_eq!(lines("ANNA: Hello.\nBEN: Hi.\n\nNote: one\nNOTE: two"), ["ANNA: Hello.", "BEN: Hi."]);
        assert_eq!(lines("1914: War.\n1918: Peace."), ["1914: War.", "1918: Peace."]);
        assert_eq!(lines("written by\nA. Lincoln in\n1861. He"), Vec::<&str>::new());
    }

    #[test]
    fn prices_are_not_equations() {
        let equation = |line: &str| dollar_equation(line).map(|(start, end)| line[start..end].to_owned());
        assert_eq!(equation("It cost $5 in 1890 and $10 = ten dollars."), None);
        assert_eq!(equation("Solve $x^2 = 4$ and $y$.").as_deref(), Some("$x^2 = 4$"));
        assert_eq!(equation("$$y = 2x$$").as_deref(), Some("$$y = 2x$$"));
        assert_eq!(equation("$`x^2`$ and $5/$10"), None);
    }
}
