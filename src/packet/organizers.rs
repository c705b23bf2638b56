//! Composes what a student fills in or draws: charts, diagrams, timelines and drawings, with the room that each asks for.

use super::Composer;
use super::blocks::{Block, OpenEvent, Starter};
use super::questions::Asked;
use super::rooms::Room;
use crate::block::{self, Area, Canvas, Space};
use crate::lesson::prose::Placed;
use crate::picture::Problem;
use crate::source::Place;

/// Rooms of organizers that ask for none: lines of a T-chart, and heights in millimetres.
const CHART_LINES: u32 = 8;
const VENN_HEIGHT: f64 = 90.0;
const CAUSES_HEIGHT: f64 = 70.0;
const DRAWING_HEIGHT: f64 = 80.0;
/// Lines below the beginning of a sentence.
const STARTER_LINES: u32 = 2;

impl Composer<'_> {
    /// Composes a question that is an organizer, or takes a position; `None` for any other block.
    pub(super) fn organizer(&mut self, block: &block::Block, asked: Asked<'_>) -> Result<Option<Block>, Problem> {
        let composed = match block {
            block::Block::Position(it) => {
                let place = place(it.space.as_ref());
                let question = self.common(asked, place);
                let whole = it.space.as_ref().map(|space| self.room(&space.value));
                let of_starter = |space: Option<&Placed<Space>>| match space {
                    Some(space) => self.room(&space.value),
                    None => whole.clone().unwrap_or_else(|| Room::lines(STARTER_LINES)),
                };
                let starters = it
                    .starters
                    .iter()
                    .map(|starter| Starter { runs: self.runs(&starter.text.nodes), space: of_starter(starter.space.as_ref()) });
                let starters = starters.collect();
                Block::Position {
                    question,
                    sides: self.entries(&it.sides),
                    starters,
                    space: whole.unwrap_or_else(|| self.usual_room.clone()),
                }
            }
            block::Block::TChart(it) => Block::TChart {
                question: self.common(asked, place(it.space.as_ref())),
                columns: self.entries(&it.columns),
                space: self.canvas(it.space.as_ref(), Room::lines(CHART_LINES)),
            },
            block::Block::Venn(it) => Block::Venn {
                question: self.common(asked, place(it.space.as_ref())),
                circles: self.entries(&it.circles),
                both: self.line(it.both.as_ref()),
                space: self.area(it.space.as_ref(), VENN_HEIGHT),
            },
            block::Block::ClaimEvidence(it) => {
                Block::ClaimEvidence { question: self.common(asked, None), evidence: it.evidence, lines: it.lines }
            }
            block::Block::CauseEffect(it) => Block::CauseEffect {
                question: self.common(asked, place(it.space.as_ref())),
                causes: it.causes,
                event: self.line(it.event.as_ref()),
                effects: it.effects,
                space: self.area(it.space.as_ref(), CAUSES_HEIGHT),
            },
            block::Block::Compare(it) => Block::Compare {
                question: self.common(asked, it.sources.first().and_then(|source| source.text.place)),
                sources: self.entries(&it.sources),
                rows: self.entries(&it.questions),
                lines: it.lines,
                conclusion: self.line(it.conclusion.as_ref()),
            },
            block::Block::FillTimeline(it) => Block::FillTimeline {
                question: self.common(asked, None),
                events: it
                    .events
                    .iter()
                    .map(|event| OpenEvent { date: self.line(event.date.as_ref()), text: self.line(event.text.as_ref()) })
                    .collect(),
                lines: it.lines,
            },
            block::Block::BlankTable(it) => Block::BlankTable {
                question: self.common(asked, it.heads.first().and_then(|head| head.place)),
                heads: self.lines(&it.heads),
                rows: it.rows,
                lines: it.lines,
            },
            block::Block::Drawing(it) => {
                let picture = it.picture.as_ref().map(|picture| self.figure(picture)).transpose()?;
                Block::Drawing {
                    question: self.common(asked, place(it.space.as_ref())),
                    picture: picture.map(Box::new),
                    words: self.lines(&it.words),
                    space: self.canvas(it.space.as_ref(), Room::empty(DRAWING_HEIGHT)),
                }
            }
            block::Block::CutOuts(it) => Block::CutOuts {
                cards: self.pieces(&it.cards, &asked.mark),
                question: self.common(asked, None),
                per: it.per,
                per_page: it.per_page,
            },
            _ => return Ok(None),
        };
        Ok(Some(composed))
    }

    fn canvas(&self, canvas: Option<&Placed<Canvas>>, otherwise: Room) -> Room {
        canvas.map_or(otherwise, |canvas| self.room(&canvas.value.0))
    }

    fn area(&self, area: Option<&Placed<Area>>, millimetres: f64) -> Room {
        area.map_or_else(|| Room::empty(millimetres), |area| self.room(&Space::from(&area.value)))
    }
}

fn place<T>(space: Option<&Placed<T>>) -> Option<Place> {
    space.map(|space| space.place)
}
