//! The clap tree, made from the declarations of commands and options. It is the source of help, usage errors, man pages
//! and completions. Correct command lines are never parsed with it.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ValueHint, value_parser};

use super::commands::{Argument, Command, OwnCommand};
use super::options::{self, GLOBALS, Kind, OptionSpec, Takes, VERSION};
use super::usage;
use crate::model::Operation;

/// The heading of the global options.
pub const GLOBAL_HEADING: &str = "Global options";

/// Builds the whole tree.
pub fn tree() -> clap::Command {
    program().subcommands(Command::all().map(whole))
}

/// Builds the program without its commands.
fn program() -> clap::Command {
    let global = |spec: &OptionSpec| option(spec, spec.help.to_owned()).help_heading(GLOBAL_HEADING).global(true);
    clap::Command::new("orgshake")
        .version(env!("CARGO_PKG_VERSION"))
        .propagate_version(true)
        .args_override_self(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .about("AWS Organizations handshakes from the command line")
        .after_help(usage::after_help())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(global(&VERSION).action(ArgAction::Version))
        .args(GLOBALS.iter().map(global))
}

/// Hides the global options, which only the program's own help lists.
fn without_globals(program: clap::Command) -> clap::Command {
    program.mut_args(|arg| if arg.get_help_heading() == Some(GLOBAL_HEADING) { arg.hide(true) } else { arg })
}

fn whole(command: Command) -> clap::Command {
    match command {
        Command::Call(operation) => call(operation),
        Command::Own(command) => own(command),
    }
}

/// Builds a command as the program's help shows it.
fn listed(command: Command) -> clap::Command {
    let about = match command {
        Command::Call(operation) => operation.about,
        Command::Own(command) => command.about,
    };
    clap::Command::new(command.name()).about(about)
}

/// Returns the help of the command with these names, for a terminal of this width.
pub fn help(path: &[&str], color: bool, width: Option<u16>) -> String {
    let width = usage::text_width(width);
    // Build only what is shown: the whole tree takes most of the time and memory of help.
    let root = match path.first() {
        Some(name) => without_globals(program()).subcommands(Command::named(name, None).map(whole)),
        None => program().subcommands(Command::all().map(listed)),
    };
    // The longest command name leaves no room beside it.
    let mut root = root.term_width(width).next_line_help(width < usage::NARROW);
    root.build();
    let mut command = &mut root;
    for name in path {
        match command.find_subcommand_mut(name) {
            Some(below) => command = below,
            None => return String::new(),
        }
    }
    let help = command.render_help();
    if color { help.ansi().to_string() } else { help.to_string() }
}

fn call(operation: &'static Operation) -> clap::Command {
    let option = |spec: &OptionSpec| {
        let required = match spec.required {
            true if options::can_choose(operation) => " [required, unless options below choose a handshake]",
            true => " [required]",
            false => "",
        };
        option(spec, format!("{}{required}", spec.help))
    };
    clap::Command::new(operation.command)
        .about(operation.about)
        .override_usage(usage::usage_line(operation))
        .after_help(usage::after_call_help(operation))
        .args(options::of_call(operation).iter().map(option))
}

fn own(spec: &'static OwnCommand) -> clap::Command {
    let has_commands = !spec.commands.is_empty();
    let mut command = clap::Command::new(spec.name)
        .about(spec.about)
        .subcommand_required(has_commands)
        .arg_required_else_help(has_commands)
        .args(spec.argument.filter(|spec| !spec.is_command_line).map(argument))
        .args(spec.options.iter().map(|spec| option(spec, spec.help.to_owned())))
        .args(spec.argument.filter(|spec| spec.is_command_line).map(argument))
        .subcommands(spec.commands.iter().map(own));
    if let Some(usage) = spec.usage {
        command = command.override_usage(usage);
    }
    command.after_help(usage::after_own_help(spec.after_help))
}

fn option(spec: &OptionSpec, help: String) -> Arg {
    let option = Arg::new(spec.name).long(spec.name).help(help).hide(spec.hidden);
    if spec.takes == Takes::Nothing {
        return option.action(ArgAction::SetTrue);
    }
    let action = if spec.repeats { ArgAction::Append } else { ArgAction::Set };
    let option = accepting(option, spec.kind).action(action).value_name(spec.value_name);
    match spec.takes {
        Takes::MaybeValue(default) => option.num_args(0..=1).default_missing_value(default),
        _ => option,
    }
}

fn argument(spec: &'static Argument) -> Arg {
    let argument = accepting(Arg::new(spec.id), spec.kind).value_name(spec.value_name).required(true).help(spec.help);
    if spec.is_command_line {
        return argument.num_args(1..).last(true).value_hint(ValueHint::CommandWithArguments);
    }
    argument
}

/// Makes an option or argument accept values of this kind.
fn accepting(arg: Arg, kind: Kind) -> Arg {
    match kind {
        Kind::Text => arg,
        Kind::File => arg.value_hint(ValueHint::FilePath),
        Kind::Url => arg.value_hint(ValueHint::Url),
        Kind::Choice(values) => arg.value_parser(PossibleValuesParser::new(values)),
        Kind::Count | Kind::Seconds | Kind::Duration => arg.value_parser(move |word: &str| kind.read(word)),
        Kind::Port => arg.value_parser(value_parser!(u16)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_sound() {
        tree().debug_assert();
    }

    #[test]
    fn every_option_is_documented_and_spelt_like_the_aws_cli() {
        let mut root = tree();
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
}
