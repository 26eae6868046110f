//! The service's shapes as one table: operations, members in model order, types, enum values, exceptions.
//!
//! Everything that must know a shape reads it here: options of a command, input checks, skeletons and
//! their comments, order and completeness of what is printed, exceptions and their details. Facts are those
//! of the AWS Organizations API, version 2016-11-28; the texts are our own.

pub mod rates;
pub mod view;

use std::fmt;

use serde_json::{Map, Value};

/// The parameters of a request, by name.
pub type Parameters = Map<String, Value>;

/// The parameter with which the service goes on with a listing, and the member of its response that says so.
pub const TOKEN: &str = "NextToken";
/// The parameter for the length of a page.
pub const LIMIT: &str = "MaxResults";

/// What a member holds.
#[derive(Debug)]
pub enum Shape {
    /// Text.
    String {
        /// The values that are known today; others pass through, the service may add some.
        values: &'static [&'static str],
        /// The fewest characters.
        min: usize,
        /// A check beyond the type that is worth refusing a request for.
        check: Option<Check>,
    },
    /// A whole number.
    Integer {
        /// The least.
        min: i64,
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
pub struct Structure {
    /// Its members, in model order.
    pub members: &'static [Member],
}

/// The names of the members: one may hold the structure itself, as a resource holds resources.
impl fmt::Debug for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.members.iter().map(|member| member.name)).finish()
    }
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
    /// InviteAccountToOrganization.
    InviteAccountToOrganization,
    /// ListHandshakesForAccount.
    ListHandshakesForAccount,
    /// ListHandshakesForOrganization.
    ListHandshakesForOrganization,
    /// EnableAllFeatures.
    EnableAllFeatures,
    /// InviteOrganizationToTransferResponsibility.
    InviteOrganizationToTransferResponsibility,
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
    /// The member of the response that holds the items, where the service answers page by page.
    pub list: Option<&'static str>,
    /// What has happened when it succeeded, for a result that gets lost on the way; nothing where it only reads.
    pub done: Option<&'static str>,
    /// How it is found out whether it was carried out when an answer got lost; nothing where it only reads.
    pub settlement: Option<Settlement>,
}

/// How a change is settled whose first attempt got no clear answer and a later one a refusal.
#[derive(Debug)]
pub struct Settlement {
    /// The refusals that the change itself may have caused: codes, and reasons where only some of a code count.
    pub refusals: &'static [(&'static str, &'static [&'static str])],
    /// What the service is asked.
    pub question: Question,
    /// The states in which a handshake shows that the change was carried out.
    pub states: &'static [&'static str],
}

impl Settlement {
    /// Whether a refusal with this code and reason may come of the change itself.
    pub fn covers(&self, code: &str, reason: Option<&str>) -> bool {
        let mut refusals = self.refusals.iter();
        refusals.any(|(known, reasons)| {
            *known == code && (reasons.is_empty() || reason.is_some_and(|reason| reasons.contains(&reason)))
        })
    }
}

/// What tells whether a change was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// DescribeHandshake, of the handshake that the request names.
    Describe,
    /// ListHandshakesForOrganization, for a handshake of this action that was requested since the change was.
    List(&'static str),
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
        list: None,
        done: Some("the handshake was accepted"),
        settlement: Some(Settlement {
            refusals: &[
                ("HandshakeAlreadyInStateException", &[]),
                ("InvalidHandshakeTransitionException", &[]),
                // The account has moved: it is a member already, and its new organization's policies hold.
                ("HandshakeConstraintViolationException", &["ALREADY_IN_AN_ORGANIZATION"]),
                ("AccessDeniedException", &[]),
            ],
            question: Question::Describe,
            states: &["ACCEPTED"],
        }),
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
        list: None,
        done: Some("the handshake was canceled"),
        settlement: Some(Settlement { refusals: CHANGE_REFUSALS, question: Question::Describe, states: &["CANCELED"] }),
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
        list: None,
        done: Some("the handshake was declined"),
        settlement: Some(Settlement { refusals: CHANGE_REFUSALS, question: Question::Describe, states: &["DECLINED"] }),
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
        list: None,
        done: None,
        settlement: None,
    },
    Operation {
        api: Api::InviteAccountToOrganization,
        name: "InviteAccountToOrganization",
        command: "invite-account-to-organization",
        about: "Invite an account to join this organization",
        details: "Only the management account can invite. The invited account has 15 days to accept or decline; until then \
                  cancel-handshake takes the invitation back.",
        example: "invite-account-to-organization --target Id=juan@example.com,Type=EMAIL --notes 'Welcome, Juan'",
        input: &INVITE_ACCOUNT_INPUT,
        output: &HANDSHAKE_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AWSOrganizationsNotInUseException",
            "AccountOwnerNotVerifiedException",
            "ConcurrentModificationException",
            "HandshakeConstraintViolationException",
            "DuplicateHandshakeException",
            "ConstraintViolationException",
            "InvalidInputException",
            "FinalizingOrganizationException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        list: None,
        done: Some("the account was invited"),
        settlement: Some(Settlement { refusals: DUPLICATE, question: Question::List("INVITE"), states: LIVE }),
    },
    Operation {
        api: Api::ListHandshakesForAccount,
        name: "ListHandshakesForAccount",
        command: "list-handshakes-for-account",
        about: "List the handshakes that this account takes part in",
        details: "Those that were accepted, declined or canceled are listed for 30 days. The service answers page by page, now \
                  and then with an empty one; all pages are read unless an option limits them.",
        example: "list-handshakes-for-account --filter ActionType=INVITE",
        input: &LIST_INPUT,
        output: &LIST_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "ConcurrentModificationException",
            "InvalidInputException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        list: Some("Handshakes"),
        done: None,
        settlement: None,
    },
    Operation {
        api: Api::ListHandshakesForOrganization,
        name: "ListHandshakesForOrganization",
        command: "list-handshakes-for-organization",
        about: "List the handshakes that this organization has sent",
        details: "Only the management account and delegated administrators can list them. Those that were accepted, declined or \
                  canceled are listed for 30 days. The service answers page by page, now and then with an empty one; all pages \
                  are read unless an option limits them.",
        example: "list-handshakes-for-organization --query \"Handshakes[?State=='OPEN'].Id\" --output text",
        input: &LIST_INPUT,
        output: &LIST_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AWSOrganizationsNotInUseException",
            "ConcurrentModificationException",
            "InvalidInputException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        list: Some("Handshakes"),
        done: None,
        settlement: None,
    },
    Operation {
        api: Api::EnableAllFeatures,
        name: "EnableAllFeatures",
        command: "enable-all-features",
        about: "Start enabling all features in this organization",
        details: "Only the management account can. Every invited member account gets a handshake to approve; when all have, the \
                  management account accepts the one that this command answers with. It can't be undone.",
        example: "enable-all-features",
        input: &EMPTY_INPUT,
        output: &HANDSHAKE_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AWSOrganizationsNotInUseException",
            "ConcurrentModificationException",
            "ConstraintViolationException",
            "HandshakeConstraintViolationException",
            "InvalidInputException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        list: None,
        done: Some("enabling all features was started"),
        settlement: Some(Settlement {
            refusals: &[(
                "HandshakeConstraintViolationException",
                &["ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION", "ORGANIZATION_ALREADY_HAS_ALL_FEATURES"],
            )],
            question: Question::List("ENABLE_ALL_FEATURES"),
            states: &["REQUESTED", "OPEN", "ACCEPTED"],
        }),
    },
    Operation {
        api: Api::InviteOrganizationToTransferResponsibility,
        name: "InviteOrganizationToTransferResponsibility",
        command: "invite-organization-to-transfer-responsibility",
        about: "Invite another organization's management account to transfer a responsibility",
        details: "Only a management account can. The invited account has 15 days to accept or decline; from the start time on the \
                  inviting account is then responsible, for the bills of the other organization for example.",
        example: "invite-organization-to-transfer-responsibility --type BILLING --target Id=999999999999,Type=ACCOUNT \
                  --start-timestamp 2027-01-01T00:00:00Z --source-name billing",
        input: &TRANSFER_INPUT,
        output: &HANDSHAKE_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AWSOrganizationsNotInUseException",
            "ConcurrentModificationException",
            "ConstraintViolationException",
            "DuplicateHandshakeException",
            "HandshakeConstraintViolationException",
            "InvalidInputException",
            "ServiceException",
            "TooManyRequestsException",
            "UnsupportedAPIEndpointException",
        ],
        list: None,
        done: Some("the organization was invited"),
        settlement: Some(Settlement {
            refusals: DUPLICATE,
            question: Question::List("TRANSFER_RESPONSIBILITY"),
            states: LIVE,
        }),
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

/// What cancelling and declining are refused with when they have been carried out already, or can't be any more.
const CHANGE_REFUSALS: &[(&str, &[&str])] =
    &[("HandshakeAlreadyInStateException", &[]), ("InvalidHandshakeTransitionException", &[])];

/// What an invitation is refused with while there is one.
const DUPLICATE: &[(&str, &[&str])] = &[("DuplicateHandshakeException", &[])];

/// The states of a handshake that waits for an answer.
const LIVE: &[&str] = &["REQUESTED", "OPEN"];

/// The states that nothing leads out of.
pub const FINAL: &[&str] = &["CANCELED", "ACCEPTED", "DECLINED", "EXPIRED"];

/// The operation of this kind; every kind has one.
pub fn operation_of(api: Api) -> Option<&'static Operation> {
    OPERATIONS.iter().find(|operation| operation.api == api)
}

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

static STRING: Shape = Shape::String { values: &[], min: 0, check: None };
static TIMESTAMP: Shape = Shape::Timestamp;

static HANDSHAKE_ID: Shape = Shape::String { values: &[], min: 0, check: Some(check_handshake_id) };

static HANDSHAKE_STATE: Shape = Shape::String {
    values: &["REQUESTED", "OPEN", "CANCELED", "ACCEPTED", "DECLINED", "EXPIRED"],
    min: 0,
    check: None,
};

static ACTION_TYPE: Shape = Shape::String {
    values: &[
        "INVITE",
        "ENABLE_ALL_FEATURES",
        "APPROVE_ALL_FEATURES",
        "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE",
        "TRANSFER_RESPONSIBILITY",
    ],
    min: 0,
    check: None,
};

static PARTY_TYPE: Shape = Shape::String { values: &["ACCOUNT", "ORGANIZATION", "EMAIL"], min: 0, check: None };

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
    min: 0,
    check: None,
};

/// The request of the four operations that name one handshake.
static HANDSHAKE_ID_INPUT: Structure = Structure {
    members: &[parameter(
        "HandshakeId",
        "handshake-id",
        &HANDSHAKE_ID,
        true,
        "ID of the handshake: \"h-\" and 8 to 32 lower-case letters or digits",
    )],
};

static INVITE_ACCOUNT_INPUT: Structure = Structure {
    members: &[TARGET, NOTES, parameter("Tags", "tags", &TAGS, false, "Tags for the account when it becomes a member")],
};

static TRANSFER_INPUT: Structure = Structure {
    members: &[
        parameter("Type", "type", &TRANSFER_TYPE, true, "What responsibility is transferred"),
        TARGET,
        NOTES,
        parameter("StartTimestamp", "start-timestamp", &TIMESTAMP, true, "When the transfer begins (ISO 8601)"),
        parameter("SourceName", "source-name", &NON_EMPTY, true, "Name of the transfer"),
        parameter("Tags", "tags", &TAGS, false, "Tags for the transfer"),
    ],
};

static LIST_INPUT: Structure = Structure {
    members: &[
        parameter("Filter", "filter", &FILTER_SHAPE, false, "List only handshakes that fit"),
        parameter("NextToken", "next-token", &STRING, false, "The service's token for the next page"),
        parameter("MaxResults", "max-results", &POSITIVE, false, "The most items of a page"),
    ],
};

static FILTER_SHAPE: Shape = Shape::Structure(&FILTER);

static POSITIVE: Shape = Shape::Integer { min: 1 };

static EMPTY_INPUT: Structure = Structure { members: &[] };

static TARGET_SHAPE: Shape = Shape::Structure(&TARGET_PARTY);

/// Who is invited.
const TARGET: Member =
    parameter("Target", "target", &TARGET_SHAPE, true, "Who is invited: Id=ID,Type=ACCOUNT or EMAIL");

/// What the invited party is told.
const NOTES: Member = parameter("Notes", "notes", &STRING, false, "A text for the invited party");

static TARGET_PARTY: Structure = Structure {
    members: &[
        parameter("Id", "", &NON_EMPTY, true, "Account id or email address"),
        parameter("Type", "", &PARTY_TYPE, true, "What the id is"),
    ],
};

static TAGS: Shape = Shape::List(&Shape::Structure(&TAG));

static TAG: Structure = Structure {
    members: &[
        parameter("Key", "", &NON_EMPTY, true, "Name of the tag"),
        parameter("Value", "", &STRING, true, "Value of the tag; may be empty"),
    ],
};

static FILTER: Structure = Structure {
    members: &[
        parameter("ActionType", "", &ACTION_TYPE, false, "Only handshakes for this action"),
        parameter(
            "ParentHandshakeId",
            "",
            &HANDSHAKE_ID,
            false,
            "Only those that belong to this ENABLE_ALL_FEATURES handshake",
        ),
    ],
};

static TRANSFER_TYPE: Shape = Shape::String { values: &["BILLING"], min: 0, check: None };

static NON_EMPTY: Shape = Shape::String { values: &[], min: 1, check: None };

/// The response of the lists.
static LIST_OUTPUT: Structure = Structure {
    members: &[
        answer("Handshakes", &Shape::List(&Shape::Structure(&HANDSHAKE)), "The handshakes of the page"),
        answer("NextToken", &STRING, "Token for the next page; none on the last"),
    ],
};

/// A member of a request.
const fn parameter(
    name: &'static str,
    option: &'static str,
    shape: &'static Shape,
    required: bool,
    doc: &'static str,
) -> Member {
    Member { name, option, shape, required, doc }
}

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
    fn every_change_can_be_settled_by_errors_that_it_documents() {
        for operation in OPERATIONS {
            assert_eq!(operation.done.is_some(), operation.settlement.is_some(), "{}", operation.name);
            for (code, reasons) in operation.settlement.iter().flat_map(|settlement| settlement.refusals) {
                assert!(operation.exceptions.contains(code), "{}: {code}", operation.name);
                assert!(reasons.is_empty() || exception_details(code).contains(&"Reason"), "{code}");
            }
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
