//! Writes values as YAML that reads as the same value.

/// Signs that mean something at the start of text.
const SIGNS: [char; 19] = ['-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`'];

/// One line of text as a value: plain if YAML reads it as it is, otherwise in quotation marks. Line breaks become spaces.
pub fn line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if reads_as_it_is(&text) { text } else { quoted(&text) }
}

/// The same inside braces or brackets, where commas and brackets end text.
pub fn in_braces(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_plain = reads_as_it_is(&text) && !text.contains([',', '[', ']', '{', '}']);
    if is_plain { text } else { quoted(&text) }
}

/// Several lines as text below `|`, indented by this many spaces, with a line break at the end.
pub fn block(text: &str, indentation: usize) -> String {
    let margin = " ".repeat(indentation);
    let mut out = String::from("|\n");
    for line in text.trim_end().lines() {
        if !line.trim().is_empty() {
            out.push_str(&margin);
            out.push_str(line.trim_end_matches(['\r', '\t']));
        }
        out.push('\n');
    }
    out
}

fn reads_as_it_is(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(SIGNS)
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !matches!(text, "null" | "Null" | "NULL" | "~" | "true" | "false")
        && !text.contains(|c: char| c.is_control())
}

fn quoted(text: &str) -> String {
    let escape = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => String::new(),
        c => c.to_string(),
    };
    if text.contains(['"', '\\']) && !text.contains(|c: char| c.is_control()) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    format!("\"{}\"", text.chars().map(escape).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::source::Sources;
    use crate::yaml::{Value, parse};

    fn read(yaml: &str) -> String {
        let mut sources = Sources::default();
        let file = sources.add("a.yaml", yaml.to_owned());
        let mut diagnostics = Diagnostics::default();
        let node = parse(file, &sources, &mut diagnostics);
        assert_eq!(diagnostics.errors(), 0, "{yaml}");
        let Value::Map(entries) = node.value else { panic!("{yaml} isn't a map") };
        match &entries[0].1.value {
            Value::Text(scalar) => scalar.text.clone(),
            Value::Map(inner) => match &inner[0].1.value {
                Value::Text(scalar) => scalar.text.clone(),
                other => panic!("{yaml}: {other:?}"),
            },
            other => panic!("{yaml}: {other:?}"),
        }
    }

    #[test]
    fn text_reads_as_it_was() {
        for text in [
            "War",
            "War: a story",
            "*War*",
            "- War",
            "#1",
            "a #b",
            "Who said \"no\"?",
            "It's \"so\"",
            "a\\b",
            "null",
            "true",
            "1984",
            "7:4",
            "a, b",
            "[x]",
            "{y}",
            "@home",
            "100%",
            "% of",
            "'tis",
            "ends:",
            "https://example.org",
            "é — “x”",
            "-5",
        ] {
            assert_eq!(read(&format!("title: {}\n", line(text))), text);
            assert_eq!(read(&format!("a: {{b: {}}}\n", in_braces(text))), text);
        }
        assert_eq!(line(" two\n lines "), "two lines");
        assert_eq!(read(&format!("text: {}", block("One: 1\n\n- # two\n", 2))), "One: 1\n\n- # two\n");
    }
}
