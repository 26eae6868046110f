//! Organizations, accounts and handshakes, and the rules by which handshakes move.
//!
//! Pure: no I/O, and the time is an argument. The rules are those of the [API reference] and the [user guide].
//!
//! [API reference]: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Handshake.html
//! [user guide]: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_invites.html

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::Caller;
use super::clock::later;

/// How long a final handshake can still be seen, EXPIRED ones too (API reference, Handshake).
pub const RETENTION: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Whether `id` is an account id: twelve digits.
pub fn is_account_id(id: &str) -> bool {
    id.len() == 12 && id.bytes().all(|byte| byte.is_ascii_digit())
}

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
        }
    };
}

names! {
    /// What happens when a handshake is accepted.
    Action {
        /// The recipient joins the organization.
        Invite = "INVITE",
    }
}

impl Action {
    /// How long a handshake of this kind can be answered: 15 days for INVITE (API reference, Handshake).
    pub fn lifetime(self) -> SignedDuration {
        match self {
            Action::Invite => SignedDuration::from_hours(15 * 24),
        }
    }

    /// Who may perform an operation on a handshake of this kind.
    fn actor(self, operation: Operation) -> Actor {
        match (self, operation) {
            (_, Operation::Describe) => Actor::EitherParty,
            (Action::Invite, Operation::Accept | Operation::Decline) => Actor::Recipient,
            (Action::Invite, Operation::Cancel) => Actor::Originator,
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
    /// HandshakeConstraintViolationException, ALREADY_IN_AN_ORGANIZATION.
    AlreadyInAnOrganization,
    /// HandshakeNotFoundException: there is none with this id, or no longer.
    NotFound,
    /// InvalidHandshakeTransitionException: its state is another final one.
    InvalidTransition,
    /// MasterCannotLeaveOrganizationException: a management account can't move to another organization.
    ManagementAccountCannotLeave,
}

/// The transition table: the state that an operation brings a handshake of this kind into.
pub fn transition(action: Action, state: HandshakeState, operation: Operation) -> Result<HandshakeState, Refusal> {
    use HandshakeState::{Accepted, Canceled, Declined, Expired, Open, Requested};
    use Operation::{Accept, Cancel, Decline, Describe};
    use Refusal::{AlreadyInState, InvalidTransition};
    match (action, operation, state) {
        (_, Describe, state) => Ok(state),

        (Action::Invite, Accept, Requested | Open) => Ok(Accepted),
        (Action::Invite, Accept, Accepted) => Err(AlreadyInState),
        (Action::Invite, Accept, Canceled | Declined | Expired) => Err(InvalidTransition),

        (Action::Invite, Decline, Requested | Open) => Ok(Declined),
        (Action::Invite, Decline, Declined) => Err(AlreadyInState),
        (Action::Invite, Decline, Canceled | Accepted | Expired) => Err(InvalidTransition),

        (Action::Invite, Cancel, Requested | Open) => Ok(Canceled),
        (Action::Invite, Cancel, Canceled) => Err(AlreadyInState),
        (Action::Invite, Cancel, Accepted | Declined | Expired) => Err(InvalidTransition),
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
}

/// A piece of information that goes with a handshake (API reference, HandshakeResource).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The type, such as `NOTES`.
    pub kind: &'static str,
    /// The value, whose form depends on the type.
    pub value: String,
    /// Details of the value.
    pub resources: Vec<Resource>,
}

impl Resource {
    /// A resource without details.
    pub fn new(kind: &'static str, value: impl Into<String>) -> Resource {
        Resource { kind, value: value.into(), resources: Vec::new() }
    }
}

/// A handshake between an organization and an account.
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
    /// Whom it was sent to.
    pub recipient: Recipient,
    /// What the recipient is told, as it was when the request was made.
    pub resources: Vec<Resource>,
    /// When the request was made.
    pub requested: Timestamp,
    /// From when on it can't be answered any more.
    pub expires: Timestamp,
    /// The state that the parties have brought it into, and since when.
    progress: (HandshakeState, Timestamp),
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
    pub(super) fn begin_as(&mut self, state: HandshakeState, since: Timestamp) {
        self.progress = (state, since);
    }
}

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// The account that made it and manages it.
    pub management_account: String,
    /// `ALL` or `CONSOLIDATED_BILLING`.
    pub feature_set: &'static str,
    /// The id of its root, which accounts that join are put under.
    pub root: String,
}

/// An account's place in an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The id of the organization.
    pub organization: String,
    /// The id of the root or organizational unit that the account is in.
    pub parent: String,
}

/// An account. One that has no entry in [`State`] stands alone and has no known address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The email address of its owner.
    pub email: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The organization that it belongs to; an account is in at most one.
    pub membership: Option<Membership>,
}

/// All that the service knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    organizations: BTreeMap<String, Organization>,
    accounts: BTreeMap<String, Account>,
    handshakes: BTreeMap<String, Handshake>,
}

impl State {
    /// Adds an account that stands alone.
    pub fn add_account(&mut self, id: &str, email: &str, name: &str) {
        let account = Account { email: Some(email.to_owned()), name: Some(name.to_owned()), membership: None };
        self.accounts.insert(id.to_owned(), account);
    }

    /// Adds an organization and puts its management account under its root.
    pub fn add_organization(&mut self, id: &str, organization: Organization) {
        let management_account = organization.management_account.clone();
        self.organizations.insert(id.to_owned(), organization);
        self.join(&management_account, id);
    }

    /// Makes an account a member of an organization, below its root; it leaves the one it was in.
    pub fn join(&mut self, account: &str, organization: &str) {
        let Some(Organization { root, .. }) = self.organizations.get(organization) else {
            return;
        };
        let membership = Membership { organization: organization.to_owned(), parent: root.clone() };
        self.accounts.entry(account.to_owned()).or_default().membership = Some(membership);
    }

    /// Records an invitation to an organization, requested at a time. It is OPEN: only a reply moves it.
    ///
    /// `None` if there is no such organization.
    pub fn invite(
        &mut self,
        id: &str,
        organization: &str,
        recipient: Recipient,
        notes: Option<&str>,
        requested: Timestamp,
    ) -> Option<&mut Handshake> {
        let sender = self.organizations.get(organization)?;
        let management = self.accounts.get(&sender.management_account)?;
        let mut from = Resource::new("ORGANIZATION", organization);
        from.resources.extend(management.email.as_ref().map(|email| Resource::new("MASTER_EMAIL", email)));
        from.resources.extend(management.name.as_ref().map(|name| Resource::new("MASTER_NAME", name)));
        from.resources.push(Resource::new("ORGANIZATION_FEATURE_SET", sender.feature_set));
        let (kind, value) = recipient.parts();
        let mut resources = vec![from, Resource::new(kind, value)];
        resources.extend(notes.map(|notes| Resource::new("NOTES", notes)));

        let action = Action::Invite;
        let handshake = Handshake {
            id: id.to_owned(),
            action,
            organization: organization.to_owned(),
            originator: sender.management_account.clone(),
            recipient,
            resources,
            requested,
            expires: later(requested, action.lifetime()),
            progress: (HandshakeState::Open, requested),
        };
        let entry = self.handshakes.entry(id.to_owned());
        Some(entry.insert_entry(handshake).into_mut())
    }

    /// The account with this id; `None` for one that stands alone and has no known address.
    pub fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.get(id)
    }

    /// The handshake with this id, unless it is deleted by now.
    pub fn handshake(&self, id: &str, now: Timestamp) -> Option<&Handshake> {
        self.handshakes.get(id).filter(|handshake| !handshake.is_gone(now))
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
        let recipient = self.recipient_account(handshake).map(str::to_owned);
        if !self.may(caller, handshake, operation, recipient.as_deref()) {
            return Err(Refusal::AccessDenied);
        }
        let before = handshake.state(now);
        let after = transition(handshake.action, before, operation)?;
        if after == HandshakeState::Accepted && before != after {
            match handshake.action {
                Action::Invite => {
                    let account = recipient.ok_or(Refusal::AccessDenied)?;
                    let organization = handshake.organization.clone();
                    self.can_join(&account, &organization)?;
                    self.join(&account, &organization);
                }
            }
        }
        let handshake = self.handshakes.get_mut(id).ok_or(Refusal::NotFound)?;
        if before != after {
            handshake.progress = (after, now);
        }
        Ok(handshake)
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
            Actor::Originator => self
                .organizations
                .get(&handshake.organization)
                .is_some_and(|sender| sender.management_account == *caller),
            // DescribeHandshake can be called "from any account in a organization" (API reference).
            Actor::EitherParty => is_recipient || self.organization_of(caller) == Some(&handshake.organization),
        }
    }

    /// The account that a handshake was sent to; `None` if no account has the address.
    fn recipient_account<'a>(&'a self, handshake: &'a Handshake) -> Option<&'a str> {
        match &handshake.recipient {
            Recipient::Account(id) => Some(id),
            Recipient::Email(address) => self
                .accounts
                .iter()
                .find(|(_, account)| account.email.as_ref() == Some(address))
                .map(|(id, _)| id.as_str()),
        }
    }

    fn organization_of(&self, account: &str) -> Option<&str> {
        let membership = self.accounts.get(account)?.membership.as_ref()?;
        Some(&membership.organization)
    }

    /// A member of another organization moves over directly; a management account can't leave its own.
    fn can_join(&self, account: &str, organization: &str) -> Result<(), Refusal> {
        let Some(current) = self.organization_of(account) else {
            return Ok(());
        };
        if current == organization {
            return Err(Refusal::AlreadyInAnOrganization);
        }
        match self.organizations.get(current) {
            Some(current) if current.management_account == account => Err(Refusal::ManagementAccountCannotLeave),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::world;

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

    /// An organization with a member, and a handshake in a state.
    fn world_with(recipient: Recipient, progress: HandshakeState) -> State {
        let mut state = State::default();
        state.add_account(MANAGEMENT, "bill@amazon.com", "Org Master Account");
        state.add_account(INVITED, "juan@example.com", "Juan");
        let organization = Organization {
            management_account: MANAGEMENT.to_owned(),
            feature_set: "ALL",
            root: "r-examplerootid111".to_owned(),
        };
        state.add_organization(SENDER, organization);
        state.join(MEMBER, SENDER);
        let handshake = state.invite(ID, SENDER, recipient, None, requested()).unwrap();
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

    #[test]
    fn state_by_operation_by_caller() {
        let find = |name: &str| HandshakeState::ALL.iter().find(|state| state.as_str() == name);
        let mut rows =
            TABLE.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).filter(|row| !row.is_empty());
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
                let mut state = world_with(recipient.clone(), *before);
                let untouched = state.clone();
                let actual =
                    state.perform(&caller, operation, ID, requested()).map(|handshake| handshake.state(requested()));
                assert_eq!(actual, expected, "{} by {} in {}", row[0], row[1], before.as_str());
                if expected.is_err() {
                    assert_eq!(state, untouched, "a refused operation changes nothing");
                }
                cells += 1;
            }
        }
        assert_eq!(cells, Operation::ALL.len() * 6 * states.len());
    }

    #[test]
    fn accepting_makes_the_account_a_member_below_the_root() {
        for recipient in [by_id(), by_email(), Recipient::Account("555555555555".to_owned())] {
            let mut state = world_with(recipient, HandshakeState::Open);
            state.perform(&Caller::Implied, Operation::Accept, ID, requested()).unwrap();
            let account = state.recipient_account(&state.handshakes[ID]).unwrap();
            let membership = state.account(account).unwrap().membership.as_ref().unwrap();
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

    #[test]
    fn invariants_hold_under_any_sequence_of_operations() {
        let made = at("2026-12-31T00:00:00Z");
        let mut moves = 0;
        for seed in 0..400 {
            let mut numbers = Numbers(seed);
            let mut state = world::preloaded(made);
            let mut now = made;
            for _ in 0..100 {
                let id = numbers.pick(world::PRELOADED).0;
                let operation = *numbers.pick(Operation::ALL);
                let account = *numbers.pick(&[
                    "111111111111",
                    "222222222222",
                    "333333333333",
                    "444444444444",
                    "555555555555",
                    "666666666666",
                    "777777777777",
                    "888888888888",
                    "999999999999",
                    "101010101010",
                    "000000000000",
                ]);
                let caller = match numbers.below(4) {
                    0 => Caller::Implied,
                    _ => Caller::Account(account.to_owned()),
                };
                now = later(now, SignedDuration::from_hours(numbers.below(10) as i64));
                let before = state.clone();
                let outcome = state.perform(&caller, operation, id, now).map(|handshake| handshake.state(now));

                if outcome.is_err() || operation == Operation::Describe {
                    assert_eq!(state, before, "only a successful change changes anything");
                }
                for (id, was) in &before.handshakes {
                    let is = &state.handshakes[id];
                    if !was.state(now).is_live() {
                        assert_eq!(is, was, "a final state never changes");
                    }
                    let dates = |handshake: &Handshake| (handshake.requested, handshake.expires);
                    assert_eq!(dates(is), dates(was));
                    if is != was {
                        moves += 1;
                        let Caller::Account(caller) = &caller else {
                            continue;
                        };
                        let party = match operation {
                            Operation::Cancel => Some("111111111111"),
                            _ => before.recipient_account(was),
                        };
                        assert_eq!(Some(caller.as_str()), party, "only a party moves a handshake");
                    }
                }
                for (id, organization) in &state.organizations {
                    let home = state.organization_of(&organization.management_account);
                    assert_eq!(home, Some(id.as_str()), "a management account stays");
                }
                for membership in state.accounts.values().filter_map(|account| account.membership.as_ref()) {
                    // One place per account is what the type says; the place must exist.
                    assert_eq!(state.organizations[&membership.organization].root, membership.parent);
                }
            }
        }
        assert!(moves > 1000, "only {moves} moves");
    }
}
