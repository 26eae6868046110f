//! The HTTP server of the sandbox.
//!
//! The memory and time that clients can use are bounded: the number of connections, the sizes of heads and bodies, and
//! the time to send them. When a new client exceeds the number of connections, the connection that has been idle
//! longest is closed.
//!
//! Web pages can't use the server: see the `loopback` module.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::http::request::Parts;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::Timestamp;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::{spawn_blocking, yield_now};
use tokio::time::{sleep, timeout};

use super::body::{Dropped, Sent};
use super::connections::{BOUNDS, Bounds, Connection, Connections, Stage, Use};
use super::loopback::foreign;
use super::service::{Absent, Service};
use super::signature::{Signed, Times};
use crate::sandbox::engine::caller::Caller;
use crate::sandbox::keep::faults::FaultKind;
use crate::sandbox::keep::host::{Answer, Answering, Host};
use crate::sandbox::keep::request::Request;
use crate::sandbox::keep::store::StoreError;
use crate::sandbox::protocol::calls::unknown_operation;
use crate::sandbox::protocol::headers;
use crate::sandbox::protocol::input::MAX_BODY;
use crate::sandbox::protocol::reply::Reply;
use crate::sandbox::protocol::sts::WEB_IDENTITY;
use crate::text::escape::tame;
use crate::text::shorten::shortened;

/// How many clients may wait to be accepted. Any more try again a second later.
const WAITING: u32 = 1024;

/// Prints a line for a request.
type Log = fn(&str);

/// A server that is bound to a port.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    host: Host,
    log: Option<Log>,
    bounds: Bounds,
}

impl Server {
    /// Binds a port of the loopback address. Port 0 chooses a free one. `log` gets a line for every request.
    ///
    /// # Errors
    ///
    /// The port can't be bound.
    pub async fn bind(port: u16, host: Host, log: Option<Log>) -> io::Result<Server> {
        let socket = TcpSocket::new_v4()?;
        // `TcpListener::bind` does the same. On Windows the option would let other processes share the port.
        #[cfg(not(windows))]
        socket.set_reuseaddr(true)?;
        socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
        let listener = socket.listen(WAITING)?;
        Ok(Server { listener, shared: Arc::new(Shared { host, log, bounds: BOUNDS }) })
    }

    /// Returns the address that the server is bound to.
    ///
    /// # Errors
    ///
    /// The system doesn't return the address.
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
                    while connections.len() >= self.shared.bounds.connections {
                        connections.make_room(self.shared.bounds).await;
                    }
                    let usage = Use::default();
                    let connection = Connection { stream, usage: usage.clone() };
                    connections.serve(usage, serve(connection, Arc::clone(&self.shared)));
                    // This lets the task read what the client has already sent, so that the connection doesn't count as
                    // idle when the next client comes.
                    yield_now().await;
                }
                // For example, too many files are open.
                Err(_) => connections.make_room(self.shared.bounds).await,
            }
        }
    }
}

/// How long a connection is kept, even if it is in use. Clients then connect again.
const LONGEST_CONNECTION: Duration = Duration::from_secs(600);

/// Serves a connection to its end. Its errors concern only the client.
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
    // A client that never reads would stay forever, because hyper has no time limit for writes.
    let _ = timeout(LONGEST_CONNECTION, builder.serve_connection(TokioIo::new(connection), service)).await;
}

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
    let content_type = Absent::of(&parts).map_or_else(|| service.content_type(), |absent| absent.content_type());
    let work = Arc::clone(&shared);
    let asked = spawn_blocking(move || ask(&work.host, service, &parts, body));
    let (operation, asked) = asked.await.map_err(|_| Dropped)?;
    let answer = match asked {
        Ok(answering) => {
            answering.finished().await.unwrap_or_else(|error| shared.host.refuse(unusable(service, &error)))
        }
        Err(refused) => shared.host.refuse(refused),
    };
    if let Some(log) = shared.log {
        log(&line(&operation, &answer));
    }
    let delay = answer.delay();
    if !delay.is_zero() {
        sleep(delay).await;
    }
    if answer.fault == Some(FaultKind::LostResponse) {
        return Err(Dropped);
    }
    respond(content_type, answer, unread).map_err(|_| Dropped)
}

/// Reads the body of a request.
async fn whole(body: Incoming, bounds: Bounds) -> Result<Result<Bytes, Unread>, Dropped> {
    match timeout(bounds.body, Limited::new(body, MAX_BODY).collect()).await {
        Ok(Ok(body)) => Ok(Ok(body.to_bytes())),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            Ok(Err((413, "RequestEntityTooLargeException", "The request body is too large.")))
        }
        // The client has disconnected, or sent an invalid body.
        Ok(Err(_)) => Err(Dropped),
        Err(_) => Ok(Err((408, "RequestTimeoutException", "The request was not sent in time."))),
    }
}

/// Returns the service that a request is for. A request without an operation gets the error response of Organizations.
fn service(parts: &Parts) -> Service {
    let form = text(&parts.headers, "content-type").starts_with("application/x-www-form-urlencoded");
    let named = parts.uri.query().is_some_and(|query| query.split('&').any(|part| part.starts_with("Action=")));
    match parts.headers.contains_key("x-amz-target") {
        false if form || named => Service::Sts,
        _ => Service::Organizations,
    }
}

/// The error response to a request without a usable body: status, code and message.
type Unread = (u16, &'static str, &'static str);

/// Performs a request. Returns the requested operation, and the answer or an error response.
fn ask(
    host: &Host,
    service: Service,
    parts: &Parts,
    body: Result<Bytes, Unread>,
) -> (String, Result<Answering, Reply>) {
    let target = text(&parts.headers, "x-amz-target");
    let body = match body {
        Ok(body) => body,
        Err((status, code, message)) => return (target, Err(service.error(status, code, message))),
    };
    if let Some(absent) = Absent::of(parts) {
        return (target, Err(absent.reply()));
    }
    let Some(request) = request(service, parts, &target, &body) else {
        let refused = unknown_operation(&target).into();
        return (target, Err(refused));
    };
    let operation = request.operation().to_owned();
    if let Err(error) = host.refresh() {
        return (operation, Err(unusable(service, &error)));
    }
    let signed = Signed {
        service,
        method: parts.method.as_str(),
        path: parts.uri.path(),
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        body: &body,
    };
    if service == Service::Sts && request.operation() == WEB_IDENTITY {
        return (operation, Ok(host.answer(request, Caller::Implied)));
    }
    let times = Times { real: Timestamp::now(), sandbox: host.now() };
    let caller = signed.caller(|id| host.key(id), times);
    let answering = caller.map(|caller| host.answer(request, caller));
    (operation, answering.map_err(|refused| refused.reply(service)))
}

/// Reads a request; `None` if it has no operation.
fn request(service: Service, parts: &Parts, target: &str, body: &Bytes) -> Option<Request> {
    match service {
        Service::Organizations if parts.method == Method::POST => {
            let operation = headers::operation_of_target(target)?.to_owned();
            Some(Request::Organizations { operation, body: body.to_vec() })
        }
        Service::Organizations => None,
        Service::Sts => {
            let query = parts.uri.query().unwrap_or_default();
            let pairs = |bytes| form_urlencoded::parse(bytes).into_owned();
            let form = pairs(query.as_bytes()).chain(pairs(body)).collect();
            let credential = headers::credential(&text(&parts.headers, "authorization"), query);
            let access_key_id = credential.map(|credential| credential.access_key_id).unwrap_or_default();
            Some(Request::Sts { form, access_key_id })
        }
    }
}

/// Returns the response for a state file that can't be used.
fn unusable(service: Service, error: &StoreError) -> Reply {
    service.error(500, "ServiceException", &error.to_string())
}

/// Returns the value of a header, or an empty text.
fn text(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default()
}

/// Returns the line that is printed for a request: time, caller, operation, status and fault.
fn line(operation: &str, answer: &Answer) -> String {
    let time = answer.time.strftime("%Y-%m-%dT%H:%M:%SZ");
    let caller = answer.caller.as_ref().and_then(Caller::account).unwrap_or("-");
    let operation = match operation {
        "" => "-".to_owned(),
        operation => tame(&shortened(operation, 100)).replace(char::is_whitespace, " "),
    };
    let fault = answer.fault.map(|fault| format!(" fault:{fault}")).unwrap_or_default();
    format!("{time} {caller} {operation} {}{fault}\n", answer.reply.status)
}

fn respond(content_type: &str, answer: Answer, unread: bool) -> Result<Response<Sent>, hyper::http::Error> {
    let mut response = Response::builder()
        .status(answer.reply.status)
        .header("x-amzn-RequestId", &answer.id)
        .header("Content-Type", content_type);
    if let Some(date) = answer.date() {
        response = response.header("Date", date);
    }
    // The unread rest of the body would be read as the next request.
    if unread {
        response = response.header("Connection", "close");
    }
    let body = answer.reply.with_request_id(&answer.id).body;
    response.body(Sent::new(body, answer.fault == Some(FaultKind::Truncate)))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream as Client;

    use super::*;
    use crate::sandbox::keep::clock::Clock;
    use crate::sandbox::keep::sandbox::Sandbox;

    /// Runs clients against a server with these bounds.
    fn with_server<T: Send + 'static>(bounds: Bounds, clients: impl FnOnce(SocketAddr) -> T + Send + 'static) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let host = Host::from(Sandbox::new(&Clock::Real));
            let mut server = Server::bind(0, host, None).await.unwrap();
            server.shared = Arc::new(Shared { bounds, host: Sandbox::new(&Clock::Real).into(), log: None });
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

    /// Returns all that the server sends; nothing if it closed the connection before it read everything.
    fn received(mut client: Client) -> String {
        let mut text = String::new();
        match client.read_to_string(&mut text) {
            Err(error) if error.kind() != io::ErrorKind::ConnectionReset => panic!("{error}"),
            _ => text,
        }
    }

    /// Returns what a client gets that sends these bytes and then waits.
    fn told(bounds: Bounds, bytes: &'static [u8]) -> String {
        with_server(bounds, move |address| received(connect(address, bytes)))
    }

    const SHORT: Duration = Duration::from_millis(50);
    const WHOLE: &[u8] = b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}";

    #[test]
    fn a_client_that_never_ends_its_head_is_dropped() {
        assert_eq!(told(Bounds { head: SHORT, ..BOUNDS }, b"POST / HTTP/1.1\r\nHost: localhost\r\n"), "");
    }

    #[test]
    fn a_client_that_never_ends_its_body_is_told_so() {
        let bytes = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{";
        let text = told(Bounds { body: SHORT, ..BOUNDS }, bytes);
        assert!(text.starts_with("HTTP/1.1 408 ") && text.contains("RequestTimeoutException"), "{text}");
    }

    #[test]
    fn idle_clients_make_room_for_others_and_one_with_half_a_request_only_if_it_dawdles() {
        for (dawdling, stays) in [(Duration::from_secs(30), true), (Duration::ZERO, false)] {
            // The request stops in its head, or in its body.
            for half in [30, WHOLE.len() - 1] {
                let few = Bounds { connections: 2, dawdling, ..BOUNDS };
                let (busy, others) = with_server(few, move |address| {
                    let mut busy = connect(address, &WHOLE[..half]);
                    let _idle: Vec<_> = (0..5).map(|_| connect(address, b"")).collect();
                    let others: Vec<_> = (0..5).map(|_| received(connect(address, WHOLE))).collect();
                    // Two more that dawdle leave no idle connection.
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
}
