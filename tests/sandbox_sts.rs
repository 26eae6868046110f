//! The sandbox's STS from outside, and its answers for services that it doesn't have.

use std::fs;

use orgshake::sandbox::engine::caller::SECRET_ACCESS_KEY;
use ring::{digest, hmac};

use crate::sandbox_engine::element;
use crate::sandbox_server::Serving;
use crate::support::run::Home;

const INVITED: &str = "222222222222";
const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// A URL path with a signature in its query, for GetCallerIdentity.
fn presigned(host: &str, key: &str, secret: &str, token: Option<&str>, seconds: &str, age: i64) -> String {
    let time = jiff::Timestamp::now() - jiff::SignedDuration::from_secs(age);
    let date = time.strftime("%Y%m%dT%H%M%SZ").to_string();
    let scope = format!("{}/us-east-1/sts/aws4_request", &date[..8]);
    let credential = format!("{key}/{scope}");
    let mut query = vec![
        ("Action", "GetCallerIdentity"),
        ("Version", "2011-06-15"),
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        ("X-Amz-Credential", &credential),
        ("X-Amz-Date", &date),
        ("X-Amz-Expires", seconds),
        ("X-Amz-SignedHeaders", "host"),
    ];
    query.extend(token.map(|token| ("X-Amz-Security-Token", token)));
    query.sort_unstable();
    let query: Vec<_> = query.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let query = query.join("&");
    let empty = hex(digest::digest(&digest::SHA256, b"").as_ref());
    let request = format!("GET\n/\n{query}\nhost:{host}\n\nhost\n{empty}");
    let request = hex(digest::digest(&digest::SHA256, request.as_bytes()).as_ref());
    let mac =
        |key: &[u8], text: &str| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec();
    let signing = scope.split('/').fold(format!("AWS4{secret}").into_bytes(), |key, part| mac(&key, part));
    let signature = hex(&mac(&signing, &format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{request}")));
    format!("/?{query}&X-Amz-Signature={signature}")
}

fn get(serving: &Serving, path: &str) -> String {
    let host = serving.address();
    serving.raw(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
}

fn post(serving: &Serving, headers: &str, body: &str) -> String {
    let host = serving.address();
    let length = body.len();
    let head =
        format!("POST / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n");
    serving.raw(format!("{head}{body}").as_bytes())
}

/// Checks that a response in XML has the request id of its header.
#[track_caller]
fn has_one_request_id(response: &str) {
    let (_, header) = response.split_once("x-amzn-requestid: ").expect("the header");
    let header = header.split_once("\r\n").expect("its end").0;
    assert_eq!(element(response, "RequestId"), header);
    assert!(header.starts_with("EXAMPLE8-"), "{header}");
}

#[test]
fn a_presigned_request_is_answered() {
    let serving = Serving::start(&[]);
    let path = presigned(serving.address(), INVITED, SECRET_ACCESS_KEY, None, "60", 0);
    let told = get(&serving, &path);
    assert!(told.starts_with("HTTP/1.1 200 ") && told.contains("content-type: text/xml\r\n"), "{told}");
    assert_eq!(element(&told, "Arn"), "arn:aws:iam::222222222222:root");
    has_one_request_id(&told);
    // It is good for as long as it says, however long ago it was signed.
    let old = presigned(serving.address(), INVITED, SECRET_ACCESS_KEY, None, "604800", 86_400);
    assert!(get(&serving, &old).starts_with("HTTP/1.1 200 "));
    let expired = get(&serving, &presigned(serving.address(), INVITED, SECRET_ACCESS_KEY, None, "60", 120));
    assert!(
        expired.contains("<Code>SignatureDoesNotMatch</Code>") && expired.contains("Signature expired"),
        "{expired}"
    );
    has_one_request_id(&expired);
    for (path, code) in [
        (presigned(serving.address(), INVITED, "other", None, "60", 0), "SignatureDoesNotMatch"),
        (presigned(serving.address(), "AKIDEXAMPLE", SECRET_ACCESS_KEY, None, "60", 0), "InvalidClientTokenId"),
        (presigned(serving.address(), INVITED, SECRET_ACCESS_KEY, None, "604801", 0), "IncompleteSignature"),
        (path.replace("GetCallerIdentity", "AssumeRole"), "SignatureDoesNotMatch"),
        (path.replace("X-Amz-Date", "X-Amz-When"), "IncompleteSignature"),
        ("/?Action=GetCallerIdentity".to_owned(), "MissingAuthenticationToken"),
    ] {
        let told = get(&serving, &path);
        assert!(told.contains(&format!("<Code>{code}</Code>")), "{code}: {told}");
    }
    // A role's session signs with its token.
    let body = "Action=AssumeRoleWithWebIdentity&RoleArn=arn:aws:iam::222222222222:role/R&RoleSessionName=me&WebIdentityToken=token";
    let keys = post(&serving, FORM, body);
    has_one_request_id(&keys);
    let [key, secret, token] = ["AccessKeyId", "SecretAccessKey", "SessionToken"].map(|name| element(&keys, name));
    let told = get(&serving, &presigned(serving.address(), key, secret, Some(token), "60", 0));
    assert_eq!(element(&told, "Arn"), "arn:aws:sts::222222222222:assumed-role/R/me");
    let told = get(&serving, &presigned(serving.address(), key, secret, None, "60", 0));
    assert!(told.contains("<Code>InvalidClientTokenId</Code>"), "{told}");
}

#[test]
fn a_web_identity_accepts_a_handshake() {
    let serving = Serving::start(&[]);
    let home = Home::new();
    let token = home.path().join("token");
    fs::write(&token, "eyJhbGciOiJub25lIn0.e30.").expect("a file");
    let run = |role: &str, args: &[&str]| {
        let run = serving.client(INVITED, args).env_remove("AWS_ACCESS_KEY_ID").env_remove("AWS_SECRET_ACCESS_KEY");
        run.env("AWS_ROLE_ARN", role).env("AWS_WEB_IDENTITY_TOKEN_FILE", token.to_str().expect("text")).run()
    };
    let accept = [
        "accept-handshake",
        "--handshake-id",
        "h-examplehandshakeid111",
        "--query",
        "Handshake.State",
        "--output",
        "text",
    ];
    // The account isn't named anywhere yet.
    let stranger = run("arn:aws:iam::909090909090:role/Admin", &accept).failure(254);
    assert!(stranger.contains("AccessDeniedException"), "{stranger}");
    assert_eq!(run("arn:aws:iam::222222222222:role/Admin", &accept).success(), "ACCEPTED\n");
    let wrong = run("arn:aws:iam::222222222222:user/Admin", &accept).failure(254);
    assert!(wrong.contains("(ValidationError)"), "{wrong}");
}

#[test]
fn another_service_is_named_in_its_own_form() {
    let serving = Serving::start(&[]);
    let signed = |service: &str| {
        format!(
            "Authorization: AWS4-HMAC-SHA256 Credential={INVITED}/20260101/us-east-1/{service}/aws4_request, \
             SignedHeaders=host, Signature=00\r\n"
        )
    };
    let iam = post(&serving, &format!("{FORM}{}", signed("iam")), "Action=ListUsers&Version=2010-05-08");
    assert!(iam.starts_with("HTTP/1.1 400 ") && iam.contains("content-type: text/xml\r\n"), "{iam}");
    assert!(iam.contains("<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/"), "{iam}");
    assert_eq!(element(&iam, "Message"), "The sandbox has no IAM. It has Organizations and STS.");
    has_one_request_id(&iam);
    let ec2 = post(&serving, &format!("{FORM}{}", signed("ec2")), "Action=DescribeVpcs&Version=2016-11-15");
    assert!(ec2.contains("<Response><Errors><Error><Code>InvalidAction</Code>") && ec2.contains("no EC2."), "{ec2}");
    let ssm = post(&serving, &format!("X-Amz-Target: AmazonSSM.GetParameter\r\n{}", signed("ssm")), "{}");
    assert!(
        ssm.contains("application/x-amz-json-1.1") && ssm.contains("\"message\":\"The sandbox has no SSM."),
        "{ssm}"
    );
    let lambda = post(&serving, &signed("lambda"), "");
    assert!(lambda.contains("The sandbox has no service named lambda."), "{lambda}");
    let s3 = post(&serving, &signed("s3"), "");
    assert!(s3.contains("text/xml") && s3.contains("\r\n\r\n<Error><Code>InvalidAction</Code>"), "{s3}");
    has_one_request_id(&s3);
    // A name that can't be one is not repeated.
    let odd = post(&serving, &format!("{FORM}{}", signed("<x>")), "Action=X");
    assert!(odd.contains("<Code>") && !odd.contains("<x>"), "{odd}");
}

#[test]
fn errors_of_sts_have_one_request_id() {
    let serving = Serving::start(&[]);
    has_one_request_id(&post(&serving, FORM, "Action=GetCallerIdentity"));
    has_one_request_id(&post(&serving, FORM, "Action=AssumeRoleWithWebIdentity"));
}
