//! Tests of the test tools: every test file is compiled, and the scripted service works as expected.

use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::support::machine::patience;
use crate::support::server::{Server, Step};

/// A file that no module names is not compiled, so its tests would never run.
#[test]
fn every_file_is_part_of_a_test_binary() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests = package.join("tests");
    let manifest = fs::read_to_string(package.join("Cargo.toml")).expect("Cargo.toml");
    let is_root = |file: &Path| {
        let name = file.strip_prefix(package).expect("it was found there").to_string_lossy();
        manifest.contains(&format!("path = \"{}\"", name.replace('\\', "/")))
    };
    let files = rust_files(&tests);
    let roots: Vec<_> = files.iter().filter(|file| is_root(file)).cloned().collect();
    assert!(!roots.is_empty(), "Cargo.toml names no test binary below {}", tests.display());
    for file in files.iter().filter(|file| !roots.contains(file)) {
        let directory = file.parent().expect("a file has a directory");
        let stem = file.file_stem().expect("a file has a name").to_string_lossy();
        let (module, home) = match &*stem {
            "mod" => {
                (directory.file_name().expect("a name").to_string_lossy(), directory.parent().expect("a directory"))
            }
            _ => (stem, directory),
        };
        let mut parents = vec![home.join("mod.rs"), home.with_extension("rs")];
        if home == tests {
            parents.extend(roots.iter().cloned());
        }
        assert!(
            parents.iter().any(|parent| declares(parent, &module)),
            "{} is part of no test binary: write `mod {module};`",
            file.display()
        );
    }
}

fn declares(file: &Path, module: &str) -> bool {
    let text = fs::read_to_string(file).unwrap_or_default();
    let declaration = format!("mod {module};");
    text.lines().any(|line| line.trim().strip_prefix("pub ").unwrap_or(line.trim()) == declaration)
}

fn rust_files(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).expect("a directory of tests") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn responses_come_in_order_and_the_last_one_repeats() {
    let server = Server::script([Step::bytes("one"), Step::bytes("two").status(503).chunked()]);
    let mut client = connect(&server);
    assert_eq!(ask(&mut client, "first", "one"), "200 OK");
    assert_eq!(ask(&mut client, "second", "1\r\nt\r\n1\r\nw\r\n1\r\no\r\n0\r\n\r\n"), "503 Service Unavailable");
    assert_eq!(ask(&mut client, "third", "0\r\n\r\n"), "503 Service Unavailable");
    let bodies: Vec<_> = server.stop().iter().map(|request| request.text()).collect();
    assert_eq!(bodies, ["first", "second", "third"]);
}

#[test]
fn parallel_clients_all_get_a_response() {
    let server = Server::script([Step::bytes("same")]);
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| assert_eq!(ask(&mut connect(&server), "x", "same"), "200 OK"));
        }
    });
    assert_eq!(server.stop().len(), 16);
}

#[test]
fn a_client_that_hangs_up_after_its_request_is_recorded() {
    let server = Server::script([Step::handshake().delay(Duration::from_secs(3600))]);
    write!(connect(&server), "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nok").expect("room in the buffer");
    write!(connect(&server), "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\ncut").expect("room in the buffer");
    write!(connect(&server), "nonsense\r\n").expect("room in the buffer");
    let bodies: Vec<_> = server.stop().iter().map(|request| request.text()).collect();
    assert_eq!(bodies, ["ok"]);
}

#[test]
fn a_dropped_connection_has_no_response_and_a_proxy_does_not_connect() {
    let server = Server::script([Step::close()]);
    let mut client = connect(&server);
    write!(client, "GET /x HTTP/1.1\r\n\r\n").expect("an open connection");
    assert_eq!(rest(client), "");
    let mut client = connect(&server);
    write!(client, "CONNECT example.com:443 HTTP/1.1\r\n\r\n").expect("an open connection");
    assert!(rest(client).starts_with("HTTP/1.1 503 "));
    let asked: Vec<_> = server.stop().into_iter().map(|request| (request.method, request.path)).collect();
    assert_eq!(asked, [("GET".into(), "/x".into()), ("CONNECT".into(), "example.com:443".into())]);
}

fn connect(server: &Server) -> TcpStream {
    let client = TcpStream::connect(server.host_and_port()).expect("a listening server");
    client.set_read_timeout(Some(patience())).expect("a timeout");
    client
}

/// Sends a body and reads a response up to this end. Returns its status line without the version.
fn ask(client: &mut TcpStream, body: &str, end: &str) -> String {
    write!(client, "POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len()).expect("an open connection");
    let mut answer = Vec::new();
    while !answer.ends_with(end.as_bytes()) {
        let mut byte = [0];
        client.read_exact(&mut byte).expect("an answer");
        answer.extend(byte);
    }
    let answer = String::from_utf8(answer).expect("UTF-8");
    let status = answer.lines().next().expect("a status line");
    status.trim_start_matches("HTTP/1.1 ").to_owned()
}

/// Reads until the server closes the connection.
fn rest(mut client: TcpStream) -> String {
    client.shutdown(Shutdown::Write).expect("an open connection");
    let mut text = String::new();
    client.read_to_string(&mut text).expect("an orderly end");
    text
}
