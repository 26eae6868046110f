//! The world as the JSON document of a state file.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::reader::Element;
use crate::model::is_handshake_id;
use crate::sandbox::engine::caller::{DEFAULT_PARTITION, RoleSession};
use crate::sandbox::engine::creation::{Creation, FailureReason};
use crate::sandbox::engine::handshake::{Action, Handshake, HandshakeState, Recipient, Resource, ResourceType};
use crate::sandbox::engine::ids::{is_account_id, is_creation_id, is_organization_id, is_root_id, is_unit_id};
use crate::sandbox::engine::organization::{
    Account, FeatureSet, JoinedMethod, Membership, Organization, Transfer, Unit,
};
use crate::sandbox::engine::refusal::HandshakeConstraint;
use crate::sandbox::engine::state::State;

impl State {
    /// Returns the state as a document for [`State::from_json`].
    pub fn to_json(&self) -> Value {
        serde_json::from_str(&self.write_json(String::new())).unwrap_or_default()
    }

    /// Writes the document behind a text. Each entry has a line of its own, and only one at a time is in memory as a
    /// [`Value`].
    pub(super) fn write_json(&self, text: String) -> String {
        let mut text = text + &format!("{{\n\"made\":{}", self.made);
        section(&mut text, "organizations", &self.organizations, organization);
        section(&mut text, "accounts", &self.accounts, account);
        section(&mut text, "handshakes", &self.handshakes, handshake);
        section(&mut text, "sessions", &self.sessions, session);
        section(&mut text, "creations", &self.creations, creation);
        text + "\n}"
    }

    /// Reads the state from a document.
    ///
    /// # Errors
    ///
    /// The path of the first member that is missing, unknown or wrong, and the problem.
    pub fn from_json(document: &Value) -> Result<State, String> {
        let mut members = Element::document(document).members()?;
        let mut state = State::after(members.take("made")?.number()?);
        for (id, element) in members.take("organizations")?.entries(is_organization_id)? {
            state.organizations.insert(id.to_owned(), read_organization(element)?);
        }
        for (id, element) in members.take("accounts")?.entries(is_account_id)? {
            let account = read_account(element)?;
            state.insert_account(id.to_owned(), account);
        }
        for (id, element) in members.take("handshakes")?.entries(is_handshake_id)? {
            state.insert_handshake(read_handshake(id, element)?);
        }
        for (id, element) in members.take("sessions")?.entries(|id| id.starts_with("ASIA"))? {
            state.sessions.insert(id.to_owned(), read_session(element)?);
        }
        let creations =
            members.take_newer("creations").map(|creations| creations.entries(is_creation_id)).transpose()?;
        for (id, element) in creations.unwrap_or_default() {
            state.creations.insert(id.to_owned(), read_creation(element)?);
        }
        members.end()?;
        state.check()?;
        Ok(state)
    }

    /// Checks the references between the parts of the world.
    fn check(&self) -> Result<(), String> {
        let mut addresses = BTreeMap::new();
        for (id, account) in &self.accounts {
            let email = account.email.as_ref().map(|email| email.to_lowercase());
            if email.is_some_and(|email| addresses.insert(email, id).is_some()) {
                return Err(format!("accounts.{id}.email: another account has it"));
            }
            let Some(membership) = &account.membership else {
                continue;
            };
            let organization = self.organizations.get(&membership.organization);
            if !organization.is_some_and(|organization| organization.has_parent(&membership.parent)) {
                return Err(format!("accounts.{id}.membership: this place doesn't exist"));
            }
        }
        for (id, organization) in &self.organizations {
            if self.organization_of(&organization.management_account) != Some(id) {
                return Err(format!("organizations.{id}.managementAccount: it is no member"));
            }
            for (unit_id, unit) in &organization.units {
                // A lineage that doesn't start at the root has a gap or a circle.
                if !organization.has_parent(&unit.parent)
                    || organization.lineage(unit_id).first() != Some(&organization.root.as_str())
                {
                    return Err(format!("organizations.{id}.units.{unit_id}.parent: it isn't below the root"));
                }
            }
            let target = organization.transfer.as_ref().map(|transfer| &transfer.target);
            if target.is_some_and(|target| !self.organizations.contains_key(target)) {
                return Err(format!("organizations.{id}.transfer.target: this organization doesn't exist"));
            }
        }
        for (id, creation) in &self.creations {
            if !self.organizations.contains_key(&creation.organization) {
                return Err(format!("creations.{id}.organization: this organization doesn't exist"));
            }
        }
        for (id, handshake) in &self.handshakes {
            if !self.organizations.contains_key(&handshake.organization) {
                return Err(format!("handshakes.{id}.organization: this organization doesn't exist"));
            }
            let whole = match handshake.action {
                Action::EnableAllFeatures => handshake.recipient.is_none(),
                Action::ApproveAllFeatures => {
                    handshake.recipient.is_some()
                        && handshake.parent.as_ref().is_some_and(|parent| self.handshakes.contains_key(parent))
                }
                Action::TransferResponsibility => handshake.recipient.is_some() && handshake.transfer.is_some(),
                Action::Invite | Action::AddServiceLinkedRole => handshake.recipient.is_some(),
            };
            if !whole {
                return Err(format!("handshakes.{id}: its recipient, parent or transfer doesn't fit its action"));
            }
        }
        Ok(())
    }
}

fn section<T>(text: &mut String, name: &str, map: &BTreeMap<String, T>, write: impl Fn(&T) -> Value) {
    *text += &format!(",\n\"{name}\":{{");
    for (number, (id, entry)) in map.iter().enumerate() {
        let comma = if number > 0 { "," } else { "" };
        *text += &format!("{comma}\n{}:{}", Value::from(id.as_str()), write(entry));
    }
    *text += "\n}";
}

fn object<T>(map: &BTreeMap<String, T>, write: impl Fn(&T) -> Value) -> Value {
    map.iter().map(|(key, value)| (key.clone(), write(value))).collect::<Map<_, _>>().into()
}

fn organization(organization: &Organization) -> Value {
    json!({
        "managementAccount": organization.management_account,
        "featureSet": organization.feature_set.as_str(),
        "root": organization.root,
        "rootTags": organization.root_tags,
        "serviceControlPolicies": organization.service_control_policies,
        "accountQuota": organization.account_quota,
        "transferQuota": organization.transfer_quota,
        "units": object(&organization.units, |unit: &Unit| {
            json!({ "name": unit.name, "parent": unit.parent, "tags": unit.tags })
        }),
        "transfer": organization.transfer.as_ref().map(transfer),
    })
}

fn account(account: &Account) -> Value {
    let membership = account.membership.as_ref().map(|membership| {
        json!({
            "organization": membership.organization,
            "parent": membership.parent,
            "method": membership.method.as_str(),
            "joined": membership.joined.to_string(),
            "tags": membership.tags,
        })
    });
    let mut written = json!({ "email": account.email, "name": account.name, "membership": membership });
    // Most accounts have none, and earlier versions don't know it.
    if let Some(reason) = account.hindrance {
        written["hindrance"] = reason.as_str().into();
    }
    written
}

fn handshake(handshake: &Handshake) -> Value {
    let recipient = handshake.recipient.as_ref().map(|recipient| {
        let (kind, id) = recipient.parts();
        json!({ "type": kind, "id": id })
    });
    let (state, since) = handshake.progress;
    json!({
        "action": handshake.action.as_str(),
        "organization": handshake.organization,
        "originator": handshake.originator,
        "recipient": recipient,
        "resources": handshake.resources.iter().map(resource).collect::<Vec<_>>(),
        "tags": handshake.tags,
        "parent": handshake.parent,
        "transfer": handshake.transfer.as_ref().map(transfer),
        "requested": handshake.requested.to_string(),
        "expires": handshake.expires.to_string(),
        "state": state.as_str(),
        "since": since.to_string(),
    })
}

fn resource(of: &Resource) -> Value {
    let resources: Vec<_> = of.resources.iter().map(resource).collect();
    json!({ "type": of.kind.as_str(), "value": of.value, "resources": resources })
}

fn transfer(transfer: &Transfer) -> Value {
    json!({
        "id": transfer.id,
        "name": transfer.name,
        "target": transfer.target,
        "start": transfer.start.to_string(),
        "tags": transfer.tags,
    })
}

fn session(session: &RoleSession) -> Value {
    json!({
        "account": session.account,
        "partition": session.partition,
        "role": session.role,
        "name": session.name,
        "secret": session.secret,
        "token": session.token,
        "expires": session.expires.to_string(),
    })
}

fn creation(creation: &Creation) -> Value {
    json!({
        "organization": creation.organization,
        "name": creation.name,
        "email": creation.email,
        "tags": creation.tags,
        "requested": creation.requested.to_string(),
        "completed": creation.completed.to_string(),
        "account": creation.outcome.as_ref().ok(),
        "failure": creation.outcome.as_ref().err().map(|reason| reason.as_str()),
        "made": creation.made,
    })
}

fn read_organization(element: Element) -> Result<Organization, String> {
    let mut members = element.members()?;
    let management_account = members.take("managementAccount")?.id(is_account_id)?;
    let feature_set = members.take("featureSet")?.name(FeatureSet::from_name)?;
    let root = members.take("root")?.id(is_root_id)?;
    let mut organization = Organization::new(&management_account, feature_set, &root);
    if let Some(tags) = members.take_newer("rootTags") {
        organization.root_tags = tags.tags()?;
    }
    if let Some(enabled) = members.take_newer("serviceControlPolicies") {
        organization.service_control_policies = enabled.flag()?;
    }
    organization.account_quota = members.take("accountQuota")?.number()?;
    organization.transfer_quota = members.take("transferQuota")?.number()?;
    for (id, unit) in members.take("units")?.entries(is_unit_id)? {
        let mut members = unit.members()?;
        let name = members.take("name")?.text()?;
        let parent = members.take("parent")?.text()?;
        let tags = members.take("tags")?.tags()?;
        members.end()?;
        organization.units.insert(id.to_owned(), Unit { name, parent, tags });
    }
    organization.transfer = members.take("transfer")?.optional().map(read_transfer).transpose()?;
    members.end()?;
    Ok(organization)
}

fn read_account(element: Element) -> Result<Account, String> {
    let mut members = element.members()?;
    let mut account = Account {
        email: members.take("email")?.optional().map(|email| email.text()).transpose()?,
        name: members.take("name")?.optional().map(|name| name.text()).transpose()?,
        hindrance: members
            .take_newer("hindrance")
            .map(|reason| reason.name(HandshakeConstraint::from_name))
            .transpose()?,
        ..Account::default()
    };
    if let Some(membership) = members.take("membership")?.optional() {
        let mut members = membership.members()?;
        account.membership = Some(Membership {
            organization: members.take("organization")?.id(is_organization_id)?,
            parent: members.take("parent")?.text()?,
            method: members.take("method")?.name(JoinedMethod::from_name)?,
            joined: members.take("joined")?.instant()?,
            tags: members.take("tags")?.tags()?,
        });
        members.end()?;
    }
    members.end()?;
    Ok(account)
}

fn read_handshake(id: &str, element: Element) -> Result<Handshake, String> {
    let mut members = element.members()?;
    let handshake = Handshake {
        id: id.to_owned(),
        action: members.take("action")?.name(Action::from_name)?,
        organization: members.take("organization")?.id(is_organization_id)?,
        originator: members.take("originator")?.id(is_account_id)?,
        recipient: members.take("recipient")?.optional().map(read_recipient).transpose()?,
        resources: members.take("resources")?.list()?.into_iter().map(read_resource).collect::<Result<_, _>>()?,
        tags: members.take("tags")?.tags()?,
        parent: members.take("parent")?.optional().map(|parent| parent.id(is_handshake_id)).transpose()?,
        transfer: members.take("transfer")?.optional().map(read_transfer).transpose()?,
        requested: members.take("requested")?.instant()?,
        expires: members.take("expires")?.instant()?,
        progress: (members.take("state")?.name(HandshakeState::from_name)?, members.take("since")?.instant()?),
    };
    members.end()?;
    Ok(handshake)
}

fn read_recipient(element: Element) -> Result<Recipient, String> {
    let mut members = element.members()?;
    let kind = members.take("type")?;
    let id = members.take("id")?;
    members.end()?;
    match kind.text()?.as_str() {
        "ACCOUNT" => Ok(Recipient::Account(id.id(is_account_id)?)),
        "EMAIL" => Ok(Recipient::Email(id.text()?)),
        _ => kind.wrong("unknown value"),
    }
}

fn read_resource(element: Element) -> Result<Resource, String> {
    let mut members = element.members()?;
    let mut resource =
        Resource::new(members.take("type")?.name(ResourceType::from_name)?, members.take("value")?.text()?);
    // The recursion is bounded, because the JSON parser bounds the depth of the document.
    let nested = members.take("resources")?.list()?;
    resource.resources = nested.into_iter().map(read_resource).collect::<Result<_, _>>()?;
    members.end()?;
    Ok(resource)
}

fn read_transfer(element: Element) -> Result<Transfer, String> {
    let mut members = element.members()?;
    let transfer = Transfer {
        id: members.take("id")?.text()?,
        name: members.take("name")?.text()?,
        target: members.take("target")?.id(is_organization_id)?,
        start: members.take("start")?.instant()?,
        tags: members.take("tags")?.tags()?,
    };
    members.end()?;
    Ok(transfer)
}

fn read_session(element: Element) -> Result<RoleSession, String> {
    let mut members = element.members()?;
    let session = RoleSession {
        account: members.take("account")?.id(is_account_id)?,
        partition: match members.take_newer("partition") {
            Some(partition) => partition.text()?,
            None => DEFAULT_PARTITION.to_owned(),
        },
        role: members.take("role")?.text()?,
        name: members.take("name")?.text()?,
        secret: members.take("secret")?.text()?,
        token: members.take("token")?.text()?,
        expires: members.take("expires")?.instant()?,
    };
    members.end()?;
    Ok(session)
}

fn read_creation(element: Element) -> Result<Creation, String> {
    let mut members = element.members()?;
    let account = members.take("account")?.optional();
    let failure = members.take("failure")?;
    let creation = Creation {
        organization: members.take("organization")?.id(is_organization_id)?,
        name: members.take("name")?.text()?,
        email: members.take("email")?.text()?,
        tags: members.take("tags")?.tags()?,
        requested: members.take("requested")?.instant()?,
        completed: members.take("completed")?.instant()?,
        outcome: match account {
            Some(account) => Ok(account.id(is_account_id)?),
            None => Err(failure.name(FailureReason::from_name)?),
        },
        made: members.take("made")?.flag()?,
    };
    members.end()?;
    Ok(creation)
}
