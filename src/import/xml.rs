//! Reads XML into elements, within limits. Entities of its own, and anything from outside, are refused.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::Refused;
use super::limits::MAX_DEPTH;

/// The most elements in a file.
const MAX_ELEMENTS: usize = 2_000_000;

/// The most attributes of an element.
const MAX_ATTRIBUTES: usize = 100;

/// An element, or text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

/// An element with its local name: `p` for `w:p`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Element {
    pub name: String,
    /// The attributes by their local names.
    pub attributes: Vec<(String, String)>,
    pub inside: Vec<Node>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The elements directly inside.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.inside.iter().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    /// The first element directly inside with this name.
    pub(super) fn first(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The first element at the end of a path of names.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.first(name))
    }

    /// All elements anywhere inside with this name, in order.
    pub(super) fn all<'e>(&'e self, name: &str, found: &mut Vec<&'e Element>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            }
            element.all(name, found);
        }
    }

    /// The text of each paragraph inside, however deep. `paragraphs` and `spaces` are the names of elements; what is in those of
    /// `silent` is left out.
    pub(super) fn pieces(&self, paragraphs: &[&str], spaces: &[&str], silent: &[&str]) -> Vec<String> {
        fn collect(element: &Element, names: [&[&str]; 3], piece: &mut String, out: &mut Vec<String>) {
            for node in &element.inside {
                match node {
                    Node::Text(text) => piece.push_str(text),
                    Node::Element(inner) if names[2].contains(&inner.name.as_str()) => {}
                    Node::Element(inner) if names[1].contains(&inner.name.as_str()) => piece.push(' '),
                    Node::Element(inner) if names[0].contains(&inner.name.as_str()) => {
                        let mut own = String::new();
                        collect(inner, names, &mut own, out);
                        out.push(own);
                    }
                    Node::Element(inner) => collect(inner, names, piece, out),
                }
            }
        }
        let (mut out, mut piece) = (Vec::new(), String::new());
        collect(self, [paragraphs, spaces, silent], &mut piece, &mut out);
        out.push(piece);
        out.retain(|piece| !piece.trim().is_empty());
        out
    }

    /// The text anywhere inside.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    fn push_text(&self, out: &mut String) {
        for node in &self.inside {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.push_text(out),
            }
        }
    }
}

/// The outermost element of a file.
pub(super) fn parse(text: &str) -> Result<Element, Refused> {
    let broken = |what: &str| Refused::Broken(format!("its XML {what}"));
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open: Vec<Element> = vec![Element::default()];
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|_| broken("is damaged"))?;
        match event {
            Event::Start(start) => {
                count += 1;
                if open.len() > MAX_DEPTH || count > MAX_ELEMENTS {
                    return Err(Refused::TooLarge("its parts are nested too deep, or there are too many of them".to_owned()));
                }
                open.push(element(&start)?);
            }
            Event::Empty(start) => {
                count += 1;
                if count > MAX_ELEMENTS {
                    return Err(Refused::TooLarge("it has too many parts".to_owned()));
                }
                let element = element(&start)?;
                innermost(&mut open).inside.push(Node::Element(element));
            }
            Event::End(_) => {
                let element = open.pop().filter(|_| !open.is_empty()).ok_or_else(|| broken("is damaged"))?;
                innermost(&mut open).inside.push(Node::Element(element));
            }
            Event::Text(text) => push(&mut open, &text),
            Event::CData(text) => push(&mut open, &text),
            Event::GeneralRef(reference) => push(&mut open, &referred(&reference)?),
            Event::DocType(_) => return Err(Refused::Broken("it defines its own XML, which no word processor does".to_owned())),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    let outer = open.pop().filter(|_| open.is_empty()).ok_or_else(|| broken("ends too early"))?;
    let first = outer.inside.into_iter().find_map(|node| if let Node::Element(element) = node { Some(element) } else { None });
    first.ok_or_else(|| broken("is empty"))
}

fn innermost(open: &mut [Element]) -> &mut Element {
    open.last_mut().expect("the outermost stays open")
}

fn push(open: &mut [Element], text: &str) {
    let element = innermost(open);
    match element.inside.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => element.inside.push(Node::Text(text.to_owned())),
    }
}

/// The character of `&amp;` or `&#233;`.
fn referred(reference: &BytesRef<'_>) -> Result<String, Refused> {
    let broken = || Refused::Broken("it has an unknown XML entity".to_owned());
    if let Some(c) = reference.resolve_char_ref().map_err(|_| broken())? {
        return Ok(c.to_string());
    }
    quick_xml::escape::resolve_xml_entity(reference).map(str::to_owned).ok_or_else(broken)
}

fn element(start: &BytesStart<'_>) -> Result<Element, Refused> {
    let broken = || Refused::Broken("its XML is damaged".to_owned());
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let mut attributes = Vec::new();
    // Checking for duplicates takes time that grows with the square of their number.
    for attribute in start.attributes().with_checks(false).take(MAX_ATTRIBUTES) {
        let attribute = attribute.map_err(|_| broken())?;
        let written: &str = &attribute.value;
        let value = quick_xml::escape::unescape(written).map_or_else(|_| written.to_owned(), std::borrow::Cow::into_owned);
        attributes.push((local(attribute.key.as_ref()), value));
    }
    Ok(Element { name: local(start.name().as_ref()), attributes, inside: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_have_local_names_and_text() {
        let root = parse("<?xml version=\"1.0\"?><w:a w:val=\"1 &amp; 2\"><w:b>x &lt; <c/>&#233;</w:b></w:a>").unwrap();
        assert_eq!((root.name.as_str(), root.attribute("val")), ("a", Some("1 & 2")));
        assert_eq!(root.text(), "x < é");
    }

    #[test]
    fn bombs_and_damage_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        for text in [bomb, "<a>&unknown;</a>", "<a><b></a>", "<a>", "", "</a>", &"<a>".repeat(10_000)] {
            assert!(parse(text).is_err(), "{}", &text[..text.len().min(40)]);
        }
    }
}
