//! `orgshake completion`.

use clap_complete::Shell;

use super::written;
use crate::complete;
use crate::error::Failure;

/// Prints the completion script of a shell; with `dynamic`, the one that asks the program for candidates.
///
/// # Errors
///
/// Returns an error if the script can't be written.
pub fn run(shell: Shell, dynamic: bool) -> Result<(), Failure> {
    match dynamic {
        true => written(complete::dynamic_script(shell)),
        false => written(&complete::script(shell)),
    }
}
