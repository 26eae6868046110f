//! AWS Organizations handshakes from the command line, as `aws organizations` has them.
//!
//! One straight line: words ([`command`]) become checked parameters ([`input`]), those a request of the SDK that is
//! sent ([`client`]) to AWS or to the [`sandbox`]; the raw response becomes a value ([`model::view`]), the part of it that
//! a query selects ([`query`]), text ([`render`]) and output ([`terminal`]). A failure on the way becomes a message and an
//! exit code ([`error`]).

pub mod client;
pub mod command;
mod commands;
pub mod complete;
pub mod error;
pub mod explain;
#[doc(hidden)]
pub mod fuzz;
pub mod input;
pub mod manual;
pub mod model;
pub mod os;
pub mod output;
pub mod query;
pub mod render;
pub mod sandbox;
pub mod settings;
pub mod terminal;
pub mod text;

use std::ffi::OsString;

use command::{EarlyExit, EarlyOptions, Invocation, Task};
use error::{Failure, Kind, unwritten};
use os::{dumps, signals};
use settings::Profile;
use terminal::pager;
use terminal::streams::{self, Terminal};

/// Runs the program with the words behind its name; returns its exit code.
pub fn run(words: Vec<OsString>) -> u8 {
    // First of all: keys may be in the environment.
    dumps::forbid();
    let serves = command::serves(&words);
    // A shell that evaluates what `sandbox serve` prints must not be left without its lines.
    if let Some(shell) = settings::variable(settings::COMPLETE).filter(|_| serves.is_none()) {
        return complete::answer(&shell, words);
    }
    signals::survive_file_size_limit();
    let mut terminal = Terminal::of_process();
    error::set_format(settings::error_format(None, None));
    match invoked(words, &mut terminal) {
        Ok(code) => code,
        Err(failure) => {
            if let Some(serves) = serves {
                commands::sandbox::fail_closed(serves);
            }
            failed(&failure, &terminal)
        }
    }
}

/// Prints a failure; returns its exit code, unless a signal ends the program.
fn failed(failure: &Failure, terminal: &Terminal) -> u8 {
    streams::write_stderr(&failure.report(error::format(), terminal.stderr));
    let signal = match failure.kind {
        Kind::Interrupted(signal) => Some(signal),
        _ => signals::ended(),
    };
    signal.into_iter().for_each(signals::end);
    failure.exit_code()
}

/// Understands the words and does what they say; returns the exit code. `terminal` gets the colours that they ask for.
fn invoked(words: Vec<OsString>, terminal: &mut Terminal) -> Result<u8, Failure> {
    let words: Result<Vec<String>, OsString> = words.into_iter().map(OsString::into_string).collect();
    let words = words.map_err(|word| Failure::input(format!("not UTF-8 text: {}", word.to_string_lossy())))?;
    let mut invocation = match command::parse(words, terminal.screen.color, terminal.screen.width) {
        Ok(invocation) => invocation,
        Err(EarlyExit::Text(text, early)) => return told(&text, &early, terminal).map(|()| 0),
        Err(EarlyExit::Manual(path, styled, early)) => {
            let path: Vec<_> = path.iter().map(String::as_str).collect();
            let page = manual::page(&path).ok_or_else(|| Failure::input("there is no such page of the manual"))?;
            let text = manual::text(&page, command::text_width(terminal.screen.width), styled);
            return told(&text, &early, terminal).map(|()| 0);
        }
        Err(EarlyExit::Failure(failure, early)) => {
            use_early_format(&early);
            return Err(*failure);
        }
    };
    let globals = &invocation.globals;
    let early = EarlyOptions::given(globals);
    *terminal = globals.color.map_or(*terminal, |color| terminal.colored(color));
    error::set_format(settings::error_format(globals.error_format, None));
    if globals.debug {
        streams::turn_debug_on();
        streams::debug(|| concat!("version ", env!("CARGO_PKG_VERSION")).to_owned());
    }
    if globals.auto_prompt {
        streams::write_stderr("orgshake: [WARNING]: --cli-auto-prompt: there is no prompt; see --help\n");
    }
    settings::Sandbox::decide(&mut invocation).inspect_err(|_| use_early_format(&early))?;
    let Invocation { globals, task } = invocation;
    match task {
        Task::Completion { shell, dynamic } => commands::completion::run(shell, dynamic).map(|()| 0),
        Task::Call(call) => commands::call::run(&globals, &call, terminal).map(|()| 0),
        Task::Sandbox(action) => commands::sandbox::run(&globals, action, terminal),
    }
}

/// Sets the format of errors where the command line can't be understood.
fn use_early_format(early: &EarlyOptions) {
    let profile = Profile::load(early.profile.as_deref(), true).ok();
    error::set_format(settings::error_format(early.error_format, profile.as_ref()));
}

/// Shows help or a page of the manual, through the pager.
fn told(text: &str, early: &EarlyOptions, terminal: &Terminal) -> Result<(), Failure> {
    // A broken configuration file must not prevent help.
    let profile = terminal.screen.width.and_then(|_| Profile::load(early.profile.as_deref(), true).ok());
    let pager = settings::pager(early.no_cli_pager, profile.as_ref());
    pager::show(text, pager, terminal).map_err(|error| unwritten(error, None))
}
