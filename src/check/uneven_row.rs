//! A row of a table with more or fewer cells than there are heads.

use super::Context;
use crate::block::Block;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for block in context.lesson.blocks() {
        let Block::Table(table) = block else { continue };
        let wanted = table.heads.len();
        // Heads that could not be read have been reported.
        if wanted == 0 {
            continue;
        }
        for row in &table.rows {
            let Some(place) = row.iter().find_map(|cell| cell.place) else { continue };
            let cells = if row.len() == 1 { "cell" } else { "cells" };
            let heads = if wanted == 1 { "head" } else { "heads" };
            if row.len() != wanted {
                let help = if row.len() < wanted {
                    "add a cell, such as `–` for one with nothing in it"
                } else {
                    "take a cell away, add a head, or put quotation marks around a text with a comma in it"
                };
                diagnostics.push(
                    Diagnostic::new(
                        Code::UnevenRow,
                        place,
                        format!("this row has {} {cells}, and the table has {wanted} {heads}", row.len()),
                    )
                    .help(help),
                );
            }
        }
    }
}
