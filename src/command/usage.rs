//! Texts about how the program is used: usage lines, the ends of help texts, the version, and their widths.

use super::options::{OptionSpec, of_call};
use crate::error::{EXIT_CODES, Failure};
use crate::model::{Member, Operation};
use crate::text::fold::fold;

/// The columns that help can count on.
pub const WIDTH: usize = 80;
/// The most columns that help takes: longer lines are hard to read.
const WIDEST: usize = 100;
/// Below this width, help has one column.
pub const NARROW: usize = 60;
/// The beginning of a usage line.
const USAGE: &str = "Usage: ";

/// The columns that help and the manual take on a terminal of this width, or without a terminal.
pub fn text_width(terminal: Option<u16>) -> usize {
    terminal.map_or(WIDTH, |width| usize::from(width).min(WIDEST))
}

/// The text of `--version`. The first line is for scripts, the others for bug reports; build.rs finds target and commit.
pub fn version() -> String {
    format!(
        "orgshake {}\ntarget: {}\nsdk: aws-sdk-organizations {}\ncommit: {}\n",
        env!("CARGO_PKG_VERSION"),
        env!("ORGSHAKE_TARGET"),
        aws_sdk_organizations::meta::PKG_VERSION,
        env!("ORGSHAKE_COMMIT"),
    )
}

/// The failure of a call that lacks required parameters.
pub fn missing_parameters(operation: &'static Operation, missing: &[&Member]) -> Failure {
    let options: Vec<_> = missing.iter().map(|member| format!("--{}", member.option)).collect();
    let mut failure = Failure::input(format!("the following arguments are required: {}", options.join(", ")));
    failure.usage = Some(format!("{USAGE}{}\n\nFor more information, try '--help'.", usage_line(operation)));
    failure
}

/// The usage line of a call with its required options, in several lines if one is too narrow.
pub fn usage_line(operation: &'static Operation) -> String {
    let required = |option: OptionSpec| option.required.then(|| format!(" --{} <{}>", option.name, option.value_name));
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

/// The end of a call's help.
pub fn after_call_help(operation: &Operation) -> String {
    let example = folded(&format!("orgshake --sandbox {}", operation.example), WIDTH - 2).replace('\n', "\n  ");
    format!("{}\n\nExample:\n  {example}", operation.details)
}

/// The end of the program's help.
pub fn after_help() -> String {
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

/// A shell's command line, broken before options where a line would be wider than `width`.
pub fn folded(command: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for (index, part) in command.split(" --").enumerate() {
        let part = if index == 0 { part.to_owned() } else { format!(" --{part}") };
        // The backslash needs room, too.
        if column + part.len() + " \\".len() > width {
            out.push_str(" \\\n   ");
            column = 3;
        }
        column += part.len();
        out.push_str(&part);
    }
    out
}
