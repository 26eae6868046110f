//! A handshake: what it holds, and its state at a time.

use jiff::{SignedDuration, Timestamp};

use super::names::names;
use super::organization::{Tags, Transfer};
use super::time::{days, later};

/// How long a final handshake can still be seen, EXPIRED ones too (API reference, Handshake).
pub const RETENTION: SignedDuration = days(30);

names! {
    /// What happens when a handshake is accepted.
    Action {
        /// The recipient joins the organization.
        Invite = "INVITE",
        /// The organization gets all features.
        EnableAllFeatures = "ENABLE_ALL_FEATURES",
        /// An invited member agrees to all features.
        ApproveAllFeatures = "APPROVE_ALL_FEATURES",
        /// A created member makes the role again that all features need.
        AddServiceLinkedRole = "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE",
        /// The recipient's organization gets its bills managed by the sender.
        TransferResponsibility = "TRANSFER_RESPONSIBILITY",
    }
}

impl Action {
    /// How long a handshake of this kind can be answered: 90 days around all features, 15 days otherwise
    /// (user guide, Quotas, "Handshake expiration").
    pub fn lifetime(self) -> SignedDuration {
        match self {
            Action::Invite | Action::TransferResponsibility => days(15),
            Action::EnableAllFeatures | Action::ApproveAllFeatures | Action::AddServiceLinkedRole => days(90),
        }
    }
}

names! {
    /// Where a handshake stands.
    HandshakeState {
        /// Awaits a response.
        Requested = "REQUESTED",
        /// Can be answered.
        Open = "OPEN",
        /// Withdrawn by the organization that sent it.
        Canceled = "CANCELED",
        /// Agreed to by its recipient.
        Accepted = "ACCEPTED",
        /// Refused by its recipient.
        Declined = "DECLINED",
        /// Not answered in time.
        Expired = "EXPIRED",
    }
}

impl HandshakeState {
    /// Whether a handshake in this state still waits for an answer.
    pub fn is_live(self) -> bool {
        matches!(self, HandshakeState::Requested | HandshakeState::Open)
    }
}

names! {
    /// What a resource of a handshake is (API reference, HandshakeResource).
    ResourceType {
        /// An account's id.
        Account = "ACCOUNT",
        /// An organization's id.
        Organization = "ORGANIZATION",
        /// What the organization can do.
        OrganizationFeatureSet = "ORGANIZATION_FEATURE_SET",
        /// The recipient's address.
        Email = "EMAIL",
        /// The address of the account that manages the sender.
        MasterEmail = "MASTER_EMAIL",
        /// The name of the account that manages the sender.
        MasterName = "MASTER_NAME",
        /// A text for the recipient.
        Notes = "NOTES",
        /// The id of the handshake that this one belongs to.
        ParentHandshake = "PARENT_HANDSHAKE",
        /// The id of the transfer.
        ResponsibilityTransfer = "RESPONSIBILITY_TRANSFER",
        /// When the transfer begins.
        TransferStartTimestamp = "TRANSFER_START_TIMESTAMP",
        /// What is transferred.
        TransferType = "TRANSFER_TYPE",
        /// The account that manages the sender of a transfer.
        ManagementAccount = "MANAGEMENT_ACCOUNT",
        /// Its address.
        ManagementEmail = "MANAGEMENT_EMAIL",
        /// Its name.
        ManagementName = "MANAGEMENT_NAME",
    }
}

/// A party of a handshake that is not an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// An account by its id, twelve digits.
    Account(String),
    /// Whichever account has this email address.
    Email(String),
}

impl Recipient {
    /// The party's Type and Id.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Recipient::Account(id) => ("ACCOUNT", id),
            Recipient::Email(address) => ("EMAIL", address),
        }
    }

    pub(super) fn resource(&self) -> Resource {
        match self {
            Recipient::Account(id) => Resource::new(ResourceType::Account, id),
            Recipient::Email(address) => Resource::new(ResourceType::Email, address),
        }
    }

    /// What it is found by: addresses are alike whatever their case.
    pub(super) fn key(&self) -> String {
        match self {
            Recipient::Account(id) => id.clone(),
            Recipient::Email(address) => address.to_lowercase(),
        }
    }
}

/// A piece of information that goes with a handshake (API reference, HandshakeResource).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// What it is.
    pub kind: ResourceType,
    /// The value, whose form depends on the type.
    pub value: String,
    /// Details of the value.
    pub resources: Vec<Resource>,
}

impl Resource {
    /// A resource without details.
    pub fn new(kind: ResourceType, value: impl Into<String>) -> Resource {
        Resource { kind, value: value.into(), resources: Vec::new() }
    }
}

/// A handshake between an organization and an account, or, to enable all features, of an organization with itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// `h-` and 8 to 32 lower-case letters or digits.
    pub id: String,
    /// What accepting it does.
    pub action: Action,
    /// The id of the organization that sent it.
    pub organization: String,
    /// The id of the account that sent it, which its ARN names.
    pub originator: String,
    /// Whom it was sent to; none for ENABLE_ALL_FEATURES.
    pub recipient: Option<Recipient>,
    /// What the recipient is told, as it was when the request was made.
    pub resources: Vec<Resource>,
    /// What the account gets tagged with when it joins.
    pub tags: Tags,
    /// The ENABLE_ALL_FEATURES handshake that it belongs to.
    pub parent: Option<String>,
    /// What is agreed on by accepting a TRANSFER_RESPONSIBILITY.
    pub transfer: Option<Transfer>,
    /// When the request was made.
    pub requested: Timestamp,
    /// From when on it can't be answered any more.
    pub expires: Timestamp,
    /// The state that the parties have brought it into, and since when.
    pub(in crate::sandbox) progress: (HandshakeState, Timestamp),
}

impl Handshake {
    /// The state at a time: a live handshake is EXPIRED from its expiration on.
    pub fn state(&self, now: Timestamp) -> HandshakeState {
        match self.progress {
            (state, _) if state.is_live() && now >= self.expires => HandshakeState::Expired,
            (state, _) => state,
        }
    }

    /// Whether it is deleted: 30 days after it reached its final state.
    pub fn is_gone(&self, now: Timestamp) -> bool {
        let settled = match self.progress {
            (state, _) if state.is_live() => self.expires,
            (_, since) => since,
        };
        now >= later(settled, RETENTION)
    }

    /// The Amazon Resource Name.
    pub fn arn(&self) -> String {
        format!(
            "arn:aws:organizations::{}:handshake/{}/{}/{}",
            self.originator,
            self.organization,
            self.action.as_str().to_ascii_lowercase(),
            self.id
        )
    }

    /// Puts it into a state, as if that had happened at `since`. For worlds that begin in the middle.
    pub(in crate::sandbox) fn begin_as(&mut self, state: HandshakeState, since: Timestamp) {
        self.progress = (state, since);
    }

    pub(super) fn is_live(&self, now: Timestamp) -> bool {
        self.state(now).is_live()
    }
}
