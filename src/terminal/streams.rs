//! The standard streams and the terminal: their properties, output and prompts. No other module touches the terminal.

use std::env;
use std::ffi::OsString;
use std::fs::File;
#[cfg(unix)]
use std::io::Read;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};

use jiff::Timestamp;

use crate::os::signals;
use crate::render::Screen;
use crate::text::escape::{tame, tame_line};
use crate::text::fold::fold;

/// The properties of the streams.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Properties of stdout that formats depend on.
    pub screen: Screen,
    /// The rows of the terminal, if stdout is a terminal and they are known.
    pub height: Option<u16>,
    /// The columns of the terminal, if stderr is a terminal.
    pub stderr: Option<u16>,
    /// Whether a line on stderr can be overwritten.
    pub rewrites: bool,
    /// Whether stderr is a terminal that shows colours.
    pub stderr_color: bool,
}

impl Terminal {
    /// Reads the properties of this process's streams. [`Terminal::at`] sets the time.
    pub fn of_process() -> Terminal {
        let stdout = io::stdout().is_terminal();
        let size = stdout.then(terminal_size::terminal_size).flatten();
        let width = stdout.then(|| columns().or(size.map(|(width, _)| width.0)).unwrap_or(80));
        let height = size.map(|(_, height)| height.0);
        let color = wants_color(stdout, |name| env::var_os(name));
        let screen = Screen { width, color, unicode: locale_is_utf8(), now: Timestamp::UNIX_EPOCH };
        let size = || terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| width.0);
        let stderr = io::stderr().is_terminal().then(|| columns().or_else(size).unwrap_or(80));
        let stderr_color = stderr.is_some() && wants_color(true, |name| env::var_os(name));
        let rewrites = stderr.is_some() && !is_dumb(env::var_os("TERM"));
        Terminal { screen, height, stderr, rewrites, stderr_color }
    }

    /// Returns the terminal with colour turned on or off, for `--color`.
    pub fn colored(self, color: bool) -> Terminal {
        Terminal { screen: Screen { color, ..self.screen }, stderr_color: color && self.stderr.is_some(), ..self }
    }

    /// Returns the terminal with this current time.
    pub fn at(&self, now: Timestamp) -> Terminal {
        Terminal { screen: Screen { now, ..self.screen }, ..*self }
    }
}

/// Returns the width set by COLUMNS, which overrides the terminal's (POSIX, Environment Variables).
fn columns() -> Option<u16> {
    env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns > 0)
}

/// Whether to use colour if no option says so (<https://no-color.org>, <https://bixense.com/clicolors>).
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

/// Whether a terminal of this type can only show plain text.
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

/// A terminal for prompts, independent of the standard streams: the controlling terminal, or the console on Windows.
#[derive(Debug)]
pub struct Console {
    #[cfg_attr(windows, expect(dead_code, reason = "only opening it matters"))]
    file: File,
}

impl Console {
    /// Opens the terminal.
    ///
    /// # Errors
    ///
    /// The process has no terminal.
    pub fn open() -> io::Result<Console> {
        let path = if cfg!(windows) { "CONIN$" } else { "/dev/tty" };
        Ok(Console { file: File::options().read(true).write(true).open(path)? })
    }

    /// Prompts for a line without showing it as it is typed. The line may include its newline.
    ///
    /// Ctrl-C and Ctrl-Z act as usual, but only after the terminal's settings are restored. For this, the terminal treats them
    /// as line ends, and this function sends the signals. After a continue, it prompts again. Any other signal restores the
    /// terminal before it ends the program.
    ///
    /// # Errors
    ///
    /// The terminal is gone, or the user typed the end of input.
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

    /// Prompts for a line without showing it as it is typed.
    ///
    /// # Errors
    ///
    /// The console is gone, or the user typed the end of input.
    #[cfg(windows)]
    pub fn ask_unseen(&self, prompt: &str) -> io::Result<String> {
        rpassword::prompt_password(tame(prompt))
    }

    #[cfg(unix)]
    fn write(&self, text: &str) -> io::Result<()> {
        (&self.file).write_all(text.as_bytes())
    }

    /// Reads a line with its newline; empty at the end of input. The buffer holds a terminal's longest line.
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

/// Whether the output still has a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// It has, as far as is known.
    Present,
    /// The pipe is closed. That is not an error, but further output is pointless.
    Gone,
}

/// Prints a note on stderr, in one line that is folded on a terminal. It may quote texts of other parties.
pub fn note(text: &str) {
    let line = format!("orgshake: [NOTE]: {}", tame_line(text));
    let line = match WIDTH.load(Ordering::Relaxed) {
        0 => line,
        width => fold(&line, width.into(), 0),
    };
    write_stderr(&format!("{line}\n"));
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

/// Whether stdout can't be written: it was closed, as by `>&-`, or is open for reading only. Rust treats such a write as a
/// success. This is checked before Rust's start-up, which opens /dev/null in place of a closed stdout.
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

/// Writes to stdout as [`write_stdout`] does. A signal ends the wait for a reader that doesn't read, such as a stopped
/// terminal.
///
/// # Errors
///
/// The text can't be written, or a signal came first; the error then contains the [`signals::Signal`].
pub fn write_stdout_unless_caught(text: &str) -> io::Result<Reader> {
    let text = text.to_owned();
    match signals::work_unless_caught(move || write_stdout(&text)) {
        Ok(written) => written,
        Err(signal) => Err(io::Error::other(signal)),
    }
}

/// Writes a message to stderr. Ignores errors, since there is nowhere to print them.
pub fn write_stderr(text: &str) {
    erase_progress();
    let painted = COLOR.load(Ordering::Relaxed).then(|| painted(text));
    let _ = io::stderr().lock().write_all(painted.as_deref().unwrap_or(text).as_bytes());
}

/// Whether the labels of messages on stderr are coloured.
static COLOR: AtomicBool = AtomicBool::new(false);

/// The columns of the terminal, if stderr is one, or 0.
static WIDTH: AtomicU16 = AtomicU16::new(0);

/// Whether a line on stderr can be overwritten.
static REWRITES: AtomicBool = AtomicBool::new(false);

/// Sets the properties of stderr.
pub fn set_stderr(terminal: &Terminal) {
    REWRITES.store(terminal.rewrites, Ordering::Relaxed);
    COLOR.store(terminal.stderr_color, Ordering::Relaxed);
    WIDTH.store(terminal.stderr.unwrap_or_default(), Ordering::Relaxed);
}

/// Returns whether stderr is a terminal.
pub fn is_terminal() -> bool {
    WIDTH.load(Ordering::Relaxed) > 0
}

/// The labels of messages, each with what stands before it in its line and its colour (ECMA-48, SGR).
const LABELS: [(&str, &str, &str); 4] = [
    ("orgshake: [", "ERROR", "1;31"),
    ("orgshake: [", "WARNING", "1;33"),
    ("orgshake: [", "NOTE", "1;32"),
    ("", "hint:", "1;36"),
];

/// Colours the labels at the beginnings of lines.
fn painted(text: &str) -> String {
    let line = |line: &str| {
        let label = |(before, label, color): &(&str, &str, &str)| {
            let rest = line.strip_prefix(before)?.strip_prefix(label)?;
            Some(format!("{before}\x1b[{color}m{label}\x1b[0m{rest}"))
        };
        LABELS.iter().find_map(label).unwrap_or_else(|| line.to_owned())
    };
    text.split_inclusive('\n').map(line).collect()
}

/// Returns whether a line of progress can be shown.
pub fn shows_progress() -> bool {
    rewritable_width().is_some()
}

/// Returns the columns of stderr if it is a terminal on which a line can be overwritten and `--debug` prints nothing.
pub fn rewritable_width() -> Option<u16> {
    let rewrites = REWRITES.load(Ordering::Relaxed) && !is_debug();
    Some(WIDTH.load(Ordering::Relaxed)).filter(|width| rewrites && *width > 0)
}

/// Returns whether a question can be asked: stdin and stderr are terminals.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks a question on stderr, and reads the answer from stdin.
///
/// # Errors
///
/// The answer can't be read, or a signal came first; the error then contains the [`signals::Signal`].
pub fn ask(question: &str) -> io::Result<String> {
    erase_progress();
    let question = tame(question);
    let read = move || {
        let mut answer = String::new();
        io::stderr().lock().write_all(question.as_bytes())?;
        io::stdin().read_line(&mut answer).map(|_| answer)
    };
    match signals::work_unless_caught(read) {
        Ok(answer) => answer,
        Err(signal) => Err(io::Error::other(signal)),
    }
}

/// Whether stderr shows a line of progress.
static PROGRESS: AtomicBool = AtomicBool::new(false);

/// Whether another program, the pager, has the terminal.
static LENT: AtomicBool = AtomicBool::new(false);

/// Leaves the terminal to the pager, or takes it back. Meanwhile there is no line of progress.
pub fn lend_terminal(lent: bool) {
    erase_progress();
    LENT.store(lent, Ordering::Relaxed);
}

/// Shows a line of progress on stderr. It is erased before anything else is written.
pub fn show_progress(line: &str) {
    if LENT.load(Ordering::Relaxed) {
        return;
    }
    PROGRESS.store(true, Ordering::Relaxed);
    let _ = write!(io::stderr().lock(), "\r{line}\x1b[K");
}

/// Erases the line of progress, before another program writes to the terminal.
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
