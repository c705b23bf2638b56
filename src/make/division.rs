//! A plan divided among machines: the file that `packetpress plan --save` writes and `packetpress build --plan` reads.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use super::costs::Costs;
use super::inputs::SharedInputs;
use super::partition::{self, Partition, Share, Subject};
use super::plan::{Archive, Plan, Removal};
use super::request::Request;
use crate::digest::Digest;
use crate::library::Library;

/// The version of the format.
const VERSION: u32 = 1;

/// A divided plan. Its shape is documented in `docs/many-machines.md`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    version: u32,
    /// The program, fonts, templates, and series that it was planned with.
    pub inputs: SharedInputs,
    /// What was asked for.
    pub request: Request,
    /// What each partition makes.
    pub partitions: Vec<PlannedPartition>,
    /// The archives that a merge makes if their packets change.
    pub archives: Vec<Archive>,
    /// The files that a merge removes.
    pub removals: Vec<Removal>,
    /// How many packets are up to date.
    pub unchanged: usize,
}

/// What a partition makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPartition {
    /// Which one it is.
    pub partition: Partition,
    /// How long it should take on one core, in milliseconds, if costs were recorded; otherwise only a proportion.
    pub cost: u64,
    /// Its lessons and issues, in the order of the plan.
    pub subjects: Vec<PlannedSubject>,
}

/// The packets to make of a lesson with its translations, or of a whole issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedSubject {
    /// The lesson or issue.
    pub name: Subject,
    /// The packets.
    pub packets: Vec<PlannedPacket>,
}

/// A packet to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPacket {
    /// The path from the output folder.
    pub path: String,
    /// The digest of its inputs.
    pub key: Digest,
    /// Why it is out of date.
    pub reason: String,
}

/// Only the version, which is read before the rest.
#[derive(Deserialize)]
struct Versioned {
    version: u32,
}

impl Division {
    /// Divides a plan into at most `most` partitions, none of them empty.
    pub(super) fn of(
        plan: Plan,
        (inputs, request): (SharedInputs, Request),
        library: &Library,
        costs: &Costs,
        most: usize,
    ) -> Self {
        let Plan { tasks, archives, removals, unchanged } = plan;
        let mut subjects: Vec<PlannedSubject> = Vec::new();
        for task in tasks {
            let name = task.subject();
            let packets =
                task.makes.into_iter().map(|make| PlannedPacket { path: make.path, key: make.key, reason: make.reason });
            match subjects.last_mut().filter(|last| last.name == name) {
                Some(last) => last.packets.extend(packets),
                None => subjects.push(PlannedSubject { name, packets: packets.collect() }),
            }
        }
        let names: Vec<Subject> = subjects.iter().map(|subject| subject.name.clone()).collect();
        let costs = costs.of(&names, &library.issues);
        let of = most.min(names.len());
        let numbers = partition::divide(&names, &costs, of);
        let mut partitions: Vec<PlannedPartition> = (1..=of)
            .map(|number| PlannedPartition { partition: Partition { number, of }, cost: 0, subjects: Vec::new() })
            .collect();
        for ((subject, number), cost) in subjects.into_iter().zip(numbers).zip(costs) {
            let partition = &mut partitions[number - 1];
            partition.cost += cost;
            partition.subjects.push(subject);
        }
        // With few lessons, more than one may prefer the same partition.
        partitions.retain(|partition| !partition.subjects.is_empty());
        let of = partitions.len();
        for (index, partition) in partitions.iter_mut().enumerate() {
            partition.partition = Partition { number: index + 1, of };
        }
        Self { version: VERSION, inputs, request, partitions, archives, removals, unchanged }
    }

    /// Reads a plan file.
    ///
    /// # Errors
    /// If it isn't one, or if another version of Packetpress wrote it.
    pub fn parse(text: &[u8]) -> Result<Self> {
        let wrong = "expected a plan, as `packetpress plan --save` writes it";
        let Versioned { version } = serde_json::from_slice(text).context(wrong)?;
        ensure!(version == VERSION, "the plan was written by another version of Packetpress");
        serde_json::from_slice(text).context(wrong)
    }

    /// The text of the plan file.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a plan is plain data");
        text.push('\n');
        text
    }

    /// The packets to make.
    pub fn packets(&self) -> impl Iterator<Item = &PlannedPacket> {
        self.partitions.iter().flat_map(|partition| &partition.subjects).flat_map(|subject| &subject.packets)
    }

    /// What a partition makes.
    ///
    /// # Errors
    /// If the plan has no such partition.
    pub fn share(&self, partition: Partition) -> Result<Share> {
        let planned = self.partitions.iter().find(|planned| planned.partition == partition);
        let planned =
            planned.with_context(|| format!("the plan has {} partitions, so none is {partition}", self.partitions.len()))?;
        let numbers = self
            .partitions
            .iter()
            .flat_map(|planned| planned.subjects.iter().map(|subject| (&subject.name, &planned.partition.number)));
        let packets = planned.subjects.iter().flat_map(|subject| &subject.packets);
        Ok(Share {
            partition,
            subjects: planned.subjects.iter().map(|subject| subject.name.clone()).collect(),
            division: partition::digest(numbers),
            packets: Some(packets.map(|packet| (packet.path.clone(), packet.key)).collect::<BTreeMap<_, _>>()),
        })
    }
}
