//! `packetpress serve`: ranges, content types, and nothing from outside the folder.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::project::{LESSON, Project};

/// A running server. It stops when this is dropped.
struct Server {
    process: Child,
    /// Its host and port.
    host: String,
}

/// A response.
struct Answer {
    status: String,
    head: String,
    body: Vec<u8>,
}

impl Server {
    fn start(project: &Project) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_packetpress"))
            .args(["serve", "--port", "0"])
            .current_dir(project.path(""))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program can be run");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("its output is piped");
        BufReader::new(stdout).read_line(&mut line).expect("its output can be read");
        let host = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("it says where it is");
        Self { host: host.to_owned(), process }
    }

    fn get(&self, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.host).expect("it can be reached");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n", self.host).expect("it listens");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it answers");
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
        let status = head.split(' ').nth(1).expect("an answer has a status").to_owned();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn published() -> Project {
    let rights = "rights: {holder: The Press, licence: CC BY 4.0}\n";
    Project::with_lesson(LESSON).write("lessons/series.yaml", format!("name: Test\nlanguage: en-US\npaper: letter\n{rights}"))
}

#[test]
fn serve_sends_whole_files_ranges_and_content_types() {
    let project = published();
    project.run("build").succeeds();
    let server = Server::start(&project);
    assert!(server.host.starts_with("127.0.0.1:"), "{}", server.host);
    let page = server.get("/", "");
    assert_eq!((page.status.as_str(), &page.body), ("200", &project.read("output/index.html")));
    assert!(page.head.contains("content-type: text/html"), "{}", page.head);
    let packet = server.get("/one/one-war-student.pdf", "");
    assert_eq!(packet.body, project.read("output/one/one-war-student.pdf"));
    assert!(packet.head.contains("content-type: application/pdf"), "{}", packet.head);
    assert!(packet.head.contains("x-content-type-options: nosniff"), "{}", packet.head);
    let part = server.get("/one/one-war-student.pdf", "Range: bytes=1-3\r\n");
    assert_eq!((part.status.as_str(), part.body.as_slice()), ("206", b"PDF".as_slice()));
}

#[test]
fn nothing_from_outside_the_folder_is_served() {
    let project = published();
    project.run("build").succeeds();
    #[cfg(unix)]
    std::os::unix::fs::symlink(project.path("lessons"), project.path("output/linked")).expect("a link can be made");
    let server = Server::start(&project);
    let outside = [
        "/../lessons/series.yaml",
        "/%2e%2e/lessons/series.yaml",
        "/..%2flessons/series.yaml",
        "/one/..%5c..%5clessons/series.yaml",
        "//etc/passwd",
        "/linked/series.yaml",
        "/.packetpress/cache.json",
        "/nothing",
    ];
    for path in outside {
        let answer = server.get(path, "");
        assert_eq!(answer.status, "404", "{path}");
        assert_eq!(answer.body, b"Page not found.\n", "{path}");
    }
}

#[test]
fn serve_without_pages_says_how_to_build_them() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("serve");
    assert_eq!(run.code, 2);
    assert_eq!(
        run.stderr,
        "no download page in output; make sure `series.yaml` or `issue.yaml` has a `licence` under `rights`, then run `packetpress build`\n"
    );
}
