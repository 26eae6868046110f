//! The options that choose and guard handshakes, and `--idempotent`: each rule, each refusal, and the requests that are
//! sent for them.

use serde_json::{Value, json};

use crate::support::run::{HANDSHAKE, Outcome, Run, orgshake};
use crate::support::server::{Step, sample_handshake};

const FROM: [&str; 2] = ["--from-organization", "o-exampleorgid"];
const OTHER: [&str; 2] = ["--from-organization", "o-exampleotherorg"];

/// Returns the documented handshake with another id, state and organization.
pub fn handshake(id: &str, state: &str, organization: &str) -> Value {
    let mut handshake = sample_handshake()["Handshake"].clone();
    let arn = format!("arn:aws:organizations::111111111111:handshake/{organization}/invite/{id}");
    for (member, value) in [("Id", id), ("State", state), ("Arn", &arn)] {
        handshake[member] = value.into();
    }
    handshake["Parties"][0]["Id"] = organization.trim_start_matches("o-").into();
    handshake["ExpirationTimestamp"] = 4_102_444_800_i64.into();
    handshake
}

fn open(id: &str) -> Value {
    handshake(id, "OPEN", "o-exampleorgid")
}

pub fn shows(handshake: &Value) -> Step {
    Step::json(&json!({ "Handshake": handshake }))
}

pub fn lists(handshakes: &[Value]) -> Step {
    Step::json(&json!({ "Handshakes": handshakes }))
}

fn id(id: &str) -> Value {
    json!({ "HandshakeId": id })
}

/// Describes a run of a command with options, at a service with these responses.
fn run(command: &str, options: &[&[&str]], script: Vec<Step>) -> Run {
    orgshake([&[command][..], &options.concat()].concat()).script(script)
}

/// Describes a run in the sandbox as an account.
fn sandbox(account: &str, args: &[&str]) -> Run {
    orgshake(["--sandbox"]).args(args).env("AWS_ACCESS_KEY_ID", account)
}

fn operations(outcome: &Outcome) -> Vec<&str> {
    outcome.requests.iter().filter_map(|request| request.operation()).collect()
}

#[test]
fn the_only_live_handshake_of_an_organization_is_accepted_and_named() {
    let listed = [handshake("h-exampleother11", "OPEN", "o-exampleotherorg"), open(HANDSHAKE), {
        let mut done = open("h-exampledone111");
        done["State"] = "CANCELED".into();
        done
    }];
    let outcome = run("accept-handshake", &[&FROM], vec![lists(&listed), Step::handshake()]).run();
    outcome.exits_with(0);
    outcome.sent(&[("ListHandshakesForAccount", json!({})), ("AcceptHandshake", id(HANDSHAKE))]);
    outcome.stderr_is(
        "orgshake: [NOTE]: chosen: h-examplehandshakeid111: INVITE from o-exampleorgid (account 111111111111) to \
         juan@example.com, OPEN, expires 2100-01-01T00:00:00Z\n",
    );
}

#[test]
fn every_option_chooses() {
    let answer = |command: &str, options: &[&str], listing: &str, filter: Value| {
        let outcome = run(command, &[options], vec![lists(&[open(HANDSHAKE)]), Step::handshake()]).run();
        outcome.exits_with(0);
        let operation = outcome.requests[1].operation().expect("an operation").to_owned();
        outcome.sent(&[(listing, filter), (&operation, id(HANDSHAKE))]);
        operation
    };
    let (received, sent) = ("ListHandshakesForAccount", "ListHandshakesForOrganization");
    let invites = || json!({"Filter": {"ActionType": "INVITE"}});
    let account = ["--from-account", "111111111111"];
    assert_eq!(answer("decline-handshake", &account, received, json!({})), "DeclineHandshake");
    assert_eq!(answer("decline-handshake", &["--action", "INVITE"], received, invites()), "DeclineHandshake");
    let both = ["--from-account", "111111111111", "--action", "INVITE"];
    assert_eq!(answer("accept-handshake", &both, received, invites()), "AcceptHandshake");
    let to = ["--to", "JUAN@example.com"];
    assert_eq!(answer("cancel-handshake", &to, sent, json!({})), "CancelHandshake");
    assert_eq!(answer("cancel-handshake", &["--action", "INVITE"], sent, invites()), "CancelHandshake");
    assert_eq!(answer("describe-handshake", &to, sent, json!({})), "DescribeHandshake");
    assert_eq!(answer("describe-handshake", &account, received, json!({})), "DescribeHandshake");
    // A recipient can't list what it has not sent.
    let script = vec![Step::error("AccessDeniedException", "no"), lists(&[open(HANDSHAKE)]), Step::handshake()];
    let outcome = run("describe-handshake", &[&to], script).run();
    outcome.exits_with(0);
    assert_eq!(operations(&outcome), [sent, received, "DescribeHandshake"]);
    // An empty document leaves the choice to the options.
    assert_eq!(
        answer("cancel-handshake", &["--cli-input-json", "{}", "--to", "juan@example.com"], sent, json!({})),
        "CancelHandshake"
    );
}

#[test]
fn a_choice_reads_every_page() {
    let page = |handshakes: &[Value], token: &str| Step::json(&json!({"Handshakes": handshakes, "NextToken": token}));
    let script = || vec![page(&[], "a"), page(&[open(HANDSHAKE)], "b"), lists(&[]), Step::handshake()];
    run("accept-handshake", &[&FROM], script()).run().exits_with(0);
    let mut two = script();
    two[2] = lists(&[open("h-exampleopen111")]);
    let outcome = run("accept-handshake", &[&FROM], two.clone()).run();
    assert!(outcome.failure(1).contains("2 live handshakes fit"), "{outcome}");
    assert_eq!(operations(&outcome), ["ListHandshakesForAccount"; 3]);
    // A listing that changes between two pages may show the same one on both.
    two[2] = lists(&[open(HANDSHAKE)]);
    run("accept-handshake", &[&FROM], two).run().exits_with(0);
}

#[test]
fn none_or_several_change_nothing_and_list_the_candidates() {
    let other = || handshake("h-exampleother11", "REQUESTED", "o-exampleotherorg");
    let refused = |script: Vec<Value>| {
        let outcome = run("accept-handshake", &[&FROM], vec![lists(&script), Step::handshake()]).run();
        assert_eq!(operations(&outcome), ["ListHandshakesForAccount"], "{outcome}");
        outcome.failure(1)
    };
    let none = refused(vec![other()]);
    assert!(none.contains("No live handshake fits --from-organization o-exampleorgid. These are live:\n  h-exampleother11: INVITE from o-exampleotherorg (account 111111111111) to juan@example.com, REQUESTED, expires 2100-01-01T00:00:00Z\n"), "{none}");
    let nothing = refused(vec![handshake(HANDSHAKE, "ACCEPTED", "o-exampleorgid")]);
    assert!(nothing.contains("fits --from-organization o-exampleorgid. The last one that fits:\n  h-examplehandshakeid111: INVITE from o-exampleorgid (account 111111111111) to juan@example.com, ACCEPTED\n"), "{nothing}");
    let nothing = refused(vec![]);
    assert!(nothing.contains("fits --from-organization o-exampleorgid: no handshake is live"), "{nothing}");
    let several = refused(vec![open(HANDSHAKE), other(), open("h-exampleopen111")]);
    assert!(
        several.contains("2 live handshakes fit --from-organization o-exampleorgid:\n  h-examplehandshakeid111: "),
        "{several}"
    );
    assert!(several.contains("\n  h-exampleopen111: ") && !several.contains("h-exampleother11"), "{several}");
}

#[test]
fn candidates_are_listed_in_every_error_format() {
    for format in ["enhanced", "legacy", "json", "yaml", "text", "table", "explained-json"] {
        let outcome =
            run("accept-handshake", &[&OTHER, &["--cli-error-format", format]], vec![lists(&[open(HANDSHAKE)])]).run();
        assert!(outcome.failure(1).contains(HANDSHAKE), "{format}: {outcome}");
    }
}

#[test]
fn what_strangers_write_is_escaped() {
    let mut evil = open(HANDSHAKE);
    evil["Parties"][1]["Id"] = "a\u{1b}]0;x\u{7}\norgshake: [NOTE]: accepted\u{202e}@example.com".into();
    for (options, code) in [(OTHER, 1), (FROM, 0)] {
        let outcome = run("accept-handshake", &[&options], vec![lists(&[evil.clone()]), Step::handshake()]).run();
        outcome.exits_with(code);
        let told = String::from_utf8_lossy(&outcome.stderr).into_owned();
        assert!(told.contains("a\\u{1b}]0;x\\u{7}\\u{a}orgshake: [NOTE]: accepted\\u{202e}@example.com"), "{told}");
        assert!(!told.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{told}");
    }
}

#[test]
fn an_action_alone_accepts_nothing() {
    for document in [&[][..], &["--cli-input-json", "{}"]] {
        let outcome = run("accept-handshake", &[&["--action", "INVITE"], document], vec![Step::handshake()]).run();
        let told = outcome.failure(252);
        assert!(told.contains("--action alone would accept the invitation of any stranger"), "{told}");
        outcome.sent_nothing();
    }
    for command in ["accept-handshake", "cancel-handshake", "decline-handshake", "describe-handshake"] {
        let outcome = orgshake([command]).run();
        let told = outcome.failure(252);
        assert!(
            told.contains("the following arguments are required: --handshake-id") && !told.contains("stranger"),
            "{told}"
        );
        outcome.sent_nothing();
    }
}

#[test]
fn a_guard_that_holds_lets_the_change_through() {
    let named = ["--handshake-id", HANDSHAKE];
    for (command, guard) in [
        ("accept-handshake", &FROM[..]),
        ("accept-handshake", &["--action", "INVITE"]),
        ("decline-handshake", &["--from-account", "111111111111"]),
        ("cancel-handshake", &["--to", "Juan@Example.com", "--action", "INVITE"]),
    ] {
        let outcome = run(command, &[&named, guard], vec![shows(&open(HANDSHAKE)), Step::handshake()]).run();
        outcome.success();
        assert_eq!(outcome.requests.len(), 2, "{outcome}");
        assert_eq!(outcome.requests[0].operation(), Some("DescribeHandshake"));
    }
    let outcome = run("describe-handshake", &[&named, &FROM], vec![shows(&open(HANDSHAKE))]).run();
    assert!(outcome.success().contains(HANDSHAKE));
    outcome.sent(&[("DescribeHandshake", id(HANDSHAKE))]);
}

#[test]
fn a_guard_that_fails_changes_nothing() {
    let named = ["--handshake-id", HANDSHAKE];
    let document = ["--cli-input-json", r#"{"HandshakeId": "h-examplehandshakeid111"}"#];
    for (command, guard, why) in [
        ("accept-handshake", &OTHER[..], "the sender's organization is o-exampleorgid"),
        (
            "decline-handshake",
            &["--from-account", "222222222222"],
            "the management account of the sender is 111111111111",
        ),
        ("cancel-handshake", &["--to", "222222222222"], "the recipient is juan@example.com"),
        ("describe-handshake", &["--action", "APPROVE_ALL_FEATURES"], "the action is INVITE"),
    ] {
        for subject in [&named[..], &document] {
            for more in [&[][..], &["--idempotent"], &["--dry-run"]] {
                if command == "describe-handshake" && !more.is_empty() {
                    continue;
                }
                let outcome =
                    run(command, &[subject, guard, more], vec![shows(&open(HANDSHAKE)), Step::handshake()]).run();
                assert!(outcome.failure(1).contains(why), "{outcome}");
                outcome.sent(&[("DescribeHandshake", id(HANDSHAKE))]);
            }
        }
    }
}

#[test]
fn a_guard_is_checked_on_the_handshake_that_was_asked_for() {
    let outcome = run(
        "accept-handshake",
        &[&FROM, &["--handshake-id", "h-exampleopen111"]],
        vec![shows(&open(HANDSHAKE)), Step::handshake()],
    )
    .run();
    let told = outcome.failure(255);
    assert!(told.contains("doesn't show h-exampleopen111") && told.contains("nothing was changed"), "{told}");
    outcome.sent(&[("DescribeHandshake", id("h-exampleopen111"))]);
    // Some samples of the service leave the prefix out.
    let mut bare = open(HANDSHAKE);
    bare["Id"] = HANDSHAKE.trim_start_matches("h-").into();
    run("accept-handshake", &[&FROM, &["--handshake-id", HANDSHAKE]], vec![shows(&bare), Step::handshake()])
        .run()
        .success();
    let chosen = run("accept-handshake", &[&FROM], vec![lists(&[bare]), Step::handshake()]).run();
    chosen.sent(&[("ListHandshakesForAccount", json!({})), ("AcceptHandshake", id(HANDSHAKE))]);
}

#[test]
fn a_failure_of_the_reads_keeps_its_own_exit_code() {
    let denied = || Step::error("AccessDeniedException", "no");
    for (script, code) in [(denied(), 254), (Step::bytes("garbage"), 255), (Step::close(), 255)] {
        for options in
            [&FROM[..], &[FROM[0], FROM[1], "--handshake-id", HANDSHAKE], &["--dry-run", "--handshake-id", HANDSHAKE]]
        {
            for format in ["enhanced", "json", "legacy"] {
                let run = run("accept-handshake", &[options, &["--cli-error-format", format]], vec![script.clone()]);
                let outcome = run.env("AWS_MAX_ATTEMPTS", "1").run();
                assert!(outcome.failure(code).contains("nothing was changed"), "{format}: {outcome}");
                assert_eq!(outcome.requests.len(), 1, "{outcome}");
            }
        }
    }
    // Reading alone never changes anything.
    let outcome = run("describe-handshake", &[&FROM], vec![denied()]).run();
    assert!(!outcome.failure(254).contains("nothing was changed"), "{outcome}");
}

#[cfg(unix)]
#[test]
fn a_signal_during_the_reads_says_that_nothing_was_changed() {
    let slow = Step::handshake().delay(std::time::Duration::from_secs(600));
    for options in [&FROM[..], &[FROM[0], FROM[1], "--handshake-id", HANDSHAKE]] {
        let outcome = run("accept-handshake", &[options], vec![slow.clone()]).signal_when_waiting("TERM").run();
        assert_eq!(outcome.exit.in_shell(), Some(143), "{outcome}");
        outcome.stderr_has(&["nothing was changed"]);
    }
}

#[test]
fn a_handshake_in_the_final_state_is_printed() {
    for (command, state) in
        [("accept-handshake", "ACCEPTED"), ("cancel-handshake", "CANCELED"), ("decline-handshake", "DECLINED")]
    {
        let named = ["--handshake-id", HANDSHAKE];
        let done = || handshake(HANDSHAKE, state, "o-exampleorgid");
        let refused = || Step::error("HandshakeAlreadyInStateException", "no");
        let outcome = run(command, &[&named, &["--idempotent"]], vec![refused(), shows(&done())]).run();
        outcome.exits_with(0);
        outcome.stderr_has(&["[NOTE]: already ", "h-examplehandshakeid111: INVITE", state]);
        let printed: Value = serde_json::from_slice(&outcome.stdout).expect("JSON");
        assert_eq!(printed["Handshake"]["State"], state);
        // Without the option, it is the service's error.
        assert!(run(command, &[&named], vec![refused()]).run().failure(254).contains("AlreadyInState"));
        // Other final states, and another handshake, stay errors.
        for other in [
            open(HANDSHAKE),
            handshake(HANDSHAKE, "EXPIRED", "o-exampleorgid"),
            handshake("h-exampleopen111", state, "o-exampleorgid"),
        ] {
            let outcome = run(command, &[&named, &["--idempotent"]], vec![refused(), shows(&other)]).run();
            assert!(outcome.failure(254).contains("AlreadyInState"), "{outcome}");
        }
        // A change that is refused for another reason is not looked up.
        let outcome =
            run(command, &[&named, &["--idempotent"]], vec![Step::error("HandshakeNotFoundException", "no")]).run();
        assert!(outcome.failure(254).contains("HandshakeNotFoundException"), "{outcome}");
        assert_eq!(outcome.requests.len(), 1, "{outcome}");
    }
    // A guard has shown the state: nothing is sent.
    let done = handshake(HANDSHAKE, "ACCEPTED", "o-exampleorgid");
    let outcome =
        run("accept-handshake", &[&FROM, &["--handshake-id", HANDSHAKE, "--idempotent"]], vec![shows(&done)]).run();
    outcome.exits_with(0);
    outcome.sent(&[("DescribeHandshake", id(HANDSHAKE))]);
}

#[test]
fn a_choice_takes_a_finished_handshake_only_if_no_live_one_fits() {
    let done = |id: &str, requested: i64| {
        let mut done = handshake(id, "ACCEPTED", "o-exampleorgid");
        done["RequestedTimestamp"] = requested.into();
        done
    };
    let all = [done("h-exampleold1111", 1), done("h-examplenew1111", 3), done("h-examplemid1111", 2)];
    let idempotent = ["--idempotent", "--query", "Handshake.Id", "--output", "text"];
    let outcome = run("accept-handshake", &[&FROM, &idempotent], vec![lists(&all)]).run();
    outcome.exits_with(0);
    assert_eq!(String::from_utf8_lossy(&outcome.stdout), "h-examplenew1111\n");
    assert_eq!(operations(&outcome), ["ListHandshakesForAccount"]);
    let with_live = [&all[..], &[open(HANDSHAKE)]].concat();
    let outcome = run("accept-handshake", &[&FROM, &idempotent], vec![lists(&with_live), Step::handshake()]).run();
    outcome.exits_with(0);
    assert_eq!(operations(&outcome), ["ListHandshakesForAccount", "AcceptHandshake"]);
    // Several live ones stay an error, and so does a finished one without the option or of another sender.
    let several = [&all[..], &[open(HANDSHAKE), open("h-exampleopen111")]].concat();
    run("accept-handshake", &[&FROM, &idempotent], vec![lists(&several)]).run().failure(1);
    run("accept-handshake", &[&FROM], vec![lists(&all)]).run().failure(1);
    let declined = [handshake(HANDSHAKE, "DECLINED", "o-exampleorgid")];
    run("cancel-handshake", &[&["--to", "juan@example.com"], &idempotent], vec![lists(&declined)]).run().failure(1);
    run("decline-handshake", &[&FROM, &idempotent], vec![lists(&declined)]).run().exits_with(0);
}

#[test]
fn an_older_handshake_says_nothing_of_a_newer_one() {
    let at = |id: &str, state: &str, requested: i64| {
        let mut handshake = handshake(id, state, "o-exampleorgid");
        handshake["RequestedTimestamp"] = requested.into();
        handshake
    };
    for state in ["DECLINED", "CANCELED", "EXPIRED"] {
        let listed = lists(&[at("h-exampleold1111", "ACCEPTED", 1_700_000_000), at(HANDSHAKE, state, 1_700_000_001)]);
        let outcome = run("accept-handshake", &[&FROM, &["--idempotent"]], vec![listed]).run();
        assert!(outcome.failure(1).contains(&format!(", {state}")), "{outcome}");
        assert_eq!(operations(&outcome), ["ListHandshakesForAccount"], "membership is not asked for: {outcome}");
    }
    let listed = lists(&[at(HANDSHAKE, "ACCEPTED", 1_700_000_001), at("h-exampleold1111", "DECLINED", 1_700_000_000)]);
    run("accept-handshake", &[&FROM, &["--idempotent"]], vec![listed]).run().exits_with(0);
}

#[test]
fn membership_counts_as_an_accepted_invitation_that_is_no_longer_listed() {
    let member = || {
        Step::json(
            &json!({"Organization": {"Id": "o-exampleorgid", "MasterAccountId": "111111111111", "FeatureSet": "CONSOLIDATED_BILLING"}}),
        )
    };
    let outcome = run("accept-handshake", &[&FROM, &["--idempotent"]], vec![lists(&[]), member()]).run();
    outcome.exits_with(0);
    outcome.stderr_has(&["[NOTE]: nothing was sent: ", "the account is already in the organization o-exampleorgid\n"]);
    assert!(outcome.stdout.is_empty(), "{outcome}");
    outcome.sent(&[("ListHandshakesForAccount", json!({})), ("DescribeOrganization", json!({}))]);
    let unmet = |options: &[&str], answer: Step, code: i32| {
        let outcome = run("accept-handshake", &[options, &["--idempotent"]], vec![lists(&[]), answer]).run();
        outcome.failure(code);
        assert!(!operations(&outcome).contains(&"AcceptHandshake"), "{outcome}");
    };
    unmet(&OTHER, member(), 1);
    unmet(&["--from-organization", "o-exampleorgid", "--from-account", "222222222222"], member(), 1);
    unmet(&["--from-organization", "o-exampleorgid", "--action", "APPROVE_ALL_FEATURES"], member(), 1);
    unmet(&FROM, Step::error("AWSOrganizationsNotInUseException", "no"), 1);
    unmet(&FROM, Step::error("AccessDeniedException", "no"), 254);
    // Membership says nothing about what was declined.
    let outcome = run("decline-handshake", &[&FROM, &["--idempotent"]], vec![lists(&[]), member()]).run();
    outcome.failure(1);
    assert_eq!(outcome.requests.len(), 1, "{outcome}");
}

const INVITE: [&str; 4] = ["--target", "Id=juan@example.com,Type=EMAIL", "--idempotent", "--notes"];

#[test]
fn a_live_invitation_that_agrees_is_printed() {
    let duplicate = || Step::error("DuplicateHandshakeException", "no");
    let mut sent = open(HANDSHAKE);
    sent["Resources"] = json!([{"Type": "NOTES", "Value": "Hi"}]);
    let invite = |options: &[&str], script: Vec<Step>| run("invite-account-to-organization", &[options], script).run();
    let agrees = invite(&[&INVITE[..], &["Hi"]].concat(), vec![duplicate(), lists(&[sent.clone()])]);
    agrees.exits_with(0);
    agrees.stderr_has(&["already sent: h-examplehandshakeid111"]);
    assert!(String::from_utf8_lossy(&agrees.stdout).contains(HANDSHAKE), "{agrees}");
    assert_eq!(agrees.requests[1].json(), json!({"Filter": {"ActionType": "INVITE"}}));
    let tagged =
        invite(&[&INVITE[..], &["Hi", "--tags", "Key=a,Value=b"]].concat(), vec![duplicate(), lists(&[sent.clone()])]);
    tagged.exits_with(0);
    tagged.stderr_has(&["no handshake shows --tags"]);
    let differs = invite(&[&INVITE[..], &["Yo"]].concat(), vec![duplicate(), lists(&[sent.clone()])]);
    assert!(differs.failure(1).contains("--notes: it has \"Hi\", not \"Yo\""), "{differs}");
    // The handshake of another party, or one that is over, is not this one.
    let mut other = sent.clone();
    other["Parties"][1]["Id"] = "jane@example.com".into();
    let over = handshake(HANDSHAKE, "CANCELED", "o-exampleorgid");
    let accounts = Step::json(&json!({"Accounts": [{"Id": "222222222222", "Email": "jane@example.com"}]}));
    let stays = invite(&[&INVITE[..], &["Hi"]].concat(), vec![duplicate(), lists(&[other, over]), accounts]);
    assert!(stays.failure(254).contains("DuplicateHandshakeException"), "{stays}");
    // A new invitation is sent once, and nothing is read.
    let new = invite(&[&INVITE[..], &["Hi"]].concat(), vec![Step::handshake()]);
    new.success();
    assert_eq!(new.requests.len(), 1, "{new}");
}

#[test]
fn an_invited_member_is_only_noted() {
    let refused =
        || Step::error_with("HandshakeConstraintViolationException", "no", ("Reason", "ALREADY_IN_AN_ORGANIZATION"));
    let page = |accounts: Value, token: Value| Step::json(&json!({"Accounts": accounts, "NextToken": token}));
    let script = |email: &str| {
        vec![
            refused(),
            lists(&[]),
            page(json!([{"Id": "111111111111"}]), "a".into()),
            page(json!([{"Id": "222222222222", "Email": email}]), Value::Null),
        ]
    };
    let outcome = run("invite-account-to-organization", &[&INVITE[..3]], script("Juan@Example.com")).run();
    outcome.exits_with(0);
    outcome.stderr_is("orgshake: [NOTE]: juan@example.com is in the organization already\n");
    assert!(outcome.stdout.is_empty(), "{outcome}");
    assert_eq!(operations(&outcome)[1..], ["ListHandshakesForOrganization", "ListAccounts", "ListAccounts"]);
    // The member of another organization is not one of this.
    let outcome = run("invite-account-to-organization", &[&INVITE[..3]], script("jane@example.com")).run();
    assert!(outcome.failure(254).contains("ALREADY_IN_AN_ORGANIZATION"), "{outcome}");
}

#[test]
fn a_repeated_transfer_compares_type_and_start() {
    let mut sent = open(HANDSHAKE);
    sent["Action"] = "TRANSFER_RESPONSIBILITY".into();
    sent["Parties"][1] = json!({"Id": "999999999999", "Type": "ACCOUNT"});
    sent["Resources"] = json!([
        {"Type": "TRANSFER_TYPE", "Value": "BILLING"}, {"Type": "TRANSFER_START_TIMESTAMP", "Value": "2027-01-15T08:00:00Z"},
    ]);
    let transfer = |start: &str| {
        let options = [
            "--type",
            "BILLING",
            "--target",
            "Id=999999999999,Type=ACCOUNT",
            "--start-timestamp",
            start,
            "--source-name",
            "x",
            "--idempotent",
        ];
        let script = vec![Step::error("DuplicateHandshakeException", "no"), lists(&[sent.clone()])];
        run("invite-organization-to-transfer-responsibility", &[&options], script).run()
    };
    let same = transfer("2027-01-15T08:00:00Z");
    same.exits_with(0);
    same.stderr_has(&["already sent: ", "no handshake shows --source-name"]);
    let told = transfer("2027-01-16T08:00:00Z").failure(1);
    assert!(
        told.contains("--start-timestamp: it has \"2027-01-15T08:00:00Z\", not \"2027-01-16T08:00:00Z\""),
        "{told}"
    );
}

#[test]
fn all_features_under_way_or_enabled_are_a_success() {
    let refused = |reason: &str| Step::error_with("HandshakeConstraintViolationException", "no", ("Reason", reason));
    let enable = |state: &str| {
        let mut enable = handshake(HANDSHAKE, state, "o-exampleorgid");
        enable["Action"] = "ENABLE_ALL_FEATURES".into();
        enable["Parties"].as_array_mut().expect("parties").truncate(1);
        enable
    };
    let run = |script: Vec<Step>| run("enable-all-features", &[&["--idempotent"]], script).run();
    let pending = || refused("ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION");
    let done = || refused("ORGANIZATION_ALREADY_HAS_ALL_FEATURES");
    let mut expired = enable("EXPIRED");
    expired["Id"] = "h-exampleexpired111".into();
    let under_way = run(vec![pending(), lists(&[expired, enable("REQUESTED")])]);
    under_way.exits_with(0);
    assert!(String::from_utf8_lossy(&under_way.stdout).contains("REQUESTED"), "{under_way}");
    let finished = run(vec![done(), lists(&[enable("ACCEPTED")])]);
    finished.exits_with(0);
    assert!(String::from_utf8_lossy(&finished.stdout).contains("ACCEPTED"), "{finished}");
    let long_ago = run(vec![done(), lists(&[enable("EXPIRED")])]);
    long_ago.exits_with(0);
    assert!(long_ago.stdout.is_empty(), "{long_ago}");
    long_ago.stderr_is("orgshake: [NOTE]: the organization has all features already\n");
    // The service says so itself, also to callers that may not list handshakes.
    for script in [lists(&[enable("ACCEPTED")]), Step::error("AccessDeniedException", "no")] {
        let unseen = run(vec![pending(), script]);
        unseen.exits_with(0);
        unseen.stderr_is("orgshake: [NOTE]: enabling all features was already started\n");
    }
    run(vec![refused("INVITE_DISABLED")]).failure(254);
}

#[test]
fn the_sandbox_chooses_and_guards() {
    let accepted = sandbox("222222222222", &["accept-handshake", "--from-organization", "o-exampleorgid"]).run();
    accepted.exits_with(0);
    accepted.stderr_has(&["chosen: h-examplehandshakeid111: INVITE from o-exampleorgid (account 111111111111)"]);
    let refused = sandbox("222222222222", &["accept-handshake", "--from-organization", "o-exampleotherorg"]).run();
    assert!(refused.failure(1).contains(HANDSHAKE), "{refused}");
    let approve = ["accept-handshake", "--from-account", "131313131313", "--action", "APPROVE_ALL_FEATURES"];
    sandbox("151515151515", &approve).run().exits_with(0);
    // A transfer's recipient is the invited management account, and its sender the one that would manage the bills.
    let bills = ["decline-handshake", "--from-organization", "o-exampleorgid", "--action", "TRANSFER_RESPONSIBILITY"];
    sandbox("999999999999", &bills).run().exits_with(0);
    sandbox("111111111111", &["cancel-handshake", "--to", "444444444444"]).run().exits_with(0);
    let several = sandbox("111111111111", &["cancel-handshake", "--action", "INVITE"]).run();
    assert!(several.failure(1).contains("h-exampleopen111"), "{several}");
    let again = [
        "accept-handshake",
        "--from-organization",
        "o-examplependingorg",
        "--action",
        "APPROVE_ALL_FEATURES",
        "--idempotent",
    ];
    sandbox("141414141414", &again).run().exits_with(0);
}

/// Without keys, the sandbox chooses a caller for each operation, and the one of DescribeOrganization is another account.
#[cfg(unix)]
#[test]
fn an_implied_caller_proves_nothing_about_another_account() {
    let kept = crate::support::run::Home::new();
    let world = kept.cwd().join("world.json");
    let world = world.to_str().expect("a path");
    let run = |args: &[&str]| orgshake(["--sandbox", "--sandbox-state", world]).args(args).run();
    run(&["decline-handshake", "--handshake-id", HANDSHAKE]).success();
    let accept = run(&["accept-handshake", "--from-organization", "o-exampleorgid", "--idempotent"]);
    assert!(accept.failure(1).contains(", DECLINED"), "{accept}");
    run(&["enable-all-features", "--idempotent"]).success();
    let again = run(&["enable-all-features", "--idempotent"]);
    again.exits_with(0);
    again.stderr_is("orgshake: [NOTE]: enabling all features was already started\n");
}

#[test]
fn a_lost_response_is_no_reason_to_say_that_nothing_was_changed() {
    let script = vec![
        Step::close(),
        Step::error("HandshakeAlreadyInStateException", "no"),
        // The request that settles it.
        Step::error("AccessDeniedException", "no"),
        shows(&handshake(HANDSHAKE, "ACCEPTED", "o-exampleorgid")),
    ];
    let outcome = run("accept-handshake", &[&["--handshake-id", HANDSHAKE, "--idempotent"]], script).run();
    outcome.exits_with(0);
    outcome.stderr_is(
        "orgshake: [NOTE]: already ACCEPTED: h-examplehandshakeid111: INVITE from o-exampleorgid (account 111111111111) to \
         juan@example.com, ACCEPTED\n",
    );
}

#[cfg(unix)]
#[test]
fn a_signal_while_an_earlier_change_is_looked_up_ends_the_program() {
    let refused = || Step::error("HandshakeAlreadyInStateException", "no");
    let slow = || Step::handshake().delay(std::time::Duration::from_secs(600));
    let options = ["--handshake-id", HANDSHAKE, "--idempotent"];
    let clear = run("accept-handshake", &[&options], vec![refused(), slow()]).signal_after(2, "TERM").run();
    assert_eq!(clear.exit.in_shell(), Some(143), "{clear}");
    clear.stderr_has(&["nothing was changed"]);
    // After an unclear attempt, the change may have been made.
    let denied = Step::error("AccessDeniedException", "no");
    let script = vec![Step::close(), refused(), denied, slow()];
    let unclear = run("accept-handshake", &[&options], script).signal_after(4, "TERM").run();
    assert_eq!(unclear.exit.in_shell(), Some(143), "{unclear}");
    unclear.stderr_has(&["may have been applied all the same"]);
}

/// Runs a command twice in one world.
#[cfg(unix)]
#[test]
fn a_second_run_of_the_same_command_succeeds() {
    use crate::sandbox_server::Serving;
    let server = Serving::start(&[]);
    for (account, command) in [
        ("222222222222", &["accept-handshake", "--from-organization", "o-exampleorgid"][..]),
        ("333333333333", &["decline-handshake", "--from-account", "111111111111"]),
        ("111111111111", &["cancel-handshake", "--to", "444444444444"]),
        (
            "111111111111",
            &["invite-account-to-organization", "--target", "Id=123412341234,Type=ACCOUNT", "--notes", "Hi"],
        ),
        ("191919191919", &["enable-all-features"]),
    ] {
        for run in ["first", "second"] {
            let outcome = server.client(account, &[command, &["--idempotent"]].concat()).run();
            outcome.exits_with(0);
            assert!(!outcome.stdout.is_empty(), "{run}: {outcome}");
        }
        if command[0] != "accept-handshake" {
            assert_ne!(server.client(account, command).run().exit.in_shell(), Some(0), "{command:?}");
        }
    }
}
