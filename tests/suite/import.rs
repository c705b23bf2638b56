//! `packetpress import`: documents in the manner of real ones become lessons, nothing of them is lost, and hostile ones do no harm.

mod documents;

use std::collections::HashMap;

use crate::project::Project;
use documents::word_part as part;
use documents::{docx, google_docs, odt, zip};

/// What importing made: the lesson, its teacher file, and what was printed.
struct Made {
    project: Project,
    lesson: String,
    teacher: Option<String>,
    stdout: String,
    stderr: String,
    code: i32,
}

/// Imports a document into an empty project.
fn imported(file: &str, content: impl AsRef<[u8]>) -> Made {
    let project = Project::empty().write(file, content);
    let run = project.run(&format!("import {file}"));
    let read = |name: &str| {
        let files = project.files("lessons/unit-1");
        let file = files.iter().find(|file| {
            file.ends_with(name) && (name == ".teacher.yaml" || !file.ends_with(".teacher.yaml")) && *file != "issue.yaml"
        });
        file.map(|file| String::from_utf8(project.read(&format!("lessons/unit-1/{file}"))).expect("it is text"))
    };
    let (lesson, teacher) = (read(".yaml").unwrap_or_default(), read(".teacher.yaml"));
    Made { lesson, teacher, stdout: run.stdout, stderr: run.stderr, code: run.code, project }
}

/// Fails unless every word of some text is in the lesson or the teacher file, as often as in the text.
fn keeps(made: &Made, text: &str) {
    let words = |text: &str| -> Vec<String> {
        let text = text.replace('\\', "").to_lowercase();
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let mut have: HashMap<String, usize> = HashMap::new();
    for word in words(&made.lesson).into_iter().chain(words(made.teacher.as_deref().unwrap_or_default())) {
        *have.entry(word).or_default() += 1;
    }
    let missing: Vec<String> = words(text)
        .into_iter()
        .filter(|word| match have.get_mut(word) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "{}", made.lesson);
}

/// Fails unless the lesson has these pieces of text.
fn has(made: &Made, pieces: &[&str]) {
    for piece in pieces {
        assert!(made.lesson.contains(piece), "{piece}\n---\n{}\n---\n{}", made.lesson, made.stderr);
    }
}

/// Fails unless the lesson passes the check and its packet can be built.
fn builds(made: &Made) {
    assert_eq!(made.code, 0, "{}\n{}", made.stderr, made.lesson);
    made.project.run("build --edition student").succeeds();
}

/// A handout as many people type one, with a masthead, a page break in a sentence, and the furniture of a web page.
const HANDOUT: &str = "HARBOR HISTORY PRESS

Rivers and Towns

Spring 2021 (3:2)

Crossing the Water

[Home](#) | [The Bridge](#) | [The Ferry](#)

The Bridge That Nobody Fixed

In March 1871 a flood took eleven stones out of the only bridge of a small town. The miller wrote to the council the very same week and offered to help with the

repairs, but nobody answered him for a long time. It was a quiet council in those years.

The Letter

The miller kept a copy of his letter in a drawer of the mill. He explained himself this way:

If the council will give the lime, the mill will give the stones, and I shall ask my neighbors for two days of work.

The Answer

The clerk read the letter aloud. Then he filed it, as he did with every other letter that arrived that spring, and the council went on to talk about the dinner.

For Discussion and Writing

1. What did the miller offer? What did he ask for?
2. Why do you think nobody answered him?
3. In what ways is filing a letter an answer?

For Further Information

[The River Archive](#) A collection of maps.

Biographies of Millers:

[A Miller's Life](https://example.org/miller) From a local paper.

The Town Guide

Books on Bridges:

[Doe, Ann](#). *Stone Arches, A History*. New York: Harbor Press, 1990.

Roe, Jan. *Fords and Ferries*. Boston: Quay Books, 1986.

ACTIVITY

What Is a Public Duty?

In that year a court held that a town must repair its bridges (*Doe v. Roe*, 297 U.S. 278). Another court disagreed later (*Smith v. Jones*, 499 U.S. 279).

In this activity, first meet in small groups and decide which of the following should be considered as a \"public duty\":

1. Repairing a bridge after a flood.
2. Answering a letter.
3. Giving a dinner for the council.

Be prepared to share your group's conclusions with the class. Should a town ever be allowed to do nothing?

[Comments](#)

Only registered users can write comments!

Close Window
";

#[test]
fn a_handout_in_plain_text_becomes_a_whole_lesson() {
    let made = imported("handout.txt", HANDOUT);
    builds(&made);
    // The packet prints its own heading for the discussion, and its own numbers.
    let text =
        HANDOUT.replace("For Discussion and Writing", "").replace("\n1. ", "\n").replace("\n2. ", "\n").replace("\n3. ", "\n");
    keeps(&made, &text);
    has(
        &made,
        &[
            "title: The Bridge That Nobody Fixed\n",
            "offered to help with the repairs, but nobody",
            "## The Letter\n",
            "> If the council will give the lime",
            "discussion:\n  - What did the miller offer? What did he ask for?\n",
            "doe1990: {kind: book, author: \"Doe, Ann\", title: \"Stone Arches, A History\", place: New York, publisher: Harbor Press, year: 1990}",
            "{kind: web, title: The River Archive, note: A collection of maps.}",
            "{kind: web, title: A Miller's Life, url: https://example.org/miller, note: From a local paper.}",
            "{kind: case, name: Doe v. Roe, citation: 297 U.S. 278}",
            "{kind: case, name: Smith v. Jones, citation: 499 U.S. 279}",
            "  title: What Is a Public Duty?\n",
            "choices: [Public duty, Not a public duty]\n",
            "- Repairing a bridge after a flood.\n",
            "- title: Biographies of Millers\n",
        ],
    );
    let issue = String::from_utf8(made.project.read("lessons/unit-1/issue.yaml")).expect("it is text");
    assert!(issue.contains("number: \"3:2\"\ndate: Spring 2021\ntheme: Crossing the Water\n"), "{issue}");
    let series = String::from_utf8(made.project.read("lessons/series.yaml")).expect("it is text");
    assert!(series.contains("name: Rivers and Towns") && series.contains("publisher: HARBOR HISTORY PRESS"), "{series}");
    assert!(
        made.stdout.contains("discussion: 3 questions") && made.stdout.contains("a decision table of 3 rows"),
        "{}",
        made.stdout
    );
}

#[test]
fn a_word_document_with_its_own_numbers_notes_changes_and_boxes() {
    let body = [
        part::styled("Title", "The Tides"),
        part::text("The sea rises and falls twice a day.<w:footnoteReference w:id=\"2\"/>"),
        part::styled("Heading1", "Why it happens"),
        format!(
            "<w:p><w:r><w:t xml:space=\"preserve\">The moon pulls </w:t></w:r><w:ins><w:r><w:t xml:space=\"preserve\">gently </w:t></w:r></w:ins>\
             <w:del><w:r><w:delText>strongly </w:delText></w:r></w:del><w:r><w:rPr><w:i/></w:rPr><w:t>on the water</w:t></w:r><w:r><w:t>. See </w:t></w:r>\
             <w:hyperlink r:id=\"rId9\"><w:r><w:t>the tables</w:t></w:r></w:hyperlink><w:r><w:t>, H</w:t></w:r>\
             <w:r><w:rPr><w:vertAlign w:val=\"subscript\"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>O.</w:t></w:r>{}</w:p>",
            part::text_box("In a box: spring tides are the highest."),
        ),
        part::styled("Quote", "Time and tide wait for nobody."),
        format!("<w:p>{}</w:p>", part::FRACTION),
        part::table(
            &[&["Day", "Height"], &["Monday", "4 m"]],
            Some(
                "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner one</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>inner two</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            ),
        ),
        part::styled("Heading1", "Discussion Questions"),
        part::numbered(0, "Why does the sea rise?"),
        part::numbered(0, "Which body pulls most?"),
        part::numbered(1, "the sun"),
        part::numbered(1, "the moon"),
        part::numbered(1, "a star"),
        part::styled("Heading1", "Answer Key"),
        part::numbered_anew(0, "Because the moon pulls on it."),
        part::numbered_anew(0, "B"),
    ];
    let made = imported("tides.docx", docx(&body.concat()));
    builds(&made);
    has(
        &made,
        &[
            "title: The Tides\n",
            "twice a day.[^f2]",
            "[^f2]: In most places.",
            "The moon pulls gently *on the water*. See [the tables](https://example.org/tables), H~2~O.",
            "In a box: spring tides are the highest.",
            "> Time and tide wait for nobody.",
            "equation: '\\frac{1}{2}'",
            "| Monday | 4 m inner one \\| inner two |",
            "multiple_choice:\n",
            "      - the moon\n",
            "Deleted text (tracked change): strongly",
            "Comment in the margin: Is this right?",
            "Head or foot of the pages: Grade 5 Science",
        ],
    );
    let teacher = made.teacher.expect("there is a teacher file");
    assert!(teacher.contains("q1: Because the moon pulls on it.") && teacher.contains("q2: {choice: B}"), "{teacher}");
}

#[test]
fn a_worksheet_of_every_kind_of_question() {
    let text = "Rivers Quiz

Vocabulary

delta: land at the mouth of a river
source – where a river begins

Activity: Show What You Know

Circle T or F. Are these true or false?

1. Rivers run uphill.
2. A delta is land.

Fill in the blanks.

3. A river begins at its ________.
4. It ends at its ________.

Word bank: source, mouth, bank

5. What is the longest river you know?
__________________________________________________
__________________________________________________

Answer Key

1. F
2. T
3. source
4. mouth
5. The Nile.
";
    let made = imported("quiz.txt", text);
    builds(&made);
    has(
        &made,
        &[
            "{term: delta, meaning: land at the mouth of a river}",
            "{term: source, meaning: where a river begins}",
            "title: Show What You Know\n",
            "- true_false:\n",
            "{id: s1, text: Rivers run uphill.}",
            "A river begins at its {{b1}}.",
            "It ends at its {{b2}}.",
            "words: [source, mouth, bank]",
            "ask: What is the longest river you know?\n",
            "space: {lines: 2}",
        ],
    );
    let teacher = made.teacher.expect("there is a teacher file");
    for answer in ["{statements: {s1: {is: false}, s2: {is: true}}}", "{blanks: {b1: source, b2: mouth}}", "q3: The Nile."] {
        assert!(teacher.contains(answer), "{answer}\n{teacher}");
    }
}

#[test]
fn a_google_document_with_its_notes_and_images() {
    let made = imported("river.zip", google_docs());
    assert_eq!(made.code, 1, "the image needs a description: {}", made.stderr);
    has(
        &made,
        &[
            "title: The River Lesson\n",
            "It **floods** in *spring*.[^ftnt1]",
            "[^ftnt1]: Not every year.",
            "[a map](https://example.org/map?x=1)",
            "- one\n",
            "image: images/the-river-lesson-image1.png",
            "Comment in the margin: Check the year.",
        ],
    );
    assert!(made.stderr.contains("missing-alternative-text"), "{}", made.stderr);
    assert!(made.project.path("lessons/unit-1/images/the-river-lesson-image1.png").is_file());
}

#[test]
fn a_page_of_a_website() {
    let page = "<!doctype html><html lang=es><head><title>El río | Mi sitio</title><style>p{}</style><script>alert(1)</script></head><body>\
        <nav><a href=/>Inicio</a></nav><main><h1>El río</h1><p>El río <em>crece</em> en abril.<a href=#fn1 id=fnref1><sup>1</sup></a><br>Mucho.</p>\
        <blockquote><p>Nadie respondió.</p></blockquote><h2>Preguntas</h2><ol><li>¿Por qué crece?</li><li>¿Quién respondió?</li></ol>\
        <h2>Actividad</h2><p>Clasifica las frases como hecho u opinión:</p><ul><li>El río crece.</li><li>El río es bonito.</li></ul>\
        <h2>Fuentes</h2><ul><li>Paz, Octavio. <i>El agua</i>. México: Fondo, 1950.</li></ul>\
        <section><ol><li id=fn1><p>A veces en mayo.<a href=#fnref1 role=doc-backlink>↩︎</a></p></li></ol></section></main><footer>© 2020</footer></body></html>";
    let made = imported("rio.html", page);
    builds(&made);
    has(
        &made,
        &[
            "title: El río\n",
            "language: es\n",
            "El río *crece* en abril.[^fn1]\\\n",
            "[^fn1]: A veces en mayo.\n",
            "> Nadie respondió.",
            "discussion:\n  - ¿Por qué crece?\n",
            "choices: [Hecho, Opinión]",
            "paz1950: {kind: book",
            "Around the text of the page: Inicio",
        ],
    );
    assert!(!made.lesson.contains("alert"), "{}", made.lesson);
}

#[test]
fn an_opendocument_text() {
    let made = imported("mill.odt", odt());
    builds(&made);
    has(
        &made,
        &[
            "title: The Mill\n",
            "The mill *turns*  day and night.[^ftn1]".replace("  ", " ").as_str(),
            "[^ftn1]: Except on Sundays.",
            "## Its wheel",
            "> Water is patient.",
            "- wood\n",
            "| Part | Use |",
            "$`\\frac{a}{b}`$",
            "Deleted text (tracked change): quickly",
            "Comment in the margin: Really?",
        ],
    );
}

#[test]
fn markdown_with_front_matter_a_table_and_a_note() {
    let text = "---\ntitle: The Ferry\n---\n\nIt crossed *twice* a day.[^a]\n\n## Its crew\n\n| Who | What |\n|---|---|\n| Ann | steers |\n\n- [ ] ask her\n\n\
        [^a]: In summer.\n\n## References\n\nFerry v. Ford, 12 F.2d 34 (1926)\n";
    let made = imported("ferry.md", text);
    builds(&made);
    has(
        &made,
        &[
            "title: The Ferry\n",
            "It crossed *twice* a day.[^a]",
            "| Ann | steers |",
            "{kind: case, name: Ferry v. Ford, citation: 12 F.2d 34, year: 1926}",
        ],
    );
}

#[test]
fn the_text_of_a_pdf() {
    // One of our own packets: with heads and feet on every page, headings, and numbered questions.
    let lesson = "title: The Long Bridge\nreading: |\n  ## How it began\n\n".to_owned()
        + &"  The bridge was built of stone by a hundred people in one summer and it stood for a very long time after that.\n\n"
            .repeat(30)
        + "discussion:\n  - Why was it built?\n  - Who built it?\n";
    let project = Project::with_lesson(&lesson);
    let made = imported("bridge.pdf", project.build());
    assert!(made.stderr.is_empty() || made.code == 0, "{}", made.stderr);
    has(
        &made,
        &[
            "title: The Long Bridge\n",
            "How it began",
            "The bridge was built of stone by a hundred people in one summer",
            "Why was it built?",
        ],
    );
    assert!(made.lesson.contains("Head or foot of the pages"), "{}", made.lesson);
}

#[test]
fn text_in_unusual_places_is_kept() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", part::text(text));
    let nested =
        (0..7).fold(part::text("Innermost words."), |inner, _| format!("<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"));
    let body = [
        part::text("A reading with odd parts."),
        format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:sdt><w:sdtContent><w:tr>{}{}</w:tr></w:sdtContent></w:sdt><w:ins><w:tr>{}{}</w:tr></w:ins></w:tbl>",
            cell("City"),
            cell("Population"),
            cell("Repeated"),
            cell("Section"),
            cell("Inserted"),
            cell("Row")
        ),
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>kanji</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>letters</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>".to_owned(),
        "<w:p><w:unheard><w:r><w:t>From the future.</w:t></w:r></w:unheard></w:p>".to_owned(),
        nested,
    ];
    let made = imported("odd.docx", docx(&body.concat()));
    keeps(&made, "City Population Repeated Section Inserted Row kanji letters From the future. Innermost words.");
    has(&made, &["Repeated", "# - Not placed: From the future."]);

    let page = "<!doctype html><title>Cities</title><h1>Cities</h1><p>They grow.</p><table><caption>Table 1. Large cities</caption>\
                <tr><th>City<th>People<tr><td>Lagos<td>many</table>";
    let deep = format!("{page}{}Deepest words.{}", "<div>".repeat(1000), "</div>".repeat(1000));
    let made = imported("cities.html", deep);
    keeps(&made, "Cities They grow. Table 1. Large cities City People Lagos many Deepest words.");

    let text = "# Notes\n\nA sentence.[^1]\n\n| a | b |\n|---|---|\n| one | two | beyond |\n\n[^1]: First.\n\n    - entry one\n    - entry two\n\n[^2]: Unmarked note.\n";
    let made = imported("notes.md", text);
    keeps(&made, "Notes A sentence. one two beyond First. entry one entry two Unmarked note.");
    assert!(!made.lesson.contains("oneentry"), "{}", made.lesson);
}

#[test]
fn names_of_documents_do_no_harm() {
    for title in ["Issue", "Series"] {
        let made = imported("doc.md", format!("# {title}\n\nIt began.\n"));
        assert_eq!(made.code, 0, "{}", made.stderr);
        let file = format!("lessons/unit-1/{}-lesson.yaml", title.to_lowercase());
        assert!(made.project.path(&file).exists(), "{:?}", made.project.files("lessons"));
        made.project.run("check").succeeds();
    }
    let project = Project::empty().write("doc.md", "# Title\n\nIt began.\n");
    for id in ["Foo", "../../evil", "issue", "series"] {
        let run = project.run(&format!("import --id {id} doc.md"));
        assert_eq!(run.code, 2, "{id}: {}", run.stderr);
        assert!(project.files("lessons").is_empty(), "{id}");
    }
}

#[cfg(unix)]
#[test]
fn the_name_of_a_document_cannot_write_yaml() {
    let project = Project::empty().write("a\nfoo: [bar.md", "# Title\n\nIt began.\n");
    project.run_with("", &["import", "a\nfoo: [bar.md"]).succeeds();
    project.run("check").succeeds();
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    let scanned = documents::scanned_pdf();
    for (file, content, expected) in [
        ("scan.pdf", scanned, "has no text, only pictures of pages"),
        ("old.doc", vec![0xd0, 0xcf, 0x11, 0xe0, 1, 2], "save it as .docx"),
        ("old.rtf", b"{\\rtf1 Text}".to_vec(), "save it as .docx or .odt"),
        ("image.png", vec![0x89, b'P', b'N', b'G', 0, 0, 0], "this kind of file can't be imported"),
        ("empty.txt", b"\n\n".to_vec(), "the file has no text"),
        ("cut.docx", docx("<w:p/>")[..400].to_vec(), "the file is damaged"),
        ("cut.pdf", b"%PDF-1.7\nnothing".to_vec(), "the file is damaged"),
        ("other.zip", zip(&[("a.txt", "x".as_bytes())]), "this kind of file can't be imported"),
    ] {
        let made = imported(file, content);
        assert_eq!(made.code, 2, "{file}: {}", made.stderr);
        assert!(made.stderr.contains(expected), "{file}: {}", made.stderr);
        assert!(made.project.files("lessons").is_empty(), "{file} left files");
    }
    let gone = Project::empty().run("import gone.docx");
    assert_eq!((gone.code, gone.stderr.contains("cannot read gone.docx")), (2, true), "{}", gone.stderr);
}

#[test]
fn hostile_documents_do_no_harm() {
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    let deep = format!(
        "<w:document xmlns:w=\"w\"><w:body>{}{}</w:body></w:document>",
        "<w:tbl><w:tr><w:tc>".repeat(3000),
        "</w:tc></w:tr></w:tbl>".repeat(3000)
    );
    let large = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>",
        "a".repeat(40 * 1024 * 1024)
    );
    let math = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Sums.</w:t></w:r><m:oMath>{}{}</m:oMath></w:p></w:body></w:document>",
        "<m:f><m:num>".repeat(60),
        "</m:num></m:f>".repeat(60)
    );
    for (xml, code) in [(bomb.to_owned(), 2), (deep, 2), (large, 2), (math, 0)] {
        let made = imported("bad.docx", zip(&[("word/document.xml", xml.as_bytes())]));
        assert_eq!(made.code, code, "{}", made.stderr);
    }
    // Paths that lead out of the folder.
    let body =
        "<w:p><w:r><w:t>A picture.</w:t><w:drawing><wp:docPr descr=\"A map\"/><a:blip r:embed=\"rId1\"/></w:drawing></w:r></w:p>";
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let relations = "<Relationships><Relationship Id=\"rId1\" Target=\"../../../../evil.png\"/></Relationships>";
    let parts = [
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/../../../../evil.png", b"x".as_slice()),
    ];
    let made = imported("paths.docx", zip(&parts));
    assert!(
        !made.project.path("evil.png").exists()
            && made
                .project
                .files("")
                .iter()
                .all(|file| file.starts_with("lessons/unit-1/") || file == "lessons/series.yaml" || file == "paths.docx"),
        "{:?}",
        made.project.files("")
    );
    // Nesting, and equations that would take forever.
    let page = format!("<!doctype html><p>Text.</p>{}x{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
    assert_eq!(imported("deep.html", page).code, 0);
    let fences = format!(
        "<!doctype html><p>Text.</p><math>{}<mi>x</mi>{}</math>",
        "<mfrac><mrow>".repeat(150),
        "</mrow><mn>2</mn></mfrac>".repeat(150)
    );
    assert!(imported("math.html", fences).code < 2);
    let quotes = ">".repeat(50_000) + " deep\n";
    assert!(imported("deep.md", quotes).code < 2);
}

#[test]
fn a_second_document_joins_the_issue_and_nothing_is_overwritten() {
    let project = Project::empty()
        .write(
            "one.txt",
            "One Day\n\nIt began on a Monday, when the river was high and nobody expected anything to happen at all in town.\n",
        )
        .write("two.md", "# Two Days\n\nIt went on.\n");
    project.run("import one.txt two.md").succeeds();
    let issue = String::from_utf8(project.read("lessons/unit-1/issue.yaml")).expect("it is text");
    assert!(issue.contains("lessons: [one-day, two-days]"), "{issue}");
    let before = project.read("lessons/unit-1/one-day.yaml");
    let again = project.run("import one.txt");
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("already exists; choose another name with `--id`"), "{}", again.stderr);
    assert_eq!(project.read("lessons/unit-1/one-day.yaml"), before);
    project.run("check").succeeds();
}
