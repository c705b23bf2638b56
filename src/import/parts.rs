//! The parts of a lesson by the headings that publishers and teachers give them, in English and Spanish.

/// A part of a lesson or its teacher file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Reading,
    Vocabulary,
    Discussion,
    Activity,
    ExitTicket,
    Sources,
    FurtherReading,
    Question,
    Objectives,
    Materials,
    Procedure,
    Standards,
    Answers,
    Notes,
}

/// The words of headings for each part.
const HEADINGS: [(Part, &[&str]); 14] = [
    (
        Part::Vocabulary,
        &[
            "vocabulary",
            "key terms",
            "key vocabulary",
            "key words",
            "words to know",
            "glossary",
            "terms",
            "vocabulario",
            "glosario",
            "palabras clave",
            "términos clave",
        ],
    ),
    (
        Part::Discussion,
        &[
            "discussion",
            "for discussion",
            "for discussion and writing",
            "for discussion or writing",
            "discussion questions",
            "questions for discussion",
            "questions",
            "comprehension questions",
            "reading questions",
            "review questions",
            "guiding questions",
            "writing and discussion",
            "think about it",
            "check your understanding",
            "para discutir",
            "para discutir y escribir",
            "para la discusión",
            "discusión",
            "preguntas",
            "preguntas para discutir",
            "preguntas para la discusión",
            "preguntas de comprensión",
            "para comentar",
            "comprensión",
        ],
    ),
    (
        Part::Activity,
        &[
            "activity",
            "activities",
            "class activity",
            "classroom activity",
            "group activity",
            "worksheet",
            "practice",
            "exercise",
            "exercises",
            "student worksheet",
            "handout",
            "quiz",
            "test",
            "problems",
            "actividad",
            "actividades",
            "actividad en clase",
            "hoja de trabajo",
            "práctica",
            "ejercicio",
            "ejercicios",
            "prueba",
            "problemas",
        ],
    ),
    (
        Part::ExitTicket,
        &[
            "exit ticket",
            "exit card",
            "closure",
            "ticket out the door",
            "boleto de salida",
            "ticket de salida",
            "tarjeta de salida",
            "cierre",
        ],
    ),
    (
        Part::Sources,
        &[
            "sources",
            "bibliography",
            "references",
            "works cited",
            "sources cited",
            "bibliografía",
            "fuentes",
            "referencias",
            "obras citadas",
            "fuentes consultadas",
        ],
    ),
    (
        Part::FurtherReading,
        &[
            "further reading",
            "for further reading",
            "for further information",
            "further information",
            "suggested reading",
            "suggested readings",
            "for more information",
            "learn more",
            "additional resources",
            "resources",
            "lecturas adicionales",
            "para saber más",
            "más información",
            "para más información",
            "lecturas recomendadas",
            "recursos",
        ],
    ),
    (
        Part::Question,
        &[
            "essential question",
            "central question",
            "focus question",
            "guiding question",
            "pregunta esencial",
            "pregunta central",
        ],
    ),
    (
        Part::Objectives,
        &["objectives", "learning objectives", "learning goals", "goals", "objetivos", "objetivos de aprendizaje", "metas"],
    ),
    (Part::Materials, &["materials", "materials needed", "supplies", "materiales"]),
    (Part::Procedure, &["procedure", "directions", "instructions", "steps", "procedimiento", "instrucciones", "pasos"]),
    (Part::Standards, &["standards", "standards addressed", "common core standards", "estándares"]),
    (
        Part::Answers,
        &[
            "answers",
            "answer key",
            "answer sheet",
            "key",
            "solutions",
            "respuestas",
            "clave de respuestas",
            "clave",
            "soluciones",
        ],
    ),
    (
        Part::Notes,
        &[
            "teacher notes",
            "notes for the teacher",
            "notes to the teacher",
            "teacher's notes",
            "notas para el maestro",
            "notas para la maestra",
        ],
    ),
    (
        Part::Reading,
        &["reading", "background", "introduction", "overview", "the reading", "lectura", "introducción", "antecedentes"],
    ),
];

/// The part that a heading names, and the rest of the heading after a colon.
pub(super) fn part_of(heading: &str) -> Option<(Part, Option<String>)> {
    let trimmed = heading.trim().trim_end_matches([':', '.']);
    let (name, rest) = match trimmed.split_once([':', '—', '–']) {
        Some((name, rest)) => (name, Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty())),
        None => (trimmed, None),
    };
    let folded = fold(name);
    // "Activity 2", "Part A: Questions" are parts too.
    let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let find = |wanted: &str| HEADINGS.iter().find(|(_, names)| names.contains(&wanted)).map(|(part, _)| *part);
    // Teachers have many names for it.
    let exit = folded.starts_with("exit ").then_some(Part::ExitTicket);
    find(&folded).or_else(|| find(bare)).or(exit).map(|part| (part, rest))
}

fn fold(text: &str) -> String {
    let letters = text.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    letters.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_parts() {
        for (heading, expected) in [
            ("For Discussion and Writing", Some((Part::Discussion, None))),
            ("ACTIVITY", Some((Part::Activity, None))),
            ("Activity: Sort the Stones", Some((Part::Activity, Some("Sort the Stones".to_owned())))),
            ("Actividad 2", Some((Part::Activity, None))),
            ("Preguntas para la discusión:", Some((Part::Discussion, None))),
            ("For Further Information", Some((Part::FurtherReading, None))),
            ("The Purges", None),
            ("Questions of power", None),
        ] {
            assert_eq!(part_of(heading), expected, "{heading}");
        }
    }
}
