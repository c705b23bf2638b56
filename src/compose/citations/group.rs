//! Sources that are cited together, in parentheses, in a footnote, or as part of a sentence.

use std::collections::BTreeMap;

use hayagriva::{ElemChild, ElemChildren, ElemMeta};

use super::locator::{Locators, Split};
use super::output::{self, Letters, plain_letters};
use super::setting::Setting;
use super::{Reference, legal, marks, style};
use crate::compose::plain;
use crate::lesson::bibliography::Source;
use crate::lesson::prose::CiteForm;
use crate::packet::{Run, Runs};
use crate::source::Place;

/// Sources that are cited together.
pub(super) struct Group<'a> {
    pub setting: &'a Setting,
    pub sources: &'a BTreeMap<&'a str, &'a Source>,
    pub references: &'a [Reference],
    pub locators: &'a Locators<'a>,
}

impl Group<'_> {
    /// The citation as it prints. `formatted` is what the style prints for those sources that it formats.
    pub(super) fn runs(&self, formatted: Option<&ElemChildren>) -> Runs {
        let setting = self.setting;
        if let [Reference { form: CiteForm::InText, .. }] = self.references {
            return self.in_text(formatted);
        }
        let runs = formatted.map(|formatted| {
            let mut letters = self.letters(formatted);
            if setting.is_note() {
                capitalize(&mut letters);
            }
            setting.rules.runs(letters)
        });
        if setting.is_note() {
            return self.note(runs);
        }
        let own: Vec<Runs> = self
            .references
            .iter()
            .filter_map(|one| Some((one, legal::citation(self.sources.get(one.key.as_str())?, &setting.rules)?)))
            .map(|(one, runs)| with_words(one, runs))
            .collect();
        held_together(join(runs, own))
    }

    /// The citation as a footnote. `formatted` is what the style prints for those sources that it formats.
    fn note(&self, formatted: Option<Runs>) -> Runs {
        let own = |one: &Reference| {
            let letters = legal::note(self.sources.get(one.key.as_str())?, one.locator.as_deref())?;
            let before = one.before.as_ref().map(|before| plain_letters(&marks::prepared(&format!("{before} "))));
            Some(before.unwrap_or_default().into_iter().chain(letters).collect::<Letters>())
        };
        let mut own = self.references.iter().filter_map(own).collect::<Vec<_>>().join(&plain_letters("; ")[..]);
        if own.is_empty() {
            return formatted.filter(|runs| !runs.is_empty()).map(|runs| vec![note(held_together(runs))]).unwrap_or_default();
        }
        own.extend(plain_letters("."));
        let formatted = formatted.filter(|runs| !runs.is_empty());
        let text = match formatted {
            Some(runs) => [plain::without_period(runs), vec![Run::text("; ")], self.setting.rules.runs(own)].concat(),
            None => {
                capitalize(&mut own);
                self.setting.rules.runs(own)
            }
        };
        vec![note(held_together(text))]
    }

    /// The sources that the style formats, in the order in which they were typed.
    fn styled(&self) -> Vec<(&Reference, &Source, Split<'_>)> {
        let source = |one: &Reference| self.sources.get(one.key.as_str()).copied().filter(|source| !legal::is_legal(source));
        let all = self.references.iter().zip(self.locators.iter());
        all.filter_map(|(one, locator)| Some((one, source(one)?, locator))).collect()
    }

    /// What the style printed for the group, with the words around each source.
    fn letters(&self, formatted: &ElemChildren) -> Letters {
        let styled = self.styled();
        let mut letters = Letters::new();
        // What comes between two sources, and whether only a year comes before it.
        let mut between = Letters::new();
        let mut is_year = false;
        for child in &formatted.0 {
            let entry = match child {
                ElemChild::Elem(elem) => match elem.meta {
                    Some(ElemMeta::Entry(at)) => styled.get(at).map(|known| (known, &elem.children)),
                    _ => None,
                },
                _ => None,
            };
            let Some(((one, source, locator), children)) = entry else {
                between.extend(output::letters(&ElemChildren(vec![child.clone()]), &[], ""));
                continue;
            };
            let entry = self.entry(one, source, *locator, children);
            let is_next = is_year && one.before.is_none() && one.locator.is_none() && !entry.iter().any(output::Letter::is_names);
            // Years of the same author, without pages: (Roe 2001, 2003).
            if is_next && output::text(&between) == "; " {
                between = plain_letters(", ");
            }
            letters.append(&mut between);
            letters.extend(entry);
            is_year = one.locator.is_none() && self.setting.has_letters;
        }
        letters.extend(between);
        letters
    }

    fn entry(&self, one: &Reference, source: &Source, locator: Split<'_>, children: &ElemChildren) -> Letters {
        let mut letters = locator.set_right(self.setting.namesakes.told_apart(self.setting.letters(children, &one.key, source)));
        if one.form == CiteForm::WithoutAuthor {
            letters = output::without_names(&letters);
        }
        letters = self.setting.noted(letters, &one.key, source);
        if let Some(before) = &one.before {
            letters = [plain_letters(&marks::prepared(before)), plain_letters(" "), letters].concat();
        }
        if let Some(after) = locator.after {
            let comma = if letters.is_empty() { "" } else { ", " };
            letters.extend(plain_letters(&format!("{comma}{}", marks::prepared(after))));
        }
        letters
    }

    /// A source as the subject of a sentence: "Roe (2003)", "Roe [1]", or "Roe" with a footnote.
    fn in_text(&self, formatted: Option<&ElemChildren>) -> Runs {
        let setting = self.setting;
        let [one] = self.references else { return Runs::new() };
        let Some(source) = self.sources.get(one.key.as_str()) else {
            // Not a source, but an account or something else with an at sign.
            return plain::from_text(&format!("@{}", one.key));
        };
        if let Some(name) = legal::name(source).filter(|_| setting.is_note()) {
            return [setting.rules.runs(name), self.note(None)].concat();
        }
        if let Some(runs) = legal::in_text(source, one.locator.as_deref(), &setting.rules) {
            return held_together(runs);
        }
        let Some(formatted) = formatted else { return Runs::new() };
        let letters = self.letters(formatted);
        let people = source.people();
        let name: Letters = if people.is_empty() {
            let stand_in: Letters = letters.iter().copied().filter(output::Letter::is_names).collect();
            if stand_in.is_empty() { title(source) } else { output::without_comma(stand_in) }
        } else {
            plain_letters(&setting.in_text(people))
        };
        if setting.is_note() {
            let text = setting.rules.runs(letters);
            return [setting.rules.runs(name), vec![note(held_together(text))]].concat();
        }
        let is_numbered = !letters.iter().any(output::Letter::is_names) && style::is_numeric(setting.style());
        let rest = if is_numbered {
            letters
        } else {
            let layout = &setting.style().citation.layout;
            let (open, close) = (layout.prefix.as_deref().unwrap_or("("), layout.suffix.as_deref().unwrap_or(")"));
            let inside = output::text_between(&letters, open, close);
            let inside = if people.is_empty() { output::without_any_names(&inside) } else { output::without_names(&inside) };
            if inside.is_empty() { Letters::new() } else { [plain_letters("("), inside, plain_letters(")")].concat() }
        };
        let space = if rest.is_empty() { "" } else { " " };
        held_together(setting.rules.runs([name, plain_letters(space), rest].concat()))
    }
}

/// The title of a source that has no author.
fn title(source: &Source) -> Letters {
    let title = marks::prepared_title(source.title());
    match source {
        Source::Book(_) | Source::Film(_) | Source::Artwork(_) | Source::Report(_) => output::italic_letters(&title),
        _ => plain_letters(&format!("{}{title}{}", marks::STYLE_OPEN, marks::STYLE_CLOSE)),
    }
}

/// A footnote begins with a capital letter, even if it begins with "see".
fn capitalize(letters: &mut Letters) {
    if let Some(first) = letters.first_mut()
        && let Some(capital) =
            Some(first.c.to_uppercase()).filter(|capital| capital.len() == 1).and_then(|mut capital| capital.next())
        && !first.is_names()
    {
        first.c = capital;
    }
}

/// Adds our own citations inside the parentheses of a citation the style formatted, or in new parentheses.
fn join(formatted: Option<Runs>, own: Vec<Runs>) -> Runs {
    if own.is_empty() {
        return formatted.unwrap_or_default();
    }
    let own = own.join(&Run::text("; "));
    let Some(mut runs) = formatted.filter(|runs| !runs.is_empty()) else {
        return [vec![Run::text("(")], own, vec![Run::text(")")]].concat();
    };
    match runs.last_mut() {
        Some(Run::Text { text }) if text.ends_with(')') => {
            text.pop();
            text.push_str("; ");
            runs.extend(own);
            runs.push(Run::text(")"));
            runs
        }
        _ => [runs, vec![Run::text(" (")], own, vec![Run::text(")")]].concat(),
    }
}

/// A citation of ours with the words around it.
fn with_words(one: &Reference, runs: Runs) -> Runs {
    let before = one.before.iter().map(|before| Run::text(format!("{before} ")));
    let after = one.locator.iter().map(|locator| Run::text(format!(", {locator}")));
    before.chain(runs).chain(after).collect()
}

/// The citation, with no line break allowed between name and year.
fn held_together(runs: Runs) -> Runs {
    runs.into_iter()
        .map(|run| match run {
            Run::Text { text } => {
                let mut words = text.split(' ');
                let first = words.next().unwrap_or_default().to_owned();
                Run::text(words.fold(first, |mut line, word| {
                    line.push(if word.starts_with(|c: char| c.is_ascii_digit()) { '\u{a0}' } else { ' ' });
                    line.push_str(word);
                    line
                }))
            }
            other => other,
        })
        .collect()
}

/// A footnote. Its place is set where it is printed, because the same citation can be in several places.
fn note(runs: Runs) -> Run {
    Run::Note { runs, place: Place::default() }
}
