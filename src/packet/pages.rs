//! A range of pages.

use serde::{Deserialize, Serialize};

/// A page range, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    /// The first page.
    pub first: usize,
    /// The last page.
    pub last: usize,
}
