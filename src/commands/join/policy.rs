//! `--print-policy`: the IAM policies that `orgshake join` needs.

use serde_json::Value;

use crate::command::Globals;
use crate::commands::{Prepared, prepared};
use crate::error::Failure;
use crate::model::policy;
use crate::output::Output;
use crate::terminal::streams::Terminal;

/// Prints the policies. `role` is the role in the accounts, if it is known.
///
/// # Errors
///
/// Returns an error if a setting is wrong, or if the policies can't be written.
pub fn print_policy(globals: &Globals, role: Option<&str>, terminal: &Terminal) -> Result<(), Failure> {
    let Prepared { query, output, .. } = prepared(globals)?;
    let mut output = Output::new("JoinPolicies", query.as_ref(), output, terminal);
    let Value::Object(policies) = policy::all(role) else { return Ok(()) };
    output.result(policies, None)?;
    output.finish()
}
