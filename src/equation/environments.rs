//! What stands between `\begin` and `\end`: matrices, cases and aligned lines.

use std::ops::Range;

use super::parse::{Parser, Until};
use super::tokens::TokenKind;
use super::{MAX_ROWS, Math};
use crate::diagnostics::did_you_mean;

/// The environments, with the brackets of those that are matrices.
const ENVIRONMENTS: &[(&str, Environment)] = &[
    ("aligned", Environment::Lines),
    ("cases", Environment::Cases),
    ("matrix", Environment::Matrix("", "")),
    ("pmatrix", Environment::Matrix("(", ")")),
    ("bmatrix", Environment::Matrix("[", "]")),
    ("Bmatrix", Environment::Matrix("{", "}")),
    ("vmatrix", Environment::Matrix("|", "|")),
];

/// Environments of LaTeX that `aligned` stands for.
const ALIGNED: &[&str] =
    &["align", "align*", "split", "gather", "gather*", "gathered", "eqnarray", "equation", "equation*", "alignat"];

#[derive(Clone, Copy)]
enum Environment {
    Lines,
    Cases,
    Matrix(&'static str, &'static str),
}

/// Every environment that an equation may have: for the reference.
pub fn environments() -> impl Iterator<Item = &'static str> + Clone {
    ENVIRONMENTS.iter().map(|(name, _)| *name)
}

impl Parser<'_> {
    /// An environment, of which `\begin` has been read.
    pub(super) fn environment(&mut self, begin: Range<usize>) -> Math {
        let (name, range) = self.environment_name("begin", &begin);
        let known = ENVIRONMENTS.iter().find(|(known, _)| *known == name).map(|(_, environment)| *environment);
        if known.is_none() && !name.is_empty() {
            let help = if ALIGNED.contains(&&*name) {
                Some("write `\\begin{aligned}` and `\\end{aligned}`".to_owned())
            } else if name == "array" {
                Some("write `\\begin{matrix}` and `\\end{matrix}`, without the letters for its columns".to_owned())
            } else {
                did_you_mean(&name, environments())
            };
            self.mistake(range, format!("`{name}` is no environment that equations know"), help.as_deref());
        }
        let before = self.rows;
        let mut rows = self.cells();
        self.environment_end(&name, begin.clone());
        self.rows += rows.len();
        if before <= MAX_ROWS && self.rows > MAX_ROWS {
            let message = format!("the equation has more than {MAX_ROWS} rows");
            self.mistake(begin.clone(), message, Some("break it into several equations"));
        }
        match known {
            Some(Environment::Matrix(open, close)) => {
                let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
                for row in &mut rows {
                    row.resize(columns, Math::empty());
                }
                Math::Matrix { open: open.to_owned(), close: close.to_owned(), rows }
            }
            Some(Environment::Cases) => {
                if rows.iter().any(|row| row.len() > 2) {
                    let help = "put one `&` between the value and its condition";
                    self.mistake(begin, "a row of `cases` has more than two columns".to_owned(), Some(help));
                }
                Math::Cases { rows }
            }
            _ => Math::Lines { rows },
        }
    }

    /// The rows of cells up to `\end`; an empty last row is none.
    fn cells(&mut self) -> Vec<Vec<Math>> {
        let mut rows = Vec::new();
        let mut row = Vec::new();
        loop {
            row.push(self.row(Until::Cell));
            match self.peek() {
                Some(TokenKind::Align) => {
                    self.take();
                }
                Some(TokenKind::Newline) => {
                    self.take();
                    self.distance();
                    rows.push(std::mem::take(&mut row));
                }
                _ => {
                    let nothing = row.len() == 1 && row.iter().all(Math::is_empty);
                    if rows.is_empty() || !nothing {
                        rows.push(row);
                    }
                    return rows;
                }
            }
        }
    }

    /// LaTeX takes a length in brackets after a line; here it would be printed.
    fn distance(&mut self) {
        let looks_like_length =
            |next: Option<TokenKind>| matches!(next, Some(TokenKind::Char(c)) if c.is_ascii_digit() || matches!(c, '-' | '.'));
        if self.peek() == Some(TokenKind::Char('[')) && looks_like_length(self.raw(1)) {
            let start = self.here().start;
            let mut end = start;
            while let Some(token) = self.take() {
                end = token.range.end;
                if token.kind == TokenKind::Char(']') {
                    break;
                }
            }
            self.mistake(start..end, "the distance between lines cannot be set".to_owned(), Some("leave it out"));
        }
    }

    fn environment_end(&mut self, name: &str, begin: Range<usize>) {
        if self.peek() != Some(TokenKind::Command("end")) {
            let help = format!("put `\\end{{{name}}}` where it ends");
            self.unclosed(begin, format!("`\\begin{{{name}}}` has no `\\end{{{name}}}`"), Some(&help));
            return;
        }
        let end = self.here();
        self.take();
        let (found, range) = self.environment_name("end", &end);
        if !found.is_empty() && found != name && !name.is_empty() {
            let help = format!("write `\\end{{{name}}}`");
            self.mistake(range, format!("`\\begin{{{name}}}` ends with `\\end{{{found}}}`"), Some(&help));
        }
    }

    /// The name in braces after `\begin` or `\end`, and its place.
    fn environment_name(&mut self, command: &str, place: &Range<usize>) -> (String, Range<usize>) {
        let start = self.here();
        if self.peek() == Some(TokenKind::Open) {
            self.take();
            let mut end = start.end;
            while let Some(TokenKind::Char(_) | TokenKind::Space) = self.raw(0) {
                end = self.take_raw().map_or(end, |token| token.range.end);
            }
            if self.raw(0) == Some(TokenKind::Close) {
                self.take();
                let name = self.tex[start.end..end].trim().to_owned();
                if !name.is_empty() {
                    return (name, start.end..end);
                }
            }
        }
        let help = format!("write `\\{command}{{aligned}}`, `\\{command}{{cases}}` or `\\{command}{{pmatrix}}`");
        self.mistake(place.clone(), format!("a name in braces is missing after `\\{command}`"), Some(&help));
        (String::new(), place.clone())
    }
}
