//! Completion that asks the program: what it answers, and what it leaves alone. `tests/interop/completions.py` asks it
//! from real shells.

use crate::support::run::{DEAD, Run, orgshake};

/// What fish would ask for this line, whose last word is the one at the cursor.
fn asked(line: &[&'static str]) -> Run {
    orgshake(["--", "orgshake"].iter().chain(line)).env("ORGSHAKE_COMPLETE", "fish")
}

/// The candidates for a line, without what they mean.
fn candidates(line: &[&'static str]) -> Vec<String> {
    let told = asked(line).run().success();
    told.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

const ACCEPT: [&str; 3] = ["--sandbox", "accept-handshake", "--handshake-id"];

#[test]
fn ids_come_from_the_service_with_what_they_are() {
    let line = ["--sandbox", "cancel-handshake", "--handshake-id", "h-exampleo"];
    let told = asked(&line).run().success();
    assert!(told.starts_with("h-exampleopen111\to-exampleorgid 444444444444 INVITE OPEN until 20"), "{told}");
    assert_eq!(
        candidates(&["--sandbox", "cancel-handshake", "--handshake-id=h-exampleo"]),
        ["--handshake-id=h-exampleopen111"]
    );
    let line = ["organizations", "cancel-handshake", "--sandbox", "--handshake-id", "h-exampleopen"];
    assert_eq!(candidates(&line), ["h-exampleopen111"]);
}

#[test]
fn failure_is_silent() {
    let line = ["accept-handshake", "--endpoint-url", DEAD, "--handshake-id", ""];
    assert_eq!(asked(&line).run().success(), "");
    let line = ["accept-handshake", "--profile", "gone", "--handshake-id", ""];
    let outcome = asked(&line).run();
    assert_eq!(outcome.success(), "");
    outcome.sent_nothing();
    let line = ["accept-handshake", "--no-such-option", "--handshake-id", ""];
    assert_eq!(asked(&line).run().success(), "");
}

#[test]
fn nobody_is_asked_for_a_code_and_nothing_is_sent_for_a_role_that_needs_one() {
    let config = "[profile role]\nrole_arn = arn:aws:iam::111111111111:role/x\nsource_profile = keys\n\
                  mfa_serial = arn:aws:iam::111111111111:mfa/juan\n\
                  [profile keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n";
    let line = ["accept-handshake", "--profile", "role", "--handshake-id", ""];
    let outcome = asked(&line).file("~/.aws/config", config).run();
    assert_eq!(outcome.success(), "");
    outcome.sent_nothing();
}

#[test]
fn to_look_makes_no_world() {
    let line: Vec<_> = ["--sandbox-state", "world.json"].into_iter().chain(ACCEPT).chain([""]).collect();
    assert_eq!(candidates(&line), [""; 0]);
}

#[test]
fn values_are_those_of_the_model_the_configuration_and_the_directory() {
    assert_eq!(candidates(&["list-handshakes-for-account", "--filter", "ActionType=INV"]), ["ActionType=INVITE"]);
    let target = ["invite-account-to-organization", "--target", "Id=juan@example.com,"];
    assert_eq!(candidates(&target), ["Id=juan@example.com,Type="]);
    assert_eq!(candidates(&["--region", "us-gov-w"]), ["us-gov-west-1"]);
    let profiles = asked(&["--profile", ""]).file("~/.aws/config", "[profile a b]\n[profile c]\n");
    assert_eq!(profiles.run().success(), "a b\nc\n");
    let files = asked(&["accept-handshake", "--handshake-id", "file://i"]).file("id.txt", "");
    assert_eq!(files.run().success(), "file://id.txt\n");
}

#[test]
fn every_shell_has_a_script() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = orgshake(["completion", shell, "--dynamic"]).run().success();
        assert!(script.contains("ORGSHAKE_COMPLETE"), "{shell}: {script}");
        assert_ne!(script, orgshake(["completion", shell]).run().success());
    }
}
