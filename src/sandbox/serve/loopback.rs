//! The check that keeps web pages from using the server.
//!
//! A request that a browser sends for a page carries its `Origin`, or the page's own host name, which the owner of the
//! page can point to the loopback address.

use std::net::{Ipv4Addr, Ipv6Addr};

use hyper::header::{HOST, ORIGIN};
use hyper::http::request::Parts;

/// Returns an error message if a web page may have sent the request. This check comes before all others.
pub(super) fn foreign(parts: &Parts) -> Option<&'static str> {
    if parts.headers.contains_key(ORIGIN) {
        return Some("The sandbox serves no web pages: the request has an Origin header.");
    }
    let mut hosts = parts.headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let is_ours = host.is_some_and(is_loopback)
        && hosts.next().is_none()
        && parts.uri.authority().is_none_or(|authority| is_loopback(authority.as_str()));
    (!is_ours).then_some("The sandbox serves the loopback address alone: the request is for another host.")
}

/// Returns whether a host, with or without a port, is a loopback address or `localhost`.
fn is_loopback(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
    let in_brackets = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_host = match in_brackets {
        Some(name) => name.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()),
        None => {
            name.eq_ignore_ascii_case("localhost")
                || name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        }
    };
    is_host && is_port
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_loopback_address_is_served() {
        for host in ["localhost", "LocalHost:80", "127.0.0.1", "127.0.0.1:65535", "127.9.8.7:1", "[::1]", "[::1]:80"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            ":80",
            "example.com",
            "example.com:80",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "127.1",
            "2130706433",
            "0.0.0.0",
            "[::]",
            "::1",
            "10.0.0.1",
            "user@127.0.0.1",
            "127.0.0.1:80:80",
            "127.0.0.1:x",
            "127.0.0.1 ",
            "[::1",
            "[::1]x",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
