//! Pieces side by side. What a piece means depends on its neighbors.

use super::speech::{Speaker, is_atom};
use super::{Class, Math, Style};

impl Speaker {
    pub(super) fn row(&mut self, items: &[Math]) {
        // An arrow next to a chemical formula is a reaction.
        let outside = (self.reaction, self.bar);
        self.reaction |= items.iter().any(is_formula);
        let mut previous: Option<&Math> = None;
        let mut at = 0;
        while let Some(item) = items.get(at) {
            let rest = &items[at + 1..];
            let next = rest.iter().find(|item| !matches!(item, Math::Space { .. }));
            at += 1;
            match (symbol(item), next) {
                (Some("−"), Some(_)) if begins_term(previous) => self.say("negative"),
                (Some("+"), Some(_)) if begins_term(previous) => self.say("positive"),
                (Some("$"), Some(Math::Number { text })) => {
                    self.say(&format!("{text} dollars"));
                    at = items.len() - rest.len() + 1;
                }
                (Some("_"), _) => {
                    if previous.and_then(symbol) != Some("_") {
                        self.say("blank");
                    }
                }
                (Some(":"), Some(next))
                    if [previous, Some(next)].iter().any(|side| matches!(side, Some(Math::Number { .. }))) =>
                {
                    self.say("to")
                }
                (Some("∣" | "|"), _) if is_divisibility(previous, next) => self.say("divides"),
                (Some("°"), _) if matches!(previous, Some(Math::Number { text }) if text == "1") => self.say("degree"),
                (_, Some(fraction @ Math::Fraction { .. })) if is_mixed(item, fraction) => {
                    self.math(item);
                    self.say("and");
                }
                (_, Some(Math::Fenced { open, close, body })) if open == "(" && close == ")" && is_applied(item) => {
                    self.math(item);
                    self.say("of");
                    if is_probability(item) {
                        self.bar = Some("given");
                    }
                    if is_argument(body) {
                        self.math(body);
                        at = items.len() - rest.len()
                            + rest.iter().take_while(|item| matches!(item, Math::Space { .. })).count()
                            + 1;
                    }
                }
                (_, Some(next)) if takes_of(item) && begins_operand(next) => {
                    self.math(item);
                    self.say("of");
                }
                _ => self.math(item),
            }
            if matches!(item, Math::Space { width: 18.. }) && next.is_some() {
                self.say(",");
            }
            if !matches!(item, Math::Space { .. }) {
                previous = items.get(at - 1).filter(|item| !matches!(item, Math::Space { .. })).or(Some(item));
            }
        }
        (self.reaction, self.bar) = outside;
    }
}

fn symbol(math: &Math) -> Option<&str> {
    match math {
        Math::Symbol { text, .. } => Some(text),
        _ => None,
    }
}

/// Whether a plus or minus after this is the sign of what follows.
fn begins_term(previous: Option<&Math>) -> bool {
    match previous {
        None => true,
        Some(Math::Symbol { class, .. }) => !matches!(class, Class::Normal | Class::Closing | Class::Fence),
        Some(Math::Function { .. } | Math::Arrow { .. }) => true,
        Some(previous) => takes_of(previous),
    }
}

/// A chemical formula: upright letters that begin with a capital.
fn is_formula(math: &Math) -> bool {
    match math {
        Math::Styled { style: Style::Upright, body } => starts_with_capital(body),
        Math::Scripts { base, .. } => is_formula(base),
        _ => false,
    }
}

fn starts_with_capital(math: &Math) -> bool {
    match math {
        Math::Letters { text } => text.starts_with(char::is_uppercase),
        Math::Row { items } => items.iter().any(starts_with_capital),
        Math::Scripts { base, .. } => starts_with_capital(base),
        _ => false,
    }
}

/// "3 | 12"
fn is_divisibility(previous: Option<&Math>, next: Option<&Math>) -> bool {
    matches!((previous, next), (Some(Math::Number { .. }), Some(Math::Number { .. })))
}

/// A whole number before a fraction of whole numbers.
fn is_mixed(item: &Math, fraction: &Math) -> bool {
    let whole = |math: &Math| matches!(math, Math::Number { text } if text.bytes().all(|byte| byte.is_ascii_digit()));
    matches!(fraction, Math::Fraction { numerator, denominator, .. } if whole(item) && whole(numerator) && whole(denominator))
}

/// A letter that usually names a function, with or without scripts.
fn is_applied(item: &Math) -> bool {
    match item {
        Math::Letters { text } => matches!(&**text, "f" | "g" | "h" | "F" | "G" | "P"),
        Math::Scripts { base, .. } => is_applied(base),
        _ => false,
    }
}

fn is_probability(item: &Math) -> bool {
    matches!(item, Math::Letters { text } if text == "P")
}

/// What can follow "of" without brackets: "f of x" is clear, "f of x comma y" is not.
fn is_argument(body: &Math) -> bool {
    is_atom(body) || matches!(body, Math::Scripts { base, .. } if is_atom(base))
}

/// Functions, sums, and limits, which are followed by "of".
fn takes_of(item: &Math) -> bool {
    match item {
        Math::Function { .. } | Math::Symbol { class: Class::Large, .. } => true,
        Math::Scripts { base, .. } => takes_of(base),
        _ => false,
    }
}

fn begins_operand(next: &Math) -> bool {
    match next {
        Math::Symbol { class, .. } => {
            matches!(class, Class::Normal | Class::Opening | Class::Vary | Class::Large | Class::Fence)
        }
        _ => true,
    }
}
