//! A lesson of which nothing would print but its title.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::source::Place;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let lesson = context.lesson;
    if lesson.reading.is_empty() && lesson.discussion.is_empty() && lesson.activity.is_none() {
        let place = lesson.title.place.unwrap_or(Place::beginning(context.file));
        diagnostics.push(
            Diagnostic::new(Code::EmptyPart, place, "the lesson has a title and nothing to read, discuss or do")
                .help("add a `reading`, a `discussion` or an `activity`"),
        );
    }
}
