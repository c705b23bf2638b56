//! Text in drawings must print, and in the font that it asks for.

use super::Context;
use super::lookup::Lookup;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::glyphs::Coverage;
use crate::lesson::prose::Placed;
use crate::picture::{LostText, Reason, bundled, substitute};

/// The most characters of text that a message shows.
const MAX_SHOWN: usize = 40;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for figure in context.lesson.figures() {
        if let Some(look) = context.pictures.get(&figure.image.value) {
            report(&figure.image, look, context.coverage, diagnostics);
        }
    }
}

/// Reports what happens to the text in an image.
pub(super) fn report(image: &Placed<String>, look: &Lookup, coverage: &Coverage, diagnostics: &mut Diagnostics) {
    let Lookup::Sound(inspected) = look else { return };
    let name = &image.value;
    let mut push = |message: String, help: String| {
        diagnostics.push(Diagnostic::new(Code::DrawingText, image.place, message).help(help));
    };
    for LostText { text, element, reason } in &inspected.text.lost {
        let shown: String = text.chars().take(MAX_SHOWN).collect();
        let more = if text.chars().nth(MAX_SHOWN).is_some() { "…" } else { "" };
        let (why, help) = match reason {
            Reason::Unsupported if element == "flowRoot" => {
                ("isn't supported", "in Inkscape, select the text, choose Text > Convert to Text, and save the drawing")
            }
            Reason::Unsupported => ("isn't supported", "convert the text to shapes, and save the drawing"),
            Reason::NoPath => ("doesn't lead to a path", "convert the text to shapes, and save the drawing"),
            Reason::Condition => {
                ("is only for another language or program", "remove `systemLanguage` and `requiredExtensions` from it")
            }
        };
        push(format!("the text `{shown}{more}` in `{name}` doesn't print: its `<{element}>` {why}"), help.to_owned());
    }
    let known = coverage.families();
    let is_known = |family: &str| known.iter().any(|name| name.to_lowercase() == family.to_lowercase());
    let mut missing: Vec<(&str, &str)> = Vec::new();
    for families in &inspected.text.families {
        let Some(first) = families.first().map(String::as_str) else { continue };
        // A named family may be a fallback that the drawing was made with; `sans-serif` is only the last resort.
        let is_found = bundled(first).is_some() || families.iter().any(|family| is_known(family));
        if !is_found && missing.iter().all(|(family, _)| *family != first) {
            missing.push((first, substitute(families)));
        }
    }
    for (family, substitute) in missing {
        push(
            format!(
                "text in `{name}` asks for the font `{family}`, which Packetpress doesn't have, so it prints in `{substitute}`"
            ),
            format!(
                "put the font's files in a `fonts` folder next to the lessons folder, use one of `{}` in the drawing, or convert the text to shapes",
                known.join("`, `")
            ),
        );
    }
}
