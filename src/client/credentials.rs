//! Credentials: the environment first, then the SDK's providers, asked only when they are needed.

use aws_config::ecs::EcsCredentialsProvider;
use aws_config::imds::credentials::ImdsCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::web_identity_token::WebIdentityTokenCredentialsProvider;
use aws_credential_types::provider::error::CredentialsError;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_sdk_organizations::config::{Credentials, ProvideCredentials, Region};

use super::connector::Http;
use crate::config::{Profile, Settings, variable};
use crate::error::{Failure, Kind};

/// The credentials to sign with.
///
/// Keys in the environment win, unless `--profile` was given; then come the profile (keys, roles, SSO, login,
/// `credential_process`), web identity, the container's endpoint and the instance's.
///
/// # Errors
///
/// No credentials anywhere, half a key pair, or a provider that failed.
pub async fn find(settings: &Settings, http: &Http) -> Result<Credentials, Failure> {
    if !settings.profile.by_option
        && let Some(credentials) = environment()?
    {
        return Ok(credentials);
    }
    if let Some(credentials) = keys_of_profile(&settings.profile) {
        return Ok(credentials);
    }
    let config = ProviderConfig::without_region()
        .with_region(Some(Region::new(settings.region.clone())))
        .with_http_client(http.clone());
    let profile = ProfileFileCredentialsProvider::builder()
        .configure(&config)
        .profile_name(&settings.profile.name)
        .profile_files(files(&settings.profile))
        .build();
    let chain = CredentialsProviderChain::first_try("Profile", profile)
        .or_else("WebIdentityToken", WebIdentityTokenCredentialsProvider::builder().configure(&config).build())
        .or_else("EcsContainer", EcsCredentialsProvider::builder().configure(&config).build())
        .or_else("Ec2InstanceMetadata", ImdsCredentialsProvider::builder().configure(&config).build());
    chain.provide_credentials().await.map_err(failed)
}

/// The keys of the environment; an empty key id counts as none.
fn environment() -> Result<Option<Credentials>, Failure> {
    let Some(id) = variable("AWS_ACCESS_KEY_ID") else { return Ok(None) };
    let Some(secret) = variable("AWS_SECRET_ACCESS_KEY") else {
        let failure = Failure::other("Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY");
        return Err(failure.hint("set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither"));
    };
    // AWS_SECURITY_TOKEN is the old name.
    let token = variable("AWS_SESSION_TOKEN").or_else(|| variable("AWS_SECURITY_TOKEN"));
    Ok(Some(Credentials::new(id, secret, token, None, "Environment")))
}

/// The keys of a profile that has nothing before them in the AWS CLI's order: no role, no web identity, no SSO; and no
/// `credential_process`, unless the keys are in the credentials file.
fn keys_of_profile(profile: &Profile) -> Option<Credentials> {
    let earlier = ["role_arn", "web_identity_token_file", "sso_session", "sso_start_url", "login_session"];
    if earlier.iter().any(|setting| profile.get(setting).is_some()) {
        return None;
    }
    let id = profile.get("aws_access_key_id")?;
    if profile.get("credential_process").is_some() && !profile.is_in_credentials_file("aws_access_key_id") {
        return None;
    }
    let secret = profile.get("aws_secret_access_key")?;
    let token = profile.get("aws_session_token").or_else(|| profile.get("aws_security_token"));
    Some(Credentials::new(id, secret, token.map(str::to_owned), None, "Profile"))
}

/// The files that were read for the settings, so that they are not read again.
fn files(profile: &Profile) -> EnvConfigFiles {
    let mut files = EnvConfigFiles::builder();
    if let Some(text) = &profile.config_text {
        files = files.with_contents(EnvConfigFileKind::Config, text);
    }
    if let Some(text) = &profile.credentials_text {
        files = files.with_contents(EnvConfigFileKind::Credentials, text);
    }
    if profile.config_text.is_none() && profile.credentials_text.is_none() {
        files = files.with_contents(EnvConfigFileKind::Config, "");
    }
    files.build()
}

fn failed(error: CredentialsError) -> Failure {
    match error {
        CredentialsError::CredentialsNotLoaded(_) => Failure::new(
            Kind::NoCredentials,
            "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
        )
        .hint("to try orgshake without an AWS account, add --sandbox"),
        other => Failure::other("The credentials could not be loaded").because(other),
    }
}

/// The credentials, if a request can be signed with them.
///
/// # Errors
///
/// They hold a character that no header can carry, such as the line break of a badly read file.
pub fn sound(credentials: Credentials) -> Result<Credentials, Failure> {
    let visible = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    let parts = [
        ("access key id", credentials.access_key_id()),
        ("secret access key", credentials.secret_access_key()),
        ("session token", credentials.session_token().unwrap_or_default()),
    ];
    let bad = parts.into_iter().find(|(_, text)| !visible(text)).map(|(part, _)| part);
    match bad {
        None => Ok(credentials),
        Some(part) => {
            let message = format!("The {part} holds a character that none has: a blank, a line break or the like");
            Err(Failure::other(message).hint("a file with Windows line ends, read by a shell, leaves one at the end"))
        }
    }
}
