//! Every response of the sandbox is one that the service's model allows: members, types, enums, patterns and lengths.

use std::collections::{BTreeMap, BTreeSet};

use orgshake::sandbox::engine::caller::Caller;
use orgshake::sandbox::keep::clock::Clock;
use orgshake::sandbox::keep::sandbox::Sandbox;
use orgshake::sandbox::protocol::calls::operations;
use serde_json::{Map, Value, json};

use crate::support::model::Model;

const BILL: &str = "111111111111";
const ROOT: &str = "r-examplerootid111";
const START: i64 = 1_803_859_200;

/// A sandbox whose responses are checked, and the codes that each operation has returned; the empty one for success.
struct Checked {
    sandbox: Sandbox,
    model: Model,
    seen: BTreeMap<String, BTreeSet<String>>,
}

impl Checked {
    fn at(clock: &str) -> Checked {
        let sandbox = Sandbox::new(&clock.parse::<Clock>().expect("a clock"));
        Checked { sandbox, model: Model::of("organizations"), seen: BTreeMap::new() }
    }

    fn travel(&mut self, clock: &str) {
        let state = self.sandbox.state().clone();
        self.sandbox = Sandbox::from_state(state, &clock.parse::<Clock>().expect("a clock"));
    }

    #[track_caller]
    fn call(&mut self, caller: &str, operation: &str, body: &Value) -> Value {
        let reply = self.sandbox.call(Caller::Account(caller.to_owned()), operation, body.to_string().as_bytes());
        let mut answer: Value = serde_json::from_slice(&reply.body).expect("JSON");
        let code = answer.as_object_mut().and_then(|members| members.shift_remove("__type"));
        let code = code.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        let checked = match reply.status {
            200 => self.model.check_output(operation, &answer),
            _ => self.model.check_error(operation, &code, &answer),
        };
        checked.unwrap_or_else(|problem| panic!("{operation} {body} by {caller}: {problem}"));
        self.seen.entry(operation.to_owned()).or_default().insert(code);
        answer
    }

    #[track_caller]
    fn done(&mut self, caller: &str, operation: &str, body: &Value) -> Value {
        let answer = self.call(caller, operation, body);
        assert!(answer.get("Message").is_none(), "{operation} {body} by {caller}: {answer}");
        answer
    }
}

#[test]
fn the_model_has_the_operations_of_the_sandbox() {
    let model = Model::of("organizations");
    assert_eq!(model.operations().collect::<BTreeSet<_>>(), operations().collect());
}

#[test]
fn the_check_finds_what_is_wrong() {
    let model = Model::of("organizations");
    let unit = |name: &str, value: Value| {
        let mut unit = json!({ "Id": "ou-abcd-12345678", "Name": "Unit" });
        unit[name] = value;
        model.check_output("DescribeOrganizationalUnit", &json!({ "OrganizationalUnit": unit }))
    };
    assert_eq!(unit("Name", json!("Other")), Ok(()));
    for (name, value, problem) in [
        ("Id", json!("ou-1"), "doesn't match the pattern"),
        ("Name", json!(""), "has a length that isn't allowed"),
        ("Name", json!(1), "is no string"),
        ("Colour", json!("red"), "the model has no Colour"),
    ] {
        let found = unit(name, value).expect_err(problem);
        assert!(found.contains(problem), "{found}");
    }
    let child = json!({ "Children": [{ "Id": BILL, "Type": "account" }] });
    assert!(model.check_output("ListChildren", &child).is_err_and(|problem| problem.contains("is none of the enum")));
    assert!(model.check_output("TagResource", &json!({ "Tags": [] })).is_err());
    assert!(model.check_error("TagResource", "ChildNotFoundException", &json!({})).is_err());
    let reason = json!({ "Message": "m", "Reason": "TOO_YOUNG" });
    assert!(model.check_error("LeaveOrganization", "ConstraintViolationException", &reason).is_err());
}

#[test]
fn every_operation_succeeds_in_the_model() {
    let mut world = Checked::at("2026-12-31T00:00:00Z");
    let invitation = |id: &str| json!({ "Target": { "Id": id, "Type": "ACCOUNT" }, "Notes": "n" });
    let by_id = |handshake: &Value| json!({ "HandshakeId": handshake["Handshake"]["Id"] });
    for (invited, then) in [("303030303030", "AcceptHandshake"), ("404040404040", "DeclineHandshake")] {
        let sent = world.done(BILL, "InviteAccountToOrganization", &invitation(invited));
        world.done(invited, "DescribeHandshake", &by_id(&sent));
        world.done(invited, then, &by_id(&sent));
        world.done(invited, "ListHandshakesForAccount", &json!({}));
    }
    let sent = world.done(BILL, "InviteAccountToOrganization", &invitation("404040404040"));
    world.done(BILL, "CancelHandshake", &by_id(&sent));
    world.done("171717171717", "AcceptHandshake", &json!({ "HandshakeId": "h-exampleenableready111" }));
    world.done("191919191919", "EnableAllFeatures", &json!({}));
    let transfer = json!({
        "Type": "BILLING",
        "Target": { "Id": "131313131313", "Type": "ACCOUNT" },
        "StartTimestamp": START,
        "SourceName": "bills",
    });
    world.done(BILL, "InviteOrganizationToTransferResponsibility", &transfer);
    for manager in [BILL, "999999999999", "131313131313", "191919191919"] {
        world.done(manager, "ListHandshakesForOrganization", &json!({}));
        world.done(manager, "DescribeOrganization", &json!({}));
        world.done(manager, "ListRoots", &json!({}));
        world.done(manager, "ListAccounts", &json!({ "MaxResults": 1 }));
    }

    let tags = json!([{ "Key": "team", "Value": "a b" }]);
    let unit = json!({ "ParentId": ROOT, "Name": "Unit", "Tags": tags });
    let unit = world.done(BILL, "CreateOrganizationalUnit", &unit)["OrganizationalUnit"]["Id"].clone();
    let named = json!({ "OrganizationalUnitId": unit });
    world.done(BILL, "UpdateOrganizationalUnit", &json!({ "OrganizationalUnitId": unit, "Name": "Renamed" }));
    world.done(BILL, "DescribeOrganizationalUnit", &named);
    let account = json!({ "AccountId": "666666666666", "SourceParentId": ROOT, "DestinationParentId": unit });
    world.done(BILL, "MoveAccount", &account);
    for parent in [json!(ROOT), unit.clone()] {
        world.done(BILL, "ListAccountsForParent", &json!({ "ParentId": parent }));
        world.done(BILL, "ListOrganizationalUnitsForParent", &json!({ "ParentId": parent }));
        for kind in ["ACCOUNT", "ORGANIZATIONAL_UNIT"] {
            world.done(BILL, "ListChildren", &json!({ "ParentId": parent, "ChildType": kind }));
        }
    }
    for child in [json!("666666666666"), unit.clone()] {
        world.done(BILL, "ListParents", &json!({ "ChildId": child }));
    }
    for resource in [json!(ROOT), unit.clone(), json!("666666666666")] {
        world.done(BILL, "TagResource", &json!({ "ResourceId": resource, "Tags": tags }));
        world.done(BILL, "ListTagsForResource", &json!({ "ResourceId": resource }));
        world.done(BILL, "UntagResource", &json!({ "ResourceId": resource, "TagKeys": ["team"] }));
    }
    world.done(BILL, "DescribeAccount", &json!({ "AccountId": "666666666666" }));
    world.done(BILL, "RemoveAccountFromOrganization", &json!({ "AccountId": "666666666666" }));
    world.done(BILL, "DeleteOrganizationalUnit", &named);

    let mut created = Vec::new();
    for email in ["new@example.com", "juan@example.com", "new@example.com", "a,b@example.com"] {
        let creation = world.done(BILL, "CreateAccount", &json!({ "Email": email, "AccountName": "New" }));
        created.push(json!({ "CreateAccountRequestId": creation["CreateAccountStatus"]["Id"] }));
    }
    for clock in ["2026-12-31T00:00:00Z", "2026-12-31T01:00:00Z"] {
        world.travel(clock);
        for creation in &created {
            world.done(BILL, "DescribeCreateAccountStatus", creation);
        }
        world.done(BILL, "ListCreateAccountStatus", &json!({}));
        world.done(BILL, "ListAccounts", &json!({}));
    }
    world.done("303030303030", "LeaveOrganization", &json!({}));
    world.done("303030303030", "CreateOrganization", &json!({}));
    world.done("303030303030", "DeleteOrganization", &json!({}));
    let succeeded = world.seen.iter().filter(|(_, codes)| codes.contains("")).map(|(name, _)| name.as_str());
    assert_eq!(succeeded.collect::<BTreeSet<_>>(), operations().collect());
}

/// Values for the members of requests: some are right, some aren't.
fn value(member: &str, choice: usize) -> Value {
    let pick = |values: &[&str]| json!(values[choice % values.len()]);
    let units =
        ["r-examplerootid111", "r-nowhere", "ou-examplerootid111-example00000001", "r-exampleotherroot111", "x"];
    match member {
        "HandshakeId" => {
            pick(&["h-exampleopen111", "h-examplemanagement111", "h-exampledeclined111", "h-nowhere1", "h"])
        }
        "Target" => {
            let id = value("AccountId", choice);
            json!({ "Id": id, "Type": if choice.is_multiple_of(7) { "EMAIL" } else { "ACCOUNT" } })
        }
        "AccountId" => pick(&["222222222222", "666666666666", "121212121212", "999999999999", "505050505050", "1"]),
        "ParentId" | "SourceParentId" | "DestinationParentId" => pick(&units),
        "OrganizationalUnitId" => pick(&units[2..]),
        "ChildId" => pick(&["666666666666", "ou-examplerootid111-example00000001", "505050505050"]),
        "ChildType" => pick(&["ACCOUNT", "ORGANIZATIONAL_UNIT", "unit"]),
        "ResourceId" => pick(&["666666666666", "r-examplerootid111", "p-12345678", "505050505050", "-"]),
        "Tags" => json!([{ "Key": pick(&["a", "b c", "aws:x", ""]), "Value": "v" }]),
        "TagKeys" => json!([pick(&["a", "b c", "aws:x", ""])]),
        "Name" | "AccountName" | "SourceName" => pick(&["Unit", "Other", "", "x"]),
        "Email" => pick(&["new@example.com", "juan@example.com", "a@b", "a,b@example.com", "other@example.org"]),
        "CreateAccountRequestId" => pick(&["car-example00000001", "car-nowhere1", "car"]),
        "StartTimestamp" => [json!(START), json!(0), json!("x")][choice % 3].clone(),
        "Type" => pick(&["BILLING", "OTHER"]),
        other => panic!("no values for {other}"),
    }
}

#[test]
fn any_sequence_of_calls_stays_in_the_model() {
    let mut world = Checked::at("2026-12-31T00:00:00Z");
    let callers = [BILL, BILL, "222222222222", "666666666666", "999999999999", "191919191919", "505050505050"];
    let mut number: u32 = 7;
    let mut next = move || {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (number >> 12) as usize
    };
    let names: Vec<_> = operations().collect();
    for round in 0..12_000 {
        let operation = names[round % names.len()];
        let required: Vec<_> = world.model.required(operation).into_iter().map(str::to_owned).collect();
        // One in eight members is left out.
        let members = required.into_iter().filter_map(|name| {
            let choice = next();
            (!next().is_multiple_of(8)).then(|| (name.clone(), value(&name, choice)))
        });
        let mut body: Map<_, _> = members.collect();
        if operation.starts_with("List") && next().is_multiple_of(4) {
            body.insert("NextToken".to_owned(), json!("x"));
        }
        if next().is_multiple_of(64) {
            body = Map::from_iter([("HandshakeId".to_owned(), json!([])), ("MaxResults".to_owned(), json!("x"))]);
        }
        let caller = callers[next() % callers.len()];
        world.call(caller, operation, &Value::Object(body));
    }
    for name in operations() {
        assert!(world.seen[name].iter().any(|code| !code.is_empty()), "{name} was never refused");
    }
    let codes: BTreeSet<_> = world.seen.values().flatten().map(String::as_str).collect();
    assert!(codes.len() > 20, "only {codes:?}");
}

/// Reads elements of a query response as the members of a structure.
fn members(xml: &str) -> Value {
    let mut found = Map::new();
    let mut rest = xml;
    while let Some((_, after)) = rest.split_once('<') {
        let (name, after) = after.split_once('>').expect("the end of a tag");
        let (inner, after) = after.split_once(&format!("</{name}>")).expect("the end of an element");
        found.insert(name.to_owned(), if inner.contains('<') { members(inner) } else { json!(inner) });
        rest = after;
    }
    Value::Object(found)
}

#[test]
fn sts_stays_in_its_model() {
    let model = Model::of("sts");
    let mut world = Sandbox::new(&Clock::Real);
    let role = ("RoleArn", "arn:aws-cn:iam::303030303030:role/path/Some_Role");
    let common = [role, ("RoleSessionName", "me@example.com"), ("WebIdentityToken", "token")];
    for operation in model.operations() {
        let form = [&[("Action", operation)][..], &common].concat();
        let form: Vec<_> = form.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let reply = world.sts_with_key(BILL, &form);
        let xml = String::from_utf8(reply.body).expect("text");
        let wrapper = format!("{operation}Result");
        let (_, result) = xml.split_once(&format!("<{wrapper}>")).unwrap_or_else(|| panic!("no {wrapper} in {xml}"));
        let mut result = members(result.split_once(&format!("</{wrapper}>")).expect("its end").0);
        if let Some(expiration) = result.pointer_mut("/Credentials/Expiration") {
            let instant = expiration.as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
            *expiration = json!(instant.expect("a timestamp").as_second());
        }
        model.check_output(operation, &result).unwrap_or_else(|problem| panic!("{problem}"));
        for required in model.required(operation) {
            let partial: Vec<_> = form.iter().filter(|(name, _)| name != required).cloned().collect();
            let reply = world.sts_with_key(BILL, &partial);
            assert_eq!(reply.status, 400);
            let xml = String::from_utf8(reply.body).expect("text");
            let (_, code) = xml.split_once("<Code>").expect("a code");
            let code = code.split_once("</Code>").expect("its end").0;
            model.check_error(operation, code, &json!({})).unwrap_or_else(|problem| panic!("{problem}"));
        }
    }
}
