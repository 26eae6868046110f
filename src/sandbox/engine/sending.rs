//! Records handshakes that an organization sends. The rules are checked elsewhere.

use std::iter;

use jiff::Timestamp;

use super::handshake::{Action, Handshake, HandshakeState, Recipient, Resource, ResourceType};
use super::organization::{Tags, Transfer};
use super::state::State;
use super::time::{days, later};

impl State {
    /// Records a handshake that an organization sends, in the state OPEN.
    ///
    /// Returns `None` if the organization doesn't exist.
    pub(in crate::sandbox) fn send(
        &mut self,
        id: &str,
        action: Action,
        organization: &str,
        recipient: Option<Recipient>,
        requested: Timestamp,
    ) -> Option<&mut Handshake> {
        let sender = self.organizations.get(organization)?;
        let management = &sender.management_account;
        let (email, name) = (self.email(management), self.name(management));
        let mut from = Resource::new(ResourceType::Organization, organization);
        from.resources = match action {
            // The documented sample has no details of the organization.
            Action::EnableAllFeatures => Vec::new(),
            Action::TransferResponsibility => vec![
                Resource::new(ResourceType::ManagementAccount, management),
                Resource::new(ResourceType::ManagementEmail, email),
                Resource::new(ResourceType::ManagementName, name),
            ],
            Action::Invite | Action::ApproveAllFeatures | Action::AddServiceLinkedRole => vec![
                Resource::new(ResourceType::MasterEmail, email),
                Resource::new(ResourceType::MasterName, name),
                Resource::new(ResourceType::OrganizationFeatureSet, sender.feature_set.as_str()),
            ],
        };
        let handshake = Handshake {
            id: id.to_owned(),
            action,
            organization: organization.to_owned(),
            originator: management.clone(),
            resources: iter::once(from).chain(recipient.as_ref().map(Recipient::resource)).collect(),
            recipient,
            tags: Tags::new(),
            parent: None,
            transfer: None,
            requested,
            expires: later(requested, action.lifetime()),
            progress: (HandshakeState::Open, requested),
        };
        self.insert_handshake(handshake);
        self.handshakes.get_mut(id)
    }

    /// Records an invitation to an organization.
    pub fn invite(
        &mut self,
        id: &str,
        organization: &str,
        recipient: Recipient,
        notes: Option<&str>,
        requested: Timestamp,
    ) -> Option<&mut Handshake> {
        let handshake = self.send(id, Action::Invite, organization, Some(recipient), requested)?;
        handshake.resources.extend(notes.map(|notes| Resource::new(ResourceType::Notes, notes)));
        Some(handshake)
    }

    /// Records an APPROVE_ALL_FEATURES handshake, which belongs to an ENABLE_ALL_FEATURES handshake and expires with
    /// it.
    pub(in crate::sandbox) fn ask_to_approve(
        &mut self,
        id: &str,
        parent: &str,
        account: &str,
        requested: Timestamp,
    ) -> Option<&mut Handshake> {
        let Handshake { organization, expires, .. } = self.handshakes.get(parent)?;
        let (organization, expires) = (organization.clone(), *expires);
        let recipient = Some(Recipient::Account(account.to_owned()));
        let child = self.send(id, Action::ApproveAllFeatures, &organization, recipient, requested)?;
        child.resources.push(Resource::new(ResourceType::ParentHandshake, parent));
        child.parent = Some(parent.to_owned());
        child.expires = expires;
        self.index.children.entry(parent.to_owned()).or_default().insert((requested, id.to_owned()));
        self.handshakes.get_mut(id)
    }

    /// Records a TRANSFER_RESPONSIBILITY handshake.
    pub(in crate::sandbox) fn offer_transfer(
        &mut self,
        id: &str,
        recipient: Recipient,
        transfer: Transfer,
        notes: Option<&str>,
        requested: Timestamp,
    ) -> Option<&mut Handshake> {
        let organization = transfer.target.clone();
        let handshake = self.send(id, Action::TransferResponsibility, &organization, Some(recipient), requested)?;
        handshake.resources.extend([
            Resource::new(ResourceType::ResponsibilityTransfer, &transfer.id),
            Resource::new(ResourceType::TransferType, "BILLING"),
            Resource::new(ResourceType::TransferStartTimestamp, transfer.start.to_string()),
        ]);
        handshake.resources.extend(notes.map(|notes| Resource::new(ResourceType::Notes, notes)));
        // It must be accepted a day before the start (billing guide, Sending invitations).
        handshake.expires = handshake.expires.min(later(transfer.start, -days(1)));
        handshake.transfer = Some(transfer);
        // A transfer that isn't accepted yet is REQUESTED (API reference, Handshake and ResponsibilityTransfer).
        handshake.progress = (HandshakeState::Requested, requested);
        Some(handshake)
    }

    /// Deletes the handshakes that an organization sent.
    pub(super) fn forget_sent(&mut self, organization: &str) {
        for (_, id) in self.index.sent.remove(organization).unwrap_or_default() {
            if let Some(handshake) = self.handshakes.remove(&id) {
                self.index.remove_received(&handshake);
            }
        }
    }

    /// Returns an unused handshake id. Its prefix sets it apart from the ids of the real service.
    pub(super) fn new_handshake_id(&mut self) -> String {
        loop {
            let id = format!("h-example{:08}", self.next_number());
            if !self.handshakes.contains_key(&id) {
                return id;
            }
        }
    }
}
