//! Raw responses of the service: what error they report, and whether to retry after it.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::time::Instant;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::retries::classifiers::RetryAction;
use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::error::{Failure, Kind};
use crate::model;
use crate::text::escape::tame;
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
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The id that the service gave the request.
    pub request_id: Option<String>,
    /// Whether the response was lost, and this one was made from what another request has found.
    pub is_found: bool,
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

impl Response {
    /// Takes over a response to a request that was signed with this date.
    pub fn of(response: &HttpResponse, signed: Option<Timestamp>) -> Response {
        let header = |name| response.headers().get(name).map(str::to_owned);
        let date = header("date").and_then(|date| rfc2822::parse(&date).ok()).map(|date| date.timestamp());
        let ahead_of = |other: Timestamp| Some(date?.as_second() - other.as_second());
        let body = response.body().bytes().unwrap_or_default();
        let id =
            header("x-amzn-requestid").or_else(|| header("x-amz-request-id")).or_else(|| element(body, "RequestId"));
        Response {
            status: response.status().as_u16(),
            request_id: id.map(|id| short_line(id.trim())).filter(|id| !id.is_empty()),
            is_found: false,
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
    pub fn bare(status: u16, body: &[u8]) -> Response {
        Response {
            status,
            request_id: None,
            is_found: false,
            error_type: None,
            date: None,
            ahead: None,
            ahead_of_signature: None,
            came: Instant::now(),
            body: body.to_owned(),
            error: OnceLock::new(),
        }
    }

    /// Makes the response to a change from what another request has found.
    pub fn found(body: &[u8]) -> Response {
        Response { is_found: true, ..Response::bare(200, body) }
    }

    /// Converts `earlier` to the service's clock. The result is never too late, and too early by less than a second
    /// plus the time that this response took to arrive.
    pub fn service_time_of(&self, earlier: Instant) -> Option<Timestamp> {
        let since = SignedDuration::try_from(self.came.duration_since(earlier)).ok()?;
        self.date?.checked_sub(since).ok()
    }

    /// Returns how many seconds the service's clock was ahead of this machine's; 0 if both agree, or if it is not known.
    pub fn ahead(&self) -> i64 {
        self.ahead.filter(|ahead| ahead.unsigned_abs() > CLOCKS_AGREE).unwrap_or_default()
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
        let code = code.map_or_else(|| self.status.to_string(), |code| short_line(&code));
        let detail = |name: &'static str| {
            let value = match members.as_ref()?.get(name)? {
                Value::Null => return None,
                Value::String(text) => bounded(text).into(),
                complex @ (Value::Array(_) | Value::Object(_)) => bounded(&complex.to_string()).into(),
                plain => plain.clone(),
            };
            Some((name, value))
        };
        let details = model::exception_details(&code).iter().filter_map(|name| detail(name)).collect();
        ServiceError { is_of_service, code, message: bounded(&message), details }
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
        failure.is_transient = retry(self.status, &self.code()).is_some();
        failure.retryable = failure.is_transient;
        failure.hints.extend(clock);
        // The texts for other statuses without a code name proxies and login pages, too.
        if self.status >= 500 { self.hint_on_page(failure) } else { failure }
    }

    /// Adds a hint if the response is a web page.
    pub fn hint_on_page(&self, failure: Failure) -> Failure {
        let begin: String = String::from_utf8_lossy(&self.body).trim_start().chars().take(14).collect();
        let is_page = ["<!doctype html", "<html"].iter().any(|start| begin.to_ascii_lowercase().starts_with(start));
        match is_page {
            true => failure.hint(
                "the response is a web page: it may come from a proxy, or from a login page of the network; check the proxy \
                 settings and the endpoint URL, or log in with a browser",
            ),
            false => failure,
        }
    }

    /// Returns whether it is unclear if the request was carried out: a response that isn't the service's doesn't show it.
    pub fn is_unclear(&self) -> bool {
        !self.is_success() && (self.status >= 500 || !self.error().is_of_service)
    }

    /// Returns whether to retry the request.
    pub fn retry(&self) -> Option<RetryAction> {
        if self.is_success() {
            return None;
        }
        let misdated = self.is_misdated().then(RetryAction::server_error);
        retry(self.status, &self.code()).or(misdated)
    }

    /// Returns whether the service refused the request because there were too many.
    pub fn is_throttled(&self) -> bool {
        !self.is_success() && is_throttling(&self.code())
    }

    /// Returns the error code from JSON, or from the query protocol's XML.
    fn code(&self) -> Cow<'_, str> {
        let error = self.error();
        let of_xml = (!error.is_of_service).then(|| element(&self.body, "Code")).flatten();
        of_xml.map_or(Cow::Borrowed(&error.code), Cow::Owned)
    }

    /// Returns whether the signature was rejected, possibly because of its date.
    pub fn is_misdated(&self) -> bool {
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
    pub fn clocks(&self) -> Option<String> {
        let (date, ahead) = (self.date?, self.ahead?);
        Some(match ahead.unsigned_abs() {
            0..=CLOCKS_AGREE => format!("its clock {date}"),
            _ => format!("its clock {date}, {}", apart(ahead, |ahead| format!("{ahead} s"))),
        })
    }
}

/// Returns whether a code says that there were too many requests.
pub fn is_throttling(code: &str) -> bool {
    THROTTLING.contains(&code)
}

/// Returns whether to retry after an error of this status and code.
fn retry(status: u16, code: &str) -> Option<RetryAction> {
    if is_throttling(code) {
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
pub fn bounded(text: &str) -> String {
    shortened(text, LONGEST_MEMBER)
}

/// Shortens a code or id from an error response to a printable line.
pub fn short_line(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Response {
        Response::bare(status, body.as_bytes())
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
        let header = Response { error_type: Some("Throttling:x".into()), ..answer(400, "{}") };
        assert_eq!(header.error().code, "Throttling");
    }

    #[test]
    fn an_error_without_the_services_code_leaves_open_what_was_done() {
        let unclear = |status, body: &str, error_type: Option<&str>| {
            let answer = Response { error_type: error_type.map(str::to_owned), ..answer(status, body) };
            answer.is_unclear()
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
        let message = super::Response::bare(403, page.as_bytes()).error().message.clone();
        assert!(message.len() < 2100 && message.ends_with("… (300000 bytes)"), "{message}");
    }

    #[test]
    fn the_services_clock_is_told_by_its_answers() {
        let date = rfc2822::parse("Wed, 14 Dec 2016 23:34:19 GMT").unwrap().timestamp();
        let answer = Response { date: Some(date), ..answer(200, "") };
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
        let refused = |code: &str, ahead_of_signature| Response {
            ahead_of_signature,
            ..answer(403, &format!(r#"{{"__type":"{code}"}}"#))
        };
        assert!(refused("RequestTimeTooSkewed", Some(3600)).retry().is_some());
        assert!(refused("InvalidSignatureException", Some(-301)).retry().is_some());
        // The date is right, so the signature is wrong for another reason.
        assert!(refused("InvalidSignatureException", Some(2)).retry().is_none());
        assert!(refused("InvalidSignatureException", None).retry().is_none());
        assert!(refused("AccessDeniedException", Some(3600)).retry().is_none());
    }
}
