//! What is said of characters that mean nothing in an equation.

/// The message for a character, and what to write instead.
pub(super) fn unknown(c: char) -> (String, String) {
    let shown = if c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    {
        format!("an invisible character (U+{:04X}) stands here", u32::from(c))
    } else {
        format!("`{c}` has no meaning in an equation")
    };
    let help = match c {
        '%' | '$' | '#' => format!("write `\\{c}` for the sign"),
        '√' => "write `\\sqrt{…}`".to_owned(),
        '½' => "write `\\frac{1}{2}`".to_owned(),
        '¼' | '¾' | '⅓' | '⅔' => "write it as `\\frac{…}{…}`".to_owned(),
        '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | 'ⁿ' | '⁺' | '⁻' => "write it as a power: `x^{2}`".to_owned(),
        '₀'..='₉' | '₊' | '₋' => "write it as a subscript: `x_{2}`".to_owned(),
        '"' | '“' | '”' | '–' | '—' => "put words into `\\text{…}`".to_owned(),
        c if c.is_alphabetic() => "put words into `\\text{…}`".to_owned(),
        c if shown.starts_with("an") && !c.is_whitespace() => "delete it".to_owned(),
        _ => "write the command for it, or put it into `\\text{…}`".to_owned(),
    };
    (shown, help)
}
