//! Pages as pixels, and comparing them with reviewed images.

use std::io::Cursor;
use std::path::Path;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;

/// A page as pixels.
pub(crate) struct Image {
    pub width: u16,
    pub height: u16,
    /// Red, green, blue, row by row from the top.
    pub pixels: Vec<[u8; 3]>,
    pixmap: Pixmap,
}

/// Processors round differently at the edges of shapes. A channel may be off by this much …
const SLIGHT: u8 = 40;
/// … and by more in one pixel out of this many.
const ONE_IN: usize = 1000;

/// Paints a page, counted from 0, on white. A `scale` of 1 is one pixel per point.
pub(crate) fn render(bytes: &[u8], page: usize, scale: f32) -> Image {
    let pdf = hayro::hayro_syntax::Pdf::new(bytes.to_vec()).unwrap_or_else(|error| panic!("the file is not a PDF: {error:?}"));
    let settings = hayro::RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..Default::default() };
    let cache = hayro::RenderCache::new();
    Image::from(hayro::render(&pdf.pages()[page], &cache, &InterpreterSettings::default(), &settings))
}

impl Image {
    /// The part of the page between two heights from its top, without the white space below and at the sides.
    pub(crate) fn cut(&self, top: u16, bottom: u16, sides: u16) -> Image {
        let is_white = |y: u16| {
            let row = usize::from(y) * usize::from(self.width);
            self.pixels[row..row + usize::from(self.width)].iter().all(|pixel| pixel.iter().all(|channel| *channel > 250))
        };
        let last = (top..bottom).rev().find(|y| !is_white(*y)).unwrap_or(top);
        let first = (top..last).find(|y| !is_white(*y)).unwrap_or(top);
        let (first, last) = (first.saturating_sub(12), (last + 13).min(self.height));
        let mut pixmap = Pixmap::new(self.width - 2 * sides, last - first);
        for y in 0..last - first {
            for x in 0..self.width - 2 * sides {
                pixmap.set_pixel(x, y, self.pixmap.sample(x + sides, y + first));
            }
        }
        Image::from(pixmap)
    }

    /// Panics unless the image matches the PNG file at `path`. With `SNAPSHOTS=overwrite`, as in snapbox, writes that file.
    #[track_caller]
    pub(crate) fn assert_like(&self, path: &Path) {
        let name = path.file_name().expect("a picture has a name").to_string_lossy();
        let png = || self.pixmap.clone().into_png().expect("pixels can be written as PNG");
        if std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite") {
            return std::fs::write(path, png()).expect("the picture can be written");
        }
        let wanted = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let wanted = Image::from(Pixmap::from_png(Cursor::new(wanted)).expect("the picture is a PNG file"));
        let same_size = (self.width, self.height) == (wanted.width, wanted.height);
        let is_off = |(a, b): &(&[u8; 3], &[u8; 3])| (0..3).any(|channel| a[channel].abs_diff(b[channel]) > SLIGHT);
        let off = self.pixels.iter().zip(&wanted.pixels).filter(is_off).count();
        if !same_size || off > self.pixels.len() / ONE_IN {
            let found = std::env::temp_dir().join(format!("found-{name}"));
            std::fs::write(&found, png()).expect("the picture can be written");
            let (width, height) = (self.width, self.height);
            panic!("{name}: {off} of {width} × {height} pixels differ; see the current page: {}", found.display());
        }
    }
}

impl From<Pixmap> for Image {
    fn from(pixmap: Pixmap) -> Image {
        let pixels = pixmap.data().iter().map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        Image { width: pixmap.width(), height: pixmap.height(), pixels, pixmap }
    }
}
