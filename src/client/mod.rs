//! Calls: settings become an SDK client, a call becomes the service's raw answer or a failure that tells the truth.

mod attempts;
mod connector;
mod credentials;

use std::error::Error;
use std::sync::{Arc, Mutex};

use aws_sdk_organizations::Config;
use aws_sdk_organizations::config::retry::RetryConfig;
use aws_sdk_organizations::config::timeout::TimeoutConfig;
use aws_sdk_organizations::config::{
    AppName, BehaviorVersion, Credentials, Region, SharedHttpClient, StalledStreamProtectionConfig,
};
use aws_sdk_organizations::error::SdkError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use serde_json::Value;

use crate::config::{RetryMode, Settings, variable};
use crate::error::{Failure, Kind};
use crate::input::Parameters;
use crate::model::{self, Operation};
use crate::operations;
use crate::sandbox::{Caller, Sandbox, connector::Connector};
use attempts::{Answer, Attempt, Log, Retry};
use connector::{Http, Lost};

/// The runtime of a call: one thread, nothing that isn't needed to wait.
///
/// # Errors
///
/// The system refuses what it needs.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build();
    runtime.map_err(|error| Failure::other("The request could not be made").because(error))
}

/// Where the requests go.
#[derive(Debug)]
pub enum Service {
    /// AWS, or what an endpoint URL names.
    Aws,
    /// The service in this process.
    Sandbox(Sandbox),
}

/// An SDK client and what is needed to tell how its calls went.
#[derive(Debug)]
pub struct Client {
    sdk: aws_sdk_organizations::Client,
    log: Log,
    url: String,
    max_attempts: u32,
    debug: bool,
}

impl Client {
    /// The client that the settings ask for; finds the credentials.
    ///
    /// # Errors
    ///
    /// No credentials, or a file of certificate authorities that can't be used.
    pub async fn new(settings: &Settings, service: Service, debug: bool) -> Result<Client, Failure> {
        let log = Log::default();
        let retries = match settings.retry_mode {
            RetryMode::Standard => RetryConfig::standard(),
            RetryMode::Adaptive => RetryConfig::adaptive(),
        };
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(settings.region.clone()))
            .retry_config(retries.with_max_attempts(settings.max_attempts))
            .retry_classifier(Retry)
            .interceptor(log.clone())
            // The connector bounds every wait itself.
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .use_fips(settings.use_fips)
            .use_dual_stack(settings.use_dual_stack);
        config.set_app_name(AppName::new("orgshake").ok());
        let mut url = None;
        let credentials = match service {
            Service::Aws => {
                let http = Http::new(settings)?;
                url.clone_from(&settings.endpoint_url);
                config.set_endpoint_url(settings.endpoint_url.clone());
                config.set_http_client(Some(SharedHttpClient::new(http.clone())));
                if settings.sign_request { Some(credentials::find(settings, &http).await?) } else { None }
            }
            Service::Sandbox(sandbox) => {
                // Its clock may be moved, which is no reason to sign again.
                config = config.disable_clock_skew_correction(true);
                config.set_http_client(Some(SharedHttpClient::new(Connector::new(Arc::new(Mutex::new(sandbox))))));
                sandbox_credentials(settings)
            }
        };
        config = match credentials {
            Some(credentials) => config.credentials_provider(credentials),
            None => config.allow_no_auth(),
        };
        let url = url.unwrap_or_else(|| "https://organizations.amazonaws.com".to_owned());
        let url = if url.parse::<hyper::Uri>().is_ok_and(|uri| uri.path() == "/") && !url.ends_with('/') {
            url + "/"
        } else {
            url
        };
        Ok(Client {
            sdk: aws_sdk_organizations::Client::from_conf(config.build()),
            log,
            url,
            max_attempts: settings.max_attempts,
            debug,
        })
    }

    /// Calls an operation.
    ///
    /// # Errors
    ///
    /// The service's error, or why there is no answer; with a word of caution where the call may have been carried
    /// out all the same.
    pub async fn call(&self, operation: &'static Operation, parameters: &Parameters) -> Result<Vec<u8>, Failure> {
        let outcome = operations::send(&self.sdk, operation, parameters).await;
        let attempts = self.log.attempts();
        if self.debug {
            self.tell(operation, &attempts);
        }
        match attempts.last() {
            Some(Attempt::Answered(answer)) if answer.is_success() => Ok(answer.body.clone()),
            Some(Attempt::Answered(answer)) => {
                let used_up = answer.retry().is_some() && attempts.len() >= self.max_attempts as usize;
                let retries = used_up.then(|| self.max_attempts - 1);
                let failure = service_failure(operation, answer, retries);
                Err(cautious(failure, operation, &attempts, parameters))
            }
            _ => {
                let failure = match outcome {
                    Err(Unanswered(error)) => self.unanswered(error),
                    Ok(()) => Failure::other("The service gave no answer"),
                };
                Err(cautious(failure, operation, &attempts, parameters))
            }
        }
    }

    /// Why there is no answer, in the AWS CLI's words.
    fn unanswered(&self, error: anyhow::Error) -> Failure {
        let url = &self.url;
        let lost = error.chain().find_map(|cause| cause.downcast_ref::<Lost>());
        let message = match lost {
            Some(Lost::NotConnected(_)) => format!("Could not connect to the endpoint URL: \"{url}\""),
            Some(Lost::ConnectTimeout) => format!("Connect timeout on endpoint URL: \"{url}\""),
            Some(Lost::ReadTimeout) => format!("Read timeout on endpoint URL: \"{url}\""),
            Some(Lost::Closed(_)) => {
                format!("Connection was closed before we received a valid response from endpoint URL: \"{url}\".")
            }
            Some(Lost::TooLong) => format!("The answer of the endpoint URL \"{url}\" is too long"),
            None => "The request could not be made".to_owned(),
        };
        Failure::other(message).because(error)
    }

    /// The attempts, a line each, for `--debug`.
    fn tell(&self, operation: &Operation, attempts: &[Attempt]) {
        for (index, attempt) in attempts.iter().enumerate() {
            let told = match attempt {
                Attempt::Answered(answer) => {
                    let id = answer.request_id.as_deref().unwrap_or("none");
                    format!("HTTP {}, request id {id}", answer.status)
                }
                Attempt::Lost { why, .. } => why.clone(),
            };
            crate::io::debug(&format!("{} {}: attempt {}: {told}", operation.name, self.url, index + 1));
        }
    }
}

/// A twelve-digit key id makes the caller that account; any other key stays out of the sandbox.
fn sandbox_credentials(settings: &Settings) -> Option<Credentials> {
    let id = variable("AWS_ACCESS_KEY_ID").filter(|_| settings.sign_request)?;
    match Caller::from_access_key_id(&id) {
        Caller::Account(account) => Some(Credentials::new(account, "sandbox", None, None, "sandbox")),
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
    failure
}

/// Says that a change may have been made all the same, where an attempt ended without a clear answer.
fn cautious(failure: Failure, operation: &'static Operation, attempts: &[Attempt], parameters: &Parameters) -> Failure {
    let unclear = |attempt: &Attempt| match attempt {
        Attempt::Answered(answer) => answer.status >= 500,
        Attempt::Lost { sent, .. } => *sent,
    };
    if operation.done.is_none() || !attempts.iter().any(unclear) {
        return failure;
    }
    failure.hint(may_have_been_applied(parameters))
}

/// What to say of a change whose outcome is unknown.
pub fn may_have_been_applied(parameters: &Parameters) -> String {
    let question = match parameters.get("HandshakeId").and_then(Value::as_str) {
        Some(id) => format!("orgshake describe-handshake --handshake-id {id}"),
        None => "orgshake list-handshakes-for-organization".to_owned(),
    };
    format!("the request may have been applied all the same; to see: {question}")
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

/// A call that came to no answer that the SDK could read; the log knows more.
#[derive(Debug)]
pub struct Unanswered(anyhow::Error);

/// The SDK's error of any operation. Codes and messages are read from the raw answer, so the type says nothing more.
impl<E: Error + Send + Sync + 'static> From<SdkError<E, HttpResponse>> for Unanswered {
    fn from(error: SdkError<E, HttpResponse>) -> Unanswered {
        match error.into_source() {
            Ok(source) => Unanswered(anyhow::Error::from_boxed(source)),
            Err(error) => Unanswered(anyhow::anyhow!("{error}")),
        }
    }
}
