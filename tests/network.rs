//! The route to the service: proxies, certificates, timeouts, endpoints. The tests check the requests that arrive.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::machine;
use crate::support::run::{DEAD, HANDSHAKE, Home, Outcome, Run};
use crate::support::server::{Request, Server, Step};
use crate::support::tls::{Authority, Front, Identity};

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];

/// A host that doesn't exist.
const NOWHERE: &str = "organizations.invalid";

/// Accepts a handshake at this endpoint, with one attempt.
fn accept(endpoint: &str) -> Run {
    Run::at(Home::new(), ACCEPT).env("AWS_ENDPOINT_URL_ORGANIZATIONS", endpoint).env("AWS_MAX_ATTEMPTS", "1")
}

/// The same, trusting the certificates in this file.
fn trusting(endpoint: &str, pem: &str) -> Run {
    accept(endpoint).file("~/ca.pem", pem).env("AWS_CA_BUNDLE", "~/ca.pem")
}

/// Creates a service, and a proxy that plays every host with certificates of the authority.
fn proxied() -> (Authority, Server, Front) {
    let authority = Authority::new("Test CA");
    let server = Server::script([Step::handshake()]);
    let proxy = Front::proxy(&authority, &server);
    (authority, server, proxy)
}

/// Returns the scope of a request's signature: `AKIDEXAMPLE/us-east-1/organizations`.
fn scope(request: &Request) -> String {
    let authorization = request.header("Authorization").unwrap_or_default();
    let scope = authorization.split_once("Credential=").map_or("", |(_, rest)| rest.split(',').next().unwrap_or(rest));
    let parts: Vec<_> = scope.split('/').collect();
    match parts[..] {
        [key, _, region, service, _] => format!("{key}/{region}/{service}"),
        _ => authorization.to_owned(),
    }
}

/// Checks for exit code 255 and these words, and that nothing reached the service.
#[track_caller]
fn fails(outcome: &Outcome, words: &[&str]) {
    outcome.failure(255);
    outcome.stderr_has(words);
    outcome.sent_nothing();
}

// Proxies

#[test]
fn an_https_request_goes_through_a_tunnel() {
    let (authority, server, proxy) = proxied();
    let url = format!("https://{NOWHERE}");
    let outcome = trusting(&url, &authority.pem()).server(server).env("HTTPS_PROXY", proxy.http()).run();
    outcome.success();
    outcome.sent(&[("AcceptHandshake", json!({"HandshakeId": HANDSHAKE}))]);
    assert_eq!(outcome.requests[0].path, "/");
    assert_eq!(proxy.lines(), [format!("CONNECT {NOWHERE}:443 HTTP/1.1")]);
    assert_eq!(proxy.asked()[0].header("Host"), Some("organizations.invalid:443"));
    assert_eq!(proxy.asked()[0].header("Proxy-Authorization"), None);
}

#[test]
fn a_plain_request_names_its_host_to_the_proxy() {
    let (_, server, proxy) = proxied();
    let url = format!("http://{NOWHERE}:8080/path");
    let outcome = accept(&url).server(server).env("http_proxy", proxy.http()).run();
    outcome.success();
    assert_eq!(proxy.lines(), [format!("POST {url} HTTP/1.1")]);
    assert_eq!(proxy.asked()[0].header("Host"), Some("organizations.invalid:8080"));
}

#[test]
fn only_the_proxy_gets_its_user_and_password() {
    let (authority, server, proxy) = proxied();
    let with_user = format!("http://us%40er:pass%3Aword@{}", proxy.address());
    let expected = Some("Basic dXNAZXI6cGFzczp3b3Jk");
    let url = format!("https://{NOWHERE}");
    let run = trusting(&url, &authority.pem()).arg("--debug").server(server).env("HTTPS_PROXY", &with_user).run();
    run.exits_with(0);
    assert_eq!(proxy.asked()[0].header("Proxy-Authorization"), expected);
    assert_eq!(run.requests[0].header("Proxy-Authorization"), None);
    run.stderr_has(&[&format!("through the proxy http://***:***@{} (HTTPS_PROXY)", proxy.address())]);
    hides_password(&run);

    let (_, server, proxy) = proxied();
    let with_user = format!("http://us%40er:pass%3Aword@{}", proxy.address());
    let run = accept(&format!("http://{NOWHERE}")).server(server).env("HTTP_PROXY", &with_user).run();
    run.success();
    assert_eq!(proxy.asked()[0].header("Proxy-Authorization"), expected);
}

#[track_caller]
fn hides_password(outcome: &Outcome) {
    let shown = [outcome.stdout.as_slice(), &outcome.stderr].concat();
    let shown = String::from_utf8_lossy(&shown);
    for secret in ["s%3Aword", "s:word", "us%40er", "us@er", "dXNAZXI6cGFzczp3b3Jk"] {
        assert!(!shown.contains(secret), "a secret in the output:\n{outcome}");
    }
}

#[test]
fn a_proxy_may_be_reached_over_tls() {
    let authority = Authority::new("Test CA");
    for (scheme, line) in
        [("https", "CONNECT organizations.invalid:443"), ("http", "POST http://organizations.invalid/")]
    {
        let server = Server::script([Step::handshake()]);
        let proxy = Front::tls_proxy(&authority, &server);
        let outcome = trusting(&format!("{scheme}://{NOWHERE}"), &authority.pem())
            .server(server)
            .env("HTTPS_PROXY", proxy.https())
            .env("HTTP_PROXY", proxy.https())
            .run();
        outcome.success();
        assert_eq!(proxy.lines(), [format!("{line} HTTP/1.1")]);
    }
    let server = Server::script([Step::handshake()]);
    let proxy = Front::tls_proxy(&Authority::new("Other CA"), &server);
    let run =
        trusting(&format!("https://{NOWHERE}"), &authority.pem()).server(server).env("HTTPS_PROXY", proxy.https());
    fails(&run.run(), &["Failed to connect to proxy URL: \"https://127.0.0.1", "unknown authority"]);
}

#[test]
fn no_proxy_and_other_variables_exclude_hosts() {
    for (name, value) in [("NO_PROXY", "127.0.0.1"), ("no_proxy", "*"), ("http_proxy", ""), ("REQUEST_METHOD", "GET")] {
        let server = Server::script([Step::handshake()]);
        let url = server.url();
        accept(&url).server(server).env("HTTP_PROXY", DEAD).env(name, value).run().success();
    }
    let server = Server::script([Step::handshake()]);
    let url = server.url();
    accept(&url).server(server).env("ALL_PROXY", DEAD).env("all_proxy", DEAD).env("HTTPS_PROXY", DEAD).run().success();
}

#[test]
fn an_error_names_a_failing_proxy_without_its_password() {
    let with_user = |address: SocketAddr| format!("http://us%40er:pass%3Aword@{address}");
    let refused = accept("https://organizations.invalid").env("HTTPS_PROXY", "us%40er:pass%3Aword@127.0.0.1:1").run();
    fails(&refused, &["Failed to connect to proxy URL: \"http://***:***@127.0.0.1:1\"", "HTTPS_PROXY names the proxy"]);
    hides_password(&refused);
    for (status, words) in [
        ("403 Forbidden", "the proxy responded with 403 Forbidden"),
        ("407 Proxy Authentication Required", "doesn't accept the user and password in HTTPS_PROXY"),
        ("502 Bad Gateway", "the proxy responded with 502 Bad Gateway"),
    ] {
        let proxy = Front::proxy_answering(status);
        let outcome = accept("https://organizations.invalid").env("HTTPS_PROXY", with_user(proxy.address())).run();
        let message = format!("Failed to connect to proxy URL: \"http://***:***@{}\"", proxy.address());
        fails(&outcome, &[&message, words]);
        hides_password(&outcome);
    }
    let proxy = Front::proxy_answering("407 Proxy Authentication Required");
    let outcome = accept("http://organizations.invalid").env("HTTP_PROXY", proxy.http()).run();
    fails(&outcome, &["Failed to connect to proxy URL", "HTTP_PROXY=http://user:password@host:port"]);
    let proxy = Front::saying("");
    let outcome = accept("https://organizations.invalid").env("HTTPS_PROXY", proxy.http()).run();
    fails(&outcome, &["Failed to connect to proxy URL"]);
    let proxy = Front::silent();
    let run = accept("https://organizations.invalid").env("HTTPS_PROXY", proxy.http());
    fails(
        &run.arg("--cli-connect-timeout").arg("1").run(),
        &["Failed to connect to proxy URL", "no connection in time"],
    );
    for bad in ["http://us%40er:pass/word@host", "socks5://us%40er:password@host", "http://us%40er:password@host:port"]
    {
        let outcome = accept("https://organizations.invalid").env("https_proxy", bad).run();
        fails(&outcome, &["Invalid proxy URL (https_proxy)", "http://proxy.example.com:8080"]);
        hides_password_of_url(&outcome);
    }
}

/// The hint contains an example with a user and a password.
#[track_caller]
fn hides_password_of_url(outcome: &Outcome) {
    let shown = String::from_utf8_lossy(&outcome.stderr).into_owned();
    for secret in ["us%40er", "pass/word", "@host"] {
        assert!(!shown.contains(secret), "a secret in the output:\n{outcome}");
    }
}

#[test]
fn a_proxys_error_response_is_not_retried_but_a_broken_connection_is() {
    for (status, attempts) in [("403 Forbidden", 1), ("407 Proxy Authentication Required", 1), ("502 Bad Gateway", 2)] {
        let proxy = Front::proxy_answering(status);
        let run = accept("https://organizations.invalid").env("HTTPS_PROXY", proxy.http());
        fails(&run.env("AWS_MAX_ATTEMPTS", "2").run(), &["Failed to connect to proxy URL"]);
        assert_eq!(proxy.lines().len(), attempts, "{status}");
    }
}

#[test]
fn local_addresses_are_never_reached_through_a_proxy() {
    let keys = |id: &str| {
        Step::json(&json!({
            "Code": "Success", "AccessKeyId": id, "SecretAccessKey": "s", "Token": "t", "Expiration": "2099-01-01T00:00:00Z"
        }))
    };
    let container = Server::script([keys("AKIDCONTAINER"), Step::handshake()]);
    let url = container.url();
    let instance = Server::script([
        Step::bytes("session").header("x-aws-ec2-metadata-token-ttl-seconds", "21600"),
        Step::bytes("role"),
        keys("AKIDINSTANCE"),
        Step::handshake(),
    ]);
    let instance_url = instance.url();
    let runs = [
        (accept(&url).server(container).env("AWS_CONTAINER_CREDENTIALS_FULL_URI", url + "/keys"), "AKIDCONTAINER"),
        (
            accept(&instance_url)
                .server(instance)
                .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", instance_url)
                .env_remove("AWS_EC2_METADATA_DISABLED"),
            "AKIDINSTANCE",
        ),
    ];
    for (run, id) in runs {
        let service = Server::script([Step::handshake()]);
        let proxy = Front::proxy(&Authority::new("Test CA"), &service);
        let outcome = run
            .env_remove("AWS_ACCESS_KEY_ID")
            .env_remove("AWS_SECRET_ACCESS_KEY")
            .env("AWS_ENDPOINT_URL_ORGANIZATIONS", "http://organizations.invalid")
            .env("HTTP_PROXY", proxy.http())
            .run();
        outcome.success();
        assert_eq!(proxy.lines(), ["POST http://organizations.invalid/ HTTP/1.1"], "{outcome}");
        let asked = service.stop();
        assert_eq!(scope(&asked[0]), format!("{id}/us-east-1/organizations"));
        assert!(outcome.requests.iter().all(|request| request.method != "POST"), "{outcome}");
    }
}

#[test]
fn the_sandbox_uses_no_proxy() {
    let outcome = Run::at(Home::new(), ["describe-handshake", "--handshake-id", HANDSHAKE, "--sandbox"])
        .env("HTTPS_PROXY", "no URL at all")
        .env("HTTP_PROXY", DEAD)
        .run();
    outcome.success();
}

// Certificates

#[test]
fn a_private_authority_is_trusted_with_its_bundle() {
    let authority = Authority::new("Test CA");
    let front = |server: &Server| Front::tls(authority.issues(&["127.0.0.1"]), server);
    let server = Server::script([Step::handshake()]);
    let listener = front(&server);
    trusting(&listener.https(), &authority.pem()).server(server).run().success();
    let server = Server::script([Step::handshake()]);
    let listener = front(&server);
    let run = accept(&listener.https()).server(server).file("ca.pem", authority.pem());
    run.arg("--ca-bundle").arg("ca.pem").run().success();
    let server = Server::script([Step::handshake()]);
    let listener = front(&server);
    let run = accept(&listener.https()).server(server).file("~/ca.pem", authority.pem());
    run.file("~/.aws/config", "[default]\nca_bundle = ~/ca.pem\n").run().success();
}

/// The command in a hint uses the same endpoint and certificates.
#[test]
fn a_hint_reaches_the_same_service() {
    let authority = Authority::new("Test CA");
    let server = Server::script([Step::bytes("garbage"), Step::bytes("garbage")]);
    let front = Front::tls(authority.issues(&["127.0.0.1"]), &server);
    let said = |words: &[&str]| {
        let run = accept(DEAD).file("ca.pem", authority.pem()).args(["--endpoint-url", &front.https()]).args(words);
        run.run().failure(255)
    };
    let url = front.https();
    assert!(said(&["--ca-bundle", "ca.pem"]).contains(&format!(" --endpoint-url {url} --ca-bundle ca.pem\n")));
    let told = said(&["--no-verify-ssl", "--no-sign-request"]);
    assert!(told.contains(&format!(" --no-verify-ssl --no-sign-request --endpoint-url {url}\n")), "{told}");
}

#[test]
fn a_self_signed_certificate_is_trusted_with_its_bundle() {
    let tried = |identity: Identity, pem: String| {
        let server = Server::script([Step::handshake()]);
        let front = Front::tls(identity, &server);
        trusting(&front.https(), &pem).server(server).run()
    };
    let identity = Identity::self_signed(&["127.0.0.1"]);
    let pem = identity.pem().to_owned();
    tried(identity, pem.clone()).success();
    // Another self-signed certificate is unknown.
    fails(&tried(Identity::self_signed(&["127.0.0.1"]), pem), &["SSL validation failed for https://"]);
    let identity = Identity::self_signed(&["other.example"]);
    let pem = identity.pem().to_owned();
    fails(&tried(identity, pem), &["SSL validation failed for https://", "is for another host", "other.example"]);
    let identity = Identity::self_signed_long_ago(&["127.0.0.1"]);
    let pem = identity.pem().to_owned();
    fails(&tried(identity, pem), &["SSL validation failed for https://", "expired at 2002-01-01T00:00:00Z"]);
}

#[test]
fn the_error_names_the_kind_of_a_wrong_certificate() {
    let authority = Authority::new("Test CA");
    let host = &["127.0.0.1"];
    for (identity, words, hint) in [
        (
            Authority::new("Other CA").issues(host),
            "unknown authority",
            "AWS_CA_BUNDLE, or for the Organizations endpoint alone --ca-bundle FILE",
        ),
        (authority.issued_long_ago(host), "expired at 2002-01-01T00:00:00Z", "the clock of this machine"),
        (authority.issues(&["other.example"]), "is for another host", "check the host name in the URL"),
    ] {
        let server = Server::script([Step::handshake()]);
        let front = Front::tls(identity, &server);
        let outcome = trusting(&front.https(), &authority.pem()).server(server).run();
        fails(&outcome, &["SSL validation failed for https://", "cause: ", words, "hint: ", hint]);
    }
}

#[test]
fn the_error_names_the_kind_of_a_failed_tls_handshake() {
    let authority = Authority::new("Test CA");
    // Alerts (RFC 8446, section 6): protocol_version and handshake_failure.
    let alert = |description: u8| vec![21, 3, 3, 0, 2, 2, description];
    for (says, words) in [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), ["SSL validation failed", "doesn't speak TLS", "http://"]),
        (alert(70), ["SSL validation failed", "another version of TLS", "TLS 1.2 and 1.3"]),
        (alert(40), ["SSL validation failed", "the TLS handshake failed", "TLS 1.2 and 1.3"]),
        (Vec::new(), ["Could not connect to the endpoint URL", "ended during the TLS handshake", "eof"]),
    ] {
        let front = Front::saying(says);
        fails(&trusting(&front.https(), &authority.pem()).run(), &words);
    }
}

#[test]
fn without_verification_any_certificate_is_accepted_with_a_warning() {
    let server = Server::script([Step::handshake()]);
    let front = Front::tls(Authority::new("Other CA").issued_long_ago(&["other.example"]), &server);
    let outcome = accept(&front.https()).server(server).arg("--no-verify-ssl").run();
    outcome.exits_with(0);
    outcome.stderr_has(&["[WARNING]: --no-verify-ssl"]);
}

#[test]
fn an_invalid_bundle_is_an_error_with_the_origin_of_its_path() {
    let run = || accept("https://127.0.0.1:1").file("~/empty.pem", "").file("~/text.pem", "no certificate\n");
    let no_certificate = "it contains no certificate in PEM form";
    fails(&run().arg("--ca-bundle").arg("nowhere.pem").run(), &["Unusable CA bundle nowhere.pem (--ca-bundle): "]);
    fails(&run().env("AWS_CA_BUNDLE", "~/text.pem").run(), &["text.pem (AWS_CA_BUNDLE): ", no_certificate]);
    fails(&run().env("AWS_CA_BUNDLE", "~/").run(), &["(AWS_CA_BUNDLE): ", "irectory"]);
    let of_profile = run().file("~/.aws/config", "[default]\nca_bundle = ~/empty.pem\n").run();
    fails(&of_profile, &["empty.pem (ca_bundle of the profile default): ", no_certificate]);
    // It isn't used without TLS.
    Run::at(Home::new(), ACCEPT).arg("--ca-bundle").arg("nowhere.pem").run().success();
}

// Timeouts

/// Starts a listener that handles one connection.
fn playing(play: impl FnOnce(std::net::TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
    let url = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
    thread::spawn(move || play(listener.accept().expect("a connection").0));
    url
}

/// Returns the time limit of the test, in seconds.
fn longest() -> String {
    machine::slowness().to_string()
}

#[test]
fn a_slow_response_is_read_while_bytes_arrive() {
    let url = playing(|mut client| {
        let _ = client.read(&mut [0; 4096]);
        // Each part arrives in time, the whole head and body far beyond the limit.
        let pause = machine::seconds(1) / 2;
        let body = "{\"Handshake\": {}}\n";
        let head = format!("HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: {}\r\n\r\n", body.len());
        for part in [head.as_bytes(), body.as_bytes()].iter().flat_map(|text| text.chunks(text.len().div_ceil(6))) {
            // The client may be gone if the test fails.
            let _ = client.write_all(part);
            thread::sleep(pause);
        }
    });
    let start = Instant::now();
    let longest = machine::seconds(3).as_secs().to_string();
    accept(&url).arg("--cli-read-timeout").arg(longest).run().success();
    assert!(start.elapsed() > machine::seconds(5), "it was not slow");
}

#[test]
fn a_silent_server_times_out_at_any_point() {
    // In parallel, since they mostly wait.
    thread::scope(|scope| {
        for said in ["", "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"] {
            scope.spawn(move || {
                let url = playing(move |mut client| {
                    let _ = client.read(&mut [0; 4096]);
                    let _ = client.write_all(said.as_bytes());
                    let _ = client.read_to_end(&mut Vec::new());
                });
                let start = Instant::now();
                let outcome = accept(&url).arg("--cli-read-timeout").arg(longest()).run();
                outcome.failure(255);
                outcome.stderr_has(&[&format!("Read timeout on endpoint URL: \"{url}/\"")]);
                assert!(start.elapsed() < machine::seconds(10), "{outcome}");
            });
        }
    });
}

#[test]
fn a_server_that_does_not_read_times_out() {
    // More than the buffers of a connection hold.
    let tags: Vec<_> = (0..30_000).map(|n| json!({"Key": n.to_string(), "Value": "v".repeat(250)})).collect();
    let (keep, hold) = std::sync::mpsc::channel::<()>();
    let url = playing(move |client| {
        // An error means that the test is over.
        let _ = hold.recv();
        drop(client);
    });
    let outcome = Run::at(Home::new(), ["invite-account-to-organization", "--target", "Id=111122223333,Type=ACCOUNT"])
        .file("tags.json", json!(tags).to_string())
        .env("AWS_ENDPOINT_URL_ORGANIZATIONS", &url)
        .env("AWS_MAX_ATTEMPTS", "1")
        .arg("--tags")
        .arg("file://tags.json")
        .arg("--cli-read-timeout")
        .arg(longest())
        .run();
    drop(keep);
    outcome.failure(255);
    outcome.stderr_has(&["Read timeout on endpoint URL", "may have been applied"]);
}

#[test]
fn a_silent_server_behind_tls_times_out_too() {
    let authority = Authority::new("Test CA");
    let server = Server::script([Step::handshake().delay(Duration::from_secs(3600))]);
    let front = Front::tls(authority.issues(&["127.0.0.1"]), &server);
    let outcome =
        trusting(&front.https(), &authority.pem()).server(server).arg("--cli-read-timeout").arg(longest()).run();
    outcome.failure(255);
    outcome.stderr_has(&["Read timeout on endpoint URL: \"https://"]);
}

#[test]
fn an_endless_tls_handshake_is_a_connect_timeout() {
    let front = Front::silent();
    let run = accept(&front.https()).arg("--no-verify-ssl").arg("--cli-connect-timeout").arg(longest()).run();
    run.failure(255);
    run.stderr_has(&["Connect timeout on endpoint URL: \"https://127.0.0.1"]);
}

#[test]
fn zero_waits_for_ever() {
    let server = Server::script([Step::handshake().delay(Duration::from_millis(1500))]);
    let url = server.url();
    let run = accept(&url).server(server).arg("--cli-read-timeout").arg("0");
    run.arg("--cli-connect-timeout").arg("0").run().success();
}

#[test]
fn each_address_of_a_host_is_tried() {
    // localhost is ::1 and 127.0.0.1 on most machines; the server listens on one of them.
    let server = Server::script([Step::handshake()]);
    let url = server.url().replace("127.0.0.1", "localhost");
    accept(&url).server(server).run().success();
}

// Endpoints

/// Returns the host that a proxy was asked for, and the region of the signature.
#[track_caller]
fn resolved(run: impl FnOnce(Run) -> Run) -> String {
    let (authority, server, proxy) = proxied();
    let outcome = run(trusting("", &authority.pem()).env_remove("AWS_ENDPOINT_URL_ORGANIZATIONS"))
        .server(server)
        .env("HTTPS_PROXY", proxy.http())
        .run();
    outcome.success();
    let line = proxy.lines().pop().unwrap_or_default();
    let host = line.strip_prefix("CONNECT ").and_then(|rest| rest.strip_suffix(":443 HTTP/1.1")).unwrap_or(&line);
    format!("{host} {}", scope(&outcome.requests[0]).split('/').nth(1).unwrap_or_default())
}

/// botocore 1.44 resolves the same hosts and regions.
#[test]
fn every_partition_has_its_host_and_region() {
    for (region, host, signed_for) in [
        ("us-east-1", "organizations.us-east-1.amazonaws.com", "us-east-1"),
        ("eu-west-1", "organizations.us-east-1.amazonaws.com", "us-east-1"),
        ("xx-nowhere-1", "organizations.us-east-1.amazonaws.com", "us-east-1"),
        ("aws-global", "organizations.us-east-1.amazonaws.com", "us-east-1"),
        ("cn-north-1", "organizations.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
        ("aws-cn-global", "organizations.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1"),
        ("us-gov-east-1", "organizations.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
        ("aws-us-gov-global", "organizations.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
        ("us-iso-west-1", "organizations.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
        ("us-isob-east-1", "organizations.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"),
        ("eu-isoe-west-1", "organizations.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1"),
        ("us-isof-east-1", "organizations.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1"),
        ("eusc-de-east-1", "organizations.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"),
        ("fips-us-east-1", "organizations-fips.us-east-1.amazonaws.com", "us-east-1"),
        ("us-gov-west-1-fips", "organizations.us-gov-west-1.amazonaws.com", "us-gov-west-1"),
    ] {
        assert_eq!(resolved(|run| run.env("AWS_REGION", region)), format!("{host} {signed_for}"), "{region}");
    }
    assert_eq!(
        resolved(|run| run.env_remove("AWS_REGION")),
        "organizations.us-east-1.amazonaws.com us-east-1",
        "no region"
    );
    assert_eq!(
        resolved(|run| run.arg("--region").arg("cn-north-1")),
        "organizations.cn-northwest-1.amazonaws.com.cn cn-northwest-1",
        "the option wins"
    );
}

#[test]
fn fips_and_dual_stack_have_their_own_hosts() {
    for (region, fips, dual_stack, host) in [
        ("us-east-1", true, false, "organizations-fips.us-east-1.amazonaws.com us-east-1"),
        ("us-east-1", false, true, "organizations.us-east-1.api.aws us-east-1"),
        ("us-east-1", true, true, "organizations-fips.us-east-1.api.aws us-east-1"),
        ("cn-north-1", true, true, "organizations-fips.cn-northwest-1.api.amazonwebservices.com.cn cn-northwest-1"),
        ("us-gov-east-1", true, false, "organizations.us-gov-west-1.amazonaws.com us-gov-west-1"),
        ("us-gov-east-1", true, true, "organizations.us-gov-west-1.api.aws us-gov-west-1"),
        ("us-iso-east-1", true, true, "organizations-fips.us-iso-east-1.api.aws.ic.gov us-iso-east-1"),
    ] {
        let by_environment = resolved(|run| {
            run.env("AWS_REGION", region)
                .env("AWS_USE_FIPS_ENDPOINT", fips.to_string())
                .env("AWS_USE_DUALSTACK_ENDPOINT", dual_stack.to_string())
        });
        let config = format!("[default]\nuse_fips_endpoint = {fips}\nuse_dualstack_endpoint = {dual_stack}\n");
        let by_profile = resolved(|run| run.env("AWS_REGION", region).file("~/.aws/config", config));
        assert_eq!([by_environment, by_profile], [host, host], "{region} {fips} {dual_stack}");
    }
}

#[test]
fn an_endpoint_url_overrides_fips_and_dual_stack() {
    for variable in ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"] {
        let server = Server::script([Step::handshake()]);
        let url = server.url();
        accept(&url).server(server).env(variable, "true").run().success();
    }
}

#[test]
fn the_settings_of_an_endpoint_url_take_precedence_in_order() {
    let config = "[default]\nservices = s\nendpoint_url = https://profile.invalid\n\
                  [services s]\norganizations =\n  endpoint_url = https://services.invalid\n";
    let places: [(&str, &str); 5] = [
        ("--endpoint-url", "https://option.invalid"),
        ("AWS_ENDPOINT_URL_ORGANIZATIONS", "https://own.invalid"),
        ("AWS_ENDPOINT_URL", "https://all.invalid"),
        ("", "https://services.invalid"),
        ("", "https://profile.invalid"),
    ];
    for (first, (_, url)) in places.iter().enumerate() {
        let host = resolved(|run| {
            let run = run.file(
                "~/.aws/config",
                if first == 4 { "[default]\nendpoint_url = https://profile.invalid\n" } else { config },
            );
            places[first..].iter().filter(|(place, _)| !place.is_empty()).fold(run, |run, (place, url)| match *place {
                "--endpoint-url" => run.arg(place).arg(url),
                _ => run.env(place, url),
            })
        });
        assert_eq!(format!("https://{host}"), format!("{url} us-east-1"));
    }
    let ignored = resolved(|run| {
        run.file("~/.aws/config", config)
            .env("AWS_ENDPOINT_URL", "https://all.invalid")
            .env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
    });
    assert_eq!(ignored, "organizations.us-east-1.amazonaws.com us-east-1");
}

// Clocks

/// An error response for a signature whose date is an hour off this response's clock.
fn misdated(code: &str) -> Step {
    let later = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1);
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&later).expect("a date");
    Step::error(code, "Signature expired: … is now earlier than …").status(403).header("Date", &date)
}

#[test]
fn a_request_is_signed_again_by_the_services_clock() {
    let server = Server::script([misdated("InvalidSignatureException"), Step::handshake()]);
    let outcome = accept(&server.url()).server(server).env("AWS_MAX_ATTEMPTS", "2").run();
    outcome.success();
    let signed = |request: &Request| {
        let date = request.header("X-Amz-Date").expect("a signature has a date");
        date.parse::<jiff::Timestamp>().expect("a date").as_second()
    };
    let [first, second] = &outcome.requests[..] else { panic!("two requests were expected:\n{outcome}") };
    assert!((3590..3650).contains(&(signed(second) - signed(first))), "{outcome}");
}

/// Error responses for signatures from a clock that moves an hour each time.
fn jumping(error: impl Fn() -> Step) -> Server {
    Server::script((1..9).map(|hours| {
        let later = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(hours);
        let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&later).expect("a date");
        error().status(403).header("Date", &date)
    }))
}

#[test]
fn a_request_is_signed_again_only_once() {
    for code in ["InvalidSignatureException", "SignatureDoesNotMatch", "RequestTimeTooSkewed", "RequestExpired"] {
        let server = jumping(|| Step::error(code, "Signature expired"));
        let outcome = accept(&server.url()).server(server).env("AWS_MAX_ATTEMPTS", "8").run();
        outcome.failure(254);
        assert_eq!(outcome.requests.len(), 2, "{code}: {outcome}");
    }
    let refused =
        "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error></ErrorResponse>";
    let sts = jumping(|| Step::bytes(refused));
    let outcome = accept(DEAD)
        .env("AWS_ENDPOINT_URL_STS", sts.url())
        .env("AWS_MAX_ATTEMPTS", "8")
        .file("~/.aws/config", "[default]\nrole_arn = arn:aws:iam::1:role/r\ncredential_source = Environment\n")
        .args(["--profile", "default"])
        .server(sts)
        .run();
    outcome.failure(254);
    assert_eq!(outcome.requests.len(), 2, "{outcome}");
}

#[test]
fn the_error_says_how_wrong_the_clock_is() {
    let server = Server::script([misdated("InvalidSignatureException")]);
    let outcome = accept(&server.url()).server(server).run();
    outcome.failure(254);
    outcome.stderr_has(&["hint: the service's clock is about 60 minutes ahead of this machine's\n"]);
    for code in ["AccessDeniedException", "UnrecognizedClientException"] {
        let server = Server::script([misdated(code), Step::handshake()]);
        let outcome = accept(&server.url()).server(server).env("AWS_MAX_ATTEMPTS", "2").run();
        assert!(!outcome.failure(254).contains("clock is"), "{outcome}");
        assert_eq!(outcome.requests.len(), 1, "{outcome}");
    }
}

#[test]
fn the_error_says_how_wrong_the_clock_is_for_sts_too() {
    let later = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(1);
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&later).expect("a date");
    let refused = "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>Signature not yet current: …</Message>\
                   </Error></ErrorResponse>";
    let sts = Server::script([Step::bytes(refused).status(403).header("Date", &date)]);
    let outcome = accept(DEAD)
        .env("AWS_ENDPOINT_URL_STS", sts.url())
        .file("~/.aws/config", "[default]\nrole_arn = arn:aws:iam::1:role/r\ncredential_source = Environment\n")
        .args(["--profile", "default"])
        .server(sts)
        .run();
    outcome.failure(254);
    outcome.stderr_has(&["hint: the service's clock is about 60 minutes behind this machine's\n"]);
}

#[test]
fn the_service_may_ask_for_a_longer_wait() {
    let busy = Step::error("ServiceException", "busy").status(503).header("x-amz-retry-after", "1500");
    let server = Server::script([busy, Step::handshake()]);
    let began = Instant::now();
    accept(&server.url()).server(server).env("AWS_MAX_ATTEMPTS", "2").run().success();
    // The program's own first wait is a second at most.
    assert!(began.elapsed() >= Duration::from_millis(1500), "{:?}", began.elapsed());
}
