//! The output of an operation: handshakes, organizations, accounts and units as JSON.

use std::iter;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::sandbox::engine::creation::{Creation, CreationState};
use crate::sandbox::engine::handshake::{Handshake, HandshakeState, Resource};
use crate::sandbox::engine::organization::{FeatureSet, Organization, Unit};
use crate::sandbox::engine::state::State;

/// Returns a handshake as JSON, its members in the order of the documented sample response.
pub(in crate::sandbox) fn render(handshake: &Handshake, state: HandshakeState) -> Value {
    let mut parties = vec![json!({ "Id": handshake.organization, "Type": "ORGANIZATION" })];
    parties.extend(handshake.recipient.as_ref().map(|recipient| {
        let (kind, id) = recipient.parts();
        json!({ "Id": id, "Type": kind })
    }));
    json!({
        "Action": handshake.action.as_str(),
        "Arn": handshake.arn(),
        "RequestedTimestamp": timestamp(handshake.requested),
        "ExpirationTimestamp": timestamp(handshake.expires),
        "Id": handshake.id,
        "Parties": parties,
        "Resources": resources(&handshake.resources),
        "State": state.as_str(),
    })
}

fn resources(list: &[Resource]) -> Value {
    let render = |resource: &Resource| {
        let mut members = Map::new();
        if !resource.resources.is_empty() {
            members.insert("Resources".to_owned(), resources(&resource.resources));
        }
        members.insert("Type".to_owned(), resource.kind.as_str().into());
        members.insert("Value".to_owned(), resource.value.as_str().into());
        Value::Object(members)
    };
    list.iter().map(render).collect()
}

fn arn(organization: &Organization, rest: &str) -> String {
    format!("arn:aws:organizations::{}:{rest}", organization.management_account)
}

/// Puts ARNs into a partition.
pub(super) fn into_partition(output: &mut Value, partition: &str) {
    match output {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                match value {
                    Value::String(arn) if name.ends_with("Arn") => {
                        if let Some(rest) = arn.strip_prefix("arn:aws:") {
                            *arn = format!("arn:{partition}:{rest}");
                        }
                    }
                    other => into_partition(other, partition),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| into_partition(value, partition)),
        _ => {}
    }
}

/// Returns the list of policy types: service control policies or none.
fn policy_types(service_control_policies: bool) -> Value {
    match service_control_policies {
        true => json!([{ "Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED" }]),
        false => json!([]),
    }
}

pub(super) fn organization(state: &State, id: &str, organization: &Organization) -> Value {
    let account = &organization.management_account;
    json!({
        "Id": id,
        "Arn": arn(organization, &format!("organization/{id}")),
        "FeatureSet": organization.feature_set.as_str(),
        "MasterAccountArn": arn(organization, &format!("account/{id}/{account}")),
        "MasterAccountId": account,
        "MasterAccountEmail": state.email(account),
        // Available with all features, whether enabled in the root or not (API reference, ListRoots).
        "AvailablePolicyTypes": policy_types(organization.feature_set == FeatureSet::All),
    })
}

/// Returns the path from the organization down to `last`, as in the documented samples: `o-…/r-…/ou-…/`.
fn path(id: &str, organization: &Organization, last: &str) -> String {
    iter::once(id).chain(organization.lineage(last)).fold(String::new(), |path, part| path + part + "/")
}

pub(super) fn account(state: &State, id: &str, organization: &Organization, account: &str) -> Value {
    let mut members = json!({
        "Id": account,
        "Arn": arn(organization, &format!("account/{id}/{account}")),
        "Email": state.email(account),
        "Name": state.name(account),
        // The service returns both until Status is retired (API reference, Account).
        "Status": "ACTIVE",
        "State": "ACTIVE",
    });
    if let Some(membership) = state.member(id, account) {
        members["Paths"] = json!([format!("{}{account}/", path(id, organization, &membership.parent))]);
        members["JoinedMethod"] = membership.method.as_str().into();
        members["JoinedTimestamp"] = timestamp(membership.joined);
    }
    members
}

pub(super) fn root(id: &str, organization: &Organization) -> Value {
    json!({
        "Id": organization.root,
        "Arn": arn(organization, &format!("root/{id}/{}", organization.root)),
        "Name": "Root",
        "PolicyTypes": policy_types(organization.service_control_policies),
    })
}

pub(super) fn unit(id: &str, organization: &Organization, unit_id: &str, unit: &Unit) -> Value {
    json!({
        "Id": unit_id,
        "Arn": arn(organization, &format!("ou/{id}/{unit_id}")),
        "Name": unit.name,
        "Path": path(id, organization, unit_id),
    })
}

pub(super) fn creation(id: &str, creation: &Creation, now: Timestamp) -> Value {
    let state = creation.state(now);
    let mut members = json!({
        "Id": id,
        "AccountName": creation.name,
        "State": state.as_str(),
        "RequestedTimestamp": timestamp(creation.requested),
    });
    if state != CreationState::InProgress {
        members["CompletedTimestamp"] = timestamp(creation.completed);
        match &creation.outcome {
            Ok(account) => members["AccountId"] = account.as_str().into(),
            Err(reason) => members["FailureReason"] = reason.as_str().into(),
        }
    }
    members
}

/// Returns the seconds since 1970-01-01T00:00:00Z with milliseconds as a fraction, such as 1481656459.257.
fn timestamp(instant: Timestamp) -> Value {
    // The quotient is the double nearest to the decimal, so that it prints as that decimal.
    (instant.as_millisecond() as f64 / 1000.0).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_seconds_with_a_fraction() {
        let shown = |text: &str| timestamp(text.parse().unwrap()).to_string();
        assert_eq!(shown("2016-12-13T19:14:19.257Z"), "1481656459.257");
        assert_eq!(shown("2016-12-13T19:14:19Z"), "1481656459.0");
        assert_eq!(shown("1969-12-31T23:59:59.5Z"), "-0.5");
        assert_eq!(shown("9998-12-31T23:59:59.999Z"), "253370764799.999");
    }
}
