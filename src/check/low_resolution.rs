//! A photo or scan printed wider than its pixels allow. Without a `width` it prints at 300 pixels per inch, which is always enough.

use super::Context;
use super::lookup::Lookup;
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::lesson::values::Length;
use crate::picture::{Inspected, LEAST_RESOLUTION, MAX_HEIGHT, MAX_WIDTH, resolution};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    for figure in context.lesson.figures() {
        let name = figure.image.value.as_str();
        let Some(width) = &figure.width else { continue };
        let Some(wanted) = width.value.points() else { continue };
        let Some(Lookup::Sound(Inspected { pixels: Some(pixels), .. })) = context.pictures.get(name) else { continue };
        let printed = printed_width(wanted, *pixels);
        let found = resolution(*pixels, printed);
        if found >= LEAST_RESOLUTION {
            continue;
        }
        let unit = Unit::of(&width.value);
        let (across, needed) = (pixels.0, (LEAST_RESOLUTION * printed / 72.0).ceil());
        let how = if printed < wanted { "wide (the most that fits)" } else { "wide" };
        // Rounded down: 149.7 must not read as 150.
        let message = format!(
            "expected at least {LEAST_RESOLUTION} pixels per inch, found {}: `{name}` is {across} pixels wide and prints {} {how}",
            found.floor(),
            unit.nearest(printed),
        );
        let sharp = unit.at_most(f64::from(across) * 72.0 / LEAST_RESOLUTION);
        let help = match sharp {
            Some(sharp) => format!("set `width` to {sharp} or less, or use an image at least {needed} pixels wide"),
            None => format!("use an image at least {needed} pixels wide"),
        };
        diagnostics.push(Diagnostic::new(Code::LowResolution, width.place, message).help(help));
    }
}

/// How wide a figure prints, in points, limited by the width and height of the page.
fn printed_width(wanted: f64, (across, down): (u32, u32)) -> f64 {
    wanted.min(MAX_WIDTH).min(MAX_HEIGHT * f64::from(across) / f64::from(down))
}

/// A unit of length as written in a lesson.
struct Unit {
    name: &'static str,
    /// Its size in points.
    points: f64,
    /// The parts it is rounded to.
    parts: f64,
}

impl Unit {
    /// The unit of this length.
    fn of(length: &Length) -> Self {
        let units = [("in", 72.0, 10.0), ("mm", 72.0 / 25.4, 1.0), ("pt", 1.0, 1.0)];
        let found = units.into_iter().find(|(name, ..)| length.0.trim_end().ends_with(name));
        let (name, points, parts) = found.unwrap_or(("cm", 72.0 / 2.54, 10.0));
        Self { name, points, parts }
    }

    fn nearest(&self, points: f64) -> String {
        format!("{} {}", (points / self.points * self.parts).round() / self.parts, self.name)
    }

    /// This length rounded down; `None` if under a centimeter, too small for an image.
    fn at_most(&self, points: f64) -> Option<String> {
        let length = (points / self.points * self.parts).floor() / self.parts;
        (points >= 72.0 / 2.54).then(|| format!("{length} {}", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_bounds_what_is_asked_for() {
        assert_eq!(printed_width(100.0, (400, 300)), 100.0);
        assert_eq!(printed_width(1000.0, (400, 300)), MAX_WIDTH);
        assert_eq!(printed_width(400.0, (300, 1200)), MAX_HEIGHT / 4.0);
    }

    #[test]
    fn answers_in_the_unit_that_was_used() {
        let unit = |text: &str| Unit::of(&Length(text.into()));
        assert_eq!(unit("16 cm").at_most(400.0 * 72.0 / 150.0).as_deref(), Some("6.7 cm"));
        assert_eq!(unit("6.5in").at_most(400.0 * 72.0 / 150.0).as_deref(), Some("2.6 in"));
        assert_eq!(unit("160 mm").at_most(400.0 * 72.0 / 150.0).as_deref(), Some("67 mm"));
        assert_eq!(unit("450 pt").at_most(400.0 * 72.0 / 150.0).as_deref(), Some("192 pt"));
        assert_eq!(unit("6.25 in").nearest(450.0), "6.3 in");
        assert_eq!(unit("5 cm").at_most(20.0), None);
    }
}
