//! Explanations of errors: the table is complete, fits the program and is readable.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use aws_sdk_organizations::types::{
    AccessDeniedForDependencyExceptionReason, ConstraintViolationExceptionReason,
    HandshakeConstraintViolationExceptionReason, InvalidInputExceptionReason,
};
use orgshake::command::{self, EarlyExit};
use orgshake::explain::{self, GROUPS, Group, Text};
use orgshake::model::{INTERNAL, OPERATIONS};
use serde_json::{Value, json};

use crate::support::packages::source_of;
use crate::support::run::{DEAD, HANDSHAKE, Outcome, orgshake};
use crate::support::server::{Step, sample_handshake};

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];

/// The line of `enhanced` with the server's request id.
const REQUEST_ID: &str = "\nrequest id: 11111111-2222-3333-4444-555555555555\n";

/// The longest text: three lines at 80 columns.
const LONGEST: usize = 210;

/// Errors that no operation documents, but that any signed request, or a request for a role, can cause.
const COMMON: &[&str] = &[
    "AccessDenied",
    "ExpiredToken",
    "ExpiredTokenException",
    "IDPCommunicationError",
    "IDPRejectedClaim",
    "IncompleteSignature",
    "InternalFailure",
    "InvalidClientTokenId",
    "InvalidIdentityToken",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "OptInRequired",
    "RegionDisabledException",
    "RequestExpired",
    "RequestTimeTooSkewed",
    "ServiceUnavailable",
    "SignatureDoesNotMatch",
    "ThrottlingException",
    "UnrecognizedClientException",
    "ValidationError",
];

/// Returns every Reason of the SDK with its exception.
fn reasons() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        ("AccessDeniedForDependencyException", AccessDeniedForDependencyExceptionReason::values()),
        ("ConstraintViolationException", ConstraintViolationExceptionReason::values()),
        ("HandshakeConstraintViolationException", HandshakeConstraintViolationExceptionReason::values()),
        ("InvalidInputException", InvalidInputExceptionReason::values()),
    ]
}

/// Returns every text of the table with the operations to which it applies.
fn texts() -> impl Iterator<Item = (&'static Group, &'static Text)> {
    GROUPS.iter().flat_map(|group| group.texts.iter().map(move |text| (group, text)))
}

#[test]
fn every_documented_exception_is_explained_for_its_operation() {
    for operation in OPERATIONS.iter().chain(INTERNAL) {
        for code in operation.exceptions.iter().chain(COMMON) {
            assert!(explain::text(code, operation.name, "", "").is_some(), "{code} of {}", operation.name);
        }
    }
    for code in COMMON {
        assert!(explain::text(code, "AssumeRole", "", "").is_some(), "{code} of AssumeRole");
    }
}

#[test]
fn every_exception_of_sts_is_explained() {
    let source = source_of("aws-sdk-sts").join("src/protocol_serde");
    for (operation, file) in
        [("AssumeRole", "assume_role"), ("AssumeRoleWithWebIdentity", "assume_role_with_web_identity")]
    {
        let text = fs::read_to_string(source.join(format!("shape_{file}.rs"))).expect("the operation");
        let codes: Vec<_> = crate::errors::matched_codes(&text).collect();
        assert!(codes.len() > 2, "{operation}: the errors aren't where they used to be");
        for code in codes {
            assert!(explain::text(code, operation, "", "").is_some(), "{code} of {operation}");
        }
    }
}

#[test]
fn every_reason_has_a_text_of_its_own() {
    for (code, reasons) in reasons() {
        let general = explain::text(code, "", "", "").expect("the exception's own text").meaning;
        for operation in OPERATIONS.iter().filter(|operation| operation.exceptions.contains(&code)) {
            let mut by_meaning: BTreeMap<&str, &str> = BTreeMap::new();
            for reason in reasons {
                let text = explain::text(code, operation.name, reason, "").expect("a text");
                assert!(reasons.len() == 1 || text.meaning != general, "{code} {reason} has none of its own");
                let other = by_meaning.insert(text.meaning, reason);
                assert!(other.is_none(), "{reason} and {other:?} share a text");
            }
        }
    }
    // A reason that the service has added later.
    assert!(explain::text("InvalidInputException", "AcceptHandshake", "NEW_REASON", "").is_some());
}

#[test]
fn every_reason_in_the_table_is_one_of_the_sdk() {
    let known: Vec<_> = reasons().into_iter().flat_map(|(_, reasons)| reasons).collect();
    for (group, text) in texts() {
        let is_reason = !text.when.is_empty() && text.when.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        assert!(!is_reason || known.contains(&&text.when), "{:?} {}", group.codes, text.when);
    }
}

#[test]
fn every_text_can_be_reached() {
    for (group, text) in texts() {
        let operation = text.only.first().copied().unwrap_or("SomeOperation");
        let found = explain::text(group.codes[0], operation, text.when, "").expect("a text");
        assert!(std::ptr::eq(found, text), "{:?}: \"{}\" hides \"{}\"", group.codes, found.meaning, text.meaning);
    }
}

#[test]
fn texts_are_short_and_distinct() {
    let mut seen = BTreeMap::new();
    for (group, text) in texts() {
        let meaning = explain::fill(text.meaning, "InviteOrganizationToTransferResponsibility", "");
        let to_do = explain::fill(text.to_do, "InviteOrganizationToTransferResponsibility", "");
        for told in [&meaning, &to_do] {
            assert!(told.chars().count() <= LONGEST, "{} characters: {told}", told.chars().count());
            assert!(!told.contains(['{', '}', '\n']) && !told.contains("  "), "{told:?}");
        }
        assert!(meaning.ends_with('.') && meaning.starts_with(|c: char| c.is_uppercase()), "{meaning}");
        assert!(!to_do.ends_with('.') && to_do.starts_with(|c: char| c.is_lowercase()), "{to_do}");
        assert!(!text.retryable || to_do.contains("again"), "when to try again isn't said: {to_do}");
        let other = seen.insert(text.meaning, group.codes);
        assert!(other.is_none(), "{:?} and {other:?} share \"{}\"", group.codes, text.meaning);
    }
}

/// Whether the program accepts a command line. Help counts as accepted.
fn is_understood(command: &str) -> bool {
    let words = command.strip_prefix("orgshake ").expect("a command of the program");
    let words = words.split(' ').map(str::to_owned).collect();
    matches!(command::parse(words, false, None), Ok(_) | Err(EarlyExit::Text(..)))
}

#[test]
fn every_command_in_a_text_exists() {
    let again = " --profile work --region eu-west-1 --endpoint-url http://127.0.0.1:8080";
    let mut commands = 0;
    for (group, text) in texts() {
        for operation in
            OPERATIONS.iter().filter(|operation| text.only.is_empty() || text.only.contains(&operation.name))
        {
            let mut hints = vec![explain::fill(text.to_do, operation.name, again)];
            if let Some(see) = text.see {
                let parameters = json!({"HandshakeId": HANDSHAKE});
                hints.push(explain::question(see, parameters.as_object().expect("an object"), again));
            }
            for hint in hints {
                let Some((_, command)) = hint.split_once("orgshake ") else { continue };
                commands += 1;
                assert!(hint.contains(": orgshake "), "a command must follow a colon: {hint}");
                assert!(is_understood(&format!("orgshake {command}")), "{:?}: {hint}", group.codes);
            }
        }
    }
    assert!(commands > 50, "only {commands} commands");
}

/// Returns the error output of a command.
fn told(arguments: &[&str], step: Step) -> String {
    orgshake(arguments).script([step]).run().failure(254)
}

#[test]
fn already_accepted() {
    assert_eq!(
        told(&ACCEPT, Step::error("HandshakeAlreadyInStateException", "Already.").status(400)),
        "\norgshake: [ERROR]: An error occurred (HandshakeAlreadyInStateException) when calling the AcceptHandshake \
         operation: Already.\n\
         \nrequest id: 11111111-2222-3333-4444-555555555555\n\
         \nThe handshake has already been accepted.\n\
         \nhint: nothing is left to do; trying again won't change anything\n\
         \nhint: to see the handshake: orgshake describe-handshake --handshake-id h-examplehandshakeid111\n"
    );
}

#[test]
fn a_full_organization_is_explained_to_each_side() {
    let step = || {
        Step::error_with("HandshakeConstraintViolationException", "Full.", ("Reason", "ACCOUNT_NUMBER_LIMIT_EXCEEDED"))
    };
    let rest = |stderr: String| {
        stderr.split_once("ACCOUNT_NUMBER_LIMIT_EXCEEDED\n").expect("the detail").1.replacen(REQUEST_ID, "", 1)
    };
    assert_eq!(
        rest(told(&ACCEPT, step())),
        "\nThe inviting organization has reached its maximum number of accounts. Closed accounts and invitations count.\n\
         \nhint: have its management account request a higher quota or cancel invitations, then accept again. If the \
         organization is less than an hour old, wait an hour\n"
    );
    assert_eq!(
        rest(told(&["invite-account-to-organization", "--target", "Id=111111111111,Type=ACCOUNT"], step())),
        "\nThe organization would exceed its maximum number of accounts. Closed accounts and invitations count.\n\
         \nhint: cancel invitations or request a higher quota, then try again; if the organization is less than an hour \
         old, wait an hour\n\
         \nhint: to list the sent handshakes: orgshake list-handshakes-for-organization\n"
    );
}

#[test]
fn a_denial_names_the_permission() {
    let message = "User: arn:aws:iam::111111111111:user/juan is not authorized to perform: organizations:AcceptHandshake \
                   because no identity-based policy allows the organizations:AcceptHandshake action";
    let stderr = told(&ACCEPT, Step::error("AccessDeniedException", message));
    assert!(
        stderr.ends_with(
            "\n\nNo policy allows the caller this action.\n\
             \nhint: have organizations:AcceptHandshake allowed in an IAM policy of the user or role named in the message\n"
        ),
        "{stderr}"
    );
    let stderr = told(&["cancel-handshake", "--handshake-id", HANDSHAKE], Step::error("AccessDeniedException", "No."));
    assert!(
        stderr.contains(
            "\nOnly the account that sent a handshake can cancel it, and the caller needs organizations:CancelHandshake.\n"
        ),
        "{stderr}"
    );
}

#[test]
fn an_internal_error_is_explained() {
    let stderr = told(&["list-handshakes-for-account"], Step::error("ServiceException", "Oops."));
    assert!(
        stderr.ends_with(
            "\n\nThe service failed with an internal error.\n\
             \nhint: try again in a few minutes; the AWS Health Dashboard lists known problems\n"
        ),
        "{stderr}"
    );
}

#[test]
fn missing_credentials_list_the_searched_sources() {
    let outcome =
        orgshake(ACCEPT).env_remove("AWS_ACCESS_KEY_ID").env("AWS_SHARED_CREDENTIALS_FILE", "/nowhere/keys").run();
    let stderr = outcome.failure(253);
    assert!(
        stderr.contains(
            "\nLooked for credentials, in this order: AWS_ACCESS_KEY_ID and AWS_WEB_IDENTITY_TOKEN_FILE in the environment; \
             the profile default in /nowhere/keys and ~/.aws/config; AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and \
             AWS_CONTAINER_CREDENTIALS_FULL_URI; not the metadata service of an EC2 instance: AWS_EC2_METADATA_DISABLED \
             is set.\n"
        ),
        "{stderr}"
    );
    outcome.sent_nothing();
}

#[test]
fn a_missing_instance_is_one_short_cause() {
    let run = orgshake(ACCEPT).env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_EC2_METADATA_DISABLED");
    let outcome = run.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", DEAD).run();
    let stderr = outcome.failure(253);
    assert!(stderr.contains("\ncause: the metadata service of the instance: "), "{stderr}");
    assert!(!stderr.contains("IMDS") && !stderr.contains("dispatch failure"), "{stderr}");
    assert!(stderr.ends_with("\nhint: to try orgshake without an AWS account, add --sandbox\n"), "{stderr}");
    outcome.sent_nothing();
}

// The state of the handshake

#[test]
fn a_handshake_of_one_party_is_not_between_two() {
    let refusal = Step::error("InvalidHandshakeTransitionException", "No.");
    let handshake = json!({"Handshake": {"Id": HANDSHAKE, "State": "ACCEPTED", "Action": "ENABLE_ALL_FEATURES",
        "Parties": [{"Id": "o-exampleorgid", "Type": "ORGANIZATION"}]}});
    let words = ["accept-handshake", "--handshake-id", HANDSHAKE];
    let outcome = explained(&words).script([refusal, Step::json(&handshake)]).run();
    let explanation = document(&outcome, 254)["Explanation"].as_str().expect("text").to_owned();
    assert!(explanation.ends_with(" It is ACCEPTED: ENABLE_ALL_FEATURES from o-exampleorgid."), "{explanation}");
}

#[test]
fn explained_json_includes_the_state_of_the_handshake() {
    for (command, operation) in [("accept-handshake", "AcceptHandshake"), ("cancel-handshake", "CancelHandshake")] {
        let refusal = Step::error("InvalidHandshakeTransitionException", "No.");
        let mut expired = sample_handshake();
        expired["Handshake"]["State"] = "EXPIRED".into();
        let outcome = explained(&[command, "--handshake-id", HANDSHAKE]).script([refusal, Step::json(&expired)]).run();
        let explanation = document(&outcome, 254)["Explanation"].as_str().expect("text").to_owned();
        assert!(
            explanation.ends_with(
                " It is EXPIRED: INVITE from o-exampleorgid (account 111111111111) to juan@example.com, \
                 requested 2016-12-13T19:14:19Z, expired 2016-12-28T19:14:19Z."
            ),
            "{explanation}"
        );
        let body = json!({"HandshakeId": HANDSHAKE});
        outcome.sent(&[(operation, body.clone()), ("DescribeHandshake", body)]);
    }
}

#[test]
fn a_failing_describe_call_changes_nothing() {
    let refusal = || Step::error("HandshakeAlreadyInStateException", "Already.");
    let mut other = sample_handshake();
    other["Handshake"]["Id"] = "h-exampleopen111".into();
    for answer in [
        Step::error("AccessDeniedException", "No."),
        Step::error("ServiceException", "Oops.").status(500),
        Step::error("TooManyRequestsException", "Slow."),
        Step::close(),
        Step::bytes("garbage"),
        Step::bytes("{}"),
        Step::json(&json!({"Handshake": []})),
        Step::json(&other),
    ] {
        let outcome = explained(&ACCEPT).script([refusal(), answer]).run();
        let told = document(&outcome, 254);
        assert_eq!(told["Code"], "HandshakeAlreadyInStateException");
        assert_eq!(told["Explanation"], "The handshake has already been accepted.");
        assert_eq!(outcome.requests.len(), 2, "asked once:\n{outcome}");
    }
}

#[test]
fn a_slow_describe_call_is_abandoned() {
    let refusal = Step::error("HandshakeAlreadyInStateException", "Already.");
    let answer = Step::json(&sample_handshake()).delay(Duration::from_secs(3600));
    let outcome = explained(&ACCEPT).script([refusal, answer]).run();
    let told = document(&outcome, 254);
    assert_eq!(told["Explanation"], "The handshake has already been accepted.");
}

#[cfg(unix)]
#[test]
fn on_a_terminal_the_error_describes_the_handshake_and_is_folded() {
    let refusal = Step::error("HandshakeAlreadyInStateException", "Already.");
    let run = orgshake(ACCEPT).env("NO_COLOR", "1").script([refusal, Step::handshake()]);
    let (outcome, shown) = crate::support::terminal::stderr_on_terminal(run);
    outcome.exits_with(254);
    assert_eq!(outcome.requests.len(), 2, "{outcome}");
    assert_eq!(
        shown,
        "\norgshake: [ERROR]: An error occurred (HandshakeAlreadyInStateException) when\n\
         calling the AcceptHandshake operation: Already.\n\
         \nThe handshake has already been accepted. It is ACCEPTED: INVITE from\n\
         o-exampleorgid (account 111111111111) to juan@example.com, requested\n\
         2016-12-13T19:14:19Z.\n\
         hint: nothing is left to do; trying again won't change anything\n\
         hint: to see the handshake:\n      \
         orgshake describe-handshake --handshake-id h-examplehandshakeid111\n\
         request id: 11111111-2222-3333-4444-555555555555\n"
    );
}

#[test]
fn scripts_cause_no_further_request() {
    for format in ["enhanced", "legacy", "json", "yaml", "text"] {
        let refusal = Step::error("HandshakeAlreadyInStateException", "Already.");
        let outcome = orgshake(ACCEPT).env("AWS_CLI_ERROR_FORMAT", format).script([refusal]).run();
        outcome.failure(254);
        assert_eq!(outcome.requests.len(), 1, "{outcome}");
    }
    // Nor for an error that isn't about the handshake.
    let message =
        "User: arn:aws:iam::111111111111:user/juan is not authorized to perform: organizations:AcceptHandshake";
    let outcome = explained(&ACCEPT).script([Step::error("AccessDeniedException", message)]).run();
    document(&outcome, 254);
    assert_eq!(outcome.requests.len(), 1, "{outcome}");
}

// explained-json

fn document(outcome: &Outcome, code: i32) -> Value {
    let stderr = outcome.failure(code);
    let document: Value = serde_json::from_str(&stderr).unwrap_or_else(|error| panic!("{error}:\n{outcome}"));
    for (member, is_right) in [
        ("Code", Value::is_string as fn(&Value) -> bool),
        ("Message", Value::is_string),
        ("RequestId", |value| value.is_string() || value.is_null()),
        ("Explanation", Value::is_string),
        ("WhatToDo", Value::is_string),
        ("Retryable", Value::is_boolean),
        ("ExitCode", Value::is_u64),
    ] {
        let value = document.get(member).unwrap_or_else(|| panic!("no {member}:\n{outcome}"));
        assert!(is_right(value) && value != "", "{member}: {value}");
    }
    assert_eq!(document["ExitCode"], code);
    document
}

fn explained(arguments: &[&str]) -> crate::support::run::Run {
    orgshake(arguments).env("AWS_CLI_ERROR_FORMAT", "explained-json")
}

#[test]
fn explained_json_has_all_members() {
    let step = Step::error_with("TooManyRequestsException", "Slow down.", ("Type", "RATE_LIMIT"))
        .header("x-amzn-requestid", "11111111-2222-3333-4444-555555555555");
    let outcome = explained(&ACCEPT).env("AWS_MAX_ATTEMPTS", "1").script([step]).run();
    assert_eq!(
        document(&outcome, 254),
        json!({
            "Message": "Slow down.",
            "Code": "TooManyRequestsException",
            "Type": "RATE_LIMIT",
            "RequestId": "11111111-2222-3333-4444-555555555555",
            "Explanation": "This account sent requests faster than the service allows.",
            "WhatToDo": "try again in a minute, with fewer requests at a time; AWS_MAX_ATTEMPTS raises the number of attempts",
            "Retryable": true,
            "ExitCode": 254,
        })
    );
}

#[test]
fn explained_json_is_for_every_failure() {
    let of = |run: crate::support::run::Run, code| document(&run.run(), code);
    let usage = of(explained(&["accept-handshake", "--bogus"]), 252);
    assert_eq!(usage["Code"], "ParamValidation");
    let nobody = of(explained(&ACCEPT).env_remove("AWS_ACCESS_KEY_ID"), 253);
    assert_eq!(nobody["Code"], "NoCredentials");
    let setting = of(explained(&ACCEPT).file("~/.aws/config", "[default]\ncli_timestamp_format = x\n"), 253);
    assert_eq!(setting["Code"], "Configuration");
    let profile = of(explained(&ACCEPT).arg("--profile").arg("nobody"), 255);
    assert_eq!(profile["Code"], "ProfileNotFound");
    let file = of(explained(&ACCEPT).file("~/.aws/config", "no section\n"), 255);
    assert_eq!(file["Code"], "ConfigParseError");
    let dead = explained(&ACCEPT).env("AWS_MAX_ATTEMPTS", "1").arg("--endpoint-url").arg("http://127.0.0.1:1");
    let dead = of(dead, 255);
    assert_eq!((&dead["Code"], &dead["Retryable"]), (&json!("EndpointConnectionError"), &json!(true)));
    let lost = of(explained(&ACCEPT).env("AWS_MAX_ATTEMPTS", "1").script([Step::close()]), 255);
    assert_eq!(lost["Code"], "ConnectionClosedError");
    assert!(lost["WhatToDo"].as_str().is_some_and(|text| text.contains("may have been applied")), "{lost}");
    let garbage = of(explained(&ACCEPT).script([Step::bytes("garbage")]), 255);
    assert_eq!(garbage["Code"], "Other");
    let unknown = of(explained(&ACCEPT).script([Step::error("BrandNewException", "New.")]), 254);
    assert_eq!((&unknown["Code"], &unknown["Retryable"]), (&json!("BrandNewException"), &json!(false)));
}

#[test]
fn explained_json_can_be_set_by_option_variable_or_profile() {
    let step = || Step::error("HandshakeNotFoundException", "No.");
    let option = orgshake(ACCEPT).arg("--cli-error-format").arg("explained-json").script([step()]).run();
    let profile = orgshake(ACCEPT).file("~/.aws/config", "[default]\ncli_error_format = explained-json\n");
    assert_eq!(document(&option, 254), document(&profile.script([step()]).run(), 254));
}

#[test]
fn the_formats_of_the_aws_cli_stay_as_they_are() {
    let line =
        "An error occurred (HandshakeConstraintViolationException) when calling the AcceptHandshake operation: Full.";
    for (format, expected) in [
        ("legacy", format!("\norgshake: [ERROR]: {line}\n")),
        (
            "json",
            "{\n    \"Message\": \"Full.\",\n    \"Code\": \"HandshakeConstraintViolationException\",\n    \"Reason\": \
             \"ACCOUNT_NUMBER_LIMIT_EXCEEDED\"\n}\n"
                .to_owned(),
        ),
        (
            "yaml",
            "Code: HandshakeConstraintViolationException\nMessage: Full.\nReason: ACCOUNT_NUMBER_LIMIT_EXCEEDED\n"
                .to_owned(),
        ),
        ("text", "HandshakeConstraintViolationException\tFull.\tACCOUNT_NUMBER_LIMIT_EXCEEDED\n".to_owned()),
    ] {
        let step = Step::error_with(
            "HandshakeConstraintViolationException",
            "Full.",
            ("Reason", "ACCOUNT_NUMBER_LIMIT_EXCEEDED"),
        );
        let outcome = orgshake(ACCEPT).env("AWS_CLI_ERROR_FORMAT", format).script([step]).run();
        assert_eq!(outcome.failure(254), expected, "{format}");
        outcome.sent(&[("AcceptHandshake", json!({"HandshakeId": HANDSHAKE}))]);
    }
}
