//! The report: what has become of each account.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::plan::{Plan, Planned, Step};
use super::track::{Outcome, Track};
use crate::commands::many::rank;
use crate::error::{Failure, Kind};
use crate::model::ACCOUNT;
use crate::model::parent::Parent;
use crate::render::Format;
use crate::text::counted::counted;
use crate::text::escape::tame_line;

/// An account of a run that has ended: its index, what was done, and what came of it.
pub type Ended = (usize, (Track, Result<Outcome, Failure>));

/// The report of a run, or of a plan.
pub struct Report<'a> {
    plan: &'a Plan<'a>,
    /// The units that were created, with their ids.
    created: Vec<(Parent, String)>,
    /// Whether nothing was changed.
    is_plan: bool,
    /// The accounts in their order.
    pub entries: Vec<Entry<'a>>,
}

/// An account and its outcome.
pub struct Entry<'a> {
    planned: &'a Planned<'a>,
    track: Track,
    outcome: Outcome,
    /// Why the run failed for it.
    error: Option<Failure>,
}

impl<'a> Report<'a> {
    /// Returns the report of a plan. Accounts that are to be changed get the outcome `rest`.
    pub fn of_plan(plan: &'a Plan<'a>, rest: Outcome) -> Report<'a> {
        Report { is_plan: true, ..Report::of_run(plan, Vec::new(), Vec::new(), rest) }
    }

    /// Returns the report of a run. Accounts that are not among those that have ended get the outcome `rest`.
    pub fn of_run(plan: &'a Plan<'a>, ended: Vec<Ended>, created: Vec<(Parent, String)>, rest: Outcome) -> Report<'a> {
        let mut ended: HashMap<_, _> = ended.into_iter().collect();
        let entry = |(at, planned): (usize, &'a Planned<'a>)| {
            let (track, result) = ended.remove(&at).unwrap_or_else(|| {
                let outcome = match planned.step {
                    Step::Nothing => Outcome::AlreadyHere,
                    Step::Cannot(_) => Outcome::Failed,
                    _ => rest,
                };
                (Track::default(), Ok(outcome))
            });
            let (outcome, error) = match result {
                Ok(outcome) => (outcome, None),
                // The end of the run came before any change.
                Err(Failure { kind: Kind::Interrupted(_), .. }) if track.is_untouched() => (Outcome::NotStarted, None),
                Err(failure) => (Outcome::Failed, Some(failure)),
            };
            Entry { planned, track, outcome, error }
        };
        let entries = plan.accounts.iter().enumerate().map(entry).collect();
        Report { plan, created, is_plan: false, entries }
    }

    /// Returns the exit code: that of the gravest failure. An account that can't join is a failure.
    pub fn exit_code(&self) -> u8 {
        let codes = self.entries.iter().filter_map(|entry| match &entry.planned.step {
            Step::Cannot(_) => Some(254),
            _ => Some(entry.error()?.exit_code().max(254)),
        });
        codes.max_by_key(|code| rank(*code)).unwrap_or(0)
    }

    /// Returns a line for each account.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.entries.iter().map(|entry| {
            let result = entry.error().map_or(Ok(entry.outcome), Err);
            line(entry.planned, &entry.track, result)
        })
    }

    /// Returns how many accounts have each outcome.
    fn totals(&self) -> Vec<(&'static str, usize)> {
        let count = |outcome: Outcome| self.entries.iter().filter(|entry| entry.outcome == outcome).count();
        Outcome::ALL
            .into_iter()
            .map(|outcome| (outcome.name(), count(outcome)))
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    /// Returns the totals in a line.
    pub fn totals_line(&self) -> String {
        let totals: Vec<_> = self.totals().into_iter().map(|(name, count)| format!("{count} {name}")).collect();
        format!("{}: {}", counted(self.entries.len(), "account"), totals.join(", "))
    }

    /// Returns the report as it is printed. A table has a flat row for each account, unless a query selects from the report.
    pub fn document(&self, format: Format, is_queried: bool) -> Map<String, Value> {
        let is_flat = format == Format::Table && !is_queried;
        let entry = |entry: &Entry<'_>| match is_flat {
            true => Value::Object(entry.row(self.is_plan)),
            false => Value::Object(entry.document(self.plan)),
        };
        let mut document = Map::new();
        let mut set = |name: &str, value: Value| _ = document.insert(name.to_owned(), value);
        set("OrganizationId", self.plan.organization.clone().into());
        set("ManagementAccountId", self.plan.manager.clone().into());
        set("Accounts", self.entries.iter().map(entry).collect());
        if !self.created.is_empty() {
            let unit = |(parent, id): &(Parent, String)| serde_json::json!({"Path": parent.to_string(), "Id": id});
            set("CreatedOrganizationalUnits", self.created.iter().map(unit).collect());
        }
        let missing = if self.is_plan { self.plan.missing_units() } else { BTreeSet::new() };
        if !missing.is_empty() {
            let paths = missing.iter().map(|parent| Value::from(parent.to_string()));
            set("MissingOrganizationalUnits", paths.collect());
        }
        if let Some(warning) = &self.plan.warning {
            set("Warning", warning.clone().into());
        }
        let totals: Map<_, _> =
            self.totals().into_iter().map(|(name, count)| (name.to_owned(), count.into())).collect();
        set("Totals", totals.into());
        document
    }
}

impl Entry<'_> {
    /// Returns why the account can't join or has failed.
    fn error(&self) -> Option<&Failure> {
        match &self.planned.step {
            Step::Cannot(failure) => Some(failure),
            _ => self.error.as_ref(),
        }
    }

    fn document(&self, plan: &Plan<'_>) -> Map<String, Value> {
        let mut document = Map::new();
        let mut set = |name: &str, value: Option<String>| {
            document.extend(value.map(|value| (name.to_owned(), Value::from(value))));
        };
        set(ACCOUNT, Some(self.planned.account.id.clone()));
        set("Step", Some(self.planned.step.word().to_owned()));
        set("Outcome", Some(self.outcome.name().to_owned()));
        set("FromOrganizationId", self.planned.from.clone());
        set("HandshakeId", self.handshake());
        set("Parent", self.planned.parent.map(ToString::to_string));
        set("ParentId", self.planned.parent.and_then(|parent| plan.parents.id(parent)).map(str::to_owned));
        if !self.track.requests.is_empty() {
            let ids = self.track.requests.iter().map(|(name, id)| ((*name).to_owned(), id.clone().into()));
            document.insert("RequestIds".to_owned(), ids.collect::<Map<_, _>>().into());
        }
        if let Some(failure) = self.error() {
            document.insert("Error".to_owned(), failure.explained());
            let place = self.planned.parent.map(ToString::to_string);
            let left = self.track.left(place.as_deref(), &plan.again);
            document.extend(left.map(|left| ("ToDo".to_owned(), left.into())));
        }
        document
    }

    fn handshake(&self) -> Option<String> {
        let planned = match &self.planned.step {
            Step::Accept(id) => Some(id),
            _ => None,
        };
        self.track.handshake.as_ref().or(planned).cloned()
    }

    /// Returns the row of a table: what is to be done, or what was done.
    fn row(&self, is_plan: bool) -> Map<String, Value> {
        let error = self.error().map(|failure| match (&failure.kind, failure.reason()) {
            (_, Some(reason)) => reason.to_owned(),
            (Kind::Service { code, .. }, None) => code.clone(),
            _ => failure.message.clone(),
        });
        let cells = match is_plan {
            true => [("Step", Some(self.planned.step.word().to_owned())), ("Leaves", self.planned.from.clone())],
            false => [("Outcome", Some(self.outcome.name().to_owned())), ("Handshake", self.handshake())],
        };
        let account = (ACCOUNT, Some(self.planned.account.id.clone()));
        let place = ("Parent", self.planned.parent.map(ToString::to_string));
        let cells = [account].into_iter().chain(cells).chain([place, ("Error", error)]);
        cells.map(|(name, cell)| (name.to_owned(), cell.unwrap_or_default().into())).collect()
    }
}

/// Returns the line about an account that has ended.
pub fn line(planned: &Planned<'_>, track: &Track, result: Result<Outcome, &Failure>) -> String {
    let account = &planned.account.id;
    match result {
        Ok(outcome) => {
            let parts = [track.handshake.clone(), planned.parent.map(ToString::to_string)];
            let parts: Vec<_> = parts.into_iter().flatten().collect();
            let parts = if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) };
            format!("{account}: {}{parts}", outcome.name())
        }
        Err(failure) => {
            let canceled = if track.is_canceled { " and its invitation was canceled" } else { "" };
            format!("{account}: FAILED{canceled}: {failure}")
        }
    }
}

/// The maximum number of accounts that the question lists.
const MOST_LISTED: usize = 40;

/// Shows a plan on a terminal, before the question.
pub fn shown(plan: &Plan<'_>) -> String {
    let count = |is: fn(&Step) -> bool| plan.accounts.iter().filter(|planned| is(&planned.step)).count();
    let mut out = format!("Plan for the organization {} (management account {}):\n", plan.organization, plan.manager);
    for (number, what) in [
        (count(|step| matches!(step, Step::Invite)), "to invite, and to accept in its name"),
        (count(|step| matches!(step, Step::Accept(_))), "to accept an invitation in its name"),
        (count(|step| matches!(step, Step::Place)), "to move to its organizational unit"),
        (count(|step| matches!(step, Step::Nothing)), "already in place"),
        (plan.impossible(), "that can't join"),
    ] {
        if number > 0 {
            out.push_str(&format!("{number:>6}  {what}\n"));
        }
    }
    let leaving: BTreeSet<&String> = plan.accounts.iter().filter_map(|planned| planned.from.as_ref()).collect();
    for from in leaving {
        let count = plan.accounts.iter().filter(|planned| planned.from.as_ref() == Some(from)).count();
        let accounts = counted(count, "account");
        out.push_str(&format!("{accounts} will leave {from} and lose its policies, billing and shared resources.\n"));
    }
    out.push('\n');
    let noted: Vec<_> = plan.accounts.iter().filter(|planned| !matches!(planned.step, Step::Nothing)).collect();
    for planned in noted.iter().take(MOST_LISTED) {
        let step = planned.step.word();
        let what = match &planned.step {
            Step::Cannot(failure) => tame_line(&failure.message),
            _ => planned.parent.map(|parent| format!("to {parent}")).unwrap_or_default(),
        };
        out.push_str(format!("  {}  {step:<6}  {what}", planned.account.id).trim_end());
        out.push('\n');
    }
    if let Some(more) = noted.len().checked_sub(MOST_LISTED).filter(|more| *more > 0) {
        out.push_str(&format!("  and {more} more; --dry-run shows all\n"));
    }
    let units: Vec<_> = plan.missing_units().iter().map(ToString::to_string).collect();
    if !units.is_empty() {
        out.push_str(&format!("\nOrganizational units to create: {}\n", units.join(", ")));
    }
    if let Some(warning) = &plan.warning {
        out.push_str(&format!("\nWarning: {warning}.\n"));
    }
    out
}
