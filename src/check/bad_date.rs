//! A source whose `date` and `year` disagree, or whose `original_year` says nothing.

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::prose::Placed;
use crate::lesson::source_date::Known;
use crate::lesson::values::SourceDate;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for (_, source) in context.lesson.bibliography.iter().flat_map(|bibliography| bibliography.sources()) {
        if let Some(original) = source.original_year().filter(|year| matches!(year.value.known(), Some(Known::Undated))) {
            let message = format!("`original_year` is `{}`, which doesn't print", original.value.0);
            diagnostics.push(
                Diagnostic::new(Code::BadDate, original.place, message)
                    .help("write the year as it is known, such as `c. 1850`, or remove `original_year`"),
            );
        }
        let common = source.common();
        let (Some(date), Some(year)) = (common.date, common.year) else { continue };
        if let (Some(in_date), Some(in_year)) = (first_year(date), first_year(year))
            && in_date != in_year
        {
            let message = format!("`year` is `{}`, but `date` is `{}`", year.value.0, date.value.0);
            diagnostics.push(
                Diagnostic::new(Code::BadDate, year.place, message)
                    .second(date.place, "this date prints")
                    .help("keep the one that is right, and remove the other"),
            );
        }
    }
}

fn first_year(date: &Placed<SourceDate>) -> Option<i32> {
    match date.value.known()? {
        Known::Date(when) => Some(when.year),
        Known::Undated => None,
    }
}
