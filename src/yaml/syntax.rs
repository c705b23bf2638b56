//! Turns the parser's syntax errors into plain messages for teachers.

use granit_parser::{ErrorKind, ScanError};

use super::MAX_DEPTH;
use super::causes::{Cause, cause};
use crate::diagnostics::{Change, Code, Diagnostic, Help};
use crate::source::{FileId, Place};

/// The report for a syntax error in `text`, which starts at byte `offset` of the file.
pub(super) fn explain(error: &ScanError, text: &str, file: FileId, offset: usize) -> Diagnostic {
    let mut at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let at = if is_about_tab(error.kind()) { tab_before(text, at) } else { at };
    let place = Place::new(file, offset + at, offset + at + 1);
    let line = line_around(text, at);
    if !matches!(error.kind(), ErrorKind::RecursionLimitExceeded)
        && let Some(Cause { range, message, help }) = cause(text, at)
    {
        return Diagnostic::new(Code::BrokenYaml, Place::new(file, offset + range.start, offset + range.end), message).help(help);
    }
    if let Some(early) = comma(text, at).or_else(|| braces(text, at)) {
        let (at, message, help) = early;
        return Diagnostic::new(Code::BrokenYaml, Place::new(file, offset + at, offset + at + 1), message).help(help);
    }
    let (message, help) = match error.kind() {
        ErrorKind::RecursionLimitExceeded => {
            return Diagnostic::new(
                Code::NestedTooDeep,
                place,
                format!("lists and keys are nested more than {MAX_DEPTH} levels deep"),
            )
            .help("put quotation marks around text that starts with `[` or `{`");
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return Diagnostic::new(Code::BrokenYaml, place, format!("text can't start with `{}`", character.escape_default()))
                .help(Help::with("put quotation marks around the whole text", Change::Quote));
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
                "a line can't start with `%` unless it's below `|` or in quotation marks",
            )
            .help("indent the line if it belongs to the text above, or delete it (lessons don't use YAML directives)");
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
            return Diagnostic::new(Code::YamlFeature, place, "text can't start with `&` or `*` unless it's in quotation marks")
                .help("put quotation marks around the whole text (lessons don't use YAML anchors or aliases)");
        }
        ErrorKind::MappingValueNotAllowed => return colon(line, place),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return Diagnostic::new(Code::BrokenYaml, place, format!("`{open}` is closed with `{close}`"))
                .help(format!("close it with `{}`", if *open == '[' { ']' } else { '}' }));
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            ("extra closing bracket", "remove it, or put quotation marks around text that contains brackets")
        }
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => {
            let mark = line.find(['|', '>']).map_or("|", |at| &line[at..=at]);
            let text = line.find('>').map(|at| line[at..].trim_end());
            if let Some(text) =
                text.filter(|text| mark == ">" && text[1..].trim_start().starts_with(|c: char| c.is_ascii_digit()))
            {
                let quoted = text.replace('\'', "''");
                return Diagnostic::new(Code::BrokenYaml, place, "text that starts with `>` needs quotation marks")
                    .help(format!("put single quotation marks around the whole text, and `\\` before the sign: `'\\{quoted}'`"));
            }
            return Diagnostic::new(Code::BrokenYaml, place, format!("expected nothing after `{mark}`, found text"))
                .help("start the text on the next line, indented");
        }
        ErrorKind::BomInsideDocument => {
            ("found an invisible character (a byte order mark)", "delete this line and type it again")
        }
        ErrorKind::InvalidBlockEntryWhitespace | ErrorKind::PlainScalarStartsWithDashFlowIndicator => {
            ("`-` needs a space after it", "write `- ` before the text, or put quotation marks around the text")
        }
        ErrorKind::InvalidMappingValueWhitespace
        | ErrorKind::FlowMappingValueAdjacentCollection
        | ErrorKind::ExpectedWhitespace => {
            ("the colon needs a space after it", "write `key: value`, or put quotation marks around text that contains a colon")
        }
        ErrorKind::InvalidColonPlacement => ("unexpected colon", "put quotation marks around text that contains a colon"),
        ErrorKind::MappingKeyNotAllowed => ("text can't start with `?` and a space", "put quotation marks around the whole text"),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => {
            ("expected spaces, found a tab", "indent with spaces; most editors can convert tabs to spaces")
        }
        ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent | ErrorKind::DocumentIndicatorInQuotedScalar => {
            ("this quotation mark is never closed", "add the closing quotation mark, or write the text below `|`, indented")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            let help = if line.contains('\'') && line.contains('"') {
                "write `|` instead of the text, and the text below it, indented"
            } else if line.contains('"') {
                "put single quotation marks around the whole text, or write it below `|`, indented"
            } else {
                "put double quotation marks around the whole text, or write it below `|`, indented"
            };
            ("found text after the closing quotation mark", help)
        }
        ErrorKind::UnexpectedEofFlowSequence | ErrorKind::UnclosedFlowCollection { open: '[' } => {
            ("`[` is never closed", "add the `]`, or put quotation marks around text that starts with `[`")
        }
        ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnclosedFlowCollection { .. } => {
            ("`{` is never closed", "add the `}`, or put quotation marks around text that starts with `{`")
        }
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => (
            "missing comma or quotation marks inside brackets",
            "put a comma between entries, and quotation marks around text that contains a comma, colon, or bracket",
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
            "the indentation of this line doesn't match the lines above",
            "align it with the lines around it; text with several lines goes below `|`, indented",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey
            if line.starts_with(|c: char| !c.is_whitespace()) && !line.contains(": ") =>
        {
            ("expected a key and a colon", "write `key: value`, or indent the line if it belongs to the text above")
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("missing or extra colon", "write `key: value`, and put quotation marks around text that contains a colon")
        }
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => (
            "unknown code after a backslash in double quotation marks",
            "write two backslashes instead of one, or use single quotation marks",
        ),
        ErrorKind::CommentInterceptedScalar | ErrorKind::CommentNotSeparated => {
            ("`#` starts a comment in the middle of this text", "put quotation marks around text that contains ` #`")
        }
        _ => {
            let info = error.info();
            return Diagnostic::new(Code::BrokenYaml, place, format!("this isn't valid YAML: {}", info.trim_end_matches('.')))
                .help("check the indentation, colons, and quotation marks in this line and the one above");
        }
    };
    Diagnostic::new(Code::BrokenYaml, place, message).help(help)
}

/// The place, message, and help, if the error at `at` is a comma with nothing before it.
fn comma(text: &str, at: usize) -> Option<(usize, &'static str, &'static str)> {
    let before = text[..at].trim_end().chars().next_back();
    let lonely = text[at..].starts_with(',') && matches!(before, Some('[' | '{' | ','));
    lonely.then_some((at, "nothing comes before this comma", "remove it, or write `–` for an empty cell"))
}

/// The same if the error comes from text on its line that starts with two braces, as a cloze may.
fn braces(text: &str, at: usize) -> Option<(usize, &'static str, &'static str)> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = line_around(text, at);
    let open = [": {{", "- {{"].iter().filter_map(|begin| line.find(begin)).min()?;
    let help = "put quotation marks around the whole text, or write it below `|`";
    Some((start + open + 2, "text that starts with `{` needs quotation marks", help))
}

/// The report for a colon in the middle of text.
fn colon(line: &str, place: Place) -> Diagnostic {
    let second = line.matches(": ").count() + usize::from(line.trim_end().ends_with(':')) > 1;
    if !second {
        return Diagnostic::new(Code::BrokenYaml, place, "unexpected colon in the middle of text")
            .help("put quotation marks around the whole text; if this is a key, align it with the keys around it");
    }
    let text = line.split_once(": ").map_or("", |(_, text)| text);
    let text = text.trim().trim_matches(['“', '”', '„', '‘', '’', '"', '\'']);
    let help = if text.is_empty() || text.len() > 120 || text.contains(['"', '\\']) {
        "put quotation marks around the whole text".to_owned()
    } else {
        format!("put quotation marks around the whole text: `\"{text}\"`")
    };
    Diagnostic::new(Code::BrokenYaml, place, "second colon on this line").help(help)
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

/// The tab that an error at `at` is about. The parser often points past it.
fn tab_before(text: &str, at: usize) -> usize {
    if text[at..].starts_with('\t') {
        return at;
    }
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..at].rfind('\t').map(|tab| start + tab).or_else(|| text[at..].find('\t').map(|tab| at + tab)).unwrap_or(at)
}

/// The line that contains `at`.
fn line_around(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    &text[start..end.max(start)]
}
