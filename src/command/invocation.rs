//! The result of reading a command line.

use clap_complete::Shell;

use crate::error::ErrorFormat;
use crate::model::{Member, Operation};
use crate::render::Format;

/// A command line as the rest of the program sees it.
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
    Call(Call),
    /// Print the completion script for this shell.
    Completion {
        /// The shell.
        shell: Shell,
        /// Whether the script runs the program at every completion.
        dynamic: bool,
    },
    /// Run a command of `orgshake sandbox`.
    Sandbox(SandboxAction),
}

/// A call of an operation, with its parameters as typed.
#[derive(Debug)]
pub struct Call {
    /// The operation.
    pub operation: &'static Operation,
    /// The parameters given as options: the words behind each option, as typed.
    pub parameters: Vec<(&'static Member, Vec<String>)>,
    /// Limits of a listing.
    pub limits: Limits,
    /// `--cli-input-json`, as typed.
    pub input_json: Option<String>,
    /// `--cli-input-yaml`, as typed.
    pub input_yaml: Option<String>,
    /// Print this skeleton and send nothing.
    pub skeleton: Option<Skeleton>,
}

/// Limits of a listing: `--max-items`, `--page-size`, `--starting-token`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Stop after this many items.
    pub max_items: Option<usize>,
    /// Ask for this many items at a time.
    pub page_size: Option<u64>,
    /// Go on where an earlier listing stopped.
    pub starting_token: Option<String>,
}

/// What `--generate-cli-skeleton` prints.
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
    /// Ask for one page only.
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
    /// Ask for missing parameters, as the AWS CLI does. Accepted, but only warned about.
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
    /// The world that it begins with, and the option that gave it.
    pub world: Option<(String, &'static str)>,
    /// The time of its clock, and the option that gave it.
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
        /// The file that receives the lines for the shell, instead of stdout.
        env_file: Option<String>,
    },
    /// Run a command beside the server.
    Exec {
        /// The port; 0 chooses a free one.
        port: u16,
        /// The command and its arguments.
        command: Vec<String>,
    },
    /// Print the world.
    Show,
}
