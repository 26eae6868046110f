//! Reads around a change, and notes about them.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::client::choose;
use crate::client::session::Session;
use crate::client::settle::HANDSHAKE;
use crate::command::Limits;
use crate::error::{Failure, Kind};
use crate::model::{self, Api, Operation, Parameters};
use crate::terminal::streams::write_stderr;
use crate::text::escape::tame_line;

/// Prints a note on stderr. It may quote texts of strangers.
pub fn note(text: &str) {
    write_stderr(&format!("orgshake: [NOTE]: {}\n", tame_line(text)));
}

/// Adds to the failure of a read that nothing was changed.
pub fn unchanged(failure: Failure) -> Failure {
    const UNCHANGED: &str = "nothing was changed";
    match &failure.kind {
        // The exit code says so.
        Kind::Unmet => failure,
        Kind::Interrupted(_) => Failure { message: UNCHANGED.to_owned(), ..failure },
        _ => failure.note(UNCHANGED),
    }
}

fn operation(api: Api) -> Result<&'static Operation, Failure> {
    model::operation_of(api).ok_or_else(|| Failure::other("The request could not be made"))
}

/// Describes the handshake that the parameters name.
///
/// # Errors
///
/// Returns the failure of the call, or a failure if the response shows another handshake.
pub async fn described(session: &Session, parameters: &Parameters) -> Result<Map<String, Value>, Failure> {
    let mut response = session.ask(operation(Api::DescribeHandshake)?, parameters).await?;
    let asked = parameters.get("HandshakeId").and_then(Value::as_str).unwrap_or_default();
    match response.remove(HANDSHAKE) {
        Some(Value::Object(handshake)) if choose::has_id(&handshake, asked) => Ok(handshake),
        _ => Err(Failure::other(format!("The service's response to DescribeHandshake doesn't show {asked}"))),
    }
}

/// Lists handshakes, only those of an action if one is given. Returns each once: a listing that changes between two pages
/// may show one on both.
pub async fn handshakes(session: &Session, api: Api, action: Option<&str>) -> Result<Vec<Map<String, Value>>, Failure> {
    let mut parameters = Parameters::new();
    if let Some(action) = action {
        let filter = Map::from_iter([("ActionType".to_owned(), action.into())]);
        parameters.insert("Filter".to_owned(), filter.into());
    }
    let mut pages = session.list(operation(api)?, "Handshakes", parameters, &Limits::default());
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    while let Some(page) = pages.next().await? {
        all.extend(objects(page, "Handshakes").filter(|one| choose::id(one).is_none_or(|id| seen.insert(id))));
    }
    Ok(all)
}

/// Returns whether the organization has the account that an invitation is for.
pub async fn has_account(session: &Session, parameters: &Parameters) -> Result<bool, Failure> {
    let mut pages = session.list(operation(Api::ListAccounts)?, "Accounts", Parameters::new(), &Limits::default());
    while let Some(page) = pages.next().await? {
        if objects(page, "Accounts").any(|account| choose::is_target(&account, parameters)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns the caller's organization, or nothing if it is in none.
pub async fn organization(session: &Session) -> Result<Option<Map<String, Value>>, Failure> {
    match session.ask(operation(Api::DescribeOrganization)?, &Parameters::new()).await {
        Ok(mut response) => match response.remove("Organization") {
            Some(Value::Object(organization)) => Ok(Some(organization)),
            _ => Err(Failure::other("The service's response to DescribeOrganization shows no organization")),
        },
        Err(failure) if has_code(&failure, "AWSOrganizationsNotInUseException") => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Returns whether a failure is an error response with this code.
pub fn has_code(failure: &Failure, expected: &str) -> bool {
    matches!(&failure.kind, Kind::Service { code, .. } if code == expected)
}

fn objects(mut page: Map<String, Value>, list: &str) -> impl Iterator<Item = Map<String, Value>> + use<> {
    let items = match page.remove(list) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    };
    items.into_iter().filter_map(|item| match item {
        Value::Object(members) => Some(members),
        _ => None,
    })
}
