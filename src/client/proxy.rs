//! The choice of the proxy for a request, by the AWS CLI's rules, which are Python's.
//!
//! Sources: Python 3.11's urllib.request (`getproxies_environment`, `proxy_bypass_environment`) and
//! botocore.httpsession (`ProxyConfiguration`). They ignore `ALL_PROXY`. `NO_PROXY` has suffixes of names, but no
//! address ranges.

use std::collections::BTreeMap;

use aws_smithy_types::base64;
use hyper::Uri;
use hyper::header::HeaderValue;
use percent_encoding::percent_decode_str;

use crate::text::redact::may_be_secret;

/// The proxies that the environment names.
#[derive(Debug)]
pub struct Proxies(BTreeMap<String, Named>);

/// A variable and its value, which may contain a password.
struct Named {
    variable: String,
    value: String,
}

impl std::fmt::Debug for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.variable)
    }
}

impl Proxies {
    /// Reads the proxies from these variables: `HTTPS_PROXY` and the like, in any case. If two names differ only in
    /// case, the one that ends in lower case wins; if that is empty, no proxy is used.
    pub fn of(variables: &[(String, String)]) -> Proxies {
        let mut proxies = BTreeMap::new();
        let known = variables.iter().filter_map(|(variable, value)| {
            let name = variable.to_lowercase();
            let scheme = name.strip_suffix("_proxy")?.to_owned();
            Some((scheme, variable.ends_with("_proxy"), Named { variable: variable.clone(), value: value.clone() }))
        });
        let (lower, upper): (Vec<_>, Vec<_>) = known.partition(|(_, lower, _)| *lower);
        for (scheme, _, named) in upper.into_iter().filter(|(_, _, named)| !named.value.is_empty()) {
            proxies.insert(scheme, named);
        }
        // In a CGI script, the caller's header `Proxy:` becomes HTTP_PROXY (CVE-2016-1000110).
        if variables.iter().any(|(name, _)| name == "REQUEST_METHOD") {
            proxies.remove("http");
        }
        for (scheme, _, named) in lower {
            if named.value.is_empty() {
                proxies.remove(&scheme);
            } else {
                proxies.insert(scheme, named);
            }
        }
        Proxies(proxies)
    }

    /// The proxy for a URL.
    ///
    /// # Errors
    ///
    /// Returns an error if the proxy's URL is malformed.
    pub fn of_uri(&self, uri: &Uri) -> Result<Option<Proxy>, Blocked> {
        let named = uri.scheme_str().and_then(|scheme| self.0.get(scheme));
        let host = uri.authority().map(|authority| authority.as_str()).unwrap_or_default();
        match named {
            Some(named) if !self.spares(host) => Proxy::parse(named).map(Some),
            _ => Ok(None),
        }
    }

    /// Returns whether `NO_PROXY` lists a host or its domain; `host` may have a port.
    fn spares(&self, host: &str) -> bool {
        let Some(Named { value: list, .. }) = self.0.get("no") else { return false };
        if list == "*" {
            return true;
        }
        let host = host.to_lowercase();
        let number = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
        let bare = host.rsplit_once(':').filter(|(_, port)| number(port)).map_or(host.as_str(), |(bare, _)| bare);
        list.split(',').map(|name| name.trim().trim_start_matches('.').to_lowercase()).any(|name| {
            let within =
                |host: &str| host.strip_suffix(&name).is_some_and(|before| before.is_empty() || before.ends_with('.'));
            !name.is_empty() && (within(bare) || within(&host))
        })
    }
}

/// A proxy.
#[derive(Debug)]
pub struct Proxy {
    /// Its scheme, host and, unless it is the default, port.
    pub uri: Uri,
    /// The value of `Proxy-Authorization`, marked as sensitive.
    pub authorization: Option<HeaderValue>,
    /// Its URL with stars in place of user and password, as the AWS CLI shows it.
    pub shown: String,
    /// The variable that names it.
    pub variable: String,
}

impl Proxy {
    fn parse(named: &Named) -> Result<Proxy, Blocked> {
        // The value isn't shown: a password could be anywhere in a malformed URL.
        Proxy::of_text(&named.value, &named.variable).ok_or_else(|| Blocked {
            message: format!("Invalid proxy URL ({})", named.variable),
            cause: "it isn't an http:// or https:// URL with a host".to_owned(),
            hint: "a proxy's URL is such as http://proxy.example.com:8080, with user and password \
                   http://user:password@proxy.example.com:8080, their special characters as %XX"
                .to_owned(),
            lasting: true,
        })
    }

    fn of_text(text: &str, variable: &str) -> Option<Proxy> {
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
            None => ("http".to_owned(), text.trim_start_matches("//")),
        };
        if scheme != "http" && scheme != "https" {
            return None;
        }
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (user_info, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        let host = host.trim_end_matches(':');
        let port = host.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.ends_with(']'));
        // If the password contains a slash, the path contains a part of it.
        if path.contains('@') || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return None;
        }
        let uri = Uri::builder().scheme(scheme.as_str()).authority(host).path_and_query("/").build().ok()?;
        uri.host().filter(|host| !host.is_empty())?;
        let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
        let mask = match (user, password) {
            ("", "") => "",
            (_, "") => "***@",
            _ => "***:***@",
        };
        // The host may be a misplaced key, or the part of one before a slash.
        let is_key = may_be_secret(&format!("{scheme}://{host}")) || may_be_secret(text);
        let name = if is_key { "***" } else { host };
        // The rest of the path has no meaning.
        let slash = if path.starts_with('/') { "/" } else { "" };
        Some(Proxy {
            authorization: authorization(user, password),
            shown: format!("{scheme}://{mask}{name}{slash}"),
            variable: variable.to_owned(),
            uri,
        })
    }

    /// Returns the error for a proxy that can't be used.
    pub fn blocked(&self, cause: impl Into<String>) -> Blocked {
        Blocked {
            message: format!("Failed to connect to proxy URL: \"{}\"", self.shown),
            cause: cause.into(),
            hint: format!("{} names the proxy; a host listed in NO_PROXY is reached without it", self.variable),
            lasting: false,
        }
    }

    /// Returns the error for a proxy that responded with this status instead of forwarding the request.
    pub fn refused(&self, status: hyper::StatusCode) -> Blocked {
        let blocked = Blocked {
            // Only a server error can be temporary.
            lasting: !status.is_server_error(),
            ..self.blocked(format!("the proxy responded with {status}"))
        };
        if status != hyper::StatusCode::PROXY_AUTHENTICATION_REQUIRED {
            return blocked;
        }
        let hint = match self.authorization {
            Some(_) => format!("the proxy doesn't accept the user and password in {}", self.variable),
            None => format!("the proxy needs a user and a password: {}=http://user:password@host:port", self.variable),
        };
        Blocked { hint, ..blocked }
    }
}

/// Why a proxy can't be used.
#[derive(Clone, Debug)]
pub struct Blocked {
    /// The message, in the AWS CLI's words.
    pub message: String,
    /// The cause.
    pub cause: String,
    /// The hint.
    pub hint: String,
    /// Whether another attempt would fail, too.
    pub lasting: bool,
}

/// Returns the header for Basic authentication (RFC 7617); as in the AWS CLI, only if both user and password are set.
fn authorization(user: &str, password: &str) -> Option<HeaderValue> {
    if user.is_empty() || password.is_empty() {
        return None;
    }
    let decoded: Vec<u8> = percent_decode_str(user).chain(*b":").chain(percent_decode_str(password)).collect();
    let mut value = HeaderValue::try_from(format!("Basic {}", base64::encode(decoded))).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy(variables: &[(&str, &str)], url: &str) -> String {
        let variables: Vec<_> = variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        match Proxies::of(&variables).of_uri(&url.parse().unwrap()) {
            Ok(Some(proxy)) => proxy.uri.to_string(),
            Ok(None) => "-".to_owned(),
            Err(blocked) => blocked.message,
        }
    }

    #[test]
    fn the_variable_of_the_scheme_counts_and_lower_case_wins() {
        let both = [("http_proxy", "lower:1"), ("HTTP_PROXY", "upper:1"), ("HTTPS_PROXY", "secure:1")];
        assert_eq!(proxy(&both, "http://a"), "http://lower:1/");
        assert_eq!(proxy(&both, "https://a"), "http://secure:1/");
        assert_eq!(proxy(&both[1..], "http://a"), "http://upper:1/");
        assert_eq!(proxy(&[("http_proxy", ""), ("HTTP_PROXY", "upper:1")], "http://a"), "-");
        assert_eq!(proxy(&[("HTTP_PROXY", ""), ("http_proxy", "lower:1")], "http://a"), "http://lower:1/");
        assert_eq!(proxy(&[("Https_Proxy", "p")], "https://a"), "http://p/");
        assert_eq!(proxy(&[("ALL_PROXY", "p:1"), ("all_proxy", "p:1")], "https://a"), "-");
    }

    #[test]
    fn in_a_cgi_script_the_caller_names_no_proxy() {
        let cgi = ("REQUEST_METHOD", "GET");
        assert_eq!(proxy(&[("HTTP_PROXY", "p:1"), cgi], "http://a"), "-");
        assert_eq!(proxy(&[("http_proxy", "p:1"), cgi], "http://a"), "http://p:1/");
        assert_eq!(proxy(&[("HTTPS_PROXY", "p:1"), cgi], "https://a"), "http://p:1/");
    }

    /// The answers are those of Python's `proxy_bypass_environment`.
    #[test]
    fn hosts_and_domains_are_spared() {
        let spared = |list: &str, host: &str| {
            proxy(&[("HTTPS_PROXY", "p:1"), ("NO_PROXY", list)], &format!("https://{host}")) == "-"
        };
        for (list, host) in [
            ("*", "a.example"),
            ("a.example", "a.example"),
            ("example", "a.example"),
            (".example", "a.example"),
            ("other, A.Example ", "a.EXAMPLE"),
            ("a.example", "a.example:8443"),
            ("a.example:8443", "a.example:8443"),
            ("example:8443", "a.example:8443"),
            ("127.0.0.1", "127.0.0.1:1"),
            ("[::1]", "[::1]:1"),
        ] {
            assert!(spared(list, host), "{list} {host}");
        }
        for (list, host) in [
            ("", "a.example"),
            ("*,b", "a.example"),
            ("*.example", "a.example"),
            ("xample", "a.example"),
            ("a.example:443", "a.example:8443"),
            ("127.0.0.0/8", "127.0.0.1"),
            ("::1", "[::1]:1"),
            (",", "a.example"),
        ] {
            assert!(!spared(list, host), "{list} {host}");
        }
    }

    #[test]
    fn urls_of_proxies() {
        let parsed = |text: &str| {
            let proxy = Proxy::of_text(text, "X")?;
            assert!(!format!("{proxy:?}").contains("s3cret"), "{proxy:?}");
            let sent = proxy.authorization.map(|value| value.to_str().unwrap().to_owned());
            Some(format!("{} {} {}", proxy.uri, proxy.shown, sent.unwrap_or_default()))
        };
        let is = |text: &str, expected: &str| assert_eq!(parsed(text).unwrap().trim_end(), expected);
        is("proxy:3128", "http://proxy:3128/ http://proxy:3128");
        is("//proxy", "http://proxy/ http://proxy");
        is("HTTPS://proxy/path", "https://proxy/ https://proxy/");
        is("http://[::1]:1", "http://[::1]:1/ http://[::1]:1");
        is("http://u:s3cret@proxy:1/", "http://proxy:1/ http://***:***@proxy:1/ Basic dTpzM2NyZXQ=");
        is("u%40x:p%3a%25@proxy", "http://proxy/ http://***:***@proxy Basic dUB4OnA6JQ==");
        is("http://u:p@s3cret@proxy", "http://proxy/ http://***:***@proxy Basic dTpwQHMzY3JldA==");
        is("http://u@proxy", "http://proxy/ http://***@proxy");
        is("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "http://wJalrXUtnFEMI/ http://***/");
        for bad in ["http://", "socks5://proxy:1", "http://u:12/s3cret@proxy", "http://proxy:port", "a b", "http://:1"]
        {
            assert_eq!(parsed(bad), None, "{bad}");
        }
    }
}
