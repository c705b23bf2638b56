//! What lessons cost: how long their packets took in earlier builds, to divide a build evenly.
#![expect(clippy::disallowed_methods, reason = "it reads costs that a build recorded")]

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use camino::Utf8Path;
use serde::{Deserialize, Serialize};

use super::inputs;
use super::partition::Subject;
use crate::library::IssueEntry;

/// The version of the format.
const VERSION: u32 = 1;

/// The time that the packets of an issue take, in percent of the time that those of its lessons take.
const OF_ISSUE: u64 = 40;

/// The highest cost: a day. The file could say anything.
const MOST: u64 = 86_400_000;

/// How long packets took, in milliseconds, by lesson or issue (`fair-hearing-1/moscow-trials`, `fair-hearing-1`) and by path.
pub(super) type Milliseconds = BTreeMap<String, BTreeMap<String, u64>>;

/// Recorded costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Costs {
    version: u32,
    /// How long packets took.
    pub(super) milliseconds: Milliseconds,
}

impl Default for Costs {
    fn default() -> Self {
        Self { version: VERSION, milliseconds: Milliseconds::new() }
    }
}

impl Costs {
    /// Records how long a packet took.
    pub(super) fn record(&mut self, subject: &Subject, path: &str, milliseconds: u64) {
        self.milliseconds.entry(subject.to_string()).or_default().insert(path.to_owned(), milliseconds);
    }

    /// Keeps only what is known about these paths.
    pub(super) fn retain(&mut self, is_there: impl Fn(&str) -> bool) {
        self.milliseconds.values_mut().for_each(|packets| packets.retain(|path, _| is_there(path)));
        self.milliseconds.retain(|_, packets| !packets.is_empty());
    }

    /// The text of the file.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("costs are plain data")
    }

    /// Reads recorded costs.
    ///
    /// # Errors
    /// If the file can't be read or has another format.
    pub fn read(path: &Utf8Path) -> Result<Self> {
        let text = std::fs::read(path).with_context(|| format!("cannot read {path}"))?;
        let costs: Self = serde_json::from_slice(&text)
            .with_context(|| format!("{path} is not a file of costs that `packetpress build` or `merge` wrote"))?;
        anyhow::ensure!(costs.version == VERSION, "{path} was written by another version of Packetpress");
        Ok(costs)
    }

    /// The costs of these subjects, at least 1 each. Those without a record are estimated from the length of their files.
    pub(super) fn of(&self, subjects: &[Subject], issues: &[IssueEntry]) -> Vec<u64> {
        let issues: HashMap<&str, &IssueEntry> = issues.iter().map(|issue| (issue.id.as_str(), issue)).collect();
        let known = |subject: &Subject| {
            let packets = self.milliseconds.get(&subject.to_string())?.values();
            Some(packets.fold(0, |sum: u64, cost| sum.saturating_add(*cost)).min(MOST))
        };
        let recorded: Vec<Option<u64>> = subjects.iter().map(known).collect();
        if recorded.iter().all(Option::is_some) {
            return recorded.into_iter().flatten().map(|cost| cost.max(1)).collect();
        }
        let mut known = HashMap::new();
        let lengths: Vec<u64> = subjects.iter().map(|subject| length(subject, &issues, &mut known)).collect();
        let both = || recorded.iter().zip(&lengths).filter_map(|(cost, length)| Some(((*cost)?, *length)));
        let (time, text) =
            (both().map(|(cost, _)| cost).sum::<u64>().max(1), both().map(|(_, length)| length).sum::<u64>().max(1));
        let estimate =
            |length: u64| (u128::from(length) * u128::from(time) / u128::from(text)).try_into().unwrap_or(MOST).min(MOST);
        recorded.iter().zip(&lengths).map(|(cost, length)| cost.unwrap_or_else(|| estimate(*length)).max(1)).collect()
    }
}

/// The length of a subject's files.
fn length(subject: &Subject, issues: &HashMap<&str, &IssueEntry>, known: &mut HashMap<String, u64>) -> u64 {
    if let Some(length) = known.get(&subject.to_string()) {
        return *length;
    }
    let Some(issue) = issues.get(subject.issue.as_str()) else { return 0 };
    let length = match &subject.lesson {
        None => {
            let lessons = issue.lessons.iter().map(|lesson| length(&Subject::lesson(&issue.id, &lesson.id), issues, known));
            lessons.sum::<u64>() * OF_ISSUE / 100
        }
        Some(lesson) => {
            let entries = issue.with_translations().filter(|entry| entry.id == *lesson);
            let names = entries.flat_map(|entry| [entry.file(), entry.teacher_file()]);
            names.map(|name| inputs::length(&issue.folder.join(name))).sum()
        }
    };
    known.insert(subject.to_string(), length);
    length
}
