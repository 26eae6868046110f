//! `orgshake sandbox serve` and `exec`: the server, and what runs beside it.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::pin;
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

use tempfile::TempDir;
use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

use super::SECRET_ACCESS_KEY;
use super::host::Host;
use super::server::Server;
use super::state::is_account_id;
use crate::error::Failure;
use crate::io::{write_stderr, write_stdout};
use crate::runtime;

/// The account that calls where nobody says otherwise: the management account of the preloaded organization.
const ACCOUNT: &str = "111111111111";
/// The region where there is none: that of the service's only endpoint.
const REGION: &str = "us-east-1";
/// How long an answer that is being written may still take when the server is to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(1);

/// Variables that could lead a command past the sandbox, or a real key into it: those of today's SDKs and of older ones.
const REMOVED: [&str; 17] = [
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "AWS_CREDENTIAL_FILE",
    "BOTO_CONFIG",
    "AWS_BEARER_TOKEN_BEDROCK",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
];

/// Whether a variable is kept from the command: one of those, or the endpoint of a service that isn't here.
fn is_removed(name: &str) -> bool {
    let elsewhere =
        name.strip_prefix("AWS_ENDPOINT_URL_").is_some_and(|service| !["ORGANIZATIONS", "STS"].contains(&service));
    elsewhere || REMOVED.contains(&name)
}

/// Serves until a signal ends it, such as SIGINT or SIGTERM; every request is told on stderr.
///
/// # Errors
///
/// The port can't be bound, or nobody can be told of it.
pub fn serve(port: u16, host: Host) -> Result<u8, Failure> {
    in_runtime(async {
        let (server, address) = bind(port, host, true).await?;
        let mut signals = signals::Signals::catch().map_err(not_served)?;
        tokio::spawn(server.run());
        write_stdout(&exports(address)).map_err(|error| crate::unwritten(error, None))?;
        leave_stdout();
        poll_fn(|context| signals.poll_stop(context)).await;
        Ok(0)
    })
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
        let empty =
            EmptyFiles::new().map_err(|error| Failure::other("No temporary files can be made").because(error))?;
        let mut command = Command::new(program);
        command.args(arguments).envs(environment(|name| env::var_os(name), address, &empty));
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_removed)) {
            command.env_remove(name);
        }
        let child = command
            .spawn()
            .map_err(|error| Failure::other(format!("The command {program:?} can't be run")).because(error))?;
        // Not before: the command is to find the signals as we have found them.
        let signals = signals::Signals::catch().map_err(not_served)?;
        let status = wait(child, signals).await;
        status.map(code).map_err(|error| Failure::other(format!("The command {program:?} is lost")).because(error))
    })
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

/// What a shell needs to use the server.
fn exports(address: SocketAddr) -> String {
    format!(
        "export AWS_ENDPOINT_URL=http://{address}\nexport AWS_ACCESS_KEY_ID={ACCOUNT}\n\
         export AWS_SECRET_ACCESS_KEY={SECRET_ACCESS_KEY}\nexport AWS_REGION={REGION}\nexport AWS_DEFAULT_REGION={REGION}\n"
    )
}

/// Ends the output, so that who reads it to its end, as `$(…)` does, can go on.
fn leave_stdout() {
    #[cfg(unix)]
    if let Ok(nothing) = File::options().write(true).open("/dev/null") {
        let _ = rustix::stdio::dup2_stdout(nothing);
    }
}

/// The variables of a command's environment that are set, beside those that stay; `get` looks up the latter.
fn environment(
    get: impl Fn(&str) -> Option<OsString>,
    address: SocketAddr,
    empty: &EmptyFiles,
) -> Vec<(&'static str, OsString)> {
    let url = OsString::from(format!("http://{address}"));
    // Where both are there, most programs read this one alone, even if it is empty.
    let lower = get("no_proxy");
    let get = |name| get(name).filter(|value| !value.is_empty());
    let account = get("AWS_ACCESS_KEY_ID").filter(|id| id.to_str().is_some_and(is_account_id));
    let mut set = vec![
        ("AWS_ENDPOINT_URL", url.clone()),
        ("AWS_ENDPOINT_URL_ORGANIZATIONS", url.clone()),
        ("AWS_ENDPOINT_URL_STS", url),
        ("AWS_ACCESS_KEY_ID", account.unwrap_or_else(|| ACCOUNT.into())),
        ("AWS_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY.into()),
        ("AWS_CONFIG_FILE", empty.config.clone().into()),
        ("AWS_SHARED_CREDENTIALS_FILE", empty.credentials.clone().into()),
        ("NO_PROXY", with_loopback(get("NO_PROXY"))),
    ];
    if let Some(lower) = lower {
        set.push(("no_proxy", with_loopback(Some(lower).filter(|hosts| !hosts.is_empty()))));
    }
    // Some programs read the one, and some the other: boto3 and version 1 of the AWS CLI know only the default.
    let regions = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    let region = regions.iter().find_map(|name| get(name)).unwrap_or_else(|| REGION.into());
    set.extend(regions.into_iter().filter(|name| get(name).is_none()).map(|name| (name, region.clone())));
    set
}

/// The hosts that no proxy is asked for, and the loopback address.
fn with_loopback(hosts: Option<OsString>) -> OsString {
    const LOOPBACK: &str = "127.0.0.1";
    match hosts {
        None => LOOPBACK.into(),
        // Alone, an asterisk means every host; in a list, to some programs, nothing.
        Some(hosts) if hosts == OsStr::new("*") => hosts,
        Some(mut hosts) => {
            if !hosts.to_string_lossy().split(',').any(|host| host.trim() == LOOPBACK) {
                hosts.push(",");
                hosts.push(LOOPBACK);
            }
            hosts
        }
    }
}

/// Two empty files, in a directory of their own that nobody else can use and that is removed in the end.
#[derive(Debug)]
struct EmptyFiles {
    config: PathBuf,
    credentials: PathBuf,
    _directory: TempDir,
}

impl EmptyFiles {
    fn new() -> io::Result<EmptyFiles> {
        let mut directory = tempfile::Builder::new();
        directory.prefix("orgshake-");
        #[cfg(unix)]
        directory.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let directory = directory.tempdir()?;
        let [config, credentials] = ["config", "credentials"].map(|name| directory.path().join(name));
        File::create_new(&config)?;
        File::create_new(&credentials)?;
        Ok(EmptyFiles { config, credentials, _directory: directory })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn set(present: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        let empty = EmptyFiles::new().unwrap();
        let get = |name: &str| present.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value));
        let set = environment(get, SocketAddr::from(([127, 0, 0, 1], 4321)), &empty);
        set.into_iter().map(|(name, value)| (name, value.into_string().unwrap())).collect()
    }

    fn one(present: &[(&str, &str)], name: &str) -> Option<String> {
        set(present).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    #[test]
    fn only_an_account_id_stays_and_only_with_the_documented_secret() {
        for (id, expected) in [("", ACCOUNT), ("AKIAIOSFODNN7EXAMPLE", ACCOUNT), ("222222222222", "222222222222")] {
            let present = [("AWS_ACCESS_KEY_ID", id), ("AWS_SECRET_ACCESS_KEY", "real")];
            assert_eq!(one(&present, "AWS_ACCESS_KEY_ID").as_deref(), Some(expected));
            assert_eq!(one(&present, "AWS_SECRET_ACCESS_KEY").as_deref(), Some(SECRET_ACCESS_KEY));
        }
    }

    #[test]
    fn a_region_is_set_where_there_is_none() {
        assert_eq!(one(&[], "AWS_REGION").as_deref(), Some("us-east-1"));
        assert_eq!(one(&[("AWS_REGION", "")], "AWS_REGION").as_deref(), Some("us-east-1"));
        assert_eq!(one(&[("AWS_DEFAULT_REGION", "eu-west-3")], "AWS_REGION").as_deref(), Some("eu-west-3"));
        assert_eq!(one(&[("AWS_REGION", "eu-west-3")], "AWS_REGION"), None);
        assert_eq!(one(&[("AWS_REGION", "eu-west-3")], "AWS_DEFAULT_REGION").as_deref(), Some("eu-west-3"));
        assert_eq!(one(&[("AWS_DEFAULT_REGION", "eu-west-3")], "AWS_DEFAULT_REGION"), None);
    }

    #[test]
    fn what_leads_elsewhere_is_kept_from_the_command() {
        for name in ["AWS_SECRET_KEY", "AWS_ENDPOINT_URL_S3", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_SESSION_TOKEN"] {
            assert!(is_removed(name), "{name}");
        }
        for name in ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS", "AWS_PAGER", "AWS_REGION", "PATH"] {
            assert!(!is_removed(name), "{name}");
        }
    }

    #[test]
    fn the_loopback_address_needs_no_proxy() {
        for (hosts, expected) in
            [("", "127.0.0.1"), ("a,b", "a,b,127.0.0.1"), ("a, 127.0.0.1", "a, 127.0.0.1"), ("*", "*")]
        {
            assert_eq!(one(&[("NO_PROXY", hosts)], "NO_PROXY").as_deref(), Some(expected));
        }
        assert_eq!(one(&[("no_proxy", "a")], "no_proxy").as_deref(), Some("a,127.0.0.1"));
        assert_eq!(one(&[], "no_proxy"), None);
    }
}
