//! Long pauses: a terminal shows what the program waits for, until the wait is over.

use std::time::{Duration, Instant};

use crate::support::run::{HANDSHAKE, Run, orgshake};
use crate::support::server::{Server, Step};
use crate::support::terminal::{both_on_terminal, first_wait, stderr_on_terminal};

/// A call that is throttled, then tried again after the pause that the service asks for.
fn throttled(pause: &str) -> (Run, String) {
    let throttled = Step::error("TooManyRequestsException", "Slow down.").header("x-amz-retry-after", pause);
    called([throttled, Step::handshake()])
}

fn called<const STEPS: usize>(steps: [Step; STEPS]) -> (Run, String) {
    let server = Server::script(steps);
    let host = server.host_and_port();
    let run = orgshake(["describe-handshake", "--handshake-id", HANDSHAKE, "--query", "Handshake.Id"]);
    (run.env("TERM", "xterm").server(server), host)
}

/// Runs the program with a terminal as stderr; returns the terminal's text.
#[track_caller]
fn on_stderr(run: Run) -> String {
    let (outcome, shown) = stderr_on_terminal(run);
    assert_eq!(String::from_utf8_lossy(&outcome.stdout), format!("\"{HANDSHAKE}\"\n"), "{outcome}");
    shown
}

/// Returns whether the terminal first showed this wait, after two seconds: on a busy machine, it may be more.
fn shows(shown: &str, waiting: &str) -> bool {
    let wait = first_wait(shown).is_some_and(|(what, seconds)| what == waiting && seconds >= 2);
    wait && shown.starts_with("\rwaiting ")
}

#[test]
fn a_pause_before_another_attempt_is_shown_and_vanishes() {
    let shown = on_stderr(throttled("3000").0);
    let waiting = "to try again after TooManyRequestsException (attempt 2 of 3)";
    assert!(shows(&shown, waiting) && shown.ends_with("\r\u{1b}[K"), "{shown:?}");
    assert_eq!(shown.matches('\n').count(), 0, "nothing is left: {shown:?}");
}

#[test]
fn a_slow_response_is_shown_and_vanishes() {
    let (run, host) = called([Step::handshake().delay(Duration::from_millis(2700))]);
    let shown = on_stderr(run);
    assert!(shows(&shown, &format!("for a response from {host}")) && shown.ends_with("\r\u{1b}[K"), "{shown:?}");
}

#[test]
fn an_error_replaces_the_line() {
    let slow = Step::error("HandshakeNotFoundException", "No.").delay(Duration::from_millis(2700));
    let (outcome, shown) = stderr_on_terminal(called([slow]).0.env("NO_COLOR", "1"));
    outcome.exits_with(254);
    let (before, after) = shown.split_once("\r\u{1b}[K\norgshake: [ERROR]: ").expect("the error");
    assert!(before.starts_with("\rwaiting for ") && !after.contains("waiting"), "{shown:?}");
}

#[test]
fn the_line_follows_the_count_of_a_run() {
    let ids = "h-00000000 h-00000001\n";
    let slow = || Step::handshake().delay(Duration::from_millis(2700));
    let words = ["describe-handshake", "--handshake-id", "-", "--max-concurrency", "1", "--output", "off"];
    let run = orgshake(words).env("TERM", "xterm").script([slow(), slow()]).stdin(ids);
    let (outcome, shown) = stderr_on_terminal(run);
    outcome.exits_with(0);
    assert!(shown.starts_with("\rwaiting for a response from 127.0.0.1:"), "{shown:?}");
    assert!(shown.contains("\r1 of 2 done; waiting for a response from 127.0.0.1:"), "{shown:?}");
}

#[test]
fn a_pause_is_shown_only_on_a_terminal_without_other_output() {
    // In parallel, since they mostly wait.
    std::thread::scope(|scope| {
        scope.spawn(|| throttled("3000").0.run().success());
        for run in [throttled("3000").0.arg("--debug"), throttled("3000").0.env("TERM", "dumb")] {
            scope.spawn(|| assert!(!on_stderr(run).contains("waiting ")));
        }
        scope.spawn(|| {
            let began = Instant::now();
            let shown = on_stderr(throttled("1000").0);
            assert!(!shown.contains("waiting ") || began.elapsed() >= Duration::from_secs(2), "{shown:?}");
        });
    });
}

#[test]
fn sts_is_waited_for_as_well() {
    let slow = Step::error("AccessDenied", "No.").delay(Duration::from_millis(2700));
    let server = Server::script([slow]);
    let (url, host) = (server.url(), server.host_and_port());
    let run = orgshake(["describe-handshake", "--handshake-id", HANDSHAKE, "--profile", "role"]).server(server);
    let config = "[profile role]\nrole_arn = arn:aws:iam::111111111111:role/r\ncredential_source = Environment\n";
    let run = run.env("TERM", "xterm").file("~/.aws/config", config).env("AWS_ENDPOINT_URL_STS", url);
    let (outcome, shown) = stderr_on_terminal(run);
    outcome.exits_with(254);
    assert!(shows(&shown, &format!("for a response from {host}")), "{shown:?}");
}

#[test]
fn the_pager_has_the_terminal_for_itself() {
    let page = |first: u32, token: Option<&str>| {
        let ids: Vec<_> = (first..first + 9).map(|n| serde_json::json!({"Id": format!("h-page{n:08}")})).collect();
        Step::json(&serde_json::json!({"Handshakes": ids, "NextToken": token}))
    };
    let steps = [page(0, Some("a")), page(9, None).delay(Duration::from_millis(2700))];
    let words = ["list-handshakes-for-account", "--output", "text", "--query", "Handshakes[].[Id]"];
    let run = orgshake(words).env("TERM", "xterm").env("AWS_PAGER", "cat").script(steps);
    let (outcome, shown) = both_on_terminal(run, (80, 5));
    outcome.exits_with(0);
    // The first page may be late, too.
    let shown = &shown[shown.find("h-page").expect("a page")..];
    assert!(!shown.contains("waiting") && shown.lines().count() == 18, "{shown:?}");
}
