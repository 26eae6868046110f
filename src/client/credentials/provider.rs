//! Provides the credentials of a session, and replaces them before they expire.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_sdk_organizations::config::Credentials;

use crate::client::connector::Http;
use crate::error::{Failure, Kind};
use crate::os::signals;
use crate::settings::ServiceSettings;

/// The time before their expiry at which credentials are replaced, or half of their lifetime if that is shorter.
const MARGIN: Duration = Duration::from_secs(60);

/// Finds new credentials before the present ones expire.
#[derive(Clone, Debug)]
pub struct Provider(Arc<State>);

#[derive(Debug)]
struct State {
    settings: Arc<ServiceSettings>,
    http: Http,
    held: Mutex<Held>,
}

#[derive(Clone, Debug)]
struct Held {
    credentials: Credentials,
    /// When to replace them.
    until: Option<SystemTime>,
}

impl Held {
    fn new(credentials: Credentials) -> Held {
        let now = SystemTime::now();
        let margin = |expiry: SystemTime| MARGIN.min(expiry.duration_since(now).unwrap_or_default() / 2);
        let until = credentials.expiry().and_then(|expiry| expiry.checked_sub(margin(expiry)));
        Held { credentials, until }
    }
}

impl Provider {
    /// Finds the first credentials.
    ///
    /// # Errors
    ///
    /// Returns an error if no credentials are found, or the signal that came.
    pub async fn find(settings: &Arc<ServiceSettings>, http: Http) -> Result<Provider, Failure> {
        let held = Mutex::new(Held::new(found(settings, &http).await?));
        Ok(Provider(Arc::new(State { settings: Arc::clone(settings), http, held })))
    }

    async fn provide(&self) -> Result<Credentials, CredentialsError> {
        let State { settings, http, held } = &*self.0;
        let present = held.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if present.until.is_none_or(|until| SystemTime::now() < until) {
            return Ok(present.credentials);
        }
        let next = Held::new(found(settings, http).await.map_err(CredentialsError::provider_error)?);
        *held.lock().unwrap_or_else(PoisonError::into_inner) = next.clone();
        Ok(next.credentials)
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

async fn found(settings: &ServiceSettings, http: &Http) -> Result<Credentials, Failure> {
    super::find(settings, http).await.map_err(|failure| match signals::ended() {
        Some(signal) => Failure::new(Kind::Interrupted(signal), ""),
        None => failure,
    })
}
