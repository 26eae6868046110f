//! Runs a program that must end as soon as its result is no longer needed, such as a `credential_process` during completion.

use std::io;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{dumps, files};

/// How often to check whether a program that closed its stdout has ended, and whether a signal came.
const LOOK: Duration = Duration::from_millis(5);

/// Holds at most one running program.
#[derive(Debug, Default)]
pub struct Leash(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    over: bool,
    running: Option<Child>,
}

impl Leash {
    /// Runs a program to its end. It gets no stdin and no stderr, and on Unix it is a background process, which can't read
    /// from a terminal.
    ///
    /// # Errors
    ///
    /// It can't be run, it prints more than 16 MiB, or [`Leash::end`] was called.
    pub fn output(&self, command: &mut Command) -> io::Result<Output> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let stdout = self.start(command)?;
        let stdout = stdout.map(files::bounded).transpose();
        if stdout.is_err() {
            self.end();
        }
        let stdout = stdout?.unwrap_or_default();
        loop {
            let mut state = self.state();
            let Some(child) = &mut state.running else { return Err(io::ErrorKind::TimedOut.into()) };
            if let Some(status) = child.try_wait()? {
                state.running = None;
                return Ok(Output { status, stdout, stderr: Vec::new() });
            }
            drop(state);
            thread::sleep(LOOK);
        }
    }

    fn start(&self, command: &mut Command) -> io::Result<Option<ChildStdout>> {
        let mut state = self.state();
        if state.over {
            return Err(io::ErrorKind::TimedOut.into());
        }
        let child = state.running.insert(dumps::spawn(command)?);
        Ok(child.stdout.take())
    }

    /// Ends the running program and its whole process group. Later calls of [`Leash::output`] start no program.
    pub fn end(&self) {
        let mut state = self.state();
        state.over = true;
        if let Some(mut child) = state.running.take() {
            #[cfg(unix)]
            {
                use rustix::process::{Pid, Signal, kill_process_group};
                // It may just have ended. Its process id can't have been reused, since it hasn't been waited for.
                let _ = kill_process_group(Pid::from_child(&child), Signal::KILL);
            }
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    /// Calls a function, which runs all its programs on the leash that it gets, in a thread. Stops waiting for its result at
    /// a time limit, or when a signal comes that ends this process. Ends the running program in every case.
    pub fn run<T: Send + 'static>(until: Instant, work: impl FnOnce(Arc<Leash>) -> T + Send + 'static) -> Option<T> {
        let leash = Arc::new(Leash::default());
        let (sender, receiver) = mpsc::channel();
        let held = Arc::clone(&leash);
        // Before the thread can start a program, which a signal must end.
        let signals = signals::Caught::catch();
        // A late thread dies with the process.
        thread::Builder::new().spawn(move || sender.send(work(held))).ok()?;
        let answer = loop {
            match receiver.recv_timeout(LOOK) {
                Ok(answer) => break Some(answer),
                Err(RecvTimeoutError::Timeout) if Instant::now() < until && !signals.came() => {}
                Err(_) => break None,
            }
        };
        leash.end();
        signals.end();
        answer
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(unix)]
mod signals {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    /// Catches the signals that would end this process.
    pub struct Caught(Vec<(i32, Arc<AtomicBool>)>);

    impl Caught {
        pub fn catch() -> Caught {
            let catch = |number| {
                let came = Arc::new(AtomicBool::new(false));
                signal_hook::flag::register(number, Arc::clone(&came)).ok()?;
                Some((number, came))
            };
            Caught([SIGHUP, SIGINT, SIGTERM].into_iter().filter_map(catch).collect())
        }

        pub fn came(&self) -> bool {
            self.0.iter().any(|(_, came)| came.load(Ordering::SeqCst))
        }

        /// Ends the process by the signal that came.
        pub fn end(&self) {
            for (number, _) in self.0.iter().filter(|(_, came)| came.load(Ordering::SeqCst)) {
                let _ = signal_hook::low_level::emulate_default_handler(*number);
            }
        }
    }
}

#[cfg(not(unix))]
mod signals {
    /// Does nothing: Ctrl-C ends this process and the programs that it started.
    pub struct Caught;

    impl Caught {
        pub fn catch() -> Caught {
            Caught
        }

        pub fn came(&self) -> bool {
            false
        }

        pub fn end(&self) {}
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn output_is_returned() {
        let leash = Leash::default();
        let output = leash.output(Command::new("sh").args(["-c", "echo out; echo err >&2; cat; exit 3"])).unwrap();
        assert_eq!((output.status.code(), &*output.stdout, &*output.stderr), (Some(3), &b"out\n"[..], &b""[..]));
    }

    #[test]
    fn end_stops_the_program_and_later_starts() {
        let leash = Arc::new(Leash::default());
        let other = Arc::clone(&leash);
        // The grandchild has the pipe open, too: reading ends only when both have ended.
        let running = thread::spawn(move || other.output(Command::new("sh").args(["-c", "sleep 1000 & sleep 1000"])));
        while leash.state().running.is_none() {
            thread::sleep(LOOK);
        }
        leash.end();
        assert!(running.join().unwrap().is_err());
        assert!(leash.output(&mut Command::new("true")).is_err());
    }
}
