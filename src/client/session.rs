//! Sessions: calls to a service with one identity.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use aws_sdk_organizations::Config;
use aws_sdk_organizations::config::retry::RetryConfig;
use aws_sdk_organizations::config::timeout::TimeoutConfig;
use aws_sdk_organizations::config::{
    AppName, BehaviorVersion, Credentials, IdentityCache, Region, SharedHttpClient, StalledStreamProtectionConfig,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use tokio::time::sleep;

use super::ahead::Ahead;
use super::attempts::{Attempt, EndpointUrl, Log, Outcome, To};
use super::credentials::provider::Provider;
use super::credentials::sts::Identity;
use super::lost::{Unanswered, unanswered};
use super::operations;
use super::pacing::{Lane, Stop};
use super::pages::Pages;
use super::response::{Response, is_throttling};
use super::retry::retries;
use super::run::Run;
use super::service::Service;
use super::settle::{self, Case, HANDSHAKE, Verdict};
use crate::command::Limits;
use crate::error::{self, Failure, Kind};
use crate::explain;
use crate::model::view::{Timestamps, Unexpected, View};
use crate::model::{self, Api, HANDSHAKE_ID, Operation, Parameters, rates};
use crate::os::signals;
use crate::sandbox::engine::caller::{Caller, SECRET_ACCESS_KEY};
use crate::sandbox::sample::MANAGEMENT_ACCOUNT;
use crate::settings::{Role, ServiceSettings, variable};
use crate::terminal::streams::note;
use crate::text::escape::shell_word;

/// Time limit for the optional describe call.
const DESCRIBE_LIMIT: Duration = Duration::from_secs(3);
/// Time limit for asking STS who the caller is, where that is optional.
const CALLER_LIMIT: Duration = Duration::from_secs(3);

/// The message of an interrupted change whose request was not sent.
pub const NOTHING_SENT: &str = "nothing was sent to the service";

/// The pause after the first attempt of a run that failed for a reason that may pass. The next ones are longer.
const FIRST_PAUSE: Duration = Duration::from_millis(250);

/// The name under which a run paces its calls to STS after throttling.
const STS: &str = "STS";

/// A service and the identity that calls it. Sessions of one [`Run`] share its connections; each call has its own log
/// of attempts. Clones share the credentials.
#[derive(Clone, Debug)]
pub struct Session {
    sdk: aws_sdk_organizations::Client,
    /// The credentials that sign the calls; nothing if they are unsigned.
    provider: Option<Provider>,
    view: View,
    max_attempts: u32,
    to: To,
    /// The options that select the same service, for hints.
    again: String,
    /// How many seconds the service's clock is ahead of this machine's, by its last response.
    ahead: Arc<AtomicI64>,
    /// The place in a run of many calls that this session is for, if any.
    lane: Option<Lane>,
}

/// A future without its type: those of the SDK are nested so deeply that the compiler gives up on their callers.
type Erased<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What came of the attempts of a call.
struct Sent {
    /// The SDK's result, or how the run ended first.
    result: Result<Result<(), Unanswered>, Stop>,
    attempts: Vec<Attempt>,
    /// The number of attempts since the last turn in a run.
    recent: usize,
}

impl Session {
    /// Opens a session. Its first call finds the credentials.
    ///
    /// # Errors
    ///
    /// Returns a failure if a file of certificate authorities can't be used.
    pub fn open(run: &Run<'_>, settings: ServiceSettings, service: Service) -> Result<Session, Failure> {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(settings.region.clone()))
            .retry_config(retries(&settings))
            .interceptor(EndpointUrl(settings.endpoint_url.clone()))
            // The connector has the time limits.
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            // The provider replaces its credentials itself.
            .identity_cache(IdentityCache::no_cache())
            // These settings don't apply to an endpoint URL, and the SDK refuses the combination.
            .use_fips(settings.use_fips && settings.endpoint_url.is_none())
            .use_dual_stack(settings.use_dual_stack && settings.endpoint_url.is_none());
        config.set_app_name(AppName::new("orgshake").ok());
        let settings = Arc::new(settings);
        let to = if matches!(service, Service::Sandbox(_)) { To::Sandbox } else { To::Service };
        let provider = match service {
            Service::Aws => {
                config.set_endpoint_url(settings.endpoint_url.clone());
                let http = run.pools.for_service(&settings)?;
                config.set_http_client(Some(SharedHttpClient::new(http.clone())));
                let ahead = Ahead::new(http, Arc::clone(&settings));
                let http = run.pools.for_credentials(&settings);
                settings.sign_request.then(|| Provider::new(Arc::clone(&settings), http, ahead))
            }
            Service::Sandbox(connector) => {
                // A moved clock of the sandbox is no reason to sign again.
                config = config.disable_clock_skew_correction(true);
                let http = SharedHttpClient::new(connector.read_timeout(settings.read_timeout));
                config.set_http_client(Some(http.clone()));
                sandbox_keys(&settings).map(|keys| Provider::of_sandbox(Arc::clone(&settings), keys, http))
            }
        };
        config = match provider.clone() {
            Some(provider) => config.credentials_provider(provider),
            None => config.allow_no_auth(),
        };
        Ok(Session {
            sdk: aws_sdk_organizations::Client::from_conf(config.build()),
            provider,
            view: View::new(settings.timestamps),
            max_attempts: settings.max_attempts,
            to,
            again: settings.again.clone(),
            ahead: Arc::default(),
            lane: None,
        })
    }

    /// Returns a session of a role that this one's identity assumes, at the same service. Its credentials are kept in
    /// memory only.
    ///
    /// # Errors
    ///
    /// Returns an error if this session's calls are unsigned: then nothing can assume a role.
    pub fn assume(&self, role: Role) -> Result<Session, Failure> {
        self.assume_from(self, role)
    }

    /// Returns a session of a role that the identity of another session assumes, at the service of this one.
    ///
    /// # Errors
    ///
    /// Returns an error if the other session's calls are unsigned.
    pub fn assume_from(&self, source: &Session, role: Role) -> Result<Session, Failure> {
        let Some(provider) = &source.provider else {
            return Err(Failure::input("a role can't be assumed without signed requests"));
        };
        let again = format!("{} --assume-role {}", self.again, shell_word(&role.arn));
        let provider = provider.assuming(role);
        let config = self.sdk.config().to_builder().credentials_provider(provider.clone()).build();
        Ok(Session {
            sdk: aws_sdk_organizations::Client::from_conf(config),
            provider: Some(provider),
            view: self.view.clone(),
            max_attempts: self.max_attempts,
            to: self.to,
            again,
            ahead: Arc::default(),
            lane: self.lane.clone(),
        })
    }

    /// Returns this session for one item of a run of many calls.
    #[must_use]
    pub fn paced(self, lane: Lane) -> Session {
        Session { lane: Some(lane), ..self }
    }

    /// Returns the options that select the same service and caller, for commands in messages.
    pub fn again(&self) -> &str {
        &self.again
    }

    /// Finds the credentials, if calls are signed.
    ///
    /// # Errors
    ///
    /// Returns why no credentials were found.
    pub async fn prepare(&self) -> Result<(), Failure> {
        match &self.provider {
            Some(provider) if !provider.is_fresh().await => self.ask_sts(|| Box::pin(provider.renew())).await.map(drop),
            _ => Ok(()),
        }
    }

    /// Asks STS. A run asks again after throttling.
    async fn ask_sts<'a, T>(&self, ask: impl Fn() -> Erased<'a, Result<T, Failure>>) -> Result<T, Failure> {
        let Some(lane) = &self.lane else { return ask().await };
        let ended = |stop| stopped(stop, "");
        let mut first = None;
        loop {
            let turn = lane.turn(STS, None, false).await.map_err(ended)?;
            let first = *first.get_or_insert(turn);
            match ask().await {
                Err(failure) if matches!(&failure.kind, Kind::Service { code, .. } if is_throttling(code)) => {
                    if !lane.again(STS, turn, first, false).await.map_err(ended)? {
                        return Err(failure);
                    }
                }
                done => {
                    lane.passed(STS);
                    return done;
                }
            }
        }
    }

    /// Asks STS who makes this session's calls; returns nothing if they are unsigned.
    ///
    /// # Errors
    ///
    /// Returns why no credentials were found, or the error of STS.
    pub async fn caller(&self) -> Result<Option<Identity>, Failure> {
        match &self.provider {
            Some(provider) => self.ask_sts(|| Box::pin(provider.caller())).await.map(Some),
            None => Ok(None),
        }
    }

    /// Adds who the caller is to the explanation of a denial, if the credentials show that.
    async fn with_caller(&self, mut failure: Failure) -> Failure {
        if !explain::is_about_party(&failure) || !error::explains() {
            return failure;
        }
        let account = match &self.provider {
            Some(provider) => provider.account().await,
            None => return failure,
        };
        match (account, &mut failure.explanation) {
            (Some(account), Some(explanation)) => explanation.push_str(&format!(" The caller is account {account}.")),
            _ => failure = failure.hint("to see whose credentials these are: aws sts get-caller-identity"),
        }
        failure
    }

    /// Returns whether the sandbox chooses an account for each call that may make it, so that calls of different operations
    /// may come from different accounts.
    pub fn is_implied(&self) -> bool {
        self.provider.is_none() && self.to == To::Sandbox
    }

    /// Asks STS who makes this session's calls, within a time limit, if STS belongs to the service that is called: a
    /// stranger to the service doesn't know its callers.
    ///
    /// # Errors
    ///
    /// Returns the signal that came.
    pub async fn known_caller(&self) -> Result<KnownCaller, Failure> {
        let unknown = |why: &str| Ok(KnownCaller::Unknown(why.to_owned()));
        match &self.provider {
            None if self.is_implied() => return Ok(KnownCaller::Implied),
            None => return unknown("the requests are not signed"),
            Some(provider) if !provider.has_sts_of_service() => {
                return unknown("STS was not asked, because the endpoint URL is not that of STS");
            }
            Some(_) => {}
        }
        match signals::unless_caught(tokio::time::timeout(CALLER_LIMIT, self.caller())).await {
            Ok(Ok(Ok(Some(identity)))) => Ok(KnownCaller::Identity(identity)),
            Ok(Ok(Ok(None))) => unknown("the requests are not signed"),
            Ok(Ok(Err(failure))) if matches!(failure.kind, Kind::Interrupted(_)) => Err(failure),
            Ok(Ok(Err(failure))) => Ok(KnownCaller::Unknown(failure.to_string())),
            Ok(Err(_)) => unknown("STS did not respond within 3 seconds"),
            Err(signal) => Err(Failure::new(Kind::Interrupted(signal), "")),
        }
    }

    /// Returns the time by the service's clock, as its last response has shown it.
    pub fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_add(SignedDuration::from_secs(self.ahead.load(Ordering::Relaxed))).unwrap_or(now)
    }

    /// Calls an operation and returns its response as it is printed.
    ///
    /// # Errors
    ///
    /// Returns the explained failure of [`Session::send`], or a failure if the response isn't the expected document.
    pub async fn ask(
        &self,
        operation: &'static Operation,
        parameters: &Parameters,
    ) -> Result<Map<String, Value>, Failure> {
        self.answer(operation, parameters).await.map(|answer| answer.document)
    }

    /// Calls an operation and returns its response as it is printed, with the facts about it.
    ///
    /// # Errors
    ///
    /// Returns the failures of [`Session::ask`].
    pub async fn answer(&self, operation: &'static Operation, parameters: &Parameters) -> Result<Answer, Failure> {
        // On the heap: the future is large, and many of them may be under way.
        let answer = Box::pin(self.send(operation, parameters, false)).await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(failure) => return Err(self.with_caller(explain::explained(failure, parameters, &self.again)).await),
        };
        // An operation without a response may send an empty body.
        let body = if operation.output.members.is_empty() && answer.body.is_empty() { b"{}" } else { &answer.body[..] };
        let viewed = self.view.answer(body, operation.output);
        // The response to a change contains its first member, such as the handshake. Another object, such as a proxy's error,
        // doesn't confirm the change. An empty object is a success, as in the AWS CLI.
        let viewed = viewed.and_then(|viewed| {
            let proof = operation.output.members.first().filter(|_| operation.done.is_some());
            match proof.filter(|proof| !viewed.contains_key(proof.name) && body.trim_ascii() != b"{}") {
                Some(proof) => Err(Unexpected(format!("it contains no {}", proof.name))),
                None => Ok(viewed),
            }
        });
        match viewed {
            Ok(document) => Ok(Answer { document, request_id: answer.request_id, is_found: answer.is_found }),
            Err(Unexpected(why)) => {
                let failure = Failure::other(format!("The service's response is not the expected document: {why}"));
                let mut failure = answer.hint_on_page(failure);
                failure.request_id = answer.request_id;
                Err(match operation.done {
                    Some(_) => failure.note(self.may_have_been_applied(operation, parameters)),
                    None => failure,
                })
            }
        }
    }

    /// Returns a listing of the items under `list` in the responses of an operation, within these limits.
    pub fn list(
        &self,
        operation: &'static Operation,
        list: &'static str,
        parameters: Parameters,
        limits: &Limits,
    ) -> Listing<'_> {
        Listing { session: self, operation, pages: Pages::new(list, parameters, limits) }
    }

    /// Calls an operation and returns its raw response.
    ///
    /// If a change is rejected, perhaps because an earlier attempt has already made it, asks the service which of both
    /// is true; `settles` marks the calls for that.
    ///
    /// # Errors
    ///
    /// Returns the reason for missing credentials or a missing response, the service's error, or the signal that came, with
    /// a note if the call may have been carried out nevertheless.
    async fn send(
        &self,
        operation: &'static Operation,
        parameters: &Parameters,
        settles: bool,
    ) -> Result<Response, Failure> {
        let log = Log::new(self.to).paced(self.lane.is_some());
        let Sent { result: sent, mut attempts, recent } = self.attempt(operation, parameters, settles, &log).await?;
        if let Some(Attempt { outcome: Outcome::Answered(answer), .. }) = attempts.last() {
            self.ahead.store(answer.ahead(), Ordering::Relaxed);
        }
        let is_doubtful = operation.done.is_some() && attempts.iter().any(Attempt::is_unclear);
        let sent = sent.map_err(|stop| {
            let under_way = log.was_under_way(&attempts);
            let unsent = !under_way && !attempts.iter().any(Attempt::was_sent);
            let message = match operation.done {
                None => String::new(),
                Some(_) if under_way || is_doubtful => self.may_have_been_applied(operation, parameters),
                Some(_) if unsent => NOTHING_SENT.to_owned(),
                Some(_) => "the request was not applied".to_owned(),
            };
            stopped(stop, message)
        })?;
        let url = match attempts.last() {
            Some(Attempt { outcome: Outcome::Answered(answer), .. }) if !answer.is_success() => {
                let error = answer.error().clone();
                let mut failure = answer.failure(operation.name, error.code, error.message, recent, self.max_attempts);
                failure.details = error.details;
                return match is_doubtful {
                    true => self.settle(operation, parameters, &attempts, failure).await,
                    false => Err(failure),
                };
            }
            last => last.map(|attempt| attempt.url.clone()).unwrap_or_default(),
        };
        if let Some(Attempt { outcome: Outcome::Answered(answer), .. }) =
            attempts.pop_if(|attempt| matches!(attempt.outcome, Outcome::Answered(_)))
        {
            return Ok(answer);
        }
        let failure = match sent {
            Err(error) => unanswered(&url, error),
            Ok(()) => Failure::other("The request could not be made"),
        };
        Err(if is_doubtful { failure.note(self.may_have_been_applied(operation, parameters)) } else { failure })
    }

    /// Sends the request of a call. The SDK makes its attempts; in a run, each attempt has its own turn, and requests that the
    /// service throttles are repeated as long as the run makes progress.
    async fn attempt(
        &self,
        operation: &'static Operation,
        parameters: &Parameters,
        settles: bool,
        log: &Log,
    ) -> Result<Sent, Failure> {
        let (mut attempts, mut recent, mut first) = (Vec::new(), 0, None);
        loop {
            let turn = match self.turn(operation, settles).await {
                Ok(turn) => turn,
                // An earlier attempt may have arrived.
                Err(failure) if operation.done.is_some() && attempts.iter().any(Attempt::is_unclear) => {
                    let note = self.may_have_been_applied(operation, parameters);
                    return Err(match failure.kind {
                        Kind::Interrupted(_) => Failure { message: note, ..failure },
                        _ => failure.note(note),
                    });
                }
                Err(failure) => return Err(failure),
            };
            let first = *first.get_or_insert(turn);
            let is_under_way = settles || operation.done.is_some();
            let request: Erased<'_, _> = Box::pin(operations::send(&self.sdk, operation, parameters, log, None));
            let Some(lane) = &self.lane else {
                let result = signals::or_signal(request).await.map_err(Stop::Now);
                attempts.extend(log.take());
                return Ok(Sent { result, recent: attempts.len(), attempts });
            };
            let result = lane.unless_stopped(request, is_under_way).await;
            let before = attempts.len();
            attempts.extend(log.take());
            recent += attempts.len() - before;
            let answer = attempts.last().and_then(|attempt| match &attempt.outcome {
                Outcome::Answered(answer) => Some(answer),
                Outcome::Lost { .. } => None,
            });
            let again = match (&result, answer) {
                (Err(_), _) => Ok(false),
                (Ok(_), Some(answer)) if answer.is_throttled() => {
                    let again = lane.again(operation.name, turn, first, settles).await;
                    if again == Ok(true) {
                        recent = 0;
                    }
                    again
                }
                (Ok(sent), answer) => {
                    if answer.is_some() {
                        lane.passed(operation.name);
                    }
                    let is_transient = match (sent, answer) {
                        (_, Some(answer)) => answer.retry().is_some() && !answer.is_misdated(),
                        (Err(lost), None) => lost.is_transient(),
                        (Ok(()), None) => false,
                    };
                    match is_transient && recent < self.max_attempts as usize {
                        true => lane.unless_stopped(sleep(pause(recent)), is_under_way).await.map(|()| true),
                        false => Ok(false),
                    }
                }
            };
            match again {
                Ok(true) => {}
                Ok(false) => return Ok(Sent { result, attempts, recent }),
                Err(stop) => return Ok(Sent { result: Err(stop), attempts, recent }),
            }
        }
    }

    /// Waits until a request may be sent, with credentials that don't expire soon. Returns when that was in the run.
    async fn turn(&self, operation: &'static Operation, settles: bool) -> Result<Duration, Failure> {
        let nothing_sent = |failure: Failure| match failure.kind {
            Kind::Interrupted(_) if operation.done.is_some() => Failure { message: NOTHING_SENT.to_owned(), ..failure },
            _ => failure,
        };
        self.prepare().await.map_err(nothing_sent)?;
        let Some(lane) = &self.lane else { return Ok(Duration::ZERO) };
        let turn = lane.turn(operation.name, Some(rates::of(operation.name)), settles).await;
        turn.map_err(|stop| nothing_sent(stopped(stop, "")))
    }

    /// Finds out whether a change was made that was rejected after an unclear attempt. If so, returns the handshake as
    /// the response.
    async fn settle(
        &self,
        operation: &'static Operation,
        parameters: &Parameters,
        attempts: &[Attempt],
        failure: Failure,
    ) -> Result<Response, Failure> {
        let unsettled = |failure: Failure| failure.note(self.may_have_been_applied(operation, parameters));
        let (Some(settlement), Kind::Service { code, .. }) = (&operation.settlement, &failure.kind) else {
            return Err(unsettled(failure));
        };
        if !settlement.covers(code, failure.reason()) {
            return Err(unsettled(failure));
        }
        let since = attempts.first().zip(attempts.last()).and_then(|(first, last)| match &last.outcome {
            Outcome::Answered(answer) => answer.service_time_of(first.began),
            Outcome::Lost { .. } => None,
        });
        let case = Case { settlement, parameters, since };
        match self.find_out(&case).await {
            Ok((Verdict::Done, question, handshake)) => {
                let state = handshake.get("State").and_then(Value::as_str).unwrap_or_default();
                note(&format!(
                    "{}: an earlier attempt got no clear response, a later one {code}, and {question} shows the handshake \
                     {state}",
                    operation.done.unwrap_or_default()
                ));
                let answer = Map::from_iter([(HANDSHAKE.to_owned(), Value::Object(handshake))]);
                Ok(Response::found(Value::Object(answer).to_string().as_bytes()))
            }
            Ok((Verdict::Unseen(names), _, handshake)) => {
                let note = self.agreement(operation, &names, &handshake);
                let failure = failure.note(note.unwrap_or_else(|| self.may_have_been_applied(operation, parameters)));
                let elsewhere = settle::ELSEWHERE.iter().filter(|(name, _)| names.iter().any(|unseen| unseen == name));
                Err(elsewhere.fold(failure, |failure, (_, hint)| failure.hint(*hint)))
            }
            Ok((Verdict::NotDone, ..)) => Err(failure),
            Ok((Verdict::Unknown, ..)) => Err(unsettled(failure)),
            Err(Failure { kind: kind @ Kind::Interrupted(_), .. }) => {
                Err(Failure::new(kind, self.may_have_been_applied(operation, parameters)))
            }
            Err(_) => Err(unsettled(failure)),
        }
    }

    /// Returns the note for a change that agrees with a handshake, except for these parameters, which no handshake
    /// shows.
    fn agreement(&self, operation: &Operation, names: &[String], handshake: &Map<String, Value>) -> Option<String> {
        let members = operation.input.members.iter().filter(|member| names.iter().any(|name| name == member.name));
        let options: Vec<_> = members.map(|member| format!("--{}", member.option)).collect();
        let id = handshake.get("Id")?.as_str().filter(|id| model::is_handshake_id(id))?;
        Some(format!(
            "the request may have been applied all the same: the handshake {id} matches it, but no handshake shows {}; \
             to see: orgshake describe-handshake --handshake-id {id}{}",
            options.join(" and "),
            self.again
        ))
    }

    /// Asks the service whether a change was made. Returns the verdict, the operation that was called, and the
    /// handshake that decided.
    async fn find_out(&self, case: &Case<'_>) -> Result<(Verdict, &'static str, Map<String, Value>), Failure> {
        let (api, parameters) = case.question();
        let unanswered = || Failure::other("The outcome is unknown");
        let question = model::operation_of(api).ok_or_else(unanswered)?;
        let view = View::new(Timestamps::Wire);
        let list = question.list.unwrap_or(HANDSHAKE);
        let mut pages = Pages::new(list, parameters, &Limits::default());
        while let Some(request) = pages.request() {
            let answer = Box::pin(self.send(question, request, true)).await?;
            let answer = view.answer(&answer.body, question.output).map_err(|_| unanswered())?;
            let handshakes = match pages.take(answer)?.remove(list) {
                Some(Value::Array(handshakes)) => handshakes,
                Some(handshake) => vec![handshake],
                None => Vec::new(),
            };
            for handshake in handshakes {
                let Value::Object(handshake) = handshake else { continue };
                let verdict = case.verdict(&handshake);
                if verdict != Verdict::Unknown {
                    return Ok((verdict, question.name, handshake));
                }
            }
        }
        Ok((Verdict::Unknown, question.name, Map::new()))
    }

    /// Describes the handshake that the parameters name once, within a time limit. Returns nothing if that fails.
    pub async fn described(&self, parameters: &Parameters) -> Option<Map<String, Value>> {
        let describe = model::operation_of(Api::DescribeHandshake)?;
        let log = Log::new(self.to);
        let once = Some(RetryConfig::disabled());
        let sent = tokio::time::timeout(DESCRIBE_LIMIT, async {
            let turn = self.turn(describe, false).await;
            match turn.is_ok() {
                true => operations::send(&self.sdk, describe, parameters, &log, once).await.is_ok(),
                false => false,
            }
        });
        // Only the arrival of a response matters, not whether the SDK can parse it.
        let came = matches!(signals::unless_caught(sent).await, Ok(Ok(true)));
        let Outcome::Answered(answer) = log.take().pop().filter(|_| came)?.outcome else { return None };
        match serde_json::from_slice::<Value>(&answer.body).ok()?.get_mut(HANDSHAKE)?.take() {
            // A faulty server may send another handshake.
            Value::Object(handshake) if answer.is_success() && handshake.get("Id") == parameters.get(HANDSHAKE_ID) => {
                Some(handshake)
            }
            _ => None,
        }
    }

    /// Returns the note for a change whose outcome is unknown.
    fn may_have_been_applied(&self, operation: &Operation, parameters: &Parameters) -> String {
        if operation.command.is_empty() {
            return "the request may have been applied all the same".to_owned();
        }
        let question = match parameters.get(HANDSHAKE_ID).and_then(Value::as_str) {
            Some(id) => format!("describe-handshake --handshake-id {id}"),
            None => "list-handshakes-for-organization".to_owned(),
        };
        let again = &self.again;
        format!("the request may have been applied all the same; to see: orgshake {question}{again}")
    }
}

/// The response to a call.
#[derive(Debug)]
pub struct Answer {
    /// The response as it is printed.
    pub document: Map<String, Value>,
    /// The id that the service gave the request.
    pub request_id: Option<String>,
    /// Whether the response was lost, and another request has found what the call has done.
    pub is_found: bool,
}

/// The caller of a session, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KnownCaller {
    /// The caller, as STS shows it.
    Identity(Identity),
    /// The sandbox lets every call come from an account that may make it.
    Implied,
    /// Nothing, for this reason.
    Unknown(String),
}

/// The pages of a listing.
#[derive(Debug)]
pub struct Listing<'a> {
    session: &'a Session,
    operation: &'static Operation,
    pages: Pages,
}

impl Listing<'_> {
    /// Requests the next page. Returns nothing after the last one.
    ///
    /// # Errors
    ///
    /// Returns the failure of [`Session::ask`], or a failure if the service sends the same token twice.
    pub async fn next(&mut self) -> Result<Option<Map<String, Value>>, Failure> {
        let Some(request) = self.pages.request() else { return Ok(None) };
        let page = self.session.ask(self.operation, request).await?;
        self.pages.take(page).map(Some)
    }

    /// Returns the token with which another listing continues if the limits have stopped this one.
    pub fn resume_token(&self) -> Option<&str> {
        self.pages.resume_token()
    }
}

/// Returns the pause after so many attempts of a run.
fn pause(attempts: usize) -> Duration {
    FIRST_PAUSE * u32::try_from(attempts).unwrap_or(u32::MAX).min(8)
}

/// Returns the failure of a call that the end of a run, or a signal, prevented.
fn stopped(stop: Stop, message: impl Into<String>) -> Failure {
    Failure::new(stop.signal().map_or(Kind::Other, Kind::Interrupted), message)
}

/// Returns the keys that a call to the sandbox in this process is signed with. A key id of twelve digits makes the caller
/// that account. Other keys don't reach the sandbox: a call without roles then comes from the invited party, and a role is
/// assumed by the documented management account.
fn sandbox_keys(settings: &ServiceSettings) -> Option<Credentials> {
    let keys = |account: String| Credentials::new(account, SECRET_ACCESS_KEY, None, None, "sandbox");
    let id = variable("AWS_ACCESS_KEY_ID").filter(|_| settings.sign_request);
    match id.map(|id| Caller::from_access_key_id(&id)) {
        Some(Caller::Account(account)) => Some(keys(account)),
        _ if settings.roles.is_empty() && !settings.assumes_roles => None,
        _ => Some(keys(MANAGEMENT_ACCOUNT.to_owned())),
    }
}
