//! What all parts of `orgshake join` share: the options, the identities, the pace, and the run of many items.

use std::cell::Cell;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::client::pacing::{Lane, Pacer};
use crate::client::run::Run;
use crate::client::session::Session;
use crate::command::Join;
use crate::commands::identities::Identities;
use crate::commands::look::operation;
use crate::commands::queue::{Queue, Start};
use crate::error::Failure;
use crate::input::accounts::AccountToJoin;
use crate::model::{Api, Parameters};
use crate::os::signals::Caught;

/// What all parts of a run share.
pub struct Job<'a> {
    /// The options.
    pub join: &'a Join,
    /// The identities of the destination and of the accounts.
    pub identities: &'a Identities<'a>,
    /// The pace of the run.
    pub pacer: &'a Pacer,
    /// How long it lately took until changes were to be seen.
    pub delays: Delays,
}

/// How long it lately took until the other party saw a change.
#[derive(Debug, Default)]
pub struct Delays {
    /// Until an account saw its invitation.
    pub invitation: Cell<Duration>,
    /// Until the organization showed a new member.
    pub member: Cell<Duration>,
}

impl<'a> Job<'a> {
    /// Runs items to their end. Returns the results of those that have begun, with their indexes.
    pub fn all<'q, T>(
        &'q self,
        run: &Run<'_>,
        count: usize,
        start: &'q Start<'q, T>,
        signals: &'q mut Caught,
        mut on_event: impl FnMut(Happened<'_, T>),
    ) -> Vec<(usize, T)> {
        let mut results: Vec<Option<T>> = (0..count).map(|_| None).collect();
        let mut queue = Queue::new(count, start, self.pacer, signals);
        while let Some(event) = run.wait(queue.next()) {
            match event {
                Ok((at, result)) => {
                    on_event(Happened::Ended(at, &result, queue.under_way()));
                    results[at] = Some(result);
                }
                Err(signal) => {
                    self.pacer.signal(signal);
                    on_event(Happened::Signal(queue.under_way()));
                }
            }
        }
        results.into_iter().enumerate().filter_map(|(at, result)| Some((at, result?))).collect()
    }

    /// Returns the session in an account.
    pub fn session(&self, account: &AccountToJoin, lane: &Lane) -> Result<Session, Failure> {
        let session = self.identities.of(Some(&account.id), account.role.as_deref())?;
        Ok(session.paced(lane.of(Some(account.id.clone()))))
    }

    /// Returns the session of the destination's management account, in a lane.
    pub fn destination(&self, lane: &Lane) -> Session {
        self.identities.caller.clone().paced(lane.of(None))
    }
}

/// What happens in a run: an item ends, or a signal comes; each with the number of items under way.
pub enum Happened<'a, T> {
    /// This item has ended with this result.
    Ended(usize, &'a T, usize),
    /// A signal came.
    Signal(usize),
}

/// Returns the parameters of an operation.
pub fn parameters<const N: usize>(pairs: [(&str, &str); N]) -> Parameters {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect()
}

/// Asks the service a question with one parameter that names its subject.
pub async fn asked(session: &Session, api: Api, name: &str, value: &str) -> Result<Map<String, Value>, Failure> {
    session.ask(operation(api)?, &parameters([(name, value)])).await
}
