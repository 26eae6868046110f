//! Explains failures: their meaning and what to do about them, from one table of texts.

mod text;
mod texts;

use jiff::{Timestamp, Unit};
use serde_json::{Map, Value};

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
    failure = failure.hint(to_do);
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

/// Whether the handshake's state explains more of an error, so that a request for it is worthwhile.
pub fn is_about_state(failure: &Failure) -> bool {
    matches!(&failure.kind, Kind::Service { code, .. }
        if matches!(code.as_str(), "HandshakeAlreadyInStateException" | "InvalidHandshakeTransitionException"))
}

/// Summarizes a handshake in a sentence: its state, action, parties, and when it was sent and expires. The service doesn't
/// say when it was accepted or declined. Returns `None` if the handshake has no state.
pub fn facts(handshake: &Map<String, Value>) -> Option<String> {
    let text = |name: &str| handshake.get(name).and_then(Value::as_str);
    let state = text("State")?;
    let parties: Vec<_> = handshake
        .get("Parties")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|party| Some((party.get("Id")?.as_str()?, party.get("Type")?.as_str()?)))
        .filter(|(id, _)| !id.is_empty())
        .map(|(id, kind)| format!("{} {id}", kind.to_ascii_lowercase()))
        .collect();
    let parties = match parties.as_slice() {
        [] => String::new(),
        [only] => format!(" of {only}"),
        several => format!(" between {}", several.join(" and ")),
    };
    let instant = |name: &str| {
        let seconds = handshake.get(name)?.as_f64()?;
        let instant = Timestamp::from_millisecond((seconds * 1000.0) as i64).ok()?;
        instant.round(Unit::Second).ok().map(|instant| instant.to_string())
    };
    let requested = instant("RequestedTimestamp").map(|at| format!(", requested {at}")).unwrap_or_default();
    let expires = match (state, instant("ExpirationTimestamp")) {
        ("EXPIRED", Some(at)) => format!(", expired {at}"),
        ("OPEN" | "REQUESTED", Some(at)) => format!(", expires {at}"),
        _ => String::new(),
    };
    let action = text("Action").unwrap_or("handshake");
    Some(format!("It is {state}: {action}{parties}{requested}{expires}."))
}
