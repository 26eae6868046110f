//! Hides configured values in messages and `--debug` output if they may be secrets typed in the wrong place.
//!
//! The rule: a message names the setting and its origin. It repeats the value only if the AWS CLI does, or if the user has
//! to look for that value (a file, a profile, a role), and then only as far as [`shown`] permits.

use std::borrow::Cow;

/// Replaces a hidden value.
const HIDDEN: &str = "***";

/// The longest name that is shown, and the longest path, ARN or URL.
const LONGEST_NAME: usize = 64;
const LONGEST_PATH: usize = 1024;

/// Prefixes of access key ids (IAM User Guide, "Unique identifiers"), of JSON Web Tokens (RFC 7519, section 3).
const KEY_IDS: [&str; 4] = ["AKIA", "ASIA", "ABIA", "ACCA"];
const TOKEN: &str = "eyJ";

/// Returns the first line of a value, or `***` if it may be a secret. A second line may be the next setting, indented by
/// mistake.
pub fn shown(value: &str) -> &str {
    let line = value.lines().next().unwrap_or_default();
    if may_be_secret(line) { HIDDEN } else { line }
}

/// Joins names, each as [`shown`] prints it.
pub fn shown_names(names: &[String]) -> String {
    names.iter().map(|name| shown(name)).collect::<Vec<_>>().join(", ")
}

/// Returns a URL without its query and fragment, which may contain a key; `***` if it may contain a password, or is a secret
/// rather than a URL.
pub fn shown_url(url: &str) -> Cow<'_, str> {
    let line = url.lines().next().unwrap_or_default();
    let place = line.split(['?', '#']).next().unwrap_or_default();
    if url.contains('@') || may_be_secret(place) {
        return HIDDEN.into();
    }
    if place.len() < line.len() { format!("{place}?…").into() } else { place.into() }
}

/// Whether a value looks like a key, a token, a generated password, or an MFA code.
///
/// Names, numbers, regions, paths and ARNs usually don't: their words are short, or rarely change between upper case, lower
/// case and digits.
pub fn may_be_secret(value: &str) -> bool {
    let is_path =
        ["/", "~", "./", "../", "\\", "arn:", "http://", "https://"].iter().any(|mark| value.starts_with(mark));
    let longest = if is_path || value.get(1..3) == Some(":\\") { LONGEST_PATH } else { LONGEST_NAME };
    let is_mfa_code = value.len() == 6 && value.bytes().all(|byte| byte.is_ascii_digit());
    if value.len() > longest || is_mfa_code {
        return true;
    }
    // The characters of keys (RFC 4648, section 4). A slash also separates the parts of a path.
    let part = |c: char| !(c.is_ascii_alphanumeric() || "+=/".contains(c)) || (longest == LONGEST_PATH && c == '/');
    let words = || value.split(part).filter(|word| !word.is_empty());
    let is_key = |word: &str| {
        let marked = word.starts_with(TOKEN) || KEY_IDS.iter().any(|kind| word.starts_with(kind));
        let long = word.len() >= 32 && longest == LONGEST_NAME;
        (marked && word.len() >= 16) || long || is_random([word], if longest == LONGEST_PATH { 16 } else { 8 })
    };
    words().any(is_key) || (longest == LONGEST_NAME && is_random(words(), 8))
}

/// Whether the words of at least `shortest` characters change between upper case, lower case, digits and other characters
/// as often as random text does.
fn is_random<'a>(words: impl IntoIterator<Item = &'a str>, shortest: usize) -> bool {
    let kind = |byte: &u8| match byte {
        b'A'..=b'Z' => 0,
        b'a'..=b'z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    };
    let (mut length, mut pairs, mut changes, mut kinds) = (0, 0, 0, [false; 4]);
    for word in words {
        let word: Vec<usize> = word.as_bytes().iter().map(kind).collect();
        word.iter().for_each(|kind| kinds[*kind] = true);
        length += word.len();
        pairs += word.windows(2).count();
        changes += word.windows(2).filter(|pair| pair[0] != pair[1]).count();
    }
    length >= shortest && kinds[..3] == [true; 3] && changes >= 6 && changes * 20 >= pairs * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_paths_and_arns_are_shown() {
        for value in [
            "",
            "json",
            "JSON",
            "bad region!",
            "us-gov-west-1",
            "rfc822",
            "-1",
            "0",
            "1.5",
            "12345678",
            "ghost",
            "Ec2InstanceMetadata",
            "AdminRole2024Prod",
            "prod/eu-1",
            "MyCompany-Prod-2024",
            "Some Profile (old)",
            "localhost:8080/path",
            "~/.aws/config",
            "/tmp/tmp.aB3dE5fG7h/.aws/config",
            "/nix/store/0c3m1q7x9z2v4b6n8k5j3h1g0f9d8s7a-ca-bundle/etc/ssl/certs/ca-bundle.crt",
            "C:\\Users\\Me\\.aws\\config",
            "certs/ca.pem",
            "arn:aws:iam::123456789012:role/service-role/MyVeryLongRoleNameForCrossAccountAccess",
            "arn:aws:iam::123456789012:mfa/me",
            "GAHT12345678",
            "日本",
        ] {
            assert_eq!(shown(value), value);
        }
        assert_eq!(shown("us-east-1\n  aws_secret_access_key = x"), "us-east-1");
    }

    #[test]
    fn possible_secrets_are_hidden() {
        for value in [
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "qZ7xVw3KpL9sTn5RbY8cFj2+HgDm4Ea6Uk/oXi0v",
            "nB4vC6xZ8lK1jH3gF5dS7aP9oI2uY4tR6eW8qM0z",
            "/B4vC6xZ8lK1jH3gF5dS7aP9oI2uY4tR6eW8qM0z",
            "AKIAIOSFODNN7EXAMPLE",
            "key AKIAIOSFODNN7EXAMPLE",
            "eyJraWQiOiJwN3ZuIn0.eyJzdWIiOiJ4Zjlra3E3bSJ9.Hk4Tz8Wq2Lv6Nc1Xb9Ym",
            "tR9%40kWz4-Vm7_Jx2.Qs6",
            "jK6wNz3HvT9cLq5XbM2e",
            "S3cr3tP4ss!",
            "d41d8cd98f00b204e9800998ecf8427e",
            "123456",
            "aoaAAAAAG-V5Kq7-Zt3Wn9-Xc4Lb6-Hm1Pv8",
            "a very long sentence with nothing but common words in it, which no setting takes",
        ] {
            assert_eq!(shown(value), HIDDEN, "{value}");
        }
    }

    #[test]
    fn urls_are_shown_without_possible_secrets() {
        let is = |url: &str, expected: &str| assert_eq!(shown_url(url), expected, "{url}");
        is("https://example.com/a", "https://example.com/a");
        is("https://example.com/a?key=v", "https://example.com/a?…");
        is("https://example.com/a#key", "https://example.com/a?…");
        is("localhost:8080", "localhost:8080");
        is("localhost:8080?key", "localhost:8080?…");
        is("http://user:password@example.com", HIDDEN);
        is("qZ7xVw3KpL9sTn5RbY8cFj2+HgDm4Ea6Uk/oXi0v", HIDDEN);
        is("http://a\nsecret", "http://a");
    }
}
