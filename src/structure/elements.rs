//! Reads and changes the elements of a structure tree.

use lopdf::{Dictionary, Document, Error, Object, ObjectId};

/// Elements that hold blocks, so text right inside them needs a paragraph.
const CONTAINERS: [&[u8]; 9] = [b"Document", b"Sect", b"Part", b"Div", b"BlockQuote", b"LBody", b"TD", b"TH", b"Note"];

/// A child of an element.
#[derive(Debug, Clone)]
pub(super) enum Kid {
    /// An element.
    Element(ObjectId),
    /// Marked content, or an annotation.
    Content(Object),
}

/// The elements of a document's structure tree.
pub(super) struct Elements<'a> {
    pub document: &'a mut Document,
}

impl Elements<'_> {
    /// Says how a list is numbered.
    pub(super) fn number(&mut self, list: ObjectId, style: &str) -> Result<(), Error> {
        let attributes = Dictionary::from_iter([("O", "List".into()), ("ListNumbering", style.into())]);
        self.document.get_dictionary_mut(list)?.set("A", vec![Object::Dictionary(attributes)]);
        Ok(())
    }

    pub(super) fn new_element(&mut self, name: &str) -> ObjectId {
        self.document.add_object(Dictionary::from_iter([("Type", "StructElem".into()), ("S", name.into())]))
    }

    pub(super) fn name(&self, id: ObjectId) -> Result<Vec<u8>, Error> {
        let element = self.document.get_dictionary(id)?;
        Ok(element.get(b"S").and_then(Object::as_name).unwrap_or_default().to_vec())
    }

    pub(super) fn is_title(&self, id: ObjectId) -> bool {
        self.name(id).is_ok_and(|name| matches!(name.as_slice(), [b'H', b'1'..=b'9'] | b"Caption"))
    }

    pub(super) fn has_text_of_its_own(&self, id: ObjectId) -> Result<bool, Error> {
        let element = self.document.get_dictionary(id)?;
        Ok(element.has(b"Alt") || element.has(b"ActualText"))
    }

    /// Whether an element holds blocks rather than lines.
    pub(super) fn holds_blocks(&self, id: ObjectId) -> Result<bool, Error> {
        let name = self.name(id)?;
        Ok(CONTAINERS.contains(&name.as_slice()))
    }

    /// Whether an element's attributes make it a block.
    pub(super) fn is_block(&self, id: ObjectId) -> Result<bool, Error> {
        let element = self.document.get_dictionary(id)?;
        let Ok(attributes) = element.get(b"A") else { return Ok(false) };
        let attributes = match self.document.dereference(attributes)?.1 {
            Object::Array(attributes) => attributes.as_slice(),
            other => std::slice::from_ref(other),
        };
        let is_block = |attribute: &Object| {
            let placement = attribute.as_dict().and_then(|attribute| attribute.get(b"Placement")).and_then(Object::as_name);
            placement.is_ok_and(|placement| placement == b"Block")
        };
        Ok(attributes.iter().any(is_block))
    }

    /// The children of an element. Marked content names its page.
    pub(super) fn kids(&self, id: ObjectId) -> Result<Vec<Kid>, Error> {
        let element = self.document.get_dictionary(id)?;
        let page = element.get(b"Pg").ok();
        let Ok(kids) = element.get(b"K") else { return Ok(Vec::new()) };
        let kids = match kids {
            Object::Array(kids) => kids.as_slice(),
            other => std::slice::from_ref(other),
        };
        let kid = |kid: &Object| match kid {
            Object::Reference(id) if self.document.get_dictionary(*id).is_ok_and(|element| element.has(b"S")) => {
                Kid::Element(*id)
            }
            Object::Integer(content) => {
                let mut reference = Dictionary::from_iter([("Type", "MCR".into()), ("MCID", (*content).into())]);
                if let Some(page) = page {
                    reference.set("Pg", page.clone());
                }
                Kid::Content(Object::Dictionary(reference))
            }
            other => Kid::Content(other.clone()),
        };
        Ok(kids.iter().map(kid).collect())
    }

    /// Makes these the children of an element.
    pub(super) fn set_kids(&mut self, id: ObjectId, kids: Vec<Kid>) -> Result<(), Error> {
        for kid in &kids {
            if let Kid::Element(child) = kid {
                self.document.get_dictionary_mut(*child)?.set("P", id);
            }
        }
        // Content on one page needs only its number.
        let page_of = |content: &Dictionary| content.get(b"Pg").and_then(Object::as_reference).ok();
        let page = kids.iter().find_map(|kid| if let Kid::Content(Object::Dictionary(it)) = kid { page_of(it) } else { None });
        let object = |kid: Kid| match kid {
            Kid::Element(child) => Object::Reference(child),
            Kid::Content(Object::Dictionary(content)) => match content.get(b"MCID") {
                Ok(number) if page_of(&content) == page => number.clone(),
                _ => Object::Dictionary(content),
            },
            Kid::Content(content) => content,
        };
        let mut objects: Vec<Object> = kids.into_iter().map(object).collect();
        let element = self.document.get_dictionary_mut(id)?;
        if let Some(page) = page {
            element.set("Pg", page);
        }
        match objects.pop() {
            None => drop(element.remove(b"K")),
            Some(only) if objects.is_empty() => element.set("K", only),
            Some(last) => {
                objects.push(last);
                element.set("K", objects);
            }
        }
        Ok(())
    }
}
