//! Composes the passages that questions point to, with adjacent paragraphs and lines merged into ranges.

use std::collections::BTreeMap;

use super::given::Given;
use super::targets::Target;
use crate::lesson::prose::Placed;
use crate::lesson::values::Id;
use crate::packet::reference::Reference;

/// The passage a label names, as it prints.
pub(super) fn to_label(given: &Given<'_>, label: &str) -> Option<Reference> {
    to_labels(given, std::iter::once(label)).pop()
}

/// The passages a question points to.
pub(super) fn of_question(given: &Given<'_>, see: &[Placed<Id>]) -> Vec<Reference> {
    to_labels(given, see.iter().map(|label| &*label.value.0))
}

/// The passages that labels name, with adjacent paragraphs and lines merged.
fn to_labels<'l>(given: &Given<'_>, see: impl Iterator<Item = &'l str>) -> Vec<Reference> {
    let mut numbered: Vec<u32> = Vec::new();
    let mut lines: BTreeMap<Option<String>, Vec<u32>> = BTreeMap::new();
    let mut labels: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
    for label in see {
        match given.target(label) {
            Some(Target::Paragraph(number)) => numbered.push(*number),
            Some(Target::Line(number, of)) => lines.entry(of.clone()).or_default().push(*number),
            Some(Target::Lines(of)) => labels.entry(of.clone()).or_default().push(given.scoped(label)),
            None => {}
        }
    }
    let paragraphs = (!numbered.is_empty()).then(|| Reference::Paragraphs { ranges: ranges(numbered) });
    let lines = lines.into_iter().map(|(of, numbers)| Reference::Lines { ranges: ranges(numbers), of });
    // The layout of the whole student packet has the line numbers. Worksheets and teacher editions take them from there.
    let known =
        |labels: &[String]| labels.iter().map(|label| given.layout?.lines.get(label).copied()).collect::<Option<Vec<_>>>();
    let labels = labels.into_iter().map(|(of, labels)| match known(&labels) {
        Some(lines) => {
            Reference::Lines { ranges: ranges(lines.into_iter().flat_map(|(first, last)| first..=last).collect()), of }
        }
        None => Reference::Labels { labels, of },
    });
    paragraphs.into_iter().chain(lines).chain(labels).collect()
}

/// The first and last number of each unbroken run.
fn ranges(mut numbers: Vec<u32>) -> Vec<(u32, u32)> {
    numbers.sort_unstable();
    numbers.dedup();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjacent_paragraphs_make_a_range() {
        assert_eq!(ranges(vec![9, 4, 5, 6, 5]), [(4, 6), (9, 9)]);
        assert_eq!(ranges(vec![]), []);
    }
}
