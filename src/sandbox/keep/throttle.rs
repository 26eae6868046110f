//! Throttling by the documented rates: a token bucket for each operation of each account and of each organization.

use std::time::Instant;

use crate::model::rates::{self, Buckets};

/// How many buckets are kept before full ones are removed.
const MANY: usize = 10_000;

/// The buckets of a running sandbox. They count the real time, and aren't in the state file.
#[derive(Debug)]
pub(super) struct Throttle {
    started: Instant,
    /// The buckets by operation, and by account or organization.
    buckets: Buckets<(String, String)>,
}

impl Throttle {
    pub(super) fn new() -> Throttle {
        Throttle { started: Instant::now(), buckets: Buckets::default() }
    }

    /// Returns whether a request is within the rates, and counts it if it is.
    pub(super) fn admits(&mut self, operation: &str, account: &str, organization: Option<&str>) -> bool {
        let now = self.started.elapsed();
        self.buckets.shrink(MANY, now);
        let rates = rates::of(operation);
        let limits: Vec<_> = [(Some(account), Some(rates.account)), (organization, rates.organization)]
            .into_iter()
            .filter_map(|(who, rate)| Some(((operation.to_owned(), who?.to_owned()), rate?)))
            .collect();
        let is_within = self.buckets.wait(&limits, now).is_zero();
        if is_within {
            self.buckets.take(&limits, now);
        }
        is_within
    }
}
