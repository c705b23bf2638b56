//! How tightly a packet is set: what formats, and searches for the best pages, can change about the usual type and spaces.

use serde::Serialize;

/// Shares of the usual sizes, where 1.0 changes nothing, and how parts and sources share pages.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Setting {
    /// The sizes of all type.
    #[serde(rename = "type")]
    pub type_size: f64,
    /// The distance between lines of text.
    pub leading: f64,
    /// The distance between paragraphs, and around blocks that interrupt the text.
    pub spacing: f64,
    /// The distance between ruled lines, and the height of areas to write or draw in.
    pub room: f64,
    /// The number of columns that sources are printed in.
    pub source_columns: u8,
    /// Whether parts that students turn in follow one another on the same pages.
    pub shared_pages: bool,
}

impl Default for Setting {
    fn default() -> Self {
        Self { type_size: 1.0, leading: 1.0, spacing: 1.0, room: 1.0, source_columns: 1, shared_pages: false }
    }
}
