//! Lays out what a world holds, in as many rounds as it takes until no page depends on where things were in the round before.
//!
//! The engine's own loop, `typst::compile`, begins with a round that knows of no pages. A packet that is laid out again with a small
//! change begins with the layout before it instead, so most of its pages are done after one round.

use std::sync::atomic::{AtomicUsize, Ordering};

use comemo::{Constraint, Track, Tracked, evict};
use typst::World;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{StyleChain, Target, TargetElem};
use typst::introspection::{EmptyIntrospector, ITER_NAMES, Introspector, MAX_ITERS, analyze};
use typst::utils::Protected;
use typst_layout::{PagedDocument, layout_document};
use typst_timing::TimingScope;

use super::world::PacketWorld;
use super::{TypesetError, places};

/// How many pages are laid out before work that none of them used is dropped. Each round of each layout counts. Packets of one lesson
/// have pages in common, so what was used is kept; a page takes one to three megabytes. More pages save no time.
const PAGES_KEPT: usize = 400;

/// The fewest rounds before work is dropped. A packet needs its last ones.
const ROUNDS_KEPT: usize = 2;

/// The pages laid out since work was dropped.
static PAGES: AtomicUsize = AtomicUsize::new(0);

/// How many rounds a layout takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounds {
    /// Until nothing changes, so that it can be printed.
    UntilSettled,
    /// Until pages end where they would if it were settled, though references to other pages may not be right yet.
    UntilPagesEnd,
}

/// What templates leave where the size of what follows depends on its place.
const PLACES: [&str; 5] = ["place-of-figure", "place-of-sources", "above-ticket", "end-of-guide", "part"];

/// Lays out what a world holds. `before` is an earlier layout of nearly the same.
pub(super) fn compiled(
    world: &PacketWorld<'_>,
    before: Option<&PagedDocument>,
    rounds: Rounds,
) -> Result<PagedDocument, TypesetError> {
    let mut sink = Sink::new();
    let document = laid_out(world, before, rounds, &mut sink).map_err(|errors| world.explain(&errors))?;
    let warnings = sink.warnings();
    let faults: Vec<SourceDiagnostic> = warnings.into_iter().filter(|warning| !is_harmless(warning)).collect();
    if faults.is_empty() { Ok(document) } else { Err(world.explain(&faults)) }
}

/// Lays it out in as many rounds as it needs, but not more than the engine's own loop.
fn laid_out(world: &dyn World, before: Option<&PagedDocument>, until: Rounds, sink: &mut Sink) -> SourceResult<PagedDocument> {
    let tracked = world.track();
    let library = world.library();
    let traced = Traced::default();
    let main = world.source(world.main()).expect("there is a main template");
    let route = Route::default();
    let content = typst_eval::eval(tracked, library, traced.track(), sink.track_mut(), route.track(), &main)?.content();
    let base = StyleChain::new(&library.styles);
    let target = TargetElem::target.set(Target::Paged).wrap();
    let styles = base.chain(&target);
    let empty = EmptyIntrospector;
    let start: &dyn Introspector = match before {
        Some(document) => document.introspector().as_ref(),
        None => &empty,
    };
    let mut rounds: Vec<PagedDocument> = Vec::new();
    for name in ITER_NAMES {
        let _scope = TimingScope::new(name);
        let known: &dyn Introspector = rounds.last().map_or(start, |document| document.introspector().as_ref());
        let constraint = Constraint::new();
        let mut own = Sink::new();
        let mut engine = Engine {
            world: tracked,
            library,
            introspector: Protected::new(known.track_with(&constraint)),
            traced: traced.track(),
            sink: own.track_mut(),
            route: Route::default(),
        };
        let document = layout_document(&mut engine, &content, styles)?;
        let found: &dyn Introspector = document.introspector().as_ref();
        let is_settled = constraint.validate(found);
        count(document.pages().len());
        let may_end = until == Rounds::UntilPagesEnd;
        let is_enough = is_settled || may_end && rounds.last().or(before).is_some_and(|known| have_same_places(known, &document));
        rounds.push(document);
        if is_enough || rounds.len() == ITER_NAMES.len() {
            if !is_enough {
                warn_of_changes(tracked, start, &rounds, &own, sink);
            }
            sink.extend_from_sink(own);
            break;
        }
    }
    let delayed = sink.delayed();
    if delayed.is_empty() { Ok(rounds.pop().expect("there is a round")) } else { Err(delayed) }
}

/// Whether everything whose size depends on its place is in the same places in both layouts: at the same height, and on the same side
/// of a sheet.
fn have_same_places(known: &PagedDocument, found: &PagedDocument) -> bool {
    let rounded = |(page, height): (usize, f64)| (page.is_multiple_of(2), (height * 100.0).round() as i64);
    let of = |document: &PagedDocument, name| -> Vec<_> { places(document, name).into_iter().map(rounded).collect() };
    PLACES.iter().all(|name| of(known, name) == of(found, name))
}

/// Warns of what still changes from round to round, if anything that matters does.
fn warn_of_changes(
    world: Tracked<dyn World + '_>,
    start: &dyn Introspector,
    rounds: &[PagedDocument],
    own: &Sink,
    sink: &mut Sink,
) {
    let mut introspectors = [start; MAX_ITERS + 1];
    for (known, round) in introspectors[1..].iter_mut().zip(rounds) {
        *known = round.introspector().as_ref();
    }
    for warning in analyze(world, introspectors, own.introspections()) {
        sink.warn(warning);
    }
}

/// Drops work if it has become too much, after a round with this many pages.
fn count(pages: usize) {
    if PAGES.fetch_add(pages, Ordering::Relaxed) + pages >= PAGES_KEPT.max(ROUNDS_KEPT * pages) {
        forget();
    }
}

/// Drops work that wasn't used since the last time.
pub(super) fn forget() {
    PAGES.store(0, Ordering::Relaxed);
    evict(1);
}

/// Engine warnings that have nothing to do with the page.
fn is_harmless(warning: &SourceDiagnostic) -> bool {
    // Tables use row headers, which the engine still calls experimental.
    warning.message.contains("experimental") || warning.message.contains("in active development")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::templates::BUNDLED;

    /// Marks whose page only changes a word.
    const HARMLESS: [&str; 1] = ["vocabulary"];

    #[test]
    fn whatever_a_template_asks_the_place_of_ends_a_try_only_when_it_stays() {
        let mut asked = 0;
        for (path, text) in BUNDLED {
            for (at, found) in text.match_indices("selector(<") {
                let (name, rest) = text[at + found.len()..].split_once('>').expect("a label ends");
                if rest.starts_with(").before(here())") {
                    asked += 1;
                    assert!(PLACES.contains(&name) || HARMLESS.contains(&name), "{path} asks for the place of <{name}>");
                }
            }
        }
        assert!(asked >= 4, "{asked}");
    }
}
