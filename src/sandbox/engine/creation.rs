//! Requests to create accounts in an organization.

use jiff::{SignedDuration, Timestamp};

use super::names::names;
use super::organization::Tags;

/// How long it takes to create an account. The service is "asynchronous", without a time; in the sandbox it is long
/// enough for scripts to see IN_PROGRESS, and short enough to wait for.
pub const CREATION_TIME: SignedDuration = SignedDuration::from_secs(3);

/// How many accounts an organization can create at once (user guide, Quotas).
pub const CREATION_QUOTA: usize = 5;

names! {
    /// The state of a request to create an account (API reference, CreateAccountStatus).
    CreationState {
        /// The account is being created.
        InProgress = "IN_PROGRESS",
        /// The account is there.
        Succeeded = "SUCCEEDED",
        /// The account couldn't be created.
        Failed = "FAILED",
    }
}

names! {
    /// The reasons for which the sandbox fails to create an account (API reference, CreateAccountStatus).
    FailureReason {
        /// The organization has as many accounts as it can have, counting live invitations.
        AccountLimit = "ACCOUNT_LIMIT_EXCEEDED",
        /// Another account has the address.
        EmailExists = "EMAIL_ALREADY_EXISTS",
        /// The address isn't valid.
        InvalidEmail = "INVALID_EMAIL",
        /// Another request creates an account with the same address.
        Concurrent = "CONCURRENT_ACCOUNT_MODIFICATION",
    }
}

/// A request to create an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creation {
    /// The organization that the account is created in.
    pub organization: String,
    /// The name of the account.
    pub name: String,
    /// The email address of the account.
    pub email: String,
    /// The tags of the account.
    pub tags: Tags,
    /// When the request was made.
    pub requested: Timestamp,
    /// When the account is there, or the failure known.
    pub completed: Timestamp,
    /// The id of the account, or the reason for which there will be none. It is decided when the request is made.
    pub outcome: Result<String, FailureReason>,
    /// Whether the account has been made.
    pub(in crate::sandbox) made: bool,
}

impl Creation {
    /// Returns the state at a time.
    pub fn state(&self, now: Timestamp) -> CreationState {
        match &self.outcome {
            _ if now < self.completed => CreationState::InProgress,
            Ok(_) => CreationState::Succeeded,
            Err(_) => CreationState::Failed,
        }
    }
}
