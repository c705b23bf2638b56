//! Powers, subscripts, limits of sums, isotopes, and charges.

use super::speech::{Speaker, is_atom, is_term, items};
use super::{Class, Math, phrases};

impl Speaker {
    pub(super) fn scripts(&mut self, math: &Math) {
        let Math::Scripts { base, primes, sub, sup, before_sub, before_sup } = math else { return };
        let (sub, sup) = (sub.as_deref(), sup.as_deref());
        self.before(before_sub.as_deref(), before_sup.as_deref());
        match &**base {
            Math::Function { name, limits: true } => self.limit(name, sub, sup),
            Math::Function { name, .. } => self.function(name, sub, sup),
            Math::Symbol { class: Class::Large, .. } => self.large(base, sub, sup),
            _ => {
                self.base(base);
                self.say(phrases::primes(*primes));
                self.sub(sub);
                self.sup(sup, is_formula(base));
            }
        }
    }

    /// The base of a script. A sum or product in braces is announced, to set it apart from what comes before.
    fn base(&mut self, base: &Math) {
        if base.is_empty() {
            return;
        }
        if matches!(base, Math::Row { .. } | Math::Fraction { .. }) {
            self.say("the quantity");
            self.math(base);
            self.say(", end quantity,");
        } else {
            self.math(base);
        }
    }

    fn before(&mut self, sub: Option<&Math>, sup: Option<&Math>) {
        for (words, script) in [("left superscript", sup), ("left subscript", sub)] {
            if let Some(script) = script {
                self.around(&[(words, script)], ",");
            }
        }
    }

    fn limit(&mut self, name: &str, sub: Option<&Math>, sup: Option<&Math>) {
        self.say(phrases::function(name));
        if let Some(sub) = sub {
            self.say(if name == "lim" { "as" } else { "over" });
            let outside = std::mem::replace(&mut self.limit, true);
            self.math(sub);
            self.limit = outside;
        }
        self.sup(sup, false);
    }

    fn function(&mut self, name: &str, sub: Option<&Math>, sup: Option<&Math>) {
        if sup.is_some_and(is_minus_one) && phrases::has_inverse(name) {
            self.say("inverse");
            self.say(phrases::function(name));
            self.sub(sub);
            return;
        }
        self.say(phrases::function(name));
        match sub {
            Some(base) if matches!(name, "log" | "lg") => {
                self.around(&[("base", base)], if is_term(base) { "" } else { ", end base" })
            }
            sub => self.sub(sub),
        }
        self.sup(sup, false);
    }

    fn large(&mut self, sign: &Math, sub: Option<&Math>, sup: Option<&Math>) {
        self.math(sign);
        let outside = std::mem::replace(&mut self.limit, true);
        match (sub, sup) {
            (Some(sub), Some(sup)) => self.around(&[("from", sub), ("to", sup)], ""),
            (Some(sub), None) => self.around(&[("over", sub)], ""),
            (None, Some(sup)) => self.around(&[("to", sup)], ""),
            (None, None) => {}
        }
        self.limit = outside;
    }

    fn sub(&mut self, sub: Option<&Math>) {
        if let Some(sub) = sub {
            self.around(&[("sub", sub)], if is_atom(sub) || is_word(sub) { "" } else { ", end sub" });
        }
    }

    fn sup(&mut self, sup: Option<&Math>, formula: bool) {
        let Some(sup) = sup else { return };
        match sup {
            Math::Number { text } if text == "2" && !formula => self.say("squared"),
            Math::Number { text } if text == "3" && !formula => self.say("cubed"),
            Math::Symbol { text, .. } if text == "∘" || text == "°" => self.say("degree"),
            Math::Symbol { text, .. } if text == "∗" => self.say("star"),
            Math::Symbol { text, .. } if text == "′" => self.say("prime"),
            sup if is_charge(sup) => self.charge(sup),
            sup if formula => self.around(&[("superscript", sup)], ""),
            sup if is_term(sup) => self.around(&[("to the power of", sup)], ""),
            sup => self.around(&[("raised to the exponent", sup)], ", end exponent"),
        }
    }

    /// The charge of an ion: "2 plus".
    fn charge(&mut self, sup: &Math) {
        self.say("with charge");
        for item in items(sup) {
            self.math(item);
        }
    }
}

fn is_formula(base: &Math) -> bool {
    matches!(base, Math::Letters { text } if text.chars().count() > 1 && text.starts_with(char::is_uppercase))
}

/// A superscript that ends with plus or minus.
fn is_charge(sup: &Math) -> bool {
    matches!(items(sup).last(), Some(Math::Symbol { text, .. }) if text == "+" || text == "−")
}

fn is_minus_one(sup: &Math) -> bool {
    match items(sup) {
        [Math::Symbol { text: sign, .. }, Math::Number { text: number }] => sign == "−" && number == "1",
        _ => false,
    }
}

/// Words or a run of letters: it is clear where such a subscript ends.
fn is_word(math: &Math) -> bool {
    match math {
        Math::Text { .. } | Math::Letters { .. } => true,
        Math::Styled { body, .. } => is_word(body),
        _ => false,
    }
}
