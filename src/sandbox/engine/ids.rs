//! The forms of ids (API reference, the patterns of their members).

pub use crate::model::{is_account_id, is_organization_id};

use crate::model::is_plain;

/// `^r-[0-9a-z]{4,32}$`
pub(in crate::sandbox) fn is_root_id(text: &str) -> bool {
    text.strip_prefix("r-").is_some_and(|rest| is_plain(rest, 4, 32))
}

/// `^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$`
pub(in crate::sandbox) fn is_unit_id(text: &str) -> bool {
    let parts = text.strip_prefix("ou-").and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(root, unit)| is_plain(root, 4, 32) && is_plain(unit, 8, 32))
}

/// `^car-[a-z0-9]{8,32}$`
pub(in crate::sandbox) fn is_creation_id(text: &str) -> bool {
    text.strip_prefix("car-").is_some_and(|rest| is_plain(rest, 8, 32))
}
