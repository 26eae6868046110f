//! A world in a file, between calls and between processes: locked for changes, versioned, replaced as a whole.
//!
//! The lock is on a file beside it (`FILE.lock`), because the file itself is another one after every change. What is
//! being written has a name of its own (`FILE.new`) until it is complete, so that whenever the writer is killed, the
//! file holds the old world or the new one. Reading needs no lock for the same reason, and creates nothing.
//!
//! All three are regular files. Nothing is opened through a link, but for the state file that is named by one.

use std::error::Error;
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::{Value, json};

use crate::sandbox::engine::state::State;
use crate::text::redact::shown;

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
    /// There is something else in its place, which is left alone.
    Other(&'static str),
    /// It is not what this program has written.
    Damaged(String),
    /// A newer program has written it.
    Newer(String),
}

impl StoreError {
    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self.problem {
            Problem::Io(..) | Problem::Other(_) => None,
            Problem::Damaged(_) => Some("the file is left as it is; without it, the sandbox begins anew"),
            Problem::Newer(_) => Some("the file is left as it is; use the newer orgshake, or another file"),
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "The sandbox's state file {} ", shown(&self.path.to_string_lossy()))?;
        match &self.problem {
            Problem::Io(what, error) => write!(f, "cannot be {what}: {error}"),
            Problem::Other(what) => write!(f, "cannot be used: {what}"),
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
    /// The store in this file, which needn't be there yet. Nothing is created.
    ///
    /// # Errors
    ///
    /// The path has no file name, its directory isn't there, or something else than a regular file is in its place.
    pub fn at(path: &Path) -> Result<Store, StoreError> {
        let unfit = |problem| StoreError { path: path.to_owned(), problem };
        let failed = |error| unfit(Problem::Io("used", error));
        // A link stays one, and every name of the file has the same lock.
        let path = match path.canonicalize() {
            Ok(path) => path,
            // Renamed to this path, a new file would take the link's place.
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.is_symlink() => {
                return Err(unfit(Problem::Other("it is a link to a file that isn't there")));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let name = path.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidFilename.into()))?;
                let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
                parent.canonicalize().map_err(failed)?.join(name)
            }
            Err(error) => return Err(failed(error)),
        };
        if fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Err(unfit(Problem::Other("it isn't a regular file")));
        }
        let beside = |ending: &str| {
            let mut name = OsString::from(&path);
            name.push(ending);
            PathBuf::from(name)
        };
        Ok(Store { lock: beside(".lock"), new: beside(".new"), path, seen: None })
    }

    /// What the file holds.
    ///
    /// # Errors
    ///
    /// It can't be read, or is damaged, or of a newer version.
    pub fn read(&mut self) -> Result<Found, StoreError> {
        let file = match open(OpenOptions::new().read(true), &self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(if self.seen.take().is_some() { Found::Nothing } else { Found::AsBefore });
            }
            Err(error) => return Err(self.failed("read", error)),
        };
        let stamp = Stamp::of(&file.metadata().map_err(|error| self.failed("read", error))?);
        if self.seen == Some(stamp) {
            return Ok(Found::AsBefore);
        }
        let mut bytes = Vec::new();
        file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| self.failed("read", error))?;
        if bytes.len() as u64 > LONGEST {
            return Err(self.damaged(format!("it has more than {} MiB", LONGEST >> 20)));
        }
        let state = understand(&bytes).map_err(|problem| StoreError { path: self.path.clone(), problem })?;
        self.seen = Some(stamp);
        Ok(Found::State(Box::new(state)))
    }

    /// Waits until the file is ours to change. It stays so until what is returned is dropped.
    ///
    /// # Errors
    ///
    /// It can't be locked.
    pub fn lock(&mut self) -> Result<Held<'_>, StoreError> {
        let (lock, is_new) = self.locked().map_err(|error| self.failed("locked", error))?;
        Ok(Held { store: self, _lock: lock, is_new, is_written: false })
    }

    /// The lock file, locked, and whether it has been made for this.
    fn locked(&self) -> io::Result<(File, bool)> {
        loop {
            let (file, is_new) = match open(private().write(true).create_new(true), &self.lock) {
                Ok(file) => (file, true),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    match open(OpenOptions::new().write(true), &self.lock) {
                        Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                        file => (file?, false),
                    }
                }
                Err(error) => return Err(error),
            };
            if let Err(error) = file.lock() {
                self.remove_lock(is_new);
                return Err(error);
            }
            // Whoever had it before may have removed it.
            if is_at(&file, &self.lock) {
                return Ok((file, is_new));
            }
        }
    }

    /// Removes a lock file that has been made in vain. Who waits for it looks again for another one.
    fn remove_lock(&self, is_new: bool) {
        // Elsewhere, an open file keeps its name.
        if is_new && cfg!(unix) {
            let _ = fs::remove_file(&self.lock);
        }
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
        match fs::symlink_metadata(&self.new) {
            Ok(left) if left.is_file() => fs::remove_file(&self.new)?,
            Ok(_) => return Err(io::Error::other(format!("{} is in the way", self.new.display()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let file = open(private().create_new(true).write(true), &self.new)?;
        let put = self.put(file, document.as_bytes());
        put.inspect_err(|_| drop(fs::remove_file(&self.new)))
    }

    /// Fills the new file and puts it in the old one's place.
    fn put(&self, mut file: File, document: &[u8]) -> io::Result<Stamp> {
        file.write_all(document)?;
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
    /// Dropped, it is another's.
    _lock: File,
    /// Whether the lock file has been made for this.
    is_new: bool,
    is_written: bool,
}

impl Held<'_> {
    /// What the file holds: [`Store::read`].
    ///
    /// # Errors
    ///
    /// Those of [`Store::read`].
    pub fn read(&mut self) -> Result<Found, StoreError> {
        self.store.read()
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
        self.is_written = true;
        Ok(())
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.store.remove_lock(self.is_new && !self.is_written);
    }
}

/// What a state file holds.
#[derive(Debug)]
pub enum Found {
    /// It was there, and is gone.
    Nothing,
    /// What was read or written the last time; or it isn't there, as then.
    AsBefore,
    /// This.
    State(Box<State>),
}

/// Opens a regular file, and nothing else in its place: no link, and no pipe that would have to be waited for.
fn open(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        std::os::unix::fs::OpenOptionsExt::custom_flags(options, flags.bits().cast_signed());
    }
    let is_other = |found: Metadata| !found.is_file();
    let refused = || io::Error::other(format!("{} isn't a regular file", path.display()));
    if fs::symlink_metadata(path).is_ok_and(is_other) {
        return Err(refused());
    }
    let file = options.open(path)?;
    // Meanwhile something else may have taken its place.
    if is_other(file.metadata()?) { Err(refused()) } else { Ok(file) }
}

/// Whether this open file is still the one of that name.
fn is_at(file: &File, path: &Path) -> bool {
    let inode = |found: io::Result<Metadata>| found.map(|found| Stamp::of(&found).inode).ok();
    let open = inode(file.metadata());
    open.is_some() && open == inode(fs::symlink_metadata(path))
}

/// Files that only their owner may read.
fn private() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
