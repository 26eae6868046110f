//! No secret in any output: all runs use `--debug` and known secrets, and their output is searched for parts of these.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::json;

use crate::support::run::{DEAD, Exit, HANDSHAKE, Home, Run};
use crate::support::server::{Request, Server, Step};

/// A secret counts as shown if this many of its characters appear in a row.
const PART: usize = 8;

/// Key ids must not be shown whole either.
const KEY_ID: &str = "AKIAQ7ZKX3VWN9TLB5RM";
const SECRET_KEY: &str = "qZ7xVw3KpL9sTn5RbY8cFj2+HgDm4Ea6Uk/oXi0v";
const SESSION_TOKEN: &str = "IQoJb3Jp7Wd/Z2luX2VjEKv+Rt5Yq8Lm3Nz6Xw1Pb9Hs4Gf0Uc7=";
const SECOND_KEY_ID: &str = "ASIAV4MJ8QCX2HTLP6ZD";
const SECOND_SECRET_KEY: &str = "nB4vC6xZ8lK1jH3gF5dS7aP9oI2uY4tR6eW8qM0z";
const SECOND_TOKEN: &str = "FwoGZXIvYXdzEJr7Kt2Vn/9Qx4Lc+Bm6Zy1Hd8Wp3Sg5Tf0Ra==";
/// RFC 7519: three parts in base64url.
const JWT: &str = "eyJraWQiOiJwN3ZuIn0.eyJzdWIiOiJ4Zjlra3E3bSJ9.Hk4Tz8Wq2Lv6Nc1Xb9Ym";
const PASSWORD: &str = "tR9%40kWz4-Vm7_Jx2.Qs6";
const ARGUMENT: &str = "jK6wNz3HvT9cLq5XbM2e";
const CONTAINER_TOKEN: &str = "Vx8Lr2Kd6Tn4Wq9Zb3Hj7Mc";
const SSO_TOKEN: &str = "aoaAAAAAGV5Kq7Zt3Wn9Xc4Lb6Hm1Pv8";

const SECRETS: [&str; 11] = [
    KEY_ID,
    SECRET_KEY,
    SESSION_TOKEN,
    SECOND_KEY_ID,
    SECOND_SECRET_KEY,
    SECOND_TOKEN,
    JWT,
    PASSWORD,
    ARGUMENT,
    CONTAINER_TOKEN,
    SSO_TOKEN,
];

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];

/// Every command, with its required options.
const COMMANDS: [&[&str]; 9] = [
    &ACCEPT,
    &["cancel-handshake", "--handshake-id", HANDSHAKE],
    &["decline-handshake", "--handshake-id", HANDSHAKE],
    &["describe-handshake", "--handshake-id", HANDSHAKE],
    &["enable-all-features"],
    &["invite-account-to-organization", "--target", "Id=new@example.com,Type=EMAIL", "--notes", "Welcome"],
    &[
        "invite-organization-to-transfer-responsibility",
        "--type",
        "BILLING",
        "--target",
        "Id=999999999999,Type=ACCOUNT",
        "--start-timestamp",
        "2027-01-01T00:00:00Z",
        "--source-name",
        "x",
    ],
    &["list-handshakes-for-account"],
    &["list-handshakes-for-organization"],
];

// The search

/// Returns the encodings in which a secret could be printed.
fn forms(secret: &str) -> Vec<String> {
    let percent = |text: &str| {
        let byte = |byte: u8| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        };
        text.bytes().map(byte).collect::<String>()
    };
    let plain = unpercented(secret);
    let mut forms = vec![secret.to_owned(), plain.clone(), percent(secret), percent(&plain)];
    // The text before it shifts the digits. The digits at its ends also depend on the neighbours.
    for before in 0..3 {
        for text in [secret, &plain] {
            let digits = base64(format!("{}{text}", &"   "[..before]).as_bytes());
            let own = &digits[4.min(digits.len())..digits.len().saturating_sub(4)];
            forms.extend([own.to_owned(), own.replace('+', "-").replace('/', "_")]);
        }
    }
    forms
}

fn unpercented(text: &str) -> String {
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => out.extend([&char::from(byte).to_string(), &part[2..]]),
            None => out.extend(["%", part]),
        }
    }
    out
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |group: &[u8]| {
        let byte = |index: usize| u32::from(group.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        (0..=group.len()).map(move |digit| char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize & 63]))
    };
    bytes.chunks(3).flat_map(group).collect()
}

/// Returns the parts of a text, both raw and decoded.
fn parts(text: &str) -> HashSet<String> {
    let parts = |text: &str| {
        let characters: Vec<char> = text.chars().collect();
        characters.windows(PART).map(String::from_iter).collect::<Vec<_>>()
    };
    parts(text).into_iter().chain(parts(&unpercented(text))).collect()
}

/// Finds a part of a secret among the parts of a text.
fn leak(shown: &HashSet<String>, secret: &str) -> Option<String> {
    forms(secret).iter().flat_map(|form| parts(form)).find(|part| shown.contains(part))
}

#[track_caller]
fn has_no_secret(shown: &str, requests: &[Request], label: &str) {
    let sent = |request: &Request| Some(request.header("Authorization")?.split_once("Signature=")?.1.to_owned());
    let parts = parts(shown);
    for secret in SECRETS.map(str::to_owned).into_iter().chain(requests.iter().filter_map(sent)) {
        if let Some(part) = leak(&parts, &secret) {
            panic!("{label}: {part:?} of the secret {secret:?} is in the output:\n{shown}");
        }
    }
}

#[test]
fn the_search_finds_parts_in_every_form() {
    let shows = |text: &str, secret: &str| leak(&parts(text), secret).is_some();
    assert!(shows(&format!("x{}x", &SECRET_KEY[5..13]), SECRET_KEY));
    assert!(!shows(&format!("x{}x", &SECRET_KEY[5..12]), SECRET_KEY));
    for before in ["", "u", "user:", "user:x", "me"] {
        assert!(shows(&base64(format!("{before}{SECRET_KEY}").as_bytes()), SECRET_KEY), "{before}");
    }
    for text in ["http://u:tR9%40kWz4-V@h", "u:tR9@kWz4-V@", &base64(b"user:tR9@kWz4-Vm7_Jx2.Qs6")] {
        assert!(shows(text, PASSWORD), "{text}");
    }
    assert!(shows(&SESSION_TOKEN.replace('/', "%2F").replace('+', "%2b"), SESSION_TOKEN));
    assert_eq!(base64(b"user:pass"), "dXNlcjpwYXNz");
}

// The runs

/// A run with `--debug`, and with every variable that could cause more output.
fn debugged(args: &[&str]) -> Run {
    talkative(Run::at(Home::new(), args).arg("--debug"))
}

const TALKATIVE: [(&str, &str); 9] = [
    ("RUST_BACKTRACE", "1"),
    ("RUST_LIB_BACKTRACE", "full"),
    ("RUST_LOG", "trace"),
    ("AWS_LOG", "trace"),
    ("AWS_LOG_LEVEL", "trace"),
    ("AWS_DEBUG", "1"),
    ("AWS_SDK_LOG_LEVEL", "trace"),
    ("SMITHY_LOG", "trace"),
    ("AWS_MAX_ATTEMPTS", "2"),
];

fn talkative(run: Run) -> Run {
    TALKATIVE.iter().fold(run, |run, (name, value)| run.env(name, value))
}

fn with_keys(run: Run) -> Run {
    run.env("AWS_ACCESS_KEY_ID", KEY_ID)
        .env("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
        .env("AWS_SESSION_TOKEN", SESSION_TOKEN)
}

fn without_keys(run: Run) -> Run {
    run.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY")
}

/// Runs it. It must end with this code and these words on stderr, which proves that it is the intended case.
#[track_caller]
fn quiet(label: &str, run: Run, code: i32, words: &[&str]) {
    let outcome = run.run();
    assert_eq!(outcome.exit, Exit::Code(code), "{label}:\n{outcome}");
    outcome.stderr_has(words);
    let shown = [outcome.stdout.as_slice(), b"\n", &outcome.stderr].concat();
    has_no_secret(&String::from_utf8_lossy(&shown), &outcome.requests, label);
}

/// A service that rejects every request and repeats it in the error response, in the protocol of the client.
struct Echo(std::net::SocketAddr);

impl Echo {
    fn start() -> Echo {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free loopback port");
        let address = listener.local_addr().expect("a bound socket has an address");
        // The thread ends with the tests' process.
        thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(Echo::answer(&stream))));
        Echo(address)
    }

    fn url(&self) -> String {
        format!("http://{}", self.0)
    }

    fn answer(mut stream: &TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream);
        let mut asked = String::new();
        while reader.read_line(&mut asked)? > 2 {}
        let length = asked.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap_or_default()];
        reader.read_exact(&mut body)?;
        // Once as received, once decoded.
        let asked = format!("{asked}{}", String::from_utf8_lossy(&body));
        let told = format!("The request signature we calculated does not match: {asked} {}", unpercented(&asked));
        let body = if asked.contains("Action=") {
            let told = told.replace('&', "&amp;").replace('<', "&lt;");
            format!(
                "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>{told}</Message></Error>\
                 <RequestId>echo-1</RequestId></ErrorResponse>"
            )
        } else {
            json!({"__type": "SignatureDoesNotMatch", "code": "E", "message": told, "error": told}).to_string()
        };
        let head = format!("HTTP/1.1 403 Forbidden\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes())
    }
}

#[test]
fn every_command_and_every_response() {
    let echo = Echo::start();
    for command in COMMANDS {
        let name = command[0];
        let words =
            ["keys of the environment", "access key id …B5RM, session token", "HTTP 200 after", "attempt 1 of 2"];
        let answer = if name.starts_with("list") { json!({"Handshakes": []}) } else { json!({"Handshake": {}}) };
        quiet(name, with_keys(debugged(command)).script([Step::json(&answer)]), 0, &words);
        let formats = ["enhanced", "legacy", "json", "yaml", "text"];
        for format in &formats[..if name == ACCEPT[0] { 5 } else { 1 }] {
            let run = with_keys(debugged(command)).arg("--cli-error-format").arg(format);
            let run = run.env("AWS_ENDPOINT_URL_ORGANIZATIONS", echo.url());
            quiet(name, run, 254, &["SignatureDoesNotMatch", "does not match", "***", "HTTP 403"]);
        }
        // There already is an invitation for that organization's bills.
        let code = if name.ends_with("responsibility") { 254 } else { 0 };
        quiet(name, with_keys(debugged(command)).arg("--sandbox"), code, &["to the sandbox"]);
    }
}

#[test]
fn every_kind_of_failure() {
    let page = format!("<html>{SESSION_TOKEN}");
    let cases = [
        ("throttled", Step::error("TooManyRequestsException", "slow"), 254, "because of TooManyRequestsException"),
        ("server error", Step::bytes(page.clone()).status(502), 254, "because of 502"),
        ("a page that repeats the token", Step::bytes(page).status(403), 254, "(403)"),
        ("a code that is the token", Step::error(SESSION_TOKEN, "x"), 254, "***"),
        ("an id that is the token", Step::error("E", "x").header("x-amzn-requestid", SESSION_TOKEN), 254, "***"),
        (
            "a detail that is the token",
            Step::error_with("ConstraintViolationException", "x", ("Reason", SESSION_TOKEN)),
            254,
            "***",
        ),
        ("closed", Step::close(), 255, "because of no response"),
        ("redirect", Step::bytes("").status(307).header("Location", "http://127.0.0.1:1/"), 254, "redirects"),
        ("garbage", Step::bytes("garbage"), 255, "is not the expected document"),
    ];
    for (label, step, code, words) in cases {
        quiet(label, with_keys(debugged(&ACCEPT)).script([step]), code, &[words]);
    }
    let dead = with_keys(debugged(&ACCEPT)).env("AWS_ENDPOINT_URL_ORGANIZATIONS", DEAD);
    quiet("dead", dead, 255, &["Could not connect to the endpoint URL"]);
    let dead = with_keys(debugged(&ACCEPT)).env("AWS_ENDPOINT_URL_ORGANIZATIONS", "https://127.0.0.1:1/?key=v");
    quiet("dead", dead, 255, &["to https://127.0.0.1:1/?…,"]);
    let unsigned = with_keys(debugged(&ACCEPT)).arg("--no-sign-request");
    quiet("unsigned", unsigned, 0, &["requests not signed (--no-sign-request)"]);
    let input = format!(r#"{{"HandshakeId": "{HANDSHAKE}", "Secret": "{ARGUMENT}"}}"#);
    quiet(
        "an unknown member",
        with_keys(debugged(&["accept-handshake", "--cli-input-json", &input])),
        252,
        &["Secret"],
    );
}

#[test]
fn keys_that_cannot_be_used() {
    let bad = |name: &str, value: &str| with_keys(debugged(&ACCEPT)).env(name, value);
    quiet(
        "a blank in the key",
        bad("AWS_SECRET_ACCESS_KEY", &format!("{SECRET_KEY} ")),
        255,
        &["The secret access key"],
    );
    quiet(
        "a line end in the id",
        bad("AWS_ACCESS_KEY_ID", &format!("{KEY_ID}\r")),
        255,
        &["The access key id contains"],
    );
    quiet("a letter in the token", bad("AWS_SESSION_TOKEN", &format!("{SESSION_TOKEN}é")), 255, &["The session token"]);
    quiet("swapped", bad("AWS_ACCESS_KEY_ID", SECRET_KEY), 0, &["access key id, session token"]);
    let expired = bad("AWS_CREDENTIAL_EXPIRATION", "2020-01-01T00:00:00Z");
    quiet("expired", expired, 255, &["The credentials have expired (2020-01-01T00:00:00Z)"]);
    let half = without_keys(debugged(&ACCEPT)).env("AWS_ACCESS_KEY_ID", KEY_ID);
    quiet("half", half, 255, &["missing: AWS_SECRET_ACCESS_KEY"]);
}

// Files

fn keys(id: &str, secret: &str, token: &str) -> String {
    format!("aws_access_key_id = {id}\naws_secret_access_key = {secret}\naws_session_token = {token}\n")
}

fn first_keys() -> String {
    keys(KEY_ID, SECRET_KEY, SESSION_TOKEN)
}

#[test]
fn files_in_order() {
    for (file, from) in [("~/.aws/credentials", "credentials file"), ("~/.aws/config", "config file")] {
        let run = without_keys(debugged(&ACCEPT)).file(file, format!("[default]\n{}", first_keys()));
        quiet(file, run, 0, &[&format!("keys of the {from}"), &format!("{from} ${{HOME}}/.aws/"), "…B5RM"]);
    }
}

/// The lines with the secret are broken. It must not be shown, however they are parsed.
#[test]
fn files_that_are_broken() {
    let secret = format!("aws_secret_access_key = {SECRET_KEY}");
    let id = format!("aws_access_key_id = {KEY_ID}");
    let refused = [
        ("no separator", format!("[default]\n{id}\naws_secret_access_key {SECRET_KEY}\n"), "line 3"),
        ("no section", format!("{secret}\n"), "line 1"),
        ("an open section", format!("[default {secret}\n"), "line 1"),
        ("twice", format!("[default]\n{secret}\n{secret}\n"), "line 3"),
        ("no name", format!("[default]\n= {SECRET_KEY}\n"), "line 2"),
        ("nothing but the secret", format!("[default]\n{SECRET_KEY}\n"), "line 2"),
    ];
    for (label, text, words) in refused {
        for file in ["~/.aws/credentials", "~/.aws/config"] {
            let run = without_keys(debugged(&ACCEPT)).file(file, &text);
            quiet(label, run, 255, &["Unable to parse config file: ", words]);
        }
    }
    let latin = [format!("[default]\n{secret}").as_bytes(), b"\xe9\n"].concat();
    quiet("not UTF-8", without_keys(debugged(&ACCEPT)).file("~/.aws/credentials", latin), 255, &["not UTF-8"]);
    // An indented line belongs to the value above it.
    let settings = [
        ("region", "eu-west-1", "Provided region_name 'eu-west-1'"),
        ("output", "json", "Unknown output type: json"),
        ("cli_timestamp_format", "wire", "Unknown cli_timestamp_format value: wire"),
        ("retry_mode", "standard", "\"standard\" must be one of"),
        ("endpoint_url", "http://127.0.0.1:1", "Invalid endpoint"),
        ("ca_bundle", "ca.pem", "Unusable CA bundle ${CWD}/ca.pem"),
        ("source_profile", "base", "\"base\" referenced in the profile"),
        ("credential_source", "Environment", "\"Environment\" referenced in profile"),
        ("sso_session", "s\n  sso_account_id = 1", "does not exist: \"s\""),
        ("web_identity_token_file", "jwt", "Cannot read the web identity token jwt: "),
        ("credential_process", "/nowhere/keys", "cannot run /nowhere/keys: "),
        ("aws_access_key_id", KEY_ID, "Partial credentials found"),
    ];
    for (name, value, words) in settings {
        let more = match name {
            "sso_session" => "sso_account_id = 1\n",
            "source_profile" | "credential_source" | "web_identity_token_file" => "role_arn = arn:aws:iam::1:role/r\n",
            _ => "",
        };
        let value = value.lines().next().unwrap_or_default();
        let text = format!("[default]\n{more}{name} = {value}\n  {secret}\n");
        let mut run = without_keys(debugged(&ACCEPT)).file("~/.aws/config", text).env_remove("AWS_REGION");
        match name {
            "endpoint_url" => run = run.env_remove("AWS_ENDPOINT_URL_ORGANIZATIONS"),
            "ca_bundle" => run = run.env("AWS_ENDPOINT_URL_ORGANIZATIONS", "https://127.0.0.1:1"),
            _ => {}
        }
        let code = if name == "cli_timestamp_format" { 253 } else { 255 };
        let words = words.replace("${CWD}/", "");
        quiet(name, run, code, &[&words]);
    }
    let attempts = without_keys(debugged(&ACCEPT)).env_remove("AWS_MAX_ATTEMPTS");
    let attempts = attempts.file("~/.aws/config", format!("[default]\nmax_attempts = 3\n  {secret}\n"));
    quiet("max_attempts", attempts, 255, &["\"max_attempts\": 3 must be"]);
    // STS repeats the ARN that it was sent.
    let role = format!(
        "[default]\nrole_arn = arn:aws:iam::1:role/r\n  {secret}\nsource_profile = b\n[profile b]\n{}",
        second_keys()
    );
    let run =
        without_keys(debugged(&ACCEPT)).file("~/.aws/config", role).env("AWS_ENDPOINT_URL_STS", Echo::start().url());
    quiet("role_arn", run, 254, &["SignatureDoesNotMatch", "the role arn:aws:iam::1:role/r (role_arn)"]);
    // Names of sections are shown unless they contain a setting.
    let names = format!("[b]\nregion = x\n[default {secret}]\n");
    let run = without_keys(debugged(&ACCEPT)).file("~/.aws/credentials", names).arg("--profile").arg("x");
    quiet("a section that holds a setting", run, 255, &["profiles in the configuration files: b"]);
}

fn second_keys() -> String {
    keys(SECOND_KEY_ID, SECOND_SECRET_KEY, SECOND_TOKEN)
}

// Credentials from elsewhere

/// A response of STS.
fn assumed(operation: &str, expiration: &str) -> Step {
    Step::bytes(format!(
        "<{operation}Response><{operation}Result><Credentials><AccessKeyId>{SECOND_KEY_ID}</AccessKeyId>\
         <SecretAccessKey>{SECOND_SECRET_KEY}</SecretAccessKey><SessionToken>{SECOND_TOKEN}</SessionToken>\
         <Expiration>{expiration}</Expiration></Credentials></{operation}Result></{operation}Response>"
    ))
}

/// The document of a container's or an instance's endpoint.
fn document() -> String {
    json!({
        "Code": "Success", "Type": "AWS-HMAC", "LastUpdated": "2020-01-01T00:00:00Z", "AccessKeyId": SECOND_KEY_ID,
        "SecretAccessKey": SECOND_SECRET_KEY, "Token": SECOND_TOKEN, "Expiration": "2099-01-01T00:00:00Z"
    })
    .to_string()
}

/// Invalid responses that contain keys.
fn spoilt(document: &str) -> Vec<String> {
    vec![
        document[..document.len() - 20].to_owned(),
        document.replace("AccessKeyId", "Other"),
        document.replacen(':', "", 1),
        document.replace("2099-01-01T00:00:00Z", SECOND_SECRET_KEY),
        SECOND_SECRET_KEY.to_owned(),
    ]
}

/// A run whose server also plays STS.
fn played(config: &str, steps: Vec<Step>) -> Run {
    let server = Server::script(steps);
    let url = server.url();
    without_keys(debugged(&ACCEPT)).server(server).env("AWS_ENDPOINT_URL_STS", url).file("~/.aws/config", config)
}

#[test]
fn roles() {
    let config = format!(
        "[default]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = b\nexternal_id = {ARGUMENT}\n[profile b]\n{}",
        first_keys()
    );
    let role = |expiration| assumed("AssumeRole", expiration);
    let words =
        ["access key id …B5RM, session token (keys of the config file)", "…P6ZD, session token, until 2099-01-01"];
    quiet("role", played(&config, vec![role("2099-01-01T00:00:00Z"), Step::handshake()]), 0, &words);
    quiet("expired role", played(&config, vec![role("2020-01-01T00:00:00Z")]), 255, &["have expired"]);
    quiet("role without expiry", played(&config, vec![role("never")]), 255, &["can't be used"]);
    let echo = Echo::start();
    let refused = played(&config, vec![Step::handshake()]).env("AWS_ENDPOINT_URL_STS", echo.url());
    quiet("role refused", refused, 254, &["SignatureDoesNotMatch", "***", "request id: echo-1", "request id echo-1"]);
    let mfa = config.replace("external_id", "mfa_serial = arn:aws:mfa\nexternal_id");
    quiet("role with MFA", played(&mfa, vec![role("2099-01-01T00:00:00Z")]), 253, &["arn:aws:mfa"]);
    // SHA-1 of {"ExternalId": "…", "RoleArn": "arn:aws:iam::1:role/r"} names its file in the cache.
    let name = "~/.aws/cli/cache/6ca4f14aee16f01f7afa690fb2ca76211cfd1af5.json";
    let entry = format!(
        r#"{{"Credentials": {{"AccessKeyId": "{KEY_ID}", "SecretAccessKey": "{SECRET_KEY}",
            "SessionToken": "{SESSION_TOKEN}", "Expiration": "2099-01-01T00:00:00Z"}}}}"#
    );
    let cached = |text: &str| {
        let steps = vec![role("2099-01-01T00:00:00Z"), Step::handshake()];
        played(&config, steps).file(name, text)
    };
    let run = played(&config, vec![Step::handshake()]).file(name, &entry);
    quiet(
        "a cached role",
        run,
        0,
        &[": used", "…B5RM, session token, until 2099-01-01T00:00:00Z (arn:aws:iam::1:role/r"],
    );
    for text in
        [&entry[..entry.len() - 30], &entry.replace("2099", SECRET_KEY), &entry.replace("2099", "2020"), SECRET_KEY]
    {
        quiet(text, cached(text), 0, &["credentials cached in ", "…P6ZD, session token"]);
    }
}

#[test]
fn web_identities() {
    let config = "[default]\nrole_arn = arn:aws:iam::1:role/w\nweb_identity_token_file = jwt\n";
    let run = |steps| played(config, steps).file("jwt", JWT);
    let answer = assumed("AssumeRoleWithWebIdentity", "2099-01-01T00:00:00Z");
    quiet(
        "web identity",
        run(vec![answer, Step::handshake()]),
        0,
        &["web identity for arn:aws:iam::1:role/w", "…P6ZD"],
    );
    let echo = Echo::start();
    let refused = run(vec![Step::handshake()]).env("AWS_ENDPOINT_URL_STS", echo.url());
    quiet("web identity refused", refused, 254, &["SignatureDoesNotMatch", "***"]);
    let misplaced = played(&config.replace("jwt", JWT), vec![Step::handshake()]);
    quiet("a token in place of a file", misplaced, 255, &["a token in place of a file name"]);
}

#[test]
fn programs() {
    let good = json!({"Version": 1, "AccessKeyId": SECOND_KEY_ID, "SecretAccessKey": SECOND_SECRET_KEY,
        "SessionToken": SECOND_TOKEN, "Expiration": "2099-01-01T00:00:00Z"})
    .to_string();
    let prints = |text: &str| format!("#!/bin/sh\ncat <<'END'\n{text}\nEND\n");
    let run = |command: &str, script: &str| {
        let config = format!("[default]\ncredential_process = {command}\n");
        played(&config, vec![Step::handshake()]).file("keys", script)
    };
    let command = format!("./keys --token {ARGUMENT}");
    quiet("program", run(&command, &prints(&good)), 0, &["credential_process of the profile default", "…P6ZD"]);
    for text in spoilt(&good.replace("2099-01-01T00:00:00Z", "2020-01-01T00:00:00Z")) {
        quiet(&text, run(&command, &prints(&text)), 255, &[]);
    }
    let fails = format!("#!/bin/sh\necho {SECOND_SECRET_KEY}\necho broken >&2\nexit 3\n");
    quiet("program that fails", run(&command, &fails), 255, &["broken"]);
    for command in [
        format!("/nowhere/keys --token {ARGUMENT}"),
        format!("TOKEN={ARGUMENT} ./keys"),
        format!("\"./keys --token {ARGUMENT}\""),
        format!("./keys '{ARGUMENT}"),
    ] {
        quiet(&command, run(&command, &prints(&good)), 255, &["custom-process"]);
    }
}

#[test]
fn containers_and_instances() {
    let container = |steps: Vec<Step>| {
        let server = Server::script(steps);
        let url = format!("{}/creds", server.url());
        let run = without_keys(debugged(&ACCEPT)).server(server).env("AWS_CONTAINER_CREDENTIALS_FULL_URI", url);
        run.env("AWS_CONTAINER_AUTHORIZATION_TOKEN", CONTAINER_TOKEN)
    };
    let words = ["the container's endpoint", "…P6ZD, session token, until 2099-01-01T00:00:00Z"];
    quiet("container", container(vec![Step::bytes(document()), Step::handshake()]), 0, &words);
    for text in spoilt(&document()) {
        quiet(&text, container(vec![Step::bytes(text.clone())]), 255, &["container-role"]);
    }
    let echo = Echo::start();
    let uri = |uri: &str| container(vec![Step::handshake()]).env("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri);
    quiet("container refuses", uri(&format!("{}/creds", echo.url())), 255, &["container-role"]);
    for at in [format!("http://user:{PASSWORD}@192.0.2.1/creds"), format!("user:{PASSWORD}@x y")] {
        quiet(&at, uri(&at), 255, &["Invalid AWS_CONTAINER_CREDENTIALS_FULL_URI"]);
    }
    let bad = container(vec![Step::bytes(document())]);
    let bad = bad.env("AWS_CONTAINER_AUTHORIZATION_TOKEN", format!("{CONTAINER_TOKEN}\r\nx"));
    quiet("a bad token for the container", bad, 255, &["container-role"]);

    let instance = |steps: Vec<Step>| {
        let server = Server::script(steps);
        let url = server.url();
        let run = without_keys(debugged(&ACCEPT)).server(server).env_remove("AWS_EC2_METADATA_DISABLED");
        run.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", url).env("AWS_METADATA_SERVICE_TIMEOUT", "60")
    };
    let token = || Step::bytes(CONTAINER_TOKEN).header("x-aws-ec2-metadata-token-ttl-seconds", "21600");
    let steps = |text: String| vec![token(), Step::bytes("my-role"), Step::bytes(text), Step::handshake()];
    quiet("instance", instance(steps(document())), 0, &["the instance's metadata service", "…P6ZD"]);
    for text in spoilt(&document()) {
        quiet(&text, instance(steps(text.clone())), 253, &["Unable to locate credentials"]);
    }
    let at = |url: &str| instance(vec![token()]).env("AWS_EC2_METADATA_SERVICE_ENDPOINT", url);
    quiet("instance refuses", at(&echo.url()), 253, &["Unable to locate credentials"]);
    quiet("instance behind a password", at(&format!("http://user:{PASSWORD}@127.0.0.1:1")), 253, &["Unable to locate"]);
    quiet("instance nowhere", at(&format!("http://user:{PASSWORD}@x y")), 255, &["Invalid endpoint of the instance"]);
}

/// Sessions that fail without a request, since their cached files can't be used.
#[test]
fn sessions() {
    let sso = "[default]\nsso_session = s\nsso_account_id = 1\nsso_role_name = R\n\
               [sso-session s]\nsso_region = us-east-1\nsso_start_url = u\n";
    // SHA-1 of "s" names the file (AWS SDKs and Tools Reference Guide, "IAM Identity Center credential provider").
    let file = "~/.aws/sso/cache/a0f1490a20d0211c997b44bc357e1972deab8ae3.json";
    let token = format!(r#"{{"accessToken": "{SSO_TOKEN}", "expiresAt": "2020-01-01T00:00:00Z"}}"#);
    for text in [token.clone(), token[..token.len() - 9].to_owned(), token.replace("2020", SSO_TOKEN)] {
        quiet(
            &text,
            played(sso, vec![Step::handshake()]).file(file, &text),
            255,
            &["credentials from sso", "aws sso login"],
        );
    }
    let login = "[default]\nlogin_session = arn:aws:iam::123456789012:user/x\n";
    quiet("login", played(login, vec![Step::handshake()]), 255, &["credentials from login"]);
}

// Secrets in the wrong place

/// Secrets that could be in the wrong place.
const MISPLACED: [&str; 4] = [SECRET_KEY, KEY_ID, JWT, PASSWORD];

#[test]
fn values_in_the_wrong_place() {
    let role = "role_arn = arn:aws:iam::1:role/r\ncredential_source = Environment\n";
    let sso = "sso_account_id = 1\nsso_role_name = R\nsso_start_url = u\n";
    let profile = "of the profile default";
    for secret in MISPLACED {
        for (name, more, code, words) in [
            ("region", "", 255, vec!["Provided region_name '***'", profile]),
            ("output", "", 255, vec!["Unknown output type: ***", profile]),
            ("cli_timestamp_format", "", 253, vec!["cli_timestamp_format value: ***"]),
            ("retry_mode", "", 255, vec!["\"***\" must be one of", profile]),
            ("max_attempts", "", 255, vec!["\"max_attempts\": *** must be", profile]),
            ("endpoint_url", "", 255, vec!["Invalid endpoint (endpoint_url of the profile)"]),
            ("ca_bundle", "", 255, vec!["Unusable CA bundle ", profile]),
            (
                "source_profile",
                "role_arn = arn:aws:iam::1:role/r\n",
                255,
                vec!["source_profile \"***\"", "does not exist"],
            ),
            ("credential_source", "role_arn = arn:aws:iam::1:role/r\n", 255, vec!["credential source \"***\""]),
            ("sso_session", "sso_account_id = 1\n", 255, vec!["does not exist: \"***\""]),
            ("sso_region", sso, 255, vec!["Provided region_name '***'", "sso_region of the profile default"]),
            ("login_session", "", 255, vec!["credentials from login"]),
            (
                "web_identity_token_file",
                "role_arn = arn:aws:iam::1:role/r\n",
                255,
                vec!["Cannot read the web identity token"],
            ),
            ("credential_process", "", 255, vec!["cannot run "]),
            ("mfa_serial", role, 253, vec!["needs an MFA code of *** (mfa_serial)"]),
            ("role_session_name", role, 254, vec!["SignatureDoesNotMatch", "***"]),
            ("external_id", role, 254, vec!["SignatureDoesNotMatch", "***"]),
            ("role_arn", "source_profile = b\n[profile b]\nregion = x\n", 254, vec!["the role *** (role_arn)"]),
        ] {
            let text = format!("[default]\n{name} = {secret}\n{more}");
            let config = text.replace("region = x\n", &second_keys());
            let mut run = debugged(&ACCEPT).file("~/.aws/config", config).arg("--profile").arg("default");
            run = run.env("AWS_ENDPOINT_URL_STS", Echo::start().url()).env_remove("AWS_REGION");
            run = run.env_remove("AWS_MAX_ATTEMPTS").env_remove("AWS_ENDPOINT_URL_ORGANIZATIONS");
            match name {
                "endpoint_url" => {}
                // Only TLS reads it.
                "ca_bundle" => run = run.env("AWS_ENDPOINT_URL_ORGANIZATIONS", "https://127.0.0.1:1"),
                _ => run = run.env("AWS_ENDPOINT_URL_ORGANIZATIONS", DEAD),
            }
            #[cfg(target_os = "linux")]
            if name == "mfa_serial" {
                run = run.through(["setsid"]);
            }
            quiet(&format!("{name} = {secret}"), run, code, &words);
        }
        quiet(secret, with_keys(debugged(&ACCEPT)).env("HTTP_PROXY", secret), 255, &["(HTTP_PROXY)"]);
        quiet(secret, debugged(&ACCEPT).arg("--output").arg(secret), 252, &["invalid value '***' for '--output"]);
        for (name, code, words) in [
            ("AWS_PROFILE", 255, "The config profile (***) could not be found"),
            ("AWS_REGION", 255, "Provided region_name '***' doesn't match a supported format. (AWS_REGION)"),
            ("AWS_DEFAULT_OUTPUT", 255, "Unknown output type: *** (AWS_DEFAULT_OUTPUT)"),
            ("AWS_RETRY_MODE", 255, "must be one of: standard, adaptive (AWS_RETRY_MODE)"),
            ("AWS_MAX_ATTEMPTS", 255, "greater than or equal to 1 (AWS_MAX_ATTEMPTS)"),
            ("AWS_ENDPOINT_URL_ORGANIZATIONS", 255, "Invalid endpoint (AWS_ENDPOINT_URL_ORGANIZATIONS)"),
            ("AWS_CA_BUNDLE", 255, "Unusable CA bundle *** (AWS_CA_BUNDLE)"),
            ("AWS_CREDENTIAL_EXPIRATION", 255, "AWS_CREDENTIAL_EXPIRATION is not a point in time\n"),
            ("AWS_CONFIG_FILE", 0, "config file ***, which doesn't exist (AWS_CONFIG_FILE)"),
        ] {
            let mut run = with_keys(debugged(&ACCEPT));
            if name == "AWS_CA_BUNDLE" {
                run = run.env("AWS_ENDPOINT_URL_ORGANIZATIONS", "https://127.0.0.1:1");
            }
            quiet(&format!("{name}={secret}"), run.env(name, secret), code, &[words]);
        }
        for (name, code, words) in [
            ("ORGSHAKE_SANDBOX_CLOCK", 252, "Bad value for ORGSHAKE_SANDBOX_CLOCK: \"***\" is not a clock"),
            ("ORGSHAKE_SANDBOX_FAULT", 252, "Bad value for ORGSHAKE_SANDBOX_FAULT: \"***\" is not a fault"),
        ] {
            quiet(name, with_keys(debugged(&ACCEPT)).arg("--sandbox").env(name, secret), code, &[words]);
        }
        let elsewhere = |name: &str, value: &str| {
            let run = without_keys(debugged(&ACCEPT)).env_remove("AWS_EC2_METADATA_DISABLED");
            run.env("AWS_CONTAINER_CREDENTIALS_FULL_URI", DEAD).env(name, value)
        };
        let name = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
        quiet(secret, elsewhere(name, secret), 255, &["container-role", name]);
        let name = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
        quiet(secret, elsewhere(name, secret), 255, &["authorization token ***: ", name]);
        let name = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
        let run = elsewhere(name, &format!("{secret} x")).env_remove("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        quiet(secret, run, 255, &["Invalid endpoint of the instance metadata service: ***", name]);
    }
    // A key with a slash is a file in a missing directory.
    let run = with_keys(debugged(&ACCEPT)).arg("--sandbox").env("ORGSHAKE_SANDBOX_STATE", SECRET_KEY);
    quiet("ORGSHAKE_SANDBOX_STATE", run, 255, &["The sandbox's state file *** cannot be used"]);
    // An ordinary URL is shown, except for its query.
    let url = format!("http://127.0.0.1:1/creds?token={CONTAINER_TOKEN}");
    let run = without_keys(debugged(&ACCEPT)).env("AWS_CONTAINER_CREDENTIALS_FULL_URI", &url);
    quiet("a token in the URL of a container", run, 255, &["container-role"]);
    let run = without_keys(debugged(&ACCEPT))
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", url.replace("127.0.0.1:1", "192.0.2.1"));
    quiet("a token in the URL of no container", run, 255, &["container-role"]);
}

/// Members of the output of programs and of the responses of metadata services.
#[test]
fn members_in_the_wrong_place() {
    let members = |name: &str, value: &str| {
        let mut members = serde_json::from_str::<serde_json::Value>(&document()).expect("a document");
        members["Version"] = 1.into();
        members[name] = value.into();
        members.to_string()
    };
    for secret in MISPLACED.into_iter().chain(["hunter2"]) {
        let absent = |run: Run, code: i32, words: &str| {
            let outcome = run.run();
            assert_eq!(outcome.exit, Exit::Code(code), "{outcome}");
            outcome.stderr_has(&[words]);
            assert!(!String::from_utf8_lossy(&outcome.stderr).contains(secret), "{secret} is shown:\n{outcome}");
        };
        for (name, words) in
            [("Version", "Unsupported version '***'"), ("Expiration", "Expiration is not a point in time")]
        {
            let script = format!("#!/bin/sh\ncat <<'END'\n{}\nEND\n", members(name, secret));
            let run = played("[default]\ncredential_process = ./keys\n", vec![Step::handshake()]).file("keys", script);
            absent(run, 255, words);
        }
        for (name, words) in [("Expiration", "`Expiration`"), ("Code", "the response's Code is not Success")] {
            let instance = |steps: Vec<Step>| {
                let server = Server::script(steps);
                let url = server.url();
                let run = without_keys(debugged(&ACCEPT)).server(server).env_remove("AWS_EC2_METADATA_DISABLED");
                run.env("AWS_EC2_METADATA_SERVICE_ENDPOINT", url).env("AWS_METADATA_SERVICE_TIMEOUT", "60")
            };
            let token = || Step::bytes(CONTAINER_TOKEN).header("x-aws-ec2-metadata-token-ttl-seconds", "21600");
            let text = members(name, secret);
            let steps = vec![token(), Step::bytes("my-role"), Step::bytes(text.clone())];
            absent(instance(steps), 253, words);
            absent(instance(vec![token(), Step::bytes(secret).status(401)]), 253, "HTTP 401");
            // Invalid in a URL: the SDK would panic.
            absent(
                instance(vec![token(), Step::bytes(format!("a role/{secret}"))]),
                253,
                "the response doesn't name a role",
            );
            let server = Server::script([Step::bytes(text)]);
            let url = server.url();
            let run = without_keys(debugged(&ACCEPT)).server(server).env("AWS_CONTAINER_CREDENTIALS_FULL_URI", url);
            absent(run, 255, words);
        }
    }
}

#[test]
fn queries_of_urls() {
    const FORMATS: [&str; 6] = ["enhanced", "legacy", "json", "yaml", "text", "explained-json"];
    let query = format!("?key={CONTAINER_TOKEN}");
    let failing = [
        ("dead", Vec::new(), 255, "Could not connect to the endpoint URL: ", "${DEAD}/x?…"),
        ("closed", vec![Step::close()], 255, "from endpoint URL: ", "${ENDPOINT}/x?…"),
        ("a refusal that repeats it", vec![Step::error("E", &format!("not at /x{query}"))], 254, "not at ", "/x?***"),
    ];
    for (label, steps, code, words, place) in failing {
        for format in FORMATS {
            let mut run = with_keys(debugged(&ACCEPT)).arg("--cli-error-format").arg(format);
            let mut url = DEAD.to_owned();
            if !steps.is_empty() {
                let server = Server::script(steps.clone());
                url = server.url();
                run = run.server(server);
            }
            let run = run.arg("--endpoint-url").arg(format!("{url}/x{query}"));
            quiet(&format!("{label}, {format}"), run, code, &[words, place]);
        }
    }
    let run = with_keys(debugged(&ACCEPT)).env("AWS_ENDPOINT_URL_ORGANIZATIONS", format!("ftp://h/{query}"));
    quiet("no URL of ours", run, 255, &["Invalid endpoint (AWS_ENDPOINT_URL_ORGANIZATIONS): ftp://h/?…"]);
    // The command in the hint doesn't contain it.
    let server = Server::script([Step::close()]);
    let url = format!("{}/x{query}", server.url());
    let run = with_keys(debugged(&ACCEPT)).server(server).arg("--endpoint-url").arg(url);
    quiet("how to look", run, 255, &["to see: orgshake describe-handshake", " --endpoint-url '", "/x?…'"]);
}

#[test]
fn passwords_in_urls() {
    let bad = [
        format!("http://user:{PASSWORD}@127.0.0.1:1"),
        format!("https://{PASSWORD}@127.0.0.1"),
        format!("user:{PASSWORD}@127.0.0.1"),
        format!("ftp://user:{PASSWORD}@127.0.0.1"),
        format!("http:/user:{PASSWORD}@127.0.0.1"),
        format!("http://user:{PASSWORD}@127.0.0.1:port"),
    ];
    for url in &bad {
        quiet(
            url,
            with_keys(debugged(&ACCEPT)).arg("--endpoint-url").arg(url),
            255,
            &["Invalid endpoint (--endpoint-url)"],
        );
        let run = |name: &str| with_keys(debugged(&ACCEPT)).env(name, url);
        quiet(url, run("AWS_ENDPOINT_URL_ORGANIZATIONS"), 255, &["Invalid endpoint (AWS_ENDPOINT_URL_ORGANIZATIONS)"]);
        let config = format!(
            "[default]\nrole_arn = arn:aws:iam::1:role/r\ncredential_source = Environment\nendpoint_url = {url}\n"
        );
        let profile = run("AWS_ENDPOINT_URL").file("~/.aws/config", &config).arg("--profile").arg("default");
        quiet(url, profile, 255, &["Invalid endpoint (AWS_ENDPOINT_URL)"]);
        let config =
            with_keys(run("UNUSED")).env_remove("AWS_ENDPOINT_URL_ORGANIZATIONS").file("~/.aws/config", config);
        quiet(url, config, 255, &["Invalid endpoint (endpoint_url of the profile)"]);
    }
}

#[test]
fn passwords_of_proxies() {
    let server = Server::script([Step::handshake()]);
    let proxy = format!("http://user:{PASSWORD}@{}", server.host_and_port());
    quiet("HTTP proxy", with_keys(debugged(&ACCEPT)).server(server).env("HTTP_PROXY", proxy), 0, &["HTTP 200"]);
    let secure = |proxy: &str| {
        let run = with_keys(debugged(&ACCEPT)).env("AWS_ENDPOINT_URL_ORGANIZATIONS", "https://127.0.0.1:1");
        run.env("HTTPS_PROXY", proxy)
    };
    let server = Server::script([Step::handshake()]);
    let proxy = format!("http://user:{PASSWORD}@{}", server.host_and_port());
    quiet("a proxy that refuses", secure(&proxy).server(server), 255, &["[ERROR]"]);
    for proxy in
        ["http://user:PASSWORD@127.0.0.1:1", "user:PASSWORD@127.0.0.1:1", "http://user:PASSWORD@:x", "PASSWORD"]
    {
        quiet(proxy, secure(&proxy.replace("PASSWORD", PASSWORD)), 255, &["[ERROR]"]);
    }
    let echo = Echo::start();
    let proxy = format!("http://user:{PASSWORD}@{}", echo.0);
    let repeats = with_keys(debugged(&ACCEPT)).env("HTTP_PROXY", proxy);
    quiet("a proxy that repeats what it was asked", repeats, 254, &["SignatureDoesNotMatch", "***"]);
    let sandbox = with_keys(debugged(&ACCEPT)).arg("--sandbox").env("HTTP_PROXY", format!("http://user:{PASSWORD}@h"));
    quiet("the sandbox", sandbox, 0, &[]);
}

#[cfg(unix)]
#[test]
fn the_sandbox_for_others() {
    let program = env!("CARGO_BIN_EXE_orgshake");
    quiet("show", with_keys(debugged(&["sandbox", "show"])), 0, &[]);
    let exec = |words: &[&str]| {
        let all = [&["sandbox", "exec", "--debug", "--"], words].concat();
        with_keys(talkative(Run::at(Home::new(), all)))
    };
    let describe = [program, "describe-handshake", "--handshake-id", HANDSHAKE, "--debug"];
    quiet("exec", exec(&describe), 0, &["DescribeHandshake"]);
    quiet("exec of the environment", exec(&["env"]), 0, &[]);
    quiet("exec of nothing", exec(&["./nothing"]), 127, &["can't be run"]);
    let foreign = format!(
        "AWS_ACCESS_KEY_ID={KEY_ID} AWS_SECRET_ACCESS_KEY={SECRET_KEY} {program} describe-handshake --debug --handshake-id {HANDSHAKE}"
    );
    let run = exec(&["sh", "-c", &foreign]);
    quiet("exec with another key", run, 254, &["calling the DescribeHandshake"]);

    let mut serving = Command::new(program)
        .args(["sandbox", "serve", "--debug"])
        .env_clear()
        .envs(TALKATIVE)
        .envs([("AWS_ACCESS_KEY_ID", KEY_ID), ("AWS_SECRET_ACCESS_KEY", SECRET_KEY)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut exports = String::new();
    let ready = serving.stdout.take().map(|mut stdout| stdout.read_to_string(&mut exports));
    assert!(ready.is_some_and(|read| read.is_ok()), "its stdout ends once it is ready");
    let url = exports.lines().find_map(|line| line.strip_prefix("export AWS_ENDPOINT_URL=")).expect("a URL").to_owned();
    for (code, run) in [
        (254, with_keys(debugged(&ACCEPT))),
        (0, debugged(&ACCEPT).env("AWS_ACCESS_KEY_ID", "222222222222").env("AWS_SECRET_ACCESS_KEY", "sandbox")),
    ] {
        quiet("serve's client", run.env("AWS_ENDPOINT_URL_ORGANIZATIONS", &url), code, &["HTTP "]);
    }
    let killed = Command::new("kill").args(["-TERM", &serving.id().to_string()]).status();
    assert!(killed.is_ok_and(|status| status.success()), "the signal could not be sent");
    let output = serving.wait_with_output().expect("it ends");
    let shown = exports + &String::from_utf8_lossy(&output.stderr);
    assert!(shown.contains("AcceptHandshake"), "{shown}");
    has_no_secret(&shown, &[], "serve");
}
