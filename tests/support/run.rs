//! Runs the real binary isolated from the machine: with its own home, directory, environment and service.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::machine::patience;
use super::server::{Request, Server, Step};

/// The handshake of the service's documentation.
pub const HANDSHAKE: &str = "h-examplehandshakeid111";

/// The secret key of every run. It must not appear in any output.
pub const SECRET: &str = "wJalrXUtnFEMIexample";

/// A URL without a listener.
pub const DEAD: &str = "http://127.0.0.1:1";

/// The end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Code(i32),
    Signal(i32),
    TimedOut,
}

impl Exit {
    /// Returns the code that a shell reports: a signal is 128 plus its number.
    pub fn in_shell(self) -> Option<i32> {
        match self {
            Self::Code(code) => Some(code),
            Self::Signal(signal) => Some(128 + signal),
            Self::TimedOut => None,
        }
    }
}

impl From<ExitStatus> for Exit {
    fn from(status: ExitStatus) -> Self {
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
            return Self::Signal(signal);
        }
        Self::Code(status.code().expect("a process that ended without a signal has a code"))
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "exit {code}"),
            Self::Signal(signal) => write!(f, "signal {signal}"),
            Self::TimedOut => write!(f, "timed out after {} s", patience().as_secs()),
        }
    }
}

/// A private home directory that contains the working directory.
pub struct Home {
    directory: TempDir,
}

impl Home {
    pub fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("orgshake-").tempdir().expect("a place for temporary files");
        let home = Self { directory };
        fs::create_dir(home.cwd()).expect("an empty home takes a directory");
        home
    }

    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    pub fn cwd(&self) -> PathBuf {
        self.path().join("cwd")
    }

    /// Writes a file: `~/x` below the home, other paths below the working directory. A script becomes executable.
    #[track_caller]
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = match name.strip_prefix("~/") {
            Some(below) => self.path().join(below),
            None => self.cwd().join(name),
        };
        let content = content.as_ref();
        let parent = path.parent().expect("a file has a directory");
        let is_program = cfg!(unix) && content.starts_with(b"#!");
        fs::create_dir_all(parent)
            .and_then(|()| if is_program { write_program(&path, content) } else { fs::write(&path, content) })
            .unwrap_or_else(|error| panic!("cannot write {name}: {error}"));
    }
}

/// Writes an executable file by another process: a file can't be executed while a process has it open for writing, and the
/// programs that other tests start inherit this process's files for a moment.
fn write_program(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut shell = Command::new("sh");
    let mut shell = shell.args(["-c", "cat >\"$0\" && chmod 755 \"$0\""]).arg(path).stdin(Stdio::piped()).spawn()?;
    let written = shell.stdin.take().map_or(Ok(()), |mut stdin| stdin.write_all(content));
    let status = shell.wait()?;
    if status.success() { written } else { Err(io::Error::other(status.to_string())) }
}

#[cfg(target_os = "linux")]
impl Home {
    /// Gives the home to a user without privileges, with a copy of the program, since that user may have no access to the
    /// original. Returns the copy and the user's id.
    fn give_away(&self, program: &Path) -> (PathBuf, Option<u32>) {
        const NOBODY: u32 = 65534;
        let copy = self.path().join("orgshake");
        // By another process, as in `write_program`.
        let status = Command::new("install").args(["-m", "755"]).args([program, &copy]).status();
        assert!(status.is_ok_and(|status| status.success()), "no copy of the program");
        let mut left = vec![self.path().to_owned()];
        while let Some(path) = left.pop() {
            if path != copy {
                std::os::unix::fs::lchown(&path, Some(NOBODY), Some(NOBODY)).expect("root may give a file away");
            }
            if path.is_dir() && !path.is_symlink() {
                left.extend(fs::read_dir(&path).expect("a directory").map(|entry| entry.expect("a file").path()));
            }
        }
        (copy, Some(NOBODY))
    }
}

/// The parts of a run that vary and the names that replace them, the longest part first.
#[derive(Clone, Debug)]
pub struct Places(Vec<(&'static str, String)>);

impl Places {
    pub fn new(home: &Home, url: &str) -> Self {
        let host_and_port = url.trim_start_matches("http://");
        Self(vec![
            ("${CWD}", home.cwd().display().to_string()),
            ("${HOME}", home.path().display().to_string()),
            ("${ENDPOINT}", url.to_owned()),
            ("${HOSTPORT}", host_and_port.to_owned()),
            ("${DEAD}", DEAD.to_owned()),
        ])
    }

    pub fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, part)| text.replace(name, part))
    }

    pub fn hide(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, part)| text.replace(part, name))
    }
}

/// The description of a run.
#[must_use = "a run that isn't run tests nothing"]
pub struct Run {
    args: Vec<OsString>,
    home: Home,
    server: Option<Server>,
    env: Vec<(OsString, Option<OsString>)>,
    stdin: Option<Vec<u8>>,
    stdout: Option<Stdio>,
    stderr: Option<Stdio>,
    signal: Option<(&'static str, usize)>,
    through: Vec<OsString>,
    memory: Option<u32>,
    ordinary: bool,
}

/// Describes a run of the program with these arguments.
pub fn orgshake<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    Run::at(Home::new(), args)
}

impl Run {
    pub fn at<S: AsRef<OsStr>>(home: Home, args: impl IntoIterator<Item = S>) -> Self {
        Self {
            args: args.into_iter().map(|arg| arg.as_ref().to_owned()).collect(),
            home,
            server: None,
            env: Vec::new(),
            stdin: None,
            stdout: None,
            stderr: None,
            signal: None,
            through: Vec::new(),
            memory: None,
            ordinary: false,
        }
    }

    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    pub fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// Sets the service's responses. The default is the documented handshake.
    pub fn script(self, steps: impl IntoIterator<Item = Step>) -> Self {
        self.server(Server::script(steps))
    }

    pub fn server(mut self, server: Server) -> Self {
        self.server = Some(server);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.env.push((name.into(), Some(value.as_ref().to_owned())));
        self
    }

    pub fn env_remove(mut self, name: &str) -> Self {
        self.env.push((name.into(), None));
        self
    }

    #[track_caller]
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.home.write(name, content);
        self
    }

    /// Makes stdin a pipe with these bytes. The default is /dev/null.
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = Some(bytes.into());
        self
    }

    /// Redirects stdout. The outcome then has none.
    pub fn stdout_to(mut self, target: impl Into<Stdio>) -> Self {
        self.stdout = Some(target.into());
        self
    }

    /// Redirects stderr. The outcome then has none.
    pub fn stderr_to(mut self, target: impl Into<Stdio>) -> Self {
        self.stderr = Some(target.into());
        self
    }

    /// Sends this signal (`TERM`) to the program after its first request.
    #[cfg(unix)]
    pub fn signal_when_waiting(self, signal: &'static str) -> Self {
        self.signal_after(1, signal)
    }

    /// Sends a signal after this many requests.
    #[cfg(unix)]
    pub fn signal_after(mut self, requests: usize, signal: &'static str) -> Self {
        self.signal = Some((signal, requests));
        self
    }

    /// Starts the program through another one: adds the program and its arguments to these words.
    #[cfg(unix)]
    pub fn through<S: AsRef<OsStr>>(mut self, words: impl IntoIterator<Item = S>) -> Self {
        self.through = words.into_iter().map(|word| word.as_ref().to_owned()).collect();
        self
    }

    /// Limits the program's address space to this many MiB.
    #[cfg(target_os = "linux")]
    pub fn memory(mut self, mib: u32) -> Self {
        self.memory = Some(mib);
        self
    }

    /// Runs as a user without privileges, even if the tests run as root.
    #[cfg(target_os = "linux")]
    pub fn ordinary_user(mut self) -> Self {
        self.ordinary = true;
        self
    }

    /// Runs the program to its end.
    #[track_caller]
    pub fn run(self) -> Outcome {
        let server = self.server.unwrap_or_else(|| Server::script([Step::handshake()]));
        let url = server.url();
        let program = PathBuf::from(env!("CARGO_BIN_EXE_orgshake"));
        #[cfg(target_os = "linux")]
        let (program, user) = match self.ordinary && rustix::process::geteuid().is_root() {
            true => self.home.give_away(&program),
            false => (program, None),
        };
        let mut command = match self.signal {
            _ if self.memory.is_some() => {
                let mut command = Command::new("sh");
                command.args([
                    "-c",
                    "ulimit -v $1 && shift && exec \"$@\"",
                    "sh",
                    &(self.memory.unwrap_or_default() << 10).to_string(),
                ]);
                command.arg(&program);
                command
            }
            // Tests that run in the background ignore SIGINT, and the program would inherit that.
            Some(_) if cfg!(target_os = "linux") => {
                let mut command = Command::new("env");
                command.arg("--default-signal=INT,TERM").arg(&program);
                command
            }
            _ => match self.through.split_first() {
                Some((first, words)) => {
                    let mut command = Command::new(first);
                    command.args(words).arg(&program);
                    command
                }
                None => Command::new(&program),
            },
        };
        #[cfg(target_os = "linux")]
        if let Some(user) = user {
            std::os::unix::process::CommandExt::uid(&mut command, user);
            std::os::unix::process::CommandExt::gid(&mut command, user);
        }
        command
            .args(&self.args)
            .current_dir(self.home.cwd())
            .env_clear()
            .env("HOME", self.home.path())
            .env("TZ", "UTC")
            .env("LANG", "C.UTF-8")
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", SECRET)
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ENDPOINT_URL_ORGANIZATIONS", &url)
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("AWS_PAGER", "")
            .stdin(if self.stdin.is_some() { Stdio::piped() } else { Stdio::null() })
            .stdout(self.stdout.unwrap_or_else(Stdio::piped))
            .stderr(self.stderr.unwrap_or_else(Stdio::piped));
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        for (name, value) in self.env {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let started = |process: u32| {
            let Some((signal, requests)) = self.signal else { return };
            assert!(server.is_asked_within(patience(), requests), "no request came");
            let kill = Command::new("sh").arg("-c").arg(format!("kill -{signal} {process}")).status();
            assert!(kill.is_ok_and(|status| status.success()), "the signal could not be sent");
        };
        let (exit, stdout, stderr) = finish(command, self.stdin, started);
        let places = Places::new(&self.home, &url);
        Outcome { exit, stdout, stderr, requests: server.stop(), places }
    }
}

/// Runs a command to its end or to the timeout, without blocking on its pipes.
fn finish(mut command: Command, stdin: Option<Vec<u8>>, started: impl FnOnce(u32)) -> (Exit, Vec<u8>, Vec<u8>) {
    let deadline = Instant::now() + patience();
    let mut child = command.spawn().expect("the program starts");
    // Close this process's copy of a pipe that a test made for stdout.
    drop(command);
    if let (Some(mut pipe), Some(bytes)) = (child.stdin.take(), stdin) {
        // A program needn't read its stdin.
        thread::spawn(move || pipe.write_all(&bytes).ok());
    }
    let stdout = child.stdout.take().map(Collector::start);
    let stderr = child.stderr.take().map(Collector::start);
    started(child.id());
    for collector in stdout.iter().chain(&stderr) {
        collector.wait_until(deadline);
    }
    let exit = wait_until(&mut child, deadline);
    let bytes = |collector: Option<Collector>| collector.map(Collector::bytes).unwrap_or_default();
    (exit, bytes(stdout), bytes(stderr))
}

/// Waits for the program. Its streams have ended, so this is short.
fn wait_until(child: &mut Child, deadline: Instant) -> Exit {
    loop {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            return status.into();
        }
        if Instant::now() >= deadline {
            child.kill().expect("a child can be killed");
            child.wait().expect("a killed child ends");
            return Exit::TimedOut;
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// Reads a stream to its end on a thread. The data so far is available even if the end never comes.
struct Collector {
    bytes: Arc<Mutex<Vec<u8>>>,
    ended: mpsc::Receiver<()>,
}

impl Collector {
    fn start(mut stream: impl Read + Send + 'static) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let (end, ended) = mpsc::channel();
        let collected = Arc::clone(&bytes);
        thread::spawn(move || {
            let mut buffer = [0; 16 * 1024];
            while let Ok(length @ 1..) = stream.read(&mut buffer) {
                collected.lock().expect("no reader panics").extend(&buffer[..length]);
            }
            // The receiver is gone after the timeout.
            let _ = end.send(());
        });
        Self { bytes, ended }
    }

    fn wait_until(&self, deadline: Instant) {
        // The caller kills the program at the timeout.
        let _ = self.ended.recv_timeout(deadline.saturating_duration_since(Instant::now()));
    }

    fn bytes(self) -> Vec<u8> {
        std::mem::take(&mut self.bytes.lock().expect("no reader panics"))
    }
}

/// The outcome of a run. Its `Display` is a readable block, in which names replace the parts that vary.
#[must_use = "an outcome nobody looks at tests nothing"]
pub struct Outcome {
    pub exit: Exit,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    pub requests: Vec<Request>,
    pub places: Places,
}

impl Outcome {
    /// Checks for success with an empty stderr, and returns stdout.
    #[track_caller]
    pub fn success(&self) -> String {
        self.exits_with(0);
        self.stderr_is("");
        self.text(&self.stdout)
    }

    /// Checks for a failure with this code and an empty stdout, and returns stderr.
    #[track_caller]
    pub fn failure(&self, code: i32) -> String {
        assert_ne!(code, 0, "a failure has a code of its own");
        self.exits_with(code);
        assert!(self.stdout.is_empty(), "a failure with something on stdout:\n{self}");
        self.text(&self.stderr)
    }

    /// Checks only the exit code: for success with a message, or a failure after output.
    #[track_caller]
    pub fn exits_with(&self, code: i32) {
        assert_eq!(self.exit, Exit::Code(code), "another end was expected:\n{self}");
    }

    #[track_caller]
    pub fn stderr_is(&self, text: &str) {
        assert!(self.text(&self.stderr) == text, "stderr should be {text:?}:\n{self}");
    }

    #[track_caller]
    pub fn stderr_has(&self, fragments: &[&str]) {
        let stderr = self.text(&self.stderr);
        for fragment in fragments {
            assert!(stderr.contains(fragment), "stderr lacks {fragment:?}:\n{self}");
        }
    }

    /// Checks for exactly these operations with these bodies, in this order.
    #[track_caller]
    pub fn sent(&self, expected: &[(&str, Value)]) {
        let sent: Vec<_> = self.requests.iter().map(|r| (r.operation(), r.json())).collect();
        let expected: Vec<_> = expected.iter().map(|(name, body)| (Some(*name), body.clone())).collect();
        assert_eq!(sent, expected, "other requests were expected:\n{self}");
    }

    #[track_caller]
    pub fn sent_nothing(&self) {
        assert!(self.requests.is_empty(), "no request was expected:\n{self}");
    }

    /// Returns the whole outcome as one block.
    #[track_caller]
    pub fn shows(&self, expected: &str) {
        let shown = self.to_string();
        assert!(shown == expected, "expected:\n{expected}\nbut was:\n{shown}");
    }

    fn text(&self, bytes: &[u8]) -> String {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.places.hide(text),
            Err(error) => panic!("output that is not UTF-8 ({error}): {}", bytes.escape_ascii()),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "[{}]", self.exit)?;
        for (name, bytes) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if bytes.is_empty() {
                continue;
            }
            let text = self.places.hide(&String::from_utf8_lossy(bytes));
            let end = if text.ends_with('\n') { "" } else { "[no newline]\n" };
            write!(f, "[{name}]\n{text}{end}")?;
        }
        if !self.requests.is_empty() {
            writeln!(f, "[requests]")?;
        }
        for request in &self.requests {
            writeln!(f, "{}", self.places.hide(&request.to_string()))?;
        }
        Ok(())
    }
}

/// Opens a file that can't be written.
#[cfg(target_os = "linux")]
pub fn full_disk() -> File {
    File::options().write(true).open("/dev/full").expect("Linux has /dev/full")
}

/// Returns the writing end of a pipe without a reader.
pub fn closed_pipe() -> std::io::PipeWriter {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer
}
