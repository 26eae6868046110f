//! The credentials that sign requests: each source, each rule of precedence, each thing that can be missing. The tests check
//! the requests that arrive.

use std::time::Duration;

use serde_json::json;

use crate::support::run::{DEAD, HANDSHAKE, Home, Outcome, Run, orgshake};
use crate::support::server::{Request, Server, Step};

const ACCEPT: [&str; 3] = ["accept-handshake", "--handshake-id", HANDSHAKE];

/// Keys of a profile in the configuration files. The secret must not appear in any output.
pub fn keys(id: &str) -> String {
    format!("aws_access_key_id = {id}\naws_secret_access_key = hidden-{id}\n")
}

/// A response of STS with keys of this id.
pub fn assumed(operation: &str, id: &str, expiration: &str) -> Step {
    let body = format!(
        "<{operation}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{operation}Result><AssumedRoleUser>\
         <Arn>arn:aws:sts::123456789012:assumed-role/R/s</Arn><AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser>\
         <Credentials><AccessKeyId>{id}</AccessKeyId><SecretAccessKey>hidden-{id}</SecretAccessKey>\
         <SessionToken>token-{id}</SessionToken><Expiration>{expiration}</Expiration></Credentials>\
         </{operation}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{operation}Response>"
    );
    Step::bytes(body).header("Content-Type", "text/xml")
}

pub fn role(id: &str) -> Step {
    assumed("AssumeRole", id, "2099-01-01T00:00:00Z")
}

pub fn web_identity(id: &str) -> Step {
    assumed("AssumeRoleWithWebIdentity", id, "2099-01-01T00:00:00Z")
}

pub fn refused(code: &str, message: &str) -> Step {
    let body = format!(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
         <Code>{code}</Code><Message>{message}</Message></Error><RequestId>1</RequestId></ErrorResponse>"
    );
    Step::bytes(body).header("Content-Type", "text/xml").status(403)
}

/// The keys from the endpoint of a container or an instance.
fn document(id: &str) -> Step {
    Step::json(&json!({
        "Code": "Success", "Type": "AWS-HMAC", "LastUpdated": "2020-01-01T00:00:00Z",
        "AccessKeyId": id, "SecretAccessKey": format!("hidden-{id}"), "Token": format!("token-{id}"),
        "Expiration": "2099-01-01T00:00:00Z"
    }))
}

/// A run without keys in the environment. Its server plays AWS Organizations, STS and the metadata services.
pub struct Setting {
    pub run: Run,
    url: String,
}

pub fn setting(steps: impl IntoIterator<Item = Step>) -> Setting {
    setting_of(&ACCEPT, steps)
}

fn setting_of(words: &[&str], steps: impl IntoIterator<Item = Step>) -> Setting {
    let server = Server::script(steps);
    let url = server.url();
    let run = Run::at(Home::new(), words)
        .server(server)
        .env_remove("AWS_ACCESS_KEY_ID")
        .env_remove("AWS_SECRET_ACCESS_KEY")
        .env("AWS_ENDPOINT_URL_STS", &url);
    Setting { run, url }
}

impl Setting {
    pub fn environment_keys(self) -> Self {
        self.env("AWS_ACCESS_KEY_ID", "AKIDENV").env("AWS_SECRET_ACCESS_KEY", "hidden-AKIDENV")
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.run = self.run.env(name, value.replace("URL", &self.url));
        self
    }

    pub fn unset(mut self, name: &str) -> Self {
        self.run = self.run.env_remove(name);
        self
    }

    pub fn config(self, text: &str) -> Self {
        let text = text.replace("URL", &self.url);
        self.file("~/.aws/config", &text)
    }

    pub fn credentials(self, text: &str) -> Self {
        self.file("~/.aws/credentials", text)
    }

    #[track_caller]
    pub fn file(mut self, name: &str, text: &str) -> Self {
        self.run = self.run.file(name, text);
        self
    }

    pub fn profile(mut self, name: &str) -> Self {
        self.run = self.run.arg("--profile").arg(name);
        self
    }

    #[track_caller]
    pub fn run(self) -> Outcome {
        let outcome = self.run.run();
        let shown = [outcome.stdout.as_slice(), &outcome.stderr].concat();
        let shown = String::from_utf8_lossy(&shown);
        for secret in ["hidden-", "token-"] {
            assert!(!shown.contains(secret), "a secret in the output:\n{outcome}");
        }
        outcome
    }

    /// Checks for success and these requests: operation, key id of the signature, session token. Returns the requests.
    #[track_caller]
    pub fn signs(self, expected: &[&str]) -> Vec<Request> {
        let outcome = self.run();
        outcome.success();
        assert_eq!(asked(&outcome), expected, "other requests were expected:\n{outcome}");
        outcome.requests
    }

    /// Checks for a failure with this code and these words, after these requests.
    #[track_caller]
    pub fn fails(self, code: i32, words: &[&str], expected: &[&str]) {
        let outcome = self.run();
        outcome.failure(code);
        outcome.stderr_has(words);
        assert_eq!(asked(&outcome), expected, "other requests were expected:\n{outcome}");
    }
}

/// Returns the operation, key id and session token of a request: `AssumeRole AKID -`.
pub fn asked(outcome: &Outcome) -> Vec<String> {
    let told = |request: &Request| {
        let action = parameter(request, "Action").or_else(|| request.operation().map(str::to_owned));
        let action = action.unwrap_or_else(|| format!("{} {}", request.method, request.path));
        let signed = request.header("Authorization").and_then(|text| text.split_once("Credential="));
        let id = signed.and_then(|(_, rest)| rest.split('/').next()).unwrap_or("-");
        format!("{action} {id} {}", request.header("X-Amz-Security-Token").unwrap_or("-"))
    };
    outcome.requests.iter().map(told).collect()
}

/// Returns a parameter of a form.
pub fn parameter(request: &Request, name: &str) -> Option<String> {
    let form = request.text();
    let (_, value) = form.split('&').filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name)?;
    let mut parts = value.split('%');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = u8::from_str_radix(&part[..2], 16).expect("a percent-encoded byte");
        text.push(char::from(code));
        text.push_str(&part[2..]);
    }
    Some(text)
}

// Keys

#[test]
fn the_old_name_of_the_token_takes_precedence() {
    let run = || setting([Step::handshake()]).environment_keys();
    run().env("AWS_SECURITY_TOKEN", "old").signs(&["AcceptHandshake AKIDENV old"]);
    run().env("AWS_SECURITY_TOKEN", "old").env("AWS_SESSION_TOKEN", "new").signs(&["AcceptHandshake AKIDENV old"]);
}

#[test]
fn environment_keys_override_all_but_the_option() {
    let run = || {
        let config = format!(
            "[profile r]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = b\n[profile b]\n{}",
            keys("AKIDB")
        );
        setting([Step::handshake()]).environment_keys().config(&config)
    };
    run().env("AWS_PROFILE", "r").signs(&["AcceptHandshake AKIDENV -"]);
    run().profile("b").signs(&["AcceptHandshake AKIDB -"]);
}

#[test]
fn variables_choose_the_profile_and_the_files() {
    let files = |run: Setting| {
        run.config(&format!("[profile a]\n{}[profile b]\n{}", keys("AKIDA"), keys("AKIDB")))
            .file("~/other/config", &format!("[default]\n{}", keys("AKIDCONF")))
            .file("~/other/credentials", &format!("[default]\n{}", keys("AKIDFILE")))
    };
    let run = || files(setting([Step::handshake()]));
    run().env("AWS_DEFAULT_PROFILE", "a").signs(&["AcceptHandshake AKIDA -"]);
    run().env("AWS_DEFAULT_PROFILE", "a").env("AWS_PROFILE", "b").signs(&["AcceptHandshake AKIDB -"]);
    run().env("AWS_DEFAULT_PROFILE", "a").env("AWS_PROFILE", "b").profile("a").signs(&["AcceptHandshake AKIDA -"]);
    run().env("AWS_CONFIG_FILE", "~/other/config").signs(&["AcceptHandshake AKIDCONF -"]);
    run()
        .env("AWS_CONFIG_FILE", "~/other/config")
        .env("AWS_SHARED_CREDENTIALS_FILE", "~/other/credentials")
        .signs(&["AcceptHandshake AKIDFILE -"]);
}

#[cfg(unix)]
#[test]
fn a_home_that_is_no_directory_has_no_files() {
    setting([Step::handshake()]).environment_keys().env("HOME", "/dev/null").signs(&["AcceptHandshake AKIDENV -"]);
}

#[test]
fn an_unsigned_request_needs_no_credentials() {
    let config = "[profile p]\nrole_arn = arn:aws:iam::1:role/r\nmfa_serial = arn:aws:mfa\nsource_profile = none\n";
    let mut run = setting([Step::handshake()]).environment_keys().config(config).profile("p");
    run.run = run.run.arg("--no-sign-request");
    run.signs(&["AcceptHandshake - -"]);
}

#[test]
fn half_a_key_pair_is_an_error_with_its_origin() {
    let run = || setting([Step::handshake()]);
    let none: [&str; 0] = [];
    run().env("AWS_ACCESS_KEY_ID", "AKID").fails(
        255,
        &["Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY"],
        &none,
    );
    run().credentials("[default]\naws_access_key_id = AKID\n").fails(
        255,
        &["Partial credentials found in shared-credentials-file, missing: aws_secret_access_key", "profile default"],
        &none,
    );
    // A secret without a key id is ignored.
    run().credentials("[default]\naws_secret_access_key = s\n").fails(253, &["Unable to locate credentials"], &none);
}

#[test]
fn expired_keys_are_an_error_before_any_request() {
    let run = setting([Step::handshake()]).environment_keys();
    run.env("AWS_CREDENTIAL_EXPIRATION", "2020-01-01T00:00:00+00:00").fails(
        255,
        &["The credentials have expired (2020-01-01T00:00:00Z): keys of the environment"],
        &[],
    );
}

#[test]
fn a_profile_without_credentials_says_what_it_needs() {
    setting([Step::handshake()]).environment_keys().config("[profile x]\nregion = us-east-1\n").profile("x").fails(
        253,
        &[
            "An error occurred (NoCredentials): Unable to locate credentials.",
            "the profile x has none",
            "with --profile, keys in the environment are ignored",
        ],
        &[],
    );
}

// Roles

#[test]
fn a_role_is_assumed_with_the_settings_of_the_profile() {
    let config = format!(
        "[default]\nrole_arn = arn:aws:iam::123456789012:role/R\nsource_profile = b\nrole_session_name = me\n\
         external_id = e/1\nduration_seconds = 900\n[profile b]\n{}aws_session_token = bt\n",
        keys("AKIDB")
    );
    let requests = setting([role("ASIAR"), Step::handshake()])
        .config(&config)
        .signs(&["AssumeRole AKIDB bt", "AcceptHandshake ASIAR token-ASIAR"]);
    let said = |name| parameter(&requests[0], name).unwrap_or_default();
    assert_eq!(said("RoleArn"), "arn:aws:iam::123456789012:role/R");
    assert_eq!(
        [said("RoleSessionName"), said("ExternalId"), said("DurationSeconds")],
        ["me".to_owned(), "e/1".to_owned(), "900".to_owned()]
    );
    let signed = requests[0].header("Authorization").unwrap_or_default();
    assert!(signed.contains("/us-east-1/sts/aws4_request"), "{signed}");
}

#[test]
fn a_session_without_a_name_gets_one_and_an_odd_duration_is_left_out() {
    let config = format!(
        "[default]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = default\nduration_seconds = 1h\n{}",
        keys("AKID")
    );
    let requests = setting([role("ASIAR"), Step::handshake()]).config(&config);
    let requests = requests.signs(&["AssumeRole AKID -", "AcceptHandshake ASIAR token-ASIAR"]);
    let name = parameter(&requests[0], "RoleSessionName").unwrap_or_default();
    let time = name.strip_prefix("orgshake-session-").and_then(|time| time.parse::<u64>().ok());
    assert!(time.is_some_and(|time| time > 1_700_000_000), "{name}");
    assert_eq!(parameter(&requests[0], "DurationSeconds"), None);
}

#[test]
fn a_chain_of_roles_is_assumed_from_its_end() {
    let config = format!(
        "[profile a]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = c\n\
         [profile c]\nrole_arn = arn:aws:iam::1:role/c\nsource_profile = d\n{}[profile d]\n{}",
        keys("AKIDC"),
        keys("AKIDD")
    );
    let requests = setting([role("ASIAB"), role("ASIAA"), Step::handshake()]).config(&config).profile("a").signs(&[
        "AssumeRole AKIDC -",
        "AssumeRole ASIAB token-ASIAB",
        "AcceptHandshake ASIAA token-ASIAA",
    ]);
    let arns: Vec<_> = requests.iter().filter_map(|request| parameter(request, "RoleArn")).collect();
    assert_eq!(arns, ["arn:aws:iam::1:role/b", "arn:aws:iam::1:role/a"]);
}

#[test]
fn a_role_comes_before_web_identity_and_the_files() {
    let config = "[default]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = b\n";
    let credentials = format!("[default]\n{}[b]\n{}", keys("AKIDFILE"), keys("AKIDB"));
    setting([role("ASIAR"), Step::handshake()])
        .config(config)
        .credentials(&credentials)
        .env("AWS_WEB_IDENTITY_TOKEN_FILE", "jwt")
        .signs(&["AssumeRole AKIDB -", "AcceptHandshake ASIAR token-ASIAR"]);
}

#[test]
fn the_source_of_a_role_may_be_a_program_or_a_token() {
    let program = "#!/bin/sh\necho '{\"Version\":1,\"AccessKeyId\":\"AKIDP\",\"SecretAccessKey\":\"s\"}'\n";
    setting([role("ASIAR"), Step::handshake()])
        .config("[default]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = p\n[profile p]\ncredential_process = ./keys\n")
        .file("keys", program)
        .signs(&["AssumeRole AKIDP -", "AcceptHandshake ASIAR token-ASIAR"]);
    setting([web_identity("ASIAW"), role("ASIAR"), Step::handshake()])
        .config(
            "[default]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = w\n\
             [profile w]\nrole_arn = arn:aws:iam::1:role/w\nweb_identity_token_file = jwt\n",
        )
        .file("jwt", "h.p.s")
        .signs(&["AssumeRoleWithWebIdentity - -", "AssumeRole ASIAW token-ASIAW", "AcceptHandshake ASIAR token-ASIAR"]);
}

#[test]
fn credential_source_chooses_the_credentials() {
    let run = |source: &str, steps: Vec<Step>| {
        setting(steps)
            .config(&format!("[profile r]\nrole_arn = arn:aws:iam::1:role/r\ncredential_source = {source}\n"))
            .profile("r")
    };
    run("Environment", vec![role("ASIAR"), Step::handshake()])
        .environment_keys()
        .signs(&["AssumeRole AKIDENV -", "AcceptHandshake ASIAR token-ASIAR"]);
    run("EcsContainer", vec![document("ASIAC"), role("ASIAR"), Step::handshake()])
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", "URL/creds")
        .signs(&["GET /creds - -", "AssumeRole ASIAC token-ASIAC", "AcceptHandshake ASIAR token-ASIAR"]);
    run(
        "Ec2InstanceMetadata",
        vec![imds_token(), Step::bytes("my-role"), document("ASIAI"), role("ASIAR"), Step::handshake()],
    )
    .unset("AWS_EC2_METADATA_DISABLED")
    .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", "URL")
    .env("AWS_METADATA_SERVICE_TIMEOUT", "60")
    .signs(&[
        "PUT /latest/api/token - -",
        "GET /latest/meta-data/iam/security-credentials/ - -",
        "GET /latest/meta-data/iam/security-credentials/my-role - -",
        "AssumeRole ASIAI token-ASIAI",
        "AcceptHandshake ASIAR token-ASIAR",
    ]);
    for source in ["Environment", "EcsContainer", "Ec2InstanceMetadata"] {
        let words = [&*format!("Error when retrieving credentials from {source}: No credentials found"), "profile r"];
        run(source, vec![Step::handshake()]).fails(255, &words, &[]);
    }
    let words = ["The credential source \"Somewhere\" referenced in profile \"r\" is not valid."];
    run("Somewhere", vec![Step::handshake()]).fails(255, &words, &[]);
}

#[test]
fn a_role_with_wrong_settings_is_an_error_before_any_request() {
    let fails = |config: &str, words: &[&str]| {
        setting([Step::handshake()]).config(config).profile("a").fails(255, words, &[]);
    };
    let a = "[profile a]\nrole_arn = arn:aws:iam::1:role/a\n";
    fails(a, &["missing: source_profile or credential_source", "the profile a has role_arn"]);
    fails(
        &format!("{a}source_profile = b\n"),
        &["The source_profile \"b\" referenced in the profile \"a\" does not exist.", "profiles in the configuration"],
    );
    fails(
        &format!("{a}source_profile = b\n[profile b]\nregion = x\n"),
        &["The source profile \"b\" must have credentials."],
    );
    fails(
        &format!("{a}source_profile = b\n[profile b]\nrole_arn = arn:aws:iam::1:role/b\nsource_profile = a\n"),
        &["Infinite loop in credential configuration detected.", "a -> b -> a"],
    );
    fails(&format!("{a}source_profile = b\ncredential_source = Environment\n"), &["contains both"]);
}

// STS

fn simple_role() -> String {
    format!("[default]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = b\n[profile b]\n{}", keys("AKIDB"))
}

#[test]
fn an_error_response_of_sts_is_a_service_error() {
    setting([refused("AccessDenied", "x may &amp; may &lt;not&gt;")]).config(&simple_role()).fails(
        254,
        &[
            "An error occurred (AccessDenied) when calling the AssumeRole operation: x may & may <not>\n",
            "the profile default assumes the role arn:aws:iam::1:role/r",
        ],
        &["AssumeRole AKIDB -"],
    );
    setting([refused("ExpiredTokenException", "old")])
        .env("AWS_WEB_IDENTITY_TOKEN_FILE", "jwt")
        .env("AWS_ROLE_ARN", "arn:aws:iam::1:role/w")
        .file("jwt", "h.p.s")
        .fails(
            254,
            &["An error occurred (ExpiredTokenException) when calling the AssumeRoleWithWebIdentity operation: old\n"],
            &["AssumeRoleWithWebIdentity - -"],
        );
    // No signature was left out: this operation has none.
    setting([refused("MissingAuthenticationToken", "unsigned")])
        .env("AWS_WEB_IDENTITY_TOKEN_FILE", "jwt")
        .env("AWS_ROLE_ARN", "arn:aws:iam::1:role/w")
        .file("jwt", "h.p.s")
        .fails(
            254,
            &["check that the endpoint URL of STS (AWS_ENDPOINT_URL_STS) is that of AWS STS"],
            &["AssumeRoleWithWebIdentity - -"],
        );
}

#[test]
fn sts_requests_are_retried_like_those_of_the_service() {
    let busy = || refused("Throttling", "slow").status(400);
    setting([busy(), role("ASIAR"), Step::handshake()]).config(&simple_role()).signs(&[
        "AssumeRole AKIDB -",
        "AssumeRole AKIDB -",
        "AcceptHandshake ASIAR token-ASIAR",
    ]);
    setting([busy()]).config(&simple_role()).env("AWS_MAX_ATTEMPTS", "2").fails(
        254,
        &["An error occurred (Throttling) when calling the AssumeRole operation (reached max retries: 1): slow\n"],
        &["AssumeRole AKIDB -"; 2],
    );
    setting([Step::bytes("<html>").status(502)]).config(&simple_role()).env("AWS_MAX_ATTEMPTS", "1").fails(
        254,
        &["An error occurred (502) when calling the AssumeRole operation (reached max retries: 0): Bad Gateway\n"],
        &["AssumeRole AKIDB -"],
    );
}

#[test]
fn a_missing_or_invalid_response_of_sts_is_255() {
    let run = |step| setting([step]).config(&simple_role()).env("AWS_MAX_ATTEMPTS", "1");
    run(Step::handshake()).env("AWS_ENDPOINT_URL_STS", DEAD).fails(
        255,
        &["Could not connect to the endpoint URL: \"${DEAD}/\""],
        &[],
    );
    run(Step::close()).fails(
        255,
        &["Connection was closed before we received a valid response"],
        &["AssumeRole AKIDB -"],
    );
    for strange in ["<html>hello</html>", "", "hidden-garbage"] {
        run(Step::bytes(strange)).fails(
            255,
            &["The response of STS to AssumeRole can't be used"],
            &["AssumeRole AKIDB -"],
        );
    }
    run(assumed("AssumeRole", "ASIAR", "2020-01-01T00:00:00Z")).fails(
        255,
        &["The credentials have expired (2020-01-01T00:00:00Z): arn:aws:iam::1:role/r of the profile default"],
        &["AssumeRole AKIDB -"],
    );
}

#[test]
fn the_endpoint_of_sts_is_found_like_any_other() {
    let run = || setting([role("ASIAR"), Step::handshake()]).unset("AWS_ENDPOINT_URL_STS").config(&simple_role());
    let expected = ["AssumeRole AKIDB -", "AcceptHandshake ASIAR token-ASIAR"];
    run().env("AWS_ENDPOINT_URL", DEAD).env("AWS_ENDPOINT_URL_STS", "URL").signs(&expected);
    let dead = format!("endpoint_url = {DEAD}");
    let with =
        |settings: &str, more: &str| simple_role().replacen("[default]", &format!("[default]\n{settings}"), 1) + more;
    let section = "\n[services s]\nsts =\n  endpoint_url = URL\n";
    run().env("AWS_ENDPOINT_URL", "URL").config(&with(&dead, "")).signs(&expected);
    run().config(&with(&format!("services = s\n{dead}"), section)).signs(&expected);
    run().config(&with("endpoint_url = URL", "")).signs(&expected);
    run().env("AWS_ENDPOINT_URL_STS", "nowhere").fails(255, &["Invalid endpoint (AWS_ENDPOINT_URL_STS): nowhere"], &[]);
    // An endpoint that isn't needed isn't read.
    let unused = setting([Step::handshake()]).environment_keys().env("AWS_ENDPOINT_URL_STS", "nowhere");
    unused.signs(&["AcceptHandshake AKIDENV -"]);
}

// Web identity

#[test]
fn a_web_identity_token_assumes_a_role() {
    let run = || setting([web_identity("ASIAW"), Step::handshake()]).file("jwt", "h.p.s");
    let expected = ["AssumeRoleWithWebIdentity - -", "AcceptHandshake ASIAW token-ASIAW"];
    let config =
        "[default]\nrole_arn = arn:aws:iam::1:role/profile\nweb_identity_token_file = jwt\nrole_session_name = me\n";
    let requests = run().config(config).credentials(&format!("[default]\n{}", keys("AKIDFILE"))).signs(&expected);
    let said = |requests: &[Request], name| parameter(&requests[0], name).unwrap_or_default();
    assert_eq!(said(&requests, "WebIdentityToken"), "h.p.s");
    assert_eq!([said(&requests, "RoleArn"), said(&requests, "RoleSessionName")], ["arn:aws:iam::1:role/profile", "me"]);
    // Each variable overrides separately; --profile switches them off.
    let requests = run().config(config).env("AWS_ROLE_ARN", "arn:aws:iam::1:role/environment").signs(&expected);
    assert_eq!(
        [said(&requests, "RoleArn"), said(&requests, "RoleSessionName")],
        ["arn:aws:iam::1:role/environment", "me"]
    );
    let requests =
        run().config(config).env("AWS_ROLE_ARN", "arn:aws:iam::1:role/environment").profile("default").signs(&expected);
    assert_eq!(said(&requests, "RoleArn"), "arn:aws:iam::1:role/profile");
}

#[test]
fn a_token_needs_a_role_and_a_file() {
    let run = || setting([Step::handshake()]).env("AWS_WEB_IDENTITY_TOKEN_FILE", "jwt");
    run().fails(255, &["has no role ARN configured", "AWS_ROLE_ARN"], &[]);
    run().env("AWS_ROLE_ARN", "arn:aws:iam::1:role/w").fails(255, &["Cannot read the web identity token jwt: "], &[]);
}

// credential_process

#[test]
fn a_program_runs_without_a_shell() {
    let script = "#!/bin/sh\necho asks >&2\necho \"{\\\"Version\\\":1,\\\"AccessKeyId\\\":\\\"AKID$#\\\",\
                  \\\"SecretAccessKey\\\":\\\"hidden-$1\\\",\\\"Expiration\\\":\\\"2099-01-01T00:00:00+00:00\\\"}\"\n";
    setting([Step::handshake()])
        .config("[default]\ncredential_process = ./my\\ keys $HOME ';' * \"a b\"\n")
        .file("my keys", script)
        .signs(&["AcceptHandshake AKID4 -"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_listing_longer_than_its_credentials_gets_new_ones() {
    // They last 11 to 12 seconds. The first page takes longer than half of that.
    let script = "#!/bin/sh\necho x >>runs\n\
        printf '{\"Version\":1,\"AccessKeyId\":\"AKID%s\",\"SecretAccessKey\":\"s\",\"Expiration\":\"%s\"}' \
        $(($(wc -l <runs))) \"$(date -u -d '+12 seconds' +%Y-%m-%dT%H:%M:%SZ)\"\n";
    let page = json!({"Handshakes": [], "NextToken": "t"});
    let pages = [Step::json(&page).delay(Duration::from_secs(7)), Step::json(&json!({"Handshakes": []}))];
    let server = Server::script(pages);
    let run = orgshake(["list-handshakes-for-account"]).server(server);
    let run = run.env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
    let run = run.file("~/.aws/config", "[default]\ncredential_process = ./keys\n").file("keys", script);
    let outcome = run.run();
    outcome.success();
    assert_eq!(asked(&outcome), ["ListHandshakesForAccount AKID1 -", "ListHandshakesForAccount AKID2 -"], "{outcome}");
}

/// A listing whose role expires in twelve seconds, and whose first page takes longer than half of that. STS answers the
/// second time with `last`.
fn listing_that_outlives_its_role(last: Step) -> Setting {
    let soon = jiff::Timestamp::now() + Duration::from_secs(12);
    let page = Step::json(&json!({"Handshakes": [], "NextToken": "t"})).delay(Duration::from_secs(7));
    let steps = [assumed("AssumeRole", "ASIAR", &soon.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()), page, last];
    setting_of(&["list-handshakes-for-account"], steps).config(&simple_role())
}

const RENEWED: [&str; 3] = ["AssumeRole AKIDB -", "ListHandshakesForAccount ASIAR token-ASIAR", "AssumeRole AKIDB -"];

#[test]
fn new_credentials_that_are_refused_end_a_listing_with_the_error_of_sts() {
    let words = [
        "An error occurred (AccessDenied) when calling the AssumeRole operation: no longer\n",
        "hint: allow sts:AssumeRole in a policy of the caller, ",
    ];
    listing_that_outlives_its_role(refused("AccessDenied", "no longer")).fails(254, &words, &RENEWED);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_search_for_new_credentials() {
    let mut setting = listing_that_outlives_its_role(Step::handshake().delay(Duration::from_secs(3600)));
    setting.run = setting.run.signal_after(RENEWED.len(), "INT");
    let outcome = setting.run();
    assert_eq!(outcome.exit.in_shell(), Some(130), "{outcome}");
    assert_eq!(asked(&outcome), RENEWED, "{outcome}");
}

#[test]
fn a_program_comes_after_the_credentials_file_and_before_the_config_file() {
    let program = "#!/bin/sh\necho '{\"Version\":1,\"AccessKeyId\":\"AKIDP\",\"SecretAccessKey\":\"s\"}'\n";
    let run = || {
        let config = format!("[default]\ncredential_process = ./keys\n{}", keys("AKIDCONF"));
        setting([Step::handshake()]).config(&config).file("keys", program)
    };
    run().signs(&["AcceptHandshake AKIDP -"]);
    run().credentials(&format!("[default]\n{}", keys("AKIDFILE"))).signs(&["AcceptHandshake AKIDFILE -"]);
}

#[test]
fn a_failing_program_is_an_error_that_hides_its_output() {
    let fails = |command: &str, words: &[&str]| {
        let words: Vec<_> =
            ["Error when retrieving credentials from custom-process: "].iter().chain(words).copied().collect();
        setting([Step::handshake()])
            .config(&format!("[profile p]\ncredential_process = {command}\n"))
            .profile("p")
            .fails(255, &words, &[]);
    };
    let prints = |text: &str| format!("echo '{text}'");
    fails(
        "sh -c 'echo hidden-out; echo proc broke >&2; exit 3'",
        &[
            "custom-process: proc broke\n\nhint: sh ended with exit status: 3; it is the credential_process of the profile p\n",
        ],
    );
    fails("/nowhere/keys --secret hidden-argument", &["cannot run /nowhere/keys: "]);
    fails("sh 'c", &["No closing quotation"]);
    fails(&prints("hidden-text"), &["no JSON document"]);
    fails(&prints(r#"{"Version":2,"SecretAccessKey":"hidden-key"}"#), &["Unsupported version '2'"]);
    fails(
        &prints(r#"{"Version":1,"SecretAccessKey":"hidden-key"}"#),
        &["Missing required key in response: 'AccessKeyId'"],
    );
    let expired =
        r#"{"Version":1,"AccessKeyId":"A","SecretAccessKey":"hidden-key","Expiration":"2020-01-01T00:00:00Z"}"#;
    let config = format!("[default]\ncredential_process = {}\n", prints(expired));
    let words = ["The credentials have expired (2020-01-01T00:00:00Z): credential_process of the profile default"];
    setting([Step::handshake()]).config(&config).fails(255, &words, &[]);
}

// Containers and instances

fn imds_token() -> Step {
    Step::bytes("imds").header("x-aws-ec2-metadata-token-ttl-seconds", "21600")
}

#[test]
fn a_container_gives_credentials_to_a_profile_that_has_none() {
    let run = |step| setting([step, Step::handshake()]).env("AWS_CONTAINER_CREDENTIALS_FULL_URI", "URL/creds");
    let expected = ["GET /creds - -", "AcceptHandshake ASIAC token-ASIAC"];
    let requests = run(document("ASIAC")).signs(&expected);
    assert_eq!(requests[0].header("Authorization"), None);
    let token = |run: Setting| run.env("AWS_CONTAINER_AUTHORIZATION_TOKEN", "Basic y");
    let requests = token(run(document("ASIAC"))).signs(&expected);
    assert_eq!(requests[0].header("Authorization"), Some("Basic y"));
    // The file wins.
    let requests = token(run(document("ASIAC")))
        .env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "token")
        .file("token", "Bearer x")
        .config("[profile x]\nregion = us-east-1\n")
        .profile("x")
        .signs(&expected);
    assert_eq!(requests[0].header("Authorization"), Some("Bearer x"));
    let words = [
        "Cannot read the container's authorization token /nowhere/token: ",
        "hint: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE names the file",
    ];
    run(document("ASIAC")).env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/nowhere/token").fails(255, &words, &[]);
    let words = ["Error when retrieving credentials from container-role: ", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];
    run(Step::bytes("no").status(404)).fails(255, &words, &["GET /creds - -"]);
    let words = ["container-role: Unsupported host '192.0.2.1'", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];
    let elsewhere = setting([Step::handshake()]).env("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://192.0.2.1/creds");
    elsewhere.fails(255, &words, &[]);
}

#[test]
fn an_instance_comes_last() {
    let run = |steps: Vec<Step>| {
        setting(steps)
            .unset("AWS_EC2_METADATA_DISABLED")
            .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", "URL")
            .env("AWS_METADATA_SERVICE_TIMEOUT", "60")
    };
    run(vec![imds_token(), Step::bytes("my-role"), document("ASIAI"), Step::handshake()]).signs(&[
        "PUT /latest/api/token - -",
        "GET /latest/meta-data/iam/security-credentials/ - -",
        "GET /latest/meta-data/iam/security-credentials/my-role - -",
        "AcceptHandshake ASIAI token-ASIAI",
    ]);
    // Requests carry the token: an instance can be configured to require it.
    let outcome = run(vec![imds_token(), Step::bytes("my-role"), document("ASIAI"), Step::handshake()]).run();
    outcome.success();
    for request in &outcome.requests[1..3] {
        assert_eq!(request.header("X-aws-ec2-metadata-token"), Some("imds"), "{outcome}");
    }
    let refused = Step::bytes("").status(401);
    run(vec![imds_token(), refused]).fails(
        253,
        &["Unable to locate credentials"],
        &["PUT /latest/api/token - -", "GET /latest/meta-data/iam/security-credentials/ - -"],
    );
    // In a container of an instance, one hop too many: the response with the token never arrives.
    run(vec![Step::close()]).fails(253, &["Unable to locate credentials"], &["PUT /latest/api/token - -"]);
    // No instance, or one without a role: no retry.
    let words = ["Unable to locate credentials"];
    run(vec![Step::bytes("").status(500)]).fails(253, &words, &["PUT /latest/api/token - -"]);
    run(vec![Step::handshake()]).env("AWS_EC2_METADATA_SERVICE_ENDPOINT", DEAD).fails(253, &words, &[]);
    run(vec![Step::handshake()]).env("AWS_EC2_METADATA_DISABLED", "true").fails(253, &words, &[]);
}

#[test]
fn the_wait_for_an_instance_is_short() {
    use std::time::Instant;

    use crate::support::machine::seconds;

    let begin = Instant::now();
    setting([Step::bytes("").delay(seconds(20))])
        .unset("AWS_EC2_METADATA_DISABLED")
        .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", "URL")
        .fails(253, &["Unable to locate credentials"], &["PUT /latest/api/token - -"]);
    assert!(begin.elapsed() < seconds(10), "{:?}", begin.elapsed());
}

// Secrets

#[test]
fn debug_prints_the_search_for_credentials_and_no_secret() {
    let mut run = setting([role("ASIAB"), role("ASIAA"), Step::handshake()]).config(&format!(
        "[default]\nrole_arn = arn:aws:iam::1:role/a\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::1:role/b\nexternal_id = hidden-id\n\
         source_profile = c\n[profile c]\n{}",
        keys("AKIDC")
    ));
    run.run = run.run.arg("--debug");
    let outcome = run.run();
    outcome.exits_with(0);
    outcome.stderr_has(&[
        "credentials: keys of the config file, then arn:aws:iam::1:role/b of the profile b, then arn:aws:iam::1:role/a of the profile default",
    ]);
}

/// Files in /proc of a process that is not dumpable belong to root (proc(5), /proc/[pid]).
#[cfg(target_os = "linux")]
#[test]
fn the_program_cannot_be_dumped_but_programs_that_it_starts_can() {
    const OWNERS: &str = "stat -c %u /proc/$PPID/environ /proc/$$/environ >&2; id -u >&2; exit 1";
    let config = format!("[default]\ncredential_process = sh -c '{OWNERS}'\n");
    let started = [
        setting([Step::handshake()]).config(&config).run,
        Run::at(Home::new(), ["sandbox", "exec", "--", "sh", "-c", OWNERS]),
    ];
    for run in started {
        let outcome = run.ordinary_user().run();
        let stderr = String::from_utf8_lossy(&outcome.stderr);
        let numbers: Vec<u32> = stderr.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let [program, child, user, ..] = numbers[..] else { panic!("three users are expected:\n{outcome}") };
        assert_ne!(user, 0, "{outcome}");
        assert_eq!([program, child], [0, user], "{outcome}");
    }
}
