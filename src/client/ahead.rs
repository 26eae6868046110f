//! Opens the connection to the service while something else is waited for.

use std::sync::Arc;

use aws_sdk_organizations::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};

use super::connector::Http;
use crate::settings::ServiceSettings;

/// The service's HTTP client and the settings that name its endpoint.
#[derive(Clone, Debug)]
pub struct Ahead {
    http: Http,
    settings: Arc<ServiceSettings>,
}

impl Ahead {
    /// Prepares for the endpoint of the settings. Opens nothing yet.
    pub fn new(http: Http, settings: Arc<ServiceSettings>) -> Ahead {
        Ahead { http, settings }
    }

    /// Starts to open a connection. A failure shows when a request needs the connection.
    pub async fn open(&self) {
        if let Some(url) = self.endpoint().await {
            self.http.open_ahead(&url);
        }
    }

    async fn endpoint(&self) -> Option<String> {
        let ServiceSettings { endpoint_url, region, use_fips, use_dual_stack, .. } = &*self.settings;
        if endpoint_url.is_some() {
            return endpoint_url.clone();
        }
        let parameters = Params::builder().region(region).use_fips(*use_fips).use_dual_stack(*use_dual_stack).build();
        let endpoint = DefaultResolver::new().resolve_endpoint(&parameters.ok()?).await.ok()?;
        Some(endpoint.url().to_owned())
    }
}
