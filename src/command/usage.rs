//! Usage texts: usage lines, the ends of help texts, the version, and their widths.

use super::options::{OptionSpec, can_choose, of_call};
use crate::error::{EXIT_CODES, Failure};
use crate::model::{Member, Operation};
use crate::text::fold::fold;

/// The width of help without a terminal.
pub const WIDTH: usize = 80;
/// The maximum width of help: longer lines are hard to read.
const WIDEST: usize = 100;
/// Help has one column below this width.
pub const NARROW: usize = 60;
/// The beginning of a usage line.
const USAGE: &str = "Usage: ";

/// Returns the width of help and the manual on a terminal of this width, or without a terminal.
pub fn text_width(terminal: Option<u16>) -> usize {
    terminal.map_or(WIDTH, |width| usize::from(width).min(WIDEST))
}

/// Returns the text of `--version`. The first line is for scripts, the others are for bug reports. build.rs finds target
/// and commit.
pub fn version() -> String {
    format!(
        "orgshake {}\ntarget: {}\nsdk: aws-sdk-organizations {}\ncommit: {}\n",
        env!("CARGO_PKG_VERSION"),
        env!("ORGSHAKE_TARGET"),
        aws_sdk_organizations::meta::PKG_VERSION,
        env!("ORGSHAKE_COMMIT"),
    )
}

/// Returns the failure of a call without its required parameters.
pub fn missing_parameters(operation: &'static Operation, missing: &[&Member]) -> Failure {
    let options: Vec<_> = missing.iter().map(|member| format!("--{}", member.option)).collect();
    let mut failure = Failure::input(format!("the following arguments are required: {}", options.join(", ")));
    failure.usage = Some(format!("{USAGE}{}\n\nFor more information, try '--help'.", usage_line(operation)));
    failure
}

/// Returns the usage line of a call with its required options, folded if it is too long.
pub fn usage_line(operation: &'static Operation) -> String {
    let can_choose = can_choose(operation);
    let required = |option: OptionSpec| {
        let usage = format!("--{} <{}>", option.name, option.value_name);
        option.required.then(|| if can_choose { format!(" [{usage}]") } else { format!(" {usage}") })
    };
    let options: Vec<_> = of_call(operation).into_iter().filter_map(required).collect();
    let command = format!("orgshake {}", operation.command);
    let line = format!("{command}{} [OPTIONS]", options.concat());
    if line.len() <= WIDTH - USAGE.len() {
        return line;
    }
    let indent = format!("\n{:1$}", "", USAGE.len() + 3);
    let options: String = options.iter().map(|option| format!("{indent}{option}")).collect();
    format!("{command}{options}{indent} [OPTIONS]")
}

/// The last line of a command's help.
const SEE_GLOBAL: &str = "Global options: see orgshake(1)";

/// Returns the end of the help of a command of our own.
pub fn after_own_help(text: &str) -> String {
    let separator = if text.is_empty() { "" } else { "\n\n" };
    format!("{text}{separator}{SEE_GLOBAL}")
}

/// Returns the end of a call's help.
pub fn after_call_help(operation: &Operation) -> String {
    let example = folded(&format!("orgshake --sandbox {}", operation.example), WIDTH - 2).replace('\n', "\n  ");
    after_own_help(&format!("{}\n\nExample:\n  {example}", operation.details))
}

/// Returns the end of the program's help.
pub fn after_help() -> String {
    let mut text =
        "The nine handshake commands work as in `aws organizations`: options, output, exit codes, credentials and \
                    settings.\n\n\
                    Exit codes:\n"
            .to_owned();
    for (code, when) in EXIT_CODES {
        text.push_str(&fold(&format!("  {code:>3}  {when}\n"), WIDTH, 7));
    }
    text + "\nThe manual: `orgshake help`, and `orgshake COMMAND help` for a command.\n\n\
            Try it without an AWS account:\n  \
            orgshake --sandbox accept-handshake --handshake-id h-examplehandshakeid111"
}

/// Folds a shell command before options, so that no line is longer than `width`.
pub fn folded(command: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for (index, part) in command.split(" --").enumerate() {
        let part = if index == 0 { part.to_owned() } else { format!(" --{part}") };
        // Leave room for the backslash.
        if column + part.len() + " \\".len() > width {
            out.push_str(" \\\n   ");
            column = 3;
        }
        column += part.len();
        out.push_str(&part);
    }
    out
}
