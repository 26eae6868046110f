//! Calls for several handshakes, which `--handshake-id -` reads from stdin.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Barrier, Condvar, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use crate::support::machine::patience;
use crate::support::run::{HANDSHAKE, Home, Outcome, Run, SECRET, orgshake};
use crate::support::server::sample_handshake;

/// Other handshakes of the sandbox.
const OPEN: &str = "h-exampleopen111";
const DECLINED: &str = "h-exampledeclined111";

/// A request to a [`Service`].
pub struct Asked {
    /// The operation of the service or of STS.
    pub operation: String,
    /// The body.
    pub body: String,
    /// The access key id of its signature.
    pub key: String,
}

impl Asked {
    /// Returns the id of the handshake that the request names.
    fn id(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).expect("JSON");
        body["HandshakeId"].as_str().unwrap_or_default().to_owned()
    }
}

/// A response: its status and its body.
pub type Reply = (u16, String);

/// A service that answers any number of requests at once.
pub struct Service {
    listener: TcpListener,
    shared: Arc<Shared>,
}

struct Shared {
    answer: Box<dyn Fn(&Asked) -> Reply + Send + Sync>,
    counts: Mutex<Counts>,
    changed: Condvar,
}

#[derive(Default)]
struct Counts {
    connections: usize,
    asked: Vec<String>,
    under_way: usize,
    most: usize,
}

impl Service {
    pub fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let shared = Arc::new(Shared { answer: Box::new(answer), counts: Mutex::default(), changed: Condvar::new() });
        let (accepting, shares) = (listener.try_clone().expect("a listener"), Arc::clone(&shared));
        thread::spawn(move || {
            for stream in accepting.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&shares);
                shared.count(|counts| counts.connections += 1);
                thread::spawn(move || shared.serve(stream));
            }
        });
        Service { listener, shared }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.listener.local_addr().expect("an address"))
    }

    /// Returns the names of all operations that were called, in the order of arrival.
    pub fn asked(&self) -> Vec<String> {
        self.shared.counts.lock().expect("counts").asked.clone()
    }

    /// Returns the largest number of requests that were under way at once.
    pub fn most(&self) -> usize {
        self.shared.counts.lock().expect("counts").most
    }

    /// Waits until a condition holds.
    fn until(&self, holds: impl Fn(&Counts) -> bool) {
        assert!(self.shared.until(holds), "it took too long");
    }

    /// Returns how often clients have connected.
    pub fn connections(&self) -> usize {
        self.shared.counts.lock().expect("counts").connections
    }

    /// Waits until a client has connected. Returns whether one has.
    pub fn is_connected(&self) -> bool {
        self.shared.until(|counts| counts.connections > 0)
    }
}

impl Shared {
    fn count(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.counts.lock().expect("counts"));
        self.changed.notify_all();
    }

    fn until(&self, holds: impl Fn(&Counts) -> bool) -> bool {
        let counts = self.counts.lock().expect("counts");
        let waited = self.changed.wait_timeout_while(counts, patience(), |counts| !holds(counts));
        !waited.expect("counts").1.timed_out()
    }

    fn serve(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
        while let Some(asked) = read(&mut reader) {
            self.count(|counts| {
                counts.asked.push(asked.operation.clone());
                counts.under_way += 1;
                counts.most = counts.most.max(counts.under_way);
            });
            let (status, body) = (self.answer)(&asked);
            self.count(|counts| counts.under_way -= 1);
            let head = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\n\r\n", body.len());
            if stream.write_all(format!("{head}{body}").as_bytes()).is_err() {
                return;
            }
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Asked> {
    let (mut operation, mut key, mut length) = (String::new(), String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            if line == "\r\n" {
                break;
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "x-amz-target" => operation = value.rsplit('.').next()?.to_owned(),
            "authorization" => key = value.split_once("Credential=")?.1.split('/').next()?.to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = String::from_utf8(body).ok()?;
    if let Some((_, action)) = body.split_once("Action=") {
        operation = action.split('&').next()?.to_owned();
    }
    Some(Asked { operation, body, key })
}

/// Returns the documented handshake with the id that was asked for.
pub fn handshake(asked: &Asked) -> Reply {
    let mut handshake = sample_handshake();
    handshake["Handshake"]["Id"] = asked.id().into();
    (200, handshake.to_string())
}

pub fn refusal(code: &str) -> Reply {
    (400, json!({"__type": code, "Message": "no"}).to_string())
}

/// Describes a call for the handshakes that stdin names.
fn call(command: &str, ids: &str) -> Run {
    orgshake([command, "--handshake-id", "-", "--no-pacing"]).stdin(ids)
}

fn at(service: &Service, run: Run) -> Run {
    run.env("AWS_ENDPOINT_URL", service.url()).env("AWS_ENDPOINT_URL_ORGANIZATIONS", service.url())
}

/// Returns the output of a successful run, whose stderr has counts.
#[track_caller]
pub fn done(outcome: &Outcome) -> String {
    outcome.exits_with(0);
    String::from_utf8_lossy(&outcome.stdout).into_owned()
}

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("h-handshake{n:04}")).collect()
}

fn documents(text: &str) -> Vec<Value> {
    let documents = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    documents.map(|document| document.expect("JSON")).collect()
}

#[test]
fn several_ids_are_described_in_their_order_and_each_once() {
    let text = format!("{OPEN}\n  {HANDSHAKE}\t{OPEN}\r\n{DECLINED}");
    for stdin in [
        text,
        json!([OPEN, HANDSHAKE, OPEN, DECLINED]).to_string(),
        format!("[\n\"{OPEN}\", \"{HANDSHAKE}\",\n\"{DECLINED}\"]\n"),
    ] {
        let outcome = call("describe-handshake", &stdin).arg("--sandbox").run();
        let found = documents(&done(&outcome));
        let found: Vec<_> = found.iter().map(|document| document["Handshake"]["Id"].as_str().unwrap()).collect();
        assert_eq!(found, [OPEN, HANDSHAKE, DECLINED]);
        outcome.stderr_is("orgshake: [NOTE]: 3 of 3 handshakes done\n");
    }
}

#[test]
fn a_query_of_the_aws_cli_can_be_piped_in() {
    let query = ["--sandbox", "list-handshakes-for-organization", "--query", "Handshakes[].Id"];
    for format in ["text", "json"] {
        let listed = orgshake(query).args(["--output", format]).run().success();
        let args = ["--sandbox", "--query", "Handshake.Id", "--output", "text"];
        let found = done(&call("describe-handshake", &listed).args(args).run());
        assert!(found.lines().count() > 10, "{found}");
        assert_eq!(found.lines().next(), listed.split(['\t', '"']).find(|word| word.starts_with("h-")));
    }
}

#[test]
fn a_bad_id_refuses_all_with_its_line() {
    for (stdin, line) in [
        (format!("{OPEN}\n{HANDSHAKE} H-EXAMPLEOPEN111\n"), "\"H-EXAMPLEOPEN111\" (line 2 of standard input)"),
        (format!("[\"{OPEN}\",\n\"{HANDSHAKE}\",\n7]"), "\"7\" (line 3 of standard input)"),
        (format!("{OPEN}\nNone\n"), "\"None\" (line 2 of standard input)"),
    ] {
        let outcome = call("cancel-handshake", &stdin).run();
        let told = outcome.failure(252);
        assert!(told.contains(&format!("Invalid value for parameter HandshakeId, value: {line}, expected")), "{told}");
        outcome.sent_nothing();
    }
    let outcome = call("cancel-handshake", "[\"h-exampleopen111\"").run();
    assert!(outcome.failure(252).contains("'--handshake-id': standard input: Invalid JSON: "));
    outcome.sent_nothing();
}

#[test]
fn no_id_is_nothing_to_do() {
    for stdin in ["", " \n", "[]", "\u{feff}"] {
        let outcome = call("cancel-handshake", stdin).run();
        assert_eq!(done(&outcome), "");
        outcome.stderr_is("orgshake: [NOTE]: standard input contains no id: nothing to do\n");
        outcome.sent_nothing();
    }
}

#[test]
fn one_id_is_as_if_it_were_typed() {
    let typed = orgshake(["accept-handshake", "--handshake-id", HANDSHAKE]).run();
    for stdin in [HANDSHAKE.to_owned(), format!("\n {HANDSHAKE} \n"), json!([HANDSHAKE, HANDSHAKE]).to_string()] {
        let read = call("accept-handshake", &stdin).run();
        assert_eq!(read.success(), typed.success());
        read.stderr_is("");
        read.sent(&[("AcceptHandshake", json!({"HandshakeId": HANDSHAKE}))]);
    }
}

#[test]
fn each_format_has_its_own_way_to_print_several_documents() {
    let printed = |format, query: Option<&str>| {
        let run = call("describe-handshake", &format!("{OPEN} {HANDSHAKE}")).args(["--sandbox", "--output", format]);
        let run = query.into_iter().fold(run, |run, query| run.args(["--query", query]));
        done(&run.run())
    };
    let state = Some("Handshake.{Id: Id, State: State}");
    assert_eq!(
        printed("json", state),
        format!(
            "{{\n    \"Id\": \"{OPEN}\",\n    \"State\": \"OPEN\"\n}}\n{{\n    \"Id\": \"{HANDSHAKE}\",\n    \"State\": \"OPEN\"\n}}\n"
        )
    );
    assert_eq!(printed("yaml", state), format!("Id: {OPEN}\nState: OPEN\n---\nId: {HANDSHAKE}\nState: OPEN\n"));
    assert_eq!(
        printed("yaml-stream", state),
        format!("- Id: {OPEN}\n  State: OPEN\n- Id: {HANDSHAKE}\n  State: OPEN\n")
    );
    assert_eq!(printed("text", state), format!("{OPEN}\tOPEN\n{HANDSHAKE}\tOPEN\n"));
    assert_eq!(printed("off", None), "");
    let table = printed("table", state);
    assert_eq!((table.matches("DescribeHandshake").count(), table.matches("State").count()), (1, 1), "{table}");
    let table = printed("table", None);
    assert_eq!((table.matches("DescribeHandshake").count(), table.matches("Expires at").count()), (1, 1), "{table}");
    assert!(table.contains(OPEN) && table.contains(HANDSHAKE), "{table}");
}

#[test]
fn a_failure_is_reported_with_its_id_and_does_not_stop_the_rest() {
    let stdin = format!("{OPEN} h-examplenosuch111 {HANDSHAKE}");
    let run = || call("describe-handshake", &stdin).args(["--sandbox", "--query", "Handshake.Id", "--output", "text"]);
    let outcome = run().run();
    outcome.exits_with(254);
    assert_eq!(String::from_utf8_lossy(&outcome.stdout), format!("{OPEN}\n{HANDSHAKE}\n"));
    outcome.stderr_has(&[
        "\norgshake: [ERROR]: h-examplenosuch111: An error occurred (HandshakeNotFoundException) when calling the ",
        "\norgshake: [NOTE]: 2 of 3 handshakes done, 1 failed\n",
    ]);
    // Structured errors have the id as a member, and no line beside them.
    let outcome = run().args(["--cli-error-format", "json"]).run();
    outcome.exits_with(254);
    let error: Value = serde_json::from_slice(&outcome.stderr).expect("one JSON document");
    assert_eq!(error["HandshakeId"], "h-examplenosuch111");
    assert_eq!(error["Code"], "HandshakeNotFoundException");
}

#[test]
fn the_exit_code_is_that_of_the_gravest_failure() {
    let service = Service::start(|asked| match asked.id().as_str() {
        // No response.
        "h-handshake0000" => (200, "garbage".to_owned()),
        "h-handshake0001" => refusal("AccessDeniedException"),
        _ => handshake(asked),
    });
    for (stdin, code) in [(ids(4), 255), (ids(4).split_off(1), 254), (ids(4).split_off(2), 0)] {
        at(&service, call("describe-handshake", &stdin.join(" "))).run().exits_with(code);
    }
}

#[test]
fn results_are_printed_in_the_order_of_the_input() {
    let (came, others) = mpsc::channel();
    let (came, others) = (Mutex::new(came), Mutex::new(others));
    let service = Service::start(move |asked| {
        // The first comes last.
        match asked.id() == "h-handshake0000" {
            true => assert_eq!(others.lock().expect("a channel").iter().take(19).count(), 19),
            false => came.lock().expect("a channel").send(()).expect("a channel"),
        }
        handshake(asked)
    });
    let run = call("describe-handshake", &ids(20).join("\n")).args(["--query", "Handshake.Id", "--output", "text"]);
    let printed = done(&at(&service, run).run());
    assert_eq!(printed.lines().collect::<Vec<_>>(), ids(20));
    assert!((2..=8).contains(&service.most()), "{}", service.most());
}

#[test]
fn no_more_calls_are_under_way_than_allowed() {
    let three = Barrier::new(3);
    let service = Service::start(move |asked| {
        if ids(3).contains(&asked.id()) {
            three.wait();
        }
        thread::sleep(Duration::from_millis(20));
        handshake(asked)
    });
    let run = call("describe-handshake", &ids(20).join("\n")).args(["--max-concurrency", "3"]);
    done(&at(&service, run).run());
    assert_eq!(service.most(), 3);
}

#[test]
fn requests_keep_to_the_documented_rates() {
    let describe = |count, more: &[&str]| {
        let began = Instant::now();
        let run = orgshake(["describe-handshake", "--handshake-id", "-", "--sandbox"]).args(more);
        run.stdin(ids(count).join(" ")).run().exits_with(254);
        began.elapsed()
    };
    // Two at once, then one a second.
    assert!(describe(5, &[]) >= Duration::from_millis(2950));
    assert!(describe(50, &["--no-pacing"]) < Duration::from_secs(45));
}

#[test]
fn what_is_throttled_is_repeated_beyond_the_allowed_attempts() {
    let refusals = Mutex::new(0);
    let service = Service::start(move |asked| {
        let mut refusals = refusals.lock().expect("a count");
        *refusals += 1;
        match *refusals % 3 {
            0 => handshake(asked),
            1 => refusal("TooManyRequestsException"),
            _ => refusal("ConcurrentModificationException"),
        }
    });
    let run = call("accept-handshake", &ids(6).join(" ")).env("AWS_MAX_ATTEMPTS", "1");
    let outcome = at(&service, run).run();
    done(&outcome);
    outcome.stderr_is("orgshake: [NOTE]: 6 of 6 handshakes done\n");
    assert_eq!(service.asked().len(), 18);
}

#[test]
fn a_throttled_item_lets_the_next_one_go_first() {
    let asked_for = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked_for);
    let service = Service::start(move |asked| {
        let mut log = log.lock().expect("a log");
        log.push(asked.id());
        if log.len() == 1 { refusal("TooManyRequestsException") } else { handshake(asked) }
    });
    let run = call("describe-handshake", &ids(3).join(" ")).args(["--max-concurrency", "1"]);
    done(&at(&service, run).run());
    let order: Vec<_> = asked_for.lock().expect("a log").clone();
    let [first, second, third] = &ids(3)[..] else { panic!("three ids") };
    assert_eq!(order, [first, second, first, third].map(String::clone));
}

#[cfg(target_os = "linux")]
#[test]
fn progress_is_shown_on_a_terminal() {
    use crate::support::terminal::stderr_on_terminal;

    let service = Service::start(|asked| {
        thread::sleep(Duration::from_millis(100));
        handshake(asked)
    });
    let run = call("describe-handshake", &ids(20).join(" ")).args(["--max-concurrency", "1", "--output", "off"]);
    let (outcome, shown) = stderr_on_terminal(at(&service, run.env("NO_COLOR", "1")));
    outcome.exits_with(0);
    assert!(shown.contains(" of 20 done\u{1b}[K"), "{shown:?}");
    assert!(shown.ends_with("\r\u{1b}[Korgshake: [NOTE]: 20 of 20 handshakes done\n"), "{shown:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_that_a_run_is_throttled() {
    use std::sync::OnceLock;

    use crate::support::terminal::{first_wait, stderr_on_terminal};

    let began = OnceLock::new();
    let service =
        Service::start(move |asked| match began.get_or_init(Instant::now).elapsed() < Duration::from_millis(2800) {
            true => refusal("TooManyRequestsException"),
            false => handshake(asked),
        });
    let run = call("describe-handshake", &ids(2).join(" ")).env("NO_COLOR", "1");
    let (outcome, shown) = stderr_on_terminal(at(&service, run));
    outcome.exits_with(0);
    // On a busy machine, it may be more than two seconds.
    assert!(first_wait(&shown).is_some_and(|(_, seconds)| seconds >= 2), "{shown:?}");
    assert!(shown.ends_with("\r\u{1b}[Korgshake: [NOTE]: 2 of 2 handshakes done\n"), "{shown:?}");
}

/// Starts a call for several handshakes at a service.
fn started(service: &Service, home: &Home, words: &[&str], ids: &[String]) -> Child {
    let mut child = Command::new("sh")
        .args(["-c", "exec env --default-signal=INT,TERM \"$0\" \"$@\"", env!("CARGO_BIN_EXE_orgshake")])
        .args(words)
        .args(["--handshake-id", "-", "--no-pacing", "--query", "Handshake.Id", "--output", "text"])
        .current_dir(home.cwd())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home.path())
        .env("AWS_ENDPOINT_URL", service.url())
        .env("AWS_ACCESS_KEY_ID", "111111111111")
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(ids.join("\n").as_bytes()).expect("ids");
    child
}

fn interrupt(child: &Child) {
    kill_process(Pid::from_child(child), Signal::INT).expect("a process");
}

#[track_caller]
fn ended(child: Child) -> (Output, String) {
    use std::os::unix::process::ExitStatusExt;
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.signal(), Some(2), "{output:?}");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    (output, told)
}

/// Starts a service that answers a request for each message, and all of them once the sender is dropped.
fn gated() -> (Service, mpsc::Sender<()>) {
    let (go, gate) = mpsc::channel();
    let gate = Mutex::new(gate);
    let service = Service::start(move |asked| {
        let _ = gate.lock().expect("a gate").recv();
        handshake(asked)
    });
    (service, go)
}

#[test]
fn ctrl_c_finishes_what_is_under_way_and_starts_nothing_new() {
    let (service, go) = gated();
    let home = Home::new();
    let mut child = started(&service, &home, &["accept-handshake", "--max-concurrency", "2"], &ids(10));
    go.send(()).expect("a service");
    service.until(|counts| counts.asked.len() == 3);
    interrupt(&child);
    let mut told = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut line = String::new();
    told.read_line(&mut line).expect("a line");
    assert_eq!(
        line,
        "orgshake: [NOTE]: Interrupted: 2 running calls will be finished; a second signal ends the program at once\n"
    );
    drop(go);
    let (output, _) = ended(child);
    assert_eq!(String::from_utf8_lossy(&output.stdout), ids(3).join("\n") + "\n");
    let mut rest = String::new();
    told.read_to_string(&mut rest).expect("text");
    assert_eq!(rest, "\norgshake: [ERROR]: Interrupted: 3 of 10 handshakes done, 7 not done\n");
    assert_eq!(service.asked().len(), 3);
}

#[test]
fn a_second_ctrl_c_ends_the_changes_under_way() {
    let (service, _go) = gated();
    let home = Home::new();
    let mut child = started(&service, &home, &["accept-handshake", "--max-concurrency", "2"], &ids(5));
    service.until(|counts| counts.asked.len() == 2);
    interrupt(&child);
    let mut told = BufReader::new(child.stderr.take().expect("a pipe"));
    told.read_line(&mut String::new()).expect("a line");
    interrupt(&child);
    ended(child);
    let mut rest = String::new();
    told.read_to_string(&mut rest).expect("text");
    for id in &ids(2) {
        assert!(rest.contains(&format!("{id}: Interrupted: the request may have been applied all the same")), "{rest}");
    }
    assert!(rest.ends_with("Interrupted: 0 of 5 handshakes done, 2 failed, 3 not done\n"), "{rest}");
}

#[test]
fn ctrl_c_ends_reads_at_once() {
    let (service, _go) = gated();
    let home = Home::new();
    let child = started(&service, &home, &["describe-handshake"], &ids(5));
    service.until(|counts| counts.asked.len() == 5);
    interrupt(&child);
    let (_, told) = ended(child);
    assert_eq!(told, "\norgshake: [ERROR]: Interrupted: 0 of 5 handshakes done, 5 not done\n");
}

/// A lost response is settled as in a single call, although another request of the same kind is throttled meanwhile.
#[test]
fn lost_responses_are_settled_item_by_item() {
    let seen = Mutex::new(Vec::new());
    let service = Service::start(move |asked| {
        let mut seen = seen.lock().expect("a log");
        let before = seen.iter().filter(|call| **call == (asked.operation.clone(), asked.id())).count();
        seen.push((asked.operation.clone(), asked.id()));
        match (asked.operation.as_str(), before) {
            ("AcceptHandshake", 0) => (500, "{}".to_owned()),
            ("AcceptHandshake", 1) => refusal("TooManyRequestsException"),
            ("AcceptHandshake", _) => refusal("HandshakeAlreadyInStateException"),
            _ => {
                let (status, body) = handshake(asked);
                (status, body.replace("\"OPEN\"", "\"ACCEPTED\"").replace("\"REQUESTED\"", "\"ACCEPTED\""))
            }
        }
    });
    let outcome = at(&service, call("accept-handshake", &ids(3).join(" "))).run();
    done(&outcome);
    outcome.stderr_has(&["an earlier attempt got no clear response", "3 of 3 handshakes done\n"]);
}
