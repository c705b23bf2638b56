//! Quotation marks by language, for text outside the templates: bookmarks, document properties, headings, and web pages.
//!
//! In running text, the engine sets them by the same rules. Spanish without a country has the marks of the Americas there, too: see
//! `marks-of` in `src/templates/words.typ`.

/// Replaces straight marks with the marks of a language; remembers open quotations from one piece of text to the next.
#[derive(Debug)]
pub struct Quotes {
    marks: Marks,
    previous: char,
    /// Whether a single mark opened a quotation.
    single_is_open: bool,
}

/// Single and double marks, opening and closing.
#[derive(Debug, Clone, Copy)]
struct Marks {
    single: (&'static str, &'static str),
    double: (&'static str, &'static str),
}

const APOSTROPHE: &str = "’";

impl Marks {
    /// The marks of a language, by its BCP 47 tag; English marks for an unknown language.
    fn of(tag: &str) -> Self {
        let (language, rest) = tag.split_once('-').unwrap_or((tag, ""));
        let (single, double) = match (language, rest) {
            ("de", "CH" | "LI") => (("‹", "›"), ("«", "»")),
            ("cs" | "de" | "sk" | "sl", _) => (("‚", "‘"), ("„", "“")),
            ("fr", "CH") => (("‹\u{202f}", "\u{202f}›"), ("«\u{202f}", "\u{202f}»")),
            ("fr", _) => (("“", "”"), ("«\u{202f}", "\u{202f}»")),
            ("es", "ES") | ("it" | "uk", _) => (("“", "”"), ("«", "»")),
            ("ru", _) => (("„", "“"), ("«", "»")),
            ("pl" | "ro" | "hu", _) => (("’", "’"), ("„", "”")),
            ("ar", _) => (("’", "‘"), ("«", "»")),
            ("fa" | "ur", _) => (("’", "‘"), ("”", "“")),
            ("he", _) => (("’", "’"), ("”", "”")),
            _ => (("‘", "’"), ("“", "”")),
        };
        Self { single, double }
    }
}

impl Quotes {
    /// Quotation marks for a language, by its BCP 47 tag.
    pub fn of(tag: &str) -> Self {
        Self { marks: Marks::of(tag), previous: ' ', single_is_open: false }
    }

    /// The text with the language's quotation marks.
    pub fn text(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                '"' | '\'' => out.push_str(self.mark(c == '"')),
                _ => {
                    self.previous = c;
                    out.push(c);
                }
            }
        }
        out
    }

    /// The next mark in the text.
    pub fn mark(&mut self, double: bool) -> &'static str {
        let opens = self.previous.is_whitespace() || "([{–—“‘«‹„‚\u{202f}".contains(self.previous);
        let mark = match (double, opens) {
            (true, true) => self.marks.double.0,
            (true, false) => self.marks.double.1,
            (false, true) => {
                self.single_is_open = true;
                self.marks.single.0
            }
            (false, false) if self.single_is_open => {
                self.single_is_open = false;
                self.marks.single.1
            }
            (false, false) => APOSTROPHE,
        };
        // After an opening mark, the next one opens too.
        self.previous = if opens { '“' } else { '”' };
        mark
    }
}

/// Text with the quotation marks of its language, by its BCP 47 tag.
pub fn with_quotation_marks(text: &str, tag: &str) -> String {
    Quotes::of(tag).text(text)
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
            assert_eq!(with_quotation_marks(text, tag), expected, "{tag}");
        }
    }

    #[test]
    fn marks_inside_marks() {
        assert_eq!(with_quotation_marks("(\"'No,' he said,\" she wrote)", "en"), "(“‘No,’ he said,” she wrote)");
        assert_eq!(with_quotation_marks("\"'Nein', sagte er\"", "de"), "„‚Nein‘, sagte er“");
    }
}
