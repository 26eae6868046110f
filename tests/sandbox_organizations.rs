//! The sandbox's operations around handshakes, and the rules for accounts that move: by the calls that show them.

use orgshake::sandbox::engine::caller::Caller;
use orgshake::sandbox::engine::state::State;
use orgshake::sandbox::keep::sandbox::Sandbox;
use serde_json::{Value, json};

use crate::sandbox_engine::{
    BILL, BILLED, BILLING, JUAN, MEMBER, OTHER, PENDING, STRANGER, all, by_id, done, element, invitation, moved,
    refused, sandbox, sts,
};

const ROOT: &str = "r-examplerootid111";
const CREATED: &str = "121212121212";

fn none() -> Value {
    json!({})
}

fn account(id: &str) -> Value {
    json!({ "AccountId": id })
}

fn resource(id: &str) -> Value {
    json!({ "ResourceId": id })
}

/// Invites an account and accepts for it. Returns what accepting needs.
fn invited(world: &mut Sandbox, manager: &str, id: &str) -> Value {
    let sent = done(world, manager, "InviteAccountToOrganization", &invitation(id));
    by_id(sent["Handshake"]["Id"].as_str().expect("an id"))
}

#[test]
fn an_organization_is_deleted_when_its_management_account_is_alone() {
    let mut world = sandbox();
    refused(&mut world, STRANGER, "DeleteOrganization", &none(), "AWSOrganizationsNotInUseException");
    refused(&mut world, MEMBER, "DeleteOrganization", &none(), "AccessDeniedException");
    refused(&mut world, OTHER, "DeleteOrganization", &none(), "OrganizationNotEmptyException");
    done(&mut world, OTHER, "RemoveAccountFromOrganization", &account("101010101010"));
    let transfer = "ConstraintViolationException ACTIVE_RESPONSIBILITY_TRANSFER_PROCESS";
    refused(&mut world, OTHER, "DeleteOrganization", &none(), transfer);
    done(&mut world, OTHER, "DeclineHandshake", &by_id("h-examplebills111"));
    // Units may remain, and an invitation that waits is taken along.
    done(
        &mut world,
        OTHER,
        "CreateOrganizationalUnit",
        &json!({ "ParentId": "r-exampleotherroot111", "Name": "Unit" }),
    );
    let waiting = invited(&mut world, OTHER, STRANGER);
    done(&mut world, OTHER, "DeleteOrganization", &none());
    refused(&mut world, OTHER, "DescribeOrganization", &none(), "AWSOrganizationsNotInUseException");
    refused(&mut world, STRANGER, "AcceptHandshake", &waiting, "HandshakeNotFoundException");
    assert_eq!(all(&mut world, STRANGER, "ListHandshakesForAccount", "Handshakes", &none()).0, Vec::<Value>::new());
    // That is the way for a management account to move.
    done(&mut world, OTHER, "AcceptHandshake", &by_id("h-examplemanagement111"));
    assert_eq!(State::from_json(&world.state().to_json()).as_ref(), Ok(world.state()));
}

#[test]
fn units_are_shown_renamed_and_deleted() {
    let mut world = sandbox();
    let unit = |world: &mut Sandbox, parent: &str, name: &str| {
        let made = done(world, BILL, "CreateOrganizationalUnit", &json!({ "ParentId": parent, "Name": name }));
        made["OrganizationalUnit"]["Id"].as_str().unwrap().to_owned()
    };
    let (first, second) = (unit(&mut world, ROOT, "First"), unit(&mut world, ROOT, "Second"));
    let inner = unit(&mut world, &first, "Inner");
    let named = |id: &str| json!({ "OrganizationalUnitId": id });
    let renamed = |id: &str, name: &str| json!({ "OrganizationalUnitId": id, "Name": name });
    let shown = done(&mut world, BILL, "DescribeOrganizationalUnit", &named(&inner))["OrganizationalUnit"].clone();
    assert_eq!(shown["Path"], format!("o-exampleorgid/{ROOT}/{first}/{inner}/"));

    let duplicate = "DuplicateOrganizationalUnitException";
    refused(&mut world, BILL, "UpdateOrganizationalUnit", &renamed(&first, "Second"), duplicate);
    let same = done(&mut world, BILL, "UpdateOrganizationalUnit", &renamed(&first, "First"));
    assert_eq!(done(&mut world, BILL, "UpdateOrganizationalUnit", &named(&first)), same);
    let changed = done(&mut world, BILL, "UpdateOrganizationalUnit", &renamed(&inner, "Second"));
    assert_eq!(
        (&changed["OrganizationalUnit"]["Name"], &changed["OrganizationalUnit"]["Id"]),
        (&json!("Second"), &json!(inner))
    );

    let moving = json!({ "AccountId": MEMBER, "SourceParentId": ROOT, "DestinationParentId": second });
    done(&mut world, BILL, "MoveAccount", &moving);
    let full = "OrganizationalUnitNotEmptyException";
    refused(&mut world, BILL, "DeleteOrganizationalUnit", &named(&first), full);
    refused(&mut world, BILL, "DeleteOrganizationalUnit", &named(&second), full);
    done(&mut world, BILL, "DeleteOrganizationalUnit", &named(&inner));
    done(&mut world, BILL, "DeleteOrganizationalUnit", &named(&first));
    let input = |reason: &str| format!("InvalidInputException {reason}");
    for operation in ["DescribeOrganizationalUnit", "UpdateOrganizationalUnit", "DeleteOrganizationalUnit"] {
        refused(&mut world, BILL, operation, &renamed(&first, "New"), "OrganizationalUnitNotFoundException");
        refused(&mut world, BILL, operation, &none(), &input("INPUT_REQUIRED"));
        refused(&mut world, BILL, operation, &renamed("ou-1", "New"), &input("INVALID_PATTERN"));
        refused(&mut world, MEMBER, operation, &renamed(&second, "New"), "AccessDeniedException");
        refused(&mut world, STRANGER, operation, &renamed(&second, "New"), "AWSOrganizationsNotInUseException");
    }
    refused(&mut world, BILL, "UpdateOrganizationalUnit", &renamed(&second, ""), &input("MIN_LENGTH_EXCEEDED"));
}

#[test]
fn children_are_listed_page_by_page() {
    let mut world = sandbox();
    let mut units: Vec<_> = (0..30)
        .map(|n| {
            let unit = json!({ "ParentId": ROOT, "Name": format!("Unit {n}") });
            done(&mut world, BILL, "CreateOrganizationalUnit", &unit)["OrganizationalUnit"]["Id"].clone()
        })
        .collect();
    units.sort_by_key(Value::to_string);
    let mut accounts: Vec<_> = (0..25).map(|n| format!("5050505050{n:02}")).collect();
    for id in &accounts {
        let accept = invited(&mut world, BILL, id);
        done(&mut world, id, "AcceptHandshake", &accept);
    }
    let moving = json!({ "AccountId": accounts[3], "SourceParentId": ROOT, "DestinationParentId": units[0] });
    done(&mut world, BILL, "MoveAccount", &moving);
    accounts.remove(3);
    accounts.extend([BILL, CREATED, MEMBER].map(str::to_owned));
    accounts.sort();
    for size in [1, 7, 20] {
        let list = |world: &mut Sandbox, kind: &str, parent: &Value| {
            let input = json!({ "ParentId": parent, "ChildType": kind, "MaxResults": size });
            let (children, _) = all(world, BILL, "ListChildren", "Children", &input);
            assert!(children.iter().all(|child| child["Type"] == kind));
            children.into_iter().map(|child| child["Id"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(list(&mut world, "ORGANIZATIONAL_UNIT", &json!(ROOT)), units);
        assert_eq!(list(&mut world, "ACCOUNT", &json!(ROOT)), accounts);
        assert_eq!(list(&mut world, "ACCOUNT", &units[0]), ["505050505003"]);
        let input = json!({ "ParentId": ROOT, "MaxResults": size });
        let (listed, _) = all(&mut world, BILL, "ListAccountsForParent", "Accounts", &input);
        assert_eq!(listed.iter().map(|account| account["Id"].clone()).collect::<Vec<_>>(), accounts);
    }
    let kind = |kind: &str| json!({ "ParentId": ROOT, "ChildType": kind });
    refused(&mut world, BILL, "ListChildren", &kind("ROOT"), "InvalidInputException INVALID_ENUM");
    refused(&mut world, BILL, "ListChildren", &json!({ "ParentId": ROOT }), "InvalidInputException INPUT_REQUIRED");
    let nowhere = json!({ "ParentId": "r-nowhere", "ChildType": "ACCOUNT" });
    for operation in ["ListChildren", "ListAccountsForParent"] {
        refused(&mut world, BILL, operation, &nowhere, "ParentNotFoundException");
        refused(&mut world, MEMBER, operation, &kind("ACCOUNT"), "AccessDeniedException");
    }
}

#[test]
fn tags_of_accounts_roots_and_units() {
    let mut world = sandbox();
    let mut with_tags = invitation(STRANGER);
    with_tags["Tags"] = json!([{ "Key": "team", "Value": "a" }, { "Key": "cost", "Value": "" }]);
    let sent = done(&mut world, BILL, "InviteAccountToOrganization", &with_tags);
    let target = "TargetNotFoundException";
    refused(&mut world, BILL, "ListTagsForResource", &resource(STRANGER), target);
    done(&mut world, STRANGER, "AcceptHandshake", &by_id(sent["Handshake"]["Id"].as_str().unwrap()));
    let list = |world: &mut Sandbox, id: &str| all(world, BILL, "ListTagsForResource", "Tags", &resource(id)).0;
    // The tags of the invitation have arrived.
    assert_eq!(
        list(&mut world, STRANGER),
        [json!({ "Key": "cost", "Value": "" }), json!({ "Key": "team", "Value": "a" })]
    );
    // They end with the membership.
    done(&mut world, BILL, "RemoveAccountFromOrganization", &account(STRANGER));
    refused(&mut world, BILL, "ListTagsForResource", &resource(STRANGER), target);

    let unit = json!({ "ParentId": ROOT, "Name": "Unit", "Tags": [{ "Key": "k0", "Value": "old" }] });
    let unit = done(&mut world, BILL, "CreateOrganizationalUnit", &unit)["OrganizationalUnit"]["Id"].clone();
    let unit = unit.as_str().unwrap().to_owned();
    let fifty: Vec<_> = (0..50).map(|n| json!({ "Key": format!("k{n}"), "Value": "new" })).collect();
    for id in [ROOT, &unit, MEMBER, BILL] {
        done(&mut world, BILL, "TagResource", &json!({ "ResourceId": id, "Tags": fifty }));
        assert_eq!(list(&mut world, id).len(), 50);
        let more = json!({ "ResourceId": id, "Tags": [{ "Key": "more", "Value": "" }] });
        refused(&mut world, BILL, "TagResource", &more, "ConstraintViolationException MAX_TAG_LIMIT_EXCEEDED");
        done(&mut world, BILL, "UntagResource", &json!({ "ResourceId": id, "TagKeys": ["k0", "k1", "other"] }));
        done(&mut world, BILL, "TagResource", &more);
        assert_eq!(list(&mut world, id).len(), 49);
    }
    let tag = |id: &str, key: &str| json!({ "ResourceId": id, "Tags": [{ "Key": key, "Value": "" }] });
    let untag = |id: &str, key: &str| json!({ "ResourceId": id, "TagKeys": [key] });
    let input = |reason: &str| format!("InvalidInputException {reason}");
    let system = input("INVALID_SYSTEM_TAGS_PARAMETER");
    refused(&mut world, BILL, "TagResource", &tag(MEMBER, "aws:x"), &system);
    refused(&mut world, BILL, "UntagResource", &untag(MEMBER, "AWS:x"), &system);
    refused(&mut world, BILL, "TagResource", &resource(MEMBER), &input("INPUT_REQUIRED"));
    refused(&mut world, BILL, "UntagResource", &resource(MEMBER), &input("INPUT_REQUIRED"));
    let twice = json!({ "ResourceId": MEMBER, "Tags": [{ "Key": "a", "Value": "" }, { "Key": "a", "Value": "" }] });
    refused(&mut world, BILL, "TagResource", &twice, &input("DUPLICATE_TAG_KEY"));
    for (operation, body) in [
        ("TagResource", &tag as &dyn Fn(&str, &str) -> Value),
        ("UntagResource", &untag),
        ("ListTagsForResource", &|id, _| resource(id)),
    ] {
        refused(&mut world, BILL, operation, &body("x", "k"), &input("INVALID_PATTERN"));
        for elsewhere in [JUAN, "r-exampleotherroot111", "ou-examplerootid111-nowhere1", "p-12345678"] {
            refused(&mut world, BILL, operation, &body(elsewhere, "k"), target);
        }
        refused(&mut world, MEMBER, operation, &body(MEMBER, "k"), "AccessDeniedException");
        refused(&mut world, STRANGER, operation, &body(MEMBER, "k"), "AWSOrganizationsNotInUseException");
    }
    assert_eq!(State::from_json(&world.state().to_json()).as_ref(), Ok(world.state()));
}

fn creation(world: &mut Sandbox, manager: &str, email: &str) -> Value {
    let body = json!({ "Email": email, "AccountName": "New", "Tags": [{ "Key": "team", "Value": "a" }] });
    done(world, manager, "CreateAccount", &body)["CreateAccountStatus"].clone()
}

fn status(world: &mut Sandbox, manager: &str, creation: &Value) -> Value {
    let body = json!({ "CreateAccountRequestId": creation["Id"] });
    done(world, manager, "DescribeCreateAccountStatus", &body)["CreateAccountStatus"].clone()
}

#[test]
fn an_account_is_created_in_a_while() {
    let mut world = sandbox();
    let asked = creation(&mut world, BILL, "new@example.com");
    assert_eq!((&asked["State"], &asked["AccountName"]), (&json!("IN_PROGRESS"), &json!("New")));
    assert!(asked.get("AccountId").is_none() && asked.get("CompletedTimestamp").is_none());
    assert_eq!(status(&mut world, BILL, &asked), asked);
    assert_eq!(all(&mut world, BILL, "ListAccounts", "Accounts", &none()).0.len(), 3);
    // The state file has it on its way.
    let kept = State::from_json(&world.state().to_json()).unwrap();
    assert_eq!(kept, *world.state());

    let mut later = moved(&world, "2026-12-31T00:01:00Z");
    let made = status(&mut later, BILL, &asked);
    assert_eq!(made["State"], "SUCCEEDED");
    let seconds = |name: &str| made[name].as_f64().unwrap();
    assert!((seconds("CompletedTimestamp") - seconds("RequestedTimestamp") - 3.0).abs() < 0.01);
    let id = made["AccountId"].as_str().unwrap().to_owned();
    let shown = done(&mut later, BILL, "DescribeAccount", &account(&id))["Account"].clone();
    assert_eq!((&shown["Email"], &shown["JoinedMethod"]), (&json!("new@example.com"), &json!("CREATED")));
    assert_eq!(shown["JoinedTimestamp"], made["CompletedTimestamp"]);
    let (tags, _) = all(&mut later, BILL, "ListTagsForResource", "Tags", &resource(&id));
    assert_eq!(tags, [json!({ "Key": "team", "Value": "a" })]);
    let wait = "ConstraintViolationException WAIT_PERIOD_ACTIVE";
    refused(&mut later, BILL, "RemoveAccountFromOrganization", &account(&id), wait);
    // Whoever looks first, and whenever: the world is the same.
    let mut much_later = moved(&world, "2027-02-01T00:00:00Z");
    done(&mut much_later, BILL, "ListRoots", &none());
    assert_eq!(much_later.state(), later.state());
    assert!(moved(&world, "2026-12-31T00:01:00Z").show().to_string().contains(&id));

    refused(&mut later, BILL, "DescribeCreateAccountStatus", &none(), "InvalidInputException INPUT_REQUIRED");
    let unknown = json!({ "CreateAccountRequestId": "car-nowhere1" });
    let known = json!({ "CreateAccountRequestId": asked["Id"] });
    let lost = "CreateAccountStatusNotFoundException";
    refused(&mut later, BILL, "DescribeCreateAccountStatus", &unknown, lost);
    refused(&mut later, OTHER, "DescribeCreateAccountStatus", &known, lost);
    refused(&mut later, MEMBER, "DescribeCreateAccountStatus", &known, "AccessDeniedException");
}

#[test]
fn an_account_that_cannot_be_created_fails_afterwards() {
    let mut world = sandbox();
    // Two accounts are there, and six are invited: two more can be created.
    for n in 0..6 {
        invited(&mut world, OTHER, &format!("4040404040{n:02}"));
    }
    let emails = ["one@example.com", "ONE@example.com", "juan@example.com", "o,e@example.com", "two@example.com"];
    let asked = emails.map(|email| creation(&mut world, OTHER, email));
    assert!(asked.iter().all(|asked| asked["State"] == "IN_PROGRESS"));
    // Five at once, and no more.
    let sixth = json!({ "Email": "three@example.com", "AccountName": "New" });
    refused(&mut world, OTHER, "CreateAccount", &sixth, "TooManyRequestsException");
    let full = "HandshakeConstraintViolationException ACCOUNT_NUMBER_LIMIT_EXCEEDED";
    refused(&mut world, OTHER, "InviteAccountToOrganization", &invitation(STRANGER), full);
    done(&mut world, OTHER, "RemoveAccountFromOrganization", &account("101010101010"));
    done(&mut world, OTHER, "DeclineHandshake", &by_id("h-examplebills111"));
    refused(&mut world, OTHER, "DeleteOrganization", &none(), "OrganizationNotEmptyException");

    let mut later = moved(&world, "2026-12-31T00:01:00Z");
    let reasons = asked.each_ref().map(|asked| status(&mut later, OTHER, asked)["FailureReason"].clone());
    let expected = ["", "CONCURRENT_ACCOUNT_MODIFICATION", "EMAIL_ALREADY_EXISTS", "INVALID_EMAIL", ""];
    assert_eq!(reasons.map(|reason| reason.as_str().unwrap_or_default().to_owned()), expected);
    invited(&mut later, OTHER, STRANGER);
    let late = creation(&mut later, OTHER, "three@example.com");
    let mut last = moved(&later, "2026-12-31T00:02:00Z");
    let failed = status(&mut last, OTHER, &late);
    assert_eq!((&failed["State"], &failed["FailureReason"]), (&json!("FAILED"), &json!("ACCOUNT_LIMIT_EXCEEDED")));
    let list = |world: &mut Sandbox, states: Value| {
        let input = json!({ "States": states, "MaxResults": 2 });
        all(world, OTHER, "ListCreateAccountStatus", "CreateAccountStatuses", &input).0.len()
    };
    assert_eq!(list(&mut last, json!(null)), 6);
    assert_eq!(list(&mut last, json!(["SUCCEEDED"])), 2);
    assert_eq!(list(&mut last, json!(["FAILED", "IN_PROGRESS"])), 4);
    let wrong = json!({ "States": ["DONE"] });
    refused(&mut last, OTHER, "ListCreateAccountStatus", &wrong, "InvalidInputException INVALID_ENUM");
    for (body, reason) in [
        (json!({ "Email": "new@example.com" }), "INPUT_REQUIRED"),
        (json!({ "AccountName": "New" }), "INPUT_REQUIRED"),
        (json!({ "Email": "a@b.c", "AccountName": "New" }), "MIN_LENGTH_EXCEEDED"),
        (json!({ "Email": "nobody", "AccountName": "New" }), "INVALID_PATTERN"),
        (json!({ "Email": "new@example.com", "AccountName": "é" }), "INVALID_PATTERN"),
        (json!({ "Email": "new@example.com", "AccountName": "x".repeat(51) }), "MAX_LENGTH_EXCEEDED"),
        (json!({ "Email": "new@example.com", "AccountName": "New", "RoleName": "a b" }), "INVALID_PATTERN"),
        (
            json!({ "Email": "new@example.com", "AccountName": "New", "RoleName": "AWSServiceRoleForX" }),
            "INVALID_ROLE_NAME",
        ),
        (json!({ "Email": "new@example.com", "AccountName": "New", "IamUserAccessToBilling": "YES" }), "INVALID_ENUM"),
    ] {
        refused(&mut last, OTHER, "CreateAccount", &body, &format!("InvalidInputException {reason}"));
    }
    refused(&mut last, STRANGER, "CreateAccount", &sixth, "AWSOrganizationsNotInUseException");
}

#[test]
fn an_account_moves_directly_at_four_days_into_an_organization_of_seven() {
    let mut world = sandbox();
    let wait = "ConstraintViolationException WAIT_PERIOD_ACTIVE";
    // It was created two days ago, and a member that was invited yesterday may go at once.
    let accept = invited(&mut world, OTHER, CREATED);
    refused(&mut world, CREATED, "AcceptHandshake", &accept, wait);
    refused(&mut moved(&world, "2027-01-01T23:59:00Z"), CREATED, "AcceptHandshake", &accept, wait);
    done(&mut moved(&world, "2027-01-02T00:00:00Z"), CREATED, "AcceptHandshake", &accept);
    let accept = invited(&mut world, OTHER, MEMBER);
    done(&mut world, MEMBER, "AcceptHandshake", &accept);

    // The age of the organization that takes over counts, and only for accounts of another one.
    done(&mut world, STRANGER, "CreateOrganization", &none());
    let accept = invited(&mut world, STRANGER, JUAN);
    done(&mut world, JUAN, "AcceptHandshake", &accept);
    let accept = invited(&mut world, STRANGER, "101010101010");
    refused(&mut world, "101010101010", "AcceptHandshake", &accept, wait);
    refused(&mut moved(&world, "2027-01-06T23:59:00Z"), "101010101010", "AcceptHandshake", &accept, wait);
    done(&mut moved(&world, "2027-01-07T00:01:00Z"), "101010101010", "AcceptHandshake", &accept);
    // The organization that it leaves may be younger.
    done(&mut world, JUAN, "AcceptHandshake", &by_id("h-examplehandshakeid111"));
    // A standalone account need not wait.
    done(&mut world, "101010101010", "LeaveOrganization", &none());
    done(&mut world, "101010101010", "AcceptHandshake", &accept);
}

#[test]
fn approvals_are_canceled_when_the_request_expires() {
    let world = sandbox();
    let mut late = moved(&world, "2027-03-25T00:00:00Z");
    let state = |world: &mut Sandbox, id: &str| {
        done(world, PENDING, "DescribeHandshake", &by_id(id))["Handshake"]["State"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(&mut late, "h-exampleenable111"), "EXPIRED");
    assert_eq!(state(&mut late, "h-exampleapprove111"), "CANCELED");
    let canceled = "HandshakeAlreadyInStateException";
    assert_eq!(state(&mut moved(&world, "2027-03-10T00:00:00Z"), "h-exampleapprove111"), "OPEN");
    refused(&mut late, PENDING, "CancelHandshake", &by_id("h-exampleapprove111"), canceled);
    let (mine, _) = all(&mut late, "151515151515", "ListHandshakesForAccount", "Handshakes", &none());
    assert_eq!(mine[0]["State"], "CANCELED");
}

#[test]
fn policy_types_come_with_the_organization_and_not_with_enabling_all_features() {
    let mut world = sandbox();
    let enabled = json!([{ "Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED" }]);
    let types = |world: &mut Sandbox, manager: &str| {
        let root = done(world, manager, "ListRoots", &none())["Roots"][0]["PolicyTypes"].clone();
        let available = done(world, manager, "DescribeOrganization", &none());
        (root, available["Organization"]["AvailablePolicyTypes"].clone())
    };
    done(&mut world, STRANGER, "CreateOrganization", &none());
    for manager in [BILL, STRANGER] {
        assert_eq!(types(&mut world, manager), (enabled.clone(), enabled.clone()));
    }
    assert_eq!(types(&mut world, BILLING), (json!([]), json!([])));
    done(&mut world, BILLING, "RemoveAccountFromOrganization", &account(BILLED));
    let started = done(&mut world, BILLING, "EnableAllFeatures", &none());
    done(&mut world, BILLING, "AcceptHandshake", &by_id(started["Handshake"]["Id"].as_str().unwrap()));
    for manager in [BILLING, OTHER] {
        assert_eq!(types(&mut world, manager), (json!([]), enabled.clone()));
    }
}

#[test]
fn a_role_keeps_its_partition() {
    let mut world = sandbox();
    for partition in ["aws", "aws-us-gov", "aws-cn"] {
        // Nobody has named this account yet.
        let role = format!("arn:{partition}:iam::818181818181:role/path/Admin");
        for action in ["AssumeRole", "AssumeRoleWithWebIdentity"] {
            let form =
                [("Action", action), ("RoleArn", &role), ("RoleSessionName", "me"), ("WebIdentityToken", "jwt.")];
            let (status, xml) = sts(&mut world, BILL, &form);
            assert_eq!(status, 200, "{xml}");
            let session = format!("arn:{partition}:sts::818181818181:assumed-role/Admin/me");
            assert_eq!(element(&xml, "Arn"), session);
            let id = element(&xml, "AccessKeyId").to_owned();
            assert_eq!(element(&sts(&mut world, &id, &[("Action", "GetCallerIdentity")]).1, "Arn"), session);
            assert_eq!(State::from_json(&world.state().to_json()).as_ref(), Ok(world.state()));
        }
        let role = format!("arn:{partition}:iam::{BILL}:role/Admin");
        let form = [("Action", "AssumeRole"), ("RoleArn", &role), ("RoleSessionName", "me")];
        let (_, xml) = sts(&mut world, BILL, &form);
        let caller = world.key(element(&xml, "AccessKeyId")).expect("the key").caller();
        assert_eq!(caller, Caller::Session { account: BILL.to_owned(), partition: partition.to_owned() });
        for (operation, member) in [
            ("DescribeOrganization", "MasterAccountArn"),
            ("ListAccounts", "Arn"),
            ("ListHandshakesForOrganization", "Arn"),
        ] {
            let reply = world.call(caller.clone(), operation, b"{}");
            let text = String::from_utf8(reply.body).expect("text");
            let start = format!("\"{member}\":\"arn:{partition}:organizations::{BILL}:");
            assert!(text.contains(&start), "{text}");
        }
    }
    for token in ["", "abc"] {
        let role = "arn:aws:iam::818181818181:role/Admin";
        let form = [
            ("Action", "AssumeRoleWithWebIdentity"),
            ("RoleArn", role),
            ("RoleSessionName", "me"),
            ("WebIdentityToken", token),
        ];
        assert_eq!(element(&sts(&mut world, "", &form).1, "Code"), "ValidationError");
    }
}

#[test]
fn a_state_file_of_an_earlier_version_is_read() {
    let mut world = sandbox();
    let role = ("RoleArn", "arn:aws:iam::222222222222:role/Admin");
    let (_, xml) = sts(&mut world, BILL, &[("Action", "AssumeRole"), role, ("RoleSessionName", "me")]);
    let mut old = world.state().to_json();
    old.as_object_mut().unwrap().remove("creations");
    for (id, organization) in old["organizations"].as_object_mut().unwrap() {
        let members = organization.as_object_mut().unwrap();
        members.remove("rootTags");
        // Earlier versions didn't tell this from the feature set.
        if id != "o-exampleotherorg" {
            members.remove("serviceControlPolicies");
        }
    }
    for session in old["sessions"].as_object_mut().unwrap().values_mut() {
        session.as_object_mut().unwrap().remove("partition");
    }
    assert_eq!(
        old["sessions"].as_object().unwrap().keys().next().map(String::as_str),
        Some(element(&xml, "AccessKeyId"))
    );
    assert_eq!(State::from_json(&old).as_ref(), Ok(world.state()));
}
