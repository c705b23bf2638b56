//! Where everything lies in the output folder, as paths from there with forward slashes. Whether it lies there is left to [`crate::output`].

use crate::lesson::issue::CATALOGUE;
use crate::lesson::series::{Format, Part, Series};
use crate::packet::PacketId;

/// The list of what was built.
pub const MANIFEST: &str = "manifest.json";

/// The list of digests, for `sha256sum -c`.
pub const SUMS: &str = "SHA256SUMS";

/// The folder for what only builds need; it may be deleted at any time.
pub const OWN_FOLDER: &str = ".packetpress";

/// What builds remember of lessons.
pub const CACHE: &str = ".packetpress/cache.json";

/// What the running build writes.
pub const JOURNAL: &str = ".packetpress/journal";

/// Locked while a build runs.
pub const LOCK: &str = ".packetpress/lock";

/// The folder of files that are being written.
pub const SCRATCH: &str = ".packetpress/scratch";

/// The page that a browser shows for a folder.
pub const INDEX: &str = "index.html";

/// The file of a packet: what equals the series' default is not in its name.
pub fn packet(id: &PacketId, series: &Series) -> String {
    format!("{}/{}", id.issue, packet_name(id, series))
}

/// The name of the same file without its folder.
pub fn packet_name(id: &PacketId, series: &Series) -> String {
    let pieces = [
        Some(id.issue.as_str()),
        Some(id.subject()),
        (id.part != Part::default()).then_some(id.part.name()),
        Some(id.edition.name()),
        (id.format != Format::default()).then_some(id.format.name()),
        id.mono.then_some("mono"),
        id.duplex.then_some("duplex"),
        (id.language != series.language.0).then_some(id.language.as_str()),
        (id.paper != series.paper).then_some(id.paper.name()),
    ];
    let name: Vec<_> = pieces.into_iter().flatten().collect();
    format!("{}.pdf", name.join("-").to_lowercase())
}

/// The archive of an issue's packets, for students or for teachers.
pub fn archive(issue: &str, students: bool) -> String {
    let whom = if students { "student" } else { "teacher" };
    format!("{issue}/{issue}-{whom}.zip")
}

/// The picture of a page of a packet, by its name without ending.
pub fn page_image(id: &PacketId, name: &str) -> String {
    format!("{}{name}.png", lesson_folder(&id.issue, id.subject()))
}

/// The folder of an issue, with the slash at its end.
pub fn issue_folder(issue: &str) -> String {
    format!("{issue}/")
}

/// The folder of a lesson's page, with the slash at its end.
pub fn lesson_folder(issue: &str, lesson: &str) -> String {
    format!("{issue}/{lesson}/")
}

/// How the paths of all packets of a lesson begin.
pub fn packets_of_lesson(issue: &str, lesson: &str) -> String {
    format!("{issue}/{issue}-{lesson}-")
}

/// The page of an issue.
pub fn issue_page(issue: &str) -> String {
    format!("{}{INDEX}", issue_folder(issue))
}

/// The page of a lesson.
pub fn lesson_page(issue: &str, lesson: &str) -> String {
    format!("{}{INDEX}", lesson_folder(issue, lesson))
}

/// A file that all pages need.
pub fn of_catalogue(name: &str) -> String {
    format!("{CATALOGUE}/{name}")
}

/// Whether a path stays in the output folder: one that leads elsewhere is none that we wrote.
pub fn is_inside(path: &str) -> bool {
    !path.starts_with('/') && !path.contains(['\\', ':']) && path.split('/').all(|part| part != "..")
}
