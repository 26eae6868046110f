//! Indexes that make look-ups in large worlds quick.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use jiff::Timestamp;

use super::handshake::Handshake;
use super::organization::Account;

/// The position of a handshake in a list: the time of its request, then its id.
pub type SortKey = (Timestamp, String);

/// Indexes of the [`State`](super::state::State). All of them follow from its other members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Index {
    /// The account of each address, in lower case.
    pub(super) emails: BTreeMap<String, String>,
    /// The accounts of each organization.
    pub(super) members: BTreeMap<String, BTreeSet<String>>,
    /// The handshakes that each organization sent.
    pub(super) sent: BTreeMap<String, BTreeSet<SortKey>>,
    /// The handshakes that were sent to each recipient.
    pub(super) received: BTreeMap<String, BTreeSet<SortKey>>,
    /// The handshakes that belong to each ENABLE_ALL_FEATURES handshake.
    pub(super) children: BTreeMap<String, BTreeSet<SortKey>>,
}

impl Index {
    pub(super) fn add_account(&mut self, id: &str, account: &Account) {
        if let Some(email) = &account.email {
            self.emails.insert(email.to_lowercase(), id.to_owned());
        }
        if let Some(membership) = &account.membership {
            self.members.entry(membership.organization.clone()).or_default().insert(id.to_owned());
        }
    }

    /// Removes a handshake from all lists but that of its sender.
    pub(super) fn remove_received(&mut self, handshake: &Handshake) {
        let key = (handshake.requested, handshake.id.clone());
        if let Some(recipient) = &handshake.recipient {
            remove(&mut self.received, &recipient.key(), &key);
        }
        if let Some(parent) = &handshake.parent {
            remove(&mut self.children, parent, &key);
        }
    }

    pub(super) fn add_handshake(&mut self, handshake: &Handshake) {
        let key = (handshake.requested, handshake.id.clone());
        self.sent.entry(handshake.organization.clone()).or_default().insert(key.clone());
        if let Some(recipient) = &handshake.recipient {
            self.received.entry(recipient.key()).or_default().insert(key.clone());
        }
        if let Some(parent) = &handshake.parent {
            self.children.entry(parent.clone()).or_default().insert(key);
        }
    }
}

/// Removes a key from a set, and the set when it is empty.
fn remove(sets: &mut BTreeMap<String, BTreeSet<SortKey>>, of: &str, key: &SortKey) {
    if let Some(set) = sets.get_mut(of) {
        set.remove(key);
        if set.is_empty() {
            sets.remove(of);
        }
    }
}

/// Merges two sets in descending order. With `start`, only what is smaller is listed.
pub(super) fn newest<'a>(
    sets: [Option<&'a BTreeSet<SortKey>>; 2],
    start: Option<&SortKey>,
) -> impl Iterator<Item = &'a SortKey> + use<'a> {
    let [mut left, mut right] = sets.map(|set| {
        let keys: Box<dyn DoubleEndedIterator<Item = &'a SortKey>> = match (set, start) {
            (None, _) => Box::new(iter::empty()),
            (Some(set), None) => Box::new(set.iter()),
            (Some(set), Some(start)) => Box::new(set.range(..start.clone())),
        };
        keys.rev().peekable()
    });
    iter::from_fn(move || match (left.peek(), right.peek()) {
        (Some(a), Some(b)) if a < b => right.next(),
        (Some(_), _) => left.next(),
        (None, _) => right.next(),
    })
}
