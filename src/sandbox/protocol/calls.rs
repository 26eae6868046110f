//! The operations of the service, from their input to their output.

use std::iter;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::exceptions::Exception;
use super::input::{ACCOUNT_ID, ANY, CHILD_ID, HANDSHAKE_ID, Input, NAME, PARENT_ID, SOURCE_NAME, document};
use super::output::{self, render};
use super::paging::PageRequest;
use super::reply::Reply;
use crate::sandbox::engine::caller::Caller;
use crate::sandbox::engine::handshake::Handshake;
use crate::sandbox::engine::organization::FeatureSet;
use crate::sandbox::engine::refusal::{InvalidInput, Refusal};
use crate::sandbox::engine::rules::HandshakeOperation;
use crate::sandbox::engine::state::State;
use crate::sandbox::sample;

/// An operation of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum ServiceOperation {
    OnHandshake(HandshakeOperation),
    InviteAccount,
    InviteToTransfer,
    EnableAllFeatures,
    ListForAccount,
    ListForOrganization,
    CreateOrganization,
    DescribeOrganization,
    ListAccounts,
    DescribeAccount,
    ListRoots,
    ListParents,
    ListUnits,
    CreateUnit,
    MoveAccount,
    Leave,
    Remove,
}

/// Returns the account that calls an operation; `None` if the operation is unknown.
pub(in crate::sandbox) fn acting<'a>(caller: &'a Caller, operation: &str) -> Option<&'a str> {
    let operation = ServiceOperation::from_name(operation)?;
    Some(match caller {
        Caller::Account(account) => account,
        Caller::Implied => operation.implied_caller(),
    })
}

/// Returns whether an operation changes the world when it succeeds.
pub fn mutates(operation: &str) -> bool {
    ServiceOperation::from_name(operation).is_some_and(ServiceOperation::mutates)
}

impl ServiceOperation {
    pub(in crate::sandbox) fn from_name(name: &str) -> Option<ServiceOperation> {
        Some(match name {
            "InviteAccountToOrganization" => ServiceOperation::InviteAccount,
            "InviteOrganizationToTransferResponsibility" => ServiceOperation::InviteToTransfer,
            "EnableAllFeatures" => ServiceOperation::EnableAllFeatures,
            "ListHandshakesForAccount" => ServiceOperation::ListForAccount,
            "ListHandshakesForOrganization" => ServiceOperation::ListForOrganization,
            "CreateOrganization" => ServiceOperation::CreateOrganization,
            "DescribeOrganization" => ServiceOperation::DescribeOrganization,
            "ListAccounts" => ServiceOperation::ListAccounts,
            "DescribeAccount" => ServiceOperation::DescribeAccount,
            "ListRoots" => ServiceOperation::ListRoots,
            "ListParents" => ServiceOperation::ListParents,
            "ListOrganizationalUnitsForParent" => ServiceOperation::ListUnits,
            "CreateOrganizationalUnit" => ServiceOperation::CreateUnit,
            "MoveAccount" => ServiceOperation::MoveAccount,
            "LeaveOrganization" => ServiceOperation::Leave,
            "RemoveAccountFromOrganization" => ServiceOperation::Remove,
            _ => ServiceOperation::OnHandshake(HandshakeOperation::from_name(name)?),
        })
    }

    pub(in crate::sandbox) fn mutates(self) -> bool {
        match self {
            ServiceOperation::OnHandshake(operation) => operation != HandshakeOperation::Describe,
            ServiceOperation::InviteAccount
            | ServiceOperation::InviteToTransfer
            | ServiceOperation::EnableAllFeatures
            | ServiceOperation::CreateOrganization
            | ServiceOperation::CreateUnit
            | ServiceOperation::MoveAccount
            | ServiceOperation::Leave
            | ServiceOperation::Remove => true,
            ServiceOperation::ListForAccount
            | ServiceOperation::ListForOrganization
            | ServiceOperation::DescribeOrganization
            | ServiceOperation::ListAccounts
            | ServiceOperation::DescribeAccount
            | ServiceOperation::ListRoots
            | ServiceOperation::ListParents
            | ServiceOperation::ListUnits => false,
        }
    }

    /// Returns the account that calls for [`Caller::Implied`]: one of the preloaded world that may perform the
    /// operation.
    fn implied_caller(self) -> &'static str {
        match self {
            ServiceOperation::ListForAccount | ServiceOperation::CreateOrganization => sample::RECIPIENT_ACCOUNT,
            ServiceOperation::EnableAllFeatures => "191919191919",
            ServiceOperation::Leave => "666666666666",
            _ => sample::MANAGEMENT_ACCOUNT,
        }
    }
}

/// Performs the operation of one request and returns the response.
pub(in crate::sandbox) fn answer(
    state: &mut State,
    caller: &Caller,
    operation: &str,
    body: &[u8],
    now: Timestamp,
) -> Reply {
    match dispatch(state, caller, operation, body, now) {
        Ok(output) => Reply { status: 200, body: output.to_string().into_bytes() },
        Err(exception) => exception.into(),
    }
}

// The checks run in the order of the real service: operation, document, members, and only then the resource.
fn dispatch(
    state: &mut State,
    caller: &Caller,
    operation: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<Value, Exception> {
    let call = ServiceOperation::from_name(operation).ok_or_else(|| Exception::unknown_operation(operation))?;
    let document = document(body)?;
    let input = Input { members: &document };
    let account = match caller {
        Caller::Account(account) => account.as_str(),
        Caller::Implied => call.implied_caller(),
    };
    let one = |handshake: &Handshake| json!({ "Handshake": render(handshake, handshake.state(now)) });
    match call {
        ServiceOperation::OnHandshake(operation) => {
            let id = input.text("HandshakeId", "HandshakeId", &HANDSHAKE_ID)?;
            Ok(one(state.perform(caller, operation, id, now)?))
        }
        ServiceOperation::InviteAccount => {
            let recipient = input.target()?;
            let details = input.details()?;
            Ok(one(state.invite_account(account, recipient, details, now)?))
        }
        ServiceOperation::InviteToTransfer => {
            let kind = input.text("Type", "Type", &ANY)?;
            if kind != "BILLING" {
                return Err(Exception::input(InvalidInput::Enum, "Type"));
            }
            let recipient = input.target()?;
            let details = input.details()?;
            let start = input.start()?;
            let name = input.text("SourceName", "SourceName", &SOURCE_NAME)?;
            Ok(one(state.invite_to_transfer(account, recipient, details, name, start, now)?))
        }
        ServiceOperation::EnableAllFeatures => Ok(one(state.enable_all_features(account, now)?)),
        ServiceOperation::ListForAccount | ServiceOperation::ListForOrganization => {
            list_handshakes(state, call, account, &input, now)
        }
        ServiceOperation::CreateOrganization => {
            let features = match input.optional("FeatureSet", "FeatureSet", &ANY)? {
                None => FeatureSet::All,
                Some(name) => {
                    FeatureSet::from_name(name).ok_or_else(|| Exception::input(InvalidInput::Enum, "FeatureSet"))?
                }
            };
            let id = state.create_organization(account, features, now)?;
            let created = state.organization(&id).ok_or_else(Exception::service)?;
            Ok(json!({ "Organization": output::organization(state, &id, created) }))
        }
        ServiceOperation::DescribeOrganization => {
            let (id, found) = state.own(account)?;
            Ok(json!({ "Organization": output::organization(state, id, found) }))
        }
        ServiceOperation::ListAccounts => {
            let page = PageRequest::of(&input, &format!("{operation} {account}"))?;
            let (id, found) = state.managed(account)?;
            let after = page.after.as_deref();
            let accounts = state
                .members(id)
                .skip_while(|account| after.is_some_and(|after| *account <= after))
                .map(|account| (account, output::account(state, id, found, account)));
            Ok(page.cut("Accounts", accounts))
        }
        ServiceOperation::DescribeAccount => {
            let wanted = input.text("AccountId", "AccountId", &ACCOUNT_ID)?;
            let (id, found) = state.managed(account)?;
            state.member(id, wanted).ok_or(Refusal::AccountNotFound)?;
            Ok(json!({ "Account": output::account(state, id, found, wanted) }))
        }
        ServiceOperation::ListRoots => {
            let page = PageRequest::of(&input, &format!("{operation} {account}"))?;
            let (id, found) = state.managed(account)?;
            Ok(page.cut("Roots", iter::once((found.root.as_str(), output::root(id, found)))))
        }
        ServiceOperation::ListParents => {
            let child = input.text("ChildId", "ChildId", &CHILD_ID)?;
            let page = PageRequest::of(&input, &format!("{operation} {account} {child}"))?;
            let (id, found) = state.managed(account)?;
            let parent = match found.units.get(child) {
                Some(unit) => &unit.parent,
                None => &state.member(id, child).ok_or(Refusal::ChildNotFound)?.parent,
            };
            let kind = if *parent == found.root { "ROOT" } else { "ORGANIZATIONAL_UNIT" };
            let parents = iter::once((parent.as_str(), json!({ "Id": parent, "Type": kind })));
            Ok(page.cut("Parents", parents))
        }
        ServiceOperation::ListUnits => {
            let parent = input.text("ParentId", "ParentId", &PARENT_ID)?;
            let page = PageRequest::of(&input, &format!("{operation} {account} {parent}"))?;
            let (id, found) = state.managed(account)?;
            if !found.has_parent(parent) {
                return Err(Refusal::ParentNotFound.into());
            }
            let units = found.units_of(parent, page.after.as_deref());
            let units = units.map(|(unit_id, unit)| (unit_id.as_str(), output::unit(id, found, unit_id, unit)));
            Ok(page.cut("OrganizationalUnits", units))
        }
        ServiceOperation::CreateUnit => {
            let parent = input.text("ParentId", "ParentId", &PARENT_ID)?;
            let name = input.text("Name", "Name", &NAME)?;
            let tags = input.tags()?;
            let unit_id = state.create_unit(account, parent, name, tags)?;
            let (id, found) = state.managed(account)?;
            let created = found.units.get(&unit_id).ok_or_else(Exception::service)?;
            Ok(json!({ "OrganizationalUnit": output::unit(id, found, &unit_id, created) }))
        }
        ServiceOperation::MoveAccount => {
            let moved = input.text("AccountId", "AccountId", &ACCOUNT_ID)?;
            let source = input.text("SourceParentId", "SourceParentId", &PARENT_ID)?;
            let destination = input.text("DestinationParentId", "DestinationParentId", &PARENT_ID)?;
            state.move_account(account, moved, source, destination)?;
            Ok(json!({}))
        }
        ServiceOperation::Leave => {
            state.leave(account, now)?;
            Ok(json!({}))
        }
        ServiceOperation::Remove => {
            let removed = input.text("AccountId", "AccountId", &ACCOUNT_ID)?;
            state.remove(account, removed, now)?;
            Ok(json!({}))
        }
    }
}

fn list_handshakes(
    state: &State,
    call: ServiceOperation,
    account: &str,
    input: &Input,
    now: Timestamp,
) -> Result<Value, Exception> {
    let filter = input.filter()?;
    let scope = format!("{call:?} {account} {filter:?}");
    let page = PageRequest::of(input, &scope)?;
    let after = page.after.as_deref();
    if after.is_some_and(|id| !state.handshakes.contains_key(id)) {
        return Err(Exception::input(InvalidInput::NextToken, "NextToken"));
    }
    let handshakes: Box<dyn Iterator<Item = &Handshake>> = match call {
        ServiceOperation::ListForAccount => Box::new(state.received_after(account, after)),
        _ => Box::new(state.sent_after(state.managed(account)?.0, after)),
    };
    let fitting = handshakes.filter(|handshake| !handshake.is_gone(now) && filter.fits(handshake));
    let rendered = fitting.map(|handshake| (handshake.id.as_str(), render(handshake, handshake.state(now))));
    Ok(page.cut("Handshakes", rendered))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::engine::handshake::{Recipient, Resource, ResourceType};
    use crate::sandbox::engine::organization::Organization;
    use crate::sandbox::keep::preloaded::preloaded;
    use crate::sandbox::keep::sandbox::Sandbox;
    use crate::sandbox::protocol::input::MAX_BODY;

    const ACCEPT: &[u8] = br#"{"HandshakeId": "h-examplehandshakeid111"}"#;

    /// The instant at which a world is made whose documented handshake has the documented request time, 1481656459.257.
    fn made() -> Timestamp {
        "2016-12-14T19:14:19.257Z".parse().unwrap()
    }

    fn call(operation: &str, body: &[u8]) -> (u16, Value) {
        let reply = answer(&mut preloaded(made()), &Caller::Implied, operation, body, made());
        (reply.status, serde_json::from_slice(&reply.body).unwrap())
    }

    fn refused(operation: &str, body: &[u8]) -> (u16, String, Option<String>) {
        let (status, body) = call(operation, body);
        let text = |member: &str| body.get(member).and_then(Value::as_str).map(str::to_owned);
        assert!(text("Message").is_some_and(|message| !message.is_empty()), "{body}");
        (status, text("__type").unwrap(), text("Reason"))
    }

    /// The sample response of AcceptHandshake in the API reference.
    const SAMPLE: &str = include_str!("../../../tests/support/accept-handshake.json");

    #[test]
    fn accepting_the_documented_handshake_answers_the_documented_sample() {
        let sample: Value = serde_json::from_str(SAMPLE).unwrap();
        let (status, body) = call("AcceptHandshake", ACCEPT);
        assert_eq!(status, 200);
        // The comparison is of text, because the order of the members and the digits of the numbers matter.
        assert_eq!(body.to_string(), sample.to_string());
    }

    #[test]
    fn the_whole_way_in_answers_it_too() {
        let clock = "2016-12-14T19:14:19.257Z".parse().unwrap();
        let reply = Sandbox::new(&clock).call(Caller::Implied, "AcceptHandshake", ACCEPT);
        let sample: Value = serde_json::from_str(SAMPLE).unwrap();
        assert_eq!(String::from_utf8(reply.body).unwrap(), sample.to_string());
    }

    #[test]
    fn canceling_the_documented_handshake_answers_the_documented_sample() {
        let mut state = State::default();
        state.add_account("111111111111", "bill@example.com", "Master Account");
        let organization = Organization::new("111111111111", FeatureSet::ConsolidatedBilling, "r-examplerootid111");
        state.add_organization("o-exampleorgid", organization, made());
        let notes = "This is a request for Susan's account to join Bob's organization.";
        let handshake = state
            .invite(
                "h-examplehandshakeid111",
                "o-exampleorgid",
                Recipient::Email("susan@example.com".to_owned()),
                Some(notes),
                "2017-02-14T12:15:00Z".parse().unwrap(),
            )
            .unwrap();
        // The sample has the account where other samples repeat the party.
        handshake.resources[1] = Resource::new(ResourceType::Account, "222222222222");
        let now = "2017-02-15T00:00:00Z".parse().unwrap();
        let management = Caller::Account("111111111111".to_owned());
        let reply = answer(&mut state, &management, "CancelHandshake", ACCEPT, now);
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(
            body,
            json!({
                "Handshake": {
                    "Action": "INVITE",
                    "Arn": "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111",
                    "ExpirationTimestamp": 1488370500.0,
                    "Id": "h-examplehandshakeid111",
                    "Parties": [
                        { "Id": "o-exampleorgid", "Type": "ORGANIZATION" },
                        { "Id": "susan@example.com", "Type": "EMAIL" },
                    ],
                    "RequestedTimestamp": 1487074500.0,
                    "Resources": [
                        {
                            "Resources": [
                                { "Type": "MASTER_EMAIL", "Value": "bill@example.com" },
                                { "Type": "MASTER_NAME", "Value": "Master Account" },
                                { "Type": "ORGANIZATION_FEATURE_SET", "Value": "CONSOLIDATED_BILLING" },
                            ],
                            "Type": "ORGANIZATION",
                            "Value": "o-exampleorgid",
                        },
                        { "Type": "ACCOUNT", "Value": "222222222222" },
                        { "Type": "NOTES", "Value": notes },
                    ],
                    "State": "CANCELED",
                },
            })
        );
    }

    #[test]
    fn bodies_that_are_no_document() {
        let serialization = (400, "SerializationException".to_owned(), None);
        let deep = "[".repeat(100_000);
        for body in [
            "",
            " ",
            "{",
            "}",
            "x",
            "null",
            "1",
            "\"h-examplehandshakeid111\"",
            "[]",
            "{}{}",
            "{'HandshakeId': 1}",
            "\u{feff}{}",
            "{\"HandshakeId\": 1e999}",
            &deep,
        ] {
            assert_eq!(refused("AcceptHandshake", body.as_bytes()), serialization, "{body:.20}");
        }
        let not_utf8 = b"{\"HandshakeId\": \"h-example\xff\xfe\"}";
        assert_eq!(refused("AcceptHandshake", not_utf8), serialization);
    }

    #[test]
    fn members_of_the_wrong_type() {
        for value in ["1", "1.5", "true", "false", "[]", "{}", "[\"h-examplehandshakeid111\"]"] {
            let body = format!("{{\"HandshakeId\": {value}}}");
            let refusal = refused("DescribeHandshake", body.as_bytes());
            assert_eq!(refusal, (400, "SerializationException".to_owned(), None), "{value}");
        }
    }

    #[test]
    fn members_that_are_missing_or_no_handshake_id() {
        let invalid = |reason: &str| (400, "InvalidInputException".to_owned(), Some(reason.to_owned()));
        for body in ["{}", r#"{"HandshakeId": null}"#, r#"{"handshakeId": "h-examplehandshakeid111"}"#] {
            assert_eq!(refused("AcceptHandshake", body.as_bytes()), invalid("INPUT_REQUIRED"), "{body}");
        }
        for id in [
            "",
            "None",
            "h-short",
            "h-UPPERCASE",
            "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111",
        ] {
            let body = json!({ "HandshakeId": id }).to_string();
            assert_eq!(refused("AcceptHandshake", body.as_bytes()), invalid("INVALID_PATTERN"), "{id}");
        }
        // The last of two equal members wins, and an unknown member is ignored.
        let body = br#"{"HandshakeId": "x", "Extra": [1], "HandshakeId": "h-examplehandshakeid111"}"#;
        assert_eq!(call("DescribeHandshake", body).0, 200);
    }

    #[test]
    fn other_operations_are_unknown_by_name() {
        for name in ["ListPolicies", "acceptHandshake", "AcceptHandshake ", ""] {
            let (status, body) = call(name, b"not even JSON");
            assert_eq!((status, &body["__type"]), (400, &json!("UnknownOperationException")));
            assert!(body["Message"].as_str().unwrap().contains(&format!("{name:?}")), "{body}");
        }
    }

    #[test]
    fn a_huge_body_is_refused_unread() {
        let huge = vec![b' '; MAX_BODY + 1];
        let refusal = refused("AcceptHandshake", &huge);
        assert_eq!(refusal, (413, "RequestEntityTooLargeException".to_owned(), None));
        let mut padded = ACCEPT.to_vec();
        padded.resize(MAX_BODY, b' ');
        assert_eq!(call("AcceptHandshake", &padded).0, 200);
    }

    #[test]
    fn constraints_name_their_reason() {
        let accept = |id: &str| refused("AcceptHandshake", json!({ "HandshakeId": id }).to_string().as_bytes());
        assert_eq!(
            accept("h-examplemember111"),
            (400, "HandshakeConstraintViolationException".to_owned(), Some("ALREADY_IN_AN_ORGANIZATION".to_owned()))
        );
        assert_eq!(accept("h-examplemanagement111"), (400, "MasterCannotLeaveOrganizationException".to_owned(), None));
    }

    #[test]
    fn any_bytes_get_a_document_for_an_answer() {
        // A linear congruential generator, which makes the same bytes in every run.
        let mut seed: u32 = 1;
        let mut next = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        let mut state = preloaded(made());
        for round in 0..20_000 {
            let mut body = ACCEPT.to_vec();
            for _ in 0..next() % 4 {
                let at = usize::from(next()) % body.len();
                match next() % 3 {
                    0 => body[at] = next(),
                    1 => body.insert(at, next()),
                    _ => body.truncate(at.max(1)),
                }
            }
            if round % 4 == 0 {
                body = (0..next() % 64).map(|_| next()).collect();
            }
            let operation = HandshakeOperation::ALL[usize::from(next()) % HandshakeOperation::ALL.len()].as_str();
            let reply = answer(&mut state, &Caller::Implied, operation, &body, made());
            let answer: Value = serde_json::from_slice(&reply.body).unwrap();
            match reply.status {
                200 => assert!(answer.get("Handshake").is_some(), "{answer}"),
                _ => assert!(answer.get("__type").is_some(), "{answer}"),
            }
        }
    }
}
