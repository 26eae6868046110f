//! The result of reading a command line.

use std::time::Duration;

use clap_complete::Shell;

use crate::error::ErrorFormat;
use crate::model::parent::Parent;
use crate::model::{Api, Member, Operation};
use crate::render::Format;

/// A parsed command line.
#[derive(Debug)]
pub struct Invocation {
    /// Global options.
    pub globals: Globals,
    /// The command to carry out.
    pub task: Task,
}

/// A command to carry out.
#[derive(Debug)]
pub enum Task {
    /// Call an operation, or print a skeleton for it.
    Call(Box<Call>),
    /// Print the completion script for this shell.
    Completion {
        /// The shell.
        shell: Shell,
        /// Whether the script runs the program at every completion.
        dynamic: bool,
    },
    /// Run a command of `orgshake wait`.
    Wait(Wait),
    /// Bring accounts into an organization.
    Join(Box<Join>),
    /// Print the IAM policies for that.
    JoinPolicy {
        /// The role in the accounts, if it is known.
        role: Option<String>,
    },
    /// Run a command of `orgshake sandbox`.
    Sandbox(SandboxAction),
}

/// A command of `orgshake wait`.
#[derive(Debug)]
pub struct Wait {
    /// The state to wait for.
    pub goal: Goal,
    /// `--handshake-id`: the words of all its occurrences, as typed.
    pub ids: Vec<String>,
    /// `--target`, as typed.
    pub target: Option<String>,
    /// The time from one look to the next.
    pub interval: Option<Duration>,
    /// The time after which to give up.
    pub timeout: Option<Duration>,
}

/// A state to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// ACCEPTED.
    Accepted,
    /// DECLINED.
    Declined,
    /// CANCELED.
    Canceled,
    /// OPEN.
    Open,
    /// Any final state.
    Closed,
}

/// A call of an operation, with its parameters as typed.
#[derive(Debug)]
pub struct Call {
    /// The operation.
    pub operation: &'static Operation,
    /// The parameters given as options: the words after each option, as typed.
    pub parameters: Vec<(&'static Member, Vec<String>)>,
    /// Limits of a listing.
    pub limits: Limits,
    /// `--cli-input-json`, as typed.
    pub input_json: Option<String>,
    /// `--cli-input-yaml`, as typed.
    pub input_yaml: Option<String>,
    /// Print this skeleton and send nothing.
    pub skeleton: Option<Skeleton>,
    /// The options that the AWS CLI doesn't have.
    pub own: OwnOptions,
}

/// The options of a call that the AWS CLI doesn't have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnOptions {
    /// Guards, and the handshake to choose.
    pub choice: Choice,
    /// Show what would be changed, and change nothing.
    pub dry_run: bool,
    /// Succeed if the change was made before.
    pub idempotent: bool,
    /// Make the call in each of these accounts.
    pub accounts: Option<Accounts>,
    /// The calls that may be under way at once.
    pub max_concurrency: usize,
    /// Send requests as fast as the service answers, not at its documented rates.
    pub no_pacing: bool,
    /// List only handshakes that wait for an answer.
    pub live: bool,
    /// List only handshakes that expire within this time.
    pub expires_within: Option<Duration>,
}

impl Default for OwnOptions {
    fn default() -> OwnOptions {
        OwnOptions {
            choice: Choice::default(),
            dry_run: false,
            idempotent: false,
            accounts: None,
            max_concurrency: 8,
            no_pacing: false,
            live: false,
            expires_within: None,
        }
    }
}

/// What a handshake has to be. Guards the one of `--handshake-id`; without that option, chooses one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// `--from-organization`: the sender's organization.
    pub from_organization: Option<String>,
    /// `--from-account`: the management account of the sender's organization.
    pub from_account: Option<String>,
    /// `--to`: the recipient, an account or a mail address.
    pub to: Option<String>,
    /// `--action`.
    pub action: Option<String>,
}

impl Choice {
    /// Returns whether it demands nothing.
    pub fn is_empty(&self) -> bool {
        *self == Choice::default()
    }

    /// Returns whether it can choose the handshake of a call. An action alone can't choose one to accept, since any
    /// stranger may have sent it.
    pub fn can_choose(&self, api: Api) -> bool {
        match api {
            Api::AcceptHandshake => self.from_organization.is_some() || self.from_account.is_some(),
            _ => !self.is_empty(),
        }
    }
}

/// The accounts of `--accounts`, and how to call the service there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accounts {
    /// The accounts, as typed: ids, `file://PATH`, or `-`.
    pub accounts: String,
    /// The identity in each account.
    pub access: Access,
}

/// How to get an identity in each account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// By a role that is assumed there.
    Role {
        /// `--account-role`: a role's name, or an ARN with `{account}`. Nothing if each account has its own.
        role: Option<String>,
        /// The profile whose credentials assume the role; the caller's without it.
        source_profile: Option<String>,
        /// The external id that the role may ask for.
        external_id: Option<String>,
    },
    /// `--account-profile`: by a profile whose name has `{account}`.
    Profile(String),
}

/// `orgshake join`.
#[derive(Debug)]
pub struct Join {
    /// The accounts, and how to call the service there.
    pub accounts: Accounts,
    /// The organization that accounts may leave.
    pub from_organization: Option<String>,
    /// The organization that they must join.
    pub to_organization: Option<String>,
    /// Where to put accounts without a place of their own.
    pub parent: Option<Parent>,
    /// Create units of paths that don't exist.
    pub create_parents: bool,
    /// Print the plan and change nothing.
    pub dry_run: bool,
    /// Go on without asking.
    pub yes: bool,
    /// Go on without the accounts that can't join.
    pub skip_impossible: bool,
    /// Leave the invitations of accounts that failed to join.
    pub keep_invitations: bool,
    /// How long to go on with a step of an account that may still succeed.
    pub timeout: Duration,
    /// Begin no more accounts after so many failures.
    pub max_failures: Option<usize>,
    /// The accounts that may be under way at once.
    pub max_concurrency: usize,
    /// Send requests as fast as the service answers, not at its documented rates.
    pub no_pacing: bool,
}

/// Limits of a listing: `--max-items`, `--page-size`, `--starting-token`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Stop after this many items.
    pub max_items: Option<usize>,
    /// Request this many items per page.
    pub page_size: Option<u64>,
    /// Continue where an earlier listing stopped.
    pub starting_token: Option<String>,
}

/// The kinds of `--generate-cli-skeleton`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skeleton {
    /// A request in JSON to fill in.
    Input,
    /// A request in YAML to fill in, with comments.
    YamlInput,
    /// A sample response.
    Output,
}

/// Global options, as given. Those not given are left to the environment and the configuration.
#[derive(Debug, Default)]
pub struct Globals {
    /// Print settings and requests to stderr.
    pub debug: bool,
    /// Send requests here.
    pub endpoint_url: Option<String>,
    /// Don't check certificates.
    pub no_verify_ssl: bool,
    /// Request only one page.
    pub no_paginate: bool,
    /// Don't page the output.
    pub no_cli_pager: bool,
    /// The output format.
    pub output: Option<Format>,
    /// A JMESPath expression.
    pub query: Option<String>,
    /// The profile of the configuration files.
    pub profile: Option<String>,
    /// The region to sign for.
    pub region: Option<String>,
    /// The roles to assume, in this order.
    pub assume_role: Vec<String>,
    /// Colour: `on`, `off`, or left to the terminal.
    pub color: Option<bool>,
    /// Don't sign requests.
    pub no_sign_request: bool,
    /// A file of certificate authorities to trust instead of the system's.
    pub ca_bundle: Option<String>,
    /// Seconds to wait for the next bytes of a response; 0 waits for ever.
    pub read_timeout: Option<u64>,
    /// Seconds to wait for a connection; 0 waits for ever.
    pub connect_timeout: Option<u64>,
    /// Prompt for missing parameters, as the AWS CLI does. Accepted, but only prints a warning.
    pub auto_prompt: bool,
    /// The format of errors.
    pub error_format: Option<ErrorFormat>,
    /// Send requests to the sandbox instead of AWS.
    pub sandbox: bool,
    /// Options of the sandbox.
    pub sandbox_options: SandboxOptions,
}

/// Options of the sandbox, as typed.
#[derive(Debug, Default)]
pub struct SandboxOptions {
    /// The world that it begins with, and the option that set it.
    pub world: Option<(String, &'static str)>,
    /// The time of its clock, and the option that set it.
    pub clock: Option<(String, &'static str)>,
    /// The state file.
    pub state: Option<String>,
    /// The faults to inject.
    pub faults: Vec<String>,
    /// The rates beyond which requests are refused.
    pub throttle: Option<String>,
    /// How much later responses come.
    pub latency: Option<String>,
    /// How much later the other party sees a new handshake or a new member.
    pub propagation: Option<String>,
}

/// A command of `orgshake sandbox`.
#[derive(Debug)]
pub enum SandboxAction {
    /// Serve until a signal arrives.
    Serve {
        /// The port; 0 chooses a free one.
        port: u16,
        /// The file to write the shell commands to, instead of stdout.
        env_file: Option<String>,
    },
    /// Run a command beside the server.
    Exec {
        /// The port; 0 chooses a free one.
        port: u16,
        /// The command and its arguments.
        command: Vec<String>,
    },
    /// Print the sandbox's state.
    Show,
}
