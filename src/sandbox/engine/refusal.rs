//! The reasons for which the service refuses an operation. Each is an exception of the API.

use super::names::names;

/// A reason for which the service refuses an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// AccessDeniedException: the caller isn't a party of the handshake, or not the party that may do this.
    AccessDenied,
    /// HandshakeAlreadyInStateException: the handshake is already in the requested state.
    AlreadyInState,
    /// HandshakeConstraintViolationException.
    Handshake(HandshakeConstraint),
    /// ConstraintViolationException.
    Constraint(Constraint),
    /// InvalidInputException.
    Input(InvalidInput),
    /// HandshakeNotFoundException: no handshake has this id, or it was deleted.
    NotFound,
    /// InvalidHandshakeTransitionException: the handshake's state doesn't allow the operation.
    InvalidTransition,
    /// MasterCannotLeaveOrganizationException: a management account can't move to another organization.
    ManagementAccountCannotLeave,
    /// AWSOrganizationsNotInUseException: the caller is in no organization.
    NotInUse,
    /// DuplicateHandshakeException: a live handshake has the same action and recipient.
    DuplicateHandshake,
    /// AlreadyInOrganizationException: the caller is in an organization.
    AlreadyInOrganization,
    /// AccountNotFoundException: the organization has no such account.
    AccountNotFound,
    /// ChildNotFoundException: the organization has no such account or organizational unit.
    ChildNotFound,
    /// ParentNotFoundException: the organization has no such root or organizational unit.
    ParentNotFound,
    /// SourceParentNotFoundException: the account isn't in that root or organizational unit.
    SourceParentNotFound,
    /// DestinationParentNotFoundException: the organization has no such root or organizational unit.
    DestinationParentNotFound,
    /// DuplicateAccountException: the account is already in the destination.
    DuplicateAccount,
    /// DuplicateOrganizationalUnitException: a sibling has the same name.
    DuplicateUnit,
    /// OrganizationalUnitNotFoundException: the organization has no such organizational unit.
    UnitNotFound,
    /// OrganizationalUnitNotEmptyException: the organizational unit contains accounts or units.
    UnitNotEmpty,
    /// OrganizationNotEmptyException: the organization has accounts beside its management account.
    OrganizationNotEmpty,
    /// TargetNotFoundException: the organization has no such resource to tag.
    TargetNotFound,
    /// CreateAccountStatusNotFoundException: the organization has no such request to create an account.
    CreationNotFound,
    /// TooManyRequestsException: too many accounts are being created.
    TooManyCreations,
}

names! {
    /// The reasons of HandshakeConstraintViolationException that the sandbox returns.
    HandshakeConstraint {
        /// Too many accounts, counting live invitations.
        AccountNumber = "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
        /// Too many invitations in 24 hours.
        RateLimit = "HANDSHAKE_RATE_LIMIT_EXCEEDED",
        /// The account is already a member.
        AlreadyInAnOrganization = "ALREADY_IN_AN_ORGANIZATION",
        /// The organization already has all features.
        AlreadyHasAllFeatures = "ORGANIZATION_ALREADY_HAS_ALL_FEATURES",
        /// The process to enable all features has already started.
        PendingAllFeatures = "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION",
        /// The organization can't invite accounts while it enables all features.
        InviteDisabled = "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES",
        /// The account has no payment instrument.
        PaymentInstrument = "PAYMENT_INSTRUMENT_REQUIRED",
        /// The sender already manages these bills.
        TransferExists = "RESPONSIBILITY_TRANSFER_ALREADY_EXISTS",
        /// An organization can't transfer anything to itself.
        SourceIsTarget = "SOURCE_AND_TARGET_CANNOT_MATCH",
        /// The account manages no organization.
        TargetValidation = "TARGET_ACCOUNT_VALIDATION_FAILURE",
    }
}

names! {
    /// The reasons of ConstraintViolationException that the sandbox returns.
    Constraint {
        /// Too many organizational units.
        UnitNumber = "OU_NUMBER_LIMIT_EXCEEDED",
        /// Organizational units nested too deeply.
        UnitDepth = "OU_DEPTH_LIMIT_EXCEEDED",
        /// A created account is too young to leave or to move to another organization.
        WaitPeriod = "WAIT_PERIOD_ACTIVE",
        /// The organization is too young to take over an account of another organization. The model has no name of its
        /// own for this.
        OrganizationAge = "WAIT_PERIOD_ACTIVE",
        /// A transfer of bills is offered or accepted.
        TransferInProcess = "ACTIVE_RESPONSIBILITY_TRANSFER_PROCESS",
        /// Too many tags on one resource.
        Tags = "MAX_TAG_LIMIT_EXCEEDED",
        /// The organization has too many accounts to enable all features by itself.
        MigrationSize = "ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED",
        /// The organization takes over too many organizations' bills.
        InboundTransfers = "RESPONSIBILITY_TRANSFER_MAX_INBOUND_QUOTA_VIOLATION",
        /// Another organization already takes over these bills.
        OutboundTransfers = "RESPONSIBILITY_TRANSFER_MAX_OUTBOUND_QUOTA_VIOLATION",
        /// A circle of transfers.
        TransferLevels = "RESPONSIBILITY_TRANSFER_MAX_LEVEL_VIOLATION",
    }
}

names! {
    /// The reasons of InvalidInputException that the sandbox returns.
    InvalidInput {
        /// The target is a party of a type that can't be invited.
        PartyType = "INVALID_PARTY_TYPE_TARGET",
        /// The value isn't one of the enum.
        Enum = "INVALID_ENUM",
        /// The value is too long.
        MaxLength = "MAX_LENGTH_EXCEEDED",
        /// The value is too large.
        MaxValue = "MAX_VALUE_EXCEEDED",
        /// The value is too short.
        MinLength = "MIN_LENGTH_EXCEEDED",
        /// The value is too small.
        MinValue = "MIN_VALUE_EXCEEDED",
        /// The value doesn't match the pattern.
        Pattern = "INVALID_PATTERN",
        /// The member is missing.
        Required = "INPUT_REQUIRED",
        /// The token isn't from this list.
        NextToken = "INVALID_NEXT_TOKEN",
        /// The filter has more than one member.
        FilterLimit = "MAX_LIMIT_EXCEEDED_FILTER",
        /// The key of a tag is reserved for AWS.
        SystemTag = "INVALID_SYSTEM_TAGS_PARAMETER",
        /// Two tags have the same key.
        DuplicateTag = "DUPLICATE_TAG_KEY",
        /// The name of a role is reserved for AWS.
        RoleName = "INVALID_ROLE_NAME",
        /// The value isn't an email address.
        Email = "INVALID_EMAIL_ADDRESS_TARGET",
        /// The date isn't the first day of a month.
        StartNotMonth = "START_DATE_NOT_BEGINNING_OF_MONTH",
        /// The time isn't midnight UTC.
        StartNotDay = "START_DATE_NOT_BEGINNING_OF_DAY",
        /// The date leaves no time to accept the transfer.
        StartTooEarly = "START_DATE_TOO_EARLY",
        /// The date is beyond the calendar.
        StartTooLate = "START_DATE_TOO_LATE",
    }
}
