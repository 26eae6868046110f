//! The steps that bring one account into the organization. Each waits for what passes: throttling, changes at the same time,
//! lost responses, and the time until the other party sees a change.

use std::cell::Cell;
use std::time::Duration;

use serde_json::{Map, Value};

use super::job::{Job, asked, parameters};
use super::plan::{Place, Plan, Planned, Step, party};
use super::track::{Outcome, Track};
use crate::client::choose::{self, Handshake};
use crate::client::pacing::Lane;
use crate::client::session::Session;
use crate::client::settle::{HANDSHAKE, text};
use crate::command::Choice;
use crate::commands::look::{self, has_code, operation};
use crate::error::Failure;
use crate::model::{Api, HANDSHAKE_ID, Parameters};

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
            Step::Place => {
                track.is_member = true;
                false
            }
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
        &self.planned.joining.account
    }

    /// Makes the account a member. Returns whether that was necessary.
    async fn join(&self, track: &mut Track) -> Result<bool, Failure> {
        // The plan may be minutes old.
        let read = async || self.job.standing(&self.plan.organization, self.planned.joining, &self.lane).await;
        let (place, session) = self.job.settled(&self.lane, read).await?;
        match place {
            Place::Here => {
                track.is_member = true;
                return Ok(false);
            }
            Place::Elsewhere(from) if from == self.planned.from => {}
            Place::Elsewhere(from) => {
                let named = |id: &Option<String>| id.clone().unwrap_or_else(|| "no organization".to_owned());
                let (now, before) = (named(&from), named(&self.planned.from));
                return Err(Failure::unmet(format!(
                    "the account is in {now}; when the plan was made, it was in {before}"
                )));
            }
        }
        if let Err(failure) = self.enter(&session, track).await {
            self.withdraw(failure, track).await?;
        }
        track.is_member = true;
        self.verify().await?;
        Ok(true)
    }

    /// Invites the account if it has no invitation, and accepts in its name.
    async fn enter(&self, session: &Session, track: &mut Track) -> Result<(), Failure> {
        let fresh = Cell::new(Duration::ZERO);
        let (id, delay) = match &self.planned.step {
            Step::Accept(id) => (id.clone(), &fresh),
            _ => (self.invite(session, track).await?, &self.job.delays[0]),
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
            state => Err(Failure::unmet(format!("the invitation {id} is {state}"))),
        }
    }

    /// Checks that a handshake is an invitation of the organization.
    fn check(&self, handshake: &Handshake) -> Result<(), Failure> {
        match choose::objections(handshake, &self.choice()).as_slice() {
            [] => Ok(()),
            _ => Err(Failure::unmet(format!(
                "this is no invitation of {}: {}",
                self.plan.organization,
                choose::line(handshake)
            ))),
        }
    }

    /// Returns what an invitation of the organization is.
    fn choice(&self) -> Choice {
        let from_organization = Some(self.plan.organization.clone());
        Choice { from_organization, action: Some("INVITE".to_owned()), ..Choice::default() }
    }

    /// Invites the account. If the service says that it was invited before, or doesn't say whether it is invited now, takes the
    /// invitation that the account sees; only one that certainly is this run's counts as ours.
    async fn invite(&self, session: &Session, track: &mut Track) -> Result<String, Failure> {
        let mut request = Parameters::from_iter([("Target".to_owned(), party("ACCOUNT", self.account()).into())]);
        request.extend(self.planned.joining.notes.as_ref().map(|notes| ("Notes".to_owned(), notes.clone().into())));
        self.job
            .settled(&self.lane, async || {
                let invite = operation(Api::InviteAccountToOrganization)?;
                let failure = match self.destination.ask_with_id(invite, &request).await {
                    Ok((response, request_id)) => {
                        track.made(invite.name, request_id);
                        let handshake = response.get(HANDSHAKE).and_then(Value::as_object);
                        let id = handshake.and_then(choose::id);
                        let (Some(handshake), Some(id)) = (handshake, id) else {
                            let problem = "The service's response to InviteAccountToOrganization shows no invitation";
                            return Err(Failure::other(problem));
                        };
                        (track.handshake, track.is_ours) = (Some(id.clone()), true);
                        self.check(handshake)?;
                        return Ok(id);
                    }
                    Err(failure) => failure,
                };
                if !has_code(&failure, "DuplicateHandshakeException") && failure.note.is_none() {
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

    /// Returns the live invitation of the organization that the account sees.
    async fn received(&self, session: &Session) -> Result<Option<String>, Failure> {
        let all = look::handshakes(session, Api::ListHandshakesForAccount, Some("INVITE")).await?;
        let choice = self.choice();
        let mut ours = all.iter().filter(|one| choose::is_live(one) && choose::objections(one, &choice).is_empty());
        Ok(ours.find_map(choose::id))
    }

    /// Accepts the invitation. If the service doesn't say that it is accepted, looks whether it is.
    async fn accept(&self, session: &Session, request: &Parameters, track: &mut Track) -> Result<(), Failure> {
        let accept = operation(Api::AcceptHandshake)?;
        self.job
            .settled(&self.lane, async || match session.ask_with_id(accept, request).await {
                Ok((_, request_id)) => {
                    track.made(accept.name, request_id);
                    Ok(())
                }
                Err(failure) => match look::described(session, request).await {
                    Ok(handshake) if choose::state(&handshake) == "ACCEPTED" => {
                        track.made(accept.name, failure.request_id);
                        Ok(())
                    }
                    _ => Err(failure),
                },
            })
            .await
    }

    /// Cancels the invitation that this run has sent, after a failure. An invitation can be canceled only if it was not accepted,
    /// so that this decides whether the account has joined after all; then the failure is none.
    async fn withdraw(&self, failure: Failure, track: &mut Track) -> Result<(), Failure> {
        let Some(id) = &track.handshake else { return Err(failure) };
        let request = parameters([(HANDSHAKE_ID, id)]);
        if track.is_ours && !self.job.join.keep_invitations {
            let cancel = operation(Api::CancelHandshake)?;
            let call = async || self.destination.ask_with_id(cancel, &request).await;
            if let Ok((_, request_id)) = self.job.settled(&self.lane, call).await {
                track.made(cancel.name, request_id);
                track.is_canceled = true;
                // It was not applied, and can't be any more.
                return Err(Failure { note: None, ..failure });
            }
        }
        let read = async || look::described(&self.destination, &request).await;
        match self.job.settled(&self.lane, read).await {
            Ok(handshake) if choose::state(&handshake) == "ACCEPTED" => return Ok(()),
            Ok(handshake) => track.may_be_open = choose::is_live(&handshake),
            Err(_) => track.may_be_open = true,
        }
        Err(failure)
    }

    /// Waits until the organization shows the account.
    async fn verify(&self) -> Result<(), Failure> {
        let look = async || match asked(&self.destination, Api::DescribeAccount, "AccountId", self.account()).await {
            Ok(response) => Ok(Some(response).filter(|response| self.is_shown(response)).map(drop)),
            Err(failure) if has_code(&failure, "AccountNotFoundException") => Ok(None),
            Err(failure) => Err(failure),
        };
        match self.job.found(&self.lane, &self.job.delays[1], look).await? {
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
                let is_there = place == target;
                track.parent = Some(place.clone());
                if is_there {
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
                match self.destination.ask_with_id(move_account, &request).await {
                    Ok((_, request_id)) => {
                        track.made(move_account.name, request_id);
                        track.parent = Some(target.to_owned());
                        Ok(true)
                    }
                    Err(failure) => {
                        let is_stale = MOVED.iter().any(|code| has_code(&failure, code));
                        may_be_moved |= failure.note.is_some();
                        Err(Failure {
                            is_transient: failure.is_transient || is_stale || failure.note.is_some(),
                            ..failure
                        })
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

/// The refusals of a move after which the account's place is read again: it has been moved, or isn't seen everywhere yet.
const MOVED: [&str; 3] = ["DuplicateAccountException", "SourceParentNotFoundException", "AccountNotFoundException"];
