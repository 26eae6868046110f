//! Organizations, accounts and handshakes, and the rules by which handshakes move.
//!
//! Pure: no I/O, and the time is an argument. The rules are those of the [API reference] and the [user guide].
//!
//! [API reference]: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Handshake.html
//! [user guide]: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_invites.html

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use jiff::{SignedDuration, Timestamp};

use super::caller::{Caller, is_account_id};
use super::time::{days, later};

/// How long a final handshake can still be seen, EXPIRED ones too (API reference, Handshake).
pub const RETENTION: SignedDuration = days(30);

/// How many accounts an organization can have unless its quota is raised; invitations that wait count
/// (user guide, Quotas).
pub const ACCOUNT_QUOTA: usize = 10;

/// How many invitations an organization can send in 24 hours, or its account quota if that is larger; accepted ones
/// don't count (user guide, Quotas).
pub const DAILY_INVITATIONS: usize = 20;

/// How many organizations' bills an organization can take over unless its quota is raised (billing guide, Quotas).
pub const TRANSFER_QUOTA: usize = 0;

/// The largest organization that can enable all features by itself (API reference, ConstraintViolationException).
const STANDARD_MIGRATION_ACCOUNTS: usize = 5_000;

/// Declares an enum whose variants have AWS names.
macro_rules! names {
    ($(#[$meta:meta])* $type:ident { $($(#[$doc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $type {
            $($(#[$doc])* $variant,)+
        }

        impl $type {
            /// Every variant, in the order of the API reference.
            pub const ALL: &[$type] = &[$($type::$variant),+];

            /// The name in the API.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($type::$variant => $name,)+
                }
            }

            /// The variant of this name.
            pub fn from_name(name: &str) -> Option<$type> {
                $type::ALL.iter().copied().find(|variant| variant.as_str() == name)
            }
        }
    };
}

names! {
    /// What happens when a handshake is accepted.
    Action {
        /// The recipient joins the organization.
        Invite = "INVITE",
        /// The organization gets all features.
        EnableAllFeatures = "ENABLE_ALL_FEATURES",
        /// An invited member agrees to all features.
        ApproveAllFeatures = "APPROVE_ALL_FEATURES",
        /// A created member makes the role again that all features need.
        AddServiceLinkedRole = "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE",
        /// The recipient's organization gets its bills managed by the sender.
        TransferResponsibility = "TRANSFER_RESPONSIBILITY",
    }
}

impl Action {
    /// How long a handshake of this kind can be answered: 90 days around all features, 15 days otherwise
    /// (user guide, Quotas, "Handshake expiration").
    pub fn lifetime(self) -> SignedDuration {
        match self {
            Action::Invite | Action::TransferResponsibility => days(15),
            Action::EnableAllFeatures | Action::ApproveAllFeatures | Action::AddServiceLinkedRole => days(90),
        }
    }

    /// Who may perform an operation on a handshake of this kind (API reference, AcceptHandshake, CancelHandshake,
    /// DeclineHandshake): the recipient answers, the sender withdraws, and ENABLE_ALL_FEATURES is between the
    /// organization and itself.
    fn actor(self, operation: Operation) -> Actor {
        match (self, operation) {
            (_, Operation::Describe) => Actor::EitherParty,
            (_, Operation::Cancel) | (Action::EnableAllFeatures, _) => Actor::Originator,
            (_, Operation::Accept | Operation::Decline) => Actor::Recipient,
        }
    }
}

names! {
    /// Where a handshake stands.
    HandshakeState {
        /// Awaits a response.
        Requested = "REQUESTED",
        /// Can be answered.
        Open = "OPEN",
        /// Withdrawn by the organization that sent it.
        Canceled = "CANCELED",
        /// Agreed to by its recipient.
        Accepted = "ACCEPTED",
        /// Refused by its recipient.
        Declined = "DECLINED",
        /// Not answered in time.
        Expired = "EXPIRED",
    }
}

impl HandshakeState {
    /// Whether a handshake in this state still waits for an answer.
    pub fn is_live(self) -> bool {
        matches!(self, HandshakeState::Requested | HandshakeState::Open)
    }
}

names! {
    /// An operation on one handshake.
    Operation {
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

names! {
    /// What an organization can do (API reference, Organization).
    FeatureSet {
        /// Everything.
        All = "ALL",
        /// One bill.
        ConsolidatedBilling = "CONSOLIDATED_BILLING",
    }
}

names! {
    /// How an account came to its organization (API reference, Account).
    JoinedMethod {
        /// It accepted an invitation.
        Invited = "INVITED",
        /// It was created there.
        Created = "CREATED",
    }
}

names! {
    /// What a resource of a handshake is (API reference, HandshakeResource).
    ResourceType {
        /// An account's id.
        Account = "ACCOUNT",
        /// An organization's id.
        Organization = "ORGANIZATION",
        /// What the organization can do.
        OrganizationFeatureSet = "ORGANIZATION_FEATURE_SET",
        /// The recipient's address.
        Email = "EMAIL",
        /// The address of the account that manages the sender.
        MasterEmail = "MASTER_EMAIL",
        /// The name of the account that manages the sender.
        MasterName = "MASTER_NAME",
        /// A text for the recipient.
        Notes = "NOTES",
        /// The id of the handshake that this one belongs to.
        ParentHandshake = "PARENT_HANDSHAKE",
        /// The id of the transfer.
        ResponsibilityTransfer = "RESPONSIBILITY_TRANSFER",
        /// When the transfer begins.
        TransferStartTimestamp = "TRANSFER_START_TIMESTAMP",
        /// What is transferred.
        TransferType = "TRANSFER_TYPE",
        /// The account that manages the sender of a transfer.
        ManagementAccount = "MANAGEMENT_ACCOUNT",
        /// Its address.
        ManagementEmail = "MANAGEMENT_EMAIL",
        /// Its name.
        ManagementName = "MANAGEMENT_NAME",
    }
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

enum Actor {
    /// The account that the handshake was sent to.
    Recipient,
    /// The management account of the organization that sent it.
    Originator,
    /// The recipient, or any account of the organization that sent it.
    EitherParty,
}

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

/// The transition table: the state that an operation brings a handshake of this kind into.
pub fn transition(action: Action, state: HandshakeState, operation: Operation) -> Result<HandshakeState, Refusal> {
    use HandshakeState::{Accepted, Canceled, Declined, Expired, Open, Requested};
    use Operation::{Accept, Cancel, Decline, Describe};
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

/// A party of a handshake that is not an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// An account by its id, twelve digits.
    Account(String),
    /// Whichever account has this email address.
    Email(String),
}

impl Recipient {
    /// The party's Type and Id.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Recipient::Account(id) => ("ACCOUNT", id),
            Recipient::Email(address) => ("EMAIL", address),
        }
    }

    fn resource(&self) -> Resource {
        match self {
            Recipient::Account(id) => Resource::new(ResourceType::Account, id),
            Recipient::Email(address) => Resource::new(ResourceType::Email, address),
        }
    }

    /// What it is found by: addresses are alike whatever their case.
    fn key(&self) -> String {
        match self {
            Recipient::Account(id) => id.clone(),
            Recipient::Email(address) => address.to_lowercase(),
        }
    }
}

/// A piece of information that goes with a handshake (API reference, HandshakeResource).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// What it is.
    pub kind: ResourceType,
    /// The value, whose form depends on the type.
    pub value: String,
    /// Details of the value.
    pub resources: Vec<Resource>,
}

impl Resource {
    /// A resource without details.
    pub fn new(kind: ResourceType, value: impl Into<String>) -> Resource {
        Resource { kind, value: value.into(), resources: Vec::new() }
    }
}

/// Keys and values.
pub type Tags = BTreeMap<String, String>;

/// A handshake between an organization and an account, or, to enable all features, of an organization with itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// `h-` and 8 to 32 lower-case letters or digits.
    pub id: String,
    /// What accepting it does.
    pub action: Action,
    /// The id of the organization that sent it.
    pub organization: String,
    /// The id of the account that sent it, which its ARN names.
    pub originator: String,
    /// Whom it was sent to; none for ENABLE_ALL_FEATURES.
    pub recipient: Option<Recipient>,
    /// What the recipient is told, as it was when the request was made.
    pub resources: Vec<Resource>,
    /// What the account gets tagged with when it joins.
    pub tags: Tags,
    /// The ENABLE_ALL_FEATURES handshake that it belongs to.
    pub parent: Option<String>,
    /// What is agreed on by accepting a TRANSFER_RESPONSIBILITY.
    pub transfer: Option<Transfer>,
    /// When the request was made.
    pub requested: Timestamp,
    /// From when on it can't be answered any more.
    pub expires: Timestamp,
    /// The state that the parties have brought it into, and since when.
    pub(in crate::sandbox) progress: (HandshakeState, Timestamp),
}

impl Handshake {
    /// The state at a time: a live handshake is EXPIRED from its expiration on.
    pub fn state(&self, now: Timestamp) -> HandshakeState {
        match self.progress {
            (state, _) if state.is_live() && now >= self.expires => HandshakeState::Expired,
            (state, _) => state,
        }
    }

    /// Whether it is deleted: 30 days after it reached its final state.
    pub fn is_gone(&self, now: Timestamp) -> bool {
        let settled = match self.progress {
            (state, _) if state.is_live() => self.expires,
            (_, since) => since,
        };
        now >= later(settled, RETENTION)
    }

    /// The Amazon Resource Name.
    pub fn arn(&self) -> String {
        format!(
            "arn:aws:organizations::{}:handshake/{}/{}/{}",
            self.originator,
            self.organization,
            self.action.as_str().to_ascii_lowercase(),
            self.id
        )
    }

    /// Puts it into a state, as if that had happened at `since`. For worlds that begin in the middle.
    pub(in crate::sandbox) fn begin_as(&mut self, state: HandshakeState, since: Timestamp) {
        self.progress = (state, since);
    }

    fn is_live(&self, now: Timestamp) -> bool {
        self.state(now).is_live()
    }
}

/// Who takes over the bills of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// `rt-` and 8 to 32 lower-case letters or digits.
    pub id: String,
    /// The name that the sender has given it.
    pub name: String,
    /// The organization that takes them over: the sender of the invitation.
    pub target: String,
    /// From when on.
    pub start: Timestamp,
    /// What it is tagged with.
    pub tags: Tags,
}

/// An organizational unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name, which no other unit of the same parent has.
    pub name: String,
    /// The root or unit that it is in.
    pub parent: String,
    /// What it is tagged with.
    pub tags: Tags,
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// The account that made it and manages it.
    pub management_account: String,
    /// What it can do.
    pub feature_set: FeatureSet,
    /// The id of its root, which accounts that join are put under.
    pub root: String,
    /// How many accounts it can have.
    pub account_quota: usize,
    /// How many organizations' bills it can take over.
    pub transfer_quota: usize,
    /// Its organizational units by their ids.
    pub units: BTreeMap<String, Unit>,
    /// Who takes over its bills.
    pub transfer: Option<Transfer>,
}

impl Organization {
    /// An organization without units, with the quotas that every new one has.
    pub fn new(management_account: &str, feature_set: FeatureSet, root: &str) -> Organization {
        Organization {
            management_account: management_account.to_owned(),
            feature_set,
            root: root.to_owned(),
            account_quota: ACCOUNT_QUOTA,
            transfer_quota: TRANSFER_QUOTA,
            units: BTreeMap::new(),
            transfer: None,
        }
    }
}

/// An account's place in an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The id of the organization.
    pub organization: String,
    /// The id of the root or organizational unit that the account is in.
    pub parent: String,
    /// How it came there.
    pub method: JoinedMethod,
    /// Since when it is there.
    pub joined: Timestamp,
    /// What it is tagged with while it is there.
    pub tags: Tags,
}

/// An account. One that has no entry in [`State`] stands alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The email address of its owner, where it isn't made of the id.
    pub email: Option<String>,
    /// Its name, where it isn't made of the id.
    pub name: Option<String>,
    /// The organization that it belongs to; an account is in at most one.
    pub membership: Option<Membership>,
}

/// The keys that AssumeRole has given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The account that they act for.
    pub account: String,
    /// The name of the role.
    pub role: String,
    /// The name of the session.
    pub name: String,
    /// The secret access key.
    pub secret: String,
    /// What has to come along with every request.
    pub token: String,
    /// When they stop being good for anything, by the real time, as signatures are.
    pub expires: Timestamp,
}

/// A handshake's place in a list: by the time it was requested at, then by id.
type Place = (Timestamp, String);

/// What makes answers quick; all of it follows from the rest of the state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Index {
    /// Lower-case addresses to accounts.
    emails: BTreeMap<String, String>,
    /// Organizations to their accounts.
    members: BTreeMap<String, BTreeSet<String>>,
    /// Organizations to the handshakes that they have sent.
    sent: BTreeMap<String, BTreeSet<Place>>,
    /// Recipients to the handshakes that were sent to them.
    received: BTreeMap<String, BTreeSet<Place>>,
    /// Handshakes to those that belong to them.
    children: BTreeMap<String, BTreeSet<Place>>,
}

/// All that the service knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub(in crate::sandbox) organizations: BTreeMap<String, Organization>,
    pub(in crate::sandbox) accounts: BTreeMap<String, Account>,
    pub(in crate::sandbox) handshakes: BTreeMap<String, Handshake>,
    pub(in crate::sandbox) sessions: BTreeMap<String, Session>,
    /// How many ids have been given out.
    pub(in crate::sandbox) made: u64,
    index: Index,
}

/// What an INVITE or a TRANSFER_RESPONSIBILITY is made of beside its recipient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// A text for the recipient.
    pub notes: Option<String>,
    /// Tags for what comes of it.
    pub tags: Tags,
}

impl State {
    /// An empty state in which as many ids have been given out.
    pub(in crate::sandbox) fn after(made: u64) -> State {
        State { made, ..State::default() }
    }

    /// Adds an account that stands alone.
    pub fn add_account(&mut self, id: &str, email: &str, name: &str) {
        let account = Account { email: Some(email.to_owned()), name: Some(name.to_owned()), membership: None };
        self.insert_account(id.to_owned(), account);
    }

    /// Adds an account as it is.
    pub(in crate::sandbox) fn insert_account(&mut self, id: String, account: Account) {
        if let Some(email) = &account.email {
            self.index.emails.insert(email.to_lowercase(), id.clone());
        }
        if let Some(membership) = &account.membership {
            self.index.members.entry(membership.organization.clone()).or_default().insert(id.clone());
        }
        self.accounts.insert(id, account);
    }

    /// Adds an organization and puts its management account under its root.
    pub fn add_organization(&mut self, id: &str, organization: Organization, made: Timestamp) {
        let management_account = organization.management_account.clone();
        self.organizations.insert(id.to_owned(), organization);
        // AccountJoinedOrganization says INVITED of a management account (API reference, CreateOrganization).
        self.join(&management_account, id, JoinedMethod::Invited, Tags::new(), made);
    }

    /// Makes an account a member of an organization, below its root; it leaves the one it was in.
    pub fn join(&mut self, account: &str, organization: &str, method: JoinedMethod, tags: Tags, joined: Timestamp) {
        let Some(root) = self.organizations.get(organization).map(|organization| organization.root.clone()) else {
            return;
        };
        self.depart(account, joined);
        let membership = Membership { organization: organization.to_owned(), parent: root, method, joined, tags };
        self.accounts.entry(account.to_owned()).or_default().membership = Some(membership);
        self.index.members.entry(organization.to_owned()).or_default().insert(account.to_owned());
    }

    /// Takes an account out of its organization, with its tags and what it was asked to approve there.
    pub(in crate::sandbox) fn depart(&mut self, account: &str, now: Timestamp) {
        let membership = self.accounts.get_mut(account).and_then(|account| account.membership.take());
        let Some(Membership { organization, .. }) = membership else {
            return;
        };
        if let Some(members) = self.index.members.get_mut(&organization) {
            members.remove(account);
        }
        let asked: Vec<_> = self
            .received(account)
            .filter(|handshake| handshake.organization == organization && handshake.is_live(now))
            .filter(|handshake| matches!(handshake.action, Action::ApproveAllFeatures | Action::AddServiceLinkedRole))
            .map(|handshake| handshake.id.clone())
            .collect();
        for id in &asked {
            self.settle(id, HandshakeState::Canceled, now);
        }
        // Without the account, the others may be all that there are (user guide, Enabling all features).
        if let Some(parent) = self.pending_all_features(&organization, now).map(|handshake| handshake.id.clone()) {
            self.open_if_approved(&parent, now);
        }
    }

    /// Records a handshake that an organization sends. It is OPEN: only a reply moves it.
    ///
    /// `None` if there is no such organization.
    pub(in crate::sandbox) fn send(
        &mut self,
        id: &str,
        action: Action,
        organization: &str,
        recipient: Option<Recipient>,
        requested: Timestamp,
    ) -> Option<&mut Handshake> {
        use ResourceType as Kind;
        let sender = self.organizations.get(organization)?;
        let management = &sender.management_account;
        let (email, name) = (self.email(management), self.name(management));
        let mut from = Resource::new(Kind::Organization, organization);
        from.resources = match action {
            // The documented sample has nothing but the organization.
            Action::EnableAllFeatures => Vec::new(),
            Action::TransferResponsibility => vec![
                Resource::new(Kind::ManagementAccount, management),
                Resource::new(Kind::ManagementEmail, email),
                Resource::new(Kind::ManagementName, name),
            ],
            Action::Invite | Action::ApproveAllFeatures | Action::AddServiceLinkedRole => vec![
                Resource::new(Kind::MasterEmail, email),
                Resource::new(Kind::MasterName, name),
                Resource::new(Kind::OrganizationFeatureSet, sender.feature_set.as_str()),
            ],
        };
        let handshake = Handshake {
            id: id.to_owned(),
            action,
            organization: organization.to_owned(),
            originator: management.clone(),
            resources: iter::once(from).chain(recipient.as_ref().map(Recipient::resource)).collect(),
            recipient,
            tags: Tags::new(),
            parent: None,
            transfer: None,
            requested,
            expires: later(requested, action.lifetime()),
            progress: (HandshakeState::Open, requested),
        };
        self.insert_handshake(handshake);
        self.handshakes.get_mut(id)
    }

    /// Adds a handshake as it is.
    pub(in crate::sandbox) fn insert_handshake(&mut self, handshake: Handshake) {
        let place = (handshake.requested, handshake.id.clone());
        let index = &mut self.index;
        index.sent.entry(handshake.organization.clone()).or_default().insert(place.clone());
        if let Some(recipient) = &handshake.recipient {
            index.received.entry(recipient.key()).or_default().insert(place.clone());
        }
        if let Some(parent) = &handshake.parent {
            index.children.entry(parent.clone()).or_default().insert(place);
        }
        self.handshakes.insert(handshake.id.clone(), handshake);
    }

    /// Records an invitation to an organization, requested at a time, without asking if it may be.
    pub fn invite(
        &mut self,
        id: &str,
        organization: &str,
        recipient: Recipient,
        notes: Option<&str>,
        requested: Timestamp,
    ) -> Option<&mut Handshake> {
        let handshake = self.send(id, Action::Invite, organization, Some(recipient), requested)?;
        handshake.resources.extend(notes.map(|notes| Resource::new(ResourceType::Notes, notes)));
        Some(handshake)
    }

    /// Records a handshake that belongs to an ENABLE_ALL_FEATURES one and ends with it.
    pub(in crate::sandbox) fn ask_to_approve(
        &mut self,
        id: &str,
        parent: &str,
        account: &str,
        requested: Timestamp,
    ) -> Option<&mut Handshake> {
        let Handshake { organization, expires, .. } = self.handshakes.get(parent)?;
        let (organization, expires) = (organization.clone(), *expires);
        let recipient = Some(Recipient::Account(account.to_owned()));
        let child = self.send(id, Action::ApproveAllFeatures, &organization, recipient, requested)?;
        child.resources.push(Resource::new(ResourceType::ParentHandshake, parent));
        child.parent = Some(parent.to_owned());
        child.expires = expires;
        self.index.children.entry(parent.to_owned()).or_default().insert((requested, id.to_owned()));
        self.handshakes.get_mut(id)
    }

    /// Records an invitation to have the bills of the recipient's organization taken over.
    pub(in crate::sandbox) fn offer_transfer(
        &mut self,
        id: &str,
        recipient: Recipient,
        transfer: Transfer,
        notes: Option<&str>,
        requested: Timestamp,
    ) -> Option<&mut Handshake> {
        use ResourceType as Kind;
        let organization = transfer.target.clone();
        let handshake = self.send(id, Action::TransferResponsibility, &organization, Some(recipient), requested)?;
        handshake.resources.extend([
            Resource::new(Kind::ResponsibilityTransfer, &transfer.id),
            Resource::new(Kind::TransferType, "BILLING"),
            Resource::new(Kind::TransferStartTimestamp, transfer.start.to_string()),
        ]);
        handshake.resources.extend(notes.map(|notes| Resource::new(Kind::Notes, notes)));
        // It has to be accepted a day before the start (billing guide, Sending invitations).
        handshake.expires = handshake.expires.min(later(transfer.start, -days(1)));
        handshake.transfer = Some(transfer);
        // A transfer that waits is REQUESTED (API reference, Handshake and ResponsibilityTransfer).
        handshake.progress = (HandshakeState::Requested, requested);
        Some(handshake)
    }

    /// The account with this id; `None` for one that nothing is known of.
    pub fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.get(id)
    }

    /// The organization with this id.
    pub fn organization(&self, id: &str) -> Option<&Organization> {
        self.organizations.get(id)
    }

    /// The address of an account's owner; where nothing is known of it, one that is made of the id.
    pub fn email(&self, account: &str) -> String {
        let known = self.accounts.get(account).and_then(|account| account.email.clone());
        known.unwrap_or_else(|| format!("{account}{EMAIL_DOMAIN}"))
    }

    /// The name of an account; where nothing is known of it, one that is made of the id.
    pub fn name(&self, account: &str) -> String {
        let known = self.accounts.get(account).and_then(|account| account.name.clone());
        known.unwrap_or_else(|| format!("Account {account}"))
    }

    /// The account whose owner has this address.
    fn account_of_email(&self, address: &str) -> Option<String> {
        let address = address.to_lowercase();
        if let Some(account) = self.index.emails.get(&address) {
            return Some(account.clone());
        }
        let id = address.strip_suffix(EMAIL_DOMAIN).filter(|id| is_account_id(id))?;
        let named = self.accounts.get(id).is_some_and(|account| account.email.is_some());
        (!named).then(|| id.to_owned())
    }

    /// Whether anything is known of an account: it has an entry, or a handshake was sent to it.
    pub fn knows(&self, account: &str) -> bool {
        self.accounts.contains_key(account) || self.index.received.contains_key(account)
    }

    /// The accounts of an organization.
    pub(in crate::sandbox) fn members(&self, organization: &str) -> impl Iterator<Item = &str> {
        self.index.members.get(organization).into_iter().flatten().map(String::as_str)
    }

    /// How many accounts an organization has.
    pub(in crate::sandbox) fn member_count(&self, organization: &str) -> usize {
        self.index.members.get(organization).map_or(0, BTreeSet::len)
    }

    /// The handshake with this id, unless it is deleted by now.
    pub fn handshake(&self, id: &str, now: Timestamp) -> Option<&Handshake> {
        self.handshakes.get(id).filter(|handshake| !handshake.is_gone(now))
    }

    /// The handshakes that an organization has sent after that one in the list, the newest first.
    pub(in crate::sandbox) fn sent_after(
        &self,
        organization: &str,
        after: Option<&str>,
    ) -> impl Iterator<Item = &Handshake> {
        self.newest([self.index.sent.get(organization), None], after)
    }

    /// The handshakes that were sent to an account after that one in the list, the newest first.
    pub(in crate::sandbox) fn received_after(
        &self,
        account: &str,
        after: Option<&str>,
    ) -> impl Iterator<Item = &Handshake> {
        let received = &self.index.received;
        self.newest([received.get(account), received.get(&self.email(account).to_lowercase())], after)
    }

    fn received(&self, account: &str) -> impl Iterator<Item = &Handshake> {
        self.received_after(account, None)
    }

    /// Merges two ordered sets from their ends, from a place on.
    fn newest(&self, sets: [Option<&BTreeSet<Place>>; 2], after: Option<&str>) -> impl Iterator<Item = &Handshake> {
        let place = after.and_then(|id| Some((self.handshakes.get(id)?.requested, id.to_owned())));
        let [mut left, mut right] = sets.map(|set| {
            let places: Box<dyn DoubleEndedIterator<Item = &Place>> = match (set, &place) {
                (None, _) => Box::new(iter::empty()),
                (Some(set), None) => Box::new(set.iter()),
                (Some(set), Some(place)) => Box::new(set.range(..place.clone())),
            };
            places.rev().peekable()
        });
        iter::from_fn(move || match (left.peek(), right.peek()) {
            (Some(a), Some(b)) if a < b => right.next(),
            (Some(_), _) => left.next(),
            (None, _) => right.next(),
        })
        .filter_map(|(_, id)| self.handshakes.get(id))
    }

    /// Gives out the number for a new id.
    pub(in crate::sandbox) fn next_number(&mut self) -> u64 {
        self.made = self.made.saturating_add(1);
        self.made
    }

    /// A new handshake's id. It shows what it is: the service's own have no such beginning.
    fn new_handshake_id(&mut self) -> String {
        loop {
            let id = format!("h-example{:08}", self.next_number());
            if !self.handshakes.contains_key(&id) {
                return id;
            }
        }
    }

    /// Performs an operation on a handshake and returns it as it then is.
    ///
    /// Checked in this order, so that a stranger learns no more than that the handshake exists: the handshake,
    /// the caller's right, the handshake's state, the constraints on what accepting it would do.
    pub fn perform(
        &mut self,
        caller: &Caller,
        operation: Operation,
        id: &str,
        now: Timestamp,
    ) -> Result<&Handshake, Refusal> {
        let handshake = self.handshake(id, now).ok_or(Refusal::NotFound)?;
        let recipient = self.recipient_account(handshake);
        if !self.may(caller, handshake, operation, recipient.as_deref()) {
            return Err(Refusal::AccessDenied);
        }
        let before = handshake.state(now);
        let after = transition(handshake.action, before, operation)?;
        if before != after {
            let handshake = handshake.clone();
            if after == HandshakeState::Accepted {
                self.carry_out(&handshake, recipient, now)?;
            }
            self.settle(id, after, now);
            match handshake.action {
                // Whatever ends the process ends the requests for approval with it.
                Action::EnableAllFeatures => self.end_children(id, now),
                Action::ApproveAllFeatures => {
                    if let Some(parent) = &handshake.parent {
                        self.open_if_approved(parent, now);
                    }
                }
                Action::Invite | Action::AddServiceLinkedRole | Action::TransferResponsibility => {}
            }
        }
        self.handshakes.get(id).ok_or(Refusal::NotFound)
    }

    /// Does what accepting a handshake means, or says why it can't be done.
    fn carry_out(&mut self, handshake: &Handshake, recipient: Option<String>, now: Timestamp) -> Result<(), Refusal> {
        match handshake.action {
            Action::Invite => {
                let account = recipient.ok_or(Refusal::AccessDenied)?;
                self.can_join(&account, &handshake.organization)?;
                let tags = handshake.tags.clone();
                self.join(&account, &handshake.organization, JoinedMethod::Invited, tags, now);
            }
            Action::EnableAllFeatures => {
                if let Some(organization) = self.organizations.get_mut(&handshake.organization) {
                    organization.feature_set = FeatureSet::All;
                }
            }
            Action::TransferResponsibility => {
                let account = recipient.ok_or(Refusal::AccessDenied)?;
                let source = self.organization_of(&account).ok_or(Refusal::NotInUse)?.to_owned();
                self.can_transfer(&account, &source, &handshake.organization)?;
                if let Some(organization) = self.organizations.get_mut(&source) {
                    organization.transfer = handshake.transfer.clone();
                }
            }
            Action::ApproveAllFeatures | Action::AddServiceLinkedRole => {}
        }
        Ok(())
    }

    fn settle(&mut self, id: &str, state: HandshakeState, now: Timestamp) {
        if let Some(handshake) = self.handshakes.get_mut(id) {
            handshake.progress = (state, now);
        }
    }

    fn children(&self, parent: &str) -> impl Iterator<Item = &Handshake> {
        let places = self.index.children.get(parent).into_iter().flatten();
        places.filter_map(|(_, id)| self.handshakes.get(id))
    }

    fn end_children(&mut self, parent: &str, now: Timestamp) {
        let live: Vec<_> =
            self.children(parent).filter(|child| child.is_live(now)).map(|child| child.id.clone()).collect();
        for id in live {
            self.settle(&id, HandshakeState::Canceled, now);
        }
    }

    /// Opens an ENABLE_ALL_FEATURES handshake to its management account when every invited member has approved it;
    /// one that has declined stops it until it leaves (user guide, Enabling all features).
    fn open_if_approved(&mut self, parent: &str, now: Timestamp) {
        let Some(handshake) = self.handshakes.get(parent) else {
            return;
        };
        let approved = self.children(parent).all(|child| {
            let account = self.recipient_account(child);
            child.state(now) == HandshakeState::Accepted
                || account.is_none_or(|account| self.organization_of(&account) != Some(&handshake.organization))
        });
        if approved && handshake.state(now) == HandshakeState::Requested {
            self.settle(parent, HandshakeState::Open, now);
        }
    }

    /// Whether the caller may perform the operation; an implied caller is the one who may, if there is one.
    fn may(&self, caller: &Caller, handshake: &Handshake, operation: Operation, recipient: Option<&str>) -> bool {
        let actor = handshake.action.actor(operation);
        let Caller::Account(caller) = caller else {
            return !matches!(actor, Actor::Recipient) || recipient.is_some();
        };
        let is_recipient = recipient == Some(caller);
        match actor {
            Actor::Recipient => is_recipient,
            Actor::Originator => self.manages(caller, &handshake.organization),
            // DescribeHandshake can be called "from any account in a organization" (API reference).
            Actor::EitherParty => is_recipient || self.organization_of(caller) == Some(&handshake.organization),
        }
    }

    pub(in crate::sandbox) fn manages(&self, account: &str, organization: &str) -> bool {
        self.organizations.get(organization).is_some_and(|organization| organization.management_account == account)
    }

    /// The account that a handshake was sent to; `None` if no account has the address.
    fn recipient_account(&self, handshake: &Handshake) -> Option<String> {
        handshake.recipient.as_ref().and_then(|recipient| self.resolve(recipient))
    }

    fn resolve(&self, recipient: &Recipient) -> Option<String> {
        match recipient {
            Recipient::Account(id) => Some(id.clone()),
            Recipient::Email(address) => self.account_of_email(address),
        }
    }

    /// The organization that an account is in.
    pub fn organization_of(&self, account: &str) -> Option<&str> {
        let membership = self.accounts.get(account)?.membership.as_ref()?;
        Some(&membership.organization)
    }

    /// A member of another organization moves over directly; a management account can't leave its own.
    fn can_join(&self, account: &str, organization: &str) -> Result<(), Refusal> {
        let Some(current) = self.organization_of(account) else {
            return Ok(());
        };
        if current == organization {
            return Err(Refusal::Handshake(HandshakeConstraint::AlreadyInAnOrganization));
        }
        if self.manages(account, current) {
            return Err(Refusal::ManagementAccountCannotLeave);
        }
        Ok(())
    }

    /// The organization that the caller manages (API reference, "only from the management account").
    pub(in crate::sandbox) fn managed_by(&self, caller: &str) -> Result<&str, Refusal> {
        let organization = self.organization_of(caller).ok_or(Refusal::NotInUse)?;
        if self.manages(caller, organization) { Ok(organization) } else { Err(Refusal::AccessDenied) }
    }

    /// The ENABLE_ALL_FEATURES handshake of an organization that waits for an answer.
    fn pending_all_features(&self, organization: &str, now: Timestamp) -> Option<&Handshake> {
        if self.organizations.get(organization)?.feature_set == FeatureSet::All {
            return None;
        }
        let sent = self.sent_after(organization, None);
        let mut recent = sent.take_while(|handshake| later(handshake.requested, RETENTION + days(90)) > now);
        recent.find(|handshake| handshake.action == Action::EnableAllFeatures && handshake.is_live(now))
    }

    /// Whether the organization has a live handshake of this kind with the recipient, by id or by address.
    fn has_live(&self, organization: &str, action: Action, recipient: &Recipient, now: Timestamp) -> bool {
        let same = |handshake: &Handshake| {
            handshake.organization == organization && handshake.action == action && handshake.is_live(now)
        };
        match self.resolve(recipient) {
            Some(account) => self.received(&account).any(same),
            None => self.newest([self.index.received.get(&recipient.key()), None], None).any(same),
        }
    }

    /// InviteAccountToOrganization.
    pub fn invite_account(
        &mut self,
        caller: &str,
        recipient: Recipient,
        letter: Letter,
        now: Timestamp,
    ) -> Result<&Handshake, Refusal> {
        let organization = self.managed_by(caller)?.to_owned();
        if self.pending_all_features(&organization, now).is_some() {
            return Err(Refusal::Handshake(HandshakeConstraint::InviteDisabled));
        }
        let account = self.resolve(&recipient);
        if account.is_some_and(|account| self.organization_of(&account) == Some(&organization)) {
            return Err(Refusal::Handshake(HandshakeConstraint::AlreadyInAnOrganization));
        }
        if self.has_live(&organization, Action::Invite, &recipient, now) {
            return Err(Refusal::DuplicateHandshake);
        }
        self.has_room(&organization, now)?;
        let id = self.new_handshake_id();
        let invited = self.invite(&id, &organization, recipient, letter.notes.as_deref(), now);
        let invited = invited.ok_or(Refusal::NotInUse)?;
        invited.tags = letter.tags;
        Ok(invited)
    }

    /// The quotas on accounts and on invitations a day.
    fn has_room(&self, organization: &str, now: Timestamp) -> Result<(), Refusal> {
        let quota = self.organizations.get(organization).map_or(0, |organization| organization.account_quota);
        let daily = quota.max(DAILY_INVITATIONS);
        let sent = self.index.sent.get(organization).map_or(0, BTreeSet::len);
        let members = self.member_count(organization);
        // While everything ever sent fits, nothing has to be counted.
        if sent < daily && members.saturating_add(sent) < quota {
            return Ok(());
        }
        let within = |span: SignedDuration| {
            let invitations =
                self.sent_after(organization, None).filter(|handshake| handshake.action == Action::Invite);
            invitations.take_while(move |handshake| later(handshake.requested, span) > now)
        };
        let attempts = within(days(1)).filter(|handshake| handshake.state(now) != HandshakeState::Accepted);
        if attempts.count() >= daily {
            return Err(Refusal::Handshake(HandshakeConstraint::RateLimit));
        }
        let waiting = within(Action::Invite.lifetime()).filter(|handshake| handshake.is_live(now)).count();
        if members.saturating_add(waiting) >= quota {
            return Err(Refusal::Handshake(HandshakeConstraint::AccountNumber));
        }
        Ok(())
    }

    /// EnableAllFeatures.
    pub fn enable_all_features(&mut self, caller: &str, now: Timestamp) -> Result<&Handshake, Refusal> {
        let organization = self.managed_by(caller)?.to_owned();
        if self.organizations.get(&organization).is_some_and(|found| found.feature_set == FeatureSet::All) {
            return Err(Refusal::Handshake(HandshakeConstraint::AlreadyHasAllFeatures));
        }
        if self.pending_all_features(&organization, now).is_some() {
            return Err(Refusal::Handshake(HandshakeConstraint::PendingAllFeatures));
        }
        if self.member_count(&organization) > STANDARD_MIGRATION_ACCOUNTS {
            return Err(Refusal::Constraint(Constraint::MigrationSize));
        }
        // Invitations that wait promise another organization: they end (user guide, Enabling all features).
        let promised: Vec<_> = self
            .sent_after(&organization, None)
            .filter(|handshake| handshake.action == Action::Invite && handshake.is_live(now))
            .map(|handshake| handshake.id.clone())
            .collect();
        for id in promised {
            self.settle(&id, HandshakeState::Canceled, now);
        }
        let parent = self.new_handshake_id();
        let started = self.send(&parent, Action::EnableAllFeatures, &organization, None, now);
        started.ok_or(Refusal::NotInUse)?.progress = (HandshakeState::Requested, now);
        // Created members have no say (API reference, Handshake, ENABLE_ALL_FEATURES).
        let invited: Vec<_> = self
            .members(&organization)
            .filter(|account| *account != caller && self.was_invited(account))
            .map(str::to_owned)
            .collect();
        for account in &invited {
            let id = self.new_handshake_id();
            self.ask_to_approve(&id, &parent, account, now);
        }
        self.open_if_approved(&parent, now);
        self.handshakes.get(&parent).ok_or(Refusal::NotFound)
    }

    fn was_invited(&self, account: &str) -> bool {
        let membership = self.accounts.get(account).and_then(|account| account.membership.as_ref());
        membership.is_some_and(|membership| membership.method == JoinedMethod::Invited)
    }

    /// InviteOrganizationToTransferResponsibility.
    pub fn invite_to_transfer(
        &mut self,
        caller: &str,
        recipient: Recipient,
        letter: Letter,
        name: &str,
        start: Timestamp,
        now: Timestamp,
    ) -> Result<&Handshake, Refusal> {
        let target = self.managed_by(caller)?.to_owned();
        // Nobody could accept it a day before the start (billing guide, Sending invitations).
        if later(start, -days(1)) <= now {
            return Err(Refusal::Input(InvalidInput::StartTooEarly));
        }
        let account = self.resolve(&recipient).ok_or(Refusal::Handshake(HandshakeConstraint::TargetValidation))?;
        let source = self.organization_of(&account);
        if source == Some(&target) && account == caller {
            return Err(Refusal::Handshake(HandshakeConstraint::SourceIsTarget));
        }
        // Between management accounts only (billing guide, Sending invitations).
        let source = source.filter(|source| self.manages(&account, source));
        let source = source.ok_or(Refusal::Handshake(HandshakeConstraint::TargetValidation))?;
        let current = self.organizations.get(source).and_then(|organization| organization.transfer.as_ref());
        if current.is_some_and(|transfer| transfer.target == target) {
            return Err(Refusal::Handshake(HandshakeConstraint::TransferExists));
        }
        if self.has_live(&target, Action::TransferResponsibility, &recipient, now) {
            return Err(Refusal::DuplicateHandshake);
        }
        let quota = self.organizations.get(&target).map_or(0, |organization| organization.transfer_quota);
        let taken = self.organizations.values().filter_map(|organization| organization.transfer.as_ref());
        // An invitation that waits counts (billing guide, Quotas).
        let waiting = self
            .sent_after(&target, None)
            .filter(|handshake| handshake.action == Action::TransferResponsibility && handshake.is_live(now));
        if taken.filter(|transfer| transfer.target == target).count() + waiting.count() >= quota {
            return Err(Refusal::Constraint(Constraint::InboundTransfers));
        }
        let number = self.next_number();
        let transfer =
            Transfer { id: format!("rt-example{number:08}"), name: name.to_owned(), target, start, tags: letter.tags };
        let id = self.new_handshake_id();
        let offered = self.offer_transfer(&id, recipient, transfer, letter.notes.as_deref(), now);
        offered.map(|handshake| &*handshake).ok_or(Refusal::NotInUse)
    }

    /// What an acceptance of a transfer from `source` to `target` has to fulfil.
    fn can_transfer(&self, account: &str, source: &str, target: &str) -> Result<(), Refusal> {
        if source == target {
            return Err(Refusal::Handshake(HandshakeConstraint::SourceIsTarget));
        }
        // Only a management account accepts it (API reference, AcceptHandshake).
        if !self.manages(account, source) {
            return Err(Refusal::AccessDenied);
        }
        let transfer_of = |id: &str| self.organizations.get(id).and_then(|found| found.transfer.as_ref());
        match transfer_of(source) {
            Some(transfer) if transfer.target == target => {
                return Err(Refusal::Handshake(HandshakeConstraint::TransferExists));
            }
            // One organization at a time (billing guide, Quotas, "Outbound billing transfers").
            Some(_) => return Err(Refusal::Constraint(Constraint::OutboundTransfers)),
            None => {}
        }
        // Bills can't be handed round in a circle; the reference knows no reason that fits better.
        let mut chain = iter::successors(Some(target), |id| transfer_of(id).map(|transfer| transfer.target.as_str()));
        if chain.by_ref().take(self.organizations.len()).any(|id| id == source) {
            return Err(Refusal::Constraint(Constraint::TransferLevels));
        }
        Ok(())
    }
}

/// The domain of addresses that nobody has told.
const EMAIL_DOMAIN: &str = "@example.com";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::keep::preloaded::preloaded;

    const ID: &str = "h-examplehandshakeid111";
    const SENDER: &str = "o-exampleorgid";
    const MANAGEMENT: &str = "111111111111";
    const INVITED: &str = "222222222222";
    const MEMBER: &str = "333333333333";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn requested() -> Timestamp {
        at("2016-12-13T19:14:19.257Z")
    }

    /// An organization with a member, and an INVITE in a state.
    fn world_with(recipient: Recipient, progress: HandshakeState) -> State {
        world_of(Action::Invite, recipient, progress)
    }

    /// An organization with a member, and a handshake in a state.
    fn world_of(action: Action, recipient: Recipient, progress: HandshakeState) -> State {
        let mut state = State::default();
        state.add_account(MANAGEMENT, "bill@amazon.com", "Org Master Account");
        state.add_account(INVITED, "juan@example.com", "Juan");
        let organization = Organization::new(MANAGEMENT, FeatureSet::All, "r-examplerootid111");
        state.add_organization(SENDER, organization, requested());
        state.join(MEMBER, SENDER, JoinedMethod::Invited, Tags::new(), requested());
        let handshake = match action {
            Action::Invite => state.invite(ID, SENDER, recipient, None, requested()),
            Action::EnableAllFeatures => state.send(ID, action, SENDER, None, requested()),
            Action::ApproveAllFeatures | Action::AddServiceLinkedRole => {
                state.join(INVITED, SENDER, JoinedMethod::Created, Tags::new(), requested());
                state.send("h-exampleparent111", Action::EnableAllFeatures, SENDER, None, requested());
                if action == Action::ApproveAllFeatures {
                    state.ask_to_approve(ID, "h-exampleparent111", INVITED, requested())
                } else {
                    state.send(ID, action, SENDER, Some(recipient), requested())
                }
            }
            Action::TransferResponsibility => {
                let other = Organization::new(INVITED, FeatureSet::All, "r-exampleotherroot111");
                state.add_organization("o-exampleotherorg", other, requested());
                let transfer = Transfer {
                    id: "rt-exampletransfer111".to_owned(),
                    name: "bills".to_owned(),
                    target: SENDER.to_owned(),
                    start: at("2017-02-01T00:00:00Z"),
                    tags: Tags::new(),
                };
                state.offer_transfer(ID, recipient, transfer, None, requested())
            }
        };
        let handshake = handshake.unwrap();
        if progress == HandshakeState::Expired {
            handshake.expires = requested();
        } else {
            handshake.begin_as(progress, requested());
        }
        state
    }

    fn by_id() -> Recipient {
        Recipient::Account(INVITED.to_owned())
    }

    fn by_email() -> Recipient {
        Recipient::Email("juan@example.com".to_owned())
    }

    fn call(state: &mut State, caller: &str, operation: Operation, now: Timestamp) -> Result<HandshakeState, Refusal> {
        let caller = Caller::Account(caller.to_owned());
        let moved = state.perform(&caller, operation, ID, now);
        moved.map(|handshake| handshake.state(now))
    }

    /// Cells are the state that the operation leads to, or why it is refused: `already` AlreadyInState,
    /// `invalid` InvalidTransition, `denied` AccessDenied.
    const TABLE: &str = "
        operation          caller       REQUESTED  OPEN       CANCELED   ACCEPTED   DECLINED   EXPIRED

        AcceptHandshake    by-id        ACCEPTED   ACCEPTED   invalid    already    invalid    invalid
        AcceptHandshake    by-email     ACCEPTED   ACCEPTED   invalid    already    invalid    invalid
        AcceptHandshake    implied      ACCEPTED   ACCEPTED   invalid    already    invalid    invalid
        AcceptHandshake    management   denied     denied     denied     denied     denied     denied
        AcceptHandshake    member       denied     denied     denied     denied     denied     denied
        AcceptHandshake    stranger     denied     denied     denied     denied     denied     denied

        DeclineHandshake   by-id        DECLINED   DECLINED   invalid    invalid    already    invalid
        DeclineHandshake   by-email     DECLINED   DECLINED   invalid    invalid    already    invalid
        DeclineHandshake   implied      DECLINED   DECLINED   invalid    invalid    already    invalid
        DeclineHandshake   management   denied     denied     denied     denied     denied     denied
        DeclineHandshake   member       denied     denied     denied     denied     denied     denied
        DeclineHandshake   stranger     denied     denied     denied     denied     denied     denied

        CancelHandshake    by-id        denied     denied     denied     denied     denied     denied
        CancelHandshake    by-email     denied     denied     denied     denied     denied     denied
        CancelHandshake    implied      CANCELED   CANCELED   already    invalid    invalid    invalid
        CancelHandshake    management   CANCELED   CANCELED   already    invalid    invalid    invalid
        CancelHandshake    member       denied     denied     denied     denied     denied     denied
        CancelHandshake    stranger     denied     denied     denied     denied     denied     denied

        DescribeHandshake  by-id        REQUESTED  OPEN       CANCELED   ACCEPTED   DECLINED   EXPIRED
        DescribeHandshake  by-email     REQUESTED  OPEN       CANCELED   ACCEPTED   DECLINED   EXPIRED
        DescribeHandshake  implied      REQUESTED  OPEN       CANCELED   ACCEPTED   DECLINED   EXPIRED
        DescribeHandshake  management   REQUESTED  OPEN       CANCELED   ACCEPTED   DECLINED   EXPIRED
        DescribeHandshake  member       REQUESTED  OPEN       CANCELED   ACCEPTED   DECLINED   EXPIRED
        DescribeHandshake  stranger     denied     denied     denied     denied     denied     denied
    ";

    /// The same for ENABLE_ALL_FEATURES, which an organization has with itself.
    const OWN_TABLE: &str = "
        operation          caller       REQUESTED  OPEN       CANCELED   ACCEPTED   DECLINED   EXPIRED

        AcceptHandshake    management   invalid    ACCEPTED   invalid    already    invalid    invalid
        AcceptHandshake    implied      invalid    ACCEPTED   invalid    already    invalid    invalid
        AcceptHandshake    member       denied     denied     denied     denied     denied     denied
        AcceptHandshake    stranger     denied     denied     denied     denied     denied     denied

        DeclineHandshake   management   DECLINED   DECLINED   invalid    invalid    already    invalid
        DeclineHandshake   implied      DECLINED   DECLINED   invalid    invalid    already    invalid
        DeclineHandshake   member       denied     denied     denied     denied     denied     denied
        DeclineHandshake   stranger     denied     denied     denied     denied     denied     denied

        CancelHandshake    management   CANCELED   CANCELED   already    invalid    invalid    invalid
        CancelHandshake    implied      CANCELED   CANCELED   already    invalid    invalid    invalid
        CancelHandshake    member       denied     denied     denied     denied     denied     denied
        CancelHandshake    stranger     denied     denied     denied     denied     denied     denied

        DescribeHandshake  management   REQUESTED  OPEN       CANCELED   ACCEPTED   DECLINED   EXPIRED
        DescribeHandshake  implied      REQUESTED  OPEN       CANCELED   ACCEPTED   DECLINED   EXPIRED
        DescribeHandshake  member       REQUESTED  OPEN       CANCELED   ACCEPTED   DECLINED   EXPIRED
        DescribeHandshake  stranger     denied     denied     denied     denied     denied     denied
    ";

    #[test]
    fn state_by_operation_by_caller() {
        for action in Action::ALL {
            let (table, callers) = if *action == Action::EnableAllFeatures { (OWN_TABLE, 4) } else { (TABLE, 6) };
            check_table(*action, table, callers);
        }
    }

    fn check_table(action: Action, table: &str, callers: usize) {
        let find = |name: &str| HandshakeState::ALL.iter().find(|state| state.as_str() == name);
        let mut rows =
            table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).filter(|row| !row.is_empty());
        let header = rows.next().unwrap();
        let states: Vec<_> = header[2..].iter().map(|name| *find(name).unwrap()).collect();
        assert_eq!(states, HandshakeState::ALL);

        let mut cells = 0;
        for row in rows {
            let operation = *Operation::ALL.iter().find(|known| known.as_str() == row[0]).unwrap();
            let account = |id: &str| Caller::Account(id.to_owned());
            let (recipient, caller) = match row[1] {
                "by-id" => (by_id(), account(INVITED)),
                "by-email" => (by_email(), account(INVITED)),
                "implied" => (by_email(), Caller::Implied),
                "management" => (by_id(), account(MANAGEMENT)),
                "member" => (by_id(), account(MEMBER)),
                "stranger" => (by_email(), account("444444444444")),
                other => panic!("{other}"),
            };
            assert_eq!(row.len(), 2 + states.len(), "{row:?}");
            for (before, cell) in states.iter().zip(&row[2..]) {
                let expected = match *cell {
                    "already" => Err(Refusal::AlreadyInState),
                    "invalid" => Err(Refusal::InvalidTransition),
                    "denied" => Err(Refusal::AccessDenied),
                    name => Ok(*find(name).unwrap()),
                };
                let mut state = world_of(action, recipient.clone(), *before);
                let untouched = state.clone();
                let actual =
                    state.perform(&caller, operation, ID, requested()).map(|handshake| handshake.state(requested()));
                assert_eq!(actual, expected, "{} of {action:?} by {} in {}", row[0], row[1], before.as_str());
                if expected.is_err() {
                    assert_eq!(state, untouched, "a refused operation changes nothing");
                }
                cells += 1;
            }
        }
        assert_eq!(cells, Operation::ALL.len() * callers * states.len());
    }

    #[test]
    fn accepting_makes_the_account_a_member_below_the_root() {
        for recipient in [by_id(), by_email(), Recipient::Account("555555555555".to_owned())] {
            let mut state = world_with(recipient, HandshakeState::Open);
            state.perform(&Caller::Implied, Operation::Accept, ID, requested()).unwrap();
            let account = state.recipient_account(&state.handshakes[ID]).unwrap();
            let membership = state.account(&account).unwrap().membership.as_ref().unwrap();
            assert_eq!(membership.organization, SENDER);
            assert_eq!(membership.parent, "r-examplerootid111");
        }
        for operation in [Operation::Decline, Operation::Cancel, Operation::Describe] {
            let mut state = world_with(by_id(), HandshakeState::Open);
            state.perform(&Caller::Implied, operation, ID, requested()).unwrap();
            assert_eq!(state.account(INVITED).unwrap().membership, None);
        }
    }

    #[test]
    fn unknown_accounts_and_handshakes() {
        // Nobody has heard of this account, yet it is one, and the invitation is for it.
        let mut state = world_with(Recipient::Account("999999999999".to_owned()), HandshakeState::Open);
        assert_eq!(call(&mut state, "999999999999", Operation::Accept, requested()), Ok(HandshakeState::Accepted));

        let mut state = world_with(Recipient::Email("nobody@example.com".to_owned()), HandshakeState::Open);
        for caller in [Caller::Implied, Caller::Account(INVITED.to_owned())] {
            let accepted = state.perform(&caller, Operation::Accept, ID, requested());
            assert_eq!(accepted.map(|_| ()), Err(Refusal::AccessDenied));
        }
        assert_eq!(call(&mut state, MANAGEMENT, Operation::Cancel, requested()), Ok(HandshakeState::Canceled));

        for operation in Operation::ALL {
            let unknown = state.perform(&Caller::Implied, *operation, "h-unknown11", requested());
            assert_eq!(unknown.map(|_| ()), Err(Refusal::NotFound));
        }
    }

    #[test]
    fn an_invitation_expires_after_fifteen_days_to_the_nanosecond() {
        let edge = at("2016-12-28T19:14:19.257Z");
        let before = at("2016-12-28T19:14:19.256999999Z");
        let fresh = || world_with(by_id(), HandshakeState::Open);
        assert_eq!(fresh().handshakes[ID].expires, edge);
        assert_eq!(call(&mut fresh(), INVITED, Operation::Describe, before), Ok(HandshakeState::Open));
        assert_eq!(call(&mut fresh(), INVITED, Operation::Accept, before), Ok(HandshakeState::Accepted));
        assert_eq!(call(&mut fresh(), INVITED, Operation::Describe, edge), Ok(HandshakeState::Expired));
        assert_eq!(call(&mut fresh(), INVITED, Operation::Accept, edge), Err(Refusal::InvalidTransition));
        assert_eq!(call(&mut fresh(), MANAGEMENT, Operation::Cancel, edge), Err(Refusal::InvalidTransition));
        // An answered invitation doesn't expire.
        let mut answered = fresh();
        call(&mut answered, INVITED, Operation::Decline, before).unwrap();
        assert_eq!(call(&mut answered, INVITED, Operation::Describe, edge), Ok(HandshakeState::Declined));
    }

    #[test]
    fn a_final_handshake_is_gone_after_thirty_days_to_the_nanosecond() {
        let moved = at("2016-12-20T00:00:00Z");
        for (caller, operation) in
            [(INVITED, Operation::Accept), (INVITED, Operation::Decline), (MANAGEMENT, Operation::Cancel)]
        {
            let mut state = world_with(by_id(), HandshakeState::Open);
            let after = call(&mut state, caller, operation, moved);
            let (last, gone) = (at("2017-01-18T23:59:59.999999999Z"), at("2017-01-19T00:00:00Z"));
            assert_eq!(call(&mut state, caller, Operation::Describe, last), after);
            assert_eq!(call(&mut state, caller, operation, last), Err(Refusal::AlreadyInState));
            for operation in Operation::ALL {
                assert_eq!(call(&mut state, caller, *operation, gone), Err(Refusal::NotFound));
            }
        }
        // An expired one counts from its expiration.
        let mut state = world_with(by_id(), HandshakeState::Open);
        let (last, gone) = (at("2017-01-27T19:14:19.256999999Z"), at("2017-01-27T19:14:19.257Z"));
        assert_eq!(call(&mut state, INVITED, Operation::Describe, last), Ok(HandshakeState::Expired));
        assert_eq!(call(&mut state, INVITED, Operation::Describe, gone), Err(Refusal::NotFound));
    }

    /// Numbers that only look random, the same on every run (SplitMix64).
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, bound: usize) -> usize {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            usize::try_from((z ^ (z >> 31)) % bound as u64).unwrap()
        }

        fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
            &list[self.below(list.len())]
        }
    }

    /// Everything that the operations of a random caller could be, by the numbers.
    fn anything(
        state: &mut State,
        numbers: &mut Numbers,
        caller: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        const ACCOUNTS: &[&str] = &[
            "111111111111",
            "222222222222",
            "444444444444",
            "666666666666",
            "999999999999",
            "101010101010",
            "151515151515",
            "191919191919",
            "202020202020",
        ];
        let recipient = match numbers.below(3) {
            0 => Recipient::Email("juan@example.com".to_owned()),
            _ => Recipient::Account((*numbers.pick(ACCOUNTS)).to_owned()),
        };
        match numbers.below(16) {
            0 => state.invite_account(caller, recipient, Letter::default(), now).map(|_| ()),
            1 => {
                let start = later(now, days(40));
                state.invite_to_transfer(caller, recipient, Letter::default(), "bills", start, now).map(|_| ())
            }
            2 => state.enable_all_features(caller, now).map(|_| ()),
            3 => state.create_organization(caller, FeatureSet::ConsolidatedBilling, now).map(|_| ()),
            4 => state.leave(caller, now),
            5 => state.remove(caller, ACCOUNTS[numbers.below(ACCOUNTS.len())], now),
            _ => {
                let operation = *numbers.pick(Operation::ALL);
                state.perform(&Caller::Account(caller.to_owned()), operation, id, now).map(|_| ())
            }
        }
    }

    #[test]
    fn invariants_hold_under_any_sequence_of_operations() {
        let made = at("2026-12-31T00:00:00Z");
        let mut moves = 0;
        for seed in 0..150 {
            let mut numbers = Numbers(seed);
            let mut state = preloaded(made);
            let mut now = made;
            for _ in 0..120 {
                let everyone: Vec<_> = state.accounts.keys().cloned().collect();
                let ids: Vec<_> = state.handshakes.keys().cloned().collect();
                let id = numbers.pick(&ids);
                let (recipient, sender) =
                    (state.recipient_account(&state.handshakes[id]), &state.handshakes[id].originator);
                let caller = match numbers.below(4) {
                    0 => sender.clone(),
                    1 => recipient.unwrap_or_else(|| sender.clone()),
                    _ => numbers.pick(&everyone).clone(),
                };
                now = later(now, SignedDuration::from_hours(numbers.below(20) as i64));
                let before = state.clone();
                let outcome = anything(&mut state, &mut numbers, &caller, id, now);
                if outcome.is_err() {
                    assert_eq!(state, before, "only a successful change changes anything: {outcome:?}");
                }
                for (id, was) in &before.handshakes {
                    let is = &state.handshakes[id];
                    if !was.is_live(now) {
                        assert_eq!(is, was, "a final state never changes");
                    }
                    let dates = |handshake: &Handshake| (handshake.requested, handshake.expires);
                    assert_eq!(dates(is), dates(was));
                    if is != was {
                        moves += 1;
                        // What follows from another's doing follows from a doing of the same organization.
                        let home = |state: &State| state.organization_of(&caller).map(str::to_owned);
                        let party = before.recipient_account(was).is_some_and(|account| account == caller);
                        let related = [home(&before), home(&state)].contains(&Some(was.organization.clone()));
                        assert!(party || related, "only a party moves a handshake: {id} by {caller}");
                    }
                }
                for (id, organization) in &state.organizations {
                    let home = state.organization_of(&organization.management_account);
                    assert_eq!(home, Some(id.as_str()), "a management account stays");
                    for member in state.members(id) {
                        assert_eq!(state.organization_of(member), Some(id.as_str()), "{member}");
                    }
                }
                let listed: usize = state.organizations.keys().map(|id| state.member_count(id)).sum();
                let members = state.accounts.values().filter(|account| account.membership.is_some());
                assert_eq!(listed, members.count(), "an account is in at most one organization");
                for account in &everyone {
                    let mut last = None;
                    for handshake in state.received(account) {
                        let place = (handshake.requested, handshake.id.clone());
                        assert!(last.is_none_or(|last| place < last), "newest first, and none twice");
                        last = Some(place);
                        let (caller, id) = (Caller::Account(account.clone()), &handshake.id);
                        let described = state.clone().perform(&caller, Operation::Describe, id, now).cloned();
                        match described {
                            Ok(described) => assert_eq!(described, *handshake),
                            Err(refusal) => assert_eq!((refusal, handshake.is_gone(now)), (Refusal::NotFound, true)),
                        }
                    }
                    // Enough for one account a step: what is listed can be described.
                    if numbers.below(4) > 0 {
                        break;
                    }
                }
            }
            assert_eq!(State::from_json(&state.to_json()), Ok(state));
        }
        assert!(moves > 500, "only {moves} moves");
    }
}
