//! `orgshake wait`: what it asks, when it ends, and what it says then.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

#[cfg(unix)]
use crate::sandbox_server::Serving;
use crate::support::run::{DEAD, HANDSHAKE, Outcome, Run, orgshake};
use crate::support::server::Step;
#[cfg(unix)]
use crate::support::terminal::Session;

const DESCRIBE: &str = "DescribeHandshake";
const OF_ORGANIZATION: &str = "ListHandshakesForOrganization";
const OF_ACCOUNT: &str = "ListHandshakesForAccount";

const A: &str = "h-example0001";
const B: &str = "h-example0002";
const C: &str = "h-example0003";

/// Waits for one handshake.
fn wait(state: &str, words: &[&str]) -> Run {
    orgshake(["wait", &format!("handshake-{state}"), "--interval", "1s"]).args(words)
}

/// Waits for handshakes with these ids.
fn wait_for(state: &str, ids: &[&str]) -> Run {
    wait(state, &["--handshake-id"]).args(ids)
}

fn shown(id: &str, state: &str) -> Value {
    json!({"Id": id, "State": state, "Action": "INVITE"})
}

fn described(id: &str, state: &str) -> Step {
    Step::json(&json!({"Handshake": shown(id, state)}))
}

fn listed(handshakes: &[Value]) -> Step {
    Step::json(&json!({"Handshakes": handshakes}))
}

fn denied() -> Step {
    Step::error("AccessDeniedException", "no")
}

#[track_caller]
fn asked(outcome: &Outcome, expected: &[&str]) {
    let sent: Vec<_> = outcome.requests.iter().filter_map(|request| request.operation()).collect();
    assert_eq!(sent, expected, "{outcome}");
}

#[track_caller]
fn fails(outcome: &Outcome, message: &str) {
    let told = outcome.failure(255);
    assert!(told.starts_with(&format!("\norgshake: [ERROR]: {message}\n")), "{told}");
}

#[test]
fn one_handshake_is_described_until_it_is_so() {
    let script = || ["REQUESTED", "OPEN", "ACCEPTED"].map(|state| described(HANDSHAKE, state));
    for words in [&["wait"][..], &["organizations", "wait"]] {
        let run = orgshake(words).args(["handshake-accepted", "--interval=1s", "--handshake-id", HANDSHAKE]);
        let outcome = run.script(script()).run();
        assert_eq!(outcome.success(), "");
        outcome.sent(&[0, 1, 2].map(|_| (DESCRIBE, json!({"HandshakeId": HANDSHAKE}))));
    }
}

#[test]
fn every_waiter_knows_its_states() {
    let states = ["REQUESTED", "OPEN", "CANCELED", "ACCEPTED", "DECLINED", "EXPIRED"];
    // By state: `+` is waited for, `-` is a terminal failure, `.` is waited out.
    for (waiter, name, ends) in [
        ("accepted", "HandshakeAccepted", "..-+--"),
        ("declined", "HandshakeDeclined", "..--+-"),
        ("canceled", "HandshakeCanceled", "..+---"),
        ("open", "HandshakeOpen", ".+----"),
        ("closed", "HandshakeClosed", "..++++"),
    ] {
        for (state, end) in states.iter().zip(ends.chars()) {
            let run = wait_for(waiter, &[HANDSHAKE]).args(["--timeout", "0s"]).script([described(HANDSHAKE, state)]);
            let outcome = run.run();
            asked(&outcome, &[DESCRIBE]);
            match end {
                '+' => assert_eq!(outcome.success(), ""),
                '-' => fails(
                    &outcome,
                    &format!(
                        "Waiter {name} failed: Waiter encountered a terminal failure state: {HANDSHAKE} is {state}"
                    ),
                ),
                _ => fails(&outcome, &format!("Waiter {name} failed: Max wait time exceeded: {HANDSHAKE} is {state}")),
            }
        }
    }
}

#[test]
fn another_final_state_ends_the_wait_at_once() {
    let script = [listed(&[shown(A, "OPEN"), shown(B, "DECLINED"), shown(C, "EXPIRED")])];
    let began = Instant::now();
    let run = orgshake(["wait", "handshake-accepted", "--interval", "1h", "--handshake-id", A, B, C]);
    let outcome = run.script(script).run();
    let told = format!("terminal failure state: {B} is DECLINED, {C} is EXPIRED");
    fails(&outcome, &format!("Waiter HandshakeAccepted failed: Waiter encountered a {told}"));
    assert!(began.elapsed() < Duration::from_secs(3600));
}

#[test]
fn the_last_pause_is_cut_to_the_time_that_is_left() {
    let run = orgshake(["wait", "handshake-accepted", "--interval", "1h", "--timeout", "3s", "--handshake-id", A]);
    let outcome = run.script([described(A, "OPEN")]).run();
    fails(&outcome, &format!("Waiter HandshakeAccepted failed: Max wait time exceeded: {A} is OPEN"));
    asked(&outcome, &[DESCRIBE; 2]);
}

#[test]
fn several_need_one_listing_a_round() {
    let page = |token: &str, handshakes: &[Value]| Step::json(&json!({"Handshakes": handshakes, "NextToken": token}));
    let script = [
        // The listing isn't read further than needed.
        page("more", &[shown("h-example0009", "OPEN"), shown(A, "ACCEPTED")]),
        page("last", &[shown(B, "OPEN"), shown(C, "OPEN")]),
        page("more", &[shown(C, "ACCEPTED"), shown(B, "OPEN"), shown(A, "ACCEPTED")]),
        // The last one is described.
        described(B, "OPEN"),
        described(B, "ACCEPTED"),
    ];
    let outcome = wait_for("accepted", &[A, B, "--handshake-id", C, A]).script(script).run();
    assert_eq!(outcome.success(), "");
    outcome.sent(&[
        (OF_ORGANIZATION, json!({})),
        (OF_ORGANIZATION, json!({"NextToken": "more"})),
        (OF_ORGANIZATION, json!({})),
        (DESCRIBE, json!({"HandshakeId": B})),
        (DESCRIBE, json!({"HandshakeId": B})),
    ]);
}

#[test]
fn the_listing_that_shows_them_is_asked_and_others_are_described() {
    // A member may not list the organization's handshakes.
    let script = [
        denied(),
        listed(&[shown(A, "OPEN"), shown(B, "OPEN")]),
        listed(&[shown(A, "ACCEPTED"), shown(B, "ACCEPTED")]),
    ];
    let outcome = wait_for("accepted", &[A, B]).script(script).run();
    assert_eq!(outcome.success(), "");
    asked(&outcome, &[OF_ORGANIZATION, OF_ACCOUNT, OF_ACCOUNT]);

    let script = [
        listed(&[shown(A, "OPEN")]),
        listed(&[]),
        described(B, "OPEN"),
        described(C, "ACCEPTED"),
        listed(&[shown(A, "ACCEPTED")]),
        described(B, "ACCEPTED"),
    ];
    let outcome = wait_for("accepted", &[A, B, C]).script(script).run();
    assert_eq!(outcome.success(), "");
    asked(&outcome, &[OF_ORGANIZATION, OF_ACCOUNT, DESCRIBE, DESCRIBE, OF_ORGANIZATION, DESCRIBE]);
}

#[test]
fn an_error_that_stays_ends_the_wait_with_its_own_exit_code() {
    let unknown = Step::error("HandshakeNotFoundException", "gone");
    for (run, script, operations) in [
        (wait_for("accepted", &[A]), vec![unknown.clone()], &[DESCRIBE][..]),
        (wait_for("accepted", &[A, B]), vec![denied(), denied(), unknown], &[OF_ORGANIZATION, OF_ACCOUNT, DESCRIBE]),
    ] {
        let outcome = run.script(script).run();
        let told = outcome.failure(254);
        assert!(told.contains("(HandshakeNotFoundException) when calling the DescribeHandshake operation"), "{told}");
        asked(&outcome, operations);
    }
    let outcome = wait("open", &["--target", "Id=a@example.com,Type=EMAIL"]).script([denied()]).run();
    assert!(outcome.failure(254).contains("(AccessDeniedException)"), "{outcome}");
    asked(&outcome, &[OF_ORGANIZATION, OF_ACCOUNT]);
}

#[test]
fn throttling_and_transient_failures_do_not_end_the_wait() {
    let script = [
        Step::error("TooManyRequestsException", "slow"),
        Step::bytes("<html>").status(503),
        Step::close(),
        described(A, "ACCEPTED"),
    ];
    let outcome = wait_for("accepted", &[A]).env("AWS_MAX_ATTEMPTS", "1").script(script).run();
    assert_eq!(outcome.success(), "");
    asked(&outcome, &[DESCRIBE; 4]);
}

#[test]
fn the_end_of_the_time_says_how_the_last_look_failed() {
    let script = [described(A, "OPEN"), Step::error("TooManyRequestsException", "slow")];
    let outcome = wait_for("accepted", &[A, "--timeout", "3s"]).env("AWS_MAX_ATTEMPTS", "1").script(script).run();
    fails(&outcome, &format!("Waiter HandshakeAccepted failed: Max wait time exceeded: {A} is OPEN"));
    outcome.stderr_has(&["cause: the last check failed: An error occurred (TooManyRequestsException)"]);
    let outcome = wait_for("accepted", &[A, "--timeout", "0s"]).env("AWS_MAX_ATTEMPTS", "1");
    let outcome = outcome.script([Step::bytes("<html>").status(503)]);
    fails(&outcome.run(), &format!("Waiter HandshakeAccepted failed: Max wait time exceeded: {A} was not seen"));
}

#[test]
fn a_response_that_shows_another_handshake_ends_the_wait() {
    let outcome = wait_for("accepted", &[A]).script([described("h-exampleother1111", "ACCEPTED")]).run();
    assert!(outcome.failure(255).contains(&format!("doesn't show {A}")), "{outcome}");
}

#[test]
fn a_service_that_cannot_be_reached_at_first_ends_the_wait_at_once() {
    let run = wait_for("accepted", &[A]).env("AWS_MAX_ATTEMPTS", "1").env("AWS_ENDPOINT_URL_ORGANIZATIONS", DEAD);
    assert!(run.run().failure(255).contains("Could not connect to the endpoint URL"));
}

fn invite(id: &str, state: &str, party: &str, requested: i64) -> Value {
    json!({"Id": id, "State": state, "Action": "INVITE", "RequestedTimestamp": requested,
        "Parties": [{"Id": "exampleorgid", "Type": "ORGANIZATION"}, {"Id": party, "Type": "EMAIL"}]})
}

#[test]
fn a_target_stands_for_the_newest_invite_to_it() {
    let handshakes = [
        invite(A, "DECLINED", "Juan@example.com", 1_720_000_000),
        invite(B, "OPEN", "juan@example.com", 1_720_000_100),
        invite(C, "CANCELED", "juan@example.com", 1_720_000_050),
        invite("h-example0004", "CANCELED", "other@example.com", 1_720_000_200),
        json!({"Id": "h-example0005", "State": "CANCELED", "Action": "TRANSFER_RESPONSIBILITY",
            "RequestedTimestamp": 1_720_000_300, "Parties": [{"Id": "juan@example.com", "Type": "EMAIL"}]}),
    ];
    let target = ["--target", "Id=juan@example.com,Type=EMAIL"];
    let outcome = wait("open", &target).script([listed(&handshakes)]).run();
    assert_eq!(outcome.success(), "");
    outcome.sent(&[(OF_ORGANIZATION, json!({"Filter": {"ActionType": "INVITE"}}))]);
    let outcome = wait("accepted", &["--timeout=0s"]).args(target).script([listed(&handshakes)]).run();
    fails(&outcome, &format!("Waiter HandshakeAccepted failed: Max wait time exceeded: {B} is OPEN"));
}

#[test]
fn an_invite_that_is_not_there_yet_is_waited_for() {
    let script = [
        listed(&[]),
        listed(&[]),
        listed(&[invite(A, "OPEN", "juan@example.com", 1)]),
        // A newer one takes its place.
        listed(&[
            invite(B, "ACCEPTED", "juan@example.com", 1_720_000_000),
            invite(A, "DECLINED", "juan@example.com", 1),
        ]),
    ];
    let target = ["--target", r#"{"Id": "juan@example.com", "Type": "EMAIL"}"#];
    let outcome = wait("accepted", &target).script(script).run();
    assert_eq!(outcome.success(), "");
    asked(&outcome, &[OF_ORGANIZATION, OF_ACCOUNT, OF_ORGANIZATION, OF_ORGANIZATION]);
    let outcome = wait("accepted", &["--timeout", "0s"]).args(target).script([listed(&[])]).run();
    fails(
        &outcome,
        "Waiter HandshakeAccepted failed: Max wait time exceeded: no INVITE to juan@example.com was found yet",
    );
}

#[test]
fn ids_are_read_from_stdin() {
    for text in [format!("{A}\t{B}\n{A}\n"), format!("[\"{A}\",\n \"{B}\"]\n")] {
        let script = [listed(&[shown(A, "ACCEPTED"), shown(B, "ACCEPTED")])];
        let outcome = wait_for("accepted", &["-"]).stdin(text).script(script).run();
        assert_eq!(outcome.success(), "");
        asked(&outcome, &[OF_ORGANIZATION]);
    }
    let outcome = wait_for("accepted", &["-"]).stdin(format!("{A}\n{B} nope\n")).run();
    let told = outcome.failure(252);
    assert!(told.contains("value: \"nope\"") && told.contains("(standard input, line 2)"), "{told}");
    outcome.sent_nothing();
    let outcome = wait_for("accepted", &["-"]).stdin("[]\n").run();
    outcome.exits_with(0);
    outcome.stderr_is("orgshake: [NOTE]: no handshake id was given, so there is nothing to wait for\n");
    outcome.sent_nothing();
}

#[test]
fn wrong_options_are_refused_before_anything_is_sent() {
    for (run, message) in [
        (wait("accepted", &[]), "the following arguments are required: --handshake-id"),
        (wait_for("accepted", &["x"]), "Invalid value for parameter HandshakeId, value: \"x\""),
        (wait_for("accepted", &[A, "--target", "Id=x,Type=EMAIL"]), "--target and --handshake-id exclude each other"),
        (wait("accepted", &["--target", "Id=x"]), "Missing required parameter in Target: \"Type\""),
        (wait("accepted", &["--target", "Id=x,Kind=EMAIL"]), "Unknown parameter in Target: \"Kind\""),
        (wait_for("accepted", &[A, "--interval", "0s"]), "Bad value for --interval: it must be at least 1s"),
        (wait_for("accepted", &[A, "--interval", "15"]), "a time needs a unit"),
        (wait_for("accepted", &[A, "--timeout", "soon"]), "a time needs a unit"),
        (wait_for("expired", &[A]), "unknown command 'handshake-expired'"),
        (orgshake(["wait"]), "the following arguments are required: operation"),
    ] {
        let outcome = run.run();
        let told = outcome.failure(252);
        assert!(told.contains(message), "{message}: {told}");
        outcome.sent_nothing();
    }
}

#[test]
fn an_unknown_waiter_is_answered_with_the_closest_one() {
    let told = wait_for("acepted", &[A]).run().failure(252);
    assert!(told.contains("did you mean 'handshake-accepted'?"), "{told}");
}

/// The invitation expires while the program waits.
#[test]
fn the_clock_of_the_sandbox_ends_a_handshake() {
    let sandbox = ["--sandbox", "--sandbox-clock", "+13d23h59m57s"];
    let outcome = wait_for("closed", &[HANDSHAKE]).args(sandbox).run();
    assert_eq!(outcome.success(), "");
    let outcome = wait_for("accepted", &[HANDSHAKE]).args(sandbox).run();
    let told = format!("Waiter encountered a terminal failure state: {HANDSHAKE} is EXPIRED");
    fails(&outcome, &format!("Waiter HandshakeAccepted failed: {told}"));
}

#[test]
fn handshakes_of_the_sandbox_are_found_by_id_and_by_party() {
    let done = ["h-exampleaccepted111", "h-examplebillsaccepted111", "h-exampleenabledone111"];
    assert_eq!(wait_for("accepted", &done).arg("--sandbox").run().success(), "");
    let target = ["--sandbox", "--target", "Id=444444444444,Type=ACCOUNT"];
    assert_eq!(wait("open", &target).run().success(), "");
}

#[cfg(unix)]
#[test]
fn a_role_can_be_assumed_first() {
    let server = Serving::start(&[]);
    let run = |account: &str| {
        let role = format!("arn:aws:iam::{account}:role/waits");
        let words = ["wait", "handshake-accepted", "--handshake-id", "h-exampleaccepted111", "--assume-role", &role];
        server.client("111111111111", &words).run()
    };
    assert_eq!(run("666666666666").success(), "");
    assert!(run("222222222222").failure(254).contains("(AccessDeniedException)"));
}

/// Another program accepts while this one waits.
#[cfg(unix)]
#[test]
fn a_change_by_the_other_side_ends_the_wait() {
    let server = Serving::start(&[]);
    let words = ["wait", "handshake-accepted", "--interval", "1s", "--handshake-id", HANDSHAKE];
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| server.client("111111111111", &words).run().success());
        server.until_logged("DescribeHandshake");
        assert!(!waiting.is_finished());
        server.client("222222222222", &["accept-handshake", "--handshake-id", HANDSHAKE]).run().success();
        assert_eq!(waiting.join().expect("the wait ends"), "");
    });
}

#[cfg(unix)]
#[test]
fn a_signal_says_how_things_stand() {
    for (signal, word, code) in [("INT", "Interrupted", 130), ("TERM", "Terminated", 143)] {
        let never = listed(&[]).delay(Duration::from_secs(3600));
        let script = [listed(&[shown(A, "ACCEPTED"), shown(B, "OPEN"), shown(C, "REQUESTED")]), never];
        let outcome = wait_for("accepted", &[A, B, C]).script(script).signal_after(2, signal).run();
        assert_eq!(outcome.exit.in_shell(), Some(code), "{outcome}");
        let standing = format!("1 of 3 is ACCEPTED, {B} is OPEN, {C} is REQUESTED");
        outcome.stderr_is(&format!("\norgshake: [ERROR]: {word}: {standing}\n"));
    }
}

#[cfg(unix)]
#[test]
fn a_terminal_shows_the_next_look_until_ctrl_c() {
    let mut session = Session::start(env!("CARGO_BIN_EXE_orgshake"), |command| {
        let words = ["--sandbox", "wait", "handshake-accepted", "--interval", "1h", "--handshake-id", HANDSHAKE];
        command.args(words).env("TERM", "xterm").env("LC_ALL", "C.UTF-8").env("NO_COLOR", "1");
    });
    let line = |seconds: u32| format!("\rnext check in {seconds} s: {HANDSHAKE} is OPEN\u{1b}[K");
    let other = |than: u32| (3590..=3600).find(|n| *n != than && session.shown().contains(&line(*n)));
    let first = session.until("the line", || other(0));
    session.until("another second", || other(first));
    session.types("\u{3}");
    let told = format!("\r\u{1b}[K\r\norgshake: [ERROR]: Interrupted: {HANDSHAKE} is OPEN\r\n");
    session.until("the end", || session.shown().ends_with(&told).then_some(()));
}
