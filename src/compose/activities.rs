//! Composes the parts of an activity that aren't questions: materials, steps, cards, scripts, and scoring guides.

use super::composer::Composer;
use super::spaces::writing_space;
use super::{answers, prose};
use crate::lesson::block::cut_outs::Piece;
use crate::lesson::block::role_cards::RoleCard;
use crate::lesson::block::{self, Extension, ReportOut, Rubric, Script, Space, Steps};
use crate::lesson::prose::Placed;
use crate::packet::Block;
use crate::packet::blank::Blanks;
use crate::packet::block::{Card, Solution};
use crate::packet::pieces::{Material, RubricCriterion, RubricLevel, Step, Turn};
use crate::packet::space::WritingSpace;
use crate::source::Place;

/// A block used in activities. `mark` names it if it has no id.
pub(super) fn block(composer: &mut Composer<'_>, block: &block::Block, mark: &str) -> Block {
    let text = composer.given.text();
    let id = block.item().and_then(|item| item.id);
    let mark = id.map_or_else(|| mark.to_owned(), |id| composer.given.scoped(&id.value.0));
    composer.gathered.mark(&mark, id.map(|id| id.place));
    let solution = answers::solution(composer, block, &mark);
    match block {
        block::Block::Background(it) => {
            let level = composer.counters.level + 1;
            let title = it.title.as_ref().map(|title| text.runs(&title.nodes));
            Block::Background { level, title, blocks: prose::unnumbered(composer, &it.text) }
        }
        block::Block::Materials(it) => Block::Materials {
            title: text.line(it.title.as_ref()),
            items: it.items.iter().map(|item| Material { runs: text.runs(&item.text.nodes), per: item.per }).collect(),
            blanks: Blanks::new(),
        },
        block::Block::Steps(it) => steps(composer, it),
        block::Block::RoleCards(it) => {
            let cards = it.cards.iter().zip(1..).map(|(card, number)| role_card(composer, card, &mark, number));
            let cards = cards.collect();
            Block::RoleCards { mark, cards, per: it.per, per_page: it.per_page, solution }
        }
        block::Block::Script(it) => script(composer, it, mark, solution),
        block::Block::ReportOut(it) => report_out(composer, it, mark, solution),
        block::Block::Extension(it) => extension(composer, it, mark, solution),
        block::Block::Rubric(it) => rubric(composer, it, mark, solution),
        block::Block::SelfCheck(it) => {
            Block::SelfCheck { title: text.line(it.title.as_ref()), items: text.lines(&it.items), blanks: Blanks::new() }
        }
        other => unreachable!("`{}` is composed elsewhere", other.name()),
    }
}

fn steps(composer: &mut Composer<'_>, steps: &Steps) -> Block {
    let text = composer.given.text();
    let start = if steps.continues { composer.counters.step } else { 1 };
    let items = steps.items.iter();
    let step = |step: &block::steps::Step| Step {
        runs: text.runs(&step.action.nodes),
        minutes: step.minutes.as_ref().map(|minutes| minutes.value),
    };
    let items: Vec<Step> = items.map(step).collect();
    composer.counters.step = start + u32::try_from(items.len()).expect("a file holds fewer steps");
    Block::Steps { title: text.line(steps.title.as_ref()), start, items }
}

fn role_card(composer: &mut Composer<'_>, card: &RoleCard, of: &str, number: u32) -> Card {
    let text = composer.given.text();
    let mark = card_mark(composer, of, number, card.title.place);
    let title = Some(text.runs(&card.title.nodes));
    Card {
        mark,
        title,
        blocks: prose::unnumbered(composer, &card.text),
        back: card.back.as_ref().map(|back| prose::unnumbered(composer, back)),
    }
}

/// Composes cut-outs. `of` names the block they belong to.
pub(super) fn pieces(composer: &mut Composer<'_>, pieces: &[Piece], of: &str) -> Vec<Card> {
    let text = composer.given.text();
    let mut cards = Vec::new();
    for (piece, number) in pieces.iter().zip(1..) {
        let paragraph = |runs| vec![prose::plain_paragraph(runs)];
        cards.push(Card {
            mark: card_mark(composer, of, number, piece.text.place),
            title: None,
            blocks: paragraph(text.runs(&piece.text.nodes)),
            back: text.line(piece.back.as_ref()).map(paragraph),
        });
    }
    cards
}

fn card_mark(composer: &mut Composer<'_>, of: &str, number: u32, place: Option<Place>) -> String {
    let mark = format!("{of}-card-{number}");
    composer.gathered.mark(&mark, place);
    mark
}

fn script(composer: &mut Composer<'_>, script: &Script, mark: String, solution: Option<Solution>) -> Block {
    let text = composer.given.text();
    let cast = if script.cast { script.cast().into_iter().map(|name| text.plain(name)).collect() } else { Vec::new() };
    let turns = script
        .lines
        .iter()
        .map(|turn| Turn { who: turn.who.as_ref().map(|who| text.plain(who.trim())), runs: text.runs(&turn.says.nodes) });
    Block::Script {
        mark,
        level: composer.counters.level + 1,
        title: script.title.as_ref().map(|title| text.runs(&title.nodes)),
        setting: text.line(script.setting.as_ref()),
        cast,
        turns: turns.collect(),
        solution,
        blanks: Blanks::new(),
    }
}

fn report_out(composer: &mut Composer<'_>, report: &ReportOut, mark: String, solution: Option<Solution>) -> Block {
    let space = notes(composer, report.space.as_ref(), &mark);
    Block::ReportOut {
        mark,
        minutes: report.minutes,
        blocks: prose::unnumbered(composer, &report.text),
        space,
        solution,
        blanks: Blanks::new(),
    }
}

fn extension(composer: &mut Composer<'_>, extension: &Extension, mark: String, solution: Option<Solution>) -> Block {
    let text = composer.given.text();
    let level = composer.counters.level + 1;
    let space = notes(composer, extension.space.as_ref(), &mark);
    let title = extension.title.as_ref().map(|title| text.runs(&title.nodes));
    Block::Extension {
        mark,
        level,
        title,
        blocks: prose::unnumbered(composer, &extension.text),
        space,
        solution,
        blanks: Blanks::new(),
    }
}

/// Space for notes. None unless the lesson asks for it.
fn notes(composer: &mut Composer<'_>, space: Option<&Placed<Space>>, mark: &str) -> WritingSpace {
    composer.gathered.mark(mark, space.map(|space| space.place));
    space.map_or(WritingSpace::None, |space| writing_space(composer.given, &space.value))
}

pub(super) fn rubric(composer: &mut Composer<'_>, rubric: &Rubric, mark: String, solution: Option<Solution>) -> Block {
    let text = composer.given.text();
    let levels = rubric.levels.iter().map(|level| RubricLevel { runs: text.runs(&level.text.nodes), points: level.points });
    let criteria = rubric
        .criteria
        .iter()
        .map(|criterion| RubricCriterion { runs: text.runs(&criterion.text.nodes), levels: text.lines(&criterion.levels) });
    Block::Rubric {
        mark,
        title: text.line(rubric.title.as_ref()),
        levels: levels.collect(),
        criteria: criteria.collect(),
        solution,
        blanks: Blanks::new(),
    }
}
