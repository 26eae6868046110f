//! The async runtime of requests and of the sandbox's server: one thread, built only if it is needed.

use std::io;
use std::sync::mpsc;
use std::thread;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot::{self, Receiver};

/// Builds a runtime with I/O and time.
///
/// # Errors
///
/// The system lacks a resource, such as file descriptors.
pub fn build(builder: &mut Builder) -> io::Result<Runtime> {
    descriptors()?;
    builder.enable_io().enable_time().build()
}

/// Runs blocking work on its own thread. tokio's `spawn_blocking` panics if the system can't start a thread.
///
/// # Errors
///
/// Returns the work itself if no thread can be started.
pub fn on_thread<T: Send + 'static, W: FnOnce() -> T + Send + 'static>(work: W) -> Result<Receiver<T>, W> {
    let (give, given) = mpsc::channel::<W>();
    let (tell, told) = oneshot::channel();
    // The receiver may be gone.
    let thread = thread::Builder::new().spawn(move || given.recv().is_ok_and(|work| tell.send(work()).is_ok()));
    match thread {
        Ok(_) => give.send(work).map(|()| told).map_err(|unsent| unsent.0),
        Err(_) => Err(work),
    }
}

/// Checks that enough descriptors are free: tokio panics if it can't open its pipe for signals.
#[cfg(unix)]
fn descriptors() -> io::Result<()> {
    // tokio opens this many.
    let six: io::Result<Vec<_>> = (0..3).map(|_| std::os::unix::net::UnixStream::pair()).collect();
    six.map(drop)
}

#[cfg(not(unix))]
fn descriptors() -> io::Result<()> {
    Ok(())
}
