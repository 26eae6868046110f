//! AWS Organizations handshakes from the command line, as `aws organizations` has them.
//!
//! One straight line: words ([`command`]) become checked parameters ([`input`]), those a request of the SDK
//! that is sent ([`client`]) to AWS or to the [`sandbox`]; the raw answer becomes a value ([`model::view`]),
//! what a query selects of it ([`query`]), text ([`render`]) and output ([`terminal`]). A failure on the way becomes a
//! message and an exit code ([`error`]).

pub mod client;
pub mod command;
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

use jiff::Timestamp;
use serde_json::{Map, Value};

use client::pages::{self, Pages};
use client::service::{Service, host, service, unusable};
use client::settle::HANDSHAKE;
use client::{Client, NOTHING_SENT};
use command::{Call, Globals, Invocation, SandboxAction, Serves, Skeleton, Stop, Task, Telling};
use error::{ErrorFormat, Failure, Kind, unwritten};
use model::Parameters;
use model::view::{Unexpected, View};
use os::{dumps, files, signals};
use output::Output;
use query::Query;
use render::Format;
use sandbox::serve::commands;
use settings::{OUTPUT_ENCODING, Profile, Settings};
use terminal::pager;
use terminal::progress::Progress;
use terminal::streams::{self, Reader, Terminal};
use text::redact;

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
    let mut format = settings::error_format(None, None);
    match invoked(words, &mut terminal, &mut format) {
        Ok(code) => code,
        Err(failure) => {
            if let Some(Serves { env_file, world }) = serves {
                let env_file = env_file.as_deref().map(files::expand);
                commands::fail_closed(env_file.as_deref(), settings::Sandbox::state(&world).as_deref());
            }
            failed(&failure, format, &terminal)
        }
    }
}

/// Tells of a failure; returns its exit code, unless a signal ends the program.
fn failed(failure: &Failure, format: ErrorFormat, terminal: &Terminal) -> u8 {
    streams::write_stderr(&failure.report(format, terminal.stderr));
    let signal = match failure.kind {
        Kind::Interrupted(signal) => Some(signal),
        _ => signals::ended(),
    };
    signal.into_iter().for_each(signals::end);
    failure.exit_code()
}

/// Understands the words and does what they say. `terminal` and `format` become what they and the profile ask for as
/// soon as that is known. What comes back is the exit code.
fn invoked(words: Vec<OsString>, terminal: &mut Terminal, format: &mut ErrorFormat) -> Result<u8, Failure> {
    let words: Result<Vec<String>, OsString> = words.into_iter().map(OsString::into_string).collect();
    let words = words.map_err(|word| Failure::input(format!("not UTF-8 text: {}", word.to_string_lossy())))?;
    let Invocation { mut globals, task } = match command::parse(words, terminal.screen.color, terminal.screen.width) {
        Ok(invocation) => invocation,
        Err(Stop::Text(text, telling)) => return told(&text, &telling, terminal).map(|()| 0),
        Err(Stop::Manual(path, styled, telling)) => {
            let path: Vec<_> = path.iter().map(String::as_str).collect();
            let page = manual::page(&path).ok_or_else(|| Failure::input("there is no such page of the manual"))?;
            let text = manual::text(&page, command::text_width(terminal.screen.width), styled);
            return told(&text, &telling, terminal).map(|()| 0);
        }
        Err(Stop::Failure(failure, telling)) => {
            *format = told_format(&telling);
            return Err(*failure);
        }
    };
    *terminal = globals.color.map_or(*terminal, |color| terminal.colored(color));
    *format = settings::error_format(globals.error_format, None);
    if globals.auto_prompt {
        streams::write_stderr("orgshake: [WARNING]: --cli-auto-prompt: there is no prompt; see --help\n");
    }
    if !matches!(task, Task::Sandbox(_)) {
        let is_sent = matches!(&task, Task::Call(call) if call.skeleton.is_none());
        globals.sandbox = settings::Sandbox::is_asked(&globals, is_sent).inspect_err(|_| {
            let profile = globals.profile.clone();
            *format = told_format(&Telling { error_format: globals.error_format, profile, no_cli_pager: false });
        })?;
    }
    match task {
        Task::Completion { shell, dynamic: false } => written(&complete::script(shell)).map(|()| 0),
        Task::Completion { shell, dynamic: true } => written(complete::dynamic_script(shell)).map(|()| 0),
        Task::Call(call) => perform(&globals, &call, terminal, format).map(|()| 0),
        Task::Sandbox(action) => sandboxed(&globals, action, terminal, format),
    }
}

/// The format of errors where the command line can't be understood.
fn told_format(telling: &Telling) -> ErrorFormat {
    let profile = Profile::load(telling.profile.as_deref(), true).ok();
    settings::error_format(telling.error_format, profile.as_ref())
}

/// Shows help or a page of the manual, through the pager.
fn told(text: &str, telling: &Telling, terminal: &Terminal) -> Result<(), Failure> {
    // Nothing of the configuration may keep help from being shown.
    let profile = terminal.screen.width.and_then(|_| Profile::load(telling.profile.as_deref(), true).ok());
    let pager = settings::pager(telling.no_cli_pager, profile.as_ref());
    pager::show(text, pager, terminal).map_err(|error| unwritten(error, None))
}

/// Carries out a call, or prints the skeleton of its request.
fn perform(globals: &Globals, call: &Call, terminal: &Terminal, format: &mut ErrorFormat) -> Result<(), Failure> {
    if matches!(call.skeleton, Some(Skeleton::Input | Skeleton::YamlInput)) {
        check_output_encoding()?;
    }
    match call.skeleton {
        Some(Skeleton::Input) => {
            let request = input::skeleton::input(call.operation.input, &input::given(call)?);
            written(&render::json::document(&Value::Object(request), false))
        }
        Some(Skeleton::YamlInput) => written(&input::skeleton::yaml_input(call.operation.input, &input::given(call)?)),
        Some(Skeleton::Output) | None => answered(globals, call, terminal, format),
    }
}

/// Prints what the service answers to a call, or a sample of it.
fn answered(globals: &Globals, call: &Call, terminal: &Terminal, format: &mut ErrorFormat) -> Result<(), Failure> {
    let operation = call.operation;
    let (query, settings) = prepared(globals, globals.sandbox, format)?;
    let (parameters, limits) = input::parameters(call)?;
    let one_page = pages::is_one_page(globals.no_paginate, &parameters, &limits)?;
    if call.skeleton == Some(Skeleton::Output) {
        let terminal = terminal.at(Timestamp::now());
        let mut output = Output::new(operation.name, query.as_ref(), &settings, &terminal);
        output.result(input::skeleton::output(operation.output), None)?;
        return output.finish();
    }
    let (service, now) = service(globals)?;
    let terminal = terminal.at(now);
    let mut output = Output::new(operation.name, query.as_ref(), &settings, &terminal).after(operation.done);
    if matches!(service, Service::Aws) && !settings.verify_ssl {
        let endpoint = settings.endpoint_url.as_deref().map_or("of AWS Organizations".into(), redact::shown_url);
        streams::write_stderr(&format!(
            "orgshake: [WARNING]: --no-verify-ssl: the certificate of the endpoint {endpoint} is not verified\n"
        ));
    }
    let explained =
        |failure: Failure, parameters: &Parameters| explain::explained(failure, parameters, &settings.again);
    let client = Client::new(&settings, service, globals.debug).map_err(|failure| match failure.kind {
        Kind::Interrupted(_) if operation.done.is_some() => Failure { message: NOTHING_SENT.to_owned(), ..failure },
        _ => explained(failure, &parameters),
    })?;
    // Scripts on the AWS CLI's formats are to see no more requests than it sends.
    let inquisitive = match *format {
        ErrorFormat::ExplainedJson => true,
        ErrorFormat::Enhanced => terminal.stderr.is_some(),
        _ => false,
    };
    let refused = |failure: Failure, parameters: &Parameters| {
        let about_state = inquisitive && explain::is_about_state(&failure);
        let facts = about_state.then(|| client.glance(parameters)).flatten().as_ref().and_then(explain::facts);
        let mut failure = explained(failure, parameters);
        if let (Some(facts), Some(explanation)) = (facts, &mut failure.explanation) {
            explanation.push_str(&format!(" {facts}"));
        }
        failure
    };
    let view = View::new(settings.timestamps);
    // Every change is answered with the handshake: an object of something else, such as a proxy's error, says nothing of the
    // change. An empty one is a success, as in the AWS CLI.
    let promised = |viewed: Map<String, Value>, body: &[u8]| {
        let is_other = operation.done.is_some() && !viewed.contains_key(HANDSHAKE) && body.trim_ascii() != b"{}";
        if is_other { Err(Unexpected(format!("it holds no {HANDSHAKE}"))) } else { Ok(viewed) }
    };
    let ask = |parameters: &Parameters, left: Option<&mut dyn FnMut() -> bool>| {
        let answer = client.call(operation, parameters, left).map_err(|failure| refused(failure, parameters))?;
        let Some(answer) = answer else { return Ok(None) };
        let viewed = view.answer(&answer.body, operation.output).and_then(|viewed| promised(viewed, &answer.body));
        viewed.map(Some).map_err(|Unexpected(why)| {
            let mut failure = Failure::other(format!("The service's answer is not the one that it promises: {why}"));
            failure.request_id = answer.request_id;
            match operation.done {
                Some(_) => failure.note(client.may_have_been_applied(parameters)),
                None => failure,
            }
        })
    };
    match operation.list.filter(|_| !one_page) {
        None => {
            if let Some(answer) = ask(&parameters, None)? {
                output.result(answer, operation.list)?;
            }
            output.finish()
        }
        Some(list) => {
            let mut pages = Pages::new(list, parameters, &limits);
            let mut progress = Progress::new(terminal.rewrites && !globals.debug && !output.shows_pages());
            while let Some(request) = pages.request() {
                let page = {
                    let mut left = output.pager();
                    ask(request, left.as_mut().map(|left| left as _))
                };
                let Some(page) = page.map_err(|failure| output.stopped(failure))? else { return Ok(()) };
                let page = pages.take(page).map_err(|failure| output.stopped(failure))?;
                let items = page.get(list).and_then(Value::as_array).map_or(0, Vec::len);
                let reader = output.page(list, page);
                if reader.map_err(|failure| output.stopped(failure))? == Reader::Gone {
                    return Ok(());
                }
                progress.page(items);
            }
            output.end(pages.resume_token())
        }
    }
}

/// Does something with the sandbox; what comes back is the exit code.
fn sandboxed(
    globals: &Globals,
    action: SandboxAction,
    terminal: &Terminal,
    format: &mut ErrorFormat,
) -> Result<u8, Failure> {
    match action {
        SandboxAction::Serve { port, env_file } => {
            let state = settings::Sandbox::state(&globals.world);
            commands::serve(port, || host(globals), env_file.as_deref().map(files::expand), state.as_deref())
        }
        SandboxAction::Exec { port, command } => commands::exec(port, host(globals)?, &command, globals.debug),
        SandboxAction::Show => show(globals, terminal, format).map(|()| 0),
    }
}

/// Shows the world of the sandbox.
fn show(globals: &Globals, terminal: &Terminal, format: &mut ErrorFormat) -> Result<(), Failure> {
    let (query, settings) = prepared(globals, true, format)?;
    let mut host = host(globals)?;
    let terminal = terminal.at(host.now());
    let world = match host.show().map_err(unusable)? {
        Value::Object(world) => world,
        other => Map::from_iter([("World".to_owned(), other)]),
    };
    let mut output = Output::new("Sandbox", query.as_ref(), &settings, &terminal);
    output.result(world, None)?;
    output.finish()
}

/// The query and the settings of a command; `format` becomes that of the profile. The sandbox can do without a profile.
fn prepared(globals: &Globals, sandbox: bool, format: &mut ErrorFormat) -> Result<(Option<Query>, Settings), Failure> {
    let profile = Profile::load(globals.profile.as_deref(), sandbox)?;
    *format = settings::error_format(globals.error_format, Some(&profile));
    let query = globals.query.as_deref().map(Query::parse).transpose();
    let query = query.map_err(|error| Failure::input(format!("Bad value for --query: {error}")))?;
    let settings = Settings::resolve(globals, profile)?;
    if settings.output != Format::Off {
        check_output_encoding()?;
    }
    if globals.debug {
        streams::debug(concat!("version ", env!("CARGO_PKG_VERSION")));
        settings.told.iter().for_each(|line| streams::debug(line));
    }
    Ok((query, settings))
}

/// Checks that the output may be UTF-8.
fn check_output_encoding() -> Result<(), Failure> {
    let hint = "unset it, or set it to UTF-8 and convert the output: orgshake … | iconv -f UTF-8 -t ENCODING";
    settings::is_ascii_only(OUTPUT_ENCODING).map(drop).map_err(|why| Failure::input(why).hint(hint))
}

/// Writes to stdout what never goes through the pager.
fn written(text: &str) -> Result<(), Failure> {
    streams::write_stdout(text).map(drop).map_err(|error| unwritten(error, None))
}
