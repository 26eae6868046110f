//! The only place that touches the terminal: what streams are, how wide, what may be written to them, and asking there.

use std::env;
use std::ffi::OsString;
use std::fs::File;
#[cfg(unix)]
use std::io::Read;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use crate::os::signals;
use crate::render::Screen;
use crate::text::escape::tame;

/// What the environment says of the streams.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Where the result goes.
    pub screen: Screen,
    /// The rows of the terminal that stdout is, where they are known.
    pub height: Option<u16>,
    /// The columns of the terminal that stderr is, if it is one.
    pub stderr: Option<u16>,
    /// Whether a line on stderr can be written anew.
    pub rewrites: bool,
}

impl Terminal {
    /// Looks at the streams of this process; what time it is, only who shows times asks ([`Terminal::at`]).
    pub fn of_process() -> Terminal {
        let stdout = io::stdout().is_terminal();
        let size = stdout.then(terminal_size::terminal_size).flatten();
        let width = stdout.then(|| columns().or(size.map(|(width, _)| width.0)).unwrap_or(80));
        let height = size.map(|(_, height)| height.0);
        let color = wants_color(stdout, |name| env::var_os(name));
        let screen = Screen { width, color, unicode: locale_is_utf8(), now: Timestamp::UNIX_EPOCH };
        let size = || terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| width.0);
        let stderr = io::stderr().is_terminal().then(|| columns().or_else(size).unwrap_or(80));
        Terminal { screen, height, stderr, rewrites: stderr.is_some() && !is_dumb(env::var_os("TERM")) }
    }

    /// The same terminal with or without colour, as `--color` asks for.
    pub fn colored(self, color: bool) -> Terminal {
        Terminal { screen: Screen { color, ..self.screen }, ..self }
    }

    /// The same terminal, read at this time.
    pub fn at(&self, now: Timestamp) -> Terminal {
        Terminal { screen: Screen { now, ..self.screen }, ..*self }
    }
}

/// The width that COLUMNS asks for in place of the terminal's own (POSIX, Environment Variables).
fn columns() -> Option<u16> {
    env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns > 0)
}

/// Whether colour is wanted where nobody says so on the command line (<https://no-color.org>,
/// <https://bixense.com/clicolors>).
fn wants_color(terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
    let set = |name| variable(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return false;
    }
    if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    terminal && set("CLICOLOR").is_none_or(|value| value != "0") && !is_dumb(variable("TERM"))
}

/// Whether a terminal of this type takes nothing but text.
fn is_dumb(terminal: Option<OsString>) -> bool {
    terminal.is_some_and(|terminal| terminal == "dumb")
}

/// Whether the locale's encoding is UTF-8: LC_ALL, else LC_CTYPE, else LANG (POSIX, Environment Variables).
fn locale_is_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(env::var_os)
        .find(|value| !value.is_empty())
        .unwrap_or_default();
    let locale = locale.to_string_lossy().to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// Where people can be asked, wherever the streams go: the controlling terminal, the console on Windows.
#[derive(Debug)]
pub struct Console {
    #[cfg_attr(windows, expect(dead_code, reason = "that it could be opened is all"))]
    file: File,
}

impl Console {
    /// Opens it.
    ///
    /// # Errors
    ///
    /// There is none.
    pub fn open() -> io::Result<Console> {
        let path = if cfg!(windows) { "CONIN$" } else { "/dev/tty" };
        Ok(Console { file: File::options().read(true).write(true).open(path)? })
    }

    /// Asks for a line that isn't shown as it is typed. It may still have its end.
    ///
    /// Ctrl-C and Ctrl-Z do what they always do, but with the terminal as it was before: therefore not the terminal sends
    /// their signals. They end the line, and then the signal goes where the terminal would have sent it. Who comes back
    /// is asked again. A signal from elsewhere restores the terminal before it ends the program.
    ///
    /// # Errors
    ///
    /// The terminal is gone; its user typed the end of input.
    #[cfg(unix)]
    pub fn ask_unseen(&self, prompt: &str) -> io::Result<String> {
        use rustix::process::{Signal, kill_current_process_group};
        use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};

        loop {
            let before = tcgetattr(&self.file)?;
            let interrupt = before.special_codes[SpecialCodeIndex::VINTR];
            let suspend = before.special_codes[SpecialCodeIndex::VSUSP];
            let mut unseen = before.clone();
            unseen.local_modes.remove(LocalModes::ECHO | LocalModes::ISIG);
            unseen.local_modes.insert(LocalModes::ICANON);
            unseen.special_codes[SpecialCodeIndex::VEOL] = interrupt;
            unseen.special_codes[SpecialCodeIndex::VEOL2] = suspend;
            let restore = || tcsetattr(&self.file, OptionalActions::Now, &before);
            let ask = || {
                tcsetattr(&self.file, OptionalActions::Flush, &unseen)?;
                let line = self.write(&tame(prompt)).and_then(|()| self.line());
                restore()?;
                line
            };
            let line = signals::tidy(|| _ = restore().map(|()| self.write("\n")), ask);
            self.write("\n")?;
            let line = line?;
            let signal = match line.last() {
                Some(end) if *end == interrupt => Signal::INT,
                Some(end) if *end == suspend => Signal::TSTP,
                Some(_) => return Ok(String::from_utf8_lossy(&line).into_owned()),
                None => return Err(io::ErrorKind::UnexpectedEof.into()),
            };
            kill_current_process_group(signal)?;
        }
    }

    /// Asks for a line that isn't shown as it is typed.
    ///
    /// # Errors
    ///
    /// The console is gone; its user typed the end of input.
    #[cfg(windows)]
    pub fn ask_unseen(&self, prompt: &str) -> io::Result<String> {
        rpassword::prompt_password(tame(prompt))
    }

    #[cfg(unix)]
    fn write(&self, text: &str) -> io::Result<()> {
        (&self.file).write_all(text.as_bytes())
    }

    /// A line with its end; nothing at the end of input. Terminals have no longer ones.
    #[cfg(unix)]
    fn line(&self) -> io::Result<Vec<u8>> {
        let mut line = vec![0; 4096];
        let length = loop {
            match (&self.file).read(&mut line) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        line.truncate(length);
        Ok(line)
    }
}

/// Who reads what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Somebody does, as far as can be told.
    Present,
    /// Nobody any more: the pipe is closed. That is no failure, but there is no use in writing on.
    Gone,
}

/// Writes the result to stdout.
///
/// # Errors
///
/// It can't be written: a full disk, for example.
pub fn write_stdout(text: &str) -> io::Result<Reader> {
    erase_progress();
    #[cfg(unix)]
    if closed::stdout() && !text.is_empty() {
        return Err(rustix::io::Errno::BADF.into());
    }
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(Reader::Present),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Gone),
        Err(error) => Err(error),
    }
}

/// Whether nothing can be written to stdout: it was closed, as by `>&-`, or is open for reading only. Rust's start-up opens
/// /dev/null in place of a closed one, so this is looked at before; and Rust takes a write that fails for either reason for done.
#[cfg(unix)]
mod closed {
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::fs::{OFlags, fcntl_getfl};

    static STDOUT: AtomicBool = AtomicBool::new(false);

    #[ctor::ctor]
    fn before_main() {
        let is_written = |flags: OFlags| flags.intersects(OFlags::WRONLY | OFlags::RDWR);
        STDOUT.store(!fcntl_getfl(rustix::stdio::stdout()).is_ok_and(is_written), Ordering::Relaxed);
    }

    pub fn stdout() -> bool {
        STDOUT.load(Ordering::Relaxed)
    }
}

/// Writes to stdout as [`write_stdout`] does; a signal ends the wait for a reader that doesn't read, such as a stopped
/// terminal.
///
/// # Errors
///
/// The text can't be written, or a signal came first: then the error holds an [`signals::Signal`].
pub fn write_stdout_unless_caught(text: &str) -> io::Result<Reader> {
    let text = text.to_owned();
    match signals::work_unless_caught(move || write_stdout(&text)) {
        Ok(written) => written,
        Err(signal) => Err(io::Error::other(signal)),
    }
}

/// Writes a message to stderr. There is nowhere left to tell that it failed.
pub fn write_stderr(text: &str) {
    erase_progress();
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Whether a line of progress stands on stderr.
static PROGRESS: AtomicBool = AtomicBool::new(false);

/// Shows how far a command is, on a line of stderr that goes away before anything else is written.
pub fn show_progress(line: &str) {
    PROGRESS.store(true, Ordering::Relaxed);
    let _ = write!(io::stderr().lock(), "\r{line}\x1b[K");
}

/// Takes that line away, for others that are going to write to the terminal.
pub fn erase_progress() {
    if PROGRESS.swap(false, Ordering::Relaxed) {
        let _ = io::stderr().lock().write_all(b"\r\x1b[K");
    }
}

/// Whether `--debug` was given.
static DEBUG: AtomicBool = AtomicBool::new(false);

/// Turns the lines of `--debug` on.
pub fn turn_debug_on() {
    DEBUG.store(true, Ordering::Relaxed);
}

/// Returns whether the lines of `--debug` are printed.
pub fn is_debug() -> bool {
    DEBUG.load(Ordering::Relaxed)
}

/// Prints one line on stderr if `--debug` was given.
pub fn debug(line: impl FnOnce() -> String) {
    if !is_debug() {
        return;
    }
    let line = tame(&line()).replace('\n', "\\n");
    let line = format!("{:.3} orgshake: {line}\n", jiff::Timestamp::now());
    let _ = io::stderr().lock().write_all(line.as_bytes());
}
