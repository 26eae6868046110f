//! The service's shapes as one table: operations, members in model order, types, enum values, exceptions.
//!
//! All code that needs a shape reads it here: the options of a command, input checks, skeletons and their comments, the
//! order and completeness of the output, exceptions and their details. The facts come from the AWS Organizations API,
//! version 2016-11-28; the texts are our own.

pub mod parent;
pub mod policy;
pub mod rates;
pub mod view;

use std::fmt;

use serde_json::{Map, Value};

/// The parameters of a request, by name.
pub type Parameters = Map<String, Value>;

/// The parameter with which a listing continues, and the member of the response that holds the token for it.
pub const TOKEN: &str = "NextToken";
/// The parameter that names the handshake of a call.
pub const HANDSHAKE_ID: &str = "HandshakeId";
/// The parameter that limits the items of a page.
pub const LIMIT: &str = "MaxResults";
/// The member that we add to results in many accounts: the account of the call.
pub const ACCOUNT: &str = "Account";

/// The type of a member.
#[derive(Debug)]
pub enum Shape {
    /// Text.
    String {
        /// The known values. Others are accepted as well, since the service may add some.
        values: &'static [&'static str],
        /// The minimum number of characters.
        min: usize,
        /// A further check of a request's value.
        check: Option<Check>,
    },
    /// A whole number.
    Integer {
        /// The minimum.
        min: i64,
    },
    /// An instant. Sent as seconds since 1970-01-01T00:00:00Z, with a fraction.
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

/// Prints only the names of the members, since a structure may contain itself, as a resource contains resources.
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

/// Returns whether a response of an operation has a member of this name, at any depth.
pub fn is_in_response(name: &str) -> bool {
    fn has(structure: &'static Structure, name: &str, above: &mut Vec<*const Structure>) -> bool {
        if above.contains(&std::ptr::from_ref(structure)) {
            return false;
        }
        above.push(structure);
        let within = |mut shape: &'static Shape, above: &mut Vec<_>| {
            while let Shape::List(element) = shape {
                shape = element;
            }
            matches!(shape, Shape::Structure(inner) if has(inner, name, above))
        };
        structure.members.iter().any(|member| member.name == name || within(member.shape, above))
    }
    name == ACCOUNT || OPERATIONS.iter().any(|operation| has(operation.output, name, &mut Vec::new()))
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// The name in the API, such as `HandshakeId`.
    pub name: &'static str,
    /// The option that sets it, without the dashes; empty if there is no such option.
    pub option: &'static str,
    /// Its type.
    pub shape: &'static Shape,
    /// Whether a request must have it.
    pub required: bool,
    /// Its meaning, in a line.
    pub doc: &'static str,
}

/// The operations as an enum, for code that handles each one separately.
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
    /// DescribeOrganization.
    DescribeOrganization,
    /// ListAccounts.
    ListAccounts,
    /// DescribeAccount.
    DescribeAccount,
    /// ListRoots.
    ListRoots,
    /// DescribeOrganizationalUnit.
    DescribeOrganizationalUnit,
    /// ListOrganizationalUnitsForParent.
    ListOrganizationalUnitsForParent,
    /// CreateOrganizationalUnit.
    CreateOrganizationalUnit,
    /// ListAccountsForParent.
    ListAccountsForParent,
    /// ListParents.
    ListParents,
    /// MoveAccount.
    MoveAccount,
}

/// An operation of the service and the command that calls it.
#[derive(Debug)]
pub struct Operation {
    /// The operation's variant.
    pub api: Api,
    /// The name in the API, such as `AcceptHandshake`.
    pub name: &'static str,
    /// The command's name, such as `accept-handshake`.
    pub command: &'static str,
    /// A summary for help, in a line.
    pub about: &'static str,
    /// Who may call it and with which consequences, in a few sentences.
    pub details: &'static str,
    /// An example command line, without the program's name.
    pub example: &'static str,
    /// The request.
    pub input: &'static Structure,
    /// The response.
    pub output: &'static Structure,
    /// The exceptions that the API reference lists for it.
    pub exceptions: &'static [&'static str],
    /// The member of the response that holds the items, if the operation is a listing.
    pub list: Option<&'static str>,
    /// What a success means, for a message about a result that could not be printed. `None` if it only reads.
    pub done: Option<&'static str>,
    /// How to find out whether a request was carried out if its response was lost. `None` if it only reads.
    pub settlement: Option<Settlement>,
}

/// How to settle the outcome of a change whose first attempt got no clear response and a later one an error response.
#[derive(Debug)]
pub struct Settlement {
    /// The error responses that the change itself may have caused: codes, with reasons if only some of them count.
    pub refusals: &'static [(&'static str, &'static [&'static str])],
    /// The request that settles it.
    pub question: Question,
    /// The states of a handshake that prove that the change was made.
    pub states: &'static [&'static str],
}

impl Settlement {
    /// Whether the change itself may have caused an error response with this code and reason.
    pub fn covers(&self, code: &str, reason: Option<&str>) -> bool {
        let mut refusals = self.refusals.iter();
        refusals.any(|(known, reasons)| {
            *known == code && (reasons.is_empty() || reason.is_some_and(|reason| reasons.contains(&reason)))
        })
    }
}

/// A request that shows whether a change was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// DescribeHandshake for the handshake that the request names.
    Describe,
    /// ListHandshakesForOrganization, to find a handshake of this action that is not older than the change.
    List(&'static str),
}

/// Why a value is rejected before it is sent, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The expected form.
    pub expected: &'static str,
    /// What to do about it, if known.
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
                // The account has joined: it is a member already, and its new organization's policies apply.
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
        details: "Either party of a handshake can describe it. Accepted, declined and canceled handshakes can be described \
                  for 30 days.",
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
        details: "Only the management account can invite. The invited account has 15 days to accept or decline. \
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
        settlement: Some(Settlement { refusals: DUPLICATE, question: Question::List(INVITE), states: LIVE }),
    },
    Operation {
        api: Api::ListHandshakesForAccount,
        name: "ListHandshakesForAccount",
        command: "list-handshakes-for-account",
        about: "List the handshakes that this account takes part in",
        details: "Accepted, declined and canceled handshakes are listed for 30 days. The service returns the list in pages, \
                  some of them empty; all pages are read unless an option limits them.",
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
        details: "Only the management account and delegated administrators can list them. Accepted, declined and canceled \
                  handshakes are listed for 30 days. The service returns the list in pages, some of them empty; all pages are \
                  read unless an option limits them.",
        example: "list-handshakes-for-organization --live --query 'Handshakes[].Id' --output text",
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
        details: "Only the management account can do this. Every invited member account gets a handshake to approve; when all \
                  have approved, the management account accepts the handshake that this command returns. It can't be undone.",
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
        details: "Only a management account can do this. The invited account has 15 days to accept or decline. From the start time on, the inviting account has the responsibility: it pays the bills of the other organization.",
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

/// The operations that only our own options and commands need. No command calls one by itself, so that help, the manual and
/// completions don't have them.
pub static INTERNAL: &[Operation] = &[
    Operation {
        input: &EMPTY_INPUT,
        output: &ORGANIZATION_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AWSOrganizationsNotInUseException",
            "ConcurrentModificationException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        ..internal(Api::DescribeOrganization, "DescribeOrganization")
    },
    Operation {
        input: &PAGE_INPUT,
        output: &ACCOUNTS_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AWSOrganizationsNotInUseException",
            "InvalidInputException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        list: Some("Accounts"),
        ..internal(Api::ListAccounts, "ListAccounts")
    },
    Operation {
        input: &DESCRIBE_ACCOUNT_INPUT,
        output: &DESCRIBE_ACCOUNT_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AccountNotFoundException",
            "AWSOrganizationsNotInUseException",
            "InvalidInputException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        ..internal(Api::DescribeAccount, "DescribeAccount")
    },
    Operation {
        input: &PAGE_INPUT,
        output: &ROOTS_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AWSOrganizationsNotInUseException",
            "InvalidInputException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        list: Some("Roots"),
        ..internal(Api::ListRoots, "ListRoots")
    },
    Operation {
        input: &UNIT_INPUT,
        output: &UNIT_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AWSOrganizationsNotInUseException",
            "InvalidInputException",
            "OrganizationalUnitNotFoundException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        ..internal(Api::DescribeOrganizationalUnit, "DescribeOrganizationalUnit")
    },
    Operation {
        input: &PARENT_INPUT,
        output: &UNITS_OUTPUT,
        exceptions: PARENT_EXCEPTIONS,
        list: Some("OrganizationalUnits"),
        ..internal(Api::ListOrganizationalUnitsForParent, "ListOrganizationalUnitsForParent")
    },
    Operation {
        input: &CREATE_UNIT_INPUT,
        output: &UNIT_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AWSOrganizationsNotInUseException",
            "ConcurrentModificationException",
            "ConstraintViolationException",
            "DuplicateOrganizationalUnitException",
            "InvalidInputException",
            "ParentNotFoundException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        done: Some("the organizational unit was created"),
        ..internal(Api::CreateOrganizationalUnit, "CreateOrganizationalUnit")
    },
    Operation {
        input: &PARENT_INPUT,
        output: &ACCOUNTS_OUTPUT,
        exceptions: PARENT_EXCEPTIONS,
        list: Some("Accounts"),
        ..internal(Api::ListAccountsForParent, "ListAccountsForParent")
    },
    Operation {
        input: &CHILD_INPUT,
        output: &PARENTS_OUTPUT,
        exceptions: &[
            "AccessDeniedException",
            "AWSOrganizationsNotInUseException",
            "ChildNotFoundException",
            "InvalidInputException",
            "ServiceException",
            "TooManyRequestsException",
        ],
        list: Some("Parents"),
        ..internal(Api::ListParents, "ListParents")
    },
    Operation {
        input: &MOVE_INPUT,
        exceptions: &[
            "AccessDeniedException",
            "AccountNotFoundException",
            "AWSOrganizationsNotInUseException",
            "ConcurrentModificationException",
            "DestinationParentNotFoundException",
            "DuplicateAccountException",
            "InvalidInputException",
            "ServiceException",
            "SourceParentNotFoundException",
            "TooManyRequestsException",
        ],
        done: Some("the account was moved"),
        ..internal(Api::MoveAccount, "MoveAccount")
    },
];

/// The exceptions of the listings below a parent.
const PARENT_EXCEPTIONS: &[&str] = &[
    "AccessDeniedException",
    "AWSOrganizationsNotInUseException",
    "InvalidInputException",
    "ParentNotFoundException",
    "ServiceException",
    "TooManyRequestsException",
];

/// An operation without a command. It reads, unless `done` is set.
const fn internal(api: Api, name: &'static str) -> Operation {
    Operation {
        api,
        name,
        command: "",
        about: "",
        details: "",
        example: "",
        input: &EMPTY_INPUT,
        output: &EMPTY_INPUT,
        exceptions: &[],
        list: None,
        done: None,
        settlement: None,
    }
}

/// The exceptions of cancelling and declining.
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

/// The error responses to cancelling and declining a handshake that is finished already.
const CHANGE_REFUSALS: &[(&str, &[&str])] =
    &[("HandshakeAlreadyInStateException", &[]), ("InvalidHandshakeTransitionException", &[])];

/// The error response to an invitation while another one is open.
const DUPLICATE: &[(&str, &[&str])] = &[("DuplicateHandshakeException", &[])];

/// The states of a handshake that can still be accepted.
pub const LIVE: &[&str] = &["REQUESTED", "OPEN"];

/// The states of a finished handshake.
pub const FINAL: &[&str] = &["CANCELED", "ACCEPTED", "DECLINED", "EXPIRED"];

/// The operation of this kind; every kind has one.
pub fn operation_of(api: Api) -> Option<&'static Operation> {
    OPERATIONS.iter().chain(INTERNAL).find(|operation| operation.api == api)
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

static HANDSHAKE_ID_SHAPE: Shape = Shape::String { values: &[], min: 0, check: Some(check_handshake_id) };

static HANDSHAKE_STATE: Shape = Shape::String {
    values: &["REQUESTED", "OPEN", "CANCELED", "ACCEPTED", "DECLINED", "EXPIRED"],
    min: 0,
    check: None,
};

/// The action of an invitation to an organization.
pub const INVITE: &str = "INVITE";

/// The actions of handshakes.
pub const ACTIONS: &[&str] = &[
    INVITE,
    "ENABLE_ALL_FEATURES",
    "APPROVE_ALL_FEATURES",
    "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE",
    "TRANSFER_RESPONSIBILITY",
];

static ACTION_TYPE: Shape = Shape::String { values: ACTIONS, min: 0, check: None };

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
        HANDSHAKE_ID,
        "handshake-id",
        &HANDSHAKE_ID_SHAPE,
        true,
        "ID of the handshake: \"h-\" and 8 to 32 lower-case letters or digits",
    )],
};

static INVITE_ACCOUNT_INPUT: Structure = Structure {
    members: &[TARGET, NOTES, parameter("Tags", "tags", &TAGS, false, "Tags for the account when it becomes a member")],
};

static TRANSFER_INPUT: Structure = Structure {
    members: &[
        parameter("Type", "type", &TRANSFER_TYPE, true, "Responsibility to transfer"),
        TARGET,
        NOTES,
        parameter("StartTimestamp", "start-timestamp", &TIMESTAMP, true, "When the transfer begins (ISO 8601)"),
        parameter("SourceName", "source-name", &NON_EMPTY, true, "Name of the transfer"),
        parameter("Tags", "tags", &TAGS, false, "Tags for the transfer"),
    ],
};

static LIST_INPUT: Structure = Structure {
    members: &[
        parameter("Filter", "filter", &FILTER_SHAPE, false, "List only handshakes that match"),
        NEXT_TOKEN,
        MAX_RESULTS,
    ],
};

static FILTER_SHAPE: Shape = Shape::Structure(&FILTER);

static POSITIVE: Shape = Shape::Integer { min: 1 };

/// The parameter with which a listing continues.
const NEXT_TOKEN: Member = parameter(TOKEN, "next-token", &STRING, false, "The service's token for the next page");

/// The parameter that limits the items of a page.
const MAX_RESULTS: Member = parameter(LIMIT, "max-results", &POSITIVE, false, "Maximum number of items per page");

/// The member of a page with the token for the next one.
const NEXT_PAGE: Member = output_member(TOKEN, &STRING, "Token for the next page; absent on the last page");

static EMPTY_INPUT: Structure = Structure { members: &[] };

static TARGET_SHAPE: Shape = Shape::Structure(&TARGET_PARTY);

/// The account to invite.
const TARGET: Member =
    parameter("Target", "target", &TARGET_SHAPE, true, "Account to invite: Id=ID,Type=ACCOUNT or EMAIL");

/// A message to the invited party.
const NOTES: Member = parameter("Notes", "notes", &STRING, false, "A text for the invited party");

static TARGET_PARTY: Structure = Structure {
    members: &[
        parameter("Id", "", &NON_EMPTY, true, "Account id or email address"),
        parameter("Type", "", &PARTY_TYPE, true, "Type of the id"),
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
            &HANDSHAKE_ID_SHAPE,
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
        output_member("Handshakes", &Shape::List(&Shape::Structure(&HANDSHAKE)), "The handshakes of the page"),
        NEXT_PAGE,
    ],
};

/// The request of a list without a filter.
static PAGE_INPUT: Structure = Structure { members: &[NEXT_TOKEN, MAX_RESULTS] };

/// The response of DescribeOrganization, with the members that are used.
static ORGANIZATION_OUTPUT: Structure = Structure {
    members: &[output_member("Organization", &Shape::Structure(&ORGANIZATION), "The caller's organization")],
};

static ORGANIZATION: Structure = Structure {
    members: &[
        output_member("Id", &STRING, "ID of the organization"),
        output_member("FeatureSet", &STRING, "ALL or CONSOLIDATED_BILLING"),
        output_member("MasterAccountId", &STRING, "ID of the management account"),
    ],
};

/// The response of ListAccounts, with the members of accounts that are used.
static ACCOUNTS_OUTPUT: Structure = Structure {
    members: &[
        output_member("Accounts", &Shape::List(&Shape::Structure(&ACCOUNT_OUTPUT)), "The accounts of the page"),
        NEXT_PAGE,
    ],
};

static ACCOUNT_OUTPUT: Structure = Structure {
    members: &[
        output_member("Id", &STRING, "ID of the account"),
        output_member("Email", &STRING, "Email address of the account"),
        output_member("Status", &STRING, "ACTIVE, SUSPENDED or PENDING_CLOSURE"),
    ],
};

static DESCRIBE_ACCOUNT_INPUT: Structure =
    Structure { members: &[parameter("AccountId", "", &NON_EMPTY, true, "ID of the account")] };

static DESCRIBE_ACCOUNT_OUTPUT: Structure =
    Structure { members: &[output_member("Account", &Shape::Structure(&ACCOUNT_OUTPUT), "The account")] };

static ROOTS_OUTPUT: Structure = Structure {
    members: &[
        output_member("Roots", &Shape::List(&Shape::Structure(&UNIT)), "The root of the organization"),
        NEXT_PAGE,
    ],
};

/// An organizational unit, or the root, with the members that are used.
static UNIT: Structure = Structure {
    members: &[
        output_member("Id", &STRING, "ID of the unit or root"),
        output_member("Name", &STRING, "Name of the unit or root"),
    ],
};

static UNIT_INPUT: Structure =
    Structure { members: &[parameter("OrganizationalUnitId", "", &NON_EMPTY, true, "ID of the unit")] };

static UNIT_OUTPUT: Structure =
    Structure { members: &[output_member("OrganizationalUnit", &Shape::Structure(&UNIT), "The unit")] };

static UNITS_OUTPUT: Structure = Structure {
    members: &[
        output_member("OrganizationalUnits", &Shape::List(&Shape::Structure(&UNIT)), "The units of the page"),
        NEXT_PAGE,
    ],
};

static CREATE_UNIT_INPUT: Structure = Structure {
    members: &[
        parameter("ParentId", "", &NON_EMPTY, true, "ID of the unit or root above it"),
        parameter("Name", "", &NON_EMPTY, true, "Name of the unit"),
        parameter("Tags", "", &TAGS, false, "Tags for the unit"),
    ],
};

/// The request of the listings below a unit or root.
static PARENT_INPUT: Structure = Structure {
    members: &[parameter("ParentId", "", &NON_EMPTY, true, "ID of the unit or root"), NEXT_TOKEN, MAX_RESULTS],
};

static CHILD_INPUT: Structure = Structure {
    members: &[parameter("ChildId", "", &NON_EMPTY, true, "ID of the account or unit"), NEXT_TOKEN, MAX_RESULTS],
};

static PARENTS_OUTPUT: Structure = Structure {
    members: &[
        output_member("Parents", &Shape::List(&Shape::Structure(&UNIT)), "The unit or root above it"),
        NEXT_PAGE,
    ],
};

static MOVE_INPUT: Structure = Structure {
    members: &[
        parameter("AccountId", "", &NON_EMPTY, true, "ID of the account"),
        parameter("SourceParentId", "", &NON_EMPTY, true, "ID of the unit or root that it is in"),
        parameter("DestinationParentId", "", &NON_EMPTY, true, "ID of the unit or root to move it to"),
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

/// The response of every operation that returns one handshake.
static HANDSHAKE_OUTPUT: Structure =
    Structure { members: &[output_member("Handshake", &Shape::Structure(&HANDSHAKE), "The handshake after the call")] };

static HANDSHAKE: Structure = Structure {
    members: &[
        output_member("Id", &STRING, "ID of the handshake"),
        output_member("Arn", &STRING, "Amazon Resource Name of the handshake"),
        output_member("Parties", &Shape::List(&Shape::Structure(&PARTY)), "Sender and recipient"),
        output_member("State", &HANDSHAKE_STATE, "State of the handshake"),
        output_member("RequestedTimestamp", &TIMESTAMP, "When it was sent"),
        output_member("ExpirationTimestamp", &TIMESTAMP, "When it expires if it isn't accepted or declined before"),
        output_member("Action", &ACTION_TYPE, "Action taken when it is accepted"),
        output_member("Resources", &Shape::List(&Shape::Structure(&RESOURCE)), "Further details"),
    ],
};

static PARTY: Structure = Structure {
    members: &[
        output_member("Id", &STRING, "Account id, organization id or email address"),
        output_member("Type", &PARTY_TYPE, "Type of the id"),
    ],
};

static RESOURCE: Structure = Structure {
    members: &[
        output_member("Value", &STRING, "The value, in the form of its type"),
        output_member("Type", &RESOURCE_TYPE, "Type of the value"),
        output_member("Resources", &Shape::List(&Shape::Structure(&RESOURCE)), "Nested resources"),
    ],
};

/// A member of a response.
const fn output_member(name: &'static str, shape: &'static Shape, doc: &'static str) -> Member {
    Member { name, option: "", shape, required: false, doc }
}

/// Rejects a value that can't be a handshake id, before it is sent.
pub fn check_handshake_id(id: &str) -> Result<(), Rejection> {
    if is_handshake_id(id) {
        return Ok(());
    }
    let named = id.rsplit('/').next().filter(|last| id.starts_with("arn:") && is_handshake_id(last));
    let lower = id.to_ascii_lowercase();
    let hint = if let Some(named) = named {
        Some(format!("that is the handshake's ARN; its id is {named}"))
    } else if id.is_empty() {
        Some("it is empty: if it comes from a variable, check that the variable is set".to_owned())
    } else if id == "None" || id == "null" {
        Some(format!("a query prints \"{id}\" when it finds nothing: check the command that produced it"))
    } else if is_handshake_id(id.trim()) {
        Some("remove the white space around it".to_owned())
    } else if is_handshake_id(&lower) {
        Some(format!("ids are lower case: {lower}"))
    } else {
        None
    };
    Err(Rejection { expected: "\"h-\" and 8 to 32 lower-case letters or digits", hint })
}

/// Returns whether a text is an account id: twelve digits (API reference, AccountId).
pub fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns a hint on a number that has not the twelve digits of an account id.
pub fn hint_on_digits(text: &str) -> Option<String> {
    let is_number = (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || is_account_id(text) {
        return None;
    }
    let why = if text.len() < 12 { ": zeros at its beginning may be missing" } else { "" };
    Some(format!("an account id has twelve digits, and {text} has {}{why}", text.len()))
}

/// Returns whether a text matches `^o-[a-z0-9]{10,32}$` (API reference, OrganizationId).
pub fn is_organization_id(text: &str) -> bool {
    text.strip_prefix("o-").is_some_and(|rest| is_plain(rest, 10, 32))
}

/// Returns whether a text matches `^[0-9a-z]{min,max}$`.
pub fn is_plain(text: &str, min: usize, max: usize) -> bool {
    (min..=max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
}

/// Whether a text matches `^h-[0-9a-z]{8,32}$` (API reference, HandshakeId).
pub fn is_handshake_id(text: &str) -> bool {
    text.strip_prefix("h-").is_some_and(|rest| is_plain(rest, 8, 32))
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
    fn the_hint_recognizes_common_wrong_ids() {
        let hint = |id| check_handshake_id(id).unwrap_err().hint.unwrap_or_default();
        let arn = "arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-examplehandshakeid111";
        assert_eq!(hint(arn), "that is the handshake's ARN; its id is h-examplehandshakeid111");
        assert!(hint("None").contains("a query prints"));
        assert_eq!(hint("H-EXAMPLEHANDSHAKE"), "ids are lower case: h-examplehandshake");
        assert_eq!(hint("not an id"), "");
    }
}
