//! The environment variables and files that orgshake reads.

use std::{env, fmt};

use crate::sandbox::variables;
use crate::terminal::streams::debug;
use crate::text::redact::shown;

/// The variable by which a completion script asks for candidates; its value names the shell.
pub const COMPLETE: &str = "ORGSHAKE_COMPLETE";

/// The environment variables and their meanings. An empty one counts as unset, except for pagers and CA bundles.
///
/// orgshake(1) and docs/credentials.md print this table.
pub const VARIABLES: &[(&str, &str)] = &[
    ("AWS_PROFILE", "profile of the configuration files; `--profile` wins"),
    ("AWS_DEFAULT_PROFILE", "profile, if AWS_PROFILE is unset"),
    ("AWS_CONFIG_FILE", "config file in place of ~/.aws/config"),
    ("AWS_SHARED_CREDENTIALS_FILE", "credentials file in place of ~/.aws/credentials"),
    ("AWS_ACCESS_KEY_ID", "access key id to sign with, unless `--profile` names a profile"),
    ("AWS_SECRET_ACCESS_KEY", "secret access key of AWS_ACCESS_KEY_ID"),
    ("AWS_SESSION_TOKEN", "session token of temporary credentials"),
    ("AWS_SECURITY_TOKEN", "old name of AWS_SESSION_TOKEN"),
    ("AWS_CREDENTIAL_EXPIRATION", "time when these keys expire"),
    ("AWS_ROLE_ARN", "role to assume with a web identity"),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "file with the web identity's token"),
    ("AWS_ROLE_SESSION_NAME", "name of the session of AWS_ROLE_ARN"),
    ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "path of the endpoint that has a container's credentials, on ECS"),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "URL of the endpoint that has a container's credentials, elsewhere"),
    ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "token for the container's endpoint"),
    ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "file with the token for the container's endpoint"),
    ("AWS_EC2_METADATA_DISABLED", "`true`: don't ask the instance metadata service for credentials"),
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "URL of the instance metadata service"),
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "`IPv6`: use the IPv6 address of the instance metadata service"),
    ("AWS_METADATA_SERVICE_TIMEOUT", "seconds to wait for the instance metadata service"),
    ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "maximum number of requests to the instance metadata service"),
    ("AWS_REGION", "region to sign for; `--region` wins"),
    ("AWS_DEFAULT_REGION", "region, if AWS_REGION is unset"),
    ("AWS_ENDPOINT_URL_ORGANIZATIONS", "URL of the Organizations endpoint; `--endpoint-url` wins"),
    ("AWS_ENDPOINT_URL_STS", "URL of the STS endpoint, which assumes roles"),
    ("AWS_ENDPOINT_URL", "URL of the endpoint of every service"),
    ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "`true`: ignore the endpoint URLs of the environment and the profile"),
    ("AWS_USE_FIPS_ENDPOINT", "`true`: use FIPS endpoints"),
    ("AWS_USE_DUALSTACK_ENDPOINT", "`true`: use dual-stack endpoints, which have IPv4 and IPv6 addresses"),
    ("AWS_CA_BUNDLE", "PEM file of certificate authorities to trust; `--ca-bundle` wins; an empty value is an error"),
    ("REQUESTS_CA_BUNDLE", "PEM file like AWS_CA_BUNDLE, if neither that nor ca_bundle of the profile is set"),
    ("SSL_CERT_FILE", "PEM file in place of the system's authorities; `AWS_CA_BUNDLE` wins"),
    ("SSL_CERT_DIR", "directories in place of the system's authorities, separated by colons; `AWS_CA_BUNDLE` wins"),
    ("AWS_RETRY_MODE", "`standard` or `adaptive`"),
    ("AWS_MAX_ATTEMPTS", "maximum number of times that a request is sent"),
    ("AWS_DEFAULT_OUTPUT", "output format; `--output` wins"),
    ("AWS_CLI_ERROR_FORMAT", "format of errors; `--cli-error-format` wins"),
    ("AWS_CLI_FILE_ENCODING", "encoding of text files that hold parameters: UTF-8 or ASCII; any other is an error"),
    ("AWS_CLI_OUTPUT_ENCODING", "encoding of the output: UTF-8 or ASCII; any other is an error"),
    ("AWS_PAGER", "pager; empty: no pager"),
    ("PAGER", "pager, if neither AWS_PAGER nor cli_pager of the profile is set"),
    ("LESS", "options of less; FRX if unset"),
    ("CI", "any value except 0 and `false`: no pager"),
    ("HTTPS_PROXY", "proxy for https:// URLs; https_proxy wins"),
    ("HTTP_PROXY", "proxy for http:// URLs; http_proxy wins"),
    ("NO_PROXY", "hosts and domains to reach without a proxy, separated by commas; no_proxy wins"),
    ("NO_COLOR", "any value: no colour, unless `--color on` is given"),
    ("CLICOLOR", "0: no colour, unless `--color on` is given"),
    ("CLICOLOR_FORCE", "any value except 0: colour, even if the output doesn't go to a terminal"),
    ("TERM", "`dumb`: no colour, and no progress of listings"),
    ("COLUMNS", "width of tables, help and messages on a terminal, in place of the terminal's own"),
    ("TZ", "time zone of printed timestamps"),
    ("TZDIR", "directory of time zones, in place of the system's"),
    ("LC_ALL", "locale; in one that isn't UTF-8, tables are drawn in ASCII"),
    ("LC_CTYPE", "locale, if LC_ALL is unset"),
    ("LANG", "locale, if LC_ALL and LC_CTYPE are unset"),
    ("XDG_CACHE_HOME", "parent directory of the completion cache, in place of ~/.cache"),
    (
        variables::SANDBOX,
        "`1` or `true`: every call goes to the sandbox; `0`, `false` or empty: only calls with `--sandbox`",
    ),
    (variables::WORLD, "world that the sandbox begins with: `documented`, `empty` or `merger`; `--sandbox-world` wins"),
    (variables::CLOCK, "clock of the sandbox; `--sandbox-clock` wins"),
    (variables::STATE, "file that keeps the sandbox's state; `--sandbox-state` wins"),
    (variables::FAULT, "faults of the sandbox, such as `throttle:2,lost-response,throttle@ListRoots`"),
    (variables::THROTTLE, "`documented`: the sandbox rejects requests beyond the documented rates"),
    (variables::LATENCY, "delay of the sandbox's responses, such as `20ms`"),
    (variables::PROPAGATION, "delay until the other party sees a new handshake or member, such as `3s`"),
    (
        variables::STS,
        "URL of the sandbox's STS, set by `sandbox exec` and `serve`; ~/.aws/cli/cache is not used for it",
    ),
    (COMPLETE, "set by completion scripts: the shell to complete for"),
];

/// The files that orgshake reads and writes, and what they contain.
///
/// orgshake(1) and docs/credentials.md print this table.
pub const FILES: &[(&str, &str)] = &[
    ("~/.aws/config", "profiles, their settings, and sections of services and SSO sessions"),
    ("~/.aws/credentials", "profiles with keys; its settings win over those of the config file"),
    ("~/.aws/cli/cache/*.json", "credentials of roles and of SSO, shared with the AWS CLI"),
    ("~/.aws/sso/cache/*.json", "tokens of `aws sso login`"),
    ("~/.aws/login/cache/*.json", "sessions of `aws login`"),
    ("~/.cache/orgshake/*.json", "handshakes for completion, at most 30 seconds old"),
];

/// The variable that names the encoding of text files.
pub const FILE_ENCODING: &str = "AWS_CLI_FILE_ENCODING";
/// The variable that names the encoding of the output.
pub const OUTPUT_ENCODING: &str = "AWS_CLI_OUTPUT_ENCODING";

/// Returns whether a variable names ASCII as the encoding; otherwise it is UTF-8. The names are those of Python's
/// codecs.
///
/// # Errors
///
/// Returns a message if the variable names any other encoding.
pub fn is_ascii_only(variable_name: &str) -> Result<bool, String> {
    let Some(value) = variable(variable_name) else { return Ok(false) };
    let name: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
    match name.to_ascii_lowercase().as_str() {
        "utf8" | "utf" | "u8" | "cp65001" => Ok(false),
        "ascii" | "usascii" | "646" | "ansix341968" => Ok(true),
        _ => Err(format!("{variable_name} is {}, but only UTF-8 and ASCII are supported", shown(&value))),
    }
}

/// An environment variable; an empty one counts as unset. Invalid UTF-8 becomes U+FFFD, which no known value contains.
pub fn variable(name: &str) -> Option<String> {
    let value = env::var_os(name).filter(|value| !value.is_empty())?;
    Some(value.to_string_lossy().into_owned())
}

/// All environment variables, for callers that look for a suffix.
pub fn variables() -> Vec<(String, String)> {
    env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into())))
        .collect()
}

/// Origin of a default value.
pub(super) const DEFAULT: &str = "default";

/// Prints a setting and its origin for `--debug`. Only values that can't be secret are printed.
pub(super) fn log_setting(what: &str, value: &dyn fmt::Display, from: &str) {
    debug(|| format!("{what} {value} ({from})"));
}
