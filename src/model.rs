//! The service's shapes as one table: operations, members in model order, types, enum values, exceptions.
//!
//! Everything that must know a shape reads it here: options of a command, input checks, skeletons and
//! their comments, order and completeness of what is printed, exceptions and their details. Facts are those
//! of the AWS Organizations API, version 2016-11-28; the texts are our own.

/// What a member holds.
#[derive(Debug)]
pub enum Shape {
    /// Text.
    String {
        /// The values that are known today; others pass through, the service may add some.
        values: &'static [&'static str],
        /// A check beyond the type that is worth refusing a request for.
        check: Option<Check>,
    },
    /// An instant: on the wire, seconds since 1970-01-01T00:00:00Z, with a fraction.
    Timestamp,
    /// An object.
    Structure(&'static Structure),
    /// A list of one shape.
    List(&'static Shape),
}

/// A check of a text; see [`Shape::String`].
pub type Check = fn(&str) -> Result<(), Rejection>;

/// An object of the model.
#[derive(Debug)]
pub struct Structure {
    /// Its members, in model order.
    pub members: &'static [Member],
}

impl Structure {
    /// The member of this name.
    pub fn member(&self, name: &str) -> Option<&'static Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// The name in the API, such as `HandshakeId`.
    pub name: &'static str,
    /// The option that sets it, without the dashes; empty where no option does.
    pub option: &'static str,
    /// What it holds.
    pub shape: &'static Shape,
    /// Whether a request without it is refused.
    pub required: bool,
    /// What it means, in a line.
    pub doc: &'static str,
}

/// The operations, for the one place that must know them apart: the requests of the SDK.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// AcceptHandshake.
    AcceptHandshake,
    /// CancelHandshake.
    CancelHandshake,
    /// DeclineHandshake.
    DeclineHandshake,
    /// DescribeHandshake.
    DescribeHandshake,
}

/// An operation of the service and the command that calls it.
#[derive(Debug)]
pub struct Operation {
    /// Which one it is.
    pub api: Api,
    /// The name in the API, such as `AcceptHandshake`.
    pub name: &'static str,
    /// The command's name, such as `accept-handshake`.
    pub command: &'static str,
    /// What it does, in a line.
    pub about: &'static str,
    /// Who may call it and what follows, in a few sentences.
    pub details: &'static str,
    /// A command line to start from, without the program's name.
    pub example: &'static str,
    /// The request.
    pub input: &'static Structure,
    /// The response.
    pub output: &'static Structure,
    /// The exceptions that the API reference lists for it.
    pub exceptions: &'static [&'static str],
    /// What has happened when it succeeded, for a result that gets lost on the way; nothing where it only reads.
    pub done: Option<&'static str>,
}

/// Why a value is refused before it is sent: what is wrong, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Rejection {
    /// What was expected.
    pub expected: &'static str,
    /// What to do about it, where that can be told.
    pub hint: Option<String>,
}

/// The operations, in the order in which help lists them.
pub static OPERATIONS: &[Operation] = &[
    Operation {
        api: Api::AcceptHandshake,
        name: "AcceptHandshake",
        command: "accept-handshake",
        about: "Accept a handshake: join the organization, or finish enabling all features",
        details: "Only the account that a handshake was sent to can accept it. Accepting an INVITE makes that account a \
                  member of the organization; ENABLE_ALL_FEATURES is accepted by the management account. An accepted \
                  handshake can be described for 30 days.",
        example: "accept-handshake --handshake-id h-examplehandshakeid111",
        input: &HANDSHAKE_ID_INPUT,
        output: &HANDSHAKE_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AWSOrganizationsNotInUseException",
            "HandshakeConstraintViolationException",
            "HandshakeNotFoundException",
            "InvalidHandshakeTransitionException",
            "HandshakeAlreadyInStateException",
            "InvalidInputException",
            "ConcurrentModificationException",
            "ServiceException",
            "TooManyRequestsException",
            "AccessDeniedForDependencyException",
            "ConstraintViolationException",
            "MasterCannotLeaveOrganizationException",
        ],
        done: Some("the handshake was accepted"),
    },
    Operation {
        api: Api::CancelHandshake,
        name: "CancelHandshake",
        command: "cancel-handshake",
        about: "Cancel a handshake that this organization has sent",
        details: "Only the account that sent a handshake can cancel it; the one that received it declines it instead. A \
                  canceled handshake can be described for 30 days.",
        example: "cancel-handshake --handshake-id h-examplehandshakeid111",
        input: &HANDSHAKE_ID_INPUT,
        output: &HANDSHAKE_OUTPUT,
        exceptions: CHANGE_EXCEPTIONS,
        done: Some("the handshake was canceled"),
    },
    Operation {
        api: Api::DeclineHandshake,
        name: "DeclineHandshake",
        command: "decline-handshake",
        about: "Decline a handshake that was sent to this account",
        details: "Only the account that received a handshake can decline it; the one that sent it cancels it instead. A \
                  declined handshake can be described for 30 days.",
        example: "decline-handshake --handshake-id h-examplehandshakeid111",
        input: &HANDSHAKE_ID_INPUT,
        output: &HANDSHAKE_OUTPUT,
        exceptions: CHANGE_EXCEPTIONS,
        done: Some("the handshake was declined"),
    },
    Operation {
        api: Api::DescribeHandshake,
        name: "DescribeHandshake",
        command: "describe-handshake",
        about: "Show a handshake: its parties, state, dates and resources",
        details: "Either party of a handshake can describe it. Those that were accepted, declined or canceled are gone \
                  after 30 days.",
        example: "describe-handshake --handshake-id h-examplehandshakeid111 --output table",
        input: &HANDSHAKE_ID_INPUT,
        output: &HANDSHAKE_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "ConcurrentModificationException",
            "HandshakeNotFoundException",
            "InvalidInputException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        done: None,
    },
];

/// What cancelling and declining can be answered with.
const CHANGE_EXCEPTIONS: &[&str] = &[
    "AccessDeniedException",
    "ConcurrentModificationException",
    "HandshakeNotFoundException",
    "InvalidHandshakeTransitionException",
    "HandshakeAlreadyInStateException",
    "InvalidInputException",
    "ServiceException",
    "TooManyRequestsException",
];

/// The operation that a command calls.
pub fn operation(command: &str) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.command == command)
}

/// The members of an exception's shape beside `Message`; the same whichever operation raises it.
pub fn exception_details(code: &str) -> &'static [&'static str] {
    match code {
        "AccessDeniedForDependencyException"
        | "ConstraintViolationException"
        | "HandshakeConstraintViolationException"
        | "InvalidInputException" => &["Reason"],
        "TooManyRequestsException" => &["Type"],
        _ => &[],
    }
}

static STRING: Shape = Shape::String { values: &[], check: None };
static TIMESTAMP: Shape = Shape::Timestamp;

static HANDSHAKE_ID: Shape = Shape::String { values: &[], check: Some(check_handshake_id) };

static HANDSHAKE_STATE: Shape =
    Shape::String { values: &["REQUESTED", "OPEN", "CANCELED", "ACCEPTED", "DECLINED", "EXPIRED"], check: None };

static ACTION_TYPE: Shape = Shape::String {
    values: &[
        "INVITE",
        "ENABLE_ALL_FEATURES",
        "APPROVE_ALL_FEATURES",
        "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE",
        "TRANSFER_RESPONSIBILITY",
    ],
    check: None,
};

static PARTY_TYPE: Shape = Shape::String { values: &["ACCOUNT", "ORGANIZATION", "EMAIL"], check: None };

static RESOURCE_TYPE: Shape = Shape::String {
    values: &[
        "ACCOUNT",
        "ORGANIZATION",
        "ORGANIZATION_FEATURE_SET",
        "EMAIL",
        "MASTER_EMAIL",
        "MASTER_NAME",
        "NOTES",
        "PARENT_HANDSHAKE",
        "RESPONSIBILITY_TRANSFER",
        "TRANSFER_START_TIMESTAMP",
        "TRANSFER_TYPE",
        "MANAGEMENT_ACCOUNT",
        "MANAGEMENT_EMAIL",
        "MANAGEMENT_NAME",
    ],
    check: None,
};

/// The request of the four operations that name one handshake.
static HANDSHAKE_ID_INPUT: Structure = Structure {
    members: &[Member {
        name: "HandshakeId",
        option: "handshake-id",
        shape: &HANDSHAKE_ID,
        required: true,
        doc: "ID of the handshake: \"h-\" and 8 to 32 lower-case letters or digits",
    }],
};

/// The response of every operation that answers with one handshake.
static HANDSHAKE_OUTPUT: Structure =
    Structure { members: &[answer("Handshake", &Shape::Structure(&HANDSHAKE), "The handshake, as it is now")] };

static HANDSHAKE: Structure = Structure {
    members: &[
        answer("Id", &STRING, "ID of the handshake"),
        answer("Arn", &STRING, "Amazon Resource Name of the handshake"),
        answer("Parties", &Shape::List(&Shape::Structure(&PARTY)), "Who takes part"),
        answer("State", &HANDSHAKE_STATE, "How far it has come"),
        answer("RequestedTimestamp", &TIMESTAMP, "When it was sent"),
        answer("ExpirationTimestamp", &TIMESTAMP, "When it expires, if it is not answered before"),
        answer("Action", &ACTION_TYPE, "What happens when it is accepted"),
        answer("Resources", &Shape::List(&Shape::Structure(&RESOURCE)), "What else belongs to it"),
    ],
};

static PARTY: Structure = Structure {
    members: &[
        answer("Id", &STRING, "Account id, organization id or email address"),
        answer("Type", &PARTY_TYPE, "What the id is"),
    ],
};

static RESOURCE: Structure = Structure {
    members: &[
        answer("Value", &STRING, "The value, in the form that its type asks for"),
        answer("Type", &RESOURCE_TYPE, "What the value is"),
        answer("Resources", &Shape::List(&Shape::Structure(&RESOURCE)), "What belongs to this resource"),
    ],
};

/// A member of a response.
const fn answer(name: &'static str, shape: &'static Shape, doc: &'static str) -> Member {
    Member { name, option: "", shape, required: false, doc }
}

/// Refuses what cannot be a handshake's id; the service would answer it with an error of its own.
fn check_handshake_id(id: &str) -> Result<(), Rejection> {
    if is_handshake_id(id) {
        return Ok(());
    }
    let named = id.rsplit('/').next().filter(|last| id.starts_with("arn:") && is_handshake_id(last));
    let lower = id.to_ascii_lowercase();
    let hint = if let Some(named) = named {
        Some(format!("that is the handshake's ARN; its id is {named}"))
    } else if id == "None" || id == "null" {
        Some(format!("\"{id}\" is what a query prints when it finds nothing: check the command that made it"))
    } else if is_handshake_id(id.trim()) {
        Some("there is white space around it".to_owned())
    } else if is_handshake_id(&lower) {
        Some(format!("ids are lower case: {lower}"))
    } else {
        None
    };
    Err(Rejection { expected: "\"h-\" and 8 to 32 lower-case letters or digits", hint })
}

/// Whether a text matches `^h-[0-9a-z]{8,32}$` (API reference, HandshakeId).
pub fn is_handshake_id(text: &str) -> bool {
    text.strip_prefix("h-").is_some_and(|rest| {
        (8..=32).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_the_pattern_of_the_api_reference() {
        let long = |n| format!("h-{}", "a".repeat(n));
        for good in ["h-00000000", "h-examplehandshakeid111", &long(8), &long(32)] {
            assert!(is_handshake_id(good), "{good}");
        }
        let bad = ["", "h-", "h-examplE11", "h-exämple11", "h-example 1", "H-example11", "x-example11", " h-example11"];
        for bad in bad.into_iter().chain(["h-example11\n", &long(7), &long(33)]) {
            assert!(!is_handshake_id(bad), "{bad:?}");
        }
    }

    #[test]
    fn a_refused_id_says_what_it_seems_to_be() {
        let hint = |id| check_handshake_id(id).unwrap_err().hint.unwrap_or_default();
        let arn = "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111";
        assert_eq!(hint(arn), "that is the handshake's ARN; its id is h-examplehandshakeid111");
        assert!(hint("None").contains("a query prints"));
        assert_eq!(hint("H-EXAMPLEHANDSHAKE"), "ids are lower case: h-examplehandshake");
        assert_eq!(hint("not an id"), "");
    }
}
