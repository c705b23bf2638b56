//! A project in a temporary folder: writes its files, runs Packetpress in it, and reads the results.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A series with all defaults.
const SERIES: &str = "name: Test Series\nlanguage: en-US\npaper: letter\n";

/// An issue with one lesson, `war`.
const ISSUE: &str = "number: \"1:1\"\ndate: Spring 2026\npublished: 2026-04-01\ntheme: Tests\nlessons: [war]\n";

/// The smallest lesson.
pub(crate) const LESSON: &str = "title: War\nreading: One paragraph about the war.\n";

/// A folder with `lessons/` in it.
pub(crate) struct Project {
    folder: TempDir,
}

/// The results of a run.
pub(crate) struct Run {
    /// Its exit code.
    pub code: i32,
    /// What it printed to standard output.
    pub stdout: String,
    /// What it printed to standard error.
    pub stderr: String,
}

impl Project {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// A series and an issue that lists the lesson `war`. The lesson file is still missing.
    pub(crate) fn new() -> Self {
        Self::empty().write("lessons/series.yaml", SERIES).write("lessons/one/issue.yaml", ISSUE)
    }

    /// A project with one lesson.
    pub(crate) fn with_lesson(lesson: &str) -> Self {
        Self::new().write("lessons/one/war.yaml", lesson)
    }

    /// A copy of the project's own lessons.
    pub(crate) fn with_own_lessons() -> Self {
        let project = Self::empty();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons"), &project.path("lessons"));
        project
    }

    /// A copy of the specimen, which has every block in every state.
    pub(crate) fn with_specimen() -> Self {
        let project = Self::empty();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specimen/lessons"), &project.path("lessons"));
        project
    }

    /// A copy of the lessons in scripts that our fonts don't cover, with fonts for them.
    pub(crate) fn with_scripts() -> Self {
        let project = Self::empty();
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        copy(&tests.join("scripts/lessons"), &project.path("lessons"));
        copy(&tests.join("fonts"), &project.path("fonts"));
        project
    }

    /// Writes a file and creates its folders.
    pub(crate) fn write(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("the folder can be made");
        std::fs::write(path, content).expect("the file can be written");
        self
    }

    /// Creates a link to a file, and the folders around the link.
    pub(crate) fn link(&self, path: &str, target: &Path) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a link is in a folder")).expect("the folder can be made");
        #[cfg(unix)]
        std::os::unix::fs::symlink(target, path).expect("the link can be made");
        #[cfg(windows)]
        std::os::windows::fs::symlink_file(target, path).expect("the link can be made");
    }

    /// The full path of a file in the project.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.path(path)).unwrap_or_else(|error| panic!("cannot read {path}: {error}"))
    }

    /// Runs Packetpress at the project's root. Arguments are separated by spaces.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        self.run_in("", arguments)
    }

    /// Runs Packetpress in a folder of the project.
    pub(crate) fn run_in(&self, folder: &str, arguments: &str) -> Run {
        self.run_with(folder, &arguments.split_whitespace().collect::<Vec<_>>())
    }

    /// Runs Packetpress in a folder of the project with arguments that may have spaces in them.
    pub(crate) fn run_with(&self, folder: &str, arguments: &[&str]) -> Run {
        self.run_in_environment(folder, arguments, &[])
    }

    /// Runs Packetpress in a folder of the project with these environment variables.
    pub(crate) fn run_in_environment(&self, folder: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_packetpress"))
            .args(arguments)
            .current_dir(self.path(folder))
            .stdin(Stdio::null())
            .env("NO_COLOR", "1")
            .envs(variables.iter().copied())
            .output()
            .expect("the program can be run");
        Run::of(&output)
    }

    /// Builds, and returns the packet of the lesson `war`.
    pub(crate) fn build(&self) -> Vec<u8> {
        self.run("build").succeeds();
        self.read("output/one/one-war-student.pdf")
    }

    /// The paths of all lesson packets, from the output folder.
    pub(crate) fn packets(&self) -> Vec<String> {
        let is_packet = |file: &String| file.ends_with(".pdf") && !file.contains("-issue-");
        self.files("output").into_iter().filter(is_packet).collect()
    }

    /// The files in an output folder that are published, with their bytes. Leaves out those for builds only.
    pub(crate) fn published(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let files = self.files(folder).into_iter().filter(|file| !file.starts_with(".packetpress"));
        files.map(|file| (file.clone(), self.read(&format!("{folder}/{file}")))).collect()
    }

    /// The paths of all files in a folder and its subfolders, from that folder.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let root = self.path(folder);
        let mut files = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir().into_iter().flatten() {
                let path = entry.expect("the folder can be read").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push(path.strip_prefix(&root).expect("it is in the folder").to_string_lossy().into_owned());
                }
            }
        }
        files.sort();
        files
    }
}

impl Run {
    /// The results of a finished run.
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program prints UTF-8");
        Self {
            code: output.status.code().expect("the program was not killed"),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// Expects success.
    #[track_caller]
    pub(crate) fn succeeds(&self) -> &Self {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        self
    }

    /// Expects errors in lessons.
    #[track_caller]
    pub(crate) fn finds_mistakes(&self) -> &Self {
        assert_eq!(self.code, 1, "{}{}", self.stdout, self.stderr);
        self
    }

    /// Expects a report with this code at this place, such as `war.yaml:3:5`.
    #[track_caller]
    pub(crate) fn reports(&self, code: &str, place: &str) -> &Self {
        let found = self.stderr.split("\n\n").any(|report| {
            let code = format!("[{code}]");
            report.contains(&code) && report.lines().any(|line| line.trim_start().starts_with("-->") && line.ends_with(place))
        });
        assert!(found, "no [{code}] at {place} in:\n{}", self.stderr);
        self
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("the folder can be made");
    for entry in from.read_dir().expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, target).expect("the file can be copied");
        }
    }
}
