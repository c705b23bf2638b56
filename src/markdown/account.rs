//! Accounts for every character of a Markdown text: it prints, it is a mark that was understood, or a report names it.
//!
//! The parser drops some text without a word, such as link definitions and extra table cells. The reader claims what it uses;
//! what remains is reported.

use std::ops::Range;

use super::Reader;
use super::mask::INVISIBLE;
use crate::diagnostics::Code;

/// Which bytes of some text have been used.
pub(super) struct Account {
    claimed: Vec<bool>,
    /// Whether reading stopped early, after a report.
    is_cut_short: bool,
}

impl Account {
    pub(super) fn new(text: &str) -> Self {
        Self { claimed: vec![false; text.len()], is_cut_short: false }
    }

    /// Claims all bytes of a range.
    pub(super) fn claim(&mut self, range: Range<usize>) {
        let end = range.end.min(self.claimed.len());
        if range.start < end {
            self.claimed[range.start..end].fill(true);
        }
    }

    /// Claims the marks among the bytes of a range.
    pub(super) fn claim_marks(&mut self, text: &str, range: Range<usize>, marks: &str) {
        for (at, c) in text[range.clone()].char_indices() {
            if marks.contains(c) {
                let start = range.start + at;
                self.claim(start..start + c.len_utf8());
            }
        }
    }

    /// Notes that the rest of the text is not read, because of a mistake that has been reported.
    pub(super) fn cut_short(&mut self) {
        self.is_cut_short = true;
    }

    /// The parts of a range that nothing has claimed. Parts with only spaces between them are one.
    pub(super) fn lost(&self, text: &str, range: Range<usize>) -> Vec<Range<usize>> {
        let mut lost: Vec<Range<usize>> = Vec::new();
        if self.is_cut_short {
            return lost;
        }
        let unclaimed = text[range.clone()].char_indices().map(|(at, c)| (range.start + at, c));
        for (at, c) in unclaimed.filter(|(at, c)| !self.claimed[*at] && !c.is_whitespace() && !INVISIBLE.contains(c)) {
            let end = at + c.len_utf8();
            match lost.last_mut() {
                Some(last) if text[last.end..at].trim().is_empty() => last.end = end,
                _ => lost.push(at..end),
            }
        }
        lost
    }
}

impl Reader<'_> {
    /// Claims the mark at the beginning of an item, its bullet or number, and returns where it ends.
    pub(super) fn claim_item_mark(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let mark = rest[digits..].chars().next().map_or(0, char::len_utf8);
        self.account.claim(start..start + digits + mark);
        start + digits + mark
    }

    /// Reports text that the parser dropped.
    pub(super) fn report_lost(&mut self) {
        // The marks of quotations begin lines, also within a paragraph.
        self.claim_quotation_marks();
        for lost in self.account.lost(self.text, 0..self.text.len()) {
            let place = self.map.place(lost.start, lost.end);
            let text = &self.text[lost.clone()];
            let shown: String = text.chars().take(MAX_SHOWN).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
            let help = self.map.help("write it as plain text, with `\\` before each mark such as `[`, `*`, or `<`");
            self.report(Code::LostText, place, format!("`{shown}` wouldn't print")).set_help(help);
        }
    }

    fn claim_quotation_marks(&mut self) {
        for start in self.line_starts.clone() {
            let line = self.text[start..].split('\n').next().unwrap_or_default();
            let marks = line.len() - line.trim_start_matches(|c: char| c == '>' || c.is_whitespace()).len();
            self.account.claim_marks(self.text, start..start + marks, ">");
        }
    }
}

/// The most characters of lost text that a report shows.
const MAX_SHOWN: usize = 30;
