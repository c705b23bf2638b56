//! The paths of files in the output folder, with forward slashes. [`crate::output`] reads and writes the files.

use crate::lesson::issue::CATALOGUE;
use crate::lesson::series::{Format, Part, Series};
use crate::packet::PacketId;

/// The list of built files.
pub const MANIFEST: &str = "manifest.json";

/// The list of digests, for `sha256sum -c`.
pub const SUMS: &str = "SHA256SUMS";

/// The folder for files that only builds need; it may be deleted at any time.
pub const OWN_FOLDER: &str = ".packetpress";

/// What a partition made. Not in the folder for builds only, because CI leaves out hidden files when it keeps a folder.
pub const PARTITION: &str = "partition.json";

/// How long packets took to make.
pub const COSTS: &str = ".packetpress/costs.json";

/// What servers said about links in lessons.
pub const LINKS: &str = ".packetpress/links.json";

/// The build cache.
pub const CACHE: &str = ".packetpress/cache.json";

/// The journal of the running build.
pub const JOURNAL: &str = ".packetpress/journal";

/// The file that is locked while a build runs.
pub const LOCK: &str = ".packetpress/lock";

/// The folder for files being written.
pub const SCRATCH: &str = ".packetpress/scratch";

/// The default page of a folder.
pub const INDEX: &str = "index.html";

/// The path of a packet. Its name leaves out the series' defaults.
pub fn packet(id: &PacketId, series: &Series) -> String {
    format!("{}/{}", id.issue, packet_name(id, series))
}

/// The file name of a packet.
pub fn packet_name(id: &PacketId, series: &Series) -> String {
    let sheets = id.sheets.map(|sheets| format!("{sheets}-sheet{}", if sheets == 1 { "" } else { "s" }));
    let pieces = [
        Some(id.issue.as_str()),
        Some(id.subject()),
        (id.part != Part::default()).then_some(id.part.name()),
        Some(id.edition.name()),
        (id.format != Format::default()).then_some(id.format.name()),
        id.mono.then_some("mono"),
        id.duplex.then_some("duplex"),
        sheets.as_deref(),
        (id.language != series.language.value.0).then_some(id.language.as_str()),
        (id.paper != series.paper).then_some(id.paper.name()),
    ];
    let name: Vec<_> = pieces.into_iter().flatten().collect();
    format!("{}.pdf", name.join("-").to_lowercase())
}

/// The path of an issue's archive, for students or for teachers.
pub fn archive(issue: &str, students: bool) -> String {
    let whom = if students { "student" } else { "teacher" };
    format!("{issue}/{issue}-{whom}.zip")
}

/// The path of a page image, given its name without extension.
pub fn page_image(id: &PacketId, name: &str) -> String {
    format!("{}{name}.png", lesson_folder(&id.issue, id.subject()))
}

/// The folder of an issue, with a trailing slash.
pub fn issue_folder(issue: &str) -> String {
    format!("{issue}/")
}

/// The folder of a lesson's page, with a trailing slash.
pub fn lesson_folder(issue: &str, lesson: &str) -> String {
    format!("{issue}/{lesson}/")
}

/// The common prefix of the paths of a lesson's packets.
pub fn packets_of_lesson(issue: &str, lesson: &str) -> String {
    format!("{issue}/{issue}-{lesson}-")
}

/// The common prefix of the paths of an issue's packets and archives.
pub fn files_of_issue(issue: &str) -> String {
    format!("{issue}/{issue}-")
}

/// The page of an issue.
pub fn issue_page(issue: &str) -> String {
    format!("{}{INDEX}", issue_folder(issue))
}

/// The page of a lesson.
pub fn lesson_page(issue: &str, lesson: &str) -> String {
    format!("{}{INDEX}", lesson_folder(issue, lesson))
}

/// The path of a file shared by all pages.
pub fn of_catalogue(name: &str) -> String {
    format!("{CATALOGUE}/{name}")
}

/// Whether a path stays in the output folder. Packetpress never writes outside it.
pub fn is_inside(path: &str) -> bool {
    !path.starts_with('/') && !path.contains(['\\', ':']) && path.split('/').all(|part| part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::issue::LONGEST_END;
    use crate::glyphs::Coverage;
    use crate::lesson::packet_spec::PacketSpec;
    use crate::lesson::series::{Edition, Paper};
    use crate::session::Session;

    #[test]
    fn no_packet_has_a_longer_end_than_is_checked() {
        let coverage = Coverage::default();
        let mut session = Session::new(&coverage);
        let file = session.sources.add("series.yaml", "name: A\nlanguage: en\npaper: a4\n".to_owned());
        let series: Series = session.document(file);
        let longest = Edition::ALL.into_iter().flat_map(|edition| edition.parts().iter().map(move |part| (edition, *part)));
        let names = longest.flat_map(|(edition, part)| Format::ALL.map(|format| (edition, part, format))).map(
            |(edition, part, format)| {
                let spec = PacketSpec {
                    format,
                    mono: true,
                    duplex: true,
                    sheets: Some(99),
                    ..PacketSpec::usual(edition, part, Paper::Letter)
                };
                packet_name(&PacketId::new(spec, "one", Some("war"), "en"), &series).len()
            },
        );
        assert_eq!(names.max(), Some("one-war".len() + LONGEST_END));
    }
}
