//! Composes what only editions for teachers print at an item: its answer by the positions of what the item offers, and the student page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::blocks::Block;
use super::{Composer, Runs, runs};
use crate::block::{self, Entry, Item};
use crate::lesson::answer::{self, Answer as Given};
use crate::lesson::prose::{Inlines, Placed, Prose};
use crate::lesson::values::{Id, Keyed};
use crate::quotation::with_quotation_marks;

/// Longest beginning of a question by which a grader knows it, in characters.
const CUE: usize = 70;

/// What only editions for teachers print at an item.
#[derive(Debug, Clone, Serialize)]
pub struct Solution {
    /// The page of the student packet on which the item begins.
    pub page: Option<usize>,
    /// How the question begins, for a list of answers.
    pub cue: Option<String>,
    /// The answer, if the teacher file has one.
    pub answer: Option<Answer>,
    /// Why it is right.
    pub reason: Vec<Block>,
}

/// An answer; positions count from 0 in the order of the lesson file.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "form", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Answer {
    /// What is told freely.
    Text { blocks: Vec<Block> },
    /// The right choices.
    Choices { right: Vec<usize> },
    /// Whether each statement is true.
    Statements { statements: Vec<Option<Statement>> },
    /// The word for each blank.
    Blanks { words: Vec<Option<Runs>> },
    /// The match of each item.
    Pairs { matches: Vec<Option<usize>> },
    /// The right place of each entry, counted from 1.
    Order { places: Vec<Option<usize>> },
    /// The cells of a table whose first column is given, and the answer to its last question.
    Cells { rows: Vec<Vec<Option<Runs>>>, conclusion: Vec<Block> },
    /// The choice in each row of a decision table.
    Rows { rows: Vec<Option<Row>> },
    /// What belongs to each column, side or card.
    Parts { parts: Vec<Vec<Block>> },
    /// What belongs to each region of a Venn diagram.
    Regions { regions: Vec<Region> },
    /// A claim with its evidence.
    Claim { claim: Vec<Block>, evidence: Vec<Runs>, reasoning: Vec<Block> },
    /// Causes and effects.
    Causes { causes: Vec<Runs>, event: Option<Runs>, effects: Vec<Runs> },
    /// What each event of a timeline lacks.
    Events { events: Vec<Event> },
    /// The rows of an empty table.
    Table { rows: Vec<Vec<Runs>> },
    /// Examples of work for each criterion and level.
    Levels { criteria: Vec<Vec<Vec<Block>>> },
}

/// The answer to a statement.
#[derive(Debug, Clone, Serialize)]
pub struct Statement {
    /// Whether it is true.
    pub truth: bool,
    /// What would be true instead.
    pub correction: Option<Runs>,
}

/// The answer to a row of a decision table.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The position of the right choice.
    pub choice: usize,
    /// Why it is right.
    pub reason: Vec<Block>,
}

/// A region of a Venn diagram.
#[derive(Debug, Clone, Serialize)]
pub struct Region {
    /// The positions of the circles to which it belongs.
    pub circles: Vec<usize>,
    /// What belongs there.
    pub blocks: Vec<Block>,
}

/// What an event of a timeline lacks.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// When it was.
    pub date: Option<Runs>,
    /// What happened.
    pub text: Option<Runs>,
}

impl Composer<'_> {
    /// What editions for teachers print at the item of a block; `None` in editions for students.
    pub(super) fn solution(&mut self, block: &block::Block, mark: &str) -> Option<Solution> {
        let (teacher, student) = self.for_teachers()?;
        let item = block.item()?;
        let given = item.id.and_then(|id| teacher.answers.get(&id.value));
        let within = std::mem::replace(&mut self.in_aside, true);
        let solution = Solution {
            page: student.item_pages.get(mark).copied(),
            cue: self.cue(item),
            answer: given.and_then(|given| self.answer(block, given)),
            reason: given.and_then(|given| given.reason.as_ref()).map_or_else(Vec::new, |reason| self.aside(reason)),
        };
        self.in_aside = within;
        Some(solution)
    }

    /// The words of a cloze text by the names of its blanks, where its edition prints them.
    pub(super) fn words_of(&self, item: Item<'_>) -> BTreeMap<String, Runs> {
        let given = || self.for_teachers()?.0.answers.get(&item.id?.value);
        let words = given().into_iter().flat_map(|given| given.blanks.iter());
        words.map(|blank| (blank.key.value.clone(), word(&blank.value))).collect()
    }

    /// Prose of the teacher file: its headings are no sections of the packet.
    pub(super) fn aside(&mut self, prose: &Prose) -> Vec<Block> {
        let (level, within) = (self.level, std::mem::replace(&mut self.in_aside, true));
        let blocks = self.prose(&prose.0);
        (self.level, self.in_aside) = (level, within);
        let plain = |block| match block {
            Block::Heading { runs, .. } => {
                Block::Paragraph { mark: None, number: None, page: None, label: None, runs: vec![runs::Run::Strong { runs }] }
            }
            other => other,
        };
        blocks.into_iter().map(plain).collect()
    }

    fn cue(&self, item: Item<'_>) -> Option<String> {
        let text = item.ask?.plain();
        let text = with_quotation_marks(text.trim(), &self.language);
        if text.chars().count() <= CUE {
            return Some(text);
        }
        let beginning: String = text.chars().take(CUE).collect();
        let cut = beginning.rfind(' ').unwrap_or(beginning.len());
        Some(format!("{} …", beginning[..cut].trim_end_matches([',', ';', ':', '.'])))
    }

    /// The answer to a block, if it is one in the block's form: the rules have seen to that.
    fn answer(&mut self, block: &block::Block, given: &Given) -> Option<Answer> {
        if let Some(text) = &given.text {
            return Some(Answer::Text { blocks: self.aside(text) });
        }
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
                        given.map(|given| Statement { truth: given.truth, correction: self.line(given.correction.as_ref()) })
                    })
                    .collect(),
            },
            block::Block::Cloze(it) => {
                let words = it.blanks().into_iter().map(|name| given.blanks.get(&name.value).map(word));
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
            block::Block::CutOuts(it) => self.parts_of(it.cards.iter().map(|card| card.id.as_ref()), &given.cards),
            block::Block::RoleCards(it) => self.parts_of(it.cards.iter().map(|card| card.id.as_ref()), &given.cards),
            block::Block::TChart(it) => self.parts_of(it.columns.iter().map(|entry| entry.id.as_ref()), &given.columns),
            block::Block::Position(it) => self.parts_of(it.sides.iter().map(|entry| entry.id.as_ref()), &given.sides),
            block::Block::ShortAnswers(it) => self.cells(&it.rows, &it.columns, given),
            block::Block::Compare(it) => self.cells(&it.questions, &it.sources, given),
            block::Block::Decide(it) => {
                let mut rows = Vec::new();
                for given in each(&it.items, |id| given.rows.get(id)) {
                    rows.push(given.and_then(|given| {
                        let wanted = given.choice.value.trim();
                        let choice = it.choices.iter().position(|choice| choice.value.trim() == wanted)?;
                        Some(Row { choice, reason: given.reason.as_ref().map_or_else(Vec::new, |reason| self.aside(reason)) })
                    }));
                }
                Answer::Rows { rows }
            }
            block::Block::Venn(it) => self.regions(it, given),
            block::Block::ClaimEvidence(_) => Answer::Claim {
                claim: self.maybe_aside(given.claim.as_ref()),
                evidence: self.lines(&given.evidence),
                reasoning: self.maybe_aside(given.reasoning.as_ref()),
            },
            block::Block::CauseEffect(_) => Answer::Causes {
                causes: self.lines(&given.causes),
                event: self.line(given.event.as_ref()),
                effects: self.lines(&given.effects),
            },
            block::Block::FillTimeline(it) => {
                let of = |part: Option<&Inlines>| self.line(part);
                let event = |event: &block::fill_timeline::FillEvent| {
                    let given = event.id.as_ref().and_then(|id| given.events.get(&id.value));
                    Event {
                        date: of(given.and_then(|given| given.date.as_ref())),
                        text: of(given.and_then(|given| given.text.as_ref())),
                    }
                };
                Answer::Events { events: it.events.iter().map(event).collect() }
            }
            block::Block::BlankTable(_) => Answer::Table { rows: given.table.iter().map(|row| self.lines(row)).collect() },
            block::Block::Rubric(it) => {
                let mut criteria = Vec::new();
                for criterion in &it.criteria {
                    let examples = criterion.id.as_ref().and_then(|id| given.levels.get(&id.value));
                    let levels = it.levels.iter().map(|level| examples?.get(&level.id.as_ref()?.value));
                    criteria.push(levels.map(|example| self.maybe_aside(example)).collect());
                }
                Answer::Levels { criteria }
            }
            _ => return None,
        };
        Some(answer)
    }

    fn maybe_aside(&mut self, prose: Option<&Prose>) -> Vec<Block> {
        prose.map_or_else(Vec::new, |prose| self.aside(prose))
    }

    fn parts_of<'i>(&mut self, ids: impl Iterator<Item = Option<&'i Placed<Id>>>, given: &Keyed<Prose>) -> Answer {
        Answer::Parts { parts: ids.map(|id| self.maybe_aside(id.and_then(|id| given.get(&id.value)))).collect() }
    }

    fn cells(&mut self, rows: &[Entry], columns: &[Entry], given: &Given) -> Answer {
        let row = |row: Option<&Keyed<Inlines>>| each(columns, |id| row?.get(id)).map(|cell| self.line(cell)).collect();
        let rows = each(rows, |id| given.cells.get(id)).map(row).collect();
        Answer::Cells { rows, conclusion: self.maybe_aside(given.conclusion.as_ref()) }
    }

    fn regions(&mut self, venn: &block::Venn, given: &answer::Answer) -> Answer {
        let mut regions = Vec::new();
        for (name, circles) in venn.regions_with_circles() {
            let blocks = self.maybe_aside(given.regions.get(&name));
            if !blocks.is_empty() {
                regions.push(Region { circles, blocks });
            }
        }
        Answer::Regions { regions }
    }
}

fn word(word: &Placed<String>) -> Runs {
    runs::from_text(word.value.trim())
}

/// What is given for each entry, by its id.
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

/// The position of a choice that is given by its name, which is its id or else its text.
fn position_of_choice(choices: &[Entry], given: &Placed<String>) -> Option<usize> {
    choices.iter().position(|choice| choice.name() == given.value.trim())
}
