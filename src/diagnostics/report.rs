//! Formats errors and warnings for a terminal; the command line prints them.

use std::fmt::Write;

use annotate_snippets::{Annotation, AnnotationKind, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Place, SourceFile, Sources};

/// The most reports shown for one file, errors first.
const MAX_SHOWN: usize = 100;

/// The longest line that is shown in full, in bytes.
const MAX_LINE: usize = 1000;

/// How much of a longer line is shown on either side, in characters.
const AROUND: usize = 200;

/// Formats all errors and warnings, sorted by place, in color if `styled`; at most 100 for each file.
///
/// Control characters from lessons are replaced.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for all in diagnostics.sorted().chunk_by(|a, b| a.place.file == b.place.file) {
        let shown = shown_of_file(all);
        for diagnostic in &shown {
            text.push_str(&one(diagnostic, sources, &renderer));
            text.push_str("\n\n");
        }
        let file = all[0].place.file;
        let more = all.len() - shown.len() + diagnostics.dropped(file);
        if more > 0 {
            let path = sanitize(sources.file(file).path().as_str());
            write!(text, "… and {} more in {path}\n\n", grouped(more)).expect("writing to a string cannot fail");
        }
    }
    text
}

/// The errors and warnings to show, sorted by place; at most 100 for each file.
pub fn shown(diagnostics: &Diagnostics) -> Vec<&Diagnostic> {
    diagnostics.sorted().chunk_by(|a, b| a.place.file == b.place.file).flat_map(shown_of_file).collect()
}

fn shown_of_file<'a>(all: &[&'a Diagnostic]) -> Vec<&'a Diagnostic> {
    let severity = |wanted| all.iter().enumerate().filter(move |(_, found)| found.code.severity() == wanted);
    let mut shown: Vec<_> = severity(Severity::Error).chain(severity(Severity::Warning)).take(MAX_SHOWN).collect();
    shown.sort_by_key(|(index, _)| *index);
    shown.into_iter().map(|(_, diagnostic)| *diagnostic).collect()
}

/// The closing line: "2 errors, 1 warning".
pub fn summary(diagnostics: &Diagnostics) -> String {
    let mut text = String::new();
    let (errors, warnings) = (diagnostics.errors(), diagnostics.warnings());
    if errors > 0 {
        write!(text, "{} error{}", grouped(errors), plural(errors)).expect("writing to a string cannot fail");
    }
    if warnings > 0 {
        let comma = if errors > 0 { ", " } else { "" };
        write!(text, "{comma}{} warning{}", grouped(warnings), plural(warnings)).expect("writing to a string cannot fail");
    }
    text
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// A number with commas as thousands separators.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = sanitize(&diagnostic.text());
    let mut corrections = Vec::new();
    let mut group = level.primary_title(message).id(diagnostic.code.name()).elements(None::<Origin<'_>>);
    let file = sources.file(diagnostic.place.file);
    if file.text().is_empty() {
        group = group.element(Origin::path(sanitize(file.path().as_str())));
    } else {
        let (snippet, correction) = line(file, diagnostic.place, AnnotationKind::Primary, None);
        corrections.extend(correction);
        group = group.element(snippet);
    }
    if let Some((place, label)) = &diagnostic.second {
        let file = sources.file(place.file);
        if file.text().is_empty() {
            group = group.element(Level::NOTE.message(format!("{}: {}", sanitize(label), sanitize(file.path().as_str()))));
        } else {
            let (snippet, correction) = line(file, *place, AnnotationKind::Context, Some(sanitize(label)));
            corrections.extend(correction);
            group = group.element(snippet);
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(sanitize(&help.text)));
    }
    group = group.element(Level::NOTE.with_name("more").message(diagnostic.code.address()));
    // Only the excerpt from the lesson hasn't been sanitized yet.
    let text = without_marks(&renderer.render(&[group]));
    corrections.into_iter().fold(text, |text, (shown, true_one)| text.replacen(&shown, &true_one, 1))
}

/// The first line of a place, with a caret under it.
///
/// The renderer counts columns from where a long line was cut, so the wrong and the right location are returned for correction.
fn line<'a>(
    file: &'a SourceFile,
    place: Place,
    kind: AnnotationKind,
    label: Option<String>,
) -> (Snippet<'a, Annotation<'a>>, Option<(String, String)>) {
    let text = file.text();
    let path = sanitize(file.path().as_str());
    let start = file.floor_char_boundary(place.start as usize);
    let (number, column) = file.line_column(start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let line_end = if text[line_start..line_end].ends_with('\r') { line_end - 1 } else { line_end };
    let start = start.min(line_end);
    let end = file.floor_char_boundary(place.end as usize).clamp(start, line_end);
    if line_end - line_start <= MAX_LINE {
        let span = start - line_start..end - line_start;
        let snippet = Snippet::source(&text[line_start..line_end]).path(path).line_start(number);
        return (snippet.annotation(kind.span(span).label(label)), None);
    }
    let before = &text[line_start..start];
    let cut_start = before.char_indices().rev().nth(AROUND - 1).map_or(line_start, |(at, _)| line_start + at);
    let behind = &text[start..line_end];
    let cut_end = behind.char_indices().nth(AROUND).map_or(line_end, |(at, _)| start + at);
    let mark = |cut: bool| if cut { "…" } else { "" };
    let first = mark(cut_start > line_start);
    let shown = format!("{first}{}{}", &text[cut_start..cut_end], mark(cut_end < line_end));
    let span = first.len() + start - cut_start..first.len() + end.min(cut_end) - cut_start;
    let shown_column = shown[..span.start].chars().count() + 1;
    let correction = (format!("{path}:{number}:{shown_column}"), format!("{path}:{number}:{column}"));
    let snippet = Snippet::source(shown).path(path).line_start(number).annotation(kind.span(span).label(label));
    (snippet, Some(correction))
}

/// Marks that start a command anywhere in a line of a GitHub Actions or Azure Pipelines log.
const COMMAND_MARKS: [(&str, &str); 2] = [("##[", "##\u{fffd}"), ("##vso[", "##vso\u{fffd}")];

/// Text from a lesson, shortened to the length of a message, without control characters, direction marks, or commands to a CI
/// service.
pub fn sanitize(text: &str) -> String {
    let strange = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut short: String = text.chars().take(400).map(|c| if strange(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(400).is_some() {
        short.push('…');
    }
    let short = without_marks(&short);
    // At the start of a line, even after spaces, this starts a GitHub Actions command.
    match short.trim_start().strip_prefix("::") {
        Some(rest) => format!("\u{fffd}:{rest}"),
        None => short,
    }
}

/// The same text without commands to a CI service, except at the start of a line.
fn without_marks(text: &str) -> String {
    COMMAND_MARKS.iter().fold(text.to_owned(), |text, (mark, sanitize)| text.replace(mark, sanitize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Code, Diagnostic};

    #[test]
    fn cuts_long_lines_and_long_lists() {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", format!("a: {}wrong{}\n", "é".repeat(5000), "x".repeat(5000)));
        let at = 3 + 10_000;
        let mut diagnostics = Diagnostics::default();
        diagnostics.push(Diagnostic::new(Code::BadId, Place::new(file, at, at + 5), "this is \u{202e}wrong\u{7}"));
        let text = render(&diagnostics, &sources, false);
        assert!(text.starts_with("error[bad-id]: this is \u{fffd}wrong\u{fffd}\n --> a.yaml:1:5004\n"), "{text}");
        assert!(text.contains("wrong") && text.contains("^^^^^") && text.len() < 2000, "{text}");
        for at in 0..1234 {
            diagnostics.push(Diagnostic::new(Code::BadId, Place::new(file, at, at), "wrong"));
        }
        let text = render(&diagnostics, &sources, false);
        assert!(text.ends_with("… and 1,135 more in a.yaml\n\n"), "{}", &text[text.len() - 200..]);
        assert_eq!(summary(&diagnostics), "1,235 errors");
    }
}
