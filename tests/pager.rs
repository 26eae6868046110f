//! The pager: which output it gets, how it is chosen, and that it can't change the command's result.

use std::fmt::Write as _;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use crate::support::run::{Exit, HANDSHAKE, Home, Run, orgshake};
use crate::support::server::{Step, sample_handshake};
use crate::support::terminal::on_terminal;

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];

/// A terminal too small for a result.
const SMALL: (u16, u16) = (80, 5);
/// A terminal large enough for every result of these tests.
const LARGE: (u16, u16) = (200, 500);

/// A pager that adds a line to its output.
const PAGER: &str = "sh pager.sh";
const PAGER_SCRIPT: &str = "echo '<paged>'; cat; echo '</paged>'";

/// A run with the pager's script in its home and no setting for a pager.
fn pageable<'a>(words: impl IntoIterator<Item = &'a str>) -> Run {
    orgshake(words).env_remove("AWS_PAGER").file("pager.sh", PAGER_SCRIPT)
}

/// Returns the command's output to a pipe.
fn plain() -> String {
    orgshake(ACCEPT).run().success()
}

fn paged(text: &str) -> String {
    format!("<paged>\n{text}</paged>\n")
}

/// Checks for success, an empty stderr, and this text on the terminal.
#[track_caller]
fn assert_shows(run: Run, size: (u16, u16), expected: &str) {
    let (outcome, shown) = on_terminal(run, size);
    outcome.success();
    assert_eq!(shown, expected);
}

/// A response whose text is longer than any pipe holds.
fn long() -> Value {
    let mut response = sample_handshake();
    let party = json!({"Id": "o-exampleorgid", "Type": "ORGANIZATION"});
    response["Handshake"]["Parties"] = Value::from(vec![party; 20_000]);
    response
}

// Paged output

#[test]
fn only_what_goes_to_a_terminal_is_paged() {
    let run = || pageable(ACCEPT).env("AWS_PAGER", PAGER);
    assert_eq!(run().run().success(), plain());
    assert_shows(run(), SMALL, &paged(&plain()));
}

#[test]
fn what_fits_the_screen_is_not_paged() {
    let plain = plain();
    let lines = u16::try_from(plain.lines().count()).expect("a short result");
    let run = || pageable(ACCEPT).env("AWS_PAGER", PAGER);
    assert_shows(run(), LARGE, &plain);
    assert_shows(run(), (200, lines + 1), &plain);
    assert_shows(run(), (200, lines), &paged(&plain));
    // The ARN alone takes more rows than the terminal has.
    assert_shows(run(), (2, lines + 1), &paged(&plain));
    // Unknown size: the pager decides.
    assert_shows(run(), (0, 0), &paged(&plain));
}

#[test]
fn every_format_is_paged_except_empty_output() {
    for format in ["yaml", "yaml-stream", "text"] {
        let words = || ACCEPT.into_iter().chain(["--output", format]);
        let plain = orgshake(words()).run().success();
        assert_shows(pageable(words()).env("AWS_PAGER", PAGER), SMALL, &paged(&plain));
    }
    let off = ACCEPT.into_iter().chain(["--output", "off"]);
    assert_shows(pageable(off).env("AWS_PAGER", PAGER), SMALL, "");
}

#[test]
fn help_is_paged_and_the_version_is_not() {
    let config = "[default]\ncli_pager = sh pager.sh\n[profile plain]\ncli_pager =\n";
    let run = |words: &[&'static str]| pageable(words.iter().copied()).file("~/.aws/config", config);
    for words in [&["help"][..], &["accept-handshake", "help"], &["--help"]] {
        let (outcome, shown) = on_terminal(run(words), SMALL);
        outcome.success();
        assert!(shown.starts_with("<paged>\n") && shown.ends_with("</paged>\n"), "{shown}");
        for option in ["--no-cli-pager", "--profile=plain"] {
            let (outcome, shown) = on_terminal(run(&[&[option], words].concat()), SMALL);
            outcome.success();
            assert!(shown.contains("--query") && !shown.contains("paged>"), "{shown}");
        }
    }
    let version = orgshake(["--version"]).run().success();
    assert_shows(pageable(["--version"]).env("AWS_PAGER", PAGER), (80, 1), &version);
}

#[test]
fn help_works_with_a_broken_configuration() {
    let run = pageable(["help"]).file("~/.aws/config", "[broken").env("PAGER", PAGER);
    let (outcome, shown) = on_terminal(run, SMALL);
    outcome.success();
    assert!(shown.starts_with("<paged>\n"), "{shown}");
}

#[test]
fn errors_are_never_paged() {
    for (words, code) in [(&ACCEPT[..], 254), (&ACCEPT[..1], 252)] {
        let run = pageable(words.iter().copied()).env("AWS_PAGER", PAGER);
        let (outcome, shown) = on_terminal(run.script([Step::error("AccessDeniedException", "no")]), (80, 1));
        assert!(outcome.failure(code).contains("An error occurred ("), "{outcome}");
        assert_eq!(shown, "");
    }
}

#[test]
fn control_characters_do_not_reach_the_pager() {
    let mut response = sample_handshake();
    response["Handshake"]["Resources"] = json!([{"Type": "NOTES", "Value": "a\u{1b}[2Jb\u{202e}c"}]);
    for (format, tamed) in [("json", r"a\u001b[2Jb\u202ec"), ("text", r"a\u{1b}[2Jb\u{202e}c")] {
        let run = pageable(ACCEPT.into_iter().chain(["--output", format])).env("AWS_PAGER", PAGER);
        let (outcome, shown) = on_terminal(run.script([Step::json(&response)]), (80, 2));
        outcome.success();
        assert!(shown.starts_with("<paged>\n") && shown.contains(tamed), "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    }
}

// The choice of the pager

/// Creates a home with this program as `bin/less`, and a PATH that begins with that `bin`.
fn with_less(script: &str) -> (Home, String) {
    let home = Home::new();
    home.write("less.sh", format!("#!/bin/sh\n{script}\n"));
    // Written by another process: a child of this one could inherit the open file, and an open file can't be run.
    let made = Command::new("sh")
        .args(["-c", "mkdir bin && cp less.sh bin/less && chmod +x bin/less"])
        .current_dir(home.cwd())
        .status();
    assert!(made.is_ok_and(|status| status.success()), "bin/less cannot be made");
    let path = format!("{}:{}", home.cwd().join("bin").display(), std::env::var("PATH").expect("a PATH"));
    (home, path)
}

#[test]
fn the_environment_overrides_the_profile_and_pager_comes_last() {
    let choose = |aws: Option<&str>, profile: Option<&str>, pager: Option<&str>| {
        let (home, path) = with_less("echo less");
        let mut config = "[default]\ncli_timestamp_format = iso8601\n".to_owned();
        if let Some(value) = profile {
            writeln!(config, "cli_pager = {value}").expect("memory to write to");
        }
        let mut run = Run::at(home, ACCEPT).env_remove("AWS_PAGER").env("PATH", path).file("~/.aws/config", config);
        for (name, value) in [("AWS_PAGER", aws), ("PAGER", pager)] {
            if let Some(value) = value {
                run = run.env(name, value);
            }
        }
        let (outcome, shown) = on_terminal(run, SMALL);
        outcome.success();
        shown
    };
    let plain = plain();
    for (aws, profile, pager, expected) in [
        (Some("echo aws"), Some("echo profile"), Some("echo pager"), "aws\n"),
        (None, Some("echo profile"), Some("echo pager"), "profile\n"),
        (None, None, Some("echo pager"), "pager\n"),
        (None, None, None, "less\n"),
        // An empty value is a choice too.
        (Some(""), Some("echo profile"), Some("echo pager"), &plain),
        (Some(" \t"), Some("echo profile"), Some("echo pager"), &plain),
        (None, Some(""), Some("echo pager"), &plain),
        (None, None, Some(""), &plain),
    ] {
        assert_eq!(choose(aws, profile, pager), expected, "{aws:?} {profile:?} {pager:?}");
    }
}

#[test]
fn cli_pager_is_that_of_the_profile_in_force() {
    let config = "[default]\ncli_pager = echo default\n[profile other]\ncli_pager = echo other\n";
    let run = || pageable(ACCEPT).file("~/.aws/config", config);
    assert_shows(run(), SMALL, "default\n");
    assert_shows(run().env("AWS_PROFILE", "other"), SMALL, "other\n");
}

#[test]
fn no_cli_pager_turns_it_off() {
    let run = pageable(ACCEPT).env("AWS_PAGER", PAGER).arg("--no-cli-pager");
    assert_shows(run, SMALL, &plain());
}

#[test]
fn there_is_no_pager_in_ci() {
    let plain = plain();
    for (value, pages) in [
        ("true", false),
        ("1", false),
        ("woodpecker", false),
        ("", true),
        ("0", true),
        ("false", true),
        ("False", true),
    ] {
        let expected = if pages { paged(&plain) } else { plain.clone() };
        assert_shows(pageable(ACCEPT).env("AWS_PAGER", PAGER).env("CI", value), SMALL, &expected);
    }
}

// Starting the pager

#[test]
fn its_words_are_split_as_by_a_shell_but_without_a_shell() {
    let run = orgshake(ACCEPT)
        .file("my pager.sh", "for word; do echo \"[$word]\"; done")
        .env("AWS_PAGER", r#"sh 'my pager.sh' "a  b" c\ d '' $HOME * ; x|y"#);
    assert_shows(run, SMALL, "[a  b]\n[c d]\n[]\n[$HOME]\n[*]\n[;]\n[x|y]\n");
}

#[test]
fn less_has_its_flags_unless_they_are_set() {
    let run = || orgshake(ACCEPT).file("flags.sh", "echo \"[$LESS]\"").env("AWS_PAGER", "sh flags.sh");
    assert_shows(run(), SMALL, "[FRX]\n");
    assert_shows(run().env("LESS", "-iM"), SMALL, "[-iM]\n");
    assert_shows(run().env("LESS", ""), SMALL, "[]\n");
}

#[test]
fn a_missing_default_pager_causes_no_message() {
    let run = pageable(ACCEPT).file("bin/other", "").env("PATH", "bin");
    assert_shows(run, SMALL, &plain());
}

#[test]
fn a_pager_that_cannot_start_causes_only_a_warning() {
    let plain = plain();
    for (pager, why) in [
        ("nosuchpager --option", "No such file or directory"),
        ("./pager.sh", "Permission denied"),
        ("sh 'pager.sh", "a quote that isn't closed"),
        ("''", "No such file or directory"),
        ("sh -c 'exec nosuchpager 2>/dev/null'", "command not found"),
    ] {
        for from in ["AWS_PAGER", "PAGER"] {
            let (outcome, shown) = on_terminal(pageable(ACCEPT).env(from, pager), SMALL);
            outcome.exits_with(0);
            assert_eq!(shown, plain, "{pager}");
            let warning = format!("orgshake: [WARNING]: not paged: cannot start the pager {pager} ({from}): {why}");
            outcome.stderr_has(&[&warning]);
            assert_eq!(String::from_utf8_lossy(&outcome.stderr).lines().count(), 1, "{outcome}");
        }
    }
    let config = "[default]\ncli_pager = nosuchpager\n";
    let (outcome, shown) = on_terminal(pageable(ACCEPT).file("~/.aws/config", config), SMALL);
    outcome.exits_with(0);
    outcome.stderr_has(&["cannot start the pager nosuchpager (cli_pager of the profile default): "]);
    assert_eq!(shown, plain);
    // It isn't started if it isn't needed.
    assert_shows(pageable(ACCEPT).env("AWS_PAGER", "nosuchpager"), LARGE, &plain);
}

// The end of the pager

#[test]
fn quitting_it_early_is_not_an_error() {
    for script in ["exit 0", "read -r line; echo \"$line\"", "exec <&-; echo closed"] {
        let run = pageable(ACCEPT).script([Step::json(&long())]).file("quit.sh", script).env("AWS_PAGER", "sh quit.sh");
        let (outcome, _) = on_terminal(run, SMALL);
        outcome.success();
    }
}

#[test]
fn its_exit_code_is_ignored() {
    for end in ["exit 3", "kill -KILL $$"] {
        let run = pageable(ACCEPT).file("end.sh", format!("cat; {end}")).env("AWS_PAGER", "sh end.sh");
        assert_shows(run, SMALL, &plain());
    }
}

#[test]
fn a_long_result_goes_through_it_completely() {
    let plain = orgshake(ACCEPT).script([Step::json(&long())]).run().success();
    let run = pageable(ACCEPT).script([Step::json(&long())]).env("AWS_PAGER", PAGER);
    assert_shows(run, SMALL, &paged(&plain));
}

#[test]
fn ctrl_c_is_left_to_the_pager() {
    // Ctrl-C of a terminal reaches both processes; here the pager sends it on. Once while text is being written, and once
    // while the program only waits for the pager.
    let script = "read -r line; kill -INT $PPID; cat >/dev/null; kill -INT $PPID && kill -0 $PPID && echo left";
    let run =
        pageable(ACCEPT).script([Step::json(&long())]).file("interrupt.sh", script).env("AWS_PAGER", "sh interrupt.sh");
    let (outcome, shown) = on_terminal(run, SMALL);
    assert_eq!(outcome.exit, Exit::Code(0), "{outcome}");
    outcome.stderr_is("");
    assert_eq!(shown, "left\n");
}

#[test]
fn it_does_not_inherit_an_ignored_ctrl_c() {
    // If the tests themselves ignore Ctrl-C, as in a shell's background job, the pager would inherit that. It doesn't inherit a
    // caught signal.
    let by_default = Arc::new(AtomicBool::new(true));
    signal_hook::flag::register_conditional_default(signal_hook::consts::SIGINT, by_default)
        .expect("a signal to catch");
    let run = pageable(ACCEPT).file("self.sh", "cat; kill -INT $$; echo alive").env("AWS_PAGER", "sh self.sh");
    assert_shows(run, SMALL, &plain());
}

#[test]
fn a_waiting_listing_ends_when_the_user_quits_the_pager() {
    let handshakes = vec![sample_handshake()["Handshake"].clone(); 3];
    let page = Step::json(&json!({"Handshakes": handshakes, "NextToken": "more"}));
    let never = Step::handshake().delay(std::time::Duration::from_secs(3600));
    let run = pageable(["list-handshakes-for-organization", "--output", "text"])
        .env("AWS_PAGER", "sh pager.sh")
        .file("pager.sh", "read line; echo '<left>'")
        .script([page, never]);
    let (outcome, shown) = on_terminal(run, SMALL);
    outcome.success();
    assert_eq!(shown, "<left>\n");
}
