//! What a fresh sandbox holds: the documented example, and one INVITE handshake for every state and rule.
//!
//! Account ids are ones that nobody owns, addresses are of example domains (but for the documented one of the
//! management account), and every handshake id begins with `h-example`: nothing here can be taken for real.

use jiff::{SignedDuration, Timestamp};

use super::clock::later;
use super::state::{HandshakeState, Organization, Recipient, State};

/// The preloaded handshakes: id, state in a fresh world, what each is good for.
pub const PRELOADED: &[(&str, &str, &str)] = &[
    (
        "h-examplehandshakeid111",
        "OPEN",
        "the documented example: invites juan@example.com, who is account 222222222222",
    ),
    ("h-examplerequested111", "REQUESTED", "invites account 333333333333"),
    ("h-exampleopen111", "OPEN", "invites account 444444444444, with notes"),
    ("h-examplecanceled111", "CANCELED", "invited susan@example.com, who is account 555555555555, with notes"),
    ("h-exampleaccepted111", "ACCEPTED", "invited account 666666666666, now a member of o-exampleorgid"),
    ("h-exampledeclined111", "DECLINED", "invited account 777777777777"),
    ("h-exampleexpired111", "EXPIRED", "invited mary@example.com, who is account 888888888888"),
    ("h-examplemember111", "OPEN", "invites account 666666666666, which is a member already: it can't be accepted"),
    (
        "h-exampletransfer111",
        "OPEN",
        "invites account 101010101010, a member of o-exampleotherorg: accepting moves it over",
    ),
    (
        "h-examplemanagement111",
        "OPEN",
        "invites account 999999999999, which manages o-exampleotherorg: it can't be accepted",
    ),
    ("h-examplenobody111", "OPEN", "invites nobody@example.com, the address of no account: nobody may accept it"),
];

/// The organization of the documented example; it has sent every preloaded handshake.
const ORGANIZATION: &str = "o-exampleorgid";

/// The world as it is at the moment of its making, `made`.
pub fn preloaded(made: Timestamp) -> State {
    // The service shows milliseconds.
    let made = Timestamp::from_millisecond(made.as_millisecond()).unwrap_or(made);
    let days_ago = |days: i64| later(made, SignedDuration::from_hours(-24 * days));

    let mut state = State::default();
    for (id, email, name) in [
        ("111111111111", "bill@amazon.com", "Org Master Account"),
        ("222222222222", "juan@example.com", "Juan"),
        ("555555555555", "susan@example.com", "Susan"),
        ("666666666666", "member@example.com", "Member Account"),
        ("888888888888", "mary@example.com", "Mary"),
        ("999999999999", "jane@example.com", "Other Master Account"),
        ("101010101010", "other@example.com", "Other Member Account"),
    ] {
        state.add_account(id, email, name);
    }
    for (id, management_account, root, member) in [
        (ORGANIZATION, "111111111111", "r-examplerootid111", "666666666666"),
        ("o-exampleotherorg", "999999999999", "r-exampleotherroot111", "101010101010"),
    ] {
        let organization = Organization {
            management_account: management_account.to_owned(),
            feature_set: "ALL",
            root: root.to_owned(),
        };
        state.add_organization(id, organization);
        state.join(member, id);
    }

    let account = |id: &str| Recipient::Account(id.to_owned());
    let email = |address: &str| Recipient::Email(address.to_owned());
    let mut invite = |id, recipient, notes, requested, progress| {
        let handshake = state.invite(id, ORGANIZATION, recipient, notes, requested);
        if let (Some(handshake), Some((state, since))) = (handshake, progress) {
            handshake.begin_as(state, since);
        }
    };
    let since = |state, days| Some((state, days_ago(days)));

    invite("h-examplehandshakeid111", email("juan@example.com"), None, days_ago(1), None);
    invite("h-examplerequested111", account("333333333333"), None, days_ago(2), since(HandshakeState::Requested, 2));
    invite(
        "h-exampleopen111",
        account("444444444444"),
        Some("Please join us: your team's account belongs with the others."),
        days_ago(3),
        None,
    );
    invite(
        "h-examplecanceled111",
        email("susan@example.com"),
        Some("This is a request for Susan's account to join Bill's organization."),
        days_ago(4),
        since(HandshakeState::Canceled, 3),
    );
    invite("h-exampleaccepted111", account("666666666666"), None, days_ago(5), since(HandshakeState::Accepted, 4));
    invite("h-exampledeclined111", account("777777777777"), None, days_ago(6), since(HandshakeState::Declined, 5));
    invite("h-exampleexpired111", email("mary@example.com"), None, days_ago(20), None);
    invite("h-examplemember111", account("666666666666"), None, days_ago(7), None);
    invite("h-exampletransfer111", account("101010101010"), None, days_ago(8), None);
    invite("h-examplemanagement111", account("999999999999"), None, days_ago(9), None);
    invite("h-examplenobody111", email("nobody@example.com"), None, days_ago(10), None);
    state
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::is_handshake_id;
    use crate::sandbox::state::Refusal;
    use crate::sandbox::{Caller, state::Operation};

    fn made() -> Timestamp {
        "2026-12-31T00:00:00Z".parse().unwrap()
    }

    #[test]
    fn every_preloaded_handshake_is_as_listed() {
        let state = preloaded(made());
        for (id, expected, what) in PRELOADED {
            assert!(is_handshake_id(id), "{id}");
            let handshake = state.handshake(id, made()).expect(id);
            assert_eq!(handshake.state(made()).as_str(), *expected, "{id}");
            assert!(what.contains(handshake.recipient.parts().1), "{id}: {what}");
            let notes = handshake.resources.iter().any(|resource| resource.kind == "NOTES");
            assert_eq!(what.contains("with notes"), notes, "{id}");
        }
        for state in HandshakeState::ALL {
            assert!(PRELOADED.iter().any(|(_, name, _)| *name == state.as_str()), "{state:?}");
        }
    }

    #[test]
    fn the_rules_can_be_seen_on_it() {
        let mut state = preloaded(made());
        let mut accept = |id| {
            let accepted = state.perform(&Caller::Implied, Operation::Accept, id, made());
            accepted.map(|handshake| handshake.state(made()))
        };
        assert_eq!(accept("h-exampleaccepted111"), Err(Refusal::AlreadyInState));
        assert_eq!(accept("h-examplecanceled111"), Err(Refusal::InvalidTransition));
        assert_eq!(accept("h-examplemember111"), Err(Refusal::AlreadyInAnOrganization));
        assert_eq!(accept("h-examplemanagement111"), Err(Refusal::ManagementAccountCannotLeave));
        assert_eq!(accept("h-examplenobody111"), Err(Refusal::AccessDenied));
        assert_eq!(accept("h-exampletransfer111"), Ok(HandshakeState::Accepted));
        let moved = state.account("101010101010").and_then(|account| account.membership.as_ref());
        assert_eq!(
            moved.map(|place| (&*place.organization, &*place.parent)),
            Some(("o-exampleorgid", "r-examplerootid111"))
        );
    }
}
