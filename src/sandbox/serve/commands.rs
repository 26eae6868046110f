//! `orgshake sandbox serve` and `exec`: the server, and what runs beside it.

use std::env;
use std::ffi::OsString;
use std::fs::File;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

use super::env_file::{is_same, put, remove};
use super::environment::Environment;
use super::server::Server;
use super::signals::Signals;
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
        let mut signals = Signals::catch().map_err(not_served)?;
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
        let signals = Signals::catch().map_err(not_served)?;
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
async fn wait(mut child: Child, mut signals: Signals) -> io::Result<ExitStatus> {
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
