//! The log of a call's attempts, from which errors are reported, and the only rules for what is retried.

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
    InterceptorContext,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, Metadata};
use aws_smithy_runtime_api::client::retries::classifiers::{
    ClassifyRetry, RetryAction, RetryClassifierPriority, RetryReason,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;
use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::lost;
use super::secrets::Secrets;
use crate::error::{Failure, Kind};
use crate::model;
use crate::settings::{RetryMode, ServiceSettings};
use crate::terminal::streams::debug;
use crate::text::escape::tame;
use crate::text::redact::shown_url;
use crate::text::shorten::shortened;

/// Throttling codes of botocore's standard retry mode, and one that only orgshake retries: another request was changing
/// the organization.
const THROTTLING: &[&str] = &[
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "RequestThrottled",
    "SlowDown",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
    "ConcurrentModificationException",
];

/// Transient codes of botocore's standard retry mode; the last one is marked as retryable in the model of STS.
const TRANSIENT: &[&str] = &["RequestTimeout", "RequestTimeoutException", "IDPCommunicationError"];

/// Codes of rejected signatures, possibly because of their date (the SDK's `ServiceClockSkewClassifier`).
const SIGNATURE_REFUSED: &[&str] =
    &["InvalidSignatureException", "SignatureDoesNotMatch", "RequestTimeTooSkewed", "RequestExpired"];

/// The largest clock difference for a signature, in seconds. The service allows five minutes; the Date header has no
/// fractions.
const SIGNATURES_LAST: u64 = 4 * 60;

/// The largest clock difference that is not reported, in seconds. The Date header has no fractions.
const CLOCKS_AGREE: u64 = 5;

/// Maximum length of a message made from a body that contains none, in characters.
const LONGEST_TEXT: usize = 2000;

/// Maximum printed length of a text from an error response, in characters: far more than the service writes.
const LONGEST_MEMBER: usize = 1 << 16;

/// Maximum printed length of a code or request id, in characters.
const LONGEST_NAME: usize = 200;

/// A raw response of the service.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The id that the service gave the request.
    pub request_id: Option<String>,
    /// The `x-amzn-errortype` header.
    error_type: Option<String>,
    /// The service's time of the response, to the second (`Date`).
    date: Option<Timestamp>,
    /// How many seconds the service's clock was ahead of this machine's.
    ahead: Option<i64>,
    /// How many seconds it was ahead of the date in the request's signature, which the SDK corrects as it learns.
    ahead_of_signature: Option<i64>,
    /// When it arrived.
    came: Instant,
    /// The body.
    pub body: Vec<u8>,
    /// The error in it, parsed when it is first needed.
    error: OnceLock<Box<ServiceError>>,
}

impl Answer {
    fn of(response: &HttpResponse, signed: Option<Timestamp>) -> Answer {
        let header = |name| response.headers().get(name).map(str::to_owned);
        let date = header("date").and_then(|date| rfc2822::parse(&date).ok()).map(|date| date.timestamp());
        let ahead_of = |other: Timestamp| Some(date?.as_second() - other.as_second());
        let body = response.body().bytes().unwrap_or_default();
        let id =
            header("x-amzn-requestid").or_else(|| header("x-amz-request-id")).or_else(|| element(body, "RequestId"));
        Answer {
            status: response.status().as_u16(),
            request_id: id.map(|id| name(id.trim())).filter(|id| !id.is_empty()),
            error_type: header("x-amzn-errortype"),
            date,
            ahead: ahead_of(Timestamp::now()),
            ahead_of_signature: signed.and_then(ahead_of),
            came: Instant::now(),
            body: body.to_owned(),
            error: OnceLock::new(),
        }
    }

    /// Makes a response without headers.
    pub fn bare(status: u16, body: &[u8]) -> Answer {
        Answer {
            status,
            request_id: None,
            error_type: None,
            date: None,
            ahead: None,
            ahead_of_signature: None,
            came: Instant::now(),
            body: body.to_owned(),
            error: OnceLock::new(),
        }
    }

    /// Converts `earlier` to the service's clock. The result is never too late, and too early by less than a second
    /// plus the time that this response took to arrive.
    pub fn service_time_of(&self, earlier: Instant) -> Option<Timestamp> {
        let since = SignedDuration::try_from(self.came.duration_since(earlier)).ok()?;
        self.date?.checked_sub(since).ok()
    }

    /// Returns whether the request was carried out.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Returns the error in the response.
    pub fn error(&self) -> &ServiceError {
        self.error.get_or_init(|| Box::new(self.read_error()))
    }

    fn read_error(&self) -> ServiceError {
        let members = match serde_json::from_slice(&self.body) {
            Ok(Value::Object(members)) => Some(members),
            _ => None,
        };
        let text_of = |name: &str| members.as_ref()?.get(name)?.as_str();
        let code = text_of("__type").or_else(|| text_of("code")).or(self.error_type.as_deref()).map(bare_code);
        let code = code.filter(|code| !code.trim().is_empty());
        let message = match &members {
            Some(_) => text_of("message").or_else(|| text_of("Message")).unwrap_or_default().to_owned(),
            None => self.text(),
        };
        let is_of_service = code.is_some();
        let code = code.map_or_else(|| self.status.to_string(), |code| name(&code));
        let detail = |name: &'static str| {
            let value = match members.as_ref()?.get(name)? {
                Value::Null => return None,
                Value::String(text) => member(text).into(),
                complex @ (Value::Array(_) | Value::Object(_)) => member(&complex.to_string()).into(),
                plain => plain.clone(),
            };
            Some((name, value))
        };
        let details = model::exception_details(&code).iter().filter_map(|name| detail(name)).collect();
        ServiceError { is_of_service, code, message: member(&message), details }
    }

    /// Returns the message of a body that isn't a JSON object. As in the AWS CLI, this is the status for an HTML page
    /// of a server error, else the body.
    fn text(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        if self.status >= 500 && (text.trim().is_empty() || text.trim().starts_with("<html>")) {
            let status = hyper::StatusCode::from_u16(self.status).ok();
            return status.and_then(|status| status.canonical_reason()).unwrap_or_default().to_owned();
        }
        shortened(&text, LONGEST_TEXT)
    }

    /// Returns the failure of an operation that ended with this error response. `attempts` were made of at most
    /// `max_attempts`.
    pub fn failure(
        &self,
        operation: &'static str,
        code: String,
        message: String,
        attempts: usize,
        max_attempts: u32,
    ) -> Failure {
        let is_used_up = attempts >= max_attempts as usize && self.retry().is_some();
        let clock = self.wrong_clock(&code);
        let retries = is_used_up.then(|| max_attempts - 1);
        let mut failure = Failure::new(Kind::Service { code, operation, retries }, message);
        failure.request_id = self.request_id.clone();
        failure.hints.extend(clock);
        failure
    }

    /// Returns whether to retry the request.
    pub fn retry(&self) -> Option<RetryAction> {
        if self.is_success() {
            return None;
        }
        let misdated = self.is_misdated().then(RetryAction::server_error);
        retry(self.status, &self.code()).or(misdated)
    }

    /// Returns the error code from JSON, or from the query protocol's XML.
    fn code(&self) -> Cow<'_, str> {
        let error = self.error();
        let of_xml = (!error.is_of_service).then(|| element(&self.body, "Code")).flatten();
        of_xml.map_or(Cow::Borrowed(&error.code), Cow::Owned)
    }

    /// Returns whether the signature was rejected, possibly because of its date.
    fn is_misdated(&self) -> bool {
        let far = self.ahead_of_signature.is_some_and(|ahead| ahead.unsigned_abs() > SIGNATURES_LAST);
        far && SIGNATURE_REFUSED.contains(&&*self.code())
    }

    /// Returns a hint about the clocks if they may have caused this error.
    fn wrong_clock(&self, code: &str) -> Option<String> {
        let ahead = self.ahead.filter(|ahead| ahead.unsigned_abs() > SIGNATURES_LAST)?;
        let minutes = |ahead: u64| format!("about {} minutes", (ahead + 30) / 60);
        SIGNATURE_REFUSED.contains(&code).then(|| format!("the service's clock is {}", apart(ahead, minutes)))
    }

    /// Returns the service's time for `--debug`, and how far it differs from this machine's.
    fn clocks(&self) -> Option<String> {
        let (date, ahead) = (self.date?, self.ahead?);
        Some(match ahead.unsigned_abs() {
            0..=CLOCKS_AGREE => format!("its clock {date}"),
            _ => format!("its clock {date}, {}", apart(ahead, |ahead| format!("{ahead} s"))),
        })
    }
}

/// Returns the retry configuration of an SDK client.
pub fn retries(settings: &ServiceSettings) -> RetryConfig {
    let retries = match settings.retry_mode {
        RetryMode::Standard => RetryConfig::standard(),
        RetryMode::Adaptive => RetryConfig::adaptive(),
    };
    retries.with_max_attempts(settings.max_attempts)
}

/// Returns whether to retry after an error of this status and code.
fn retry(status: u16, code: &str) -> Option<RetryAction> {
    if THROTTLING.contains(&code) {
        Some(RetryAction::throttling_error())
    } else if TRANSIENT.contains(&code) || matches!(status, 500 | 502 | 503 | 504) {
        Some(RetryAction::transient_error())
    } else {
        None
    }
}

/// Returns the text of an element in a document of the query protocol, which STS uses.
fn element(body: &[u8], name: &str) -> Option<String> {
    let document = std::str::from_utf8(body).ok().filter(|text| text.trim_start().starts_with('<'))?;
    let (_, rest) = document.split_once(&format!("<{name}>"))?;
    rest.split_once('<').map(|(text, _)| text.trim().to_owned())
}

/// Shortens a text from an error response for printing.
pub fn member(text: &str) -> String {
    shortened(text, LONGEST_MEMBER)
}

/// Shortens a code or id from an error response to a printable line.
pub fn name(text: &str) -> String {
    tame(&shortened(text, LONGEST_NAME)).replace(['\n', '\t'], " ")
}

/// Describes a clock that is this many seconds ahead of this machine's, or behind it.
fn apart(ahead: i64, told: impl Fn(u64) -> String) -> String {
    let way = if ahead > 0 { "ahead of" } else { "behind" };
    format!("{} {way} this machine's", told(ahead.unsigned_abs()))
}

/// `namespace#Code:suffix` without what surrounds the code (AWS JSON 1.1 protocol, operation error serialization).
fn bare_code(code: &str) -> String {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    code.rsplit_once('#').map_or(code, |(_, code)| code).to_owned()
}

/// An error of the service.
#[derive(Clone, Debug)]
pub struct ServiceError {
    /// Whether the error has a code, so that it comes from the service and not from a proxy.
    pub is_of_service: bool,
    /// The code, or else the HTTP status.
    pub code: String,
    /// The message.
    pub message: String,
    /// The members of its shape other than the message, such as `Reason`.
    pub details: Vec<(&'static str, Value)>,
}

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
            // A response that isn't the service's doesn't show whether the service carried out the request.
            Outcome::Answered(answer) => {
                !answer.is_success() && (answer.status >= 500 || !answer.error().is_of_service)
            }
            Outcome::Lost { sent } => *sent,
        }
    }
}

/// The outcome of an attempt.
#[derive(Debug)]
pub enum Outcome {
    /// A response arrived.
    Answered(Answer),
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
}

impl Log {
    /// Makes an empty log.
    pub fn new(to: To) -> Log {
        Log { attempts: Arc::default(), flight: Arc::default(), written: Written::default(), to }
    }

    /// Takes the recorded attempts.
    pub fn take(&self) -> Vec<Attempt> {
        std::mem::take(&mut self.attempts())
    }

    fn attempts(&self) -> MutexGuard<'_, Vec<Attempt>> {
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
        *self.flight() = Flight { url, secrets: Secrets::of(request), signed, sent: Some(Instant::now()), ended: None };
        if self.to == To::Sandbox {
            self.written.count();
        }
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
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
                let answer = Answer::of(response, signed);
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
        self.attempts().push(Attempt { url, began: sent.unwrap_or(now), outcome });
        Ok(())
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

/// Decides about retries by the raw response: the SDK would also retry after a 200 that it can't parse.
#[derive(Debug)]
pub struct Retry(pub Log);

impl ClassifyRetry for Retry {
    fn classify_retry_v2(&self, context: &InterceptorContext, before: &RetryAction) -> RetryAction {
        match (self.classify_retry(context), before) {
            // The SDK's action has the wait that the service asks for (`x-amz-retry-after`).
            (
                RetryAction::RetryIndicated(_),
                RetryAction::RetryIndicated(RetryReason::RetryableError { retry_after: Some(_), .. }),
            ) => RetryAction::NoActionIndicated,
            (decided, _) => decided,
        }
    }

    fn classify_retry(&self, _: &InterceptorContext) -> RetryAction {
        let attempts = self.0.attempts();
        let Some((Attempt { outcome: Outcome::Answered(last), .. }, before)) = attempts.split_last() else {
            return RetryAction::NoActionIndicated;
        };
        let is_misdated =
            |attempt: &Attempt| matches!(&attempt.outcome, Outcome::Answered(answer) if answer.is_misdated());
        // Only once: with a server whose clock jumps, the request would be signed again every time.
        match last.retry().filter(|_| !(last.is_misdated() && before.iter().any(is_misdated))) {
            Some(action) => action,
            None => RetryAction::RetryForbidden,
        }
    }

    fn name(&self) -> &'static str {
        "orgshake retry"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer::bare(status, body.as_bytes())
    }

    fn told(status: u16, body: &str) -> String {
        let answer = answer(status, body);
        let error = answer.error();
        format!("{}: {}", error.code, error.message)
    }

    #[test]
    fn errors_are_read_as_the_aws_cli_reads_them() {
        assert_eq!(told(400, r#"{"__type":"com.amazonaws#NotFound:http://x","Message":"gone"}"#), "NotFound: gone");
        assert_eq!(told(400, r#"{"__type":"A","message":"lower","Message":"upper"}"#), "A: lower");
        assert_eq!(told(400, r#"{"__type":"A","message":null}"#), "A: ");
        assert_eq!(told(403, "<html>Forbidden</html>"), "403: <html>Forbidden</html>");
        assert_eq!(told(502, "<html>x</html>"), "502: Bad Gateway");
        assert_eq!(told(503, "upstream down"), "503: upstream down");
        assert_eq!(told(500, ""), "500: Internal Server Error");
        assert_eq!(told(400, "[1]"), "400: [1]");
        let header = Answer { error_type: Some("Throttling:x".into()), ..answer(400, "{}") };
        assert_eq!(header.error().code, "Throttling");
    }

    #[test]
    fn an_error_without_the_services_code_leaves_open_what_was_done() {
        let unclear = |status, body: &str, error_type: Option<&str>| {
            let answer = Answer { error_type: error_type.map(str::to_owned), ..answer(status, body) };
            Attempt { url: String::new(), began: Instant::now(), outcome: Outcome::Answered(answer) }.is_unclear()
        };
        let denied = r#"{"__type":"AccessDeniedException","Message":"no"}"#;
        assert!(!unclear(400, denied, None) && !unclear(403, denied, None));
        assert!(!unclear(400, "", Some("TooManyRequestsException")));
        assert!(!unclear(200, "garbage", None), "looked at elsewhere");
        assert!(unclear(500, denied, None));
        for (status, body) in [
            (403, "<html>no</html>"),
            (400, ""),
            (400, r#"{"message":"no"}"#),
            (408, ""),
            (301, ""),
            (101, ""),
            (413, "x"),
        ] {
            assert!(unclear(status, body, None), "{status} {body}");
        }
        // Such as that of a bucket behind the same name.
        assert!(unclear(403, "<Error><Code>AccessDenied</Code></Error>", None));
    }

    #[test]
    fn what_is_printed_of_an_error_is_bounded() {
        let code = "A\nB\u{1b}".to_owned() + &"x".repeat(300);
        let long = "m".repeat(100_000);
        let answer = answer(400, &serde_json::json!({"__type": code, "Message": long}).to_string());
        let error = answer.error();
        assert!(error.code.starts_with("A B\\u{1b}xxx") && error.code.len() < 250, "{}", error.code);
        assert!(error.message.len() < 70_000 && error.message.ends_with("… (100000 bytes)"));
        let page = "<p>".repeat(100_000);
        let message = super::Answer::bare(403, page.as_bytes()).error().message.clone();
        assert!(message.len() < 2100 && message.ends_with("… (300000 bytes)"), "{message}");
    }

    #[test]
    fn the_services_clock_is_told_by_its_answers() {
        let date = rfc2822::parse("Wed, 14 Dec 2016 23:34:19 GMT").unwrap().timestamp();
        let answer = Answer { date: Some(date), ..answer(200, "") };
        let earlier = answer.came.checked_sub(std::time::Duration::from_millis(1500)).unwrap();
        assert_eq!(answer.service_time_of(earlier).unwrap().to_string(), "2016-12-14T23:34:17.5Z");
    }

    #[test]
    fn what_is_tried_again() {
        let retried = |status, body| answer(status, body).retry().is_some();
        assert!(retried(503, "") && retried(500, "{}") && retried(400, r#"{"__type":"TooManyRequestsException"}"#));
        assert!(retried(400, r#"{"__type":"ConcurrentModificationException"}"#));
        assert!(!retried(200, "garbage") && !retried(429, "{}") && !retried(501, "") && !retried(301, ""));
        assert!(!retried(400, r#"{"__type":"AccessDeniedException"}"#));
    }

    #[test]
    fn a_signature_is_dated_anew_once() {
        let refused = |code: &str, ahead_of_signature| Answer {
            ahead_of_signature,
            ..answer(403, &format!(r#"{{"__type":"{code}"}}"#))
        };
        assert!(refused("RequestTimeTooSkewed", Some(3600)).retry().is_some());
        assert!(refused("InvalidSignatureException", Some(-301)).retry().is_some());
        // What is wrong is not the date.
        assert!(refused("InvalidSignatureException", Some(2)).retry().is_none());
        assert!(refused("InvalidSignatureException", None).retry().is_none());
        assert!(refused("AccessDeniedException", Some(3600)).retry().is_none());
    }
}
