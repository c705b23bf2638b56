//! Typographic characters for typed ones, by language: quotation marks, apostrophes, primes after numbers, and dashes.
//!
//! Running text, bookmarks, document properties, and web pages all get them here. The templates print what they are given.

/// The character in place of a citation, note, or equation, so the characters around it are known.
pub const OBJECT: char = '\u{fffc}';

/// The text with the characters of its language, by its BCP 47 tag.
pub fn typeset(text: &str, tag: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let set = Setter::new(&chars, tag).run();
    let mut out = String::with_capacity(text.len());
    for (c, set) in chars.iter().zip(&set) {
        match set {
            Set::Same => out.push(*c),
            Set::As(text) => out.push_str(text),
        }
    }
    out
}

/// What becomes of a character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Set {
    /// It prints as typed.
    Same,
    /// It prints as this text, which can be empty.
    As(String),
}

/// What becomes of each character of some text in a language, by its BCP 47 tag.
pub fn of(chars: &[char], tag: &str) -> Vec<Set> {
    Setter::new(chars, tag).run()
}

/// Whether a character always prints as typed.
pub fn is_plain(c: char) -> bool {
    !matches!(c, '"' | '\'' | '-' | '”' | '’')
}

/// Single and double marks, opening and closing.
#[derive(Debug, Clone, Copy)]
struct Marks {
    single: (&'static str, &'static str),
    double: (&'static str, &'static str),
}

const APOSTROPHE: &str = "’";
const PRIME: &str = "′";
const DOUBLE_PRIME: &str = "″";

/// How far the end of a quotation is looked for, in characters.
const LONGEST_QUOTATION: usize = 2000;

/// English words that begin with an apostrophe.
const ELISIONS: [&str; 21] = [
    "bout", "cause", "cept", "cuz", "em", "ere", "fraid", "gainst", "kay", "mid", "mongst", "n", "neath", "nother", "nuff",
    "round", "scuse", "til", "tis", "twas", "twere",
];

/// What follows an apostrophe at the end of a word.
const ENDINGS: [&str; 7] = ["s", "d", "ll", "re", "ve", "m", "t"];

/// German words that begin with one.
const GERMAN_ELISIONS: [&str; 8] = ["n", "ne", "nen", "nem", "ner", "s", "ran", "raus"];

/// The same that also begin other words.
const ELIDED_BEGINNINGS: [&str; 4] = ["twill", "twould", "tisn", "twasn"];

impl Marks {
    /// The marks of a language, by its BCP 47 tag; English marks for an unknown language. Those of Spanish without a country are the
    /// marks of the Americas. Source: the Unicode CLDR's delimiters, which the engine follows, too.
    fn of(tag: &str) -> Self {
        let (language, rest) = tag.split_once('-').unwrap_or((tag, ""));
        let (single, double) = match (language, rest) {
            ("de", "CH" | "LI") => (("‹", "›"), ("«", "»")),
            ("cs" | "de" | "et" | "is" | "lt" | "lv" | "sk" | "sl", _) => (("‚", "‘"), ("„", "“")),
            ("fr", "CH") => (("‹\u{202f}", "\u{202f}›"), ("«\u{202f}", "\u{202f}»")),
            ("fr", _) => (("“", "”"), ("«\u{202f}", "\u{202f}»")),
            ("es", "ES") | ("it" | "la" | "gl" | "uk", _) => (("“", "”"), ("«", "»")),
            ("ru", _) => (("„", "“"), ("«", "»")),
            ("el" | "nb" | "nn" | "no", _) => (("‘", "’"), ("«", "»")),
            ("bs" | "fi" | "sv", _) => (("’", "’"), ("”", "”")),
            ("pl" | "ro" | "hu", _) => (("’", "’"), ("„", "”")),
            ("bg", _) => (("’", "’"), ("„", "“")),
            ("hr", _) => (("‘", "’"), ("„", "”")),
            ("ja", _) | ("zh", "TW" | "HK" | "MO") => (("『", "』"), ("「", "」")),
            ("ar", _) => (("’", "‘"), ("«", "»")),
            ("fa" | "ur" | "ps", _) => (("’", "‘"), ("”", "“")),
            ("he", _) => (("’", "’"), ("”", "”")),
            _ => (("‘", "’"), ("“", "”")),
        };
        Self { single, double }
    }
}

/// An open quotation.
#[derive(Debug, Clone, Copy)]
struct Open {
    /// Whether it was typed as a double mark.
    typed_double: bool,
    /// Whether it prints as one.
    is_double: bool,
}

struct Setter<'a> {
    chars: &'a [char],
    marks: Marks,
    is_english: bool,
    is_german: bool,
    /// Whether periods and commas go before closing marks.
    is_american: bool,
    open: Vec<Open>,
    set: Vec<Set>,
    /// Which characters are closing quotation marks.
    closing: Vec<bool>,
    /// The last single mark that could close a quotation, straight or typed.
    last_closer: usize,
    /// The last character before the current one; for a straight mark, what it has become.
    before: Option<char>,
}

impl<'a> Setter<'a> {
    fn new(chars: &'a [char], tag: &str) -> Self {
        let (language, country) = tag.split_once('-').unwrap_or((tag, ""));
        let closes = |at: usize| {
            chars[at] == '’'
                || chars[at] == '\''
                    && at > 0
                    && !chars[at - 1].is_whitespace()
                    && chars.get(at + 1).is_none_or(|next| !next.is_alphanumeric())
        };
        Self {
            chars,
            marks: Marks::of(tag),
            is_english: language == "en",
            is_german: language == "de",
            is_american: language == "en" && matches!(country, "" | "US"),
            open: Vec::new(),
            set: vec![Set::Same; chars.len()],
            closing: vec![false; chars.len()],
            last_closer: (0..chars.len()).rev().find(|at| closes(*at)).unwrap_or(0),
            before: None,
        }
    }

    fn run(mut self) -> Vec<Set> {
        let mut at = 0;
        while at < self.chars.len() {
            let c = self.chars[at];
            match c {
                '"' | '\'' => self.mark(at),
                '-' => {
                    let hyphens = self.chars[at..].iter().take_while(|c| **c == '-').count();
                    self.dash(at, hyphens);
                    self.before = Some('–');
                    at += hyphens - 1;
                }
                '“' | '‘' | '«' | '‹' | '„' | '‚' | '「' | '『' => self.typed_opening(c),
                '”' | '’' | '»' | '›' | '」' | '』' => self.typed_closing(at),
                _ => {}
            }
            if !matches!(c, '"' | '\'' | '-' | '\u{200b}' | '\u{2060}') {
                self.before = Some(c);
            }
            at += 1;
        }
        if self.is_american {
            self.move_punctuation();
        }
        self.set
    }

    /// Two hyphens are a dash, as on a typewriter: short between numbers, and with spaces in languages other than English.
    fn dash(&mut self, at: usize, hyphens: usize) {
        let after = self.chars.get(at + hyphens).copied();
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        // An arrow, or an option of a program.
        if after == Some('>') || self.before == Some('<') || (is_space(self.before) && !is_space(after)) {
            return;
        }
        let dash = match hyphens {
            2 if (is_digit(self.before) || self.before == Some('.')) && is_digit(after) => "–",
            2 if !self.is_english && is_space(self.before) && is_space(after) => "–",
            2 | 3 => "—",
            _ => return,
        };
        self.set[at] = Set::As(dash.to_owned());
        self.set[at + 1..at + hyphens].fill(Set::As(String::new()));
    }

    fn typed_opening(&mut self, c: char) {
        let typed_double = matches!(c, '“' | '«' | '„' | '「');
        // In some languages, this is a closing mark.
        if matches!(c, '“' | '‘')
            && self.open.last().is_some_and(|open| open.typed_double == typed_double)
            && self.is_closing_place()
        {
            let closing = if typed_double { self.marks.double.1 } else { self.marks.single.1 };
            if closing.starts_with(c) {
                self.open.pop();
                return;
            }
        }
        self.open.push(Open { typed_double, is_double: typed_double });
    }

    fn is_closing_place(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace() && !"([{".contains(c))
    }

    fn typed_closing(&mut self, at: usize) {
        let c = self.chars[at];
        let after = self.chars.get(at + 1);
        let is_apostrophe =
            c == '’' && self.before.is_some_and(char::is_alphanumeric) && after.is_some_and(|c| c.is_alphanumeric());
        let double = matches!(c, '”' | '»' | '」');
        if !is_apostrophe && self.open.last().is_some_and(|open| open.typed_double == double) {
            self.open.pop();
            self.closing[at] = matches!(c, '”' | '’');
        }
    }

    /// Sets the straight mark at `at`.
    fn mark(&mut self, at: usize) {
        let double = self.chars[at] == '"';
        let set = if let Some(prime) = self.prime(at, double) {
            prime
        } else if !double && self.is_apostrophe(at) {
            APOSTROPHE
        } else if self.opens(at, double) {
            let is_double = self.open.last().map_or(double, |outer| !outer.is_double);
            self.open.push(Open { typed_double: double, is_double });
            self.before = Some('“');
            self.set[at] = Set::As(if is_double { self.marks.double.0 } else { self.marks.single.0 }.to_owned());
            return;
        } else {
            match self.open.iter().rposition(|open| open.typed_double == double) {
                Some(position) => {
                    let open = self.open[position];
                    self.open.truncate(position);
                    self.closing[at] = true;
                    if open.is_double { self.marks.double.1 } else { self.marks.single.1 }
                }
                None if double => self.marks.double.1,
                None => APOSTROPHE,
            }
        };
        self.set[at] = Set::As(set.to_owned());
        self.before = Some('”');
    }

    /// A prime after a number: `5'10"`, `40°26'46"`, `6' tall`.
    fn prime(&self, at: usize, double: bool) -> Option<&'static str> {
        if !self.before.is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        let after = self.chars.get(at + 1).copied();
        let is_open = self.open.iter().any(|open| open.typed_double == double);
        if !double {
            return match after {
                // `5'10"`, but not the end of a quotation.
                Some(c) if c.is_ascii_digit() => Some(PRIME),
                Some(c) if c.is_alphabetic() => None,
                _ if is_open => None,
                _ => Some(PRIME),
            };
        }
        let digits =
            self.chars[..at].iter().rev().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '½' | '¼' | '¾')).count();
        let before_digits = self.chars[..at - digits].iter().rev().find(|c| !c.is_whitespace()).copied();
        let after_feet = matches!(before_digits, Some('\'' | '′' | '’'))
            && self.chars[..at - digits]
                .iter()
                .rev()
                .skip_while(|c| !matches!(c, '\'' | '′' | '’'))
                .nth(1)
                .is_some_and(char::is_ascii_digit);
        (after_feet || !is_open || self.is_closed_later(at)).then_some(DOUBLE_PRIME)
    }

    /// Whether a later double mark closes the open quotation, so that the one at `at` needn't.
    fn is_closed_later(&self, at: usize) -> bool {
        if self.chars.get(at + 1).is_none_or(|c| *c != ' ') {
            return false;
        }
        let mut open = 0;
        for (at, _) in self.chars.iter().enumerate().skip(at + 1).take(LONGEST_QUOTATION).filter(|(_, c)| **c == '"') {
            let is_before_space = self.chars.get(at + 1).is_none_or(|c| c.is_whitespace());
            if self.chars[at - 1].is_whitespace() && !is_before_space {
                open += 1;
            } else if open == 0 {
                return true;
            } else {
                open -= 1;
            }
        }
        false
    }

    fn is_apostrophe(&self, at: usize) -> bool {
        let rest = &self.chars[at + 1..];
        let next = rest.first().copied();
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        // After an equation or a citation, only an ending is left.
        if is_letter(self.before) {
            return is_letter(next);
        }
        let ending: String = rest.iter().take_while(|c| c.is_alphanumeric()).collect();
        if self.before.is_some_and(|c| matches!(c, OBJECT | ')' | ']' | '}' | '”')) && ENDINGS.contains(&ending.as_str()) {
            return true;
        }
        // A decade or a class year: '90s, '76.
        let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
        if digits == 2 && rest.get(2).is_none_or(|c| *c == 's' || !c.is_alphanumeric()) && rest.get(2) != Some(&'%') {
            return true;
        }
        let word: String = rest.iter().take_while(|c| c.is_alphabetic()).flat_map(|c| c.to_lowercase()).collect();
        let is_elision = ELISIONS.contains(&word.as_str()) || ELIDED_BEGINNINGS.contains(&word.as_str());
        if self.is_german && GERMAN_ELISIONS.contains(&word.as_str()) {
            return true;
        }
        if self.is_english && is_elision {
            // 'n' between two words has two; a quoted "n" has them, too, and looks the same at its end.
            return true;
        }
        // Without a mark that could close it, it opens nothing.
        is_letter(next) && self.last_closer <= at
    }

    fn opens(&self, at: usize, double: bool) -> bool {
        // Marks in a row open or close together.
        let after = self.chars[at + 1..].iter().copied().find(|c| !matches!(c, '"' | '\''));
        let is_open = self.open.last().is_some_and(|open| open.typed_double == double);
        // A mark in quotation marks: ".".
        let quotes_mark =
            self.chars.get(at + 2) == Some(&self.chars[at]) && self.chars.get(at + 1).is_some_and(|c| c.is_ascii_punctuation());
        let is_empty = self.chars.get(at + 1) == Some(&self.chars[at]) && !is_open;
        let can_open = match after {
            _ if quotes_mark || is_empty => !is_open,
            None => false,
            Some('.') => self.chars[at + 1..].starts_with(&['.', '.']),
            Some(c) => !c.is_whitespace() && !",;:!?)]}”’»›%".contains(c),
        };
        match self.before {
            None => can_open || after.is_some_and(char::is_whitespace),
            Some(c) if c.is_whitespace() && !can_open => !is_open && after.is_some(),
            Some(c) if c.is_whitespace() || "([{<¿¡“‘«‹„‚「『\u{202f}".contains(c) => can_open,
            _ if !can_open => false,
            // Between two characters that aren't spaces: languages without spaces open there, and so does punctuation.
            Some(c) if c.is_alphanumeric() => !is_open && double,
            Some(OBJECT) => false,
            Some(_) => !is_open,
        }
    }

    /// Moves periods and commas before closing marks, as American English has it.
    fn move_punctuation(&mut self) {
        let mut at = 0;
        while at < self.chars.len() {
            let run = self.closing[at..].iter().take_while(|closing| **closing).count();
            if run == 0 {
                at += 1;
                continue;
            }
            let end = at + run;
            let point = self.chars.get(end).copied().filter(|c| matches!(c, '.' | ','));
            let next = self.chars.get(end + 1).copied();
            let before = self.chars[..at].last().copied();
            let is_free = next.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | ',' | '%' | '/'));
            let is_settled =
                before.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | '!' | '?' | '…' | ';' | ':' | '—' | OBJECT));
            if let Some(point) = point.filter(|_| is_free && !is_settled) {
                let mark = match &self.set[at] {
                    Set::As(mark) => mark.clone(),
                    Set::Same => self.chars[at].to_string(),
                };
                self.set[at] = Set::As(format!("{point}{mark}"));
                self.set[end] = Set::As(String::new());
            }
            at = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_marks() {
        let text = "Stalin's \"Show Trials\"";
        for (tag, expected) in [
            ("en-US", "Stalin’s “Show Trials”"),
            ("de", "Stalin’s „Show Trials“"),
            ("es", "Stalin’s “Show Trials”"),
            ("es-ES", "Stalin’s «Show Trials»"),
            ("fr", "Stalin’s «\u{202f}Show Trials\u{202f}»"),
            ("zh-CN", "Stalin’s “Show Trials”"),
        ] {
            assert_eq!(typeset(text, tag), expected, "{tag}");
        }
    }

    #[test]
    fn marks_inside_marks_alternate() {
        for (typed, expected) in [
            ("(\"'No,' he said,\" she wrote)", "(“‘No,’ he said,” she wrote)"),
            ("\"'Never,' she said, 'will I go.'\"", "“‘Never,’ she said, ‘will I go.’”"),
            ("And \"then he said 'no'.\"", "And “then he said ‘no.’”"),
            ("\"He said \"no\" to me\"", "“He said ‘no’ to me”"),
            ("“The \"New\" Deal”", "“The ‘New’ Deal”"),
            ("'He said 'no' twice'", "‘He said “no” twice’"),
            ("\"one\"/\"two\" and (\"three\")", "“one”/“two” and (“three”)"),
            ("He said:\"Yes\"--\"no\", she said", "He said:“Yes”—“no,” she said"),
            ("Who said 'It's over'?", "Who said ‘It’s over’?"),
            ("a pre-\"modern\" state", "a pre-“modern” state"),
            ("a period (\".\") or \"!\"", "a period (“.”) or “!”"),
            ("nothing: \"\"", "nothing: “”"),
        ] {
            assert_eq!(typeset(typed, "en"), expected);
        }
        assert_eq!(typeset("\"'Nein', sagte er\"", "de"), "„‚Nein‘, sagte er“");
        assert_eq!(typeset("L'\"histoire\" d'un \"'mot'\"", "fr"), "L’«\u{202f}histoire\u{202f}» d’un «\u{202f}“mot”\u{202f}»");
        assert_eq!(typeset("他说\"你好\"。", "zh"), "他说“你好”。");
    }

    #[test]
    fn apostrophes_are_not_quotation_marks() {
        for (typed, expected) in [
            ("'Tis the Season: Rock 'n' Roll in the '50s", "’Tis the Season: Rock ’n’ Roll in the ’50s"),
            (
                "\"Thus I say: 'tis a good day.\" In the '90s, \"all\" changed",
                "“Thus I say: ’tis a good day.” In the ’90s, “all” changed",
            ),
            ("The class of '76. Dogs' and cats'.", "The class of ’76. Dogs’ and cats’."),
            ("'Cause I said so", "’Cause I said so"),
            ("What does \"'tis\" mean?", "What does “’tis” mean?"),
            ("the author(s)' names, (TNT)'s power", "the author(s)’ names, (TNT)’s power"),
            ("\"Hamlet\"'s end", "“Hamlet”’s end"),
            ("'It's jolly good!' he laughed.", "‘It’s jolly good!’ he laughed."),
            ("The boys' \"gun\".", "The boys’ “gun.”"),
            ("get 'em in the 1990's", "get ’em in the 1990’s"),
            ("'Course it is", "’Course it is"),
            ("José's", "José’s"),
        ] {
            assert_eq!(typeset(typed, "en"), expected);
        }
    }

    #[test]
    fn primes_follow_numbers() {
        for (typed, expected) in [
            ("He is 5'10\" tall, and 40°26'46\" north.", "He is 5′10″ tall, and 40°26′46″ north."),
            ("a 6' board, 12\" wide", "a 6′ board, 12″ wide"),
            ("\"a 12\" ruler\" and \"one\"", "“a 12″ ruler” and “one”"),
            ("\"in 1984\" and 'in 1985'", "“in 1984” and ‘in 1985’"),
            ("\"He is 6'2\" tall,\" she said", "“He is 6′2″ tall,” she said"),
        ] {
            assert_eq!(typeset(typed, "en"), expected);
        }
    }

    #[test]
    fn periods_and_commas_go_inside_american_marks() {
        for (typed, american, british) in [
            ("the word \"no\".", "the word “no.”", "the word “no”."),
            ("\"one\", 'two', and", "“one,” ‘two,’ and", "“one”, ‘two’, and"),
            ("\"He said 'no'\".", "“He said ‘no.’”", "“He said ‘no’”."),
            ("\"Why?\".", "“Why?”.", "“Why?”."),
            ("“curly”, too", "“curly,” too", "“curly”, too"),
            ("the file \"a\".txt; dogs'.", "the file “a”.txt; dogs’.", "the file “a”.txt; dogs’."),
            ("\"a\"; \"b\": c", "“a”; “b”: c", "“a”; “b”: c"),
        ] {
            assert_eq!(typeset(typed, "en-US"), american);
            assert_eq!(typeset(typed, "en-GB"), british);
        }
    }

    #[test]
    fn hyphens_become_dashes() {
        for (typed, expected) in [
            ("1914--1918", "1914–1918"),
            ("a dash---here and--here -- there", "a dash—here and—here — there"),
            ("a ---- line, well-known", "a ---- line, well-known"),
            ("an arrow --> and --help", "an arrow --> and --help"),
            ("9:05 a.m.--3:30 p.m.", "9:05 a.m.–3:30 p.m."),
        ] {
            assert_eq!(typeset(typed, "en"), expected);
        }
        assert_eq!(typeset("Wort -- Wort", "de"), "Wort – Wort");
    }
}
