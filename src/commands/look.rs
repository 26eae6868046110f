//! Reads around a change, and notes about them.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::client::choose;
use crate::client::session::Session;
use crate::client::settle::{HANDSHAKE, of_action};
use crate::command::Limits;
use crate::error::{Failure, Kind};
use crate::model::{self, Api, HANDSHAKE_ID, Operation, Parameters};

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

/// Passes the items of a listing to `see`, page by page, until it returns false.
///
/// # Errors
///
/// Returns the failure of a page.
pub async fn each(
    session: &Session,
    api: Api,
    parameters: Parameters,
    mut see: impl FnMut(Map<String, Value>) -> bool,
) -> Result<(), Failure> {
    let operation = operation(api)?;
    let list = operation.list.unwrap_or_default();
    let mut pages = session.list(operation, list, parameters, &Limits::default());
    while let Some(mut page) = pages.next().await? {
        let Some(Value::Array(items)) = page.remove(list) else { continue };
        for item in items {
            if let Value::Object(item) = item
                && !see(item)
            {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Returns the operation of this kind.
///
/// # Errors
///
/// None is missing from the model.
pub fn operation(api: Api) -> Result<&'static Operation, Failure> {
    model::operation_of(api).ok_or_else(|| Failure::other("The request could not be made"))
}

/// Describes the handshake that the parameters name.
///
/// # Errors
///
/// Returns the failure of the call, or a failure if the response shows another handshake.
pub async fn described(session: &Session, parameters: &Parameters) -> Result<Map<String, Value>, Failure> {
    let mut response = session.ask(operation(Api::DescribeHandshake)?, parameters).await?;
    let asked = parameters.get(HANDSHAKE_ID).and_then(Value::as_str).unwrap_or_default();
    match response.remove(HANDSHAKE) {
        Some(Value::Object(handshake)) if choose::has_id(&handshake, asked) => Ok(handshake),
        _ => Err(Failure::other(format!("The service's response to DescribeHandshake doesn't show {asked}"))),
    }
}

/// Lists handshakes, only those of an action if one is given. Returns each once: a listing that changes between two pages
/// may show one on both.
pub async fn handshakes(session: &Session, api: Api, action: Option<&str>) -> Result<Vec<Map<String, Value>>, Failure> {
    let (mut all, mut seen) = (Vec::new(), HashSet::new());
    each(session, api, action.map(of_action).unwrap_or_default(), |one| {
        if choose::id(&one).is_none_or(|id| seen.insert(id)) {
            all.push(one);
        }
        true
    })
    .await?;
    Ok(all)
}

/// Returns whether the organization has the account that an invitation is for.
pub async fn has_account(session: &Session, parameters: &Parameters) -> Result<bool, Failure> {
    let mut is_there = false;
    each(session, Api::ListAccounts, Parameters::new(), |account| {
        is_there = choose::is_target(&account, parameters);
        !is_there
    })
    .await?;
    Ok(is_there)
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
