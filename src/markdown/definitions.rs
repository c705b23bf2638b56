//! Link definitions, `[name]: https://…`, each on a line of its own. Links name them as in `[text][name]`.
//!
//! The parser gets the text without them and asks for them by name: where it reads them itself, it drops the unused ones without a
//! word, and its positions in the rest of the paragraph are off.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use comrak::ResolvedReference;
use comrak::options::BrokenLinkReference;

use super::Reader;
use super::mask;
use super::stand_ins::Hidden;
use crate::diagnostics::Code;

/// A definition.
struct Definition {
    /// From its bracket to the end of its line.
    range: Range<usize>,
    name: String,
    url: String,
    title: String,
    is_used: AtomicBool,
}

/// The definitions in some text.
pub(super) struct Definitions(Vec<Definition>);

impl Definitions {
    pub(super) fn of(text: &str) -> Self {
        let mut found = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim_start_matches([' ', '\t', '>']);
            let at = start + line.len() - content.len();
            let content = content.trim_end();
            if let Some((name, url, title)) = definition(content) {
                let (name, url, title) = (normalized(name), url.to_owned(), title.to_owned());
                found.push(Definition { range: at..at + content.len(), name, url, title, is_used: AtomicBool::new(false) });
            }
            start += line.len();
        }
        Self(found)
    }

    /// Where they are.
    pub(super) fn ranges(&self) -> Vec<Range<usize>> {
        self.0.iter().map(|definition| definition.range.clone()).collect()
    }

    /// The definition that a link names. The first one of a name counts.
    pub(super) fn resolve(&self, link: &BrokenLinkReference<'_>, hidden: Hidden) -> Option<ResolvedReference> {
        let name = normalized(&hidden.restored(link.original));
        let found = self.0.iter().find(|definition| definition.name == name)?;
        found.is_used.store(true, Ordering::Relaxed);
        Some(ResolvedReference { url: found.url.clone(), title: found.title.clone() })
    }
}

/// The name, address, and title of a definition.
fn definition(line: &str) -> Option<(&str, &str, &str)> {
    let rest = line.strip_prefix('[').filter(|rest| !rest.starts_with('^'))?;
    let close = rest.find(['[', ']', '\\']).filter(|at| *at > 0 && rest[*at..].starts_with("]:"))?;
    let (name, target) = (&rest[..close], rest[close + 2..].trim());
    let (url, title) = target.split_once(char::is_whitespace).unwrap_or((target, ""));
    let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url);
    let title = title.trim();
    let inside = [('"', '"'), ('\'', '\''), ('(', ')')]
        .into_iter()
        .find_map(|(open, close)| title.strip_prefix(open)?.strip_suffix(close));
    let is_whole = title.is_empty() || inside.is_some();
    (mask::is_address(url) && !url.contains(['<', '>', '{', '\\']) && is_whole && !name.trim().is_empty()).then_some((
        name,
        url,
        inside.unwrap_or_default(),
    ))
}

fn normalized(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Reader<'_> {
    /// Claims the definitions, and reports those that no link uses.
    pub(super) fn report_definitions(&mut self, definitions: &Definitions) {
        for definition in &definitions.0 {
            self.account.claim(definition.range.clone());
            if definition.is_used.load(Ordering::Relaxed) {
                continue;
            }
            let place = self.map.place(definition.range.start, definition.range.end);
            let message = "no link uses this address, so the line wouldn't print";
            self.report(Code::LostText, place, message)
                .set_help(format!("write `[text]({})` where the link belongs, or remove this line", definition.url));
        }
    }
}
