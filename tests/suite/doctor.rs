//! `packetpress doctor`: what works here, and what is missing.

use crate::project::{LESSON, Project};

#[test]
fn a_project_that_works_is_well() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("doctor");
    assert_eq!(run.code, 0, "{}", run.stdout);
    for line in [
        "ok        Packetpress ",
        "lessons in lessons: 1 lesson in 1 issue",
        "optional  the series has no license",
        "Everything that Packetpress needs is there.",
    ] {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
}

#[test]
fn an_empty_folder_is_told_where_to_start() {
    let run = Project::empty().run("doctor");
    assert_eq!(run.code, 0, "{}", run.stdout);
    assert!(run.stdout.contains("start one with `packetpress new lesson`"), "{}", run.stdout);
}

#[test]
fn what_is_broken_is_a_problem() {
    let project = Project::with_lesson(LESSON).write("lessons/series.yaml", "nam: x\n").write("fonts/broken.ttf", "not a font");
    let run = project.run("doctor");
    assert_eq!(run.code, 1, "{}", run.stdout);
    for line in ["problem   the fonts in fonts can't be used", "run `packetpress check`", "Fix the problems above."] {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
}
