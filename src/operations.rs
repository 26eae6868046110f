//! From checked parameters to the SDK's requests: the only place that knows the SDK's types of an operation.

use aws_sdk_organizations::Client;
use serde_json::Value;

use crate::client::Unanswered;
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
