//! The cache of role credentials that is shared with the AWS CLI, and the MFA codes that it saves.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::thread;
#[cfg(target_os = "linux")]
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::credentials::{Setting, asked, assumed, keys, parameter, refused, role, setting, web_identity};
use crate::support::run::Home;
#[cfg(target_os = "linux")]
use crate::support::run::{Exit, HANDSHAKE};
#[cfg(target_os = "linux")]
use crate::support::server::Server;
use crate::support::server::Step;

/// The AWS CLI's file name for the role `arn:aws:iam::1:role/r` without other parameters.
const ROLE: &str = "296af0900b5a5e948c19d3110989c909c2d4a0a9.json";
/// The same with the device `arn:aws:mfa`.
const ROLE_WITH_MFA: &str = "ea1bca6b6b933c50c6ae9194368da65c13debb49.json";

const SIGNED: &str = "AcceptHandshake ASIAR token-ASIAR";
const ASSUMED: [&str; 2] = ["AssumeRole AKIDB -", SIGNED];

fn simple_role() -> String {
    format!("[default]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = b\n[profile b]\n{}", keys("AKIDB"))
}

/// A run in a home that outlives it.
fn at(home: &Home, steps: impl IntoIterator<Item = Step>) -> Setting {
    setting(steps).env("HOME", home.path().to_str().expect("a path of plain text"))
}

fn cache(home: &Home, name: &str) -> String {
    let path = home.path().join(".aws/cli/cache").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names of the cache's files.
fn cached(home: &Home) -> Vec<String> {
    let Ok(files) = fs::read_dir(home.path().join(".aws/cli/cache")) else { return Vec::new() };
    let mut names: Vec<_> = files.map(|file| file.expect("a file").file_name().into_string().expect("text")).collect();
    names.sort_unstable();
    names
}

/// An entry as the AWS CLI writes it, with this expiry.
fn entry(id: &str, expiration: &str) -> String {
    format!(
        "{{\"Credentials\": {{\"AccessKeyId\": \"{id}\", \"SecretAccessKey\": \"hidden-{id}\", \"SessionToken\": \
         \"token-{id}\", \"Expiration\": \"{expiration}\", \"AccountId\": \"123456789012\"}}, \"AssumedRoleUser\": \
         {{\"AssumedRoleId\": \"AROA:s\"}}, \"ResponseMetadata\": {{\"HTTPStatusCode\": 200}}}}"
    )
}

/// Returns the time in so many minutes, in this form.
fn minutes(minutes: i64, form: &str) -> String {
    (Timestamp::now() + SignedDuration::from_mins(minutes)).strftime(form).to_string()
}

const FORM: &str = "%Y-%m-%dT%H:%M:%S+00:00";

// Names and content

#[test]
fn a_role_is_assumed_once() {
    let home = Home::new();
    let run = |steps: Vec<Step>| at(&home, steps);
    home.write("~/.aws/config", simple_role());
    run(vec![role("ASIAR"), Step::handshake()]).signs(&ASSUMED);
    assert_eq!(
        cache(&home, ROLE),
        "{\"Credentials\": {\"AccessKeyId\": \"ASIAR\", \"SecretAccessKey\": \"hidden-ASIAR\", \"SessionToken\": \
         \"token-ASIAR\", \"Expiration\": \"2099-01-01T00:00:00+00:00\", \"AccountId\": \"123456789012\"}}"
    );
    let mode = |name: &str| fs::metadata(home.path().join(name)).expect("it is there").permissions().mode() & 0o777;
    assert_eq!([mode(".aws/cli/cache"), mode(&format!(".aws/cli/cache/{ROLE}"))], [0o700, 0o600]);
    assert_eq!(cached(&home), [ROLE]);
    run(vec![Step::handshake()]).signs(&[SIGNED]);
    // Keys in the environment don't affect it.
    run(vec![Step::handshake()]).environment_keys().signs(&["AcceptHandshake AKIDENV -"]);
    run(vec![Step::handshake()]).profile("b").signs(&["AcceptHandshake AKIDB -"]);
}

#[test]
fn the_file_name_depends_on_the_whole_request() {
    let home = Home::new();
    home.write(
        "~/.aws/config",
        "[default]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = none\nrole_session_name = me\n\
         external_id = é \"\\ 😀\u{7f}\nmfa_serial = arn:aws:iam::123456789012:mfa/m\nduration_seconds = 3600\n\
         [profile none]\ncredential_process = sh -c 'echo hidden-; exit 1'\n\
         [profile sso]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\n\
         [sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://x.awsapps.com/start\n\
         [profile legacy]\nsso_account_id = 123456789012\nsso_role_name = Admin\nsso_region = us-east-1\n\
         sso_start_url = https://x.awsapps.com/start\n\
         [profile web]\nrole_arn = arn:aws:iam::1:role/w\nweb_identity_token_file = jwt\nrole_session_name = me\n",
    );
    // botocore's names.
    for (profile, name, id) in [
        ("default", "418173980340e1bd06216fcd21c201501824618e", "ASIAFULL"),
        ("sso", "8457bc68cf9d4aa8d629a61563948e8bd3159d49", "ASIASSO"),
        ("legacy", "243185b3287804d23760113d179c4c72e67b4061", "ASIALEGACY"),
        ("web", "d4441658cc7e7ea40fb199dacb2dec3177e545d2", "ASIAWEB"),
    ] {
        home.write(&format!("~/.aws/cli/cache/{name}.json"), entry(id, "2099-01-01T00:00:00Z"));
        let signed = format!("AcceptHandshake {id} token-{id}");
        at(&home, [Step::handshake()]).file("jwt", "h.p.s").profile(profile).signs(&[&signed]);
    }
}

#[test]
fn a_role_assumed_with_a_token_is_cached_too() {
    let home = Home::new();
    let run = |token: &str, steps: Vec<Step>| {
        at(&home, steps)
            .env("AWS_WEB_IDENTITY_TOKEN_FILE", "jwt")
            .env("AWS_ROLE_ARN", "arn:aws:iam::1:role/w")
            .file("jwt", token)
    };
    let asked = ["AssumeRoleWithWebIdentity - -", "AcceptHandshake ASIAW token-ASIAW"];
    run("h.p.s", vec![web_identity("ASIAW"), Step::handshake()]).signs(&asked);
    assert_eq!(cached(&home), ["68f13058c2d3a38d802a6770884e72ae071f4797.json"]);
    run("h.p.s", vec![Step::handshake()]).signs(&asked[1..]);
    // Another token may belong to another identity.
    run("h.p.t", vec![web_identity("ASIAW"), Step::handshake()]).signs(&asked);
}

#[test]
fn a_cached_role_makes_its_source_unnecessary() {
    let home = Home::new();
    let b = "82e421b97fb2837d6adf867486b7e5ac7a1f8dbf.json";
    home.write(
        "~/.aws/config",
        "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = c\n\
         [profile c]\nrole_arn = arn:aws:iam::1:role/c\nsource_profile = d\nmfa_serial = arn:aws:mfa\n\
         [profile d]\ncredential_process = sh -c 'echo hidden-; exit 1'\n",
    );
    home.write(&format!("~/.aws/cli/cache/{b}"), entry("ASIAB", "2099-01-01T00:00:00Z"));
    let run = |steps: Vec<Step>| at(&home, steps).profile("a");
    let signed = "AcceptHandshake ASIAA token-ASIAA";
    run(vec![role("ASIAA"), Step::handshake()]).signs(&["AssumeRole ASIAB token-ASIAB", signed]);
    run(vec![Step::handshake()]).signs(&[signed]);
}

// Usable entries

#[test]
fn every_form_of_expiry_is_read_and_must_be_15_minutes_away() {
    for form in [FORM, "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%SUTC", "%Y-%m-%dT%H:%M:%S%.fZ"] {
        for (left, good) in [(16, true), (14, false), (0, false), (-60, false)] {
            let home = Home::new();
            home.write("~/.aws/config", simple_role());
            home.write(&format!("~/.aws/cli/cache/{ROLE}"), entry("ASIAR", &minutes(left, form)));
            let steps = [role("ASIAR"), Step::handshake()].into_iter().skip(usize::from(good));
            at(&home, steps).signs(&ASSUMED[usize::from(good)..]);
        }
    }
}

#[test]
fn unusable_entries_are_ignored_and_replaced() {
    let good = entry("ASIAR", "2099-01-01T00:00:00Z");
    for text in [
        String::new(),
        "hidden-".to_owned(),
        good[..good.len() / 2].to_owned(),
        "[]".to_owned(),
        "{\"Credentials\": \"hidden-\"}".to_owned(),
        good.replace("AccessKeyId", "Other"),
        good.replace("SessionToken", "Other"),
        good.replace("\"hidden-ASIAR\"", "7"),
        good.replace("\"ASIAR\"", "\"ASIA\\nR\""),
        entry("ASIAR", "never"),
        entry("ASIAR", "2099-01-01T00:00:00"),
    ] {
        let home = Home::new();
        home.write("~/.aws/config", simple_role());
        home.write(&format!("~/.aws/cli/cache/{ROLE}"), &text);
        at(&home, [role("ASIAR"), Step::handshake()]).signs(&ASSUMED);
        at(&home, [Step::handshake()]).signs(&[SIGNED]);
    }
}

#[test]
fn an_unwritable_cache_is_not_an_error() {
    let home = Home::new();
    home.write("~/.aws/config", simple_role());
    home.write("~/.aws/cli", "a file");
    at(&home, [role("ASIAR"), Step::handshake()]).signs(&ASSUMED);
    let mut run = at(&home, [role("ASIAR"), Step::handshake()]);
    run.run = run.run.arg("--debug");
    let outcome = run.run();
    outcome.exits_with(0);
    outcome.stderr_has(&["credentials not cached in "]);
    // The path of its file is a directory.
    let home = Home::new();
    home.write("~/.aws/config", simple_role());
    home.write(&format!("~/.aws/cli/cache/{ROLE}/x"), "");
    at(&home, [role("ASIAR"), Step::handshake()]).signs(&ASSUMED);
    assert_eq!(cached(&home), [ROLE]);
}

#[test]
fn error_responses_and_bad_responses_are_not_cached() {
    for step in [refused("AccessDenied", "no"), assumed("AssumeRole", "ASIAR", "2020-01-01T00:00:00Z")] {
        let home = Home::new();
        home.write("~/.aws/config", simple_role());
        assert_ne!(at(&home, [step]).run().exit.in_shell(), Some(0));
        assert_eq!(cached(&home), [""; 0]);
    }
}

#[test]
fn debug_prints_file_and_expiry() {
    let home = Home::new();
    home.write("~/.aws/config", simple_role());
    let run = |steps: Vec<Step>, words: &[&str]| {
        let mut run = at(&home, steps);
        run.run = run.run.arg("--debug");
        let outcome = run.run();
        outcome.exits_with(0);
        outcome.stderr_has(words);
    };
    run(vec![role("ASIAR"), Step::handshake()], &[&format!("credentials cached in {ROLE}")]);
    run(vec![Step::handshake()], &[&format!("cached credentials in {ROLE} until 2099-01-01T00:00:00Z: used")]);
    home.write(&format!("~/.aws/cli/cache/{ROLE}"), entry("ASIAR", "2020-01-01T00:00:00Z"));
    run(vec![role("ASIAR"), Step::handshake()], &["until 2020-01-01T00:00:00Z: not used"]);
}

#[test]
fn many_processes_at_once_share_it() {
    let home = Home::new();
    home.write("~/.aws/config", simple_role());
    let run = || {
        let outcome = at(&home, [role("ASIAR"), Step::handshake()]).run();
        // A process without an entry has sent a request to STS. One with an entry has got the script's first step for another
        // request.
        match asked(&outcome).first().map(String::as_str) {
            Some("AssumeRole AKIDB -") => drop(outcome.success()),
            first => assert_eq!(first, Some(SIGNED), "{outcome}"),
        }
    };
    thread::scope(|scope| (0..20).for_each(|_| drop(scope.spawn(run))));
    assert_eq!(cached(&home), [ROLE]);
    let kept: Value = serde_json::from_str(&cache(&home, ROLE)).expect("a whole document");
    assert_eq!(kept["Credentials"]["AccessKeyId"], "ASIAR");
}

#[test]
fn the_entry_of_a_faster_process_is_not_replaced() {
    let home = Home::new();
    // The other process writes between this one's read of the cache and its request.
    home.write(
        "~/.aws/config",
        "[default]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = b\n[profile b]\ncredential_process = ./keys\n",
    );
    home.write(&format!("~/.aws/cli/cache/{ROLE}"), entry("ASIAOLD", "2020-01-01T00:00:00Z"));
    home.write("~/faster", entry("ASIAFAST", "2099-01-01T00:00:00Z"));
    let keys = format!(
        "#!/bin/sh\nmv ~/faster ~/.aws/cli/cache/{ROLE}\n\
         echo '{{\"Version\":1,\"AccessKeyId\":\"AKIDB\",\"SecretAccessKey\":\"s\"}}'\n"
    );
    at(&home, [role("ASIAR"), Step::handshake()]).file("keys", &keys).signs(&ASSUMED);
    assert_eq!(cache(&home, ROLE), entry("ASIAFAST", "2099-01-01T00:00:00Z"));
}

// Files that are left

/// The program is killed as soon as the cache contains anything.
#[cfg(target_os = "linux")]
#[test]
fn a_kill_at_any_time_leaves_only_whole_entries() {
    use std::process::{Command, Stdio};

    use rustix::process::{Pid, Signal, kill_process};

    use crate::support::machine::patience;

    let signals = [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129), (Signal::KILL, 137)];
    for (signal, code) in signals.into_iter().cycle().take(24) {
        let home = Home::new();
        home.write("~/.aws/config", simple_role());
        let server = Server::script([role("ASIAR"), Step::handshake().delay(Duration::from_secs(3600))]);
        let mut child = Command::new("env")
            .args(["--default-signal=INT,TERM,HUP", env!("CARGO_BIN_EXE_orgshake")])
            .args(["accept-handshake", "--handshake-id", HANDSHAKE])
            .env_clear()
            .env("HOME", home.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ENDPOINT_URL", server.url())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let process = i32::try_from(child.id()).ok().and_then(Pid::from_raw).expect("a process has a number");
        let began = Instant::now();
        while cached(&home).is_empty() {
            assert!(began.elapsed() < patience(), "nothing is kept");
        }
        kill_process(process, signal).expect("it runs as long as it has no answer");
        let status = child.wait().expect("it ends");
        assert_eq!(Exit::from(status).in_shell(), Some(code));
        assert_eq!(cached(&home), [ROLE]);
        let kept: Value = serde_json::from_str(&cache(&home, ROLE)).expect("a whole document");
        assert_eq!(kept["Credentials"]["SecretAccessKey"], "hidden-ASIAR");
    }
}

#[test]
fn only_files_of_killed_processes_are_removed() {
    let home = Home::new();
    home.write("~/.aws/config", simple_role());
    let directory = home.path().join(".aws/cli/cache");
    let write = |name: &str| home.write(&format!("~/.aws/cli/cache/{name}"), "hidden-");
    write(".tmpAbC123.tmp");
    write(".tmpHeLd00.tmp");
    let held = fs::File::open(directory.join(".tmpHeLd00.tmp")).expect("it is there");
    held.lock().expect("a lock");
    // The second is a temporary file of the AWS CLI.
    let others =
        [".tmpAbC12.tmp", "tmpabcd1234.tmp", ".tmpAbC-23.tmp", ".tmpAbC123.tmp.json", "AbC123.tmp", ".tmpOrIg00"];
    others.into_iter().for_each(write);
    fs::create_dir(directory.join(".tmpDiR000.tmp")).expect("a directory");
    fs::hard_link(directory.join(".tmpOrIg00"), directory.join(".tmpHaRd00.tmp")).expect("a link");
    std::os::unix::fs::symlink(".tmpOrIg00", directory.join(".tmpLiNk00.tmp")).expect("a link");
    let pipe = std::process::Command::new("mkfifo").arg(directory.join(".tmpFiFo00.tmp")).status();
    assert!(pipe.is_ok_and(|status| status.success()), "a pipe");
    let names = |more: &[&'static str]| {
        let links = [".tmpDiR000.tmp", ".tmpHaRd00.tmp", ".tmpLiNk00.tmp", ".tmpFiFo00.tmp", ROLE];
        let mut names = [&others[..], &links, more].concat();
        names.sort_unstable();
        names
    };
    at(&home, [role("ASIAR"), Step::handshake()]).signs(&ASSUMED);
    assert_eq!(cached(&home), names(&[".tmpHeLd00.tmp"]));
    // Dropping the file is not enough: a process that another test is just starting may still share it.
    held.unlock().expect("a lock to release");
    // Reading counts as a use.
    at(&home, [Step::handshake()]).signs(&[SIGNED]);
    assert_eq!(cached(&home), names(&[]));
}

/// Naming a file needs /proc, which must work for users other than root, too.
#[cfg(target_os = "linux")]
#[test]
fn every_user_has_a_cache() {
    let mut run = setting([role("ASIAR"), Step::handshake()]).config(&simple_role());
    run.run = run.run.arg("--debug").ordinary_user();
    let outcome = run.run();
    outcome.exits_with(0);
    outcome.stderr_has(&[&format!("credentials cached in {ROLE}")]);
}

// MFA

#[cfg(target_os = "linux")]
mod mfa {
    use std::fs::File;
    use std::io::{Read, Write};

    use rustix::pty::ptsname;

    use super::*;
    use crate::support::run::Outcome;
    use crate::support::terminal::pair;

    const PROMPT: &str = "Enter MFA code for arn:aws:mfa: ";
    /// The leader of a session whose terminal is $1. It survives an interrupt of the program, and writes the terminal's final
    /// settings to $2.
    const SESSION: &str =
        "exec 3<>\"$1\"; left=$2; shift 2; trap : INT; \"$@\" 3>&-; code=$?; stty -a <&3 >\"$left\"; exit $code";
    /// The shell prints its process id before it becomes the program.
    const NAMED: &str = "echo $$ >\"$0\"; exec env --default-signal=INT,TERM,HUP,QUIT \"$@\"";

    fn with_mfa() -> String {
        simple_role().replacen("arn:aws:iam::1:role/r", "arn:aws:iam::1:role/r\nmfa_serial = arn:aws:mfa", 1)
    }

    /// Runs on a terminal. Types this at each prompt. Returns the terminal's text with the outcome.
    #[track_caller]
    fn at_terminal(run: Setting, typed: &[(&str, &str)]) -> (Outcome, String) {
        let answers = typed.iter().map(|(prompt, text)| {
            let text = (*text).to_owned();
            let answer: Answer = Box::new(move |mut terminal, _| {
                terminal.write_all(text.as_bytes()).expect("somebody to type to");
            });
            ((*prompt).to_owned(), answer)
        });
        prompted(run, answers.collect())
    }

    /// A reaction to a prompt, given the terminal's other end and the program's process id.
    type Answer = Box<dyn FnOnce(&File, &str) + Send>;

    #[track_caller]
    fn prompted(mut run: Setting, answers: Vec<(String, Answer)>) -> (Outcome, String) {
        let (controller, terminal) = pair();
        let name = ptsname(&controller, Vec::new()).expect("a terminal has a name");
        let home = Home::new();
        let left = home.path().join("left");
        let named = home.path().join("process");
        let words = [
            "env",
            "--default-signal=INT,TSTP",
            "setsid",
            "sh",
            "-c",
            SESSION,
            "sh",
            name.to_str().expect("text"),
            left.to_str().expect("text"),
            "sh",
            "-c",
            NAMED,
            named.to_str().expect("text"),
        ];
        run.run = run.run.through(words);
        let shown = thread::spawn(move || {
            let (mut controller, mut shown, mut from) = (File::from(controller), String::new(), 0);
            let (mut buffer, mut answers) = ([0; 4096], answers.into_iter().peekable());
            while let Ok(length @ 1..) = controller.read(&mut buffer) {
                shown.push_str(&String::from_utf8_lossy(&buffer[..length]));
                while let Some(at) = answers.peek().and_then(|(prompt, _)| shown[from..].find(prompt.as_str())) {
                    let (prompt, answer) = answers.next().expect("it was there");
                    from += at + prompt.len();
                    answer(&controller, fs::read_to_string(&named).expect("a number").trim());
                }
            }
            (shown, answers.count())
        });
        let outcome = run.run();
        drop(terminal);
        let (shown, unanswered) = shown.join().expect("the terminal is read");
        assert_eq!(unanswered, 0, "a prompt was not there:\n{shown}\n{outcome}");
        let left = fs::read_to_string(left).expect("the session's leader looked at the terminal");
        for setting in [" echo ", " icanon ", "isig ", "eol = <undef>", "eol2 = <undef>"] {
            assert!(left.contains(setting), "the terminal was left without {setting:?}:\n{left}");
        }
        assert!(!shown.contains("123456"), "the code is shown:\n{shown}");
        (outcome, shown)
    }

    /// Runs without a terminal.
    #[track_caller]
    fn without_terminal(mut run: Setting) -> Outcome {
        run.run = run.run.through(["setsid"]);
        run.run()
    }

    #[test]
    fn the_code_is_asked_for_once() {
        let home = Home::new();
        home.write("~/.aws/config", with_mfa());
        let run = at(&home, [role("ASIAR"), Step::handshake()]);
        let (outcome, shown) = at_terminal(run, &[(PROMPT, "123456\r")]);
        assert!(outcome.success().starts_with("{\n"), "{outcome}");
        assert_eq!(shown.replace("\r\n", "\n"), format!("{PROMPT}\n"));
        assert_eq!(asked(&outcome), ASSUMED);
        let said = |name| parameter(&outcome.requests[0], name);
        assert_eq!([said("SerialNumber"), said("TokenCode")], [Some("arn:aws:mfa".into()), Some("123456".into())]);
        assert_eq!(cached(&home), [ROLE_WITH_MFA]);
        let outcome = without_terminal(at(&home, [Step::handshake()]));
        outcome.success();
        assert_eq!(asked(&outcome), [SIGNED]);
    }

    /// Profile a: two roles, each with its own device.
    fn two_devices() -> String {
        format!(
            "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nmfa_serial = arn:aws:mfa/a\nsource_profile = b\n\
             [profile b]\nrole_arn = arn:aws:iam::1:role/b\nmfa_serial = arn:aws:mfa/b\nsource_profile = c\n[profile c]\n{}",
            keys("AKIDC")
        )
    }

    #[test]
    fn every_role_has_its_own_code() {
        let run = setting([role("ASIAB"), role("ASIAA"), Step::handshake()]).config(&two_devices()).profile("a");
        let prompts = [
            ("Enter MFA code for arn:aws:mfa/b: ", "000001\n"),
            // The terminal's line editing works.
            ("Enter MFA code for arn:aws:mfa/a: ", "99\u{15}00000x\u{7f}2\n"),
        ];
        let (outcome, _) = at_terminal(run, &prompts);
        outcome.success();
        let codes: Vec<_> = outcome.requests.iter().filter_map(|request| parameter(request, "TokenCode")).collect();
        assert_eq!(codes, ["000001", "000002"]);
    }

    #[test]
    fn without_a_terminal_no_program_runs_and_nothing_is_sent() {
        let config = "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n\
                      [profile b]\nrole_arn = arn:aws:iam::1:role/b\nmfa_serial = arn:aws:mfa\nsource_profile = c\n\
                      [profile c]\ncredential_process = touch ran\n";
        let home = Home::new();
        home.write("~/.aws/config", config.replace("touch ran", &format!("touch {}/ran", home.path().display())));
        let outcome = without_terminal(at(&home, [Step::handshake()]).profile("a"));
        outcome.failure(253);
        outcome.stderr_has(&[
            "An error occurred (NoCredentials): The profile b needs an MFA code of arn:aws:mfa (mfa_serial), but no terminal is available to ask for it",
            "hint: use the profile at a terminal first",
        ]);
        outcome.sent_nothing();
        assert!(!home.path().join("ran").exists());
    }

    #[test]
    fn an_invalid_code_is_not_sent() {
        for typed in ["\r", "12345\r", "1234567\r", "12345x\r", "12345\u{1c}\r"] {
            let (outcome, _) = at_terminal(setting([role("ASIAR")]).config(&with_mfa()), &[(PROMPT, typed)]);
            outcome.failure(252);
            outcome.stderr_has(&["Invalid MFA code of arn:aws:mfa: it must have six digits"]);
            outcome.sent_nothing();
        }
        let (outcome, _) = at_terminal(setting([role("ASIAR")]).config(&with_mfa()), &[(PROMPT, "\u{4}")]);
        outcome.failure(253);
        outcome.stderr_has(&["No MFA code of arn:aws:mfa was typed"]);
        outcome.sent_nothing();
    }

    #[test]
    fn ctrl_c_ends_the_program_and_restores_the_terminal() {
        let (outcome, _) = at_terminal(setting([role("ASIAR")]).config(&with_mfa()), &[(PROMPT, "123\u{3}")]);
        outcome.failure(130);
        outcome.stderr_is("");
        outcome.sent_nothing();
    }

    #[test]
    fn any_other_signal_restores_the_terminal_too() {
        for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
            let kill: Answer = Box::new(move |_, process| {
                let killed = std::process::Command::new("kill").args([&format!("-{signal}"), process]).status();
                assert!(killed.is_ok_and(|status| status.success()), "the signal could not be sent");
            });
            let run = setting([role("ASIAR")]).config(&with_mfa());
            let (outcome, _) = prompted(run, vec![(PROMPT.to_owned(), kill)]);
            outcome.failure(code);
            outcome.sent_nothing();
            // The session's leader reports which signal ended the program.
            let stderr = String::from_utf8_lossy(&outcome.stderr);
            assert!(!stderr.contains("[ERROR]"), "{outcome}");
        }
    }

    /// The first role's request has caught signals by then.
    #[test]
    fn ctrl_c_ends_it_at_a_later_prompt_too() {
        let run = setting([role("ASIAB")]).config(&two_devices()).profile("a");
        let prompts =
            [("Enter MFA code for arn:aws:mfa/b: ", "000001\n"), ("Enter MFA code for arn:aws:mfa/a: ", "000\u{3}")];
        let (outcome, _) = at_terminal(run, &prompts);
        outcome.failure(130);
        outcome.stderr_is("");
        assert_eq!(outcome.requests.len(), 1, "{outcome}");
    }

    #[test]
    fn a_continued_process_prompts_again() {
        // This session has no shell to continue its processes, so the system doesn't stop them.
        let run = setting([role("ASIAR"), Step::handshake()]).config(&with_mfa());
        let (outcome, _) = at_terminal(run, &[(PROMPT, "12\u{1a}"), (PROMPT, "123456\r")]);
        outcome.success();
        assert_eq!(asked(&outcome), ASSUMED);
    }

    #[test]
    fn request_values_in_an_sts_error_are_hidden_even_if_short() {
        let config = with_mfa().replacen("arn:aws:iam::1:role/r", "arn:aws:iam::1:role/r\nexternal_id = e/1", 1);
        for format in ["enhanced", "legacy", "json", "yaml", "text", "explained-json"] {
            let refused = refused("AccessDenied", "wrong code 123456 or id e/1 (123456&amp;e%2F1), not 1234567");
            let run = setting([refused]).config(&config).env("AWS_CLI_ERROR_FORMAT", format);
            let (outcome, _) = at_terminal(run, &[(PROMPT, "123456\r")]);
            let stderr = outcome.failure(254);
            assert!(stderr.contains("wrong code *** or id *** (***&***), not 1234567"), "{format}: {stderr}");
        }
    }

    #[test]
    fn a_code_that_sts_rejects_is_its_error() {
        let home = Home::new();
        home.write("~/.aws/config", with_mfa());
        let message = "MultiFactorAuthentication failed with invalid MFA one time pass code.";
        let run = at(&home, [refused("AccessDenied", message)]);
        let (outcome, _) = at_terminal(run, &[(PROMPT, "123456\r")]);
        outcome.failure(254);
        outcome.stderr_has(&[&format!(
            "An error occurred (AccessDenied) when calling the AssumeRole operation: {message}\n"
        )]);
        assert_eq!(asked(&outcome), ["AssumeRole AKIDB -"]);
        assert_eq!(cached(&home), [""; 0]);
    }
}
