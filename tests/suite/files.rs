//! Files as they come: from other computers, from Git, from sync programs and drawing programs.

use crate::pdf::Pdf;
use crate::project::{LESSON, Project};

const SVG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 90\">\n<rect width=\"90\" height=\"90\"/>\n</svg>\n";

/// A Git LFS pointer (git-lfs, "Specification").
const POINTER: &str = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";

/// A lesson with one image.
fn with_image(name: &str) -> String {
    format!("title: War\nreading:\n  - It began.\n  - figure: {{image: '{name}', alt: A map of the town}}\n")
}

/// A project with one image, which the lesson calls `name`.
fn drawn(name: &str, svg: &str) -> Project {
    Project::with_lesson(&with_image(name)).write(&format!("lessons/one/{name}"), svg)
}

#[track_caller]
fn helps(project: &Project, code: &str, help: &str) {
    let run = project.run("check");
    assert!(run.stderr.contains(&format!("[{code}]")), "no [{code}] in {}", run.stderr);
    assert!(run.stderr.contains(&format!("= help: {help}\n")), "no help “{help}” in {}", run.stderr);
}

#[test]
fn accents_match_however_they_are_encoded() {
    let (composed, decomposed) = ("images/caf\u{e9}.svg", "images/cafe\u{301}.svg");
    let mut packets = Vec::new();
    for (written, stored) in [(composed, composed), (composed, decomposed), (decomposed, composed)] {
        let project = Project::with_lesson(&with_image(written)).write(&format!("lessons/one/{stored}"), SVG);
        packets.push(project.build());
        project.run("verify output").succeeds();
        assert!(project.run("build").stdout.contains("Everything is up to date"), "an image that didn't change is built again");
        let project = project.write(&format!("lessons/one/{stored}"), SVG.replace("width=\"90\"", "width=\"50\""));
        project.run("verify output").finds_mistakes();
    }
    assert!(packets.iter().all(|packet| *packet == packets[0]), "the encoding of a file name changes a packet");
    // A logo and the folders of the command line are found alike.
    let series = "name: Test Series\nlanguage: en-US\npaper: letter\nlook:\n  logo: {image: caf\u{e9}.svg, alt: The Press}\n";
    let project = Project::with_lesson(LESSON).write("lessons/series.yaml", series).write("lessons/cafe\u{301}.svg", SVG);
    project.run("check").succeeds();
    std::fs::rename(project.path("lessons"), project.path("le\u{301}cons")).expect("the folder can be renamed");
    project.run("check --lessons l\u{e9}cons").succeeds();
}

// Elsewhere, these are one file.
#[cfg(target_os = "linux")]
#[test]
fn names_that_differ_only_by_case_or_encoding_are_reported() {
    let project = drawn("images/map.svg", SVG).write("lessons/one/images/Map.svg", SVG);
    let run = project.run("check");
    run.finds_mistakes().reports("name-clash", "war.yaml:4:21");
    assert!(run.stderr.contains("`images/map.svg` and `Map.svg` are the same file on some computers"), "{}", run.stderr);
}

#[test]
fn line_ends_make_nothing_out_of_date() {
    let rights = "rights: {holder: The Press, licence: CC BY 4.0}\n";
    let unix: Vec<(&str, String)> = vec![
        ("lessons/series.yaml", format!("name: Test Series\nlanguage: en-US\npaper: letter\n{rights}")),
        ("lessons/one/war.yaml", with_image("images/map.svg")),
        ("lessons/one/war.teacher.yaml", "objectives:\n  - Read the map.\n".to_owned()),
        ("lessons/one/war.es.yaml", with_image("images/map.svg").replace("It began", "Comenzó")),
        ("lessons/one/images/map.svg", SVG.to_owned()),
    ];
    let mut project = Project::new();
    for (path, text) in unix.iter().filter(|(path, _)| path.starts_with("lessons")) {
        project = project.write(path, text);
    }
    project.run("build").succeeds();
    project.run("verify output").succeeds();
    let before = project.build();
    let windows = |text: &str| text.replace('\n', "\r\n");
    for (path, text) in unix.iter().filter(|(path, _)| path.starts_with("lessons")) {
        project = project.write(path, windows(text));
    }
    let issue = String::from_utf8(project.read("lessons/one/issue.yaml")).expect("it is text");
    project = project.write("lessons/one/issue.yaml", windows(&issue));
    assert!(project.run("verify output").succeeds().stdout.contains("complete, unaltered, and up to date"));
    let run = project.run("build");
    assert!(run.succeeds().stdout.starts_with("Everything is up to date"), "{}", run.stdout);
    assert!(project.run("build --force").succeeds().stdout.contains("one-war-student.pdf"));
    assert!(project.build() == before, "line ends change a packet");
    // The published pages and the list of digests too.
    for file in ["output/index.html", "output/SHA256SUMS", "output/catalogue/style.css"] {
        let text = String::from_utf8(project.read(file)).expect("it is text");
        project = project.write(file, windows(&text));
    }
    project.run("verify output").succeeds();
    // Anything else is a change.
    let page = String::from_utf8(project.read("output/index.html")).expect("it is text");
    let project = project.write("output/index.html", page.replace("Test Series", "Best Series"));
    assert!(project.run("verify output").finds_mistakes().stdout.contains("output/index.html: changed after it was built"));
}

#[test]
fn a_carriage_return_in_a_photo_is_part_of_it() {
    let mut photo = Vec::new();
    image::RgbImage::from_fn(40, 40, |x, y| image::Rgb([x as u8 * 5, y as u8 * 5, 13]))
        .write_to(&mut std::io::Cursor::new(&mut photo), image::ImageFormat::Png)
        .expect("an image can be encoded");
    let at = photo.windows(2).position(|pair| pair == b"\r\n").expect("the signature of PNG has a line end");
    let project =
        Project::with_lesson(&with_image("map.png").replace("town}", "town, width: 1 cm}")).write("lessons/one/map.png", &photo);
    project.run("build").succeeds();
    photo.remove(at);
    let project = project.write("lessons/one/map.png", &photo);
    project.run("verify output").finds_mistakes();
}

#[test]
fn files_that_git_did_not_fetch_are_named() {
    helps(&Project::with_lesson(POINTER), "unreadable-file", "run `git lfs pull` to download the file");
    helps(&drawn("images/map.png", POINTER), "bad-image", "run `git lfs pull` to download the image");
    let run = Project::with_lesson(LESSON).write("fonts/mine.otf", POINTER).run("check");
    assert_eq!(run.code, 2);
    assert!(run.stderr.ends_with("help: run `git lfs pull` to download the font\n"), "{}", run.stderr);
    // A link that Git wrote as text.
    helps(&Project::with_lesson("../two/war.yaml"), "unreadable-file", "replace it with a copy of `../two/war.yaml`");
    helps(
        &drawn("images/map.png", "../../two/images/map.png"),
        "bad-image",
        "replace it with a copy of `../../two/images/map.png`",
    );
}

#[test]
fn a_file_with_another_ending_is_found() {
    for name in [
        "war.yml",
        "war.YAML",
        "War.yml",
        "war.yaml.txt",
        "war.yml.txt",
        "war.yaml.yaml",
        "war.txt",
        "war",
        "war.yaml.orig",
        "war (1).yaml",
    ] {
        let project = Project::new().write(&format!("lessons/one/{name}"), LESSON);
        let run = project.run("check");
        run.finds_mistakes().reports("missing-lesson", "issue.yaml:5:11");
        assert!(run.stderr.contains(&format!("= help: rename `{name}` to `war.yaml`\n")), "{name}: {}", run.stderr);
        assert!(run.stderr.contains("\n1 error\n"), "{name}: {}", run.stderr);
    }
    helps(
        &Project::new().write("lessons/one/war.docx", "PK"),
        "missing-lesson",
        "save `war.docx` as plain text with the name `war.yaml`",
    );
    let issue = "lessons: [war]\n";
    for name in ["issue.yml", "issue.YAML", "issue.yaml.txt", "Issue.Yaml", "issue (1).yaml", "issue.yaml.yaml"] {
        let project = Project::empty()
            .write("lessons/series.yaml", "name: Test Series\nlanguage: en-US\npaper: letter\n")
            .write("lessons/one/war.yaml", LESSON)
            .write(&format!("lessons/one/{name}"), issue);
        helps(&project, "missing-issue", &format!("rename `{name}` to `issue.yaml`"));
    }
    for name in ["series.yml", "series.YAML", "Series.yaml.txt", "series.txt"] {
        let project = Project::empty().write(&format!("lessons/{name}"), "name: Test Series\n");
        for command in ["check", "check --lessons lessons"] {
            let run = project.run(command);
            assert_eq!(run.code, 2);
            assert!(run.stderr.ends_with(&format!("lessons/{name} to `series.yaml`\n")), "{name}: {}", run.stderr);
        }
    }
    // Files that aren't lessons, and the same lesson twice.
    for (name, help) in [
        ("war.teacher.yml", "rename it to `war.teacher.yaml`"),
        ("war.es.YAML", "rename it to `war.es.yaml`"),
        ("war.yml", "keep the better of the two as `war.yaml`, and delete the other"),
    ] {
        helps(&Project::with_lesson(LESSON).write(&format!("lessons/one/{name}"), LESSON), "unlisted-lesson", help);
    }
}

#[test]
fn copies_do_not_stop_a_build() {
    for (name, original) in [
        ("one/war (1).yaml", "war"),
        ("one/war - Copy.yaml", "war"),
        ("one/war.sync-conflict-20261130-101010-ABCDEFG.yaml", "war"),
        ("one/war (Ann's conflicted copy 2026-11-30).yaml", "war"),
        ("one/war-LAPTOP-7Q.yaml", "war"),
        ("one/war.orig.yaml", "war"),
        ("one/war_BASE_4711.yaml", "war"),
        ("one/war (1).teacher.yaml", "war.teacher"),
        ("one/war.teacher.sync-conflict-20261130-101010-ABCDEFG.yaml", "war.teacher"),
        ("one/issue - Copy.yaml", "issue"),
        ("series (1).yaml", "series"),
    ] {
        let project = Project::with_lesson(LESSON)
            .write("lessons/one/war.teacher.yaml", "objectives:\n  - Read the map.\n")
            .write(&format!("lessons/{name}"), LESSON);
        let run = project.run("check");
        let message = format!("warning[unlisted-lesson]: this looks like a copy of `{original}.yaml`");
        assert!(run.succeeds().stderr.contains(&message), "{name}: {}", run.stderr);
        assert!(run.stderr.contains("\n1 warning\n"), "{name}: {}", run.stderr);
    }
    // Programs leave these next to a file; nothing reads them.
    for name in ["war.yaml~", "#war.yaml#", ".war.yaml.swp", "war.yaml.orig", "war.yaml.rej", "war.yaml.bak", "._war.yaml"] {
        let run = Project::with_lesson(LESSON).write(&format!("lessons/one/{name}"), "garbage").run("check");
        assert_eq!(run.succeeds().stderr, "", "{name}");
    }
}

// Windows can't have the files of this test.
#[cfg(unix)]
#[test]
fn names_that_windows_cannot_have_are_reported() {
    for id in ["con", "prn", "aux", "nul", "com0", "com9", "lpt1"] {
        let project = Project::new()
            .write("lessons/one/issue.yaml", format!("lessons: [{id}]\n"))
            .write(&format!("lessons/one/{id}.yaml"), LESSON);
        project.run("check").finds_mistakes().reports("name-clash", "issue.yaml:1:11");
        let project = Project::with_lesson(LESSON)
            .write(&format!("lessons/{id}/issue.yaml"), "lessons: [war]\n")
            .write(&format!("lessons/{id}/war.yaml"), LESSON);
        project.run("check").finds_mistakes().reports("name-clash", &format!("{id}/issue.yaml:1:1"));
        let project = Project::with_lesson(&format!("{LESSON}former_ids: [{id}]\n"));
        project.run("check").finds_mistakes().reports("name-clash", "war.yaml:3:14");
    }
    for name in ["images/aux.svg", "images/why?.svg", "nul/map.svg"] {
        drawn(name, SVG).run("check").finds_mistakes().reports("name-clash", "war.yaml:4:21");
    }
    for id in ["context", "com", "com10", "auxiliary"] {
        let project = Project::new()
            .write("lessons/one/issue.yaml", format!("lessons: [{id}]\n"))
            .write(&format!("lessons/one/{id}.yaml"), LESSON);
        assert_eq!(project.run("check").succeeds().stderr, "", "{id}");
    }
}

#[test]
fn names_too_long_for_an_archive_are_reported() {
    let check = |issue: usize, lesson: usize| {
        let (issue, lesson) = ("i".repeat(issue), "l".repeat(lesson));
        let project = Project::empty()
            .write("lessons/series.yaml", "name: Test Series\nlanguage: en-US\npaper: letter\n")
            .write(&format!("lessons/{issue}/issue.yaml"), format!("lessons: [{lesson}]\n"))
            .write(&format!("lessons/{issue}/{lesson}.yaml"), LESSON);
        project.run("check").succeeds().stderr.clone()
    };
    assert_eq!(check(30, 37), "");
    let report = check(30, 38);
    assert!(report.contains("warning[long-name]") && report.contains("up to 260 characters; the maximum is 259"), "{report}");
    assert!(report.contains("choose a name of at most 37 characters for this lesson"), "{report}");
    assert!(check(64, 3).contains("choose a shorter name for the folder"));
}

#[test]
fn the_path_of_an_image_is_found_however_it_is_written() {
    for (written, help) in [
        ("images\\town map.svg", "write `images/town map.svg`"),
        ("C:\\Users\\ann\\images\\town map.svg", "write `images/town map.svg`"),
        ("/home/ann/lessons/one/images/town map.svg", "write `images/town map.svg`"),
        ("../one/images/town map.svg", "write `images/town map.svg`"),
        ("file:///home/ann/images/town%20map.svg", "write `images/town map.svg`"),
        ("images/town%20map.svg", "did you mean `images/town map.svg`?"),
        ("Images/Town Map.SVG", "did you mean `images/town map.svg`?"),
        ("town map.svg", "did you mean `images/town map.svg`?"),
    ] {
        let project = Project::with_lesson(&with_image(written)).write("lessons/one/images/town map.svg", SVG);
        let code = if help.starts_with("write") { "unsafe-path" } else { "missing-image" };
        helps(&project, code, help);
    }
    let project = Project::with_lesson(&with_image("./images/town map.svg")).write("lessons/one/images/town map.svg", SVG);
    project.run("check").succeeds();
    let web = Project::with_lesson(&with_image("https://example.org/map.svg"));
    helps(&web, "unsafe-path", "download the image, put it in the `images` folder next to the lesson, and write its path");
}

#[test]
fn text_in_drawings_prints_in_its_own_font_or_is_reported() {
    let svg = |content: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 90\">{content}</svg>");
    let text = |family: &str| svg(&format!("<text y=\"50\" font-size=\"20\" font-family=\"{family}\">North</text>"));
    for family in ["Arial", "Arial, sans-serif", "'Comic Sans MS'", "monospace"] {
        let run = drawn("map.svg", &text(family)).run("check");
        run.succeeds().reports("drawing-text", "war.yaml:4:21");
        let first = family.split(',').next().expect("splitting gives a first part").trim_matches('\'');
        assert!(run.stderr.contains(&format!("text in `map.svg` asks for the font `{first}`")), "{}", run.stderr);
    }
    for family in ["Source Serif 4", "source sans 3", "Arial, 'Source Sans 3'", "sans-serif", "serif", "inherit"] {
        let run = drawn("map.svg", &text(family)).run("check");
        assert_eq!(run.succeeds().stderr, "", "{family}");
    }
    let flow = svg("<flowRoot><flowRegion><rect width=\"50\" height=\"50\"/></flowRegion><flowPara>North</flowPara></flowRoot>");
    let run = drawn("map.svg", &flow).run("check");
    run.succeeds().reports("drawing-text", "war.yaml:4:21");
    assert!(
        run.stderr.contains("the text `North` in `map.svg` doesn't print: its `<flowRoot>` isn't supported"),
        "{}",
        run.stderr
    );
    // A logo is a drawing too.
    let series = "name: Test Series\nlanguage: en-US\npaper: letter\nlook:\n  logo: {image: logo.svg, alt: The Press}\n";
    let project = Project::with_lesson(LESSON).write("lessons/series.yaml", series).write("lessons/logo.svg", text("Arial"));
    project.run("check").succeeds().reports("drawing-text", "series.yaml:5:17");
    // Any sans serif is ours.
    for (family, font) in [("sans-serif", "SourceSans3"), ("serif", "SourceSerif4")] {
        let only_drawing = drawn("map.svg", &text(family));
        let fonts = Pdf::open(&only_drawing.build()).fonts();
        assert!(fonts.iter().any(|name| name.contains(font)), "{family}: {fonts:?}");
    }
}

#[test]
fn a_language_without_a_font_is_reported_at_its_key() {
    let series = |language: &str| format!("name: Test Series\nlanguage: {language}\npaper: letter\n");
    for (language, letters) in [
        ("hi", "Devanagari letters"),
        ("th", "Thai letters"),
        ("ja", "Japanese kana"),
        ("ko", "Korean letters"),
        ("he", "Hebrew letters"),
        ("pa-Arab", "Arabic letters"),
    ] {
        let message = format!("error[missing-glyph]: no font has {letters}, which lessons in `{language}` need");
        let project = Project::with_lesson(LESSON).write("lessons/series.yaml", series(language));
        let run = project.run("check");
        run.finds_mistakes().reports("missing-glyph", "series.yaml:2:11");
        assert!(run.stderr.contains(&message) && run.stderr.contains("\n1 error\n"), "{}", run.stderr);
        let run = Project::with_lesson(&format!("{LESSON}language: {language}\n")).run("check");
        run.finds_mistakes().reports("missing-glyph", "war.yaml:3:11");
        let run = Project::with_lesson(LESSON).write(&format!("lessons/one/war.{language}.yaml"), LESSON).run("check");
        run.finds_mistakes().reports("missing-glyph", &format!("war.{language}.yaml:1:1"));
    }
    for language in ["ru", "el", "pl", "sw", "sr-Latn", "uk", "xqq"] {
        let project = Project::with_lesson(LESSON).write("lessons/series.yaml", series(language));
        assert_eq!(project.run("check").succeeds().stderr, "", "{language}");
    }
    let project = Project::with_lesson(LESSON).write("lessons/series.yaml", series("pl"));
    let run = project.run("build");
    assert!(run.succeeds().stderr.contains("`pl`: headings such as “Reading” are in English"), "{}", run.stderr);
}

#[test]
fn a_language_that_no_lesson_is_in_writes_nothing() {
    let project = Project::with_lesson(LESSON)
        .write("lessons/one/war.teacher.yaml", "objectives:\n  - Read the map.\n")
        .write("lessons/one/war.es.yaml", "title: Guerra\nreading: Un párrafo.\n");
    let says = "no lesson is in `de`; languages found: `en-US` and `es`\n";
    for command in ["build --lang de", "build --lang de --edition teacher,key"] {
        let run = project.run(command);
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{}", run.stderr);
        assert!(run.stderr.contains(says) && run.stderr.ends_with("Nothing was built.\n"), "{}", run.stderr);
        assert!(!project.path("output").exists(), "{:?}", project.files("output"));
    }
    project.run("build --edition student").succeeds();
    let before: Vec<_> =
        project.files("output").into_iter().map(|file| (project.read(&format!("output/{file}")), file)).collect();
    project.run("build --lang de").finds_mistakes();
    let after: Vec<_> = project.files("output").into_iter().map(|file| (project.read(&format!("output/{file}")), file)).collect();
    assert!(before == after, "a build of nothing changes the output folder");
    let run = project.run("build --lang de,es --edition student");
    assert!(run.succeeds().stderr.contains(says), "{}", run.stderr);
}
