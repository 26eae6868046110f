//! Waiting for what passes: calls that may succeed soon, and changes that are not to be seen yet.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::job::Job;
use crate::client::pacing::{Lane, Stop};
use crate::error::{Failure, Kind};

/// The time before the first repetition. Each pause is longer than the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How long to go on with a call that fails, or with looks for a change.
struct Patience {
    ends: Option<Instant>,
    pause: Duration,
}

impl Patience {
    fn new(limit: Duration) -> Patience {
        Patience { ends: Instant::now().checked_add(limit), pause: FIRST_PAUSE }
    }

    fn is_over(&self) -> bool {
        self.ends.is_some_and(|ends| Instant::now() >= ends)
    }

    async fn pause(&mut self, lane: &Lane) -> Result<(), Stop> {
        let pause = self.pause;
        self.pause = (pause * 3 / 2).min(LONGEST_PAUSE);
        lane.pause(pause).await
    }
}

impl Job<'_> {
    /// Makes a call, again and again while it fails for a reason that may pass.
    pub async fn settled<T>(&self, lane: &Lane, call: impl AsyncFnMut() -> Result<T, Failure>) -> Result<T, Failure> {
        self.settled_within(self.join.timeout, lane, call).await
    }

    /// Makes a call, for this time again and again while it fails for a reason that may pass.
    pub async fn settled_within<T>(
        &self,
        limit: Duration,
        lane: &Lane,
        mut call: impl AsyncFnMut() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut patience = Patience::new(limit);
        loop {
            let failure = match call().await {
                Err(failure) if failure.is_transient && !patience.is_over() => failure,
                done => return done,
            };
            if patience.pause(lane).await.is_err() {
                return Err(failure);
            }
        }
    }

    /// Looks for what another party has changed, until it is there; returns nothing if it takes too long. `delay` is how long
    /// it lately took: it is waited for before the first look, since every look counts against the rates.
    pub async fn found<T>(
        &self,
        lane: &Lane,
        delay: &Cell<Duration>,
        mut look: impl AsyncFnMut() -> Result<Option<T>, Failure>,
    ) -> Result<Option<T>, Failure> {
        let (began, mut patience) = (Instant::now(), Patience::new(self.join.timeout));
        lane.pause(delay.get()).await.map_err(stopped)?;
        let mut is_first = true;
        loop {
            if let Some(found) = self.settled(lane, &mut look).await? {
                // A first look may have come late, and one account may be slower than all others.
                let most = delay.get() * 2 + FIRST_PAUSE;
                delay.set(if is_first { delay.get() * 9 / 10 } else { began.elapsed().min(most) });
                return Ok(Some(found));
            }
            is_first = false;
            if patience.is_over() {
                return Ok(None);
            }
            patience.pause(lane).await.map_err(stopped)?;
        }
    }
}

/// Returns the failure of a step that the end of the run prevented.
fn stopped(stop: Stop) -> Failure {
    Failure::new(stop.signal().map_or(Kind::Other, Kind::Interrupted), "the run was interrupted")
}
