//! Holds a drawing against what may be drawn: well-formed, bounded, of a known size, loading and running nothing.

use roxmltree::{Document, Error, Node, NodeType, ParsingOptions};

use super::fault::Fault;
use super::weight::{self, Styles};
use super::{Format, Picture};

/// The most elements of a drawing, written or repeated by reference.
pub(super) const MAX_ELEMENTS: u64 = 50_000;
/// The deepest nesting, counted through references as well.
pub(super) const MAX_DEPTH: u64 = 64;
/// The longest side in points: what a PDF page may measure (ISO 32000-1, annex C).
pub(super) const MAX_SIDE: f64 = 14_400.0;
/// The shortest side in points that is taken for a size.
const MIN_SIDE: f64 = 0.01;
/// Far above what drawing programs write: the parser compares each attribute of an element with each other.
const MAX_ATTRIBUTES: usize = 256;
/// Far above what drawing programs declare: the parser copies the prefixes in force for each element that adds one.
const MAX_PREFIXES: usize = 64;
/// Pixels an inch by which SVG measures (CSS Values 3, section 6.2).
const SVG_RESOLUTION: f64 = 96.0;

/// Checks a drawing and returns it as the typesetter takes it.
pub(super) fn prepare(bytes: &[u8]) -> Result<Picture, Fault> {
    let (text, width, height) = check(bytes)?;
    Ok(Picture { format: Format::Svg, bytes: text.into_bytes(), width, height })
}

/// Returns the drawing's text without its document type, and its width and height in points.
pub(super) fn check(bytes: &[u8]) -> Result<(String, f64, f64), Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut text = String::from_utf8(bytes.to_vec()).map_err(|_| Fault::Encoding)?;
    if let Some(range) = scan(&text)? {
        // The plain line that older programs write first; blanks keep every place where it was.
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

/// Returns the words of every `<text>`, one a line.
pub(super) fn drawn_text(bytes: &[u8]) -> String {
    let Some(document) = std::str::from_utf8(bytes).ok().and_then(|text| parse(text).ok()) else {
        return String::new();
    };
    let mut lines = Vec::new();
    for node in document.descendants().filter(|node| node.has_tag_name("text")) {
        let words: String = node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
        lines.push(words.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    lines.join("\n")
}

fn parse(text: &str) -> Result<Document<'_>, Fault> {
    let options = ParsingOptions {
        allow_dtd: false,
        // Blanks between elements and comments are nodes too.
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

/// Looks over the tags before the parser does: what follows bounds the parser's time.
///
/// Returns where a document type stands that declares nothing.
fn scan(text: &str) -> Result<Option<std::ops::Range<usize>>, Fault> {
    let mut document_type = None;
    let mut prefixes = std::collections::HashSet::new();
    let mut depth = 0_u64;
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|found| at + found) {
        let rest = &text[start..];
        let skipped =
            |end: &str, from: usize| rest[from..].find(end).map_or(text.len(), |found| start + from + found + end.len());
        at = if rest.starts_with("<!--") {
            skipped("-->", 4)
        } else if rest.starts_with("<![CDATA[") {
            skipped("]]>", 9)
        } else if rest.starts_with("<?") {
            if rest.starts_with("<?xml-stylesheet") {
                return Err(Fault::Element("?xml-stylesheet".into()));
            }
            skipped("?>", 2)
        } else if rest.starts_with("<!DOCTYPE") {
            let end = skipped(">", 2);
            if document_type.is_some() || text[start..end].contains('[') {
                return Err(Fault::DocumentType);
            }
            document_type = Some(start..end);
            end
        } else if rest.starts_with("</") {
            depth = depth.saturating_sub(1);
            skipped(">", 2)
        } else {
            let length = scan_tag(rest, &mut prefixes)?;
            if !rest[..length].ends_with("/>") {
                depth += 1;
            }
            if depth > MAX_DEPTH {
                return Err(Fault::TooDeep);
            }
            start + length
        };
    }
    Ok(document_type)
}

/// Returns the length of the start tag at the beginning of `text`, and notes the prefixes that it declares.
fn scan_tag<'a>(text: &'a str, prefixes: &mut std::collections::HashSet<&'a str>) -> Result<usize, Fault> {
    let mut attributes = 0;
    let mut quote = None;
    let mut word = 0;
    for (index, byte) in text.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (Some(open), _) if byte == open => quote = None,
            (Some(_), _) => continue,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'=') => {
                attributes += 1;
                let name = text[word..index].trim_end().rsplit(char::is_whitespace).next();
                if let Some(prefix) = name.and_then(|name| name.strip_prefix("xmlns:")) {
                    prefixes.insert(prefix);
                }
                if attributes > MAX_ATTRIBUTES || prefixes.len() > MAX_PREFIXES {
                    return Err(Fault::TooElaborate);
                }
            }
            (None, b'>') => return Ok(index + 1),
            (None, _) => continue,
        }
        // The next name stands somewhere behind this value.
        word = index + 1;
    }
    Ok(text.len())
}

/// Finds the size just as usvg does, which takes it over at one unit to the point.
fn size(root: Node<'_, '_>) -> Result<(f64, f64), Fault> {
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
    let good = MIN_SIDE..=MAX_SIDE;
    if good.contains(&width) && good.contains(&height) { Ok((width, height)) } else { Err(Fault::BadSize) }
}

enum Length {
    Units(f64),
    Share(f64),
}

fn length(text: &str) -> Option<Length> {
    let text = text.trim();
    // The units of SVG 1.1, section 7.10; the letter size is usvg's own where none is set.
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
                // The drawing program's own notes; nothing reads them.
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
                // Each would repeat the parent's own, uncounted.
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

/// Returns what stands in each `url(…)` of a value or a style sheet, without its quotation marks.
pub(super) fn urls(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let at = rest.as_bytes().windows(4).position(|window| window.eq_ignore_ascii_case(b"url("))?;
        let inside = rest[at + 4..].trim_start();
        let (inside, end) = match inside.chars().next() {
            Some(quote @ ('"' | '\'')) => (&inside[1..], quote),
            _ => (inside, ')'),
        };
        let target = inside.split(end).next().unwrap_or_default();
        rest = &inside[target.len()..];
        Some(target.trim())
    })
}

/// Shortens what a drawing says before it stands in a message.
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

    fn size_of(attributes: &str) -> Result<(f64, f64), Fault> {
        check(format!("<svg {attributes}/>").as_bytes()).map(|(_, width, height)| (width, height))
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

    #[test]
    fn says_where_the_xml_breaks() {
        let error = check(b"<svg viewBox='0 0 1 1'>\n  <g></b>\n</svg>").unwrap_err();
        assert_eq!(error, Fault::Malformed { line: 2, column: 6 });
        assert_eq!(error.to_string(), "the drawing is not well-formed XML (line 2, column 6 within it)");
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
    fn bounds_numbers_and_nesting_before_parsing() {
        assert_eq!(fault(&"<g>".repeat(200_000)), Fault::TooDeep);
        assert_eq!(fault(&"<g/>".repeat(50_000)), Fault::TooManyElements);
        let attributes: String = (0..200_000).map(|n| format!(" a{n}=''")).collect();
        assert_eq!(fault(&format!("<g{attributes}/>")), Fault::TooElaborate);
        let prefixes: String = (0..100).map(|n| format!("<g xmlns:a{n}='x'/>")).collect();
        assert_eq!(fault(&prefixes), Fault::TooElaborate);
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

    #[test]
    fn returns_the_words_drawn() {
        let drawing =
            b"<svg viewBox='0 0 1 1'><title>no</title><text> The\n <tspan>North</tspan> </text><text>&#x416;</text></svg>";
        assert_eq!(prepare(drawing).unwrap().drawn_text(), "The North\nЖ");
    }
}
