//! A shared store of finished packets: it saves work, and never changes a byte.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::project::{LESSON, Project, Run, copy};

/// How a server answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// As it should.
    Honest,
    /// It keeps nothing and has nothing.
    Forgetful,
    /// It gives every packet the bytes of another one.
    Confused,
    /// It changes a byte in the middle.
    Damaging,
    /// It ends in the middle of each answer.
    Cut,
    /// It says that all is well, in HTML.
    Portal,
    /// It has errors of its own.
    Broken,
    /// It closes every connection.
    Closing,
    /// It gives, but doesn't take.
    Stingy,
}

/// A server that keeps what it's sent, in memory.
struct Server {
    address: String,
    kept: Arc<Mutex<HashMap<String, Vec<u8>>>>,
    /// The header lines of the last request.
    headers: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(manner: Manner) -> Self {
        Self::with(manner, Arc::default())
    }

    fn with(manner: Manner, kept: Arc<Mutex<HashMap<String, Vec<u8>>>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = format!("http://{}/packets/", listener.local_addr().expect("it has an address"));
        let headers = Arc::<Mutex<Vec<String>>>::default();
        let (in_server, seen) = (kept.clone(), headers.clone());
        // It ends with the test.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, seen) = (in_server.clone(), seen.clone());
                std::thread::spawn(move || answer(stream, manner, &kept, &seen));
            }
        });
        Self { address, kept, headers }
    }

    fn count(&self) -> usize {
        self.kept.lock().expect("no thread panics").len()
    }
}

fn answer(stream: TcpStream, manner: Manner, kept: &Mutex<HashMap<String, Vec<u8>>>, seen: &Mutex<Vec<String>>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut out = stream;
    loop {
        let mut first = String::new();
        reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
        let mut words = first.split_whitespace().map(str::to_owned);
        let (method, path) = (words.next()?, words.next()?);
        let (mut length, mut headers) = (0, Vec::new());
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let line = line.trim().to_owned();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            headers.push(line);
        }
        *seen.lock().ok()? = headers;
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let mut kept = kept.lock().ok()?;
        let found = kept.get(&path).cloned();
        let (status, body) = match (manner, method.as_str()) {
            (Manner::Closing, _) => return None,
            (Manner::Broken, _) => ("500 Internal Server Error", b"oh no".to_vec()),
            (Manner::Portal, _) => ("200 OK", b"<html>Welcome! Please log in.</html>".to_vec()),
            (Manner::Stingy, "PUT") => ("403 Forbidden", Vec::new()),
            (Manner::Forgetful, "PUT") => ("201 Created", Vec::new()),
            (_, "PUT") => {
                kept.insert(path, body);
                ("201 Created", Vec::new())
            }
            (Manner::Confused, _) => {
                let other = kept.iter().filter(|(name, _)| **name != path).map(|(_, bytes)| bytes.clone()).next();
                ("200 OK", other.unwrap_or_default())
            }
            (_, _) => match found {
                None => ("404 Not Found", Vec::new()),
                Some(mut bytes) => {
                    if manner == Manner::Damaging {
                        let middle = bytes.len() / 2;
                        bytes[middle] ^= 1;
                    }
                    ("200 OK", bytes)
                }
            },
        };
        drop(kept);
        write!(out, "HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", body.len()).ok()?;
        let sent = if manner == Manner::Cut { body.len() / 2 } else { body.len() };
        out.write_all(&body[..sent]).ok()?;
        if sent < body.len() {
            return None;
        }
    }
}

fn project() -> Project {
    Project::with_lesson(LESSON)
        .write(
            "lessons/series.yaml",
            "name: Test Series\nlanguage: en-US\npaper: letter\nrights: {holder: The Press, licence: CC BY 4.0}\n",
        )
        .write("lessons/one/issue.yaml", "published: 2026-04-01\nlessons: [war, peace]\n")
        .write("lessons/one/peace.yaml", "title: Peace\nreading: It ended.\n")
        .write("lessons/one/war.teacher.yaml", "objectives: [Know it]\n")
}

/// How many packets came from the store.
fn fetched(run: &Run) -> &str {
    run.stderr.lines().find(|line| line.ends_with("came from the store")).unwrap_or("none")
}

#[test]
fn a_second_computer_takes_all_packets_from_a_folder() {
    let project = project();
    project.run("build").succeeds();
    let whole = project.published("output");
    let first = project.run("build --output first --store kept");
    assert_eq!(fetched(first.succeeds()), "none");
    let second = project.run("build --output second --store kept");
    let count = whole.iter().filter(|(path, _)| path.ends_with(".pdf")).count();
    assert_eq!(fetched(second.succeeds()), format!("{count} of {count} packets came from the store"));
    assert!(project.published("first") == whole && project.published("second") == whole);
    // A change makes only its own packets, and `--force` makes all.
    let project = project.write("lessons/one/peace.yaml", "title: Peace\nreading: It really ended.\n");
    let third = project.run("build --output third --store kept");
    let of_war = whole.iter().filter(|(path, _)| path.starts_with("one/one-war-") && path.ends_with(".pdf")).count();
    assert_eq!(fetched(third.succeeds()), format!("{of_war} of {count} packets came from the store"));
    assert_eq!(fetched(project.run("build --force --output third --store kept").succeeds()), "none");
    assert_eq!(project.run("build --output first").succeeds().code, 0);
    assert!(project.published("third") == project.published("first"));
    // Partitions use it too.
    project.run("build --partition 1/1 --output part --store kept").succeeds();
    project.run("merge part --output merged").succeeds();
    assert!(project.published("merged") == project.published("first"));
}

#[test]
fn nothing_is_added_with_store_read_only() {
    let project = project();
    project.run("build --store kept --store-read-only").succeeds();
    assert!(!project.path("kept").exists());
    assert!(project.run("build --store ftp://example.org/kept").stderr.contains("a store is a folder, or an address"));
}

#[test]
fn a_store_that_lies_or_dies_changes_no_byte() {
    let project = project();
    project.run("build").succeeds();
    let whole = project.published("output");
    let count = whole.iter().filter(|(path, _)| path.ends_with(".pdf")).count();
    let full = Server::start(Manner::Honest);
    project.run(&format!("build --output full --store {}", full.address)).succeeds();
    assert_eq!(full.count(), count);
    let refused = "doesn't accept packets; to use it without adding any, build with `--store-read-only`";
    let useless = "didn't work, so packets were made without it";
    for (manner, expected, note) in [
        (Manner::Honest, count, ""),
        (Manner::Forgetful, count, ""),
        (Manner::Confused, 0, ""),
        (Manner::Damaging, 0, ""),
        (Manner::Cut, 0, ""),
        (Manner::Portal, 0, ""),
        (Manner::Broken, 0, useless),
        (Manner::Closing, 0, useless),
        (Manner::Stingy, count, ""),
    ] {
        let kept = Arc::new(Mutex::new(full.kept.lock().expect("no thread panics").clone()));
        let server = Server::with(manner, kept);
        let run = project.run(&format!("build --jobs 1 --output other --store {}", server.address));
        let expected =
            if expected == 0 { "none".to_owned() } else { format!("{expected} of {count} packets came from the store") };
        assert_eq!(fetched(run.succeeds()), expected, "{manner:?}: {}", run.stderr);
        assert!(run.stderr.contains(note), "{manner:?}: {}", run.stderr);
        assert!(project.published("other") == whole, "{manner:?}");
        std::fs::remove_dir_all(project.path("other")).expect("it can be removed");
    }
    let stingy = Server::start(Manner::Stingy);
    let run = project.run(&format!("build --output other --store {}", stingy.address));
    assert!(run.succeeds().stderr.contains(refused), "{}", run.stderr);
    assert!(project.published("other") == whole);
    // Nobody listens there.
    std::fs::remove_dir_all(project.path("other")).expect("it can be removed");
    let run = project.run("build --output other --store http://127.0.0.1:9/");
    assert!(run.succeeds().stderr.contains("the store http://127.0.0.1/ didn't work"), "{}", run.stderr);
    assert!(project.published("other") == whole);
}

#[test]
fn packets_of_someone_without_the_secret_are_not_used() {
    let project = project();
    let server = Server::start(Manner::Honest);
    let store = ["build", "--store", server.address.as_str(), "--output"];
    let with =
        |folder: &str, variables: &[(&str, &str)]| project.run_in_environment("", &[&store[..], &[folder]].concat(), variables);
    with("forged", &[("PACKETPRESS_STORE_SECRET", "a guess")]).succeeds();
    assert_eq!(fetched(with("first", &[("PACKETPRESS_STORE_SECRET", "ours")]).succeeds()), "none");
    let authorized = [("PACKETPRESS_STORE_SECRET", "ours"), ("PACKETPRESS_STORE_AUTHORIZATION", "Bearer abc")];
    let second = with("second", &authorized);
    assert!(fetched(second.succeeds()).ends_with("packets came from the store"), "{}", second.stderr);
    let headers = server.headers.lock().expect("no thread panics").join("\n").to_lowercase();
    assert!(headers.contains("authorization: bearer abc"), "{headers}");
    assert!(!second.stderr.contains("Bearer"), "{}", second.stderr);
    let copy_of = Project::empty();
    copy(&project.path("second"), &copy_of.path("second"));
    assert!(project.published("first") == copy_of.published("second"));
}
