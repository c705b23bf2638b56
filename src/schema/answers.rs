//! Answers in a lesson: they belong in the teacher file.

use super::Shape;
use super::reader::{Asked, Reader};
use super::written::flow_value;
use crate::yaml::{Key, Node, Value};

impl<'a> Reader<'a> {
    /// Enters a question; other shapes belong to the question around them. Returns that question.
    pub(super) fn enter(&mut self, entries: &[(Key, Node)], shape: &'a Shape) -> Option<Asked<'a>> {
        let outer = self.asked.clone();
        if let Some(form) = &shape.answer {
            let id = entries.iter().find(|(key, _)| key.text == "id").map(|(_, node)| flow_value(node));
            self.asked = Some(Asked { form, id: id.filter(|id| id != "…") });
        }
        outer
    }

    /// The help for an answer inside a question.
    pub(super) fn answer_elsewhere(&self, key: &Key, value: &Node) -> Option<String> {
        let Asked { form, id } = self.asked.as_ref()?;
        let is_part = form.contains(&format!("{{{}: ", key.text)) || form.contains(&format!(", {}: ", key.text));
        if !is_part && !self.schema.hints.answers.contains(&key.text.as_str()) {
            return None;
        }
        let answer = answer(form, key, value);
        let file = format!("`{}.teacher.yaml`", self.stem());
        Some(match id {
            Some(id) => format!("move it to {file}: write `answers: {{{id}: {answer}}}` there"),
            None => {
                format!("move it to {file}: write `answers: {{its-id: {answer}}}` there, and give the question `id: its-id` here")
            }
        })
    }
}

/// The answer in its form, with the value of `key` in it if that shows where it belongs.
fn answer(form: &str, key: &Key, value: &Node) -> String {
    let shown = flow_value(value);
    let open = format!("{}: …", key.text);
    let is_whole = form.starts_with(&format!("{{{}: ", key.text)) && !matches!(value.value, Value::Text(_));
    if shown.contains('…') {
        form.to_owned()
    } else if form.contains(&open) {
        form.replacen(&open, &format!("{}: {shown}", key.text), 1)
    } else if is_whole {
        format!("{{{}: {shown}}}", key.text)
    } else if matches!(value.value, Value::Text(_)) && form.matches('…').count() == 1 {
        form.replacen('…', &shown, 1)
    } else {
        form.to_owned()
    }
}
