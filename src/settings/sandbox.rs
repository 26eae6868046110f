//! Sandbox settings.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::environment::variable;
use crate::command::{Globals, Invocation, SandboxOptions, Task};
use crate::error::Failure;
use crate::os::files;
use crate::sandbox::keep::clock::Clock;
use crate::sandbox::keep::faults::{self, Fault, Faults};
use crate::sandbox::keep::setup::Setup;
use crate::sandbox::keep::worlds::{self, World};
use crate::sandbox::variables;
use crate::text::redact::shown;

/// The settings of the sandbox.
#[derive(Debug)]
pub struct Sandbox;

impl Sandbox {
    /// Decides whether an invocation goes to the sandbox, by `--sandbox` or `ORGSHAKE_SANDBOX`. Without both, the sandbox's
    /// other options and variables are refused, so that a call meant for the sandbox doesn't go to AWS. The variables
    /// matter only to a call that is sent. Every invocation comes through here before it is carried out.
    ///
    /// # Errors
    ///
    /// Returns an error if options or variables contradict each other, or if `ORGSHAKE_SANDBOX` is not 1, true, 0 or
    /// false.
    pub fn decide(invocation: &mut Invocation) -> Result<(), Failure> {
        let is_sent = match &invocation.task {
            Task::Sandbox(_) => return Ok(()),
            Task::Call(call) => call.skeleton.is_none(),
            Task::Wait(_) | Task::Join(_) => true,
            Task::Completion { .. } | Task::JoinPolicy { .. } => false,
        };
        invocation.globals.sandbox = Sandbox::is_asked(&invocation.globals, is_sent)?;
        Ok(())
    }

    fn is_asked(globals: &Globals, is_sent: bool) -> Result<bool, Failure> {
        let name = variables::SANDBOX;
        let by_variable = match variable(name).as_deref() {
            None | Some("0" | "false") => false,
            Some("1" | "true") => true,
            Some(_) if !is_sent => false,
            Some(_) => return Err(Failure::input(format!("{name} must be 1, true, 0 or false"))),
        };
        let asked = globals.sandbox || by_variable;
        let SandboxOptions { world, clock, state, .. } = &globals.sandbox_options;
        let options = [
            ("--sandbox-world", world.is_some()),
            ("--sandbox-clock", clock.is_some()),
            ("--sandbox-state", state.is_some()),
        ];
        let alone = options.iter().find(|(_, given)| *given && !asked);
        if let Some((option, _)) = alone {
            return Err(Failure::input(format!("{option} needs --sandbox")));
        }
        let others = [
            variables::WORLD,
            variables::CLOCK,
            variables::STATE,
            variables::FAULT,
            variables::THROTTLE,
            variables::LATENCY,
            variables::PROPAGATION,
        ];
        let alone = others.iter().find(|name| is_sent && !asked && variable(name).is_some());
        if let Some(name) = alone {
            let failure = Failure::input(format!("{name} needs --sandbox"));
            return Err(failure.hint(format!("add --sandbox, or unset {name} to call AWS")));
        }
        match globals.endpoint_url {
            Some(_) if globals.sandbox => Err(Failure::input("--sandbox and --endpoint-url exclude each other")),
            Some(_) if by_variable && is_sent => {
                let failure = Failure::input(format!("{name} and --endpoint-url exclude each other"));
                Err(failure.hint(format!("to call the endpoint URL, unset {name}")))
            }
            _ => Ok(asked),
        }
    }

    /// Resolves the sandbox settings; options win over the environment.
    ///
    /// # Errors
    ///
    /// Returns an error that names the origin of a bad value.
    pub fn resolve(options: &SandboxOptions) -> Result<Setup, Failure> {
        let clock = match options.clock.clone().or_else(|| of_environment(variables::CLOCK)) {
            Some((text, from)) => text.parse().map_err(|error| bad(from, &error))?,
            None => Clock::default(),
        };
        let faults = match (options.faults.as_slice(), of_environment(variables::FAULT)) {
            ([], Some((texts, from))) => texts.split(',').map(|text| (text.trim().to_owned(), from)).collect(),
            (texts, _) => texts.iter().map(|text| (text.clone(), "--fault")).collect::<Vec<_>>(),
        };
        let faults: Result<Faults, Failure> =
            faults.iter().map(|(text, from)| text.parse::<Fault>().map_err(|error| bad(from, &error))).collect();
        Ok(Setup {
            world: world(options)?,
            clock,
            state: Sandbox::state(options),
            faults: faults?,
            throttle: throttle(options)?,
            latency: duration(options.latency.as_ref(), "--latency", variables::LATENCY)?,
            propagation: duration(options.propagation.as_ref(), "--propagation", variables::PROPAGATION)?,
        })
    }

    /// Returns the state file that the options or the environment name.
    pub fn state(options: &SandboxOptions) -> Option<PathBuf> {
        let state = options.state.clone().or_else(|| variable(variables::STATE));
        state.map(|path| files::expand(&path))
    }
}

fn of_environment(name: &'static str) -> Option<(String, &'static str)> {
    variable(name).map(|value| (value, name))
}

fn bad(from: &str, error: &dyn fmt::Display) -> Failure {
    Failure::input(format!("Bad value for {from}: {error}"))
}

/// Returns the world that is asked for.
fn world(options: &SandboxOptions) -> Result<Option<World>, Failure> {
    let Some((name, from)) = options.world.clone().or_else(|| of_environment(variables::WORLD)) else {
        return Ok(None);
    };
    let unknown = || bad(from, &format!("{:?} is not a world: expected {}", shown(&name), worlds::NAMES.join(", ")));
    World::named(&name).map(Some).ok_or_else(unknown)
}

/// Returns whether the documented rates are enforced.
fn throttle(options: &SandboxOptions) -> Result<bool, Failure> {
    let given = options.throttle.clone().map(|rates| (rates, "--throttle"));
    match given.or_else(|| of_environment(variables::THROTTLE)) {
        None => Ok(false),
        Some((rates, _)) if rates == "documented" => Ok(true),
        Some((rates, from)) => Err(bad(from, &format!("{:?} is not documented", shown(&rates)))),
    }
}

/// Returns the duration that an option or a variable sets, or zero.
fn duration(given: Option<&String>, option: &'static str, name: &'static str) -> Result<Duration, Failure> {
    let given = given.map(|text| (text.clone(), option)).or_else(|| of_environment(name));
    let Some((text, from)) = given else { return Ok(Duration::ZERO) };
    let expected = "expected milliseconds or seconds, at most an hour, such as 20ms or 3s";
    faults::duration(&text).ok_or_else(|| bad(from, &format!("{:?} is not a duration: {expected}", shown(&text))))
}
