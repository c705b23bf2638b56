//! Gives questions that don't say how many lines they need what is left of their pages, up to a limit.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use typst::foundations::Value;
use typst_layout::PagedDocument;

use super::elastic::{is_plain_lines, sections_mut};
use super::fullness::page_fills;
use super::marks;
use super::rounds::Rounds;

/// What stays free below lines that were added, in points.
const CLEARANCE: f64 = 2.0;

/// The content with more lines where pages have room for them, and its layout. `document` is the layout of `content`, and `lay_out`
/// makes another one.
pub(super) fn with_grown_lines<E>(
    content: Json,
    document: PagedDocument,
    mut lay_out: impl FnMut(&Json, &PagedDocument, Rounds) -> Result<PagedDocument, E>,
) -> (Json, PagedDocument) {
    let Some(grown) = grown(&content, &document) else { return (content, document) };
    // The engine may find no layout in its few rounds.
    match lay_out(&grown, &document, Rounds::UntilSettled) {
        Ok(again) if again.pages().len() <= document.pages().len() => (grown, again),
        _ => (content, document),
    }
}

/// A question whose lines may be more than it asks for.
#[derive(Debug, Clone, PartialEq)]
struct Growing {
    mark: String,
    page: usize,
    /// The height of one more line for each of its parts, in points.
    step: f64,
    /// The lines that it has, and the most that it may have.
    count: u32,
    most: u32,
}

/// The content with more lines where pages have room for them; `None` if none has.
fn grown(content: &Json, document: &PagedDocument) -> Option<Json> {
    let mut growing: Vec<Growing> = Vec::new();
    for (mark, page) in marks(document, "growing") {
        let Value::Dict(mark) = mark else { continue };
        let (Ok(Value::Str(name)), Ok(Value::Float(pitch)), Ok(Value::Int(count)), Ok(Value::Int(most))) =
            (mark.get("mark"), mark.get("pitch"), mark.get("count"), mark.get("most"))
        else {
            continue;
        };
        let (Ok(count), Ok(most)) = (u32::try_from(*count), u32::try_from(*most)) else { continue };
        match growing.iter_mut().find(|known| known.mark == name.as_str()) {
            Some(known) if known.page == page => known.step += pitch,
            // Its parts have the same number of lines, so those on different pages don't grow.
            Some(known) => known.most = known.count,
            None => growing.push(Growing { mark: name.to_string(), page, step: *pitch, count, most }),
        }
    }
    let before = growing.clone();
    let fills = page_fills(document);
    for (index, fill) in fills.iter().enumerate() {
        let mut on_page: Vec<&mut Growing> = growing.iter_mut().filter(|question| question.page == index + 1).collect();
        grow(&mut on_page, fill.left() - CLEARANCE);
    }
    if growing == before {
        return None;
    }
    let mut content = content.clone();
    let counts: BTreeMap<&str, u32> = growing.iter().map(|question| (question.mark.as_str(), question.count)).collect();
    sections_mut(&mut content, None, &mut |_, section| {
        for block in section["blocks"].as_array_mut().into_iter().flatten() {
            let count = block["question"]["mark"].as_str().and_then(|mark| counts.get(mark)).copied();
            if let Some(count) = count.filter(|_| is_plain_lines(&block["space"])) {
                block["space"]["count"] = json!(count);
                block["space"]["grown"] = json!(true);
            }
        }
    });
    Some(content)
}

/// Gives the questions of a page one line after the other, as long as there is room. They grow evenly, the last one first.
fn grow(questions: &mut [&mut Growing], mut left: f64) {
    loop {
        let before = left;
        for question in questions.iter_mut().rev() {
            if question.count < question.most && question.step <= left {
                question.count += 1;
                left -= question.step;
            }
        }
        if left == before {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_share_what_is_left_of_their_page() {
        let question = |step, most| Growing { mark: String::new(), page: 1, step, count: 4, most };
        let (mut first, mut last) = (question(25.0, 8), question(50.0, 8));
        grow(&mut [&mut first, &mut last], 140.0);
        assert_eq!((first.count, last.count), (5, 6));
        grow(&mut [&mut first, &mut last], 1000.0);
        assert_eq!((first.count, last.count), (8, 8));
    }
}
