//! A lesson with nothing to print, and titles without words.

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
            Diagnostic::new(Code::EmptyPart, place, "expected a `reading`, `discussion`, or `activity`, found none")
                .help("add a `reading`, `discussion`, or `activity`"),
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
                    .help("write `{{name}}` in place of each word to fill in"),
            );
        }
        if let Block::FillTimeline(timeline) = block
            && timeline.events.len() > 1
            && timeline.events.iter().all(|event| event.date.is_some() && event.text.is_some())
            && let Some(place) = timeline.events[0].date.as_ref().and_then(|date| date.place)
        {
            diagnostics.push(
                Diagnostic::new(Code::EmptyPart, place, "every event has a `date` and a `text`, so there's nothing to fill in")
                    .help("remove the `date` or `text` of some events, or write `timeline` instead of `fill_timeline`"),
            );
        }
        for text in block.texts() {
            let Text::Prose(prose) = text else { continue };
            prose.each_block(&mut |block| {
                // An empty heading is reported while the Markdown is read.
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

/// Reports a title that has only citations or footnotes.
pub fn wordless(title: &Inlines, diagnostics: &mut Diagnostics) {
    // A title that reading left empty has already been reported.
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
            .help("add words; citations and footnotes don't count"),
    );
}
