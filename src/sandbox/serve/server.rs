//! The sandbox behind HTTP on the loopback address, for any AWS client.
//!
//! Nothing that comes in can use more than a bounded amount of memory or time: so many connections, headers and bodies
//! of such a size, each to be sent within a time. When a client comes while there are so many connections already, the
//! one that has been idle longest is closed.
//!
//! Web pages can't use it: requests that a browser sends for one carry its `Origin`, or the page's own host name, which
//! its owner can make lead to the loopback address.

use std::collections::HashMap;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{HOST, ORIGIN};
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::Timestamp;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{self, AbortHandle, JoinError, JoinSet, spawn_blocking, yield_now};
use tokio::time::{sleep, timeout};

use super::signature::{Service, Signed, Times};
use crate::sandbox::engine::caller::Caller;
use crate::sandbox::keep::faults::Kind;
use crate::sandbox::keep::host::{Answer, Host, Request};
use crate::sandbox::protocol::exceptions::Exception;
use crate::sandbox::protocol::headers;
use crate::sandbox::protocol::input::MAX_BODY;
use crate::sandbox::protocol::reply::Reply;
use crate::text::escape::tame;
use crate::text::shorten::shortened;

/// How much a client may ask for.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    /// How many connections there are at a time.
    connections: usize,
    /// How long a connection has to be unused before it may be closed for another one: so that an answer on its way
    /// arrives, and a client that has just connected can speak.
    idle: Duration,
    /// The same for a connection on which a request has begun.
    dawdling: Duration,
    /// How long a client may take for the head of a request, or leave a connection unused.
    head: Duration,
    /// How long a client may take for the body of a request.
    body: Duration,
    /// The size of the head.
    head_size: usize,
}

const BOUNDS: Bounds = Bounds {
    connections: 128,
    idle: Duration::from_millis(20),
    dawdling: Duration::from_millis(100),
    head: Duration::from_secs(30),
    body: Duration::from_secs(30),
    head_size: 64 << 10,
};

/// How many clients the system lets wait until they are accepted. One more tries again a second later.
const WAITING: u32 = 1024;

/// Who is told of every request.
type Tell = fn(&str);

/// A server that is bound to its port.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    host: Mutex<Host>,
    tell: Option<Tell>,
    bounds: Bounds,
}

impl Server {
    /// Binds a port of the loopback address; 0 chooses one. `tell` is told of every request, in a line.
    ///
    /// # Errors
    ///
    /// The port can't be bound.
    pub async fn bind(port: u16, host: Host, tell: Option<Tell>) -> io::Result<Server> {
        let socket = TcpSocket::new_v4()?;
        // As `TcpListener::bind` does: on Windows it would let others have the same port.
        #[cfg(not(windows))]
        socket.set_reuseaddr(true)?;
        socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
        let listener = socket.listen(WAITING)?;
        Ok(Server { listener, shared: Arc::new(Shared { host: Mutex::new(host), tell, bounds: BOUNDS }) })
    }

    /// The address that it is bound to.
    ///
    /// # Errors
    ///
    /// The system doesn't tell.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until it is dropped.
    pub async fn run(self) -> Infallible {
        let mut connections = Connections::default();
        loop {
            let accepted = self.listener.accept().await;
            connections.forget_ended();
            match accepted {
                Ok((stream, _)) => {
                    while connections.tasks.len() >= self.shared.bounds.connections {
                        connections.make_room(self.shared.bounds).await;
                    }
                    connections.serve(stream, Arc::clone(&self.shared));
                    // Before another one comes: what this client has sent already is a request, which isn't idle.
                    yield_now().await;
                }
                // No more files can be open, for example.
                Err(_) => connections.make_room(self.shared.bounds).await,
            }
        }
    }
}

/// The connections that there are.
#[derive(Debug, Default)]
struct Connections {
    tasks: JoinSet<()>,
    uses: HashMap<task::Id, (AbortHandle, Use)>,
}

impl Connections {
    fn serve(&mut self, stream: TcpStream, shared: Arc<Shared>) {
        let usage = Use::default();
        let task = self.tasks.spawn(serve(Connection { stream, usage: usage.clone() }, shared));
        self.uses.insert(task.id(), (task, usage));
    }

    fn forget_ended(&mut self) {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.forget(ended);
        }
    }

    fn forget(&mut self, ended: Result<(task::Id, ()), JoinError>) {
        let id = ended.map_or_else(|error| error.id(), |(id, ())| id);
        self.uses.remove(&id);
    }

    /// Closes the connection that has been idle longest, or else the one whose client has been busy longest with a
    /// request; or waits a moment.
    async fn make_room(&mut self, bounds: Bounds) {
        let since = |stage: fn(Stage) -> Option<Instant>, least: Duration| {
            let since = self.uses.values().filter_map(|(task, usage)| Some((stage(usage.stage())?, task)));
            since.filter(|(since, _)| since.elapsed() >= least).min_by_key(|(since, _)| *since)
        };
        let idle = since(Stage::idle, bounds.idle).or_else(|| since(Stage::asking, bounds.dawdling));
        if let Some((_, task)) = idle {
            task.abort();
        }
        // What was aborted ends at once.
        match timeout(bounds.idle, self.tasks.join_next_with_id()).await {
            Ok(Some(ended)) => self.forget(ended),
            Ok(None) => sleep(bounds.idle).await,
            Err(_) => {}
        }
    }
}

/// What a connection is used for.
#[derive(Clone, Copy, Debug)]
enum Stage {
    /// For nothing, since then.
    Idle(Instant),
    /// Since then, the client has been sending a request.
    Asking(Instant),
    /// The client waits for its answer.
    Answering,
}

impl Stage {
    fn idle(self) -> Option<Instant> {
        if let Stage::Idle(since) = self { Some(since) } else { None }
    }

    fn asking(self) -> Option<Instant> {
        if let Stage::Asking(since) = self { Some(since) } else { None }
    }
}

/// The stage of a connection. Clones share it.
#[derive(Clone, Debug)]
struct Use(Arc<Mutex<Stage>>);

impl Default for Use {
    fn default() -> Use {
        Use(Arc::new(Mutex::new(Stage::Idle(Instant::now()))))
    }
}

impl Use {
    fn stage(&self) -> Stage {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, stage: Stage) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = stage;
    }
}

/// A connection that notes how it is used.
#[derive(Debug)]
struct Connection {
    stream: TcpStream,
    usage: Use,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let (Stage::Idle(_), true) = (self.usage.stage(), buffer.filled().len() > before) {
            self.usage.enter(Stage::Asking(Instant::now()));
        }
        read
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        // An answer of which a part has just left isn't idle.
        if let (Stage::Idle(_), true) = (self.usage.stage(), written.is_ready()) {
            self.usage.enter(Stage::Idle(Instant::now()));
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

/// How long a connection is kept, however it is used; clients connect again.
const LONGEST_CONNECTION: Duration = Duration::from_secs(600);

/// Serves a connection to its end. What ends it is the client's business.
async fn serve(connection: Connection, shared: Arc<Shared>) {
    let _ = connection.stream.set_nodelay(true);
    let bounds = shared.bounds;
    let usage = connection.usage.clone();
    let service = service_fn(move |request| {
        let (shared, usage) = (Arc::clone(&shared), usage.clone());
        async move {
            let answer = answer(request, shared, &usage).await;
            usage.enter(Stage::Idle(Instant::now()));
            answer
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(bounds.head).max_buf_size(bounds.head_size);
    // A client that never reads would keep its place for good: hyper bounds no write.
    let _ = timeout(LONGEST_CONNECTION, builder.serve_connection(TokioIo::new(connection), service)).await;
}

/// The connection is to be closed without an answer.
#[derive(Debug)]
struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is closed without an answer")
    }
}

impl Error for Dropped {}

async fn answer(
    request: hyper::Request<Incoming>,
    shared: Arc<Shared>,
    usage: &Use,
) -> Result<Response<Sent>, Dropped> {
    let (parts, body) = request.into_parts();
    let body = match foreign(&parts) {
        Some(why) => Err((403, "AccessDeniedException", why)),
        None => whole(body, shared.bounds).await?,
    };
    usage.enter(Stage::Answering);
    let unread = body.is_err();
    let service = service(&parts);
    let (tell, operation, answer) = spawn_blocking(move || {
        let (operation, answer) = ask(&shared, service, &parts, body);
        (shared.tell, operation, answer)
    })
    .await
    .map_err(|_| Dropped)?;
    if let Some(tell) = tell {
        tell(&line(&operation, &answer));
    }
    match answer.fault {
        Some(Kind::LostResponse) => return Err(Dropped),
        Some(Kind::Delay(delay)) => sleep(delay).await,
        _ => {}
    }
    respond(service, answer, unread).map_err(|_| Dropped)
}

/// The body of a request, or why it isn't known.
async fn whole(body: Incoming, bounds: Bounds) -> Result<Result<Bytes, Unread>, Dropped> {
    match timeout(bounds.body, Limited::new(body, MAX_BODY).collect()).await {
        Ok(Ok(body)) => Ok(Ok(body.to_bytes())),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            Ok(Err((413, "RequestEntityTooLargeException", "The request body is too large.")))
        }
        // The client has gone, or has written what is no body.
        Ok(Err(_)) => Err(Dropped),
        Err(_) => Ok(Err((408, "RequestTimeoutException", "The request was not sent in time."))),
    }
}

/// Why a request is refused before anything else of it is looked at: a web page has sent it, or may have.
fn foreign(parts: &Parts) -> Option<&'static str> {
    if parts.headers.contains_key(ORIGIN) {
        return Some("The sandbox serves no web pages: the request has an Origin header.");
    }
    let mut hosts = parts.headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let is_ours = host.is_some_and(is_loopback)
        && hosts.next().is_none()
        && parts.uri.authority().is_none_or(|authority| is_loopback(authority.as_str()));
    (!is_ours).then_some("The sandbox serves the loopback address alone: the request is for another host.")
}

/// Whether a host, with a port or without, is the loopback address: one of its IP addresses, or `localhost`.
fn is_loopback(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit());
    let in_brackets = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_host = match in_brackets {
        Some(name) => name.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()),
        None => {
            name.eq_ignore_ascii_case("localhost")
                || name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        }
    };
    is_host && is_port
}

/// The service that a request is for. What names no operation is for Organizations, which says so.
fn service(parts: &Parts) -> Service {
    let form = text(&parts.headers, "content-type").starts_with("application/x-www-form-urlencoded");
    let named = parts.uri.query().is_some_and(|query| query.split('&').any(|part| part.starts_with("Action=")));
    match parts.headers.contains_key("x-amz-target") {
        false if form || named => Service::Sts,
        _ => Service::Organizations,
    }
}

/// Why there is no body: the status, the code and the message of the answer.
type Unread = (u16, &'static str, &'static str);

/// Asks the engine; the operation that was asked for, and the answer.
fn ask(shared: &Shared, service: Service, parts: &Parts, body: Result<Bytes, Unread>) -> (String, Answer) {
    let mut poisoned = false;
    let mut host = shared.host.lock().unwrap_or_else(|error| {
        poisoned = true;
        error.into_inner()
    });
    let target = text(&parts.headers, "x-amz-target");
    let refused = |host: &mut Host, reply: Reply| (target.clone(), host.refuse(reply));
    let body = match body {
        Ok(_) if poisoned => {
            let reply = service.error(500, "ServiceException", "The sandbox is broken.");
            return refused(&mut host, reply);
        }
        Ok(body) => body,
        Err((status, code, message)) => return refused(&mut host, service.error(status, code, message)),
    };
    let query = parts.uri.query().unwrap_or_default();
    let request = match (service, headers::operation_of_target(&target)) {
        (Service::Organizations, Some(operation)) if parts.method == Method::POST => {
            Request::Organizations { operation, body: &body }
        }
        (Service::Organizations, _) => return refused(&mut host, Exception::unknown_operation(&target).into()),
        (Service::Sts, _) => {
            let pairs = |bytes| form_urlencoded::parse(bytes).into_owned();
            let form = pairs(query.as_bytes()).chain(pairs(&body)).collect();
            let authorization = text(&parts.headers, "authorization");
            let access_key_id = headers::access_key_id(&authorization).unwrap_or_default().to_owned();
            Request::Sts { form, access_key_id }
        }
    };
    let signed = Signed {
        service,
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query,
        headers: &parts.headers,
        body: &body,
    };
    let answer = host.answer(&request, |sandbox| {
        let times = Times { real: Timestamp::now(), sandbox: sandbox.now() };
        signed.caller(|id| sandbox.key(id), times).map_err(|refused| refused.reply(service))
    });
    let answer = answer.unwrap_or_else(|error| host.refuse(service.error(500, "ServiceException", &error.to_string())));
    (request.operation().to_owned(), answer)
}

/// The text of a header; nothing where there is none.
fn text(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default()
}

/// What is told of a request: when, who, what, and how it went.
fn line(operation: &str, answer: &Answer) -> String {
    let time = answer.time.strftime("%Y-%m-%dT%H:%M:%SZ");
    let caller = match &answer.caller {
        Some(Caller::Account(account)) => account,
        Some(Caller::Implied) | None => "-",
    };
    let operation = match operation {
        "" => "-".to_owned(),
        operation => tame(&shortened(operation, 100)).replace(char::is_whitespace, " "),
    };
    let fault = answer.fault.map(|fault| format!(" fault:{fault}")).unwrap_or_default();
    format!("{time} {caller} {operation} {}{fault}\n", answer.reply.status)
}

fn respond(service: Service, answer: Answer, unread: bool) -> Result<Response<Sent>, hyper::http::Error> {
    let mut response = Response::builder().status(answer.reply.status).header("x-amzn-RequestId", &answer.id).header(
        "Content-Type",
        match service {
            Service::Organizations => headers::CONTENT_TYPE,
            Service::Sts => "text/xml",
        },
    );
    if let Some(date) = answer.date() {
        response = response.header("Date", date);
    }
    // The rest of the body would be taken for the next request.
    if unread {
        response = response.header("Connection", "close");
    }
    response.body(Sent::new(answer.reply.body, answer.fault == Some(Kind::Truncate)))
}

/// The body of an answer, whole or cut off in the middle.
#[derive(Debug)]
struct Sent {
    length: u64,
    left: Option<Bytes>,
    cut: Option<Cut>,
}

/// How far a body that is cut off has come.
#[derive(Clone, Copy, Debug)]
enum Cut {
    Half,
    Flush,
    Close,
}

impl Sent {
    fn new(body: Vec<u8>, cut: bool) -> Sent {
        Sent { length: body.len() as u64, left: Some(body.into()), cut: cut.then_some(Cut::Half) }
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = Dropped;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Dropped>>> {
        match self.cut {
            None => Poll::Ready(self.left.take().map(|bytes| Ok(Frame::data(bytes)))),
            Some(Cut::Half) => {
                self.cut = Some(Cut::Flush);
                let half = self.left.take().map(|bytes| bytes.slice(..bytes.len() / 2));
                Poll::Ready(half.map(|half| Ok(Frame::data(half))))
            }
            Some(Cut::Flush) => {
                // What there is leaves before the connection is closed.
                self.cut = Some(Cut::Close);
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Some(Cut::Close) => Poll::Ready(Some(Err(Dropped))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.cut.is_none() && self.left.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream as Client;

    use super::*;
    use crate::sandbox::keep::clock::Clock;
    use crate::sandbox::keep::sandbox::Sandbox;

    /// What clients see of a server with these bounds.
    fn with_server<T: Send + 'static>(bounds: Bounds, clients: impl FnOnce(SocketAddr) -> T + Send + 'static) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let host = Host::from(Sandbox::new(&Clock::Real));
            let mut server = Server::bind(0, host, None).await.unwrap();
            server.shared =
                Arc::new(Shared { bounds, host: Mutex::new(Sandbox::new(&Clock::Real).into()), tell: None });
            let address = server.address().unwrap();
            tokio::spawn(server.run());
            spawn_blocking(move || clients(address)).await.unwrap()
        })
    }

    fn connect(address: SocketAddr, bytes: &[u8]) -> Client {
        let mut client = Client::connect(address).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        client.write_all(bytes).unwrap();
        client
    }

    /// All that the server sends; nothing if it has closed the connection with something unread.
    fn received(mut client: Client) -> String {
        let mut text = String::new();
        match client.read_to_string(&mut text) {
            Err(error) if error.kind() != io::ErrorKind::ConnectionReset => panic!("{error}"),
            _ => text,
        }
    }

    /// What a client that sends this and then waits gets.
    fn told(bounds: Bounds, bytes: &'static [u8]) -> String {
        with_server(bounds, move |address| received(connect(address, bytes)))
    }

    const SHORT: Bounds = Bounds { head: Duration::from_millis(50), body: Duration::from_millis(50), ..BOUNDS };
    const WHOLE: &[u8] = b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";

    #[test]
    fn a_client_that_never_ends_its_head_is_dropped() {
        assert_eq!(told(SHORT, b"POST / HTTP/1.1\r\nHost: localhost\r\n"), "");
    }

    #[test]
    fn a_client_that_never_ends_its_body_is_told_so() {
        let text = told(SHORT, b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{");
        assert!(text.starts_with("HTTP/1.1 408 ") && text.contains("RequestTimeoutException"), "{text}");
    }

    #[test]
    fn idle_clients_make_room_for_others_and_one_with_half_a_request_only_if_it_dawdles() {
        for (dawdling, stays) in [(Duration::from_secs(30), true), (Duration::ZERO, false)] {
            // Each half of a request: of the head, and of the body.
            for half in [30, WHOLE.len() - 1] {
                let few = Bounds { connections: 2, dawdling, ..BOUNDS };
                let (busy, others) = with_server(few, move |address| {
                    let mut busy = connect(address, &WHOLE[..half]);
                    let _idle: Vec<_> = (0..5).map(|_| connect(address, b"")).collect();
                    let others: Vec<_> = (0..5).map(|_| received(connect(address, WHOLE))).collect();
                    // Two at a time that dawdle, too, are more than those that are idle.
                    let _dawdle: Vec<_> = (0..if stays { 0 } else { 2 }).map(|_| connect(address, b"P")).collect();
                    let other = received(connect(address, WHOLE));
                    let _ = busy.write_all(&WHOLE[half..]);
                    (received(busy), [others, vec![other]].concat())
                });
                for text in others {
                    assert!(text.starts_with("HTTP/1.1 400 ") && text.contains("UnknownOperationException"), "{text}");
                }
                assert_eq!(busy.starts_with("HTTP/1.1 400 "), stays, "{dawdling:?} {half}: {busy}");
            }
        }
    }

    #[test]
    fn a_client_whose_answer_is_being_made_keeps_its_connection() {
        let few = Bounds { connections: 1, dawdling: Duration::ZERO, idle: Duration::ZERO, ..BOUNDS };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut connections = Connections::default();
            let usage = Use::default();
            let (end, ended) = tokio::sync::oneshot::channel::<()>();
            let task = connections.tasks.spawn(async { drop(ended.await) });
            connections.uses.insert(task.id(), (task.clone(), usage.clone()));
            usage.enter(Stage::Answering);
            connections.make_room(few).await;
            assert!(!task.is_finished());
            usage.enter(Stage::Idle(Instant::now()));
            connections.make_room(few).await;
            assert!(task.is_finished() && connections.uses.is_empty());
            drop(end);
        });
    }

    #[test]
    fn only_the_loopback_address_is_served() {
        for host in ["localhost", "LocalHost:80", "127.0.0.1", "127.0.0.1:65535", "127.9.8.7:1", "[::1]", "[::1]:80"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            ":80",
            "example.com",
            "example.com:80",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "127.1",
            "2130706433",
            "0.0.0.0",
            "[::]",
            "::1",
            "10.0.0.1",
            "user@127.0.0.1",
            "127.0.0.1:80:80",
            "127.0.0.1:x",
            "127.0.0.1 ",
            "[::1",
            "[::1]x",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
