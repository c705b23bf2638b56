//! Headings in prose begin at `##`, since the title is the only `#`, skip no level, and stand in the text itself.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::block::{Block, Text};
use crate::lesson::prose::{Prose, ProseBlock};
use crate::source::Place;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let activity = context.lesson.activity.iter().map(|activity| activity.body.as_slice());
    for blocks in std::iter::once(context.lesson.reading.as_slice()).chain(activity) {
        let mut above = 1;
        for block in blocks {
            match block {
                Block::Prose(prose) => levels(prose, &mut above, diagnostics),
                Block::Columns(columns) => {
                    for inner in &columns.body {
                        match &inner.value {
                            Block::Prose(prose) => levels(prose, &mut above, diagnostics),
                            inner => nowhere(inner, diagnostics),
                        }
                    }
                }
                block => {
                    nowhere(block, diagnostics);
                    block.inside().iter().for_each(|inner| nowhere(&inner.value, diagnostics));
                }
            }
        }
    }
}

fn levels(prose: &Prose, above: &mut u8, diagnostics: &mut Diagnostics) {
    prose.each_block(&mut |block| {
        let ProseBlock::Heading { level, place, .. } = block else { return };
        let marks = "#".repeat(usize::from(*level));
        let mut report = |message: String, help: &str| {
            diagnostics.push(Diagnostic::new(Code::HeadingLevel, *place, message).help(help));
        };
        if *level == 1 {
            report(
                "a heading with one `#` would be a second title".to_owned(),
                "begin a section with `## ` and a part of a section with `### `",
            );
        } else if *level > 4 {
            report(format!("a heading with `{marks}` is too deep to be told apart on paper"), "use `##`, `###` or `####`");
        } else if *level > *above + 1 {
            let wanted = "#".repeat(usize::from(*above) + 1);
            report(
                format!("this heading with `{marks}` skips a level"),
                &format!("write `{wanted}`: who listens to the page finds the way by the levels"),
            );
        }
        *above = (*level).max(1);
    });
}

/// Reports headings in a block that has a title of its own.
fn nowhere(block: &Block, diagnostics: &mut Diagnostics) {
    let mut report = |place: Place| {
        diagnostics.push(
            Diagnostic::new(Code::HeadingLevel, place, "a heading cannot stand inside this block")
                .help("give the block a `title`, or make the heading **bold**"),
        );
    };
    for text in block.texts() {
        let Text::Prose(prose) = text else { continue };
        prose.each_block(&mut |block| {
            if let ProseBlock::Heading { place, .. } = block {
                report(*place);
            }
        });
    }
}
