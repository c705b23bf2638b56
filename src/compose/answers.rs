//! Composes what only teacher editions print at an item: the student page, and the answer as positions in the item's lists.

use std::collections::BTreeMap;

use super::composer::Composer;
use super::given::Given;
use super::prose::{aside, maybe_aside};
use crate::lesson::answer;
use crate::lesson::block::{self, Entry, Item};
use crate::lesson::prose::{Inlines, Placed, Prose};
use crate::lesson::values::{Id, Keyed};
use crate::packet::block::{Answer, EventSolution, Region, Row, Solution, Statement};
use crate::packet::run::{Run, Runs};

/// The most characters of a question that an answer key shows.
const CUE: usize = 70;

/// What teacher editions print at a block's item. `None` in student editions.
pub(super) fn solution(composer: &mut Composer<'_>, block: &block::Block, mark: &str) -> Option<Solution> {
    let (teacher, student) = composer.given.for_teachers()?;
    let item = block.item()?;
    let given = item.id.and_then(|id| teacher.answers.get(&id.value));
    Some(Solution {
        page: student.item_pages.get(mark).copied(),
        cue: cue(item, composer.given),
        answer: given.and_then(|given| answer(composer, block, given)),
        reason: maybe_aside(composer, given.and_then(|given| given.reason.as_ref())),
    })
}

/// The words for the blanks of a cloze text, by the blanks' names. Empty in editions that don't print answers.
pub(super) fn words_of(given: &Given<'_>, item: Item<'_>) -> BTreeMap<String, Runs> {
    let answer = || given.for_teachers()?.0.answers.get(&item.id?.value);
    let words = answer().into_iter().flat_map(|given| given.blanks.iter());
    words.map(|blank| (blank.key.value.clone(), word(given, &blank.value))).collect()
}

/// The beginning of a question, in text and equations.
fn cue(item: Item<'_>, given: &Given<'_>) -> Option<Runs> {
    let mut pieces = Vec::new();
    flatten(given.text().aside().runs(&item.ask?.nodes), &mut pieces);
    let mut room = CUE;
    let mut cue = Runs::new();
    for piece in pieces {
        let text = match &piece {
            Run::Text { text } => text.as_str(),
            Run::Equation { say, .. } => say.text.as_str(),
            _ => continue,
        };
        let letters = text.chars().count();
        if letters <= room {
            room -= letters;
            cue.push(piece);
            continue;
        }
        if let Run::Text { text } = &piece {
            let beginning: String = text.chars().take(room).collect();
            cue.push(Run::text(&beginning[..beginning.rfind(' ').unwrap_or(beginning.len())]));
        }
        if let Some(Run::Text { text }) = cue.last_mut() {
            text.truncate(text.trim_end_matches([',', ';', ':', '.', ' ']).len());
        }
        cue.push(Run::text("\u{a0}…"));
        break;
    }
    Some(cue)
}

/// The text and the equations of a line, without formatting and footnotes.
fn flatten(runs: Runs, to: &mut Runs) {
    for run in runs {
        let text = match run {
            Run::Text { text } | Run::LongWord { text } => text,
            Run::LineBreak => " ".to_owned(),
            Run::Equation { .. } => {
                to.push(run);
                continue;
            }
            run => {
                flatten(run.inside().cloned().unwrap_or_default(), to);
                continue;
            }
        };
        match to.last_mut() {
            Some(Run::Text { text: before }) => before.push_str(&text),
            _ => to.push(Run::text(text)),
        }
    }
}

/// The answer to a block. `None` if it doesn't have the block's form, which the checks rule out.
fn answer(composer: &mut Composer<'_>, block: &block::Block, given: &answer::Answer) -> Option<Answer> {
    if let Some(text) = &given.text {
        return Some(Answer::Text { blocks: aside(composer, text) });
    }
    let text = composer.given.text().aside();
    let answer = match block {
        block::Block::MultipleChoice(it) => {
            let chosen = given.choice.iter().chain(&given.choices);
            let mut right: Vec<usize> = chosen.filter_map(|choice| position_of_choice(&it.choices, choice)).collect();
            right.sort_unstable();
            Answer::Choices { right }
        }
        block::Block::TrueFalse(it) => Answer::Statements {
            statements: each(&it.statements, |id| given.statements.get(id))
                .map(|given| {
                    given.map(|given| Statement { truth: given.truth, correction: text.line(given.correction.as_ref()) })
                })
                .collect(),
        },
        block::Block::Cloze(it) => {
            let words =
                it.blanks().into_iter().map(|name| given.blanks.get(&name.value).map(|found| word(composer.given, found)));
            Answer::Blanks { words: words.collect() }
        }
        block::Block::Matching(it) => {
            let position = |id: &Placed<String>| it.matches.iter().position(|entry| is_called(entry, &id.value));
            Answer::Pairs { matches: each(&it.items, |id| given.pairs.get(id)).map(|id| id.and_then(position)).collect() }
        }
        block::Block::Ordering(it) => Answer::Order { places: each(&it.items, |id| place_in(&given.order, id)).collect() },
        block::Block::CutOuts(it) if !given.order.is_empty() => {
            let places = it.cards.iter().map(|card| place_in(&given.order, &card.id.as_ref()?.value.0));
            Answer::Order { places: places.collect() }
        }
        block::Block::CutOuts(it) => parts_of(composer, it.cards.iter().map(|card| card.id.as_ref()), &given.cards),
        block::Block::RoleCards(it) => parts_of(composer, it.cards.iter().map(|card| card.id.as_ref()), &given.cards),
        block::Block::TChart(it) => parts_of(composer, it.columns.iter().map(|entry| entry.id.as_ref()), &given.columns),
        block::Block::Position(it) => parts_of(composer, it.sides.iter().map(|entry| entry.id.as_ref()), &given.sides),
        block::Block::ShortAnswers(it) => cells(composer, &it.rows, &it.columns, given),
        block::Block::Compare(it) => cells(composer, &it.questions, &it.sources, given),
        block::Block::Decide(it) => {
            let mut rows = Vec::new();
            for given in each(&it.items, |id| given.rows.get(id)) {
                rows.push(given.and_then(|given| {
                    let choice = it.position(&given.choice.value)?;
                    Some(Row { choice, reason: given.reason.as_ref().map_or_else(Vec::new, |reason| aside(composer, reason)) })
                }));
            }
            Answer::Rows { rows }
        }
        block::Block::Venn(it) => regions(composer, it, given),
        block::Block::ClaimEvidence(_) => Answer::Claim {
            claim: maybe_aside(composer, given.claim.as_ref()),
            evidence: text.lines(&given.evidence),
            reasoning: maybe_aside(composer, given.reasoning.as_ref()),
        },
        block::Block::CauseEffect(_) => Answer::Causes {
            causes: text.lines(&given.causes),
            event: text.line(given.event.as_ref()),
            effects: text.lines(&given.effects),
        },
        block::Block::FillTimeline(it) => {
            let of = |part: Option<&Inlines>| text.line(part);
            let event = |event: &block::fill_timeline::FillEvent| {
                let given = event.id.as_ref().and_then(|id| given.events.get(&id.value));
                EventSolution {
                    date: of(given.and_then(|given| given.date.as_ref())),
                    text: of(given.and_then(|given| given.text.as_ref())),
                }
            };
            Answer::Events { events: it.events.iter().map(event).collect() }
        }
        block::Block::BlankTable(_) => Answer::Table { rows: given.table.iter().map(|row| text.lines(row)).collect() },
        block::Block::Rubric(it) => {
            let mut criteria = Vec::new();
            for criterion in &it.criteria {
                let examples = criterion.id.as_ref().and_then(|id| given.levels.get(&id.value));
                let levels = it.levels.iter().map(|level| examples?.get(&level.id.as_ref()?.value));
                criteria.push(levels.map(|example| maybe_aside(composer, example)).collect());
            }
            Answer::Levels { criteria }
        }
        _ => return None,
    };
    Some(answer)
}

fn parts_of<'i>(composer: &mut Composer<'_>, ids: impl Iterator<Item = Option<&'i Placed<Id>>>, given: &Keyed<Prose>) -> Answer {
    Answer::Parts { parts: ids.map(|id| maybe_aside(composer, id.and_then(|id| given.get(&id.value)))).collect() }
}

fn cells(composer: &mut Composer<'_>, rows: &[Entry], columns: &[Entry], given: &answer::Answer) -> Answer {
    let text = composer.given.text().aside();
    let row = |row: Option<&Keyed<Inlines>>| each(columns, |id| row?.get(id)).map(|cell| text.line(cell)).collect();
    let rows = each(rows, |id| given.cells.get(id)).map(row).collect();
    Answer::Cells { rows, conclusion: maybe_aside(composer, given.conclusion.as_ref()) }
}

fn regions(composer: &mut Composer<'_>, venn: &block::Venn, given: &answer::Answer) -> Answer {
    let mut regions = Vec::new();
    for (name, circles) in venn.regions_with_circles() {
        let blocks = maybe_aside(composer, given.regions.get(&name));
        if !blocks.is_empty() {
            regions.push(Region { circles, blocks });
        }
    }
    Answer::Regions { regions }
}

fn word(given: &Given<'_>, word: &Placed<String>) -> Runs {
    given.text().plain(word.value.trim())
}

/// The answer given for each entry, by its id.
fn each<'e, T>(entries: &'e [Entry], given: impl Fn(&str) -> Option<T> + 'e) -> impl Iterator<Item = Option<T>> + 'e {
    entries.iter().map(move |entry| entry.id.as_ref().and_then(|id| given(&id.value)))
}

fn is_called(entry: &Entry, id: &str) -> bool {
    entry.id.as_ref().is_some_and(|own| *own.value == *id)
}

/// The place of an id in an order, counted from 1.
fn place_in(order: &[Placed<Id>], id: &str) -> Option<usize> {
    order.iter().position(|other| *other.value == *id).map(|position| position + 1)
}

/// The position of a choice in a multiple-choice question.
fn position_of_choice(choices: &[Entry], given: &Placed<String>) -> Option<usize> {
    Entry::position(choices, &given.value)
}
