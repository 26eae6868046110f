//! The only place that touches the terminal: what streams are, how wide, and what may be written to them.

use std::io::{self, IsTerminal, Write};

use crate::escape::tame;
use crate::render::Screen;

/// What the environment says of the streams.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Where the result goes.
    pub screen: Screen,
    /// The rows of the terminal that stdout is, where they are known.
    pub height: Option<u16>,
    /// Whether stderr is a terminal.
    pub stderr: bool,
    /// Whether help and messages may be coloured.
    pub color: bool,
}

impl Terminal {
    /// Looks at the streams of this process. `color` is what `--color` asks for.
    pub fn of_process(color: Option<bool>) -> Terminal {
        let stdout = io::stdout().is_terminal();
        let size = stdout.then(terminal_size::terminal_size).flatten();
        let width = stdout.then(|| size.map_or(80, |(width, _)| width.0));
        let height = size.map(|(_, height)| height.0);
        let screen = Screen { width, color: color.unwrap_or(stdout), unicode: locale_is_utf8() };
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Terminal { screen, height, stderr: io::stderr().is_terminal(), color: color.unwrap_or(stdout && !plain) }
    }
}

/// Whether the locale's encoding is UTF-8: LC_ALL, else LC_CTYPE, else LANG (POSIX, Environment Variables).
fn locale_is_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty())
        .unwrap_or_default();
    let locale = locale.to_string_lossy().to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
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
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(Reader::Present),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Gone),
        Err(error) => Err(error),
    }
}

/// Writes a message to stderr. There is nowhere left to tell that it failed.
pub fn write_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// A line of `--debug`.
pub fn debug(line: &str) {
    let line = format!("{:.3} orgshake: {line}\n", jiff::Timestamp::now());
    let _ = io::stderr().lock().write_all(tame(&line).as_bytes());
}
