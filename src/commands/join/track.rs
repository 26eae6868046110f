//! What was done in an account, as far as is known.

use crate::error::Failure;

/// What has become of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It has a plan; nothing was changed.
    Planned,
    /// It has joined, and is in its place.
    Joined,
    /// It was a member, and was moved to its place.
    Placed,
    /// It was a member in its place.
    AlreadyHere,
    /// It can't join, or failed to.
    Failed,
    /// Nothing was begun.
    NotStarted,
}

impl Outcome {
    /// All outcomes, in the order of the totals.
    pub const ALL: [Outcome; 6] = [
        Outcome::Planned,
        Outcome::Joined,
        Outcome::Placed,
        Outcome::AlreadyHere,
        Outcome::Failed,
        Outcome::NotStarted,
    ];

    /// Returns its name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Planned => "PLANNED",
            Outcome::Joined => "JOINED",
            Outcome::Placed => "PLACED",
            Outcome::AlreadyHere => "ALREADY_HERE",
            Outcome::Failed => "FAILED",
            Outcome::NotStarted => "NOT_STARTED",
        }
    }
}

/// What was done in an account. It is kept outside of the work, so that it outlasts a failure.
#[derive(Debug, Default)]
pub struct Track {
    /// The account's invitation.
    pub handshake: Option<String>,
    /// Whether this run has sent it.
    pub is_ours: bool,
    /// Whether this run has canceled it.
    pub is_canceled: bool,
    /// Whether it may still be open although the account failed.
    pub may_be_open: bool,
    /// Whether the account is a member of the organization.
    pub is_member: bool,
    /// The unit or root that the account is in.
    pub parent: Option<String>,
    /// The changes that were made, with the ids that the service gave the requests.
    pub requests: Vec<(&'static str, Option<String>)>,
}

impl Track {
    /// Notes a change that was made.
    pub fn made(&mut self, change: &'static str, request_id: Option<String>) {
        self.requests.push((change, request_id));
    }

    /// Says what is left to do after a failure, if anything was begun. `parent` is where the account should be.
    pub fn left(&self, failure: &Failure, parent: Option<&str>) -> Option<String> {
        let invitation = self.handshake.as_deref().unwrap_or_default();
        match parent {
            Some(parent) if self.is_member => {
                Some(format!("the account is a member; move it to {parent}: run join again"))
            }
            None if self.is_member => {
                Some("the account is a member; run join again to see that all is well".to_owned())
            }
            _ if self.may_be_open && failure.note.is_none() => Some(format!(
                "the invitation {invitation} is open; run join again, or: orgshake cancel-handshake --handshake-id {invitation}"
            )),
            _ => None,
        }
    }
}
