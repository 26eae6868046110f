//! Output settings.

use std::env;

use super::environment::{DEFAULT, log_setting, variable};
use super::origin::first;
use super::profile::Profile;
use crate::command::Globals;
use crate::error::{ErrorFormat, Failure};
use crate::render::Format;
use crate::terminal::pager::Pager;
use crate::text::redact::shown;

/// How results are printed.
#[derive(Debug)]
pub struct OutputSettings {
    /// The output format.
    pub format: Format,
    /// The pager for output to a terminal.
    pub pager: Option<Pager>,
}

impl OutputSettings {
    /// Resolves the settings of the output.
    ///
    /// # Errors
    ///
    /// Returns an error that names the origin of a value that isn't allowed.
    pub fn resolve(globals: &Globals, profile: &Profile) -> Result<OutputSettings, Failure> {
        let (format, from) = match globals.output {
            Some(format) => (format, "--output".to_owned()),
            None => match first(None, &["AWS_DEFAULT_OUTPUT"], profile, "output") {
                Some((name, from)) => match Format::named(&name) {
                    Some(format) => (format, from),
                    None => {
                        let message = format!("Unknown output type: {} ({from})", shown(&name));
                        let hint = format!("output formats: {}", Format::NAMES.join(", "));
                        return Err(Failure::other(message).hint(hint));
                    }
                },
                None => (Format::default(), DEFAULT.to_owned()),
            },
        };
        log_setting("output", &format.name(), &from);
        Ok(OutputSettings { format, pager: pager(globals.no_cli_pager, Some(profile)) })
    }
}

/// The format of errors, from the option, the environment or the profile. The latter two ignore case and unknown
/// values.
pub fn error_format(option: Option<ErrorFormat>, profile: Option<&Profile>) -> ErrorFormat {
    let configured = || match variable("AWS_CLI_ERROR_FORMAT") {
        Some(name) => ErrorFormat::named(&name.to_lowercase()),
        None => ErrorFormat::named(&profile?.get("cli_error_format")?.to_lowercase()),
    };
    option.or_else(configured).unwrap_or_default()
}

/// The pager for output to a terminal: `AWS_PAGER`, `cli_pager` of the profile, `PAGER`, else the default.
///
/// An empty value means no pager, and ends the search. In CI, a pager would wait for a key for ever, so none is used.
pub fn pager(forbidden: bool, profile: Option<&Profile>) -> Option<Pager> {
    let ci = variable("CI").is_some_and(|value| value != "0" && !value.eq_ignore_ascii_case("false"));
    if forbidden || ci {
        return None;
    }
    let of_environment = |name: &str| Some((env::var_os(name)?.to_string_lossy().into_owned(), name.to_owned()));
    let of_profile = |profile: &Profile| {
        Some((profile.get_as_is("cli_pager")?.to_owned(), format!("cli_pager of the profile {}", profile.name)))
    };
    match of_environment("AWS_PAGER").or_else(|| of_profile(profile?)).or_else(|| of_environment("PAGER")) {
        Some((command, from)) => Pager::configured(command, from),
        None => Some(Pager::default()),
    }
}
