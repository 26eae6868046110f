//! An AWS Organizations service inside the program: no account, no network, no credentials.
//!
//! It follows the documentation of the service (API version 2016-11-28), not another emulator. So far it
//! knows INVITE handshakes and the four operations that take a handshake id.
//!
//! ```text
//! connector (the SDK's HTTP client) -> Sandbox::call -> protocol (AWS JSON 1.1) -> state (the rules)
//! ```
//!
//! [`state`] is pure: no I/O, and the time is passed in. [`world`] is what a fresh sandbox holds, [`clock`]
//! what time it is there.

pub mod clock;
pub mod connector;
pub mod protocol;
pub mod state;
pub mod world;

use jiff::Timestamp;

use clock::{Clock, RunningClock};
use state::State;

/// Who calls an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The account with this id, twelve digits.
    Account(String),
    /// Nobody in particular: the party acts that the operation is for.
    Implied,
}

impl Caller {
    /// The account whose id the access key id is (twelve digits), otherwise [`Caller::Implied`].
    pub fn from_access_key_id(id: &str) -> Caller {
        if state::is_account_id(id) { Caller::Account(id.to_owned()) } else { Caller::Implied }
    }
}

/// The answer to one call, as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status: 200, or 400 and above for an exception.
    pub status: u16,
    /// An AWS JSON 1.1 document: the operation's output, or an exception with its `__type`.
    pub body: Vec<u8>,
}

/// A running service with its world and its clock.
#[derive(Debug)]
pub struct Sandbox {
    state: State,
    clock: RunningClock,
}

impl Sandbox {
    /// A fresh world ([`world::PRELOADED`]), made at the instant that the clock names.
    pub fn new(clock: &Clock) -> Sandbox {
        let clock = clock.start();
        Sandbox { state: world::preloaded(clock.made()), clock }
    }

    /// Performs one operation, such as `AcceptHandshake`, with a request body in AWS JSON 1.1.
    pub fn call(&mut self, caller: Caller, operation: &str, body: &[u8]) -> Reply {
        let now = self.now();
        protocol::answer(&mut self.state, &caller, operation, body, now)
    }

    /// The time in the sandbox.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_twelve_digits_name_an_account() {
        let account = Caller::Account("222222222222".to_owned());
        assert_eq!(Caller::from_access_key_id("222222222222"), account);
        for other in ["", "22222222222", "2222222222222", "AKIAIOSFODNN7EXAMPLE", "２２２２２２２２２２２２"]
        {
            assert_eq!(Caller::from_access_key_id(other), Caller::Implied, "{other}");
        }
    }

    #[test]
    fn a_moved_clock_shows_the_documented_handshake_expired_and_then_gone() {
        let describe = |clock: &str| {
            let clock = clock.parse::<Clock>().unwrap();
            let reply = Sandbox::new(&clock).call(
                Caller::Implied,
                "DescribeHandshake",
                br#"{"HandshakeId":"h-examplehandshakeid111"}"#,
            );
            String::from_utf8(reply.body).unwrap()
        };
        assert!(describe("-2h").contains(r#""State":"OPEN""#));
        assert!(describe("+16d").contains(r#""State":"EXPIRED""#));
        assert!(describe("+60d").contains("HandshakeNotFoundException"));
    }
}
