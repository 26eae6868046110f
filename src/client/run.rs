//! What all sessions of a process share: one runtime and its connections.

use tokio::runtime::{Builder, Runtime};

use super::connector::Pools;
use crate::error::Failure;
use crate::os::runtime;

/// The runtime and the connection pools of a process.
#[derive(Debug)]
pub struct Run<'a> {
    runtime: &'a Runtime,
    pub(super) pools: Pools,
}

impl Run<'_> {
    /// Runs work that may need sessions. Whatever still hangs at its end, such as a name look-up, is left behind.
    ///
    /// # Errors
    ///
    /// The system doesn't give what a runtime takes, or the work fails.
    pub fn with<T>(work: impl FnOnce(&Run<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        let runtime = runtime::build(&mut Builder::new_current_thread())
            .map_err(|error| Failure::other("The request could not be made").because(error))?;
        let done = work(&Run { runtime: &runtime, pools: Pools::default() });
        runtime.shutdown_background();
        done
    }

    /// Waits for a future.
    pub fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }
}
