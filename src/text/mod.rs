//! Pure functions on text.

pub mod counted;
pub mod escape;
pub mod fold;
pub mod json;
pub mod near;
pub mod number;
pub mod plain;
pub mod redact;
pub mod shorten;
