//! State that all sessions of a process share: the runtime and the connections.

use tokio::runtime::{Builder, Runtime};

use super::connector::Pools;
use crate::error::Failure;
use crate::os::runtime;
use crate::terminal::progress::watched;

/// The runtime and the connection pools of a process.
#[derive(Debug)]
pub struct Run<'a> {
    runtime: &'a Runtime,
    pub(super) pools: Pools,
}

impl Run<'_> {
    /// Runs work that may open sessions. Doesn't wait for tasks that still hang at its end, such as name look-ups.
    ///
    /// # Errors
    ///
    /// Returns an error if the runtime can't be started, or if the work fails.
    pub fn with<T>(work: impl FnOnce(&Run<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        let runtime = runtime::build(&mut Builder::new_current_thread())
            .map_err(|error| Failure::other("The request could not be made").because(error))?;
        let done = work(&Run { runtime: &runtime, pools: Pools::default() });
        runtime.shutdown_background();
        done
    }

    /// Runs a future to its end. A terminal shows what it waits for if that takes long.
    pub fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(watched(future))
    }
}
