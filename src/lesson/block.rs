//! The model of blocks, the pieces of a page, one kind per file. `packet` composes a block; the template of the same name
//! decides how it looks.

pub mod answer;
pub mod background;
pub mod blank_table;
pub mod cause_effect;
pub mod claim_evidence;
pub mod cloze;
pub mod columns;
pub mod compare;
pub mod content;
pub mod content_note;
pub mod cut_outs;
pub mod decide;
pub mod drawing;
pub mod equation;
pub mod extension;
pub mod figure;
pub mod fill_timeline;
pub mod matching;
pub mod materials;
pub mod multiple_choice;
pub mod note;
pub mod ordering;
pub mod position;
pub mod primary_source;
pub mod prompt;
pub mod question;
pub mod report_out;
pub mod role_cards;
pub mod rubric;
pub mod script;
pub mod self_check;
pub mod short_answers;
pub mod sidebar;
pub mod space;
pub mod steps;
pub mod stop_and_think;
pub mod t_chart;
pub mod table;
pub mod timeline;
pub mod true_false;
pub mod venn;
pub mod verse;

pub use background::Background;
pub use blank_table::BlankTable;
pub use cause_effect::CauseEffect;
pub use claim_evidence::ClaimEvidence;
pub use cloze::Cloze;
pub use columns::Columns;
pub use compare::Compare;
pub use content::{Content, Text};
pub use content_note::ContentNote;
pub use cut_outs::CutOuts;
pub use decide::Decide;
pub use drawing::Drawing;
pub use equation::Equation;
pub use extension::Extension;
pub use figure::Figure;
pub use fill_timeline::FillTimeline;
pub use matching::Matching;
pub use materials::Materials;
pub use multiple_choice::MultipleChoice;
pub use note::Note;
pub use ordering::Ordering;
pub use position::Position;
pub use primary_source::PrimarySource;
pub use prompt::Prompt;
pub use question::{Item, Question};
pub use report_out::ReportOut;
pub use role_cards::RoleCards;
pub use rubric::Rubric;
pub use script::Script;
pub use self_check::SelfCheck;
pub use short_answers::ShortAnswers;
pub use sidebar::Sidebar;
pub use space::{Area, Canvas, Space, Surface};
pub use steps::Steps;
pub use stop_and_think::StopAndThink;
pub use t_chart::TChart;
pub use table::Table;
pub use timeline::Timeline;
pub use true_false::TrueFalse;
pub use venn::Venn;
pub use verse::Verse;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::content::{PageBreak, lines};
use crate::lesson::prose::{Inline, Inlines, Placed, Prose, each_inline};
use crate::lesson::values::Id;

/// A block: a piece of a reading or an activity.
///
/// Plain text is Markdown: paragraphs, headings, lists, quotations, tables, and footnotes. Keys with `ask` make a prompt.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-shorthand" = "prose", "x-asked" = "prompt"))]
pub enum Block {
    /// Markdown text. Leave out `prose:` and write just the text.
    Prose(Prose),
    /// An image with alternative text: a photograph or a drawing.
    Figure(Figure),
    /// A table with a title, row headings, or many columns. For small tables, use Markdown.
    Table(Table),
    /// A primary source, with its origin and the background readers need.
    PrimarySource(PrimarySource),
    /// A sidebar: a short aside about a person, a place, or a case.
    Sidebar(Sidebar),
    /// A timeline: events and dates, in order.
    Timeline(Timeline),
    /// A question in the middle of a reading, for students to stop and think about.
    StopAndThink(StopAndThink),
    /// A note to the reader.
    Note(Note),
    /// A content warning about what follows: violence, loss, strong language.
    ContentNote(ContentNote),
    /// A poem, song, or speech in verse, with its line breaks kept.
    Verse(Verse),
    /// Text in two columns of equal height.
    Columns(Columns),
    /// An equation on its own line.
    Equation(Equation),
    /// A page break: what follows starts on a new page.
    PageBreak,
    /// A question with writing space.
    Prompt(Prompt),
    /// A question with answer choices.
    MultipleChoice(MultipleChoice),
    /// True-or-false statements.
    TrueFalse(TrueFalse),
    /// A fill-in-the-blank passage, with or without a word bank.
    Cloze(Cloze),
    /// Two lists to match, item by item.
    Matching(Matching),
    /// Items to put in the correct order.
    Ordering(Ordering),
    /// A table to fill in with short answers.
    ShortAnswers(ShortAnswers),
    /// A decision table: students pick one of several choices for each row.
    Decide(Decide),
    /// A position to take: sides to choose from, and sentence starters.
    Position(Position),
    /// A T-chart: columns under headings, for students to fill in.
    TChart(TChart),
    /// A Venn diagram: what two or three things share, and what is unique to each.
    Venn(Venn),
    /// Claim, evidence, and reasoning (CER).
    ClaimEvidence(ClaimEvidence),
    /// A cause-and-effect chart: causes, an event, and effects, connected by arrows.
    CauseEffect(CauseEffect),
    /// A comparison: the same questions about each of several sources, side by side.
    Compare(Compare),
    /// A timeline with missing dates or events, for students to complete.
    FillTimeline(FillTimeline),
    /// A blank table with column headings.
    BlankTable(BlankTable),
    /// A box to draw in, or a map or diagram to draw on.
    Drawing(Drawing),
    /// Background that the class needs before starting.
    Background(Background),
    /// The materials for an activity.
    Materials(Materials),
    /// Step-by-step directions, with the minutes for each step.
    Steps(Steps),
    /// Role cards to cut out and hand out.
    RoleCards(RoleCards),
    /// Cut-outs: small pieces to cut out and sort.
    CutOuts(CutOuts),
    /// A script for the class to read aloud.
    Script(Script),
    /// What groups report to the class at the end.
    ReportOut(ReportOut),
    /// An extension for students who want to go further.
    Extension(Extension),
    /// A scoring guide (rubric), in student-friendly language.
    Rubric(Rubric),
    /// A checklist for students before they turn in their work.
    SelfCheck(SelfCheck),
}

/// The ids of the entries that have one.
fn given_ids(entries: &[Entry]) -> Vec<&Placed<Id>> {
    entries.iter().filter_map(|entry| entry.id.as_ref()).collect()
}

impl Block {
    /// Its name in a lesson file, such as `primary_source`.
    pub fn name(&self) -> &'static str {
        match self {
            Block::Prose(_) => "prose",
            Block::Figure(_) => "figure",
            Block::Table(_) => "table",
            Block::PrimarySource(_) => "primary_source",
            Block::Sidebar(_) => "sidebar",
            Block::Timeline(_) => "timeline",
            Block::StopAndThink(_) => "stop_and_think",
            Block::Note(_) => "note",
            Block::ContentNote(_) => "content_note",
            Block::Verse(_) => "verse",
            Block::Columns(_) => "columns",
            Block::Equation(_) => "equation",
            Block::PageBreak => "page_break",
            Block::Prompt(_) => "prompt",
            Block::MultipleChoice(_) => "multiple_choice",
            Block::TrueFalse(_) => "true_false",
            Block::Cloze(_) => "cloze",
            Block::Matching(_) => "matching",
            Block::Ordering(_) => "ordering",
            Block::ShortAnswers(_) => "short_answers",
            Block::Decide(_) => "decide",
            Block::Position(_) => "position",
            Block::TChart(_) => "t_chart",
            Block::Venn(_) => "venn",
            Block::ClaimEvidence(_) => "claim_evidence",
            Block::CauseEffect(_) => "cause_effect",
            Block::Compare(_) => "compare",
            Block::FillTimeline(_) => "fill_timeline",
            Block::BlankTable(_) => "blank_table",
            Block::Drawing(_) => "drawing",
            Block::Background(_) => "background",
            Block::Materials(_) => "materials",
            Block::Steps(_) => "steps",
            Block::RoleCards(_) => "role_cards",
            Block::CutOuts(_) => "cut_outs",
            Block::Script(_) => "script",
            Block::ReportOut(_) => "report_out",
            Block::Extension(_) => "extension",
            Block::Rubric(_) => "rubric",
            Block::SelfCheck(_) => "self_check",
        }
    }

    /// The block as [`Content`], which every kind implements.
    pub fn content(&self) -> &dyn Content {
        match self {
            Block::Prose(it) => it,
            Block::Figure(it) => it,
            Block::Table(it) => it,
            Block::PrimarySource(it) => it,
            Block::Sidebar(it) => it,
            Block::Timeline(it) => it,
            Block::StopAndThink(it) => it,
            Block::Note(it) => it,
            Block::ContentNote(it) => it,
            Block::Verse(it) => it,
            Block::Columns(it) => it,
            Block::Equation(it) => it,
            Block::PageBreak => &PageBreak,
            Block::Prompt(it) => it,
            Block::MultipleChoice(it) => it,
            Block::TrueFalse(it) => it,
            Block::Cloze(it) => it,
            Block::Matching(it) => it,
            Block::Ordering(it) => it,
            Block::ShortAnswers(it) => it,
            Block::Decide(it) => it,
            Block::Position(it) => it,
            Block::TChart(it) => it,
            Block::Venn(it) => it,
            Block::ClaimEvidence(it) => it,
            Block::CauseEffect(it) => it,
            Block::Compare(it) => it,
            Block::FillTimeline(it) => it,
            Block::BlankTable(it) => it,
            Block::Drawing(it) => it,
            Block::Background(it) => it,
            Block::Materials(it) => it,
            Block::Steps(it) => it,
            Block::RoleCards(it) => it,
            Block::CutOuts(it) => it,
            Block::Script(it) => it,
            Block::ReportOut(it) => it,
            Block::Extension(it) => it,
            Block::Rubric(it) => it,
            Block::SelfCheck(it) => it,
        }
    }

    /// The item that students answer, if there is one.
    pub fn item(&self) -> Option<Item<'_>> {
        self.content().item()
    }

    /// Whether it is a numbered question.
    pub fn is_question(&self) -> bool {
        question::NAMES.contains(&self.name())
    }

    /// Whether students write on it, which keeps it out of a reusable class set.
    pub fn is_written(&self) -> bool {
        self.is_question() || matches!(self, Block::StopAndThink(it) if it.space.is_some())
    }

    /// The blocks nested in it.
    pub fn inside(&self) -> &[Placed<Block>] {
        self.content().inside()
    }

    /// Its own text in order, without the text of nested blocks.
    pub fn texts(&self) -> Vec<Text<'_>> {
        self.content().texts()
    }

    /// Calls `see` on every piece of text in it and in nested blocks.
    pub fn each_inline<'a>(&'a self, see: &mut dyn FnMut(&'a Inline)) {
        for text in self.texts() {
            text.each_inline(see);
        }
        if let Some(hint) = self.item().and_then(|item| item.hint) {
            each_inline(&hint.nodes, see);
        }
        self.inside().iter().for_each(|block| block.value.each_inline(see));
    }
}

/// All blocks of a list, each followed by its nested blocks.
pub fn with_those_inside(blocks: &[Block]) -> Vec<&Block> {
    let mut all = Vec::new();
    let mut waiting: Vec<&Block> = blocks.iter().rev().collect();
    while let Some(block) = waiting.pop() {
        all.push(block);
        waiting.extend(block.inside().iter().rev().map(|block| &block.value));
    }
    all
}

/// Line numbers in the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Numbers {
    /// No line numbers.
    #[default]
    None,
    /// Every fifth line.
    Lines,
}

/// A list entry in a question. Short form: just the text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["id", "text"], "x-shorthand" = "text"))]
pub struct Entry {
    /// An id for the teacher file. Needed only if the teacher file has an answer.
    pub id: Option<Placed<Id>>,
    /// The text of the entry.
    pub text: Inlines,
}

impl Entry {
    /// Its name in the teacher file: its id, or else its text.
    pub fn name(&self) -> String {
        self.id.as_ref().map_or_else(|| self.text.plain().trim().to_owned(), |id| id.value.0.clone())
    }

    /// Whether the teacher file means it: by its id, its text as printed, or its text as typed in the lesson.
    fn is_meant_by(&self, given: &str) -> bool {
        self.id.as_ref().is_some_and(|id| id.value.0 == given)
            || self.text.plain().trim() == given
            || self.text.typed.as_deref() == Some(given)
    }

    /// The position of the answer choice that the teacher file means: by id, text, or else by letter.
    pub fn position(choices: &[Self], given: &str) -> Option<usize> {
        let given = given.trim();
        choices.iter().position(|choice| choice.is_meant_by(given)).or_else(|| letter(given, choices.len()))
    }
}

/// The position of an answer choice by its letter: 0 for `A` or `a`.
pub fn letter(given: &str, choices: usize) -> Option<usize> {
    let [letter] = given.as_bytes() else { return None };
    let position = letter.is_ascii_alphabetic().then(|| usize::from(letter.to_ascii_uppercase() - b'A'))?;
    (position < choices).then_some(position)
}
