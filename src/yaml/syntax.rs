//! Turns the parser's syntax errors into sentences that a teacher understands.

use granit_parser::{ErrorKind, ScanError};

use super::MAX_DEPTH;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{FileId, Place};

/// The report for a syntax error in `text`, which begins at byte `offset` of the file.
pub fn explain(error: &ScanError, text: &str, file: FileId, offset: usize) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let place = Place::new(file, offset + at, offset + at + 1);
    let (message, help) = match error.kind() {
        ErrorKind::RecursionLimitExceeded => {
            return Diagnostic::new(
                Code::NestedTooDeep,
                place,
                format!("lists and keys stand inside one another more than {MAX_DEPTH} deep"),
            )
            .help("a text that begins with `[` or `{` needs quotation marks around it");
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return Diagnostic::new(
                Code::BrokenYaml,
                place,
                format!("a text cannot begin with `{}`", character.escape_default()),
            )
            .help("put quotation marks around the whole text");
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => {
            ("a tab stands where spaces are needed", "indent with spaces; most editors can turn tabs into spaces")
        }
        ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent | ErrorKind::DocumentIndicatorInQuotedScalar => (
            "a quotation mark is opened here and never closed",
            "close it, or write the text below `|` instead, where quotation marks are free",
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "there is more text after the closing quotation mark",
            "put the whole text in one pair of quotation marks, or write it below `|`, where quotation marks are free",
        ),
        ErrorKind::UnexpectedEofFlowSequence | ErrorKind::UnclosedFlowCollection { open: '[' } => {
            ("a `[` is opened and never closed", "add the `]`, or put quotation marks around a text that begins with `[`")
        }
        ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnclosedFlowCollection { .. } => {
            ("a `{` is opened and never closed", "add the `}`, or put quotation marks around a text that begins with `{`")
        }
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => (
            "something is missing between the brackets here",
            "put a comma between two entries, and quotation marks around a text with a comma, colon or bracket in it",
        ),
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::BlockSequenceEntryNotAllowed => (
            "this line does not fit the indentation of the lines above",
            "begin it in the same column as its neighbours; a text of several lines goes below `|`, indented",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => (
            "a colon is missing, or there is one too many",
            "write `key: value`; a text with a colon and a space in it needs quotation marks",
        ),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape => (
            "a backslash in double quotation marks begins a code that does not exist",
            "write two backslashes for one, or use single quotation marks",
        ),
        ErrorKind::CommentInterceptedScalar | ErrorKind::CommentNotSeparated => {
            ("a `#` begins a comment in the middle of a text", "put quotation marks around a text with ` #` in it")
        }
        _ => {
            let info = error.info();
            return Diagnostic::new(
                Code::BrokenYaml,
                place,
                format!("this is not YAML that can be read: {}", info.trim_end_matches('.')),
            )
            .help("look at this line and the one above: indentation, colons and quotation marks");
        }
    };
    Diagnostic::new(Code::BrokenYaml, place, message).help(help)
}
