//! The text in an SVG: its words, the fonts that it asks for, and what the typesetter (usvg) doesn't draw.

use std::collections::{BTreeSet, HashMap, HashSet};

use roxmltree::{Document, Node, NodeId};

use super::weight::Styles;

/// The bundled fonts for families that programs leave to the reader, by names in lowercase. `sans` is Pango's name.
const GENERIC: [(&str, &str); 7] = [
    ("serif", "Source Serif 4"),
    ("ui-serif", "Source Serif 4"),
    ("sans-serif", "Source Sans 3"),
    ("sans", "Source Sans 3"),
    ("ui-sans-serif", "Source Sans 3"),
    ("system-ui", "Source Sans 3"),
    ("-apple-system", "Source Sans 3"),
];

/// Elements that may contain `<text>`; usvg skips all others with everything in them.
const CONTAINERS: [&str; 10] = ["svg", "g", "a", "switch", "symbol", "defs", "clipPath", "marker", "mask", "pattern"];

/// Elements that draw text in other programs: SVG 1.2 drafts as written by Inkscape, and SVG Tiny 1.2.
const UNSUPPORTED: [&str; 2] = ["flowRoot", "textArea"];

/// The text in an SVG.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DrawnText {
    /// Its words, one `<text>` per line.
    pub words: String,
    /// The lists of font families that text asks for, sorted.
    pub families: Vec<Vec<String>>,
    /// Text that doesn't print.
    pub lost: Vec<LostText>,
}

/// Text that doesn't print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostText {
    /// The text.
    pub text: String,
    /// The element that is the reason.
    pub element: String,
    /// Why.
    pub reason: Reason,
}

/// Why text doesn't print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// An element that isn't supported.
    Unsupported,
    /// A path that the text should follow isn't there.
    NoPath,
    /// Only for readers of another language, or for other programs.
    Condition,
}

/// Parts of the names of fonts with serifs that computers come with.
const WITH_SERIFS: [&str; 11] = [
    "times",
    "georgia",
    "garamond",
    "cambria",
    "palatino",
    "bookman",
    "century schoolbook",
    "baskerville",
    "minion",
    "caslon",
    "roman",
];

/// The bundled font that text prints in if none of these families is there.
pub fn substitute(families: &[String]) -> &'static str {
    let has_serifs = |family: &String| WITH_SERIFS.iter().any(|part| family.to_lowercase().contains(part));
    families.iter().find_map(|family| bundled(family)).unwrap_or(if families.iter().any(has_serifs) {
        GENERIC[0].1
    } else {
        GENERIC[2].1
    })
}

/// The bundled font for a family that means any font of its kind.
pub fn bundled(family: &str) -> Option<&'static str> {
    let lower = family.to_lowercase();
    GENERIC.iter().find(|(name, _)| *name == lower).map(|(_, font)| *font)
}

/// The most pieces of lost text, and the most lists of families, that are kept of a drawing.
const MAX_KEPT: usize = 20;

impl DrawnText {
    /// The text of a checked SVG.
    pub(super) fn of(document: &Document<'_>, styles: &Styles<'_>) -> Self {
        Self { words: words(document), families: families(document, styles), lost: lost(document) }
    }
}

fn lost(document: &Document<'_>) -> Vec<LostText> {
    const OUTLINES: [&str; 7] = ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"];
    let elements = || document.descendants().filter(|node| node.is_element() && !is_foreign(*node));
    let outlines: HashSet<&str> =
        elements().filter(|node| OUTLINES.contains(&node.tag_name().name())).filter_map(|node| node.attribute("id")).collect();
    // In a `<switch>`, another alternative is drawn instead.
    let choices: HashSet<NodeId> =
        elements().filter(|node| is_named(*node, "switch") && node.children().any(passes)).map(|node| node.id()).collect();
    let of_element = |node: Node<'_, '_>| {
        let name = node.tag_name().name();
        let is_choice = |refusing: &Node<'_, '_>| refusing.parent().is_some_and(|parent| choices.contains(&parent.id()));
        let (element, reason) = match name {
            "text" if node.ancestors().skip(1).filter(Node::is_element).all(is_container) => {
                let refusing = node.ancestors().filter(Node::is_element).find(|node| !passes(*node));
                (refusing.filter(|refusing| !is_choice(refusing))?.tag_name().name(), Reason::Condition)
            }
            "textPath" if !follows_path(node, &outlines) => (name, Reason::NoPath),
            _ if UNSUPPORTED.contains(&name) => (name, Reason::Unsupported),
            _ => return None,
        };
        let text = collapsed(node);
        (!text.is_empty()).then(|| LostText { text, element: element.to_owned(), reason })
    };
    elements().filter_map(of_element).take(MAX_KEPT).collect()
}

/// The lists of families that text asks for.
fn families(document: &Document<'_>, styles: &Styles<'_>) -> Vec<Vec<String>> {
    let elements = document.descendants().filter(Node::is_element);
    let own: HashMap<NodeId, Vec<String>> = elements.filter_map(|node| Some((node.id(), own_families(node, styles)?))).collect();
    let mut seen = BTreeSet::new();
    // The ids of elements with text that takes its font from around them, which may be where a `<use>` is.
    let mut inheriting = HashSet::new();
    for node in document.descendants().filter(Node::is_text) {
        let is_blank = node.text().unwrap_or_default().trim().is_empty();
        if is_blank || !node.ancestors().any(|outer| is_named(outer, "text")) {
            continue;
        }
        for outer in node.ancestors() {
            if let Some(families) = own.get(&outer.id()) {
                seen.insert(families);
                break;
            }
            inheriting.extend(outer.attribute("id"));
        }
    }
    for node in document.descendants().filter(|node| is_named(*node, "use")) {
        let target =
            node.attributes().find(|attribute| attribute.name() == "href").and_then(|href| href.value().strip_prefix('#'));
        if target.is_some_and(|id| inheriting.contains(id)) {
            seen.extend(node.ancestors().find_map(|outer| own.get(&outer.id())));
        }
    }
    seen.into_iter().take(MAX_KEPT).cloned().collect()
}

/// The words of every `<text>`, one per line.
fn words(document: &Document<'_>) -> String {
    let texts = document.descendants().filter(|node| is_named(*node, "text"));
    texts.map(collapsed).collect::<Vec<_>>().join("\n")
}

/// The text in an element, with single spaces.
fn collapsed(node: Node<'_, '_>) -> String {
    let words: String = node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_named(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name && !is_foreign(node)
}

/// Whether an element belongs to a program or to metadata, not to the drawing.
fn is_foreign(node: Node<'_, '_>) -> bool {
    node.tag_name().namespace().is_some_and(|namespace| namespace != "http://www.w3.org/2000/svg")
}

fn is_container(node: Node<'_, '_>) -> bool {
    CONTAINERS.iter().any(|name| is_named(node, name))
}

/// Whether a `<textPath>` is right inside its `<text>` and leads to one of these outlines.
fn follows_path(node: Node<'_, '_>, outlines: &HashSet<&str>) -> bool {
    let href = node.attributes().find(|attribute| attribute.name() == "href").map(|attribute| attribute.value().trim());
    let is_there = href.and_then(|href| href.strip_prefix('#')).is_some_and(|id| outlines.contains(id));
    is_there && node.parent().is_some_and(|parent| is_named(parent, "text"))
}

/// Whether usvg draws an element: its reader speaks English and has no extensions.
fn passes(node: Node<'_, '_>) -> bool {
    let speaks = |languages: &str| languages.split(',').any(|tag| tag.trim().split('-').next() == Some("en"));
    node.is_element() && node.attribute("requiredExtensions").is_none() && node.attribute("systemLanguage").is_none_or(speaks)
}

/// The font families that an element itself asks for.
fn own_families(node: Node<'_, '_>, styles: &Styles<'_>) -> Option<Vec<String>> {
    let mut own = None;
    for (name, value) in styles.properties(node) {
        let list = match name {
            "font-family" => value,
            "font" => after_size(value)?,
            _ => continue,
        };
        own = Some(list);
    }
    let list = own?.trim();
    let families = split(list);
    (list != "inherit" && !families.is_empty()).then_some(families)
}

/// The families in the shorthand `font: italic 12px Arial, sans-serif`.
fn after_size(font: &str) -> Option<&str> {
    let size = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit() || c == '.') || word.contains("large") || word.contains("small")
    };
    let is_weight = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit()) || word == "small-caps";
    let mut at = 0;
    for word in font.split_inclusive(char::is_whitespace) {
        at += word.len();
        let word = word.trim();
        if (size(word) && !is_weight(word)) || word.starts_with("medium") {
            return Some(&font[at..]);
        }
    }
    None
}

/// The names in a list of families, without their quotation marks.
fn split(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut quote = None;
    for c in list.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, ',') => names.push(String::new()),
            _ => names.last_mut().expect("there is always one").push(c),
        }
    }
    let mut seen = BTreeSet::new();
    let names = names.into_iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    names.filter(|name| !name.is_empty() && seen.insert(name.clone())).collect()
}

/// The SVG with a bundled font at the end of every list of families. The typesetter knows no `serif` and `sans-serif`, and would
/// use the font of the text around the drawing, which differs from page to page.
pub(super) fn with_bundled_fonts(text: &str, document: &Document<'_>, styles: &Styles<'_>) -> String {
    let mut inserted: Vec<(usize, String)> = Vec::new();
    for node in document.descendants().filter(Node::is_element) {
        let Some(families) = own_families(node, styles) else { continue };
        let escaped = |name: &str| name.replace('&', "&amp;").replace('<', "&lt;").replace(['"', '\''], "");
        let named = families.iter().map(String::as_str).filter(|family| bundled(family).is_none());
        let names = named.chain([substitute(&families)]).map(|family| format!("&#39;{}&#39;", escaped(family)));
        let declaration = format!("font-family:{}", names.collect::<Vec<_>>().join(","));
        inserted.push(match node.attribute_node("style") {
            Some(style) => (style.range_value().end, format!(";{declaration}")),
            None => {
                let start = node.range().start;
                let name = text[start..].find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or_default();
                (start + name, format!(" style=\"{declaration}\""))
            }
        });
    }
    inserted.sort();
    let mut changed = String::with_capacity(text.len());
    let mut from = 0;
    for (at, piece) in inserted {
        changed.push_str(&text[from..at]);
        changed.push_str(&piece);
        from = at;
    }
    changed.push_str(&text[from..]);
    changed
}

#[cfg(test)]
mod tests {
    use super::super::svg;
    use super::*;

    fn drawn(content: &str) -> DrawnText {
        let drawing = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 9 9'>{content}</svg>"
        );
        let (text, ..) = svg::check(drawing.as_bytes()).unwrap();
        svg::text(text.as_bytes())
    }

    #[test]
    fn families_come_from_attributes_styles_sheets_and_shorthands() {
        for content in [
            "<text font-family='Comic Sans MS'>a</text>",
            "<text style='font-size: 9px; font-family: \"Comic Sans MS\"'>a</text>",
            "<g font-family='Comic Sans MS'><text>a <tspan fill='red'>b</tspan></text></g>",
            "<style>text { font-family: 'Comic Sans MS' }</style><text>a</text>",
            "<style>.label { font: italic 700 12px Comic Sans MS }</style><text class='label'>a</text>",
            "<text style='font: small-caps large Comic Sans MS'>a</text>",
            "<text font-family='Arial'><tspan style='font-family:Comic Sans MS'>a</tspan></text>",
            "<defs><text id='a'>a</text></defs><use xlink:href='#a' font-family='Comic Sans MS'/>",
        ] {
            assert_eq!(drawn(content).families, [["Comic Sans MS"]], "{content}");
        }
        assert_eq!(drawn("<text font-family='\"Arial\", Helvetica'>a</text>").families, [["Arial", "Helvetica"]]);
        for none in [
            "<text>a</text>",
            "<rect font-family='Arial'/>",
            "<text font-family='Arial'> </text>",
            "<text font-family='inherit'>a</text>",
        ] {
            assert_eq!(drawn(none).families, [[""; 0]; 0], "{none}");
        }
    }

    #[test]
    fn text_that_is_not_drawn_is_found() {
        let lost = |content: &str| {
            drawn(content).lost.into_iter().map(|lost| (lost.text, lost.element, lost.reason)).collect::<Vec<_>>()
        };
        let of = |element: &str, reason| vec![("North".to_owned(), element.to_owned(), reason)];
        let flow = "<flowRoot><flowRegion><rect width='5' height='5'/></flowRegion><flowPara>North</flowPara></flowRoot>";
        assert_eq!(lost(flow), of("flowRoot", Reason::Unsupported));
        assert_eq!(lost("<textArea width='5'>North</textArea>"), of("textArea", Reason::Unsupported));
        assert_eq!(lost("<text><textPath href='#gone'>North</textPath></text>"), of("textPath", Reason::NoPath));
        assert_eq!(
            lost("<path id='p' d='M0 0'/><text><tspan><textPath href='#p'>North</textPath></tspan></text>"),
            of("textPath", Reason::NoPath)
        );
        assert_eq!(lost("<text systemLanguage='es'>North</text>"), of("text", Reason::Condition));
        for drawn in [
            "<flowRoot><flowRegion/><flowPara/></flowRoot>",
            "<path id='p' d='M0 0L1 1'/><text><textPath xlink:href='#p'>North</textPath></text>",
            "<switch><text systemLanguage='es'>Norte</text><text>North</text></switch>",
            "<text systemLanguage='es, en-GB'>North</text>",
            "<title>North</title><desc>North</desc>",
            "<metadata><text xmlns='https://example.org'>North</text></metadata>",
        ] {
            assert_eq!(lost(drawn), [], "{drawn}");
        }
    }

    #[test]
    fn every_list_of_families_ends_in_a_bundled_one() {
        let prepared = |content: &str| {
            let drawing = format!("<svg viewBox='0 0 9 9'>{content}</svg>");
            let picture = svg::prepare(drawing.as_bytes()).unwrap();
            String::from_utf8(picture.bytes).unwrap().replace("<svg viewBox='0 0 9 9'>", "").replace("</svg>", "")
        };
        for (content, expected) in [
            (
                "<text font-family='Arial, sans-serif'>a</text>",
                "<text style=\"font-family:&#39;Arial&#39;,&#39;Source Sans 3&#39;\" font-family='Arial, sans-serif'>a</text>",
            ),
            (
                "<text style='font-family:serif'>a</text>",
                "<text style='font-family:serif;font-family:&#39;Source Serif 4&#39;'>a</text>",
            ),
            (
                "<text font-family='Times New Roman'>a</text>",
                "<text style=\"font-family:&#39;Times New Roman&#39;,&#39;Source Serif 4&#39;\" font-family='Times New Roman'>a</text>",
            ),
            ("<text>a</text>", "<text>a</text>"),
        ] {
            assert_eq!(prepared(content), expected);
        }
        for family in ["Arial", "MS Sans Serif", "Comic Sans MS", "monospace"] {
            assert_eq!(substitute(&[family.to_owned()]), "Source Sans 3", "{family}");
        }
        assert!(bundled("monospace").is_none());
    }

    #[test]
    fn the_words_are_those_of_every_text() {
        assert_eq!(drawn("<title>no</title><text> The\n <tspan>North</tspan> </text><text>&#x416;</text>").words, "The North\nЖ");
    }
}
