//! Credentials that last as long as a session.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_sdk_organizations::config::{Credentials, SharedHttpClient};
use tokio::sync::Mutex;

use super::sts::{self, Identity};
use crate::client::ahead::Ahead;
use crate::client::connector::Http;
use crate::error::{Failure, Kind};
use crate::os::signals;
use crate::sandbox::engine::caller::Caller;
use crate::settings::{Role, ServiceSettings};

/// Credentials are replaced this long before they expire, or after half of their time if that is shorter.
const MARGIN: Duration = Duration::from_secs(60);

/// Holds the credentials of a session, and finds new ones before they expire.
#[derive(Clone, Debug)]
pub struct Provider(Arc<State>);

#[derive(Debug)]
struct State {
    settings: Arc<ServiceSettings>,
    origin: Origin,
    /// The client for calls to STS.
    sts: SharedHttpClient,
    held: Mutex<Option<Held>>,
}

/// Where credentials come from.
#[derive(Debug)]
enum Origin {
    /// The environment, the configuration files and the roles of the settings.
    Settings(Http, Ahead),
    /// The sandbox, which knows these keys.
    Sandbox(Credentials),
    /// A role that the identity of another provider assumes.
    Role(Provider, Role),
}

#[derive(Debug)]
struct Held {
    credentials: Credentials,
    /// When to find new ones; never if they don't expire.
    until: Option<SystemTime>,
}

impl Held {
    fn new(credentials: Credentials) -> Held {
        let now = SystemTime::now();
        let margin = |expiry: SystemTime| MARGIN.min(expiry.duration_since(now).unwrap_or_default() / 2);
        let until = credentials.expiry().and_then(|expiry| expiry.checked_sub(margin(expiry)));
        Held { credentials, until }
    }

    fn is_fresh(&self) -> bool {
        self.until.is_none_or(|until| SystemTime::now() < until)
    }
}

impl Provider {
    /// Creates a provider of the credentials that the settings name. It holds nothing yet.
    pub fn new(settings: Arc<ServiceSettings>, http: Http, ahead: Ahead) -> Provider {
        let sts = SharedHttpClient::new(http.clone());
        Provider::from(settings, Origin::Settings(http, ahead), sts)
    }

    /// Creates a provider of the roles that the settings name in the sandbox. `keys` assume the first one.
    pub fn of_sandbox(settings: Arc<ServiceSettings>, keys: Credentials, sts: SharedHttpClient) -> Provider {
        Provider::from(settings, Origin::Sandbox(keys), sts)
    }

    /// Creates a provider of a role that this one's identity assumes. Its credentials are kept in memory only.
    pub fn assuming(&self, role: Role) -> Provider {
        let State { settings, sts, .. } = &*self.0;
        Provider::from(Arc::clone(settings), Origin::Role(self.clone(), role), sts.clone())
    }

    fn from(settings: Arc<ServiceSettings>, origin: Origin, sts: SharedHttpClient) -> Provider {
        Provider(Arc::new(State { settings, origin, sts, held: Mutex::new(None) }))
    }

    /// Returns whether there are credentials that don't expire soon.
    pub async fn is_fresh(&self) -> bool {
        self.0.held.lock().await.as_ref().is_some_and(Held::is_fresh)
    }

    /// Finds credentials if there are none yet or they expire soon, and returns them. Of several calls at once, one does
    /// it and the others wait.
    ///
    /// # Errors
    ///
    /// Returns why no credentials were found, or the signal that ended the search.
    pub async fn renew(&self) -> Result<Credentials, Failure> {
        let mut held = self.0.held.lock().await;
        if let Some(held) = held.as_ref().filter(|held| held.is_fresh()) {
            return Ok(held.credentials.clone());
        }
        let credentials = self.find().await.map_err(interrupted)?;
        *held = Some(Held::new(credentials.clone()));
        Ok(credentials)
    }

    async fn find(&self) -> Result<Credentials, Failure> {
        let State { settings, origin, sts, .. } = &*self.0;
        match origin {
            Origin::Settings(http, ahead) => super::find(settings, http, ahead).await,
            Origin::Sandbox(keys) => {
                let mut credentials = keys.clone();
                for role in &settings.roles {
                    sts::check(role)?;
                    credentials = sts::assume_role(role, None, credentials, settings, sts).await?;
                }
                Ok(credentials)
            }
            Origin::Role(source, role) => {
                sts::check(role)?;
                let credentials = Box::pin(source.renew()).await?;
                sts::assume_role(role, None, credentials, settings, sts).await
            }
        }
    }

    /// Asks STS who the caller is.
    ///
    /// # Errors
    ///
    /// Returns why no credentials were found, or the error of STS.
    pub async fn caller(&self) -> Result<Identity, Failure> {
        let credentials = self.renew().await?;
        sts::caller_identity(credentials, &self.0.settings, &self.0.sts).await.map_err(interrupted)
    }

    /// Returns the account of the credentials, if they show it.
    pub async fn account(&self) -> Option<String> {
        let held = self.0.held.lock().await;
        let credentials = &held.as_ref()?.credentials;
        let of_sandbox = || match (&self.0.origin, Caller::from_access_key_id(credentials.access_key_id())) {
            (Origin::Sandbox(_), Caller::Account(account)) => Some(account),
            _ => None,
        };
        credentials.account_id().map(|account| account.as_str().to_owned()).or_else(of_sandbox)
    }

    /// Returns whether the STS that [`Provider::caller`] asks belongs to the service that is called.
    pub fn has_sts_of_service(&self) -> bool {
        match &self.0.origin {
            Origin::Settings(..) => self.0.settings.has_sts_of_service(),
            Origin::Sandbox(_) => true,
            Origin::Role(source, _) => source.has_sts_of_service(),
        }
    }

    /// Returns the credentials for the SDK to sign with.
    async fn provide(&self) -> Result<Credentials, CredentialsError> {
        let held = self.0.held.lock().await;
        let held = held.as_ref().ok_or_else(|| CredentialsError::not_loaded("a call was not preceded by a renewal"))?;
        Ok(held.credentials.clone())
    }
}

impl ProvideCredentials for Provider {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.provide())
    }
}

/// Returns the signal that ended the program's search in place of the failure that it caused.
fn interrupted(failure: Failure) -> Failure {
    match signals::ended() {
        Some(signal) => Failure::new(Kind::Interrupted(signal), ""),
        None => failure,
    }
}
