//! Checks the web addresses in lessons: which are gone, and which have moved.
//!
//! It is polite: it asks for each address once, one at a time for each server, with a pause in between, and remembers answers. What
//! it can't decide, such as a server that wants a login or is slow today, isn't reported as a mistake.
#![expect(clippy::disallowed_methods, reason = "it reads and writes what it remembers")]

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use ureq::http::StatusCode;
use url::Url;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::Lesson;
use crate::lesson::bibliography::SourceDetails;
use crate::lesson::prose::Inline;
use crate::parallel;
use crate::source::Place;
use crate::web::{self, Host};

/// How long to wait for an answer, and for everything about one address.
const ANSWER: Duration = Duration::from_secs(10);
const ALTOGETHER: Duration = Duration::from_secs(20);

/// The pause between two requests to one server.
const PAUSE: Duration = Duration::from_millis(500);

/// How long all requests may take.
const PATIENCE: Duration = Duration::from_mins(10);

/// How many servers are asked at once.
const AT_ONCE: usize = 8;

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// How long answers are remembered, in days: good ones, and others.
const GOOD_DAYS: u64 = 30;
const OTHER_DAYS: u64 = 1;

/// The service that finds archived copies: the Wayback Machine's availability API.
const ARCHIVE: &str = "https://archive.org/wayback/available";

/// A link in a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its address.
    pub address: String,
    /// Where it is.
    pub place: Place,
    /// Whether it belongs to a source that names an archived copy.
    pub is_archived: bool,
}

/// What is known about an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The page is there.
    Good,
    /// It has moved for good, to this address.
    Moved(String),
    /// It is gone, for this reason. There may be an archived copy.
    Gone(String, Option<String>),
    /// It can't be decided, for this reason.
    Unclear(String),
}

/// How to check links.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whether to ask servers in the user's own network too.
    pub private: bool,
    /// Whether to ask again for what is remembered.
    pub again: bool,
    /// The service that finds archived copies, if not the usual one.
    pub archive: Option<String>,
}

/// What was found.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    /// How many addresses there are.
    pub addresses: usize,
    /// How many answers were remembered.
    pub remembered: usize,
    /// The addresses that couldn't be decided, each with the reason.
    pub unclear: Vec<(String, String)>,
    /// Whether nothing could be reached at all.
    pub is_offline: bool,
}

/// The answers of earlier checks, with their days since 1970.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Memory {
    version: u32,
    answers: BTreeMap<String, (u64, Answer)>,
}

/// The version of [`Memory`].
const VERSION: u32 = 1;

/// The links of a lesson.
pub fn of(lesson: &Lesson) -> Vec<Link> {
    let mut links = Vec::new();
    lesson.each_inline(&mut |inline| {
        if let Inline::Link { url, place, .. } = inline {
            links.push(Link { address: url.clone(), place: *place, is_archived: false });
        }
    });
    let groups = lesson.bibliography.iter().flat_map(|bibliography| &bibliography.groups);
    for entry in groups.flat_map(|group| group.entries.iter()) {
        let SourceDetails { doi, url, archived_url, .. } = entry.value.common();
        let is_archived = archived_url.is_some();
        if let Some(Some(url)) = url {
            links.push(Link { address: url.value.0.clone(), place: url.place, is_archived });
        }
        if let Some(url) = archived_url {
            links.push(Link { address: url.value.0.clone(), place: url.place, is_archived: true });
        }
        if let Some(doi) = doi {
            links.push(Link { address: format!("https://doi.org/{}", doi.value.0), place: doi.place, is_archived: false });
        }
    }
    links.retain(|link| web::is_address(&link.address));
    links
}

/// Checks links, and remembers the answers in a file.
pub fn check(links: &[Link], memory: &Utf8Path, options: &Options, diagnostics: &mut Diagnostics) -> Summary {
    let today = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
    let mut known = remembered(memory, today);
    if options.again {
        known.answers.clear();
    }
    let mut by_server: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut addresses: Vec<&str> = links.iter().map(|link| link.address.as_str()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let mut summary = Summary { addresses: addresses.len(), ..Summary::default() };
    for address in &addresses {
        if known.answers.contains_key(*address) {
            summary.remembered += 1;
        } else {
            let server = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
            by_server.entry(server).or_default().push((*address).to_owned());
        }
    }
    let end = Instant::now() + PATIENCE;
    let servers: Vec<Vec<String>> = by_server.into_values().collect();
    let asked = !servers.is_empty();
    let mut reached = false;
    parallel::in_order(
        AT_ONCE,
        &servers,
        |addresses| ask(addresses, options, end),
        |answers: Vec<(String, Option<Answer>)>| {
            for (address, answer) in answers {
                // Without an answer, there's no network, or no such server.
                let answer = answer.map_or_else(
                    || Answer::Gone("there is no such server".to_owned(), None),
                    |answer| {
                        reached = true;
                        answer
                    },
                );
                known.answers.insert(address, (today, answer));
            }
            ControlFlow::Continue(())
        },
    );
    summary.is_offline = asked && !reached;
    if summary.is_offline {
        return summary;
    }
    for link in links {
        let Some((_, answer)) = known.answers.get(&link.address) else { continue };
        diagnostics_of(link, answer, diagnostics);
    }
    let unclear = known.answers.iter().filter_map(|(address, (_, answer))| match answer {
        Answer::Unclear(reason) if addresses.contains(&address.as_str()) => Some((address.clone(), reason.clone())),
        _ => None,
    });
    summary.unclear = unclear.collect();
    remember(memory, &known);
    summary
}

fn diagnostics_of(link: &Link, answer: &Answer, diagnostics: &mut Diagnostics) {
    let Link { address, place, is_archived } = link;
    match answer {
        Answer::Good | Answer::Unclear(_) => {}
        Answer::Moved(to) => diagnostics.push(
            Diagnostic::new(Code::MovedLink, *place, format!("{address} has moved")).help(format!("change the address to {to}")),
        ),
        Answer::Gone(reason, copy) => {
            let help = match (copy, is_archived) {
                (Some(copy), false) => format!("add `archived_url: {copy}` to the source, or find the page's new address"),
                (_, true) => "readers still have the archived copy; to print only that, write `url: null`".to_owned(),
                (None, false) => "find the page's new address, or a copy at https://web.archive.org".to_owned(),
            };
            diagnostics.push(Diagnostic::new(Code::DeadLink, *place, format!("{address} can't be opened: {reason}")).help(help));
        }
    }
}

/// Asks one server for its addresses, one after another. `None` if there is no such server.
fn ask(addresses: &[String], options: &Options, end: Instant) -> Vec<(String, Option<Answer>)> {
    let mut answers = Vec::new();
    for (index, address) in addresses.iter().enumerate() {
        if index > 0 {
            thread::sleep(PAUSE);
        }
        let answer = if Instant::now() > end {
            Some(Answer::Unclear("there was no time left".to_owned()))
        } else {
            let answer = answer(address, options);
            match answer {
                Some(Answer::Gone(reason, None)) => {
                    let copy = archived_copy(address, options);
                    Some(Answer::Gone(reason, copy))
                }
                other => other,
            }
        };
        answers.push((address.clone(), answer));
    }
    answers
}

/// What a server says about an address.
fn answer(address: &str, options: &Options) -> Option<Answer> {
    let Ok(mut url) = Url::parse(address) else { return Some(Answer::Gone("it isn't a web address".to_owned(), None)) };
    let agent = web::agent(ANSWER, ALTOGETHER, false);
    let mut is_permanent = true;
    for _ in 0..=REDIRECTS {
        match web::host(&url) {
            Host::Public => {}
            Host::Private if options.private => {}
            Host::Private => {
                return Some(Answer::Unclear("it is in your own network; check it with `--private-links`".to_owned()));
            }
            Host::Unknown if url.as_str() == address || url.as_str().trim_end_matches('/') == address => return None,
            Host::Unknown => return Some(Answer::Gone("it leads to a server that doesn't exist".to_owned(), None)),
        }
        let mut response = agent.head(url.as_str()).call();
        // Some servers refuse to say only whether a page is there.
        if response.as_ref().is_ok_and(|response| response.status().is_client_error() || response.status().is_server_error()) {
            response = agent.get(url.as_str()).call();
        }
        let response = match response {
            Ok(response) => response,
            Err(error) => return Some(of_error(&error)),
        };
        let status = response.status();
        if status.is_success() {
            let is_same = Url::parse(address).is_ok_and(|first| shortened(&first) == shortened(&url));
            return Some(if is_same || !is_permanent { Answer::Good } else { Answer::Moved(url.to_string()) });
        }
        if !status.is_redirection() {
            return Some(of_status(status));
        }
        // A DOI leads to a publisher, who may not let programs in.
        if url.host_str() == Some("doi.org") {
            return Some(Answer::Good);
        }
        is_permanent &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
        let target = response.headers().get("location").and_then(|target| target.to_str().ok());
        match target.and_then(|target| url.join(target).ok()).filter(|next| matches!(next.scheme(), "http" | "https")) {
            Some(next) => url = next,
            None => return Some(Answer::Unclear("it leads to an address that can't be followed".to_owned())),
        }
    }
    Some(Answer::Unclear("it leads from address to address".to_owned()))
}

/// An address without what makes no difference to readers.
fn shortened(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}{}{query}", host.strip_prefix("www.").unwrap_or(host), url.path().trim_end_matches('/'))
}

fn of_status(status: StatusCode) -> Answer {
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Answer::Gone(format!("the server answers {}", status.as_u16()), None),
        StatusCode::TOO_MANY_REQUESTS => Answer::Unclear("the server is busy".to_owned()),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Answer::Unclear("the server doesn't let programs in".to_owned()),
        status => Answer::Unclear(format!("the server answers {}", status.as_u16())),
    }
}

fn of_error(error: &ureq::Error) -> Answer {
    match error {
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            Answer::Gone("no server answers there".to_owned(), None)
        }
        ureq::Error::Timeout(_) => Answer::Unclear("the server didn't answer in time".to_owned()),
        _ => Answer::Unclear("the connection failed".to_owned()),
    }
}

/// An archived copy of a page, if there is one.
fn archived_copy(address: &str, options: &Options) -> Option<String> {
    let mut service = Url::parse(options.archive.as_deref().unwrap_or(ARCHIVE)).ok()?;
    service.query_pairs_mut().append_pair("url", address);
    let agent = web::agent(ANSWER, ALTOGETHER, true);
    let text = web::get(&agent, service.as_str(), 1 << 20).ok()??;
    let found: serde_json::Value = serde_json::from_slice(&text).ok()?;
    let copy = found["archived_snapshots"]["closest"]["url"].as_str()?;
    // The service answers with `http`, but has both.
    let copy = copy.replacen("http://web.archive.org/", "https://web.archive.org/", 1);
    let is_sound = web::is_address(&copy) && copy.len() < 2000 && !copy.contains(|c: char| c.is_control() || c.is_whitespace());
    is_sound.then_some(copy)
}

/// What is remembered and not too old.
fn remembered(path: &Utf8Path, today: u64) -> Memory {
    let memory = std::fs::read(path).ok().and_then(|text| serde_json::from_slice::<Memory>(&text).ok());
    let mut memory = memory.filter(|memory| memory.version == VERSION).unwrap_or_default();
    memory.version = VERSION;
    memory.answers.retain(|_, (day, answer)| {
        let days = if matches!(answer, Answer::Good | Answer::Moved(_)) { GOOD_DAYS } else { OTHER_DAYS };
        *day <= today && today - *day < days
    });
    memory
}

/// Remembers answers. If that fails, they are asked for again.
fn remember(path: &Utf8Path, memory: &Memory) {
    let Some(folder) = path.parent() else { return };
    let text = serde_json::to_string_pretty(memory).expect("what is remembered is plain data");
    let _ = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_mean_the_same_are_the_same() {
        let of = |address: &str| shortened(&Url::parse(address).expect("an address"));
        assert_eq!(of("http://www.example.org/a/"), of("https://example.org/a"));
        assert_ne!(of("https://example.org/a"), of("https://example.org/b"));
        assert_ne!(of("https://example.org/a?x=1"), of("https://example.org/a"));
    }

    #[test]
    fn old_answers_are_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8Path::from_path(folder.path()).expect("the path is Unicode").join("links.json");
        let answers = [
            ("good", (100, Answer::Good)),
            ("moved", (100, Answer::Moved("b".to_owned()))),
            ("gone", (100, Answer::Gone("c".to_owned(), None))),
            ("unclear", (100, Answer::Unclear("d".to_owned()))),
        ];
        let answers = answers.into_iter().map(|(address, answer)| (address.to_owned(), answer)).collect();
        remember(&path, &Memory { version: VERSION, answers });
        let there = |today: u64| remembered(&path, today).answers.into_keys().collect::<Vec<_>>();
        assert_eq!(there(100), ["gone", "good", "moved", "unclear"]);
        assert_eq!(there(101), ["good", "moved"]);
        assert_eq!(there(129), ["good", "moved"]);
        assert!(there(130).is_empty() && there(99).is_empty());
    }
}
