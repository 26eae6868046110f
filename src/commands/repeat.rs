//! Repeated requests (`--idempotent`): finds what an earlier request has done.

use serde_json::{Map, Value};

use super::look::{self, has_code};
use crate::client::choose;
use crate::client::session::Session;
use crate::client::settle::HANDSHAKE;
use crate::error::{Failure, Kind};
use crate::model::{Api, LIVE, Operation, Parameters, Question};
use crate::terminal::streams::note;

/// The action of the handshake that EnableAllFeatures sends.
const ENABLE: &str = "ENABLE_ALL_FEATURES";

/// What an earlier request has done.
#[derive(Debug)]
pub enum Earlier {
    /// Nothing is known.
    Nothing,
    /// It has sent this handshake.
    Sent(Map<String, Value>),
    /// It was carried out, and no handshake shows it any more.
    Done(String),
    /// A part of the reads failed.
    Unchecked(Box<Failure>),
}

/// Looks for what a request that sends a handshake asks for.
///
/// # Errors
///
/// Returns the failure of listing the handshakes.
pub async fn earlier(session: &Session, operation: &Operation, parameters: &Parameters) -> Result<Earlier, Failure> {
    let Some(Question::List(action)) = operation.settlement.as_ref().map(|settlement| settlement.question) else {
        return Ok(Earlier::Nothing);
    };
    let sent = look::handshakes(session, Api::ListHandshakesForOrganization, Some(action)).await?;
    let asked_for = sent.iter().filter(|handshake| choose::is_asked_for(handshake, action, parameters));
    if let Some(handshake) = choose::newest(asked_for) {
        return Ok(Earlier::Sent(handshake.clone()));
    }
    let done = match operation.api {
        Api::InviteAccountToOrganization => match look::has_account(session, parameters).await {
            Ok(false) => Ok(Earlier::Nothing),
            Ok(true) => Ok(Earlier::Done(format!("{} is in the organization already", target(parameters)))),
            Err(failure) => Err(failure),
        },
        Api::EnableAllFeatures => match look::organization(session).await {
            Ok(Some(own)) if own.get("FeatureSet").is_some_and(|set| set == "ALL") => {
                let accepted =
                    sent.iter().filter(|one| choose::has_action(one, action) && choose::state(one) == "ACCEPTED");
                Ok(choose::newest(accepted).map_or_else(
                    || Earlier::Done("the organization has all features already".to_owned()),
                    |handshake| Earlier::Sent(handshake.clone()),
                ))
            }
            Ok(_) => Ok(Earlier::Nothing),
            Err(failure) => Err(failure),
        },
        _ => Ok(Earlier::Nothing),
    };
    match done {
        Err(failure) if matches!(failure.kind, Kind::Service { .. }) => Ok(Earlier::Unchecked(Box::new(failure))),
        done => done,
    }
}

/// Looks for what a request asks for that the service refused as repeated.
///
/// # Errors
///
/// Returns the failure of listing the handshakes.
pub async fn refused(
    session: &Session,
    operation: &Operation,
    parameters: &Parameters,
    failure: &Failure,
) -> Result<Earlier, Failure> {
    if operation.api != Api::EnableAllFeatures {
        return earlier(session, operation, parameters).await;
    }
    // The refusal itself says how far it is.
    let (states, what) = match failure.reason() {
        Some("ORGANIZATION_ALREADY_HAS_ALL_FEATURES") => {
            (&["ACCEPTED"][..], "the organization has all features already")
        }
        _ => (LIVE, "enabling all features was already started"),
    };
    if session.is_implied() {
        return Ok(Earlier::Done(what.to_owned()));
    }
    let listed = match look::handshakes(session, Api::ListHandshakesForOrganization, Some(ENABLE)).await {
        Err(failure) if matches!(failure.kind, Kind::Service { .. }) => Vec::new(),
        listed => listed?,
    };
    let of_state = listed.iter().filter(|one| choose::has_action(one, ENABLE) && states.contains(&choose::state(one)));
    Ok(choose::newest(of_state).map_or_else(|| Earlier::Done(what.to_owned()), |one| Earlier::Sent(one.clone())))
}

fn target(parameters: &Parameters) -> &str {
    parameters.get("Target").and_then(|target| target.get("Id")).and_then(Value::as_str).unwrap_or("the account")
}

/// Returns whether an error response to a request says that an earlier one has done the same.
pub fn is_repeated(operation: &Operation, failure: &Failure) -> bool {
    let Kind::Service { code, .. } = &failure.kind else { return false };
    let is_member = operation.api == Api::InviteAccountToOrganization
        && has_code(failure, "HandshakeConstraintViolationException")
        && failure.reason() == Some("ALREADY_IN_AN_ORGANIZATION");
    is_member || operation.settlement.as_ref().is_some_and(|settlement| settlement.covers(code, failure.reason()))
}

/// Returns the document to print for what an earlier request has done; nothing if no handshake shows it.
///
/// # Errors
///
/// Returns a failure if the earlier handshake differs from the request.
pub fn accepted(earlier: Earlier, parameters: &Parameters) -> Result<Option<Map<String, Value>>, Failure> {
    match earlier {
        Earlier::Sent(handshake) => {
            let line = choose::line(&handshake);
            let (differences, unseen) = choose::compared(&handshake, parameters);
            if !differences.is_empty() {
                let differences: Vec<_> = differences.iter().map(|text| format!("  {text}")).collect();
                let message = format!("The earlier request differs: {line}\n{}", differences.join("\n"));
                return Err(Failure::unmet(message).hint("cancel the earlier handshake first, or repeat its values"));
            }
            let unseen = match unseen.as_slice() {
                [] => String::new(),
                unseen => format!("; no handshake shows {}", unseen.join(" and ")),
            };
            note(&format!("already sent: {line}{unseen}"));
            Ok(Some(document(handshake)))
        }
        Earlier::Done(what) => {
            note(&what);
            Ok(None)
        }
        Earlier::Nothing | Earlier::Unchecked(_) => Ok(None),
    }
}

/// Returns the response that has this handshake.
pub fn document(handshake: Map<String, Value>) -> Map<String, Value> {
    Map::from_iter([(HANDSHAKE.to_owned(), handshake.into())])
}
