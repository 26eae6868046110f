//! Sessions: an identity at a service, and its calls.

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_organizations::Config;
use aws_sdk_organizations::config::retry::RetryConfig;
use aws_sdk_organizations::config::timeout::TimeoutConfig;
use aws_sdk_organizations::config::{
    AppName, BehaviorVersion, Credentials, IdentityCache, Region, SharedCredentialsProvider, SharedHttpClient,
    StalledStreamProtectionConfig,
};
use serde_json::{Map, Value};

use super::attempts::{Answer, Attempt, Log, Outcome, Place, To, retries};
use super::credentials::provider::Provider;
use super::lost::unanswered;
use super::operations::{self, Unanswered};
use super::pages::Pages;
use super::run::Run;
use super::service::Service;
use super::settle::{self, Case, HANDSHAKE, Verdict};
use crate::command::Limits;
use crate::error::{Failure, Kind};
use crate::explain;
use crate::model::view::{Timestamps, Unexpected, View};
use crate::model::{self, Operation, Parameters};
use crate::os::signals;
use crate::sandbox::engine::caller::{Caller, SECRET_ACCESS_KEY};
use crate::settings::{ServiceSettings, variable};
use crate::terminal::streams::write_stderr;

/// Time limit for the optional describe call.
const DESCRIBE_LIMIT: Duration = Duration::from_secs(3);

/// The message of an interrupted change whose request has not left this machine.
pub const NOTHING_SENT: &str = "nothing was sent to the service";

/// An identity at a service. Sessions of one [`Run`] share its connections; each call has its own log of attempts.
#[derive(Debug)]
pub struct Session {
    sdk: aws_sdk_organizations::Client,
    view: View,
    max_attempts: u32,
    to: To,
    /// The options that reach the same service again, for hints.
    again: String,
}

impl Session {
    /// Opens a session: finds the credentials, sends nothing to the service itself.
    ///
    /// # Errors
    ///
    /// Returns a failure if there are no credentials, if a file of certificate authorities can't be used, or if a signal came.
    pub async fn open(run: &Run<'_>, settings: ServiceSettings, service: Service) -> Result<Session, Failure> {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(settings.region.clone()))
            .retry_config(retries(&settings))
            .interceptor(Place(settings.endpoint_url.clone()))
            // The connector bounds every wait itself.
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            // The provider knows best when its credentials have to be replaced.
            .identity_cache(IdentityCache::no_cache())
            // They say nothing of an endpoint URL, and the SDK refuses both together.
            .use_fips(settings.use_fips && settings.endpoint_url.is_none())
            .use_dual_stack(settings.use_dual_stack && settings.endpoint_url.is_none());
        config.set_app_name(AppName::new("orgshake").ok());
        let settings = Arc::new(settings);
        let to = if matches!(service, Service::Sandbox(_)) { To::Sandbox } else { To::Service };
        let credentials = match service {
            Service::Aws => {
                let http = run.pools.for_service(&settings)?;
                config.set_endpoint_url(settings.endpoint_url.clone());
                let provider = match settings.sign_request {
                    true => Some(Provider::find(&settings, run.pools.for_credentials(&settings)).await?),
                    false => None,
                };
                config.set_http_client(Some(SharedHttpClient::new(http)));
                provider.map(SharedCredentialsProvider::new)
            }
            Service::Sandbox(connector) => {
                // Its clock may be moved, which is no reason to sign again.
                config = config.disable_clock_skew_correction(true);
                config.set_http_client(Some(SharedHttpClient::new(connector.read_timeout(settings.read_timeout))));
                sandbox_credentials(&settings).map(SharedCredentialsProvider::new)
            }
        };
        config = match credentials {
            Some(credentials) => config.credentials_provider(credentials),
            None => config.allow_no_auth(),
        };
        Ok(Session {
            sdk: aws_sdk_organizations::Client::from_conf(config.build()),
            view: View::new(settings.timestamps),
            max_attempts: settings.max_attempts,
            to,
            again: settings.again.clone(),
        })
    }

    /// Calls an operation and returns its response as it is printed.
    ///
    /// # Errors
    ///
    /// Returns the explained failure of [`Session::send`], or one that says that the response isn't the promised document.
    pub async fn ask(
        &self,
        operation: &'static Operation,
        parameters: &Parameters,
    ) -> Result<Map<String, Value>, Failure> {
        let answer = self.send(operation, parameters).await;
        let answer = answer.map_err(|failure| explain::explained(failure, parameters, &self.again))?;
        let viewed = self.view.answer(&answer.body, operation.output);
        // Every change is answered with the handshake: an object of something else, such as a proxy's error, says nothing of
        // the change. An empty one is a success, as in the AWS CLI.
        let viewed = viewed.and_then(|viewed| {
            let is_other =
                operation.done.is_some() && !viewed.contains_key(HANDSHAKE) && answer.body.trim_ascii() != b"{}";
            if is_other { Err(Unexpected(format!("it holds no {HANDSHAKE}"))) } else { Ok(viewed) }
        });
        viewed.map_err(|Unexpected(why)| {
            let mut failure = Failure::other(format!("The service's answer is not the one that it promises: {why}"));
            failure.request_id = answer.request_id;
            match operation.done {
                Some(_) => failure.note(self.may_have_been_applied(parameters)),
                None => failure,
            }
        })
    }

    /// Returns a listing of the items that the responses of an operation have under `list`, within these limits.
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
    /// A change that an earlier attempt may have made already, and that is refused for it, is settled by asking.
    ///
    /// # Errors
    ///
    /// Returns the service's error, why no response came, or the signal that came; with a note if the call may have been carried
    /// out all the same.
    pub async fn send(&self, operation: &'static Operation, parameters: &Parameters) -> Result<Answer, Failure> {
        let log = Log::new(self.to);
        let sent = signals::or_signal(operations::send(&self.sdk, operation, parameters, &log, None)).await;
        let mut attempts = log.take();
        let is_doubtful = operation.done.is_some() && attempts.iter().any(Attempt::is_unclear);
        let sent = sent.map_err(|signal| {
            let under_way = log.was_under_way(&attempts);
            let unsent = !under_way && !attempts.iter().any(Attempt::was_sent);
            let message = match operation.done {
                None => String::new(),
                Some(_) if under_way || is_doubtful => self.may_have_been_applied(parameters),
                Some(_) if unsent => NOTHING_SENT.to_owned(),
                Some(_) => "the request was not applied".to_owned(),
            };
            Failure::new(Kind::Interrupted(signal), message)
        })?;
        let url = match attempts.last() {
            Some(Attempt { outcome: Outcome::Answered(answer), .. }) if !answer.is_success() => {
                let used_up = answer.retry().is_some() && attempts.len() >= self.max_attempts as usize;
                let failure = service_failure(operation, answer, used_up.then(|| self.max_attempts - 1));
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
            Err(Unanswered(error)) => unanswered(&url, error),
            Ok(()) => Failure::other("The request could not be made"),
        };
        Err(if is_doubtful { failure.note(self.may_have_been_applied(parameters)) } else { failure })
    }

    /// What became of a change that was refused after an unclear attempt: the handshake as its answer, if it shows that
    /// the change was carried out.
    async fn settle(
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
        match self.find_out(&case).await {
            Ok((Verdict::Done, question, handshake)) => {
                let state = handshake.get("State").and_then(Value::as_str).unwrap_or_default();
                write_stderr(&format!(
                    "orgshake: [NOTE]: {}: an earlier attempt got no clear answer, a later one {code}, and {question} shows the \
                     handshake {state}\n",
                    operation.done.unwrap_or_default()
                ));
                let answer = Map::from_iter([(HANDSHAKE.to_owned(), Value::Object(handshake))]);
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
    async fn find_out(&self, case: &Case<'_>) -> Result<(Verdict, &'static str, Map<String, Value>), Failure> {
        let (api, parameters) = case.question();
        let unanswered = || Failure::other("The question was not answered");
        let question = model::operation_of(api).ok_or_else(unanswered)?;
        let view = View::new(Timestamps::Wire);
        let list = question.list.unwrap_or(HANDSHAKE);
        let mut pages = Pages::new(list, parameters, &Limits::default());
        while let Some(request) = pages.request() {
            let answer = Box::pin(self.send(question, request)).await?;
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
        let describe = model::operation("describe-handshake")?;
        let log = Log::new(self.to);
        let once = Some(RetryConfig::disabled());
        let sent = tokio::time::timeout(DESCRIBE_LIMIT, operations::send(&self.sdk, describe, parameters, &log, once));
        // Whether the SDK can read the answer doesn't matter, only that one came in time.
        let came = matches!(signals::unless_caught(sent).await, Ok(Ok(_)));
        let Outcome::Answered(answer) = log.take().pop().filter(|_| came)?.outcome else { return None };
        match serde_json::from_slice::<Value>(&answer.body).ok()?.get_mut(HANDSHAKE)?.take() {
            // A server that mixes up its answers may send another one.
            Value::Object(handshake) if answer.is_success() && handshake.get("Id") == parameters.get("HandshakeId") => {
                Some(handshake)
            }
            _ => None,
        }
    }

    /// What to say of a change whose outcome is unknown.
    fn may_have_been_applied(&self, parameters: &Parameters) -> String {
        let question = match parameters.get("HandshakeId").and_then(Value::as_str) {
            Some(id) => format!("describe-handshake --handshake-id {id}"),
            None => "list-handshakes-for-organization".to_owned(),
        };
        let again = &self.again;
        format!("the request may have been applied all the same; to see: orgshake {question}{again}")
    }
}

/// The pages of a listing.
#[derive(Debug)]
pub struct Listing<'a> {
    session: &'a Session,
    operation: &'static Operation,
    pages: Pages,
}

impl Listing<'_> {
    /// Asks for the next page; returns nothing behind the last one.
    ///
    /// # Errors
    ///
    /// Returns the failure of [`Session::ask`], or one if the service sends the same page again and again.
    pub async fn next(&mut self) -> Result<Option<Map<String, Value>>, Failure> {
        let Some(request) = self.pages.request() else { return Ok(None) };
        let page = self.session.ask(self.operation, request).await?;
        self.pages.take(page).map(Some)
    }

    /// Returns the token with which another listing goes on if the limits have stopped this one.
    pub fn resume_token(&self) -> Option<&str> {
        self.pages.resume_token()
    }
}

/// A twelve-digit key id makes the caller that account; any other key stays out of the sandbox.
fn sandbox_credentials(settings: &ServiceSettings) -> Option<Credentials> {
    let id = variable("AWS_ACCESS_KEY_ID").filter(|_| settings.sign_request)?;
    match Caller::from_access_key_id(&id) {
        Caller::Account(account) => Some(Credentials::new(account, SECRET_ACCESS_KEY, None, None, "sandbox")),
        Caller::Session { .. } | Caller::Implied => None,
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
