//! The feed, the site map, and the redirects from old addresses.
//!
//! The feed and the site map need full addresses, so they are made only if the series has a `site`.

use std::collections::HashSet;
use std::fmt::Write;

use serde::Serialize;
use serde_json::json;

use super::Page;
use super::content::{IssueContent, LessonContent, SeriesContent};
use crate::paths;

/// The maximum number of lessons in the feed.
const FEED: usize = 100;

/// The maximum number of addresses in a site map, as sitemaps.org requires.
const SITEMAP: usize = 50_000;

/// A page that redirects to another.
#[derive(Serialize)]
struct Moved<'a> {
    root: &'static str,
    series: &'a SeriesContent,
    title: &'a str,
    language: &'a str,
    /// What has moved: "lesson" or "issue".
    what: &'static str,
    to: String,
    address: Option<String>,
}

/// The page for broken links. It can appear at any address, so its links are full addresses.
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
    published: Option<&'a str>,
    question: Option<&'a str>,
    author: &'a str,
}

#[derive(Serialize)]
struct SiteMap {
    urls: Vec<(String, Option<String>)>,
}

/// An issue or lesson that has moved: its old and new addresses.
struct Move<'a> {
    issue: &'a IssueContent<'a>,
    /// The lesson, unless the whole issue has moved.
    lesson: Option<&'a LessonContent<'a>>,
    /// The former id of the issue, or its current one.
    former_issue: &'a str,
    /// The former id of the lesson, or its current one.
    former_lesson: Option<&'a str>,
}

/// The feed, the site map, and the redirects.
pub(super) fn pages(series: &SeriesContent, issues: &[IssueContent<'_>]) -> Vec<Page> {
    // Of two issues or lessons with one former address the first has it.
    let mut taken = HashSet::new();
    let moves = issues.iter().flat_map(moves).filter(|moved| taken.insert((moved.former_issue, moved.former_lesson)));
    let moves: Vec<Move<'_>> = moves.collect();
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

/// The former addresses of an issue and its lessons, except those in use now. If two lessons share a former address, the first one
/// gets it.
fn moves<'a>(issue: &'a IssueContent<'a>) -> Vec<Move<'a>> {
    let mut taken: HashSet<(&str, &str)> = issue.lessons.iter().map(|lesson| (issue.id, lesson.id)).collect();
    let mut moves = Vec::new();
    for former_issue in std::iter::once(issue.id).chain(issue.former_ids.iter().copied()) {
        for lesson in &issue.lessons {
            for former in std::iter::once(lesson.id).chain(lesson.facts.former_ids.iter().map(String::as_str)) {
                if taken.insert((former_issue, former)) {
                    moves.push(Move { issue, lesson: Some(lesson), former_issue, former_lesson: Some(former) });
                }
            }
        }
    }
    // After the lessons, because the first matching prefix wins.
    moves.extend(issue.former_ids.iter().map(|former_issue| Move { issue, lesson: None, former_issue, former_lesson: None }));
    moves
}

impl Move<'_> {
    fn page(&self, series: &SeriesContent) -> Page {
        let Self { issue, lesson, former_issue, former_lesson } = self;
        let (_, to) = self.pages();
        let moved = Moved {
            root: if lesson.is_some() { "../../" } else { "../" },
            series,
            title: lesson.map_or(&issue.theme, |lesson| &lesson.facts.title),
            language: lesson.map_or(&series.language, |lesson| &lesson.facts.language),
            what: if lesson.is_some() { "lesson" } else { "issue" },
            to: format!("{}{to}{}", if lesson.is_some() { "../../" } else { "../" }, paths::INDEX),
            address: series.address(&to),
        };
        let path =
            former_lesson.map_or_else(|| paths::issue_page(former_issue), |former| paths::lesson_page(former_issue, former));
        Page::new(&path, Some(issue.id), "moved.html", &moved)
    }

    /// The old and new path prefixes of its packets.
    fn packets(&self) -> (String, String) {
        let of = |issue: &str, lesson: Option<&str>| {
            lesson.map_or_else(|| paths::files_of_issue(issue), |lesson| paths::packets_of_lesson(issue, lesson))
        };
        (of(self.former_issue, self.former_lesson), of(self.issue.id, self.lesson.map(|lesson| lesson.id)))
    }

    /// The old and new path prefixes of its pages.
    fn pages(&self) -> (String, String) {
        let of = |issue: &str, lesson: Option<&str>| {
            lesson.map_or_else(|| paths::issue_folder(issue), |lesson| paths::lesson_folder(issue, lesson))
        };
        (of(self.former_issue, self.former_lesson), of(self.issue.id, self.lesson.map(|lesson| lesson.id)))
    }
}

/// The script on the page for broken links. It redirects from old addresses on hosts without redirects of their own.
fn moved_script(moves: &[Move<'_>]) -> String {
    let moved: Vec<_> = moves.iter().flat_map(|moved| [moved.packets(), moved.pages()]).collect();
    let script = include_str!("../templates/catalogue/moved.js");
    format!("\"use strict\";\nconst moved = {};\n{script}", json!(moved))
}

/// The redirects file for GitLab Pages, Netlify, and Cloudflare Pages.
fn redirects(site: &str, moves: &[Move<'_>]) -> String {
    let root = url::Url::parse(site).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned());
    let mut text = String::new();
    let mut written = HashSet::new();
    for moved in moves {
        let (old, new) = moved.packets();
        let packets = moved.issue.files.iter().filter_map(|entry| entry.path.strip_prefix(&new));
        for rest in packets {
            // Hosts use the first redirect for an address.
            if !written.insert(format!("{old}{rest}")) {
                continue;
            }
            writeln!(text, "{root}{old}{rest} {root}{new}{rest} 301").expect("writing to a string cannot fail");
        }
    }
    text
}

fn feed<'a>(series: &'a SeriesContent, site: &'a str, issues: &'a [IssueContent<'a>]) -> Feed<'a> {
    let lessons = issues.iter().flat_map(|issue| issue.lessons.iter().map(move |lesson| (issue, lesson)));
    // The feed is sorted by date, so lessons without a date are left out.
    let entry = |(issue, lesson): (&'a IssueContent<'a>, &'a LessonContent<'a>)| {
        Some(FeedEntry {
            title: &lesson.facts.title,
            language: &lesson.facts.language,
            address: format!("{site}{}", paths::lesson_folder(issue.id, lesson.id)),
            updated: lesson.changed?,
            published: issue.published,
            question: lesson.facts.question.as_deref(),
            author: issue.holder,
        })
    };
    let mut entries: Vec<_> = lessons.filter_map(entry).collect();
    // The sort is stable, so lessons of the same day stay in the order of the front page.
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
            (format!("{site}{}", paths::lesson_folder(issue.id, lesson.id)), lesson.changed.map(str::to_owned))
        };
        urls.extend(issue.lessons.iter().map(lesson));
    }
    urls.truncate(SITEMAP);
    SiteMap { urls }
}
