//! The identities of a run: the caller's, and one in each account.

use crate::client::run::Run;
use crate::client::service::Service;
use crate::client::session::{KnownCaller, Session};
use crate::command::{Access, Globals};
use crate::error::Failure;
use crate::settings::{PLACE, Profile, Role, ServiceSettings};
use crate::text::redact::shown;

/// The identities of a run.
pub struct Identities<'a> {
    /// The caller's.
    pub caller: Session,
    /// How to get those in accounts, if there are any.
    accounts: Option<InAccounts<'a>>,
}

/// Opens the session of a profile.
type OpenProfile<'a> = dyn Fn(&str) -> Result<Session, Failure> + 'a;

/// How to get a session in an account.
enum InAccounts<'a> {
    /// By a role.
    Role {
        /// The identity that assumes the role, if it isn't the caller.
        source: Option<Session>,
        /// The partition of roles that only have a name.
        partition: String,
        /// The role's name or ARN; nothing if each account has its own.
        role: Option<&'a str>,
        external_id: Option<&'a str>,
    },
    /// By a profile with this name.
    Profile { name: &'a str, open: Box<OpenProfile<'a>> },
}

impl<'a> Identities<'a> {
    /// Opens the sessions of the caller and of the identity that assumes the roles, and finds their credentials.
    ///
    /// # Errors
    ///
    /// Returns an error if a role or a setting is wrong, or if credentials are missing.
    pub fn open(
        run: &'a Run<'_>,
        globals: &'a Globals,
        access: Option<&'a Access>,
        settings: ServiceSettings,
        service: Service,
    ) -> Result<Identities<'a>, Failure> {
        check(access)?;
        let region = settings.region.clone();
        let open = move |settings, service| {
            let assumes_roles = matches!(access, Some(Access::Role { .. }));
            Session::open(run, ServiceSettings { assumes_roles, ..settings }, service)
        };
        let of_profile = move |name: &str, service| {
            let profile = Profile::load(Some(name), globals.sandbox)?;
            open(ServiceSettings::resolve(globals, profile)?, service)
        };
        let caller = open(settings, service.clone())?;
        let accounts = match access {
            None => {
                run.wait(caller.prepare())?;
                None
            }
            Some(Access::Profile(name)) => {
                run.wait(caller.prepare())?;
                Some(InAccounts::Profile { name, open: Box::new(move |name| of_profile(name, service.clone())) })
            }
            Some(Access::Role { role, source_profile, external_id }) => {
                let source = source_profile.as_ref().map(|name| of_profile(name, service)).transpose()?;
                let assuming = source.as_ref().unwrap_or(&caller);
                run.wait(assuming.prepare())?;
                let of_role =
                    role.as_ref().filter(|role| role.starts_with("arn:")).and_then(|arn| arn.split(':').nth(1));
                let partition = match of_role {
                    Some(partition) => partition.to_owned(),
                    None => run.wait(partition(assuming, &region))?,
                };
                let (role, external_id) = (role.as_deref(), external_id.as_deref());
                let accounts = InAccounts::Role { source, partition, role, external_id };
                // Requests that aren't signed can't assume a role: say so once.
                accounts.session(&caller, "111111111111", Some("any"))?;
                Some(accounts)
            }
        };
        Ok(Identities { caller, accounts })
    }

    /// Returns the session in an account, by a role of this name or ARN if the account has its own; without an account, that of
    /// the caller.
    ///
    /// # Errors
    ///
    /// Returns an error if the account's profile or role can't be used.
    pub fn of(&self, account: Option<&str>, role: Option<&str>) -> Result<Session, Failure> {
        match (account, &self.accounts) {
            (Some(account), Some(accounts)) => accounts.session(&self.caller, account, role),
            _ => Ok(self.caller.clone()),
        }
    }

    /// Checks that a session is in the account that it should be in.
    ///
    /// # Errors
    ///
    /// Returns the failure of asking STS, or a failure if it is in another account.
    pub async fn check(&self, session: &Session, account: &str) -> Result<(), Failure> {
        match session.caller().await? {
            Some(caller) if caller.account != account => {
                let (other, arn) = (shown(&caller.account), shown(&caller.arn));
                let (option, noun) = match self.accounts {
                    Some(InAccounts::Profile { .. }) => ("--account-profile", "profile"),
                    _ => ("--account-role", "role"),
                };
                let failure = Failure::unmet(format!("the {noun} belongs to the account {other}; nothing was sent"));
                Err(failure.hint(format!("{option} has credentials of {arn}")))
            }
            _ => Ok(()),
        }
    }
}

impl InAccounts<'_> {
    fn session(&self, caller: &Session, account: &str, own: Option<&str>) -> Result<Session, Failure> {
        match self {
            InAccounts::Profile { name, open } => open(&name.replace(PLACE, account)),
            InAccounts::Role { source, partition, role, external_id } => {
                let role = own.or(*role).unwrap_or_default();
                let arn = match role.starts_with("arn:") {
                    true => role.replace(PLACE, account),
                    false => format!("arn:{partition}:iam::{account}:role/{role}"),
                };
                let role = Role::of_account(arn, external_id.map(str::to_owned));
                caller.assume_from(source.as_ref().unwrap_or(caller), role)
            }
        }
    }
}

/// Checks the values of `--account-role` and `--account-profile`.
fn check(access: Option<&Access>) -> Result<(), Failure> {
    match access {
        Some(Access::Role { role: Some(role), .. }) => Role::check(role, PLACE)
            .map_err(|why| Failure::input(format!("Bad value for --account-role: {} {why}", shown(role)))),
        Some(Access::Profile(name)) if !name.contains(PLACE) => Err(Failure::input(format!(
            "Bad value for --account-profile: {} must have {PLACE} in the place of the account's id",
            shown(name)
        ))),
        _ => Ok(()),
    }
}

/// The partitions whose regions have these prefixes. All other regions are in `aws`.
const PARTITIONS: [(&str, &str); 7] = [
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("us-isob-", "aws-iso-b"),
    ("us-isof-", "aws-iso-f"),
    ("us-iso-", "aws-iso"),
    ("eu-isoe-", "aws-iso-e"),
    ("eusc-", "aws-eusc"),
];

/// Returns the partition of a caller, by its ARN. If STS can't be asked, returns that of the region.
async fn partition(caller: &Session, region: &str) -> Result<String, Failure> {
    let of_region = || PARTITIONS.iter().find(|(prefix, _)| region.starts_with(prefix)).map_or("aws", |(_, name)| name);
    let known = match caller.known_caller().await? {
        KnownCaller::Identity(identity) => identity.arn.split(':').nth(1).map(str::to_owned),
        KnownCaller::Implied | KnownCaller::Unknown(_) => None,
    };
    Ok(known.filter(|name| !name.is_empty()).unwrap_or_else(|| of_region().to_owned()))
}
