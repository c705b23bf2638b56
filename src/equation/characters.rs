//! Messages for characters that mean nothing in an equation.

/// The message for a character, and what to write instead.
pub(super) fn unknown(c: char) -> (String, String) {
    let is_invisible =
        c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    let message = if is_invisible {
        format!("found an invisible character (U+{:04X})", u32::from(c))
    } else {
        format!("unexpected `{c}` in an equation")
    };
    let help = match c {
        '%' | '$' | '#' => format!("write `\\{c}`"),
        '√' => "write `\\sqrt{…}`".to_owned(),
        '½' => "write `\\frac{1}{2}`".to_owned(),
        '¼' => "write `\\frac{1}{4}`".to_owned(),
        '¾' => "write `\\frac{3}{4}`".to_owned(),
        '⅓' => "write `\\frac{1}{3}`".to_owned(),
        '⅔' => "write `\\frac{2}{3}`".to_owned(),
        '–' | '—' => "write `-` for a minus sign".to_owned(),
        '"' | '“' | '”' => "write words with their quotation marks in `\\text{…}`".to_owned(),
        c => match (raised(c), lowered(c)) {
            (Some(plain), _) => format!("write `^{{{plain}}}`"),
            (_, Some(plain)) => format!("write `_{{{plain}}}`"),
            _ if c.is_alphabetic() => "write the word in `\\text{…}`".to_owned(),
            _ if is_invisible => "delete it".to_owned(),
            _ => "write the command for it, or put it in `\\text{…}`".to_owned(),
        },
    };
    (message, help)
}

/// What a superscript character is a raised form of.
fn raised(c: char) -> Option<char> {
    find(c, "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ⁺⁻", "0123456789n+-")
}

/// What a subscript character is a lowered form of.
fn lowered(c: char) -> Option<char> {
    find(c, "₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-")
}

fn find(c: char, special: &str, plain: &str) -> Option<char> {
    special.chars().zip(plain.chars()).find_map(|(special, plain)| (special == c).then_some(plain))
}
