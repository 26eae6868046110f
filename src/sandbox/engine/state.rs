//! The whole world of the service, with functions that add to it and look things up.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use jiff::Timestamp;

use super::caller::RoleSession;
use super::creation::Creation;
use super::handshake::{Handshake, Recipient};
use super::ids::is_account_id;
use super::index::{Index, SortKey, newest};
use super::organization::{Account, Membership, Organization};
use super::refusal::Refusal;

/// The whole world of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub(in crate::sandbox) organizations: BTreeMap<String, Organization>,
    pub(in crate::sandbox) accounts: BTreeMap<String, Account>,
    pub(in crate::sandbox) handshakes: BTreeMap<String, Handshake>,
    pub(in crate::sandbox) sessions: BTreeMap<String, RoleSession>,
    /// The requests to create accounts.
    pub(in crate::sandbox) creations: BTreeMap<String, Creation>,
    /// How many ids were made.
    pub(in crate::sandbox) made: u64,
    pub(super) index: Index,
}

impl State {
    /// Creates an empty state in which `made` ids were already made.
    pub(in crate::sandbox) fn after(made: u64) -> State {
        State { made, ..State::default() }
    }

    /// Adds an account that is in no organization.
    pub fn add_account(&mut self, id: &str, email: &str, name: &str) {
        let account = Account { email: Some(email.to_owned()), name: Some(name.to_owned()), ..Account::default() };
        self.insert_account(id.to_owned(), account);
    }

    /// Adds an account as it is.
    pub(in crate::sandbox) fn insert_account(&mut self, id: String, account: Account) {
        self.index.add_account(&id, &account);
        self.accounts.insert(id, account);
    }

    /// Adds a handshake as it is.
    pub(in crate::sandbox) fn insert_handshake(&mut self, handshake: Handshake) {
        self.index.add_handshake(&handshake);
        self.handshakes.insert(handshake.id.clone(), handshake);
    }

    /// Returns the number for a new id.
    pub(in crate::sandbox) fn next_number(&mut self) -> u64 {
        self.made = self.made.saturating_add(1);
        self.made
    }

    /// Returns the account with this id, if the state has an entry for it.
    pub fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.get(id)
    }

    /// Returns the organization with this id.
    pub fn organization(&self, id: &str) -> Option<&Organization> {
        self.organizations.get(id)
    }

    /// Returns the email address of an account. An account without one gets an address derived from its id.
    pub fn email(&self, account: &str) -> String {
        let known = self.accounts.get(account).and_then(|account| account.email.clone());
        known.unwrap_or_else(|| format!("{account}{EMAIL_DOMAIN}"))
    }

    /// Returns the name of an account. An account without one gets a name derived from its id.
    pub fn name(&self, account: &str) -> String {
        let known = self.accounts.get(account).and_then(|account| account.name.clone());
        known.unwrap_or_else(|| format!("Account {account}"))
    }

    /// Returns the id of the account with this email address.
    pub(super) fn account_of_email(&self, address: &str) -> Option<String> {
        let address = address.to_lowercase();
        if let Some(account) = self.index.emails.get(&address) {
            return Some(account.clone());
        }
        let id = address.strip_suffix(EMAIL_DOMAIN).filter(|id| is_account_id(id))?;
        let named = self.accounts.get(id).is_some_and(|account| account.email.is_some());
        (!named).then(|| id.to_owned())
    }

    /// Returns whether an account has an entry or received a handshake.
    pub fn knows(&self, account: &str) -> bool {
        self.accounts.contains_key(account) || self.index.received.contains_key(account)
    }

    /// Returns the id of the organization that an account is in.
    pub fn organization_of(&self, account: &str) -> Option<&str> {
        let membership = self.accounts.get(account)?.membership.as_ref()?;
        Some(&membership.organization)
    }

    pub(in crate::sandbox) fn manages(&self, account: &str, organization: &str) -> bool {
        self.organizations.get(organization).is_some_and(|organization| organization.management_account == account)
    }

    /// Returns the id of the organization that the caller manages (API reference, "only from the management account").
    pub(in crate::sandbox) fn managed_by(&self, caller: &str) -> Result<&str, Refusal> {
        let organization = self.organization_of(caller).ok_or(Refusal::NotInUse)?;
        if self.manages(caller, organization) { Ok(organization) } else { Err(Refusal::AccessDenied) }
    }

    /// Returns the organization that the caller is in (API reference, "from any account in a organization").
    pub(in crate::sandbox) fn own(&self, caller: &str) -> Result<(&str, &Organization), Refusal> {
        let id = self.organization_of(caller).ok_or(Refusal::NotInUse)?;
        Ok((id, self.organization(id).ok_or(Refusal::NotInUse)?))
    }

    /// Returns the organization that the caller manages.
    pub(in crate::sandbox) fn managed(&self, caller: &str) -> Result<(&str, &Organization), Refusal> {
        self.managed_by(caller)?;
        self.own(caller)
    }

    /// Returns the membership of an account in this organization.
    pub(in crate::sandbox) fn member(&self, organization: &str, account: &str) -> Option<&Membership> {
        let membership = self.account(account)?.membership.as_ref()?;
        (membership.organization == organization).then_some(membership)
    }

    /// Lists the accounts of an organization.
    pub(in crate::sandbox) fn members(&self, organization: &str) -> impl Iterator<Item = &str> {
        self.members_after(organization, None)
    }

    /// Lists the accounts of an organization. With `after`, the list starts behind that account.
    pub(in crate::sandbox) fn members_after(
        &self,
        organization: &str,
        after: Option<&str>,
    ) -> impl Iterator<Item = &str> {
        let begin = after.map_or(Bound::Unbounded, Bound::Excluded);
        let members = self.index.members.get(organization);
        members.into_iter().flat_map(move |set| set.range::<str, _>((begin, Bound::Unbounded))).map(String::as_str)
    }

    /// Lists the accounts directly below a root or unit. With `after`, the list starts behind that account.
    pub(in crate::sandbox) fn accounts_of(
        &self,
        organization: &str,
        parent: &str,
        after: Option<&str>,
    ) -> impl Iterator<Item = &str> {
        let below = move |account: &&str| {
            self.member(organization, account).is_some_and(|membership| membership.parent == parent)
        };
        self.members_after(organization, after).filter(below)
    }

    /// Returns how many accounts an organization has.
    pub(in crate::sandbox) fn member_count(&self, organization: &str) -> usize {
        self.index.members.get(organization).map_or(0, BTreeSet::len)
    }

    /// Returns the handshake with this id, unless it is deleted by now.
    pub fn handshake(&self, id: &str, now: Timestamp) -> Option<&Handshake> {
        self.handshakes.get(id).filter(|handshake| !handshake.is_gone(now))
    }

    pub(super) fn resolve(&self, recipient: &Recipient) -> Option<String> {
        match recipient {
            Recipient::Account(id) => Some(id.clone()),
            Recipient::Email(address) => self.account_of_email(address),
        }
    }

    /// Returns the id of the account that a handshake was sent to; `None` if no account has the address.
    pub(super) fn recipient_account(&self, handshake: &Handshake) -> Option<String> {
        handshake.recipient.as_ref().and_then(|recipient| self.resolve(recipient))
    }

    /// Lists the handshakes that an organization sent, the newest first. With `after`, the list starts behind that
    /// handshake.
    pub(in crate::sandbox) fn sent_after(
        &self,
        organization: &str,
        after: Option<&str>,
    ) -> impl Iterator<Item = &Handshake> {
        self.newest([self.index.sent.get(organization), None], after)
    }

    /// Lists the handshakes that were sent to an account, by its id or its address, the newest first. With `after`, the
    /// list starts behind that handshake.
    pub(in crate::sandbox) fn received_after(
        &self,
        account: &str,
        after: Option<&str>,
    ) -> impl Iterator<Item = &Handshake> {
        let received = &self.index.received;
        self.newest([received.get(account), received.get(&self.email(account).to_lowercase())], after)
    }

    pub(super) fn received(&self, account: &str) -> impl Iterator<Item = &Handshake> {
        self.received_after(account, None)
    }

    /// Lists the handshakes of two sets, the newest first. With `after`, the list starts behind that handshake.
    pub(super) fn newest(
        &self,
        sets: [Option<&BTreeSet<SortKey>>; 2],
        after: Option<&str>,
    ) -> impl Iterator<Item = &Handshake> {
        let start = after.and_then(|id| Some((self.handshakes.get(id)?.requested, id.to_owned())));
        newest(sets, start.as_ref()).filter_map(|(_, id)| self.handshakes.get(id))
    }
}

/// The domain of addresses that are derived from account ids.
const EMAIL_DOMAIN: &str = "@example.com";

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::sandbox::engine::caller::Caller;
    use crate::sandbox::engine::invitations::InvitationDetails;
    use crate::sandbox::engine::organization::{FeatureSet, Tags};
    use crate::sandbox::engine::rules::HandshakeOperation;
    use crate::sandbox::engine::time::{days, later};
    use crate::sandbox::keep::preloaded::preloaded;

    /// Pseudorandom numbers, the same in every run (SplitMix64).
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, bound: usize) -> usize {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
        }

        fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
            &list[self.below(list.len())]
        }
    }

    /// Performs an operation that the numbers choose.
    fn anything(
        state: &mut State,
        numbers: &mut Numbers,
        caller: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        const ACCOUNTS: &[&str] = &[
            "111111111111",
            "222222222222",
            "444444444444",
            "666666666666",
            "999999999999",
            "101010101010",
            "151515151515",
            "191919191919",
            "202020202020",
        ];
        let recipient = match numbers.below(3) {
            0 => Recipient::Email("juan@example.com".to_owned()),
            _ => Recipient::Account((*numbers.pick(ACCOUNTS)).to_owned()),
        };
        match numbers.below(22) {
            0 => state.invite_account(caller, recipient, InvitationDetails::default(), now).map(|_| ()),
            1 => {
                let start = later(now, days(40));
                state
                    .invite_to_transfer(caller, recipient, InvitationDetails::default(), "bills", start, now)
                    .map(|_| ())
            }
            2 => state.enable_all_features(caller, now).map(|_| ()),
            3 => state.create_organization(caller, FeatureSet::ConsolidatedBilling, now).map(|_| ()),
            4 => state.leave(caller, now),
            6 => state.delete_organization(caller, now),
            7 => {
                let email = format!("new{}@example.com", numbers.below(6));
                state.create_account(caller, &email, "New", Tags::new(), now).map(|_| ())
            }
            8 => state.tag(caller, ACCOUNTS[numbers.below(ACCOUNTS.len())], Tags::from([("k".into(), "v".into())])),
            9 => {
                let root = state.managed(caller)?.1.root.clone();
                let name = format!("unit{}", numbers.below(3));
                state.create_unit(caller, &root, &name, Tags::new()).map(|_| ())
            }
            10 => {
                let unit = state.managed(caller)?.1.units.keys().next().cloned();
                state.delete_unit(caller, &unit.unwrap_or_default())
            }
            5 => state.remove(caller, ACCOUNTS[numbers.below(ACCOUNTS.len())], now),
            _ => {
                let operation = *numbers.pick(HandshakeOperation::ALL);
                state.perform(&Caller::Account(caller.to_owned()), operation, id, now).map(|_| ())
            }
        }
    }

    #[test]
    fn invariants_hold_under_any_sequence_of_operations() {
        let made = "2026-12-31T00:00:00Z".parse::<Timestamp>().unwrap();
        let (mut moves, mut deleted) = (0, 0);
        for seed in 0..150 {
            let mut numbers = Numbers(seed);
            let mut state = preloaded(made);
            let mut now = made;
            for _ in 0..120 {
                let everyone: Vec<_> = state.accounts.keys().cloned().collect();
                let ids: Vec<_> = state.handshakes.keys().cloned().collect();
                let id = numbers.pick(&ids);
                let (recipient, sender) =
                    (state.recipient_account(&state.handshakes[id]), &state.handshakes[id].originator);
                let caller = match numbers.below(4) {
                    0 => sender.clone(),
                    1 => recipient.unwrap_or_else(|| sender.clone()),
                    _ => numbers.pick(&everyone).clone(),
                };
                now = later(now, SignedDuration::from_hours(numbers.below(20) as i64));
                state.complete_creations(now);
                let before = state.clone();
                let outcome = anything(&mut state, &mut numbers, &caller, id, now);
                if outcome.is_err() {
                    assert_eq!(state, before, "only a successful change changes anything: {outcome:?}");
                }
                deleted += before.organizations.len().saturating_sub(state.organizations.len());
                for (id, was) in &before.handshakes {
                    let Some(is) = state.handshakes.get(id) else {
                        assert!(
                            !state.organizations.contains_key(&was.organization),
                            "only its organization takes it along"
                        );
                        continue;
                    };
                    if !was.is_live(now) {
                        assert_eq!(is, was, "a final state never changes");
                    }
                    let dates = |handshake: &Handshake| (handshake.requested, handshake.expires);
                    assert_eq!(dates(is), dates(was));
                    if is != was {
                        moves += 1;
                        // A change that isn't a party's own follows from an operation of the same organization.
                        let home = |state: &State| state.organization_of(&caller).map(str::to_owned);
                        let party = before.recipient_account(was).is_some_and(|account| account == caller);
                        let related = [home(&before), home(&state)].contains(&Some(was.organization.clone()));
                        assert!(party || related, "only a party moves a handshake: {id} by {caller}");
                    }
                }
                for (id, organization) in &state.organizations {
                    let home = state.organization_of(&organization.management_account);
                    assert_eq!(home, Some(id.as_str()), "a management account stays");
                    for member in state.members(id) {
                        assert_eq!(state.organization_of(member), Some(id.as_str()), "{member}");
                    }
                }
                let listed: usize = state.organizations.keys().map(|id| state.member_count(id)).sum();
                let members = state.accounts.values().filter(|account| account.membership.is_some());
                assert_eq!(listed, members.count(), "an account is in at most one organization");
                for account in &everyone {
                    let mut last = None;
                    for handshake in state.received(account) {
                        let place = (handshake.requested, handshake.id.clone());
                        assert!(last.is_none_or(|last| place < last), "newest first, and none twice");
                        last = Some(place);
                        let (caller, id) = (Caller::Account(account.clone()), &handshake.id);
                        let described = state.clone().perform(&caller, HandshakeOperation::Describe, id, now).cloned();
                        match described {
                            Ok(described) => assert_eq!(described, *handshake),
                            Err(refusal) => assert_eq!((refusal, handshake.is_gone(now)), (Refusal::NotFound, true)),
                        }
                    }
                    // One account in each step is enough: what is listed can be described.
                    if numbers.below(4) > 0 {
                        break;
                    }
                }
            }
            assert_eq!(State::from_json(&state.to_json()), Ok(state));
        }
        assert!(deleted > 10, "only {deleted} organizations deleted");
        assert!(moves > 500, "only {moves} moves");
    }
}
