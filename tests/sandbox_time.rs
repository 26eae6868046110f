//! The sandbox's rates, latency and propagation, and faults by operation.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::sandbox_server::{MANAGEMENT, Serving};
use crate::support::machine::patience;
use crate::support::run::{HANDSHAKE, Home, Run, orgshake};
use crate::support::signed::call;

const INVITED: &str = "444444444444";
const MEMBER: &str = "666666666666";

/// Calls an operation; its output, or the code of its exception.
fn ask(serving: &Serving, account: &str, operation: &str, body: &Value) -> Result<Value, String> {
    match call(serving.address(), account, operation, body).expect("a response") {
        (200, output) => Ok(output),
        (_, exception) => Err(exception["__type"].as_str().expect("a code").to_owned()),
    }
}

/// How many of `calls` were within the rates, and the seconds that they took.
fn granted(serving: &Serving, callers: &[&str], operation: &str, body: &Value, calls: usize) -> (usize, f64) {
    let began = Instant::now();
    let granted = (0..calls).filter(|number| match ask(serving, callers[number % callers.len()], operation, body) {
        Ok(_) => true,
        Err(code) => {
            assert_eq!(code, "TooManyRequestsException");
            false
        }
    });
    (granted.count(), began.elapsed().as_secs_f64())
}

#[test]
fn the_documented_rates_are_enforced_for_accounts_and_organizations() {
    let describe = json!({ "HandshakeId": HANDSHAKE });
    let invite =
        |number: u64| json!({ "Target": { "Id": format!("{}", 500_000_000_000 + number), "Type": "ACCOUNT" } });
    let serving = Serving::start(&["--throttle", "documented"]);
    for (callers, operation, body, rate, burst) in [
        (&[MANAGEMENT][..], "DescribeHandshake", &describe, 1.0, 2),
        (&[MANAGEMENT], "ListAccounts", &json!({}), 5.0, 8),
        (&[MANAGEMENT, MEMBER], "ListHandshakesForAccount", &json!({}), 6.0, 10),
        (&["222222222222"], "ListHandshakesForAccount", &json!({}), 5.0, 8),
    ] {
        let (granted, seconds) = granted(&serving, callers, operation, body, 60);
        let most = f64::from(burst) + rate * seconds + 1.0;
        let granted = i32::try_from(granted).expect("a count");
        assert!(granted >= burst && f64::from(granted) <= most, "{operation}: {granted} in {seconds} s");
    }
    // A change that is refused changes nothing, and works later.
    let mut refused = 0;
    for number in 0..12 {
        let until = Instant::now() + patience();
        while let Err(code) = ask(&serving, MANAGEMENT, "InviteAccountToOrganization", &invite(number)) {
            assert_eq!(code, "TooManyRequestsException");
            assert!(Instant::now() < until, "it never works");
            refused += 1;
            thread::sleep(Duration::from_millis(10));
        }
    }
    assert!(refused > 0, "twelve invitations at once are within the rates");
}

#[test]
fn without_the_option_there_is_no_rate() {
    let serving = Serving::start(&[]);
    let (granted, _) = granted(&serving, &[MANAGEMENT], "ListAccounts", &json!({}), 60);
    assert_eq!(granted, 60);
}

fn describe() -> Run {
    orgshake(["--sandbox", "describe-handshake", "--handshake-id", HANDSHAKE, "--output", "off"])
}

#[test]
fn each_response_is_so_much_later() {
    const LATENCY: Duration = Duration::from_millis(300);
    let serving = Serving::start(&["--latency", "300ms"]);
    for (operation, expected) in [("ListAccounts", None), ("Nonsense", Some("UnknownOperationException"))] {
        let began = Instant::now();
        assert_eq!(ask(&serving, MANAGEMENT, operation, &json!({})).err().as_deref(), expected);
        assert!(began.elapsed() >= LATENCY, "{operation}: {:?}", began.elapsed());
    }
    let began = Instant::now();
    describe().env("ORGSHAKE_SANDBOX_LATENCY", "300ms").run().success();
    assert!(began.elapsed() >= LATENCY, "{:?}", began.elapsed());
    // A client may be less patient.
    let told = describe().args(["--cli-read-timeout", "1"]).env("ORGSHAKE_SANDBOX_LATENCY", "2s");
    let told = told.env("AWS_MAX_ATTEMPTS", "1").run().failure(255);
    assert!(told.contains("Read timeout"), "{told}");
}

/// Invites an account; the id of the handshake.
fn invited(serving: &Serving) -> Value {
    let target = json!({ "Target": { "Id": "303030303030", "Type": "ACCOUNT" } });
    let sent = ask(serving, MANAGEMENT, "InviteAccountToOrganization", &target).expect("an invitation");
    json!({ "HandshakeId": sent["Handshake"]["Id"] })
}

#[test]
fn the_other_party_sees_a_handshake_and_a_member_later() {
    let serving = Serving::start(&["--propagation", "3600s"]);
    let id = invited(&serving);
    let account = "303030303030";
    for operation in ["DescribeHandshake", "AcceptHandshake", "DeclineHandshake"] {
        let unknown = ask(&serving, account, operation, &id);
        assert_eq!(unknown, Err("HandshakeNotFoundException".to_owned()), "{operation}");
    }
    let received = |account| ask(&serving, account, "ListHandshakesForAccount", &json!({})).expect("a list");
    assert_eq!(received(account)["Handshakes"], json!([]));
    // The sender sees it, and everyone sees what is older.
    assert_eq!(ask(&serving, MANAGEMENT, "DescribeHandshake", &id).expect("a handshake")["Handshake"]["State"], "OPEN");
    assert_eq!(received(INVITED)["Handshakes"][0]["Id"], "h-exampleopen111");
    // The account that accepts is a member at once, but not yet for the management account.
    let accept = json!({ "HandshakeId": "h-exampleopen111" });
    ask(&serving, INVITED, "AcceptHandshake", &accept).expect("an acceptance");
    let own = ask(&serving, INVITED, "DescribeOrganization", &json!({})).expect("an organization");
    assert_eq!(own["Organization"]["Id"], "o-exampleorgid");
    let named = json!({ "AccountId": INVITED });
    for operation in ["DescribeAccount", "RemoveAccountFromOrganization"] {
        let unknown = ask(&serving, MANAGEMENT, operation, &named);
        assert_eq!(unknown, Err("AccountNotFoundException".to_owned()), "{operation}");
    }
    let listed = ask(&serving, MANAGEMENT, "ListAccounts", &json!({})).expect("a list").to_string();
    assert!(listed.contains(MEMBER) && !listed.contains(INVITED), "{listed}");
}

#[test]
fn it_is_seen_once_the_time_is_over() {
    let serving = Serving::start(&["--propagation", "1s"]);
    let began = Instant::now();
    let seen = |account: &str, operation: &str, body: &Value| {
        while ask(&serving, account, operation, body).is_err() {
            assert!(began.elapsed() < patience(), "{operation}: it is never seen");
            thread::sleep(Duration::from_millis(10));
        }
    };
    let id = invited(&serving);
    seen("303030303030", "AcceptHandshake", &id);
    assert!(began.elapsed() >= Duration::from_secs(1), "{:?}", began.elapsed());
    seen(MANAGEMENT, "DescribeAccount", &json!({ "AccountId": "303030303030" }));
    assert!(began.elapsed() >= Duration::from_secs(2), "{:?}", began.elapsed());
}

#[test]
fn the_world_within_the_program_has_it_too() {
    let home = Home::new();
    let file = home.cwd().join("world.json");
    let on_file = |args: &[&str]| {
        let run = orgshake(["--sandbox", "--sandbox-state"]).arg(&file).args(args);
        run.env("ORGSHAKE_SANDBOX_PROPAGATION", "3600s").run()
    };
    let invite = ["invite-account-to-organization", "--target", "Id=303030303030,Type=ACCOUNT"];
    let query = ["--query", "Handshake.Id", "--output", "text"];
    let id = on_file(&[&invite[..], &query].concat()).success().trim().to_owned();
    let accept = ["accept-handshake", "--handshake-id", &id, "--output", "off"];
    assert!(on_file(&accept).failure(254).contains("HandshakeNotFoundException"));
    on_file(&[&accept[..], &["--sandbox-clock", "+2h"]].concat()).success();
    for (name, value) in [("THROTTLE", "all"), ("LATENCY", "20"), ("PROPAGATION", "2h")] {
        let told = describe().env(&format!("ORGSHAKE_SANDBOX_{name}"), value).run().failure(252);
        assert!(told.contains(&format!("Bad value for ORGSHAKE_SANDBOX_{name}")), "{told}");
    }
    for option in ["--throttle=all", "--latency=1", "--propagation=soon", "--fault=throttle@Nonsense"] {
        orgshake(["sandbox", "serve", option]).run().exits_with(252);
    }
}

#[test]
fn a_fault_can_be_for_the_calls_of_one_operation() {
    let serving = Serving::start(&["--fault", "throttle@ListAccounts:2", "--fault", "internal-error@ListAccounts"]);
    assert_eq!(serving.state(), "OPEN");
    ask(&serving, MANAGEMENT, "ListRoots", &json!({})).expect("a list");
    for expected in ["TooManyRequestsException", "TooManyRequestsException", "InternalFailure"] {
        assert_eq!(ask(&serving, MANAGEMENT, "ListAccounts", &json!({})), Err(expected.to_owned()));
    }
    ask(&serving, MANAGEMENT, "ListAccounts", &json!({})).expect("a list");
    let list = ["--sandbox", "list-handshakes-for-organization", "--output", "off"];
    let told = orgshake(list).env("ORGSHAKE_SANDBOX_FAULT", "throttle@ListHandshakesForOrganization:3").run();
    assert!(told.failure(254).contains("TooManyRequestsException"), "{told}");
    orgshake(list).env("ORGSHAKE_SANDBOX_FAULT", "throttle@ListHandshakesForAccount:3").run().success();
}
