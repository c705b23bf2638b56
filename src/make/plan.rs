//! The plan of a build as data: which files are to be made and why, and which belong to nothing any more. It can be written down, shown, split and put together again; making it is left to [`super::planner`].

use serde::{Deserialize, Serialize};

use super::inputs::{Files, SharedInputs};
use crate::digest::Digest;
use crate::packet::PacketId;

/// The form of the plan that this program writes.
const VERSION: u32 = 1;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    version: u32,
    /// What all packets are made from.
    pub inputs: SharedInputs,
    /// What is to be made at one go each, every issue behind its lessons.
    pub tasks: Vec<Task>,
    /// The archives that are to be made, if their packets are not what they were.
    pub archives: Vec<Archive>,
    /// The files that are to be removed.
    pub removals: Vec<Removal>,
    /// How many packets are as they should be.
    pub unchanged: usize,
}

/// Packets of a lesson, or of a whole issue, which are made at one go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its place among all tasks of the plan, counted from 0.
    pub order: usize,
    /// The id of the issue.
    pub issue: String,
    /// What packets take from the issue.
    pub issue_inputs: Digest,
    /// The name of the lesson; `None` for a whole issue.
    pub lesson: Option<String>,
    /// The lesson, or the lessons of the issue, each with its files as they were when they were checked.
    pub lessons: Vec<(String, Files)>,
    /// The packets.
    pub makes: Vec<Make>,
}

/// A packet that is to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Make {
    /// What it is.
    pub id: PacketId,
    /// Its path from the output folder.
    pub path: String,
    /// What it is made from.
    pub key: Digest,
    /// Why it must be made.
    pub reason: String,
}

/// An archive of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// The id of the issue.
    pub issue: String,
    /// Whether it is for students, or else for teachers.
    pub students: bool,
    /// Its path from the output folder.
    pub path: String,
    /// Why it must be made; `None` if it is as it should be, unless its packets change.
    pub reason: Option<String>,
}

/// A file that is to be removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// Its path from the output folder.
    pub path: String,
    /// Why nothing needs it.
    pub reason: String,
}

impl Task {
    /// What it is about, for messages: `bria-7-4/stalin-purges`, or the issue alone.
    pub fn name(&self) -> String {
        match &self.lesson {
            Some(lesson) => format!("{}/{lesson}", self.issue),
            None => self.issue.clone(),
        }
    }

    /// Whether its lesson is a translation, which has its language in its name.
    pub fn is_translation(&self) -> bool {
        self.lesson.as_ref().is_some_and(|lesson| lesson.contains('.'))
    }
}

impl Plan {
    /// A plan in which nothing is to be done.
    pub fn new(inputs: SharedInputs) -> Self {
        Self { version: VERSION, inputs, tasks: Vec::new(), archives: Vec::new(), removals: Vec::new(), unchanged: 0 }
    }

    /// The packets that are to be made.
    pub fn makes(&self) -> impl Iterator<Item = &Make> {
        self.tasks.iter().flat_map(|task| &task.makes)
    }

    /// The files that are to be made, each with the reason.
    pub fn made_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let packets = self.makes().map(|make| (make.path.as_str(), make.reason.as_str()));
        let archives = self.archives.iter().filter_map(|archive| Some((archive.path.as_str(), archive.reason.as_deref()?)));
        packets.chain(archives)
    }

    /// The same plan in so many shares that can be done apart from one another. What needs all packets, archives and removals, is in
    /// the first.
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

    /// The plan of which these are the shares; `None` if they are not of one, or some task is there twice or not at all.
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

    /// The text of its file.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a plan is plain data")
    }

    /// Reads a plan; `None` if it is none that this program understands.
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
            let make = Make { id, path: format!("one/{lesson}.pdf"), key: Digest::of(&[7]), reason: "it is new".to_owned() };
            let lessons = vec![(lesson.clone(), Files::from([("a.yaml".to_owned(), None)]))];
            Task { order, issue: "one".to_owned(), issue_inputs: digest, lesson: Some(lesson), lessons, makes: vec![make] }
        };
        let archive = Archive { issue: "one".to_owned(), students: true, path: "one/one-student.zip".to_owned(), reason: None };
        Plan { tasks: (0..tasks).map(task).collect(), archives: vec![archive], unchanged: 3, ..Plan::new(inputs) }
    }

    #[test]
    fn a_plan_can_be_split_and_put_together_again() {
        for tasks in [0, 1, 7, 20] {
            for shares in [1, 2, 5, 16] {
                let split = plan(tasks).split(shares);
                assert_eq!(split.len(), shares);
                let written: Vec<Plan> =
                    split.iter().rev().map(|share| Plan::parse(&share.to_json()).expect("it was written by us")).collect();
                assert_eq!(Plan::merge(written), Some(plan(tasks)), "{tasks} tasks in {shares} shares");
            }
        }
    }

    #[test]
    fn shares_that_are_none_of_one_plan_are_refused() {
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
