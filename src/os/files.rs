//! Files named by the user or the configuration: path expansion as in the AWS CLI, bounded reads, private writes.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::os::signals;

/// The size limit of files that are read, in bytes: far above any request or configuration, and a bound for `/dev/zero`.
const LONGEST: u64 = 16 << 20;

/// Reads a file to its end.
///
/// # Errors
///
/// It can't be read, or is longer than 16 MiB.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    bounded(File::open(path)?)
}

/// Reads to the end.
///
/// # Errors
///
/// It can't be read, or is longer than 16 MiB.
pub fn bounded(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(io::Error::other(format!("more than {} MiB", LONGEST >> 20)));
    }
    Ok(bytes)
}

/// Writes a file that only its owner may read. Creates the directory if it is missing and replaces an existing file, unless
/// another process creates it at the same moment. Readers see a whole file or no file.
///
/// Signals are put off meanwhile. A process that is killed leaves nothing behind or, on a system without unnamed files, a
/// file that [`sweep`] removes.
///
/// # Errors
///
/// It can't be written.
pub fn put_private(directory: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(directory)?;
    let _held = signals::hold();
    // Some file systems have no unnamed files, and naming one needs /proc.
    #[cfg(target_os = "linux")]
    if put_unnamed(directory, name, content).is_ok() {
        return Ok(());
    }
    put_renamed(directory, name, content)
}

/// Writes an unnamed file, then names it, so that an incomplete file is never visible.
#[cfg(target_os = "linux")]
fn put_unnamed(directory: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};
    use rustix::io::Errno;

    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let mut file = File::from(open(directory, flags, Mode::RUSR | Mode::WUSR)?);
    file.write_all(content)?;
    file.sync_all()?;
    let path = directory.join(name);
    if let Err(error) = fs::remove_file(&path)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(error);
    }
    // AT_EMPTY_PATH would work without /proc, but needs a privilege before Linux 6.10.
    let descriptor = format!("/proc/self/fd/{}", file.as_raw_fd());
    match linkat(CWD, descriptor, CWD, path, AtFlags::SYMLINK_FOLLOW) {
        Ok(()) | Err(Errno::EXIST) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Writes a locked temporary file, then renames it.
fn put_renamed(directory: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let mut file = locked(directory)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    // On Windows, others can't read a locked file.
    #[cfg(windows)]
    file.as_file().unlock()?;
    file.persist(directory.join(name)).map(drop).map_err(|error| error.error)
}

/// The name of a temporary file: prefix, number of random letters and digits, suffix.
const TEMPORARY: (&str, usize, &str) = (".tmp", 6, ".tmp");

/// Creates a temporary file that [`sweep`] leaves alone as long as it is open.
fn locked(directory: &Path) -> io::Result<NamedTempFile> {
    let (prefix, random, suffix) = TEMPORARY;
    loop {
        let file = tempfile::Builder::new().prefix(prefix).rand_bytes(random).suffix(suffix).tempfile_in(directory)?;
        // On a file system without locks, `sweep` removes nothing.
        let _ = file.as_file().lock();
        // Another process may have removed it before it was locked.
        if file.path().exists() {
            return Ok(file);
        }
    }
}

/// Removes the temporary files that killed processes left in a directory, including those of version 0.1.0.
pub fn sweep(directory: &Path) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let lock = if is_temporary(&entry.file_name()) { abandoned(&entry.path()) } else { None };
        if lock.is_some() {
            // Another process may have removed it first. Its owner, which may lock it only now, looks whether it exists.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_temporary(name: &OsStr) -> bool {
    let (prefix, random, suffix) = TEMPORARY;
    let random_part = name.to_str().and_then(|name| name.strip_prefix(prefix)?.strip_suffix(suffix));
    random_part.is_some_and(|part| part.len() == random && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Locks a file that is a regular file of this user, has one name and is not locked by any process.
fn abandoned(path: &Path) -> Option<File> {
    let mut options = File::options();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        // Don't follow a link or wait for a pipe.
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.cast_signed());
    }
    let is_file = path.symlink_metadata().is_ok_and(|found| found.is_file());
    let file = is_file.then(|| options.open(path).ok()).flatten()?;
    let is_abandoned = file.metadata().is_ok_and(|found| is_own(&found)) && file.try_lock().is_ok();
    is_abandoned.then_some(file)
}

#[cfg(unix)]
fn is_own(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;

    found.is_file() && found.nlink() == 1 && found.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(windows)]
fn is_own(found: &fs::Metadata) -> bool {
    found.is_file()
}

/// Expands `~`, `$NAME` and `${NAME}` in a path as the AWS CLI does. Unknown variables stay as they are.
pub fn expand(path: &str) -> PathBuf {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(dollar) = rest.find('$') {
        out.push_str(&rest[..dollar]);
        let after = &rest[dollar + 1..];
        let (name, end) = match after.strip_prefix('{') {
            Some(braced) => match braced.find('}') {
                Some(end) => (&braced[..end], end + 2),
                None => ("", 0),
            },
            None => {
                let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
                (&after[..end], end)
            }
        };
        match env::var(name) {
            Ok(value) if !name.is_empty() => out.push_str(&value),
            _ => out.push_str(&rest[dollar..=dollar + end]),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    match out.strip_prefix('~') {
        Some(below) if below.is_empty() || below.starts_with('/') => match env::home_dir() {
            Some(home) => home.join(below.trim_start_matches('/')),
            None => out.into(),
        },
        _ => out.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_expanded_as_a_shell_would() {
        let home = env::home_dir().unwrap_or_default();
        assert_eq!(expand("~/x"), home.join("x"));
        assert_eq!(expand("~x/y"), PathBuf::from("~x/y"));
        let path = env::var("PATH").unwrap_or_default();
        assert_eq!(expand("a/$PATH/${PATH}.json"), PathBuf::from(format!("a/{path}/{path}.json")));
        assert_eq!(expand("$NO_SUCH_NAME_/${NO_SUCH_NAME_}/$"), PathBuf::from("$NO_SUCH_NAME_/${NO_SUCH_NAME_}/$"));
        assert_eq!(expand("${open"), PathBuf::from("${open"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn files_are_written_whole_with_and_without_unnamed_files() {
        type Put = fn(&Path, &str, &[u8]) -> io::Result<()>;

        for (way, put) in [("unnamed", put_unnamed as Put), ("renamed", put_renamed), ("either", put_private)] {
            let directory = tempfile::tempdir().unwrap();
            let path = directory.path().join("x");
            for content in ["first", "second"] {
                put(directory.path(), "x", content.as_bytes()).unwrap();
                assert_eq!(fs::read_to_string(&path).unwrap(), content, "{way}");
            }
            let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600, "{way}");
            assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "{way}");
            // A directory of that name stays, and no temporary file is left.
            fs::create_dir_all(directory.path().join("y/z")).unwrap();
            assert!(put(directory.path(), "y", b"third").is_err(), "{way}");
            assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 2, "{way}");
        }
    }

    #[test]
    fn temporary_files_in_use_are_not_swept() {
        let directory = tempfile::tempdir().unwrap();
        let put = |content: &[u8]| {
            for _ in 0..50 {
                sweep(directory.path());
                put_renamed(directory.path(), "x", content).unwrap();
                let found = fs::read(directory.path().join("x")).unwrap();
                assert!([b"one", b"two"].iter().any(|whole| found == *whole), "{found:?}");
            }
        };
        std::thread::scope(|scope| [b"one", b"two"].iter().for_each(|content| _ = scope.spawn(|| put(*content))));
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_endless_file_is_refused() {
        assert!(bounded(io::repeat(0)).is_err_and(|error| error.to_string() == "more than 16 MiB"));
    }
}
