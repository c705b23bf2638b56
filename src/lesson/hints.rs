//! What is known of the words that teachers write in lessons for keys and blocks that are called something else here. Misspellings are left to [`crate::diagnostics::closest`].

use crate::hints::{Elsewhere, Hints};

/// The words of lessons and of the files around them.
pub static HINTS: Hints = Hints {
    synonyms: &[
        // Keys.
        ("ask", &["question", "prompt", "task", "text", "instruction", "instructions", "directions"]),
        ("alt", &["alternative_text", "alt_text", "description"]),
        ("both", &["middle", "center", "shared", "overlap", "all"]),
        ("cards", &["roles", "items", "pieces", "people", "characters"]),
        ("choices", &["options", "answers"]),
        ("circles", &["sets", "things", "items"]),
        ("columns", &["heads", "headers", "sides"]),
        ("conclusion", &["last_question"]),
        ("criteria", &["rows", "criterion"]),
        ("date", &["when", "year"]),
        ("discussion", &["questions"]),
        ("do", &["text", "action", "step", "task"]),
        ("events", &["items", "dates", "entries"]),
        ("exit_ticket", &["exit"]),
        ("heads", &["columns", "headers", "headings"]),
        ("hint", &["help", "tip"]),
        ("image", &["file", "path", "picture"]),
        ("items", &["list", "entries", "steps", "check", "rows"]),
        ("meaning", &["definition"]),
        ("minutes", &["time", "duration"]),
        ("per", &["for"]),
        ("per_page", &["cards_per_page"]),
        ("picture", &["image", "map", "figure"]),
        ("questions", &["rows", "criteria"]),
        ("says", &["text", "line", "speech"]),
        ("setting", &["scene", "place"]),
        ("sides", &["choices", "options", "positions"]),
        ("sources", &["documents", "texts", "columns"]),
        ("starters", &["stems", "sentence_starters", "beginnings"]),
        ("term", &["word"]),
        ("text", &["ask", "event", "criterion", "statement", "content"]),
        ("title", &["name", "heading", "role"]),
        ("vocabulary", &["glossary", "terms"]),
        ("who", &["speaker", "character", "name", "role"]),
        ("words", &["labels", "word_bank"]),
        // Blocks.
        ("background", &["context", "introduction"]),
        ("blank_table", &["empty_table", "fill_table"]),
        ("cause_effect", &["causes", "cause_and_effect", "causes_and_effects"]),
        ("claim_evidence", &["cer", "claim", "claim_evidence_reasoning", "argument"]),
        ("cloze", &["fill_in", "fill_in_the_blank", "fill_in_the_blanks", "gaps"]),
        ("compare", &["comparison", "compare_sources", "compare_documents"]),
        ("content_note", &["content_warning", "trigger_warning", "warning"]),
        ("cut_outs", &["cards", "case_cards", "pieces", "sorting_cards"]),
        ("decide", &["decision", "decision_table", "classify", "categorize", "sort"]),
        ("drawing", &["draw", "sketch", "map", "outline_map"]),
        ("equation", &["formula", "math"]),
        ("extension", &["go_further", "bonus", "early_finishers"]),
        ("figure", &["image", "picture", "photo", "photograph"]),
        ("fill_timeline", &["blank_timeline", "empty_timeline"]),
        ("matching", &["match", "match_up"]),
        ("materials", &["supplies"]),
        ("multiple_choice", &["mc", "mcq"]),
        ("ordering", &["order", "sequence"]),
        ("position", &["stand", "take_a_stand", "opinion"]),
        ("primary_source", &["source", "document"]),
        ("prompt", &["question", "essay"]),
        ("report_out", &["report", "share_out", "debrief"]),
        ("role_cards", &["cards", "case_cards", "roles", "character_cards"]),
        ("rubric", &["scoring", "grading"]),
        ("script", &["scene", "play", "skit", "dialogue", "readers_theater"]),
        ("self_check", &["checklist", "check", "self_assessment"]),
        ("short_answers", &["short_answer"]),
        ("sidebar", &["box", "aside"]),
        ("steps", &["instructions", "directions", "procedure"]),
        ("t_chart", &["pros_and_cons", "two_columns"]),
        ("timeline", &["chronology"]),
        ("true_false", &["true_or_false", "t_f", "tf"]),
        ("venn", &["venn_diagram"]),
        ("verse", &["poem", "song"]),
    ],
    common: &["ask", "id", "hint", "points", "see"],
    never_meant: &["id", "hint", "points", "see"],
    no_ids: &["name", "title", "label", "heading", "item", "entry", "term", "question", "statement", "choice"],
    texts: &["text", "ask", "says", "title"],
    beside_texts: &["id", "label", "lines", "space"],
    amounts: &[("space", "lines")],
    elsewhere: &[Elsewhere {
        keys: &["answer", "answers", "correct"],
        beside: "id",
        and_one_of: &["ask", "choices"],
        help: "answers stand in `<lesson>.teacher.yaml`, by the `id` of the question",
    }],
    year: "year",
    form: ["block", "question"],
    all_forms: "docs/blocks.md lists all blocks",
    other_places: "move it into `reading` or the `body` of the activity",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_what_can_stand_here() {
        assert_eq!(HINTS.only("image", ["id", "picture"]), Some("picture"));
        assert_eq!(HINTS.only("Venn-Diagram", ["venn", "drawing"]), Some("venn"));
        assert_eq!(HINTS.meant("cards", ["role_cards", "cut_outs", "steps"]), ["role_cards", "cut_outs"]);
        assert_eq!(HINTS.only("homework", ["title"]), None);
    }
}
