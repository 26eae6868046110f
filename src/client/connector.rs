//! The SDK's HTTP client on hyper: one connection pool, every wait bounded, the body bounded and read whole.
//!
//! The SDK's own client can't skip verification, panics on a bad CA file, and neither times nor bounds the body.
//! Reading the body here makes one that is cut off a failed attempt, which the SDK repeats like any other.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::path::Path;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{HttpConnector as TcpConnector, capture_connection};
use hyper_util::rt::TokioExecutor;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio::time::timeout;

use crate::config::Settings;
use crate::error::Failure;
use crate::files;

/// The longest answer that is read, in bytes; a page of handshakes is some hundred times shorter.
const LONGEST_BODY: usize = 16 << 20;

/// Why there is no answer.
#[derive(Debug)]
pub enum Lost {
    /// There are no certificate authorities to trust; nothing was sent.
    NoTrust(String),
    /// The service's certificate is not one to trust; nothing was sent.
    Tls(rustls::Error),
    /// No connection came about; the request was not sent.
    NotConnected(BoxError),
    /// No connection came about in time; the request was not sent.
    ConnectTimeout,
    /// No bytes came in time.
    ReadTimeout,
    /// The connection ended before the answer did.
    Closed(BoxError),
    /// The answer is longer than [`LONGEST_BODY`].
    TooLong,
}

impl Lost {
    /// Whether the request can't have arrived.
    pub fn was_not_sent(&self) -> bool {
        matches!(self, Lost::NoTrust(_) | Lost::Tls(_) | Lost::NotConnected(_) | Lost::ConnectTimeout)
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lost::NoTrust(why) => f.write_str(why),
            Lost::Tls(error) => error.fmt(f),
            Lost::NotConnected(error) | Lost::Closed(error) => error.fmt(f),
            Lost::ConnectTimeout => f.write_str("no connection in time"),
            Lost::ReadTimeout => f.write_str("no answer in time"),
            Lost::TooLong => write!(f, "the answer is longer than {} MiB", LONGEST_BODY >> 20),
        }
    }
}

impl Error for Lost {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Lost::NotConnected(error) | Lost::Closed(error) => error.source(),
            _ => None,
        }
    }
}

/// The SDK's kinds decide what is retried: time-outs and broken connections are, an endless answer isn't.
impl From<Lost> for ConnectorError {
    fn from(lost: Lost) -> ConnectorError {
        match lost {
            Lost::NoTrust(_) | Lost::Tls(_) => ConnectorError::user(lost.into()).never_connected(),
            Lost::NotConnected(_) => ConnectorError::io(lost.into()).never_connected(),
            Lost::ConnectTimeout => ConnectorError::timeout(lost.into()).never_connected(),
            Lost::ReadTimeout => ConnectorError::timeout(lost.into()),
            Lost::Closed(_) => ConnectorError::io(lost.into()),
            Lost::TooLong => ConnectorError::other(lost.into(), None),
        }
    }
}

type PlainPool = Client<TcpConnector, Full<Bytes>>;
type SecurePool = Client<HttpsConnector<TcpConnector>, Full<Bytes>>;

/// The HTTP client of a run. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Http {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    plain: OnceLock<PlainPool>,
    secure: OnceLock<Result<SecurePool, String>>,
    trust: Trust,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
}

/// Whom to trust. A file is read at once, so that a bad one is told before anything is sent.
#[derive(Debug)]
enum Trust {
    System,
    Only(Vec<CertificateDer<'static>>),
    Anybody,
}

impl Http {
    /// The client that the settings ask for.
    ///
    /// # Errors
    ///
    /// A file of certificate authorities that can't be read or holds none.
    pub fn new(settings: &Settings) -> Result<Http, Failure> {
        let trust = match &settings.ca_bundle {
            _ if !settings.verify_ssl => Trust::Anybody,
            Some(path) => Trust::Only(certificates(path)?),
            None => Trust::System,
        };
        Ok(Http {
            shared: Arc::new(Shared {
                plain: OnceLock::new(),
                secure: OnceLock::new(),
                trust,
                connect_timeout: settings.connect_timeout,
                read_timeout: settings.read_timeout,
            }),
        })
    }
}

/// The certificates of a PEM file.
fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let refused = |why: &str| Failure::other(format!("Unusable CA bundle {}: {why}", path.display()));
    let pem = files::read(path).map_err(|error| refused(&error.to_string()))?;
    let found: Vec<_> = CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok).collect();
    let (usable, _) = RootCertStore::empty().add_parsable_certificates(found.iter().cloned());
    if usable == 0 {
        return Err(refused("it holds no certificate in PEM form"));
    }
    Ok(found)
}

impl Shared {
    fn plain(&self) -> &PlainPool {
        self.plain.get_or_init(|| Client::builder(TokioExecutor::new()).build(tcp(true)))
    }

    /// What TLS needs is loaded at the first https request.
    fn secure(&self) -> Result<&SecurePool, Lost> {
        let pool = self.secure.get_or_init(|| {
            let https = HttpsConnectorBuilder::new().with_tls_config(self.tls()?).https_only().enable_http1();
            Ok(Client::builder(TokioExecutor::new()).build(https.wrap_connector(tcp(false))))
        });
        pool.as_ref().map_err(|why| Lost::NoTrust(why.clone()))
    }

    fn tls(&self) -> Result<ClientConfig, String> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?;
        let mut roots = RootCertStore::empty();
        match &self.trust {
            Trust::Anybody => {
                let verifier = Arc::new(NoVerification(provider));
                return Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth());
            }
            Trust::Only(certificates) => {
                roots.add_parsable_certificates(certificates.iter().cloned());
            }
            Trust::System => {
                let found = rustls_native_certs::load_native_certs();
                roots.add_parsable_certificates(found.certs);
                if roots.is_empty() {
                    return Err(
                        "the system has no certificate authorities; name a file of them with --ca-bundle".into()
                    );
                }
            }
        }
        Ok(builder.with_root_certificates(roots).with_no_client_auth())
    }

    async fn send(
        &self,
        request: HttpRequest,
        connect_timeout: Option<Duration>,
        read_timeout: Option<Duration>,
    ) -> Result<HttpResponse, Lost> {
        let request = request.try_into_http1x().map_err(|error| Lost::NotConnected(error.into()))?;
        let (parts, body) = request.into_parts();
        // No operation streams, so the body is in memory.
        let body = Full::new(Bytes::copy_from_slice(body.bytes().unwrap_or_default()));
        let mut request = hyper::Request::from_parts(parts, body);
        let secure = request.uri().scheme_str() == Some("https");
        let mut connected = capture_connection(&mut request);
        let mut response = pin!(if secure { self.secure()?.request(request) } else { self.plain().request(request) });
        // First the wait for a connection (look-up, TCP and TLS together), then the one for an answer.
        let mut connection = pin!(connected.wait_for_connection_metadata());
        let early = poll_fn(|context| match response.as_mut().poll(context) {
            Poll::Ready(response) => Poll::Ready(Some(response)),
            Poll::Pending => connection.as_mut().poll(context).map(|_| None),
        });
        let response = match within(connect_timeout, early).await.ok_or(Lost::ConnectTimeout)? {
            Some(response) => response,
            None => within(read_timeout, response).await.ok_or(Lost::ReadTimeout)?,
        };
        let (parts, body) = response.map_err(lost)?.into_parts();
        let body = collect(body, read_timeout).await?;
        let response = hyper::Response::from_parts(parts, SdkBody::from(body));
        HttpResponse::try_from(response).map_err(|error| Lost::Closed(error.into()))
    }
}

/// The whole body, each wait bounded, and the length.
async fn collect(mut body: Incoming, read_timeout: Option<Duration>) -> Result<Vec<u8>, Lost> {
    let mut bytes = Vec::new();
    while let Some(frame) = within(read_timeout, body.frame()).await.ok_or(Lost::ReadTimeout)? {
        let frame = frame.map_err(|error| Lost::Closed(error.into()))?;
        if let Some(data) = frame.data_ref() {
            if bytes.len() + data.len() > LONGEST_BODY {
                return Err(Lost::TooLong);
            }
            bytes.extend_from_slice(data);
        }
    }
    Ok(bytes)
}

/// What comes of waiting no longer than this; nothing when the time is over.
async fn within<T>(longest: Option<Duration>, wait: impl Future<Output = T>) -> Option<T> {
    match longest {
        Some(longest) => timeout(longest, wait).await.ok(),
        None => Some(wait.await),
    }
}

/// hyper's error, told apart: no trust, no connection, or one that ended.
fn lost(error: hyper_util::client::legacy::Error) -> Lost {
    if !error.is_connect() {
        return Lost::Closed(error.into());
    }
    match tls_error(&error) {
        Some(tls) => Lost::Tls(tls.clone()),
        None => Lost::NotConnected(error.into()),
    }
}

/// The error of TLS below another one; an I/O error keeps it beside its sources, not among them.
fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let inner =
        error.downcast_ref::<io::Error>().and_then(io::Error::get_ref).map(|inner| inner as &(dyn Error + 'static));
    error.downcast_ref().or_else(|| tls_error(inner.or_else(|| error.source())?))
}

/// TCP, without waiting to fill a packet.
fn tcp(plain_only: bool) -> TcpConnector {
    let mut tcp = TcpConnector::new();
    tcp.enforce_http(plain_only);
    tcp.set_nodelay(true);
    tcp
}

/// A connection pool with the waits of one SDK client: those that it asks for, else those of the settings.
#[derive(Debug)]
struct Bounded {
    shared: Arc<Shared>,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
}

impl HttpConnector for Bounded {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (shared, connect, read) = (self.shared.clone(), self.connect_timeout, self.read_timeout);
        HttpConnectorFuture::new(async move { shared.send(request, connect, read).await.map_err(ConnectorError::from) })
    }
}

impl HttpClient for Http {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Bounded {
            shared: self.shared.clone(),
            connect_timeout: settings.connect_timeout().or(self.shared.connect_timeout),
            read_timeout: settings.read_timeout().or(self.shared.read_timeout),
        })
    }
}

/// `--no-verify-ssl`: any certificate will do.
#[derive(Debug)]
struct NoVerification(Arc<CryptoProvider>);

impl ServerCertVerifier for NoVerification {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
