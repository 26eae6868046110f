//! Organizational units: creating, renaming and deleting them, and moving accounts between them.

use super::organization::{Organization, Tags, UNIT_QUOTA, Unit};
use super::refusal::{Constraint, Refusal};
use super::state::State;

/// How deep organizational units can be nested below the root (user guide, Quotas).
pub const UNIT_DEPTH: usize = 5;

impl State {
    /// CreateOrganizationalUnit. Returns the id of the unit.
    pub fn create_unit(&mut self, caller: &str, parent: &str, name: &str, tags: Tags) -> Result<String, Refusal> {
        let (organization, found) = self.managed(caller)?;
        let organization = organization.to_owned();
        if !found.has_parent(parent) {
            return Err(Refusal::ParentNotFound);
        }
        if found.units_of(parent, None).any(|(_, unit)| unit.name == name) {
            return Err(Refusal::DuplicateUnit);
        }
        // The lineage counts the root, and the new unit is one level deeper.
        if found.lineage(parent).len() > UNIT_DEPTH {
            return Err(Refusal::Constraint(Constraint::UnitDepth));
        }
        if found.units.len() >= UNIT_QUOTA {
            return Err(Refusal::Constraint(Constraint::UnitNumber));
        }
        let root = found.root.trim_start_matches("r-").to_owned();
        let number = self.next_number();
        let id = format!("ou-{root}-example{number:08}");
        let unit = Unit { name: name.to_owned(), parent: parent.to_owned(), tags };
        let units = self.organizations.get_mut(&organization).map(|organization| &mut organization.units);
        units.ok_or(Refusal::NotInUse)?.insert(id.clone(), unit);
        Ok(id)
    }

    /// Returns an organizational unit, and the organization that the caller manages and that has it.
    pub(in crate::sandbox) fn managed_unit(
        &self,
        caller: &str,
        unit: &str,
    ) -> Result<(&str, &Organization, &Unit), Refusal> {
        let (id, organization) = self.managed(caller)?;
        Ok((id, organization, organization.units.get(unit).ok_or(Refusal::UnitNotFound)?))
    }

    /// UpdateOrganizationalUnit.
    pub fn rename_unit(&mut self, caller: &str, id: &str, name: &str) -> Result<(), Refusal> {
        let (organization, found, unit) = self.managed_unit(caller, id)?;
        let organization = organization.to_owned();
        if found.units_of(&unit.parent, None).any(|(other, sibling)| other != id && sibling.name == name) {
            return Err(Refusal::DuplicateUnit);
        }
        let units = self.organizations.get_mut(&organization).map(|organization| &mut organization.units);
        let unit = units.and_then(|units| units.get_mut(id)).ok_or(Refusal::UnitNotFound)?;
        unit.name = name.to_owned();
        Ok(())
    }

    /// DeleteOrganizationalUnit.
    pub fn delete_unit(&mut self, caller: &str, id: &str) -> Result<(), Refusal> {
        let (organization, found, _) = self.managed_unit(caller, id)?;
        let organization = organization.to_owned();
        if found.units_of(id, None).next().is_some() || self.accounts_of(&organization, id, None).next().is_some() {
            return Err(Refusal::UnitNotEmpty);
        }
        if let Some(organization) = self.organizations.get_mut(&organization) {
            organization.units.remove(id);
        }
        Ok(())
    }

    /// MoveAccount.
    pub fn move_account(
        &mut self,
        caller: &str,
        account: &str,
        source: &str,
        destination: &str,
    ) -> Result<(), Refusal> {
        let (organization, found) = self.managed(caller)?;
        let membership = self.member(organization, account).ok_or(Refusal::AccountNotFound)?;
        if !found.has_parent(source) {
            return Err(Refusal::SourceParentNotFound);
        }
        if !found.has_parent(destination) {
            return Err(Refusal::DestinationParentNotFound);
        }
        if membership.parent == destination {
            return Err(Refusal::DuplicateAccount);
        }
        if membership.parent != source {
            return Err(Refusal::SourceParentNotFound);
        }
        let moved = self.accounts.get_mut(account).and_then(|account| account.membership.as_mut());
        moved.ok_or(Refusal::AccountNotFound)?.parent = destination.to_owned();
        Ok(())
    }
}
