//! AWS JSON 1.1: requests in, documents and exceptions out, as the API reference shows them.

use std::fmt::Write;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::reply::Reply;
use crate::model::is_handshake_id;
use crate::sandbox::engine::caller::Caller;
use crate::sandbox::engine::caller::IMPLIED_ACCOUNT;
use crate::sandbox::engine::caller::is_account_id;
use crate::sandbox::engine::state::{
    Action, Constraint, FeatureSet, Handshake, HandshakeConstraint, HandshakeState, InvalidInput, Letter, Operation,
    Organization, Recipient, Refusal, Resource, State, Tags, Unit,
};

/// What precedes the operation in the X-Amz-Target header.
pub const TARGET_PREFIX: &str = "AWSOrganizationsV20161128.";

/// The Content-Type of requests and replies.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// The largest request body, in bytes; far beyond what any operation's input can fill.
pub const MAX_BODY: usize = 1 << 20;

/// The most items of a page (API reference, MaxResults).
const MAX_RESULTS: usize = 20;

/// The most tags of one thing (user guide, Tagging, "Maximum number of tags").
const MAX_TAGS: usize = 50;

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
    access_key_id(header).map_or(Caller::Implied, Caller::from_access_key_id)
}

/// The access key id that a SigV4 Authorization header names.
pub fn access_key_id(header: &str) -> Option<&str> {
    let scope = header.split([' ', ',']).find_map(|part| part.strip_prefix("Credential="));
    scope.and_then(|scope| scope.split('/').next())
}

/// An operation that this service knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum Call {
    One(Operation),
    InviteAccount,
    InviteToTransfer,
    EnableAllFeatures,
    ListForAccount,
    ListForOrganization,
    CreateOrganization,
    DescribeOrganization,
    ListAccounts,
    DescribeAccount,
    ListRoots,
    ListParents,
    ListUnits,
    CreateUnit,
    MoveAccount,
    Leave,
    Remove,
}

/// Returns whether an operation changes the world when it succeeds.
pub fn mutates(operation: &str) -> bool {
    Call::from_name(operation).is_some_and(Call::mutates)
}

impl Call {
    pub(in crate::sandbox) fn from_name(name: &str) -> Option<Call> {
        Some(match name {
            "InviteAccountToOrganization" => Call::InviteAccount,
            "InviteOrganizationToTransferResponsibility" => Call::InviteToTransfer,
            "EnableAllFeatures" => Call::EnableAllFeatures,
            "ListHandshakesForAccount" => Call::ListForAccount,
            "ListHandshakesForOrganization" => Call::ListForOrganization,
            "CreateOrganization" => Call::CreateOrganization,
            "DescribeOrganization" => Call::DescribeOrganization,
            "ListAccounts" => Call::ListAccounts,
            "DescribeAccount" => Call::DescribeAccount,
            "ListRoots" => Call::ListRoots,
            "ListParents" => Call::ListParents,
            "ListOrganizationalUnitsForParent" => Call::ListUnits,
            "CreateOrganizationalUnit" => Call::CreateUnit,
            "MoveAccount" => Call::MoveAccount,
            "LeaveOrganization" => Call::Leave,
            "RemoveAccountFromOrganization" => Call::Remove,
            _ => Call::One(Operation::from_name(name)?),
        })
    }

    pub(in crate::sandbox) fn mutates(self) -> bool {
        match self {
            Call::One(operation) => operation != Operation::Describe,
            Call::InviteAccount
            | Call::InviteToTransfer
            | Call::EnableAllFeatures
            | Call::CreateOrganization
            | Call::CreateUnit
            | Call::MoveAccount
            | Call::Leave
            | Call::Remove => true,
            Call::ListForAccount
            | Call::ListForOrganization
            | Call::DescribeOrganization
            | Call::ListAccounts
            | Call::DescribeAccount
            | Call::ListRoots
            | Call::ListParents
            | Call::ListUnits => false,
        }
    }

    /// Who calls it when nobody in particular does: an account of the preloaded world that it is for.
    fn implied_caller(self) -> &'static str {
        match self {
            Call::ListForAccount | Call::CreateOrganization => "222222222222",
            Call::EnableAllFeatures => "191919191919",
            Call::Leave => "666666666666",
            _ => IMPLIED_ACCOUNT,
        }
    }
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

    /// A value of the request that is not what its shape asks for.
    fn input(problem: InvalidInput, member: &str) -> Exception {
        let what = match problem {
            InvalidInput::PartyType => "names a party of a type that can't be invited.",
            InvalidInput::Enum => "is none of the values that there are.",
            InvalidInput::MaxLength => "is longer than allowed.",
            InvalidInput::MaxValue => "is larger than allowed.",
            InvalidInput::MinLength => "is shorter than allowed.",
            InvalidInput::MinValue => "is smaller than allowed.",
            InvalidInput::Pattern => "doesn't match the required pattern.",
            InvalidInput::Required => "is required, but has no value.",
            InvalidInput::NextToken => "is no token of a previous call of this operation.",
            InvalidInput::FilterLimit => "can have only one member.",
            InvalidInput::SystemTag => "has a key that is reserved for AWS.",
            InvalidInput::DuplicateTag => "has a key twice.",
            InvalidInput::Email => "is not a valid email address.",
            InvalidInput::StartNotMonth => "must be the first day of a month.",
            InvalidInput::StartNotDay => "must be the beginning of a day (00:00:00.000 UTC).",
            InvalidInput::StartTooEarly => "is too early.",
            InvalidInput::StartTooLate => "is too late.",
        };
        Exception::new("InvalidInputException", format!("The value of {member} {what}")).because(problem.as_str())
    }
}

impl From<Refusal> for Exception {
    fn from(refusal: Refusal) -> Exception {
        let new = Exception::new;
        match refusal {
            Refusal::AccessDenied => {
                new("AccessDeniedException", "You don't have permissions to access this resource.")
            }
            Refusal::AlreadyInState => {
                new("HandshakeAlreadyInStateException", "The specified handshake is already in the requested state.")
            }
            Refusal::NotFound => {
                new("HandshakeNotFoundException", "We can't find a handshake with the HandshakeId that you specified.")
            }
            Refusal::InvalidTransition => new(
                "InvalidHandshakeTransitionException",
                "You can't perform the operation on the handshake in its current state.",
            ),
            Refusal::ManagementAccountCannotLeave => new(
                "MasterCannotLeaveOrganizationException",
                "You can't remove a management account from an organization. If you want the management account to \
                 become a member account in another organization, you must first delete the current organization of \
                 the management account.",
            ),
            Refusal::Handshake(reason) => {
                new("HandshakeConstraintViolationException", handshake_constraint(reason)).because(reason.as_str())
            }
            Refusal::Constraint(reason) => {
                new("ConstraintViolationException", constraint(reason)).because(reason.as_str())
            }
            Refusal::Input(InvalidInput::StartTooEarly) => {
                Exception::input(InvalidInput::StartTooEarly, "StartTimestamp")
            }
            Refusal::Input(problem) => Exception::input(problem, "a parameter"),
            Refusal::NotInUse => {
                new("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
            }
            Refusal::DuplicateHandshake => {
                new("DuplicateHandshakeException", "A handshake with the same action and target already exists.")
            }
            Refusal::AlreadyInOrganization => {
                new("AlreadyInOrganizationException", "The account is already a member of an organization.")
            }
            Refusal::AccountNotFound => {
                new("AccountNotFoundException", "We can't find an account with the AccountId that you specified.")
            }
            Refusal::ChildNotFound => new(
                "ChildNotFoundException",
                "We can't find an organizational unit (OU) or account with the ChildId that you specified.",
            ),
            Refusal::ParentNotFound => {
                new("ParentNotFoundException", "We can't find a root or OU with the ParentId that you specified.")
            }
            Refusal::SourceParentNotFound => new(
                "SourceParentNotFoundException",
                "We can't find the account in a source root or OU with the ParentId that you specified.",
            ),
            Refusal::DestinationParentNotFound => new(
                "DestinationParentNotFoundException",
                "We can't find the destination container (a root or OU) with the ParentId that you specified.",
            ),
            Refusal::DuplicateAccount => {
                new("DuplicateAccountException", "The account is already present in the specified destination.")
            }
            Refusal::DuplicateUnit => {
                new("DuplicateOrganizationalUnitException", "An OU with the same name already exists.")
            }
        }
    }
}

fn handshake_constraint(reason: HandshakeConstraint) -> &'static str {
    match reason {
        HandshakeConstraint::AccountNumber => "You have exceeded the allowed number of AWS accounts.",
        HandshakeConstraint::RateLimit => "You have sent more invitations than are allowed in one day.",
        HandshakeConstraint::AlreadyInAnOrganization => {
            "The handshake request is invalid because the invited account is already a member of an organization."
        }
        HandshakeConstraint::AlreadyHasAllFeatures => "The organization has already enabled all features.",
        HandshakeConstraint::PendingAllFeatures => {
            "The organization has already started the process to enable all features."
        }
        HandshakeConstraint::InviteDisabled => {
            "The organization can't invite accounts while it is in the process of enabling all features."
        }
        HandshakeConstraint::TransferExists => "The responsibility is already transferred to this organization.",
        HandshakeConstraint::SourceIsTarget => {
            "An account can't be both the sender and the recipient of a transfer invitation."
        }
        HandshakeConstraint::TargetValidation => "Billing transfer isn't available for the target account.",
    }
}

fn constraint(reason: Constraint) -> &'static str {
    match reason {
        Constraint::UnitNumber => "You have exceeded the allowed number of OUs.",
        Constraint::UnitDepth => "You attempted to create an OU tree that is too many levels deep.",
        Constraint::WaitPeriod => "A created account can't leave before it is four days old.",
        Constraint::Tags => "You have exceeded the number of tags allowed on a resource.",
        Constraint::MigrationSize => "The organization has too many accounts for the standard migration process.",
        Constraint::InboundTransfers => "You have exceeded your inbound transfers limit.",
        Constraint::OutboundTransfers => "You have exceeded your outbound transfers limit.",
        Constraint::TransferLevels => "You have exceeded the maximum length of your transfer chain.",
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
pub(in crate::sandbox) fn answer(
    state: &mut State,
    caller: &Caller,
    operation: &str,
    body: &[u8],
    now: Timestamp,
) -> Reply {
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
    let call = Call::from_name(operation).ok_or_else(|| Exception::unknown_operation(operation))?;
    let document = document(body)?;
    let input = Input { members: &document };
    let account = match caller {
        Caller::Account(account) => account.as_str(),
        Caller::Implied => call.implied_caller(),
    };
    let one = |handshake: &Handshake| json!({ "Handshake": render(handshake, handshake.state(now)) });
    match call {
        Call::One(operation) => {
            let id = input.text("HandshakeId", "HandshakeId", &HANDSHAKE_ID)?;
            Ok(one(state.perform(caller, operation, id, now)?))
        }
        Call::InviteAccount => {
            let recipient = input.target()?;
            let letter = input.letter()?;
            Ok(one(state.invite_account(account, recipient, letter, now)?))
        }
        Call::InviteToTransfer => {
            let kind = input.text("Type", "Type", &ANY)?;
            if kind != "BILLING" {
                return Err(Exception::input(InvalidInput::Enum, "Type"));
            }
            let recipient = input.target()?;
            let letter = input.letter()?;
            let start = input.start()?;
            let name = input.text("SourceName", "SourceName", &SOURCE_NAME)?;
            Ok(one(state.invite_to_transfer(account, recipient, letter, name, start, now)?))
        }
        Call::EnableAllFeatures => Ok(one(state.enable_all_features(account, now)?)),
        Call::ListForAccount | Call::ListForOrganization => list_handshakes(state, call, account, &input, now),
        Call::CreateOrganization => {
            let features = match input.optional("FeatureSet", "FeatureSet", &ANY)? {
                None => FeatureSet::All,
                Some(name) => {
                    FeatureSet::from_name(name).ok_or_else(|| Exception::input(InvalidInput::Enum, "FeatureSet"))?
                }
            };
            let id = state.create_organization(account, features, now)?;
            let created = state.organization(&id).ok_or_else(Exception::service)?;
            Ok(json!({ "Organization": organization(state, &id, created) }))
        }
        Call::DescribeOrganization => {
            let (id, found) = state.own(account)?;
            Ok(json!({ "Organization": organization(state, id, found) }))
        }
        Call::ListAccounts => {
            let page = Page::of(&input, &format!("{operation} {account}"))?;
            let (id, found) = state.managed(account)?;
            let after = page.after.as_deref();
            let accounts = state
                .members(id)
                .skip_while(|account| after.is_some_and(|after| *account <= after))
                .map(|account| (account, self::account(state, id, found, account)));
            Ok(page.cut("Accounts", accounts))
        }
        Call::DescribeAccount => {
            let wanted = input.text("AccountId", "AccountId", &ACCOUNT_ID)?;
            let (id, found) = state.managed(account)?;
            state.member(id, wanted).ok_or(Refusal::AccountNotFound)?;
            Ok(json!({ "Account": self::account(state, id, found, wanted) }))
        }
        Call::ListRoots => {
            let page = Page::of(&input, &format!("{operation} {account}"))?;
            let (id, found) = state.managed(account)?;
            Ok(page.cut("Roots", std::iter::once((found.root.as_str(), root(id, found)))))
        }
        Call::ListParents => {
            let child = input.text("ChildId", "ChildId", &CHILD_ID)?;
            let page = Page::of(&input, &format!("{operation} {account} {child}"))?;
            let (id, found) = state.managed(account)?;
            let parent = match found.units.get(child) {
                Some(unit) => &unit.parent,
                None => &state.member(id, child).ok_or(Refusal::ChildNotFound)?.parent,
            };
            let kind = if *parent == found.root { "ROOT" } else { "ORGANIZATIONAL_UNIT" };
            let parents = std::iter::once((parent.as_str(), json!({ "Id": parent, "Type": kind })));
            Ok(page.cut("Parents", parents))
        }
        Call::ListUnits => {
            let parent = input.text("ParentId", "ParentId", &PARENT_ID)?;
            let page = Page::of(&input, &format!("{operation} {account} {parent}"))?;
            let (id, found) = state.managed(account)?;
            if !found.has_parent(parent) {
                return Err(Refusal::ParentNotFound.into());
            }
            let units = found.units_of(parent, page.after.as_deref());
            let units = units.map(|(unit_id, unit)| (unit_id.as_str(), self::unit(id, found, unit_id, unit)));
            Ok(page.cut("OrganizationalUnits", units))
        }
        Call::CreateUnit => {
            let parent = input.text("ParentId", "ParentId", &PARENT_ID)?;
            let name = input.text("Name", "Name", &NAME)?;
            let tags = input.tags()?;
            let unit_id = state.create_unit(account, parent, name, tags)?;
            let (id, found) = state.managed(account)?;
            let created = found.units.get(&unit_id).ok_or_else(Exception::service)?;
            Ok(json!({ "OrganizationalUnit": unit(id, found, &unit_id, created) }))
        }
        Call::MoveAccount => {
            let moved = input.text("AccountId", "AccountId", &ACCOUNT_ID)?;
            let source = input.text("SourceParentId", "SourceParentId", &PARENT_ID)?;
            let destination = input.text("DestinationParentId", "DestinationParentId", &PARENT_ID)?;
            state.move_account(account, moved, source, destination)?;
            Ok(json!({}))
        }
        Call::Leave => {
            state.leave(account, now)?;
            Ok(json!({}))
        }
        Call::Remove => {
            let removed = input.text("AccountId", "AccountId", &ACCOUNT_ID)?;
            state.remove(account, removed, now)?;
            Ok(json!({}))
        }
    }
}

fn list_handshakes(
    state: &State,
    call: Call,
    account: &str,
    input: &Input,
    now: Timestamp,
) -> Result<Value, Exception> {
    let filter = input.filter()?;
    let scope = format!("{call:?} {account} {filter:?}");
    let page = Page::of(input, &scope)?;
    let after = page.after.as_deref();
    if after.is_some_and(|id| !state.handshakes.contains_key(id)) {
        return Err(Exception::input(InvalidInput::NextToken, "NextToken"));
    }
    let handshakes: Box<dyn Iterator<Item = &Handshake>> = match call {
        Call::ListForAccount => Box::new(state.received_after(account, after)),
        _ => Box::new(state.sent_after(state.managed(account)?.0, after)),
    };
    let fitting = handshakes.filter(|handshake| !handshake.is_gone(now) && filter.fits(handshake));
    let rendered = fitting.map(|handshake| (handshake.id.as_str(), render(handshake, handshake.state(now))));
    Ok(page.cut("Handshakes", rendered))
}

/// What a list of handshakes is narrowed to (API reference, HandshakeFilter).
#[derive(Debug)]
enum Filter {
    None,
    Action(Action),
    Parent(String),
}

impl Filter {
    fn fits(&self, handshake: &Handshake) -> bool {
        match self {
            Filter::None => true,
            Filter::Action(action) => handshake.action == *action,
            Filter::Parent(parent) => handshake.parent.as_ref() == Some(parent),
        }
    }
}

/// A part of a list: what was asked for, and how the next part is asked for.
struct Page {
    scope: String,
    /// The last item of the pages before.
    after: Option<String>,
    /// How many pages were before.
    number: usize,
    size: usize,
}

impl Page {
    /// The page that a request asks for; the scope is what list it is a page of.
    fn of(input: &Input, scope: &str) -> Result<Page, Exception> {
        let size = input.number("MaxResults", 1, MAX_RESULTS)?.unwrap_or(MAX_RESULTS);
        let mut page = Page { scope: scope.to_owned(), after: None, number: 0, size };
        if let Some(token) = input.optional("NextToken", "NextToken", &TOKEN)? {
            (page.number, page.after) =
                page.read(token).ok_or_else(|| Exception::input(InvalidInput::NextToken, "NextToken"))?;
        }
        Ok(page)
    }

    /// The page, from the items that come after the pages before.
    ///
    /// Every fourth page from the second on is empty although there is more: lists "can occasionally return an empty
    /// set of results even when more results are available" (API reference), and a client must be able to bear it.
    fn cut<'a>(&self, name: &str, items: impl Iterator<Item = (&'a str, Value)>) -> Value {
        let mut items = items.peekable();
        let size = if self.number % 4 == 1 { 0 } else { self.size };
        let mut list = Vec::new();
        let mut last = self.after.clone();
        while list.len() < size
            && let Some((id, item)) = items.next()
        {
            list.push(item);
            last = Some(id.to_owned());
        }
        let mut members = Map::new();
        let more = items.peek().is_some();
        members.insert(name.to_owned(), list.into());
        if more {
            members.insert("NextToken".to_owned(), self.token(self.number.saturating_add(1), last.as_deref()).into());
        }
        Value::Object(members)
    }

    fn token(&self, number: usize, after: Option<&str>) -> String {
        let text = format!("{number} {}", after.unwrap_or_default());
        let check = checksum(&[&self.scope, &text]);
        let mut token = format!("{check:016x}");
        for byte in text.bytes() {
            // Writing to a String can't fail.
            let _ = write!(token, "{byte:02x}");
        }
        token
    }

    fn read(&self, token: &str) -> Option<(usize, Option<String>)> {
        let (_, digits) = token.split_at_checked(16)?;
        let digits: Option<Vec<_>> = digits.chars().map(|digit| digit.to_digit(16)).collect();
        let bytes = digits?.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + *digit as u8)).collect();
        let text = String::from_utf8(bytes).ok()?;
        let (number, after) = text.split_once(' ')?;
        let (number, after) = (number.parse().ok()?, Some(after).filter(|after| !after.is_empty()));
        // Only what was given out for this list is taken: the same text must come of it.
        (self.token(number, after) == token).then(|| (number, after.map(str::to_owned)))
    }
}

/// FNV-1a: what keeps tokens from being made up by accident.
fn checksum(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The members of a request. Unknown ones are ignored, as the service does.
fn document(body: &[u8]) -> Result<Map<String, Value>, Exception> {
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

/// What a text has to be (API reference, length constraints and patterns).
struct TextRule {
    min: usize,
    max: usize,
    pattern: fn(&str) -> bool,
}

const ANY: TextRule = TextRule { min: 0, max: usize::MAX, pattern: |_| true };
const HANDSHAKE_ID: TextRule = TextRule { min: 0, max: usize::MAX, pattern: is_handshake_id };
const ACCOUNT_ID: TextRule = TextRule { min: 0, max: usize::MAX, pattern: is_account_id };
const PARENT_ID: TextRule = TextRule { min: 0, max: 100, pattern: |id| is_root_id(id) || is_unit_id(id) };
const CHILD_ID: TextRule = TextRule { min: 0, max: 100, pattern: |id| is_account_id(id) || is_unit_id(id) };
const NAME: TextRule = TextRule { min: 1, max: 128, pattern: |_| true };
const SOURCE_NAME: TextRule =
    TextRule { min: 1, max: 128, pattern: |name| name.chars().all(|c| (' '..='~').contains(&c)) };
const NOTES: TextRule = TextRule { min: 0, max: 1024, pattern: |_| true };
const PARTY_ID: TextRule = TextRule { min: 1, max: 64, pattern: |_| true };
const TAG_KEY: TextRule = TextRule { min: 1, max: 128, pattern: is_tag_text };
const TAG_VALUE: TextRule = TextRule { min: 0, max: 256, pattern: is_tag_text };
const TOKEN: TextRule = TextRule { min: 0, max: 100_000, pattern: |_| true };

/// `^[0-9a-z]{min,max}$`
fn is_plain(text: &str, min: usize, max: usize) -> bool {
    (min..=max).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
}

/// `^r-[0-9a-z]{4,32}$`
pub(in crate::sandbox) fn is_root_id(text: &str) -> bool {
    text.strip_prefix("r-").is_some_and(|rest| is_plain(rest, 4, 32))
}

/// `^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$`
pub(in crate::sandbox) fn is_unit_id(text: &str) -> bool {
    let parts = text.strip_prefix("ou-").and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(root, unit)| is_plain(root, 4, 32) && is_plain(unit, 8, 32))
}

/// `^o-[a-z0-9]{10,32}$`
pub(in crate::sandbox) fn is_organization_id(text: &str) -> bool {
    text.strip_prefix("o-").is_some_and(|rest| is_plain(rest, 10, 32))
}

/// Letters, digits, white space and `_.:/=+-@` (API reference, Tag).
fn is_tag_text(text: &str) -> bool {
    text.chars().all(|c| c.is_alphabetic() || c.is_numeric() || is_separator(c) || "_.:/=+-@".contains(c))
}

/// Unicode's separators, `\p{Z}`; control characters are none.
fn is_separator(c: char) -> bool {
    c.is_whitespace() && !c.is_control()
}

/// `[^\s@]+@[^\s@]+\.[^\s@]+`, 6 to 64 characters (API reference, Email).
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let clean = |part: &str| !part.is_empty() && !part.contains('@') && !part.contains(char::is_whitespace);
    let dotted = domain.char_indices().any(|(at, c)| c == '.' && at > 0 && at + 1 < domain.len());
    (6..=64).contains(&text.chars().count()) && clean(name) && clean(domain) && dotted
}

/// The members of a structure of a request.
struct Input<'a> {
    members: &'a Map<String, Value>,
}

impl<'a> Input<'a> {
    /// The value of a member; `null` is as good as absent.
    fn get(&self, member: &str) -> Option<&'a Value> {
        self.members.get(member).filter(|value| !value.is_null())
    }

    /// A text, if it is there; `path` is what messages call it.
    fn optional(&self, member: &str, path: &str, rule: &TextRule) -> Result<Option<&'a str>, Exception> {
        let text = match self.get(member) {
            None => return Ok(None),
            Some(Value::String(text)) => text,
            Some(other) => return Err(mismatch(other, "String")),
        };
        let length = text.chars().count();
        let problem = match length {
            _ if length < rule.min => InvalidInput::MinLength,
            _ if length > rule.max => InvalidInput::MaxLength,
            _ if !(rule.pattern)(text) => InvalidInput::Pattern,
            _ => return Ok(Some(text)),
        };
        Err(Exception::input(problem, path))
    }

    fn text(&self, member: &str, path: &str, rule: &TextRule) -> Result<&'a str, Exception> {
        self.optional(member, path, rule)?.ok_or_else(|| Exception::input(InvalidInput::Required, path))
    }

    fn number(&self, member: &str, min: usize, max: usize) -> Result<Option<usize>, Exception> {
        let number = match self.get(member) {
            None => return Ok(None),
            Some(Value::Number(number)) => number,
            Some(other) => return Err(mismatch(other, "Integer")),
        };
        let whole = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
        let whole = whole.ok_or_else(|| Exception::serialization("NUMBER_VALUE can not be converted to an Integer"))?;
        match usize::try_from(whole) {
            Ok(number) if number > max => Err(Exception::input(InvalidInput::MaxValue, member)),
            Ok(number) if number >= min => Ok(Some(number)),
            _ => Err(Exception::input(InvalidInput::MinValue, member)),
        }
    }

    fn structure(&self, member: &str) -> Result<Option<Input<'a>>, Exception> {
        match self.get(member) {
            None => Ok(None),
            Some(Value::Object(members)) => Ok(Some(Input { members })),
            Some(_) => Err(Exception::serialization("Unexpected value where a structure is expected")),
        }
    }

    /// Whom an invitation is for: an account or an address, never an organization (API reference, HandshakeParty).
    fn target(&self) -> Result<Recipient, Exception> {
        let target = self.structure("Target")?.ok_or_else(|| Exception::input(InvalidInput::Required, "Target"))?;
        let id = target.text("Id", "Target.Id", &PARTY_ID)?;
        match target.text("Type", "Target.Type", &ANY)? {
            "ACCOUNT" if is_account_id(id) => Ok(Recipient::Account(id.to_owned())),
            "ACCOUNT" => Err(Exception::input(InvalidInput::Pattern, "Target.Id")),
            "EMAIL" if is_email(id) => Ok(Recipient::Email(id.to_owned())),
            "EMAIL" => Err(Exception::input(InvalidInput::Email, "Target.Id")),
            "ORGANIZATION" => Err(Exception::input(InvalidInput::PartyType, "Target")),
            _ => Err(Exception::input(InvalidInput::Enum, "Target.Type")),
        }
    }

    fn letter(&self) -> Result<Letter, Exception> {
        Ok(Letter { notes: self.optional("Notes", "Notes", &NOTES)?.map(str::to_owned), tags: self.tags()? })
    }

    fn tags(&self) -> Result<Tags, Exception> {
        let list = match self.get("Tags") {
            None => return Ok(Tags::new()),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(Exception::serialization("Unexpected value where a list is expected")),
        };
        let mut tags = Tags::new();
        for tag in list {
            let Value::Object(members) = tag else {
                return Err(Exception::serialization("Unexpected value where a structure is expected"));
            };
            let tag = Input { members };
            let key = tag.text("Key", "Tags.Key", &TAG_KEY)?;
            let value = tag.text("Value", "Tags.Value", &TAG_VALUE)?;
            if key.to_ascii_lowercase().starts_with("aws:") {
                return Err(Exception::input(InvalidInput::SystemTag, "Tags"));
            }
            if tags.insert(key.to_owned(), value.to_owned()).is_some() {
                return Err(Exception::input(InvalidInput::DuplicateTag, "Tags"));
            }
        }
        if tags.len() > MAX_TAGS { Err(Refusal::Constraint(Constraint::Tags).into()) } else { Ok(tags) }
    }

    fn filter(&self) -> Result<Filter, Exception> {
        let Some(filter) = self.structure("Filter")? else {
            return Ok(Filter::None);
        };
        let action = filter.optional("ActionType", "Filter.ActionType", &ANY)?;
        let parent = filter.optional("ParentHandshakeId", "Filter.ParentHandshakeId", &HANDSHAKE_ID)?;
        match (action, parent) {
            (None, None) => Ok(Filter::None),
            (Some(name), None) => Action::from_name(name)
                .map(Filter::Action)
                .ok_or_else(|| Exception::input(InvalidInput::Enum, "Filter.ActionType")),
            (None, Some(id)) => Ok(Filter::Parent(id.to_owned())),
            (Some(_), Some(_)) => Err(Exception::input(InvalidInput::FilterLimit, "Filter")),
        }
    }

    /// When a transfer begins: midnight of the first of a month, UTC (API reference, InvalidInputException).
    fn start(&self) -> Result<Timestamp, Exception> {
        let invalid = |problem| Exception::input(problem, "StartTimestamp");
        let seconds = match self.get("StartTimestamp") {
            None => return Err(invalid(InvalidInput::Required)),
            Some(Value::Number(seconds)) => seconds.as_f64().unwrap_or(f64::NAN),
            Some(other) => return Err(mismatch(other, "Timestamp")),
        };
        // Saturates; what is beyond the calendar is not a timestamp of it.
        let millisecond = Timestamp::from_millisecond((seconds * 1000.0).round() as i64);
        let problem = if seconds < 0.0 { InvalidInput::StartTooEarly } else { InvalidInput::StartTooLate };
        let start = millisecond.map_err(|_| invalid(problem))?;
        let date = start.to_zoned(TimeZone::UTC);
        if date.day() != 1 {
            return Err(invalid(InvalidInput::StartNotMonth));
        }
        if date.time() != jiff::civil::Time::midnight() {
            return Err(invalid(InvalidInput::StartNotDay));
        }
        Ok(start)
    }
}

fn mismatch(found: &Value, wanted: &str) -> Exception {
    let found = match found {
        Value::Null => "NULL_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::String(_) => "STRING_VALUE",
        Value::Array(_) => return Exception::serialization("Start of list found where not expected"),
        Value::Object(_) => return Exception::serialization("Start of structure or map found where not expected."),
    };
    Exception::serialization(format!("{found} can not be converted to a {wanted}"))
}

/// A handshake with its members in the order of the documented sample response.
pub(in crate::sandbox) fn render(handshake: &Handshake, state: HandshakeState) -> Value {
    let mut parties = vec![json!({ "Id": handshake.organization, "Type": "ORGANIZATION" })];
    parties.extend(handshake.recipient.as_ref().map(|recipient| {
        let (kind, id) = recipient.parts();
        json!({ "Id": id, "Type": kind })
    }));
    json!({
        "Action": handshake.action.as_str(),
        "Arn": handshake.arn(),
        "RequestedTimestamp": timestamp(handshake.requested),
        "ExpirationTimestamp": timestamp(handshake.expires),
        "Id": handshake.id,
        "Parties": parties,
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
        members.insert("Type".to_owned(), resource.kind.as_str().into());
        members.insert("Value".to_owned(), resource.value.as_str().into());
        Value::Object(members)
    };
    list.iter().map(render).collect()
}

fn arn(organization: &Organization, rest: &str) -> String {
    format!("arn:aws:organizations::{}:{rest}", organization.management_account)
}

/// Policy types: service control policies come with all features (API reference, CreateOrganization).
fn policy_types(organization: &Organization) -> Value {
    match organization.feature_set {
        FeatureSet::All => json!([{ "Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED" }]),
        FeatureSet::ConsolidatedBilling => json!([]),
    }
}

fn organization(state: &State, id: &str, organization: &Organization) -> Value {
    let account = &organization.management_account;
    json!({
        "Id": id,
        "Arn": arn(organization, &format!("organization/{id}")),
        "FeatureSet": organization.feature_set.as_str(),
        "MasterAccountArn": arn(organization, &format!("account/{id}/{account}")),
        "MasterAccountId": account,
        "MasterAccountEmail": state.email(account),
        "AvailablePolicyTypes": policy_types(organization),
    })
}

/// A path from the organization down, as the documented samples show it: `o-…/r-…/ou-…/`.
fn path(id: &str, organization: &Organization, last: &str) -> String {
    std::iter::once(id).chain(organization.lineage(last)).fold(String::new(), |path, part| path + part + "/")
}

fn account(state: &State, id: &str, organization: &Organization, account: &str) -> Value {
    let mut members = json!({
        "Id": account,
        "Arn": arn(organization, &format!("account/{id}/{account}")),
        "Email": state.email(account),
        "Name": state.name(account),
        // Both, until Status is retired (API reference, Account).
        "Status": "ACTIVE",
        "State": "ACTIVE",
    });
    if let Some(membership) = state.member(id, account) {
        members["Paths"] = json!([format!("{}{account}/", path(id, organization, &membership.parent))]);
        members["JoinedMethod"] = membership.method.as_str().into();
        members["JoinedTimestamp"] = timestamp(membership.joined);
    }
    members
}

fn root(id: &str, organization: &Organization) -> Value {
    json!({
        "Id": organization.root,
        "Arn": arn(organization, &format!("root/{id}/{}", organization.root)),
        "Name": "Root",
        "PolicyTypes": policy_types(organization),
    })
}

fn unit(id: &str, organization: &Organization, unit_id: &str, unit: &Unit) -> Value {
    json!({
        "Id": unit_id,
        "Arn": arn(organization, &format!("ou/{id}/{unit_id}")),
        "Name": unit.name,
        "Path": path(id, organization, unit_id),
    })
}

/// Seconds since 1970-01-01T00:00:00Z, with a fraction in milliseconds, such as 1481656459.257.
fn timestamp(instant: Timestamp) -> Value {
    // The quotient is the double nearest to the decimal, which therefore prints as that decimal.
    (instant.as_millisecond() as f64 / 1000.0).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::engine::state::ResourceType;
    use crate::sandbox::keep::preloaded::preloaded;
    use crate::sandbox::keep::sandbox::Sandbox;

    #[test]
    fn a_token_may_bear_any_number() {
        let page = Page { scope: "x".to_owned(), after: None, number: 0, size: 1 };
        let (number, after) = page.read(&page.token(usize::MAX, None)).unwrap();
        let cut = Page { number, after, ..page }.cut("Items", [("a", json!(1)), ("b", json!(2))].into_iter());
        assert!(cut["NextToken"].is_string());
    }

    const ACCEPT: &[u8] = br#"{"HandshakeId": "h-examplehandshakeid111"}"#;

    /// The world whose documented handshake was requested at the documented instant, 1481656459.257.
    fn made() -> Timestamp {
        "2016-12-14T19:14:19.257Z".parse().unwrap()
    }

    fn call(operation: &str, body: &[u8]) -> (u16, Value) {
        let reply = answer(&mut preloaded(made()), &Caller::Implied, operation, body, made());
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
        let organization = Organization::new("111111111111", FeatureSet::ConsolidatedBilling, "r-examplerootid111");
        state.add_organization("o-exampleorgid", organization, made());
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
        handshake.resources[1] = Resource::new(ResourceType::Account, "222222222222");
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
        for name in ["ListPolicies", "acceptHandshake", "AcceptHandshake ", ""] {
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
        let mut state = preloaded(made());
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
