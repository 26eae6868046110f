//! The commands, one file per family.

pub mod call;
pub mod completion;
mod identities;
mod item;
pub mod join;
mod live;
mod look;
mod many;
mod queue;
mod rehearse;
mod repeat;
pub mod sandbox;
pub mod wait;

use crate::command::Globals;
use crate::error::{self, Failure, unwritten};
use crate::model;
use crate::query::Query;
use crate::render::Format;
use crate::settings::{self, OUTPUT_ENCODING, OutputSettings, Profile, ServiceSettings};
use crate::terminal::streams;

/// Resolved settings of a command.
struct Prepared {
    query: Option<Query>,
    output: OutputSettings,
    service: ServiceSettings,
}

/// Reads the profile and resolves the settings. From then on, errors are printed in the profile's format. The sandbox
/// needs no profile.
fn prepared(globals: &Globals) -> Result<Prepared, Failure> {
    let profile = Profile::load(globals.profile.as_deref(), globals.sandbox)?;
    error::set_format(settings::error_format(globals.error_format, Some(&profile)));
    let query = globals.query.as_deref().map(Query::parse).transpose();
    let query = query.map_err(|error| Failure::input(format!("Bad value for --query: {error}")))?;
    query.iter().for_each(note_on_texts);
    let output = OutputSettings::resolve(globals, &profile)?;
    let service = ServiceSettings::resolve(globals, profile)?;
    if output.format != Format::Off {
        check_output_encoding()?;
    }
    Ok(Prepared { query, output, service })
}

/// Prints a note on a terminal if a query compares with a field that no response has.
fn note_on_texts(query: &Query) {
    let names = query.compared_fields();
    if let Some(name) = names.into_iter().find(|name| !model::is_in_response(name))
        && streams::is_terminal()
        && error::format().is_plain()
    {
        streams::note(&format!(
            "--query compares with the field {name}, which no response has; to compare with that text, write '{name}'"
        ));
    }
}

/// Checks that the output may be UTF-8.
fn check_output_encoding() -> Result<(), Failure> {
    let hint = "unset it, or set it to UTF-8 and convert the output: orgshake … | iconv -f UTF-8 -t ENCODING";
    settings::is_ascii_only(OUTPUT_ENCODING).map(drop).map_err(|why| Failure::input(why).hint(hint))
}

/// Writes text to stdout without the pager.
fn written(text: &str) -> Result<(), Failure> {
    streams::write_stdout(text).map(drop).map_err(|error| unwritten(error, None))
}
