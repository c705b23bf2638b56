//! Turns the pieces of a line of the parsed Markdown into inline pieces; what is in its plain text is read by `markdown::marks`.

use std::ops::Range;

use comrak::nodes::{AstNode, NodeValue};

use super::mask::LANGUAGE;
use super::{HTML_HELP, MAX_DEPTH, Reader};
use crate::diagnostics::Code;
use crate::formats::{self, TextFormat};
use crate::lesson::prose::Inline;

impl Reader<'_> {
    /// The inline pieces of a node.
    pub(super) fn inlines<'n>(&mut self, parent: &'n AstNode<'n>, depth: usize) -> Vec<Inline> {
        let mut nodes = Vec::new();
        if depth > MAX_DEPTH {
            let outermost = self.outermost_emphasis.take();
            self.too_deep(outermost, "emphasis is");
            return nodes;
        }
        // Neighboring text is joined, so a citation can continue on the next line.
        let mut pending: Option<(String, Range<usize>)> = None;
        for node in parent.children() {
            let data = node.data.borrow();
            let range = self.range(data.sourcepos);
            if !self.count_one() {
                return nodes;
            }
            if depth == 0 {
                self.outermost_emphasis = Some(self.first_line(data.sourcepos));
            }
            let is_own_line = matches!(data.value, NodeValue::SoftBreak) && self.own_lines.contains(&self.next_line(range.start));
            let text = match &data.value {
                NodeValue::Text(text) => Some(self.hidden.restored(text).into_owned()),
                NodeValue::SoftBreak if !is_own_line => Some(" ".to_owned()),
                _ => None,
            };
            if let Some(text) = text {
                let (so_far, span) = pending.get_or_insert_with(|| (String::new(), range.clone()));
                so_far.push_str(&text);
                span.end = span.end.max(range.end);
                continue;
            }
            if let Some((text, range)) = pending.take() {
                self.marks(&text, range, &mut nodes);
            }
            let place = self.place(data.sourcepos);
            match &data.value {
                NodeValue::Emph => nodes.push(Inline::Emphasis { nodes: self.marked(node, range, "*_", depth) }),
                NodeValue::Strong => nodes.push(Inline::Strong { nodes: self.marked(node, range, "*_", depth) }),
                NodeValue::Subscript => nodes.push(Inline::Subscript { nodes: self.marked(node, range, "~", depth) }),
                NodeValue::Superscript => nodes.push(Inline::Superscript { nodes: self.marked(node, range, "^", depth) }),
                NodeValue::SoftBreak => nodes.push(Inline::Break),
                NodeValue::LineBreak => {
                    self.account.claim_marks(self.text, range, "\\");
                    nodes.push(Inline::Break);
                }
                NodeValue::Link(link) if link.url.starts_with(LANGUAGE) => {
                    let language = link.url[LANGUAGE.len()..].to_owned();
                    let at = range.end.saturating_sub(language.len() + 1);
                    self.claim_around(node, range.clone());
                    if let Some(wrong) = formats::wrong(TextFormat::Language, &language) {
                        let place = self.map.place(at, range.end.saturating_sub(1).max(at));
                        self.report(wrong.code, place, wrong.message).set_help(wrong.help);
                    }
                    nodes.push(Inline::Foreign { language, nodes: self.inlines(node, depth + 1) });
                }
                NodeValue::Link(link) => {
                    let url = self.hidden.restored(&link.url).into_owned();
                    let range_start = range.start;
                    self.claim_around(node, range);
                    if !link.title.is_empty() {
                        self.link_title(range_start, &self.hidden.restored(&link.title));
                    }
                    if node.first_child().is_none() {
                        self.report(Code::LostText, place, "this link has no text, so nothing prints")
                            .set_help(format!("write the text in the brackets, as in `[the page]({url})`"));
                    }
                    if !is_good_link(&url) {
                        let message = format!("expected a web or email address, found `{url}`");
                        let help = match url.contains(':') {
                            false if url.contains('@') => format!("write `mailto:{url}`"),
                            false if url.contains('.') => format!("write `https://{url}`"),
                            _ => self.map.help(
                                "write an address that begins with `https://`, `http://`, or `mailto:`; if it's no link, write `\\[` for `[`",
                            ),
                        };
                        self.report(Code::BadUrl, place, message).set_help(help);
                    }
                    self.glyphs.check(&url, &|_| place, self.diagnostics);
                    nodes.push(Inline::Link { url, nodes: self.inlines(node, depth + 1), place });
                }
                NodeValue::FootnoteReference(reference) => {
                    self.account.claim(range);
                    if let Some(note) = self.note(&self.hidden.restored(&reference.name), place) {
                        nodes.push(Inline::Footnote { nodes: note, place });
                    }
                }
                NodeValue::Image(image) => {
                    self.account.claim(range);
                    let url = self.hidden.restored(&image.url);
                    let help = format!("make it a separate entry: `- figure: {{image: {url}, alt: …}}`");
                    self.unsupported(place, "an image inside text", &help);
                }
                NodeValue::Math(math) => {
                    self.account.claim(range.clone());
                    self.equation(&self.hidden.restored(&math.literal), range, &mut nodes);
                }
                NodeValue::Code(_) if self.is_unclosed_equation(range.start) => {
                    self.account.claim(range);
                    self.report(Code::BadEquation, place, "this equation is never closed")
                        .set_help("end it with a backtick and a dollar sign: $`x^2`$");
                }
                NodeValue::Code(_) => {
                    self.account.claim(range);
                    self.unsupported(place, "code", "remove the backticks, or write it in *italics*");
                }
                NodeValue::HtmlInline(_) => {
                    self.account.claim(range);
                    self.unsupported(place, "HTML", &self.map.help(HTML_HELP));
                }
                _ => {
                    self.account.claim(range);
                    self.unsupported(place, "this", "write it as plain text");
                }
            }
        }
        if let Some((text, range)) = pending {
            self.marks(&text, range, &mut nodes);
        }
        nodes
    }

    /// Whether the code at `start` was meant as an equation: the dollar sign before it isn't escaped.
    fn is_unclosed_equation(&self, start: usize) -> bool {
        let before = self.text[..start].trim_end_matches('`').strip_suffix('$');
        before.is_some_and(|before| !before.ends_with('\\'))
    }

    /// The pieces inside marks such as `**`, which are claimed.
    fn marked<'n>(&mut self, node: &'n AstNode<'n>, range: Range<usize>, marks: &str, depth: usize) -> Vec<Inline> {
        let nodes = self.inlines(node, depth + 1);
        self.account.claim_marks(self.text, range, marks);
        nodes
    }

    /// Claims a link except for its text.
    fn claim_around<'n>(&mut self, node: &'n AstNode<'n>, range: Range<usize>) {
        let text_start = node.first_child().map_or(range.end, |first| self.range(first.data.borrow().sourcepos).start);
        let text_end = node.last_child().map_or(range.start, |last| self.range(last.data.borrow().sourcepos).end);
        self.account.claim(range.start..text_start.max(range.start));
        self.account.claim(text_end.max(range.start)..range.end);
    }

    /// Reports the title of a link that begins at `start`. The parser's positions of links over several lines end too early.
    fn link_title(&mut self, start: usize, title: &str) {
        let at = self.text[start..].find(title).map_or(start, |at| start + at);
        let end = (at + title.len()).min(self.text.len());
        let place = self.map.place(at, end);
        self.report(Code::UnsupportedMarkdown, place, format!("the title of a link, `{title}`, doesn't print"))
            .set_help("remove it, or write it in the text");
        let close = self.text[end..].find(')').map_or(self.text.len(), |close| end + close + 1);
        let quote = self.text[..at].chars().next_back().map_or(0, char::len_utf8);
        self.account.claim(at - quote..close);
    }

    /// The start of the line after the one with this byte.
    fn next_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline + 1)
    }
}

fn is_good_link(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"))
}
