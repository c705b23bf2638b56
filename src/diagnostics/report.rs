//! How mistakes look on a terminal; who prints them is left to the command line.

use std::fmt::Write;

use annotate_snippets::{Annotation, AnnotationKind, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Place, SourceFile, Sources};

/// All mistakes as one text, sorted by place, with `styled` terminal colours or without.
///
/// Control characters of the lesson are made harmless by the renderer.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, styled: bool) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in diagnostics.sorted() {
        text.push_str(&one(diagnostic, sources, &renderer));
        text.push_str("\n\n");
    }
    text
}

/// The closing line: "2 mistakes and 1 warning".
pub fn summary(diagnostics: &Diagnostics) -> String {
    let mut text = String::new();
    let (errors, warnings) = (diagnostics.errors(), diagnostics.warnings());
    if errors > 0 {
        write!(text, "{errors} mistake{}", plural(errors)).expect("writing to a string cannot fail");
    }
    if warnings > 0 {
        let and = if errors > 0 { " and " } else { "" };
        write!(text, "{and}{warnings} warning{}", plural(warnings)).expect("writing to a string cannot fail");
    }
    text
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn one(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = harmless(&diagnostic.message);
    let mut group = level.primary_title(message).id(diagnostic.code.name()).elements(None::<Origin<'_>>);
    let file = sources.file(diagnostic.place.file);
    if file.text().is_empty() {
        group = group.element(Origin::path(file.path().as_str()));
    } else {
        group = group.element(line(file, diagnostic.place, AnnotationKind::Primary, None));
    }
    if let Some((place, label)) = &diagnostic.second {
        let file = sources.file(place.file);
        if file.text().is_empty() {
            group = group.element(Level::NOTE.message(format!("{}: {}", harmless(label), file.path())));
        } else {
            group = group.element(line(file, *place, AnnotationKind::Context, Some(harmless(label))));
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(harmless(help)));
    }
    renderer.render(&[group])
}

/// The first line of a place, with a caret under it.
fn line(file: &SourceFile, place: Place, kind: AnnotationKind, label: Option<String>) -> Snippet<'_, Annotation<'_>> {
    let text = file.text();
    let start = file.floor_char_boundary(place.start as usize);
    let (number, _) = file.line_column(start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let line_end = if text[line_start..line_end].ends_with('\r') { line_end - 1 } else { line_end };
    let from = start.min(line_end) - line_start;
    let to = file.floor_char_boundary(place.end as usize).clamp(line_start + from, line_end) - line_start;
    Snippet::source(&text[line_start..line_end])
        .path(file.path().as_str())
        .line_start(number)
        .annotation(kind.span(from..to).label(label))
}

/// Text from a lesson without control characters, and not longer than a message should be.
fn harmless(text: &str) -> String {
    let mut short: String = text.chars().take(400).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(400).is_some() {
        short.push('…');
    }
    short
}
