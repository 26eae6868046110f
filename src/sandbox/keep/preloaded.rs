//! The world of a new sandbox: the documented sample, and a handshake for every action, state and rule.
//!
//! Nothing in it looks real: no one owns these account ids, the addresses are in example domains (except the documented
//! one of the management account), and every handshake id begins with `h-example`.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::sandbox::engine::handshake::{Action, HandshakeState, Recipient};
use crate::sandbox::engine::organization::{FeatureSet, JoinedMethod, Organization, Tags, Transfer};
use crate::sandbox::engine::state::State;
use crate::sandbox::engine::time::later;
use crate::sandbox::sample;

/// The preloaded handshakes: id, state in a new world, purpose.
pub const PRELOADED: &[(&str, &str, &str)] = &[
    (sample::HANDSHAKE, "OPEN", "the documented example: invites juan@example.com, who is account 222222222222"),
    ("h-examplerequested111", "REQUESTED", "invites account 333333333333"),
    ("h-exampleopen111", "OPEN", "invites account 444444444444, with notes"),
    ("h-examplecanceled111", "CANCELED", "invited susan@example.com, who is account 555555555555, with notes"),
    ("h-exampleaccepted111", "ACCEPTED", "invited account 666666666666, now a member of o-exampleorgid"),
    ("h-exampledeclined111", "DECLINED", "invited account 777777777777"),
    ("h-exampleexpired111", "EXPIRED", "invited mary@example.com, who is account 888888888888"),
    ("h-examplemember111", "OPEN", "invites account 666666666666, which is a member already: it can't be accepted"),
    ("h-exampletransfer111", "OPEN", "invites account 101010101010, a member of o-exampleotherorg: accepting moves it"),
    (
        "h-examplemanagement111",
        "OPEN",
        "invites account 999999999999, which manages o-exampleotherorg: it can't be accepted",
    ),
    ("h-examplenobody111", "OPEN", "invites nobody@example.com; no account has this address, so none can accept"),
    (
        "h-exampleenable111",
        "REQUESTED",
        "ENABLE_ALL_FEATURES of o-examplependingorg, which account 131313131313 manages: an approval is missing",
    ),
    ("h-exampleapproved111", "ACCEPTED", "APPROVE_ALL_FEATURES for it: account 141414141414 has agreed"),
    ("h-exampleapprove111", "OPEN", "APPROVE_ALL_FEATURES for it: account 151515151515 has to agree"),
    (
        "h-examplerole111",
        "OPEN",
        "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE for account 161616161616, a created member of o-examplependingorg",
    ),
    (
        "h-exampleenableready111",
        "OPEN",
        "ENABLE_ALL_FEATURES of o-examplereadyorg: account 171717171717, which manages it, can finish",
    ),
    ("h-exampleapproveready111", "ACCEPTED", "APPROVE_ALL_FEATURES for it: account 181818181818 has agreed"),
    (
        "h-exampleenabledone111",
        "ACCEPTED",
        "ENABLE_ALL_FEATURES of o-exampleotherorg, which account 999999999999 manages: done",
    ),
    (
        "h-exampleenablestopped111",
        "CANCELED",
        "ENABLE_ALL_FEATURES of o-examplebillingorg, which account 191919191919 manages; it can start again",
    ),
    ("h-exampleapprovenot111", "DECLINED", "APPROVE_ALL_FEATURES for it: account 202020202020 didn't agree"),
    (
        "h-exampleenablelate111",
        "EXPIRED",
        "ENABLE_ALL_FEATURES of o-examplebillingorg, an earlier one, which was not accepted in time",
    ),
    ("h-exampleapprovelate111", "CANCELED", "APPROVE_ALL_FEATURES for it: account 202020202020 has not responded"),
    (
        "h-examplebills111",
        "REQUESTED",
        "TRANSFER_RESPONSIBILITY: account 999999999999 may let o-exampleorgid manage its organization's bills",
    ),
    ("h-examplebillsaccepted111", "ACCEPTED", "TRANSFER_RESPONSIBILITY: account 171717171717 has agreed to that"),
    ("h-examplebillsdeclined111", "DECLINED", "TRANSFER_RESPONSIBILITY: account 131313131313 has declined"),
    ("h-examplebillscanceled111", "CANCELED", "TRANSFER_RESPONSIBILITY for account 191919191919, withdrawn"),
    ("h-examplebillsexpired111", "EXPIRED", "TRANSFER_RESPONSIBILITY for account 191919191919, without a response"),
];

/// An organization that enables all features and waits for an approval.
const PENDING: &str = "o-examplependingorg";

/// An organization that enables all features and has all approvals.
const READY: &str = "o-examplereadyorg";

/// An organization that can start enabling all features.
const BILLING: &str = "o-examplebillingorg";

/// Returns a new world. `made` is the present of its handshakes.
pub fn preloaded(made: Timestamp) -> State {
    // The service returns milliseconds.
    let made = Timestamp::from_millisecond(made.as_millisecond()).unwrap_or(made);
    let days_ago = |days: i64| later(made, SignedDuration::from_hours(-24 * days));

    let mut state = State::default();
    for (id, email, name) in [
        (sample::MANAGEMENT_ACCOUNT, "bill@amazon.com", "Org Master Account"),
        (sample::RECIPIENT_ACCOUNT, sample::RECIPIENT_EMAIL, "Juan"),
        ("555555555555", "susan@example.com", "Susan"),
        ("666666666666", "member@example.com", "Member Account"),
        ("888888888888", "mary@example.com", "Mary"),
        ("999999999999", "jane@example.com", "Other Master Account"),
        ("101010101010", "other@example.com", "Other Member Account"),
        ("121212121212", "created@example.com", "Created Account"),
        ("131313131313", "pending@example.com", "Pending Master Account"),
        ("141414141414", "approved@example.com", "Approving Account"),
        ("151515151515", "asked@example.com", "Asked Account"),
        ("161616161616", "role@example.com", "Created Account Without Role"),
        ("171717171717", "ready@example.com", "Ready Master Account"),
        ("181818181818", "agreed@example.com", "Agreed Account"),
        ("191919191919", "billing@example.com", "Billing Master Account"),
        ("202020202020", "billed@example.com", "Billed Account"),
    ] {
        state.add_account(id, email, name);
    }
    for (id, management_account, root, feature_set) in [
        (sample::ORGANIZATION, sample::MANAGEMENT_ACCOUNT, "r-examplerootid111", FeatureSet::All),
        ("o-exampleotherorg", "999999999999", "r-exampleotherroot111", FeatureSet::All),
        (PENDING, "131313131313", "r-examplependingroot111", FeatureSet::ConsolidatedBilling),
        (READY, "171717171717", "r-examplereadyroot111", FeatureSet::ConsolidatedBilling),
        (BILLING, "191919191919", "r-examplebillingroot111", FeatureSet::ConsolidatedBilling),
    ] {
        let mut organization = Organization::new(management_account, feature_set, root);
        if id == sample::ORGANIZATION {
            // These quotas are raised so that tests can send many invitations.
            organization.account_quota = 10_000;
            organization.transfer_quota = 10;
        }
        // This one has enabled all features later, and no policy type in its root since then.
        organization.service_control_policies &= id != "o-exampleotherorg";
        state.add_organization(id, organization, days_ago(400));
    }
    for (account, organization, method, joined) in [
        ("666666666666", sample::ORGANIZATION, JoinedMethod::Invited, 4),
        ("121212121212", sample::ORGANIZATION, JoinedMethod::Created, 2),
        ("101010101010", "o-exampleotherorg", JoinedMethod::Invited, 200),
        ("141414141414", PENDING, JoinedMethod::Invited, 200),
        ("151515151515", PENDING, JoinedMethod::Invited, 200),
        ("161616161616", PENDING, JoinedMethod::Created, 200),
        ("181818181818", READY, JoinedMethod::Invited, 200),
        ("202020202020", BILLING, JoinedMethod::Invited, 200),
    ] {
        state.join(account, organization, method, Tags::new(), days_ago(joined));
    }

    let account = |id: &str| Recipient::Account(id.to_owned());
    let email = |address: &str| Recipient::Email(address.to_owned());
    let mut invite = |id, recipient, notes, requested, progress| {
        let handshake = state.invite(id, sample::ORGANIZATION, recipient, notes, requested);
        if let (Some(handshake), Some((state, since))) = (handshake, progress) {
            handshake.begin_as(state, since);
        }
    };
    let since = |state, days| Some((state, days_ago(days)));

    invite(sample::HANDSHAKE, email(sample::RECIPIENT_EMAIL), None, days_ago(1), None);
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

    for (id, organization, requested, (progress, since)) in [
        ("h-exampleenable111", PENDING, 11, (HandshakeState::Requested, 11)),
        ("h-exampleenableready111", READY, 12, (HandshakeState::Open, 11)),
        ("h-exampleenabledone111", "o-exampleotherorg", 13, (HandshakeState::Accepted, 12)),
        ("h-exampleenablestopped111", BILLING, 9, (HandshakeState::Canceled, 7)),
        ("h-exampleenablelate111", BILLING, 100, (HandshakeState::Requested, 100)),
    ] {
        if let Some(handshake) = state.send(id, Action::EnableAllFeatures, organization, None, days_ago(requested)) {
            handshake.begin_as(progress, days_ago(since));
        }
    }
    for (id, parent, account, requested, (progress, since)) in [
        ("h-exampleapproved111", "h-exampleenable111", "141414141414", 11, (HandshakeState::Accepted, 10)),
        ("h-exampleapprove111", "h-exampleenable111", "151515151515", 11, (HandshakeState::Open, 11)),
        ("h-exampleapproveready111", "h-exampleenableready111", "181818181818", 12, (HandshakeState::Accepted, 11)),
        ("h-exampleapprovenot111", "h-exampleenablestopped111", "202020202020", 9, (HandshakeState::Declined, 8)),
        ("h-exampleapprovelate111", "h-exampleenablelate111", "202020202020", 100, (HandshakeState::Open, 100)),
    ] {
        if let Some(handshake) = state.ask_to_approve(id, parent, account, days_ago(requested)) {
            handshake.begin_as(progress, days_ago(since));
        }
    }
    let created = Some(account("161616161616"));
    state.send("h-examplerole111", Action::AddServiceLinkedRole, PENDING, created, days_ago(11));

    for (id, transfer, recipient, requested, (progress, since)) in [
        ("h-examplebills111", "rt-examplebills111", "999999999999", 1, (HandshakeState::Requested, 1)),
        ("h-examplebillsaccepted111", "rt-exampleaccepted111", "171717171717", 5, (HandshakeState::Accepted, 4)),
        ("h-examplebillsdeclined111", "rt-exampledeclined111", "131313131313", 6, (HandshakeState::Declined, 5)),
        ("h-examplebillscanceled111", "rt-examplecanceled111", "191919191919", 7, (HandshakeState::Canceled, 6)),
        ("h-examplebillsexpired111", "rt-exampleexpired111", "191919191919", 20, (HandshakeState::Requested, 20)),
    ] {
        let terms = Transfer {
            id: transfer.to_owned(),
            name: "Example transfer".to_owned(),
            target: sample::ORGANIZATION.to_owned(),
            start: month_after_next(made),
            tags: Tags::new(),
        };
        if progress == HandshakeState::Accepted
            && let Some(source) = state.organizations.get_mut(READY)
        {
            source.transfer = Some(terms.clone());
        }
        if let Some(handshake) = state.offer_transfer(id, account(recipient), terms, None, days_ago(requested)) {
            handshake.begin_as(progress, days_ago(since));
        }
    }
    state
}

/// Returns the first instant of the month after the next one.
fn month_after_next(made: Timestamp) -> Timestamp {
    let first = made.to_zoned(TimeZone::UTC).date().first_of_month();
    let start = first.checked_add(jiff::Span::new().months(2)).and_then(|date| date.to_zoned(TimeZone::UTC));
    start.map_or(Timestamp::MAX, |start| start.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::is_handshake_id;
    use crate::sandbox::engine::caller::Caller;
    use crate::sandbox::engine::handshake::ResourceType;
    use crate::sandbox::engine::refusal::{HandshakeConstraint, Refusal};
    use crate::sandbox::engine::rules::HandshakeOperation;

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
            if let Some(recipient) = &handshake.recipient {
                assert!(what.contains(recipient.parts().1), "{id}: {what}");
            }
            match handshake.action {
                Action::Invite => assert!(what.starts_with("invite") || what.contains("invites"), "{id}: {what}"),
                action => assert!(what.starts_with(action.as_str()), "{id}: {what}"),
            }
            let notes = handshake.resources.iter().any(|resource| resource.kind == ResourceType::Notes);
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
            let accepted = state.perform(&Caller::Implied, HandshakeOperation::Accept, id, made());
            accepted.map(|handshake| handshake.state(made()))
        };
        assert_eq!(accept("h-exampleaccepted111"), Err(Refusal::AlreadyInState));
        assert_eq!(accept("h-examplecanceled111"), Err(Refusal::InvalidTransition));
        assert_eq!(accept("h-examplemember111"), Err(Refusal::Handshake(HandshakeConstraint::AlreadyInAnOrganization)));
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
