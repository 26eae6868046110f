//! How accounts join and leave organizations.

use jiff::{SignedDuration, Timestamp};

use super::handshake::{Action, HandshakeState};
use super::organization::{FeatureSet, JoinedMethod, Membership, Organization, Tags};
use super::refusal::{Constraint, HandshakeConstraint, Refusal};
use super::state::State;
use super::time::{days, later};

/// The age at which a created account can leave, or move to another organization (API reference,
/// ConstraintViolationException, WAIT_PERIOD_ACTIVE; user guide, Migrate an account, "Four-day age requirement").
pub const WAIT_PERIOD: SignedDuration = days(4);

/// The age at which an organization can take over accounts of other organizations (user guide, Migrate an account,
/// "Seven-day age requirement").
pub const ORGANIZATION_AGE: SignedDuration = days(7);

impl State {
    /// CreateOrganization. Returns the id of the organization.
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

    /// Adds an organization and puts its management account under its root.
    pub fn add_organization(&mut self, id: &str, organization: Organization, made: Timestamp) {
        let management_account = organization.management_account.clone();
        self.organizations.insert(id.to_owned(), organization);
        // A management account counts as INVITED (API reference, CreateOrganization).
        self.join(&management_account, id, JoinedMethod::Invited, Tags::new(), made);
    }

    /// Makes an account a member of an organization, below its root. The account leaves its former organization.
    pub fn join(&mut self, account: &str, organization: &str, method: JoinedMethod, tags: Tags, joined: Timestamp) {
        let Some(root) = self.organizations.get(organization).map(|organization| organization.root.clone()) else {
            return;
        };
        self.depart(account, joined);
        let membership = Membership { organization: organization.to_owned(), parent: root, method, joined, tags };
        self.accounts.entry(account.to_owned()).or_default().membership = Some(membership);
        self.index.members.entry(organization.to_owned()).or_default().insert(account.to_owned());
    }

    /// Checks whether an account may join. A member of another organization moves over directly, but a management
    /// account can't leave its own.
    ///
    /// A direct move has two conditions (user guide, Migrate an account): a created account is four days old, and "the
    /// organization" seven. It is the new one: "to migrate an account to a new organization, you must wait until at
    /// least seven days after the organization was created".
    pub(super) fn can_join(&self, account: &str, organization: &str, now: Timestamp) -> Result<(), Refusal> {
        if let Some(reason) = self.account(account).and_then(|account| account.hindrance) {
            return Err(Refusal::Handshake(reason));
        }
        let Some(current) = self.organization_of(account) else {
            return Ok(());
        };
        if current == organization {
            return Err(Refusal::Handshake(HandshakeConstraint::AlreadyInAnOrganization));
        }
        if self.manages(account, current) {
            return Err(Refusal::ManagementAccountCannotLeave);
        }
        self.is_old_enough(account, now)?;
        let created = self.created(organization).ok_or(Refusal::NotFound)?;
        if now < later(created, ORGANIZATION_AGE) {
            return Err(Refusal::Constraint(Constraint::OrganizationAge));
        }
        Ok(())
    }

    /// Returns when an organization was created. Its management account is a member since then.
    fn created(&self, organization: &str) -> Option<Timestamp> {
        let management_account = &self.organization(organization)?.management_account;
        Some(self.member(organization, management_account)?.joined)
    }

    /// Checks that an account that was created in its organization may leave it. Invited accounts need not wait.
    fn is_old_enough(&self, account: &str, now: Timestamp) -> Result<(), Refusal> {
        let membership = self.account(account).and_then(|account| account.membership.as_ref());
        let young = membership.is_some_and(|membership| {
            membership.method == JoinedMethod::Created && now < later(membership.joined, WAIT_PERIOD)
        });
        if young { Err(Refusal::Constraint(Constraint::WaitPeriod)) } else { Ok(()) }
    }

    /// DeleteOrganization. The management account stands alone afterwards, and the history of the organization's
    /// handshakes is lost (user guide, Deleting an organization).
    pub fn delete_organization(&mut self, caller: &str, now: Timestamp) -> Result<(), Refusal> {
        let organization = self.managed_by(caller)?.to_owned();
        if self.member_count(&organization) > 1 || self.creating(&organization, now) > 0 {
            return Err(Refusal::OrganizationNotEmpty);
        }
        if self.in_transfer(caller, &organization, now) {
            return Err(Refusal::Constraint(Constraint::TransferInProcess));
        }
        self.depart(caller, now);
        self.organizations.remove(&organization);
        self.index.members.remove(&organization);
        self.creations.retain(|_, creation| creation.organization != organization);
        self.forget_sent(&organization);
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
        self.member(organization, account).ok_or(Refusal::AccountNotFound)?;
        if self.manages(account, organization) {
            return Err(Refusal::ManagementAccountCannotLeave);
        }
        self.is_old_enough(account, now)?;
        self.depart(account, now);
        Ok(())
    }

    /// Takes an account out of its organization. Its tags are lost, and its requests for approval are canceled.
    pub(in crate::sandbox) fn depart(&mut self, account: &str, now: Timestamp) {
        let membership = self.accounts.get_mut(account).and_then(|account| account.membership.take());
        let Some(Membership { organization, .. }) = membership else {
            return;
        };
        if let Some(members) = self.index.members.get_mut(&organization) {
            members.remove(account);
        }
        let asked: Vec<_> = self
            .received(account)
            .filter(|handshake| handshake.organization == organization && handshake.is_live(now))
            .filter(|handshake| matches!(handshake.action, Action::ApproveAllFeatures | Action::AddServiceLinkedRole))
            .map(|handshake| handshake.id.clone())
            .collect();
        for id in &asked {
            self.settle(id, HandshakeState::Canceled, now);
        }
        // All remaining members may have approved already (user guide, Enabling all features).
        if let Some(parent) = self.pending_all_features(&organization, now).map(|handshake| handshake.id.clone()) {
            self.open_if_approved(&parent, now);
        }
    }
}
