//! The operations on organizations and their roots.

use std::iter;

use serde_json::{Value, json};

use super::call::Call;
use super::exceptions::Exception;
use super::output;
use crate::sandbox::engine::organization::FeatureSet;

pub(super) fn create(call: &mut Call<'_>) -> Result<Value, Exception> {
    let features = call.input.named("FeatureSet", FeatureSet::from_name)?.unwrap_or(FeatureSet::All);
    let id = call.state.create_organization(call.account, features, call.now)?;
    let created = call.state.organization(&id).ok_or_else(Exception::service)?;
    Ok(json!({ "Organization": output::organization(call.state, &id, created) }))
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Exception> {
    let (id, found) = call.state.own(call.account)?;
    Ok(json!({ "Organization": output::organization(call.state, id, found) }))
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Value, Exception> {
    call.state.delete_organization(call.account, call.now)?;
    Ok(json!({}))
}

pub(super) fn list_roots(call: &mut Call<'_>) -> Result<Value, Exception> {
    let page = call.page("")?;
    let (id, found) = call.state.managed(call.account)?;
    let roots = iter::once((found.root.as_str(), output::root(id, found)));
    Ok(page.cut("Roots", roots))
}
