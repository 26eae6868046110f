//! Turns a correct command line into an [`Invocation`].

use super::commands::{COMPLETION, Command, EXEC, OwnCommand, SERVE, SHOW};
use super::invocation::{Call, Globals, Invocation, Limits, SandboxAction, SandboxOptions, Skeleton, Task};
use super::line::Line;
use super::options::{
    CLOCK, DYNAMIC, ENV_FILE, FAULT, INPUT_JSON, INPUT_YAML, LATENCY, MAX_ITEMS, PAGE_SIZE, PORT, PROPAGATION,
    SKELETON, STARTING_TOKEN, STATE, THROTTLE, WORLD,
};
use crate::error::{ErrorFormat, Failure};
use crate::model::Operation;
use crate::render::Format;

/// Turns a command line into an invocation.
///
/// # Errors
///
/// Options that exclude each other.
pub fn understand(line: &Line) -> Result<Invocation, Failure> {
    let globals = globals(line);
    match line.command {
        Command::Call(operation) => Ok(Invocation { globals, task: Task::Call(call(operation, line)) }),
        Command::Own(own) => understand_own(own, line, globals),
    }
}

fn understand_own(own: &OwnCommand, line: &Line, globals: Globals) -> Result<Invocation, Failure> {
    let port = || line.number(PORT.name).and_then(|port| u16::try_from(port).ok()).unwrap_or_default();
    match own.name {
        COMPLETION => {
            let shell = line.arguments.first().and_then(|shell| shell.parse().ok());
            let shell = shell.ok_or_else(|| Failure::input("there is no completion for this shell"))?;
            Ok(Invocation { globals, task: Task::Completion { shell, dynamic: line.is_set(DYNAMIC.name) } })
        }
        SERVE => in_sandbox(SandboxAction::Serve { port: port(), env_file: line.text(ENV_FILE.name) }, line, globals),
        EXEC => in_sandbox(SandboxAction::Exec { port: port(), command: line.arguments.clone() }, line, globals),
        SHOW => in_sandbox(SandboxAction::Show, line, globals),
        other => Err(Failure::input(format!("there is no command {other}"))),
    }
}

fn in_sandbox(action: SandboxAction, line: &Line, mut globals: Globals) -> Result<Invocation, Failure> {
    let SandboxOptions { world, clock, state, .. } = &globals.sandbox_options;
    if world.is_some() || clock.is_some() || state.is_some() {
        let failure = Failure::input("--sandbox-world, --sandbox-clock and --sandbox-state go with --sandbox");
        return Err(failure.hint("the commands of sandbox have --world, --clock and --state"));
    }
    globals.sandbox = true;
    globals.sandbox_options = SandboxOptions {
        world: line.text(WORLD.name).map(|name| (name, "--world")),
        clock: line.text(CLOCK.name).map(|text| (text, "--clock")),
        state: line.text(STATE.name),
        faults: line.texts(FAULT.name),
        throttle: line.text(THROTTLE.name),
        latency: line.text(LATENCY.name),
        propagation: line.text(PROPAGATION.name),
    };
    Ok(Invocation { globals, task: Task::Sandbox(action) })
}

fn call(operation: &'static Operation, line: &Line) -> Call {
    let parameters = operation.input.members.iter();
    Call {
        operation,
        parameters: parameters.filter_map(|member| Some((member, line.words(member.option)?))).collect(),
        limits: Limits {
            max_items: line.number(MAX_ITEMS.name).and_then(|most| usize::try_from(most).ok()),
            page_size: line.number(PAGE_SIZE.name),
            starting_token: line.text(STARTING_TOKEN.name),
        },
        input_json: line.text(INPUT_JSON.name),
        input_yaml: line.text(INPUT_YAML.name),
        skeleton: line.text(SKELETON.name).map(|kind| match kind.as_str() {
            "yaml-input" => Skeleton::YamlInput,
            "output" => Skeleton::Output,
            _ => Skeleton::Input,
        }),
    }
}

fn globals(line: &Line) -> Globals {
    Globals {
        debug: line.is_set("debug"),
        endpoint_url: line.text("endpoint-url"),
        no_verify_ssl: line.is_set("no-verify-ssl"),
        no_paginate: line.is_set("no-paginate"),
        no_cli_pager: line.is_set("no-cli-pager"),
        output: line.text("output").and_then(|name| Format::named(&name)),
        query: line.text("query"),
        // Empty: a variable of a script that is not set.
        profile: line.text("profile").filter(|name| !name.is_empty()),
        region: line.text("region"),
        color: line.text("color").and_then(|word| color(&word)),
        no_sign_request: line.is_set("no-sign-request"),
        ca_bundle: line.text("ca-bundle"),
        read_timeout: line.number("cli-read-timeout"),
        connect_timeout: line.number("cli-connect-timeout"),
        auto_prompt: line.is_set("cli-auto-prompt"),
        error_format: line.text("cli-error-format").and_then(|name| ErrorFormat::named(&name)),
        sandbox: line.is_set("sandbox"),
        sandbox_options: SandboxOptions {
            world: line.text("sandbox-world").map(|name| (name, "--sandbox-world")),
            clock: line.text("sandbox-clock").map(|text| (text, "--sandbox-clock")),
            state: line.text("sandbox-state"),
            ..SandboxOptions::default()
        },
    }
}

/// Whether a value of `--color` asks for colour; nothing if it leaves that to the terminal.
pub fn color(word: &str) -> Option<bool> {
    match word {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}
