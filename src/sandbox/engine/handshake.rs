//! Handshakes: their members, and their state at a given time.

use jiff::{SignedDuration, Timestamp};

use super::names::names;
use super::organization::{Tags, Transfer};
use super::time::{days, later};

/// How long a handshake in a final state, or expired, can still be seen (API reference, Handshake).
pub const RETENTION: SignedDuration = days(30);

names! {
    /// The effect of accepting a handshake.
    Action {
        /// The recipient joins the organization.
        Invite = "INVITE",
        /// The organization enables all features.
        EnableAllFeatures = "ENABLE_ALL_FEATURES",
        /// An invited member agrees to all features.
        ApproveAllFeatures = "APPROVE_ALL_FEATURES",
        /// A created member recreates the role that all features need.
        AddServiceLinkedRole = "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE",
        /// The sender manages the bills of the recipient's organization.
        TransferResponsibility = "TRANSFER_RESPONSIBILITY",
    }
}

impl Action {
    /// Returns how long a handshake with this action is live (user guide, Quotas, "Handshake expiration").
    pub fn lifetime(self) -> SignedDuration {
        match self {
            Action::Invite | Action::TransferResponsibility => days(15),
            Action::EnableAllFeatures | Action::ApproveAllFeatures | Action::AddServiceLinkedRole => days(90),
        }
    }
}

names! {
    /// The state of a handshake.
    HandshakeState {
        /// Waits for something before the recipient can act, or for the recipient.
        Requested = "REQUESTED",
        /// Waits for the recipient.
        Open = "OPEN",
        /// Withdrawn by the organization that sent it, or ended together with the handshake that it belongs to.
        Canceled = "CANCELED",
        /// Accepted by its recipient.
        Accepted = "ACCEPTED",
        /// Declined by its recipient.
        Declined = "DECLINED",
        /// Neither accepted, declined nor canceled in time.
        Expired = "EXPIRED",
    }
}

impl HandshakeState {
    /// Returns whether a handshake in this state can still be accepted, declined or canceled, unless it is expired.
    pub fn is_live(self) -> bool {
        matches!(self, HandshakeState::Requested | HandshakeState::Open)
    }
}

names! {
    /// The type of a handshake's resource (API reference, HandshakeResource).
    ResourceType {
        /// An account's id.
        Account = "ACCOUNT",
        /// An organization's id.
        Organization = "ORGANIZATION",
        /// The feature set of the organization.
        OrganizationFeatureSet = "ORGANIZATION_FEATURE_SET",
        /// The recipient's address.
        Email = "EMAIL",
        /// The email address of the sender's management account.
        MasterEmail = "MASTER_EMAIL",
        /// The name of the sender's management account.
        MasterName = "MASTER_NAME",
        /// A text for the recipient.
        Notes = "NOTES",
        /// The id of the handshake that this one belongs to.
        ParentHandshake = "PARENT_HANDSHAKE",
        /// The id of the transfer.
        ResponsibilityTransfer = "RESPONSIBILITY_TRANSFER",
        /// When the transfer starts.
        TransferStartTimestamp = "TRANSFER_START_TIMESTAMP",
        /// The responsibility that is transferred.
        TransferType = "TRANSFER_TYPE",
        /// The management account of a transfer's sender.
        ManagementAccount = "MANAGEMENT_ACCOUNT",
        /// The email address of that account.
        ManagementEmail = "MANAGEMENT_EMAIL",
        /// The name of that account.
        ManagementName = "MANAGEMENT_NAME",
    }
}

/// The recipient of a handshake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// The account with this id, twelve digits.
    Account(String),
    /// The account with this email address.
    Email(String),
}

impl Recipient {
    /// Returns the Type and the Id of the recipient as a party.
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

    /// Returns the key of the recipient in an index. Case doesn't matter in addresses.
    pub(super) fn key(&self) -> String {
        match self {
            Recipient::Account(id) => id.clone(),
            Recipient::Email(address) => address.to_lowercase(),
        }
    }
}

/// A piece of information in a handshake (API reference, HandshakeResource).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The type.
    pub kind: ResourceType,
    /// The value. Its form depends on the type.
    pub value: String,
    /// Resources that describe the value.
    pub resources: Vec<Resource>,
}

impl Resource {
    /// Creates a resource without nested resources.
    pub fn new(kind: ResourceType, value: impl Into<String>) -> Resource {
        Resource { kind, value: value.into(), resources: Vec::new() }
    }
}

/// A handshake between an organization and an account. ENABLE_ALL_FEATURES has no other party than the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// The id: `h-` and 8 to 32 lower-case letters or digits.
    pub id: String,
    /// The effect of accepting the handshake.
    pub action: Action,
    /// The id of the organization that sent it.
    pub organization: String,
    /// The id of the account that sent it, which its ARN names.
    pub originator: String,
    /// The recipient; `None` for ENABLE_ALL_FEATURES.
    pub recipient: Option<Recipient>,
    /// The information for the recipient, as of the time of the request.
    pub resources: Vec<Resource>,
    /// The tags that the account gets when it joins.
    pub tags: Tags,
    /// The ENABLE_ALL_FEATURES handshake that this one belongs to.
    pub parent: Option<String>,
    /// The transfer that accepting a TRANSFER_RESPONSIBILITY starts.
    pub transfer: Option<Transfer>,
    /// When the request was made.
    pub requested: Timestamp,
    /// When a live handshake becomes EXPIRED.
    pub expires: Timestamp,
    /// The last state that a party caused, and when it did.
    pub(in crate::sandbox) progress: (HandshakeState, Timestamp),
}

impl Handshake {
    /// Returns the state at a time. A live handshake is EXPIRED from `expires` on. An APPROVE_ALL_FEATURES ends together
    /// with its parent: when the parent expires, "all requests related to this attempt are canceled" (user guide,
    /// Enabling all features).
    pub fn state(&self, now: Timestamp) -> HandshakeState {
        match self.progress {
            (state, _) if !state.is_live() || now < self.expires => state,
            _ if self.action == Action::ApproveAllFeatures => HandshakeState::Canceled,
            _ => HandshakeState::Expired,
        }
    }

    /// Returns whether the handshake is deleted, which happens 30 days after it reached its final state.
    pub fn is_gone(&self, now: Timestamp) -> bool {
        let settled = match self.progress {
            (state, _) if state.is_live() => self.expires,
            (_, since) => since,
        };
        now >= later(settled, RETENTION)
    }

    /// Returns the Amazon Resource Name.
    pub fn arn(&self) -> String {
        // The pattern of the API reference allows 32 characters for the action, and this one has 37.
        let action = match self.action {
            Action::AddServiceLinkedRole => "add_service_linked_role".to_owned(),
            action => action.as_str().to_ascii_lowercase(),
        };
        format!("arn:aws:organizations::{}:handshake/{}/{action}/{}", self.originator, self.organization, self.id)
    }

    /// Sets the state as if it had changed at `since`. For worlds that start with a history.
    pub(in crate::sandbox) fn begin_as(&mut self, state: HandshakeState, since: Timestamp) {
        self.progress = (state, since);
    }

    pub(super) fn is_live(&self, now: Timestamp) -> bool {
        self.state(now).is_live()
    }
}
