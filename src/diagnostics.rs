//! The sink for mistakes in lessons; how a report looks on a terminal is left to [`report`], and beside a change to [`annotations`].

pub mod annotations;
pub mod report;
mod suggestion;

use std::collections::BTreeMap;

use crate::source::{FileId, Place};

pub use suggestion::{Suggestions, closest, did_you_mean, in_words, likely};

/// Most mistakes of one file, and most warnings, that are kept; more are only counted.
const MAX_KEPT: usize = 5000;

macro_rules! codes {
    ($(#[doc = $doc:literal] $variant:ident = $name:literal, $severity:ident;)*) => {
        /// The kind of a mistake. Its kebab-case name is also the name of its fixture and of its entry in the documents.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $doc] $variant,)*
        }

        impl Code {
            /// The code with this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.name() == name)
            }

            /// Every code, in the order of the documents.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// The kebab-case name that reports print.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// What the mistake is, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $doc.trim_ascii(),)* }
            }

            /// Whether the mistake stops a build.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

/// Whether a mistake stops a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The lesson cannot be built.
    Error,
    /// The lesson is built all the same.
    Warning,
}

codes! {
    /// A file that cannot be read as text: missing, a folder, too large, or not UTF-8.
    UnreadableFile = "unreadable-file", Error;
    /// Text that is not YAML.
    BrokenYaml = "broken-yaml", Error;
    /// An anchor, alias, tag or directive of YAML, which lessons do not use.
    YamlFeature = "yaml-feature", Error;
    /// Lists and keys inside one another deeper than any lesson needs.
    NestedTooDeep = "nested-too-deep", Error;
    /// A key that appears twice in one place.
    DuplicateKey = "duplicate-key", Error;
    /// A key that the format does not have.
    UnknownKey = "unknown-key", Error;
    /// A key that must be there and is not.
    MissingKey = "missing-key", Error;
    /// A key with nothing after its colon.
    EmptyValue = "empty-value", Error;
    /// A part of a lesson, or a list, without anything in it.
    EmptyPart = "empty-part", Error;
    /// A list where a text is expected, and the like.
    WrongType = "wrong-type", Error;
    /// A value that is not one of those offered.
    UnknownChoice = "unknown-choice", Error;
    /// A number or a length that is too small or too large.
    OutOfRange = "out-of-range", Error;
    /// A date that is not written year-month-day or does not exist.
    BadDate = "bad-date", Error;
    /// An address that does not begin with `http://` or `https://`, or is none at all.
    BadUrl = "bad-url", Error;
    /// A length without its unit.
    BadLength = "bad-length", Error;
    /// An id, label or key with characters that file names and links cannot carry.
    BadId = "bad-id", Error;
    /// A language tag that is none.
    BadLanguage = "bad-language", Error;
    /// A colour that is none, or too light for text on white paper.
    BadColour = "bad-colour", Error;
    /// Markdown that packets cannot print: raw HTML, code, pictures in a line.
    UnsupportedMarkdown = "unsupported-markdown", Error;
    /// Prose that is longer or nested deeper than can be read in bounded time.
    OversizedText = "oversized-text", Error;
    /// A citation that is not closed or names no key.
    BadCitation = "bad-citation", Error;
    /// A blank of a cloze text that is not closed or has no name.
    BadBlank = "bad-blank", Error;
    /// An equation that cannot be set: LaTeX beyond the part of it that packets know.
    BadEquation = "bad-equation", Error;
    /// A citation whose key the bibliography does not have.
    UnknownCitation = "unknown-citation", Error;
    /// A glossary reference to a term that the vocabulary does not have.
    UnknownTerm = "unknown-term", Error;
    /// A footnote mark without its note.
    UnknownFootnote = "unknown-footnote", Error;
    /// A note without its mark.
    UnusedFootnote = "unused-footnote", Warning;
    /// A source that nothing in the lesson cites.
    UnusedSource = "unused-source", Warning;
    /// One bibliography key for two sources.
    DuplicateSource = "duplicate-source", Error;
    /// One term twice in the vocabulary.
    DuplicateTerm = "duplicate-term", Error;
    /// A citation style that is not bundled.
    UnknownStyle = "unknown-style", Error;
    /// A family of fonts that is neither bundled nor in the folder `fonts`.
    UnknownFont = "unknown-font", Error;
    /// A figure whose alternative text is empty or only a file name.
    MissingAlternativeText = "missing-alternative-text", Error;
    /// A figure whose image file does not exist.
    MissingImage = "missing-image", Error;
    /// A path that leads out of the issue's folder.
    UnsafePath = "unsafe-path", Error;
    /// An image that cannot be read, is too large, or tries to load something.
    BadImage = "bad-image", Error;
    /// A picture that would print with visible pixels.
    LowResolution = "low-resolution", Warning;
    /// A `see` that names no labelled paragraph or line.
    UnknownLabel = "unknown-label", Error;
    /// One label on two paragraphs or lines.
    DuplicateLabel = "duplicate-label", Error;
    /// A label to which a question points on a paragraph or line that has no number.
    UnnumberedLabel = "unnumbered-label", Error;
    /// A row of a table, or a criterion of a rubric, with more or fewer cells than there are heads.
    UnevenRow = "uneven-row", Error;
    /// Steps that take longer together than the activity.
    TooManyMinutes = "too-many-minutes", Warning;
    /// A block that cannot stand where it is: a question in a sidebar, columns in columns, steps that continue none.
    MisplacedBlock = "misplaced-block", Error;
    /// One id for two items.
    DuplicateId = "duplicate-id", Error;
    /// One lesson listed twice in its issue.
    DuplicateLesson = "duplicate-lesson", Error;
    /// A translation that does not have the parts of its lesson.
    TranslationDiffers = "translation-differs", Error;
    /// A translation without its lesson, or in a language that its name does not say.
    OrphanTranslation = "orphan-translation", Error;
    /// A lesson that the issue lists and that has no file.
    MissingLesson = "missing-lesson", Error;
    /// A lesson file that its issue does not list.
    UnlistedLesson = "unlisted-lesson", Warning;
    /// A folder of lessons without its `issue.yaml`.
    MissingIssue = "missing-issue", Error;
    /// Two names that differ only in capitals, or a reserved one.
    NameClash = "name-clash", Error;
    /// A heading that skips a level.
    HeadingLevel = "heading-level", Error;
    /// An answer for an item that the lesson does not have.
    UnknownAnswer = "unknown-answer", Error;
    /// An answer that its item cannot have: a choice that is not offered, a pair that does not exist.
    WrongAnswer = "wrong-answer", Error;
    /// An answer with a hole: a blank without its word, an item without its match.
    IncompleteAnswer = "incomplete-answer", Warning;
    /// A note of the teacher file, or a step of the substitute's plan, that names nothing in the lesson.
    UnknownTarget = "unknown-target", Error;
    /// A timetable of the teacher file whose minutes do not add up to the time that there is.
    MinutesDiffer = "minutes-differ", Warning;
    /// A plan for a substitute that takes more than two minutes to read, or more than its page.
    PlanTooLong = "plan-too-long", Warning;
    /// A packet that no edition has: a part of the answer key or of the substitute's plan.
    NoSuchPacket = "no-such-packet", Error;
    /// A teacher file without its lesson.
    OrphanTeacherFile = "orphan-teacher-file", Error;
    /// A character that no font has.
    MissingGlyph = "missing-glyph", Error;
    /// A table or an equation that is wider than its page; found in the finished layout.
    TooWide = "too-wide", Warning;
    /// Writing space that does not fit on a page; found in the finished layout.
    SpaceDoesNotFit = "space-does-not-fit", Warning;
}

/// One mistake at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of mistake.
    pub code: Code,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// A second place that belongs to it, with what stands there.
    pub second: Option<(Place, String)>,
    /// What to do about it, as an instruction.
    pub help: Option<String>,
    /// What it has in common with others of its file that are told with it, since one cause makes all of them.
    pub cause: Option<&'static str>,
    /// How many others are told with it.
    pub others: usize,
}

impl Diagnostic {
    /// A mistake without a second place or help.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place, second: None, help: None, cause: None, others: 0 }
    }

    /// The same with one line that says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same as one of many that this makes: of each file the first is told, with the number of the others.
    pub fn cause(mut self, cause: Option<&'static str>) -> Self {
        self.cause = cause;
        self
    }

    /// What is wrong, here and elsewhere in the file.
    pub fn text(&self) -> String {
        match self.others {
            0 => self.message.clone(),
            1 => format!("{}; another text of this file is like it", self.message),
            others => format!("{}; {others} other texts of this file are like it", self.message),
        }
    }

    /// The same with help if there is some to give.
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// The same with this help if it has none yet.
    pub fn or_help(mut self, help: String) -> Self {
        self.help.get_or_insert(help);
        self
    }

    /// The same with a second place.
    pub fn second(mut self, place: Place, label: impl Into<String>) -> Self {
        self.second = Some((place, label.into()));
        self
    }
}

/// Collects mistakes in any order and gives them back in the order of the files.
///
/// Of each file it keeps a bounded number and counts the rest, so a file of nothing but mistakes fills no memory.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// How many of each file there are, kept or not.
    counts: BTreeMap<(FileId, Severity), usize>,
    /// The last one that was not kept, for those who want to add help.
    surplus: Option<Diagnostic>,
    /// Where in the list the first one is of each cause in each file.
    causes: BTreeMap<(FileId, &'static str), usize>,
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

impl Diagnostics {
    /// Takes in one mistake.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.push_new(diagnostic);
    }

    /// Takes in one mistake and returns it, so that help can be added.
    pub fn push_new(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        let cause = diagnostic.cause.map(|cause| (diagnostic.place.file, cause));
        if let Some(first) = cause.and_then(|cause| self.causes.get(&cause)) {
            let first = &mut self.list[*first];
            first.others += 1 + diagnostic.others;
            return first;
        }
        let count = self.counts.entry((diagnostic.place.file, diagnostic.code.severity())).or_default();
        *count += 1;
        if *count > MAX_KEPT {
            return self.surplus.insert(diagnostic);
        }
        self.causes.extend(cause.map(|cause| (cause, self.list.len())));
        self.list.push(diagnostic);
        self.list.last_mut().expect("a mistake was just added")
    }

    /// Takes in all mistakes of another sink.
    pub fn append(&mut self, other: Diagnostics) {
        let mut surplus = other.counts;
        for diagnostic in other.list {
            if let Some(count) = surplus.get_mut(&(diagnostic.place.file, diagnostic.code.severity())) {
                *count -= 1;
            }
            self.push(diagnostic);
        }
        for (key, count) in surplus {
            *self.counts.entry(key).or_default() += count;
        }
    }

    /// The same at other places.
    pub fn map_places(&self, place: &mut dyn FnMut(Place) -> Place) -> Self {
        let mut mapped = |diagnostic: &Diagnostic| {
            let mut diagnostic = diagnostic.clone();
            diagnostic.place = place(diagnostic.place);
            if let Some((second, _)) = &mut diagnostic.second {
                *second = place(*second);
            }
            diagnostic
        };
        let list = self.list.iter().map(&mut mapped).collect();
        let surplus = self.surplus.as_ref().map(&mut mapped);
        let counts =
            self.counts.iter().map(|((file, severity), count)| ((place(Place::beginning(*file)).file, *severity), *count));
        let counts = counts.collect();
        let causes = self.causes.iter().map(|((file, cause), at)| ((place(Place::beginning(*file)).file, *cause), *at)).collect();
        Self { list, counts, surplus, causes }
    }

    /// How many errors there are.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many warnings there are.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.counts.iter().filter(|((_, known), _)| *known == severity).map(|(_, count)| count).sum()
    }

    /// How many mistakes and warnings a file has that are counted and not kept.
    pub fn dropped(&self, file: FileId) -> usize {
        let counts = [Severity::Error, Severity::Warning].map(|severity| self.counts.get(&(file, severity)));
        counts.into_iter().flatten().map(|count| count.saturating_sub(MAX_KEPT)).sum()
    }

    /// All mistakes sorted by place, each once.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.list.iter().collect();
        all.sort_by(|a, b| (a.place, a.code, &a.message).cmp(&(b.place, b.code, &b.message)));
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_bounded_number() {
        let mut sources = crate::source::Sources::default();
        let place = Place::beginning(sources.add("a.yaml", String::new()));
        let mut one = Diagnostics::default();
        for _ in 0..MAX_KEPT + 7 {
            one.push(Diagnostic::new(Code::BadId, place, "wrong"));
        }
        let mut all = Diagnostics::default();
        all.push(Diagnostic::new(Code::UnusedSource, place, "unused"));
        all.append(one);
        assert_eq!((all.errors(), all.warnings(), all.dropped(place.file)), (MAX_KEPT + 7, 1, 7));
        assert_eq!(all.list.len(), MAX_KEPT + 1);
    }

    #[test]
    fn names_are_unique() {
        let names: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
