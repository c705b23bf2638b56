//! The commands that are no signs: what each is, and what to do instead of one that does not exist here.

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
    /// The name of a function in braces.
    Operator,
    /// Room, in eighteenths of an em.
    Space(i8),
    /// An arrow as long as what stands above it.
    Arrow(char),
    Left,
    Right,
    Begin,
    End,
}

/// The commands that are no signs, without the backslash.
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

/// Commands of LaTeX that teachers may know and that do not exist here, each with what to do instead.
const INSTEAD: &[(&[&str], &str)] = &[
    (
        &["def", "newcommand", "renewcommand", "let", "DeclareMathOperator"],
        "write the equation out: commands of your own cannot be made",
    ),
    (&["ce", "chem"], "write formulas upright: `\\mathrm{H_2O}`"),
    (&["displaystyle", "textstyle"], "leave it out: use `\\dfrac` for a large fraction and `\\tfrac` for a small one"),
    (
        &["big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "middle"],
        "leave it out: brackets grow by themselves",
    ),
    (&["limits", "nolimits", "nonumber", "notag"], "leave it out"),
    (&["label", "tag", "ref", "eqref"], "leave it out: equations have no numbers"),
    (&["over"], "write `\\frac{…}{…}`"),
    (&["choose"], "write `\\binom{…}{…}`"),
    (&["textbf", "textit", "textrm", "mbox", "hbox", "mathsf", "mathtt", "emph"], "write words as `\\text{…}`"),
    (&["boldsymbol", "bm", "bf"], "write `\\mathbf{…}`"),
    (&["rm"], "write `\\mathrm{…}`"),
    (&["color", "textcolor", "colorbox"], "leave it out: packets are printed in black"),
    (&["hspace", "vspace", "kern", "mskip"], "use `\\,`, `\\;` or `\\quad` for room"),
    (&["not"], "write `\\ne` for \"is not equal to\" and `\\notin` for \"is not an element of\""),
    (&["includegraphics", "input", "include"], "leave it out: an equation cannot load files"),
    (&["(", ")", "[", "]"], "leave it out: the equation begins and ends by itself"),
    (&["hline", "cline"], "leave it out: matrices have no lines"),
];

/// The command of a name without the backslash.
pub(super) fn command(name: &str) -> Option<Command> {
    COMMANDS.iter().find(|(known, _)| *known == name).map(|(_, command)| *command)
}

/// Every command that an equation may have, without the backslash: for the reference.
pub fn commands() -> impl Iterator<Item = &'static str> + Clone {
    COMMANDS.iter().map(|(name, _)| *name).chain(symbols::names()).chain(symbols::greek_names())
}

/// What to do about a command that does not exist.
pub(super) fn advice(name: &str, suggestions: &mut Suggestions) -> Option<String> {
    if let Some((_, help)) = INSTEAD.iter().find(|(names, _)| names.contains(&name)) {
        return Some((*help).to_owned());
    }
    suggestions.closest(name, commands()).map(|known| format!("did you mean `\\{known}`?"))
}
