//! The size of the smallest text in an SVG.

use roxmltree::{Document, Node};

use super::weight::Styles;

/// The type size of text without one, in user units: usvg's default.
const USUAL: f64 = 12.0;

/// The type size of the smallest text in a checked SVG that is this wide, in points. `None` without text; 0 if it isn't certain.
pub(super) fn smallest(document: &Document<'_>, styles: &Styles<'_>, width: f64) -> Option<f64> {
    let root = document.root_element();
    let view_box = root.attribute("viewBox").unwrap_or_default();
    let sides: Vec<f64> = numbers(view_box).unwrap_or_default();
    let scale = if let [_, _, units, _] = sides[..] { width / units } else { 1.0 };
    let is_in_text = |node: &Node<'_, '_>| node.ancestors().any(|outer| outer.tag_name().name() == "text");
    let is_blank = |node: &Node<'_, '_>| node.text().unwrap_or_default().trim().is_empty();
    let texts = document.descendants().filter(|node| node.is_text() && !is_blank(node) && is_in_text(node));
    texts.map(|text| size(text, styles).map_or(0.0, |size| size * scale)).reduce(f64::min)
}

/// The type size of a piece of text in the user units of the outermost element; `None` if it isn't certain.
fn size(text: Node<'_, '_>, styles: &Styles<'_>) -> Option<f64> {
    let mut own = None;
    let mut scale = 1.0;
    for outer in text.ancestors().filter(Node::is_element) {
        // What is drawn elsewhere, or in a part of the picture with its own units.
        if matches!(outer.tag_name().name(), "defs" | "symbol" | "pattern" | "marker" | "mask") {
            return None;
        }
        if outer.tag_name().name() == "svg" && outer.parent().is_some_and(|parent| parent.is_element()) {
            return None;
        }
        for (name, value) in styles.properties(outer) {
            match name {
                // The last declaration counts; an inner element comes first.
                "font-size" if own.is_none_or(|(id, _)| id == outer.id()) => own = Some((outer.id(), units(value)?)),
                "font" => return None,
                "transform" => scale *= scale_of(value)?,
                _ => {}
            }
        }
    }
    Some(own.map_or(USUAL, |(_, size)| size) * scale)
}

/// A length in user units, if it doesn't depend on others.
fn units(value: &str) -> Option<f64> {
    let value = value.trim();
    let (number, factor) = match value.strip_suffix("pt") {
        Some(points) => (points, 96.0 / 72.0),
        None => (value.strip_suffix("px").unwrap_or(value), 1.0),
    };
    Some(number.trim().parse::<f64>().ok()? * factor)
}

/// How much larger transformations make text.
fn scale_of(transform: &str) -> Option<f64> {
    let mut scale = 1.0;
    for piece in
        transform.split(')').map(|piece| piece.trim_start_matches([',', ' ', '\n', '\t'])).filter(|piece| !piece.is_empty())
    {
        let (name, values) = piece.split_once('(')?;
        scale *= match (name.trim(), &numbers(values)?[..]) {
            ("translate" | "rotate", _) => 1.0,
            ("scale", [both]) => both.abs(),
            ("scale", [x, y]) => x.abs().min(y.abs()),
            ("matrix", [a, b, c, d, _, _]) => (a * d - b * c).abs().sqrt(),
            _ => return None,
        };
    }
    Some(scale)
}

/// Numbers that spaces or commas separate.
fn numbers(text: &str) -> Option<Vec<f64>> {
    text.split([',', ' ', '\n', '\t']).filter(|number| !number.is_empty()).map(|number| number.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(drawing: &str, width: f64) -> Option<f64> {
        let document = Document::parse(drawing).unwrap();
        smallest(&document, &Styles::of(&document).unwrap(), width)
    }

    #[test]
    fn the_smallest_text_counts() {
        assert_eq!(of("<svg width='80'><rect/><text> </text></svg>", 80.0), None);
        assert_eq!(of("<svg width='80'><text>North</text></svg>", 80.0), Some(12.0));
        let sizes = "<svg viewBox='0 0 40 30'><g font-size='9'><text>A<tspan style='font-size: 6px'>B</tspan></text></g>\
            <text font-size='15pt'>C</text></svg>";
        assert_eq!((of(sizes, 40.0), of(sizes, 80.0)), (Some(6.0), Some(12.0)));
        assert_eq!(of("<svg><g transform='translate(3 4) scale(2)'><text font-size='7'>A</text></g></svg>", 80.0), Some(14.0));
    }

    #[test]
    fn what_is_not_certain_has_no_size() {
        assert_eq!(of("<svg><text font-size='80%'>A</text></svg>", 80.0), Some(0.0));
        assert_eq!(of("<svg><text style='font: 12px serif'>A</text></svg>", 80.0), Some(0.0));
        assert_eq!(of("<svg><symbol><text>A</text></symbol></svg>", 80.0), Some(0.0));
        assert_eq!(of("<svg><text transform='skewX(30)'>A</text></svg>", 80.0), Some(0.0));
    }
}
