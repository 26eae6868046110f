//! The commands `orgshake sandbox serve` and `orgshake sandbox exec`.

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
use crate::error::{Failure, Kind, unwritten};
use crate::os::{dumps, runtime};
use crate::sandbox::keep::host::Host;
use crate::terminal::streams::{write_stderr, write_stdout};

/// How long responses that are being written may take when the server stops.
const LAST_ANSWERS: Duration = Duration::from_secs(1);

/// Serves until a signal such as SIGINT or SIGTERM. Prints every request to stderr. Once the server is ready, the lines
/// for the shell are printed, or written to `env_file`, which is removed at the start.
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
        // Signals are caught before the lines are printed, so that a server in use stops in order.
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

/// Prints or writes lines for the shell that waits for `serve`. They keep its commands from reaching AWS, and end in
/// `false`.
pub fn fail_closed(env_file: Option<&Path>, state: Option<&Path>) {
    let lines = Environment::of_no_server(&present()).shell();
    let env_file = env_file.filter(|file| !state.is_some_and(|state| is_same(file, state)));
    let put = env_file.is_some_and(|file| put(file, &format!("{lines}false\n")).is_ok());
    if !put {
        // In `$(orgshake sandbox serve & echo pid=$!)` the output of the other command may come last, and must not be a
        // command that succeeds. Without a line break it becomes an argument of `false`.
        let _ = write_stdout(&format!("{lines}false "));
    }
}

/// Runs a command with the server beside it. Returns the command's exit code, or 128 plus the number of the signal that
/// ended it. With `log`, the server prints every request to stderr.
///
/// # Errors
///
/// The port can't be bound, or the command can't be run.
pub fn exec(port: u16, host: Host, words: &[String], log: bool) -> Result<u8, Failure> {
    let [program, arguments @ ..] = words else { return Err(Failure::input("no command is given")) };
    in_runtime(async {
        let (server, address) = bind(port, host, log).await?;
        tokio::spawn(server.run());
        let environment = Environment::of_server(&url(address), &present());
        let mut command = Command::new(program);
        command.args(arguments).envs(environment.set);
        for name in environment.removed.concat() {
            command.env_remove(name);
        }
        let child = dumps::spawn(&mut command).map_err(|error| not_run(program, error))?;
        // Signals are caught after the command has started, so that it inherits the original handlers.
        let signals = Signals::catch().map_err(not_served)?;
        let status = wait(child, signals).await;
        status.map(code).map_err(|error| Failure::other(format!("The command {program:?} is lost")).because(error))
    })
}

/// Returns the failure of a command that can't be run, with the exit code of a shell.
fn not_run(program: &str, error: io::Error) -> Failure {
    let found = error.kind() != io::ErrorKind::NotFound;
    let hint = match found {
        true => "check the file's permissions, and the interpreter in its first line",
        false => "check its name; a name without a slash is looked up in PATH",
    };
    Failure::new(Kind::NotRun { found }, format!("The command {program:?} can't be run")).because(error).hint(hint)
}

/// Returns the environment variables of this process.
fn present() -> Vec<(OsString, OsString)> {
    env::vars_os().collect()
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}")
}

fn in_runtime(work: impl Future<Output = Result<u8, Failure>>) -> Result<u8, Failure> {
    // One thread waits for the command, one writes the state file, and the others take turns with the world. Each keeps the
    // memory that it once needed to read a state file.
    let runtime = runtime::build(Builder::new_current_thread().max_blocking_threads(4)).map_err(not_served)?;
    let outcome = runtime.block_on(work);
    runtime.shutdown_timeout(LAST_ANSWERS);
    outcome
}

async fn bind(port: u16, host: Host, log: bool) -> Result<(Server, SocketAddr), Failure> {
    let failed = |error| Failure::other(format!("The sandbox can't listen on 127.0.0.1:{port}")).because(error);
    let server = Server::bind(port, host, log.then_some(write_stderr)).await.map_err(failed)?;
    let address = server.address().map_err(failed)?;
    Ok((server, address))
}

fn not_served(error: io::Error) -> Failure {
    Failure::other("The sandbox can't be served").because(error)
}

/// Closes stdout, so that a reader such as `$(…)` sees its end and goes on.
fn leave_stdout() {
    #[cfg(unix)]
    if let Ok(nothing) = File::options().write(true).open("/dev/null") {
        let _ = rustix::stdio::dup2_stdout(nothing);
    }
}

/// Waits for the command, and passes signals on to it.
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

/// Returns the exit code of a command as a shell reports it.
fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(signal.saturating_add(128)).unwrap_or(u8::MAX);
    }
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX)
}
