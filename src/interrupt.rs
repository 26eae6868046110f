//! Ctrl-C and SIGTERM: caught while a request is under way, left to the system's default everywhere else.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::OnceLock;
use std::task::{Context, Poll};

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
    let mut caught = Caught::catch();
    let mut request = pin!(request);
    poll_fn(|context| match caught.poll(context) {
        Poll::Ready(signal) => {
            let _ = ENDED.set(signal);
            Poll::Ready(Err(signal))
        }
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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    let Ok(runtime) = runtime else { return Ok(work()) };
    let outcome = runtime.block_on(unless_caught(async { tokio::task::spawn_blocking(work).await }));
    // It may never end.
    runtime.shutdown_background();
    outcome.map(|worked| worked.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic())))
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
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::{Arc, OnceLock};
    use std::task::{Context, Poll};

    use signal_hook::consts::{SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::flag::{register_conditional_default, register_conditional_shutdown};
    use tokio::signal::unix::{self, SignalKind};

    use super::Signal;

    const SIGNALS: [(Signal, i32); 2] = [(Signal::Interrupt, SIGINT), (Signal::Terminate, SIGTERM)];

    /// Whether each has its default, of those that were caught once: tokio's handler stays for good.
    static DEFAULT: OnceLock<[Option<Arc<AtomicBool>>; 2]> = OnceLock::new();

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
        for (_, number) in SIGNALS.iter().filter(|(known, _)| *known == signal) {
            let _ = signal_hook::low_level::emulate_default_handler(*number);
        }
    }

    pub fn leave_to_pager(paged: bool) {
        PAGED.store(paged, Ordering::SeqCst);
        give_back();
    }

    fn set(signal: Signal, default: bool) {
        let flags = DEFAULT.get().into_iter().flatten();
        for ((known, _), flag) in SIGNALS.iter().zip(flags) {
            if let Some(flag) = flag.as_ref().filter(|_| *known == signal) {
                flag.store(default, Ordering::SeqCst);
            }
        }
    }

    /// The defaults hold again, but for a Ctrl-C that is the pager's.
    fn give_back() {
        set(Signal::Interrupt, !PAGED.load(Ordering::SeqCst));
        set(Signal::Terminate, true);
    }

    #[derive(Debug)]
    pub struct Caught([Option<unix::Signal>; 2]);

    impl Caught {
        pub fn catch() -> Caught {
            let flags = DEFAULT.get_or_init(|| {
                let ignored = ignored();
                SIGNALS.map(|(signal, number)| {
                    let default = Arc::new(AtomicBool::new(true));
                    let wanted = ignored >> (number - 1) & 1 == 0;
                    let register = |default| match is_first() {
                        true => register_conditional_shutdown(number, signal.exit_code().into(), default),
                        false => register_conditional_default(number, default),
                    };
                    (wanted && register(Arc::clone(&default)).is_ok()).then_some(default)
                })
            });
            let mut caught = [None, None];
            for (((signal, number), flag), caught) in SIGNALS.iter().zip(flags).zip(&mut caught) {
                let paged = *signal == Signal::Interrupt && PAGED.load(Ordering::SeqCst);
                *caught = flag.as_ref().filter(|_| !paged).and_then(|flag| {
                    let listening = unix::signal(SignalKind::from_raw(*number)).ok()?;
                    flag.store(false, Ordering::SeqCst);
                    Some(listening)
                });
            }
            Caught(caught)
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
            give_back();
        }
    }

    /// Whether this is the first process of a container, which no signal of its own can end (pid_namespaces(7)).
    fn is_first() -> bool {
        std::process::id() == 1
    }

    /// The signals that are ignored, as `nohup` and a shell's background jobs have it, a bit each; known on Linux
    /// (proc(5), SigIgn).
    fn ignored() -> u64 {
        // At once: its size isn't known beforehand, and the way there in growing steps takes eight reads.
        let mut status = String::with_capacity(4096);
        if File::open("/proc/self/status").and_then(|mut file| file.read_to_string(&mut status)).is_err() {
            return 0;
        }
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default()
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
