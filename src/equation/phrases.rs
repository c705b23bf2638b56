//! The fixed phrases of spoken math, in English. `speech` chooses among them.

use super::Mark;

/// The spoken name of a function.
pub(super) fn function(name: &str) -> &str {
    match name {
        "sin" => "sine",
        "cos" => "cosine",
        "tan" => "tangent",
        "cot" => "cotangent",
        "sec" => "secant",
        "csc" => "cosecant",
        "arcsin" => "arc sine",
        "arccos" => "arc cosine",
        "arctan" => "arc tangent",
        "sinh" => "hyperbolic sine",
        "cosh" => "hyperbolic cosine",
        "tanh" => "hyperbolic tangent",
        "ln" => "natural log",
        "lg" => "log",
        "lim" => "the limit",
        "min" => "the minimum",
        "max" => "the maximum",
        "gcd" => "the greatest common divisor",
        "det" => "the determinant",
        name => name,
    }
}

/// Whether the superscript −1 on a function means its inverse.
pub(super) fn has_inverse(name: &str) -> bool {
    matches!(name, "sin" | "cos" | "tan" | "cot" | "sec" | "csc" | "sinh" | "cosh" | "tanh")
}

/// A fraction of two small whole numbers: "1 half", "3 fourths".
pub(super) fn small_fraction(numerator: &str, denominator: &str) -> Option<String> {
    let part = match denominator {
        "2" => "half",
        "3" => "third",
        "4" => "fourth",
        "5" => "fifth",
        "6" => "sixth",
        "7" => "seventh",
        "8" => "eighth",
        "9" => "ninth",
        "10" => "tenth",
        _ => return None,
    };
    let count: u32 = numerator.parse().ok().filter(|count| *count <= 10)?;
    Some(match (count, part) {
        (1, part) => format!("1 {part}"),
        (_, "half") => format!("{count} halves"),
        (_, part) => format!("{count} {part}s"),
    })
}

/// The name of a root by its index.
pub(super) fn root(index: &str) -> Option<String> {
    Some(match index {
        "2" => "the square root of".to_owned(),
        "3" => "the cube root of".to_owned(),
        index if index.chars().count() == 1 && index.chars().all(char::is_alphabetic) => format!("the {index}th root of"),
        index => {
            let number: u32 = index.parse().ok()?;
            let ending = match (number % 10, number % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("the {number}{ending} root of")
        }
    })
}

/// What is said before and after something marked; `alone` means a single letter.
pub(super) fn mark(mark: Mark, alone: bool) -> (&'static str, &'static str) {
    match mark {
        Mark::Overline | Mark::Bar if alone => ("", "bar"),
        Mark::Overline | Mark::Bar => ("", "with a bar above, end bar"),
        Mark::Underline => ("", "underlined"),
        Mark::Arrow if alone => ("vector", ""),
        Mark::Arrow => ("", "with an arrow above"),
        Mark::DoubleArrow => ("", "with a double arrow above"),
        Mark::Hat => ("", "hat"),
        Mark::Tilde => ("", "tilde"),
        Mark::Dot => ("", "dot"),
        Mark::TwoDots => ("", "double dot"),
        Mark::Cancel => ("crossed out", ", end crossed out"),
    }
}

/// What a mark over two capitals means in geometry.
pub(super) fn geometry(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Overline | Mark::Bar => Some("line segment"),
        Mark::Arrow => Some("ray"),
        Mark::DoubleArrow => Some("line"),
        _ => None,
    }
}

/// What a pair of brackets is called, if the brackets are not spoken one by one.
pub(super) fn pair(open: &str, close: &str) -> Option<(&'static str, &'static str)> {
    match (open, close) {
        ("|", "|") => Some(("the absolute value of", ", end absolute value")),
        ("‖", "‖") => Some(("the norm of", ", end norm")),
        ("⌊", "⌋") => Some(("the floor of", ", end floor")),
        ("⌈", "⌉") => Some(("the ceiling of", ", end ceiling")),
        _ => None,
    }
}

/// The name of a set with a double-struck letter.
pub(super) fn set(letter: &str) -> Option<&'static str> {
    match letter {
        "N" => Some("the natural numbers"),
        "Z" => Some("the integers"),
        "Q" => Some("the rational numbers"),
        "R" => Some("the real numbers"),
        "C" => Some("the complex numbers"),
        _ => None,
    }
}

/// Primes after a letter.
pub(super) fn primes(count: u8) -> &'static str {
    match count {
        0 => "",
        1 => "prime",
        2 => "double prime",
        3 => "triple prime",
        _ => "quadruple prime",
    }
}
