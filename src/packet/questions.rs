//! Composes questions: numbers, references to the reading, and the lists in the order of the file.

use serde::Serialize;

use super::answers::Solution;
use super::blocks::Block;
use super::references::Reference;
use super::rooms::Room;
use super::{Composer, Runs, runs};
use crate::block::{self, Entry, Item};
use crate::picture::Problem;
use crate::source::Place;

/// What all questions have in common.
#[derive(Debug, Clone, Serialize)]
pub struct Question {
    /// Its name in the finished layout.
    pub mark: String,
    /// Its number, if there is more than one.
    pub number: Option<u32>,
    /// What is asked for; without it the template says what to do with a question of this kind.
    pub ask: Option<Runs>,
    /// Help for who is stuck.
    pub hint: Option<Runs>,
    /// What it is worth.
    pub points: Option<u32>,
    /// What to look at.
    pub see: Vec<Reference>,
    /// What only editions for teachers print.
    pub solution: Option<Solution>,
}

/// What is known of a question before its kind is looked at.
pub(super) struct Asked<'a> {
    item: Item<'a>,
    number: Option<u32>,
    pub(super) mark: String,
    solution: Option<Solution>,
}

impl Composer<'_> {
    /// Composes a block that is answered; `mark` names it if it has no id.
    pub(super) fn question(&mut self, block: &block::Block, number: Option<u32>, mark: String) -> Result<Option<Block>, Problem> {
        if !block.is_question() && !matches!(block, block::Block::StopAndThink(_)) {
            return Ok(None);
        }
        let Some(item) = block.item() else { return Ok(None) };
        let mark = item.id.map_or(mark, |id| self.scoped(&id.value.0));
        let asked = Asked { item, number: number.filter(|_| block.is_question()), solution: self.solution(block, &mark), mark };
        let composed = match block {
            block::Block::Prompt(it) => {
                let place = it.space.as_ref().map(|space| space.place);
                Block::Prompt {
                    question: self.common(asked, place),
                    parts: self.lines(&it.parts),
                    space: it.space.as_ref().map_or_else(|| self.usual_room.clone(), |space| self.room(&space.value)),
                }
            }
            block::Block::StopAndThink(it) => {
                let place = it.space.as_ref().map(|space| space.place);
                Block::StopAndThink {
                    question: self.common(asked, place),
                    space: it.space.as_ref().map_or(Room::None, |space| self.room(&space.value)),
                }
            }
            block::Block::MultipleChoice(it) => Block::MultipleChoice {
                question: self.common(asked, None),
                choices: self.entries(&it.choices),
                several: it.several,
            },
            block::Block::TrueFalse(it) => Block::TrueFalse {
                question: self.common(asked, None),
                statements: self.entries(&it.statements),
                correct: it.correct,
            },
            block::Block::Cloze(it) => {
                self.blanks.set(0);
                self.blank_words = self.words_of(item);
                let blocks = self.prose(&it.text.value.0.0);
                self.blank_words.clear();
                Block::Cloze {
                    question: self.common(asked, None),
                    blocks,
                    words: it.words.iter().map(|word| runs::from_text(word.value.trim())).collect(),
                }
            }
            block::Block::Matching(it) => Block::Matching {
                question: self.common(asked, None),
                items: self.entries(&it.items),
                matches: self.entries(&it.matches),
            },
            block::Block::Ordering(it) => Block::Ordering { question: self.common(asked, None), items: self.entries(&it.items) },
            block::Block::ShortAnswers(it) => Block::ShortAnswers {
                question: self.common(asked, it.head.place),
                head: self.runs(&it.head.nodes),
                columns: self.entries(&it.columns),
                rows: self.entries(&it.rows),
                lines: it.lines,
            },
            block::Block::Decide(it) => Block::Decide {
                question: self.common(asked, it.items.first().and_then(|row| row.text.place)),
                head: self.line(it.head.as_ref()),
                choices: it.choices.iter().map(|choice| runs::from_text(&choice.value)).collect(),
                reason: it.reason,
                rows: self.entries(&it.items),
            },
            _ => return self.organizer(block, asked),
        };
        Ok(Some(composed))
    }

    /// `place` is where a report on its layout points; without it to what is asked for.
    pub(super) fn common(&mut self, asked: Asked<'_>, place: Option<Place>) -> Question {
        let Asked { item, number, mark, solution } = asked;
        let place = place.or(item.ask.and_then(|ask| ask.place)).or(item.id.map(|id| id.place));
        self.marks.extend(place.map(|place| (mark.clone(), place)));
        Question {
            mark,
            number,
            ask: self.line(item.ask),
            hint: self.line(item.hint),
            points: item.points,
            see: self.references(item.see),
            solution,
        }
    }

    pub(super) fn entries(&self, entries: &[Entry]) -> Vec<Runs> {
        entries.iter().map(|entry| self.runs(&entry.text.nodes)).collect()
    }
}
