//! Calls: settings become an SDK client, a call becomes the service's raw answer or a failure that tells the truth.

mod attempts;
pub(crate) mod connector;
mod credentials;
mod proxy;
mod secrets;
mod tls;

use std::error::Error;

use aws_sdk_organizations::Config;
use aws_sdk_organizations::config::retry::RetryConfig;
use aws_sdk_organizations::config::timeout::TimeoutConfig;
use aws_sdk_organizations::config::{
    AppName, BehaviorVersion, Credentials, Region, SharedHttpClient, StalledStreamProtectionConfig,
};
use aws_smithy_runtime_api::client::result::ConnectorError;
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::config::{RetryMode, Settings, variable};
use crate::error::{Failure, Kind};
use crate::input::Parameters;
use crate::model::{self, Operation};
use crate::operations::{self, Unanswered};
use crate::sandbox::{Caller, SECRET_ACCESS_KEY, connector::Connector};
use attempts::{Answer, Attempt, Log, Outcome, Place, Retry};
use connector::{Http, Lost};

/// Where the requests go.
#[derive(Debug)]
pub enum Service {
    /// AWS, or what an endpoint URL names.
    Aws,
    /// The service in this process.
    Sandbox(Connector),
}

/// An SDK client, the thread that it runs on, and what is needed to tell how its calls went.
#[derive(Debug)]
pub struct Client {
    /// Always there until the client goes.
    runtime: Option<Runtime>,
    sdk: aws_sdk_organizations::Client,
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
    /// No credentials, or a file of certificate authorities that can't be used.
    pub fn new(settings: &Settings, service: Service, debug: bool) -> Result<Client, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
        let runtime = runtime.map_err(|error| Failure::other("The request could not be made").because(error))?;
        let log = Log::new(debug, matches!(service, Service::Sandbox(_)));
        let retries = match settings.retry_mode {
            RetryMode::Standard => RetryConfig::standard(),
            RetryMode::Adaptive => RetryConfig::adaptive(),
        };
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(settings.region.clone()))
            .retry_config(retries.with_max_attempts(settings.max_attempts))
            .retry_classifier(Retry)
            .interceptor(Place(settings.endpoint_url.clone()))
            .interceptor(log.clone())
            // The connector bounds every wait itself.
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .use_fips(settings.use_fips)
            .use_dual_stack(settings.use_dual_stack);
        config.set_app_name(AppName::new("orgshake").ok());
        let credentials = match service {
            Service::Aws => {
                let http = Http::new(settings, debug)?;
                config.set_endpoint_url(settings.endpoint_url.clone());
                config.set_http_client(Some(SharedHttpClient::new(http.clone())));
                let found = settings.sign_request.then(|| runtime.block_on(credentials::find(settings, &http, debug)));
                found.transpose()?
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
            runtime: Some(runtime),
            sdk: aws_sdk_organizations::Client::from_conf(config.build()),
            log,
            max_attempts: settings.max_attempts,
            again: settings.again.clone(),
        })
    }

    /// Calls an operation; the answer is the raw body.
    ///
    /// # Errors
    ///
    /// The service's error, or why there is no answer; with a word of caution where the call may have been carried
    /// out all the same.
    pub fn call(&self, operation: &'static Operation, parameters: &Parameters) -> Result<Vec<u8>, Failure> {
        let sent =
            self.runtime.as_ref().map(|runtime| runtime.block_on(operations::send(&self.sdk, operation, parameters)));
        let mut attempts = self.log.take();
        let count = attempts.len();
        let cautious = |failure: Failure, attempts: &[Attempt]| {
            let doubtful = operation.done.is_some() && attempts.iter().any(is_unclear);
            if doubtful { failure.hint(self.may_have_been_applied(parameters)) } else { failure }
        };
        let url = match attempts.last() {
            Some(Attempt { outcome: Outcome::Answered(answer), .. }) if !answer.is_success() => {
                let used_up = answer.retry().is_some() && count >= self.max_attempts as usize;
                let failure = service_failure(operation, answer, used_up.then(|| self.max_attempts - 1));
                return Err(cautious(failure, &attempts));
            }
            last => last.map(|attempt| attempt.url.clone()).unwrap_or_default(),
        };
        if let Some(Attempt { outcome: Outcome::Answered(answer), .. }) =
            attempts.pop_if(|attempt| matches!(attempt.outcome, Outcome::Answered(_)))
        {
            return Ok(answer.body);
        }
        let failure = match sent {
            Some(Err(Unanswered(error))) => unanswered(&url, error),
            _ => Failure::other("The request could not be made"),
        };
        Err(cautious(failure, &attempts))
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

impl Drop for Client {
    /// Doesn't wait for what was given up, such as a name look-up that hangs.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Whether an attempt leaves it open if the request was carried out.
fn is_unclear(attempt: &Attempt) -> bool {
    match &attempt.outcome {
        Outcome::Answered(answer) => answer.status >= 500,
        Outcome::Lost { sent } => *sent,
    }
}

/// Why there is no answer, in the AWS CLI's words.
fn unanswered(url: &str, error: anyhow::Error) -> Failure {
    let lost = error.chain().find_map(|cause| cause.downcast_ref::<Lost>());
    let message = match lost {
        Some(Lost::NotConnected(_)) => format!("Could not connect to the endpoint URL: \"{url}\""),
        Some(Lost::Tls(_)) => format!("SSL validation failed for {url}"),
        Some(Lost::ConnectTimeout) => format!("Connect timeout on endpoint URL: \"{url}\""),
        Some(Lost::ReadTimeout) => format!("Read timeout on endpoint URL: \"{url}\""),
        Some(Lost::Closed(_)) => {
            format!("Connection was closed before we received a valid response from endpoint URL: \"{url}\".")
        }
        Some(Lost::Blocked(blocked)) => blocked.message.clone(),
        Some(Lost::TooLong) => format!("The answer of the endpoint URL \"{url}\" is too long"),
        Some(Lost::NoTrust(_)) | None => "The request could not be made".to_owned(),
    };
    let cause = match lost {
        Some(Lost::Blocked(blocked)) => blocked.cause.clone(),
        Some(lost) => chain(lost),
        None => format!("{error:#}"),
    };
    let failure = Failure::other(message).because(anyhow::Error::msg(cause));
    match lost {
        Some(Lost::Tls(error)) => failure.hint(tls::explained(error).1),
        Some(Lost::Blocked(blocked)) => failure.hint(&blocked.hint),
        _ => failure,
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
    let details = model::exception_details(&error.code)
        .iter()
        .filter_map(|name| Some((*name, error.members.get(*name).filter(|value| !value.is_null())?.clone())))
        .collect();
    let kind = Kind::Service { code: error.code, operation: operation.name, retries };
    let mut failure = Failure::new(kind, error.message);
    failure.details = details;
    failure.request_id = answer.request_id.clone();
    match answer.status {
        300..400 => failure
            .hint("the endpoint redirects to another place, and a signed request goes to no other: check its URL"),
        _ => failure,
    }
}

/// The connector's error of ours within the SDK's.
fn lost(error: &ConnectorError) -> Option<&Lost> {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if let Some(lost) = inner.downcast_ref() {
            return Some(lost);
        }
        cause = inner.source();
    }
    None
}

/// An error with the errors below it, in one line.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut below = error.source();
    while let Some(error) = below {
        text.push_str(&format!(": {error}"));
        below = error.source();
    }
    text
}
