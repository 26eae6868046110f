//! Chooses the source of credentials by the environment and the profiles. Doesn't run or send anything.
//!
//! The order is the AWS CLI's (botocore's `create_credential_resolver`, `AssumeRoleProvider` and
//! `ProfileProviderBuilder`): keys of the environment, the profile's role, web identity, SSO, credentials file, login
//! session, `credential_process`, config file, container, instance.

use std::fmt;

use aws_sdk_organizations::config::Credentials;

use super::check::expiry;
use crate::error::{Failure, Kind};
use crate::settings::{File, Profile, Role, Section, alternatives, checked_region, ini};
use crate::text::redact::shown;

/// Looks up an environment variable; an empty one counts as unset.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The path to the credentials: its source, and the roles that are assumed from there.
#[derive(Debug, PartialEq, Eq)]
pub struct Walk {
    /// The source of the first credentials.
    pub source: Source,
    /// The roles in the order in which they are assumed; the last one signs the request.
    pub roles: Vec<Role>,
}

/// A source of credentials that needs no other credentials.
#[derive(Debug, PartialEq, Eq)]
pub enum Source {
    /// Keys in the environment or in a file.
    Keys {
        /// Their place.
        from: &'static str,
        /// The keys.
        keys: Credentials,
    },
    /// A role that is assumed with a token from a file.
    WebIdentity(WebIdentity),
    /// AWS IAM Identity Center.
    Sso(Sso),
    /// A session of `aws login`.
    Login {
        /// The profile that names it.
        profile: String,
        /// The session.
        session: String,
    },
    /// A program that prints credentials.
    Process {
        /// The profile that names it.
        profile: String,
        /// The command line, which may contain a secret.
        command: Command,
    },
    /// The endpoint of a container (ECS, EKS) that the environment names.
    Container,
    /// The metadata service of an EC2 instance.
    Instance,
}

/// A command line that is never shown.
#[derive(PartialEq, Eq)]
pub struct Command(pub String);

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Command")
    }
}

/// A role that is assumed with a token instead of credentials.
#[derive(Debug, PartialEq, Eq)]
pub struct WebIdentity {
    /// The file of the token.
    pub token_file: String,
    /// The role's ARN.
    pub arn: String,
    /// The session's name.
    pub session_name: Option<String>,
}

/// A role in AWS IAM Identity Center.
#[derive(Debug, PartialEq, Eq)]
pub struct Sso {
    /// The profile that names it.
    pub profile: String,
    /// The `sso-session` section, unless the profile itself has all SSO settings.
    pub session: Option<String>,
    /// `sso_account_id`.
    pub account_id: String,
    /// `sso_role_name`.
    pub role_name: String,
    /// `sso_region`.
    pub region: String,
    /// `sso_start_url`.
    pub start_url: String,
}

/// For messages and `--debug`. Contains no secret and no command line.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Keys { from, .. } => write!(f, "keys of the {from}"),
            Source::WebIdentity(identity) => write!(f, "web identity for {}", shown(&identity.arn)),
            Source::Sso(sso) => write!(f, "SSO of the profile {}", sso.profile),
            Source::Login { profile, .. } => write!(f, "login session of the profile {profile}"),
            Source::Process { profile, .. } => write!(f, "credential_process of the profile {profile}"),
            Source::Container => write!(f, "the container's endpoint"),
            Source::Instance => write!(f, "the instance's metadata service"),
        }
    }
}

/// For `--debug`.
impl fmt::Display for Walk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)?;
        self.roles.iter().try_for_each(|role| write!(f, ", then {role}"))
    }
}

impl Walk {
    /// Chooses the path for a profile.
    ///
    /// # Errors
    ///
    /// Returns an error if no source is found, a key pair is incomplete, a role has no source or an unknown one, or
    /// profiles form a cycle.
    pub fn choose(profile: &Profile, environment: Environment<'_>) -> Result<Walk, Failure> {
        let at_once = |source| Ok(Walk { source, roles: Vec::new() });
        // --profile selects the profile's credentials, AWS_PROFILE only its settings.
        let environment_counts = !profile.by_option;
        if environment_counts && let Some(keys) = keys_of_environment(environment)? {
            return at_once(keys);
        }
        let section = profile.section(&profile.name).unwrap_or_default();
        if has_role(&section) {
            return through_roles(profile, section, environment);
        }
        let variables = if environment_counts { environment } else { &|_: &str| None };
        if let Some(source) = of_profile(profile, &profile.name, &section, variables)? {
            return at_once(source);
        }
        match container(environment).or_else(|| instance(environment)) {
            Some(source) => at_once(source),
            None => Err(no_credentials(profile, environment)),
        }
    }
}

/// Follows `source_profile` from the selected profile to the first credentials. Not recursive: chains may be long.
fn through_roles(profile: &Profile, section: Section, environment: Environment<'_>) -> Result<Walk, Failure> {
    let mut visited = vec![profile.name.clone()];
    let mut roles = Vec::new();
    let mut section = section;
    let source = loop {
        let name = visited[visited.len() - 1].clone();
        let sources = (section.get("source_profile"), section.get("credential_source"));
        roles.push(Role::of_profile(&name, &section));
        let next = match sources {
            (Some(next), None) => next.to_owned(),
            (None, Some(source)) => break named(source, &name, environment)?,
            (Some(_), Some(_)) => {
                let message = format!("The profile \"{name}\" contains both source_profile and credential_source.");
                return Err(Failure::other(message).hint("a role needs only one of the two: remove the other"));
            }
            (None, None) => {
                let message = "Partial credentials found in assume-role, missing: source_profile or credential_source";
                return Err(Failure::other(message).hint(format!(
                    "the profile {name} has role_arn; it also needs source_profile: the profile whose credentials \
                     assume the role"
                )));
            }
        };
        let Some(found) = profile.section(&next) else {
            let message =
                format!("The source_profile \"{}\" referenced in the profile \"{name}\" does not exist.", shown(&next));
            return Err(Failure { hints: alternatives(&profile.names(), &next), ..Failure::other(message) });
        };
        // A profile that names itself assumes its role with its own keys.
        if visited.contains(&next) && (next != name || !has_keys(&found)) {
            return Err(circle(&visited, &next));
        }
        visited.push(next);
        section = found;
        if has_keys(&section) || !has_role(&section) {
            let name = &visited[visited.len() - 1];
            break of_profile(profile, name, &section, &|_| None)?.ok_or_else(|| {
                let message = format!("The source profile \"{name}\" must have credentials.");
                Failure::other(message).hint(WHAT_A_PROFILE_NEEDS)
            })?;
        }
    };
    roles.reverse();
    Ok(Walk { source, roles })
}

/// Hint that lists the settings that provide credentials.
pub const WHAT_A_PROFILE_NEEDS: &str = "a profile gets credentials from aws_access_key_id and aws_secret_access_key, \
     role_arn, sso_session, login_session, web_identity_token_file or credential_process";

fn circle(visited: &[String], next: &str) -> Failure {
    let chain: Vec<_> = visited.iter().map(String::as_str).chain([next]).collect();
    let message = format!(
        "Infinite loop in credential configuration detected. Attempting to load from profile {next} which has already \
         been visited: {}",
        chain.join(" -> ")
    );
    Failure::other(message).hint("one source_profile of these must name a profile that has credentials itself")
}

/// Returns whether the profile is a role that is assumed with other credentials, not with a token.
fn has_role(section: &Section) -> bool {
    section.get("role_arn").is_some() && section.get("web_identity_token_file").is_none()
}

/// Returns whether the profile has at least one of the two keys.
fn has_keys(section: &Section) -> bool {
    section.get("aws_access_key_id").is_some() || section.get("aws_secret_access_key").is_some()
}

/// Returns the source that `credential_source` names.
fn named(source: &str, profile: &str, environment: Environment<'_>) -> Result<Source, Failure> {
    let found = match source {
        "Environment" => keys_of_environment(environment)?,
        "Ec2InstanceMetadata" => instance(environment),
        "EcsContainer" => container(environment),
        _ => {
            let source = shown(source);
            let message =
                format!("The credential source \"{source}\" referenced in profile \"{profile}\" is not valid.");
            return Err(
                Failure::other(message).hint("credential_source: Environment, Ec2InstanceMetadata, EcsContainer")
            );
        }
    };
    found.ok_or_else(|| nothing_in(source, profile))
}

/// Returns the failure for a `credential_source` that has no credentials.
pub fn nothing_in(source: &str, profile: &str) -> Failure {
    let failure = Failure::other(format!(
        "Error when retrieving credentials from {source}: No credentials found in credential_source referenced in \
         profile {profile}"
    ));
    failure.hint(match source {
        "Environment" => "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        "EcsContainer" => {
            "this works only in containers of ECS or EKS, which set AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or _FULL_URI"
        }
        _ => "this works only on an EC2 instance with a role, and unless AWS_EC2_METADATA_DISABLED is true",
    })
}

/// Returns the source that a profile itself has, apart from its role. The variables for web identity apply only to the
/// selected profile.
fn of_profile(
    profile: &Profile,
    name: &str,
    section: &Section,
    variables: Environment<'_>,
) -> Result<Option<Source>, Failure> {
    if let Some(identity) = web_identity(name, section, variables)? {
        return Ok(Some(Source::WebIdentity(identity)));
    }
    if let Some(sso) = sso(profile, name, section)? {
        return Ok(Some(Source::Sso(sso)));
    }
    if let Some(keys) = keys_of_file(name, section, File::Credentials)? {
        return Ok(Some(keys));
    }
    let name = name.to_owned();
    if let Some(session) = section.get("login_session") {
        return Ok(Some(Source::Login { profile: name, session: session.to_owned() }));
    }
    if let Some(command) = section.get("credential_process") {
        return Ok(Some(Source::Process { profile: name, command: Command(command.to_owned()) }));
    }
    keys_of_file(&name, section, File::Config)
}

/// Returns the keys in the environment.
fn keys_of_environment(environment: Environment<'_>) -> Result<Option<Source>, Failure> {
    let Some(id) = environment("AWS_ACCESS_KEY_ID") else { return Ok(None) };
    let Some(secret) = environment("AWS_SECRET_ACCESS_KEY") else {
        let failure = Failure::other("Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY");
        return Err(failure.hint("set both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or neither"));
    };
    // As in the AWS CLI, the old name of the token wins.
    let token = environment("AWS_SECURITY_TOKEN").or_else(|| environment("AWS_SESSION_TOKEN"));
    let until = environment("AWS_CREDENTIAL_EXPIRATION");
    let until = until.map(|text| expiry(&text, "AWS_CREDENTIAL_EXPIRATION")).transpose()?;
    let from = "environment";
    Ok(Some(Source::Keys { from, keys: Credentials::new(id, secret, token, until, from) }))
}

/// Returns the keys that one file has for a profile; keys of the two files are never combined.
fn keys_of_file(profile: &str, section: &Section, file: File) -> Result<Option<Source>, Failure> {
    let (method, from) = match file {
        File::Credentials => ("shared-credentials-file", "credentials file"),
        File::Config => ("config-file", "config file"),
    };
    let get = |setting: &str| section.get_in(file, setting).map(str::to_owned);
    let Some(id) = get("aws_access_key_id") else { return Ok(None) };
    let Some(secret) = get("aws_secret_access_key") else {
        let message = format!("Partial credentials found in {method}, missing: aws_secret_access_key");
        return Err(Failure::other(message).hint(format!(
            "the profile {profile} has aws_access_key_id in the {from}, but no aws_secret_access_key beside it"
        )));
    };
    let token = get("aws_security_token").or_else(|| get("aws_session_token"));
    Ok(Some(Source::Keys { from, keys: Credentials::new(id, secret, token, None, from) }))
}

/// Returns the web identity, with each setting from the environment, else from the profile.
fn web_identity(profile: &str, section: &Section, variables: Environment<'_>) -> Result<Option<WebIdentity>, Failure> {
    let get = |variable: &str, setting: &str| variables(variable).or_else(|| section.get(setting).map(str::to_owned));
    let Some(token_file) = get("AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file") else { return Ok(None) };
    let Some(arn) = get("AWS_ROLE_ARN", "role_arn") else {
        let message = "The provided profile or the current environment is configured to assume role with web identity \
                       but has no role ARN configured.";
        return Err(Failure::other(message)
            .hint(format!("beside web_identity_token_file, set role_arn in the profile {profile} or AWS_ROLE_ARN")));
    };
    let session_name = get("AWS_ROLE_SESSION_NAME", "role_session_name");
    Ok(Some(WebIdentity { token_file, arn, session_name }))
}

/// Returns the role in AWS IAM Identity Center, with the start URL from the profile or from an `sso-session` section.
fn sso(profile: &Profile, name: &str, section: &Section) -> Result<Option<Sso>, Failure> {
    if section.get("sso_account_id").or(section.get("sso_role_name")).is_none() {
        return Ok(None);
    }
    let session = section.get("sso_session");
    let session_settings = match session {
        Some(session) => Some(profile.named_section("sso-session", session).ok_or_else(|| {
            let session = shown(session);
            let message = format!("The specified sso-session does not exist: \"{session}\"");
            Failure::other(message).hint(format!("the profile {name} names it; run aws configure sso-session"))
        })?),
        None => None,
    };
    let mut missing = Vec::new();
    let mut required = |setting: &'static str| {
        let of_session = session_settings.as_ref().and_then(|settings| ini::get(settings, setting));
        let value = section.get(setting).or(of_session);
        if value.is_none() {
            missing.push(setting);
        }
        value.map(str::to_owned).unwrap_or_default()
    };
    let sso = Sso {
        profile: name.to_owned(),
        session: session.map(str::to_owned),
        role_name: required("sso_role_name"),
        account_id: required("sso_account_id"),
        start_url: required("sso_start_url"),
        region: required("sso_region"),
    };
    if missing.is_empty() {
        checked_region(&sso.region, &format!("sso_region of the profile {name}"))?;
        return Ok(Some(sso));
    }
    let message = format!(
        "The profile \"{name}\" is configured to use SSO but is missing required configuration: {}",
        missing.join(", ")
    );
    Err(Failure::other(message).hint(format!("run aws configure sso --profile {name}")))
}

fn container(environment: Environment<'_>) -> Option<Source> {
    ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"]
        .into_iter()
        .any(|name| environment(name).is_some())
        .then_some(Source::Container)
}

fn instance(environment: Environment<'_>) -> Option<Source> {
    let disabled = environment("AWS_EC2_METADATA_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    (!disabled).then_some(Source::Instance)
}

/// Returns the failure for missing credentials.
pub fn no_credentials(profile: &Profile, environment: Environment<'_>) -> Failure {
    let message = "Unable to locate credentials. You can configure credentials by running \"aws configure\".";
    let mut failure = Failure::new(Kind::NoCredentials, message);
    failure.explanation = Some(looked_for(profile, environment));
    if profile.section(&profile.name).is_some() {
        failure = failure.hint(format!("the profile {} has none; {WHAT_A_PROFILE_NEEDS}", profile.name));
    }
    if profile.by_option && environment("AWS_ACCESS_KEY_ID").is_some() {
        failure = failure.hint("with --profile, keys in the environment are ignored; with AWS_PROFILE, they are used");
    }
    failure.hint("to try orgshake without an AWS account, add --sandbox")
}

/// Lists the places that were searched, in the order of the [`Walk`].
fn looked_for(profile: &Profile, environment: Environment<'_>) -> String {
    let file =
        |name: &str, usual: &str| environment(name).map_or_else(|| usual.to_owned(), |path| shown(&path).to_owned());
    let mut places = Vec::new();
    if !profile.by_option {
        places.push("AWS_ACCESS_KEY_ID and AWS_WEB_IDENTITY_TOKEN_FILE in the environment".to_owned());
    }
    places.push(format!(
        "the profile {} in {} and {}",
        profile.name,
        file("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
        file("AWS_CONFIG_FILE", "~/.aws/config"),
    ));
    places.push("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and AWS_CONTAINER_CREDENTIALS_FULL_URI".to_owned());
    places.push(
        match environment("AWS_EC2_METADATA_DISABLED") {
            Some(value) if value.eq_ignore_ascii_case("true") => {
                "not the metadata service of an EC2 instance: AWS_EC2_METADATA_DISABLED is set"
            }
            _ => "the metadata service of an EC2 instance",
        }
        .to_owned(),
    );
    format!("Looked for credentials, in this order: {}.", places.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::ini::Ini;

    const ENVIRONMENT: &[(&str, &str)] = &[("AWS_ACCESS_KEY_ID", "AKIDENV"), ("AWS_SECRET_ACCESS_KEY", "s")];
    const WEB: &[(&str, &str)] = &[("AWS_WEB_IDENTITY_TOKEN_FILE", "/jwt"), ("AWS_ROLE_ARN", "arn:w")];
    const CONTAINER: &[(&str, &str)] = &[("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2")];
    const NO_INSTANCE: &[(&str, &str)] = &[("AWS_EC2_METADATA_DISABLED", "True")];

    /// A walk in a word, or its failure. The config file's settings are parted by `;` instead of lines.
    fn chosen(asked: Option<&str>, variables: &[&[(&str, &str)]], config: &str, credentials: &str) -> String {
        let file = |text: &str| Ini::parse(&text.replace(';', "\n")).unwrap();
        // "=x" is AWS_PROFILE, "x" is --profile.
        let name = asked.unwrap_or("default").trim_start_matches('=').to_owned();
        let by_option = asked.is_some_and(|asked| !asked.starts_with('='));
        let profile = Profile::of(file(config), file(credentials), name, by_option);
        let variable = |name: &str| {
            variables.concat().iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        match Walk::choose(&profile, &variable) {
            Ok(Walk { source: Source::Keys { keys, .. }, roles }) => {
                let roles: Vec<_> = [keys.access_key_id()].into_iter().chain(roles.iter().map(|r| &*r.arn)).collect();
                roles.join(" > ")
            }
            Ok(walk) => walk.to_string(),
            Err(failure) => failure.to_string(),
        }
    }

    const KEYS: &str = "aws_access_key_id=AKID;aws_secret_access_key=s";

    #[test]
    fn each_source_comes_before_the_next() {
        let everything = format!(
            "[default];role_arn=arn:r;source_profile=b;sso_account_id=1;sso_role_name=R;sso_region=r;sso_start_url=u;\
             login_session=l;credential_process=p;aws_access_key_id=AKIDCONF;aws_secret_access_key=s;\
             [profile b];{KEYS}"
        );
        let file = "[default];aws_access_key_id=AKIDFILE;aws_secret_access_key=s";
        let is = |variables: &[&[(&str, &str)]], config: &str, credentials: &str, expected: &str| {
            assert_eq!(chosen(None, variables, config, credentials), expected, "{config}");
        };
        let places: &[&[(&str, &str)]] = &[WEB, CONTAINER];
        is(&[ENVIRONMENT, WEB, CONTAINER], &everything, file, "AKIDENV");
        is(places, &everything, file, "AKID > arn:r");
        let config = everything.replace("role_arn=arn:r;source_profile=b;", "");
        is(places, &config, file, "web identity for arn:w");
        is(&[CONTAINER], &config, file, "SSO of the profile default");
        let config = config.replace("sso_account_id=1;sso_role_name=R;", "");
        is(&[CONTAINER], &config, file, "AKIDFILE");
        is(&[CONTAINER], &config, "", "login session of the profile default");
        let config = config.replace("login_session=l;", "");
        is(&[CONTAINER], &config, "", "credential_process of the profile default");
        let config = config.replace("credential_process=p;", "");
        is(&[CONTAINER], &config, "", "AKIDCONF");
        is(&[CONTAINER], "", "", "the container's endpoint");
        is(&[], "", "", "the instance's metadata service");
        assert!(chosen(None, &[NO_INSTANCE], "", "").contains("Unable to locate credentials."));
    }

    #[test]
    fn the_option_switches_the_environment_off_and_the_variable_does_not() {
        let config = format!("[profile x];{KEYS}");
        assert_eq!(chosen(Some("x"), &[ENVIRONMENT, WEB], &config, ""), "AKID");
        assert_eq!(chosen(Some("=x"), &[ENVIRONMENT, WEB], &config, ""), "AKIDENV");
        assert_eq!(chosen(Some("=x"), &[WEB], &config, ""), "web identity for arn:w");
        // The places of a machine are no keys.
        assert_eq!(
            chosen(Some("x"), &[ENVIRONMENT, CONTAINER], "[profile x];region=r", ""),
            "the container's endpoint"
        );
    }

    #[test]
    fn roles_are_followed_to_the_first_credentials() {
        let walk = |config: &str| chosen(Some("a"), &[ENVIRONMENT], config, "");
        let a = "[profile a];role_arn=arn:a;source_profile";
        assert_eq!(
            walk(&format!("{a}=b;[profile b];role_arn=arn:b;source_profile=c;[profile c];{KEYS}")),
            "AKID > arn:b > arn:a"
        );
        // Keys before a role: the chain ends there.
        assert_eq!(walk(&format!("{a}=b;[profile b];role_arn=arn:b;source_profile=c;{KEYS}")), "AKID > arn:a");
        assert_eq!(walk(&format!("{a}=a;{KEYS}")), "AKID > arn:a");
        assert_eq!(
            walk(&format!("{a}=b;[profile b];role_arn=arn:b;web_identity_token_file=t")),
            "web identity for arn:b, then arn:a of the profile a"
        );
        assert_eq!(walk("[profile a];role_arn=arn:a;credential_source=Environment"), "AKIDENV > arn:a");
        assert_eq!(
            walk("[profile a];role_arn=arn:a;credential_source=Ec2InstanceMetadata"),
            "the instance's metadata service, then arn:a of the profile a"
        );
        let long: String =
            (1..=300).map(|n| format!("[profile p{n}];role_arn=arn;source_profile=p{};", n + 1)).collect();
        assert!(walk(&format!("{a}=p1;{long}")).contains("\"p301\" referenced in the profile \"p300\" does not exist"));
    }

    #[test]
    fn what_cannot_be_followed_is_told() {
        let says = |config: &str, expected: &str| {
            let told = chosen(Some("a"), &[], config, "");
            assert!(told.contains(expected), "{told}");
        };
        let a = "[profile a];role_arn=arn:a;";
        says(a, "Partial credentials found in assume-role, missing: source_profile or credential_source");
        says(&format!("{a}source_profile=b;credential_source=Environment"), "contains both");
        says(&format!("{a}credential_source=environment"), "The credential source \"environment\"");
        says(&format!("{a}credential_source=EcsContainer"), "No credentials found in credential_source");
        says(&format!("{a}source_profile=a"), "been visited: a -> a");
        says(&format!("{a}source_profile=b;[profile b];role_arn=r;source_profile=a"), "been visited: a -> b -> a");
        says(&format!("{a}source_profile=b;[profile b];role_arn=r;source_profile=b"), "been visited: a -> b -> b");
        says(&format!("{a}source_profile=b;[profile b];region=r"), "The source profile \"b\" must have credentials.");
        says("[profile a];web_identity_token_file=t", "has no role ARN configured");
        says("[profile a];sso_account_id=1;sso_session=s", "The specified sso-session does not exist: \"s\"");
        says(
            "[profile a];sso_account_id=1;sso_session=s;[sso-session s];sso_region=r",
            "is missing required configuration: sso_role_name, sso_start_url",
        );
    }

    #[test]
    fn half_a_key_pair_is_told_with_its_place() {
        let half = "[default];aws_access_key_id=AKID";
        assert_eq!(
            chosen(None, &[], &format!("{half};aws_secret_access_key=s"), half),
            "Partial credentials found in shared-credentials-file, missing: aws_secret_access_key"
        );
        assert_eq!(
            chosen(None, &[], half, ""),
            "Partial credentials found in config-file, missing: aws_secret_access_key"
        );
        assert_eq!(
            chosen(None, &[&[("AWS_ACCESS_KEY_ID", "A")]], half, ""),
            "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY"
        );
    }

    #[test]
    fn what_a_role_asks_for() {
        let text = "[default]\nrole_arn=r\nsource_profile=default\nrole_session_name=n\nexternal_id=e\n\
                    mfa_serial=m\nduration_seconds= 900\naws_access_key_id=A\naws_secret_access_key=hidden";
        let profile = Profile::of(Ini::parse(text).unwrap(), Ini::default(), "default".into(), false);
        let walk = Walk::choose(&profile, &|_| None).unwrap();
        let text = |text: &str| Some(text.to_owned());
        let role = Role {
            profile: Some("default".to_owned()),
            option: "",
            arn: "r".into(),
            session_name: text("n"),
            external_id: text("e"),
            mfa_serial: text("m"),
            duration_seconds: Some(900),
        };
        assert_eq!(walk.roles, [role]);
        for shown in [format!("{walk:?}"), format!("{profile:?}"), walk.to_string()] {
            assert!(!shown.contains("hidden"), "{shown}");
        }
    }
}
