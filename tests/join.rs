//! `orgshake join`: plans, runs, reports, and what it never does.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::many::{Asked, Reply, Service, refusal};
use crate::sandbox_server::Serving;
use crate::support::run::{Home, Outcome, Run, SECRET, orgshake};
use crate::support::terminal::Session;

/// The management accounts of the merger's organizations.
const NEW: &str = "111111111111";
const OLD: &str = "222222222222";
/// An account that is two days old, and one without a payment method.
const YOUNG: &str = "222000000118";
const POOR: &str = "222000000119";

/// Returns the id of an account of the old organization that can move.
fn old(number: usize) -> String {
    format!("222{number:09}")
}

fn merger(options: &[&str]) -> Serving {
    Serving::start(&[&["--world", "merger"][..], options].concat())
}

/// Returns a run of join as the new management account, with an answer to its question.
fn join(serving: &Serving, accounts: &str, options: &[&str]) -> Run {
    let words = ["join", "--yes", "--no-pacing", "--account-role", "admin", "--accounts", accounts];
    serving.client(NEW, &words).args(["--from-organization", "o-exampleoldorg"]).args(options)
}

fn report(outcome: &Outcome) -> Value {
    serde_json::from_slice(&outcome.stdout).unwrap_or_else(|error| panic!("{error}: {outcome}"))
}

/// Returns the outcomes of a report, by account.
fn outcomes(report: &Value) -> Vec<(String, String)> {
    let text = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
    let entries = report["Accounts"].as_array().expect("accounts").iter();
    entries.map(|entry| (text(entry, "Account"), text(entry, "Outcome"))).collect()
}

/// Returns what a command of the sandbox's client prints.
fn asked(serving: &Serving, account: &str, words: &[&str], query: &str) -> String {
    let run = serving.client(account, words).args(["--query", query, "--output", "text"]);
    run.run().success().trim().to_owned()
}

/// Returns the states of the new organization's invitations.
fn invitations(serving: &Serving) -> String {
    let query = "Handshakes[?Action=='INVITE'].join(' ', [Parties[?Type!='ORGANIZATION'].Id | [0], State])";
    asked(serving, NEW, &["list-handshakes-for-organization"], &format!("{query} | sort(@) | join(',', @)"))
}

/// Returns the operations in a server's log that change something, with the account.
fn changes(log: &str) -> Vec<String> {
    let is_change = |line: &&str| {
        ["Accept", "Cancel", "Decline", "Invite", "Move", "Create"]
            .iter()
            .any(|verb| line.contains(&format!(" {verb}")))
    };
    log.lines().filter(is_change).filter_map(|line| Some(line.split_once(' ')?.1.to_owned())).collect()
}

#[test]
fn a_plan_says_what_each_account_needs_and_changes_nothing() {
    let serving = merger(&[]);
    for account in [old(1), YOUNG.to_owned()] {
        let target = format!("Id={account},Type=ACCOUNT");
        serving.client(NEW, &["invite-account-to-organization", "--target", &target]).run().success();
    }
    let email = "billing-staging@old.example.com";
    let target = format!("Id={email},Type=EMAIL");
    serving.client(NEW, &["invite-account-to-organization", "--target", &target]).run().success();
    let csv = format!(
        "account,email,parent\n{},,/Imported\n{},{email},\n{},,/Imported/New\n{OLD},,\n111000000001,,\n111000000002,,/Imported\n\
         111000000003,,/Security\n",
        old(1),
        old(2),
        old(3)
    );
    let run = join(&serving, "file://a.csv", &["--dry-run", "--create-parents"]).file("a.csv", csv);
    let outcome = run.run();
    outcome.exits_with(1);
    outcome.stderr_has(&["1 of 7 accounts can't join; the report says why. Nothing was changed", "--skip-impossible"]);
    let report = report(&outcome);
    let steps: Vec<_> = report["Accounts"].as_array().expect("accounts").iter().map(|entry| &entry["Step"]).collect();
    assert_eq!(json!(steps), json!(["ACCEPT", "ACCEPT", "INVITE", "CANNOT", "NOTHING", "PLACE", "PLACE"]));
    let first = &report["Accounts"][0];
    assert_eq!(first["FromOrganizationId"], "o-exampleoldorg");
    assert!(first["HandshakeId"].as_str().is_some_and(|id| id.starts_with("h-")), "{first}");
    assert_eq!(report["Accounts"][3]["Error"]["Message"], "the account manages the organization o-exampleoldorg");
    assert_eq!(report["Totals"], json!({"PLANNED": 5, "ALREADY_HERE": 1, "FAILED": 1}));
    assert_eq!(report["OrganizationId"], "o-exampleneworg");
    // The plan exits with 0 if a run would go on.
    join(&serving, "file://a.csv", &["--dry-run", "--create-parents", "--skip-impossible"])
        .file("a.csv", format!("account\n{}\n{OLD}\n", old(3)))
        .run()
        .success();
    assert_eq!(changes(&serving.stop("TERM")).len(), 3);
}

#[test]
fn accounts_join_and_a_second_run_changes_nothing() {
    let serving = merger(&[]);
    let ids = [old(1), old(2), YOUNG.to_owned(), POOR.to_owned(), OLD.to_owned(), "111000000001".to_owned()];
    let csv = format!("account,parent,notes\n{},/Imported,Hello\n{}\n", ids[0], ids[1..].join("\n"));
    let options = ["--skip-impossible", "--parent-path", "/Imported/Shop", "--create-parents"];
    let run = || join(&serving, "file://a.csv", &options).file("a.csv", &csv).run();
    let first = run();
    first.exits_with(254);
    let first_report = report(&first);
    let expected = ["JOINED", "JOINED", "FAILED", "FAILED", "FAILED", "PLACED"];
    assert_eq!(outcomes(&first_report), ids.iter().cloned().zip(expected.map(str::to_owned)).collect::<Vec<_>>());
    let created = &first_report["CreatedOrganizationalUnits"];
    assert_eq!(created[0]["Path"], "/Imported/Shop");
    let entry = &first_report["Accounts"][1];
    assert_eq!(entry["ParentId"], created[0]["Id"]);
    for operation in ["InviteAccountToOrganization", "AcceptHandshake", "MoveAccount"] {
        assert!(entry["RequestIds"][operation].is_string(), "{entry}");
    }
    assert_eq!(first_report["Accounts"][3]["Error"]["Reason"], "PAYMENT_INSTRUMENT_REQUIRED");
    assert!(first_report["Accounts"][3]["RequestIds"]["CancelHandshake"].is_string(), "{first_report}");
    let accepted = format!("{} ACCEPTED,{} ACCEPTED,{YOUNG} CANCELED,{POOR} CANCELED", ids[0], ids[1]);
    assert_eq!(invitations(&serving), accepted);
    let notes = "Handshakes[].Resources[?Type=='NOTES'].Value | [] | join(',', @)";
    assert_eq!(asked(&serving, NEW, &["list-handshakes-for-organization"], notes), "Hello");
    first.stderr_has(&[
        &format!("orgshake: [NOTE]: {}: JOINED (h-example", ids[0]),
        &format!("orgshake: [NOTE]: {POOR}: FAILED and its invitation was canceled: An error occurred"),
    ]);

    let second = report(&run());
    let expected = ["ALREADY_HERE", "ALREADY_HERE", "FAILED", "FAILED", "FAILED", "ALREADY_HERE"];
    assert_eq!(outcomes(&second), ids.iter().cloned().zip(expected.map(str::to_owned)).collect::<Vec<_>>());
    // Without those that can't join, a run is a success that sends no change.
    let before =
        serving.client(NEW, &["describe-handshake", "--handshake-id", entry["HandshakeId"].as_str().unwrap_or("")]);
    before.run().success();
    let rest = format!("{},{}", ids[0], ids[1]);
    let outcome = join(&serving, &rest, &[]).run();
    assert_eq!(report(&outcome)["Totals"], json!({"ALREADY_HERE": 2}));
    outcome.exits_with(0);
    let log = serving.stop("TERM");
    let accepts = changes(&log).iter().filter(|line| line.ends_with("AcceptHandshake 200")).count();
    assert_eq!(accepts, 2, "{log}");
}

#[test]
fn nothing_is_changed_if_an_account_cannot_join() {
    let serving = merger(&[]);
    let outcome = join(&serving, &format!("{},{OLD}", old(1)), &[]).run();
    outcome.exits_with(1);
    let found = report(&outcome);
    assert_eq!(outcomes(&found)[0].1, "NOT_STARTED");
    // An account leaves only the organization that the option names.
    let words = ["join", "--yes", "--account-role", "admin", "--accounts", &old(1)];
    for options in [&[][..], &["--from-organization", "o-exampleother"]] {
        let outcome = serving.client(NEW, &words).args(options).run();
        outcome.exits_with(1);
        let error = &report(&outcome)["Accounts"][0]["Error"];
        assert!(error["Message"].as_str().is_some_and(|message| message.contains("the organization o-exampleoldorg")));
        assert_eq!(error["WhatToDo"], "--from-organization o-exampleoldorg lets it leave");
    }
    assert_eq!(changes(&serving.stop("TERM")), Vec::<String>::new());
}

#[test]
fn wrong_destinations_and_places_are_refused_before_any_change() {
    let serving = merger(&[]);
    let accounts = old(1);
    for (options, why) in [
        (
            &["--to-organization", "o-exampleoldorg"][..],
            "the caller's organization is o-exampleneworg, not o-exampleoldorg (--to-organization)",
        ),
        (&["--parent-path", "/Nowhere/Deep"], "the organizational unit /Nowhere/Deep doesn't exist"),
        (
            &["--parent", "ou-examplenewroot-nothere00"],
            "the organization has no organizational unit ou-examplenewroot-nothere00",
        ),
        (&["--parent", "r-exampleoldroot"], "the root of the organization is r-examplenewroot"),
    ] {
        let outcome = join(&serving, &accounts, options).run();
        outcome.exits_with(1);
        outcome.stderr_has(&[why]);
        assert!(outcome.stdout.is_empty(), "{outcome}");
    }
    let words = ["join", "--yes", "--account-role", "admin", "--accounts", &accounts];
    let outcome = serving.client("111000000001", &words).run();
    outcome.exits_with(1);
    outcome.stderr_has(&[
        "only the management account 111111111111 of o-exampleneworg can invite accounts",
        "111000000001",
    ]);
    assert_eq!(changes(&serving.stop("TERM")), Vec::<String>::new());
}

#[test]
fn wrong_input_is_refused_before_anything_is_sent() {
    for (csv, options, why) in [
        ("account,parent\n222000000001,Prod\n", &["--yes"][..], "line 2 of file://a.csv: \"Prod\" is not the id"),
        ("account,owner\n222000000001,me\n", &["--yes"], "the column \"owner\" is unknown"),
        ("account\n222000000001\n", &[], "without a terminal, join can't ask for confirmation"),
        ("account\n222000000001\n", &["--yes", "--parent", "x"], "Bad value for --parent"),
        ("account\n222000000001\n", &["--yes", "--parent-path", "x"], "Bad value for --parent-path"),
        ("account\n222000000001\n", &["--yes", "--parent-path", "/x", "--parent", "r-root"], "exclude each other"),
        ("account\n222000000001\n", &["--yes", "--account-profile", "x"], "--account-profile excludes --account-role"),
    ] {
        let run = orgshake(["join", "--accounts", "file://a.csv", "--account-role", "admin"]).args(options);
        let outcome = run.file("a.csv", csv).run();
        outcome.exits_with(252);
        outcome.stderr_has(&[why]);
        outcome.sent_nothing();
    }
    for (words, why) in [
        (&["join", "--yes"][..], "required: --accounts"),
        (&["join", "--yes", "--accounts", "222000000001"], "required: --account-role or --account-profile"),
        (&["join", "--yes", "--accounts", "222000000001", "--account-profile", "x"], "must have {account}"),
    ] {
        let outcome = orgshake(words).run();
        outcome.exits_with(252);
        outcome.stderr_has(&[why]);
        outcome.sent_nothing();
    }
}

#[test]
fn an_invitation_of_another_run_is_used_and_never_canceled() {
    let serving = merger(&[]);
    for account in [POOR, &old(1)] {
        let target = format!("Id={account},Type=ACCOUNT");
        serving.client(NEW, &["invite-account-to-organization", "--target", &target]).run().success();
    }
    let outcome = join(&serving, &format!("{POOR},{}", old(1)), &[]).run();
    outcome.exits_with(254);
    let found = report(&outcome);
    assert_eq!(outcomes(&found).iter().map(|(_, outcome)| outcome.as_str()).collect::<Vec<_>>(), ["FAILED", "JOINED"]);
    assert!(found["Accounts"][0]["ToDo"].as_str().is_some_and(|text| text.contains("is open")), "{found}");
    assert_eq!(invitations(&serving), format!("{} ACCEPTED,{POOR} OPEN", old(1)));
}

#[test]
fn an_invitation_of_this_run_is_kept_if_asked() {
    let serving = merger(&[]);
    join(&serving, POOR, &["--keep-invitations"]).run().exits_with(254);
    assert_eq!(invitations(&serving), format!("{POOR} OPEN"));
}

#[test]
fn faults_are_waited_for_and_settled() {
    let faults = [
        "lost-response@InviteAccountToOrganization:2",
        "lost-response@AcceptHandshake:2",
        "lost-response@MoveAccount:2",
        "lost-response@CreateOrganizationalUnit:1",
        "lost-response@CancelHandshake:1",
        "concurrent-modification@AcceptHandshake:4",
        "internal-error@DescribeAccount:4",
        "throttle@InviteAccountToOrganization:3",
    ];
    let options: Vec<_> = faults.iter().flat_map(|fault| ["--fault", fault]).collect();
    let serving = merger(&[&options[..], &["--propagation", "700ms"]].concat());
    let run = |accounts: &str| join(&serving, accounts, &["--parent-path", "/Imported/Shop", "--create-parents"]).run();
    let ids: Vec<_> = (1..=6).map(old).collect();
    let outcome = run(&ids.join(","));
    assert_eq!(report(&outcome)["Totals"], json!({"JOINED": 6}), "{outcome}");
    let accepted: Vec<_> = ids.iter().map(|id| format!("{id} ACCEPTED")).collect();
    assert_eq!(invitations(&serving), accepted.join(","));
    // In a run of its own, since the invitation whose response is lost would stay open: it may be somebody else's.
    let outcome = run(&format!("{},{POOR}", ids.join(",")));
    assert_eq!(report(&outcome)["Totals"], json!({"ALREADY_HERE": 6, "FAILED": 1}), "{outcome}");
    assert_eq!(invitations(&serving), format!("{},{POOR} CANCELED", accepted.join(",")));
    let log = serving.stop("TERM");
    let units = log.lines().filter(|line| line.ends_with("CreateOrganizationalUnit 200")).count();
    assert!(units <= 1, "{log}");
}

/// Checks that a server with the documented rates refuses none of the requests with which accounts join, except for looks,
/// which it refuses until the change before them is seen. Runs again if it does, since on a busy machine requests that were
/// sent one after the other may arrive together.
#[track_caller]
fn keeps_to_the_documented_rates(count: usize, server: &[&str], is_look: impl Fn(&str) -> bool) {
    let accounts: Vec<_> = (1..=count).map(old).collect();
    let words = ["join", "--yes", "--account-role", "admin", "--accounts", &accounts.join(",")];
    let refused = || -> Vec<String> {
        let serving = merger(&[&["--throttle", "documented"][..], server].concat());
        let run = serving.client(NEW, &words).args(["--from-organization", "o-exampleoldorg"]);
        let outcome = run.args(["--parent-path", "/Imported"]).run();
        assert_eq!(report(&outcome)["Totals"], json!({"JOINED": count}), "{outcome}");
        let log = serving.stop("TERM");
        log.lines().filter(|line| line.ends_with(" 400") && !is_look(line)).map(str::to_owned).collect()
    };
    let runs: Vec<_> = (0..5).map(|_| refused()).take_while(|refused| !refused.is_empty()).collect();
    assert!(runs.len() < 5, "{runs:#?}");
}

#[test]
fn requests_keep_to_the_documented_rates() {
    keeps_to_the_documented_rates(12, &["--propagation", "500ms"], |line| {
        line.contains(" DescribeHandshake ") || line.contains(" DescribeAccount ")
    });
}

#[test]
fn no_more_accounts_begin_after_too_many_failures() {
    let serving = merger(&[]);
    let accounts = format!("{YOUNG},{POOR},{}", (1..=5).map(old).collect::<Vec<_>>().join(","));
    let outcome = join(&serving, &accounts, &["--max-concurrency", "1", "--max-failures", "2"]).run();
    outcome.exits_with(254);
    assert_eq!(report(&outcome)["Totals"], json!({"FAILED": 2, "NOT_STARTED": 5}));
    outcome.stderr_has(&["2 failed: join starts no more accounts"]);
}

#[test]
fn a_profile_for_each_account_is_checked() {
    let serving = merger(&[]);
    let keys = |account: &str| format!("aws_access_key_id = {account}\naws_secret_access_key = sandbox\n");
    let config = format!(
        "[profile management]\n{}[profile member-{}]\n{}[profile member-{}]\n{}",
        keys(NEW),
        old(1),
        keys(&old(1)),
        old(2),
        keys(&old(3))
    );
    let words = ["join", "--yes", "--no-pacing", "--profile", "management", "--account-profile", "member-{account}"];
    let run = |accounts: &str, options: &[&str]| {
        let run = serving.client(NEW, &words).env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
        let run = run.env_remove("AWS_CONFIG_FILE").file("~/.aws/config", &config).args(options);
        run.args(["--from-organization", "o-exampleoldorg", "--accounts", accounts]).run()
    };
    assert_eq!(report(&run(&old(1), &[]))["Totals"], json!({"JOINED": 1}));
    // The profile of the second is in the third, and the fourth has none.
    let outcome = run(&[old(2), old(4)].join(","), &["--skip-impossible"]);
    outcome.exits_with(254);
    let found = report(&outcome);
    let message = |at: usize| found["Accounts"][at]["Error"]["Message"].as_str().unwrap_or_default();
    assert!(message(0).contains(&format!("the profile belongs to the account {}", old(3))), "{found}");
    assert!(message(1).contains(&format!("member-{}", old(4))), "{found}");
    let expected = format!("{} ACCEPTED", old(1));
    assert_eq!(invitations(&serving), expected);
}

#[test]
fn a_table_has_a_row_for_each_account() {
    let serving = merger(&[]);
    let outcome = join(&serving, &format!("{},{OLD}", old(1)), &["--dry-run", "--output", "table"]).run();
    let table = String::from_utf8_lossy(&outcome.stdout).into_owned();
    let row = table.lines().find(|line| line.contains(OLD)).expect("a row");
    assert!(row.contains("the account manages the organization") && row.contains("CANNOT"), "{table}");
    assert!(table.lines().any(|line| line.contains(&old(1)) && line.contains("INVITE")), "{table}");
}

/// The operations of a run, by account, are in the policies that it prints.
#[test]
fn the_printed_policies_allow_what_a_run_does() {
    let printed = orgshake(["join", "--print-policy", "--account-role", "team/admin"]).run();
    printed.sent_nothing();
    let policies: Value = serde_json::from_str(&printed.success()).expect("JSON");
    let actions = |side: &str| -> HashSet<String> {
        let listed = policies[side]["Statement"][0]["Action"].as_array().expect("actions");
        listed.iter().map(|action| action.as_str().expect("text").to_owned()).collect()
    };
    assert_eq!(policies["AccountSource"]["Statement"][0]["Resource"], "arn:aws:iam::*:role/team/admin");
    let serving = merger(&["--fault", "lost-response@InviteAccountToOrganization"]);
    let accounts = format!("{},{POOR},111000000001", old(1));
    join(&serving, &accounts, &["--parent-path", "/Imported/Shop", "--create-parents"]).run().exits_with(254);
    let (mut ours, mut theirs) = (HashSet::new(), HashSet::new());
    let log = serving.stop("TERM");
    for line in log.lines() {
        let [_, account, operation, ..] = line.split(' ').collect::<Vec<_>>()[..] else { continue };
        if !["AssumeRole", "GetCallerIdentity"].contains(&operation) {
            let side = if account == NEW { &mut ours } else { &mut theirs };
            side.insert(format!("organizations:{operation}"));
        }
    }
    assert!(ours.len() > 8 && theirs.len() > 2, "{log}");
    assert!(ours.is_subset(&actions("ManagementAccount")), "{ours:?}");
    assert!(theirs.is_subset(&actions("Account")), "{theirs:?}");
}

/// The program with a terminal, in the environment of the server.
fn on_terminal(serving: &Serving, home: &Home, options: &[&str]) -> Session {
    let url = format!("http://{}", serving.address());
    Session::start(env!("CARGO_BIN_EXE_orgshake"), |command| {
        command.args(["join", "--no-pacing", "--account-role", "admin", "--from-organization", "o-exampleoldorg"]);
        command
            .args(options)
            .current_dir(home.cwd())
            .env("HOME", home.path())
            .env("TERM", "xterm")
            .env("PATH", "/usr/bin:/bin");
        command.env("AWS_ENDPOINT_URL", url).env("AWS_ACCESS_KEY_ID", NEW).env("AWS_SECRET_ACCESS_KEY", "sandbox");
    })
}

#[test]
fn on_a_terminal_the_plan_is_shown_and_the_answer_decides() {
    for (answer, expected) in [("no\n", "not confirmed; nothing was changed"), ("yes\n", "\"JOINED\": 1")] {
        let (serving, home) = (merger(&[]), Home::new());
        let mut session =
            on_terminal(&serving, &home, &["--accounts", &old(1), "--parent-path", "/Imported/X", "--create-parents"]);
        let has = |session: &Session, text: &str| session.until(text, || session.shown().contains(text).then_some(()));
        has(&session, "Only \"yes\" goes on");
        let shown = session.shown();
        assert!(
            shown.contains("1 account will leave o-exampleoldorg and lose its policies, billing and shared"),
            "{shown}"
        );
        assert!(shown.contains("Organizational units to create: /Imported/X"), "{shown}");
        session.types(answer);
        has(&session, expected);
        drop(session);
        let log = serving.stop("TERM");
        assert_eq!(changes(&log).is_empty(), answer == "no\n", "{log}");
    }
}

#[test]
fn a_signal_at_the_question_changes_nothing() {
    let (serving, home) = (merger(&[]), Home::new());
    // Also at the very moment at which the question is written.
    for _ in 0..20 {
        let mut session = on_terminal(&serving, &home, &["--accounts", &old(1)]);
        session.until("the question", || session.shown().contains("Only \"yes\" goes on").then_some(()));
        session.types("\u{3}");
        session.until("the end", || session.shown().contains("nothing was changed").then_some(()));
    }
    assert_eq!(changes(&serving.stop("TERM")), Vec::<String>::new());
}

/// Starts join with piped output.
fn started(serving: &Serving, home: &Home, accounts: &[String], options: &[&str]) -> std::process::Child {
    // Tests that run in the background ignore SIGINT, and the program would inherit that.
    Command::new("env")
        .args(["--default-signal=INT,TERM", env!("CARGO_BIN_EXE_orgshake")])
        .args(["join", "--yes", "--no-pacing", "--account-role", "admin", "--from-organization", "o-exampleoldorg"])
        .args(["--accounts", &accounts.join(",")])
        .args(options)
        .current_dir(home.cwd())
        .env_clear()
        .env("HOME", home.path())
        .env("AWS_ENDPOINT_URL", format!("http://{}", serving.address()))
        .env("AWS_ACCESS_KEY_ID", NEW)
        .env("AWS_SECRET_ACCESS_KEY", "sandbox")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

#[test]
fn the_first_signal_finishes_what_is_under_way() {
    // The first four wait for their invitations when the signal comes.
    let (serving, home) = (merger(&["--propagation", "2s"]), Home::new());
    let accounts: Vec<_> = (1..=20).map(old).collect();
    let child = started(&serving, &home, &accounts, &["--max-concurrency", "4", "--parent-path", "/Imported"]);
    serving.until_logged("InviteAccountToOrganization");
    kill_process(Pid::from_child(&child), Signal::INT).expect("a process");
    let output = child.wait_with_output().expect("an end");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("join starts no more accounts and finishes "), "{told}");
    assert!(told.contains("Interrupted: 20 accounts: "), "{told}");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {told}"));
    let joined = found["Totals"]["JOINED"].as_u64().expect("some");
    assert!((1..=4).contains(&joined) && found["Totals"]["NOT_STARTED"].as_u64() == Some(20 - joined), "{found}");
    assert_eq!(invitations(&serving).matches("ACCEPTED").count() as u64, joined);
    assert!(!invitations(&serving).contains("OPEN"));
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&output.status), Some(2));
}

#[test]
fn the_second_signal_ends_at_once_and_says_what_is_open() {
    // The account never sees its invitation.
    let (serving, home) = (merger(&["--propagation", "60s"]), Home::new());
    let mut child = started(&serving, &home, &[old(1)], &[]);
    serving.until_logged("DescribeHandshake");
    kill_process(Pid::from_child(&child), Signal::INT).expect("a process");
    // Two signals at once could be one.
    let mut told = BufReader::new(child.stderr.take().expect("a pipe")).lines().map(|line| line.expect("text"));
    assert!(told.any(|line| line.contains("join starts no more accounts and finishes")));
    kill_process(Pid::from_child(&child), Signal::INT).expect("a process");
    let output = child.wait_with_output().expect("an end");
    let found: Value = serde_json::from_slice(&output.stdout).expect("a report");
    let entry = &found["Accounts"][0];
    assert_eq!(entry["Outcome"], "FAILED");
    let id = entry["HandshakeId"].as_str().expect("an id");
    let to_do = entry["ToDo"].as_str().expect("something to do");
    assert!(to_do.contains(&format!("the invitation {id} may be open or accepted; run join again")), "{entry}");
}

#[test]
fn a_step_that_never_succeeds_is_given_up_and_its_invitation_canceled() {
    let serving = merger(&["--propagation", "60s"]);
    let outcome = join(&serving, &old(1), &["--timeout", "1s"]).run();
    outcome.exits_with(255);
    let found = report(&outcome);
    assert!(
        found["Accounts"][0]["Error"]["Message"]
            .as_str()
            .is_some_and(|text| text.contains("doesn't see the invitation"))
    );
    assert_eq!(invitations(&serving), format!("{} CANCELED", old(1)));
}

/// Returns how often the program is killed: a property holds for each moment.
fn kills() -> u64 {
    std::env::var("ORGSHAKE_TEST_KILLS").map_or(8, |count| count.parse().expect("a number"))
}

#[test]
fn whenever_it_is_killed_a_second_run_completes_it() {
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let (mut partly, mut total) = (0, 0);
    for round in 0..kills() {
        // A xorshift generator: the moments differ from round to round, and are the same in every run.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let (serving, home) =
            (merger(&["--latency", "5ms", "--fault", "lost-response@AcceptHandshake:2"]), Home::new());
        // Handshakes of other accounts and organizations, which must stay as they are.
        for target in [old(50), old(51)] {
            let target = format!("Id={target},Type=ACCOUNT");
            serving.client(NEW, &["invite-account-to-organization", "--target", &target]).run().success();
        }
        let accounts: Vec<_> = (1..=8).map(old).collect();
        let options = ["--parent-path", "/Imported/Shop", "--create-parents", "--max-concurrency", "2"];
        let mut child = started(&serving, &home, &accounts, &options);
        thread::sleep(Duration::from_micros(seed % 1_000_000));
        child.kill().expect("a child");
        child.wait().expect("an end");
        let before = invitations(&serving).matches("ACCEPTED").count();
        partly += usize::from(before > 0 && before < 8);
        total += before;

        let output = started(&serving, &home, &accounts, &options).wait_with_output().expect("an end");
        assert!(output.status.success(), "round {round}: {}", String::from_utf8_lossy(&output.stderr));
        let found: Value = serde_json::from_slice(&output.stdout).expect("a report");
        for (account, outcome) in outcomes(&found) {
            assert!(["JOINED", "PLACED", "ALREADY_HERE"].contains(&outcome.as_str()), "{round}: {account} {outcome}");
        }
        let accepted: Vec<_> = accounts.iter().map(|id| format!("{id} ACCEPTED")).collect();
        let expected = format!("{},{} OPEN,{} OPEN", accepted.join(","), old(50), old(51));
        assert_eq!(invitations(&serving), expected, "round {round}");
        let again = join(&serving, &accounts.join(","), &options).run();
        assert_eq!(report(&again)["Totals"], json!({"ALREADY_HERE": 8}), "round {round}");
        let log = serving.stop("TERM");
        let accepts = log.lines().filter(|line| line.ends_with(" AcceptHandshake 200")).count();
        assert!(accepts <= 8, "round {round}: {log}");
    }
    eprintln!("killed with {total} accounts accepted in {} rounds, {partly} of them partly", kills());
}

/// Returns the answers of STS for any role, and of an organization that no account is in.
fn service(answer: impl Fn(&Asked) -> Option<Value> + Send + Sync + 'static) -> Service {
    Service::start(move |asked| {
        if let Some(reply) = crate::accounts::sts(asked) {
            return reply;
        }
        let found = answer(asked).or_else(|| destination(asked));
        found.map_or_else(|| refusal("AccessDeniedException"), |body| -> Reply { (200, body.to_string()) })
    })
}

/// Returns the responses of an empty organization.
fn destination(asked: &Asked) -> Option<Value> {
    let organization = json!({"Organization": {"Id": "o-exampleneworg", "MasterAccountId": NEW, "FeatureSet": "ALL"}});
    Some(match (asked.operation.as_str(), asked.key == NEW) {
        ("DescribeOrganization", true) => organization,
        ("ListAccounts", true) => json!({"Accounts": [{"Id": NEW, "Status": "ACTIVE"}]}),
        ("ListHandshakesForOrganization", true) => json!({"Handshakes": []}),
        _ => return None,
    })
}

fn invite(organization: &str, account: &str, id: &str) -> Value {
    json!({"Handshake": {
        "Id": id, "Arn": format!("arn:aws:organizations::{NEW}:handshake/{organization}/invite/{id}"),
        "Action": "INVITE", "State": "OPEN",
        "Parties": [{"Id": organization, "Type": "ORGANIZATION"}, {"Id": account, "Type": "ACCOUNT"}],
    }})
}

fn at(service: &Service, options: &[&str]) -> Outcome {
    let run = orgshake(["join", "--yes", "--no-pacing", "--account-role", "admin", "--accounts", "333333333333"]);
    let run = run.args(options).env("AWS_ENDPOINT_URL", service.url());
    run.env("AWS_ENDPOINT_URL_ORGANIZATIONS", service.url())
        .env("AWS_ACCESS_KEY_ID", NEW)
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .run()
}

#[test]
fn a_handshake_that_is_not_the_organizations_is_never_accepted() {
    let (ours, theirs) = ("h-exampleours1111", "h-exampletheirs111");
    // The service confuses two handshakes: in the response to the invitation, and in what the account sees.
    let cases: [(Value, Value); 2] = [
        (invite("o-exampleother", "333333333333", theirs), invite("o-exampleother", "333333333333", theirs)),
        (invite("o-exampleneworg", "333333333333", ours), invite("o-exampleother", "333333333333", ours)),
    ];
    for (sent, seen) in cases {
        let service = service(move |asked| match asked.operation.as_str() {
            "DescribeOrganization" if asked.key != NEW => None,
            "InviteAccountToOrganization" => Some(sent.clone()),
            "DescribeHandshake" => Some(seen.clone()),
            "CancelHandshake" => Some(sent.clone()),
            _ => None,
        });
        let outcome = at(&service, &["--skip-impossible"]);
        outcome.exits_with(254);
        assert!(!service.asked().contains(&"AcceptHandshake".to_owned()), "{outcome}");
    }
}

#[test]
fn a_denial_names_the_missing_action() {
    let service = service(|asked| match asked.operation.as_str() {
        "DescribeOrganization" if asked.key != NEW => {
            Some(json!({"Organization": {"Id": "o-exampleoldorg", "MasterAccountId": OLD}}))
        }
        _ => None,
    });
    let outcome = at(&service, &["--from-organization", "o-exampleoldorg"]);
    outcome.exits_with(254);
    let error = &report(&outcome)["Accounts"][0]["Error"];
    assert_eq!(error["Code"], "AccessDeniedException");
    let explanation = error["Explanation"].as_str().expect("an explanation");
    assert!(explanation.contains("organizations:InviteAccountToOrganization"), "{error}");
}

#[test]
fn a_role_that_leads_to_another_account_changes_nothing() {
    let service = Service::start(|asked| {
        let other = |(status, body): Reply| match asked.key == NEW {
            true => (status, body),
            false => (status, body.replace("333333333333", "444444444444")),
        };
        let answer =
            || destination(asked).map_or_else(|| refusal("AccessDeniedException"), |body| (200, body.to_string()));
        crate::accounts::sts(asked).map(other).unwrap_or_else(answer)
    });
    let outcome = at(&service, &[]);
    outcome.exits_with(1);
    let found = report(&outcome);
    let message = found["Accounts"][0]["Error"]["Message"].as_str().expect("a message");
    assert!(message.contains("the role belongs to the account 444444444444"), "{found}");
    assert!(!service.asked().iter().any(|operation| operation.starts_with("Invite")), "{:?}", service.asked());
}

#[test]
fn the_report_is_printed_once_in_each_format() {
    let serving = merger(&[]);
    for (format, mark) in
        [("yaml", "Outcome: PLANNED"), ("text", "PLANNED"), ("yaml-stream", "Outcome: PLANNED"), ("off", "")]
    {
        let outcome = join(&serving, &old(1), &["--dry-run", "--output", format]).run();
        outcome.exits_with(0);
        assert!(String::from_utf8_lossy(&outcome.stdout).contains(mark), "{format}: {outcome}");
    }
}

/// Returns the responses of an organization that invites the account and shows it once it has accepted. Each operation's
/// response may be replaced.
fn scripted(replace: impl Fn(&Asked, usize) -> Option<Reply> + Send + Sync + 'static) -> Service {
    let counts: Mutex<HashMap<(String, bool), usize>> = Mutex::default();
    let accepted = AtomicBool::new(false);
    Service::start(move |asked| {
        if let Some(reply) = crate::accounts::sts(asked) {
            return reply;
        }
        let is_ours = asked.key == NEW;
        let mut counts = counts.lock().expect("counts");
        let count = counts.entry((asked.operation.clone(), is_ours)).or_default();
        *count += 1;
        if let Some(reply) = replace(asked, *count) {
            return reply;
        }
        let id = "h-exampleours1111";
        let in_state = |state: &str| {
            let mut handshake = invite("o-exampleneworg", "333333333333", id);
            handshake["Handshake"]["State"] = state.into();
            handshake
        };
        let state = if accepted.load(Ordering::Relaxed) { "ACCEPTED" } else { "OPEN" };
        let body = match asked.operation.as_str() {
            "DescribeOrganization" if !is_ours => return refusal("AWSOrganizationsNotInUseException"),
            "InviteAccountToOrganization" => in_state("OPEN"),
            "DescribeHandshake" => in_state(state),
            "CancelHandshake" if state == "ACCEPTED" => return refusal("InvalidHandshakeTransitionException"),
            "CancelHandshake" => in_state("CANCELED"),
            "AcceptHandshake" => {
                accepted.store(true, Ordering::Relaxed);
                in_state("ACCEPTED")
            }
            "DescribeAccount" => json!({"Account": {"Id": "333333333333", "Status": "ACTIVE"}}),
            _ => {
                return destination(asked)
                    .map_or_else(|| refusal("AccessDeniedException"), |body| (200, body.to_string()));
            }
        };
        (200, body.to_string())
    })
}

fn count(service: &Service, operation: &str) -> usize {
    service.asked().iter().filter(|asked| *asked == operation).count()
}

#[test]
fn an_account_that_moves_during_the_run_accepts_nothing() {
    // The account joins another organization after the looks of the plan and before the invitation.
    let moved = json!({"Organization": {"Id": "o-exampleother", "MasterAccountId": "999999999999"}});
    let service = scripted(move |asked, count| {
        let is_late = asked.operation == "DescribeOrganization" && asked.key != NEW && count > 2;
        is_late.then(|| (200, moved.to_string()))
    });
    let outcome = at(&service, &[]);
    outcome.exits_with(254);
    assert_eq!((count(&service, "AcceptHandshake"), count(&service, "CancelHandshake")), (0, 1));
    assert!(
        report(&outcome)["Accounts"][0]["Error"]["Message"]
            .as_str()
            .is_some_and(|text| text.contains("o-exampleother"))
    );
}

#[test]
fn an_organization_without_an_id_is_no_organization() {
    for missing in ["Id", "MasterAccountId"] {
        let service = scripted(move |asked, _| {
            let mut organization = json!({"Id": "o-exampleneworg", "MasterAccountId": NEW});
            organization.as_object_mut().expect("an object").remove(missing);
            let is_asked = asked.operation == "DescribeOrganization";
            is_asked.then(|| (200, json!({"Organization": organization}).to_string()))
        });
        let outcome = at(&service, &[]);
        outcome.exits_with(255);
        outcome.stderr_has(&["doesn't name the organization", "nothing was changed"]);
        assert_eq!(count(&service, "InviteAccountToOrganization"), 0);
    }
}

#[test]
fn an_invitation_to_another_account_is_neither_accepted_nor_canceled() {
    let service = scripted(|asked, _| {
        let is_asked = asked.operation == "InviteAccountToOrganization";
        is_asked.then(|| (200, invite("o-exampleneworg", "444444444444", "h-exampletheirs111").to_string()))
    });
    let outcome = at(&service, &["--timeout", "1s"]);
    outcome.exits_with(254);
    assert_eq!((count(&service, "AcceptHandshake"), count(&service, "CancelHandshake")), (0, 0));
    let to_do = report(&outcome)["Accounts"][0]["ToDo"].as_str().expect("something to do").to_owned();
    assert!(
        to_do.starts_with("the account may be invited; run join again, or see: orgshake list-handshakes-for-organ")
    );
}

#[test]
fn an_invitation_that_may_be_somebody_elses_is_not_canceled() {
    // The first request is lost, somebody else invites the account, and the second request is a duplicate.
    let service = scripted(|asked, count| match asked.operation.as_str() {
        "InviteAccountToOrganization" if count == 1 => Some((500, "{}".to_owned())),
        "InviteAccountToOrganization" => Some(refusal("DuplicateHandshakeException")),
        "ListHandshakesForOrganization" if count > 1 => {
            let mut listed = invite("o-exampleneworg", "333333333333", "h-exampletheirs111")["Handshake"].take();
            listed["RequestedTimestamp"] = (jiff::Timestamp::now().as_second() + 5).into();
            Some((200, json!({"Handshakes": [listed]}).to_string()))
        }
        "AcceptHandshake" => Some(refusal("AccessDeniedException")),
        _ => None,
    });
    let outcome = at(&service, &[]);
    outcome.exits_with(254);
    assert_eq!(count(&service, "CancelHandshake"), 0, "{outcome}");
}

#[test]
fn an_acceptance_that_an_error_hides_is_found() {
    let service = scripted(|asked, count| match asked.operation.as_str() {
        // It is accepted all the same, and the first look is old.
        "AcceptHandshake" => Some(refusal("AccessDeniedForDependencyException")),
        "CancelHandshake" => Some(refusal("InvalidHandshakeTransitionException")),
        "DescribeHandshake" if asked.key == NEW && count > 1 => {
            let mut accepted = invite("o-exampleneworg", "333333333333", "h-exampleours1111");
            accepted["Handshake"]["State"] = "ACCEPTED".into();
            Some((200, accepted.to_string()))
        }
        _ => None,
    });
    let outcome = at(&service, &[]);
    assert_eq!(report(&outcome)["Totals"], json!({"JOINED": 1}), "{outcome}");
}

#[test]
fn the_time_for_a_step_is_kept() {
    let service =
        scripted(|asked, _| (asked.operation == "AcceptHandshake").then(|| refusal("ConcurrentModificationException")));
    let began = Instant::now();
    let outcome = at(&service, &["--timeout", "1s"]);
    outcome.exits_with(254);
    // Without the limit it would be two minutes.
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    assert_eq!(count(&service, "CancelHandshake"), 1);
}

#[test]
fn server_errors_of_the_first_look_pass() {
    let service = scripted(|asked, count| {
        let is_early = asked.operation == "DescribeOrganization" && asked.key != NEW && count <= 4;
        is_early.then(|| (500, r#"{"__type": "ServiceException"}"#.to_owned()))
    });
    assert_eq!(report(&at(&service, &[]))["Totals"], json!({"JOINED": 1}));
}

#[test]
fn listings_that_never_end_are_ended() {
    for same in [true, false] {
        let service = scripted(move |asked, count| {
            let token = if same { count % 2 } else { count };
            let page = json!({"Accounts": [], "NextToken": format!("token{token}")});
            (asked.operation == "ListAccounts").then(|| (200, page.to_string()))
        });
        let outcome = at(&service, &[]);
        outcome.exits_with(255);
        outcome.stderr_has(&["Error during pagination: ", "nothing was changed"]);
    }
}

#[test]
fn units_that_were_created_are_in_the_report_of_a_failure() {
    let service = scripted(|asked, count| match asked.operation.as_str() {
        "ListRoots" => Some((200, json!({"Roots": [{"Id": "r-root", "Name": "Root"}]}).to_string())),
        "ListOrganizationalUnitsForParent" => Some((200, json!({"OrganizationalUnits": []}).to_string())),
        "CreateOrganizationalUnit" if count == 1 => {
            Some((200, json!({"OrganizationalUnit": {"Id": "ou-root-12345678", "Name": "A"}}).to_string()))
        }
        "CreateOrganizationalUnit" => Some(refusal("ConstraintViolationException")),
        _ => None,
    });
    let outcome = at(&service, &["--parent-path", "/A/B", "--create-parents"]);
    outcome.exits_with(254);
    let found = report(&outcome);
    assert_eq!(found["CreatedOrganizationalUnits"], json!([{"Path": "/A", "Id": "ou-root-12345678"}]));
    assert_eq!(found["Totals"], json!({"NOT_STARTED": 1}));
    outcome.stderr_has(&["no account was changed"]);
}

#[test]
fn a_query_that_fails_does_so_before_any_change() {
    let serving = merger(&[]);
    let outcome = join(&serving, &old(1), &["--query", "length(OrganizationId, 1)"]).run();
    outcome.exits_with(252);
    let outcome = join(&serving, &old(1), &["--query", "keys(Accounts)"]).run();
    outcome.exits_with(255);
    outcome.stderr_has(&["nothing was changed"]);
    assert_eq!(changes(&serving.stop("TERM")), Vec::<String>::new());
}

#[test]
fn one_account_at_a_time_is_possible() {
    let serving = merger(&[]);
    let accounts = format!("{},{}", old(1), old(2));
    let outcome = join(&serving, &accounts, &["--max-concurrency", "1"]).run();
    assert_eq!(report(&outcome)["Totals"], json!({"JOINED": 2}));
}

/// Each attempt of a request that fails has its own turn.
#[test]
fn repeated_requests_keep_to_the_documented_rates() {
    let faults = ["--fault", "internal-error@InviteAccountToOrganization:4", "--fault", "internal-error@MoveAccount:4"];
    keeps_to_the_documented_rates(8, &faults, |line| line.contains(" Describe"));
}

#[test]
fn a_unit_in_a_response_must_be_the_one_that_was_asked_for() {
    let other = json!({"OrganizationalUnit": {"Id": "ou-root-87654321", "Name": "Security"}});
    let options: [&[&str]; 2] = [&["--parent-path", "/A", "--create-parents"], &["--parent", "ou-root-12345678"]];
    for options in options {
        let other = other.to_string();
        let service = scripted(move |asked, _| match asked.operation.as_str() {
            "ListRoots" => Some((200, json!({"Roots": [{"Id": "r-root", "Name": "Root"}]}).to_string())),
            "ListOrganizationalUnitsForParent" => Some((200, json!({"OrganizationalUnits": []}).to_string())),
            "CreateOrganizationalUnit" | "DescribeOrganizationalUnit" => Some((200, other.clone())),
            _ => None,
        });
        let outcome = at(&service, options);
        outcome.exits_with(255);
        outcome.stderr_has(&["doesn't contain the organizational unit"]);
        assert_eq!((count(&service, "InviteAccountToOrganization"), count(&service, "MoveAccount")), (0, 0));
    }
}

#[test]
fn a_role_of_a_line_replaces_the_arn_of_the_option() {
    let forms = Arc::new(Mutex::new(String::new()));
    let log = Arc::clone(&forms);
    let service = Service::start(move |asked| {
        log.lock().expect("a log").push_str(&asked.body);
        let answer = || destination(asked).map(|body| (200, body.to_string()));
        let answer = crate::accounts::sts(asked).or_else(answer);
        answer.unwrap_or_else(|| refusal("AWSOrganizationsNotInUseException"))
    });
    let csv = "account,role\n333333333333,team/admin\n";
    let run = orgshake(["join", "--yes", "--no-pacing", "--accounts", "file://a.csv"]).file("a.csv", csv);
    let run = run.args(["--account-role", "arn:aws-cn:iam::{account}:role/other", "--dry-run"]);
    let run = run.env("AWS_ENDPOINT_URL", service.url()).env("AWS_ENDPOINT_URL_ORGANIZATIONS", service.url());
    let outcome = run.env("AWS_ACCESS_KEY_ID", NEW).env("AWS_SECRET_ACCESS_KEY", SECRET).run();
    assert_eq!(report(&outcome)["Totals"], json!({"PLANNED": 1}), "{outcome}");
    let forms = forms.lock().expect("a log");
    assert!(forms.contains("arn%3Aaws-cn%3Aiam%3A%3A333333333333%3Arole%2Fteam%2Fadmin"), "{forms}");
}
