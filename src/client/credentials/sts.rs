//! AssumeRole and AssumeRoleWithWebIdentity, with the run's connections and retry settings.

use std::error::Error;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use aws_sdk_sts::Client;
use aws_sdk_sts::config::timeout::TimeoutConfig;
use aws_sdk_sts::config::{
    AppName, BehaviorVersion, Config, Credentials, Region, SharedCredentialsProvider, SharedHttpClient,
    StalledStreamProtectionConfig,
};
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sts::types::AssumedRoleUser;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::walk::WebIdentity;
use crate::client::attempts::{Attempt, EndpointUrl, Log, Outcome, To};
use crate::client::lost::unanswered;
use crate::client::response;
use crate::client::retry::{Retry, retries};
use crate::error::Failure;
use crate::os::files;
use crate::settings::{Role, ServiceSettings};
use crate::text::redact::shown;

/// Checks a role's settings against the minimum lengths and values of STS's model, as the AWS CLI does.
///
/// # Errors
///
/// Returns an error that lists all problems, one per line.
pub fn check(role: &Role) -> Result<(), Failure> {
    let mut lines = too_short(&[
        ("RoleArn", Some(&role.arn), 20),
        ("RoleSessionName", role.session_name.as_deref(), 2),
        ("ExternalId", role.external_id.as_deref(), 2),
        ("SerialNumber", role.mfa_serial.as_deref(), 9),
    ]);
    if let Some(seconds) = role.duration_seconds.filter(|seconds| *seconds < 900) {
        let name = "DurationSeconds";
        lines.push(format!("Invalid value for parameter {name}, value: {seconds}, valid min value: 900"));
    }
    report(&lines, &format!("{} sets these parameters of AssumeRole", role.origin()))
}

/// Returns a message for each parameter that is shorter than its minimum length.
fn too_short(parameters: &[(&str, Option<&str>, usize)]) -> Vec<String> {
    let line = |(name, value, least): &(&str, Option<&str>, usize)| {
        let length = value.map(|value| value.chars().count()).filter(|length| length < least)?;
        Some(format!("Invalid length for parameter {name}, value: {length}, valid min length: {least}"))
    };
    parameters.iter().filter_map(line).collect()
}

fn report(lines: &[String], hint: &str) -> Result<(), Failure> {
    match lines {
        [] => Ok(()),
        _ => Err(Failure::input(format!("Parameter validation failed:\n{}", lines.join("\n"))).hint(hint)),
    }
}

/// Assumes a role with the credentials of another identity, and with an MFA code if the role needs one.
///
/// # Errors
///
/// Returns the error of STS, or the reason for a missing response.
pub async fn assume_role(
    role: &Role,
    mfa_code: Option<String>,
    source: Credentials,
    settings: &ServiceSettings,
    http: &SharedHttpClient,
) -> Result<Credentials, Failure> {
    let call = Call::new("AssumeRole", Some(source), settings, http)?;
    let answer = call
        .client
        .assume_role()
        .role_arn(&role.arn)
        .role_session_name(session_name(role.session_name.as_deref()))
        .set_external_id(role.external_id.clone())
        .set_serial_number(role.mfa_serial.clone())
        .set_token_code(mfa_code)
        .set_duration_seconds(role.duration_seconds)
        .send()
        .await;
    let setting = role.profile.as_ref().map_or("", |_| " (role_arn)");
    let with_hint =
        |failure: Failure| failure.hint(format!("{} assumes the role {}{setting}", role.origin(), shown(&role.arn)));
    let answer = answer.map_err(|error| with_hint(call.failed(error)))?;
    call.credentials(answer.credentials, answer.assumed_role_user)
}

/// Reads the token of a web identity.
///
/// # Errors
///
/// Returns an error if the file can't be read.
pub fn web_identity_token(identity: &WebIdentity) -> Result<String, Failure> {
    let file = &identity.token_file;
    let read = files::read(Path::new(file)).and_then(|bytes| String::from_utf8(bytes).map_err(io::Error::other));
    read.map_err(|error| {
        let failure = Failure::other(format!("Cannot read the web identity token {}: {error}", shown_file(file)));
        failure.hint("AWS_WEB_IDENTITY_TOKEN_FILE or web_identity_token_file names the file")
    })
}

/// Assumes a role with a token.
///
/// # Errors
///
/// Returns the error of STS, or the reason for a missing response.
pub async fn assume_role_with_web_identity(
    identity: &WebIdentity,
    token: String,
    settings: &ServiceSettings,
    http: &SharedHttpClient,
) -> Result<Credentials, Failure> {
    let WebIdentity { token_file, arn, session_name: name } = identity;
    let file = shown_file(token_file);
    let lines = too_short(&[
        ("RoleArn", Some(arn), 20),
        ("RoleSessionName", name.as_deref(), 2),
        ("WebIdentityToken", Some(&token), 4),
    ]);
    report(
        &lines,
        &format!("the token comes from {file}; the other parameters are set beside web_identity_token_file"),
    )?;
    let call = Call::new("AssumeRoleWithWebIdentity", None, settings, http)?;
    let answer = call
        .client
        .assume_role_with_web_identity()
        .role_arn(arn)
        .role_session_name(session_name(name.as_deref()))
        .web_identity_token(token)
        .send()
        .await;
    let with_hint =
        |failure: Failure| failure.hint(format!("the token in {file} is used to assume the role {}", shown(arn)));
    let answer = answer.map_err(|error| with_hint(call.failed(error)))?;
    call.credentials(answer.credentials, answer.assumed_role_user)
}

/// Returns the name of a token's file for messages, unless it is the token itself (RFC 7519, section 3).
fn shown_file(name: &str) -> &str {
    if name.starts_with("eyJ") { "(a token in place of a file name)" } else { shown(name) }
}

/// Returns the configured name, or one that shows the program and the time in CloudTrail.
fn session_name(configured: Option<&str>) -> String {
    configured.map_or_else(
        || {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            format!("orgshake-session-{}", now.as_secs())
        },
        str::to_owned,
    )
}

/// An identity, as STS shows it to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The account.
    pub account: String,
    /// The ARN of the user or of the role's session.
    pub arn: String,
}

/// Asks whom these credentials belong to.
///
/// # Errors
///
/// Returns the error of STS, or why there is no response.
pub async fn caller_identity(
    credentials: Credentials,
    settings: &ServiceSettings,
    http: &SharedHttpClient,
) -> Result<Identity, Failure> {
    let call = Call::new("GetCallerIdentity", Some(credentials), settings, http)?;
    let answer = call.client.get_caller_identity().send().await.map_err(|error| call.failed(error))?;
    match (answer.account, answer.arn) {
        (Some(account), Some(arn)) => Ok(Identity { account, arn }),
        _ => Err(call.unreadable("it names no caller")),
    }
}

/// A call to STS, with the log for its errors.
struct Call {
    operation: &'static str,
    client: Client,
    log: Log,
    max_attempts: u32,
}

impl Call {
    /// Makes a call that `source` signs; without it, the call is unsigned.
    fn new(
        operation: &'static str,
        source: Option<Credentials>,
        settings: &ServiceSettings,
        http: &SharedHttpClient,
    ) -> Result<Call, Failure> {
        let log = Log::new(To::Sts);
        let endpoint = settings.sts_endpoint_url()?;
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(settings.region.clone()))
            .retry_config(retries(settings))
            .retry_classifier(Retry(log.clone()))
            .interceptor(log.clone())
            .interceptor(EndpointUrl(endpoint.clone()))
            // The connector has the time limits.
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .use_fips(settings.use_fips && endpoint.is_none())
            .use_dual_stack(settings.use_dual_stack && endpoint.is_none())
            .http_client(http.clone());
        config.set_app_name(AppName::new("orgshake").ok());
        config.set_endpoint_url(endpoint);
        config.set_credentials_provider(source.map(SharedCredentialsProvider::new));
        let client = Client::from_conf(config.build());
        Ok(Call { operation, client, log, max_attempts: settings.max_attempts })
    }

    /// Returns the credentials in a response.
    fn credentials(
        &self,
        found: Option<aws_sdk_sts::types::Credentials>,
        user: Option<AssumedRoleUser>,
    ) -> Result<Credentials, Failure> {
        let found = found.ok_or_else(|| self.unreadable("it contains no credentials"))?;
        let until = SystemTime::try_from(found.expiration)
            .map_err(|_| self.unreadable("its Expiration is not a point in time"))?;
        let mut credentials = Credentials::builder()
            .access_key_id(found.access_key_id)
            .secret_access_key(found.secret_access_key)
            .session_token(found.session_token)
            .expiry(until)
            .provider_name(self.operation);
        // arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/SESSION
        let account = user.as_ref().and_then(|user| user.arn.split(':').nth(4)).filter(|account| !account.is_empty());
        credentials.set_account_id(account.map(Into::into));
        Ok(credentials.build())
    }

    /// Returns the failure: the AWS CLI's error line if STS responded, else the reason for the missing response.
    fn failed<E>(&self, error: SdkError<E, HttpResponse>) -> Failure
    where
        E: ProvideErrorMetadata + Error + Send + Sync + 'static,
    {
        let attempts = self.log.take();
        let answer = match attempts.last() {
            Some(Attempt { outcome: Outcome::Answered(answer), .. }) => answer,
            last => {
                let url = last.map(|attempt| attempt.url.as_str()).unwrap_or_default();
                return unanswered(url, error.into());
            }
        };
        if answer.is_success() {
            // The error's text could quote the response, which may contain keys.
            let failure = self.unreadable("it is not the expected document");
            return Failure { request_id: answer.request_id.clone(), ..failure };
        }
        let metadata = error.as_service_error().map(ProvideErrorMetadata::meta);
        let (code, message) = match metadata.and_then(|known| Some((known.code()?, known.message()))) {
            Some((code, message)) => (response::short_line(code), response::bounded(message.unwrap_or_default())),
            // Not STS's document, but that of a server in between.
            None => {
                let told = answer.error();
                (told.code.clone(), told.message.clone())
            }
        };
        answer.failure(self.operation, code, message, attempts.len(), self.max_attempts)
    }

    fn unreadable(&self, why: &str) -> Failure {
        Failure::other(format!("The response of STS to {} can't be used: {why}", self.operation))
            .hint("AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL and endpoint_url set the URL of STS")
    }
}
