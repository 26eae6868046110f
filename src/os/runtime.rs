//! The runtime of requests and of the sandbox's server: one thread, built only when it is needed.

use std::io;
use std::sync::mpsc;
use std::thread;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot::{self, Receiver};

/// Builds a runtime with I/O and time.
///
/// # Errors
///
/// The system doesn't give what it takes, such as file descriptors.
pub fn build(builder: &mut Builder) -> io::Result<Runtime> {
    descriptors()?;
    builder.enable_io().enable_time().build()
}

/// Does work that blocks, on a thread of its own. tokio's `spawn_blocking` panics where the system gives no thread.
///
/// # Errors
///
/// The work itself, where there is no thread for it.
pub fn on_thread<T: Send + 'static, W: FnOnce() -> T + Send + 'static>(work: W) -> Result<Receiver<T>, W> {
    let (give, given) = mpsc::channel::<W>();
    let (tell, told) = oneshot::channel();
    // Nobody may listen any more.
    let thread = thread::Builder::new().spawn(move || given.recv().is_ok_and(|work| tell.send(work()).is_ok()));
    match thread {
        Ok(_) => give.send(work).map(|()| told).map_err(|unsent| unsent.0),
        Err(_) => Err(work),
    }
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
