//! An AWS Organizations service inside the program. It needs no account, no network and no credentials.
//!
//! It follows the documentation of the service (API version 2016-11-28), not another emulator: handshakes of every
//! kind, the organizations and accounts around them, and the parts of AWS STS that scripts around handshakes use.
//!
//! ```text
//! client::sandbox (the SDK's HTTP client) ---------> keep::host -> keep::sandbox -> protocol -> engine
//! serve::server (HTTP) -> serve::signature ----------^
//! ```
//!
//! Each folder may use those before it:
//!
//! - [`engine`]: organizations, accounts, handshakes, and their rules. It is pure: no I/O, and the time is an argument.
//! - [`protocol`]: requests and responses as they are sent: AWS JSON 1.1 for Organizations, the query protocol for STS.
//! - [`keep`]: what a sandbox starts with, and what it keeps between calls: the preloaded world, the clock, the state
//!   file, the planned faults.
//! - [`serve`]: the sandbox as an HTTP server for any AWS client.

pub mod engine;
pub mod keep;
pub mod protocol;
pub mod sample;
pub mod serve;
pub mod variables;
