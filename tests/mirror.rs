//! Command lines, configurations and responses that once gave another result than the AWS CLI.

use serde_json::{Value, json};

use crate::support::run::{Exit, HANDSHAKE, Outcome, Run, orgshake};

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];

fn accepted() -> (&'static str, Value) {
    ("AcceptHandshake", json!({"HandshakeId": HANDSHAKE}))
}

#[track_caller]
fn refused(code: i32, words: &[&str], message: &str) {
    let outcome = orgshake(words).run();
    let stderr = outcome.failure(code);
    assert!(stderr.contains(message), "{words:?}: {outcome}");
    outcome.sent_nothing();
}

// The command line

#[test]
fn a_word_with_a_single_dash_is_a_usage_error_wherever_it_stands() {
    for (words, word) in [
        (&["accept-handshake", "-handshake-id", HANDSHAKE][..], "-handshake-id"),
        (&["-handshake-id", HANDSHAKE, "accept-handshake"], "-handshake-id"),
        (&["accept-handshake", "--handshake-id", HANDSHAKE, "-help"], "-help"),
        (&["accept-handshake", "-hx", "--handshake-id", HANDSHAKE], "-hx"),
        (&["-hx", "accept-handshake"], "-hx"),
        (&["accept-handshake", "-xh"], "-xh"),
        (&["accept-handshake", "-h=1"], "-h=1"),
        // A word with a blank, or a number, is a value, but here no option takes it.
        (&["accept-handshake", "--handshake-id", HANDSHAKE, "-h x"], "-h x"),
        (&["accept-handshake", "--debug", "-5"], "-5"),
        (&["list-handshakes-for-account", "-help"], "-help"),
        (&["-help"], "-help"),
        (&["help", "-hx"], "-hx"),
        (&["accept-handshake", "help", "-hx"], "-hx"),
        (&["sandbox", "show", "-help"], "-help"),
        (&["completion", "-help", "bash"], "-help"),
    ] {
        refused(252, words, &format!("unexpected argument '{word}' found"));
    }
    refused(252, &["accept-handshake", "-handshake-id", "x"], "hint: options begin with two dashes: --handshake-id");
}

#[test]
fn only_the_exact_words_ask_for_help() {
    for words in [
        &["accept-handshake", "-h"][..],
        &["-h", "accept-handshake"],
        &["accept-handshake", "--handshake-id", HANDSHAKE, "-h"],
        &["--help", "accept-handshake"],
    ] {
        let help = orgshake(words).run().success();
        assert!(help.contains("Usage: orgshake accept-handshake"), "{words:?}: {help}");
    }
    refused(252, &["accept-handshake", "--notes", "-h"], "unexpected argument '--notes'");
    refused(252, &["accept-handshake", "--handshake-id", "-h"], "expected one argument");
    refused(252, &["accept-handshake", "--help=x"], "--help");
}

#[test]
fn one_empty_word_behind_the_command_is_ignored() {
    for words in [&["", "--debug"][..], &["--debug", ""], &["--no-paginate", "", "--debug"], &["--", ""]] {
        let outcome = orgshake(ACCEPT).args(words).run();
        assert_eq!(outcome.exit, Exit::Code(0), "{outcome}");
        outcome.sent(&[accepted()]);
    }
    for words in [&["", ""][..], &["", "--debug", ""], &["", "--", ""], &["--", "", ""], &["", "x"]] {
        let outcome = orgshake(ACCEPT).args(words).run();
        outcome.failure(252);
        outcome.sent_nothing();
    }
    refused(252, &["", "accept-handshake", "--handshake-id", HANDSHAKE], "there is no command ''");
    refused(252, &["organizations", "", "accept-handshake", "--handshake-id", HANDSHAKE], "there is no command ''");
    for words in [&["sandbox", "", "show"][..], &["sandbox", "show", ""], &["completion", ""]] {
        orgshake(words).run().failure(252);
    }
    // It can still be a value.
    let outcome = orgshake(["invite-account-to-organization", "--target", "Id=1", "--notes", ""]).run();
    assert!(outcome.failure(252).contains("Missing required parameter in Target"), "{outcome}");
}

#[test]
fn options_of_the_command_may_stand_before_it() {
    let id = format!("--handshake-id={HANDSHAKE}");
    for words in [
        &[id.as_str(), "accept-handshake"][..],
        &[&id, "organizations", "accept-handshake"],
        &["organizations", "--debug", &id.replace("shake-id", ""), "accept-handshake"],
        &["--handshake-id", "accept-handshake", HANDSHAKE],
        &["--handshake-id=h-other1111111", "accept-handshake", &id],
    ] {
        let outcome = orgshake(words).run();
        assert_eq!(outcome.exit, Exit::Code(0), "{outcome}");
        outcome.sent(&[accepted()]);
    }
    let skeleton = orgshake(["--generate-cli-skeleton", "accept-handshake"]).run().success();
    assert_eq!(skeleton, "{\n    \"HandshakeId\": \"\"\n}\n");
    refused(252, &["--handshake-id", HANDSHAKE, "accept-handshake"], "accept-handshake --handshake-id");
    refused(252, &["--no-such=1", "accept-handshake", "--handshake-id", HANDSHAKE], "--no-such");
    refused(252, &["--state=w.json", "sandbox", "show"], "--state");
}

// Configuration

/// A handshake is accepted with these settings, and signed by this key id and region.
#[track_caller]
fn signed(run: Run, key_and_region: &str) -> Outcome {
    let outcome = run.run();
    outcome.success();
    outcome.sent(&[accepted()]);
    let authorization = outcome.requests[0].header("authorization").unwrap_or_default();
    let (key, region) = key_and_region.split_once('/').unwrap();
    assert!(authorization.contains(&format!("Credential={key}/")), "{authorization}");
    assert!(authorization.contains(&format!("/{region}/organizations/")), "{authorization}");
    outcome
}

#[test]
fn an_empty_profile_option_counts_as_not_given() {
    for words in [&["--profile", ""][..], &["--profile="], &["--profile", "gone", "--profile", ""]] {
        signed(orgshake(ACCEPT).args(words), "AKIDEXAMPLE/us-east-1");
        let config = "[profile x]\nregion = eu-west-1\n";
        let run = orgshake(ACCEPT).args(words).env("AWS_PROFILE", "x").env_remove("AWS_REGION");
        signed(run.file("~/.aws/config", config), "AKIDEXAMPLE/eu-west-1");
        let outcome = orgshake(ACCEPT).args(words).env("AWS_PROFILE", "gone").run();
        assert!(outcome.failure(255).contains("The config profile (gone) could not be found"), "{outcome}");
    }
    // The format of errors is that of the profile in force.
    let run =
        orgshake(["accept-handshake", "--profile", ""]).file("~/.aws/config", "[default]\ncli_error_format = json\n");
    assert!(run.run().failure(252).starts_with('{'));
}
