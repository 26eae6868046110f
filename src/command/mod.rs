//! The command line: parses words to an [`Invocation`].
//!
//! Every command and option is declared once ([`commands`], [`options`]). The reader of words ([`reader`], then [`line`])
//! works from these declarations, and so does the clap tree ([`tree`]), from which help, usage errors, man pages and
//! completions are made.

mod commands;
mod complaint;
mod early;
mod invocation;
mod line;
mod options;
mod reader;
mod tree;
mod understand;
mod usage;

pub use complaint::AWS_ORGANIZATIONS;
pub use early::{EarlyExit, EarlyOptions, Serves, serves};
pub use invocation::{
    Access, Accounts, Call, Choice, Globals, Goal, Invocation, Join, Limits, OwnOptions, SandboxAction, SandboxOptions,
    Skeleton, Task, Wait,
};
pub use options::can_choose;
pub use tree::{GLOBAL_HEADING, tree as command};
pub use usage::{folded, missing_parameters, text_width};

use commands::Command;
use line::{Checked, check};
use options::HELP;
use reader::Word;

/// Parses the words after the program's name. `color` and `width` are those of the terminal, for help.
///
/// # Errors
///
/// [`EarlyExit`] for help, the manual, the version or a usage error.
pub fn parse(words: Vec<String>, color: bool, width: Option<u16>) -> Result<Invocation, EarlyExit> {
    // The words after `--` belong to another command.
    let ours = words.split(|word| word == "--").next().unwrap_or_default();
    let early = EarlyOptions::of(ours);
    let color = early.color.unwrap_or(color);
    let mut words = match reader::read(words) {
        Ok(words) => words,
        Err(failure) => return Err(EarlyExit::Failure(failure.into(), early)),
    };
    if words.manual {
        let path: Vec<_> = words.plain().cloned().collect();
        if Command::is_path(&path) {
            return Err(EarlyExit::Manual(path, color, early));
        }
        // The command doesn't exist. A request for its help gives the right error.
        words.words.push(Word::Option(HELP, Vec::new()));
    }
    match check(&words) {
        Checked::Line(line) => {
            understand::understand(&line).map_err(|failure| EarlyExit::Failure(failure.into(), early))
        }
        Checked::Help(path) => Err(EarlyExit::Text(tree::help(&path, color, width), early)),
        Checked::Version => Err(EarlyExit::Text(usage::version(), EarlyOptions { no_cli_pager: true, ..early })),
        Checked::Wrong => Err(EarlyExit::Failure(complaint::complaint(&words).into(), early)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::error::ErrorKind;
    use options::{GLOBALS, Kind, Takes};
    use proptest::prelude::*;

    fn typed(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn help_is_that_of_the_command_that_was_named() {
        for (line, usage) in [
            ("--help", "orgshake [OPTIONS] <COMMAND>"),
            ("--output=text -h", "orgshake [OPTIONS] <COMMAND>"),
            ("--output=text accept-handshake --help", "orgshake accept-handshake [--handshake-id <ID>] [OPTIONS]"),
            ("completion -h bash", "orgshake completion [OPTIONS] <SHELL>"),
            ("sandbox --help", "orgshake sandbox <COMMAND>"),
            ("sandbox exec --port=1 -h -- true", "orgshake sandbox exec [OPTIONS] -- <COMMAND>..."),
        ] {
            match parse(typed(line), false, None) {
                Err(EarlyExit::Text(text, _)) => assert!(text.contains(&format!("Usage: {usage}\n")), "{line}: {text}"),
                other => panic!("{line}: {other:?}"),
            }
        }
    }

    #[test]
    fn every_global_option_is_parsed() {
        let globals = |line: String| match parse(typed(&line), false, None) {
            Ok(invocation) => format!("{:?}", invocation.globals),
            other => panic!("{line}: {other:?}"),
        };
        let without = globals("enable-all-features".to_owned());
        // These are accepted, but have no effect.
        for option in
            GLOBALS.iter().filter(|option| !["cli-binary-format", "no-cli-auto-prompt"].contains(&option.name))
        {
            let value = match (option.takes, option.kind) {
                (Takes::Nothing, _) => String::new(),
                (_, Kind::Choice(values)) => format!("={}", values[0]),
                _ => "=7".to_owned(),
            };
            let with = globals(format!("enable-all-features --{}{value}", option.name));
            assert_ne!(with, without, "--{}", option.name);
        }
    }

    /// Returns clap's verdict on a command line.
    fn by_clap(words: Vec<String>) -> &'static str {
        let all = std::iter::once("orgshake".to_owned()).chain(words);
        match tree::tree().try_get_matches_from(all).map_err(|error| error.kind()) {
            Ok(_) => "a command",
            Err(ErrorKind::DisplayHelp) => "help",
            Err(ErrorKind::DisplayVersion) => "the version",
            Err(_) => "wrong",
        }
    }

    const WORDS: &[&str] = &[
        "",
        "-",
        "--",
        "--=x",
        "-5",
        "-h",
        "--help",
        "--help=x",
        "--version",
        "--version=x",
        "help",
        "organizations",
        "accept-handshake",
        "list-handshakes-for-account",
        "invite-account-to-organization",
        "accept-handshak",
        "sandbox",
        "exec",
        "serve",
        "show",
        "completion",
        "bash",
        "tcsh",
        "--dynamic",
        "--dynamic=x",
        "--debug",
        "--debug=",
        "--output",
        "--output=json",
        "--output=",
        "--output=x",
        "json",
        "--cli-read-timeout=5",
        "--cli-read-timeout=x",
        "--max-items=7",
        "--max-items= 7",
        "--max-items=0",
        "--port",
        "--port=1",
        "--port=-0",
        "--port=99999",
        "1",
        "-1",
        "--clock",
        "--fault=x",
        "--state=x",
        "--sandbox-state=x",
        "--tags",
        "--tags=x",
        "--generate-cli-skeleton",
        "--generate-cli-skeleton=output",
        "input",
        "--handshake-id",
        "--next-token=x",
        "--unknown",
        "--unknown=x",
        "--two words",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

        /// clap writes the messages of usage errors, so it must agree on which command lines are wrong.
        #[test]
        fn clap_agrees_on_what_is_wrong(
            command in proptest::sample::select(vec![
                "", "accept-handshake", "list-handshakes-for-account", "invite-account-to-organization", "completion",
                "completion zsh", "completion tcsh", "sandbox", "sandbox exec", "sandbox exec -- true", "sandbox serve", "sandbox show",
            ]),
            place in 0..3_usize,
            mut words in proptest::collection::vec(proptest::sample::select(WORDS), 0..4),
        ) {
            let place = place.min(words.len());
            words.splice(place..place, command.split_whitespace());
            let read = reader::read(words.iter().map(|&word| word.to_owned()).collect());
            let Ok(read) = read else { return Ok(()) };
            let ours = match check(&read) {
                Checked::Line(_) => "a command",
                Checked::Help(_) => "help",
                Checked::Version => "the version",
                Checked::Wrong => "wrong",
            };
            prop_assert_eq!(ours, by_clap(read.canonical()), "{:?}", words);
        }
    }
}
