//! The steps that bring one account into the organization. Each waits for what passes: throttling, changes at the same time,
//! lost responses, and the time until the other party sees a change.

use std::cell::Cell;
use std::time::Duration;

use serde_json::{Map, Value};

use super::job::{Job, asked, parameters};
use super::plan::{Location, Plan, Planned, Step, party};
use super::track::{Invitation, Outcome, Stage, Track, is_unclear};
use crate::client::choose::{self, Handshake};
use crate::client::pacing::Lane;
use crate::client::session::Session;
use crate::client::settle::{HANDSHAKE, is_addressed, text};
use crate::command::Choice;
use crate::commands::look::{self, has_code, operation};
use crate::error::Failure;
use crate::model::{Api, HANDSHAKE_ID, INVITE, Parameters};

impl Job<'_> {
    /// Does for an account what the plan says. Returns what was done even if that fails.
    pub async fn carry_out(
        &self,
        plan: &Plan<'_>,
        planned: &Planned<'_>,
        lane: Lane,
    ) -> (Track, Result<Outcome, Failure>) {
        let mut track = Track::default();
        let destination = self.destination(&lane);
        let work = Work { job: self, plan, planned, lane, destination };
        let result = work.all(&mut track).await;
        (track, result)
    }
}

/// The work on an account.
struct Work<'a> {
    job: &'a Job<'a>,
    plan: &'a Plan<'a>,
    planned: &'a Planned<'a>,
    lane: Lane,
    destination: Session,
}

impl Work<'_> {
    async fn all(&self, track: &mut Track) -> Result<Outcome, Failure> {
        let has_joined = match self.planned.step {
            Step::Place => false,
            _ => self.join(track).await?,
        };
        let is_moved = self.place(track).await?;
        Ok(match (has_joined, is_moved) {
            (true, _) => Outcome::Joined,
            (false, true) => Outcome::Placed,
            (false, false) => Outcome::AlreadyHere,
        })
    }

    fn account(&self) -> &str {
        &self.planned.account.id
    }

    /// Makes the account a member. Returns whether that was necessary.
    async fn join(&self, track: &mut Track) -> Result<bool, Failure> {
        let session = self.job.session(self.planned.account, &self.lane)?;
        // The plan may be minutes old.
        let check = async || {
            self.job.identities.check(&session, self.account()).await?;
            self.may_leave(&session).await
        };
        if !self.job.settled(&self.lane, check).await? {
            track.stage = Stage::Member;
            return Ok(false);
        }
        if let Err(failure) = self.enter(&session, track).await {
            self.withdraw(failure, track).await?;
        }
        track.stage = Stage::Accepted;
        self.verify().await?;
        track.stage = Stage::Member;
        Ok(true)
    }

    /// Checks that the account is where it was when the plan was made. Returns whether it still has to join.
    async fn may_leave(&self, session: &Session) -> Result<bool, Failure> {
        match self.job.location(session, &self.plan.organization, self.account()).await? {
            Location::Here => Ok(false),
            Location::Elsewhere(from) if from == self.planned.from => Ok(true),
            Location::Elsewhere(from) => {
                let named = |id: &Option<String>| id.clone().unwrap_or_else(|| "no organization".to_owned());
                let (now, before) = (named(&from), named(&self.planned.from));
                Err(unexpected(format!("since the plan was made, the account has moved from {before} to {now}")))
            }
        }
    }

    /// Invites the account if it has no invitation, and accepts in its name.
    async fn enter(&self, session: &Session, track: &mut Track) -> Result<(), Failure> {
        let at_once = Cell::new(Duration::ZERO);
        let (id, delay) = match &self.planned.step {
            Step::Accept(id) => (id.clone(), &at_once),
            _ => (self.invite(session, track).await?, &self.job.delays.invitation),
        };
        track.handshake = Some(id.clone());
        let request = parameters([(HANDSHAKE_ID, &id)]);
        let look = async || match look::described(session, &request).await {
            Err(failure) if has_code(&failure, "HandshakeNotFoundException") => Ok(None),
            described => described.map(Some),
        };
        let Some(handshake) = self.job.found(&self.lane, delay, look).await? else {
            return Err(Failure::other(format!("the account doesn't see the invitation {id}")));
        };
        self.check(&handshake)?;
        match choose::state(&handshake) {
            "ACCEPTED" => Ok(()),
            _ if choose::is_live(&handshake) => self.accept(session, &request, track).await,
            state => Err(unexpected(format!("the invitation {id} is {state}"))),
        }
    }

    /// Checks that a handshake is an invitation of the organization to the account.
    fn check(&self, handshake: &Handshake) -> Result<(), Failure> {
        let is_right = choose::objections(handshake, &self.choice()).is_empty()
            && choose::is_for_account(handshake, self.account());
        match is_right {
            true => Ok(()),
            false => Err(unexpected(format!(
                "the invitation isn't from {} to the account: {}",
                self.plan.organization,
                choose::line(handshake)
            ))),
        }
    }

    /// Returns what an invitation of the organization is.
    fn choice(&self) -> Choice {
        let from_organization = Some(self.plan.organization.clone());
        Choice { from_organization, action: Some(INVITE.to_owned()), ..Choice::default() }
    }

    /// Invites the account. If the service says that it was invited before, or doesn't say whether it is invited now, takes the
    /// invitation that the account sees.
    async fn invite(&self, session: &Session, track: &mut Track) -> Result<String, Failure> {
        let mut request = Parameters::from_iter([("Target".to_owned(), party("ACCOUNT", self.account()).into())]);
        request.extend(self.planned.account.notes.as_ref().map(|notes| ("Notes".to_owned(), notes.clone().into())));
        self.job
            .settled(&self.lane, async || {
                let failure = match self.send_invitation(&request, track).await {
                    Ok(id) => return Ok(id),
                    Err(failure) => failure,
                };
                track.may_be_invited |= is_unclear(&failure);
                if !has_code(&failure, "DuplicateHandshakeException") && !is_unclear(&failure) {
                    return Err(failure);
                }
                match self.received(session).await {
                    Ok(Some(id)) => Ok(id),
                    // The account may not see it yet.
                    Ok(None) => Err(Failure { is_transient: true, ..failure }),
                    Err(_) => Err(failure),
                }
            })
            .await
    }

    /// Sends an invitation. It is ours only if the response itself shows it: an earlier one that agrees with a request whose
    /// response was lost may be somebody else's.
    async fn send_invitation(&self, request: &Parameters, track: &mut Track) -> Result<String, Failure> {
        let invite = operation(Api::InviteAccountToOrganization)?;
        let answer = self.destination.answer(invite, request).await?;
        let handshake = answer.document.get(HANDSHAKE).and_then(Value::as_object);
        let (Some(handshake), Some(id)) = (handshake, handshake.and_then(choose::id)) else {
            let problem = "The service's response to InviteAccountToOrganization shows no invitation";
            return Err(Failure::other(problem).note("the account may be invited"));
        };
        if let Err(failure) = self.check(handshake) {
            return Err(failure.note("the account may be invited"));
        }
        track.is_ours = !answer.is_found;
        track.handshake = Some(id.clone());
        track.made(invite.name, answer.request_id);
        Ok(id)
    }

    /// Returns the live invitation of the organization that the account sees.
    async fn received(&self, session: &Session) -> Result<Option<String>, Failure> {
        let all = look::handshakes(session, Api::ListHandshakesForAccount, Some(INVITE)).await?;
        Ok(all.iter().find(|one| choose::is_live(one) && self.check(one).is_ok()).and_then(choose::id))
    }

    /// Accepts the invitation. Before each request, the account must still be where it was when the plan was made. If the
    /// service doesn't say that it is accepted, looks whether it is.
    async fn accept(&self, session: &Session, request: &Parameters, track: &mut Track) -> Result<(), Failure> {
        let accept = operation(Api::AcceptHandshake)?;
        self.job
            .settled(&self.lane, async || {
                if !self.may_leave(session).await? {
                    return Ok(());
                }
                match session.answer(accept, request).await {
                    Ok(answer) => {
                        track.made(accept.name, answer.request_id);
                        Ok(())
                    }
                    Err(failure) => match look::described(session, request).await {
                        Ok(handshake) if choose::state(&handshake) == "ACCEPTED" => {
                            track.made(accept.name, failure.request_id);
                            Ok(())
                        }
                        _ => Err(failure),
                    },
                }
            })
            .await
    }

    /// Cancels the invitation that this run has sent, after a failure. An invitation can be canceled only if it was not accepted,
    /// so that this decides whether the account has joined after all; then it succeeds.
    async fn withdraw(&self, failure: Failure, track: &mut Track) -> Result<(), Failure> {
        track.invitation = Invitation::Unknown;
        if track.handshake.is_none() {
            if !track.may_be_invited {
                track.invitation = Invitation::Closed;
                return Err(failure);
            }
            if let Ok(Some(id)) = self.job.settled(&self.lane, async || self.sent().await).await {
                (track.handshake, track.invitation) = (Some(id), Invitation::Open);
            }
            return Err(failure);
        }
        let request = parameters([(HANDSHAKE_ID, track.handshake.as_deref().unwrap_or_default())]);
        let mut is_final = false;
        if track.is_ours && !self.job.join.keep_invitations {
            let cancel = operation(Api::CancelHandshake)?;
            let call = async || self.destination.answer(cancel, &request).await;
            match self.job.settled(&self.lane, call).await {
                Ok(answer) => {
                    track.made(cancel.name, answer.request_id);
                    track.is_canceled = true;
                    track.invitation = Invitation::Closed;
                    // It was not applied, and can't be any more.
                    return Err(Failure { note: None, ..failure });
                }
                Err(refused) => is_final = FINISHED.iter().any(|code| has_code(&refused, code)),
            }
        }
        let read = async || {
            let handshake = look::described(&self.destination, &request).await?;
            match is_final && choose::is_live(&handshake) {
                // The service has just said otherwise.
                true => Err(Failure { is_transient: true, ..Failure::other("the invitation's state is unclear") }),
                false => Ok(handshake),
            }
        };
        match self.job.settled(&self.lane, read).await {
            Ok(handshake) if choose::state(&handshake) == "ACCEPTED" => return Ok(()),
            Ok(handshake) if choose::is_live(&handshake) => track.invitation = Invitation::Open,
            Ok(_) => track.invitation = Invitation::Closed,
            Err(_) => {}
        }
        Err(failure)
    }

    /// Returns the live invitation to the account that the organization has sent.
    async fn sent(&self) -> Result<Option<String>, Failure> {
        let all = look::handshakes(&self.destination, Api::ListHandshakesForOrganization, Some(INVITE)).await?;
        let target = party("ACCOUNT", self.account());
        Ok(all.iter().find(|one| choose::is_live(one) && is_addressed(one, &target)).and_then(choose::id))
    }

    /// Waits until the organization shows the account.
    async fn verify(&self) -> Result<(), Failure> {
        let look = async || match asked(&self.destination, Api::DescribeAccount, "AccountId", self.account()).await {
            Ok(response) => Ok(Some(response).filter(|response| self.is_shown(response)).map(drop)),
            Err(failure) if has_code(&failure, "AccountNotFoundException") => Ok(None),
            Err(failure) => Err(failure),
        };
        match self.job.found(&self.lane, &self.job.delays.member, look).await? {
            Some(()) => Ok(()),
            None => {
                let problem = "the account has accepted, but the organization doesn't show it";
                Err(Failure::other(problem).hint("wait some minutes, and run join again"))
            }
        }
    }

    fn is_shown(&self, response: &Map<String, Value>) -> bool {
        let account = response.get("Account").and_then(Value::as_object);
        account.and_then(|account| text(account, "Id")) == Some(self.account())
    }

    /// Moves the account to its place. Returns whether it was in another one.
    async fn place(&self, track: &mut Track) -> Result<bool, Failure> {
        let Some(parent) = self.planned.parent else { return Ok(false) };
        let target = self.plan.parents.id(parent);
        let target = target.ok_or_else(|| Failure::other(format!("the organizational unit {parent} is missing")))?;
        let move_account = operation(Api::MoveAccount)?;
        let mut may_be_moved = false;
        self.job
            .settled(&self.lane, async || {
                let place = self.parent().await?;
                track.stage = Stage::Member;
                if place == target {
                    if may_be_moved {
                        track.made(move_account.name, None);
                    }
                    return Ok(may_be_moved);
                }
                let request = parameters([
                    ("AccountId", self.account()),
                    ("SourceParentId", &place),
                    ("DestinationParentId", target),
                ]);
                match self.destination.answer(move_account, &request).await {
                    Ok(answer) => {
                        track.made(move_account.name, answer.request_id);
                        Ok(true)
                    }
                    Err(failure) => {
                        may_be_moved |= is_unclear(&failure);
                        // The next look at the account's place decides.
                        let passes = is_unclear(&failure) || MOVED.iter().any(|code| has_code(&failure, code));
                        Err(Failure { is_transient: failure.is_transient || passes, ..failure })
                    }
                }
            })
            .await
    }

    /// Returns the unit or root that the account is in.
    async fn parent(&self) -> Result<String, Failure> {
        let mut parent = None;
        let request = parameters([("ChildId", self.account())]);
        let listed = look::each(&self.destination, Api::ListParents, request, |found| {
            parent = text(&found, "Id").map(str::to_owned);
            parent.is_none()
        });
        match listed.await {
            Ok(()) => parent.ok_or_else(|| Failure::other("The service's response to ListParents shows no parent")),
            // The listing may be older than the membership.
            Err(failure) if has_code(&failure, "ChildNotFoundException") => {
                Err(Failure { is_transient: true, ..failure })
            }
            Err(failure) => Err(failure),
        }
    }
}

/// Returns the failure of an account that isn't as the plan expects it.
fn unexpected(message: String) -> Failure {
    let explanation = Some("The account, or its invitation, isn't as it was when the plan was made.".to_owned());
    Failure { explanation, ..Failure::unmet(message).hint("see how it stands, and run join again") }
}

/// The refusals of a cancellation that come when the invitation isn't live any more.
const FINISHED: [&str; 2] = ["InvalidHandshakeTransitionException", "HandshakeAlreadyInStateException"];

/// The refusals of a move after which the account's place is read again: it has been moved, or isn't seen everywhere yet.
const MOVED: [&str; 3] = ["DuplicateAccountException", "SourceParentNotFoundException", "AccountNotFoundException"];
