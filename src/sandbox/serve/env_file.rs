//! The file that `sandbox serve --env-file` writes for a shell to read.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Returns whether both paths lead to the same file. The file may be missing.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| match (path.canonicalize(), path.file_name()) {
        (Err(_), Some(name)) => Ok(directory(path).canonicalize()?.join(name)),
        (whole, _) => whole,
    };
    matches!((whole(one), whole(other)), (Ok(one), Ok(other)) if one == other)
}

/// Returns the directory of a file.
fn directory(file: &Path) -> &Path {
    file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes the file of an earlier server, or a link, because a shell would follow it.
pub(super) fn remove(file: &Path) -> io::Result<()> {
    match fs::symlink_metadata(file) {
        Ok(found) if found.is_file() || found.is_symlink() => fs::remove_file(file),
        Ok(_) => Err(io::Error::other("it isn't a regular file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Writes the file as a whole. Only its owner may read it.
pub(super) fn put(file: &Path, text: &str) -> io::Result<()> {
    remove(file)?;
    let mut new = tempfile::Builder::new().prefix(".orgshake-").tempfile_in(directory(file))?;
    new.write_all(text.as_bytes())?;
    new.persist(file).map(drop).map_err(|error| error.error)
}
