//! Calls: settings become an SDK client, a call becomes the service's raw answer or a failure that tells the truth.

pub(crate) mod attempts;
pub(crate) mod connector;
pub(crate) mod credentials;
pub(crate) mod lost;
pub mod operations;
pub mod pages;
mod proxy;
pub(crate) mod sandbox;
pub(crate) mod secrets;
pub mod service;
pub mod settle;
mod tls;

use std::future::poll_fn;
use std::mem::ManuallyDrop;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use aws_sdk_organizations::Config;
use aws_sdk_organizations::config::retry::RetryConfig;
use aws_sdk_organizations::config::timeout::TimeoutConfig;
use aws_sdk_organizations::config::{
    AppName, BehaviorVersion, Credentials, Region, SharedHttpClient, StalledStreamProtectionConfig,
};
use serde_json::{Map, Value};
use tokio::runtime::{Builder, Runtime};
use tokio::time::interval;

use crate::command::Limits;
use crate::error::{Failure, Kind};
use crate::model::Parameters;
use crate::model::view::{Timestamps, View};
use crate::model::{self, Operation};
use crate::os::runtime;
use crate::os::signals::{self, Caught, Signal};
use crate::sandbox::engine::caller::{Caller, SECRET_ACCESS_KEY};
use crate::settings::{Settings, variable};
use crate::terminal::streams::write_stderr;
use attempts::{Answer, Attempt, Log, Outcome, Place, Retry, retries};
use connector::Http;
use lost::unanswered;
use operations::Unanswered;
use pages::Pages;
use service::Service;
use settle::{Case, Verdict};

/// The longest wait for what a message can do without.
const GLANCE: Duration = Duration::from_secs(3);

/// How often it is asked whether the pager was left, while a request is under way.
const PAGER_LOOKED_AT: Duration = Duration::from_millis(50);

/// What to say of a change for which no request has left this machine.
pub const NOTHING_SENT: &str = "nothing was sent to the service";

/// How a wait ended.
#[derive(Debug)]
enum Ended<T> {
    /// With what was waited for.
    Done(T),
    /// A signal came.
    Caught(Signal),
    /// The pager was left.
    Left,
}

/// An SDK client, the thread that it runs on, and what is needed to tell how its calls went.
///
/// The first two are never taken apart: the end of the program does that at once, and waits for nothing that was given
/// up, such as a name look-up that hangs.
#[derive(Debug)]
pub struct Client {
    runtime: ManuallyDrop<Runtime>,
    sdk: ManuallyDrop<aws_sdk_organizations::Client>,
    log: Log,
    max_attempts: u32,
    /// The options that reach the same service again, for hints.
    again: String,
}

impl Client {
    /// The client that the settings ask for; finds the credentials.
    ///
    /// # Errors
    ///
    /// No credentials, a file of certificate authorities that can't be used, or a signal that came.
    pub fn new(settings: &Settings, service: Service, debug: bool) -> Result<Client, Failure> {
        let runtime = runtime::build(&mut Builder::new_current_thread())
            .map_err(|error| Failure::other("The request could not be made").because(error))?;
        let runtime = ManuallyDrop::new(runtime);
        let log = Log::new(debug, matches!(service, Service::Sandbox(_)));
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(settings.region.clone()))
            .retry_config(retries(settings))
            .retry_classifier(Retry(log.clone()))
            .interceptor(Place(settings.endpoint_url.clone()))
            .interceptor(log.clone())
            // The connector bounds every wait itself.
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            // They say nothing of an endpoint URL, and the SDK refuses both together.
            .use_fips(settings.use_fips && settings.endpoint_url.is_none())
            .use_dual_stack(settings.use_dual_stack && settings.endpoint_url.is_none());
        config.set_app_name(AppName::new("orgshake").ok());
        let credentials = match service {
            Service::Aws => {
                let http = Http::for_service(settings, debug)?;
                config.set_endpoint_url(settings.endpoint_url.clone());
                config.set_http_client(Some(SharedHttpClient::new(http.counted(&log.written))));
                let found = settings
                    .sign_request
                    .then(|| runtime.block_on(credentials::find(settings, &http.for_credentials(settings), debug)));
                found.transpose().map_err(|failure| match signals::ended() {
                    Some(signal) => Failure::new(Kind::Interrupted(signal), ""),
                    None => failure,
                })?
            }
            Service::Sandbox(connector) => {
                // Its clock may be moved, which is no reason to sign again.
                config = config.disable_clock_skew_correction(true);
                config.set_http_client(Some(SharedHttpClient::new(connector.read_timeout(settings.read_timeout))));
                sandbox_credentials(settings)
            }
        };
        config = match credentials {
            Some(credentials) => config.credentials_provider(credentials),
            None => config.allow_no_auth(),
        };
        Ok(Client {
            runtime,
            sdk: ManuallyDrop::new(aws_sdk_organizations::Client::from_conf(config.build())),
            log,
            max_attempts: settings.max_attempts,
            again: settings.again.clone(),
        })
    }

    /// Calls an operation. Nothing comes back where the pager that reads a listing, if there is one, was `left`
    /// meanwhile.
    ///
    /// A change that an earlier attempt may have made already, and that is refused for it, is settled by asking.
    ///
    /// # Errors
    ///
    /// The service's error, why there is no answer, or a signal that came; with a word of caution where the call may
    /// have been carried out all the same.
    pub fn call(
        &self,
        operation: &'static Operation,
        parameters: &Parameters,
        left: Option<&mut dyn FnMut() -> bool>,
    ) -> Result<Option<Answer>, Failure> {
        let ended = self.wait(operations::send(&self.sdk, operation, parameters), left);
        let mut attempts = self.log.take();
        let under_way = self.log.was_under_way(&attempts);
        let is_doubtful = |attempts: &[Attempt]| operation.done.is_some() && attempts.iter().any(Attempt::is_unclear);
        let sent = match ended {
            Ended::Left => return Ok(None),
            Ended::Caught(signal) => {
                let unsent = !under_way && !attempts.iter().any(Attempt::was_sent);
                let said = match operation.done {
                    None => String::new(),
                    Some(_) if under_way || is_doubtful(&attempts) => self.may_have_been_applied(parameters),
                    Some(_) if unsent => NOTHING_SENT.to_owned(),
                    Some(_) => "the request was not applied".to_owned(),
                };
                return Err(Failure::new(Kind::Interrupted(signal), said));
            }
            Ended::Done(sent) => sent,
        };
        let url = match attempts.last() {
            Some(Attempt { outcome: Outcome::Answered(answer), .. }) if !answer.is_success() => {
                let used_up = answer.retry().is_some() && attempts.len() >= self.max_attempts as usize;
                let failure = service_failure(operation, answer, used_up.then(|| self.max_attempts - 1));
                return match is_doubtful(&attempts) {
                    true => self.settle(operation, parameters, &attempts, failure).map(Some),
                    false => Err(failure),
                };
            }
            last => last.map(|attempt| attempt.url.clone()).unwrap_or_default(),
        };
        if let Some(Attempt { outcome: Outcome::Answered(answer), .. }) =
            attempts.pop_if(|attempt| matches!(attempt.outcome, Outcome::Answered(_)))
        {
            return Ok(Some(answer));
        }
        let failure = match sent {
            Err(Unanswered(error)) => unanswered(&url, error),
            Ok(_) => Failure::other("The request could not be made"),
        };
        Err(if is_doubtful(&attempts) { failure.note(self.may_have_been_applied(parameters)) } else { failure })
    }

    /// Waits for a call, unless a signal or the end of the pager comes first.
    fn wait<T>(&self, request: impl Future<Output = T>, mut left: Option<&mut dyn FnMut() -> bool>) -> Ended<T> {
        self.runtime.block_on(async {
            let mut caught = Caught::catch();
            let mut request = pin!(request);
            let mut looks = left.is_some().then(|| interval(PAGER_LOOKED_AT));
            poll_fn(|context| {
                if let Poll::Ready(signal) = caught.poll(context) {
                    return Poll::Ready(Ended::Caught(signal));
                }
                if let (Some(left), Some(looks)) = (&mut left, &mut looks) {
                    while looks.poll_tick(context).is_ready() {
                        if left() {
                            return Poll::Ready(Ended::Left);
                        }
                    }
                }
                request.as_mut().poll(context).map(Ended::Done)
            })
            .await
        })
    }

    /// What became of a change that was refused after an unclear attempt: the handshake as its answer, if it shows that
    /// the change was carried out.
    fn settle(
        &self,
        operation: &'static Operation,
        parameters: &Parameters,
        attempts: &[Attempt],
        failure: Failure,
    ) -> Result<Answer, Failure> {
        let unsettled = |failure: Failure| failure.note(self.may_have_been_applied(parameters));
        let (Some(settlement), Kind::Service { code, .. }) = (&operation.settlement, &failure.kind) else {
            return Err(unsettled(failure));
        };
        let reason = failure.details.iter().find(|(name, _)| *name == "Reason").and_then(|(_, reason)| reason.as_str());
        if !settlement.covers(code, reason) {
            return Err(unsettled(failure));
        }
        let since = attempts.first().zip(attempts.last()).and_then(|(first, last)| match &last.outcome {
            Outcome::Answered(answer) => answer.service_time_of(first.began),
            Outcome::Lost { .. } => None,
        });
        let case = Case { settlement, parameters, since };
        match self.ask(&case) {
            Ok((Verdict::Done, question, handshake)) => {
                let state = handshake.get("State").and_then(Value::as_str).unwrap_or_default();
                write_stderr(&format!(
                    "orgshake: [NOTE]: {}: an earlier attempt got no clear answer, a later one {code}, and {question} shows the \
                     handshake {state}\n",
                    operation.done.unwrap_or_default()
                ));
                let answer = Map::from_iter([(settle::HANDSHAKE.to_owned(), Value::Object(handshake))]);
                Ok(Answer::bare(200, Value::Object(answer).to_string().as_bytes()))
            }
            Ok((Verdict::Unseen(names), _, handshake)) => {
                let note = self.agreement(operation, &names, &handshake);
                let failure = failure.note(note.unwrap_or_else(|| self.may_have_been_applied(parameters)));
                let elsewhere = settle::ELSEWHERE.iter().filter(|(name, _)| names.iter().any(|unseen| unseen == name));
                Err(elsewhere.fold(failure, |failure, (_, hint)| failure.hint(*hint)))
            }
            Ok((Verdict::NotDone, ..)) => Err(failure),
            Ok((Verdict::Unknown, ..)) => Err(unsettled(failure)),
            Err(Failure { kind: kind @ Kind::Interrupted(_), .. }) => {
                Err(Failure::new(kind, self.may_have_been_applied(parameters)))
            }
            Err(_) => Err(unsettled(failure)),
        }
    }

    /// What to say of a change that a handshake agrees with as far as it shows: it doesn't show these parameters.
    fn agreement(&self, operation: &Operation, names: &[String], handshake: &Map<String, Value>) -> Option<String> {
        let members = operation.input.members.iter().filter(|member| names.iter().any(|name| name == member.name));
        let options: Vec<_> = members.map(|member| format!("--{}", member.option)).collect();
        let id = handshake.get("Id")?.as_str().filter(|id| model::is_handshake_id(id))?;
        Some(format!(
            "the request may have been applied all the same: the handshake {id} agrees with it, but no handshake shows {}; to \
             see: orgshake describe-handshake --handshake-id {id}{}",
            options.join(" and "),
            self.again
        ))
    }

    /// Asks what became of a change: the verdict, the operation that was asked, and the handshake that tells.
    fn ask(&self, case: &Case<'_>) -> Result<(Verdict, &'static str, Map<String, Value>), Failure> {
        let (api, parameters) = case.question();
        let unanswered = || Failure::other("The question was not answered");
        let question = model::operation_of(api).ok_or_else(unanswered)?;
        let view = View::new(Timestamps::Wire);
        let list = question.list.unwrap_or(settle::HANDSHAKE);
        let mut pages = Pages::new(list, parameters, &Limits::default());
        while let Some(request) = pages.request() {
            let answer = self.call(question, request, None)?.ok_or_else(unanswered)?;
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

    /// The handshake that the parameters name, asked for once and not for long, for a message that can do without it.
    pub fn glance(&self, parameters: &Parameters) -> Option<Map<String, Value>> {
        let describe = model::operation("describe-handshake")?;
        let config = self.sdk.config().to_builder().retry_config(RetryConfig::disabled()).build();
        let once = aws_sdk_organizations::Client::from_conf(config);
        let sent = async { tokio::time::timeout(GLANCE, operations::send(&once, describe, parameters)).await };
        // Whether the SDK can read the answer doesn't matter, only that one came in time.
        let came = matches!(self.runtime.block_on(signals::unless_caught(sent)), Ok(Ok(_)));
        let last = self.log.take().pop().filter(|_| came)?;
        let Outcome::Answered(answer) = last.outcome else { return None };
        match serde_json::from_slice::<Value>(&answer.body).ok()?.get_mut("Handshake")?.take() {
            // A server that mixes up its answers may send another one.
            Value::Object(handshake) if answer.is_success() && handshake.get("Id") == parameters.get("HandshakeId") => {
                Some(handshake)
            }
            _ => None,
        }
    }

    /// What to say of a change whose outcome is unknown.
    pub fn may_have_been_applied(&self, parameters: &Parameters) -> String {
        let question = match parameters.get("HandshakeId").and_then(Value::as_str) {
            Some(id) => format!("describe-handshake --handshake-id {id}"),
            None => "list-handshakes-for-organization".to_owned(),
        };
        let again = &self.again;
        format!("the request may have been applied all the same; to see: orgshake {question}{again}")
    }
}

/// A twelve-digit key id makes the caller that account; any other key stays out of the sandbox.
fn sandbox_credentials(settings: &Settings) -> Option<Credentials> {
    let id = variable("AWS_ACCESS_KEY_ID").filter(|_| settings.sign_request)?;
    match Caller::from_access_key_id(&id) {
        Caller::Account(account) => Some(Credentials::new(account, SECRET_ACCESS_KEY, None, None, "sandbox")),
        Caller::Implied => None,
    }
}

/// The service's error with the members that its shape has beside the message.
fn service_failure(operation: &'static Operation, answer: &Answer, retries: Option<u32>) -> Failure {
    let error = answer.error();
    let clock = answer.wrong_clock(&error.code);
    let kind = Kind::Service { code: error.code.clone(), operation: operation.name, retries };
    let mut failure = Failure::new(kind, error.message.clone());
    failure.details.clone_from(&error.details);
    failure.request_id = answer.request_id.clone();
    failure.hints.extend(clock);
    failure
}
