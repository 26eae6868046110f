//! The pace of many calls: how many are under way, the documented rates, the waits after throttling, and the end by a
//! signal.
//!
//! A [`Lane`] belongs to one item of a run, or to its calls in one account. It holds one of the run's slots while the item is
//! under way, and gives it to the next item when the service throttles this one.

use std::collections::HashMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::sleep;

use crate::model::rates::{Buckets, Rates};
use crate::os::signals::Signal;
use crate::terminal::progress::Wait;

/// Time after which a run gives up if the service throttles every request.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long a token has to be there before it is used. Two requests may arrive closer together than they were sent, and the
/// service counts when they arrive.
const JITTER: Duration = Duration::from_millis(50);

/// Whether and how a run is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// When all is done.
    No,
    /// As soon as the changes under way are done; after a signal, or because results can't be written.
    Soon(Option<Signal>),
    /// At once: a second signal came.
    Now(Signal),
}

impl Stop {
    /// Returns the signal that ends the run.
    pub fn signal(self) -> Option<Signal> {
        match self {
            Stop::No => None,
            Stop::Soon(signal) => signal,
            Stop::Now(signal) => Some(signal),
        }
    }
}

/// The pace of a run. Clones share it.
#[derive(Clone, Debug)]
pub struct Pacer(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    slots: Arc<Semaphore>,
    /// Whether requests keep to the documented rates.
    keeps_rates: bool,
    began: Instant,
    counts: Mutex<Counts>,
    stop: watch::Sender<Stop>,
}

/// The requests sent so far. Times count from the start of the run.
#[derive(Debug, Default)]
struct Counts {
    /// By operation and account; those of the organization have no account.
    buckets: Buckets<(&'static str, Option<String>)>,
    brakes: HashMap<&'static str, Brake>,
    /// When the service last carried a request out, or refused it for another reason than throttling.
    progress: Duration,
}

/// Slows an operation down while the service throttles it: requests are further apart after each refusal, and closer
/// after each success. So they stay a little faster than the service's rate, and none of that rate is lost.
#[derive(Clone, Copy, Debug, Default)]
struct Brake {
    /// The time between two requests; zero without throttling.
    interval: Duration,
    /// When the next request may be sent.
    next: Duration,
    /// When the interval was last lengthened. Refusals of earlier requests don't count again.
    lengthened: Duration,
}

impl Brake {
    /// The interval after the first refusal, and the longest one.
    const FIRST: Duration = Duration::from_millis(50);
    const LONGEST: Duration = Duration::from_secs(5);

    fn wait(&self, now: Duration) -> Duration {
        self.next.saturating_sub(now)
    }

    fn take(&mut self, now: Duration) {
        self.next = now + self.interval;
    }

    /// Notes that a request of this time was refused.
    fn refused(&mut self, sent: Duration, now: Duration) {
        if sent < self.lengthened {
            return;
        }
        self.interval = (self.interval * 5 / 4).clamp(Brake::FIRST, Brake::LONGEST);
        self.next = self.next.max(now + self.interval);
        self.lengthened = now;
    }

    fn accepted(&mut self) {
        self.interval = self.interval * 19 / 20;
        if self.interval < Brake::FIRST / 2 {
            self.interval = Duration::ZERO;
        }
    }
}

impl Pacer {
    /// Creates the pace of a run with at most `slots` items under way.
    pub fn new(slots: usize, keeps_rates: bool) -> Pacer {
        Pacer(Arc::new(Shared {
            slots: Arc::new(Semaphore::new(slots.min(Semaphore::MAX_PERMITS))),
            keeps_rates,
            began: Instant::now(),
            counts: Mutex::default(),
            stop: watch::Sender::new(Stop::No),
        }))
    }

    /// Waits for a slot; returns the lane of the next item. Items that the service throttles wait in the same queue.
    pub async fn lane(self) -> Lane {
        let slot = Arc::clone(&self.0.slots).acquire_owned().await.ok();
        Lane {
            place: Arc::new(Place { pacer: self, slot: Mutex::new(slot) }),
            account: None,
            finishes: false,
            limit: None,
        }
    }

    /// Ends the run.
    pub fn stop(&self, stop: Stop) {
        self.0.stop.send_replace(stop);
    }

    /// Ends the run after a signal: soon after the first one, at once after another.
    pub fn signal(&self, signal: Signal) {
        match self.stopped() {
            Stop::No | Stop::Soon(None) => self.stop(Stop::Soon(Some(signal))),
            Stop::Soon(Some(_)) | Stop::Now(_) => self.stop(Stop::Now(signal)),
        }
    }

    /// Returns whether, and how, the run ends.
    pub fn stopped(&self) -> Stop {
        *self.0.stop.borrow()
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Duration {
        self.0.began.elapsed()
    }

    /// Takes a turn of an operation, or returns how long to wait before the next look: the turns aren't assigned beforehand,
    /// so that what is learnt meanwhile counts at once.
    fn take(
        &self,
        now: Duration,
        operation: &'static str,
        account: Option<&str>,
        rates: Option<Rates>,
    ) -> Result<(), Duration> {
        let Counts { buckets, brakes, .. } = &mut *self.counts();
        let of_account = |rates: Rates| (Some(account.unwrap_or_default().to_owned()), rates.account);
        let of_organization = |rates: Rates| rates.organization.map(|rate| (None, rate));
        let rates = rates.filter(|_| self.0.keeps_rates);
        let keys = rates.map(of_account).into_iter().chain(rates.and_then(of_organization));
        let limits: Vec<_> = keys.map(|(account, rate)| ((operation, account), rate)).collect();
        let braked = brakes.get(operation).map_or(Duration::ZERO, |brake| brake.wait(now));
        let wait = buckets.wait(&limits, now.saturating_sub(JITTER)).max(braked);
        if !wait.is_zero() {
            return Err(wait);
        }
        if let Some(brake) = brakes.get_mut(operation) {
            brake.take(now);
        }
        buckets.take(&limits, now);
        Ok(())
    }
}

/// The lane of one item in a run, for its calls in one account. Clones share the item's place.
#[derive(Clone, Debug)]
pub struct Lane {
    place: Arc<Place>,
    /// The account whose rates count; nothing for the caller's.
    account: Option<String>,
    /// Whether a run that ends soon lets the item go on to its end.
    finishes: bool,
    /// How long a call is repeated while the service throttles it; nothing if that depends on the run alone.
    limit: Option<Duration>,
}

/// The place of one item in a run.
#[derive(Debug)]
struct Place {
    pacer: Pacer,
    slot: Mutex<Option<OwnedSemaphorePermit>>,
}

impl Lane {
    /// Returns the lane for the item's calls in an account; nothing stands for the caller's.
    #[must_use]
    pub fn of(&self, account: Option<String>) -> Lane {
        Lane { account, ..self.clone() }
    }

    /// Returns the lane of an item that goes on to its end, with all its requests, unless the run ends at once.
    #[must_use]
    pub fn finishing(self) -> Lane {
        Lane { finishes: true, ..self }
    }

    /// Returns the lane of an item whose calls are repeated for at most this time while the service throttles them.
    #[must_use]
    pub fn limited(self, limit: Duration) -> Lane {
        Lane { limit: Some(limit), ..self }
    }

    /// Waits for some time.
    ///
    /// # Errors
    ///
    /// Returns how the run ends if it ends first.
    pub async fn pause(&self, time: Duration) -> Result<(), Stop> {
        self.unless_stopped(sleep(time), false).await
    }

    /// Waits until a request may be sent; returns when that was.
    ///
    /// # Errors
    ///
    /// Returns how the run ends if it ends first, unless the request belongs to a change under way.
    pub async fn turn(
        &self,
        operation: &'static str,
        rates: Option<Rates>,
        is_under_way: bool,
    ) -> Result<Duration, Stop> {
        let pacer = &self.place.pacer;
        let mut shown = None;
        while let Err(wait) = pacer.take(pacer.now(), operation, self.account.as_deref(), rates) {
            shown.get_or_insert_with(|| Wait::new("to stay within the rate of requests"));
            self.unless_stopped(sleep(wait), is_under_way).await?;
        }
        match pacer.stopped() {
            Stop::Soon(_) if is_under_way || self.finishes => Ok(pacer.now()),
            Stop::No => Ok(pacer.now()),
            stop => Err(stop),
        }
    }

    /// Waits for a future, unless the run ends first. A change under way ends only at once.
    ///
    /// # Errors
    ///
    /// Returns how the run ends.
    pub async fn unless_stopped<T>(&self, future: impl Future<Output = T>, is_under_way: bool) -> Result<T, Stop> {
        let mut stop = self.place.pacer.0.stop.subscribe();
        let finishes = is_under_way || self.finishes;
        let ends = |stop: &Stop| match stop {
            Stop::No => false,
            Stop::Soon(_) => !finishes,
            Stop::Now(_) => true,
        };
        let mut future = pin!(future);
        let mut stopped = pin!(stop.wait_for(ends));
        poll_fn(|context| {
            if let Poll::Ready(done) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(done));
            }
            stopped.as_mut().poll(context).map(|stop| Err(stop.map_or(Stop::Soon(None), |stop| *stop)))
        })
        .await
    }

    /// Notes that the service didn't throttle a request.
    pub fn passed(&self, operation: &'static str) {
        let now = self.place.pacer.now();
        let mut counts = self.place.pacer.counts();
        counts.progress = now;
        if let Some(brake) = counts.brakes.get_mut(operation) {
            brake.accepted();
        }
    }

    /// Puts the item back to the queue after a request of this time was throttled. `first` is when the call's first request was
    /// sent. Returns whether to send it again: not if nothing has passed for a long time, or if the call has no time left.
    ///
    /// # Errors
    ///
    /// Returns how the run ends if it ends first, unless the request belongs to a change under way.
    pub async fn again(
        &self,
        operation: &'static str,
        sent: Duration,
        first: Duration,
        is_under_way: bool,
    ) -> Result<bool, Stop> {
        let pacer = &self.place.pacer;
        let now = pacer.now();
        {
            let mut counts = pacer.counts();
            let is_late = self.limit.is_some_and(|limit| now.saturating_sub(first) >= limit);
            if is_late || is_stuck(counts.progress, now) {
                return Ok(false);
            }
            counts.brakes.entry(operation).or_default().refused(sent, now);
        }
        drop(self.slot().take());
        let slot = self.unless_stopped(Arc::clone(&pacer.0.slots).acquire_owned(), is_under_way).await;
        *self.slot() = slot?.ok();
        Ok(true)
    }

    fn slot(&self) -> MutexGuard<'_, Option<OwnedSemaphorePermit>> {
        self.place.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns whether a run makes no progress.
fn is_stuck(progress: Duration, now: Duration) -> bool {
    now.saturating_sub(progress) >= PATIENCE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::rates;

    const MILLISECOND: Duration = Duration::from_millis(1);

    #[test]
    fn each_account_and_the_organization_have_a_bucket() {
        let pacer = Pacer::new(8, true);
        let take = |now, operation, account| pacer.take(now, operation, Some(account), Some(rates::of(operation)));
        let start = Duration::from_secs(1);
        let accept = |account| take(start, "AcceptHandshake", account);
        // Two at once for an account, of which the last waits for the jitter.
        assert_eq!(accept("1"), Ok(()));
        assert_eq!(accept("1"), Err(JITTER));
        // Five at once for the organization.
        assert_eq!(["2", "3", "4"].map(accept), [Ok(()); 3]);
        assert_eq!(accept("5"), Err(JITTER));
        let describe = |now| take(now, "DescribeHandshake", "1");
        let times = [start, start + JITTER, start + JITTER];
        assert_eq!(times.map(describe), [Ok(()), Ok(()), Err(Duration::from_secs(1))]);
        let (unpaced, rates) = (Pacer::new(8, false), Some(rates::of("AcceptHandshake")));
        assert!((0..100).all(|_| unpaced.take(start, "AcceptHandshake", None, rates).is_ok()));
    }

    #[test]
    fn throttled_requests_find_the_rate_of_the_service() {
        // A service that allows five a second, and ten at once.
        let (mut tokens, mut filled) = (10.0_f64, Duration::ZERO);
        let mut brake = Brake::default();
        // Sixteen at once, each with the time of its request, for 80 ms.
        let mut under_way: Vec<Duration> = Vec::new();
        let (mut now, mut left, mut accepted, mut refused) = (Duration::ZERO, 200, 0, 0);
        while accepted < 200 {
            now += MILLISECOND;
            while left > 0 && under_way.len() < 16 && brake.wait(now).is_zero() {
                brake.take(now);
                under_way.push(now);
                left -= 1;
            }
            while under_way.first().is_some_and(|sent| *sent + MILLISECOND * 80 <= now) {
                let sent = under_way.remove(0);
                tokens = (tokens + (sent.saturating_sub(filled)).as_secs_f64() * 5.0).min(10.0);
                filled = sent;
                if tokens >= 1.0 {
                    tokens -= 1.0;
                    accepted += 1;
                    brake.accepted();
                } else {
                    refused += 1;
                    left += 1;
                    brake.refused(sent, now);
                }
            }
        }
        assert!(now >= Duration::from_secs(38) && now < Duration::from_millis(39_900), "{now:?}");
        assert!(refused < 100, "{refused}");
    }

    #[test]
    fn refusals_of_earlier_requests_count_once() {
        let mut brake = Brake::default();
        brake.refused(MILLISECOND * 10, MILLISECOND * 90);
        let once = brake.interval;
        brake.refused(MILLISECOND * 20, MILLISECOND * 95);
        assert_eq!(brake.interval, once);
        brake.refused(MILLISECOND * 91, MILLISECOND * 99);
        assert!(brake.interval > once);
        for _ in 0..100 {
            brake.refused(Duration::from_secs(1000), Duration::from_secs(1000));
        }
        assert_eq!(brake.interval, Brake::LONGEST);
    }

    #[test]
    fn a_run_without_progress_gives_up() {
        assert!(!is_stuck(Duration::from_secs(30), Duration::from_secs(149)));
        assert!(is_stuck(Duration::from_secs(30), Duration::from_secs(150)));
    }
}
