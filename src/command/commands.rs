//! The commands: the operations in the model's table, and our own commands.

use super::options::{
    ACCOUNT_EXTERNAL_ID, ACCOUNT_PROFILE, ACCOUNT_ROLE, ACCOUNT_SOURCE_PROFILE, ASSUME_ROLE, CLOCK, CREATE_PARENTS,
    DYNAMIC, ENV_FILE, FAULT, HANDSHAKE_IDS, INTERVAL, JOIN_CONCURRENCY, JOINING, KEEP_INVITATIONS, Kind, LATENCY,
    LEAVING, MAX_FAILURES, NO_PACING, OptionSpec, PARENT, PARENT_PATH, PLAN, PORT, PRINT_POLICY, PROPAGATION,
    SKIP_IMPOSSIBLE, STATE, STEP_TIMEOUT, TARGET, THROTTLE, TIMEOUT, TO_ORGANIZATION, WORLD, YES, of_call,
};
use crate::model::{self, OPERATIONS, Operation};

/// A command.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// A call of an operation.
    Call(&'static Operation),
    /// A command of our own.
    Own(&'static OwnCommand),
}

/// A command that the AWS CLI doesn't have.
#[derive(Debug)]
pub struct OwnCommand {
    /// Its name.
    pub name: &'static str,
    /// A summary for help, in a line.
    pub about: &'static str,
    /// Its usage line, if clap's isn't good enough.
    pub usage: Option<&'static str>,
    /// The end of its help.
    pub after_help: &'static str,
    /// Its options.
    pub options: &'static [OptionSpec],
    /// Its argument, which is required.
    pub argument: Option<&'static Argument>,
    /// Its subcommands. A command with subcommands does nothing itself.
    pub commands: &'static [OwnCommand],
}

/// An argument of a command: a value without an option.
#[derive(Debug)]
pub struct Argument {
    /// Its name in the clap tree.
    pub id: &'static str,
    /// Its name in help.
    pub value_name: &'static str,
    /// The values that it accepts.
    pub kind: Kind,
    /// Its help.
    pub help: &'static str,
    /// Whether it is a command line after `--`. Any other argument is one word.
    pub is_command_line: bool,
}

pub const JOIN: &str = "join";
pub const WAIT: &str = "wait";
pub const HANDSHAKE_ACCEPTED: &str = "handshake-accepted";
pub const HANDSHAKE_DECLINED: &str = "handshake-declined";
pub const HANDSHAKE_CANCELED: &str = "handshake-canceled";
pub const HANDSHAKE_OPEN: &str = "handshake-open";
pub const HANDSHAKE_CLOSED: &str = "handshake-closed";
pub const COMPLETION: &str = "completion";
pub const SANDBOX: &str = "sandbox";
pub const EXEC: &str = "exec";
pub const SERVE: &str = "serve";
pub const SHOW: &str = "show";

/// Declares a command of `wait`.
const fn waiter(name: &'static str, about: &'static str, example: &'static str) -> OwnCommand {
    OwnCommand {
        name,
        about,
        usage: None,
        after_help: example,
        options: &[HANDSHAKE_IDS, TARGET, INTERVAL, TIMEOUT, ASSUME_ROLE],
        argument: None,
        commands: &[],
    }
}

/// Our own commands.
pub const OWN: &[OwnCommand] = &[
    OwnCommand {
        name: JOIN,
        about: "Bring accounts into an organization: invite, accept, verify, move to units",
        usage: None,
        after_help: "Example:\n  orgshake join --accounts file://accounts.csv --parent-path /Workloads \\\n    \
                     --account-role OrganizationAccountAccessRole \\\n    \
                     --from-organization o-exampleoldorg --dry-run",
        options: &[
            JOINING,
            ACCOUNT_ROLE,
            ACCOUNT_PROFILE,
            ACCOUNT_SOURCE_PROFILE,
            ACCOUNT_EXTERNAL_ID,
            LEAVING,
            TO_ORGANIZATION,
            PARENT,
            PARENT_PATH,
            CREATE_PARENTS,
            PLAN,
            YES,
            SKIP_IMPOSSIBLE,
            KEEP_INVITATIONS,
            MAX_FAILURES,
            STEP_TIMEOUT,
            JOIN_CONCURRENCY,
            NO_PACING,
            ASSUME_ROLE,
            PRINT_POLICY,
        ],
        argument: None,
        commands: &[],
    },
    OwnCommand {
        name: WAIT,
        about: "Wait until handshakes have reached a state",
        usage: None,
        after_help: "",
        options: &[],
        argument: None,
        commands: &[
            waiter(
                HANDSHAKE_ACCEPTED,
                "Wait until handshakes are ACCEPTED",
                "Example:\n  orgshake wait handshake-accepted --handshake-id h-exampleopen111 --timeout 2h",
            ),
            waiter(
                HANDSHAKE_DECLINED,
                "Wait until handshakes are DECLINED",
                "Example:\n  orgshake wait handshake-declined --handshake-id h-exampleopen111",
            ),
            waiter(
                HANDSHAKE_CANCELED,
                "Wait until handshakes are CANCELED",
                "Example:\n  orgshake wait handshake-canceled --handshake-id h-exampleopen111",
            ),
            waiter(
                HANDSHAKE_OPEN,
                "Wait until handshakes are OPEN",
                "Example:\n  orgshake wait handshake-open --target Id=222222222222,Type=ACCOUNT",
            ),
            waiter(
                HANDSHAKE_CLOSED,
                "Wait until handshakes are ACCEPTED, CANCELED, DECLINED or EXPIRED",
                "Example:\n  orgshake wait handshake-closed --handshake-id h-exampleopen111 --interval 1m --timeout 15d",
            ),
        ],
    },
    OwnCommand {
        name: SANDBOX,
        about: "Run the Organizations sandbox for other programs, or show its state",
        usage: None,
        after_help: "",
        options: &[],
        argument: None,
        commands: &[
            OwnCommand {
                name: EXEC,
                about: "Run a command with the sandbox in place of AWS, and exit with the command's exit code",
                usage: Some("orgshake sandbox exec [OPTIONS] -- <COMMAND>..."),
                after_help: "Example:\n  orgshake sandbox exec -- aws organizations list-handshakes-for-organization",
                options: &[PORT, WORLD, STATE, CLOCK, FAULT, THROTTLE, LATENCY, PROPAGATION],
                argument: Some(&Argument {
                    id: "command",
                    value_name: "COMMAND",
                    kind: Kind::Text,
                    help: "The command and its arguments",
                    is_command_line: true,
                }),
                commands: &[],
            },
            OwnCommand {
                name: SERVE,
                about: "Run the sandbox's server on the loopback address until SIGINT or SIGTERM",
                usage: None,
                after_help: "Once the server is ready, the command prints shell commands that set the environment for it. \
                     If the server can't start, it prints commands that make every later call fail and end with \
                     `false`. It logs every request as a line on stderr.\n\n\
                     Example:\n  rm -f sandbox.env\n  orgshake sandbox serve --env-file sandbox.env &\n  \
                     until [ -e sandbox.env ]; do sleep 0.1; done; . ./sandbox.env",
                options: &[PORT, WORLD, STATE, CLOCK, FAULT, THROTTLE, LATENCY, PROPAGATION, ENV_FILE],
                argument: None,
                commands: &[],
            },
            OwnCommand {
                name: SHOW,
                about: "Show the organizations, accounts and handshakes of the sandbox",
                usage: None,
                after_help: "Example:\n  orgshake sandbox show --state world.json --output table",
                options: &[WORLD, STATE, CLOCK],
                argument: None,
                commands: &[],
            },
        ],
    },
    OwnCommand {
        name: COMPLETION,
        about: "Print the completion script for a shell",
        usage: None,
        after_help: "Example:\n  orgshake completion bash > ~/.local/share/bash-completion/completions/orgshake",
        options: &[DYNAMIC],
        argument: Some(&Argument {
            id: "shell",
            value_name: "SHELL",
            kind: Kind::Choice(&["bash", "elvish", "fish", "powershell", "zsh"]),
            help: "The shell",
            is_command_line: false,
        }),
        commands: &[],
    },
];

impl Command {
    /// Returns all commands that can follow the program's name.
    pub fn all() -> impl Iterator<Item = Command> {
        OPERATIONS.iter().map(Command::Call).chain(OWN.iter().map(Command::Own))
    }

    /// Finds the command of this name after the program's name, or after the command `above`.
    pub fn named(name: &str, above: Option<Command>) -> Option<Command> {
        let own = match above {
            None => OWN,
            Some(Command::Own(above)) => above.commands,
            Some(Command::Call(_)) => return None,
        };
        let call = model::operation(name).filter(|_| above.is_none()).map(Command::Call);
        call.or_else(|| own.iter().find(|own| own.name == name).map(Command::Own))
    }

    /// Whether these words name a command, or are empty and mean the program itself.
    pub fn is_path(words: &[String]) -> bool {
        let mut command = None;
        words.iter().all(|word| {
            command = Command::named(word, command);
            command.is_some()
        })
    }

    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Command::Call(operation) => operation.command,
            Command::Own(own) => own.name,
        }
    }

    /// Whether it has subcommands, and so does nothing itself.
    pub fn has_commands(self) -> bool {
        matches!(self, Command::Own(own) if !own.commands.is_empty())
    }

    /// Returns its own options.
    pub fn options(self) -> Vec<OptionSpec> {
        match self {
            Command::Call(operation) => of_call(operation),
            Command::Own(own) => own.options.to_vec(),
        }
    }

    /// Returns its own options and those of its subcommands.
    pub fn options_below(self) -> Vec<OptionSpec> {
        let mut all = self.options();
        if let Command::Own(own) = self {
            all.extend(own.commands.iter().flat_map(|command| command.options));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;
    use clap_complete::Shell;

    #[test]
    fn completion_knows_the_shells_of_clap() {
        let shells: Vec<_> = Shell::value_variants().iter().map(ToString::to_string).collect();
        let Some(Command::Own(OwnCommand { argument: Some(argument), .. })) = Command::named(COMPLETION, None) else {
            panic!("no argument");
        };
        let Kind::Choice(known) = argument.kind else { panic!("{:?}", argument.kind) };
        assert_eq!(known, shells);
    }
}
