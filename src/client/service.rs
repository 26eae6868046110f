//! The service that is called: AWS, the one at an endpoint URL, or the sandbox in this process.

use jiff::Timestamp;

use super::sandbox::Connector;
use crate::command::Globals;
use crate::error::Failure;
use crate::sandbox::keep::host::Host;
use crate::sandbox::keep::store::StoreError;
use crate::settings::Sandbox;

/// The destination of requests.
#[derive(Clone, Debug)]
pub enum Service {
    /// AWS, or the service at an endpoint URL.
    Aws,
    /// The sandbox in this process.
    Sandbox(Connector),
}

/// Returns the service that is called, and its time.
pub fn service(globals: &Globals) -> Result<(Service, Timestamp), Failure> {
    if !globals.sandbox {
        return Ok((Service::Aws, Timestamp::now()));
    }
    let host = host(globals)?;
    let now = host.now();
    Ok((Service::Sandbox(host.into()), now))
}

/// Opens the sandbox that the options and the environment describe.
pub fn host(globals: &Globals) -> Result<Host, Failure> {
    Host::open(Sandbox::resolve(&globals.sandbox_options)?).map_err(unusable)
}

/// Returns the failure for an unusable state file.
fn unusable(error: StoreError) -> Failure {
    let text = error.to_string();
    let failure = if error.is_usage() { Failure::input(text) } else { Failure::other(text) };
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
