//! Roles to assume.

use std::fmt;

use super::profile::Section;
use crate::error::Failure;
use crate::text::redact::shown;

/// The place of the account in the ARN of a role, and in the name of a profile.
pub const PLACE: &str = "{account}";

/// A role to assume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The profile that has it; nothing if an option names it.
    pub profile: Option<String>,
    /// The option that names it, if no profile does.
    pub option: &'static str,
    /// Its ARN.
    pub arn: String,
    /// The name of the session. Without it, orgshake generates one.
    pub session_name: Option<String>,
    /// The id that the role's trust policy may ask for.
    pub external_id: Option<String>,
    /// The MFA device whose code is needed.
    pub mfa_serial: Option<String>,
    /// How long the credentials last, in seconds.
    pub duration_seconds: Option<i32>,
}

/// The names in the value of `--assume-role`: those of the parameters of AssumeRole.
const NAMES: [&str; 5] = ["RoleArn", "ExternalId", "RoleSessionName", "DurationSeconds", "SerialNumber"];

/// For messages and `--debug`.
impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", shown(&self.arn), self.origin())
    }
}

impl Role {
    /// Returns the role of a profile. A duration that isn't a number is ignored, as in the AWS CLI.
    pub fn of_profile(profile: &str, section: &Section) -> Role {
        // Empty values are kept, and later reported as too short.
        let text = |name: &str| section.get_as_is(name).map(str::to_owned);
        Role {
            profile: Some(profile.to_owned()),
            option: "",
            arn: text("role_arn").unwrap_or_default(),
            session_name: text("role_session_name"),
            external_id: text("external_id"),
            mfa_serial: text("mfa_serial"),
            duration_seconds: section.get("duration_seconds").and_then(|seconds| seconds.trim().parse().ok()),
        }
    }

    /// Returns what names the role, for messages.
    pub fn origin(&self) -> String {
        self.profile.as_ref().map_or_else(|| self.option.to_owned(), |profile| format!("the profile {profile}"))
    }

    /// Returns the role of `--account-role`, with the external id that it may ask for.
    pub fn of_account(arn: String, external_id: Option<String>) -> Role {
        Role {
            profile: None,
            option: "--account-role",
            arn,
            session_name: None,
            external_id,
            mfa_serial: None,
            duration_seconds: None,
        }
    }

    /// Checks the name or ARN of a role in an account. The ARN has the account's id or [`PLACE`] in the account's place.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with it.
    pub fn check(role: &str, account: &str) -> Result<(), String> {
        let is_legal = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-/".contains(c);
        let place = role.split(':').nth(4).unwrap_or_default();
        match role.starts_with("arn:") {
            true if place == PLACE || place == account => Ok(()),
            true => Err(format!("must have {account} in the place of the account's id")),
            false if role.is_empty() || !role.chars().all(is_legal) => {
                Err("is neither the name nor the ARN of a role".to_owned())
            }
            false => Ok(()),
        }
    }

    /// Reads the value of `--assume-role`: an ARN, or `RoleArn=ARN,ExternalId=ID` with the names of AssumeRole's
    /// parameters.
    ///
    /// # Errors
    ///
    /// Returns an error if a name is unknown or given twice, if the ARN is missing, or if the duration isn't a number.
    pub fn of_option(text: &str) -> Result<Role, Failure> {
        let bad = |why: String| {
            Failure::input(format!("Bad value for --assume-role: {why}")).hint(
                "give an ARN, or RoleArn=ARN,ExternalId=ID,RoleSessionName=NAME,DurationSeconds=N,SerialNumber=DEVICE",
            )
        };
        let mut role = Role {
            profile: None,
            option: "--assume-role",
            arn: String::new(),
            session_name: None,
            external_id: None,
            mfa_serial: None,
            duration_seconds: None,
        };
        if text.starts_with("arn:") {
            return Ok(Role { arn: text.to_owned(), ..role });
        }
        let mut given: Vec<(&str, String)> = Vec::new();
        for part in text.split(',') {
            let named = part.split_once('=').filter(|(name, _)| name.starts_with(|c: char| c.is_ascii_uppercase()));
            let is_known = |name: &str| given.iter().any(|(known, _)| *known == name);
            if let Some((name, _)) = named.filter(|(name, _)| is_known(name)) {
                return Err(bad(format!("{name} is given twice")));
            }
            match (named, given.last_mut()) {
                (Some((name, value)), _) if NAMES.contains(&name) => given.push((name, value.to_owned())),
                (Some((name, _)), _) => return Err(bad(format!("{} is unknown", shown(name)))),
                // Session names and external ids may contain commas.
                (_, Some((_, value))) => value.push_str(&format!(",{part}")),
                (_, None) => return Err(bad(format!("{} is neither an ARN nor a name with a value", shown(part)))),
            }
        }
        for (name, value) in given {
            match name {
                "RoleArn" => role.arn = value,
                "ExternalId" => role.external_id = Some(value),
                "RoleSessionName" => role.session_name = Some(value),
                "SerialNumber" => role.mfa_serial = Some(value),
                _ => {
                    let seconds = value.parse().map_err(|_| bad("DurationSeconds must be a number".to_owned()))?;
                    role.duration_seconds = Some(seconds);
                }
            }
        }
        match role.arn.is_empty() {
            true => Err(bad("RoleArn is missing".to_owned())),
            false => Ok(role),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_names_a_role_with_the_parameters_of_assume_role() {
        let read = |text: &str| Role::of_option(text).map_err(|failure| failure.message);
        assert_eq!(read("arn:aws:iam::1:role/r").unwrap().arn, "arn:aws:iam::1:role/r");
        let role = read("RoleArn=arn:r,ExternalId=a,b=c,RoleSessionName=me,DurationSeconds=900,SerialNumber=arn:m");
        let role = role.unwrap();
        assert_eq!((role.arn.as_str(), role.external_id.as_deref()), ("arn:r", Some("a,b=c")));
        assert_eq!((role.session_name.as_deref(), role.duration_seconds), (Some("me"), Some(900)));
        assert_eq!(role.mfa_serial.as_deref(), Some("arn:m"));
        for (text, why) in [
            ("admin", "admin is neither an ARN nor a name with a value"),
            ("", " is neither an ARN nor a name with a value"),
            ("ExternalId=a", "RoleArn is missing"),
            ("RoleArn=a,RoleArn=b", "RoleArn is given twice"),
            ("RoleArn=a,ExternalID=b", "ExternalID is unknown"),
            ("RoleArn=a,DurationSeconds=1h", "DurationSeconds must be a number"),
        ] {
            assert_eq!(read(text), Err(format!("Bad value for --assume-role: {why}")), "{text}");
        }
    }
}
