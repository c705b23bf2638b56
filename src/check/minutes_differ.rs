//! A timetable whose minutes do not add up: the pacing to the lesson's time, a substitute's steps to the class period.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::prose::Placed;
use crate::source::Place;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let pacing: Vec<&Placed<u32>> = teacher.pacing.iter().map(|pace| &pace.minutes).collect();
    if let Some(wanted) = context.lesson.minutes.as_ref() {
        differ(&pacing, ["the stretches of the `pacing`", "the lesson has"], wanted.value, Some(wanted.place), diagnostics);
    }
    let Some(substitute) = &teacher.substitute else { return };
    let steps: Vec<&Placed<u32>> = substitute.steps.iter().map(|step| &step.minutes).collect();
    if let Some(wanted) = substitute.minutes.as_ref().or(context.series.class_minutes.as_ref()) {
        differ(&steps, ["the steps", "the class period has"], wanted.value, Some(wanted.place), diagnostics);
    }
}

/// Reports minutes that do not add up to those that there are; `[these, there]` are the words for both.
fn differ(minutes: &[&Placed<u32>], [these, there]: [&str; 2], wanted: u32, place: Option<Place>, diagnostics: &mut Diagnostics) {
    let total: u32 = minutes.iter().map(|minutes| minutes.value).sum();
    let Some(last) = minutes.last().filter(|_| total != wanted) else { return };
    let unit = if wanted == 1 { "minute" } else { "minutes" };
    let message = format!("{these} take {total} minutes together, and {there} {wanted}");
    let help = if total > wanted {
        format!("take {} away, here or from the others", total - wanted)
    } else {
        format!("add {}, here or to the others", wanted - total)
    };
    let mut report = Diagnostic::new(Code::MinutesDiffer, last.place, message).help(help);
    report.second = place.map(|place| (place, format!("{there} {wanted} {unit}")));
    diagnostics.push(report);
}
