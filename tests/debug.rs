//! The output of `--debug`, and the position of request ids.

use serde_json::json;

use crate::support::run::{HANDSHAKE, Run, orgshake};
use crate::support::server::Step;

const ID: &str = "11111111-2222-3333-4444-555555555555";

fn accept() -> Run {
    orgshake(["accept-handshake", "--handshake-id", HANDSHAKE])
}

// --debug

#[test]
fn each_setting_is_printed_with_its_origin() {
    let outcome = accept().arg("--debug").run();
    outcome.exits_with(0);
    outcome.stderr_has(&[
        "config file ${HOME}/.aws/config, which doesn't exist (default)\n",
        "credentials file ${HOME}/.aws/credentials, which doesn't exist (default)\n",
        "profile default (default)\n",
        "output json (default)\n",
        "endpoint URL ${ENDPOINT}/ (AWS_ENDPOINT_URL_ORGANIZATIONS)\n",
        "region us-east-1 (AWS_REGION)\n",
        "CA bundle the system's (default)\n",
        "certificates checked (default)\n",
        "connect time-out 60 s (default)\n",
        "read time-out 60 s (default)\n",
        "retry mode standard (default)\n",
        "attempts at most 3 (default)\n",
        "FIPS endpoint false (default)\n",
        "credentials: keys of the environment\n",
    ]);
    let config = "[profile x]\noutput = yaml\nretry_mode = adaptive\nendpoint_url = http://127.0.0.1:1\n\
                  use_fips_endpoint = true\nregion = eu-west-1\n";
    let outcome = accept()
        .arg("--debug")
        .file("settings", config)
        .env("AWS_CONFIG_FILE", "settings")
        .env("AWS_PROFILE", "x")
        .env("AWS_MAX_ATTEMPTS", "1")
        .env_remove("AWS_REGION")
        .env_remove("AWS_ENDPOINT_URL_ORGANIZATIONS")
        .arg("--cli-read-timeout=0")
        .arg("--no-verify-ssl")
        .run();
    outcome.exits_with(255);
    outcome.stderr_has(&[
        "config file settings (AWS_CONFIG_FILE)\n",
        "profile x (AWS_PROFILE)\n",
        "output yaml (output of the profile x)\n",
        "endpoint URL ${DEAD}/ (endpoint_url of the profile)\n",
        "region eu-west-1 (region of the profile x)\n",
        "certificates not checked (--no-verify-ssl)\n",
        "read time-out none (--cli-read-timeout)\n",
        "retry mode adaptive (retry_mode of the profile x)\n",
        "attempts at most 1 (AWS_MAX_ATTEMPTS)\n",
        "FIPS endpoint true (use_fips_endpoint of the profile x)\n",
        "attempt 1 of 1: Organizations AcceptHandshake to ${DEAD}/, 41 bytes\n",
        "no response after ",
    ]);
}

#[test]
fn each_attempt_is_printed_with_its_wait_and_reason() {
    let date = |step: Step, date| step.header("Date", date);
    let outcome = accept()
        .arg("--debug")
        .script([
            date(Step::error("TooManyRequestsException", "slow"), "Tue, 29 Dec 2099 10:00:00 GMT"),
            date(Step::close(), ""),
            date(Step::handshake(), "Sat, 01 Jan 2000 00:00:00 GMT"),
        ])
        .run();
    outcome.exits_with(0);
    let stderr = String::from_utf8_lossy(&outcome.stderr);
    let told: Vec<_> = stderr
        .lines()
        .filter(|line| {
            ["attempt ", "HTTP", "no response"].iter().any(|w| line[25..].starts_with(&format!("orgshake: {w}")))
        })
        .collect();
    let expected = [
        "attempt 1 of 3: Organizations AcceptHandshake to http://",
        "HTTP 400 after ",
        "attempt 2 of 3 because of TooManyRequestsException, after a wait of ",
        "no response after ",
        "attempt 3 of 3 because of no response, after a wait of ",
        "HTTP 200 after ",
    ];
    assert_eq!(told.len(), expected.len(), "{outcome}");
    for (line, expected) in told.iter().zip(expected) {
        let rest = line[35..].strip_prefix(expected).unwrap_or_else(|| panic!("{expected:?}:\n{outcome}"));
        // 0.012 s
        let seconds = rest.split_once(' ').map_or(rest, |(seconds, _)| seconds);
        assert!(!expected.ends_with(" after ") || seconds.parse::<f64>().is_ok(), "{line}");
        // 2026-01-02T03:04:05.678Z
        assert!(
            line[..25].parse::<String>().is_ok_and(|time| time.ends_with("Z ") && time.as_bytes()[19] == b'.'),
            "{line}"
        );
    }
    assert!(told[1].contains(&format!("request id {ID}, its clock 2099-12-29T10:00:00Z, ")), "{outcome}");
    assert!(told[1].ends_with(" s ahead of this machine's"), "{outcome}");
    assert!(told[5].contains(" s behind this machine's"), "{outcome}");
    // A correct clock is not commented on.
    let outcome = accept().arg("--debug").arg("--sandbox").run();
    outcome.stderr_has(&["to the sandbox, ", ", its clock 2"]);
    assert!(!String::from_utf8_lossy(&outcome.stderr).contains("this machine's"), "{outcome}");
}

#[test]
fn names_and_notes_are_not_printed() {
    let target = "Id=juan@example.com,Type=EMAIL";
    let outcome =
        orgshake(["invite-account-to-organization", "--target", target, "--notes", "Welcome, Juan", "--debug"]).run();
    outcome.exits_with(0);
    let stderr = String::from_utf8_lossy(&outcome.stderr);
    assert!(!stderr.contains("juan") && !stderr.contains("Juan"), "{outcome}");
}

// Request ids

#[test]
fn an_error_carries_the_id_of_its_request() {
    let refused = || Step::error_with("ConstraintViolationException", "no", ("Reason", "WHY"));
    let told = |step: Step| accept().script([step]).run().failure(254);
    let line = "\norgshake: [ERROR]: An error occurred (ConstraintViolationException) when calling the AcceptHandshake \
                operation: no\n\nAdditional error details:\nReason: WHY\n";
    let meaning = "\nA limit of the organization forbids it.\n\n\
                   hint: see the message for the limit; the reason isn't documented\n";
    assert_eq!(told(refused()), format!("{line}\nrequest id: {ID}\n{meaning}"));
    let none = || refused().without_header("x-amzn-RequestId");
    assert_eq!(told(none()), format!("{line}{meaning}"));
    assert_eq!(told(none().header("x-amz-request-id", "other")), format!("{line}\nrequest id: other\n{meaning}"));
    let empty = refused().header("x-amzn-RequestId", " ");
    assert_eq!(told(empty), format!("{line}{meaning}"));
    // The request for a page has an id, too.
    assert!(told(Step::bytes("<html>").status(403)).contains(&format!("\nrequest id: {ID}\n")));
}

#[test]
fn an_invalid_response_has_its_request_id() {
    for step in [Step::bytes("<html>"), Step::bytes(""), Step::json(&json!({"Handshake": 5}))] {
        let stderr = accept().script([step]).run().failure(255);
        assert!(stderr.contains(&format!("\nrequest id: {ID}\n")), "{stderr}");
    }
}

#[test]
fn structured_formats_have_no_request_id() {
    for format in ["json", "yaml", "text", "legacy"] {
        let run = accept().arg("--cli-error-format").arg(format);
        let stderr = run.script([Step::error("AccessDeniedException", "no")]).run().failure(254);
        assert!(!stderr.contains(ID), "{format}: {stderr}");
    }
}

#[test]
fn the_request_id_of_sts_is_in_its_document() {
    let refused = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error>\
                   <RequestId>\n of-the-document </RequestId></ErrorResponse>";
    let config = "[default]\nrole_arn = arn:aws:iam::1:role/r\ncredential_source = Environment\n";
    let server =
        crate::support::server::Server::script([Step::bytes(refused).without_header("x-amzn-RequestId").status(403)]);
    let url = server.url();
    let run = accept().arg("--debug").arg("--profile").arg("default").server(server).file("~/.aws/config", config);
    let outcome = run.env("AWS_ENDPOINT_URL_STS", url).run();
    outcome.exits_with(254);
    outcome.stderr_has(&["bytes, request id of-the-document\n", "operation: no\n\nrequest id: of-the-document\n"]);
    // A response in another format has no request id.
    let none =
        Step::json(&json!({"Message": "<RequestId>x</RequestId>"})).without_header("x-amzn-RequestId").status(400);
    assert!(!accept().script([none]).run().failure(254).contains("request id"));
}
