//! Names the blanks of a composed lesson: what each is called in a form, and what a screen reader says at it.

mod blocks;
mod text;

use self::text::{cue, plain};
use super::given::Given;
use crate::packet::blank::{Blank, Blanks, Kind};
use crate::packet::block::Question;
use crate::packet::space::WritingSpace;
use crate::packet::{Block, Runs, Section};
use crate::words::{self, Words};

/// Names all blanks in the sections of a lesson. Only in a form are they heard alone.
pub(super) fn name(sections: &mut [Section], given: &Given<'_>, is_form: bool) {
    let mut namer = Namer { is_form, ..Namer::new(given) };
    for section in sections {
        let part = section.kind();
        namer.part = namer.words.part_of_lesson(part);
        if let Section::Activity { roles, group_size, blanks, .. } = section {
            let count = group_size.map_or(0, |size| size as usize).max(roles.len());
            *blanks = namer.members(count, roles);
        }
        for (block, index) in section.blocks_mut().iter_mut().zip(1..) {
            namer.block(block, &format!("{part}-{index}"));
        }
    }
}

/// Names the blanks of a block that is in no section yet.
pub(super) fn name_one(block: &mut Block, given: &Given<'_>) {
    Namer::new(given).block(block, "block");
}

/// Names the blanks of a lesson, in the words of its language.
struct Namer<'a> {
    given: &'a Given<'a>,
    is_form: bool,
    /// The part of the lesson that is named now.
    part: Option<String>,
    words: Words,
}

/// What the blanks of one block have in common.
struct Of<'a> {
    namer: &'a Namer<'a>,
    /// What names begin with.
    name: String,
    /// The question as a screen reader says it: "Question 3".
    question: String,
    /// The part of the lesson.
    part: Option<&'a str>,
    blanks: Blanks,
}

fn simple(kind: Kind, said: String) -> Blank {
    Blank {
        name: String::new(),
        kind,
        said,
        label: String::new(),
        question: String::new(),
        choice: None,
        letters: Vec::new(),
        answer: None,
    }
}

impl<'a> Namer<'a> {
    fn new(given: &'a Given<'a>) -> Self {
        Self { given, is_form: false, part: None, words: words::of(given.language) }
    }

    fn of(&self, mark: &str, question: String) -> Of<'_> {
        let (issue, lesson) = self.given.ids;
        let name = format!("{issue}/{lesson}/{}", mark.strip_prefix(&*self.given.scope).unwrap_or(mark));
        Of { namer: self, name, question, part: self.part.as_deref(), blanks: Blanks::new() }
    }

    fn of_question(&self, question: &Question, kind: &str) -> Of<'_> {
        let said = match question.number {
            Some(number) => self.words.say("question-number", &[("n", &number.to_string())]),
            None => self.words.item(kind),
        };
        self.of(&question.mark, said)
    }

    fn say(&self, key: &str) -> String {
        self.words.say(key, &[])
    }

    /// "Writing space: Causes"
    fn room_for(&self, what: &str) -> String {
        format!("{}{}{what}", self.say("room-to-write"), self.words.mark("colon"))
    }

    fn letter(&self, index: usize) -> String {
        self.words.letter(index)
    }

    fn members(&self, count: usize, roles: &[Runs]) -> Blanks {
        let mut of = self.of("members", self.say("members"));
        for index in 0..count {
            let number = (index + 1).to_string();
            let about = roles.get(index).map_or_else(|| self.words.say("member", &[("n", &number)]), |role| plain(role));
            of.add(format!("member-{index}"), Kind::Word, self.say("room-for-name"), &about);
        }
        of.blanks
    }
}

impl Of<'_> {
    /// Adds a blank for this part of the block. `about` is what it's about, which a form doesn't show next to it.
    fn add(&mut self, part: String, kind: Kind, said: String, about: &str) -> &mut Blank {
        let name = format!("{}/{part}", self.name);
        if !self.namer.is_form {
            return self.blanks.entry(part).or_insert(Blank { name, ..simple(kind, said) });
        }
        let comma = self.namer.words.mark("comma");
        let question = self.in_part();
        let pieces = [question.as_str(), about, said.as_str()];
        let label = pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(&comma);
        let question = pieces[..2].iter().filter(|piece| !piece.is_empty()).copied().collect::<Vec<_>>().join(&comma);
        let blank = Blank { name, label, question, ..simple(kind, said) };
        self.blanks.entry(part).or_insert(blank)
    }

    /// Makes all choices so far those of the question itself, and not of what each is about.
    fn ask_once(&mut self) {
        let question = self.in_part();
        for blank in self.blanks.values_mut().filter(|blank| blank.choice.is_some()) {
            blank.question.clone_from(&question);
        }
    }

    /// "Discussion, Question 3"
    fn in_part(&self) -> String {
        match self.part {
            Some(part) => format!("{part}{}{}", self.namer.words.mark("comma"), self.question),
            None => self.question.clone(),
        }
    }

    /// Adds a writing space, if the question has one.
    fn space(&mut self, part: &str, space: &WritingSpace, about: &str) {
        self.space_of_part(part, space, "", about);
    }

    /// The same for the part of a question with this letter.
    fn space_of_part(&mut self, part: &str, space: &WritingSpace, letter: &str, about: &str) {
        let kind = match space {
            WritingSpace::None => return,
            WritingSpace::Lines { .. } => Kind::Lines,
            WritingSpace::Area { .. } | WritingSpace::Fill { .. } => Kind::Box,
        };
        let comma = self.namer.words.mark("comma");
        let room = self.namer.say("room-to-write");
        let pieces = [self.question.as_str(), letter, room.as_str()];
        let said = pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(&comma);
        let about = [letter, &cue(about)].into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ");
        self.add(part.to_owned(), kind, room, &about).said = said;
    }

    /// Adds a blank for each cell of a table with these headings and rows.
    fn cells(&mut self, heads: &[String], rows: &[String]) {
        for (index, row) in rows.iter().enumerate() {
            for (column, head) in heads.iter().enumerate() {
                self.add(format!("{index}-{column}"), Kind::Cell, self.namer.room_for(head), row);
            }
        }
    }
}
