//! The variables and files that mean something.

use std::{env, fmt};

use crate::sandbox::variables;
use crate::terminal::streams::debug;
use crate::text::redact::shown;

/// The variable by which a script asks: it names the shell.
pub const COMPLETE: &str = "ORGSHAKE_COMPLETE";

/// The variables of the environment that mean something, and what; an empty one counts as unset, but for pagers and CA bundles.
///
/// Man pages and README print this table.
pub const VARIABLES: &[(&str, &str)] = &[
    ("AWS_PROFILE", "profile of the configuration files; `--profile` wins"),
    ("AWS_DEFAULT_PROFILE", "the same, where AWS_PROFILE is unset"),
    ("AWS_CONFIG_FILE", "config file in place of ~/.aws/config"),
    ("AWS_SHARED_CREDENTIALS_FILE", "credentials file in place of ~/.aws/credentials"),
    ("AWS_ACCESS_KEY_ID", "access key id to sign with, unless `--profile` names a profile"),
    ("AWS_SECRET_ACCESS_KEY", "secret access key that goes with it"),
    ("AWS_SESSION_TOKEN", "session token of temporary credentials"),
    ("AWS_SECURITY_TOKEN", "the same, by its old name"),
    ("AWS_CREDENTIAL_EXPIRATION", "when these credentials expire"),
    ("AWS_ROLE_ARN", "role to assume with a web identity"),
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "file that holds the web identity's token"),
    ("AWS_ROLE_SESSION_NAME", "name of that role's session"),
    ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "where a container's credentials are, on ECS"),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "where a container's credentials are, elsewhere"),
    ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "token for that place"),
    ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "file that holds that token"),
    ("AWS_EC2_METADATA_DISABLED", "`true`: an instance isn't asked for credentials"),
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "URL of the instance metadata service"),
    ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "`IPv6`: ask it at its IPv6 address"),
    ("AWS_METADATA_SERVICE_TIMEOUT", "seconds to wait for it"),
    ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "how often it is asked"),
    ("AWS_REGION", "region to sign for; `--region` wins"),
    ("AWS_DEFAULT_REGION", "the same, where AWS_REGION is unset"),
    ("AWS_ENDPOINT_URL_ORGANIZATIONS", "URL in place of the service's own; `--endpoint-url` wins"),
    ("AWS_ENDPOINT_URL_STS", "URL in place of that of STS, which assumes roles"),
    ("AWS_ENDPOINT_URL", "URL in place of that of any service"),
    ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "`true`: none of these URLs and of the profile's counts"),
    ("AWS_USE_FIPS_ENDPOINT", "`true`: use FIPS endpoints"),
    ("AWS_USE_DUALSTACK_ENDPOINT", "`true`: use endpoints with IPv4 and IPv6"),
    ("AWS_CA_BUNDLE", "PEM file of certificate authorities to trust; `--ca-bundle` wins; an empty one is refused"),
    ("REQUESTS_CA_BUNDLE", "the same, where neither AWS_CA_BUNDLE nor ca_bundle of the profile is set"),
    ("SSL_CERT_FILE", "PEM file in place of the system's authorities; `AWS_CA_BUNDLE` wins"),
    ("SSL_CERT_DIR", "directories in place of the system's authorities, separated by colons; `AWS_CA_BUNDLE` wins"),
    ("AWS_RETRY_MODE", "`standard` or `adaptive`"),
    ("AWS_MAX_ATTEMPTS", "how often a request is sent at most"),
    ("AWS_DEFAULT_OUTPUT", "output format; `--output` wins"),
    ("AWS_CLI_ERROR_FORMAT", "format of errors; `--cli-error-format` wins"),
    ("AWS_CLI_FILE_ENCODING", "encoding of parameters in text files: UTF-8 or ASCII, anything else is refused"),
    ("AWS_CLI_OUTPUT_ENCODING", "encoding of the output: the same"),
    ("AWS_PAGER", "pager; empty for none"),
    ("PAGER", "the same, where neither AWS_PAGER nor cli_pager of the profile is set"),
    ("LESS", "options of less; FRX where it is unset"),
    ("CI", "anything but 0 and `false`: there is no pager"),
    ("HTTPS_PROXY", "proxy for https:// URLs; https_proxy wins"),
    ("HTTP_PROXY", "proxy for http:// URLs; http_proxy wins"),
    ("NO_PROXY", "hosts and domains that are reached without a proxy, separated by commas; no_proxy wins"),
    ("NO_COLOR", "anything: no colour, unless `--color on`"),
    ("CLICOLOR", "0: the same"),
    ("CLICOLOR_FORCE", "anything but 0: colour, even where it doesn't go to a terminal"),
    ("TERM", "`dumb`: no colour, and no progress of listings"),
    ("COLUMNS", "width of tables, help and messages on a terminal, in place of its own"),
    ("TZ", "time zone of the timestamps that are printed"),
    ("TZDIR", "directory of time zones, in place of the system's"),
    ("LC_ALL", "locale, which tells whether tables may be drawn with more than ASCII; before LC_CTYPE and LANG"),
    ("LC_CTYPE", "the same; before LANG"),
    ("LANG", "the same"),
    ("XDG_CACHE_HOME", "directory of the completion cache's directory, in place of ~/.cache"),
    (
        variables::SANDBOX,
        "`1` or `true`: every call has `--sandbox`; `0`, `false` or empty: only those that are given it",
    ),
    (variables::WORLD, "world that the sandbox begins with: `documented`, `empty` or `merger`; `--sandbox-world` wins"),
    (variables::CLOCK, "clock of the sandbox; `--sandbox-clock` wins"),
    (variables::STATE, "file that keeps the sandbox's world; `--sandbox-state` wins"),
    (variables::FAULT, "what goes wrong in the sandbox, such as `throttle:2,lost-response,throttle@ListRoots`"),
    (variables::THROTTLE, "`documented`: the sandbox refuses requests beyond the documented rates"),
    (variables::LATENCY, "how much later the sandbox responds, such as `20ms`"),
    (variables::PROPAGATION, "how much later the other party sees a new handshake or a new member, such as `3s`"),
    (variables::STS, "set by `sandbox exec` and `serve`: while STS is at this URL, ~/.aws/cli/cache is not used"),
    (COMPLETE, "set by completion scripts: complete for this shell"),
];

/// The files that mean something, and what.
///
/// Man pages and README print this table.
pub const FILES: &[(&str, &str)] = &[
    ("~/.aws/config", "profiles, their settings, and sections of services and SSO sessions"),
    ("~/.aws/credentials", "profiles with keys; wins over the config file, setting by setting"),
    ("~/.aws/cli/cache/*.json", "credentials of roles and of SSO, shared with the AWS CLI"),
    ("~/.aws/sso/cache/*.json", "tokens of `aws sso login`"),
    ("~/.aws/login/cache/*.json", "sessions of `aws login`"),
    ("~/.cache/orgshake/*.json", "handshakes for completion, at most 30 seconds old"),
];

/// The variable for text files.
pub const FILE_ENCODING: &str = "AWS_CLI_FILE_ENCODING";
/// The variable for the output.
pub const OUTPUT_ENCODING: &str = "AWS_CLI_OUTPUT_ENCODING";

/// Returns whether a variable allows only ASCII; otherwise texts are UTF-8. The names are those of Python's codecs.
///
/// # Errors
///
/// A phrase that names the variable, where it names any other encoding.
pub fn is_ascii_only(variable_name: &str) -> Result<bool, String> {
    let Some(value) = variable(variable_name) else { return Ok(false) };
    let name: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
    match name.to_ascii_lowercase().as_str() {
        "utf8" | "utf" | "u8" | "cp65001" => Ok(false),
        "ascii" | "usascii" | "646" | "ansix341968" => Ok(true),
        _ => Err(format!("{variable_name} is {}, but only UTF-8 and ASCII are supported", shown(&value))),
    }
}

/// A variable of the environment; an empty one counts as none. What isn't UTF-8 in it becomes U+FFFD, which fits nothing.
pub fn variable(name: &str) -> Option<String> {
    let value = env::var_os(name).filter(|value| !value.is_empty())?;
    Some(value.to_string_lossy().into_owned())
}

/// All variables of the environment, for those that are known by their end.
pub fn variables() -> Vec<(String, String)> {
    env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into())))
        .collect()
}

/// Origin of a default value.
pub(super) const DEFAULT: &str = "default";

/// Prints a setting and its origin for `--debug`. Only values that can't be secret are printed.
pub(super) fn tell(what: &str, value: &dyn fmt::Display, from: &str) {
    debug(|| format!("{what} {value} ({from})"));
}
