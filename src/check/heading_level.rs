//! Headings in prose begin at `##`, since the title is the only `#`, and skip no level.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::block::Block;
use crate::lesson::prose::ProseBlock;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let activity = context.lesson.activity.iter().map(|activity| activity.body.as_slice());
    for blocks in std::iter::once(context.lesson.reading.as_slice()).chain(activity) {
        let mut above = 1;
        for block in blocks {
            let Block::Prose(prose) = block else { continue };
            prose.each_block(&mut |block| {
                let ProseBlock::Heading { level, place, .. } = block else { return };
                let marks = "#".repeat(usize::from(*level));
                if *level == 1 {
                    diagnostics.push(
                        Diagnostic::new(Code::HeadingLevel, *place, "a heading with one `#` would be a second title")
                            .help("begin a section with `## ` and a part of a section with `### `"),
                    );
                } else if *level > 4 {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::HeadingLevel,
                            *place,
                            format!("a heading with `{marks}` is too deep to be told apart on paper"),
                        )
                        .help("use `##`, `###` or `####`"),
                    );
                } else if *level > above + 1 {
                    let wanted = "#".repeat(usize::from(above) + 1);
                    diagnostics.push(
                        Diagnostic::new(Code::HeadingLevel, *place, format!("this heading with `{marks}` skips a level"))
                            .help(format!("write `{wanted}`: who listens to the page finds the way by the levels")),
                    );
                }
                above = (*level).max(1);
            });
        }
    }
}
