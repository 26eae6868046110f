//! Organizations, accounts and organizational units: their members.

use std::collections::BTreeMap;
use std::iter;
use std::ops::Bound;

use jiff::Timestamp;

use super::names::names;
use super::refusal::HandshakeConstraint;

/// How many accounts an organization can have by default. Live invitations count (user guide, Quotas).
pub const ACCOUNT_QUOTA: usize = 10;

/// How many organizations' bills an organization can take over by default (billing guide, Quotas).
pub const TRANSFER_QUOTA: usize = 0;

/// How many organizational units an organization can have (user guide, Quotas).
pub const UNIT_QUOTA: usize = 2_000;

/// Tags: keys and values.
pub type Tags = BTreeMap<String, String>;

names! {
    /// The feature set of an organization (API reference, Organization).
    FeatureSet {
        /// All features.
        All = "ALL",
        /// Consolidated billing only.
        ConsolidatedBilling = "CONSOLIDATED_BILLING",
    }
}

names! {
    /// How an account joined its organization (API reference, Account).
    JoinedMethod {
        /// The account accepted an invitation.
        Invited = "INVITED",
        /// The account was created in the organization.
        Created = "CREATED",
    }
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// The id of the account that created and manages the organization.
    pub management_account: String,
    /// The feature set.
    pub feature_set: FeatureSet,
    /// The id of the root, where accounts that join are put.
    pub root: String,
    /// The tags of the root.
    pub root_tags: Tags,
    /// Whether service control policies are enabled in the root.
    pub service_control_policies: bool,
    /// How many accounts the organization can have.
    pub account_quota: usize,
    /// How many organizations' bills the organization can take over.
    pub transfer_quota: usize,
    /// The organizational units by their ids.
    pub units: BTreeMap<String, Unit>,
    /// The transfer of the organization's bills to another organization.
    pub transfer: Option<Transfer>,
}

impl Organization {
    /// Creates an organization without units and with the default quotas.
    pub fn new(management_account: &str, feature_set: FeatureSet, root: &str) -> Organization {
        Organization {
            management_account: management_account.to_owned(),
            feature_set,
            root: root.to_owned(),
            root_tags: Tags::new(),
            // They come with an organization that is created with all features (API reference, CreateOrganization).
            service_control_policies: feature_set == FeatureSet::All,
            account_quota: ACCOUNT_QUOTA,
            transfer_quota: TRANSFER_QUOTA,
            units: BTreeMap::new(),
            transfer: None,
        }
    }

    /// Returns whether this is the id of the root or of a unit of the organization.
    pub fn has_parent(&self, id: &str) -> bool {
        id == self.root || self.units.contains_key(id)
    }

    /// Lists the units directly below a root or unit. With `after`, the list starts behind that id.
    pub(in crate::sandbox) fn units_of(
        &self,
        parent: &str,
        after: Option<&str>,
    ) -> impl Iterator<Item = (&String, &Unit)> {
        let begin = after.map_or(Bound::Unbounded, |id| Bound::Excluded(id.to_owned()));
        self.units.range((begin, Bound::Unbounded)).filter(move |(_, unit)| unit.parent == parent)
    }

    /// Returns the ids from the root down to a root or unit.
    pub(in crate::sandbox) fn lineage<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let above = |id: &&'a str| self.units.get(*id).map(|unit| unit.parent.as_str());
        // The bound ends the loop in a damaged world where units contain each other.
        let mut ids: Vec<_> = iter::successors(Some(id), above).take(UNIT_QUOTA).collect();
        ids.reverse();
        ids
    }
}

/// An organizational unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The name, unique below the parent.
    pub name: String,
    /// The id of the root or unit that contains this one.
    pub parent: String,
    /// The tags.
    pub tags: Tags,
}

/// The membership of an account in an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The id of the organization.
    pub organization: String,
    /// The id of the root or organizational unit that the account is in.
    pub parent: String,
    /// How the account joined.
    pub method: JoinedMethod,
    /// When the account joined.
    pub joined: Timestamp,
    /// The tags of the account. It loses them when it leaves.
    pub tags: Tags,
}

/// An account. An account without an entry in the state is in no organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The email address, unless it is derived from the id.
    pub email: Option<String>,
    /// The name, unless it is derived from the id.
    pub name: Option<String>,
    /// The reason for which the account can't join another organization, if there is one.
    pub hindrance: Option<HandshakeConstraint>,
    /// The membership in an organization. An account is in at most one.
    pub membership: Option<Membership>,
}

/// A transfer of an organization's bills to another organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// The id: `rt-` and 8 to 32 lower-case letters or digits.
    pub id: String,
    /// The name that the sender chose.
    pub name: String,
    /// The id of the organization that takes over the bills, which sent the invitation.
    pub target: String,
    /// When the transfer starts.
    pub start: Timestamp,
    /// The tags.
    pub tags: Tags,
}
