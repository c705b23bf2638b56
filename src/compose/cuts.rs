//! Moves what students cut out of a student packet to sheets of its own, so nothing is on the back of it.

use crate::lesson::Lesson;
use crate::lesson::block::materials::Per;
use crate::lesson::series::Part;
use crate::packet::section::CardSet;
use crate::packet::{Block, PacketId, Section};

/// Moves the cards of a student packet to its end. Folded and half-size pages leave them out, and the exit ticket too: these are
/// cut from whole sheets. The part `cards` has nothing else.
pub(super) fn on_sheets(sections: &mut Vec<Section>, lesson: &Lesson, id: &PacketId) {
    let on_sheets = !id.format.is_imposed();
    let sets = sets(sections, lesson, on_sheets);
    if !on_sheets {
        sections.retain(|section| !matches!(section, Section::ExitTicket { .. }));
        return;
    }
    if id.part == Part::Cards {
        sections.retain(|section| matches!(section, Section::ExitTicket { .. }));
        for section in &mut *sections {
            if let Section::ExitTicket { blocks } = section {
                *section = Section::Tickets { blocks: std::mem::take(blocks) };
            }
        }
    }
    if !sets.is_empty() {
        sections.push(Section::Cards { sets });
    }
}

/// Takes the cards out of the sections. What students read where the cards are used stays there.
fn sets(sections: &mut [Section], lesson: &Lesson, on_sheets: bool) -> Vec<CardSet> {
    let in_groups = lesson.activity.as_ref().is_some_and(|activity| activity.groups.is_some());
    let mut sets = Vec::new();
    for section in sections {
        let of = section.kind();
        for block in section.blocks_mut() {
            let (mark, cards, question, per) = match block {
                Block::RoleCards { mark, per, .. } => (mark.clone(), "role-cards", None, per.or(in_groups.then_some(Per::Group))),
                Block::CutOuts { question, per, .. } => {
                    let group = (in_groups && of == "activity").then_some(Per::Group);
                    (question.mark.clone(), "cut-outs", Some(question.clone()), per.or(group))
                }
                _ => continue,
            };
            let cards = std::mem::replace(block, Block::ToCut { mark, cards, question, on_sheets });
            sets.push(CardSet { of, per, cards });
        }
    }
    sets
}
