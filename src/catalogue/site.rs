//! What the catalogue has for other programs, and for old addresses: a feed, a site map, and pages that lead on.
//!
//! A feed and a site map have full addresses, so they are there only if the series says at which `site` it is published.

use std::collections::HashSet;
use std::fmt::Write;

use serde::Serialize;
use serde_json::json;

use super::Page;
use super::content::{IssueContent, LessonContent, SeriesContent};
use crate::paths;

/// Most lessons in the feed: what is older has been read.
const FEED: usize = 100;

/// Most addresses of a site map, by the protocol of sitemaps.org.
const SITEMAP: usize = 50_000;

/// A page that leads to another.
#[derive(Serialize)]
struct Moved<'a> {
    root: &'static str,
    series: &'a SeriesContent,
    title: &'a str,
    language: &'a str,
    to: String,
    address: Option<String>,
}

/// The page of what is not there; it can be shown at any address, so its links are full.
#[derive(Serialize)]
struct Missing<'a> {
    root: &'a str,
    series: &'a SeriesContent,
}

#[derive(Serialize)]
struct Feed<'a> {
    series: &'a SeriesContent,
    address: &'a str,
    updated: &'a str,
    entries: Vec<FeedEntry<'a>>,
}

#[derive(Serialize)]
struct FeedEntry<'a> {
    title: &'a str,
    language: &'a str,
    address: String,
    updated: &'a str,
    published: &'a str,
    question: Option<&'a str>,
    author: &'a str,
}

#[derive(Serialize)]
struct SiteMap {
    urls: Vec<(String, Option<String>)>,
}

/// A lesson that had another id: the old one, and where it is now.
struct Move<'a> {
    issue: &'a IssueContent<'a>,
    lesson: &'a LessonContent<'a>,
    former: &'a str,
}

/// The files for other programs and for old addresses.
pub(super) fn pages(series: &SeriesContent, issues: &[IssueContent<'_>]) -> Vec<Page> {
    let moves: Vec<Move<'_>> = issues.iter().flat_map(moves).collect();
    let mut pages: Vec<Page> = moves.iter().map(|moved| moved.page(series)).collect();
    if let Some(site) = &series.site {
        pages.push(Page::new("feed.xml", None, "feed.xml", &feed(series, site, issues)));
        pages.push(Page::new("sitemap.xml", None, "sitemap.xml", &sitemap(site, issues)));
        pages.push(Page::new("404.html", None, "404.html", &Missing { root: site, series }));
        pages.push(Page::text(paths::of_catalogue("moved.js"), moved_script(&moves)));
        if !moves.is_empty() {
            pages.push(Page::text("_redirects".to_owned(), redirects(site, &moves)));
        }
    }
    pages
}

/// The former ids of an issue's lessons that no lesson has now; of two lessons with one former id the first has it.
fn moves<'a>(issue: &'a IssueContent<'a>) -> Vec<Move<'a>> {
    let mut taken: HashSet<&str> = issue.lessons.iter().map(|lesson| lesson.id).collect();
    let each = issue.lessons.iter().flat_map(|lesson| lesson.facts.former_ids.iter().map(move |former| (lesson, former)));
    each.filter(|(_, former)| taken.insert(former)).map(|(lesson, former)| Move { issue, lesson, former }).collect()
}

impl Move<'_> {
    fn page(&self, series: &SeriesContent) -> Page {
        let Self { issue, lesson, former } = self;
        let moved = Moved {
            root: "../../",
            series,
            title: &lesson.facts.title,
            language: &lesson.facts.language,
            to: format!("../{}/index.html", lesson.id),
            address: series.address(&paths::lesson_folder(issue.id, lesson.id)),
        };
        Page::new(&paths::lesson_page(issue.id, former), Some(issue.id), "moved.html", &moved)
    }

    /// What the paths of its packets begin with: as they were, and as they are.
    fn packets(&self) -> (String, String) {
        let Self { issue: IssueContent { id: issue, .. }, lesson, former } = self;
        (paths::packets_of_lesson(issue, former), paths::packets_of_lesson(issue, lesson.id))
    }

    /// The same for its pages.
    fn pages(&self) -> (String, String) {
        let Self { issue: IssueContent { id: issue, .. }, lesson, former } = self;
        (paths::lesson_folder(issue, former), paths::lesson_folder(issue, lesson.id))
    }
}

/// The script of the page for what is not there: it leads from an old address to the new one, on hosts that know no redirects.
fn moved_script(moves: &[Move<'_>]) -> String {
    let moved: Vec<_> = moves.iter().flat_map(|moved| [moved.packets(), moved.pages()]).collect();
    let script = include_str!("../templates/catalogue/moved.js");
    format!("\"use strict\";\nconst moved = {};\n{script}", json!(moved))
}

/// The file in which GitLab Pages, Netlify and Cloudflare Pages look for redirects.
fn redirects(site: &str, moves: &[Move<'_>]) -> String {
    let root = url::Url::parse(site).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned());
    let mut text = String::new();
    for moved in moves {
        let (old, new) = moved.packets();
        let packets = moved.issue.files.iter().filter_map(|entry| entry.path.strip_prefix(&new));
        for rest in packets {
            writeln!(text, "{root}{old}{rest} {root}{new}{rest} 301").expect("writing to a string cannot fail");
        }
    }
    text
}

fn feed<'a>(series: &'a SeriesContent, site: &'a str, issues: &'a [IssueContent<'a>]) -> Feed<'a> {
    let lessons = issues.iter().flat_map(|issue| issue.lessons.iter().map(move |lesson| (issue, lesson)));
    let entry = |(issue, lesson): (&'a IssueContent<'a>, &'a LessonContent<'a>)| FeedEntry {
        title: &lesson.facts.title,
        language: &lesson.facts.language,
        address: format!("{site}{}", paths::lesson_folder(issue.id, lesson.id)),
        updated: lesson.changed,
        published: issue.published,
        question: lesson.facts.question.as_deref(),
        author: issue.holder,
    };
    let mut entries: Vec<_> = lessons.map(entry).collect();
    // Stable, so lessons of one day stay in the order of the front page.
    entries.sort_by(|a, b| b.updated.cmp(a.updated));
    entries.truncate(FEED);
    let updated = entries.first().map_or("1970-01-01", |entry| entry.updated);
    Feed { series, address: site, updated, entries }
}

fn sitemap(site: &str, issues: &[IssueContent<'_>]) -> SiteMap {
    let mut urls = vec![(site.to_owned(), None)];
    for issue in issues {
        urls.push((format!("{site}{}", paths::issue_folder(issue.id)), None));
        let lesson = |lesson: &LessonContent<'_>| {
            (format!("{site}{}", paths::lesson_folder(issue.id, lesson.id)), Some(lesson.changed.to_owned()))
        };
        urls.extend(issue.lessons.iter().map(lesson));
    }
    urls.truncate(SITEMAP);
    SiteMap { urls }
}
