//! Credentials that last as long as a session.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, future};
use aws_sdk_organizations::config::Credentials;
use tokio::sync::Mutex;

use crate::client::connector::Http;
use crate::error::{Failure, Kind};
use crate::os::signals;
use crate::settings::ServiceSettings;

/// Credentials are replaced this long before they expire, or after half of their time if that is shorter.
const MARGIN: Duration = Duration::from_secs(60);

/// Holds the credentials of a session, and finds new ones before they expire.
#[derive(Clone, Debug)]
pub struct Provider(Arc<State>);

#[derive(Debug)]
struct State {
    settings: Arc<ServiceSettings>,
    http: Http,
    held: Mutex<Option<Held>>,
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
    /// Creates a provider that holds nothing yet.
    pub fn new(settings: Arc<ServiceSettings>, http: Http) -> Provider {
        Provider(Arc::new(State { settings, http, held: Mutex::new(None) }))
    }

    /// Finds credentials if there are none yet or they expire soon. Of several calls at once, one does it and the others wait.
    ///
    /// # Errors
    ///
    /// Returns why no credentials were found, or the signal that ended the search.
    pub async fn renew(&self) -> Result<(), Failure> {
        let State { settings, http, held } = &*self.0;
        let mut held = held.lock().await;
        if !held.as_ref().is_some_and(Held::is_fresh) {
            *held = Some(Held::new(super::find(settings, http).await.map_err(interrupted)?));
        }
        Ok(())
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
