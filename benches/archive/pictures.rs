//! The pictures of an issue: a map and a chart as drawings, and a view of the valley in grays. All use whole numbers, so they're
//! the same on every machine.

use std::fmt::Write;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::random::Random;
use super::story::{Place, Story};
use super::yaml::{Yaml, map};

/// Pixels of the view: 5 inches wide at 200 pixels per inch.
const VIEW: (usize, usize) = (1000, 600);

/// A picture that the lessons of an issue share.
pub(super) struct Picture {
    /// Its file, relative to the folder.
    pub file: &'static str,
    pub bytes: Vec<u8>,
    alt: String,
    caption: &'static str,
    width: Option<&'static str>,
}

impl Picture {
    /// The picture as a `figure`.
    pub(super) fn figure(&self, story: &Story) -> Yaml {
        let mut random = Random::new(0, 0);
        let figure = map([
            ("image", self.file.into()),
            ("alt", self.alt.clone().into()),
            ("caption", story.fill(self.caption, &mut random).into()),
            ("credit", "Drawing: The Packetpress Authors, CC BY 4.0".into()),
        ]);
        self.width.map_or(figure.clone(), |width| figure.with("width", width.into()))
    }
}

pub(super) fn pictures(place: &Place, random: &mut Random) -> Vec<Picture> {
    let (chart, years) = chart(random);
    vec![
        Picture {
            file: "images/map.svg",
            bytes: street_map(place, random).into_bytes(),
            alt: format!(
                "A map of {}: the {} flows from west to east, with houses on both banks and more of them on the north bank; two roads meet at the river.",
                place.town, place.river
            ),
            caption: "{Town} and the {river}. North is at the top.",
            width: None,
        },
        Picture {
            file: "images/chart.svg",
            bytes: chart.into_bytes(),
            alt: format!("A bar chart of what {} took in and spent in dollars, with two bars per year: {years}.", place.town),
            caption: "What {town} took in (gray) and spent (black), in dollars.",
            width: None,
        },
        Picture {
            file: "images/view.png",
            bytes: view(random),
            alt: format!(
                "A view of the valley of the {}: three lines of hills behind one another, the farthest the palest, and still water before them.",
                place.river
            ),
            caption: "The valley above {town}, drawn from memory.",
            width: Some("5 in"),
        },
    ]
}

fn street_map(place: &Place, random: &mut Random) -> String {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"440\" height=\"260\" viewBox=\"0 0 440 260\" font-family=\"'Source Sans 3'\" font-size=\"9\" fill=\"#000000\">\n",
    );
    svg += "  <rect x=\"0.5\" y=\"0.5\" width=\"439\" height=\"259\" fill=\"#ffffff\" stroke=\"#555555\"/>\n  <path d=\"M0 140";
    for x in (40..=440).step_by(40) {
        let _ = write!(svg, " L{x} {}", 130 + random.below(24));
    }
    svg += "\" fill=\"none\" stroke=\"#999999\" stroke-width=\"14\" stroke-linejoin=\"round\"/>\n";
    let crossing = random.between(160, 280);
    let _ = writeln!(
        svg,
        "  <path d=\"M{} 0 L{crossing} 141 L{} 260\" fill=\"none\" stroke=\"#555555\" stroke-width=\"2\" stroke-dasharray=\"6 3\"/>",
        crossing - 30,
        crossing + 40
    );
    svg += "  <g fill=\"#dddddd\" stroke=\"#555555\" stroke-width=\"0.6\">\n";
    for house in 0..48 {
        // Two in three houses are on the north bank.
        let (least, most) = if house % 3 < 2 { (24, 108) } else { (168, 236) };
        let (x, y) = (random.between(12, 420), random.between(least, most));
        let _ = writeln!(
            svg,
            "    <rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\"/>",
            random.between(6, 13),
            random.between(5, 9)
        );
    }
    let _ = writeln!(svg, "  </g>\n  <text x=\"14\" y=\"{}\" font-style=\"italic\">{}</text>", 160, place.river);
    let _ = writeln!(
        svg,
        "  <text x=\"220\" y=\"16\" text-anchor=\"middle\" font-weight=\"600\" font-size=\"11\">{}</text>\n</svg>",
        place.town
    );
    svg
}

/// A bar chart, and its numbers in words.
fn chart(random: &mut Random) -> (String, String) {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"440\" height=\"200\" viewBox=\"0 0 440 200\" font-family=\"'Source Sans 3'\" font-size=\"9\" fill=\"#000000\">\n  <path d=\"M40 170 H430\" stroke=\"#000000\" stroke-width=\"1\"/>\n",
    );
    let mut words = Vec::new();
    for place in 0..8 {
        let (year, taken, spent) = (1860 + 5 * place, random.between(30, 95) * 10, random.between(25, 99) * 10);
        let x = 48 + 48 * place;
        for (x, value, color) in [(x, taken, "#999999"), (x + 18, spent, "#000000")] {
            let height = value * 15 / 100;
            let _ = writeln!(svg, "  <rect x=\"{x}\" y=\"{}\" width=\"16\" height=\"{height}\" fill=\"{color}\"/>", 170 - height);
            let _ = writeln!(
                svg,
                "  <text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"7\">{value}</text>",
                x + 8,
                166 - height
            );
        }
        let _ = writeln!(svg, "  <text x=\"{}\" y=\"184\" text-anchor=\"middle\">{year}</text>", x + 17);
        words.push(format!("{taken} and {spent} in {year}"));
    }
    (svg + "</svg>\n", words.join(", "))
}

/// Hills behind one another above still water.
fn view(random: &mut Random) -> Vec<u8> {
    let (width, height) = VIEW;
    let mut pixels: Vec<u8> = (0..height).flat_map(|y| std::iter::repeat_n((238 - y / 24) as u8, width)).collect();
    for (base, rough, gray) in [(220, 120, 200), (310, 90, 160), (390, 60, 110)] {
        let ridge = ridge(random, base, rough);
        for x in 0..width {
            let mut grain = x.wrapping_mul(2_654_435_761) ^ ridge[x];
            for y in ridge[x]..height * 3 / 4 {
                // Grass and woods: dots that thin out toward the valley.
                grain = grain.wrapping_mul(1_103_515_245).wrapping_add(12_345) & 0x7FFF_FFFF;
                let wood = (grain >> 16) % 97 < 3;
                pixels[y * width + x] = gray - if wood { 34 } else { 0 };
            }
        }
    }
    // The water shows the hills upside down, broken into stripes.
    for y in height * 3 / 4..height {
        let mirrored = height * 3 / 2 - y - 1;
        for x in 0..width {
            let seen = pixels[mirrored * width + (x + y / 5 % 3) % width];
            pixels[y * width + x] = if y % 9 < 2 { 225 } else { seen / 2 + 90 };
        }
    }
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive);
    encoder
        .write_image(&pixels, width as u32, height as u32, ExtendedColorType::L8)
        .expect("a picture of this size can be written to memory");
    png
}

/// The height of a line of hills at every column, by halving distances.
fn ridge(random: &mut Random, base: usize, rough: usize) -> Vec<usize> {
    let mut points = vec![base - random.below(rough), base - random.below(rough)];
    let mut rough = rough;
    while points.len() < VIEW.0 {
        let mut finer = Vec::with_capacity(points.len() * 2);
        for pair in points.windows(2) {
            finer.push(pair[0]);
            finer.push(((pair[0] + pair[1]) / 2 + random.below(rough)).saturating_sub(rough / 2).max(40));
        }
        finer.extend(points.last());
        points = finer;
        rough = (rough * 5 / 9).max(1);
    }
    points
}
