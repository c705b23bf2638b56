//! Reads the engine's own trace: how long it evaluates templates, and how long each round of layout takes.

use std::collections::BTreeMap;
use std::time::Duration;

use packetpress::typeset::Templates;
use serde_json::Value;

/// What the engine writes about a run, in the format of Chromium's trace viewer.
pub(crate) struct Trace {
    pub(crate) json: Vec<u8>,
}

/// Where the engine's time goes.
#[derive(Debug, Default)]
pub(crate) struct Split {
    pub(crate) evaluate: Duration,
    /// By round, over all layouts of a packet.
    pub(crate) rounds: BTreeMap<String, Duration>,
    /// How often the packet was laid out.
    pub(crate) layouts: usize,
}

impl Trace {
    /// Traces the engine in a run.
    pub(crate) fn of(templates: &Templates, work: impl FnOnce()) -> Self {
        typst_timing::clear();
        typst_timing::enable();
        work();
        typst_timing::disable();
        let mut json = Vec::new();
        typst_timing::export_json(&mut json, |span| templates.place(span).unwrap_or_default()).expect("a trace can be written");
        Self { json }
    }

    /// Adds up the outermost scopes of each thread.
    pub(crate) fn split(&self) -> Split {
        let events: Vec<Value> = serde_json::from_slice(&self.json).expect("the engine writes JSON");
        let mut split = Split::default();
        let mut threads: BTreeMap<u64, Vec<(&str, f64)>> = BTreeMap::new();
        for event in &events {
            let open = threads.entry(event["tid"].as_u64().unwrap_or_default()).or_default();
            let name = event["name"].as_str().unwrap_or_default();
            let at = event["ts"].as_f64().unwrap_or_default();
            if event["ph"] == "B" {
                open.push((name, at));
                continue;
            }
            let Some((name, start)) = open.pop() else { continue };
            let time = Duration::from_secs_f64((at - start).max(0.0) / 1e6);
            let is_inside = |outer: &str| open.iter().any(|(name, _)| name.starts_with(outer));
            if name == "eval" && !is_inside("eval") && !is_inside("iter (") {
                split.evaluate += time;
            } else if name.starts_with("iter (") {
                *split.rounds.entry(name.to_owned()).or_default() += time;
                split.layouts += usize::from(name == "iter (1)");
            }
        }
        split
    }
}
