//! The catalogue: static download pages that describe the output folder. It builds no packets.
//!
//! A page depends only on its content, and its key is a digest of the content. If the key is the same, the page isn't rewritten.

mod content;
mod downloads;
mod facts;
mod languages;
mod printer;
mod search;
mod site;

use serde::Serialize;

pub use facts::{Facts, Standard};
pub use printer::Printer;

use crate::digest::Digest;
use crate::lesson::series::Series;
use crate::lesson::values::Color;
use crate::library::Library;
use crate::manifest::Manifest;
use crate::{offer, paths};
use content::{Front, IssueContent, IssuePage, LessonPage, SeriesContent};

/// A file of the catalogue.
pub struct Page {
    /// The path from the output folder.
    pub path: String,
    /// The id of the issue that the page belongs to, if any.
    pub issue: Option<String>,
    /// The digest of its content.
    pub key: Digest,
    content: Content,
}

enum Content {
    /// A template and its data, as JSON.
    Template(&'static str, String),
    /// Text, written as is.
    Text(String),
    /// A file that is the same in every catalogue.
    Fixed(&'static [u8]),
}

/// The files that are the same in every catalogue.
const FIXED: [(&str, &[u8]); 9] = [
    ("search.js", include_bytes!("templates/catalogue/search.js")),
    ("icon.svg", include_bytes!("templates/catalogue/icon.svg")),
    ("source-serif-4-semibold-latin.woff2", include_bytes!("../fonts/web/source-serif-4-semibold-latin.woff2")),
    ("source-serif-4-semibold-latin-ext.woff2", include_bytes!("../fonts/web/source-serif-4-semibold-latin-ext.woff2")),
    ("source-serif-4-italic-latin.woff2", include_bytes!("../fonts/web/source-serif-4-italic-latin.woff2")),
    ("source-serif-4-italic-latin-ext.woff2", include_bytes!("../fonts/web/source-serif-4-italic-latin-ext.woff2")),
    ("source-sans-3-latin.woff2", include_bytes!("../fonts/web/source-sans-3-latin.woff2")),
    ("source-sans-3-latin-ext.woff2", include_bytes!("../fonts/web/source-sans-3-latin-ext.woff2")),
    ("fonts-licence.txt", include_bytes!("../fonts/SourceSerif4-LICENSE.txt")),
];

/// Every file of the catalogue: the front page, a page for each issue and lesson with a packet and a license, the search index,
/// and the files for programs. Empty if there is no such lesson.
///
/// `facts` returns the facts about a lesson, by issue id and lesson id. A lesson without facts gets no page.
pub fn pages<'a>(library: &Library, manifest: &Manifest, facts: &dyn Fn(&str, &str) -> Option<&'a Facts>) -> Vec<Page> {
    let series = SeriesContent::of(&library.series);
    let shown = library.issues.iter().filter(|issue| offer::may_publish(&library.series, &issue.issue));
    let mut issues: Vec<IssueContent<'_>> = shown.filter_map(|issue| IssueContent::of(library, issue, manifest, facts)).collect();
    if issues.is_empty() {
        return Vec::new();
    }
    // Newest first; on the same day, by id.
    issues.sort_by(|a, b| b.published.cmp(&a.published).then(a.id.cmp(b.id)));
    let mut pages: Vec<Page> = FIXED.iter().map(|(name, bytes)| Page::fixed(paths::of_catalogue(name), bytes)).collect();
    pages.push(Page::text(paths::of_catalogue("style.css"), style(&library.series)));
    pages.push(Page::new(paths::INDEX, None, "front.html", &Front::new(&series, &issues)));
    for issue in &issues {
        pages.push(Page::new(&paths::issue_page(issue.id), Some(issue.id), "issue.html", &IssuePage::new(&series, issue)));
        for lesson in &issue.lessons {
            let path = paths::lesson_page(issue.id, lesson.id);
            pages.push(Page::new(&path, Some(issue.id), "lesson.html", &LessonPage::new(&series, issue, lesson)));
        }
    }
    pages.extend(search::pages(&issues));
    pages.extend(site::pages(&series, &issues));
    pages
}

/// The style sheet of all pages, in the color of the series.
fn style(series: &Series) -> String {
    let style = include_str!("templates/catalogue/style.css");
    match &series.look.accent {
        None => style.to_owned(),
        // Dark mode mixes in enough white to keep the color readable.
        Some(Color(accent)) => style.replacen("--accent: #7a1f2b;", &format!("--accent: {accent};"), 1).replacen(
            "--accent: #f2a7ac;",
            &format!("--accent: color-mix(in srgb, {accent} 35%, white);"),
            1,
        ),
    }
}

impl Page {
    fn new(path: &str, issue: Option<&str>, template: &'static str, context: &impl Serialize) -> Self {
        let context = serde_json::to_string(context).expect("the content of a page is plain data");
        let templates = printer::templates();
        let told = [("templates", templates.as_bytes()), ("template", template.as_bytes()), ("context", context.as_bytes())];
        let key = Digest::of_named(told);
        let issue = issue.map(str::to_owned);
        Self { path: path.to_owned(), issue, key, content: Content::Template(template, context) }
    }

    fn text(path: String, text: String) -> Self {
        Self { path, issue: None, key: Digest::of(text.as_bytes()), content: Content::Text(text) }
    }

    fn fixed(path: String, bytes: &'static [u8]) -> Self {
        Self { path, issue: None, key: Digest::of(bytes), content: Content::Fixed(bytes) }
    }
}
