//! The documented rates of requests, and the token buckets that they are counted with.
//!
//! Source: user guide, "Quotas and service limits for AWS Organizations", throttling.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

/// A rate of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many requests a second may be sent for long.
    pub per_second: u32,
    /// How many requests may be sent at once.
    pub burst: u32,
}

impl Rate {
    /// Returns the time in which a token comes back.
    fn interval(self) -> Duration {
        Duration::from_secs(1) / self.per_second.max(1)
    }
}

/// The rates of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// The rate of each account.
    pub account: Rate,
    /// The rate of all accounts of an organization together.
    pub organization: Option<Rate>,
}

/// The operations with rates of their own. All others have those of the last row.
///
/// docs/sandbox.md prints this table.
pub const RATES: &[(&str, Rates)] = &[
    ("AcceptHandshake", rates((1, 2), Some((5, 5)))),
    ("DeclineHandshake", rates((1, 1), Some((5, 5)))),
    ("DescribeHandshake", rates((1, 2), Some((6, 10)))),
    ("CancelHandshake", rates((2, 3), None)),
    ("InviteAccountToOrganization", rates((3, 5), None)),
    ("MoveAccount", rates((2, 3), None)),
    ("List…, and any other", OTHERS),
];

const OTHERS: Rates = rates((5, 8), Some((6, 10)));

const fn rates((per_second, burst): (u32, u32), organization: Option<(u32, u32)>) -> Rates {
    let organization = match organization {
        Some((per_second, burst)) => Some(Rate { per_second, burst }),
        None => None,
    };
    Rates { account: Rate { per_second, burst }, organization }
}

/// Returns the rates of an operation.
pub fn of(operation: &str) -> Rates {
    RATES.iter().find(|(name, _)| *name == operation).map_or(OTHERS, |(_, rates)| *rates)
}

/// A token bucket. It is full at first; each request takes a token, and tokens come back at the rate. Times are those since a
/// common start.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    rate: Rate,
    /// When the bucket is full, if no more tokens are taken.
    full: Duration,
}

impl Bucket {
    /// Creates a full bucket.
    pub fn new(rate: Rate) -> Bucket {
        Bucket { rate, full: Duration::ZERO }
    }

    /// Returns how long it takes until there is a token: zero if there is one.
    pub fn wait(&self, now: Duration) -> Duration {
        // One token less than full is enough for a request.
        let least = self.rate.interval() * self.rate.burst.saturating_sub(1);
        self.full.saturating_sub(now).saturating_sub(least)
    }

    /// Takes a token, which need not be there yet.
    pub fn take(&mut self, now: Duration) {
        self.full = self.full.max(now) + self.rate.interval();
    }

    /// Returns whether no tokens are missing.
    pub fn is_full(&self, now: Duration) -> bool {
        self.full <= now
    }
}

/// Token buckets by a key, such as an operation and an account.
#[derive(Debug)]
pub struct Buckets<K>(HashMap<K, Bucket>);

impl<K> Default for Buckets<K> {
    fn default() -> Buckets<K> {
        Buckets(HashMap::new())
    }
}

impl<K: Clone + Eq + Hash> Buckets<K> {
    /// Returns how long it takes until there is a token in each of these buckets. Creates missing ones.
    pub fn wait(&mut self, limits: &[(K, Rate)], now: Duration) -> Duration {
        let wait = |(key, rate): &(K, Rate)| self.0.entry(key.clone()).or_insert_with(|| Bucket::new(*rate)).wait(now);
        limits.iter().map(wait).max().unwrap_or_default()
    }

    /// Takes a token from each of these buckets.
    pub fn take(&mut self, limits: &[(K, Rate)], now: Duration) {
        for (key, _) in limits {
            if let Some(bucket) = self.0.get_mut(key) {
                bucket.take(now);
            }
        }
    }

    /// Forgets full buckets if there are more than `many` buckets.
    pub fn shrink(&mut self, many: usize, now: Duration) {
        if self.0.len() > many {
            self.0.retain(|_, bucket| !bucket.is_full(now));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLISECOND: Duration = Duration::from_millis(1);

    #[test]
    fn a_bucket_gives_its_burst_at_once_and_then_its_rate() {
        let mut bucket = Bucket::new(Rate { per_second: 2, burst: 3 });
        let mut granted = Vec::new();
        for now in 0..2_000 {
            if bucket.wait(MILLISECOND * now).is_zero() {
                bucket.take(MILLISECOND * now);
                granted.push(now);
            }
        }
        assert_eq!(granted, [0, 1, 2, 500, 1_000, 1_500]);
        assert_eq!(bucket.wait(MILLISECOND * 1_600), MILLISECOND * 400);
        assert!(!bucket.is_full(MILLISECOND * 2_999) && bucket.is_full(MILLISECOND * 3_000));
        // A client that takes a token before it is there waits longer for the next one.
        bucket.take(MILLISECOND * 1_600);
        assert_eq!(bucket.wait(MILLISECOND * 1_600), MILLISECOND * 900);
    }

    #[test]
    fn operations_without_a_row_have_the_rates_of_lists() {
        assert_eq!(of("AcceptHandshake").account, Rate { per_second: 1, burst: 2 });
        assert_eq!(of("MoveAccount").organization, None);
        assert_eq!(of("ListHandshakesForAccount"), of("CreateOrganization"));
        assert_eq!(of("ListRoots").organization, Some(Rate { per_second: 6, burst: 10 }));
    }
}
