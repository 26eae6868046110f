//! Settings: options over environment over configuration files. The only reader of those files and variables.

pub mod ini;

use std::env;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::command::{Globals, SandboxOptions};
use crate::error::{ErrorFormat, Failure, Kind};
use crate::model::view::Timestamps;
use crate::os::files;
use crate::os::leash::Leash;
use crate::render::Format;
use crate::sandbox::keep::clock::Clock;
use crate::sandbox::keep::faults::{Fault, Faults};
use crate::sandbox::variables;
use crate::terminal::pager::Pager;
use crate::terminal::streams::debug;
use crate::text::escape::shell_word;
use crate::text::redact::{may_be_secret, shown, shown_names, shown_url};
use ini::Ini;

/// The variable by which a script asks: it names the shell.
pub const COMPLETE: &str = "ORGSHAKE_COMPLETE";

/// The AWS CLI's default for both time-outs, in seconds.
const DEFAULT_TIMEOUT: u64 = 60;
/// The attempts of the AWS CLI's standard retry mode, the first one included.
const DEFAULT_ATTEMPTS: u32 = 3;

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
    (variables::CLOCK, "clock of the sandbox; `--sandbox-clock` wins"),
    (variables::STATE, "file that keeps the sandbox's world; `--sandbox-state` wins"),
    (variables::FAULT, "what goes wrong in the sandbox, such as `throttle:2,lost-response`"),
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

/// How failed attempts are repeated.
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

/// The configuration files, read once, and the profile that is in force.
#[derive(Default)]
pub struct Profile {
    /// The profile's name.
    pub name: String,
    /// Whether `--profile` named it: then keys in the environment don't count.
    pub by_option: bool,
    /// Where the name is from, and what was read: for `--debug`.
    section: Section,
    config: Ini,
    credentials: Ini,
}

/// The files hold secrets, so only the name is shown.
impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile").field("name", &self.name).field("by_option", &self.by_option).finish_non_exhaustive()
    }
}

/// One of the two configuration files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// `~/.aws/credentials`.
    Credentials,
    /// `~/.aws/config`.
    Config,
}

/// The settings of one profile, file by file.
#[derive(Clone, Default)]
pub struct Section {
    credentials: ini::Settings,
    config: ini::Settings,
}

impl Section {
    /// A setting, unless it is empty. The credentials file wins over the config file, setting by setting.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_in(File::Credentials, name).or_else(|| self.get_in(File::Config, name))
    }

    /// A setting, empty or not: where an empty one says something, too.
    pub fn get_as_is(&self, name: &str) -> Option<&str> {
        self.credentials.iter().chain(&self.config).find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A setting of one of the files, unless it is empty.
    pub fn get_in(&self, file: File, name: &str) -> Option<&str> {
        let settings = match file {
            File::Credentials => &self.credentials,
            File::Config => &self.config,
        };
        ini::get(settings, name)
    }
}

impl Profile {
    /// Reads both files and picks the profile: `--profile`, `AWS_PROFILE`, `AWS_DEFAULT_PROFILE`, `default`.
    ///
    /// # Errors
    ///
    /// A file that cannot be parsed; a profile that was asked for and is in neither file.
    pub fn load(option: Option<&str>, sandbox: bool) -> Result<Profile, Failure> {
        // The words may not have been understood yet.
        let option = option.filter(|name| !name.is_empty());
        let of_environment = |name: &'static str| Some((variable(name)?, name));
        let asked = option
            .map(|name| (name.to_owned(), "--profile"))
            .or_else(|| of_environment("AWS_PROFILE"))
            .or_else(|| of_environment("AWS_DEFAULT_PROFILE"));
        // The sandbox needs no profile; one that the environment names for AWS may be missing.
        let needed = asked.is_some() && !(sandbox && option.is_none());
        let config = read("AWS_CONFIG_FILE", "config")?;
        let credentials = read("AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
        let (name, from) = asked.unwrap_or_else(|| ("default".to_owned(), "default"));
        tell("profile", &shown(&name), from);
        if needed && name != "default" && section(&config, &credentials, &name).is_none() {
            let failure = Failure::other(format!("The config profile ({}) could not be found", shown(&name)))
                .coded("ProfileNotFound");
            return Err(match names(&config, &credentials).as_slice() {
                [] => failure.hint("the configuration files hold no profile at all"),
                known => failure.hint(format!("profiles in the configuration files: {}", shown_names(known))),
            });
        }
        Ok(Profile::of(config, credentials, name, option.is_some()))
    }

    /// The profile of this name; one that is in neither file has no settings.
    pub fn of(config: Ini, credentials: Ini, name: String, by_option: bool) -> Profile {
        let section = section(&config, &credentials, &name).unwrap_or_default();
        Profile { name, by_option, section, config, credentials }
    }

    /// A setting of the profile, unless it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.section.get(name)
    }

    /// A setting of the profile, empty or not.
    fn get_as_is(&self, name: &str) -> Option<&str> {
        self.section.get_as_is(name)
    }

    /// The settings of any profile, if one of the files has it.
    pub fn section(&self, name: &str) -> Option<Section> {
        section(&self.config, &self.credentials, name)
    }

    /// The names of all profiles, sorted.
    pub fn names(&self) -> Vec<String> {
        names(&self.config, &self.credentials)
    }

    /// The settings of a section of the config file that is no profile, such as `[sso-session NAME]`.
    pub fn named_section(&self, kind: &str, name: &str) -> Option<ini::Settings> {
        let own = |section: &str| ini::named(section, kind).as_deref() == Some(name);
        let found = self.config.sections().filter(|(section, _)| own(section)).last();
        found.map(|(_, settings)| self.config.with_defaults(settings))
    }

    /// A setting of the profile's `services` section for a service.
    ///
    /// # Errors
    ///
    /// The profile names a section that doesn't exist, or the service has a plain value there.
    fn service(&self, service: &str, name: &str) -> Result<Option<String>, Failure> {
        let Some(section) = self.get_as_is("services") else { return Ok(None) };
        let Some(settings) = self.named_section("services", section).filter(|settings| !settings.is_empty()) else {
            return Err(Failure::other(format!(
                "The profile is configured to use the services section but the \"{}\" services configuration does not exist.",
                shown(section)
            )));
        };
        let Some((_, value)) = settings.iter().find(|(known, _)| known == service) else { return Ok(None) };
        let Some(nested) = ini::nested(value) else {
            let message = format!("{service} of [services {}] has no nested settings", shown(section));
            return Err(Failure::other(message).hint(format!("below `{service} =`, indented: {name} = URL")));
        };
        let found = nested.filter(|(known, _)| *known == name).last().map(|(_, value)| value.to_owned());
        Ok(found.filter(|value| !value.is_empty()))
    }
}

/// The settings of a profile, if one of the files has it.
fn section(config: &Ini, credentials: &Ini, name: &str) -> Option<Section> {
    let own = |section: &str| ini::profile_name(section).as_deref() == Some(name);
    let config_section = config.sections().filter(|(section, _)| own(section)).last();
    let credentials_section = credentials.section(name);
    if config_section.is_none() && credentials_section.is_none() {
        return None;
    }
    let of_credentials = credentials_section.map(|own| credentials.with_defaults(own));
    let of_config = config_section.map(|(_, own)| config.with_defaults(own));
    Some(Section { credentials: of_credentials.unwrap_or_default(), config: of_config.unwrap_or_default() })
}

/// The names of all profiles, sorted.
fn names(config: &Ini, credentials: &Ini) -> Vec<String> {
    let mut names: Vec<_> = config.sections().filter_map(|(section, _)| ini::profile_name(section)).collect();
    names.extend(credentials.sections().map(|(section, _)| section.to_owned()));
    // A setting on the line of a section may be a secret.
    names.retain(|name| !name.contains(['=', ':']));
    names.sort_unstable();
    names.dedup();
    names
}

/// A file of certificate authorities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaBundle {
    /// Where it is.
    pub path: PathBuf,
    /// What names it: the option, the variable or the profile.
    pub from: String,
}

impl CaBundle {
    /// The file of this path, blank or not.
    fn named(path: &str, from: impl Into<String>) -> CaBundle {
        CaBundle { path: files::expand(path.trim()), from: from.into() }
    }
}

/// How results are printed.
#[derive(Debug)]
pub struct OutputSettings {
    /// The output format.
    pub format: Format,
    /// The pager for what goes to a terminal.
    pub pager: Option<Pager>,
}

impl OutputSettings {
    /// Resolves the settings of the output.
    ///
    /// # Errors
    ///
    /// Returns an error that names the place of a value that isn't allowed.
    pub fn resolve(globals: &Globals, profile: &Profile) -> Result<OutputSettings, Failure> {
        let (format, from) = match globals.output {
            Some(format) => (format, "--output".to_owned()),
            None => match first(None, &["AWS_DEFAULT_OUTPUT"], profile, "output") {
                Some((name, from)) => match Format::named(&name) {
                    Some(format) => (format, from),
                    None => {
                        let message = format!("Unknown output type: {} ({from})", shown(&name));
                        let hint = format!("output formats: {}", Format::NAMES.join(", "));
                        return Err(Failure::other(message).hint(hint));
                    }
                },
                None => (Format::default(), DEFAULT.to_owned()),
            },
        };
        tell("output", &format.name(), &from);
        Ok(OutputSettings { format, pager: pager(globals.no_cli_pager, Some(profile)) })
    }
}

/// How the service is reached.
#[derive(Debug)]
pub struct ServiceSettings {
    /// The profile in force.
    pub profile: Profile,
    /// How timestamps are printed.
    pub timestamps: Timestamps,
    /// The region to sign for.
    pub region: String,
    /// A URL in place of the service's own.
    pub endpoint_url: Option<String>,
    /// Verify the certificate of the Organizations endpoint.
    pub verify_ssl: bool,
    /// The certificate authorities to trust for the Organizations endpoint instead of the system's.
    pub ca_bundle: Option<CaBundle>,
    /// The certificate authorities to trust for STS, SSO and other sources of credentials instead of the system's. No
    /// option changes them: the AWS CLI's options are for the one service that it calls.
    pub credentials_ca_bundle: Option<CaBundle>,
    /// Longest wait for the next bytes of an answer; nothing waits for ever.
    pub read_timeout: Option<Duration>,
    /// Longest wait for a connection; nothing waits for ever.
    pub connect_timeout: Option<Duration>,
    /// How attempts are repeated.
    pub retry_mode: RetryMode,
    /// How many attempts there are, the first one included.
    pub max_attempts: u32,
    /// Whether requests are signed.
    pub sign_request: bool,
    /// Use FIPS endpoints.
    pub use_fips: bool,
    /// Use dual-stack endpoints.
    pub use_dual_stack: bool,
    /// Whether people may be asked, for an MFA code for example.
    pub may_ask: bool,
    /// Holds what is run for the credentials, where that may not take long.
    pub leash: Option<Arc<Leash>>,
    /// The options that reach the same service again, each behind a blank.
    pub again: String,
}

impl ServiceSettings {
    /// Resolves the settings of a service.
    ///
    /// # Errors
    ///
    /// A value that is not allowed, told with the place that it comes from. Nothing has been sent.
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
                tell("endpoint URL", &shown_url(&url), from);
                Some(url)
            }
            None => {
                let from = if globals.sandbox { "the sandbox" } else { DEFAULT };
                tell("endpoint URL", &"none", from);
                None
            }
        };
        let (named, from) = region(globals, &profile, endpoint_url.as_deref())?;
        tell("region", &named, &from);
        // A region such as fips-us-east-1 is an old way to ask for FIPS endpoints (botocore's `ClientCreator`).
        let region = named.replace("fips-", "").replace("-fips", "");
        let by_region = region != named;
        let credentials_ca_bundle = ca_bundle(&profile);
        let by_option = globals.ca_bundle.as_ref().map(|path| CaBundle::named(path, "--ca-bundle"));
        let ca_bundle = by_option.or_else(|| credentials_ca_bundle.clone());
        let tell_bundle = |what: &str, bundle: &Option<CaBundle>| match bundle {
            Some(CaBundle { path, from }) => tell(what, &shown(&path.to_string_lossy()), from),
            None => tell(what, &"the system's", DEFAULT),
        };
        tell_bundle("CA bundle", &ca_bundle);
        if globals.no_verify_ssl || ca_bundle != credentials_ca_bundle {
            tell_bundle("CA bundle for credentials", &credentials_ca_bundle);
        }
        let from = if globals.no_verify_ssl { "--no-verify-ssl" } else { DEFAULT };
        tell("certificates", &if globals.no_verify_ssl { "not checked" } else { "checked" }, from);
        let timeout = |what: &str, option: &str, seconds: Option<u64>| {
            let from = if seconds.is_some() { option } else { DEFAULT };
            match seconds.unwrap_or(DEFAULT_TIMEOUT) {
                0 => {
                    tell(what, &"none", from);
                    None
                }
                seconds => {
                    tell(what, &format_args!("{seconds} s"), from);
                    Some(Duration::from_secs(seconds))
                }
            }
        };
        let connect_timeout = timeout("connect time-out", "--cli-connect-timeout", globals.connect_timeout);
        let read_timeout = timeout("read time-out", "--cli-read-timeout", globals.read_timeout);
        let default = || DEFAULT.to_owned();
        let (retry_mode, from) = if globals.sandbox { (RetryMode::Standard, default()) } else { retry_mode(&profile)? };
        tell("retry mode", &retry_mode, &from);
        let (max_attempts, from) =
            if globals.sandbox { (DEFAULT_ATTEMPTS, default()) } else { max_attempts(&profile)? };
        tell("attempts", &format_args!("at most {max_attempts}"), &from);
        let (use_fips, from) = match by_region {
            true => (true, from),
            false => flag("AWS_USE_FIPS_ENDPOINT", &profile, "use_fips_endpoint"),
        };
        tell("FIPS endpoint", &use_fips, &from);
        let (use_dual_stack, from) = flag("AWS_USE_DUALSTACK_ENDPOINT", &profile, "use_dualstack_endpoint");
        tell("dual-stack endpoint", &use_dual_stack, &from);
        if globals.no_sign_request {
            tell("requests", &"not signed", "--no-sign-request");
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
            sign_request: !globals.no_sign_request,
            use_fips,
            may_ask: true,
            leash: None,
            again: again(globals),
            use_dual_stack,
            profile,
        })
    }

    /// A URL in place of STS's own. Looked up only when a role is assumed: other runs needn't mind a bad one.
    ///
    /// # Errors
    ///
    /// It is no URL.
    pub fn sts_endpoint_url(&self) -> Result<Option<String>, Failure> {
        Ok(configured_endpoint(&self.profile, "sts")?.map(|(url, _)| url))
    }

    /// Returns whether credentials of roles are kept between runs. The sandbox's are not: their files have the names of
    /// those from AWS, so that each would be used in place of the other.
    pub fn keeps_roles(&self) -> bool {
        let marked = variable(variables::STS).and_then(|url| checked_endpoint(&url, variables::STS).ok());
        marked.is_none() || marked != self.sts_endpoint_url().ok().flatten()
    }
}

/// Where a value is from that nobody has set.
const DEFAULT: &str = "default";

/// Prints a setting and its origin for `--debug`. Only values that can't be secret are printed.
fn tell(what: &str, value: &dyn fmt::Display, from: &str) {
    debug(|| format!("{what} {value} ({from})"));
}

/// What shapes the sandbox, resolved.
#[derive(Debug)]
pub struct Sandbox {
    /// What time it is there.
    pub clock: Clock,
    /// The file that keeps its world.
    pub state: Option<PathBuf>,
    /// What goes wrong.
    pub faults: Faults,
}

impl Sandbox {
    /// Returns whether a call goes to the sandbox, by `--sandbox` or `ORGSHAKE_SANDBOX`. Without both, the sandbox's other
    /// options and variables are refused, so that a call meant for the sandbox doesn't go to AWS. The variables matter
    /// only to a call that `is_sent`.
    ///
    /// # Errors
    ///
    /// Options or variables that contradict each other, or an `ORGSHAKE_SANDBOX` that is neither yes nor no.
    pub fn is_asked(globals: &Globals, is_sent: bool) -> Result<bool, Failure> {
        let name = variables::SANDBOX;
        let by_variable = match variable(name).as_deref() {
            None | Some("0" | "false") => false,
            Some("1" | "true") => true,
            Some(_) if !is_sent => false,
            Some(_) => return Err(Failure::input(format!("{name} must be 1, true, 0 or false"))),
        };
        let asked = globals.sandbox || by_variable;
        let SandboxOptions { clock, state, .. } = &globals.sandbox_options;
        let options = [("--sandbox-clock", clock.is_some()), ("--sandbox-state", state.is_some())];
        let alone = options.iter().find(|(_, given)| *given && !asked);
        if let Some((option, _)) = alone {
            return Err(Failure::input(format!("{option} goes with --sandbox")));
        }
        let others = [variables::CLOCK, variables::STATE, variables::FAULT];
        let alone = others.iter().find(|name| is_sent && !asked && variable(name).is_some());
        if let Some(name) = alone {
            let failure = Failure::input(format!("{name} goes with --sandbox"));
            return Err(failure.hint(format!("add --sandbox, or unset {name} to call AWS")));
        }
        match globals.endpoint_url {
            Some(_) if globals.sandbox => Err(Failure::input("--sandbox and --endpoint-url exclude each other")),
            Some(_) if by_variable && is_sent => {
                let failure = Failure::input(format!("{name} and --endpoint-url exclude each other"));
                Err(failure.hint(format!("to call the endpoint URL, unset {name}")))
            }
            _ => Ok(asked),
        }
    }

    /// Options over environment.
    ///
    /// # Errors
    ///
    /// A value that is none, told with the place that it comes from.
    pub fn resolve(options: &SandboxOptions) -> Result<Sandbox, Failure> {
        let of_environment = |name: &'static str| variable(name).map(|value| (value, name));
        let bad = |from: &str, error: &dyn fmt::Display| Failure::input(format!("Bad value for {from}: {error}"));
        let clock = match options.clock.clone().or_else(|| of_environment(variables::CLOCK)) {
            Some((text, from)) => text.parse().map_err(|error| bad(from, &error))?,
            None => Clock::default(),
        };
        let faults = match (options.faults.as_slice(), of_environment(variables::FAULT)) {
            ([], Some((texts, from))) => texts.split(',').map(|text| (text.trim().to_owned(), from)).collect(),
            (texts, _) => texts.iter().map(|text| (text.clone(), "--fault")).collect::<Vec<_>>(),
        };
        let faults: Result<Faults, Failure> =
            faults.iter().map(|(text, from)| text.parse::<Fault>().map_err(|error| bad(from, &error))).collect();
        Ok(Sandbox { clock, state: Sandbox::state(options), faults: faults? })
    }

    /// The state file that the options or the environment name.
    pub fn state(options: &SandboxOptions) -> Option<PathBuf> {
        let state = options.state.clone().or_else(|| variable(variables::STATE));
        state.map(|path| files::expand(&path))
    }
}

/// The format of errors: from the option, the environment or the profile. Case doesn't matter in the latter two, and an
/// unknown value there counts as none.
pub fn error_format(option: Option<ErrorFormat>, profile: Option<&Profile>) -> ErrorFormat {
    let configured = || match variable("AWS_CLI_ERROR_FORMAT") {
        Some(name) => ErrorFormat::named(&name.to_lowercase()),
        None => ErrorFormat::named(&profile?.get("cli_error_format")?.to_lowercase()),
    };
    option.or_else(configured).unwrap_or_default()
}

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

/// The pager for what goes to a terminal: `AWS_PAGER`, `cli_pager` of the profile, `PAGER`, else the default.
///
/// An empty value means no pager, not the next place. In CI nobody would be there to leave it.
pub fn pager(forbidden: bool, profile: Option<&Profile>) -> Option<Pager> {
    let ci = variable("CI").is_some_and(|value| value != "0" && !value.eq_ignore_ascii_case("false"));
    if forbidden || ci {
        return None;
    }
    let of_environment = |name: &str| Some((env::var_os(name)?.to_string_lossy().into_owned(), name.to_owned()));
    let of_profile = |profile: &Profile| {
        Some((profile.get_as_is("cli_pager")?.to_owned(), format!("cli_pager of the profile {}", profile.name)))
    };
    match of_environment("AWS_PAGER").or_else(|| of_profile(profile?)).or_else(|| of_environment("PAGER")) {
        Some((command, from)) => Pager::configured(command, from),
        None => Some(Pager::default()),
    }
}

/// The first value there is: of an option, of a variable, of the profile; and where it comes from.
fn first(
    option: Option<(&str, &str)>,
    variables: &[&str],
    profile: &Profile,
    setting: &str,
) -> Option<(String, String)> {
    option
        .map(|(name, value)| (value.to_owned(), name.to_owned()))
        .or_else(|| variables.iter().find_map(|name| Some((variable(name)?, (*name).to_owned()))))
        .or_else(|| Some((profile.get(setting)?.to_owned(), format!("{setting} of the profile {}", profile.name))))
}

/// The CA bundle of the environment or the profile. An empty setting counts, too: as for the AWS CLI, it is refused
/// when it is used.
fn ca_bundle(profile: &Profile) -> Option<CaBundle> {
    let of_environment = |name: &str| Some(CaBundle::named(&env::var_os(name)?.to_string_lossy(), name));
    let of_profile =
        || Some(CaBundle::named(profile.get_as_is("ca_bundle")?, format!("ca_bundle of the profile {}", profile.name)));
    of_environment("AWS_CA_BUNDLE").or_else(of_profile).or_else(|| of_environment("REQUESTS_CA_BUNDLE"))
}

/// An option and its value, unless that is empty.
fn given<'a>(name: &'a str, value: &'a Option<String>) -> Option<(&'a str, &'a str)> {
    value.as_deref().filter(|value| !value.is_empty()).map(|value| (name, value))
}

fn endpoint_url(globals: &Globals, profile: &Profile) -> Result<Option<(String, &'static str)>, Failure> {
    match &globals.endpoint_url {
        Some(url) => checked_endpoint(url, "--endpoint-url").map(|url| Some((url, "--endpoint-url"))),
        None => configured_endpoint(profile, "organizations"),
    }
}

/// A URL in place of a service's own, from the environment or the config file, and which of their settings it is.
fn configured_endpoint(profile: &Profile, service: &str) -> Result<Option<(String, &'static str)>, Failure> {
    if flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", profile, "ignore_configured_endpoint_urls").0 {
        return Ok(None);
    }
    let own = if service == "sts" { "AWS_ENDPOINT_URL_STS" } else { "AWS_ENDPOINT_URL_ORGANIZATIONS" };
    let found = match [own, "AWS_ENDPOINT_URL"].into_iter().find_map(|name| Some((variable(name)?, name))) {
        None => match profile.service(service, "endpoint_url")? {
            Some(url) => Some((url, "the services section")),
            None => profile.get("endpoint_url").map(|url| (url.to_owned(), "endpoint_url of the profile")),
        },
        found => found,
    };
    found.map(|(url, from)| Ok((checked_endpoint(&url, from)?, from))).transpose()
}

/// An endpoint URL that a request can be sent to; `from` is told where it isn't.
fn checked_endpoint(url: &str, from: &str) -> Result<String, Failure> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    let uri = encoded(url).parse::<hyper::Uri>().ok().filter(|uri| {
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        // hyper ignores a port that is none.
        let port = authority.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.ends_with(']'));
        rest.is_some()
            && uri.host().is_some_and(|host| !host.is_empty())
            && port.is_none_or(|port| port.parse::<u16>().is_ok())
    });
    let host = rest.unwrap_or(url).split(['/', '?', '#']).next().unwrap_or_default();
    // One that isn't well-formed may have it anywhere.
    let has_password = host.contains('@') || (uri.is_none() && url.contains('@'));
    if let Some(uri) = uri.filter(|_| !has_password) {
        return Ok(uri.to_string());
    }
    let message = match has_password {
        true => format!("Invalid endpoint ({from}): it holds a user name or a password"),
        false => format!("Invalid endpoint ({from}): {}", shown_url(url)),
    };
    // The AWS CLI checks only whether an option has a scheme before it makes a client.
    let is_usage = from == "--endpoint-url" && !has_scheme(url);
    let failure = if is_usage { Failure::input(message) } else { Failure::other(message) };
    Err(failure.hint("an endpoint URL is http:// or https:// and a host, such as http://127.0.0.1:8080"))
}

/// A URL with what its path and query can't hold percent-encoded, as urllib3 sends it for the AWS CLI.
fn encoded(url: &str) -> String {
    let host = url.find("://").map_or(0, |scheme| scheme + "://".len());
    let Some(end) = url[host..].find(['/', '?', '#']) else { return url.to_owned() };
    let (place, target) = url.split_at(host + end);
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let query = query.map(|query| format!("?{}", percent_encoded(query, "?")));
    format!("{place}{}{}", percent_encoded(path, ""), query.unwrap_or_default())
}

/// Percent-encodes all but the characters of paths (RFC 3986, section 3.3), slashes, and these others. Escapes stay, in
/// upper case, unless one of the percent signs begins none.
fn percent_encoded(text: &str, others: &str) -> String {
    let is_escape = |rest: &str| rest.as_bytes().get(..2).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
    let percent = if text.split('%').skip(1).all(is_escape) { "%" } else { "%25" };
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('%').enumerate() {
        out.push_str(if index > 0 { percent } else { "" });
        let digits = if index > 0 && is_escape(part) { 2 } else { 0 };
        out.push_str(&part[..digits].to_uppercase());
        for byte in part[digits..].bytes() {
            match char::from(byte) {
                c if c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/".contains(c) || others.contains(c) => out.push(c),
                _ => out.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    out
}

/// Whether Python's `urlparse` finds a scheme.
fn has_scheme(url: &str) -> bool {
    let Some((scheme, _)) = url.trim_start_matches(|c: char| c <= ' ').split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// The region to sign for. The service is global: without one, it is the partition's own.
fn region(globals: &Globals, profile: &Profile, endpoint_url: Option<&str>) -> Result<(String, String), Failure> {
    let named = first(given("--region", &globals.region), &["AWS_REGION", "AWS_DEFAULT_REGION"], profile, "region");
    let Some((region, from)) = named else {
        let role = profile.get("role_arn").unwrap_or_default();
        let host = endpoint_url.unwrap_or_default();
        let partition = if role.starts_with("arn:aws-cn:") || host.contains(".amazonaws.com.cn") {
            "cn-northwest-1"
        } else if role.starts_with("arn:aws-us-gov:") || host.contains(".us-gov-") {
            "us-gov-west-1"
        } else {
            "us-east-1"
        };
        return Ok((partition.to_owned(), "the partition's own".to_owned()));
    };
    checked_region(&region, &from)?;
    Ok((region, from))
}

/// Checks a region, which `from` names.
///
/// # Errors
///
/// It can't be part of a host name (RFC 1123, section 2.1), or looks like a key: name servers see host names.
pub fn checked_region(region: &str, from: &str) -> Result<(), Failure> {
    let label = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_label =
        region.len() <= 63 && region.chars().all(label) && !region.starts_with('-') && !region.ends_with('-');
    if is_label && !may_be_secret(region) {
        return Ok(());
    }
    let region = shown(region);
    Err(Failure::other(format!("Provided region_name '{region}' doesn't match a supported format. ({from})")))
}

fn retry_mode(profile: &Profile) -> Result<(RetryMode, String), Failure> {
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

fn max_attempts(profile: &Profile) -> Result<(u32, String), Failure> {
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

/// A switch in the environment or the profile, and where it is from.
fn flag(name: &str, profile: &Profile, setting: &str) -> (bool, String) {
    match first(None, &[name], profile, setting) {
        Some((value, from)) => (value.eq_ignore_ascii_case("true"), from),
        None => (false, DEFAULT.to_owned()),
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

/// Reads one of the two files and prints its path for `--debug`. As for the AWS CLI, whatever isn't a regular file counts as
/// empty (a directory, as a container's mount of a missing file makes it, or `/dev/null` as HOME), and so does a file
/// that this user may not read.
fn read(variable_name: &str, file_name: &str) -> Result<Ini, Failure> {
    let (path, from) = match variable(variable_name) {
        Some(path) => (files::expand(&path), variable_name),
        None => match env::home_dir() {
            Some(home) => (home.join(".aws").join(file_name), DEFAULT),
            None => return Ok(Ini::default()),
        },
    };
    let tell = |found| {
        tell(&format!("{file_name} file"), &format_args!("{}{found}", shown(&path.to_string_lossy())), from);
    };
    if !path.is_file() {
        tell(if path.exists() { ", which is not a regular file" } else { ", which isn't there" });
        return Ok(Ini::default());
    }
    let bytes = match files::read(&path) {
        Ok(bytes) => {
            tell("");
            bytes
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            tell(", which this user may not read");
            return Ok(Ini::default());
        }
        Err(error) => {
            return Err(Failure::other(format!("Unable to read config file: {}", shown(&path.to_string_lossy())))
                .because(error));
        }
    };
    let refused = |why: String| {
        let message = format!("Unable to parse config file: {}", shown(&path.to_string_lossy()));
        Failure::other(message).coded("ConfigParseError").hint(why)
    };
    let text = String::from_utf8(bytes).map_err(|_| refused("it is not UTF-8 text".to_owned()))?;
    Ini::parse(&text).map_err(|(line, why)| refused(format!("line {line}: {why}")))
}

/// The options that name the service, as they were given, except for an endpoint URL's query.
fn again(globals: &Globals) -> String {
    let endpoint_url = globals.endpoint_url.as_deref().map(|url| shown_url(url).into_owned());
    let given = [
        ("profile", &globals.profile),
        ("region", &globals.region),
        ("endpoint-url", &endpoint_url),
        ("ca-bundle", &globals.ca_bundle),
        ("sandbox-state", &globals.sandbox_options.state),
    ];
    let option = |(name, value): (&str, &Option<String>)| Some(format!(" --{name} {}", shell_word(value.as_ref()?)));
    let flags = [
        (globals.sandbox, " --sandbox"),
        (globals.no_verify_ssl, " --no-verify-ssl"),
        (globals.no_sign_request, " --no-sign-request"),
    ];
    let flags = flags.into_iter().filter(|(given, _)| *given).map(|(_, flag)| flag.to_owned());
    flags.chain(given.into_iter().filter_map(option)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_url_cannot_hold_is_percent_encoded() {
        for (url, sent) in [
            ("http://h", "http://h"),
            (
                "http://h/a b/\u{e9}{}|^\"<>[]`\\?q=\u{e9} [?]#f g",
                "http://h/a%20b/%C3%A9%7B%7D%7C%5E%22%3C%3E%5B%5D%60%5C?q=%C3%A9%20%5B?%5D",
            ),
            ("http://h/-._~!$&'()*+,;=:@", "http://h/-._~!$&'()*+,;=:@"),
            ("http://h/%41%2f", "http://h/%41%2F"),
            ("http://h/%4f%zz?%4f", "http://h/%254F%25zz?%4F"),
            ("http://h?a", "http://h?a"),
            ("h/ ", "h/%20"),
        ] {
            assert_eq!(encoded(url), sent);
        }
    }

    #[test]
    fn configured_endpoints_can_be_ignored_for_every_service() {
        let endpoint = |settings: &str| {
            let config = Ini::parse(&format!("[default]\n{settings}\nendpoint_url = http://127.0.0.1:1")).unwrap();
            let profile = Profile::of(config, Ini::default(), "default".into(), false);
            ["organizations", "sts"].map(|service| configured_endpoint(&profile, service).unwrap())
        };
        assert_eq!(endpoint("").map(|url| url.is_some()), [true; 2]);
        assert_eq!(endpoint("ignore_configured_endpoint_urls = true"), [None, None]);
    }
}
