//! Service settings: the endpoint, time-outs, retries and certificates.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use std::{env, fmt};

use super::endpoint::{checked_endpoint, configured_endpoint, endpoint_url, region};
use super::environment::{DEFAULT, log_setting, variable};
use super::origin::{first, flag};
use super::profile::Profile;
use super::role::Role;
use crate::command::Globals;
use crate::error::{Failure, Kind};
use crate::model::view::Timestamps;
use crate::os::files;
use crate::os::leash::Leash;
use crate::sandbox::variables;
use crate::text::escape::shell_word;
use crate::text::redact::{shown, shown_url};

/// The AWS CLI's default for both time-outs, in seconds.
pub(super) const DEFAULT_TIMEOUT: u64 = 60;
/// The attempts of the AWS CLI's standard retry mode, the first one included.
pub(super) const DEFAULT_ATTEMPTS: u32 = 3;

/// How requests are retried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryMode {
    /// With a random, growing delay.
    Standard,
    /// The same, and slower after throttling.
    Adaptive,
}

impl fmt::Display for RetryMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RetryMode::Standard => "standard",
            RetryMode::Adaptive => "adaptive",
        })
    }
}

/// A file of certificate authorities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaBundle {
    /// Its path.
    pub path: PathBuf,
    /// The option, variable or profile setting that names it.
    pub from: String,
}

impl CaBundle {
    /// Names the file of this path, which may be empty.
    fn named(path: &str, from: impl Into<String>) -> CaBundle {
        CaBundle { path: files::expand(path.trim()), from: from.into() }
    }
}

/// Resolved service settings.
#[derive(Debug)]
pub struct ServiceSettings {
    /// The selected profile.
    pub profile: Profile,
    /// How timestamps are printed.
    pub timestamps: Timestamps,
    /// The region to sign for.
    pub region: String,
    /// The endpoint URL, if one is set.
    pub endpoint_url: Option<String>,
    /// Whether to verify the certificate of the Organizations endpoint.
    pub verify_ssl: bool,
    /// The certificate authorities to trust for the Organizations endpoint instead of the system's.
    pub ca_bundle: Option<CaBundle>,
    /// The certificate authorities to trust for STS, SSO and other sources of credentials instead of the system's. No
    /// option changes them: as in the AWS CLI, the options are for the Organizations endpoint only.
    pub credentials_ca_bundle: Option<CaBundle>,
    /// Time limit for the next bytes of a response; `None` is no limit.
    pub read_timeout: Option<Duration>,
    /// Time limit for a connection; `None` is no limit.
    pub connect_timeout: Option<Duration>,
    /// The retry mode.
    pub retry_mode: RetryMode,
    /// The maximum number of attempts, the first one included.
    pub max_attempts: u32,
    /// The roles of `--assume-role`, assumed one after the other with the credentials found otherwise.
    pub roles: Vec<Role>,
    /// Whether the identity of these settings assumes roles later on, so that it must be known even in the sandbox.
    pub assumes_roles: bool,
    /// Whether requests are signed.
    pub sign_request: bool,
    /// Whether to use FIPS endpoints.
    pub use_fips: bool,
    /// Whether to use dual-stack endpoints.
    pub use_dual_stack: bool,
    /// Whether prompts are allowed, for example for an MFA code.
    pub may_ask: bool,
    /// Ends programs that are run for the credentials when the time is over, if there is a time limit.
    pub leash: Option<Arc<Leash>>,
    /// The options that reach the same service again, each preceded by a space.
    pub again: String,
}

impl ServiceSettings {
    /// Resolves the settings of a service.
    ///
    /// # Errors
    ///
    /// Returns an error that names the origin of a value that isn't allowed. Nothing has been sent.
    pub fn resolve(globals: &Globals, profile: Profile) -> Result<ServiceSettings, Failure> {
        let timestamps = match profile.get_as_is("cli_timestamp_format") {
            None | Some("iso8601") => Timestamps::Iso8601,
            Some("wire" | "none") => Timestamps::Wire,
            Some(other) => {
                let message = format!(
                    "Unknown cli_timestamp_format value: {}, valid values are \"wire\" or \"iso8601\"",
                    shown(other)
                );
                return Err(Failure::new(Kind::Configuration, message));
            }
        };
        // The sandbox has no endpoint and no certificate.
        let endpoint_url = match if globals.sandbox { None } else { endpoint_url(globals, &profile)? } {
            Some((url, from)) => {
                log_setting("endpoint URL", &shown_url(&url), from);
                Some(url)
            }
            None => {
                let from = if globals.sandbox { "the sandbox" } else { DEFAULT };
                log_setting("endpoint URL", &"none", from);
                None
            }
        };
        let (named, from) = region(globals, &profile, endpoint_url.as_deref())?;
        log_setting("region", &named, &from);
        // A region such as fips-us-east-1 is an old way to ask for FIPS endpoints (botocore's `ClientCreator`).
        let region = named.replace("fips-", "").replace("-fips", "");
        let by_region = region != named;
        let credentials_ca_bundle = ca_bundle(&profile);
        let by_option = globals.ca_bundle.as_ref().map(|path| CaBundle::named(path, "--ca-bundle"));
        let ca_bundle = by_option.or_else(|| credentials_ca_bundle.clone());
        let log_bundle = |what: &str, bundle: &Option<CaBundle>| match bundle {
            Some(CaBundle { path, from }) => log_setting(what, &shown(&path.to_string_lossy()), from),
            None => log_setting(what, &"the system's", DEFAULT),
        };
        log_bundle("CA bundle", &ca_bundle);
        if globals.no_verify_ssl || ca_bundle != credentials_ca_bundle {
            log_bundle("CA bundle for credentials", &credentials_ca_bundle);
        }
        let from = if globals.no_verify_ssl { "--no-verify-ssl" } else { DEFAULT };
        log_setting("certificates", &if globals.no_verify_ssl { "not checked" } else { "checked" }, from);
        let timeout = |what: &str, option: &str, seconds: Option<u64>| {
            let from = if seconds.is_some() { option } else { DEFAULT };
            match seconds.unwrap_or(DEFAULT_TIMEOUT) {
                0 => {
                    log_setting(what, &"none", from);
                    None
                }
                seconds => {
                    log_setting(what, &format_args!("{seconds} s"), from);
                    Some(Duration::from_secs(seconds))
                }
            }
        };
        let connect_timeout = timeout("connect time-out", "--cli-connect-timeout", globals.connect_timeout);
        let read_timeout = timeout("read time-out", "--cli-read-timeout", globals.read_timeout);
        let default = || DEFAULT.to_owned();
        let (retry_mode, from) = if globals.sandbox { (RetryMode::Standard, default()) } else { retry_mode(&profile)? };
        log_setting("retry mode", &retry_mode, &from);
        let (max_attempts, from) =
            if globals.sandbox { (DEFAULT_ATTEMPTS, default()) } else { max_attempts(&profile)? };
        log_setting("attempts", &format_args!("at most {max_attempts}"), &from);
        let (use_fips, from) = match by_region {
            true => (true, from),
            false => flag("AWS_USE_FIPS_ENDPOINT", &profile, "use_fips_endpoint"),
        };
        log_setting("FIPS endpoint", &use_fips, &from);
        let (use_dual_stack, from) = flag("AWS_USE_DUALSTACK_ENDPOINT", &profile, "use_dualstack_endpoint");
        log_setting("dual-stack endpoint", &use_dual_stack, &from);
        if globals.no_sign_request {
            log_setting("requests", &"not signed", "--no-sign-request");
        }
        Ok(ServiceSettings {
            timestamps,
            region,
            endpoint_url,
            verify_ssl: !globals.no_verify_ssl,
            ca_bundle,
            credentials_ca_bundle,
            read_timeout,
            connect_timeout,
            retry_mode,
            max_attempts,
            roles: globals.assume_role.iter().map(|text| Role::of_option(text)).collect::<Result<_, _>>()?,
            assumes_roles: false,
            sign_request: !globals.no_sign_request,
            use_fips,
            may_ask: true,
            leash: None,
            again: again(globals),
            use_dual_stack,
            profile,
        })
    }

    /// Returns the endpoint URL of STS, if one is set. It is looked up only when a role is assumed, so that a bad URL
    /// doesn't matter otherwise.
    ///
    /// # Errors
    ///
    /// Returns an error if it isn't a URL.
    pub fn sts_endpoint_url(&self) -> Result<Option<String>, Failure> {
        Ok(configured_endpoint(&self.profile, "sts")?.map(|(url, _)| url))
    }

    /// Returns whether STS is at the same place as the service, so that it knows the service's callers: both at AWS, or
    /// both at one endpoint URL.
    pub fn has_sts_of_service(&self) -> bool {
        self.sts_endpoint_url().is_ok_and(|url| url == self.endpoint_url)
    }

    /// Returns whether role credentials are cached. Those from the sandbox are not: their cache files would have the
    /// names of those from AWS, so that one would be used in place of the other.
    pub fn caches_roles(&self) -> bool {
        let marked = variable(variables::STS).and_then(|url| checked_endpoint(&url, variables::STS).ok());
        marked.is_none() || marked != self.sts_endpoint_url().ok().flatten()
    }
}

/// Returns the CA bundle that the environment or the profile names. An empty setting counts, too, and is an error when
/// the bundle is used, as in the AWS CLI.
pub(super) fn ca_bundle(profile: &Profile) -> Option<CaBundle> {
    let of_environment = |name: &str| Some(CaBundle::named(&env::var_os(name)?.to_string_lossy(), name));
    let of_profile =
        || Some(CaBundle::named(profile.get_as_is("ca_bundle")?, format!("ca_bundle of the profile {}", profile.name)));
    of_environment("AWS_CA_BUNDLE").or_else(of_profile).or_else(|| of_environment("REQUESTS_CA_BUNDLE"))
}

pub(super) fn retry_mode(profile: &Profile) -> Result<(RetryMode, String), Failure> {
    match first(None, &["AWS_RETRY_MODE"], profile, "retry_mode") {
        None => Ok((RetryMode::Standard, DEFAULT.to_owned())),
        Some((mode, from)) if mode == "standard" => Ok((RetryMode::Standard, from)),
        Some((mode, from)) if mode == "adaptive" => Ok((RetryMode::Adaptive, from)),
        Some((mode, from)) => Err(Failure::other(format!(
            "Invalid value provided to \"mode\": \"{}\" must be one of: standard, adaptive ({from})",
            shown(&mode)
        ))),
    }
}

pub(super) fn max_attempts(profile: &Profile) -> Result<(u32, String), Failure> {
    let Some((text, from)) = first(None, &["AWS_MAX_ATTEMPTS"], profile, "max_attempts") else {
        return Ok((DEFAULT_ATTEMPTS, DEFAULT.to_owned()));
    };
    match text.trim().parse::<u64>() {
        Ok(attempts) if attempts >= 1 => Ok((u32::try_from(attempts).unwrap_or(u32::MAX), from)),
        _ => Err(Failure::other(format!(
            "Value provided to \"max_attempts\": {} must be an integer greater than or equal to 1 ({from})",
            shown(&text)
        ))),
    }
}

/// Returns the options that select the service as they were given, without the query of the endpoint URL.
pub(super) fn again(globals: &Globals) -> String {
    let endpoint_url = globals.endpoint_url.as_deref().map(|url| shown_url(url).into_owned());
    let given = [
        ("profile", &globals.profile),
        ("region", &globals.region),
        ("endpoint-url", &endpoint_url),
        ("ca-bundle", &globals.ca_bundle),
        ("sandbox-state", &globals.sandbox_options.state),
    ];
    let option = |(name, value): (&str, &Option<String>)| Some(format!(" --{name} {}", shell_word(value.as_ref()?)));
    let roles = globals.assume_role.iter().map(|role| format!(" --assume-role {}", shell_word(role)));
    let flags = [
        (globals.sandbox, " --sandbox"),
        (globals.no_verify_ssl, " --no-verify-ssl"),
        (globals.no_sign_request, " --no-sign-request"),
    ];
    let flags = flags.into_iter().filter(|(given, _)| *given).map(|(_, flag)| flag.to_owned());
    flags.chain(given.into_iter().filter_map(option)).chain(roles).collect()
}
