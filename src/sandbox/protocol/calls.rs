//! The operations of the service, from their input to their output: the table of them.

use jiff::Timestamp;
use serde_json::Value;

use super::call::Call;
use super::exceptions::Exception;
use super::input::{Input, document};
use super::reply::Reply;
use super::{accounts, handshakes, organizations, output, tags, units};
use crate::sandbox::engine::caller::{Caller, DEFAULT_PARTITION};
use crate::sandbox::engine::state::State;
use crate::sandbox::sample::{MANAGEMENT_ACCOUNT, RECIPIENT_ACCOUNT};

/// An operation of the service.
struct Operation {
    name: &'static str,
    /// Whether the operation changes the world when it succeeds.
    mutates: bool,
    /// The account that calls for [`Caller::Implied`]: one of the preloaded world that may perform the operation.
    implied: &'static str,
    perform: fn(&mut Call<'_>) -> Result<Value, Exception>,
}

const fn reads(name: &'static str, perform: fn(&mut Call<'_>) -> Result<Value, Exception>) -> Operation {
    Operation { name, mutates: false, implied: MANAGEMENT_ACCOUNT, perform }
}

const fn changes(name: &'static str, perform: fn(&mut Call<'_>) -> Result<Value, Exception>) -> Operation {
    Operation { mutates: true, ..reads(name, perform) }
}

impl Operation {
    const fn by(self, implied: &'static str) -> Operation {
        Operation { implied, ..self }
    }
}

/// The operations, in the order of their names.
const OPERATIONS: &[Operation] = &[
    changes("AcceptHandshake", handshakes::accept),
    changes("CancelHandshake", handshakes::cancel),
    changes("CreateAccount", accounts::create),
    changes("CreateOrganization", organizations::create).by(RECIPIENT_ACCOUNT),
    changes("CreateOrganizationalUnit", units::create),
    changes("DeclineHandshake", handshakes::decline),
    changes("DeleteOrganization", organizations::delete),
    changes("DeleteOrganizationalUnit", units::delete),
    reads("DescribeAccount", accounts::describe),
    reads("DescribeCreateAccountStatus", accounts::describe_creation),
    reads("DescribeHandshake", handshakes::describe),
    reads("DescribeOrganization", organizations::describe),
    reads("DescribeOrganizationalUnit", units::describe),
    changes("EnableAllFeatures", handshakes::enable_all_features).by("191919191919"),
    changes("InviteAccountToOrganization", handshakes::invite_account),
    changes("InviteOrganizationToTransferResponsibility", handshakes::invite_to_transfer),
    changes("LeaveOrganization", accounts::leave).by("666666666666"),
    reads("ListAccounts", accounts::list),
    reads("ListAccountsForParent", accounts::list_for_parent),
    reads("ListChildren", units::list_children),
    reads("ListCreateAccountStatus", accounts::list_creations),
    reads("ListHandshakesForAccount", handshakes::list_received).by(RECIPIENT_ACCOUNT),
    reads("ListHandshakesForOrganization", handshakes::list_sent),
    reads("ListOrganizationalUnitsForParent", units::list),
    reads("ListParents", units::list_parents),
    reads("ListRoots", organizations::list_roots),
    reads("ListTagsForResource", tags::list),
    changes("MoveAccount", units::move_account),
    changes("RemoveAccountFromOrganization", accounts::remove),
    changes("TagResource", tags::tag),
    changes("UntagResource", tags::untag),
    changes("UpdateOrganizationalUnit", units::rename),
];

fn find(name: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.name == name)
}

/// Lists the names of the operations that the sandbox knows.
pub fn operations() -> impl Iterator<Item = &'static str> {
    OPERATIONS.iter().map(|operation| operation.name)
}

/// Returns the account that calls an operation; `None` if the operation is unknown.
pub(in crate::sandbox) fn acting<'a>(caller: &'a Caller, operation: &str) -> Option<&'a str> {
    let operation = find(operation)?;
    Some(match caller {
        Caller::Account(account) | Caller::Session { account, .. } => account,
        Caller::Implied => operation.implied,
    })
}

/// Returns whether an operation changes the world when it succeeds.
pub fn mutates(operation: &str) -> bool {
    find(operation).is_some_and(|operation| operation.mutates)
}

/// Returns the exception for an unknown operation. `name` is the operation or the whole target.
pub fn unknown_operation(name: &str) -> Exception {
    let known: Vec<_> = operations().collect();
    let message = format!("The sandbox doesn't know the operation {name:?}. It knows {}.", known.join(", "));
    Exception::new("UnknownOperationException", message)
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
    let operation = find(operation).ok_or_else(|| unknown_operation(operation))?;
    let document = document(body)?;
    state.complete_creations(now);
    let input = Input { members: &document };
    let account = caller.account().unwrap_or(operation.implied);
    let mut call = Call { state, caller, account, operation: operation.name, input, now };
    let mut output = (operation.perform)(&mut call)?;
    if caller.partition() != DEFAULT_PARTITION {
        output::into_partition(&mut output, caller.partition());
    }
    Ok(output)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::sandbox::engine::handshake::{Recipient, Resource, ResourceType};
    use crate::sandbox::engine::organization::{FeatureSet, Organization};
    use crate::sandbox::engine::rules::HandshakeOperation;
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
            let message = body["Message"].as_str().unwrap();
            assert!(message.contains(&format!("{name:?}")) && message.contains(" ListTagsForResource, "), "{body}");
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
