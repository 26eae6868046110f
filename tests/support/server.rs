//! A scripted HTTP/1.1 service on the loopback interface. It sends its responses in order, repeats the last one, and
//! records the requests.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::{Value, json};

use super::machine::patience;

/// The size limit of a request. The program's own are smaller.
const MAX_REQUEST: u64 = 16 * 1024 * 1024;

/// The sample response of AcceptHandshake in the API reference.
pub const SAMPLE: &str = include_str!("accept-handshake.json");

/// The sample response of AcceptHandshake in the API reference, parsed.
pub fn sample_handshake() -> Value {
    serde_json::from_str(SAMPLE).expect("JSON")
}

/// A scripted response.
#[derive(Clone, Debug)]
pub struct Step {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    delay: Duration,
    delivery: Delivery,
}

#[derive(Clone, Copy, Debug)]
enum Delivery {
    Whole,
    Chunked,
    Dropped,
}

impl Step {
    /// Creates a 200 with these bytes.
    pub fn bytes(body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            headers: vec![
                ("Content-Type".into(), "application/x-amz-json-1.1".into()),
                ("x-amzn-RequestId".into(), "11111111-2222-3333-4444-555555555555".into()),
            ],
            body: body.into(),
            delay: Duration::ZERO,
            delivery: Delivery::Whole,
        }
    }

    /// Creates a 200 with a document.
    pub fn json(body: &Value) -> Self {
        Self::bytes(body.to_string())
    }

    /// Creates a 200 with the documented handshake.
    pub fn handshake() -> Self {
        Self::json(&sample_handshake())
    }

    /// Creates an error response of the service.
    pub fn error(code: &str, message: &str) -> Self {
        Self::json(&json!({"__type": code, "Message": message})).status(400)
    }

    /// Creates an error response of the service with one more member of the exception.
    pub fn error_with(code: &str, message: &str, (member, value): (&str, &str)) -> Self {
        Self::json(&json!({"__type": code, "Message": message, member: value})).status(400)
    }

    /// Closes the connection without a response.
    pub fn close() -> Self {
        Self { delivery: Delivery::Dropped, ..Self::bytes("") }
    }

    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub fn header(self, name: &str, value: &str) -> Self {
        let mut step = self.without_header(name);
        step.headers.push((name.into(), value.into()));
        step
    }

    pub fn without_header(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// Delays the response, or the end of the connection.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    pub fn chunked(mut self) -> Self {
        self.delivery = Delivery::Chunked;
        self
    }

    fn message(&self) -> Vec<u8> {
        let mut message = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status)).into_bytes();
        for (name, value) in &self.headers {
            message.extend(format!("{name}: {value}\r\n").into_bytes());
        }
        if let Delivery::Chunked = self.delivery {
            message.extend(b"Transfer-Encoding: chunked\r\n\r\n");
            for part in self.body.chunks((self.body.len() / 3).max(1)) {
                message.extend(format!("{:x}\r\n", part.len()).into_bytes());
                message.extend(part);
                message.extend(b"\r\n");
            }
            message.extend(b"0\r\n\r\n");
        } else {
            message.extend(format!("Content-Length: {}\r\n\r\n", self.body.len()).into_bytes());
            message.extend(&self.body);
        }
        message
    }

    fn ends_connection(&self) -> bool {
        self.headers
            .iter()
            .any(|(name, value)| name.eq_ignore_ascii_case("connection") && value.eq_ignore_ascii_case("close"))
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        411 => "Length Required",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}

/// A request of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// Returns the operation: `AcceptHandshake` from `AWSOrganizationsV20161128.AcceptHandshake`.
    pub fn operation(&self) -> Option<&str> {
        self.header("X-Amz-Target")?.rsplit('.').next()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("the request's body is not JSON ({error}): {}", self.text()),
        }
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        if let Some(operation) = self.operation() {
            write!(f, " {operation}")?;
        }
        if !self.body.is_empty() {
            write!(f, " {}", self.text())?;
        }
        Ok(())
    }
}

/// The service. It ends with all its threads when it is stopped or dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

struct Shared {
    state: Mutex<State>,
    /// Notified of every request and of the end.
    changed: Condvar,
}

struct State {
    script: Vec<Step>,
    requests: Vec<Request>,
    connections: Vec<TcpStream>,
    stopping: bool,
}

impl Server {
    pub fn script(steps: impl IntoIterator<Item = Step>) -> Self {
        Self::scripted_by(|_| steps.into_iter().collect())
    }

    /// Starts a service with responses that contain its own URL.
    pub fn scripted_by(script: impl FnOnce(&str) -> Vec<Step>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let script = script(&format!("http://{address}"));
        assert!(!script.is_empty(), "a script needs at least one step");
        let shared = Arc::new(Shared {
            state: Mutex::new(State { script, requests: Vec::new(), connections: Vec::new(), stopping: false }),
            changed: Condvar::new(),
        });
        let acceptor = thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        Self { address, shared, acceptor: Some(acceptor) }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn host_and_port(&self) -> String {
        self.address.to_string()
    }

    /// Waits for this many requests. Returns whether they came in time.
    pub fn is_asked_within(&self, timeout: Duration, requests: usize) -> bool {
        let few = |state: &mut State| state.requests.len() < requests;
        let waited = self.shared.changed.wait_timeout_while(self.shared.lock(), timeout, few);
        !waited.expect("nobody panics while holding the lock").1.timed_out()
    }

    /// Ends the service and returns its requests, including all that clients sent before they ended.
    pub fn stop(mut self) -> Vec<Request> {
        self.shut_down();
        std::mem::take(&mut self.shared.lock().requests)
    }

    fn shut_down(&mut self) {
        let Some(acceptor) = self.acceptor.take() else { return };
        {
            let mut state = self.shared.lock();
            state.stopping = true;
            for connection in &state.connections {
                // Received data can still be read, then the connection ends.
                let _ = connection.shutdown(Shutdown::Read);
            }
        }
        self.shared.changed.notify_all();
        // Wake the acceptor. A refused connection means that it has ended already.
        let _ = TcpStream::connect(self.address);
        let ended = acceptor.join();
        if !thread::panicking() {
            ended.expect("the server ended in order");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shut_down();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics while holding the lock")
    }

    fn record(&self, request: Request) -> Step {
        let mut state = self.lock();
        let index = state.requests.len().min(state.script.len() - 1);
        state.requests.push(request);
        self.changed.notify_all();
        state.script[index].clone()
    }

    /// Waits, but only until the end of the server.
    fn wait(&self, delay: Duration) {
        if delay.is_zero() {
            return;
        }
        let waited = self.changed.wait_timeout_while(self.lock(), delay, |state| !state.stopping);
        drop(waited.expect("nobody panics while holding the lock"));
    }
}

fn accept(listener: &TcpListener, shared: &Shared) {
    thread::scope(|scope| {
        loop {
            match listener.accept() {
                Ok((stream, _)) => {
                    // A client may hang up at any time. Its requests until then are recorded.
                    scope.spawn(move || serve(&stream, shared).ok());
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) => panic!("cannot accept a connection: {error}"),
            }
            if shared.lock().stopping {
                // Connections from before the end still count, but don't wait for more.
                listener.set_nonblocking(true).expect("a listener that doesn't block");
            }
        }
    });
}

fn serve(mut stream: &TcpStream, shared: &Shared) -> io::Result<()> {
    stream.set_nonblocking(false)?;
    stream.set_nodelay(true)?;
    // A client that no longer reads must not prevent the server's end.
    stream.set_write_timeout(Some(patience()))?;
    {
        let mut state = shared.lock();
        if state.stopping {
            stream.shutdown(Shutdown::Read)?;
        } else {
            state.connections.push(stream.try_clone()?);
        }
    }
    let mut reader = BufReader::new(stream);
    while let Some((request, last)) = read_request(&mut reader)? {
        let fixed = match request.method.as_str() {
            "GET" | "PUT" | "POST" if request.header("Transfer-Encoding").is_some() => Some(411),
            "GET" | "PUT" | "POST" => None,
            // A proxy that never connects: the requested host is recorded as the request's path.
            "CONNECT" => Some(503),
            _ => Some(501),
        };
        let step = shared.record(request);
        if let Some(status) = fixed {
            stream.write_all(&Step::bytes("").status(status).message())?;
            break;
        }
        shared.wait(step.delay);
        if let Delivery::Dropped = step.delivery {
            break;
        }
        stream.write_all(&step.message())?;
        if last || step.ends_connection() {
            break;
        }
    }
    // The clone that is stored for the server's end would keep the connection open.
    stream.shutdown(Shutdown::Both)
}

/// Reads the next request, and whether it is the connection's last. Returns `None` at the end of the connection.
fn read_request(reader: &mut BufReader<&TcpStream>) -> io::Result<Option<(Request, bool)>> {
    let start = read_line(reader)?;
    if start.is_empty() {
        return Ok(None);
    }
    let mut words = start.split(' ');
    let (Some(method), Some(path), Some(version), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(malformed(&start));
    };
    let mut headers = Vec::new();
    loop {
        let line = read_line(reader)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| malformed(&line))?;
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let mut request = Request { method: method.into(), path: path.into(), headers, body: Vec::new() };
    let asks = |name, value: &str| request.header(name).is_some_and(|found| found.eq_ignore_ascii_case(value));
    let last = version != "HTTP/1.1" || asks("Connection", "close");
    if asks("Expect", "100-continue") {
        reader.get_mut().write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    if let Some(length) = request.header("Content-Length") {
        let length: u64 = length.parse().map_err(|_| malformed(length))?;
        if length > MAX_REQUEST {
            return Err(malformed("a request that long"));
        }
        let mut body = Vec::new();
        reader.take(length).read_to_end(&mut body)?;
        if body.len() as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        request.body = body;
    }
    Ok(Some((request, last)))
}

/// Reads a line without its newline. Returns an empty line at the end of the connection.
fn read_line(reader: &mut BufReader<&TcpStream>) -> io::Result<String> {
    let mut line = Vec::new();
    reader.take(MAX_REQUEST).read_until(b'\n', &mut line)?;
    Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned())
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("not HTTP: {what}"))
}
