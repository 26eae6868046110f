//! Turns a correct command line into an [`Invocation`].

use std::time::Duration;

use super::commands::{
    COMPLETION, Command, EXEC, HANDSHAKE_ACCEPTED, HANDSHAKE_CANCELED, HANDSHAKE_CLOSED, HANDSHAKE_DECLINED,
    HANDSHAKE_OPEN, OwnCommand, SERVE, SHOW,
};
use super::invocation::{
    Accounts, Call, Choice, Globals, Goal, Invocation, Limits, OwnOptions, SandboxAction, SandboxOptions, Skeleton,
    Task, Wait,
};
use super::line::Line;
use super::options::{
    ACCOUNT_EXTERNAL_ID, ACCOUNT_ROLE, ACCOUNT_SOURCE_PROFILE, ACCOUNTS, ACTION, ASSUME_ROLE, CLOCK, DRY_RUN, DYNAMIC,
    ENV_FILE, EXPIRES_WITHIN, FAULT, FROM_ACCOUNT, FROM_ORGANIZATION, HANDSHAKE_IDS, IDEMPOTENT, INPUT_JSON,
    INPUT_YAML, INTERVAL, LATENCY, LIVE, MAX_CONCURRENCY, MAX_ITEMS, NO_PACING, OptionSpec, PAGE_SIZE, PORT,
    PROPAGATION, SKELETON, STARTING_TOKEN, STATE, TARGET, THROTTLE, TIMEOUT, TO, WORLD,
};
use crate::error::{ErrorFormat, Failure};
use crate::model::{self, Operation};
use crate::render::Format;
use crate::text::redact::shown;

/// Turns a command line into an invocation.
///
/// # Errors
///
/// The line has options that exclude each other.
pub fn understand(line: &Line) -> Result<Invocation, Failure> {
    let globals = globals(line);
    match line.command {
        Command::Call(operation) => Ok(Invocation { globals, task: Task::Call(Box::new(call(operation, line)?)) }),
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
        HANDSHAKE_ACCEPTED => wait(Goal::Accepted, line, globals),
        HANDSHAKE_DECLINED => wait(Goal::Declined, line, globals),
        HANDSHAKE_CANCELED => wait(Goal::Canceled, line, globals),
        HANDSHAKE_OPEN => wait(Goal::Open, line, globals),
        HANDSHAKE_CLOSED => wait(Goal::Closed, line, globals),
        SERVE => in_sandbox(SandboxAction::Serve { port: port(), env_file: line.text(ENV_FILE.name) }, line, globals),
        EXEC => in_sandbox(SandboxAction::Exec { port: port(), command: line.arguments.clone() }, line, globals),
        SHOW => in_sandbox(SandboxAction::Show, line, globals),
        other => Err(Failure::input(format!("there is no command {other}"))),
    }
}

fn wait(goal: Goal, line: &Line, globals: Globals) -> Result<Invocation, Failure> {
    let duration = |option: OptionSpec| line.number(option.name).map(Duration::from_secs);
    let interval = duration(INTERVAL);
    if interval.is_some_and(|interval| interval.is_zero()) {
        return Err(Failure::input("Bad value for --interval: it must be at least 1s"));
    }
    let wait = Wait {
        goal,
        ids: line.all_words(HANDSHAKE_IDS.name),
        target: line.text(TARGET.name),
        interval,
        timeout: duration(TIMEOUT),
    };
    if wait.target.is_some() && line.is_set(HANDSHAKE_IDS.name) {
        return Err(Failure::input("--target and --handshake-id exclude each other"));
    }
    Ok(Invocation { globals, task: Task::Wait(wait) })
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

fn call(operation: &'static Operation, line: &Line) -> Result<Call, Failure> {
    let parameters = operation.input.members.iter();
    refuse_filter_with_limits(line)?;
    Ok(Call {
        operation,
        parameters: parameters.filter_map(|member| Some((member, line.words(member.option)?))).collect(),
        limits: Limits {
            max_items: count(line, MAX_ITEMS),
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
        own: own(line)?,
    })
}

/// Refuses options that filter a listing together with options that end it after some items: the token to continue with
/// would count items that were filtered out.
fn refuse_filter_with_limits(line: &Line) -> Result<(), Failure> {
    let given = |options: [OptionSpec; 2]| options.into_iter().find(|option| line.is_set(option.name));
    match (given([LIVE, EXPIRES_WITHIN]), given([MAX_ITEMS, STARTING_TOKEN])) {
        (Some(filter), Some(limit)) => {
            Err(Failure::input(format!("--{} can't be combined with --{}", filter.name, limit.name)))
        }
        _ => Ok(()),
    }
}

fn own(line: &Line) -> Result<OwnOptions, Failure> {
    let default = OwnOptions::default();
    Ok(OwnOptions {
        choice: choice(line)?,
        dry_run: line.is_set(DRY_RUN.name),
        idempotent: line.is_set(IDEMPOTENT.name),
        accounts: accounts(line)?,
        max_concurrency: count(line, MAX_CONCURRENCY).unwrap_or(default.max_concurrency),
        no_pacing: line.is_set(NO_PACING.name),
        live: line.is_set(LIVE.name),
        expires_within: line.number(EXPIRES_WITHIN.name).map(Duration::from_secs),
    })
}

fn count(line: &Line, option: OptionSpec) -> Option<usize> {
    line.number(option.name).and_then(|count| usize::try_from(count).ok())
}

fn choice(line: &Line) -> Result<Choice, Failure> {
    let checked = |option: OptionSpec, is_right: fn(&str) -> bool, expected: &str| match line.text(option.name) {
        Some(value) if !is_right(&value) => {
            let problem = format!("Bad value for --{}: {} is not {expected}", option.name, shown(&value));
            let mut failure = Failure::input(problem);
            failure.hints.extend(model::hint_on_digits(&value).filter(|_| option.name != FROM_ORGANIZATION.name));
            Err(failure)
        }
        value => Ok(value),
    };
    let is_recipient = |text: &str| model::is_account_id(text) || text.contains('@');
    Ok(Choice {
        from_organization: checked(
            FROM_ORGANIZATION,
            model::is_organization_id,
            "the id of an organization, such as o-exampleorgid",
        )?,
        from_account: checked(FROM_ACCOUNT, model::is_account_id, "the id of an account: twelve digits")?,
        to: checked(TO, is_recipient, "the id of an account or a mail address")?,
        action: line.text(ACTION.name),
    })
}

fn accounts(line: &Line) -> Result<Option<Accounts>, Failure> {
    let [accounts, role] = [ACCOUNTS, ACCOUNT_ROLE].map(|option| line.text(option.name));
    let [source_profile, external_id] =
        [ACCOUNT_SOURCE_PROFILE, ACCOUNT_EXTERNAL_ID].map(|option| line.text(option.name));
    match (accounts, role) {
        (Some(accounts), Some(role)) => Ok(Some(Accounts { accounts, role, source_profile, external_id })),
        (Some(_), None) => Err(Failure::input("--accounts needs --account-role, the role to assume in each account")),
        (None, Some(_)) => Err(Failure::input("--account-role needs --accounts")),
        (None, None) if source_profile.is_some() || external_id.is_some() => {
            Err(Failure::input("--account-source-profile and --account-external-id need --accounts"))
        }
        (None, None) => Ok(None),
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
        // Empty: probably an unset variable in a script.
        profile: line.text("profile").filter(|name| !name.is_empty()),
        region: line.text("region"),
        assume_role: line.texts(ASSUME_ROLE.name),
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

/// Returns the choice of `--color`; `None` if it depends on the terminal.
pub fn color(word: &str) -> Option<bool> {
    match word {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}
