//! Signals: Ctrl-C and SIGTERM are caught while a request is under way and have the system's default everywhere else.
//! [`hold`] puts signals off while something must not be cut short; [`tidy`] cleans up before a signal ends the program.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};

use tokio::runtime::Builder;

use crate::os::runtime;

/// The signal that ended a request that nothing depends on.
static ENDED: OnceLock<Signal> = OnceLock::new();

/// What asks the program to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C, SIGINT.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

impl Signal {
    /// The exit code by which a shell tells it: 128 and the number of the signal (POSIX, Exit Status for Commands).
    /// Where the signal can't end the program, it is the program's own.
    pub fn exit_code(self) -> u8 {
        match self {
            Signal::Interrupt => 130,
            Signal::Terminate => 143,
        }
    }

    /// What became of the program, in a word.
    pub fn word(self) -> &'static str {
        match self {
            Signal::Interrupt => "Interrupted",
            Signal::Terminate => "Terminated",
        }
    }
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl std::error::Error for Signal {}

/// Ends the process as the signal would have, so that a shell's loop ends with it; returns where that isn't possible.
pub fn end(signal: Signal) {
    system::end(signal);
}

/// Whether Ctrl-C is the pager's from now on.
pub fn leave_to_pager(paged: bool) {
    system::leave_to_pager(paged);
}

/// Puts off the signals that end the program. Dropping the result delivers one that came meanwhile.
#[must_use]
pub fn hold() -> Held {
    Held(system::Held::of(system::HELD))
}

/// Signals that are put off.
#[derive(Debug)]
pub struct Held(#[allow(dead_code, reason = "only its end does something")] system::Held);

/// Runs `work`, which waits for a person. If a signal ends the program meanwhile, `undo` runs first.
pub fn tidy<T>(undo: impl FnOnce() + Send, work: impl FnOnce() -> T) -> T {
    system::tidy(undo, work)
}

/// Signals as long as they are caught: until this is dropped.
#[derive(Debug)]
pub struct Caught(system::Caught);

impl Caught {
    /// Catches them, within a runtime; what can't be caught or was ignored at the start stays as it is.
    pub fn catch() -> Caught {
        Caught(system::Caught::catch())
    }

    /// Whether one has come.
    pub fn poll(&mut self, context: &mut Context<'_>) -> Poll<Signal> {
        self.0.poll(context)
    }
}

/// Waits for a request that nothing depends on, such as one for credentials; the first signal ends it, and
/// [`ended`] tells.
///
/// # Errors
///
/// The signal.
pub async fn unless_caught<T>(request: impl Future<Output = T>) -> Result<T, Signal> {
    or_signal(request).await.inspect_err(|signal| _ = ENDED.set(*signal))
}

/// Waits for a request, unless a signal comes first. Any number of requests may wait at once: the signal ends them all.
///
/// # Errors
///
/// Returns the signal.
pub async fn or_signal<T>(request: impl Future<Output = T>) -> Result<T, Signal> {
    let mut caught = Caught::catch();
    let mut request = pin!(request);
    poll_fn(|context| match caught.poll(context) {
        Poll::Ready(signal) => Poll::Ready(Err(signal)),
        Poll::Pending => request.as_mut().poll(context).map(Ok),
    })
    .await
}

/// Does work that may block for ever, on a thread of its own; a signal ends the wait for it, not the work.
///
/// # Errors
///
/// The signal.
pub fn work_unless_caught<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Signal> {
    let Ok(runtime) = runtime::build(&mut Builder::new_current_thread()) else { return Ok(work()) };
    // Without a thread, no signal ends the wait.
    let worked = match runtime::on_thread(work) {
        Ok(worked) => worked,
        Err(work) => return Ok(work()),
    };
    let outcome = runtime.block_on(unless_caught(worked));
    outcome.map(|worked| worked.unwrap_or_else(|error| std::panic::resume_unwind(Box::new(error))))
}

/// Has a write beyond the limit of a file's size (`ulimit -f`) fail, instead of ending the process without a word. It is
/// not ignored, which other programs would inherit.
pub fn survive_file_size_limit() {
    system::survive_file_size_limit();
}

/// The signal that has ended a request of [`unless_caught`].
pub fn ended() -> Option<Signal> {
    ENDED.get().copied()
}

#[cfg(unix)]
mod system {
    use std::fs::File;
    use std::io::Read;
    use std::os::unix::net::UnixStream;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, OnceLock};
    use std::task::{Context, Poll};
    use std::thread;

    use signal_hook::SigId;
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
    use signal_hook::flag::{self, register_conditional_default, register_conditional_shutdown};
    use signal_hook::low_level::{emulate_default_handler, exit, pipe, unregister};
    use tokio::signal::unix::{self, SignalKind};

    use super::Signal;

    const SIGNALS: [(Signal, usize); 2] = [(Signal::Interrupt, 0), (Signal::Terminate, 1)];

    /// The signals by which terminals and people end programs.
    const NUMBERS: [i32; 4] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT];

    /// Those that [`super::hold`] puts off. Outside Linux it isn't known whether `nohup` has SIGHUP ignored, and catching it
    /// would end that.
    pub const HELD: &[usize] = if cfg!(target_os = "linux") { &[0, 1, 2, 3] } else { &[0, 1] };

    /// For each signal that was caught once, whether it has its default. Handlers stay for good.
    static DEFAULT: [OnceLock<Option<Arc<AtomicBool>>>; 4] = [const { OnceLock::new() }; 4];

    /// How many requests wait for signals and how much work puts them off.
    static GUARDS: AtomicUsize = AtomicUsize::new(0);

    /// Whether Ctrl-C is the pager's.
    static PAGED: AtomicBool = AtomicBool::new(false);

    pub fn survive_file_size_limit() {
        // Where this fails, the signal goes on ending the process.
        let _ = signal_hook::flag::register(SIGXFSZ, Arc::default());
    }

    pub fn end(signal: Signal) {
        if is_first() {
            return;
        }
        for (_, at) in SIGNALS.iter().filter(|(known, _)| *known == signal) {
            let _ = emulate_default_handler(NUMBERS[*at]);
        }
    }

    pub fn leave_to_pager(paged: bool) {
        PAGED.store(paged, Ordering::SeqCst);
        if GUARDS.load(Ordering::SeqCst) == 0 {
            give_back();
        }
    }

    /// Returns the flag that gives a signal its default; none if it can't be caught or was ignored at the start. The first call
    /// installs the handler.
    fn default_of(at: usize) -> Option<&'static Arc<AtomicBool>> {
        let caught = DEFAULT[at].get_or_init(|| {
            let number = NUMBERS[at];
            let default = Arc::new(AtomicBool::new(true));
            let wanted = ignored() >> (number - 1) & 1 == 0;
            let register = |default| match is_first() {
                true => register_conditional_shutdown(number, 128 + number, default),
                false => register_conditional_default(number, default),
            };
            (wanted && register(Arc::clone(&default)).is_ok()).then_some(default)
        });
        caught.as_ref()
    }

    /// Gives the signals their defaults, but for a Ctrl-C that is the pager's.
    fn give_back() {
        for (number, default) in NUMBERS.iter().zip(&DEFAULT) {
            if let Some(Some(default)) = default.get() {
                default.store(*number != SIGINT || !PAGED.load(Ordering::SeqCst), Ordering::SeqCst);
            }
        }
    }

    #[derive(Debug)]
    pub struct Caught([Option<unix::Signal>; 2]);

    impl Caught {
        pub fn catch() -> Caught {
            GUARDS.fetch_add(1, Ordering::SeqCst);
            Caught(SIGNALS.map(|(signal, at)| {
                let default = default_of(at)?;
                if signal == Signal::Interrupt && PAGED.load(Ordering::SeqCst) {
                    return None;
                }
                let listening = unix::signal(SignalKind::from_raw(NUMBERS[at])).ok()?;
                default.store(false, Ordering::SeqCst);
                Some(listening)
            }))
        }

        pub fn poll(&mut self, context: &mut Context<'_>) -> Poll<Signal> {
            for ((signal, _), caught) in SIGNALS.iter().zip(&mut self.0) {
                if let Some(listening) = caught
                    && listening.poll_recv(context).is_ready()
                {
                    return Poll::Ready(*signal);
                }
            }
            Poll::Pending
        }
    }

    impl Drop for Caught {
        fn drop(&mut self) {
            // With the last guard the defaults hold again.
            if GUARDS.fetch_sub(1, Ordering::SeqCst) == 1 {
                give_back();
            }
        }
    }

    #[derive(Debug)]
    pub struct Held(Vec<Off>);

    /// A signal that is put off.
    #[derive(Debug)]
    struct Off {
        number: i32,
        default: &'static AtomicBool,
        came: Arc<AtomicBool>,
        action: SigId,
    }

    impl Held {
        pub fn of(signals: &[usize]) -> Held {
            GUARDS.fetch_add(1, Ordering::SeqCst);
            let put_off = |at: &usize| {
                let default: &'static AtomicBool = default_of(*at)?;
                let came = Arc::default();
                let action = flag::register(NUMBERS[*at], Arc::clone(&came)).ok()?;
                default.store(false, Ordering::SeqCst);
                Some(Off { number: NUMBERS[*at], default, came, action })
            };
            Held(signals.iter().filter_map(put_off).collect())
        }

        /// Gives the signals their defaults back, and ends the program if one came.
        fn deliver(&self) {
            give_back();
            for Off { number, default, came, .. } in &self.0 {
                if came.load(Ordering::SeqCst) && default.load(Ordering::SeqCst) {
                    if is_first() {
                        exit(128 + number);
                    }
                    let _ = emulate_default_handler(*number);
                }
            }
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            // A request that still waits for signals has seen one that came.
            if GUARDS.fetch_sub(1, Ordering::SeqCst) == 1 {
                self.deliver();
            }
            self.0.iter().for_each(|off| _ = unregister(off.action));
        }
    }

    /// Another thread waits for signals, since they don't interrupt a read from the terminal.
    pub fn tidy<T>(undo: impl FnOnce() + Send, work: impl FnOnce() -> T) -> T {
        let Ok((mut reader, writer)) = UnixStream::pair() else { return work() };
        let held = Held::of(&[0, 1, 2, 3]);
        thread::scope(|scope| {
            let watch = || {
                // At the end of the work, the last writer is closed.
                if matches!(reader.read(&mut [0]), Ok(1..)) {
                    undo();
                    held.deliver();
                }
            };
            let wake = |off: &Off| pipe::register(off.number, writer.try_clone().ok()?).ok();
            let wakers: Vec<_> = match thread::Builder::new().spawn_scoped(scope, watch) {
                Ok(_) => held.0.iter().filter_map(wake).collect(),
                // Without that thread a signal would wait for the person.
                Err(_) => {
                    give_back();
                    Vec::new()
                }
            };
            // One may have come before the wakers were there.
            if held.0.iter().any(|off| off.came.load(Ordering::SeqCst)) {
                held.deliver();
            }
            let done = work();
            wakers.into_iter().for_each(|waker| _ = unregister(waker));
            drop(writer);
            done
        })
    }

    /// Whether this is the first process of a container, which no signal of its own can end (pid_namespaces(7)).
    fn is_first() -> bool {
        std::process::id() == 1
    }

    /// The signals that are ignored, as `nohup` and a shell's background jobs have it, a bit each; known on Linux
    /// (proc(5), SigIgn).
    fn ignored() -> u64 {
        static IGNORED: OnceLock<u64> = OnceLock::new();
        *IGNORED.get_or_init(|| {
            // At once: its size isn't known beforehand, and the way there in growing steps takes eight reads.
            let mut status = String::with_capacity(4096);
            if File::open("/proc/self/status").and_then(|mut file| file.read_to_string(&mut status)).is_err() {
                return 0;
            }
            let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
            mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
        })
    }
}

#[cfg(windows)]
mod system {
    use std::task::{Context, Poll};

    use tokio::signal::windows::{CtrlC, ctrl_c};

    use super::Signal;

    pub fn survive_file_size_limit() {}

    pub fn end(_: Signal) {}

    /// The pager holds a listener of its own.
    pub fn leave_to_pager(_: bool) {}

    pub const HELD: &[usize] = &[];

    /// Ctrl-C isn't put off; the next use of a directory removes what it leaves.
    #[derive(Debug)]
    pub struct Held;

    impl Held {
        pub fn of(_: &[usize]) -> Held {
            Held
        }
    }

    /// The console restores itself.
    pub fn tidy<T>(_: impl FnOnce() + Send, work: impl FnOnce() -> T) -> T {
        work()
    }

    /// Windows gives Ctrl-C back to its default as soon as nobody listens.
    #[derive(Debug)]
    pub struct Caught(Option<CtrlC>);

    impl Caught {
        pub fn catch() -> Caught {
            Caught(ctrl_c().ok())
        }

        pub fn poll(&mut self, context: &mut Context<'_>) -> Poll<Signal> {
            match &mut self.0 {
                Some(listening) => listening.poll_recv(context).map(|_| Signal::Interrupt),
                None => Poll::Pending,
            }
        }
    }
}
