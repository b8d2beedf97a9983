//! Work on a stream of inputs in parallel, in order and in bounded memory.
//!
//! In go an iterator of inputs and the work to be done on a batch of them; out come the results, one by one, in the order of the inputs.
//! The calling thread reads and receives, the workers work. Batches are cut by the inputs alone, never by the number of workers, so that the
//! results are the same bytes on one thread and on many. Nothing here knows what the inputs are.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, sync_channel};

/// The most inputs of one batch.
const BATCH_INPUTS: usize = 8;
/// A batch is full when its inputs weigh as much as this, in bytes.
const BATCH_BYTES: usize = 64 << 10;
/// Nothing more is read while the inputs under way weigh more than this, in bytes.
const WINDOW_BYTES: usize = 8 << 20;
/// Batches under way for each worker: one in work, one that waits, so that no worker does.
const BATCHES_A_WORKER: usize = 2;
/// Stack of a worker, in bytes.
const STACK_BYTES: usize = 8 << 20;

/// How many threads to use where nobody says: as many as the system gives us.
pub fn default_jobs() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Hands batches of `inputs` to `jobs` workers and every result, in the order of the inputs, to `receive`, which may end the run with a
/// value. `weigh` says about how many bytes an input holds; `work` must answer a batch with one result for each of its inputs.
///
/// ```
/// use std::{num::NonZeroUsize, ops::ControlFlow};
/// let mut doubled = Vec::new();
/// let ended = depeche::stream::in_order(
///     0..100,
///     NonZeroUsize::new(4).unwrap(),
///     |_| 1,
///     |batch| batch.into_iter().map(|number| number * 2).collect(),
///     |double| {
///         doubled.push(double);
///         if double < 20 { ControlFlow::Continue(()) } else { ControlFlow::Break("enough") }
///     },
/// )?;
/// assert_eq!(ended, Some("enough"));
/// assert_eq!(doubled, [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the system gives no threads.
pub fn in_order<Input, Output, End>(
    inputs: impl IntoIterator<Item = Input>,
    jobs: NonZeroUsize,
    weigh: impl Fn(&Input) -> usize,
    work: impl Fn(Vec<Input>) -> Vec<Output> + Sync,
    mut receive: impl FnMut(Output) -> ControlFlow<End>,
) -> Result<Option<End>, std::io::Error>
where
    Input: Send,
    Output: Send,
{
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.get())
        .stack_size(STACK_BYTES)
        .thread_name(|index| format!("coder-{index}"))
        .build()
        .map_err(std::io::Error::other)?;
    let mut inputs = inputs.into_iter();
    let work = &work;
    let ended = pool.in_place_scope(|scope| {
        let mut under_way = UnderWay::default();
        while let Some(batch) = cut_batch(&mut inputs, &weigh) {
            let (sender, receiver) = sync_channel(1);
            under_way.push(batch.bytes, receiver);
            scope.spawn(move |_| {
                // The receiver is gone when the run was ended early: then nobody wants the results.
                let _ = sender.send(work(batch.inputs));
            });
            while under_way.batches.len() >= jobs.get() * BATCHES_A_WORKER || under_way.bytes > WINDOW_BYTES {
                if let ControlFlow::Break(end) = under_way.receive_first(&mut receive) {
                    return Some(end);
                }
            }
        }
        while !under_way.batches.is_empty() {
            if let ControlFlow::Break(end) = under_way.receive_first(&mut receive) {
                return Some(end);
            }
        }
        None
    });
    Ok(ended)
}

struct Batch<Input> {
    inputs: Vec<Input>,
    bytes: usize,
}

/// The next inputs, as many as fit a batch; none at the end.
fn cut_batch<Input>(inputs: &mut impl Iterator<Item = Input>, weigh: &impl Fn(&Input) -> usize) -> Option<Batch<Input>> {
    let mut batch = Batch { inputs: Vec::new(), bytes: 0 };
    while batch.inputs.len() < BATCH_INPUTS && batch.bytes < BATCH_BYTES {
        let Some(input) = inputs.next() else { break };
        batch.bytes = batch.bytes.saturating_add(weigh(&input));
        batch.inputs.push(input);
    }
    (!batch.inputs.is_empty()).then_some(batch)
}

/// The batches that were handed out and not yet received, first in, first out.
struct UnderWay<Output> {
    batches: VecDeque<(usize, Receiver<Vec<Output>>)>,
    bytes: usize,
}

impl<Output> Default for UnderWay<Output> {
    fn default() -> Self {
        UnderWay { batches: VecDeque::new(), bytes: 0 }
    }
}

impl<Output> UnderWay<Output> {
    fn push(&mut self, bytes: usize, receiver: Receiver<Vec<Output>>) {
        self.bytes = self.bytes.saturating_add(bytes);
        self.batches.push_back((bytes, receiver));
    }

    /// Waits for the first batch and passes its results on.
    fn receive_first<End>(&mut self, receive: &mut impl FnMut(Output) -> ControlFlow<End>) -> ControlFlow<End> {
        let Some((bytes, receiver)) = self.batches.pop_front() else { return ControlFlow::Continue(()) };
        self.bytes = self.bytes.saturating_sub(bytes);
        // A worker that panicked sends nothing; the scope hands its panic on when it ends.
        receiver.recv().unwrap_or_default().into_iter().try_for_each(receive)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn jobs(number: usize) -> NonZeroUsize {
        NonZeroUsize::new(number).unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_inputs() {
        for workers in [1, 2, 7] {
            let mut received = Vec::new();
            let work = |batch: Vec<u64>| {
                std::thread::sleep(std::time::Duration::from_micros(500 - batch[0].min(500)));
                batch.into_iter().map(|number| number * number).collect()
            };
            let ended = in_order(
                0..500_u64,
                jobs(workers),
                |_| 1,
                work,
                |square| {
                    received.push(square);
                    ControlFlow::<()>::Continue(())
                },
            );
            assert_eq!(ended.unwrap(), None);
            assert_eq!(received, (0..500).map(|number| number * number).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn heavy_inputs_wait_until_lighter_memory() {
        let read = AtomicUsize::new(0);
        let mut received = 0;
        let mut most_ahead = 0;
        let inputs = (0..50).inspect(|_| {
            read.fetch_add(1, Ordering::Relaxed);
        });
        let ended = in_order(
            inputs,
            jobs(8),
            |_| WINDOW_BYTES / 2 + 1,
            |batch| batch,
            |_| {
                received += 1;
                most_ahead = most_ahead.max(read.load(Ordering::Relaxed) - received);
                ControlFlow::<()>::Continue(())
            },
        );
        assert_eq!((ended.unwrap(), received), (None, 50));
        assert!(most_ahead <= 2, "{most_ahead} inputs were read ahead");
    }

    #[test]
    fn nothing_in_nothing_out() {
        let ended = in_order(Vec::<u8>::new(), jobs(2), |_| 1, |batch| batch, |_| ControlFlow::Break("received"));
        assert_eq!(ended.unwrap(), None);
    }
}
