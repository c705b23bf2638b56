//! Lays a composed packet out and writes the PDF. The only module that names Typst.
//!
//! Templates decide how a packet looks; the packet travels to them as one JSON file, so lesson text is data and never code.

mod fonts;
mod world;

pub use fonts::Fonts;

use comemo::evict;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Label, Selector, Smart, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::packet::Packet;
use world::PacketWorld;

/// A finished packet.
#[derive(Debug, Clone)]
pub struct Typeset {
    /// The PDF file: PDF/UA-1 and PDF/A-2a.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// On which page each item begins, by the mark that compose gave it, in the order of the pages.
    pub item_pages: Vec<(String, usize)>,
    /// What did not fit.
    pub warnings: Vec<FitWarning>,
}

/// Something that did not fit in the finished layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FitWarning {
    /// The mark of the item.
    pub mark: String,
    /// What did not fit, in a teacher's words.
    pub message: String,
    /// What there was too little of.
    pub fault: Fault,
}

/// What there was too little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Height for writing.
    Space,
    /// Height on a card for its text.
    Card,
    /// Width for a table.
    Table,
    /// Width for an equation.
    Equation,
}

/// Why a sound packet could not be typeset: always a fault of the program.
#[derive(Debug, Clone)]
pub struct TypesetError(String);

impl std::fmt::Display for TypesetError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "this is a fault of Packetpress, not of the lesson; please report it: {}", self.0)
    }
}

impl std::error::Error for TypesetError {}

/// Typesets packets, one after the other; one for each worker thread.
///
/// Must not run inside a rayon pool: the PDF writer yields into the next job on the same stack and overflows it.
pub struct Typesetter<'a> {
    fonts: &'a Fonts,
}

impl<'a> Typesetter<'a> {
    /// A typesetter with these fonts.
    pub fn new(fonts: &'a Fonts) -> Self {
        Self { fonts }
    }

    /// Lays a packet out and writes its PDF.
    ///
    /// # Errors
    /// If a template fails, which on a checked lesson is a fault of the program.
    pub fn typeset(&self, packet: &Packet) -> Result<Typeset, TypesetError> {
        let world = PacketWorld::new(packet, self.fonts);
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
        let document = output.map_err(|errors| world.explain(&errors))?;
        if let Some(warning) = warnings.iter().find(|warning| !is_harmless(warning)) {
            return Err(world.explain(std::slice::from_ref(warning)));
        }
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).expect("PDF/UA-1 and PDF/A-2a go together");
        let options = PdfOptions {
            ident: Smart::Custom(packet.identity.clone()),
            creator: Smart::Custom(Some(concat!("Packetpress ", env!("CARGO_PKG_VERSION")).into())),
            timestamp: None,
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| world.explain(&errors))?;
        let (item_pages, warnings) = marks(&document);
        Ok(Typeset { pdf, pages: document.pages().len(), item_pages, warnings })
    }

    /// Forgets work that packets of the same lesson shared; call it after the last of them.
    ///
    /// Without it memory grows by about 3 MB a packet.
    pub fn forget(&self) {
        evict(0);
    }
}

/// Warnings of the engine that say nothing about the page.
fn is_harmless(warning: &SourceDiagnostic) -> bool {
    // The tables use row headers, which the engine still calls experimental.
    warning.message.contains("experimental") || warning.message.contains("in active development")
}

/// Reads the marks that templates left in the layout.
fn marks(document: &PagedDocument) -> (Vec<(String, usize)>, Vec<FitWarning>) {
    let introspector = document.introspector();
    let labelled = |name: &str| {
        let label = Label::new(PicoStr::intern(name)).expect("the name is not empty");
        introspector.query(&Selector::Label(label))
    };
    let mut item_pages = Vec::new();
    for element in labelled("item") {
        let page = element.location().and_then(|location| introspector.page(location));
        if let (Some(Value::Str(mark)), Some(page)) = (metadata(&element), page) {
            item_pages.push((mark.to_string(), page.get()));
        }
    }
    let mut warnings = Vec::new();
    for element in labelled("warning") {
        if let Some(Value::Dict(dict)) = metadata(&element)
            && let (Ok(Value::Str(mark)), Ok(Value::Str(message)), Ok(Value::Str(fault))) =
                (dict.get("mark"), dict.get("message"), dict.get("fault"))
        {
            let fault = match fault.as_str() {
                "table" => Fault::Table,
                "equation" => Fault::Equation,
                "card" => Fault::Card,
                _ => Fault::Space,
            };
            let warning = FitWarning { mark: mark.to_string(), message: message.to_string(), fault };
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
    }
    (item_pages, warnings)
}

fn metadata(element: &typst::foundations::Content) -> Option<Value> {
    element.to_packed::<MetadataElem>().map(|metadata| metadata.value.clone())
}
