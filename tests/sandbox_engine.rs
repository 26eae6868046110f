//! The sandbox's engine from outside: a call for every rule.

use std::time::Instant;

use orgshake::sandbox::engine::caller::{Caller, SECRET_ACCESS_KEY};
use orgshake::sandbox::engine::state::State;
use orgshake::sandbox::keep::clock::Clock;
use orgshake::sandbox::keep::preloaded::PRELOADED;
use orgshake::sandbox::keep::sandbox::Sandbox;
use orgshake::sandbox::protocol::calls::mutates;
use serde_json::{Value, json};

use crate::support::machine;

pub const BILL: &str = "111111111111";
pub const JUAN: &str = "222222222222";
pub const MEMBER: &str = "666666666666";
pub const STRANGER: &str = "303030303030";
pub const OTHER: &str = "999999999999";
pub const PENDING: &str = "131313131313";
pub const READY: &str = "171717171717";
pub const BILLING: &str = "191919191919";
pub const BILLED: &str = "202020202020";
pub const MADE: &str = "2026-12-31T00:00:00Z";

fn clock(at: &str) -> Clock {
    at.parse().expect("a clock")
}

pub fn sandbox() -> Sandbox {
    Sandbox::new(&clock(MADE))
}

/// The same world at another time.
pub fn moved(sandbox: &Sandbox, at: &str) -> Sandbox {
    Sandbox::from_state(sandbox.state().clone(), &clock(at))
}

fn call(sandbox: &mut Sandbox, caller: &str, operation: &str, body: &Value) -> Result<Value, String> {
    let reply = sandbox.call(Caller::Account(caller.to_owned()), operation, body.to_string().as_bytes());
    let answer: Value = serde_json::from_slice(&reply.body).expect("JSON");
    if reply.status == 200 {
        return Ok(answer);
    }
    let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
    assert!(!text("Message").is_empty(), "{answer}");
    match text("Reason").as_str() {
        "" => Err(text("__type")),
        reason => Err(format!("{} {reason}", text("__type"))),
    }
}

#[track_caller]
pub fn refused(sandbox: &mut Sandbox, caller: &str, operation: &str, body: &Value, expected: &str) {
    let kept = sandbox.state().clone();
    assert_eq!(call(sandbox, caller, operation, body), Err(expected.to_owned()), "{operation} {body} by {caller}");
    assert_eq!(*sandbox.state(), kept, "a refused operation changes nothing");
}

#[track_caller]
pub fn done(sandbox: &mut Sandbox, caller: &str, operation: &str, body: &Value) -> Value {
    call(sandbox, caller, operation, body).unwrap_or_else(|refusal| panic!("{operation} {body} by {caller}: {refusal}"))
}

pub fn by_id(id: &str) -> Value {
    json!({ "HandshakeId": id })
}

pub fn invitation(id: &str) -> Value {
    let kind = if id.contains('@') { "EMAIL" } else { "ACCOUNT" };
    json!({ "Target": { "Id": id, "Type": kind } })
}

/// Returns all items of a list, read page by page, and the number of empty pages.
pub fn all(sandbox: &mut Sandbox, caller: &str, operation: &str, name: &str, input: &Value) -> (Vec<Value>, usize) {
    let (mut items, mut empty, mut input) = (Vec::new(), 0, input.clone());
    for _ in 0..2_000 {
        let page = done(sandbox, caller, operation, &input);
        let list = page[name].as_array().expect("a list");
        assert!(list.len() <= input["MaxResults"].as_u64().unwrap_or(20) as usize);
        empty += usize::from(list.is_empty());
        items.extend(list.iter().cloned());
        match page.get("NextToken") {
            None => return (items, empty),
            Some(token) => input["NextToken"] = token.clone(),
        }
    }
    panic!("no end to {operation}");
}

#[test]
fn invitations() {
    let mut world = sandbox();
    let invite = "InviteAccountToOrganization";
    let sent = done(
        &mut world,
        BILL,
        invite,
        &json!({
            "Target": { "Id": "303030303030@example.com", "Type": "EMAIL" },
            "Notes": "Welcome",
            "Tags": [{ "Key": "team", "Value": "" }],
        }),
    );
    let handshake = &sent["Handshake"];
    assert_eq!((&handshake["State"], &handshake["Action"]), (&json!("OPEN"), &json!("INVITE")));
    assert_eq!(handshake["Resources"][2], json!({ "Type": "NOTES", "Value": "Welcome" }));
    let lifetime =
        handshake["ExpirationTimestamp"].as_f64().unwrap() - handshake["RequestedTimestamp"].as_f64().unwrap();
    assert!((lifetime - 15.0 * 86_400.0).abs() < 0.01);
    // The account is the same under both names.
    for target in [STRANGER, "303030303030@EXAMPLE.com", JUAN, "juan@example.com", "nobody@example.com"] {
        refused(&mut world, BILL, invite, &invitation(target), "DuplicateHandshakeException");
    }
    let joined = "HandshakeConstraintViolationException ALREADY_IN_AN_ORGANIZATION";
    for target in [BILL, MEMBER, "member@example.com"] {
        refused(&mut world, BILL, invite, &invitation(target), joined);
    }
    refused(&mut world, MEMBER, invite, &invitation(JUAN), "AccessDeniedException");
    refused(&mut world, STRANGER, invite, &invitation(JUAN), "AWSOrganizationsNotInUseException");
    let disabled = "HandshakeConstraintViolationException INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES";
    refused(&mut world, PENDING, invite, &invitation(JUAN), disabled);

    done(&mut world, STRANGER, "AcceptHandshake", &by_id(handshake["Id"].as_str().unwrap()));
    let account = done(&mut world, BILL, "DescribeAccount", &json!({ "AccountId": STRANGER }));
    let account = &account["Account"];
    assert_eq!(account["Paths"], json!(["o-exampleorgid/r-examplerootid111/303030303030/"]));
    assert_eq!((&account["State"], &account["JoinedMethod"]), (&json!("ACTIVE"), &json!("INVITED")));
}

#[test]
fn quotas() {
    let mut world = sandbox();
    let invite = "InviteAccountToOrganization";
    // An organization can have ten accounts. It has two, so eight invitations are possible.
    let target = |n: usize| invitation(&format!("4040404040{n:02}"));
    let ids: Vec<_> = (0..8)
        .map(|n| done(&mut world, OTHER, invite, &target(n))["Handshake"]["Id"].as_str().unwrap().to_owned())
        .collect();
    let full = "HandshakeConstraintViolationException ACCOUNT_NUMBER_LIMIT_EXCEEDED";
    refused(&mut world, OTHER, invite, &target(8), full);
    done(&mut world, OTHER, "CancelHandshake", &by_id(&ids[0]));
    for n in 8..20 {
        let id = done(&mut world, OTHER, invite, &target(n))["Handshake"]["Id"].as_str().unwrap().to_owned();
        done(&mut world, OTHER, "CancelHandshake", &by_id(&id));
    }
    let often = "HandshakeConstraintViolationException HANDSHAKE_RATE_LIMIT_EXCEEDED";
    refused(&mut world, OTHER, invite, &target(20), often);
    // An accepted one doesn't count, and the count starts again the next day.
    done(&mut world, "404040404001", "AcceptHandshake", &by_id(&ids[1]));
    done(&mut moved(&world, "2026-12-31T00:30:00Z"), OTHER, invite, &target(20));
    done(&mut moved(&world, "2027-01-01T00:30:00Z"), OTHER, invite, &target(20));
}

#[test]
fn wrong_input_names_its_reason() {
    let mut world = sandbox();
    let long = |n: usize| "x".repeat(n);
    let tags = |tags: Value| json!({ "Target": { "Id": STRANGER, "Type": "ACCOUNT" }, "Tags": tags });
    let many: Vec<_> = (0..51).map(|n| json!({ "Key": format!("k{n}"), "Value": "" })).collect();
    for (body, reason) in [
        (json!({}), "INPUT_REQUIRED"),
        (json!({ "Target": { "Id": JUAN } }), "INPUT_REQUIRED"),
        (json!({ "Target": { "Id": "", "Type": "ACCOUNT" } }), "MIN_LENGTH_EXCEEDED"),
        (json!({ "Target": { "Id": long(65), "Type": "EMAIL" } }), "MAX_LENGTH_EXCEEDED"),
        (json!({ "Target": { "Id": "2222", "Type": "ACCOUNT" } }), "INVALID_PATTERN"),
        (json!({ "Target": { "Id": "juan", "Type": "EMAIL" } }), "INVALID_EMAIL_ADDRESS_TARGET"),
        (json!({ "Target": { "Id": "o-exampleorgid", "Type": "ORGANIZATION" } }), "INVALID_PARTY_TYPE_TARGET"),
        (json!({ "Target": { "Id": JUAN, "Type": "account" } }), "INVALID_ENUM"),
        (json!({ "Target": { "Id": STRANGER, "Type": "ACCOUNT" }, "Notes": long(1025) }), "MAX_LENGTH_EXCEEDED"),
        (tags(json!([{ "Key": "aws:x", "Value": "" }])), "INVALID_SYSTEM_TAGS_PARAMETER"),
        (tags(json!([{ "Key": "x", "Value": "" }, { "Key": "x", "Value": "" }])), "DUPLICATE_TAG_KEY"),
        (tags(json!([{ "Key": "x" }])), "INPUT_REQUIRED"),
        (tags(json!([{ "Key": "a;b", "Value": "" }])), "INVALID_PATTERN"),
        (tags(json!([{ "Key": long(129), "Value": "" }])), "MAX_LENGTH_EXCEEDED"),
    ] {
        let expected = format!("InvalidInputException {reason}");
        refused(&mut world, BILL, "InviteAccountToOrganization", &body, &expected);
    }
    let many = tags(many.into());
    let limit = "ConstraintViolationException MAX_TAG_LIMIT_EXCEEDED";
    refused(&mut world, BILL, "InviteAccountToOrganization", &many, limit);
    for (body, reason) in [
        (json!({ "MaxResults": 0 }), "MIN_VALUE_EXCEEDED"),
        (json!({ "MaxResults": -1 }), "MIN_VALUE_EXCEEDED"),
        (json!({ "MaxResults": 21 }), "MAX_VALUE_EXCEEDED"),
        (json!({ "NextToken": "x" }), "INVALID_NEXT_TOKEN"),
        (json!({ "NextToken": "é".repeat(40) }), "INVALID_NEXT_TOKEN"),
        (json!({ "Filter": { "ActionType": "JOIN" } }), "INVALID_ENUM"),
        (json!({ "Filter": { "ParentHandshakeId": "x" } }), "INVALID_PATTERN"),
        (
            json!({ "Filter": { "ActionType": "INVITE", "ParentHandshakeId": "h-exampleenable111" } }),
            "MAX_LIMIT_EXCEEDED_FILTER",
        ),
    ] {
        for operation in ["ListHandshakesForAccount", "ListHandshakesForOrganization"] {
            refused(&mut world, BILL, operation, &body, &format!("InvalidInputException {reason}"));
        }
    }
}

#[test]
fn all_features_are_enabled_after_two_approvals() {
    let mut world = sandbox();
    // There is a second invited member, and a created one in the other pending organization.
    let invited = done(&mut world, BILLING, "InviteAccountToOrganization", &invitation(JUAN));
    done(&mut world, JUAN, "AcceptHandshake", &by_id(invited["Handshake"]["Id"].as_str().unwrap()));
    let waiting = done(&mut world, BILLING, "InviteAccountToOrganization", &invitation(STRANGER));

    refused(&mut world, BILLED, "EnableAllFeatures", &json!({}), "AccessDeniedException");
    refused(&mut world, STRANGER, "EnableAllFeatures", &json!({}), "AWSOrganizationsNotInUseException");
    let constraint = |reason: &str| format!("HandshakeConstraintViolationException {reason}");
    let all_features = constraint("ORGANIZATION_ALREADY_HAS_ALL_FEATURES");
    refused(&mut world, BILL, "EnableAllFeatures", &json!({}), &all_features);
    let pending = constraint("ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION");
    refused(&mut world, PENDING, "EnableAllFeatures", &json!({}), &pending);
    refused(&mut world, READY, "EnableAllFeatures", &json!({}), &pending);

    let parent = done(&mut world, BILLING, "EnableAllFeatures", &json!({}))["Handshake"].clone();
    assert_eq!((&parent["Action"], &parent["State"]), (&json!("ENABLE_ALL_FEATURES"), &json!("REQUESTED")));
    assert_eq!(parent["Parties"], json!([{ "Id": "o-examplebillingorg", "Type": "ORGANIZATION" }]));
    assert_eq!(parent["Resources"], json!([{ "Type": "ORGANIZATION", "Value": "o-examplebillingorg" }]));
    let lifetime = parent["ExpirationTimestamp"].as_f64().unwrap() - parent["RequestedTimestamp"].as_f64().unwrap();
    assert!((lifetime - 90.0 * 86_400.0).abs() < 0.01);
    refused(&mut world, BILLING, "EnableAllFeatures", &json!({}), &pending);
    // Invitations of other organizations have ended.
    let waiting = by_id(waiting["Handshake"]["Id"].as_str().unwrap());
    refused(&mut world, STRANGER, "AcceptHandshake", &waiting, "InvalidHandshakeTransitionException");

    let parent = by_id(parent["Id"].as_str().unwrap());
    let filter = json!({ "Filter": { "ParentHandshakeId": parent["HandshakeId"] } });
    let (children, _) = all(&mut world, BILLING, "ListHandshakesForOrganization", "Handshakes", &filter);
    assert_eq!(children.len(), 2);
    for account in [BILLED, JUAN] {
        refused(&mut world, BILLING, "AcceptHandshake", &parent, "InvalidHandshakeTransitionException");
        let (mine, _) = all(&mut world, account, "ListHandshakesForAccount", "Handshakes", &filter);
        assert_eq!(mine.len(), 1);
        assert_eq!((&mine[0]["Action"], &mine[0]["State"]), (&json!("APPROVE_ALL_FEATURES"), &json!("OPEN")));
        let named = json!({ "Type": "PARENT_HANDSHAKE", "Value": parent["HandshakeId"] });
        assert!(mine[0]["Resources"].as_array().unwrap().contains(&named));
        let child = by_id(mine[0]["Id"].as_str().unwrap());
        refused(&mut world, BILLING, "AcceptHandshake", &child, "AccessDeniedException");
        done(&mut world, account, "AcceptHandshake", &child);
    }
    let described = done(&mut world, BILLING, "DescribeHandshake", &parent);
    assert_eq!(described["Handshake"]["State"], "OPEN");
    refused(&mut world, JUAN, "AcceptHandshake", &parent, "AccessDeniedException");
    done(&mut world, BILLING, "AcceptHandshake", &parent);
    let organization = done(&mut world, JUAN, "DescribeOrganization", &json!({}));
    assert_eq!(organization["Organization"]["FeatureSet"], "ALL");
    refused(&mut world, BILLING, "EnableAllFeatures", &json!({}), &all_features);
    refused(&mut world, BILLING, "AcceptHandshake", &parent, "HandshakeAlreadyInStateException");
}

#[test]
fn a_declined_approval_stops_it_until_the_account_leaves() {
    let mut world = sandbox();
    let parent = by_id("h-exampleenable111");
    done(&mut world, "151515151515", "DeclineHandshake", &by_id("h-exampleapprove111"));
    refused(&mut world, PENDING, "AcceptHandshake", &parent, "InvalidHandshakeTransitionException");
    done(&mut world, PENDING, "RemoveAccountFromOrganization", &json!({ "AccountId": "151515151515" }));
    done(&mut world, PENDING, "AcceptHandshake", &parent);

    // Canceling it withdraws the requests. After 90 days none are left.
    let mut world = sandbox();
    let late = "InvalidHandshakeTransitionException";
    let mut later = moved(&world, "2027-03-20T00:00:00Z");
    refused(&mut later, "151515151515", "AcceptHandshake", &by_id("h-exampleapprove111"), late);
    refused(&mut later, PENDING, "CancelHandshake", &parent, late);
    done(&mut later, PENDING, "EnableAllFeatures", &json!({}));
    done(&mut world, PENDING, "CancelHandshake", &parent);
    refused(&mut world, "151515151515", "AcceptHandshake", &by_id("h-exampleapprove111"), late);
}

#[test]
fn transfers() {
    let mut world = sandbox();
    let operation = "InviteOrganizationToTransferResponsibility";
    // 2027-03-01T00:00:00Z
    let start = 1_803_859_200_i64;
    let body = |target: &str, start: Value| {
        json!({
            "Type": "BILLING",
            "Target": { "Id": target, "Type": "ACCOUNT" },
            "StartTimestamp": start,
            "SourceName": "bills",
        })
    };
    let input = |reason: &str| format!("InvalidInputException {reason}");
    for (start, reason) in [
        (json!(start + 86_400), "START_DATE_NOT_BEGINNING_OF_MONTH"),
        (json!(start + 1), "START_DATE_NOT_BEGINNING_OF_DAY"),
        (json!(1_704_067_200), "START_DATE_TOO_EARLY"),
        (json!(1e300), "START_DATE_TOO_LATE"),
        (json!(null), "INPUT_REQUIRED"),
    ] {
        refused(&mut world, BILL, operation, &body(PENDING, start), &input(reason));
    }
    let mut odd = body(PENDING, json!(start));
    odd["Type"] = "SUPPORT".into();
    refused(&mut world, BILL, operation, &odd, &input("INVALID_ENUM"));
    odd = body(PENDING, json!(start));
    odd["SourceName"] = "é".into();
    refused(&mut world, BILL, operation, &odd, &input("INVALID_PATTERN"));

    let constraint = |reason: &str| format!("HandshakeConstraintViolationException {reason}");
    let same = constraint("SOURCE_AND_TARGET_CANNOT_MATCH");
    refused(&mut world, BILL, operation, &body(BILL, json!(start)), &same);
    let target = constraint("TARGET_ACCOUNT_VALIDATION_FAILURE");
    refused(&mut world, BILL, operation, &body(JUAN, json!(start)), &target);
    let exists = constraint("RESPONSIBILITY_TRANSFER_ALREADY_EXISTS");
    refused(&mut world, BILL, operation, &body(READY, json!(start)), &exists);
    refused(&mut world, BILL, operation, &body(OTHER, json!(start)), "DuplicateHandshakeException");
    let quota = "ConstraintViolationException RESPONSIBILITY_TRANSFER_MAX_INBOUND_QUOTA_VIOLATION";
    refused(&mut world, PENDING, operation, &body(BILLING, json!(start)), quota);
    refused(&mut world, MEMBER, operation, &body(PENDING, json!(start)), "AccessDeniedException");
    refused(&mut world, STRANGER, operation, &body(PENDING, json!(start)), "AWSOrganizationsNotInUseException");

    let sent = done(&mut world, BILL, operation, &body(PENDING, json!(start)))["Handshake"].clone();
    assert_eq!((&sent["State"], &sent["Action"]), (&json!("REQUESTED"), &json!("TRANSFER_RESPONSIBILITY")));
    let id = by_id(sent["Id"].as_str().unwrap());
    refused(&mut world, PENDING, "CancelHandshake", &id, "AccessDeniedException");
    refused(&mut world, BILL, "AcceptHandshake", &id, "AccessDeniedException");
    done(&mut world, PENDING, "AcceptHandshake", &id);
    refused(&mut world, PENDING, "AcceptHandshake", &id, "HandshakeAlreadyInStateException");
    done(&mut world, OTHER, "DeclineHandshake", &by_id("h-examplebills111"));
    let sent = done(&mut world, BILL, operation, &body(OTHER, json!(start)))["Handshake"].clone();
    done(&mut world, BILL, "CancelHandshake", &by_id(sent["Id"].as_str().unwrap()));
}

#[test]
fn expiry_and_retention_by_the_clock() {
    let world = sandbox();
    for (id, state, _) in PRELOADED {
        let everybody = (json!(state), 200);
        let mut now = moved(&world, MADE);
        let reply = now.call(Caller::Implied, "DescribeHandshake", by_id(id).to_string().as_bytes());
        let shown: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!((shown["Handshake"]["State"].clone(), reply.status), everybody, "{id}");
        let mut late = moved(&world, "2027-07-01T00:00:00Z");
        let reply = late.call(Caller::Implied, "DescribeHandshake", by_id(id).to_string().as_bytes());
        assert_eq!(reply.status, 400, "{id} is gone after 90 and 30 days");
    }
    let (list, _) = all(
        &mut moved(&world, "2027-07-01T00:00:00Z"),
        BILL,
        "ListHandshakesForOrganization",
        "Handshakes",
        &json!({}),
    );
    assert!(list.is_empty());
}

#[test]
fn pages() {
    let mut world = sandbox();
    let operation = "ListHandshakesForOrganization";
    let (whole, _) = all(&mut world, BILL, operation, "Handshakes", &json!({}));
    let sent = PRELOADED.iter().filter(|(id, ..)| {
        done(&mut sandbox(), BILL, "ListHandshakesForOrganization", &json!({})).to_string().contains(id)
    });
    assert_eq!(whole.len(), sent.count());
    for size in 1..=20 {
        let (items, empty) = all(&mut world, BILL, operation, "Handshakes", &json!({ "MaxResults": size }));
        assert_eq!(items, whole, "pages of {size}");
        assert_eq!(empty > 0, size < whole.len(), "an empty page where there are two at least");
    }
    for handshake in &whole {
        let described = done(&mut world, BILL, "DescribeHandshake", &by_id(handshake["Id"].as_str().unwrap()));
        assert_eq!(described["Handshake"], *handshake);
    }
    for action in ["INVITE", "TRANSFER_RESPONSIBILITY", "ENABLE_ALL_FEATURES"] {
        let filter = json!({ "Filter": { "ActionType": action } });
        let (items, _) = all(&mut world, BILL, operation, "Handshakes", &filter);
        let expected: Vec<_> = whole.iter().filter(|handshake| handshake["Action"] == action).cloned().collect();
        assert_eq!(items, expected);
    }
    // A token is valid only for the list that it came from, even after the list has grown.
    let first = done(&mut world, BILL, operation, &json!({ "MaxResults": 3 }));
    let token = first["NextToken"].clone();
    done(&mut world, BILL, "InviteAccountToOrganization", &invitation(STRANGER));
    let next = json!({ "NextToken": token });
    done(&mut world, BILL, operation, &next);
    let wrong = "InvalidInputException INVALID_NEXT_TOKEN";
    refused(&mut world, OTHER, operation, &next, wrong);
    refused(&mut world, BILL, "ListHandshakesForAccount", &next, wrong);
    refused(&mut world, BILL, "ListAccounts", &next, wrong);
    let filtered = json!({ "NextToken": token, "Filter": { "ActionType": "INVITE" } });
    refused(&mut world, BILL, operation, &filtered, wrong);
    refused(&mut world, MEMBER, operation, &json!({}), "AccessDeniedException");
    refused(&mut world, STRANGER, operation, &json!({}), "AWSOrganizationsNotInUseException");
    assert_eq!(all(&mut world, BILL, "ListAccounts", "Accounts", &json!({ "MaxResults": 1 })).0.len(), 3);
}

#[test]
fn the_other_operations() {
    let mut world = sandbox();
    let root = "r-examplerootid111";
    let roots = done(&mut world, BILL, "ListRoots", &json!({}));
    assert_eq!(roots["Roots"][0]["Id"], root);
    let create = "CreateOrganizationalUnit";
    let mut parent = root.to_owned();
    for level in 1..=5 {
        let made = done(&mut world, BILL, create, &json!({ "ParentId": parent, "Name": "Unit" }));
        let path = made["OrganizationalUnit"]["Path"].as_str().unwrap();
        assert!(path.starts_with("o-exampleorgid/r-examplerootid111/ou-") && path.matches('/').count() == level + 2);
        parent = made["OrganizationalUnit"]["Id"].as_str().unwrap().to_owned();
    }
    let deep = json!({ "ParentId": parent, "Name": "Unit" });
    refused(&mut world, BILL, create, &deep, "ConstraintViolationException OU_DEPTH_LIMIT_EXCEEDED");
    let again = json!({ "ParentId": root, "Name": "Unit" });
    refused(&mut world, BILL, create, &again, "DuplicateOrganizationalUnitException");
    let nowhere = json!({ "ParentId": "r-nowhere", "Name": "Unit" });
    refused(&mut world, BILL, create, &nowhere, "ParentNotFoundException");
    refused(&mut world, MEMBER, create, &again, "AccessDeniedException");
    let listed = done(&mut world, BILL, "ListOrganizationalUnitsForParent", &json!({ "ParentId": root }));
    assert_eq!(listed["OrganizationalUnits"].as_array().unwrap().len(), 1);

    let moving = |account: &str, source: &str, destination: &str| json!({ "AccountId": account, "SourceParentId": source, "DestinationParentId": destination });
    done(&mut world, BILL, "MoveAccount", &moving(MEMBER, root, &parent));
    let parents = done(&mut world, BILL, "ListParents", &json!({ "ChildId": MEMBER }));
    assert_eq!(parents["Parents"], json!([{ "Id": parent, "Type": "ORGANIZATIONAL_UNIT" }]));
    for (body, expected) in [
        (moving(MEMBER, root, &parent), "DuplicateAccountException"),
        (moving(MEMBER, root, root), "SourceParentNotFoundException"),
        (moving(MEMBER, "r-nowhere", root), "SourceParentNotFoundException"),
        (moving(MEMBER, &parent, "r-nowhere"), "DestinationParentNotFoundException"),
        (moving(JUAN, root, &parent), "AccountNotFoundException"),
    ] {
        refused(&mut world, BILL, "MoveAccount", &body, expected);
    }
    refused(&mut world, BILL, "ListParents", &json!({ "ChildId": JUAN }), "ChildNotFoundException");

    refused(&mut world, BILL, "LeaveOrganization", &json!({}), "MasterCannotLeaveOrganizationException");
    let young = "ConstraintViolationException WAIT_PERIOD_ACTIVE";
    refused(&mut world, "121212121212", "LeaveOrganization", &json!({}), young);
    done(&mut moved(&world, "2027-01-03T00:00:00Z"), "121212121212", "LeaveOrganization", &json!({}));
    done(&mut world, MEMBER, "LeaveOrganization", &json!({}));
    refused(&mut world, MEMBER, "LeaveOrganization", &json!({}), "AWSOrganizationsNotInUseException");
    let gone = json!({ "AccountId": MEMBER });
    refused(&mut world, BILL, "RemoveAccountFromOrganization", &gone, "AccountNotFoundException");
    refused(&mut world, BILL, "DescribeAccount", &gone, "AccountNotFoundException");

    refused(&mut world, BILL, "CreateOrganization", &json!({}), "AlreadyInOrganizationException");
    let features = json!({ "FeatureSet": "FULL" });
    refused(&mut world, MEMBER, "CreateOrganization", &features, "InvalidInputException INVALID_ENUM");
    let made = done(&mut world, MEMBER, "CreateOrganization", &json!({ "FeatureSet": "CONSOLIDATED_BILLING" }));
    assert_eq!(made["Organization"]["AvailablePolicyTypes"], json!([]));
    assert_eq!(done(&mut world, MEMBER, "DescribeOrganization", &json!({})), made);
    // There are no invited members: all features only have to be confirmed.
    let started = done(&mut world, MEMBER, "EnableAllFeatures", &json!({}));
    assert_eq!(started["Handshake"]["State"], "OPEN");
}

pub fn sts(sandbox: &mut Sandbox, key: &str, form: &[(&str, &str)]) -> (u16, String) {
    let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let reply = sandbox.sts_with_key(key, &form);
    (reply.status, String::from_utf8(reply.body).expect("text"))
}

pub fn element<'a>(xml: &'a str, name: &str) -> &'a str {
    let (_, rest) = xml.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("no {name} in {xml}"));
    rest.split_once(&format!("</{name}>")).expect("its end").0
}

#[test]
fn sessions() {
    let mut world = sandbox();
    let whoami = [("Action", "GetCallerIdentity"), ("Version", "2011-06-15")];
    let (status, xml) = sts(&mut world, BILL, &whoami);
    assert_eq!((status, element(&xml, "Account"), element(&xml, "Arn")), (200, BILL, "arn:aws:iam::111111111111:root"));
    let key = world.key(BILL).expect("a key");
    assert_eq!((key.secret.as_str(), key.session_token, key.expires), (SECRET_ACCESS_KEY, None, None));
    assert_eq!(world.key("AKIAIOSFODNN7EXAMPLE"), None);

    let role = "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole";
    let assume = [("Action", "AssumeRole"), ("RoleArn", role), ("RoleSessionName", "join")];
    let (status, xml) = sts(&mut world, BILL, &assume);
    assert_eq!(status, 200, "{xml}");
    let id = element(&xml, "AccessKeyId").to_owned();
    assert!(id.starts_with("ASIA") && id.len() == 20);
    let key = world.key(&id).expect("the key");
    assert_eq!(key.account, JUAN);
    assert_eq!(key.secret, element(&xml, "SecretAccessKey"));
    assert_eq!(key.session_token.as_deref(), Some(element(&xml, "SessionToken")));
    assert!(!format!("{key:?}").contains(&key.secret));
    assert_eq!(State::from_json(&world.state().to_json()).as_ref(), Ok(world.state()));
    let (_, xml) = sts(&mut world, &id, &whoami);
    assert_eq!(element(&xml, "Arn"), "arn:aws:sts::222222222222:assumed-role/OrganizationAccountAccessRole/join");
    // The same in every world.
    let mut twin = sandbox();
    sts(&mut twin, BILL, &assume);
    assert_eq!(twin.key(&id).map(|key| key.secret), Some(key.secret));

    let chained = [assume[0], assume[1], assume[2], ("DurationSeconds", "3601")];
    assert_eq!(element(&sts(&mut world, &id, &chained).1, "Code"), "ValidationError");
    for (form, status, code) in [
        (vec![], 400, "MissingAction"),
        (vec![("Action", "<Nothing>")], 400, "InvalidAction"),
        (vec![assume[0]], 400, "ValidationError"),
        (vec![assume[0], ("RoleArn", "x"), assume[2]], 400, "ValidationError"),
        (vec![assume[0], assume[1], ("RoleSessionName", "x y")], 400, "ValidationError"),
        (vec![assume[0], assume[1], assume[2], ("DurationSeconds", "1")], 400, "ValidationError"),
        (vec![assume[0], ("RoleArn", "arn:cn:iam::123123123123:role/R"), assume[2]], 400, "ValidationError"),
    ] {
        let (found, xml) = sts(&mut world, BILL, &form);
        assert_eq!((found, element(&xml, "Code")), (status, code), "{xml}");
        assert!(!xml.contains("<Nothing>"));
    }
}

#[test]
fn the_state_is_read_with_care() {
    let world = sandbox();
    let whole = world.state().to_json();
    assert_eq!(State::from_json(&whole).as_ref(), Ok(world.state()));
    let text = whole.to_string();
    let parsed: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(State::from_json(&parsed).as_ref(), Ok(world.state()));
    let open = "/handshakes/h-exampleopen111";
    for (pointer, value, expected) in [
        ("/made", json!(-1), "made: "),
        ("/accounts", json!([]), "accounts: "),
        ("/organizations/o-exampleorgid/featureSet", json!("FULL"), "organizations.o-exampleorgid.featureSet: "),
        (&format!("{open}/state"), json!("open"), "handshakes.h-exampleopen111.state: "),
        (&format!("{open}/requested"), json!(0), "handshakes.h-exampleopen111.requested: "),
        (&format!("{open}/organization"), json!("o-nowhere1234"), "handshakes.h-exampleopen111.organization: "),
        (&format!("{open}/recipient"), json!(null), "handshakes.h-exampleopen111: "),
        ("/accounts/666666666666/membership/parent", json!("r-nowhere"), "accounts.666666666666.membership: "),
    ] {
        let mut damaged = whole.clone();
        *damaged.pointer_mut(pointer).expect(pointer) = value;
        let problem = State::from_json(&damaged).expect_err(pointer);
        assert!(problem.starts_with(expected), "{problem}");
    }
    let mut extra = whole.clone();
    extra["accounts"]["111111111111"]["x\u{1b}"] = json!(1);
    let problem = State::from_json(&extra).expect_err("an unknown member");
    assert!(problem.starts_with("accounts.111111111111.x\\u{1b}: "), "{problem}");
    // Any value at any position is read or rejected, and never causes a panic.
    let mut pointers = vec![String::new()];
    fn walk(value: &Value, path: &str, pointers: &mut Vec<String>) {
        let children: Vec<_> = match value {
            Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
            Value::Array(list) => list.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
            _ => Vec::new(),
        };
        for (name, child) in children {
            let path = format!("{path}/{name}");
            pointers.push(path.clone());
            walk(child, &path, pointers);
        }
    }
    walk(&whole, "", &mut pointers);
    for (at, pointer) in pointers.iter().enumerate() {
        let strange = [json!(null), json!(1e300), json!("x"), json!([[]]), json!({ "x": {} })];
        let mut damaged = whole.clone();
        *damaged.pointer_mut(pointer).expect("a place") = strange[at % strange.len()].clone();
        let _ = State::from_json(&damaged);
    }
}

#[test]
fn the_printed_world() {
    let shown = sandbox().show();
    let names: Vec<_> = shown.as_object().unwrap().keys().collect();
    assert_eq!(names, ["Now", "Organizations", "StandaloneAccounts", "Handshakes"]);
    assert_eq!(shown["Handshakes"].as_array().unwrap().len(), PRELOADED.len());
    for (id, state, _) in PRELOADED {
        let found = shown["Handshakes"].as_array().unwrap().iter().find(|handshake| handshake["Id"] == *id);
        assert_eq!(found.unwrap()["State"], *state, "{id}");
    }
}

#[test]
fn operations_that_change_something_are_known() {
    for name in ["AcceptHandshake", "InviteAccountToOrganization", "EnableAllFeatures", "MoveAccount", "CreateAccount"]
    {
        assert!(mutates(name), "{name}");
    }
    for name in
        ["DescribeHandshake", "ListHandshakesForAccount", "ListRoots", "ListPolicies", "ListTagsForResource", ""]
    {
        assert!(!mutates(name), "{name}");
    }
}

#[test]
fn any_bytes_get_a_response() {
    let operations = [
        "InviteAccountToOrganization",
        "InviteOrganizationToTransferResponsibility",
        "ListHandshakesForOrganization",
        "ListHandshakesForAccount",
        "CreateOrganizationalUnit",
        "MoveAccount",
        "ListParents",
    ];
    let seed = json!({
        "Target": { "Id": "juan@example.com", "Type": "EMAIL" },
        "Notes": "x", "Tags": [{ "Key": "a", "Value": "b" }],
        "Type": "BILLING", "StartTimestamp": 1_803_859_200, "SourceName": "s",
        "Filter": { "ActionType": "INVITE" }, "MaxResults": 3, "NextToken": null,
        "ParentId": "r-examplerootid111", "Name": "n", "AccountId": MEMBER, "ChildId": MEMBER,
    })
    .to_string()
    .into_bytes();
    let mut world = sandbox();
    let mut number: u32 = 1;
    let mut next = move || {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        number >> 16
    };
    for round in 0..6_000 {
        let mut body = seed.clone();
        for _ in 0..next() % 4 {
            let at = next() as usize % body.len();
            match next() % 3 {
                0 => body[at] = (next() & 255) as u8,
                1 => body.insert(at, b"{}[]\",:0e-"[next() as usize % 10]),
                _ => body.truncate(at.max(1)),
            }
        }
        let reply = world.call(Caller::Implied, operations[round % operations.len()], &body);
        assert!(matches!(reply.status, 200 | 400), "{}", reply.status);
        let answer: Value = serde_json::from_slice(&reply.body).expect("JSON");
        assert_eq!(reply.status == 400, answer.get("__type").is_some());
    }
}

#[test]
fn ten_thousand_handshakes_stay_quick() {
    let mut world = sandbox();
    let began = Instant::now();
    let mut ids = Vec::new();
    for n in 0..9_900 {
        let sent = done(&mut world, BILL, "InviteAccountToOrganization", &invitation(&format!("5{n:011}")));
        ids.push(sent["Handshake"]["Id"].as_str().unwrap().to_owned());
    }
    let invited = began.elapsed();
    let began = Instant::now();
    let (list, _) = all(&mut world, BILL, "ListHandshakesForOrganization", "Handshakes", &json!({}));
    assert!(list.len() > 9_900);
    let listed = began.elapsed();
    let began = Instant::now();
    for (n, id) in ids.iter().enumerate().take(1_000) {
        done(&mut world, &format!("5{n:011}"), "AcceptHandshake", &by_id(id));
    }
    let accepted = began.elapsed();
    let began = Instant::now();
    assert_eq!(State::from_json(&world.state().to_json()).as_ref(), Ok(world.state()));
    let kept = began.elapsed();
    println!(
        "9,900 invitations {invited:?}, listed {listed:?}, 1,000 accepted {accepted:?}, written and read {kept:?}"
    );
    // Far more than a debug build needs. Quadratic time would be minutes.
    assert!(invited + listed + accepted + kept < machine::seconds(60));
}
