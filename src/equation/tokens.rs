//! Splits the LaTeX of an equation into tokens for the parser.

use std::ops::Range;

/// A token and its byte range in the LaTeX.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub kind: TokenKind<'a>,
    pub range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `^`
    Sup,
    /// `_`
    Sub,
    /// `&`
    Align,
    /// `\\`
    Newline,
    /// `'` or `’`
    Prime,
    /// White space, which matters only inside `\text{…}`.
    Space,
    /// A command without its backslash: letters, or one other character, or nothing at the end.
    Command(&'a str),
    /// Any other character.
    Char(char),
}

/// Splits LaTeX into tokens that cover every byte.
pub(super) fn tokens(tex: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = tex[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        let kind = match c {
            '{' => TokenKind::Open,
            '}' => TokenKind::Close,
            '^' => TokenKind::Sup,
            '_' => TokenKind::Sub,
            '&' => TokenKind::Align,
            '\'' | '’' | '′' => TokenKind::Prime,
            '\\' => {
                let name = command_name(&tex[at..]);
                at += name.len();
                if name == "\\" { TokenKind::Newline } else { TokenKind::Command(name) }
            }
            c if c.is_whitespace() => TokenKind::Space,
            c => TokenKind::Char(c),
        };
        tokens.push(Token { kind, range: start..at });
    }
    tokens
}

fn command_name(rest: &str) -> &str {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let length = if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
    &rest[..length]
}
