//! Commands and their arguments. Environments have their own module.

use std::ops::Range;

use super::commands::{Command, DEFINITIONS, advice, command};
use super::parse::{Parser, Run, Until};
use super::tokens::TokenKind;
use super::{Class, Math, Style, symbols};

impl<'a> Parser<'a> {
    /// The piece of a command whose own token has been read.
    pub(super) fn command(&mut self, name: &'a str, range: Range<usize>) -> Math {
        if let Some(sign) = symbols::by_name(name) {
            return Math::Symbol { text: sign.text.to_string(), class: sign.class };
        }
        if let Some(letter) = symbols::greek(name) {
            return Math::Letters { text: letter.to_string() };
        }
        let Some(command) = command(name) else {
            return self.unknown(name, range);
        };
        match command {
            Command::Fraction(size) => {
                let (numerator, denominator) = self.two(name, range);
                Math::Fraction { size, numerator, denominator }
            }
            Command::Binomial => {
                let (upper, lower) = self.two(name, range);
                Math::Binomial { upper, lower }
            }
            Command::Root => {
                let index = self.option(&range);
                Math::Root { index, body: self.argument(name, range) }
            }
            Command::Text => Math::Text { text: self.words(name, range) },
            Command::Operator => Math::Function { name: self.words(name, range), limits: false },
            Command::Styled(style) => {
                let outside = self.upright;
                self.upright = matches!(style, Style::Upright | Style::Bold);
                let body = self.argument(name, range);
                self.upright = outside;
                Math::Styled { style, body }
            }
            Command::Marked(mark) => Math::Marked { mark, body: self.argument(name, range) },
            Command::Function { limits } => Math::Function { name: name.to_owned(), limits },
            Command::Space(width) => Math::Space { width },
            Command::Arrow(arrow) => {
                let below = self.option(&range);
                let above = self.argument(name, range);
                Math::Arrow { text: arrow.to_string(), above: (!above.is_empty()).then_some(above), below }
            }
            Command::Left => self.fenced(range),
            Command::Begin => self.environment(range),
            // Rows end before these, so they are never pieces; as arguments, they mean the argument is missing.
            Command::Right | Command::End => Math::empty(),
        }
    }

    fn unknown(&mut self, name: &'a str, range: Range<usize>) -> Math {
        if name.is_empty() {
            self.mistake(range, "unexpected `\\` at the end of the equation".to_owned(), Some("delete it"));
        } else if !self.defined.contains(&name) {
            let help = advice(name, &mut self.suggestions);
            self.mistake(range, format!("unknown command `\\{name}`"), Some(&help));
        }
        if DEFINITIONS.contains(&name) {
            self.define();
        }
        Math::empty()
    }

    /// Remembers the command that a definition names next, as in `\newcommand{\half}`, so it isn't reported too.
    fn define(&mut self) {
        let next = self.peek();
        let named = if next == Some(TokenKind::Open) { self.raw(1) } else { next };
        if let Some(TokenKind::Command(name)) = named {
            self.defined.push(name);
        }
    }

    fn two(&mut self, name: &str, range: Range<usize>) -> (Box<Math>, Box<Math>) {
        (self.argument(name, range.clone()), self.argument(name, range))
    }

    /// The argument of a command: a group in braces, or the next piece.
    fn argument(&mut self, name: &str, range: Range<usize>) -> Box<Math> {
        let math = match self.peek() {
            Some(TokenKind::Open) => self.group(),
            Some(TokenKind::Char(_) | TokenKind::Command(_)) if !self.at_end_of_something() => {
                if self.enter() {
                    let math = self.nucleus(Run::One);
                    self.leave();
                    math
                } else {
                    Math::empty()
                }
            }
            _ => {
                let example = if matches!(name, "frac" | "dfrac" | "tfrac" | "binom") { "{…}{…}" } else { "{…}" };
                let help = format!("write `\\{name}{example}`");
                self.mistake(range, format!("expected an argument after `\\{name}`, found none"), Some(&help));
                Math::empty()
            }
        };
        Box::new(math)
    }

    fn at_end_of_something(&mut self) -> bool {
        matches!(self.peek(), Some(TokenKind::Command("right" | "end")))
    }

    /// The optional argument in square brackets after a command.
    fn option(&mut self, command: &Range<usize>) -> Option<Box<Math>> {
        if self.peek() != Some(TokenKind::Char('[')) {
            return None;
        }
        self.take();
        let body = self.row(Until::Index);
        if self.peek() == Some(TokenKind::Char(']')) {
            self.take();
        } else {
            self.unclosed(command.clone(), "the `[` after this command is never closed".to_owned(), Some("add the missing `]`"));
        }
        (!body.is_empty()).then(|| Box::new(body))
    }

    /// The argument of `^` or `_`.
    pub(super) fn script(&mut self, kind: TokenKind, range: Range<usize>) -> Math {
        let sign = if kind == TokenKind::Sup { '^' } else { '_' };
        let (first, second) = (self.peek(), self.raw(1));
        match first {
            Some(TokenKind::Open) => self.group(),
            Some(TokenKind::Char(_) | TokenKind::Command(_)) if !self.at_end_of_something() => {
                let start = self.here();
                if !self.enter() {
                    return Math::empty();
                }
                let math = self.nucleus(Run::One);
                self.leave();
                self.check_script(sign, start, first, second);
                math
            }
            _ => {
                let help = format!("write `{sign}{{…}}`, or delete the `{sign}`");
                self.mistake(range, format!("expected something after `{sign}`, found nothing"), Some(&help));
                Math::empty()
            }
        }
    }

    /// `x^10` raises only the 1, which is never what's meant.
    fn check_script(&mut self, sign: char, start: Range<usize>, first: Option<TokenKind>, second: Option<TokenKind>) {
        let (Some(TokenKind::Char(first)), Some(TokenKind::Char(second))) = (first, second) else { return };
        let splits = match first {
            '0'..='9' => second.is_ascii_digit(),
            '-' | '+' | '−' => second.is_ascii_digit() || (second.is_ascii_alphabetic() && !self.upright),
            _ => false,
        };
        if splits {
            // All digits that follow are meant, but only one letter.
            let rest = &self.tex[start.end..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let end = start.end + digits.max(second.len_utf8());
            let meant = &self.tex[start.start..end];
            let message = format!("`{sign}` applies only to `{first}` here, not to all of `{meant}`");
            let help = format!("write `{sign}{{{meant}}}`");
            self.mistake(start.start..end, message, Some(&help));
        }
    }

    /// Literal words in braces.
    fn words(&mut self, name: &str, range: Range<usize>) -> String {
        let mut text = String::new();
        let open = self.here();
        if self.peek() != Some(TokenKind::Open) {
            let help = format!("write `\\{name}{{…}}`");
            self.mistake(range, format!("expected braces after `\\{name}`, found none"), Some(&help));
            return text;
        }
        self.take();
        let mut depth = 1;
        while let Some(token) = self.take_raw() {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                TokenKind::Space if text.ends_with(' ') => {}
                TokenKind::Space | TokenKind::Command(" ") => text.push(' '),
                TokenKind::Command(escaped @ ("%" | "$" | "&" | "_" | "#" | "{" | "}")) => text.push_str(escaped),
                TokenKind::Char('~') => text.push('\u{a0}'),
                TokenKind::Prime => {
                    text.push_str(if self.tex[token.range.clone()] == *"'" { "’" } else { &self.tex[token.range] })
                }
                TokenKind::Char(c) if !matches!(c, '$' | '%' | '#') && !c.is_control() => text.push(c),
                _ => {
                    let shown = &self.tex[token.range.clone()];
                    let help = match token.kind {
                        TokenKind::Char('$' | '%' | '#') | TokenKind::Align => format!("write `\\{shown}`"),
                        TokenKind::Char(_) => "delete it".to_owned(),
                        _ => format!("close the braces of `\\{name}` before it"),
                    };
                    let message = match token.kind {
                        TokenKind::Char(c) if c.is_control() => {
                            format!("found an invisible character (U+{:04X})", u32::from(c))
                        }
                        _ => format!("expected plain words in `\\{name}`, found `{shown}`"),
                    };
                    self.mistake(token.range, message, Some(&help));
                }
            }
            if depth == 0 {
                return text;
            }
        }
        self.unclosed(open, "this `{` is never closed".to_owned(), Some("add the missing `}`"));
        text
    }

    /// Brackets that grow: everything between `\left` and `\right`.
    fn fenced(&mut self, range: Range<usize>) -> Math {
        let open = self.delimiter("left", &range);
        let body = Box::new(self.row(Until::Right));
        let close = if self.peek() == Some(TokenKind::Command("right")) {
            let right = self.here();
            self.take();
            self.delimiter("right", &right)
        } else {
            let help = "add `\\right` and a bracket where it ends, or `\\right.` for no bracket";
            self.unclosed(range, "this `\\left` has no `\\right`".to_owned(), Some(help));
            String::new()
        };
        Math::Fenced { open, close, body }
    }

    fn delimiter(&mut self, name: &str, command: &Range<usize>) -> String {
        let (kind, range) = (self.peek(), self.here());
        let sign = match kind {
            Some(TokenKind::Char('.')) => {
                self.take();
                return String::new();
            }
            Some(TokenKind::Char('<')) => symbols::by_name("langle"),
            Some(TokenKind::Char('>')) => symbols::by_name("rangle"),
            Some(TokenKind::Char(c)) => symbols::by_char(c),
            Some(TokenKind::Command(name)) => symbols::by_name(name),
            _ => None,
        };
        let bracket = |class| matches!(class, Class::Opening | Class::Closing | Class::Fence);
        if let Some(sign) = sign.filter(|sign| bracket(sign.class) && sign.text != '!') {
            self.take();
            return sign.text.to_string();
        }
        let place = if kind.is_some() { command.start..range.start.max(command.end) } else { command.clone() };
        let help = format!("write one of `( ) [ ] \\{{ \\}} | .` after `\\{name}`");
        self.mistake(place, format!("expected a bracket after `\\{name}`, found none"), Some(&help));
        String::new()
    }
}
