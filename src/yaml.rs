//! Parses YAML into a tree with a place on every key and value; [`crate::read`] gives the keys their meaning.
//!
//! The parser is event-based, so neither nesting nor size can overflow the stack.
//! Anchors, aliases, and tags are rejected: lessons don't need them, and they could make a small file huge.
//! Scalars stay as written: `7:4`, `no`, and `1991-04-01` are never converted.

mod align;
mod causes;
mod cut;
mod syntax;
pub mod written;

pub use align::{Joining, TextMap};

use granit_parser::{Event, Options, Parser, ScalarStyle};

use cut::Written;

use crate::diagnostics::{Change, Code, Diagnostic, Diagnostics, Help};
use crate::source::{FileId, Place, Sources};

/// The deepest nesting of lists and keys; lessons need about ten levels.
const MAX_DEPTH: usize = 40;

/// The most keys and values in one file.
const MAX_NODES: usize = 200_000;

/// The message and help for a tag.
const TAG: (&str, &str) = (
    "text can't start with `!` unless it's in quotation marks",
    "put quotation marks around the whole text (lessons don't use YAML tags)",
);

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it is, without its key.
    pub place: Place,
    /// Its content.
    pub value: Value,
}

/// The content of a value.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing after the colon, or `null`.
    Null,
    /// Text, as written.
    Text(Scalar),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in order, with duplicates.
    Map(Vec<(Key, Node)>),
    /// A value whose error has already been reported.
    Broken,
}

/// Text in any style.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// The text, unescaped and without indentation.
    pub text: String,
    /// How it's written, if that joins its lines: not below `|`.
    pub joining: Option<Joining>,
}

/// A key and its place.
#[derive(Debug, Clone)]
pub struct Key {
    /// The key's text.
    pub text: String,
    /// Where it is.
    pub place: Place,
}

impl Value {
    /// The word for this kind of value in messages.
    pub fn describe(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "keys and values",
            Value::Broken => "an unreadable value",
        }
    }
}

/// Parses a whole file; reports every syntax error that can be found on its own.
///
/// A file with a syntax error is parsed again in pieces, one for each top-level key, so an error in one piece hides none in
/// another.
/// An unreadable piece becomes [`Value::Broken`].
pub fn parse(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Node {
    let text = sources.file(file).text();
    // Some editors write a byte order mark, which isn't part of the first key.
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if let Some(causes::Cause { range, message, help }) = causes::conflict(text) {
        diagnostics.push(Diagnostic::new(Code::BrokenYaml, Place::new(file, range.start, range.end), message).help(help));
        return Node { place: Place::new(file, start, text.len()), value: Value::Broken };
    }
    match Builder::new(file, start).run(&text[start..]) {
        Ok((node, found)) => {
            diagnostics.append(found);
            node
        }
        Err(_) => parse_in_pieces(file, text, start, diagnostics),
    }
}

fn parse_in_pieces(file: FileId, text: &str, start: usize, diagnostics: &mut Diagnostics) -> Node {
    let mut entries = Vec::new();
    for piece in pieces(text, start) {
        match Builder::new(file, piece.start).run(&text[piece.clone()]) {
            Ok((node, found)) => {
                diagnostics.append(found);
                match node.value {
                    Value::Map(map) => entries.extend(map),
                    Value::Null => {}
                    _ => {
                        let line = node.place.start as usize..node.place.end as usize;
                        let diagnostic = match causes::invisible(text, &line).or_else(|| causes::no_space(text, &line)) {
                            Some(causes::Cause { range, message, help }) => {
                                Diagnostic::new(Code::BrokenYaml, Place::new(file, range.start, range.end), message).help(help)
                            }
                            None => Diagnostic::new(Code::BrokenYaml, node.place, "this line doesn't belong to a key")
                                .help("write `key: value`, or indent the line if it belongs to the text above"),
                        };
                        diagnostics.push(diagnostic);
                        // What follows the key is unknown, so nothing is reported as missing.
                        let key = text[line.clone()].split([':', '\n']).next().unwrap_or_default().trim().to_owned();
                        entries.push((Key { text: key, place: node.place }, Node { place: node.place, value: Value::Broken }));
                    }
                }
            }
            Err(error) => {
                diagnostics.push(*error);
                let line = &text[piece.clone()];
                if let Some(colon) = line.find(':').filter(|&colon| !line[..colon].contains('\n')) {
                    let place = Place::new(file, piece.start, piece.start + colon);
                    let key = Key { text: line[..colon].trim().to_owned(), place };
                    entries.push((key, Node { place, value: Value::Broken }));
                }
            }
        }
    }
    Node { place: Place::new(file, start, text.len()), value: Value::Map(entries) }
}

/// The pieces of a file that start with a key at the left margin.
fn pieces(text: &str, start: usize) -> Vec<std::ops::Range<usize>> {
    let mut starts = vec![start];
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if at > start
            && line.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '"' || c == '\'')
            && line.contains(':')
        {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// An open list or map.
enum Open {
    List { start: usize, items: Vec<Node> },
    Map { start: usize, entries: Vec<(Key, Node)>, key: Option<Key> },
}

struct Builder {
    file: FileId,
    /// Where the parsed text starts in the file.
    offset: usize,
    open: Vec<Open>,
    root: Option<Node>,
    nodes: usize,
    diagnostics: Diagnostics,
}

type Parsed = Result<(Node, Diagnostics), Box<Diagnostic>>;

impl Builder {
    fn new(file: FileId, offset: usize) -> Self {
        Self { file, offset, open: Vec::new(), root: None, nodes: 0, diagnostics: Diagnostics::default() }
    }

    fn run(mut self, source: &str) -> Parsed {
        let mut options = Options::default();
        options.emit_unresolved_aliases = true;
        options.emit_anchor_events = true;
        options.disallow_directives = true;
        options.flow_nesting_limit = MAX_DEPTH;
        options.block_nesting_limit = MAX_DEPTH;
        // YAML allows keys of up to 1,024 characters, which is also the parser's default.
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(source, options) {
            let (event, span) = event.map_err(|error| Box::new(syntax::explain(&error, source, self.file, self.offset)))?;
            let range = span.byte_range().unwrap_or(0..0);
            let place = Place::new(self.file, self.offset + range.start, self.offset + range.end);
            self.nodes += 1;
            if self.nodes > MAX_NODES {
                let message = format!("the file has more than {MAX_NODES} keys and values");
                let found = Diagnostic::new(Code::OversizedText, place, message);
                return Err(Box::new(found.help("split it into several lessons")));
            }
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    let is_after_end = source[..range.start].trim_end().ends_with("\n...");
                    if documents > 1 && is_after_end {
                        return Err(Box::new(
                            Diagnostic::new(
                                Code::BrokenYaml,
                                place,
                                "`...` at the beginning of the line above ends the file here",
                            )
                            .help("indent that line and this one like the text above them"),
                        ));
                    }
                    if documents > 1 {
                        return Err(Box::new(
                            Diagnostic::new(Code::BrokenYaml, place, "`---` starts a second document; a file can have only one")
                                .help("delete this line, or move the lines after it to another file"),
                        ));
                    }
                }
                Event::Scalar(text, style, _, tag) => {
                    self.refuse_tag(tag.is_some(), span.tag_span().and_then(|tag| tag.byte_range()), place);
                    let place = self.clamp_empty_block(&text, style, place, source);
                    let plain = style == ScalarStyle::Plain;
                    let (start, end) = (range.start, range.end);
                    let written = Written { source, start, end, style, file: self.file, offset: self.offset };
                    self.diagnostics.extend(cut::comment(written));
                    self.diagnostics.extend(cut::code(written));
                    if plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") && !self.expects_key() {
                        self.add(Node { place, value: Value::Null });
                    } else {
                        let joining = match style {
                            ScalarStyle::Literal => None,
                            ScalarStyle::Folded => Some(Joining::Folded),
                            ScalarStyle::Plain => Some(Joining::Plain),
                            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Some(Joining::Quoted),
                        };
                        self.add(Node { place, value: Value::Text(Scalar { text: text.into_owned(), joining }) });
                    }
                }
                Event::SequenceStart(_, _, tag) => {
                    self.refuse_tag(tag.is_some(), span.tag_span().and_then(|tag| tag.byte_range()), place);
                    self.open.push(Open::List { start: place.start as usize, items: Vec::new() });
                }
                Event::MappingStart(_, _, tag) => {
                    self.refuse_tag(tag.is_some(), span.tag_span().and_then(|tag| tag.byte_range()), place);
                    self.open.push(Open::Map { start: place.start as usize, entries: Vec::new(), key: None });
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(place),
                Event::Anchor(..) => self.diagnostics.push(
                    Diagnostic::new(Code::YamlFeature, place, "text can't start with `&` unless it's in quotation marks").help(
                        Help::with("put quotation marks around the whole text (lessons don't use YAML anchors)", Change::Quote),
                    ),
                ),
                Event::Alias(..) | Event::UnresolvedAlias(..) => {
                    self.diagnostics.push(
                        Diagnostic::new(Code::YamlFeature, place, "text can't start with `*` unless it's in quotation marks")
                            .help(Help::with(
                                "put quotation marks around the whole text (lessons don't use YAML aliases)",
                                Change::Quote,
                            )),
                    );
                    self.add(Node { place, value: Value::Broken });
                }
                _ => {}
            }
        }
        let end = self.offset + source.len();
        let root = self.root.unwrap_or(Node { place: Place::new(self.file, self.offset, end), value: Value::Null });
        Ok((root, self.diagnostics))
    }

    /// The place of empty text below `|` or `>`: the mark itself, not what follows it.
    fn clamp_empty_block(&self, value: &str, style: ScalarStyle, place: Place, source: &str) -> Place {
        if !value.trim().is_empty() || !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            return place;
        }
        let start = (place.start as usize).saturating_sub(self.offset).min(source.len());
        let from = if source[start..].starts_with(['|', '>']) { Some(start) } else { source[..start].rfind(['|', '>']) };
        from.map_or(place, |at| Place::new(self.file, self.offset + at, self.offset + at + 1))
    }

    fn refuse_tag(&mut self, tagged: bool, range: Option<std::ops::Range<usize>>, place: Place) {
        if tagged {
            let place = range.map_or(place, |range| Place::new(self.file, self.offset + range.start, self.offset + range.end));
            self.diagnostics.push(Diagnostic::new(Code::YamlFeature, place, TAG.0).help(Help::with(TAG.1, Change::Quote)));
        }
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Open::Map { key: None, .. }))
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => {
                    let text = match node.value {
                        Value::Text(scalar) => scalar.text,
                        Value::Broken => String::new(),
                        _ => {
                            self.diagnostics.push(
                                Diagnostic::new(Code::BrokenYaml, node.place, "expected one word as a key, found a list or keys")
                                    .help("put quotation marks around text that starts with `{` or `[`"),
                            );
                            String::new()
                        }
                    };
                    *key = Some(Key { text, place: node.place });
                }
            },
        }
    }

    fn close(&mut self, end: Place) {
        let node = match self.open.pop() {
            Some(Open::List { start, items }) => {
                let end = items.last().map_or(end.end, |last| last.place.end.max(end.end));
                Node { place: Place::new(self.file, start, end as usize), value: Value::List(items) }
            }
            Some(Open::Map { start, entries, .. }) => {
                let end = entries.last().map_or(end.end, |(_, last)| last.place.end.max(end.end));
                Node { place: Place::new(self.file, start, end as usize), value: Value::Map(entries) }
            }
            None => return,
        };
        self.add(node);
    }
}
