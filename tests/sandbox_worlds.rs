//! The worlds that the sandbox can begin with, and the rehearsal of a merger.

use std::fs;

use orgshake::sandbox::keep::merger::STAYING;
use orgshake::sandbox::keep::worlds::NAMES;
use serde_json::{Value, json};

use crate::sandbox_server::{MANAGEMENT, Serving};
use crate::support::run::{Exit, HANDSHAKE, Home, orgshake};
use crate::support::signed::{call, exchange};

/// The management account of the old organization.
const OLD: &str = "222222222222";

fn shown(options: &[&str]) -> Value {
    let text = orgshake(["sandbox", "show", "--output", "json"]).args(options).run().success();
    serde_json::from_str(&text).expect("a document")
}

/// How many organizations, members of them, and handshakes a shown world has.
fn size(world: &Value) -> (usize, Vec<usize>, usize) {
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let organizations = list(&world["Organizations"]);
    let members = organizations.iter().map(|organization| list(&organization["Accounts"]).len()).collect();
    (organizations.len(), members, list(&world["Handshakes"]).len())
}

#[test]
fn each_world_can_be_chosen() {
    let documented = shown(&[]);
    for name in NAMES {
        let by_option = shown(&["--world", name]);
        let by_variable = orgshake(["sandbox", "show"]).env("ORGSHAKE_SANDBOX_WORLD", name).run().success();
        let by_variable: Value = serde_json::from_str(&by_variable).expect("a document");
        assert_eq!(size(&by_option), size(&by_variable), "{name}");
        match *name {
            "documented" => assert_eq!(size(&by_option), size(&documented)),
            "empty" => assert_eq!(size(&by_option), (0, Vec::new(), 0)),
            _ => assert_eq!(size(&by_option), (2, vec![12, 120], 0)),
        }
    }
    let describe = ["--sandbox", "describe-handshake", "--handshake-id", HANDSHAKE];
    orgshake(describe).run().success();
    let gone = orgshake(describe).args(["--sandbox-world", "empty"]).run();
    assert!(gone.failure(254).contains("HandshakeNotFoundException"), "{gone}");
    for wrong in [
        &["--sandbox-world", "nonsense", "--sandbox", "list-handshakes-for-account"][..],
        &["--sandbox-world", "empty", "list-handshakes-for-account"],
        &["sandbox", "serve", "--world", "nonsense"],
        &["sandbox", "serve", "--sandbox-world", "empty"],
    ] {
        orgshake(wrong).run().exits_with(252);
    }
    let wrong = orgshake(describe).env("ORGSHAKE_SANDBOX_WORLD", "nonsense").run();
    let expected =
        "Bad value for ORGSHAKE_SANDBOX_WORLD: \"nonsense\" is not a world: expected documented, empty, merger";
    assert!(wrong.failure(252).contains(expected), "{wrong}");
}

#[test]
fn a_state_file_keeps_its_world_and_is_not_used_for_another() {
    let home = Home::new();
    let file = home.cwd().join("world.json");
    let path = file.to_string_lossy().into_owned();
    let invite = ["invite-account-to-organization", "--target", "Id=222000000001,Type=ACCOUNT", "--output", "off"];
    let on_file = |options: &[&str]| orgshake(["--sandbox", "--sandbox-state", &path]).args(options).args(invite).run();
    on_file(&["--sandbox-world", "merger"]).success();
    assert_eq!(size(&shown(&["--state", &path])), (2, vec![12, 120], 1));
    assert_eq!(size(&shown(&["--state", &path, "--world", "merger"])), (2, vec![12, 120], 1));
    let before = fs::read(&file).expect("a file");
    let refused = on_file(&["--sandbox-world", "documented"]);
    let expected = format!("state file {path} holds the world \"merger\", not \"documented\"");
    assert!(refused.failure(252).contains(&expected), "{refused}");
    let shown = orgshake(["sandbox", "show", "--state", &path]).env("ORGSHAKE_SANDBOX_WORLD", "empty").run();
    assert!(shown.failure(252).contains("holds the world \"merger\", not \"empty\""), "{shown}");
    for command in [&["serve"][..], &["exec", "--", "true"]] {
        let words = [&["sandbox", command[0], "--world", "empty", "--state", &path], &command[1..]].concat();
        orgshake(words).run().exits_with(252);
    }
    assert_eq!(fs::read(&file).expect("a file"), before);
    // Files of earlier versions name no world: they hold the documented one.
    let mut document: Value = serde_json::from_slice(&before).expect("a document");
    document.as_object_mut().expect("an object").remove("world");
    fs::write(&file, document.to_string()).expect("a file");
    on_file(&["--sandbox-world", "merger"]).failure(252);
    orgshake(["sandbox", "show", "--state", &path, "--world", "documented"]).run().success();
    // The sandbox begins no other world in place of an unknown one.
    document["world"] = "nonsense".into();
    fs::write(&file, document.to_string()).expect("a file");
    assert!(on_file(&[]).failure(255).contains("is damaged: its world is unknown"));
}

#[test]
fn an_organization_can_be_made_in_an_empty_world() {
    let serving = Serving::start(&["--world", "empty"]);
    let ask = |operation: &str| call(serving.address(), MANAGEMENT, operation, &json!({})).expect("a response");
    assert_eq!(ask("DescribeOrganization").1["__type"], "AWSOrganizationsNotInUseException");
    assert_eq!(ask("CreateOrganization").0, 200);
    assert_eq!(ask("ListAccounts").1["Accounts"][0]["Id"], MANAGEMENT);
}

#[test]
fn a_command_beside_the_server_gets_the_world_the_rates_and_the_time() {
    let list = ["list-handshakes-for-organization", "--query", "length(Handshakes)", "--output", "text"];
    let exec = |options: &[&str]| {
        let words = [&["sandbox", "exec", "--debug"], options, &["--", env!("CARGO_BIN_EXE_orgshake")], &list].concat();
        let outcome = orgshake(words).env("AWS_MAX_ATTEMPTS", "1").run();
        (outcome.exit, outcome.to_string())
    };
    let (exit, told) =
        exec(&["--world", "merger", "--throttle", "documented", "--latency", "1ms", "--propagation", "1s"]);
    assert_eq!(exit, Exit::Code(0), "{told}");
    assert!(told.contains("111111111111 ListHandshakesForOrganization 200"), "{told}");
    let (exit, told) = exec(&["--world", "empty"]);
    assert_eq!(exit, Exit::Code(254), "{told}");
    assert!(told.contains("AWSOrganizationsNotInUseException"), "{told}");
    let (exit, told) = exec(&["--fault", "throttle@ListHandshakesForOrganization"]);
    assert_eq!(exit, Exit::Code(254), "{told}");
    assert!(told.contains("fault:throttle"), "{told}");
}

/// The keys of a role's session.
struct Session {
    id: String,
    secret: String,
    token: String,
}

/// Assumes the role that Organizations makes in an account.
fn assumed(serving: &Serving, caller: &str, account: &str) -> Session {
    let body = format!(
        "Action=AssumeRole&Version=2011-06-15&RoleSessionName=rehearsal&RoleArn=arn%3Aaws%3Aiam%3A%3A{account}%3Arole%2F\
         OrganizationAccountAccessRole"
    );
    let form = ["content-type:application/x-www-form-urlencoded"];
    let response = exchange(serving.address(), caller, "sts", &form, &body, ("sandbox", None)).expect("a response");
    let element = |name: &str| {
        let (_, rest) = response.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("{account}: {response}"));
        rest.split('<').next().expect("a text").to_owned()
    };
    assert!(element("Arn").contains(account), "{response}");
    Session { id: element("AccessKeyId"), secret: element("SecretAccessKey"), token: element("SessionToken") }
}

/// Calls an operation with the keys of a session; the response as text.
fn with(serving: &Serving, session: &Session, operation: &str, body: &Value) -> String {
    let target = format!("x-amz-target:AWSOrganizationsV20161128.{operation}");
    let key = (session.secret.as_str(), Some(session.token.as_str()));
    let response = exchange(serving.address(), &session.id, "organizations", &[&target], &body.to_string(), key);
    response.expect("a response")
}

fn ask(serving: &Serving, account: &str, operation: &str, body: &Value) -> Value {
    let (status, output) = call(serving.address(), account, operation, body).expect("a response");
    assert_eq!(status, 200, "{operation}: {output}");
    output
}

/// The accounts of an organization, page by page.
fn accounts(serving: &Serving, manager: &str) -> Vec<String> {
    let (mut ids, mut input) = (Vec::new(), json!({}));
    loop {
        let page = ask(serving, manager, "ListAccounts", &input);
        let accounts = page["Accounts"].as_array().expect("a list");
        ids.extend(accounts.iter().map(|account| account["Id"].as_str().expect("an id").to_owned()));
        match &page["NextToken"] {
            Value::Null => return ids,
            token => input = json!({ "NextToken": token }),
        }
    }
}

#[test]
fn the_management_accounts_of_a_merger_can_act_in_every_account() {
    let serving = Serving::start(&["--world", "merger"]);
    let (new, old) = (accounts(&serving, MANAGEMENT), accounts(&serving, OLD));
    assert_eq!((new.len(), old.len()), (12, 120));
    for account in new.iter().chain(&old) {
        for manager in [MANAGEMENT, OLD] {
            let session = assumed(&serving, manager, account);
            let answer = with(&serving, &session, "ListHandshakesForAccount", &json!({}));
            assert!(answer.starts_with("HTTP/1.1 200 "), "{account}: {answer}");
        }
    }
}

#[test]
fn a_merger_can_be_rehearsed_from_the_invitation_to_the_unit() {
    let serving = Serving::start(&["--world", "merger"]);
    let root = ask(&serving, MANAGEMENT, "ListRoots", &json!({}))["Roots"][0]["Id"].clone();
    let units = ask(&serving, MANAGEMENT, "ListOrganizationalUnitsForParent", &json!({ "ParentId": root }));
    let units = units["OrganizationalUnits"].as_array().expect("a list").clone();
    let imported = units.iter().find(|unit| unit["Name"] == "Imported").expect("a unit")["Id"].clone();
    for account in ["222000000001", "222000000117", STAYING[0].0, STAYING[2].0] {
        let target = json!({ "Target": { "Id": account, "Type": "ACCOUNT" } });
        let id = ask(&serving, MANAGEMENT, "InviteAccountToOrganization", &target)["Handshake"]["Id"].clone();
        let session = assumed(&serving, OLD, account);
        let answer = with(&serving, &session, "AcceptHandshake", &json!({ "HandshakeId": id }));
        if let Some((_, why)) = STAYING.iter().find(|(staying, _)| *staying == account) {
            let code = answer.split('"').find(|part| part.ends_with("Exception")).unwrap_or_default();
            assert!(answer.starts_with("HTTP/1.1 400 ") && why.contains(code), "{account}: {answer}");
            continue;
        }
        assert!(answer.starts_with("HTTP/1.1 200 "), "{account}: {answer}");
        let place = json!({ "AccountId": account, "SourceParentId": root, "DestinationParentId": imported });
        ask(&serving, MANAGEMENT, "MoveAccount", &place);
        let parents = ask(&serving, MANAGEMENT, "ListParents", &json!({ "ChildId": account }));
        assert_eq!(parents["Parents"][0]["Id"], imported);
    }
    assert_eq!((accounts(&serving, MANAGEMENT).len(), accounts(&serving, OLD).len()), (14, 118));
    // The third one is too young to leave its organization.
    let young = json!({ "AccountId": STAYING[1].0 });
    let (_, refused) = call(serving.address(), OLD, "RemoveAccountFromOrganization", &young).expect("a response");
    assert_eq!(refused["Reason"], "WAIT_PERIOD_ACTIVE");
}
