//! A row with more or fewer cells than there are heads: of a table, or a criterion of a rubric and its levels.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::block::{Block, Rubric};
use crate::lesson::prose::Inlines;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for block in context.lesson.blocks() {
        match block {
            Block::Table(table) => {
                let help = ["add a cell, such as `–` for one with nothing in it", "take a cell away, add a head"];
                table.rows.iter().for_each(|row| even(row, ["cell", "table", "head"], table.heads.len(), help, diagnostics));
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
    let help = ["say what work at each level looks like", "take a text away, add a level"];
    for criterion in &rubric.criteria {
        even(&criterion.levels, ["text", "rubric", "level"], rubric.levels.len(), help, diagnostics);
    }
}

/// Reports a row that is too short or too long; `[cell, table, head]` are the words for it, `[add, take]` what to do.
fn even(row: &[Inlines], [cell, table, head]: [&str; 3], wanted: usize, [add, take]: [&str; 2], diagnostics: &mut Diagnostics) {
    // Heads that could not be read have been reported.
    let place = row.iter().find_map(|cell| cell.place).filter(|_| wanted > 0 && row.len() != wanted);
    let Some(place) = place else { return };
    let cells = if row.len() == 1 { cell.to_owned() } else { format!("{cell}s") };
    let heads = if wanted == 1 { head.to_owned() } else { format!("{head}s") };
    let this = if table == "table" { "row" } else { "criterion" };
    let message = format!("this {this} has {} {cells}, and the {table} has {wanted} {heads}", row.len());
    let help = if row.len() < wanted {
        add.to_owned()
    } else {
        format!("{take}, or put quotation marks around a text with a comma in it")
    };
    diagnostics.push(Diagnostic::new(Code::UnevenRow, place, message).help(help));
}
