//! The changes in an account, as far as they are known.

use crate::client::session::NOTHING_SENT;
use crate::error::{Failure, Kind};

/// The outcome for an account.
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

/// The state of an account's invitation after a failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Invitation {
    /// There is none, or it is canceled, declined or expired.
    #[default]
    Closed,
    /// It is open.
    Open,
    /// It is unknown whether it is open, accepted or canceled, or whether it was sent.
    Unknown,
}

/// How far the account has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It has not accepted.
    #[default]
    Outside,
    /// It has accepted, but the organization has not shown it yet.
    Accepted,
    /// It is a member.
    Member,
}

/// The changes in an account. They are kept outside of the work, so that they outlast a failure.
#[derive(Debug, Default)]
pub struct Track {
    /// The account's invitation.
    pub handshake: Option<String>,
    /// Whether this run has certainly sent it: the response to the invitation showed it.
    pub is_ours: bool,
    /// Whether a request for an invitation got no clear response.
    pub may_be_invited: bool,
    /// Whether this run has canceled it.
    pub is_canceled: bool,
    /// The state of the invitation after a failure.
    pub invitation: Invitation,
    /// How far the account has come.
    pub stage: Stage,
    /// The changes that were made, with the ids that the service gave the requests.
    pub requests: Vec<(&'static str, Option<String>)>,
}

impl Track {
    /// Notes a change that was made.
    pub fn made(&mut self, change: &'static str, request_id: Option<String>) {
        self.requests.push((change, request_id));
    }

    /// Returns whether nothing was changed for the account, not even perhaps.
    pub fn is_untouched(&self) -> bool {
        self.requests.is_empty() && !self.may_be_invited && self.handshake.is_none()
    }

    /// Returns the remaining steps after a failure, if anything was begun. `parent` is where the account should be, `again` has the
    /// options that select the same service and caller.
    pub fn left(&self, parent: Option<&str>, again: &str) -> Option<String> {
        let id = self.handshake.as_deref();
        match (self.stage, self.invitation, id) {
            (Stage::Member, ..) => Some(match parent {
                Some(parent) => format!("the account is a member, and is to be moved to {parent}: run join again"),
                None => "the account is a member; to check it, run join again".to_owned(),
            }),
            (Stage::Accepted, ..) => {
                Some("the account has accepted, but the organization doesn't show it: run join again".to_owned())
            }
            (_, Invitation::Open, Some(id)) if self.is_ours => Some(format!(
                "the invitation {id} is open; run join again, or: orgshake cancel-handshake --handshake-id {id}{again}"
            )),
            (_, Invitation::Open, Some(id)) => {
                Some(format!("the invitation {id}, which this run has perhaps not sent, is open; run join again"))
            }
            (_, Invitation::Unknown, Some(id)) => Some(format!(
                "the invitation {id} may be open or accepted; run join again, or see: orgshake describe-handshake \
                 --handshake-id {id}{again}"
            )),
            (_, Invitation::Unknown, None) => Some(format!(
                "the account may be invited; run join again, or see: orgshake list-handshakes-for-organization{again}"
            )),
            _ => None,
        }
    }
}

/// Returns whether a change may have been made although its call failed.
pub fn is_unclear(failure: &Failure) -> bool {
    match failure.kind {
        Kind::Interrupted(_) => !["", NOTHING_SENT].contains(&failure.message.as_str()),
        _ => failure.note.is_some(),
    }
}
