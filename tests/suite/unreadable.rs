//! Malformed and hostile files: each gets a clear report, and nothing panics. The benchmarks measure time and memory.

use std::fs::File;

use crate::project::{LESSON, Project, Run};

/// Checks a project with a lesson of these bytes.
fn check(lesson: impl AsRef<[u8]>) -> Run {
    Project::new().write("lessons/one/war.yaml", lesson).run("check")
}

#[test]
fn deep_nesting_is_reported() {
    for open in ["[", "{a: ", "- ", "? "] {
        let run = check(format!("title: War\nreading: {}\n", open.repeat(50_000)));
        run.finds_mistakes();
        assert!(run.stderr.len() < 4_000, "the report is too long: {} bytes", run.stderr.len());
    }
    let block: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    check(format!("title: War\nreading:\n{block}")).finds_mistakes();
    check(format!("reading: {}", "[".repeat(50_000))).finds_mistakes().reports("nested-too-deep", "war.yaml:1:50");
}

#[test]
fn deep_nesting_in_markdown_does_not_panic() {
    for open in ["> ", "- ", "1. ", "*a ", "**a ", "[", "![", "(", "<", "~a ", "^a "] {
        let run = check(format!("title: War\nreading: |\n  {}end\n", open.repeat(20_000)));
        assert!(run.code <= 1, "{open}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{open}: {}", run.stderr);
    }
}

#[test]
fn an_alias_bomb_is_reported() {
    let mut bomb = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for level in 1..30 {
        let aliases = vec![format!("*a{}", level - 1); 8].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let run = check(format!("title: War\n{bomb}"));
    run.finds_mistakes().reports("yaml-feature", "war.yaml:2:5");
}

#[test]
fn tabs_are_reported() {
    let run = check("title: War\nactivity:\n\ttitle: Sort\nreading: Some text [@nobody].\n");
    run.finds_mistakes().reports("broken-yaml", "war.yaml:3:1").reports("unknown-citation", "war.yaml:4:22");
    assert!(run.stderr.contains("indent with spaces"), "{}", run.stderr);
}

#[test]
fn a_file_that_is_not_text_is_reported() {
    check(b"title: War\nreading: caf\xe9\n").finds_mistakes().reports("unreadable-file", "war.yaml:2:13");
    check(b"\xff\xfet\0i\0t\0l\0e\0").finds_mistakes();
    check(b"title: War\nreading: a\0b\n").finds_mistakes().reports("unreadable-file", "war.yaml:2:11");
    let noise: Vec<u8> = (0..100_000u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    check(noise).finds_mistakes();
    check("title: \u{feff}War\nreading: It began.\n").finds_mistakes().reports("broken-yaml", "war.yaml:1:8");
}

#[test]
fn an_empty_file_is_reported() {
    for empty in ["", "\n\n", "# only a comment\n", "---\n", "~\n"] {
        let run = check(empty);
        run.finds_mistakes();
        assert!(run.stderr.starts_with("error[empty-part]: the file is empty"), "{}", run.stderr);
        assert!(run.stderr.contains("\n1 error\n"), "{}", run.stderr);
        // A teacher file has no required keys, so the report doesn't list any.
        let run = Project::with_lesson(LESSON).write("lessons/one/war.teacher.yaml", empty).run("check");
        run.finds_mistakes();
        assert!(!run.stderr.contains("it needs at least"), "{}", run.stderr);
    }
}

#[test]
fn a_folder_with_a_lesson_name_is_reported() {
    let project = Project::new();
    std::fs::create_dir_all(project.path("lessons/one/war.yaml")).expect("the folder can be made");
    project.run("check").finds_mistakes().reports("unreadable-file", "war.yaml");
}

#[test]
fn a_gigabyte_file_is_reported() {
    let project = Project::new();
    let file = File::create(project.path("lessons/one/war.yaml")).expect("the file can be made");
    // A sparse file takes no disk space.
    file.set_len(1 << 30).expect("the file can be made larger");
    let run = project.run("check");
    run.finds_mistakes().reports("unreadable-file", "war.yaml");
    assert!(run.stderr.contains("1024 MB"), "{}", run.stderr);
}

#[test]
fn a_hundred_thousand_unknown_keys_are_reported() {
    let keys: String = (0..100_000).map(|n| format!("key{n}: 1\n")).collect();
    check(format!("title: War\n{keys}")).finds_mistakes();
    check(format!("title: War\n{}", "title: War\n".repeat(50_000))).finds_mistakes();
}

#[test]
fn links_out_of_the_lessons_folder_are_reported() {
    let project = Project::new().write("secret.yaml", LESSON);
    project.link("lessons/one/war.yaml", &project.path("secret.yaml"));
    project.run("check").finds_mistakes().reports("unsafe-path", "war.yaml");

    let lesson = "title: War\nreading:\n  - figure: {image: images/map.svg, alt: A map of the town}\n";
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>";
    let project = Project::with_lesson(lesson).write("map.svg", svg).write("lessons/one/images/other.svg", svg);
    project.link("lessons/one/images/map.svg", &project.path("map.svg"));
    project.run("check").finds_mistakes().reports("unsafe-path", "war.yaml:3:21");
    for path in ["../../map.svg", "/etc/hostname", "C:\\map.svg", "images/../../../map.svg"] {
        let project = Project::with_lesson(&lesson.replace("images/map.svg", &format!("'{path}'"))).write("map.svg", svg);
        project.run("check").finds_mistakes().reports("unsafe-path", "war.yaml:3:21");
    }
}

/// The start of a PNG file with these dimensions. The rest is missing.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut crc = u32::MAX;
    for byte in &header {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    file.extend(header);
    file.extend((!crc).to_be_bytes());
    file
}

#[test]
fn oversized_and_unsafe_images_are_reported() {
    let lesson = "title: War\nreading:\n  - figure: {image: map.png, alt: A map of the town}\n";
    let project = Project::with_lesson(lesson).write("lessons/one/map.png", png(30_000, 30_000));
    let run = project.run("check");
    run.finds_mistakes().reports("bad-image", "war.yaml:3:21");
    assert!(run.stderr.contains("30000"), "{}", run.stderr);
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><image href=\"/etc/hostname\"/></svg>";
    for wrong in [png(100, 100), svg.into(), b"GIF89a".to_vec(), b"no picture".to_vec(), Vec::new()] {
        let project = Project::with_lesson(lesson).write("lessons/one/map.png", wrong);
        project.run("check").finds_mistakes().reports("bad-image", "war.yaml:3:21");
    }
}

#[test]
fn escape_codes_reach_no_terminal() {
    let run = check("title: War\n\"\\e[31mred\": 1\nreading: \"[@a\\e[2Jb]\"\n");
    run.finds_mistakes();
    assert!(!run.stderr.contains('\u{1b}'), "{}", run.stderr.escape_debug());
}

#[test]
fn escape_codes_in_a_title_reach_no_terminal() {
    let project = Project::with_lesson("title: War\nreading: It began.\n")
        .write("lessons/series.yaml", "name: \"a \\e[31m b\"\nlanguage: en-US\npaper: letter\n");
    for command in ["list", "check", "build"] {
        let run = project.run(command);
        assert!(!format!("{}{}", run.stdout, run.stderr).contains('\u{1b}'), "{command}");
    }
}

#[test]
fn characters_no_font_has_are_reported_however_they_are_written() {
    for text in ["a &#0; b", "a &#x1b; b", "a &#x4e16; b", "a 世界 b", "\"a \\b b\"", "\"a \\ufeff b\"", "[@k, 世]", "[[世]]"]
    {
        let lesson = format!("title: War\nreading: {text}\n");
        let run = Project::with_lesson(&lesson).run("check");
        assert_eq!(run.code, 1, "{text}: {}", run.stderr);
        assert!(run.stderr.contains("war.yaml:2:"), "{text}: {}", run.stderr);
    }
}

#[test]
fn a_footnote_bomb_is_reported() {
    let mut notes = String::from("  Some text[^n0].\n\n  [^n0]: x\n\n");
    for level in 1..12 {
        notes.push_str(&format!("  [^n{level}]: {}\n\n", format!("a[^n{}]", level - 1).repeat(10)));
    }
    let run = check(format!("title: War\nreading: |\n{notes}"));
    run.finds_mistakes();
    assert!(run.stderr.contains("[unsupported-markdown]"), "{}", run.stderr);
}

#[test]
fn a_long_report_is_cut_off() {
    for piece in ["[@a] ", "[[a]] ", "[^1] ", "<b> ", "`a` ", "[a](b) "] {
        let run = check(format!("title: War\nreading: \"{}\"\n", piece.repeat(20_000)));
        run.finds_mistakes();
        assert!(run.stderr.len() < 200_000, "{piece}: {} bytes of reports", run.stderr.len());
    }
    let keys: String = (0..20_000).map(|n| format!("unknown{n}: 1\n")).collect();
    let run = check(format!("title: War\n{keys}"));
    run.finds_mistakes();
    assert!(run.stderr.len() < 200_000, "{} bytes of reports", run.stderr.len());
}
