//! Which packets there are of a lesson and of an issue, and why not; which of them anybody may have.

use crate::diagnostics::in_words;
use crate::lesson::Lesson;
use crate::lesson::block::Block;
use crate::lesson::issue::Issue;
use crate::lesson::packet_spec::PacketSpec;
use crate::lesson::series::{Edition, Part, Series};
use crate::lesson::teacher::Teacher;

/// Why a lesson has no packet of an edition and part.
pub type Unavailable = (Edition, Part, String);

/// Every packet that a lesson with this teacher file, or none, cannot have; `teacher_file` is the name of that file.
pub fn unavailable(lesson: &Lesson, teacher: Option<&Teacher>, teacher_file: &str) -> Vec<Unavailable> {
    let each = Edition::ALL.into_iter().flat_map(|edition| edition.parts().iter().map(move |part| (edition, *part)));
    let reason = |(edition, part)| why_not(lesson, teacher, teacher_file, edition, part).map(|reason| (edition, part, reason));
    each.filter_map(reason).collect()
}

/// Why a lesson has no such packet, in a teacher's words; `None` if it has one.
pub fn why_not(lesson: &Lesson, teacher: Option<&Teacher>, teacher_file: &str, edition: Edition, part: Part) -> Option<String> {
    if let Some(reason) = missing_part(lesson, part) {
        return Some(reason.to_owned());
    }
    if edition == Edition::Student {
        return None;
    }
    let Some(teacher) = teacher else { return Some(format!("there is no `{teacher_file}` beside the lesson")) };
    let key = match edition {
        Edition::Key if teacher.answers.is_empty() => Some("answers"),
        Edition::Substitute if teacher.substitute.is_none() => Some("substitute"),
        _ => None,
    };
    key.map(|key| format!("`{teacher_file}` has no `{key}`"))
}

/// Why a lesson does not have a part.
fn missing_part(lesson: &Lesson, part: Part) -> Option<&'static str> {
    match part {
        Part::All | Part::Plan => None,
        Part::Reading => {
            let nothing = lesson.reading.is_empty() && lesson.vocabulary.is_empty() && lesson.bibliography.is_none();
            nothing.then_some("the lesson has no `reading`")
        }
        Part::Worksheet => {
            let nothing = lesson.discussion.is_empty() && lesson.activity.is_none() && lesson.exit_ticket.is_empty();
            let nothing = nothing && !lesson.reading.iter().any(Block::is_written);
            nothing.then_some("the lesson has nothing to write on: no `discussion`, `activity` or `exit_ticket`")
        }
    }
}

/// Whether a whole issue has a packet of this kind: one that is read through, by students or, if some lesson has a teacher file, by
/// teachers.
///
/// A lesson without a teacher file is no obstacle as long as another has one: it is printed as students have it.
pub fn has_whole_issue(spec: PacketSpec, has_teacher: bool) -> bool {
    spec.part == Part::All
        && match spec.edition {
            Edition::Student => true,
            Edition::Teacher => has_teacher,
            Edition::Key | Edition::Substitute => false,
        }
}

/// The licence under which an issue may be published: its own, or that of the series.
pub fn licence<'a>(series: &'a Series, issue: &'a Issue) -> Option<&'a str> {
    issue.rights.as_ref().or(series.rights.as_ref())?.licence.as_deref()
}

/// Whether an issue may be published: it has a licence.
pub fn may_publish(series: &Series, issue: &Issue) -> bool {
    licence(series, issue).is_some()
}

/// Of these kinds of packets those that anybody may have: what students get, and of the substitute's packet the plan, which has no
/// answers.
pub fn for_all(specs: Vec<PacketSpec>) -> Vec<PacketSpec> {
    let of_substitute = |spec: PacketSpec| match spec.edition {
        Edition::Substitute => PacketSpec { part: Part::Plan, ..spec },
        _ => spec,
    };
    let mut specs: Vec<_> = specs.into_iter().map(of_substitute).collect();
    specs.retain(|spec| is_for_all(spec.edition, spec.part));
    specs.dedup();
    specs
}

/// Whether anybody may have a packet.
pub fn is_for_all(edition: Edition, part: Part) -> bool {
    edition == Edition::Student || part == Part::Plan
}

/// Whether a language is among those that are asked for, which are all if there are none: `es` stands for Spanish of every country.
pub fn speaks(languages: &[String], language: &str) -> bool {
    let is_of =
        |wanted: &String| language.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    languages.is_empty() || languages.iter().any(is_of)
}

/// What of a lesson cannot be had, as one line for each reason.
#[derive(Debug, Default)]
pub struct Reasons(Vec<(String, Vec<String>)>);

impl Reasons {
    /// Takes in a packet that the lesson does not have.
    pub fn push(&mut self, spec: PacketSpec, reason: String) {
        let name = match spec.part {
            Part::All => spec.edition.name().to_owned(),
            part => format!("{} {}", spec.edition.name(), part.name()),
        };
        match self.0.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => self.0.push((reason, vec![name])),
        }
    }

    /// "no teacher, key and substitute packets: there is no `purges.teacher.yaml` beside the lesson"
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(reason, names)| {
            let packets = if names.len() == 1 { "packet" } else { "packets" };
            format!("no {} {packets}: {reason}", in_words(names, "or"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::series::Paper;

    fn spec(edition: Edition, part: Part) -> PacketSpec {
        PacketSpec::usual(edition, part, Paper::Letter)
    }

    #[test]
    fn of_a_substitutes_packet_anybody_may_have_the_plan() {
        let all = Edition::ALL.map(|edition| spec(edition, Part::All)).to_vec();
        assert_eq!(for_all(all), [spec(Edition::Student, Part::All), spec(Edition::Substitute, Part::Plan)]);
    }

    #[test]
    fn a_language_stands_for_those_of_its_countries() {
        let es = ["es".to_owned()];
        assert!(speaks(&[], "en") && speaks(&es, "es") && speaks(&es, "es-US"));
        assert!(!speaks(&es, "est") && !speaks(&["es-US".to_owned()], "es"));
    }
}
