//! The commands that are not symbols, and advice for unsupported ones.

use super::{Mark, Size, Style, symbols};
use crate::diagnostics::Suggestions;

/// What a command does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Command {
    Fraction(Size),
    Binomial,
    Root,
    Text,
    Styled(Style),
    Marked(Mark),
    Function {
        limits: bool,
    },
    /// A function named in braces.
    Operator,
    /// A space, in eighteenths of an em.
    Space(i8),
    /// An arrow as long as what is above it.
    Arrow(char),
    Left,
    Right,
    Begin,
    End,
}

/// The commands that are not symbols, without the backslash.
const COMMANDS: &[(&str, Command)] = &[
    ("frac", Command::Fraction(Size::Natural)),
    ("dfrac", Command::Fraction(Size::Display)),
    ("tfrac", Command::Fraction(Size::Inline)),
    ("binom", Command::Binomial),
    ("sqrt", Command::Root),
    ("text", Command::Text),
    ("mathrm", Command::Styled(Style::Upright)),
    ("mathbf", Command::Styled(Style::Bold)),
    ("mathit", Command::Styled(Style::Italic)),
    ("mathbb", Command::Styled(Style::Blackboard)),
    ("overline", Command::Marked(Mark::Overline)),
    ("underline", Command::Marked(Mark::Underline)),
    ("bar", Command::Marked(Mark::Bar)),
    ("vec", Command::Marked(Mark::Arrow)),
    ("overrightarrow", Command::Marked(Mark::Arrow)),
    ("overleftrightarrow", Command::Marked(Mark::DoubleArrow)),
    ("hat", Command::Marked(Mark::Hat)),
    ("widehat", Command::Marked(Mark::Hat)),
    ("tilde", Command::Marked(Mark::Tilde)),
    ("dot", Command::Marked(Mark::Dot)),
    ("ddot", Command::Marked(Mark::TwoDots)),
    ("cancel", Command::Marked(Mark::Cancel)),
    ("sin", Command::Function { limits: false }),
    ("cos", Command::Function { limits: false }),
    ("tan", Command::Function { limits: false }),
    ("cot", Command::Function { limits: false }),
    ("sec", Command::Function { limits: false }),
    ("csc", Command::Function { limits: false }),
    ("arcsin", Command::Function { limits: false }),
    ("arccos", Command::Function { limits: false }),
    ("arctan", Command::Function { limits: false }),
    ("sinh", Command::Function { limits: false }),
    ("cosh", Command::Function { limits: false }),
    ("tanh", Command::Function { limits: false }),
    ("log", Command::Function { limits: false }),
    ("ln", Command::Function { limits: false }),
    ("lg", Command::Function { limits: false }),
    ("exp", Command::Function { limits: false }),
    ("lim", Command::Function { limits: true }),
    ("min", Command::Function { limits: true }),
    ("max", Command::Function { limits: true }),
    ("gcd", Command::Function { limits: true }),
    ("det", Command::Function { limits: true }),
    ("operatorname", Command::Operator),
    (",", Command::Space(3)),
    (":", Command::Space(4)),
    (";", Command::Space(5)),
    (" ", Command::Space(5)),
    ("!", Command::Space(-3)),
    ("quad", Command::Space(18)),
    ("qquad", Command::Space(36)),
    ("xrightarrow", Command::Arrow('→')),
    ("xleftarrow", Command::Arrow('←')),
    ("xrightleftharpoons", Command::Arrow('⇌')),
    ("left", Command::Left),
    ("right", Command::Right),
    ("begin", Command::Begin),
    ("end", Command::End),
];

/// The LaTeX commands that define others.
pub(super) const DEFINITIONS: &[&str] = &["def", "newcommand", "renewcommand", "let", "DeclareMathOperator"];

/// Unsupported LaTeX commands that teachers may know, and what to do instead.
const INSTEAD: &[(&[&str], &str)] = &[
    (DEFINITIONS, "remove it and write the equation out; you can't define commands"),
    (&["ce", "chem"], "write the formula as in `\\mathrm{H_2O}`"),
    (&["displaystyle", "textstyle"], "remove it; write `\\dfrac` for a large fraction, `\\tfrac` for a small one"),
    (
        &["big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "middle"],
        "remove it; brackets grow by themselves",
    ),
    (&["limits", "nolimits", "nonumber", "notag"], "remove it"),
    (&["label", "tag", "ref", "eqref"], "remove it and its braces; equations aren't numbered"),
    (&["over"], "write `\\frac{…}{…}`"),
    (&["choose"], "write `\\binom{…}{…}`"),
    (&["textbf", "textit", "textrm", "mbox", "hbox", "mathsf", "mathtt", "emph"], "write words as `\\text{…}`"),
    (&["boldsymbol", "bm", "bf"], "write `\\mathbf{…}`"),
    (&["rm"], "write `\\mathrm{…}`"),
    (&["color", "textcolor", "colorbox"], "remove it and the color; equations print in black"),
    (&["hspace", "vspace", "kern", "mskip"], "replace it and its length with `\\,`, `\\;`, or `\\quad`"),
    (&["not"], "write `\\ne` for \"is not equal to\" or `\\notin` for \"is not an element of\""),
    (&["includegraphics", "input", "include"], "remove it; an equation can't load files"),
    (&["(", ")", "[", "]"], "remove it; nothing goes around the equation here"),
    (&["hline", "cline"], "remove it; matrices have no lines"),
];

/// The command with this name, without the backslash.
pub(super) fn command(name: &str) -> Option<Command> {
    COMMANDS.iter().find(|(known, _)| *known == name).map(|(_, command)| *command)
}

/// Every supported command, without the backslash, for the reference.
pub fn commands() -> impl Iterator<Item = &'static str> + Clone {
    COMMANDS.iter().map(|(name, _)| *name).chain(symbols::names()).chain(symbols::greek_names())
}

/// What to do about an unknown command.
pub(super) fn advice(name: &str, suggestions: &mut Suggestions) -> String {
    if let Some((_, help)) = INSTEAD.iter().find(|(names, _)| names.contains(&name)) {
        return (*help).to_owned();
    }
    match suggestions.closest(name, commands()) {
        Some(known) => format!("did you mean `\\{known}`?"),
        None if name.chars().all(char::is_alphabetic) => {
            format!("use another command, or write `\\text{{{name}}}` to print the word")
        }
        None => "delete it".to_owned(),
    }
}
