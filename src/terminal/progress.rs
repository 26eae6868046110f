//! The progress of a long command: a line on the terminal, until the first output. That of a listing appears only after
//! some time.

use std::time::{Duration, Instant};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::terminal::streams::{self, Terminal};
use crate::text::escape::tame_line;

/// The time before the first line.
const PATIENCE: Duration = Duration::from_secs(1);
/// The minimum time between two changes of the line.
const PACE: Duration = Duration::from_millis(100);

/// Counts pages and items. Dropping it removes the line from the terminal.
#[derive(Debug)]
pub struct Progress {
    /// The time to write the line next; `None` means never.
    next: Option<Instant>,
    items: usize,
    pages: usize,
}

impl Progress {
    /// Starts now. Shows nothing unless `wanted`.
    pub fn new(wanted: bool) -> Progress {
        Progress { next: wanted.then(|| Instant::now() + PATIENCE), items: 0, pages: 0 }
    }

    /// Shows how many items of a run are done.
    pub fn items(&mut self, done: usize, failed: usize, all: usize) {
        let failed = if failed == 0 { String::new() } else { format!(", {failed} failed") };
        self.show(|| format!("{done} of {all} done{failed}"));
    }

    /// Shows a line if it is time for one.
    fn show(&mut self, line: impl FnOnce() -> String) {
        let now = Instant::now();
        if self.next.is_some_and(|next| next <= now) {
            self.next = Some(now + PACE);
            streams::show_progress(&line());
        }
    }

    /// Counts a page of `items` handshakes.
    pub fn page(&mut self, items: usize) {
        self.items += items;
        self.pages += 1;
        let (handshakes, pages) = (self.items, self.pages);
        let [of_handshakes, of_pages] = [handshakes, pages].map(plural);
        self.show(|| format!("{handshakes} handshake{of_handshakes}, {pages} page{of_pages} so far"));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        streams::erase_progress();
    }
}

/// A line that says how things stand. Dropping it removes it from the terminal.
#[derive(Debug)]
pub struct Standing {
    /// The width of the terminal; nothing if the line isn't shown.
    width: Option<usize>,
}

impl Standing {
    /// Creates a line for the terminal, unless stderr isn't one or `--debug` prints there.
    pub fn new(terminal: &Terminal) -> Standing {
        let shown = terminal.rewrites && !streams::is_debug();
        Standing { width: terminal.stderr.filter(|_| shown).map(usize::from) }
    }

    /// Shows a text, cut to the width of the terminal: a longer line could not be overwritten. Leaves room for the `^C` of a
    /// Ctrl-C.
    pub fn show(&self, text: &str) {
        if let Some(width) = self.width {
            let mut line = String::new();
            for letter in tame_line(text).chars() {
                if line.width() + letter.width().unwrap_or_default() > width.saturating_sub(3) {
                    break;
                }
                line.push(letter);
            }
            streams::show_progress(&line);
        }
    }

    /// Removes the line while a request is under way.
    pub fn hide(&self) {
        streams::erase_progress();
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        streams::erase_progress();
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
