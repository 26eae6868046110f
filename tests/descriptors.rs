//! Few file descriptors (`ulimit -n`) or no thread (`ulimit -u`): the program works or prints an error, and never panics.

use std::io::{BufRead, BufReader, Read};
use std::ops::RangeInclusive;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::run::{DEAD, Exit, HANDSHAKE, Home, Outcome, orgshake};

/// The highest limit, with which the program works.
const LIMITS: RangeInclusive<u32> = 3..=20;

/// The lowest limit: the loader of a program with shared libraries needs a descriptor itself.
const NOT_LOADED: Exit = Exit::Code(127);

/// Returns a shell's script that runs a program with a limit, without files that the tests may have inherited.
fn limited(limit: u32) -> String {
    format!("exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -n {limit} && exec \"$@\"")
}

/// Runs a command with each limit. With the highest one, it must end with `code`.
#[track_caller]
fn never_panics(words: &[&str], environment: &[(&str, &str)], code: i32) -> Vec<Outcome> {
    let run = |limit: u32| {
        let run = orgshake(words).env("AWS_MAX_ATTEMPTS", "1");
        let run = environment.iter().fold(run, |run, (name, value)| run.env(name, value));
        run.through(["sh", "-c", &limited(limit), "sh"]).run()
    };
    let outcomes: Vec<_> = LIMITS.map(run).collect();
    for (limit, outcome) in LIMITS.zip(&outcomes) {
        let ends = match outcome.exit {
            NOT_LOADED => limit == *LIMITS.start(),
            exit => exit == Exit::Code(code) || exit == Exit::Code(255) && !outcome.stderr.is_empty(),
        };
        assert!(ends && !String::from_utf8_lossy(&outcome.stderr).contains("panicked"), "{limit}: {outcome}");
    }
    outcomes.last().expect("the highest limit").exits_with(code);
    outcomes
}

#[test]
fn requests_fail_with_an_error() {
    let describe = ["describe-handshake", "--handshake-id", HANDSHAKE];
    let outcomes = never_panics(&describe, &[], 0);
    outcomes[4].stderr_has(&["The request could not be made", "Too many open files"]);
    outcomes[4].sent_nothing();
    never_panics(&["--debug", describe[0], describe[1], describe[2]], &[], 0);
    never_panics(&[&describe[..], &["--endpoint-url", "https://127.0.0.1:1"]].concat(), &[], 255);
    never_panics(&[&describe[..], &["--endpoint-url", "http://localhost:1"]].concat(), &[], 255);
}

#[test]
fn the_sandbox_fails_with_an_error() {
    never_panics(&["--sandbox", "accept-handshake", "--handshake-id", HANDSHAKE], &[], 0);
    never_panics(&["--sandbox-state", "world.json", "--sandbox", "list-handshakes-for-account"], &[], 0);
    never_panics(&["sandbox", "show", "--state", "world.json"], &[], 0);
    never_panics(&["sandbox", "exec", "--", "true"], &[], 0);
}

#[test]
fn completion_offers_nothing() {
    for line in [&["--sandbox"][..], &["--endpoint-url", DEAD]] {
        let line = [&["--", "orgshake"], line, &["accept-handshake", "--handshake-id", ""]].concat();
        never_panics(&line, &[("ORGSHAKE_COMPLETE", "fish")], 0);
    }
}

#[test]
fn the_server_fails_with_an_error_or_serves() {
    for limit in LIMITS {
        let home = Home::new();
        let mut command = Command::new("sh");
        command.args(["-c", &limited(limit), "sh", env!("CARGO_BIN_EXE_orgshake"), "sandbox", "serve"]);
        command.current_dir(home.cwd()).env_clear().env("HOME", home.path());
        let mut server = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a shell");
        let mut printed = BufReader::new(server.stdout.take().expect("a pipe"));
        let mut first = String::new();
        printed.read_line(&mut first).expect("text");
        // If it can't serve, its lines block every call.
        if first.contains("AWS_ENDPOINT_URL") && !first.ends_with(":1\n") {
            kill_process(Pid::from_child(&server), Signal::TERM).expect("it serves");
        }
        let mut told = String::new();
        server.stderr.take().expect("a pipe").read_to_string(&mut told).expect("text");
        let exit = server.wait().expect("it ends").into();
        let expected = match limit {
            3 => vec![NOT_LOADED, Exit::Code(255)],
            20 => vec![Exit::Code(0)],
            _ => vec![Exit::Code(0), Exit::Code(255)],
        };
        assert!(expected.contains(&exit) && !told.contains("panicked"), "{limit}: {exit}: {first}{told}");
    }
}

/// A limit of 1 leaves only the first thread, whatever else the user runs. The limit doesn't apply to root.
#[cfg(target_os = "linux")]
#[test]
fn without_a_thread_a_change_works_and_a_name_look_up_fails() {
    let run = |words: &[&str]| {
        let run = orgshake(["accept-handshake", "--handshake-id", HANDSHAKE]).args(words).env("AWS_MAX_ATTEMPTS", "1");
        run.ordinary_user().through(["bash", "-c", "ulimit -u 1 && exec \"$@\"", "bash"]).run()
    };
    for words in [&["--sandbox"][..], &[]] {
        assert!(run(words).success().contains("\"ACCEPTED\""));
    }
    let outcome = run(&["--endpoint-url", "http://localhost:1"]);
    outcome.exits_with(255);
    outcome.stderr_has(&["Could not connect to the endpoint URL", "can't start a thread"]);
}
