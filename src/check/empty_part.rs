//! A lesson of which nothing would print but its title, and titles without a word.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::block::{Block, Text};
use crate::lesson::prose::{Inlines, ProseBlock, plain};
use crate::source::Place;

/// Reports parts with nothing in them.
pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let lesson = context.lesson;
    let nothing_broken = context.broken.is_empty();
    if nothing_broken && lesson.reading.is_empty() && lesson.discussion.is_empty() && lesson.activity.is_none() {
        let place = lesson.title.place.unwrap_or(Place::beginning(context.file));
        diagnostics.push(
            Diagnostic::new(Code::EmptyPart, place, "the lesson has a title and nothing to read, discuss or do")
                .help("add a `reading`, a `discussion` or an `activity`"),
        );
    }
    let groups = lesson.bibliography.iter().flat_map(|bibliography| &bibliography.groups).map(|group| &group.title);
    let titles = std::iter::once(&lesson.title).chain(lesson.activity.iter().map(|activity| &activity.title)).chain(groups);
    titles.for_each(|title| wordless(title, diagnostics));
    for block in lesson.blocks() {
        if let Block::Cloze(cloze) = block
            && cloze.blanks().is_empty()
            && !cloze.text.value.0.0.is_empty()
        {
            diagnostics.push(
                Diagnostic::new(Code::EmptyPart, cloze.text.place, "this cloze text has no blank")
                    .help("write `{{name}}` where a word is to be filled in"),
            );
        }
        if let Block::FillTimeline(timeline) = block
            && timeline.events.len() > 1
            && timeline.events.iter().all(|event| event.date.is_some() && event.text.is_some())
            && let Some(place) = timeline.events[0].date.as_ref().and_then(|date| date.place)
        {
            diagnostics.push(
                Diagnostic::new(Code::EmptyPart, place, "nothing is missing in this timeline, so there is nothing to fill")
                    .help("leave out the `date` or the `text` of some events, or write `timeline` in place of `fill_timeline`"),
            );
        }
        for text in block.texts() {
            let Text::Prose(prose) = text else { continue };
            prose.each_block(&mut |block| {
                // A heading without anything in it is reported while the Markdown is read.
                if let ProseBlock::Heading { nodes, place, .. } = block
                    && !nodes.is_empty()
                    && plain(nodes).trim().is_empty()
                {
                    report(*place, "heading", diagnostics);
                }
            });
        }
    }
}

/// Reports a title that has only citations or notes.
pub fn wordless(title: &Inlines, diagnostics: &mut Diagnostics) {
    // A title of which reading has left nothing is reported already.
    if let Some(place) = title.place
        && !title.is_empty()
        && title.plain().trim().is_empty()
    {
        report(place, "title", diagnostics);
    }
}

fn report(place: Place, what: &str, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::new(Code::EmptyPart, place, format!("the {what} has no words"))
            .help("write some: citations and notes alone name nothing"),
    );
}
