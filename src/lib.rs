//! Packetpress turns lessons written in YAML into laid-out, print-ready, accessible PDF packets.
//!
//! The flow goes one way. A module uses only those that stand above it here; `tests/suite/layers.rs` holds that:
//!
//! ```text
//! lessons/ → read → check → Library → compose → Packet → typeset → PDF → output/
//!               └── Diagnostics ──┘                  ↑         ↓
//!                                               teacher file   layout of the student packet
//! ```
//!
//! [`press`] goes from compose to typeset for the packets of one lesson: it opens the teacher file for the editions that print it, and hands them the layout of the student packet.

// The front: reading and checking.
pub mod digest;
pub mod parallel;
pub mod script;
pub mod source;
pub mod diagnostics;
pub mod glyphs;
pub mod files;
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

// Packets as data.
pub mod quotation;
pub mod packet;
pub mod paths;
pub mod offer;
pub mod imposition;
pub mod compose;

// The engine.
pub mod typeset;
pub mod press;

// What comes out.
pub mod page_images;
pub mod manifest;
pub mod catalogue;
pub mod output;
pub mod make;
pub mod serve;

// What people see.
pub mod reference;
pub mod cli;
