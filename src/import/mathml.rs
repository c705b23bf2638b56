//! Turns MathML into LaTeX.

use super::omml::push_sign;
use super::xml::Element;

/// The LaTeX of an equation.
pub(super) fn tex(element: &Element) -> String {
    let mut out = String::new();
    inside(element, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn inside(element: &Element, out: &mut String) {
    element.elements().for_each(|part| piece(part, out));
}

fn piece(element: &Element, out: &mut String) {
    // Only what is written is worked out, or else nested equations would take forever.
    let part = |index: usize| element.elements().nth(index).map(whole).unwrap_or_default();
    let parts = |between: &str| element.elements().map(whole).collect::<Vec<_>>().join(between);
    match element.name.as_str() {
        "mi" | "mn" | "mo" | "ms" => {
            let text = element.text();
            let text = text.trim();
            if ["sin", "cos", "tan", "log", "ln", "lim"].contains(&text) {
                out.push_str(&format!("\\{text} "));
            } else {
                text.chars().for_each(|c| push_sign(c, out));
            }
        }
        "mtext" => out.push_str(&format!("\\text{{{}}}", element.text().trim().replace(['{', '}', '\\', '$'], ""))),
        "mfrac" => out.push_str(&format!("\\frac{{{}}}{{{}}}", part(0), part(1))),
        "msup" => out.push_str(&format!("{}^{{{}}}", part(0), part(1))),
        "msub" => out.push_str(&format!("{}_{{{}}}", part(0), part(1))),
        "msubsup" | "munderover" => out.push_str(&format!("{}_{{{}}}^{{{}}}", part(0), part(1), part(2))),
        "munder" => out.push_str(&format!("{}_{{{}}}", part(0), part(1))),
        "mover" => out.push_str(&format!("\\overline{{{}}}", part(0))),
        "msqrt" => out.push_str(&format!("\\sqrt{{{}}}", parts(""))),
        "mroot" => out.push_str(&format!("\\sqrt[{}]{{{}}}", part(1), part(0))),
        "mfenced" => out.push_str(&format!("\\left( {} \\right)", parts(", "))),
        "mtable" => {
            let row = |row: &Element| row.elements().map(tex).collect::<Vec<_>>().join(" & ");
            let rows: Vec<String> = element.elements().map(row).collect();
            out.push_str(&format!("\\begin{{matrix}} {} \\end{{matrix}}", rows.join(" \\\\ ")));
        }
        // The same again, for other programs.
        "annotation" | "annotation-xml" => {}
        _ => inside(element, out),
    }
}

/// The LaTeX of an element itself.
fn whole(element: &Element) -> String {
    let mut out = String::new();
    piece(element, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
