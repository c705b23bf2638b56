//! Recognizes the parts of a lesson in a document.

use std::collections::BTreeMap;

use super::document::{Aside, Block, Document, Entry, Line, Marker, Span, is_blank, plain};
use super::parts::{Part, part_of};
use super::prose::{Prose, folded, pictures};
use super::questions::{self, Kind, Piece, Reader};
use super::sources::{self, Group};

/// How many blocks from the top may come before the title.
const NEAR_THE_TOP: usize = 14;

/// A paragraph of at least this length, in characters, is text and not part of a heading.
const LONG: usize = 140;

/// A paragraph of at least this length that ends like a sentence is text, too.
const SENTENCE: usize = 50;

/// The longest line in the furniture of a page, in characters.
const MAX_FURNITURE: usize = 120;

/// Text that pages have around their content.
const FURNITURE: [&str; 16] = [
    "close window",
    "powered by",
    "only registered users",
    "print this page",
    "back to top",
    "share this",
    "all rights reserved",
    "skip to content",
    "log in",
    "sign in",
    "cookie",
    "subscribe",
    "write comment",
    "add comment",
    "imprimir esta página",
    "inicio de sesión",
];

/// What a document was recognized as.
#[derive(Debug, Default)]
pub(super) struct Recognized {
    pub title: String,
    pub language: Option<String>,
    pub masthead: Masthead,
    pub question: Option<String>,
    /// Words and their meanings.
    pub vocabulary: Vec<(String, String)>,
    pub reading: Vec<Piece>,
    pub discussion: Vec<Piece>,
    /// The title of the activity, and what is in it.
    pub activity: Option<(String, Vec<Piece>)>,
    pub exit_ticket: Vec<Piece>,
    pub groups: Vec<Group>,
    pub objectives: Vec<String>,
    /// Notes for the teacher.
    pub notes: Vec<String>,
    /// Answers by the numbers of the questions.
    pub answers: Vec<(usize, Line)>,
    /// The headings of parts. The packet prints its own instead.
    pub headings: Vec<String>,
    /// What has no place, with what it is.
    pub left: Vec<(String, String)>,
    /// What was recognized without doubt, and what was guessed.
    pub certain: Vec<String>,
    pub guessed: Vec<String>,
}

/// What is above the title: who published the document, where, and when.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Masthead {
    pub publisher: Option<String>,
    pub series: Option<String>,
    pub number: Option<String>,
    pub date: Option<String>,
    pub theme: Option<String>,
}

/// The blocks of one part, under its heading.
struct Section {
    part: Part,
    heading: String,
    /// The title that the heading gives it after a colon.
    title: Option<String>,
    blocks: Vec<Block>,
}

/// Recognizes a document. `name` is the name of its file without ending; `is_styled` whether its headings are marked as such.
pub(super) fn recognize(document: &Document, name: &str, is_styled: bool) -> Recognized {
    let mut found = Recognized { language: document.language.clone(), ..Recognized::default() };
    let blocks = without_furniture(&document.blocks, &mut found);
    for (kind, text) in &document.aside {
        let label = match kind {
            Aside::Comment => "Comment in the margin",
            Aside::Deleted => "Deleted text (tracked change)",
            Aside::HeadOrFoot => "Head or foot of the pages",
            Aside::Furniture => "Around the text of the page",
            Aside::Elsewhere => "Not placed",
        };
        found.left.push((label.to_owned(), text.clone()));
    }
    let blocks = titled(&blocks, document, name, is_styled, &mut found);
    let sections = sections(&blocks);
    let mut prose = Prose::new(&document.notes);
    let mut keys = Vec::new();
    for section in sections {
        take(section, &mut prose, &mut keys, is_styled, &mut found);
    }
    let text: String = document.blocks.iter().map(text_of).collect::<Vec<_>>().join("\n");
    let listed = |source: &sources::Source| {
        let name =
            source.fields.iter().find(|(name, _)| *name == "name").and_then(|(_, value)| value.clone()).unwrap_or_default();
        found
            .groups
            .iter()
            .flat_map(|group| &group.sources)
            .any(|known| known.fields.iter().any(|(_, value)| value.as_ref() == Some(&name)))
    };
    let mut cases: Vec<_> = sources::cases(&text).into_iter().filter(|case| !listed(case)).collect();
    for case in &mut cases {
        case.key = sources::unique(&case.key, &mut keys);
    }
    if !cases.is_empty() {
        found.guessed.push(format!("{} from the text, as sources", count(cases.len(), "court case")));
        let title =
            if found.language.as_deref().is_some_and(|language| language.starts_with("es")) { "Casos" } else { "Court cases" };
        found.groups.push(Group { title: title.to_owned(), is_further: true, sources: cases });
    }
    found
}

/// The text of a block.
pub(super) fn text_of(block: &Block) -> String {
    match block {
        Block::Heading(_, line) | Block::Paragraph(line) | Block::Quotation(line) | Block::Entry(Entry { line, .. }) => {
            plain(line)
        }
        Block::Table(rows) => {
            let cells = rows.iter().flatten().flatten().map(|line| plain(line));
            cells.collect::<Vec<_>>().join("\n")
        }
        Block::Verse(lines) => lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join("\n"),
        Block::Equation(tex) => tex.clone(),
    }
}

/// "3 questions", "1 question"
pub(super) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// The blocks without what a web page has around its text.
fn without_furniture(blocks: &[Block], found: &mut Recognized) -> Vec<Block> {
    let mut kept = Vec::with_capacity(blocks.len());
    for block in blocks {
        let text = text_of(block);
        let lower = text.to_lowercase();
        let is_short = text.chars().count() <= MAX_FURNITURE;
        let is_bar = text.matches(" | ").count() >= 1
            && text.matches(" | ").count() * 12 <= text.chars().count()
            && !matches!(block, Block::Table(_));
        let is_known = is_short && (FURNITURE.iter().any(|words| lower.contains(words)) || lower.trim() == "comments");
        if matches!(block, Block::Heading(..) | Block::Paragraph(_)) && (is_bar && !text.trim_end().ends_with('.') || is_known) {
            found.left.push(("Around the text of the page".to_owned(), text));
        } else {
            kept.push(block.clone());
        }
    }
    // What follows a line of links without a mark of its own is often a link, too; it stays a heading.
    kept
}

/// Takes the title and what is above it; returns the blocks after them.
fn titled(blocks: &[Block], document: &Document, name: &str, is_styled: bool, found: &mut Recognized) -> Vec<Block> {
    let is_title = |block: &Block, wanted: &str| matches!(block, Block::Heading(_, line) if plain(line).trim() == wanted);
    let top = &blocks[..blocks.len().min(NEAR_THE_TOP)];
    let first_long = blocks.iter().position(|block| matches!(block, Block::Paragraph(line) if is_text(&plain(line))));
    let starts = |block: &Block| matches!(block, Block::Heading(_, line) if part_of(&plain(line)).is_some());
    let first_part = blocks.iter().position(starts).unwrap_or(blocks.len());
    let before_text = first_long.unwrap_or(blocks.len()).min(first_part).min(NEAR_THE_TOP);
    let named = document.title.as_deref().and_then(|title| top.iter().position(|block| is_title(block, title)));
    let highest = top.iter().take(first_part).position(|block| matches!(block, Block::Heading(1, _)));
    let properties = document.title.as_ref().filter(|title| is_real(title));
    // Without marked headings, the last short line above the text is the title.
    let last = blocks[..before_text.min(blocks.len())].iter().rposition(|block| matches!(block, Block::Heading(..)));
    let last = if is_styled { last.filter(|at| *at == 0) } else { last };
    let guessed = named.is_none() && highest.is_none();
    if let Some(at) = named.or(highest).or(last.filter(|_| properties.is_none())) {
        found.title = text_of(&blocks[at]).split_whitespace().collect::<Vec<_>>().join(" ");
        if guessed {
            found.guessed.push(format!("the title, “{}”: the last short line above the text", found.title));
        } else {
            found.certain.push(format!("the title, “{}”", found.title));
        }
        masthead(&blocks[..at], found);
        return blocks[at + 1..].to_vec();
    }
    if let Some(title) = properties {
        found.title.clone_from(title);
        found.certain.push(format!("the title, “{title}”, from the properties of the document"));
    } else {
        let words = name.replace(['-', '_'], " ");
        let mut letters = words.trim().chars();
        found.title = letters.next().map_or_else(|| "Untitled".to_owned(), |first| first.to_uppercase().chain(letters).collect());
        found.guessed.push(format!("the title, “{}”, from the name of the file", found.title));
    }
    blocks.to_vec()
}

/// Whether a paragraph is text, and not a line of a heading.
fn is_text(text: &str) -> bool {
    let count = text.chars().count();
    count >= LONG || count >= SENTENCE && text.trim_end().ends_with(['.', '!', '?', ':', '"', '”'])
}

/// Whether the title in the properties of a document is one that a person gave it.
fn is_real(title: &str) -> bool {
    let lower = title.to_lowercase();
    !title.trim().is_empty()
        && !["microsoft word", "untitled", "document", "sin título"].iter().any(|start| lower.starts_with(start))
}

/// Reads what is above the title.
fn masthead(blocks: &[Block], found: &mut Recognized) {
    let masthead = &mut found.masthead;
    for block in blocks {
        let text = text_of(block).split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            continue;
        }
        if text.chars().count() >= LONG {
            found.left.push(("Above the title".to_owned(), text));
            continue;
        }
        let number = text.split(['(', ')', ' ']).find(|part| {
            part.split_once(':').is_some_and(|(one, other)| {
                let is_number = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
                is_number(one) && is_number(other)
            })
        });
        let has_year = text.split(|c: char| !c.is_ascii_digit()).any(|part| part.len() == 4);
        let is_capital = text.chars().any(char::is_alphabetic) && text == text.to_uppercase();
        if masthead.date.is_none() && (has_year || number.is_some()) {
            let date = number.map_or_else(|| text.clone(), |number| text.replace(&format!("({number})"), "").replace(number, ""));
            masthead.number = number.map(str::to_owned);
            masthead.date = Some(date.trim().trim_matches([',', '–', '-', ' ']).to_owned()).filter(|date| !date.is_empty());
        } else if masthead.publisher.is_none() && is_capital {
            masthead.publisher = Some(text);
        } else if masthead.series.is_none() {
            masthead.series = Some(text);
        } else if masthead.theme.is_none() {
            masthead.theme = Some(text);
        } else {
            found.left.push(("Above the title".to_owned(), text));
        }
    }
    let Masthead { publisher, series, number, date, theme } = masthead;
    let parts = [("publisher", publisher), ("series", series), ("number", number), ("date", date), ("theme", theme)];
    let known: Vec<String> =
        parts.into_iter().filter_map(|(name, value)| Some(format!("{name} “{}”", value.as_ref()?))).collect();
    if !known.is_empty() {
        found.guessed.push(format!("what is above the title: {}", known.join(", ")));
    }
}

/// The parts of a document. What is before the first heading of a part is the reading.
fn sections(blocks: &[Block]) -> Vec<Section> {
    let mut sections = vec![Section { part: Part::Reading, heading: String::new(), title: None, blocks: Vec::new() }];
    let mut levels = vec![0_u8];
    for block in blocks {
        let named = match block {
            Block::Heading(level, line) => part_of(&plain(line)).map(|named| (*level, plain(line), named)),
            // A part may be named in bold above its text: "Vocabulary:".
            Block::Paragraph(line) if is_bold(line) => part_of(&plain(line)).map(|named| (2, plain(line), named)),
            _ => None,
        };
        if let Some((level, heading, (part, title))) = named {
            let title = title
                .map(|title| heading.trim().get(heading.trim().len().saturating_sub(title.len())..).unwrap_or(&title).to_owned());
            sections.push(Section { part, heading: heading.trim().to_owned(), title, blocks: Vec::new() });
            levels.push(level);
            continue;
        }
        let last = sections.last_mut().expect("there is a section");
        let outer = *levels.last().expect("every section has a level");
        // A heading as high as that of a small part ends it; what follows is text again.
        let ends = match block {
            Block::Heading(level, _) => {
                let is_small =
                    matches!(last.part, Part::Vocabulary | Part::Objectives | Part::Materials | Part::Question | Part::Standards);
                is_small && *level <= outer
            }
            _ => false,
        };
        if ends {
            sections.push(Section { part: Part::Reading, heading: String::new(), title: None, blocks: vec![block.clone()] });
            levels.push(0);
        } else {
            last.blocks.push(block.clone());
        }
    }
    sections
}

fn is_bold(line: &[Span]) -> bool {
    let mut words = line.iter().filter(|span| !matches!(span, Span::Text(text, _) if text.trim().is_empty()));
    !line.is_empty() && words.all(|span| matches!(span, Span::Text(_, style) if style.bold))
}

/// Takes a part into the lesson.
fn take(section: Section, prose: &mut Prose<'_>, keys: &mut Vec<String>, is_styled: bool, found: &mut Recognized) {
    let Section { part, heading, title, blocks } = section;
    // Groups of sources keep theirs.
    if !matches!(part, Part::Sources | Part::FurtherReading) {
        found.headings.push(heading.clone());
    }
    let lines = |blocks: &[Block], prose: &mut Prose<'_>| -> Vec<String> {
        blocks
            .iter()
            .flat_map(|block| match block {
                Block::Heading(_, line) | Block::Paragraph(line) | Block::Quotation(line) | Block::Entry(Entry { line, .. }) => {
                    vec![prose.one_line(line)]
                }
                other => vec![super::prose::escaped(&text_of(other))],
            })
            .filter(|line| !line.is_empty())
            .collect()
    };
    match part {
        Part::Reading => {
            let mut pieces = Vec::new();
            if !heading.is_empty() && !found.reading.is_empty() {
                pieces.push(Piece::Prose(format!("## {}", super::prose::escaped(&heading))));
            }
            pieces.extend(reading(&blocks, prose, found));
            found.reading.extend(pieces);
        }
        Part::Vocabulary => {
            for (word, meaning) in vocabulary(&blocks, prose, found) {
                found.vocabulary.push((word, meaning));
            }
            found.certain.push(count(found.vocabulary.len(), "vocabulary word"));
        }
        Part::Question => {
            let mut asked = lines(&blocks, prose);
            asked.extend(title);
            if !asked.is_empty() {
                found.question = Some(asked.join(" "));
                found.certain.push("the central question".to_owned());
            }
        }
        Part::Discussion => {
            let pieces = Reader::new(prose, true).read(&blocks);
            say_questions("discussion", &pieces, found);
            found.discussion.extend(pieces);
        }
        Part::ExitTicket => {
            let pieces = Reader::new(prose, true).read(&blocks);
            say_questions("exit ticket", &pieces, found);
            found.exit_ticket.extend(pieces);
        }
        Part::Activity | Part::Materials | Part::Procedure => activity(part, &heading, title, blocks, prose, found),
        Part::Sources | Part::FurtherReading => {
            let blocks = if is_styled { blocks } else { unguessed(blocks) };
            let groups = sources::groups(&blocks, &heading, part == Part::FurtherReading, keys);
            let all = || groups.iter().flat_map(|group| &group.sources);
            let of = |kind: &str| all().filter(|source| source.kind == kind && source.is_understood).count();
            let text = all().filter(|source| !source.is_understood).count();
            let parts = [("book", of("book")), ("article", of("article")), ("court case", of("case")), ("web page", of("web"))];
            let said: Vec<String> =
                parts.into_iter().filter(|(_, number)| *number > 0).map(|(what, number)| count(number, what)).collect();
            if !said.is_empty() {
                found.certain.push(format!("sources: {}", said.join(", ")));
            }
            if text > 0 {
                found.guessed.push(format!("{} that I couldn't take apart; their text is their title", count(text, "source")));
            }
            found.groups.extend(groups);
        }
        Part::Objectives => {
            let said = lines(&blocks, prose);
            found.certain.push(count(said.len(), "learning objective"));
            found.objectives.extend(said);
        }
        Part::Standards => {
            for line in lines(&blocks, prose) {
                found.left.push(("Standard; write its framework and code under `standards`".to_owned(), line));
            }
        }
        Part::Answers => {
            let given = questions::answers(&blocks);
            found.certain.push(format!("{} for the teacher file", count(given.len(), "answer")));
            found.answers.extend(given);
            for block in blocks.iter().filter(|block| matches!(block, Block::Table(_) | Block::Heading(..))) {
                found.left.push(("In the answers".to_owned(), text_of(block)));
            }
        }
        Part::Notes => {
            let said = lines(&blocks, prose);
            found.certain.push("notes for the teacher".to_owned());
            found.notes.extend(said);
        }
    }
}

/// Headings that were only guessed from the length of their line, as paragraphs again.
fn unguessed(blocks: Vec<Block>) -> Vec<Block> {
    let plain = |block| if let Block::Heading(_, line) = block { Block::Paragraph(line) } else { block };
    blocks.into_iter().map(plain).collect()
}

fn say_questions(what: &str, pieces: &[Piece], found: &mut Recognized) {
    let questions = pieces.iter().filter(|piece| matches!(piece, Piece::Question(_))).count();
    if questions > 0 {
        found.certain.push(format!("{what}: {}", count(questions, "question")));
    }
    kinds(pieces, found);
}

/// Says which kinds of questions were found.
fn kinds(pieces: &[Piece], found: &mut Recognized) {
    for piece in pieces {
        let Piece::Question(question) = piece else { continue };
        let said = match &question.kind {
            Kind::Prompt(..) => continue,
            Kind::Choice(_, choices) => format!("a question with {}", count(choices.len(), "choice")),
            Kind::Truth(statements) => format!("{} that are true or false", count(statements.len(), "statement")),
            Kind::Cloze(texts, _) => format!("{} with blanks", count(texts.len(), "sentence")),
            Kind::Matching(items, _) => format!("{} to match", count(items.len(), "pair")),
            Kind::Decide(_, choices, items) => {
                format!("a decision table of {}, with the choices “{}”", count(items.len(), "row"), choices.join("” and “"))
            }
        };
        if matches!(question.kind, Kind::Decide(..)) { found.guessed.push(said) } else { found.certain.push(said) }
    }
}

fn activity(
    part: Part,
    heading: &str,
    title: Option<String>,
    mut blocks: Vec<Block>,
    prose: &mut Prose<'_>,
    found: &mut Recognized,
) {
    let mut own = title;
    if own.is_none()
        && part == Part::Activity
        && let Some(Block::Heading(_, line)) = blocks.first()
    {
        own = Some(prose.one_line(line));
        blocks.remove(0);
    }
    let entries = |blocks: &[Block], prose: &mut Prose<'_>| -> Vec<String> {
        blocks
            .iter()
            .map(|block| match block {
                Block::Entry(Entry { line, .. }) | Block::Paragraph(line) | Block::Quotation(line) | Block::Heading(_, line) => {
                    prose.one_line(line)
                }
                other => super::prose::escaped(&text_of(other)),
            })
            .filter(|line| !line.is_empty())
            .collect()
    };
    let is_list = !blocks.is_empty() && blocks.iter().all(|block| matches!(block, Block::Entry(_) | Block::Paragraph(_)));
    let pieces = match part {
        Part::Materials if is_list => vec![Piece::Materials(entries(&blocks, prose))],
        Part::Procedure if is_list => vec![Piece::Steps(entries(&blocks, prose))],
        _ => Reader::new(prose, false).read(&blocks),
    };
    if pieces.is_empty() && own.is_none() {
        return;
    }
    say_questions("activity", &pieces, found);
    match &mut found.activity {
        None => {
            let title = own.unwrap_or_else(|| sentence_case(heading));
            found.activity = Some((title, pieces));
        }
        Some((_, body)) => {
            let heading = own.unwrap_or_else(|| sentence_case(heading));
            body.push(Piece::Prose(format!("## {}", super::prose::escaped(&heading))));
            body.extend(pieces);
        }
    }
}

/// A heading in capitals as words: "Activity" for "ACTIVITY".
fn sentence_case(heading: &str) -> String {
    if heading.chars().any(char::is_lowercase) {
        return heading.to_owned();
    }
    let lower = heading.to_lowercase();
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The pieces of a reading.
fn reading(blocks: &[Block], prose: &mut Prose<'_>, found: &mut Recognized) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut levels: BTreeMap<u8, u8> = BTreeMap::new();
    for block in blocks {
        if let Block::Heading(level, _) = block {
            levels.insert(*level, 0);
        }
    }
    // Levels that are used become 2, 3, and 4.
    for (index, level) in levels.values_mut().enumerate() {
        *level = u8::try_from(index + 2).unwrap_or(4).min(4);
    }
    let (mut headings, mut quotations, mut footnotes, mut last_level) = (0, 0, 0, 1_u8);
    let mut announced = false;
    let mut in_list = false;
    for block in blocks {
        let is_entry = matches!(block, Block::Entry(_));
        let text = match block {
            Block::Heading(level, line) => {
                headings += 1;
                // A level that is skipped would be an error.
                let level = levels[level].min(last_level + 1);
                last_level = level;
                Some(format!("{} {}", "#".repeat(usize::from(level)), prose.one_line(line)))
            }
            Block::Paragraph(line) if is_blank(line) => None,
            Block::Paragraph(line) => {
                let words = plain(line);
                let is_attribution = words.trim_start().starts_with(['—', '–']) && words.chars().count() < 120;
                if is_attribution
                    && let Some(Piece::Prose(before)) = pieces.last_mut()
                    && last_paragraph(before).starts_with("> ")
                {
                    before.push_str(&format!("\n>\n> {}", prose.one_line(line).replacen('–', "—", 1)));
                    None
                } else {
                    let (text, notes) = prose.paragraph(line);
                    quotations += usize::from(announced);
                    footnotes += notes.len();
                    let text = if announced { quoted(&text) } else { text };
                    Some(std::iter::once(text).chain(notes).collect::<Vec<_>>().join("\n\n"))
                }
            }
            Block::Quotation(line) => {
                quotations += 1;
                let (text, notes) = prose.paragraph(line);
                footnotes += notes.len();
                Some(std::iter::once(quoted(&text)).chain(notes).collect::<Vec<_>>().join("\n\n"))
            }
            Block::Entry(Entry { level, marker, line }) => {
                let sign = match marker {
                    Marker::Number(number) => format!("{number}."),
                    Marker::Letter(_) | Marker::Bullet | Marker::Box => "-".to_owned(),
                };
                Some(format!("{}{sign} {}", "   ".repeat((*level).min(2)), prose.one_line(line)))
            }
            Block::Table(rows) => Some(questions::markdown_table(prose, rows)),
            Block::Equation(tex) => {
                pieces.push(questions::equation(tex));
                None
            }
            Block::Verse(lines) => {
                let lines: Vec<String> = lines.iter().map(|line| prose.one_line(line)).collect();
                pieces.push(Piece::Verse(lines.join("\n")));
                None
            }
        };
        if let Some(text) = text {
            let between = if in_list && is_entry { "\n" } else { "\n\n" };
            match pieces.last_mut() {
                Some(Piece::Prose(before)) => before.push_str(&format!("{between}{text}")),
                _ => pieces.push(Piece::Prose(text)),
            }
        }
        in_list = is_entry;
        if let Block::Paragraph(line) | Block::Quotation(line) | Block::Entry(Entry { line, .. }) = block {
            announced = matches!(block, Block::Paragraph(_))
                && plain(line).trim_end().ends_with(':')
                && folded(line).chars().count() > 20;
            for (name, description) in pictures(line) {
                pieces.push(Piece::Figure(name, description));
            }
        } else {
            announced = false;
        }
    }
    if footnotes > 0 {
        found.certain.push(count(footnotes, "footnote"));
    }
    let paragraphs = blocks.iter().filter(|block| matches!(block, Block::Paragraph(line) if !is_blank(line))).count();
    if paragraphs > 0 {
        found.certain.push(format!("reading: {} under {}", count(paragraphs, "paragraph"), count(headings, "heading")));
    }
    if quotations > 0 {
        found.guessed.push(format!("{}, set apart or announced by a colon", count(quotations, "quotation")));
    }
    pieces
}

fn last_paragraph(text: &str) -> &str {
    text.rsplit("\n\n").next().unwrap_or(text)
}

fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

/// Words and their meanings: `word: meaning`, `word – meaning`, a bold word before its meaning, or a table.
fn vocabulary(blocks: &[Block], prose: &mut Prose<'_>, found: &mut Recognized) -> Vec<(String, String)> {
    let mut words = Vec::new();
    for block in blocks {
        let line = match block {
            Block::Table(rows) => {
                for row in rows {
                    let mut cells =
                        row.iter().map(|cell| cell.iter().map(|line| prose.one_line(line)).collect::<Vec<_>>().join(" "));
                    match (cells.next(), cells.next()) {
                        (Some(word), Some(meaning)) if !word.is_empty() && !meaning.is_empty() => words.push((word, meaning)),
                        _ => found.left.push(("In the vocabulary".to_owned(), text_of(block))),
                    }
                }
                continue;
            }
            Block::Entry(Entry { line, .. }) | Block::Paragraph(line) | Block::Quotation(line) | Block::Heading(_, line) => line,
            other => {
                found.left.push(("In the vocabulary".to_owned(), text_of(other)));
                continue;
            }
        };
        let text = plain(line);
        let at = [": ", " – ", " — ", " - ", " = "].iter().filter_map(|sign| text.find(sign).map(|at| (at, sign.len()))).min();
        match at {
            Some((at, length)) if at > 0 && text[..at].chars().count() <= 60 => {
                let (_, meaning) = super::document::split(line, text[..at + length].chars().count());
                words.push((text[..at].trim().to_owned(), prose.one_line(&meaning)));
            }
            _ => found.left.push(("Vocabulary word without a meaning".to_owned(), text.trim().to_owned())),
        }
    }
    words
}
