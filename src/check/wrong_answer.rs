//! An answer of a kind that its item cannot have, or a choice that a table does not offer.

use std::collections::HashSet;

use super::Context;
use crate::diagnostics::{Code, Diagnostic, Diagnostics, Suggestions};
use crate::lesson::teacher::Answer;

pub fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let Some(teacher) = context.teacher else { return };
    let prompts: HashSet<&str> =
        context.lesson.prompts().filter_map(|prompt| prompt.id.as_ref()).map(|id| &*id.value.0).collect();
    let decisions = super::decisions(context);
    let mut suggestions = Suggestions::default();
    for answer in teacher.answers.iter() {
        let key = &answer.key;
        let is_prompt = prompts.contains(key.value.as_str());
        match (&answer.value, decisions.get(key.value.as_str())) {
            (Answer::Text(_), Some(_)) => diagnostics.push(
                Diagnostic::new(
                    Code::WrongAnswer,
                    key.place,
                    format!("`{}` is a decision table, and its answer is a text", key.value),
                )
                .help("write the choice for each row: `{row-id: {choice: …, reason: …}}`"),
            ),
            (Answer::Rows(_), None) if is_prompt => diagnostics.push(
                Diagnostic::new(Code::WrongAnswer, key.place, format!("`{}` is a prompt, and its answer has rows", key.value))
                    .help("write the answer as a text"),
            ),
            (Answer::Rows(rows), Some(decide)) => {
                let choices: Vec<&str> = decide.choices.iter().map(|choice| choice.value.as_str()).collect();
                for row in rows.iter() {
                    let choice = &row.value.choice;
                    if !choice.value.is_empty() && !choices.contains(&choice.value.as_str()) {
                        diagnostics.push(
                            Diagnostic::new(
                                Code::WrongAnswer,
                                choice.place,
                                format!("`{}` is not a choice of `{}`", choice.value, key.value),
                            )
                            .maybe_help(suggestions.did_you_mean(&choice.value, choices.iter().copied())),
                        );
                    }
                }
            }
            _ => {}
        }
    }
}
