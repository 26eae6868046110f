//! The file that `sandbox serve --env-file` writes for a shell to read.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Whether both paths lead to one file, which needn't be there.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| match (path.canonicalize(), path.file_name()) {
        (Err(_), Some(name)) => Ok(directory(path).canonicalize()?.join(name)),
        (whole, _) => whole,
    };
    matches!((whole(one), whole(other)), (Ok(one), Ok(other)) if one == other)
}

/// The directory of a file.
fn directory(file: &Path) -> &Path {
    file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes the file that an earlier server has left, or a link, which a shell would follow.
pub(super) fn remove(file: &Path) -> io::Result<()> {
    match fs::symlink_metadata(file) {
        Ok(found) if found.is_file() || found.is_symlink() => fs::remove_file(file),
        Ok(_) => Err(io::Error::other("it isn't a regular file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Puts a file that only its owner may read in its place, whole.
pub(super) fn put(file: &Path, text: &str) -> io::Result<()> {
    remove(file)?;
    let mut new = tempfile::Builder::new().prefix(".orgshake-").tempfile_in(directory(file))?;
    new.write_all(text.as_bytes())?;
    new.persist(file).map(drop).map_err(|error| error.error)
}
