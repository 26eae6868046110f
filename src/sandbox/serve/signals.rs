//! The signals that end the server, or that are passed on to the command beside it.

#[cfg(not(unix))]
pub(super) use other::Signals;
#[cfg(unix)]
pub(super) use unix::Signals;

#[cfg(unix)]
mod unix {
    use std::io;
    use std::task::{Context, Poll};

    use rustix::process::{Pid, Signal, kill_process};
    use tokio::signal::unix::{Signal as Caught, SignalKind, signal};

    /// The signals that would end this process.
    pub struct Signals {
        interrupt: Caught,
        quit: Caught,
        terminate: Caught,
        hang_up: Caught,
    }

    impl Signals {
        /// From now on they are noticed, and end nothing.
        pub fn catch() -> io::Result<Signals> {
            Ok(Signals {
                interrupt: signal(SignalKind::interrupt())?,
                quit: signal(SignalKind::quit())?,
                terminate: signal(SignalKind::terminate())?,
                hang_up: signal(SignalKind::hangup())?,
            })
        }

        /// Ready when one of them has come.
        pub fn poll_stop(&mut self, context: &mut Context<'_>) -> Poll<()> {
            let all = [&mut self.interrupt, &mut self.quit, &mut self.terminate, &mut self.hang_up];
            // Each is polled, so that each can wake us.
            match all.map(|signal| signal.poll_recv(context).is_ready()).contains(&true) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        }

        /// Passes on to a process what was meant for this one alone. The keys of a terminal reach it anyway.
        pub fn pass_on(&mut self, context: &mut Context<'_>, process: u32) {
            while self.interrupt.poll_recv(context).is_ready() || self.quit.poll_recv(context).is_ready() {}
            for (caught, signal) in [(&mut self.terminate, Signal::TERM), (&mut self.hang_up, Signal::HUP)] {
                while caught.poll_recv(context).is_ready() {
                    if let Some(process) = i32::try_from(process).ok().and_then(Pid::from_raw) {
                        // It may just have ended.
                        let _ = kill_process(process, signal);
                    }
                }
            }
        }
    }
}

#[cfg(not(unix))]
mod other {
    use std::io;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    /// Ctrl-C.
    pub struct Signals(Pin<Box<dyn Future<Output = io::Result<()>> + Send>>);

    impl Signals {
        /// From now on it is noticed, and ends nothing.
        pub fn catch() -> io::Result<Signals> {
            Ok(Signals(Box::pin(tokio::signal::ctrl_c())))
        }

        /// Ready when it has come.
        pub fn poll_stop(&mut self, context: &mut Context<'_>) -> Poll<()> {
            self.0.as_mut().poll(context).map(drop)
        }

        /// The command has noticed it, too.
        pub fn pass_on(&mut self, context: &mut Context<'_>, _: u32) {
            if self.0.as_mut().poll(context).is_ready() {
                self.0 = Box::pin(tokio::signal::ctrl_c());
            }
        }
    }
}
