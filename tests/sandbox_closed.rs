//! The sandbox fails closed: no failure sends a request for the sandbox to AWS, or the sandbox's credentials elsewhere.

use std::fs::{self, File};
use std::io::Read;
use std::net::TcpStream;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use orgshake::sandbox::serve::environment::{REMOVED, SET};

use crate::sandbox_server::{Serving, program};
use crate::sandbox_state::names;
use crate::support::machine::patience;
use crate::support::run::{DEAD, HANDSHAKE, Home, SECRET, orgshake};
use crate::support::server::{Server, Step};

const ACCEPT: &[&str] =
    &["accept-handshake", "--handshake-id", HANDSHAKE, "--query", "Handshake.State", "--output", "text"];
const PROGRAM: &str = env!("CARGO_BIN_EXE_orgshake");

/// A shell script in an environment that has this service in place of AWS. `$0` is the program.
fn script(shell: &str, home: &Home, aws: &Server, script: &str) -> Command {
    let mut command = Command::new(shell);
    command
        .args(["-c", script, PROGRAM])
        .current_dir(home.cwd())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home.path())
        .env("TMPDIR", home.path())
        .env("AWS_PAGER", "")
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .env("AWS_ENDPOINT_URL_ORGANIZATIONS", aws.url())
        .env("AWS_ENDPOINT_URL_STS", aws.url())
        .stdin(Stdio::null());
    command
}

/// Runs it to its end, which must come soon.
#[track_caller]
fn finished(command: &mut Command) -> Output {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut streams = (child.stdout.take().expect("a pipe"), child.stderr.take().expect("a pipe"));
    let stdout = thread::spawn(move || {
        let mut bytes = Vec::new();
        streams.0.read_to_end(&mut bytes).map(|_| bytes).expect("its output")
    });
    let stderr = thread::spawn(move || {
        let mut bytes = Vec::new();
        streams.1.read_to_end(&mut bytes).map(|_| bytes).expect("its errors")
    });
    let until = Instant::now() + patience();
    let status = loop {
        match child.try_wait().expect("a child can be waited for") {
            Some(status) => break status,
            None if Instant::now() > until => {
                child.kill().expect("a child can be killed");
                panic!("it hangs: {command:?}");
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    Output { status, stdout: stdout.join().expect("a reader"), stderr: stderr.join().expect("a reader") }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn aws() -> Server {
    Server::script([Step::handshake()])
}

fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

// The shell if the server can't start

#[test]
fn a_shell_without_a_server_reaches_nothing() {
    let home = Home::new();
    home.write("damaged.json", "damaged");
    home.write("config", "[default]\nregion = eu-west-3\n");
    let taken = Serving::start(&[]);
    let port = taken.address().rsplit(':').next().expect("a port").to_owned();
    let port = format!("--port {port}");
    for shell in ["sh", "bash"] {
        for (options, code) in [
            ("--state damaged.json", 255),
            (port.as_str(), 255),
            ("--state /dev/null", 255),
            ("--state gone/world.json", 255),
            ("--env-file .", 255),
            ("--prot 1", 252),
            ("--port x", 252),
            ("--port", 252),
            ("--clock soon", 252),
            ("--fault nonsense", 252),
            ("--state \"$(printf '\\377')\"", 252),
            ("--sandbox-state x", 252),
            ("--color", 252),
            ("extra", 252),
            ("-- extra", 252),
            ("--port 1 --port", 252),
        ] {
            let aws = aws();
            let lines = format!(
                "eval \"$({{ \"$0\" sandbox serve {options} 2>told; echo $? >code; }} & echo pid=$!)\"
                echo eval $?
                \"$0\" accept-handshake --handshake-id {HANDSHAKE} >&2; echo $?
                \"$0\" accept-handshake --handshake-id {HANDSHAKE} --profile default >&2; echo $?"
            );
            let mut command = script(shell, &home, &aws, &lines);
            let output = finished(command.env("AWS_CONFIG_FILE", "config").env("AWS_MAX_ATTEMPTS", "1"));
            // The profile without a key is gone.
            assert_eq!(text(&output.stdout), "eval 1\n255\n253\n", "{shell} {options}: {}", text(&output.stderr));
            assert!(text(&output.stderr).contains("Could not connect to the endpoint URL"), "{}", text(&output.stderr));
            let read = |name: &str| fs::read_to_string(home.cwd().join(name)).expect("a file");
            assert_eq!(read("code"), format!("{code}\n"), "{options}");
            assert!(read("told").contains("[ERROR]"), "{options}: {}", read("told"));
            assert_eq!(aws.stop(), [], "{shell} {options}");
        }
    }
}

/// The documented command with `eval` also stops if the server ends without a message, or isn't installed.
#[test]
fn the_documented_eval_stops_if_the_server_fails_in_any_way() {
    let page = include_str!("../docs/sandbox.md");
    let start = page.find("eval \"$(orgshake sandbox serve").expect("the page shows it");
    let line = page[start..].split('`').next().expect("to its end").replace('\n', " ");
    for shell in ["sh", "bash"] {
        for (program, reached) in [
            (format!("exec {PROGRAM} \"$@\""), true),
            ("kill -KILL $$".to_owned(), false),
            ("exit 127".to_owned(), false),
        ] {
            let (home, aws) = (Home::new(), aws());
            home.write("~/bin/orgshake", format!("#!/bin/sh\n{program}\n"));
            let path = std::env::var("PATH").unwrap_or_default();
            let text = format!("{line}; \"$0\" {}; kill $sandbox", ACCEPT.join(" "));
            let mut command = script(shell, &home, &aws, &text);
            command
                .env("PATH", format!("{}/bin:{path}", home.path().display()))
                .env("AWS_ACCESS_KEY_ID", "222222222222");
            let output = finished(&mut command);
            assert_eq!(output.status.success(), reached, "{shell}, {program}: {output:?}");
            assert_eq!(self::text(&output.stdout), if reached { "ACCEPTED\n" } else { "" }, "{shell}, {program}");
            assert!(aws.stop().is_empty(), "{shell}, {program}");
        }
    }
}

#[test]
fn the_failing_lines_fail_with_every_redirection() {
    let home = Home::new();
    for order in [
        "\"$0\" sandbox serve --prot 1 2>/dev/null; echo pid=1",
        "echo pid=1; \"$0\" sandbox serve --prot 1 2>/dev/null",
    ] {
        for shell in ["sh", "bash"] {
            let output = finished(&mut script(shell, &home, &aws(), &format!("eval \"$({order})\"")));
            assert_eq!(output.status.code(), Some(1), "{shell} {order}");
        }
    }
}

#[test]
fn serve_is_recognized_in_any_word_order() {
    for words in [
        &["sandbox", "serve", "--x"][..],
        &["--profile", "exec", "sandbox", "serve", "--x"],
        &["organizations", "sandbox", "--x", "serve"],
        &["--no-cli", "sandbox", "serve"],
        &["sandbox", "--state", "show", "serve"],
        &["sandbox", "--prot", "1", "serve"],
        &["--", "sandbox", "serve"],
    ] {
        let outcome = orgshake(words).run();
        outcome.exits_with(252);
        assert!(text(&outcome.stdout).ends_with("\nfalse "), "{words:?}: {outcome}");
    }
    for words in [
        &["sandbox", "exec", "--state", "serve"][..],
        &["sandbox", "exec", "--x", "--", "orgshake", "sandbox", "serve"],
        &["sandbox", "show", "--x", "serve"],
        &["sandbox", "--x"],
        &["accept-handshake", "--notes", "sandbox", "serve"],
        &["serve", "--x"],
    ] {
        orgshake(words).run().failure(252);
    }
    for words in
        [&["sandbox", "serve", "--help"][..], &["sandbox", "serve", "help"], &["sandbox", "serve", "--version"]]
    {
        let shown = orgshake(words).run().success();
        assert!(!shown.contains("export ") && !shown.ends_with("false "), "{shown}");
    }
}

// The shell with the server

/// A hostile environment: every variable of the list is set, and files and proxies lead elsewhere.
fn hostile(command: &mut Command, home: &Home, aws: &Server) {
    let url = aws.url();
    home.write(
        "hostile/config",
        format!(
            "[default]\nrole_arn = arn:aws:iam::222222222222:role/R\nsource_profile = real\nendpoint_url = {url}\n\
             services = elsewhere\nca_bundle = /nowhere\n[profile real]\naws_access_key_id = AKIDREAL\n\
             aws_secret_access_key = real\n[services elsewhere]\norganizations =\n  endpoint_url = {url}\n"
        ),
    );
    home.write("hostile/credentials", "[default]\naws_access_key_id = AKIDREAL\naws_secret_access_key = real\n");
    for (name, _) in SET {
        command.env(name, &url);
    }
    for name in REMOVED.iter().flat_map(|(names, _)| *names) {
        let value = match *name {
            "AWS_CREDENTIAL_EXPIRATION" => "2001-01-01T00:00:00Z",
            "AWS_PROFILE" | "AWS_DEFAULT_PROFILE" => "real",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS" | "AWS_USE_FIPS_ENDPOINT" | "AWS_USE_DUALSTACK_ENDPOINT" => "true",
            "AWS_CA_BUNDLE" => "/nowhere",
            "ORGSHAKE_COMPLETE" => "bash",
            // Variables that serve itself reads.
            name if name.starts_with("ORGSHAKE_SANDBOX_") => continue,
            _ => url.as_str(),
        };
        command.env(name.replace('*', "MORE"), value);
    }
    let proxies = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    command
        .envs(proxies.map(|name| (name, DEAD)))
        .env("NO_PROXY", "it's,$(touch run),`touch run`")
        .env("no_proxy", "")
        .env("AWS_REGION", "fips-us-east-1")
        .env("AWS_CONFIG_FILE", "hostile/config")
        .env("AWS_SHARED_CREDENTIALS_FILE", "hostile/credentials");
}

#[test]
fn serve_and_exec_lead_to_the_sandbox_from_any_environment() {
    let checks =
        format!("\"$0\" {} --profile default; \"$0\" {}; env >environment", ACCEPT.join(" "), ACCEPT.join(" "));
    for (shell, lines) in [
        ("sh", format!("eval \"$(\"$0\" sandbox serve 2>log & echo pid=$!)\" || exit 9\n{checks}\nkill $pid")),
        ("bash", format!("eval \"$(\"$0\" sandbox serve 2>log & echo pid=$!)\" || exit 9\n{checks}\nkill $pid")),
        (
            "sh",
            format!(
                "\"$0\" sandbox serve --env-file lines 2>log & until [ -e lines ]; do sleep 0.01; done; . ./lines || exit 9\n\
                 {checks}\nkill $!"
            ),
        ),
        ("sh", format!("\"$0\" sandbox exec -- sh -c '{checks}' \"$0\"")),
    ] {
        let (home, aws) = (Home::new(), aws());
        let mut command = script(shell, &home, &aws, &lines);
        hostile(&mut command, &home, &aws);
        if lines.contains("sandbox exec") {
            // exec runs nothing with it.
            command.env_remove("ORGSHAKE_COMPLETE");
        }
        let output = finished(&mut command);
        // The missing default profile has no key. Without it, the management account isn't invited.
        let told = text(&output.stderr);
        assert!(told.contains("Unable to locate credentials"), "{lines}: {told}");
        assert!(told.contains("(AccessDeniedException) when calling the AcceptHandshake"), "{lines}: {told}");
        assert_eq!(aws.stop(), [], "{lines}");
        assert!(!home.cwd().join("run").exists(), "a value of the environment was run");
        let environment = fs::read_to_string(home.cwd().join("environment")).expect("the environment");
        let value = |name: &str| environment.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        for name in REMOVED.iter().flat_map(|(names, _)| *names) {
            assert_eq!(value(&name.replace('*', "MORE")), None, "{lines}: {name}");
        }
        let url = value("AWS_ENDPOINT_URL").expect("a URL");
        for name in ["AWS_ENDPOINT_URL_ORGANIZATIONS", "AWS_ENDPOINT_URL_STS", "ORGSHAKE_SANDBOX_STS"] {
            assert_eq!(value(name), Some(url), "{name}");
        }
        assert_eq!(value("NO_PROXY"), Some("it's,$(touch run),`touch run`,127.0.0.1"));
        assert_eq!(value("no_proxy"), Some("127.0.0.1"));
        assert_eq!(value("AWS_REGION"), Some("us-east-1"));
        assert_eq!(value("HTTP_PROXY"), Some(DEAD));
        assert_eq!(value("HOME"), home.path().to_str());
    }
}

#[test]
fn the_url_has_its_own_line() {
    let home = Home::new();
    let lines = "eval \"$(\"$0\" sandbox serve 2>log >printed & echo pid=$!)\"\nwhile ! grep -q ORGSHAKE_COMPLETE printed; do \
                 sleep 0.01; done; kill $pid; cat printed";
    let printed = text(&finished(&mut script("sh", &home, &aws(), lines)).stdout);
    let url = printed.lines().next().and_then(|line| line.strip_prefix("export AWS_ENDPOINT_URL=http://127.0.0.1:"));
    assert!(url.is_some_and(|port| port.parse::<u16>().is_ok()), "{printed}");
    assert!(printed.ends_with('\n') && !printed.contains("false"), "{printed}");
}

// The file for the shell

#[test]
fn the_file_appears_whole_and_private_once_the_server_is_ready() {
    for _ in 0..10 {
        let home = Home::new();
        let file = home.cwd().join("lines");
        let old = "export AWS_ENDPOINT_URL=http://127.0.0.1:1\n";
        home.write("lines", old);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("a mode");
        let mut child = program(&home, &["sandbox", "serve", "--env-file", "lines"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // For a moment the old file may exist, then no file, then the new one.
        let (lines, mode) = loop {
            let Ok(mut found) = File::open(&file) else { continue };
            let mut lines = String::new();
            found.read_to_string(&mut lines).expect("text");
            if lines != old {
                break (lines, found.metadata().expect("an open file").mode() & 0o777);
            }
        };
        let mut printed = String::new();
        child.stdout.take().expect("a pipe").read_to_string(&mut printed).expect("its end");
        let address = lines.lines().next().and_then(|line| line.strip_prefix("export AWS_ENDPOINT_URL=http://"));
        TcpStream::connect(address.expect("a URL")).expect("a server that is ready");
        child.kill().expect("a child can be killed");
        child.wait().expect("it ends");
        assert_eq!((mode, printed.as_str()), (0o600, ""));
        assert!(lines.ends_with("\nunset ORGSHAKE_COMPLETE\n"), "{lines}");
        assert_eq!(names(&home.cwd()), ["lines"]);
    }
}

#[test]
fn a_shell_that_waits_for_the_file_gets_the_failing_lines_too() {
    for (options, code) in [
        ("--state damaged.json", 255),
        ("--prot 1", 252),
        ("--fault nonsense --port", 252),
        ("--fault nonsense", 252),
        ("extra", 252),
    ] {
        for option in ["--env-file lines", "--env-file=lines"] {
            let (home, aws) = (Home::new(), aws());
            home.write("damaged.json", "damaged");
            let lines = format!(
                "{{ \"$0\" sandbox serve {option} {options} >printed; echo $? >code; }} &
                until [ -e lines ]; do sleep 0.01; done; . ./lines; echo $?; wait; cat code printed
                \"$0\" accept-handshake --handshake-id {HANDSHAKE}; echo $?"
            );
            let output = finished(script("sh", &home, &aws, &lines).env("AWS_MAX_ATTEMPTS", "1"));
            let told = text(&output.stderr);
            assert_eq!(text(&output.stdout), format!("1\n{code}\n255\n"), "{options}: {told}");
            assert!(told.contains("Could not connect to the endpoint URL: \"http://127.0.0.1:1/\""), "{told}");
            let mode = fs::metadata(home.cwd().join("lines")).expect("the file").mode() & 0o777;
            assert_eq!(mode, 0o600);
            assert_eq!(aws.stop(), []);
        }
    }
}

#[test]
fn the_lines_replace_only_a_regular_file_and_never_the_state_file() {
    let home = Home::new();
    let place = |name: &str| home.cwd().join(name);
    fs::create_dir(place("directory")).expect("a directory");
    let world = place("world.json");
    orgshake(["--sandbox", "--sandbox-state"]).arg(&world).args(ACCEPT).run().success();
    symlink("world.json", place("world link")).expect("a link");
    let before = fs::read(&world).expect("a world");
    let there = names(&home.cwd());
    for (options, code) in [
        (&["--env-file", "directory"][..], 255),
        (&["--env-file", "gone/lines"], 255),
        (&["--env-file", "/dev/null"], 255),
        (&["--env-file", "world.json", "--state", "world.json"], 252),
        (&["--env-file", "world.json", "--state", "world link"], 252),
        (&["--env-file", "world.json", "--state", "world.json", "--prot"], 252),
        (&["--env-file", "directory/../world.json", "--state=./world.json", "--prot"], 252),
    ] {
        let mut command = program(&home, &["sandbox", "serve"]);
        let output = finished(command.args(options));
        assert_eq!(output.status.code(), Some(code), "{options:?}: {}", text(&output.stderr));
        // If the lines can't be written to the file, they go to stdout.
        assert!(text(&output.stdout).ends_with("\nfalse "), "{options:?}");
        assert_eq!(names(&home.cwd()), there, "{options:?}");
        assert_eq!(fs::read(&world).expect("a world"), before, "{options:?}");
    }
    let output = finished(
        program(&home, &["sandbox", "serve", "--env-file", "world.json"]).env("ORGSHAKE_SANDBOX_STATE", "world.json"),
    );
    assert_eq!(output.status.code(), Some(252));
    assert_eq!(fs::read(&world).expect("a world"), before);
    // A shell would follow a link. Its target must not change.
    home.write("real", "real");
    for target in ["real", "gone"] {
        symlink(target, place("link")).expect("a link");
        let output = finished(&mut program(&home, &["sandbox", "serve", "--env-file", "link", "--prot"]));
        assert_eq!(text(&output.stdout), "");
        assert!(fs::symlink_metadata(place("link")).expect("the lines").is_file());
        assert!(fs::read_to_string(place("link")).expect("the lines").ends_with("\nfalse\n"));
        fs::remove_file(place("link")).expect("a file");
        assert_eq!(fs::read_to_string(place("real")).expect("a file"), "real");
    }
}

// The cache of role credentials

const ROLE: &str = "[profile role]\nrole_arn = arn:aws:iam::222222222222:role/R\nsource_profile = keys\n\
                    [profile keys]\naws_access_key_id = 111111111111\naws_secret_access_key = sandbox\n";
/// The AWS CLI's file name for this role.
const ENTRY: &str = "0c788b0dd5f46424edd2bd3998d91459fbeced05.json";
const REAL: &str = "{\"Credentials\": {\"AccessKeyId\": \"ASIAREAL\", \"SecretAccessKey\": \"real\", \"SessionToken\": \
                    \"real\", \"Expiration\": \"2099-01-01T00:00:00Z\"}}";

#[test]
fn the_role_cache_is_not_used_within_the_sandbox() {
    let run = format!("AWS_CONFIG_FILE=config \"$0\" {} --profile role", ACCEPT.join(" "));
    let serve = format!("eval \"$(\"$0\" sandbox serve 2>log & echo pid=$!)\"; {run}; kill $pid");
    let exec = format!("\"$0\" sandbox exec -- sh -c '{run}' \"$0\"");
    for lines in [serve, exec] {
        for cached in [None, Some(REAL)] {
            let (home, aws) = (Home::new(), aws());
            home.write("config", ROLE);
            if let Some(cached) = cached {
                home.write(&format!("~/.aws/cli/cache/{ENTRY}"), cached);
            }
            let output = finished(&mut script("sh", &home, &aws, &lines));
            assert_eq!((text(&output.stdout).as_str(), text(&output.stderr).as_str()), ("ACCEPTED\n", ""), "{lines}");
            let cache = home.path().join(".aws/cli/cache");
            match cached {
                None => assert!(!exists(&cache), "{:?}", names(&cache)),
                Some(cached) => assert_eq!(fs::read_to_string(cache.join(ENTRY)).expect("the entry"), cached),
            }
            assert_eq!(aws.stop(), []);
        }
    }
}

#[test]
fn the_role_cache_is_used_with_another_sts() {
    for (marker, is_used) in [("STS", false), ("STS/", false), (DEAD, true), ("", true), ("nonsense", true)] {
        let home = Home::new();
        home.write("config", ROLE);
        home.write(&format!("~/.aws/cli/cache/{ENTRY}"), REAL);
        let assumed = crate::credentials::role("ASIAOTHER");
        let steps = if is_used { vec![Step::handshake()] } else { vec![assumed, Step::handshake()] };
        let server = Server::script(steps);
        let run = orgshake(ACCEPT).args(["--profile", "role"]);
        let run = run.env("ORGSHAKE_SANDBOX_STS", marker.replace("STS", &server.url()));
        let run = run.env("AWS_ENDPOINT_URL_STS", server.url()).env("HOME", home.path());
        let outcome = run.env("AWS_CONFIG_FILE", home.cwd().join("config")).server(server).run();
        outcome.success();
        assert_eq!(outcome.requests.len(), if is_used { 1 } else { 2 }, "{marker}: {outcome}");
    }
}

#[test]
fn the_sandbox_within_the_program_does_not_use_the_role_cache() {
    let home = Home::new();
    home.write("~/.aws/config", ROLE);
    for cached in ["damaged", REAL] {
        home.write(&format!("~/.aws/cli/cache/{ENTRY}"), cached);
        let run = orgshake(ACCEPT).args(["--sandbox", "--profile", "role"]).env("HOME", home.path());
        let outcome = run.env_remove("AWS_ACCESS_KEY_ID").run();
        assert_eq!(outcome.success(), "ACCEPTED\n");
        outcome.sent_nothing();
        let cache = home.path().join(".aws/cli/cache");
        assert_eq!(names(&cache), [ENTRY]);
        assert_eq!(fs::read_to_string(cache.join(ENTRY)).expect("the entry"), cached);
    }
}

// The variables

const VARIABLES: [(&str, &str); 7] = [
    ("ORGSHAKE_SANDBOX_STATE", "world.json"),
    ("ORGSHAKE_SANDBOX_CLOCK", "+1d"),
    ("ORGSHAKE_SANDBOX_FAULT", "throttle"),
    ("ORGSHAKE_SANDBOX_WORLD", "documented"),
    ("ORGSHAKE_SANDBOX_THROTTLE", "documented"),
    ("ORGSHAKE_SANDBOX_LATENCY", "1ms"),
    ("ORGSHAKE_SANDBOX_PROPAGATION", "1s"),
];

#[test]
fn a_variable_of_the_sandbox_keeps_a_call_from_aws() {
    for (name, value) in VARIABLES {
        let outcome = orgshake(ACCEPT).env(name, value).run();
        let told = outcome.failure(252);
        assert!(told.contains(&format!("{name} needs --sandbox")), "{told}");
        outcome.sent_nothing();
        let outcome = orgshake(ACCEPT).env(name, value).env("ORGSHAKE_SANDBOX", "0").run();
        outcome.failure(252);
        outcome.sent_nothing();
        let json =
            orgshake(ACCEPT).env(name, value).file("~/.aws/config", "[default]\ncli_error_format = json\n").run();
        assert!(json.failure(252).starts_with('{'), "{json}");
        // Empty is unset.
        assert_eq!(orgshake(ACCEPT).env(name, "").run().success(), "ACCEPTED\n");
        assert_eq!(orgshake(ACCEPT).env(name, value).arg("--sandbox").run().success(), "ACCEPTED\n");
    }
}

#[test]
fn commands_that_send_nothing_ignore_the_variables() {
    for args in [
        &["accept-handshake", "--help"][..],
        &["accept-handshake", "help"],
        &["--version"],
        &["completion", "bash"],
        &["completion", "bash", "--dynamic"],
        &["accept-handshake", "--generate-cli-skeleton"],
        &["accept-handshake", "--generate-cli-skeleton", "yaml-input"],
        &["accept-handshake", "--handshake-id", HANDSHAKE, "--generate-cli-skeleton", "output"],
    ] {
        let usual = orgshake(args).run().success();
        for (name, value) in VARIABLES.into_iter().chain([("ORGSHAKE_SANDBOX", "nonsense"), ("ORGSHAKE_SANDBOX", "1")])
        {
            let outcome = orgshake(args).env(name, value).run();
            assert_eq!(outcome.success(), usual, "{name}");
            outcome.sent_nothing();
        }
    }
    let skeleton = ["accept-handshake", "--generate-cli-skeleton", "--endpoint-url", DEAD];
    orgshake(skeleton).env("ORGSHAKE_SANDBOX", "1").run().success();
}

#[test]
fn a_whole_script_can_run_in_the_sandbox() {
    for (value, is_sandbox) in [("1", true), ("true", true), ("0", false), ("false", false), ("", false)] {
        let outcome = orgshake(ACCEPT).env("ORGSHAKE_SANDBOX", value).run();
        assert_eq!(outcome.success(), "ACCEPTED\n");
        assert_eq!(outcome.requests.is_empty(), is_sandbox, "{value:?}: {outcome}");
    }
    for value in ["yes", "2", "TRUE", " 1", "\u{e9}"] {
        for args in [&[][..], &["--sandbox"]] {
            let outcome = orgshake(ACCEPT).args(args).env("ORGSHAKE_SANDBOX", value).run();
            let told = outcome.failure(252);
            assert!(told.contains("ORGSHAKE_SANDBOX must be 1, true, 0 or false"), "{told}");
            outcome.sent_nothing();
        }
    }
    let both = orgshake(ACCEPT).args(["--endpoint-url", DEAD]).env("ORGSHAKE_SANDBOX", "1").run();
    assert!(both.failure(252).contains("ORGSHAKE_SANDBOX and --endpoint-url exclude each other"), "{both}");
    let both = orgshake(ACCEPT).args(["--endpoint-url", DEAD, "--sandbox"]).run();
    assert!(both.failure(252).contains("--sandbox and --endpoint-url exclude each other"), "{both}");
    // The options of the sandbox work with it, and the hint leads back to the sandbox.
    let gone = ["accept-handshake", "--handshake-id", "h-examplenobody111", "--sandbox-clock", "+1d"];
    orgshake(gone).env("ORGSHAKE_SANDBOX", "1").run().failure(254);
    let lost = orgshake(ACCEPT).env("ORGSHAKE_SANDBOX", "1").env("ORGSHAKE_SANDBOX_FAULT", "lost-response:3").run();
    assert!(
        lost.failure(255).contains(&format!("describe-handshake --handshake-id {HANDSHAKE} --sandbox\n")),
        "{lost}"
    );
}

#[test]
fn completion_asks_the_same_service_as_the_call() {
    let line = ["--", "orgshake", "cancel-handshake", "--handshake-id", "h-exampleopen"];
    let asked = |name: &str, value: &str| orgshake(line).env("ORGSHAKE_COMPLETE", "fish").env(name, value).run();
    let outcome = asked("ORGSHAKE_SANDBOX", "1");
    assert!(outcome.success().starts_with("h-exampleopen111\t"), "{outcome}");
    outcome.sent_nothing();
    for (name, value) in VARIABLES {
        let outcome = asked(name, value);
        assert_eq!(outcome.success(), "");
        outcome.sent_nothing();
    }
}

#[test]
fn serve_and_exec_use_the_variables_but_do_not_pass_them_on() {
    let (home, aws) = (Home::new(), aws());
    let lines = "eval \"$(\"$0\" sandbox serve 2>log & echo pid=$!)\"
        AWS_ACCESS_KEY_ID=222222222222 \"$0\" accept-handshake --handshake-id h-examplehandshakeid111 --query Handshake.State
        kill $pid; env | grep -c '^ORGSHAKE_'; grep -c fault:throttle log; ls
        ORGSHAKE_SANDBOX=1 ORGSHAKE_SANDBOX_CLOCK=+1d ORGSHAKE_SANDBOX_STATE=other.json \"$0\" sandbox exec -- sh -c \
            '\"$0\" cancel-handshake --handshake-id h-exampleopen111 --query Handshake.State; env | grep -c ^ORGSHAKE_' \"$0\"
        ls";
    let mut command = script("sh", &home, &aws, lines);
    let output = finished(command.envs(VARIABLES).env("ORGSHAKE_SANDBOX", "1"));
    assert_eq!(text(&output.stderr), "");
    let expected = "\"ACCEPTED\"\n1\n1\nlog\nworld.json\nworld.json.lock\n\"CANCELED\"\n1\nlog\nother.json\nother.json.lock\n\
                    world.json\nworld.json.lock\n";
    assert_eq!(text(&output.stdout), expected);
    assert_eq!(aws.stop(), []);
}
