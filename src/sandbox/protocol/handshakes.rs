//! The operations on handshakes.

use serde_json::{Value, json};

use super::call::Call;
use super::exceptions::Exception;
use super::input::{ANY, HANDSHAKE_ID, SOURCE_NAME};
use super::output::render;
use crate::sandbox::engine::handshake::Handshake;
use crate::sandbox::engine::refusal::InvalidInput;
use crate::sandbox::engine::rules::HandshakeOperation;

pub(super) fn accept(call: &mut Call<'_>) -> Result<Value, Exception> {
    perform(call, HandshakeOperation::Accept)
}

pub(super) fn cancel(call: &mut Call<'_>) -> Result<Value, Exception> {
    perform(call, HandshakeOperation::Cancel)
}

pub(super) fn decline(call: &mut Call<'_>) -> Result<Value, Exception> {
    perform(call, HandshakeOperation::Decline)
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Exception> {
    perform(call, HandshakeOperation::Describe)
}

fn perform(call: &mut Call<'_>, operation: HandshakeOperation) -> Result<Value, Exception> {
    let now = call.now;
    let id = call.input.text("HandshakeId", "HandshakeId", &HANDSHAKE_ID)?;
    let handshake = call.state.perform(call.caller, operation, id, now)?;
    Ok(json!({ "Handshake": render(handshake, handshake.state(now)) }))
}

pub(super) fn invite_account(call: &mut Call<'_>) -> Result<Value, Exception> {
    let now = call.now;
    let recipient = call.input.target()?;
    let details = call.input.details()?;
    let handshake = call.state.invite_account(call.account, recipient, details, now)?;
    Ok(json!({ "Handshake": render(handshake, handshake.state(now)) }))
}

pub(super) fn invite_to_transfer(call: &mut Call<'_>) -> Result<Value, Exception> {
    let now = call.now;
    let kind = call.input.text("Type", "Type", &ANY)?;
    if kind != "BILLING" {
        return Err(Exception::input(InvalidInput::Enum, "Type"));
    }
    let recipient = call.input.target()?;
    let details = call.input.details()?;
    let start = call.input.start()?;
    let name = call.input.text("SourceName", "SourceName", &SOURCE_NAME)?;
    let handshake = call.state.invite_to_transfer(call.account, recipient, details, name, start, now)?;
    Ok(json!({ "Handshake": render(handshake, handshake.state(now)) }))
}

pub(super) fn enable_all_features(call: &mut Call<'_>) -> Result<Value, Exception> {
    let now = call.now;
    let handshake = call.state.enable_all_features(call.account, now)?;
    Ok(json!({ "Handshake": render(handshake, handshake.state(now)) }))
}

/// The origin of a list of handshakes: the account or organization, and the handshake of the token.
type Source<'a> = (&'a Call<'a>, Option<&'a str>);

pub(super) fn list_received(call: &mut Call<'_>) -> Result<Value, Exception> {
    list(call, |(call, after)| Ok(Box::new(call.state.received_after(call.account, after))))
}

pub(super) fn list_sent(call: &mut Call<'_>) -> Result<Value, Exception> {
    list(call, |(call, after)| Ok(Box::new(call.state.sent_after(call.state.managed(call.account)?.0, after))))
}

fn list<'a>(
    call: &'a Call<'a>,
    handshakes: impl FnOnce(Source<'a>) -> Result<Box<dyn Iterator<Item = &'a Handshake> + 'a>, Exception>,
) -> Result<Value, Exception> {
    let now = call.now;
    let filter = call.input.filter()?;
    let page = call.page(&format!("{filter:?}"))?;
    let after = page.after.as_deref();
    let after = match after {
        None => None,
        Some(id) => {
            let known = call.state.handshakes.get(id);
            Some(known.ok_or_else(|| Exception::input(InvalidInput::NextToken, "NextToken"))?.id.as_str())
        }
    };
    let handshakes = handshakes((call, after))?;
    let fitting = handshakes.filter(|handshake| !handshake.is_gone(now) && filter.fits(handshake));
    let rendered = fitting.map(|handshake| (handshake.id.as_str(), render(handshake, handshake.state(now))));
    Ok(page.cut("Handshakes", rendered))
}
