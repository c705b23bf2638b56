//! How tightly a packet is set: what formats, grades, and searches for the best pages can change about the usual type and spaces.
//!
//! A packet that must end on a number of sheets is set in the first of the settings on its ladder that does.

use serde::Serialize;

use super::LARGE_PRINT;
use crate::lesson::series::Format;

/// The type size of running text that shares of it are counted from, in points.
pub const USUAL_TYPE: f64 = 11.0;

/// The same on half-size pages.
const USUAL_TYPE_OF_HALVES: f64 = 10.5;

/// The type size of running text in clear print, in points.
///
/// The British Dyslexia Association asks for 12 to 14 points, and for larger type where readers need it ("Dyslexia Style Guide",
/// 2023).
pub const CLEAR_PRINT: f64 = 14.0;

/// The least type size of running text in a packet set to end on its sheets, in points.
///
/// Smaller type is read more slowly: of the sizes that Paterson and Tinker tested with adults, reading was fastest in 10 to 12
/// points ("How to Make Type Readable", 1940).
const LEAST_TYPE: f64 = 10.0;

/// How much smaller than usual running text is set at most, in points. Type for young readers is never set as small as for adults.
const MOST_SMALLER: f64 = 1.0;

/// The least distance between lines to write on, as a share of the usual distance of 11/32 in.
///
/// 9/32 in (7.1 mm) is "college ruled", the closest of the usual rulings of American school paper.
const LEAST_ROOM: f64 = 9.0 / 11.0;

/// The least share of the lines to write on that a lesson asks for: two of three, because college ruled lines are shorter by a fifth and
/// still hold what is written on wide ones.
const LEAST_LINES: f64 = 0.67;

/// The usual distance between lines to write on, in millimeters: 11/32 in, the "wide ruled" of American school paper.
const USUAL_RULING: f64 = 11.0 / 32.0 * 25.4;

/// Shares of the usual sizes, where 1.0 changes nothing, and how parts and sources share pages.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Setting {
    /// The sizes of all type.
    #[serde(rename = "type")]
    pub type_size: f64,
    /// The distance between lines of text.
    pub leading: f64,
    /// The distance between paragraphs, and around blocks that interrupt the text.
    pub spacing: f64,
    /// The distance between ruled lines, and the height of areas to write or draw in.
    pub room: f64,
    /// The number of lines to write on, where a lesson says how many or leaves it open.
    #[serde(skip)]
    pub lines: f64,
    /// The number of columns that sources are printed in: two wherever a column is wide enough to read, or one unless they would
    /// take more than about a page.
    pub source_columns: u8,
    /// Whether parts that students turn in follow one another on the same pages.
    pub shared_pages: bool,
}

impl Default for Setting {
    fn default() -> Self {
        Self { type_size: 1.0, leading: 1.0, spacing: 1.0, room: 1.0, lines: 1.0, source_columns: 1, shared_pages: false }
    }
}

/// A step on the ladder of settings, relative to the usual setting of a packet. Its fields are those of [`Setting`], but type is in
/// points.
struct Step {
    points: f64,
    leading: f64,
    spacing: f64,
    room: f64,
    lines: f64,
    source_columns: u8,
    shared_pages: bool,
}

/// The steps from the roomiest to the tightest. None is larger in anything than the one before, so later steps never need more
/// pages, apart from how blocks happen to meet the ends of pages.
///
/// What costs readers least changes first: spaces, then columns, then pages of their own, and type last. Lines of text are never
/// closer than 120 percent of the type size, the default of typesetting programs: of Source Serif 4, capitals and the least leading
/// (0.67 + 0.85 × 0.64 em) add up to 121 percent.
const STEPS: [Step; 11] = [
    Step { points: 1.0, leading: 1.06, spacing: 1.15, room: 1.1, lines: 1.0, source_columns: 1, shared_pages: false },
    Step { points: 0.5, leading: 1.03, spacing: 1.08, room: 1.05, lines: 1.0, source_columns: 1, shared_pages: false },
    Step { points: 0.0, leading: 1.0, spacing: 1.0, room: 1.0, lines: 1.0, source_columns: 1, shared_pages: false },
    Step { points: 0.0, leading: 0.98, spacing: 0.92, room: 0.94, lines: 0.9, source_columns: 2, shared_pages: false },
    Step { points: 0.0, leading: 0.96, spacing: 0.85, room: 0.88, lines: 0.8, source_columns: 2, shared_pages: false },
    Step {
        points: 0.0,
        leading: 0.95,
        spacing: 0.8,
        room: LEAST_ROOM,
        lines: LEAST_LINES,
        source_columns: 2,
        shared_pages: false,
    },
    Step {
        points: 0.0,
        leading: 0.95,
        spacing: 0.8,
        room: LEAST_ROOM,
        lines: LEAST_LINES,
        source_columns: 2,
        shared_pages: true,
    },
    Step {
        points: -0.25,
        leading: 0.93,
        spacing: 0.75,
        room: LEAST_ROOM,
        lines: LEAST_LINES,
        source_columns: 2,
        shared_pages: true,
    },
    Step {
        points: -0.5,
        leading: 0.9,
        spacing: 0.7,
        room: LEAST_ROOM,
        lines: LEAST_LINES,
        source_columns: 2,
        shared_pages: true,
    },
    Step {
        points: -0.75,
        leading: 0.88,
        spacing: 0.65,
        room: LEAST_ROOM,
        lines: LEAST_LINES,
        source_columns: 2,
        shared_pages: true,
    },
    Step {
        points: -1.0,
        leading: 0.85,
        spacing: 0.6,
        room: LEAST_ROOM,
        lines: LEAST_LINES,
        source_columns: 2,
        shared_pages: true,
    },
];

impl Setting {
    /// The usual setting of a format. `points` is the type size of running text that a lesson, its series, or its grades ask for in
    /// a standard packet.
    pub fn of(format: Format, points: f64, clear_print: Option<f64>) -> Self {
        let usual = Self { type_size: points / USUAL_TYPE, ..Self::default() };
        match format {
            Format::Standard | Format::Fillable | Format::Booklet | Format::TwoUp => usual,
            Format::Compact => {
                Self { leading: 0.96, spacing: 0.85, room: 0.88, lines: 0.75, source_columns: 2, shared_pages: true, ..usual }
            }
            // Its own sizes, which are never smaller than what young readers get.
            Format::ClearPrint => {
                Self { type_size: clear_print.unwrap_or(CLEAR_PRINT.max(points)) / CLEAR_PRINT, ..Self::default() }
            }
            Format::LargePrint | Format::FillableLargePrint => Self::default(),
        }
    }

    /// The settings to try for a packet with this usual setting, from the roomiest to the tightest. Large print and clear print keep
    /// their type and the distance of its lines, and `duplex` packets keep their parts on separate sheets.
    pub fn ladder(self, format: Format, duplex: bool) -> Vec<Self> {
        let usual = self.points(format);
        let keeps_type = keeps_type(format);
        let least = LEAST_TYPE.min(usual).max(usual - MOST_SMALLER);
        let set = |step: &Step| Self {
            type_size: if keeps_type { self.type_size } else { self.type_size * (usual + step.points).max(least) / usual },
            leading: if keeps_type { self.leading } else { self.leading * step.leading },
            spacing: self.spacing * step.spacing,
            room: (self.room * step.room).max(LEAST_ROOM),
            lines: self.lines.min(step.lines),
            source_columns: self.source_columns.max(step.source_columns),
            shared_pages: self.shared_pages || (step.shared_pages && !duplex),
        };
        STEPS.iter().map(set).collect()
    }

    /// The type size of running text on paper, in points.
    pub fn points(self, format: Format) -> f64 {
        let usual = match format {
            Format::Standard | Format::Compact | Format::Fillable => USUAL_TYPE,
            Format::Booklet | Format::TwoUp => USUAL_TYPE_OF_HALVES,
            Format::ClearPrint => CLEAR_PRINT,
            Format::LargePrint | Format::FillableLargePrint => USUAL_TYPE * LARGE_PRINT,
        };
        usual * self.type_size
    }

    /// The distance between lines to write on, in millimeters on paper.
    fn ruling(self, format: Format) -> f64 {
        let zoom = if format.is_large() { LARGE_PRINT } else { 1.0 };
        USUAL_RULING * zoom * self.room
    }

    /// "10.5-point type with lines to write on 8 mm apart"
    pub fn in_words(self, format: Format) -> String {
        let set =
            format!("{}-point type with lines to write on {} mm apart", short(self.points(format)), short(self.ruling(format)));
        if self.lines < 1.0 { format!("{set}, {:.0}% fewer of them,", 100.0 * (1.0 - self.lines)) } else { set }
    }
}

/// Whether a format's type is never set smaller or larger.
pub fn keeps_type(format: Format) -> bool {
    format.is_large() || format == Format::ClearPrint
}

/// A number with at most two digits after the point, and none that are zero at its end.
pub fn short(number: f64) -> String {
    let digits = format!("{number:.2}");
    let hundredths_matter = !digits.ends_with('0') && (number * 4.0).fract().abs() < 0.01;
    let text = if hundredths_matter { digits } else { format!("{number:.1}") };
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(format: Format, points: f64) -> (String, String) {
        let ladder = Setting::of(format, points, None).ladder(format, false);
        (ladder[0].in_words(format), ladder[ladder.len() - 1].in_words(format))
    }

    #[test]
    fn no_setting_is_larger_than_the_one_before() {
        for format in Format::ALL {
            for (points, duplex) in [(11.0, false), (16.0, false), (10.0, true)] {
                let ladder = Setting::of(format, points, None).ladder(format, duplex);
                for pair in ladder.windows(2) {
                    let [roomier, tighter] = pair else { unreachable!("a window has two") };
                    let sizes =
                        |setting: &Setting| [setting.type_size, setting.leading, setting.spacing, setting.room, setting.lines];
                    assert!(sizes(roomier).iter().zip(sizes(tighter)).all(|(more, less)| *more >= less), "{format:?}: {pair:?}");
                    assert!(roomier.source_columns <= tighter.source_columns && roomier.shared_pages <= tighter.shared_pages);
                    assert!(!tighter.shared_pages || !duplex || format == Format::Compact);
                }
            }
        }
    }

    #[test]
    fn type_is_from_12_to_10_points_and_lines_are_never_closer_than_college_ruled() {
        let line = "point type with lines to write on";
        assert_eq!(
            ends(Format::Standard, 11.0),
            (format!("12-{line} 9.6 mm apart"), format!("10-{line} 7.1 mm apart, 33% fewer of them,"))
        );
        assert_eq!(
            ends(Format::Compact, 11.0),
            (format!("12-{line} 8.5 mm apart, 25% fewer of them,"), format!("10-{line} 7.1 mm apart, 33% fewer of them,"))
        );
        assert_eq!(
            ends(Format::Booklet, 11.0),
            (format!("11.5-{line} 9.6 mm apart"), format!("10-{line} 7.1 mm apart, 33% fewer of them,"))
        );
        // Young readers keep larger type, and readers of large print and clear print theirs.
        assert_eq!(
            ends(Format::Standard, 16.0),
            (format!("17-{line} 9.6 mm apart"), format!("15-{line} 7.1 mm apart, 33% fewer of them,"))
        );
        assert_eq!(
            ends(Format::ClearPrint, 11.0),
            (format!("14-{line} 9.6 mm apart"), format!("14-{line} 7.1 mm apart, 33% fewer of them,"))
        );
        assert_eq!(
            ends(Format::LargePrint, 11.0),
            (format!("18-{line} 15.7 mm apart"), format!("18-{line} 11.7 mm apart, 33% fewer of them,"))
        );
    }

    #[test]
    fn the_usual_setting_is_on_the_ladder() {
        for format in Format::ALL {
            let usual = Setting::of(format, 11.0, None);
            assert!(usual.ladder(format, false).contains(&usual), "{format:?}");
        }
    }

    #[test]
    fn sizes_are_told_as_people_say_them() {
        assert_eq!([10.0, 10.5, 10.75, 8.7313].map(short), ["10", "10.5", "10.75", "8.7"]);
    }
}
