//! Runs work on several threads and delivers the results in order.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex};
use std::thread;

/// The stack size for the engine, which recurses deeply in long lists.
pub const STACK: usize = 64 * 1024 * 1024;

/// How many finished results per worker may wait for a slow one.
const AHEAD: usize = 8;

/// The state shared by the workers.
struct Shared<R> {
    /// The index of the first item not started yet.
    next: usize,
    /// How many results were delivered.
    taken: usize,
    /// Results waiting for earlier ones.
    done: BTreeMap<usize, thread::Result<R>>,
    /// Whether to start no more work.
    stopped: bool,
}

/// Calls `work` for each item on this many threads, and `take` for each result in the order of the items. If `take` stops,
/// work already started still finishes, but its results are dropped.
///
/// Uses plain threads, not a pool: the PDF writer may yield into a pool's next job on the same stack.
///
/// # Panics
/// If `work` panics.
pub fn in_order<T: Sync, R: Send>(
    jobs: usize,
    things: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> ControlFlow<()>,
) {
    let jobs = jobs.clamp(1, things.len().max(1));
    let shared = Mutex::new(Shared { next: 0, taken: 0, done: BTreeMap::new(), stopped: false });
    let changed = Condvar::new();
    let locked = || shared.lock().expect("no thread panics while holding the lock");
    thread::scope(|scope| {
        for _ in 0..jobs {
            let worker = || loop {
                let mut state = locked();
                while !state.stopped && state.next < things.len() && state.next >= state.taken + jobs * AHEAD {
                    state = changed.wait(state).expect("no thread panics while holding the lock");
                }
                if state.stopped || state.next >= things.len() {
                    return;
                }
                let index = state.next;
                state.next += 1;
                drop(state);
                let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&things[index])));
                locked().done.insert(index, result);
                changed.notify_all();
            };
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).expect("threads can be started");
        }
        for index in 0..things.len() {
            let mut state = locked();
            let result = loop {
                if let Some(result) = state.done.remove(&index) {
                    break result;
                }
                state = changed.wait(state).expect("no thread panics while holding the lock");
            };
            state.taken += 1;
            drop(state);
            changed.notify_all();
            let flow = result.map(&mut take);
            if !matches!(flow, Ok(ControlFlow::Continue(()))) {
                locked().stopped = true;
                changed.notify_all();
                if let Err(panic) = flow {
                    std::panic::resume_unwind(panic);
                }
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_however_long_each_takes() {
        let things: Vec<u64> = (0..200).collect();
        for jobs in [1, 2, 7, 500] {
            let mut taken = Vec::new();
            let slow = |thing: &u64| {
                // Work of uneven length, without a clock.
                (0..(thing * 7919) % 1000).fold(*thing, |sum, n| std::hint::black_box(sum ^ n ^ n))
            };
            in_order(jobs, &things, slow, |result| {
                taken.push(result);
                ControlFlow::Continue(())
            });
            assert_eq!(taken, things, "{jobs} jobs");
        }
    }

    #[test]
    fn no_result_is_taken_after_a_stop() {
        let mut taken = 0;
        in_order(
            3,
            &[(); 100],
            |()| (),
            |()| {
                taken += 1;
                if taken == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(taken, 5);
    }

    #[test]
    fn no_items_need_no_work() {
        in_order(2, &[], |_: &()| (), |()| unreachable!("there are no results"));
    }
}
