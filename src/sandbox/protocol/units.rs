//! The operations on organizational units, and on the tree of units and accounts.

use std::iter;

use serde_json::{Value, json};

use super::call::Call;
use super::exceptions::Exception;
use super::input::{ACCOUNT_ID, CHILD_ID, NAME, PARENT_ID, UNIT_ID};
use super::output;
use crate::sandbox::engine::refusal::{InvalidInput, Refusal};

/// The type of a child (API reference, Child).
#[derive(Clone, Copy)]
enum ChildType {
    Account,
    Unit,
}

impl ChildType {
    fn from_name(name: &str) -> Option<ChildType> {
        match name {
            "ACCOUNT" => Some(ChildType::Account),
            "ORGANIZATIONAL_UNIT" => Some(ChildType::Unit),
            _ => None,
        }
    }
}

pub(super) fn list_parents(call: &mut Call<'_>) -> Result<Value, Exception> {
    let child = call.input.text("ChildId", "ChildId", &CHILD_ID)?;
    let page = call.page(child)?;
    let (id, found) = call.state.managed(call.account)?;
    let parent = match found.units.get(child) {
        Some(unit) => &unit.parent,
        None => &call.state.member(id, child).ok_or(Refusal::ChildNotFound)?.parent,
    };
    let kind = if *parent == found.root { "ROOT" } else { "ORGANIZATIONAL_UNIT" };
    Ok(page.cut("Parents", iter::once((parent.as_str(), json!({ "Id": parent, "Type": kind })))))
}

pub(super) fn list_children(call: &mut Call<'_>) -> Result<Value, Exception> {
    let parent = call.input.text("ParentId", "ParentId", &PARENT_ID)?;
    let kind = call.input.named("ChildType", ChildType::from_name)?;
    let kind = kind.ok_or_else(|| Exception::input(InvalidInput::Required, "ChildType"))?;
    let page = call.page(&format!("{parent} {}", matches!(kind, ChildType::Unit)))?;
    let (id, found) = call.state.managed(call.account)?;
    if !found.has_parent(parent) {
        return Err(Refusal::ParentNotFound.into());
    }
    let after = page.after.as_deref();
    let (ids, name): (Box<dyn Iterator<Item = &str>>, _) = match kind {
        ChildType::Account => (Box::new(call.state.accounts_of(id, parent, after)), "ACCOUNT"),
        ChildType::Unit => (Box::new(found.units_of(parent, after).map(|(id, _)| id.as_str())), "ORGANIZATIONAL_UNIT"),
    };
    Ok(page.cut("Children", ids.map(|id| (id, json!({ "Id": id, "Type": name })))))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Exception> {
    let parent = call.input.text("ParentId", "ParentId", &PARENT_ID)?;
    let page = call.page(parent)?;
    let (id, found) = call.state.managed(call.account)?;
    if !found.has_parent(parent) {
        return Err(Refusal::ParentNotFound.into());
    }
    let units = found.units_of(parent, page.after.as_deref());
    let units = units.map(|(unit_id, unit)| (unit_id.as_str(), output::unit(id, found, unit_id, unit)));
    Ok(page.cut("OrganizationalUnits", units))
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Value, Exception> {
    let parent = call.input.text("ParentId", "ParentId", &PARENT_ID)?;
    let name = call.input.text("Name", "Name", &NAME)?;
    let tags = call.input.tags()?;
    let id = call.state.create_unit(call.account, parent, name, tags)?;
    shown(call, &id)
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Exception> {
    let id = call.input.text("OrganizationalUnitId", "OrganizationalUnitId", &UNIT_ID)?;
    shown(call, id)
}

pub(super) fn rename(call: &mut Call<'_>) -> Result<Value, Exception> {
    let id = call.input.text("OrganizationalUnitId", "OrganizationalUnitId", &UNIT_ID)?;
    // The name is optional in the model. Without it, nothing changes.
    if let Some(name) = call.input.optional("Name", "Name", &NAME)? {
        call.state.rename_unit(call.account, id, name)?;
    }
    shown(call, id)
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Value, Exception> {
    let id = call.input.text("OrganizationalUnitId", "OrganizationalUnitId", &UNIT_ID)?;
    call.state.delete_unit(call.account, id)?;
    Ok(json!({}))
}

fn shown(call: &Call<'_>, unit_id: &str) -> Result<Value, Exception> {
    let (id, organization, unit) = call.state.managed_unit(call.account, unit_id)?;
    Ok(json!({ "OrganizationalUnit": output::unit(id, organization, unit_id, unit) }))
}

pub(super) fn move_account(call: &mut Call<'_>) -> Result<Value, Exception> {
    let moved = call.input.text("AccountId", "AccountId", &ACCOUNT_ID)?;
    let source = call.input.text("SourceParentId", "SourceParentId", &PARENT_ID)?;
    let destination = call.input.text("DestinationParentId", "DestinationParentId", &PARENT_ID)?;
    call.state.move_account(call.account, moved, source, destination)?;
    Ok(json!({}))
}
