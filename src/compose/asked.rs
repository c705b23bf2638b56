//! What is known about a question regardless of its kind, and the fields all questions share.

use super::composer::Composer;
use super::references;
use crate::lesson::block::{Entry, Item};
use crate::packet::Runs;
use crate::packet::blank::Blanks;
use crate::packet::block::{Question, Solution};
use crate::packet::space::WritingSpace;
use crate::source::Place;

use super::text::Text;

/// What is known about a question regardless of its kind.
pub(super) struct Asked<'a> {
    pub item: Item<'a>,
    pub number: Option<u32>,
    pub mark: String,
    pub solution: Option<Solution>,
    /// The writing space if the question doesn't set one.
    pub usual_space: WritingSpace,
}

/// The fields all questions share. Reports about the layout point to `place` or, if it's `None`, to the question's text.
pub(super) fn question(composer: &mut Composer<'_>, asked: Asked<'_>, place: Option<Place>) -> Question {
    let Asked { item, number, mark, solution, usual_space: _ } = asked;
    let place = place.or(item.ask.and_then(|ask| ask.place)).or(item.id.map(|id| id.place));
    composer.gathered.mark(&mark, place);
    let text = composer.given.text();
    Question {
        mark,
        number,
        ask: text.line(item.ask),
        hint: text.line(item.hint),
        points: item.points,
        see: references::of_question(composer.given, item.see),
        room: 1.0,
        blanks: Blanks::new(),
        solution,
    }
}

/// The text of each entry in a list.
pub(super) fn entries(text: Text<'_>, entries: &[Entry]) -> Vec<Runs> {
    entries.iter().map(|entry| text.runs(&entry.text.nodes)).collect()
}
