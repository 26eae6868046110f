//! A world in a file, between calls and between processes: locked, versioned, replaced as a whole.
//!
//! The lock is on a file beside it (`FILE.lock`), because the file itself is another one after every change. What is
//! being written has a name of its own (`FILE.new`) until it is complete, so that whenever the writer is killed, the
//! file holds the old world or the new one.

use std::error::Error;
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::{Value, json};

use super::state::State;

/// What a state file says it is.
const FORMAT: &str = "orgshake sandbox";
/// The version that is written, and the newest that is read.
const VERSION: u64 = 1;
/// The longest file that is read, in bytes: ten thousand handshakes are some 10 MiB.
const LONGEST: u64 = 256 << 20;

/// A state file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    lock: PathBuf,
    new: PathBuf,
    /// The version of the file that was read or written last.
    seen: Option<Stamp>,
}

/// What tells one version of the file from another: each is a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    inode: u64,
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(file: &Metadata) -> Stamp {
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(file);
        #[cfg(not(unix))]
        let inode = 0;
        Stamp { inode, length: file.len(), modified: file.modified().ok() }
    }
}

/// What is wrong with a state file.
#[derive(Debug)]
pub struct StoreError {
    path: PathBuf,
    problem: Problem,
}

#[derive(Debug)]
pub(crate) enum Problem {
    /// Something that can't be done.
    Io(&'static str, io::Error),
    /// It is not what this program has written.
    Damaged(String),
    /// A newer program has written it.
    Newer(String),
}

impl StoreError {
    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self.problem {
            Problem::Io(..) => None,
            Problem::Damaged(_) => Some("the file is left as it is; without it, the sandbox begins anew"),
            Problem::Newer(_) => Some("the file is left as it is; use the newer orgshake, or another file"),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The sandbox's state file {} ", self.path.display())?;
        match &self.problem {
            Problem::Io(what, error) => write!(f, "cannot be {what}: {error}"),
            Problem::Damaged(why) => write!(f, "is damaged: {why}"),
            Problem::Newer(version) => {
                write!(f, "is of a newer version: it has version {version}, and this program knows {VERSION}")
            }
        }
    }
}

impl Error for StoreError {}

/// The state that the bytes of a file hold.
pub(crate) fn understand(bytes: &[u8]) -> Result<State, Problem> {
    let document: Value = serde_json::from_slice(bytes).map_err(|error| Problem::Damaged(error.to_string()))?;
    if document["format"] != FORMAT {
        return Err(Problem::Damaged("it is no state of the sandbox".to_owned()));
    }
    match &document["version"] {
        version if version.as_u64() == Some(VERSION) => {}
        version if version.as_u64().is_some_and(|version| version > VERSION) => {
            return Err(Problem::Newer(version.to_string()));
        }
        _ => return Err(Problem::Damaged("it has no version".to_owned())),
    }
    State::from_json(&document["state"]).map_err(Problem::Damaged)
}

impl Store {
    /// The store in this file, which needn't be there yet.
    ///
    /// # Errors
    ///
    /// The path has no file name, or its directory isn't there.
    pub fn at(path: &Path) -> Result<Store, StoreError> {
        let failed = |error| StoreError { path: path.to_owned(), problem: Problem::Io("used", error) };
        // A link stays one, and every name of the file has the same lock.
        let path = match path.canonicalize() {
            Ok(path) => path,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let name = path.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidFilename.into()))?;
                let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
                parent.canonicalize().map_err(failed)?.join(name)
            }
            Err(error) => return Err(failed(error)),
        };
        let beside = |ending: &str| {
            let mut name = OsString::from(&path);
            name.push(ending);
            PathBuf::from(name)
        };
        Ok(Store { lock: beside(".lock"), new: beside(".new"), path, seen: None })
    }

    /// Waits until the file is ours. It stays so until what is returned is dropped.
    ///
    /// # Errors
    ///
    /// It can't be locked.
    pub fn lock(&mut self) -> Result<Held<'_>, StoreError> {
        let lock = private().create(true).truncate(false).write(true).open(&self.lock);
        let lock = lock.and_then(|file| file.lock().map(|()| file)).map_err(|error| self.failed("locked", error))?;
        Ok(Held { store: self, _lock: lock })
    }

    fn failed(&self, what: &'static str, error: io::Error) -> StoreError {
        StoreError { path: self.path.clone(), problem: Problem::Io(what, error) }
    }

    fn damaged(&self, why: impl Into<String>) -> StoreError {
        StoreError { path: self.path.clone(), problem: Problem::Damaged(why.into()) }
    }

    fn replace(&self, state: &State) -> io::Result<Stamp> {
        let document = json!({ "format": FORMAT, "version": VERSION, "state": state.to_json() });
        let document = document.to_string();
        if document.len() as u64 > LONGEST {
            return Err(io::Error::other(format!("the world has more than {} MiB", LONGEST >> 20)));
        }
        // What a killed writer has left. The lock is ours, so nobody is at it.
        match fs::remove_file(&self.new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = private().create_new(true).write(true).open(&self.new)?;
        file.write_all(document.as_bytes())?;
        file.sync_all()?;
        let stamp = Stamp::of(&file.metadata()?);
        fs::rename(&self.new, &self.path)?;
        // So that the new name outlives a crash of the machine; not every file system can.
        #[cfg(unix)]
        if let Some(Ok(directory)) = self.path.parent().map(File::open) {
            let _ = directory.sync_all();
        }
        Ok(stamp)
    }
}

/// A state file that is locked.
#[derive(Debug)]
pub struct Held<'a> {
    store: &'a mut Store,
    _lock: File,
}

impl Held<'_> {
    /// What the file holds.
    ///
    /// # Errors
    ///
    /// It can't be read, or is damaged, or of a newer version.
    pub fn read(&mut self) -> Result<Found, StoreError> {
        let metadata = match fs::metadata(&self.store.path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(self.store.failed("read", error)),
        };
        if !metadata.is_file() {
            return Err(self.store.damaged("it is no regular file"));
        }
        let stamp = Stamp::of(&metadata);
        if self.store.seen == Some(stamp) {
            return Ok(Found::AsBefore);
        }
        let mut bytes = Vec::new();
        let read = File::open(&self.store.path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes));
        read.map_err(|error| self.store.failed("read", error))?;
        if bytes.len() as u64 > LONGEST {
            return Err(self.store.damaged(format!("it has more than {} MiB", LONGEST >> 20)));
        }
        let state = understand(&bytes).map_err(|problem| StoreError { path: self.store.path.clone(), problem })?;
        self.store.seen = Some(stamp);
        Ok(Found::State(Box::new(state)))
    }

    /// Replaces the file.
    ///
    /// # Errors
    ///
    /// It can't be written; the old one is still there.
    pub fn write(&mut self, state: &State) -> Result<(), StoreError> {
        // Until it has worked, what is in memory is not what is in the file.
        self.store.seen = None;
        let stamp = self.store.replace(state).map_err(|error| self.store.failed("written", error))?;
        self.store.seen = Some(stamp);
        Ok(())
    }
}

/// What a state file holds.
#[derive(Debug)]
pub enum Found {
    /// There is none.
    Nothing,
    /// What was read or written the last time.
    AsBefore,
    /// This.
    State(Box<State>),
}

/// Files that only their owner may read.
fn private() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
