//! Packetpress turns lessons written in YAML into laid-out, print-ready, accessible PDF packets.
//!
//! The flow goes one way; the modules stand here in its order:
//!
//! ```text
//! lessons/ → read → check → Library → compose → Packet → typeset → PDF → output/
//!               └── Diagnostics ──┘                  ↑         ↓
//!                                               teacher file   layout of the student packet
//! ```
//!
//! [`press`] walks the stretch from compose to typeset for the packets of one lesson: it opens the teacher file for the editions that print it, and hands them the layout of the student packet.

pub mod digest;
pub mod parallel;
pub mod source;
pub mod diagnostics;
pub mod yaml;
pub mod markdown;
pub mod equation;
pub mod lesson;
pub mod block;
pub mod read;
mod walk;
pub mod picture;
pub mod check;
pub mod library;
pub mod quotation;
pub mod packet;
pub mod preview;
pub mod imposition;
pub mod typeset;
pub mod press;
pub mod manifest;
pub mod catalogue;
pub mod output;
pub mod build;
pub mod serve;
pub mod reference;
pub mod cli;
