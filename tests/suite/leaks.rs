//! Nothing in a teacher file reaches students, either as text or as a change to a page.

use std::collections::BTreeSet;

use crate::editions::{LESSONS, PACKETS, STUDENT, open, packet, pieces, read};
use crate::project::Project;

#[test]
fn student_packets_are_the_same_without_teacher_files() {
    let project = Project::with_own_lessons();
    for teacher in project.files("lessons").iter().filter(|file| file.ends_with(".teacher.yaml")) {
        std::fs::remove_file(project.path(&format!("lessons/{teacher}"))).expect("the teacher file can be removed");
    }
    build_student_packets(&project);
    assert_student_packets_unchanged(&project, "without teacher files");
}

#[test]
fn changing_a_teacher_file_never_changes_a_student_packet() {
    let project = Project::with_own_lessons();
    let mut changed = 0;
    for file in project.files("lessons") {
        let Some(lesson) = file.strip_suffix(".teacher.yaml") else { continue };
        let text = |path: &str| String::from_utf8(project.read(path)).expect("a lesson is text");
        let teacher = text(&format!("lessons/{file}"));
        let kept = names_in(&text(&format!("lessons/{lesson}.yaml"))).union(&names_in(&teacher)).cloned().collect();
        let (teacher, words) = with_words_reversed(&teacher, &kept);
        changed += words;
        // Swaps the correct choice in every row.
        let teacher = teacher.replace("choice: Forced", "choice: FORCED").replace("choice: Not forced", "choice: Forced");
        let teacher = teacher.replace("choice: FORCED", "choice: Not forced");
        std::fs::write(project.path(&format!("lessons/{file}")), teacher).expect("the teacher file can be written");
    }
    assert!(changed > 500, "only {changed} words were changed");
    build_student_packets(&project);
    assert_student_packets_unchanged(&project, "with other answers");
    project.run("build --edition key").succeeds();
    for lesson in LESSONS {
        let key = format!("output/fair-hearing-1/fair-hearing-1-{lesson}-key.pdf");
        assert!(project.read(&key) != PACKETS.read(&key), "the answers of {lesson} did not change");
    }
}

fn build_student_packets(project: &Project) {
    project.run("build --edition student --part all,reading,worksheet,cards --paper letter,a4").succeeds();
    project.run("build --edition student --format fillable").succeeds();
}

#[track_caller]
fn assert_student_packets_unchanged(project: &Project, when: &str) {
    for lesson in LESSONS {
        for name in STUDENT {
            let built = project.read(&format!("output/fair-hearing-1/fair-hearing-1-{lesson}-{name}.pdf"));
            assert!(built == packet(lesson, name), "{lesson}-{name} changed {when}");
        }
        let form = format!("output/fair-hearing-1/fair-hearing-1-{lesson}-student-fillable.pdf");
        assert!(project.read(&form) == PACKETS.read(&form), "{form} changed {when}");
    }
    for paper in ["", "-a4"] {
        let issue = format!("output/fair-hearing-1/fair-hearing-1-issue-student{paper}.pdf");
        assert!(project.read(&issue) == PACKETS.read(&issue), "{issue} changed {when}");
    }
}

/// The words in a file that may be names: keys, and anything that isn't a sentence.
fn names_in(yaml: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in yaml.lines() {
        if line.contains("words: [") || line.contains("choices: [") {
            names.extend(line.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
        }
        for id in line.split("id: ").skip(1) {
            let id: String = id.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
            names.extend(id.split('-').map(str::to_owned));
        }
        for piece in line.split([',', '{', '[']) {
            if let Some((key, _)) = piece.split_once(':') {
                names.extend(key.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
            }
        }
    }
    names
}

/// A teacher file with its words reversed, and how many were. Keys and possible names or choices stay as they are.
fn with_words_reversed(yaml: &str, names: &BTreeSet<String>) -> (String, usize) {
    let mut turned = 0;
    let mut out = String::new();
    let mut word = String::new();
    for c in yaml.chars().chain(['\n']) {
        if c.is_ascii_alphabetic() {
            word.push(c);
            continue;
        }
        if word.len() >= 8 && !names.contains(&word) && c != '-' && !out.ends_with(['-', '#', '@']) {
            out.extend(word.drain(..).rev());
            turned += 1;
        } else {
            out.push_str(&word);
            word.clear();
        }
        out.push(c);
    }
    (out, turned)
}

#[test]
fn no_teacher_text_is_anywhere_in_a_student_packet() {
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>()
    };
    for lesson in LESSONS {
        let text = |ending: &str| {
            let path = format!("lessons/fair-hearing-1/{lesson}{ending}");
            words(&String::from_utf8(PACKETS.read(&path)).expect("a lesson is text"))
        };
        // Citations and labels come between words in the file but not on the page.
        let lesson_file =
            String::from_utf8(PACKETS.read(&format!("lessons/fair-hearing-1/{lesson}.yaml"))).expect("a lesson is text");
        let mut bare = lesson_file.clone();
        for (open, close) in [("[@", ']'), ("[^", ']'), ("{#", '}')] {
            bare = bare
                .split(open)
                .enumerate()
                .map(|(n, piece)| if n == 0 { piece } else { piece.split_once(close).map_or("", |(_, rest)| rest) })
                .collect();
        }
        let known = format!("{} {}", words(&lesson_file).join(" "), words(&bare).join(" "));
        // Whole strings, and every five words in a row. Word groups with a number don't count: the lesson has the same cases with
        // the words in another order.
        let (_, teacher) = read(lesson);
        let texts = pieces(|see| teacher.each_inline(see)).iter().map(|text| words(text)).collect::<Vec<_>>();
        // A case citation doesn't count as text: its words are letters and numbers.
        let is_text =
            |words: &&Vec<String>| words.iter().filter(|word| word.len() > 1 && word.parse::<u32>().is_err()).count() >= 5;
        let texts = texts.iter().filter(is_text).map(|words| words.join(" "));
        let file = text(".teacher.yaml");
        let rows = file.windows(5).filter(|row| row.iter().all(|word| word.parse::<u32>().is_err())).map(|row| row.join(" "));
        let secrets: BTreeSet<String> = texts.chain(rows).filter(|secret| !known.contains(secret)).collect();
        assert!(secrets.len() > 1000, "the teacher file of {lesson} is too short: {}", secrets.len());
        for name in STUDENT {
            let packet = words(&open(lesson, name).everything()).join(" ");
            let leaked: Vec<_> = secrets.iter().filter(|secret| packet.contains(*secret)).collect();
            assert!(leaked.is_empty(), "{lesson}-{name}: {leaked:?}");
        }
        // The search works: it finds most of them in the teacher packet.
        let teacher = words(&open(lesson, "teacher").everything()).join(" ");
        let found = secrets.iter().filter(|secret| teacher.contains(*secret)).count();
        assert!(found * 2 > secrets.len(), "{found} of {} are in the teacher packet of {lesson}", secrets.len());
    }
}
