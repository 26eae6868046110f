//! The SDK's HTTP client for a [`Sandbox`] in this process, without a socket.
//!
//! Responses have dates of the sandbox's clock. Clients should therefore be built with
//! `disable_clock_skew_correction(true)`: otherwise the SDK would take a moved clock for a wrong one and, after an
//! AccessDeniedException, sign and send the request again.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use serde_json::Value;

use super::lost::Lost;
use crate::sandbox::engine::caller::{Caller, Key};
use crate::sandbox::keep::faults::FaultKind;
use crate::sandbox::keep::host::{Answer, Host};
use crate::sandbox::keep::request::Request;
use crate::sandbox::keep::sandbox::Sandbox;
use crate::sandbox::protocol::calls::unknown_operation;
use crate::sandbox::protocol::exceptions::Exception;
use crate::sandbox::protocol::headers;

/// Passes the SDK's requests to a sandbox. Clones share the sandbox.
#[derive(Clone, Debug)]
pub struct Connector {
    host: Arc<Host>,
    read_timeout: Option<Duration>,
}

impl Connector {
    /// Makes a connector to a sandbox, which may be shared.
    pub fn new(host: Arc<Host>) -> Connector {
        Connector { host, read_timeout: None }
    }

    /// Sets the time limit for a response.
    #[must_use]
    pub fn read_timeout(self, longest: Option<Duration>) -> Connector {
        Connector { read_timeout: longest, ..self }
    }

    /// Returns the handshakes of the whole world, as `sandbox show` prints them.
    pub fn handshakes(&self) -> Vec<Value> {
        match self.host.refresh() {
            Ok(()) => self.host.show()["Handshakes"].as_array().cloned().unwrap_or_default(),
            Err(_) => Vec::new(),
        }
    }

    async fn answer(&self, request: &HttpRequest) -> Result<Answer, ConnectorError> {
        let header = |name| request.headers().get(name);
        let target = header("x-amz-target").unwrap_or_default();
        // The body is in memory: no operation streams it.
        let Some(body) = request.body().bytes() else {
            return Ok(self.host.refuse(Exception::request_too_large().into()));
        };
        self.host.refresh().map_err(|error| ConnectorError::other(error.into(), None))?;
        let access_key_id = header("authorization").and_then(headers::access_key_id).unwrap_or_default();
        let caller = self.host.key(access_key_id).map_or(Caller::Implied, Key::caller);
        let request = match headers::operation_of_target(target) {
            Some(operation) => Request::Organizations { operation: operation.to_owned(), body: body.to_vec() },
            None if is_form(request) => Request::Sts {
                form: form_urlencoded::parse(body).into_owned().collect(),
                access_key_id: access_key_id.to_owned(),
            },
            None => return Ok(self.host.refuse(unknown_operation(target).into())),
        };
        let answering = self.host.answer(request, caller);
        answering.finished().await.map_err(|error| ConnectorError::other(error.into(), None))
    }

    async fn respond(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let answer = self.answer(request).await?;
        let delay = answer.delay();
        if let Some(longest) = self.read_timeout.filter(|longest| *longest < delay) {
            tokio::time::sleep(longest).await;
            return Err(Lost::ReadTimeout.into());
        }
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        match answer.fault {
            Some(FaultKind::LostResponse) => {
                return Err(
                    Lost::Closed(Arc::new(io::Error::other("connection closed before message completed"))).into()
                );
            }
            Some(FaultKind::Truncate) => {
                return Err(
                    Lost::Closed(Arc::new(io::Error::other("end of file before message length reached"))).into()
                );
            }
            _ => {}
        }
        let failed = |error| ConnectorError::other(error, None);
        let is_sts = is_form(request);
        let content_type = if is_sts { "text/xml" } else { headers::CONTENT_TYPE };
        let status = StatusCode::try_from(answer.reply.status).map_err(|error| failed(error.into()))?;
        let date = answer.date();
        let mut response = HttpResponse::new(status, SdkBody::from(answer.reply.body));
        for (name, value) in
            [("x-amzn-requestid", Some(answer.id)), ("content-type", Some(content_type.to_owned())), ("date", date)]
        {
            if let Some(value) = value {
                response.headers_mut().try_insert(name, value).map_err(|error| failed(error.into()))?;
            }
        }
        Ok(response)
    }
}

/// Returns whether a request is one of the query protocol, which STS uses.
fn is_form(request: &HttpRequest) -> bool {
    let content_type = request.headers().get("content-type").unwrap_or_default();
    content_type.starts_with("application/x-www-form-urlencoded")
}

impl From<Host> for Connector {
    fn from(host: Host) -> Connector {
        Connector::new(Arc::new(host))
    }
}

impl From<Sandbox> for Connector {
    fn from(sandbox: Sandbox) -> Connector {
        Host::from(sandbox).into()
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let connector = self.clone();
        HttpConnectorFuture::new(async move { connector.respond(&request).await })
    }
}

impl HttpClient for Connector {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_organizations::config::{BehaviorVersion, Credentials, Region};
    use aws_sdk_organizations::error::{ProvideErrorMetadata, SdkError};
    use aws_sdk_organizations::types::HandshakeState;
    use aws_sdk_organizations::{Client, Config};

    use super::*;
    use crate::sandbox::keep::clock::Clock;

    const ID: &str = "h-examplehandshakeid111";

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(future)
    }

    fn client(connector: &Connector, access_key_id: &str) -> Client {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new(access_key_id, "secret", None, None, "test"))
            .disable_clock_skew_correction(true)
            .http_client(connector.clone());
        Client::from_conf(config.build())
    }

    fn sandbox(clock: &str) -> Connector {
        Sandbox::new(&clock.parse::<Clock>().unwrap()).into()
    }

    /// The code of the exception that the call ended in.
    fn code<T, E: ProvideErrorMetadata, R>(result: Result<T, SdkError<E, R>>) -> Option<String> {
        result.err()?.code().map(str::to_owned)
    }

    #[test]
    fn the_sdk_accepts_once() {
        let connector = sandbox("2026-12-31T00:00:00Z");
        let client = client(&connector, "AKIAIOSFODNN7EXAMPLE");
        let accept = || client.accept_handshake().handshake_id(ID).send();
        let handshake = block_on(accept()).unwrap().handshake.unwrap();
        assert_eq!(handshake.state, Some(HandshakeState::Accepted));
        assert_eq!(handshake.id.as_deref(), Some(ID));
        assert_eq!(handshake.requested_timestamp.unwrap().as_secs_f64(), 1_798_588_800.0);
        assert_eq!(handshake.resources().len(), 2);
        let again = block_on(accept()).unwrap_err().into_service_error();
        assert!(again.is_handshake_already_in_state_exception(), "{again:?}");
        let cancel = block_on(client.cancel_handshake().handshake_id(ID).send());
        assert_eq!(code(cancel).as_deref(), Some("InvalidHandshakeTransitionException"));
    }

    #[test]
    fn the_access_key_id_says_who_calls() {
        // A moved clock, so that this also shows that a refusal is not asked for again.
        let connector = sandbox("+5d");
        let [juan, bill, stranger] =
            ["222222222222", "111111111111", "444444444444"].map(|account| client(&connector, account));
        let describe = |client: &Client| client.describe_handshake().handshake_id(ID).send();
        let denied = Some("AccessDeniedException");
        assert_eq!(code(block_on(describe(&stranger))).as_deref(), denied);
        let accept = bill.accept_handshake().handshake_id(ID).send();
        assert_eq!(code(block_on(accept)).as_deref(), denied);
        let next = connector.host.refuse(Exception::service().into());
        assert_eq!(next.id, "EXAMPLE8-90ab-cdef-fedc-000000000002");
        let decline = juan.decline_handshake().handshake_id(ID).send();
        let declined = Some(HandshakeState::Declined);
        assert_eq!(block_on(decline).unwrap().handshake.unwrap().state, declined);
        assert_eq!(block_on(describe(&bill)).unwrap().handshake.unwrap().state, declined);
    }

    #[test]
    fn the_sdk_sees_what_is_not_there() {
        let connector = sandbox("+0s");
        let client = client(&connector, "test");
        let accept = block_on(client.accept_handshake().handshake_id("h-unknown1111").send());
        assert!(accept.unwrap_err().into_service_error().is_handshake_not_found_exception());
        assert_eq!(
            code(block_on(client.list_delegated_administrators().send())).as_deref(),
            Some("UnknownOperationException")
        );
    }

    fn request(target: Option<&str>, body: SdkBody) -> HttpRequest {
        let mut request = HttpRequest::new(body);
        if let Some(target) = target {
            request.headers_mut().insert("x-amz-target", target.to_owned());
        }
        request
    }

    const TARGET: &str = "AWSOrganizationsV20161128.AcceptHandshake";

    #[test]
    fn headers_are_those_of_the_documented_sample() {
        let connector = sandbox("2016-11-30T19:22:16Z");
        let document = SdkBody::from(r#"{"HandshakeId":"h-examplehandshakeid111"}"#);
        let first = block_on(connector.respond(&request(Some(TARGET), document)));
        let second = block_on(connector.respond(&request(Some(TARGET), SdkBody::from("{}")))).unwrap();
        let first = first.unwrap();
        let header = |name| first.headers().get(name);
        assert_eq!(first.status().as_u16(), 200);
        assert_eq!(header("content-type"), Some("application/x-amz-json-1.1"));
        assert_eq!(header("x-amzn-requestid"), Some("EXAMPLE8-90ab-cdef-fedc-000000000000"));
        assert!(header("date").is_some_and(|date| date.starts_with("Wed, 30 Nov 2016 19:")), "{first:?}");
        assert_eq!(second.status().as_u16(), 400);
        assert_eq!(second.headers().get("x-amzn-requestid"), Some("EXAMPLE8-90ab-cdef-fedc-000000000001"));
    }

    fn exception(connector: &Connector, request: &HttpRequest) -> String {
        let response = block_on(connector.respond(request)).unwrap();
        let body: serde_json::Value = serde_json::from_slice(response.body().bytes().unwrap()).unwrap();
        assert!(response.status().as_u16() >= 400);
        body["__type"].as_str().unwrap().to_owned()
    }

    #[test]
    fn malformed_requests_get_exceptions() {
        let connector = sandbox("+0s");
        for target in [None, Some(""), Some("AcceptHandshake"), Some("AWSOrganizationsV20161128.")] {
            let request = request(target, SdkBody::from("{}"));
            assert_eq!(exception(&connector, &request), "UnknownOperationException", "{target:?}");
        }
        let taken = request(Some(TARGET), SdkBody::taken());
        assert_eq!(exception(&connector, &taken), "RequestEntityTooLargeException");
        let empty = request(Some(TARGET), SdkBody::empty());
        assert_eq!(exception(&connector, &empty), "SerializationException");
    }
}
