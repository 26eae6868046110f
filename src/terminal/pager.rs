//! The pager: a program that shows output too long for the screen.
//!
//! A setting chooses it ([`crate::settings::pager`]). It is used only if stdout is a terminal.

use std::borrow::Cow;
use std::env;
use std::io::{self, Write};
use std::mem;
use std::process::{Child, Command, Stdio};

use unicode_width::UnicodeWidthChar;

use crate::os::{dumps, signals};
use crate::terminal::streams::{
    Reader, Terminal, lend_terminal, write_stderr, write_stdout, write_stdout_unless_caught,
};
use crate::text::escape::tame;
use crate::text::redact::shown;

#[cfg(unix)]
use tokio::signal::unix::Signal as CtrlC;
#[cfg(windows)]
use tokio::signal::windows::CtrlC;

/// The default pager.
const DEFAULT: &str = if cfg!(windows) { "more" } else { "less" };
/// The flags that the AWS CLI gives `less`: quit if all fits the screen, show colours, leave the text on the screen.
const LESS: &str = "FRX";
/// The longest text that is stored in case the pager turns out not to exist, in bytes.
const LONGEST_COPY: usize = 1 << 20;
/// The distance of a terminal's tab stops, in columns.
const TAB: usize = 8;

/// A pager: a command line and its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pager {
    command: String,
    /// The variable or setting that names it; `None` for the default.
    from: Option<String>,
}

impl Default for Pager {
    fn default() -> Pager {
        Pager { command: DEFAULT.to_owned(), from: None }
    }
}

impl Pager {
    /// Returns the pager with the command line from `from`, or `None` if it is empty: then output isn't paged.
    pub fn configured(command: impl Into<String>, from: impl Into<String>) -> Option<Pager> {
        let command = command.into();
        (!command.trim().is_empty()).then(|| Pager { command, from: Some(from.into()) })
    }

    /// Returns the warning that it can't be started; `None` for the default pager.
    fn warning(&self, why: &str) -> Option<String> {
        let (command, from) = (shown(&self.command), self.from.as_ref()?);
        Some(format!("orgshake: [WARNING]: not paged: cannot start the pager {command} ({from}): {why}\n"))
    }

    /// Starts it, without a shell as the AWS CLI does.
    fn start(&self) -> io::Result<Child> {
        let refused = |why| io::Error::new(io::ErrorKind::InvalidInput, why);
        let words = split(&self.command).map_err(refused)?;
        let (program, arguments) = words.split_first().ok_or_else(|| refused("it is empty"))?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped());
        if env::var_os("LESS").is_none() {
            command.env("LESS", LESS);
        }
        dumps::spawn(&mut command)
    }
}

/// Writes a whole text to stdout, through the pager if one is given and the screen is too small.
///
/// # Errors
///
/// It can't be written.
pub fn show(text: &str, pager: Option<Pager>, terminal: &Terminal) -> io::Result<()> {
    let mut output = PagedOutput::new(pager, terminal);
    output.write(text)?;
    output.finish()
}

/// Stdout, or the pager as soon as the text is longer than the screen.
///
/// Holds text back until then. Finishing or dropping it writes that text and waits for the pager. So an error on a later
/// page is printed after the pages before it, and never into the pager.
#[derive(Debug)]
pub struct PagedOutput {
    terminal: Terminal,
    way: Way,
    /// Whether a signal ends the wait for a reader that doesn't read.
    interruptible: bool,
}

/// The destination of the text.
#[derive(Debug)]
enum Way {
    /// Stdout, with a warning to print at the end if the pager could not be started.
    Straight(Option<String>),
    /// Held back: it may still fit the screen.
    Held(Pager, String),
    /// The pager.
    Paged(Paging),
}

/// A running pager.
#[derive(Debug)]
struct Paging {
    child: Child,
    pager: Pager,
    /// The text written to it, unless that is too long: a wrapper such as `env` may turn out not to find the pager.
    copy: Option<String>,
    /// Whether it has stopped reading.
    closed: bool,
    /// Windows restores the default of Ctrl-C as soon as the last listener is gone.
    _ctrl_c: Option<CtrlC>,
}

impl PagedOutput {
    /// Creates an output that uses this pager if stdout is a terminal.
    pub fn new(pager: Option<Pager>, terminal: &Terminal) -> PagedOutput {
        let way = match pager.filter(|_| terminal.screen.width.is_some()) {
            Some(pager) => Way::Held(pager, String::new()),
            None => Way::Straight(None),
        };
        PagedOutput { terminal: *terminal, way, interruptible: false }
    }

    /// Makes a signal that comes while stdout is blocked an error, so that the caller can print what was done before.
    pub fn set_interruptible(&mut self) {
        self.interruptible = true;
    }

    /// Writes to stdout without the pager.
    fn straight(&self, text: &str) -> io::Result<Reader> {
        if self.interruptible { write_stdout_unless_caught(text) } else { write_stdout(text) }
    }

    /// Writes more text. A closed pipe is not an error.
    ///
    /// # Errors
    ///
    /// It can't be written.
    pub fn write(&mut self, text: &str) -> io::Result<Reader> {
        match &mut self.way {
            Way::Straight(_) => self.straight(text),
            Way::Paged(paging) => paging.write(text),
            Way::Held(pager, held) => {
                // A result that comes as a whole isn't copied.
                let text = if held.is_empty() { Cow::from(text) } else { Cow::from(mem::take(held) + text) };
                if fits(&text, &self.terminal) {
                    *held = text.into_owned();
                    return Ok(Reader::Present);
                }
                lend_terminal(true);
                self.way = match pager.start() {
                    Ok(child) => {
                        // Only after it has started: otherwise Ctrl-C must still end this process.
                        let ctrl_c = leave_ctrl_c_to_the_pager().ok();
                        signals::leave_to_pager(true);
                        let copy = Some(String::new());
                        Way::Paged(Paging { child, pager: pager.clone(), copy, closed: false, _ctrl_c: ctrl_c })
                    }
                    Err(error) => {
                        lend_terminal(false);
                        Way::Straight(pager.warning(&error.to_string()))
                    }
                };
                self.write(&text)
            }
        }
    }

    /// Whether the user has quit the pager, so that further text won't be read.
    ///
    /// While the pager runs, Ctrl-C doesn't end this process. Code that does more than write must check this after Ctrl-C.
    pub fn is_over(&mut self) -> bool {
        match &mut self.way {
            Way::Straight(_) | Way::Held(..) => false,
            Way::Paged(paging) => paging.closed || matches!(paging.child.try_wait(), Ok(Some(_))),
        }
    }

    /// Whether the pager was started.
    pub fn is_paged(&self) -> bool {
        matches!(self.way, Way::Paged(_))
    }

    /// Writes the text held back, and waits for the end of the pager.
    ///
    /// # Errors
    ///
    /// It can't be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.close()
    }

    fn close(&mut self) -> io::Result<()> {
        match mem::replace(&mut self.way, Way::Straight(None)) {
            Way::Straight(None) => {}
            Way::Straight(Some(warning)) => self.warn(warning),
            Way::Held(_, text) => {
                self.straight(&text)?;
            }
            Way::Paged(mut paging) => {
                drop(paging.child.stdin.take());
                // The pager's exit code doesn't matter, except that of a shell or `env` that did not find the command.
                let code = paging.child.wait().ok().and_then(|status| status.code());
                signals::leave_to_pager(false);
                lend_terminal(false);
                if let (Some(126 | 127), Some(text)) = (code, paging.copy) {
                    self.straight(&text)?;
                    let warning = paging.pager.warning("command not found");
                    self.warn(warning.unwrap_or_default());
                }
            }
        }
        Ok(())
    }

    fn warn(&self, warning: String) {
        write_stderr(&if self.terminal.stderr.is_some() { tame(&warning) } else { warning });
    }
}

impl Drop for PagedOutput {
    fn drop(&mut self) {
        // An error was printed before, or the caller doesn't need it.
        let _ = self.close();
    }
}

impl Paging {
    fn write(&mut self, text: &str) -> io::Result<Reader> {
        self.copy = self.copy.take().filter(|copy| copy.len() + text.len() <= LONGEST_COPY).map(|copy| copy + text);
        let Some(pipe) = self.child.stdin.as_mut().filter(|_| !self.closed) else { return Ok(Reader::Gone) };
        match pipe.write_all(text.as_bytes()) {
            Ok(()) => Ok(Reader::Present),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(Reader::Gone)
            }
            Err(error) => Err(error),
        }
    }
}

/// Leaves Ctrl-C to the pager, which also gets it from the terminal: `less` stops searching, `cat` ends.
///
/// Catches the signal rather than ignoring it, since the pager would inherit that.
fn leave_ctrl_c_to_the_pager() -> io::Result<CtrlC> {
    // A separate runtime that nothing blocks on: the caller may be within another one.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let listening = {
        let _context = runtime.enter();
        #[cfg(unix)]
        let listening = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt());
        #[cfg(windows)]
        let listening = tokio::signal::windows::ctrl_c();
        listening
    };
    runtime.shutdown_background();
    listening
}

/// Whether the text and the prompt after it fit the screen. False if its size is unknown: then the pager decides.
fn fits(text: &str, terminal: &Terminal) -> bool {
    let (Some(width), Some(height)) = (terminal.screen.width, terminal.height) else { return false };
    let mut rows = 0;
    for line in text.lines() {
        rows += rows_of(line, usize::from(width));
        if rows >= usize::from(height) {
            return false;
        }
    }
    true
}

/// Returns the number of terminal rows that a line takes, wrapped at the width.
fn rows_of(line: &str, width: usize) -> usize {
    let mut rows = 1;
    let mut column = 0;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        let columns = match c {
            // Colours (ECMA-48, section 5.4): nothing is shown up to the final byte.
            '\u{1b}' => {
                characters.by_ref().skip_while(|c| *c == '[').find(|c| ('@'..='~').contains(c));
                continue;
            }
            '\t' => TAB - column % TAB,
            c => c.width().unwrap_or(0),
        };
        if column + columns > width {
            rows += 1;
            column = 0;
        }
        column += columns;
    }
    rows
}

/// Splits a command line into words as Python's `shlex.split` does for the AWS CLI: at spaces, with quotes and backslashes.
fn split(line: &str) -> Result<Vec<String>, &'static str> {
    const ESCAPED: &str = "nothing after its last backslash";
    const OPEN: &str = "a quote that isn't closed";
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        if matches!(c, ' ' | '\t' | '\r' | '\n') {
            words.extend(word.take());
            continue;
        }
        // Quotes begin a word even if it is empty.
        let word = word.get_or_insert_default();
        match c {
            '\\' => word.push(characters.next().ok_or(ESCAPED)?),
            '\'' => loop {
                match characters.next().ok_or(OPEN)? {
                    '\'' => break,
                    c => word.push(c),
                }
            },
            '"' => loop {
                match characters.next().ok_or(OPEN)? {
                    '"' => break,
                    '\\' => {
                        let c = characters.next().ok_or(OPEN)?;
                        if !matches!(c, '"' | '\\') {
                            word.push('\\');
                        }
                        word.push(c);
                    }
                    c => word.push(c),
                }
            },
            c => word.push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Screen;

    fn terminal(width: u16, height: Option<u16>) -> Terminal {
        let screen = Screen { width: Some(width), ..Screen::default() };
        Terminal { screen, height, stderr: None, rewrites: false, stderr_color: false }
    }

    #[test]
    fn words_are_split_as_by_shlex() {
        for (line, words) in [
            ("less", &["less"][..]),
            ("  less\t-R  -S\n", &["less", "-R", "-S"]),
            ("'/opt/my pager/less' \"-P a b\"", &["/opt/my pager/less", "-P a b"]),
            (r"/opt/my\ pager/less a\\b", &["/opt/my pager/less", r"a\b"]),
            (r#""a\"b\\c\$d" 'e\f'"#, &[r#"a"b\c\$d"#, r"e\f"]),
            ("a'b'\"c\"d ''", &["abcd", ""]),
            ("a#b # c", &["a#b", "#", "c"]),
            ("$HOME/*|cat;x", &["$HOME/*|cat;x"]),
            ("", &[]),
        ] {
            assert_eq!(split(line).unwrap(), words, "{line}");
        }
        for line in ["'a", "\"a", "a \\", "\"a\\", "it's"] {
            assert!(split(line).is_err(), "{line}");
        }
    }

    #[test]
    fn lines_are_counted_as_the_terminal_wraps_them() {
        for (line, rows) in [
            ("", 1),
            ("1234567890", 1),
            ("12345678901", 2),
            ("123456789012345678901", 3),
            ("\u{1b}[1;31m1234567890\u{1b}[0m", 1),
            ("日本日本日", 1),
            ("日本日本日本", 2),
            // A wide character isn't split.
            ("1日本日本日", 2),
            ("e\u{301}234567890", 1),
            ("\t12", 1),
            ("\t123", 2),
        ] {
            assert_eq!(rows_of(line, 10), rows, "{line:?}");
        }
    }

    #[test]
    fn the_prompt_needs_a_row_too() {
        assert!(fits("", &terminal(10, Some(1))));
        assert!(fits("a\nb\n", &terminal(10, Some(3))));
        assert!(!fits("a\nb\nc\n", &terminal(10, Some(3))));
        assert!(!fits("a\n12345678901\n", &terminal(10, Some(3))));
        assert!(!fits("a\n", &terminal(10, None)));
    }

    #[cfg(unix)]
    #[test]
    fn finishing_and_dropping_wait_for_the_pager() {
        let directory = tempfile::tempdir().unwrap();
        for (name, finished) in [("finished", true), ("dropped", false)] {
            let left = directory.path().join(name);
            let command = format!("sh -c 'cat >/dev/null; touch \"$0\"' '{}'", left.display());
            let mut output = PagedOutput::new(Pager::configured(command, "PAGER"), &terminal(80, Some(3)));
            assert!(output.write("a\nb\nc\n").is_ok());
            if finished {
                assert!(output.finish().is_ok());
            } else {
                drop(output);
            }
            assert!(left.exists(), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn quitting_the_pager_is_noticed_and_not_an_error() {
        let pager = Pager::configured("sh -c 'read line; exit 3'", "AWS_PAGER");
        let mut output = PagedOutput::new(pager, &terminal(80, Some(3)));
        assert!(output.write("a\nb\n").is_ok());
        assert!(!output.is_over(), "held back");
        // Longer than any pipe: this returns only when the pager has closed it.
        assert!(output.write(&"c\n".repeat(1 << 20)).is_ok());
        assert!(output.is_over());
        assert!(output.write("d\n").is_ok());
        assert!(output.finish().is_ok());
    }
}
