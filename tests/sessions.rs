//! Many sessions in one process, and many calls at once.
//!
//! These tests use the library, which reads the environment. So each test starts itself again in a process with a cleared
//! environment, where its name in [`INSIDE`] makes it do its work.

use std::env;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::process::Command;
use std::task::Poll;

use orgshake::client::run::Run;
use orgshake::client::service::Service;
use orgshake::client::session::Session;
use orgshake::command::Globals;
use orgshake::error::Failure;
use orgshake::model::{self, Operation, Parameters};
use orgshake::settings::ini::Ini;
use orgshake::settings::{Profile, ServiceSettings};
use serde_json::{Value, json};

use crate::sandbox_server::Serving;
use crate::support::run::{HANDSHAKE, Home};

/// The variable with the name of the test that does its work in this process.
const INSIDE: &str = "ORGSHAKE_TEST_INSIDE";
/// The variable with the URL of the sandbox's server for that test.
const URL: &str = "ORGSHAKE_TEST_URL";
/// A management account of the sandbox, and an account that it has invited.
const ACCOUNTS: [&str; 2] = ["111111111111", "222222222222"];

/// Runs a test again in a cleared environment. `script` starts the program `$0` with the arguments `$@`.
fn inside(test: &str, script: &str, server: &Serving) {
    let home = Home::new();
    let program = env::current_exe().expect("this test's program");
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(program).args(["--exact", test, "--nocapture"]);
    command.env_clear().env("HOME", home.path()).env(INSIDE, test);
    let output = command.env(URL, format!("http://{}", server.address())).output().expect("a shell");
    let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
}

fn is_inside(test: &str) -> bool {
    env::var(INSIDE).is_ok_and(|inside| inside == test)
}

/// Opens a session of an account at the sandbox's server.
fn session(run: &Run<'_>, account: &str) -> Result<Session, Failure> {
    let url = env::var(URL).expect("a URL");
    let config = format!("[profile x]\nregion = us-east-1\nendpoint_url = {url}\nmax_attempts = 30\n");
    let keys = format!("[x]\naws_access_key_id = {account}\naws_secret_access_key = sandbox\n");
    let [config, keys] = [config, keys].map(|text| Ini::parse(&text).expect("a configuration"));
    let settings = ServiceSettings::resolve(&Globals::default(), Profile::of(config, keys, "x".to_owned(), true))?;
    Session::open(run, settings, Service::Aws)
}

fn operation(command: &str) -> &'static Operation {
    model::operation(command).expect("an operation")
}

fn parameters_of(value: Value) -> Parameters {
    match value {
        Value::Object(parameters) => parameters,
        other => panic!("{other}"),
    }
}

/// Waits for all futures at once.
async fn all<'a, T>(mut futures: Vec<Pin<Box<dyn Future<Output = T> + 'a>>>) -> Vec<T> {
    let mut done: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (future, done) in futures.iter_mut().zip(&mut done).filter(|(_, done)| done.is_none()) {
            if let Poll::Ready(result) = future.as_mut().poll(context) {
                *done = Some(result);
            }
        }
        if done.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[test]
fn two_thousand_sessions_share_the_connections_of_a_process() {
    let test = "sessions::two_thousand_sessions_share_the_connections_of_a_process";
    if !is_inside(test) {
        let server = Serving::start(&[]);
        return inside(test, "ulimit -n 256 && exec \"$0\" \"$@\"", &server);
    }
    let describe = operation("describe-handshake");
    let id = parameters_of(json!({"HandshakeId": HANDSHAKE}));
    let opened = Run::with(|run| {
        run.wait(async {
            let mut sessions = Vec::new();
            for _ in 0..2000 {
                sessions.push(session(run, ACCOUNTS[0])?);
            }
            for session in sessions.iter().step_by(100) {
                assert_eq!(session.ask(describe, &id).await?["Handshake"]["Id"], HANDSHAKE);
            }
            Ok(sessions.len())
        })
    });
    assert_eq!(opened.map_err(|failure| failure.to_string()), Ok(2000));
}

#[test]
fn fifty_calls_at_once_are_settled_each_by_its_own_attempts() {
    let test = "sessions::fifty_calls_at_once_are_settled_each_by_its_own_attempts";
    if !is_inside(test) {
        let server = Serving::start(&["--fault", "lost-response:20"]);
        return inside(test, "exec \"$0\" \"$@\"", &server);
    }
    let (invite, accept) = (operation("invite-account-to-organization"), operation("accept-handshake"));
    let done: Result<usize, Failure> = Run::with(|run| {
        run.wait(async {
            let sessions = [session(run, ACCOUNTS[0])?, session(run, ACCOUNTS[1])?];
            let calls = (0..50).map(|n| {
                // The other account can only accept or decline its one invitation.
                let (session, operation, party) = match n {
                    49 => (&sessions[1], accept, "juan@example.com".to_owned()),
                    n => (&sessions[0], invite, format!("account{n}@example.com")),
                };
                let parameters = match n {
                    49 => json!({"HandshakeId": HANDSHAKE}),
                    _ => json!({"Target": {"Id": party, "Type": "EMAIL"}}),
                };
                let parameters = parameters_of(parameters);
                Box::pin(async move { (party, session.ask(operation, &parameters).await) })
                    as Pin<Box<dyn Future<Output = _>>>
            });
            let mut ids = Vec::new();
            for (party, answer) in all::<(String, Result<Parameters, Failure>)>(calls.collect()).await {
                let handshake = answer?["Handshake"].clone();
                let parties = handshake["Parties"].as_array().expect("parties");
                assert!(parties.iter().any(|one| one["Id"] == party), "{party}: {handshake}");
                ids.push(handshake["Id"].to_string());
            }
            ids.sort();
            ids.dedup();
            Ok(ids.len())
        })
    });
    assert_eq!(done.map_err(|failure| failure.to_string()), Ok(50));
}

#[cfg(unix)]
#[test]
fn calls_at_once_look_for_credentials_once() {
    let test = "sessions::calls_at_once_look_for_credentials_once";
    if !is_inside(test) {
        return inside(test, "exec \"$0\" \"$@\"", &Serving::start(&[]));
    }
    let home = env::var("HOME").expect("a home");
    let program = format!("{home}/keys");
    let keys = r#"{"Version":1,"AccessKeyId":"111111111111","SecretAccessKey":"sandbox"}"#;
    std::fs::write(&program, format!("echo x >>{home}/runs; echo '{keys}'")).expect("a program");
    let url = env::var(URL).expect("a URL");
    let config = format!("[profile x]\nregion = us-east-1\nendpoint_url = {url}\ncredential_process = sh {program}\n");
    let config = Ini::parse(&config).expect("a configuration");
    let profile = Profile::of(config, Ini::default(), "x".to_owned(), true);
    let (describe, id) = (operation("describe-handshake"), parameters_of(json!({"HandshakeId": HANDSHAKE})));
    let done: Result<usize, Failure> = Run::with(|run| {
        let session = Session::open(run, ServiceSettings::resolve(&Globals::default(), profile)?, Service::Aws)?;
        let calls = (0..20).map(|_| Box::pin(session.ask(describe, &id)) as Pin<Box<dyn Future<Output = _>>>);
        let answers = run.wait(all::<Result<Parameters, Failure>>(calls.collect()));
        Ok(answers.into_iter().collect::<Result<Vec<_>, _>>()?.len())
    });
    assert_eq!(done.map_err(|failure| failure.to_string()), Ok(20));
    assert_eq!(std::fs::read_to_string(format!("{home}/runs")).expect("the runs"), "x\n");
}
