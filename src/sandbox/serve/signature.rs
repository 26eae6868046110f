//! Checks signatures (Signature Version 4): finds the account that signed a request, or the service's error.
//!
//! The rules are those of the [user guide] for requests whose Authorization header or whose query carries the signature.
//!
//! [user guide]: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

use hyper::HeaderMap;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ring::{digest, hmac};

use super::authorization::{ALGORITHM, Authorization, Presigned, SIGNATURE, decoded};
use super::service::{Refused, Service};
use crate::sandbox::engine::caller::{Caller, Key};

/// How far the date of a signature may be from the current time.
const SKEW: SignedDuration = SignedDuration::from_mins(15);
/// The parts of a request that its signature covers.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// The service that the request is for.
    pub service: Service,
    /// The HTTP method.
    pub method: &'a str,
    /// The path as it was sent.
    pub path: &'a str,
    /// The query as it was sent.
    pub query: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: &'a [u8],
}

/// The times that the date of a signature is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// The real time, by which temporary keys expire.
    pub real: Timestamp,
    /// The sandbox's time, which the Date header of responses has. Some clients set their clock by it, so a date near
    /// it is valid too.
    pub sandbox: Timestamp,
}

impl Signed<'_> {
    /// Checks the signature and returns the account of the key.
    ///
    /// # Errors
    ///
    /// The signature is missing or wrong, or its key is unknown or has expired.
    pub fn caller(&self, key: impl FnOnce(&str) -> Option<Key>, times: Times) -> Result<Caller, Refused> {
        let authorization = match self.headers.get("authorization") {
            Some(header) => Authorization::parse(&String::from_utf8_lossy(header.as_bytes()))?,
            None => Authorization::parse_query(self.query)?,
        };
        let (date, lifetime, token) = match &authorization.presigned {
            Some(Presigned { date, lifetime, token }) => (Some(date.clone()), *lifetime, token.clone()),
            None => (self.header("x-amz-date"), SKEW, self.header("x-amz-security-token")),
        };
        let date = date.ok_or_else(|| {
            Refused::Incomplete("Authorization header requires existence of either a 'X-Amz-Date' header.".into())
        })?;
        let key = key(&authorization.access_key_id).ok_or(Refused::UnknownKey)?;
        if key.session_token.is_some() && key.session_token != token {
            return Err(Refused::UnknownKey);
        }
        authorization.check_scope(self.service, &date)?;
        self.check_headers(&authorization)?;
        check_date(&date, lifetime, times)?;

        let scope = authorization.scope.join("/");
        let request = hex(digest::digest(&digest::SHA256, self.canonical(&authorization).as_bytes()).as_ref());
        let text = format!("{ALGORITHM}\n{date}\n{scope}\n{request}");
        let first = hmac::Key::new(hmac::HMAC_SHA256, format!("AWS4{}", key.secret).as_bytes());
        let signing = authorization
            .scope
            .iter()
            .fold(first, |key, part| hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&key, part.as_bytes()).as_ref()));
        hmac::verify(&signing, text.as_bytes(), &authorization.signature).map_err(|_| {
            Refused::Invalid(
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
                 Access Key and signing method. Consult the service documentation for details."
                    .to_owned(),
            )
        })?;
        match key.expires {
            Some(end) if times.real >= end => Err(Refused::Expired),
            _ => Ok(key.caller()),
        }
    }

    /// Returns the values of a header in their signed form: trimmed, with single spaces, and joined.
    fn header(&self, name: &str) -> Option<String> {
        let values = self.headers.get_all(name).iter();
        let values: Vec<_> = values
            .map(|value| String::from_utf8_lossy(value.as_bytes()).split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        (!values.is_empty()).then(|| values.join(","))
    }

    /// Checks that the headers with the destination and the meaning of the request are signed.
    fn check_headers(&self, authorization: &Authorization) -> Result<(), Refused> {
        // SigV4 demands sorted and unique names. This also keeps the signed text from growing beyond the head.
        if !authorization.signed_headers.is_sorted_by(|one, next| one < next) {
            let message = "'SignedHeaders' in the AWS Authorization must be sorted, and each name stand there once.";
            return Err(Refused::Invalid(message.to_owned()));
        }
        let is_signed = |name: &str| authorization.signed_headers.iter().any(|signed| signed == name);
        let needed = self.headers.keys().map(|name| name.as_str()).filter(|name| name.starts_with("x-amz-"));
        match std::iter::once("host").chain(needed).find(|name| !is_signed(name)) {
            None => Ok(()),
            Some(name) => {
                let message = format!("'{name}' must be a 'SignedHeader' in the AWS Authorization.");
                Err(Refused::Invalid(message))
            }
        }
    }

    /// Returns the canonical request.
    fn canonical(&self, authorization: &Authorization) -> String {
        let parts = self.query.split('&').filter(|part| !part.is_empty()).map(parameter);
        let covered = |(name, _): &(String, String)| authorization.presigned.is_none() || name != SIGNATURE;
        let mut query: Vec<_> = parts.filter(covered).collect();
        query.sort_unstable();
        let query: Vec<_> = query.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let headers: String = authorization
            .signed_headers
            .iter()
            .map(|name| format!("{name}:{}\n", self.header(name).unwrap_or_default()))
            .collect();
        format!(
            "{}\n{}\n{}\n{headers}\n{}\n{}",
            self.method,
            encoded(self.path, b"/"),
            query.join("&"),
            authorization.signed_headers.join(";"),
            hex(digest::digest(&digest::SHA256, self.body).as_ref())
        )
    }
}

/// Decodes and encodes a parameter of the query, so that all its spellings become the same.
fn parameter(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (encoded(decoded(name), b""), encoded(decoded(value), b""))
}

/// Encodes all bytes as `%XX` except the unreserved ones (RFC 3986, section 2.3) and those in `also_plain`.
fn encoded(text: impl AsRef<[u8]>, also_plain: &[u8]) -> String {
    let mut out = String::new();
    for &byte in text.as_ref() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || also_plain.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Checks that a date is at most `lifetime` ago, and not more than the skew ahead.
fn check_date(date: &str, lifetime: SignedDuration, times: Times) -> Result<(), Refused> {
    let stated = (date.len() == "20161130T192216Z".len())
        .then(|| DateTime::strptime("%Y%m%dT%H%M%SZ", date).ok()?.to_zoned(TimeZone::UTC).ok())
        .flatten()
        .ok_or_else(|| {
            let message = "Date must be in ISO-8601 'basic format', such as 20161130T192216Z.";
            Refused::Incomplete(message.to_owned())
        })?
        .timestamp();
    let age = |now: Timestamp| now.duration_since(stated);
    if [times.real, times.sandbox].into_iter().any(|now| (-SKEW..=lifetime).contains(&age(now))) {
        return Ok(());
    }
    let shown = |time: Timestamp| time.strftime("%Y%m%dT%H%M%SZ").to_string();
    let now = shown(times.real);
    Err(Refused::Invalid(if stated < times.real {
        let earliest = shown(times.real.checked_sub(lifetime).unwrap_or(Timestamp::MIN));
        format!("Signature expired: {date} is now earlier than {earliest} ({now} - {} min.)", lifetime.as_mins())
    } else {
        let latest = shown(times.real.checked_add(SKEW).unwrap_or(Timestamp::MAX));
        format!("Signature not yet current: {date} is still later than {latest} ({now} + 15 min.)")
    }))
}

#[cfg(test)]
mod tests {
    use hyper::header::{HeaderName, HeaderValue};

    use super::*;

    // The sample of the user guide: "get-vanilla" of the test suite for Signature Version 4.
    const DATE: &str = "20150830T123600Z";
    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn now() -> Times {
        Times { real: at("2015-08-30T12:36:00Z"), sandbox: at("2026-12-31T00:00:00Z") }
    }

    fn key(id: &str) -> Option<Key> {
        let secret = SECRET.to_owned();
        let plain =
            Key { account: "111111111111".to_owned(), secret, session_token: None, expires: None, partition: None };
        match id {
            "PLAIN" => Some(plain),
            "TEMPORARY" | "ENDED" => Some(Key {
                session_token: Some("token".to_owned()),
                expires: Some(at(if id == "ENDED" { "2015-08-30T12:36:00Z" } else { "2015-08-30T12:36:01Z" })),
                ..plain
            }),
            _ => None,
        }
    }

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
        };
        pairs.iter().map(pair).collect()
    }

    fn signed(headers: &HeaderMap) -> Signed<'_> {
        Signed { service: Service::Sts, method: "POST", path: "/", query: "", headers, body: b"Action=X" }
    }

    /// Signs the request with the sample's key.
    fn sign(request: &Signed<'_>, id: &str, scope: &str, names: &str) -> String {
        let unsigned = format!("{ALGORITHM} Credential={id}/{scope}, SignedHeaders={names}, Signature=00");
        let authorization = Authorization::parse(&unsigned).unwrap();
        let canonical = hex(digest::digest(&digest::SHA256, request.canonical(&authorization).as_bytes()).as_ref());
        let date = request.header("x-amz-date").unwrap_or_default();
        let mac = |key: &[u8], text: &str| {
            hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
        };
        let signing = scope.split('/').fold(format!("AWS4{SECRET}").into_bytes(), |key, part| mac(&key, part));
        let signature = hex(&mac(&signing, &format!("{ALGORITHM}\n{date}\n{scope}\n{canonical}")));
        unsigned.replace("Signature=00", &format!("Signature={signature}"))
    }

    fn check(id: &str, scope: &str, pairs: &[(&str, &str)], names: &str) -> Result<Caller, Refused> {
        let mut headers = headers(pairs);
        let authorization = sign(&signed(&headers), id, scope, names);
        headers.insert("authorization", HeaderValue::from_str(&authorization).unwrap());
        signed(&headers).caller(key, now())
    }

    const SCOPE: &str = "20150830/us-east-1/sts/aws4_request";
    const PLAIN: &[(&str, &str)] = &[("host", "127.0.0.1:1"), ("x-amz-date", DATE)];

    #[test]
    fn the_published_example_is_right() {
        // https://docs.aws.amazon.com/amazonglacier/latest/dev/…: the vanilla request, whose service is "service".
        let headers = headers(&[("host", "example.amazonaws.com"), ("x-amz-date", DATE)]);
        let request = Signed { method: "GET", body: b"", ..signed(&headers) };
        let authorization = sign(&request, "PLAIN", "20150830/us-east-1/service/aws4_request", "host;x-amz-date");
        let published = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
        assert!(authorization.ends_with(published), "{authorization}");
    }

    #[test]
    fn a_good_signature_names_the_account() {
        let account = Ok(Caller::Account("111111111111".to_owned()));
        assert_eq!(check("PLAIN", SCOPE, PLAIN, "host;x-amz-date"), account);
        let with_token = [PLAIN, &[("x-amz-security-token", "token")]].concat();
        assert_eq!(check("TEMPORARY", SCOPE, &with_token, "host;x-amz-date;x-amz-security-token"), account);
        // Any region is valid, and extra spaces don't matter.
        let elsewhere = "20150830/eu-west-3/sts/aws4_request";
        let spaced = [PLAIN, &[("content-type", "  a   b ")]].concat();
        assert_eq!(check("PLAIN", elsewhere, &spaced, "content-type;host;x-amz-date"), account);
    }

    #[test]
    fn a_query_is_signed_in_its_canonical_form() {
        let with = |query| {
            let mut headers = headers(PLAIN);
            let plain = Signed { query: "Action=X&Version=a%20b", ..signed(&headers) };
            let authorization = sign(&plain, "PLAIN", SCOPE, "host;x-amz-date");
            headers.insert("authorization", HeaderValue::from_str(&authorization).unwrap());
            Signed { query, ..signed(&headers) }.caller(key, now()).is_ok()
        };
        assert!(with("Action=X&Version=a%20b") && with("Version=a%20b&Action=X") && with("%41ction=X&Version=a%20b&"));
        assert!(!with("Action=X&Version=a+b") && !with("Action=X") && !with("Action=X&Version=a%20b&More"));
    }

    #[test]
    fn signed_headers_are_sorted_and_stand_there_once() {
        for names in ["host;x-amz-date;host", "x-amz-date;host", "host;host;x-amz-date"] {
            assert!(
                matches!(check("PLAIN", SCOPE, PLAIN, names), Err(Refused::Invalid(why)) if why.contains("sorted"))
            );
        }
    }

    #[test]
    fn keys_are_known_and_end() {
        let with_token = |token| [PLAIN, &[("x-amz-security-token", token)]].concat();
        let names = "host;x-amz-date;x-amz-security-token";
        assert_eq!(check("AKIAIOSFODNN7EXAMPLE", SCOPE, PLAIN, "host;x-amz-date"), Err(Refused::UnknownKey));
        assert_eq!(check("TEMPORARY", SCOPE, PLAIN, "host;x-amz-date"), Err(Refused::UnknownKey));
        assert_eq!(check("TEMPORARY", SCOPE, &with_token("other"), names), Err(Refused::UnknownKey));
        assert_eq!(check("ENDED", SCOPE, &with_token("token"), names), Err(Refused::Expired));
    }

    #[test]
    fn what_is_not_for_here_and_now_is_refused() {
        let invalid = |result: Result<Caller, Refused>, part: &str| match result {
            Err(Refused::Invalid(why)) => assert!(why.contains(part), "{why}"),
            other => panic!("{part}: {other:?}"),
        };
        for scope in ["20150830/us-east-1/organizations/aws4_request", "20150830/us-east-1//aws4_request"] {
            invalid(check("PLAIN", scope, PLAIN, "host;x-amz-date"), "correct service: 'sts'");
        }
        invalid(check("PLAIN", "20150829/us-east-1/sts/aws4_request", PLAIN, "host;x-amz-date"), "does not match");
        invalid(check("PLAIN", "20150830/us-east-1/sts/aws5", PLAIN, "host;x-amz-date"), "terminator");
        invalid(check("PLAIN", SCOPE, PLAIN, "x-amz-date"), "'host' must be");
        invalid(check("PLAIN", SCOPE, PLAIN, "host"), "'x-amz-date' must be");
        let with = |date| check("PLAIN", SCOPE, &[("host", "h"), ("x-amz-date", date)], "host;x-amz-date");
        invalid(with("20150830T122059Z"), "Signature expired");
        invalid(with("20150830T125101Z"), "Signature not yet current");
        assert!(with("20150830T122100Z").is_ok() && with("20150830T125100Z").is_ok());
        // This client has set its clock by the sandbox's responses.
        let moved = [("host", "h"), ("x-amz-date", "20261231T000000Z")];
        assert!(check("PLAIN", "20261231/us-east-1/sts/aws4_request", &moved, "host;x-amz-date").is_ok());
    }

    #[test]
    fn any_change_breaks_the_signature() {
        let mut headers = headers(PLAIN);
        let authorization = sign(&signed(&headers), "PLAIN", SCOPE, "host;x-amz-date");
        headers.insert("authorization", HeaderValue::from_str(&authorization).unwrap());
        let good = signed(&headers);
        assert!(good.caller(key, now()).is_ok());
        for changed in [
            Signed { body: b"Action=Y", ..good },
            Signed { path: "/x", ..good },
            Signed { query: "a=b", ..good },
            Signed { method: "GET", ..good },
        ] {
            assert!(matches!(changed.caller(key, now()), Err(Refused::Invalid(_))), "{changed:?}");
        }
        let flipped = authorization.replace("Signature=", "Signature=0");
        headers.insert("authorization", HeaderValue::from_str(&flipped).unwrap());
        assert!(matches!(signed(&headers).caller(key, now()), Err(Refused::Invalid(_))));
    }

    #[test]
    fn headers_that_cannot_be_read() {
        let with = |authorization: &str| {
            let mut headers = headers(PLAIN);
            headers.insert("authorization", HeaderValue::from_bytes(authorization.as_bytes()).unwrap());
            signed(&headers).caller(key, now()).unwrap_err()
        };
        for other in ["", "Bearer x", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256X Credential=a", "\u{ff}"] {
            assert_eq!(with(other), Refused::Missing, "{other}");
        }
        for incomplete in [
            "AWS4-HMAC-SHA256 ",
            "AWS4-HMAC-SHA256 x",
            "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host",
            "AWS4-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=00",
            "AWS4-HMAC-SHA256 Credential=, SignedHeaders=, Signature=",
        ] {
            let refused = with(incomplete);
            // A header that has only the name after trimming counts as missing.
            assert!(matches!(refused, Refused::Incomplete(_) | Refused::Missing), "{incomplete}: {refused:?}");
        }
        let none = headers(PLAIN);
        assert_eq!(signed(&none).caller(key, now()), Err(Refused::Missing));
    }

    #[test]
    fn each_service_has_its_words() {
        let told = |refused: Refused, service| {
            let reply = refused.reply(service);
            (reply.status, String::from_utf8(reply.body).unwrap())
        };
        let (status, body) = told(Refused::Missing, Service::Organizations);
        assert_eq!(status, 400);
        assert!(body.contains("\"MissingAuthenticationTokenException\""), "{body}");
        let (status, body) = told(Refused::Invalid("<&>".to_owned()), Service::Sts);
        assert_eq!(status, 403);
        assert!(body.contains("<Code>SignatureDoesNotMatch</Code>") && body.contains("&lt;&amp;&gt;"), "{body}");
    }
}
