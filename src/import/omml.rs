//! Turns Word's equations (Office Math Markup Language) into LaTeX.

use super::xml::Element;

/// Signs that have a command in LaTeX.
const SIGNS: [(char, &str); 44] = [
    ('×', "\\times"),
    ('÷', "\\div"),
    ('·', "\\cdot"),
    ('⋅', "\\cdot"),
    ('±', "\\pm"),
    ('−', "-"),
    ('≤', "\\le"),
    ('≥', "\\ge"),
    ('≠', "\\ne"),
    ('≈', "\\approx"),
    ('∞', "\\infty"),
    ('π', "\\pi"),
    ('α', "\\alpha"),
    ('β', "\\beta"),
    ('γ', "\\gamma"),
    ('δ', "\\delta"),
    ('Δ', "\\Delta"),
    ('ε', "\\epsilon"),
    ('θ', "\\theta"),
    ('λ', "\\lambda"),
    ('μ', "\\mu"),
    ('ρ', "\\rho"),
    ('σ', "\\sigma"),
    ('Σ', "\\Sigma"),
    ('φ', "\\phi"),
    ('ω', "\\omega"),
    ('Ω', "\\Omega"),
    ('→', "\\rightarrow"),
    ('⇒', "\\Rightarrow"),
    ('∈', "\\in"),
    ('∪', "\\cup"),
    ('∩', "\\cap"),
    ('∑', "\\sum"),
    ('∏', "\\prod"),
    ('∫', "\\int"),
    ('√', "\\sqrt"),
    ('°', "^\\circ"),
    ('…', "\\ldots"),
    ('∠', "\\angle"),
    ('⊥', "\\perp"),
    ('∥', "\\parallel"),
    ('%', "\\%"),
    ('#', "\\#"),
    ('&', "\\&"),
];

/// The LaTeX of an equation.
pub(super) fn tex(element: &Element) -> String {
    let mut out = String::new();
    inside(element, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn inside(element: &Element, out: &mut String) {
    for part in element.elements() {
        piece(part, out);
    }
}

/// What is inside the element with this name, in LaTeX.
fn of(element: &Element, name: &str) -> String {
    element.first(name).map(tex).unwrap_or_default()
}

fn piece(element: &Element, out: &mut String) {
    let value = |path: &[&str]| element.at(path).and_then(|found| found.attribute("val"));
    match element.name.as_str() {
        "r" => {
            for text in element.elements().filter(|part| part.name == "t") {
                text.text().chars().for_each(|c| push_sign(c, out));
            }
        }
        "f" => out.push_str(&format!("\\frac{{{}}}{{{}}}", of(element, "num"), of(element, "den"))),
        "sSup" => out.push_str(&format!("{}^{{{}}}", base(element), of(element, "sup"))),
        "sSub" => out.push_str(&format!("{}_{{{}}}", base(element), of(element, "sub"))),
        "sSubSup" => out.push_str(&format!("{}_{{{}}}^{{{}}}", base(element), of(element, "sub"), of(element, "sup"))),
        "rad" => {
            let degree = of(element, "deg");
            let degree = if degree.is_empty() { degree } else { format!("[{degree}]") };
            out.push_str(&format!("\\sqrt{degree}{{{}}}", of(element, "e")));
        }
        "d" => {
            let open = value(&["dPr", "begChr"]).unwrap_or("(");
            let close = value(&["dPr", "endChr"]).unwrap_or(")");
            let inner: Vec<String> = element.elements().filter(|part| part.name == "e").map(tex).collect();
            out.push_str(&format!("\\left{} {} \\right{}", fence(open), inner.join(", "), fence(close)));
        }
        "nary" => {
            push_sign(value(&["naryPr", "chr"]).and_then(|chr| chr.chars().next()).unwrap_or('∫'), out);
            let (below, above) = (of(element, "sub"), of(element, "sup"));
            if !below.is_empty() {
                out.push_str(&format!("_{{{below}}}"));
            }
            if !above.is_empty() {
                out.push_str(&format!("^{{{above}}}"));
            }
            out.push_str(&format!(" {}", of(element, "e")));
        }
        "func" => {
            let name = element.first("fName").map(Element::text).unwrap_or_default();
            let name = name.trim();
            let known = ["sin", "cos", "tan", "log", "ln", "exp", "lim", "min", "max"].contains(&name);
            let written = if known { format!("\\{name}") } else { of(element, "fName") };
            out.push_str(&format!("{written} {}", of(element, "e")));
        }
        "bar" | "acc" => {
            let command = match value(&["accPr", "chr"]).and_then(|chr| chr.chars().next()) {
                Some('\u{20d7}' | '→') => "vec",
                Some('\u{302}' | '^') => "hat",
                _ => "overline",
            };
            out.push_str(&format!("\\{command}{{{}}}", of(element, "e")));
        }
        "m" => {
            let row = |row: &Element| row.elements().filter(|cell| cell.name == "e").map(tex).collect::<Vec<_>>().join(" & ");
            let rows: Vec<String> = element.elements().filter(|part| part.name == "mr").map(row).collect();
            out.push_str(&format!("\\begin{{matrix}} {} \\end{{matrix}}", rows.join(" \\\\ ")));
        }
        "limLow" => out.push_str(&format!("{}_{{{}}}", of(element, "e"), of(element, "lim"))),
        name if name.ends_with("Pr") => {}
        _ => inside(element, out),
    }
}

/// What a sub- or superscript belongs to, in braces if it is long.
fn base(element: &Element) -> String {
    let base = of(element, "e");
    if base.chars().count() > 1 && !base.starts_with('\\') { format!("{{{base}}}") } else { base }
}

fn fence(sign: &str) -> String {
    match sign {
        "" => ".".to_owned(),
        "{" | "}" => format!("\\{sign}"),
        "‖" => "\\|".to_owned(),
        sign => sign.to_owned(),
    }
}

/// Adds a sign as LaTeX writes it.
pub(super) fn push_sign(c: char, out: &mut String) {
    match SIGNS.iter().find(|(known, _)| *known == c) {
        Some((_, command)) => {
            out.push_str(command);
            if command.starts_with('\\') {
                out.push(' ');
            }
        }
        None if matches!(c, '{' | '}' | '_' | '$') => {
            out.push('\\');
            out.push(c);
        }
        None if c == '\\' => out.push_str("\\backslash "),
        // Letters of the mathematical alphabets are the same letters in italics.
        None => out.push(plain_letter(c)),
    }
}

/// The letter of a mathematical italic letter.
fn plain_letter(c: char) -> char {
    let code = u32::from(c);
    let letter = match code {
        0x1d434..=0x1d44d => Some(u32::from('A') + code - 0x1d434),
        0x1d44e..=0x1d467 => Some(u32::from('a') + code - 0x1d44e),
        0x210e => Some(u32::from('h')),
        _ => None,
    };
    letter.and_then(char::from_u32).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::xml::parse;

    fn of_xml(xml: &str) -> String {
        tex(&parse(&format!("<m:oMath>{xml}</m:oMath>")).unwrap())
    }

    #[test]
    fn equations_become_latex() {
        let r = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
        let e = |name: &str, inner: &str| format!("<m:{name}>{inner}</m:{name}>");
        assert_eq!(of_xml(&e("f", &format!("{}{}", e("num", &r("a")), e("den", &r("2"))))), "\\frac{a}{2}");
        assert_eq!(of_xml(&e("sSup", &format!("{}{}", e("e", &r("x")), e("sup", &r("2"))))), "x^{2}");
        assert_eq!(of_xml(&e("rad", &format!("{}{}", e("deg", ""), e("e", &r("x+1"))))), "\\sqrt{x+1}");
        assert_eq!(of_xml(&r("2×3≤π")), "2\\times 3\\le \\pi");
        assert_eq!(of_xml(&e("d", &e("e", &r("x")))), "\\left( x \\right)");
        for tex in ["\\frac{a}{2}", "x^{2}", "\\sqrt{x+1}", "2\\times 3\\le \\pi", "\\left( x \\right)"] {
            assert!(crate::equation::parse(tex).is_ok(), "{tex}");
        }
    }
}
