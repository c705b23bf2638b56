//! Tidies a file: spaces at the ends of lines, blank lines at the end and in rows, tabs in the indentation. Comments and all text
//! stay.

use super::cursor::text_lines;

/// How many spaces a tab in the indentation becomes.
const TAB: &str = "  ";

/// The most blank lines in a row outside of text.
const MAX_BLANK: usize = 1;

/// The tidied text of a file.
pub fn formatted(text: &str) -> String {
    let in_text = text_lines(text);
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    for (line, in_text) in text.lines().zip(in_text) {
        // Two spaces at the end of a line of Markdown are a line break.
        let kept = if in_text && !line.trim().is_empty() { line } else { line.trim_end() };
        if kept.is_empty() {
            blank += 1;
            continue;
        }
        let lines = if in_text { blank } else { blank.min(MAX_BLANK) };
        if !out.is_empty() {
            out.extend(std::iter::repeat_n('\n', lines));
        }
        blank = 0;
        let indentation = &kept[..kept.len() - kept.trim_start_matches([' ', '\t']).len()];
        if !in_text && indentation.contains('\t') {
            out.push_str(&indentation.replace('\t', TAB));
            out.push_str(&kept[indentation.len()..]);
        } else {
            out.push_str(kept);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_spaces_change() {
        let text = "title: War   # It's short.  \n\n\n\nreading: |\n  One  \n  two.\n\n\n  Three.\t\ndiscussion:\n\t- Why?\n\n\n";
        let expected = "title: War   # It's short.\n\nreading: |\n  One  \n  two.\n\n\n  Three.\t\ndiscussion:\n  - Why?\n";
        assert_eq!(formatted(text), expected);
        assert_eq!(formatted(expected), expected);
        assert_eq!(formatted(""), "");
    }
}
