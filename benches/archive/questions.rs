//! Questions of every kind about a story, each with its answer for the teacher file.

use super::draft::Draft;
use super::yaml::{Yaml, entries, map, texts};

/// Prompts: an id, the question, and a sample answer.
const PROMPTS: &[(&str, &str, &str)] = &[
    (
        "waiting",
        "Why did the council wait? Name two reasons, and say which of them was given aloud.",
        "Money was the reason that was given. Fear of what would be asked for next, and land on the north bank, were reasons that were not.",
    ),
    (
        "offer",
        "What did {hero} offer, and what did {she} ask for? Was it a fair bargain?",
        "{She} offered days of work and asked for {material} and a date. It was fair to those who had days to give.",
    ),
    (
        "voices",
        "Whose voices do we hear in this story, and whose are missing?",
        "We hear those who wrote: {h}, the newspaper, and the council. We hear little of those who could not write, and nothing of those who had left.",
    ),
    (
        "advise",
        "A meeting could advise the council but could not bind it. Why might a town want such a rule?",
        "It keeps a full room from deciding what everyone must pay. It also lets a council ignore the room, which is why the judge asked for reasons in writing.",
    ),
    (
        "rival",
        "State the case of {rival} in words that {his} friends would accept.",
        "A town that spends what it does not have ends by losing everything. {R} had seen that happen, and {he} wanted a rule before a gift.",
    ),
    (
        "ruling",
        "The judge said that the council could choose the means and the day, but not do nothing forever. Who decides how long forever is?",
        "In the end a court does. The ruling made the council name a date, so that others could hold it to that.",
    ),
    (
        "sources",
        "Choose one fact in the reading. Which source does it come from, and how else could you check it?",
        "The number of names comes from the sheets themselves; the tax rolls show who owned land. The newspaper would show whether people said so at the time.",
    ),
    (
        "today",
        "What do people in your own town wait for today? Who could begin?",
        "Answers differ. A good one names a thing, those who use it, and those who could decide.",
    ),
    (
        "fund",
        "Why might a fund have to say each year what it has *not* done?",
        "What was done can be seen. A list of what was not done has to be defended, and it reminds those who waited that they were heard.",
    ),
    (
        "work",
        "Is a day of work a fair way to pay a tax? Use the account of the money in your answer.",
        "It is fair if those who lose a wage are paid for the day. Without that, the poor pay twice.",
    ),
];

/// The kinds of questions other than prompts.
const KINDS: [fn(&mut Draft<'_>) -> Yaml; 14] = [
    multiple_choice,
    true_false,
    cloze,
    matching,
    ordering,
    short_answers,
    t_chart,
    venn,
    claim_evidence,
    cause_effect,
    compare,
    fill_timeline,
    blank_table,
    decide,
];

/// A question, of each kind in turn.
pub(super) fn of_kind(draft: &mut Draft<'_>, turn: usize) -> Yaml {
    KINDS[turn % KINDS.len()](draft)
}

/// Four to six prompts, and two questions of other kinds.
pub(super) fn discussion(draft: &mut Draft<'_>, index: usize) -> Yaml {
    let how_many = draft.random.between(4, 6);
    let chosen = draft.random.some(PROMPTS, how_many);
    let mut questions: Vec<Yaml> =
        chosen.into_iter().enumerate().map(|(place, prompt)| self::prompt(draft, prompt, place)).collect();
    questions.insert(2, of_kind(draft, index * 2));
    questions.push(of_kind(draft, index * 2 + 1));
    if index.is_multiple_of(3) {
        questions.push(draft.say("Would you have come on the first morning?").into());
    }
    questions.into()
}

/// Questions for the end of class.
pub(super) fn exit_ticket(draft: &mut Draft<'_>) -> Yaml {
    let ask = draft.say("What would you have asked at the meeting in {hall}?");
    let id = draft.answered("ticket", "Any question that someone in the room could have answered.".into());
    vec![map([("id", id), ("ask", ask.into()), ("space", lines(3))]), "One thing that surprised you:".into()].into()
}

fn prompt(draft: &mut Draft<'_>, (name, ask, answer): (&str, &str, &str), place: usize) -> Yaml {
    let (ask, answer) = (draft.say(ask), draft.say(answer));
    let id = draft.answered(name, answer.into());
    let see = draft.see();
    let prompt = map([("id", id), ("ask", ask.into())]);
    match place {
        1 => prompt
            .with("parts", texts(&["In your own words", "In words from the reading"]))
            .with("see", see)
            .with("space", lines(3)),
        2 => prompt.with("hint", "Look at who had a vote.".into()).with("points", 4.into()).with("space", lines(5)),
        3 => prompt.with("see", see).with("space", lines(4)),
        _ => prompt.with("see", see),
    }
}

/// This many ruled lines.
pub(super) fn lines(how_many: usize) -> Yaml {
    map([("lines", how_many.into())])
}

fn multiple_choice(draft: &mut Draft<'_>) -> Yaml {
    let answer = map([
        ("choice", "date".into()),
        (
            "reason",
            draft.say("The ruling let the council choose the means, but it had to act or explain itself by a day.").into(),
        ),
    ]);
    let id = draft.answered("choice", answer);
    let ask = draft.say("What did the judge ask of the council of {town}?");
    let see = draft.see();
    let choices = entries(&[
        ("mend", draft.say("To {repair} within a month")),
        ("date", "To act by a certain day, or to say in writing why not".to_owned()),
        ("pay", draft.say("To pay {hero} for {her} work")),
        ("tax", draft.say("To ask for {fee}")),
    ]);
    map([("multiple_choice", map([("id", id), ("ask", ask.into()), ("choices", choices), ("points", 1.into()), ("see", see)]))])
}

fn true_false(draft: &mut Draft<'_>) -> Yaml {
    let wrong = |correction: String| map([("is", false.into()), ("correction", correction.into())]);
    let right = map([("is", true.into())]);
    let statements = map([
        ("vote", wrong("They paid the market fee but could not vote.".to_owned())),
        ("offer", right.clone()),
        ("dinner", right),
        ("office", wrong(draft.say("{H} never held an office."))),
    ]);
    let id = draft.answered("facts", map([("statements", statements)]));
    let statements = entries(&[
        ("vote", "Women and newcomers could vote for the council.".to_owned()),
        ("offer", draft.say("{H} offered days of work.")),
        ("dinner", "Money that had been set aside was spent on a dinner.".to_owned()),
        ("office", draft.say("{Hero} later became a member of the council.")),
    ]);
    map([("true_false", map([("id", id), ("correct", true.into()), ("statements", statements)]))])
}

fn cloze(draft: &mut Draft<'_>) -> Yaml {
    let blanks = map([
        ("river", draft.say("{river}").into()),
        ("year", draft.say("{year}").into()),
        ("material", draft.say("{material}").into()),
        ("reasons", "reasons".into()),
    ]);
    let id = draft.answered("gaps", map([("blanks", blanks)]));
    let text = draft.say("The town lies on the BLANKriver. In BLANKyear the people learned that {thing} {broken}. {H} asked for BLANKmaterial and for a day. The judge asked the council for BLANKreasons in writing.");
    let text = ["river", "year", "material", "reasons"]
        .iter()
        .fold(text, |text, name| text.replace(&format!("BLANK{name}"), &format!("{{{{{name}}}}}")));
    let words: Vec<String> =
        ["{year}", "reasons", "{river}", "silence", "{material}", "{long}"].iter().map(|word| draft.say(word)).collect();
    map([("cloze", map([("id", id), ("text", text.into()), ("words", words.into())]))])
}

fn matching(draft: &mut Draft<'_>) -> Yaml {
    let pairs =
        map([("hero", "wrote".into()), ("rival", "doubted".into()), ("witness", "copied".into()), ("judge", "asked".into())]);
    let id = draft.answered("pairs", map([("pairs", pairs)]));
    let items = entries(&[
        ("hero", draft.say("{Hero}")),
        ("rival", draft.say("{Rival}")),
        ("witness", draft.say("{Witness}")),
        ("judge", "The judge".to_owned()),
    ]);
    let matches = entries(&[
        ("asked", "asked for reasons in writing"),
        ("wrote", "wrote the first letter"),
        ("ferry", "left town before the vote"),
        ("copied", "copied a page of the account book"),
        ("doubted", "feared what would be asked for next"),
    ]);
    map([("matching", map([("id", id), ("items", items), ("matches", matches)]))])
}

fn ordering(draft: &mut Draft<'_>) -> Yaml {
    let mut events = draft.story.events();
    let order: Vec<String> = events.iter().map(|(id, ..)| (*id).to_owned()).collect();
    let id = draft.answered("order", map([("order", order.into())]));
    events.swap(0, 4);
    events.swap(2, 5);
    events.swap(1, 3);
    let items: Vec<(&str, String)> = events.into_iter().map(|(id, _, text)| (id, text)).collect();
    map([("ordering", map([("id", id), ("items", entries(&items))]))])
}

fn short_answers(draft: &mut Draft<'_>) -> Yaml {
    let cells = map([
        (
            "hero",
            map([("want", draft.say("{Material}, and a date").into()), ("did", "Wrote letters and came with a stone".into())]),
        ),
        ("council", map([("want", "Time, and no new taxes".into()), ("did", "Voted to study the matter".into())])),
        ("neighbors", map([("want", "A hearing".into()), ("did", "Signed with what each would give".into())])),
    ]);
    let id = draft.answered("chart", map([("cells", cells)]));
    let columns = entries(&[("want", "What did they want?"), ("did", "What did they do?")]);
    let rows = entries(&[
        ("hero", draft.say("{Hero}")),
        ("council", "The council".to_owned()),
        ("neighbors", "The neighbors".to_owned()),
    ]);
    map([("short_answers", map([("id", id), ("head", "Who".into()), ("columns", columns), ("rows", rows), ("lines", 2.into())]))])
}

pub(super) fn decide(draft: &mut Draft<'_>) -> Yaml {
    let row = |choice: &str, reason: &str| map([("choice", choice.into()), ("reason", reason.into())]);
    let answer = map([
        ("minutes", row("Record", "Minutes are written at the time, to be used later.")),
        ("diary", row("Opinion", "A diary says what one person thought that evening.")),
        ("rolls", row("Record", "A tax roll lists what was owned, like it or not.")),
        ("advice", row("Opinion", "A letter to an editor wants to persuade.")),
        ("sign", row("Cannot say", "Nobody knows who wrote it, or by whose order.")),
    ]);
    let id = draft.answered("sort", answer);
    let items = entries(&[
        ("minutes", draft.say("The minutes of the council, {next}")),
        ("diary", draft.say("The diary of {witness}")),
        ("rolls", draft.say("The tax rolls of {town}")),
        ("advice", "A letter to the newspaper, signed \"A Taxpayer\"".to_owned()),
        ("sign", "The sign \"Closed by order\"".to_owned()),
    ]);
    let choices = texts(&["Record", "Opinion", "Cannot say"]);
    map([(
        "decide",
        map([
            ("id", id),
            ("ask", "Is it a record or an opinion? Check a box and write your reason.".into()),
            ("head", "Source".into()),
            ("choices", choices),
            ("reason", true.into()),
            ("items", items),
        ]),
    )])
}

pub(super) fn position(draft: &mut Draft<'_>) -> Yaml {
    let sides = map([
        ("neighbors", draft.say("They use {thing} every day, and waiting costs more than the work.").into()),
        ("town", "Everyone pays taxes for it, so everyone should pay for its repair.".into()),
    ]);
    let id = draft.answered("stand", map([("sides", sides)]));
    let ask = draft.say("Should neighbors {repair} if it belongs to the town?");
    let sides = entries(&[("neighbors", "They should."), ("town", "The town should.")]);
    let starters: Yaml = vec![
        map([("text", "Our best reason is".into()), ("space", lines(3))]),
        map([("text", "Someone who disagrees might say".into()), ("space", lines(2))]),
        map([("text", "We answer that".into()), ("space", lines(2))]),
    ]
    .into();
    map([("position", map([("id", id), ("ask", ask.into()), ("sides", sides), ("starters", starters)]))])
}

pub(super) fn t_chart(draft: &mut Draft<'_>) -> Yaml {
    let columns = map([
        ("gains", draft.say("From then on, {gain}; nobody is hurt, and prices fall.").into()),
        ("costs", draft.say("The town must borrow, and someone has to pay {fee}.").into()),
    ]);
    let id = draft.answered("costs", map([("columns", columns)]));
    let ask = draft.say("What would {repairing} bring to {town}, and what would it cost?");
    let columns = entries(&[("gains", "Gains"), ("costs", "Costs")]);
    map([("t_chart", map([("id", id), ("ask", ask.into()), ("columns", columns), ("space", lines(5))]))])
}

pub(super) fn venn(draft: &mut Draft<'_>) -> Yaml {
    let regions = map([
        ("hero", draft.say("Offers work, has no vote, writes in public.").into()),
        ("rival", draft.say("Has an office, lends money, writes in private.").into()),
        ("both", draft.say("Both count everything, and both want {town} to last.").into()),
    ]);
    let id = draft.answered("alike", map([("regions", regions)]));
    let ask = draft.say("Compare {hero} with {rival}.");
    let circles = entries(&[("hero", draft.say("{Hero}")), ("rival", draft.say("{Rival}"))]);
    map([("venn", map([("id", id), ("ask", ask.into()), ("circles", circles), ("space", map([("box", "7 cm".into())]))]))])
}

pub(super) fn claim_evidence(draft: &mut Draft<'_>) -> Yaml {
    let answer = map([
        ("claim", "Waiting cost the town more than the work did.".into()),
        ("evidence", texts(&["The council's own books say so.", "Prices rose on every market day."])),
        ("reasoning", "Both were written by people who had no reason to flatter those who wanted to begin.".into()),
    ]);
    let id = draft.answered("claim", answer);
    let ask = draft.say("Did {town} save money by waiting?");
    map([("claim_evidence", map([("id", id), ("ask", ask.into()), ("evidence", 2.into()), ("lines", 2.into())]))])
}

fn cause_effect(draft: &mut Draft<'_>) -> Yaml {
    let effects = vec![capital_sentence(&draft.say("{harm}")), "The council had to answer letters.".to_owned()];
    let answer = map([
        ("causes", texts(&["Nobody had to look after it.", "The frost was hard that winter."])),
        ("effects", effects.into()),
    ]);
    let id = draft.answered("chain", answer);
    let event = capital_sentence(&draft.say("{thing} {broken}"));
    map([(
        "cause_effect",
        map([
            ("id", id),
            ("causes", 2.into()),
            ("event", event.into()),
            ("effects", 2.into()),
            ("space", map([("box", "5 cm".into())])),
        ]),
    )])
}

fn capital_sentence(text: &str) -> String {
    super::story::capital(text) + "."
}

pub(super) fn compare(draft: &mut Draft<'_>) -> Yaml {
    let cells = map([
        (
            "problem",
            map([
                ("letter", draft.say("That people are turned back.").into()),
                ("minutes", "That a letter must be answered.".into()),
            ]),
        ),
        (
            "plan",
            map([
                ("letter", draft.say("Neighbors work, the town buys {material}.").into()),
                ("minutes", "The matter is studied.".into()),
            ]),
        ),
    ]);
    let id = draft.answered(
        "compared",
        map([("cells", cells), ("conclusion", "The letter does: it says who would do what, and when.".into())]),
    );
    let sources = entries(&[("letter", draft.say("The letter of {hero}")), ("minutes", "The minutes of the council".to_owned())]);
    let questions = entries(&[("problem", "What is the problem?"), ("plan", "What should be done?")]);
    map([(
        "compare",
        map([
            ("id", id),
            ("sources", sources),
            ("questions", questions),
            ("lines", 2.into()),
            ("conclusion", "Which source gives the town more to work with?".into()),
        ]),
    )])
}

pub(super) fn fill_timeline(draft: &mut Draft<'_>) -> Yaml {
    let events = draft.story.events();
    let mut missing = Vec::new();
    let mut printed: Vec<Yaml> = Vec::new();
    for (place, (id, date, text)) in events.into_iter().enumerate() {
        let (date, text) = (Yaml::from(date), Yaml::from(text));
        match place % 3 {
            0 => {
                missing.push((id.to_owned(), map([("date", date)])));
                printed.push(map([("id", id.into()), ("text", text)]));
            }
            1 => {
                missing.push((id.to_owned(), map([("text", text)])));
                printed.push(map([("id", id.into()), ("date", date)]));
            }
            _ => printed.push(map([("date", date), ("text", text)])),
        }
    }
    let id = draft.answered("years", map([("events", Yaml::Map(missing))]));
    map([("fill_timeline", map([("id", id), ("events", printed.into())]))])
}

pub(super) fn blank_table(draft: &mut Draft<'_>) -> Yaml {
    let table = vec![
        texts(&["A letter", "The writer", "It was answered."]),
        texts(&["A meeting", "Everyone who came", "It was not binding."]),
        texts(&["A court", "A judge", "A date was set."]),
    ];
    let id = draft.answered("ways", map([("table", table.into())]));
    let ask = draft.say("Three ways were tried in {town}. Who decided, and what came of it?");
    map([(
        "blank_table",
        map([("id", id), ("ask", ask.into()), ("heads", texts(&["Way", "Who decided", "What came of it"])), ("rows", 3.into())]),
    )])
}
