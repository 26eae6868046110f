//! What a request carries that nobody may read: a refusal can repeat it (`SignatureDoesNotMatch` quotes the headers).

use std::collections::HashSet;
use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use form_urlencoded::byte_serialize;
use hyper::header::HeaderValue;

/// The parameters of STS that are for it alone.
const IN_CONFIDENCE: &[&str] = &["WebIdentityToken", "ExternalId", "TokenCode"];

/// As many characters of a secret in a row are a part of it, not chance.
const PART: usize = 8;

/// The secrets that a request carries.
#[derive(Clone, Default)]
pub struct Secrets(Vec<String>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} secrets", self.0.len())
    }
}

impl Secrets {
    /// The key id, the signature and the tokens of a request, also as a form has them.
    pub fn of(request: &HttpRequest) -> Secrets {
        let header = |name| request.headers().get(name);
        let signed = header("authorization").unwrap_or_default();
        let after = |mark| signed.split_once(mark).map(|(_, rest)| rest);
        let id = after("Credential=").and_then(|rest| rest.split('/').next());
        // The sandbox's key ids are account ids, which its messages name.
        let id = id.filter(|id| !id.bytes().all(|byte| byte.is_ascii_digit()));
        let found = [id, after("Signature="), header("x-amz-security-token")];
        let mut secrets: Vec<_> = found.into_iter().flatten().map(str::to_owned).collect();
        let is_form = header("content-type") == Some("application/x-www-form-urlencoded");
        let form = request.body().bytes().filter(|_| is_form).unwrap_or_default();
        for (name, value) in form_urlencoded::parse(form) {
            // A setting's second line may be the next setting, indented by mistake.
            let harmless = usize::from(!IN_CONFIDENCE.contains(&&*name));
            secrets.extend(value.lines().skip(harmless).map(str::to_owned));
        }
        let encoded: Vec<_> = secrets.iter().map(|secret| byte_serialize(secret.as_bytes()).collect()).collect();
        secrets.extend(encoded);
        Secrets(secrets)
    }

    /// What stands behind the scheme of an `Authorization` or `Proxy-Authorization`.
    pub fn of_header(authorization: &HeaderValue) -> Secrets {
        let text = authorization.to_str().unwrap_or_default();
        Secrets(vec![text.rsplit(' ').next().unwrap_or_default().to_owned()])
    }

    /// A body with every part of a secret replaced; one that is no text stays as it is.
    pub fn hidden(&self, body: Vec<u8>) -> Vec<u8> {
        String::from_utf8(body).map_or_else(|error| error.into_bytes(), |text| self.hide(&text).into_bytes())
    }

    /// The text with every part of a secret replaced.
    pub fn hide(&self, text: &str) -> String {
        let secrets: Vec<Vec<char>> = self.0.iter().map(|secret| secret.chars().collect()).collect();
        let parts: HashSet<&[char]> = secrets.iter().flat_map(|secret| secret.windows(PART)).collect();
        let text: Vec<char> = text.chars().collect();
        let mut out = String::with_capacity(text.len());
        // Up to here the text is of a secret.
        let mut end = 0;
        for (start, c) in text.iter().enumerate() {
            if text.get(start..start + PART).is_some_and(|part| parts.contains(part)) {
                if start >= end {
                    out.push_str("***");
                }
                end = start + PART;
            }
            if start >= end {
                out.push(*c);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_secrets_are_hidden_and_nothing_else() {
        let secrets = Secrets(vec!["abcdefghijklmnop".into(), "short".into(), "日本日本日本日本日".into()]);
        assert_eq!(secrets.hide("x abcdefghijklmnop y"), "x *** y");
        assert_eq!(secrets.hide("cut: efghijklm"), "cut: ***");
        assert_eq!(secrets.hide("abcdefghijklmnopabcdefghi, 本日本日本日本日."), "******, ***.");
        assert_eq!(secrets.hide("abcdefg short é"), "abcdefg short é");
        assert_eq!(Secrets::default().hide("x"), "x");
        assert_eq!(format!("{secrets:?}"), "3 secrets");
    }
}
