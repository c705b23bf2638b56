//! Turns entries of a bibliography into sources: books, articles, web pages, and court decisions. What isn't understood stays text.

use super::document::{Block, Entry, Line, Span, plain};
use crate::lesson::values::slug;

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// The key in the bibliography.
    pub key: String,
    /// The kind, and the other keys with their values. A value of `None` is `null`.
    pub kind: &'static str,
    pub fields: Vec<(&'static str, Option<String>)>,
    /// Whether it was understood.
    pub is_understood: bool,
}

/// A group of sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub title: String,
    pub is_further: bool,
    pub sources: Vec<Source>,
}

/// The groups in a part of a document. `title` is the heading of the part.
pub(super) fn groups(blocks: &[Block], title: &str, is_further: bool, keys: &mut Vec<String>) -> Vec<Group> {
    let new = |title: &str| Group { title: title.trim().trim_end_matches(':').to_owned(), is_further, sources: Vec::new() };
    let mut groups = vec![new(title)];
    for block in blocks {
        let line = match block {
            Block::Heading(_, line) => {
                groups.push(new(&plain(line)));
                continue;
            }
            Block::Paragraph(line) | Block::Quotation(line) | Block::Entry(Entry { line, .. }) => line.clone(),
            Block::Verse(lines) => lines.iter().flat_map(|line| line.iter().cloned().chain([Span::Break])).collect(),
            Block::Table(rows) => {
                for row in rows {
                    let line: Line = row.iter().flatten().flat_map(|line| line.iter().cloned().chain([text(" ")])).collect();
                    add(&line, &mut groups, keys);
                }
                continue;
            }
            Block::Equation(_) => continue,
        };
        let words = plain(&line);
        let has_link = line.iter().any(|span| matches!(span, Span::Link(..)));
        // "Books on Stalin:" announces what follows.
        let announces = words.trim().ends_with(':') && words.chars().count() < 80 && !has_link;
        if announces && !words.contains(". ") {
            groups.push(new(&words));
        } else {
            add(&line, &mut groups, keys);
        }
    }
    without_empty(groups, keys)
}

/// The groups that have sources. The title of one that has none was an entry, so it goes to the group before it.
fn without_empty(groups: Vec<Group>, keys: &mut Vec<String>) -> Vec<Group> {
    let mut kept: Vec<Group> = Vec::new();
    for (index, group) in groups.into_iter().enumerate() {
        match kept.last_mut() {
            _ if !group.sources.is_empty() => kept.push(group),
            Some(before) if index > 0 => {
                let mut source = web(&vec![text(&group.title)], &group.title);
                source.key = unique(&source.key, keys);
                before.sources.push(source);
            }
            _ => {}
        }
    }
    kept
}

fn text(text: &str) -> Span {
    Span::Text(text.to_owned(), super::document::Style::default())
}

fn add(line: &Line, groups: &mut [Group], keys: &mut Vec<String>) {
    if plain(line).trim().is_empty() {
        return;
    }
    let mut source = source(line);
    source.key = unique(&source.key, keys);
    groups.last_mut().expect("there is a group").sources.push(source);
}

/// A key that no other source has.
pub(super) fn unique(wanted: &str, keys: &mut Vec<String>) -> String {
    let wanted = if wanted.is_empty() { "source" } else { wanted };
    let mut key = wanted.to_owned();
    let mut number = 2;
    while keys.contains(&key) {
        key = format!("{wanted}-{number}");
        number += 1;
    }
    keys.push(key.clone());
    key
}

/// What an entry says.
fn source(line: &Line) -> Source {
    let words = plain(line).split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(case) = case(&words).filter(|_| words.chars().count() < 160) {
        return case;
    }
    if let Some(source) = article(line, &words).or_else(|| book(line, &words)) {
        return source;
    }
    web(line, &words)
}

/// The year at the end of an entry, or in parentheses.
fn year(words: &str) -> Option<String> {
    let mut parts = words.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4);
    parts.rfind(|part| matches!(part.parse::<u32>(), Ok(1400..=2100))).map(str::to_owned)
}

/// The letters of an author's last name and the year, as in `conquest1990`.
fn key_of(author: Option<&str>, title: &str, year: Option<&str>) -> String {
    let last = author.and_then(|author| author.split(',').next());
    let words: Vec<&str> = title.split_whitespace().filter(|word| word.chars().count() > 3).take(2).collect();
    let base = last.map_or_else(|| slug(&words.join(" ")), slug).or_else(|| slug(title)).unwrap_or_default();
    let base: String = base.chars().filter(|c| author.is_none() || *c != '-').take(30).collect();
    format!("{}{}", base.trim_matches('-'), year.unwrap_or_default())
}

/// "Conquest, Robert. *The Great Terror*. New York: Oxford University Press, 1990."
fn book(line: &Line, words: &str) -> Option<Source> {
    let title = italics(line)?;
    let at = words.find(title.as_str())?;
    let author = words[..at].trim().trim_end_matches(['.', ',']).trim();
    let after = words[at + title.len()..].trim_start_matches(['.', ',', ' ']).trim();
    let year = year(after)?;
    // Place: Publisher, Year
    let (place, rest) = match after.split_once(": ") {
        Some((place, rest)) if place.chars().count() < 40 && !place.contains(". ") => (Some(place.to_owned()), rest),
        _ => (None, after),
    };
    let publisher = rest.split(&*year).next()?.trim().trim_end_matches([',', '(', ' ']).trim().to_owned();
    let is_author = is_name(author);
    if !is_author || publisher.chars().count() > 80 || publisher.contains(". ") && place.is_none() {
        return None;
    }
    let mut fields = vec![("author", Some(author.to_owned())), ("title", Some(title.trim_end_matches(['.', ',']).to_owned()))];
    fields.extend(place.map(|place| ("place", Some(place))));
    if !publisher.is_empty() {
        fields.push(("publisher", Some(publisher)));
    }
    fields.push(("year", Some(year.clone())));
    fields.extend(link(line).map(|url| ("url", Some(url))));
    Some(Source { key: key_of(Some(author), &title, Some(&year)), kind: "book", fields, is_understood: true })
}

/// `Getty, Arch. "Victims of the Soviet Penal System." *American Historical Review* 98, no. 4 (1993): 1017–49.`
fn article(line: &Line, words: &str) -> Option<Source> {
    let journal = italics(line)?;
    let open = words.find(['"', '“'])?;
    let inside = open + words[open..].chars().next().map_or(1, char::len_utf8);
    let close = inside + words[inside..].find(['"', '”'])?;
    let title = words[inside..close].trim_end_matches(['.', ',']).to_owned();
    let journal_at = words[close..].find(journal.as_str())? + close;
    let author = words[..open].trim().trim_end_matches(['.', ',']).trim();
    let after = &words[journal_at + journal.len()..];
    let year = year(after)?;
    if !is_name(author) || title.is_empty() {
        return None;
    }
    let mut fields = vec![
        ("author", Some(author.to_owned())),
        ("title", Some(title.clone())),
        ("journal", Some(journal.trim_end_matches([',', '.']).to_owned())),
    ];
    let numbers = after.trim_start_matches([',', ' ']);
    let volume: String = numbers.chars().take_while(char::is_ascii_digit).collect();
    if !volume.is_empty() && volume != year {
        fields.push(("volume", Some(volume)));
    }
    let issue = after.split("no. ").nth(1).map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    fields.extend(issue.filter(|issue| !issue.is_empty()).map(|issue| ("issue", Some(issue))));
    let pages = after
        .rsplit(": ")
        .next()
        .filter(|_| after.contains(": "))
        .map(|pages| pages.trim().trim_end_matches('.').replace('–', "-"));
    let is_range =
        |pages: &String| pages.starts_with(|c: char| c.is_ascii_digit()) && pages.chars().all(|c| c.is_ascii_digit() || c == '-');
    fields.extend(pages.filter(is_range).map(|pages| ("pages", Some(pages))));
    fields.push(("year", Some(year.clone())));
    fields.extend(link(line).map(|url| ("url", Some(url))));
    Some(Source { key: key_of(Some(author), &title, Some(&year)), kind: "article", fields, is_understood: true })
}

/// Whether text is a person's name as bibliographies write it: "Conquest, Robert", perhaps with more people after it.
fn is_name(text: &str) -> bool {
    let count = text.split_whitespace().count();
    let has_comma = text.contains(", ");
    has_comma && (2..=9).contains(&count) && text.starts_with(char::is_uppercase) && !text.contains(|c: char| c.is_ascii_digit())
}

/// A web page, or an entry that isn't understood: its link or its whole text is the title, and what follows is a note.
fn web(line: &Line, words: &str) -> Source {
    let first = line.iter().find_map(|span| match span {
        Span::Link(address, label) => Some((address.clone(), plain(label).trim().to_owned())),
        _ => None,
    });
    match first {
        Some((address, label)) if !label.is_empty() && words.starts_with(&label) => {
            let note = words[label.len()..].trim_start_matches(['.', ',', ' ', '–', '—', ':']).trim().to_owned();
            let title = label.trim_end_matches(['.', ',']).to_owned();
            let mut fields = vec![("title", Some(title.clone()))];
            fields.extend(Some(address).filter(|address| !address.is_empty()).map(|address| ("url", Some(address))));
            if !note.is_empty() {
                fields.push(("note", Some(super::prose::escaped(&note))));
            }
            Source { key: key_of(None, &title, None), kind: "web", fields, is_understood: true }
        }
        _ => {
            let words = words.trim_end_matches('.');
            let mut fields = vec![("title", Some(words.to_owned()))];
            let address = first.map(|(address, _)| address).filter(|address| !address.is_empty());
            fields.extend(address.map(|address| ("url", Some(address))));
            let short: String = words.chars().take(60).collect();
            Source { key: key_of(None, &short, None), kind: "web", fields, is_understood: false }
        }
    }
}

fn link(line: &Line) -> Option<String> {
    line.iter().find_map(|span| match span {
        Span::Link(address, _) if !address.is_empty() => Some(address.clone()),
        _ => None,
    })
}

/// The first text in italics.
fn italics(line: &Line) -> Option<String> {
    line.iter().find_map(|span| match span {
        Span::Text(text, style) if style.italic && text.trim().chars().count() > 2 => {
            Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        _ => None,
    })
}

/// The court decision that text begins with or has in it: "Brown v. Mississippi, 297 U.S. 278 (1936)".
pub(super) fn case(words: &str) -> Option<Source> {
    let versus = words.find(" v. ").map(|at| (at, 4)).or_else(|| words.find(" vs. ").map(|at| (at, 5)))?;
    let (at, length) = versus;
    let is_part = |word: &&str| {
        let bare = word.trim_start_matches(['(', '"', '“', '*']);
        bare.starts_with(char::is_uppercase) || matches!(bare, "of" | "the" | "and" | "&" | "ex" | "rel." | "in")
    };
    let mut before: Vec<&str> = words[..at].split(' ').rev().take(8).take_while(is_part).collect();
    before.reverse();
    while before.first().is_some_and(|word| word.starts_with(char::is_lowercase) || matches!(*word, "In" | "The" | "See" | "But"))
    {
        before.remove(0);
    }
    let one = before.join(" ").trim_start_matches(['(', '"', '“', '*']).to_owned();
    let rest = &words[at + length..];
    let (other, after) = rest.split_once(", ")?;
    let fits = !one.is_empty() && other.chars().count() < 60 && other.split(' ').all(|word| is_part(&word));
    let mut parts = after.split(' ');
    let volume = parts.next().filter(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))?;
    let mut reporter = Vec::new();
    let mut page = None;
    for part in parts.by_ref().take(4) {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        let is_series = part.ends_with('d') && digits.len() + 1 == part.len();
        if !digits.is_empty() && !is_series && !reporter.is_empty() {
            page = Some(digits);
            break;
        }
        reporter.push(part);
    }
    let page = page?;
    let reporter = reporter.join(" ");
    if !fits || !reporter.starts_with(char::is_uppercase) || !reporter.contains('.') {
        return None;
    }
    let tail = &after[after.find(&page).map_or(0, |at| at + page.len())..];
    let year = tail.trim_start().strip_prefix('(').and_then(|inside| year(inside.split(')').next()?));
    let name = format!("{one} v. {}", other.trim_end_matches('*'));
    let mut fields = vec![("name", Some(name)), ("citation", Some(format!("{volume} {reporter} {page}")))];
    let key = slug(other.split(' ').next_back().unwrap_or(other)).unwrap_or_default();
    let key = format!("{key}{}", year.clone().unwrap_or_default());
    fields.extend(year.map(|year| ("year", Some(year))));
    Some(Source { key, kind: "case", fields, is_understood: true })
}

/// The court decisions that some text mentions with their reporters, each once.
pub(super) fn cases(text: &str) -> Vec<Source> {
    let mut found: Vec<Source> = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(" v. ").map(|at| from + at) {
        let start = text[..at].rfind(['\n', ';', '.']).map_or(0, |start| start + 1);
        let end = text[at..].char_indices().nth(160).map_or(text.len(), |(end, _)| at + end);
        if let Some(source) = case(text[start..end].trim())
            && !found.iter().any(|known| known.fields == source.fields)
        {
            found.push(source);
        }
        from = at + 4;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::text::inline;

    fn shown(text: &str) -> String {
        let source = source(&inline(text));
        let fields: Vec<_> =
            source.fields.iter().map(|(name, value)| format!("{name}: {}", value.as_deref().unwrap_or("null"))).collect();
        format!("{}: {} {{{}}}", source.key, source.kind, fields.join("; "))
    }

    #[test]
    fn entries_become_sources() {
        assert_eq!(
            shown("Doe, Ann. *The River, A History*. New York: Harbor Press, 1990."),
            "doe1990: book {author: Doe, Ann; title: The River, A History; place: New York; publisher: Harbor Press; year: 1990}"
        );
        assert_eq!(
            shown("Roe, Jan. \"How Rivers Turn.\" *Journal of Rivers* 98, no. 4 (1993): 1017–49."),
            "roe1993: article {author: Roe, Jan; title: How Rivers Turn; journal: Journal of Rivers; volume: 98; issue: 4; pages: 1017-49; year: 1993}"
        );
        assert_eq!(
            shown("Roe, Jan. “How Rivers Turn.” *Journal of Rivers* 98 (1993)."),
            "roe1993: article {author: Roe, Jan; title: How Rivers Turn; journal: Journal of Rivers; volume: 98; year: 1993}"
        );
        assert_eq!(
            shown("[The River Archive](https://example.org/rivers) A collection of maps."),
            "river-archive: web {title: The River Archive; url: https://example.org/rivers; note: A collection of maps.}"
        );
        assert_eq!(
            shown("Brown v. Mississippi, 297 U.S. 278 (1936)"),
            "mississippi1936: case {name: Brown v. Mississippi; citation: 297 U.S. 278; year: 1936}"
        );
        assert_eq!(shown("Some notes of the town clerk."), "some-notes: web {title: Some notes of the town clerk}");
    }

    #[test]
    fn cases_are_found_in_a_text() {
        let text = "The court said no (*Doe v. Roe*, 410 U.S. 113). In 1991 it said yes (Arizona v. Smith, 499 U.S. 279 (1991)), and Doe v. Roe, 410 U.S. 113 stood.";
        let found: Vec<_> = cases(text).into_iter().map(|source| source.fields[0].1.clone().unwrap_or_default()).collect();
        assert_eq!(found, ["Doe v. Roe", "Arizona v. Smith"]);
    }
}
