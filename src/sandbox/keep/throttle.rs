//! Throttling by the documented rates: a token bucket for each operation of each account and of each organization.

use std::collections::HashMap;
use std::time::Instant;

use crate::model::rates::{self, Bucket, Rate};

/// How many buckets are kept before full ones are removed.
const MANY: usize = 10_000;

/// The buckets of a running sandbox. They count the real time, and aren't in the state file.
#[derive(Debug)]
pub(super) struct Throttle {
    started: Instant,
    /// The buckets by operation, and by account or organization.
    buckets: HashMap<(String, String), Bucket>,
}

impl Throttle {
    pub(super) fn new() -> Throttle {
        Throttle { started: Instant::now(), buckets: HashMap::new() }
    }

    /// Returns whether a request is within the rates, and counts it if it is.
    pub(super) fn admits(&mut self, operation: &str, account: &str, organization: Option<&str>) -> bool {
        let now = self.started.elapsed();
        if self.buckets.len() > MANY {
            self.buckets.retain(|_, bucket| !bucket.is_full(now));
        }
        let rates = rates::of(operation);
        let limits: Vec<(&str, Rate)> = [(Some(account), Some(rates.account)), (organization, rates.organization)]
            .into_iter()
            .filter_map(|(who, rate)| who.zip(rate))
            .collect();
        let key = |who: &str| (operation.to_owned(), who.to_owned());
        let is_within = limits.iter().all(|(who, rate)| {
            let bucket = self.buckets.entry(key(who)).or_insert_with(|| Bucket::new(*rate));
            bucket.wait(now).is_zero()
        });
        for (who, _) in limits.iter().filter(|_| is_within) {
            if let Some(bucket) = self.buckets.get_mut(&key(who)) {
                bucket.take(now);
            }
        }
        is_within
    }
}
