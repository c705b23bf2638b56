//! Counts what an SVG contains once its references are followed: a small file can ask for a billion shapes.

use std::collections::HashMap;

use roxmltree::{Document, Node};
use simplecss::{AttributeOperator, DeclarationTokenizer, PseudoClass, StyleSheet};

use super::fault::Fault;
use super::svg_limits::{MAX_DEPTH, MAX_ELEMENTS};

/// The most bytes of outlines, text, and styles once references are followed: four times the largest file.
const MAX_DRAWN_BYTES: u64 = 8_000_000;
/// The most comparisons of elements with style rules: about a second of work, and enough for a traced photo.
const MAX_MATCHES: u64 = 200_000_000;
/// The most declarations in all style rules. Each selector of a list gets its own copy.
const MAX_DECLARATIONS: usize = 2_000_000;

/// The style sheets of an SVG, read as usvg reads them.
pub(super) struct Styles<'a> {
    sheet: StyleSheet<'a>,
    /// Comparisons per element.
    cost: u64,
}

impl<'a> Styles<'a> {
    /// Reads every `<style>`. Rules that would take too long to match are refused.
    pub(super) fn of(document: &'a Document<'_>) -> Result<Self, Fault> {
        let mut sheet = StyleSheet::new();
        for node in document.descendants().filter(|node| node.has_tag_name("style")) {
            if node.attribute("type").is_some_and(|kind| kind != "text/css") {
                continue;
            }
            let text = node.text().unwrap_or_default();
            let count = |mark| text.matches(mark).count() + 1;
            if count(',').saturating_mul(count(':')) > MAX_DECLARATIONS {
                return Err(Fault::TooElaborate);
            }
            sheet.parse_more(text);
        }
        let elements: Vec<_> = document.descendants().filter(Node::is_element).collect();
        let depth = elements.iter().map(|node| node.ancestors().count() as u64).max().unwrap_or(1);
        // A selector with several parts is tried at every ancestor, once more for each part.
        let cost = sheet.rules.iter().fold(0_u64, |sum, rule| {
            let parts = rule.selector.to_string().split_whitespace().count().saturating_sub(1);
            let tries = depth.saturating_pow(u32::try_from(parts).unwrap_or(u32::MAX));
            sum.saturating_add(tries)
        });
        let styles = Self { sheet, cost };
        let names = elements.iter().filter_map(|node| node.attribute("class"));
        styles.check(elements.len() as u64, names.map(|name| name.len() as u64).sum())?;
        Ok(styles)
    }

    fn check(&self, elements: u64, bytes: u64) -> Result<(), Fault> {
        // Comparing a long list of class names costs more than a short one.
        let compared = elements.saturating_add(bytes / 16);
        if compared.saturating_mul(self.cost) > MAX_MATCHES {
            return Err(Fault::TooElaborate);
        }
        Ok(())
    }

    /// Returns every property of an element: from attributes, rules, and its own `style`.
    pub(super) fn properties(&self, node: Node<'a, '_>) -> Vec<(&'a str, &'a str)> {
        let attributes = node.attributes().map(|attribute| (attribute.name(), attribute.value()));
        let rules = self.sheet.rules.iter().filter(|rule| rule.selector.matches(&Element(node)));
        let declarations = rules.flat_map(|rule| &rule.declarations).copied();
        let own = DeclarationTokenizer::from(node.attribute("style").unwrap_or_default());
        attributes.chain(declarations.chain(own).map(|d| (d.name, d.value))).collect()
    }
}

struct Element<'a, 'input>(Node<'a, 'input>);

impl simplecss::Element for Element<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(Self)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(Self)
    }

    fn has_local_name(&self, name: &str) -> bool {
        self.0.tag_name().name() == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        class == PseudoClass::FirstChild && self.prev_sibling_element().is_none()
    }
}

/// Checks that an SVG stays within limits once every reference is followed.
pub(super) fn check<'a>(document: &'a Document<'_>, styles: &Styles<'a>) -> Result<(), Fault> {
    let mut scale = Scale::default();
    for node in document.descendants().filter(Node::is_element) {
        for attribute in node.attributes().filter(|attribute| attribute.name() == "id") {
            // Readers differ in which of two equal ids they use, so both count.
            scale.named.entry(attribute.value()).or_default().push(node);
        }
        scale.read(node, styles);
    }
    let total = scale.weigh(document.root_element(), 1)?;
    if total.elements > MAX_ELEMENTS {
        return Err(Fault::TooManyElements);
    }
    if total.bytes > MAX_DRAWN_BYTES {
        return Err(Fault::TooElaborate);
    }
    styles.check(total.elements, total.bytes)
}

/// The size of an element with everything in it and everything it refers to.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    elements: u64,
    bytes: u64,
    /// Elements with a fill and a stroke.
    shapes: u64,
    /// Points of outlines that may each have a marker.
    points: u64,
    depth: u64,
}

impl Weight {
    /// Adds something drawn here that inherits from here.
    fn add(&mut self, other: Self) {
        self.shapes = self.shapes.saturating_add(other.shapes);
        self.points = self.points.saturating_add(other.points);
        self.add_times(other, 1);
    }

    /// Adds something drawn this many times that inherits from elsewhere.
    fn add_times(&mut self, other: Self, times: u64) {
        self.elements = self.elements.saturating_add(other.elements.saturating_mul(times));
        self.bytes = self.bytes.saturating_add(other.bytes.saturating_mul(times));
        self.depth = self.depth.max(other.depth.saturating_add(1));
    }
}

/// How often a reference is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reference {
    /// In place, like `<use>`.
    Here,
    /// Once for the element, like a clip path.
    Once,
    /// Once for each shape that inherits it, like a fill.
    EachShape,
    /// Once for each point of each shape that inherits it, like a marker.
    EachPoint,
}

#[derive(Default)]
struct Scale<'a, 'input> {
    named: HashMap<&'a str, Vec<Node<'a, 'input>>>,
    references: HashMap<Node<'a, 'input>, Vec<(Reference, &'a str)>>,
    /// Of an element without its contents.
    own: HashMap<Node<'a, 'input>, Weight>,
    /// Of an element with its contents; `None` while it is being weighed.
    whole: HashMap<Node<'a, 'input>, Option<Weight>>,
    /// Of everything with an id, drawn from elsewhere; `None` while it is being weighed.
    targets: HashMap<&'a str, Option<Weight>>,
}

impl<'a, 'input> Scale<'a, 'input> {
    fn read(&mut self, node: Node<'a, 'input>, styles: &Styles<'a>) {
        let name = node.tag_name().name();
        let mut own = Weight { elements: 1, depth: 1, ..Weight::default() };
        let text = node.children().filter(Node::is_text).filter_map(|child| child.text());
        own.bytes = text.map(|text| text.len() as u64).sum();
        own.shapes = u64::from(SHAPES.contains(&name));
        let mut references = Vec::new();
        for (property, value) in styles.properties(node) {
            own.bytes = own.bytes.saturating_add(value.len() as u64);
            let reference = match property {
                "d" | "points" => {
                    own.points = own.points.max(points(value));
                    continue;
                }
                "href" if name == "a" => continue,
                "href" => {
                    let id = value.trim().trim_start_matches('#');
                    references.push((Reference::Here, id.split_whitespace().next().unwrap_or_default()));
                    continue;
                }
                "fill" | "stroke" | "marker-start" | "marker-end" => Reference::EachShape,
                "marker" | "marker-mid" => Reference::EachPoint,
                _ => Reference::Once,
            };
            let ids = urls(value).map(|target| target.trim_start_matches('#'));
            references.extend(ids.map(|id| (reference, id)));
        }
        // Inherited references are multiplied by the shapes that inherit them, so they come last.
        references.sort_by_key(|(reference, _)| *reference != Reference::Here);
        self.own.insert(node, own);
        self.references.insert(node, references);
    }

    /// Weighs an element in its place in the SVG; `depth` is its depth so far.
    fn weigh(&mut self, node: Node<'a, 'input>, depth: u64) -> Result<Weight, Fault> {
        match self.whole.get(&node) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => return Err(cycle(node.attribute("id").unwrap_or_default())),
            None if depth > MAX_DEPTH => return Err(Fault::TooDeep),
            None => {}
        }
        self.whole.insert(node, None);
        let mut weight = self.own.get(&node).copied().unwrap_or_default();
        for child in node.children().filter(Node::is_element) {
            weight.add(self.weigh(child, depth + 1)?);
        }
        for (reference, id) in self.references.get(&node).cloned().unwrap_or_default() {
            let target = self.weigh_target(id, depth + 1)?;
            weight.refer(reference, target);
        }
        if weight.depth > MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        self.whole.insert(node, Some(weight));
        Ok(weight)
    }

    /// Weighs everything with this id as drawn from elsewhere, with what it inherits in its own place.
    fn weigh_target(&mut self, id: &'a str, depth: u64) -> Result<Weight, Fault> {
        match self.targets.get(id) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => return Err(cycle(id)),
            None => {}
        }
        self.targets.insert(id, None);
        let mut sum = Weight::default();
        for node in self.named.get(id).cloned().unwrap_or_default() {
            let mut weight = self.weigh(node, depth)?;
            if matches!(node.tag_name().name(), "linearGradient" | "radialGradient") {
                // The stops of a gradient take a few bytes each, a shape hundreds.
                weight.elements /= 16;
                weight.bytes /= 16;
            }
            let inherits = weight.shapes > 0;
            for ancestor in node.ancestors().skip(1).filter(|_| inherits) {
                for (reference, id) in self.references.get(&ancestor).cloned().unwrap_or_default() {
                    if matches!(reference, Reference::EachShape | Reference::EachPoint) {
                        let target = self.weigh_target(id, depth + 1)?;
                        weight.refer(reference, target);
                    }
                }
            }
            sum.add(weight);
        }
        self.targets.insert(id, Some(sum));
        Ok(sum)
    }
}

impl Weight {
    fn refer(&mut self, reference: Reference, target: Self) {
        match reference {
            Reference::Here => self.add(target),
            Reference::Once => self.add_times(target, 1),
            Reference::EachShape => self.add_times(target, self.shapes),
            Reference::EachPoint => self.add_times(target, self.points.saturating_add(self.shapes)),
        }
    }
}

const SHAPES: [&str; 11] =
    ["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "tref", "textPath"];

fn cycle(id: &str) -> Fault {
    Fault::Cycle(id.chars().take(60).collect())
}

/// Returns an upper bound on the points of an outline: its numbers plus its commands.
fn points(outline: &str) -> u64 {
    let mut count = 0;
    let mut within_number = false;
    for byte in outline.bytes() {
        let digit = byte.is_ascii_digit();
        // A decimal point can begin the next number without a space: `.5.5` is two numbers.
        if byte.is_ascii_alphabetic() || byte == b'.' || (digit && !within_number) {
            count += 1;
        }
        within_number = digit;
    }
    count
}

/// Returns the target of each `url(…)` in a value or style sheet, without quotation marks.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(content: &str) -> Result<(), Fault> {
        let drawing = format!("<svg viewBox='0 0 9 9'>{content}</svg>");
        super::super::svg::check(drawing.as_bytes()).map(drop)
    }

    #[test]
    fn stops_doubling_by_use() {
        let mut drawing = String::from("<g id='a0'><path/><path/></g>");
        for level in 1..20 {
            let below = level - 1;
            drawing += &format!("<g id='a{level}'><use href='#a{below}'/><use href='#a{below}'/></g>");
        }
        assert_eq!(checked(&drawing), Err(Fault::TooManyElements));
    }

    #[test]
    fn stops_patterns_markers_and_clips_that_multiply() {
        let thousand = "<path d='M0 0'/>".repeat(1000);
        let outline = "L1 1".repeat(100);
        for drawing in [
            format!("<pattern id='p'>{thousand}</pattern><g fill='url(#p)'>{thousand}</g>"),
            format!("<marker id='m'>{thousand}</marker><path marker-mid='url(#m)' d='M0 0{outline}'/>"),
            format!("<mask id='m'>{thousand}</mask>{}", "<g mask='url(#m)'/>".repeat(60)),
            format!(
                "<style>.a{{clip-path:url('#c')}}</style><clipPath id='c'>{thousand}</clipPath>{}",
                "<g class='a'/>".repeat(60)
            ),
            format!(
                "<pattern id='p'>{thousand}</pattern><symbol id='s' fill='url(#p)'><g id='t'><path/></g></symbol>{}",
                "<use href='#t'/>".repeat(60)
            ),
        ] {
            assert_eq!(checked(&drawing), Err(Fault::TooManyElements));
        }
        let long = format!("<path id='p' d='{}'/>", "L1 1".repeat(100_000));
        assert_eq!(checked(&format!("{long}{}", "<use href='#p'/>".repeat(30))), Err(Fault::TooElaborate));
    }

    #[test]
    fn finds_references_that_lead_back() {
        for drawing in [
            "<g id='x'><use href='#x'/></g>",
            "<g id='x'><use href='#y'/></g><g id='y'><use href='#x'/></g>",
            "<clipPath id='x' clip-path='url(#x)'/>",
            "<pattern id='x'><path style='fill:url(#x)'/></pattern>",
            "<g fill='url(#x)'><pattern id='x'><path/></pattern></g>",
            "<style>path{fill:url(#x)}</style><pattern id='x'><path/></pattern>",
            "<linearGradient id='x' href='#y'/><linearGradient id='y' href='#x'/>",
        ] {
            assert!(matches!(checked(drawing), Err(Fault::Cycle(_))), "{drawing}");
        }
        assert_eq!(checked("<g clip-path='url(#x)'><clipPath id='x'><path/></clipPath></g>"), Ok(()));
    }

    #[test]
    fn counts_depth_through_references() {
        let chain: String = (0..100).map(|n| format!("<g id='a{n}'><use href='#a{}'/></g>", n + 1)).collect();
        assert_eq!(checked(&chain), Err(Fault::TooDeep));
        // Weighed from the far end, so each step is already known.
        let back: String = (0..100).rev().map(|n| format!("<g id='a{n}'><use href='#a{}'/></g>", n + 1)).collect();
        assert_eq!(checked(&back), Err(Fault::TooDeep));
    }

    #[test]
    fn bounds_the_matching_of_style_rules() {
        let rules: String = (0..5000).map(|n| format!(".a{n}{{fill:red}}")).collect();
        let many = format!("<style>{rules}</style>{}", "<g/>".repeat(45_000));
        assert_eq!(checked(&many), Err(Fault::TooElaborate));
        let deep = format!("<style>* * * * * * * *{{fill:red}}</style>{}{}", "<g>".repeat(50), "</g>".repeat(50));
        assert_eq!(checked(&deep), Err(Fault::TooElaborate));
        let listed = format!("<style>{}a{{{}}}</style>", "a,".repeat(9_000), "x:y;".repeat(9_000));
        assert_eq!(checked(&listed), Err(Fault::TooElaborate));
    }
}
