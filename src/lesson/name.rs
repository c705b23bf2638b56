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
            Parts::Person { family, given, suffix: None } => format!("{given} {family}"),
            Parts::Person { family, given, suffix: Some(suffix) } => format!("{given} {family} {suffix}"),
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
    let pieces: Vec<&str> = name.split(',').map(str::trim).collect();
    if pieces.len() == 1 {
        return None;
    }
    let several = [";", " and ", " & "].into_iter().find(|joint| name.contains(joint));
    let of_organization =
        name.split(|c: char| !c.is_alphanumeric()).any(|word| OF_ORGANIZATIONS.contains(&word.to_lowercase().as_str()));
    if pieces[0].contains(' ') && (of_organization || pieces[0].starts_with("The ")) {
        return Some((
            format!("`{name}` reads as a person with the last name `{}`", pieces[0]),
            format!("write {} for an organization", organization()),
        ));
    }
    if let Some(joint) = several {
        let people: Vec<String> = name.split(joint).map(|person| format!("\"{}\"", person.trim())).collect();
        return Some((
            format!("`{name}` is more than one name"),
            format!("write a list, `[{}]`, or {} for one organization", people.join(", "), organization()),
        ));
    }
    if pieces.iter().any(|piece| piece.is_empty()) {
        return Some((format!("`{name}` has a comma without a name"), "write `Last, First`, or remove the comma".into()));
    }
    match parts(name) {
        Parts::Whole(_) => Some((
            format!("`{name}` has more commas than `Last, First` and `Last, First, Jr.`"),
            format!("write {} for an organization, or a list of names for several people", organization()),
        )),
        Parts::Person { .. } => None,
    }
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
        ] {
            assert_eq!(parts(name), expected, "{name}");
            assert_eq!(problem(name), None, "{name}");
        }
    }

    #[test]
    fn names_that_would_print_wrong_are_reported() {
        for (name, message) in [
            ("King's College, London", "`King's College, London` reads as a person with the last name `King's College`"),
            ("Doe, Jane and Roe, Ann", "`Doe, Jane and Roe, Ann` is more than one name"),
            ("Doe, Jane; Roe, Ann", "`Doe, Jane; Roe, Ann` is more than one name"),
            ("Doe, Jane, ed.", "`Doe, Jane, ed.` has more commas than `Last, First` and `Last, First, Jr.`"),
            ("Doe,", "`Doe,` has a comma without a name"),
            ("Doe, Jane, et al.", "`Doe, Jane, et al.` leaves out names"),
        ] {
            assert_eq!(problem(name).map(|(message, _)| message).as_deref(), Some(message));
        }
    }
}
