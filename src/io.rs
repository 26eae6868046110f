//! The only place that touches the terminal: what streams are, how wide, and what may be written to them.

use std::io::{self, IsTerminal, Write};

use crate::render::Screen;

/// What the environment says of the streams.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Where the result goes.
    pub screen: Screen,
    /// Whether stderr is a terminal.
    pub stderr: bool,
    /// Whether help and messages may be coloured.
    pub color: bool,
}

impl Terminal {
    /// Looks at the streams of this process. `color` is what `--color` asks for.
    pub fn of_process(color: Option<bool>) -> Terminal {
        let stdout = io::stdout().is_terminal();
        let width = stdout.then(|| terminal_size::terminal_size().map_or(80, |(width, _)| width.0));
        let screen = Screen { width, color: color.unwrap_or(stdout), unicode: locale_is_utf8() };
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Terminal { screen, stderr: io::stderr().is_terminal(), color: color.unwrap_or(stdout && !plain) }
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

/// How writing the result ended.
#[derive(Debug)]
pub enum Written {
    /// All of it is out, or the reader has gone: a closed pipe is no failure.
    Done,
    /// It could not be written.
    Failed(io::Error),
}

/// Writes the result to stdout.
pub fn write_stdout(text: &str) -> Written {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Ok(()) => Written::Done,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Written::Done,
        Err(error) => Written::Failed(error),
    }
}

/// Writes a message to stderr. There is nowhere left to tell that it failed.
pub fn write_stderr(text: &str, terminal: &Terminal) {
    let text = if terminal.stderr { tame(text) } else { text.to_owned() };
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// A line of `--debug`.
pub fn debug(line: &str) {
    let line =
        format!("{} orgshake: {line}\n", jiff::Timestamp::now().round(jiff::Unit::Millisecond).unwrap_or_default());
    let _ = io::stderr().lock().write_all(tame(&line).as_bytes());
}

/// The text with what could drive a terminal made visible: control characters but for newline and tab, and the
/// characters that change the direction of writing (Unicode Standard Annex 9), as `\u{…}`.
pub fn tame(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_wild(c) && c != '\n' && c != '\t' {
            out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a character could drive a terminal or turn the direction of writing.
pub fn is_wild(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wild_characters_become_visible() {
        assert_eq!(tame("a\u{1b}[2Jb\u{202e}c\td\n"), "a\\u{1b}[2Jb\\u{202e}c\td\n");
        assert_eq!(tame("é日本😀"), "é日本😀");
    }
}
