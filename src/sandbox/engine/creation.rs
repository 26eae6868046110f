//! Creating accounts in an organization, which takes a while.

use jiff::{SignedDuration, Timestamp};

use super::names::names;
use super::organization::{JoinedMethod, Tags};
use super::refusal::Refusal;
use super::state::State;
use super::time::later;

/// How long it takes to create an account. The service is "asynchronous", without a time; in the sandbox it is long
/// enough for scripts to see IN_PROGRESS, and short enough to wait for.
pub const CREATION_TIME: SignedDuration = SignedDuration::from_secs(3);

/// How many accounts an organization can create at once (user guide, Quotas).
pub const CREATION_QUOTA: usize = 5;

names! {
    /// The state of a request to create an account (API reference, CreateAccountStatus).
    CreationState {
        /// The account is being created.
        InProgress = "IN_PROGRESS",
        /// The account is there.
        Succeeded = "SUCCEEDED",
        /// The account couldn't be created.
        Failed = "FAILED",
    }
}

names! {
    /// The reasons for which the sandbox fails to create an account (API reference, CreateAccountStatus).
    FailureReason {
        /// The organization has as many accounts as it can have, counting live invitations.
        AccountLimit = "ACCOUNT_LIMIT_EXCEEDED",
        /// Another account has the address.
        EmailExists = "EMAIL_ALREADY_EXISTS",
        /// The address isn't valid.
        InvalidEmail = "INVALID_EMAIL",
        /// Another request creates an account with the same address.
        Concurrent = "CONCURRENT_ACCOUNT_MODIFICATION",
    }
}

/// A request to create an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creation {
    /// The organization that the account is created in.
    pub organization: String,
    /// The name of the account.
    pub name: String,
    /// The email address of the account.
    pub email: String,
    /// The tags of the account.
    pub tags: Tags,
    /// When the request was made.
    pub requested: Timestamp,
    /// When the account is there, or the failure known.
    pub completed: Timestamp,
    /// The id of the account, or the reason for which there will be none. It is decided when the request is made.
    pub outcome: Result<String, FailureReason>,
    /// Whether the account has been made.
    pub(in crate::sandbox) made: bool,
}

impl Creation {
    /// Returns the state at a time.
    pub fn state(&self, now: Timestamp) -> CreationState {
        match &self.outcome {
            _ if now < self.completed => CreationState::InProgress,
            Ok(_) => CreationState::Succeeded,
            Err(_) => CreationState::Failed,
        }
    }
}

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
