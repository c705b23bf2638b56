//! Sets a packet larger or smaller, so that it ends on the sheets that it may take.

use crate::lesson::series::Format;
use crate::packet::setting::{Setting, keeps_type, short};

/// How a packet with a number of sheets came out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fitted {
    /// The number of sheets that it may take.
    pub limit: usize,
    /// The number of sheets that it takes.
    pub sheets: usize,
    /// How it is set.
    pub setting: Setting,
    /// Its format.
    pub format: Format,
}

impl Fitted {
    /// Whether it takes no more sheets than it may.
    pub fn fits(&self) -> bool {
        self.sheets <= self.limit
    }

    /// What was done, for people: "set in 10.5-point type with lines to write on 8 mm apart to fit on 4 sheets".
    pub fn note(&self) -> String {
        let Self { limit, sheets, setting, format } = *self;
        let set = setting.in_words(format);
        if sheets < limit {
            format!("set in {set}, which takes {}", count(sheets))
        } else {
            format!("set in {set} to fit on {}", count(sheets))
        }
    }

    /// Why it doesn't fit, for people.
    pub fn refusal(&self) -> String {
        let Self { limit, sheets, setting, format } = *self;
        let points = short(setting.points(format));
        let why = if keeps_type(format) {
            format!("in {points}-point type, and {} packets are never set smaller", format.name())
        } else {
            format!("even in {points}-point type")
        };
        format!("the packet doesn't fit on {}: it needs at least {sheets} {why}", count(limit))
    }
}

/// "1 sheet", "4 sheets"
fn count(sheets: usize) -> String {
    format!("{sheets} sheet{}", if sheets == 1 { "" } else { "s" })
}

/// The first setting on a ladder, which goes from the roomiest to the tightest, that takes no more sheets than `limit`, or else the
/// last one tried, which takes the fewest. `lay_out` gives what it makes of a setting, with its number of sheets. Settings are found
/// by bisection, so few are tried: a packet doesn't take more sheets in a tighter setting.
///
/// # Errors
/// The last that `lay_out` returns, if it lays out nothing. The engine may find no layout for one setting, and one for the next.
///
/// # Panics
/// If the ladder is empty.
pub(super) fn search<T, E>(
    ladder: &[Setting],
    limit: usize,
    mut lay_out: impl FnMut(Setting) -> Result<(T, usize), E>,
) -> Result<(T, Setting, usize), E> {
    let mut best: Option<(T, Setting, usize)> = None;
    let mut failure = None;
    let (mut first, mut end) = (0, ladder.len());
    while first < end {
        let middle = usize::midpoint(first, end);
        let (made, sheets) = match lay_out(ladder[middle]) {
            Ok(laid_out) => laid_out,
            Err(error) => {
                failure = Some(error);
                first = middle + 1;
                continue;
            }
        };
        let fits = sheets <= limit;
        // The best so far is one that fits, or the one that takes the fewest sheets.
        if best.as_ref().is_none_or(|(_, _, fewest)| fits || sheets <= *fewest) {
            best = Some((made, ladder[middle], sheets));
        }
        if fits { end = middle } else { first = middle + 1 }
    }
    best.map_or_else(|| Err(failure.expect("a ladder has settings, and each has a layout or fails")), Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LADDER: usize = 11;

    /// The place on the ladder that is chosen, its sheets, and how many settings are tried, if they take this many sheets.
    fn chosen(sheets: [usize; LADDER], limit: usize) -> (usize, usize, usize) {
        let ladder: Vec<Setting> = (0..LADDER).map(|place| Setting { room: place as f64, ..Setting::default() }).collect();
        let mut tried = 0;
        let found = search(&ladder, limit, |setting| {
            tried += 1;
            Ok::<_, ()>((setting.room as usize, sheets[setting.room as usize]))
        });
        let (place, setting, sheets) = found.expect("nothing fails");
        assert_eq!(setting, ladder[place]);
        (place, sheets, tried)
    }

    #[test]
    fn the_roomiest_setting_that_fits_is_found_in_few_tries() {
        let sheets = [7, 6, 6, 5, 5, 5, 4, 4, 4, 3, 3];
        assert_eq!(chosen(sheets, 4), (6, 4, 4));
        assert_eq!(chosen(sheets, 7), (0, 7, 4));
        assert_eq!(chosen(sheets, 20), (0, 7, 4));
        assert_eq!(chosen(sheets, 3), (9, 3, 4));
        // What doesn't fit at all is as small as it gets.
        assert_eq!(chosen(sheets, 2).1, 3);
    }

    #[test]
    fn a_setting_without_a_layout_is_passed_over() {
        let ladder = Setting::default().ladder(Format::Standard, false);
        let fails_above =
            |least: f64| move |setting: Setting| if setting.spacing > least { Err("no layout") } else { Ok(((), 3)) };
        let found = search(&ladder, 4, fails_above(0.9)).expect("a tighter one has a layout");
        assert_eq!((found.1, found.2), (ladder[4], 3));
        assert_eq!(search(&ladder, 4, fails_above(0.0)), Err("no layout"));
    }

    #[test]
    fn what_was_done_is_told_in_words() {
        let setting = Setting { type_size: 10.5 / 11.0, room: 0.9163, ..Setting::default() };
        let fitted = Fitted { limit: 4, sheets: 4, setting, format: Format::Standard };
        assert_eq!(fitted.note(), "set in 10.5-point type with lines to write on 8 mm apart to fit on 4 sheets");
        assert_eq!(
            Fitted { limit: 6, ..fitted }.note(),
            "set in 10.5-point type with lines to write on 8 mm apart, which takes 4 sheets"
        );
        assert!(fitted.fits() && !Fitted { limit: 3, ..fitted }.fits());
        assert_eq!(
            Fitted { limit: 1, ..fitted }.refusal(),
            "the packet doesn't fit on 1 sheet: it needs at least 4 even in 10.5-point type"
        );
        let large = Fitted { limit: 3, sheets: 12, setting: Setting::default(), format: Format::LargePrint };
        assert_eq!(
            large.refusal(),
            "the packet doesn't fit on 3 sheets: it needs at least 12 in 18-point type, and large-print packets are never set smaller"
        );
    }
}
