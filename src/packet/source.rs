//! A source on the bibliography page, with its note, its printed address, its QR code, or that its link is lost.

use serde::Serialize;

use super::run::Runs;

/// A source as it prints.
#[derive(Debug, Clone, Serialize)]
pub struct SourceEntry {
    /// The number or label that numeric styles put before it.
    pub label: Option<Runs>,
    /// The source, formatted by the style.
    pub runs: Runs,
    /// What it is good for.
    pub note: Option<Runs>,
    /// Where it can be found.
    pub address: Option<Address>,
    /// A copy in a web archive.
    pub archived: Option<Address>,
    /// The day on which the address was last looked at: year, month, day.
    pub accessed: Option<(i32, u8, u8)>,
    /// Whether its link is known to be lost.
    pub lost: bool,
    /// Pages within it.
    pub parts: Vec<EntryPart>,
}

/// A page within a source.
#[derive(Debug, Clone, Serialize)]
pub struct EntryPart {
    /// Its title.
    pub title: Runs,
    /// Where it can be found.
    pub address: Option<Address>,
    /// Whether its link is known to be lost.
    pub lost: bool,
}

/// An address on the web.
#[derive(Debug, Clone, Serialize)]
pub struct Address {
    /// Where the link leads.
    pub url: String,
    /// What prints: the address without `https://`.
    pub shown: String,
    /// The QR code as an SVG drawing; none for an address too long for one that a phone reads from paper.
    pub qr: Option<String>,
}
