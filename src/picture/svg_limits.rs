//! What no drawing may exceed.

/// The most elements of a drawing, written or repeated by reference.
pub(super) const MAX_ELEMENTS: u64 = 50_000;

/// The deepest nesting, counted through references as well.
pub(super) const MAX_DEPTH: u64 = 64;

/// The longest side in points: what a PDF page may measure (ISO 32000-1, annex C).
pub(super) const MAX_POINTS: f64 = 14_400.0;
