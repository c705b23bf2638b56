//! Sources and citations print as the manuals have them.
//!
//! `docs/sources.md` shows every kind of source in every documented style; `SNAPSHOTS=overwrite` rewrites it.

use std::fmt::Write;
use std::path::Path;

use camino::Utf8PathBuf;
use packetpress::compose::Citations;
use packetpress::lesson::Lesson;
use packetpress::lesson::citation_style::{BUNDLED, SUGGESTED};
use packetpress::lesson::prose::Inline;
use packetpress::library::Library;
use packetpress::packet::Run;
use packetpress::session::Session;
use packetpress::typeset::Fonts;
use snapbox::{Data, assert_data_eq};

use crate::packets::packet_of;
use crate::pdf::Pdf;
use crate::project::Project;

/// A lesson, as it was read.
fn read(lesson: &str) -> Lesson {
    let project = Project::with_lesson(lesson);
    let root = Utf8PathBuf::from_path_buf(project.path("lessons")).expect("the path is text");
    let fonts = Fonts::bundled();
    let coverage = fonts.coverage();
    let mut session = Session::new(&coverage);
    let library = Library::index(&root, None, &mut session).expect("the folder can be read").expect("there is a series");
    let entry = &library.issues[0].lessons[0];
    library.load(entry, &mut session).expect("the lesson can be read").lesson
}

/// What a lesson prints: each source, and each citation in its reading, with italics between stars and notes in braces.
struct Printed {
    sources: Vec<(String, String)>,
    citations: Vec<String>,
}

impl Printed {
    fn source(&self, key: &str) -> &str {
        self.sources.iter().find_map(|(known, text)| (known == key).then_some(text.as_str())).expect("the source is there")
    }
}

/// Formats sources, one a line as in a bibliography, and a reading that cites them.
fn print(style: &str, language: &str, sources: &str, reading: &str) -> Printed {
    let entries: String = sources.lines().map(|line| format!("        {}\n", line.trim())).collect();
    let lesson = format!(
        "title: War\nlanguage: {language}\nreading: |\n  {}\nbibliography:\n  style: {style}\n  groups:\n    - title: Sources\n      entries:\n{entries}",
        reading.replace('\n', "\n  ")
    );
    let lesson = read(&lesson);
    let citations = Citations::new(&lesson, None, language);
    let bibliography = lesson.bibliography.as_ref().expect("there is a bibliography");
    let sources = bibliography.sources().map(|(key, _)| (key.value.clone(), text(&citations.entry(&key.value).1)));
    let sources = sources.collect();
    let mut cited = Vec::new();
    lesson.each_inline(&mut |inline| {
        if let Inline::Citation { sources } = inline {
            cited.push(text(&citations.citation(sources)));
        }
    });
    Printed { sources, citations: cited }
}

/// Text with italics between stars and notes in braces.
fn text(runs: &[Run]) -> String {
    runs.iter()
        .map(|run| match run {
            Run::Text { text } | Run::LongWord { text } => text.replace('\u{a0}', " "),
            Run::Emphasis { runs } => format!("*{}*", text(runs)),
            Run::Strong { runs } => format!("**{}**", text(runs)),
            Run::Note { runs, .. } => format!("{{{}}}", text(runs)),
            Run::Superscript { runs } | Run::Subscript { runs } => text(runs),
            other => panic!("a citation has no {other:?}"),
        })
        .collect()
}

/// The keys in lines of sources.
fn keys(sources: &str) -> Vec<&str> {
    sources.lines().filter_map(|line| line.trim().split_once(": {")).map(|(key, _)| key).collect()
}

fn path(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

#[test]
fn the_table_of_sources_is_up_to_date() {
    const MARKER: &str = "<!-- Everything below is generated from tests/sources.yaml. -->\n";
    let file = std::fs::read_to_string(path("docs/sources.md")).expect("the page is there");
    let (head, _) = file.split_once(MARKER).expect("the page has the marker");
    let sources = std::fs::read_to_string(path("tests/sources.yaml")).expect("the sources are there");
    let lines: Vec<&str> = sources.lines().filter(|line| line.contains(": {")).collect();
    let reading = keys(&sources).iter().map(|key| format!("[@{key}]")).collect::<Vec<_>>().join("\n\n");
    let printed: Vec<Printed> = SUGGESTED.iter().map(|style| print(style, "en-US", &lines.join("\n"), &reading)).collect();
    let mut page = format!("{head}{MARKER}");
    let mut at = 0;
    for line in sources.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            write!(page, "\n## {title}\n").expect("writing to a string cannot fail");
        } else if line.contains(": {") {
            let mut row = |text: String| writeln!(page, "{text}").expect("writing to a string cannot fail");
            row(format!("\n```yaml\n{line}\n```\n\n| style | in the bibliography | in the text |\n| --- | --- | --- |"));
            for (style, printed) in SUGGESTED.iter().zip(&printed) {
                let cited = printed.citations[at].trim_start_matches('{').trim_end_matches('}');
                row(format!("| `{style}` | {} | {cited} |", printed.sources[at].1));
            }
            at += 1;
        }
    }
    assert_data_eq!(page, Data::read_from(&path("docs/sources.md"), None).raw());
}

/// Sources of every shape of name, in the styles of four manuals.
#[test]
fn names_print_as_the_manuals_have_them() {
    let sources = r#"dubois: {kind: book, author: "Du Bois, W. E. B.", title: Black Reconstruction, publisher: Harcourt, year: 1935}
cruz: {kind: book, author: "de la Cruz, Juana Inés", title: Poems, publisher: Press, year: 1690}
beethoven: {kind: book, author: "Beethoven, Ludwig van", title: Letters, publisher: Press, year: 1926}
king: {kind: book, author: "King, Martin Luther, Jr.", title: Strength to Love, publisher: Harper, year: 1963}
kings: {kind: book, author: {organization: "The King's College, London"}, title: Report, publisher: Press, year: 1901}
voltaire: {kind: book, author: Voltaire, title: Candide, translator: "Adams, Robert", publisher: Norton, year: 1966}
edited: {kind: book, editor: ["Adams, Charles", "Roe, Ann"], title: The Works, publisher: Little, year: 1850}
same: {kind: book, author: Sophocles, editor: "Fagles, Robert", translator: "Fagles, Robert", title: Antigone, publisher: Penguin, year: 1984}
chapter: {kind: chapter, author: "Doe, Jane", title: A Chapter, book: The Whole, editor: ["Roe, Ann", "Poe, Edgar"], pages: 40-52, publisher: Press, year: 2003}
many: {kind: book, author: ["Alm, Ann", "Bo, Bob", "Coe, Cy"], title: Many, publisher: Press, year: 2001}
film: {kind: film, title: Burnt by the Sun, director: "Mikhalkov, Nikita", distributor: Sony, year: 1994}"#;
    let reading = keys(sources).iter().map(|key| format!("[@{key}]")).collect::<Vec<_>>().join("\n\n");
    for (style, expected) in [
        (
            "chicago-author-date",
            [
                ("Du Bois, W. E. B. 1935. *Black Reconstruction*. Harcourt.", "(Du Bois 1935)"),
                ("de la Cruz, Juana Inés. 1690. *Poems*. Press.", "(de la Cruz 1690)"),
                ("Beethoven, Ludwig van. 1926. *Letters*. Press.", "(Beethoven 1926)"),
                ("King, Martin Luther, Jr. 1963. *Strength to Love*. Harper.", "(King 1963)"),
                ("The King’s College, London. 1901. *Report*. Press.", "(The King’s College, London 1901)"),
                ("Voltaire. 1966. *Candide*. Translated by Robert Adams. Norton.", "(Voltaire 1966)"),
                ("Adams, Charles, and Ann Roe, eds. 1850. *The Works*. Little.", "(Adams and Roe 1850)"),
                ("Sophocles. 1984. *Antigone*. Edited and translated by Robert Fagles. Penguin.", "(Sophocles 1984)"),
                ("Doe, Jane. 2003. “A Chapter.” In *The Whole*, edited by Ann Roe and Edgar Poe. Press.", "(Doe 2003)"),
                ("Alm, Ann, Bob Bo, and Cy Coe. 2001. *Many*. Press.", "(Alm et al. 2001)"),
                ("Mikhalkov, Nikita, dir. 1994. *Burnt by the Sun*. Sony.", "(Mikhalkov 1994)"),
            ],
        ),
        (
            "chicago-notes",
            [
                (
                    "Du Bois, W. E. B. *Black Reconstruction*. Harcourt, 1935.",
                    "{W. E. B. Du Bois, *Black Reconstruction* (Harcourt, 1935).}",
                ),
                ("de la Cruz, Juana Inés. *Poems*. Press, 1690.", "{Juana Inés de la Cruz, *Poems* (Press, 1690).}"),
                ("Beethoven, Ludwig van. *Letters*. Press, 1926.", "{Ludwig van Beethoven, *Letters* (Press, 1926).}"),
                (
                    "King, Martin Luther, Jr. *Strength to Love*. Harper, 1963.",
                    "{Martin Luther King Jr., *Strength to Love* (Harper, 1963).}",
                ),
                ("The King’s College, London. *Report*. Press, 1901.", "{The King’s College, London, *Report* (Press, 1901).}"),
                (
                    "Voltaire. *Candide*. Translated by Robert Adams. Norton, 1966.",
                    "{Voltaire, *Candide*, trans. Robert Adams (Norton, 1966).}",
                ),
                (
                    "Adams, Charles, and Ann Roe, eds. *The Works*. Little, 1850.",
                    "{Charles Adams and Ann Roe, eds., *The Works* (Little, 1850).}",
                ),
                (
                    "Sophocles. *Antigone*. Edited and translated by Robert Fagles. Penguin, 1984.",
                    "{Sophocles, *Antigone*, ed. and trans. Robert Fagles (Penguin, 1984).}",
                ),
                (
                    "Doe, Jane. “A Chapter.” In *The Whole*, edited by Ann Roe and Edgar Poe. Press, 2003.",
                    "{Jane Doe, “A Chapter,” in *The Whole*, ed. Ann Roe and Edgar Poe (Press, 2003).}",
                ),
                ("Alm, Ann, Bob Bo, and Cy Coe. *Many*. Press, 2001.", "{Ann Alm et al., *Many* (Press, 2001).}"),
                (
                    "Mikhalkov, Nikita, dir. *Burnt by the Sun*. Sony, 1994.",
                    "{*Burnt by the Sun*, directed by Nikita Mikhalkov (Sony, 1994).}",
                ),
            ],
        ),
        (
            "mla",
            [
                ("Du Bois, W. E. B. *Black Reconstruction*. Harcourt, 1935.", "(Du Bois)"),
                ("de la Cruz, Juana Inés. *Poems*. Press, 1690.", "(de la Cruz)"),
                ("Beethoven, Ludwig van. *Letters*. Press, 1926.", "(Beethoven)"),
                ("King, Martin Luther, Jr. *Strength to Love*. Harper, 1963.", "(King)"),
                ("The King’s College, London. *Report*. Press, 1901.", "(The King’s College, London)"),
                ("Voltaire. *Candide*. Translated by Robert Adams, Norton, 1966.", "(Voltaire)"),
                ("Adams, Charles, and Ann Roe, editors. *The Works*. Little, 1850.", "(Adams and Roe)"),
                ("Sophocles. *Antigone*. Edited and translated by Robert Fagles, Penguin, 1984.", "(Sophocles)"),
                ("Doe, Jane. “A Chapter.” *The Whole*, edited by Ann Roe and Edgar Poe, Press, 2003, pp. 40–52.", "(Doe)"),
                ("Alm, Ann, et al. *Many*. Press, 2001.", "(Alm et al.)"),
                ("*Burnt by the Sun*. Directed by Nikita Mikhalkov, Sony, 1994.", "(*Burnt by the Sun*)"),
            ],
        ),
        (
            "apa",
            [
                ("Du Bois, W. E. B. (1935). *Black Reconstruction*. Harcourt.", "(Du Bois, 1935)"),
                ("de la Cruz, J. I. (1690). *Poems*. Press.", "(de la Cruz, 1690)"),
                ("Beethoven, L. van. (1926). *Letters*. Press.", "(Beethoven, 1926)"),
                ("King, M. L., Jr. (1963). *Strength to Love*. Harper.", "(King, 1963)"),
                ("The King’s College, London. (1901). *Report*. Press.", "(The King’s College, London, 1901)"),
                ("Voltaire. (1966). *Candide* (R. Adams, Trans.). Norton.", "(Voltaire, 1966)"),
                ("Adams, C., & Roe, A. (Eds.). (1850). *The Works*. Little.", "(Adams & Roe, 1850)"),
                ("Sophocles. (1984). *Antigone* (R. Fagles, Ed. & Trans.). Penguin.", "(Sophocles, 1984)"),
                ("Doe, J. (2003). A Chapter. In A. Roe & E. Poe (Eds.), *The Whole* (pp. 40–52). Press.", "(Doe, 2003)"),
                ("Alm, A., Bo, B., & Coe, C. (2001). *Many*. Press.", "(Alm et al., 2001)"),
                ("Mikhalkov, N. (Director). (1994). *Burnt by the Sun* [Film]. Sony.", "(Mikhalkov, 1994)"),
            ],
        ),
    ] {
        let printed = print(style, "en-US", sources, &reading);
        for (at, (source, citation)) in expected.into_iter().enumerate() {
            assert_eq!(printed.sources[at].1, source, "{style}");
            assert_eq!(printed.citations[at], citation, "{style}");
        }
    }
}

/// The kinds of sources that need only a title.
const DATED: [&str; 13] =
    ["book", "newspaper", "magazine", "web", "post", "video", "podcast", "film", "song", "speech", "artwork", "report", "thesis"];

#[test]
fn dates_print_as_they_were_typed_for_every_kind() {
    for kind in DATED {
        let sources = format!(
            "a: {{kind: {kind}, title: A Title, year: 1991}}\nb: {{kind: {kind}, title: B Title, date: c. 1850}}\nc: {{kind: {kind}, title: C Title, year: 1935-36}}\nd: {{kind: {kind}, title: D Title, year: 44 BC}}\ne: {{kind: {kind}, title: E Title, year: n.d.}}\nf: {{kind: {kind}, title: F Title}}\ng: {{kind: {kind}, title: G Title, date: 1936-05}}\nh: {{kind: {kind}, title: H Title, date: Fall 1991}}\ni: {{kind: {kind}, title: I Title, date: -300}}"
        );
        for style in SUGGESTED {
            let printed = print(style, "en-US", &sources, "War.");
            for (key, shown) in
                [("a", "1991"), ("b", "c. 1850"), ("c", "1935–36"), ("d", "44 BC"), ("g", "1936"), ("h", "1991"), ("i", "300 BC")]
            {
                let text = printed.source(key);
                assert!(text.contains(shown), "{kind} in {style}: {text}");
                assert!(!text.contains("AD") && !text.contains("B.C"), "{kind} in {style}: {text}");
            }
            for key in ["e", "f"] {
                let text = printed.source(key);
                assert!(text.contains(&format!("{} Title", key.to_uppercase())), "{kind} in {style}: {text}");
                assert!(!text.contains("()") && !text.contains(",."), "{kind} in {style}: {text}");
            }
        }
    }
}

#[test]
fn months_and_seasons_print_where_the_style_has_them() {
    let sources = r#"season: {kind: article, author: "Roe, Ann", title: An Article, journal: Law Review, volume: 98, date: Fall 1993}
span: {kind: magazine, author: "Poe, Edgar", title: The Mill, magazine: Life, date: May–June 1936}
month: {kind: magazine, author: "Doe, Jane", title: The Mill, magazine: Life, date: 1936-05}
reprint: {kind: book, author: "Du Bois, W. E. B.", title: Souls, publisher: Penguin, year: 1996, original_year: c. 1903}"#;
    for (style, season, span, month, reprint) in [
        (
            "chicago-author-date",
            "Roe, Ann. 1993. “An Article.” *Law Review* 98 (Fall).",
            "Poe, Edgar. 1936. “The Mill.” *Life*, May–June.",
            "Doe, Jane. 1936. “The Mill.” *Life*, May.",
            "Du Bois, W. E. B. (c. 1903) 1996. *Souls*. Penguin.",
        ),
        (
            "chicago-notes",
            "Roe, Ann. “An Article.” *Law Review* 98 (Fall 1993).",
            "Poe, Edgar. “The Mill.” *Life*, May–June 1936.",
            "Doe, Jane. “The Mill.” *Life*, May 1936.",
            "Du Bois, W. E. B. *Souls*. c. 1903; Penguin, 1996.",
        ),
        (
            "mla",
            "Roe, Ann. “An Article.” *Law Review*, vol. 98, Fall 1993.",
            "Poe, Edgar. “The Mill.” *Life*, May–June 1936.",
            "Doe, Jane. “The Mill.” *Life*, May 1936.",
            "Du Bois, W. E. B. *Souls*. c. 1903. Penguin, 1996.",
        ),
        (
            "apa",
            "Roe, A. (1993). An Article. *Law Review*, *98*.",
            "Poe, E. (1936, May–June). The Mill. *Life*.",
            "Doe, J. (1936, May). The Mill. *Life*.",
            "Du Bois, W. E. B. (1996). *Souls*. Penguin. (Original work published c. 1903)",
        ),
    ] {
        let printed = print(style, "en-US", sources, "War.");
        assert_eq!(printed.source("season"), season, "{style}");
        assert_eq!(printed.source("span"), span, "{style}");
        assert_eq!(printed.source("month"), month, "{style}");
        assert_eq!(printed.source("reprint"), reprint, "{style}");
    }
}

#[test]
fn every_kind_prints_in_every_bundled_style() {
    let sources = std::fs::read_to_string(path("tests/sources.yaml")).expect("the sources are there");
    let lines: Vec<&str> = sources.lines().filter(|line| line.contains(": {")).collect();
    let reading =
        keys(&sources).iter().map(|key| format!("[see @{key}, pp. 3-5]; @{key} says so.")).collect::<Vec<_>>().join("\n\n");
    for style in BUNDLED {
        for (key, text) in print(style, "en-US", &lines.join("\n"), &reading).sources {
            assert!(text.chars().any(char::is_alphabetic), "{key} in {style} prints nothing");
            for doubled in ["?.", "!.", "?”.", "..", ",,", "!,", "?,", " ,", " .", "(,", ",)", "()", "  "] {
                assert!(!text.contains(doubled), "{key} in {style} has `{doubled}`: {text}");
            }
            assert!(!text.contains(|c| ('\u{e000}'..='\u{f8ff}').contains(&c)), "{key} in {style}: {text}");
        }
    }
}

#[test]
fn titles_keep_their_marks_without_doubling_them() {
    let sources = r#"what: {kind: book, author: "Carr, E. H.", title: "What Is History?", publisher: Macmillan, year: 1961}
who: {kind: article, author: "Carr, E. H.", title: "Who Killed \"Reconstruction\"?", journal: Law Review, volume: 9, issue: 1, pages: 7, year: 1962}
bloc: {kind: article, author: "Roe, Ann", title: 'The Case of the "Bloc"', journal: Law Review, volume: 9, year: 1963}
plea: {kind: book, author: "Poe, Edgar", title: Plea before the U.S.S.R., publisher: Press, year: 1964}
report: {kind: book, author: "Loe, Ann", title: 'Report on the "Bloc"', publisher: Press, year: 1938}"#;
    let printed = print("chicago-notes", "en-US", sources, "[@what, 45] [@who] [@bloc] [@plea]");
    assert_eq!(printed.source("what"), "Carr, E. H. *What Is History?* Macmillan, 1961.");
    assert_eq!(printed.source("who"), "Carr, E. H. “Who Killed ‘Reconstruction’?” *Law Review* 9, no. 1 (1962): 7.");
    assert_eq!(printed.source("bloc"), "Roe, Ann. “The Case of the ‘Bloc.’” *Law Review* 9 (1963).");
    assert_eq!(printed.source("plea"), "Poe, Edgar. *Plea before the U.S.S.R.* Press, 1964.");
    assert_eq!(printed.source("report"), "Loe, Ann. *Report on the “Bloc.”* Press, 1938.");
    assert_eq!(printed.citations[0], "{E. H. Carr, *What Is History?* (Macmillan, 1961), 45.}");
    assert_eq!(printed.citations[2], "{Ann Roe, “The Case of the ‘Bloc,’” *Law Review* 9 (1963).}");
    let german = print("chicago-notes", "de", sources, "War.");
    assert_eq!(german.source("bloc"), "Roe, Ann. „The Case of the ‚Bloc‘“. *Law Review* 9 (1963).");
}

#[test]
fn dashes_follow_the_order_on_the_page() {
    let sources = r#"b: {kind: book, author: "Roe, Ann", title: Beta, publisher: Press, year: 2001}
a: {kind: book, author: "Roe, Ann", title: Alpha, publisher: Press, year: 2002}
c: {kind: book, author: "Doe, Jane", title: Gamma, publisher: Press, year: 2003}
e: {kind: book, editor: "Doe, Jane", title: Delta, publisher: Press, year: 2004}
d: {kind: book, author: "Roe, Ann", title: Omega, publisher: Press, year: 2004}"#;
    let printed = print("mla", "en-US", sources, "War.");
    let expected = [
        "Roe, Ann. *Beta*. Press, 2001.",
        "———. *Alpha*. Press, 2002.",
        "Doe, Jane. *Gamma*. Press, 2003.",
        "———, editor. *Delta*. Press, 2004.",
        "Roe, Ann. *Omega*. Press, 2004.",
    ];
    assert_eq!(printed.sources.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), expected);
}

#[test]
fn authors_with_the_same_last_name_are_told_apart() {
    let sources = r#"a: {kind: book, author: "Roe, Ann", title: A Book, publisher: Press, year: 2003}
b: {kind: book, author: "Roe, Bob", title: B Book, publisher: Press, year: 2003}
c: {kind: book, author: "Roe, Ann", title: C Book, publisher: Press, year: 2003}
d: {kind: book, author: "Poe, Ed", title: D Book, publisher: Press, year: 2003}"#;
    for (style, expected, book) in [
        (
            "chicago-author-date",
            ["(A. Roe 2003a)", "(B. Roe 2003)", "(A. Roe 2003b)", "(Poe 2003)", "B. Roe (2003)"],
            "Roe, Ann. 2003a. *A Book*. Press.",
        ),
        (
            "apa",
            ["(A. Roe, 2003a)", "(B. Roe, 2003)", "(A. Roe, 2003b)", "(Poe, 2003)", "B. Roe (2003)"],
            "Roe, A. (2003a). *A Book*. Press.",
        ),
        ("mla", ["(A. Roe, *A Book*)", "(B. Roe)", "(A. Roe, *C Book*)", "(Poe)", "B. Roe"], "Roe, Ann. *A Book*. Press, 2003."),
    ] {
        let printed = print(style, "en-US", sources, "[@a] [@b] [@c] [@d] @b");
        assert_eq!(printed.citations, expected, "{style}");
        assert_eq!(printed.source("a"), book, "{style}");
    }
}

#[test]
fn citations_take_pages_words_and_the_forms_of_pandoc() {
    let sources = r#"roe: {kind: book, author: "Roe, Ann", title: A Book, publisher: Press, year: 2003}
two: {kind: book, author: ["Doe, Jane", "Poe, Edgar"], title: Two, publisher: Press, year: 2004}
none: {kind: article, title: An Article, journal: Law Review, year: 2005}
brown: {kind: case, name: Brown v. Mississippi, citation: 297 U.S. 278, year: 1936}"#;
    let reading = "[@roe, pp. 3-5] [see @roe, p. 7, emphasis added; but see @two] [-@roe] [-@roe, p. 9] @roe says. @two [p. 33] say. @none says. @brown says. [@brown, p. 280] @handle [@roe, pp. xiv–xviii]";
    for (style, expected) in [
        (
            "chicago-author-date",
            [
                "(Roe 2003, 3–5)",
                "(see Roe 2003, 7, emphasis added; but see Doe and Poe 2004)",
                "(2003)",
                "(2003, 9)",
                "Roe (2003)",
                "Doe and Poe (2004, 33)",
                "“An Article” (2005)",
                "*Brown v. Mississippi* (1936)",
                "(*Brown v. Mississippi* 1936, p. 280)",
                "@handle",
                "(Roe 2003, xiv–xviii)",
            ],
        ),
        (
            "mla",
            [
                "(Roe 3–5)",
                "(see Roe 7, emphasis added; but see Doe and Poe)",
                "",
                "(9)",
                "Roe",
                "Doe and Poe (33)",
                "“An Article”",
                "*Brown v. Mississippi* (1936)",
                "(*Brown v. Mississippi* 1936, p. 280)",
                "@handle",
                "(Roe xiv–xviii)",
            ],
        ),
        (
            "apa",
            [
                "(Roe, 2003, pp. 3–5)",
                "(see Roe, 2003, p. 7, emphasis added; but see Doe & Poe, 2004)",
                "(2003)",
                "(2003, p. 9)",
                "Roe (2003)",
                "Doe and Poe (2004, p. 33)",
                "“An Article” (2005)",
                "*Brown v. Mississippi* (1936)",
                "(*Brown v. Mississippi* 1936, p. 280)",
                "@handle",
                "(Roe, 2003, pp. xiv–xviii)",
            ],
        ),
        (
            "ieee",
            [
                "[1, pp. 3–5]",
                "see [1, p. 7], emphasis added, but see [2]",
                "[1]",
                "[1, p. 9]",
                "Roe [1]",
                "Doe and Poe [2, p. 33]",
                "“An Article” [3]",
                "*Brown v. Mississippi* (1936)",
                "(*Brown v. Mississippi* 1936, p. 280)",
                "@handle",
                "[1, pp. xiv–xviii]",
            ],
        ),
    ] {
        assert_eq!(print(style, "en-US", sources, reading).citations, expected, "{style}");
    }
    let notes = print("chicago-notes", "en-US", sources, "[see @roe, p. 7] @two say. [-@roe]").citations;
    assert_eq!(notes[0], "{See Ann Roe, *A Book* (Press, 2003), 7.}");
    assert_eq!(notes[1], "Doe and Poe{Jane Doe and Edgar Poe, *Two* (Press, 2004).}");
}

#[test]
fn a_doi_prints_as_an_address_in_any_form() {
    let lesson = |doi: &str| {
        format!(
            "title: War\nreading: War.\nbibliography:\n  groups:\n    - title: Sources\n      further_reading: true\n      entries:\n        a: {{kind: article, title: An Article, journal: Law Review, year: 1991, doi: \"{doi}\"}}\n"
        )
    };
    for doi in ["10.1000/xyz", "doi:10.1000/xyz", "https://doi.org/10.1000/xyz"] {
        let packet = packet_of(&lesson(doi));
        assert!(packet.text().contains("https://doi.org/10.1000/xyz"), "{}", packet.text());
        assert_eq!(packet.links(), ["https://doi.org/10.1000/xyz"]);
    }
}

#[test]
fn an_account_in_a_sentence_prints_as_typed() {
    let packet = packet_of("title: War\nreading: Follow @librarycongress, or write to info@example.org.\n");
    assert!(packet.text().contains("Follow @librarycongress, or write to info@example.org."), "{}", packet.text());
}

#[test]
fn letters_follow_years_that_would_print_the_same() {
    let sources = r#"a: {kind: book, author: "Ito, Bo", title: A Book, publisher: Press, year: 1850s}
b: {kind: book, author: "Ito, Bo", title: B Book, publisher: Press, year: c. 1850}
d: {kind: book, author: "Ito, Bo", title: D Book, publisher: Press, year: 1850}
c: {kind: letter, author: "Ito, Bo", recipient: Ana, date: 1850-05-04}
e: {kind: book, author: "Ito, Bo", title: E Book, publisher: Press, year: n.d.}
f: {kind: book, author: "Ito, Bo", title: F Book, publisher: Press}
g: {kind: thesis, author: "Roe, A.", title: G Thesis, school: Yale, year: 2004}
h: {kind: thesis, author: "Roe, A.", title: H Thesis, school: Yale, date: 2004-05}
i: {kind: book, author: "Roe, Ann", title: I Book, publisher: Press, year: 2004}"#;
    let reading = "[@a] [@b] [@d, 5] [@c, 6] [@e, 7] [@f] [@g] [@h] [@i] [@d; @c]";
    for (style, citations, letter, undated) in [
        (
            "chicago-author-date",
            [
                "(Ito 1850s)",
                "(Ito c. 1850)",
                "(Ito 1850a, 5)",
                "(Ito 1850b, 6)",
                "(Ito, n.d.-a, 7)",
                "(Ito, n.d.-b)",
                "(A. Roe 2004a)",
                "(A. Roe 2004b)",
                "(Ann Roe 2004)",
                "(Ito 1850a, 1850b)",
            ],
            "Ito, Bo. 1850b. Letter to Ana. May 4.",
            "Ito, Bo. n.d.-a. *E Book*. Press.",
        ),
        (
            "apa",
            [
                "(Ito, 1850s)",
                "(Ito, c. 1850)",
                "(Ito, 1850a, p. 5)",
                "(Ito, 1850b, p. 6)",
                "(Ito, n.d.-a, p. 7)",
                "(Ito, n.d.-b)",
                "(A. Roe, 2004a)",
                "(A. Roe, 2004b)",
                "(Ann Roe, 2004)",
                "(Ito, 1850a, 1850b)",
            ],
            "Ito, B. (1850b, May 4). [Letter to Ana].",
            "Ito, B. (n.d.-a). *E Book*. Press.",
        ),
    ] {
        let printed = print(style, "en-US", sources, reading);
        assert_eq!(printed.citations, citations, "{style}");
        assert_eq!(printed.source("c"), letter, "{style}");
        assert_eq!(printed.source("e"), undated, "{style}");
    }
}

#[test]
fn notes_have_full_names_cases_and_accounts() {
    let sources = r#"roe: {kind: book, author: "Roe, Bob", title: A Book, publisher: Press, year: 1999}
ed: {kind: chapter, author: "Doe, Jane", editor: "Roe, Ann", title: A Chapter, book: The Whole, publisher: Press, year: 2000}
initial: {kind: chapter, author: "Poe, Ed", editor: "Roe, A.", title: B Chapter, book: The Part, publisher: Press, year: 2001}
brown: {kind: case, name: Brown v. Mississippi, citation: 297 U.S. 278, year: 1936}
post: {kind: post, author: "Loe, Ann", handle: potus, title: We landed., site: X, date: 1990-05-04}
many: {kind: book, author: "Moe, Ann", title: Many, volume: 1-3, publisher: Press, year: 2003}"#;
    let reading = "[@roe] [@ed] [@initial] [@brown, p. 280] [see @brown; @roe, 3] @brown [@post] [@many, 2:45]";
    assert_eq!(
        print("chicago-notes", "en-US", sources, reading).citations,
        [
            "{Bob Roe, *A Book* (Press, 1999).}",
            "{Jane Doe, “A Chapter,” in *The Whole*, ed. Ann Roe (Press, 2000).}",
            "{Ed Poe, “B Chapter,” in *The Part*, ed. A. Roe (Press, 2001).}",
            "{*Brown v. Mississippi*, 297 U.S. 278, 280 (1936).}",
            "{Roe, *A Book*, 3; see *Brown v. Mississippi*, 297 U.S. 278 (1936).}",
            "*Brown v. Mississippi*{*Brown v. Mississippi*, 297 U.S. 278 (1936).}",
            "{Ann Loe (@potus), “We landed,” X, May 4, 1990.}",
            "{Ann Moe, *Many* (Press, 2003), 2:45.}",
        ]
    );
}

#[test]
fn editors_and_accounts_stand_in_for_authors() {
    let sources = r#"both: {kind: book, editor: "Mommsen, Theodor", translator: "Mommsen, Theodor", title: Laws, publisher: Press, year: 1870}
two: {kind: book, editor: ["Doe, Jane", "Roe, Ann"], translator: ["Doe, Jane", "Roe, Ann"], title: Rules, publisher: Press, year: 1871}
post: {kind: post, handle: "@potus", title: We landed., site: Site., date: 1990-05-04}
book: {kind: book, title: Beowulf, edition: 2, volume: 3, publisher: Norton, year: 1990}
report: {kind: report, title: America Burning, number: 5, publisher: GPO, year: 1973}
episode: {kind: podcast, title: The Alibi, podcast: Serial, number: 5, publisher: NPR, year: 2014}
initials: {kind: book, author: "Tolkien, J.R.R.", title: The Hobbit, publisher: Allen, year: 1937}"#;
    for (style, expected, cited) in [
        (
            "chicago-author-date",
            [
                "Mommsen, Theodor, ed. and trans. 1870. *Laws*. Press.",
                "Doe, Jane, and Ann Roe, eds. and trans. 1871. *Rules*. Press.",
                "@potus. 1990. “We landed.” Site, May 4.",
                "*Beowulf*. 1990. 2nd ed. Vol. 3. Norton.",
                "*America Burning*. 1973. No. 5. GPO.",
                "*Serial*. 2014. “The Alibi.” Episode 5. NPR. Podcast.",
                "Tolkien, J. R. R. 1937. *The Hobbit*. Allen.",
            ],
            ["(Mommsen 1870)", "(Doe and Roe 1871)", "(@potus 1990)"],
        ),
        (
            "apa",
            [
                "Mommsen, T. (Ed. & Trans.). (1870). *Laws*. Press.",
                "Doe, J., & Roe, A. (Eds. & Trans.). (1871). *Rules*. Press.",
                "@potus. (1990, May 4). *We landed* [Post]. Site.",
                "*Beowulf* (2nd ed., Vol. 3). (1990). Norton.",
                "*America Burning* (No. 5). (1973). GPO.",
                "The Alibi (No. 5) [Audio podcast episode]. (2014). In *Serial*. NPR.",
                "Tolkien, J. R. R. (1937). *The Hobbit*. Allen.",
            ],
            ["(Mommsen, 1870)", "(Doe & Roe, 1871)", "(@potus, 1990)"],
        ),
    ] {
        let printed = print(style, "en-US", sources, "[@both] [@two] [@post]");
        assert_eq!(printed.sources.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), expected, "{style}");
        assert_eq!(printed.citations, cited, "{style}");
    }
}

#[test]
fn locators_print_as_they_were_typed() {
    let sources = r#"roe: {kind: book, author: "Roe, Ann", title: A Book, volume: 1-3, publisher: Press, year: 2003}
film: {kind: video, author: "Doe, Jane", title: A Film, site: YouTube, year: 2004}"#;
    let reading = "[@roe, chap. 2, 45] [@roe, vol. 2, 45] [@roe, line 8] [@roe, pp. 3 and 9] [@film, 00:12:30] [@film, 12:30]";
    for (style, expected) in [
        (
            "chicago-author-date",
            [
                "(Roe 2003, chap. 2, 45)",
                "(Roe 2003, vol. 2, 45)",
                "(Roe 2003, line 8)",
                "(Roe 2003, 3 and 9)",
                "(Doe 2004, 00:12:30)",
                "(Doe 2004, 12:30)",
            ],
        ),
        ("mla", ["(Roe, ch. 2, 45)", "(Roe, vol. 2, 45)", "(Roe, line 8)", "(Roe 3 and 9)", "(Doe, 00:12:30)", "(Doe, 12:30)"]),
        (
            "apa",
            [
                "(Roe, 2003, Chapter 2, 45)",
                "(Roe, 2003, Volume 2, 45)",
                "(Roe, 2003, line 8)",
                "(Roe, 2003, pp. 3 and 9)",
                "(Doe, 2004, 00:12:30)",
                "(Doe, 2004, 12:30)",
            ],
        ),
    ] {
        assert_eq!(print(style, "en-US", sources, reading).citations, expected, "{style}");
    }
}

#[test]
fn details_are_where_the_manuals_have_them() {
    let sources = r#"paper: {kind: newspaper, author: "Len, Cob", title: Poll, newspaper: Times, edition: late, section: Sports, pages: B3, date: 2003-03-04}
journal: {kind: article, author: "Roe, Ann", title: An Article, journal: Law Review, issue: 3, date: Summer 1937}
dated: {kind: article, author: "Roe, Ann", title: B Article, journal: Law Review, year: 1938}
chapter: {kind: chapter, author: "Poe, Ed", title: A Chapter, book: Encyclopedia, volume: XIV, edition: 11, publisher: Press, year: 1911}
talk: {kind: interview, author: "Ames, Ann", interviewer: "Poe, Ed", publisher: Archive of Ashford, date: 1990-01-02}
letter: {kind: letter, author: "Ames, Ann", recipient: Bob, date: 1991-02-02}
video: {kind: video, author: "Ken, Ann", title: On Work, site: YouTube, publisher: PBS, date: 1990-01-02}
art: {kind: artwork, author: "Picasso, Pablo", title: Guernica, museum: Reina Sofía, year: 1937}
hope: {kind: book, author: "Hoe, Ann", title: "“Hope”", publisher: Press, year: 2003}
volume: {kind: book, author: "Noe, Ann", title: Works, volume: Vol. II, publisher: Press, year: 1900}
team: {kind: book, author: "Doe, Ann", editor: "Moe, Tom", translator: "Poe, Ed", title: Laws, publisher: Press, year: 1871}"#;
    for (style, key, expected) in [
        ("chicago-author-date", "paper", "Len, Cob. 2003. “Poll.” *Times*, March 4, late edition, Sports."),
        ("chicago-author-date", "journal", "Roe, Ann. 1937. “An Article.” *Law Review*, no. 3 (Summer)."),
        ("chicago-author-date", "chapter", "Poe, Ed. 1911. “A Chapter.” In *Encyclopedia*, 11th ed., vol. XIV. Press."),
        ("chicago-author-date", "hope", "Hoe, Ann. 2003. *“Hope.”* Press."),
        ("chicago-author-date", "volume", "Noe, Ann. 1900. *Works*. Vol. II. Press."),
        ("mla", "paper", "Len, Cob. “Poll.” *Times*, late ed., 4 Mar. 2003, p. B3, Sports sec."),
        ("mla", "talk", "Ames, Ann. Interview by Ed Poe. 2 Jan. 1990, Archive of Ashford."),
        ("mla", "team", "Doe, Ann. *Laws*. Edited by Tom Moe, translated by Ed Poe, Press, 1871."),
        ("apa", "chapter", "Poe, E. (1911). A Chapter. In *Encyclopedia* (11th ed., Vol. XIV). Press."),
        ("apa", "video", "Ken, A. (1990, January 2). *On Work* [Video]. PBS; YouTube."),
        ("apa", "art", "Picasso, P. (1937). *Guernica*. Reina Sofía."),
        ("harvard-cite-them-right", "dated", "Roe, A. (1938) “B Article,” *Law Review*."),
    ] {
        assert_eq!(print(style, "en-US", sources, "War.").source(key), expected, "{style}");
    }
    let cited = print("mla", "en-US", sources, "[@talk] [@letter]").citations;
    assert_eq!(cited, ["(Ames, interview by Ed Poe)", "(Ames, letter to Bob)"]);
}

#[test]
fn dates_have_the_order_of_the_language() {
    let source = r#"roe: {kind: newspaper, author: "Roe, Ann", title: Aaa, newspaper: Times, date: 1936-05-04}"#;
    for (language, expected) in [
        ("es", "Roe, Ann. 1936. “Aaa”. *Times*, 4 de mayo."),
        ("fr", "Roe, Ann. 1936. « Aaa ». *Times*, 4 mai."),
        ("de", "Roe, Ann. 1936. „Aaa“. *Times*, 4. Mai."),
    ] {
        let text = print("chicago-author-date", language, source, "War.").source("roe").replace('\u{202f}', " ");
        assert_eq!(text, expected, "{language}");
    }
}

/// A lesson whose title, reading, and footnotes cite sources in a style with notes.
const NOTED: &str = r#"title: War [@doe]
reading: |
  It was plain [@roe]. Was it so [@roe, 3]? He said "no [@doe, 4]." More.[^1]

  [^1]: See [@doe, 88].
bibliography:
  style: chicago-notes
  groups:
    - title: Sources
      entries:
        roe: {kind: book, author: "Roe, Ann", title: A Book, publisher: Press, year: 2003}
        doe: {kind: book, author: "Doe, Jane", title: B Book, publisher: Press, year: 2004}
"#;

#[test]
fn marks_of_notes_follow_punctuation_and_never_stand_in_running_heads() {
    let packet = packet_of(NOTED);
    let text = packet.text();
    for expected in ["plain.2\n", "so?3\n", "no.”4\n", "More.5\n", "5 See Doe, B Book, 88.\n"] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let last = packet.page_text(packet.pages() - 1);
    assert!(last.contains("War") && !last.contains("War1") && !last.contains("War 1"), "{last}");
}

#[test]
fn a_cited_title_has_its_note_only_once_in_an_issue() {
    let project = Project::with_lesson(NOTED);
    project.run("build").succeeds();
    let issue = Pdf::open(&project.read("output/one/one-issue-student.pdf"));
    assert_eq!(issue.text().matches("Jane Doe, B Book (Press, 2004).").count(), 1, "{}", issue.text());
}

#[test]
fn the_first_note_on_the_page_is_the_full_one() {
    let packet = packet_of(
        r#"title: War
reading:
  - primary_source:
      text: He wrote it down [@roe, 3].
      origin: A diary [@roe]
bibliography:
  style: chicago-notes
  groups:
    - title: Sources
      entries:
        roe: {kind: book, author: "Roe, Ann", title: A Book, publisher: Press, year: 2003}
"#,
    );
    let text = packet.text();
    for expected in ["A diary.1\n", "down.2\n", "1 Ann Roe, A Book (Press, 2003).\n", "2 Roe, A Book, 3.\n"] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
}
