//! Build script: the digest of everything that the program is made of, for the input keys of packets.
//!
//! Line ends do not count, so a checkout on Windows gives the same.

use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package's folder"));
    let mut files = Vec::new();
    for part in ["src", "fonts", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={part}");
        collect(&root.join(part), &mut files);
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        let name = file.strip_prefix(&root).expect("the file lies in the package").to_string_lossy().replace('\\', "/");
        let mut bytes = fs::read(&file).expect("a source file can be read");
        if !name.starts_with("fonts/") {
            bytes.retain(|byte| *byte != b'\r');
        }
        digest.update((name.len() as u64).to_le_bytes());
        digest.update(name);
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    }
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=PACKETPRESS_FINGERPRINT={digest}");
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
