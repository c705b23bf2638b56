//! A Venn diagram: what two or three things have in common, and what each has alone.

use super::answer::Form;
use super::question::question;
use super::{Area, Content, Entry, Item, Text, given_ids, lines};
use crate::lesson::prose::{Inlines, Placed};
use crate::lesson::values::Id;

question! {
    /// A Venn diagram: what two or three things have in common, and what each has alone.
    pub struct Venn is "a Venn diagram" {
        /// What to do; without it "Write what belongs to each, and what they share."
        pub ask: Option<Inlines>,
        /// What is compared: two or three, a circle each.
        #[schemars(length(min = 2, max = 3), extend("uniqueItems" = true))]
        pub circles: Vec<Entry>,
        /// What the middle is called; without it "Both", or "All" of three.
        pub both: Option<Inlines>,
        /// How high it is; without it 9 cm.
        pub space: Option<Placed<Area>>,
    }
}

impl Venn {
    /// The names of its regions in the teacher file: each circle, each two of three, and the middle.
    ///
    /// Only circles with an `id` have one.
    pub fn regions(&self) -> Vec<String> {
        self.regions_with_circles().into_iter().map(|(name, _)| name).collect()
    }

    /// The names of its regions, each with the positions of the circles to which it belongs.
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
        let example = "what belongs to each circle and to the middle: `{regions: {id: …, id: …, both: …}}`";
        let three = self.circles.len() == 3;
        let (middle, other) = if three { ("all", "both") } else { ("both", "all") };
        let form = Form::new(&["regions"], example).naming("regions", "region", self.regions()).also(other, middle);
        // Of three circles, two often share nothing that the third has not.
        if three { form.partly() } else { form }
    }
}
