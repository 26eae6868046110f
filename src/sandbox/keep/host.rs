//! What stands between the ways in and the engine: the state file, the faults, and what every answer carries.

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

/// A sandbox as the ways in see it: [`connector`](super::connector) and [`server`](crate::sandbox::serve::server).
#[derive(Debug)]
pub struct Host {
    kept: Kept,
    faults: Faults,
    answered: u64,
}

/// A request to one of the services.
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
        /// The form.
        form: Vec<(String, String)>,
        /// The key that the request names: the keys of a role are known as that role.
        access_key_id: String,
    },
}

impl Request<'_> {
    /// The operation that is asked for.
    pub fn operation(&self) -> &str {
        match self {
            Request::Organizations { operation, .. } => operation,
            Request::Sts { form, .. } => {
                let action = form.iter().find(|(name, _)| name == "Action");
                action.map(|(_, action)| action.as_str()).unwrap_or_default()
            }
        }
    }

    /// Whether the world may be another one afterwards. Of STS, that is a key more.
    fn changes(&self) -> bool {
        match self {
            Request::Organizations { operation, .. } => mutates(operation),
            Request::Sts { .. } => self.operation() != "GetCallerIdentity",
        }
    }
}

/// An answer, and what is to become of it on its way.
#[derive(Debug)]
pub struct Answer {
    /// The answer itself.
    pub reply: Reply,
    /// Who has asked, if that is known.
    pub caller: Option<Caller>,
    /// What goes wrong.
    pub fault: Option<FaultKind>,
    /// When it was given, by the sandbox's clock.
    pub time: Timestamp,
    /// The id that the request was given.
    pub id: String,
}

impl Answer {
    /// The time as a Date header has it.
    pub fn date(&self) -> Option<String> {
        DateTimePrinter::new().timestamp_to_rfc9110_string(&self.time).ok()
    }
}

impl Host {
    /// A sandbox in memory, or in a state file. One that isn't there is made by the first change.
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

    /// Answers a request. `who` says who asks, or answers instead of the engine.
    ///
    /// # Errors
    ///
    /// The state file can't be used; nothing has been changed.
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

    /// An answer that the engine isn't asked for.
    pub fn refuse(&mut self, reply: Reply) -> Answer {
        Answer { reply, caller: None, fault: None, time: self.kept.sandbox.now(), id: self.id() }
    }

    /// The time, by the sandbox's clock.
    pub fn now(&self) -> Timestamp {
        self.kept.sandbox.now()
    }

    /// The world, to look at.
    ///
    /// # Errors
    ///
    /// The state file can't be used.
    pub fn show(&mut self) -> Result<Value, StoreError> {
        self.kept.with(false, |sandbox| sandbox.show())
    }

    /// The documented sample's id, with the number of the request in place of its last group.
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

/// A sandbox, and where it is kept.
#[derive(Debug)]
struct Kept {
    sandbox: Sandbox,
    clock: Clock,
    started: Instant,
    store: Option<Store>,
}

impl Kept {
    /// Works with the world as it is now. If that `changes` it, nobody else changes the state file meanwhile, and the
    /// changed world is kept.
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

    /// The clock for a sandbox that is made now: a fixed instant has run on since the start.
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
    /// Takes over what a state file holds.
    fn follow(&mut self, found: Found, clock: &Clock) {
        match found {
            Found::AsBefore => {}
            Found::State(state) => *self = Sandbox::from_state(*state, clock),
            Found::Nothing => *self = Sandbox::new(clock),
        }
    }
}
