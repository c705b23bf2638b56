//! Blocks between the paragraphs of a reading: figures, tables, documents, poems, sidebars, equations, and questions.

use super::draft::Draft;
use super::pictures::Picture;
use super::questions;
use super::yaml::{Yaml, map, texts};

const LETTER: &[&str] = &[
    "Gentlemen, I take the liberty of writing to you about {thing}, which all of us use and none of us repairs.",
    "I have counted what is missing, and I send you the number with this letter so that nobody need guess.",
    "I do not ask for money, because I know the town has little, and I do not ask for praise.",
    "I ask for {material}, and for a day when we may begin.",
    "If the town will give the one, I shall ask each of my neighbors for the other.",
    "Last week I saw a woman turn back with her child and all that she had to sell.",
    "She did not complain, and that is why I do.",
    "It has been said that the matter must be studied.",
    "I have studied it from beneath, standing in cold water, and I can report that it is wet.",
    "I am told that I have no vote and therefore no voice; you will find that I have a pen.",
    "If you cannot say when the work will be done, pray tell us why, and I shall read your reasons aloud wherever I am asked to.",
    "I remain, with respect for the office and with patience for the rest, your neighbor.",
];
const LIFE: &[&str] = &[
    "{Rival} was born on a farm in the hills, the last of nine children.",
    "At fourteen {he} left with a coat that had belonged to three brothers.",
    "{He} learned to keep accounts in a store, and to distrust those who did not.",
    "By {before} {he} owned two houses in {town} and rented out the better one.",
    "{His} speeches were long, but the clerk noted that nobody ever left.",
    "{He} gave to the poor each winter and wrote down every dollar.",
    "After {his} death a drawer was found with all the letters of {hero}, tied with string.",
];
const STANZAS: &[&str] = &[
    "I said I'd come if the others came,\n  and the others said the same;\nso the river went by, and nobody's name\n  was carved where the water claims.",
    "Eight hands were raised in the lamplit hall,\n  and the ninth was slow to rise;\nthe clerk wrote nothing down at all\n  but the color of the skies.",
    "Oh, the council sat and the council stood\n  and the council went home to bed,\nand whatever was promised in stone or wood\n  was a promise that someone had read.",
    "They asked for a day and they asked for a date,\n  and they asked in the wind and the rain;\nthe door was shut, for the hour was late,\n  so they came in the morning again.",
    "Now count the stones from the hill to the bend,\n  and count what the waiting cost:\nfor what is fixed before the end\n  is nothing that you have lost.",
    "And if you should ask who was wrong, who was right,\n  you must ask of the frost and the flame;\nbut the ones who were there on the very first night\n  have put to the paper their name.",
];
const REPORT: &[&str] = &[
    "The report was forty pages long and had a map that nobody could unfold indoors.",
    "It described the town, the river, and the history of both, and it found both restless.",
    "It recommended that the matter be studied, and that the study be left to the same men.",
    "Two pages on the cost had been bound upside down, which the printer blamed on the clerk.",
    "The second report was a single sheet, written by {w} in pencil.",
    "It gave three prices, three dates, and the name of a person who would do the work.",
    "At the bottom was one sentence: the cheapest day to begin was yesterday.",
    "Both reports were laid on the table, and only one of them was carried home by those who had come to read.",
];
const PAUSES: &[&str] = &[
    "Who could decide about {thing}, and who could not?",
    "What would you have written on the sign?",
    "Which reason to wait is the strongest so far?",
    "Who gains if nothing is done?",
    "What does {hero} offer, and what does the council hear?",
];
const REMARKS: &[&str] = &[
    "Prices are given in the money of the time.",
    "Names are spelled as in the minutes, which do not always agree with themselves.",
    "Words in quotation marks are those of the letters; where a word could not be read, it is left out.",
];
const WARNINGS: &[&str] = &[
    "The next section describes an accident in which a child is hurt.",
    "The next section quotes words about newcomers that were common at the time and are insulting.",
];
const EQUATIONS: &[(&str, &str)] = &[
    (r"\bar{c} = \frac{1}{n} \sum_{i=1}^{n} c_i", "the mean cost is one over n times the sum of all costs"),
    (r"A = P \left(1 + r\right)^t", "the amount is the loan times one plus the rate, to the power of the years"),
    (r"\frac{k}{n} = \frac{41}{88}", "k over n equals 41 over 88"),
    (r"d = \sqrt{x^2 + y^2}", "the distance is the square root of x squared plus y squared"),
];

/// Groups of blocks, one for each place between sections: a document, two figures, and four other kinds that vary by lesson.
pub(super) fn inserts(draft: &mut Draft<'_>, index: usize, pictures: &[Picture]) -> Vec<Vec<Yaml>> {
    let kinds: [fn(&mut Draft<'_>, usize) -> Yaml; 13] =
        [table, sidebar, timeline, note, verse, columns, equation, pause, content_note, question, structure, pause, wide_table];
    let mut groups: Vec<Vec<Yaml>> = vec![
        vec![primary_source(draft, index)],
        vec![figure(draft, &pictures[index % pictures.len()])],
        vec![figure(draft, &pictures[(index + 1) % pictures.len()])],
    ];
    for place in 0..4 {
        let block = kinds[(index * 4 + place) % kinds.len()](draft, index);
        let at = draft.random.below(groups.len() + 1);
        groups.insert(at, vec![block]);
    }
    if index % 12 == 5 {
        // The documents start on a new page.
        groups[0].insert(0, Yaml::from("page_break"));
    }
    groups
}

fn block(name: &str, value: Yaml) -> Yaml {
    map([(name, value)])
}

fn figure(draft: &mut Draft<'_>, picture: &Picture) -> Yaml {
    let value = picture.figure(draft.story);
    block("figure", value)
}

fn primary_source(draft: &mut Draft<'_>, index: usize) -> Yaml {
    let length = draft.random.between(7, LETTER.len());
    let sentences = draft.some(LETTER, length);
    let (first, last) = sentences.split_at(length / 2);
    // Number either its lines or those of the reading around it. A label needs a number.
    let numbered = index.is_multiple_of(2) && !draft.numbers_lines;
    let label = if numbered { " {#document}" } else { "" };
    if numbered {
        draft.labels.push("document");
    }
    let source = map([
        ("label", "Document A".into()),
        ("title", draft.say("A Letter from {hero}").into()),
        ("headnote", draft.say("{H} wrote in the spring after the damage. {She} wanted {thing} to be repaired before harvest, and {she} knew who would read the letter aloud.").into()),
        ("text", Yaml::Prose(format!("{}{label}\n\n{}", first.join(" "), last.join(" ")))),
        ("origin", draft.say("{Hero}, letter to the council of {town}").into()),
        ("date", draft.say("{month2} {day}, {next}").into()),
        ("modified", "Shortened; spelling modernized.".into()),
    ]);
    block("primary_source", if numbered { source.with("numbers", "lines".into()) } else { source })
}

/// The costs of the plans.
fn table(draft: &mut Draft<'_>, index: usize) -> Yaml {
    let mut rows: Vec<Yaml> = Vec::new();
    for (plan, payer) in
        [("Tax on land", "Owners"), ("{Fee}", "{Users}"), ("Offers of work", "All who come"), ("Nothing", "Everyone, later")]
    {
        let cells = vec![draft.say(plan), draft.say(payer), draft.say("{sum}"), draft.say("{sum}")];
        rows.push(cells.into());
    }
    let value = map([
        ("title", "What each plan would have cost".into()),
        ("heads", texts(&["Plan", "Who pays", "First year", "Tenth year"])),
        ("rows", rows.into()),
        ("row_heads", true.into()),
        ("width", if index.is_multiple_of(3) { "text" } else { "page" }.into()),
        ("credit", draft.say("From the {paper}, {next}.").into()),
    ]);
    block("table", value)
}

fn wide_table(draft: &mut Draft<'_>, _: usize) -> Yaml {
    let rows: Vec<Yaml> = (0..9)
        .map(|row| {
            let mut cells = vec![(draft.story.year - 4 + row).to_string()];
            cells.extend((0..6).map(|_| draft.say("{sum}")));
            cells.into()
        })
        .collect();
    let value = map([
        ("title", draft.say("What the town of {town} took and spent").into()),
        ("heads", texts(&["Year", "Market fee", "Tax on land", "Fines", "Roads", "Schools", "Dinners"])),
        ("rows", rows.into()),
        ("row_heads", true.into()),
        ("width", "landscape".into()),
    ]);
    block("table", value)
}

fn sidebar(draft: &mut Draft<'_>, _: usize) -> Yaml {
    let value = map([("title", draft.say("The {office}: {rival}").into()), ("body", draft.text(LIFE, 5).into())]);
    block("sidebar", value)
}

fn timeline(draft: &mut Draft<'_>, _: usize) -> Yaml {
    let events: Vec<Yaml> =
        draft.story.events().into_iter().map(|(_, date, text)| map([("date", date.into()), ("text", text.into())])).collect();
    block("timeline", map([("title", draft.say("{Thing} and its people").into()), ("events", events.into())]))
}

fn note(draft: &mut Draft<'_>, _: usize) -> Yaml {
    block("note", draft.text(REMARKS, 1).into())
}

fn content_note(draft: &mut Draft<'_>, _: usize) -> Yaml {
    block("content_note", draft.text(WARNINGS, 1).into())
}

fn pause(draft: &mut Draft<'_>, index: usize) -> Yaml {
    let ask = draft.text(PAUSES, 1);
    if index.is_multiple_of(2) {
        return block("stop_and_think", ask.into());
    }
    let id = draft.answered("pause", "Any answer that names a person and a reason.".into());
    block("stop_and_think", map([("id", id), ("ask", ask.into()), ("space", map([("lines", 2.into())]))]))
}

fn verse(draft: &mut Draft<'_>, _: usize) -> Yaml {
    let how_many = draft.random.between(2, 4);
    let text = draft.some(STANZAS, how_many).join("\n\n");
    let value = map([
        ("label", "Document B".into()),
        ("title", draft.say("The {name} of {town}").into()),
        ("text", Yaml::Prose(text)),
        ("origin", draft.say("Anonymous, {paper}").into()),
        ("date", draft.say("{soon}").into()),
    ]);
    block("verse", if draft.numbers_lines { value.with("numbers", "none".into()) } else { value })
}

fn columns(draft: &mut Draft<'_>, _: usize) -> Yaml {
    let sentences = draft.some(REPORT, REPORT.len());
    let (first, second) = sentences.split_at(sentences.len() / 2);
    block("columns", Yaml::Prose(format!("{}\n\n{}", first.join(" "), second.join(" "))))
}

fn equation(draft: &mut Draft<'_>, _: usize) -> Yaml {
    let (tex, say) = draft.random.pick(EQUATIONS);
    block("equation", map([("tex", tex.into()), ("say", say.into())]))
}

/// Markdown with every feature.
fn structure(draft: &mut Draft<'_>, _: usize) -> Yaml {
    let quotation = draft.text(LETTER, 2);
    let text = format!(
        "### What {{h}} asked for\n\n\
         In {{next}} the list of the {{trade}} had *three* points, each of them **short**:\n\n\
         - {{material}}\n- a day when the work could begin\n- reasons in writing, if there was to be no such day\n\n\
         > {quotation}\n>\n> — {{Hero}}, letter to the council ({{next}})\n\n\
         The answer of the council had three steps:\n\n\
         1. to thank the writer\n2. to study the matter\n3. to thank the writer again\n\n\
         | Promised | Done |\n| --- | --- |\n| An answer within a month | An answer within a year |\n| A hearing for everyone | {{Count}} minutes for each |\n\n\
         At ${{count}} a day, a family needed the wages of n~1~ + n~2~ days; the math is worked out in $`n_1 + n_2 = 2^3`$ and on [the page of the archive](https://example.org/archive)."
    );
    Yaml::Prose(draft.say(&text.replace("${count}", "{sum}")))
}

fn question(draft: &mut Draft<'_>, index: usize) -> Yaml {
    questions::of_kind(draft, index)
}
