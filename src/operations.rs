//! From checked parameters to the SDK's requests: the only place that knows the SDK's types of an operation.

use std::error::Error;

use aws_sdk_organizations::Client;
use aws_sdk_organizations::error::SdkError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use serde_json::Value;

use crate::input::Parameters;
use crate::model::{Api, Operation};

/// Builds and sends the request of an operation. What came back is in the client's log.
///
/// # Errors
///
/// The SDK's error, whatever the operation.
pub async fn send(client: &Client, operation: &Operation, parameters: &Parameters) -> Result<(), Unanswered> {
    let text = |name: &str| parameters.get(name).and_then(Value::as_str).map(str::to_owned);
    match operation.api {
        Api::AcceptHandshake => {
            client.accept_handshake().set_handshake_id(text("HandshakeId")).send().await?;
        }
        Api::CancelHandshake => {
            client.cancel_handshake().set_handshake_id(text("HandshakeId")).send().await?;
        }
        Api::DeclineHandshake => {
            client.decline_handshake().set_handshake_id(text("HandshakeId")).send().await?;
        }
        Api::DescribeHandshake => {
            client.describe_handshake().set_handshake_id(text("HandshakeId")).send().await?;
        }
    }
    Ok(())
}

/// A call that came to no answer that the SDK could read; the client's log knows more.
#[derive(Debug)]
pub struct Unanswered(pub anyhow::Error);

/// The SDK's error of any operation. Codes and messages are read from the raw answer, so the type says nothing more.
impl<E: Error + Send + Sync + 'static> From<SdkError<E, HttpResponse>> for Unanswered {
    fn from(error: SdkError<E, HttpResponse>) -> Unanswered {
        match error.into_source() {
            Ok(source) => Unanswered(anyhow::Error::from_boxed(source)),
            Err(error) => Unanswered(anyhow::anyhow!("{error}")),
        }
    }
}
