//! What changes while a packet is composed: the counters, and what is gathered on the way.

use std::collections::BTreeMap;

use super::given::Given;
use crate::packet::Image;
use crate::picture::{Format, Picture};
use crate::source::Place;

/// A packet that is being composed.
pub(super) struct Composer<'a> {
    pub given: &'a Given<'a>,
    pub counters: Counters,
    pub gathered: Gathered,
}

/// Where composing is.
pub(super) struct Counters {
    /// The level of the last heading; 1 is the title.
    pub level: u8,
    /// The number of the next paragraph of the reading.
    pub paragraph: u32,
    /// The number of the next step.
    pub step: u32,
    /// The student page of the last paragraph.
    pub student_page: Option<usize>,
}

/// What goes with the sections of a packet.
#[derive(Default)]
pub(super) struct Gathered {
    pub images: Vec<Image>,
    /// The places of the items by their marks, for reports on the finished layout.
    pub marks: BTreeMap<String, Place>,
}

impl<'a> Composer<'a> {
    /// A composer at the beginning of a lesson.
    pub(super) fn new(given: &'a Given<'a>) -> Self {
        let counters = Counters { level: 1, paragraph: 1, step: 1, student_page: None };
        Self { given, counters, gathered: Gathered::default() }
    }
}

impl Gathered {
    /// Takes in a picture and returns its virtual path.
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

    /// Notes down where what has this mark stands in its file, if that is known.
    pub(super) fn mark(&mut self, mark: &str, place: Option<Place>) {
        self.marks.extend(place.map(|place| (mark.to_owned(), place)));
    }
}
