//! `--dry-run`: what it prints, what speaks against a change, who is asked for the caller, and that no change is ever sent.

use std::time::Duration;

use serde_json::{Value, json};

use crate::choose::{handshake, lists, shows};
use crate::credentials::refused;
use crate::support::run::{HANDSHAKE, Home, Outcome, Run, orgshake};
use crate::support::server::{Server, Step};

/// The commands that change something, complete.
const CHANGES: [&[&str]; 6] = [
    &["accept-handshake", "--handshake-id", HANDSHAKE],
    &["cancel-handshake", "--handshake-id", HANDSHAKE],
    &["decline-handshake", "--handshake-id", HANDSHAKE],
    &["invite-account-to-organization", "--target", "Id=new@example.com,Type=EMAIL", "--notes", "Hi"],
    &["enable-all-features"],
    &[
        "invite-organization-to-transfer-responsibility",
        "--type",
        "BILLING",
        "--target",
        "Id=131313131313,Type=ACCOUNT",
        "--start-timestamp",
        "2027-01-15T08:00:00Z",
        "--source-name",
        "billing",
    ],
];

/// The operations that change nothing.
const READS: [&str; 5] = [
    "DescribeHandshake",
    "ListHandshakesForAccount",
    "ListHandshakesForOrganization",
    "DescribeOrganization",
    "ListAccounts",
];

fn dry(command: &[&str], script: Vec<Step>) -> Run {
    orgshake(command).arg("--dry-run").script(script)
}

fn sandbox(account: &str, command: &[&str]) -> Outcome {
    orgshake(["--sandbox"]).args(command).arg("--dry-run").env("AWS_ACCESS_KEY_ID", account).run()
}

fn identity(account: &str) -> Step {
    let body = format!(
        "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
         <Arn>arn:aws:iam::{account}:user/ann</Arn><UserId>AIDA</UserId><Account>{account}</Account>\
         </GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>\
         </GetCallerIdentityResponse>"
    );
    Step::bytes(body).header("Content-Type", "text/xml")
}

fn open() -> Value {
    handshake(HANDSHAKE, "OPEN", "o-exampleorgid")
}

fn organization() -> Value {
    json!({"Id": "o-exampleorgid", "MasterAccountId": "111111111111", "FeatureSet": "CONSOLIDATED_BILLING"})
}

#[test]
fn no_command_sends_a_change() {
    let known: Vec<_> = orgshake::model::OPERATIONS.iter().filter(|operation| operation.done.is_some()).collect();
    assert_eq!(known.len(), CHANGES.len(), "every change is tried");
    assert!(known.iter().all(|operation| CHANGES.iter().any(|words| words[0] == operation.command)));
    // One document that is a response to every read.
    let all = |state: &str| {
        let handshake = handshake(HANDSHAKE, state, "o-exampleorgid");
        Step::json(&json!({
            "Handshake": handshake, "Handshakes": [handshake], "Organization": organization(),
            "Accounts": [{"Id": "222222222222", "Email": "new@example.com"}],
        }))
    };
    let scripts = [
        all("OPEN"),
        all("ACCEPTED"),
        all("EXPIRED"),
        Step::json(&json!({"Handshakes": [], "Organization": organization(), "Accounts": []})),
        Step::json(&json!({})),
        Step::error("AccessDeniedException", "no"),
        Step::error("DuplicateHandshakeException", "no"),
        Step::close(),
        Step::bytes("garbage"),
    ];
    let mut reads = 0;
    for words in CHANGES {
        let guards: &[&[&str]] = match words[0] {
            "accept-handshake" | "decline-handshake" => &[&[], &["--from-organization", "o-exampleorgid"]],
            "cancel-handshake" => &[&[], &["--to", "juan@example.com"]],
            _ => &[&[]],
        };
        for guard in guards {
            for named in [words, &words[..1]] {
                // Without an id, a guard chooses.
                if named != words && guard.is_empty() {
                    continue;
                }
                for more in [&["--dry-run"][..], &["--dry-run", "--idempotent"]] {
                    for script in &scripts {
                        let run = orgshake(named).args(*guard).args(more).script([script.clone()]);
                        let outcome = run.env("AWS_MAX_ATTEMPTS", "1").run();
                        for request in &outcome.requests {
                            let operation = request.operation().expect("an operation of Organizations");
                            assert!(READS.contains(&operation), "{operation} was sent:\n{outcome}");
                        }
                        reads += outcome.requests.len();
                    }
                }
            }
        }
    }
    assert!(reads >= 200, "only {reads} reads");
}

#[test]
fn the_world_of_the_sandbox_stays_as_it_is() {
    for words in CHANGES {
        let kept = Home::new();
        let state = kept.cwd().join("world.json");
        let path = state.to_str().expect("a path");
        let run = orgshake(["--sandbox", "--sandbox-state", path]).args(words).arg("--dry-run").run();
        run.exits_with(0);
        run.stderr_has(&[
            " was not sent. It would be sent as ",
            "which the sandbox assumes without keys of an account",
        ]);
        assert!(!state.exists(), "{run}");
    }
}

#[test]
fn a_change_of_a_handshake_prints_the_handshake_as_it_is() {
    for words in &CHANGES[..3] {
        let outcome = dry(words, vec![shows(&open())]).run();
        outcome.exits_with(0);
        let printed: Value = serde_json::from_slice(&outcome.stdout).expect("JSON");
        assert_eq!(printed["Handshake"]["State"], "OPEN");
        outcome.sent(&[("DescribeHandshake", json!({"HandshakeId": HANDSHAKE}))]);
    }
    let chosen = ["accept-handshake", "--from-organization", "o-exampleorgid", "--query", "Handshake.State"];
    let outcome = dry(&chosen, vec![lists(&[open()])]).run();
    outcome.exits_with(0);
    assert_eq!(outcome.stdout, b"\"OPEN\"\n");
    outcome.stderr_has(&["chosen: h-examplehandshakeid111", "AcceptHandshake was not sent"]);
}

#[test]
fn a_request_is_printed_as_an_input_document() {
    for words in &CHANGES[3..] {
        let script = vec![
            Step::json(&json!({ "Organization": organization() })),
            lists(&[]),
            Step::json(&json!({"Accounts": [], "Organization": organization()})),
        ];
        let outcome = dry(words, script).run();
        outcome.exits_with(0);
        let document = String::from_utf8(outcome.stdout.clone()).expect("text");
        if words[0] == "enable-all-features" {
            // A document without members is not printed in any format.
            assert_eq!(document, "");
            outcome.stderr_has(&["EnableAllFeatures, whose request is empty, was not sent."]);
            continue;
        }
        // The same request is made from the document.
        let again = orgshake([words[0], "--cli-input-json", &document]).run();
        let direct = orgshake(words.to_vec()).run();
        again.success();
        assert_eq!(again.requests[0].json(), direct.requests[0].json());
        assert_eq!(again.requests[0].operation(), direct.requests[0].operation());
    }
}

#[test]
fn a_failed_query_does_not_say_that_the_change_was_made() {
    let outcome = dry(CHANGES[0], vec![shows(&open())]).args(["--query", "length(`1`)"]).run();
    let told = outcome.failure(255);
    assert!(!told.contains("the handshake was accepted"), "{told}");
}

#[test]
fn reads_that_speak_against_a_change_are_exit_code_1() {
    let answer = |command: &str, state: &str, expires: i64| {
        let mut handshake = handshake(HANDSHAKE, state, "o-exampleorgid");
        handshake["ExpirationTimestamp"] = expires.into();
        dry(&[command, "--handshake-id", HANDSHAKE], vec![shows(&handshake)]).run()
    };
    const LATER: i64 = 4_102_444_800;
    for command in ["accept-handshake", "cancel-handshake", "decline-handshake"] {
        for state in ["ACCEPTED", "CANCELED", "DECLINED", "EXPIRED"] {
            assert!(answer(command, state, LATER).failure(1).contains(&format!("would be rejected: it is {state}")));
        }
        assert!(answer(command, "OPEN", 1_000_000_000).failure(1).contains("it expired 2001-09-09T01:46:40Z"));
        answer(command, "REQUESTED", LATER).exits_with(0);
    }
    let refused = |account: &str, command: &[&str], why: &str| {
        let told = sandbox(account, command).failure(1);
        assert!(told.contains("would be rejected: ") && told.contains(why), "{told}");
    };
    refused(
        "111111111111",
        CHANGES[0],
        "only juan@example.com, the recipient, can do that, and the caller is account 111111111111",
    );
    refused("222222222222", CHANGES[1], "only account 111111111111, which sent it, can do that");
    refused(
        "111111111111",
        &["decline-handshake", "--handshake-id", "h-exampleopen111"],
        "only 444444444444, the recipient",
    );
    refused(
        "131313131313",
        &["accept-handshake", "--handshake-id", "h-exampleenable111"],
        "REQUESTED until all invited members",
    );
    refused("111111111111", CHANGES[4], "all features already");
    refused("131313131313", CHANGES[4], "h-exampleenable111");
    refused("222222222222", CHANGES[4], "the caller's account is in no organization");
    refused(
        "666666666666",
        CHANGES[3],
        "only the management account 111111111111 can do that, and the caller is account 666666666666",
    );
    let invite = |target: &'static str| ["invite-account-to-organization", "--target", target];
    refused("111111111111", &invite("Id=JUAN@example.com,Type=EMAIL"), HANDSHAKE);
    refused("999999999999", &invite("Id=101010101010,Type=ACCOUNT"), "101010101010 is in the organization already");
    let transfer = CHANGES[5].iter().map(|word| word.replace("Id=131313131313", "Id=999999999999")).collect::<Vec<_>>();
    refused("111111111111", &transfer.iter().map(String::as_str).collect::<Vec<_>>(), "h-examplebills111");
    // The clock of the sandbox counts.
    let late = orgshake(["--sandbox", "--sandbox-clock", "+20d"]).args(CHANGES[0]).arg("--dry-run").run();
    assert!(late.failure(1).contains("EXPIRED"), "{late}");
}

#[test]
fn what_is_done_already_is_no_reason_with_idempotent() {
    let done = handshake(HANDSHAKE, "ACCEPTED", "o-exampleorgid");
    let outcome = dry(CHANGES[0], vec![shows(&done)]).arg("--idempotent").run();
    outcome.exits_with(0);
    outcome.stderr_has(&["already ACCEPTED: h-examplehandshakeid111"]);
    let invite = ["invite-account-to-organization", "--target", "Id=juan@example.com,Type=EMAIL", "--idempotent"];
    let outcome = sandbox("111111111111", &invite);
    outcome.exits_with(0);
    assert!(String::from_utf8_lossy(&outcome.stdout).contains(HANDSHAKE), "{outcome}");
    let told = sandbox("111111111111", &[&invite[..], &["--notes", "x"]].concat()).failure(1);
    assert!(told.contains("--notes: it has none, not \"x\""), "{told}");
}

#[test]
fn a_read_that_is_refused_is_noted_if_the_change_may_be_allowed() {
    let denied = || Step::error("AccessDeniedException", "no");
    let outcome = dry(CHANGES[3], vec![denied(), lists(&[]), denied()]).run();
    outcome.exits_with(0);
    let notes = String::from_utf8_lossy(&outcome.stderr).matches("not everything could be checked").count();
    assert_eq!(notes, 2, "{outcome}");
    let outcome = dry(CHANGES[3], vec![Step::json(&json!({ "Organization": organization() })), denied()]).run();
    assert!(outcome.failure(254).contains("nothing was changed"), "{outcome}");
}

#[test]
fn sts_is_asked_only_where_it_belongs_to_the_service() {
    let run = |service: &str, sts: &str| {
        let (asked, other) =
            (Server::script([shows(&open()), identity("222222222222")]), Server::script([identity("333333333333")]));
        let (url, other_url) = (asked.url(), other.url());
        let run = orgshake(CHANGES[0]).arg("--dry-run").server(asked).env_remove("AWS_ENDPOINT_URL_ORGANIZATIONS");
        let run = match service {
            "--endpoint-url" => run.args([service, &url]),
            name => run.env(name, &url),
        };
        let run = match sts {
            "" => run,
            "the same" => run.env("AWS_ENDPOINT_URL_STS", &url),
            _ => run.env("AWS_ENDPOINT_URL_STS", &other_url),
        };
        // Whatever leaves the machine would go through this proxy.
        let outcome = run.env("HTTPS_PROXY", &other_url).run();
        outcome.exits_with(0);
        let named = String::from_utf8_lossy(&outcome.stderr)
            .contains("as account 222222222222 (arn:aws:iam::222222222222:user/ann)");
        let unknown = String::from_utf8_lossy(&outcome.stderr).contains("STS was not asked");
        assert!(named != unknown, "{outcome}");
        assert_eq!(outcome.requests.len(), if named { 2 } else { 1 }, "{outcome}");
        assert!(other.stop().is_empty(), "{service} {sts}: another STS was asked");
        named
    };
    assert!(run("AWS_ENDPOINT_URL", ""));
    assert!(run("AWS_ENDPOINT_URL_ORGANIZATIONS", "the same"));
    assert!(run("--endpoint-url", "the same"));
    assert!(!run("AWS_ENDPOINT_URL_ORGANIZATIONS", ""));
    assert!(!run("AWS_ENDPOINT_URL_ORGANIZATIONS", "another"));
    assert!(!run("--endpoint-url", ""));
    assert!(!run("AWS_ENDPOINT_URL", "another"));
}

#[test]
fn the_rehearsal_goes_on_without_the_caller() {
    let rehearsed = |answer: Step, why: &str| {
        let server = Server::script([shows(&open()), answer]);
        let url = server.url();
        let outcome = orgshake(CHANGES[0]).arg("--dry-run").server(server).env("AWS_ENDPOINT_URL_STS", url).run();
        outcome.exits_with(0);
        outcome.stderr_has(&["AcceptHandshake was not sent. It would be sent as an unknown account: ", why]);
    };
    rehearsed(refused("AccessDenied", "no"), "(AccessDenied)");
    rehearsed(Step::bytes("garbage"), "STS");
    rehearsed(identity("222222222222").delay(Duration::from_secs(600)), "STS did not respond within 3 seconds");
    let unsigned = dry(CHANGES[0], vec![shows(&open())]).arg("--no-sign-request").run();
    unsigned.exits_with(0);
    unsigned.stderr_has(&["the requests are not signed"]);
}

#[test]
fn the_caller_is_the_role_that_is_assumed() {
    let role = ["--assume-role", "arn:aws:iam::444444444444:role/x"];
    let accept = ["accept-handshake", "--handshake-id", "h-exampleopen111"];
    let outcome = sandbox("111111111111", &[&accept[..], &role].concat());
    outcome.exits_with(0);
    outcome.stderr_has(&["as account 444444444444 (arn:aws:sts::444444444444:assumed-role/x/"]);
}

#[cfg(unix)]
#[test]
fn a_signal_while_sts_is_asked_says_that_nothing_was_changed() {
    let server = Server::script([shows(&open()), identity("222222222222").delay(Duration::from_secs(600))]);
    let url = server.url();
    let run = orgshake(CHANGES[0]).arg("--dry-run").server(server).env("AWS_ENDPOINT_URL_STS", url);
    let outcome = run.signal_after(2, "INT").run();
    assert_eq!(outcome.exit.in_shell(), Some(130), "{outcome}");
    outcome.stderr_has(&["nothing was changed"]);
}
