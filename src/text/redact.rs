//! What messages and `--debug` show of a configured value, which may be a secret in the wrong place.
//!
//! The rule: a message names the setting and where it comes from. It repeats the value only where the AWS CLI does, or where
//! the value is what the user has to look for (a file, a profile, a role), and then only if [`shown`] lets it pass.

use std::borrow::Cow;

/// Stands for what isn't shown.
const HIDDEN: &str = "***";

/// The longest name, and the longest path, ARN or URL, that are shown.
const LONGEST_NAME: usize = 64;
const LONGEST_PATH: usize = 1024;

/// Prefixes of access key ids (IAM User Guide, "Unique identifiers"), of JSON Web Tokens (RFC 7519, section 3).
const KEY_IDS: [&str; 4] = ["AKIA", "ASIA", "ABIA", "ACCA"];
const TOKEN: &str = "eyJ";

/// The first line of a value, or `***` where it may be a secret. A second line may be the next setting, indented by mistake.
pub fn shown(value: &str) -> &str {
    let line = value.lines().next().unwrap_or_default();
    if may_be_secret(line) { HIDDEN } else { line }
}

/// Names in a row, each of them as [`shown`].
pub fn shown_names(names: &[String]) -> String {
    names.iter().map(|name| shown(name)).collect::<Vec<_>>().join(", ")
}

/// A URL without its query and fragment, which may hold a key; `***` where it may hold a password or is no URL but a secret.
pub fn shown_url(url: &str) -> Cow<'_, str> {
    let line = url.lines().next().unwrap_or_default();
    let place = line.split(['?', '#']).next().unwrap_or_default();
    if url.contains('@') || may_be_secret(place) {
        return HIDDEN.into();
    }
    if place.len() < line.len() { format!("{place}?…").into() } else { place.into() }
}

/// Whether a value looks like a key, a token, a password that a machine made, or an MFA code.
///
/// Names, numbers, regions, paths and ARNs don't, as people write them: their words are short or change between upper case,
/// lower case and digits only now and then.
pub fn may_be_secret(value: &str) -> bool {
    let is_path =
        ["/", "~", "./", "../", "\\", "arn:", "http://", "https://"].iter().any(|mark| value.starts_with(mark));
    let longest = if is_path || value.get(1..3) == Some(":\\") { LONGEST_PATH } else { LONGEST_NAME };
    let is_mfa_code = value.len() == 6 && value.bytes().all(|byte| byte.is_ascii_digit());
    if value.len() > longest || is_mfa_code {
        return true;
    }
    // Keys are made of these characters (RFC 4648, section 4), of which a slash also parts the names of a path.
    let part = |c: char| !(c.is_ascii_alphanumeric() || "+=/".contains(c)) || (longest == LONGEST_PATH && c == '/');
    let words = || value.split(part).filter(|word| !word.is_empty());
    let is_key = |word: &str| {
        let marked = word.starts_with(TOKEN) || KEY_IDS.iter().any(|kind| word.starts_with(kind));
        let long = word.len() >= 32 && longest == LONGEST_NAME;
        (marked && word.len() >= 16) || long || is_random([word], if longest == LONGEST_PATH { 16 } else { 8 })
    };
    words().any(is_key) || (longest == LONGEST_NAME && is_random(words(), 8))
}

/// Whether words of at least so many characters change as often between upper case, lower case, digits and the rest as
/// random characters do.
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
    fn what_may_be_a_secret_is_not_shown() {
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
    fn urls_are_shown_without_what_may_be_secret() {
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
