//! The messages of the protocol, to and from [`crate::editor`].

use camino::Utf8PathBuf;
use serde_json::{Value as Json, json};

use super::position::{self, path_of, uri_of};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::editor::{Completion, CompletionKind, Edit, Symbol, SymbolKind};
use crate::source::{Place, Sources};

/// What a request or notification says.
pub(super) struct Params<'a>(&'a Json);

impl<'a> Params<'a> {
    pub(super) fn of(params: &'a Json) -> Self {
        Self(params)
    }

    /// The file that it is about.
    pub(super) fn path(&self) -> Option<Utf8PathBuf> {
        path_of(self.0.pointer("/textDocument/uri")?.as_str()?)
    }

    /// The byte that it is about.
    pub(super) fn offset(&self, text: &str) -> Option<usize> {
        let number = |name: &str| self.0.pointer(&format!("/position/{name}"))?.as_u64();
        Some(position::offset(text, number("line")?, number("character")?))
    }

    /// The first and last lines that it is about.
    pub(super) fn lines(&self) -> Option<(u64, u64)> {
        let line = |end: &str| self.0.pointer(&format!("/range/{end}/line"))?.as_u64();
        Some((line("start")?, line("end")?))
    }

    /// The whole text of a file that was opened or changed.
    pub(super) fn text(&self) -> Option<&'a str> {
        let opened = self.0.pointer("/textDocument/text");
        let changed = self.0.get("contentChanges").and_then(Json::as_array).and_then(|changes| changes.last()?.get("text"));
        opened.or(changed)?.as_str()
    }

    pub(super) fn version(&self) -> i64 {
        self.0.pointer("/textDocument/version").and_then(Json::as_i64).unwrap_or(0)
    }

    pub(super) fn new_name(&self) -> Option<&'a str> {
        self.0.get("newName")?.as_str()
    }

    pub(super) fn with_definitions(&self) -> bool {
        self.0.pointer("/context/includeDeclaration").and_then(Json::as_bool).unwrap_or(false)
    }
}

/// A report, with its help line and a link to its explanation.
pub(super) fn diagnostic(report: &Diagnostic, sources: &Sources) -> Json {
    let text = |place: Place| sources.file(place.file).text();
    let range = |place: Place| position::range(text(place), &(place.start as usize..place.end as usize));
    let message = match &report.help {
        Some(help) => format!("{}\n{help}", report.text()),
        None => report.text(),
    };
    let mut json = json!({
        "range": range(report.place),
        "severity": match report.code.severity() {
            Severity::Error => 1,
            Severity::Warning => 2,
        },
        "code": report.code.name(),
        "source": super::NAME,
        "message": message,
    });
    let address = report.code.address();
    if address.starts_with("https://") {
        json["codeDescription"] = json!({"href": address});
    }
    if matches!(report.code, Code::UnusedSource | Code::UnusedFootnote) {
        // Unnecessary: editors show it faded.
        json["tags"] = json!([1]);
    }
    if let Some((place, label)) = &report.second {
        let location = json!({"uri": uri_of(sources.file(place.file).path()), "range": range(*place)});
        json["relatedInformation"] = json!([{"location": location, "message": label}]);
    }
    json
}

/// Something that can be written; `rank` is its position in the list.
pub(super) fn completion(found: &Completion, rank: usize, text: &str, snippets: bool) -> Json {
    let kind = match found.kind {
        CompletionKind::Key => 10,
        CompletionKind::Word => 20,
        CompletionKind::Name => 18,
        CompletionKind::File => 17,
    };
    let with_stops = snippets && !found.stops.is_empty();
    let written = if with_stops { snippet(found) } else { found.text.clone() };
    let mut json = json!({
        "label": found.label,
        "kind": kind,
        "sortText": format!("{rank:05}"),
        // What was typed may be the start of a value with more words.
        "filterText": found.label,
        "insertTextFormat": if with_stops { 2 } else { 1 },
        // The indentation is already in it.
        "insertTextMode": 1,
        "textEdit": {"range": position::range(text, &found.range), "newText": written},
    });
    if let (false, Some(stop)) = (with_stops, found.stops.first()) {
        // Where to go on writing, for a page of ours that has no snippets.
        json["data"] = json!({"stop": found.text[..*stop].encode_utf16().count()});
    }
    if let Some(meaning) = &found.meaning {
        json["documentation"] = json!({"kind": "markdown", "value": meaning});
    }
    if found.is_required {
        json["detail"] = "required".into();
    }
    json
}

/// The text with its stops, in the snippet syntax of the protocol.
fn snippet(found: &Completion) -> String {
    let mut out = String::new();
    let mut from = 0;
    let last = found.stops.len();
    for (index, stop) in found.stops.iter().enumerate() {
        out.push_str(&found.text[from..*stop].replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}"));
        // The last one is where the cursor ends.
        out.push_str(&format!("${}", if index + 1 == last { 0 } else { index + 1 }));
        from = *stop;
    }
    out.push_str(&found.text[from..].replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}"));
    out
}

/// A change of a file.
pub(super) fn edit(edit: &Edit, text: &str) -> Json {
    json!({"range": position::range(text, &edit.range), "newText": edit.text})
}

/// The change of the lines that differ; `None` if none do.
pub(super) fn difference(before: &str, after: &str) -> Option<Json> {
    if before == after {
        return None;
    }
    let lines = |text: &str| text.split_inclusive('\n').map(str::len).collect::<Vec<_>>();
    let (old, new) = (lines(before), lines(after));
    let mut start = 0;
    let mut first = 0;
    while first < old.len().min(new.len()) && before.get(start..start + old[first]) == after.get(start..start + new[first]) {
        start += old[first];
        first += 1;
    }
    let mut end = 0;
    let mut last = 0;
    while last < old.len().min(new.len()) - first {
        let (one, other) = (old[old.len() - 1 - last], new[new.len() - 1 - last]);
        let tail = |text: &str, length: usize| text.len() - end - length..text.len() - end;
        if before.get(tail(before, one)) != after.get(tail(after, other)) {
            break;
        }
        end += one;
        last += 1;
    }
    let changed = Edit { range: start..before.len() - end, text: after[start..after.len() - end].to_owned() };
    Some(edit(&changed, before))
}

/// An entry of an outline.
pub(super) fn symbol(symbol: &Symbol, text: &str) -> Json {
    let kind = match symbol.kind {
        SymbolKind::Key => 8,
        SymbolKind::Entry => 22,
        SymbolKind::Heading => 15,
    };
    let inside: Vec<Json> = symbol.inside.iter().map(|inner| self::symbol(inner, text)).collect();
    // The protocol wants the name inside the whole.
    let whole = symbol.whole.start.min(symbol.place.start)..symbol.whole.end.max(symbol.place.end);
    json!({
        "name": if symbol.name.is_empty() { "…" } else { &symbol.name },
        "detail": symbol.detail.as_deref().unwrap_or_default(),
        "kind": kind,
        "range": position::range(text, &whole),
        "selectionRange": position::range(text, &symbol.place),
        "children": inside,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lines_that_differ_are_changed() {
        let change = difference("a\nb  \nc\n", "a\nb\nc\n").expect("a line differs");
        assert_eq!(change["newText"], "b\n");
        assert_eq!(change["range"]["start"], json!({"line": 1, "character": 0}));
        assert_eq!(change["range"]["end"], json!({"line": 2, "character": 0}));
        assert_eq!(difference("a\n", "a\n"), None);
        assert_eq!(difference("", "a\n").expect("it is new")["newText"], "a\n");
    }

    #[test]
    fn stops_become_a_snippet() {
        let found = Completion {
            label: "space".to_owned(),
            kind: CompletionKind::Key,
            meaning: None,
            is_required: false,
            range: 0..0,
            text: "a: \nb: {}".to_owned(),
            stops: vec![3, 8],
        };
        assert_eq!(snippet(&found), "a: $1\nb: {$0\\}");
    }
}
