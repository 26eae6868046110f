//! Which service is asked: AWS, what an endpoint URL names, or the sandbox in this process.

use jiff::Timestamp;

use super::sandbox::Connector;
use crate::command::Globals;
use crate::error::Failure;
use crate::sandbox::keep::host::Host;
use crate::sandbox::keep::store::StoreError;
use crate::settings::Sandbox;

/// Where the requests go.
#[derive(Debug)]
pub enum Service {
    /// AWS, or what an endpoint URL names.
    Aws,
    /// The service in this process.
    Sandbox(Connector),
}

/// The service that is asked, and what time it is there.
pub fn service(globals: &Globals) -> Result<(Service, Timestamp), Failure> {
    if !globals.sandbox {
        return Ok((Service::Aws, Timestamp::now()));
    }
    let host = host(globals)?;
    let now = host.now();
    Ok((Service::Sandbox(host.into()), now))
}

/// The sandbox that the options and the environment ask for.
pub fn host(globals: &Globals) -> Result<Host, Failure> {
    Host::open(Sandbox::resolve(&globals.sandbox_options)?).map_err(unusable)
}

/// The failure of a state file that can't be used.
fn unusable(error: StoreError) -> Failure {
    let text = error.to_string();
    let failure = if error.is_usage() { Failure::input(text) } else { Failure::other(text) };
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
