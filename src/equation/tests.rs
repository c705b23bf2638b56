//! Equations as teachers write them and as they are spoken, mistakes and their positions, and arbitrary text.

use proptest::prelude::*;

use super::{MAX_NESTING, Math, commands, environments, parse, speech};

fn said(tex: &str) -> String {
    match parse(tex) {
        Ok(math) => speech(&math),
        Err(mistakes) => panic!("{tex}: {mistakes:?}"),
    }
}

/// Each mistake as the text at its place, its message and its help.
fn mistakes(tex: &str) -> Vec<(&str, String, String)> {
    let Err(mistakes) = parse(tex) else { panic!("{tex} has no mistake") };
    mistakes.into_iter().map(|it| (&tex[it.range], it.message, it.help.unwrap_or_default())).collect()
}

#[test]
fn speaks_algebra() {
    for (tex, words) in [
        ("x^2 + 2x - 1 = 0", "x squared plus 2 x minus 1 equals 0"),
        (r"\frac{a}{b}", "a over b"),
        (r"\frac12 + 2\frac{3}{4}", "1 half plus 2 and 3 fourths"),
        (r"\frac{1}{r^2}", "1 over r squared"),
        (r"\frac{a + 1}{b}", "the fraction with numerator a plus 1 and denominator b, end fraction"),
        (r"\frac{a}{bc}", "the fraction with numerator a and denominator b c, end fraction"),
        (r"\frac{\Delta s}{\Delta t}", "delta s over delta t"),
        ("-x = -(3 - -2)", "negative x equals negative open paren 3 minus negative 2 close paren"),
        (
            r"\sqrt{x + 1} \ge \sqrt[3]{8}",
            "the square root of x plus 1, end root is greater than or equal to the cube root of 8, end root",
        ),
        (
            "x^{-1}, x^n, x^{n+1}",
            "x to the power of negative 1 comma x to the power of n comma x raised to the exponent n plus 1, end exponent",
        ),
        ("x_1 + x_{i,j}", "x sub 1 plus x sub i comma j, end sub"),
        (r"a \ne b, a \le b", "a is not equal to b comma a is less than or equal to b"),
        (r"1{,}000 \times 12.5 \div .5", "1,000 times 12.5 divided by .5"),
        (r"0.\overline{3} = 0.1\bar{6}", "0 point repeating 3 equals 0.1 repeating 6"),
        (r"3 : 4, \quad 25\%", "3 to 4 comma, 25 percent"),
        (r"\$5 + \_\_\_ = \$7", "5 dollars plus blank equals 7 dollars"),
        (
            r"|x - 1| + |y|^2",
            "the absolute value of x minus 1, end absolute value plus the absolute value of y, end absolute value squared",
        ),
        (r"V = v^3", "capital V equals v cubed"),
        (r"F = ma", "F equals m a"),
        (r"n! = \binom{n}{k}", "n factorial equals n choose k"),
    ] {
        assert_eq!(said(tex), words, "{tex}");
    }
}

#[test]
fn speaks_functions_sums_and_sets() {
    for (tex, words) in [
        ("f(x) = f'(2) + g(x, y)", "f of x equals f prime of 2 plus g of open paren x comma y close paren"),
        (r"\sin^2\theta + \cos 2x", "sine squared of theta plus cosine of 2 x"),
        (r"\sin^{-1} x", "inverse sine of x"),
        (r"\log_2 8 = \ln e", "log base 2 of 8 equals natural log of e"),
        (r"\sum_{i=1}^{n} i", "the sum from i equals 1 to n of i"),
        (r"\sum_{i \in S} a_i", "the sum over i in S of a sub i"),
        (r"\int_0^1 x \, \mathrm{d}x", "the integral from 0 to 1 of x d x"),
        (r"\lim_{x \to 0} \frac{1}{x}", "the limit as x approaches 0 of 1 over x"),
        (
            r"\{ x \in \mathbb{R} \mid x > 0 \}",
            "open brace x is an element of the real numbers such that x is greater than 0 close brace",
        ),
        (r"P(A | B)", "P of open paren A given B close paren"),
        (r"A \cup B \subset \emptyset", "A union B is a subset of the empty set"),
        (r"\angle ABC = 90^\circ", "angle A B C equals 90 degrees"),
        (r"\overline{AB} \perp \vec{v}", "line segment A B is perpendicular to vector v"),
        (r"a \Rightarrow b \propto \infty", "a implies b is proportional to infinity"),
        (r"\begin{pmatrix} 1 & 2 \\ 3 & \end{pmatrix}", "the 2 by 2 matrix; row 1: 1, 2; row 2: 3, empty, end matrix"),
        (r"\begin{vmatrix} a \end{vmatrix}", "the determinant of the 1 by 1 matrix; row 1: a, end matrix"),
        (
            r"\begin{cases} 1 & \text{if } x > 0 \\ 0 \end{cases}",
            "2 cases; case 1: 1, if x is greater than 0; case 2: 0, end cases",
        ),
        (r"\begin{aligned} x &= 1 \\ &= -2 \\ \end{aligned}", "2 lines; line 1: x equals 1; line 2: equals negative 2"),
    ] {
        assert_eq!(said(tex), words, "{tex}");
    }
}

#[test]
fn speaks_chemistry_and_units() {
    for (tex, words) in [
        (r"2\mathrm{H_2} + \mathrm{O_2} \to 2\mathrm{H_2O}", "2 H sub 2 plus O sub 2 yields 2 H sub 2 O"),
        (r"\mathrm{A} \rightleftharpoons \mathrm{B}", "A is in equilibrium with B"),
        (r"\mathrm{Ca^{2+}} + \mathrm{Cl^-}", "Ca with charge 2 plus plus Cl with charge minus"),
        (r"{}^{14}_{6}\mathrm{C}", "left superscript 14, left subscript 6, C"),
        (r"\mathrm{A} \xrightarrow{\text{heat}} \mathrm{B}", "A yields, above the arrow: heat, B"),
        (r"5\,\mathrm{m/s^2}", "5 m per s squared"),
    ] {
        assert_eq!(said(tex), words, "{tex}");
    }
}

#[test]
fn brackets_pair_where_they_can() {
    let kinds = |tex: &str| match parse(tex) {
        Ok(math) => serde_json::to_string(&math).expect("a tree is plain data").matches("\"fenced\"").count(),
        Err(mistakes) => panic!("{tex}: {mistakes:?}"),
    };
    for (tex, pairs) in [
        ("(a)", 1),
        ("[0, 1)", 1),
        ("a)", 0),
        ("(a", 0),
        ("||x| - 1|", 2),
        ("(a | b)", 1),
        ("3 | 12", 0),
        (r"\left. x \right|_0", 1),
    ] {
        assert_eq!(kinds(tex), pairs, "{tex}");
    }
}

#[test]
fn finds_all_mistakes_at_their_places() {
    let expect = |tex: &str, expected: &[(&str, &str, &str)]| {
        let found = mistakes(tex);
        let found: Vec<_> = found.iter().map(|(at, message, help)| (*at, &**message, &**help)).collect();
        assert_eq!(found, expected, "{tex}");
    };
    expect(
        r"\farc{a}{b} + \alpa % 2",
        &[
            (r"\farc", r"unknown command `\farc`", r"did you mean `\frac`?"),
            (r"\alpa", r"unknown command `\alpa`", r"did you mean `\alpha`?"),
            ("%", "unexpected `%` in an equation", r"write `\%`"),
        ],
    );
    expect("x^10", &[("10", "`^` applies only to `1` here, not to all of `10`", "write `^{10}`")]);
    expect("x_123y", &[("123", "`_` applies only to `1` here, not to all of `123`", "write `_{123}`")]);
    expect("{a", &[("{", "this `{` is never closed", "add the missing `}`")]);
    expect("a}", &[("}", "this `}` has no `{`", "delete it, or add the missing `{`")]);
    expect(r"\frac{a}", &[(r"\frac", r"expected an argument after `\frac`, found none", r"write `\frac{…}{…}`")]);
    expect(
        r"\left( a",
        &[(r"\left", r"this `\left` has no `\right`", r"add `\right` and a bracket where it ends, or `\right.` for no bracket")],
    );
    expect(
        r"\begin{align} a \end{align}",
        &[("align", "unknown environment `align`", r"write `\begin{aligned}` and `\end{aligned}`")],
    );
    expect("", &[("", "the equation is empty", "write something in it, or remove it")]);
    let written_out = "remove it and write the equation out; you can't define commands";
    expect(r"\def\x{1} \x", &[(r"\def", r"unknown command `\def`", written_out)]);
    expect(r"\newcommand{\x}[1]{#1} \x{y}", &[(r"\newcommand", r"unknown command `\newcommand`", written_out)]);
    expect("é", &[("é", "unexpected `é` in an equation", r"write the word in `\text{…}`")]);
    expect("x²", &[("²", "unexpected `²` in an equation", "write `^{2}`")]);
    expect("x₃", &[("₃", "unexpected `₃` in an equation", "write `_{3}`")]);
}

#[test]
fn nesting_and_length_are_bounded() {
    let nest = |open: &str, close: &str, depth: usize| open.repeat(depth) + "x" + &close.repeat(depth);
    for (open, close) in
        [("{", "}"), ("(", ")"), (r"\sqrt{", "}"), (r"\left(", r"\right)"), ("x^{", "}"), (r"\sqrt ", ""), ("|1+", "|")]
    {
        let tree = parse(&nest(open, close, MAX_NESTING)).expect("the deepest nesting allowed");
        let json = serde_json::to_string(&tree).expect("a tree is plain data");
        assert_eq!(serde_json::from_str::<Math>(&json).expect("what was written can be read"), tree);
        for deeper in [MAX_NESTING + 1, 150] {
            let tex = nest(open, close, deeper);
            assert_eq!(
                mistakes(&tex).iter().map(|it| &*it.1).collect::<Vec<_>>(),
                ["the equation is nested more than 16 levels deep"]
            );
        }
    }
    assert_eq!(mistakes(&"x".repeat(2001)).len(), 1);
    let rows = |count: usize| format!(r"\begin{{aligned}}{}\end{{aligned}}", r"x \\ ".repeat(count));
    assert!(parse(&rows(30)).is_ok());
    assert_eq!(mistakes(&rows(31))[0].1, "the equation has more than 30 rows");
}

#[test]
fn every_command_is_known_and_spoken() {
    for name in commands() {
        let tex = match name {
            "left" => r"\left( x \right)".to_owned(),
            "right" | "begin" | "end" => continue,
            "," | ":" | ";" | " " | "!" | "quad" | "qquad" => format!(r"a\{name} b"),
            name => format!(r"\{name}{{x}}{{y}}"),
        };
        assert!(!said(&tex).is_empty(), "{tex}");
    }
    for name in environments() {
        assert!(!said(&format!(r"\begin{{{name}}} 1 & 2 \\ 3 & 4 \end{{{name}}}")).is_empty());
    }
}

/// Pieces of LaTeX in any order.
fn pieces() -> impl Strategy<Value = String> {
    let names: Vec<String> = commands().map(|name| format!("\\{name}")).collect();
    let piece = prop_oneof![
        4 => prop::sample::select(names),
        4 => prop::sample::select(vec!["{", "}", "^", "_", "&", r"\\", "(", ")", "|", "[", "]", "'", " ", "1", "x", "-", "=", ",", "."]).prop_map(str::to_owned),
        1 => prop::sample::select(vec![r"\begin{cases}", r"\end{cases}", r"\begin{pmatrix}", r"\end{pmatrix}", r"\text{a", r"\left(", r"\right)", r"\sqrt[", "{}^{1}"]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_an_equation_or_has_mistakes_in_it(tex in prop_oneof![pieces(), any::<String>()]) {
        match parse(&tex) {
            Ok(math) => {
                prop_assert!(!speech(&math).is_empty());
                let json = serde_json::to_string(&math).expect("a tree is plain data");
                prop_assert_eq!(serde_json::from_str::<Math>(&json).expect("what was written can be read"), math);
            }
            Err(mistakes) => {
                prop_assert!(!mistakes.is_empty());
                for mistake in mistakes {
                    prop_assert!(tex.get(mistake.range.clone()).is_some(), "{mistake:?}");
                }
            }
        }
    }
}
