//! Checks that an SVG is well-formed, limited, of a known size, and loads and runs nothing. `scan` looks through it before it is
//! parsed, `measure` finds its size, `weight` counts what references repeat.

use roxmltree::{Document, Error, Node, NodeType, ParsingOptions};

use super::fault::Fault;
use super::measure::size;
use super::scan::scan;
use super::svg_lettering::smallest;
use super::svg_limits::MAX_ELEMENTS;
use super::svg_text::{DrawnText, with_bundled_fonts};
use super::weight::{self, Styles, urls};
use super::{Format, Picture};
use crate::source::normalized;

/// Checks an SVG and returns it ready for the typesetter.
pub(super) fn prepare(bytes: &[u8]) -> Result<Picture, Fault> {
    let (text, width, height) = check(bytes)?;
    let document = parse(&text)?;
    let styles = Styles::of(&document)?;
    let changed = with_bundled_fonts(&text, &document, &styles);
    let lettering = smallest(&document, &styles, width);
    Ok(Picture { format: Format::Svg, bytes: changed.into_bytes(), width, height, lettering })
}

/// Returns the SVG without its document type, and its width and height in points.
pub(super) fn check(bytes: &[u8]) -> Result<(String, f64, f64), Fault> {
    let mut text = normalized(String::from_utf8(bytes.to_vec()).map_err(|_| Fault::Encoding)?);
    if let Some(range) = scan(&text)? {
        // The plain line that older programs write first. Spaces keep all positions the same.
        let blank: String = text[range.clone()].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        text.replace_range(range, &blank);
    }
    let (width, height) = {
        let document = parse(&text)?;
        let root = document.root_element();
        let foreign = root.tag_name().namespace().is_some_and(|ns| ns != "http://www.w3.org/2000/svg");
        if root.tag_name().name() != "svg" || foreign {
            return Err(Fault::Root(shown(root.tag_name().name())));
        }
        let size = size(root)?;
        check_content(&document)?;
        size
    };
    Ok((text, width, height))
}

/// The text of a checked SVG.
pub(super) fn text(bytes: &[u8]) -> DrawnText {
    let parsed = std::str::from_utf8(bytes).ok().and_then(|text| parse(text).ok());
    parsed.and_then(|document| Some(DrawnText::of(&document, &Styles::of(&document).ok()?))).unwrap_or_default()
}

fn parse(text: &str) -> Result<Document<'_>, Fault> {
    let options = ParsingOptions {
        allow_dtd: false,
        // White space between elements and comments are nodes too.
        nodes_limit: 4 * MAX_ELEMENTS as u32,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| match error {
        Error::NodesLimitReached => Fault::TooManyElements,
        Error::AttributesLimitReached | Error::NamespacesLimitReached => Fault::TooElaborate,
        Error::DtdDetected => Fault::DocumentType,
        other => Fault::Malformed { line: other.pos().row, column: other.pos().col },
    })
}

fn check_content(document: &Document<'_>) -> Result<(), Fault> {
    let mut elements = 0;
    let mut inherits_context = false;
    let mut has_pattern = false;
    for node in document.descendants() {
        if node.node_type() != NodeType::Element {
            continue;
        }
        elements += 1;
        if elements > MAX_ELEMENTS {
            return Err(Fault::TooManyElements);
        }
        let name = node.tag_name().name();
        check_element(name)?;
        has_pattern |= name == "pattern";
        if name == "style" {
            let sheet: String = node.children().filter_map(|child| child.text()).collect();
            if sheet.to_ascii_lowercase().contains("@import") {
                return Err(Fault::Outside("@import".into()));
            }
            check_urls(&sheet)?;
        }
        for attribute in node.attributes() {
            let value = attribute.value();
            match attribute.name() {
                "href" if !value.trim_start().starts_with('#') => {
                    return Err(Fault::Outside(shown(value)));
                }
                // The drawing program's own data; nothing reads it.
                _ if attribute.namespace().is_some_and(|ns| !ns.starts_with("http://www.w3.org/")) => {}
                _ => check_urls(value)?,
            }
        }
    }
    let styles = Styles::of(document)?;
    for node in document.descendants().filter(Node::is_element) {
        for (name, value) in styles.properties(node) {
            let value = value.trim();
            match name {
                "filter" if value != "none" => return Err(Fault::Property("filter".into())),
                // Each would repeat the parent's, uncounted.
                "clip-path" | "mask" if value == "inherit" => {
                    return Err(Fault::Property(format!("{name}: inherit")));
                }
                "fill" | "stroke" => inherits_context |= value.starts_with("context-"),
                _ => {}
            }
        }
    }
    if inherits_context && has_pattern {
        // A marker would repeat its line's pattern, uncounted.
        return Err(Fault::Property("context-stroke with a pattern".into()));
    }
    weight::check(document, &styles)
}

fn check_element(name: &str) -> Result<(), Fault> {
    let refused = ["script", "foreignObject", "image", "feImage", "filter", "set", "discard"];
    if refused.contains(&name) || name.starts_with("animate") {
        return Err(Fault::Element(shown(name)));
    }
    Ok(())
}

fn check_urls(text: &str) -> Result<(), Fault> {
    for target in urls(text) {
        if !target.starts_with('#') {
            return Err(Fault::Outside(shown(target)));
        }
    }
    Ok(())
}

/// Shortens text from an SVG for a message.
fn shown(text: &str) -> String {
    let mut short: String = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect();
    if text.trim().chars().count() > 60 {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(content: &str) -> Fault {
        checked(content).unwrap_err()
    }

    fn checked(content: &str) -> Result<(), Fault> {
        let drawing = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 9 9'>{content}</svg>"
        );
        check(drawing.as_bytes()).map(drop)
    }

    #[test]
    fn says_where_the_xml_breaks() {
        let error = check(b"<svg viewBox='0 0 1 1'>\n  <g></b>\n</svg>").unwrap_err();
        assert_eq!(error, Fault::Malformed { line: 2, column: 6 });
        assert_eq!(error.to_string(), "the SVG isn't well-formed XML (at its line 2, column 6)");
        assert_eq!(check(b"<svg \xff").unwrap_err(), Fault::Encoding);
        assert_eq!(check(b"<kml/>").unwrap_err(), Fault::Root("kml".into()));
    }

    #[test]
    fn drops_a_plain_document_type_and_refuses_entities() {
        let plain =
            "\u{feff}<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/x.dtd\">\n<svg viewBox='0 0 1 1'/>";
        let picture = prepare(plain.as_bytes()).unwrap();
        assert!(picture.bytes.trim_ascii_start().starts_with(b"<svg"));
        let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg viewBox='0 0 1 1'>&b;</svg>";
        assert_eq!(check(bomb.as_bytes()).unwrap_err(), Fault::DocumentType);
    }

    #[test]
    fn refuses_what_runs_loads_or_filters() {
        for name in ["script", "foreignObject", "image", "feImage", "filter", "animate", "animateTransform", "set"] {
            assert_eq!(fault(&format!("<g><{name}/></g>")), Fault::Element(name.into()));
        }
        for outside in [
            "<use href='https://example.org/a.svg#x'/>",
            "<use xlink:href='other.svg#x'/>",
            "<rect fill='url(data:image/png;base64,AA)'/>",
            "<rect style='fill: URL( \"file:///etc/passwd\" )'/>",
            "<style>@IMPORT 'a.css';</style>",
            "<style>@font-face{src:url(a.woff)}</style>",
            "<style>a{}<!-- --><![CDATA[b{fill:url(c)}]]></style>",
            "<a href='https://example.org'/>",
        ] {
            assert!(matches!(fault(outside), Fault::Outside(_)), "{outside}");
        }
        assert_eq!(fault("<g style='filter: blur(9px)'/>"), Fault::Property("filter".into()));
    }

    #[test]
    fn bounds_the_number_of_elements() {
        assert_eq!(fault(&"<g/>".repeat(50_000)), Fault::TooManyElements);
    }

    #[test]
    fn takes_an_ordinary_drawing() {
        let drawing = "
            <style>.a{fill:url(#fade)} text{font-family:serif}</style>
            <defs>
              <linearGradient id='fade'><stop offset='0'/><stop offset='1'/></linearGradient>
              <clipPath id='clip'><rect width='5' height='5'/></clipPath>
              <marker id='arrow'><path d='M0 0L1 1'/></marker>
            </defs>
            <g clip-path='url(#clip)'><path class='a' marker-end='url(#arrow)' d='M0 0L5 5'/></g>
            <use xlink:href='#fade'/>
            <text>a <tspan>b</tspan></text>";
        assert_eq!(checked(drawing), Ok(()));
    }
}
