//! What an account doesn't see yet: new handshakes to it, and new members of the organization that it manages.

use jiff::Timestamp;

use super::handshake::Handshake;
use super::organization::Membership;
use super::state::State;

/// Parts of the world that were taken out of it for one operation.
#[derive(Debug, Default)]
pub struct Unseen {
    handshakes: Vec<Handshake>,
    members: Vec<(String, Membership)>,
}

impl State {
    /// Takes out of the world what is newer than `since` and was caused by another party than `account`. Without an
    /// account, these are all new handshakes.
    pub(in crate::sandbox) fn hide(&mut self, account: Option<&str>, since: Timestamp) -> Unseen {
        let ids: Vec<_> = match account {
            Some(account) => {
                let new = self.received(account).take_while(|handshake| handshake.requested > since);
                new.map(|handshake| handshake.id.clone()).collect()
            }
            None => {
                let new = self.handshakes.values().filter(|handshake| handshake.requested > since);
                new.map(|handshake| handshake.id.clone()).collect()
            }
        };
        let handshakes = ids.iter().filter_map(|id| self.handshakes.remove(id)).collect();
        let managed = account.and_then(|account| self.managed_by(account).ok()).map(str::to_owned);
        let members = managed.map(|organization| self.hide_members(&organization, since)).unwrap_or_default();
        Unseen { handshakes, members }
    }

    fn hide_members(&mut self, organization: &str, since: Timestamp) -> Vec<(String, Membership)> {
        let is_new = |account: &&str| {
            self.member(organization, account).is_some_and(|membership| membership.joined > since)
                && !self.manages(account, organization)
        };
        let new: Vec<_> = self.members(organization).filter(is_new).map(str::to_owned).collect();
        let mut hidden = Vec::new();
        for account in new {
            if let Some(members) = self.index.members.get_mut(organization) {
                members.remove(&account);
            }
            let membership = self.accounts.get_mut(&account).and_then(|account| account.membership.take());
            hidden.extend(membership.map(|membership| (account, membership)));
        }
        hidden
    }

    /// Puts back what was taken out of the world.
    pub(in crate::sandbox) fn reveal(&mut self, unseen: Unseen) {
        for handshake in unseen.handshakes {
            self.handshakes.insert(handshake.id.clone(), handshake);
        }
        for (account, membership) in unseen.members {
            self.index.members.entry(membership.organization.clone()).or_default().insert(account.clone());
            self.accounts.entry(account).or_default().membership = Some(membership);
        }
    }
}
