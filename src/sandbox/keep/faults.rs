//! Planned faults: which of the next calls go wrong, and how. The same plan has the same effect in every run.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde_json::json;

use crate::sandbox::protocol::calls::{mutates, operations};
use crate::sandbox::protocol::reply::Reply;
use crate::text::redact::shown;

/// A way in which a call goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The call fails with TooManyRequestsException.
    Throttle,
    /// The call fails with HTTP status 500 and changes nothing.
    InternalError,
    /// The call fails with ConcurrentModificationException.
    ConcurrentModification,
    /// The call is performed, and the connection is closed without a response.
    LostResponse,
    /// The call is performed, and the connection is closed in the middle of the response.
    Truncate,
    /// The call is performed, and the response is this much late.
    Delay(Duration),
}

impl FaultKind {
    /// The kinds without a parameter, and their names.
    const NAMED: [(&str, FaultKind); 5] = [
        ("throttle", FaultKind::Throttle),
        ("internal-error", FaultKind::InternalError),
        ("concurrent-modification", FaultKind::ConcurrentModification),
        ("lost-response", FaultKind::LostResponse),
        ("truncate", FaultKind::Truncate),
    ];

    /// Returns the error response for a fault whose call isn't performed.
    pub(in crate::sandbox) fn refusal(self) -> Option<Reply> {
        let (status, code, message) = match self {
            FaultKind::Throttle => (
                400,
                "TooManyRequestsException",
                "You have sent too many requests in too short a period of time. The quota helps protect against \
                 denial-of-service attacks. Try again later.",
            ),
            FaultKind::InternalError => (
                500,
                "InternalFailure",
                "The request processing has failed because of an unknown error, exception or failure.",
            ),
            FaultKind::ConcurrentModification => (
                400,
                "ConcurrentModificationException",
                "The target of the operation is currently being modified by a different request. Try again later.",
            ),
            FaultKind::LostResponse | FaultKind::Truncate | FaultKind::Delay(_) => return None,
        };
        Some(Reply { status, body: json!({ "__type": code, "Message": message }).to_string().into_bytes() })
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match FaultKind::NAMED.iter().find(|(_, kind)| kind == self) {
            Some((name, _)) => f.write_str(name),
            None => f.write_str("delay"),
        }
    }
}

/// A kind of fault, and how many calls it affects: calls of the operation, or calls that change something.
///
/// ```text
/// lost-response    throttle:2    delay:500ms    delay:2s:3    throttle@ListHandshakesForAccount:2
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    kind: FaultKind,
    operation: Option<String>,
    calls: u32,
}

impl Fault {
    fn fits(&self, operation: &str) -> bool {
        self.operation.as_ref().map_or_else(|| mutates(operation), |only| only == operation)
    }
}

/// The error for a text that isn't a [`Fault`]. Its message says which texts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseFaultError(String);

impl fmt::Display for ParseFaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Debug formatting escapes control characters.
        write!(
            f,
            "{:?} is not a fault: expected throttle, internal-error, concurrent-modification, lost-response or \
             truncate, alone or with a number of calls (throttle:2), or a delay of at most an hour (delay:500ms, \
             delay:2s); for one operation of Organizations: throttle@ListHandshakesForAccount:2",
            shown(&self.0)
        )
    }
}

impl Error for ParseFaultError {}

impl FromStr for Fault {
    type Err = ParseFaultError;

    fn from_str(text: &str) -> Result<Fault, ParseFaultError> {
        parse(text).ok_or_else(|| ParseFaultError(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<Fault> {
    let (name, rest) = match text.split_once(':') {
        Some((name, rest)) => (name, Some(rest)),
        None => (text, None),
    };
    let (name, operation) = match name.split_once('@') {
        Some((name, operation)) => (name, Some(operation)),
        None => (name, None),
    };
    if operation.is_some_and(|operation| !operations().any(|known| known == operation)) {
        return None;
    }
    let (kind, calls) = match (name, rest) {
        ("delay", Some(rest)) => match rest.split_once(':') {
            Some((length, calls)) => (FaultKind::Delay(duration(length)?), Some(calls)),
            None => (FaultKind::Delay(duration(rest)?), None),
        },
        (name, calls) => (FaultKind::NAMED.iter().find(|(known, _)| *known == name)?.1, calls),
    };
    let calls = match calls {
        Some(calls) => number(calls)?,
        None => 1,
    };
    (calls > 0).then_some(Fault { kind, operation: operation.map(str::to_owned), calls })
}

/// Parses a number of milliseconds or seconds, at most an hour: `20ms`, `3s`.
pub fn duration(text: &str) -> Option<Duration> {
    let length = match text.strip_suffix("ms") {
        Some(milliseconds) => Duration::from_millis(number(milliseconds)?.into()),
        None => Duration::from_secs(number(text.strip_suffix('s')?)?.into()),
    };
    (length <= Duration::from_secs(3600)).then_some(length)
}

/// Parses a number without a sign.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// The faults that are left, in the order of the plan.
#[derive(Clone, Debug, Default)]
pub struct Faults(VecDeque<Fault>);

impl Faults {
    /// Returns the fault of a call of this operation: the first in the plan that fits.
    pub(in crate::sandbox) fn next(&mut self, operation: &str) -> Option<FaultKind> {
        let position = self.0.iter().position(|fault| fault.fits(operation))?;
        let fault = self.0.get_mut(position)?;
        let kind = fault.kind;
        fault.calls -= 1;
        if fault.calls == 0 {
            self.0.remove(position);
        }
        Some(kind)
    }
}

impl FromIterator<Fault> for Faults {
    fn from_iter<I: IntoIterator<Item = Fault>>(faults: I) -> Faults {
        Faults(faults.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_followed_in_order() {
        let plan = ["throttle:2", "lost-response", "delay:500ms:2", "truncate"];
        let mut faults: Faults = plan.iter().map(|text| text.parse::<Fault>().unwrap()).collect();
        let told: Vec<_> = std::iter::from_fn(|| faults.next("AcceptHandshake")).collect();
        let delay = FaultKind::Delay(Duration::from_millis(500));
        assert_eq!(
            told,
            [FaultKind::Throttle, FaultKind::Throttle, FaultKind::LostResponse, delay, delay, FaultKind::Truncate]
        );
        assert_eq!(faults.next("AcceptHandshake"), None);
    }

    #[test]
    fn a_fault_waits_for_its_operation() {
        let plan = ["throttle", "delay@ListRoots:10ms:2", "truncate@AcceptHandshake", "internal-error"];
        let mut faults: Faults = plan.iter().map(|text| text.parse::<Fault>().unwrap()).collect();
        let delay = Some(FaultKind::Delay(Duration::from_millis(10)));
        for (operation, expected) in [
            ("DescribeHandshake", None),
            ("ListRoots", delay),
            ("AcceptHandshake", Some(FaultKind::Throttle)),
            ("CancelHandshake", Some(FaultKind::InternalError)),
            ("ListRoots", delay),
            ("ListRoots", None),
            ("CancelHandshake", None),
            ("AcceptHandshake", Some(FaultKind::Truncate)),
            ("AcceptHandshake", None),
        ] {
            assert_eq!(faults.next(operation), expected, "{operation}");
        }
    }

    #[test]
    fn every_name_is_shown_as_it_is_typed() {
        for (name, kind) in FaultKind::NAMED {
            assert_eq!(name.parse(), Ok(Fault { kind, operation: None, calls: 1 }));
            assert_eq!(kind.to_string(), name);
        }
        assert_eq!(
            "delay:2s".parse(),
            Ok(Fault { kind: FaultKind::Delay(Duration::from_secs(2)), operation: None, calls: 1 })
        );
    }

    #[test]
    fn anything_else_says_what_is_expected() {
        for text in [
            "",
            ":",
            "nonsense",
            "throttle:",
            "throttle:0",
            "throttle:-1",
            "throttle:+1",
            "throttle:x",
            "throttle:1:1",
            "throttle:99999999999",
            "delay",
            "delay:",
            "delay:500",
            "delay:ms",
            "delay:s",
            "delay:2h",
            "delay:-1s",
            "delay:2s:0",
            "delay:3601s",
            "Throttle",
            " throttle",
            "é:1",
            "throttle@",
            "throttle@Nonsense",
            "@ListRoots",
            "throttle:2@ListRoots",
        ] {
            let message = text.parse::<Fault>().unwrap_err().to_string();
            assert!(message.contains("throttle:2") && message.contains("delay:500ms"), "{message}");
        }
    }
}
