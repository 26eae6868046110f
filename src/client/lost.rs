//! Reasons for a missing response.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};

use super::proxy::Blocked;
use super::tls::{self, NoAuthorities};
use crate::error::Failure;
use crate::os::signals::Signal;
use crate::text::redact::shown_url;

/// Maximum size of a response in bytes; a page of handshakes is about a hundred times smaller.
pub const LONGEST_BODY: usize = 16 << 20;

/// An underlying error.
pub type Cause = Arc<dyn Error + Send + Sync>;

/// Why no response arrived.
#[derive(Clone, Debug)]
pub enum Lost {
    /// No certificate authorities are known; nothing was sent.
    NoTrust(NoAuthorities),
    /// TLS failed, mostly because of an untrusted certificate; nothing was sent.
    Tls(rustls::Error),
    /// The proxy can't be used; nothing was sent.
    Blocked(Blocked),
    /// The connection failed; the request was not sent.
    NotConnected(Cause),
    /// The connection timed out; the request was not sent.
    ConnectTimeout,
    /// The wait for the next bytes timed out.
    ReadTimeout,
    /// The connection ended before the response did.
    Closed(Cause),
    /// The response is longer than [`LONGEST_BODY`].
    TooLong,
    /// A signal ended the wait.
    Interrupted(Signal),
}

impl Lost {
    /// Returns whether the request can't have arrived.
    pub fn was_not_sent(&self) -> bool {
        matches!(
            self,
            Lost::NoTrust(_) | Lost::Tls(_) | Lost::Blocked(_) | Lost::NotConnected(_) | Lost::ConnectTimeout
        )
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lost::NoTrust(error) => f.write_str(&error.message),
            Lost::Tls(error) => f.write_str(&tls::explained(error).0),
            Lost::Blocked(blocked) => write!(f, "{}: {}", blocked.message, blocked.cause),
            Lost::NotConnected(error) | Lost::Closed(error) => error.fmt(f),
            Lost::ConnectTimeout => f.write_str("no connection in time"),
            Lost::ReadTimeout => f.write_str("no response in time"),
            Lost::Interrupted(signal) => f.write_str(signal.word()),
            Lost::TooLong => write!(f, "the response is longer than {} MiB", LONGEST_BODY >> 20),
        }
    }
}

impl Lost {
    /// Returns whether the same request may succeed soon.
    fn is_transient(&self) -> bool {
        match self {
            Lost::NotConnected(_) | Lost::ConnectTimeout | Lost::ReadTimeout | Lost::Closed(_) => true,
            Lost::Blocked(blocked) => !blocked.lasting,
            _ => false,
        }
    }
}

impl Error for Lost {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Lost::NotConnected(error) | Lost::Closed(error) => error.source(),
            _ => None,
        }
    }
}

/// Chooses the SDK's kind of error, which decides about retries: time-outs and broken connections are retried, a
/// response that is too long isn't.
impl From<Lost> for ConnectorError {
    fn from(lost: Lost) -> ConnectorError {
        match lost {
            Lost::NoTrust(_) | Lost::Tls(_) => ConnectorError::user(lost.into()).never_connected(),
            Lost::Blocked(Blocked { lasting: true, .. }) => ConnectorError::user(lost.into()).never_connected(),
            Lost::Blocked(_) | Lost::NotConnected(_) => ConnectorError::io(lost.into()).never_connected(),
            Lost::ConnectTimeout => ConnectorError::timeout(lost.into()).never_connected(),
            Lost::ReadTimeout => ConnectorError::timeout(lost.into()),
            Lost::Closed(_) => ConnectorError::io(lost.into()),
            Lost::TooLong | Lost::Interrupted(_) => ConnectorError::other(lost.into(), None),
        }
    }
}

/// A call without a response that the SDK could parse; the log has the details.
#[derive(Debug)]
pub struct Unanswered(pub anyhow::Error);

impl Unanswered {
    fn lost(&self) -> Option<&Lost> {
        self.0.chain().find_map(|cause| cause.downcast_ref())
    }

    /// Returns whether the same request may succeed soon.
    pub fn is_transient(&self) -> bool {
        self.lost().is_some_and(Lost::is_transient)
    }
}

/// Drops the type of the SDK's error: codes and messages are read from the raw response.
impl<E: Error + Send + Sync + 'static> From<SdkError<E, HttpResponse>> for Unanswered {
    fn from(error: SdkError<E, HttpResponse>) -> Unanswered {
        match error.into_source() {
            Ok(source) => Unanswered(anyhow::Error::from_boxed(source)),
            Err(error) => Unanswered(anyhow::anyhow!("{error}")),
        }
    }
}

/// Explains a missing response in the AWS CLI's words.
pub fn unanswered(url: &str, unanswered: Unanswered) -> Failure {
    let url = shown_url(url);
    let lost = unanswered.lost();
    let error = &unanswered.0;
    let message = match lost {
        Some(Lost::NotConnected(_)) => format!("Could not connect to the endpoint URL: \"{url}\""),
        Some(Lost::Tls(_)) => format!("SSL validation failed for {url}"),
        Some(Lost::ConnectTimeout) => format!("Connect timeout on endpoint URL: \"{url}\""),
        Some(Lost::ReadTimeout) => format!("Read timeout on endpoint URL: \"{url}\""),
        Some(Lost::Closed(_)) => {
            format!("Connection was closed before we received a valid response from endpoint URL: \"{url}\".")
        }
        Some(Lost::Blocked(blocked)) => blocked.message.clone(),
        Some(Lost::TooLong) => format!("The response from the endpoint URL \"{url}\" is too long"),
        Some(Lost::NoTrust(_) | Lost::Interrupted(_)) | None => "The request could not be made".to_owned(),
    };
    let cause = match lost {
        Some(Lost::Blocked(blocked)) => blocked.cause.clone(),
        Some(lost) => chain(lost),
        None => format!("{error:#}"),
    };
    let mut failure = Failure::other(message).because(anyhow::Error::msg(cause));
    failure.code = match lost {
        Some(Lost::NotConnected(_)) => Some("EndpointConnectionError"),
        Some(Lost::ConnectTimeout) => Some("ConnectTimeoutError"),
        Some(Lost::ReadTimeout) => Some("ReadTimeoutError"),
        Some(Lost::Closed(_)) => Some("ConnectionClosedError"),
        Some(Lost::Blocked(_)) => Some("ProxyConnectionError"),
        Some(Lost::Tls(_)) => Some("SSLError"),
        _ => None,
    };
    failure.retryable = lost.is_some_and(Lost::is_transient);
    failure.is_transient = failure.retryable;
    match lost {
        Some(Lost::NotConnected(_) | Lost::ConnectTimeout) => failure.hint(unreachable(&url)),
        Some(Lost::Tls(error)) => failure.hint(tls::explained(error).1),
        Some(Lost::NoTrust(error)) => failure.hint(error.hint),
        Some(Lost::Blocked(blocked)) => failure.hint(&blocked.hint),
        _ => failure,
    }
}

/// Returns the hint on a server that can't be reached.
fn unreachable(url: &str) -> &'static str {
    let host = url.split("://").nth(1).and_then(|rest| rest.split(['/', ':']).next()).unwrap_or_default();
    match [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"].iter().any(|domain| host.ends_with(domain)) {
        true => {
            "check the network and the region; some networks need a proxy (HTTPS_PROXY), or a login page to be opened in a \
             browser first"
        }
        false => "check the URL, and whether a server is running there",
    }
}

/// Finds our connector's error in the SDK's.
pub fn lost(error: &ConnectorError) -> Option<&Lost> {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if let Some(lost) = inner.downcast_ref() {
            return Some(lost);
        }
        cause = inner.source();
    }
    None
}

/// Formats an error and its sources in one line.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut below = error.source();
    while let Some(error) = below {
        text.push_str(&format!(": {error}"));
        below = error.source();
    }
    text
}
