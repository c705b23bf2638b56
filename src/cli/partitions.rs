//! Which partition to build: as given, or from the variables that schedulers set.

use std::str::FromStr;

use anyhow::{Context, Result, bail};

use crate::make::Partition;

/// `--partition`: `2/5`, `auto`, or `auto/5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartitionArg {
    /// This one.
    Given(Partition),
    /// The one that a scheduler set, of this many if it doesn't say.
    Auto(Option<usize>),
}

impl FromStr for PartitionArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('/') {
            None if text == "auto" => Ok(Self::Auto(None)),
            Some(("auto", of)) => {
                let of = of.parse().ok().filter(|of| Partition::new(1, *of).is_ok());
                of.map(|of| Self::Auto(Some(of))).ok_or_else(|| format!("expected a number after `auto/`, found `{text}`"))
            }
            _ => text.parse().map(Self::Given),
        }
    }
}

/// How a scheduler numbers the parallel copies of a job.
struct Scheduler {
    name: &'static str,
    index: &'static str,
    /// The variable with their number, if there is one.
    total: Option<&'static str>,
    /// The first index.
    base: usize,
}

/// The schedulers, as their manuals have it in November 2026. Slurm's arrays begin anywhere; see [`of_slurm`].
const SCHEDULERS: [Scheduler; 7] = [
    Scheduler { name: "GitLab", index: "CI_NODE_INDEX", total: Some("CI_NODE_TOTAL"), base: 1 },
    Scheduler { name: "Kubernetes", index: "JOB_COMPLETION_INDEX", total: None, base: 0 },
    Scheduler { name: SLURM, index: "SLURM_ARRAY_TASK_ID", total: Some("SLURM_ARRAY_TASK_COUNT"), base: 0 },
    Scheduler { name: "Bazel", index: "TEST_SHARD_INDEX", total: Some("TEST_TOTAL_SHARDS"), base: 0 },
    Scheduler { name: "CircleCI", index: "CIRCLE_NODE_INDEX", total: Some("CIRCLE_NODE_TOTAL"), base: 0 },
    Scheduler { name: "Buildkite", index: "BUILDKITE_PARALLEL_JOB", total: Some("BUILDKITE_PARALLEL_JOB_COUNT"), base: 0 },
    Scheduler { name: "Azure Pipelines", index: "SYSTEM_JOBPOSITIONINPHASE", total: Some("SYSTEM_TOTALJOBSINPHASE"), base: 1 },
];

const SLURM: &str = "Slurm";

impl PartitionArg {
    /// The partition. `variable` gives the value of an environment variable.
    ///
    /// # Errors
    /// If no scheduler, or more than one, numbers this job.
    pub(super) fn partition(self, variable: impl Fn(&str) -> Option<String>) -> Result<Partition> {
        let of = match self {
            Self::Given(partition) => return Ok(partition),
            Self::Auto(of) => of,
        };
        let there: Vec<&Scheduler> = SCHEDULERS.iter().filter(|scheduler| variable(scheduler.index).is_some()).collect();
        let scheduler = match &there[..] {
            [one] => one,
            [] => bail!(
                "`--partition auto` found no variable that numbers this job: {}\n\
                 help: write the partition yourself, such as `--partition 2/5`",
                SCHEDULERS.map(|scheduler| format!("`{}`", scheduler.index)).join(", ")
            ),
            several => bail!(
                "`--partition auto` found the variables of {}\nhelp: write the partition yourself, such as `--partition 2/5`",
                several.iter().map(|scheduler| scheduler.name).collect::<Vec<_>>().join(" and ")
            ),
        };
        let number = |name: &str| -> Result<usize> {
            let value = variable(name).with_context(|| format!("`{name}` is not set"))?;
            value.trim().parse().with_context(|| format!("expected a number in `{name}`, found `{value}`"))
        };
        let total = scheduler.total.filter(|total| variable(total).is_some()).map(number).transpose()?;
        let of = match (total, of) {
            (Some(total), Some(of)) if total != of => {
                bail!("`--partition auto/{of}` is for {of} partitions, but {} runs {total} copies of this job", scheduler.name)
            }
            (Some(of), _) | (None, Some(of)) => of,
            (None, None) => bail!(
                "{} doesn't say how many copies of this job there are\nhelp: add their number, such as `--partition auto/5`",
                scheduler.name
            ),
        };
        let index = number(scheduler.index)?;
        let from_zero = if scheduler.name == SLURM {
            of_slurm(index, number("SLURM_ARRAY_TASK_MIN")?, number("SLURM_ARRAY_TASK_STEP").unwrap_or(1), of)?
        } else {
            index
                .checked_sub(scheduler.base)
                .with_context(|| format!("expected at least {} in `{}`, found {index}", scheduler.base, scheduler.index))?
        };
        Partition::new(from_zero + 1, of).map_err(anyhow::Error::msg)
    }
}

/// The position of a task in a Slurm array, starting at 0.
fn of_slurm(id: usize, least: usize, step: usize, of: usize) -> Result<usize> {
    let beyond = id.checked_sub(least).filter(|beyond| step > 0 && beyond % step == 0 && beyond / step < of);
    let beyond = beyond.context(
        "the array of this Slurm job has gaps, so its tasks can't be counted\n\
         help: use an array without gaps, such as `--array=1-5`, or write the partition yourself: `--partition 2/5`",
    )?;
    Ok(beyond / step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partition(arg: &str, variables: &[(&str, &str)]) -> Result<String, String> {
        let arg: PartitionArg = arg.parse()?;
        let variable = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        arg.partition(variable).map(|partition| partition.to_string()).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn schedulers_count_from_their_own_base() {
        for (arg, variables, expected) in [
            ("2/5", vec![("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "3")], "2/5"),
            ("auto", vec![("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "3")], "1/3"),
            ("auto", vec![("CI_NODE_INDEX", "3"), ("CI_NODE_TOTAL", "3")], "3/3"),
            ("auto/4", vec![("JOB_COMPLETION_INDEX", "0")], "1/4"),
            ("auto/4", vec![("JOB_COMPLETION_INDEX", "3")], "4/4"),
            ("auto", vec![("TEST_SHARD_INDEX", "0"), ("TEST_TOTAL_SHARDS", "2")], "1/2"),
            ("auto", vec![("CIRCLE_NODE_INDEX", "1"), ("CIRCLE_NODE_TOTAL", "2")], "2/2"),
            ("auto", vec![("BUILDKITE_PARALLEL_JOB", "1"), ("BUILDKITE_PARALLEL_JOB_COUNT", "2")], "2/2"),
            ("auto", vec![("SYSTEM_JOBPOSITIONINPHASE", "1"), ("SYSTEM_TOTALJOBSINPHASE", "2")], "1/2"),
            ("auto", slurm("0", "0", "1", "4"), "1/4"),
            ("auto", slurm("12", "10", "1", "4"), "3/4"),
            ("auto", slurm("9", "1", "4", "3"), "3/3"),
            ("auto/3", slurm("9", "1", "4", "3"), "3/3"),
        ] {
            assert_eq!(partition(arg, &variables), Ok(expected.to_owned()), "{arg} {variables:?}");
        }
    }

    #[test]
    fn what_a_scheduler_does_not_say_is_asked_for() {
        for (arg, variables, expected) in [
            ("auto", vec![], "`--partition auto` found no variable that numbers this job"),
            ("auto", vec![("JOB_COMPLETION_INDEX", "0")], "Kubernetes doesn't say how many copies of this job there are"),
            ("auto/2", vec![("JOB_COMPLETION_INDEX", "2")], "there is no partition 3 of 2"),
            ("auto", vec![("CI_NODE_INDEX", "0"), ("CI_NODE_TOTAL", "2")], "expected at least 1 in `CI_NODE_INDEX`, found 0"),
            ("auto", vec![("CI_NODE_INDEX", "x"), ("CI_NODE_TOTAL", "2")], "expected a number in `CI_NODE_INDEX`, found `x`"),
            (
                "auto/5",
                vec![("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "2")],
                "`--partition auto/5` is for 5 partitions, but GitLab runs 2",
            ),
            (
                "auto",
                vec![("CI_NODE_INDEX", "1"), ("CI_NODE_TOTAL", "2"), ("JOB_COMPLETION_INDEX", "0")],
                "`--partition auto` found the variables of GitLab and Kubernetes",
            ),
            ("auto", slurm("7", "1", "1", "3"), "the array of this Slurm job has gaps"),
            ("auto", slurm("2", "1", "3", "3"), "the array of this Slurm job has gaps"),
            ("auto/", vec![], "expected a number after `auto/`, found `auto/`"),
            ("auto/0", vec![], "expected a number after `auto/`, found `auto/0`"),
        ] {
            let message = partition(arg, &variables).expect_err(arg);
            assert!(message.starts_with(expected), "{arg} {variables:?}: {message}");
        }
    }

    fn slurm(
        id: &'static str,
        least: &'static str,
        step: &'static str,
        count: &'static str,
    ) -> Vec<(&'static str, &'static str)> {
        vec![
            ("SLURM_ARRAY_TASK_ID", id),
            ("SLURM_ARRAY_TASK_MIN", least),
            ("SLURM_ARRAY_TASK_STEP", step),
            ("SLURM_ARRAY_TASK_COUNT", count),
        ]
    }
}
