//! The limits for every SVG.

/// The most elements, written or repeated by reference.
pub(super) const MAX_ELEMENTS: u64 = 50_000;

/// The deepest nesting, including through references.
pub(super) const MAX_DEPTH: u64 = 64;

/// The longest side in points: the limit for a PDF page (ISO 32000-1, annex C).
pub(super) const MAX_POINTS: f64 = 14_400.0;
