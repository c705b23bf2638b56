//! Partitions: parts of a build for several machines. Which partition a lesson is in depends only on its name, on the costs, and on
//! the number of partitions, so machines need not talk to each other.
//!
//! Names follow cargo-nextest's `--partition`: `2/5` is the second of five.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::library::{IssueEntry, LessonEntry};

/// The most partitions.
pub const MOST: usize = 10_000;

/// How much more than the average a partition may get, in percent, before a lesson goes to another one than its first choice.
const OVER: u64 = 5;

/// One of several partitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Partition {
    /// Its number, starting at 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl Partition {
    /// The partition with this number, starting at 1, of this many.
    ///
    /// # Errors
    /// If there is no such partition, in words for users.
    pub fn new(number: usize, of: usize) -> Result<Self, String> {
        match (number, of) {
            (_, 0) => Err("there must be at least 1 partition".to_owned()),
            (_, of) if of > MOST => Err(format!("there can be at most {MOST} partitions, found {of}")),
            (0, _) => Err("partitions are counted from 1: the first of five is `1/5`".to_owned()),
            (number, of) if number > of => Err(format!("there is no partition {number} of {of}")),
            (number, of) => Ok(Self { number, of }),
        }
    }
}

impl FromStr for Partition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, of)| Some((number.trim().parse().ok()?, of.trim().parse().ok()?)));
        let (number, of) = numbers.ok_or_else(|| format!("expected a partition such as `2/5`, found `{text}`"))?;
        Self::new(number, of)
    }
}

impl TryFrom<String> for Partition {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Partition> for String {
    fn from(partition: Partition) -> Self {
        partition.to_string()
    }
}

impl fmt::Display for Partition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What is never divided: a lesson with its translations, or the packets of a whole issue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Subject {
    /// The id of the issue.
    pub issue: String,
    /// The id of the lesson; `None` for the whole issue.
    pub lesson: Option<String>,
}

impl Subject {
    /// A lesson of an issue, with its translations.
    pub fn lesson(issue: &str, lesson: &str) -> Self {
        Self { issue: issue.to_owned(), lesson: Some(lesson.to_owned()) }
    }

    /// A whole issue.
    pub fn issue(issue: &str) -> Self {
        Self { issue: issue.to_owned(), lesson: None }
    }
}

impl From<String> for Subject {
    fn from(name: String) -> Self {
        match name.split_once('/') {
            Some((issue, lesson)) => Self::lesson(issue, lesson),
            None => Self { issue: name, lesson: None },
        }
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.to_string()
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.lesson {
            Some(lesson) => write!(f, "{}/{lesson}", self.issue),
            None => f.write_str(&self.issue),
        }
    }
}

/// What one partition makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The partition.
    pub partition: Partition,
    /// Its lessons and issues.
    pub subjects: BTreeSet<Subject>,
    /// The digest of the whole division. Partitions of the same division have the same one.
    pub division: Digest,
    /// The packets that it makes, with the digests of their inputs; `None` for all packets of its subjects.
    pub packets: Option<BTreeMap<String, Digest>>,
}

impl Share {
    /// The share of a partition when these lessons and issues are divided by cost.
    pub fn of(partition: Partition, subjects: &[Subject], costs: &[u64]) -> Self {
        let numbers = divide(subjects, costs, partition.of);
        let of_all = subjects.iter().zip(&numbers);
        let own = of_all.clone().filter(|(_, number)| **number == partition.number).map(|(subject, _)| subject.clone()).collect();
        Self { partition, subjects: own, division: digest(of_all), packets: None }
    }

    /// Whether it makes packets of this lesson.
    pub fn has_lesson(&self, issue: &IssueEntry, entry: &LessonEntry) -> bool {
        self.subjects.contains(&Subject::lesson(&issue.id, &entry.id))
    }

    /// Whether it makes the packets of this whole issue.
    pub fn has_issue(&self, issue: &str) -> bool {
        self.subjects.contains(&Subject::issue(issue))
    }
}

/// The digest of a division.
pub(super) fn digest<'a>(division: impl IntoIterator<Item = (&'a Subject, &'a usize)>) -> Digest {
    let lines: BTreeMap<String, [u8; 8]> =
        division.into_iter().map(|(subject, number)| (subject.to_string(), (*number as u64).to_le_bytes())).collect();
    Digest::of_named(lines.iter().map(|(subject, number)| (subject.as_str(), number.as_slice())))
}

/// The lessons and issues that these lessons divide into: each lesson, and each issue whose lessons are all among them.
pub(super) fn subjects(lessons: &[(&IssueEntry, &LessonEntry)], whole_issues: &[&IssueEntry]) -> Vec<Subject> {
    let of_lessons = lessons.iter().map(|(issue, entry)| Subject::lesson(&issue.id, &entry.id));
    let of_issues = whole_issues.iter().map(|issue| Subject::issue(&issue.id));
    of_lessons.chain(of_issues).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The number of the partition, starting at 1, of each subject. Costs are in any unit.
///
/// Each subject has an order of preference among the partitions that depends only on its name (rendezvous hashing: Thaler and
/// Ravishankar 1998), so most stay where they were when others are added. The most expensive are placed first, each in the first
/// partition that has room (consistent hashing with bounded loads: Mirrokni, Thorup, and Zadimoghaddam 2018).
///
/// # Panics
/// If there isn't a cost for each subject.
pub fn divide(subjects: &[Subject], costs: &[u64], of: usize) -> Vec<usize> {
    assert_eq!(subjects.len(), costs.len(), "every subject has a cost");
    let of = of.max(1);
    let count = of as u64;
    let total: u64 = costs.iter().sum();
    let limit = (total * (100 + OVER)).div_ceil(count * 100).max(costs.iter().copied().max().unwrap_or(0));
    let mut order: Vec<usize> = (0..subjects.len()).collect();
    order.sort_by(|a, b| costs[*b].cmp(&costs[*a]).then_with(|| subjects[*a].cmp(&subjects[*b])));
    let mut loads = vec![0_u64; of];
    let mut numbers = vec![0; subjects.len()];
    for index in order {
        let name = subjects[index].to_string();
        let cost = costs[index];
        let rank = |partition: &usize| Digest::of_named([(name.as_str(), partition.to_le_bytes().as_slice())]);
        let has_room = |partition: &usize| loads[*partition] + cost <= limit;
        let first = (0..of).filter(has_room).min_by_key(rank);
        let chosen = first.or_else(|| (0..of).min_by_key(|partition| (loads[*partition], *partition))).unwrap_or(0);
        loads[chosen] += cost;
        numbers[index] = chosen + 1;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lessons(count: usize) -> Vec<Subject> {
        (0..count).map(|index| Subject::lesson("one", &format!("lesson-{index}"))).collect()
    }

    fn loads(costs: &[u64], numbers: &[usize], of: usize) -> Vec<u64> {
        let mut loads = vec![0; of];
        numbers.iter().zip(costs).for_each(|(number, cost)| loads[number - 1] += cost);
        loads
    }

    #[test]
    fn partitions_are_read_as_nextest_reads_them() {
        assert_eq!("2/5".parse(), Ok(Partition { number: 2, of: 5 }));
        for (text, message) in [
            ("2", "expected a partition such as `2/5`, found `2`"),
            ("a/b", "expected a partition such as `2/5`, found `a/b`"),
            ("0/5", "partitions are counted from 1: the first of five is `1/5`"),
            ("6/5", "there is no partition 6 of 5"),
            ("1/0", "there must be at least 1 partition"),
            ("1/10001", "there can be at most 10000 partitions, found 10001"),
        ] {
            assert_eq!(text.parse::<Partition>(), Err(message.to_owned()), "{text}");
        }
    }

    #[test]
    fn every_subject_is_in_one_partition_and_the_loads_are_even() {
        for (count, of) in [(0, 3), (1, 1), (5, 2), (100, 7), (1000, 16)] {
            let subjects = lessons(count);
            let costs: Vec<u64> = (0..count as u64).map(|index| 100 + index * 37 % 211).collect();
            let numbers = divide(&subjects, &costs, of);
            assert!(numbers.iter().all(|number| (1..=of).contains(number)));
            let shares: usize =
                (1..=of).map(|number| Share::of(Partition { number, of }, &subjects, &costs).subjects.len()).sum();
            assert_eq!(shares, count, "{count} in {of}");
            if count >= 100 {
                let average = costs.iter().sum::<u64>() / of as u64;
                let most = loads(&costs, &numbers, of).into_iter().max().unwrap_or(0);
                assert!(most <= average * 106 / 100, "{most} of {average} in {count} in {of}");
            }
        }
    }

    #[test]
    fn most_lessons_stay_where_they_were_when_one_is_added() {
        let (before, after) = (lessons(200), lessons(201));
        let first = divide(&before, &vec![10; 200], 8);
        let second = divide(&after, &vec![10; 201], 8);
        let moved = first.iter().zip(&second).filter(|(first, second)| first != second).count();
        assert!(moved < 20, "{moved} of 200 moved");
    }

    #[test]
    fn the_order_of_the_subjects_changes_nothing() {
        let subjects = lessons(50);
        let costs: Vec<u64> = (0..50).map(|index| 1 + index % 5).collect();
        let reversed: Vec<Subject> = subjects.iter().rev().cloned().collect();
        let reversed_costs: Vec<u64> = costs.iter().rev().copied().collect();
        let mut again = divide(&reversed, &reversed_costs, 6);
        again.reverse();
        assert_eq!(divide(&subjects, &costs, 6), again);
    }
}
