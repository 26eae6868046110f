//! The rules by which a handshake moves from state to state, and who may move it.

use super::handshake::{Action, HandshakeState};
use super::names::names;
use super::refusal::Refusal;

names! {
    /// An operation on one handshake.
    HandshakeOperation {
        /// Agrees to it.
        Accept = "AcceptHandshake",
        /// Withdraws it.
        Cancel = "CancelHandshake",
        /// Refuses it.
        Decline = "DeclineHandshake",
        /// Shows it.
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
    /// Who may perform an operation on a handshake of this kind (API reference, AcceptHandshake, CancelHandshake,
    /// DeclineHandshake): the recipient answers, the sender withdraws, and ENABLE_ALL_FEATURES is between the
    /// organization and itself.
    pub(super) fn actor(self, operation: HandshakeOperation) -> Actor {
        match (self, operation) {
            (_, HandshakeOperation::Describe) => Actor::EitherParty,
            (_, HandshakeOperation::Cancel) | (Action::EnableAllFeatures, _) => Actor::Originator,
            (_, HandshakeOperation::Accept | HandshakeOperation::Decline) => Actor::Recipient,
        }
    }
}

/// The transition table: the state that an operation brings a handshake of this kind into.
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

        // It is OPEN when every invited member has approved (API reference, Handshake, State).
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
