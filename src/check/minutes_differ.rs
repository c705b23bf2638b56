//! Minutes that do not add up: pacing to the lesson's minutes, the sub plan's steps to the class period.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::prose::Placed;
use crate::source::Place;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let pacing: Vec<&Placed<u32>> = teacher.pacing.iter().map(|pace| &pace.minutes).collect();
    if let Some(wanted) = context.lesson.minutes.as_ref() {
        differ(&pacing, ["`pacing`", "the lesson is"], wanted.value, Some(wanted.place), diagnostics);
    }
    let Some(substitute) = &teacher.substitute else { return };
    let steps: Vec<&Placed<u32>> = substitute.steps.iter().map(|step| &step.minutes).collect();
    if let Some(wanted) = substitute.minutes.as_ref().or(context.series.class_minutes.as_ref()) {
        differ(&steps, ["the sub plan's steps", "the class period is"], wanted.value, Some(wanted.place), diagnostics);
    }
}

/// Reports minutes that do not add up to `wanted`. `these` names the minutes, `there` begins the label of what they are compared
/// to.
fn differ(minutes: &[&Placed<u32>], [these, there]: [&str; 2], wanted: u32, place: Option<Place>, diagnostics: &mut Diagnostics) {
    let total: u32 = minutes.iter().map(|minutes| minutes.value).sum();
    let Some(last) = minutes.last().filter(|_| total != wanted) else { return };
    let unit = if wanted == 1 { "minute" } else { "minutes" };
    let message = format!("expected {wanted} {unit} in {these}, found {total}");
    let (change, minutes) = if total > wanted { ("cut", total - wanted) } else { ("add", wanted - total) };
    let change_unit = if minutes == 1 { "minute" } else { "minutes" };
    let help = format!("{change} {minutes} {change_unit}, here or in another entry");
    let mut report = Diagnostic::new(Code::MinutesDiffer, last.place, message).help(help);
    report.second = place.map(|place| (place, format!("{there} {wanted} {unit}")));
    diagnostics.push(report);
}
