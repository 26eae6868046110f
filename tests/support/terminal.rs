//! Terminals for the program's streams, and what it shows there.

use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::thread::{self, JoinHandle};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use super::run::{Outcome, Run};

/// A terminal, as long as somebody has it open.
pub struct Terminal {
    shown: JoinHandle<Vec<u8>>,
}

impl Terminal {
    /// A terminal of so many columns and rows, and the stream to write to it.
    pub fn open((columns, rows): (u16, u16)) -> (OwnedFd, Terminal) {
        let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&controller).and_then(|()| unlockpt(&controller)).expect("a terminal to be used");
        let name = ptsname(&controller, Vec::new()).expect("a terminal has a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let stream = rustix::fs::open(name, flags, Mode::empty()).expect("a terminal to write to");
        let size = Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&stream, size).expect("a terminal has a size");
        let shown = thread::spawn(move || {
            let (mut controller, mut bytes, mut buffer) = (File::from(controller), Vec::new(), [0; 4096]);
            // Once nobody has the terminal any more, reading fails on Linux and ends elsewhere.
            while let Ok(length @ 1..) = controller.read(&mut buffer) {
                bytes.extend(&buffer[..length]);
            }
            bytes
        });
        (stream, Terminal { shown })
    }

    /// All that was written to it.
    pub fn shown(self) -> String {
        let shown = String::from_utf8(self.shown.join().expect("the terminal is read")).expect("text");
        shown.replace("\r\n", "\n")
    }
}

/// Runs the program with a terminal of this size as stdout; the terminal's text comes with the outcome.
#[track_caller]
pub fn on_terminal(run: Run, size: (u16, u16)) -> (Outcome, String) {
    let (stream, terminal) = Terminal::open(size);
    let outcome = run.stdout_to(stream).run();
    (outcome, terminal.shown())
}
