//! Which packets a command is about: those that its options name, and else those that the series asks for.

use anyhow::{Result, bail};

use crate::imposition::sheets;
use crate::lesson::packet_spec::PacketSpec;
use crate::lesson::series::{Edition, Format, Paper, Part, Series};

/// The options that choose packets.
#[derive(Debug, clap::Args)]
pub(super) struct PacketArgs {
    /// For whom; without it what the series asks for
    #[arg(long, value_name = "EDITION", value_enum, value_delimiter = ',')]
    edition: Vec<Edition>,
    /// What of it: all, the reading as a class set, the worksheet that each student needs, or a substitute's plan without answers
    #[arg(long, value_name = "PART", value_enum, value_delimiter = ',')]
    part: Vec<Part>,
    /// On which paper; without it what the series asks for
    #[arg(long, value_name = "PAPER", value_enum, value_delimiter = ',')]
    paper: Vec<Paper>,
    /// How it is laid out; without it what the series asks for
    #[arg(long, value_name = "FORMAT", value_enum, value_delimiter = ',')]
    format: Vec<Format>,
    /// In black and greys alone, pictures too
    #[arg(long)]
    mono: bool,
    /// With empty backs where they must be, so that each part that is handed in is a sheet of its own when it prints on both sides
    #[arg(long)]
    duplex: bool,
    /// In which languages, as `es`; without it in all that the lessons have
    #[arg(long = "lang", value_name = "LANGUAGE", value_delimiter = ',')]
    languages: Vec<String>,
}

impl PacketArgs {
    /// The languages that are asked for; all if there are none.
    pub(super) fn languages(&self) -> Vec<String> {
        self.languages.clone()
    }

    /// The packets that are asked for, each once, in the order in which they are made.
    ///
    /// # Errors
    /// If the options ask for a part of an edition that has none.
    pub(super) fn specs(&self, series: &Series) -> Result<Vec<PacketSpec>> {
        let usual =
            |edition, part| PacketSpec { mono: self.mono, duplex: self.duplex, ..PacketSpec::usual(edition, part, series.paper) };
        let parts = if self.part.is_empty() { &[Part::All] } else { self.part.as_slice() };
        // What is asked for, without its papers and formats, which can be several.
        let asked_for: Vec<PacketSpec> = match (self.edition.as_slice(), series.packets.as_slice()) {
            ([], _) if !self.part.is_empty() => {
                let edition = |part| if part == Part::Plan { Edition::Substitute } else { Edition::Student };
                parts.iter().map(|part| usual(edition(*part), *part)).collect()
            }
            ([], []) => Edition::ALL.iter().map(|edition| usual(*edition, Part::All)).collect(),
            ([], packets) => packets
                .iter()
                .map(|packet| {
                    let format = packet.format.as_ref().map_or_else(Format::default, |format| format.value);
                    PacketSpec {
                        format,
                        paper: packet.paper.unwrap_or(series.paper),
                        mono: packet.mono || self.mono,
                        // Asked for all of the list, it means those that can have it.
                        duplex: packet.duplex || (self.duplex && !format.is_imposed()),
                        ..usual(packet.edition, packet.part.as_ref().map_or(Part::All, |part| part.value))
                    }
                })
                .collect(),
            (editions, _) => editions.iter().flat_map(|edition| parts.iter().map(move |part| usual(*edition, *part))).collect(),
        };
        let mut specs: Vec<PacketSpec> = Vec::new();
        for spec in asked_for {
            let own = ([spec.paper], [spec.format]);
            let papers = if self.paper.is_empty() { &own.0 } else { self.paper.as_slice() };
            let formats = if self.format.is_empty() { &own.1 } else { self.format.as_slice() };
            for format in formats {
                specs.extend(papers.iter().map(|paper| PacketSpec { paper: *paper, format: *format, ..spec }));
            }
        }
        if let Some(reason) = specs.iter().find_map(|spec| spec.unavailable()) {
            bail!(reason);
        }
        specs.sort();
        specs.dedup();
        Ok(specs)
    }
}

/// "8 pages, 4 sheets printed on both sides"
pub(super) fn extent(pages: usize, format: Format) -> String {
    let sheets = sheets(pages, format);
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let then = if format == Format::Booklet { ", turned over the short edge, and folded" } else { "" };
    format!("{pages} page{}, {sheets} sheet{} printed on both sides{then}", plural(pages), plural(sheets))
}
