//! An equation in one line of signs, as people type it: `(a + b)/2`, `x²`, `√(x + 1)`.
//!
//! Screen readers say signs in the language of the text around them, so this is how an equation is read aloud in languages without
//! phrases of their own. Titles and bookmarks show it, too.

use super::{Mark, Math};

/// The equation in one line.
pub fn linear(math: &Math) -> String {
    let mut text = String::new();
    write(math, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const SUPERSCRIPTS: [(char, char); 15] = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('−', '⁻'),
    ('-', '⁻'),
    ('(', '⁽'),
    (')', '⁾'),
];

const SUBSCRIPTS: [(char, char); 15] = [
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('−', '₋'),
    ('-', '₋'),
    ('(', '₍'),
    (')', '₎'),
];

fn write(math: &Math, to: &mut String) {
    match math {
        Math::Row { items } => items.iter().for_each(|item| write(item, to)),
        Math::Number { text } | Math::Letters { text } => to.push_str(text),
        Math::Text { text } => spaced(text, to),
        Math::Symbol { text, class } => match class {
            super::Class::Binary | super::Class::Vary | super::Class::Relation => spaced(text, to),
            super::Class::Punctuation => {
                to.push_str(text);
                to.push(' ');
            }
            _ => to.push_str(text),
        },
        Math::Function { name, .. } => spaced(name, to),
        Math::Space { .. } => to.push(' '),
        Math::Styled { body, .. } => write(body, to),
        Math::Marked { mark, body } => marked(*mark, body, to),
        Math::Fraction { numerator, denominator, .. } => {
            grouped(numerator, to);
            to.push('/');
            grouped(denominator, to);
        }
        Math::Binomial { upper, lower } => {
            to.push('(');
            write(upper, to);
            to.push_str("; ");
            write(lower, to);
            to.push(')');
        }
        Math::Root { index, body } => {
            match index.as_deref().map(linear).as_deref() {
                None => to.push('√'),
                Some("3") => to.push('∛'),
                Some("4") => to.push('∜'),
                Some(index) => {
                    to.push_str(&shifted(index, &SUPERSCRIPTS).unwrap_or_else(|| format!("({index})")));
                    to.push('√');
                }
            }
            grouped(body, to);
        }
        Math::Scripts { base, primes, sub, sup, before_sub, before_sup } => {
            script(before_sup.as_deref(), '^', &SUPERSCRIPTS, to);
            script(before_sub.as_deref(), '_', &SUBSCRIPTS, to);
            if matches!(**base, Math::Row { .. } | Math::Fraction { .. }) {
                grouped(base, to)
            } else {
                write(base, to)
            }
            (0..*primes).for_each(|_| to.push('′'));
            script(sub.as_deref(), '_', &SUBSCRIPTS, to);
            script(sup.as_deref(), '^', &SUPERSCRIPTS, to);
        }
        Math::Fenced { open, close, body } => {
            to.push_str(open);
            write(body, to);
            to.push_str(close);
        }
        Math::Arrow { text, above, below } => {
            let over: Vec<String> = above.iter().chain(below).map(|label| linear(label)).collect();
            spaced(&if over.is_empty() { text.clone() } else { format!("{text} ({})", over.join("; ")) }, to);
        }
        Math::Matrix { open, close, rows } => {
            to.push_str(open);
            table(rows, to);
            to.push_str(close);
        }
        Math::Cases { rows } => {
            to.push_str("{ ");
            table(rows, to);
            to.push_str(" }");
        }
        Math::Lines { rows } => table(rows, to),
    }
}

fn spaced(text: &str, to: &mut String) {
    to.push(' ');
    to.push_str(text);
    to.push(' ');
}

/// In brackets, unless it's a single piece.
fn grouped(math: &Math, to: &mut String) {
    let inside = linear(math);
    let is_single =
        inside.chars().count() == 1 || inside.chars().all(char::is_alphanumeric) || matches!(math, Math::Fenced { .. });
    to.push_str(&if is_single { inside } else { format!("({inside})") });
}

fn script(script: Option<&Math>, sign: char, shifts: &[(char, char)], to: &mut String) {
    let Some(script) = script else { return };
    let inside = linear(script);
    match shifted(&inside, shifts) {
        Some(shifted) => to.push_str(&shifted),
        None if inside.chars().count() == 1 => to.push_str(&format!("{sign}{inside}")),
        None => to.push_str(&format!("{sign}({inside})")),
    }
}

/// Text in raised or lowered signs, if there are signs for all of it.
fn shifted(text: &str, shifts: &[(char, char)]) -> Option<String> {
    let shift = |c: char| shifts.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
    text.chars().filter(|c| *c != ' ').map(shift).collect()
}

fn marked(mark: Mark, body: &Math, to: &mut String) {
    let sign = match mark {
        Mark::Overline | Mark::Bar => '\u{304}',
        Mark::Underline => '\u{332}',
        Mark::Arrow => '\u{20d7}',
        Mark::DoubleArrow => '\u{20e1}',
        Mark::Hat => '\u{302}',
        Mark::Tilde => '\u{303}',
        Mark::Dot => '\u{307}',
        Mark::TwoDots => '\u{308}',
        Mark::Cancel => '\u{338}',
    };
    let inside = linear(body);
    if inside.chars().count() == 1 {
        to.push_str(&inside)
    } else {
        to.push_str(&format!("({inside})"))
    }
    to.push(sign);
}

fn table(rows: &[Vec<Math>], to: &mut String) {
    let rows: Vec<String> = rows.iter().map(|row| row.iter().map(linear).collect::<Vec<_>>().join(", ")).collect();
    to.push_str(&rows.join("; "));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equation::parse;

    #[test]
    fn equations_are_written_in_one_line() {
        for (latex, expected) in [
            (r"E = mc^2", "E = mc²"),
            (r"\frac{a + b}{2}", "(a + b)/2"),
            (r"\frac{1}{2}", "1/2"),
            (r"\sqrt{x + 1}", "√(x + 1)"),
            (r"\sqrt[3]{8}", "∛8"),
            (r"x_1^{n+1}", "x₁^(n + 1)"),
            (r"10^{-3}", "10⁻³"),
            (r"\mathrm{H_2O}", "H₂O"),
        ] {
            assert_eq!(linear(&parse(latex).expect(latex)), expected, "{latex}");
        }
    }
}
