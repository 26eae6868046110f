//! The services of the server, and the errors of requests that don't reach an operation.

use hyper::http::request::Parts;
use serde_json::json;

use crate::sandbox::protocol::headers;
use crate::sandbox::protocol::reply::{REQUEST_ID, Reply};
use crate::sandbox::protocol::sts::{self, escaped};

/// The service that a request is for. It determines the scope of the signature and the form of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Organizations, which uses AWS JSON 1.1.
    Organizations,
    /// STS, which uses the query protocol.
    Sts,
}

impl Service {
    /// Returns the name in a credential scope.
    pub(super) fn name(self) -> &'static str {
        match self {
            Service::Organizations => "organizations",
            Service::Sts => "sts",
        }
    }

    /// Returns the media type of responses.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Service::Organizations => headers::CONTENT_TYPE,
            Service::Sts => sts::CONTENT_TYPE,
        }
    }

    /// Returns an error response for a request that doesn't reach an operation.
    pub(in crate::sandbox) fn error(self, status: u16, code: &str, message: &str) -> Reply {
        match self {
            Service::Organizations => {
                let body = json!({ "__type": code, "message": message });
                Reply { status, body: body.to_string().into_bytes() }
            }
            Service::Sts => sts::error(sts::NAMESPACE, status, code, message),
        }
    }
}

/// A reason for which a signature is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The request isn't signed.
    Missing,
    /// The Authorization header is incomplete.
    Incomplete(String),
    /// The signature is wrong, or has another date or scope.
    Invalid(String),
    /// The key doesn't exist, or the session token is wrong.
    UnknownKey,
    /// The temporary key has expired.
    Expired,
}

impl Refused {
    /// Returns the error response of a service.
    pub fn reply(&self, service: Service) -> Reply {
        const TOKEN: &str = "The security token included in the request is";
        let invalid_token = format!("{TOKEN} invalid.");
        let expired_token = format!("{TOKEN} expired");
        // The query protocol has other codes, and other statuses.
        let (json, query, query_status, message) = match self {
            Refused::Missing => (
                "MissingAuthenticationTokenException",
                "MissingAuthenticationToken",
                403,
                "Request is missing Authentication Token",
            ),
            Refused::Incomplete(why) => ("IncompleteSignatureException", "IncompleteSignature", 400, why.as_str()),
            Refused::Invalid(why) => ("InvalidSignatureException", "SignatureDoesNotMatch", 403, why.as_str()),
            Refused::UnknownKey => ("UnrecognizedClientException", "InvalidClientTokenId", 403, invalid_token.as_str()),
            Refused::Expired => ("ExpiredTokenException", "ExpiredToken", 403, expired_token.as_str()),
        };
        match service {
            Service::Organizations => service.error(400, json, message),
            Service::Sts => service.error(query_status, query, message),
        }
    }
}

/// Another service, which the sandbox doesn't have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Absent {
    name: String,
    protocol: Protocol,
}

/// The form of a service's errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protocol {
    Json,
    Query,
    Ec2,
    S3,
}

impl Absent {
    /// Returns the service in the scope of a request's signature, unless the sandbox has it.
    pub(super) fn of(parts: &Parts) -> Option<Absent> {
        let name = headers::credential(&text(parts, "authorization"), parts.uri.query().unwrap_or_default())?.service;
        let ours = [Service::Organizations, Service::Sts].iter().any(|service| service.name() == name);
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if ours || !plain || !(1..=40).contains(&name.len()) {
            return None;
        }
        let form = text(parts, "content-type").starts_with("application/x-www-form-urlencoded");
        let action = parts.uri.query().is_some_and(|query| query.contains("Action="));
        let protocol = match name.as_str() {
            "ec2" => Protocol::Ec2,
            "s3" => Protocol::S3,
            "route53" | "cloudfront" => Protocol::Query,
            _ if form || action => Protocol::Query,
            _ => Protocol::Json,
        };
        Some(Absent { name, protocol })
    }

    /// Returns the media type of [`Absent::reply`].
    pub(super) fn content_type(&self) -> &'static str {
        match self.protocol {
            Protocol::Json => headers::CONTENT_TYPE,
            Protocol::Query | Protocol::Ec2 | Protocol::S3 => sts::CONTENT_TYPE,
        }
    }

    /// Returns the error response, in the form of the service's protocol.
    pub(super) fn reply(&self) -> Reply {
        // Short names are abbreviations.
        let short = self.name.len() <= 3;
        let name = if short { self.name.to_ascii_uppercase() } else { format!("service named {}", self.name) };
        let message = format!("The sandbox has no {name}. It has Organizations and STS.");
        let error = format!("<Error><Code>InvalidAction</Code><Message>{}</Message>", escaped(&message));
        let body = match self.protocol {
            Protocol::Json => json!({ "__type": "UnknownOperationException", "message": message }).to_string(),
            Protocol::Query => {
                let namespace = format!("https://{}.amazonaws.com/doc/", self.name);
                return sts::error(&namespace, 400, "InvalidAction", &message);
            }
            // EC2 calls the element RequestID, and clients don't need it.
            Protocol::Ec2 => format!("<Response><Errors>{error}</Error></Errors></Response>"),
            Protocol::S3 => format!("{error}{REQUEST_ID}</Error>"),
        };
        Reply { status: 400, body: body.into_bytes() }
    }
}

/// Returns the value of a header, or an empty text.
fn text(parts: &Parts, name: &str) -> String {
    let value = parts.headers.get(name);
    value.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default()
}
