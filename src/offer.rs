//! Which packets a lesson or an issue has, why others are missing, and which packets anyone may have.

use crate::diagnostics::in_words;
use crate::lesson::Lesson;
use crate::lesson::block::Block;
use crate::lesson::issue::Issue;
use crate::lesson::packet_spec::PacketSpec;
use crate::lesson::series::{Edition, Part, Series};
use crate::lesson::teacher::Teacher;

/// Why a lesson has no packet for an edition and part.
pub type Unavailable = (Edition, Part, String);

/// Every packet that a lesson doesn't have, given its teacher file if any; `teacher_file` is that file's name.
pub fn unavailable(lesson: &Lesson, teacher: Option<&Teacher>, teacher_file: &str) -> Vec<Unavailable> {
    let each = Edition::ALL.into_iter().flat_map(|edition| edition.parts().iter().map(move |part| (edition, *part)));
    let reason = |(edition, part)| why_not(lesson, teacher, teacher_file, edition, part).map(|reason| (edition, part, reason));
    each.filter_map(reason).collect()
}

/// Why a lesson doesn't have this packet, in a teacher's words; `None` if it does.
pub fn why_not(lesson: &Lesson, teacher: Option<&Teacher>, teacher_file: &str, edition: Edition, part: Part) -> Option<String> {
    if let Some(reason) = missing_part(lesson, part) {
        return Some(reason.to_owned());
    }
    if edition == Edition::Student {
        return None;
    }
    let Some(teacher) = teacher else { return Some(format!("the lesson has no `{teacher_file}`")) };
    let key = match edition {
        Edition::Key if teacher.answers.is_empty() => Some("answers"),
        Edition::Substitute if teacher.substitute.is_none() => Some("substitute"),
        _ => None,
    };
    key.map(|key| format!("`{teacher_file}` has no `{key}`"))
}

/// Why a lesson doesn't have a part.
fn missing_part(lesson: &Lesson, part: Part) -> Option<&'static str> {
    match part {
        Part::All | Part::Plan => None,
        Part::Reading => lesson.reading.is_empty().then_some("the lesson has no `reading`"),
        Part::Cards => {
            let has_cards = lesson.blocks().any(|block| matches!(block, Block::RoleCards(_) | Block::CutOuts(_)));
            let nothing = lesson.exit_ticket.is_empty() && !has_cards;
            nothing.then_some("the lesson has nothing to cut: no `exit_ticket`, `role_cards`, or `cut_outs`")
        }
        Part::Worksheet => {
            let nothing = lesson.discussion.is_empty() && lesson.activity.is_none() && lesson.exit_ticket.is_empty();
            let nothing = nothing && !lesson.reading.iter().any(Block::is_written);
            nothing.then_some("the lesson has nothing to fill in: no `discussion`, `activity`, or `exit_ticket`")
        }
    }
}

/// Whether a whole issue has this kind of packet: the student edition always, the teacher edition if any lesson has a teacher file.
///
/// Lessons without a teacher file appear there as in the student edition. A number of sheets is for one lesson.
pub fn has_whole_issue(spec: PacketSpec, has_teacher: bool) -> bool {
    spec.part == Part::All
        && spec.sheets.is_none()
        && match spec.edition {
            Edition::Student => true,
            Edition::Teacher => has_teacher,
            Edition::Key | Edition::Substitute => false,
        }
}

/// Whether to say why a lesson doesn't have this packet, one of those asked for. The sheets to cut are in the default list of packets,
/// and many lessons have nothing to cut.
pub fn is_missed(spec: PacketSpec, among: &[PacketSpec]) -> bool {
    spec.part != Part::Cards || among.iter().all(|other| other.part == Part::Cards)
}

/// The license of an issue: its own, or the series'.
pub fn licence<'a>(series: &'a Series, issue: &'a Issue) -> Option<&'a str> {
    issue.rights.as_ref().or(series.rights.as_ref())?.licence.as_deref()
}

/// Whether an issue may be published, which requires a license.
pub fn may_publish(series: &Series, issue: &Issue) -> bool {
    licence(series, issue).is_some()
}

/// The packets among these that anyone may have: student packets, and for the substitute edition only the plan, which has no
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

/// Whether anyone may have a packet.
pub fn is_for_all(edition: Edition, part: Part) -> bool {
    edition == Edition::Student || part == Part::Plan
}

/// Whether a language is requested; an empty list means all. `es` includes the Spanish of every country.
pub fn speaks(languages: &[String], language: &str) -> bool {
    let is_of =
        |wanted: &String| language.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    languages.is_empty() || languages.iter().any(is_of)
}

/// The packets that a lesson doesn't have, with one line for each reason.
#[derive(Debug, Default)]
pub struct Reasons(Vec<(String, Vec<String>)>);

impl Reasons {
    /// Adds a packet that the lesson doesn't have.
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

    /// "no teacher, key, or substitute packets: the lesson has no `purges.teacher.yaml`"
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
    fn anyone_may_have_the_sub_plan() {
        let all = Edition::ALL.map(|edition| spec(edition, Part::All)).to_vec();
        assert_eq!(for_all(all), [spec(Edition::Student, Part::All), spec(Edition::Substitute, Part::Plan)]);
    }

    #[test]
    fn a_language_includes_its_regions() {
        let es = ["es".to_owned()];
        assert!(speaks(&[], "en") && speaks(&es, "es") && speaks(&es, "es-US"));
        assert!(!speaks(&es, "est") && !speaks(&["es-US".to_owned()], "es"));
    }
}
