//! A sandbox with its state file and its faults, and the request ids and dates of its responses.

use std::path::Path;
use std::time::Instant;

use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::clock::Clock;
use super::faults::{FaultKind, Faults};
use super::sandbox::Sandbox;
use super::store::{Found, Store, StoreError};
use crate::sandbox::engine::caller::Caller;
use crate::sandbox::engine::time::later;
use crate::sandbox::protocol::calls::mutates;
use crate::sandbox::protocol::reply::Reply;

/// A sandbox with its state file and its faults. The SDK's HTTP client and the HTTP server call it.
#[derive(Debug)]
pub struct Host {
    kept: Kept,
    faults: Faults,
    answered: u64,
}

/// A request to one of the sandbox's services.
#[derive(Clone, Debug)]
pub enum Request<'a> {
    /// An operation of Organizations, with its body in AWS JSON 1.1.
    Organizations {
        /// The operation, such as `AcceptHandshake`.
        operation: &'a str,
        /// The body.
        body: &'a [u8],
    },
    /// An operation of STS.
    Sts {
        /// The parameters.
        form: Vec<(String, String)>,
        /// The access key id of the request. The key of a role's session makes the caller that session.
        access_key_id: String,
    },
}

impl Request<'_> {
    /// Returns the requested operation.
    pub fn operation(&self) -> &str {
        match self {
            Request::Organizations { operation, .. } => operation,
            Request::Sts { form, .. } => {
                let action = form.iter().find(|(name, _)| name == "Action");
                action.map(|(_, action)| action.as_str()).unwrap_or_default()
            }
        }
    }

    /// Returns whether the request may change the world. In STS, AssumeRole adds a key.
    fn changes(&self) -> bool {
        match self {
            Request::Organizations { operation, .. } => mutates(operation),
            Request::Sts { .. } => self.operation() != "GetCallerIdentity",
        }
    }
}

/// A response, and what goes wrong while it is sent.
#[derive(Debug)]
pub struct Answer {
    /// The response of the service.
    pub reply: Reply,
    /// The caller, if known.
    pub caller: Option<Caller>,
    /// The fault of the call.
    pub fault: Option<FaultKind>,
    /// The time of the response, by the sandbox's clock.
    pub time: Timestamp,
    /// The request id.
    pub id: String,
}

impl Answer {
    /// Returns the time in the form of a Date header.
    pub fn date(&self) -> Option<String> {
        DateTimePrinter::new().timestamp_to_rfc9110_string(&self.time).ok()
    }
}

impl Host {
    /// Opens a sandbox in memory, or in a state file. The first change creates a missing state file.
    ///
    /// # Errors
    ///
    /// The state file can't be used.
    pub fn open(clock: Clock, state: Option<&Path>, faults: Faults) -> Result<Host, StoreError> {
        let started = Instant::now();
        let store = state.map(Store::at).transpose()?;
        let mut kept = Kept { sandbox: Sandbox::new(&clock), clock, started, store };
        kept.with(false, |_| ())?;
        Ok(Host { kept, faults, answered: 0 })
    }

    /// Performs a request. `who` returns the caller, or an error response.
    ///
    /// # Errors
    ///
    /// The state file can't be used. The world is unchanged.
    pub fn answer(
        &mut self,
        request: &Request<'_>,
        who: impl FnOnce(&Sandbox) -> Result<Caller, Reply>,
    ) -> Result<Answer, StoreError> {
        let faults = &mut self.faults;
        let (reply, caller, fault, time) = self.kept.with(request.changes(), |sandbox| {
            let time = sandbox.now();
            let caller = match who(sandbox) {
                Ok(caller) => caller,
                Err(reply) => return (reply, None, None, time),
            };
            let known = Some(caller.clone());
            match request {
                Request::Organizations { operation, body } => {
                    let fault = if mutates(operation) { faults.next() } else { None };
                    let reply =
                        fault.and_then(FaultKind::refusal).unwrap_or_else(|| sandbox.call(caller, operation, body));
                    (reply, known, fault, time)
                }
                Request::Sts { form, access_key_id } => (sandbox.sts_with_key(access_key_id, form), known, None, time),
            }
        })?;
        Ok(Answer { reply, caller, fault, time, id: self.id() })
    }

    /// Returns a response that the engine didn't make.
    pub fn refuse(&mut self, reply: Reply) -> Answer {
        Answer { reply, caller: None, fault: None, time: self.kept.sandbox.now(), id: self.id() }
    }

    /// Returns the time by the sandbox's clock.
    pub fn now(&self) -> Timestamp {
        self.kept.sandbox.now()
    }

    /// Returns the world as `sandbox show` prints it.
    ///
    /// # Errors
    ///
    /// The state file can't be used.
    pub fn show(&mut self) -> Result<Value, StoreError> {
        self.kept.with(false, |sandbox| sandbox.show())
    }

    /// Returns the next request id: the documented sample's, with the number of the request as its last group.
    fn id(&mut self) -> String {
        let id = format!("EXAMPLE8-90ab-cdef-fedc-{:012x}", self.answered);
        self.answered += 1;
        id
    }
}

impl From<Sandbox> for Host {
    fn from(sandbox: Sandbox) -> Host {
        let kept = Kept { sandbox, clock: Clock::Real, started: Instant::now(), store: None };
        Host { kept, faults: Faults::default(), answered: 0 }
    }
}

/// A sandbox and its state file.
#[derive(Debug)]
struct Kept {
    sandbox: Sandbox,
    clock: Clock,
    started: Instant,
    store: Option<Store>,
}

impl Kept {
    /// Runs `work` on the current world. If `work` `changes` the world, the state file is locked meanwhile, and written
    /// if the world has changed.
    fn with<T>(&mut self, changes: bool, work: impl FnOnce(&mut Sandbox) -> T) -> Result<T, StoreError> {
        let clock = self.clock();
        let Some(store) = &mut self.store else { return Ok(work(&mut self.sandbox)) };
        if !changes {
            let found = store.read()?;
            self.sandbox.follow(found, &clock);
            return Ok(work(&mut self.sandbox));
        }
        let mut held = store.lock()?;
        self.sandbox.follow(held.read()?, &clock);
        let before = self.sandbox.state().clone();
        let result = work(&mut self.sandbox);
        if before != *self.sandbox.state() {
            held.write(self.sandbox.state()).inspect_err(|_| self.sandbox = Sandbox::from_state(before, &clock))?;
        }
        Ok(result)
    }

    /// Returns the clock for a sandbox that is made now. A fixed instant is moved by the time since the start.
    fn clock(&self) -> Clock {
        match self.clock {
            Clock::At(instant) => {
                let elapsed = SignedDuration::try_from(self.started.elapsed()).unwrap_or(SignedDuration::MAX);
                Clock::At(later(instant, elapsed))
            }
            clock => clock,
        }
    }
}

impl Sandbox {
    /// Replaces the world by the one that was read from the state file.
    fn follow(&mut self, found: Found, clock: &Clock) {
        match found {
            Found::AsBefore => {}
            Found::State(state) => *self = Sandbox::from_state(*state, clock),
            Found::Nothing => *self = Sandbox::new(clock),
        }
    }
}
