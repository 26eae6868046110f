//! The sandbox behind HTTP on the loopback address, for any AWS client.
//!
//! Nothing that comes in can use more than a bounded amount of memory or time: so many connections, headers and bodies
//! of such a size, each to be sent within a time.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::Timestamp;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{sleep, timeout};

use super::fault::Kind;
use super::host::{Answer, Host, Request};
use super::protocol::{self, Exception, MAX_BODY};
use super::signature::{Service, Signed, Times};
use super::{Caller, Reply};
use crate::error::shortened;
use crate::escape::tame;

/// How much a client may ask for.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    /// How many connections there are at a time; others wait.
    connections: usize,
    /// How long a client may take for the head of a request, or leave a connection unused.
    head: Duration,
    /// How long a client may take for the body of a request.
    body: Duration,
    /// The size of the head.
    head_size: usize,
}

const BOUNDS: Bounds =
    Bounds { connections: 128, head: Duration::from_secs(30), body: Duration::from_secs(30), head_size: 64 << 10 };

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
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
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
        let mut connections = JoinSet::new();
        loop {
            while connections.len() >= self.shared.bounds.connections {
                connections.join_next().await;
            }
            while connections.try_join_next().is_some() {}
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, Arc::clone(&self.shared)));
                }
                // No more files can be open, for example: that passes.
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

/// How long a connection is kept, however it is used; clients connect again.
const LONGEST_CONNECTION: Duration = Duration::from_secs(600);

/// Serves a connection to its end. What ends it is the client's business.
async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    let bounds = shared.bounds;
    let service = service_fn(move |request| answer(request, Arc::clone(&shared)));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(bounds.head).max_buf_size(bounds.head_size);
    // A client that never reads would keep its place for good: hyper bounds no write.
    let _ = timeout(LONGEST_CONNECTION, builder.serve_connection(TokioIo::new(stream), service)).await;
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

async fn answer(request: hyper::Request<Incoming>, shared: Arc<Shared>) -> Result<Response<Sent>, Dropped> {
    let (parts, body) = request.into_parts();
    let body = match timeout(shared.bounds.body, Limited::new(body, MAX_BODY).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            Err((413, "RequestEntityTooLargeException", "The request body is too large."))
        }
        // The client has gone, or has written what is no body.
        Ok(Err(_)) => return Err(Dropped),
        Err(_) => Err((408, "RequestTimeoutException", "The request was not sent in time.")),
    };
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
    let request = match (service, protocol::operation_of_target(&target)) {
        (Service::Organizations, Some(operation)) if parts.method == Method::POST => {
            Request::Organizations { operation, body: &body }
        }
        (Service::Organizations, _) => return refused(&mut host, Exception::unknown_operation(&target).into()),
        (Service::Sts, _) => {
            let pairs = |bytes| form_urlencoded::parse(bytes).into_owned();
            let form = pairs(query.as_bytes()).chain(pairs(&body)).collect();
            let authorization = text(&parts.headers, "authorization");
            let access_key_id = protocol::access_key_id(&authorization).unwrap_or_default().to_owned();
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
            Service::Organizations => protocol::CONTENT_TYPE,
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
    use std::thread;

    use super::*;
    use crate::sandbox::Sandbox;
    use crate::sandbox::clock::Clock;

    /// What a client that sends this and then waits gets, from a server with these bounds.
    fn told(bounds: Bounds, idle: usize, bytes: &'static [u8]) -> String {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let host = Host::from(Sandbox::new(&Clock::Real));
            let mut server = Server::bind(0, host, None).await.unwrap();
            server.shared =
                Arc::new(Shared { bounds, host: Mutex::new(Sandbox::new(&Clock::Real).into()), tell: None });
            let address = server.address().unwrap();
            tokio::spawn(server.run());
            let client = thread::spawn(move || {
                let _idle: Vec<_> = (0..idle).map(|_| Client::connect(address).unwrap()).collect();
                let mut client = Client::connect(address).unwrap();
                client.write_all(bytes).unwrap();
                let mut text = String::new();
                client.read_to_string(&mut text).unwrap();
                text
            });
            spawn_blocking(|| client.join().unwrap()).await.unwrap()
        })
    }

    const SHORT: Bounds = Bounds { head: Duration::from_millis(50), body: Duration::from_millis(50), ..BOUNDS };

    #[test]
    fn a_client_that_never_ends_its_head_is_dropped() {
        assert_eq!(told(SHORT, 0, b"POST / HTTP/1.1\r\nHost: x\r\n"), "");
    }

    #[test]
    fn a_client_that_never_ends_its_body_is_told_so() {
        let text = told(SHORT, 0, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
        assert!(text.starts_with("HTTP/1.1 408 ") && text.contains("RequestTimeoutException"), "{text}");
    }

    #[test]
    fn clients_beyond_the_bound_wait_and_get_their_turn() {
        let few = Bounds { connections: 2, ..SHORT };
        let text = told(few, 4, b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
        assert!(text.starts_with("HTTP/1.1 400 ") && text.contains("UnknownOperationException"), "{text}");
    }
}
