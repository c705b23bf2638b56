//! Composes questions: numbers, references to the reading, and lists in the order of the file.

use super::asked::{Asked, entries, question};
use super::composer::Composer;
use super::organizers::organizer;
use super::spaces::{usual_lines, writing_space};
use super::text::Blanks;
use super::{answers, prose};
use crate::lesson::block;
use crate::packet::Block;
use crate::packet::space::WritingSpace;
use crate::picture::Problem;

/// Composes a block that has an answer. `mark` names it if it has no id, and `part` is the part of the lesson it is in.
pub(super) fn answered(
    composer: &mut Composer<'_>,
    block: &block::Block,
    number: Option<u32>,
    mark: String,
    part: &str,
) -> Result<Option<Block>, Problem> {
    if !block.is_question() && !matches!(block, block::Block::StopAndThink(_)) {
        return Ok(None);
    }
    let Some(item) = block.item() else { return Ok(None) };
    let given = composer.given;
    let text = given.text();
    let mark = item.id.map_or(mark, |id| given.scoped(&id.value.0));
    let solution = answers::solution(composer, block, &mark);
    let parts = if let block::Block::Prompt(prompt) = block { prompt.parts.len() } else { 0 };
    let usual_space = usual_lines(&item.ask.map(|ask| ask.plain()).unwrap_or_default(), parts, part == "exit-ticket");
    let asked = Asked { item, number: number.filter(|_| block.is_question()), mark, solution, usual_space };
    let composed = match block {
        block::Block::Prompt(it) => {
            let place = it.space.as_ref().map(|space| space.place);
            let usual = asked.usual_space.clone();
            Block::Prompt {
                question: question(composer, asked, place),
                parts: text.lines(&it.parts),
                space: it.space.as_ref().map_or(usual, |space| writing_space(given, &space.value)),
            }
        }
        block::Block::StopAndThink(it) => {
            let place = it.space.as_ref().map(|space| space.place);
            Block::StopAndThink {
                question: question(composer, asked, place),
                space: it.space.as_ref().map_or(WritingSpace::None, |space| writing_space(given, &space.value)),
            }
        }
        block::Block::MultipleChoice(it) => Block::MultipleChoice {
            question: question(composer, asked, None),
            choices: entries(text, &it.choices),
            several: it.several,
        },
        block::Block::TrueFalse(it) => Block::TrueFalse {
            question: question(composer, asked, None),
            statements: entries(text, &it.statements),
            correct: it.correct,
        },
        block::Block::Cloze(it) => {
            let blanks = Blanks { names: it.blanks(), words: answers::words_of(given, item) };
            let blocks = prose::blocks(composer, text.with_blanks(&blanks), &it.text.value.0.0);
            Block::Cloze {
                question: question(composer, asked, None),
                blocks,
                words: it.words.iter().map(|word| text.plain(word.value.trim())).collect(),
            }
        }
        block::Block::Matching(it) => Block::Matching {
            question: question(composer, asked, None),
            items: entries(text, &it.items),
            matches: entries(text, &it.matches),
        },
        block::Block::Ordering(it) => {
            Block::Ordering { question: question(composer, asked, None), items: entries(text, &it.items) }
        }
        block::Block::ShortAnswers(it) => Block::ShortAnswers {
            question: question(composer, asked, it.head.place),
            head: text.runs(&it.head.nodes),
            columns: entries(text, &it.columns),
            rows: entries(text, &it.rows),
            lines: it.lines,
        },
        block::Block::Decide(it) => Block::Decide {
            question: question(composer, asked, it.items.first().and_then(|row| row.text.place)),
            head: text.line(it.head.as_ref()),
            choices: it.choices.iter().map(|choice| text.plain(&choice.value)).collect(),
            reason: it.reason,
            rows: entries(text, &it.items),
        },
        _ => return organizer(composer, block, asked),
    };
    Ok(Some(composed))
}
