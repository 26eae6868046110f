//! One call of an operation in one session, with what our own options ask for: guards, choice, rehearsal, repetition.

use serde_json::{Map, Value};

use super::look::{self, unchanged};
use super::rehearse;
use super::repeat::{self, Earlier};
use crate::client::choose::{self, Handshake};
use crate::client::session::Session;
use crate::command::{Call, Choice};
use crate::error::{self, Failure, Kind};
use crate::explain;
use crate::model::{Api, HANDSHAKE_ID, Parameters};
use crate::terminal::streams::note;

/// Carries out a call and returns the document to print. Returns nothing if a change was made earlier and no handshake
/// shows it any more. Prints nothing but notes on stderr.
///
/// # Errors
///
/// Returns the failure of the call, or what doesn't hold of what the options ask for.
pub async fn carry_out(
    session: &Session,
    call: &Call,
    parameters: &Parameters,
) -> Result<Option<Map<String, Value>>, Failure> {
    let item = Item { session, call };
    match (choose::goal(call.operation.api), call.operation.api) {
        (Some(goal), _) => item.answer(goal, parameters).await,
        (None, Api::DescribeHandshake) => item.describe(parameters).await.map(Some),
        (None, _) if call.operation.done.is_some() => item.request(parameters).await,
        (None, _) => item.ask(parameters).await.map(Some),
    }
}

/// A call in a session.
struct Item<'a> {
    session: &'a Session,
    call: &'a Call,
}

/// The handshake of a call.
enum Subject {
    /// The one that the parameters name. It was not read.
    Named,
    /// The one that the parameters name, as it is.
    Read(Handshake),
    /// The one that was chosen, and its id.
    Chosen(Handshake, String),
    /// None. It was accepted long ago, as this text shows.
    Accepted(String),
}

impl Item<'_> {
    /// Accepts, cancels or declines a handshake, after the guards and the choice.
    async fn answer(&self, goal: &str, parameters: &Parameters) -> Result<Option<Map<String, Value>>, Failure> {
        let own = &self.call.own;
        let mut parameters = parameters.clone();
        let (handshake, is_chosen) = match self.subject(goal, &parameters).await.map_err(unchanged)? {
            Subject::Named => return self.change(goal, &parameters).await.map(Some),
            Subject::Accepted(how) => {
                note(&how);
                return Ok(None);
            }
            Subject::Read(handshake) => (handshake, false),
            Subject::Chosen(handshake, id) => {
                parameters.insert(HANDSHAKE_ID.to_owned(), id.into());
                (handshake, true)
            }
        };
        if own.idempotent && choose::state(&handshake) == goal {
            return Ok(Some(already(handshake)));
        }
        if is_chosen {
            note(&format!("chosen: {}", choose::line(&handshake)));
        }
        if own.dry_run {
            let rehearsed = rehearse::of_answer(self.session, self.call, handshake).await;
            return rehearsed.map(Some).map_err(unchanged);
        }
        self.change(goal, &parameters).await.map(Some)
    }

    /// Finds the handshake of a change, and reads it if an option needs that.
    async fn subject(&self, goal: &str, parameters: &Parameters) -> Result<Subject, Failure> {
        let own = &self.call.own;
        if !parameters.contains_key(HANDSHAKE_ID) {
            return self.choose(Some(goal)).await;
        }
        if own.choice.is_empty() && !own.dry_run {
            return Ok(Subject::Named);
        }
        let handshake = look::described(self.session, parameters).await?;
        guard(&handshake, &own.choice)?;
        Ok(Subject::Read(handshake))
    }

    /// Describes a handshake, after the choice and before the guards.
    async fn describe(&self, parameters: &Parameters) -> Result<Map<String, Value>, Failure> {
        let choice = &self.call.own.choice;
        if choice.is_empty() {
            return self.ask(parameters).await;
        }
        if parameters.contains_key(HANDSHAKE_ID) {
            let handshake = look::described(self.session, parameters).await?;
            guard(&handshake, choice)?;
            return Ok(repeat::document(handshake));
        }
        let mut parameters = parameters.clone();
        if let Subject::Chosen(handshake, id) = self.choose(None).await? {
            note(&format!("chosen: {}", choose::line(&handshake)));
            parameters.insert(HANDSHAKE_ID.to_owned(), id.into());
        }
        self.ask(&parameters).await
    }

    /// Chooses the only live handshake that fits the options. With `--idempotent`, chooses the newest one in the state
    /// `goal` if no live one fits.
    async fn choose(&self, goal: Option<&str>) -> Result<Subject, Failure> {
        let (api, choice) = (self.call.operation.api, &self.call.own.choice);
        let sends = api == Api::CancelHandshake
            || api == Api::DescribeHandshake
                && choice.to.is_some()
                && choice.from_organization.is_none()
                && choice.from_account.is_none();
        let list = if sends { Api::ListHandshakesForOrganization } else { Api::ListHandshakesForAccount };
        let action = choice.action.as_deref();
        let listed = match look::handshakes(self.session, list, action).await {
            // A recipient has not sent anything that it could list.
            Err(failure) if api == Api::DescribeHandshake && sends && is_no_sender(&failure) => {
                look::handshakes(self.session, Api::ListHandshakesForAccount, action).await?
            }
            listed => listed?,
        };
        let fitting: Vec<_> = listed.iter().filter(|one| choose::objections(one, choice).is_empty()).collect();
        let live: Vec<_> = fitting.iter().copied().filter(|one| choose::is_live(one)).collect();
        let chosen = |one: &Handshake| match choose::id(one) {
            Some(id) => Ok(Subject::Chosen(one.clone(), id)),
            None => Err(Failure::other(format!("The only handshake that fits has no valid id: {}", choose::line(one)))),
        };
        let options = options(choice);
        match live[..] {
            [one] => return chosen(one),
            [] => {}
            _ => {
                let listed = choose::lines(live.iter().copied());
                let failure = Failure::unmet(format!("{} live handshakes fit {options}:\n{listed}", live.len()));
                return Err(failure.hint("add an option to choose one of them, or name it with --handshake-id"));
            }
        }
        // An older handshake that was accepted says nothing of the one that was sent since.
        let last = choose::newest(fitting.into_iter());
        if let Some(goal) = goal.filter(|_| self.call.own.idempotent) {
            match last {
                Some(last) if choose::state(last) == goal => return chosen(last),
                None if api == Api::AcceptHandshake && !self.session.is_implied() => {
                    if let Some(how) = self.membership().await? {
                        return Ok(Subject::Accepted(how));
                    }
                }
                _ => {}
            }
        }
        let others: Vec<_> = listed.iter().filter(|one| choose::is_live(one)).collect();
        let kind = choice.action.as_deref().unwrap_or("handshake");
        Err(Failure::unmet(match (last, others.is_empty()) {
            (Some(last), _) => {
                format!("No live {kind} fits {options}. The last one that fits:\n  {}", choose::line(last))
            }
            (None, true) => format!("No live {kind} fits {options}: no {kind} is live"),
            (None, false) => {
                format!("No live {kind} fits {options}. These are live:\n{}", choose::lines(others.into_iter()))
            }
        }))
    }

    /// Returns how membership in an organization shows that its invitation was accepted, if it does.
    async fn membership(&self) -> Result<Option<String>, Failure> {
        let organization = look::organization(self.session).await?;
        let proves = organization.filter(|organization| choose::is_proof(organization, &self.call.own.choice));
        Ok(proves.map(|organization| {
            let id = organization.get("Id").and_then(Value::as_str).unwrap_or_default();
            format!("nothing was sent: no listed handshake fits, but the account is already in the organization {id}")
        }))
    }

    /// Sends a change of a handshake. With `--idempotent`, an earlier change counts as this one.
    async fn change(&self, goal: &str, parameters: &Parameters) -> Result<Map<String, Value>, Failure> {
        match self.ask(parameters).await {
            Err(failure) if self.call.own.idempotent && repeat::is_repeated(self.call.operation, &failure) => {
                match look::described(self.session, parameters).await {
                    Ok(handshake) if choose::state(&handshake) == goal => Ok(already(handshake)),
                    Err(Failure { kind: kind @ Kind::Interrupted(_), .. }) => Err(interrupted(kind, failure)),
                    _ => Err(failure),
                }
            }
            response => response,
        }
    }

    /// Sends a request that sends a handshake. With `--idempotent`, an earlier request counts as this one.
    async fn request(&self, parameters: &Parameters) -> Result<Option<Map<String, Value>>, Failure> {
        let (session, operation) = (self.session, self.call.operation);
        if self.call.own.dry_run {
            return rehearse::of_request(session, self.call, parameters).await.map_err(unchanged);
        }
        match self.ask(parameters).await {
            Err(failure) if self.call.own.idempotent && repeat::is_repeated(operation, &failure) => {
                match repeat::refused(session, operation, parameters, &failure).await {
                    Ok(Earlier::Nothing | Earlier::Unchecked(_)) => Err(failure),
                    Ok(earlier) => repeat::accepted(earlier, parameters),
                    Err(Failure { kind: kind @ Kind::Interrupted(_), .. }) => Err(interrupted(kind, failure)),
                    Err(_) => Err(failure),
                }
            }
            response => response.map(Some),
        }
    }

    /// Calls the operation once. If the handshake's state is why it fails, the error shows what the handshake is.
    async fn ask(&self, parameters: &Parameters) -> Result<Map<String, Value>, Failure> {
        match self.session.ask(self.call.operation, parameters).await {
            Err(failure) if error::explains() && explain::is_about_handshake(&failure) => {
                Err(match self.session.described(parameters).await {
                    Some(handshake) => with_facts(failure, self.call.operation.api, &handshake),
                    None => failure,
                })
            }
            response => response,
        }
    }
}

/// Returns whether the service refused a listing because the caller's account sends no handshakes.
fn is_no_sender(failure: &Failure) -> bool {
    ["AccessDeniedException", "AWSOrganizationsNotInUseException"].iter().any(|code| look::has_code(failure, code))
}

/// Checks that a handshake is what the options ask for.
fn guard(handshake: &Handshake, choice: &Choice) -> Result<(), Failure> {
    match choose::objections(handshake, choice).as_slice() {
        [] => Ok(()),
        objections => {
            let message =
                format!("The handshake does not fit {}\n  {}", objections.join("; "), choose::line(handshake));
            Err(Failure::unmet(message))
        }
    }
}

/// Returns the options of a choice as they were typed.
fn options(choice: &Choice) -> String {
    let given = [
        ("--from-organization", &choice.from_organization),
        ("--from-account", &choice.from_account),
        ("--to", &choice.to),
        ("--action", &choice.action),
    ];
    let given = given.into_iter().filter_map(|(option, value)| Some(format!("{option} {}", value.as_ref()?)));
    given.collect::<Vec<_>>().join(" ")
}

/// Notes that a handshake is in its final state already, and returns the document with it.
fn already(handshake: Handshake) -> Map<String, Value> {
    note(&format!("already {}: {}", choose::state(&handshake), choose::line(&handshake)));
    repeat::document(handshake)
}

/// Returns the failure of a signal that came while the outcome of a refused change was looked up.
fn interrupted(kind: Kind, refused: Failure) -> Failure {
    Failure::new(kind, refused.note.unwrap_or("nothing was changed".to_owned()))
}

/// Adds the facts that the handshake itself shows to an explanation, and says who has to act.
fn with_facts(mut failure: Failure, api: Api, handshake: &Handshake) -> Failure {
    if let (Some(facts), Some(explanation)) = (choose::facts(handshake), &mut failure.explanation) {
        explanation.push_str(&format!(" {facts}"));
    }
    let hint = match (api, choose::state(handshake)) {
        _ if explain::is_about_party(&failure) => {
            choose::actor(api, handshake).map(|actor| format!("use credentials of {actor}"))
        }
        (Api::AcceptHandshake, "EXPIRED" | "CANCELED" | "DECLINED") => {
            choose::sender_named(handshake).map(|sender| format!("ask the sender for a new one: {sender}"))
        }
        _ => None,
    };
    if let Some(hint) = hint {
        explain::replace_hint(&mut failure, hint);
    }
    failure
}
