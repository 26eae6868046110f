//! Servers in front of the scripted service: TLS with newly created authorities, right and wrong ones, and a proxy that
//! plays any host.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;

use super::server::Server;

/// The size limit of the head of a request to a proxy.
const LONGEST_HEAD: usize = 1 << 16;

/// A private certificate authority.
#[derive(Clone)]
pub struct Authority(Arc<CertifiedIssuer<'static, KeyPair>>);

impl Authority {
    /// Creates an authority of this name.
    pub fn new(name: &str) -> Self {
        Self::changed(name, |_| ())
    }

    /// Creates an authority whose certificate expired long ago.
    pub fn expired(name: &str) -> Self {
        Self::changed(name, long_ago)
    }

    /// Creates an authority for the certificates of clients.
    pub fn for_clients(name: &str) -> Self {
        Self::changed(name, |params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth])
    }

    /// Creates a certificate that may not sign others, but does.
    pub fn without_authority(name: &str) -> Self {
        Self::changed(name, |params| params.is_ca = IsCa::ExplicitNoCa)
    }

    /// Creates an authority that allows no intermediate authority.
    pub fn of_servers_only(name: &str) -> Self {
        Self::changed(name, |params| params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0)))
    }

    /// Creates an intermediate authority.
    pub fn vouches_for(&self, name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(Arc::new(CertifiedIssuer::signed_by(params, key, &*self.0).expect("a certificate")))
    }

    fn changed(name: &str, change: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        change(&mut params);
        let key = KeyPair::generate().expect("a key");
        Self(Arc::new(CertifiedIssuer::self_signed(params, key).expect("a certificate")))
    }

    /// Returns the authority's certificate as PEM, for `--ca-bundle`.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// Issues a certificate for these hosts.
    pub fn issues(&self, hosts: &[&str]) -> Identity {
        Identity::made(hosts, |params, key| params.signed_by(key, &*self.0))
    }

    /// The same, out of date.
    pub fn issued_long_ago(&self, hosts: &[&str]) -> Identity {
        Identity::made(hosts, |params, key| {
            long_ago(params);
            params.signed_by(key, &*self.0)
        })
    }
}

fn long_ago(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(2001, 1, 1);
    params.not_after = date_time_ymd(2002, 1, 1);
}

/// A server's certificate and its key.
pub struct Identity {
    pem: String,
    key: Arc<CertifiedKey>,
}

impl Identity {
    /// Creates a self-signed certificate that is marked as an authority, as from `openssl req -x509`.
    pub fn self_signed(hosts: &[&str]) -> Self {
        Self::self_signed_with(hosts, |_| ())
    }

    /// The same, out of date.
    pub fn self_signed_long_ago(hosts: &[&str]) -> Self {
        Self::self_signed_with(hosts, long_ago)
    }

    /// The same, for clients.
    pub fn self_signed_for_clients(hosts: &[&str]) -> Self {
        Self::self_signed_with(hosts, |params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth])
    }

    /// Creates a self-signed certificate that is marked as no authority.
    pub fn self_signed_leaf(hosts: &[&str]) -> Self {
        Self::self_signed_with(hosts, |params| params.is_ca = IsCa::ExplicitNoCa)
    }

    fn self_signed_with(hosts: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Self {
        Self::made(hosts, |params, key| {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
            change(params);
            params.self_signed(key)
        })
    }

    fn made(
        hosts: &[&str],
        sign: impl FnOnce(&mut CertificateParams, &KeyPair) -> Result<rcgen::Certificate, rcgen::Error>,
    ) -> Self {
        let hosts: Vec<_> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let mut params = CertificateParams::new(hosts).expect("names of hosts");
        let key = KeyPair::generate().expect("a key");
        let certificate = sign(&mut params, &key).expect("a certificate");
        let pem = certificate.pem();
        let certificate = CertificateDer::from(certificate);
        let private = PrivateKeyDer::try_from(key.serialize_der()).expect("a key in PKCS #8");
        let key = CertifiedKey::from_der(vec![certificate], private, &ring::default_provider());
        Self { pem, key: Arc::new(key.expect("a key that fits")) }
    }

    /// Returns the certificate as PEM, for `--ca-bundle`.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// The same with the certificate of its issuer.
    pub fn with(self, authority: &Authority) -> Self {
        let chain = self.key.cert.iter().chain([authority.0.der()]).cloned().collect();
        Self { key: Arc::new(CertifiedKey::new(chain, Arc::clone(&self.key.key))), ..self }
    }
}

/// The certificate of a server.
enum Shows {
    /// This one.
    Fixed(Identity),
    /// A new one for the requested host.
    Anything(Authority),
}

impl std::fmt::Debug for Shows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shows")
    }
}

impl ResolvesServerCert for Shows {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        match self {
            Shows::Fixed(identity) => Some(Arc::clone(&identity.key)),
            Shows::Anything(authority) => {
                let host = hello.server_name().unwrap_or("127.0.0.1");
                Some(authority.issues(&[host]).key)
            }
        }
    }
}

fn acceptor(shows: Shows) -> TlsAcceptor {
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS12, &TLS13])
        .expect("versions that ring has")
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(shows));
    TlsAcceptor::from(Arc::new(config))
}

/// A request to a proxy: `CONNECT host:443 HTTP/1.1`, and its headers.
#[derive(Clone, Debug)]
pub struct Asked {
    pub line: String,
    pub headers: Vec<(String, String)>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// The kind of a server in front of the service.
#[derive(Clone)]
enum Manner {
    /// TLS, then the service.
    Tls(TlsAcceptor),
    /// Sends these bytes to any client, and closes.
    Says(Vec<u8>),
    /// Accepts connections, and never sends anything.
    Silent,
    /// A proxy: forwards plain requests, and plays every host that a client connects to.
    Proxy { over_tls: Option<TlsAcceptor>, hosts: TlsAcceptor },
    /// A proxy that sends this response to every request.
    Answers(Vec<u8>),
}

/// A listener on the loopback address. Dropping it ends all its connections.
pub struct Front {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Front {
    /// Starts the service behind TLS with this certificate.
    pub fn tls(identity: Identity, service: &Server) -> Self {
        Self::start(Manner::Tls(acceptor(Shows::Fixed(identity))), Some(service))
    }

    /// Starts a server that sends these bytes to any client, and closes: plain HTTP, a TLS alert, or nothing.
    pub fn saying(words: impl Into<Vec<u8>>) -> Self {
        Self::start(Manner::Says(words.into()), None)
    }

    /// Starts a server that only accepts connections.
    pub fn silent() -> Self {
        Self::start(Manner::Silent, None)
    }

    /// Starts a proxy that plays every host with the service, with certificates of this authority.
    pub fn proxy(authority: &Authority, service: &Server) -> Self {
        let hosts = acceptor(Shows::Anything(authority.clone()));
        Self::start(Manner::Proxy { over_tls: None, hosts }, Some(service))
    }

    /// The same, reached over TLS.
    pub fn tls_proxy(authority: &Authority, service: &Server) -> Self {
        let over_tls = Some(acceptor(Shows::Anything(authority.clone())));
        Self::start(Manner::Proxy { over_tls, hosts: acceptor(Shows::Anything(authority.clone())) }, Some(service))
    }

    /// Starts a proxy that responds to every request with this status line, such as `407 Proxy Authentication Required`.
    pub fn proxy_answering(status: &str) -> Self {
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Self::start(Manner::Answers(answer.into()), None)
    }

    fn start(manner: Manner, service: Option<&Server>) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).expect("a free loopback port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let service = service.map(Server::host_and_port).unwrap_or_default();
        let asked = Arc::<Mutex<Vec<Asked>>>::default();
        let (end, ended) = oneshot::channel();
        let seen = Arc::clone(&asked);
        let thread = thread::spawn(move || {
            runtime.spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let (manner, service, seen) = (manner.clone(), service.clone(), Arc::clone(&seen));
                    // A client may hang up at any time.
                    tokio::spawn(async move { serve(stream, manner, &service, &seen).await.ok() });
                }
            });
            // An error means that the other end is gone, which also ends the copy.
            let _ = runtime.block_on(ended);
        });
        Self { address, asked, end: Some(end), thread: Some(thread) }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Returns `https://127.0.0.1:PORT`.
    pub fn https(&self) -> String {
        format!("https://{}", self.address)
    }

    /// Returns `http://127.0.0.1:PORT`, the URL of a proxy.
    pub fn http(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the proxy's requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no proxy panics").clone()
    }

    /// Returns their first lines.
    pub fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        drop(self.end.take());
        let ended = self.thread.take().map(JoinHandle::join);
        if !thread::panicking() {
            ended.expect("it was started").expect("the listener ended in order");
        }
    }
}

async fn serve(mut stream: TcpStream, manner: Manner, service: &str, asked: &Mutex<Vec<Asked>>) -> std::io::Result<()> {
    match manner {
        Manner::Tls(acceptor) => relay(acceptor.accept(stream).await?, service, &[]).await,
        Manner::Says(words) => {
            // Closing a connection with unread bytes would reset it.
            let _asked = stream.read(&mut [0; 4096]).await?;
            stream.write_all(&words).await?;
            stream.shutdown().await
        }
        Manner::Silent => {
            while stream.read(&mut [0; 4096]).await? > 0 {}
            Ok(())
        }
        Manner::Proxy { over_tls: Some(acceptor), hosts } => {
            proxy(acceptor.accept(stream).await?, &hosts, service, asked).await
        }
        Manner::Proxy { over_tls: None, hosts } => proxy(stream, &hosts, service, asked).await,
        Manner::Answers(answer) => {
            head(&mut stream, asked).await?;
            stream.write_all(&answer).await?;
            stream.shutdown().await?;
            // Read the rest, so that the response isn't lost in a reset.
            while stream.read(&mut [0; 4096]).await? > 0 {}
            Ok(())
        }
    }
}

async fn proxy<S>(mut stream: S, hosts: &TlsAcceptor, service: &str, asked: &Mutex<Vec<Asked>>) -> std::io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let head = head(&mut stream, asked).await?;
    if head.starts_with(b"CONNECT ") {
        stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await?;
        relay(hosts.accept(stream).await?, service, &[]).await
    } else {
        relay(stream, service, &head).await
    }
}

/// Reads and records the head of a request.
async fn head(stream: &mut (impl AsyncRead + Unpin), asked: &Mutex<Vec<Asked>>) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < LONGEST_HEAD {
        head.push(stream.read_u8().await?);
    }
    let text = String::from_utf8_lossy(&head);
    let mut lines = text.lines();
    let line = lines.next().unwrap_or_default().to_owned();
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect();
    asked.lock().expect("no proxy panics").push(Asked { line, headers });
    Ok(head)
}

/// Forwards everything between client and service, beginning with these bytes.
async fn relay(mut stream: impl AsyncRead + AsyncWrite + Unpin, service: &str, first: &[u8]) -> std::io::Result<()> {
    let mut upstream = TcpStream::connect(service).await?;
    upstream.write_all(first).await?;
    copy_bidirectional(&mut stream, &mut upstream).await.map(drop)
}
