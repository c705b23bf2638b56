//! Names the blanks of each kind of block.

use super::Namer;
use super::text::{cue, each_blank, plain};
use crate::packet::blank::{Choice, Kind};
use crate::packet::block::{Answer, Question, Solution};
use crate::packet::{Block, Runs};

impl Namer<'_> {
    /// Names the blanks of a block. Its `place` names it if it isn't a question.
    pub(super) fn block(&self, block: &mut Block, place: &str) {
        let blanks = match block {
            Block::Prompt { question, parts, space } => {
                let mut of = self.of_question(question, "prompt");
                if parts.is_empty() {
                    of.space("space", space, "");
                }
                for (index, part) in parts.iter().enumerate() {
                    let letter = self.words.part(index).trim_end_matches('.').to_owned();
                    of.space_of_part(&format!("part-{index}"), space, &letter, &plain(part));
                }
                of.blanks
            }
            Block::StopAndThink { question, space } => {
                let mut of = self.of_question(question, "stop-and-think");
                of.space("space", space, "");
                of.blanks
            }
            Block::MultipleChoice { question, choices, several } => {
                let mut of = self.of_question(question, "multiple-choice");
                let right = match answer(question) {
                    Some(Answer::Choices { right }) => Some(right.clone()),
                    _ => None,
                };
                for (index, choice) in choices.iter().enumerate() {
                    let (letter, text) = (self.letter(index), plain(choice));
                    let said = self.words.say("tick-box", &[("choice", &letter)]);
                    let kind = if *several { Kind::Check } else { Kind::Choice };
                    let blank = of.add(format!("choice-{index}"), kind, said, &cue(&text));
                    if !*several {
                        let group = of_group(&blank.name);
                        blank.choice =
                            Some(Choice { group: group.to_owned(), value: value(index), said: format!("{letter}. {text}") });
                    }
                    blank.answer = right.as_ref().map(|right| right.contains(&index).to_string());
                }
                of.ask_once();
                of.blanks
            }
            Block::TrueFalse { question, statements, correct } => {
                let mut of = self.of_question(question, "true-false");
                let answers = match answer(question) {
                    Some(Answer::Statements { statements }) => statements.as_slice(),
                    _ => &[],
                };
                for (row, statement) in statements.iter().enumerate() {
                    let about = cue(&plain(statement));
                    let truth = answers.get(row).and_then(Option::as_ref).map(|answer| answer.truth);
                    for (is_true, word, english) in [(true, "true-word", "true"), (false, "false-word", "false")] {
                        let said = self.words.say("tick-box", &[("choice", &self.say(word))]);
                        let blank = of.add(format!("{row}-{english}"), Kind::Choice, said, &about);
                        let group = format!("{}/{row}", of_group(&blank.name));
                        blank.choice = Some(Choice { group, value: english.to_owned(), said: self.say(word) });
                        blank.answer = truth.map(|truth| (truth == is_true).to_string());
                    }
                    if *correct {
                        of.add(format!("{row}-correction"), Kind::Word, self.say("room-for-correction"), &about);
                    }
                }
                of.blanks
            }
            Block::Cloze { question, blocks, .. } => {
                let mut of = self.of_question(question, "cloze");
                each_blank(blocks, &mut |number, blank| {
                    let said = self.words.say("blank", &[("n", &number.to_string())]);
                    *blank = Some(Box::new(of.add(format!("blank-{number}"), Kind::Word, said, "").clone()));
                });
                if let Some(Answer::Blanks { words }) = answer(question) {
                    for (word, number) in words.iter().zip(1..) {
                        let said = self.words.say("blank", &[("n", &number.to_string())]);
                        let blank = of.add(format!("blank-{number}"), Kind::Word, said, "");
                        blank.answer = word.as_ref().map(|word| plain(word));
                    }
                }
                of.blanks
            }
            Block::Matching { question, items, matches } => {
                let mut of = self.of_question(question, "matching");
                let right = match answer(question) {
                    Some(Answer::Pairs { matches }) => matches.as_slice(),
                    _ => &[],
                };
                for (index, item) in items.iter().enumerate() {
                    let blank = of.add(format!("item-{index}"), Kind::Letter, self.say("letter-blank"), &cue(&plain(item)));
                    blank.letters = (0..matches.len()).map(|index| self.letter(index)).collect();
                    blank.answer = right.get(index).copied().flatten().map(|right| self.letter(right));
                }
                of.blanks
            }
            Block::Ordering { question, items } => {
                let mut of = self.of_question(question, "ordering");
                let right = match answer(question) {
                    Some(Answer::Order { places }) => places.as_slice(),
                    _ => &[],
                };
                for (index, item) in items.iter().enumerate() {
                    let blank = of.add(format!("item-{index}"), Kind::Number, self.say("number-blank"), &cue(&plain(item)));
                    blank.answer = right.get(index).copied().flatten().map(|place| place.to_string());
                }
                of.blanks
            }
            Block::ShortAnswers { question, columns, rows, .. } => {
                let mut of = self.of_question(question, "short-answers");
                let heads: Vec<String> = columns.iter().map(|head| plain(head)).collect();
                let rows: Vec<String> = rows.iter().map(|row| cue(&plain(row))).collect();
                of.cells(&heads, &rows);
                of.blanks
            }
            Block::BlankTable { question, heads, rows, .. } => {
                let mut of = self.of_question(question, "blank-table");
                let heads: Vec<String> = heads.iter().map(|head| plain(head)).collect();
                let rows: Vec<String> = (1..=*rows).map(|row| row.to_string()).collect();
                of.cells(&heads, &rows);
                of.blanks
            }
            Block::Compare { question, sources, rows, conclusion, .. } => {
                let mut of = self.of_question(question, "compare");
                let heads: Vec<String> = sources.iter().map(|head| plain(head)).collect();
                let rows: Vec<String> = rows.iter().map(|row| cue(&plain(row))).collect();
                of.cells(&heads, &rows);
                if let Some(conclusion) = conclusion {
                    of.add("conclusion".to_owned(), Kind::Lines, self.say("room-for-conclusion"), &cue(&plain(conclusion)));
                }
                of.blanks
            }
            Block::Decide { question, choices, reason, rows, .. } => {
                let mut of = self.of_question(question, "decide");
                let right = match answer(question) {
                    Some(Answer::Rows { rows }) => rows.as_slice(),
                    _ => &[],
                };
                for (row, text) in rows.iter().enumerate() {
                    let about = format!("{} {}", row + 1, cue(&plain(text)));
                    let right = right.get(row).and_then(Option::as_ref).map(|row| row.choice);
                    for (index, choice) in choices.iter().enumerate() {
                        let said = self.words.say("tick-box", &[("choice", &plain(choice))]);
                        let blank = of.add(format!("{row}-choice-{index}"), Kind::Choice, said, &about);
                        let group = format!("{}/{row}", of_group(&blank.name));
                        blank.choice = Some(Choice { group, value: value(index), said: plain(choice) });
                        blank.answer = right.map(|right| (right == index).to_string());
                    }
                    let blank = of.add(format!("{row}-letter"), Kind::Letter, self.say("letter-blank"), &about);
                    blank.letters = (0..choices.len()).map(|index| self.letter(index)).collect();
                    blank.answer = right.map(|right| self.letter(right));
                    if *reason {
                        of.add(format!("{row}-reason"), Kind::Cell, self.say("room-for-reason"), &about);
                    }
                }
                of.blanks
            }
            Block::Position { question, sides, starters, space } => {
                let mut of = self.of_question(question, "position");
                for (index, side) in sides.iter().enumerate() {
                    let blank = of.add(format!("side-{index}"), Kind::Choice, self.say("to-tick"), &cue(&plain(side)));
                    let group = format!("{}/side", of_group(&blank.name));
                    blank.choice = Some(Choice { group, value: value(index), said: plain(side) });
                }
                for (index, starter) in starters.iter().enumerate() {
                    of.space(&format!("starter-{index}"), &starter.space, &cue(&plain(&starter.runs)));
                }
                of.ask_once();
                of.space("space", space, "");
                of.blanks
            }
            Block::TChart { question, columns, .. } => {
                let mut of = self.of_question(question, "t-chart");
                for (index, column) in columns.iter().enumerate() {
                    of.add(format!("column-{index}"), Kind::Box, self.room_for(&plain(column)), "");
                }
                of.blanks
            }
            Block::Venn { question, circles, .. } => {
                let mut of = self.of_question(question, "venn");
                let names: Vec<String> = circles.iter().map(|circle| plain(circle)).collect();
                for circles in regions(names.len()) {
                    let said = match circles.as_slice() {
                        [one] => self.words.say("only", &[("name", &names[*one])]),
                        several => self.words.names(&several.iter().map(|index| names[*index].as_str()).collect::<Vec<_>>()),
                    };
                    of.add(region(&circles), Kind::Box, self.room_for(&said), "");
                }
                of.blanks
            }
            Block::ClaimEvidence { question, evidence, .. } => {
                let mut of = self.of_question(question, "claim-evidence");
                of.add("claim".to_owned(), Kind::Lines, self.room_for(&self.say("claim")), "");
                let count = evidence.to_string();
                for index in 0..*evidence {
                    let said = self.words.say("evidence", &[("n", &count), ("number", &(index + 1).to_string())]);
                    of.add(format!("evidence-{index}"), Kind::Lines, self.room_for(&said), "");
                }
                of.add("reasoning".to_owned(), Kind::Lines, self.room_for(&self.say("reasoning")), "");
                of.blanks
            }
            Block::CauseEffect { question, causes, event, effects, .. } => {
                let mut of = self.of_question(question, "cause-effect");
                for (key, count) in [("cause", *causes), ("effect", *effects)] {
                    for index in 0..count {
                        let said = self.words.say(&format!("room-for-{key}"), &[("n", &(index + 1).to_string())]);
                        of.add(format!("{key}-{index}"), Kind::Box, said, "");
                    }
                }
                if event.is_none() {
                    of.add("event".to_owned(), Kind::Box, self.say("room-for-event"), "");
                }
                of.blanks
            }
            Block::FillTimeline { question, events, .. } => {
                let mut of = self.of_question(question, "fill-timeline");
                for (index, event) in events.iter().enumerate() {
                    let about = |runs: &Option<Runs>| runs.as_ref().map(|runs| cue(&plain(runs))).unwrap_or_default();
                    if event.date.is_none() {
                        of.add(format!("{index}-date"), Kind::Word, self.say("room-for-date"), &about(&event.text));
                    }
                    if event.text.is_none() {
                        of.add(format!("{index}-text"), Kind::Lines, self.say("room-for-text"), &about(&event.date));
                    }
                }
                of.blanks
            }
            Block::Drawing { question, .. } => {
                let mut of = self.of_question(question, "drawing");
                of.add("space".to_owned(), Kind::Drawing, self.say("room-to-draw"), "");
                of.blanks
            }
            Block::SelfCheck { items, blanks, .. } => {
                let mut of = self.of(place, self.say("self-check"));
                for (index, item) in items.iter().enumerate() {
                    of.add(format!("item-{index}"), Kind::Check, self.say("to-tick"), &cue(&plain(item)));
                }
                *blanks = of.blanks;
                return;
            }
            Block::Materials { items, blanks, .. } => {
                let mut of = self.of(place, self.say("materials"));
                for (index, item) in items.iter().enumerate() {
                    of.add(format!("item-{index}"), Kind::Check, self.say("to-tick"), &cue(&plain(&item.runs)));
                }
                *blanks = of.blanks;
                return;
            }
            Block::Script { mark, cast, blanks, .. } => {
                let mut of = self.of(mark, self.words.item("script"));
                for (index, part) in cast.iter().enumerate() {
                    of.add(format!("part-{index}"), Kind::Word, self.say("room-for-name"), &cue(&plain(part)));
                }
                *blanks = of.blanks;
                return;
            }
            Block::Rubric { mark, criteria, blanks, .. } => {
                let mut of = self.of(mark, self.words.item("rubric"));
                for (index, criterion) in criteria.iter().enumerate() {
                    of.add(format!("{index}-points"), Kind::Word, self.say("room-for-points"), &cue(&plain(&criterion.runs)));
                }
                of.add("total".to_owned(), Kind::Word, self.say("room-for-points"), &self.say("total"));
                *blanks = of.blanks;
                return;
            }
            Block::ReportOut { mark, space, blanks, .. } => {
                let mut of = self.of(mark, self.words.item("report-out"));
                of.space("space", space, "");
                *blanks = of.blanks;
                return;
            }
            Block::Extension { mark, space, blanks, .. } => {
                let mut of = self.of(mark, self.words.item("extension"));
                of.space("space", space, "");
                *blanks = of.blanks;
                return;
            }
            _ => return,
        };
        if let Some(question) = block.question_mut() {
            question.blanks = blanks;
        }
    }
}

/// The answer to a question, in editions for teachers.
fn answer(question: &Question) -> Option<&Answer> {
    question.solution.as_ref().and_then(|Solution { answer, .. }| answer.as_ref())
}

/// The value of a choice: `a`, `b`, and so on.
fn value(index: usize) -> String {
    u8::try_from(index)
        .ok()
        .filter(|index| *index < 26)
        .map_or_else(|| index.to_string(), |index| char::from(b'a' + index).to_string())
}

/// The name of a blank without its last part.
fn of_group(name: &str) -> &str {
    name.rsplit_once('/').expect("a name has several parts").0
}

/// The key of a region of a Venn diagram: its circles, counted from 0.
fn region(circles: &[usize]) -> String {
    format!("region-{}", circles.iter().map(usize::to_string).collect::<Vec<_>>().join("-"))
}

/// The regions of a Venn diagram with two or three circles.
fn regions(circles: usize) -> Vec<Vec<usize>> {
    let mut regions: Vec<Vec<usize>> =
        (1..1_usize << circles).map(|region| (0..circles).filter(|circle| region & (1 << circle) != 0).collect()).collect();
    regions.sort_by_key(|region: &Vec<usize>| (region.len(), region.clone()));
    regions
}
