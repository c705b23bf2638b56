//! Which packets a build was asked for, as data that other machines can read.

use serde::{Deserialize, Serialize};

use crate::lesson::packet_spec::PacketSpec;

/// What a build was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The issues and lessons, as on the command line; empty means all.
    pub wanted: Vec<String>,
    /// The kinds of packets.
    pub packets: Vec<PacketSpec>,
    /// The languages, as BCP 47 tags; empty means all.
    pub languages: Vec<String>,
    /// Whether to build only packets that anyone may have.
    pub public: bool,
    /// Whether to hold back packets with warnings.
    pub strict: bool,
    /// Whether to build the other lessons if one has errors.
    pub keep_going: bool,
}
