//! Around the handshakes: organizations, their accounts and their organizational units.

use jiff::{SignedDuration, Timestamp};

use super::state::{Constraint, FeatureSet, JoinedMethod, Membership, Organization, Refusal, State, Tags, Unit};
use super::time::later;

/// How many organizational units an organization can have (user guide, Quotas).
pub const UNIT_QUOTA: usize = 2_000;

/// How deep organizational units can be within each other below the root (user guide, Quotas).
pub const UNIT_DEPTH: usize = 5;

/// How old a created account must be to leave (API reference, ConstraintViolationException, WAIT_PERIOD_ACTIVE).
pub const WAIT_PERIOD: SignedDuration = SignedDuration::from_hours(4 * 24);

impl Organization {
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
        let begin = after.map_or(std::ops::Bound::Unbounded, |id| std::ops::Bound::Excluded(id.to_owned()));
        self.units.range((begin, std::ops::Bound::Unbounded)).filter(move |(_, unit)| unit.parent == parent)
    }

    /// The ids from the root down to a root or unit.
    pub(in crate::sandbox) fn lineage<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let above = |id: &&'a str| self.units.get(*id).map(|unit| unit.parent.as_str());
        // Bounded: not even a damaged world keeps it going round.
        let mut ids: Vec<_> = std::iter::successors(Some(id), above).take(UNIT_QUOTA).collect();
        ids.reverse();
        ids
    }
}

impl State {
    /// CreateOrganization: returns its id.
    pub fn create_organization(
        &mut self,
        caller: &str,
        feature_set: FeatureSet,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        if self.organization_of(caller).is_some() {
            return Err(Refusal::AlreadyInOrganization);
        }
        let (id, root) = loop {
            let number = self.next_number();
            let id = format!("o-example{number:08}");
            if self.organization(&id).is_none() {
                break (id, format!("r-example{number:08}"));
            }
        };
        self.add_organization(&id, Organization::new(caller, feature_set, &root), now);
        Ok(id)
    }

    /// The organization that the caller is in (API reference, "from any account in a organization").
    pub(in crate::sandbox) fn own(&self, caller: &str) -> Result<(&str, &Organization), Refusal> {
        let id = self.organization_of(caller).ok_or(Refusal::NotInUse)?;
        Ok((id, self.organization(id).ok_or(Refusal::NotInUse)?))
    }

    /// The organization that the caller manages.
    pub(in crate::sandbox) fn managed(&self, caller: &str) -> Result<(&str, &Organization), Refusal> {
        self.managed_by(caller)?;
        self.own(caller)
    }

    /// A member's place in the caller's organization.
    pub(in crate::sandbox) fn member(&self, organization: &str, account: &str) -> Option<&Membership> {
        let membership = self.account(account)?.membership.as_ref()?;
        (membership.organization == organization).then_some(membership)
    }

    /// CreateOrganizationalUnit: returns its id.
    pub fn create_unit(&mut self, caller: &str, parent: &str, name: &str, tags: Tags) -> Result<String, Refusal> {
        let (organization, found) = self.managed(caller)?;
        let organization = organization.to_owned();
        if !found.has_parent(parent) {
            return Err(Refusal::ParentNotFound);
        }
        if found.units_of(parent, None).any(|(_, unit)| unit.name == name) {
            return Err(Refusal::DuplicateUnit);
        }
        // The lineage counts the root, and the new one is one deeper.
        if found.lineage(parent).len() > UNIT_DEPTH {
            return Err(Refusal::Constraint(Constraint::UnitDepth));
        }
        if found.units.len() >= UNIT_QUOTA {
            return Err(Refusal::Constraint(Constraint::UnitNumber));
        }
        let root = found.root.trim_start_matches("r-").to_owned();
        let number = self.next_number();
        let id = format!("ou-{root}-example{number:08}");
        let unit = Unit { name: name.to_owned(), parent: parent.to_owned(), tags };
        let units = self.organizations.get_mut(&organization).map(|organization| &mut organization.units);
        units.ok_or(Refusal::NotInUse)?.insert(id.clone(), unit);
        Ok(id)
    }

    /// MoveAccount.
    pub fn move_account(
        &mut self,
        caller: &str,
        account: &str,
        source: &str,
        destination: &str,
    ) -> Result<(), Refusal> {
        let (organization, found) = self.managed(caller)?;
        let membership = self.member(organization, account).ok_or(Refusal::AccountNotFound)?;
        if !found.has_parent(source) {
            return Err(Refusal::SourceParentNotFound);
        }
        if !found.has_parent(destination) {
            return Err(Refusal::DestinationParentNotFound);
        }
        if membership.parent == destination {
            return Err(Refusal::DuplicateAccount);
        }
        if membership.parent != source {
            return Err(Refusal::SourceParentNotFound);
        }
        let moved = self.accounts.get_mut(account).and_then(|account| account.membership.as_mut());
        moved.ok_or(Refusal::AccountNotFound)?.parent = destination.to_owned();
        Ok(())
    }

    /// LeaveOrganization.
    pub fn leave(&mut self, caller: &str, now: Timestamp) -> Result<(), Refusal> {
        let organization = self.organization_of(caller).ok_or(Refusal::NotInUse)?.to_owned();
        self.part(caller, &organization, now)
    }

    /// RemoveAccountFromOrganization.
    pub fn remove(&mut self, caller: &str, account: &str, now: Timestamp) -> Result<(), Refusal> {
        let organization = self.managed_by(caller)?.to_owned();
        self.part(account, &organization, now)
    }

    fn part(&mut self, account: &str, organization: &str, now: Timestamp) -> Result<(), Refusal> {
        let membership = self.member(organization, account).ok_or(Refusal::AccountNotFound)?;
        if self.manages(account, organization) {
            return Err(Refusal::ManagementAccountCannotLeave);
        }
        if membership.method == JoinedMethod::Created && now < later(membership.joined, WAIT_PERIOD) {
            return Err(Refusal::Constraint(Constraint::WaitPeriod));
        }
        self.depart(account, now);
        Ok(())
    }
}
