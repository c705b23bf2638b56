//! A shared store of finished packets: a folder, or a web server that keeps what it is sent (`PUT`) and gives it back (`GET`).
//!
//! A packet is kept under the digest of its inputs. What comes out is checked before it is used: a store that is broken, slow, or
//! wrong costs time, and the packet is made as usual.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use camino::{Utf8Path, Utf8PathBuf};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use tempfile::NamedTempFile;
use ureq::Agent;

use super::pool::PacketFiles;
use super::protocol::PressedPacket;
use crate::digest::Digest;
use crate::output::readable_by_all;
use crate::web;

/// The first word of an entry, with the version of its format.
const MAGIC: &str = "packetpress-packet-1";

/// The largest entry, in bytes: many times the largest packet known.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// How long to wait for an answer.
const ANSWER: Duration = Duration::from_secs(10);

/// How long an entry may take altogether.
const TRANSFER: Duration = Duration::from_secs(60);

/// How many failures in a row end the use of a store.
const FAILURES: usize = 3;

/// A store.
pub struct Store {
    place: Place,
    /// Without it, an entry has only a checksum.
    secret: Option<Vec<u8>>,
    is_read_only: bool,
    /// Failures since the last success.
    failures: AtomicUsize,
    is_refused: AtomicBool,
    fetched: AtomicUsize,
}

/// Where a store is.
enum Place {
    Folder(Utf8PathBuf),
    Http { agent: Agent, base: String, authorization: Option<String> },
}

/// How to use a store.
#[derive(Debug, Clone, Default)]
pub struct StoreOptions {
    /// Whether to add nothing to it.
    pub is_read_only: bool,
    /// A secret that all who may add packets share. Entries without a matching code are ignored.
    pub secret: Option<String>,
    /// The value of the `Authorization` header.
    pub authorization: Option<String>,
}

/// The description of a packet in an entry; its files follow.
#[derive(Serialize, Deserialize)]
struct Described {
    key: Digest,
    packet: PressedPacket,
}

impl Store {
    /// The store at an address that begins with `http://` or `https://`, or in a folder, which is created.
    ///
    /// # Errors
    /// If the address or the folder can't be used.
    pub fn open(place: &str, options: StoreOptions) -> Result<Self> {
        let StoreOptions { is_read_only, secret, authorization } = options;
        let place = if web::is_address(place) {
            url::Url::parse(place).with_context(|| format!("`{place}` isn't an address"))?;
            let base = place.trim_end_matches('/').to_owned();
            Place::Http { agent: web::agent(ANSWER, TRANSFER, true), base, authorization }
        } else {
            ensure!(!place.contains("://"), "a store is a folder, or an address that begins with http:// or https://");
            let folder = Utf8PathBuf::from(place);
            if !is_read_only {
                std::fs::create_dir_all(&folder).with_context(|| format!("cannot create the folder {folder}"))?;
            }
            Place::Folder(folder)
        };
        let secret = secret.map(String::into_bytes);
        let (failures, is_refused, fetched) = Default::default();
        Ok(Self { place, secret, is_read_only, failures, is_refused, fetched })
    }

    /// How many packets came from it.
    pub(super) fn fetched(&self) -> usize {
        self.fetched.load(Ordering::Relaxed)
    }

    /// What went wrong with it, for people; `None` if nothing did.
    pub(super) fn trouble(&self) -> Option<String> {
        if self.is_given_up() {
            return Some(format!("the store {} didn't work, so packets were made without it", self.name()));
        }
        self.is_refused.load(Ordering::Relaxed).then(|| {
            format!(
                "the store {} doesn't accept packets; to use it without adding any, build with `--store-read-only`",
                self.name()
            )
        })
    }

    fn name(&self) -> String {
        match &self.place {
            Place::Folder(folder) => folder.to_string(),
            // Without a name and password.
            Place::Http { base, .. } => url::Url::parse(base).map_or_else(
                |_| String::new(),
                |url| format!("{}://{}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path()),
            ),
        }
    }

    fn is_given_up(&self) -> bool {
        self.failures.load(Ordering::Relaxed) >= FAILURES
    }

    /// The packet with this key, if the store has it and it is whole.
    pub(super) fn fetch(&self, key: Digest) -> Option<(PressedPacket, PacketFiles)> {
        if self.is_given_up() {
            return None;
        }
        let entry = self.settle(self.read(name_of(key)))??;
        let found = self.parse(key, &entry);
        self.fetched.fetch_add(usize::from(found.is_some()), Ordering::Relaxed);
        found
    }

    /// Adds a packet.
    pub(super) fn put(&self, key: Digest, packet: &PressedPacket, files: &PacketFiles) {
        if self.is_read_only || self.is_given_up() || self.is_refused.load(Ordering::Relaxed) {
            return;
        }
        let entry = self.entry(key, packet, files);
        self.settle(self.write(name_of(key), &entry));
    }

    /// Counts failures. A store that worked once more gets a new chance.
    fn settle<T>(&self, outcome: Result<T>) -> Option<T> {
        match outcome {
            Ok(value) => {
                self.failures.store(0, Ordering::Relaxed);
                Some(value)
            }
            Err(_) => {
                self.failures.fetch_add(1, Ordering::Relaxed);
                None
            }
        }
    }

    /// The entry of a packet.
    fn entry(&self, key: Digest, packet: &PressedPacket, files: &PacketFiles) -> Vec<u8> {
        let described = Described { key, packet: packet.clone() };
        let mut body = serde_json::to_vec(&described).expect("a description is plain data");
        body.push(b'\n');
        body.extend_from_slice(&files.pdf);
        files.page_images.iter().for_each(|image| body.extend_from_slice(image));
        let mut entry = format!("{MAGIC} {}\n", self.code(&body)).into_bytes();
        entry.append(&mut body);
        entry
    }

    /// The packet in an entry; `None` if the entry is damaged, of another packet, or not from someone with the secret.
    fn parse(&self, key: Digest, entry: &[u8]) -> Option<(PressedPacket, PacketFiles)> {
        let (head, body) = split_line(entry)?;
        let code = std::str::from_utf8(head).ok()?.strip_prefix(MAGIC)?.strip_prefix(' ')?;
        if !self.is_code_of(code, body) {
            return None;
        }
        let (line, mut rest) = split_line(body)?;
        let Described { key: own, packet } = serde_json::from_slice(line).ok()?;
        if own != key {
            return None;
        }
        let mut take = |bytes: usize| {
            let (file, after) = rest.split_at_checked(bytes)?;
            rest = after;
            Some(file.to_vec())
        };
        let pdf = take(packet.bytes?)?;
        let page_images = packet.page_images.iter().map(|bytes| take(*bytes)).collect::<Option<_>>()?;
        rest.is_empty().then_some((packet, PacketFiles { pdf, page_images }))
    }

    /// The checksum of an entry's body, or its authentication code (HMAC, RFC 2104) if there is a secret.
    fn code(&self, body: &[u8]) -> String {
        match self.mac(body) {
            None => Digest::of(body).to_string(),
            Some(mac) => mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }

    fn is_code_of(&self, code: &str, body: &[u8]) -> bool {
        let Ok(code) = code.parse::<Digest>() else { return false };
        match self.mac(body) {
            None => Digest::of(body) == code,
            // Takes the same time wherever the first difference is.
            Some(mac) => mac.verify_slice(code.as_bytes()).is_ok(),
        }
    }

    fn mac(&self, body: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_ref()?).expect("a secret may have any length");
        mac.update(body);
        Some(mac)
    }

    /// The bytes of an entry; `None` if the store doesn't have it.
    fn read(&self, name: Digest) -> Result<Option<Vec<u8>>> {
        match &self.place {
            Place::Folder(folder) => {
                let mut bytes = Vec::new();
                match File::open(path_of(folder, name)).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes)) {
                    Ok(_) => Ok(Some(bytes)),
                    Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(error.into()),
                }
            }
            Place::Http { agent, base, authorization } => {
                let mut request = agent.get(format!("{base}/{name}"));
                if let Some(authorization) = authorization {
                    request = request.header("Authorization", authorization);
                }
                web::content(request.call()?, MAX_BYTES)
            }
        }
    }

    fn write(&self, name: Digest, entry: &[u8]) -> Result<()> {
        match &self.place {
            Place::Folder(folder) => {
                let path = path_of(folder, name);
                let folder = path.parent().unwrap_or(folder);
                std::fs::create_dir_all(folder)?;
                let mut file = NamedTempFile::new_in(folder)?;
                file.as_file_mut().write_all(entry)?;
                readable_by_all(file.as_file())?;
                file.persist(path)?;
                Ok(())
            }
            Place::Http { agent, base, authorization } => {
                let mut request = agent.put(format!("{base}/{name}")).header("Content-Type", "application/octet-stream");
                if let Some(authorization) = authorization {
                    request = request.header("Authorization", authorization);
                }
                let status = request.send(entry)?.status();
                if status.is_client_error() {
                    self.is_refused.store(true, Ordering::Relaxed);
                }
                ensure!(status.is_success() || status.is_client_error(), "the store answered {status}");
                Ok(())
            }
        }
    }
}

/// The name of an entry. It differs from the key, so entries of another version of the format have other names.
fn name_of(key: Digest) -> Digest {
    Digest::of_named([(MAGIC, key.as_bytes())])
}

/// Two levels, because some file systems are slow with many files in a folder.
fn path_of(folder: &Utf8Path, name: Digest) -> Utf8PathBuf {
    let name = name.to_string();
    folder.join(&name[..2]).join(name)
}

fn split_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((&bytes[..end], &bytes[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packet::printing::Printing;

    fn packet() -> (PressedPacket, PacketFiles) {
        let files = PacketFiles { pdf: b"%PDF-1.7\nA packet".to_vec(), page_images: vec![b"one".to_vec(), b"two".to_vec()] };
        let packet = PressedPacket {
            title: "The Tides".to_owned(),
            pages: 3,
            printing: Printing::default(),
            overflows: Vec::new(),
            set: None,
            bytes: Some(files.pdf.len()),
            page_images: files.page_images.iter().map(Vec::len).collect(),
        };
        (packet, files)
    }

    fn store(folder: &tempfile::TempDir, secret: Option<&str>) -> Store {
        let place = folder.path().to_str().expect("the path is Unicode");
        Store::open(place, StoreOptions { secret: secret.map(str::to_owned), ..StoreOptions::default() }).expect("a folder")
    }

    #[test]
    fn a_packet_comes_out_as_it_went_in() {
        let folder = tempfile::tempdir().expect("a folder");
        let (store, key) = (store(&folder, None), Digest::of(b"key"));
        let (packet, files) = packet();
        assert!(store.fetch(key).is_none());
        store.put(key, &packet, &files);
        let (title, pdf, images) =
            store.fetch(key).map(|(packet, files)| (packet.title, files.pdf, files.page_images)).expect("it's there");
        assert_eq!((title, pdf, images), (packet.title, files.pdf, files.page_images));
        assert_eq!(store.fetched(), 1);
    }

    #[test]
    fn no_damaged_entry_is_used() {
        let folder = tempfile::tempdir().expect("a folder");
        let (store, key) = (store(&folder, None), Digest::of(b"key"));
        let (packet, files) = packet();
        let entry = store.entry(key, &packet, &files);
        assert!(store.parse(key, &entry).is_some());
        for index in 0..entry.len() {
            let mut damaged = entry.clone();
            damaged[index] ^= 1;
            assert!(store.parse(key, &damaged).is_none(), "byte {index}");
            assert!(store.parse(key, &entry[..index]).is_none(), "cut at {index}");
        }
        assert!(store.parse(key, &[entry.clone(), b"more".to_vec()].concat()).is_none());
        assert!(store.parse(Digest::of(b"another"), &entry).is_none());
    }

    #[test]
    fn only_those_with_the_secret_add_packets() {
        let folder = tempfile::tempdir().expect("a folder");
        let key = Digest::of(b"key");
        let (packet, files) = packet();
        let (ours, theirs, without) = (store(&folder, Some("ours")), store(&folder, Some("theirs")), store(&folder, None));
        for forger in [&theirs, &without] {
            forger.put(key, &packet, &files);
            assert!(ours.fetch(key).is_none());
        }
        ours.put(key, &packet, &files);
        assert!(ours.fetch(key).is_some());
        assert!(theirs.fetch(key).is_none() && without.fetch(key).is_none());
    }
}
