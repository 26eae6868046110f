//! The AWS CLI's cache of role credentials, `~/.aws/cli/cache`, which both programs share.
//!
//! Names and contents of the files are as in botocore (`AssumeRoleCredentialFetcher`, `SSOCredentialFetcher`,
//! `JSONFileCache`). Files are replaced as a whole, so concurrent processes need no lock. Files that can't be read or
//! written are ignored: the cache only saves requests and MFA codes.

use std::env;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use aws_sdk_organizations::config::Credentials;
use jiff::Timestamp;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use serde_json::{Map, Value, json};

use super::check::usable;
use super::walk::{Sso, WebIdentity};
use crate::os::files;
use crate::settings::Role;
use crate::terminal::streams::debug;
use crate::text::json::ascii_string;

/// The least remaining time of cached credentials (botocore's `DEFAULT_EXPIRY_WINDOW_SECONDS`).
const MARGIN: Duration = Duration::from_secs(15 * 60);

/// The separators of Python's `json.dumps`.
const WIDE: (&str, &str) = (", ", ": ");
const COMPACT: (&str, &str) = (",", ":");

/// A file of the cache, which may not exist.
#[derive(Debug)]
pub struct Entry {
    directory: PathBuf,
    /// The file's name.
    name: String,
    /// Whether it has SSO credentials, which `aws sso logout` deletes.
    sso: bool,
}

impl Entry {
    /// Returns the entry for a role, or nothing without a home directory.
    pub fn of_role(role: &Role) -> Option<Entry> {
        let text = |value: &Option<String>| value.clone().map(Value::from);
        let asked = [
            ("DurationSeconds", role.duration_seconds.map(Value::from)),
            ("ExternalId", text(&role.external_id)),
            ("RoleArn", Some(role.arn.clone().into())),
            ("RoleSessionName", text(&role.session_name)),
            ("SerialNumber", text(&role.mfa_serial)),
        ];
        Entry::of(asked, WIDE, false)
    }

    /// Returns the entry for a role that is assumed with this token.
    pub fn of_web_identity(identity: &WebIdentity, token: &str) -> Option<Entry> {
        let asked = [
            ("RoleArn", Some(identity.arn.clone().into())),
            ("RoleSessionName", identity.session_name.clone().map(Value::from)),
            // Older versions of botocore left the token out, and so used the credentials of another token.
            ("WebIdentityToken", Some(token.into())),
        ];
        Entry::of(asked, WIDE, false)
    }

    /// Returns the entry for a role in AWS IAM Identity Center.
    pub fn of_sso(sso: &Sso) -> Option<Entry> {
        let from = match &sso.session {
            Some(session) => ("sessionName", session),
            None => ("startUrl", &sso.start_url),
        };
        let asked = [("accountId", &sso.account_id), ("roleName", &sso.role_name), from];
        Entry::of(asked.map(|(name, value)| (name, Some(value.clone().into()))), COMPACT, true)
    }

    /// Returns the entry for a request, whose members must be in the order of their names.
    fn of<const N: usize>(asked: [(&str, Option<Value>); N], separators: (&str, &str), sso: bool) -> Option<Entry> {
        let asked: Map<_, _> = asked.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        let mut text = String::new();
        dumps(&mut text, &Value::Object(asked), separators);
        let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes());
        let hash: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let directory = env::home_dir()?.join(".aws").join("cli").join("cache");
        Some(Entry { directory, name: format!("{hash}.json"), sso })
    }

    /// Returns the cached credentials if they are valid for another 15 minutes.
    pub fn read(&self) -> Option<Credentials> {
        files::sweep(&self.directory);
        let path = self.directory.join(&self.name);
        // Opening a pipe would wait for its writer.
        let bytes = path.is_file().then(|| files::read(&path).ok()).flatten()?;
        let document: Value = serde_json::from_slice(&bytes).ok()?;
        let member = |name| document["Credentials"][name].as_str().filter(|text| !text.is_empty());
        let until = instant(member("Expiration")?)?;
        let good = SystemTime::from(until) >= SystemTime::now() + MARGIN;
        debug(|| {
            let used = if good { "used" } else { "not used: they have expired, or expire within 15 minutes" };
            format!("cached credentials in {} until {until}: {used}", self.name)
        });
        let (id, secret) = (member("AccessKeyId")?, member("SecretAccessKey")?);
        let token = member("SessionToken")?.to_owned();
        let found = Credentials::new(id, secret, Some(token), Some(until.into()), "cache");
        (good && usable(&found, &self.name).is_ok()).then_some(found)
    }

    /// Caches credentials, if they expire.
    pub fn write(&self, credentials: &Credentials) {
        let Some(text) = self.content(credentials) else { return };
        if self.read().is_some() {
            // Another process has just cached some.
            return;
        }
        let written = files::put_private(&self.directory, &self.name, text.as_bytes());
        debug(|| match written {
            Ok(()) => format!("credentials cached in {}", self.name),
            Err(error) => format!("credentials not cached in {}: {error}", self.directory.display()),
        });
    }

    /// Returns the content of the file, with the members that the AWS CLI reads.
    fn content(&self, credentials: &Credentials) -> Option<String> {
        let until = Timestamp::try_from(credentials.expiry()?).ok()?;
        let until = until.strftime(if self.sso { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S+00:00" });
        let mut members = json!({
            "AccessKeyId": credentials.access_key_id(),
            "SecretAccessKey": credentials.secret_access_key(),
            "SessionToken": credentials.session_token()?,
            "Expiration": until.to_string(),
        });
        if let Some(account) = credentials.account_id() {
            members["AccountId"] = account.as_str().into();
        }
        let document = match self.sso {
            true => json!({"ProviderType": "sso", "Credentials": members}),
            false => json!({"Credentials": members}),
        };
        let mut text = String::new();
        dumps(&mut text, &document, WIDE);
        Some(text)
    }
}

/// Parses a time as the AWS CLI writes it: with `+00:00`, `Z` or, in version 1, `UTC`.
fn instant(text: &str) -> Option<Timestamp> {
    match text.strip_suffix("UTC") {
        Some(utc) => format!("{utc}Z").parse().ok(),
        None => text.parse().ok(),
    }
}

/// Writes a value as Python's `json.dumps` does.
fn dumps(out: &mut String, value: &Value, (comma, colon): (&str, &str)) {
    match value {
        Value::Object(members) => {
            out.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { comma });
                ascii_string(out, name);
                out.push_str(colon);
                dumps(out, value, (comma, colon));
            }
            out.push('}');
        }
        Value::String(text) => ascii_string(out, text),
        other => out.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sso_has_a_form_of_its_own() {
        let entry = Entry { directory: PathBuf::new(), name: String::new(), sso: true };
        let until: Timestamp = "2099-01-01T00:00:00.999Z".parse().unwrap();
        let credentials = Credentials::builder()
            .access_key_id("A")
            .secret_access_key("s/é")
            .session_token("t")
            .expiry(until.into())
            .account_id("123456789012")
            .provider_name("test");
        assert_eq!(
            entry.content(&credentials.build()).unwrap(),
            "{\"ProviderType\": \"sso\", \"Credentials\": {\"AccessKeyId\": \"A\", \"SecretAccessKey\": \"s/\\u00e9\", \
             \"SessionToken\": \"t\", \"Expiration\": \"2099-01-01T00:00:00Z\", \"AccountId\": \"123456789012\"}}"
        );
        // Without an end it would be kept for ever.
        assert_eq!(entry.content(&Credentials::new("A", "s", Some("t".into()), None, "test")), None);
    }
}
