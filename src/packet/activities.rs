//! Composes what an activity is made of besides questions: what is needed and done, cards and scripts, and how work is judged.

use super::answers::Solution;
use super::blocks::{Block, Card, Material, RubricCriterion, RubricLevel, Step, Turn};
use super::rooms::Room;
use super::{Composer, runs};
use crate::block::cut_outs::Piece;
use crate::block::role_cards::RoleCard;
use crate::block::{self, Extension, ReportOut, Rubric, Script, Space, Steps};
use crate::lesson::prose::Placed;
use crate::source::Place;

impl Composer<'_> {
    /// Composes a block that stands in activities; `mark` names it if it has no id.
    pub(super) fn activity_block(&mut self, block: &block::Block, mark: &str) -> Block {
        let id = block.item().and_then(|item| item.id);
        let mark = id.map_or_else(|| mark.to_owned(), |id| self.scoped(&id.value.0));
        self.marks.extend(id.map(|id| (mark.clone(), id.place)));
        let solution = self.solution(block, &mark);
        match block {
            block::Block::Background(it) => {
                let level = self.level + 1;
                let title = it.title.as_ref().map(|title| self.heading(&title.nodes));
                Block::Background { level, title, blocks: self.prose(&it.text.0) }
            }
            block::Block::Materials(it) => Block::Materials {
                title: self.line(it.title.as_ref()),
                items: it.items.iter().map(|item| Material { runs: self.runs(&item.text.nodes), per: item.per }).collect(),
            },
            block::Block::Steps(it) => self.steps(it),
            block::Block::RoleCards(it) => {
                let cards = it.cards.iter().zip(1..).map(|(card, number)| self.role_card(card, &mark, number));
                let cards = cards.collect();
                Block::RoleCards { mark, cards, per: it.per, per_page: it.per_page, solution }
            }
            block::Block::Script(it) => self.script(it, mark, solution),
            block::Block::ReportOut(it) => self.report_out(it, mark, solution),
            block::Block::Extension(it) => self.extension(it, mark, solution),
            block::Block::Rubric(it) => self.rubric(it, mark, solution),
            block::Block::SelfCheck(it) => Block::SelfCheck { title: self.line(it.title.as_ref()), items: self.lines(&it.items) },
            other => unreachable!("`{}` is composed elsewhere", other.name()),
        }
    }

    fn steps(&mut self, steps: &Steps) -> Block {
        let start = if steps.continues { self.next_step } else { 1 };
        let items = steps.items.iter();
        let step = |step: &block::steps::Step| Step {
            runs: self.runs(&step.action.nodes),
            minutes: step.minutes.as_ref().map(|minutes| minutes.value),
        };
        let items: Vec<Step> = items.map(step).collect();
        self.next_step = start + u32::try_from(items.len()).expect("a file holds fewer steps");
        Block::Steps { title: self.line(steps.title.as_ref()), start, items }
    }

    fn role_card(&mut self, card: &RoleCard, of: &str, number: u32) -> Card {
        let mark = self.card_mark(of, number, card.title.place);
        let title = Some(self.runs(&card.title.nodes));
        Card { mark, title, blocks: self.prose(&card.text.0), back: card.back.as_ref().map(|back| self.prose(&back.0)) }
    }

    /// Composes pieces to cut out; `of` names the block that they belong to.
    pub(super) fn pieces(&mut self, pieces: &[Piece], of: &str) -> Vec<Card> {
        let mut cards = Vec::new();
        for (piece, number) in pieces.iter().zip(1..) {
            let paragraph = |runs| vec![Block::Paragraph { mark: None, number: None, page: None, label: None, runs }];
            cards.push(Card {
                mark: self.card_mark(of, number, piece.text.place),
                title: None,
                blocks: paragraph(self.runs(&piece.text.nodes)),
                back: self.line(piece.back.as_ref()).map(paragraph),
            });
        }
        cards
    }

    fn card_mark(&mut self, of: &str, number: u32, place: Option<Place>) -> String {
        let mark = format!("{of}-card-{number}");
        self.marks.extend(place.map(|place| (mark.clone(), place)));
        mark
    }

    fn script(&mut self, script: &Script, mark: String, solution: Option<Solution>) -> Block {
        let cast = if script.cast { script.cast().into_iter().map(runs::from_text).collect() } else { Vec::new() };
        let turns = script.lines.iter().map(|turn| Turn {
            who: turn.who.as_ref().map(|who| runs::from_text(who.trim())),
            runs: self.runs(&turn.says.nodes),
        });
        Block::Script {
            mark,
            level: self.level + 1,
            title: script.title.as_ref().map(|title| self.heading(&title.nodes)),
            setting: self.line(script.setting.as_ref()),
            cast,
            turns: turns.collect(),
            solution,
        }
    }

    fn report_out(&mut self, report: &ReportOut, mark: String, solution: Option<Solution>) -> Block {
        let space = self.notes(report.space.as_ref(), &mark);
        Block::ReportOut { mark, minutes: report.minutes, blocks: self.prose(&report.text.0), space, solution }
    }

    fn extension(&mut self, extension: &Extension, mark: String, solution: Option<Solution>) -> Block {
        let level = self.level + 1;
        let space = self.notes(extension.space.as_ref(), &mark);
        let title = extension.title.as_ref().map(|title| self.heading(&title.nodes));
        Block::Extension { mark, level, title, blocks: self.prose(&extension.text.0), space, solution }
    }

    /// Room for notes, which is none if nothing asks for it.
    fn notes(&mut self, space: Option<&Placed<Space>>, mark: &str) -> Room {
        self.marks.extend(space.map(|space| (mark.to_owned(), space.place)));
        space.map_or(Room::None, |space| self.room(&space.value))
    }

    pub(super) fn rubric(&mut self, rubric: &Rubric, mark: String, solution: Option<Solution>) -> Block {
        let levels = rubric.levels.iter().map(|level| RubricLevel { runs: self.runs(&level.text.nodes), points: level.points });
        let criteria = rubric
            .criteria
            .iter()
            .map(|criterion| RubricCriterion { runs: self.runs(&criterion.text.nodes), levels: self.lines(&criterion.levels) });
        Block::Rubric {
            mark,
            title: self.line(rubric.title.as_ref()),
            levels: levels.collect(),
            criteria: criteria.collect(),
            solution,
        }
    }
}
