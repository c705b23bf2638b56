//! What changes while a packet is composed: the counters and the collected images and marks.

use std::collections::BTreeMap;

use super::given::Given;
use crate::packet::Image;
use crate::picture::{Format, Picture};
use crate::source::Place;

/// A packet being composed.
pub(super) struct Composer<'a> {
    pub given: &'a Given<'a>,
    pub counters: Counters,
    pub gathered: Gathered,
}

/// The progress of composing.
pub(super) struct Counters {
    /// The level of the last heading. The title is 1.
    pub level: u8,
    /// The number of the next paragraph of the reading.
    pub paragraph: u32,
    /// The number of the next step.
    pub step: u32,
    /// The student page of the last paragraph.
    pub student_page: Option<usize>,
}

/// What a packet needs in addition to its sections.
#[derive(Default)]
pub(super) struct Gathered {
    pub images: Vec<Image>,
    /// Where each item is in its file, by mark. Reports about the finished layout use this.
    pub marks: BTreeMap<String, Place>,
}

impl<'a> Composer<'a> {
    /// A composer at the start of a lesson.
    pub(super) fn new(given: &'a Given<'a>) -> Self {
        let counters = Counters { level: 1, paragraph: 1, step: 1, student_page: None };
        Self { given, counters, gathered: Gathered::default() }
    }
}

impl Gathered {
    /// Adds a picture and returns its virtual path.
    pub(super) fn image(&mut self, picture: &Picture) -> String {
        let extension = match picture.format {
            Format::Png => "png",
            Format::Jpeg => "jpg",
            Format::Svg => "svg",
        };
        let path = format!("/image/{}.{extension}", self.images.len());
        self.images.push(Image { path: path.clone(), bytes: picture.bytes.clone() });
        path
    }

    /// Records where the thing with this mark is in its file, if known.
    pub(super) fn mark(&mut self, mark: &str, place: Option<Place>) {
        self.marks.extend(place.map(|place| (mark.to_owned(), place)));
    }
}
