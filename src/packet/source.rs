//! A source on the bibliography page, with its note, printed address, and QR code, or a mark that its link is dead.

use serde::Serialize;

use super::run::Runs;

/// A source, as it prints.
#[derive(Debug, Clone, Serialize)]
pub struct SourceEntry {
    /// The number or label before it, in numeric styles.
    pub label: Option<Runs>,
    /// The source, formatted by the style.
    pub runs: Runs,
    /// A note about it.
    pub note: Option<Runs>,
    /// The address of its DOI.
    pub doi: Option<Address>,
    /// Its address.
    pub address: Option<Address>,
    /// A copy in a web archive.
    pub archived: Option<Address>,
    /// When the address was last visited: year, month, day.
    pub accessed: Option<(i32, u8, u8)>,
    /// Whether its link is known to be dead.
    pub lost: bool,
    /// Its pages.
    pub parts: Vec<EntryPart>,
}

/// A page of a source.
#[derive(Debug, Clone, Serialize)]
pub struct EntryPart {
    /// Its title.
    pub title: Runs,
    /// Its address.
    pub address: Option<Address>,
    /// Whether its link is known to be dead.
    pub lost: bool,
}

/// A web address.
#[derive(Debug, Clone, Serialize)]
pub struct Address {
    /// The link target.
    pub url: String,
    /// The printed address, without `https://`.
    pub shown: String,
    /// The parts of the printed address, which don't break.
    pub parts: Vec<String>,
    /// The QR code. `None` if the address is too long for a printed code that a phone can scan.
    pub qr: Option<QrCode>,
}

/// A QR code, without its quiet zone.
#[derive(Debug, Clone, Serialize)]
pub struct QrCode {
    /// An SVG drawing with one unit per module.
    pub drawing: String,
    /// The number of modules on each side. The more it says, the more it has.
    pub modules: usize,
}
