//! The command line as one tree: global options, the commands of the model table, and our own.
//!
//! Help, man pages and completions are made from this tree and nothing else.

mod early;
mod invocation;
mod words;

pub use early::{EarlyExit, EarlyOptions};
pub use invocation::{Call, Globals, Invocation, Limits, SandboxAction, SandboxOptions, Skeleton, Task};

use std::any::Any;
use std::ffi::OsString;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::error::{EXIT_CODES, ErrorFormat, Failure};
use crate::model::{self, Member, Operation, Shape};
use crate::model::{LIMIT, TOKEN};
use crate::render::Format;
use crate::text::fold::fold;
use crate::text::redact::shown;
use early::last;
use words::{Options, Spelling, Takes};

/// A global option: one row here is all that help, parsing and abbreviation need.
struct Global {
    name: &'static str,
    /// The value's name in help; a switch has none.
    value: Option<&'static str>,
    values: &'static [&'static str],
    help: &'static str,
    /// Ours, not the AWS CLI's: spelt out, and no reason for an AWS option to be ambiguous.
    ours: bool,
}

const fn aws(name: &'static str, value: Option<&'static str>, help: &'static str) -> Global {
    Global { name, value, values: &[], help, ours: false }
}

const fn aws_choice(
    name: &'static str,
    value: &'static str,
    values: &'static [&'static str],
    help: &'static str,
) -> Global {
    Global { name, value: Some(value), values, help, ours: false }
}

/// The global options of AWS CLI v2 in its order, then ours.
const GLOBALS: &[Global] = &[
    aws("debug", None, "Tell on stderr what is set, what is sent and how it goes"),
    aws("endpoint-url", Some("URL"), "Send requests to this URL instead of the service's own"),
    aws("no-verify-ssl", None, "Don't verify the certificate of the Organizations endpoint (a warning says so)"),
    aws("no-paginate", None, "Ask for one page only"),
    aws_choice("output", "FORMAT", Format::NAMES, "Output format [default: json]"),
    aws("query", Some("JMESPATH"), "Print only what this JMESPath expression selects"),
    aws("profile", Some("NAME"), "Use this profile of the configuration files"),
    aws("region", Some("REGION"), "Sign for this region; the service is global and needs none"),
    aws_choice("color", "WHEN", &["on", "off", "auto"], "Colour in tables and help"),
    aws("no-sign-request", None, "Send requests unsigned and look for no credentials"),
    aws("ca-bundle", Some("FILE"), "Trust the certificate authorities in this PEM file for the Organizations endpoint"),
    aws(
        "cli-read-timeout",
        Some("SECONDS"),
        "Longest wait for the next bytes of an answer; 0 is for ever [default: 60]",
    ),
    aws("cli-connect-timeout", Some("SECONDS"), "Longest wait for a connection; 0 is for ever [default: 60]"),
    aws_choice(
        "cli-binary-format",
        "FORMAT",
        &["base64", "raw-in-base64-out"],
        "Form of binary parameters; these commands have none",
    ),
    aws("no-cli-pager", None, "Don't page the output"),
    aws("cli-auto-prompt", None, "Accepted for the AWS CLI's sake; there is no prompt"),
    aws("no-cli-auto-prompt", None, "Accepted for the AWS CLI's sake; there is no prompt"),
    aws_choice(
        "cli-error-format",
        "FORMAT",
        &["enhanced", "legacy", "json", "yaml", "text", "table", "explained-json"],
        "Format of errors [default: enhanced]",
    ),
    Global {
        name: "sandbox",
        value: None,
        values: &[],
        help: "Ask the built-in Organizations service instead of AWS: no account, no network",
        ours: true,
    },
    Global {
        name: "sandbox-clock",
        value: Some("TIME"),
        values: &[],
        help: "Set the sandbox's clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)",
        ours: true,
    },
    Global {
        name: "sandbox-state",
        value: Some("FILE"),
        values: &[],
        help: "Keep the sandbox's world in this file between runs; it is made when it isn't there",
        ours: true,
    },
];

/// The command with the sandbox's commands, and their options.
const SANDBOX: &str = "sandbox";
const PORT: &str = "port";
const STATE: &str = "state";
const CLOCK: &str = "clock";
const FAULT: &str = "fault";
const ENV_FILE: &str = "env-file";
/// The commands of the sandbox.
const SERVE: &str = "serve";
const EXEC: &str = "exec";
const SHOW: &str = "show";
/// The command that prints completion scripts, its argument and its option.
const COMPLETION: &str = "completion";
const SHELL: &str = "shell";
const DYNAMIC: &str = "dynamic";

/// The options that every command has beside its parameters.
const INPUT_JSON: &str = "cli-input-json";
const INPUT_YAML: &str = "cli-input-yaml";
const SKELETON: &str = "generate-cli-skeleton";
/// The options of listings.
const STARTING_TOKEN: &str = "starting-token";
const PAGE_SIZE: &str = "page-size";
const MAX_ITEMS: &str = "max-items";

/// Reads the words behind the program's name. `color` and `width` are those of the terminal, for help.
///
/// # Errors
///
/// [`EarlyExit`]: help, the manual and version are texts, everything else is a usage error.
pub fn parse(words: Vec<String>, color: bool, width: Option<u16>) -> Result<Invocation, EarlyExit> {
    // What stands behind `--` is a command's own.
    let ours = words.split(|word| word == "--").next().unwrap_or_default();
    let early = EarlyOptions::of(ours);
    let color = last(ours, "--color").and_then(color_of).unwrap_or(color);
    let mut words = match words::resolve(words, &Table) {
        Ok(words) => words,
        Err(failure) => return Err(EarlyExit::Failure(failure.into(), early)),
    };
    let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
    if let Some((last, path)) = words[..end].split_last_mut().filter(|(last, _)| *last == words::MANUAL) {
        let path: Vec<_> = path.iter().filter(|word| !word.starts_with('-')).cloned().collect();
        let mut tree = &command();
        if path.iter().all(|word| tree.find_subcommand(word).map(|found| tree = found).is_some()) {
            return Err(EarlyExit::Manual(path, color, early));
        }
        // There is no such command, which clap tells.
        "--help".clone_into(last);
    }
    let name = words[..end].iter().find(|word| !word.starts_with('-')).cloned().unwrap_or_default();
    let width = text_width(width);
    // The longest command's name leaves no room beside it.
    let tree = command_for(&name).term_width(width).next_line_help(width < NARROW);
    match tree.try_get_matches_from(std::iter::once("orgshake".to_owned()).chain(words)) {
        Ok(matches) => match matches.subcommand() {
            Some((name, matches)) => {
                understand(name, matches).map_err(|failure| EarlyExit::Failure(failure.into(), early))
            }
            None => Err(EarlyExit::Failure(Failure::input(NO_COMMAND).into(), early)),
        },
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp if color => Err(EarlyExit::Text(error.render().ansi().to_string(), early)),
            ErrorKind::DisplayHelp => Err(EarlyExit::Text(error.to_string(), early)),
            ErrorKind::DisplayVersion => Err(EarlyExit::Text(version(), EarlyOptions { no_cli_pager: true, ..early })),
            _ => Err(EarlyExit::Failure(usage_failure(&error, &name).into(), early)),
        },
    }
}

/// The columns that help and the manual take on a terminal of that width, or where there is none.
pub fn text_width(terminal: Option<u16>) -> usize {
    terminal.map_or(WIDTH, |width| usize::from(width).min(WIDEST))
}

/// What a bug report needs: the first line is for scripts, target and commit are those that build.rs found.
fn version() -> String {
    format!(
        "orgshake {}\ntarget: {}\nsdk: aws-sdk-organizations {}\ncommit: {}\n",
        env!("CARGO_PKG_VERSION"),
        env!("ORGSHAKE_TARGET"),
        aws_sdk_organizations::meta::PKG_VERSION,
        env!("ORGSHAKE_COMMIT"),
    )
}

/// What is known of a `sandbox serve` command line that may be wrong.
#[derive(Debug)]
pub struct Serves {
    /// The value of `--env-file`.
    pub env_file: Option<String>,
    /// The world, of which only the state file is known.
    pub sandbox_options: SandboxOptions,
}

/// Recognizes `sandbox serve` in words that may be wrong.
pub fn serves(words: &[OsString]) -> Option<Serves> {
    if !words.iter().any(|word| word == SERVE) {
        return None;
    }
    // No word that matters here is anything but text.
    let words: Vec<_> = words.iter().map(|word| word.to_str().unwrap_or("?").to_owned()).collect();
    let others = words::others(&words, &Table);
    let mut commands = others.into_iter().skip_while(|word| *word == words::SERVICE);
    let is_sandbox = commands.next() == Some(SANDBOX);
    let command = commands.find(|word| [SERVE, EXEC, SHOW].contains(word));
    if !is_sandbox || command != Some(SERVE) {
        return None;
    }
    let value = |option| last(&words, option).filter(|value| !value.is_empty() && !value.starts_with('-'));
    let [env_file, state] = ["--env-file", "--state"].map(|option| value(option).map(str::to_owned));
    Some(Serves { env_file, sandbox_options: SandboxOptions { state, ..SandboxOptions::default() } })
}

/// clap's error as a failure of ours: its first paragraph is the message, the rest is the usage.
fn usage_failure(error: &clap::Error, name: &str) -> Failure {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let mut failure = Failure::input(NO_COMMAND);
        failure.usage = Some(overview(name));
        return failure;
    }
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) {
        return unknown_command(word, error);
    }
    let text = match error.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(value)) => error.to_string().replace(value.as_str(), shown(value)),
        _ => error.to_string(),
    };
    let (message, usage) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut failure = Failure::input(message.trim().trim_start_matches("error: "));
    failure.usage = Some(usage.to_owned());
    failure
}

/// The failure of a command that there isn't: the one that was meant, if that can be told, and all there are.
fn unknown_command(word: &str, error: &clap::Error) -> Failure {
    let mut failure = Failure::input(format!("there is no command '{word}'"));
    // clap has the closest one last.
    let closest = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(suggested)) => suggested.last(),
        Some(ContextValue::String(suggested)) => Some(suggested),
        _ => None,
    };
    let usage = closest.map(|closest| format!("  tip: did you mean '{closest}'?\n\n")).unwrap_or_default();
    // The usage line says whose command it would be.
    let of_sandbox = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string().contains("orgshake sandbox"),
        _ => false,
    };
    failure.usage = Some(usage + &overview(if of_sandbox { SANDBOX } else { "" }));
    failure
}

/// What commands the one that these words name has.
fn overview(path: &str) -> String {
    let mut command = command();
    command.build();
    let command = command.find_subcommand(path).cloned().unwrap_or(command);
    let template = "{usage-heading} {usage}\n\nCommands:\n{subcommands}";
    let commands = command.help_template(template).term_width(WIDTH).render_help();
    format!("{}\n\nFor more information, try '--help'.\n", commands.to_string().trim_end())
}

/// The failure of a call that lacks required parameters.
pub fn missing_parameters(operation: &'static Operation, missing: &[&Member]) -> Failure {
    let options: Vec<_> = missing.iter().map(|member| format!("--{}", member.option)).collect();
    let mut failure = Failure::input(format!("the following arguments are required: {}", options.join(", ")));
    failure.usage = Some(format!("Usage: {}\n\nFor more information, try '--help'.", usage_line(operation)));
    failure
}

/// The table of options that [`words::resolve`] reads.
struct Table;

impl Options for Table {
    fn global(&self) -> Vec<Spelling> {
        let takes = |global: &Global| if global.value.is_some() { Takes::Value } else { Takes::Nothing };
        let mut all: Vec<_> = GLOBALS
            .iter()
            .map(|global| Spelling { name: global.name, takes: takes(global), shortens: !global.ours })
            .collect();
        all.push(Spelling { name: "version", takes: Takes::Nothing, shortens: true });
        all.push(Spelling { name: "help", takes: Takes::Nothing, shortens: false });
        all
    }

    fn of_command(&self, name: &str) -> Option<Vec<Spelling>> {
        if name == COMPLETION {
            return Some(vec![Spelling { name: DYNAMIC, takes: Takes::Nothing, shortens: false }]);
        }
        if name == SANDBOX {
            let option = |name| Spelling { name, takes: Takes::Value, shortens: false };
            return Some([PORT, STATE, CLOCK, FAULT, ENV_FILE].map(option).to_vec());
        }
        let operation = model::operation(name)?;
        let option = |name, takes| Spelling { name, takes, shortens: true };
        let takes = |member: &Member| if matches!(member.shape, Shape::List(_)) { Takes::Words } else { Takes::Value };
        let parameters = operation.input.members.iter();
        let mut all: Vec<_> = parameters.map(|member| option(member.option, takes(member))).collect();
        if operation.list.is_some() {
            all.extend([STARTING_TOKEN, PAGE_SIZE, MAX_ITEMS].map(|name| option(name, Takes::Value)));
        }
        all.push(option(INPUT_JSON, Takes::Value));
        all.push(option(INPUT_YAML, Takes::Value));
        all.push(option(SKELETON, Takes::MaybeValue));
        Some(all)
    }
}

/// The whole tree.
pub fn command() -> Command {
    command_for("")
}

/// The tree with the one command of this name, or with all where none has it: a subcommand costs a copy of every global
/// option.
fn command_for(name: &str) -> Command {
    let mut commands: Vec<_> = model::OPERATIONS.iter().map(call_command).collect();
    commands.extend([sandbox_command(), completion_command()]);
    if commands.iter().any(|command| command.get_name() == name) {
        commands.retain(|command| command.get_name() == name);
    }
    Command::new("orgshake")
        .version(env!("CARGO_PKG_VERSION"))
        .propagate_version(true)
        .args_override_self(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .about("AWS Organizations handshakes from the command line")
        .after_help(after_help())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("version")
                .long("version")
                .action(ArgAction::Version)
                .help_heading(GLOBAL_HEADING)
                .help("Print the version")
                .global(true),
        )
        .args(GLOBALS.iter().map(|global| global_option(global).global(true)))
        .subcommands(commands)
}

fn completion_command() -> Command {
    Command::new(COMPLETION)
        .about("Print the completion script of a shell")
        .after_help("Example:\n  orgshake completion bash > ~/.local/share/bash-completion/completions/orgshake")
        .arg(Arg::new(SHELL).value_name("SHELL").required(true).value_parser(value_parser!(Shell)).help("The shell"))
        .arg(
            Arg::new(DYNAMIC)
                .long(DYNAMIC)
                .action(ArgAction::SetTrue)
                .help("Ask the program at every completion: ids of handshakes, profiles, regions, files"),
        )
}

/// `sandbox` and its commands.
fn sandbox_command() -> Command {
    let option =
        |name: &'static str, value, help| Arg::new(name).long(name).value_name(value).action(ArgAction::Set).help(help);
    let state = || {
        option(STATE, "FILE", "Keep the world in this file; the first change makes it")
            .value_hint(clap::ValueHint::FilePath)
    };
    let clock = || option(CLOCK, "TIME", "Set the clock: an instant (2026-12-31T00:00:00Z) or a step from now (+16d)");
    let port = || {
        option(PORT, "PORT", "Listen on this port of 127.0.0.1; 0 chooses one [default: 0]")
            .value_parser(value_parser!(u16))
    };
    let fault = || {
        option(
            FAULT,
            "KIND[:N]",
            "Have the next N calls that change something go wrong: throttle, internal-error, concurrent-modification, \
             lost-response, truncate, delay:500ms; may be repeated, and goes in order",
        )
        .action(ArgAction::Append)
    };
    let env_file = || {
        option(
            ENV_FILE,
            "FILE",
            "Put the lines for the shell into this file, once the server is ready, instead of printing them",
        )
        .value_hint(clap::ValueHint::FilePath)
    };
    let command = |name: &'static str, about: &'static str| Command::new(name).about(about).args_override_self(false);
    Command::new(SANDBOX)
        .about("Serve the built-in Organizations service to other programs, or look into it")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            command(EXEC, "Run a command with it in the place of AWS, and end with its exit code")
                .override_usage("orgshake sandbox exec [OPTIONS] -- <COMMAND>...")
                .after_help("Example:\n  orgshake sandbox exec -- aws organizations list-handshakes-for-organization")
                .args([port(), state(), clock(), fault()])
                .arg(
                    Arg::new("command")
                        .value_name("COMMAND")
                        .required(true)
                        .num_args(1..)
                        .last(true)
                        .value_hint(clap::ValueHint::CommandWithArguments)
                        .help("The command and its arguments"),
                ),
        )
        .subcommand(
            command(SERVE, "Serve it on the loopback address until SIGINT or SIGTERM")
                .after_help(
                    "Once the server is ready, it prints lines for a shell. If it can't start, the lines lead to no server and \
                     end with `false`. Every request is a line on stderr.\n\n\
                     Example:\n  rm -f sandbox.env\n  orgshake sandbox serve --env-file sandbox.env &\n  \
                     until [ -e sandbox.env ]; do sleep 0.1; done; . ./sandbox.env",
                )
                .args([port(), state(), clock(), fault(), env_file()]),
        )
        .subcommand(
            command(SHOW, "Show the world: organizations, accounts and handshakes")
                .after_help("Example:\n  orgshake sandbox show --state world.json --output table")
                .args([state(), clock()]),
        )
}

/// The heading of the options that every command has.
pub const GLOBAL_HEADING: &str = "Global options";

fn global_option(global: &Global) -> Arg {
    let option = Arg::new(global.name).long(global.name).help(global.help).help_heading(GLOBAL_HEADING);
    let Some(value) = global.value else {
        return option.action(ArgAction::SetTrue);
    };
    let option = option.action(ArgAction::Set).value_name(value);
    if !global.values.is_empty() {
        return option.value_parser(PossibleValuesParser::new(global.values));
    }
    match value {
        "SECONDS" => option.value_parser(|text: &str| {
            text.parse::<u64>().map_err(|_| "a time is a whole number of seconds, 0 or more")
        }),
        "FILE" => option.value_hint(clap::ValueHint::FilePath),
        "URL" => option.value_hint(clap::ValueHint::Url),
        _ => option,
    }
}

/// The command of an operation.
fn call_command(operation: &'static Operation) -> Command {
    let parameters = operation.input.members.iter().map(|member| parameter_option(operation, member));
    let listing = operation.list.iter().flat_map(|_| [MAX_ITEMS, PAGE_SIZE, STARTING_TOKEN]);
    let others = listing.chain([INPUT_JSON, INPUT_YAML, SKELETON]);
    Command::new(operation.command)
        .about(operation.about)
        .override_usage(usage_line(operation))
        .after_help(format!(
            "{}\n\nExample:\n  {}",
            operation.details,
            folded(&format!("orgshake --sandbox {}", operation.example), WIDTH - 2).replace('\n', "\n  ")
        ))
        .args(parameters.chain(others.map(call_option)))
}

fn parameter_option(operation: &Operation, member: &'static Member) -> Arg {
    let doc = if member.required { format!("{} [required]", member.doc) } else { member.doc.to_owned() };
    // The AWS CLI hides what its own options for listings stand for.
    let hidden = operation.list.is_some() && [TOKEN, LIMIT].contains(&member.name);
    Arg::new(member.name)
        .long(member.option)
        .value_name(value_name(member))
        .action(ArgAction::Set)
        .hide(hidden)
        .help(doc)
}

/// What stands for the value in help.
fn value_name(member: &Member) -> &'static str {
    match (member.option, member.shape) {
        ("handshake-id", _) => "ID",
        ("tags", _) => "Key=KEY,Value=VALUE...",
        ("target", _) => "Id=ID,Type=TYPE",
        ("filter", _) => "KEY=VALUE",
        (_, Shape::Integer { .. }) => "NUMBER",
        (_, Shape::Timestamp) => "TIME",
        _ => "TEXT",
    }
}

/// An option that a call has beside its parameters.
fn call_option(name: &'static str) -> Arg {
    let (value, help) = match name {
        MAX_ITEMS => ("NUMBER", "EarlyExit after this many items, and print a token to go on with"),
        PAGE_SIZE => ("NUMBER", "Ask the service for this many items at a time"),
        STARTING_TOKEN => ("TOKEN", "Go on with the token of an earlier listing"),
        INPUT_JSON => ("JSON", "Read parameters from JSON: the text itself, file://PATH, or - for stdin"),
        INPUT_YAML => ("YAML", "Read parameters from YAML: the text itself, file://PATH, or - for stdin"),
        _ => ("KIND", "Print a request to fill in, or a sample response, and send nothing"),
    };
    let option = Arg::new(name).long(name).value_name(value).action(ArgAction::Set).help(help);
    match name {
        MAX_ITEMS | PAGE_SIZE => option.value_parser(number),
        SKELETON => {
            let kinds = PossibleValuesParser::new(["input", "yaml-input", "output"]);
            option.num_args(0..=1).default_missing_value("input").value_parser(kinds)
        }
        _ => option,
    }
}

/// What a number of items is: none would be no listing, and the service counts to 2147483647.
const NUMBER: &str = "it is a whole number, from 1 to 2147483647";

fn number(text: &str) -> Result<u64, &'static str> {
    let number = text.trim().parse().map_err(|_| NUMBER)?;
    if (1..=u64::from(u32::MAX >> 1)).contains(&number) { Ok(number) } else { Err(NUMBER) }
}

/// The usage line of a command: what it requires, spelt out, in several lines where one is too narrow for it.
fn usage_line(operation: &Operation) -> String {
    let required = operation.input.members.iter().filter(|member| member.required);
    let options: Vec<_> = required.map(|member| format!(" --{} <{}>", member.option, value_name(member))).collect();
    let command = format!("orgshake {}", operation.command);
    let line = format!("{command}{} [OPTIONS]", options.concat());
    if line.len() <= WIDTH - USAGE.len() {
        return line;
    }
    let indent = format!("\n{:1$}", "", USAGE.len() + 3);
    format!(
        "{command}{}{indent} [OPTIONS]",
        options.iter().map(|option| format!("{indent}{option}")).collect::<String>()
    )
}

/// What is wrong where no command is named, in the AWS CLI's words.
const NO_COMMAND: &str = "the following arguments are required: operation";

/// The columns that help can count on.
const WIDTH: usize = 80;
/// The most that it takes: longer lines are hard to read.
const WIDEST: usize = 100;
/// Below this, help has one column.
const NARROW: usize = 60;
/// What a usage line begins with.
const USAGE: &str = "Usage: ";

/// A command line in several lines of at most `width` columns, as a shell takes them, where one is too narrow for it.
pub fn folded(command: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for (index, part) in command.split(" --").enumerate() {
        let part = if index == 0 { part.to_owned() } else { format!(" --{part}") };
        // The backslash takes its place, too.
        if column + part.len() + " \\".len() > width {
            out.push_str(" \\\n   ");
            column = 3;
        }
        column += part.len();
        out.push_str(&part);
    }
    out
}

fn after_help() -> String {
    let mut text =
        "Options, output and exit codes are those of `aws organizations`; so are credentials and settings.\n\n\
                    Exit codes:\n"
            .to_owned();
    for (code, when) in EXIT_CODES {
        text.push_str(&fold(&format!("  {code:>3}  {when}\n"), WIDTH, 7));
    }
    text + "\nThe manual: `orgshake help`, and `orgshake COMMAND help` for a command.\n\n\
            Try it without an AWS account:\n  \
            orgshake --sandbox accept-handshake --handshake-id h-examplehandshakeid111"
}

fn understand(name: &str, options: &ArgMatches) -> Result<Invocation, Failure> {
    if let Some((action, options)) = options.subcommand() {
        return understand_sandbox(action, options);
    }
    let globals = globals(options);
    let text = |id: &str| given::<String>(options, id);
    if let Some(shell) = given(options, SHELL) {
        let dynamic = given(options, DYNAMIC).unwrap_or_default();
        return Ok(Invocation { globals, task: Task::Completion { shell, dynamic } });
    }
    let Some(operation) = model::operation(name) else {
        return Err(Failure::input(format!("there is no command {name}")));
    };
    let parameters = operation.input.members.iter();
    let task = Task::Call(Call {
        operation,
        parameters: parameters.filter_map(|member| Some((member, words(member, text(member.name)?)))).collect(),
        limits: match operation.list {
            Some(_) => Limits {
                max_items: given::<u64>(options, MAX_ITEMS).and_then(|most| usize::try_from(most).ok()),
                page_size: given(options, PAGE_SIZE),
                starting_token: text(STARTING_TOKEN),
            },
            None => Limits::default(),
        },
        input_json: text(INPUT_JSON),
        input_yaml: text(INPUT_YAML),
        skeleton: text(SKELETON).map(|kind| match kind.as_str() {
            "yaml-input" => Skeleton::YamlInput,
            "output" => Skeleton::Output,
            _ => Skeleton::Input,
        }),
    });
    Ok(Invocation { globals, task })
}

fn understand_sandbox(action: &str, options: &ArgMatches) -> Result<Invocation, Failure> {
    let mut globals = globals(options);
    if globals.sandbox_options.clock.is_some() || globals.sandbox_options.state.is_some() {
        let failure = Failure::input("--sandbox-clock and --sandbox-state go with --sandbox");
        return Err(failure.hint("the commands of sandbox have --clock and --state"));
    }
    let text = |id: &str| given::<String>(options, id);
    let words = |id: &str| {
        let words = options.try_get_many::<String>(id).ok().flatten();
        words.map(|words| words.cloned().collect::<Vec<_>>()).unwrap_or_default()
    };
    globals.sandbox = true;
    globals.sandbox_options =
        SandboxOptions { clock: text(CLOCK).map(|text| (text, "--clock")), state: text(STATE), faults: words(FAULT) };
    let port = given(options, PORT).unwrap_or_default();
    let action = match action {
        SERVE => SandboxAction::Serve { port, env_file: text(ENV_FILE) },
        EXEC => SandboxAction::Exec { port, command: words("command") },
        _ => SandboxAction::Show,
    };
    Ok(Invocation { globals, task: Task::Sandbox(action) })
}

/// What a word of `--color` asks for; nothing where it is left to the terminal.
fn color_of(word: &str) -> Option<bool> {
    match word {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

/// The words behind an option; those of a list come from [`argv`] as one.
fn words(member: &Member, typed: String) -> Vec<String> {
    match member.shape {
        Shape::List(_) => serde_json::from_str(&typed).unwrap_or_else(|_| vec![typed]),
        _ => vec![typed],
    }
}

/// The value of an option; nothing where it isn't among the words, so that the tree need not have it.
fn given<T: Any + Clone + Send + Sync>(options: &ArgMatches, id: &str) -> Option<T> {
    options.try_get_one(id).ok().flatten().cloned()
}

fn globals(options: &ArgMatches) -> Globals {
    let switch = |id: &str| given(options, id).unwrap_or_default();
    let text = |id: &str| given::<String>(options, id);
    let seconds = |id: &str| given(options, id);
    Globals {
        debug: switch("debug"),
        endpoint_url: text("endpoint-url"),
        no_verify_ssl: switch("no-verify-ssl"),
        no_paginate: switch("no-paginate"),
        no_cli_pager: switch("no-cli-pager"),
        output: text("output").and_then(|name| Format::named(&name)),
        query: text("query"),
        // Empty: a variable of a script that is not set.
        profile: text("profile").filter(|name| !name.is_empty()),
        region: text("region"),
        color: text("color").and_then(|word| color_of(&word)),
        no_sign_request: switch("no-sign-request"),
        ca_bundle: text("ca-bundle"),
        read_timeout: seconds("cli-read-timeout"),
        connect_timeout: seconds("cli-connect-timeout"),
        auto_prompt: switch("cli-auto-prompt"),
        error_format: text("cli-error-format").and_then(|name| ErrorFormat::named(&name)),
        sandbox: switch("sandbox"),
        sandbox_options: SandboxOptions {
            clock: text("sandbox-clock").map(|text| (text, "--sandbox-clock")),
            state: text("sandbox-state"),
            faults: Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn every_option_is_documented_and_spelt_like_the_aws_cli() {
        let mut root = command();
        root.build();
        let mut commands = vec![&root];
        while let Some(command) = commands.pop() {
            commands.extend(command.get_subcommands());
            for option in command.get_arguments().filter(|argument| !argument.is_positional()) {
                let name = option.get_long().unwrap_or_default();
                assert!(option.get_help().is_some(), "{name} has no help");
                assert!(!name.is_empty() && name.chars().all(|c| c == '-' || c.is_ascii_lowercase()), "{name}");
                assert!(matches!(option.get_short(), None | Some('h')), "{name} has a short form");
            }
        }
    }

    #[test]
    fn help_is_that_of_the_command_that_was_named() {
        for (line, usage) in [
            ("--help", "orgshake [OPTIONS] <COMMAND>"),
            ("--output=text -h", "orgshake [OPTIONS] <COMMAND>"),
            ("--output=text accept-handshake --help", "orgshake accept-handshake --handshake-id <ID> [OPTIONS]"),
            ("completion -h bash", "orgshake completion [OPTIONS] <SHELL>"),
            ("sandbox --help", "orgshake sandbox [OPTIONS] <COMMAND>"),
            ("sandbox exec --port=1 -h -- true", "orgshake sandbox exec [OPTIONS] -- <COMMAND>..."),
        ] {
            match parse(line.split_whitespace().map(str::to_owned).collect(), false, None) {
                Err(EarlyExit::Text(text, _)) => assert!(text.contains(&format!("Usage: {usage}\n")), "{line}: {text}"),
                other => panic!("{line}: {other:?}"),
            }
        }
    }

    #[test]
    fn error_formats_and_option_agree() {
        let values = GLOBALS.iter().find(|global| global.name == "cli-error-format").unwrap().values;
        assert!(ErrorFormat::NAMES.iter().map(|(name, _)| name).eq(values.iter()));
    }
}
