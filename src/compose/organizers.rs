//! Composes what students fill in or draw: charts, diagrams, timelines, and drawings, with their writing space.

use super::asked::{Asked, entries, question};
use super::composer::Composer;
use super::given::Given;
use super::spaces::writing_space;
use super::{activities, readings};
use crate::lesson::block::{self, Area, Canvas, Space};
use crate::lesson::prose::Placed;
use crate::packet::Block;
use crate::packet::pieces::{OpenEvent, Starter};
use crate::packet::space::WritingSpace;
use crate::picture::Problem;
use crate::source::Place;

/// Default sizes of organizers: lines for a T-chart, millimeters for the others.
const CHART_LINES: u32 = 8;
const VENN_HEIGHT: f64 = 90.0;
const CAUSES_HEIGHT: f64 = 70.0;
const DRAWING_HEIGHT: f64 = 80.0;
/// Writing lines after a sentence starter.
const STARTER_LINES: u32 = 2;

/// A question that is an organizer or asks for a position. `None` for any other block.
pub(super) fn organizer(composer: &mut Composer<'_>, block: &block::Block, asked: Asked<'_>) -> Result<Option<Block>, Problem> {
    let given = composer.given;
    let text = given.text();
    let composed = match block {
        block::Block::Position(it) => {
            let place = place(it.space.as_ref());
            let usual = asked.usual_space.clone();
            let question = question(composer, asked, place);
            let whole = it.space.as_ref().map(|space| writing_space(given, &space.value));
            let of_starter = |space: Option<&Placed<Space>>| match space {
                Some(space) => writing_space(given, &space.value),
                None => whole.clone().unwrap_or_else(|| WritingSpace::lines(STARTER_LINES)),
            };
            let starters = it
                .starters
                .iter()
                .map(|starter| Starter { runs: text.runs(&starter.text.nodes), space: of_starter(starter.space.as_ref()) });
            let starters: Vec<Starter> = starters.collect();
            // Each starter has its own space, so the question has none.
            let space = if starters.is_empty() { whole.unwrap_or(usual) } else { WritingSpace::None };
            Block::Position { question, sides: entries(text, &it.sides), starters, space }
        }
        block::Block::TChart(it) => Block::TChart {
            question: question(composer, asked, place(it.space.as_ref())),
            columns: entries(text, &it.columns),
            space: canvas(given, it.space.as_ref(), WritingSpace::lines(CHART_LINES)),
        },
        block::Block::Venn(it) => Block::Venn {
            question: question(composer, asked, place(it.space.as_ref())),
            circles: entries(text, &it.circles),
            both: text.line(it.both.as_ref()),
            space: area(given, it.space.as_ref(), VENN_HEIGHT),
        },
        block::Block::ClaimEvidence(it) => {
            Block::ClaimEvidence { question: question(composer, asked, None), evidence: it.evidence, lines: it.lines }
        }
        block::Block::CauseEffect(it) => Block::CauseEffect {
            question: question(composer, asked, place(it.space.as_ref())),
            causes: it.causes,
            event: text.line(it.event.as_ref()),
            effects: it.effects,
            space: area(given, it.space.as_ref(), CAUSES_HEIGHT),
        },
        block::Block::Compare(it) => Block::Compare {
            question: question(composer, asked, it.sources.first().and_then(|source| source.text.place)),
            sources: entries(text, &it.sources),
            rows: entries(text, &it.questions),
            lines: it.lines,
            conclusion: text.line(it.conclusion.as_ref()),
        },
        block::Block::FillTimeline(it) => Block::FillTimeline {
            question: question(composer, asked, None),
            events: it
                .events
                .iter()
                .map(|event| OpenEvent { date: text.line(event.date.as_ref()), text: text.line(event.text.as_ref()) })
                .collect(),
            lines: it.lines,
        },
        block::Block::BlankTable(it) => Block::BlankTable {
            question: question(composer, asked, it.heads.first().and_then(|head| head.place)),
            heads: text.lines(&it.heads),
            rows: it.rows,
            lines: it.lines,
        },
        block::Block::Drawing(it) => {
            let picture = it.picture.as_ref().map(|picture| readings::figure(composer, picture)).transpose()?;
            Block::Drawing {
                question: question(composer, asked, place(it.space.as_ref())),
                picture: picture.map(Box::new),
                words: text.lines(&it.words),
                space: canvas(given, it.space.as_ref(), WritingSpace::empty(DRAWING_HEIGHT)),
            }
        }
        block::Block::CutOuts(it) => Block::CutOuts {
            cards: activities::pieces(composer, &it.cards, &asked.mark),
            question: question(composer, asked, None),
            per: it.per,
            per_page: it.per_page,
        },
        _ => return Ok(None),
    };
    Ok(Some(composed))
}

fn canvas(given: &Given<'_>, canvas: Option<&Placed<Canvas>>, otherwise: WritingSpace) -> WritingSpace {
    canvas.map_or(otherwise, |canvas| writing_space(given, &canvas.value.0))
}

fn area(given: &Given<'_>, area: Option<&Placed<Area>>, millimeters: f64) -> WritingSpace {
    area.map_or_else(|| WritingSpace::empty(millimeters), |area| writing_space(given, &Space::from(&area.value)))
}

fn place<T>(space: Option<&Placed<T>>) -> Option<Place> {
    space.map(|space| space.place)
}
