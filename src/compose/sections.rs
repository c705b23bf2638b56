//! Composes the sections of a packet, in order. Parts that the lesson doesn't have are left out.

use super::composer::Composer;
use super::given::Given;
use super::guide::guide;
use super::plan::plan;
use super::{activities, blanks, blocks, cuts, sources};
use crate::lesson::ReadingNumbers;
use crate::lesson::series::{Edition, Part};
use crate::packet::blank::Blanks;
use crate::packet::block::Solution;
use crate::packet::plan::AnswersOfPlan;
use crate::packet::section::{Group, KeySection, Term};
use crate::packet::space::WritingSpace;
use crate::packet::{Block, PacketId, Section};
use crate::picture::Problem;

/// The sections of the packet with this identity.
pub(super) fn of(composer: &mut Composer<'_>, id: &PacketId) -> Result<Vec<Section>, Problem> {
    let mut sections = of_lesson(composer, id.part)?;
    let given = composer.given;
    blanks::name(&mut sections, given, id.format.has_fields());
    let Some((teacher, _)) = composer.given.for_teachers() else {
        cuts::on_sheets(&mut sections, composer.given.subject.lesson, id);
        return Ok(sections);
    };
    match id.edition {
        Edition::Student | Edition::Teacher => {
            let rubric = teacher.rubric.as_ref().map(|rubric| {
                let mut rubric = activities::rubric(composer, rubric, composer.given.scoped("¶rubric"), None);
                blanks::name_one(&mut rubric, given);
                rubric
            });
            match (id.part, rubric) {
                (Part::All, rubric) => {
                    let rubric = rubric.into_iter().collect();
                    let guide = guide(composer, id, &sections, rubric);
                    sections.insert(0, guide);
                }
                (Part::Worksheet, Some(rubric)) => sections.push(Section::Rubric { blocks: vec![rubric] }),
                (Part::Worksheet | Part::Reading | Part::Plan | Part::Cards, _) => {}
            }
        }
        Edition::Key => sections = vec![key(composer, sections)],
        Edition::Substitute => {
            let substitute = teacher.substitute.as_ref().expect("only lessons with a sub plan have a substitute packet");
            let answers = match id.part {
                _ if teacher.answers.is_empty() => None,
                Part::Plan => Some(AnswersOfPlan::Elsewhere),
                _ => Some(AnswersOfPlan::Behind),
            };
            let plan = plan(composer, id, &sections, substitute, answers);
            let key = (answers == Some(AnswersOfPlan::Behind)).then(|| key(composer, sections));
            sections = std::iter::once(plan).chain(key).collect();
        }
    }
    Ok(sections)
}

/// The answer key, without the pictures of the lesson.
fn key(composer: &mut Composer<'_>, sections: Vec<Section>) -> Section {
    composer.gathered.images.clear();
    Section::Key { sections: sections.into_iter().filter_map(answers).collect() }
}

/// The sections of the lesson itself.
fn of_lesson(composer: &mut Composer<'_>, part: Part) -> Result<Vec<Section>, Problem> {
    let given = composer.given;
    let (lesson, text) = (given.subject.lesson, given.text());
    let mut sections = Vec::new();
    let question = || lesson.question.as_ref().map(|question| text.runs(&question.nodes));
    let content_notes = || text.lines(&lesson.content_notes);
    if lesson.reading.is_empty() {
        let (question, content_notes) = (question(), content_notes());
        sections.push(Section::Opening { question, content_notes, vocabulary: vocabulary(given) });
        written(composer, &mut sections)?;
        if part != Part::Worksheet {
            // An exit ticket is cut off, so it comes last.
            let at = sections.iter().position(|section| matches!(section, Section::ExitTicket { .. }));
            let at = at.unwrap_or(sections.len());
            sections.splice(at..at, bibliography(given));
        }
        return Ok(sections);
    }
    if part == Part::Worksheet {
        let blocks = blocks::of_part(composer, lesson.reading.iter().filter(|block| block.is_written()), "reading")?;
        if !blocks.is_empty() {
            sections.push(Section::Questions { blocks });
        }
    } else {
        let mut blocks = blocks::of_part(composer, lesson.reading.iter(), "reading")?;
        if part == Part::Reading {
            blocks = blocks.into_iter().map(on_worksheet).collect();
        }
        sections.push(Section::Reading {
            question: question(),
            content_notes: content_notes(),
            vocabulary: vocabulary(given),
            numbered_lines: lesson.numbers == ReadingNumbers::Lines,
            blocks,
        });
        // The reading and its sources are a class set.
        sections.extend(bibliography(given));
    }
    if part != Part::Reading {
        written(composer, &mut sections)?;
    }
    Ok(sections)
}

fn bibliography(given: &Given<'_>) -> Option<Section> {
    let text = given.text();
    let bibliography = given.subject.lesson.bibliography.as_ref()?;
    let mut groups = Vec::new();
    for group in &bibliography.groups {
        let entries = group.entries.iter().map(|entry| sources::entry(given, &entry.key.value, &entry.value)).collect();
        groups.push(Group { title: text.runs(&group.title.nodes), entries });
    }
    let heading = given.subject.issue.in_language(given.language);
    let inspired_by = heading.inspired_by.map(|inspired_by| text.runs(&inspired_by.nodes));
    Some(Section::Bibliography { groups, inspired_by })
}

/// The sections that students write on.
fn written(composer: &mut Composer<'_>, sections: &mut Vec<Section>) -> Result<(), Problem> {
    let given = composer.given;
    let (lesson, text) = (given.subject.lesson, given.text());
    if !lesson.discussion.is_empty() {
        let blocks = blocks::of_part(composer, lesson.discussion.iter().map(|question| &question.0), "discussion")?;
        sections.push(Section::Discussion { blocks });
    }
    if let Some(activity) = &lesson.activity {
        let groups = activity.groups.as_ref();
        sections.push(Section::Activity {
            title: text.runs(&activity.title.nodes),
            minutes: activity.minutes.as_ref().map(|minutes| minutes.value),
            group_size: groups.map(|groups| groups.size),
            roles: groups.map_or_else(Vec::new, |groups| text.lines(&groups.roles)),
            blocks: blocks::of_part(composer, activity.body.iter(), "activity")?,
            blanks: Blanks::new(),
        });
    }
    if !lesson.exit_ticket.is_empty() {
        let blocks = blocks::of_part(composer, lesson.exit_ticket.iter().map(|question| &question.0), "exit-ticket")?;
        sections.push(Section::ExitTicket { blocks });
    }
    Ok(())
}

fn vocabulary(given: &Given<'_>) -> Vec<Term> {
    let text = given.text();
    given
        .subject
        .lesson
        .vocabulary
        .iter()
        .map(|term| Term { term: text.plain(&term.term.value), say: term.say.clone(), meaning: text.runs(&term.meaning.nodes) })
        .collect()
}

/// A block of a reusable reading. Students write on the worksheet instead.
fn on_worksheet(block: Block) -> Block {
    match block {
        Block::StopAndThink { question, .. } => Block::StopAndThink { question, space: WritingSpace::None },
        block => match block.question() {
            Some(question) => Block::OnWorksheet { question: question.clone() },
            None => block,
        },
    }
}

/// The answers to the items of a section. Items that don't need an answer are left out if they have none.
fn answers(section: Section) -> Option<KeySection> {
    let part = section.kind();
    let is_listed = |block: &Block| match (block, block.solution()) {
        (_, Some(Solution { answer: Some(_), .. })) => true,
        (Block::StopAndThink { .. }, _) | (_, None) => false,
        (block, Some(_)) => block.question().is_some(),
    };
    let (Section::Reading { blocks, .. }
    | Section::Discussion { blocks }
    | Section::Activity { blocks, .. }
    | Section::ExitTicket { blocks }) = section
    else {
        return None;
    };
    let mut blocks: Vec<Block> = blocks.into_iter().filter(is_listed).collect();
    for block in &mut blocks {
        if let Block::Drawing { picture, .. } = block {
            *picture = None;
        }
    }
    (!blocks.is_empty()).then_some(KeySection { part, blocks })
}
