//! Calls in many accounts, by a role in each of them, and the connection that opens while a role is assumed.

use std::collections::HashSet;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use orgshake::sandbox::engine::caller::SECRET_ACCESS_KEY;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::many::{Asked, Reply, Service, done, handshake, refusal};
use crate::sandbox_server::Serving;
use crate::support::run::{Home, Run, SECRET, orgshake};

const MANAGEMENT: &str = "111111111111";
/// Accounts that the sandbox's management account has invited, with the handshakes.
const INVITED: [(&str, &str); 3] = [
    ("222222222222", "h-examplehandshakeid111"),
    ("333333333333", "h-examplerequested111"),
    ("444444444444", "h-exampleopen111"),
];
const LIST: [&str; 2] = ["list-handshakes-for-account", "--no-pacing"];
const ROLE: [&str; 2] = ["--account-role", "admin"];
const SUMMARY: [&str; 4] = ["--query", "[Account, Handshakes[].Id]", "--output", "text"];

/// Returns the answers of an STS where each account has every role: the keys of a session are its account.
pub fn sts(asked: &Asked) -> Option<Reply> {
    let form: Vec<(String, String)> = form_urlencoded::parse(asked.body.as_bytes()).into_owned().collect();
    let field = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    match asked.operation.as_str() {
        "AssumeRole" => {
            let account = field("RoleArn")?.split(':').nth(4)?.to_owned();
            Some((
                200,
                format!(
                    "<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId>\
                     <Arn>arn:aws:sts::{account}:assumed-role/r/s</Arn></AssumedRoleUser><Credentials><AccessKeyId>{account}\
                     </AccessKeyId><SecretAccessKey>secretsecretsecret</SecretAccessKey><SessionToken>token</SessionToken>\
                     <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
                ),
            ))
        }
        "GetCallerIdentity" => {
            let account = &asked.key;
            Some((
                200,
                format!(
                    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws-cn:iam::{account}:root</Arn>\
                     <UserId>{account}</UserId><Account>{account}</Account></GetCallerIdentityResult>\
                     </GetCallerIdentityResponse>"
                ),
            ))
        }
        _ => None,
    }
}

fn at(service: &Service, run: Run) -> Run {
    let run = run.env("AWS_ENDPOINT_URL", service.url()).env("AWS_ENDPOINT_URL_ORGANIZATIONS", service.url());
    run.env("AWS_ACCESS_KEY_ID", MANAGEMENT).env("AWS_SECRET_ACCESS_KEY", SECRET)
}

/// Returns an empty listing.
fn empty_listing() -> Reply {
    (200, json!({"Handshakes": []}).to_string())
}

fn accounts(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("5{n:011}")).collect()
}

#[test]
fn a_listing_is_made_in_each_account() {
    let serving = Serving::start(&[]);
    let expected: String = INVITED.map(|(account, id)| format!("{account}\n{id}\n")).concat();
    let ids = INVITED.map(|(account, _)| account);
    let csv = format!("account,role,email\n{}\n", ids.map(|id| format!("{id},other,a@example.com")).join("\n"));
    for (words, stdin) in [
        (ids.join(","), String::new()),
        ("-".to_owned(), ids.join("\n")),
        ("file://list.csv".to_owned(), String::new()),
    ] {
        let run = serving.client(MANAGEMENT, &LIST).args(ROLE).args(SUMMARY).args(["--accounts", &words]);
        let outcome = run.stdin(stdin).file("list.csv", &csv).run();
        assert_eq!(done(&outcome), expected, "{words}");
        outcome.stderr_is("orgshake: [NOTE]: 3 of 3 accounts done\n");
    }
}

#[test]
fn the_account_is_the_first_member_of_each_document() {
    let serving = Serving::start(&[]);
    let run = serving.client(MANAGEMENT, &LIST).args(ROLE).args(["--accounts", "222222222222 333333333333"]);
    let printed = done(&run.run());
    let documents: Vec<Value> =
        serde_json::Deserializer::from_str(&printed).into_iter().map(|document| document.expect("JSON")).collect();
    assert_eq!(documents.len(), 2);
    assert!(printed.starts_with("{\n    \"Account\": \"222222222222\",\n    \"Handshakes\": ["), "{printed}");
    let run = serving.client(MANAGEMENT, &LIST).args(ROLE).args(["--accounts", "222222222222 333333333333"]);
    let table = done(&run.args(["--output", "table"]).run());
    assert_eq!(table.matches("ListHandshakesForAccount").count(), 1, "{table}");
    assert!(table.contains("h-examplehandshakeid111") && table.contains("h-examplerequested111"), "{table}");
}

#[test]
fn all_pages_of_each_account_are_listed() {
    let page = |ids: [&str; 2], token: Option<&str>| {
        let handshakes: Vec<_> = ids.iter().map(|id| json!({"Id": id})).collect();
        (200, json!({"Handshakes": handshakes, "NextToken": token}).to_string())
    };
    let service = Service::start(move |asked| {
        sts(asked).unwrap_or_else(|| match asked.body.contains("second") {
            false => page(["h-a", "h-b"], Some("second")),
            true => page(["h-c", "h-d"], None),
        })
    });
    let run = orgshake(LIST).args(ROLE).args(SUMMARY).args(["--accounts", "222222222222,333333333333"]);
    let expected = "222222222222\nh-a\th-b\th-c\th-d\n333333333333\nh-a\th-b\th-c\th-d\n";
    assert_eq!(done(&at(&service, run).run()), expected);
}

#[test]
fn a_change_is_made_in_each_account() {
    let serving = Serving::start(&[]);
    let words = ["decline-handshake", "--no-pacing", "--handshake-id", "h-examplerequested111"];
    let run = serving.client(MANAGEMENT, &words).args(ROLE).args(["--accounts", "222222222222,333333333333"]);
    let outcome = run.args(["--query", "[Account, Handshake.State]", "--output", "text"]).run();
    // Only one of them is the invited account.
    outcome.exits_with(254);
    assert_eq!(String::from_utf8_lossy(&outcome.stdout), "333333333333\tDECLINED\n");
    outcome.stderr_has(&[
        "[ERROR]: 222222222222: An error occurred (AccessDeniedException) when calling the DeclineHandshake operation",
        "orgshake: [NOTE]: 1 of 2 accounts done, 1 failed\n",
    ]);
}

#[test]
fn nothing_is_sent_if_the_role_is_in_another_account() {
    // An STS that mixes up accounts.
    let other = |(status, body): Reply| (status, body.replace("333333333333", "222222222222"));
    let service = Service::start(move |asked| sts(asked).map(other).unwrap_or_else(|| handshake(asked)));
    let words = ["accept-handshake", "--no-pacing", "--handshake-id", "h-examplerequested111"];
    let run = orgshake(words).args(ROLE).args(["--accounts", "333333333333"]);
    let outcome = at(&service, run).run();
    outcome.exits_with(1);
    assert!(outcome.stdout.is_empty(), "{outcome}");
    outcome.stderr_has(&["333333333333: ", "the role belongs to the account 222222222222; nothing was sent"]);
    assert!(!service.asked().contains(&"AcceptHandshake".to_owned()), "{:?}", service.asked());
}

#[test]
fn the_role_is_in_the_callers_partition_and_has_the_external_id() {
    let forms = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&forms);
    let service = Service::start(move |asked| {
        log.lock().expect("a log").push((asked.key.clone(), asked.body.clone()));
        sts(asked).unwrap_or_else(empty_listing)
    });
    let run = orgshake(LIST).args(ROLE).args(["--accounts", "222222222222", "--account-external-id", "x1"]);
    at(&service, run).run().exits_with(0);
    let assumed: Vec<_> = forms.lock().expect("a log").clone();
    let (key, form) = assumed.iter().find(|(_, form)| form.contains("AssumeRole")).expect("a role");
    assert!(form.contains("RoleArn=arn%3Aaws-cn%3Aiam%3A%3A222222222222%3Arole%2Fadmin"), "{form}");
    assert!(form.contains("ExternalId=x1"), "{form}");
    assert_eq!(key, MANAGEMENT);
}

#[test]
fn another_profile_can_assume_the_roles() {
    let keys = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&keys);
    let service = Service::start(move |asked| {
        log.lock().expect("a log").push((asked.operation.clone(), asked.key.clone()));
        sts(asked).unwrap_or_else(empty_listing)
    });
    let run = orgshake(LIST).args(ROLE).args(["--accounts", "222222222222", "--account-source-profile", "hub"]);
    let credentials = format!("[hub]\naws_access_key_id = 999999999999\naws_secret_access_key = {SECRET}\n");
    at(&service, run).file("~/.aws/credentials", credentials).run().exits_with(0);
    let keys: Vec<_> = keys.lock().expect("a log").clone();
    let expected = [
        ("GetCallerIdentity", "999999999999"),
        ("AssumeRole", "999999999999"),
        ("ListHandshakesForAccount", "222222222222"),
    ];
    assert_eq!(keys, expected.map(|(operation, key)| (operation.to_owned(), key.to_owned())));
}

#[test]
fn wrong_accounts_and_roles_are_refused_before_anything_is_sent() {
    for (accounts, role, why) in [
        ("222222222222,abc", "admin", "\"abc\" (line 1 of the option) is not the id of an account: twelve digits"),
        ("file://missing", "admin", "Unable to load paramfile file://missing"),
        (
            "222222222222",
            "arn:aws:iam::222222222222:role/admin",
            "must have {account} in the place of the account's id",
        ),
        ("222222222222", "arn:aws:iam::1{account}:role/admin", "must have {account} in the place of the account's id"),
        (
            "222222222222",
            "arn:aws:iam::222222222222:role/{account}",
            "must have {account} in the place of the account's id",
        ),
        ("222222222222", "a b", "is neither the name nor the ARN of a role"),
    ] {
        let outcome = orgshake(LIST).args(["--accounts", accounts, "--account-role", role]).run();
        outcome.exits_with(252);
        outcome.stderr_has(&[why]);
        outcome.sent_nothing();
    }
    let outcome = orgshake(LIST).args(["--accounts", "-"]).args(ROLE).stdin("\n").run();
    assert_eq!(done(&outcome), "");
    outcome.stderr_is("orgshake: [NOTE]: --accounts names no account: nothing to do\n");
    let outcome = orgshake(LIST).args(["--accounts", "222222222222", "--no-sign-request"]).args(ROLE).run();
    outcome.exits_with(252);
    outcome.sent_nothing();
}

#[test]
fn missing_credentials_are_reported_once_before_anything_is_sent() {
    let run = orgshake(LIST).args(ROLE).args(["--accounts", "222222222222,333333333333"]);
    let outcome = run.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY").run();
    outcome.exits_with(253);
    outcome.sent_nothing();
    assert_eq!(String::from_utf8_lossy(&outcome.stderr).matches("[ERROR]").count(), 1);
}

#[test]
fn throttled_roles_are_assumed_later() {
    let refusals = Mutex::new(0);
    let service = Service::start(move |asked| {
        let mut refusals = refusals.lock().expect("a count");
        if asked.operation == "AssumeRole" && *refusals < 5 {
            *refusals += 1;
            let body =
                "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>";
            return (400, body.to_owned());
        }
        sts(asked).unwrap_or_else(empty_listing)
    });
    let run = orgshake(LIST).args(ROLE).args(["--accounts", &accounts(3).join(",")]);
    at(&service, run).env("AWS_MAX_ATTEMPTS", "1").run().exits_with(0);
    let roles = service.asked().iter().filter(|operation| *operation == "AssumeRole").count();
    assert_eq!(roles, 3 + 5);
}

/// The program as the management account, with few file descriptors.
fn program(home: &Home, url: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -n 256; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_orgshake")])
        .current_dir(home.cwd())
        .env_clear()
        .env("HOME", home.path())
        .env("AWS_ENDPOINT_URL", url)
        .env("AWS_ACCESS_KEY_ID", MANAGEMENT)
        .env("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The sessions stay in memory, and few connections serve many accounts.
#[test]
fn five_hundred_accounts_need_few_descriptors_and_little_memory() {
    let service = Service::start(|asked| sts(asked).unwrap_or_else(empty_listing));
    let home = Home::new();
    home.write("accounts", accounts(500).join("\n"));
    let child = program(&home, &service.url())
        .args(LIST)
        .args(ROLE)
        .args(["--accounts", "file://accounts", "--max-concurrency", "50", "--query", "Account", "--output", "text"])
        .spawn()
        .expect("the program starts");
    let proc = format!("/proc/{}/status", child.id());
    let peak = thread::spawn(move || {
        let mut peak = 0;
        while let Ok(text) = fs::read_to_string(&proc) {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let Some(kib) = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()) else {
                break;
            };
            peak = peak.max(kib);
            thread::sleep(Duration::from_millis(10));
        }
        peak
    });
    let output = child.wait_with_output().expect("an end");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert_eq!(told, "orgshake: [NOTE]: 500 of 500 accounts done\n");
    assert_eq!(String::from_utf8_lossy(&output.stdout), accounts(500).join("\n") + "\n");
    let peak = peak.join().expect("a peak");
    assert!((1..150 << 10).contains(&peak), "{peak} KiB");
    assert!(!home.path().join(".aws/cli/cache").exists());
}

/// With one round trip after the other, STS would wait for ever for the connection to the service.
#[test]
fn the_connection_to_the_service_opens_while_the_role_is_assumed() {
    let service = Arc::new(Service::start(handshake));
    let opened = Arc::new(OnceLock::new());
    let (waits, result) = (Arc::clone(&service), Arc::clone(&opened));
    let sts = Service::start(move |asked| {
        let _ = result.set(waits.is_connected());
        sts(asked).unwrap_or_else(|| refusal("InvalidAction"))
    });
    let run = orgshake(["describe-handshake", "--handshake-id", INVITED[0].1]);
    let run = at(&service, run).env("AWS_ENDPOINT_URL_STS", sts.url());
    let outcome = run.args(["--assume-role", "arn:aws:iam::222222222222:role/admin"]).run();
    assert_eq!(outcome.success(), orgshake(["describe-handshake", "--handshake-id", INVITED[0].1]).run().success());
    assert_eq!(opened.get(), Some(&true));
    // The connection is used, not opened a second time.
    assert_eq!(service.connections(), 1);
}

/// Invites accounts to the documented organization.
fn invite(serving: &Serving, accounts: &[String]) {
    for account in accounts {
        let target = format!("Id={account},Type=ACCOUNT");
        serving.client(MANAGEMENT, &["invite-account-to-organization", "--target", &target]).run().success();
    }
}

/// Returns how many handshakes of the organization are accepted.
fn accepted(serving: &Serving) -> usize {
    let query = "length(Handshakes[?State=='ACCEPTED' && Action=='INVITE'])";
    let words = ["list-handshakes-for-organization", "--query", query];
    serving.client(MANAGEMENT, &words).run().success().trim().parse().expect("a number")
}

#[test]
fn fifty_accounts_accept_although_the_program_is_killed() {
    let home = Home::new();
    let state = home.path().join("state.json");
    // The responses to the first eight, which is how many are under way at once, come too late.
    let serving = Serving::start(&["--state", &state.to_string_lossy(), "--fault", "delay@AcceptHandshake:3600s:8"]);
    let all = accounts(50);
    invite(&serving, &all);
    let before = accepted(&serving);
    let accept = || {
        let mut command = program(&home, &format!("http://{}", serving.address()));
        command.args(["accept-handshake", "--no-pacing", "--from-organization", "o-exampleorgid", "--idempotent"]);
        command.args(ROLE).args(["--accounts", &all.join(",")]);
        command.args(["--query", "[Account, Handshake.State]", "--output", "text"]);
        command
    };
    let mut child = accept().spawn().expect("the program starts");
    while accepted(&serving) < before + 8 {
        assert!(child.try_wait().expect("a child").is_none(), "it ended too soon");
    }
    kill_process(Pid::from_child(&child), Signal::KILL).expect("a process");
    child.wait().expect("an end");
    let some = accepted(&serving) - before;
    assert_eq!(some, 8);
    let output = accept().output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines: String = all.iter().map(|account| format!("{account}\tACCEPTED\n")).collect();
    assert_eq!(String::from_utf8_lossy(&output.stdout), lines);
    assert_eq!(accepted(&serving) - before, 50);
    // None was accepted twice. The server may not have logged a request that the killed program didn't wait for.
    let log = serving.stop("TERM");
    let done: Vec<_> = log.lines().filter_map(|line| line.strip_suffix(" AcceptHandshake 200")).collect();
    let who: HashSet<_> = done.iter().filter_map(|line| line.split_whitespace().next_back()).collect();
    assert!(who.len() == done.len() && (40..=50).contains(&done.len()), "{log}");
}
