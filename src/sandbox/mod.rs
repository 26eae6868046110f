//! An AWS Organizations service inside the program: no account, no network, no credentials.
//!
//! It follows the documentation of the service (API version 2016-11-28), not another emulator: handshakes of every
//! kind, the organizations and accounts around them, and as much of AWS STS as a script around them needs.
//!
//! ```text
//! connector (the SDK's HTTP client) -> host (state file, faults) -> Sandbox::call -> protocol (AWS JSON 1.1) -> state, organization
//! server (HTTP) -> signature ----------^                            Sandbox::sts  -> sts (query protocol)
//! ```
//!
//! [`state`] is pure: no I/O, and the time is passed in; [`json`] writes it down. [`world`] is what a fresh sandbox
//! holds, [`clock`] what time it is there.

pub mod caller;
pub mod clock;
pub mod commands;
pub mod environment;
pub mod fault;
pub mod host;
pub mod json;
pub mod organization;
pub mod protocol;
pub mod reply;
pub mod server;
pub mod signature;
pub mod state;
pub mod store;
pub mod sts;
pub mod world;

use jiff::Timestamp;
use serde_json::Value;

use caller::{Caller, Key, SECRET_ACCESS_KEY};
use clock::{Clock, RunningClock};
use reply::Reply;
use state::State;

/// The variables of the environment that are the sandbox's own.
pub mod variables {
    /// Makes every call one of the sandbox.
    pub const SANDBOX: &str = "ORGSHAKE_SANDBOX";
    /// The state file.
    pub const STATE: &str = "ORGSHAKE_SANDBOX_STATE";
    /// The clock.
    pub const CLOCK: &str = "ORGSHAKE_SANDBOX_CLOCK";
    /// What goes wrong.
    pub const FAULT: &str = "ORGSHAKE_SANDBOX_FAULT";
    /// Marks the environment of [`environment`](super::environment): it is the URL of the sandbox's STS.
    pub const STS: &str = "ORGSHAKE_SANDBOX_STS";
}

/// Whether an operation changes the world, when it succeeds.
pub fn mutates(operation: &str) -> bool {
    protocol::Call::from_name(operation).is_some_and(protocol::Call::mutates)
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

    /// Performs one operation of AWS STS; the reply is XML.
    pub fn sts(&mut self, caller: Caller, form: &[(String, String)]) -> Reply {
        sts::answer(&mut self.state, &caller, None, form, Timestamp::now())
    }

    /// [`Sandbox::sts`] for the owner of a key: the keys of a role are known as that role.
    pub fn sts_with_key(&mut self, access_key_id: &str, form: &[(String, String)]) -> Reply {
        let caller = self.key(access_key_id).map_or(Caller::Implied, |key| Caller::Account(key.account));
        sts::answer(&mut self.state, &caller, Some(access_key_id), form, Timestamp::now())
    }

    /// What a signature with this access key id is checked against; `None` if there is no such key.
    pub fn key(&self, access_key_id: &str) -> Option<Key> {
        if caller::is_account_id(access_key_id) {
            let (account, secret) = (access_key_id.to_owned(), SECRET_ACCESS_KEY.to_owned());
            return Some(Key { account, secret, session_token: None, expires: None });
        }
        let session = self.state.sessions.get(access_key_id)?.clone();
        let state::Session { account, secret, token, expires, .. } = session;
        Some(Key { account, secret, session_token: Some(token), expires: Some(expires) })
    }

    /// The world, to be kept.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// A world that was kept, at the time that the clock names.
    pub fn from_state(state: State, clock: &Clock) -> Sandbox {
        Sandbox { state, clock: clock.start() }
    }

    /// The world for people.
    pub fn show(&self) -> Value {
        self.state.show(self.now())
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
