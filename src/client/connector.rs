//! The SDK's HTTP client, built on hyper: one connection pool, time limits for every wait, and a size limit for the
//! body, which is read whole.
//!
//! The SDK's own client can't skip verification, panics on a bad CA file, and has neither a time limit nor a size limit
//! for the body. Since the body is read here, a truncated one is a failed attempt, which the SDK retries like any
//! other.

use std::error::Error;
use std::fmt::Debug;
use std::future::poll_fn;
use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt, Empty, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_LENGTH, HOST, PROXY_AUTHORIZATION};
use hyper::http::uri::{Authority, Scheme};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::{Method, StatusCode, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::client::legacy::connect::{
    CaptureConnection, Connected, Connection, HttpConnector as TcpConnector, capture_connection,
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tower_service::Service;

use super::attempts::Written;
use super::lost::{LONGEST_BODY, Lost, chain};
use super::proxy::{Proxies, Proxy};
use super::secrets::Secrets;
use super::tls::{NoAuthorities, Trust};
use crate::error::Failure;
use crate::os::{runtime, signals};
use crate::settings::{ServiceSettings, variables};
use crate::terminal::streams::debug;

/// How long a connection that was opened ahead may wait for its request. Servers close idle connections, some after a few
/// seconds, and a change that meets such an end has an unclear outcome.
const AHEAD_LASTS: Duration = Duration::from_secs(3);

type Pool = Client<Connector, Full<Bytes>>;

/// The connection pools of a process. Clients with the same trust and the same time limits share one.
#[derive(Debug, Default)]
pub struct Pools(Mutex<Vec<Http>>);

impl Pools {
    /// Returns the client for the Organizations endpoint, to which `--no-verify-ssl` and `--ca-bundle` apply.
    ///
    /// # Errors
    ///
    /// Returns an error if the CA bundle has an empty path, or can't be used and the endpoint isn't plain HTTP.
    pub fn for_service(&self, settings: &ServiceSettings) -> Result<Http, Failure> {
        let trust = match &settings.ca_bundle {
            _ if !settings.verify_ssl => Trust::Anybody,
            bundle => Trust::of_bundle(bundle.as_ref()),
        };
        trust.check()?;
        let http = self.get(trust, settings);
        let is_plain = settings.endpoint_url.as_ref().is_some_and(|url| url.starts_with("http://"));
        // Report a bad bundle before anything is sent, for example to STS.
        if settings.ca_bundle.is_some() && !is_plain {
            http.0.connector.0.tls.config()?;
        }
        Ok(http)
    }

    /// Returns the client for the sources of credentials, to which those options don't apply.
    pub fn for_credentials(&self, settings: &ServiceSettings) -> Http {
        self.get(Trust::of_bundle(settings.credentials_ca_bundle.as_ref()), settings)
    }

    fn get(&self, trust: Trust, settings: &ServiceSettings) -> Http {
        let bounds = Bounds {
            trust,
            proxies: Some(Trust::of_bundle(settings.credentials_ca_bundle.as_ref())),
            connect_timeout: settings.connect_timeout,
            read_timeout: settings.read_timeout,
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(http) = known.iter().find(|http| http.0.bounds == bounds) {
            return http.clone();
        }
        let http = Http::new(bounds);
        known.push(http.clone());
        http
    }
}

/// The servers that a client trusts, and its time limits.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bounds {
    trust: Trust,
    /// The proxies that are trusted; nothing if no proxy may be used.
    proxies: Option<Trust>,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
}

/// An HTTP client. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Http(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    pool: OnceLock<Pool>,
    connector: Connector,
    bounds: Bounds,
}

impl Http {
    fn new(bounds: Bounds) -> Http {
        let mut tcp = TcpConnector::new_with_resolver(Resolver);
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // The addresses of a host share the time limit, so that all of them are tried even if one doesn't respond.
        tcp.set_connect_timeout(bounds.connect_timeout);
        let proxies = bounds.proxies.clone().map(Proxied::trusting);
        let tls = Tls::new(bounds.trust.clone());
        let connector = Connector(Arc::new(Route { tcp, tls, proxies, ahead: Mutex::new(None) }));
        Http(Arc::new(Shared { pool: OnceLock::new(), connector, bounds }))
    }

    /// Opens a connection for the next request to the host of this URL, while the caller waits for something else. Does
    /// nothing if another connection is already opened ahead.
    pub fn open_ahead(&self, url: &str) {
        let route = Arc::clone(&self.0.connector.0);
        let mut ahead = self.0.connector.0.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        if let (None, Ok(uri)) = (ahead.as_ref(), url.parse::<Uri>()) {
            let host = origin(&uri);
            let opened = tokio::spawn(async move { (route.connect(uri).await, Instant::now()) });
            *ahead = Some(Ahead { host, opened });
        }
    }

    /// Returns the same client without proxies, for endpoints that only this machine or this container can reach.
    pub fn direct(&self) -> Http {
        Http::new(Bounds { proxies: None, ..self.0.bounds.clone() })
    }
}

impl Shared {
    async fn send(
        &self,
        request: hyper::Request<SdkBody>,
        secrets: Secrets,
        connect_timeout: Option<Duration>,
        read_timeout: Option<Duration>,
        written: Option<Written>,
    ) -> Result<HttpResponse, Lost> {
        let (parts, body) = request.into_parts();
        // The body is in memory: no operation streams it.
        let body = Full::new(Bytes::copy_from_slice(body.bytes().unwrap_or_default()));
        let mut request = hyper::Request::from_parts(parts, body);
        let proxy = self.connector.0.proxy(request.uri())?;
        // A proxy gets its header only if it forwards the request. If it is a tunnel, the request goes to the server.
        let forwards = proxy.as_ref().filter(|_| request.uri().scheme_str() == Some("http"));
        if let Some(authorization) = forwards.and_then(|proxy| proxy.authorization.clone()) {
            request.headers_mut().insert(PROXY_AUTHORIZATION, authorization);
        }
        let mut connected = capture_connection(&mut request);
        let pool = self.pool.get_or_init(|| {
            // Accept the same malformed header lines as Python's client: some proxies send them.
            let mut builder = Client::builder(TokioExecutor::new());
            builder.http1_allow_obsolete_multiline_headers_in_responses(true);
            builder.http1_allow_spaces_after_header_name_in_responses(true);
            builder.http1_ignore_invalid_headers_in_responses(true).build(self.connector.clone())
        });
        let mut response = pin!(pool.request(request));
        // First wait for a connection (look-up, TCP, proxy and TLS together), then for the response.
        let early = {
            let mut connection = pin!(connected.wait_for_connection_metadata());
            let early = poll_fn(|context| match response.as_mut().poll(context) {
                Poll::Ready(response) => Poll::Ready(Some(response)),
                Poll::Pending => connection.as_mut().poll(context).map(|_| None),
            });
            within(connect_timeout, early).await
        };
        let early = early.ok_or_else(|| match &proxy {
            Some(proxy) => Lost::Blocked(proxy.blocked("no connection in time")),
            None => Lost::ConnectTimeout,
        })?;
        if let Some(written) = written.filter(|_| !matches!(early, Some(Err(_)))) {
            written.count();
        }
        let silence = Silence { longest: read_timeout, since: Instant::now(), connection: connected };
        let response = match early {
            Some(response) => response,
            None => silence.bounds(response).await?,
        };
        let (mut parts, body) = response.map_err(lost)?.into_parts();
        if let Some(proxy) = forwards.filter(|_| parts.status == StatusCode::PROXY_AUTHENTICATION_REQUIRED) {
            return Err(Lost::Blocked(proxy.refused(parts.status)));
        }
        let mut body = collect(body, &silence).await?;
        if !parts.status.is_success() {
            let to_proxy = forwards.and_then(|proxy| proxy.authorization.as_ref()).map(Secrets::of_header);
            // The SDK quotes the body and the headers in its errors.
            for secrets in [Some(secrets), to_proxy].into_iter().flatten() {
                body = secrets.hidden(body);
                secrets.hide_in_headers(&mut parts.headers);
            }
            // The SDK rejects a body of another length.
            if let Some(length) = parts.headers.get_mut(CONTENT_LENGTH) {
                *length = body.len().into();
            }
        }
        let response = hyper::Response::from_parts(parts, SdkBody::from(body));
        HttpResponse::try_from(response).map_err(|error| Lost::Closed(Arc::new(error)))
    }
}

/// Time limit for a silent connection, on which no byte passes in either direction.
struct Silence {
    longest: Option<Duration>,
    /// When the request got its connection.
    since: Instant,
    connection: CaptureConnection,
}

impl Silence {
    /// Waits for a future while bytes keep passing.
    async fn bounds<T>(&self, wait: impl Future<Output = T>) -> Result<T, Lost> {
        let Some(longest) = self.longest else { return Ok(wait.await) };
        let mut wait = pin!(wait);
        loop {
            let left = longest.saturating_sub(self.last().elapsed());
            match timeout(left, wait.as_mut()).await {
                Ok(result) => return Ok(result),
                Err(_) if self.last().elapsed() >= longest => return Err(Lost::ReadTimeout),
                Err(_) => {}
            }
        }
    }

    /// Returns when the last byte passed.
    fn last(&self) -> Instant {
        // hyper returns a connection's data only through the extensions of a message.
        let mut carrier = hyper::Response::new(());
        if let Some(connected) = self.connection.connection_metadata().as_ref() {
            connected.get_extras(carrier.extensions_mut());
        }
        carrier.extensions().get::<LastByte>().map_or(self.since, |last| last.get().max(self.since))
    }
}

/// When the last byte passed on a connection.
#[derive(Clone, Debug)]
struct LastByte(Arc<Mutex<Instant>>);

impl LastByte {
    fn now(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn get(&self) -> Instant {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the whole body, within the time limit and the size limit.
async fn collect(mut body: Incoming, silence: &Silence) -> Result<Vec<u8>, Lost> {
    let mut bytes = Vec::new();
    while let Some(frame) = silence.bounds(body.frame()).await? {
        let frame = frame.map_err(|error| Lost::Closed(Arc::new(error)))?;
        if let Some(data) = frame.data_ref() {
            if bytes.len() + data.len() > LONGEST_BODY {
                return Err(Lost::TooLong);
            }
            bytes.extend_from_slice(data);
        }
    }
    Ok(bytes)
}

/// Waits for a future, within an optional time limit. Returns nothing when the time is over.
async fn within<T>(longest: Option<Duration>, wait: impl Future<Output = T>) -> Option<T> {
    match longest {
        Some(longest) => timeout(longest, wait).await.ok(),
        None => Some(wait.await),
    }
}

/// Converts hyper's error: to our connector's error, if that is its source, or to a failed or ended connection.
fn lost(error: hyper_util::client::legacy::Error) -> Lost {
    if !error.is_connect() {
        return Lost::Closed(Arc::new(error));
    }
    let told = error.source().and_then(|source| source.downcast_ref::<Lost>()).cloned();
    told.unwrap_or_else(|| Lost::NotConnected(Arc::new(error)))
}

/// A connection pool with the time limits of one SDK client: those that it asks for, else those of the settings.
#[derive(Debug)]
struct Bounded {
    shared: Arc<Shared>,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
}

impl HttpConnector for Bounded {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (shared, connect, read) = (self.shared.clone(), self.connect_timeout, self.read_timeout);
        HttpConnectorFuture::new(async move {
            let secrets = Secrets::of(&request);
            let sent = match request.try_into_http1x() {
                Ok(request) => match request.extensions().get::<Written>().cloned() {
                    written @ Some(_) => shared.send(request, secrets, connect, read, written).await,
                    None => {
                        let sent = signals::unless_caught(shared.send(request, secrets, connect, read, None)).await;
                        sent.unwrap_or_else(|signal| Err(Lost::Interrupted(signal)))
                    }
                },
                Err(error) => Err(Lost::NotConnected(Arc::new(error))),
            };
            sent.map_err(ConnectorError::from)
        })
    }
}

impl HttpClient for Http {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        let bounds = &self.0.bounds;
        SharedHttpConnector::new(Bounded {
            shared: Arc::clone(&self.0),
            connect_timeout: settings.connect_timeout().or(bounds.connect_timeout),
            read_timeout: settings.read_timeout().or(bounds.read_timeout),
        })
    }
}

/// The route to a host: TCP, directly or through a proxy, and TLS if the URL asks for it.
#[derive(Debug)]
struct Route {
    tcp: TcpConnector<Resolver>,
    tls: Tls,
    /// Nothing if no proxy may be used.
    proxies: Option<Proxied>,
    /// The connection that was opened before a request needed it.
    ahead: Mutex<Option<Ahead>>,
}

/// A connection that is opened before a request needs it.
#[derive(Debug)]
struct Ahead {
    /// The scheme and the authority of its URL.
    host: (Option<Scheme>, Option<Authority>),
    opened: JoinHandle<(Result<Line, Lost>, Instant)>,
}

/// Returns the part of a URL that decides which requests a connection can carry.
fn origin(uri: &Uri) -> (Option<Scheme>, Option<Authority>) {
    (uri.scheme().cloned(), uri.authority().cloned())
}

/// Looks up the addresses of a host. hyper-util's own resolver panics if it can't start a thread.
#[derive(Clone, Debug)]
struct Resolver;

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let found = runtime::on_thread(move || (name.as_str(), 0).to_socket_addrs());
        Box::pin(async move {
            match found {
                Ok(found) => found.await.map_err(io::Error::other)?,
                Err(_) => Err(io::Error::other("can't start a thread for the look-up")),
            }
        })
    }
}

/// TLS with trusted servers.
#[derive(Debug)]
struct Tls {
    trust: Trust,
    /// Made at the first https request.
    config: OnceLock<Result<Arc<ClientConfig>, NoAuthorities>>,
}

impl Tls {
    fn new(trust: Trust) -> Tls {
        Tls { trust, config: OnceLock::new() }
    }

    fn config(&self) -> Result<Arc<ClientConfig>, NoAuthorities> {
        self.config.get_or_init(|| self.trust.config().map(Arc::new)).clone()
    }

    async fn connect(&self, stream: Box<dyn Duplex>, uri: &Uri) -> Result<Box<dyn Duplex>, Lost> {
        let config = self.config().map_err(Lost::NoTrust)?;
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host.to_owned()).map_err(|error| Lost::NotConnected(Arc::new(error)))?;
        match TlsConnector::from(config).connect(name, stream).await {
            Ok(stream) => Ok(Box::new(stream)),
            // An I/O error has the TLS error in `get_ref`, not among its sources.
            Err(error) => match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                Some(tls) => Err(Lost::Tls(tls.clone())),
                None => Err(Lost::NotConnected(Arc::new(io::Error::new(
                    error.kind(),
                    format!("the connection ended during the TLS handshake: {error}"),
                )))),
            },
        }
    }
}

/// The proxies of the environment, and the TLS settings for them. Their certificates are always verified, since they
/// may get a password.
#[derive(Debug)]
struct Proxied {
    tls: Tls,
    /// Read at the first request.
    proxies: OnceLock<Proxies>,
}

impl Proxied {
    fn trusting(trust: Trust) -> Proxied {
        Proxied { tls: Tls::new(trust), proxies: OnceLock::new() }
    }
}

/// A byte stream in both directions.
trait Duplex: AsyncRead + AsyncWrite + Unpin + Send + Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Duplex for T {}

impl Route {
    /// Returns the proxy for a URL.
    fn proxy(&self, uri: &Uri) -> Result<Option<Proxy>, Lost> {
        let Some(Proxied { proxies, .. }) = &self.proxies else { return Ok(None) };
        proxies.get_or_init(|| Proxies::of(&variables())).of_uri(uri).map_err(Lost::Blocked)
    }

    /// Returns the connection that was opened ahead for this host. Returns nothing if none was opened, or if it has been idle
    /// for so long that the server may be about to close it.
    async fn opened_ahead(&self, uri: &Uri) -> Option<Result<Line, Lost>> {
        let ahead = {
            let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
            ahead.take_if(|ahead| ahead.host == origin(uri))?
        };
        let (line, since) = ahead.opened.await.ok()?;
        (since.elapsed() < AHEAD_LASTS).then_some(line)
    }

    async fn connect(&self, uri: Uri) -> Result<Line, Lost> {
        let secure = uri.scheme_str() == Some("https");
        let proxy = self.proxy(&uri)?;
        let stream = match (&proxy, &self.proxies) {
            (Some(proxy), Some(proxied)) => {
                debug(|| format!("through the proxy {} ({})", proxy.shown, proxy.variable));
                let reached = async {
                    let stream = self.tcp(proxy.uri.clone()).await?;
                    if proxy.uri.scheme_str() == Some("https") {
                        proxied.tls.connect(stream, &proxy.uri).await
                    } else {
                        Ok(stream)
                    }
                };
                let stream = reached.await.map_err(|lost| Lost::Blocked(proxy.blocked(chain(&lost))))?;
                if secure { tunnel(stream, &uri, proxy).await? } else { stream }
            }
            _ => self.tcp(uri.clone()).await?,
        };
        let forwards = proxy.is_some() && !secure;
        let stream = if secure { self.tls.connect(stream, &uri).await? } else { stream };
        Ok(Line { stream: TokioIo::new(stream), forwards, last: LastByte(Arc::new(Mutex::new(Instant::now()))) })
    }

    async fn tcp(&self, uri: Uri) -> Result<Box<dyn Duplex>, Lost> {
        match self.tcp.clone().call(uri).await {
            Ok(stream) => Ok(Box::new(stream.into_inner())),
            Err(error) if timed_out(&error) => Err(Lost::ConnectTimeout),
            Err(error) => Err(Lost::NotConnected(Arc::new(error))),
        }
    }
}

/// Returns whether a time-out caused an error.
fn timed_out(error: &(dyn Error + 'static)) -> bool {
    let of_io = error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut);
    of_io || error.source().is_some_and(timed_out)
}

/// Opens a tunnel through a proxy to a host (RFC 9110, section 9.3.6).
async fn tunnel(stream: Box<dyn Duplex>, uri: &Uri, proxy: &Proxy) -> Result<Box<dyn Duplex>, Lost> {
    let blocked = |error: &dyn Error| Lost::Blocked(proxy.blocked(chain(error)));
    let target = format!("{}:{}", uri.host().unwrap_or_default(), uri.port_u16().unwrap_or(443));
    let mut request = hyper::Request::builder().method(Method::CONNECT).uri(&target).header(HOST, &target);
    if let Some(authorization) = &proxy.authorization {
        request = request.header(PROXY_AUTHORIZATION, authorization);
    }
    let request = request.body(Empty::<Bytes>::new()).map_err(|error| blocked(&error))?;
    let mut builder = hyper::client::conn::http1::Builder::new();
    builder.allow_obsolete_multiline_headers_in_responses(true).allow_spaces_after_header_name_in_responses(true);
    let connection = builder.ignore_invalid_headers_in_responses(true).handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = connection.map_err(|error| blocked(&error))?;
    tokio::spawn(connection.with_upgrades());
    let response = sender.send_request(request).await.map_err(|error| blocked(&error))?;
    if !response.status().is_success() {
        return Err(Lost::Blocked(proxy.refused(response.status())));
    }
    let upgraded = hyper::upgrade::on(response).await.map_err(|error| blocked(&error))?;
    Ok(Box::new(TokioIo::new(upgraded)))
}

/// Makes the pool's connections.
#[derive(Clone, Debug)]
struct Connector(Arc<Route>);

impl Service<Uri> for Connector {
    type Response = Line;
    type Error = Lost;
    type Future = Pin<Box<dyn Future<Output = Result<Line, Lost>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Lost>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let route = self.0.clone();
        Box::pin(async move {
            match route.opened_ahead(&uri).await {
                Some(line) => line,
                None => route.connect(uri).await,
            }
        })
    }
}

/// A connection that records when its last byte passed.
#[derive(Debug)]
struct Line {
    stream: TokioIo<Box<dyn Duplex>>,
    /// Whether it ends at a proxy that forwards requests, whose lines must then have the full URL.
    forwards: bool,
    last: LastByte,
}

impl Connection for Line {
    fn connected(&self) -> Connected {
        Connected::new().proxy(self.forwards).extra(self.last.clone())
    }
}

impl Read for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if read.is_ready() {
            self.last.now();
        }
        read
    }
}

impl Write for Line {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        if written.is_ready() {
            self.last.now();
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
