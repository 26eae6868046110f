//! The sandbox's services in memory: a world and a clock.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::clock::{Clock, RunningClock};
use super::request::Request;
use super::store::Content;
use super::worlds::World;
use crate::sandbox::engine::caller::{Caller, Key, RoleSession, SECRET_ACCESS_KEY};
use crate::sandbox::engine::ids::is_account_id;
use crate::sandbox::engine::propagation::Unseen;
use crate::sandbox::engine::state::State;
use crate::sandbox::engine::time::later;
use crate::sandbox::protocol::calls::{acting, mutates};
use crate::sandbox::protocol::reply::Reply;
use crate::sandbox::protocol::{calls, sts};

/// The sandbox's services in memory, with their world and their clock.
#[derive(Clone, Debug)]
pub struct Sandbox {
    world: World,
    state: State,
    clock: RunningClock,
    /// How much later the other party sees a new handshake or a new member.
    propagation: SignedDuration,
}

impl Sandbox {
    /// Creates a sandbox with the preloaded world, made at the instant of the clock.
    pub fn new(clock: &Clock) -> Sandbox {
        Sandbox::of(World::Documented, clock)
    }

    /// Creates a sandbox with a world, made at the instant of the clock.
    pub fn of(world: World, clock: &Clock) -> Sandbox {
        let clock = clock.start();
        Sandbox { world, state: world.make(clock.made()), clock, propagation: SignedDuration::ZERO }
    }

    /// Performs a request.
    pub(super) fn perform(&mut self, caller: Caller, request: &Request) -> Reply {
        match request {
            Request::Organizations { operation, body } => {
                let unseen = self.hide(&caller, operation);
                let reply = self.call(caller, operation, body);
                self.state.reveal(unseen);
                reply
            }
            Request::Sts { form, access_key_id } => self.sts_with_key(access_key_id, form),
        }
    }

    /// Sets how much later the other party sees a new handshake or a new member.
    #[must_use]
    pub(super) fn propagating(self, propagation: Duration) -> Sandbox {
        Sandbox { propagation: SignedDuration::try_from(propagation).unwrap_or(SignedDuration::MAX), ..self }
    }

    /// Takes what the caller doesn't see yet out of the world.
    fn hide(&mut self, caller: &Caller, operation: &str) -> Unseen {
        const CHANGES: [&str; 4] =
            ["AcceptHandshake", "DeclineHandshake", "MoveAccount", "RemoveAccountFromOrganization"];
        // Other changes concern the organization as a whole, which is as it is.
        if self.propagation.is_zero() || mutates(operation) && !CHANGES.contains(&operation) {
            return Unseen::default();
        }
        let since = later(self.now(), -self.propagation);
        match (caller, operation) {
            // Whoever the handshake is for accepts or declines it.
            (Caller::Implied, "AcceptHandshake" | "DeclineHandshake") => self.state.hide(None, since),
            _ => self.state.hide(acting(caller, operation), since),
        }
    }

    /// Performs an operation of Organizations, such as `AcceptHandshake`. The body is AWS JSON 1.1.
    pub fn call(&mut self, caller: Caller, operation: &str, body: &[u8]) -> Reply {
        let now = self.now();
        calls::answer(&mut self.state, &caller, operation, body, now)
    }

    /// Performs an operation of STS. The response is XML.
    pub fn sts(&mut self, caller: Caller, form: &[(String, String)]) -> Reply {
        sts::answer(&mut self.state, &caller, None, form, Timestamp::now())
    }

    /// Performs an operation of STS for the owner of an access key. The key of a role's session makes the caller that
    /// session.
    pub fn sts_with_key(&mut self, access_key_id: &str, form: &[(String, String)]) -> Reply {
        let caller = self.key(access_key_id).map_or(Caller::Implied, Key::caller);
        sts::answer(&mut self.state, &caller, Some(access_key_id), form, Timestamp::now())
    }

    /// Returns the key that a signature with this access key id is checked against, if it exists.
    pub fn key(&self, access_key_id: &str) -> Option<Key> {
        if is_account_id(access_key_id) {
            let (account, secret) = (access_key_id.to_owned(), SECRET_ACCESS_KEY.to_owned());
            return Some(Key { account, secret, session_token: None, expires: None, partition: None });
        }
        let session = self.state.sessions.get(access_key_id)?.clone();
        let RoleSession { account, partition, secret, token, expires, .. } = session;
        Some(Key { account, secret, session_token: Some(token), expires: Some(expires), partition: Some(partition) })
    }

    /// Returns the world that it began with.
    pub(super) fn world(&self) -> World {
        self.world
    }

    /// Returns the world.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Creates a sandbox with an existing world.
    pub fn from_state(state: State, clock: &Clock) -> Sandbox {
        Sandbox { world: World::Documented, state, clock: clock.start(), propagation: SignedDuration::ZERO }
    }

    /// Creates a sandbox with another state and the same clock; without a state, with the same world, made now.
    pub(super) fn with(&self, found: Option<Content>) -> Sandbox {
        let (world, state) = found.unwrap_or_else(|| (self.world, self.world.make(self.clock.remade())));
        Sandbox { world, state, ..*self }
    }

    /// Returns the world as `sandbox show` prints it.
    pub fn show(&self) -> Value {
        let now = self.now();
        let mut state = self.state.clone();
        state.complete_creations(now);
        state.show(now)
    }

    /// Returns the clock.
    pub(super) fn clock(&self) -> RunningClock {
        self.clock
    }

    /// Returns the time in the sandbox.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
