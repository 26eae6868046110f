//! What a request carries that nobody may read: a refusal can repeat it (`SignatureDoesNotMatch` quotes the headers).

use std::collections::HashSet;
use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

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
    /// The signature, the session token and the web identity token of a request.
    pub fn of(request: &HttpRequest) -> Secrets {
        let signature = request.headers().get("authorization").and_then(|text| text.split_once("Signature="));
        let mut secrets: Vec<_> = signature.into_iter().map(|(_, signature)| signature.to_owned()).collect();
        secrets.extend(request.headers().get("x-amz-security-token").map(str::to_owned));
        let is_form = request.headers().get("content-type") == Some("application/x-www-form-urlencoded");
        let form = request.body().bytes().filter(|_| is_form).unwrap_or_default();
        for (name, value) in form_urlencoded::parse(form) {
            // A setting's second line may be the next setting, indented by mistake.
            let known = if name == "WebIdentityToken" { 0 } else { 1 };
            secrets.extend(value.lines().skip(known).map(str::to_owned));
        }
        Secrets(secrets)
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
        assert_eq!(secrets.hide("abcdefghijklmnopabcdefghi, 本日本日本日本日."), "***, ***.");
        assert_eq!(secrets.hide("abcdefg short é"), "abcdefg short é");
        assert_eq!(Secrets::default().hide("x"), "x");
        assert_eq!(format!("{secrets:?}"), "3 secrets");
    }
}
