//! The parts of a sandbox that last from call to call: its world, its clock, its state file, its faults.

pub mod clock;
pub mod faults;
pub mod host;
pub mod json;
mod kept;
pub mod merger;
pub mod preloaded;
mod reader;
pub mod request;
pub mod sandbox;
pub mod setup;
mod show;
pub mod store;
mod throttle;
pub mod worlds;
