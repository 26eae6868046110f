//! Trusted servers: the options for certificates apply only to the Organizations endpoint.

use std::thread;

use serde_json::json;

use crate::support::run::{HANDSHAKE, Home, Outcome, Run, SECRET};
use crate::support::server::{Server, Step};
use crate::support::tls::{Authority, Front, Identity};

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];

/// A role with its source keys in the file. The secret key must follow.
const ROLE: &str = "[default]\nrole_arn = arn:aws:iam::111111111111:role/r\nsource_profile = keys\n\
                    [profile keys]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = ";
/// A role with a web identity token in a file.
const WEB_IDENTITY: &str =
    "[default]\nrole_arn = arn:aws:iam::111111111111:role/r\nweb_identity_token_file = ${HOME}/jwt\n";
/// A run without keys in its environment. A proxy plays every AWS host with certificates of this authority.
fn impostor(authority: &Authority, server: Server, config: &str) -> (Run, Front) {
    let proxy = Front::proxy(authority, &server);
    let home = Home::new();
    let config = config.replace("${HOME}", &home.path().display().to_string());
    let run = Run::at(home, ACCEPT)
        .server(server)
        .env_remove("AWS_ACCESS_KEY_ID")
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .env_remove("AWS_ENDPOINT_URL_ORGANIZATIONS")
        .env("HTTPS_PROXY", proxy.http())
        .env("AWS_MAX_ATTEMPTS", "1")
        .file("~/jwt", "hidden-token")
        .file("~/impostor.pem", authority.pem())
        .file("~/.aws/config", config);
    (run, proxy)
}

fn credentials() -> Step {
    Step::bytes(
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s\
         </SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
         </AssumeRoleResult></AssumeRoleResponse>",
    )
}

/// Returns the hosts of the requests.
fn hosts(outcome: &Outcome) -> Vec<&str> {
    outcome.requests.iter().filter_map(|request| request.header("Host")).collect()
}

#[test]
fn sts_is_verified_despite_the_options() {
    for config in [&format!("{ROLE}{SECRET}\n"), WEB_IDENTITY] {
        for options in [&["--no-verify-ssl"][..], &["--ca-bundle", "../impostor.pem"]] {
            let server = Server::script([credentials(), Step::handshake()]);
            let (run, _proxy) = impostor(&Authority::new("Impostor"), server, config);
            let outcome = run.args(options).run();
            outcome.failure(255);
            outcome.stderr_has(&["SSL validation failed for https://sts.us-east-1.amazonaws.com", "unknown authority"]);
            outcome.sent_nothing();
        }
    }
}

#[test]
fn the_configuration_sets_authorities_for_sts_and_the_options_for_organizations() {
    for options in [&["--no-verify-ssl"][..], &["--ca-bundle", "../service.pem"]] {
        let service = Authority::new("Service");
        let server = Server::script([credentials(), Step::handshake()]);
        let (run, _proxy) = impostor(&Authority::new("Corporate"), server, &format!("{ROLE}{SECRET}\n"));
        let second = Server::script([Step::handshake()]);
        let front = Front::tls(service.issues(&["127.0.0.1"]), &second);
        let run = run
            .env("AWS_CA_BUNDLE", "~/impostor.pem")
            .file("~/service.pem", service.pem())
            .env("NO_PROXY", "127.0.0.1")
            .env("AWS_ENDPOINT_URL_ORGANIZATIONS", front.https());
        let outcome = run.args(options).run();
        outcome.exits_with(0);
        assert_eq!(hosts(&outcome), ["sts.us-east-1.amazonaws.com"]);
        assert_eq!(second.stop().len(), 1);
    }
}

#[test]
fn the_certificate_of_a_proxy_is_verified_too() {
    for options in [&["--no-verify-ssl"][..], &["--ca-bundle", "../impostor.pem"]] {
        let authority = Authority::new("Impostor");
        let server = Server::script([Step::handshake()]);
        let proxy = Front::tls_proxy(&authority, &server);
        let run = Run::at(Home::new(), ACCEPT)
            .server(server)
            .env("AWS_MAX_ATTEMPTS", "1")
            .env("HTTPS_PROXY", proxy.https().replace("https://", "https://user:password@"))
            .env("AWS_ENDPOINT_URL_ORGANIZATIONS", "https://organizations.invalid")
            .file("~/impostor.pem", authority.pem());
        let outcome = run.args(options).run();
        outcome.failure(255);
        outcome.stderr_has(&["Failed to connect to proxy URL", "unknown authority"]);
        assert!(proxy.lines().is_empty(), "{outcome}");
    }
}

#[test]
fn a_containers_endpoint_is_verified_too() {
    let server = Server::script([Step::json(&json!({
        "AccessKeyId": "ASIACONTAINER", "SecretAccessKey": "s", "Token": "t", "Expiration": "2099-01-01T00:00:00Z"
    }))]);
    let front = Front::tls(Authority::new("Impostor").issues(&["127.0.0.1"]), &server);
    let run = Run::at(Home::new(), ACCEPT)
        .server(server)
        .env_remove("AWS_ACCESS_KEY_ID")
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .env("AWS_CONTAINER_AUTHORIZATION_TOKEN", "hidden-token")
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", format!("{}/keys", front.https()));
    let outcome = run.arg("--no-verify-ssl").run();
    outcome.failure(255);
    outcome.stderr_has(&["Error when retrieving credentials from container-role", "unknown authority"]);
    outcome.sent_nothing();
}

#[test]
fn a_containers_keys_come_from_this_machine_or_over_tls() {
    let run = |uri: &str| {
        let server = Server::script([Step::handshake()]);
        let uri = uri.replace("PORT", server.host_and_port().rsplit(':').next().expect("a port"));
        Run::at(Home::new(), ACCEPT)
            .server(server)
            .env_remove("AWS_ACCESS_KEY_ID")
            .env_remove("AWS_SECRET_ACCESS_KEY")
            .env("AWS_CONTAINER_AUTHORIZATION_TOKEN", "hidden-token")
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri)
            .run()
    };
    // These names also resolve to this machine, but could resolve to another one a moment later.
    for host in
        ["localhost.", "ip6-localhost", "keys.localhost", "127.1", "0.0.0.0", "169.254.170.2.example", "192.0.2.1"]
    {
        for uri in [format!("http://{host}:PORT/keys"), format!("HTTP://{host}:PORT/keys")] {
            let outcome = run(&uri);
            outcome.failure(255);
            outcome.stderr_has(&["AWS_CONTAINER_CREDENTIALS_FULL_URI", &format!("'{host}'"), "https://"]);
            outcome.sent_nothing();
        }
    }
    // In parallel, since they mostly wait for their next attempt.
    thread::scope(|scope| {
        for host in ["127.0.0.1", "127.0.0.2", "localhost", "[::1]"] {
            scope.spawn(move || {
                let outcome = run(&format!("http://{host}:PORT/keys"));
                assert!(!String::from_utf8_lossy(&outcome.stderr).contains("Unsupported host"), "{host}: {outcome}");
            });
        }
    });
}

// CA bundles

/// Makes a call over TLS with this certificate, trusting the certificates of the bundle.
fn trusting(identity: Identity, pem: &str) -> Outcome {
    let server = Server::script([Step::handshake()]);
    let front = Front::tls(identity, &server);
    let run = Run::at(Home::new(), ACCEPT).server(server).file("ca.pem", pem).env("AWS_MAX_ATTEMPTS", "1");
    run.env("AWS_ENDPOINT_URL_ORGANIZATIONS", front.https()).args(["--ca-bundle", "ca.pem"]).run()
}

#[track_caller]
fn refused(outcome: &Outcome, why: &str) {
    outcome.failure(255);
    outcome.stderr_has(&["SSL validation failed for https://", why]);
    outcome.sent_nothing();
}

#[test]
fn dates_and_purposes_of_a_bundles_certificates_count() {
    let host = &["127.0.0.1"];
    let expired = Authority::expired("Old CA");
    refused(&trusting(expired.issues(host), &expired.pem()), "verifies the server expired at 2002-01-01T00:00:00Z");
    let clients = Authority::for_clients("Client CA");
    refused(&trusting(clients.issues(host), &clients.pem()), "verifies the server is not for servers");
    let leaf = Authority::without_authority("www.example");
    refused(&trusting(leaf.issues(host), &leaf.pem()), "verifies the server is not a certificate authority's");
    for (root, is_fit) in [(Authority::new("Root"), true), (Authority::of_servers_only("Short root"), false)] {
        let between = root.vouches_for("Between");
        let outcome = trusting(between.issues(host).with(&between), &root.pem());
        match is_fit {
            true => _ = outcome.success(),
            false => refused(&outcome, "verifies the server allows fewer intermediate authorities"),
        }
        trusting(root.issues(host), &root.pem()).success();
    }
    let identity = Identity::self_signed_for_clients(host);
    let pem = identity.pem().to_owned();
    refused(&trusting(identity, &pem), "verifies the server is not for servers");
}

#[test]
fn problems_of_a_certificate_are_put_in_words() {
    let authority = Authority::new("CA");
    let of_authority =
        "the server's certificate can't be used: it is the certificate of an authority, not of a server\n";
    refused(&trusting(Identity::self_signed(&["127.0.0.1"]), &authority.pem()), of_authority);
    let other_host = "the server's certificate is for another host: it is for localhost, not for 127.0.0.1\n";
    refused(&trusting(authority.issues(&["localhost"]), &authority.pem()), other_host);
}

#[test]
fn one_usable_certificate_of_a_bundle_is_enough() {
    let host = &["127.0.0.1"];
    let [expired, good] = [Authority::expired("CA"), Authority::new("CA")];
    // In either order, and under the same name.
    for bundle in [expired.pem() + &good.pem(), good.pem() + &expired.pem()] {
        trusting(good.issues(host), &bundle).success();
        refused(&trusting(expired.issues(host), &bundle), "expired at 2002-01-01T00:00:00Z");
    }
    let identity = Identity::self_signed_leaf(host);
    let pem = identity.pem().to_owned();
    trusting(identity, &pem).success();
}
