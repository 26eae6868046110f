//! The connections of the server: how many there may be, and which one is closed when another client comes.

use std::collections::HashMap;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::task::{self, AbortHandle, JoinError, JoinSet};
use tokio::time::{sleep, timeout};

/// The limits for clients.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// How many connections may be open at a time.
    pub(super) connections: usize,
    /// How long a connection must be idle before another client may replace it. This lets a response arrive, and a new
    /// client send its request.
    pub(super) idle: Duration,
    /// The same for a connection whose client is sending a request.
    pub(super) dawdling: Duration,
    /// How long a client may take for the head of a request, or leave a connection idle.
    pub(super) head: Duration,
    /// How long a client may take for the body of a request.
    pub(super) body: Duration,
    /// The largest head of a request, in bytes.
    pub(super) head_size: usize,
}

pub(super) const BOUNDS: Bounds = Bounds {
    connections: 128,
    idle: Duration::from_millis(20),
    dawdling: Duration::from_millis(100),
    head: Duration::from_secs(30),
    body: Duration::from_secs(30),
    head_size: 64 << 10,
};

/// The open connections.
#[derive(Debug, Default)]
pub(super) struct Connections {
    tasks: JoinSet<()>,
    uses: HashMap<task::Id, (AbortHandle, Use)>,
}

impl Connections {
    /// Serves a connection in its own task, which records its stages in `usage`.
    pub(super) fn serve(&mut self, usage: Use, work: impl Future<Output = ()> + Send + 'static) {
        let task = self.tasks.spawn(work);
        self.uses.insert(task.id(), (task, usage));
    }

    pub(super) fn len(&self) -> usize {
        self.tasks.len()
    }

    pub(super) fn forget_ended(&mut self) {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.forget(ended);
        }
    }

    fn forget(&mut self, ended: Result<(task::Id, ()), JoinError>) {
        let id = ended.map_or_else(|error| error.id(), |(id, ())| id);
        self.uses.remove(&id);
    }

    /// Closes the connection that has been idle longest, or else the one whose client has been sending a request
    /// longest. If neither exists, waits a moment.
    pub(super) async fn make_room(&mut self, bounds: Bounds) {
        let since = |stage: fn(Stage) -> Option<Instant>, least: Duration| {
            let since = self.uses.values().filter_map(|(task, usage)| Some((stage(usage.stage())?, task)));
            since.filter(|(since, _)| since.elapsed() >= least).min_by_key(|(since, _)| *since)
        };
        let idle = since(Stage::idle, bounds.idle).or_else(|| since(Stage::asking, bounds.dawdling));
        if let Some((_, task)) = idle {
            task.abort();
        }
        // An aborted task ends at once.
        match timeout(bounds.idle, self.tasks.join_next_with_id()).await {
            Ok(Some(ended)) => self.forget(ended),
            Ok(None) => sleep(bounds.idle).await,
            Err(_) => {}
        }
    }
}

/// The stage of a connection.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stage {
    /// The connection has been idle since this instant.
    Idle(Instant),
    /// The client has been sending a request since this instant.
    Asking(Instant),
    /// The client waits for its response.
    Answering,
}

impl Stage {
    fn idle(self) -> Option<Instant> {
        if let Stage::Idle(since) = self { Some(since) } else { None }
    }

    fn asking(self) -> Option<Instant> {
        if let Stage::Asking(since) = self { Some(since) } else { None }
    }
}

/// The stage of a connection. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Use(Arc<Mutex<Stage>>);

impl Default for Use {
    fn default() -> Use {
        Use(Arc::new(Mutex::new(Stage::Idle(Instant::now()))))
    }
}

impl Use {
    fn stage(&self) -> Stage {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn enter(&self, stage: Stage) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = stage;
    }
}

/// A connection that records its stage.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) stream: TcpStream,
    pub(super) usage: Use,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let (Stage::Idle(_), true) = (self.usage.stage(), buffer.filled().len() > before) {
            self.usage.enter(Stage::Asking(Instant::now()));
        }
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        // A connection that is still sending a response isn't idle.
        if let (Stage::Idle(_), true) = (self.usage.stage(), written.is_ready()) {
            self.usage.enter(Stage::Idle(Instant::now()));
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_whose_answer_is_being_made_keeps_its_connection() {
        let few = Bounds { connections: 1, dawdling: Duration::ZERO, idle: Duration::ZERO, ..BOUNDS };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut connections = Connections::default();
            let usage = Use::default();
            let (end, ended) = tokio::sync::oneshot::channel::<()>();
            let task = connections.tasks.spawn(async { drop(ended.await) });
            connections.uses.insert(task.id(), (task.clone(), usage.clone()));
            usage.enter(Stage::Answering);
            connections.make_room(few).await;
            assert!(!task.is_finished());
            usage.enter(Stage::Idle(Instant::now()));
            connections.make_room(few).await;
            assert!(task.is_finished() && connections.uses.is_empty());
            drop(end);
        });
    }
}
