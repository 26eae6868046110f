//! The state file, which keeps a world between calls and shares it between processes.
//!
//! Every change replaces the whole file: the new world is written to `FILE.new`, which is then renamed. So the file
//! always holds the old world or the new one, even if the writer is killed, and reading needs no lock. Writers lock
//! `FILE.lock`, since the file itself is replaced.
//!
//! All three must be regular files. Symbolic links aren't followed, except when the state file is given as one.
//!
//! The document has a line for each organization, account, handshake and key, so that versions can be compared.

use std::error::Error;
use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::Value;

use super::worlds::World;
use crate::sandbox::engine::state::State;
use crate::text::redact::shown;

/// The format that a state file states.
const FORMAT: &str = "orgshake sandbox";
/// The version that is written. Version 1 can be read, too; it has no creations of accounts, no worlds and fewer tags.
const VERSION: u64 = 2;
/// The longest file that is read, in bytes. Ten thousand handshakes take about 10 MiB.
const LONGEST: u64 = 256 << 20;

/// A state file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    lock: PathBuf,
    new: PathBuf,
    /// The only world that the file may hold.
    world: Option<World>,
}

/// Identifies a version of the file. Each version is a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
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

/// The content of a state file: the world that it began with, and what it is now.
pub type Content = (World, State);

/// A problem with a state file.
#[derive(Debug)]
pub struct StoreError {
    path: PathBuf,
    problem: Problem,
}

#[derive(Debug)]
pub(crate) enum Problem {
    /// An operation on the file failed.
    Io(&'static str, io::Error),
    /// Something other than a regular file has its name. It is left alone.
    Other(&'static str),
    /// The content isn't valid.
    Damaged(String),
    /// A newer program wrote it.
    Newer(String),
    /// It holds the first world, and the second is wanted.
    World(World, World),
}

impl StoreError {
    /// Returns whether the options contradict the file.
    pub fn is_usage(&self) -> bool {
        matches!(self.problem, Problem::World(..))
    }

    /// Returns how to solve the problem.
    pub fn hint(&self) -> Option<&'static str> {
        match self.problem {
            Problem::Io(..) | Problem::Other(_) => None,
            Problem::Damaged(_) => Some("the file is left as it is; without it, the sandbox begins anew"),
            Problem::World(..) => Some("use another file, or name no world, so that the file says which one it is"),
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
            Problem::World(found, wanted) => {
                write!(f, "holds the world {:?}, not {:?}", found.name(), wanted.name())
            }
            Problem::Newer(version) => {
                write!(f, "is of a newer version: it has version {version}, and this program knows {VERSION}")
            }
        }
    }
}

impl Error for StoreError {}

/// Reads the bytes of a file.
pub(crate) fn understand(bytes: &[u8]) -> Result<Content, Problem> {
    let document: Value = serde_json::from_slice(bytes).map_err(|error| Problem::Damaged(error.to_string()))?;
    if document["format"] != FORMAT {
        return Err(Problem::Damaged("it is no state of the sandbox".to_owned()));
    }
    match &document["version"] {
        version if version.as_u64().is_some_and(|version| (1..=VERSION).contains(&version)) => {}
        version if version.as_u64().is_some_and(|version| version > VERSION) => {
            return Err(Problem::Newer(version.to_string()));
        }
        _ => return Err(Problem::Damaged("it has no version".to_owned())),
    }
    let world = match &document["world"] {
        // Earlier versions knew only this one.
        Value::Null => World::Documented,
        world => match world.as_str().and_then(World::named) {
            Some(world) => world,
            None => return Err(Problem::Damaged("its world is unknown".to_owned())),
        },
    };
    Ok((world, State::from_json(&document["state"]).map_err(Problem::Damaged)?))
}

impl Store {
    /// Returns the store for this file. The file may be missing, and isn't created. With `world`, it may hold no other
    /// world.
    ///
    /// # Errors
    ///
    /// The path has no file name, its directory doesn't exist, or it leads to something other than a regular file.
    pub fn at(path: &Path, world: Option<World>) -> Result<Store, StoreError> {
        let unfit = |problem| StoreError { path: path.to_owned(), problem };
        let failed = |error| unfit(Problem::Io("used", error));
        // Resolving links keeps them in place, and gives all names of the file the same lock.
        let path = match path.canonicalize() {
            Ok(path) => path,
            // Renaming the new file to this path would replace the link.
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
        Ok(Store { lock: beside(".lock"), new: beside(".new"), path, world })
    }

    /// Returns the stamp of the file; `None` if the file is missing.
    ///
    /// # Errors
    ///
    /// The file can't be read.
    pub fn stamp(&self) -> Result<Option<Stamp>, StoreError> {
        match fs::symlink_metadata(&self.path) {
            Ok(found) if found.is_file() => Ok(Some(Stamp::of(&found))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            // Opening tells why it can't be used.
            _ => Ok(self.open()?.map(|(stamp, _)| stamp)),
        }
    }

    /// Reads the file. Returns its stamp and its world; `None` if the file is missing.
    ///
    /// # Errors
    ///
    /// The file can't be read, is damaged, has a newer version, or holds another world.
    pub fn read(&self) -> Result<Option<(Stamp, Content)>, StoreError> {
        let Some((stamp, file)) = self.open()? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| self.failed("read", error))?;
        if bytes.len() as u64 > LONGEST {
            return Err(self.damaged(format!("it has more than {} MiB", LONGEST >> 20)));
        }
        let failed = |problem| StoreError { path: self.path.clone(), problem };
        let (world, state) = understand(&bytes).map_err(failed)?;
        match self.world.filter(|wanted| *wanted != world) {
            Some(wanted) => Err(failed(Problem::World(world, wanted))),
            None => Ok(Some((stamp, (world, state)))),
        }
    }

    /// Opens the file for reading; `None` if it is missing.
    fn open(&self) -> Result<Option<(Stamp, File)>, StoreError> {
        match open(OpenOptions::new().read(true), &self.path).and_then(|file| Ok((Stamp::of(&file.metadata()?), file)))
        {
            Ok(opened) => Ok(Some(opened)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.failed("read", error)),
        }
    }

    /// Waits for the lock. The lock is held until the returned value is dropped.
    ///
    /// # Errors
    ///
    /// The file can't be locked.
    pub fn lock(&self) -> Result<Held<'_>, StoreError> {
        let (lock, is_new) = self.locked().map_err(|error| self.failed("locked", error))?;
        Ok(Held { store: self, _lock: lock, is_new, is_written: false })
    }

    /// Locks the lock file. Returns it and whether it was created.
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
            // Its former owner may have removed it.
            if is_at(&file, &self.lock) {
                return Ok((file, is_new));
            }
        }
    }

    /// Removes a lock file that was created although nothing was written. Processes that wait for it then open another
    /// one.
    fn remove_lock(&self, is_new: bool) {
        // Elsewhere, an open file can't be removed.
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

    fn replace(&self, world: World, state: &State, renaming: impl FnOnce(Stamp)) -> io::Result<()> {
        let world = world.name();
        let head = format!("{{\n\"format\":\"{FORMAT}\",\n\"version\":{VERSION},\n\"world\":\"{world}\",\n\"state\":");
        let document = state.write_json(head) + "\n}\n";
        if document.len() as u64 > LONGEST {
            return Err(io::Error::other(format!("the world has more than {} MiB", LONGEST >> 20)));
        }
        // A killed writer may have left it. No one else writes it while we hold the lock.
        match fs::symlink_metadata(&self.new) {
            Ok(left) if left.is_file() => fs::remove_file(&self.new)?,
            Ok(_) => return Err(io::Error::other(format!("{} is in the way", self.new.display()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let file = open(private().create_new(true).write(true), &self.new)?;
        let put = self.put(file, document.as_bytes(), renaming);
        put.inspect_err(|_| drop(fs::remove_file(&self.new)))
    }

    /// Writes the new file and renames it to the old one's path.
    fn put(&self, mut file: File, document: &[u8], renaming: impl FnOnce(Stamp)) -> io::Result<()> {
        file.write_all(document)?;
        file.sync_all()?;
        renaming(Stamp::of(&file.metadata()?));
        fs::rename(&self.new, &self.path)?;
        // This makes the rename survive a crash of the machine. Not every file system supports it.
        #[cfg(unix)]
        if let Some(Ok(directory)) = self.path.parent().map(File::open) {
            let _ = directory.sync_all();
        }
        Ok(())
    }
}

/// A locked state file.
#[derive(Debug)]
pub struct Held<'a> {
    store: &'a Store,
    /// The lock ends when this is dropped.
    _lock: File,
    /// Whether the lock file was created for this lock.
    is_new: bool,
    is_written: bool,
}

impl Held<'_> {
    /// Replaces the file. `renaming` gets the stamp of the new version just before it can be seen.
    ///
    /// # Errors
    ///
    /// The file can't be written. The old one is unchanged.
    pub fn write(&mut self, world: World, state: &State, renaming: impl FnOnce(Stamp)) -> Result<(), StoreError> {
        self.store.replace(world, state, renaming).map_err(|error| self.store.failed("written", error))?;
        self.is_written = true;
        Ok(())
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.store.remove_lock(self.is_new && !self.is_written);
    }
}

/// Opens a regular file. It doesn't follow a link, and doesn't wait for a pipe.
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
    // Something else may have replaced it meanwhile.
    if is_other(file.metadata()?) { Err(refused()) } else { Ok(file) }
}

/// Returns whether this open file still has that path.
fn is_at(file: &File, path: &Path) -> bool {
    let inode = |found: io::Result<Metadata>| found.map(|found| Stamp::of(&found).inode).ok();
    let open = inode(file.metadata());
    open.is_some() && open == inode(fs::symlink_metadata(path))
}

/// Returns options for a file that only its owner may read.
fn private() -> OpenOptions {
    #[cfg_attr(not(unix), expect(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
