//! Reads YAML text into a tree with a place on every key and value; what the keys mean is left to [`crate::read`].
//!
//! The parser is event based, so neither nesting nor size can overflow the stack.
//! Anchors, aliases and tags are refused: lessons need none, and without them a small file stays small.
//! Scalars stay the text that stands there: `7:4`, `no` and `1991-04-01` are never converted.

mod align;
mod syntax;

pub use align::TextMap;

use granit_parser::{Event, Options, Parser, ScalarStyle};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Place, Sources};

/// Deepest nesting of lists and keys; the deepest lesson format needs about ten.
const MAX_DEPTH: usize = 40;

/// Most keys and values in one file.
const MAX_NODES: usize = 200_000;

/// What is said about a tag, and what to do about it.
const TAG: (&str, &str) = (
    "a text cannot begin with `!` unless it stands in quotation marks",
    "put quotation marks around the whole text (tags of YAML are not used in lessons)",
);

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands, without its key.
    pub place: Place,
    /// What it is.
    pub value: Value,
}

/// What a value is.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing after the colon, or `null`.
    Null,
    /// A text, as it stands.
    Text(Scalar),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in their order, duplicates kept.
    Map(Vec<(Key, Node)>),
    /// Something whose mistake has been reported already.
    Broken,
}

/// A text, whatever its style.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// The text, unescaped and without indentation.
    pub text: String,
}

/// A key and its place.
#[derive(Debug, Clone)]
pub struct Key {
    /// The key's text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Value {
    /// The word for this kind of value in messages.
    pub fn describe(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "keys with values",
            Value::Broken => "something broken",
        }
    }
}

/// Parses a whole file; reports every syntax mistake that can be told from the others.
///
/// A file with a syntax mistake is read again in pieces, one for each key at its outermost level, so that a mistake in one hides none in another.
/// A piece that cannot be read stands in the tree as [`Value::Broken`].
pub fn parse(file: FileId, sources: &Sources, diagnostics: &mut Diagnostics) -> Node {
    let text = sources.file(file).text();
    // A byte-order mark that some editors write is no part of the first key.
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
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
                    _ => diagnostics.push(
                        Diagnostic::new(Code::BrokenYaml, node.place, "this line belongs to no key")
                            .help("indent it to make it part of the text above, or write `key: value`"),
                    ),
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

/// The stretches of a text that begin with a key at the margin.
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
    /// Where in the file the parsed text begins.
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
        // Keys longer than YAML's 1,024 characters are no keys; the parser's default says so too.
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(source, options) {
            let (event, span) = event.map_err(|error| Box::new(syntax::explain(&error, source, self.file, self.offset)))?;
            let range = span.byte_range().unwrap_or(0..0);
            let place = Place::new(self.file, self.offset + range.start, self.offset + range.end);
            self.nodes += 1;
            if self.nodes > MAX_NODES {
                return Err(Box::new(Diagnostic::new(
                    Code::OversizedText,
                    place,
                    format!("the file has more than {MAX_NODES} keys and values, far more than a lesson needs"),
                )));
            }
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(Box::new(
                            Diagnostic::new(Code::BrokenYaml, place, "a second document begins here, and a file holds one")
                                .help("delete the line `---`, or move what follows to a file of its own"),
                        ));
                    }
                }
                Event::Scalar(text, style, _, tag) => {
                    self.refuse_tag(tag.is_some(), span.tag_span().and_then(|tag| tag.byte_range()), place);
                    let place = self.clamp_empty_block(&text, style, place, source);
                    let plain = style == ScalarStyle::Plain;
                    if plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") && !self.expects_key() {
                        self.add(Node { place, value: Value::Null });
                    } else {
                        self.add(Node { place, value: Value::Text(Scalar { text: text.into_owned() }) });
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
                    Diagnostic::new(Code::YamlFeature, place, "a text cannot begin with `&` unless it stands in quotation marks")
                        .help("put quotation marks around the whole text (anchors of YAML are not used in lessons)"),
                ),
                Event::Alias(..) | Event::UnresolvedAlias(..) => {
                    self.diagnostics.push(
                        Diagnostic::new(
                            Code::YamlFeature,
                            place,
                            "a text cannot begin with `*` unless it stands in quotation marks",
                        )
                        .help("put quotation marks around the whole text (aliases of YAML are not used in lessons)"),
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

    /// The place of a text below `|` or `>` that is empty: the mark itself, not what follows it.
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
            self.diagnostics.push(Diagnostic::new(Code::YamlFeature, place, TAG.0).help(TAG.1));
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
                                Diagnostic::new(Code::BrokenYaml, node.place, "a key must be a plain word")
                                    .help("if this is a text that begins with `{` or `[`, put quotation marks around it"),
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
                let end = items.last().map_or(end.end, |last| last.place.end.max(end.start));
                Node { place: Place::new(self.file, start, end as usize), value: Value::List(items) }
            }
            Some(Open::Map { start, entries, .. }) => {
                let end = entries.last().map_or(end.end, |(_, last)| last.place.end.max(end.start));
                Node { place: Place::new(self.file, start, end as usize), value: Value::Map(entries) }
            }
            None => return,
        };
        self.add(node);
    }
}
