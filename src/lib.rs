//! AWS Organizations handshakes from the command line, compatible with `aws organizations`.
//!
//! A call takes one straight path. The command line is parsed ([`command`]) and its parameters are checked ([`input`]).
//! The SDK sends the request ([`client`]) to AWS or to the [`sandbox`]. The raw response is converted to a value
//! ([`model::view`]), a query selects a part of it ([`query`]), and that is rendered ([`render`]) and written
//! ([`terminal`]). Any failure becomes a message and an exit code ([`error`]).

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

/// Runs the program with these arguments; returns its exit code.
pub fn run(words: Vec<OsString>) -> u8 {
    // Before anything else, since the environment may contain keys.
    dumps::forbid();
    let serves = command::serves(&words);
    // `sandbox serve` must always print its lines, which a shell evaluates, so it ignores this variable.
    if let Some(shell) = settings::variable(settings::COMPLETE).filter(|_| serves.is_none()) {
        return complete::answer(&shell, words);
    }
    signals::survive_file_size_limit();
    let mut terminal = Terminal::of_process();
    streams::set_stderr(&terminal);
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

/// Parses the command line and runs the command; returns the exit code. Sets the colours of `terminal` as the options
/// say.
fn invoked(words: Vec<OsString>, terminal: &mut Terminal) -> Result<u8, Failure> {
    let words: Result<Vec<String>, OsString> = words.into_iter().map(OsString::into_string).collect();
    let words = words.map_err(|word| Failure::input(format!("not UTF-8 text: {}", word.to_string_lossy())))?;
    let mut invocation = match command::parse(words, terminal.screen.color, terminal.screen.width) {
        Ok(invocation) => invocation,
        Err(EarlyExit::Text(text, early)) => return show(&text, &early, terminal).map(|()| 0),
        Err(EarlyExit::Manual(path, styled, early)) => {
            let path: Vec<_> = path.iter().map(String::as_str).collect();
            let page = manual::page(&path).ok_or_else(|| Failure::input("the manual has no such page"))?;
            let text = manual::text(&page, command::text_width(terminal.screen.width), styled);
            return show(&text, &early, terminal).map(|()| 0);
        }
        Err(EarlyExit::Failure(failure, early)) => {
            use_color(early.color, terminal);
            use_early_format(&early);
            return Err(*failure);
        }
    };
    let globals = &invocation.globals;
    let early = EarlyOptions::given(globals);
    use_color(globals.color, terminal);
    error::set_format(settings::error_format(globals.error_format, None));
    if globals.debug {
        streams::turn_debug_on();
        streams::debug(|| concat!("version ", env!("CARGO_PKG_VERSION")).to_owned());
    }
    if globals.auto_prompt {
        streams::write_stderr(
            "orgshake: [WARNING]: --cli-auto-prompt has no effect: orgshake does not prompt; see --help\n",
        );
    }
    settings::Sandbox::decide(&mut invocation).inspect_err(|_| use_early_format(&early))?;
    let Invocation { globals, task } = invocation;
    match task {
        Task::Completion { shell, dynamic } => commands::completion::run(shell, dynamic).map(|()| 0),
        Task::Call(call) => commands::call::run(&globals, &call, terminal),
        Task::Join(join) => commands::join::run(&globals, &join, terminal),
        Task::JoinPolicy { role } => commands::join::print_policy(&globals, role.as_deref(), terminal).map(|()| 0),
        Task::Wait(wait) => commands::wait::run(&globals, &wait).map(|()| 0),
        Task::Sandbox(action) => commands::sandbox::run(&globals, action, terminal),
    }
}

/// Turns colour on or off, if `--color` says so.
fn use_color(color: Option<bool>, terminal: &mut Terminal) {
    *terminal = color.map_or(*terminal, |color| terminal.colored(color));
    streams::set_stderr(terminal);
}

/// Sets the format of errors if the command line is invalid.
fn use_early_format(early: &EarlyOptions) {
    let profile = Profile::load(early.profile.as_deref(), true).ok();
    error::set_format(settings::error_format(early.error_format, profile.as_ref()));
}

/// Shows help or a manual page through the pager.
fn show(text: &str, early: &EarlyOptions, terminal: &Terminal) -> Result<(), Failure> {
    // A broken configuration file must not prevent help.
    let profile = terminal.screen.width.and_then(|_| Profile::load(early.profile.as_deref(), true).ok());
    let pager = settings::pager(early.no_cli_pager, profile.as_ref());
    pager::show(text, pager, terminal).map_err(|error| unwritten(error, None))
}
