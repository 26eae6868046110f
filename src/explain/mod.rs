//! Explains failures: their meaning and what to do about them, from one table of texts.

mod text;
mod texts;
mod values;

use serde_json::Value;

use crate::error::{Failure, Kind};
use crate::model::{HANDSHAKE_ID, INTERNAL, OPERATIONS, Parameters};

pub use text::{Group, See, Text};
pub use texts::GROUPS;

/// Finds the text for an error of an operation. `reason` and `message` are those of the service's error response.
pub fn text(code: &str, operation: &str, reason: &str, message: &str) -> Option<&'static Text> {
    let groups = GROUPS.iter().filter(|group| group.codes.contains(&code));
    let fits = |when: &str| if reason.is_empty() { message.contains(when) } else { when == reason };
    groups.flat_map(|group| group.texts).find(|text| {
        (text.when.is_empty() || fits(text.when)) && (text.only.is_empty() || text.only.contains(&operation))
    })
}

/// Adds the explanation and hints to an error of the service. `parameters` are those of the call, `again` the options
/// that reach the same service, each after a space. Returns other failures unchanged.
#[must_use]
pub fn explained(mut failure: Failure, parameters: &Parameters, again: &str) -> Failure {
    let Kind::Service { code, operation, .. } = &failure.kind else { return failure };
    let reason = failure.reason().unwrap_or_default();
    let Some(text) = text(code, operation, reason, &failure.message) else { return failure };
    let filled = |text: &str| fill(text, operation, again);
    let (meaning, to_do) = (filled(text.meaning), filled(text.to_do));
    let question = text.see.map(|see| question(see, parameters, again));
    failure.explanation = Some(meaning);
    failure.retryable |= text.retryable;
    match values::hints(&failure, parameters) {
        values if values.is_empty() => failure = failure.hint(to_do),
        values => failure.hints.extend(values),
    }
    let command = |hint: &str| hint.rsplit_once(": ").map(|(_, command)| command.to_owned());
    match question {
        // The hint about an unclear outcome already has this command.
        Some(question) if failure.to_do().any(|hint| command(hint) == command(&question)) => failure,
        Some(question) => failure.hint(question),
        None => failure,
    }
}

/// Replaces the names in a text.
pub fn fill(text: &str, operation: &str, again: &str) -> String {
    let known = OPERATIONS.iter().chain(INTERNAL).find(|known| known.name == operation);
    let service = if known.is_some() { "organizations" } else { "sts" };
    let command = known.map(|known| known.command).filter(|command| !command.is_empty());
    text.replace("{permission}", &format!("{service}:{operation}"))
        .replace("{command}", command.unwrap_or("COMMAND"))
        .replace("{again}", again)
}

/// Returns the hint with the command that shows more.
pub fn question(see: See, parameters: &Parameters, again: &str) -> String {
    let id = parameters.get(HANDSHAKE_ID).and_then(Value::as_str);
    match (see, id) {
        (See::Handshake, Some(id)) => {
            format!("to see the handshake: orgshake describe-handshake --handshake-id {id}{again}")
        }
        (See::Sent, _) => {
            format!("to list the sent handshakes: orgshake list-handshakes-for-organization{again}")
        }
        (See::Received | See::Handshake, _) => {
            format!("to list the received handshakes: orgshake list-handshakes-for-account{again}")
        }
    }
}

/// Returns whether the handshake explains more of an error, so that a request for it is worthwhile: its state, or who may
/// act. A denial by a policy is about neither.
pub fn is_about_handshake(failure: &Failure) -> bool {
    let Kind::Service { code, operation, .. } = &failure.kind else { return false };
    match code.as_str() {
        "HandshakeAlreadyInStateException" | "InvalidHandshakeTransitionException" => true,
        "AccessDeniedException" => {
            let changes = ["AcceptHandshake", "CancelHandshake", "DeclineHandshake"].contains(operation);
            changes && is_about_party(failure)
        }
        _ => false,
    }
}

/// Returns whether the caller has the wrong account: it isn't the party that may act, or is in no organization. A denial by a
/// policy is something else.
pub fn is_about_party(failure: &Failure) -> bool {
    let Kind::Service { code, .. } = &failure.kind else { return false };
    let by_policy = || {
        ["is not authorized to perform", "with an explicit deny"].iter().any(|words| failure.message.contains(words))
    };
    code == "AWSOrganizationsNotInUseException" || code == "AccessDeniedException" && !by_policy()
}

/// Replaces the hint of the table by one that the handshake allows.
pub fn replace_hint(failure: &mut Failure, hint: String) {
    let Kind::Service { code, operation, .. } = &failure.kind else { return };
    let Some(text) = text(code, operation, failure.reason().unwrap_or_default(), &failure.message) else { return };
    let general = fill(text.to_do, operation, "");
    if let Some(found) = failure.hints.iter_mut().find(|found| **found == general) {
        *found = hint;
    }
}
