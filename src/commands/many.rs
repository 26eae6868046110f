//! Many calls of one operation: for several handshakes, or in many accounts.
//!
//! Each item has its own session, and its failure doesn't stop the others. Results are printed in the order of the items.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::identities::Identities;
use super::item::carry_out;
use super::live;
use super::queue::{Local, Queue};
use crate::client::pacing::{Lane, Pacer, Stop};
use crate::client::pages;
use crate::client::run::Run;
use crate::client::service::Service;
use crate::client::session::NOTHING_SENT;
use crate::command::{Call, Globals, Limits};
use crate::error::{self, Failure, Kind, unwritten};
use crate::input::Requests;
use crate::model::{ACCOUNT, HANDSHAKE_ID, Parameters, TOKEN};
use crate::os::signals::{Caught, Signal};
use crate::output::Documents;
use crate::settings::ServiceSettings;
use crate::terminal::progress::Progress;
use crate::terminal::streams::{self, Reader, Terminal, note, write_stderr, write_stdout_unless_caught};
use crate::text::counted::counted;

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
        let access = job.call.own.accounts.as_ref().map(|accounts| &accounts.access);
        let identities = Identities::open(run, job.globals, access, settings, service)?;
        let items = items(requests.accounts, requests.parameters);
        let (pacer, limits) = (Pacer::new(job.call.own.max_concurrency, !job.call.own.no_pacing), &requests.limits);
        let start = |index: usize, lane: Lane| {
            let call = carry_out_in(&identities, job, &items[index], lane, limits);
            Box::pin(call) as Local<'_, Outcome>
        };
        let mut signals = run.wait(async { Caught::catch() });
        let mut queue = Queue::new(items.len(), &start, &pacer, &mut signals);
        Report::new(job, &items, documents).all(run, &mut queue, &pacer)
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
    identities: &Identities<'_>,
    job: Job<'_>,
    Item { account, parameters }: &Item,
    lane: Lane,
    limits: &Limits,
) -> Outcome {
    let operation = job.call.operation;
    let session = identities.of(account.as_deref(), None)?.paced(lane.of(account.clone()));
    if let Some(account) = account.as_ref().filter(|_| operation.done.is_some()) {
        identities.check(&session, account).await?;
    }
    let mut document = match operation.list.filter(|_| !job.one_page) {
        None => carry_out(&session, job.call, parameters).await?,
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
        live::retain(document, list, &job.call.own, live::time(job.globals, &session, job.terminal));
    }
    let account = account.clone().map(|account| (ACCOUNT.to_owned(), Value::from(account)));
    Ok(document.map(|document| account.into_iter().chain(document).collect()))
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
            progress: Progress::new(streams::shows_progress()),
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
    fn all(mut self, run: &Run<'_>, queue: &mut Queue<'_, Outcome>, pacer: &Pacer) -> Result<u8, Failure> {
        while let Some(event) = run.wait(queue.next()) {
            match event {
                Err(signal) => self.signal(signal, queue.under_way(), pacer),
                Ok((index, outcome)) => {
                    self.early.insert(index, outcome);
                    while let Some(outcome) = self.early.remove(&self.next) {
                        self.outcome(self.next, outcome, pacer);
                        self.next += 1;
                    }
                }
            }
            self.progress.items(self.done, self.failed, self.items.len());
        }
        // Some items before these have not begun.
        for (index, outcome) in std::mem::take(&mut self.early) {
            self.outcome(index, outcome, pacer);
        }
        self.end(pacer)
    }

    /// The first signal lets the changes under way be done, the next one ends them.
    fn signal(&self, signal: Signal, under_way: usize, pacer: &Pacer) {
        pacer.signal(signal);
        let finishes =
            self.job.call.operation.done.is_some() && matches!(pacer.stopped(), Stop::Soon(_)) && under_way > 0;
        if finishes && error::format().is_plain() {
            note(&format!(
                "{signal}: {} will be finished; a second signal ends the program at once",
                counted(under_way, "running call")
            ));
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
        let all = self.items.len();
        let not_done = all - self.done - self.failed;
        let counts = [(self.failed, "failed"), (not_done, "not done")].into_iter().filter(|(count, _)| *count > 0);
        let counts: String = counts.map(|(count, what)| format!(", {count} {what}")).collect();
        format!("{} of {} done{counts}", self.done, counted(all, noun))
    }
}

/// Orders exit codes by their gravity. The codes of wrong input and missing credentials come before anything is sent,
/// unless credentials are lost in the middle.
pub fn rank(code: u8) -> u8 {
    match code {
        0 => 0,
        1 => 1,
        252 | 253 => 2,
        254 => 3,
        255 => 4,
        _ => 5,
    }
}
