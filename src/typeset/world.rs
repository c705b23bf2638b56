//! What a template can see: the templates, the packet, its images and the fonts. No file system, no network, no clock.

use std::collections::HashMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World, WorldExt};

use super::{Fonts, TypesetError};
use crate::packet::Packet;

macro_rules! templates {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../templates", $path)))),*]
    };
}

/// The templates by their virtual paths.
const TEMPLATES: &[(&str, &str)] = templates![
    "/main.typ",
    "/tokens.typ",
    "/words.typ",
    "/words/en.typ",
    "/words/es.typ",
    "/warnings.typ",
    "/direction.typ",
    "/page.typ",
    "/runs.typ",
    "/lines.typ",
    "/space.typ",
    "/frames.typ",
    "/question.typ",
    "/choices.typ",
    "/cells.typ",
    "/organizer.typ",
    "/cards.typ",
    "/members.typ",
    "/equation.typ",
    "/blocks.typ",
    "/blocks/paragraph.typ",
    "/blocks/heading.typ",
    "/blocks/quotation.typ",
    "/blocks/list.typ",
    "/blocks/table.typ",
    "/blocks/figure.typ",
    "/blocks/primary-source.typ",
    "/blocks/sidebar.typ",
    "/blocks/timeline.typ",
    "/blocks/stop-and-think.typ",
    "/blocks/note.typ",
    "/blocks/content-note.typ",
    "/blocks/verse.typ",
    "/blocks/columns.typ",
    "/blocks/equation.typ",
    "/blocks/prompt.typ",
    "/blocks/multiple-choice.typ",
    "/blocks/true-false.typ",
    "/blocks/cloze.typ",
    "/blocks/matching.typ",
    "/blocks/ordering.typ",
    "/blocks/short-answers.typ",
    "/blocks/decide.typ",
    "/blocks/position.typ",
    "/blocks/t-chart.typ",
    "/blocks/venn.typ",
    "/blocks/claim-evidence.typ",
    "/blocks/cause-effect.typ",
    "/blocks/compare.typ",
    "/blocks/fill-timeline.typ",
    "/blocks/blank-table.typ",
    "/blocks/drawing.typ",
    "/blocks/background.typ",
    "/blocks/materials.typ",
    "/blocks/steps.typ",
    "/blocks/role-cards.typ",
    "/blocks/cut-outs.typ",
    "/blocks/script.typ",
    "/blocks/report-out.typ",
    "/blocks/extension.typ",
    "/blocks/rubric.typ",
    "/blocks/self-check.typ",
    "/blocks/teacher-note.typ",
    "/blocks/on-worksheet.typ",
    "/solution.typ",
    "/filled-tables.typ",
    "/filled-cards.typ",
    "/answers.typ",
    "/answers/prompt.typ",
    "/answers/stop-and-think.typ",
    "/answers/multiple-choice.typ",
    "/answers/true-false.typ",
    "/answers/cloze.typ",
    "/answers/matching.typ",
    "/answers/ordering.typ",
    "/answers/short-answers.typ",
    "/answers/decide.typ",
    "/answers/position.typ",
    "/answers/t-chart.typ",
    "/answers/venn.typ",
    "/answers/claim-evidence.typ",
    "/answers/cause-effect.typ",
    "/answers/compare.typ",
    "/answers/fill-timeline.typ",
    "/answers/blank-table.typ",
    "/answers/drawing.typ",
    "/answers/role-cards.typ",
    "/answers/cut-outs.typ",
    "/answers/script.typ",
    "/answers/report-out.typ",
    "/answers/extension.typ",
    "/answers/rubric.typ",
    "/titles.typ",
    "/sheets.typ",
    "/print.typ",
    "/parts/guide.typ",
    "/parts/plan.typ",
    "/parts/key.typ",
    "/parts/rubric.typ",
    "/parts/questions.typ",
    "/parts/reading.typ",
    "/parts/discussion.typ",
    "/parts/activity.typ",
    "/parts/exit-ticket.typ",
    "/parts/bibliography.typ",
    "/parts/cover.typ",
    "/parts/contents.typ",
    "/parts/sources.typ",
];

static SOURCES: LazyLock<HashMap<FileId, Source>> =
    LazyLock::new(|| TEMPLATES.iter().map(|(path, text)| (id(path), Source::new(id(path), (*text).to_owned()))).collect());

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

/// File ids are 16 bits wide and never freed, so every packet uses the same few paths.
fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("the program's own paths are sound");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

pub struct PacketWorld<'a> {
    fonts: &'a Fonts,
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl<'a> PacketWorld<'a> {
    pub fn new(packet: &Packet, fonts: &'a Fonts) -> Self {
        let json = serde_json::to_vec(packet).expect("a packet is plain data");
        let look = serde_json::to_vec(&packet.look).expect("a look is plain data");
        let mut files = HashMap::from([(id("/packet.json"), Bytes::new(json)), (id("/look.json"), Bytes::new(look))]);
        for image in &packet.images {
            files.insert(id(&image.path), Bytes::new(image.bytes.clone()));
        }
        Self { fonts, main: id("/main.typ"), files }
    }

    /// The engine's errors as one sentence with the template's name and line.
    pub fn explain(&self, errors: &[SourceDiagnostic]) -> TypesetError {
        let all: Vec<_> = errors
            .iter()
            .take(3)
            .map(|error| {
                let place = error.span.id().map_or_else(String::new, |file| {
                    let line = self
                        .source(file)
                        .ok()
                        .zip(self.range(error.span))
                        .map_or(0, |(source, range)| source.text()[..range.start].matches('\n').count() + 1);
                    format!("templates{}:{line}: ", file.get().vpath().get_with_slash())
                });
                let hints: String = error.hints.iter().map(|hint| format!(" ({})", hint.v)).collect();
                format!("{place}{}{hints}", error.message)
            })
            .collect();
        TypesetError(all.join("; "))
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
        SOURCES.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        // A packet must not depend on the day on which it is built.
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_with_slash().into())
}
