//! The operations on one handshake: accept, cancel, decline, describe.

use jiff::Timestamp;

use super::caller::Caller;
use super::handshake::{Action, Handshake, HandshakeState};
use super::organization::{FeatureSet, JoinedMethod};
use super::refusal::Refusal;
use super::rules::{Actor, HandshakeOperation, transition};
use super::state::State;

impl State {
    /// Performs an operation on a handshake and returns the handshake as it is afterwards.
    ///
    /// The checks run in this order, so that other accounts learn only that the handshake exists: the handshake's id,
    /// the caller's permission, the handshake's state, the constraints on accepting it.
    pub fn perform(
        &mut self,
        caller: &Caller,
        operation: HandshakeOperation,
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
                // The requests for approval end together with the process.
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

    /// Applies the effect of accepting a handshake.
    fn carry_out(&mut self, handshake: &Handshake, recipient: Option<String>, now: Timestamp) -> Result<(), Refusal> {
        match handshake.action {
            Action::Invite => {
                let account = recipient.ok_or(Refusal::AccessDenied)?;
                self.can_join(&account, &handshake.organization, now)?;
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

    pub(super) fn settle(&mut self, id: &str, state: HandshakeState, now: Timestamp) {
        if let Some(handshake) = self.handshakes.get_mut(id) {
            handshake.progress = (state, now);
        }
    }

    /// Returns whether the caller may perform the operation. [`Caller::Implied`] may, if any account may.
    fn may(
        &self,
        caller: &Caller,
        handshake: &Handshake,
        operation: HandshakeOperation,
        recipient: Option<&str>,
    ) -> bool {
        let actor = handshake.action.actor(operation);
        let Some(caller) = caller.account() else {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::engine::handshake::Recipient;
    use crate::sandbox::engine::organization::{Organization, Tags, Transfer};
    use crate::sandbox::sample::{
        HANDSHAKE as ID, MANAGEMENT_ACCOUNT as MANAGEMENT, ORGANIZATION as SENDER, RECIPIENT_ACCOUNT as INVITED,
        RECIPIENT_EMAIL,
    };

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
        state.add_account(INVITED, RECIPIENT_EMAIL, "Juan");
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
        Recipient::Email(RECIPIENT_EMAIL.to_owned())
    }

    fn call(
        state: &mut State,
        caller: &str,
        operation: HandshakeOperation,
        now: Timestamp,
    ) -> Result<HandshakeState, Refusal> {
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
            let operation = *HandshakeOperation::ALL.iter().find(|known| known.as_str() == row[0]).unwrap();
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
                // An approval never expires: it is canceled when its parent expires.
                let cell = match (action, operation, *cell) {
                    (Action::ApproveAllFeatures, HandshakeOperation::Describe, "EXPIRED") => "CANCELED",
                    (Action::ApproveAllFeatures, HandshakeOperation::Cancel, "invalid")
                        if *before == HandshakeState::Expired =>
                    {
                        "already"
                    }
                    (_, _, cell) => cell,
                };
                let expected = match cell {
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
        assert_eq!(cells, HandshakeOperation::ALL.len() * callers * states.len());
    }

    #[test]
    fn accepting_makes_the_account_a_member_below_the_root() {
        for recipient in [by_id(), by_email(), Recipient::Account("555555555555".to_owned())] {
            let mut state = world_with(recipient, HandshakeState::Open);
            state.perform(&Caller::Implied, HandshakeOperation::Accept, ID, requested()).unwrap();
            let account = state.recipient_account(&state.handshakes[ID]).unwrap();
            let membership = state.account(&account).unwrap().membership.as_ref().unwrap();
            assert_eq!(membership.organization, SENDER);
            assert_eq!(membership.parent, "r-examplerootid111");
        }
        for operation in [HandshakeOperation::Decline, HandshakeOperation::Cancel, HandshakeOperation::Describe] {
            let mut state = world_with(by_id(), HandshakeState::Open);
            state.perform(&Caller::Implied, operation, ID, requested()).unwrap();
            assert_eq!(state.account(INVITED).unwrap().membership, None);
        }
    }

    #[test]
    fn unknown_accounts_and_handshakes() {
        // The account has no entry in the state, but the invitation is for its id.
        let mut state = world_with(Recipient::Account("999999999999".to_owned()), HandshakeState::Open);
        assert_eq!(
            call(&mut state, "999999999999", HandshakeOperation::Accept, requested()),
            Ok(HandshakeState::Accepted)
        );

        let mut state = world_with(Recipient::Email("nobody@example.com".to_owned()), HandshakeState::Open);
        for caller in [Caller::Implied, Caller::Account(INVITED.to_owned())] {
            let accepted = state.perform(&caller, HandshakeOperation::Accept, ID, requested());
            assert_eq!(accepted.map(|_| ()), Err(Refusal::AccessDenied));
        }
        assert_eq!(call(&mut state, MANAGEMENT, HandshakeOperation::Cancel, requested()), Ok(HandshakeState::Canceled));

        for operation in HandshakeOperation::ALL {
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
        assert_eq!(call(&mut fresh(), INVITED, HandshakeOperation::Describe, before), Ok(HandshakeState::Open));
        assert_eq!(call(&mut fresh(), INVITED, HandshakeOperation::Accept, before), Ok(HandshakeState::Accepted));
        assert_eq!(call(&mut fresh(), INVITED, HandshakeOperation::Describe, edge), Ok(HandshakeState::Expired));
        assert_eq!(call(&mut fresh(), INVITED, HandshakeOperation::Accept, edge), Err(Refusal::InvalidTransition));
        assert_eq!(call(&mut fresh(), MANAGEMENT, HandshakeOperation::Cancel, edge), Err(Refusal::InvalidTransition));
        // A declined invitation doesn't expire.
        let mut answered = fresh();
        call(&mut answered, INVITED, HandshakeOperation::Decline, before).unwrap();
        assert_eq!(call(&mut answered, INVITED, HandshakeOperation::Describe, edge), Ok(HandshakeState::Declined));
    }

    #[test]
    fn a_final_handshake_is_gone_after_thirty_days_to_the_nanosecond() {
        let moved = at("2016-12-20T00:00:00Z");
        for (caller, operation) in [
            (INVITED, HandshakeOperation::Accept),
            (INVITED, HandshakeOperation::Decline),
            (MANAGEMENT, HandshakeOperation::Cancel),
        ] {
            let mut state = world_with(by_id(), HandshakeState::Open);
            let after = call(&mut state, caller, operation, moved);
            let (last, gone) = (at("2017-01-18T23:59:59.999999999Z"), at("2017-01-19T00:00:00Z"));
            assert_eq!(call(&mut state, caller, HandshakeOperation::Describe, last), after);
            assert_eq!(call(&mut state, caller, operation, last), Err(Refusal::AlreadyInState));
            for operation in HandshakeOperation::ALL {
                assert_eq!(call(&mut state, caller, *operation, gone), Err(Refusal::NotFound));
            }
        }
        // The retention of an expired handshake starts at its expiration.
        let mut state = world_with(by_id(), HandshakeState::Open);
        let (last, gone) = (at("2017-01-27T19:14:19.256999999Z"), at("2017-01-27T19:14:19.257Z"));
        assert_eq!(call(&mut state, INVITED, HandshakeOperation::Describe, last), Ok(HandshakeState::Expired));
        assert_eq!(call(&mut state, INVITED, HandshakeOperation::Describe, gone), Err(Refusal::NotFound));
    }
}
