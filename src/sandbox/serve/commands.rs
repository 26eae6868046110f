//! `orgshake sandbox serve` and `exec`: the server, and what runs beside it.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::future::poll_fn;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

use super::environment::Environment;
use super::server::Server;
use crate::error::{Failure, unwritten};
use crate::os::dumps;
use crate::os::runtime;
use crate::sandbox::keep::host::Host;
use crate::terminal::streams::{write_stderr, write_stdout};

/// How long an answer that is being written may still take when the server is to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(1);

/// Serves until a signal ends it, such as SIGINT or SIGTERM; every request is told on stderr. What a shell needs is
/// printed once the server is ready, or put into `env_file`, which is removed before.
///
/// # Errors
///
/// The state file or the port can't be used, or the lines for the shell can't be written.
pub fn serve(
    port: u16,
    open: impl FnOnce() -> Result<Host, Failure>,
    env_file: Option<PathBuf>,
    state: Option<&Path>,
) -> Result<u8, Failure> {
    let not_written =
        |file: &Path, error| Failure::other(format!("The file {} can't be written", file.display())).because(error);
    if let Some(file) = &env_file {
        if state.is_some_and(|state| is_same(file, state)) {
            return Err(Failure::input("--env-file and --state name the same file"));
        }
        remove(file).map_err(|error| not_written(file, error))?;
    }
    in_runtime(async {
        // Before anything is printed: a server whose lines are in use ends in order.
        let mut signals = signals::Signals::catch().map_err(not_served)?;
        let (server, address) = bind(port, open()?, true).await?;
        tokio::spawn(server.run());
        let lines = Environment::of_server(&url(address), &present()).shell();
        match &env_file {
            Some(file) => put(file, &lines).map_err(|error| not_written(file, error))?,
            None => drop(write_stdout(&lines).map_err(|error| unwritten(error, None))?),
        }
        leave_stdout();
        poll_fn(|context| signals.poll_stop(context)).await;
        Ok(0)
    })
}

/// Gives the shell that waits for `serve` lines after which nothing reaches AWS, and which end in `false`.
pub fn fail_closed(env_file: Option<&Path>, state: Option<&Path>) {
    let lines = Environment::of_no_server(&present()).shell();
    let env_file = env_file.filter(|file| !state.is_some_and(|state| is_same(file, state)));
    let put = env_file.is_some_and(|file| put(file, &format!("{lines}false\n")).is_ok());
    if !put {
        // In `$(orgshake sandbox serve & echo pid=$!)` the other command may come last, and must not succeed: without a
        // line break it becomes an argument of `false`.
        let _ = write_stdout(&format!("{lines}false "));
    }
}

/// Whether both paths lead to one file, which needn't be there.
fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| match (path.canonicalize(), path.file_name()) {
        (Err(_), Some(name)) => Ok(directory(path).canonicalize()?.join(name)),
        (whole, _) => whole,
    };
    matches!((whole(one), whole(other)), (Ok(one), Ok(other)) if one == other)
}

/// The directory of a file.
fn directory(file: &Path) -> &Path {
    file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes the file that an earlier server has left, or a link, which a shell would follow.
fn remove(file: &Path) -> io::Result<()> {
    match fs::symlink_metadata(file) {
        Ok(found) if found.is_file() || found.is_symlink() => fs::remove_file(file),
        Ok(_) => Err(io::Error::other("it isn't a regular file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Puts a file that only its owner may read in its place, whole.
fn put(file: &Path, text: &str) -> io::Result<()> {
    remove(file)?;
    let mut new = tempfile::Builder::new().prefix(".orgshake-").tempfile_in(directory(file))?;
    new.write_all(text.as_bytes())?;
    new.persist(file).map(drop).map_err(|error| error.error)
}

/// Runs a command with the server beside it, which with `tell` tells of requests on stderr. What comes back is its exit code, or 128 and the number of the signal that ended it.
///
/// # Errors
///
/// The port can't be bound, or the command can't be run.
pub fn exec(port: u16, host: Host, words: &[String], tell: bool) -> Result<u8, Failure> {
    let [program, arguments @ ..] = words else { return Err(Failure::input("there is no command to run")) };
    in_runtime(async {
        let (server, address) = bind(port, host, tell).await?;
        tokio::spawn(server.run());
        let environment = Environment::of_server(&url(address), &present());
        let mut command = Command::new(program);
        command.args(arguments).envs(environment.set);
        for name in environment.removed.concat() {
            command.env_remove(name);
        }
        let child = dumps::spawn(&mut command)
            .map_err(|error| Failure::other(format!("The command {program:?} can't be run")).because(error))?;
        // Not before: the command is to find the signals as we have found them.
        let signals = signals::Signals::catch().map_err(not_served)?;
        let status = wait(child, signals).await;
        status.map(code).map_err(|error| Failure::other(format!("The command {program:?} is lost")).because(error))
    })
}

/// The variables of the environment.
fn present() -> Vec<(OsString, OsString)> {
    env::vars_os().collect()
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}

fn in_runtime(work: impl Future<Output = Result<u8, Failure>>) -> Result<u8, Failure> {
    // One waits for the command; the others take turns with the world.
    let runtime = runtime::build(Builder::new_current_thread().max_blocking_threads(8)).map_err(not_served)?;
    let outcome = runtime.block_on(work);
    runtime.shutdown_timeout(LAST_ANSWERS);
    outcome
}

async fn bind(port: u16, host: Host, tell: bool) -> Result<(Server, SocketAddr), Failure> {
    let failed = |error| Failure::other(format!("The sandbox can't listen on 127.0.0.1:{port}")).because(error);
    let server = Server::bind(port, host, tell.then_some(write_stderr)).await.map_err(failed)?;
    let address = server.address().map_err(failed)?;
    Ok((server, address))
}

fn not_served(error: io::Error) -> Failure {
    Failure::other("The sandbox can't be served").because(error)
}

/// Ends the output, so that who reads it to its end, as `$(…)` does, can go on.
fn leave_stdout() {
    #[cfg(unix)]
    if let Ok(nothing) = File::options().write(true).open("/dev/null") {
        let _ = rustix::stdio::dup2_stdout(nothing);
    }
}

/// Waits for the command; what asks us to end goes on to it.
async fn wait(mut child: Child, mut signals: signals::Signals) -> io::Result<ExitStatus> {
    let process = child.id();
    let mut ended = pin!(spawn_blocking(move || child.wait()));
    poll_fn(|context| {
        let ended = ended.as_mut().poll(context);
        if ended.is_pending() {
            signals.pass_on(context, process);
        }
        ended
    })
    .await
    .map_err(io::Error::other)?
}

/// The exit code of a command, as a shell tells it.
fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(signal.saturating_add(128)).unwrap_or(u8::MAX);
    }
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX)
}

#[cfg(unix)]
mod signals {
    use std::io;
    use std::task::{Context, Poll};

    use rustix::process::{Pid, Signal, kill_process};
    use tokio::signal::unix::{self, SignalKind};

    /// The signals that would end this process.
    pub struct Signals {
        interrupt: unix::Signal,
        quit: unix::Signal,
        terminate: unix::Signal,
        hang_up: unix::Signal,
    }

    impl Signals {
        /// From now on they are noticed, and end nothing.
        pub fn catch() -> io::Result<Signals> {
            Ok(Signals {
                interrupt: unix::signal(SignalKind::interrupt())?,
                quit: unix::signal(SignalKind::quit())?,
                terminate: unix::signal(SignalKind::terminate())?,
                hang_up: unix::signal(SignalKind::hangup())?,
            })
        }

        /// Ready when one of them has come.
        pub fn poll_stop(&mut self, context: &mut Context<'_>) -> Poll<()> {
            let all = [&mut self.interrupt, &mut self.quit, &mut self.terminate, &mut self.hang_up];
            // Each is polled, so that each can wake us.
            match all.map(|signal| signal.poll_recv(context).is_ready()).contains(&true) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        }

        /// Passes on to a process what was meant for this one alone. The keys of a terminal reach it anyway.
        pub fn pass_on(&mut self, context: &mut Context<'_>, process: u32) {
            while self.interrupt.poll_recv(context).is_ready() || self.quit.poll_recv(context).is_ready() {}
            for (caught, signal) in [(&mut self.terminate, Signal::TERM), (&mut self.hang_up, Signal::HUP)] {
                while caught.poll_recv(context).is_ready() {
                    if let Some(process) = i32::try_from(process).ok().and_then(Pid::from_raw) {
                        // It may just have ended.
                        let _ = kill_process(process, signal);
                    }
                }
            }
        }
    }
}

#[cfg(not(unix))]
mod signals {
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    /// Ctrl-C.
    pub struct Signals(Pin<Box<dyn Future<Output = io::Result<()>> + Send>>);

    impl Signals {
        /// From now on it is noticed, and ends nothing.
        pub fn catch() -> io::Result<Signals> {
            Ok(Signals(Box::pin(tokio::signal::ctrl_c())))
        }

        /// Ready when it has come.
        pub fn poll_stop(&mut self, context: &mut Context<'_>) -> Poll<()> {
            self.0.as_mut().poll(context).map(drop)
        }

        /// The command has noticed it, too.
        pub fn pass_on(&mut self, context: &mut Context<'_>, _: u32) {
            if self.0.as_mut().poll(context).is_ready() {
                self.0 = Box::pin(tokio::signal::ctrl_c());
            }
        }
    }
}
