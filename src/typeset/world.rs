//! What a template can access: the templates, the packet, its words and images, and the fonts. No file system, no network, no
//! clock.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::Value as Json;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::families::Families;
use super::templates::{id, position};
use super::{Fonts, Templates, TypesetError};
use crate::packet::{Look, Packet};
use crate::words;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

/// The file that the design tokens are read from.
#[derive(Serialize)]
struct LookFile<'a> {
    #[serde(flatten)]
    look: &'a Look,
    fonts: &'a Families,
}

pub(super) struct PacketWorld<'a> {
    fonts: &'a Fonts,
    templates: &'a Templates,
    main: FileId,
    families: Families,
    files: HashMap<FileId, Bytes>,
}

impl<'a> PacketWorld<'a> {
    pub(super) fn new(packet: &Packet, fonts: &'a Fonts, templates: &'a Templates) -> Self {
        let content = serde_json::to_value(packet).expect("a packet is plain data");
        let json = serde_json::to_vec(&content).expect("a packet is plain data");
        let properties = serde_json::to_vec(&properties(content)).expect("properties are plain data");
        let families = Families::of(packet, std::str::from_utf8(&json).unwrap_or_default(), fonts);
        let words = words::for_templates(packet.languages(), templates.words());
        let words = serde_json::to_vec(&words).expect("words are plain data");
        let texts = [("/packet.json", json), ("/properties.json", properties), ("/words.json", words)];
        let mut files: HashMap<_, _> = texts.into_iter().map(|(path, text)| (id(path), Bytes::new(text))).collect();
        for image in &packet.images {
            files.insert(id(&image.path), Bytes::new(image.bytes.clone()));
        }
        let mut world = Self { fonts, templates, main: id("/main.typ"), families, files };
        world.set_look(&packet.look);
        world
    }

    /// Replaces the packet's look.
    pub(super) fn set_look(&mut self, look: &Look) {
        let json = serde_json::to_vec(&LookFile { look, fonts: &self.families }).expect("a look is plain data");
        self.files.insert(id("/look.json"), Bytes::new(json));
    }

    /// Replaces the packet's content.
    pub(super) fn set_packet(&mut self, content: &Json) {
        let json = serde_json::to_vec(content).expect("a packet is plain data");
        self.files.insert(id("/packet.json"), Bytes::new(json));
    }

    /// The engine's errors as one string: at the lines of the user's templates, otherwise with names and lines of bundled ones.
    pub(super) fn explain(&self, errors: &[SourceDiagnostic]) -> TypesetError {
        let theirs: Vec<_> = errors.iter().filter_map(|error| self.templates.explain(error)).collect();
        if !theirs.is_empty() {
            return TypesetError::Replaced(theirs.join("\n"));
        }
        let ours: Vec<_> = errors
            .iter()
            .take(3)
            .map(|error| {
                let place = error.span.id().map_or_else(String::new, |file| {
                    let source = self.source(file).ok();
                    let (line, _) = source.and_then(|source| position(&source, error.span)).unwrap_or_default();
                    format!("templates{}:{line}: ", file.get().vpath().get_with_slash())
                });
                let hints: String = error.hints.iter().map(|hint| format!(" ({})", hint.v)).collect();
                format!("{place}{}{hints}", error.message)
            })
            .collect();
        let ours = ours.join("; ");
        if self.templates.are_replaced() { TypesetError::Beside(ours) } else { TypesetError::Fault(ours) }
    }
}

impl World for PacketWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.templates.source(id).ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        // A packet must not depend on the date of the build.
        None
    }
}

/// A packet's properties, without its content. What is on every page is made from them, so pages stay as they are when the content of
/// others changes.
fn properties(mut packet: Json) -> Json {
    let properties = packet.as_object_mut().expect("a packet is an object");
    let sections = properties.remove("sections").unwrap_or_default();
    properties.insert("is-issue".to_owned(), (sections[0]["kind"] == "cover").into());
    packet
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_with_slash().into())
}
