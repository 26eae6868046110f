//! The secrets in a request, which an error response can repeat (`SignatureDoesNotMatch` quotes the headers).

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use form_urlencoded::byte_serialize;
use hyper::HeaderMap;
use hyper::header::HeaderValue;
use serde_json::Value;

use crate::text::redact::may_be_secret;

/// Secret parameters of forms and members of JSON documents, in lower case and without underscores: those of STS, and
/// those of OAuth and its extensions (RFC 6749, 7521, 7636, 8628, 8693), which SSO and `aws login` use.
const IN_CONFIDENCE: &[&str] = &[
    "externalid",
    "tokencode",
    "webidentitytoken",
    "accesstoken",
    "actortoken",
    "assertion",
    "clientassertion",
    "clientsecret",
    "code",
    "codeverifier",
    "devicecode",
    "idtoken",
    "password",
    "refreshtoken",
    "subjecttoken",
    "token",
    "usercode",
];

/// Secret headers: session tokens, SSO tokens, tokens of instance metadata, proofs of `aws login`.
const HEADERS: [&str; 4] = ["x-amz-security-token", "x-amz-sso_bearer_token", "x-aws-ec2-metadata-token", "dpop"];

/// URL parameters that the SDK sets. Any other one comes from an endpoint's URL and may be a key.
const OF_THE_SDK: &[&str] = &["role_name", "account_id"];

/// The least number of consecutive characters that are hidden as a part of a secret; fewer may match by chance. A
/// shorter secret is hidden only as a whole value.
const PART: usize = 8;

/// The secrets that a request carries.
#[derive(Clone, Default)]
pub struct Secrets(Arc<Known>);

#[derive(Default)]
struct Known {
    texts: Vec<String>,
    /// All parts of the secrets, made when they are first needed.
    parts: OnceLock<HashSet<[char; PART]>>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} secrets", self.0.texts.len())
    }
}

impl Secrets {
    /// Returns the key id, the signature, the tokens and the codes of a request, also in their form encoding.
    pub fn of(request: &HttpRequest) -> Secrets {
        let header = |name| request.headers().get(name);
        let mut texts: Vec<_> = HEADERS.into_iter().filter_map(header).map(str::to_owned).collect();
        texts.extend(header("authorization").into_iter().flat_map(of_authorization).map(str::to_owned));
        texts.extend(request.uri().split_once('?').into_iter().flat_map(|(_, query)| of_query(query)));
        let body = || request.body().bytes().unwrap_or_default();
        match header("content-type") {
            Some("application/x-www-form-urlencoded") => of_form(body(), &mut texts),
            Some("application/json") => of_json("", &serde_json::from_slice(body()).unwrap_or_default(), &mut texts),
            _ => {}
        }
        Secrets::from(texts)
    }

    /// Returns the part after the scheme of an `Authorization` or `Proxy-Authorization` header.
    pub fn of_header(authorization: &HeaderValue) -> Secrets {
        Secrets::from(of_authorization(authorization.to_str().unwrap_or_default()).map(str::to_owned).collect())
    }

    /// Returns the settings that look like misplaced secrets, and the queries of URLs among them.
    pub fn of_settings<'a>(values: impl IntoIterator<Item = &'a str>) -> Secrets {
        let secrets = |value: &str| {
            let query = value.split_once('?').map(|(_, query)| of_query(query)).unwrap_or_default();
            query.into_iter().chain(may_be_secret(value).then(|| value.to_owned())).collect::<Vec<_>>()
        };
        Secrets::from(values.into_iter().flat_map(secrets).collect())
    }

    fn from(mut texts: Vec<String>) -> Secrets {
        let encoded: Vec<_> = texts.iter().map(|text| byte_serialize(text.as_bytes()).collect()).collect();
        texts.extend(encoded);
        // A single character is no secret, and hiding it would destroy the text.
        texts.retain(|text| text.len() > 1);
        Secrets(Arc::new(Known { texts, parts: OnceLock::new() }))
    }

    /// Replaces every part of a secret in a body, in JSON even if it is escaped. Leaves binary bodies unchanged.
    pub fn hidden(&self, body: Vec<u8>) -> Vec<u8> {
        match serde_json::from_slice(&body) {
            Ok(mut document @ (Value::Object(_) | Value::Array(_) | Value::String(_))) => {
                match self.hide_in(&mut document) {
                    true => document.to_string().into_bytes(),
                    false => body,
                }
            }
            _ => String::from_utf8(body).map_or_else(|error| error.into_bytes(), |text| self.hide(&text).into_bytes()),
        }
    }

    /// Hides the secrets in every string of a document, names included. Returns whether it contained any.
    fn hide_in(&self, document: &mut Value) -> bool {
        match document {
            Value::String(text) => {
                let hidden = self.hide(text);
                let found = hidden != *text;
                *text = hidden;
                found
            }
            Value::Array(elements) => elements.iter_mut().fold(false, |found, element| self.hide_in(element) | found),
            Value::Object(members) => {
                let mut found = members.values_mut().fold(false, |found, member| self.hide_in(member) | found);
                if members.keys().any(|name| self.hide(name) != *name) {
                    found = true;
                    *members = std::mem::take(members).into_iter().map(|(name, it)| (self.hide(&name), it)).collect();
                }
                found
            }
            _ => false,
        }
    }

    /// Hides the secrets in header values.
    pub fn hide_in_headers(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            if let Ok(text) = value.to_str()
                && let hidden = self.hide(text)
                && hidden != text
                && let Ok(hidden) = HeaderValue::try_from(hidden)
            {
                *value = hidden;
            }
        }
    }

    /// Replaces every part of a secret in a text, and short secrets only as whole values.
    pub fn hide(&self, text: &str) -> String {
        let mut found = self.parts_in(text);
        found.extend(self.wholes_in(text));
        found.sort_unstable_by_key(|range| range.start);
        let mut out = String::with_capacity(text.len());
        // Everything before this position is already copied or hidden.
        let mut end = 0;
        for range in found {
            if range.start >= end {
                out.push_str(&text[end..range.start]);
                out.push_str("***");
            }
            end = end.max(range.end);
        }
        out.push_str(&text[end..]);
        out
    }

    /// Returns the ranges of the text that are parts of long secrets.
    fn parts_in(&self, text: &str) -> Vec<Range<usize>> {
        let parts = self.0.parts.get_or_init(|| {
            let texts = self.0.texts.iter().map(|text| text.chars().collect::<Vec<_>>());
            texts
                .flat_map(|text| text.windows(PART).filter_map(|part| part.try_into().ok()).collect::<Vec<_>>())
                .collect()
        });
        if parts.is_empty() {
            return Vec::new();
        }
        let (places, characters): (Vec<usize>, Vec<char>) = text.char_indices().unzip();
        let place = |index: usize| places.get(index).copied().unwrap_or(text.len());
        let mut found: Vec<Range<usize>> = Vec::new();
        for (start, part) in characters.windows(PART).enumerate().filter(|(_, part)| parts.contains(*part)) {
            let range = place(start)..place(start + part.len());
            match found.last_mut() {
                Some(last) if range.start < last.end => last.end = range.end,
                _ => found.push(range),
            }
        }
        found
    }

    /// Returns the ranges of short secrets that have no letter or digit next to them.
    fn wholes_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let bounds = |range: &Range<usize>| {
            let before = text[..range.start].chars().next_back();
            let after = text[range.end..].chars().next();
            ![before, after].into_iter().flatten().any(char::is_alphanumeric)
        };
        let short = self.0.texts.iter().filter(|text| text.chars().nth(PART - 1).is_none());
        let found = short.flat_map(|secret| text.match_indices(secret.as_str()));
        found.map(|(start, secret)| start..start + secret.len()).filter(bounds)
    }
}

/// Returns the key id and the signature, or the part after another scheme.
fn of_authorization(text: &str) -> impl Iterator<Item = &str> {
    let after = |mark| text.split_once(mark).map(|(_, rest)| rest);
    let found = match after("Credential=").and_then(|rest| rest.split('/').next()) {
        // The sandbox's key ids are account ids, which its messages may show.
        Some(id) => [Some(id).filter(|id| !id.bytes().all(|byte| byte.is_ascii_digit())), after("Signature=")],
        None => [text.rsplit(' ').next(), None],
    };
    found.into_iter().flatten()
}

/// Returns the whole query of a URL, and each of its values.
fn of_query(query: &str) -> Vec<String> {
    let parameters: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    if parameters.iter().all(|(name, _)| OF_THE_SDK.contains(&&**name)) {
        return Vec::new();
    }
    let values = parameters.into_iter().map(|(_, value)| value.into_owned());
    values.filter(|value| value.len() >= PART).chain([query.to_owned()]).collect()
}

/// Collects the parameters of a form that are secrets, or look like some.
fn of_form(form: &[u8], texts: &mut Vec<String>) {
    for (name, value) in form_urlencoded::parse(form) {
        add(&name, &value, texts);
    }
}

/// Collects the members of a document that are secrets, or look like some.
fn of_json(name: &str, value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => add(name, text, texts),
        Value::Array(elements) => elements.iter().for_each(|element| of_json(name, element, texts)),
        Value::Object(members) => members.iter().for_each(|(name, member)| of_json(name, member, texts)),
        _ => {}
    }
}

fn add(name: &str, value: &str, texts: &mut Vec<String>) {
    let name = name.replace('_', "").to_ascii_lowercase();
    let in_confidence = IN_CONFIDENCE.contains(&name.as_str());
    // The second line of a setting may be the next setting, indented by mistake.
    let secret = value.lines().enumerate().filter(|(index, line)| in_confidence || *index > 0 || may_be_secret(line));
    texts.extend(secret.map(|(_, line)| line.to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(texts: &[&str]) -> Secrets {
        Secrets::from(texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn parts_of_secrets_are_hidden_and_nothing_else() {
        let secrets = secrets(&["abcdefghijklmnop", "日本日本日本日本日"]);
        assert_eq!(secrets.hide("x abcdefghijklmnop y"), "x *** y");
        assert_eq!(secrets.hide("cut: efghijklm"), "cut: ***");
        assert_eq!(secrets.hide("abcdefghijklmnopabcdefghi, 本日本日本日本日."), "******, ***.");
        assert_eq!(secrets.hide("abcdefg é"), "abcdefg é");
        assert_eq!(Secrets::default().hide("x"), "x");
        assert_eq!(format!("{:?}", self::secrets(&["abc"])), "2 secrets");
    }

    #[test]
    fn short_secrets_are_hidden_as_whole_values() {
        let secrets = secrets(&["123456", "e/1", "é", "x"]);
        assert_eq!(secrets.hide("code 123456."), "code ***.");
        assert_eq!(secrets.hide("123456"), "***");
        assert_eq!(secrets.hide("1234567 a123456 123456é"), "1234567 a123456 123456é");
        assert_eq!(secrets.hide("ExternalId=e/1&e%2F1 (e/1)"), "ExternalId=***&*** (***)");
        // A letter stays, or it would be hidden in every text.
        assert_eq!(secrets.hide("x"), "x");
    }

    #[test]
    fn escapes_do_not_keep_a_secret_from_being_hidden() {
        let secrets = secrets(&["ab+/cd+/ef+/gh==", "12\"34"]);
        let hidden = |body: &str| String::from_utf8(secrets.hidden(body.as_bytes().to_vec())).unwrap();
        let body = r#"{"message": "ab\u002b\/cd\u002B\/ef+/gh\u003d= (12\"34)", "ab+/cd+/ef+/gh==": [1, null]}"#;
        assert_eq!(hidden(body), r#"{"message":"*** (***)","***":[1,null]}"#);
        assert_eq!(hidden(r#"{"a":  1.50}"#), r#"{"a":  1.50}"#);
        assert_eq!(hidden("<a>ab%2B%2Fcd%2B%2Fef</a>"), "<a>***</a>");
        assert_eq!(secrets.hidden(vec![0xff]), [0xff]);
    }

    #[test]
    fn a_request_has_its_secrets_in_headers_query_and_body() {
        let found = |uri: &str, headers: &[(&'static str, &str)], body: &str| {
            let mut request = HttpRequest::new(body.to_owned().into());
            request.set_uri(uri).unwrap();
            headers.iter().for_each(|(name, value)| _ = request.headers_mut().insert(*name, (*value).to_owned()));
            let secrets = Secrets::of(&request);
            let mut texts = secrets.0.texts.clone();
            texts.truncate(texts.len() / 2);
            texts.join(" ")
        };
        let url = "https://example.com/";
        let signed =
            "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=01ab";
        assert_eq!(found(url, &[("authorization", signed)], ""), "AKID 01ab");
        assert_eq!(found(url, &[("authorization", &signed.replace("AKID", "111111111111"))], ""), "01ab");
        assert_eq!(found(url, &[("authorization", "Bearer bb")], ""), "bb");
        assert_eq!(found(url, &[("authorization", "raw")], ""), "raw");
        let headers = HEADERS.map(|name| (name, "hh"));
        assert_eq!(found(url, &headers, ""), "hh hh hh hh");
        assert_eq!(found(&format!("{url}?account_id=1&role_name=Admin"), &[], ""), "");
        assert_eq!(found(&format!("{url}?v=1&key=abc%2Fdefgh"), &[], ""), "abc/defgh v=1&key=abc%2Fdefgh");
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let body = "Action=AssumeRole&TokenCode=123456&ExternalId=e1&RoleArn=arn%3Ar%0A+key+%3D+v&refresh_token=rr";
        assert_eq!(found(url, &form, body), "123456 e1  key = v rr");
        let json = [("content-type", "application/json")];
        let body = r#"{"grantType":"refresh_token","clientId":"me","clientSecret":"cc","tokenInput":{"code":["dd"]}}"#;
        assert_eq!(found(url, &json, body), "cc dd");
        assert_eq!(found(url, &[], body), "");
    }
}
