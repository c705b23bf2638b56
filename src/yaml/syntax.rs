//! Turns the parser's syntax errors into sentences that a teacher understands.

use granit_parser::{ErrorKind, ScanError};

use super::MAX_DEPTH;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{FileId, Place};

/// The report for a syntax error in `text`, which begins at byte `offset` of the file.
pub(super) fn explain(error: &ScanError, text: &str, file: FileId, offset: usize) -> Diagnostic {
    let mut at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let at = if is_about_tab(error.kind()) { tab_before(text, at) } else { at };
    let place = Place::new(file, offset + at, offset + at + 1);
    let line = line_around(text, at);
    if let Some(early) = comma(text, at).or_else(|| braces(text, at)) {
        let (at, message, help) = early;
        return Diagnostic::new(Code::BrokenYaml, Place::new(file, offset + at, offset + at + 1), message).help(help);
    }
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
        ErrorKind::DirectiveDisallowed
        | ErrorKind::MissingDocumentEndBeforeDirective
        | ErrorKind::DuplicateVersionDirective
        | ErrorKind::DuplicateTagDirective
        | ErrorKind::UnsupportedYamlMajorVersion
        | ErrorKind::InvalidDirectiveTerminator
        | ErrorKind::MissingYamlVersionSeparator
        | ErrorKind::MissingDirectiveName
        | ErrorKind::InvalidDirectiveName
        | ErrorKind::DirectiveByteLimitExceeded { .. }
        | ErrorKind::TooManyReservedDirectiveParams { .. }
        | ErrorKind::YamlVersionTooLong
        | ErrorKind::MissingYamlVersion
        | ErrorKind::ExpectedTagDirectiveBang
        | ErrorKind::InvalidTagDirectiveTerminator => {
            return Diagnostic::new(
                Code::YamlFeature,
                place,
                "a line cannot begin with `%` unless it stands below `|` or in quotation marks",
            )
            .help("indent the line if it belongs to the text above, or delete it (directives of YAML are not used in lessons)");
        }
        ErrorKind::ExpectedTagBang
        | ErrorKind::InvalidGlobalTagCharacter
        | ErrorKind::UndeclaredTagHandle
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri
        | ErrorKind::UnclosedVerbatimTag
        | ErrorKind::InvalidTagEscape
        | ErrorKind::InvalidTagUtf8LeadingByte
        | ErrorKind::InvalidTagUtf8TrailingByte
        | ErrorKind::InvalidTagUtf8 => {
            return Diagnostic::new(Code::YamlFeature, place, super::TAG.0).help(super::TAG.1);
        }
        ErrorKind::MissingAnchorOrAliasName | ErrorKind::UnknownAnchor | ErrorKind::AnchorCountOverflow => {
            return Diagnostic::new(
                Code::YamlFeature,
                place,
                "a text cannot begin with `&` or `*` unless it stands in quotation marks",
            )
            .help("put quotation marks around the whole text (anchors and aliases of YAML are not used in lessons)");
        }
        ErrorKind::MappingValueNotAllowed => return colon(line, place),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return Diagnostic::new(Code::BrokenYaml, place, format!("a `{open}` is closed by a `{close}`"))
                .help(format!("close it with `{}`", if *open == '[' { ']' } else { '}' }));
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            ("there is a bracket too many", "delete it, or put quotation marks around a text with brackets in it")
        }
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => {
            let mark = line.find(['|', '>']).map_or("|", |at| &line[at..=at]);
            return Diagnostic::new(Code::BrokenYaml, place, format!("there is text behind the `{mark}`"))
                .help("begin the text on the next line, indented");
        }
        ErrorKind::BomInsideDocument => {
            ("an invisible character (a byte-order mark) stands here", "delete it and type the first letter of the line again")
        }
        ErrorKind::InvalidBlockEntryWhitespace | ErrorKind::PlainScalarStartsWithDashFlowIndicator => {
            ("a `-` stands here without a space behind it", "write `- ` and the text, or put quotation marks around the text")
        }
        ErrorKind::InvalidMappingValueWhitespace
        | ErrorKind::FlowMappingValueAdjacentCollection
        | ErrorKind::ExpectedWhitespace => {
            ("a space is missing behind the colon", "write `key: value`; a text with a colon in it needs quotation marks")
        }
        ErrorKind::InvalidColonPlacement => {
            ("a colon stands where none can stand", "put quotation marks around a text with a colon in it")
        }
        ErrorKind::MappingKeyNotAllowed => {
            ("a `?` with a space behind it cannot begin a text", "put quotation marks around the whole text")
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
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
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::InvalidDocumentEnd
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::UnexpectedEndOfPlainScalar
        | ErrorKind::ExpectedNodeContent
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::UnexpectedEof => (
            "this line does not fit the indentation of the lines above",
            "begin it in the same column as its neighbours; a text of several lines goes below `|`, indented",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey
            if line.starts_with(|c: char| !c.is_whitespace()) && !line.contains(": ") =>
        {
            ("a colon is missing, or there is one too many", "write `key: value`, or indent it if it belongs to the text above")
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => (
            "a colon is missing, or there is one too many",
            "write `key: value`; a text with a colon and a space in it needs quotation marks",
        ),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => (
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

/// What is wrong, where and what helps, if the error at `at` is a comma with nothing before it.
fn comma(text: &str, at: usize) -> Option<(usize, &'static str, &'static str)> {
    let before = text[..at].trim_end().chars().next_back();
    let lonely = text[at..].starts_with(',') && matches!(before, Some('[' | '{' | ','));
    lonely.then_some((at, "nothing stands before this comma", "delete it, or write `–` for an empty cell"))
}

/// The same if the error comes from a text in its line that begins with two braces, as a cloze text may.
fn braces(text: &str, at: usize) -> Option<(usize, &'static str, &'static str)> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = line_around(text, at);
    let open = [": {{", "- {{"].iter().filter_map(|begin| line.find(begin)).min()?;
    let help = "put quotation marks around the whole text, or write it below `|`";
    Some((start + open + 2, "a text that begins with `{` needs quotation marks", help))
}

/// The report for a colon in the middle of a text.
fn colon(line: &str, place: Place) -> Diagnostic {
    let second = line.matches(": ").count() + usize::from(line.trim_end().ends_with(':')) > 1;
    if !second {
        return Diagnostic::new(Code::BrokenYaml, place, "a colon stands in the middle of a text")
            .help("put quotation marks around the whole text; if this is a key, begin it in the same column as its neighbours");
    }
    let text = line.split_once(": ").map_or("", |(_, text)| text);
    let text = text.trim().trim_matches(['“', '”', '„', '‘', '’', '"', '\'']);
    let help = if text.is_empty() || text.len() > 120 || text.contains(['"', '\\']) {
        "put quotation marks around the whole text".to_owned()
    } else {
        format!("put quotation marks around the whole text: `\"{text}\"`")
    };
    Diagnostic::new(Code::BrokenYaml, place, "there is a second colon in this line").help(help)
}

fn is_about_tab(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabInPlainScalar
            | ErrorKind::TabAtBlockScalarStart
    )
}

/// The tab that an error at `at` is about: the parser often points behind it.
fn tab_before(text: &str, at: usize) -> usize {
    if text[at..].starts_with('\t') {
        return at;
    }
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..at].rfind('\t').map(|tab| start + tab).or_else(|| text[at..].find('\t').map(|tab| at + tab)).unwrap_or(at)
}

/// The line of a text in which `at` lies.
fn line_around(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    &text[start..end.max(start)]
}
