//! Empty values that replace broken or missing ones, so the rest can still be read.

use super::keyword::Markdown;
use super::objects::{Fields, has};
use super::reader::Reader;
use super::{Form, Kind, Property, Shape};
use crate::lesson::block::cloze::ClozeText;
use crate::lesson::block::equation::Formula;
use crate::lesson::block::verse::Stanzas;
use crate::lesson::prose::{Inlines, Prose};
use crate::source::Place;
use crate::value::Datum;

impl<'a> Reader<'a> {
    /// Puts placeholders where required keys are missing.
    pub(super) fn fill(&self, fields: &mut Fields, shape: &'a Shape, properties: &[Property<'a>]) {
        for (name, property) in properties {
            if self.schema.requires(shape, name) && !has(fields, name) {
                fields.push(((*name).to_owned(), self.placeholder(property)));
            }
        }
    }

    /// The smallest value that fits the model, in place of a broken or missing one.
    pub(super) fn placeholder(&self, shape: &'a Shape) -> Datum {
        let value = self.smallest(self.schema.resolve(shape));
        if shape.is_placed { value.placed(Place::beginning(self.file())) } else { value }
    }

    fn smallest(&self, shape: &'a Shape) -> Datum {
        match &shape.kind {
            Kind::Forms(forms) => match forms.first() {
                Some(Form::Word(word, _)) => Datum::Text(word.clone()),
                Some(Form::Key(name, form, _)) => Datum::form(name, self.placeholder(form)),
                None => Datum::Null,
            },
            Kind::Tagged(_, kinds) => kinds.first().map_or(Datum::Null, |(name, kind)| Datum::form(name, self.placeholder(kind))),
            Kind::Object(_) => {
                let mut fields = Fields::new();
                self.fill(&mut fields, shape, &self.schema.properties(shape));
                Datum::Map(fields)
            }
            Kind::Keyed(_) | Kind::List(_) => Datum::List(Vec::new()),
            Kind::Integer(low, _) => Datum::Number(if *low == i64::from(i32::MIN) { 0 } else { *low }),
            Kind::Boolean => Datum::Truth(false),
            Kind::Text(_) => Datum::Text(String::new()),
            Kind::Markdown(Markdown::Inline) => Datum::Parsed(Box::new(Inlines::default())),
            Kind::Markdown(Markdown::Blocks) => Datum::Parsed(Box::new(Prose(Vec::new()))),
            Kind::Markdown(Markdown::Blanks) => Datum::Parsed(Box::new(ClozeText(Prose(Vec::new())))),
            Kind::Markdown(Markdown::Verse) => Datum::Parsed(Box::new(Stanzas(Vec::new()))),
            Kind::Tex => Datum::Parsed(Box::new(Formula(None))),
            Kind::Nothing | Kind::Reference(_) => Datum::Null,
        }
    }
}
