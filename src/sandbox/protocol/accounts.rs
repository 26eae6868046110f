//! The operations on accounts: listing, creating and removing them.

use std::ops::Bound;

use serde_json::{Value, json};

use super::call::Call;
use super::exceptions::Exception;
use super::input::{ACCOUNT_ID, ACCOUNT_NAME, ANY, CREATION_ID, EMAIL, PARENT_ID, ROLE_NAME};
use super::output;
use crate::sandbox::engine::creation::CreationState;
use crate::sandbox::engine::refusal::{InvalidInput, Refusal};

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Exception> {
    let page = call.page("")?;
    let (id, found) = call.state.managed(call.account)?;
    let accounts = call.state.members_after(id, page.after.as_deref());
    Ok(page.cut("Accounts", accounts.map(|account| (account, output::account(call.state, id, found, account)))))
}

pub(super) fn list_for_parent(call: &mut Call<'_>) -> Result<Value, Exception> {
    let parent = call.input.text("ParentId", "ParentId", &PARENT_ID)?;
    let page = call.page(parent)?;
    let (id, found) = call.state.managed(call.account)?;
    if !found.has_parent(parent) {
        return Err(Refusal::ParentNotFound.into());
    }
    let accounts = call.state.accounts_of(id, parent, page.after.as_deref());
    Ok(page.cut("Accounts", accounts.map(|account| (account, output::account(call.state, id, found, account)))))
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Exception> {
    let wanted = call.input.text("AccountId", "AccountId", &ACCOUNT_ID)?;
    let (id, found) = call.state.managed(call.account)?;
    call.state.member(id, wanted).ok_or(Refusal::AccountNotFound)?;
    Ok(json!({ "Account": output::account(call.state, id, found, wanted) }))
}

pub(super) fn leave(call: &mut Call<'_>) -> Result<Value, Exception> {
    call.state.leave(call.account, call.now)?;
    Ok(json!({}))
}

pub(super) fn remove(call: &mut Call<'_>) -> Result<Value, Exception> {
    let removed = call.input.text("AccountId", "AccountId", &ACCOUNT_ID)?;
    call.state.remove(call.account, removed, call.now)?;
    Ok(json!({}))
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Value, Exception> {
    let input = &call.input;
    let email = input.text("Email", "Email", &EMAIL)?;
    let name = input.text("AccountName", "AccountName", &ACCOUNT_NAME)?;
    // Every role of an account can be assumed, whatever its name.
    let role = input.optional("RoleName", "RoleName", &ROLE_NAME)?;
    if role.is_some_and(|role| role.starts_with("AWSServiceRoleFor")) {
        return Err(Exception::input(InvalidInput::RoleName, "RoleName"));
    }
    input.named("IamUserAccessToBilling", |access| ["ALLOW", "DENY"].contains(&access).then_some(()))?;
    let tags = input.tags()?;
    let id = call.state.create_account(call.account, email, name, tags, call.now)?;
    creation(call, &id)
}

pub(super) fn describe_creation(call: &mut Call<'_>) -> Result<Value, Exception> {
    let id = call.input.text("CreateAccountRequestId", "CreateAccountRequestId", &CREATION_ID)?;
    creation(call, id)
}

fn creation(call: &Call<'_>, id: &str) -> Result<Value, Exception> {
    let found = call.state.creation(call.account, id)?;
    Ok(json!({ "CreateAccountStatus": output::creation(id, found, call.now) }))
}

pub(super) fn list_creations(call: &mut Call<'_>) -> Result<Value, Exception> {
    let wanted = call.input.texts("States", &ANY)?;
    let states: Option<Vec<_>> = match wanted {
        None => Some(CreationState::ALL.to_vec()),
        Some(names) => names.into_iter().map(CreationState::from_name).collect(),
    };
    let states = states.ok_or_else(|| Exception::input(InvalidInput::Enum, "States"))?;
    let page = call.page(&format!("{states:?}"))?;
    let organization = call.state.managed_by(call.account)?;
    let begin = page.after.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
    let all = call.state.creations.range::<str, _>((begin, Bound::Unbounded));
    let fitting =
        all.filter(|(_, creation)| creation.organization == organization && states.contains(&creation.state(call.now)));
    let rendered = fitting.map(|(id, creation)| (id.as_str(), output::creation(id, creation, call.now)));
    Ok(page.cut("CreateAccountStatuses", rendered))
}
