//! Makes the SDK's requests from checked parameters. Only this module uses the SDK's types of the operations.

use aws_sdk_organizations::config::retry::RetryConfig;
use aws_sdk_organizations::error::BuildError;
use aws_sdk_organizations::primitives::DateTime;
use aws_sdk_organizations::types::{HandshakeFilter, HandshakeParty, Tag};
use aws_sdk_organizations::{Client, Config};
use serde_json::Value;

use super::attempts::Log;
use super::lost::Unanswered;
use super::retry::Retry;
use crate::model::{Api, Operation, Parameters};

/// Adds this call's log and retry configuration to a request, and sends it.
macro_rules! sent {
    ($request:expr, $log:expr, $retries:expr) => {{
        let mut own = Config::builder().retry_classifier(Retry($log.clone()));
        own.set_retry_config($retries);
        $request.customize().interceptor($log.clone()).config_override(own).send().await?;
    }};
}

/// Builds and sends the request of an operation; the log gets the response. `retries` replaces the client's
/// configuration.
///
/// # Errors
///
/// Returns the SDK's error.
pub async fn send(
    client: &Client,
    operation: &Operation,
    parameters: &Parameters,
    log: &Log,
    retries: Option<RetryConfig>,
) -> Result<(), Unanswered> {
    let text = |name| text(parameters, name);
    match operation.api {
        Api::AcceptHandshake => {
            sent!(client.accept_handshake().set_handshake_id(text("HandshakeId")), log, retries);
        }
        Api::CancelHandshake => {
            sent!(client.cancel_handshake().set_handshake_id(text("HandshakeId")), log, retries);
        }
        Api::DeclineHandshake => {
            sent!(client.decline_handshake().set_handshake_id(text("HandshakeId")), log, retries);
        }
        Api::DescribeHandshake => {
            sent!(client.describe_handshake().set_handshake_id(text("HandshakeId")), log, retries);
        }
        Api::InviteAccountToOrganization => {
            sent!(
                client
                    .invite_account_to_organization()
                    .set_target(party(parameters)?)
                    .set_notes(text("Notes"))
                    .set_tags(tags(parameters)?),
                log,
                retries
            );
        }
        Api::ListHandshakesForAccount => {
            sent!(
                client
                    .list_handshakes_for_account()
                    .set_filter(filter(parameters))
                    .set_next_token(text("NextToken"))
                    .set_max_results(max_results(parameters)),
                log,
                retries
            );
        }
        Api::ListHandshakesForOrganization => {
            sent!(
                client
                    .list_handshakes_for_organization()
                    .set_filter(filter(parameters))
                    .set_next_token(text("NextToken"))
                    .set_max_results(max_results(parameters)),
                log,
                retries
            );
        }
        Api::EnableAllFeatures => {
            sent!(client.enable_all_features(), log, retries);
        }
        Api::InviteOrganizationToTransferResponsibility => {
            sent!(
                client
                    .invite_organization_to_transfer_responsibility()
                    .set_type(text("Type").map(|kind| kind.as_str().into()))
                    .set_target(party(parameters)?)
                    .set_notes(text("Notes"))
                    .set_start_timestamp(instant(parameters, "StartTimestamp"))
                    .set_source_name(text("SourceName"))
                    .set_tags(tags(parameters)?),
                log,
                retries
            );
        }
        Api::DescribeOrganization => {
            sent!(client.describe_organization(), log, retries);
        }
        Api::ListAccounts => {
            sent!(
                client.list_accounts().set_next_token(text("NextToken")).set_max_results(max_results(parameters)),
                log,
                retries
            );
        }
        Api::DescribeAccount => {
            sent!(client.describe_account().set_account_id(text("AccountId")), log, retries);
        }
        Api::ListRoots => {
            sent!(
                client.list_roots().set_next_token(text("NextToken")).set_max_results(max_results(parameters)),
                log,
                retries
            );
        }
        Api::DescribeOrganizationalUnit => {
            let unit = text("OrganizationalUnitId");
            sent!(client.describe_organizational_unit().set_organizational_unit_id(unit), log, retries);
        }
        Api::ListOrganizationalUnitsForParent => {
            sent!(
                client
                    .list_organizational_units_for_parent()
                    .set_parent_id(text("ParentId"))
                    .set_next_token(text("NextToken"))
                    .set_max_results(max_results(parameters)),
                log,
                retries
            );
        }
        Api::CreateOrganizationalUnit => {
            sent!(
                client
                    .create_organizational_unit()
                    .set_parent_id(text("ParentId"))
                    .set_name(text("Name"))
                    .set_tags(tags(parameters)?),
                log,
                retries
            );
        }
        Api::ListAccountsForParent => {
            sent!(
                client
                    .list_accounts_for_parent()
                    .set_parent_id(text("ParentId"))
                    .set_next_token(text("NextToken"))
                    .set_max_results(max_results(parameters)),
                log,
                retries
            );
        }
        Api::ListParents => {
            sent!(
                client
                    .list_parents()
                    .set_child_id(text("ChildId"))
                    .set_next_token(text("NextToken"))
                    .set_max_results(max_results(parameters)),
                log,
                retries
            );
        }
        Api::MoveAccount => {
            sent!(
                client
                    .move_account()
                    .set_account_id(text("AccountId"))
                    .set_source_parent_id(text("SourceParentId"))
                    .set_destination_parent_id(text("DestinationParentId")),
                log,
                retries
            );
        }
    }
    Ok(())
}

/// Converts the error of a request that the SDK can't build.
impl From<BuildError> for Unanswered {
    fn from(error: BuildError) -> Unanswered {
        Unanswered(error.into())
    }
}

fn text(members: &Parameters, name: &str) -> Option<String> {
    members.get(name)?.as_str().map(str::to_owned)
}

fn party(parameters: &Parameters) -> Result<Option<HandshakeParty>, BuildError> {
    let Some(target) = parameters.get("Target").and_then(Value::as_object) else { return Ok(None) };
    let kind = text(target, "Type").map(|kind| kind.as_str().into());
    HandshakeParty::builder().set_id(text(target, "Id")).set_type(kind).build().map(Some)
}

fn filter(parameters: &Parameters) -> Option<HandshakeFilter> {
    let filter = parameters.get("Filter")?.as_object()?;
    let action = text(filter, "ActionType").map(|action| action.as_str().into());
    let parent = text(filter, "ParentHandshakeId");
    Some(HandshakeFilter::builder().set_action_type(action).set_parent_handshake_id(parent).build())
}

fn tags(parameters: &Parameters) -> Result<Option<Vec<Tag>>, BuildError> {
    let Some(tags) = parameters.get("Tags").and_then(Value::as_array) else { return Ok(None) };
    let tag = |tag: &Parameters| Tag::builder().set_key(text(tag, "Key")).set_value(text(tag, "Value")).build();
    tags.iter().filter_map(Value::as_object).map(tag).collect::<Result<_, _>>().map(Some)
}

fn max_results(parameters: &Parameters) -> Option<i32> {
    parameters.get("MaxResults")?.as_i64().and_then(|number| i32::try_from(number).ok())
}

/// Returns an instant, which the input step has converted to seconds.
fn instant(parameters: &Parameters, name: &str) -> Option<DateTime> {
    let seconds = parameters.get(name)?;
    match seconds.as_i64() {
        Some(seconds) => Some(DateTime::from_secs(seconds)),
        None => Some(DateTime::from_secs_f64(seconds.as_f64()?)),
    }
}
