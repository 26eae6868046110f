//! Organizations, their accounts and their organizational units: what they hold.

use std::collections::BTreeMap;
use std::iter;
use std::ops::Bound;

use jiff::Timestamp;

use super::names::names;

/// How many accounts an organization can have unless its quota is raised; invitations that wait count
/// (user guide, Quotas).
pub const ACCOUNT_QUOTA: usize = 10;

/// How many organizations' bills an organization can take over unless its quota is raised (billing guide, Quotas).
pub const TRANSFER_QUOTA: usize = 0;

/// How many organizational units an organization can have (user guide, Quotas).
pub const UNIT_QUOTA: usize = 2_000;

/// Keys and values.
pub type Tags = BTreeMap<String, String>;

names! {
    /// What an organization can do (API reference, Organization).
    FeatureSet {
        /// Everything.
        All = "ALL",
        /// One bill.
        ConsolidatedBilling = "CONSOLIDATED_BILLING",
    }
}

names! {
    /// How an account came to its organization (API reference, Account).
    JoinedMethod {
        /// It accepted an invitation.
        Invited = "INVITED",
        /// It was created there.
        Created = "CREATED",
    }
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// The account that made it and manages it.
    pub management_account: String,
    /// What it can do.
    pub feature_set: FeatureSet,
    /// The id of its root, which accounts that join are put under.
    pub root: String,
    /// How many accounts it can have.
    pub account_quota: usize,
    /// How many organizations' bills it can take over.
    pub transfer_quota: usize,
    /// Its organizational units by their ids.
    pub units: BTreeMap<String, Unit>,
    /// Who takes over its bills.
    pub transfer: Option<Transfer>,
}

impl Organization {
    /// An organization without units, with the quotas that every new one has.
    pub fn new(management_account: &str, feature_set: FeatureSet, root: &str) -> Organization {
        Organization {
            management_account: management_account.to_owned(),
            feature_set,
            root: root.to_owned(),
            account_quota: ACCOUNT_QUOTA,
            transfer_quota: TRANSFER_QUOTA,
            units: BTreeMap::new(),
            transfer: None,
        }
    }

    /// Whether this is the id of its root or of one of its units.
    pub fn has_parent(&self, id: &str) -> bool {
        id == self.root || self.units.contains_key(id)
    }

    /// The units directly below a root or unit, after that one in the list.
    pub(in crate::sandbox) fn units_of(
        &self,
        parent: &str,
        after: Option<&str>,
    ) -> impl Iterator<Item = (&String, &Unit)> {
        let begin = after.map_or(Bound::Unbounded, |id| Bound::Excluded(id.to_owned()));
        self.units.range((begin, Bound::Unbounded)).filter(move |(_, unit)| unit.parent == parent)
    }

    /// The ids from the root down to a root or unit.
    pub(in crate::sandbox) fn lineage<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let above = |id: &&'a str| self.units.get(*id).map(|unit| unit.parent.as_str());
        // Bounded: not even a damaged world keeps it going round.
        let mut ids: Vec<_> = iter::successors(Some(id), above).take(UNIT_QUOTA).collect();
        ids.reverse();
        ids
    }
}

/// An organizational unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name, which no other unit of the same parent has.
    pub name: String,
    /// The root or unit that it is in.
    pub parent: String,
    /// What it is tagged with.
    pub tags: Tags,
}

/// An account's place in an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The id of the organization.
    pub organization: String,
    /// The id of the root or organizational unit that the account is in.
    pub parent: String,
    /// How it came there.
    pub method: JoinedMethod,
    /// Since when it is there.
    pub joined: Timestamp,
    /// What it is tagged with while it is there.
    pub tags: Tags,
}

/// An account. One that has no entry in [`State`] stands alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The email address of its owner, where it isn't made of the id.
    pub email: Option<String>,
    /// Its name, where it isn't made of the id.
    pub name: Option<String>,
    /// The organization that it belongs to; an account is in at most one.
    pub membership: Option<Membership>,
}

/// Who takes over the bills of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// `rt-` and 8 to 32 lower-case letters or digits.
    pub id: String,
    /// The name that the sender has given it.
    pub name: String,
    /// The organization that takes them over: the sender of the invitation.
    pub target: String,
    /// From when on.
    pub start: Timestamp,
    /// What it is tagged with.
    pub tags: Tags,
}
