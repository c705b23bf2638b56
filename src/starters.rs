//! What a new series, issue, or lesson starts with: files that build at once, with comments that explain them.

use crate::diagnostics::Diagnostics;
use crate::source::Sources;
use crate::yaml::written::line;
use crate::yaml::{Value, parse};

/// What a new lesson can start with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Starter {
    /// A reading, with questions about it.
    Reading,
    /// Questions with answers that are right or wrong.
    Quiz,
    /// Problems with room to work.
    ProblemSet,
    /// An experiment.
    Lab,
    /// A story for beginning readers.
    Story,
    /// Words and their meanings.
    Vocabulary,
    /// Sources, and an essay about them.
    DocumentQuestion,
    /// Work over several days.
    Project,
}

/// What is known about a new lesson.
#[derive(Debug, Clone, Default)]
pub struct About<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its grade levels, such as `9-12`.
    pub grades: Option<&'a str>,
    /// Its school subject.
    pub subject: Option<&'a str>,
}

impl Starter {
    /// All of them, the most usual first.
    pub const ALL: [Self; 8] = [
        Self::Reading,
        Self::Quiz,
        Self::ProblemSet,
        Self::Lab,
        Self::Story,
        Self::Vocabulary,
        Self::DocumentQuestion,
        Self::Project,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Quiz => "quiz",
            Self::ProblemSet => "problem-set",
            Self::Lab => "lab",
            Self::Story => "story",
            Self::Vocabulary => "vocabulary",
            Self::DocumentQuestion => "document-question",
            Self::Project => "project",
        }
    }

    /// What it is for.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Reading => "A reading packet: text, vocabulary, discussion, exit ticket, and sources",
            Self::Quiz => "A quiz: choices, true or false, blanks, matching",
            Self::ProblemSet => "A problem set: a worked example and problems with room to work",
            Self::Lab => "A lab: materials, procedure, data, and a conclusion",
            Self::Story => "A story for beginning readers, with sounds to practice",
            Self::Vocabulary => "Vocabulary: words, meanings, and practice",
            Self::DocumentQuestion => "A document-based question (DBQ): sources, questions, and an essay",
            Self::Project => "A project: the task, roles, steps, and a scoring guide",
        }
    }

    /// The text of a new lesson.
    pub fn lesson(self, about: &About<'_>) -> String {
        let text = match self {
            Self::Reading => include_str!("starters/reading.yaml"),
            Self::Quiz => include_str!("starters/quiz.yaml"),
            Self::ProblemSet => include_str!("starters/problem-set.yaml"),
            Self::Lab => include_str!("starters/lab.yaml"),
            Self::Story => include_str!("starters/story.yaml"),
            Self::Vocabulary => include_str!("starters/vocabulary.yaml"),
            Self::DocumentQuestion => include_str!("starters/document-question.yaml"),
            Self::Project => include_str!("starters/project.yaml"),
        };
        let grades = |usual: Option<&str>| about.grades.or(usual).map(|grades| format!("grades: {}\n", line(grades)));
        let subject = about.subject.map(|subject| format!("subject: {}\n", line(subject))).unwrap_or_default();
        let lines = |usual| format!("{}{subject}", grades(usual).unwrap_or_default());
        text.replace("<<title>>", &line(about.title))
            .replace("<<about>>", &lines(None))
            .replace("<<beginners>>", &lines(Some("K-2")))
    }

    /// The text of its teacher file.
    pub fn teacher(self) -> &'static str {
        match self {
            Self::Reading => include_str!("starters/reading.teacher.yaml"),
            Self::Quiz => include_str!("starters/quiz.teacher.yaml"),
            Self::ProblemSet => include_str!("starters/problem-set.teacher.yaml"),
            Self::Lab => include_str!("starters/lab.teacher.yaml"),
            Self::Story => include_str!("starters/story.teacher.yaml"),
            Self::Vocabulary => include_str!("starters/vocabulary.teacher.yaml"),
            Self::DocumentQuestion => include_str!("starters/document-question.teacher.yaml"),
            Self::Project => include_str!("starters/project.teacher.yaml"),
        }
    }
}

/// The text of a new `series.yaml`. `language` is a BCP 47 tag, `paper` the name of a paper size.
pub fn series(name: &str, language: &str, paper: &str) -> String {
    format!(
        "# Everything that your packets have in common. Lines that start with # are notes to you.\n\
         \n\
         name: {name}                # printed on every page\n\
         language: {language}\n\
         paper: {paper}              # `letter` or `a4`\n\
         class_size: 30             # for the number of copies\n\
         # class_minutes: 45        # how long a class period is; a plan for a substitute must fill it\n\
         # rights: {{holder: Your Name, license: CC BY 4.0}}   # add this to publish your lessons on a download page\n",
        name = line(name)
    )
}

/// The text of `series.yaml` with its publisher.
pub fn with_publisher(text: &str, publisher: &str) -> String {
    text.replacen("\nlanguage:", &format!("\npublisher: {}\nlanguage:", line(publisher)), 1)
}

/// What an issue prints besides its theme.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heading<'a> {
    /// Its number.
    pub number: Option<&'a str>,
    /// Its date, as printed.
    pub date: Option<&'a str>,
}

/// The text of a new `issue.yaml` with these lessons.
pub fn issue(theme: &str, lessons: &[&str]) -> String {
    issue_with(theme, &Heading::default(), lessons)
}

/// The same, with a number and a date.
pub fn issue_with(theme: &str, heading: &Heading<'_>, lessons: &[&str]) -> String {
    let number = heading.number.map(|number| format!("number: \"{}\"\n", number.replace(['"', '\\'], ""))).unwrap_or_default();
    let date = heading.date.map(|date| format!("date: {}\n", line(date))).unwrap_or_default();
    format!(
        "# An issue is a group of lessons: a unit, a month, or a chapter. It lists its lessons in order.\n\
         \n\
         {number}{date}theme: {}\n\
         lessons: [{}]\n",
        line(theme),
        lessons.join(", ")
    )
}

/// The text of `issue.yaml` with one more lesson in its list; `None` if its list can't be found.
pub fn with_lesson(text: &str, id: &str) -> Option<String> {
    let mut sources = Sources::default();
    let file = sources.add("issue.yaml", text.to_owned());
    let root = parse(file, &sources, &mut Diagnostics::default());
    let Value::Map(entries) = root.value else { return None };
    let with = |at: usize, added: &str| Some(format!("{}{added}{}", &text[..at], &text[at..]));
    let Some((key, list)) = entries.iter().find(|(key, _)| key.text == "lessons") else {
        let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
        return with(text.len(), &format!("{newline}lessons: [{id}]\n"));
    };
    match &list.value {
        Value::Null => {
            let colon = key.place.end as usize + text[key.place.end as usize..].find(':')? + 1;
            with(colon, &format!(" [{id}]"))
        }
        Value::List(nodes) => {
            let is_in_brackets = text[list.place.start as usize..].starts_with('[');
            let Some(last) = nodes.last() else { return with(list.place.start as usize + 1, id) };
            let end = last.place.end as usize;
            if is_in_brackets {
                return with(end, &format!(", {id}"));
            }
            let start = text[..last.place.start as usize].rfind('\n').map_or(0, |newline| newline + 1);
            let dash = text[start..last.place.start as usize].find('-')?;
            let end = end + text[end..].find('\n').unwrap_or(text.len() - end);
            with(end, &format!("\n{}- {id}", " ".repeat(dash)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_is_added_to_any_list() {
        for (text, expected) in [
            ("lessons: [war]\n", "lessons: [war, peace]\n"),
            ("lessons: []\n", "lessons: [peace]\n"),
            ("lessons: [war, more] # two\ntheme: x\n", "lessons: [war, more, peace] # two\ntheme: x\n"),
            (
                "theme: x\nlessons:\n  - war # first\n\n# The end.\n",
                "theme: x\nlessons:\n  - war # first\n  - peace\n\n# The end.\n",
            ),
            ("lessons:\n- war", "lessons:\n- war\n- peace"),
            ("theme: x\nlessons:\n", "theme: x\nlessons: [peace]\n"),
            ("theme: x", "theme: x\nlessons: [peace]\n"),
        ] {
            assert_eq!(with_lesson(text, "peace").as_deref(), Some(expected));
        }
        assert_eq!(with_lesson("lessons: war\n", "peace"), None);
    }
}
