//! Turns a correct command line into an [`Invocation`].

use std::time::Duration;

use super::commands::{
    COMPLETION, Command, EXEC, HANDSHAKE_ACCEPTED, HANDSHAKE_CANCELED, HANDSHAKE_CLOSED, HANDSHAKE_DECLINED,
    HANDSHAKE_OPEN, JOIN, OwnCommand, SERVE, SHOW,
};
use super::invocation::{
    Access, Accounts, Call, Choice, Globals, Goal, Invocation, Join, Limits, OwnOptions, SandboxAction, SandboxOptions,
    Skeleton, Task, Wait,
};
use super::line::Line;
use super::options::{
    ACCOUNT_EXTERNAL_ID, ACCOUNT_PROFILE, ACCOUNT_ROLE, ACCOUNT_SOURCE_PROFILE, ACCOUNTS, ACTION, ASSUME_ROLE, CLOCK,
    CREATE_PARENTS, DRY_RUN, DYNAMIC, ENV_FILE, EXPIRES_WITHIN, FAULT, FROM_ACCOUNT, FROM_ORGANIZATION, HANDSHAKE_IDS,
    IDEMPOTENT, INPUT_JSON, INPUT_YAML, INTERVAL, KEEP_INVITATIONS, LATENCY, LIVE, MAX_CONCURRENCY, MAX_FAILURES,
    MAX_ITEMS, NO_PACING, OptionSpec, PAGE_SIZE, PARENT, PARENT_PATH, PORT, PRINT_POLICY, PROPAGATION, SKELETON,
    SKIP_IMPOSSIBLE, STARTING_TOKEN, STATE, TARGET, THROTTLE, TIMEOUT, TO, TO_ORGANIZATION, WORLD, YES,
};
use crate::error::{ErrorFormat, Failure};
use crate::model::parent::Parent;
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
            let shell = shell.ok_or_else(|| Failure::input("unknown shell"))?;
            Ok(Invocation { globals, task: Task::Completion { shell, dynamic: line.is_set(DYNAMIC.name) } })
        }
        JOIN => join(line, globals),
        HANDSHAKE_ACCEPTED => wait(Goal::Accepted, line, globals),
        HANDSHAKE_DECLINED => wait(Goal::Declined, line, globals),
        HANDSHAKE_CANCELED => wait(Goal::Canceled, line, globals),
        HANDSHAKE_OPEN => wait(Goal::Open, line, globals),
        HANDSHAKE_CLOSED => wait(Goal::Closed, line, globals),
        SERVE => in_sandbox(SandboxAction::Serve { port: port(), env_file: line.text(ENV_FILE.name) }, line, globals),
        EXEC => in_sandbox(SandboxAction::Exec { port: port(), command: line.arguments.clone() }, line, globals),
        SHOW => in_sandbox(SandboxAction::Show, line, globals),
        other => Err(Failure::input(format!("unknown command {other}"))),
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
    let is_recipient = |text: &str| model::is_account_id(text) || text.contains('@');
    Ok(Choice {
        from_organization: organization(line, FROM_ORGANIZATION)?,
        from_account: checked(line, FROM_ACCOUNT, model::is_account_id, "the id of an account: twelve digits")?,
        to: checked(line, TO, is_recipient, "the id of an account or a mail address")?,
        action: line.text(ACTION.name),
    })
}

fn organization(line: &Line, option: OptionSpec) -> Result<Option<String>, Failure> {
    checked(line, option, model::is_organization_id, "the id of an organization, such as o-exampleorgid")
}

fn checked(
    line: &Line,
    option: OptionSpec,
    is_right: fn(&str) -> bool,
    expected: &str,
) -> Result<Option<String>, Failure> {
    match line.text(option.name) {
        Some(value) if !is_right(&value) => {
            let problem = format!("Bad value for --{}: {} is not {expected}", option.name, shown(&value));
            let mut failure = Failure::input(problem);
            failure.hints.extend(model::hint_on_digits(&value).filter(|_| option.name != FROM_ORGANIZATION.name));
            Err(failure)
        }
        value => Ok(value),
    }
}

fn accounts(line: &Line) -> Result<Option<Accounts>, Failure> {
    let given = [ACCOUNT_ROLE, ACCOUNT_PROFILE, ACCOUNT_SOURCE_PROFILE, ACCOUNT_EXTERNAL_ID];
    let given = given.into_iter().find(|option| line.is_set(option.name));
    match (line.text(ACCOUNTS.name), given) {
        (Some(accounts), _) => match access(line)? {
            Access::Role { role: None, .. } => Err(Failure::input(
                "--accounts needs --account-role, the role to assume in each account, or --account-profile",
            )),
            access => Ok(Some(Accounts { accounts, access })),
        },
        (None, Some(option)) => Err(Failure::input(format!("--{} needs --accounts", option.name))),
        (None, None) => Ok(None),
    }
}

/// Returns how to get an identity in each account.
fn access(line: &Line) -> Result<Access, Failure> {
    let role = line.text(ACCOUNT_ROLE.name);
    let [source_profile, external_id] =
        [ACCOUNT_SOURCE_PROFILE, ACCOUNT_EXTERNAL_ID].map(|option| line.text(option.name));
    match line.text(ACCOUNT_PROFILE.name) {
        None => Ok(Access::Role { role, source_profile, external_id }),
        Some(_) if role.is_some() || source_profile.is_some() || external_id.is_some() => Err(Failure::input(
            "--account-profile excludes --account-role, --account-source-profile and --account-external-id",
        )),
        Some(name) => Ok(Access::Profile(name)),
    }
}

fn join(line: &Line, globals: Globals) -> Result<Invocation, Failure> {
    if line.is_set(PRINT_POLICY.name) {
        return Ok(Invocation { globals, task: Task::JoinPolicy { role: line.text(ACCOUNT_ROLE.name) } });
    }
    let Some(accounts) = line.text(ACCOUNTS.name) else {
        return Err(Failure::input("the following arguments are required: --accounts"));
    };
    if globals.no_paginate {
        return Err(Failure::input("--no-paginate doesn't go with join, which needs whole listings"));
    }
    Ok(Invocation {
        globals,
        task: Task::Join(Box::new(Join {
            accounts: Accounts { accounts, access: access(line)? },
            from_organization: organization(line, FROM_ORGANIZATION)?,
            to_organization: organization(line, TO_ORGANIZATION)?,
            parent: parent(line)?,
            create_parents: line.is_set(CREATE_PARENTS.name),
            dry_run: line.is_set(DRY_RUN.name),
            yes: line.is_set(YES.name),
            skip_impossible: line.is_set(SKIP_IMPOSSIBLE.name),
            keep_invitations: line.is_set(KEEP_INVITATIONS.name),
            timeout: line.number(TIMEOUT.name).map_or(STEP_TIMEOUT, Duration::from_secs),
            max_failures: count(line, MAX_FAILURES),
            max_concurrency: count(line, MAX_CONCURRENCY).unwrap_or(32),
            no_pacing: line.is_set(NO_PACING.name),
        })),
    })
}

/// How long a step of `join` is waited for.
const STEP_TIMEOUT: Duration = Duration::from_secs(120);

fn parent(line: &Line) -> Result<Option<Parent>, Failure> {
    let read = |option: OptionSpec, read: fn(&str) -> Result<Parent, &'static str>| {
        let parent = line.text(option.name).map(|text| {
            read(&text)
                .map_err(|why| Failure::input(format!("Bad value for --{}: {} {why}", option.name, shown(&text))))
        });
        parent.transpose()
    };
    match (read(PARENT, Parent::of_id)?, read(PARENT_PATH, Parent::of_path)?) {
        (Some(_), Some(_)) => Err(Failure::input("--parent and --parent-path exclude each other")),
        (id, path) => Ok(id.or(path)),
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
