//! Collects errors and warnings in lessons. [`report`] formats them for a terminal, and [`annotations`] for code review.

pub mod annotations;
mod help;
pub mod report;
mod suggestion;

use std::collections::BTreeMap;

use crate::source::{FileId, Place};

pub use help::{Change, Help};
pub use suggestion::{Suggestions, closest, did_you_mean, in_words, likely};

/// The most errors, and the most warnings, that are kept for one file; the rest are only counted.
const MAX_KEPT: usize = 5000;

/// Where the documents are: a web address in a release, otherwise the folder in the sources.
const DOCUMENTS: &str = match option_env!("PACKETPRESS_DOCUMENTS") {
    Some(address) => address,
    None => "docs",
};

macro_rules! codes {
    ($(#[doc = $doc:literal] $variant:ident = $name:literal, $severity:ident;)*) => {
        /// The kind of error or warning. Its kebab-case name is also the name of its fixture and of its entry in the documentation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $doc] $variant,)*
        }

        impl Code {
            /// The code with this name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.name() == name)
            }

            /// Every code, in the order of the documentation.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// The kebab-case name that reports print.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// What the code means, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $doc.trim_ascii(),)* }
            }

            /// The address of its entry in the documentation, which says why it matters and how to fix it.
            pub fn address(self) -> String {
                format!("{DOCUMENTS}/mistakes.md#{}", self.name())
            }

            /// Whether it stops a build.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

/// Whether an error or warning stops a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The lesson can't be built.
    Error,
    /// The lesson is built anyway.
    Warning,
}

codes! {
    /// A file that can't be read as text: missing, a folder, too large, or not UTF-8.
    UnreadableFile = "unreadable-file", Error;
    /// A file that isn't valid YAML.
    BrokenYaml = "broken-yaml", Error;
    /// A YAML anchor, alias, tag, or directive; lessons don't use these.
    YamlFeature = "yaml-feature", Error;
    /// Lists and keys nested too deep.
    NestedTooDeep = "nested-too-deep", Error;
    /// A duplicate key or list entry.
    DuplicateKey = "duplicate-key", Error;
    /// An unknown key or block.
    UnknownKey = "unknown-key", Error;
    /// A required key that is missing.
    MissingKey = "missing-key", Error;
    /// A key or list entry without a value.
    EmptyValue = "empty-value", Error;
    /// An empty list, file, or part of a lesson.
    EmptyPart = "empty-part", Error;
    /// The wrong kind of value, such as a list where text is expected.
    WrongType = "wrong-type", Error;
    /// A value that isn't one of the choices.
    UnknownChoice = "unknown-choice", Error;
    /// A number, length, or list that is too small or too large.
    OutOfRange = "out-of-range", Error;
    /// A date that isn't written year-month-day or doesn't exist.
    BadDate = "bad-date", Error;
    /// A name that would print wrong, such as an organization's name that reads as a person's.
    BadName = "bad-name", Error;
    /// An invalid web or email address, or an invalid DOI.
    BadUrl = "bad-url", Error;
    /// A length without a number or a unit.
    BadLength = "bad-length", Error;
    /// An id or label with characters that aren't allowed in file names and links.
    BadId = "bad-id", Error;
    /// An invalid language tag.
    BadLanguage = "bad-language", Error;
    /// An invalid color, or one too light for text on white paper.
    BadColor = "bad-color", Error;
    /// Markdown that packets can't print: HTML, code, or images inside text.
    UnsupportedMarkdown = "unsupported-markdown", Error;
    /// Text that wouldn't print, such as a comment after `#` or a link definition.
    LostText = "lost-text", Warning;
    /// Text that would print differently from how it's typed.
    ChangedText = "changed-text", Warning;
    /// A file or text that is too large or nested too deep.
    OversizedText = "oversized-text", Error;
    /// A citation that isn't closed or doesn't name a source.
    BadCitation = "bad-citation", Error;
    /// A blank in a cloze that isn't closed or has no valid name.
    BadBlank = "bad-blank", Error;
    /// An equation with unsupported or invalid LaTeX.
    BadEquation = "bad-equation", Error;
    /// A citation of a source that isn't in the bibliography.
    UnknownCitation = "unknown-citation", Error;
    /// A glossary reference to a term that isn't in the vocabulary.
    UnknownTerm = "unknown-term", Error;
    /// A footnote mark without a note.
    UnknownFootnote = "unknown-footnote", Error;
    /// A footnote without a mark in the text.
    UnusedFootnote = "unused-footnote", Warning;
    /// A source that the lesson never cites.
    UnusedSource = "unused-source", Warning;
    /// A web address that can't be opened anymore.
    DeadLink = "dead-link", Warning;
    /// A web address that has moved to another one for good.
    MovedLink = "moved-link", Warning;
    /// Two sources with the same key.
    DuplicateSource = "duplicate-source", Error;
    /// A term listed twice in the vocabulary.
    DuplicateTerm = "duplicate-term", Error;
    /// An unknown citation style.
    UnknownStyle = "unknown-style", Error;
    /// A font that is neither built in nor in the `fonts` folder.
    UnknownFont = "unknown-font", Error;
    /// An image whose alternative text is missing or says too little.
    MissingAlternativeText = "missing-alternative-text", Error;
    /// An image whose file is missing.
    MissingImage = "missing-image", Error;
    /// A path or link that leads outside the lessons.
    UnsafePath = "unsafe-path", Error;
    /// An image that can't be read, is too large, or loads other files.
    BadImage = "bad-image", Error;
    /// Text in a drawing that prints in another font, or not at all.
    DrawingText = "drawing-text", Warning;
    /// An image with too few pixels to print sharply.
    LowResolution = "low-resolution", Warning;
    /// An unknown label in `see`.
    UnknownLabel = "unknown-label", Error;
    /// Two paragraphs or lines with the same label.
    DuplicateLabel = "duplicate-label", Error;
    /// A label on something without a number, so a question can't refer to it.
    UnnumberedLabel = "unnumbered-label", Error;
    /// A table row or rubric criterion with the wrong number of cells.
    UnevenRow = "uneven-row", Error;
    /// Steps that take more time than the activity.
    TooManyMinutes = "too-many-minutes", Warning;
    /// A block in the wrong place, such as a question in a sidebar.
    MisplacedBlock = "misplaced-block", Error;
    /// Two items with the same id.
    DuplicateId = "duplicate-id", Error;
    /// A lesson listed twice in its issue.
    DuplicateLesson = "duplicate-lesson", Error;
    /// A translation whose parts differ from its lesson's.
    TranslationDiffers = "translation-differs", Error;
    /// A translation without a lesson, or with the wrong language in its file name.
    OrphanTranslation = "orphan-translation", Error;
    /// A lesson that the issue lists but whose file is missing.
    MissingLesson = "missing-lesson", Error;
    /// A lesson file that the issue doesn't list.
    UnlistedLesson = "unlisted-lesson", Warning;
    /// A folder with lessons but no `issue.yaml`.
    MissingIssue = "missing-issue", Error;
    /// A reserved name, or two names that would clash.
    NameClash = "name-clash", Error;
    /// File names too long to unpack on Windows.
    LongName = "long-name", Warning;
    /// A heading that skips a level.
    HeadingLevel = "heading-level", Error;
    /// An answer to an item that isn't in the lesson.
    UnknownAnswer = "unknown-answer", Error;
    /// An answer that doesn't fit its item, such as an unknown choice.
    WrongAnswer = "wrong-answer", Error;
    /// An answer with a part missing, such as a blank without a word.
    IncompleteAnswer = "incomplete-answer", Warning;
    /// A teacher note or a step of the sub plan that refers to something unknown.
    UnknownTarget = "unknown-target", Error;
    /// A pacing plan or sub plan whose minutes don't add up to the time available.
    MinutesDiffer = "minutes-differ", Warning;
    /// A sub plan that takes more than two minutes to read, or more than one page.
    PlanTooLong = "plan-too-long", Warning;
    /// A packet that can't exist, such as a part of the answer key.
    NoSuchPacket = "no-such-packet", Error;
    /// A teacher file without a lesson.
    OrphanTeacherFile = "orphan-teacher-file", Error;
    /// A character that no font has.
    MissingGlyph = "missing-glyph", Error;
    /// A table, an equation, or other text wider than its page (found after layout).
    TooWide = "too-wide", Warning;
    /// A footnote on another page than its mark (found after layout).
    FootnoteApart = "footnote-apart", Warning;
    /// Writing space that doesn't fit on a page (found after layout).
    SpaceDoesNotFit = "space-does-not-fit", Warning;
    /// A packet that doesn't fit on its sheets of paper in any legible type (found after layout).
    TooFewSheets = "too-few-sheets", Error;
}

/// One error or warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// What is wrong: lowercase, no period.
    pub message: String,
    /// Where.
    pub place: Place,
    /// A related place, with a label.
    pub second: Option<(Place, String)>,
    /// What to do, as an instruction.
    pub help: Option<Help>,
    /// The cause it shares with others in its file, which are reported with it.
    pub cause: Option<&'static str>,
    /// How many others are reported with it.
    pub others: usize,
}

impl Diagnostic {
    /// An error or warning without a second place or help.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place, second: None, help: None, cause: None, others: 0 }
    }

    /// Adds one line that says what to do.
    pub fn help(mut self, help: impl Into<Help>) -> Self {
        self.set_help(help);
        self
    }

    /// Sets what to do, in place.
    pub fn set_help(&mut self, help: impl Into<Help>) {
        self.help = Some(help.into());
    }

    /// Sets a shared cause: only the first one in each file is reported, with the number of others.
    pub fn cause(mut self, cause: Option<&'static str>) -> Self {
        self.cause = cause;
        self
    }

    /// The message, with the number of others like it in the file.
    pub fn text(&self) -> String {
        match self.others {
            0 => self.message.clone(),
            1 => format!("{} (and 1 more like it in this file)", self.message),
            others => format!("{} (and {others} more like it in this file)", self.message),
        }
    }

    /// Sets the help, or removes it.
    pub fn maybe_help(mut self, help: Option<impl Into<Help>>) -> Self {
        self.help = help.map(Into::into);
        self
    }

    /// Adds help if it has none yet.
    pub fn or_help(mut self, help: String) -> Self {
        self.help.get_or_insert_with(|| help.into());
        self
    }

    /// Adds a second place.
    pub fn second(mut self, place: Place, label: impl Into<String>) -> Self {
        self.second = Some((place, label.into()));
        self
    }
}

/// Collects errors and warnings in any order and returns them sorted by file and place.
///
/// It keeps a limited number for each file and counts the rest, so a file full of errors can't fill the memory.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// The number for each file, kept or not.
    counts: BTreeMap<(FileId, Severity), usize>,
    /// The last one that wasn't kept, so callers can still add help.
    surplus: Option<Diagnostic>,
    /// The index of the first one for each cause in each file.
    causes: BTreeMap<(FileId, &'static str), usize>,
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
}

impl Diagnostics {
    /// Adds one error or warning.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.push_new(diagnostic);
    }

    /// Adds one error or warning and returns it, so callers can add help.
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
        self.list.last_mut().expect("one was just added")
    }

    /// The report of this kind at a place, so a rule that knows more can improve its help.
    pub fn at(&mut self, code: Code, place: Place) -> Option<&mut Diagnostic> {
        self.list.iter_mut().find(|diagnostic| diagnostic.code == code && diagnostic.place == place)
    }

    /// Adds everything from another sink.
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

    /// A copy with every place changed.
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

    /// The number of errors.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// The number of warnings.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        self.counts.iter().filter(|((_, known), _)| *known == severity).map(|(_, count)| count).sum()
    }

    /// The number of errors and warnings in a file that weren't kept.
    pub fn dropped(&self, file: FileId) -> usize {
        let counts = [Severity::Error, Severity::Warning].map(|severity| self.counts.get(&(file, severity)));
        counts.into_iter().flatten().map(|count| count.saturating_sub(MAX_KEPT)).sum()
    }

    /// All errors and warnings sorted by place, without duplicates.
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
