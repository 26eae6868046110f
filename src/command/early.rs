//! Early exits: a command line that prints help, the version or a usage error, and the options that it needs.

use std::ffi::OsString;

use super::commands::{EXEC, SANDBOX, SERVE, SHOW};
use super::invocation::{Globals, SandboxOptions};
use super::{reader, understand};
use crate::error::{ErrorFormat, Failure};

/// A result of parsing other than an invocation.
#[derive(Debug)]
pub enum EarlyExit {
    /// Print this help or version text. Exit code 0.
    Text(String, EarlyOptions),
    /// Print the manual page of the command with these words, styled or not. Exit code 0.
    Manual(Vec<String>, bool, EarlyOptions),
    /// Print this usage error.
    Failure(Box<Failure>, EarlyOptions),
}

/// The options needed before parsing succeeds: they say how to print help, the manual and usage errors.
#[derive(Debug, Default)]
pub struct EarlyOptions {
    /// The error format.
    pub error_format: Option<ErrorFormat>,
    /// The profile, which may set an error format and a pager.
    pub profile: Option<String>,
    /// Don't page the output.
    pub no_cli_pager: bool,
    /// Whether to use colour; nothing if it depends on the terminal.
    pub color: Option<bool>,
}

impl EarlyOptions {
    /// Returns the options of a command line that was understood.
    pub fn given(globals: &Globals) -> EarlyOptions {
        EarlyOptions {
            error_format: globals.error_format,
            profile: globals.profile.clone(),
            no_cli_pager: globals.no_cli_pager,
            color: globals.color,
        }
    }

    /// Finds the options in a command line that may be wrong.
    pub fn of(words: &[String]) -> EarlyOptions {
        EarlyOptions {
            error_format: last(words, "--cli-error-format").and_then(ErrorFormat::named),
            profile: last(words, "--profile").map(str::to_owned),
            no_cli_pager: words.iter().any(|word| word == "--no-cli-pager"),
            color: last(words, "--color").and_then(understand::color),
        }
    }
}

/// Returns the last value of an option, even if other words are wrong.
pub fn last<'a>(words: &'a [String], option: &str) -> Option<&'a str> {
    let after = |word: &'a str| word.strip_prefix(option)?.strip_prefix('=');
    let next = |index: usize| words.get(index + 1).map(String::as_str);
    let value = |(index, word): (usize, &'a String)| if word == option { next(index) } else { after(word) };
    words.iter().enumerate().rev().find_map(value)
}

/// The options of `sandbox serve` that are needed even if its command line is wrong.
#[derive(Debug)]
pub struct Serves {
    /// The value of `--env-file`.
    pub env_file: Option<String>,
    /// Options of the sandbox. Only the state file is set.
    pub sandbox_options: SandboxOptions,
}

/// Recognizes `sandbox serve` in a command line that may be wrong.
pub fn serves(words: &[OsString]) -> Option<Serves> {
    if !words.iter().any(|word| word == SERVE) {
        return None;
    }
    // Every word that matters here is text.
    let words: Vec<_> = words.iter().map(|word| word.to_str().unwrap_or("?").to_owned()).collect();
    let mut commands = reader::plain_words(&words).into_iter();
    let is_sandbox = commands.next() == Some(SANDBOX);
    let command = commands.find(|word| [SERVE, EXEC, SHOW].contains(word));
    if !is_sandbox || command != Some(SERVE) {
        return None;
    }
    let value = |option| last(&words, option).filter(|value| !value.is_empty() && !value.starts_with('-'));
    let [env_file, state] = ["--env-file", "--state"].map(|option| value(option).map(str::to_owned));
    Some(Serves { env_file, sandbox_options: SandboxOptions { state, ..SandboxOptions::default() } })
}
