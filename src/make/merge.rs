//! Merges partitions: checks that they are all there, belong together, and were built from these lessons, and brings their files
//! into the output folder. [`super::run`] then makes what belongs to all of them.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read;

use anyhow::{Context, Result, bail, ensure};
use camino::{Utf8Path, Utf8PathBuf};

use super::costs::Milliseconds;
use super::inputs::SharedInputs;
use super::partition::{Partition, Subject};
use super::portion::Portion;
use super::request::Request;
use crate::diagnostics::in_words;
use crate::digest::Digest;
use crate::library::Library;
use crate::manifest::{FileEntry, FileKind};
use crate::{page_images, paths};

/// The largest `partition.json` that is read, in bytes.
const MAX_RECORD: u64 = 1 << 30;

/// The most names in a message.
const NAMED: usize = 5;

/// The partitions of one build, complete.
pub struct Partitions {
    /// Each with its folder, in order.
    portions: Vec<(Utf8PathBuf, Portion)>,
}

impl Partitions {
    /// Reads the partitions in these folders.
    ///
    /// # Errors
    /// If one is missing, unfinished, there twice, or from another build.
    pub fn read(folders: &[Utf8PathBuf]) -> Result<Self> {
        let mut portions = folders.iter().map(|folder| Ok((folder.clone(), read(folder)?))).collect::<Result<Vec<_>>>()?;
        portions.sort_by_key(|(_, portion)| portion.partition);
        let Some((first_folder, first)) = portions.first() else { bail!("expected the folders of the partitions") };
        for (folder, portion) in &portions {
            let (one, other) = (first.partition, portion.partition);
            ensure!(one.of == other.of, "{first_folder} is partition {one}, but {folder} is partition {other}");
            ensure!(
                first.inputs.program == portion.inputs.program,
                "{first_folder} and {folder} were built by different versions of Packetpress"
            );
            ensure!(first.request == portion.request, "{first_folder} and {folder} were built with different options");
            ensure!(
                first.division == portion.division,
                "{first_folder} and {folder} were divided differently: build all partitions from the same lessons, with the same \
                 `--plan` or `--costs`"
            );
        }
        for pair in portions.windows(2) {
            let [(one, first), (other, second)] = pair else { continue };
            ensure!(first.partition != second.partition, "{one} and {other} are both partition {}", first.partition);
        }
        let of = first.partition.of;
        let there: HashSet<usize> = portions.iter().map(|(_, portion)| portion.partition.number).collect();
        let missing: Vec<String> =
            (1..=of).filter(|number| !there.contains(number)).map(|number| Partition { number, of }.to_string()).collect();
        match &missing[..] {
            [] => {}
            [one] => bail!("partition {one} is missing"),
            several => bail!("partitions {} are missing", listed(several)),
        }
        let mut owners: HashMap<&str, &Utf8PathBuf> = HashMap::new();
        for (folder, portion) in &portions {
            for entry in &portion.files {
                if let Some(other) = owners.insert(&entry.path, folder) {
                    bail!("{other} and {folder} both have `{}`", entry.path);
                }
            }
        }
        Ok(Self { portions })
    }

    /// What they were built for.
    pub fn request(&self) -> &Request {
        &self.portions[0].1.request
    }

    /// Fails if a partition was built with another program, fonts, templates, or series than the merge.
    pub(super) fn are_from(&self, inputs: &SharedInputs) -> Result<()> {
        for (folder, portion) in &self.portions {
            portion.inputs.are(folder.as_str(), inputs)?;
        }
        Ok(())
    }

    /// What is known of all lessons.
    pub(super) fn portions(&self) -> impl Iterator<Item = &Portion> {
        self.portions.iter().map(|(_, portion)| portion)
    }

    /// The files of the partitions, each with the folder that it's in.
    ///
    /// # Errors
    /// If a partition has a file that isn't a packet of its lessons or an image of one.
    pub(super) fn files(&self, library: &Library) -> Result<Vec<(&Utf8Path, &FileEntry)>> {
        let mut files = Vec::new();
        for (folder, portion) in &self.portions {
            let subjects: HashSet<&Subject> = portion.subjects.iter().collect();
            let mut images = HashSet::new();
            for entry in portion.files.iter().filter(|entry| !matches!(entry.kind, FileKind::PageImage { .. })) {
                let of_packet =
                    images_of(entry, &subjects, &portion.request, library).with_context(|| strange(folder, portion, entry))?;
                images.extend(of_packet.into_iter().map(|path| (entry.path.as_str(), path)));
                files.push((folder.as_path(), entry));
            }
            for entry in &portion.files {
                let FileKind::PageImage { packet, .. } = &entry.kind else { continue };
                ensure!(images.remove(&(packet.as_str(), entry.path.clone())), strange(folder, portion, entry));
                files.push((folder.as_path(), entry));
            }
        }
        Ok(files)
    }

    /// How long everything took.
    pub(super) fn milliseconds(&self) -> Milliseconds {
        self.portions().flat_map(|portion| portion.milliseconds.clone()).collect()
    }
}

/// The first few of a list, in words.
pub(super) fn listed(names: &[String]) -> String {
    match names.len() {
        count if count > NAMED + 1 => format!("{}, and {} more", names[..NAMED].join(", "), count - NAMED),
        _ => in_words(names, "and"),
    }
}

fn strange(folder: &Utf8Path, portion: &Portion, entry: &FileEntry) -> String {
    format!("{folder}: `{}` isn't a file of partition {}", entry.path, portion.partition)
}

/// The paths of the page images of a packet; `None` if the file isn't a packet of these subjects.
fn images_of(entry: &FileEntry, subjects: &HashSet<&Subject>, request: &Request, library: &Library) -> Option<Vec<String>> {
    let (FileKind::Packet(packet), Some(issue)) = (&entry.kind, &entry.issue) else { return None };
    let subject = Subject { issue: issue.clone(), lesson: packet.lesson.clone() };
    let id = packet.identity(issue);
    let is_it =
        subjects.contains(&subject) && request.packets.contains(&id.spec()) && paths::packet(&id, &library.series) == entry.path;
    let issue = library.issues.iter().find(|known| known.id == *issue).filter(|_| is_it)?;
    let is_translation = issue.translations.iter().any(|known| {
        packet.lesson.as_deref() == Some(known.id.as_str()) && known.translation.as_deref() == Some(packet.language.as_str())
    });
    let images = page_images::of(library, issue, is_translation, &id, packet.pages);
    Some(images.into_iter().map(|image| image.path).collect())
}

/// Reads the record of a partition.
fn read(folder: &Utf8Path) -> Result<Portion> {
    let path = folder.join(paths::PARTITION);
    let mut text = Vec::new();
    let read = File::open(&path).and_then(|file| file.take(MAX_RECORD).read_to_end(&mut text));
    match read {
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!(
            "{folder} has no `{}`, which a partition gets when it is finished: build it with `packetpress build --partition`",
            paths::PARTITION
        ),
        Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
    }
    let portion = Portion::parse(&text).with_context(|| format!("{path} is damaged: build the partition again"))?;
    portion.with_context(|| format!("{path} was written by another version of Packetpress; build it again with this one"))
}

/// Reads a file of a partition.
///
/// # Errors
/// If it can't be read, or isn't what the partition made.
pub(super) fn bytes_of(folder: &Utf8Path, entry: &FileEntry) -> Result<Vec<u8>> {
    let path = folder.join(&entry.path);
    let mut bytes = Vec::new();
    let read = File::open(&path).and_then(|file| file.take(entry.bytes.saturating_add(1)).read_to_end(&mut bytes));
    match read {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => bail!("{path} is missing"),
        read => read.with_context(|| format!("cannot read {path}"))?,
    };
    ensure!(bytes.len() as u64 == entry.bytes && Digest::of(&bytes) == entry.sha256, "{path} was changed after it was built");
    Ok(bytes)
}
