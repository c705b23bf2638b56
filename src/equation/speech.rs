//! An equation as a screen reader speaks it, in English, in the style of ClearSpeak.

use std::collections::BTreeSet;

use super::{Class, Math, Style, phrases, symbols};

/// The spoken text of an equation: its alternative text.
pub fn speech(math: &Math) -> String {
    let mut letters = BTreeSet::new();
    collect_letters(math, &mut letters);
    let mut speaker = Speaker { text: String::new(), letters, upright: false, limit: false, reaction: false, bar: None };
    speaker.math(math);
    speaker.text
}

/// The text so far, and the context for the rest.
pub(super) struct Speaker {
    text: String,
    /// All letters of the equation. A capital is announced if its lowercase letter also appears.
    letters: BTreeSet<char>,
    /// Whether in units or a chemical formula.
    pub upright: bool,
    /// Whether below "lim", where an arrow is spoken as "approaches".
    pub limit: bool,
    /// Whether next to chemical formulas, where an arrow is spoken as "yields".
    pub reaction: bool,
    /// How a bar between two things is spoken here.
    pub bar: Option<&'static str>,
}

impl Speaker {
    pub(super) fn say(&mut self, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() && !words.starts_with([',', ';', ':']) && words != "." {
            self.text.push(' ');
        }
        self.text.push_str(words);
    }

    pub(super) fn math(&mut self, math: &Math) {
        match math {
            Math::Row { items } => self.row(items),
            Math::Number { text } => match text.strip_suffix('.') {
                Some(whole) => self.say(&format!("{whole} point")),
                None => self.say(text),
            },
            Math::Letters { text } => self.letters(text),
            Math::Text { text } => self.say(text),
            Math::Symbol { text, .. } => self.symbol(text),
            Math::Function { name, .. } => self.say(phrases::function(name)),
            Math::Space { .. } => {}
            Math::Styled { style, body } => self.styled(*style, body),
            Math::Marked { mark, body } => self.marked(*mark, body),
            Math::Fraction { numerator, denominator, .. } => self.fraction(numerator, denominator),
            Math::Binomial { upper, lower } => self.around(&[("", upper), ("choose", lower)], ""),
            Math::Root { index, body } => self.root(index.as_deref(), body),
            Math::Scripts { .. } => self.scripts(math),
            Math::Fenced { open, close, body } => self.fenced(open, close, body),
            Math::Arrow { text, above, below } => self.arrow(text, above.as_deref(), below.as_deref()),
            Math::Matrix { open, rows, .. } => self.matrix(open, rows),
            Math::Cases { rows } => {
                self.say(&count(rows.len(), "case"));
                self.table(rows, "case", ",");
                self.say(", end cases");
            }
            Math::Lines { rows } if rows.len() == 1 => self.table(rows, "", ""),
            Math::Lines { rows } => {
                self.say(&count(rows.len(), "line"));
                self.table(rows, "line", "");
            }
        }
    }

    /// Pieces, each with what is said before it, and what is said at the end.
    pub(super) fn around(&mut self, pieces: &[(&str, &Math)], end: &str) {
        for (before, math) in pieces {
            self.say(before);
            self.math(math);
        }
        self.say(end);
    }

    fn letters(&mut self, text: &str) {
        let mut run = String::new();
        for c in text.chars() {
            if c.is_uppercase() {
                self.say(&std::mem::take(&mut run));
            }
            let lower = c.to_lowercase().next().unwrap_or(c);
            if let Some(name) = symbols::greek_spoken(lower) {
                self.say(&std::mem::take(&mut run));
                let capital = c.is_uppercase() && self.letters.contains(&lower);
                self.say(if capital { "capital" } else { "" });
                self.say(name);
            } else {
                if c.is_uppercase() && !self.upright && self.letters.contains(&lower) {
                    self.say("capital");
                }
                run.push(c);
            }
        }
        self.say(if run == "ℓ" { "l" } else { &run });
    }

    fn symbol(&mut self, text: &str) {
        let words = match text {
            "→" | "⟶" if self.limit => "approaches",
            "→" | "⟶" if self.reaction => "yields",
            "∈" if self.limit => "in",
            "/" if self.upright => "per",
            "|" | "∣" => self.bar.unwrap_or("vertical bar"),
            text => symbols::spoken(text).unwrap_or(text),
        };
        self.say(words);
    }

    fn styled(&mut self, style: Style, body: &Math) {
        let set = match body {
            Math::Letters { text } if style == Style::Blackboard => phrases::set(text),
            _ => None,
        };
        if let Some(name) = set {
            self.say(name);
            return;
        }
        if style == Style::Bold {
            self.say("bold");
        }
        let outside = self.upright;
        self.upright = style == Style::Upright;
        self.math(body);
        self.upright = outside;
    }

    fn marked(&mut self, mark: super::Mark, body: &Math) {
        let digits = matches!(body, Math::Number { .. });
        if digits && matches!(mark, super::Mark::Overline | super::Mark::Bar | super::Mark::Dot) {
            self.around(&[("repeating", body)], "");
            return;
        }
        if let (Some(name), true) = (phrases::geometry(mark), is_two_capitals(body)) {
            self.around(&[(name, body)], "");
            return;
        }
        let (before, after) = phrases::mark(mark, is_atom(body));
        self.around(&[(before, body)], after);
    }

    fn fraction(&mut self, numerator: &Math, denominator: &Math) {
        if let (Math::Number { text: upper }, Math::Number { text: lower }) = (numerator, denominator)
            && let Some(words) = phrases::small_fraction(upper, lower)
        {
            self.say(&words);
        } else if is_short(numerator) && is_short(denominator) && !is_product(denominator) {
            self.around(&[("", numerator), ("over", denominator)], "");
        } else {
            self.around(&[("the fraction with numerator", numerator), ("and denominator", denominator)], ", end fraction");
        }
    }

    fn root(&mut self, index: Option<&Math>, body: &Math) {
        let name = match index {
            None => Some("the square root of".to_owned()),
            Some(Math::Number { text } | Math::Letters { text }) => phrases::root(text),
            Some(_) => None,
        };
        if let Some(name) = name {
            self.say(&name);
        } else {
            self.say("the root with index");
            self.around(&index.map(|index| ("", index)).into_iter().collect::<Vec<_>>(), "of");
        }
        self.math(body);
        self.say(", end root");
    }

    fn fenced(&mut self, open: &str, close: &str, body: &Math) {
        if let (Math::Matrix { .. }, Some(_)) = (body, symbols::spoken(open)) {
            self.math(body);
        } else if let Some((before, after)) = phrases::pair(open, close) {
            self.around(&[(before, body)], after);
        } else {
            let outside = self.bar;
            self.bar = if open == "{" { Some("such that") } else { outside };
            self.say(symbols::spoken(open).unwrap_or(""));
            self.math(body);
            self.say(symbols::spoken(close).unwrap_or(""));
            self.bar = outside;
        }
    }

    fn arrow(&mut self, text: &str, above: Option<&Math>, below: Option<&Math>) {
        self.symbol(text);
        for (words, math) in [(", above the arrow:", above), (", below the arrow:", below)] {
            if let Some(math) = math {
                self.say(words);
                self.math(math);
                self.say(",");
            }
        }
    }

    fn matrix(&mut self, open: &str, rows: &[Vec<Math>]) {
        if open == "|" {
            self.say("the determinant of");
        }
        let columns = rows.first().map_or(0, Vec::len);
        self.say(&format!("the {} by {columns} matrix", rows.len()));
        self.table(rows, "row", ",");
        self.say(", end matrix");
    }

    /// Rows of cells, each announced by name and number.
    fn table(&mut self, rows: &[Vec<Math>], name: &str, between: &str) {
        for (index, row) in rows.iter().enumerate() {
            if !name.is_empty() {
                self.say(&format!("; {name} {}:", index + 1));
            }
            if between.is_empty() {
                // The cells are only visual: spoken, the row is one line.
                let pieces: Vec<Math> = row.iter().flat_map(items).cloned().collect();
                self.row(&pieces);
                continue;
            }
            for (column, cell) in row.iter().enumerate() {
                self.say(if column > 0 { between } else { "" });
                self.say(if cell.is_empty() && between == "," { "empty" } else { "" });
                self.math(cell);
            }
        }
    }
}

fn count(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}

/// A single number, letter, or symbol spaced like a letter.
pub(super) fn is_atom(math: &Math) -> bool {
    match math {
        Math::Number { .. } | Math::Function { .. } => true,
        Math::Letters { text } => text.chars().count() == 1,
        Math::Symbol { class, .. } => *class == Class::Normal,
        Math::Styled { body, .. } => is_atom(body),
        _ => false,
    }
}

/// A product of a few atoms, with or without a sign.
pub(super) fn is_term(math: &Math) -> bool {
    match math {
        Math::Row { items } => {
            let signed = matches!(items.first(), Some(Math::Symbol { class: Class::Vary, .. }));
            let rest = &items[usize::from(signed)..];
            (1..=3).contains(&rest.len()) && rest.iter().all(is_atom)
        }
        math => is_atom(math),
    }
}

/// What is clear in a fraction without extra words: a term, a power of an atom, or a difference such as "delta x".
fn is_short(math: &Math) -> bool {
    match math {
        Math::Scripts { base, primes: 0, sub: None, sup: Some(sup), .. } => is_atom(base) && is_atom(sup),
        Math::Scripts { base, primes: 0, sub: Some(sub), sup: None, .. } => is_atom(base) && is_atom(sub),
        math => is_term(math),
    }
}

/// Several factors. "1 over a b" would be unclear, but "delta y over delta x" is not.
fn is_product(math: &Math) -> bool {
    let Math::Row { items } = math else { return false };
    let difference = match items.first() {
        Some(Math::Letters { text }) => text == "Δ",
        Some(Math::Styled { style: Style::Upright, body }) => matches!(&**body, Math::Letters { text } if text == "d"),
        _ => false,
    };
    !(difference && items.len() == 2)
}

fn is_two_capitals(math: &Math) -> bool {
    let capital =
        |math: &Math| matches!(math, Math::Letters { text } if text.chars().count() == 1 && text.chars().all(char::is_uppercase));
    matches!(math, Math::Row { items } if items.len() == 2 && items.iter().all(capital))
}

/// All letters that are not upright.
fn collect_letters(math: &Math, letters: &mut BTreeSet<char>) {
    let mut each = |pieces: &[&Math]| pieces.iter().for_each(|piece| collect_letters(piece, letters));
    match math {
        Math::Letters { text } => letters.extend(text.chars()),
        Math::Row { items } => items.iter().for_each(|item| collect_letters(item, letters)),
        Math::Styled { style, body } if *style != Style::Upright => each(&[body]),
        Math::Marked { body, .. } | Math::Fenced { body, .. } => each(&[body]),
        Math::Fraction { numerator: one, denominator: other, .. } | Math::Binomial { upper: one, lower: other } => {
            each(&[one, other])
        }
        Math::Root { index, body } => {
            each(&[body]);
            index.iter().for_each(|index| collect_letters(index, letters));
        }
        Math::Scripts { base, sub, sup, before_sub, before_sup, .. } => {
            each(&[base]);
            for script in [sub, sup, before_sub, before_sup].into_iter().flatten() {
                collect_letters(script, letters);
            }
        }
        Math::Matrix { rows, .. } | Math::Cases { rows } | Math::Lines { rows } => {
            rows.iter().flatten().for_each(|cell| collect_letters(cell, letters));
        }
        _ => {}
    }
}

/// The pieces of a row, or a single piece.
pub(super) fn items(math: &Math) -> &[Math] {
    match math {
        Math::Row { items } => items,
        math => std::slice::from_ref(math),
    }
}
