//! The transitions of handshakes between their states, and who may perform them.

use super::handshake::{Action, HandshakeState};
use super::names::names;
use super::refusal::Refusal;

names! {
    /// An operation on one handshake.
    HandshakeOperation {
        /// Agrees to the handshake.
        Accept = "AcceptHandshake",
        /// Withdraws the handshake.
        Cancel = "CancelHandshake",
        /// Refuses the handshake.
        Decline = "DeclineHandshake",
        /// Shows the handshake.
        Describe = "DescribeHandshake",
    }
}

pub(super) enum Actor {
    /// The account that the handshake was sent to.
    Recipient,
    /// The management account of the organization that sent it.
    Originator,
    /// The recipient, or any account of the organization that sent it.
    EitherParty,
}

impl Action {
    /// Returns who may perform an operation on a handshake with this action (API reference, AcceptHandshake,
    /// CancelHandshake, DeclineHandshake). The recipient accepts or declines, and the sender cancels. Only the
    /// organization itself acts on ENABLE_ALL_FEATURES.
    pub(super) fn actor(self, operation: HandshakeOperation) -> Actor {
        match (self, operation) {
            (_, HandshakeOperation::Describe) => Actor::EitherParty,
            (_, HandshakeOperation::Cancel) | (Action::EnableAllFeatures, _) => Actor::Originator,
            (_, HandshakeOperation::Accept | HandshakeOperation::Decline) => Actor::Recipient,
        }
    }
}

/// Returns the state of a handshake after an operation, or why the operation is refused.
pub fn transition(
    action: Action,
    state: HandshakeState,
    operation: HandshakeOperation,
) -> Result<HandshakeState, Refusal> {
    use HandshakeOperation::{Accept, Cancel, Decline, Describe};
    use HandshakeState::{Accepted, Canceled, Declined, Expired, Open, Requested};
    use Refusal::{AlreadyInState, InvalidTransition};
    match (action, operation, state) {
        (_, Describe, state) => Ok(state),

        // It becomes OPEN when every invited member has approved (API reference, Handshake, State).
        (Action::EnableAllFeatures, Accept, Requested) => Err(InvalidTransition),
        (_, Accept, Requested | Open) => Ok(Accepted),
        (_, Accept, Accepted) => Err(AlreadyInState),
        (_, Accept, Canceled | Declined | Expired) => Err(InvalidTransition),

        (_, Decline, Requested | Open) => Ok(Declined),
        (_, Decline, Declined) => Err(AlreadyInState),
        (_, Decline, Canceled | Accepted | Expired) => Err(InvalidTransition),

        (_, Cancel, Requested | Open) => Ok(Canceled),
        (_, Cancel, Canceled) => Err(AlreadyInState),
        (_, Cancel, Accepted | Declined | Expired) => Err(InvalidTransition),
    }
}
