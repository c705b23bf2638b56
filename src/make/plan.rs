//! The plan of a build as data: which files to build and why, and which to remove. Plans can be saved, shown, split, and merged;
//! [`super::planner`] makes them.

use serde::{Deserialize, Serialize};

use super::inputs::{Files, SharedInputs};
use crate::digest::Digest;
use crate::packet::PacketId;

/// The version of the plan format.
const VERSION: u32 = 1;

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    version: u32,
    /// The inputs shared by all packets.
    pub inputs: SharedInputs,
    /// The packets to make, grouped into tasks; an issue comes after its lessons.
    pub tasks: Vec<Task>,
    /// The archives to build if their packets change.
    pub archives: Vec<Archive>,
    /// The files to remove.
    pub removals: Vec<Removal>,
    /// How many packets are up to date.
    pub unchanged: usize,
}

/// Packets of a lesson or a whole issue that are made together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its position among all tasks of the plan, starting at 0.
    pub order: usize,
    /// The id of the issue.
    pub issue: String,
    /// The digest of the issue settings that packets use.
    pub issue_inputs: Digest,
    /// The name of the lesson; `None` for a whole issue.
    pub lesson: Option<String>,
    /// The lesson, or the lessons of the issue, each with its files when it was checked.
    pub lessons: Vec<(String, Files)>,
    /// The packets to make.
    pub makes: Vec<Make>,
}

/// A packet to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Make {
    /// Which packet it is.
    pub id: PacketId,
    /// The path from the output folder.
    pub path: String,
    /// The digest of its inputs.
    pub key: Digest,
    /// Why it is out of date.
    pub reason: String,
}

/// An archive of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// The id of the issue.
    pub issue: String,
    /// For students if true, otherwise for teachers.
    pub students: bool,
    /// The path from the output folder.
    pub path: String,
    /// Why it is out of date; `None` if it isn't, unless its packets change.
    pub reason: Option<String>,
}

/// A file to remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// The path from the output folder.
    pub path: String,
    /// Why it is no longer needed.
    pub reason: String,
}

impl Task {
    /// Its lesson or issue, for messages: `fair-hearing-1/moscow-trials` or `fair-hearing-1`.
    pub fn name(&self) -> String {
        match &self.lesson {
            Some(lesson) => format!("{}/{lesson}", self.issue),
            None => self.issue.clone(),
        }
    }

    /// Whether its lesson is a translation, which has its language in its file name.
    pub fn is_translation(&self) -> bool {
        self.lesson.as_ref().is_some_and(|lesson| lesson.contains('.'))
    }
}

impl Plan {
    /// An empty plan.
    pub fn new(inputs: SharedInputs) -> Self {
        Self { version: VERSION, inputs, tasks: Vec::new(), archives: Vec::new(), removals: Vec::new(), unchanged: 0 }
    }

    /// The packets to make.
    pub fn makes(&self) -> impl Iterator<Item = &Make> {
        self.tasks.iter().flat_map(|task| &task.makes)
    }

    /// The files to build, each with the reason.
    pub fn made_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let packets = self.makes().map(|make| (make.path.as_str(), make.reason.as_str()));
        let archives = self.archives.iter().filter_map(|archive| Some((archive.path.as_str(), archive.reason.as_deref()?)));
        packets.chain(archives)
    }

    /// Splits the plan into this many independent shares. Archives and removals, which need all packets, go in the first.
    pub fn split(self, shares: usize) -> Vec<Plan> {
        let shares = shares.max(1);
        let mut plans = vec![Plan::new(self.inputs.clone()); shares];
        for (index, task) in self.tasks.into_iter().enumerate() {
            plans[index % shares].tasks.push(task);
        }
        plans[0].archives = self.archives;
        plans[0].removals = self.removals;
        plans[0].unchanged = self.unchanged;
        plans
    }

    /// Merges the shares of a plan; `None` if they come from different plans, or if a task is missing or duplicated.
    pub fn merge(shares: Vec<Plan>) -> Option<Plan> {
        let mut shares = shares.into_iter();
        let mut whole = shares.next()?;
        for share in shares {
            if (share.version, &share.inputs) != (whole.version, &whole.inputs) {
                return None;
            }
            whole.tasks.extend(share.tasks);
            whole.archives.extend(share.archives);
            whole.removals.extend(share.removals);
            whole.unchanged += share.unchanged;
        }
        whole.tasks.sort_by_key(|task| task.order);
        let is_whole = whole.tasks.iter().enumerate().all(|(index, task)| task.order == index);
        is_whole.then_some(whole)
    }

    /// The plan file's text.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a plan is plain data")
    }

    /// Reads a plan; `None` if this version of Packetpress can't read it.
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().filter(|plan: &Self| plan.version == VERSION)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::packet_spec::PacketSpec;
    use crate::lesson::series::{Edition, Paper, Part};

    fn plan(tasks: usize) -> Plan {
        let digest = Digest::of(b"");
        let inputs = SharedInputs::of_nothing();
        let task = |order: usize| {
            let lesson = format!("lesson-{order}");
            let spec = PacketSpec::usual(Edition::Student, Part::All, Paper::Letter);
            let id = PacketId::new(spec, "one", Some(&lesson), "en");
            let make = Make { id, path: format!("one/{lesson}.pdf"), key: Digest::of(&[7]), reason: "new file".to_owned() };
            let lessons = vec![(lesson.clone(), Files::from([("a.yaml".to_owned(), None)]))];
            Task { order, issue: "one".to_owned(), issue_inputs: digest, lesson: Some(lesson), lessons, makes: vec![make] }
        };
        let archive = Archive { issue: "one".to_owned(), students: true, path: "one/one-student.zip".to_owned(), reason: None };
        Plan { tasks: (0..tasks).map(task).collect(), archives: vec![archive], unchanged: 3, ..Plan::new(inputs) }
    }

    #[test]
    fn a_plan_can_be_split_and_merged() {
        for tasks in [0, 1, 7, 20] {
            for shares in [1, 2, 5, 16] {
                let split = plan(tasks).split(shares);
                assert_eq!(split.len(), shares);
                let written: Vec<Plan> =
                    split.iter().rev().map(|share| Plan::parse(&share.to_json()).expect("it was written above")).collect();
                assert_eq!(Plan::merge(written), Some(plan(tasks)), "{tasks} tasks in {shares} shares");
            }
        }
    }

    #[test]
    fn shares_that_do_not_make_a_plan_are_refused() {
        let mut lost = plan(7).split(3);
        lost.remove(1);
        assert_eq!(Plan::merge(lost), None);
        let mut doubled = plan(7).split(3);
        doubled.push(doubled[2].clone());
        assert_eq!(Plan::merge(doubled), None);
        let mut other = plan(7).split(3);
        other[1].inputs.series = Digest::of(b"another");
        assert_eq!(Plan::merge(other), None);
        assert_eq!(Plan::merge(Vec::new()), None);
    }
}
