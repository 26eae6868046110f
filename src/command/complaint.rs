//! Usage errors. clap parses a wrong command line again, for its usual message, suggestions and usage line.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::commands::OWN;
use super::reader::Words;
use super::tree::tree;
use super::usage::WIDTH;
use crate::error::Failure;
use crate::text::redact::shown;

/// The AWS CLI's message for a command line without a command.
const NO_COMMAND: &str = "the following arguments are required: operation";

/// Returns the failure for a command line that [`super::line::check`] rejected.
pub fn complaint(words: &Words) -> Failure {
    let all = std::iter::once("orgshake".to_owned()).chain(words.canonical());
    match tree().try_get_matches_from(all) {
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let mut failure = Failure::input(NO_COMMAND);
            failure.usage = Some(overview(words.plain().next().map_or("", String::as_str)));
            failure
        }
        Err(error) if error.use_stderr() => usage_failure(&error),
        // A test checks that clap agrees on which command lines are wrong.
        Ok(_) | Err(_) => Failure::input("the command line is wrong; for help: -h or --help"),
    }
}

/// Converts clap's error to a failure. Its first paragraph is the message, the rest is the usage.
fn usage_failure(error: &clap::Error) -> Failure {
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) {
        return unknown_command(word, error);
    }
    let text = match error.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(value)) => error.to_string().replace(value.as_str(), shown(value)),
        _ => error.to_string(),
    };
    let (message, usage) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut failure = Failure::input(message.trim().trim_start_matches("error: "));
    failure.usage = Some(usage.replace("  tip: ", "  hint: "));
    failure
}

/// Returns the failure for an unknown command, with the closest known one and a list of all.
fn unknown_command(word: &str, error: &clap::Error) -> Failure {
    let mut failure = Failure::input(format!("there is no command '{word}'"));
    // clap lists the closest one last.
    let closest = match error.get(ContextKind::SuggestedSubcommand) {
        Some(ContextValue::Strings(suggested)) => suggested.last(),
        Some(ContextValue::String(suggested)) => Some(suggested),
        _ => None,
    };
    let usage = closest.map(|closest| format!("  hint: did you mean '{closest}'?\n\n")).unwrap_or_default();
    // The usage line shows whether it is a subcommand.
    let line = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(line)) => line.to_string(),
        _ => String::new(),
    };
    let above = OWN.iter().find(|own| line.contains(&format!("orgshake {} ", own.name)));
    failure.usage = Some(usage + &overview(above.map_or("", |own| own.name)));
    failure
}

/// Lists the subcommands of the command of this name, or the program's commands.
fn overview(name: &str) -> String {
    let mut root = tree();
    root.build();
    let command = root.find_subcommand(name).cloned().unwrap_or(root);
    let template = "{usage-heading} {usage}\n\nCommands:\n{subcommands}";
    let commands = command.help_template(template).term_width(WIDTH).render_help();
    format!("{}\n\nFor more information, try '--help'.\n", commands.to_string().trim_end())
}
