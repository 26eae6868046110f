//! Rehearsals (`--dry-run`): reads what speaks against a change, and prints what it would change or send.

use serde_json::{Map, Value};

use super::look;
use super::repeat::{self, Earlier};
use crate::client::choose::{self, Handshake};
use crate::client::session::{KnownCaller, Session};
use crate::command::Call;
use crate::error::{Failure, Kind};
use crate::model::{Api, Parameters};
use crate::terminal::streams::note;

/// Rehearses the change of a handshake.
///
/// # Errors
///
/// Returns why the change would be refused, as far as the handshake shows it.
pub async fn of_answer(session: &Session, call: &Call, handshake: Handshake) -> Result<Map<String, Value>, Failure> {
    let caller = session.known_caller().await?;
    let refusals = choose::refusals(call.operation.api, &handshake, account(&caller), session.now());
    if !refusals.is_empty() {
        let reasons = refusals.join("; ");
        return Err(refused(call, &format!("{reasons}\n  {}", choose::line(&handshake))));
    }
    unsent(call, &caller);
    Ok(repeat::document(handshake))
}

/// Rehearses a request that sends a handshake.
///
/// # Errors
///
/// Returns why the request would be refused, as far as reads show it, or the failure of a read.
pub async fn of_request(
    session: &Session,
    call: &Call,
    parameters: &Parameters,
) -> Result<Option<Map<String, Value>>, Failure> {
    let organization = look::organization(session).await;
    let caller = session.known_caller().await?;
    // Such callers of the sandbox are another account for each operation.
    if caller == KnownCaller::Implied && call.operation.api == Api::EnableAllFeatures {
        unsent(call, &caller);
        return Ok(Some(parameters.clone()));
    }
    match organization {
        Ok(None) => return Err(refused(call, "the caller's account is in no organization")),
        Ok(Some(organization)) => {
            let manager = organization.get("MasterAccountId").and_then(Value::as_str);
            if let (Some(manager), Some(account)) = (manager, account(&caller))
                && manager != account
            {
                let why =
                    format!("only the management account {manager} can do that, and the caller is account {account}");
                return Err(refused(call, &why));
            }
        }
        Err(failure) => unchecked(failure)?,
    }
    match repeat::earlier(session, call.operation, parameters).await? {
        Earlier::Nothing => {}
        Earlier::Unchecked(failure) => unchecked(*failure)?,
        earlier if call.own.idempotent => {
            let document = repeat::accepted(earlier, parameters)?;
            unsent(call, &caller);
            return Ok(document);
        }
        Earlier::Sent(handshake) => {
            return Err(refused(call, &format!("it already exists\n  {}", choose::line(&handshake))));
        }
        Earlier::Done(what) => return Err(refused(call, &what)),
    }
    unsent(call, &caller);
    Ok(Some(parameters.clone()))
}

fn account(caller: &KnownCaller) -> Option<&str> {
    match caller {
        KnownCaller::Identity(identity) => Some(&identity.account),
        KnownCaller::Implied | KnownCaller::Unknown(_) => None,
    }
}

fn refused(call: &Call, why: &str) -> Failure {
    Failure::unmet(format!("{} would be rejected: {why}", call.operation.name))
}

/// Goes on without a read that the service refused. The change itself may be allowed.
fn unchecked(failure: Failure) -> Result<(), Failure> {
    match failure.kind {
        Kind::Service { .. } => {
            note(&format!("not everything could be checked: {failure}"));
            Ok(())
        }
        _ => Err(failure),
    }
}

/// Notes that nothing was sent, and who would have sent it.
fn unsent(call: &Call, caller: &KnownCaller) {
    let party = match call.operation.api {
        Api::AcceptHandshake | Api::DeclineHandshake => "the invited party",
        _ => "the management account",
    };
    let caller = match caller {
        KnownCaller::Identity(identity) => format!("as account {} ({})", identity.account, identity.arn),
        KnownCaller::Implied => format!("as {party}, which the sandbox assumes without keys of an account"),
        KnownCaller::Unknown(why) => format!("as an unknown account: {why}"),
    };
    let empty = if call.operation.input.members.is_empty() { ", whose request is empty," } else { "" };
    note(&format!("--dry-run: {}{empty} was not sent. It would be sent {caller}", call.operation.name));
}
