//! Invitations of accounts to an organization.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::handshake::{Action, Handshake, HandshakeState, Recipient};
use super::organization::Tags;
use super::refusal::{HandshakeConstraint, Refusal};
use super::state::State;
use super::time::{days, later};

/// How many invitations an organization can send in 24 hours, unless its account quota is larger. Accepted invitations
/// don't count (user guide, Quotas).
pub const DAILY_INVITATIONS: usize = 20;

/// The optional members of an INVITE or a TRANSFER_RESPONSIBILITY.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvitationDetails {
    /// A text for the recipient.
    pub notes: Option<String>,
    /// Tags for the account or the transfer.
    pub tags: Tags,
}

impl State {
    /// InviteAccountToOrganization.
    pub fn invite_account(
        &mut self,
        caller: &str,
        recipient: Recipient,
        letter: InvitationDetails,
        now: Timestamp,
    ) -> Result<&Handshake, Refusal> {
        let organization = self.managed_by(caller)?.to_owned();
        if self.pending_all_features(&organization, now).is_some() {
            return Err(Refusal::Handshake(HandshakeConstraint::InviteDisabled));
        }
        let account = self.resolve(&recipient);
        if account.is_some_and(|account| self.organization_of(&account) == Some(&organization)) {
            return Err(Refusal::Handshake(HandshakeConstraint::AlreadyInAnOrganization));
        }
        if self.has_live(&organization, Action::Invite, &recipient, now) {
            return Err(Refusal::DuplicateHandshake);
        }
        self.has_room(&organization, now)?;
        let id = self.new_handshake_id();
        let invited = self.invite(&id, &organization, recipient, letter.notes.as_deref(), now);
        let invited = invited.ok_or(Refusal::NotInUse)?;
        invited.tags = letter.tags;
        Ok(invited)
    }

    /// Checks the quotas on accounts and on invitations in 24 hours.
    fn has_room(&self, organization: &str, now: Timestamp) -> Result<(), Refusal> {
        let quota = self.organizations.get(organization).map_or(0, |organization| organization.account_quota);
        let daily = quota.max(DAILY_INVITATIONS);
        let sent = self.index.sent.get(organization).map_or(0, BTreeSet::len);
        let members = self.member_count(organization).saturating_add(self.expected(organization, now));
        // If all handshakes ever sent fit the quotas, counting isn't needed.
        if sent < daily && members.saturating_add(sent) < quota {
            return Ok(());
        }
        let within = |span: SignedDuration| {
            let invitations =
                self.sent_after(organization, None).filter(|handshake| handshake.action == Action::Invite);
            invitations.take_while(move |handshake| later(handshake.requested, span) > now)
        };
        let attempts = within(days(1)).filter(|handshake| handshake.state(now) != HandshakeState::Accepted);
        if attempts.count() >= daily {
            return Err(Refusal::Handshake(HandshakeConstraint::RateLimit));
        }
        if members.saturating_add(self.invited(organization, now)) >= quota {
            return Err(Refusal::Handshake(HandshakeConstraint::AccountNumber));
        }
        Ok(())
    }

    /// Returns how many live invitations an organization has sent. They count as accounts (user guide, Quotas).
    pub(super) fn invited(&self, organization: &str, now: Timestamp) -> usize {
        let invitations = self.sent_after(organization, None).filter(|handshake| handshake.action == Action::Invite);
        let recent = invitations.take_while(|handshake| later(handshake.requested, Action::Invite.lifetime()) > now);
        recent.filter(|handshake| handshake.is_live(now)).count()
    }

    /// Returns whether the organization has a live handshake with this action and recipient, by id or by address.
    pub(super) fn has_live(&self, organization: &str, action: Action, recipient: &Recipient, now: Timestamp) -> bool {
        let same = |handshake: &Handshake| {
            handshake.organization == organization && handshake.action == action && handshake.is_live(now)
        };
        match self.resolve(recipient) {
            Some(account) => self.received(&account).any(same),
            None => self.newest([self.index.received.get(&recipient.key()), None], None).any(same),
        }
    }
}
