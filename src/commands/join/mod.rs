//! `orgshake join`: brings accounts into an organization. Reads how things stand, makes a plan, carries it out, and reports.
//!
//! The service has all state: a second run reads again and does what is missing.

mod job;
mod parents;
mod patience;
mod plan;
mod policy;
mod report;
mod steps;
mod track;

use std::time::Instant;

pub use policy::print_policy;

use super::call::warn_of_unverified;
use super::identities::Identities;
use super::look::unchanged;
use super::queue::Local;
use super::{Prepared, prepared};
use crate::client::pacing::{Lane, Pacer, Stop};
use crate::client::run::Run;
use crate::client::service::service;
use crate::command::{Access, Globals, Join};
use crate::error::{self, Failure, Kind};
use crate::input;
use crate::input::accounts::{AccountToJoin, refused};
use crate::os::signals::Caught;
use crate::output::{Output, apply};
use crate::query::Query;
use crate::settings::OutputSettings;
use crate::terminal::progress::Progress;
use crate::terminal::streams::{self, Terminal, note};
use crate::text::counted::counted;
use job::{Delays, Happened, Job};
use parents::Created;
use plan::{Plan, Planned};
use report::Report;
use track::{Outcome, Track};

/// Brings the accounts into the caller's organization, after a plan. Returns the exit code.
///
/// # Errors
///
/// Returns an error if the input or a setting is wrong, if the plan can't be made or must not be carried out, if a signal
/// came, or if the report can't be written.
pub fn run(globals: &Globals, join: &Join, terminal: &Terminal) -> Result<u8, Failure> {
    let Prepared { query, output, service: settings } = prepared(globals)?;
    let accounts = input::joining(&join.accounts.accounts)?;
    check_roles(join, &accounts)?;
    if accounts.is_empty() {
        note("--accounts contains no account");
        return Ok(0);
    }
    if !join.dry_run && !join.yes && !streams::can_ask() {
        let failure = Failure::input("without a terminal, join can't ask for confirmation: add --yes");
        return Err(failure.hint("--dry-run prints the plan and changes nothing"));
    }
    let (service, now) = service(globals)?;
    warn_of_unverified(&settings, &service);
    let terminal = terminal.at(now);
    Run::with(|run| {
        let identities = Identities::open(run, globals, Some(&join.accounts.access), settings, service)?;
        let pacer = Pacer::new(join.max_concurrency, !join.no_pacing);
        let job = Job { join, identities: &identities, pacer: &pacer, delays: Delays::default() };
        let plan = plan::make(run, &job, &accounts).map_err(unchanged)?;
        let printed = Printed { query: query.as_ref(), output, terminal: &terminal };
        job.after(run, plan, printed)
    })
}

/// Checks that there is a role for each account.
fn check_roles(join: &Join, accounts: &[AccountToJoin]) -> Result<(), Failure> {
    let own = accounts.iter().filter(|account| account.role.is_some());
    match &join.accounts.access {
        Access::Profile(_) if own.clone().next().is_some() => {
            Err(refused("the column role can't be combined with --account-profile".to_owned()))
        }
        Access::Role { role: None, .. } if own.count() < accounts.len() => {
            let failure = Failure::input("the following arguments are required: --account-role or --account-profile");
            Err(failure.hint("the column role can also name a role for each account"))
        }
        _ => Ok(()),
    }
}

/// How the report is printed.
struct Printed<'a> {
    query: Option<&'a Query>,
    output: OutputSettings,
    terminal: &'a Terminal,
}

impl Printed<'_> {
    /// Prints a report. If that fails after changes, a line for each account goes to stderr.
    fn print(self, report: &Report<'_>, done: Option<&'static str>) -> Result<(), Failure> {
        let document = report.document(self.output.format, self.query.is_some());
        let mut output = Output::new("Join", self.query, self.output, self.terminal).after(done);
        let printed = output.result(document, None).and_then(|_| output.finish());
        if printed.is_err() && done.is_some() && self.terminal.rewrites {
            report.lines().for_each(|line| note(&line));
        }
        printed
    }

    /// Applies the query to the report of the plan, so that one that fails does so before any change.
    fn check(&self, report: &Report<'_>) -> Result<(), Failure> {
        let document = report.document(self.output.format, self.query.is_some());
        let selected = self.query.map(|query| apply(query, &document.into())).transpose();
        selected.map(drop).map_err(unchanged)
    }
}

impl Job<'_> {
    /// Prints the plan, or carries it out and prints the report.
    fn after(&self, run: &Run<'_>, mut plan: Plan<'_>, printed: Printed<'_>) -> Result<u8, Failure> {
        let (changes, impossible) = (plan.changes(), plan.impossible());
        let is_refused = impossible > 0 && !self.join.skip_impossible;
        if self.join.dry_run || is_refused || changes == 0 {
            let rest = if self.join.dry_run { Outcome::Planned } else { Outcome::NotStarted };
            let report = Report::of_plan(&plan, rest);
            printed.print(&report, None)?;
            if is_refused {
                let all = counted(report.entries.len(), "account");
                let problem = format!("{impossible} of {all} can't join; the report says why. Nothing was changed");
                return Err(Failure::unmet(problem).hint("--skip-impossible goes on without them"));
            }
            return Ok(if self.join.dry_run { 0 } else { report.exit_code() });
        }
        printed.check(&Report::of_plan(&plan, Outcome::NotStarted))?;
        if !self.join.yes {
            confirm(&plan, changes)?;
        }
        let mut signals = run.wait(async { Caught::catch() });
        let (created, failure) = self.create_units(run, &plan, &mut signals);
        plan.parents.add(&created);
        let (ended, result) = match failure {
            None => (self.carry_out_all(run, &plan, &mut signals), Ok(())),
            Some(failure) => (Vec::new(), Err(failure.hint("no account was changed"))),
        };
        let report = Report::of_run(&plan, ended, created, Outcome::NotStarted);
        printed.print(&report, Some("accounts may have been changed; to see them, run join again with --dry-run"))?;
        result?;
        match self.pacer.stopped().signal() {
            Some(signal) => Err(Failure::new(Kind::Interrupted(signal), report.totals_line())),
            None => Ok(report.exit_code()),
        }
    }

    /// Creates the units that are missing.
    fn create_units(&self, run: &Run<'_>, plan: &Plan<'_>, signals: &mut Caught) -> Created {
        let create = |_, lane: Lane| {
            Box::pin(self.create_parents(&plan.parents, plan.missing_units(), lane)) as Local<'_, Created>
        };
        let created = self.all(run, 1, &create, signals, |_| {}).pop();
        created.map(|(_, created)| created).unwrap_or_default()
    }

    /// Does for all accounts what the plan says, as far as the run isn't ended before.
    fn carry_out_all(&self, run: &Run<'_>, plan: &Plan<'_>, signals: &mut Caught) -> Vec<report::Ended> {
        let ready: Vec<usize> = (0..plan.accounts.len()).filter(|at| plan.accounts[*at].step.changes()).collect();
        let start = |at: usize, lane: Lane| {
            let lane = lane.finishing().limited(self.join.timeout);
            Box::pin(self.carry_out(plan, &plan.accounts[ready[at]], lane))
                as Local<'_, (Track, Result<Outcome, Failure>)>
        };
        let mut tally = Tally::new(ready.len());
        let ended = self.all(run, ready.len(), &start, signals, |happened| match happened {
            Happened::Ended(at, (track, result), under_way) => {
                tally.count(&plan.accounts[ready[at]], track, result, under_way);
                if self.join.max_failures.is_some_and(|most| tally.failed >= most) && self.pacer.stopped() == Stop::No {
                    self.pacer.stop(Stop::Soon(None));
                    tally.say(&format!("{} failed: join starts no more accounts", tally.failed));
                }
            }
            Happened::Signal(under_way) if matches!(self.pacer.stopped(), Stop::Soon(_)) && under_way > 0 => {
                let accounts = counted(under_way, "account");
                tally.say(&format!(
                    "join starts no more accounts and finishes {accounts} in progress; a second signal ends \
                     it at once"
                ));
            }
            Happened::Signal(_) => {}
        });
        ended.into_iter().map(|(at, ended)| (ready[at], ended)).collect()
    }
}

/// Shows the plan on the terminal, and asks whether to carry it out.
fn confirm(plan: &Plan<'_>, changes: usize) -> Result<(), Failure> {
    let prompt = format!("Change {}? Only \"yes\" goes on: ", counted(changes, "account"));
    let answer = streams::ask(&format!("{}\n{prompt}", report::shown(plan)));
    match answer {
        Ok(answer) if answer.trim() == "yes" => Ok(()),
        Ok(_) => Err(Failure::unmet("not confirmed; nothing was changed")),
        Err(error) => Err(unchanged(error::unwritten(error, None))),
    }
}

/// Counts the accounts that have ended, and shows that on stderr: as one line on a terminal, as a line for each account
/// elsewhere.
struct Tally {
    all: usize,
    done: usize,
    failed: usize,
    began: Instant,
    line: Progress,
    is_terminal: bool,
}

impl Tally {
    fn new(all: usize) -> Tally {
        let is_terminal = streams::shows_progress();
        Tally { all, done: 0, failed: 0, began: Instant::now(), line: Progress::new(is_terminal), is_terminal }
    }

    fn count(&mut self, planned: &Planned<'_>, track: &Track, result: &Result<Outcome, Failure>, under_way: usize) {
        match result {
            Ok(_) => self.done += 1,
            Err(_) => self.failed += 1,
        }
        if !self.is_terminal {
            return self.say(&report::line(planned, track, result.as_ref().copied()));
        }
        let ended = self.done + self.failed;
        let failed = if self.failed == 0 { String::new() } else { format!(", {} failed", self.failed) };
        let left = u32::try_from(self.all - ended).unwrap_or(u32::MAX);
        let time = self.began.elapsed() / u32::try_from(ended).unwrap_or(u32::MAX) * left;
        let time = match time.as_secs() {
            0 => String::new(),
            seconds if seconds < 100 => format!(", about {seconds} s left"),
            seconds => format!(", about {} min left", seconds.div_ceil(60)),
        };
        let (done, all) = (self.done, self.all);
        self.line.show(|| format!("{done} of {all} done, {under_way} in progress{failed}{time}"));
    }

    /// Prints a note, unless errors are documents for programs.
    fn say(&self, text: &str) {
        if error::format().is_plain() {
            note(text);
        }
    }
}
