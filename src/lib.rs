//! AWS Organizations handshakes from the command line, as `aws organizations` has them.
//!
//! One straight line: words ([`argv`], [`cli`]) become checked parameters ([`input`]), those a request of the SDK
//! ([`operations`]) that is sent ([`client`]) to AWS or to the [`sandbox`]; the raw answer becomes a value ([`view`]),
//! what a query selects of it ([`query`]), text ([`render`]) and output ([`io`]). A failure on the way becomes a
//! message and an exit code ([`error`]).

pub mod argv;
pub mod cli;
pub mod client;
pub mod config;
pub mod error;
pub mod escape;
pub mod files;
pub mod input;
pub mod io;
pub mod model;
pub mod number;
pub mod operations;
pub mod query;
pub mod render;
pub mod sandbox;
pub mod scalar;
pub mod view;
pub mod zone;

use std::ffi::OsString;

use serde_json::Value;

use cli::{Call, Globals, Invocation, Skeleton, Stop, Task};
use client::{Client, Service};
use config::{Profile, Settings};
use error::{ErrorFormat, Failure};
use io::Terminal;
use query::Query;
use render::Format;
use sandbox::Sandbox;
use sandbox::clock::Clock;

/// Runs the program with the words behind its name; returns its exit code.
pub fn run(words: Vec<OsString>) -> u8 {
    let mut terminal = Terminal::of_process(None);
    let mut format = config::error_format(None, None);
    match invoked(words, &mut terminal, &mut format) {
        Ok(()) => 0,
        Err(failure) => {
            io::write_stderr(&failure.report(format, terminal.stderr));
            failure.exit_code()
        }
    }
}

/// Understands the words and does what they say. `terminal` and `format` become what they and the profile ask for as
/// soon as that is known.
fn invoked(words: Vec<OsString>, terminal: &mut Terminal, format: &mut ErrorFormat) -> Result<(), Failure> {
    let words: Result<Vec<String>, OsString> = words.into_iter().map(OsString::into_string).collect();
    let words = words.map_err(|word| Failure::input(format!("not UTF-8 text: {}", word.to_string_lossy())))?;
    let Invocation { globals, task } = match cli::parse(words, terminal.color) {
        Ok(invocation) => invocation,
        Err(Stop::Text(text)) => return written(&text, None),
        Err(Stop::Failure(failure, telling)) => {
            let profile = Profile::load(telling.profile.as_deref(), true).ok();
            *format = config::error_format(telling.error_format, profile.as_ref());
            return Err(failure);
        }
    };
    *terminal = Terminal::of_process(globals.color);
    *format = config::error_format(globals.error_format, None);
    match task {
        Task::Completion(shell) => written(&cli::completion(shell), None),
        Task::Call(call) => perform(&globals, &call, terminal, format),
    }
}

/// Carries out a call.
fn perform(globals: &Globals, call: &Call, terminal: &Terminal, format: &mut ErrorFormat) -> Result<(), Failure> {
    match call.skeleton {
        Some(Skeleton::Input) => {
            return written(&render::json::document(&input::skeleton::input(call.operation.input), false), None);
        }
        Some(Skeleton::YamlInput) => return written(&input::skeleton::yaml_input(call.operation.input), None),
        Some(Skeleton::Output) | None => {}
    }
    let profile = Profile::load(globals.profile.as_deref(), globals.sandbox)?;
    *format = config::error_format(globals.error_format, Some(&profile));
    let query = globals.query.as_deref().map(parse_query).transpose()?;
    let settings = Settings::resolve(globals, profile)?;
    let parameters = input::parameters(call)?;
    if call.skeleton == Some(Skeleton::Output) {
        return show(input::skeleton::output(call.operation.output), query.as_ref(), &settings, call, terminal);
    }
    if globals.debug {
        settings.explain().iter().for_each(|line| io::debug(line));
    }
    let service = service(globals)?;
    if matches!(service, Service::Aws) && !settings.verify_ssl {
        io::write_stderr("orgshake: [WARNING]: --no-verify-ssl: the service's certificate is not checked\n");
    }
    let client = Client::new(&settings, service, globals.debug)?;
    let answer = client.call(call.operation, &parameters)?;
    let value =
        view::answer(&answer, call.operation.output, settings.timestamps).map_err(|view::Unexpected(why)| {
            let failure = Failure::other(format!("The service's answer is not the one that it promises: {why}"));
            match call.operation.done {
                Some(_) => failure.hint(client.may_have_been_applied(&parameters)),
                None => failure,
            }
        })?;
    show(value, query.as_ref(), &settings, call, terminal)
}

/// The service that is asked.
fn service(globals: &Globals) -> Result<Service, Failure> {
    if !globals.sandbox {
        return Ok(Service::Aws);
    }
    let variable = "ORGSHAKE_SANDBOX_CLOCK";
    let clock = match globals
        .sandbox_clock
        .clone()
        .map(|text| (text, "--sandbox-clock"))
        .or_else(|| config::variable(variable).map(|text| (text, variable)))
    {
        Some((text, from)) => text.parse().map_err(|error| Failure::input(format!("Bad value for {from}: {error}")))?,
        None => Clock::default(),
    };
    Ok(Service::Sandbox(Sandbox::new(&clock)))
}

fn parse_query(expression: &str) -> Result<Query, Failure> {
    Query::parse(expression).map_err(|error| Failure::input(format!("Bad value for --query: {error}")))
}

/// Selects, renders and writes a result.
fn show(
    value: Value,
    query: Option<&Query>,
    settings: &Settings,
    call: &Call,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let done = call.operation.done.filter(|_| call.skeleton.is_none());
    let selected = match query {
        Some(query) => query.apply(&value).map_err(|error| {
            let failure = Failure::other(error.to_string());
            match done {
                Some(done) => failure.hint(format!("{done}; only --query failed")),
                None => failure,
            }
        })?,
        None => value,
    };
    if settings.output == Format::Off {
        return Ok(());
    }
    written(&render::render(&selected, settings.output, call.operation.name, &terminal.screen), done)
}

/// Writes to stdout; a failure says what has been `done` nevertheless.
fn written(text: &str, done: Option<&str>) -> Result<(), Failure> {
    io::write_stdout(text).map(drop).map_err(|error| {
        let lost = format!("the result could not be written: {error}");
        Failure::other(done.map_or_else(|| lost.clone(), |done| format!("{done}, but {lost}")))
    })
}
