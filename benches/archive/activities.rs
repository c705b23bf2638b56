//! The activity of a lesson: one of eight kinds, in turn. Together, they use every worksheet block.

use super::draft::Draft;
use super::pictures::Picture;
use super::questions::{self, lines};
use super::yaml::{Yaml, entries, map, texts};

/// How long every activity takes, in minutes.
pub(super) const MINUTES: usize = 40;

pub(super) fn activity(draft: &mut Draft<'_>, index: usize, pictures: &[Picture]) -> Yaml {
    let title = [
        "Record or Opinion?",
        "The Town Meeting",
        "Put It in Order",
        "The Letter Is Read",
        "A Map of the Quarrel",
        "What It Is Worth",
        "Two Sources",
        "Alike and Different",
    ];
    let turn = index % title.len();
    let mut body = vec![background(draft), steps()];
    body.extend(match turn {
        0 => vec![questions::decide(draft), questions::position(draft)],
        1 => vec![materials(), role_cards(draft, index.is_multiple_of(16)), questions::position(draft)],
        2 => vec![materials(), cut_outs(draft), claim(draft)],
        3 => vec![script(draft), questions::claim_evidence(draft)],
        4 => vec![materials(), drawing(draft, &pictures[0]), square(draft), questions::blank_table(draft)],
        5 => vec![questions::t_chart(draft), questions::claim_evidence(draft)],
        6 => vec![questions::compare(draft), rubric(draft)],
        _ => vec![questions::venn(draft), questions::fill_timeline(draft)],
    });
    body.extend([self_check(), report_out(draft)]);
    if turn % 2 == 1 {
        body.push(extension(draft));
    }
    let roles = [
        "**Reader**: reads aloud",
        "**Skeptic**: argues against the first answer",
        "**Writer**: writes it down",
        "**Speaker**: reports to the class",
    ];
    map([
        ("title", title[turn].into()),
        ("minutes", MINUTES.into()),
        ("groups", map([("size", 4.into()), ("roles", texts(&roles))])),
        ("body", body.into()),
    ])
}

fn background(draft: &mut Draft<'_>) -> Yaml {
    let text = draft.say(
        "In {year} the council of {town} learned that {thing} {broken}. It had money for half of the work, and {many} people had offered to help.\n\n\
         Some members feared that a town that accepts one gift will be asked for the next. Others said that a town that refuses help has no right to complain of its costs.",
    );
    map([("background", map([("title", "What you need to know".into()), ("text", Yaml::Prose(text))]))])
}

fn steps() -> Yaml {
    let step = |minutes: usize, what: &str| map([("minutes", minutes.into()), ("do", what.into())]);
    let steps = vec![
        step(5, "Choose your roles. The Reader reads the background aloud."),
        step(20, "Work through the page together. The Skeptic argues against every first answer."),
        Yaml::from("Write down what decided it for you."),
        step(10, "Report to the class."),
    ];
    map([("steps", steps.into())])
}

fn materials() -> Yaml {
    let items = vec![
        Yaml::from("Colored pencils"),
        map([("text", "Scissors".into()), ("per", "group".into())]),
        map([("text", "Ruler with inches and centimeters".into()), ("per", "student".into())]),
        map([("text", "Clock".into()), ("per", "class".into())]),
    ];
    map([("materials", items.into())])
}

fn claim(draft: &mut Draft<'_>) -> Yaml {
    let id = draft.answered("turning", "The ruling, because after it the council had to name a day.".into());
    let ask = "At what point could the story have turned out differently? Give your reason.";
    map([("prompt", map([("id", id), ("ask", ask.into()), ("space", map([("fill", "lines".into())]))]))])
}

fn role_cards(draft: &mut Draft<'_>, with_backs: bool) -> Yaml {
    let answer = map([(
        "cards",
        map([
            ("hero", "Names the date before anything else.".into()),
            ("treasurer", "May stay silent until someone names a sum.".into()),
        ]),
    )]);
    let id = draft.answered("roles", answer);
    let cards: Vec<Yaml> = [
        ("hero", "{Hero}", "You have counted the damage. You offer your own days, and you want a date."),
        ("treasurer", "Treasurer", "You know what the town can pay. This year it can pay for half."),
        ("member", "Member from the north bank", "You own land. A tax on land would fall on you, and you do not say so."),
        ("user", "One of those who use it every day", "You cannot vote. {Harm}, and you are tired of it."),
    ]
    .into_iter()
    .map(|(id, title, text)| {
        let card = map([("id", id.into()), ("title", draft.say(title).into()), ("text", draft.say(text).into())]);
        if with_backs { card.with("back", draft.say("{town}, {next}").into()) } else { card }
    })
    .collect();
    map([("role_cards", map([("id", id), ("per", "group".into()), ("per_page", 4.into()), ("cards", cards.into())]))])
}

fn cut_outs(draft: &mut Draft<'_>) -> Yaml {
    let events = draft.story.events();
    let order: Vec<String> = events.iter().map(|(id, ..)| (*id).to_owned()).collect();
    let id = draft.answered("pieces", map([("order", order.into())]));
    let mut cards: Vec<(&str, String)> = events.into_iter().map(|(id, _, text)| (id, text)).collect();
    cards.reverse();
    cards.swap(1, 4);
    cards.swap(0, 2);
    let ask = "Cut out the pieces and put them in the order they happened.";
    map([("cut_outs", map([("id", id), ("ask", ask.into()), ("per", "group".into()), ("cards", entries(&cards))]))])
}

fn script(draft: &mut Draft<'_>) -> Yaml {
    let id =
        draft.answered("scene", "After the reading, ask who in the scene could have said yes, and what stopped them.".into());
    let turns: Vec<Yaml> = [
        ("Clerk", "A letter from {hero}. Shall I read it?"),
        ("Chair", "Read it, and slowly."),
        ("", "The clerk reads. Two members fall asleep."),
        ("{R}", "It asks for {material}. It does not say who is to pay."),
        ("{W}", "It says who is to work, which is more than we have ever been told."),
        ("Chair", "Let us ask for a report."),
        ("{H}", "May I ask by when?"),
        ("", "Nobody answers. The clerk writes down that nobody answered."),
    ]
    .into_iter()
    .map(|(who, says)| {
        let says = draft.say(says);
        if who.is_empty() { says.into() } else { map([("who", draft.say(who).into()), ("says", says.into())]) }
    })
    .collect();
    let setting = draft.say("{Hall}, {month2} {next}.");
    map([(
        "script",
        map([("id", id), ("title", "The Letter Is Read".into()), ("setting", setting.into()), ("lines", turns.into())]),
    )])
}

fn drawing(draft: &mut Draft<'_>, picture: &Picture) -> Yaml {
    let id = draft.answered("map", "The north bank has most of the houses; the way to the mill crosses the river.".into());
    let ask = draft.say("Mark on the map where {thing} might have been, and draw the way to the mill.");
    let figure = picture.figure(draft.story);
    let words = draft.say("{name}");
    map([(
        "drawing",
        map([
            ("id", id),
            ("ask", ask.into()),
            ("picture", figure),
            ("words", vec![words, "mill".to_owned(), "north bank".to_owned()].into()),
        ]),
    )])
}

fn square(draft: &mut Draft<'_>) -> Yaml {
    let id = draft.answered("plan", "Any plan in which every part has a size.".into());
    let space = map([("grid", map([("height", "4 cm".into()), ("squares", "5 mm".into())]))]);
    map([(
        "drawing",
        map([("id", id), ("ask", "Draw a plan of what should be built. One square is one yard.".into()), ("space", space)]),
    )])
}

fn rubric(draft: &mut Draft<'_>) -> Yaml {
    let levels: Yaml = [("strong", "Strong", 3), ("fair", "Fair", 2), ("weak", "Not yet", 1)]
        .map(|(id, text, points)| map([("id", id.into()), ("text", text.into()), ("points", points.into())]))
        .to_vec()
        .into();
    let examples = map([(
        "reasons",
        map([
            ("strong", draft.say("The letter names {material} and a day; the minutes name neither.").into()),
            ("weak", "The letter is better.".into()),
        ]),
    )]);
    let id = draft.answered("judged", map([("levels", examples)]));
    let criteria: Yaml = vec![
        map([
            ("id", "reasons".into()),
            ("text", "Reasons".into()),
            ("levels", texts(&["Two facts from the sources.", "One fact from a source.", "No fact."])),
        ]),
        map([
            ("id", "fairness".into()),
            ("text", "Fairness".into()),
            ("levels", texts(&["States the other side in words it would accept.", "Names the other side.", "Leaves it out."])),
        ]),
    ]
    .into();
    map([(
        "rubric",
        map([("id", id), ("title", "How your comparison is scored".into()), ("levels", levels), ("criteria", criteria)]),
    )])
}

fn self_check() -> Yaml {
    map([(
        "self_check",
        texts(&[
            "Every answer has a reason.",
            "We named a source for each fact.",
            "People on the other side would say that we were fair.",
        ]),
    )])
}

fn report_out(draft: &mut Draft<'_>) -> Yaml {
    let id = draft.answered("report", "A good report names one disagreement and what settled it.".into());
    let text = "Tell the class:\n\n- what you disagreed about most\n- what settled it, if anything did";
    map([("report_out", map([("id", id), ("text", Yaml::Prose(text.to_owned())), ("minutes", 2.into()), ("space", lines(2))]))])
}

fn extension(draft: &mut Draft<'_>) -> Yaml {
    let id = draft.answered("further", "For example: It is well known that water is wet, and that repairs are not cheap.".into());
    map([(
        "extension",
        map([("id", id), ("text", "The first report had forty pages. Write its first sentence.".into()), ("space", lines(2))]),
    )])
}
