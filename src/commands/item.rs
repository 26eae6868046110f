//! One call of an operation in one session, with what our own options ask for: guards, choice, rehearsal, repetition.

use serde_json::{Map, Value};

use crate::client::session::Session;
use crate::command::Call;
use crate::error::{self, ErrorFormat, Failure};
use crate::explain;
use crate::model::{Operation, Parameters};
use crate::terminal::streams::Terminal;

/// Carries out a call and returns the document to print.
///
/// # Errors
///
/// Returns the failure of the call.
pub async fn carry_out(
    session: &Session,
    call: &Call,
    parameters: &Parameters,
    terminal: &Terminal,
) -> Result<Map<String, Value>, Failure> {
    ask(session, call.operation, parameters, terminal).await
}

/// Calls the operation once. If the handshake's state is why it fails, the error shows what the handshake is.
async fn ask(
    session: &Session,
    operation: &'static Operation,
    parameters: &Parameters,
    terminal: &Terminal,
) -> Result<Map<String, Value>, Failure> {
    // With the AWS CLI's error formats, send no more requests than the AWS CLI does.
    let describes = match error::format() {
        ErrorFormat::ExplainedJson => true,
        ErrorFormat::Enhanced => terminal.stderr.is_some(),
        _ => false,
    };
    match session.ask(operation, parameters).await {
        Err(failure) if describes && explain::is_about_state(&failure) => {
            Err(with_facts(failure, session.described(parameters).await))
        }
        response => response,
    }
}

/// Adds the facts that the handshake itself shows to an explanation.
fn with_facts(mut failure: Failure, handshake: Option<Map<String, Value>>) -> Failure {
    let facts = handshake.as_ref().and_then(explain::facts);
    if let (Some(facts), Some(explanation)) = (facts, &mut failure.explanation) {
        explanation.push_str(&format!(" {facts}"));
    }
    failure
}
