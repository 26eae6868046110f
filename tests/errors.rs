//! Every error that AcceptHandshake and CancelHandshake document, one test each: line, details, exit code, attempts.

use std::collections::BTreeMap;
use std::fs;

use serde_json::json;

use crate::support::packages::source_of;
use crate::support::run::{HANDSHAKE, orgshake};
use crate::support::server::Step;

struct Refusal {
    code: &'static str,
    message: &'static str,
    /// The exception's members other than its message.
    detail: Option<(&'static str, &'static str)>,
    /// Whether the program retries, twice.
    retried: bool,
}

/// Declares a command's error responses: a test for each, and a list for the completeness test.
macro_rules! refusals {
    ($module:ident, $command:literal, $operation:literal, $($test:ident: $refusal:expr,)+) => {
        mod $module {
            use super::*;

            pub const ALL: &[Refusal] = &[$($refusal),+];

            $(
                #[test]
                fn $test() {
                    check($command, $operation, &$refusal);
                }
            )+
        }
    };
}

const fn refusal(code: &'static str, message: &'static str) -> Refusal {
    Refusal { code, message, detail: None, retried: false }
}

impl Refusal {
    const fn detail(self, name: &'static str, value: &'static str) -> Self {
        Self { detail: Some((name, value)), ..self }
    }

    const fn retried(self) -> Self {
        Self { retried: true, ..self }
    }
}

refusals! {
    accept, "accept-handshake", "AcceptHandshake",
    access_denied: refusal("AccessDeniedException", "You don't have permissions to perform the requested operation."),
    access_denied_for_dependency: refusal(
        "AccessDeniedForDependencyException",
        "The operation requires the iam:CreateServiceLinkedRole permission.",
    )
    .detail("Reason", "ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE"),
    organizations_not_in_use: refusal(
        "AWSOrganizationsNotInUseException",
        "Your account is not a member of an organization.",
    ),
    concurrent_modification: refusal(
        "ConcurrentModificationException",
        "The target of the operation is currently being modified by a different request. Try again later.",
    )
    .retried(),
    constraint_violation: refusal(
        "ConstraintViolationException",
        "You have reached a limit on the number of accounts in your organization.",
    )
    .detail("Reason", "ACCOUNT_NUMBER_LIMIT_EXCEEDED"),
    handshake_already_in_state: refusal(
        "HandshakeAlreadyInStateException",
        "The specified handshake is already in the requested state.",
    ),
    handshake_constraint_violation: refusal(
        "HandshakeConstraintViolationException",
        "The invited account is already a member of an organization.",
    )
    .detail("Reason", "ALREADY_IN_AN_ORGANIZATION"),
    handshake_not_found: refusal(
        "HandshakeNotFoundException",
        "We can't find a handshake with the HandshakeId that you specified.",
    ),
    invalid_handshake_transition: refusal(
        "InvalidHandshakeTransitionException",
        "You can't perform the operation on the handshake in its current state.",
    ),
    invalid_input: refusal("InvalidInputException", "You provided a value that doesn't match the required pattern.")
        .detail("Reason", "INVALID_PATTERN"),
    master_cannot_leave_organization: refusal(
        "MasterCannotLeaveOrganizationException",
        "You can't remove a management account from an organization.",
    ),
    service: refusal(
        "ServiceException",
        "AWS Organizations can't complete your request because of an internal service error. Try again later.",
    ),
    too_many_requests: refusal(
        "TooManyRequestsException",
        "You have sent too many requests in too short a period of time.",
    )
    .detail("Type", "RATE_LIMIT")
    .retried(),
}

refusals! {
    cancel, "cancel-handshake", "CancelHandshake",
    access_denied: refusal("AccessDeniedException", "You don't have permissions to perform the requested operation."),
    concurrent_modification: refusal(
        "ConcurrentModificationException",
        "The target of the operation is currently being modified by a different request. Try again later.",
    )
    .retried(),
    handshake_already_in_state: refusal(
        "HandshakeAlreadyInStateException",
        "The specified handshake is already in the requested state.",
    ),
    handshake_not_found: refusal(
        "HandshakeNotFoundException",
        "We can't find a handshake with the HandshakeId that you specified.",
    ),
    invalid_handshake_transition: refusal(
        "InvalidHandshakeTransitionException",
        "You can't cancel a handshake that was already accepted.",
    ),
    invalid_input: refusal("InvalidInputException", "You must include a value for all required parameters.")
        .detail("Reason", "INPUT_REQUIRED"),
    service: refusal(
        "ServiceException",
        "AWS Organizations can't complete your request because of an internal service error. Try again later.",
    ),
    too_many_requests: refusal(
        "TooManyRequestsException",
        "You have sent too many requests in too short a period of time.",
    )
    .detail("Type", "RATE_LIMIT")
    .retried(),
}

fn check(command: &str, operation: &str, refusal: &Refusal) {
    let Refusal { code, message, detail, retried } = refusal;
    let step = match detail {
        Some(detail) => Step::error_with(code, message, *detail),
        None => Step::error(code, message),
    };
    let outcome = orgshake([command, "--handshake-id", HANDSHAKE]).script([step]).run();

    let attempts = if *retried { 3 } else { 1 };
    let note = if *retried { " (reached max retries: 2)" } else { "" };
    let mut expected = format!(
        "\norgshake: [ERROR]: An error occurred ({code}) when calling the {operation} operation{note}: {message}\n"
    );
    if let Some((name, value)) = detail {
        expected += &format!("\nAdditional error details:\n{name}: {value}\n");
    }
    let stderr = outcome.failure(254);
    let rest = stderr.strip_prefix(&expected);
    let rest = rest.unwrap_or_else(|| panic!("stderr should begin with {expected:?}:\n{outcome}"));
    assert!(rest.is_empty() || rest.starts_with('\n'), "a hint has its own paragraph:\n{outcome}");
    assert!(!rest.contains("Additional error details"), "details without a detail:\n{outcome}");
    outcome.sent(&vec![(operation, json!({"HandshakeId": HANDSHAKE})); attempts]);
}

/// The lists above have exactly the codes and details of the model.
#[test]
fn the_lists_match_the_model() {
    let source = source_of("aws-sdk-organizations").join("src");
    for (file, listed) in [("accept_handshake", accept::ALL), ("cancel_handshake", cancel::ALL)] {
        let operation = fs::read_to_string(source.join(format!("operation/{file}.rs"))).expect("the operation");
        let modelled: BTreeMap<_, _> = matched_codes(&operation).map(|code| (code, details(&source, code))).collect();
        let listed: BTreeMap<_, _> = listed
            .iter()
            .map(|refusal| (refusal.code, refusal.detail.iter().map(|(name, _)| (*name).to_owned()).collect()))
            .collect();
        assert_eq!(listed, modelled, "{file}");
        assert!(modelled.len() > 1, "{file}: the errors aren't where they used to be");
    }
}

/// Finds the arms of the match on a response's error code: `"AccessDeniedException" => …`.
pub fn matched_codes(operation: &str) -> impl Iterator<Item = &str> {
    operation.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once("\" => ")).map(|(code, _)| code)
}

/// Returns the members of an exception other than its message, by their names in the schema.
pub fn details(source: &std::path::Path, code: &str) -> Vec<String> {
    let directory = source.join("types/error");
    let marker = format!("\"com.amazonaws.organizations#{code}$");
    let mut members = None;
    for entry in fs::read_dir(&directory).expect("the exceptions") {
        let path = entry.expect("an entry").path();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let found: Vec<_> = text.lines().filter_map(|line| line.trim().strip_prefix(&marker)).collect();
        if !found.is_empty() {
            members = Some(found.iter().map(|name| name.trim_end_matches("\",").to_owned()).collect::<Vec<_>>());
        }
    }
    let mut members = members.unwrap_or_else(|| panic!("no exception {code} in {}", directory.display()));
    members.retain(|name| name != "Message");
    members
}
