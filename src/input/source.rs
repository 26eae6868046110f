//! Sources of parameter values: the command line, files and standard input.

use std::io;
use std::path::PathBuf;

use crate::os::files;

/// Source of a value.
pub enum Source {
    /// The command line: the typed text is the value.
    Typed,
    /// Standard input.
    Stdin,
    /// A text file.
    Text(PathBuf),
    /// A binary file.
    Bytes(PathBuf),
}

impl Source {
    /// Returns the source that a typed value names. `-` is stdin if `dash_is_stdin`.
    pub fn of(typed: &str, dash_is_stdin: bool) -> Source {
        let from_file = |path: &str, source: fn(PathBuf) -> Source| {
            if path == "/dev/stdin" { Source::Stdin } else { source(files::expand(path)) }
        };
        if let Some(path) = typed.strip_prefix("file://") {
            from_file(path, Source::Text)
        } else if let Some(path) = typed.strip_prefix("fileb://") {
            from_file(path, Source::Bytes)
        } else if typed == "-" && dash_is_stdin {
            Source::Stdin
        } else {
            Source::Typed
        }
    }

    /// Reads the file or stdin. Returns nothing if the typed text is the value.
    pub fn read(&self, typed: &str, stdin: &mut Stdin) -> Option<Result<Vec<u8>, String>> {
        match self {
            Source::Typed => None,
            Source::Stdin => Some(stdin.read()),
            Source::Text(path) | Source::Bytes(path) => {
                Some(files::read(path).map_err(|error| format!("Unable to load paramfile {typed}: {error}")))
            }
        }
    }

    /// Returns the name of the source for messages.
    pub fn name(&self, typed: &str) -> String {
        match self {
            Source::Stdin => "standard input".to_owned(),
            _ => typed.to_owned(),
        }
    }
}

/// Standard input, which can be read only once.
#[derive(Default)]
pub struct Stdin {
    taken: bool,
}

impl Stdin {
    fn read(&mut self) -> Result<Vec<u8>, String> {
        if std::mem::replace(&mut self.taken, true) {
            return Err("standard input can be read for only one parameter".to_owned());
        }
        files::bounded(io::stdin().lock()).map_err(|error| format!("standard input: {error}"))
    }
}
