//! Handshakes that an organization sends, recorded without asking whether the rules allow them.

use std::iter;

use jiff::Timestamp;

use super::handshake::{Action, Handshake, HandshakeState, Recipient, Resource, ResourceType};
use super::organization::{Tags, Transfer};
use super::state::State;
use super::time::{days, later};

impl State {
    /// Records a handshake that an organization sends. It is OPEN: only a reply moves it.
    ///
    /// `None` if there is no such organization.
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
            // The documented sample has nothing but the organization.
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

    /// Records an invitation to an organization, requested at a time, without asking if it may be.
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

    /// Records a handshake that belongs to an ENABLE_ALL_FEATURES one and ends with it.
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

    /// Records an invitation to have the bills of the recipient's organization taken over.
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
        // It has to be accepted a day before the start (billing guide, Sending invitations).
        handshake.expires = handshake.expires.min(later(transfer.start, -days(1)));
        handshake.transfer = Some(transfer);
        // A transfer that waits is REQUESTED (API reference, Handshake and ResponsibilityTransfer).
        handshake.progress = (HandshakeState::Requested, requested);
        Some(handshake)
    }

    /// A new handshake's id. It shows what it is: the service's own have no such beginning.
    pub(super) fn new_handshake_id(&mut self) -> String {
        loop {
            let id = format!("h-example{:08}", self.next_number());
            if !self.handshakes.contains_key(&id) {
                return id;
            }
        }
    }
}
