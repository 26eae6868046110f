//! The environment that sends every AWS client to the sandbox and nowhere else. `exec` runs a command in it, and
//! `serve` prints it for a shell.

use std::ffi::{OsStr, OsString};

use crate::sandbox::engine::caller::SECRET_ACCESS_KEY;
use crate::sandbox::engine::ids::is_account_id;
use crate::sandbox::sample::MANAGEMENT_ACCOUNT;
use crate::sandbox::variables;
use crate::text::escape::shell_word;

/// The region unless the environment names another: that of the service's only endpoint.
const REGION: &str = "us-east-1";
/// The key for a sandbox that could not be started. No service accepts it.
const NO_KEY: &str = "sandbox-not-running";
/// The URL for a sandbox that could not be started. It isn't port 0, because some clients replace that by port 80.
const NO_URL: &str = "http://127.0.0.1:1";

/// The variables that are set, and descriptions of their values.
///
/// docs/sandbox.md prints this table.
pub const SET: &[(&str, &str)] = &[
    ("AWS_ENDPOINT_URL", "URL of the server"),
    ("AWS_ENDPOINT_URL_ORGANIZATIONS", "the same"),
    ("AWS_ENDPOINT_URL_STS", "the same"),
    (variables::STS, "the same; while it is set, orgshake doesn't use `~/.aws/cli/cache`"),
    ("AWS_ACCESS_KEY_ID", "your value if it is the id of an account (twelve digits), otherwise 111111111111"),
    ("AWS_SECRET_ACCESS_KEY", "`sandbox`"),
    ("AWS_REGION", "your value, or that of AWS_DEFAULT_REGION, or us-east-1"),
    ("AWS_DEFAULT_REGION", "your value, or that of AWS_REGION, or us-east-1"),
    ("AWS_CONFIG_FILE", "`/dev/null/config`, a path that can't exist"),
    ("AWS_SHARED_CREDENTIALS_FILE", "`/dev/null/credentials`, a path that can't exist"),
    ("AWS_EC2_METADATA_DISABLED", "`true`"),
    ("NO_PROXY", "your value and 127.0.0.1"),
    ("no_proxy", "your value, or that of NO_PROXY, and 127.0.0.1"),
];

/// The variables that are removed, and why. A name that ends in `*` stands for all names that begin so, except those in
/// [`SET`].
///
/// docs/sandbox.md prints this table.
pub const REMOVED: &[(&[&str], &str)] = &[
    (&["AWS_PROFILE", "AWS_DEFAULT_PROFILE"], "profiles have keys, roles and endpoints of their own"),
    (
        &["AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION", "AWS_ACCOUNT_ID"],
        "they belong to your own key",
    ),
    (
        &[
            "AWS_ROLE_ARN",
            "AWS_ROLE_SESSION_NAME",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT",
            "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
            "AWS_LOGIN_CACHE_DIRECTORY",
            "AWS_BEARER_TOKEN_*",
        ],
        "other sources of real credentials",
    ),
    (
        &[
            "AWS_ENDPOINT_URL_*",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "AWS_USE_FIPS_ENDPOINT",
            "AWS_USE_DUALSTACK_ENDPOINT",
            "AWS_STS_ENDPOINT",
            "TF_AWS_STS_ENDPOINT",
            "AWS_URL",
            "EC2_URL",
        ],
        "other endpoints",
    ),
    (
        &[
            "AWS_ACCESS_KEY",
            "AWS_SECRET_KEY",
            "AWS_CREDENTIAL_FILE",
            "BOTO_CONFIG",
            "EC2_ACCESS_KEY",
            "EC2_SECRET_KEY",
            "EC2_SECURITY_TOKEN",
        ],
        "keys for older programs",
    ),
    (&["AWS_CA_BUNDLE"], "the server speaks plain HTTP, and a file that can't be used stops some clients"),
    (
        &[
            variables::SANDBOX,
            variables::WORLD,
            variables::STATE,
            variables::CLOCK,
            variables::FAULT,
            variables::THROTTLE,
            variables::LATENCY,
            variables::PROPAGATION,
        ],
        "the server uses them itself",
    ),
    (&["ORGSHAKE_COMPLETE"], "with it, orgshake completes a command line and does nothing else"),
];

/// Paths for `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` where no one can create a file, not even later:
/// processes that use the environment may outlive the server, and a configuration file can name commands to run.
const NO_FILES: [&str; 2] = if cfg!(windows) { ["NUL", "NUL"] } else { ["/dev/null/config", "/dev/null/credentials"] };

/// An environment, as changes to the current one.
#[derive(Debug)]
pub struct Environment {
    /// The variables to set, and their values.
    pub set: Vec<(&'static str, OsString)>,
    /// The variables to remove.
    pub removed: Vec<Vec<String>>,
}

impl Environment {
    /// Returns the environment for the server at this URL. `present` are the current variables.
    pub fn of_server(url: &str, present: &[(OsString, OsString)]) -> Environment {
        let account = value(present, "AWS_ACCESS_KEY_ID").filter(|id| id.to_str().is_some_and(is_account_id));
        let account = account.unwrap_or_else(|| MANAGEMENT_ACCOUNT.into());
        Environment::new(url, [account, SECRET_ACCESS_KEY.into()], present)
    }

    /// Returns an environment in which every call fails, even if a client reaches AWS.
    pub fn of_no_server(present: &[(OsString, OsString)]) -> Environment {
        Environment::new(NO_URL, [NO_KEY.into(), NO_KEY.into()], present)
    }

    fn new(url: &str, key: [OsString; 2], present: &[(OsString, OsString)]) -> Environment {
        let [key_id, secret] = key;
        let set = vec![
            ("AWS_ENDPOINT_URL", url.into()),
            ("AWS_ENDPOINT_URL_ORGANIZATIONS", url.into()),
            ("AWS_ENDPOINT_URL_STS", url.into()),
            (variables::STS, url.into()),
            ("AWS_ACCESS_KEY_ID", key_id),
            ("AWS_SECRET_ACCESS_KEY", secret),
            ("AWS_REGION", region(present, ["AWS_REGION", "AWS_DEFAULT_REGION"])),
            ("AWS_DEFAULT_REGION", region(present, ["AWS_DEFAULT_REGION", "AWS_REGION"])),
            ("AWS_CONFIG_FILE", NO_FILES[0].into()),
            ("AWS_SHARED_CREDENTIALS_FILE", NO_FILES[1].into()),
            ("AWS_EC2_METADATA_DISABLED", "true".into()),
            ("NO_PROXY", no_proxy(present, ["NO_PROXY", "no_proxy"])),
            ("no_proxy", no_proxy(present, ["no_proxy", "NO_PROXY"])),
        ];
        let present = || present.iter().filter_map(|(name, _)| name.to_str());
        let removed = REMOVED.iter().map(|(names, _)| names.iter().flat_map(|name| meant(name, present())).collect());
        Environment { set, removed: removed.collect() }
    }

    /// Returns the environment as lines for a POSIX shell. The first line is never quoted, since tools read it too.
    pub fn shell(&self) -> String {
        let set =
            self.set.iter().map(|(name, value)| format!("export {name}={}\n", shell_word(&value.to_string_lossy())));
        let removed = self.removed.iter().map(|names| format!("unset {}\n", names.join(" ")));
        set.chain(removed).collect()
    }
}

/// Returns the variables that a name in [`REMOVED`] stands for.
fn meant<'a>(name: &str, present: impl Iterator<Item = &'a str>) -> Vec<String> {
    let Some(start) = name.strip_suffix('*') else { return vec![name.to_owned()] };
    // Other characters can't be in the name of a shell variable, and could be shell code.
    let plain = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_set = |name: &str| SET.iter().any(|(known, _)| *known == name);
    let fits = present.filter(|name| name.starts_with(start) && plain(name) && !is_set(name));
    fits.map(str::to_owned).collect()
}

/// Returns the value of a variable, unless it is empty.
fn value(present: &[(OsString, OsString)], name: &str) -> Option<OsString> {
    raw(present, name).filter(|value| !value.is_empty()).map(OsStr::to_owned)
}

/// Returns the value of a variable, empty or not.
fn raw<'a>(present: &'a [(OsString, OsString)], name: &str) -> Option<&'a OsStr> {
    present.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_os_str())
}

/// Returns the first usable region of these variables. A FIPS region makes clients with an endpoint URL fail.
fn region(present: &[(OsString, OsString)], names: [&str; 2]) -> OsString {
    let usable = |region: &OsString| {
        let label = |region: &str| region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        region.to_str().is_some_and(|region| label(region) && !region.contains("fips"))
    };
    let named = names.iter().find_map(|name| value(present, name).filter(usable));
    named.unwrap_or_else(|| REGION.into())
}

/// Returns the hosts that bypass the proxy, with the loopback address added. If both variables are set, most programs
/// read `no_proxy` alone, even if it is empty. Some programs know only one of the two.
fn no_proxy(present: &[(OsString, OsString)], names: [&str; 2]) -> OsString {
    const LOOPBACK: &str = "127.0.0.1";
    let hosts = names.iter().find_map(|name| raw(present, name)).unwrap_or_default().to_string_lossy();
    // A single asterisk means every host. In a list, some programs ignore it.
    if hosts == "*" {
        return "*".into();
    }
    // Host names have no control characters, and a line break would start another line for the shell.
    let hosts = hosts.split(',').filter(|host| !host.is_empty() && !host.contains(char::is_control));
    let others = hosts.filter(|host| host.trim() != LOOPBACK);
    others.chain([LOOPBACK]).collect::<Vec<_>>().join(",").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "http://127.0.0.1:4321";

    fn environment(present: &[(&str, &str)]) -> Environment {
        let present: Vec<_> = present.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Environment::of_server(URL, &present)
    }

    fn one(present: &[(&str, &str)], name: &str) -> String {
        let set = environment(present).set.into_iter().find(|(known, _)| *known == name);
        set.map(|(_, value)| value.into_string().unwrap()).unwrap()
    }

    #[test]
    fn the_documented_variables_are_those_that_are_set() {
        let set = environment(&[]).set.into_iter().map(|(name, _)| name);
        assert!(set.eq(SET.iter().map(|(name, _)| *name)));
        let removed: Vec<_> = environment(&[]).removed.concat();
        assert!(!removed.iter().any(|name| SET.iter().any(|(set, _)| set == name)), "{removed:?}");
    }

    #[test]
    fn only_an_account_id_stays_and_only_with_the_documented_secret() {
        for (id, expected) in
            [("", MANAGEMENT_ACCOUNT), ("AKIAIOSFODNN7EXAMPLE", MANAGEMENT_ACCOUNT), ("222222222222", "222222222222")]
        {
            let present = [("AWS_ACCESS_KEY_ID", id), ("AWS_SECRET_ACCESS_KEY", "real")];
            assert_eq!(one(&present, "AWS_ACCESS_KEY_ID"), expected);
            assert_eq!(one(&present, "AWS_SECRET_ACCESS_KEY"), SECRET_ACCESS_KEY);
        }
    }

    #[test]
    fn a_region_stays_if_clients_can_use_it() {
        let regions = |present: &[(&str, &str)]| ["AWS_REGION", "AWS_DEFAULT_REGION"].map(|name| one(present, name));
        assert_eq!(regions(&[]), ["us-east-1"; 2]);
        assert_eq!(regions(&[("AWS_REGION", "")]), ["us-east-1"; 2]);
        assert_eq!(regions(&[("AWS_DEFAULT_REGION", "eu-west-3")]), ["eu-west-3"; 2]);
        assert_eq!(regions(&[("AWS_REGION", "eu-west-3")]), ["eu-west-3"; 2]);
        assert_eq!(
            regions(&[("AWS_REGION", "eu-west-3"), ("AWS_DEFAULT_REGION", "eu-west-1")]),
            ["eu-west-3", "eu-west-1"]
        );
        for bad in ["fips-us-east-1", "us gov", "a'b"] {
            assert_eq!(regions(&[("AWS_REGION", bad)]), ["us-east-1"; 2]);
        }
    }

    #[test]
    fn what_leads_elsewhere_is_removed() {
        let present = [
            ("AWS_ENDPOINT_URL_S3", ""),
            ("AWS_ENDPOINT_URL_STS", ""),
            ("AWS_BEARER_TOKEN_BEDROCK", ""),
            ("AWS_ENDPOINT_URL_$(reboot)", ""),
            ("AWS_PAGER", ""),
            ("PATH", ""),
        ];
        let removed = environment(&present).removed.concat();
        let is_removed = |name: &str| removed.iter().any(|known| known == name);
        for name in ["AWS_PROFILE", "AWS_SECRET_KEY", "AWS_ENDPOINT_URL_S3", "AWS_BEARER_TOKEN_BEDROCK"] {
            assert!(is_removed(name), "{name}");
        }
        for name in ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_$(reboot)", "AWS_PAGER", "AWS_MAX_ATTEMPTS", "PATH"] {
            assert!(!is_removed(name), "{name}");
        }
    }

    #[test]
    fn the_loopback_address_needs_no_proxy() {
        let hosts = |present: &[(&str, &str)]| ["NO_PROXY", "no_proxy"].map(|name| one(present, name));
        for (given, expected) in [
            ("", "127.0.0.1"),
            ("a,b", "a,b,127.0.0.1"),
            ("a, 127.0.0.1", "a,127.0.0.1"),
            ("*", "*"),
            ("a,\nexport AWS_ENDPOINT_URL=x,b", "a,b,127.0.0.1"),
        ] {
            assert_eq!(hosts(&[("NO_PROXY", given)]), [expected; 2]);
            assert_eq!(hosts(&[("no_proxy", given)]), [expected; 2]);
        }
        assert_eq!(hosts(&[]), ["127.0.0.1"; 2]);
        assert_eq!(hosts(&[("NO_PROXY", "a"), ("no_proxy", "")]), ["a,127.0.0.1", "127.0.0.1"]);
        // A host with a control character is dropped, not split.
        assert_eq!(hosts(&[("NO_PROXY", "a\nb")]), ["127.0.0.1"; 2]);
    }

    #[test]
    fn a_shell_reads_what_was_meant() {
        let shell = environment(&[("NO_PROXY", "it's $(reboot) `reboot`")]).shell();
        assert!(shell.starts_with(&format!("export AWS_ENDPOINT_URL={URL}\n")), "{shell}");
        assert!(shell.contains("export NO_PROXY='it'\\''s $(reboot) `reboot`,127.0.0.1'\n"), "{shell}");
        assert!(shell.contains("\nunset AWS_PROFILE AWS_DEFAULT_PROFILE\n"), "{shell}");
    }
}
