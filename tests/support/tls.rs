//! In front of the scripted service: TLS with an authority made on the spot, in every way that it can go wrong, and a
//! proxy that plays any host.

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

/// The longest head of a request to a proxy.
const LONGEST_HEAD: usize = 1 << 16;

/// A certificate authority that nobody else knows.
#[derive(Clone)]
pub struct Authority(Arc<CertifiedIssuer<'static, KeyPair>>);

impl Authority {
    /// An authority of this name.
    pub fn new(name: &str) -> Self {
        Self::changed(name, |_| ())
    }

    /// An authority whose certificate expired long ago.
    pub fn expired(name: &str) -> Self {
        Self::changed(name, long_ago)
    }

    /// An authority for the certificates of clients.
    pub fn for_clients(name: &str) -> Self {
        Self::changed(name, |params| params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth])
    }

    /// A certificate that may sign no other one, and does.
    pub fn without_authority(name: &str) -> Self {
        Self::changed(name, |params| params.is_ca = IsCa::ExplicitNoCa)
    }

    /// An authority that lets no other authority sign in its name.
    pub fn of_servers_only(name: &str) -> Self {
        Self::changed(name, |params| params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0)))
    }

    /// An authority that this one vouches for.
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

    /// The authority's certificate as a file of `--ca-bundle` has it.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate of this authority for these hosts.
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
    /// A certificate that vouches for itself and says that it is an authority: what `openssl req -x509` makes.
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

    /// A self-signed certificate that says that it is no authority.
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

    /// The certificate as a file of `--ca-bundle` has it.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// The same with the certificate of the authority that has issued it.
    pub fn with(self, authority: &Authority) -> Self {
        let chain = self.key.cert.iter().chain([authority.0.der()]).cloned().collect();
        Self { key: Arc::new(CertifiedKey::new(chain, Arc::clone(&self.key.key))), ..self }
    }
}

/// Which certificate a server shows.
enum Shows {
    /// This one.
    Fixed(Identity),
    /// One for whatever host is asked for.
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

/// What a proxy was asked: `CONNECT host:443 HTTP/1.1`, and the headers with it.
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

/// What listens in front of the service.
#[derive(Clone)]
enum Manner {
    /// TLS, then the service.
    Tls(TlsAcceptor),
    /// Says this to whatever comes, and ends.
    Says(Vec<u8>),
    /// Listens, and never says a word.
    Silent,
    /// A proxy: forwards plain requests, and plays every host that it is to connect to.
    Proxy { over_tls: Option<TlsAcceptor>, hosts: TlsAcceptor },
    /// A proxy that gives this answer to everything.
    Answers(Vec<u8>),
}

/// A listener on the loopback address; it ends, with all its connections, when it is dropped.
pub struct Front {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Front {
    /// The service behind TLS with this certificate.
    pub fn tls(identity: Identity, service: &Server) -> Self {
        Self::start(Manner::Tls(acceptor(Shows::Fixed(identity))), Some(service))
    }

    /// A server that says this to whatever comes, and closes: plain HTTP, an alert of TLS, or nothing at all.
    pub fn saying(words: impl Into<Vec<u8>>) -> Self {
        Self::start(Manner::Says(words.into()), None)
    }

    /// A server that accepts connections and nothing else.
    pub fn silent() -> Self {
        Self::start(Manner::Silent, None)
    }

    /// A proxy behind which every host is the service, with certificates of this authority.
    pub fn proxy(authority: &Authority, service: &Server) -> Self {
        let hosts = acceptor(Shows::Anything(authority.clone()));
        Self::start(Manner::Proxy { over_tls: None, hosts }, Some(service))
    }

    /// The same, itself reached over TLS.
    pub fn tls_proxy(authority: &Authority, service: &Server) -> Self {
        let over_tls = Some(acceptor(Shows::Anything(authority.clone())));
        Self::start(Manner::Proxy { over_tls, hosts: acceptor(Shows::Anything(authority.clone())) }, Some(service))
    }

    /// A proxy that answers every request with this status line, `407 Proxy Authentication Required`.
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
            // An error means that the other end is gone, which is an end as well.
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

    /// `https://127.0.0.1:PORT`.
    pub fn https(&self) -> String {
        format!("https://{}", self.address)
    }

    /// `http://127.0.0.1:PORT`, the URL of a proxy.
    pub fn http(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What the proxy was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no proxy panics").clone()
    }

    /// The same, first lines only.
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
            // Closed with something unread, the connection would be reset.
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
            // What else comes is read, so that the answer isn't lost in a reset.
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

/// The head of a request; it is noted.
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

/// Passes everything on to the service, these bytes first, and back.
async fn relay(mut stream: impl AsyncRead + AsyncWrite + Unpin, service: &str, first: &[u8]) -> std::io::Result<()> {
    let mut upstream = TcpStream::connect(service).await?;
    upstream.write_all(first).await?;
    copy_bidirectional(&mut stream, &mut upstream).await.map(drop)
}
