//! The bibliography of a lesson: eight to twenty-five invented sources of every kind.

use super::draft::Draft;
use super::random::Random;
use super::story::Person;
use super::yaml::{Yaml, map};

const BOOKS: &[&str] = &[
    "{Town} and the {River}: A History",
    "Who Owned the Commons?",
    "Small Towns and Large Questions: Essays on the {Name}",
    "The Price of Waiting: Public Works before the Railroads",
    "Hands and Money: Volunteer Labor in {county} County",
    "A Plain Account of the {Name}",
    "Minutes and Hours: How Councils Spent Their Time",
];
const ARTICLES: &[&str] = &[
    "The {Name} Question Reconsidered",
    "Who Signed? The Tax Rolls of {town}",
    "Grain Prices and Attendance at Meetings",
    "Speaking Once: Rules of Debate in Town Meetings",
    "Women without Votes and the Making of Policy in {county} County",
];
const JOURNALS: &[&str] =
    &["Journal of County History", "Quarterly of Public Works", "Annals of Local Government", "The Teacher of Civics"];
const PRESSES: &[(&str, &str)] = &[
    ("Orchard Street Press", "Hollis"),
    ("Granite State Books", "Granite Falls"),
    ("Millrace University Press", "Lowry"),
    ("Quarry Hill", "Marlow"),
];
const ARCHIVES: &[&str] =
    &["Orchard County Archives", "State Library, Manuscripts Division", "Historical Society of the Lower Valley"];
const NOTES: &[&str] = &[
    "The best place to begin; you can read its first chapter in one evening.",
    "Prints the minutes in full, with an index of names.",
    "Useful for its tables; the story is told better elsewhere.",
    "Written by a descendant of {r}, and it shows.",
    "Short, clear, and sometimes wrong about dates.",
    "Hard to find, but many libraries can borrow it.",
    "Looks at the quarrel from the north bank.",
    "Its maps show who lived where in {year}.",
    "For readers who like numbers.",
    "A good example of how to use tax rolls as a source.",
    "Collected by pupils, who also wrote the captions.",
    "Reads {hero} more critically than this lesson does.",
];

/// A bibliography, and the keys that the reading must cite.
pub(super) struct Sources {
    pub bibliography: Yaml,
    pub to_cite: Vec<String>,
}

impl Sources {
    pub(super) fn new(draft: &mut Draft<'_>, index: usize) -> Self {
        let (books, primary, further) = (draft.random.between(3, 8), draft.random.between(3, 7), draft.random.between(2, 10));
        let mut keys = Vec::new();
        let mut group = |draft: &mut Draft<'_>, kinds: &[Kind], how_many: usize| -> Vec<(String, Yaml)> {
            (0..how_many).map(|place| source(draft, kinds[(place + index) % kinds.len()], &mut keys)).collect()
        };
        let studies = group(draft, &[Kind::Book, Kind::Article, Kind::Chapter], books);
        let documents = group(draft, &[Kind::Letter, Kind::Archive, Kind::Case, Kind::Statute], primary);
        let others = group(draft, &[Kind::Web, Kind::Book, Kind::Film, Kind::Lost, Kind::Collection], further);
        let to_cite = studies.iter().chain(&documents).map(|(key, _)| key.clone()).collect();
        let style = ["chicago-author-date", "chicago-author-date", "apa", "mla"][index % 4];
        let groups = vec![
            map([("title", "Books and articles".into()), ("entries", Yaml::Map(studies))]),
            map([("title", "Documents of the time".into()), ("entries", Yaml::Map(documents))]),
            map([("title", "To read and watch".into()), ("further_reading", true.into()), ("entries", Yaml::Map(others))]),
        ];
        let bibliography = map([("style", style.into()), ("groups", groups.into())]);
        Self { bibliography, to_cite }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Book,
    Article,
    Chapter,
    Letter,
    Archive,
    Case,
    Statute,
    Web,
    /// A web page with a dead link.
    Lost,
    /// A website with several pages.
    Collection,
    Film,
}

fn source(draft: &mut Draft<'_>, kind: Kind, keys: &mut Vec<String>) -> (String, Yaml) {
    let person = Person::author(&mut draft.random);
    let author = format!("{}, {}", person.family, person.given);
    let year = match kind {
        Kind::Letter | Kind::Archive | Kind::Case | Kind::Statute => draft.story.year + draft.random.below(3),
        _ => draft.random.between(1952, 2024),
    };
    let (month, day) = (draft.random.between(1, 12), draft.random.between(1, 28));
    let date = format!("{year}-{month:02}-{day:02}");
    let (press, place) = draft.random.pick(PRESSES);
    let key = key(&person, year, keys);
    let address = format!("https://example.org/{}/{key}", draft.story.place.town.to_lowercase());
    let note = draft.text(NOTES, 1);
    let entry = match kind {
        Kind::Book => map([
            ("kind", "book".into()),
            ("author", author.into()),
            ("title", draft.text(BOOKS, 1).into()),
            ("publisher", press.into()),
            ("place", place.into()),
            ("year", year.into()),
        ]),
        Kind::Article => map([
            ("kind", "article".into()),
            ("author", vec![Yaml::from(author), name(&mut draft.random).into()].into()),
            ("title", draft.text(ARTICLES, 1).into()),
            ("journal", draft.random.pick(JOURNALS).into()),
            ("volume", draft.random.between(3, 98).into()),
            ("issue", draft.random.between(1, 4).into()),
            ("pages", pages(&mut draft.random).into()),
            ("year", year.into()),
        ]),
        Kind::Chapter => map([
            ("kind", "chapter".into()),
            ("author", author.into()),
            ("title", draft.text(ARTICLES, 1).into()),
            ("book", draft.text(BOOKS, 1).into()),
            ("editor", name(&mut draft.random).into()),
            ("pages", pages(&mut draft.random).into()),
            ("publisher", press.into()),
            ("place", place.into()),
            ("year", year.into()),
        ]),
        Kind::Letter => map([
            ("kind", "letter".into()),
            ("author", author.into()),
            ("recipient", draft.say("the council of {town}").into()),
            ("date", date.into()),
            ("collection", draft.say("Letters of {county} County").into()),
        ]),
        Kind::Archive => map([
            ("kind", "archive".into()),
            ("title", draft.say("Account book of the town of {town}").into()),
            (
                "collection",
                format!("Town records, box {}, folder {}", draft.random.between(1, 40), draft.random.between(1, 12)).into(),
            ),
            ("archive", draft.random.pick(ARCHIVES).into()),
            ("year", year.into()),
        ]),
        Kind::Case => map([
            ("kind", "case".into()),
            ("name", draft.say(&format!("{} v. Town of {{town}}", person.family)).into()),
            ("citation", format!("{} County Rep. {}", draft.random.between(11, 99), draft.random.between(12, 900)).into()),
            ("year", year.into()),
            ("url", address.into()),
        ]),
        Kind::Statute => {
            let citation = format!("Laws of {year}, ch. {}", draft.random.between(2, 210));
            let name = draft.say("An Act for the Relief of Towns on the {river}");
            map([("kind", "statute".into()), ("name", name.into()), ("citation", citation.into()), ("year", year.into())])
        }
        Kind::Web | Kind::Lost | Kind::Collection => {
            let name = draft.say("The {Name} of {town} in Pictures");
            let entry = map([
                ("kind", "web".into()),
                ("author", author.into()),
                ("title", name.into()),
                ("site", draft.say("{county} County Online").into()),
            ]);
            match kind {
                Kind::Lost => entry.with("url", Yaml::Bare("null".to_owned())),
                Kind::Web => entry.with("date", date.into()).with("url", address.into()).with("accessed", "2026-11-01".into()),
                _ => {
                    let part =
                        |title: String, end: &str| map([("title", title.into()), ("url", format!("{address}/{end}").into())]);
                    let parts =
                        vec![part(draft.say("The people of {town}"), "people"), part(draft.say("Maps of the {river}"), "maps")];
                    entry.with("url", address.clone().into()).with("parts", parts.into())
                }
            }
        }
        Kind::Film => map([
            ("kind", "film".into()),
            ("title", draft.say("A Winter in {town}").into()),
            ("director", author.into()),
            ("distributor", "Valley Pictures".into()),
            ("year", year.into()),
        ]),
    };
    (key, entry.with("note", note.into()))
}

fn name(random: &mut Random) -> String {
    let person = Person::author(random);
    format!("{}, {}", person.family, person.given)
}

fn pages(random: &mut Random) -> String {
    let first = random.between(3, 400);
    format!("{first}-{}", first + random.between(6, 31))
}

/// The last name and the year, such as `penn1871`, with a letter if that is taken.
fn key(person: &Person, year: usize, keys: &mut Vec<String>) -> String {
    let family: String = person.family.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let taken = |key: &String| keys.contains(key);
    let key = std::iter::once(format!("{family}{year}"))
        .chain(('b'..='z').map(|letter| format!("{family}{year}{letter}")))
        .find(|key| !taken(key))
        .expect("a lesson has fewer sources than there are letters");
    keys.push(key.clone());
    key
}
