//! Requests to the sandbox's services.

use crate::sandbox::protocol::calls::mutates;

/// A request to one of the sandbox's services.
#[derive(Clone, Debug)]
pub enum Request {
    /// An operation of Organizations, with its body in AWS JSON 1.1.
    Organizations {
        /// The operation, such as `AcceptHandshake`.
        operation: String,
        /// The body.
        body: Vec<u8>,
    },
    /// An operation of STS.
    Sts {
        /// The parameters.
        form: Vec<(String, String)>,
        /// The access key id of the request. The key of a role's session makes the caller that session.
        access_key_id: String,
    },
}

impl Request {
    /// Returns the requested operation.
    pub fn operation(&self) -> &str {
        match self {
            Request::Organizations { operation, .. } => operation,
            Request::Sts { form, .. } => {
                let action = form.iter().find(|(name, _)| name == "Action");
                action.map(|(_, action)| action.as_str()).unwrap_or_default()
            }
        }
    }

    /// Returns whether the request may change the world. In STS, AssumeRole adds a key.
    pub(super) fn changes(&self) -> bool {
        match self {
            Request::Organizations { operation, .. } => mutates(operation),
            Request::Sts { .. } => self.operation() != "GetCallerIdentity",
        }
    }
}
