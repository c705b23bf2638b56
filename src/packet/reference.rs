//! What a question points to, as it prints.

use serde::Serialize;

/// What a question points to, as it prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "what is said of a variant is said of its fields")]
pub enum Reference {
    /// "¶ 4–6, 9"
    Paragraphs { ranges: Vec<(u32, u32)> },
    /// "lines 4–6", of the source of this name.
    Lines { ranges: Vec<(u32, u32)>, of: Option<String> },
    /// The lines of paragraphs of one source; the layout knows their numbers by the paragraphs' labels.
    Labels { labels: Vec<String>, of: Option<String> },
}
