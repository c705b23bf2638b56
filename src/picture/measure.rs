//! Finds the size of an SVG from its outermost element.

use roxmltree::Node;

use super::fault::Fault;
use super::svg_limits::MAX_POINTS;

/// The shortest valid side, in points.
const MIN_SIDE: f64 = 0.01;
/// Pixels per inch in SVG (CSS Values 3, section 6.2).
const SVG_RESOLUTION: f64 = 96.0;

/// Returns width and height in points, exactly as usvg computes them, with one point per unit.
pub(super) fn size(root: Node<'_, '_>) -> Result<(f64, f64), Fault> {
    let view_box: Vec<f64> = root
        .attribute("viewBox")
        .unwrap_or_default()
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|part| !part.is_empty())
        .map_while(|part| part.parse().ok())
        .collect();
    let view_box = match view_box[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    };
    let side = |name, of_view_box: Option<f64>| {
        let length = root.attribute(name).and_then(length);
        match length.unwrap_or(Length::Share(1.0)) {
            Length::Units(units) => Ok(units),
            Length::Share(share) => of_view_box.map(|side| side * share).ok_or(Fault::NoSize),
        }
    };
    let width = side("width", view_box.map(|(width, _)| width))?;
    let height = side("height", view_box.map(|(_, height)| height))?;
    let good = MIN_SIDE..=MAX_POINTS;
    if good.contains(&width) && good.contains(&height) { Ok((width, height)) } else { Err(Fault::BadSize) }
}

enum Length {
    Units(f64),
    Share(f64),
}

fn length(text: &str) -> Option<Length> {
    let text = text.trim();
    // The units of SVG 1.1, section 7.10. The font size is usvg's default.
    let units = [
        ("px", 1.0),
        ("pt", SVG_RESOLUTION / 72.0),
        ("pc", SVG_RESOLUTION / 6.0),
        ("mm", SVG_RESOLUTION / 25.4),
        ("cm", SVG_RESOLUTION / 2.54),
        ("in", SVG_RESOLUTION),
        ("em", 12.0),
        ("ex", 6.0),
        ("", 1.0),
    ];
    if let Some(share) = text.strip_suffix('%') {
        return share.parse().ok().map(|percent: f64| Length::Share(percent / 100.0));
    }
    let (number, factor) = units.iter().find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)))?;
    number.parse().ok().map(|number: f64| Length::Units(number * factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size_of(attributes: &str) -> Result<(f64, f64), Fault> {
        let drawing = format!("<svg {attributes}/>");
        size(roxmltree::Document::parse(&drawing).unwrap().root_element())
    }

    #[test]
    fn measures_as_typst_does() {
        assert_eq!(size_of("viewBox='0 0 40 30'"), Ok((40.0, 30.0)));
        assert_eq!(size_of("width='80' viewBox='0,0,40,30'"), Ok((80.0, 30.0)));
        assert_eq!(size_of("width='50%' height='1in' viewBox='0 0 40 30'"), Ok((20.0, 96.0)));
        assert_eq!(size_of("width='10px' height='1e1'"), Ok((10.0, 10.0)));
        assert_eq!(size_of("width='10'"), Err(Fault::NoSize));
        assert_eq!(size_of("width='100%' height='100%'"), Err(Fault::NoSize));
        assert_eq!(size_of(""), Err(Fault::NoSize));
        for attributes in [
            "width='0' height='9'",
            "width='-1' height='9'",
            "width='9' height='14401'",
            "width='NaN' height='1'",
            "width='inf' height='1'",
        ] {
            assert_eq!(size_of(attributes), Err(Fault::BadSize), "{attributes}");
        }
    }
}
