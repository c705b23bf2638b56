//! The packets a command works on: those its options select, or the series' list.

use anyhow::{Result, bail, ensure};

use super::SelectionArgs;
use crate::imposition::sheets;
use crate::lesson::packet_spec::PacketSpec;
use crate::lesson::series::{Edition, Format, Paper, Part, Series};
use crate::make::Request;
use crate::offer;

/// Options that select packets.
#[derive(Debug, clap::Args)]
pub(super) struct PacketArgs {
    /// Editions, separated by commas [default: the series' list]
    #[arg(long, value_name = "EDITION", value_enum, ignore_case = true, value_delimiter = ',')]
    edition: Vec<Edition>,
    /// Parts of the edition, separated by commas [default: the series' list; `all` with `--edition`]
    #[arg(long, value_name = "PART", value_enum, ignore_case = true, value_delimiter = ',')]
    part: Vec<Part>,
    /// Paper sizes, separated by commas [default: the series' choice]
    #[arg(long, value_name = "PAPER", value_enum, ignore_case = true, value_delimiter = ',')]
    paper: Vec<Paper>,
    /// Page formats, separated by commas [default: the series' choice, or `standard`]
    #[arg(long, value_name = "FORMAT", value_enum, ignore_case = true, value_delimiter = ',')]
    format: Vec<Format>,
    /// Grayscale, including images
    #[arg(long)]
    mono: bool,
    /// Start each part that students turn in on a new sheet, for double-sided printing
    #[arg(long)]
    duplex: bool,
    /// Fit the student packet on this many sheets of paper, printed double-sided; several numbers, separated by commas, give
    /// several packets
    #[arg(long, value_name = "N", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..=99))]
    sheets: Vec<u32>,
    /// Languages of the packets, such as `en,es` [default: all]
    #[arg(long = "lang", value_name = "LANGUAGE", value_delimiter = ',')]
    languages: Vec<String>,
}

impl PacketArgs {
    /// The requested languages; empty means all.
    pub(super) fn languages(&self) -> Vec<String> {
        self.languages.clone()
    }

    /// A request for these packets of the selected lessons.
    ///
    /// # Errors
    /// If the options don't go together.
    pub(super) fn request(
        &self,
        selection: &SelectionArgs,
        series: &Series,
        (public, strict, keep_going): (bool, bool, bool),
    ) -> Result<Request> {
        let mut packets = self.specs(series)?;
        if public {
            packets = offer::for_all(packets);
            ensure!(!packets.is_empty(), "`--public` leaves out teacher packets, and no other packets were requested");
        }
        Ok(Request { wanted: selection.wanted.clone(), packets, languages: self.languages.clone(), public, strict, keep_going })
    }

    /// The requested packets without duplicates, in build order.
    ///
    /// # Errors
    /// If the options don't go together, such as a part the edition doesn't have.
    pub(super) fn specs(&self, series: &Series) -> Result<Vec<PacketSpec>> {
        let usual =
            |edition, part| PacketSpec { mono: self.mono, duplex: self.duplex, ..PacketSpec::usual(edition, part, series.paper) };
        let parts = if self.part.is_empty() { &[Part::All] } else { self.part.as_slice() };
        // The requested packets, before papers and formats multiply them.
        let asked_for: Vec<PacketSpec> = match (self.edition.as_slice(), series.packets.as_slice()) {
            ([], _) if !self.part.is_empty() => {
                let edition = |part| if part == Part::Plan { Edition::Substitute } else { Edition::Student };
                parts.iter().map(|part| usual(edition(*part), *part)).collect()
            }
            ([], []) => {
                let whole = Edition::ALL.iter().map(|edition| usual(*edition, Part::All));
                whole.chain([usual(Edition::Student, Part::Cards)]).collect()
            }
            ([], packets) => packets
                .iter()
                .map(|packet| {
                    let format = packet.format.as_ref().map_or_else(Format::default, |format| format.value);
                    PacketSpec {
                        format,
                        paper: packet.paper.unwrap_or(series.paper),
                        mono: packet.mono || self.mono,
                        // For the series' list, `--duplex` applies only where it can.
                        duplex: packet.duplex || (self.duplex && !format.is_imposed()),
                        sheets: packet.sheets.as_ref().map(|sheets| sheets.value),
                        ..usual(packet.edition, packet.part.as_ref().map_or(Part::All, |part| part.value))
                    }
                })
                .collect(),
            (editions, _) => editions.iter().flat_map(|edition| parts.iter().map(move |part| usual(*edition, *part))).collect(),
        };
        let mut specs: Vec<PacketSpec> = Vec::new();
        for spec in asked_for {
            let own = ([spec.paper], [spec.format], [spec.sheets]);
            let limits: Vec<Option<u32>> = self.sheets.iter().copied().map(Some).collect();
            let limits = if limits.is_empty() { own.2.as_slice() } else { limits.as_slice() };
            let papers = if self.paper.is_empty() { &own.0 } else { self.paper.as_slice() };
            let formats = if self.format.is_empty() { &own.1 } else { self.format.as_slice() };
            for format in formats {
                for paper in papers {
                    specs.extend(limits.iter().map(|sheets| PacketSpec {
                        paper: *paper,
                        format: *format,
                        sheets: *sheets,
                        ..spec
                    }));
                }
            }
        }
        // If no part was asked for, sheets to cut are only made where they can be.
        if self.part.is_empty() && specs.iter().any(|spec| spec.unavailable().is_none()) {
            specs.retain(|spec| spec.part != Part::Cards || spec.unavailable().is_none());
        }
        if let Some(reason) = specs.iter().find_map(|spec| spec.unavailable()) {
            bail!(reason);
        }
        specs.sort();
        specs.dedup();
        Ok(specs)
    }
}

/// "8 pages (4 sheets, double-sided)"
pub(super) fn extent(pages: usize, format: Format) -> String {
    let sheets = sheets(pages, format);
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let pages_per_side = if format == Format::TwoUp { 2 } else { 1 };
    let sides = if pages > pages_per_side { ", double-sided" } else { "" };
    let fold = if format == Format::Booklet { ", flip on short edge and fold" } else { "" };
    format!("{pages} page{} ({sheets} sheet{}{sides}{fold})", plural(pages), plural(sheets))
}
