//! The parent tree, which leads from content and annotations to their elements (ISO 32000-1, 14.7.4.4).

use std::collections::BTreeMap;

use lopdf::{Document, Error, Object, ObjectId};

/// The lists of elements by the keys of their pages. The engine writes each as an object of its own.
pub(super) fn of_pages(document: &Document) -> Result<BTreeMap<i64, ObjectId>, Error> {
    let numbers = numbers(document)?;
    let pair = |pair: &[Object]| Some((pair.first()?.as_i64().ok()?, pair.get(1)?.as_reference().ok()?));
    Ok(numbers
        .chunks(2)
        .filter_map(pair)
        .filter(|(_, list)| document.get_object(*list).is_ok_and(|list| list.as_array().is_ok()))
        .collect())
}

/// The first key that isn't used.
pub(super) fn next_key(document: &Document) -> Result<i64, Error> {
    let root = document.get_dictionary(root(document)?)?;
    if let Ok(next) = root.get(b"ParentTreeNextKey").and_then(Object::as_i64) {
        return Ok(next);
    }
    Ok(numbers(document)?.iter().step_by(2).filter_map(|key| key.as_i64().ok()).max().map_or(0, |last| last + 1))
}

/// Adds the elements of annotations by their keys, which are larger than all others.
pub(super) fn add(document: &mut Document, elements: &[(i64, ObjectId)], next: i64) -> Result<(), Error> {
    let mut numbers = numbers(document)?;
    for (key, element) in elements {
        numbers.extend([Object::from(*key), Object::from(*element)]);
    }
    let root = root(document)?;
    match document.get_dictionary(root)?.get(b"ParentTree")? {
        Object::Reference(tree) => {
            let tree = *tree;
            document.get_dictionary_mut(tree)?.set("Nums", numbers);
        }
        _ => document.get_dictionary_mut(root)?.get_mut(b"ParentTree")?.as_dict_mut()?.set("Nums", numbers),
    }
    document.get_dictionary_mut(root)?.set("ParentTreeNextKey", next);
    Ok(())
}

/// The root of the structure tree.
fn root(document: &Document) -> Result<ObjectId, Error> {
    document.catalog()?.get(b"StructTreeRoot")?.as_reference()
}

fn numbers(document: &Document) -> Result<Vec<Object>, Error> {
    let root = document.get_dictionary(root(document)?)?;
    let tree = match root.get(b"ParentTree")? {
        Object::Reference(tree) => document.get_dictionary(*tree)?,
        tree => tree.as_dict()?,
    };
    Ok(tree.get(b"Nums")?.as_array()?.clone())
}
