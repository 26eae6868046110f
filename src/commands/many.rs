//! Many calls of one operation: for several handshakes, or in many accounts.
//!
//! Each item has its own session, and its failure doesn't stop the others. Results are printed in the order of the items.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use serde_json::{Map, Value};

use super::item::carry_out;
use super::live;
use crate::client::pacing::{Lane, Pacer, Stop};
use crate::client::pages;
use crate::client::run::Run;
use crate::client::service::Service;
use crate::client::session::{KnownCaller, NOTHING_SENT, Session};
use crate::command::{Accounts, Call, Globals, Limits};
use crate::error::{self, Failure, Kind, unwritten};
use crate::input::Requests;
use crate::model::{ACCOUNT, HANDSHAKE_ID, Parameters, TOKEN};
use crate::os::signals::{Caught, Signal};
use crate::output::Documents;
use crate::settings::{Profile, Role, ServiceSettings};
use crate::terminal::progress::Progress;
use crate::terminal::streams::{self, Reader, Terminal, note, write_stderr, write_stdout_unless_caught};
use crate::text::redact::shown;

/// The call that is made many times.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The global options.
    pub globals: &'a Globals,
    /// The call.
    pub call: &'a Call,
    /// Whether a listing is one page.
    pub one_page: bool,
    /// The terminal.
    pub terminal: &'a Terminal,
}

/// How an item ended: with a document to print, with nothing to print, or with a failure.
type Outcome = Result<Option<Map<String, Value>>, Failure>;

/// Makes all calls and prints their results. Returns the exit code of the gravest failure.
///
/// # Errors
///
/// Returns an error if nothing can be sent, if results can't be written, or if a signal came.
pub fn run(
    job: Job<'_>,
    requests: Requests,
    settings: ServiceSettings,
    service: Service,
    documents: Documents<'_>,
) -> Result<u8, Failure> {
    Run::with(|run| {
        let sessions = Sessions::open(run, job, settings, service)?;
        let items = items(requests.accounts, requests.parameters);
        let (pacer, limits) = (Pacer::new(job.call.own.max_concurrency, !job.call.own.no_pacing), &requests.limits);
        let start = |index: usize, lane: Lane| {
            let Item { account, parameters } = &items[index];
            let session = sessions.of(account.as_deref()).map(|session| session.paced(lane));
            Box::pin(async move { carry_out_in(&session?, account.as_deref(), job, parameters, limits).await })
                as Local<'_, Outcome>
        };
        let mut queue = Queue {
            items: &items,
            left: 0..items.len(),
            slot: None,
            under_way: FuturesUnordered::new(),
            start: &start,
            pacer: &pacer,
            signals: run.wait(async { Caught::catch() }),
        };
        Report::new(job, &items, documents).all(run, &mut queue)
    })
}

/// One call of a run.
#[derive(Debug)]
struct Item {
    account: Option<String>,
    parameters: Parameters,
}

impl Item {
    /// Returns what names the item, with the name of its member.
    fn name(&self) -> (&'static str, &str) {
        match &self.account {
            Some(account) => (ACCOUNT, account),
            None => (HANDSHAKE_ID, self.parameters.get(HANDSHAKE_ID).and_then(Value::as_str).unwrap_or_default()),
        }
    }
}

/// Returns the items: all calls in each account, or all calls.
fn items(accounts: Option<Vec<String>>, parameters: Vec<Parameters>) -> Vec<Item> {
    let accounts = accounts.map_or_else(|| vec![None], |accounts| accounts.into_iter().map(Some).collect());
    let in_account = |account: Option<String>| {
        parameters.iter().map(move |all| Item { account: account.clone(), parameters: all.clone() })
    };
    accounts.into_iter().flat_map(in_account).collect()
}

/// Makes the call of one item.
async fn carry_out_in(
    session: &Session,
    account: Option<&str>,
    job: Job<'_>,
    parameters: &Parameters,
    limits: &Limits,
) -> Outcome {
    let operation = job.call.operation;
    if let Some(account) = account.filter(|_| operation.done.is_some()) {
        check_caller(session, account).await?;
    }
    let mut document = match operation.list.filter(|_| !job.one_page) {
        None => carry_out(session, job.call, parameters).await?,
        Some(list) => {
            let mut whole = Map::new();
            let mut listing = session.list(operation, list, parameters.clone(), limits);
            while let Some(mut page) = listing.next().await? {
                pages::merge(&mut whole, list, &mut page);
            }
            whole.extend(listing.resume_token().map(|token| (TOKEN.to_owned(), token.into())));
            Some(whole)
        }
    };
    if let (Some(document), Some(list)) = (&mut document, operation.list) {
        live::retain(document, list, &job.call.own, live::time(job.globals, session, job.terminal));
    }
    let account = account.map(|account| (ACCOUNT.to_owned(), Value::from(account)));
    Ok(document.map(|document| account.into_iter().chain(document).collect()))
}

/// Checks that a role is in the account that it should be in.
async fn check_caller(session: &Session, account: &str) -> Result<(), Failure> {
    match session.caller().await? {
        Some(caller) if caller.account != account => {
            let (other, arn) = (shown(&caller.account), shown(&caller.arn));
            let failure = Failure::unmet(format!("the role belongs to the account {other}, nothing was sent"));
            Err(failure.hint(format!("--account-role leads to {arn}")))
        }
        _ => Ok(()),
    }
}

/// The sessions of a run.
struct Sessions {
    caller: Session,
    accounts: Option<InAccounts>,
}

/// How to get a session in an account.
struct InAccounts {
    /// The identity that assumes the role, if it isn't the caller.
    source: Option<Session>,
    /// The ARN of the role, with [`PLACE`] where the account belongs.
    role: String,
    external_id: Option<String>,
}

/// The place of the account in the ARN of a role.
const PLACE: &str = "{account}";

impl Sessions {
    /// Opens the session of the identity that makes all calls or assumes all roles, and finds its credentials.
    fn open(run: &Run<'_>, job: Job<'_>, settings: ServiceSettings, service: Service) -> Result<Sessions, Failure> {
        let accounts = job.call.own.accounts.as_ref();
        accounts.map_or(Ok(()), |accounts| check_role(&accounts.role))?;
        let open = |settings, service| {
            Session::open(run, ServiceSettings { assumes_roles: accounts.is_some(), ..settings }, service)
        };
        let region = settings.region.clone();
        let caller = open(settings, service.clone())?;
        let Some(Accounts { role, source_profile, external_id, .. }) = accounts else {
            run.wait(caller.prepare())?;
            return Ok(Sessions { caller, accounts: None });
        };
        let source = source_profile.as_ref().map(|name| {
            let profile = Profile::load(Some(name), job.globals.sandbox)?;
            open(ServiceSettings::resolve(job.globals, profile)?, service)
        });
        let source = source.transpose()?;
        let assuming = source.as_ref().unwrap_or(&caller);
        run.wait(assuming.prepare())?;
        let role = match role.starts_with("arn:") {
            true => role.clone(),
            false => {
                let partition = run.wait(partition(assuming, &region))?;
                format!("arn:{partition}:iam::{PLACE}:role/{role}")
            }
        };
        let accounts = InAccounts { source, role, external_id: external_id.clone() };
        // Requests that aren't signed can't assume a role: say so once.
        accounts.session(&caller, "111111111111")?;
        Ok(Sessions { caller, accounts: Some(accounts) })
    }

    fn of(&self, account: Option<&str>) -> Result<Session, Failure> {
        match (account, &self.accounts) {
            (Some(account), Some(accounts)) => accounts.session(&self.caller, account),
            _ => Ok(self.caller.clone()),
        }
    }
}

impl InAccounts {
    fn session(&self, caller: &Session, account: &str) -> Result<Session, Failure> {
        let role = Role::of_account(self.role.replace(PLACE, account), self.external_id.clone());
        caller.assume_from(self.source.as_ref().unwrap_or(caller), role)
    }
}

/// Checks the value of `--account-role`.
fn check_role(role: &str) -> Result<(), Failure> {
    let bad = |why: &str| Err(Failure::input(format!("Bad value for --account-role: {} {why}", shown(role))));
    let is_legal = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-/".contains(c);
    match role.starts_with("arn:") {
        true if role.split(':').nth(4) != Some(PLACE) => bad("must have {account} in the place of the account's id"),
        false if role.is_empty() || !role.chars().all(is_legal) => bad("is neither the name nor the ARN of a role"),
        _ => Ok(()),
    }
}

/// The partitions whose regions have these prefixes. All other regions are in `aws`.
const PARTITIONS: [(&str, &str); 7] = [
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("us-isob-", "aws-iso-b"),
    ("us-isof-", "aws-iso-f"),
    ("us-iso-", "aws-iso"),
    ("eu-isoe-", "aws-iso-e"),
    ("eusc-", "aws-eusc"),
];

/// Returns the partition of a caller, by its ARN. If STS can't be asked, returns that of the region.
async fn partition(caller: &Session, region: &str) -> Result<String, Failure> {
    let of_region = || PARTITIONS.iter().find(|(prefix, _)| region.starts_with(prefix)).map_or("aws", |(_, name)| name);
    let known = match caller.known_caller().await? {
        KnownCaller::Identity(identity) => identity.arn.split(':').nth(1).map(str::to_owned),
        KnownCaller::Implied | KnownCaller::Unknown(_) => None,
    };
    Ok(known.filter(|name| !name.is_empty()).unwrap_or_else(|| of_region().to_owned()))
}

/// A future without threads.
type Local<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Starts an item in its lane.
type Start<'a> = dyn Fn(usize, Lane) -> Local<'a, Outcome> + 'a;

/// The items that are under way, and those that wait for a slot.
struct Queue<'a> {
    items: &'a [Item],
    /// The items that have not begun.
    left: Range<usize>,
    /// The wait for the slot of the next one.
    slot: Option<Local<'a, Lane>>,
    under_way: FuturesUnordered<Local<'a, (usize, Outcome)>>,
    start: &'a Start<'a>,
    pacer: &'a Pacer,
    /// Catches the signals of the whole run.
    signals: Caught,
}

/// What happens in a run: an item ends, or a signal comes.
type Event = Result<(usize, Outcome), Signal>;

impl Queue<'_> {
    /// Waits for the next event; returns nothing when no item is under way or will begin.
    async fn next(&mut self) -> Option<Event> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Event>> {
        if let Poll::Ready(signal) = self.signals.poll(context) {
            return Poll::Ready(Some(Err(signal)));
        }
        let begins = self.pacer.stopped() == Stop::No;
        while let Some(item) = self.items.get(self.left.start).filter(|_| begins) {
            let lane = || Box::pin(self.pacer.clone().lane(item.account.clone()));
            let slot = self.slot.get_or_insert_with(|| lane());
            let Poll::Ready(lane) = slot.as_mut().poll(context) else { break };
            self.slot = None;
            let index = self.left.start;
            self.left.start += 1;
            let outcome = (self.start)(index, lane);
            self.under_way.push(Box::pin(async move { (index, outcome.await) }));
        }
        match self.under_way.poll_next_unpin(context) {
            Poll::Ready(Some(ended)) => Poll::Ready(Some(Ok(ended))),
            Poll::Ready(None) if begins && !self.left.is_empty() => Poll::Pending,
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// Prints the outcomes in the order of the items, and counts them.
struct Report<'a> {
    job: Job<'a>,
    items: &'a [Item],
    documents: Documents<'a>,
    progress: Progress,
    /// Outcomes that wait for those before them.
    early: BTreeMap<usize, Outcome>,
    /// The item to print next.
    next: usize,
    done: usize,
    failed: usize,
    /// The exit code of the gravest failure.
    code: u8,
    /// Whether stdout takes no more.
    is_mute: bool,
    /// Why stdout takes no more, unless its reader is gone.
    unwritten: Option<Failure>,
}

impl<'a> Report<'a> {
    fn new(job: Job<'a>, items: &'a [Item], documents: Documents<'a>) -> Report<'a> {
        Report {
            job,
            items,
            documents,
            progress: Progress::new(job.terminal.rewrites && !streams::is_debug()),
            early: BTreeMap::new(),
            next: 0,
            done: 0,
            failed: 0,
            code: 0,
            is_mute: false,
            unwritten: None,
        }
    }

    /// Runs the queue to its end.
    fn all(mut self, run: &Run<'_>, queue: &mut Queue<'_>) -> Result<u8, Failure> {
        while let Some(event) = run.wait(queue.next()) {
            match event {
                Err(signal) => self.signal(signal, queue),
                Ok((index, outcome)) => {
                    self.early.insert(index, outcome);
                    while let Some(outcome) = self.early.remove(&self.next) {
                        self.outcome(self.next, outcome, queue.pacer);
                        self.next += 1;
                    }
                }
            }
            self.progress.items(self.done, self.failed, self.items.len());
        }
        // Some items before these have not begun.
        for (index, outcome) in std::mem::take(&mut self.early) {
            self.outcome(index, outcome, queue.pacer);
        }
        self.end(queue.pacer)
    }

    /// The first signal lets the changes under way be done, the next one ends them.
    fn signal(&self, signal: Signal, queue: &Queue<'_>) {
        match queue.pacer.stopped() {
            Stop::No => {
                queue.pacer.stop(Stop::Soon(Some(signal)));
                let (count, plural) = plural(queue.under_way.len());
                if self.job.call.operation.done.is_some() && error::format().is_plain() && count > 0 {
                    note(&format!(
                        "{signal}: {count} call{plural} under way will be finished; a second signal ends the program at once"
                    ));
                }
            }
            Stop::Soon(_) | Stop::Now(_) => queue.pacer.stop(Stop::Now(signal)),
        }
    }

    /// Prints the outcome of an item.
    fn outcome(&mut self, index: usize, outcome: Outcome, pacer: &Pacer) {
        let printed = outcome.and_then(|document| match document {
            Some(document) => self.documents.text(document),
            None => Ok(String::new()),
        });
        match printed {
            Ok(text) => {
                self.done += 1;
                self.write(&text, pacer);
                self.name_unwritten(index);
            }
            Err(failure) if pacer.stopped() != Stop::No && [NOTHING_SENT, ""].contains(&failure.message.as_str()) => {}
            Err(failure) => {
                self.failed += 1;
                if rank(failure.exit_code()) > rank(self.code) {
                    self.code = failure.exit_code();
                }
                let (member, name) = self.items[index].name();
                write_stderr(&failure.of(member, name).report(error::format(), self.job.terminal.stderr));
            }
        }
    }

    /// Names a changed item on stderr if its result could not be written.
    fn name_unwritten(&self, index: usize) {
        if let Some(done) =
            self.job.call.operation.done.filter(|_| self.unwritten.is_some() && !self.job.call.own.dry_run)
        {
            note(&format!("{}: {done}", self.items[index].name().1));
        }
    }

    fn write(&mut self, text: &str, pacer: &Pacer) {
        if self.is_mute || text.is_empty() {
            return;
        }
        let done = self.job.call.operation.done;
        match write_stdout_unless_caught(text) {
            Ok(Reader::Present) => {}
            Ok(Reader::Gone) => {
                self.is_mute = true;
                if done.is_none() {
                    pacer.stop(Stop::Soon(None));
                }
            }
            Err(error) => {
                let failure = unwritten(error, done);
                self.is_mute = true;
                // The queue has caught a signal as well.
                if !matches!(failure.kind, Kind::Interrupted(_)) {
                    pacer.stop(Stop::Soon(None));
                }
                self.unwritten = Some(failure);
            }
        }
    }

    /// Prints the table and the counts.
    fn end(mut self, pacer: &Pacer) -> Result<u8, Failure> {
        let table = self.documents.end();
        self.write(&table, pacer);
        let counts = self.counts();
        if let Some(signal) = pacer.stopped().signal() {
            return Err(Failure::new(Kind::Interrupted(signal), counts));
        }
        let is_left = self.is_mute && self.unwritten.is_none() && self.job.call.operation.done.is_none();
        if error::format().is_plain() && !is_left {
            note(&counts);
        }
        match self.unwritten {
            Some(failure) => Err(failure),
            None => Ok(self.code),
        }
    }

    /// Returns how many items are done, failed and neither.
    fn counts(&self) -> String {
        let noun = match self.items.first().map(Item::name) {
            Some((ACCOUNT, _)) => "account",
            _ => "handshake",
        };
        let (all, plural) = plural(self.items.len());
        let not_done = all - self.done - self.failed;
        let counts = [(self.failed, "failed"), (not_done, "not done")].into_iter().filter(|(count, _)| *count > 0);
        let counts: String = counts.map(|(count, what)| format!(", {count} {what}")).collect();
        format!("{} of {all} {noun}{plural} done{counts}", self.done)
    }
}

/// Returns a count, and the ending of its noun.
fn plural(count: usize) -> (usize, &'static str) {
    (count, if count == 1 { "" } else { "s" })
}

/// Orders exit codes by their gravity. The codes of wrong input and missing credentials come before anything is sent,
/// unless credentials are lost in the middle.
fn rank(code: u8) -> u8 {
    match code {
        0 => 0,
        1 => 1,
        252 | 253 => 2,
        254 => 3,
        255 => 4,
        _ => 5,
    }
}
