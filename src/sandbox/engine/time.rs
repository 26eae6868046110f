//! Arithmetic on timestamps that can't fail.

use jiff::{SignedDuration, Timestamp};

/// A number of days.
pub const fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// Returns `instant` moved by `by`, at most to the first or last timestamp that can be expressed.
pub fn later(instant: Timestamp, by: SignedDuration) -> Timestamp {
    instant.checked_add(by).unwrap_or(if by.is_negative() { Timestamp::MIN } else { Timestamp::MAX })
}
