//! Ctrl-C and SIGTERM: the message about a change under way, and the system's default at all other times.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::machine::patience;
use crate::support::run::{DEAD, Exit, HANDSHAKE, Home, SECRET, orgshake};
use crate::support::server::{Server, Step, sample_handshake};

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];
const DESCRIBE: [&str; 3] = ["describe-handshake", "--handshake-id", HANDSHAKE];
const LIST: [&str; 3] = ["list-handshakes-for-organization", "--output", "text"];
const CAUTION: &str = "the request may have been applied all the same; to see: orgshake ";
const LONG: Duration = Duration::from_secs(3600);

/// The signals, with their words in messages and their exit codes in a shell.
const SIGNALS: [(&str, &str, i32); 2] = [("INT", "Interrupted", 130), ("TERM", "Terminated", 143)];

fn never() -> Step {
    Step::handshake().delay(LONG)
}

fn page(token: &str) -> Step {
    Step::json(&json!({"Handshakes": [sample_handshake()["Handshake"]], "NextToken": token}))
}

#[test]
fn a_change_under_way_may_have_been_applied() {
    for (signal, word, code) in SIGNALS {
        let outcome = orgshake(ACCEPT).script([never()]).signal_when_waiting(signal).run();
        assert_eq!(outcome.exit.in_shell(), Some(code), "{outcome}");
        assert!(outcome.stdout.is_empty(), "{outcome}");
        outcome.stderr_is(&format!(
            "\norgshake: [ERROR]: {word}: {CAUTION}describe-handshake --handshake-id {HANDSHAKE}\n"
        ));
    }
}

#[test]
fn every_error_format_says_that_it_may_have_been_applied() {
    for format in ["legacy", "json"] {
        let run = orgshake(ACCEPT).args(["--cli-error-format", format]).script([never()]);
        run.signal_when_waiting("INT").run().stderr_has(&[CAUTION]);
    }
}

#[test]
fn a_signal_during_the_check_of_a_change_says_the_same() {
    let script = [
        Step::error("ServiceException", "broken").status(500),
        Step::error("HandshakeAlreadyInStateException", "it is"),
        never(),
    ];
    let outcome = orgshake(ACCEPT).script(script).signal_after(3, "INT").run();
    assert_eq!(outcome.exit.in_shell(), Some(130), "{outcome}");
    outcome.stderr_has(&["Interrupted: ", CAUTION]);
}

/// A signal during the describe call for a better message ends the call, and a shell's loop as well.
#[test]
fn a_signal_after_an_error_ends_the_program_by_the_signal() {
    let script = [Step::error("HandshakeAlreadyInStateException", "it is"), never()];
    let run = orgshake(ACCEPT).args(["--cli-error-format", "explained-json"]).script(script);
    let outcome = run.signal_after(2, "INT").run();
    assert_eq!(outcome.exit.in_shell(), Some(130), "{outcome}");
    outcome.stderr_has(&["HandshakeAlreadyInStateException"]);
}

#[test]
fn a_read_call_ends_without_a_message() {
    for (signal, _, code) in SIGNALS {
        let outcome = orgshake(DESCRIBE).script([never()]).signal_when_waiting(signal).run();
        assert_eq!(outcome.exit.in_shell(), Some(code), "{outcome}");
        outcome.stderr_is("");
    }
}

#[test]
fn an_interrupted_listing_says_that_it_is_incomplete() {
    let outcome = orgshake(LIST).script([page("more"), never()]).signal_after(2, "INT").run();
    assert_eq!(outcome.exit.in_shell(), Some(130), "{outcome}");
    assert!(!outcome.stdout.is_empty(), "{outcome}");
    outcome.stderr_is(
        "\norgshake: [ERROR]: Interrupted\n\nhint: the listing is incomplete: only its first page was printed\n",
    );
    // A format that is printed as a whole has no output.
    let outcome = orgshake(&LIST[..1]).script([page("more"), never()]).signal_after(2, "INT").run();
    assert_eq!(outcome.exit.in_shell(), Some(130), "{outcome}");
    assert!(outcome.stdout.is_empty(), "{outcome}");
    outcome.stderr_is("");
}

#[test]
fn nothing_is_sent_while_credentials_are_fetched() {
    for (words, said) in
        [(ACCEPT, "\norgshake: [ERROR]: Interrupted: nothing was sent to the service\n"), (DESCRIBE, "")]
    {
        let sts = Server::script([never()]);
        let outcome = orgshake(words)
            .env("AWS_ENDPOINT_URL_ORGANIZATIONS", DEAD)
            .env("AWS_ENDPOINT_URL_STS", sts.url())
            .env("AWS_PROFILE", "role")
            .env_remove("AWS_ACCESS_KEY_ID")
            .env_remove("AWS_SECRET_ACCESS_KEY")
            .file(
                "~/.aws/config",
                format!(
                    "[profile role]\nrole_arn = arn:aws:iam::111111111111:role/r\nsource_profile = keys\n\
                     [profile keys]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = {SECRET}\n"
                ),
            )
            .server(sts)
            .signal_when_waiting("INT")
            .run();
        assert_eq!(outcome.exit.in_shell(), Some(130), "{outcome}");
        outcome.stderr_is(said);
    }
}

/// The program with default signals and a minimal environment.
fn program(home: &Home, words: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", "exec env $DISPOSITION \"$0\" \"$@\"", env!("CARGO_BIN_EXE_orgshake")])
        .args(words)
        .current_dir(home.cwd())
        .env_clear()
        .env("DISPOSITION", "--default-signal=INT,TERM")
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home.path())
        .env("TZ", "UTC")
        .env("AWS_ACCESS_KEY_ID", "111111111111")
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn send(signal: &str, child: &Child) {
    let kill = Command::new("kill").arg(format!("-{signal}")).arg(child.id().to_string()).status();
    assert!(kill.is_ok_and(|status| status.success()), "the signal could not be sent");
}

/// Returns the exit code as a shell reports it, and the rest of stderr.
fn end(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().expect("it ends");
    (Exit::from(output.status).in_shell(), String::from_utf8(output.stderr).expect("text"))
}

/// Interrupts it as soon as a line of its stderr contains this text. Returns the output after that line.
fn interrupted_at(child: &mut Child, said: &str) -> String {
    let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut line = String::new();
    while !line.contains(said) {
        line.clear();
        assert!(stderr.read_line(&mut line).expect("text") > 0, "it has ended");
    }
    send("INT", child);
    line.clear();
    stderr.read_to_string(&mut line).expect("text");
    line
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_sent_before_there_is_a_connection() {
    // It never responds to the first message of TLS.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    let home = Home::new();
    // Without a trusted authority it would not connect at all.
    let child = program(&home, &ACCEPT).env("AWS_ENDPOINT_URL", url).arg("--no-verify-ssl").spawn();
    let child = child.expect("the program starts");
    let (mut connection, _) = listener.accept().expect("a connection");
    connection.read_exact(&mut [0]).expect("a first message");
    send("INT", &child);
    let (code, stderr) = end(child);
    assert_eq!(code, Some(130), "{stderr}");
    assert!(stderr.ends_with("\norgshake: [ERROR]: Interrupted: nothing was sent to the service\n"), "{stderr}");
}

#[cfg(target_os = "linux")]
#[test]
fn the_sandbox_can_be_interrupted_too() {
    let home = Home::new();
    let words = [&["--sandbox", "--debug"][..], &ACCEPT].concat();
    let mut child = program(&home, &words)
        .env("ORGSHAKE_SANDBOX_FAULT", "delay:1000s")
        .env("AWS_ACCESS_KEY_ID", "222222222222")
        .spawn()
        .expect("the program starts");
    let left = interrupted_at(&mut child, "attempt 1");
    assert_eq!(end(child).0, Some(130), "{left}");
    assert!(left.contains(CAUTION), "{left}");
}

/// A reader that has stopped reading must not prevent the message that the change was made.
#[cfg(target_os = "linux")]
#[test]
fn a_blocked_stdout_can_be_interrupted() {
    let mut long = sample_handshake();
    long["Handshake"]["Parties"] = vec![json!({"Id": "o-exampleorgid", "Type": "ORGANIZATION"}); 20_000].into();
    let done = "the handshake was accepted, but the result could not be written";
    for (words, done) in [(ACCEPT, Some(done)), (DESCRIBE, None)] {
        for (signal, word, code) in SIGNALS {
            let server = Server::script([Step::json(&long)]);
            let home = Home::new();
            let child = program(&home, &words).env("AWS_ENDPOINT_URL", server.url()).spawn();
            let mut child = child.expect("the program starts");
            let mut stdout = child.stdout.take().expect("a pipe");
            // It is more than a pipe holds.
            stdout.read_exact(&mut [0]).expect("the beginning of the result");
            send(signal, &child);
            let said = done.map(|done| format!("\norgshake: [ERROR]: {word}: {done}\n"));
            assert_eq!(end(child), (Some(code), said.unwrap_or_default()));
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_ignored_at_the_start_stays_ignored() {
    let server = Server::script([Step::handshake().delay(Duration::from_millis(500))]);
    let home = Home::new();
    let child = program(&home, &ACCEPT)
        .env("DISPOSITION", "--ignore-signal=INT")
        .env("AWS_ENDPOINT_URL", server.url())
        .spawn()
        .expect("the program starts");
    assert!(server.is_asked_within(patience(), 1), "no request came");
    send("INT", &child);
    assert_eq!(end(child), (Some(0), String::new()));
}

/// A shell's loop over many handshakes ends with the one that was interrupted.
#[cfg(target_os = "linux")]
#[test]
fn the_signal_itself_ends_the_program() {
    let outcome = orgshake(ACCEPT).script([never()]).signal_when_waiting("INT").run();
    assert_eq!(outcome.exit, Exit::Signal(2), "{outcome}");
}

/// The message about a change if the signal comes in the wait after an attempt with this outcome.
#[cfg(target_os = "linux")]
#[test]
fn between_attempts_the_outcome_of_the_last_one_counts() {
    let said = |step: Step| {
        let server = Server::script([step.header("x-amz-retry-after", "60000"), Step::handshake()]);
        let home = Home::new();
        let words = [&["--debug"][..], &ACCEPT].concat();
        let mut child =
            program(&home, &words).env("AWS_ENDPOINT_URL", server.url()).spawn().expect("the program starts");
        let left = interrupted_at(&mut child, "HTTP ");
        assert_eq!(end(child).0, Some(130), "{left}");
        assert_eq!(server.stop().len(), 1, "{left}");
        left
    };
    let throttled = said(Step::error("TooManyRequestsException", "slower"));
    assert!(throttled.ends_with("\norgshake: [ERROR]: Interrupted: the request was not applied\n"), "{throttled}");
    let broken = said(Step::error("ServiceException", "broken").status(500));
    assert!(broken.contains(CAUTION), "{broken}");
}

/// The message about the first Ctrl-C blocks if stderr has no reader.
#[cfg(target_os = "linux")]
#[test]
fn a_second_ctrl_c_ends_a_blocked_message() {
    let server = Server::script([never()]);
    let home = Home::new();
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    let full = rustix::pipe::fcntl_getpipe_size(&writer).expect("a pipe has a size");
    writer.write_all(&vec![b'x'; full]).expect("it takes that much");
    let mut child = program(&home, &ACCEPT)
        .env("AWS_ENDPOINT_URL", server.url())
        .stderr(writer)
        .spawn()
        .expect("the program starts");
    assert!(server.is_asked_within(patience(), 1), "no request came");
    let began = Instant::now();
    let status = loop {
        assert!(began.elapsed() < patience(), "it goes on");
        send("INT", &child);
        std::thread::sleep(Duration::from_millis(20));
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            break status;
        }
    };
    assert_eq!(Exit::from(status), Exit::Signal(2));
    drop(reader);
}
