//! Writes random lessons from seeds: long titles, words without a place to break, long addresses, footnotes everywhere, and blocks
//! inside one another. The same seed writes the same lesson.

use serde_json::{Value, json};

use crate::project::Project;

/// The lessons in one issue.
pub(super) const LESSONS: u64 = 10;

/// Random numbers that depend only on their seed: SplitMix64.
pub(super) struct Random(u64);

/// A random lesson.
pub(super) struct Written {
    /// Its seed.
    pub seed: u64,
    /// Its id.
    pub id: String,
    /// Pieces of text that its student packet must have.
    pub texts: Vec<String>,
    /// How many footnotes it has. The text before the mark of number 3 ends with `m3q`, and its note begins with `n3q`.
    pub notes: usize,
}

/// A project with one issue of random lessons.
pub(super) struct Issue {
    pub project: Project,
    pub lessons: Vec<Written>,
    /// Whether its text runs from right to left.
    pub is_right_to_left: bool,
    /// What to build, as arguments.
    pub arguments: String,
}

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5eed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `first` to `last`.
    fn number(&mut self, first: u64, last: u64) -> u64 {
        first + self.next() % (last - first + 1)
    }

    /// True once in this many times, on average.
    fn once_in(&mut self, times: u64) -> bool {
        self.next().is_multiple_of(times)
    }

    fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.number(0, all.len() as u64 - 1) as usize]
    }
}

/// Languages with their syllables.
const LANGUAGES: [(&str, &[&str]); 5] = [
    (
        "en-US",
        &[
            "al", "ber", "con", "da", "er", "for", "gan", "hol", "in", "ker", "lum", "mo", "nes", "or", "pre", "sti", "tion",
            "ver",
        ],
    ),
    (
        "es",
        &["al", "ba", "ción", "de", "el", "ña", "gue", "ho", "ja", "lla", "mor", "no", "par", "que", "rre", "so", "tú", "vez"],
    ),
    ("de", &["an", "ber", "che", "der", "ent", "für", "ge", "heit", "keit", "lich", "mäß", "nung", "schaft", "ver", "zug", "öl"]),
    (
        "fr",
        &["à", "bon", "cré", "dou", "eau", "fran", "gue", "hô", "ille", "jou", "lê", "mont", "nou", "oi", "pré", "tion", "veu"],
    ),
    ("ar", &["با", "تر", "جم", "حك", "دا", "را", "سل", "عل", "في", "كت", "لم", "من", "نو", "ها", "وا", "يد"]),
];

const NAME_BLANKS: [&str; 7] = ["name", "date", "class", "period", "teacher", "number", "score"];

/// One lesson while it is written.
struct Writer {
    random: Random,
    syllables: &'static [&'static str],
    texts: Vec<String>,
    notes: usize,
    /// The footnotes of the piece of Markdown being written.
    open_notes: Vec<String>,
    sources: usize,
}

/// Writes the issue with the lessons `first` to `first + LESSONS - 1`.
pub(super) fn issue(first: u64) -> Issue {
    let mut random = Random::new(first);
    let (language, syllables) = LANGUAGES[random.number(0, 4) as usize];
    let mut writer = Writer::new(Random::new(first ^ 0xface), syllables);
    let mut blanks: Vec<&str> = NAME_BLANKS.to_vec();
    for index in (1..blanks.len()).rev() {
        blanks.swap(index, random.number(0, index as u64) as usize);
    }
    blanks.truncate(random.number(1, 6) as usize);
    let series = json!({
        "name": writer.title(6), "language": language, "paper": random.one_of(&["letter", "a4"]),
        "look": { "name_line": blanks, "holes": random.one_of(&["start", "end", "top", "none"]) },
        "rights": { "holder": writer.title(4), "licence": "CC BY 4.0" },
    });
    let ids: Vec<String> = (first..first + LESSONS).map(|seed| format!("lesson-{seed}")).collect();
    let issue = json!({
        "number": if random.once_in(4) { "1234567:12" } else { "1:1" }, "date": writer.title(3), "published": "2026-04-01",
        "theme": writer.title(14), "lessons": ids,
    });
    let mut project = Project::empty()
        .write("lessons/series.yaml", series.to_string())
        .write("lessons/one/issue.yaml", issue.to_string())
        .write("lessons/one/images/wide.svg", picture(400, 100))
        .write("lessons/one/images/tall.svg", picture(120, 300));
    if language == "ar" {
        for name in ["TestNaskh-Regular.ttf", "TestNaskh-Bold.ttf"] {
            let fonts = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fonts");
            project = project.write(&format!("fonts/{name}"), std::fs::read(fonts.join(name)).expect("the font can be read"));
        }
    }
    let mut lessons = Vec::new();
    for (id, seed) in ids.into_iter().zip(first..) {
        let mut writer = Writer::new(Random::new(seed), syllables);
        let lesson = writer.lesson();
        project = project.write(&format!("lessons/one/{id}.yaml"), lesson.to_string());
        if seed.is_multiple_of(3) {
            project = project.write(&format!("lessons/one/{id}.teacher.yaml"), writer.teacher_file().to_string());
        }
        lessons.push(Written { seed, id, texts: writer.texts, notes: writer.notes });
    }
    let formats = random.one_of(&[
        "standard",
        "standard,large-print",
        "standard,booklet",
        "2-up",
        "large-print",
        "standard,2-up",
        "compact",
        "standard,clear-print",
    ]);
    let editions = if random.once_in(3) { "student,teacher,key,substitute" } else { "student" };
    Issue { project, lessons, is_right_to_left: language == "ar", arguments: format!("--format {formats} --edition {editions}") }
}

fn picture(width: u32, height: u32) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'><rect width='{width}' height='{height}' fill='#ddd'/></svg>"
    )
}

impl Writer {
    fn new(random: Random, syllables: &'static [&'static str]) -> Self {
        Self { random, syllables, texts: Vec::new(), notes: 0, open_notes: Vec::new(), sources: 0 }
    }

    /// A word of usual length; now and then, one without a place to break.
    fn word(&mut self) -> String {
        let syllables = if self.random.once_in(60) { self.random.number(9, 24) } else { self.random.number(1, 4) };
        (0..syllables).map(|_| self.random.one_of(self.syllables)).collect()
    }

    fn words(&mut self, first: u64, last: u64) -> String {
        let count = self.random.number(first, last);
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn address(&mut self) -> String {
        let long = self.random.number(4, 60);
        let token: String = (0..long).map(|_| self.random.one_of(&["a", "Q", "7", "x", "W", "0", "m"])).collect();
        format!("https://example.org/{}/{token}?e=1", self.random.one_of(&["a", "long-name/of.a/folder", "documents"]))
    }

    /// Short text: usually a few words, sometimes many more.
    fn title(&mut self, usual: u64) -> String {
        let most = if self.random.once_in(5) { usual * 4 } else { usual };
        self.words(1, most)
    }

    /// A line that must print.
    fn line(&mut self, usual: u64) -> String {
        let line = self.title(usual);
        self.texts.push(line.clone());
        line
    }

    /// A sentence or more, maybe with a footnote and an address.
    fn sentence(&mut self, last: u64) -> String {
        let mut text = self.words(4, last);
        self.texts.push(text.clone());
        if self.random.once_in(if last < 20 { 20 } else { 4 }) {
            self.notes += 1;
            let (number, name) = (self.notes, format!("note{}", self.notes));
            let note = if self.random.once_in(6) { self.words(40, 90) } else { self.words(2, 25) };
            text.push_str(&format!(" m{number}q[^{name}]"));
            self.texts.push(note.clone());
            self.open_notes.push(format!("[^{name}]: n{number}q {note}"));
            let more = self.words(1, last);
            self.texts.push(more.clone());
            text.push_str(&format!(" {more}"));
        }
        if self.random.once_in(15) {
            let address = self.address();
            self.texts.push(address.clone());
            text.push_str(&format!(" {address}"));
        }
        text + "."
    }

    /// Markdown pieces with their footnotes at the end.
    fn with_notes(&mut self, mut pieces: Vec<String>) -> String {
        pieces.append(&mut self.open_notes);
        pieces.join("\n\n")
    }

    fn paragraphs(&mut self, most: u64) -> String {
        let count = self.random.number(1, most);
        let pieces = (0..count).map(|_| self.sentence(70)).collect();
        self.with_notes(pieces)
    }

    fn list(&mut self) -> String {
        let numbered = self.random.once_in(2);
        let items: Vec<String> = (1..=self.random.number(2, 8))
            .map(|n| if numbered { format!("{n}. {}", self.sentence(40)) } else { format!("- {}", self.sentence(40)) })
            .collect();
        let list = items.join("\n");
        self.with_notes(vec![list])
    }

    fn table(&mut self) -> String {
        let columns = self.random.number(2, 4);
        let row =
            |writer: &mut Self, most| (0..columns).map(|_| format!("| {} ", writer.sentence(most))).collect::<String>() + "|";
        let mut lines = vec![row(self, 5), "| --- ".repeat(columns as usize) + "|"];
        for _ in 0..self.random.number(1, 9) {
            lines.push(row(self, 14));
        }
        let table = lines.join("\n");
        self.with_notes(vec![table])
    }

    fn prose(&mut self, outermost: bool) -> String {
        match self.random.number(0, 5) {
            0 => self.list(),
            1 => self.table(),
            2 => {
                let quotation = format!("> {}", self.sentence(60));
                self.with_notes(vec![quotation])
            }
            3 if outermost => {
                let heading = format!("## {}", self.line(6));
                let sentence = self.sentence(50);
                self.with_notes(vec![heading, sentence])
            }
            _ => self.paragraphs(4),
        }
    }

    fn figure(&mut self) -> Value {
        let mut figure = json!({
            "image": self.random.one_of(&["images/wide.svg", "images/tall.svg"]), "alt": "A gray box", "caption": self.line(12),
        });
        if self.random.once_in(2) {
            figure["width"] = json!(format!("{} cm", self.random.number(2, 14)));
        }
        json!({ "figure": figure })
    }

    fn source(&mut self) -> Value {
        json!({ "primary_source": {
            "label": "Document A", "title": self.line(6), "headnote": self.paragraphs(1), "text": self.paragraphs(4),
            "origin": self.line(8), "date": self.line(2),
        } })
    }

    fn timeline(&mut self) -> Value {
        let events: Vec<Value> =
            (0..self.random.number(2, 8)).map(|_| json!({ "date": self.line(2), "text": self.line(12) })).collect();
        json!({ "timeline": { "title": self.line(5), "events": events } })
    }

    /// A block of the reading that can be inside another.
    fn inner(&mut self) -> Value {
        match self.random.number(0, 6) {
            0 => self.figure(),
            1 => json!({ "equation": "\\frac{a}{b} = c" }),
            _ => json!(self.prose(false)),
        }
    }

    fn inner_blocks(&mut self, most: u64) -> Vec<Value> {
        (0..self.random.number(1, most)).map(|_| self.inner()).collect()
    }

    fn reading_block(&mut self) -> Value {
        match self.random.number(0, 12) {
            0 => json!({ "sidebar": { "title": self.line(5), "body": self.inner_blocks(3) } }),
            1 => json!({ "columns": self.inner_blocks(5) }),
            2 => {
                let mut blocks = self.inner_blocks(2);
                blocks.push(match self.random.number(0, 2) {
                    0 => self.source(),
                    1 => self.timeline(),
                    _ => self.figure(),
                });
                json!({ "columns": blocks })
            }
            3 => self.source(),
            4 => self.timeline(),
            5 => self.figure(),
            6 => json!({ "note": { "title": self.line(4), "text": self.paragraphs(2) } }),
            7 => self.big_table(),
            8 => self.script(),
            _ => json!(self.prose(true)),
        }
    }

    fn big_table(&mut self) -> Value {
        let columns = self.random.number(2, 6);
        let heads: Vec<String> = (0..columns).map(|_| self.line(3)).collect();
        let rows: Vec<Vec<String>> =
            (0..self.random.number(1, 14)).map(|_| (0..columns).map(|_| self.line(6)).collect()).collect();
        let width = self.random.one_of(&["text", "page", "landscape"]);
        json!({ "table": { "title": self.line(5), "heads": heads, "rows": rows, "width": width, "row_heads": self.random.once_in(2) } })
    }

    fn script(&mut self) -> Value {
        let who: Vec<String> = (0..3).map(|_| self.line(2)).collect();
        // Everyone speaks.
        let lines: Vec<Value> =
            (0..self.random.number(3, 9)).map(|turn| json!({ "who": who[turn as usize % 3], "says": self.line(30) })).collect();
        json!({ "script": { "title": self.line(4), "setting": self.line(6), "lines": lines } })
    }

    fn question(&mut self) -> Value {
        let lines = |writer: &mut Self, first, last, usual| -> Vec<String> {
            (0..writer.random.number(first, last)).map(|_| writer.line(usual)).collect()
        };
        match self.random.number(0, 8) {
            0 | 1 => json!({ "multiple_choice": { "ask": self.line(12), "choices": lines(self, 2, 6, 6) } }),
            2 => json!({ "true_false": { "statements": lines(self, 1, 5, 10) } }),
            3 => {
                let pairs: Vec<Vec<String>> = (0..2).map(|_| (0..4).map(|_| self.line(3)).collect()).collect();
                json!({ "matching": { "ask": self.line(6), "items": pairs[0], "matches": pairs[1] } })
            }
            4 => json!({ "ordering": { "ask": self.line(6), "items": lines(self, 2, 6, 8) } }),
            5 => json!({ "t_chart": { "ask": self.line(6), "columns": lines(self, 2, 2, 3), "space": { "lines": 3 } } }),
            6 => json!({ "blank_table": { "ask": self.line(6), "heads": lines(self, 2, 5, 3), "rows": 3 } }),
            _ => json!({ "prompt": {
                "ask": self.line(14), "hint": self.line(8), "points": 3, "space": { "lines": self.random.number(1, 6) },
            } }),
        }
    }

    fn work(&mut self) -> Value {
        let lines = |writer: &mut Self, first, last, usual| -> Vec<String> {
            (0..writer.random.number(first, last)).map(|_| writer.line(usual)).collect()
        };
        match self.random.number(0, 6) {
            0 => json!({ "materials": lines(self, 1, 5, 5) }),
            1 => {
                let steps: Vec<Value> = (0..self.random.number(1, 6))
                    .map(|_| json!({ "minutes": self.random.number(1, 9), "do": self.line(14) }))
                    .collect();
                json!({ "steps": steps })
            }
            2 => {
                let cards: Vec<Value> =
                    (0..self.random.number(2, 8)).map(|_| json!({ "title": self.line(2), "text": self.line(14) })).collect();
                json!({ "role_cards": { "per": "group", "cards": cards } })
            }
            3 => {
                let cards: Vec<Value> = (0..self.random.number(2, 9)).map(|_| json!({ "text": self.line(6) })).collect();
                json!({ "cut_outs": { "ask": self.line(8), "per": "student", "cards": cards } })
            }
            4 => {
                let levels: Vec<Value> = (0..3).map(|n| json!({ "text": self.line(1), "points": 3 - n })).collect();
                let criteria: Vec<Value> = (0..self.random.number(1, 4))
                    .map(|_| json!({ "text": self.line(2), "levels": (0..3).map(|_| self.line(8)).collect::<Vec<_>>() }))
                    .collect();
                json!({ "rubric": { "title": self.line(4), "levels": levels, "criteria": criteria } })
            }
            5 => json!({ "background": { "title": self.line(4), "text": self.paragraphs(2) } }),
            _ => self.question(),
        }
    }

    fn entry(&mut self) -> (String, Value) {
        self.sources += 1;
        let address = self.address();
        let title = self.line(8);
        (format!("source{}", self.sources), json!({ "kind": "web", "title": title, "url": address, "note": self.line(10) }))
    }

    fn lesson(&mut self) -> Value {
        let mut reading = vec![json!(self.paragraphs(6))];
        for _ in 0..self.random.number(1, 9) {
            reading.push(self.reading_block());
        }
        let mut lesson = json!({
            "title": self.line(7),
            "question": self.line(10),
            "reading": reading,
            "discussion": (0..self.random.number(1, 4)).map(|_| self.question()).collect::<Vec<_>>(),
        });
        if self.random.once_in(2) {
            lesson["vocabulary"] = (0..self.random.number(1, 6))
                .map(|n| json!({ "term": format!("{} {n}", self.line(1)), "meaning": self.line(9) }))
                .collect();
        }
        if self.random.once_in(2) {
            lesson["activity"] = json!({
                "title": self.line(5), "minutes": 600, "groups": { "size": self.random.number(2, 6) },
                "body": (0..self.random.number(1, 5)).map(|_| self.work()).collect::<Vec<_>>(),
            });
        }
        if self.random.once_in(2) {
            let ask = self.line(10);
            lesson["exit_ticket"] = json!([{ "ask": ask, "space": { "lines": 2 } }]);
        }
        if self.random.once_in(2) {
            let entries: serde_json::Map<String, Value> = (0..self.random.number(1, 5)).map(|_| self.entry()).collect();
            lesson["bibliography"] =
                json!({ "groups": [{ "title": self.line(3), "further_reading": true, "entries": entries }] });
        }
        lesson
    }

    fn teacher_file(&mut self) -> Value {
        let pacing: Vec<Value> = (0..self.random.number(1, 4))
            .map(|_| json!({ "minutes": self.random.number(1, 30), "do": self.title(12) }))
            .collect();
        json!({
            "objectives": (0..self.random.number(1, 4)).map(|_| self.title(10)).collect::<Vec<_>>(),
            "pacing": pacing,
            "misconceptions": [{ "belief": self.title(6), "response": self.title(10) }],
            "substitute": {
                "minutes": 40, "in_two_minutes": self.title(9), "early_finishers": self.title(6), "do_not": self.title(6),
                "steps": (0..2).map(|_| json!({ "minutes": 20, "do": self.title(8), "say": self.title(6) })).collect::<Vec<_>>(),
            },
        })
    }
}
