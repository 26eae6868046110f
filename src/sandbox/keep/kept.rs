//! The world in use and its state file: reads see what the file has, and changes that wait share one write.
//!
//! One writer takes all changes that wait, makes them on a copy of the world, and writes the copy. Only then does the copy
//! become the world that reads see, and only then are the changes answered. If the file can't be written, all of these
//! changes fail, and the world is what it was. Reads go on meanwhile, and show nothing that could still be lost.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::oneshot::Sender;
use tokio::task::spawn_blocking;

use super::clock::RunningClock;
use super::request::Request;
use super::sandbox::Sandbox;
use super::store::{Held, Stamp, Store, StoreError};
use crate::sandbox::engine::caller::Caller;
use crate::sandbox::protocol::reply::Reply;

/// The result of a change. Changes that share a write share its error.
pub(super) type Outcome = Result<Reply, Arc<StoreError>>;

/// A request that may change the world.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) caller: Caller,
    pub(super) request: Request,
    /// Gets the result once it is durable.
    pub(super) done: Sender<Outcome>,
}

/// The world in use and its state file.
#[derive(Debug)]
pub(super) struct Kept {
    current: Mutex<Current>,
    /// The clock of each sandbox that becomes the current one.
    clock: RunningClock,
    store: Option<Store>,
    /// Held by whoever replaces the current world: the writer, or a read that finds another process's version.
    replacing: Mutex<()>,
    queue: Mutex<Queue>,
}

/// The world that reads see.
#[derive(Debug)]
struct Current {
    sandbox: Sandbox,
    /// The version of the file that has this world; `None` if there was no file.
    version: Option<Stamp>,
    /// The version that the writer is putting in its place.
    next: Option<Stamp>,
}

/// The changes that wait for the writer.
#[derive(Debug, Default)]
struct Queue {
    changes: Vec<Change>,
    /// Whether a writer works on the queue until it is empty.
    has_writer: bool,
}

impl Kept {
    /// Keeps a world in memory, or in a state file, which then says what the world is.
    ///
    /// # Errors
    ///
    /// The state file can't be used.
    pub(super) fn open(sandbox: Sandbox, store: Option<Store>) -> Result<Kept, StoreError> {
        let kept = Kept { store, ..Kept::in_memory(sandbox) };
        kept.refresh()?;
        Ok(kept)
    }

    /// Keeps a world in memory.
    pub(super) fn in_memory(sandbox: Sandbox) -> Kept {
        let clock = sandbox.clock();
        let current = Mutex::new(Current { sandbox, version: None, next: None });
        Kept { current, clock, store: None, replacing: Mutex::default(), queue: Mutex::default() }
    }

    /// Reads the state file, if another process has changed it.
    ///
    /// # Errors
    ///
    /// The state file can't be used.
    pub(super) fn refresh(&self) -> Result<(), StoreError> {
        let Some(store) = &self.store else { return Ok(()) };
        if self.is_current(store.stamp()?) {
            return Ok(());
        }
        let _alone = lock(&self.replacing);
        self.follow(store)
    }

    fn is_current(&self, found: Option<Stamp>) -> bool {
        let current = lock(&self.current);
        found == current.version || found.is_some() && found == current.next
    }

    /// Replaces the current world by that of the file, if they differ. Without a file, a new world begins.
    fn follow(&self, store: &Store) -> Result<(), StoreError> {
        if self.is_current(store.stamp()?) {
            return Ok(());
        }
        let (version, found) = store.read()?.unzip();
        let sandbox = self.with(|sandbox| sandbox.with(found));
        self.replace(Current { sandbox, version, next: None });
        Ok(())
    }

    fn replace(&self, current: Current) {
        let old = mem::replace(&mut *lock(&self.current), current);
        // Freeing a large world takes time, in which reads go on.
        drop(old);
    }

    /// Returns the time in the sandbox.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Runs `work` on the current world.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Sandbox) -> T) -> T {
        work(&mut lock(&self.current).sandbox)
    }

    /// Makes a change: at once in memory, or with the next write of the state file.
    pub(super) fn change(self: &Arc<Self>, change: Change) {
        if self.store.is_none() {
            let reply = self.with(|sandbox| sandbox.perform(change.caller, &change.request));
            // Without a receiver, the client has gone.
            let _ = change.done.send(Ok(reply));
            return;
        }
        let mut queue = lock(&self.queue);
        queue.changes.push(change);
        if !mem::replace(&mut queue.has_writer, true) {
            let kept = Arc::clone(self);
            spawn_blocking(move || kept.write_all());
        }
    }

    /// Makes the changes of the queue until it is empty.
    fn write_all(&self) {
        while let Some(store) = self.store.as_ref().filter(|_| self.has_changes()) {
            self.commit(store);
        }
    }

    /// Returns whether changes wait. If not, the writer ends.
    fn has_changes(&self) -> bool {
        let mut queue = lock(&self.queue);
        queue.has_writer = !queue.changes.is_empty();
        queue.has_writer
    }

    /// Makes the changes that wait with one write, and answers them.
    fn commit(&self, store: &Store) {
        let held = store.lock();
        // They are taken only now, so that those that came while another process had the lock share the write.
        let changes = mem::take(&mut lock(&self.queue).changes);
        let (waiting, changes): (Vec<_>, Vec<_>) =
            changes.into_iter().map(|change| (change.done, (change.caller, change.request))).unzip();
        // Without a receiver, the client has gone.
        match held.and_then(|held| self.write(store, held, changes)) {
            Ok(replies) => waiting.into_iter().zip(replies).for_each(|(done, reply)| drop(done.send(Ok(reply)))),
            Err(error) => {
                let error = Arc::new(error);
                waiting.into_iter().for_each(|done| drop(done.send(Err(Arc::clone(&error)))));
            }
        }
    }

    /// Makes changes on a copy of the world, writes it, and makes it the current one.
    fn write(
        &self,
        store: &Store,
        mut held: Held<'_>,
        changes: Vec<(Caller, Request)>,
    ) -> Result<Vec<Reply>, StoreError> {
        let _alone = lock(&self.replacing);
        self.follow(store)?;
        let mut sandbox = self.with(|sandbox| sandbox.clone());
        let perform = |(caller, request)| sandbox.perform(caller, &request);
        let replies: Vec<Reply> = changes.into_iter().map(perform).collect();
        // Only a change that succeeds changes anything.
        if replies.iter().all(|reply| reply.status != 200) {
            return Ok(replies);
        }
        let renaming = |version| lock(&self.current).next = Some(version);
        held.write(sandbox.world(), sandbox.state(), renaming).inspect_err(|_| lock(&self.current).next = None)?;
        let version = lock(&self.current).next;
        self.replace(Current { sandbox, version, next: None });
        Ok(replies)
    }
}

/// Locks a mutex. None of those here leaves a value half changed, unless the engine panics.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
