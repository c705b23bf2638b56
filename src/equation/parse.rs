//! Parses the LaTeX of an equation piece by piece. Command arguments and environments have their own modules.

use std::ops::Range;

use super::brackets::Brackets;
use super::tokens::{Token, TokenKind, tokens};
use super::{Class, MAX_BYTES, MAX_NESTING, Math, Mistake, characters, speech, symbols};
use crate::diagnostics::Suggestions;

/// The most primes after a letter.
const MAX_PRIMES: u8 = 4;

/// Parses the LaTeX of an equation, without dollar signs around it.
///
/// # Errors
/// All mistakes in the equation, in order of position.
pub fn parse(tex: &str) -> Result<Math, Vec<Mistake>> {
    let mut parser = Parser::new(tex);
    if tex.len() > MAX_BYTES {
        let message = format!("expected at most {MAX_BYTES} bytes in an equation, found {}", tex.len());
        parser.mistake(0..tex.len(), message, Some("split it into several equations"));
        return Err(parser.mistakes);
    }
    let math = parser.row(Until::End);
    if parser.mistakes.is_empty() && speech(&math).is_empty() {
        parser.mistake(0..tex.len(), "the equation is empty".to_owned(), Some("write something in it, or remove it"));
    }
    if parser.mistakes.is_empty() {
        return Ok(math);
    }
    parser.mistakes.sort_by_key(|mistake| (mistake.range.start, mistake.range.end));
    Err(parser.mistakes)
}

/// What ends a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// The end of the equation.
    End,
    /// `}`
    Brace,
    /// `]`, after the index of a root.
    Index,
    /// `\right`
    Right,
    /// `&`, `\\` or `\end`
    Cell,
}

pub(super) struct Parser<'a> {
    pub tex: &'a str,
    tokens: Vec<Token<'a>>,
    at: usize,
    /// What ends the enclosing rows, the innermost last.
    around: Vec<Until>,
    depth: usize,
    /// Whether letters are upright; then neighbors form a word.
    pub upright: bool,
    mistakes: Vec<Mistake>,
    /// The commands that the equation tries to define, without the backslash.
    pub defined: Vec<&'a str>,
    pub suggestions: Suggestions,
    /// Rows of all environments so far.
    pub rows: usize,
    /// Whether parsing ended early. What is missing after that is not a mistake.
    stopped: bool,
}

impl<'a> Parser<'a> {
    fn new(tex: &'a str) -> Self {
        let tokens = if tex.len() > MAX_BYTES { Vec::new() } else { tokens(tex) };
        Self {
            tex,
            tokens,
            at: 0,
            around: Vec::new(),
            depth: 0,
            upright: false,
            mistakes: Vec::new(),
            defined: Vec::new(),
            suggestions: Suggestions::default(),
            rows: 0,
            stopped: false,
        }
    }

    pub(super) fn mistake(&mut self, range: Range<usize>, message: String, help: Option<&str>) {
        if !self.stopped {
            self.mistakes.push(Mistake { range, message, help: help.map(str::to_owned) });
        }
    }

    /// Reports something unclosed, and nothing that is missing after it.
    pub(super) fn unclosed(&mut self, range: Range<usize>, message: String, help: Option<&str>) {
        self.mistake(range, message, help);
        if self.peek().is_none() {
            self.stopped = true;
        }
    }

    /// The next token, including white space.
    pub(super) fn raw(&self, ahead: usize) -> Option<TokenKind<'a>> {
        self.tokens.get(self.at + ahead).map(|token| token.kind)
    }

    pub(super) fn take_raw(&mut self) -> Option<Token<'a>> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    /// The next token that is not white space.
    pub(super) fn peek(&mut self) -> Option<TokenKind<'a>> {
        while self.raw(0) == Some(TokenKind::Space) {
            self.at += 1;
        }
        self.raw(0)
    }

    pub(super) fn take(&mut self) -> Option<Token<'a>> {
        self.peek();
        self.take_raw()
    }

    /// The range of the next token, or the end.
    pub(super) fn here(&mut self) -> Range<usize> {
        self.peek();
        let end = self.tex.len();
        self.tokens.get(self.at).map_or(end..end, |token| token.range.clone())
    }

    /// Goes one level deeper, or ends parsing if the equation is nested too deep.
    pub(super) fn enter(&mut self) -> bool {
        self.depth += 1;
        if self.depth <= MAX_NESTING + 1 {
            return true;
        }
        let range = self.here();
        self.mistake(
            range,
            format!("the equation is nested more than {MAX_NESTING} levels deep"),
            Some("split it into several equations"),
        );
        self.stopped = true;
        self.at = self.tokens.len();
        false
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Reads pieces up to the end of the row, which is not consumed.
    pub(super) fn row(&mut self, until: Until) -> Math {
        let depth = self.depth;
        let mut brackets = Brackets::default();
        if self.enter() {
            self.around.push(until);
            while let Some(kind) = self.peek() {
                match self.ends(kind, until) {
                    Ends::Row => break,
                    Ends::Nothing => self.take().map_or((), drop),
                    Ends::Piece => {
                        let before = brackets.depth();
                        for item in self.item() {
                            brackets.push(item);
                        }
                        if brackets.depth() > before {
                            self.enter();
                        }
                        self.depth = depth + 1 + brackets.depth();
                    }
                }
            }
            self.around.pop();
        }
        self.depth = depth;
        brackets.finish()
    }

    /// Whether a token ends the row. One that ends nothing is reported.
    fn ends(&mut self, kind: TokenKind, until: Until) -> Ends {
        let wanted: &[Until] = match kind {
            TokenKind::Close => &[Until::Brace],
            TokenKind::Command("right") => &[Until::Right],
            TokenKind::Align | TokenKind::Newline | TokenKind::Command("end") => &[Until::Cell],
            TokenKind::Char(']') if until == Until::Index => return Ends::Row,
            _ => return Ends::Piece,
        };
        // An end that an enclosing row expects is left to it.
        let ends_here = wanted.contains(&until);
        let ends_outside =
            !matches!(kind, TokenKind::Align | TokenKind::Newline) && self.around.iter().any(|until| wanted.contains(until));
        if ends_here || ends_outside {
            return Ends::Row;
        }
        let range = self.here();
        let (message, help) = match kind {
            TokenKind::Close => ("this `}` has no `{`", "delete it, or add the missing `{`"),
            TokenKind::Align => (
                "`&` works only inside an environment such as `aligned`",
                "write `\\&` to print it, or put the lines between `\\begin{aligned}` and `\\end{aligned}`",
            ),
            TokenKind::Newline => (
                "`\\\\` works only inside an environment such as `aligned`",
                "put the lines between `\\begin{aligned}` and `\\end{aligned}`",
            ),
            TokenKind::Command("right") => ("this `\\right` has no `\\left`", "add `\\left` and a bracket before it"),
            _ => ("this `\\end` has no `\\begin`", "add `\\begin{…}` before it"),
        };
        self.mistake(range, message.to_owned(), Some(help));
        Ends::Nothing
    }

    /// One piece with its scripts and, if present, a degree sign.
    fn item(&mut self) -> Vec<Math> {
        let base = match self.peek() {
            Some(TokenKind::Sup | TokenKind::Sub | TokenKind::Prime) => Math::empty(),
            _ => self.nucleus(Run::Whole),
        };
        // Scripts after an operator belong to what follows: an isotope, not a raised plus.
        let takes_scripts = match &base {
            Math::Symbol { class, .. } => {
                !matches!(class, Class::Binary | Class::Vary | Class::Relation | Class::Punctuation | Class::Opening)
            }
            Math::Space { .. } => false,
            _ => true,
        };
        if takes_scripts { self.scripts(base) } else { vec![base] }
    }

    fn scripts(&mut self, base: Math) -> Vec<Math> {
        let (mut primes, mut sub, mut sup) = (0, None, None);
        while let Some(kind @ (TokenKind::Sup | TokenKind::Sub | TokenKind::Prime)) = self.peek() {
            let range = self.here();
            self.take();
            let (slot, message, help) = match kind {
                TokenKind::Prime if primes == MAX_PRIMES => {
                    self.mistake(
                        range,
                        format!("expected at most {MAX_PRIMES} primes, found more"),
                        Some("write the number instead, as in `f^{(5)}`"),
                    );
                    continue;
                }
                TokenKind::Prime => {
                    primes += 1;
                    continue;
                }
                TokenKind::Sup => {
                    (&mut sup, "expected one superscript, found two", "put the first power and its base in braces: `{x^a}^b`")
                }
                _ => (&mut sub, "expected one subscript, found two", "put both in one pair of braces: `x_{ab}`"),
            };
            let argument = self.script(kind, range.clone());
            if slot.replace(argument).is_some() {
                self.mistake(range, message.to_owned(), Some(help));
            }
        }
        let raised_circle = matches!(&sup, Some(Math::Symbol { text, .. }) if text == "∘" || text == "°");
        if raised_circle && sub.is_none() && primes == 0 {
            let degrees = Math::Symbol { text: "°".to_owned(), class: Class::Normal };
            return if base.is_empty() { vec![degrees] } else { vec![base, degrees] };
        }
        if primes == 0 && sub.is_none() && sup.is_none() {
            return vec![base];
        }
        let (sub, sup) = (sub.map(Box::new), sup.map(Box::new));
        vec![Math::Scripts { base: Box::new(base), primes, sub, sup, before_sub: None, before_sup: None }]
    }

    /// One piece without its scripts.
    pub(super) fn nucleus(&mut self, run: Run) -> Math {
        let range = self.here();
        match self.peek() {
            Some(TokenKind::Open) => self.group(),
            Some(TokenKind::Command(name)) => {
                self.take();
                self.command(name, range)
            }
            Some(TokenKind::Char(c)) if c.is_ascii_digit() || (c == '.' && self.digit(1)) => self.number(run),
            Some(TokenKind::Char(c)) if c.is_ascii_alphabetic() => self.letters(run),
            Some(TokenKind::Char(c)) => {
                self.take();
                self.character(c, range)
            }
            _ => {
                self.take();
                Math::empty()
            }
        }
    }

    /// A group in braces.
    pub(super) fn group(&mut self) -> Math {
        let range = self.here();
        self.take();
        let body = self.row(Until::Brace);
        if self.peek() == Some(TokenKind::Close) {
            self.take();
        } else {
            self.unclosed(range, "this `{` is never closed".to_owned(), Some("add the missing `}`"));
        }
        body
    }

    fn digit(&self, ahead: usize) -> bool {
        matches!(self.raw(ahead), Some(TokenKind::Char(c)) if c.is_ascii_digit())
    }

    /// A number: digits, a decimal point, and commas in braces between groups of digits.
    fn number(&mut self, run: Run) -> Math {
        let mut text = String::new();
        let mut point = false;
        loop {
            match (self.raw(0), self.raw(1), self.raw(2)) {
                (Some(TokenKind::Char(c)), ..) if c.is_ascii_digit() => text.push(c),
                (Some(TokenKind::Char('.')), next, _) if !point && run == Run::Whole => {
                    let repeats = matches!(next, Some(TokenKind::Command("overline" | "bar" | "dot")));
                    if !self.digit(1) && !repeats {
                        break;
                    }
                    point = true;
                    text.push('.');
                }
                (Some(TokenKind::Open), Some(TokenKind::Char(',')), Some(TokenKind::Close))
                    if self.digit(3) && run == Run::Whole =>
                {
                    self.at += 2;
                    text.push(',');
                }
                _ => break,
            }
            self.at += 1;
            if run == Run::One {
                break;
            }
        }
        Math::Number { text }
    }

    fn letters(&mut self, run: Run) -> Math {
        let mut text = String::new();
        while let Some(TokenKind::Char(c)) = self.raw(0) {
            if !c.is_ascii_alphabetic() {
                break;
            }
            text.push(c);
            self.at += 1;
            if run == Run::One || !self.upright {
                break;
            }
        }
        Math::Letters { text }
    }

    /// Whether the equation has dollar signs around it, as in LaTeX.
    fn stands_in_dollars(&self) -> bool {
        let tex = self.tex.trim();
        tex.len() > 1 && tex.starts_with('$') && tex.ends_with('$')
    }

    fn character(&mut self, c: char, range: Range<usize>) -> Math {
        if let Some(sign) = symbols::by_char(c).filter(|_| !matches!(c, '%' | '$' | '#')) {
            return Math::Symbol { text: sign.text.to_string(), class: sign.class };
        }
        if matches!(c, 'Α'..='Ω' | 'α'..='ω' | 'ϑ' | 'ϕ' | 'ϖ' | 'ϱ' | 'ϵ') {
            return Math::Letters { text: c.to_string() };
        }
        if c == '~' {
            return Math::Space { width: 5 };
        }
        if c == '$' && self.stands_in_dollars() {
            if self.tex[..range.start].trim().is_empty() {
                self.mistake(
                    range,
                    "expected an equation without dollar signs around it, found `$`".to_owned(),
                    Some("remove the dollar signs"),
                );
            }
            return Math::empty();
        }
        // The argument of a definition, which has already been reported.
        if c == '#' && !self.defined.is_empty() {
            return Math::empty();
        }
        let (shown, help) = characters::unknown(c);
        self.mistake(range, shown, Some(&help));
        Math::empty()
    }
}

/// Whether a token ends a row.
enum Ends {
    Row,
    /// It ends nothing and has already been reported.
    Nothing,
    /// It begins a piece.
    Piece,
}

/// How many letters or digits form one piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    One,
    Whole,
}
