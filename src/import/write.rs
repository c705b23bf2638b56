//! Writes what was recognized as a lesson and, where there is something for teachers, a teacher file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::document::{Line, plain};
use super::prose::{Prose, escaped};
use super::questions::{Kind, Piece, Question};
use super::recognize::Recognized;
use crate::lesson::block::letter;
use crate::yaml::written::{block, in_braces, line};

/// How wide comments are, in characters.
const WIDTH: usize = 100;

/// Image files that packets can print.
const PRINTABLE: [&str; 5] = ["png", "jpg", "jpeg", "webp", "svg"];

/// A lesson and its teacher file.
pub(super) struct Written {
    pub lesson: String,
    pub teacher: Option<String>,
    /// The image files that the lesson uses.
    pub images: Vec<String>,
    /// What isn't in either file but in a comment, with what it is.
    pub left: Vec<(String, String)>,
}

/// Writes both files. `source` is the name of the document; `prose` writes the answers.
pub(super) fn write(found: &Recognized, source: &str, prose: &mut Prose<'_>) -> Written {
    let mut writer = Writer { found, answers: Answers::default(), questions: 0, images: Vec::new(), left: found.left.clone() };
    let body = writer.lesson(prose);
    for (number, answer) in &found.answers {
        if !writer.answers.used.contains(number) {
            writer.left.push((format!("Answer {number}, without a question that it fits"), plain(answer)));
        }
    }
    let teacher = writer.teacher();
    let source: String = source.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut lesson =
        format!("# Imported from {source}. What was guessed, and what has no place, is at the end of this file.\n\n{body}");
    comment(&mut lesson, "Guessed; please check", &found.guessed);
    let left: Vec<String> = writer.left.iter().map(|(what, text)| format!("{what}: {text}")).collect();
    comment(&mut lesson, "Left over from the document; delete it if you don't need it", &left);
    Written { lesson, teacher, images: writer.images, left: writer.left }
}

/// Adds a comment with a list, wrapped.
fn comment(out: &mut String, heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let _ = write!(out, "\n# {heading}:\n");
    for text in lines {
        let mut row = String::from("# -");
        for word in text.split_whitespace() {
            if row.chars().count() + word.chars().count() > WIDTH && row.chars().count() > 4 {
                out.push_str(row.trim_end());
                out.push('\n');
                row = String::from("#  ");
            }
            row.push(' ');
            row.extend(word.chars().filter(|c| !c.is_control()));
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
}

#[derive(Default)]
struct Answers {
    /// The answers in the teacher file, by the ids of the questions.
    written: Vec<(String, String)>,
    /// The numbers of the answers that were used.
    used: Vec<usize>,
}

struct Writer<'f> {
    found: &'f Recognized,
    answers: Answers,
    questions: usize,
    images: Vec<String>,
    left: Vec<(String, String)>,
}

impl Writer<'_> {
    fn lesson(&mut self, prose: &mut Prose<'_>) -> String {
        let found = self.found;
        let mut out = format!("title: {}\n", line(&escaped(&found.title)));
        if let Some(question) = &found.question {
            let _ = writeln!(out, "question: {}", line(question));
        }
        if let Some(language) = found.language.as_deref().filter(|language| is_tag(language)) {
            let _ = writeln!(out, "language: {language}");
        }
        if !found.vocabulary.is_empty() {
            out.push_str("\nvocabulary:\n");
            for (word, meaning) in &found.vocabulary {
                let _ = writeln!(out, "  - {{term: {}, meaning: {}}}", in_braces(word), in_braces(meaning));
            }
        }
        match found.reading.as_slice() {
            [] => {}
            [Piece::Prose(text)] => {
                let _ = write!(out, "\nreading: {}", block(text, 2));
            }
            pieces => {
                out.push_str("\nreading:\n");
                self.pieces(pieces, 2, Place::Reading, prose, &mut out);
            }
        }
        if !found.discussion.is_empty() {
            out.push_str("\ndiscussion:\n");
            self.pieces(&found.discussion, 2, Place::Questions, prose, &mut out);
        }
        if let Some((title, body)) = &found.activity {
            let _ = write!(out, "\nactivity:\n  title: {}\n", line(title));
            if !body.is_empty() {
                out.push_str("  body:\n");
                self.pieces(body, 4, Place::Activity, prose, &mut out);
            }
        }
        if !found.exit_ticket.is_empty() {
            out.push_str("\nexit_ticket:\n");
            self.pieces(&found.exit_ticket, 2, Place::Questions, prose, &mut out);
        }
        if !found.groups.is_empty() {
            out.push_str("\nbibliography:\n  groups:\n");
            for group in &found.groups {
                let _ = writeln!(out, "    - title: {}", line(&escaped(&group.title)));
                // Nothing in the text says yet which of them it is from.
                out.push_str("      further_reading: true\n      entries:\n");
                for source in &group.sources {
                    let fields = source.fields.iter().map(|(name, value)| {
                        format!("{name}: {}", value.as_deref().map_or_else(|| "null".to_owned(), in_braces))
                    });
                    let fields: Vec<String> = fields.collect();
                    let _ = writeln!(out, "        {}: {{kind: {}, {}}}", source.key, source.kind, fields.join(", "));
                }
            }
        }
        out
    }

    fn pieces(&mut self, pieces: &[Piece], column: usize, place: Place, prose: &mut Prose<'_>, out: &mut String) {
        let margin = " ".repeat(column);
        for piece in pieces {
            match piece {
                Piece::Prose(text) if place == Place::Questions => {
                    // Questions can't have text between them, so it is one without room to write.
                    let text = text.trim_start_matches(['#', ' ']).replace('\n', " ");
                    let _ = writeln!(out, "{margin}- {{ask: {}, space: none}}", in_braces(&text));
                }
                Piece::Prose(text) => {
                    let _ = write!(out, "{margin}- {}", block(text, column + 2));
                }
                Piece::Figure(name, description) => self.figure(name, description, &margin, out),
                Piece::Verse(text) => {
                    let text = text.replace('\\', "");
                    let _ = write!(out, "{margin}- verse:\n{margin}    text: {}", block(&text, column + 6));
                }
                Piece::Equation(tex) => {
                    let _ = writeln!(out, "{margin}- equation: '{}'", tex.replace('\'', "''"));
                }
                Piece::BlankTable(ask, heads, rows) => {
                    let _ = writeln!(out, "{margin}- blank_table:");
                    if let Some(ask) = ask {
                        let _ = writeln!(out, "{margin}    ask: {}", line(ask));
                    }
                    let heads: Vec<String> = heads.iter().map(|head| in_braces(head)).collect();
                    let _ = write!(out, "{margin}    heads: [{}]\n{margin}    rows: {}\n", heads.join(", "), rows.min(&40));
                }
                Piece::Steps(steps) => {
                    let _ = writeln!(out, "{margin}- steps:");
                    list(out, &format!("{margin}    "), steps);
                }
                Piece::Materials(materials) => {
                    let _ = writeln!(out, "{margin}- materials:");
                    list(out, &format!("{margin}    "), materials);
                }
                Piece::Question(question) => self.question(question, &margin, place, prose, out),
            }
        }
    }

    fn figure(&mut self, name: &str, description: &str, margin: &str, out: &mut String) {
        let ending = name.rsplit('.').next().unwrap_or_default();
        if !PRINTABLE.contains(&ending) {
            self.left.push((
                "Image in a format that packets can't print; save it as PNG or SVG".to_owned(),
                format!("{name} {description}"),
            ));
            self.images.push(name.to_owned());
            let _ = writeln!(out, "{margin}# An image was here: images/{name}");
            return;
        }
        self.images.push(name.to_owned());
        let _ = write!(out, "{margin}- figure:\n{margin}    image: {}\n", line(&format!("images/{name}")));
        if description.is_empty() {
            let _ = writeln!(out, "{margin}    alt:              # say what the image shows, for readers who can't see it");
        } else {
            let _ = writeln!(out, "{margin}    alt: {}", line(description));
        }
    }

    fn question(&mut self, question: &Question, margin: &str, place: Place, prose: &mut Prose<'_>, out: &mut String) {
        self.questions += 1;
        let id = format!("q{}", self.questions);
        let answer = self.answer(&id, question, prose);
        let has_answer = answer.is_some();
        self.answers.written.extend(answer.map(|answer| (id.clone(), answer)));
        let named = |inner: &str| if has_answer { format!("{inner}id: {id}\n") } else { String::new() };
        let inner = format!("{margin}    ");
        // Entries need ids only if the teacher file names them.
        let entries = |out: &mut String, key: &str, prefix: &str, texts: &[String]| {
            let _ = writeln!(out, "{inner}{key}:");
            for (index, text) in texts.iter().enumerate() {
                if has_answer {
                    let _ = writeln!(out, "{inner}  - {{id: {prefix}{}, text: {}}}", index + 1, in_braces(text));
                } else {
                    let _ = writeln!(out, "{inner}  - {}", line(text));
                }
            }
        };
        match &question.kind {
            Kind::Prompt(ask, parts, lines) => {
                if place == Place::Questions && !has_answer && parts.is_empty() && lines.is_none() {
                    let _ = writeln!(out, "{margin}- {}", line(ask));
                    return;
                }
                let mut keys = Vec::new();
                if has_answer {
                    keys.push(format!("id: {id}"));
                }
                keys.push(format!("ask: {}", line(ask)));
                if !parts.is_empty() {
                    let parts: String = parts.iter().map(|part| format!("\n{margin}    - {}", line(part))).collect();
                    keys.push(format!("parts:{parts}"));
                }
                keys.extend(lines.map(|lines| format!("space: {{lines: {lines}}}")));
                let _ = writeln!(out, "{margin}- {}", keys.join(&format!("\n{margin}  ")));
            }
            Kind::Choice(ask, choices) => {
                let _ = write!(out, "{margin}- multiple_choice:\n{}{inner}ask: {}\n", named(&inner), line(ask));
                let _ = writeln!(out, "{inner}choices:");
                list(out, &format!("{inner}  "), choices);
            }
            Kind::Truth(statements) => {
                let _ = write!(out, "{margin}- true_false:\n{}", named(&inner));
                entries(out, "statements", "s", statements);
            }
            Kind::Cloze(texts, words) => {
                let _ = write!(out, "{margin}- cloze:\n{}", named(&inner));
                let mut number = 0;
                let texts: Vec<String> = texts.iter().map(|text| with_blanks(text, &mut number)).collect();
                let texts = if texts.len() == 1 { texts[0].clone() } else { numbered(&texts) };
                let _ = write!(out, "{inner}text: {}", block(&texts, inner.len() + 2));
                if !words.is_empty() {
                    let words: Vec<String> = words.iter().map(|word| in_braces(word)).collect();
                    let _ = writeln!(out, "{inner}words: [{}]", words.join(", "));
                }
            }
            Kind::Matching(items, matches) => {
                let _ = write!(out, "{margin}- matching:\n{}", named(&inner));
                entries(out, "items", "i", items);
                entries(out, "matches", "m", matches);
            }
            Kind::Decide(ask, choices, items) => {
                let _ = write!(out, "{margin}- decide:\n{}", named(&inner));
                if let Some(ask) = ask {
                    let _ = writeln!(out, "{inner}ask: {}", line(ask));
                }
                let choices: Vec<String> = choices.iter().map(|choice| in_braces(choice)).collect();
                let _ = write!(out, "{inner}choices: [{}]\n{inner}reason: true\n", choices.join(", "));
                entries(out, "items", "r", items);
            }
        }
    }

    /// The answer to a question, as the teacher file has it.
    fn answer(&mut self, id: &str, question: &Question, prose: &mut Prose<'_>) -> Option<String> {
        let _ = id;
        let given: BTreeMap<usize, Line> = {
            let own = |number: &usize| {
                self.found.answers.iter().find(|(known, _)| known == number && !self.answers.used.contains(known))
            };
            let found = question.numbers.iter().enumerate().filter(|(_, number)| **number > 0);
            found.filter_map(|(index, number)| Some((index, own(number)?.1.clone()))).collect()
        };
        if given.is_empty() {
            return None;
        }
        let texts: BTreeMap<usize, String> = given.iter().map(|(index, line)| (*index, plain(line).trim().to_owned())).collect();
        let first = texts.get(&0).cloned().unwrap_or_default();
        let first_word = |text: &str| text.split([' ', ',', '.', ')', ':', ';']).next().unwrap_or_default().to_owned();
        let answer = match &question.kind {
            Kind::Prompt(..) => Some(line(&prose.one_line(given.get(&0)?))),
            Kind::Choice(_, choices) => {
                let word = first_word(&first);
                let by_text = choices.iter().position(|choice| choice.eq_ignore_ascii_case(&first));
                let position = letter(&word, choices.len()).or(by_text)?;
                let name = char::from(b'A' + u8::try_from(position).ok()?);
                Some(format!("{{choice: {name}}}"))
            }
            Kind::Truth(_) => {
                let rows = texts.iter().filter_map(|(index, text)| {
                    let word = first_word(text).to_lowercase();
                    let truth = match word.as_str() {
                        "t" | "true" | "v" | "verdadero" | "cierto" => true,
                        "f" | "false" | "falso" => false,
                        _ => return None,
                    };
                    Some(format!("s{}: {{is: {truth}}}", index + 1))
                });
                let rows: Vec<String> = rows.collect();
                (rows.len() == texts.len()).then(|| format!("{{statements: {{{}}}}}", rows.join(", ")))
            }
            Kind::Cloze(sentences, _) => {
                let mut number = 0;
                let mut blanks = Vec::new();
                for (index, sentence) in sentences.iter().enumerate() {
                    let before = number;
                    with_blanks(sentence, &mut number);
                    let words: Vec<&str> = texts
                        .get(&index)
                        .map(|text| text.trim_end_matches('.').split([',', ';']).map(str::trim).collect())
                        .unwrap_or_default();
                    if words.len() != number - before {
                        continue;
                    }
                    blanks
                        .extend((before..number).zip(words).map(|(blank, word)| format!("b{}: {}", blank + 1, in_braces(word))));
                }
                (!blanks.is_empty()).then(|| format!("{{blanks: {{{}}}}}", blanks.join(", ")))
            }
            Kind::Matching(_, matches) => {
                let pairs = texts.iter().filter_map(|(index, text)| {
                    let at = letter(&first_word(text), matches.len())?;
                    Some(format!("i{}: m{}", index + 1, at + 1))
                });
                let pairs: Vec<String> = pairs.collect();
                (pairs.len() == texts.len()).then(|| format!("{{pairs: {{{}}}}}", pairs.join(", ")))
            }
            Kind::Decide(_, choices, _) => {
                let rows = texts.iter().filter_map(|(index, text)| {
                    let lower = text.to_lowercase();
                    // The longest that fits: "not forced" before "forced".
                    let fitting = choices.iter().filter(|choice| lower.starts_with(&choice.to_lowercase()));
                    let choice = fitting.max_by_key(|choice| choice.len())?;
                    Some(format!("r{}: {{choice: {}}}", index + 1, in_braces(choice)))
                });
                let rows: Vec<String> = rows.collect();
                (rows.len() == texts.len()).then(|| format!("{{{}}}", rows.join(", ")))
            }
        }?;
        self.answers.used.extend(question.numbers.iter().copied().filter(|number| *number > 0));
        Some(answer)
    }

    fn teacher(&self) -> Option<String> {
        let found = self.found;
        if found.objectives.is_empty() && found.notes.is_empty() && self.answers.written.is_empty() {
            return None;
        }
        let mut out = String::from("# What only teachers should see: answers and notes.\n");
        if !found.objectives.is_empty() {
            out.push_str("\nobjectives:\n");
            list(&mut out, "  ", &found.objectives);
        }
        if !self.answers.written.is_empty() {
            out.push_str("\nanswers:\n");
            for (id, answer) in &self.answers.written {
                let _ = writeln!(out, "  {id}: {answer}");
            }
        }
        comment(&mut out, "Notes from the document; write them under `notes`, by the label of a paragraph", &found.notes);
        Some(out)
    }
}

/// Writes lines as the entries of a list.
fn list(out: &mut String, margin: &str, lines: &[String]) {
    for text in lines {
        let _ = writeln!(out, "{margin}- {}", line(text));
    }
}

/// Where pieces are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Reading,
    /// A list of questions.
    Questions,
    Activity,
}

/// Text with a named blank for each row of underscores.
fn with_blanks(text: &str, number: &mut usize) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("___") {
        *number += 1;
        out.push_str(rest[..at].trim_end_matches('\\'));
        let _ = write!(out, "{{{{b{number}}}}}");
        rest = rest[at..].trim_start_matches(['_', '\\']);
    }
    out.push_str(rest);
    out
}

/// Sentences as a numbered list.
fn numbered(texts: &[String]) -> String {
    let entries = texts.iter().enumerate().map(|(index, text)| format!("{}. {text}", index + 1));
    entries.collect::<Vec<_>>().join("\n")
}

/// Whether a language tag can be written.
fn is_tag(language: &str) -> bool {
    crate::formats::wrong(crate::formats::TextFormat::Language, language).is_none()
}
