//! A Venn diagram.

use super::answer::{Form, ids};
use super::question::question;
use super::{Area, Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A Venn diagram: what two or three things share, and what is unique to each.
    #[schemars(extend("x-answer" = "{regions: {circle-id: …, both: …}}"))]
    pub struct Venn is "a Venn diagram" {
        /// The directions (default: "Write what is unique to each and what they have in common.").
        pub ask: Option<Inlines>,
        /// The two or three things to compare, one per circle.
        #[schemars(length(min = 2, max = 3), extend("uniqueItems" = true))]
        pub circles: Vec<Entry>,
        /// The label of the middle (default: "Both", or "All three" for three circles).
        pub both: Option<Inlines>,
        /// The height of the diagram (default: 9 cm).
        pub space: Option<Placed<Area>>,
    }
}

impl Venn {
    /// The names of its regions in the teacher file: each circle, each pair of three circles, and the middle.
    ///
    /// Only circles with an `id` have a name.
    pub fn regions(&self) -> Vec<String> {
        self.regions_with_circles().into_iter().map(|(name, _)| name).collect()
    }

    /// The names of its regions, each with the positions of its circles.
    pub fn regions_with_circles(&self) -> Vec<(String, Vec<usize>)> {
        let ids: Vec<Option<&str>> = self.circles.iter().map(|circle| circle.id.as_ref().map(|id| &*id.value.0)).collect();
        let single = ids.iter().enumerate().filter_map(|(position, id)| Some(((*id)?.to_owned(), vec![position])));
        let mut regions: Vec<_> = single.collect();
        if ids.len() == 3 {
            for (first, second) in [(0, 1), (0, 2), (1, 2)] {
                if let (Some(one), Some(other)) = (ids[first], ids[second]) {
                    regions.push((format!("{one}-{other}"), vec![first, second]));
                }
            }
        }
        regions.push((if ids.len() == 3 { "all" } else { "both" }.to_owned(), (0..ids.len()).collect()));
        regions
    }
}

impl Content for Venn {
    fn texts(&self) -> Vec<Text<'_>> {
        lines(self.ask.iter().chain(self.circles.iter().map(|circle| &circle.text)).chain(&self.both))
    }

    fn item(&self) -> Option<Item<'_>> {
        Some(self.question())
    }

    fn lists(&self) -> Vec<Vec<&Placed<Id>>> {
        vec![given_ids(&self.circles)]
    }

    fn answer(&self) -> Form {
        let three = self.circles.len() == 3;
        let (middle, other) = if three { ("all", "both") } else { ("both", "all") };
        let example = if three {
            "what belongs in each circle and in the middle: `{regions: {id: …, all: …}}`; `all` is the middle"
        } else {
            "what belongs in each circle and in the middle: `{regions: {id: …, both: …}}`; `both` is the middle"
        };
        let circles = ids(&self.circles).into_iter().chain([middle.to_owned()]);
        let form = Form::new(&["regions"], example)
            .naming("regions", "region", self.regions())
            .showing(circles.map(|id| (id, "…".to_owned())).collect())
            .also(other, middle);
        // With three circles, pairs often share nothing that the third doesn't.
        if three { form.partly() } else { form }
    }
}
