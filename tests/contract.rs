//! Promises of every command: exit codes, the use of stdout and stderr, checks before a request, secrets.

#[cfg(unix)]
use orgshake::error::EXIT_CODES;
use serde_json::{Value, json};

use crate::support::run::{DEAD, HANDSHAKE, Home, Outcome, Run, SECRET, closed_pipe, orgshake};
use crate::support::server::{Server, Step};

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];
const ARN: &str = "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111";

fn accepted() -> (&'static str, Value) {
    ("AcceptHandshake", json!({"HandshakeId": HANDSHAKE}))
}

fn denied() -> Step {
    Step::error("AccessDeniedException", "no")
}

// Exit codes

#[test]
fn success_is_0_without_messages() {
    let outcome = orgshake(ACCEPT).run();
    outcome.success();
    outcome.sent(&[accepted()]);
}

#[test]
fn a_usage_error_is_252() {
    let outcome = orgshake(["accept-handshake"]).run();
    assert_has(&outcome.failure(252), &["--handshake-id"]);
    outcome.sent_nothing();
}

#[test]
fn missing_credentials_are_253() {
    let outcome = orgshake(ACCEPT).env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY").run();
    assert_has(&outcome.failure(253), &["An error occurred (NoCredentials): "]);
    outcome.sent_nothing();
}

#[test]
fn an_error_response_is_254() {
    let outcome = orgshake(ACCEPT).script([denied()]).run();
    let line = "An error occurred (AccessDeniedException) when calling the AcceptHandshake operation: no\n";
    assert_has(&outcome.failure(254), &[line]);
    outcome.sent(&[accepted()]);
}

#[test]
fn a_failed_connection_is_255() {
    let outcome = orgshake(ACCEPT).env("AWS_ENDPOINT_URL_ORGANIZATIONS", DEAD).env("AWS_MAX_ATTEMPTS", "1").run();
    assert_has(&outcome.failure(255), &["Could not connect to the endpoint URL: \"${DEAD}/\""]);
    outcome.sent_nothing();
}

#[cfg(unix)]
#[test]
fn a_signal_decides_the_exit_code() {
    use std::time::Duration;

    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let step = Step::handshake().delay(Duration::from_secs(3600));
        let outcome = orgshake(ACCEPT).script([step]).signal_when_waiting(signal).run();
        assert_eq!(outcome.exit.in_shell(), Some(code), "{outcome}");
        assert!(outcome.stdout.is_empty(), "{outcome}");
    }
}

#[cfg(unix)]
#[test]
fn every_documented_exit_code_is_reached() {
    let interrupted = |signal| {
        let step = Step::handshake().delay(std::time::Duration::from_secs(3600));
        orgshake(ACCEPT).script([step]).signal_when_waiting(signal).run()
    };
    let nowhere = orgshake(ACCEPT).env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    let reached = [
        orgshake(ACCEPT).run(),
        orgshake(ACCEPT).args(["--from-account", "999999999999"]).run(),
        orgshake(["sandbox", "exec", "--", "/"]).run(),
        orgshake(["sandbox", "exec", "--", "no-such-command"]).run(),
        interrupted("INT"),
        interrupted("TERM"),
        orgshake(["accept-handshake"]).run(),
        nowhere.run(),
        orgshake(ACCEPT).script([denied()]).run(),
        orgshake(ACCEPT).env("AWS_MAX_ATTEMPTS", "0").run(),
    ];
    let documented: Vec<_> = EXIT_CODES.iter().map(|(code, _)| Some(i32::from(*code))).collect();
    assert_eq!(reached.map(|outcome| outcome.exit.in_shell()).to_vec(), documented);
}

#[test]
fn a_region_is_not_needed() {
    let outcome = orgshake(ACCEPT).env_remove("AWS_REGION").run();
    outcome.success();
    let signed = outcome.requests[0].header("Authorization").unwrap_or_default();
    assert!(signed.contains("/us-east-1/organizations/aws4_request"), "{signed}");
}

// Responses

#[test]
fn a_response_that_is_not_an_object_is_an_error() {
    for body in [
        &b""[..],
        b"null",
        b"[1]",
        b"<html>Log in, please</html>",
        b"{\"Handshake\": {\"Id\": \"\xff\"}}",
        b"{\"error\": \"Log in, please\"}",
        b"{\"__type\": \"AccessDeniedException\"}",
        b"{\"Handshake\": null}",
    ] {
        let outcome = orgshake(ACCEPT).script([Step::bytes(body)]).run();
        assert_has(&outcome.failure(255), &["may have been applied"]);
        outcome.sent(&[accepted()]);
    }
}

// Writing the result

#[test]
fn a_closed_pipe_causes_no_message_and_keeps_the_exit_code() {
    let outcome = orgshake(ACCEPT).stdout_to(closed_pipe()).run();
    outcome.success();
    outcome.sent(&[accepted()]);

    let outcome = orgshake(ACCEPT).script([denied()]).stdout_to(closed_pipe()).run();
    outcome.failure(254);

    let outcome = orgshake(["--help"]).stdout_to(closed_pipe()).run();
    outcome.success();
}

/// Runs the program in a shell after the commands `before`, with a redirection of stdout.
#[cfg(unix)]
fn in_shell(before: &str, redirection: &str) -> Run {
    orgshake(ACCEPT).through(["sh", "-c", &format!("{before} exec \"$@\" {redirection}"), "sh"])
}

#[cfg(unix)]
#[test]
fn an_unwritable_stdout_is_255_and_the_message_names_the_change() {
    for (before, redirection, why) in [
        ("", ">&-", "Bad file descriptor"),
        ("", "1</dev/null", "Bad file descriptor"),
        (": > file;", "1<file", "Bad file descriptor"),
        // The limit of file sizes, which also sends a signal.
        ("ulimit -f 0;", "> file", "File too large"),
    ] {
        let outcome = in_shell(before, redirection).run();
        outcome.exits_with(255);
        outcome.stderr_has(&[&format!("the handshake was accepted, but the result could not be written: {why}\n")]);
    }
    orgshake(["--help"]).through(["sh", "-c", "exec \"$@\" >&-", "sh"]).run().failure(255);
    in_shell("", ">&- --output off").run().stderr_is("");
    in_shell("ulimit -f 0;", "> file --output off").run().exits_with(0);
}

/// Python's `subprocess.DEVNULL` is opened like this.
#[cfg(unix)]
#[test]
fn a_stdout_open_for_reading_and_writing_works() {
    let outcome = in_shell("", "1<>/dev/null").run();
    outcome.exits_with(0);
    outcome.stderr_is("");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_255_and_the_message_names_the_change() {
    use crate::support::run::full_disk;

    for (command, done) in [
        ("accept-handshake", "the handshake was accepted, but the result could not be written: "),
        ("cancel-handshake", "the handshake was canceled, but the result could not be written: "),
        ("decline-handshake", "the handshake was declined, but the result could not be written: "),
        ("describe-handshake", "could not be written: "),
    ] {
        let outcome = orgshake([command, "--handshake-id", HANDSHAKE]).stdout_to(full_disk()).run();
        assert_has(&outcome.failure(255), &[done, "No space left on device"]);
        assert_eq!(outcome.requests.len(), 1, "{outcome}");
    }
    let outcome = orgshake(["accept-handshake", "--generate-cli-skeleton"]).stdout_to(full_disk()).run();
    assert_has(&outcome.failure(255), &["could not be written: "]);
}

// Help and usage

#[test]
fn help_is_on_stdout() {
    for words in [&["--help"][..], &["help"], &["organizations", "help"], &["organizations", "--help"]] {
        let outcome = orgshake(words).run();
        let commands = ["accept-handshake", "cancel-handshake", "decline-handshake", "describe-handshake"];
        assert_has(&outcome.success(), &commands);
        outcome.sent_nothing();
    }
    for words in [&["accept-handshake", "--help"][..], &["accept-handshake", "help"]] {
        let outcome = orgshake(words).run();
        let options = ["--handshake-id", "--cli-input-json", "--cli-input-yaml", "--generate-cli-skeleton"];
        assert_has(&outcome.success(), &options);
        outcome.sent_nothing();
    }
}

#[test]
fn version_names_the_program() {
    let outcome = orgshake(["--version"]).run();
    let printed = outcome.success();
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(lines[0], concat!("orgshake ", env!("CARGO_PKG_VERSION")));
    let sdk = lines[2].strip_prefix("sdk: aws-sdk-organizations ").unwrap_or_else(|| panic!("{printed}"));
    let locked = format!("name = \"aws-sdk-organizations\"\nversion = \"{sdk}\"\n");
    assert!(include_str!("../Cargo.lock").contains(&locked), "{sdk}");
    let [target, commit] = [(lines[1], "target: "), (lines[3], "commit: ")]
        .map(|(line, name)| line.strip_prefix(name).unwrap_or_else(|| panic!("{line:?} begins with {name:?}")));
    assert!(target.starts_with(std::env::consts::ARCH) && target.contains(std::env::consts::OS), "{target}");
    assert!(!commit.is_empty() && lines.len() == 4, "{printed}");
    outcome.sent_nothing();
}

#[test]
fn no_arguments_print_how_to_get_help() {
    let outcome = orgshake::<&str>([]).run();
    let fragments =
        ["the following arguments are required: operation", "Usage: orgshake ", "accept-handshake", "--help"];
    assert_has(&outcome.failure(252), &fragments);
    outcome.sent_nothing();
}

#[test]
fn a_misspelt_word_names_the_closest_one() {
    for (words, meant) in [
        (["acept-handshake", "--handshake-id", HANDSHAKE], "'accept-handshake'"),
        (["cancel-handshak", "--handshake-id", HANDSHAKE], "'cancel-handshake'"),
        (["accept-handshake", "--handshake-ib", HANDSHAKE], "'--handshake-id'"),
        (["accept-handshake", "--handshakeid", HANDSHAKE], "'--handshake-id'"),
    ] {
        let outcome = orgshake(words).run();
        assert_has(&outcome.failure(252), &[meant]);
        outcome.sent_nothing();
    }
}

#[test]
fn wrong_usage_is_252_before_any_request() {
    for words in [
        &["--output", "xml"][..],
        &["--query", "Handshake["],
        &["--query", "nonsense(Handshake)"],
        &["--force"],
        &["stray"],
        &["--cli-read-timeout", "soon"],
        &["--cli-input-json", "{"],
        &["--cli-input-json", "[]"],
        &["--cli-input-json", "{\"Nonsense\": 1}"],
        &["--cli-input-yaml", "a: b: c"],
        &["--cli-input-json", "{}", "--cli-input-yaml", "{}"],
        &["--cli-input-json", "file://missing.json"],
        &["--generate-cli-skeleton", "xml"],
    ] {
        let outcome = orgshake(ACCEPT.iter().chain(words)).run();
        assert!(!outcome.failure(252).is_empty(), "{words:?} is rejected without a message");
        outcome.sent_nothing();
    }
}

#[cfg(unix)]
#[test]
fn arguments_of_any_bytes_are_refused_in_order() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    for (before, bytes) in [(&[][..], &b"\xff"[..]), (&["accept-handshake", "--handshake-id"], b"h-\xff\xfe345678")] {
        let outcome = orgshake(before).arg(OsStr::from_bytes(bytes)).run();
        outcome.failure(252);
        outcome.sent_nothing();
    }
}

// Handshake ids

#[test]
fn an_invalid_handshake_id_is_rejected_before_any_request() {
    for id in [
        "",
        "None",
        "null",
        "H-EXAMPLEHANDSHAKEID111",
        "h-",
        "h-1234567",
        " h-examplehandshakeid111",
        "h-ex\nample1",
        "o-exampleorgid",
    ] {
        for command in ["accept-handshake", "cancel-handshake", "decline-handshake", "describe-handshake"] {
            let outcome = orgshake([command, "--handshake-id", id]).run();
            assert_has(&outcome.failure(252), &["An error occurred (ParamValidation): "]);
            outcome.sent_nothing();
        }
    }
}

#[test]
fn the_id_in_an_arn_is_named_in_the_hint() {
    let outcome = orgshake(["accept-handshake", "--handshake-id", ARN]).run();
    let stderr = outcome.failure(252);
    let (_, hint) = stderr.split_once("\nhint: ").unwrap_or_else(|| panic!("no hint:\n{outcome}"));
    // The id alone, not only as the end of the ARN.
    assert!(hint.replace(ARN, "").contains(HANDSHAKE), "{outcome}");
    outcome.sent_nothing();
}

#[test]
fn an_id_is_checked_wherever_it_comes_from() {
    for words in [&["--cli-input-json", "{\"HandshakeId\": \"None\"}"][..], &["--cli-input-yaml", "HandshakeId: None"]]
    {
        let outcome = orgshake(["accept-handshake"].iter().chain(words)).run();
        assert_has(&outcome.failure(252), &["An error occurred (ParamValidation): "]);
        outcome.sent_nothing();
    }
}

// Input from files and pipes

#[test]
fn input_comes_from_a_pipe() {
    let json = "{\"HandshakeId\": \"h-examplehandshakeid111\"}\n";
    let yaml = "HandshakeId: h-examplehandshakeid111 # the one from Bill\n";
    for (option, text) in [("--cli-input-json", json), ("--cli-input-yaml", yaml), ("--handshake-id", HANDSHAKE)] {
        for source in ["-", "file:///dev/stdin"] {
            let outcome = orgshake(["accept-handshake", option, source]).stdin(text).run();
            outcome.success();
            outcome.sent(&[accepted()]);
        }
    }
}

#[test]
fn one_newline_at_the_end_of_a_file_is_not_part_of_the_id() {
    for text in ["h-examplehandshakeid111\n", "h-examplehandshakeid111\r\n"] {
        for outcome in [
            orgshake(["accept-handshake", "--handshake-id", "file://id"]).file("id", text).run(),
            orgshake(["accept-handshake", "--handshake-id", "-"]).stdin(text).run(),
        ] {
            outcome.success();
            outcome.sent(&[accepted()]);
        }
    }
    let outcome =
        orgshake(["accept-handshake", "--handshake-id", "file://id"]).file("id", "h-examplehandshakeid111\n\n").run();
    outcome.failure(252);
    outcome.sent_nothing();
}

/// The path of a wrong file was typed: the error must not print its whole content.
#[test]
fn an_error_shows_one_line_of_a_wrong_file() {
    let text = "root:x:0:0:first\nbin:x:2:2:second\nuser:x:9:9:third\n";
    let invite = "invite-account-to-organization";
    let transfer = "invite-organization-to-transfer-responsibility";
    let cases: [(&[&str], &str); 6] = [
        (
            &["accept-handshake", "--handshake-id", "file://id"],
            "value: \"root:x:0:0:first\"… (50 bytes) (from file://id)",
        ),
        (&["describe-handshake", "--handshake-id", "-"], "value: \"root:x:0:0:first\" (line 1 of standard input)"),
        (
            &[
                transfer,
                "--type",
                "BILLING",
                "--source-name",
                "x",
                "--target",
                "Id=1,Type=ACCOUNT",
                "--start-timestamp",
                "file://id",
            ],
            "value: \"root:x:0:0:first\"… (51 bytes) (from file://id), type: string",
        ),
        (
            &[invite, "--target", "file://id"],
            "--target': file://id: Expected: '=', received: 'b' for input:\nbin:x:2:2:second\n^\n",
        ),
        (
            &[invite, "--target", "Id=1,Type=ACCOUNT", "--tags", "file://id"],
            "--tags': file://id: Expected: '=', received: 'b' for input:\nbin:x:2:2:second\n^\n",
        ),
        (&[invite, "--target", "file://json"], "--target': file://json: Invalid JSON: "),
    ];
    for (words, expected) in cases {
        let run = orgshake(words.iter()).file("id", text).file("json", "{third\nsecond");
        let run = if words.contains(&"-") { run.stdin(text) } else { run };
        let outcome = run.run();
        let told = outcome.failure(252);
        outcome.sent_nothing();
        assert!(told.contains(expected), "{words:?}: {told}");
        let lines = ["first", "second", "third"].iter().filter(|line| told.contains(**line)).count();
        assert!(lines <= 1, "{words:?}: {told}");
    }
}

#[test]
fn empty_and_broken_pipes_are_rejected() {
    for option in ["--cli-input-json", "--cli-input-yaml", "--handshake-id"] {
        for bytes in [&b""[..], b"\xff\xfe\x00", b"\x00", b"{", b"\xef\xbb\xbf"] {
            // Without an id, there is nothing to do.
            if option == "--handshake-id" && [&b""[..], b"\xef\xbb\xbf"].contains(&bytes) {
                continue;
            }
            let outcome = orgshake(["accept-handshake", option, "-"]).stdin(bytes).run();
            assert!(!outcome.failure(252).is_empty(), "{option} {bytes:?} is rejected without a message");
            outcome.sent_nothing();
        }
    }
}

#[test]
fn options_override_the_input_document() {
    let input = "{\"HandshakeId\": \"h-otherhandshakeid\"}";
    let outcome = orgshake(ACCEPT).arg("--cli-input-json").arg(input).run();
    outcome.success();
    outcome.sent(&[accepted()]);
}

// The word after `aws`

#[test]
fn organizations_before_the_command_changes_nothing() {
    let [command, option, id] = ACCEPT;
    let plain = orgshake([command, option, id]).run();
    for words in [
        &["organizations", command, option, id][..],
        &["--output", "json", "organizations", command, option, id],
        &["organizations", "--output", "json", command, option, id],
    ] {
        let outcome = orgshake(words).run();
        assert_eq!(outcome.to_string(), plain.to_string());
    }
}

// The sandbox

#[test]
fn the_sandbox_accepts_a_filled_skeleton() {
    let skeleton = orgshake(["accept-handshake", "--generate-cli-skeleton"]).run();
    let mut input = parsed(&skeleton.success());
    assert_eq!(input, json!({"HandshakeId": ""}));
    input["HandshakeId"] = HANDSHAKE.into();

    let words = ["--sandbox", "accept-handshake", "--cli-input-json", "-"];
    let outcome = nothing_configured(words).stdin(input.to_string()).run();
    assert_accepted(&outcome);
}

#[test]
fn the_sandbox_needs_no_configuration() {
    let words = ["--sandbox", "accept-handshake", "--handshake-id", HANDSHAKE];
    assert_accepted(&nothing_configured(words).run());
}

#[test]
fn the_sandbox_sends_nothing_to_the_service() {
    let outcome = orgshake(["--sandbox"]).arg(ACCEPT[0]).arg(ACCEPT[1]).arg(ACCEPT[2]).run();
    assert_accepted(&outcome);
}

/// A run on a machine that was never configured for AWS.
fn nothing_configured<const N: usize>(words: [&str; N]) -> Run {
    let names = [
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_REGION",
        "AWS_ENDPOINT_URL_ORGANIZATIONS",
        "AWS_EC2_METADATA_DISABLED",
        "AWS_PAGER",
        "TZ",
        "LANG",
    ];
    names.iter().fold(Run::at(Home::new(), words), |run, name| run.env_remove(name))
}

#[track_caller]
fn assert_accepted(outcome: &Outcome) {
    let handshake = &parsed(&outcome.success())["Handshake"];
    assert_eq!((&handshake["Id"], &handshake["State"]), (&json!(HANDSHAKE), &json!("ACCEPTED")), "{outcome}");
    outcome.sent_nothing();
}

// What reaches the service and what does not

#[test]
fn an_option_without_its_value_does_not_swallow_the_next_one() {
    for args in [
        ["accept-handshake", "--handshake-id", "--sandbox"],
        ["accept-handshake", "--handshake-id", "-x"],
        ["accept-handshake", "--cli-input-json", "-x"],
        ["accept-handshake", "--cli-input-yaml", "--debug"],
    ] {
        let outcome = orgshake(args).run();
        assert_has(&outcome.failure(252), &[&format!("argument {}: expected one argument", args[1])]);
        outcome.sent_nothing();
    }
}

#[test]
fn keys_that_are_invalid_in_a_header_are_rejected() {
    for (variable, value) in
        [("AWS_ACCESS_KEY_ID", "AKIAX\r"), ("AWS_SECRET_ACCESS_KEY", "se\ncret"), ("AWS_SESSION_TOKEN", "to ken")]
    {
        let outcome = orgshake(ACCEPT).env(variable, value).run();
        let told = outcome.failure(255);
        assert_has(&told, &["contains an invalid character"]);
        assert!(!told.contains(value.trim()), "{told}");
        outcome.sent_nothing();
    }
}

#[test]
fn invalid_endpoints_are_rejected_without_showing_their_secrets() {
    for (url, code) in [
        ("http://127.0.0.1:99999", 255),
        ("http://user:secretpw@127.0.0.1:1/", 255),
        ("http://", 255),
        ("ftp://127.0.0.1", 255),
        ("localhost:8080", 255),
        ("127.0.0.1", 252),
        ("127.0.0.1:8080", 252),
        ("//127.0.0.1", 252),
        ("", 252),
    ] {
        let outcome = orgshake(ACCEPT).arg("--endpoint-url").arg(url).arg("--debug").run();
        let told = outcome.failure(code);
        assert_has(&told, &["Invalid endpoint (--endpoint-url)"]);
        assert!(!told.contains("secretpw"), "{told}");
        outcome.sent_nothing();
    }
}

#[test]
fn the_endpoint_url_is_used_unchanged() {
    for path in ["/", "/p/q", "/p/", "/p?a=b"] {
        let server = Server::script([Step::handshake()]);
        let url = format!("{}{path}", server.url());
        let outcome = orgshake(ACCEPT).server(server).arg("--endpoint-url").arg(&url).run();
        outcome.success();
        assert_eq!(outcome.requests[0].path, path);
    }
}

#[test]
fn variables_that_are_not_text_do_not_count_as_unset() {
    use std::os::unix::ffi::OsStrExt;
    let outcome = orgshake(ACCEPT).env("AWS_PROFILE", std::ffi::OsStr::from_bytes(b"\xff")).run();
    assert_has(&outcome.failure(255), &["The config profile", "could not be found"]);
    outcome.sent_nothing();
}

#[test]
fn a_configuration_file_that_cannot_be_read_is_an_error() {
    let outcome = orgshake(ACCEPT).file("~/.aws/config", vec![b'\n'; 17 << 20]).run();
    assert_has(&outcome.failure(255), &["Unable to read config file: ${HOME}/.aws/config", "more than 16 MiB"]);
    outcome.sent_nothing();
}

#[test]
fn the_sandbox_ignores_the_configuration_of_aws() {
    let outcome = orgshake(ACCEPT)
        .arg("--sandbox")
        .arg("--no-verify-ssl")
        .env("AWS_PROFILE", "gone")
        .env("AWS_MAX_ATTEMPTS", "x")
        .env("AWS_ENDPOINT_URL", "nonsense")
        .run();
    outcome.success();
    outcome.sent_nothing();
}

#[test]
fn a_metadata_service_that_does_not_respond_soon_means_no_credentials() {
    let silent = Server::script([Step::handshake().delay(std::time::Duration::from_secs(3600))]);
    let outcome = orgshake(ACCEPT)
        .env_remove("AWS_ACCESS_KEY_ID")
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .env_remove("AWS_EC2_METADATA_DISABLED")
        .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", silent.url())
        .run();
    assert_has(&outcome.failure(253), &["Unable to locate credentials"]);
}

#[test]
fn errors_shorten_long_values() {
    let document = format!("{{\"HandshakeId\":[{}1]}}", "1,".repeat(1_000_000));
    let outcome = orgshake(["accept-handshake", "--cli-input-json", "-"]).stdin(document).run();
    assert!(outcome.failure(252).len() < 1000, "{} bytes", outcome.stderr.len());
    let page = format!("<html>{}</html>", "x".repeat(1_000_000));
    let outcome = orgshake(ACCEPT).script([Step::bytes(page).status(403)]).run();
    assert!(outcome.failure(254).len() < 3000, "{} bytes", outcome.stderr.len());
}

#[test]
fn usage_errors_use_the_configured_error_format() {
    let ambiguous = orgshake(["accept-handshake", "--no-cli", "--cli-error-format", "json"]).run();
    assert_eq!(parsed(&ambiguous.failure(252))["Code"], "ParamValidation");
    let profile = orgshake(["--profile", "p", "accept-handshake", "--bogus"])
        .file("~/.aws/config", "[profile p]\ncli_error_format = json\n")
        .run();
    assert_eq!(parsed(&profile.failure(252))["Code"], "ParamValidation");
}

#[test]
fn an_unknown_command_prints_the_closest_one_or_a_list() {
    let told = orgshake(["acept-handshake"]).run().failure(252);
    assert_has(&told, &["unknown command 'acept-handshake'", "did you mean 'accept-handshake'?"]);
    assert_has(&orgshake(["xyz"]).run().failure(252), &["unknown command 'xyz'", "\n  accept-handshake\n"]);
}

#[test]
fn help_is_a_word_and_an_option_anywhere() {
    for args in [
        &["help", "accept-handshake"][..],
        &["accept-handshake", "help"],
        &["organizations", "accept-handshake", "help"],
        &["help", "--output", "text", "accept-handshake"],
        &["accept-handshake", "help", "--help"],
    ] {
        let told = orgshake(args.iter().copied()).run().success();
        assert_has(&told, &["NAME\n    orgshake-accept-handshake - ", "\nOUTPUT\n", "--handshake-id ID"]);
    }
    let short = ["Usage: orgshake accept-handshake", "--handshake-id <ID>"];
    assert_has(&orgshake(["--help", "accept-handshake"]).run().success(), &short);
    assert_has(&orgshake(["help"]).run().success(), &["NAME\n    orgshake - "]);
    assert_has(&orgshake(["completion", "help"]).run().success(), &["NAME\n    orgshake-completion - "]);
    assert_has(&orgshake(["help", "xyz"]).run().failure(252), &["unknown command 'xyz'"]);
}

#[test]
fn the_sandbox_clock_goes_both_ways() {
    for (step, state) in [("+16d", "EXPIRED"), ("-1d", "OPEN")] {
        let describe = ["--sandbox", "--sandbox-clock", step, "describe-handshake", "--handshake-id", HANDSHAKE];
        let outcome = orgshake(describe).arg("--query").arg("Handshake.State").arg("--output").arg("text").run();
        assert_eq!(outcome.success(), format!("{state}\n"));
    }
    let outcome =
        orgshake(["--sandbox", "--sandbox-clock", "soon", "describe-handshake", "--handshake-id", HANDSHAKE]).run();
    assert_eq!(outcome.failure(252).matches("soon").count(), 1, "{outcome}");
}

#[test]
fn a_time_without_an_offset_is_utc_whatever_the_local_zone() {
    let invite = ["invite-organization-to-transfer-responsibility", "--type", "BILLING", "--source-name", "s"];
    for (time, seconds) in [
        ("2027-01-01T00:00:00", 1_798_761_600),
        ("2027-01-01", 1_798_761_600),
        ("2027-01-01T00:00:00.9+05:30", 1_798_741_800),
        ("1798761600", 1_798_761_600),
    ] {
        let run =
            orgshake(invite).arg("--target").arg("Id=999999999999,Type=ACCOUNT").arg("--start-timestamp").arg(time);
        let outcome = run.env("TZ", "Asia/Tokyo").run();
        outcome.success();
        assert_eq!(outcome.requests[0].json()["StartTimestamp"], seconds, "{time}");
    }
    let run = orgshake(invite).arg("--target").arg("Id=999999999999,Type=ACCOUNT").arg("--start-timestamp").arg("soon");
    let outcome = run.run();
    assert_has(&outcome.failure(252), &["StartTimestamp", "2027-01-01T00:00:00Z"]);
    outcome.sent_nothing();
}

#[test]
fn a_number_too_large_to_send_is_an_error() {
    for number in ["2147483648", "9223372036854775808"] {
        let outcome = orgshake(["list-handshakes-for-account", "--max-results", number]).run();
        assert_has(&outcome.failure(252), &["MaxResults", number]);
        outcome.sent_nothing();
        let outcome = orgshake(["list-handshakes-for-account", "--page-size", number]).run();
        outcome.failure(252);
        outcome.sent_nothing();
    }
}

#[test]
fn a_query_can_select_the_resume_token() {
    let pages = || Step::json(&json!({"Handshakes": [{"Id": "h-1"}, {"Id": "h-2"}], "NextToken": "tok"}));
    let list = ["list-handshakes-for-account", "--max-items", "1", "--output", "text", "--query"];
    let token = "eyJOZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ==";
    for (query, expected) in [
        ("NextToken", format!("None\n{token}\n")),
        ("Handshakes[].Id", "h-1\n".to_owned()),
        ("length(Handshakes)", "1\n".to_owned()),
    ] {
        assert_eq!(orgshake(list).arg(query).script([pages()]).run().success(), expected, "{query}");
    }
}

#[test]
fn a_prefilled_skeleton_is_complete_and_its_values_are_checked() {
    let invite =
        ["invite-account-to-organization", "--target", "Id=a@example.com,Type=EMAIL", "--generate-cli-skeleton"];
    for kind in ["input", "yaml-input"] {
        let outcome = orgshake(invite).arg(kind).arg("--tags").arg("Key=a").run();
        assert_has(&outcome.success(), &["Value"]);
        for wrong in ["Foo=1", "[1]", "{\"Key\": 5}"] {
            let outcome = orgshake(invite).arg(kind).arg("--tags").arg(wrong).run();
            assert_has(&outcome.failure(252), &["Tags[0]"]);
        }
    }
}

// Secrets

#[test]
fn no_secret_is_in_any_output() {
    let token = "FwoGZXIvYXdzEXAMPLEsessiontoken";
    let runs = [
        (1, orgshake(ACCEPT)),
        (1, orgshake(ACCEPT).script([denied()])),
        (1, orgshake(ACCEPT).script([Step::bytes("no JSON")])),
        (1, orgshake(ACCEPT).script([Step::close()])),
        (0, orgshake(ACCEPT).env("AWS_ENDPOINT_URL_ORGANIZATIONS", DEAD)),
        (0, orgshake(ACCEPT).arg("--profile").arg("missing")),
        (0, orgshake(ACCEPT).arg("--output").arg("xml")),
    ];
    for (requests, run) in runs {
        let outcome = run.arg("--debug").env("AWS_SESSION_TOKEN", token).env("AWS_MAX_ATTEMPTS", "1").run();
        assert_eq!(outcome.requests.len(), requests, "{outcome}");
        let mut secrets = vec![SECRET.to_owned(), token.to_owned()];
        for request in &outcome.requests {
            let authorization = request.header("Authorization").expect("a signed request");
            let (_, signature) = authorization.split_once("Signature=").expect("a signature");
            secrets.push(signature.to_owned());
            assert_eq!(request.header("X-Amz-Security-Token"), Some(token));
        }
        let shown = [&outcome.stdout[..], &outcome.stderr].concat();
        let shown = String::from_utf8_lossy(&shown);
        for secret in secrets {
            assert!(!shown.contains(&secret), "{secret} is in the output:\n{outcome}");
        }
    }
}

#[test]
fn debug_prints_to_stderr_only() {
    let plain = orgshake(ACCEPT).run().success();
    let outcome = orgshake(ACCEPT).arg("--debug").run();
    outcome.exits_with(0);
    assert_eq!(String::from_utf8_lossy(&outcome.stdout), plain);
    assert!(!outcome.stderr.is_empty(), "--debug prints nothing");
}

#[track_caller]
fn assert_has(text: &str, fragments: &[&str]) {
    for fragment in fragments {
        assert!(text.contains(fragment), "{fragment:?} is not in:\n{text}");
    }
}

#[track_caller]
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("not JSON ({error}): {text}"))
}
