//! Values on their way from the reader into the model, through `serde`. Text that is already parsed goes in unchanged.

use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, EnumAccess, Error as _, IntoDeserializer, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::source::Place;

/// A value from the reader.
pub enum Datum {
    /// `null`, where it has a meaning.
    Null,
    /// `true` or `false`.
    Truth(bool),
    /// A whole number.
    Number(i64),
    /// Text, as written.
    Text(String),
    /// A list.
    List(Vec<Datum>),
    /// Keys and values; a form is a map with one key.
    Map(Vec<(String, Datum)>),
    /// A parsed value: a type of the model whose `Deserialize` is [`parsed`].
    Parsed(Box<dyn Any>),
}

/// Why a value doesn't fit the model: always a bug in the reader.
#[derive(Debug)]
pub struct Mismatch(String);

impl Datum {
    /// The value with its place.
    pub fn placed(self, place: Place) -> Self {
        let place = Datum::Parsed(Box::new(place));
        Datum::Map(vec![("value".to_owned(), self), ("place".to_owned(), place)])
    }

    /// A form with its value.
    pub fn form(name: &str, value: Datum) -> Self {
        Datum::Map(vec![(name.to_owned(), value)])
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Datum::Null)
    }
}

impl fmt::Debug for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Datum::Null => f.write_str("null"),
            Datum::Truth(truth) => truth.fmt(f),
            Datum::Number(number) => number.fmt(f),
            Datum::Text(text) => text.fmt(f),
            Datum::List(list) => f.debug_list().entries(list).finish(),
            Datum::Map(map) => f.debug_map().entries(map.iter().map(|(key, value)| (key, value))).finish(),
            Datum::Parsed(_) => f.write_str("(parsed)"),
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Mismatch {}

impl serde::de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

thread_local! {
    /// Passes a parsed value to its type, between two consecutive calls by `serde`.
    static HANDED_OVER: Cell<Option<Box<dyn Any>>> = const { Cell::new(None) };
}

/// Takes a parsed value: the `Deserialize` of its type.
///
/// # Errors
/// Fails for any other value.
pub fn parsed<'de, T: 'static, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Taker<T>(PhantomData<T>);

    impl<T: 'static> Visitor<'_> for Taker<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(std::any::type_name::<T>())
        }

        fn visit_unit<E: serde::de::Error>(self) -> Result<T, E> {
            let value = HANDED_OVER.take().and_then(|value| value.downcast().ok());
            value.map(|value| *value).ok_or_else(|| E::custom(format!("expected a parsed {}", std::any::type_name::<T>())))
        }
    }

    deserializer.deserialize_unit(Taker(PhantomData))
}

/// Declares that a type goes into the model as a parsed value.
macro_rules! goes_in_parsed {
    ($($name:ty),*) => {$(
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::parsed(deserializer)
            }
        }
    )*};
}
pub(crate) use goes_in_parsed;

goes_in_parsed!(Place);

impl<'de> Deserializer<'de> for Datum {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self {
            Datum::Null => visitor.visit_none(),
            Datum::Truth(truth) => visitor.visit_bool(truth),
            Datum::Number(number) => visitor.visit_i64(number),
            Datum::Text(text) => visitor.visit_string(text),
            Datum::List(list) => visitor.visit_seq(SeqDeserializer::new(list.into_iter())),
            Datum::Map(map) => visitor.visit_map(MapDeserializer::new(map.into_iter())),
            Datum::Parsed(value) => {
                HANDED_OVER.set(Some(value));
                visitor.visit_unit()
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self {
            Datum::Text(name) => visitor.visit_enum(Form { name, value: None }),
            Datum::Map(map) => match <[_; 1]>::try_from(map) {
                Ok([(name, value)]) => visitor.visit_enum(Form { name, value: Some(value) }),
                Err(map) => Err(Mismatch(format!("expected a form with one key, found {} keys", map.len()))),
            },
            other => Err(Mismatch(format!("expected a word or a key for a form, found {other:?}"))),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct
        map struct identifier ignored_any
    }
}

impl IntoDeserializer<'_, Mismatch> for Datum {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// A form: a word, or a key with its value.
struct Form {
    name: String,
    value: Option<Datum>,
}

impl<'de> EnumAccess<'de> for Form {
    type Error = Mismatch;
    type Variant = Self;

    fn variant_seed<S: serde::de::DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Mismatch> {
        let name = self.name.clone();
        Ok((seed.deserialize(name.into_deserializer())?, self))
    }
}

impl<'de> VariantAccess<'de> for Form {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        match self.value {
            None => Ok(()),
            Some(_) => Err(Mismatch(format!("`{}` takes no value", self.name))),
        }
    }

    fn newtype_variant_seed<S: serde::de::DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Mismatch> {
        seed.deserialize(self.value.ok_or_else(|| Mismatch(format!("`{}` has no value", self.name)))?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Mismatch> {
        Err(Mismatch::custom("the model has no forms with several values"))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Mismatch> {
        self.value.ok_or_else(|| Mismatch(format!("`{}` has no keys", self.name)))?.deserialize_any(visitor)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq)]
    struct Shout(String);
    goes_in_parsed!(Shout);

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Space {
        None,
        Lines(u32),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Model {
        shout: Shout,
        more: Option<Vec<Shout>>,
        spaces: Vec<Space>,
        absent: Option<bool>,
    }

    fn shout(text: &str) -> Datum {
        Datum::Parsed(Box::new(Shout(text.to_owned())))
    }

    #[test]
    fn parsed_values_go_in_unchanged() {
        let spaces = Datum::List(vec![Datum::Text("none".to_owned()), Datum::form("lines", Datum::Number(3))]);
        let map = [("shout", shout("Hey")), ("more", Datum::List(vec![shout("one"), shout("two")])), ("spaces", spaces)];
        let value = Datum::Map(map.map(|(key, value)| (key.to_owned(), value)).into());
        let model = Model::deserialize(value).expect("it fits");
        let more = Some(vec![Shout("one".to_owned()), Shout("two".to_owned())]);
        let spaces = vec![Space::None, Space::Lines(3)];
        assert_eq!(model, Model { shout: Shout("Hey".to_owned()), more, spaces, absent: None });
    }

    #[test]
    fn other_values_are_rejected() {
        assert!(Shout::deserialize(Datum::Text("Hey".to_owned())).is_err());
        assert!(Shout::deserialize(Datum::Parsed(Box::new(7_u8))).is_err());
        assert!(Space::deserialize(Datum::Text("lines".to_owned())).is_err());
    }
}
