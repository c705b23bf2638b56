//! Which packets a command is about: those that its options name, and else those that the series asks for.

use anyhow::{Result, bail};

use crate::build::{Choice, speaks};
use crate::lesson::series::{Edition, Paper, Part, Series};
use crate::packet::layout::sheets;

/// The options that choose packets.
#[derive(Debug, clap::Args)]
pub struct PacketArgs {
    /// For whom; without it what the series asks for
    #[arg(long, value_name = "EDITION", value_enum, value_delimiter = ',')]
    edition: Vec<Edition>,
    /// What of it: all, the reading as a class set, the worksheet that each student needs, or a substitute's plan without answers
    #[arg(long, value_name = "PART", value_enum, value_delimiter = ',')]
    part: Vec<Part>,
    /// On which paper; without it what the series asks for
    #[arg(long, value_name = "PAPER", value_enum, value_delimiter = ',')]
    paper: Vec<Paper>,
    /// With empty backs where they must be, so that each part that is handed in is a sheet of its own when it prints on both sides
    #[arg(long)]
    duplex: bool,
    /// In which languages, as `es`; without it in all that the lessons have
    #[arg(long = "lang", value_name = "LANGUAGE", value_delimiter = ',')]
    languages: Vec<String>,
}

impl PacketArgs {
    /// The languages that are asked for; all if there are none.
    pub fn languages(&self) -> Vec<String> {
        self.languages.clone()
    }

    /// Whether packets in a language are asked for.
    pub fn speaks(&self, language: &str) -> bool {
        speaks(&self.languages, language)
    }

    /// The packets that are asked for, each once, in the order in which they are made.
    ///
    /// # Errors
    /// If the options ask for a part of an edition that has none.
    pub fn choices(&self, series: &Series) -> Result<Vec<Choice>> {
        let mut choices: Vec<Choice> = Vec::new();
        let mut add = |edition: Edition, part: Part, papers: &[Paper], duplex: bool| {
            if !edition.parts().contains(&part) {
                bail!(
                    "the {} packet has no part `{}`: `student` and `teacher` have a `reading` and a `worksheet`, `substitute` has a `plan`",
                    edition.name(),
                    part.name()
                );
            }
            choices.extend(papers.iter().map(|paper| Choice { edition, part, paper: *paper, duplex }));
            Ok(())
        };
        let whole: &[Part] = &[Part::All];
        let parts = if self.part.is_empty() { whole } else { &self.part };
        let usual = [series.paper];
        let papers = if self.paper.is_empty() { &usual } else { self.paper.as_slice() };
        match (self.edition.as_slice(), series.packets.as_slice()) {
            ([], _) if !self.part.is_empty() => parts.iter().try_for_each(|part| {
                let edition = if *part == Part::Plan { Edition::Substitute } else { Edition::Student };
                add(edition, *part, papers, self.duplex)
            })?,
            ([], []) => Edition::ALL.iter().try_for_each(|edition| add(*edition, Part::All, papers, self.duplex))?,
            ([], packets) => {
                for packet in packets {
                    let own = [packet.paper.unwrap_or(series.paper)];
                    add(
                        packet.edition,
                        packet.part.as_ref().map_or(Part::All, |part| part.value),
                        if self.paper.is_empty() { &own } else { papers },
                        packet.duplex || self.duplex,
                    )?;
                }
            }
            (editions, _) => {
                for edition in editions {
                    parts.iter().try_for_each(|part| add(*edition, *part, papers, self.duplex))?;
                }
            }
        }
        choices.sort();
        choices.dedup();
        Ok(choices)
    }
}

/// "8 pages, 4 sheets printed on both sides"
pub fn extent(pages: usize) -> String {
    let sheets = sheets(pages);
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    format!("{pages} page{}, {sheets} sheet{} printed on both sides", plural(pages), plural(sheets))
}
