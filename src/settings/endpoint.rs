//! Endpoint URLs and regions.

use super::environment::variable;
use super::origin::{first, flag, given};
use super::profile::Profile;
use crate::command::Globals;
use crate::error::Failure;
use crate::text::redact::{may_be_secret, shown, shown_url};

pub(super) fn endpoint_url(globals: &Globals, profile: &Profile) -> Result<Option<(String, &'static str)>, Failure> {
    match &globals.endpoint_url {
        Some(url) => checked_endpoint(url, "--endpoint-url").map(|url| Some((url, "--endpoint-url"))),
        None => configured_endpoint(profile, "organizations"),
    }
}

/// The URL that the environment or the config file sets for a service, and the name of the setting.
pub(super) fn configured_endpoint(profile: &Profile, service: &str) -> Result<Option<(String, &'static str)>, Failure> {
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

/// Returns the URL, percent-encoded. `from` names the setting in errors.
pub(super) fn checked_endpoint(url: &str, from: &str) -> Result<String, Failure> {
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    let uri = encoded(url).parse::<hyper::Uri>().ok().filter(|uri| {
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        // hyper ignores a port that is not a number.
        let port = authority.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.ends_with(']'));
        rest.is_some()
            && uri.host().is_some_and(|host| !host.is_empty())
            && port.is_none_or(|port| port.parse::<u16>().is_ok())
    });
    let host = rest.unwrap_or(url).split(['/', '?', '#']).next().unwrap_or_default();
    // A malformed URL may have a password anywhere.
    let has_password = host.contains('@') || (uri.is_none() && url.contains('@'));
    if let Some(uri) = uri.filter(|_| !has_password) {
        return Ok(uri.to_string());
    }
    let message = match has_password {
        true => format!("Invalid endpoint ({from}): it contains a user name or a password"),
        false => format!("Invalid endpoint ({from}): {}", shown_url(url)),
    };
    // The AWS CLI reports an option without a scheme as a usage error, and any other bad URL later, as a general one.
    let is_usage = from == "--endpoint-url" && !has_scheme(url);
    let failure = if is_usage { Failure::input(message) } else { Failure::other(message) };
    Err(failure.hint("an endpoint URL is http:// or https:// followed by a host, such as http://127.0.0.1:8080"))
}

/// Percent-encodes the characters that a path or a query can't contain, as urllib3 does for the AWS CLI.
pub(super) fn encoded(url: &str) -> String {
    let host = url.find("://").map_or(0, |scheme| scheme + "://".len());
    let Some(end) = url[host..].find(['/', '?', '#']) else { return url.to_owned() };
    let (place, target) = url.split_at(host + end);
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query)));
    let query = query.map(|query| format!("?{}", percent_encoded(query, "?")));
    format!("{place}{}{}", percent_encoded(path, ""), query.unwrap_or_default())
}

/// Percent-encodes all characters except slashes, those that paths allow (RFC 3986, section 3.3) and `others`. Existing
/// escapes stay, in upper case, if every percent sign begins one; otherwise each percent sign is encoded, too.
pub(super) fn percent_encoded(text: &str, others: &str) -> String {
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

/// Returns whether Python's `urlparse` finds a scheme.
pub(super) fn has_scheme(url: &str) -> bool {
    let Some((scheme, _)) = url.trim_start_matches(|c: char| c <= ' ').split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// The region to sign for, and where it is set. The service is global, so the default is its region in the partition.
pub(super) fn region(
    globals: &Globals,
    profile: &Profile,
    endpoint_url: Option<&str>,
) -> Result<(String, String), Failure> {
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

/// Checks a region; `from` names its setting in errors.
///
/// # Errors
///
/// Returns an error if the region can't be part of a host name (RFC 1123, section 2.1), or looks like a key, which name
/// servers would see.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::ini::Ini;

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
