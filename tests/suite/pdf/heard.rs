//! A file as a screen reader speaks it: PDFium's rules for what is there, and NVDA's words for what it is.
//!
//! Only elements with something on a page are spoken: marked content, or the widget of a field. Replacement text and alternative
//! text are spoken in place of what is inside. What is spoken of lists, tables, and quotations is where they begin and end.

use super::content::Painting;
use super::structure::{Element, Kid, Speech};

/// What is heard, one line per stop.
pub(super) fn heard(root: &Element, pages: &[Painting]) -> String {
    let mut voice = Voice { pages, out: String::new(), line: String::new(), after_label: false };
    voice.inside(root);
    voice.stop();
    voice.out
}

struct Voice<'a> {
    pages: &'a [Painting],
    out: String,
    /// What was said since the last stop.
    line: String,
    /// Whether that ends with the label of an entry, which its text follows.
    after_label: bool,
}

impl Voice<'_> {
    fn inside(&mut self, element: &Element) {
        let mut stretch: Vec<&Kid> = Vec::new();
        for kid in &element.kids {
            match kid {
                Kid::Content { .. } => stretch.push(kid),
                Kid::Element(inner) => {
                    self.content(&mut stretch);
                    if inner.is_there() {
                        self.element(inner);
                    }
                }
            }
        }
        self.content(&mut stretch);
    }

    fn element(&mut self, element: &Element) {
        let language = element.property("lang").map(|lang| format!("({lang}) ")).unwrap_or_default();
        if let Some(said) = element.property("actual") {
            self.say(&format!("{language}{said}"));
            return;
        }
        match element.role.as_str() {
            "Form" => {
                let said = element.property("alt").or(element.property("annotation")).unwrap_or("without a name");
                let kind = match element.property("role") {
                    Some("cb") => "check box",
                    Some("rb") => "choice",
                    Some("tv") => "blank",
                    Some(other) => other,
                    None => "field",
                };
                let state = match element.property("checked") {
                    Some("on") => ", checked",
                    Some("off") => ", not checked",
                    _ => "",
                };
                self.say(&format!("[{language}{kind}{state}: {said}]"));
            }
            "Figure" => {
                self.stop();
                self.say(&format!("figure: {language}{}", element.property("alt").unwrap_or("without a description")));
                self.stop();
                for kid in &element.kids {
                    if let Kid::Element(caption) = kid {
                        self.element(caption);
                    }
                }
            }
            "Formula" => self.say(&format!("{language}{}", element.property("alt").unwrap_or("formula"))),
            "Link" => {
                self.say(&format!("[link {language}"));
                self.inside(element);
                if let Some(name) = element.property("annotation") {
                    self.say(&format!("| {name}"));
                }
                self.line.push(']');
            }
            "L" => {
                let entries = element.kids.len();
                self.line_of(&format!("list, {entries} {}", if entries == 1 { "entry" } else { "entries" }));
                self.inside(element);
                self.line_of("end of list");
            }
            "Lbl" => {
                self.say(&language);
                self.inside(element);
                self.line.push(' ');
                self.after_label = true;
            }
            "LBody" => self.inside(element),
            "BlockQuote" | "Note" | "Sect" | "Art" => {
                let name = match element.role.as_str() {
                    "BlockQuote" => "quotation",
                    "Note" => "note",
                    _ => "section",
                };
                self.line_of(&format!("{name} {language}"));
                self.inside(element);
                self.line_of(&format!("end of {name}"));
            }
            "Table" => {
                self.line_of("table");
                self.inside(element);
                self.line_of("end of table");
            }
            "TR" => {
                self.stop();
                for (index, kid) in element.kids.iter().enumerate() {
                    let Kid::Element(cell) = kid else { continue };
                    self.say(if index == 0 { "row: " } else { "| " });
                    self.cell(cell);
                }
                self.stop();
            }
            "Caption" | "P" => {
                self.stop();
                self.say(&language);
                self.inside(element);
                self.stop();
            }
            role if role.len() == 2 && role.starts_with('H') => {
                self.stop();
                self.say(&format!("heading {}: {language}", &role[1..]));
                self.inside(element);
                self.stop();
            }
            "LI" => {
                self.stop();
                self.inside(element);
                self.stop();
            }
            _ if element.is_block => {
                self.inside(element);
            }
            _ => {
                self.say(&language);
                self.inside(element);
            }
        }
    }

    /// A cell on the line of its row, whatever is in it.
    fn cell(&mut self, cell: &Element) {
        let mut own = Voice { pages: self.pages, out: String::new(), line: String::new(), after_label: false };
        own.inside(cell);
        own.stop();
        let text = own.out.lines().collect::<Vec<_>>().join(" / ");
        self.say(&text);
        self.line.push(' ');
    }

    fn content(&mut self, stretch: &mut Vec<&Kid>) {
        let text = Speech::of(stretch, self.pages);
        stretch.clear();
        self.say(text.trim());
    }

    fn say(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.after_label = false;
        let joins = self.line.is_empty()
            || self.line.ends_with([' ', '(', '[', '“'])
            || text.starts_with(['.', ',', ';', ':', ')', '”', '’', '?', '!']);
        if !joins {
            self.line.push(' ');
        }
        self.line.push_str(text);
    }

    fn line_of(&mut self, text: &str) {
        self.stop();
        self.line.push_str(text);
        self.stop();
    }

    fn stop(&mut self) {
        if std::mem::take(&mut self.after_label) {
            return;
        }
        let line = std::mem::take(&mut self.line);
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.is_empty() {
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }
}
