//! The value that a report is about, as messages name it.

use std::fmt;

/// A value of a file.
#[derive(Debug, Clone, Copy)]
pub(super) enum Subject<'s> {
    /// The whole file.
    File,
    /// The value of a key.
    Key(&'s str),
    /// An entry of a list.
    EntryOf(&'s Subject<'s>),
}

impl<'s> Subject<'s> {
    /// Whether it is an entry of a list.
    pub(super) fn is_entry(self) -> bool {
        matches!(self, Subject::EntryOf(_))
    }

    /// Whether it is an entry of a list in a list, as cells in rows are.
    pub(super) fn is_cell(self) -> bool {
        matches!(self, Subject::EntryOf(Subject::EntryOf(_)))
    }

    /// The list it is an entry of; any other value is returned unchanged.
    pub(super) fn list(self) -> Self {
        match self {
            Subject::EntryOf(list) => *list,
            other => other,
        }
    }

    /// The key whose value it is or belongs to.
    pub(super) fn key(self) -> &'s str {
        match self {
            Subject::File => "",
            Subject::Key(key) => key,
            Subject::EntryOf(list) => list.key(),
        }
    }
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::File => f.write_str("the file"),
            Subject::Key(key) => write!(f, "`{key}`"),
            Subject::EntryOf(Subject::EntryOf(rows)) => write!(f, "a cell in {rows}"),
            Subject::EntryOf(list) => write!(f, "an entry in {list}"),
        }
    }
}
