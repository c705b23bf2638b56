//! The reading of a lesson: sections of labeled paragraphs with citations, vocabulary, and notes, with other blocks between them.

use super::draft::Draft;
use super::inserts;
use super::pictures::Picture;
use super::sentences::{ENDING, OPENING, SECTIONS, Section, WORDS, Word};
use super::yaml::{Yaml, map};

const NOTES: &[&str] = &[
    "The clerk gives two dates for this; the later one is used here.",
    "A dollar of that time bought about as much flour as a family of five ate in a week.",
    "The page is torn, and the last word is a guess.",
    "{Witness} wrote the opposite in a letter that was found in {later}.",
];

/// A paragraph in progress.
struct Paragraph {
    sentences: Vec<String>,
    label: Option<&'static str>,
    heading: Option<String>,
    note: Option<String>,
}

/// The blocks of the reading, and the vocabulary. Cites every source in `to_cite`.
pub(super) fn reading(draft: &mut Draft<'_>, index: usize, to_cite: &[String], pictures: &[Picture]) -> (Yaml, Yaml) {
    let mut paragraphs = paragraphs(draft);
    let vocabulary = words(draft, &mut paragraphs);
    cite(draft, &mut paragraphs, to_cite);
    let notes = draft.random.below(3);
    for _ in 0..notes {
        let place = draft.random.below(paragraphs.len());
        paragraphs[place].note = Some(draft.text(NOTES, 1));
    }

    let mut inserts = inserts::inserts(draft, index, pictures);
    let sections = paragraphs.iter().filter(|paragraph| paragraph.heading.is_some()).count();
    let every = sections.div_ceil(inserts.len().max(1)).max(1);
    let mut blocks = Vec::new();
    let mut prose = String::new();
    let mut footnotes = String::new();
    let mut section = 0;
    for paragraph in paragraphs {
        if let Some(heading) = &paragraph.heading {
            // Inserts go before a heading.
            if section > 0 && section % every == 0 && !inserts.is_empty() {
                blocks.push(Yaml::Prose(std::mem::take(&mut prose) + &std::mem::take(&mut footnotes)));
                blocks.extend(inserts.remove(0));
            }
            section += 1;
            prose += &format!("## {heading}\n\n");
        }
        prose += &paragraph.sentences.join(" ");
        if let Some(note) = paragraph.note {
            let number = footnotes.matches("[^").count() + 1;
            prose += &format!("[^{number}]");
            footnotes += &format!("[^{number}]: {note}\n\n");
        }
        if let Some(label) = paragraph.label {
            prose += &format!(" {{#{label}}}");
        }
        prose += "\n\n";
    }
    for insert in inserts {
        blocks.push(Yaml::Prose(std::mem::take(&mut prose) + &std::mem::take(&mut footnotes)));
        blocks.extend(insert);
        prose += &draft.say("That is where the record of {town} ends, and where the questions begin.\n\n");
    }
    blocks.push(Yaml::Prose(prose + &footnotes));
    (blocks.into(), vocabulary)
}

/// The paragraphs of all sections: 1,200 to 2,500 words together with the inserts.
fn paragraphs(draft: &mut Draft<'_>) -> Vec<Paragraph> {
    let how_many = draft.random.between(4, 7);
    let sections = draft.random.some_in_order(&SECTIONS.iter().collect::<Vec<_>>(), how_many);
    let mut paragraphs = Vec::new();
    let sentences = draft.random.between(7, 11);
    for section in [&OPENING].into_iter().chain(sections).chain([&ENDING]) {
        paragraphs.extend(self::section(draft, section, sentences));
    }
    paragraphs
}

fn section(draft: &mut Draft<'_>, section: &'static Section, how_many: usize) -> Vec<Paragraph> {
    let mut sentences = draft.some(section.sentences, how_many);
    let heading = (!section.headings.is_empty()).then(|| draft.text(section.headings, 1));
    let mut paragraphs = Vec::new();
    draft.labels.push(section.label);
    while !sentences.is_empty() {
        let length = draft.random.between(3, 5).min(sentences.len());
        // A paragraph needs two sentences.
        let length = if sentences.len() - length < 2 { sentences.len() } else { length };
        let first = paragraphs.is_empty();
        paragraphs.push(Paragraph {
            sentences: sentences.drain(..length).collect(),
            label: first.then_some(section.label),
            heading: heading.clone().filter(|_| first),
            note: None,
        });
    }
    paragraphs
}

/// The vocabulary, each word in a sentence of the reading.
fn words(draft: &mut Draft<'_>, paragraphs: &mut [Paragraph]) -> Yaml {
    let how_many = draft.random.between(5, 8);
    let chosen = draft.random.some(&WORDS.iter().collect::<Vec<&Word>>(), how_many);
    let list = chosen.into_iter().map(|word| {
        let sentence = draft.say(word.sentence);
        let place = draft.random.between(1, paragraphs.len() - 1);
        paragraphs[place].sentences.push(sentence);
        let entry = map([("term", word.term.into()), ("meaning", word.meaning.into())]);
        if word.say.is_empty() { entry } else { entry.with("say", word.say.into()) }
    });
    Yaml::List(list.collect())
}

/// Cites each source once, spread across the reading.
fn cite(draft: &mut Draft<'_>, paragraphs: &mut [Paragraph], to_cite: &[String]) {
    for (place, key) in to_cite.iter().enumerate() {
        let sentences = &mut paragraphs[place * paragraphs.len().saturating_sub(1) / to_cite.len()].sentences;
        let page = draft.random.between(2, 380);
        let citation = if place % 3 == 0 { format!("[@{key}, p. {page}]") } else { format!("[@{key}]") };
        let plain = |sentence: &&mut String| sentence.ends_with('.') && !sentence.ends_with("].") && !sentence.contains("\".");
        match sentences.iter_mut().rev().find(plain) {
            Some(sentence) => {
                sentence.truncate(sentence.len() - 1);
                *sentence += &format!(" {citation}.");
            }
            None => sentences.push(draft.say(&format!("So the records of {{town}} say {citation}."))),
        }
    }
}
