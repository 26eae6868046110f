//! The signals that stop the server or are passed on to the command beside it.

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
        /// Catches the signals from now on.
        pub fn catch() -> io::Result<Signals> {
            Ok(Signals {
                interrupt: signal(SignalKind::interrupt())?,
                quit: signal(SignalKind::quit())?,
                terminate: signal(SignalKind::terminate())?,
                hang_up: signal(SignalKind::hangup())?,
            })
        }

        /// Is ready when one of the signals has arrived.
        pub fn poll_stop(&mut self, context: &mut Context<'_>) -> Poll<()> {
            let all = [&mut self.interrupt, &mut self.quit, &mut self.terminate, &mut self.hang_up];
            // All are polled, so that each can wake the task.
            match all.map(|signal| signal.poll_recv(context).is_ready()).contains(&true) {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }
        }

        /// Passes on to a process the signals that only this process got. Those from a terminal's keys reach both.
        pub fn pass_on(&mut self, context: &mut Context<'_>, process: u32) {
            while self.interrupt.poll_recv(context).is_ready() || self.quit.poll_recv(context).is_ready() {}
            for (caught, signal) in [(&mut self.terminate, Signal::TERM), (&mut self.hang_up, Signal::HUP)] {
                while caught.poll_recv(context).is_ready() {
                    if let Some(process) = i32::try_from(process).ok().and_then(Pid::from_raw) {
                        // The process may have ended already.
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
        /// Catches Ctrl-C from now on.
        pub fn catch() -> io::Result<Signals> {
            Ok(Signals(Box::pin(tokio::signal::ctrl_c())))
        }

        /// Is ready when Ctrl-C was pressed.
        pub fn poll_stop(&mut self, context: &mut Context<'_>) -> Poll<()> {
            self.0.as_mut().poll(context).map(drop)
        }

        /// Discards Ctrl-C, which reaches the command as well.
        pub fn pass_on(&mut self, context: &mut Context<'_>, _: u32) {
            if self.0.as_mut().poll(context).is_ready() {
                self.0 = Box::pin(tokio::signal::ctrl_c());
            }
        }
    }
}
