//! The sandbox's clock: the real time, a fixed instant, or the real time plus an offset.

use std::error::Error;
use std::fmt;
use std::str::FromStr;
use std::time::Instant;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::sandbox::engine::time::later;
use crate::text::redact::shown;

/// The setting of the clock: when the world is made, and what the time is then. Time runs on from there at its real
/// pace.
///
/// ```text
/// 2026-12-31T00:00:00Z      the world is made at this instant, and the time is this instant
/// +16d  -2h  +90m  +1d12h   the world is made at the real time, and the time is this much later or earlier
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The real time.
    #[default]
    Real,
    /// The world is made at this instant, so that all its timestamps are the same in every run.
    At(Timestamp),
    /// The world is made at the real time, and the time is this much later, or earlier if negative.
    Offset(SignedDuration),
}

impl Clock {
    /// Starts the clock.
    pub(in crate::sandbox) fn start(self) -> RunningClock {
        let (made, offset) = match self {
            Clock::Real => (Timestamp::now(), SignedDuration::ZERO),
            Clock::At(instant) => (instant, SignedDuration::ZERO),
            Clock::Offset(offset) => (Timestamp::now(), offset),
        };
        RunningClock { made, origin: later(made, offset), started: Instant::now() }
    }
}

/// A [`Clock`] that has been started.
#[derive(Clone, Copy, Debug)]
pub(in crate::sandbox) struct RunningClock {
    made: Timestamp,
    origin: Timestamp,
    started: Instant,
}

impl RunningClock {
    /// Returns the instant at which a world is made when the clock starts.
    pub(in crate::sandbox) fn made(&self) -> Timestamp {
        self.made
    }

    /// Returns the instant at which a world is made now.
    pub(in crate::sandbox) fn remade(&self) -> Timestamp {
        later(self.made, self.elapsed())
    }

    /// Returns the time in the sandbox.
    pub(in crate::sandbox) fn now(&self) -> Timestamp {
        later(self.origin, self.elapsed())
    }

    fn elapsed(&self) -> SignedDuration {
        SignedDuration::try_from(self.started.elapsed()).unwrap_or(SignedDuration::MAX)
    }
}

/// The error for a text that isn't a [`Clock`]. Its message says which texts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseClockError {
    text: String,
    problem: Problem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    Syntax,
    Year,
    Size,
}

impl fmt::Display for ParseClockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Debug formatting escapes control characters.
        write!(f, "{:?} is not a clock: ", shown(&self.text))?;
        f.write_str(match self.problem {
            Problem::Syntax => {
                "expected an instant with its offset from UTC, such as 2026-12-31T00:00:00Z, or a signed \
                 duration in days, hours, minutes and seconds, such as +16d, -2h, +90m, +30s or +1d12h"
            }
            Problem::Year => "expected a year from 1970 to 9998",
            Problem::Size => "the duration is too long",
        })
    }
}

impl Error for ParseClockError {}

impl FromStr for Clock {
    type Err = ParseClockError;

    fn from_str(text: &str) -> Result<Clock, ParseClockError> {
        let clock = match text.as_bytes().first() {
            Some(b'+') => offset(&text[1..]).map(Clock::Offset),
            Some(b'-') => offset(&text[1..]).map(|by| Clock::Offset(-by)),
            _ => instant(text).map(Clock::At),
        };
        clock.map_err(|problem| ParseClockError { text: text.to_owned(), problem })
    }
}

fn instant(text: &str) -> Result<Timestamp, Problem> {
    let instant: Timestamp = text.parse().map_err(|_| Problem::Syntax)?;
    // The dates of the world's handshakes are offsets from this instant, and must not saturate.
    match instant.to_zoned(TimeZone::UTC).year() {
        1970..=9998 => Ok(instant),
        _ => Err(Problem::Year),
    }
}

/// Parses an unsigned duration, such as `1d12h`. Each unit may occur once, the larger ones first.
fn offset(text: &str) -> Result<SignedDuration, Problem> {
    const UNITS: [(char, i64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];
    let mut seconds: i64 = 0;
    let mut units = UNITS.iter();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).ok_or(Problem::Syntax)?;
        let (number, tail) = rest.split_at(end);
        let mut tail = tail.chars();
        let letter = tail.next();
        // The iterator then holds only the smaller units.
        let (_, length) = units.find(|(unit, _)| Some(*unit) == letter).ok_or(Problem::Syntax)?;
        if number.is_empty() {
            return Err(Problem::Syntax);
        }
        let count: i64 = number.parse().map_err(|_| Problem::Size)?;
        seconds = count.checked_mul(*length).and_then(|part| seconds.checked_add(part)).ok_or(Problem::Size)?;
        rest = tail.as_str();
    }
    if text.is_empty() {
        return Err(Problem::Syntax);
    }
    Ok(SignedDuration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Clock, ParseClockError> {
        text.parse()
    }

    #[test]
    fn instants() {
        let at = |second| Ok(Clock::At(Timestamp::from_second(second).unwrap()));
        assert_eq!(parse("2026-12-31T00:00:00Z"), at(1_798_675_200));
        assert_eq!(parse("2026-12-31T02:00:00+02:00"), at(1_798_675_200));
        assert_eq!(parse("1970-01-01T00:00:00-00:00"), at(0));
        let Ok(Clock::At(instant)) = parse("2016-12-14T19:14:19.257Z") else { panic!("an instant") };
        assert_eq!(instant.as_millisecond(), 1_481_742_859_257);
    }

    #[test]
    fn offsets() {
        let by = |seconds| Ok(Clock::Offset(SignedDuration::from_secs(seconds)));
        assert_eq!(parse("+16d"), by(16 * 86_400));
        assert_eq!(parse("-2h"), by(-7_200));
        assert_eq!(parse("+90m"), by(5_400));
        assert_eq!(parse("+30s"), by(30));
        assert_eq!(parse("+1d12h"), by(129_600));
        assert_eq!(parse("-1d2h3m4s"), by(-93_784));
        assert_eq!(parse("+0s"), by(0));
    }

    #[test]
    fn anything_else_says_what_is_expected() {
        for text in [
            "",
            "+",
            "-",
            "16d",
            "+16",
            "+d",
            "+16w",
            "+12h1d",
            "+1d1d",
            "+1 d",
            " +1d",
            "+1d ",
            "+-1d",
            "+1.5d",
            "+1é",
            "+１d",
            "now",
            "2026-12-31",
            "2026-12-31T00:00:00",
            "2026-13-31T00:00:00Z",
            "1798675200",
        ] {
            let message = parse(text).unwrap_err().to_string();
            assert!(message.contains("2026-12-31T00:00:00Z") && message.contains("+16d"), "{message}");
        }
        let message = parse("\u{1b}[2J").unwrap_err().to_string();
        assert!(message.starts_with(r#""\u{1b}[2J" is not a clock: "#), "{message}");
    }

    #[test]
    fn what_cannot_be_dated_is_refused() {
        for text in ["1969-12-31T23:59:59Z", "9999-01-01T00:00:00Z", "0001-01-01T00:00:00Z"] {
            assert_eq!(parse(text).unwrap_err().problem, Problem::Year, "{text}");
        }
        for text in ["+9223372036854775807d", "+99999999999999999999s", "-9223372036854775807s1s"] {
            assert!(parse(text).is_err(), "{text}");
        }
        // An offset beyond the calendar is valid: the time is then the last timestamp.
        let seconds = |text| parse(text).unwrap().start().now().as_second();
        assert_eq!(seconds("+9223372036854775807s"), Timestamp::MAX.as_second());
        assert!(seconds("-9223372036854775807s") - Timestamp::MIN.as_second() < 60);
    }

    #[test]
    fn a_fixed_instant_is_when_the_world_is_made_and_time_runs_on() {
        let instant = Timestamp::from_second(1_798_675_200).unwrap();
        let clock = Clock::At(instant).start();
        assert_eq!(clock.made(), instant);
        let (first, second) = (clock.now(), clock.now());
        assert!(instant <= first && first <= second);
        assert!(second.duration_since(instant) < SignedDuration::from_secs(60));
    }

    #[test]
    fn an_offset_moves_now_but_not_the_making() {
        let before = Timestamp::now();
        let clock = Clock::Offset(SignedDuration::from_hours(48)).start();
        assert!(clock.made() >= before && clock.made() <= Timestamp::now());
        assert!(clock.now().duration_since(clock.made()) >= SignedDuration::from_hours(48));
    }
}
