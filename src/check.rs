//! Applies the rules that need more than one field. Each rule is a file named after its code; `series` and `issue` hold the rules
//! for those files, and `lookup` answers questions about images.

mod bad_date;
mod bad_image;
mod bad_name;
mod changed_text;
mod drawing_text;
mod duplicate_id;
mod duplicate_label;
mod duplicate_source;
mod duplicate_term;
pub mod empty_part;
mod heading_level;
mod incomplete_answer;
pub mod issue;
mod lookup;
mod low_resolution;
mod minutes_differ;
mod misplaced_block;
mod missing_alternative_text;
mod missing_glyph;
mod name_clash;
mod plan_too_long;
pub mod series;
mod too_many_minutes;
pub mod translation_differs;
mod uneven_row;
mod unknown_answer;
mod unknown_citation;
mod unknown_label;
mod unknown_style;
mod unknown_target;
mod unknown_term;
mod unnumbered_label;
mod unused_source;
mod wrong_answer;

use std::collections::BTreeSet;

use camino::Utf8Path;

pub use lookup::Pictures;

use crate::diagnostics::Diagnostics;
use crate::glyphs::Coverage;
use crate::lesson::Lesson;
use crate::lesson::prose::Inline;
use crate::lesson::series::Series;
use crate::lesson::teacher::Teacher;
use crate::source::FileId;

/// What a rule can use.
pub struct Context<'a> {
    /// The lessons folder.
    pub root: &'a Utf8Path,
    /// The folder of the issue.
    pub folder: &'a Utf8Path,
    /// The lesson's file.
    pub file: FileId,
    /// The lesson.
    pub lesson: &'a Lesson,
    /// The series.
    pub series: &'a Series,
    /// The text of the lesson's file.
    pub text: &'a str,
    /// Its teacher file, if there is one.
    pub teacher: Option<&'a Teacher>,
    /// What was found for its images.
    pub pictures: &'a Pictures<'a>,
    /// The characters the fonts have, to check text in images and the fixed words of packets.
    pub coverage: &'a Coverage,
    /// The lesson keys that could not be read. Rules that need them are skipped, to avoid false reports.
    pub broken: &'a BTreeSet<String>,
}

type Rule = fn(&Context<'_>, &mut Diagnostics);

/// Applies every rule to one lesson, except those that need something that could not be read.
pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let items: &[&str] = &["reading", "discussion", "activity", "exit_ticket"];
    let rules: [(Rule, &[&str]); 30] = [
        (empty_part::check, &[]),
        (heading_level::check, &[]),
        (duplicate_label::check, &[]),
        (unnumbered_label::check, &["numbers"]),
        (unknown_label::check, &["reading", "activity"]),
        (misplaced_block::check, &[]),
        (uneven_row::check, &[]),
        (changed_text::check, &[]),
        (too_many_minutes::check, &[]),
        (duplicate_id::check, &[]),
        (duplicate_term::check, &[]),
        (unknown_term::check, &["vocabulary"]),
        (duplicate_source::check, &["bibliography"]),
        (bad_name::check, &["bibliography"]),
        (bad_date::check, &["bibliography"]),
        (unknown_citation::check, &["bibliography"]),
        (unused_source::check, &["bibliography", "reading", "discussion", "activity", "exit_ticket"]),
        (unknown_style::check, &["bibliography"]),
        (missing_glyph::check, &["language"]),
        (missing_alternative_text::check, &[]),
        (bad_image::check, &[]),
        (name_clash::check, &[]),
        (drawing_text::check, &[]),
        (low_resolution::check, &[]),
        (unknown_answer::check, items),
        (wrong_answer::check, items),
        (incomplete_answer::check, items),
        (unknown_target::check, items),
        (minutes_differ::check, &["minutes"]),
        (plan_too_long::check, &[]),
    ];
    for (rule, needed) in rules {
        if !needed.iter().any(|key| context.broken.contains(*key)) {
            rule(context, diagnostics);
        }
    }
}

/// Calls `see` for every piece of text in the lesson and its teacher file.
fn each_inline<'a>(context: &Context<'a>, see: &mut dyn FnMut(&'a Inline)) {
    context.lesson.each_inline(see);
    if let Some(teacher) = context.teacher {
        teacher.each_inline(see);
    }
}

/// The keys of the bibliography.
fn keys<'a>(context: &Context<'a>) -> Vec<&'a str> {
    context
        .lesson
        .bibliography
        .iter()
        .flat_map(|bibliography| bibliography.sources())
        .map(|(key, _)| key.value.as_str())
        .collect()
}
