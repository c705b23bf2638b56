//! Everything people read follows the vocabulary in CONTRIBUTING.md: messages, help, documents, lessons, templates, and comments.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The document with the vocabulary.
const TABLE: &str = "CONTRIBUTING.md";

/// Files and folders that people read, from the top of the project.
const READ: [&str; 17] = [
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.toml",
    "clippy.toml",
    "deny.toml",
    "fonts/README.md",
    "lessons",
    "docs",
    "src",
    "benches",
    "tests/suite",
    "tests/browser",
    "tests/mistakes",
    "ci",
    ".ci",
];

/// The endings of their names.
const ENDINGS: [&str; 16] =
    ["md", "rs", "typ", "html", "js", "mjs", "css", "xml", "yml", "yaml", "toml", "txt", "sh", "json", "LICENSE", "run"];

/// Files in other languages, generated files, and this one, which quotes the old phrases.
fn is_left_out(path: &str) -> bool {
    let is_foreign = path.starts_with("src/words/") && path != "src/words/en.json";
    is_foreign || path.contains(".es.") || path.starts_with("docs/schema/") || path == "tests/suite/vocabulary.rs"
}

/// A word or phrase to avoid, and what to write instead.
struct Rule {
    phrase: Vec<String>,
    instead: String,
    /// Whether it applies to lessons too.
    everywhere: bool,
}

/// The rules in the tables of a document. The first column has the phrases in backticks, and the second what to write instead.
fn rules(document: &str) -> Vec<Rule> {
    let (_, section) = document.split_once("\n## Vocabulary\n").expect("there is a vocabulary section");
    let section = section.split("\n## ").next().unwrap_or(section);
    let (everywhere, program) = section.split_once("\n### In the program").expect("the section has two tables");
    let rules = |table: &str, everywhere: bool| -> Vec<Rule> {
        let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
        let rules = rows.flat_map(|row| {
            let (phrases, instead) = row.split_once(" | ").expect("a row has two columns");
            let phrases = phrases.split('`').step_by(2).map(words).filter(|phrase| !phrase.is_empty());
            phrases.map(|phrase| Rule { phrase, instead: instead.to_owned(), everywhere }).collect::<Vec<_>>()
        });
        rules.collect()
    };
    rules(everywhere, true).into_iter().chain(rules(program, false)).collect()
}

/// The words of some text, in lowercase. Anything joined to code by punctuation (`licence:`, `self.beside`, `beside(`) isn't prose.
/// Punctuation counts as a word, so a phrase never spans a comma or the end of a sentence.
fn words(text: &str) -> Vec<String> {
    let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '_' | '-');
    let mut words = Vec::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(start) = rest.find(is_of_word) {
        let between = &rest[..start];
        if between.contains(|c: char| !c.is_whitespace()) && !words.is_empty() {
            words.push(between.trim().to_owned());
        }
        before = between.chars().next_back().unwrap_or(before);
        let word = &rest[start..];
        let end = word.find(|c: char| !is_of_word(c)).unwrap_or(word.len());
        let after = word[end..].chars().next().unwrap_or(' ');
        let next = word[end..].chars().nth(1).unwrap_or(' ');
        let is_code = matches!(before, '.' | '$' | '@' | '#' | '/' | '<' | '&')
            || matches!(after, '=' | '(' | '{' | '/')
            || (matches!(after, ':' | '.') && !next.is_whitespace() && next != '"');
        let sign = between.trim_end().chars().next_back();
        let is_key = after == ':' && (matches!(sign, Some('{' | ',' | '-')) || (sign.is_none() && words.is_empty()));
        let is_name = matches!(&word[..end], "Grey" | "Colour" | "Labour");
        words.push(if is_code || is_key || is_name { "`".to_owned() } else { word[..end].replace('’', "'").to_lowercase() });
        before = after;
        rest = &word[end..];
    }
    words
}

/// A line without the code in backticks or double braces.
fn without_code(line: &str) -> String {
    let prose: Vec<&str> = line.split('`').step_by(2).collect();
    let prose = prose.join("`x`");
    let prose = prose.split("{{").map(|piece| piece.split_once("}}").map_or(piece, |(_, prose)| prose));
    prose.collect::<Vec<_>>().join("x")
}

/// The prose in each line of a program or template: comments, and strings of more than one word.
fn prose_of_program(source: &str) -> Vec<String> {
    source.lines().map(prose_of_line).collect()
}

fn prose_of_line(line: &str) -> String {
    if let Some(comment) = line.trim_start().strip_prefix("//") {
        return without_code(comment.trim_start_matches(['/', '!']));
    }
    let mut prose = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find(['"', '/']) {
        let piece = &rest[start..];
        if piece.starts_with("//") {
            prose.push(piece.trim_start_matches('/').to_owned());
            break;
        }
        if piece.starts_with('/') || rest[..start].ends_with('\'') {
            rest = &piece[1..];
            continue;
        }
        let mut ends = piece.char_indices().skip(1);
        let mut end = piece.len();
        while let Some((at, c)) = ends.next() {
            match c {
                '\\' => drop(ends.next()),
                '"' => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        let string = &piece[1..end];
        if string.trim().contains(' ') {
            prose.push(string.to_owned());
        }
        rest = piece.get(end + 1..).unwrap_or_default();
    }
    // A string may continue from the line before. Then this line has no code.
    if prose.is_empty() && !line.contains([';', '{', '(', ':']) {
        prose.push(line.to_owned());
    }
    without_code(&prose.join(" ` "))
}

/// The phrases that break a rule in the text of a file with this name: the line, the phrase, and what to write instead.
fn faults(name: &str, text: &str, rules: &[Rule]) -> Vec<(usize, String, String)> {
    let is_program = [".rs", ".typ", ".js", ".mjs"].iter().any(|ending| name.ends_with(ending));
    let lines = if is_program { prose_of_program(text) } else { text.lines().map(without_code).collect() };
    let lines = lines.iter().map(|line| words(line)).enumerate();
    let faults = lines.flat_map(|(number, line)| {
        let applies = |rule: &&Rule| rule.everywhere || !name.starts_with("lessons/");
        let broken =
            rules.iter().filter(applies).filter(move |rule| line.windows(rule.phrase.len()).any(|window| *window == rule.phrase));
        broken.map(move |rule| (number + 1, rule.phrase.join(" "), rule.instead.clone())).collect::<Vec<_>>()
    });
    faults.collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files that people read in a folder, by path from the top of the project; or the path itself, if it's a file.
fn files(path: PathBuf, found: &mut BTreeSet<String>) {
    if path.is_dir() {
        for entry in path.read_dir().expect("the folder can be read") {
            files(entry.expect("the folder can be read").path(), found);
        }
        return;
    }
    let name = path.strip_prefix(root()).expect("it is in the project").to_string_lossy().replace('\\', "/");
    let ending = name.rsplit(['.', '/']).next().unwrap_or_default();
    if ENDINGS.contains(&ending) && !is_left_out(&name) {
        found.insert(name);
    }
}

#[test]
fn the_vocabulary_holds_everywhere() {
    let rules = rules(&std::fs::read_to_string(root().join(TABLE)).expect("the document is text"));
    assert!(rules.len() > 60, "only {} rules", rules.len());
    let mut read = BTreeSet::new();
    READ.iter().for_each(|path| files(root().join(path), &mut read));
    assert!(read.len() > 500, "only {} files", read.len());
    let faults: Vec<String> = read
        .iter()
        .flat_map(|name| {
            let text = std::fs::read_to_string(root().join(name)).expect("it is text");
            let faults = faults(name, &text, &rules).into_iter();
            faults.map(move |(line, phrase, instead)| format!("{name}:{line}: “{phrase}” → {instead}"))
        })
        .collect();
    assert!(faults.is_empty(), "{} places use phrases to avoid, as listed in {TABLE}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_vocabulary_finds_old_sentences() {
    let rules = rules(&std::fs::read_to_string(root().join(TABLE)).expect("the document is text"));
    let found =
        |name: &str, text: &str| -> Vec<String> { faults(name, text, &rules).into_iter().map(|(_, phrase, _)| phrase).collect() };
    for (name, old, phrase) in [
        ("a.rs", "    .help(\"nothing was built: mend this first\")", "mend"),
        ("a.rs", "    \"`minutes` must be a whole number, and `{found}` stands here\"", "stands here"),
        ("a.rs", "/// Which packets there are, but for those of teachers.", "but for"),
        ("a.typ", "// Writes a box to tick.", "tick"),
        ("a.typ", "text: [Tick box] // whoever reads it", "whoever"),
        ("a.md", "A program that packs packets, with the answers for whoever teaches.", "whoever"),
        ("a.html", "<p>Below stand pictures; the licence is CC BY.</p>", "licence"),
        ("a.json", "  \"self-check\": \"Before you hand this in\",", "hand this in"),
        ("a.yml", "# It lies beside the manifest.", "lies beside"),
        ("a.txt", "  = help: take it away", "take it away"),
        ("a.yaml", "  title: How the work is judged", "how the work is judged"),
    ] {
        assert!(found(name, old).iter().any(|found| found == phrase), "“{phrase}” in {name}: {:?}", found(name, old));
    }
    for (name, good) in [
        ("a.rs", "    let licence = rights.licence.as_ref(); // the license"),
        ("a.rs", "    \"add `licence:` to the rights\""),
        ("a.yaml", "    licence: CC BY 4.0"),
        ("a.yaml", "rights: {holder: The Packetpress Authors, licence: CC BY 4.0}"),
        ("a.html", "<p>{{ lesson.licence }}</p>"),
        ("a.md", "A ticket, the sticks, and the judge."),
    ] {
        assert_eq!(found(name, good), Vec::<String>::new(), "{good}");
    }
}
