//! The operations on tags.

use std::ops::Bound;

use serde_json::{Value, json};

use super::call::Call;
use super::exceptions::Exception;
use super::input::RESOURCE_ID;

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Exception> {
    let resource = call.input.text("ResourceId", "ResourceId", &RESOURCE_ID)?;
    let page = call.page(resource)?;
    let tags = call.state.tags_of(call.account, resource)?;
    let begin = page.after.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
    let tags = tags.range::<str, _>((begin, Bound::Unbounded));
    Ok(page.cut("Tags", tags.map(|(key, value)| (key.as_str(), json!({ "Key": key, "Value": value })))))
}

pub(super) fn tag(call: &mut Call<'_>) -> Result<Value, Exception> {
    let resource = call.input.text("ResourceId", "ResourceId", &RESOURCE_ID)?;
    let tags = call.input.required_tags()?;
    call.state.tag(call.account, resource, tags)?;
    Ok(json!({}))
}

pub(super) fn untag(call: &mut Call<'_>) -> Result<Value, Exception> {
    let resource = call.input.text("ResourceId", "ResourceId", &RESOURCE_ID)?;
    let keys = call.input.tag_keys()?;
    call.state.untag(call.account, resource, &keys)?;
    Ok(json!({}))
}
