//! Build script: computes digests of the program's sources, for the input keys of packets and for the build cache.
//!
//! Line endings are ignored, so a checkout on Windows gives the same digests.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a build script reads the sources and prints instructions for cargo"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

/// The sources of the program.
const PARTS: [&str; 3] = ["src", "fonts", "Cargo.lock"];

/// Sources that can't change the bytes of a packet: those that read and check lessons (each parsed lesson has its own digest),
/// phrase reports, and write or show files. All other sources can.
const AROUND_PACKETS: [&str; 39] = [
    "src/catalogue",
    "src/check",
    "src/cli",
    "src/compare",
    "src/diagnostics",
    "src/digest",
    "src/equation/arguments",
    "src/equation/brackets",
    "src/equation/characters",
    "src/equation/commands",
    "src/equation/environments",
    "src/equation/parse",
    "src/equation/tests",
    "src/equation/tokens",
    "src/files",
    "src/fingerprint",
    "src/formats",
    "src/glyphs",
    "src/hints",
    "src/lesson/hints",
    "src/library",
    "src/main",
    "src/make",
    "src/manifest",
    "src/markdown",
    "src/offer",
    "src/output",
    "src/parallel",
    "src/picture/fault",
    "src/picture/problem",
    "src/press/overflow",
    "src/read",
    "src/reference",
    "src/schema",
    "src/serve",
    "src/session",
    "src/templates/catalogue",
    "src/windows",
    "src/yaml",
];

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the package folder"));
    for part in PARTS {
        println!("cargo::rerun-if-changed={part}");
    }
    println!("cargo::rustc-env=PACKETPRESS_PROGRAM={}", of_program(&root));
    println!("cargo::rustc-env=PACKETPRESS_PACKETS={}", of_packets(&root));
}

/// The digest of the whole program, whose package is in this folder.
pub(crate) fn of_program(root: &Path) -> String {
    digest(root, |_| true, |_, text| text)
}

/// The digest of the sources that can change the bytes of a packet, without comments, schemas, and tests.
pub(crate) fn of_packets(root: &Path) -> String {
    digest(root, |name| !is_around_packets(name), |name, text| if name.ends_with(".rs") { without_words(&text) } else { text })
}

fn digest(root: &Path, counts: impl Fn(&str) -> bool, shortened: impl Fn(&str, String) -> String) -> String {
    let mut files = Vec::new();
    PARTS.iter().for_each(|part| collect(&root.join(part), &mut files));
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        let name = file.strip_prefix(root).expect("the file is in the package").to_string_lossy().replace('\\', "/");
        if !counts(&name) {
            continue;
        }
        let mut bytes = fs::read(&file).expect("a source file can be read");
        if !name.starts_with("fonts/") {
            bytes.retain(|byte| *byte != b'\r');
            bytes = match String::from_utf8(bytes) {
                Ok(text) => shortened(&name, text).into_bytes(),
                Err(other) => other.into_bytes(),
            };
        }
        digest.update((name.len() as u64).to_le_bytes());
        digest.update(name);
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_around_packets(name: &str) -> bool {
    let is_below = |part: &str| name.strip_prefix(part).is_some_and(|rest| rest.starts_with(['/', '.']));
    AROUND_PACKETS.iter().any(|part| is_below(part))
}

/// A source without comment lines, schema attributes (which only affect reading), and tests.
fn without_words(text: &str) -> String {
    let program = text.split("\nmod tests {").next().unwrap_or(text);
    let mut kept = String::new();
    let mut open = 0;
    for line in program.lines() {
        let line = line.trim();
        if open > 0 || line.starts_with("#[schemars(") {
            open += brackets(line);
        } else if !line.starts_with("//") && !line.is_empty() {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// How many more brackets a line opens than it closes, except in strings.
fn brackets(line: &str) -> i32 {
    let (mut open, mut is_text, mut is_escaped) = (0, false, false);
    for c in line.chars() {
        match c {
            '"' if !is_escaped => is_text = !is_text,
            '[' | '(' | '{' if !is_text => open += 1,
            ']' | ')' | '}' if !is_text => open -= 1,
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    open
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        files.push(path.to_owned());
        return;
    }
    for entry in fs::read_dir(path).expect("a folder of the package can be read") {
        collect(&entry.expect("a folder of the package can be read").path(), files);
    }
}
