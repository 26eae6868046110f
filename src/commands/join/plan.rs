//! The plan: reads how the organization and the accounts stand, and decides what each account needs. Changes nothing.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::job::{Happened, Job};
use super::parents::Parents;
use crate::client::choose::{self, Handshake};
use crate::client::pacing::Lane;
use crate::client::run::Run;
use crate::client::session::Session;
use crate::client::settle::{is_addressed, text};
use crate::command::Join;
use crate::commands::look;
use crate::commands::queue::Local;
use crate::error::{Failure, Kind};
use crate::input::accounts::AccountToJoin;
use crate::model::parent::Parent;
use crate::model::{Api, INVITE, Parameters};
use crate::os::signals::Caught;
use crate::render::relative::instant;
use crate::terminal::progress::Progress;
use crate::terminal::streams;

/// What each account needs, and the organization that it is about.
pub struct Plan<'a> {
    /// The organization's id.
    pub organization: String,
    /// Its management account.
    pub manager: String,
    /// The places of the accounts.
    pub parents: Parents,
    /// The accounts, in their order.
    pub accounts: Vec<Planned<'a>>,
    /// What may go wrong although the plan is possible.
    pub warning: Option<String>,
    /// The options that select the same service and caller, for commands in messages.
    pub again: String,
}

/// What an account needs.
pub struct Planned<'a> {
    /// The account.
    pub account: &'a AccountToJoin,
    /// Where it is to be; nothing if that doesn't matter.
    pub parent: Option<&'a Parent>,
    /// The organization that it leaves.
    pub from: Option<String>,
    /// The next step.
    pub step: Step,
}

/// The step that an account needs.
#[derive(Debug)]
pub enum Step {
    /// Nothing: it is where it should be.
    Nothing,
    /// It is a member, and is to be moved.
    Place,
    /// It is to accept the invitation with this id.
    Accept(String),
    /// It is to be invited.
    Invite,
    /// It can't join, for this reason.
    Cannot(Box<Failure>),
}

impl Step {
    /// Returns the step in a word, as the report has it.
    pub fn word(&self) -> &'static str {
        match self {
            Step::Nothing => "NOTHING",
            Step::Place => "PLACE",
            Step::Accept(_) => "ACCEPT",
            Step::Invite => "INVITE",
            Step::Cannot(_) => "CANNOT",
        }
    }

    /// Returns whether it changes something.
    pub fn changes(&self) -> bool {
        matches!(self, Step::Place | Step::Accept(_) | Step::Invite)
    }
}

impl Plan<'_> {
    /// Returns how many accounts are to be changed.
    pub fn changes(&self) -> usize {
        self.accounts.iter().filter(|planned| planned.step.changes()).count()
    }

    /// Returns how many accounts can't join.
    pub fn impossible(&self) -> usize {
        self.accounts.iter().filter(|planned| matches!(planned.step, Step::Cannot(_))).count()
    }

    /// Returns the units that are missing for the accounts that are to be changed, those above before those below: a path comes
    /// before the longer ones that begin with it.
    pub fn missing_units(&self) -> BTreeSet<Parent> {
        let wanted = self.accounts.iter().filter(|planned| planned.step.changes()).filter_map(|planned| planned.parent);
        let paths = wanted.filter_map(|parent| match parent {
            Parent::Path(names) => Some((1..=names.len()).map(|depth| Parent::Path(names[..depth].to_vec()))),
            Parent::Id(_) => None,
        });
        paths.flatten().filter(|path| self.parents.id(path).is_none()).collect()
    }
}

/// Where an account is.
#[derive(Debug, PartialEq, Eq)]
pub enum Location {
    /// In the organization.
    Here,
    /// In no organization, or in one that it may leave.
    Elsewhere(Option<String>),
}

/// The organization, as it was read.
struct Destination {
    organization: String,
    manager: String,
    /// The status of each member.
    members: HashMap<String, String>,
    handshakes: Vec<Handshake>,
    parents: Parents,
    /// The time by the service's clock.
    now: Timestamp,
}

/// Makes the plan.
///
/// # Errors
///
/// Returns an error if the caller doesn't manage the organization, if the organization isn't the one that the options name,
/// if a place for accounts doesn't exist, if the organization can't be read, or if a signal came.
pub fn make<'a>(run: &Run<'_>, job: &Job<'a>, accounts: &'a [AccountToJoin]) -> Result<Plan<'a>, Failure> {
    let mut signals = run.wait(async { Caught::catch() });
    let mut line = Progress::new(streams::shows_progress());
    let read = |_, lane: Lane| Box::pin(destination(job, accounts, lane)) as Local<'_, Result<Destination, Failure>>;
    let found = job.all(run, 1, &read, &mut signals, |_| {}).pop().map(|(_, found)| found);
    let interrupted = || job.pacer.stopped().signal().map(|signal| Failure::new(Kind::Interrupted(signal), ""));
    let found = found.unwrap_or_else(|| Err(Failure::other("The organization could not be read")));
    let destination = interrupted().map_or(found, Err)?;

    let mut ended = 0;
    let plan =
        |at: usize, lane: Lane| Box::pin(planned(job, &destination, &accounts[at], lane)) as Local<'_, Planned<'a>>;
    let planned = job.all(run, accounts.len(), &plan, &mut signals, |happened| {
        if let Happened::Ended(..) = happened {
            ended += 1;
            line.show(|| format!("{ended} of {} accounts read", accounts.len()));
        }
    });
    interrupted().map_or(Ok(()), Err)?;
    let planned: Vec<_> = planned.into_iter().map(|(_, planned)| planned).collect();
    let invites = planned.iter().any(|planned| matches!(planned.step, Step::Invite));
    let warning = invites.then(|| warning(&destination)).flatten();
    let Destination { organization, manager, parents, .. } = destination;
    let again = job.identities.caller.again().to_owned();
    Ok(Plan { organization, manager, parents, accounts: planned, warning, again })
}

/// Reads the organization, and checks that the caller may change it.
async fn destination(job: &Job<'_>, accounts: &[AccountToJoin], lane: Lane) -> Result<Destination, Failure> {
    let session = job.destination(&lane);
    let organization = look::organization(&session).await?;
    let organization = organization.ok_or_else(|| Failure::unmet("the caller's account is in no organization"))?;
    let (id, manager) = named(&organization)?;
    if let Some(asked) = job.join.to_organization.as_ref().filter(|asked| **asked != id) {
        let problem = format!("the caller's organization is {id}, not {asked} (--to-organization)");
        return Err(Failure::unmet(problem));
    }
    let caller = session.caller().await?.map(|caller| caller.account);
    if caller.as_ref() != Some(&manager) {
        let caller = caller.unwrap_or_else(|| "unknown".to_owned());
        let problem =
            format!("the caller is {caller}; only the management account {manager} of {id} can invite accounts");
        return Err(Failure::unmet(problem));
    }
    let mut members = HashMap::new();
    look::each(&session, Api::ListAccounts, Parameters::new(), |account| {
        let [id, status] = ["Id", "Status"].map(|name| text(&account, name).unwrap_or_default().to_owned());
        members.insert(id, status);
        true
    })
    .await?;
    let handshakes = look::handshakes(&session, Api::ListHandshakesForOrganization, None).await?;
    let here = |account: &&AccountToJoin| members.contains_key(&account.id);
    let parents = Parents::read(&session, job.join, accounts, here).await?;
    Ok(Destination { organization: id, manager, members, handshakes, parents, now: session.now() })
}

/// Decides what an account needs.
async fn planned<'a>(job: &Job<'a>, destination: &Destination, account: &'a AccountToJoin, lane: Lane) -> Planned<'a> {
    let parent = account.parent.as_ref().or(job.join.parent.as_ref());
    let is_placed = parent.is_none_or(|parent| destination.parents.has(parent, &account.id));
    let step = match destination.members.get(&account.id) {
        Some(_) if is_placed => Ok(Step::Nothing),
        Some(status) if status != "ACTIVE" && !status.is_empty() => Err(cannot(
            format!("the account is a member and {status}"),
            "a suspended account can't be moved: leave it out",
        )),
        Some(_) => Ok(Step::Place),
        None => match job.first_look(&destination.organization, account, &lane).await {
            Ok(Location::Here) if parent.is_none() => Ok(Step::Nothing),
            Ok(Location::Here) => Ok(Step::Place),
            Ok(Location::Elsewhere(from)) => {
                let step = destination.way_in(account).unwrap_or_else(|failure| Step::Cannot(Box::new(failure)));
                return Planned { account, parent, from, step };
            }
            Err(failure) => Err(failure),
        },
    };
    Planned { account, parent, from: None, step: step.unwrap_or_else(|failure| Step::Cannot(Box::new(failure))) }
}

impl Destination {
    /// Returns how an account can join: by a live invitation, or by a new one.
    fn way_in(&self, account: &AccountToJoin) -> Result<Step, Failure> {
        let live = |action: &'static str| {
            self.handshakes.iter().filter(move |one| choose::has_action(one, action) && choose::is_live(one))
        };
        let id = party("ACCOUNT", &account.id);
        let email = account.email.as_ref().map(|email| party("EMAIL", email));
        let is_for =
            |one: &&Handshake| is_addressed(one, &id) || email.as_ref().is_some_and(|email| is_addressed(one, email));
        if let Some(id) = live(INVITE).find(is_for).and_then(choose::id) {
            return Ok(Step::Accept(id));
        }
        match live("ENABLE_ALL_FEATURES").next() {
            Some(one) => Err(cannot(
                format!("the organization is enabling all features: {}", choose::line(one)),
                "accept or cancel that handshake first",
            )),
            None => Ok(Step::Invite),
        }
    }
}

/// Returns the reason why an account can't join, and what to do.
fn cannot(reason: String, to_do: &str) -> Failure {
    let explanation = Some("The account can't join. Nothing was changed.".to_owned());
    Failure { explanation, ..Failure::unmet(reason).hint(to_do) }
}

/// Returns a party of a handshake.
pub fn party(kind: &str, id: &str) -> Map<String, Value> {
    Map::from_iter([("Id".to_owned(), id.into()), ("Type".to_owned(), kind.into())])
}

/// The number of invitations in 24 hours that every organization has (user guide, Quotas). Accepted ones don't count.
const DAILY_INVITATIONS: usize = 20;

/// Warns if the quota of invitations may be used up. The quota of an organization can be larger, which no read shows.
fn warning(destination: &Destination) -> Option<String> {
    let is_recent = |one: &&Handshake| {
        let sent = one.get("RequestedTimestamp").and_then(instant);
        sent.is_some_and(|sent| destination.now.duration_since(sent) < SignedDuration::from_hours(24))
    };
    let open =
        destination.handshakes.iter().filter(|one| choose::has_action(one, INVITE) && choose::state(one) != "ACCEPTED");
    let count = open.filter(is_recent).count();
    (count >= DAILY_INVITATIONS).then(|| {
        format!(
            "new invitations may be rejected: {count} invitations of the last 24 hours are not accepted, and the quota is \
             {DAILY_INVITATIONS}, or the quota of accounts if that is larger"
        )
    })
}

/// How long the first look at an account is repeated if it fails for a reason that may pass.
const FIRST_LOOK: Duration = Duration::from_secs(15);

impl Job<'_> {
    /// Reads where an account is, in the account's own name, and checks that the name is its own.
    ///
    /// # Errors
    ///
    /// Returns why the account can't be read, or why it can't join.
    async fn first_look(&self, organization: &str, account: &AccountToJoin, lane: &Lane) -> Result<Location, Failure> {
        let session = self.session(account, lane)?;
        self.settled_within(FIRST_LOOK.min(self.join.timeout), lane, async || {
            self.identities.check(&session, &account.id).await?;
            self.location(&session, organization, &account.id).await
        })
        .await
    }

    /// Reads where an account is.
    ///
    /// # Errors
    ///
    /// Returns the failure of the read, or why the account can't join.
    pub async fn location(&self, session: &Session, organization: &str, account: &str) -> Result<Location, Failure> {
        let found = look::organization(session).await?;
        let found = found.as_ref().map(named).transpose()?;
        located(found, organization, account, self.join)
    }
}

/// Returns the id of an organization, and its management account.
fn named(organization: &Map<String, Value>) -> Result<(String, String), Failure> {
    let member = |name: &str| text(organization, name).filter(|value| !value.is_empty()).map(str::to_owned);
    let missing = || Failure::other("The service's response to DescribeOrganization doesn't name the organization");
    member("Id").zip(member("MasterAccountId")).ok_or_else(missing)
}

/// Decides from an account's organization whether it can join another one.
fn located(
    found: Option<(String, String)>,
    organization: &str,
    account: &str,
    join: &Join,
) -> Result<Location, Failure> {
    let Some((id, manager)) = found else { return Ok(Location::Elsewhere(None)) };
    match &join.from_organization {
        _ if id == organization => Ok(Location::Here),
        _ if manager == account => {
            let problem = format!("the account manages the organization {id}");
            Err(cannot(
                problem,
                "a management account can't leave: delete its organization first, or leave the account out",
            ))
        }
        Some(from) if *from == id => Ok(Location::Elsewhere(Some(id))),
        _ => {
            let problem = format!(
                "the account would leave the organization {id} and lose its policies, billing and shared resources"
            );
            Err(cannot(problem, &format!("--from-organization {id} lets it leave")))
        }
    }
}
