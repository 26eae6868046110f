//! Timestamps for human readers: to the minute, and relative to now.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// Parses a printed timestamp: ISO 8601 text, or seconds since 1970-01-01T00:00:00Z.
pub fn instant(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(seconds) => {
            Timestamp::from_duration(SignedDuration::try_from_secs_f64(seconds.as_f64()?).ok()?).ok()
        }
        _ => None,
    }
}

/// Shortens a printed timestamp to date, hour and minute with the offset of its zone, such as `Z` or `+02:00`. Returns other
/// text unchanged.
pub fn minute(text: &str) -> String {
    match text.split_once('T').and_then(|(date, time)| Some((date, time.get(..5)?, time.get(5..)?))) {
        Some((date, time, rest)) => {
            let offset = rest.find(['+', '-', 'Z']).map_or("", |at| &rest[at..]);
            let offset = if offset == "+00:00" { "Z" } else { offset };
            format!("{date} {time}{offset}")
        }
        None => text.to_owned(),
    }
}

/// Returns an instant relative to now: `in 13 days`, `4 hours ago`. Rounds up by half a minute at most.
pub fn distance(then: Timestamp, now: Timestamp) -> String {
    let seconds = then.duration_since(now).as_secs_f64();
    // At most 20,000 years, which fits an integer.
    let minutes = (seconds / 60.0).round().abs() as u64;
    let (number, unit) = match (minutes, minutes / 60, minutes / (24 * 60)) {
        (0, ..) => return "now".to_owned(),
        (1, ..) => (1, "minute"),
        (..120, ..) => (minutes, "minutes"),
        (_, hours @ ..48, _) => (hours, "hours"),
        (_, _, days @ ..61) => (days, "days"),
        (_, _, days @ ..731) => (days * 12 / 365, "months"),
        (_, _, days) => (days * 4 / 1461, "years"),
    };
    if seconds > 0.0 { format!("in {number} {unit}") } else { format!("{number} {unit} ago") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn distances_use_the_largest_unit_that_is_precise_enough() {
        let now = Timestamp::from_second(1_720_000_000).unwrap();
        for (seconds, expected) in [
            (0.0, "now"),
            (29.0, "now"),
            (31.0, "in 1 minute"),
            (119.0 * 60.0, "in 119 minutes"),
            (120.0 * 60.0, "in 2 hours"),
            (47.9 * 3600.0, "in 47 hours"),
            (48.0 * 3600.0, "in 2 days"),
            // A fraction of a second after the start, it is still 15 days.
            (15.0 * 86_400.0 - 0.2, "in 15 days"),
            (60.9 * 86_400.0, "in 60 days"),
            (61.0 * 86_400.0, "in 2 months"),
            (730.0 * 86_400.0, "in 24 months"),
            (731.0 * 86_400.0, "in 2 years"),
            (-31.0, "1 minute ago"),
            (-4.5 * 3600.0, "4 hours ago"),
            (-3653.0 * 86_400.0, "10 years ago"),
        ] {
            let then = now + SignedDuration::from_secs_f64(seconds);
            assert_eq!(distance(then, now), expected, "{seconds}");
        }
        assert_eq!(distance(Timestamp::MIN, Timestamp::MAX), "19998 years ago");
    }

    #[test]
    fn printed_timestamps_are_parsed_and_shortened() {
        let noon = Timestamp::from_second(1_720_000_000).unwrap();
        for value in
            [json!("2024-07-03T11:46:40+02:00"), json!("2024-07-03T09:46:40.000000+00:00"), json!(1_720_000_000.0)]
        {
            assert_eq!(instant(&value), Some(noon));
        }
        for value in [json!("soon"), json!(1e300), json!(null), json!(253_402_300_800.0)] {
            assert_eq!(instant(&value), None, "{value}");
        }
        assert_eq!(minute("2024-07-03T11:46:40.257000+02:00"), "2024-07-03 11:46+02:00");
        assert_eq!(minute("2024-07-03T11:46:40+00:00"), "2024-07-03 11:46Z");
        for other in ["1720000000.5", "", "T", "TéT", "INVITE"] {
            assert_eq!(minute(other), other);
        }
    }
}
