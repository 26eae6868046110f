//! A sandbox with its state file and its faults, and the request ids and dates of its responses.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::Value;
use tokio::sync::oneshot::{self, Receiver};

use super::faults::{FaultKind, Faults};
use super::kept::{Change, Kept, Outcome};
use super::request::Request;
use super::sandbox::Sandbox;
use super::setup::Setup;
use super::store::{Store, StoreError};
use super::throttle::Throttle;
use crate::sandbox::engine::caller::{Caller, Key};
use crate::sandbox::protocol::calls::acting;
use crate::sandbox::protocol::exceptions::Exception;
use crate::sandbox::protocol::reply::Reply;

/// A sandbox with its state file and its faults. The SDK's HTTP client and the HTTP server call it.
#[derive(Debug)]
pub struct Host {
    kept: Arc<Kept>,
    faults: Mutex<Faults>,
    throttle: Option<Mutex<Throttle>>,
    latency: Duration,
    answered: AtomicU64,
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
    /// How much later the response comes than without the sandbox's latency.
    pub latency: Duration,
}

impl Answer {
    /// Returns how late the response is, by the latency and by the fault.
    pub fn delay(&self) -> Duration {
        match self.fault {
            Some(FaultKind::Delay(delay)) => self.latency + delay,
            _ => self.latency,
        }
    }

    /// Returns the time in the form of a Date header.
    pub fn date(&self) -> Option<String> {
        DateTimePrinter::new().timestamp_to_rfc9110_string(&self.time).ok()
    }
}

/// An answer that may have to wait until its change is durable.
#[derive(Debug)]
pub struct Answering {
    answer: Answer,
    /// The change, if the request is one.
    change: Option<Receiver<Outcome>>,
}

impl Answering {
    /// Waits for the answer.
    ///
    /// # Errors
    ///
    /// The state file can't be used. The world is unchanged.
    pub async fn finished(mut self) -> Result<Answer, Arc<StoreError>> {
        if let Some(change) = self.change {
            // Without a sender, the engine has panicked.
            self.answer.reply = change.await.unwrap_or_else(|_| Ok(Exception::service().into()))?;
        }
        Ok(self.answer)
    }
}

impl Host {
    /// Opens a sandbox in memory, or in a state file. The first change creates a missing state file.
    ///
    /// # Errors
    ///
    /// The state file can't be used.
    pub fn open(setup: Setup) -> Result<Host, StoreError> {
        let sandbox = Sandbox::of(setup.world.unwrap_or_default(), &setup.clock).propagating(setup.propagation);
        let kept = Kept::open(sandbox, setup.state.as_deref().map(|path| Store::at(path, setup.world)).transpose()?)?;
        Ok(Host {
            kept: Arc::new(kept),
            faults: Mutex::new(setup.faults),
            throttle: setup.throttle.then(|| Mutex::new(Throttle::new())),
            latency: setup.latency,
            answered: AtomicU64::new(0),
        })
    }

    /// Reads the state file, if another process has changed it. Each request begins with this.
    ///
    /// # Errors
    ///
    /// The state file can't be used.
    pub fn refresh(&self) -> Result<(), StoreError> {
        self.kept.refresh()
    }

    /// Returns the key that a signature with this access key id is checked against, if it exists.
    pub fn key(&self, access_key_id: &str) -> Option<Key> {
        self.kept.with(|sandbox| sandbox.key(access_key_id))
    }

    /// Performs a request. A change of a state file needs a Tokio runtime, which writes the file.
    pub fn answer(&self, request: Request, caller: Caller) -> Answering {
        let (fault, refusal) = self.fault(&request, &caller);
        let answering = |reply, change| {
            let caller = Some(caller.clone());
            Answering { answer: Answer { caller, fault, ..self.refuse(reply) }, change }
        };
        if let Some(refusal) = refusal {
            return answering(refusal, None);
        }
        if !request.changes() {
            return answering(self.kept.with(|sandbox| sandbox.perform(caller.clone(), &request)), None);
        }
        let (done, change) = oneshot::channel();
        self.kept.change(Change { caller: caller.clone(), request, done });
        answering(Exception::service().into(), Some(change))
    }

    /// Returns the fault of a call, and an error response if the call isn't to be performed.
    fn fault(&self, request: &Request, caller: &Caller) -> (Option<FaultKind>, Option<Reply>) {
        let Request::Organizations { operation, .. } = request else { return (None, None) };
        if !self.admits(operation, caller) {
            return (None, FaultKind::Throttle.refusal());
        }
        let fault = self.faults.lock().unwrap_or_else(PoisonError::into_inner).next(operation);
        (fault, fault.and_then(FaultKind::refusal))
    }

    /// Returns whether a call is within the rates.
    fn admits(&self, operation: &str, caller: &Caller) -> bool {
        let (Some(throttle), Some(account)) = (&self.throttle, acting(caller, operation)) else { return true };
        let organization = self.kept.with(|sandbox| sandbox.state().organization_of(account).map(str::to_owned));
        let mut throttle = throttle.lock().unwrap_or_else(PoisonError::into_inner);
        throttle.admits(operation, account, organization.as_deref())
    }

    /// Returns a response that the engine didn't make.
    pub fn refuse(&self, reply: Reply) -> Answer {
        Answer { reply, caller: None, fault: None, time: self.now(), id: self.id(), latency: self.latency }
    }

    /// Returns the time by the sandbox's clock.
    pub fn now(&self) -> Timestamp {
        self.kept.now()
    }

    /// Returns the world as `sandbox show` prints it.
    pub fn show(&self) -> Value {
        self.kept.with(|sandbox| sandbox.show())
    }

    /// Returns the next request id: the documented sample's, with the number of the request as its last group.
    fn id(&self) -> String {
        format!("EXAMPLE8-90ab-cdef-fedc-{:012x}", self.answered.fetch_add(1, Ordering::Relaxed))
    }
}

impl From<Sandbox> for Host {
    fn from(sandbox: Sandbox) -> Host {
        Host {
            kept: Arc::new(Kept::in_memory(sandbox)),
            faults: Mutex::default(),
            throttle: None,
            latency: Duration::ZERO,
            answered: AtomicU64::new(0),
        }
    }
}
