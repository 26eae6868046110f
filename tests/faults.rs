//! A service behind a failing network: the program must never report a wrong outcome.
//!
//! The service is the sandbox's engine. The front before it follows a plan with a fault for each request: it carries the
//! request out or not, and chooses the response. `faults/*.txt` record the program's output for each plan, with the
//! service's state. `ORGSHAKE_REGENERATE=1` writes them again.

use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::fmt::rfc2822::DateTimePrinter;
use orgshake::sandbox::engine::caller::Caller;
use orgshake::sandbox::keep::clock::Clock;
use orgshake::sandbox::keep::sandbox::Sandbox;
use orgshake::sandbox::protocol::reply::Reply;
use serde_json::{Value, json};

use crate::support::machine::{patience, seconds, slowness};
use crate::support::run::{DEAD, Exit, HANDSHAKE, Outcome, orgshake};

/// The treatment of a request.
#[derive(Clone, Copy, Debug)]
struct Fault {
    /// Whether it is carried out.
    applied: bool,
    /// Whether another client has made the same change just before.
    preceded: bool,
    /// The response that the program gets.
    answer: Answer,
}

#[derive(Clone, Copy, Debug)]
enum Answer {
    /// The service's own response.
    Own,
    /// The service's own response, and then the connection closes without an announcement.
    OwnThenClosed,
    /// The service's own response in slow pieces, each within the time limit.
    SlowHead,
    SlowBody,
    Chunked,
    /// HTTP/1.0 without a length: the body ends with the connection.
    OldHttp,
    /// The service's own response without its `Date`.
    Undated,
    /// The connection ends, in order or by a reset.
    Closed,
    Reset,
    /// The first half of the service's own response, and then the end of the connection.
    Truncated,
    /// The first half of the service's own response, and then nothing more.
    Stalled,
    /// Nothing at all.
    Silence,
    /// This status with this body.
    Instead(u16, &'static str),
    /// This error response, from a clock that is an hour fast.
    Skewed(&'static str),
    InvalidUtf8,
    DeepNesting,
}

use Answer::{
    Chunked, Closed, DeepNesting, Instead, InvalidUtf8, OldHttp, Own, OwnThenClosed, Reset, Silence, Skewed, SlowBody,
    SlowHead, Stalled, Truncated, Undated,
};

/// The request is carried out, and gets this response.
const fn applied(answer: Answer) -> Fault {
    Fault { applied: true, preceded: false, answer }
}

/// The request isn't carried out.
const fn refused(answer: Answer) -> Fault {
    Fault { applied: false, preceded: false, answer }
}

const NONE: Fault = applied(Own);
const PRECEDED: Fault = Fault { applied: true, preceded: true, answer: Own };
const HTML: &str = "<html><body>Service Unavailable</body></html>";
const PORTAL: &str = "<html><body>Log in, please</body></html>";
const WRONG: &str = r#"{"Handshake": {"Id": 5, "State": []}}"#;
const UNTYPED: &str = r#"{"Message": "something is wrong"}"#;
const THROTTLED: Answer = Instead(400, r#"{"__type": "TooManyRequestsException", "Message": "Slower, please."}"#);
const CONCURRENT: Answer = Instead(400, r#"{"__type": "ConcurrentModificationException", "Message": "Try again."}"#);
const DENIED: Answer = Instead(400, r#"{"__type": "AccessDeniedException", "Message": "no"}"#);
const FAILED: Answer = Instead(500, r#"{"__type": "ServiceException", "Message": "It is broken."}"#);

/// The faults of random schedules. Faults that are listed more often are drawn more often.
const DRAWN: &[Fault] = &[
    NONE,
    NONE,
    NONE,
    PRECEDED,
    applied(OwnThenClosed),
    applied(Chunked),
    applied(OldHttp),
    applied(Undated),
    applied(Closed),
    applied(Closed),
    applied(Reset),
    applied(Truncated),
    applied(Silence),
    applied(FAILED),
    applied(Instead(503, HTML)),
    applied(Instead(504, "")),
    applied(Instead(200, "garbage")),
    applied(Instead(200, "")),
    applied(Instead(200, WRONG)),
    applied(InvalidUtf8),
    applied(DeepNesting),
    refused(Closed),
    refused(Closed),
    refused(Reset),
    refused(FAILED),
    refused(Instead(503, HTML)),
    refused(Instead(200, PORTAL)),
    refused(Instead(302, "")),
    refused(Instead(400, UNTYPED)),
    refused(Instead(407, "no")),
    refused(THROTTLED),
    refused(CONCURRENT),
    refused(DENIED),
    refused(Skewed("RequestTimeTooSkewed")),
];

/// A command that changes something, and how to find out whether it did.
#[derive(Clone, Copy, Debug)]
struct Change {
    command: &'static str,
    operation: &'static str,
    words: &'static [&'static str],
    /// The account that calls it.
    account: &'static str,
    /// The same change by another client.
    body: fn() -> Value,
    /// The request that lists the handshakes that prove it.
    look: fn() -> (&'static str, Value),
    done: &'static [&'static str],
}

const TARGET: &str = "787878787878";

const fn answering(
    command: &'static str,
    operation: &'static str,
    account: &'static str,
    done: &'static [&'static str],
) -> Change {
    Change {
        command,
        operation,
        words: &["--handshake-id", HANDSHAKE],
        account,
        body: || json!({"HandshakeId": HANDSHAKE}),
        look: || ("DescribeHandshake", json!({"HandshakeId": HANDSHAKE})),
        done,
    }
}

const ACCEPT: Change = answering("accept-handshake", "AcceptHandshake", "222222222222", &["ACCEPTED"]);
const DECLINE: Change = answering("decline-handshake", "DeclineHandshake", "222222222222", &["DECLINED"]);
const CANCEL: Change = answering("cancel-handshake", "CancelHandshake", "111111111111", &["CANCELED"]);
const INVITE: Change = Change {
    command: "invite-account-to-organization",
    operation: "InviteAccountToOrganization",
    words: &["--target", "Id=787878787878,Type=ACCOUNT", "--notes", "ours"],
    account: "111111111111",
    body: || json!({"Target": {"Id": TARGET, "Type": "ACCOUNT"}, "Notes": "theirs"}),
    look: || ("ListHandshakesForOrganization", json!({"Filter": {"ActionType": "INVITE"}})),
    done: &["REQUESTED", "OPEN"],
};
const ENABLE: Change = Change {
    command: "enable-all-features",
    operation: "EnableAllFeatures",
    words: &[],
    account: "191919191919",
    body: || json!({}),
    look: || ("ListHandshakesForOrganization", json!({"Filter": {"ActionType": "ENABLE_ALL_FEATURES"}})),
    done: &["REQUESTED", "OPEN"],
};
const TRANSFER: Change = Change {
    command: "invite-organization-to-transfer-responsibility",
    operation: "InviteOrganizationToTransferResponsibility",
    words: &[
        "--type",
        "BILLING",
        "--target",
        "Id=191919191919,Type=ACCOUNT",
        "--notes",
        "ours",
        "--source-name",
        "bills",
        "--start-timestamp",
        "2100-01-01T00:00:00Z",
    ],
    account: "111111111111",
    body: || {
        json!({"Type": "BILLING", "Target": {"Id": "191919191919", "Type": "ACCOUNT"}, "Notes": "theirs",
               "SourceName": "bills", "StartTimestamp": 4_102_444_800_i64})
    },
    look: || ("ListHandshakesForOrganization", json!({"Filter": {"ActionType": "TRANSFER_RESPONSIBILITY"}})),
    done: &["REQUESTED", "OPEN"],
};
const CHANGES: [Change; 6] = [ACCEPT, CANCEL, DECLINE, INVITE, ENABLE, TRANSFER];

impl Change {
    /// Returns the handshake that proves the change.
    fn found(&self, sandbox: &mut Sandbox) -> Option<Value> {
        let (operation, body) = (self.look)();
        let mut answer = call(sandbox, self.account, operation, &body);
        let handshakes = match answer["Handshakes"].take() {
            Value::Array(handshakes) => handshakes,
            _ => vec![answer["Handshake"].take()],
        };
        let target = (self.body)()["Target"]["Id"].take();
        let fits = |handshake: &Value| {
            let to_target = |party: &Value| party["Id"] == target;
            let parties = handshake["Parties"].as_array();
            target.is_null() || parties.is_some_and(|parties| parties.iter().any(to_target))
        };
        let is_done = |handshake: &Value| self.done.iter().any(|state| handshake["State"] == *state);
        handshakes.into_iter().find(|handshake| is_done(handshake) && fits(handshake))
    }
}

fn call(sandbox: &mut Sandbox, account: &str, operation: &str, body: &Value) -> Value {
    let reply = sandbox.call(Caller::from_access_key_id(account), operation, body.to_string().as_bytes());
    serde_json::from_slice(&reply.body).expect("the engine answers in JSON")
}

/// The service and the network before it.
struct Front {
    change: Change,
    plan: Vec<Fault>,
    sandbox: Mutex<Sandbox>,
    /// The number of requests so far.
    count: AtomicUsize,
    /// Each request: its operation, whether it succeeded, and its fault.
    seen: Mutex<Vec<(String, bool, Fault)>>,
    over: AtomicBool,
}

impl Front {
    fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
        mutex.lock().expect("nobody panics while holding the lock")
    }

    /// Serves until the end, with a thread for each connection.
    fn serve(&self, listener: &TcpListener) {
        thread::scope(|scope| {
            while let Ok((stream, _)) = listener.accept() {
                if self.over.load(Ordering::SeqCst) {
                    break;
                }
                // A client may hang up at any time.
                scope.spawn(move || self.connection(stream).ok());
            }
        });
    }

    fn connection(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(patience()))?;
        while let Some((operation, body, length)) = peek(&stream)? {
            let fault = self.fault();
            let mut sandbox = Self::lock(&self.sandbox);
            let now = sandbox.now();
            if fault.preceded {
                call(&mut sandbox, self.change.account, self.change.operation, &(self.change.body)());
            }
            let caller = Caller::from_access_key_id(self.change.account);
            let reply = match fault.applied {
                true => sandbox.call(caller, &operation, &body),
                false => Reply { status: 500, body: Vec::new() },
            };
            drop(sandbox);
            Self::lock(&self.seen).push((operation, fault.applied && reply.status == 200, fault));
            if !matches!(fault.answer, Reset) {
                // Closing a connection with unread bytes resets it.
                stream.read_exact(&mut vec![0; length])?;
            }
            let later = |hours| now + jiff::SignedDuration::from_hours(hours);
            let date = |hours| DateTimePrinter::new().timestamp_to_rfc9110_string(&later(hours)).expect("a date");
            let head =
                |version, status, rest: &str| format!("HTTP/{version} {status} X\r\nDate: {}\r\n{rest}", date(0));
            let sized = |status: u16, body: &[u8]| {
                let head = head("1.1", status, &format!("Content-Length: {}\r\n\r\n", body.len()));
                [head.as_bytes(), body].concat()
            };
            let own = || sized(reply.status, &reply.body);
            match fault.answer {
                Own => stream.write_all(&own())?,
                OwnThenClosed => {
                    stream.write_all(&own())?;
                    break;
                }
                SlowHead => pieces(&mut stream, &own(), seconds(1) / 2)?,
                SlowBody => {
                    stream.write_all(&own()[..100])?;
                    pieces(&mut stream, &own()[100..], seconds(1) * 5 / 4)?;
                }
                Chunked => {
                    stream.write_all(head("1.1", reply.status, "Transfer-Encoding: chunked\r\n\r\n").as_bytes())?;
                    for part in reply.body.chunks(100) {
                        stream.write_all(&[format!("{:x}\r\n", part.len()).as_bytes(), part, b"\r\n"].concat())?;
                    }
                    stream.write_all(b"0\r\n\r\n")?;
                }
                OldHttp => {
                    stream.write_all(&[head("1.0", reply.status, "\r\n").as_bytes(), &reply.body].concat())?;
                    break;
                }
                Undated => {
                    let head = format!("HTTP/1.1 {} X\r\nContent-Length: {}\r\n\r\n", reply.status, reply.body.len());
                    stream.write_all(&[head.as_bytes(), &reply.body].concat())?;
                }
                Closed | Reset => break,
                Truncated => {
                    stream.write_all(&own()[..own().len() - 10])?;
                    break;
                }
                Stalled => {
                    stream.write_all(&own()[..own().len() - 10])?;
                    stream.read_to_end(&mut Vec::new())?;
                }
                Silence => drop(stream.read_to_end(&mut Vec::new())?),
                Instead(status @ 300..400, body) => {
                    let rest = format!("Location: http://127.0.0.1:1/\r\nContent-Length: {}\r\n\r\n{body}", body.len());
                    stream.write_all(head("1.1", status, &rest).as_bytes())?;
                }
                Instead(status, body) => stream.write_all(&sized(status, body.as_bytes()))?,
                Skewed(code) => {
                    let body = json!({"__type": code, "Message": "The clocks differ."}).to_string();
                    let head = format!("HTTP/1.1 403 X\r\nDate: {}\r\nContent-Length: {}\r\n\r\n", date(1), body.len());
                    stream.write_all(&[head.as_bytes(), body.as_bytes()].concat())?;
                }
                InvalidUtf8 => stream.write_all(&sized(200, b"{\"Handshake\": {\"Id\": \"\xff\"}}"))?,
                DeepNesting => stream.write_all(&sized(200, "[".repeat(100_000).as_bytes()))?,
            }
        }
        Ok(())
    }

    /// The next fault of the plan, for requests of every kind.
    fn fault(&self) -> Fault {
        self.plan.get(self.count.fetch_add(1, Ordering::SeqCst)).copied().unwrap_or(NONE)
    }
}

fn pieces(stream: &mut TcpStream, bytes: &[u8], pause: Duration) -> io::Result<()> {
    for piece in bytes.chunks(bytes.len() / 3) {
        thread::sleep(pause);
        stream.write_all(piece)?;
    }
    Ok(())
}

/// Returns the operation, the body and the length of a request that has arrived but isn't read yet.
fn peek(stream: &TcpStream) -> io::Result<Option<(String, Vec<u8>, usize)>> {
    let mut buffer = vec![0; 64 << 10];
    loop {
        let come = stream.peek(&mut buffer)?;
        if come == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&buffer[..come]);
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let header = |name: &str| {
                let mut lines = head.lines().filter_map(|line| line.split_once(": "));
                lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
            };
            let length: usize = header("content-length").and_then(|length| length.parse().ok()).unwrap_or_default();
            let whole = head.len() + 4 + length;
            if come >= whole {
                let target = header("x-amz-target").unwrap_or_default();
                let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
                return Ok(Some((operation, buffer[whole - length..whole].to_vec(), whole)));
            }
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// The result of a command with a plan.
struct Told {
    outcome: Outcome,
    stdout: String,
    stderr: String,
    seen: Vec<(String, bool, Fault)>,
    /// The handshake that proves the change, if it was made.
    found: Option<Value>,
    /// Whether any request may have timed out.
    timed: bool,
}

/// Whether a plan includes a time-out. A busy machine may then cause others.
fn times_out(plan: &[Fault]) -> bool {
    plan.iter().any(|fault| matches!(fault.answer, Silence | Stalled | SlowHead | SlowBody))
}

/// Runs a command against a service with this clock behind a network with this plan. The time limit is three seconds on a quiet
/// machine.
fn tell(change: Change, plan: &[Fault], clock: &str, attempts: u32) -> Told {
    let timeout = if times_out(plan) { 3 * slowness() } else { 25 * slowness() }.to_string();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
    let address = listener.local_addr().expect("a bound socket has an address");
    let sandbox = Sandbox::new(&clock.parse::<Clock>().expect("a clock"));
    let front = Front {
        change,
        plan: plan.to_vec(),
        sandbox: Mutex::new(sandbox),
        count: AtomicUsize::new(0),
        seen: Mutex::default(),
        over: AtomicBool::new(false),
    };
    let outcome = thread::scope(|scope| {
        scope.spawn(|| front.serve(&listener));
        // Only a proxy asks for a password there.
        let is_proxy = |fault: &Fault| matches!(fault.answer, Instead(407, _));
        let proxy = if plan.iter().any(is_proxy) { format!("http://{address}") } else { String::new() };
        let outcome = orgshake([change.command, "--cli-read-timeout", &timeout])
            .args(change.words)
            .env("AWS_ACCESS_KEY_ID", change.account)
            .env("AWS_MAX_ATTEMPTS", attempts.to_string())
            .env("AWS_ENDPOINT_URL_ORGANIZATIONS", format!("http://{address}"))
            .env("HTTP_PROXY", proxy)
            .run();
        front.over.store(true, Ordering::SeqCst);
        // Wakes the acceptor.
        drop(TcpStream::connect(address).and_then(|stream| stream.shutdown(Shutdown::Both)));
        outcome
    });
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8").replace(&address.to_string(), "HOST");
    let (stdout, stderr) = (text(&outcome.stdout), text(&outcome.stderr));
    let mut sandbox = front.sandbox.into_inner().expect("nobody panicked");
    let seen = front.seen.into_inner().expect("nobody panicked");
    let found = change.found(&mut sandbox);
    let timed = times_out(plan);
    Told { outcome, stdout, stderr, seen, found, timed }
}

const CAUTION: &str = "the request may have been applied all the same";

impl Told {
    /// Checks the invariants of every run, and returns the one that it violates.
    fn lie(&self, change: &Change, attempts: u32) -> Result<(), String> {
        let Exit::Code(code) = self.outcome.exit else { return Err("no exit code".to_owned()) };
        let ours = || self.seen.iter().filter(|(operation, ..)| operation == change.operation);
        let cautious = self.stderr.contains(CAUTION);
        let unclear = |fault: &Fault| {
            !matches!(fault.answer, Own | OwnThenClosed | SlowHead | SlowBody | Chunked | OldHttp | Undated | Skewed(_))
                && !matches!(fault.answer, Instead(300..500, body) if body.contains("__type"))
                && !matches!(fault.answer, Instead(407, _))
        };
        let printed: Value = serde_json::from_str(&self.stdout).unwrap_or_default();
        let checks = [
            (matches!(code, 0 | 254 | 255), "an exit code of another kind"),
            (!self.stderr.contains("panicked"), "a panic"),
            (ours().count() <= attempts as usize, "too many attempts"),
            ((code == 0) != self.stdout.is_empty(), "stdout is the result and nothing else"),
            (code == 0 || self.stderr.starts_with("\norgshake: [ERROR]: "), "a failure without an error"),
            (code != 0 || self.found.is_some(), "success, and nothing is changed"),
            (
                code != 0
                    || self.found.as_ref().is_some_and(|found| {
                        ["Id", "State"].iter().all(|name| printed["Handshake"][name] == found[name])
                    }),
                "success, and another handshake is shown",
            ),
            (code == 0 || cautious || !ours().any(|(_, applied, _)| *applied), "a plain error, and it was carried out"),
            (
                code == 0 || !cautious || self.timed || ours().any(|(.., fault)| unclear(fault)),
                "caution without a reason",
            ),
            (code == 0 || !self.stderr.contains("[NOTE]"), "an error with a note of success"),
        ];
        match checks.iter().find(|(holds, _)| !holds) {
            Some((_, lie)) => Err((*lie).to_owned()),
            None => Ok(()),
        }
    }

    /// Formats the run as a readable block.
    fn block(&self, name: &str) -> String {
        let mut block = format!("== {name}\n");
        let asked: Vec<_> = self.seen.iter().map(|(operation, ..)| operation.as_str()).collect();
        let state = self.found.as_ref().map_or("not done", |found| found["State"].as_str().unwrap_or_default());
        let printed: Value = serde_json::from_str(&self.stdout).unwrap_or_default();
        let _ = writeln!(block, "asked: {}", asked.join(", "));
        let _ = writeln!(block, "{}; the service: {state}", self.outcome.exit);
        let _ = match printed["Handshake"]["State"].as_str() {
            Some(state) => writeln!(block, "stdout: a handshake, {state}"),
            None => writeln!(block, "stdout: {:?}", self.stdout),
        };
        for line in self.stderr.lines().filter(|line| !line.is_empty()) {
            // The system's words for the end of a connection vary.
            let line = line.split_once("cause: ").map_or(line, |_| "cause: …");
            let _ = writeln!(block, "stderr: {line}");
        }
        block
    }
}

/// A named plan, and the difference between the service's clock and ours.
type Row = (&'static str, &'static [Fault], &'static str);

/// Runs the plans in parallel, since they mostly wait, and compares the results with the recorded file.
#[track_caller]
fn matrix(change: Change, rows: &[Row]) {
    let told: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> =
            rows.iter().map(|(_, plan, clock)| scope.spawn(move || tell(change, plan, clock, 3))).collect();
        threads.into_iter().map(|thread| thread.join().expect("the run ended in order")).collect()
    });
    let mut text = String::new();
    for ((name, ..), told) in rows.iter().zip(&told) {
        if let Err(lie) = told.lie(&change, 3) {
            panic!("{}, {name}: {lie}:\n{}\n{}", change.command, told.block(name), told.outcome);
        }
        text.push_str(&told.block(name));
        text.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/faults/{}.txt", change.command));
    if std::env::var_os("ORGSHAKE_REGENERATE").is_some() {
        std::fs::write(&path, &text).expect("the file can be written");
    }
    let recorded = std::fs::read_to_string(&path).expect("the recorded file");
    for (now, before) in text.split("\n\n").zip(recorded.split("\n\n")) {
        assert_eq!(now, before, "{}", path.display());
    }
    assert_eq!(text.len(), recorded.len(), "{}", path.display());
}

/// The faults that every change is tried with.
const COMMON: &[Row] = &[
    ("none", &[NONE], "+0s"),
    ("closed after applying", &[applied(Closed)], "+0s"),
    ("500 after applying", &[applied(FAILED)], "+0s"),
    ("timed out after applying, with a clock three hours ahead", &[applied(Silence)], "+3h"),
    ("truncated after applying, with a clock two days behind", &[applied(Truncated)], "-2d"),
    ("throttled once", &[refused(THROTTLED)], "+0s"),
    ("closed before applying", &[refused(Closed)], "+0s"),
    ("always closed after applying", &[applied(Closed); 3], "+0s"),
    ("done by another client", &[PRECEDED], "+0s"),
    ("closed before applying, then done by another client", &[refused(Closed), PRECEDED], "+0s"),
    ("closed after applying, and the check is denied", &[applied(Closed), NONE, refused(DENIED)], "+0s"),
    (
        "closed after applying, and the check gets no response",
        &[applied(Closed), NONE, refused(Closed), refused(Closed), refused(Closed)],
        "+0s",
    ),
    (
        "closed after applying, and the check gets garbage",
        &[applied(Closed), NONE, refused(Instead(200, WRONG))],
        "+0s",
    ),
    ("closed after applying, and a later response without a date", &[applied(Closed), applied(Undated)], "+0s"),
    ("closed after applying, then denied", &[applied(Closed), refused(DENIED)], "+0s"),
    ("closed after applying, then throttled", &[applied(Closed), refused(THROTTLED)], "+0s"),
];

#[test]
fn accept() {
    const ROWS: &[Row] = &[
        ("reset before reading", &[refused(Reset)], "+0s"),
        ("reset after applying", &[applied(Reset)], "+0s"),
        ("503 with HTML after applying", &[applied(Instead(503, HTML))], "+0s"),
        ("stalled in the body after applying", &[applied(Stalled)], "+0s"),
        ("503 with HTML once", &[refused(Instead(503, HTML))], "+0s"),
        ("throttled always", &[refused(THROTTLED); 3], "+0s"),
        ("ConcurrentModification once", &[refused(CONCURRENT)], "+0s"),
        ("timed out before applying", &[refused(Silence)], "+0s"),
        ("500 always", &[refused(FAILED); 3], "+0s"),
        ("closed always", &[refused(Closed); 3], "+0s"),
        ("timed out always, after applying", &[applied(Silence); 3], "+0s"),
        ("garbage", &[applied(Instead(200, "garbage"))], "+0s"),
        ("garbage before applying", &[refused(Instead(200, "garbage"))], "+0s"),
        ("HTML", &[refused(Instead(200, PORTAL))], "+0s"),
        ("empty", &[applied(Instead(200, ""))], "+0s"),
        ("wrong types", &[applied(Instead(200, WRONG))], "+0s"),
        ("invalid UTF-8", &[applied(InvalidUtf8)], "+0s"),
        ("deep nesting", &[applied(DeepNesting)], "+0s"),
        ("redirect", &[refused(Instead(307, ""))], "+0s"),
        ("error without a type", &[refused(Instead(400, UNTYPED))], "+0s"),
        ("forbidden by a proxy", &[refused(Instead(403, PORTAL))], "+0s"),
        ("chunked", &[applied(Chunked)], "+0s"),
        ("HTTP/1.0 without a length", &[applied(OldHttp)], "+0s"),
        ("slow headers", &[applied(SlowHead)], "+0s"),
        ("slow body", &[applied(SlowBody)], "+0s"),
        (
            "a reused connection that closes between the attempts",
            &[Fault { applied: false, preceded: false, answer: THROTTLED }, refused(Reset)],
            "+0s",
        ),
        ("closed after applying, then garbage", &[applied(Closed), applied(Instead(200, "garbage"))], "+0s"),
        ("500 before applying, then accepted", &[refused(FAILED), NONE], "+0s"),
        ("a proxy error", &[refused(Instead(407, "no"))], "+0s"),
        ("a proxy error after a lost response", &[applied(Closed), refused(Instead(407, "no"))], "+0s"),
        (
            "a proxy that can't reach the service, then a proxy error",
            &[refused(Instead(502, HTML)), refused(Instead(407, "no"))],
            "+0s",
        ),
        ("clock skew", &[refused(Skewed("RequestTimeTooSkewed"))], "+0s"),
        ("clock skew always", &[refused(Skewed("RequestTimeTooSkewed")); 3], "+0s"),
        ("clock skew, reported as a wrong signature", &[refused(Skewed("InvalidSignatureException"))], "+0s"),
        ("clock skew after a lost response", &[applied(Closed), refused(Skewed("RequestTimeTooSkewed"))], "+0s"),
    ];
    matrix(ACCEPT, &[COMMON, ROWS].concat());
}

#[test]
fn cancel() {
    matrix(CANCEL, COMMON);
}

#[test]
fn decline() {
    matrix(DECLINE, COMMON);
}

#[test]
fn invite() {
    matrix(INVITE, COMMON);
}

#[test]
fn enable_all_features() {
    matrix(ENABLE, COMMON);
}

#[test]
fn transfer_responsibility() {
    matrix(TRANSFER, COMMON);
}

/// A handshake from before the run isn't taken for the run's own, even if it looks the same.
#[test]
fn an_older_handshake_is_not_taken_for_the_new_one() {
    let pending = Change { account: "131313131313", ..ENABLE };
    let invited = Change {
        words: &["--target", "Id=333333333333,Type=ACCOUNT"],
        body: || json!({"Target": {"Id": "333333333333", "Type": "ACCOUNT"}}),
        ..INVITE
    };
    for change in [pending, invited] {
        let told = tell(change, &[refused(Closed)], "+0s", 2);
        assert_eq!(told.lie(&change, 2), Ok(()), "{}", told.outcome);
        told.outcome.failure(254);
        told.outcome.stderr_has(&[CAUTION]);
        assert_eq!(told.seen.len(), 3, "{}", told.outcome);
    }
}

/// The connection may be closed before any page.
#[test]
fn a_listing_survives_closed_connections() {
    let list = Change {
        command: "list-handshakes-for-organization",
        operation: "ListHandshakesForOrganization",
        words: &["--page-size", "5", "--query", "Handshakes[].Id"],
        ..INVITE
    };
    let whole = tell(list, &[], "+0s", 3);
    whole.outcome.success();
    assert!(whole.seen.len() > 2, "{}", whole.outcome);
    for plan in [
        &[applied(OwnThenClosed); 3][..],
        &[NONE, refused(Reset), NONE, refused(Closed)],
        &[applied(Truncated), applied(OldHttp), applied(Chunked), refused(THROTTLED)],
    ] {
        let told = tell(list, plan, "+0s", 3);
        assert_eq!(told.outcome.success(), whole.stdout, "{plan:?}");
    }
}

#[test]
fn a_request_that_never_arrived_gets_no_warning() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
    let tls = format!("https://{}", listener.local_addr().expect("an address"));
    // The server doesn't support TLS.
    thread::spawn(move || {
        let (mut stream, _) = listener.accept()?;
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new())
    });
    for (url, told) in [
        (DEAD, "Could not connect to the endpoint URL: "),
        // The system's resolver rejects an empty label without a query.
        ("http://no..name:1", "Could not connect to the endpoint URL: "),
        (&tls, "SSL validation failed for "),
    ] {
        let outcome = orgshake([ACCEPT.command, "--no-verify-ssl"])
            .args(ACCEPT.words)
            .env("AWS_ENDPOINT_URL_ORGANIZATIONS", url)
            .env("AWS_MAX_ATTEMPTS", "2")
            .run();
        assert!(outcome.failure(255).contains(told), "{outcome}");
        assert!(!outcome.to_string().contains("applied"), "{outcome}");
    }
}

/// SplitMix64: the same seed gives the same numbers everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).expect("it is below a usize")
    }
}

/// The number of schedules in a run of this test. They mostly wait, so many run in parallel.
const SCHEDULES: u64 = 1000;
const SIDE_BY_SIDE: u64 = 64;

#[test]
fn a_thousand_random_schedules() {
    const SEED: &str = "ORGSHAKE_FAULTS_SEED";
    let replayed = std::env::var(SEED).ok().map(|seed| seed.parse::<u64>().expect("a number"));
    let time = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock beyond 1970");
    let first = replayed.unwrap_or_else(|| time.as_secs().wrapping_mul(SCHEDULES));
    println!("{SEED}={first}");
    let next = AtomicUsize::new(0);
    let count = if replayed.is_some() { 1 } else { SCHEDULES };
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE.min(count) {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst) as u64;
                    if number >= count {
                        break;
                    }
                    schedule(SEED, first.wrapping_add(number));
                }
            });
        }
    });
}

fn schedule(name: &str, seed: u64) {
    let mut random = Random(seed);
    let change = CHANGES[random.below(CHANGES.len())];
    let plan: Vec<_> = (0..random.below(6)).map(|_| DRAWN[random.below(DRAWN.len())]).collect();
    // Each additional attempt waits another second.
    let attempts = [1, 2, 2, 2, 3][random.below(5)];
    let told = tell(change, &plan, ["+0s", "+3h", "-2d"][random.below(3)], attempts);
    if let Err(lie) = told.lie(&change, attempts) {
        panic!("{name}={seed}: {} with {plan:?}: {lie}:\n{}\n{}", change.command, told.block("it"), told.outcome);
    }
}
