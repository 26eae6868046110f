//! Cached sign-ins: AWS IAM Identity Center and `aws login`. A proxy plays their hosts.

use std::fmt::Write;

use aws_smithy_types::base64;
use ring::digest::{self, Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use serde_json::{Value, json};

use crate::support::run::{HANDSHAKE, Home, Outcome, Run};
use crate::support::server::{Server, Step};
use crate::support::tls::{Authority, Front};

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];
const START: &str = "https://example.awsapps.com/start";
const SESSION: &str = "[default]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n\
                       [sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n";
const LEGACY: &str = "[default]\nsso_account_id = 111122223333\nsso_role_name = Admin\nsso_region = eu-west-1\n\
                      sso_start_url = https://example.awsapps.com/start\n";
const LOGIN: &str = "arn:aws:iam::111122223333:user/Admin";
const PAST: &str = "2001-01-01T00:00:00Z";
const FUTURE: &str = "2099-01-01T00:00:00Z";

/// The result of a run, and the hosts in the order of the requests.
struct Played {
    outcome: Outcome,
    hosts: Vec<String>,
}

fn play(steps: impl IntoIterator<Item = Step>, config: &str, files: &[(&str, &str, Value)]) -> Played {
    play_in("enhanced", steps, config, files)
}

/// A run in which errors have this format.
fn play_in(format: &str, steps: impl IntoIterator<Item = Step>, config: &str, files: &[(&str, &str, Value)]) -> Played {
    let trusting = |run: Run| run.env("AWS_CA_BUNDLE", "~/ca.pem").env("AWS_CLI_ERROR_FORMAT", format);
    play_with(steps, config, files, trusting)
}

/// A run without keys in the environment. Every AWS host gives these responses in turn, with certificates of the authority
/// in `~/ca.pem`.
fn play_with(
    steps: impl IntoIterator<Item = Step>,
    config: &str,
    files: &[(&str, &str, Value)],
    change: impl FnOnce(Run) -> Run,
) -> Played {
    let authority = Authority::new("Test CA");
    let server = Server::script(steps);
    let proxy = Front::proxy(&authority, &server);
    let run = Run::at(Home::new(), ACCEPT)
        .server(server)
        .env_remove("AWS_ACCESS_KEY_ID")
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .env_remove("AWS_ENDPOINT_URL_ORGANIZATIONS")
        .env("HTTPS_PROXY", proxy.http())
        .file("~/ca.pem", authority.pem())
        .file("~/.aws/config", config);
    let run = files.iter().fold(run, |run, (directory, name, content)| {
        run.file(&format!("~/.aws/{directory}/cache/{name}.json"), content.to_string())
    });
    let outcome = change(run).arg("--debug").run();
    let shown = [outcome.stdout.as_slice(), &outcome.stderr].concat();
    assert!(!String::from_utf8_lossy(&shown).contains("hidden"), "a secret in the output:\n{outcome}");
    let host = |request: &crate::support::server::Request| {
        let host = request.header("Host").unwrap_or_default();
        format!("{} {host}{}", request.method, request.path)
    };
    Played { hosts: outcome.requests.iter().map(host).collect(), outcome }
}

impl Played {
    /// Checks for success after these requests, the last one signed with this key id and session token.
    #[track_caller]
    fn signs(&self, hosts: &[&str], id: &str, token: &str) {
        self.outcome.exits_with(0);
        assert_eq!(self.hosts, hosts, "other requests were expected:\n{}", self.outcome);
        let last = self.outcome.requests.last().expect("a request");
        let authorization = last.header("Authorization").unwrap_or_default();
        assert!(authorization.contains(&format!("Credential={id}/")), "{authorization}");
        assert_eq!(last.header("X-Amz-Security-Token"), Some(token));
    }

    /// Checks for a failure with this code and these words, without a request to AWS Organizations.
    #[track_caller]
    fn fails(&self, code: i32, words: &[&str]) {
        self.outcome.failure(code);
        self.outcome.stderr_has(words);
        assert!(self.hosts.iter().all(|host| !host.contains("organizations")), "{}", self.outcome);
    }
}

/// Returns the file's name for a session, a start URL or a login.
fn named(algorithm: &'static Algorithm, identifier: &str) -> String {
    digest::digest(algorithm, identifier.as_bytes()).as_ref().iter().fold(String::new(), |mut name, byte| {
        write!(name, "{byte:02x}").expect("a string takes text");
        name
    })
}

fn sso_file(identifier: &str, token: &Value) -> (&'static str, String, Value) {
    ("sso", named(&SHA1_FOR_LEGACY_USE_ONLY, identifier), token.clone())
}

fn sso_token(expires: &str) -> Value {
    json!({"startUrl": START, "region": "eu-west-1", "accessToken": "hidden-token", "expiresAt": expires})
}

fn refreshable(expires: &str) -> Value {
    let mut token = sso_token(expires);
    token["refreshToken"] = "hidden-refresh".into();
    token["clientId"] = "client".into();
    token["clientSecret"] = "hidden-client".into();
    token["registrationExpiresAt"] = FUTURE.into();
    token
}

fn role_credentials(id: &str) -> Step {
    Step::json(&json!({"roleCredentials": {
        "accessKeyId": id, "secretAccessKey": "hidden-secret", "sessionToken": "hidden-session", "expiration": 4_070_908_800_000_u64
    }}))
}

const PORTAL: &str =
    "GET portal.sso.eu-west-1.amazonaws.com/federation/credentials?role_name=Admin&account_id=111122223333";
const ORGANIZATIONS: &str = "POST organizations.us-east-1.amazonaws.com/";

#[test]
fn a_session_and_a_start_url_have_their_cached_tokens() {
    for (config, identifier) in [(SESSION, "corp"), (LEGACY, START)] {
        let (directory, name, token) = sso_file(identifier, &sso_token(FUTURE));
        let steps = [role_credentials("ASIASSO"), Step::handshake()];
        let played = play(steps, config, &[(directory, &name, token)]);
        played.signs(&[PORTAL, ORGANIZATIONS], "ASIASSO", "hidden-session");
        let bearer = played.outcome.requests[0].header("x-amz-sso_bearer_token");
        assert_eq!(bearer, Some("hidden-token"));
        assert_eq!(played.outcome.requests[0].header("Authorization"), None);
    }
}

#[test]
fn an_expired_token_is_refreshed_if_possible() {
    let (directory, name, token) = sso_file("corp", &refreshable(PAST));
    let refreshed = Step::json(&json!({
        "accessToken": "hidden-fresh", "tokenType": "Bearer", "expiresIn": 3600, "refreshToken": "hidden-next"
    }));
    let played =
        play([refreshed, role_credentials("ASIASSO"), Step::handshake()], SESSION, &[(directory, &name, token)]);
    let oidc = "POST oidc.eu-west-1.amazonaws.com/token";
    played.signs(&[oidc, PORTAL, ORGANIZATIONS], "ASIASSO", "hidden-session");
    assert_eq!(played.outcome.requests[0].json()["grantType"], "refresh_token");
    assert_eq!(played.outcome.requests[1].header("x-amz-sso_bearer_token"), Some("hidden-fresh"));
}

#[test]
fn without_a_valid_token_the_hint_is_to_sign_in() {
    let hint = "aws sso login --profile default";
    play([Step::handshake()], SESSION, &[]).fails(255, &["Error when retrieving credentials from sso", hint]);
    play([Step::handshake()], LEGACY, &[]).fails(255, &["Error when retrieving credentials from sso", hint]);
    let (directory, name, token) = sso_file("corp", &sso_token(PAST));
    let played = play([Step::handshake()], SESSION, &[(directory, &name, token)]);
    played.fails(255, &["Error when retrieving credentials from sso", "expired", hint]);
    played.outcome.sent_nothing();
}

#[test]
fn an_error_response_of_identity_center_is_printed() {
    let (directory, name, token) = sso_file("corp", &sso_token(FUTURE));
    let refused = Step::json(&json!({"message": "Session token not found or invalid"}))
        .status(401)
        .header("x-amzn-ErrorType", "UnauthorizedException");
    let played = play([refused], SESSION, &[(directory, &name, token)]);
    played.fails(
        255,
        &["Error when retrieving credentials from sso", "Session token not found or invalid", "aws sso login"],
    );
}

/// The file that `aws login` writes. The key is a P-256 key with the private scalar 0x01…01 (RFC 5915).
fn login(expires: &str) -> (&'static str, String, Value) {
    let oid = [0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
    let key = [&[0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20][..], &[1; 32], &oid].concat();
    let token = json!({
        "accessToken": {
            "accessKeyId": "ASIALOGIN", "secretAccessKey": "hidden-secret", "sessionToken": "hidden-session",
            "accountId": "111122223333", "expiresAt": expires
        },
        "tokenType": "aws_sigv4", "refreshToken": "hidden-refresh", "idToken": "hidden-id",
        "clientId": "arn:aws:signin:::devtools/same-device",
        "dpopKey": format!("-----BEGIN EC PRIVATE KEY-----\n{}\n-----END EC PRIVATE KEY-----\n", pem_lines(&key))
    });
    ("login", named(&SHA256, LOGIN), token)
}

fn pem_lines(bytes: &[u8]) -> String {
    let text = base64::encode(bytes);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    lines.join("\n")
}

fn login_config() -> String {
    format!("[default]\nlogin_session = {LOGIN}\nregion = us-east-1\n")
}

#[test]
fn a_login_session_signs_until_it_expires() {
    let (directory, name, token) = login(FUTURE);
    let played = play([Step::handshake()], &login_config(), &[(directory, &name, token)]);
    played.signs(&[ORGANIZATIONS], "ASIALOGIN", "hidden-session");
}

#[test]
fn an_expired_login_session_is_refreshed() {
    let (directory, name, token) = login(PAST);
    let refreshed = Step::json(&json!({
        "accessToken": {"accessKeyId": "ASIAFRESH", "secretAccessKey": "hidden-fresh", "sessionToken": "hidden-new"},
        "tokenType": "aws_sigv4", "expiresIn": 900, "refreshToken": "hidden-next"
    }));
    let played = play([refreshed, Step::handshake()], &login_config(), &[(directory, &name, token)]);
    played.signs(&["POST us-east-1.signin.aws.amazon.com/v1/token", ORGANIZATIONS], "ASIAFRESH", "hidden-new");
    assert!(played.outcome.requests[0].header("DPoP").is_some(), "{}", played.outcome);
}

#[test]
fn a_login_session_that_cannot_be_refreshed_is_an_error() {
    let hint = "aws login --profile default";
    play([Step::handshake()], &login_config(), &[]).fails(255, &["Error when retrieving credentials from login", hint]);
    let (directory, name, token) = login(PAST);
    let refused = Step::json(&json!({"error": "TOKEN_EXPIRED", "message": "over"}))
        .status(401)
        .header("x-amzn-ErrorType", "AccessDeniedException");
    let played = play([refused], &login_config(), &[(directory, &name, token)]);
    played.fails(255, &["Error when retrieving credentials from login", "Your session has expired", hint]);
}

/// The bearer token, the refresh token and the login session may only go to AWS, even if the options trust another server.
#[test]
fn certificate_options_do_not_affect_the_sign_in_hosts() {
    let files = [sso_file("corp", &sso_token(FUTURE)), sso_file("corp", &refreshable(PAST))];
    let (directory, name, token) = login(PAST);
    let login = (directory, name, token);
    for (config, (directory, name, token)) in
        [SESSION.to_owned(), SESSION.to_owned(), login_config()].into_iter().zip(files.into_iter().chain([login]))
    {
        for options in [&["--no-verify-ssl"][..], &["--ca-bundle", "../ca.pem"]] {
            let files = [(directory, &*name, token.clone())];
            let played = play_with([Step::handshake()], &config, &files, |run| run.args(options));
            played.fails(255, &["unknown authority"]);
            played.outcome.sent_nothing();
        }
    }
}

/// The error response of each of the three services repeats the request, also in a header and in escapes.
#[test]
fn no_error_response_shows_sent_secrets() {
    const FORMATS: [&str; 6] = ["enhanced", "legacy", "json", "yaml", "text", "explained-json"];
    let refused = |secrets: [&str; 2]| {
        let escaped = secrets[0].replace('-', "\\u002d");
        let [first, second] = secrets;
        let body = format!(
            r#"{{"error": "{first}", "message": "{first} {escaped} ({second}) isn't good", "error_description": "{second}"}}"#
        );
        Step::bytes(body).status(401).header("x-amzn-ErrorType", first).header("x-amzn-RequestId", first)
    };
    let (_, sso_name, _) = sso_file("corp", &sso_token(FUTURE));
    // A value shorter than the length that counts as a part.
    let mut short = sso_token(FUTURE);
    short["accessToken"] = "hid-1".into();
    let (_, login_name, login) = login(PAST);
    for format in FORMATS {
        let tells = |steps: Vec<Step>, config: &str, (directory, name, token): (&str, &str, &Value)| {
            let asked = steps.len();
            let played = play_in(format, steps, config, &[(directory, name, token.clone())]);
            played.fails(255, &["Error when retrieving credentials from "]);
            assert_eq!(played.hosts.len(), asked, "{}", played.outcome);
            let stderr = String::from_utf8_lossy(&played.outcome.stderr);
            assert!(!stderr.contains("hid-1") && !stderr.contains("idden"), "{format}:\n{}", played.outcome);
        };
        tells(vec![refused(["hidden-token"; 2])], SESSION, ("sso", &sso_name, &sso_token(FUTURE)));
        tells(vec![refused(["hid-1"; 2])], SESSION, ("sso", &sso_name, &short));
        // Without a new token the SDK tries the old one.
        let steps = vec![refused(["hidden-refresh", "hidden-client"]), refused(["hidden-token"; 2])];
        tells(steps, SESSION, ("sso", &sso_name, &refreshable(PAST)));
        tells(vec![refused(["hidden-refresh"; 2])], &login_config(), ("login", &login_name, &login));
    }
    let played = play([refused(["hidden-token"; 2])], SESSION, &[("sso", &sso_name, sso_token(FUTURE))]);
    played.fails(255, &["*** *** (***) isn't good"]);
}
