//! The exceptions of the service: their codes, messages and reasons.

use serde_json::json;

use super::reply::Reply;
use crate::sandbox::engine::refusal::{Constraint, HandshakeConstraint, InvalidInput, Refusal};

/// An exception of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The HTTP status.
    pub status: u16,
    /// The code, such as `HandshakeNotFoundException`.
    pub code: &'static str,
    /// The message.
    pub message: String,
    /// The reason, if the exception has one.
    pub reason: Option<&'static str>,
}

impl Exception {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Exception {
        Exception { status: 400, code, message: message.into(), reason: None }
    }

    pub(super) fn because(self, reason: &'static str) -> Exception {
        Exception { reason: Some(reason), ..self }
    }

    pub(super) fn serialization(message: impl Into<String>) -> Exception {
        Exception::new("SerializationException", message)
    }

    /// The exception for a body that is too large.
    pub fn request_too_large() -> Exception {
        Exception { status: 413, ..Exception::new("RequestEntityTooLargeException", "The request body is too large.") }
    }

    /// The exception for an internal error of the service.
    pub fn service() -> Exception {
        Exception::new(
            "ServiceException",
            "AWS Organizations can't complete your request because of an internal service error. Try again later.",
        )
    }

    /// The exception for an invalid value of the request.
    pub(super) fn input(problem: InvalidInput, member: &str) -> Exception {
        let what = match problem {
            InvalidInput::PartyType => "names a party of a type that can't be invited.",
            InvalidInput::Enum => "is not one of the possible values.",
            InvalidInput::MaxLength => "is longer than allowed.",
            InvalidInput::MaxValue => "is larger than allowed.",
            InvalidInput::MinLength => "is shorter than allowed.",
            InvalidInput::MinValue => "is smaller than allowed.",
            InvalidInput::Pattern => "doesn't match the required pattern.",
            InvalidInput::Required => "is required, but has no value.",
            InvalidInput::NextToken => "is no token of a previous call of this operation.",
            InvalidInput::FilterLimit => "can have only one member.",
            InvalidInput::SystemTag => "has a key that is reserved for AWS.",
            InvalidInput::DuplicateTag => "has a key twice.",
            InvalidInput::RoleName => "begins with a prefix that is reserved for AWS.",
            InvalidInput::Email => "is not a valid email address.",
            InvalidInput::StartNotMonth => "must be the first day of a month.",
            InvalidInput::StartNotDay => "must be the beginning of a day (00:00:00.000 UTC).",
            InvalidInput::StartTooEarly => "is too early.",
            InvalidInput::StartTooLate => "is too late.",
        };
        Exception::new("InvalidInputException", format!("The value of {member} {what}")).because(problem.as_str())
    }
}

impl From<Refusal> for Exception {
    fn from(refusal: Refusal) -> Exception {
        let new = Exception::new;
        match refusal {
            Refusal::AccessDenied => {
                new("AccessDeniedException", "You don't have permissions to access this resource.")
            }
            Refusal::AlreadyInState => {
                new("HandshakeAlreadyInStateException", "The specified handshake is already in the requested state.")
            }
            Refusal::NotFound => {
                new("HandshakeNotFoundException", "We can't find a handshake with the HandshakeId that you specified.")
            }
            Refusal::InvalidTransition => new(
                "InvalidHandshakeTransitionException",
                "You can't perform the operation on the handshake in its current state.",
            ),
            Refusal::ManagementAccountCannotLeave => new(
                "MasterCannotLeaveOrganizationException",
                "You can't remove a management account from an organization. If you want the management account to \
                 become a member account in another organization, you must first delete the current organization of \
                 the management account.",
            ),
            Refusal::Handshake(reason) => {
                new("HandshakeConstraintViolationException", handshake_constraint(reason)).because(reason.as_str())
            }
            Refusal::Constraint(reason) => {
                new("ConstraintViolationException", constraint(reason)).because(reason.as_str())
            }
            Refusal::Input(InvalidInput::StartTooEarly) => {
                Exception::input(InvalidInput::StartTooEarly, "StartTimestamp")
            }
            Refusal::Input(problem) => Exception::input(problem, "a parameter"),
            Refusal::NotInUse => {
                new("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
            }
            Refusal::DuplicateHandshake => {
                new("DuplicateHandshakeException", "A handshake with the same action and target already exists.")
            }
            Refusal::AlreadyInOrganization => {
                new("AlreadyInOrganizationException", "The account is already a member of an organization.")
            }
            Refusal::AccountNotFound => {
                new("AccountNotFoundException", "We can't find an account with the AccountId that you specified.")
            }
            Refusal::ChildNotFound => new(
                "ChildNotFoundException",
                "We can't find an organizational unit (OU) or account with the ChildId that you specified.",
            ),
            Refusal::ParentNotFound => {
                new("ParentNotFoundException", "We can't find a root or OU with the ParentId that you specified.")
            }
            Refusal::SourceParentNotFound => new(
                "SourceParentNotFoundException",
                "We can't find the account in a source root or OU with the ParentId that you specified.",
            ),
            Refusal::DestinationParentNotFound => new(
                "DestinationParentNotFoundException",
                "We can't find the destination container (a root or OU) with the ParentId that you specified.",
            ),
            Refusal::DuplicateAccount => {
                new("DuplicateAccountException", "The account is already present in the specified destination.")
            }
            Refusal::DuplicateUnit => {
                new("DuplicateOrganizationalUnitException", "An OU with the same name already exists.")
            }
            Refusal::UnitNotFound => new(
                "OrganizationalUnitNotFoundException",
                "We can't find an OU with the OrganizationalUnitId that you specified.",
            ),
            Refusal::UnitNotEmpty => new(
                "OrganizationalUnitNotEmptyException",
                "The specified OU is not empty. Move all accounts to another root or to other OUs, remove all child OUs, \
                 and try the operation again.",
            ),
            Refusal::OrganizationNotEmpty => new(
                "OrganizationNotEmptyException",
                "The organization isn't empty. To delete an organization, you must first remove all accounts except the \
                 management account.",
            ),
            Refusal::TargetNotFound => new(
                "TargetNotFoundException",
                "We can't find a root, OU, account, or policy with the TargetId that you specified.",
            ),
            Refusal::CreationNotFound => new(
                "CreateAccountStatusNotFoundException",
                "We can't find a create account request with the CreateAccountRequestId that you specified.",
            ),
            Refusal::TooManyCreations => new(
                "TooManyRequestsException",
                "An organization can create five accounts at once. Try again when one of them is there.",
            ),
        }
    }
}

fn handshake_constraint(reason: HandshakeConstraint) -> &'static str {
    match reason {
        HandshakeConstraint::AccountNumber => "You have exceeded the allowed number of AWS accounts.",
        HandshakeConstraint::RateLimit => "You have sent more invitations than are allowed in one day.",
        HandshakeConstraint::AlreadyInAnOrganization => {
            "The handshake request is invalid because the invited account is already a member of an organization."
        }
        HandshakeConstraint::AlreadyHasAllFeatures => "The organization has already enabled all features.",
        HandshakeConstraint::PendingAllFeatures => {
            "The organization has already started the process to enable all features."
        }
        HandshakeConstraint::InviteDisabled => {
            "The organization can't invite accounts while it is in the process of enabling all features."
        }
        HandshakeConstraint::PaymentInstrument => {
            "You can't complete the operation with an account that doesn't have a payment instrument, such as a credit \
             card, associated with it."
        }
        HandshakeConstraint::TransferExists => "The responsibility is already transferred to this organization.",
        HandshakeConstraint::SourceIsTarget => {
            "An account can't be both the sender and the recipient of a transfer invitation."
        }
        HandshakeConstraint::TargetValidation => "Billing transfer isn't available for the target account.",
    }
}

fn constraint(reason: Constraint) -> &'static str {
    match reason {
        Constraint::UnitNumber => "You have exceeded the allowed number of OUs.",
        Constraint::UnitDepth => "You attempted to create an OU tree that is too many levels deep.",
        Constraint::WaitPeriod => "A created account can't leave its organization before it is four days old.",
        Constraint::OrganizationAge => {
            "An organization can't take over an account of another organization before it is seven days old."
        }
        Constraint::TransferInProcess => {
            "You can't delete the organization while a transfer of bills is offered or in progress."
        }
        Constraint::Tags => "You have exceeded the number of tags allowed on a resource.",
        Constraint::MigrationSize => "The organization has too many accounts for the standard migration process.",
        Constraint::InboundTransfers => "You have exceeded your inbound transfers limit.",
        Constraint::OutboundTransfers => "You have exceeded your outbound transfers limit.",
        Constraint::TransferLevels => "You have exceeded the maximum length of your transfer chain.",
    }
}

impl From<Exception> for Reply {
    fn from(exception: Exception) -> Reply {
        let mut body = json!({ "__type": exception.code, "Message": exception.message });
        if let Some(reason) = exception.reason {
            body["Reason"] = reason.into();
        }
        Reply { status: exception.status, body: body.to_string().into_bytes() }
    }
}
