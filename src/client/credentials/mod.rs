//! Credentials: the settings determine a [`Walk`], and the walk leads to the keys to sign with. Providers are built
//! only when they are needed.

mod cache;
mod check;
pub(crate) mod process;
pub mod provider;
pub(crate) mod sts;
pub(crate) mod walk;

use std::error::Error;
use std::fmt;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::imds;
use aws_config::imds::client::error::ImdsError;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::login::LoginCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sso::SsoCredentialsProvider;
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_organizations::config::{Credentials, ProvideCredentials, Region, SharedHttpClient};
use hyper::Uri;

use super::ahead::Ahead;
use super::connector::Http;
use super::secrets::Secrets;
use crate::error::{Failure, Kind};
use crate::os::files;
use crate::settings::{Role, ServiceSettings, variable};
use crate::terminal::progress::Wait;
use crate::terminal::streams::{Console, debug, erase_progress};
use crate::text::redact::{shown, shown_url};
use cache::Entry;
use check::usable;
use walk::{Source, Sso, Walk, no_credentials};

/// Finds the credentials to sign with. If a role is assumed, `ahead` opens the service's connection meanwhile.
///
/// # Errors
///
/// Returns an error if no credentials are found, a setting is invalid, or a provider fails.
pub async fn find(settings: &ServiceSettings, http: &Http, ahead: &Ahead) -> Result<Credentials, Failure> {
    let mut walk = Walk::choose(&settings.profile, &variable)?;
    walk.roles.extend(settings.roles.iter().cloned());
    debug(|| format!("credentials: {walk}"));
    let caches = settings.caches_roles();
    if !caches {
        debug(|| "role credentials are not cached: STS is the sandbox's".to_owned());
    }
    let entry = |role: &Role| Entry::of_role(role).filter(|_| caches);
    // Start at the last role: if its credentials are cached, the others aren't needed.
    let mut from_last = (1..=walk.roles.len()).rev();
    let cached = from_last.find_map(|n| Some((n, entry(&walk.roles[n - 1])?.read()?)));
    let (assumed, cached) = cached.unzip();
    let roles = &walk.roles[assumed.unwrap_or(0)..];
    // Check all roles before anything is run or sent.
    roles.iter().try_for_each(sts::check)?;
    let with_mfa = roles.iter().find(|role| role.mfa_serial.is_some());
    if with_mfa.is_some() && !settings.may_ask {
        return Err(Failure::new(Kind::NoCredentials, "an MFA code is needed, but prompts are not allowed"));
    }
    let console = with_mfa.map(console).transpose()?;
    let mut credentials = match cached {
        Some(cached) => cached,
        None => of_source(&walk, settings, http, ahead).await?,
    };
    let from: &dyn fmt::Display = match assumed {
        Some(n) => &walk.roles[n - 1],
        None => &walk.source,
    };
    usable(&credentials, from)?;
    let log = |credentials: &Credentials, from: &dyn fmt::Display| {
        debug(|| format!("{} ({from})", described(credentials)));
    };
    log(&credentials, from);
    for (left, role) in (0..roles.len()).rev().zip(roles) {
        let code = match (&console, &role.mfa_serial) {
            (Some(console), Some(serial)) => Some(mfa_code(console, serial)?),
            _ => None,
        };
        if left == 0 {
            ahead.open().await;
        }
        credentials = sts::assume_role(role, code, credentials, settings, &SharedHttpClient::new(http.clone())).await?;
        usable(&credentials, role)?;
        log(&credentials, role);
        if let Some(entry) = entry(role) {
            entry.write(&credentials);
        }
    }
    Ok(credentials)
}

/// Describes credentials without their secrets.
fn described(credentials: &Credentials) -> String {
    let id = credentials.access_key_id();
    // Anything else may be a misplaced secret.
    let is_key_id = (16..=128).contains(&id.len())
        && ["AKIA", "ASIA"].iter().any(|kind| id.starts_with(kind))
        && id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let id = if is_key_id { format!("access key id …{}", &id[id.len() - 4..]) } else { "access key id".to_owned() };
    let token = if credentials.session_token().is_some() { ", session token" } else { "" };
    let until = credentials.expiry().and_then(|until| jiff::Timestamp::try_from(until).ok());
    let until = until.map(|until| format!(", until {until}")).unwrap_or_default();
    format!("{id}{token}{until}")
}

/// Returns the cached credentials, or else fetches and caches them.
async fn cached(
    entry: Option<Entry>,
    fetch: impl Future<Output = Result<Credentials, Failure>>,
) -> Result<Credentials, Failure> {
    if let Some(found) = entry.as_ref().and_then(|entry| entry.read()) {
        return Ok(found);
    }
    let fetched = fetch.await?;
    if let Some(entry) = entry {
        entry.write(&fetched);
    }
    Ok(fetched)
}

/// Opens the terminal for the prompt for a role's MFA code.
fn console(role: &Role) -> Result<Console, Failure> {
    Console::open().map_err(|error| {
        let serial = shown(role.mfa_serial.as_deref().unwrap_or_default());
        let (what, setting) = match &role.profile {
            Some(profile) => (format!("The profile {profile}"), " (mfa_serial)"),
            None => (role.origin(), ""),
        };
        let message =
            format!("{what} needs an MFA code of {serial}{setting}, but no terminal is available to ask for it");
        let failure = Failure::new(Kind::NoCredentials, message).because(error);
        failure.hint("use the profile at a terminal first, with orgshake or the AWS CLI, which cache its credentials")
    })
}

/// Prompts for an MFA code.
fn mfa_code(console: &Console, serial: &str) -> Result<String, Failure> {
    let serial = shown(serial);
    erase_progress();
    let typed = console.ask_unseen(&format!("Enter MFA code for {serial}: "));
    let typed = typed.map_err(|error| {
        Failure::new(Kind::NoCredentials, format!("No MFA code of {serial} was typed")).because(error)
    })?;
    let code = typed.trim();
    // STS accepts nothing else (AssumeRole, TokenCode).
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(code.to_owned());
    }
    let failure = Failure::input(format!("Invalid MFA code of {serial}: it must have six digits"));
    Err(failure.hint("type the digits on the device, then Enter; they are not shown as you type"))
}

/// Gets the first credentials of a walk.
async fn of_source(
    walk: &Walk,
    settings: &ServiceSettings,
    http: &Http,
    ahead: &Ahead,
) -> Result<Credentials, Failure> {
    let _wait = match &walk.source {
        Source::Sso(_) => Some(Wait::new("for credentials from IAM Identity Center")),
        Source::Login { .. } => Some(Wait::new("for credentials of the login session")),
        Source::Container => Some(Wait::new("for credentials of the container")),
        Source::Instance => Some(Wait::new("for credentials of the instance")),
        Source::Keys { .. } | Source::WebIdentity(_) | Source::Process { .. } => None,
    };
    match &walk.source {
        Source::Keys { keys, .. } => Ok(keys.clone()),
        Source::WebIdentity(identity) => {
            let token = sts::web_identity_token(identity)?;
            let entry = Entry::of_web_identity(identity, &token).filter(|_| settings.caches_roles());
            let fetch = async {
                if walk.roles.is_empty() {
                    ahead.open().await;
                }
                let http = SharedHttpClient::new(http.clone());
                sts::assume_role_with_web_identity(identity, token, settings, &http).await
            };
            cached(entry, fetch).await
        }
        Source::Process { profile, command } => process::run(profile, &command.0, settings.leash.as_deref()),
        Source::Sso(sso) => {
            let failed = |error| {
                let settings = [&sso.account_id, &sso.role_name, &sso.region, &sso.start_url];
                let settings = settings.into_iter().chain(&sso.session).map(String::as_str);
                let failure = failed("sso", error, settings);
                failure.hint(format!("to sign in again: aws sso login --profile {}", sso.profile))
            };
            let fetch = async { of_sso(sso, settings, http).provide_credentials().await.map_err(failed) };
            cached(Entry::of_sso(sso).filter(|_| settings.caches_roles()), fetch).await
        }
        Source::Login { profile, session } => {
            let provider = LoginCredentialsProvider::builder(session).configure(&sdk(settings, http)).build();
            let failed = |error| {
                failed("login", error, [session.as_str()])
                    .hint(format!("to log in again: aws login --profile {profile}"))
            };
            provider.provide_credentials().await.map_err(failed)
        }
        Source::Container => {
            check_container_uri()?;
            let file = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
            if let Some(file) = file
                && let Err(error) = files::read(Path::new(&file))
            {
                let message = format!("Cannot read the container's authorization token {}: {error}", shown(&file));
                return Err(Failure::other(message).hint("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names the file"));
            }
            let provider = EcsCredentialsProvider::builder().configure(&sdk(settings, &http.direct())).build();
            let settings =
                ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"].map(variable);
            provider.provide_credentials().await.map_err(|error| {
                failed("container-role", error, settings.iter().flatten().map(String::as_str)).hint(
                    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or AWS_CONTAINER_CREDENTIALS_FULL_URI names the endpoint",
                )
            })
        }
        Source::Instance => {
            let config = sdk(settings, &http.direct());
            let found = of_instance(instance(settings, &config)?, &config).await;
            // Any error means that no credentials were found: most machines are not instances.
            found.map_err(|why| {
                let failure = match walk.roles.first().and_then(|role| role.profile.as_ref()) {
                    Some(profile) => walk::nothing_in("Ec2InstanceMetadata", profile),
                    None => no_credentials(&settings.profile, &variable),
                };
                failure.because(anyhow::anyhow!("the metadata service of the instance: {why}"))
            })
        }
    }
}

/// Checks the URI of a container's credentials, unless a relative one wins over it. Over plain HTTP, only local
/// addresses are allowed (AWS SDKs and Tools Reference Guide, "Container credential provider"; `localhost` as in
/// botocore's `ContainerMetadataFetcher`). The SDK would also allow names that resolve to them.
fn check_container_uri() -> Result<(), Failure> {
    const VARIABLE: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    const HOSTS: [&str; 4] = ["localhost", "169.254.170.2", "169.254.170.23", "fd00:ec2::23"];
    let Some(uri) = variable(VARIABLE).filter(|_| variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").is_none()) else {
        return Ok(());
    };
    if uri.contains('@') {
        // The provider's errors would show the password.
        let failure = Failure::other(format!("Invalid {VARIABLE}: it contains a user name or a password"));
        return Err(failure.hint("put the secret of a container into AWS_CONTAINER_AUTHORIZATION_TOKEN"));
    }
    // The provider itself reports a malformed URI.
    let Some(parsed) = uri.parse::<Uri>().ok().filter(|uri| uri.scheme_str() != Some("https")) else { return Ok(()) };
    let host = parsed.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let is_loopback = host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    if is_loopback || HOSTS.contains(&host) {
        return Ok(());
    }
    let message = format!("Error when retrieving credentials from container-role: Unsupported host '{}'", shown(host));
    Err(Failure::other(message).hint(format!(
        "over http://, {VARIABLE} may only name a loopback address or one of {}; other hosts need https://",
        HOSTS.join(", ")
    )))
}

/// Returns the settings that the SDK's providers need.
fn sdk(settings: &ServiceSettings, http: &Http) -> ProviderConfig {
    ProviderConfig::without_region()
        .with_region(Some(Region::new(settings.region.clone())))
        .with_use_fips(Some(settings.use_fips))
        .with_use_dual_stack(Some(settings.use_dual_stack))
        .with_http_client(http.clone())
}

fn of_sso(sso: &Sso, settings: &ServiceSettings, http: &Http) -> SsoCredentialsProvider {
    let mut builder = SsoCredentialsProvider::builder()
        .configure(&sdk(settings, http))
        .account_id(&sso.account_id)
        .role_name(&sso.role_name)
        .region(Region::new(sso.region.clone()))
        .start_url(&sso.start_url);
    builder.set_session_name(sso.session.clone());
    builder.build()
}

/// Returns the credentials of the instance's role, or the reason why it has none.
async fn of_instance(client: imds::Client, config: &ProviderConfig) -> Result<Credentials, String> {
    const ROLES: &str = "/latest/meta-data/iam/security-credentials/";
    // The outer layers of the SDK's error add nothing useful.
    let why = |error: anyhow::Error| without_quotes(error.root_cause());
    let role = client.get(ROLES).await.map_err(|error| why(error.into()))?;
    // The SDK puts the name into a URL, and panics if that is invalid (IAM API Reference, RoleName).
    let role = role.as_ref().trim();
    if role.is_empty() || !role.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c)) {
        return Err("the response doesn't name a role".to_owned());
    }
    let provider = ImdsCredentialsProvider::builder().configure(config).imds_client(client).profile(role).build();
    provider.provide_credentials().await.map_err(|error| why(error.into()))
}

/// Returns the SDK's error message without quotes from a response, which may contain a misplaced key.
fn without_quotes(error: &(dyn Error + 'static)) -> String {
    const QUOTING: [&str; 3] =
        ["Error retrieving credentials from IMDS", "Incorrect IMDS/IAM configuration", "failed to load credentials ["];
    if let Some(ImdsError::ErrorResponse(error)) = error.downcast_ref() {
        return format!("HTTP {}", error.response().status());
    }
    let text = error.to_string();
    if QUOTING.iter().any(|start| text.starts_with(start)) {
        "the response's Code is not Success".to_owned()
    } else {
        text
    }
}

/// Returns a client of the instance metadata service. By default it has one attempt of one second, as in botocore's
/// `InstanceMetadataFetcher`.
fn instance(settings: &ServiceSettings, config: &ProviderConfig) -> Result<imds::Client, Failure> {
    let setting =
        |name: &str, setting: &str| variable(name).or_else(|| settings.profile.get(setting).map(str::to_owned));
    let number = |name: &str, of_profile: &str| setting(name, of_profile)?.trim().parse().ok().filter(|n| *n > 0);
    let wait = number("AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout").unwrap_or(1);
    let wait = Duration::from_secs(wait.into());
    let attempts = number("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts").unwrap_or(1);
    let endpoint = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint");
    let mode = setting("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode");
    let usual = match mode {
        Some(mode) if mode.eq_ignore_ascii_case("ipv6") => "http://[fd00:ec2::254]",
        _ => "http://169.254.169.254",
    };
    // Always set the endpoint: the SDK would look for it in the configuration files.
    let endpoint = endpoint.unwrap_or_else(|| usual.to_owned());
    let client = imds::Client::builder().configure(config).connect_timeout(wait).read_timeout(wait);
    let client = client.max_attempts(attempts).endpoint(&endpoint);
    let client = client.map_err(|error| {
        let endpoint = shown_url(&endpoint);
        let message = format!("Invalid endpoint of the instance metadata service: {endpoint}: {error}");
        Failure::other(message).hint("AWS_EC2_METADATA_SERVICE_ENDPOINT or ec2_metadata_service_endpoint names it")
    })?;
    Ok(client.build())
}

/// Returns the failure of an SDK provider, without the outermost message, which says only that it failed. Secrets in
/// `settings`, which the error may repeat, are hidden.
fn failed<'a>(method: &str, error: CredentialsError, settings: impl IntoIterator<Item = &'a str>) -> Failure {
    let error = anyhow::Error::from(error);
    let mut why: Vec<_> = error.chain().skip(1).map(without_quotes).collect();
    why.dedup();
    let why = Secrets::of_settings(settings).hide(&why.join(": "));
    Failure::other(format!("Error when retrieving credentials from {method}: {why}"))
}
