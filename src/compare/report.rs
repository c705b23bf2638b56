//! Shows a comparison: as a page with pictures, as Markdown for the summary of a CI job, as JSON, and as lines of text.

use std::fmt::Write;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};
use serde_json::{Value, json};

use super::{Changed, ChangedPage, Comparison, Named, Picture, Piece, TextChange};
use crate::diagnostics::report::sanitize;

/// The most changes in the text that Markdown shows for each packet.
const IN_MARKDOWN: usize = 20;

/// The longest Markdown, in bytes: a GitHub job summary takes 1 MiB, and a GitLab note 1,000,000 characters.
const LONGEST: usize = 900_000;

/// How many pages, as text.
fn pages(count: usize) -> String {
    format!("{count} page{}", if count == 1 { "" } else { "s" })
}

/// The first line of each report: "2 packets changed, 1 is new, 14 are the same."
pub fn summary(comparison: &Comparison) -> String {
    let are = |count: usize, what: &str| format!("{count} {} {what}", if count == 1 { "is" } else { "are" });
    let Comparison { added, removed, changed, unchanged } = comparison;
    let changed =
        (!changed.is_empty()).then(|| format!("{} packet{} changed", changed.len(), if changed.len() == 1 { "" } else { "s" }));
    let others = [(added.len(), "new"), (removed.len(), "gone"), (*unchanged, "the same")];
    let others = others.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| are(count, what));
    let parts: Vec<String> = changed.into_iter().chain(others).collect();
    if parts.is_empty() { "There are no packets.".to_owned() } else { format!("{}.", parts.join(", ")) }
}

/// What changed on the pages of a packet: "pages 2 and 3 of 7; 9 pages before".
fn extent(changed: &Changed) -> String {
    let mut text = match &changed.pages {
        None => "the files can't be compared".to_owned(),
        Some(of_packet) if of_packet.changed.is_empty() && of_packet.only_furniture > 0 => {
            format!("only the head or foot of {}", pages(of_packet.only_furniture))
        }
        Some(of_packet) if of_packet.changed.is_empty() => "nothing that can be seen".to_owned(),
        Some(of_packet) => {
            let numbers: Vec<String> =
                of_packet.changed.iter().filter_map(|page| Some(page.after.as_ref()?.page.to_string())).collect();
            let gone = of_packet.changed.iter().filter(|page| page.after.is_none()).count();
            let noun = if numbers.len() == 1 { "page" } else { "pages" };
            let now = (!numbers.is_empty()).then(|| format!("{noun} {}", numbers.join(", ")));
            let gone = (gone > 0).then(|| format!("{} gone", pages(gone)));
            now.into_iter().chain(gone).collect::<Vec<_>>().join(", ")
        }
    };
    if changed.now.pages != changed.pages_before {
        let _ = write!(text, "; {} now, {} before", pages(changed.now.pages), changed.pages_before);
    }
    text
}

/// A comparison as lines for a terminal.
pub fn text(comparison: &Comparison) -> String {
    let mut lines = vec![summary(comparison)];
    let named = |named: &Named| format!("{} ({})", named.path, pages(named.pages));
    lines.extend(comparison.added.iter().map(|packet| format!("new: {}", named(packet))));
    lines.extend(comparison.removed.iter().map(|packet| format!("gone: {}", named(packet))));
    for changed in &comparison.changed {
        lines.push(format!("changed: {}: {}", changed.now.path, extent(changed)));
        lines.extend(changed.text.iter().map(|change| {
            let place = if change.place.is_empty() { String::new() } else { format!("{}: ", change.place) };
            format!("  {place}{}", inline(change, |text| format!("[-{text}-]"), |text| format!("{{+{text}+}}"), str::to_owned))
        }));
    }
    lines.iter().map(|line| sanitize_long(line) + "\n").collect()
}

/// Like [`sanitize`], for text of any length.
fn sanitize_long(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let first = chars.chunks(400).next().map(|chunk| sanitize(&chunk.iter().collect::<String>())).unwrap_or_default();
    let rest = chars.chunks(400).skip(1).map(|chunk| sanitize(&format!(" {}", chunk.iter().collect::<String>()))[1..].to_owned());
    std::iter::once(first).chain(rest).collect()
}

/// A change in one line. Spaces stay outside marks.
fn inline(
    change: &TextChange,
    removed: impl Fn(&str) -> String,
    added: impl Fn(&str) -> String,
    same: impl Fn(&str) -> String,
) -> String {
    let marked = |text: &str, mark: &dyn Fn(&str) -> String| {
        let inner = text.trim();
        if inner.is_empty() {
            return text.to_owned();
        }
        text.replacen(inner, &mark(inner), 1)
    };
    let piece = |piece: &Piece| match piece {
        Piece::Same(text) => same(text),
        Piece::Added(text) => marked(text, &added),
        Piece::Removed(text) => marked(text, &removed),
        Piece::Gap => "… ".to_owned(),
    };
    change.pieces.iter().map(piece).collect()
}

/// A comparison as GitHub and GitLab Markdown. Text from lessons can't format anything or mention anyone.
pub fn markdown(comparison: &Comparison, address: Option<&str>) -> String {
    let mut out = format!("## What changes in the packets\n\n{}\n", summary(comparison));
    if let Some(address) = address {
        let _ = write!(out, "\n[See the changed pages]({address})\n");
    }
    let mut list = |title: &str, packets: &[Named]| {
        if packets.is_empty() {
            return;
        }
        let _ = write!(out, "\n### {title}\n\n");
        for packet in packets {
            let _ = writeln!(out, "- {} ({})", code(&packet.path), pages(packet.pages));
        }
    };
    list("New", &comparison.added);
    list("Gone", &comparison.removed);
    if !comparison.changed.is_empty() {
        out.push_str("\n### Changed\n");
    }
    for (index, changed) in comparison.changed.iter().enumerate() {
        let mut part = format!("\n**{}**: {}\n", code(&changed.now.path), escaped(&extent(changed)));
        let (shown, rest) = changed.text.split_at(changed.text.len().min(IN_MARKDOWN));
        if !shown.is_empty() {
            let _ = write!(part, "\n<details><summary>{} in the text</summary>\n\n", changes(changed.text.len()));
            for change in shown {
                let place = if change.place.is_empty() { String::new() } else { format!("**{}**: ", escaped(&change.place)) };
                let text = inline(
                    change,
                    |text| format!("<del>{}</del>", escaped(text)),
                    |text| format!("<ins>{}</ins>", escaped(text)),
                    escaped,
                );
                let _ = writeln!(part, "- {place}{text}");
            }
            if !rest.is_empty() {
                let _ = writeln!(part, "- … and {} more", rest.len());
            }
            part.push_str("\n</details>\n");
        }
        if out.len() + part.len() > LONGEST {
            let _ = write!(out, "\n… and {} more packets\n", comparison.changed.len() - index);
            break;
        }
        out.push_str(&part);
    }
    out
}

fn changes(count: usize) -> String {
    format!("{count} change{}", if count == 1 { "" } else { "s" })
}

/// Text that Markdown leaves as it is.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in sanitize_long(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A mention, an issue, an address, or formatting.
            c if c.is_ascii_punctuation() && !matches!(c, ',' | '.' | ';' | '?' | '!' | '(' | ')' | '-' | '\'' | '"') => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// A path, which has only letters, digits, hyphens, and slashes.
fn code(path: &str) -> String {
    format!("`{}`", sanitize(path).replace('`', ""))
}

/// A comparison as JSON: `version`, `added`, `removed`, `changed`, and `unchanged`. Each changed packet has its `pages` (number
/// before and now, and areas in shares of the page) and `text` (place and pieces).
pub fn json(comparison: &Comparison) -> String {
    let named = |packet: &Named| json!({"path": packet.path, "title": packet.title, "pages": packet.pages});
    let page = |page: &ChangedPage| {
        let number = |picture: &Option<Picture>| picture.as_ref().map(|picture| picture.page);
        let areas: Vec<Value> = page.areas.iter().map(|area| json!([area.left, area.top, area.width, area.height])).collect();
        json!({"before": number(&page.before), "now": number(&page.after), "areas": areas})
    };
    let piece = |piece: &Piece| match piece {
        Piece::Same(text) => json!({"same": text}),
        Piece::Added(text) => json!({"added": text}),
        Piece::Removed(text) => json!({"removed": text}),
        Piece::Gap => json!({"gap": true}),
    };
    let change =
        |change: &TextChange| json!({"place": change.place, "pieces": change.pieces.iter().map(piece).collect::<Vec<_>>()});
    let changed = |changed: &Changed| {
        let mut value = named(&changed.now);
        value["pages_before"] = changed.pages_before.into();
        value["changed_pages"] = changed.pages.as_ref().map(|pages| pages.changed.iter().map(page).collect::<Vec<_>>()).into();
        value["only_head_or_foot"] = changed.pages.as_ref().map_or(0, |pages| pages.only_furniture).into();
        value["text"] = changed.text.iter().map(change).collect::<Vec<_>>().into();
        value
    };
    let value = json!({
        "version": 1,
        "added": comparison.added.iter().map(named).collect::<Vec<_>>(),
        "removed": comparison.removed.iter().map(named).collect::<Vec<_>>(),
        "changed": comparison.changed.iter().map(changed).collect::<Vec<_>>(),
        "unchanged": comparison.unchanged,
    });
    format!("{value:#}\n")
}

/// A comparison as one HTML file, with the pictures in it.
///
/// # Panics
/// If the template is broken. The tests render it.
pub fn html(comparison: &Comparison) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the default template syntax is valid"));
    environment.add_template("diff.html", include_str!("diff.html")).expect("the tests render the template");
    let picture = |picture: &Option<Picture>| {
        picture
            .as_ref()
            .map(|picture| json!({"page": picture.page, "width": picture.size.0, "height": picture.size.1, "png": picture.png.as_ref().map(|png| BASE64_STANDARD.encode(png))}))
    };
    let page = |page: &ChangedPage| {
        let percent = |share: f32| format!("{:.2}%", share * 100.0);
        let areas: Vec<Value> = page
            .areas
            .iter()
            .map(|area| json!({"left": percent(area.left), "top": percent(area.top), "width": percent(area.width), "height": percent(area.height)}))
            .collect();
        json!({"before": picture(&page.before), "after": picture(&page.after), "areas": areas})
    };
    let piece = |piece: &Piece| match piece {
        Piece::Same(text) => json!({"kind": "same", "text": text}),
        Piece::Added(text) => json!({"kind": "added", "text": text}),
        Piece::Removed(text) => json!({"kind": "removed", "text": text}),
        Piece::Gap => json!({"kind": "same", "text": "… "}),
    };
    let changed = |(index, changed): (usize, &Changed)| {
        let text: Vec<Value> = changed
            .text
            .iter()
            .map(|change| json!({"place": change.place, "pieces": change.pieces.iter().map(piece).collect::<Vec<_>>()}))
            .collect();
        let pages: Vec<Value> = changed.pages.iter().flat_map(|pages| pages.changed.iter().map(page)).collect();
        json!({
            "id": format!("packet-{}", index + 1), "path": changed.now.path, "title": changed.now.title, "extent": extent(changed),
            "text": text, "pages": pages,
        })
    };
    let named = |packet: &Named| json!({"path": packet.path, "title": packet.title, "extent": pages(packet.pages)});
    let template = environment.get_template("diff.html").expect("it was added");
    let context = json!({
        "summary": summary(comparison),
        "added": comparison.added.iter().map(named).collect::<Vec<_>>(),
        "removed": comparison.removed.iter().map(named).collect::<Vec<_>>(),
        "changed": comparison.changed.iter().enumerate().map(changed).collect::<Vec<_>>(),
    });
    template.render(Serde(context)).expect("the tests render the template")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison() -> Comparison {
        let named = |path: &str| Named { path: path.to_owned(), title: "War <b>".to_owned(), pages: 3 };
        let text = TextChange {
            place: "Reading, paragraph 2".to_owned(),
            pieces: vec![
                Piece::Gap,
                Piece::Same("See ".to_owned()),
                Piece::Removed("@everyone ".to_owned()),
                Piece::Added("<script>alert(1)</script> ".to_owned()),
                Piece::Same("there.".to_owned()),
            ],
        };
        let page = ChangedPage {
            before: Some(Picture { page: 2, size: (10, 20), png: Some(b"png".to_vec()) }),
            after: Some(Picture { page: 2, size: (10, 20), png: None }),
            areas: vec![super::super::Area { left: 0.1, top: 0.2, width: 0.3, height: 0.4 }],
        };
        let pages = super::super::pages::Pages { changed: vec![page], only_furniture: 0 };
        Comparison {
            added: vec![named("one/one-new-student.pdf")],
            removed: Vec::new(),
            changed: vec![Changed {
                now: named("one/one-war-student.pdf"),
                pages_before: 2,
                pages: Some(pages),
                text: vec![text],
            }],
            unchanged: 4,
        }
    }

    #[test]
    fn people_read_what_changed() {
        assert_eq!(
            text(&comparison()),
            "1 packet changed, 1 is new, 4 are the same.\n\
             new: one/one-new-student.pdf (3 pages)\n\
             changed: one/one-war-student.pdf: page 2; 3 pages now, 2 before\n  \
             Reading, paragraph 2: … See [-@everyone-] {+<script>alert(1)</script>+} there.\n"
        );
        assert_eq!(summary(&Comparison::default()), "There are no packets.");
        assert_eq!(summary(&Comparison { unchanged: 1, ..Comparison::default() }), "1 is the same.");
    }

    #[test]
    fn no_lesson_formats_the_summary_or_mentions_anyone() {
        let text = markdown(&comparison(), Some("https://example.org/run"));
        assert!(text.contains("- **Reading, paragraph 2**: … See <del>&#64;everyone</del> <ins>&lt;script&gt;alert(1)&lt;&#47;script&gt;</ins> there."), "{text}");
        assert!(text.contains("[See the changed pages](https://example.org/run)"));
        assert!(!text.contains('@') && !text.contains("<script"));
    }

    #[test]
    fn the_page_shows_text_as_text_and_marks_areas() {
        let page = html(&comparison());
        assert!(page.contains("<ins>&lt;script&gt;alert(1)&lt;&#x2f;script&gt; </ins>"), "{page}");
        assert!(page.contains("left:10.00%;top:20.00%;width:30.00%;height:40.00%"), "{page}");
        assert!(page.contains("src=\"data:image/png;base64,cG5n\"") && !page.contains("<script"), "{page}");
    }

    #[test]
    fn programs_read_what_changed() {
        let value: Value = serde_json::from_str(&json(&comparison())).expect("it's JSON");
        assert_eq!(value["changed"][0]["changed_pages"][0]["before"], 2);
        assert_eq!(value["changed"][0]["text"][0]["pieces"][3]["added"], "<script>alert(1)</script> ");
        assert_eq!((&value["unchanged"], &value["added"][0]["pages"]), (&json!(4), &json!(3)));
    }
}
