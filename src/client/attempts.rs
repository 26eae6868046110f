//! The log of a call's attempts, from which errors are reported.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;
use jiff::Timestamp;

use super::lost;
use super::response::Response;
use super::secrets::Secrets;
use crate::terminal::progress::Wait;
use crate::terminal::streams::{debug, shows_progress};
use crate::text::redact::shown_url;

/// An attempt and its outcome.
#[derive(Debug)]
pub struct Attempt {
    /// Where the request went.
    pub url: String,
    /// When it began.
    pub began: Instant,
    /// Its outcome.
    pub outcome: Outcome,
}

impl Attempt {
    /// Returns whether the request may have arrived.
    pub fn was_sent(&self) -> bool {
        !matches!(self.outcome, Outcome::Lost { sent: false })
    }

    /// Returns whether it is unclear if the request was carried out.
    pub fn is_unclear(&self) -> bool {
        match &self.outcome {
            Outcome::Answered(response) => response.is_unclear(),
            Outcome::Lost { sent } => *sent,
        }
    }
}

/// The outcome of an attempt.
#[derive(Debug)]
pub enum Outcome {
    /// A response arrived.
    Answered(Response),
    /// No response arrived.
    Lost {
        /// Whether the request may have arrived.
        sent: bool,
    },
}

/// The attempts of one call, recorded while it runs; `--debug` prints each of them at once.
#[derive(Clone, Debug)]
pub struct Log {
    attempts: Arc<Mutex<Vec<Attempt>>>,
    flight: Arc<Mutex<Flight>>,
    written: Written,
    to: To,
    /// Whether the run, not the SDK, repeats requests.
    is_paced: bool,
}

/// Where the requests of a log go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// The Organizations endpoint.
    Service,
    /// The sandbox in this process.
    Sandbox,
    /// STS. A signal ends these requests, so they aren't counted.
    Sts,
}

/// Counts the requests of a call that were at least partly written. The HTTP client counts them; for the sandbox, the
/// log does.
#[derive(Clone, Debug, Default)]
pub struct Written(Arc<AtomicUsize>);

impl Written {
    /// Counts a request.
    pub fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Data of the current request, which the SDK's context no longer has when the request has failed.
#[derive(Debug, Default)]
struct Flight {
    /// Its URL.
    url: String,
    secrets: Secrets,
    /// The date in its signature.
    signed: Option<Timestamp>,
    /// When it was sent; nothing once it has ended.
    sent: Option<Instant>,
    /// When the last request ended.
    ended: Option<Instant>,
    /// The wait for the end of the call.
    wait: Option<Wait>,
}

impl Flight {
    /// Shows what the call waits for, if a line can be shown.
    fn waits(&mut self, why: impl FnOnce() -> String) {
        match &self.wait {
            _ if !shows_progress() => {}
            Some(wait) => wait.becomes(why()),
            None => self.wait = Some(Wait::new(why())),
        }
    }
}

impl Log {
    /// Makes an empty log.
    pub fn new(to: To) -> Log {
        Log { attempts: Arc::default(), flight: Arc::default(), written: Written::default(), to, is_paced: false }
    }

    /// Leaves the repetition of requests to the run.
    #[must_use]
    pub fn paced(self, is_paced: bool) -> Log {
        Log { is_paced, ..self }
    }

    /// Returns whether the run, not the SDK, repeats requests.
    pub fn is_paced(&self) -> bool {
        self.is_paced
    }

    /// Takes the recorded attempts.
    pub fn take(&self) -> Vec<Attempt> {
        std::mem::take(&mut self.attempts())
    }

    pub fn attempts(&self) -> MutexGuard<'_, Vec<Attempt>> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn flight(&self) -> MutexGuard<'_, Flight> {
        self.flight.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns whether a request was under way beside these finished attempts, and resets the count.
    pub fn was_under_way(&self, ended: &[Attempt]) -> bool {
        let ended = ended.iter().filter(|attempt| attempt.was_sent()).count();
        self.written.0.swap(0, Ordering::Relaxed) > ended
    }
}

#[dyn_dispatch_hint]
impl Intercept for Log {
    fn name(&self) -> &'static str {
        "orgshake attempts"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.to == To::Service {
            context.request_mut().add_extension(self.written.clone());
        }
        Ok(())
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        let url = if self.to == To::Sandbox { "the sandbox".to_owned() } else { request.uri().to_owned() };
        debug(|| {
            let attempts = self.attempts();
            let mut line = format!("attempt {}", attempts.len() + 1);
            if let Some(retries) = config.load::<RetryConfig>() {
                line += &format!(" of {}", retries.max_attempts());
            }
            if let (Some(last), Some(ended)) = (attempts.last(), self.flight().ended) {
                let why = match &last.outcome {
                    Outcome::Answered(answer) => answer.error().code.as_str(),
                    Outcome::Lost { .. } => "no response",
                };
                line += &format!(" because of {why}, after a wait of {:.3} s", ended.elapsed().as_secs_f64());
            }
            if let Some(operation) = config.load::<Metadata>() {
                line += &format!(": {} {}", operation.service(), operation.name());
            }
            let length = request.body().bytes().unwrap_or_default().len();
            line + &format!(" to {}, {length} bytes", shown_url(&url))
        });
        let signed = request.headers().get("x-amz-date").and_then(|date| date.parse().ok());
        let number = self.attempts().len() + 1;
        let mut flight = self.flight();
        flight.waits(|| format!("for a response from {}{}", server(&url), of_attempts(number, config)));
        let wait = flight.wait.take();
        let secrets = Secrets::of(request);
        *flight = Flight { url, secrets, signed, sent: Some(Instant::now()), ended: None, wait };
        drop(flight);
        if self.to == To::Sandbox {
            self.written.count();
        }
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let now = Instant::now();
        let (url, secrets, signed, sent) = {
            let mut flight = self.flight();
            flight.ended = Some(now);
            (flight.url.clone(), flight.secrets.clone(), flight.signed, flight.sent.take())
        };
        let took = sent.map(|sent| format!("after {:.3} s", now.duration_since(sent).as_secs_f64()));
        let outcome = match (context.response(), context.output_or_error()) {
            (Some(response), _) => {
                let answer = Response::of(response, signed);
                debug(|| {
                    let (status, length) = (answer.status, answer.body.len());
                    let mut line = format!("HTTP {status} {}, {length} bytes", took.unwrap_or_default());
                    if let Some(id) = &answer.request_id {
                        line += &format!(", request id {id}");
                    }
                    match answer.clocks() {
                        Some(clocks) => format!("{line}, {clocks}"),
                        None => line,
                    }
                });
                Outcome::Answered(answer)
            }
            (None, Some(Err(error))) => {
                let cause = error.as_connector_error().and_then(lost::lost);
                debug(|| {
                    let why = cause.map_or_else(|| lost::chain(error), |cause| lost::chain(cause));
                    let what = took.map_or_else(|| "not sent".to_owned(), |took| format!("no response {took}"));
                    format!("{what}: {}", secrets.hide(&why))
                });
                Outcome::Lost { sent: cause.is_some_and(|cause| !cause.was_not_sent()) }
            }
            (None, _) => return Ok(()),
        };
        let failed = match &outcome {
            Outcome::Answered(answer) => answer.retry().map(|_| answer.error().code.clone()),
            Outcome::Lost { .. } => Some("no response".to_owned()),
        };
        let number = {
            let mut attempts = self.attempts();
            attempts.push(Attempt { url, began: sent.unwrap_or(now), outcome });
            attempts.len() + 1
        };
        let most = config.load::<RetryConfig>().map_or(u32::MAX, RetryConfig::max_attempts);
        match failed.filter(|_| number <= most as usize) {
            // The run's own attempts aren't counted.
            Some(why) if self.is_paced => self.flight().waits(|| format!("to try again after {why}")),
            Some(why) => self.flight().waits(|| format!("to try again after {why}{}", of_attempts(number, config))),
            None => self.flight().wait = None,
        }
        Ok(())
    }
}

/// Returns the host that a request goes to, with its port.
fn server(url: &str) -> String {
    let url = shown_url(url);
    let host = url.split("://").nth(1).and_then(|rest| rest.split('/').next());
    host.unwrap_or("the sandbox").to_owned()
}

/// Returns the number of an attempt in parentheses, unless it is the first one.
fn of_attempts(number: usize, config: &ConfigBag) -> String {
    match config.load::<RetryConfig>().map(RetryConfig::max_attempts) {
        Some(most) if number > 1 => format!(" (attempt {number} of {most})"),
        _ => String::new(),
    }
}

/// Sends requests to the unchanged endpoint URL: the SDK would add a slash to its path and drop its query.
#[derive(Debug)]
pub struct EndpointUrl(pub Option<String>);

#[dyn_dispatch_hint]
impl Intercept for EndpointUrl {
    fn name(&self) -> &'static str {
        "orgshake endpoint"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(url) = &self.0 {
            context.request_mut().set_uri(url.as_str())?;
        }
        Ok(())
    }
}
