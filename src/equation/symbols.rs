//! The symbols: their LaTeX names, classes, and spoken forms.

use super::Class::{self, Binary, Closing, Fence, Large, Normal, Opening, Punctuation, Relation, Vary};

/// A symbol.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    /// The printed character.
    pub text: char,
    pub class: Class,
    /// The spoken form.
    pub say: &'static str,
}

/// The symbol for a command name, without the backslash.
pub(super) fn by_name(name: &str) -> Option<Sign> {
    NAMED.iter().find(|(known, ..)| *known == name).map(sign)
}

/// The symbol for a typed character.
pub(super) fn by_char(c: char) -> Option<Sign> {
    let typed = TYPED.iter().find(|(known, ..)| *known == c).map(|&(_, text, class, say)| Sign { text, class, say });
    typed.or_else(|| NAMED.iter().find(|(_, known, ..)| *known == c).map(sign))
}

/// How a symbol is spoken; `None` if it is unknown.
pub(super) fn spoken(text: &str) -> Option<&'static str> {
    let mut chars = text.chars();
    let (first, rest) = (chars.next()?, chars.next());
    let typed = || TYPED.iter().find(|(_, known, ..)| *known == first).map(|(.., say)| *say);
    if rest.is_some() { None } else { by_char(first).map(|sign| sign.say).or_else(typed) }
}

/// The names of all commands that are symbols.
pub(super) fn names() -> impl Iterator<Item = &'static str> + Clone {
    NAMED.iter().map(|(name, ..)| *name)
}

/// The Greek letter for a command name.
pub(super) fn greek(name: &str) -> Option<char> {
    GREEK.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

/// The names of all commands that are Greek letters.
pub(super) fn greek_names() -> impl Iterator<Item = &'static str> + Clone {
    GREEK.iter().map(|(name, _)| *name)
}

/// The spoken name of a lowercase Greek letter.
pub(super) fn greek_spoken(c: char) -> Option<&'static str> {
    let name = GREEK.iter().find(|(_, known)| *known == c).map(|(name, _)| *name)?;
    Some(name.strip_prefix("var").unwrap_or(name))
}

fn sign(&(_, text, class, say): &(&str, char, Class, &'static str)) -> Sign {
    Sign { text, class, say }
}

/// Characters that print as another one, and characters without a command.
const TYPED: &[(char, char, Class, &str)] = &[
    ('+', '+', Vary, "plus"),
    ('-', '−', Vary, "minus"),
    ('−', '−', Vary, "minus"),
    ('=', '=', Relation, "equals"),
    ('<', '<', Relation, "is less than"),
    ('>', '>', Relation, "is greater than"),
    ('(', '(', Opening, "open paren"),
    (')', ')', Closing, "close paren"),
    ('[', '[', Opening, "open bracket"),
    (']', ']', Closing, "close bracket"),
    ('|', '|', Fence, "vertical bar"),
    ('/', '/', Normal, "over"),
    ('∕', '/', Normal, "over"),
    ('*', '∗', Binary, "times"),
    (':', ':', Relation, "colon"),
    (',', ',', Punctuation, "comma"),
    (';', ';', Punctuation, "semicolon"),
    ('.', '.', Normal, "point"),
    ('!', '!', Closing, "factorial"),
    ('?', '?', Normal, "question mark"),
    ('·', '⋅', Binary, "times"),
    ('≔', '≔', Relation, "is defined as"),
];

const NAMED: &[(&str, char, Class, &str)] = &[
    // Operators.
    ("times", '×', Binary, "times"),
    ("cdot", '⋅', Binary, "times"),
    ("div", '÷', Binary, "divided by"),
    ("ast", '∗', Binary, "times"),
    ("pm", '±', Vary, "plus or minus"),
    ("mp", '∓', Vary, "minus or plus"),
    ("circ", '∘', Binary, "composed with"),
    ("bullet", '∙', Binary, "bullet"),
    ("star", '⋆', Binary, "star"),
    ("cup", '∪', Binary, "union"),
    ("cap", '∩', Binary, "intersection"),
    ("setminus", '∖', Binary, "without"),
    ("land", '∧', Binary, "and"),
    ("wedge", '∧', Binary, "and"),
    ("lor", '∨', Binary, "or"),
    ("vee", '∨', Binary, "or"),
    ("oplus", '⊕', Binary, "circled plus"),
    ("otimes", '⊗', Binary, "circled times"),
    // Relations.
    ("ne", '≠', Relation, "is not equal to"),
    ("neq", '≠', Relation, "is not equal to"),
    ("lt", '<', Relation, "is less than"),
    ("gt", '>', Relation, "is greater than"),
    ("le", '≤', Relation, "is less than or equal to"),
    ("leq", '≤', Relation, "is less than or equal to"),
    ("ge", '≥', Relation, "is greater than or equal to"),
    ("geq", '≥', Relation, "is greater than or equal to"),
    ("ll", '≪', Relation, "is much less than"),
    ("gg", '≫', Relation, "is much greater than"),
    ("approx", '≈', Relation, "is approximately equal to"),
    ("equiv", '≡', Relation, "is equivalent to"),
    ("sim", '∼', Relation, "is similar to"),
    ("cong", '≅', Relation, "is congruent to"),
    ("propto", '∝', Relation, "is proportional to"),
    ("perp", '⟂', Relation, "is perpendicular to"),
    ("parallel", '∥', Relation, "is parallel to"),
    ("nparallel", '∦', Relation, "is not parallel to"),
    ("mid", '∣', Relation, "vertical bar"),
    ("nmid", '∤', Relation, "does not divide"),
    ("in", '∈', Relation, "is an element of"),
    ("notin", '∉', Relation, "is not an element of"),
    ("ni", '∋', Relation, "contains"),
    ("subset", '⊂', Relation, "is a subset of"),
    ("subseteq", '⊆', Relation, "is a subset of or equal to"),
    ("supset", '⊃', Relation, "is a superset of"),
    ("supseteq", '⊇', Relation, "is a superset of or equal to"),
    ("nsubseteq", '⊈', Relation, "is not a subset of"),
    ("to", '→', Relation, "to"),
    ("rightarrow", '→', Relation, "to"),
    ("longrightarrow", '⟶', Relation, "to"),
    ("leftarrow", '←', Relation, "left arrow"),
    ("gets", '←', Relation, "left arrow"),
    ("leftrightarrow", '↔', Relation, "left right arrow"),
    ("uparrow", '↑', Relation, "up arrow"),
    ("downarrow", '↓', Relation, "down arrow"),
    ("mapsto", '↦', Relation, "maps to"),
    ("Rightarrow", '⇒', Relation, "implies"),
    ("implies", '⟹', Relation, "implies"),
    ("Longrightarrow", '⟹', Relation, "implies"),
    ("Leftarrow", '⇐', Relation, "is implied by"),
    ("Leftrightarrow", '⇔', Relation, "if and only if"),
    ("iff", '⟺', Relation, "if and only if"),
    ("rightleftharpoons", '⇌', Relation, "is in equilibrium with"),
    ("leftrightharpoons", '⇋', Relation, "is in equilibrium with"),
    ("therefore", '∴', Relation, "therefore"),
    ("because", '∵', Relation, "because"),
    // Symbols spaced like letters.
    ("infty", '∞', Normal, "infinity"),
    ("degree", '°', Normal, "degrees"),
    ("angle", '∠', Normal, "angle"),
    ("measuredangle", '∡', Normal, "the measure of angle"),
    ("triangle", '△', Normal, "triangle"),
    ("square", '□', Normal, "blank box"),
    ("Box", '□', Normal, "blank box"),
    ("emptyset", '∅', Normal, "the empty set"),
    ("varnothing", '∅', Normal, "the empty set"),
    ("forall", '∀', Normal, "for all"),
    ("exists", '∃', Normal, "there exists"),
    ("nexists", '∄', Normal, "there does not exist"),
    ("neg", '¬', Normal, "not"),
    ("lnot", '¬', Normal, "not"),
    ("partial", '∂', Normal, "partial"),
    ("nabla", '∇', Normal, "nabla"),
    ("prime", '′', Normal, "prime"),
    ("checkmark", '✓', Normal, "check mark"),
    ("ldots", '…', Normal, "dot dot dot"),
    ("dots", '…', Normal, "dot dot dot"),
    ("cdots", '⋯', Normal, "dot dot dot"),
    ("vdots", '⋮', Normal, "vertical dots"),
    ("ddots", '⋱', Normal, "diagonal dots"),
    ("%", '%', Normal, "percent"),
    ("$", '$', Normal, "dollars"),
    ("&", '&', Normal, "and"),
    ("_", '_', Normal, "blank"),
    ("#", '#', Normal, "number sign"),
    ("cents", '¢', Normal, "cents"),
    ("pounds", '£', Normal, "pounds"),
    ("euro", '€', Normal, "euros"),
    // Brackets.
    ("{", '{', Opening, "open brace"),
    ("}", '}', Closing, "close brace"),
    ("lbrace", '{', Opening, "open brace"),
    ("rbrace", '}', Closing, "close brace"),
    ("lbrack", '[', Opening, "open bracket"),
    ("rbrack", ']', Closing, "close bracket"),
    ("langle", '⟨', Opening, "open angle bracket"),
    ("rangle", '⟩', Closing, "close angle bracket"),
    ("lfloor", '⌊', Opening, "open floor"),
    ("rfloor", '⌋', Closing, "close floor"),
    ("lceil", '⌈', Opening, "open ceiling"),
    ("rceil", '⌉', Closing, "close ceiling"),
    ("vert", '|', Fence, "vertical bar"),
    ("lvert", '|', Fence, "vertical bar"),
    ("rvert", '|', Fence, "vertical bar"),
    ("|", '‖', Fence, "double vertical bar"),
    ("Vert", '‖', Fence, "double vertical bar"),
    // Large operators.
    ("sum", '∑', Large, "the sum"),
    ("prod", '∏', Large, "the product"),
    ("int", '∫', Large, "the integral"),
    ("iint", '∬', Large, "the double integral"),
    ("oint", '∮', Large, "the contour integral"),
    ("bigcup", '⋃', Large, "the union"),
    ("bigcap", '⋂', Large, "the intersection"),
];

const GREEK: &[(&str, char)] = &[
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("epsilon", 'ϵ'),
    ("varepsilon", 'ε'),
    ("zeta", 'ζ'),
    ("eta", 'η'),
    ("theta", 'θ'),
    ("vartheta", 'ϑ'),
    ("iota", 'ι'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("nu", 'ν'),
    ("xi", 'ξ'),
    ("omicron", 'ο'),
    ("pi", 'π'),
    ("varpi", 'ϖ'),
    ("rho", 'ρ'),
    ("varrho", 'ϱ'),
    ("sigma", 'σ'),
    ("varsigma", 'ς'),
    ("tau", 'τ'),
    ("upsilon", 'υ'),
    ("phi", 'ϕ'),
    ("varphi", 'φ'),
    ("chi", 'χ'),
    ("psi", 'ψ'),
    ("omega", 'ω'),
    ("Gamma", 'Γ'),
    ("Delta", 'Δ'),
    ("Theta", 'Θ'),
    ("Lambda", 'Λ'),
    ("Xi", 'Ξ'),
    ("Pi", 'Π'),
    ("Sigma", 'Σ'),
    ("Upsilon", 'Υ'),
    ("Phi", 'Φ'),
    ("Psi", 'Ψ'),
    ("Omega", 'Ω'),
];
