//! The progress of a long listing: a line on the terminal, from some time after the start until the first output.

use std::time::{Duration, Instant};

use crate::terminal::streams;

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

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
