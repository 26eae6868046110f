//! The examples of the service's documentation, with their exact values.

use serde_json::{Value, json};

use crate::support::run::{HANDSHAKE, orgshake};
use crate::support::server::{Request, SAMPLE, Step, sample_handshake};

/// AWS Organizations API Reference, AcceptHandshake, "Sample Request".
#[test]
fn accept_sends_the_sample_request() {
    let outcome = orgshake(["accept-handshake", "--handshake-id", "h-examplehandshakeid111"])
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .script([Step::json(&sample_handshake())])
        .run();
    outcome.success();
    outcome.sent(&[("AcceptHandshake", json!({"HandshakeId": "h-examplehandshakeid111"}))]);

    let request = &outcome.requests[0];
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/"));
    assert_eq!(header(request, "X-Amz-Target"), "AWSOrganizationsV20161128.AcceptHandshake");
    assert_eq!(header(request, "Content-Type"), "application/x-amz-json-1.1");
    assert_eq!(header(request, "Content-Length"), request.body.len().to_string());
    assert_eq!(outcome.places.hide(header(request, "Host")), "${HOSTPORT}");
    assert!(header(request, "User-Agent").contains("orgshake"), "{}", header(request, "User-Agent"));

    // 20161130T192210Z in the sample
    let date = header(request, "X-Amz-Date");
    let shape: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(shape, "00000000T000000Z");

    let authorization = header(request, "Authorization");
    let credential = format!("Credential=AKIAIOSFODNN7EXAMPLE/{}/us-east-1/organizations/aws4_request", &date[..8]);
    let parts = authorization.strip_prefix("AWS4-HMAC-SHA256 ").expect("a signature of version 4");
    let parts: Vec<_> = parts.split(", ").collect();
    let [scope, signed, signature] = parts[..] else { panic!("three parts: {authorization}") };
    assert_eq!(scope, credential);
    let signed: Vec<_> = signed.strip_prefix("SignedHeaders=").expect("signed headers").split(';').collect();
    for name in ["content-type", "host", "x-amz-date", "x-amz-target"] {
        assert!(signed.contains(&name), "{name} isn't signed: {authorization}");
    }
    let signature = signature.strip_prefix("Signature=").expect("a signature");
    assert!(signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()), "{authorization}");
}

/// AWS Organizations API Reference, AcceptHandshake, "Sample Response".
#[test]
fn accept_prints_the_sample_response() {
    let outcome = orgshake(["accept-handshake", "--handshake-id", "h-examplehandshakeid111"])
        .script([Step::bytes(SAMPLE).header("x-amzn-RequestId", "EXAMPLE8-90ab-cdef-fedc-ba987EXAMPLE")])
        .run();
    outcome.shows(
        r#"[exit 0]
[stdout]
{
    "Handshake": {
        "Id": "h-examplehandshakeid111",
        "Arn": "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111",
        "Parties": [
            {
                "Id": "o-exampleorgid",
                "Type": "ORGANIZATION"
            },
            {
                "Id": "juan@example.com",
                "Type": "EMAIL"
            }
        ],
        "State": "ACCEPTED",
        "RequestedTimestamp": "2016-12-13T19:14:19.257000+00:00",
        "ExpirationTimestamp": "2016-12-28T19:14:19.257000+00:00",
        "Action": "INVITE",
        "Resources": [
            {
                "Value": "o-exampleorgid",
                "Type": "ORGANIZATION",
                "Resources": [
                    {
                        "Value": "bill@amazon.com",
                        "Type": "MASTER_EMAIL"
                    },
                    {
                        "Value": "Org Master Account",
                        "Type": "MASTER_NAME"
                    },
                    {
                        "Value": "ALL",
                        "Type": "ORGANIZATION_FEATURE_SET"
                    }
                ]
            },
            {
                "Value": "juan@example.com",
                "Type": "EMAIL"
            }
        ]
    }
}
[requests]
POST / AcceptHandshake {"HandshakeId":"h-examplehandshakeid111"}
"#,
    );
}

/// AWS CLI Command Reference, accept-handshake, "To accept a handshake from another account": the page prints
/// timestamps as numbers, which is what `cli_timestamp_format = wire` does.
#[test]
fn accept_prints_the_example_of_the_command_reference() {
    let outcome = orgshake(["organizations", "accept-handshake", "--handshake-id", "h-examplehandshakeid111"])
        .file("~/.aws/config", "[default]\ncli_timestamp_format = wire\n")
        .script([Step::json(&sample_handshake())])
        .run();
    assert_eq!(parsed(&outcome.success()), parsed(SAMPLE));
    outcome.sent(&[("AcceptHandshake", json!({"HandshakeId": "h-examplehandshakeid111"}))]);
}

/// Boto3 documentation, Organizations, accept_handshake, "Examples".
#[test]
fn accept_prints_the_example_of_boto3() {
    // datetime(2017, 2, 14, 12, 15) and datetime(2017, 2, 28, 12, 15)
    let (requested, expires) = (1_487_074_500, 1_488_284_100);
    let mut answer = json!({
        "Handshake": {
            "Action": "INVITE",
            "Arn": "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111",
            "ExpirationTimestamp": expires,
            "Id": "h-examplehandshakeid111",
            "Parties": [
                {"Id": "o-exampleorgid", "Type": "ORGANIZATION"},
                {"Id": "juan@example.com", "Type": "EMAIL"}
            ],
            "RequestedTimestamp": requested,
            "Resources": [
                {
                    "Resources": [
                        {"Type": "MASTER_EMAIL", "Value": "bill@amazon.com"},
                        {"Type": "MASTER_NAME", "Value": "Org Master Account"},
                        {"Type": "ORGANIZATION_FEATURE_SET", "Value": "ALL"}
                    ],
                    "Type": "ORGANIZATION",
                    "Value": "o-exampleorgid"
                },
                {"Type": "ACCOUNT", "Value": "222222222222"}
            ],
            "State": "ACCEPTED"
        }
    });
    let outcome = orgshake(["accept-handshake", "--handshake-id", HANDSHAKE]).script([Step::json(&answer)]).run();
    outcome.sent(&[("AcceptHandshake", json!({"HandshakeId": "h-examplehandshakeid111"}))]);

    answer["Handshake"]["RequestedTimestamp"] = "2017-02-14T12:15:00+00:00".into();
    answer["Handshake"]["ExpirationTimestamp"] = "2017-02-28T12:15:00+00:00".into();
    assert_eq!(parsed(&outcome.success()), answer);
}

/// Boto3 documentation, Organizations, cancel_handshake, "Examples".
#[test]
fn cancel_prints_the_example_of_boto3() {
    // datetime(2017, 2, 14, 12, 15) and datetime(2017, 2, 28, 12, 15)
    let (requested, expires) = (1_487_074_500, 1_488_284_100);
    let answer = json!({
        "Handshake": {
            "Action": "INVITE",
            "Arn": "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111",
            "ExpirationTimestamp": expires,
            "Id": "h-examplehandshakeid111",
            "Parties": [
                {"Id": "o-exampleorgid", "Type": "ORGANIZATION"},
                {"Id": "susan@example.com", "Type": "EMAIL"}
            ],
            "RequestedTimestamp": requested,
            "Resources": [
                {
                    "Resources": [
                        {"Type": "MASTER_EMAIL", "Value": "bill@example.com"},
                        {"Type": "MASTER_NAME", "Value": "Master Account"},
                        {"Type": "ORGANIZATION_FEATURE_SET", "Value": "CONSOLIDATED_BILLING"}
                    ],
                    "Type": "ORGANIZATION",
                    "Value": "o-exampleorgid"
                },
                {"Type": "ACCOUNT", "Value": "222222222222"},
                {"Type": "NOTES", "Value": "This is a request for Susan's account to join Bob's organization."}
            ],
            "State": "CANCELED"
        }
    });
    let outcome =
        orgshake(["cancel-handshake", "--handshake-id", "h-examplehandshakeid111"]).script([Step::json(&answer)]).run();
    assert_eq!(header(&outcome.requests[0], "X-Amz-Target"), "AWSOrganizationsV20161128.CancelHandshake");
    outcome.shows(
        r#"[exit 0]
[stdout]
{
    "Handshake": {
        "Id": "h-examplehandshakeid111",
        "Arn": "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111",
        "Parties": [
            {
                "Id": "o-exampleorgid",
                "Type": "ORGANIZATION"
            },
            {
                "Id": "susan@example.com",
                "Type": "EMAIL"
            }
        ],
        "State": "CANCELED",
        "RequestedTimestamp": "2017-02-14T12:15:00+00:00",
        "ExpirationTimestamp": "2017-02-28T12:15:00+00:00",
        "Action": "INVITE",
        "Resources": [
            {
                "Value": "o-exampleorgid",
                "Type": "ORGANIZATION",
                "Resources": [
                    {
                        "Value": "bill@example.com",
                        "Type": "MASTER_EMAIL"
                    },
                    {
                        "Value": "Master Account",
                        "Type": "MASTER_NAME"
                    },
                    {
                        "Value": "CONSOLIDATED_BILLING",
                        "Type": "ORGANIZATION_FEATURE_SET"
                    }
                ]
            },
            {
                "Value": "222222222222",
                "Type": "ACCOUNT"
            },
            {
                "Value": "This is a request for Susan's account to join Bob's organization.",
                "Type": "NOTES"
            }
        ]
    }
}
[requests]
POST / CancelHandshake {"HandshakeId":"h-examplehandshakeid111"}
"#,
    );
}

/// AWS Organizations API Reference, AcceptHandshake: `^h-[0-9a-z]{8,32}$`.
#[test]
fn handshake_ids_follow_the_documented_pattern() {
    for id in ["h-12345678", "h-abcdefgh", &format!("h-{}", "z9".repeat(16))] {
        let outcome = orgshake(["accept-handshake", "--handshake-id", id]).run();
        outcome.success();
        outcome.sent(&[("AcceptHandshake", json!({"HandshakeId": id}))]);
    }
    for id in ["h-1234567", &format!("h-{}", "a".repeat(33)), "h-12345_78", "h-ABCDEFGH", "x-12345678"] {
        let outcome = orgshake(["accept-handshake", "--handshake-id", id]).run();
        outcome.failure(252);
        outcome.sent_nothing();
    }
}

#[track_caller]
fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    request.header(name).unwrap_or_else(|| panic!("no {name} in {request}"))
}

#[track_caller]
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("not JSON ({error}): {text}"))
}
