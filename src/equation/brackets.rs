//! Groups the pieces of a row: brackets with their contents, and scripts before a piece with the piece.

use super::{Class, Math};

/// The pieces of a row as they are read.
#[derive(Default)]
pub(super) struct Brackets {
    items: Vec<Math>,
    /// Open brackets, the innermost last.
    open: Vec<Frame>,
    /// Scripts that may belong before the next piece.
    before: Option<Math>,
}

struct Frame {
    bracket: String,
    class: Class,
    items: Vec<Math>,
}

impl Brackets {
    /// The number of open brackets.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Adds a piece.
    pub(super) fn push(&mut self, item: Math) {
        if is_loose(&item) {
            self.flush();
            self.before = Some(item);
            return;
        }
        let item = match self.before.take() {
            Some(scripts) if may_follow_scripts(&item) => with_scripts_before(scripts, item),
            scripts => {
                self.before = scripts;
                self.flush();
                item
            }
        };
        match bracket(&item) {
            Some((text, Class::Opening)) if is_plain(&item) => self.opened(text.to_owned(), Class::Opening),
            Some((text, Class::Closing)) => {
                let text = text.to_owned();
                self.closed(item, text);
            }
            Some((text, Class::Fence)) => {
                let text = text.to_owned();
                self.bar(item, text);
            }
            _ => self.items().push(item),
        }
    }

    /// All pieces. Unmatched brackets become ordinary symbols.
    pub(super) fn finish(mut self) -> Math {
        self.flush();
        while !self.open.is_empty() {
            self.dissolve();
        }
        Math::row(self.items)
    }

    fn items(&mut self) -> &mut Vec<Math> {
        self.open.last_mut().map_or(&mut self.items, |frame| &mut frame.items)
    }

    fn flush(&mut self) {
        if let Some(scripts) = self.before.take() {
            self.items().push(scripts);
        }
    }

    fn opened(&mut self, bracket: String, class: Class) {
        self.open.push(Frame { bracket, class, items: Vec::new() });
    }

    fn closed(&mut self, item: Math, close: String) {
        if !self.open.iter().any(|frame| frame.class == Class::Opening) {
            self.items().push(item);
            return;
        }
        while self.open.last().is_some_and(|frame| frame.class == Class::Fence) {
            self.dissolve();
        }
        self.wrap(item, close);
    }

    /// A bar closes the last bar if there is something between them; otherwise it opens.
    fn bar(&mut self, item: Math, bar: String) {
        let closes = self.open.last().is_some_and(|frame| frame.bracket == bar && frame.items.last().is_some_and(is_operand));
        if closes {
            self.wrap(item, bar);
        } else if is_plain(&item) {
            self.opened(bar, Class::Fence);
        } else {
            self.items().push(item);
        }
    }

    /// Groups the innermost open bracket, its pieces, and its closing bracket, whose scripts apply to the group.
    fn wrap(&mut self, closing: Math, close: String) {
        let Some(frame) = self.open.pop() else { return };
        let body = Box::new(Math::row(frame.items));
        let fenced = Math::Fenced { open: frame.bracket, close, body };
        let whole = match closing {
            Math::Scripts { primes, sub, sup, before_sub, before_sup, .. } => {
                Math::Scripts { base: Box::new(fenced), primes, sub, sup, before_sub, before_sup }
            }
            _ => fenced,
        };
        self.items().push(whole);
    }

    /// Makes the innermost open bracket an ordinary symbol.
    fn dissolve(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        let between = !frame.items.is_empty() && self.items().last().is_some_and(is_operand);
        let class = if frame.class == Class::Fence && between { Class::Relation } else { frame.class };
        let items = self.items();
        items.push(Math::Symbol { text: frame.bracket, class });
        items.extend(frame.items);
    }
}

/// Scripts without a base.
fn is_loose(item: &Math) -> bool {
    matches!(item, Math::Scripts { base, primes: 0, .. } if base.is_empty())
}

fn is_plain(item: &Math) -> bool {
    matches!(item, Math::Symbol { .. })
}

/// The bracket of a piece, with or without scripts.
fn bracket(item: &Math) -> Option<(&str, Class)> {
    match item {
        Math::Symbol { text, class: class @ (Class::Opening | Class::Fence | Class::Closing) } if text != "!" => {
            Some((text, *class))
        }
        Math::Scripts { base, .. } => match &**base {
            base @ Math::Symbol { .. } => bracket(base),
            _ => None,
        },
        _ => None,
    }
}

/// Whether something can be multiplied or raised, which means a bar after it closes.
fn is_operand(item: &Math) -> bool {
    match item {
        Math::Symbol { class, .. } => matches!(class, Class::Normal | Class::Closing),
        Math::Space { .. } => false,
        _ => true,
    }
}

fn may_follow_scripts(item: &Math) -> bool {
    match item {
        Math::Symbol { class, .. } => *class == Class::Normal,
        Math::Scripts { base, before_sub, before_sup, .. } => {
            before_sub.is_none() && before_sup.is_none() && may_follow_scripts(base)
        }
        Math::Space { .. } => false,
        _ => true,
    }
}

fn with_scripts_before(scripts: Math, item: Math) -> Math {
    let Math::Scripts { sub: before_sub, sup: before_sup, .. } = scripts else { return item };
    match item {
        Math::Scripts { base, primes, sub, sup, .. } => Math::Scripts { base, primes, sub, sup, before_sub, before_sup },
        item => Math::Scripts { base: Box::new(item), primes: 0, sub: None, sup: None, before_sub, before_sup },
    }
}
