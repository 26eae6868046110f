//! What became of each attempt: the log that errors are told from, and the one place that says what is tried again.

use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{FinalizerInterceptorContextRef, InterceptorContext};
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction, RetryClassifierPriority};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use serde_json::{Map, Value};

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

/// Codes that mean "once more" (botocore's standard retry mode).
const TRANSIENT: &[&str] = &["RequestTimeout", "RequestTimeoutException"];

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
            None => text.into_owned(),
        };
        ServiceError {
            code: code.filter(|code| !code.is_empty()).unwrap_or_else(|| self.status.to_string()),
            message,
            members: members.unwrap_or_default(),
        }
    }

    /// Whether it is worth trying again.
    pub fn retry(&self) -> Option<RetryAction> {
        if self.is_success() {
            return None;
        }
        let code = self.error().code;
        if THROTTLING.contains(&code.as_str()) {
            Some(RetryAction::throttling_error())
        } else if TRANSIENT.contains(&code.as_str()) || matches!(self.status, 500 | 502 | 503 | 504) {
            Some(RetryAction::transient_error())
        } else {
            None
        }
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
#[derive(Clone, Debug)]
pub enum Attempt {
    /// The service answered.
    Answered(Answer),
    /// No answer came; the text says why. `sent` is false where the request can't have arrived.
    Lost {
        /// Whether the request may have arrived.
        sent: bool,
        /// Why there is no answer.
        why: String,
    },
}

/// The attempts of one call, filled in while it runs.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Vec<Attempt>>>);

impl Log {
    /// The attempts so far.
    pub fn attempts(&self) -> Vec<Attempt> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[dyn_dispatch_hint]
impl Intercept for Log {
    fn name(&self) -> &'static str {
        "orgshake attempts"
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let attempt = match (context.response(), context.output_or_error()) {
            (Some(response), _) => Attempt::Answered(Answer::of(response)),
            (None, Some(Err(error))) => {
                let lost = error.as_connector_error().and_then(super::lost);
                let why = lost.map_or_else(|| error.to_string(), ToString::to_string);
                Attempt::Lost { sent: lost.is_some_and(|lost| !lost.was_not_sent()), why }
            }
            (None, _) => return Ok(()),
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(attempt);
        Ok(())
    }
}

/// Decides by the raw answer: the SDK would also repeat a 200 that it can't read.
#[derive(Debug)]
pub struct Retry;

impl ClassifyRetry for Retry {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response() {
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
