//! Turns the lesson's text into runs, with formatted citations, footnotes in place, and the quotation marks of its language.

use std::collections::BTreeMap;

use super::Citations;
use super::characters;
use super::plain::{self, push_words};
use crate::equation::{self, Math};
use crate::lesson::prose::{Cite, Inline, Inlines, Placed};
use crate::packet::{Run, Runs, Speech};
use crate::words::primary;

/// How text becomes runs.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    citations: &'a Citations,
    /// A BCP 47 tag.
    language: &'a str,
    /// Whether the text comes from the teacher file and prints among student text.
    is_aside: bool,
    /// Whether the text is that of a footnote.
    is_note: bool,
    blanks: Option<&'a Blanks<'a>>,
}

/// The blanks of a cloze text.
pub(super) struct Blanks<'a> {
    /// Their names, in numbered order.
    pub names: Vec<&'a Placed<String>>,
    /// Their answers, in editions that print them.
    pub words: BTreeMap<String, Runs>,
}

impl<'a> Text<'a> {
    /// For text in the lesson.
    pub(super) fn new(citations: &'a Citations, language: &'a str) -> Self {
        Self { citations, language, is_aside: false, is_note: false, blanks: None }
    }

    /// The same for text in the teacher file. Its footnotes would change the numbers of the students' footnotes.
    pub(super) fn aside(self) -> Self {
        Self { is_aside: true, ..self }
    }

    /// Adds a citation, and returns its footnote if it has one. A citation that prints nothing, such as MLA's of an author whom
    /// the sentence names, takes no space, and neither does the mark of a footnote.
    fn citation(self, sources: &[Cite], next: Option<&Inline>, runs: &mut Runs) -> Option<Run> {
        let mut citation = self.citations.citation(sources);
        let note = citation.pop_if(|last| matches!(last, Run::Note { .. }));
        if let Some(Run::Note { runs: note, .. }) = note.as_ref().filter(|_| self.is_note) {
            // A footnote can't have another one, so the source goes right in.
            let is_named = !citation.is_empty();
            let note = if ends_sentence(next) && !is_named { note.clone() } else { plain::without_period(note.clone()) };
            citation.extend(if is_named { [vec![Run::text(" (")], note, vec![Run::text(")")]].concat() } else { note });
            runs.extend(citation);
            return None;
        }
        if citation.is_empty()
            && let Some(Run::Text { text }) = runs.last_mut()
        {
            text.truncate(text.trim_end().len());
        }
        runs.extend(citation);
        note
    }

    /// The same for text with these blanks.
    pub(super) fn with_blanks<'b>(self, blanks: &'b Blanks<'b>) -> Text<'b>
    where
        'a: 'b,
    {
        Text { blanks: Some(blanks), ..self }
    }

    /// Whether the text comes from the teacher file.
    pub(super) fn is_aside(self) -> bool {
        self.is_aside
    }

    /// How to read an equation aloud if the lesson doesn't say it: in words in English, and in other languages in signs, which screen
    /// readers say in that language.
    pub(super) fn speech(self, math: &Math) -> Speech {
        let is_english = primary(self.language) == "en";
        Speech { text: if is_english { equation::speech(math) } else { equation::linear(math) } }
    }

    /// An optional line.
    pub(super) fn line(self, line: Option<&Inlines>) -> Option<Runs> {
        line.map(|line| self.runs(&line.nodes))
    }

    /// Several lines.
    pub(super) fn lines(self, lines: &[Inlines]) -> Vec<Runs> {
        lines.iter().map(|line| self.runs(&line.nodes)).collect()
    }

    /// Text without Markdown, such as a name.
    pub(super) fn plain(self, text: &str) -> Runs {
        characters::set(plain::from_text(text), self.language)
    }

    /// A line of text as it prints.
    pub(super) fn runs(self, nodes: &[Inline]) -> Runs {
        characters::set(self.pieces(nodes), self.language)
    }

    /// The pieces of a line, with quotation marks as typed.
    fn pieces(self, nodes: &[Inline]) -> Runs {
        let mut runs = Runs::new();
        // The footnote of a citation, which follows the punctuation after it: Chicago, 17th ed., 14.26.
        let mut note: Option<Run> = None;
        for (at, node) in nodes.iter().enumerate() {
            match node {
                Inline::Text { text } if note.is_some() => {
                    let (before, after) = text.split_at(text.find(|c| !is_before_mark(c)).unwrap_or(text.len()));
                    push_words(before, &mut runs);
                    if !after.is_empty() {
                        runs.extend(note.take());
                        push_words(after, &mut runs);
                    }
                    continue;
                }
                Inline::Mark { .. } => {}
                _ => runs.extend(note.take()),
            }
            match node {
                Inline::Text { text } => push_words(text, &mut runs),
                Inline::Mark { double } => runs.push(Run::text(if *double { "\"" } else { "'" })),
                Inline::Emphasis { nodes } => runs.push(Run::Emphasis { runs: self.pieces(nodes) }),
                Inline::Strong { nodes } => runs.push(Run::Strong { runs: self.pieces(nodes) }),
                Inline::Subscript { nodes } => runs.push(Run::Subscript { runs: self.pieces(nodes) }),
                Inline::Superscript { nodes } => runs.push(Run::Superscript { runs: self.pieces(nodes) }),
                Inline::Foreign { language, nodes } => {
                    runs.push(Run::Foreign { language: language.clone(), runs: self.pieces(nodes) });
                }
                Inline::Term { nodes, .. } => runs.push(Run::Term { runs: self.pieces(nodes) }),
                Inline::Link { url, nodes, .. } => runs.push(Run::Link { url: url.clone(), runs: self.pieces(nodes) }),
                Inline::Footnote { nodes, place } => {
                    let note = Text { is_note: true, ..self };
                    runs.push(Run::Note { runs: note.pieces(nodes), place: *place });
                }
                Inline::Break => runs.push(Run::LineBreak),
                Inline::Blank { name } => runs.extend(self.blanks.and_then(|blanks| blanks.run(name))),
                Inline::Equation { math } => runs.push(Run::Equation { tree: math.clone(), say: self.speech(math) }),
                Inline::Citation { sources } => {
                    note = self.citation(sources, nodes.get(at + 1), &mut runs);
                    // In parentheses, it belongs before the punctuation.
                    if self.is_aside {
                        runs.extend(note.take());
                    }
                }
            }
        }
        runs.extend(note);
        if self.is_aside { notes_inside(runs) } else { runs }
    }
}

/// Whether the mark of a footnote follows a character that is typed after it.
fn is_before_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '?' | '!' | '…' | '”' | '’' | '»' | '。' | '，' | '、')
}

/// Whether the sentence before a piece of text has ended: nothing follows, or another sentence.
fn ends_sentence(next: Option<&Inline>) -> bool {
    match next {
        None => true,
        Some(Inline::Text { text }) => {
            text.starts_with(char::is_whitespace) && text.trim_start().chars().next().is_none_or(char::is_uppercase)
        }
        Some(_) => false,
    }
}

impl Blanks<'_> {
    /// The blank with this name at this place. No two blanks have the same place.
    fn run(&self, name: &Placed<String>) -> Option<Run> {
        let before = self.names.iter().position(|known| known.place == name.place)?;
        let number = u32::try_from(before + 1).expect("a file holds fewer blanks");
        Some(match self.words.get(&name.value) {
            Some(word) => Run::FilledBlank { number, runs: word.clone() },
            None => Run::Blank { number, blank: None },
        })
    }
}

/// Puts footnotes in parentheses where their marks would be. Otherwise they'd change the numbers of the students' footnotes.
fn notes_inside(runs: Runs) -> Runs {
    let mut out = Runs::new();
    for run in runs {
        match run {
            Run::Note { runs, .. } => {
                out.push(Run::text(" ("));
                out.extend(runs);
                out.push(Run::text(")"));
            }
            run => out.push(run),
        }
    }
    out
}
