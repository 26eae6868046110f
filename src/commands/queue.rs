//! Many items at once: starts each when it has a slot, and hears signals while items are under way.

use std::future::poll_fn;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use crate::client::pacing::{Lane, Pacer, Stop};
use crate::os::signals::{Caught, Signal};

/// A future without threads.
pub type Local<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Starts an item in its lane.
pub type Start<'a, T> = dyn Fn(usize, Lane) -> Local<'a, T> + 'a;

/// The items that are under way, and those that wait for a slot.
pub struct Queue<'a, T> {
    /// The items that have not begun.
    left: Range<usize>,
    /// The wait for the slot of the next one.
    slot: Option<Local<'a, Lane>>,
    under_way: FuturesUnordered<Local<'a, (usize, T)>>,
    start: &'a Start<'a, T>,
    pacer: &'a Pacer,
    /// Catches the signals of the whole run.
    signals: &'a mut Caught,
}

/// What happens in a run: an item ends, or a signal comes.
pub type Event<T> = Result<(usize, T), Signal>;

impl<'a, T> Queue<'a, T> {
    /// Creates a queue of this number of items, none of which has begun.
    pub fn new(count: usize, start: &'a Start<'a, T>, pacer: &'a Pacer, signals: &'a mut Caught) -> Queue<'a, T> {
        Queue { left: 0..count, slot: None, under_way: FuturesUnordered::new(), start, pacer, signals }
    }

    /// Waits for the next event; returns nothing when no item is under way or will begin.
    pub async fn next(&mut self) -> Option<Event<T>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns how many items are under way.
    pub fn under_way(&self) -> usize {
        self.under_way.len()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Event<T>>> {
        if let Poll::Ready(signal) = self.signals.poll(context) {
            return Poll::Ready(Some(Err(signal)));
        }
        let begins = self.pacer.stopped() == Stop::No;
        if !begins {
            // The items under way may need it.
            self.slot = None;
        }
        while begins && !self.left.is_empty() {
            let slot = self.slot.get_or_insert_with(|| Box::pin(self.pacer.clone().lane()));
            let Poll::Ready(lane) = slot.as_mut().poll(context) else { break };
            self.slot = None;
            let index = self.left.start;
            self.left.start += 1;
            let outcome = (self.start)(index, lane);
            self.under_way.push(Box::pin(async move { (index, outcome.await) }));
        }
        match self.under_way.poll_next_unpin(context) {
            Poll::Ready(Some(ended)) => Poll::Ready(Some(Ok(ended))),
            Poll::Ready(None) if begins && !self.left.is_empty() => Poll::Pending,
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}
