//! The world as `sandbox show` prints it.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::sandbox::engine::state::State;

impl State {
    /// Returns the organizations with their units and accounts, the standalone accounts, and the handshakes with their
    /// states at `now`.
    pub fn show(&self, now: Timestamp) -> Value {
        let account = |id: &str| json!({ "Id": id, "Email": self.email(id), "Name": self.name(id) });
        let organizations: Vec<_> = self
            .organizations
            .iter()
            .map(|(id, organization)| {
                let members = self.members(id).filter_map(|member| {
                    let membership = self.member(id, member)?;
                    let mut shown = account(member);
                    shown["ParentId"] = membership.parent.as_str().into();
                    shown["JoinedMethod"] = membership.method.as_str().into();
                    shown["JoinedTimestamp"] = membership.joined.to_string().into();
                    Some(shown)
                });
                let units = organization
                    .units
                    .iter()
                    .map(|(id, unit)| json!({ "Id": id, "Name": unit.name, "ParentId": unit.parent }));
                json!({
                    "Id": id,
                    "ManagementAccountId": organization.management_account,
                    "FeatureSet": organization.feature_set.as_str(),
                    "RootId": organization.root,
                    "OrganizationalUnits": units.collect::<Vec<_>>(),
                    "Accounts": members.collect::<Vec<_>>(),
                    "BillsManagedBy": organization.transfer.as_ref().map(|transfer| transfer.target.as_str()),
                })
            })
            .collect();
        let alone = self.accounts.iter().filter(|(_, account)| account.membership.is_none());
        let handshakes = self.handshakes.values().filter(|handshake| !handshake.is_gone(now)).map(|handshake| {
            json!({
                "Id": handshake.id,
                "Action": handshake.action.as_str(),
                "State": handshake.state(now).as_str(),
                "OrganizationId": handshake.organization,
                "Recipient": handshake.recipient.as_ref().map(|recipient| recipient.parts().1),
                "ParentHandshakeId": handshake.parent,
                "RequestedTimestamp": handshake.requested.to_string(),
                "ExpirationTimestamp": handshake.expires.to_string(),
            })
        });
        json!({
            "Now": now.to_string(),
            "Organizations": organizations,
            "StandaloneAccounts": alone.map(|(id, _)| account(id)).collect::<Vec<_>>(),
            "Handshakes": handshakes.collect::<Vec<_>>(),
        })
    }
}
