//! A lesson in progress: its story, and the ids and answers used so far.

use super::random::Random;
use super::story::Story;
use super::yaml::Yaml;

pub(super) struct Draft<'a> {
    pub story: &'a Story,
    pub random: Random,
    /// Whether the reading numbers its lines instead of its paragraphs.
    pub numbers_lines: bool,
    /// The labels of paragraphs, for questions and notes.
    pub labels: Vec<&'static str>,
    /// The answers for the teacher file, by item id.
    pub answers: Vec<(String, Yaml)>,
    ids: Vec<String>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(story: &'a Story, random: Random, numbers_lines: bool) -> Self {
        Self { story, random, numbers_lines, labels: Vec::new(), answers: Vec::new(), ids: Vec::new() }
    }

    /// A sentence with its blanks filled in.
    pub(super) fn say(&mut self, template: &str) -> String {
        self.story.fill(template, &mut self.random)
    }

    /// This many of these sentences, without repeats.
    pub(super) fn some(&mut self, templates: &[&'static str], how_many: usize) -> Vec<String> {
        let chosen = self.random.some_in_order(templates, how_many);
        chosen.into_iter().map(|template| self.say(template)).collect()
    }

    /// This many of these sentences, joined.
    pub(super) fn text(&mut self, templates: &[&'static str], how_many: usize) -> String {
        self.some(templates, how_many).join(" ")
    }

    /// An id that nothing else in the lesson has.
    pub(super) fn id(&mut self, base: &str) -> String {
        let taken = self.ids.iter().filter(|id| id.trim_end_matches(|c: char| c == '-' || c.is_ascii_digit()) == base).count();
        let id = if taken == 0 { base.to_owned() } else { format!("{base}-{}", taken + 1) };
        self.ids.push(id.clone());
        id
    }

    /// A new id, with its answer for the teacher file.
    pub(super) fn answered(&mut self, base: &str, answer: Yaml) -> Yaml {
        let id = self.id(base);
        self.answers.push((id.clone(), answer));
        id.into()
    }

    /// Labels for `see`.
    pub(super) fn see(&mut self) -> Yaml {
        let how_many = self.random.between(1, 3);
        let labels = self.random.some_in_order(&self.labels, how_many);
        Yaml::List(labels.into_iter().map(Yaml::from).collect())
    }
}
