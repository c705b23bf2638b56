//! The model of blocks: whatever can stand on a page, one kind a file. How each is composed is left to `packet`, how it looks to the template of its name.

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

/// Anything that can stand in a reading or an activity.
///
/// A plain text is Markdown: paragraphs, headings, lists, quotations, tables and footnotes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-shorthand" = "prose"))]
pub enum Block {
    /// Markdown. Written without its name, as a plain text.
    Prose(Prose),
    /// A picture with its alternative text: a photograph or a drawing.
    Figure(Figure),
    /// A table with a title, row heads or more columns than the text is wide; small ones are Markdown.
    Table(Table),
    /// A document of its time, with where it comes from and what a reader must know of it.
    PrimarySource(PrimarySource),
    /// A short text beside the story: a person, a place, a case.
    Sidebar(Sidebar),
    /// Events with their dates, in their order.
    Timeline(Timeline),
    /// A question in the middle of a reading, where a reader should pause.
    StopAndThink(StopAndThink),
    /// A remark for the reader.
    Note(Note),
    /// A warning of what follows: violence, loss, strong language.
    ContentNote(ContentNote),
    /// A poem, a song or a speech in verse: its lines stay as they are.
    Verse(Verse),
    /// Text in two columns of the same height.
    Columns(Columns),
    /// An equation on a line of its own.
    Equation(Equation),
    /// What follows begins on a new page.
    PageBreak,
    /// A question with space to write.
    Prompt(Prompt),
    /// A question with answers to choose from.
    MultipleChoice(MultipleChoice),
    /// Statements that are true or false.
    TrueFalse(TrueFalse),
    /// A text with blanks, and perhaps the words that fill them.
    Cloze(Cloze),
    /// Two lists of which each entry of the first belongs to one of the second.
    Matching(Matching),
    /// Entries to bring into their right order.
    Ordering(Ordering),
    /// A table to fill with short answers.
    ShortAnswers(ShortAnswers),
    /// A decision table: rows to sort into one of several choices.
    Decide(Decide),
    /// A stand to take: sides to tick, and beginnings of sentences.
    Position(Position),
    /// A T-chart: columns below heads, to collect what belongs to each.
    TChart(TChart),
    /// A Venn diagram: what two or three things share, and what each has alone.
    Venn(Venn),
    /// A claim, the evidence for it, and the reasoning between them.
    ClaimEvidence(ClaimEvidence),
    /// Causes, an event and its effects, with arrows between them.
    CauseEffect(CauseEffect),
    /// Sources side by side, held against the same questions.
    Compare(Compare),
    /// A timeline of which dates or events are missing.
    FillTimeline(FillTimeline),
    /// An empty table with given heads.
    BlankTable(BlankTable),
    /// A box to draw in, or a map or a diagram to draw on.
    Drawing(Drawing),
    /// What a class must know before it begins.
    Background(Background),
    /// What is needed for an activity.
    Materials(Materials),
    /// What to do, one after the other, with the minutes of each.
    Steps(Steps),
    /// Cards with roles, to cut out and hand round.
    RoleCards(RoleCards),
    /// Small pieces to cut out and sort.
    CutOuts(CutOuts),
    /// A scene that a class reads aloud.
    Script(Script),
    /// What groups tell the class at the end.
    ReportOut(ReportOut),
    /// Work for those who want to go on.
    Extension(Extension),
    /// How work is judged, in words for students.
    Rubric(Rubric),
    /// A list to tick before work is handed in.
    SelfCheck(SelfCheck),
}

/// The ids of those entries that have one.
fn given_ids(entries: &[Entry]) -> Vec<&Placed<Id>> {
    entries.iter().filter_map(|entry| entry.id.as_ref()).collect()
}

impl Block {
    /// Its name in a lesson file: `primary_source`.
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

    /// What its kind says of it.
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

    /// What a student answers on it, if it is something to answer.
    pub fn item(&self) -> Option<Item<'_>> {
        self.content().item()
    }

    /// Whether it is a question that is numbered among others.
    pub fn is_question(&self) -> bool {
        question::NAMES.contains(&self.name())
    }

    /// Whether students write on it, so that it cannot stay in a reading that the next class uses again.
    pub fn is_written(&self) -> bool {
        self.is_question() || matches!(self, Block::StopAndThink(it) if it.space.is_some())
    }

    /// The blocks that stand inside it.
    pub fn inside(&self) -> &[Placed<Block>] {
        self.content().inside()
    }

    /// Its own pieces of text in their order, without those of the blocks inside it.
    pub fn texts(&self) -> Vec<Text<'_>> {
        self.content().texts()
    }

    /// Calls `see` for every piece of text in it and in the blocks inside it.
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

/// Every block of a list, those inside others right behind them.
pub fn with_those_inside(blocks: &[Block]) -> Vec<&Block> {
    let mut all = Vec::new();
    let mut waiting: Vec<&Block> = blocks.iter().rev().collect();
    while let Some(block) = waiting.pop() {
        all.push(block);
        waiting.extend(block.inside().iter().rev().map(|block| &block.value));
    }
    all
}

/// Whether the lines of a text are numbered in the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Numbers {
    /// Not at all.
    #[default]
    None,
    /// Every fifth line.
    Lines,
}

/// An entry of a list in a question. In short: only its text.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("x-pair" = ["id", "text"], "x-shorthand" = "text"))]
pub struct Entry {
    /// Its name in the teacher file; needed only if it has an answer there.
    pub id: Option<Placed<Id>>,
    /// What it says.
    pub text: Inlines,
}

impl Entry {
    /// What it is called in the teacher file: its id, or else its text.
    pub fn name(&self) -> String {
        self.id.as_ref().map_or_else(|| self.text.plain().trim().to_owned(), |id| id.value.0.clone())
    }
}
