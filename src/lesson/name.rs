//! Names of people and organizations.

use schemars::JsonSchema;
use serde::Deserialize;

use super::prose::Placed;

/// A person as `Last, First` or `Last, First, Jr.`, or an organization. An organization's name that has a comma needs the key
/// `organization`: `{organization: "King's College, London"}`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(extend("x-shorthand" = "name"))]
pub enum Name {
    /// A person as `Last, First`, or an organization without a comma. Leave out `name:` and write just the name.
    #[schemars(extend("x-example" = "\"Doe, Jane\""))]
    Name(Placed<String>),
    /// An organization, in full, with all its commas.
    #[schemars(extend("x-example" = "\"King's College, London\""))]
    Organization(Placed<String>),
}

/// The parts of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts<'a> {
    /// A name in one piece: an organization, or a person with a single name.
    Whole(&'a str),
    /// A person's name.
    Person {
        /// The last name with its particle, as in `Du Bois`.
        family: &'a str,
        /// The first and middle names, with a particle that belongs after them, as in `Ludwig van`.
        given: &'a str,
        /// `Jr.`, `III`.
        suffix: Option<&'a str>,
    },
}

/// What follows a name after a comma.
const SUFFIXES: [&str; 9] = ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "v", "esq."];

fn is_suffix(text: &str) -> bool {
    SUFFIXES.contains(&text.to_lowercase().as_str())
}

impl Name {
    /// The name as it is written in the file.
    pub fn written(&self) -> &Placed<String> {
        match self {
            Self::Name(name) | Self::Organization(name) => name,
        }
    }

    /// Its parts. A name that [`problem`] reports counts as a whole.
    pub fn parts(&self) -> Parts<'_> {
        match self {
            Self::Organization(name) => Parts::Whole(name.value.trim()),
            Self::Name(name) => parts(name.value.trim()),
        }
    }

    /// The name with the first name first.
    pub fn in_order(&self) -> String {
        match self.parts() {
            Parts::Whole(name) => name.to_owned(),
            Parts::Person { family, given, suffix } => {
                let suffix = suffix.map(|suffix| format!(" {suffix}")).unwrap_or_default();
                format!("{} {family}{suffix}", spaced_initials(given))
            }
        }
    }

    /// The part of the name that citations in the text use.
    pub fn short(&self) -> &str {
        match self.parts() {
            Parts::Whole(name) => name,
            Parts::Person { family, .. } => family,
        }
    }
}

/// First names with a space after each initial, as every manual has them: "J. R. R." for `J.R.R.`
pub fn spaced_initials(given: &str) -> String {
    let mut spaced = String::with_capacity(given.len());
    for c in given.chars() {
        let follows_initial = spaced.ends_with('.') && c.is_uppercase();
        if follows_initial {
            spaced.push(' ');
        }
        spaced.push(c);
    }
    spaced
}

/// The parts of a name in the file.
fn parts(name: &str) -> Parts<'_> {
    let pieces: Vec<&str> = name.split(',').map(str::trim).collect();
    match pieces[..] {
        [family, given] if !family.is_empty() && !given.is_empty() => {
            match family.rsplit_once(' ').filter(|(_, last)| is_suffix(last) && !last.eq_ignore_ascii_case("v")) {
                // King Jr., Martin Luther
                Some((family, suffix)) => Parts::Person { family, given, suffix: Some(suffix) },
                // Without a first name, as in "Louis, XIV", the comma is part of the name.
                None if is_suffix(given) => Parts::Whole(name),
                None => Parts::Person { family, given, suffix: None },
            }
        }
        [family, given, suffix] if is_suffix(suffix) => Parts::Person { family, given, suffix: Some(suffix) },
        [family, suffix, given] if is_suffix(suffix) => Parts::Person { family, given, suffix: Some(suffix) },
        _ => Parts::Whole(name),
    }
}

/// Words that only organizations have in their names.
const OF_ORGANIZATIONS: [&str; 43] = [
    "academy",
    "administration",
    "agency",
    "archives",
    "army",
    "association",
    "authority",
    "board",
    "bureau",
    "center",
    "college",
    "commission",
    "committee",
    "company",
    "conference",
    "congress",
    "corporation",
    "council",
    "court",
    "department",
    "division",
    "embassy",
    "federation",
    "foundation",
    "institute",
    "institution",
    "league",
    "library",
    "ministry",
    "museum",
    "office",
    "organization",
    "press",
    "school",
    "secretariat",
    "senate",
    "service",
    "services",
    "society",
    "union",
    "university",
    "universidad",
    "ministerio",
];

/// What follows the name of a company after a comma.
const OF_COMPANIES: [&str; 12] =
    ["inc", "inc.", "incorporated", "ltd", "ltd.", "limited", "llc", "co.", "corp", "corp.", "plc", "gmbh"];

/// Ranks that print after a name, as in "Charles, Prince of Wales".
const RANKS: [&str; 18] = [
    "king",
    "queen",
    "prince",
    "princess",
    "duke",
    "duchess",
    "earl",
    "count",
    "countess",
    "baron",
    "baroness",
    "marquis",
    "lord",
    "lady",
    "emperor",
    "empress",
    "bishop",
    "archbishop",
];

/// Degrees, which no style prints.
const DEGREES: [&str; 14] =
    ["phd", "ph.d.", "ph.d", "md", "m.d.", "ma", "m.a.", "ba", "b.a.", "jd", "j.d.", "mba", "edd", "ed.d."];

/// Titles before a first name, which no style prints.
const TITLES: [&str; 5] = ["dr.", "dr", "prof.", "prof", "professor"];

/// Words that people add to a name for what someone did, and the key for it.
const ROLES: [(&str, &str); 14] = [
    ("ed", "editor"),
    ("ed.", "editor"),
    ("eds", "editor"),
    ("eds.", "editor"),
    ("editor", "editor"),
    ("editors", "editor"),
    ("tr.", "translator"),
    ("trans", "translator"),
    ("trans.", "translator"),
    ("translator", "translator"),
    ("dir.", "director"),
    ("director", "director"),
    ("interviewer", "interviewer"),
    ("performer", "performer"),
];

/// First names that aren't the beginning of a last name, to recognize people whose names weren't turned around.
const FIRST_NAMES: [&str; 60] = [
    "adam",
    "alice",
    "andrew",
    "ann",
    "anna",
    "anne",
    "barbara",
    "betty",
    "carol",
    "charles",
    "christopher",
    "daniel",
    "david",
    "deborah",
    "donald",
    "donna",
    "dorothy",
    "edward",
    "elizabeth",
    "emily",
    "emma",
    "eric",
    "frank",
    "george",
    "helen",
    "henry",
    "jane",
    "jennifer",
    "jessica",
    "john",
    "joseph",
    "karen",
    "katherine",
    "kenneth",
    "kevin",
    "laura",
    "linda",
    "lisa",
    "margaret",
    "maria",
    "mark",
    "mary",
    "matthew",
    "michael",
    "michelle",
    "nancy",
    "patricia",
    "paul",
    "peter",
    "rachel",
    "rebecca",
    "richard",
    "robert",
    "ruth",
    "sandra",
    "sarah",
    "steven",
    "susan",
    "timothy",
    "william",
];

/// What is wrong with a name: the message, and how to write it.
pub fn problem(name: &str) -> Option<(String, String)> {
    let name = name.trim();
    let organization = || format!("`{{organization: \"{name}\"}}`");
    let lower = name.to_lowercase();
    if lower.contains("et al") && lower.trim_end_matches('.').ends_with("et al") {
        return Some((
            format!("`{name}` leaves out names"),
            "list every author, as in `[\"Doe, Jane\", \"Roe, Ann\"]`; the style shortens the list by itself".into(),
        ));
    }
    if let Some(problem) = addition(name) {
        return Some(problem);
    }
    let pieces: Vec<&str> = name.split(',').map(str::trim).collect();
    let joint = [";", " and ", " & "].into_iter().find(|joint| name.contains(joint));
    let is_list = match joint {
        Some(";") => true,
        Some(joint) => pieces.len() > 1 || name.split(joint).all(is_turned),
        None => false,
    };
    if pieces.len() == 1 && !is_list {
        return None;
    }
    let of_organization =
        name.split(|c: char| !c.is_alphanumeric()).any(|word| OF_ORGANIZATIONS.contains(&word.to_lowercase().as_str()));
    let is_company = pieces[1..].iter().any(|piece| OF_COMPANIES.contains(&piece.to_lowercase().as_str()))
        || lower.ends_with("& co.")
        || lower.ends_with("& co")
        || lower.ends_with("and company");
    if is_company || (pieces.len() > 1 && pieces[0].contains(' ') && (of_organization || pieces[0].starts_with("The "))) {
        return Some((
            format!("`{name}` reads as a person with the last name `{}`", pieces[0]),
            format!("write {} for an organization", organization()),
        ));
    }
    if is_list || pieces.len() > 1 && pieces.iter().all(|piece| is_turned(piece)) {
        let help = match people(name, joint) {
            Some(people) => format!("write a list, `[{people}]`, or {} for one organization", organization()),
            None => format!("write a list of names such as `Last, First`, or {} for one organization", organization()),
        };
        return Some((format!("`{name}` is more than one name"), help));
    }
    if pieces.iter().any(|piece| piece.is_empty()) {
        return Some((format!("`{name}` has a comma without a name"), "write `Last, First`, or remove the comma".into()));
    }
    let rank = pieces[1].split_once(" of ").map(|(rank, _)| rank.to_lowercase());
    if pieces.len() == 2 && rank.is_some_and(|rank| rank.split(' ').next_back().is_some_and(|rank| RANKS.contains(&rank))) {
        return Some((
            format!("`{name}` reads as a person with the first name `{}`", pieces[1]),
            format!("write {}, which prints as it is", organization()),
        ));
    }
    match parts(name) {
        Parts::Whole(_) => {
            let list = people(name, None).map_or_else(|| "a list of names".to_owned(), |people| format!("a list, `[{people}]`,"));
            Some((
                format!("`{name}` has more commas than `Last, First` and `Last, First, Jr.`"),
                format!("write {} for an organization, or {list} for several people", organization()),
            ))
        }
        Parts::Person { .. } => None,
    }
}

/// Whether text is a person's name that begins with the first name: "Jane Doe".
fn is_turned(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=3).contains(&words.len())
        && FIRST_NAMES.contains(&words[0].to_lowercase().as_str())
        && !words[words.len() - 1].ends_with('.')
}

/// The names in text with several, in quotation marks, as they belong in a list. `None` if it isn't clear where each ends.
fn people(text: &str, joint: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = joint.map_or_else(|| vec![text], |joint| text.split(joint).collect());
    let mut people = Vec::new();
    for part in parts {
        let part = part.trim().trim_end_matches(',');
        let pieces: Vec<&str> = part.split(',').map(str::trim).collect();
        match pieces.len() {
            1 => people.push(turned(part)),
            _ if pieces.iter().all(|piece| is_turned(piece)) => people.extend(pieces.into_iter().map(turned)),
            length if length >= 4 && length % 2 == 0 => people.extend(pieces.chunks(2).map(|pair| pair.join(", "))),
            _ => people.push(part.to_owned()),
        }
    }
    if people.len() < 2 || people.iter().any(|person| problem(person).is_some()) {
        return None;
    }
    Some(people.iter().map(|person| format!("\"{person}\"")).collect::<Vec<_>>().join(", "))
}

/// A name with the last name first.
fn turned(name: &str) -> String {
    match name.rsplit_once(' ') {
        Some((given, family)) => format!("{family}, {given}"),
        None => name.to_owned(),
    }
}

/// What is wrong with a name that has something added: dates, a title, a degree, or what the person did.
fn addition(name: &str) -> Option<(String, String)> {
    let role = |word: &str| ROLES.iter().find(|(known, _)| *known == word.to_lowercase()).map(|(_, key)| *key);
    let with_role = |rest: &str, key: &str| {
        let message = format!("`{name}` says what the person did");
        (message, format!("write only the name, `\"{}\"`; if the person is the {key}, put it under the key `{key}`", rest.trim()))
    };
    if let Some((before, inside)) = name.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        if let Some(key) = role(inside.trim()) {
            return Some(with_role(before, key));
        }
        let digits = inside.bytes().filter(u8::is_ascii_digit).count();
        if digits >= 3 && !inside.chars().any(|c| c.is_alphabetic() && !"bcdsaorn".contains(c.to_ascii_lowercase())) {
            return Some((
                format!("`{name}` has dates, which would print as part of the name"),
                format!("remove them: `\"{}\"`", before.trim()),
            ));
        }
    }
    let (rest, last) = name.rsplit_once(',').map(|(rest, last)| (rest, last.trim()))?;
    let given = rest.split(',').nth(1).map_or(last, str::trim);
    if let Some((title, rest)) = given.split_once(' ').filter(|(title, _)| TITLES.contains(&title.to_lowercase().as_str())) {
        return Some((
            format!("`{name}` has a title, which no style prints"),
            format!("remove `{title}`: `\"{}\"`", name.replacen(&format!("{title} {rest}"), rest, 1)),
        ));
    }
    // "Poe, Ed" is a name.
    let is_role = rest.contains(',') || last.starts_with(char::is_lowercase);
    if let Some(key) = role(last).filter(|_| is_role) {
        return Some(with_role(rest, key));
    }
    if rest.contains(',') && DEGREES.contains(&last.to_lowercase().as_str()) {
        return Some((
            format!("`{name}` has a degree, which no style prints"),
            format!("remove `{last}`: `\"{}\"`", rest.trim()),
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_parts() {
        let person = |family, given, suffix| Parts::Person { family, given, suffix };
        for (name, expected) in [
            ("Doe, Jane", person("Doe", "Jane", None)),
            ("Du Bois, W. E. B.", person("Du Bois", "W. E. B.", None)),
            ("de la Cruz, Juana Inés", person("de la Cruz", "Juana Inés", None)),
            ("Beethoven, Ludwig van", person("Beethoven", "Ludwig van", None)),
            ("King, Martin Luther, Jr.", person("King", "Martin Luther", Some("Jr."))),
            ("King, Jr., Martin Luther", person("King", "Martin Luther", Some("Jr."))),
            ("King Jr., Martin Luther", person("King", "Martin Luther", Some("Jr."))),
            ("Gates, Henry Louis, III", person("Gates", "Henry Louis", Some("III"))),
            ("Voltaire", Parts::Whole("Voltaire")),
            ("Library of Congress", Parts::Whole("Library of Congress")),
            ("Simon and Schuster", Parts::Whole("Simon and Schuster")),
            ("García Márquez, Gabriel José", person("García Márquez", "Gabriel José", None)),
            ("Poe, Ed", person("Poe", "Ed", None)),
            ("Ward, Mrs. Humphry", person("Ward", "Mrs. Humphry", None)),
        ] {
            assert_eq!(parts(name), expected, "{name}");
            assert_eq!(problem(name), None, "{name}");
        }
    }

    #[test]
    fn initials_have_spaces_between_them() {
        assert_eq!(spaced_initials("J.R.R."), "J. R. R.");
        assert_eq!(spaced_initials("J.-P. Marie"), "J.-P. Marie");
    }

    #[test]
    fn names_that_would_print_wrong_are_reported() {
        for (name, message) in [
            ("King's College, London", "`King's College, London` reads as a person with the last name `King's College`"),
            ("Doe, Jane and Roe, Ann", "`Doe, Jane and Roe, Ann` is more than one name"),
            ("Doe, Jane; Roe, Ann", "`Doe, Jane; Roe, Ann` is more than one name"),
            ("Doe, Jane, Poe", "`Doe, Jane, Poe` has more commas than `Last, First` and `Last, First, Jr.`"),
            ("Doe, Jane, ed.", "`Doe, Jane, ed.` says what the person did"),
            ("Doe, Jane (ed.)", "`Doe, Jane (ed.)` says what the person did"),
            ("Doe, Jane (1900-1980)", "`Doe, Jane (1900-1980)` has dates, which would print as part of the name"),
            ("Doe, Dr. Jane", "`Doe, Dr. Jane` has a title, which no style prints"),
            ("Doe, Jane, PhD", "`Doe, Jane, PhD` has a degree, which no style prints"),
            ("Knopf, Inc.", "`Knopf, Inc.` reads as a person with the last name `Knopf`"),
            ("Smith, Jones & Co.", "`Smith, Jones & Co.` reads as a person with the last name `Smith`"),
            ("Charles, Prince of Wales", "`Charles, Prince of Wales` reads as a person with the first name `Prince of Wales`"),
            ("Jane Doe, Ann Roe", "`Jane Doe, Ann Roe` is more than one name"),
            ("Jane Doe and Ann Roe", "`Jane Doe and Ann Roe` is more than one name"),
            ("Jane Doe; Ann Roe", "`Jane Doe; Ann Roe` is more than one name"),
            ("Doe,", "`Doe,` has a comma without a name"),
            ("Doe, Jane, et al.", "`Doe, Jane, et al.` leaves out names"),
        ] {
            assert_eq!(problem(name).map(|(message, _)| message).as_deref(), Some(message));
        }
    }

    #[test]
    fn a_list_of_names_is_suggested_that_is_right() {
        let list = |names: &str| format!("write a list, `[{names}]`");
        for (name, names) in [
            ("Smith, Adam, and Ricardo, David", r#""Smith, Adam", "Ricardo, David""#),
            ("Doe, Jane and Ann Roe", r#""Doe, Jane", "Roe, Ann""#),
            ("Jane Doe & Ann Roe", r#""Doe, Jane", "Roe, Ann""#),
            ("Jane Doe, Ann Roe", r#""Doe, Jane", "Roe, Ann""#),
            ("Doe, Jane, Poe, Ed, and Roe, Ann", r#""Doe, Jane", "Poe, Ed", "Roe, Ann""#),
        ] {
            let (_, help) = problem(name).expect("it's several names");
            assert!(help.starts_with(&list(names)), "{help}");
        }
        assert_eq!(problem("Doe, Dr. Jane").map(|(_, help)| help).as_deref(), Some("remove `Dr.`: `\"Doe, Jane\"`"));
        assert_eq!(problem("Doe, Jane, PhD").map(|(_, help)| help).as_deref(), Some("remove `PhD`: `\"Doe, Jane\"`"));
    }
}
