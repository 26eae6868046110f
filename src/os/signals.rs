//! Signals: Ctrl-C and SIGTERM are caught while a request is under way and have the system's default otherwise.
//! [`hold`] puts signals off while something must not be cut short; [`tidy`] cleans up before a signal ends the program.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};

use tokio::runtime::Builder;

use crate::os::runtime;

/// The signal that ended a request of [`unless_caught`].
static ENDED: OnceLock<Signal> = OnceLock::new();

/// A signal that asks the program to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Ctrl-C, SIGINT.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

impl Signal {
    /// Returns the exit code that a shell reports for it: 128 plus the signal's number (POSIX, Exit Status for Commands).
    /// The program exits with this code itself if the signal can't end it.
    pub fn exit_code(self) -> u8 {
        match self {
            Signal::Interrupt => 130,
            Signal::Terminate => 143,
        }
    }

    /// Returns how the program ended, in a word.
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

/// Ends the process by the signal, so that a shell's loop ends with it. Returns if that isn't possible.
pub fn end(signal: Signal) {
    system::end(signal);
}

/// Leaves Ctrl-C to the pager from now on, or takes it back.
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

/// Runs `work`, which waits for the user. If a signal ends the program meanwhile, `undo` runs first.
pub fn tidy<T>(undo: impl FnOnce() + Send, work: impl FnOnce() -> T) -> T {
    system::tidy(undo, work)
}

/// Catches signals until it is dropped.
#[derive(Debug)]
pub struct Caught(system::Caught);

impl Caught {
    /// Catches signals. Must be called within a runtime. A signal that can't be caught, or was ignored at the start, stays as
    /// it is.
    pub fn catch() -> Caught {
        Caught(system::Caught::catch())
    }

    /// Polls for a signal.
    pub fn poll(&mut self, context: &mut Context<'_>) -> Poll<Signal> {
        self.0.poll(context)
    }
}

/// Waits for a request that changes nothing, such as one for credentials. The first signal ends it, and [`ended`]
/// returns that signal.
///
/// # Errors
///
/// Returns the signal.
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

/// Runs work that may block for ever on its own thread. A signal ends the wait for it, not the work.
///
/// # Errors
///
/// Returns the signal.
pub fn work_unless_caught<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Signal> {
    let Ok(runtime) = runtime::build(&mut Builder::new_current_thread()) else { return Ok(work()) };
    // The thread starts only when signals are caught.
    let worked = runtime.block_on(unless_caught(async {
        match runtime::on_thread(work) {
            Ok(worked) => Ok(worked.await),
            Err(work) => Err(work),
        }
    }))?;
    Ok(match worked {
        Ok(worked) => worked.unwrap_or_else(|error| std::panic::resume_unwind(Box::new(error))),
        // Without a thread, a signal can't end the wait.
        Err(work) => work(),
    })
}

/// Makes a write beyond the file size limit (`ulimit -f`) fail instead of ending the process without a message. Handles the
/// signal rather than ignoring it: programs started later would inherit that.
pub fn survive_file_size_limit() {
    system::survive_file_size_limit();
}

/// Returns the signal that ended a request of [`unless_caught`].
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

    /// The signals with which terminals and users end programs.
    const NUMBERS: [i32; 4] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT];

    /// The signals that [`super::hold`] puts off. Only Linux shows whether SIGHUP is ignored, as under `nohup`; catching it
    /// would undo that.
    pub const HELD: &[usize] = if cfg!(target_os = "linux") { &[0, 1, 2, 3] } else { &[0, 1] };

    /// For each signal that was ever caught, whether it has its default. Handlers are never removed.
    static DEFAULT: [OnceLock<Option<Arc<AtomicBool>>>; 4] = [const { OnceLock::new() }; 4];

    /// The number of requests that wait for signals and of guards that put them off.
    static GUARDS: AtomicUsize = AtomicUsize::new(0);

    /// Whether Ctrl-C is left to the pager.
    static PAGED: AtomicBool = AtomicBool::new(false);

    pub fn survive_file_size_limit() {
        // If this fails, the signal still ends the process.
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

    /// Returns the flag that gives a signal its default, or `None` if the signal can't be caught or was ignored at the start.
    /// The first call installs the handler.
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

    /// Restores the signals' defaults, except for a Ctrl-C that is left to the pager.
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
            // Dropping the last guard restores the defaults.
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

        /// Restores the signals' defaults, and ends the program if one came.
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
            // A request that still waits for signals sees the signal itself.
            if GUARDS.fetch_sub(1, Ordering::SeqCst) == 1 {
                self.deliver();
            }
            self.0.iter().for_each(|off| _ = unregister(off.action));
        }
    }

    /// Waits for signals on another thread, since they don't interrupt a read from the terminal.
    pub fn tidy<T>(undo: impl FnOnce() + Send, work: impl FnOnce() -> T) -> T {
        let Ok((mut reader, writer)) = UnixStream::pair() else { return work() };
        let held = Held::of(&[0, 1, 2, 3]);
        thread::scope(|scope| {
            let watch = || {
                // The last writer is closed at the end of the work.
                if matches!(reader.read(&mut [0]), Ok(1..)) {
                    undo();
                    held.deliver();
                }
            };
            let wake = |off: &Off| pipe::register(off.number, writer.try_clone().ok()?).ok();
            let wakers: Vec<_> = match thread::Builder::new().spawn_scoped(scope, watch) {
                Ok(_) => held.0.iter().filter_map(wake).collect(),
                // Without that thread, a signal would have to wait for the user.
                Err(_) => {
                    give_back();
                    Vec::new()
                }
            };
            // A signal may have come before the wakers were set.
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

    /// Returns the ignored signals, a bit each, as set by `nohup` and by shells for background jobs. Known on Linux only
    /// (proc(5), SigIgn).
    fn ignored() -> u64 {
        static IGNORED: OnceLock<u64> = OnceLock::new();
        *IGNORED.get_or_init(|| {
            // One large read: the size isn't known beforehand, and a growing buffer takes eight reads.
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

    /// Does nothing: the pager's code has its own listener.
    pub fn leave_to_pager(_: bool) {}

    pub const HELD: &[usize] = &[];

    /// Puts nothing off. The next use of a directory removes a file that Ctrl-C left.
    #[derive(Debug)]
    pub struct Held;

    impl Held {
        pub fn of(_: &[usize]) -> Held {
            Held
        }
    }

    /// Runs only the work: the console restores itself.
    pub fn tidy<T>(_: impl FnOnce() + Send, work: impl FnOnce() -> T) -> T {
        work()
    }

    /// Listens for Ctrl-C. Windows restores its default as soon as the last listener is gone.
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
