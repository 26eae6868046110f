//! The sandbox from outside: the server and its clients, commands run with it, its state file, its faults.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use orgshake::sandbox::serve::environment::SET;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::{Value, json};

use crate::support::machine::{self, patience};
use crate::support::run::{DEAD, Exit, HANDSHAKE, Home, Run, SECRET, orgshake};

pub const MANAGEMENT: &str = "111111111111";
const INVITED: &str = "222222222222";

/// A running `orgshake sandbox serve`.
pub struct Serving {
    child: Child,
    home: Home,
    /// The variables that its output sets.
    exports: Vec<(String, String)>,
    /// The variables that its output removes.
    removed: Vec<String>,
}

impl Serving {
    pub fn start(options: &[&str]) -> Self {
        Self::at(Home::new(), options)
    }

    fn at(home: Home, options: &[&str]) -> Self {
        let mut command = program(&home, &["sandbox", "serve"]);
        command.args(options);
        Self::of(home, command)
    }

    /// The server that this command is.
    pub fn of(home: Home, mut command: Command) -> Self {
        let log = File::create(home.path().join("log")).expect("a file for the log");
        // Tests that run in the background ignore SIGINT.
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the program starts");
        let stdout = child.stdout.take().expect("a pipe");
        // Read to the end, as `$(…)` does: the server must close its stdout.
        let (mut exports, mut removed) = (Vec::new(), Vec::new());
        for line in BufReader::new(stdout).lines().map(|line| line.expect("text")) {
            match (line.strip_prefix("export "), line.strip_prefix("unset ")) {
                (Some(export), _) => {
                    let (name, value) = export.split_once('=').expect("a name and a value");
                    exports.push((name.to_owned(), value.to_owned()));
                }
                (None, Some(names)) => removed.extend(names.split(' ').map(str::to_owned)),
                (None, None) => panic!("neither set nor removed: {line}"),
            }
        }
        Self { child, home, exports, removed }
    }

    fn value(&self, name: &str) -> &str {
        &self.exports.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name} isn't set")).1
    }

    pub fn address(&self) -> &str {
        self.value("AWS_ENDPOINT_URL").trim_start_matches("http://")
    }

    /// Returns the id of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, as `kill -9` does.
    pub fn kill(&mut self) {
        self.child.kill().expect("a child can be killed");
        self.child.wait().expect("a killed child ends");
    }

    /// Creates a run of the program in the environment that the server has printed, as this account.
    pub fn client(&self, account: &str, args: &[&str]) -> Run {
        let run = self.removed.iter().fold(orgshake(args), |run, name| run.env_remove(name));
        self.exports.iter().fold(run, |run, (name, value)| run.env(name, value)).env("AWS_ACCESS_KEY_ID", account)
    }

    /// Returns the state of the documented handshake.
    pub fn state(&self) -> String {
        let query = ["--query", "Handshake.State", "--output", "text"];
        let describe = [&["describe-handshake", "--handshake-id", HANDSHAKE][..], &query].concat();
        self.client(MANAGEMENT, &describe).run().success().trim().to_owned()
    }

    /// Sends bytes and reads until the server closes the connection.
    pub fn raw(&self, bytes: &[u8]) -> String {
        self.exchange(bytes, false)
    }

    /// The same for an incomplete request: the client then closes its writing end.
    fn cut(&self, bytes: &[u8]) -> String {
        self.exchange(bytes, true)
    }

    fn exchange(&self, bytes: &[u8], end: bool) -> String {
        let mut stream = TcpStream::connect(self.address()).expect("a listening server");
        stream.set_read_timeout(Some(patience())).expect("a timeout");
        // A server may close the connection before it has read everything.
        let _ = stream.write_all(bytes);
        if end {
            let _ = stream.shutdown(Shutdown::Write);
        }
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Waits until its log has a request of this operation.
    #[track_caller]
    pub fn until_logged(&self, operation: &str) {
        let end = Instant::now() + patience();
        while !fs::read_to_string(self.home.path().join("log")).expect("a log").contains(operation) {
            assert!(Instant::now() < end, "{operation} isn't called");
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Ends it with a signal, and returns its log of requests.
    pub fn stop(mut self, signal: &str) -> String {
        send(signal, self.child.id());
        assert_eq!(Exit::from(self.child.wait().expect("it ends")), Exit::Code(0));
        fs::read_to_string(self.home.path().join("log")).expect("a log")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program in a home, with a real key in its environment and default signals.
pub fn program(home: &Home, args: &[&str]) -> Command {
    let mut command = match cfg!(target_os = "linux") {
        true => {
            let mut command = Command::new("env");
            command.arg("--default-signal=INT,TERM").arg(env!("CARGO_BIN_EXE_orgshake"));
            command
        }
        false => Command::new(env!("CARGO_BIN_EXE_orgshake")),
    };
    command
        .args(args)
        .current_dir(home.cwd())
        .env_clear()
        .env("HOME", home.path())
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("TMPDIR", home.path())
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .stdin(Stdio::null());
    command
}

fn send(signal: &str, process: u32) {
    let kill = Command::new("kill").arg(format!("-{signal}")).arg(process.to_string()).status();
    assert!(kill.is_ok_and(|status| status.success()), "the signal could not be sent");
}

const ACCEPT: &[&str] =
    &["accept-handshake", "--handshake-id", HANDSHAKE, "--query", "Handshake.State", "--output", "text"];

// The server

#[test]
fn its_output_is_all_that_a_client_needs() {
    let serving = Serving::start(&["--clock", "2026-12-31T00:00:00Z"]);
    let names: Vec<_> = serving.exports.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.iter().eq(SET.iter().map(|(name, _)| name)), "{names:?}");
    assert!(serving.address().starts_with("127.0.0.1:"), "{}", serving.address());
    assert_eq!(serving.value("AWS_ACCESS_KEY_ID"), MANAGEMENT);
    assert_eq!(serving.client(INVITED, ACCEPT).run().success(), "ACCEPTED\n");
    assert_eq!(serving.state(), "ACCEPTED");
    let again = serving.client(INVITED, ACCEPT).run().failure(254);
    assert!(again.contains("HandshakeAlreadyInStateException"), "{again}");
    let log = serving.stop("TERM");
    let lines: Vec<_> = log.lines().map(|line| line.split_once(' ').expect("a time")).collect();
    assert!(lines.iter().all(|(time, _)| time.starts_with("2026-12-31T00:0")), "{log}");
    let told: Vec<_> = lines.iter().map(|(_, rest)| *rest).collect();
    let expected =
        ["222222222222 AcceptHandshake 200", "111111111111 DescribeHandshake 200", "222222222222 AcceptHandshake 400"];
    assert_eq!(told, expected);
}

#[test]
fn a_shell_can_evaluate_it() {
    let home = Home::new();
    let script = "eval \"$(\"$0\" sandbox serve 2>/dev/null & echo pid=$!)\"
        AWS_ACCESS_KEY_ID=444444444444 \"$0\" accept-handshake --handshake-id h-exampleopen111 --query Handshake.State
        kill -TERM $pid";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_orgshake")])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home.path())
        .output()
        .expect("a shell");
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!((&*stdout, &*stderr), ("\"ACCEPTED\"\n", ""));
}

#[test]
fn sigint_stops_it_cleanly_too() {
    assert_eq!(Serving::start(&[]).stop("INT"), "");
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let serving = Serving::start(&[]);
    let port = serving.address().rsplit(':').next().expect("a port");
    let outcome = orgshake(["sandbox", "serve", "--port", port]).run();
    outcome.exits_with(255);
    outcome.stderr_has(&[&format!("The sandbox can't listen on 127.0.0.1:{port}")]);
}

#[test]
fn the_clock_moves_what_clients_see() {
    let serving = Serving::start(&["--clock", "+16d"]);
    assert_eq!(serving.state(), "EXPIRED");
    let told = serving.client("333333333333", ACCEPT).run().failure(254);
    assert!(told.contains("AccessDeniedException"), "{told}");
}

#[test]
fn many_clients_at_once_are_all_served_and_one_of_them_wins() {
    let serving = Serving::start(&[]);
    let won = thread::scope(|scope| {
        let runs: Vec<_> = (0..6).map(|_| scope.spawn(|| serving.client(INVITED, ACCEPT).run())).collect();
        let outcomes: Vec<_> = runs.into_iter().map(|run| run.join().expect("a run")).collect();
        for outcome in outcomes.iter().filter(|outcome| outcome.exit != Exit::Code(0)) {
            assert!(outcome.failure(254).contains("HandshakeAlreadyInStateException"));
        }
        outcomes.iter().filter(|outcome| outcome.exit == Exit::Code(0)).count()
    });
    assert_eq!(won, 1);
}

// Signatures

#[test]
fn a_wrong_secret_an_unknown_key_and_no_signature_are_different_errors() {
    let serving = Serving::start(&[]);
    let describe = &["describe-handshake", "--handshake-id", HANDSHAKE];
    for (run, code) in [
        (serving.client(MANAGEMENT, describe).env("AWS_SECRET_ACCESS_KEY", "other"), "InvalidSignatureException"),
        (serving.client("AKIDEXAMPLE", describe), "UnrecognizedClientException"),
        (serving.client(MANAGEMENT, describe).arg("--no-sign-request"), "MissingAuthenticationTokenException"),
    ] {
        let told = run.run().failure(254);
        assert!(told.contains(&format!("({code})")), "{told}");
    }
    assert_eq!(serving.client(MANAGEMENT, describe).arg("--region").arg("eu-west-3").run().exit, Exit::Code(0));
    let log = serving.stop("TERM");
    assert_eq!(log.matches(" - DescribeHandshake 400\n").count(), 3, "{log}");
}

/// Returns a request of STS or Organizations with this Authorization.
fn request(headers: &str, body: &str) -> String {
    format!(
        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

const TARGET: &str = "X-Amz-Target: AWSOrganizationsV20161128.DescribeHandshake\r\n";
const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

#[test]
fn an_old_date_and_another_service_are_rejected() {
    let serving = Serving::start(&[]);
    let signed = |service: &str, names: &str| {
        format!(
            "X-Amz-Date: 20150830T123600Z\r\nAuthorization: AWS4-HMAC-SHA256 Credential={MANAGEMENT}/20150830/us-east-1/\
             {service}/aws4_request, SignedHeaders={names}, Signature=00\r\n"
        )
    };
    let names = "host;x-amz-date;x-amz-target";
    let old = serving.raw(request(&format!("{TARGET}{}", signed("organizations", names)), "{}").as_bytes());
    assert!(old.contains("InvalidSignatureException") && old.contains("Signature expired"), "{old}");
    let elsewhere = serving.raw(request(&format!("{TARGET}{}", signed("sts", names)), "{}").as_bytes());
    assert!(elsewhere.contains("correct service: 'organizations'"), "{elsewhere}");
    let sts = serving.raw(request(&format!("{FORM}{}", signed("sts", names)), "Action=GetCallerIdentity").as_bytes());
    assert!(sts.starts_with("HTTP/1.1 403 ") && sts.contains("<Code>SignatureDoesNotMatch</Code>"), "{sts}");
    let unsigned = serving.raw(request(FORM, "Action=GetCallerIdentity").as_bytes());
    assert!(unsigned.contains("<Code>MissingAuthenticationToken</Code>"), "{unsigned}");
    assert!(unsigned.contains("content-type: text/xml\r\n"), "{unsigned}");
}

// Bad input

#[test]
fn the_server_survives_bad_input_of_every_kind() {
    let serving = Serving::start(&[]);
    let huge_head = format!("POST / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "x".repeat(1 << 20));
    let many_headers = format!("POST / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: x\r\n".repeat(10_000));
    for (bytes, status) in [
        (&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..], "400"),
        (b"nonsense\r\n\r\n", "400"),
        (b"\x00\xff\xfe\r\n\r\n", "400"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", "400"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", "400"),
        (huge_head.as_bytes(), "431"),
        (many_headers.as_bytes(), "431"),
    ] {
        let answer = serving.cut(bytes);
        // The response may be lost if the server closes while bytes are on their way.
        assert!(answer.is_empty() || answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    }
    for bytes in [
        &b""[..],
        b"POST / HTTP/1.1\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let answer = serving.cut(bytes);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }
    for (headers, body) in [
        ("", "{}"),
        ("X-Amz-Target: Nonsense\r\n", "{}"),
        ("X-Amz-Target: DynamoDB_20120810.ListTables\r\n", "{}"),
        ("X-Amz-Target: \u{1b}[2J\u{ff}\r\n", "{}"),
    ] {
        let answer = serving.raw(request(headers, body).as_bytes());
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }
    let get = serving.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(get.contains("UnknownOperationException"), "{get}");
    assert_eq!(serving.state(), "OPEN");
    let log = serving.stop("TERM");
    assert!(!log.contains('\u{1b}'), "{log}");
}

#[test]
fn a_huge_body_is_rejected_and_not_stored() {
    let serving = Serving::start(&[]);
    // The client announces the length or doesn't. In both cases it gets the response before it has sent the whole body.
    for head in ["Content-Length: 4000000000", "Transfer-Encoding: chunked"] {
        let mut stream = TcpStream::connect(serving.address()).expect("a listening server");
        stream.set_read_timeout(Some(patience())).expect("a timeout");
        write!(stream, "POST / HTTP/1.1\r\nHost: localhost\r\n{TARGET}{head}\r\n\r\n").expect("an open connection");
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
        for _ in 0..64 {
            if stream.write_all(chunk.as_bytes()).is_err() {
                break;
            }
        }
        let mut answer = [0; 12];
        // The response can be lost if the server closes while bytes are still coming.
        if stream.read_exact(&mut answer).is_ok() {
            assert_eq!(&answer, b"HTTP/1.1 413");
        }
    }
    assert_eq!(serving.state(), "OPEN");
}

#[test]
fn wrong_json_is_the_services_own_error() {
    let serving = Serving::start(&[]);
    let accept = ["accept-handshake", "--handshake-id", "h-unknown1111"];
    let told = serving.client(MANAGEMENT, &accept).run().failure(254);
    assert!(told.contains("HandshakeNotFoundException"), "{told}");
}

#[test]
fn slow_clients_do_not_delay_others() {
    let serving = Serving::start(&[]);
    let slow: Vec<_> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(serving.address()).expect("a listening server");
            stream.write_all(b"POST / HTTP/1.1\r\nHo").expect("an open connection");
            stream
        })
        .collect();
    assert_eq!(serving.state(), "OPEN");
    drop(slow);
}

// Web pages and idle clients

#[test]
fn requests_of_web_pages_are_rejected() {
    let serving = Serving::start(&[]);
    let request = |line: &str, headers: &str| {
        let answer = serving.raw(format!("{line} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes());
        answer.split(' ').nth(1).map(str::to_owned).unwrap_or_else(|| panic!("no answer to {line} {headers}"))
    };
    let port = serving.address().rsplit(':').next().expect("a port");
    for host in ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "127.1.2.3"] {
        assert_eq!(request("POST /", &format!("Host: {host}\r\n")), "400", "{host}");
        assert_eq!(request("POST /", &format!("Host: {host}:{port}\r\n")), "400", "{host}");
        assert_eq!(request(&format!("POST http://{host}:{port}/"), "Host: localhost\r\n"), "400", "{host}");
    }
    for headers in [
        "",
        "Host:\r\n",
        "Host: rebound.example.com\r\n",
        &format!("Host: rebound.example.com:{port}\r\n"),
        "Host: 0.0.0.0\r\n",
        "Host: localhost.example.com\r\n",
        "Host: localhost\r\nHost: rebound.example.com\r\n",
        "Host: rebound.example.com\r\nHost: localhost\r\n",
        "Host: localhost\r\nOrigin: http://localhost\r\n",
        "Host: localhost\r\nOrigin: null\r\n",
        "Host: localhost\r\nOrigin: \r\n",
    ] {
        for line in ["POST /", "GET /?Action=GetCallerIdentity", "OPTIONS /"] {
            assert_eq!(request(line, headers), "403", "{line} {headers}");
        }
    }
    assert_eq!(request("POST http://rebound.example.com/", "Host: localhost\r\n"), "403");
    // The response comes before the body, however large.
    let waiting = "Host: rebound.example.com\r\nContent-Length: 1000000\r\nX-Amz-Target: AWSOrganizationsV20161128.AcceptHandshake\r\n";
    assert_eq!(request("POST /", waiting), "403");
    let log = serving.stop("TERM");
    assert!(log.contains(".AcceptHandshake 403\n"), "{log}");
}

#[test]
fn a_signed_request_with_a_foreign_host_is_rejected_too() {
    // The signature includes the name. The proxy passes the request to the server all the same.
    let serving = Serving::start(&[]);
    let describe = ["describe-handshake", "--handshake-id", HANDSHAKE, "--endpoint-url", "http://rebound.example.com"];
    let run = serving.client(MANAGEMENT, &describe).env("HTTP_PROXY", format!("http://{}", serving.address()));
    let told = run.run().failure(254);
    assert!(told.contains("(AccessDeniedException)") && told.contains("another host"), "{told}");
    let localhost = format!("http://{}", serving.address().replace("127.0.0.1", "localhost"));
    let describe = ["describe-handshake", "--handshake-id", HANDSHAKE, "--endpoint-url", &localhost];
    serving.client(MANAGEMENT, &describe).run().success();
}

#[test]
fn a_thousand_idle_connections_do_not_delay_others() {
    let limit = getrlimit(Resource::Nofile);
    // Other tests need descriptors, too.
    let needed = limit.current.unwrap_or(u64::MAX).saturating_add(1100).min(limit.maximum.unwrap_or(u64::MAX));
    setrlimit(Resource::Nofile, Rlimit { current: Some(needed), ..limit }).expect("more open files");
    let serving = Serving::start(&[]);
    let connect = |bytes: &[u8]| {
        let mut stream = TcpStream::connect(serving.address()).expect("a listening server");
        stream.set_read_timeout(Some(patience())).expect("a timeout");
        // A connection may already be closed in favour of another one.
        let _ = stream.write_all(bytes);
        stream
    };
    let request = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
    for (what, bytes) in [
        ("nothing", &b""[..]),
        ("a request", request),
        ("half a head", &request[..20]),
        ("half a request", &request[..request.len() - 1]),
    ] {
        let idle: Vec<_> = (0..1000).map(|_| connect(bytes)).collect();
        let started = Instant::now();
        let mut stream = connect(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).expect("an answer");
        let waited = started.elapsed();
        assert_eq!(&answer, b"HTTP/1.1 400");
        // The server waits a little for a slow client. The rest of the limit is for a slow machine.
        assert!(waited < machine::seconds(5), "with connections that have sent {what}: {waited:?}");
        drop(idle);
    }
    assert_eq!(serving.state(), "OPEN");
}

#[test]
fn half_a_request_is_waited_for_among_idle_connections() {
    let serving = Serving::start(&[]);
    let connect = |_| TcpStream::connect(serving.address()).expect("a listening server");
    // Some have been idle for longer than the one that is busy, and the server has accepted them.
    let idle: Vec<_> = (0..150).map(connect).collect();
    assert_eq!(serving.state(), "OPEN");
    thread::sleep(Duration::from_millis(25));
    let mut busy = connect(0);
    busy.set_read_timeout(Some(patience())).expect("a timeout");
    busy.write_all(b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-").expect("an open connection");
    let more: Vec<_> = (0..100).map(connect).collect();
    assert_eq!(serving.state(), "OPEN");
    busy.write_all(b"Length: 2\r\n\r\n{}").expect("an open connection");
    let mut answer = String::new();
    busy.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    drop((idle, more));
}

// Faults

#[test]
fn every_fault_reaches_the_client_and_is_logged() {
    for (fault, count) in
        [("throttle:2", 3), ("internal-error:1", 2), ("concurrent-modification", 2), ("delay:10ms", 1)]
    {
        let serving = Serving::start(&["--fault", fault]);
        assert_eq!(serving.client(INVITED, ACCEPT).run().success(), "ACCEPTED\n", "{fault}");
        let log = serving.stop("TERM");
        assert_eq!(log.lines().count(), count, "{fault}: {log}");
        let name = fault.split(':').next().expect("a name");
        assert!(log.contains(&format!(" fault:{name}\n")), "{log}");
    }
}

#[test]
fn a_lost_or_truncated_response_means_an_applied_change() {
    for fault in ["lost-response", "truncate"] {
        let serving = Serving::start(&["--fault", fault]);
        let outcome = serving.client(INVITED, ACCEPT).env("AWS_MAX_ATTEMPTS", "1").run();
        let told = outcome.failure(255);
        assert!(told.contains("Connection was closed before we received a valid response"), "{told}");
        assert!(told.contains("may have been applied"), "{told}");
        assert_eq!(serving.state(), "ACCEPTED", "{fault}");
    }
}

#[test]
fn a_truncated_response_has_a_head_and_half_a_body() {
    // Only a signed request gets this far, so check the client's own log.
    let serving = Serving::start(&["--fault", "truncate"]);
    let outcome = serving.client(INVITED, ACCEPT).arg("--debug").env("AWS_MAX_ATTEMPTS", "1").run();
    let told = outcome.failure(255);
    assert!(told.contains("end of file before message length reached"), "{told}");
}

#[test]
fn a_delay_can_outlast_a_clients_patience() {
    let serving = Serving::start(&["--fault", "delay:3600s"]);
    let accept = [ACCEPT, &["--cli-read-timeout", "1"]].concat();
    let told = serving.client(INVITED, &accept).env("AWS_MAX_ATTEMPTS", "1").run().failure(255);
    assert!(told.contains("Read timeout on endpoint URL"), "{told}");
    assert_eq!(serving.state(), "ACCEPTED");
}

#[test]
fn faults_apply_in_order_and_only_to_changes() {
    let serving = Serving::start(&["--fault", "internal-error:2", "--fault", "throttle"]);
    assert_eq!(serving.state(), "OPEN");
    let once = |expected: &str| {
        let told = serving.client(INVITED, ACCEPT).env("AWS_MAX_ATTEMPTS", "1").run().failure(254);
        assert!(told.contains(expected), "{told}");
    };
    once("InternalFailure");
    once("InternalFailure");
    once("TooManyRequestsException");
    assert_eq!(serving.client(INVITED, ACCEPT).run().success(), "ACCEPTED\n");
}

#[test]
fn faults_happen_within_the_program_too() {
    let accept = || orgshake(["--sandbox"]).arg(ACCEPT[0]).arg(ACCEPT[1]).arg(ACCEPT[2]);
    accept().env("ORGSHAKE_SANDBOX_FAULT", "throttle,concurrent-modification").run().success();
    // In parallel, since they mostly wait for their next attempt.
    thread::scope(|scope| {
        scope.spawn(|| {
            let told = accept().env("ORGSHAKE_SANDBOX_FAULT", "internal-error:3").run().failure(254);
            assert!(told.contains("InternalFailure") && told.contains("reached max retries: 2"), "{told}");
        });
        for fault in ["lost-response:3", "truncate:3"] {
            scope.spawn(move || {
                let told = accept().env("ORGSHAKE_SANDBOX_FAULT", fault).run().failure(255);
                assert!(told.contains("Connection was closed"), "{told}");
                let look = format!("to see: orgshake describe-handshake --handshake-id {HANDSHAKE} --sandbox\n");
                assert!(told.contains(&look), "{told}");
            });
        }
        scope.spawn(|| {
            let slow = accept().env("ORGSHAKE_SANDBOX_FAULT", "delay:3600s:3").arg("--cli-read-timeout").arg("1");
            let told = slow.run().failure(255);
            assert!(told.contains("Read timeout"), "{told}");
        });
    });
    let told = accept().env("ORGSHAKE_SANDBOX_FAULT", "throttle,nonsense").run().failure(252);
    assert!(told.contains("Bad value for ORGSHAKE_SANDBOX_FAULT: \"nonsense\""), "{told}");
}

// A command beside it

fn exec(home: &Home, options: &[&str], script: &str) -> Command {
    let mut command = program(home, &["sandbox", "exec"]);
    command.args(options).args(["--", "sh", "-c", script]);
    command
}

#[test]
fn a_command_finds_the_sandbox_and_no_real_key() {
    let home = Home::new();
    let real = ["AKIDEXAMPLE", SECRET, "realtoken", "realprofile"];
    let output = exec(&home, &[], "env; echo x > \"$AWS_CONFIG_FILE\" || echo no file")
        .env("AWS_SESSION_TOKEN", "realtoken")
        .env("AWS_SECURITY_TOKEN", "realtoken")
        .env("AWS_PROFILE", "realprofile")
        .env("AWS_DEFAULT_PROFILE", "realprofile")
        .env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
        .env("AWS_CONFIG_FILE", "/nowhere/config")
        .env("AWS_ENDPOINT_URL_STS", DEAD)
        .env("NO_PROXY", "example.com")
        .env("OTHER", "stays")
        .output()
        .expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("text");
    for secret in real {
        assert!(!text.contains(secret), "{secret} has reached the command:\n{text}");
    }
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    let url = value("AWS_ENDPOINT_URL").expect("an endpoint");
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    for (name, expected) in [
        ("AWS_ENDPOINT_URL_ORGANIZATIONS", Some(url)),
        ("AWS_ENDPOINT_URL_STS", Some(url)),
        ("AWS_ACCESS_KEY_ID", Some(MANAGEMENT)),
        ("AWS_SECRET_ACCESS_KEY", Some("sandbox")),
        ("AWS_REGION", Some("us-east-1")),
        ("AWS_DEFAULT_REGION", Some("us-east-1")),
        ("NO_PROXY", Some("example.com,127.0.0.1")),
        ("OTHER", Some("stays")),
        ("AWS_PROFILE", None),
        ("AWS_DEFAULT_PROFILE", None),
        ("AWS_SESSION_TOKEN", None),
        ("AWS_SECURITY_TOKEN", None),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", None),
    ] {
        assert_eq!(value(name), expected, "{name}");
    }
    // A program that outlives the server must not find another user's file at this path.
    assert!(text.ends_with("\nno file\n"), "{text}");
}

#[test]
fn a_script_of_commands_works_on_one_world() {
    let home = Home::new();
    let script = "AWS_ACCESS_KEY_ID=222222222222 \"$ORGSHAKE\" accept-handshake --handshake-id h-examplehandshakeid111 \
                  --query Handshake.State && \"$ORGSHAKE\" describe-handshake --handshake-id h-examplehandshakeid111 \
                  --query Handshake.State; cat";
    let mut child = exec(&home, &[], script)
        .env("ORGSHAKE", env!("CARGO_BIN_EXE_orgshake"))
        .env("HTTP_PROXY", DEAD)
        .env("http_proxy", DEAD)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(b"through\n").expect("an open pipe");
    let output = child.wait_with_output().expect("it ends");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "\"ACCEPTED\"\n\"ACCEPTED\"\nthrough\n", "{told}");
    assert_eq!(told, "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_exit_code_is_the_commands() {
    let home = Home::new();
    for (script, code) in [("exit 0", 0), ("exit 7", 7), ("exit 255", 255), ("kill -9 $$", 137), ("kill -TERM $$", 143)]
    {
        assert_eq!(exec(&home, &[], script).status().expect("it runs").code(), Some(code), "{script}");
    }
}

#[test]
fn a_command_that_cannot_be_run_has_the_exit_code_of_a_shell() {
    for (command, code) in [("no-such-command", 127), ("/no/such/command", 127), ("./file", 126), ("/", 126)] {
        let home = Home::new();
        home.write("file", "text");
        let shell = Command::new("sh").args(["-c", command]).current_dir(home.cwd()).output().expect("a shell");
        assert_eq!(shell.status.code(), Some(code), "{command}");
        let outcome = Run::at(home, ["sandbox", "exec", "--", command]).run();
        let told = outcome.failure(code);
        assert!(told.contains(&format!("The command {command:?} can't be run\n")), "{told}");
        let hint = match code {
            127 => "check its name; a name without a slash is looked up in PATH",
            _ => "check the file's permissions, and the interpreter in its first line",
        };
        assert!(told.ends_with(&format!("\nhint: {hint}\n")), "{told}");
    }
}

#[test]
fn words_after_two_dashes_belong_to_the_command() {
    let words = ["--color", "off", "--output=x", "--", "--help", "help", "--no-cli", "--profile", "gone", "-x"];
    let outcome = orgshake(["sandbox", "exec", "--", "printf", "%s\\n"]).arg("first");
    let outcome = words.iter().fold(outcome, |run, word| run.arg(word)).run();
    assert_eq!(outcome.success(), format!("first\n{}\n", words.join("\n")));
    for wrong in [&["sandbox", "exec"][..], &["sandbox", "exec", "--"], &["sandbox", "exec", "true"]] {
        orgshake(wrong).run().failure(252);
    }
}

#[test]
fn signals_go_to_the_command_and_its_end_is_waited_for() {
    let home = Home::new();
    // SIGTERM is passed on. The terminal sends SIGINT to both processes, and only a willing one ends.
    let script = "trap 'echo ended; exit 3' TERM; echo ready; while :; do sleep 0.05; done";
    let mut child = exec(&home, &[], script).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map(|line| line.expect("text"));
    assert_eq!(lines.next().as_deref(), Some("ready"));
    // The signals are caught by now: at the latest when the next line comes.
    while !signals_are_caught(child.id()) {
        thread::yield_now();
    }
    send("INT", child.id());
    send("TERM", child.id());
    assert_eq!(lines.next().as_deref(), Some("ended"));
    assert_eq!(child.wait().expect("it ends").code(), Some(3));
}

/// Whether a process has a handler for SIGTERM.
fn signals_are_caught(process: u32) -> bool {
    let Ok(status) = fs::read_to_string(format!("/proc/{process}/status")) else { return true };
    let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).expect("a mask");
    let caught = u64::from_str_radix(mask.trim(), 16).expect("a number");
    // SIGHUP is caught last.
    caught & 1 != 0
}

// The state file

fn sandbox(file: &Path, args: &[&str]) -> Run {
    orgshake(["--sandbox", "--sandbox-state"]).arg(file).args_of(args)
}

trait Args {
    fn args_of(self, args: &[&str]) -> Self;
}

impl Args for Run {
    fn args_of(self, args: &[&str]) -> Self {
        args.iter().fold(self, |run, arg| run.arg(arg))
    }
}

fn file(home: &Home) -> PathBuf {
    home.cwd().join("world.json")
}

fn describe(file: &Path, id: &str) -> String {
    let describe = ["describe-handshake", "--handshake-id", id, "--query", "Handshake.State", "--output", "text"];
    sandbox(file, &describe).run().success().trim().to_owned()
}

#[test]
fn a_state_file_keeps_the_world_between_runs() {
    let home = Home::new();
    let file = file(&home);
    assert_eq!(sandbox(&file, ACCEPT).run().success(), "ACCEPTED\n");
    assert_eq!(describe(&file, HANDSHAKE), "ACCEPTED");
    // The variable works, too, also for the server. With a moved clock the state is the same, only later.
    let describe =
        ["--sandbox", "describe-handshake", "--handshake-id", "h-exampleopen111", "--query", "Handshake.State"];
    let later = orgshake(describe).arg("--sandbox-clock").arg("+13d").env("ORGSHAKE_SANDBOX_STATE", &file);
    assert_eq!(later.run().success(), "\"EXPIRED\"\n");
    let serving = Serving::start(&["--state", &file.to_string_lossy()]);
    assert_eq!(serving.state(), "ACCEPTED");
    // While it serves, others may change the file.
    let cancel = ["cancel-handshake", "--handshake-id", "h-exampleopen111"];
    sandbox(&file, &cancel).run().success();
    let told = serving.client(MANAGEMENT, &cancel).run().failure(254);
    assert!(told.contains("HandshakeAlreadyInStateException"), "{told}");
    let mode = fs::metadata(&file).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(!home.cwd().join("world.json.new").exists());
}

#[test]
fn an_invalid_state_file_is_an_error_and_not_changed() {
    let home = Home::new();
    let file = file(&home);
    let state = json!({"format": "orgshake sandbox", "version": 3, "state": {}}).to_string();
    let unversioned = json!({"format": "orgshake sandbox", "state": {}}).to_string();
    let hollow = json!({"format": "orgshake sandbox", "version": 1, "state": {}}).to_string();
    for (content, why) in [
        ("", "is damaged"),
        ("{", "is damaged"),
        ("[1]", "is damaged: it is no state of the sandbox"),
        ("{\"format\": \"other\"}", "is damaged: it is no state of the sandbox"),
        (&unversioned, "is damaged: it has no version"),
        (&hollow, "is damaged: "),
        (&state, "is of a newer version: it has version 3, and this program knows 2"),
    ] {
        fs::write(&file, content).expect("a file");
        for args in
            [&["--sandbox", "--sandbox-state"][..], &["sandbox", "serve", "--state"], &["sandbox", "show", "--state"]]
        {
            let run = orgshake(args).arg(&file);
            let run = if args[0] == "--sandbox" { run.args_of(ACCEPT) } else { run };
            let outcome = run.run();
            outcome.exits_with(255);
            outcome.stderr_has(&[&file.to_string_lossy(), why, "left as it is"]);
            assert_eq!(fs::read_to_string(&file).expect("the file"), content);
        }
    }
}

#[test]
fn paths_that_are_not_files_are_errors() {
    let home = Home::new();
    let other = "isn't a regular file";
    for (place, why) in [("", other), ("gone/world.json", "cannot be used"), ("..", other)] {
        let told = sandbox(&home.cwd().join(place), ACCEPT).run().failure(255);
        assert!(told.contains(why), "{place}: {told}");
    }
    let told = sandbox(Path::new("/proc/world.json"), ACCEPT).run().failure(255);
    assert!(told.contains("The sandbox's state file /proc/world.json cannot be locked"), "{told}");
}

#[test]
fn an_unwritable_state_file_is_an_error_and_not_changed() {
    let home = Home::new();
    let file = file(&home);
    assert_eq!(describe(&file, HANDSHAKE), "OPEN");
    // A directory can't be overwritten.
    let obstacle = home.cwd().join("world.json.new");
    fs::create_dir(&obstacle).expect("a directory");
    let told = sandbox(&file, ACCEPT).run().failure(255);
    assert!(told.contains(&format!("The sandbox's state file {} cannot be written", file.display())), "{told}");
    let serving = Serving::start(&["--state", &file.to_string_lossy()]);
    let told = serving.client(INVITED, ACCEPT).env("AWS_MAX_ATTEMPTS", "1").run().failure(254);
    assert!(told.contains("cannot be written"), "{told}");
    assert_eq!(serving.state(), "OPEN");
    fs::remove_dir(&obstacle).expect("an empty directory");
    assert_eq!(serving.client(INVITED, ACCEPT).run().success(), "ACCEPTED\n");
}

#[test]
fn ten_processes_at_once_lose_nothing() {
    let home = Home::new();
    let file = file(&home);
    let live = [
        HANDSHAKE,
        "h-examplerequested111",
        "h-exampleopen111",
        "h-examplemember111",
        "h-exampletransfer111",
        "h-examplemanagement111",
        "h-examplenobody111",
    ];
    let outcomes: Vec<_> = thread::scope(|scope| {
        let cancel = |id| sandbox(&file, &["cancel-handshake", "--handshake-id", id]).run();
        let runs: Vec<_> = (0..10).map(|number| scope.spawn(move || cancel(live[number % live.len()]))).collect();
        runs.into_iter().map(|run| run.join().expect("a run")).collect()
    });
    assert_eq!(outcomes.iter().filter(|outcome| outcome.exit == Exit::Code(0)).count(), live.len());
    for outcome in outcomes.iter().filter(|outcome| outcome.exit != Exit::Code(0)) {
        assert!(outcome.failure(254).contains("HandshakeAlreadyInStateException"));
    }
    for id in live {
        assert_eq!(describe(&file, id), "CANCELED", "{id}");
    }
}

#[test]
fn a_kill_at_any_moment_leaves_the_old_world_or_the_new() {
    let home = Home::new();
    let file = file(&home);
    let path = file.to_string_lossy().into_owned();
    let read = || fs::read(&file).expect("a state file");
    sandbox(&file, &["cancel-handshake", "--handshake-id", "h-exampleopen111"]).run().success();
    let old = read();
    let (mut before, mut after) = (0, 0);
    // Delays from zero to more than the duration of a run.
    for step in 0..60 {
        let cancel = ["--sandbox", "--sandbox-state", &path, "cancel-handshake", "--handshake-id", HANDSHAKE];
        let mut child = Command::new(env!("CARGO_BIN_EXE_orgshake"))
            .args(cancel)
            .env_clear()
            .env("HOME", home.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        thread::sleep(Duration::from_micros(step * 700));
        child.kill().expect("a child can be killed");
        child.wait().expect("a killed child ends");
        if read() == old {
            before += 1;
            continue;
        }
        after += 1;
        let document: Value = serde_json::from_slice(&read()).expect("a whole document");
        assert_eq!(document["version"], 2);
        assert_eq!(describe(&file, HANDSHAKE), "CANCELED");
        fs::write(&file, &old).expect("the old world again");
    }
    assert!(before > 0, "{before} kills came before the change, {after} after it");
    assert_eq!(describe(&file, HANDSHAKE), "OPEN");
}

// Showing the state

#[test]
fn the_world_is_shown_in_every_format() {
    let home = Home::new();
    let file = file(&home);
    sandbox(&file, ACCEPT).run().success();
    let show = |format: &str| orgshake(["sandbox", "show", "--output", format, "--state"]).arg(&file).run().success();
    let world: Value = serde_json::from_str(&show("json")).expect("JSON");
    assert!(world["Handshakes"].as_array().is_some_and(|handshakes| handshakes.len() >= 11), "{world}");
    for format in ["yaml", "yaml-stream", "text", "table"] {
        let text = show(format);
        assert!(text.contains(HANDSHAKE) && text.contains("ACCEPTED"), "{format}: {text}");
    }
    assert_eq!(show("off"), "");
    let query = "Handshakes[?Id=='h-examplehandshakeid111'].State | [0]";
    let run = orgshake(["sandbox", "show", "--query", query, "--clock", "+1d", "--state"]).arg(&file);
    assert_eq!(run.run().success(), "\"ACCEPTED\"\n");
    orgshake(["sandbox", "show", "--fault", "throttle"]).run().failure(252);
}

#[test]
fn options_of_the_sandbox_must_be_spelt_out_and_need_it() {
    for args in [
        &["sandbox", "serve", "--stat", "x"][..],
        &["sandbox", "serve", "--port", "65536"],
        &["sandbox", "serve", "--clock", "soon"],
        &["sandbox", "serve", "--fault", "nonsense"],
        &["sandbox", "serve", "--sandbox-state", "x"],
        &["sandbox"],
        &["sandbox", "nonsense"],
        &["--sandbox-state", "x", "describe-handshake", "--handshake-id", HANDSHAKE],
    ] {
        orgshake(args).run().exits_with(252);
    }
    let help = orgshake(["help", "sandbox", "serve"]).run().success();
    assert!(help.contains("--fault KIND[@OPERATION][:N]"), "{help}");
}
