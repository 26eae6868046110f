//! How far a long listing is: a line on a terminal, after a while, until there is something to read.

use std::time::{Duration, Instant};

use crate::terminal::streams;

/// A listing that takes no longer isn't commented on.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line changes at most.
const PACE: Duration = Duration::from_millis(100);

/// The count of what has come so far. It is taken off the terminal when this is dropped.
#[derive(Debug)]
pub struct Progress {
    /// When the line is to be written next; nothing if never.
    next: Option<Instant>,
    items: usize,
    pages: usize,
}

impl Progress {
    /// Begins now; shows nothing unless it is `wanted`.
    pub fn new(wanted: bool) -> Progress {
        Progress { next: wanted.then(|| Instant::now() + PATIENCE), items: 0, pages: 0 }
    }

    /// Counts a page of so many handshakes.
    pub fn page(&mut self, items: usize) {
        self.items += items;
        self.pages += 1;
        let now = Instant::now();
        if self.next.is_some_and(|next| next <= now) {
            self.next = Some(now + PACE);
            let (handshakes, pages) = (plural(self.items), plural(self.pages));
            streams::show_progress(&format!("{} handshake{handshakes}, {} page{pages} so far", self.items, self.pages));
        }
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
