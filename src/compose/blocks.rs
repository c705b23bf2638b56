//! Composes the blocks of a part of a lesson in order, with question numbers and the teacher's notes.

use super::composer::Composer;
use super::{activities, prose, questions, readings, references};
use crate::lesson::block::{self, Equation};
use crate::lesson::prose::Placed;
use crate::packet::{Block, Speech};
use crate::picture::Problem;

/// Composes the blocks of a part. Blocks without an id get marks that start with `part`. The outermost paragraphs of a reading get
/// numbers.
pub(super) fn of_part<'b>(
    composer: &mut Composer<'_>,
    blocks: impl Iterator<Item = &'b block::Block> + Clone,
    part: &str,
) -> Result<Vec<Block>, Problem> {
    let given = composer.given;
    // A single question needs no number.
    let several = blocks.clone().filter(|block| block.is_question()).count() > 1;
    composer.counters.level = 1;
    composer.counters.step = 1;
    let mut composed = Vec::new();
    let mut number = 0;
    for (block, index) in blocks.zip(1..) {
        let mark = given.scoped(&format!("{part}-{index}"));
        if block.is_question() {
            number += 1;
        }
        if let Some(question) = questions::answered(composer, block, several.then_some(number), mark.clone(), part)? {
            composed.push(question);
        } else if let (block::Block::Prose(prose), "reading") = (block, part) {
            prose::numbered(composer, prose, &mut composed);
        } else {
            one(composer, block, &mark, &mut composed)?;
        }
        if let Some(id) = block.item().and_then(|item| item.id)
            && !given.has_label(&id.value.0)
        {
            let question = block.is_question().then_some(number).filter(|_| several);
            prose::note(composer, &id.value.0, question, Vec::new(), &mut composed);
        }
    }
    Ok(composed)
}

/// Composes a block that has no answer.
fn one(composer: &mut Composer<'_>, block: &block::Block, mark: &str, to: &mut Vec<Block>) -> Result<(), Problem> {
    let given = composer.given;
    let text = given.text();
    let composed = match block {
        block::Block::Prose(prose) => {
            to.extend(prose::unnumbered(composer, prose));
            return Ok(());
        }
        block::Block::Figure(figure) => readings::figure(composer, figure)?,
        block::Block::Table(table) => readings::table(composer, table, mark),
        block::Block::PrimarySource(source) => readings::primary_source(composer, source, mark),
        block::Block::Sidebar(sidebar) => {
            let (title, level) = (text.runs(&sidebar.title.nodes), composer.counters.level + 1);
            Block::Sidebar { level, title, blocks: inside(composer, block, mark)? }
        }
        block::Block::Timeline(timeline) => readings::timeline(composer, timeline),
        block::Block::Note(note) => {
            Block::Note { title: text.line(note.title.as_ref()), blocks: prose::unnumbered(composer, &note.text) }
        }
        block::Block::ContentNote(note) => Block::ContentNote { blocks: prose::unnumbered(composer, &note.text) },
        block::Block::Verse(verse) => {
            to.push(readings::verse(composer, verse));
            // There's no space for notes between lines of verse, so they follow it.
            for label in verse.lines().filter_map(|line| line.label.as_ref()) {
                let of = references::to_label(given, &label.value).into_iter().collect();
                prose::note(composer, &label.value, None, of, to);
            }
            return Ok(());
        }
        block::Block::Columns(_) => Block::Columns { blocks: inside(composer, block, mark)? },
        block::Block::Equation(equation) => self::equation(composer, equation, mark),
        // Teacher pages have no writing space, so the lesson's page breaks don't fit them.
        block::Block::PageBreak if given.teacher.is_some() => return Ok(()),
        block::Block::PageBreak => Block::PageBreak,
        other => activities::block(composer, other, mark),
    };
    to.push(composed);
    Ok(())
}

/// Composes the blocks inside a block.
fn inside(composer: &mut Composer<'_>, block: &block::Block, mark: &str) -> Result<Vec<Block>, Problem> {
    let mut composed = Vec::new();
    for (inner, index) in block.inside().iter().zip(1..) {
        one(composer, &inner.value, &format!("{mark}-{index}"), &mut composed)?;
    }
    Ok(composed)
}

fn equation(composer: &mut Composer<'_>, equation: &Equation, mark: &str) -> Block {
    let tree = equation.tex.value.0.clone().expect("a checked equation has been parsed");
    let written = |say: &Placed<String>| Speech { text: say.value.trim().to_owned() };
    let say = equation.say.as_ref().map_or_else(|| composer.given.text().speech(&tree), written);
    composer.gathered.mark(mark, Some(equation.tex.place));
    Block::Equation { mark: mark.to_owned(), tree, say }
}
