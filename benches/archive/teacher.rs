//! The teacher file of a lesson: objectives, pacing, notes, answers, misconceptions, a sub plan, and a rubric.

use super::draft::Draft;
use super::yaml::{Yaml, map, texts};

/// How long every lesson takes, in minutes.
pub(super) const MINUTES: usize = 100;

const NOTES: &[&str] = &[
    "Ask for a guess before anyone reads on, and write the guesses on the board.",
    "Students run the council and the meeting together. Draw two circles, and ask who belongs in both.",
    "Do not let this become a story of good people and bad ones. Ask what {r} was afraid of.",
    "Have two students read this aloud, one for each side.",
    "Someone will ask whether {town} exists. It does not; ask what would change if it did.",
    "Allow *one* minute here.\n\nGroups like to linger, and the last rows need the time.",
    "Point to the date: this comes before the ruling, and the ruling did not know of it.",
];
const OBJECTIVES: &[&str] = &[
    "Explain why a council that agreed on a goal did not act.",
    "Compare what a letter, the minutes, and a newspaper say of one evening.",
    "Evaluate a plan by who pays for it.",
    "State an argument you disagree with in words its supporters would accept.",
];
const BELIEFS: &[(&str, &str)] = &[
    ("One brave person changed everything.", "Many signed, and each wrote down what he or she would give. Point to the sheets."),
    ("The council broke the law.", "No law said by when it had to act. That is what the ruling changed."),
    ("Waiting saves money.", "The council's own books say the opposite. Ask who bore the cost in the meantime."),
    (
        "If it's in the minutes, that's how it happened.",
        "The clerk wrote what was decided. The newspaper remembers a silence where the minutes have laughter.",
    ),
];

pub(super) fn teacher(draft: &mut Draft<'_>, has_ticket: bool) -> Yaml {
    let objectives = draft.some(OBJECTIVES, 3);
    let minute = |minutes: usize, what: &str| map([("minutes", minutes.into()), ("do", what.into())]);
    let pacing = vec![
        minute(5, "The question under the title, and the words to know."),
        minute(25, "Silent reading."),
        minute(20, "Discussion: pairs talk about all questions, and everyone writes out two."),
        minute(45, "**Second day.** The activity, with its reports."),
        minute(MINUTES - 95, "Back to the question under the title: who would answer it differently now?"),
    ];
    let how_many = draft.random.between(3, 5);
    let places = draft.random.some(&draft.labels, how_many);
    let remarks = draft.some(NOTES, how_many);
    let mut notes: Vec<(String, Yaml)> =
        places.into_iter().zip(remarks).map(|(label, note)| (label.to_owned(), Yaml::Prose(note))).collect();
    if let Some((id, _)) = draft.answers.first() {
        notes.push((id.clone(), "Credit reasons, not the side taken.".into()));
    }
    let how_many = draft.random.between(2, 4);
    let misconceptions: Vec<Yaml> = draft
        .random
        .some_in_order(BELIEFS, how_many)
        .into_iter()
        .map(|(belief, response)| map([("belief", belief.into()), ("response", response.into())]))
        .collect();
    let substitute = substitute(draft, has_ticket);
    map([
        ("objectives", objectives.into()),
        ("pacing", pacing.into()),
        ("notes", Yaml::Map(notes)),
        ("answers", Yaml::Map(std::mem::take(&mut draft.answers))),
        ("misconceptions", misconceptions.into()),
        ("substitute", substitute),
        ("rubric", rubric()),
    ])
}

/// A plan for 50 minutes, the series' class period.
fn substitute(draft: &mut Draft<'_>, has_ticket: bool) -> Yaml {
    let step = |minutes: usize, what: &str, say: &str, see: &[&str]| {
        map([("minutes", minutes.into()), ("do", what.into()), ("say", say.into()), ("see", texts(see))])
    };
    let last = if has_ticket { "exit_ticket" } else { "activity" };
    let steps = vec![
        step(
            5,
            "At the bell, give everyone a packet. Students write their names on the first page of questions.",
            "Read the question under the title, and answer it in the margin in one sentence.",
            &["reading"],
        ),
        step(
            20,
            "Silent reading. Walk around. Hard words are explained on the first page.",
            "Put a star next to one paragraph that surprises you.",
            &["reading"],
        ),
        step(
            20,
            "Groups of four fill in one worksheet.",
            "Decide together, and write down what decided it.",
            &["discussion", "activity"],
        ),
        step(
            5,
            "Ask two groups what was hardest. Collect all packets.",
            "You do not have to agree. Tell us what you disagreed about.",
            &[last],
        ),
    ];
    let today = draft.say("Students read how the town of {town} quarreled about {thing}, and who was allowed to decide. You need no knowledge of the subject: the reading explains it, and the answer key is on the next page.");
    map([
        ("in_two_minutes", today.into()),
        ("steps", steps.into()),
        ("early_finishers", "The last question of the discussion.".into()),
        ("do_not", "Please don't settle the debate. Groups should disagree.".into()),
    ])
}

fn rubric() -> Yaml {
    let criterion = |text: &str, levels: &[&str]| map([("text", text.into()), ("levels", texts(levels))]);
    map([
        ("title", "How the written work is scored".into()),
        ("levels", texts(&["Strong", "Good", "Beginning"])),
        (
            "criteria",
            vec![
                criterion(
                    "Use of evidence",
                    &["Every claim names its paragraph.", "Most claims are based on the reading.", "Claims are general."],
                ),
                criterion(
                    "Reasoning",
                    &[
                        "Gives two reasons and answers the best argument on the other side.",
                        "Gives two reasons that fit.",
                        "Gives one reason or none.",
                    ],
                ),
            ]
            .into(),
        ),
    ])
}
