//! Environments, from `\begin` to `\end`: matrices, cases, and aligned lines.

use std::ops::Range;

use super::parse::{Parser, Until};
use super::tokens::TokenKind;
use super::{MAX_ROWS, Math};
use crate::diagnostics::did_you_mean;

/// The environments, with the brackets of matrices.
const ENVIRONMENTS: &[(&str, Environment)] = &[
    ("aligned", Environment::Lines),
    ("cases", Environment::Cases),
    ("matrix", Environment::Matrix("", "")),
    ("pmatrix", Environment::Matrix("(", ")")),
    ("bmatrix", Environment::Matrix("[", "]")),
    ("Bmatrix", Environment::Matrix("{", "}")),
    ("vmatrix", Environment::Matrix("|", "|")),
];

/// LaTeX environments to replace with `aligned`.
const ALIGNED: &[&str] =
    &["align", "align*", "split", "gather", "gather*", "gathered", "eqnarray", "equation", "equation*", "alignat"];

#[derive(Clone, Copy)]
enum Environment {
    Lines,
    Cases,
    Matrix(&'static str, &'static str),
}

/// Every supported environment, for the reference.
pub fn environments() -> impl Iterator<Item = &'static str> + Clone {
    ENVIRONMENTS.iter().map(|(name, _)| *name)
}

impl Parser<'_> {
    /// An environment whose `\begin` has been read.
    pub(super) fn environment(&mut self, begin: Range<usize>) -> Math {
        let (name, range) = self.environment_name("begin", &begin);
        let known = ENVIRONMENTS.iter().find(|(known, _)| *known == name).map(|(_, environment)| *environment);
        if known.is_none() && !name.is_empty() {
            let help = if ALIGNED.contains(&&*name) {
                Some("write `\\begin{aligned}` and `\\end{aligned}`".to_owned())
            } else if name == "array" {
                Some("write `\\begin{matrix}` and `\\end{matrix}`, without the column letters".to_owned())
            } else {
                did_you_mean(&name, environments()).map(|help| help.text)
            };
            self.mistake(range, format!("unknown environment `{name}`"), help.as_deref());
        }
        let before = self.rows;
        let mut rows = self.cells();
        self.environment_end(&name, begin.clone());
        self.rows += rows.len();
        if before <= MAX_ROWS && self.rows > MAX_ROWS {
            let message = format!("the equation has more than {MAX_ROWS} rows");
            self.mistake(begin.clone(), message, Some("split it into several equations"));
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
                    let help = "write one `&` in each row, between the value and its condition";
                    self.mistake(begin, "expected at most two columns in `cases`, found more".to_owned(), Some(help));
                }
                Math::Cases { rows }
            }
            _ => Math::Lines { rows },
        }
    }

    /// The rows of cells up to `\end`, without an empty last row.
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

    /// LaTeX allows a length in brackets after a line; here it would be printed.
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
            self.mistake(start..end, "the distance between lines can't be set".to_owned(), Some("remove it"));
        }
    }

    fn environment_end(&mut self, name: &str, begin: Range<usize>) {
        if self.peek() != Some(TokenKind::Command("end")) {
            let name = if name.is_empty() { "…" } else { name };
            let help = format!("add `\\end{{{name}}}` where it ends");
            self.unclosed(begin, format!("`\\begin{{{name}}}` has no `\\end{{{name}}}`"), Some(&help));
            return;
        }
        let end = self.here();
        self.take();
        let (found, range) = self.environment_name("end", &end);
        if !found.is_empty() && found != name && !name.is_empty() {
            let help = format!("write `\\end{{{name}}}`");
            self.mistake(range, format!("expected `\\end{{{name}}}`, found `\\end{{{found}}}`"), Some(&help));
        }
    }

    /// The name in braces after `\begin` or `\end`, and its range.
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
        let help = match command {
            "end" => "write `\\end{…}` with the name that follows `\\begin`",
            _ => "write `\\begin{aligned}`, `\\begin{cases}`, or `\\begin{pmatrix}`",
        };
        self.mistake(place.clone(), format!("expected a name in braces after `\\{command}`, found none"), Some(help));
        (String::new(), place.clone())
    }
}
