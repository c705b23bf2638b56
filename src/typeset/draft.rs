//! Layouts of a lesson that is being written. Each begins with the layout before it and with what was chosen for it, so most pages
//! stay as they are.

use image::RgbImage;
use serde_json::Value as Json;
use typst_layout::PagedDocument;

use super::rounds::{Rounds, compiled};
use super::world::PacketWorld;
use super::{
    LaidOut, OverflowWarning, TypesetError, Typesetter, as_printed, breaks, elastic, layout, overflow_warnings, page_text,
    rendered, sides_of,
};
use crate::digest::Digest;
use crate::packet::setting::Setting;
use crate::packet::{Layout, Look, Packet};

/// A layout to look at, and to begin the next one with.
pub struct Draft {
    document: PagedDocument,
    /// The pages as they print: in grayscale, on sheets, or larger.
    printed: PagedDocument,
    choices: Choices,
    /// What other packets need to know about it.
    pub layout: Layout,
    /// What did not fit.
    pub warnings: Vec<OverflowWarning>,
}

/// What was chosen so that pages end well.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    /// The setting of the whole packet.
    pub setting: Setting,
    /// Changes of its content.
    pub changes: Vec<Change>,
}

/// A value in the content of a packet that was chosen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    /// Where it is, as a JSON pointer.
    pointer: String,
    /// What it was.
    from: Json,
    /// What it became.
    to: Json,
}

impl Choices {
    /// What was chosen between the composed content and the one that was laid out.
    pub(super) fn of(setting: Setting, composed: &Json, chosen: &Json) -> Self {
        let mut changes = Vec::new();
        compare(composed, chosen, &mut String::new(), &mut changes);
        Self { setting, changes }
    }

    /// Chooses the same again, where the content is what it was.
    fn apply(&self, content: &mut Json) {
        for change in &self.changes {
            match content.pointer_mut(&change.pointer) {
                Some(value) if *value == change.from => value.clone_from(&change.to),
                None if change.from.is_null() => insert(content, change),
                _ => {}
            }
        }
    }
}

/// Sets a key that wasn't there.
fn insert(content: &mut Json, change: &Change) {
    let Some((parent, key)) = change.pointer.rsplit_once('/') else { return };
    if let Some(Json::Object(map)) = content.pointer_mut(parent) {
        map.insert(key.replace("~1", "/").replace("~0", "~"), change.to.clone());
    }
}

fn compare(before: &Json, after: &Json, pointer: &mut String, changes: &mut Vec<Change>) {
    if before == after {
        return;
    }
    let mut inside = |name: &str, before: &Json, after: &Json, changes: &mut Vec<Change>| {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        compare(before, after, pointer, changes);
        pointer.truncate(length);
    };
    match (before, after) {
        (Json::Object(one), Json::Object(other)) => {
            for (name, value) in other {
                inside(name, one.get(name).unwrap_or(&Json::Null), value, changes);
            }
        }
        (Json::Array(one), Json::Array(other)) if one.len() == other.len() => {
            for (index, (one, other)) in one.iter().zip(other).enumerate() {
                inside(&index.to_string(), one, other, changes);
            }
        }
        _ => changes.push(Change { pointer: pointer.clone(), from: before.clone(), to: after.clone() }),
    }
}

impl Typesetter<'_> {
    /// Lays out a packet that is being written, quickly: as the layout before it, and without new choices of room to write.
    /// References to other pages may be those of the layout before.
    ///
    /// # Errors
    /// If a template fails, which for a checked lesson is a bug in Packetpress.
    pub fn draft(&self, packet: &Packet, before: Option<&Draft>) -> Result<Draft, TypesetError> {
        let mut world = PacketWorld::new(packet, self.fonts, self.templates);
        let mut content = serde_json::to_value(packet).expect("a packet is plain data");
        let setting = before.map_or(packet.look.setting, |before| before.choices.setting);
        if setting != packet.look.setting {
            world.set_look(&Look { setting, ..packet.look.clone() });
        }
        if setting.lines < 1.0 {
            elastic::set_fewer_lines(&mut content["sections"], setting.lines);
        }
        breaks::name_blocks(&mut content);
        let composed = content.clone();
        if let Some(before) = before {
            before.choices.apply(&mut content);
        }
        world.set_packet(&content);
        let rounds = if before.is_some() { Rounds::UntilPagesEnd } else { Rounds::UntilSettled };
        let document = compiled(&world, before.map(|before| &before.document), rounds)?;
        let (layout, warnings) = (layout(&document), overflow_warnings(&document, packet.look.zoom));
        let choices = Choices::of(setting, &composed, &content);
        let sides = sides_of(packet, layout.pages);
        let printed = as_printed(&document, packet.look.mono, sides.as_deref(), packet.look.zoom).into_owned();
        Ok(Draft { document, printed, choices, layout, warnings })
    }
}

impl From<LaidOut<'_>> for Draft {
    fn from(laid_out: LaidOut<'_>) -> Self {
        let printed = laid_out.as_printed().into_owned();
        let LaidOut { document, layout, warnings, choices, .. } = laid_out;
        Self { document, printed, choices, layout, warnings }
    }
}

impl Draft {
    /// A digest of each printed page: two pages with the same one look the same.
    pub fn digests(&self) -> Vec<Digest> {
        let digest = |page| Digest::of(&typst::utils::hash128(page).to_be_bytes());
        self.printed.pages().iter().map(digest).collect()
    }

    /// The width and height of each printed page, in points.
    pub fn sizes(&self) -> Vec<(f64, f64)> {
        let size = |page: &typst_layout::Page| (page.frame.width().to_pt(), page.frame.height().to_pt());
        self.printed.pages().iter().map(size).collect()
    }

    /// Renders a printed page at this width in pixels. Pages count from 1; `None` if there is no such page.
    pub fn picture(&self, page: usize, width: u32) -> Option<RgbImage> {
        Some(rendered(self.printed.pages().get(page.checked_sub(1)?)?, width))
    }

    /// The text of a printed page. Pages count from 1; `None` if there is no such page.
    pub fn text(&self, page: usize) -> Option<String> {
        Some(page_text::of(&self.printed.pages().get(page.checked_sub(1)?)?.frame))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::lesson::series::Format;

    #[test]
    fn choices_are_made_again_where_nothing_else_changed() {
        let composed = json!({"a": [{"room": 3, "text": "x"}, {"room": 4}], "b/c": 1});
        let chosen = json!({"a": [{"room": 5, "text": "x", "kept": true}, {"room": 4}], "b/c": 2});
        let setting = Setting::of(Format::Standard, 11.0, None);
        let choices = Choices::of(setting, &composed, &chosen);
        let mut same = composed.clone();
        choices.apply(&mut same);
        assert_eq!(same, chosen);
        let mut other = json!({"a": [{"room": 9, "text": "y"}], "b/c": 1});
        choices.apply(&mut other);
        assert_eq!(other, json!({"a": [{"room": 9, "text": "y", "kept": true}], "b/c": 2}));
    }
}
