//! Composes what students read: figures, tables, primary sources, verse, and timelines.

use super::composer::Composer;
use super::{number_columns, prose};
use crate::lesson::block::{self, Figure, Numbers, PrimarySource, Table, Timeline, Verse};
use crate::lesson::prose::{Alignment, Inlines};
use crate::packet::Block;
use crate::packet::pieces::{Line, TimelineEvent};
use crate::picture::{MAX_WIDTH, Problem};
use crate::structure::without_marks;

/// A figure. Its size depends on the requested width and on the picture itself.
pub(super) fn figure(composer: &mut Composer<'_>, figure: &Figure) -> Result<Block, Problem> {
    let text = composer.given.text();
    let wanted = figure.width.as_ref().and_then(|width| width.value.points());
    let subject = composer.given.subject;
    let widest = wanted.unwrap_or(MAX_WIDTH).min(MAX_WIDTH);
    let picture = subject.pictures.prepare(&subject.folder.join(&figure.image.value), widest)?;
    let width = wanted.unwrap_or(picture.width);
    Ok(Block::Figure {
        image: composer.gathered.image(&picture),
        alt: without_marks(figure.alt.value.trim()),
        width,
        height: width * picture.height / picture.width,
        lettering: picture.lettering.map(|size| size * width / picture.width),
        caption: text.line(figure.caption.as_ref()),
        credit: text.line(figure.credit.as_ref()),
        rights: text.line(figure.rights.as_ref()),
    })
}

/// A table, with number columns aligned at the end.
pub(super) fn table(composer: &mut Composer<'_>, table: &Table, mark: &str) -> Block {
    let text = composer.given.text();
    let place = table.title.iter().chain(&table.heads).find_map(|line| line.place);
    composer.gathered.mark(mark, place);
    Block::Table {
        mark: mark.to_owned(),
        title: text.line(table.title.as_ref()),
        columns: number_columns::aligned(
            &vec![Alignment::Start; table.heads.len()],
            &table.rows.iter().map(|row| row.iter().map(Inlines::plain).collect()).collect::<Vec<_>>(),
            table.row_heads,
        ),
        head: text.lines(&table.heads),
        rows: table.rows.iter().map(|row| text.lines(row)).collect(),
        row_heads: table.row_heads,
        width: table.width,
        credit: text.line(table.credit.as_ref()),
    }
}

/// A primary source.
pub(super) fn primary_source(composer: &mut Composer<'_>, source: &PrimarySource, mark: &str) -> Block {
    let text = composer.given.text();
    let numbered = source.numbers == Numbers::Lines;
    let blocks = prose::of_document(composer, &source.text, numbered);
    // The title and the headnote don't start a section of the lesson.
    let level = composer.counters.level + 1;
    let headnote = source.headnote.as_ref().map_or_else(Vec::new, |headnote| prose::unnumbered(composer, headnote));
    Block::PrimarySource {
        mark: mark.to_owned(),
        level,
        label: source.label.clone(),
        title: source.title.as_ref().map(|title| text.runs(&title.nodes)),
        headnote,
        blocks,
        origin: text.runs(&source.origin.nodes),
        date: source.date.clone(),
        modified: text.line(source.modified.as_ref()),
        numbered,
    }
}

/// A poem, a song, or a speech in verse.
pub(super) fn verse(composer: &mut Composer<'_>, verse: &Verse) -> Block {
    let text = composer.given.text();
    let line = |line: &block::verse::VerseLine| Line { indent: line.indent, runs: text.runs(&line.nodes) };
    Block::Verse {
        level: composer.counters.level + 1,
        label: verse.label.clone(),
        title: verse.title.as_ref().map(|title| text.runs(&title.nodes)),
        stanzas: verse.text.0.iter().map(|stanza| stanza.iter().map(line).collect()).collect(),
        origin: text.runs(&verse.origin.nodes),
        date: verse.date.clone(),
        numbered: verse.numbers == Numbers::Lines,
    }
}

/// A timeline: events with dates.
pub(super) fn timeline(composer: &Composer<'_>, timeline: &Timeline) -> Block {
    let text = composer.given.text();
    let event =
        |event: &block::timeline::Event| TimelineEvent { date: text.runs(&event.date.nodes), text: text.runs(&event.text.nodes) };
    Block::Timeline { title: text.line(timeline.title.as_ref()), events: timeline.events.iter().map(event).collect() }
}
