//! A sub plan that takes more than two minutes to read. Whether it fits on its page is known only after layout.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::prose::{Inlines, Prose, plain};

/// How many words an adult reads in two minutes, at 238 words of English prose a minute (M. Brysbaert, "How many words do we read
/// per minute?", Journal of Memory and Language 109, 2019).
const MOST: usize = 476;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(substitute) = context.teacher.and_then(|teacher| teacher.substitute.as_ref()) else { return };
    let texts = [Some(&substitute.in_two_minutes), substitute.early_finishers.as_ref(), substitute.do_not.as_ref()];
    let lines = substitute.steps.iter().flat_map(|step| std::iter::once(&step.action).chain(&step.say));
    let words = texts.into_iter().flatten().map(words_of_prose).chain(lines.map(words_of_line)).sum::<usize>();
    let Some(place) = substitute.steps.first().map(|step| step.minutes.place).filter(|_| words > MOST) else { return };
    let message = format!("expected at most {MOST} words in the sub plan (two minutes of reading), found {words}");
    diagnostics.push(Diagnostic::new(Code::PlanTooLong, place, message).help(format!(
        "cut at least {} word{}",
        words - MOST,
        if words - MOST == 1 { "" } else { "s" }
    )));
}

fn words_of_line(line: &Inlines) -> usize {
    line.plain().split_whitespace().count()
}

fn words_of_prose(prose: &Prose) -> usize {
    let mut words = 0;
    prose.each_text(&mut |nodes| words += plain(nodes).split_whitespace().count());
    words
}
