//! The text of questions and answers, for the names of blanks, and the blanks in running text.

use crate::packet::blank::Blank;
use crate::packet::{Block, Run, Runs};

/// The most characters of a row, statement, or choice in the name of a blank.
const CUE: usize = 60;

/// The beginning of some text.
pub(super) fn cue(text: &str) -> String {
    if text.chars().count() <= CUE {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(CUE).collect();
    format!("{}…", beginning[..beginning.rfind(' ').unwrap_or(beginning.len())].trim_end())
}

/// The text of a line.
pub(super) fn plain(runs: &[Run]) -> String {
    let piece = |run: &Run| match run {
        Run::Text { text } | Run::LongWord { text } => text.clone(),
        Run::Equation { say, .. } => say.text.clone(),
        Run::LineBreak => " ".to_owned(),
        run => run.inside().map(|runs| plain(runs)).unwrap_or_default(),
    };
    runs.iter().map(piece).collect()
}

/// Calls `change` with each blank in these blocks of running text, and its number.
pub(super) fn each_blank(blocks: &mut [Block], change: &mut impl FnMut(u32, &mut Option<Box<Blank>>)) {
    for block in blocks {
        match block {
            Block::Paragraph { runs, .. } | Block::Heading { runs, .. } => each_in_line(runs, change),
            Block::Quotation { blocks, .. } => each_blank(blocks, change),
            Block::List { items, .. } => items.iter_mut().for_each(|item| each_blank(item, change)),
            Block::Table { head, rows, .. } => {
                head.iter_mut().chain(rows.iter_mut().flatten()).for_each(|runs| each_in_line(runs, change))
            }
            _ => {}
        }
    }
}

fn each_in_line(runs: &mut Runs, change: &mut impl FnMut(u32, &mut Option<Box<Blank>>)) {
    for run in runs {
        if let Run::Blank { number, blank } = run {
            change(*number, blank);
        } else if let Some(inside) = run.inside_mut() {
            each_in_line(inside, change);
        }
    }
}
