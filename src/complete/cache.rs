//! A short-lived cache of listed handshakes. Files and directories that anyone but the user could have written are
//! ignored.

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use ring::digest::{SHA256, digest};
use serde_json::Value;

use crate::model;
use crate::os::files;
use crate::settings::{self, ServiceSettings};
use crate::text::escape::is_wild;

/// How long a cached list is used.
const FRESH: Duration = Duration::from_secs(30);

/// Maximum length of a handshake's description, in characters.
pub const LONGEST: usize = 200;

/// Ids of handshakes, each with a one-line description.
pub type Handshakes = Vec<(String, String)>;

/// A cache file.
#[derive(Debug)]
pub struct Cache {
    directory: PathBuf,
    name: String,
}

impl Cache {
    /// Returns the cache for a command with these settings. Each caller, region and endpoint has its own.
    pub fn of(settings: &ServiceSettings, command: &str) -> Option<Cache> {
        let caller = ["AWS_ACCESS_KEY_ID", "AWS_ROLE_ARN", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];
        let caller = caller.map(settings::variable);
        let asked = (command, &settings.profile, &settings.region, &settings.endpoint_url, settings.sign_request);
        let hash = digest(&SHA256, format!("{asked:?} {caller:?}").as_bytes());
        let hash: String = hash.as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let base = settings::variable("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let base = base.or_else(|| Some(env::home_dir()?.join(".cache")))?;
        Some(Cache { directory: base.join("orgshake"), name: format!("handshakes-{hash}.json") })
    }

    /// Reads the file, unless it is too old, unsafe or invalid.
    pub fn read(&self) -> Option<Handshakes> {
        let file = place::Directory::open(&self.directory).ok()?.file(&self.name).ok()?;
        let written = file.metadata().ok()?.modified().ok()?;
        // A file from the future was written under another clock.
        written.elapsed().ok().filter(|age| *age < FRESH)?;
        known(&files::bounded(file).ok()?)
    }

    /// Writes the file. If that isn't possible or not safe, the service is asked again the next time.
    pub fn write(&self, found: &Handshakes) {
        let content: Vec<Value> = found.iter().map(|(id, what)| Value::from(vec![id.as_str(), what])).collect();
        let _ = self.put(Value::from(content).to_string().as_bytes());
    }

    fn put(&self, content: &[u8]) -> io::Result<()> {
        place::create(&self.directory)?;
        place::Directory::open(&self.directory)?;
        let mut file = tempfile::Builder::new().prefix(".").suffix(".tmp").tempfile_in(&self.directory)?;
        file.write_all(content)?;
        file.persist(self.directory.join(&self.name)).map(drop).map_err(|error| error.error)
    }
}

/// Parses the content of a cache file.
pub(crate) fn known(bytes: &[u8]) -> Option<Handshakes> {
    let found: Handshakes = serde_json::from_slice(bytes).ok()?;
    let fits = |(id, what): &(String, String)| {
        model::is_handshake_id(id) && !what.contains(is_wild) && what.chars().count() <= LONGEST
    };
    found.iter().all(fits).then_some(found)
}

#[cfg(unix)]
mod place {
    use std::fs::{DirBuilder, File};
    use std::io;
    use std::os::fd::OwnedFd;
    use std::os::unix::fs::DirBuilderExt;
    use std::path::Path;

    use rustix::fs::{FileType, Mode, OFlags, fstat, open, openat};
    use rustix::process::geteuid;

    /// A directory that only the user can access.
    pub struct Directory(OwnedFd);

    /// Creates a directory that only the user can access, unless it exists.
    pub fn create(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    impl Directory {
        /// Opens the directory. It can't be replaced while it is open.
        pub fn open(path: &Path) -> io::Result<Directory> {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            let directory = open(path, flags, Mode::empty())?;
            private(&directory, FileType::Directory)?;
            Ok(Directory(directory))
        }

        /// Opens a file in it that only the user can access.
        pub fn file(&self, name: &str) -> io::Result<File> {
            // Without NONBLOCK, opening a pipe would wait for its writer.
            let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let file = openat(&self.0, name, flags, Mode::empty())?;
            private(&file, FileType::RegularFile)?;
            Ok(file.into())
        }
    }

    /// Returns an error if a file has another type or owner, or gives its group or others any permission.
    fn private(file: &OwnedFd, file_type: FileType) -> io::Result<()> {
        let found = fstat(file)?;
        let is_ours = found.st_uid == geteuid().as_raw();
        let is_private = !Mode::from_raw_mode(found.st_mode).intersects(Mode::RWXG | Mode::RWXO);
        match FileType::from_raw_mode(found.st_mode) == file_type && is_ours && is_private {
            true => Ok(()),
            false => Err(io::ErrorKind::PermissionDenied.into()),
        }
    }
}

/// On other systems, only the user can access the user's directories.
#[cfg(not(unix))]
mod place {
    use std::fs::{self, File};
    use std::io;
    use std::path::{Path, PathBuf};

    pub struct Directory(PathBuf);

    pub fn create(path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    impl Directory {
        pub fn open(path: &Path) -> io::Result<Directory> {
            Ok(Directory(path.to_owned()))
        }

        pub fn file(&self, name: &str) -> io::Result<File> {
            let path = self.0.join(name);
            match path.symlink_metadata()?.is_file() {
                true => File::open(path),
                false => Err(io::ErrorKind::PermissionDenied.into()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_and_lines_are_believed() {
        let good = r#"[["h-examplehandshakeid111", "o-exampleorgid INVITE OPEN until 2027-01-01"]]"#;
        assert_eq!(known(good.as_bytes()).map(|found| found.len()), Some(1));
        assert_eq!(known(b"[]"), Some(Vec::new()));
        let long = "x".repeat(LONGEST + 1);
        for (id, what) in [
            ("h-examplehandshakeid111;touch x", "a"),
            ("$(touch x)", "a"),
            ("h-examplehandshakeid111", "a\nb"),
            ("h-examplehandshakeid111", "a\tb"),
            ("h-examplehandshakeid111", "a\u{1b}[2J"),
            ("h-examplehandshakeid111", "a\u{202e}b"),
            ("h-examplehandshakeid111", &long),
        ] {
            let text = Value::from(vec![Value::from(vec![id, what])]).to_string();
            assert_eq!(known(text.as_bytes()), None, "{text}");
        }
        for text in ["", "{}", "[1]", "[[\"h-examplehandshakeid111\"]]", "null"] {
            assert_eq!(known(text.as_bytes()), None, "{text}");
        }
    }
}
