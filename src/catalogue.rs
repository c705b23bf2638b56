//! The catalogue: the static pages from which packets are downloaded. It tells what lies in the output folder, and makes no packet.
//!
//! A page is a function of what it tells, and its key is the digest of that: a page that has nothing new to tell is not written again.

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
use crate::lesson::values::Colour;
use crate::library::Library;
use crate::manifest::Manifest;
use crate::{offer, paths};
use content::{Front, IssueContent, IssuePage, LessonPage, SeriesContent};

/// A file of the catalogue.
pub struct Page {
    /// Its path from the output folder.
    pub path: String,
    /// The id of the issue of which it tells, if it is of one.
    pub issue: Option<String>,
    /// The digest of everything that it tells.
    pub key: Digest,
    content: Content,
}

enum Content {
    /// A template and what stands in it.
    Template(&'static str, String),
    /// A text that is written as it is.
    Text(String),
    /// A file that is the same everywhere.
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

/// Every file of the catalogue: the front page, a page for each issue and each lesson that has a packet and a licence, the search index,
/// and what is for readers that are programs. Nothing if there is no such lesson.
///
/// `facts` has what is known of a lesson, by the ids of its issue and its own; a lesson of which nothing is known has no page.
pub fn pages<'a>(library: &Library, manifest: &Manifest, facts: &dyn Fn(&str, &str) -> Option<&'a Facts>) -> Vec<Page> {
    let series = SeriesContent::of(&library.series);
    let shown = library.issues.iter().filter(|issue| offer::may_publish(&library.series, &issue.issue));
    let mut issues: Vec<IssueContent<'_>> = shown.filter_map(|issue| IssueContent::of(library, issue, manifest, facts)).collect();
    if issues.is_empty() {
        return Vec::new();
    }
    // The newest first; of one day in the order of their ids.
    issues.sort_by(|a, b| b.published.cmp(a.published).then(a.id.cmp(b.id)));
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

/// The style of all pages, in the colour of the series.
fn style(series: &Series) -> String {
    let style = include_str!("templates/catalogue/style.css");
    match &series.look.accent {
        None => style.to_owned(),
        // In the dark it is mixed with so much white that it is as easy to read.
        Some(Colour(accent)) => style.replacen("--accent: #7a1f2b;", &format!("--accent: {accent};"), 1).replacen(
            "--accent: #f2a7ac;",
            &format!("--accent: color-mix(in srgb, {accent} 35%, white);"),
            1,
        ),
    }
}

impl Page {
    fn new(path: &str, issue: Option<&str>, template: &'static str, context: &impl Serialize) -> Self {
        let context = serde_json::to_string(context).expect("what pages tell is plain data");
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
