//! `orgshake wait`: looks at handshakes until they have reached a state.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::Value;

use super::call::warn_of_unverified;
use super::look;
use super::{Prepared, prepared};
use crate::client::choose;
use crate::client::run::Run;
use crate::client::service::service;
use crate::client::session::Session;
use crate::client::settle::{is_addressed, of_action, text};
use crate::command::{Globals, Goal, Wait};
use crate::error::{Failure, Kind};
use crate::input;
use crate::model::{Api, FINAL, HANDSHAKE_ID, INVITE, Parameters};
use crate::os::signals;
use crate::render::relative::instant;
use crate::terminal::progress::Standing;
use crate::terminal::streams;

/// The time from one look to the next.
const INTERVAL: Duration = Duration::from_secs(15);
/// The number of looks without `--timeout`.
const LOOKS: u32 = 40;
/// The time from one change of the line on the terminal to the next.
const TICK: Duration = Duration::from_secs(1);
/// The maximum number of handshakes that a message lists.
const MOST_LISTED: usize = 10;

/// The listings, in the order in which they are asked. Only a sender has several handshakes to wait for, and to any other
/// account the first listing is refused.
const LISTINGS: [Api; 2] = [Api::ListHandshakesForOrganization, Api::ListHandshakesForAccount];

/// Waits until the handshakes have reached the state.
///
/// # Errors
///
/// Returns an error if an option or a setting is wrong, if the service refuses to show a handshake, if the time is over,
/// or if a handshake has reached another final state.
pub fn run(globals: &Globals, wait: &Wait) -> Result<(), Failure> {
    let Prepared { service: settings, .. } = prepared(globals)?;
    let sought = sought(wait)?;
    if matches!(&sought, Sought::Ids(ids) if ids.is_empty()) {
        streams::note("no handshake id was given, so there is nothing to wait for");
        return Ok(());
    }
    let (service, _) = service(globals)?;
    warn_of_unverified(&settings, &service);
    Run::with(|run| {
        let session = Session::open(run, settings, service)?;
        let schedule = Schedule::new(wait);
        let mut watch = Watch { session: &session, goal: wait.goal, sought, refused: [false; LISTINGS.len()] };
        run.wait(watch.until_reached(&schedule, &Standing::of_stderr()))
    })
}

/// Reads and checks what to wait for.
fn sought(wait: &Wait) -> Result<Sought, Failure> {
    if let Some(target) = &wait.target {
        return Ok(Sought::Invite { party: input::party(target)?, newest: None });
    }
    if wait.ids.is_empty() {
        let failure = Failure::input("the following arguments are required: --handshake-id");
        return Err(failure.hint("--target chooses the newest INVITE to a party instead"));
    }
    let ids = input::handshake_ids(&wait.ids)?;
    Ok(Sought::Ids(ids.into_iter().map(Watched::new).collect()))
}

/// When to look, and when to give up.
#[derive(Debug)]
struct Schedule {
    interval: Duration,
    end: End,
}

/// The time that each look has, even if `--timeout` leaves less.
const LEAST_LOOK: Duration = Duration::from_secs(5);

/// The end of the time.
#[derive(Debug)]
enum End {
    /// After so many looks.
    Looks(u32),
    /// At this instant; never, if it is too far to calculate with.
    At(Option<Instant>),
}

impl Schedule {
    fn new(wait: &Wait) -> Schedule {
        let end = wait.timeout.map_or(End::Looks(LOOKS), |timeout| End::At(Instant::now().checked_add(timeout)));
        Schedule { interval: wait.interval.unwrap_or(INTERVAL), end }
    }

    /// Returns the pause after so many looks, or nothing if the time is over.
    fn pause(&self, looks: u32) -> Option<Duration> {
        match self.end {
            End::Looks(all) => (looks < all).then_some(self.interval),
            End::At(None) => Some(self.interval),
            End::At(Some(end)) => {
                let left = end.saturating_duration_since(Instant::now());
                (!left.is_zero()).then(|| left.min(self.interval))
            }
        }
    }

    /// Runs a look until the time of `--timeout` is over; returns nothing if the look has not ended by then.
    async fn within<T>(&self, look: impl Future<Output = T>) -> Option<T> {
        let End::At(Some(end)) = self.end else { return Some(look.await) };
        let left = end.saturating_duration_since(Instant::now()).max(LEAST_LOOK);
        tokio::time::timeout(left, look).await.ok()
    }

    /// Returns how the AWS SDKs call the end of the time.
    fn exceeded(&self) -> &'static str {
        match self.end {
            End::Looks(_) => "Max attempts exceeded",
            End::At(_) => "Max wait time exceeded",
        }
    }
}

/// The handshakes to wait for.
#[derive(Debug)]
enum Sought {
    /// Handshakes with these ids.
    Ids(Vec<Watched>),
    /// The newest INVITE to a party, if there was one at the last look.
    Invite { party: Parameters, newest: Option<Watched> },
}

/// A handshake, as the last look has shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Watched {
    id: String,
    /// Its state; nothing if no look has shown it.
    state: Option<String>,
    /// The request that shows it.
    shown_by: Option<Api>,
}

impl Watched {
    fn new(id: String) -> Watched {
        Watched { id, state: None, shown_by: None }
    }

    fn see(&mut self, state: &str, shown_by: Api) {
        self.state = Some(state.to_owned());
        self.shown_by = Some(shown_by);
    }

    /// Whether its state can't change any more.
    fn is_final(&self) -> bool {
        self.state.as_deref().is_some_and(|state| FINAL.contains(&state))
    }

    /// Says how it stands.
    fn standing(&self) -> String {
        match &self.state {
            Some(state) => format!("{} is {state}", self.id),
            None => format!("{} was not seen", self.id),
        }
    }
}

impl Goal {
    /// Returns the name of the waiter in the style of the AWS SDKs.
    fn waiter(self) -> &'static str {
        match self {
            Goal::Accepted => "HandshakeAccepted",
            Goal::Declined => "HandshakeDeclined",
            Goal::Canceled => "HandshakeCanceled",
            Goal::Open => "HandshakeOpen",
            Goal::Closed => "HandshakeClosed",
        }
    }

    /// Returns the states to wait for.
    fn states(self) -> &'static [&'static str] {
        match self {
            Goal::Accepted => &["ACCEPTED"],
            Goal::Declined => &["DECLINED"],
            Goal::Canceled => &["CANCELED"],
            Goal::Open => &["OPEN"],
            Goal::Closed => FINAL,
        }
    }

    /// Returns the states in a word.
    fn word(self) -> &'static str {
        match self {
            Goal::Closed => "closed",
            other => other.states().first().copied().unwrap_or_default(),
        }
    }

    fn is_reached(self, watched: &Watched) -> bool {
        watched.state.as_deref().is_some_and(|state| self.states().contains(&state))
    }
}

/// Handshakes under watch in one session.
struct Watch<'a> {
    session: &'a Session,
    goal: Goal,
    sought: Sought,
    /// The listings that the service has refused.
    refused: [bool; LISTINGS.len()],
}

impl Watch<'_> {
    /// Looks again and again until all have reached the state.
    async fn until_reached(&mut self, schedule: &Schedule, line: &Standing) -> Result<(), Failure> {
        let mut looks = 0;
        loop {
            let failed = match schedule.within(self.look()).await {
                None | Some(Ok(())) => None,
                Some(Err(Failure { kind: Kind::Interrupted(signal), .. })) => return Err(self.interrupted(signal)),
                // A service that can't be reached at first is more likely a wrong setting.
                Some(Err(failure))
                    if failure.retryable && (looks > 0 || matches!(failure.kind, Kind::Service { .. })) =>
                {
                    Some(failure)
                }
                Some(Err(failure)) => return Err(failure),
            };
            looks += 1;
            self.fail_if_ended()?;
            if self.is_reached() {
                return Ok(());
            }
            let Some(pause) = schedule.pause(looks) else { return Err(self.over(schedule, failed)) };
            if let Some(failure) = &failed {
                streams::debug(|| format!("the check failed and will be repeated: {failure}"));
            }
            self.pause(pause, failed.as_ref(), line).await?;
        }
    }

    /// Waits for the next look. The line on the terminal counts the seconds.
    async fn pause(&self, pause: Duration, failed: Option<&Failure>, line: &Standing) -> Result<(), Failure> {
        let until = Instant::now().checked_add(pause);
        let standing = match failed {
            Some(failure) => format!("{}; the last check failed: {failure}", self.standing()),
            None => self.standing(),
        };
        let ticks = async {
            loop {
                let left = until.map_or(pause, |until| until.saturating_duration_since(Instant::now()));
                if left.is_zero() {
                    return;
                }
                line.show(&format!("next check in {} s: {standing}", left.as_secs_f64().ceil()));
                tokio::time::sleep(left.min(TICK)).await;
            }
        };
        let waited = signals::or_signal(ticks).await;
        line.hide();
        waited.map_err(|signal| self.interrupted(signal))
    }

    /// Asks the service for the states.
    async fn look(&mut self) -> Result<(), Failure> {
        match &self.sought {
            Sought::Ids(_) => self.look_at_ids().await,
            Sought::Invite { .. } => self.look_for_invite().await,
        }
    }

    /// Asks for the states of those that can still change. Several are looked up in one listing, if one shows them all; a
    /// single one is described, and so is one that no listing shows.
    async fn look_at_ids(&mut self) -> Result<(), Failure> {
        let Sought::Ids(watched) = &mut self.sought else { return Ok(()) };
        let mut open: Vec<&mut Watched> = watched.iter_mut().filter(|watched| !watched.is_final()).collect();
        if open.len() > 1 {
            for (listing, refused) in LISTINGS.into_iter().zip(&mut self.refused) {
                let mut sought: Vec<_> =
                    open.iter_mut().filter(|open| open.shown_by.is_none_or(|by| by == listing)).collect();
                if sought.is_empty() || *refused {
                    continue;
                }
                sought.iter_mut().for_each(|sought| sought.shown_by = None);
                let mut missing = sought.len();
                let seen = look::each(self.session, listing, Parameters::new(), |handshake| {
                    let id = text(&handshake, "Id");
                    let found = sought.iter_mut().find(|sought| id == Some(&sought.id) && sought.shown_by.is_none());
                    if let (Some(found), Some(state)) = (found, text(&handshake, "State")) {
                        found.see(state, listing);
                        missing -= 1;
                    }
                    missing > 0
                });
                *refused = is_refused(seen.await)?;
            }
        }
        let is_single = open.len() == 1;
        for watched in open {
            if is_single || watched.shown_by.is_none_or(|by| by == Api::DescribeHandshake) {
                let state = described(self.session, &watched.id).await?;
                watched.see(&state, Api::DescribeHandshake);
            }
        }
        Ok(())
    }

    /// Finds the newest INVITE to the party, in the listing that has shown it before, or in the first that shows one.
    async fn look_for_invite(&mut self) -> Result<(), Failure> {
        let Sought::Invite { party, newest } = &mut self.sought else { return Ok(()) };
        let before = newest.as_ref().and_then(|newest| newest.shown_by);
        for (listing, refused) in LISTINGS.into_iter().zip(&mut self.refused) {
            if *refused || before.is_some_and(|before| before != listing) {
                continue;
            }
            let mut found: Option<(Option<Timestamp>, Watched)> = None;
            let seen = look::each(self.session, listing, of_action(INVITE), |handshake| {
                let requested = handshake.get("RequestedTimestamp").and_then(instant);
                let is_newer = found.as_ref().is_none_or(|(other, _)| requested > *other);
                if let (Some(id), Some(state)) = (text(&handshake, "Id"), text(&handshake, "State"))
                    && is_newer
                    && choose::has_action(&handshake, INVITE)
                    && is_addressed(&handshake, party)
                {
                    let mut watched = Watched::new(id.to_owned());
                    watched.see(state, listing);
                    found = Some((requested, watched));
                }
                true
            });
            let seen = seen.await;
            let is_last = listing == LISTINGS[LISTINGS.len() - 1];
            *refused = match seen {
                // Another listing may show it.
                seen if !is_last => is_refused(seen)?,
                seen => seen.map(|()| false)?,
            };
            if let Some((_, watched)) = found {
                *newest = Some(watched);
                return Ok(());
            }
        }
        Ok(())
    }

    fn watched(&self) -> &[Watched] {
        match &self.sought {
            Sought::Ids(watched) => watched,
            Sought::Invite { newest, .. } => newest.as_slice(),
        }
    }

    fn is_reached(&self) -> bool {
        !self.watched().is_empty() && self.watched().iter().all(|watched| self.goal.is_reached(watched))
    }

    /// Fails if any has reached another final state.
    fn fail_if_ended(&self) -> Result<(), Failure> {
        let ended = self.watched().iter().filter(|watched| watched.is_final() && !self.goal.is_reached(watched));
        let ended: Vec<_> = ended.map(Watched::standing).collect();
        if ended.is_empty() {
            return Ok(());
        }
        Err(self.failed(&format!("Waiter encountered a terminal failure state: {}", listed(&ended))))
    }

    /// Returns the failure for the end of the time.
    fn over(&self, schedule: &Schedule, failed: Option<Failure>) -> Failure {
        let failure = self.failed(&format!("{}: {}", schedule.exceeded(), self.standing()));
        let failure = failure.hint("to wait longer, run it again, or set the time with --timeout");
        match failed {
            Some(last) => failure.because(anyhow::anyhow!("the last check failed: {last}")),
            None => failure,
        }
    }

    fn failed(&self, reason: &str) -> Failure {
        Failure::other(format!("Waiter {} failed: {reason}", self.goal.waiter())).coded("WaiterError")
    }

    fn interrupted(&self, signal: signals::Signal) -> Failure {
        Failure::new(Kind::Interrupted(signal), self.standing())
    }

    /// Says how those stand that have not reached the state, and how many have.
    fn standing(&self) -> String {
        let watched = self.watched();
        let missing: Vec<_> = watched.iter().filter(|watched| !self.goal.is_reached(watched)).collect();
        let standing: Vec<_> = missing.iter().map(|watched| watched.standing()).collect();
        match (&self.sought, watched.len()) {
            (Sought::Invite { party, newest: None }, _) => {
                format!("no INVITE to {} was found yet", party.get("Id").and_then(Value::as_str).unwrap_or_default())
            }
            (_, 1) => listed(&standing),
            (_, all) => {
                let reached = all - missing.len();
                let verb = if reached == 1 { "is" } else { "are" };
                format!("{reached} of {all} {verb} {}, {}", self.goal.word(), listed(&standing))
            }
        }
    }
}

/// Joins texts, but not too many.
fn listed(texts: &[String]) -> String {
    let shown = texts.iter().take(MOST_LISTED).cloned().collect::<Vec<_>>().join(", ");
    match texts.len().saturating_sub(MOST_LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Returns whether the service has refused a listing, as it does to accounts that may not see it. Then another request may
/// show the handshakes.
fn is_refused(seen: Result<(), Failure>) -> Result<bool, Failure> {
    match seen {
        Ok(()) => Ok(false),
        Err(Failure { kind: Kind::Service { .. }, retryable: false, .. }) => Ok(true),
        Err(failure) => Err(failure),
    }
}

/// Describes a handshake; returns its state.
async fn described(session: &Session, id: &str) -> Result<String, Failure> {
    let parameters = Parameters::from_iter([(HANDSHAKE_ID.to_owned(), id.into())]);
    let handshake = look::described(session, &parameters).await?;
    text(&handshake, "State")
        .map(str::to_owned)
        .ok_or_else(|| Failure::other(format!("The service's response shows no state of {id}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forty_looks_are_fifteen_seconds_apart() {
        let wait = Wait { goal: Goal::Open, ids: Vec::new(), target: None, interval: None, timeout: None };
        let schedule = Schedule::new(&wait);
        assert_eq!(schedule.pause(39), Some(Duration::from_secs(15)));
        assert_eq!(schedule.pause(40), None);
        assert_eq!(schedule.exceeded(), "Max attempts exceeded");
    }

    #[test]
    fn a_timeout_counts_time_instead_of_looks() {
        let timeout = |timeout| Wait {
            goal: Goal::Open,
            ids: Vec::new(),
            target: None,
            interval: Some(Duration::from_secs(60)),
            timeout: Some(timeout),
        };
        let schedule = Schedule::new(&timeout(Duration::from_secs(7200)));
        assert_eq!(schedule.pause(1000), Some(Duration::from_secs(60)));
        let left = Schedule::new(&timeout(Duration::from_secs(30))).pause(1);
        assert!(left.is_some_and(|left| left <= Duration::from_secs(30)), "{left:?}");
        assert_eq!(Schedule::new(&timeout(Duration::ZERO)).pause(1), None);
        assert_eq!(Schedule::new(&timeout(Duration::MAX)).pause(1), Some(Duration::from_secs(60)));
    }

    #[test]
    fn a_message_lists_ten_at_most() {
        let texts: Vec<String> = (1..=12).map(|number| number.to_string()).collect();
        assert_eq!(listed(&texts), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more");
        assert_eq!(listed(&texts[..2]), "1, 2");
    }
}
