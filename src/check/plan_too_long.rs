//! A substitute's plan that cannot be read in two minutes; whether it fits on its page is found in the finished layout.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::prose::{Inlines, Prose, plain};

/// Most words that are read in two minutes: adults read 238 words of English prose a minute (M. Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109, 2019).
const MOST: usize = 476;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(substitute) = context.teacher.and_then(|teacher| teacher.substitute.as_ref()) else { return };
    let texts = [Some(&substitute.in_two_minutes), substitute.early_finishers.as_ref(), substitute.do_not.as_ref()];
    let lines = substitute.steps.iter().flat_map(|step| std::iter::once(&step.action).chain(&step.say));
    let words = texts.into_iter().flatten().map(words_of_prose).chain(lines.map(words_of_line)).sum::<usize>();
    let Some(place) = substitute.steps.first().map(|step| step.minutes.place).filter(|_| words > MOST) else { return };
    let message = format!("the plan for a substitute has {words} words, and an adult reads about {MOST} in two minutes");
    diagnostics.push(
        Diagnostic::new(Code::PlanTooLong, place, message)
            .help(format!("take out {} words: whoever reads it opens the door two minutes later", words - MOST)),
    );
}

fn words_of_line(line: &Inlines) -> usize {
    line.plain().split_whitespace().count()
}

fn words_of_prose(prose: &Prose) -> usize {
    let mut words = 0;
    prose.each_text(&mut |nodes| words += plain(nodes).split_whitespace().count());
    words
}
