//! Packetpress builds print-ready, accessible PDF packets from lessons written in YAML.
//!
//! Data flows one way. A module uses only modules listed above it; `tests/suite/layers.rs` checks this:
//!
//! ```text
//! lessons/ → read → check → Library → compose → Packet → typeset → PDF → output/
//!               └── Diagnostics ──┘                  ↑         ↓
//!                                               teacher file   layout of the student packet
//! ```
//!
//! [`press`] runs compose and typeset for the packets of one lesson. It opens the teacher file only for editions that print it, and
//! gives them the layout of the student packet.

// Reading and checking.
pub mod digest;
pub mod web;
pub mod parallel;
pub mod script;
pub mod source;
pub mod diagnostics;
pub mod glyphs;
pub mod files;
pub mod windows;
pub mod yaml;
pub mod equation;
pub mod words;
pub mod value;
pub mod hints;
pub mod lesson;
pub mod formats;
pub mod markdown;
pub mod schema;
pub mod read;
pub mod picture;
pub mod session;
pub mod check;
pub mod library;
pub mod editor;

// Packets as data.
pub mod quotation;
pub mod packet;
pub mod paths;
pub mod offer;
pub mod structure;
pub mod imposition;
pub mod copies;
pub mod compose;

// Typesetting.
pub mod typeset;
pub mod press;

// Output.
pub mod page_images;
pub mod manifest;
pub mod catalogue;
pub mod output;
pub mod make;
pub mod serve;
pub mod watch;
pub mod lsp;
pub mod preview;

// What users see.
pub mod starters;
pub mod import;
pub mod collect;
pub mod compare;
pub mod links;
pub mod published;
pub mod reference;
pub mod cli;
