//! The options of a sandbox.

use std::path::PathBuf;
use std::time::Duration;

use super::clock::Clock;
use super::faults::Faults;
use super::worlds::World;

/// The options of a sandbox.
#[derive(Debug, Default)]
pub struct Setup {
    /// The clock.
    pub clock: Clock,
    /// The world; `None` for the one that the state file holds, or the documented one.
    pub world: Option<World>,
    /// The path of the state file; `None` keeps the world in memory.
    pub state: Option<PathBuf>,
    /// The planned faults.
    pub faults: Faults,
    /// Whether requests beyond the documented rates are refused.
    pub throttle: bool,
    /// How much later each response comes.
    pub latency: Duration,
    /// How much later the other party sees a new handshake or a new member.
    pub propagation: Duration,
}
