//! Creating accounts in an organization, which takes a while.

use jiff::Timestamp;

use super::creation::{CREATION_QUOTA, CREATION_TIME, Creation, CreationState, FailureReason};
use super::organization::{JoinedMethod, Tags};
use super::refusal::Refusal;
use super::state::State;
use super::time::later;

impl State {
    /// CreateAccount. Returns the id of the request.
    pub fn create_account(
        &mut self,
        caller: &str,
        email: &str,
        name: &str,
        tags: Tags,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        let organization = self.managed_by(caller)?.to_owned();
        if self.creating(&organization, now) >= CREATION_QUOTA {
            return Err(Refusal::TooManyCreations);
        }
        let outcome = match self.creation_failure(&organization, email, now) {
            Some(reason) => Err(reason),
            None => Ok(self.new_account_id()),
        };
        let id = format!("car-example{:08}", self.next_number());
        let creation = Creation {
            organization,
            name: name.to_owned(),
            email: email.to_owned(),
            tags,
            requested: now,
            completed: later(now, CREATION_TIME),
            outcome,
            made: false,
        };
        self.creations.insert(id.clone(), creation);
        Ok(id)
    }

    /// Returns how many requests of an organization are in progress.
    pub(super) fn creating(&self, organization: &str, now: Timestamp) -> usize {
        self.in_progress(organization, now).count()
    }

    /// Returns how many accounts are about to join an organization. They take their places already.
    pub(super) fn expected(&self, organization: &str, now: Timestamp) -> usize {
        self.in_progress(organization, now).filter(|creation| creation.outcome.is_ok()).count()
    }

    fn in_progress(&self, organization: &str, now: Timestamp) -> impl Iterator<Item = &Creation> {
        let own = self.creations.values().filter(move |creation| creation.organization == organization);
        own.filter(move |creation| creation.state(now) == CreationState::InProgress)
    }

    fn creation_failure(&self, organization: &str, email: &str, now: Timestamp) -> Option<FailureReason> {
        let same = |creation: &Creation| {
            creation.state(now) == CreationState::InProgress && creation.email.eq_ignore_ascii_case(email)
        };
        if !is_deliverable(email) {
            return Some(FailureReason::InvalidEmail);
        }
        if self.creations.values().any(same) {
            return Some(FailureReason::Concurrent);
        }
        if self.account_of_email(email).is_some() {
            return Some(FailureReason::EmailExists);
        }
        let quota = self.organizations.get(organization).map_or(0, |organization| organization.account_quota);
        let taken =
            [self.member_count(organization), self.expected(organization, now), self.invited(organization, now)];
        (taken.into_iter().sum::<usize>() >= quota).then_some(FailureReason::AccountLimit)
    }

    /// Returns an unused account id.
    fn new_account_id(&mut self) -> String {
        loop {
            let id = format!("7{:011}", self.next_number());
            if !self.knows(&id) {
                return id;
            }
        }
    }

    /// Makes the accounts whose creation is completed by now. The outcome doesn't depend on when this happens.
    pub(in crate::sandbox) fn complete_creations(&mut self, now: Timestamp) {
        let due = |creation: &&mut Creation| !creation.made && now >= creation.completed;
        let mut completed: Vec<_> = self
            .creations
            .values_mut()
            .filter(due)
            .map(|creation| {
                creation.made = true;
                creation.clone()
            })
            .collect();
        completed.sort_by_key(|creation| creation.completed);
        for Creation { organization, name, email, tags, completed, outcome, .. } in completed {
            // No other account can have this id by now, except in a state file that was edited.
            if let Ok(account) = outcome
                && self.organization_of(&account).is_none()
            {
                self.add_account(&account, &email, &name);
                self.join(&account, &organization, JoinedMethod::Created, tags, completed);
            }
        }
    }

    /// DescribeCreateAccountStatus.
    pub fn creation(&self, caller: &str, id: &str) -> Result<&Creation, Refusal> {
        let organization = self.managed_by(caller)?;
        let found = self.creations.get(id).filter(|creation| creation.organization == organization);
        found.ok_or(Refusal::CreationNotFound)
    }
}

/// Returns whether an address follows the rules that go beyond its pattern (API reference, CreateAccount, Email).
fn is_deliverable(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else {
        return false;
    };
    let edge = |c| c == '-' || c == '.';
    email.is_ascii()
        && !local.starts_with('.')
        && !local.contains(|c: char| c.is_ascii_whitespace() || "\"'()<>[]:;,\\|%&".contains(c))
        && domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        && !domain.starts_with(edge)
        && !domain.ends_with(edge)
}
