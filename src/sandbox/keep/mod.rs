//! What a sandbox starts with and what it keeps between calls.

pub mod clock;
pub mod faults;
pub mod host;
pub mod json;
pub mod preloaded;
pub mod sandbox;
pub mod store;
