//! `check --links`: which web addresses in lessons are gone or have moved; and `verify` for a published site.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use crate::project::{LESSON, Project, Run};

/// A server that answers by path, and the requests it got.
struct Server {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("it has an address"));
        let requests = Arc::<Mutex<Vec<String>>>::default();
        let (own, seen) = (address.clone(), requests.clone());
        // It ends with the test.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (own, seen) = (own.clone(), seen.clone());
                std::thread::spawn(move || answer(stream, &own, &seen));
            }
        });
        Self { address, requests }
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no thread panics").clone()
    }
}

fn answer(stream: TcpStream, own: &str, seen: &Mutex<Vec<String>>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut out = stream;
    loop {
        let mut first = String::new();
        reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
        let mut line = String::new();
        while reader.read_line(&mut line).ok()? > 2 {
            line.clear();
        }
        let mut words = first.split_whitespace().map(str::to_owned);
        let (method, path) = (words.next()?, words.next()?);
        seen.lock().ok()?.push(format!("{method} {path}"));
        let copy = format!("{{\"archived_snapshots\": {{\"closest\": {{\"url\": \"{own}/copy\"}}}}}}");
        let (status, location, body) = match (method.as_str(), path.split('?').next()?) {
            (_, "/good" | "/new" | "/copy") => ("200 OK", None, String::new()),
            ("HEAD", "/no-head") => ("405 Method Not Allowed", None, String::new()),
            (_, "/no-head") => ("200 OK", None, String::new()),
            (_, "/moved") => ("301 Moved Permanently", Some("/new"), String::new()),
            (_, "/for-now") => ("302 Found", Some("/new"), String::new()),
            (_, "/loop") => ("301 Moved Permanently", Some("/loop"), String::new()),
            (_, "/login") => ("403 Forbidden", None, String::new()),
            (_, "/busy") => ("429 Too Many Requests", None, String::new()),
            (_, "/broken") => ("500 Internal Server Error", None, String::new()),
            (_, "/elsewhere") => ("301 Moved Permanently", Some("file:///etc/passwd"), String::new()),
            (_, "/wayback") if path.contains("gone") => ("200 OK", None, copy),
            (_, "/wayback") => ("200 OK", None, "{\"archived_snapshots\": {}}".to_owned()),
            (_, "/closing") => return None,
            _ => ("404 Not Found", None, String::new()),
        };
        let location = location.map(|location| format!("Location: {location}\r\n")).unwrap_or_default();
        let body = if method == "HEAD" { "" } else { &body };
        write!(out, "HTTP/1.1 {status}\r\nContent-Length: {}\r\n{location}\r\n{body}", body.len()).ok()?;
    }
}

/// A lesson with links in its text and its sources.
fn project(address: &str) -> Project {
    let links = ["good", "no-head", "moved", "for-now", "loop", "login", "busy", "broken", "elsewhere", "closing", "lost"];
    let links: Vec<String> = links.iter().map(|name| format!("[{name}]({address}/{name})")).collect();
    Project::with_lesson(&format!(
        "title: War\nreading: |\n  See {}.\n  It began [@a; @b].\nbibliography:\n  groups:\n    - title: Websites\n      entries:\n        \
         a: {{kind: web, title: A, url: {address}/gone}}\n        b: {{kind: web, title: B, url: {address}/gone-too, archived_url: {address}/copy}}\n",
        links.join(", ")
    ))
}

fn check(project: &Project, server: &Server, arguments: &[&str]) -> Run {
    let archive = format!("{}/wayback", server.address);
    project.run_in_environment("", &[&["check", "--links"], arguments].concat(), &[("PACKETPRESS_ARCHIVE", &archive)])
}

#[test]
fn addresses_that_are_gone_or_have_moved_are_reported_at_their_place() {
    let server = Server::start();
    let project = project(&server.address);
    let run = check(&project, &server, &["--private-links"]);
    run.succeeds().reports("dead-link", "war.yaml:9:39").reports("dead-link", "war.yaml:10:39");
    let own = &server.address;
    for line in [
        format!("{own}/lost can't be opened: the server answers 404"),
        format!("{own}/gone can't be opened: the server answers 404"),
        format!("help: add `archived_url: {own}/copy` to the source, or find the page's new address"),
        "help: readers still have the archived copy; to print only that, write `url: null`".to_owned(),
        format!("{own}/moved has moved"),
        format!("help: change the address to {own}/new"),
        format!("not decided: {own}/login: the server doesn't let programs in"),
        format!("not decided: {own}/busy: the server is busy"),
        format!("not decided: {own}/broken: the server answers 500"),
        format!("not decided: {own}/loop: it leads from address to address"),
        format!("not decided: {own}/elsewhere: it leads to an address that can't be followed"),
        format!("not decided: {own}/closing: the connection failed"),
        "Checked 14 web addresses.".to_owned(),
    ] {
        assert!(run.stderr.contains(&line), "expected {line:?} in {}", run.stderr);
    }
    assert_eq!(run.stderr.matches("warning[").count(), 4, "{}", run.stderr);
    // Each page was asked for once by HEAD, and only by GET if that was refused.
    let requests = server.requests();
    let of = |request: &str| requests.iter().filter(|seen| *seen == request).count();
    assert_eq!((of("HEAD /good"), of("GET /good"), of("HEAD /no-head"), of("GET /no-head")), (1, 0, 1, 1), "{requests:?}");
    // Answers are remembered, with the same report.
    let again = check(&project, &server, &["--private-links"]);
    assert!(again.stderr.contains("Checked 14 web addresses (14 opened earlier)."), "{}", again.stderr);
    assert_eq!(again.stderr.matches("warning[").count(), 4, "{}", again.stderr);
    assert_eq!(server.requests().len(), requests.len());
    check(&project, &server, &["--private-links", "--links-again"]);
    assert!(server.requests().len() > requests.len());
    assert_eq!(check(&project, &server, &["--private-links", "--strict"]).code, 1);
}

#[test]
fn a_lesson_makes_no_requests_in_the_own_network() {
    let server = Server::start();
    let run = check(&project(&server.address), &server, &[]);
    assert_eq!(server.requests(), [""; 0]);
    let note = format!("not decided: {}/good: it is in your own network; check it with `--private-links`", server.address);
    assert!(run.succeeds().stderr.contains(&note), "{}", run.stderr);
}

#[test]
fn without_a_network_links_are_not_mistakes() {
    let server = Server::start();
    let project = Project::with_lesson("title: War\nreading: See [it](https://nothing.invalid/page).\n");
    let run = check(&project, &server, &[]);
    assert!(run.succeeds().stderr.contains("No web address could be opened. Are you online?"), "{}", run.stderr);
    assert!(!project.path("output").exists());
}

#[test]
fn a_published_site_is_held_against_its_manifest_and_the_lessons() {
    let series = "name: Test\nlanguage: en-US\npaper: letter\nrights: {holder: The Press, licence: CC BY 4.0}\n";
    let project = Project::with_lesson(LESSON).write("lessons/series.yaml", series);
    project.run("build").succeeds();
    let server = Published::start(&project);
    let good = project.run(&format!("verify {}", server.address));
    assert!(
        good.succeeds().stdout.starts_with(&format!("Everything in {} is complete, unaltered, and up to date", server.address)),
        "{}",
        good.stdout
    );
    let path = project.path("output/one/one-war-student.pdf");
    let bytes = std::fs::read(&path).expect("it's there");
    for content in [[&bytes[..], b"more"].concat(), b"x".to_vec()] {
        std::fs::write(&path, content).expect("it can be written");
        let bad = project.run(&format!("verify {}", server.address));
        let line = format!("{}/one/one-war-student.pdf: changed after it was built", server.address);
        assert_eq!(bad.finds_mistakes().stdout.lines().next(), Some(line.as_str()));
    }
    std::fs::remove_file(&path).expect("it can be removed");
    let bad = project.run(&format!("verify {}", server.address));
    assert!(bad.finds_mistakes().stdout.contains("/one/one-war-student.pdf: missing"), "{}", bad.stdout);
    std::fs::write(&path, &bytes).expect("it can be written");
    let changed = project.write("lessons/one/war.yaml", "title: War\nreading: It ended.\n");
    let old = changed.run(&format!("verify {}", server.address));
    assert!(old.finds_mistakes().stdout.contains("out of date"), "{}", old.stdout);
    assert!(changed.run("verify http://127.0.0.1:9").stderr.contains("cannot download http://127.0.0.1:9/manifest.json"));
}

/// `packetpress serve`, stopped in the end.
struct Published {
    process: std::process::Child,
    address: String,
}

impl Published {
    fn start(project: &Project) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_packetpress"))
            .args(["serve", "output", "--port", "0"])
            .current_dir(project.path(""))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program can be run");
        let mut line = String::new();
        let mut printed = BufReader::new(process.stdout.take().expect("it has an output"));
        while !line.contains("http://") {
            line.clear();
            assert!(printed.read_line(&mut line).expect("it prints") > 0, "it printed no address");
        }
        let start = line.find("http://").expect("it has an address");
        let address = line[start..].split_whitespace().next().unwrap_or_default().trim_end_matches('/').to_owned();
        Self { process, address }
    }
}

impl Drop for Published {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
