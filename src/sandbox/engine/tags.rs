//! Tags of accounts, roots and organizational units.

use super::organization::Tags;
use super::refusal::{Constraint, Refusal};
use super::state::State;

/// The most tags on one resource (user guide, Quotas).
pub const TAG_QUOTA: usize = 50;

impl State {
    /// ListTagsForResource.
    pub fn tags_of(&self, caller: &str, resource: &str) -> Result<&Tags, Refusal> {
        let (id, organization) = self.managed(caller)?;
        if resource == organization.root {
            return Ok(&organization.root_tags);
        }
        let unit = organization.units.get(resource).map(|unit| &unit.tags);
        let account = self.member(id, resource).map(|membership| &membership.tags);
        unit.or(account).ok_or(Refusal::TargetNotFound)
    }

    /// TagResource. A key that the resource has already gets the new value.
    pub fn tag(&mut self, caller: &str, resource: &str, tags: Tags) -> Result<(), Refusal> {
        let found = self.tags_of(caller, resource)?;
        let new = tags.keys().filter(|key| !found.contains_key(*key)).count();
        if found.len().saturating_add(new) > TAG_QUOTA {
            return Err(Refusal::Constraint(Constraint::Tags));
        }
        self.tags_of_mut(caller, resource)?.extend(tags);
        Ok(())
    }

    /// UntagResource. Keys that the resource doesn't have are ignored.
    pub fn untag(&mut self, caller: &str, resource: &str, keys: &[&str]) -> Result<(), Refusal> {
        self.tags_of(caller, resource)?;
        self.tags_of_mut(caller, resource)?.retain(|key, _| !keys.contains(&key.as_str()));
        Ok(())
    }

    /// Returns the tags of a resource that [`State::tags_of`] has found.
    fn tags_of_mut(&mut self, caller: &str, resource: &str) -> Result<&mut Tags, Refusal> {
        let id = self.managed_by(caller)?.to_owned();
        let organization = self.organizations.get_mut(&id).ok_or(Refusal::TargetNotFound)?;
        if resource == organization.root {
            return Ok(&mut organization.root_tags);
        }
        if let Some(unit) = organization.units.get_mut(resource) {
            return Ok(&mut unit.tags);
        }
        let membership = self.accounts.get_mut(resource).and_then(|account| account.membership.as_mut());
        membership.map(|membership| &mut membership.tags).ok_or(Refusal::TargetNotFound)
    }
}
