//! The progress of a long command: a line on the terminal, until the first output. That of a listing appears only after
//! some time, and so does what a long pause is for.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::time::{MissedTickBehavior, interval};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::terminal::streams;
use crate::text::counted::counted;
use crate::text::escape::tame_line;

/// The time before the first line.
const PATIENCE: Duration = Duration::from_secs(1);
/// The minimum time between two changes of the line.
const PACE: Duration = Duration::from_millis(100);

/// The time before a pause is explained.
const PAUSE: Duration = Duration::from_secs(2);
/// The time between two changes of the line that explains a pause.
const TICK: Duration = Duration::from_millis(200);

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
    pub fn show(&mut self, line: impl FnOnce() -> String) {
        let now = Instant::now();
        if self.next.is_some_and(|next| next <= now) {
            self.next = Some(now + PACE);
            let line = line();
            streams::show_progress(&line);
            line_now().count = line;
        }
    }

    /// Counts a page of `items` handshakes.
    pub fn page(&mut self, items: usize) {
        self.items += items;
        self.pages += 1;
        let (handshakes, pages) = (self.items, self.pages);
        self.show(|| format!("{}, {} so far", counted(handshakes, "handshake"), counted(pages, "page")));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        line_now().count.clear();
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
    pub fn of_stderr() -> Standing {
        Standing { width: streams::rewritable_width().map(usize::from) }
    }

    /// Shows a text, cut to the width of the terminal: a longer line could not be overwritten. Leaves room for the `^C` of a
    /// Ctrl-C.
    pub fn show(&self, text: &str) {
        if let Some(width) = self.width {
            streams::show_progress(&cut(text, width));
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

/// Cuts a line so that it can be overwritten on a terminal of this width. Leaves room for the `^C` of a Ctrl-C.
fn cut(text: &str, width: usize) -> String {
    let mut line = String::new();
    for letter in tame_line(text).chars() {
        if line.width() + letter.width().unwrap_or_default() > width.saturating_sub(3) {
            break;
        }
        line.push(letter);
    }
    line
}

/// Something that the program waits for. [`watched`] shows it if that takes long. Dropping it ends the wait.
#[derive(Debug)]
pub struct Wait(u64);

/// What the line of progress may show.
struct Line {
    /// The text of [`Progress`], if that is shown.
    count: String,
    /// What the program waits for, the longest wait first.
    waits: Vec<(u64, Instant, String)>,
    /// The number of waits so far.
    made: u64,
    /// Whether a wait is shown.
    shows_wait: bool,
}

static LINE: Mutex<Line> = Mutex::new(Line { count: String::new(), waits: Vec::new(), made: 0, shows_wait: false });

fn line_now() -> MutexGuard<'static, Line> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Wait {
    /// Begins to wait; `why` continues "waiting".
    pub fn new(why: impl Into<String>) -> Wait {
        let mut line = line_now();
        line.made += 1;
        let id = line.made;
        line.waits.push((id, Instant::now(), why.into()));
        Wait(id)
    }

    /// Changes what the wait is for.
    pub fn becomes(&self, why: impl Into<String>) {
        if let Some((.., text)) = line_now().waits.iter_mut().find(|(id, ..)| *id == self.0) {
            *text = why.into();
        }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        let mut line = line_now();
        line.waits.retain(|(id, ..)| *id != self.0);
        if std::mem::take(&mut line.shows_wait) {
            match line.count.as_str() {
                "" => streams::erase_progress(),
                count => streams::show_progress(count),
            }
        }
    }
}

/// Shows what the program has been waiting for, if that takes long.
fn show_wait(width: usize) {
    let mut line = line_now();
    let Some((_, since, why)) = line.waits.first().filter(|(_, since, _)| since.elapsed() >= PAUSE) else { return };
    let waiting = format!("waiting {why}, {} s", since.elapsed().as_secs());
    let text = if line.count.is_empty() { waiting } else { format!("{}; {waiting}", line.count) };
    streams::show_progress(&cut(&text, width));
    line.shows_wait = true;
}

/// Runs work to its end. If stderr is a terminal, it shows what the work waits for if that takes long.
pub async fn watched<T>(work: impl Future<Output = T>) -> T {
    let Some(width) = streams::rewritable_width() else { return work.await };
    let mut work = pin!(work);
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    poll_fn(|context| {
        while ticks.poll_tick(context).is_ready() {
            show_wait(width.into());
        }
        work.as_mut().poll(context)
    })
    .await
}
