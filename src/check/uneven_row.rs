//! A table row with more or fewer cells than column heads, or a rubric criterion with more or fewer descriptions than levels.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::block::{Block, Rubric};
use crate::lesson::prose::Inlines;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for block in context.lesson.blocks() {
        match block {
            Block::Table(table) => {
                let help = ["add {} (`–` for an empty one)", "remove {}, add to `heads`"];
                table.rows.iter().for_each(|row| even(row, ["row", "cell", "column head"], table.heads.len(), help, diagnostics));
            }
            Block::Rubric(rubric) => criteria(rubric, diagnostics),
            _ => {}
        }
    }
    if let Some(rubric) = context.teacher.and_then(|teacher| teacher.rubric.as_ref()) {
        criteria(rubric, diagnostics);
    }
}

fn criteria(rubric: &Rubric, diagnostics: &mut Diagnostics) {
    let help = ["add {}: describe work at each level", "remove {}, add a level"];
    for criterion in &rubric.criteria {
        even(&criterion.levels, ["criterion", "text", "level"], rubric.levels.len(), help, diagnostics);
    }
}

/// Reports a row that is too short or too long. `[row, cell, head]` name its parts; `[add, remove]` begin the help.
fn even(cells: &[Inlines], [row, cell, head]: [&str; 3], wanted: usize, [add, remove]: [&str; 2], diagnostics: &mut Diagnostics) {
    // Heads that could not be read have already been reported.
    let place = cells.iter().find_map(|cell| cell.place).filter(|_| wanted > 0 && cells.len() != wanted);
    let Some(place) = place else { return };
    let found = cells.len();
    let count = |count: usize| format!("{count} {cell}{}", if count == 1 { "" } else { "s" });
    let message = format!("expected {} in this {row}, one for each {head}, found {found}", count(wanted));
    let help = if found < wanted {
        add.replace("{}", &count(wanted - found))
    } else {
        format!("{}, or put quotation marks around text with a comma in it", remove.replace("{}", &count(found - wanted)))
    };
    diagnostics.push(Diagnostic::new(Code::UnevenRow, place, message).help(help));
}
