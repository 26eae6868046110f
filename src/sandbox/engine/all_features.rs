//! Enabling all features of an organization: its own handshake, and the approvals of its invited members.

use jiff::Timestamp;

use super::handshake::{Action, Handshake, HandshakeState, RETENTION};
use super::organization::{FeatureSet, JoinedMethod};
use super::refusal::{Constraint, HandshakeConstraint, Refusal};
use super::state::State;
use super::time::{days, later};

/// How many accounts an organization that enables all features by itself can have (API reference,
/// ConstraintViolationException).
const STANDARD_MIGRATION_ACCOUNTS: usize = 5_000;

impl State {
    /// EnableAllFeatures.
    pub fn enable_all_features(&mut self, caller: &str, now: Timestamp) -> Result<&Handshake, Refusal> {
        let organization = self.managed_by(caller)?.to_owned();
        if self.organizations.get(&organization).is_some_and(|found| found.feature_set == FeatureSet::All) {
            return Err(Refusal::Handshake(HandshakeConstraint::AlreadyHasAllFeatures));
        }
        if self.pending_all_features(&organization, now).is_some() {
            return Err(Refusal::Handshake(HandshakeConstraint::PendingAllFeatures));
        }
        if self.member_count(&organization) > STANDARD_MIGRATION_ACCOUNTS {
            return Err(Refusal::Constraint(Constraint::MigrationSize));
        }
        // Live invitations are canceled, because they describe the organization as it was (user guide, Enabling all
        // features).
        let promised: Vec<_> = self
            .sent_after(&organization, None)
            .filter(|handshake| handshake.action == Action::Invite && handshake.is_live(now))
            .map(|handshake| handshake.id.clone())
            .collect();
        for id in promised {
            self.settle(&id, HandshakeState::Canceled, now);
        }
        let parent = self.new_handshake_id();
        let started = self.send(&parent, Action::EnableAllFeatures, &organization, None, now);
        started.ok_or(Refusal::NotInUse)?.progress = (HandshakeState::Requested, now);
        // Created members aren't asked (API reference, Handshake, ENABLE_ALL_FEATURES).
        let invited: Vec<_> = self
            .members(&organization)
            .filter(|account| *account != caller && self.was_invited(account))
            .map(str::to_owned)
            .collect();
        for account in &invited {
            let id = self.new_handshake_id();
            self.ask_to_approve(&id, &parent, account, now);
        }
        self.open_if_approved(&parent, now);
        self.handshakes.get(&parent).ok_or(Refusal::NotFound)
    }

    fn was_invited(&self, account: &str) -> bool {
        let membership = self.accounts.get(account).and_then(|account| account.membership.as_ref());
        membership.is_some_and(|membership| membership.method == JoinedMethod::Invited)
    }

    /// Returns the live ENABLE_ALL_FEATURES handshake of an organization.
    pub(super) fn pending_all_features(&self, organization: &str, now: Timestamp) -> Option<&Handshake> {
        if self.organizations.get(organization)?.feature_set == FeatureSet::All {
            return None;
        }
        let sent = self.sent_after(organization, None);
        let mut recent = sent.take_while(|handshake| later(handshake.requested, RETENTION + days(90)) > now);
        recent.find(|handshake| handshake.action == Action::EnableAllFeatures && handshake.is_live(now))
    }

    pub(super) fn children(&self, parent: &str) -> impl Iterator<Item = &Handshake> {
        let places = self.index.children.get(parent).into_iter().flatten();
        places.filter_map(|(_, id)| self.handshakes.get(id))
    }

    pub(super) fn end_children(&mut self, parent: &str, now: Timestamp) {
        let live: Vec<_> =
            self.children(parent).filter(|child| child.is_live(now)).map(|child| child.id.clone()).collect();
        for id in live {
            self.settle(&id, HandshakeState::Canceled, now);
        }
    }

    /// Opens an ENABLE_ALL_FEATURES handshake when every invited member has approved. A member that declined blocks it
    /// until it leaves (user guide, Enabling all features).
    pub(super) fn open_if_approved(&mut self, parent: &str, now: Timestamp) {
        let Some(handshake) = self.handshakes.get(parent) else {
            return;
        };
        let approved = self.children(parent).all(|child| {
            let account = self.recipient_account(child);
            child.state(now) == HandshakeState::Accepted
                || account.is_none_or(|account| self.organization_of(&account) != Some(&handshake.organization))
        });
        if approved && handshake.state(now) == HandshakeState::Requested {
            self.settle(parent, HandshakeState::Open, now);
        }
    }
}
