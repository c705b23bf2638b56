//! Steps that take longer than the activity.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::block::Block;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(activity) = &context.lesson.activity else { return };
    let Some(planned) = activity.minutes.as_ref() else { return };
    let mut minutes = Vec::new();
    for block in &activity.body {
        if let Block::Steps(steps) = block {
            minutes.extend(steps.items.iter().filter_map(|step| step.minutes.as_ref()));
        }
    }
    let total: u32 = minutes.iter().map(|minutes| minutes.value).sum();
    // The step in which time runs out.
    let mut spent = 0;
    let over = minutes.iter().find(|minutes| {
        spent += minutes.value;
        spent > planned.value
    });
    let Some(over) = over else { return };
    let unit = if planned.value == 1 { "minute" } else { "minutes" };
    let excess = total - planned.value;
    let excess_unit = if excess == 1 { "minute" } else { "minutes" };
    let message = format!("expected at most {} {unit} of steps, found {total}; time runs out in this step", planned.value);
    diagnostics.push(
        Diagnostic::new(Code::TooManyMinutes, over.place, message)
            .second(planned.place, format!("the activity is {} {unit}", planned.value))
            .help(format!("shorten the steps by {excess} {excess_unit}, or set the activity's `minutes` to {total}")),
    );
}
