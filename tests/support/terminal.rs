//! Terminals for the program's streams, and the text on them.

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use super::machine::patience;
use super::run::{Outcome, Run};

/// Opens a terminal. Returns its controlling end, and the stream for a program. Programs that other tests start meanwhile
/// inherit neither.
pub fn pair() -> (OwnedFd, OwnedFd) {
    #[cfg(target_os = "linux")]
    const FLAGS: OpenptFlags = OpenptFlags::RDWR.union(OpenptFlags::NOCTTY).union(OpenptFlags::CLOEXEC);
    #[cfg(not(target_os = "linux"))]
    const FLAGS: OpenptFlags = OpenptFlags::RDWR.union(OpenptFlags::NOCTTY);
    let controller = openpt(FLAGS).expect("a terminal");
    grantpt(&controller).and_then(|()| unlockpt(&controller)).expect("a terminal to be used");
    let name = ptsname(&controller, Vec::new()).expect("a terminal has a name");
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let stream = rustix::fs::open(name, flags, Mode::empty()).expect("a terminal to write to");
    (controller, stream)
}

/// The reading end of a terminal.
pub struct Terminal {
    shown: JoinHandle<Vec<u8>>,
}

impl Terminal {
    /// Opens a terminal of this size, and returns it with the stream to write to it.
    pub fn open((columns, rows): (u16, u16)) -> (OwnedFd, Terminal) {
        let (controller, stream) = pair();
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&stream, size).expect("a terminal has a size");
        let shown = thread::spawn(move || {
            let (mut controller, mut bytes, mut buffer) = (File::from(controller), Vec::new(), [0; 4096]);
            // After the terminal's last writer is closed, reading fails on Linux and ends elsewhere.
            while let Ok(length @ 1..) = controller.read(&mut buffer) {
                bytes.extend(&buffer[..length]);
            }
            bytes
        });
        (stream, Terminal { shown })
    }

    /// Returns all the text written to it.
    pub fn shown(self) -> String {
        let shown = String::from_utf8(self.shown.join().expect("the terminal is read")).expect("text");
        shown.replace("\r\n", "\n")
    }
}

/// Runs the program with a terminal of this size as stdout. Returns the terminal's text with the outcome.
#[track_caller]
pub fn on_terminal(run: Run, size: (u16, u16)) -> (Outcome, String) {
    let (stream, terminal) = Terminal::open(size);
    let outcome = run.stdout_to(stream).run();
    (outcome, terminal.shown())
}

/// Runs the program with a terminal of 80 columns as stderr. Returns the terminal's text with the outcome.
#[track_caller]
pub fn stderr_on_terminal(run: Run) -> (Outcome, String) {
    let (stream, terminal) = Terminal::open((80, 24));
    let outcome = run.stderr_to(stream).run();
    (outcome, terminal.shown())
}

/// Runs the program with one terminal as stdout and stderr. Returns the terminal's text with the outcome.
#[track_caller]
pub fn both_on_terminal(run: Run, size: (u16, u16)) -> (Outcome, String) {
    let (stream, terminal) = Terminal::open(size);
    let stderr = stream.try_clone().expect("two streams of one terminal");
    let outcome = run.stderr_to(stderr).stdout_to(stream).run();
    (outcome, terminal.shown())
}

/// Returns the first wait that a terminal showed: what for, and after how many seconds.
pub fn first_wait(shown: &str) -> Option<(&str, u32)> {
    let (_, rest) = shown.split_once("\rwaiting ")?;
    let (wait, _) = rest.split_once(" s\u{1b}[K")?;
    let (what, seconds) = wait.rsplit_once(", ")?;
    Some((what, seconds.parse().ok()?))
}

/// A program with its own terminal, and the keys to type there.
pub struct Session {
    child: Child,
    keys: File,
    shown: Arc<Mutex<Vec<u8>>>,
}

impl Session {
    /// Starts a program with this as its controlling terminal.
    pub fn start(program: &str, configure: impl FnOnce(&mut Command)) -> Session {
        let (controller, stream) = pair();
        tcsetwinsize(&stream, Winsize { ws_row: 50, ws_col: 250, ws_xpixel: 0, ws_ypixel: 0 }).expect("a size");
        let another = || Stdio::from(stream.try_clone().expect("another stream"));
        let mut command = Command::new("setsid");
        // Tests that run in the background ignore SIGINT, and the program would inherit that.
        let words = ["--ctty", "env", "--default-signal=INT,TERM", program];
        command.args(words).stdin(another()).stdout(another()).stderr(another()).env_clear();
        configure(&mut command);
        let child = command.spawn().expect("the program starts");
        let keys = File::from(controller);
        let shown = Arc::new(Mutex::new(Vec::new()));
        let (mut reader, bytes) = (keys.try_clone().expect("another stream"), Arc::clone(&shown));
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                bytes.lock().expect("no reader panics").extend(&buffer[..length]);
            }
        });
        Session { child, keys, shown }
    }

    /// Types keys.
    #[track_caller]
    pub fn types(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the terminal takes keys");
    }

    /// Waits until a condition is true, or fails with the terminal's text.
    #[track_caller]
    pub fn until<T>(&self, what: &str, mut found: impl FnMut() -> Option<T>) -> T {
        let end = Instant::now() + patience();
        loop {
            if let Some(found) = found() {
                return found;
            }
            assert!(Instant::now() < end, "{what}: it doesn't come; the terminal shows:\n{}", self.shown());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Returns all the text written to the terminal.
    pub fn shown(&self) -> String {
        String::from_utf8_lossy(&self.shown.lock().expect("no reader panics")).into_owned()
    }
}

/// Ends the program and everything that it has started in its session.
impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
