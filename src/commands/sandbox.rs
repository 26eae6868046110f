//! `orgshake sandbox`.

use serde_json::{Map, Value};

use super::{Prepared, prepared};
use crate::client::service::host;
use crate::command::{Globals, SandboxAction, Serves};
use crate::error::Failure;
use crate::os::files;
use crate::output::Output;
use crate::sandbox::serve::commands;
use crate::settings;
use crate::terminal::streams::{self, Terminal};

/// Serves the sandbox, runs a command with it, or shows its state. Returns the exit code.
///
/// # Errors
///
/// Returns an error if the sandbox can't be opened or served, or if the command can't be run.
pub fn run(globals: &Globals, action: SandboxAction, terminal: &Terminal) -> Result<u8, Failure> {
    match action {
        SandboxAction::Serve { port, env_file } => {
            let state = settings::Sandbox::state(&globals.sandbox_options);
            commands::serve(port, || host(globals), env_file.as_deref().map(files::expand), state.as_deref())
        }
        SandboxAction::Exec { port, command } => commands::exec(port, host(globals)?, &command, streams::is_debug()),
        SandboxAction::Show => show(globals, terminal).map(|()| 0),
    }
}

/// Prints or writes the environment lines for a server that didn't start: a shell that evaluates them must not reach
/// AWS.
pub fn fail_closed(serves: Serves) {
    let env_file = serves.env_file.as_deref().map(files::expand);
    commands::fail_closed(env_file.as_deref(), settings::Sandbox::state(&serves.sandbox_options).as_deref());
}

/// Prints the state of the sandbox.
fn show(globals: &Globals, terminal: &Terminal) -> Result<(), Failure> {
    let Prepared { query, output, .. } = prepared(globals)?;
    let host = host(globals)?;
    let terminal = terminal.at(host.now());
    let world = match host.show() {
        Value::Object(world) => world,
        other => Map::from_iter([("World".to_owned(), other)]),
    };
    let mut output = Output::new("Sandbox", query.as_ref(), output, &terminal);
    output.result(world, None)?;
    output.finish()
}
