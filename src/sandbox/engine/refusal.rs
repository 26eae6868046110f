//! Why the service refuses an operation: its exceptions and their reasons.

use super::names::names;

/// Why the service refuses an operation; each is an exception of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// AccessDeniedException: the caller is no party of the handshake, or the wrong one.
    AccessDenied,
    /// HandshakeAlreadyInStateException: it is in the very state that was asked for.
    AlreadyInState,
    /// HandshakeConstraintViolationException.
    Handshake(HandshakeConstraint),
    /// ConstraintViolationException.
    Constraint(Constraint),
    /// InvalidInputException.
    Input(InvalidInput),
    /// HandshakeNotFoundException: there is none with this id, or no longer.
    NotFound,
    /// InvalidHandshakeTransitionException: its state is another final one.
    InvalidTransition,
    /// MasterCannotLeaveOrganizationException: a management account can't move to another organization.
    ManagementAccountCannotLeave,
    /// AWSOrganizationsNotInUseException: the caller is in no organization.
    NotInUse,
    /// DuplicateHandshakeException: one like it waits for an answer.
    DuplicateHandshake,
    /// AlreadyInOrganizationException: the caller has an organization.
    AlreadyInOrganization,
    /// AccountNotFoundException: no such account in the organization.
    AccountNotFound,
    /// ChildNotFoundException: no such account or organizational unit.
    ChildNotFound,
    /// ParentNotFoundException: no such root or organizational unit.
    ParentNotFound,
    /// SourceParentNotFoundException: the account isn't there.
    SourceParentNotFound,
    /// DestinationParentNotFoundException: no such root or organizational unit.
    DestinationParentNotFound,
    /// DuplicateAccountException: the account is there already.
    DuplicateAccount,
    /// DuplicateOrganizationalUnitException: the name is taken.
    DuplicateUnit,
}

names! {
    /// Why a handshake can't be: reasons of HandshakeConstraintViolationException that the sandbox gives.
    HandshakeConstraint {
        /// Accounts, and invitations that wait.
        AccountNumber = "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
        /// Too many invitations within a day.
        RateLimit = "HANDSHAKE_RATE_LIMIT_EXCEEDED",
        /// The account is a member already.
        AlreadyInAnOrganization = "ALREADY_IN_AN_ORGANIZATION",
        /// Nothing to enable.
        AlreadyHasAllFeatures = "ORGANIZATION_ALREADY_HAS_ALL_FEATURES",
        /// It has been started.
        PendingAllFeatures = "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION",
        /// No invitation until all features are enabled.
        InviteDisabled = "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES",
        /// The bills are transferred to the sender already.
        TransferExists = "RESPONSIBILITY_TRANSFER_ALREADY_EXISTS",
        /// An organization can't transfer anything to itself.
        SourceIsTarget = "SOURCE_AND_TARGET_CANNOT_MATCH",
        /// The account manages no organization.
        TargetValidation = "TARGET_ACCOUNT_VALIDATION_FAILURE",
    }
}

names! {
    /// Which limit is exceeded: reasons of ConstraintViolationException that the sandbox gives.
    Constraint {
        /// Organizational units.
        UnitNumber = "OU_NUMBER_LIMIT_EXCEEDED",
        /// Organizational units within each other.
        UnitDepth = "OU_DEPTH_LIMIT_EXCEEDED",
        /// A created account is too young to leave.
        WaitPeriod = "WAIT_PERIOD_ACTIVE",
        /// Tags of one thing.
        Tags = "MAX_TAG_LIMIT_EXCEEDED",
        /// Accounts of an organization that enables all features.
        MigrationSize = "ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED",
        /// Bills that an organization takes over.
        InboundTransfers = "RESPONSIBILITY_TRANSFER_MAX_INBOUND_QUOTA_VIOLATION",
        /// Organizations that take over one's bills.
        OutboundTransfers = "RESPONSIBILITY_TRANSFER_MAX_OUTBOUND_QUOTA_VIOLATION",
        /// A circle of transfers.
        TransferLevels = "RESPONSIBILITY_TRANSFER_MAX_LEVEL_VIOLATION",
    }
}

names! {
    /// What is wrong with a request: reasons of InvalidInputException that the sandbox gives.
    InvalidInput {
        /// A party of a type that can't be invited.
        PartyType = "INVALID_PARTY_TYPE_TARGET",
        /// None of the values that there are.
        Enum = "INVALID_ENUM",
        /// Too long.
        MaxLength = "MAX_LENGTH_EXCEEDED",
        /// Too large.
        MaxValue = "MAX_VALUE_EXCEEDED",
        /// Too short.
        MinLength = "MIN_LENGTH_EXCEEDED",
        /// Too small.
        MinValue = "MIN_VALUE_EXCEEDED",
        /// Another form is asked for.
        Pattern = "INVALID_PATTERN",
        /// Missing.
        Required = "INPUT_REQUIRED",
        /// No token of this list.
        NextToken = "INVALID_NEXT_TOKEN",
        /// More than one filter.
        FilterLimit = "MAX_LIMIT_EXCEEDED_FILTER",
        /// A key of tags that is AWS's own.
        SystemTag = "INVALID_SYSTEM_TAGS_PARAMETER",
        /// Two tags with one key.
        DuplicateTag = "DUPLICATE_TAG_KEY",
        /// No address.
        Email = "INVALID_EMAIL_ADDRESS_TARGET",
        /// Not the first of a month.
        StartNotMonth = "START_DATE_NOT_BEGINNING_OF_MONTH",
        /// Not midnight.
        StartNotDay = "START_DATE_NOT_BEGINNING_OF_DAY",
        /// Nobody could accept it in time.
        StartTooEarly = "START_DATE_TOO_EARLY",
        /// Beyond the calendar.
        StartTooLate = "START_DATE_TOO_LATE",
    }
}
