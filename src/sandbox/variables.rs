//! The sandbox's own environment variables.

/// Sends every call to the sandbox.
pub const SANDBOX: &str = "ORGSHAKE_SANDBOX";
/// The path of the state file.
pub const STATE: &str = "ORGSHAKE_SANDBOX_STATE";
/// The world that a sandbox begins with.
pub const WORLD: &str = "ORGSHAKE_SANDBOX_WORLD";
/// The clock.
pub const CLOCK: &str = "ORGSHAKE_SANDBOX_CLOCK";
/// The planned faults.
pub const FAULT: &str = "ORGSHAKE_SANDBOX_FAULT";
/// The rates.
pub const THROTTLE: &str = "ORGSHAKE_SANDBOX_THROTTLE";
/// How much later responses come.
pub const LATENCY: &str = "ORGSHAKE_SANDBOX_LATENCY";
/// How much later the other party sees a change.
pub const PROPAGATION: &str = "ORGSHAKE_SANDBOX_PROPAGATION";
/// The URL of the sandbox's STS. It marks the environment that `serve` and `exec` make for other programs.
pub const STS: &str = "ORGSHAKE_SANDBOX_STS";
