//! Files that others name: paths as the AWS CLI reads them, and never more of a file than could be meant.

use std::env;
use std::fs::{DirBuilder, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The longest file that is read, in bytes: far more than any request or configuration, and a bound for `/dev/zero`.
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

/// Puts a file that only its owner may read into a directory, which is made where it isn't there. Who reads a file of
/// that name meanwhile has the old one or the new one, whole.
///
/// # Errors
///
/// It can't be written.
pub fn put_private(directory: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(directory)?;
    let mut file = tempfile::Builder::new().suffix(".tmp").tempfile_in(directory)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist(directory.join(name)).map(drop).map_err(|error| error.error)
}

/// A path with `~` and `$NAME` or `${NAME}` replaced, as the AWS CLI does; unknown variables stay as they are.
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

    #[test]
    fn an_endless_file_is_refused() {
        assert!(bounded(io::repeat(0)).is_err_and(|error| error.to_string() == "more than 16 MiB"));
    }
}
