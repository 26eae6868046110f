//! The way to the service: proxies, certificates, waits, endpoints. What arrives decides.

use crate::support::run::{HANDSHAKE, Home, Run};
use crate::support::server::{Server, Step};
use crate::support::tls::{Authority, Front};

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];

#[test]
fn an_authority_of_ones_own_is_trusted_with_its_bundle() {
    let authority = Authority::new("Test CA");
    let server = Server::script([Step::handshake()]);
    let front = Front::tls(authority.issues(&["127.0.0.1"]), &server);
    let outcome = Run::at(Home::new(), ACCEPT)
        .server(server)
        .env("AWS_ENDPOINT_URL_ORGANIZATIONS", front.https())
        .file("~/ca.pem", authority.pem())
        .env("AWS_CA_BUNDLE", "~/ca.pem")
        .run();
    outcome.success();
}
