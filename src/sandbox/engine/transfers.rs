//! Billing transfers: an organization offers to take over the bills of another one.

use std::iter;

use jiff::Timestamp;

use super::handshake::{Action, Handshake, Recipient};
use super::invitations::InvitationDetails;
use super::organization::Transfer;
use super::refusal::{Constraint, HandshakeConstraint, InvalidInput, Refusal};
use super::state::State;
use super::time::{days, later};

impl State {
    /// InviteOrganizationToTransferResponsibility.
    pub fn invite_to_transfer(
        &mut self,
        caller: &str,
        recipient: Recipient,
        letter: InvitationDetails,
        name: &str,
        start: Timestamp,
        now: Timestamp,
    ) -> Result<&Handshake, Refusal> {
        let target = self.managed_by(caller)?.to_owned();
        // It must be accepted a day before the start (billing guide, Sending invitations).
        if later(start, -days(1)) <= now {
            return Err(Refusal::Input(InvalidInput::StartTooEarly));
        }
        let account = self.resolve(&recipient).ok_or(Refusal::Handshake(HandshakeConstraint::TargetValidation))?;
        let source = self.organization_of(&account);
        if source == Some(&target) && account == caller {
            return Err(Refusal::Handshake(HandshakeConstraint::SourceIsTarget));
        }
        // Both parties must be management accounts (billing guide, Sending invitations).
        let source = source.filter(|source| self.manages(&account, source));
        let source = source.ok_or(Refusal::Handshake(HandshakeConstraint::TargetValidation))?;
        let current = self.organizations.get(source).and_then(|organization| organization.transfer.as_ref());
        if current.is_some_and(|transfer| transfer.target == target) {
            return Err(Refusal::Handshake(HandshakeConstraint::TransferExists));
        }
        if self.has_live(&target, Action::TransferResponsibility, &recipient, now) {
            return Err(Refusal::DuplicateHandshake);
        }
        let quota = self.organizations.get(&target).map_or(0, |organization| organization.transfer_quota);
        let taken = self.organizations.values().filter_map(|organization| organization.transfer.as_ref());
        // Live invitations count (billing guide, Quotas).
        let waiting = self
            .sent_after(&target, None)
            .filter(|handshake| handshake.action == Action::TransferResponsibility && handshake.is_live(now));
        if taken.filter(|transfer| transfer.target == target).count() + waiting.count() >= quota {
            return Err(Refusal::Constraint(Constraint::InboundTransfers));
        }
        let number = self.next_number();
        let transfer =
            Transfer { id: format!("rt-example{number:08}"), name: name.to_owned(), target, start, tags: letter.tags };
        let id = self.new_handshake_id();
        let offered = self.offer_transfer(&id, recipient, transfer, letter.notes.as_deref(), now);
        offered.map(|handshake| &*handshake).ok_or(Refusal::NotInUse)
    }

    /// Returns whether an organization, which `account` manages, takes part in a transfer, be it accepted or offered.
    pub(super) fn in_transfer(&self, account: &str, organization: &str, now: Timestamp) -> bool {
        let accepted = self.organizations.iter().any(|(id, found)| {
            let target = found.transfer.as_ref().map(|transfer| transfer.target.as_str());
            target.is_some_and(|target| id == organization || target == organization)
        });
        let offered =
            |handshake: &Handshake| handshake.action == Action::TransferResponsibility && handshake.is_live(now);
        accepted || self.sent_after(organization, None).any(offered) || self.received(account).any(offered)
    }

    /// Checks whether `account` may accept a transfer of bills from `source` to `target`.
    pub(super) fn can_transfer(&self, account: &str, source: &str, target: &str) -> Result<(), Refusal> {
        if source == target {
            return Err(Refusal::Handshake(HandshakeConstraint::SourceIsTarget));
        }
        // Only a management account may accept (API reference, AcceptHandshake).
        if !self.manages(account, source) {
            return Err(Refusal::AccessDenied);
        }
        let transfer_of = |id: &str| self.organizations.get(id).and_then(|found| found.transfer.as_ref());
        match transfer_of(source) {
            Some(transfer) if transfer.target == target => {
                return Err(Refusal::Handshake(HandshakeConstraint::TransferExists));
            }
            // An organization transfers its bills to one organization at most (billing guide, Quotas, "Outbound billing
            // transfers").
            Some(_) => return Err(Refusal::Constraint(Constraint::OutboundTransfers)),
            None => {}
        }
        // Transfers must not form a circle. The API reference has no reason that fits better.
        let mut chain = iter::successors(Some(target), |id| transfer_of(id).map(|transfer| transfer.target.as_str()));
        if chain.by_ref().take(self.organizations.len()).any(|id| id == source) {
            return Err(Refusal::Constraint(Constraint::TransferLevels));
        }
        Ok(())
    }
}
