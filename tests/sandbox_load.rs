//! The sandbox's server with a state file under load: what is answered is kept, and waiting changes share a write.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::sandbox_server::{MANAGEMENT, Serving};
use crate::support::machine::{patience, seconds};
use crate::support::run::{Exit, HANDSHAKE, Home, orgshake};
use crate::support::signed::{Response, call};

/// Invites an account of this number. Returns the id of the handshake, if the invitation is acknowledged.
fn invite(address: &str, number: usize) -> Option<String> {
    let target = json!({ "Target": { "Id": format!("{}", 500_000_000_000 + number), "Type": "ACCOUNT" } });
    let (status, body) = call(address, MANAGEMENT, "InviteAccountToOrganization", &target)?;
    assert_eq!(status, 200, "{body}");
    Some(body["Handshake"]["Id"].as_str().expect("an id").to_owned())
}

fn describe(address: &str, id: &str) -> Response {
    call(address, MANAGEMENT, "DescribeHandshake", &json!({ "HandshakeId": id })).expect("a response")
}

fn cancel(address: &str, id: &str) -> Response {
    call(address, MANAGEMENT, "CancelHandshake", &json!({ "HandshakeId": id })).expect("a response")
}

/// The handshakes in a state file.
fn kept(file: &Path) -> Value {
    let document: Value = serde_json::from_slice(&fs::read(file).expect("a file")).expect("a whole document");
    document["state"]["handshakes"].clone()
}

fn served(file: &Path) -> Serving {
    Serving::start(&["--state", &file.to_string_lossy()])
}

/// A home, the path of its state file, and the lock of the file, which another process then holds.
fn world() -> (Home, PathBuf) {
    let home = Home::new();
    let file = home.cwd().join("world.json");
    let cancel = ["--sandbox", "cancel-handshake", "--handshake-id", "h-exampleopen111", "--sandbox-state"];
    orgshake(cancel).arg(&file).run().success();
    (home, file)
}

fn locked(file: &Path) -> File {
    let lock = File::options().write(true).open(file.with_extension("json.lock")).expect("a lock file");
    lock.lock().expect("a lock");
    lock
}

/// How many files and connections a process has open.
fn open_files(process: u32) -> usize {
    fs::read_dir(format!("/proc/{process}/fd")).expect("a process").count()
}

/// Waits until a server has so many connections more than files and connections `before`.
fn connected(serving: &Serving, before: usize, connections: usize) {
    let until = Instant::now() + patience();
    while open_files(serving.process()) < before + connections {
        assert!(Instant::now() < until, "the clients don't connect");
        thread::sleep(Duration::from_millis(1));
    }
}

/// Bytes that a process has written so far, to files and connections.
fn written(process: u32) -> usize {
    let counts = fs::read_to_string(format!("/proc/{process}/io")).expect("a process");
    let count = counts.lines().find_map(|line| line.strip_prefix("wchar: ")).expect("a count");
    count.parse().expect("a number")
}

#[test]
fn what_is_answered_survives_a_kill_under_load() {
    for round in 0..3 {
        let (_home, file) = world();
        let mut serving = served(&file);
        let (address, acknowledged) = (serving.address().to_owned(), Mutex::new(Vec::new()));
        thread::scope(|scope| {
            for client in 0..8 {
                let (address, acknowledged) = (&address, &acknowledged);
                scope.spawn(move || {
                    for number in 0.. {
                        let Some(id) = invite(address, client * 10_000 + number) else { return };
                        acknowledged.lock().expect("a list").push(id);
                    }
                });
            }
            let until = Instant::now() + patience();
            while acknowledged.lock().expect("a list").len() < 30 + 7 * round {
                assert!(Instant::now() < until, "too few answers");
                thread::sleep(Duration::from_millis(1));
            }
            serving.kill();
        });
        let kept = kept(&file);
        for id in acknowledged.lock().expect("a list").iter() {
            assert_eq!(kept[id]["state"], "OPEN", "{id} was answered and is lost");
        }
        // Another server goes on where that one ended.
        let again = served(&file);
        assert!(invite(again.address(), 99_999).is_some());
    }
}

#[test]
fn two_servers_on_one_file_lose_nothing() {
    let (_home, file) = world();
    let servers = [served(&file), served(&file)];
    let ids: Vec<String> = thread::scope(|scope| {
        let client = |client: usize| {
            let address = servers[client % 2].address();
            move || (0..8).map(|number| invite(address, client * 100 + number).expect("an answer")).collect::<Vec<_>>()
        };
        let clients: Vec<_> = (0..6).map(|number| scope.spawn(client(number))).collect();
        clients.into_iter().flat_map(|client| client.join().expect("a client")).collect()
    });
    let kept = kept(&file);
    for (number, id) in ids.iter().enumerate() {
        assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{id} was given away twice");
        assert_eq!(kept[id]["state"], "OPEN", "{id} is lost");
        // Either server shows what the other one has answered.
        let (status, body) = describe(servers[number % 2].address(), id);
        assert_eq!((status, &body["Handshake"]["State"]), (200, &json!("OPEN")));
    }
}

#[test]
fn reads_go_on_while_changes_wait_and_show_nothing_that_could_be_lost() {
    let (_home, file) = world();
    let serving = served(&file);
    let (address, lock) = (serving.address(), locked(&file));
    let before = open_files(serving.process());
    thread::scope(|scope| {
        let waiting = scope.spawn(|| cancel(address, HANDSHAKE));
        connected(&serving, before, 1);
        // More than the server has threads.
        for _ in 0..30 {
            let (status, body) = describe(address, HANDSHAKE);
            assert_eq!((status, &body["Handshake"]["State"]), (200, &json!("OPEN")));
        }
        assert!(!waiting.is_finished(), "the change is answered before it is in the file");
        drop(lock);
        assert_eq!(waiting.join().expect("a client").0, 200);
    });
    assert_eq!(describe(address, HANDSHAKE).1["Handshake"]["State"], "CANCELED");
}

#[test]
fn changes_that_wait_share_a_write() {
    const CLIENTS: usize = 40;
    let (_home, file) = world();
    let serving = served(&file);
    let (address, lock) = (serving.address(), locked(&file));
    let (before, bytes) = (open_files(serving.process()), written(serving.process()));
    let ids: Vec<_> = thread::scope(|scope| {
        let client = |number| invite(address, number).expect("an answer");
        let clients: Vec<_> = (0..CLIENTS).map(|number| scope.spawn(move || client(number))).collect();
        connected(&serving, before, CLIENTS);
        drop(lock);
        clients.into_iter().map(|client| client.join().expect("a client")).collect()
    });
    let kept = kept(&file);
    assert!(ids.iter().all(|id| kept[id]["state"] == "OPEN"), "{ids:?}");
    let size = usize::try_from(fs::metadata(&file).expect("a file").len()).expect("a size");
    let writes = (written(serving.process()) - bytes) / size;
    assert!(writes <= CLIENTS / 4, "{CLIENTS} changes took {writes} writes");
}

#[test]
fn changes_whose_write_fails_all_fail_and_the_world_is_what_it_was() {
    const CLIENTS: usize = 10;
    let (_home, file) = world();
    let before = fs::read(&file).expect("a file");
    let serving = served(&file);
    let address = serving.address();
    // Nothing can be written where a directory is.
    let obstacle = file.with_extension("json.new");
    fs::create_dir(&obstacle).expect("a directory");
    let (files, lock) = (open_files(serving.process()), locked(&file));
    thread::scope(|scope| {
        // One of these succeeds, and the others are refused because of it, if the file can be written.
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(|| cancel(address, HANDSHAKE))).collect();
        connected(&serving, files, CLIENTS);
        drop(lock);
        for client in clients {
            let (status, body) = client.join().expect("a client");
            assert!(status == 500 && body.to_string().contains("cannot be written"), "{status} {body}");
        }
    });
    assert_eq!(describe(address, HANDSHAKE).1["Handshake"]["State"], "OPEN");
    assert_eq!(fs::read(&file).expect("a file"), before);
    fs::remove_dir(&obstacle).expect("an empty directory");
    assert_eq!(cancel(address, HANDSHAKE).0, 200);
    assert_eq!(kept(&file)[HANDSHAKE]["state"], "CANCELED");
}

#[test]
fn a_server_on_a_full_disk_refuses_changes_and_goes_on_once_there_is_room() {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};

    let (home, file) = world();
    let before = fs::read(&file).expect("a file");
    // A limit on the size of files, whose signal is ignored: writing fails, as on a full disk.
    let mut command = Command::new("env");
    command.args(["--ignore-signal=XFSZ", env!("CARGO_BIN_EXE_orgshake"), "sandbox", "serve", "--state"]).arg(&file);
    command.env_clear().env("HOME", home.path()).env("PATH", "/usr/bin:/bin").stdin(Stdio::null());
    let serving = Serving::of(home, command);
    let process = Pid::from_raw(i32::try_from(serving.process()).expect("a number"));
    let limit = |size| prlimit(process, Resource::Fsize, Rlimit { current: size, maximum: None }).expect("a limit");
    limit(Some(1000));
    let (status, body) = cancel(serving.address(), HANDSHAKE);
    assert_eq!(status, 500);
    assert!(body.to_string().contains("cannot be written"), "{body}");
    assert_eq!(fs::read(&file).expect("a file"), before);
    assert!(!file.with_extension("json.new").exists());
    assert_eq!(describe(serving.address(), HANDSHAKE).1["Handshake"]["State"], "OPEN");
    limit(None);
    assert_eq!(cancel(serving.address(), HANDSHAKE).0, 200);
}

#[test]
fn a_signal_ends_the_server_even_while_another_process_has_the_file() {
    let (_home, file) = world();
    let serving = served(&file);
    let (address, _lock) = (serving.address().to_owned(), locked(&file));
    let before = open_files(serving.process());
    thread::scope(|scope| {
        scope.spawn(|| call(&address, MANAGEMENT, "CancelHandshake", &json!({ "HandshakeId": HANDSHAKE })));
        connected(&serving, before, 1);
        let began = Instant::now();
        serving.stop("TERM");
        assert!(began.elapsed() < seconds(20), "{:?}", began.elapsed());
    });
}

#[test]
fn a_change_of_one_handshake_changes_its_line_of_the_file() {
    let (_home, file) = world();
    let lines = || fs::read_to_string(&file).expect("a file").lines().map(str::to_owned).collect::<Vec<_>>();
    let before = lines();
    let cancel = ["--sandbox", "cancel-handshake", "--handshake-id", HANDSHAKE, "--sandbox-state"];
    orgshake(cancel).arg(&file).run().success();
    let after = lines();
    assert!(before.len() == after.len() && before.len() > 50, "{} lines", after.len());
    let changed: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
    assert!(matches!(changed.as_slice(), [(_, after)] if after.contains(HANDSHAKE)), "{changed:?}");
    // The form of earlier versions, all in one line, is read too.
    let document: Value = serde_json::from_str(&after.concat()).expect("a document");
    fs::write(&file, document.to_string()).expect("a file");
    let again = orgshake(cancel).arg(&file).run();
    assert_eq!(again.exit, Exit::Code(254));
    assert!(again.failure(254).contains("HandshakeAlreadyInStateException"));
}
