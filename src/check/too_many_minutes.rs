//! Steps that take longer together than the activity, so that a class runs out of time.

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
    // The step with which the time runs out.
    let mut spent = 0;
    let over = minutes.iter().find(|minutes| {
        spent += minutes.value;
        spent > planned.value
    });
    let Some(over) = over else { return };
    let unit = if planned.value == 1 { "minute" } else { "minutes" };
    let message = format!("with this step the time runs out: the steps take {total} minutes together");
    diagnostics.push(
        Diagnostic::new(Code::TooManyMinutes, over.place, message)
            .second(planned.place, format!("the activity has {} {unit}", planned.value))
            .help(format!("shorten the steps by {}, or raise the activity's `minutes`", total - planned.value)),
    );
}
