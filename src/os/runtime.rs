//! The runtime of requests and of the sandbox's server: one thread, built only when it is needed.

use std::io;

use tokio::runtime::{Builder, Runtime};

/// Builds a runtime with I/O and time.
///
/// # Errors
///
/// The system doesn't give what it takes, such as file descriptors.
pub fn build(builder: &mut Builder) -> io::Result<Runtime> {
    descriptors()?;
    builder.enable_io().enable_time().build()
}

/// tokio panics where it can't open its pipe for signals, so that must not be found out there.
#[cfg(unix)]
fn descriptors() -> io::Result<()> {
    // As many as tokio opens.
    let six: io::Result<Vec<_>> = (0..3).map(|_| std::os::unix::net::UnixStream::pair()).collect();
    six.map(drop)
}

#[cfg(not(unix))]
fn descriptors() -> io::Result<()> {
    Ok(())
}
