//! Where the values of parameters come from: the command line itself, files and standard input.

use std::io;
use std::path::PathBuf;

use crate::os::files;

/// Where a typed value comes from.
pub enum Source {
    /// It is what was typed.
    Typed,
    /// Standard input.
    Stdin,
    /// A file of text.
    Text(PathBuf),
    /// A file of bytes.
    Bytes(PathBuf),
}

impl Source {
    /// The source that a typed value names; a dash may stand for stdin.
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

    /// The bytes of what was typed, unless it is the value itself.
    pub fn read(&self, typed: &str, stdin: &mut Stdin) -> Option<Result<Vec<u8>, String>> {
        match self {
            Source::Typed => None,
            Source::Stdin => Some(stdin.read()),
            Source::Text(path) | Source::Bytes(path) => {
                Some(files::read(path).map_err(|error| format!("Unable to load paramfile {typed}: {error}")))
            }
        }
    }

    /// Its name in messages.
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
            return Err("standard input can be read for one parameter only".to_owned());
        }
        files::bounded(io::stdin().lock()).map_err(|error| format!("standard input: {error}"))
    }
}
