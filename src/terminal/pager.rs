//! The pager: what a terminal can't show at once goes through a program in which people read it.
//!
//! Which one is a setting ([`crate::settings::pager`]). Nothing of this happens unless stdout is a terminal.

use std::borrow::Cow;
use std::env;
use std::io::{self, Write};
use std::mem;
use std::process::{Child, Command, Stdio};

use unicode_width::UnicodeWidthChar;

use crate::os::{dumps, signals};
use crate::terminal::streams::{
    Reader, Terminal, erase_progress, write_stderr, write_stdout, write_stdout_unless_caught,
};
use crate::text::escape::tame;
use crate::text::redact::shown;

#[cfg(unix)]
use tokio::signal::unix::Signal as CtrlC;
#[cfg(windows)]
use tokio::signal::windows::CtrlC;

/// The pager of a machine on which nobody chose one.
const DEFAULT: &str = if cfg!(windows) { "more" } else { "less" };
/// The AWS CLI's flags of `less`: leave when all fits the screen, show colours, keep the text on the screen.
const LESS: &str = "FRX";
/// The longest text that is kept for a pager that isn't there, in bytes.
const LONGEST_COPY: usize = 1 << 20;
/// The columns from one tab stop of a terminal to the next.
const TAB: usize = 8;

/// A pager: a command line, and who chose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pager {
    command: String,
    /// The variable or setting that names it; nothing where it is the default.
    from: Option<String>,
}

impl Default for Pager {
    fn default() -> Pager {
        Pager { command: DEFAULT.to_owned(), from: None }
    }
}

impl Pager {
    /// The command line that `from` names; an empty one means that there shall be no pager.
    pub fn configured(command: impl Into<String>, from: impl Into<String>) -> Option<Pager> {
        let command = command.into();
        (!command.trim().is_empty()).then(|| Pager { command, from: Some(from.into()) })
    }

    /// The warning that it can't be started; nothing where nobody chose it.
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

/// Writes a whole text to stdout, through the pager if there is one and the screen is too small.
///
/// # Errors
///
/// It can't be written.
pub fn show(text: &str, pager: Option<Pager>, terminal: &Terminal) -> io::Result<()> {
    let mut output = Output::new(pager, terminal);
    output.write(text)?;
    output.finish()
}

/// Stdout, with the pager before it as soon as the screen is full.
///
/// What is held back until then is written, and the pager is waited for, when this is finished or dropped. So an error
/// on a later page is told behind the pages that came before it, and never into the pager.
#[derive(Debug)]
pub struct Output {
    terminal: Terminal,
    way: Way,
    /// Whether a signal is to end the wait for a reader that doesn't read.
    interruptible: bool,
}

/// Where the text goes.
#[derive(Debug)]
enum Way {
    /// To stdout; with a warning to end with, if a pager should have been there.
    Straight(Option<String>),
    /// Nowhere yet: it may still fit the screen.
    Held(Pager, String),
    /// To the pager.
    Paged(Paging),
}

/// A pager that was started.
#[derive(Debug)]
struct Paging {
    child: Child,
    pager: Pager,
    /// What was written to it, as long as that isn't much: it may turn out that there was no pager behind its wrapper.
    copy: Option<String>,
    /// It has stopped reading.
    closed: bool,
    /// Windows gives Ctrl-C back to its default as soon as nobody listens.
    _ctrl_c: Option<CtrlC>,
}

impl Output {
    /// Stdout behind this pager, if there is one and stdout is a terminal.
    pub fn new(pager: Option<Pager>, terminal: &Terminal) -> Output {
        let way = match pager.filter(|_| terminal.screen.width.is_some()) {
            Some(pager) => Way::Held(pager, String::new()),
            None => Way::Straight(None),
        };
        Output { terminal: *terminal, way, interruptible: false }
    }

    /// Has a signal that comes while stdout is blocked become an error, so that its caller can say what was done before.
    pub fn set_interruptible(&mut self) {
        self.interruptible = true;
    }

    /// Writes to stdout itself.
    fn straight(&self, text: &str) -> io::Result<Reader> {
        if self.interruptible { write_stdout_unless_caught(text) } else { write_stdout(text) }
    }

    /// Writes more text. A reader that has gone is no failure.
    ///
    /// # Errors
    ///
    /// It can't be written.
    pub fn write(&mut self, text: &str) -> io::Result<Reader> {
        match &mut self.way {
            Way::Straight(_) => self.straight(text),
            Way::Paged(paging) => paging.write(text),
            Way::Held(pager, held) => {
                // A result that comes whole isn't copied.
                let text = if held.is_empty() { Cow::from(text) } else { Cow::from(mem::take(held) + text) };
                if fits(&text, &self.terminal) {
                    *held = text.into_owned();
                    return Ok(Reader::Present);
                }
                erase_progress();
                self.way = match pager.start() {
                    Ok(child) => {
                        // Not before it has started: where it can't, Ctrl-C goes on ending us.
                        let ctrl_c = leave_ctrl_c_to_the_pager().ok();
                        signals::leave_to_pager(true);
                        let copy = Some(String::new());
                        Way::Paged(Paging { child, pager: pager.clone(), copy, closed: false, _ctrl_c: ctrl_c })
                    }
                    Err(error) => Way::Straight(pager.warning(&error.to_string())),
                };
                self.write(&text)
            }
        }
    }

    /// Whether the pager has been left, so that nobody is going to read what is still written.
    ///
    /// From the pager's start on Ctrl-C doesn't end this process: who does other things than writing asks this when one
    /// comes.
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

    /// Writes what is held back, and waits until the pager is left.
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
                // How a pager ends says nothing about the command, but a shell or `env` says so that it ran none.
                let code = paging.child.wait().ok().and_then(|status| status.code());
                signals::leave_to_pager(false);
                if let (Some(126 | 127), Some(text)) = (code, paging.copy) {
                    self.straight(&text)?;
                    let warning = paging.pager.warning("there is no such command");
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

impl Drop for Output {
    fn drop(&mut self) {
        // What could not be written here was told before, or nobody asked.
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

/// From now on Ctrl-C is for the pager, which gets it from the terminal as well: `less` stops searching, `cat` ends.
///
/// The signal isn't ignored but caught, since the pager would inherit that it is ignored.
fn leave_ctrl_c_to_the_pager() -> io::Result<CtrlC> {
    // A runtime of its own, never blocked on: the caller may be within another one.
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

/// Whether the screen holds the text and the prompt behind it. One of unknown size may not: the pager has to find out.
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

/// How many rows of a terminal a line takes, wrapped at its width.
fn rows_of(line: &str, width: usize) -> usize {
    let mut rows = 1;
    let mut column = 0;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        let columns = match c {
            // Colours (ECMA-48, section 5.4): up to the final byte, none of it is shown.
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

/// The words of a command line, split as Python's `shlex.split` does for the AWS CLI: blanks, quotes, backslashes.
fn split(line: &str) -> Result<Vec<String>, &'static str> {
    const ESCAPED: &str = "nothing behind its last backslash";
    const OPEN: &str = "a quote that isn't closed";
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        if matches!(c, ' ' | '\t' | '\r' | '\n') {
            words.extend(word.take());
            continue;
        }
        // Quotes begin a word even if there is nothing between them.
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
        Terminal { screen, height, stderr: None, rewrites: false }
    }

    #[test]
    fn words_are_those_of_shlex() {
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
            // A wide character isn't cut in two.
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
    fn the_pager_is_waited_for_however_writing_ends() {
        let directory = tempfile::tempdir().unwrap();
        for (name, finished) in [("finished", true), ("dropped", false)] {
            let left = directory.path().join(name);
            let command = format!("sh -c 'cat >/dev/null; touch \"$0\"' '{}'", left.display());
            let mut output = Output::new(Pager::configured(command, "PAGER"), &terminal(80, Some(3)));
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
    fn a_pager_that_was_left_is_noticed_and_no_failure() {
        let pager = Pager::configured("sh -c 'read line; exit 3'", "AWS_PAGER");
        let mut output = Output::new(pager, &terminal(80, Some(3)));
        assert!(output.write("a\nb\n").is_ok());
        assert!(!output.is_over(), "held back");
        // Longer than any pipe: this comes back only when the pager has closed it.
        assert!(output.write(&"c\n".repeat(1 << 20)).is_ok());
        assert!(output.is_over());
        assert!(output.write("d\n").is_ok());
        assert!(output.finish().is_ok());
    }
}
