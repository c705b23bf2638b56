//! Works on many things at once and takes the results in their order; what is done with each is left to the caller.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex};
use std::thread;

/// Room for the engine, which nests deep in long lists.
pub const STACK: usize = 64 * 1024 * 1024;

/// How many finished results may wait for one that takes long, for each worker.
const AHEAD: usize = 8;

/// What the workers share.
struct Shared<R> {
    /// The first thing that nobody has begun.
    next: usize,
    /// How many results were taken.
    taken: usize,
    /// Results that wait for those before them.
    done: BTreeMap<usize, thread::Result<R>>,
    /// Whether nothing more shall begin.
    stopped: bool,
}

/// Calls `work` for each thing on so many threads, and `take` for each result, in the order of the things; `take` can stop it all,
/// and what has begun by then is finished and not taken.
///
/// Plain threads and not a pool: the PDF writer may yield into the next job of a pool, on the same stack.
///
/// # Panics
/// If `work` does.
pub fn in_order<T: Sync, R: Send>(
    jobs: usize,
    things: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> ControlFlow<()>,
) {
    let jobs = jobs.clamp(1, things.len().max(1));
    let shared = Mutex::new(Shared { next: 0, taken: 0, done: BTreeMap::new(), stopped: false });
    let changed = Condvar::new();
    let locked = || shared.lock().expect("nobody panics while holding the lock");
    thread::scope(|scope| {
        for _ in 0..jobs {
            let worker = || loop {
                let mut state = locked();
                while !state.stopped && state.next < things.len() && state.next >= state.taken + jobs * AHEAD {
                    state = changed.wait(state).expect("nobody panics while holding the lock");
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
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).expect("a thread can be made");
        }
        for index in 0..things.len() {
            let mut state = locked();
            let result = loop {
                if let Some(result) = state.done.remove(&index) {
                    break result;
                }
                state = changed.wait(state).expect("nobody panics while holding the lock");
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
    fn nothing_is_taken_after_a_stop() {
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
    fn nothing_to_do_is_done_at_once() {
        in_order(2, &[], |_: &()| (), |()| unreachable!("there are no results"));
    }
}
