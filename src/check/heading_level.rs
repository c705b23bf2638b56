//! Headings start at `##` (the title is the only `#`), skip no level, and are not inside other blocks.

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
                    block.inside().iter().for_each(|inner| nowhere_in(block.name(), &inner.value, diagnostics));
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
                "`#` is reserved for the lesson's title".to_owned(),
                "start sections with `## ` and subsections with `### `, or write `\\#` to print it",
            );
        } else if *level > 4 {
            let wanted = "#".repeat(usize::from(*above + 1).min(4));
            report(format!("expected `##`, `###`, or `####`, found `{marks}`"), &format!("write `{wanted}`"));
        } else if *level > *above + 1 {
            let wanted = "#".repeat(usize::from(*above) + 1);
            report(
                format!("this heading skips a level: expected `{wanted}`, found `{marks}`"),
                &format!("write `{wanted}`; screen readers navigate by heading level"),
            );
        }
        *above = (*level).max(1);
    });
}

/// Reports headings inside a block that isn't prose.
fn nowhere(block: &Block, diagnostics: &mut Diagnostics) {
    nowhere_in(block.name(), block, diagnostics);
}

/// Reports headings inside a block. `around` is the block that it is in, which prose is reported for.
fn nowhere_in(around: &str, block: &Block, diagnostics: &mut Diagnostics) {
    let name = if matches!(block, Block::Prose(_)) { around } else { block.name() };
    let mut report = |place: Place| {
        diagnostics.push(
            Diagnostic::new(Code::HeadingLevel, place, format!("a heading isn't allowed inside `{name}`"))
                .help("write it in **bold** instead"),
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
