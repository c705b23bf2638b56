//! The passages a question points to, as they print.

use serde::Serialize;

/// The passages a question points to, as they print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
#[expect(missing_docs, reason = "the comment on each variant covers its fields")]
pub enum Reference {
    /// "¶ 4–6, 9"
    Paragraphs { ranges: Vec<(u32, u32)> },
    /// "lines 4–6" of the source with this label.
    Lines { ranges: Vec<(u32, u32)>, of: Option<String> },
    /// The lines of paragraphs in one source. The layout looks up their numbers by the paragraphs' labels.
    Labels { labels: Vec<String>, of: Option<String> },
}
