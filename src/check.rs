//! Applies the rules that need more than one field, one rule a file, named as its code.

mod bad_image;
mod duplicate_id;
mod duplicate_label;
mod duplicate_source;
mod duplicate_term;
mod empty_part;
mod heading_level;
pub mod issue;
mod missing_alternative_text;
mod unknown_answer;
mod unknown_citation;
mod unknown_label;
mod unknown_style;
mod unknown_term;
mod unused_source;
mod wrong_answer;

use camino::Utf8Path;

use crate::diagnostics::Diagnostics;
use crate::lesson::Lesson;
use crate::lesson::prose::Inline;
use crate::lesson::teacher::Teacher;
use crate::source::FileId;
use crate::typeset::Fonts;

/// What a rule can look at.
pub struct Context<'a> {
    /// The lessons folder.
    pub root: &'a Utf8Path,
    /// The folder of the issue.
    pub folder: &'a Utf8Path,
    /// The lesson's file.
    pub file: FileId,
    /// The lesson.
    pub lesson: &'a Lesson,
    /// Its teacher file, if there is one.
    pub teacher: Option<&'a Teacher>,
    /// The fonts, for what is drawn in pictures.
    pub fonts: &'a Fonts,
}

/// Applies every rule to one lesson.
pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let rules = [
        empty_part::check,
        heading_level::check,
        duplicate_label::check,
        unknown_label::check,
        duplicate_id::check,
        duplicate_term::check,
        unknown_term::check,
        duplicate_source::check,
        unknown_citation::check,
        unused_source::check,
        unknown_style::check,
        missing_alternative_text::check,
        bad_image::check,
        unknown_answer::check,
        wrong_answer::check,
    ];
    for rule in rules {
        rule(context, diagnostics);
    }
}

/// Calls `see` for every piece of text of the lesson and of its teacher file.
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
