//! The input of an operation: parsing the JSON document and checking its members.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::exceptions::Exception;
use crate::model::is_handshake_id;
use crate::sandbox::engine::handshake::{Action, Handshake, Recipient};
use crate::sandbox::engine::ids::{is_account_id, is_creation_id, is_root_id, is_unit_id};
use crate::sandbox::engine::invitations::InvitationDetails;
use crate::sandbox::engine::organization::Tags;
use crate::sandbox::engine::refusal::{Constraint, InvalidInput, Refusal};
use crate::sandbox::engine::tags::TAG_QUOTA;

/// The largest request body, in bytes. No valid input comes close.
pub const MAX_BODY: usize = 1 << 20;

/// Parses the body of a request. Unknown members are ignored, as in the real service.
pub(super) fn document(body: &[u8]) -> Result<Map<String, Value>, Exception> {
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

/// The length and the pattern that a text must have (API reference, length constraints and patterns).
pub(super) struct TextRule {
    min: usize,
    max: usize,
    pattern: fn(&str) -> bool,
}

pub(super) const ANY: TextRule = TextRule { min: 0, max: usize::MAX, pattern: |_| true };
pub(super) const HANDSHAKE_ID: TextRule = TextRule { min: 0, max: usize::MAX, pattern: is_handshake_id };
pub(super) const ACCOUNT_ID: TextRule = TextRule { min: 0, max: usize::MAX, pattern: is_account_id };
pub(super) const PARENT_ID: TextRule = TextRule { min: 0, max: 100, pattern: |id| is_root_id(id) || is_unit_id(id) };
pub(super) const CHILD_ID: TextRule = TextRule { min: 0, max: 100, pattern: |id| is_account_id(id) || is_unit_id(id) };
pub(super) const UNIT_ID: TextRule = TextRule { min: 0, max: 68, pattern: is_unit_id };
pub(super) const CREATION_ID: TextRule = TextRule { min: 0, max: 36, pattern: is_creation_id };
pub(super) const RESOURCE_ID: TextRule = TextRule { min: 0, max: 130, pattern: is_taggable };
pub(super) const EMAIL: TextRule = TextRule { min: 6, max: 64, pattern: is_email };
pub(super) const ACCOUNT_NAME: TextRule = TextRule { min: 1, max: 50, pattern: is_printable };
pub(super) const ROLE_NAME: TextRule = TextRule { min: 1, max: 64, pattern: is_role_name };
pub(super) const NAME: TextRule = TextRule { min: 1, max: 128, pattern: |_| true };
pub(super) const SOURCE_NAME: TextRule = TextRule { min: 1, max: 128, pattern: is_printable };
pub(super) const NOTES: TextRule = TextRule { min: 0, max: 1024, pattern: |_| true };
pub(super) const PARTY_ID: TextRule = TextRule { min: 1, max: 64, pattern: |_| true };
pub(super) const TAG_KEY: TextRule = TextRule { min: 1, max: 128, pattern: is_tag_text };
pub(super) const TAG_VALUE: TextRule = TextRule { min: 0, max: 256, pattern: is_tag_text };
pub(super) const TOKEN: TextRule = TextRule { min: 0, max: 100_000, pattern: |_| true };

/// Returns whether a text has only the printable characters of ASCII.
fn is_printable(text: &str) -> bool {
    text.chars().all(|c| (' '..='~').contains(&c))
}

/// `[\w+=,.@-]{1,64}`
fn is_role_name(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c))
}

/// Returns whether a text is the id of a root, an account, a unit, a policy, a resource policy or a transfer (API
/// reference, TagResource, ResourceId).
fn is_taggable(id: &str) -> bool {
    let policy = |prefix: &str, min: usize, max: usize| {
        let rest = id.strip_prefix(prefix);
        rest.is_some_and(|rest| {
            (min..=max).contains(&rest.len()) && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        })
    };
    is_root_id(id)
        || is_account_id(id)
        || is_unit_id(id)
        || policy("p-", 8, 128)
        || policy("rp-", 4, 128)
        || policy("rt-", 8, 32)
}

/// Returns whether a text has only letters, digits, white space and `_.:/=+-@` (API reference, Tag).
fn is_tag_text(text: &str) -> bool {
    text.chars().all(|c| c.is_alphabetic() || c.is_numeric() || is_separator(c) || "_.:/=+-@".contains(c))
}

/// Returns whether a character is one of Unicode's separators, `\p{Z}`. Control characters aren't.
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

/// The members of a structure in a request.
pub(super) struct Input<'a> {
    pub(super) members: &'a Map<String, Value>,
}

impl<'a> Input<'a> {
    /// Returns the value of a member. A `null` counts as absent.
    pub(super) fn get(&self, member: &str) -> Option<&'a Value> {
        self.members.get(member).filter(|value| !value.is_null())
    }

    /// Returns the text of a member, unless it is absent. Messages call the member `path`.
    pub(super) fn optional(&self, member: &str, path: &str, rule: &TextRule) -> Result<Option<&'a str>, Exception> {
        self.get(member).map(|value| check(value, path, rule)).transpose()
    }

    pub(super) fn text(&self, member: &str, path: &str, rule: &TextRule) -> Result<&'a str, Exception> {
        self.optional(member, path, rule)?.ok_or_else(|| Exception::input(InvalidInput::Required, path))
    }

    pub(super) fn number(&self, member: &str, min: usize, max: usize) -> Result<Option<usize>, Exception> {
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

    pub(super) fn structure(&self, member: &str) -> Result<Option<Input<'a>>, Exception> {
        match self.get(member) {
            None => Ok(None),
            Some(Value::Object(members)) => Ok(Some(Input { members })),
            Some(_) => Err(Exception::serialization("Unexpected value where a structure is expected")),
        }
    }

    /// Returns the target of an invitation: an account or an address, never an organization (API reference,
    /// HandshakeParty).
    pub(super) fn target(&self) -> Result<Recipient, Exception> {
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

    pub(super) fn details(&self) -> Result<InvitationDetails, Exception> {
        Ok(InvitationDetails { notes: self.optional("Notes", "Notes", &NOTES)?.map(str::to_owned), tags: self.tags()? })
    }

    /// Returns the value of an enum, unless it is absent.
    pub(super) fn named<T>(&self, member: &str, from_name: fn(&str) -> Option<T>) -> Result<Option<T>, Exception> {
        let Some(name) = self.optional(member, member, &ANY)? else {
            return Ok(None);
        };
        from_name(name).map(Some).ok_or_else(|| Exception::input(InvalidInput::Enum, member))
    }

    pub(super) fn list(&self, member: &str) -> Result<Option<&'a [Value]>, Exception> {
        match self.get(member) {
            None => Ok(None),
            Some(Value::Array(list)) => Ok(Some(list)),
            Some(_) => Err(Exception::serialization("Unexpected value where a list is expected")),
        }
    }

    /// Returns the texts of a list, unless it is absent.
    pub(super) fn texts(&self, member: &str, rule: &TextRule) -> Result<Option<Vec<&'a str>>, Exception> {
        let Some(list) = self.list(member)? else {
            return Ok(None);
        };
        list.iter().map(|value| check(value, member, rule)).collect::<Result<_, _>>().map(Some)
    }

    /// Returns the keys of tags to remove.
    pub(super) fn tag_keys(&self) -> Result<Vec<&'a str>, Exception> {
        let keys = self.texts("TagKeys", &TAG_KEY)?;
        let keys = keys.ok_or_else(|| Exception::input(InvalidInput::Required, "TagKeys"))?;
        if keys.iter().any(|key| is_system_tag(key)) {
            return Err(Exception::input(InvalidInput::SystemTag, "TagKeys"));
        }
        Ok(keys)
    }

    pub(super) fn required_tags(&self) -> Result<Tags, Exception> {
        self.get("Tags").ok_or_else(|| Exception::input(InvalidInput::Required, "Tags"))?;
        self.tags()
    }

    pub(super) fn tags(&self) -> Result<Tags, Exception> {
        let mut tags = Tags::new();
        for tag in self.list("Tags")?.unwrap_or_default() {
            let Value::Object(members) = tag else {
                return Err(Exception::serialization("Unexpected value where a structure is expected"));
            };
            let tag = Input { members };
            let key = tag.text("Key", "Tags.Key", &TAG_KEY)?;
            let value = tag.text("Value", "Tags.Value", &TAG_VALUE)?;
            if is_system_tag(key) {
                return Err(Exception::input(InvalidInput::SystemTag, "Tags"));
            }
            if tags.insert(key.to_owned(), value.to_owned()).is_some() {
                return Err(Exception::input(InvalidInput::DuplicateTag, "Tags"));
            }
        }
        if tags.len() > TAG_QUOTA { Err(Refusal::Constraint(Constraint::Tags).into()) } else { Ok(tags) }
    }

    pub(super) fn filter(&self) -> Result<Filter, Exception> {
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

    /// Returns the start of a transfer, which must be midnight UTC of the first day of a month (API reference,
    /// InvalidInputException).
    pub(super) fn start(&self) -> Result<Timestamp, Exception> {
        let invalid = |problem| Exception::input(problem, "StartTimestamp");
        let seconds = match self.get("StartTimestamp") {
            None => return Err(invalid(InvalidInput::Required)),
            Some(Value::Number(seconds)) => seconds.as_f64().unwrap_or(f64::NAN),
            Some(other) => return Err(mismatch(other, "Timestamp")),
        };
        // The cast saturates, and a value beyond the calendar isn't a timestamp.
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

/// Returns whether the key of a tag is reserved for AWS.
fn is_system_tag(key: &str) -> bool {
    key.to_ascii_lowercase().starts_with("aws:")
}

/// Returns the text of a value that follows a rule. Messages call it `path`.
fn check<'a>(value: &'a Value, path: &str, rule: &TextRule) -> Result<&'a str, Exception> {
    let Value::String(text) = value else {
        return Err(mismatch(value, "String"));
    };
    let length = text.chars().count();
    let problem = match length {
        _ if length < rule.min => InvalidInput::MinLength,
        _ if length > rule.max => InvalidInput::MaxLength,
        _ if !(rule.pattern)(text) => InvalidInput::Pattern,
        _ => return Ok(text),
    };
    Err(Exception::input(problem, path))
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

/// The filter of a list of handshakes (API reference, HandshakeFilter).
#[derive(Debug)]
pub(super) enum Filter {
    None,
    Action(Action),
    Parent(String),
}

impl Filter {
    pub(super) fn fits(&self, handshake: &Handshake) -> bool {
        match self {
            Filter::None => true,
            Filter::Action(action) => handshake.action == *action,
            Filter::Parent(parent) => handshake.parent.as_ref() == Some(parent),
        }
    }
}
