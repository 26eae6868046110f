//! What became of each attempt: the log that errors are told from, and the one place that says what is tried again.

use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
    InterceptorContext,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction, RetryClassifierPriority};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use serde_json::{Map, Value};

use crate::error::shortened;

/// Codes that mean "slower, please" (botocore's standard retry mode), and the one that nobody else repeats: the
/// organization was being changed by another request.
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

/// Codes that mean "once more" (botocore's standard retry mode); the last one is STS's, marked so in its model.
const TRANSIENT: &[&str] = &["RequestTimeout", "RequestTimeoutException", "IDPCommunicationError"];

/// The longest message that is made of a body without one, in characters.
const LONGEST_MESSAGE: usize = 2000;

/// An answer of the service, as it came.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The id that the service gave the request.
    pub request_id: Option<String>,
    /// The `x-amzn-errortype` header.
    error_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    fn of(response: &HttpResponse) -> Answer {
        let header = |name| response.headers().get(name).map(str::to_owned);
        Answer {
            status: response.status().as_u16(),
            request_id: header("x-amzn-requestid"),
            error_type: header("x-amzn-errortype"),
            body: response.body().bytes().unwrap_or_default().to_owned(),
        }
    }

    /// Whether it says that the request was carried out.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The error that it tells.
    pub fn error(&self) -> ServiceError {
        let text = String::from_utf8_lossy(&self.body);
        let members = match serde_json::from_slice(&self.body) {
            Ok(Value::Object(members)) => Some(members),
            _ => None,
        };
        let text_of = |name: &str| members.as_ref()?.get(name)?.as_str();
        let code = text_of("__type").or_else(|| text_of("code")).or(self.error_type.as_deref()).map(bare_code);
        let message = match &members {
            Some(_) => text_of("message").or_else(|| text_of("Message")).unwrap_or_default().to_owned(),
            // The AWS CLI tells a server's page by the status alone, and any other text as it is.
            None if self.status >= 500 && (text.trim().is_empty() || text.trim().starts_with("<html>")) => {
                let status = hyper::StatusCode::from_u16(self.status).ok();
                status.and_then(|status| status.canonical_reason()).unwrap_or_default().to_owned()
            }
            None => shortened(&text, LONGEST_MESSAGE),
        };
        ServiceError {
            code: code.filter(|code| !code.is_empty()).unwrap_or_else(|| self.status.to_string()),
            message,
            members: members.unwrap_or_default(),
        }
    }

    /// Whether it is worth trying again.
    pub fn retry(&self) -> Option<RetryAction> {
        if self.is_success() { None } else { retry(self.status, &self.error().code) }
    }
}

/// Whether an error of this status and code is worth trying again.
pub fn retry(status: u16, code: &str) -> Option<RetryAction> {
    if THROTTLING.contains(&code) {
        Some(RetryAction::throttling_error())
    } else if TRANSIENT.contains(&code) || matches!(status, 500 | 502 | 503 | 504) {
        Some(RetryAction::transient_error())
    } else {
        None
    }
}

/// `namespace#Code:suffix` without what surrounds the code (AWS JSON 1.1 protocol, operation error serialization).
fn bare_code(code: &str) -> String {
    let code = code.split_once(':').map_or(code, |(code, _)| code);
    code.rsplit_once('#').map_or(code, |(_, code)| code).to_owned()
}

/// An error of the service.
#[derive(Clone, Debug)]
pub struct ServiceError {
    /// The code, or the HTTP status where there is none.
    pub code: String,
    /// The message.
    pub message: String,
    /// All members of the error.
    pub members: Map<String, Value>,
}

/// What became of one attempt.
#[derive(Debug)]
pub struct Attempt {
    /// Where the request went.
    pub url: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an attempt.
#[derive(Debug)]
pub enum Outcome {
    /// The service answered.
    Answered(Answer),
    /// No answer came. `sent` is false where the request can't have arrived.
    Lost {
        /// Whether the request may have arrived.
        sent: bool,
    },
}

/// The attempts of one call, filled in while it runs; with `debug`, told on stderr as they happen.
#[derive(Clone, Debug)]
pub struct Log {
    attempts: Arc<Mutex<Vec<Attempt>>>,
    /// Where the request in flight goes; it is gone from the context when it has failed.
    place: Arc<Mutex<String>>,
    debug: bool,
    sandbox: bool,
}

impl Log {
    /// An empty log.
    pub fn new(debug: bool, sandbox: bool) -> Log {
        Log { attempts: Arc::default(), place: Arc::default(), debug, sandbox }
    }

    /// The attempts since the last time they were taken.
    pub fn take(&self) -> Vec<Attempt> {
        std::mem::take(&mut self.attempts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn tell(&self, line: impl FnOnce() -> String) {
        if self.debug {
            crate::io::debug(&line());
        }
    }
}

#[dyn_dispatch_hint]
impl Intercept for Log {
    fn name(&self) -> &'static str {
        "orgshake attempts"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        let place = if self.sandbox { "the sandbox".to_owned() } else { request.uri().to_owned() };
        self.tell(|| {
            let target = request.headers().get("x-amz-target").unwrap_or("a request");
            format!("sending {target} to {place}")
        });
        *self.place.lock().unwrap_or_else(PoisonError::into_inner) = place;
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let outcome = match (context.response(), context.output_or_error()) {
            (Some(response), _) => {
                let answer = Answer::of(response);
                self.tell(|| {
                    let id = answer.request_id.as_deref().unwrap_or("none");
                    format!("answer: HTTP {}, {} bytes, request id {id}", answer.status, answer.body.len())
                });
                Outcome::Answered(answer)
            }
            (None, Some(Err(error))) => {
                let lost = error.as_connector_error().and_then(super::lost);
                self.tell(|| {
                    let why = lost.map_or_else(|| error.to_string(), |lost| super::chain(lost));
                    format!("no answer: {why}")
                });
                Outcome::Lost { sent: lost.is_some_and(|lost| !lost.was_not_sent()) }
            }
            (None, _) => return Ok(()),
        };
        let url = self.place.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner).push(Attempt { url, outcome });
        Ok(())
    }
}

/// Sends requests to the endpoint URL as it was given: the SDK would add a slash to its path and drop its query.
#[derive(Debug)]
pub struct Place(pub Option<String>);

#[dyn_dispatch_hint]
impl Intercept for Place {
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

/// Decides by the raw answer: the SDK would also repeat a 200 that it can't read.
#[derive(Debug)]
pub struct Retry;

impl ClassifyRetry for Retry {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response() {
            Some(response) if response.status().is_success() => RetryAction::RetryForbidden,
            Some(response) => Answer::of(response).retry().unwrap_or(RetryAction::RetryForbidden),
            None => RetryAction::NoActionIndicated,
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
        Answer { status, request_id: None, error_type: None, body: body.into() }
    }

    fn told(status: u16, body: &str) -> String {
        let error = answer(status, body).error();
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
    fn what_is_tried_again() {
        let retried = |status, body| answer(status, body).retry().is_some();
        assert!(retried(503, "") && retried(500, "{}") && retried(400, r#"{"__type":"TooManyRequestsException"}"#));
        assert!(retried(400, r#"{"__type":"ConcurrentModificationException"}"#));
        assert!(!retried(200, "garbage") && !retried(429, "{}") && !retried(501, "") && !retried(301, ""));
        assert!(!retried(400, r#"{"__type":"AccessDeniedException"}"#));
    }
}
