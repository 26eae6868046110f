//! AWS JSON 1.1: requests in, documents and exceptions out, as the API reference shows them.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::state::{Handshake, HandshakeState, Operation, Refusal, Resource, State};
use super::{Caller, Reply};
use crate::model::is_handshake_id;

/// What precedes the operation in the X-Amz-Target header.
pub const TARGET_PREFIX: &str = "AWSOrganizationsV20161128.";

/// The Content-Type of requests and replies.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// The largest request body, in bytes; far beyond what any operation's input can fill.
pub const MAX_BODY: usize = 1 << 20;

/// The operation that an X-Amz-Target header names, if it names one of this service.
pub fn operation_of_target(target: &str) -> Option<&str> {
    target.strip_prefix(TARGET_PREFIX)
}

/// The caller that a SigV4 Authorization header names by its access key id.
///
/// ```text
/// AWS4-HMAC-SHA256 Credential=222222222222/20161130/us-east-1/organizations/aws4_request, SignedHeaders=…
/// ```
pub fn caller_of_authorization(header: &str) -> Caller {
    let scope = header.split([' ', ',']).find_map(|part| part.strip_prefix("Credential="));
    let id = scope.and_then(|scope| scope.split('/').next());
    id.map_or(Caller::Implied, Caller::from_access_key_id)
}

/// An exception of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The HTTP status.
    pub status: u16,
    /// The code, such as `HandshakeNotFoundException`.
    pub code: &'static str,
    /// What a person is told.
    pub message: String,
    /// The reason, where the exception has one.
    pub reason: Option<&'static str>,
}

impl Exception {
    fn new(code: &'static str, message: impl Into<String>) -> Exception {
        Exception { status: 400, code, message: message.into(), reason: None }
    }

    fn because(self, reason: &'static str) -> Exception {
        Exception { reason: Some(reason), ..self }
    }

    fn serialization(message: impl Into<String>) -> Exception {
        Exception::new("SerializationException", message)
    }

    /// The operation, or the whole target, is none that this service knows.
    pub fn unknown_operation(name: &str) -> Exception {
        Exception::new(
            "UnknownOperationException",
            format!("The requested operation {name:?} is not recognized by the service."),
        )
    }

    /// The body is larger than [`MAX_BODY`].
    pub fn request_too_large() -> Exception {
        Exception { status: 413, ..Exception::new("RequestEntityTooLargeException", "The request body is too large.") }
    }

    /// The service itself is broken.
    pub fn service() -> Exception {
        Exception::new(
            "ServiceException",
            "AWS Organizations can't complete your request because of an internal service error. Try again later.",
        )
    }
}

impl From<Refusal> for Exception {
    fn from(refusal: Refusal) -> Exception {
        match refusal {
            Refusal::AccessDenied => {
                Exception::new("AccessDeniedException", "You don't have permissions to access this resource.")
            }
            Refusal::AlreadyInState => Exception::new(
                "HandshakeAlreadyInStateException",
                "The specified handshake is already in the requested state.",
            ),
            Refusal::AlreadyInAnOrganization => Exception::new(
                "HandshakeConstraintViolationException",
                "The handshake request is invalid because the invited account is already a member of an organization.",
            )
            .because("ALREADY_IN_AN_ORGANIZATION"),
            Refusal::NotFound => Exception::new(
                "HandshakeNotFoundException",
                "We can't find a handshake with the HandshakeId that you specified.",
            ),
            Refusal::InvalidTransition => Exception::new(
                "InvalidHandshakeTransitionException",
                "You can't perform the operation on the handshake in its current state.",
            ),
            Refusal::ManagementAccountCannotLeave => Exception::new(
                "MasterCannotLeaveOrganizationException",
                "You can't remove a management account from an organization. If you want the management account to \
                 become a member account in another organization, you must first delete the current organization of \
                 the management account.",
            ),
        }
    }
}

impl From<Exception> for Reply {
    fn from(exception: Exception) -> Reply {
        let mut body = json!({ "__type": exception.code, "Message": exception.message });
        if let Some(reason) = exception.reason {
            body["Reason"] = reason.into();
        }
        Reply { status: exception.status, body: body.to_string().into_bytes() }
    }
}

/// Answers one request.
pub(super) fn answer(state: &mut State, caller: &Caller, operation: &str, body: &[u8], now: Timestamp) -> Reply {
    match dispatch(state, caller, operation, body, now) {
        Ok(output) => Reply { status: 200, body: output.to_string().into_bytes() },
        Err(exception) => exception.into(),
    }
}

// The order of a service behind the AWS frontend: operation, document, members, and only then the resource.
fn dispatch(
    state: &mut State,
    caller: &Caller,
    operation: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<Value, Exception> {
    let operation = Operation::ALL
        .iter()
        .find(|known| known.as_str() == operation)
        .ok_or_else(|| Exception::unknown_operation(operation))?;
    let input = input(body)?;
    let id = handshake_id(&input)?;
    let handshake = state.perform(caller, *operation, id, now)?;
    Ok(json!({ "Handshake": render(handshake, handshake.state(now)) }))
}

/// The members of a request. Unknown ones are ignored, as the service does.
fn input(body: &[u8]) -> Result<Map<String, Value>, Exception> {
    if body.len() > MAX_BODY {
        return Err(Exception::request_too_large());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(Value::Array(_)) => Err(Exception::serialization("Start of list found where not expected")),
        Ok(_) => Err(Exception::serialization("The request body is not a JSON object")),
        Err(error) => Err(Exception::serialization(format!("Could not parse the request body into JSON: {error}"))),
    }
}

/// The text of a member; `null` is as good as absent.
fn string<'a>(input: &'a Map<String, Value>, member: &str) -> Result<Option<&'a str>, Exception> {
    let mismatch = |found| Exception::serialization(format!("{found} can not be converted to a String"));
    match input.get(member) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(Value::Number(_)) => Err(mismatch("NUMBER_VALUE")),
        Some(Value::Bool(true)) => Err(mismatch("TRUE_VALUE")),
        Some(Value::Bool(false)) => Err(mismatch("FALSE_VALUE")),
        Some(Value::Array(_)) => Err(Exception::serialization("Start of list found where not expected")),
        Some(Value::Object(_)) => Err(Exception::serialization("Start of structure or map found where not expected.")),
    }
}

fn handshake_id(input: &Map<String, Value>) -> Result<&str, Exception> {
    let invalid = |message, reason| Exception::new("InvalidInputException", message).because(reason);
    let id = string(input, "HandshakeId")?
        .ok_or_else(|| invalid("You must include a value for all required parameters.", "INPUT_REQUIRED"))?;
    if is_handshake_id(id) {
        Ok(id)
    } else {
        Err(invalid("You provided a value that doesn't match the required pattern.", "INVALID_PATTERN"))
    }
}

/// A handshake with its members in the order of the documented sample response.
fn render(handshake: &Handshake, state: HandshakeState) -> Value {
    let (recipient_type, recipient) = handshake.recipient.parts();
    json!({
        "Action": handshake.action.as_str(),
        "Arn": handshake.arn(),
        "RequestedTimestamp": timestamp(handshake.requested),
        "ExpirationTimestamp": timestamp(handshake.expires),
        "Id": handshake.id,
        "Parties": [
            { "Id": handshake.organization, "Type": "ORGANIZATION" },
            { "Id": recipient, "Type": recipient_type },
        ],
        "Resources": resources(&handshake.resources),
        "State": state.as_str(),
    })
}

fn resources(list: &[Resource]) -> Value {
    let render = |resource: &Resource| {
        let mut members = Map::new();
        if !resource.resources.is_empty() {
            members.insert("Resources".to_owned(), resources(&resource.resources));
        }
        members.insert("Type".to_owned(), resource.kind.into());
        members.insert("Value".to_owned(), resource.value.as_str().into());
        Value::Object(members)
    };
    list.iter().map(render).collect()
}

/// Seconds since 1970-01-01T00:00:00Z, with a fraction in milliseconds, such as 1481656459.257.
fn timestamp(instant: Timestamp) -> Value {
    // The quotient is the double nearest to the decimal, which therefore prints as that decimal.
    (instant.as_millisecond() as f64 / 1000.0).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Sandbox;
    use crate::sandbox::state::{Organization, Recipient};
    use crate::sandbox::world;

    const ACCEPT: &[u8] = br#"{"HandshakeId": "h-examplehandshakeid111"}"#;

    /// The world whose documented handshake was requested at the documented instant, 1481656459.257.
    fn made() -> Timestamp {
        "2016-12-14T19:14:19.257Z".parse().unwrap()
    }

    fn call(operation: &str, body: &[u8]) -> (u16, Value) {
        let reply = answer(&mut world::preloaded(made()), &Caller::Implied, operation, body, made());
        (reply.status, serde_json::from_slice(&reply.body).unwrap())
    }

    fn refused(operation: &str, body: &[u8]) -> (u16, String, Option<String>) {
        let (status, body) = call(operation, body);
        let text = |member: &str| body.get(member).and_then(Value::as_str).map(str::to_owned);
        assert!(text("Message").is_some_and(|message| !message.is_empty()), "{body}");
        (status, text("__type").unwrap(), text("Reason"))
    }

    /// The sample response of AcceptHandshake in the API reference.
    const SAMPLE: &str = r#"{
      "Handshake": {
        "Action": "INVITE",
        "Arn": "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111",
        "RequestedTimestamp": 1481656459.257,
        "ExpirationTimestamp": 1482952459.257,
        "Id": "h-examplehandshakeid111",
        "Parties": [
          { "Id": "o-exampleorgid", "Type": "ORGANIZATION" },
          { "Id": "juan@example.com", "Type": "EMAIL" }
        ],
        "Resources": [
          {
            "Resources": [
              { "Type": "MASTER_EMAIL", "Value": "bill@amazon.com" },
              { "Type": "MASTER_NAME", "Value": "Org Master Account" },
              { "Type": "ORGANIZATION_FEATURE_SET", "Value": "ALL" }
            ],
            "Type": "ORGANIZATION",
            "Value": "o-exampleorgid"
          },
          { "Type": "EMAIL", "Value": "juan@example.com" }
        ],
        "State": "ACCEPTED"
      }
    }"#;

    #[test]
    fn accepting_the_documented_handshake_answers_the_documented_sample() {
        let sample: Value = serde_json::from_str(SAMPLE).unwrap();
        let (status, body) = call("AcceptHandshake", ACCEPT);
        assert_eq!(status, 200);
        // Compared as text: the order of the members and the digits of the numbers count.
        assert_eq!(body.to_string(), sample.to_string());
    }

    #[test]
    fn the_whole_way_in_answers_it_too() {
        let clock = "2016-12-14T19:14:19.257Z".parse().unwrap();
        let reply = Sandbox::new(&clock).call(Caller::Implied, "AcceptHandshake", ACCEPT);
        let sample: Value = serde_json::from_str(SAMPLE).unwrap();
        assert_eq!(String::from_utf8(reply.body).unwrap(), sample.to_string());
    }

    #[test]
    fn canceling_the_documented_handshake_answers_the_documented_sample() {
        let mut state = State::default();
        state.add_account("111111111111", "bill@example.com", "Master Account");
        let organization = Organization {
            management_account: "111111111111".to_owned(),
            feature_set: "CONSOLIDATED_BILLING",
            root: "r-examplerootid111".to_owned(),
        };
        state.add_organization("o-exampleorgid", organization);
        let notes = "This is a request for Susan's account to join Bob's organization.";
        let handshake = state
            .invite(
                "h-examplehandshakeid111",
                "o-exampleorgid",
                Recipient::Email("susan@example.com".to_owned()),
                Some(notes),
                "2017-02-14T12:15:00Z".parse().unwrap(),
            )
            .unwrap();
        // The sample names the account where the service otherwise repeats the party.
        handshake.resources[1] = Resource::new("ACCOUNT", "222222222222");
        let now = "2017-02-15T00:00:00Z".parse().unwrap();
        let management = Caller::Account("111111111111".to_owned());
        let reply = answer(&mut state, &management, "CancelHandshake", ACCEPT, now);
        let body: Value = serde_json::from_slice(&reply.body).unwrap();
        assert_eq!(
            body,
            json!({
                "Handshake": {
                    "Action": "INVITE",
                    "Arn": "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111",
                    "ExpirationTimestamp": 1488370500.0,
                    "Id": "h-examplehandshakeid111",
                    "Parties": [
                        { "Id": "o-exampleorgid", "Type": "ORGANIZATION" },
                        { "Id": "susan@example.com", "Type": "EMAIL" },
                    ],
                    "RequestedTimestamp": 1487074500.0,
                    "Resources": [
                        {
                            "Resources": [
                                { "Type": "MASTER_EMAIL", "Value": "bill@example.com" },
                                { "Type": "MASTER_NAME", "Value": "Master Account" },
                                { "Type": "ORGANIZATION_FEATURE_SET", "Value": "CONSOLIDATED_BILLING" },
                            ],
                            "Type": "ORGANIZATION",
                            "Value": "o-exampleorgid",
                        },
                        { "Type": "ACCOUNT", "Value": "222222222222" },
                        { "Type": "NOTES", "Value": notes },
                    ],
                    "State": "CANCELED",
                },
            })
        );
    }

    #[test]
    fn timestamps_are_seconds_with_a_fraction() {
        let shown = |text: &str| timestamp(text.parse().unwrap()).to_string();
        assert_eq!(shown("2016-12-13T19:14:19.257Z"), "1481656459.257");
        assert_eq!(shown("2016-12-13T19:14:19Z"), "1481656459.0");
        assert_eq!(shown("1969-12-31T23:59:59.5Z"), "-0.5");
        assert_eq!(shown("9998-12-31T23:59:59.999Z"), "253370764799.999");
    }

    #[test]
    fn bodies_that_are_no_document() {
        let serialization = (400, "SerializationException".to_owned(), None);
        let deep = "[".repeat(100_000);
        for body in [
            "",
            " ",
            "{",
            "}",
            "x",
            "null",
            "1",
            "\"h-examplehandshakeid111\"",
            "[]",
            "{}{}",
            "{'HandshakeId': 1}",
            "\u{feff}{}",
            "{\"HandshakeId\": 1e999}",
            &deep,
        ] {
            assert_eq!(refused("AcceptHandshake", body.as_bytes()), serialization, "{body:.20}");
        }
        let not_utf8 = b"{\"HandshakeId\": \"h-example\xff\xfe\"}";
        assert_eq!(refused("AcceptHandshake", not_utf8), serialization);
    }

    #[test]
    fn members_of_the_wrong_type() {
        for value in ["1", "1.5", "true", "false", "[]", "{}", "[\"h-examplehandshakeid111\"]"] {
            let body = format!("{{\"HandshakeId\": {value}}}");
            let refusal = refused("DescribeHandshake", body.as_bytes());
            assert_eq!(refusal, (400, "SerializationException".to_owned(), None), "{value}");
        }
    }

    #[test]
    fn members_that_are_missing_or_no_handshake_id() {
        let invalid = |reason: &str| (400, "InvalidInputException".to_owned(), Some(reason.to_owned()));
        for body in ["{}", r#"{"HandshakeId": null}"#, r#"{"handshakeId": "h-examplehandshakeid111"}"#] {
            assert_eq!(refused("AcceptHandshake", body.as_bytes()), invalid("INPUT_REQUIRED"), "{body}");
        }
        for id in [
            "",
            "None",
            "h-short",
            "h-UPPERCASE",
            "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111",
        ] {
            let body = json!({ "HandshakeId": id }).to_string();
            assert_eq!(refused("AcceptHandshake", body.as_bytes()), invalid("INVALID_PATTERN"), "{id}");
        }
        // The last of two members counts, and a member that nobody knows doesn't.
        let body = br#"{"HandshakeId": "x", "Extra": [1], "HandshakeId": "h-examplehandshakeid111"}"#;
        assert_eq!(call("DescribeHandshake", body).0, 200);
    }

    #[test]
    fn other_operations_are_unknown_by_name() {
        for name in ["ListRoots", "acceptHandshake", "AcceptHandshake ", ""] {
            let (status, body) = call(name, b"not even JSON");
            assert_eq!((status, &body["__type"]), (400, &json!("UnknownOperationException")));
            assert!(body["Message"].as_str().unwrap().contains(&format!("{name:?}")), "{body}");
        }
    }

    #[test]
    fn a_huge_body_is_refused_unread() {
        let huge = vec![b' '; MAX_BODY + 1];
        let refusal = refused("AcceptHandshake", &huge);
        assert_eq!(refusal, (413, "RequestEntityTooLargeException".to_owned(), None));
        let mut padded = ACCEPT.to_vec();
        padded.resize(MAX_BODY, b' ');
        assert_eq!(call("AcceptHandshake", &padded).0, 200);
    }

    #[test]
    fn constraints_name_their_reason() {
        let accept = |id: &str| refused("AcceptHandshake", json!({ "HandshakeId": id }).to_string().as_bytes());
        assert_eq!(
            accept("h-examplemember111"),
            (400, "HandshakeConstraintViolationException".to_owned(), Some("ALREADY_IN_AN_ORGANIZATION".to_owned()))
        );
        assert_eq!(accept("h-examplemanagement111"), (400, "MasterCannotLeaveOrganizationException".to_owned(), None));
    }

    #[test]
    fn targets_and_credentials() {
        assert_eq!(operation_of_target("AWSOrganizationsV20161128.AcceptHandshake"), Some("AcceptHandshake"));
        for other in ["", "AcceptHandshake", "DynamoDB_20120810.AcceptHandshake", "AWSOrganizationsV20161128"] {
            assert_eq!(operation_of_target(other), None, "{other}");
        }
        let signed = |id: &str| {
            caller_of_authorization(&format!(
                "AWS4-HMAC-SHA256 Credential={id}/20161130/us-east-1/organizations/aws4_request, \
                 SignedHeaders=content-type;host, Signature=EXAMPLE"
            ))
        };
        assert_eq!(signed("222222222222"), Caller::Account("222222222222".to_owned()));
        assert_eq!(signed("AKIAIOSFODNN7EXAMPLE"), Caller::Implied);
        for other in ["", "Bearer 222222222222", "Credential", "AWS4-HMAC-SHA256 Credential="] {
            assert_eq!(caller_of_authorization(other), Caller::Implied, "{other}");
        }
    }

    #[test]
    fn any_bytes_get_a_document_for_an_answer() {
        // A linear congruential generator: the same bytes on every run.
        let mut seed: u32 = 1;
        let mut next = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        let mut state = world::preloaded(made());
        for round in 0..20_000 {
            let mut body = ACCEPT.to_vec();
            for _ in 0..next() % 4 {
                let at = usize::from(next()) % body.len();
                match next() % 3 {
                    0 => body[at] = next(),
                    1 => body.insert(at, next()),
                    _ => body.truncate(at.max(1)),
                }
            }
            if round % 4 == 0 {
                body = (0..next() % 64).map(|_| next()).collect();
            }
            let operation = Operation::ALL[usize::from(next()) % Operation::ALL.len()].as_str();
            let reply = answer(&mut state, &Caller::Implied, operation, &body, made());
            let answer: Value = serde_json::from_slice(&reply.body).unwrap();
            match reply.status {
                200 => assert!(answer.get("Handshake").is_some(), "{answer}"),
                _ => assert!(answer.get("__type").is_some(), "{answer}"),
            }
        }
    }
}
