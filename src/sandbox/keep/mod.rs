//! What a sandbox starts with and what it keeps between calls.

pub mod clock;
pub mod faults;
pub mod host;
pub mod json;
pub mod preloaded;
mod reader;
pub mod sandbox;
mod show;
pub mod store;
