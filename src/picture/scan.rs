//! Looks through the tags of an SVG before it is parsed, to limit parsing time. It does not interpret them.

use std::collections::HashSet;
use std::ops::Range;

use super::fault::Fault;
use super::svg_limits::MAX_DEPTH;

/// Far more than drawing programs write: the parser compares every pair of attributes of an element.
const MAX_ATTRIBUTES: usize = 256;
/// Far more than drawing programs declare: the parser copies all current prefixes for each element that adds one.
const MAX_PREFIXES: usize = 64;

/// Looks through all tags, and returns the range of a document type that declares nothing.
pub(super) fn scan(text: &str) -> Result<Option<Range<usize>>, Fault> {
    let mut document_type = None;
    let mut prefixes = HashSet::new();
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

/// Returns the length of the start tag at the beginning of `text`, and collects the prefixes it declares.
fn scan_tag<'a>(text: &'a str, prefixes: &mut HashSet<&'a str>) -> Result<usize, Fault> {
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
        // The next name comes after this value.
        word = index + 1;
    }
    Ok(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_nesting_attributes_and_prefixes() {
        assert_eq!(scan(&"<g>".repeat(200_000)), Err(Fault::TooDeep));
        let attributes: String = (0..200_000).map(|n| format!(" a{n}=''")).collect();
        assert_eq!(scan(&format!("<g{attributes}/>")), Err(Fault::TooElaborate));
        let prefixes: String = (0..100).map(|n| format!("<g xmlns:a{n}='x'/>")).collect();
        assert_eq!(scan(&prefixes), Err(Fault::TooElaborate));
        assert_eq!(scan("<g><!-- <g> <g --><g a='>'/></g>"), Ok(None));
    }

    #[test]
    fn finds_a_document_type_that_declares_nothing() {
        assert_eq!(scan("<!DOCTYPE svg><svg/>"), Ok(Some(0..14)));
        assert_eq!(scan("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"), Err(Fault::DocumentType));
        assert_eq!(scan("<!DOCTYPE svg><!DOCTYPE svg><svg/>"), Err(Fault::DocumentType));
        assert_eq!(scan("<?xml-stylesheet href='a.css'?><svg/>"), Err(Fault::Element("?xml-stylesheet".into())));
    }
}
