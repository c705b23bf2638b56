//! Puts the characters of a language into runs: [`crate::quotation`] sees a whole line, with its formatting left out.

use crate::packet::{Run, Runs};
use crate::quotation::{self, OBJECT, Set};

/// A line with the quotation marks, apostrophes, and dashes of its language, by its BCP 47 tag.
pub(super) fn set(mut runs: Runs, language: &str) -> Runs {
    let mut chars = Vec::new();
    collect(&runs, &mut chars);
    if chars.iter().all(|c| quotation::is_plain(*c)) && !runs.iter().any(has_note) {
        return runs;
    }
    let mut changes = quotation::of(&chars, language).into_iter();
    put_back(&mut runs, language, &mut changes);
    runs
}

fn has_note(run: &Run) -> bool {
    match run {
        Run::Note { .. } => true,
        Run::Emphasis { runs }
        | Run::Strong { runs }
        | Run::Term { runs }
        | Run::Foreign { runs, .. }
        | Run::Link { runs, .. } => runs.iter().any(has_note),
        _ => false,
    }
}

/// Whether a link shows its own address, which stays as it is.
fn shows_address(url: &str, runs: &[Run]) -> bool {
    runs.iter().all(|run| matches!(run, Run::Text { text } | Run::LongWord { text } if url.contains(text.as_str())))
}

fn collect(runs: &[Run], to: &mut Vec<char>) {
    for run in runs {
        match run {
            Run::Text { text } => to.extend(text.chars()),
            Run::Link { url, runs } if shows_address(url, runs) => to.push(OBJECT),
            Run::LineBreak => to.push('\n'),
            // A note's mark doesn't come between a word and what follows it.
            Run::Note { .. } => {}
            Run::FilledBlank { .. } => to.push(OBJECT),
            run => match run.inside() {
                Some(inside) => collect(inside, to),
                None => to.push(OBJECT),
            },
        }
    }
}

fn put_back(runs: &mut [Run], language: &str, changes: &mut dyn Iterator<Item = Set>) {
    for run in runs {
        match run {
            Run::Text { text } => {
                let mut out = String::with_capacity(text.len());
                for c in text.chars() {
                    match changes.next() {
                        Some(Set::As(text)) => out.push_str(&text),
                        _ => out.push(c),
                    }
                }
                *text = out;
            }
            Run::Link { url, runs } if shows_address(url, runs) => {
                changes.next();
            }
            // A note is separate text.
            Run::Note { runs, .. } => *runs = set(std::mem::take(runs), language),
            Run::FilledBlank { .. } => drop(changes.next()),
            run => match run.inside_mut() {
                Some(inside) => put_back(inside, language, changes),
                None => drop(changes.next()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Place;

    #[test]
    fn marks_see_through_formatting() {
        let runs = vec![
            Run::text("\""),
            Run::Emphasis { runs: vec![Run::text("Brown")] },
            Run::text("\" and "),
            Run::Emphasis { runs: vec![Run::text("Hamlet")] },
            Run::text("'s \"end"),
            Run::Note { runs: vec![Run::text("\"A note\"")], place: Place::default() },
            Run::text("\"."),
        ];
        let expected = vec![
            Run::text("“"),
            Run::Emphasis { runs: vec![Run::text("Brown")] },
            Run::text("” and "),
            Run::Emphasis { runs: vec![Run::text("Hamlet")] },
            Run::text("’s “end"),
            Run::Note { runs: vec![Run::text("“A note”")], place: Place::default() },
            Run::text(".”"),
        ];
        assert_eq!(set(runs, "en-US"), expected);
    }

    #[test]
    fn addresses_stay_as_they_are() {
        let url = "https://example.org/a--b".to_owned();
        let runs = vec![Run::Link { url: url.clone(), runs: vec![Run::text(url)] }];
        assert_eq!(set(runs.clone(), "en"), runs);
    }
}
